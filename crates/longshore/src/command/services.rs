//! `longshore services`: the services of a cluster.

use super::{
    client::Client,
    find,
    render::{self, Tone},
    service,
};
use crate::args;
use anyhow::Result;
use domain::time::Timestamp;
use serde_json::{Value as Json, json};

pub(crate) async fn run(arguments: &args::Services, now: Timestamp) -> Result<()> {
    let client = Client::new(&arguments.connection)?;
    let services = find::services(&client, &arguments.cluster).await?;
    if arguments.connection.output == args::Output::Json {
        render::print_json(&json!({ "services": services }));
        return Ok(());
    }
    if services.is_empty() {
        anstream::println!(
            "no services in cluster `{}`; make one with `aws ecs create-service`",
            arguments.cluster
        );
        return Ok(());
    }
    for line in report(&services, now) {
        anstream::println!("{line}");
    }
    Ok(())
}

/// The table, and below it a line for each service that something is wrong with.
fn report(services: &[Json], now: Timestamp) -> Vec<String> {
    let mut lines = table(services, now);
    let troubles = services.iter().filter_map(|it| Some((it, service::trouble(it)?)));
    for (index, (service, trouble)) in troubles.enumerate() {
        if index == 0 {
            lines.push(String::new());
        }
        let name = find::service_name(service);
        let text = format!("{name}: {trouble}; `longshore why {name}` says more");
        lines.push(render::paint(&text, Tone::Bad));
    }
    lines
}

/// A line a service.
pub(crate) fn table(services: &[Json], now: Timestamp) -> Vec<String> {
    let mut table = render::table(&[
        "SERVICE",
        "STATUS",
        "WANTED",
        "RUNNING",
        "PENDING",
        "DEFINITION",
        "DEPLOYMENT",
        "AGE",
    ]);
    for it in services {
        table.add_row([
            find::service_name(it).to_owned(),
            it["status"].as_str().unwrap_or("-").to_owned(),
            service::count(it, "desiredCount").to_string(),
            service::count(it, "runningCount").to_string(),
            service::count(it, "pendingCount").to_string(),
            service::definition(it).to_owned(),
            deployment(it, now),
            render::ago(&it["createdAt"], now),
        ]);
    }
    let tones: Vec<Tone> = services.iter().map(service::tone).collect();
    render::lines(&table, &tones)
}

/// The state of the newest deployment and why, in short.
fn deployment(service: &Json, now: Timestamp) -> String {
    if service["deploymentController"]["type"] == "EXTERNAL" {
        let sets = service["taskSets"].as_array().map_or(0, Vec::len);
        return format!("by its client: {}", render::counted(sets as i64, "task set"));
    }
    let Some(primary) = service::primary(service) else { return "-".into() };
    let state = primary["rolloutState"].as_str().unwrap_or("-");
    let older = service::deployments(service).filter(|it| it["status"] != "PRIMARY");
    let mut text = match state {
        "IN_PROGRESS" => {
            let since = render::ago(&primary["createdAt"], now);
            format!(
                "{state} since {since}: {} of {}",
                service::count(primary, "runningCount"),
                service::count(primary, "desiredCount")
            )
        }
        _ => state.to_owned(),
    };
    for it in older {
        let count = service::count(it, "runningCount") + service::count(it, "pendingCount");
        text.push_str(&format!(", {count} left of {}", service::definition(it)));
    }
    if let Some(reason) = service::reason(primary) {
        text.push_str(&format!(" ({reason})"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::report;
    use crate::command::service::tests::{deployment, updating, web};
    use anstream::adapter::strip_str;
    use domain::time::Timestamp;
    use expect_test::{Expect, expect};
    use serde_json::{Value as Json, json};

    fn check(services: &[Json], expected: Expect) {
        let lines = report(services, Timestamp(200_000));
        let lines: Vec<String> = lines.iter().map(|it| strip_str(it).to_string()).collect();
        expected.assert_eq(&lines.join("\n"));
    }

    #[test]
    fn steady_services_are_a_line_each() {
        check(
            &[web()],
            expect![[r#"
            SERVICE  STATUS  WANTED  RUNNING  PENDING  DEFINITION  DEPLOYMENT  AGE
            web      ACTIVE  3       3        0        web:1       COMPLETED   1m 40s"#]],
        );
    }

    #[test]
    fn a_rollout_says_how_far_it_is() {
        check(
            &[updating()],
            expect![[r#"
            SERVICE  STATUS  WANTED  RUNNING  PENDING  DEFINITION  DEPLOYMENT                                         AGE
            web      ACTIVE  3       4        1        web:2       IN_PROGRESS since 1m 40s: 1 of 3, 3 left of web:1  1m 40s"#]],
        );
    }

    #[test]
    fn what_fails_is_said_below_and_what_to_do() {
        let mut failed = updating();
        failed["deployments"][0] = deployment("ecs-svc/2", "PRIMARY", "web:2", [3, 0, 0], "FAILED");
        failed["deployments"][0]["rolloutStateReason"] =
            json!("ECS deployment circuit breaker: task(s) failed to start.");
        check(
            &[web(), failed],
            expect![[r#"
            SERVICE  STATUS  WANTED  RUNNING  PENDING  DEFINITION  DEPLOYMENT                                                          AGE
            web      ACTIVE  3       3        0        web:1       COMPLETED                                                           1m 40s
            web      ACTIVE  3       4        1        web:2       FAILED, 3 left of web:1 (circuit breaker: task(s) failed to start)  1m 40s

            web: the deployment of web:2 failed: circuit breaker: task(s) failed to start; `longshore why web` says more"#]],
        );
    }

    #[test]
    fn what_fails_stands_out_on_a_terminal() {
        let mut failing = web();
        failing["deployments"][0]["failedTasks"] = json!(1);
        let lines = report(&[web(), failing], Timestamp(200_000));
        assert_eq!(strip_str(&lines[1]).to_string(), lines[1], "a steady service is plain");
        assert_ne!(strip_str(&lines[2]).to_string(), lines[2], "a failing one is not");
    }
}
