//! The whole agent against a plane on a real socket and a fake host: sessions, reports, restarts at any point.

mod kills;
mod lines;
mod sessions;
mod tasks;
mod telemetry;

use crate::{
    Config, Credentials, Stopper, Timing,
    driver::ContainerKey,
    fake::FakeDriver,
    fake_plane::{INSTANCE, Plane, SECRET},
    link::Clock,
    run::{AgentError, run, shutdown},
};
use domain::{
    id::Region,
    time::{Millis, Timestamp},
};
use serde_json::{Value as Json, json};
use std::{path::PathBuf, sync::Arc, time::Duration};
use tempfile::TempDir;
use tokio::task::JoinSet;

const CLUSTER: &str = "arn:aws:ecs:us-east-1:000000000000:cluster/default";

/// A host with its directory, and agents on it one after another.
struct Host {
    dir: TempDir,
    driver: Arc<FakeDriver>,
}

/// An agent that runs.
struct Agent {
    stopper: Stopper,
    task: JoinSet<Result<(), AgentError>>,
    lock: PathBuf,
}

fn clock() -> Clock {
    let began = tokio::time::Instant::now();
    Arc::new(move || {
        let elapsed = i64::try_from(began.elapsed().as_millis()).expect("a short test");
        Timestamp(1_800_000_000_000 + elapsed)
    })
}

impl Host {
    fn new() -> Self {
        let clock = clock();
        Self {
            dir: tempfile::tempdir().expect("a directory"),
            driver: Arc::new(FakeDriver::new(move || clock())),
        }
    }

    /// A configuration for `plane` with waits that suit a test.
    fn config(&self, plane: &Plane) -> Config {
        let credentials = Credentials {
            access_key_id: "000000000000".into(),
            secret_access_key: SECRET.into(),
            session_token: None,
        };
        let region = Region::parse("us-east-1").expect("a region");
        let timing = Timing { backoff: Millis(20), backoff_max: Millis(200), ..Timing::ACS };
        let mut config = Config::new(plane.endpoint(), None, region, credentials, self.dir.path());
        config.acs = timing;
        config.tcs = timing;
        config
    }

    fn start(&self, config: Config) -> Agent {
        let (stopper, shutdown) = shutdown();
        let mut task = JoinSet::new();
        task.spawn(run(config, self.driver.clone(), clock(), shutdown));
        Agent { stopper, task, lock: self.lock() }
    }

    fn lock(&self) -> PathBuf {
        self.dir.path().join("agent/lock")
    }

    async fn until(&self, condition: impl FnMut(&FakeDriver) -> bool) {
        let waited = tokio::time::timeout(Duration::from_secs(20), self.driver.until(condition));
        waited.await.unwrap_or_else(|_| panic!("calls: {:#?}", self.driver.calls()));
    }
}

/// A file that is being written keeps an agent's directory locked for a moment after its death.
async fn until_unlocked(path: PathBuf) {
    let lock = fs_err::File::open(path).expect("an agent was here").into_file();
    let locked = tokio::task::spawn_blocking(move || lock.lock());
    locked.await.expect("no panic").expect("a lock");
}

impl Agent {
    async fn ended(&mut self) -> Result<(), AgentError> {
        let ended = tokio::time::timeout(Duration::from_secs(20), self.task.join_next()).await;
        ended.expect("it ends").expect("it was there").expect("it does not panic")
    }

    /// As a kill does: no goodbye, nothing finished.
    async fn kill(mut self) {
        self.task.shutdown().await;
        until_unlocked(self.lock).await;
    }
}

fn id(letter: &str) -> String {
    letter.repeat(32)
}

fn arn(letter: &str) -> String {
    format!("arn:aws:ecs:us-east-1:000000000000:task/default/{}", id(letter))
}

fn key(letter: &str, name: &str) -> ContainerKey {
    ContainerKey { task: id(letter), name: name.to_owned() }
}

/// A payload with one task of one container called `web`.
fn run_message(message: i64, letter: &str, image: &str) -> Json {
    payload(
        message,
        &json!({
            "arn": arn(letter), "taskClusterArn": CLUSTER, "family": "web", "version": "1",
            "desiredStatus": "RUNNING",
            "containers": [{ "name": "web", "image": image, "essential": true, "memory": 64 }],
        }),
    )
}

fn stop_message(message: i64, letter: &str) -> Json {
    payload(message, &json!({ "arn": arn(letter), "desiredStatus": "STOPPED" }))
}

fn payload(message: i64, task: &Json) -> Json {
    json!({ "type": "PayloadMessage", "message": {
        "messageId": message.to_string(), "clusterArn": CLUSTER,
        "containerInstanceArn": INSTANCE, "generatedAt": 1, "seqNum": message, "tasks": [task],
    }})
}

/// Whether message `id` was acknowledged.
fn is_acked(state: &crate::fake_plane::State, id: i64) -> Option<()> {
    use domain::link::acs::FromAgent;
    let is_it = |frame: &FromAgent| matches!(frame, FromAgent::Ack(ack) if ack.message_id == id.to_string());
    state.control.iter().any(is_it).then_some(())
}
