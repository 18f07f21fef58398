//! `bench api`: calls a second and p99 of four operations at 1 and 16 clients, beside moto's server.
//!
//! Longshore's writes are durable and its tasks are placed on an instance whose agent (a connection of ours that takes everything and
//! runs nothing) is connected, so that RunTask does all but start containers, as with moto.

use super::{http::Connection, region::Region, samples::Samples};
use anyhow::{Context, Result, ensure};
use serde_json::{Value as Json, json};
use std::{
    fmt::Write,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

const CLIENTS: [usize; 2] = [1, 16];
/// How long each operation is called.
const SPELL: Duration = Duration::from_secs(3);
const READY_MAX: Duration = Duration::from_secs(60);

/// An operation and its request.
fn operations() -> [(&'static str, Json); 4] {
    let container = json!({ "name": "main", "image": "busybox:bench", "memory": 8, "cpu": 1, "command": ["sleep", "1000"] });
    [
        ("DescribeClusters", json!({ "clusters": ["bench"] })),
        (
            "RegisterTaskDefinition",
            json!({ "family": "called", "containerDefinitions": [container] }),
        ),
        ("RunTask", json!({ "cluster": "bench", "taskDefinition": "bench" })),
        ("ListTasks", json!({ "cluster": "bench", "maxResults": 10 })),
    ]
}

pub(super) fn run(root: &Path, with_peers: bool) -> Result<String> {
    let region = Region::start(root)?;
    let agent = prepare(&mut region.connect()?, &region.address)?;
    let ours = measure(&region.address)?;
    drop(agent);
    drop(region);
    let moto =
        if with_peers { Moto::start(root)?.map(|moto| moto.measure()).transpose()? } else { None };
    Ok(report(&ours, moto.as_deref()))
}

/// A cluster, a definition, an instance with room for everything, and its agent's session, which lives as long as what is returned.
fn prepare(ecs: &mut Connection, address: &str) -> Result<Connection> {
    let container = json!({ "name": "main", "image": "busybox:bench", "memory": 8, "cpu": 1 });
    ecs.ecs("CreateCluster", &json!({ "clusterName": "bench" }))?;
    ecs.ecs(
        "RegisterTaskDefinition",
        &json!({ "family": "bench", "containerDefinitions": [container] }),
    )?;
    let attributes: Vec<Json> = (17..33).map(|minor| json!({ "name": format!("com.amazonaws.ecs.capability.docker-remote-api.1.{minor}") })).collect();
    let resources = json!([
        { "name": "CPU", "type": "INTEGER", "integerValue": 2_000_000_000 },
        { "name": "MEMORY", "type": "INTEGER", "integerValue": 2_000_000_000 },
        { "name": "PORTS", "type": "STRINGSET", "stringSetValue": ["22"] },
        { "name": "PORTS_UDP", "type": "STRINGSET", "stringSetValue": [] },
    ]);
    let request =
        json!({ "cluster": "bench", "totalResources": resources, "attributes": attributes });
    let reply = ecs.ecs("RegisterContainerInstance", &request)?;
    let arn = reply["containerInstance"]["containerInstanceArn"]
        .as_str()
        .context("the instance's ARN")?
        .to_owned();
    let found =
        ecs.ecs("DiscoverPollEndpoint", &json!({ "containerInstance": arn, "cluster": "bench" }))?;
    let path = found["endpoint"]
        .as_str()
        .and_then(|url| url.splitn(4, '/').nth(3))
        .unwrap_or_default()
        .trim_end_matches('/')
        .to_owned();
    let mut agent = Connection::tcp(address)?;
    let query = format!(
        "clusterArn=bench&containerInstanceArn={}&agentVersion=1.0.0&agentHash=0&seqNum=1&protocolVersion=2&sendCredentials=true",
        arn.replace(':', "%3A").replace('/', "%2F")
    );
    let headers = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\
        Authorization: AWS4-HMAC-SHA256 Credential=bench/20260101/us-east-1/ecs/aws4_request, SignedHeaders=host, Signature=00\r\n";
    let (status, body) =
        agent.request("GET", &format!("/{path}/ws?{query}").replace("//", "/"), headers, b"")?;
    ensure!(
        status == 101,
        "the agent's session answered {status}: {}",
        String::from_utf8_lossy(&body)
    );
    Ok(agent)
}

/// What one operation did at one number of clients.
struct Row {
    operation: &'static str,
    clients: usize,
    rate: f64,
    samples: Samples,
}

fn measure(address: &str) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (operation, request) in operations() {
        for clients in CLIENTS {
            let begin = Instant::now();
            let samples = std::thread::scope(|scope| {
                let callers: Vec<_> = (0..clients)
                    .map(|_| scope.spawn(|| call(address, operation, &request)))
                    .collect();
                let mut all = Samples::default();
                for caller in callers {
                    all.extend(caller.join().expect("a caller does not panic")?);
                }
                anyhow::Ok(all)
            })?;
            rows.push(Row {
                operation,
                clients,
                rate: samples.len() as f64 / begin.elapsed().as_secs_f64(),
                samples,
            });
        }
    }
    Ok(rows)
}

fn call(address: &str, operation: &str, request: &Json) -> Result<Samples> {
    let mut ecs = Connection::tcp(address)?;
    let mut samples = Samples::default();
    let end = Instant::now() + SPELL;
    while Instant::now() < end {
        let begin = Instant::now();
        ecs.ecs(operation, request)?;
        samples.push(begin.elapsed());
    }
    Ok(samples)
}

/// moto's server in a virtual environment of its own.
struct Moto {
    server: Child,
    address: String,
}

impl Moto {
    fn start(root: &Path) -> Result<Option<Self>> {
        let environment = root.join("target/bench-moto");
        let program = environment.join("bin/moto_server");
        if !program.exists() {
            let made = Command::new("python3").args(["-m", "venv"]).arg(&environment).status();
            let pip = environment.join("bin/pip");
            let installed = Command::new(pip)
                .args(["install", "--quiet", "moto[server,ecs,ec2]==5.2.1"])
                .status();
            if !made.is_ok_and(|status| status.success())
                || !installed.is_ok_and(|status| status.success())
            {
                return Ok(None);
            }
        }
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let server = Command::new(&program)
            .args(["-H", "127.0.0.1", "-p", &port.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("start moto_server")?;
        let address = format!("127.0.0.1:{port}");
        let deadline = Instant::now() + READY_MAX;
        while std::net::TcpStream::connect(&address).is_err() {
            ensure!(Instant::now() < deadline, "moto_server is not ready after {READY_MAX:?}");
            std::thread::yield_now();
        }
        Ok(Some(Self { server, address }))
    }

    fn measure(self) -> Result<Vec<Row>> {
        let mut ecs = Connection::tcp(&self.address)?;
        let container = json!({ "name": "main", "image": "busybox:bench", "memory": 8, "cpu": 1 });
        ecs.ecs("CreateCluster", &json!({ "clusterName": "bench" }))?;
        ecs.ecs(
            "RegisterTaskDefinition",
            &json!({ "family": "bench", "containerDefinitions": [container] }),
        )?;
        self.register_instance(&mut ecs)?;
        measure(&self.address)
    }

    /// moto places tasks on instances of its own EC2 only, of a size that runs out: it is filled in to be as large as it can be.
    fn register_instance(&self, ecs: &mut Connection) -> Result<()> {
        let headers = "Content-Type: application/x-www-form-urlencoded\r\n\
            Authorization: AWS4-HMAC-SHA256 Credential=bench/20260101/us-east-1/ec2/aws4_request, SignedHeaders=host, Signature=00\r\n";
        let body = b"Action=RunInstances&Version=2016-11-15&ImageId=ami-12c6146b&MinCount=1&MaxCount=1&InstanceType=m5.large";
        let (status, answer) = ecs.request("POST", "/", headers, body)?;
        let answer = String::from_utf8_lossy(&answer).into_owned();
        ensure!(status == 200, "moto's RunInstances answered {status}: {answer}");
        let instance = answer
            .split("<instanceId>")
            .nth(1)
            .and_then(|rest| rest.split('<').next())
            .context("an instance id")?;
        let document =
            json!({ "instanceId": instance, "accountId": "123456789012", "region": "us-east-1" })
                .to_string();
        let request = json!({ "cluster": "bench", "instanceIdentityDocument": document });
        ecs.ecs("RegisterContainerInstance", &request).map(drop)
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn report(ours: &[Row], moto: Option<&[Row]>) -> String {
    let mut text = String::from(
        "| operation | clients | Longshore a second | p99 | moto a second | p99 | ratio |\n|---|---|---|---|---|---|---|\n",
    );
    for (index, row) in ours.iter().enumerate() {
        let peer = moto.and_then(|rows| rows.get(index));
        let beside = peer.map_or_else(
            || "– | – | –".into(),
            |peer| {
                format!(
                    "{:.0} | {:.1} ms | {:.0}×",
                    peer.rate,
                    peer.samples.percentile_ms(99.0),
                    row.rate / peer.rate
                )
            },
        );
        let _ = writeln!(
            text,
            "| {} | {} | {:.0} | {:.2} ms | {beside} |",
            row.operation,
            row.clients,
            row.rate,
            row.samples.percentile_ms(99.0)
        );
    }
    text
}
