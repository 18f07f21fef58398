//! Many clients at once on one store: every call has its effect once, and nothing is overbooked.

use api::{
    caller::Caller,
    config::Config,
    ecs,
    service::{Service, system_clock},
};
use domain::{
    deployment::ServiceDeployment,
    id::{AccountId, ClusterName, InstanceId, Region, ServiceName},
    instance::{InstanceLink, Ledger},
    time::Timestamp,
};
use serde_json::{Value as Json, json};
use std::{collections::BTreeSet, path::Path, sync::Arc};
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
        let reply =
            self.service.call(&ecs::TABLE, operation, decide, &request, &self.caller, ids).await?;
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_token_makes_one_service_whoever_is_first() {
    let dir = tempfile::tempdir().expect("a directory");
    let plane = Plane::open(dir.path()).await;
    plane.furnish(100).await;
    let request = json!({
        "serviceName": "web", "taskDefinition": "web", "desiredCount": 2, "clientToken": "once",
    });
    let replies = plane.all_call("CreateService", &request, 2).await;
    let deployment = |reply: &Json| reply["service"]["deployments"][0]["id"].clone();
    assert!(deployment(&replies[0]).is_string());
    assert!(replies.iter().all(|reply| deployment(reply) == deployment(&replies[0])));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_updates_each_has_its_deployment_and_one_goes_on() {
    let dir = tempfile::tempdir().expect("a directory");
    let plane = Plane::open(dir.path()).await;
    plane.furnish(100).await;
    let request = json!({"serviceName": "web", "taskDefinition": "web", "desiredCount": 2});
    plane.ok("CreateService", request).await;
    let request = json!({"service": "web", "forceNewDeployment": true});
    let replies = plane.all_call("UpdateService", &request, 2).await;
    let newest: BTreeSet<_> =
        replies.iter().map(|reply| reply["service"]["deployments"][0]["id"].to_string()).collect();
    assert_eq!(newest.len(), CLIENTS * 2, "no two calls got the same deployment");
    let web = ServiceName::parse("web").expect("a name");
    let snapshot = plane.service.engine().snapshot().await.expect("it is open");
    let stories = ServiceDeployment::all_of(&plane.caller.scope, &cluster(), &web);
    let stories: Vec<_> =
        snapshot.range::<ServiceDeployment>(&stories).collect::<Result<_, _>>().expect("readable");
    assert_eq!(stories.len(), CLIENTS * 2 + 1);
    let going_on: Vec<_> = stories.iter().filter(|story| !story.status.is_over()).collect();
    assert_eq!(going_on.len(), 1, "all others are over");
    let service = domain::service::Service::key(&plane.caller.scope, &cluster(), &web);
    let service = snapshot.get::<domain::service::Service>(&service).expect("readable");
    let service = service.expect("it is there");
    assert_eq!(service.deployments[0].id, going_on[0].target);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_service_is_left_in_a_deleted_cluster() {
    let dir = tempfile::tempdir().expect("a directory");
    let plane = Plane::open(dir.path()).await;
    plane.furnish(100).await;
    let mut clients = JoinSet::new();
    for at in 0..CLIENTS {
        let (plane, name) = (plane.clone(), format!("c{at}"));
        clients.spawn(async move {
            plane.ok("CreateCluster", json!({"clusterName": name})).await;
            let request = json!({
                "cluster": name, "serviceName": "web", "taskDefinition": "web", "desiredCount": 1,
            });
            let cluster = json!({"cluster": name});
            let (created, deleted) = tokio::join!(
                plane.call("CreateService", request),
                plane.call("DeleteCluster", cluster),
            );
            created.is_ok() ^ deleted.is_ok()
        });
    }
    assert_eq!(clients.join_all().await, [true; CLIENTS], "one of the two is refused");
}
