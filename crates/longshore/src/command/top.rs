//! `longshore top`: how full the instances of a cluster are, and below them its services; drawn anew until it is interrupted.

use super::{
    client::Client,
    find,
    live::Screen,
    render::{self, Tone, paint},
    service, services,
};
use crate::args;
use anyhow::{Context, Result};
use domain::time::Timestamp;
use serde_json::{Value as Json, json};
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};

/// How often the cluster is looked at.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// So wide is the bar of a resource.
const BAR_WIDTH: usize = 10;
/// So many lines of a view are left to services, if they need them.
const SERVICE_ROWS_MIN: usize = 8;

pub(crate) async fn run(arguments: &args::Top) -> Result<()> {
    let client = Client::new(&arguments.connection)?;
    if arguments.connection.output == args::Output::Json {
        let Look { instances, services, fargate } = look(&client, &arguments.cluster).await?;
        let fargate = json!({ "runningCount": fargate.running, "pendingCount": fargate.pending });
        render::print_json(&json!({
            "containerInstances": instances, "services": services, "fargate": fargate,
        }));
        return Ok(());
    }
    let screen = if arguments.once { None } else { Screen::of_stdout() };
    let Some(mut screen) = screen else {
        let look = look(&client, &arguments.cluster).await?;
        for line in frame(&look, &arguments.cluster, usize::MAX, api::system_clock()) {
            anstream::println!("{line}");
        }
        return Ok(());
    };
    // Ctrl-C is answered whenever it comes, also while the control plane does not answer.
    let mut interrupt = signal(SignalKind::interrupt()).context("listen for Ctrl-C")?;
    loop {
        let look = tokio::select! {
            biased;
            _ = interrupt.recv() => return Ok(()),
            look = look(&client, &arguments.cluster) => look?,
        };
        let frame = frame(&look, &arguments.cluster, screen.rows(), api::system_clock());
        screen.draw(&frame)?;
        tokio::select! {
            biased;
            _ = interrupt.recv() => return Ok(()),
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
}

/// What one look found.
struct Look {
    instances: Vec<Json>,
    services: Vec<Json>,
    fargate: OnFargate,
}

/// How many of the cluster's tasks are on Fargate's pool, of which nobody sees the hosts.
#[derive(Clone, Copy, Default)]
struct OnFargate {
    running: i64,
    pending: i64,
}

impl OnFargate {
    /// By the statistics of a described cluster, which are texts.
    fn of(cluster: &Json) -> Self {
        let statistic = |name: &str| {
            let mut all = cluster["statistics"].as_array().into_iter().flatten();
            let found = all.find(|it| it["name"] == name).and_then(|it| it["value"].as_str());
            found.and_then(|text| text.parse().ok()).unwrap_or(0)
        };
        Self {
            running: statistic("runningFargateTasksCount"),
            pending: statistic("pendingFargateTasksCount"),
        }
    }
}

async fn look(client: &Client, cluster: &str) -> Result<Look> {
    let mut instances = find::instances(client, cluster).await?;
    // The fullest first: that is what people look for.
    instances.sort_by_cached_key(|it| (std::cmp::Reverse(fullness(it)), arn(it).to_owned()));
    let services = find::services(client, cluster).await?;
    let asked = json!({ "clusters": [cluster], "include": ["STATISTICS"] });
    let reply = client.call("DescribeClusters", asked).await?;
    Ok(Look { instances, services, fargate: OnFargate::of(&reply["clusters"][0]) })
}

fn arn(instance: &Json) -> &str {
    instance["containerInstanceArn"].as_str().unwrap_or_default()
}

/// The greater of CPU and memory that is taken, in thousandths.
fn fullness(instance: &Json) -> i64 {
    let share = |name| {
        let (used, all) = usage(instance, name);
        if all > 0 { used * 1000 / all } else { 0 }
    };
    share("CPU").max(share("MEMORY"))
}

/// How much of a resource is taken, of how much.
fn usage(instance: &Json, name: &str) -> (i64, i64) {
    let amount = |list: &str| {
        let mut resources = instance[list].as_array().into_iter().flatten();
        let found = resources.find(|resource| resource["name"] == name);
        found.and_then(|resource| resource["integerValue"].as_i64()).unwrap_or(0)
    };
    let all = amount("registeredResources");
    (all - amount("remainingResources"), all)
}

/// The view, in at most `rows` lines: what does not fit is counted.
fn frame(look: &Look, cluster: &str, rows: usize, now: Timestamp) -> Vec<String> {
    let sum = |member| look.instances.iter().map(|it| service::count(it, member)).sum::<i64>();
    let title = format!("cluster {cluster}");
    let OnFargate { running, pending } = look.fargate;
    let is_on_fargate = running + pending > 0;
    let (all_running, all_pending) =
        (sum("runningTasksCount") + running, sum("pendingTasksCount") + pending);
    let mut headline = format!(
        "{}  {}, {}: {all_running} running, {all_pending} pending",
        paint(&title, Tone::Strong),
        render::counted(look.instances.len() as i64, "instance"),
        render::counted(all_running + all_pending, "task"),
    );
    if is_on_fargate {
        headline.push_str(&format!("; of these on Fargate: {running} running, {pending} pending"));
    }
    let mut lines = vec![headline, String::new()];
    if look.instances.is_empty() && !is_on_fargate {
        lines.push("no instances; join one with `longshore agent`".into());
    }
    let services =
        if look.services.is_empty() { Vec::new() } else { services::table(&look.services, now) };
    let kept = services.len().min(SERVICE_ROWS_MIN) + usize::from(!services.is_empty());
    let room = rows.saturating_sub(lines.len() + kept);
    if !look.instances.is_empty() {
        lines.extend(cut(instances(&look.instances), room, "instances"));
    }
    if !services.is_empty() {
        if lines.last().is_some_and(|line| !line.is_empty()) {
            lines.push(String::new());
        }
        let room = rows.saturating_sub(lines.len());
        lines.extend(cut(services, room, "services"));
    }
    lines
}

/// A table in at most `room` lines, with a last one that says how much is left out.
fn cut(mut table: Vec<String>, room: usize, what: &str) -> Vec<String> {
    if table.len() > room {
        let kept = room.saturating_sub(1).max(1);
        let left = table.len() - kept;
        table.truncate(kept);
        table.push(paint(&format!("… and {left} more {what}"), Tone::Faint));
    }
    table
}

fn instances(instances: &[Json]) -> Vec<String> {
    let mut table = render::table(&[
        "INSTANCE",
        "ZONE",
        "STATUS",
        "AGENT",
        "CPU",
        "MEMORY MiB",
        "RUNNING",
        "PENDING",
    ]);
    for it in instances {
        table.add_row([
            render::short_id(&it["containerInstanceArn"]),
            zone(it).to_owned(),
            it["status"].as_str().unwrap_or("-").to_owned(),
            if it["agentConnected"] == true { "connected" } else { "away" }.to_owned(),
            resource(it, "CPU"),
            resource(it, "MEMORY"),
            service::count(it, "runningTasksCount").to_string(),
            service::count(it, "pendingTasksCount").to_string(),
        ]);
    }
    let tones: Vec<Tone> = instances.iter().map(tone).collect();
    render::lines(&table, &tones)
}

/// The availability zone that an instance says it is in.
pub(crate) fn zone(instance: &Json) -> &str {
    let mut attributes = instance["attributes"].as_array().into_iter().flatten();
    let zone = attributes.find(|attribute| attribute["name"] == "ecs.availability-zone");
    zone.and_then(|zone| zone["value"].as_str()).unwrap_or("-")
}

fn resource(instance: &Json, name: &str) -> String {
    let (used, all) = usage(instance, name);
    format!("{} {used}/{all}", render::bar(used, all, BAR_WIDTH))
}

fn tone(instance: &Json) -> Tone {
    match (instance["agentConnected"] == true, instance["status"].as_str()) {
        (false, _) => Tone::Bad,
        (true, Some("ACTIVE")) => Tone::Plain,
        (true, _) => Tone::Going,
    }
}

#[cfg(test)]
mod tests {
    use super::{Look, OnFargate, frame};
    use crate::command::service::tests::{updating, web};
    use anstream::adapter::strip_str;
    use domain::time::Timestamp;
    use expect_test::{Expect, expect};
    use serde_json::{Value as Json, json};

    /// With so much CPU and memory taken, of 2048 and 4000.
    fn instance(id: &str, cpu: i64, memory: i64) -> Json {
        let resources = |cpu: i64, memory: i64| json!([{ "name": "CPU", "integerValue": cpu }, { "name": "MEMORY", "integerValue": memory }]);
        json!({
            "containerInstanceArn": format!("arn:aws:ecs:us-east-1:000000000000:container-instance/default/{id}"),
            "status": "ACTIVE", "agentConnected": true, "runningTasksCount": 2, "pendingTasksCount": 1,
            "registeredResources": resources(2048, 4000),
            "remainingResources": resources(2048 - cpu, 4000 - memory),
            "attributes": [{ "name": "ecs.availability-zone", "value": "us-east-1a" }],
        })
    }

    fn check(look: &Look, rows: usize, expected: Expect) {
        let lines = frame(look, "default", rows, Timestamp(200_000));
        assert!(lines.len() <= rows, "it fits");
        let lines: Vec<String> = lines.iter().map(|line| strip_str(line).to_string()).collect();
        expected.assert_eq(&lines.join("\n"));
    }

    #[test]
    fn instances_and_services_are_side_by_side() {
        let mut away = instance("bbbbbbbbbbbbbbbb", 0, 0);
        away["agentConnected"] = json!(false);
        let instances = vec![instance("aaaaaaaaaaaaaaaa", 1024, 4000), away];
        check(
            &Look { instances, services: vec![web(), updating()], fargate: OnFargate::default() },
            40,
            expect![[r#"
            cluster default  2 instances, 6 tasks: 4 running, 2 pending

            INSTANCE      ZONE        STATUS  AGENT      CPU                   MEMORY MiB            RUNNING  PENDING
            aaaaaaaaaaaa  us-east-1a  ACTIVE  connected  █████░░░░░ 1024/2048  ██████████ 4000/4000  2        1
            bbbbbbbbbbbb  us-east-1a  ACTIVE  away       ░░░░░░░░░░ 0/2048     ░░░░░░░░░░ 0/4000     2        1

            SERVICE  STATUS  WANTED  RUNNING  PENDING  DEFINITION  DEPLOYMENT                                         AGE
            web      ACTIVE  3       3        0        web:1       COMPLETED                                          1m 40s
            web      ACTIVE  3       4        1        web:2       IN_PROGRESS since 1m 40s: 1 of 3, 3 left of web:1  1m 40s"#]],
        );
    }

    #[test]
    fn a_low_terminal_says_what_it_leaves_out() {
        let instances = (0..50).map(|n| instance(&format!("{n:016}"), n, n)).collect();
        check(
            &Look { instances, services: vec![web()], fargate: OnFargate::default() },
            10,
            expect![[r#"
            cluster default  50 instances, 150 tasks: 100 running, 50 pending

            INSTANCE      ZONE        STATUS  AGENT      CPU                 MEMORY MiB          RUNNING  PENDING
            000000000000  us-east-1a  ACTIVE  connected  ░░░░░░░░░░ 0/2048   ░░░░░░░░░░ 0/4000   2        1
            000000000000  us-east-1a  ACTIVE  connected  █░░░░░░░░░ 1/2048   █░░░░░░░░░ 1/4000   2        1
            000000000000  us-east-1a  ACTIVE  connected  █░░░░░░░░░ 2/2048   █░░░░░░░░░ 2/4000   2        1
            … and 47 more instances

            SERVICE  STATUS  WANTED  RUNNING  PENDING  DEFINITION  DEPLOYMENT  AGE
            web      ACTIVE  3       3        0        web:1       COMPLETED   1m 40s"#]],
        );
    }

    #[test]
    fn an_empty_cluster_says_what_to_do() {
        check(
            &Look { instances: Vec::new(), services: Vec::new(), fargate: OnFargate::default() },
            10,
            expect![[r#"
            cluster default  0 instances, 0 tasks: 0 running, 0 pending

            no instances; join one with `longshore agent`"#]],
        );
    }

    #[test]
    fn tasks_on_fargate_are_counted_without_instances() {
        let statistic = |name: &str, value: &str| json!({ "name": name, "value": value });
        let cluster = json!({ "statistics": [
            statistic("runningEC2TasksCount", "0"), statistic("runningFargateTasksCount", "3"),
            statistic("pendingFargateTasksCount", "1"),
        ]});
        let fargate = OnFargate::of(&cluster);
        check(
            &Look { instances: Vec::new(), services: vec![web()], fargate },
            10,
            expect![[r#"
                cluster default  0 instances, 4 tasks: 3 running, 1 pending; of these on Fargate: 3 running, 1 pending

                SERVICE  STATUS  WANTED  RUNNING  PENDING  DEFINITION  DEPLOYMENT  AGE
                web      ACTIVE  3       3        0        web:1       COMPLETED   1m 40s"#]],
        );
    }
}
