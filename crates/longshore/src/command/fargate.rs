//! `longshore fargate`: the hosts of Fargate's pool, and how they are taken out of service, back, and away.
//!
//! Read next: `drain.rs` for taking out, `wire::own` for the operations.

mod drain;

use super::{
    client::Client,
    render::{self, Tone, paint},
};
use crate::args;
use anyhow::{Result, bail};
use serde_json::{Value as Json, json};
use std::process::ExitCode;

pub(crate) async fn run(arguments: &args::fargate::Fargate) -> Result<ExitCode> {
    match arguments {
        args::fargate::Fargate::Hosts(arguments) => {
            hosts(arguments).await?;
            Ok(ExitCode::SUCCESS)
        }
        args::fargate::Fargate::Drain(arguments) => drain::run(arguments).await,
        args::fargate::Fargate::Remove(arguments) => {
            remove(arguments).await?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

async fn hosts(arguments: &args::fargate::Hosts) -> Result<()> {
    let client = Client::new(&arguments.connection)?;
    let hosts = all(&client).await?;
    match arguments.connection.output {
        args::Output::Json => render::print_json(&json!({ "hosts": hosts })),
        args::Output::Table => shown(&hosts).iter().for_each(|line| anstream::println!("{line}")),
    }
    Ok(())
}

async fn remove(arguments: &args::fargate::Remove) -> Result<()> {
    let client = Client::new(&arguments.connection)?;
    let ids = meant(&all(&client).await?, &arguments.hosts)?;
    for id in &ids {
        let request = json!({ "host": id, "force": arguments.force });
        client.call_own("RemoveFargateHost", request).await?;
        if arguments.connection.output == args::Output::Table {
            anstream::println!("{id} has left the pool");
        }
    }
    if arguments.connection.output == args::Output::Json {
        render::print_json(&json!({ "hostIds": ids }));
    }
    Ok(())
}

/// The ids of the hosts that `texts` mean, each once.
fn meant(hosts: &[Json], texts: &[String]) -> Result<Vec<String>> {
    let mut ids = Vec::with_capacity(texts.len());
    for text in texts {
        let id = id(named(hosts, text)?).to_owned();
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

/// Every host of the pool.
async fn all(client: &Client) -> Result<Vec<Json>> {
    let mut hosts = Vec::new();
    let mut request = json!({});
    loop {
        let mut reply = client.call_own("ListFargateHosts", request.clone()).await?;
        if let Json::Array(page) = reply["hosts"].take() {
            hosts.extend(page);
        }
        let next = reply["nextToken"].take();
        if next.is_null() {
            return Ok(hosts);
        }
        request["nextToken"] = next;
    }
}

/// The one host that `text` means: an id, the beginning of an id that no other host has, or an address.
fn named<'a>(hosts: &'a [Json], text: &str) -> Result<&'a Json> {
    if text.is_empty() {
        bail!(
            "a host is named by its id, the beginning of it, or its address; `longshore fargate hosts` lists them"
        );
    }
    let is_meant = |host: &&Json| id(host).starts_with(text) || host["address"] == text;
    let matching: Vec<&Json> = hosts.iter().filter(is_meant).collect();
    match matching.as_slice() {
        [host] => Ok(host),
        [] => bail!(
            "no host of Fargate's pool has the address `{text}` or an id that begins so; `longshore fargate hosts` lists them"
        ),
        many => bail!("{} hosts have ids that begin with `{text}`; give more of it", many.len()),
    }
}

fn id(host: &Json) -> &str {
    host["hostId"].as_str().unwrap_or_default()
}

/// As much of an id as tells it from others.
fn short(host: &Json) -> &str {
    id(host).get(..12).unwrap_or(id(host))
}

fn count(host: &Json, member: &str) -> i64 {
    host[member].as_i64().unwrap_or(0)
}

/// How many tasks of Fargate are on a host.
fn tasks(host: &Json) -> i64 {
    count(host, "fargateTasksCount") + count(host, "fargateSpotTasksCount")
}

/// The table, and below it why hosts take no new tasks.
fn shown(hosts: &[Json]) -> Vec<String> {
    if hosts.is_empty() {
        return vec!["Fargate's pool has no host; add one with `longshore agent --fargate`".into()];
    }
    let mut table = render::table(&[
        "HOST",
        "ADDRESS",
        "ZONE",
        "ARCHITECTURE",
        "LENT BY",
        "STATUS",
        "AGENT",
        "CPU FREE",
        "MEMORY FREE",
        "FARGATE",
        "SPOT",
    ]);
    for host in hosts {
        let text = |name: &str| host[name].as_str().unwrap_or("-").to_owned();
        let free = |name: &str| {
            format!(
                "{}/{}",
                count(host, &format!("remaining{name}")),
                count(host, &format!("registered{name}"))
            )
        };
        table.add_row([
            short(host).to_owned(),
            text("address"),
            text("availabilityZone"),
            text("cpuArchitecture"),
            text("cluster"),
            text("status"),
            agent(host),
            free("Cpu"),
            format!("{} MiB", free("Memory")),
            count(host, "fargateTasksCount").to_string(),
            count(host, "fargateSpotTasksCount").to_string(),
        ]);
    }
    let tones: Vec<Tone> = hosts.iter().map(tone).collect();
    let mut lines = render::lines(&table, &tones);
    lines.extend(hosts.iter().filter_map(|host| {
        let reason = host["statusReason"].as_str()?;
        Some(paint(&format!("{}: {reason}", short(host)), Tone::Faint))
    }));
    lines
}

fn agent(host: &Json) -> String {
    let version = host["agentVersion"].as_str().unwrap_or("-");
    let link = if host["agentConnected"] == true { "connected" } else { "away" };
    format!("{link} {version}")
}

fn tone(host: &Json) -> Tone {
    match (host["agentConnected"] == true, host["status"].as_str()) {
        (false, _) => Tone::Bad,
        (true, Some("ACTIVE")) => Tone::Plain,
        (true, _) => Tone::Going,
    }
}

#[cfg(test)]
mod tests {
    use super::{named, shown};
    use anstream::adapter::strip_str;
    use expect_test::expect;
    use serde_json::{Value as Json, json};

    pub(super) fn host(id: &str, more: Json) -> Json {
        let mut host = json!({
            "hostId": format!("{id:0<32}"), "status": "ACTIVE", "availabilityZone": "us-east-1a", "cpuArchitecture": "x86_64",
            "agentConnected": true, "agentVersion": "0.1.0", "registeredCpu": 2048, "remainingCpu": 1024, "registeredMemory": 4096,
            "remainingMemory": 2048, "fargateTasksCount": 0, "fargateSpotTasksCount": 0, "standaloneTasksCount": 0,
        });
        for (name, value) in more.as_object().expect("an object") {
            host[name] = value.clone();
        }
        host
    }

    #[test]
    fn hosts_are_listed_with_their_room_and_their_tasks() {
        let hosts = [
            host(
                "8e0c",
                json!({ "address": "10.0.0.2", "fargateTasksCount": 3, "fargateSpotTasksCount": 1 }),
            ),
            host(
                "4bd1",
                json!({ "cluster": "default", "status": "DRAINING", "agentConnected": false, "statusReason": "It is drained." }),
            ),
        ];
        let lines: Vec<String> =
            shown(&hosts).iter().map(|line| strip_str(line).to_string()).collect();
        expect![[r#"
            HOST          ADDRESS   ZONE        ARCHITECTURE  LENT BY  STATUS    AGENT            CPU FREE   MEMORY FREE    FARGATE  SPOT
            8e0c00000000  10.0.0.2  us-east-1a  x86_64        -        ACTIVE    connected 0.1.0  1024/2048  2048/4096 MiB  3        1
            4bd100000000  -         us-east-1a  x86_64        default  DRAINING  away 0.1.0       1024/2048  2048/4096 MiB  0        0
            4bd100000000: It is drained."#]].assert_eq(&lines.join("\n"));
        expect!["Fargate's pool has no host; add one with `longshore agent --fargate`"]
            .assert_eq(&shown(&[]).join("\n"));
    }

    #[test]
    fn a_host_is_named_by_its_id_or_its_address() {
        let hosts = [host("8e0c", json!({ "address": "10.0.0.2" })), host("8e1d", json!({}))];
        let found = |text: &str| named(&hosts, text).map(|host| host["hostId"].clone());
        assert_eq!(found("8e1").expect("one"), hosts[1]["hostId"]);
        assert_eq!(found("10.0.0.2").expect("one"), hosts[0]["hostId"]);
        for (text, words) in [("8e", "2 hosts"), ("9", "no host"), ("", "is named by")] {
            let error = found(text).expect_err("it means none, or two").to_string();
            assert!(error.contains(words), "{error}");
        }
    }
}
