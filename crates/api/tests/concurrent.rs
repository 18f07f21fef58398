//! Many clients at once on one store: every call has its effect once, and nothing is overbooked.

use api::{
    caller::Caller,
    config::Config,
    ecs,
    service::{Service, system_clock},
};
use domain::{
    id::{AccountId, ClusterName, InstanceId, Region},
    instance::{InstanceLink, Ledger},
    time::Timestamp,
};
use serde_json::{Value as Json, json};
use std::{path::Path, sync::Arc};
use store::{Embedded, Expect, Options, Transaction};
use tokio::task::JoinSet;
use wire::{Fault, codec::json as codec};

const CLIENTS: usize = 16;

#[derive(Clone)]
struct Plane {
    service: Service,
    caller: Caller,
}

impl Plane {
    async fn open(dir: &Path) -> Self {
        let engine = Embedded::open(dir, Options::default()).await.expect("an empty directory");
        let account = AccountId::parse("123456789012").expect("an account");
        let caller = Caller::root(account, Region::parse("us-east-1").expect("a region"));
        let service = Service::new(Arc::new(engine), Arc::new(Config::default()), system_clock);
        Self { service, caller }
    }

    async fn call(&self, operation: &str, request: Json) -> Result<Json, Fault> {
        let row = ecs::TABLE.service.operation(operation).expect("the model has it");
        let decide = ecs::TABLE.operation(operation).expect("it is served");
        let request = codec::decode(row.input, request.to_string().as_bytes())?;
        let ids = self.service.ids();
        let reply = self.service.call(&ecs::TABLE, decide, &request, &self.caller, ids).await?;
        Ok(serde_json::from_str(&codec::encode(row.output, &reply)).expect("replies are JSON"))
    }

    async fn ok(&self, operation: &str, request: Json) -> Json {
        let reply = self.call(operation, request).await;
        reply.unwrap_or_else(|fault| panic!("{operation}: {fault}"))
    }

    /// A cluster, an instance of so many CPU units with its agent connected, and a definition `web` of 100 CPU units. The instance's id.
    async fn furnish(&self, cpu: i64) -> InstanceId {
        self.ok("CreateCluster", json!({})).await;
        let amount = |name: &str, amount: i64| json!({"name": name, "type": "INTEGER", "integerValue": amount});
        let resources = json!([amount("CPU", cpu), amount("MEMORY", 1_000_000)]);
        let reply =
            self.ok("RegisterContainerInstance", json!({"totalResources": resources})).await;
        let arn = reply["containerInstance"]["containerInstanceArn"].as_str().expect("an ARN");
        let id = InstanceId::parse(arn.rsplit('/').next().expect("an id")).expect("an id");
        let key = InstanceLink::key(&self.caller.scope, &cluster(), &id);
        let link = InstanceLink { connected: true, since: Timestamp(0), ..InstanceLink::default() };
        let mut writes = Transaction::new();
        writes.put(&key, Expect::Absent, link);
        self.service.engine().commit(writes).await.expect("nobody else writes");
        let container = json!({"name": "app", "image": "busybox", "cpu": 100, "memory": 10});
        let request = json!({"family": "web", "containerDefinitions": [container]});
        self.ok("RegisterTaskDefinition", request).await;
        id
    }

    async fn ledger(&self, id: &InstanceId) -> Ledger {
        let key = Ledger::key(&self.caller.scope, &cluster(), id);
        let snapshot = self.service.engine().snapshot().await.expect("it is open");
        let found = snapshot.get::<Ledger>(&key).expect("a readable record");
        Ledger::clone(&found.expect("the instance has one").record)
    }

    /// The same call by every client at once, `times` times each; what they got.
    async fn all_call(&self, operation: &'static str, request: &Json, times: usize) -> Vec<Json> {
        let mut clients = JoinSet::new();
        for _ in 0..CLIENTS {
            let (plane, request) = (self.clone(), request.clone());
            clients.spawn(async move {
                let mut replies = Vec::new();
                for _ in 0..times {
                    replies.push(plane.ok(operation, request.clone()).await);
                }
                replies
            });
        }
        clients.join_all().await.concat()
    }
}

fn cluster() -> ClusterName {
    ClusterName::parse("default").expect("a name")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_clients_fill_one_instance_and_no_more() {
    let dir = tempfile::tempdir().expect("a directory");
    let plane = Plane::open(dir.path()).await;
    let instance = plane.furnish(100 * 100).await;
    let replies = plane.all_call("RunTask", &json!({"taskDefinition": "web"}), 8).await;
    let placed = replies.iter().filter(|reply| reply["tasks"][0].is_object()).count();
    let refused = replies.iter().filter(|reply| reply["failures"][0]["reason"] == "RESOURCE:CPU");
    assert_eq!((placed, refused.count()), (100, CLIENTS * 8 - 100));
    let ledger = plane.ledger(&instance).await;
    assert_eq!((ledger.held.cpu, ledger.pending), (10_000, 100));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_client_token_has_one_effect_whoever_is_first() {
    let dir = tempfile::tempdir().expect("a directory");
    let plane = Plane::open(dir.path()).await;
    let instance = plane.furnish(100 * 100).await;
    let request = json!({"taskDefinition": "web", "count": 3, "clientToken": "once"});
    let replies = plane.all_call("RunTask", &request, 2).await;
    let arns = |reply: &Json| {
        let tasks = reply["tasks"].as_array().expect("a list").iter();
        tasks.map(|task| task["taskArn"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(arns(&replies[0]).len(), 3);
    assert!(replies.iter().all(|reply| arns(reply) == arns(&replies[0])));
    assert_eq!(plane.ledger(&instance).await.tasks(), 3);
}
