//! A cluster with hosts, for tests: named instances, short definitions, and books that are checked after every call.
//!
//! ```text
//! let mut stage = Stage::new();
//! stage.host("a", json!({}));
//! stage.define("web", json!({"cpu": 256}));
//! assert_eq!(stage.run(json!({"count": 2})), "a a");
//! ```

use crate::world::World;
use books::{blueprint::Blueprint, draft::Draft, ids::Ids, seat::Seat};
use domain::{
    arn,
    definition::TaskDefinition,
    fargate::PoolHost,
    id::{ClusterName, InstanceId, ServiceName},
    instance::{Assignment, ContainerInstance, InstanceLink, Ledger},
    key::Prefix,
    service::Service,
    status::{InstanceStatus, TaskStatus},
    task::{Overrides, Task},
    vpc::{SecurityGroup, Subnet, Vpc},
};
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};
use store::Found;

pub(crate) struct Stage {
    pub(crate) world: World,
    /// ARNs of instances to the names that the test gave them.
    names: BTreeMap<String, String>,
    /// How many tasks were made for services.
    served: usize,
}

impl Stage {
    /// An ACTIVE cluster `default` with nothing in it.
    pub(crate) fn new() -> Self {
        let mut world = World::new();
        world.ok("CreateCluster", json!({}));
        Self { world, names: BTreeMap::new(), served: 0 }
    }

    /// Registers an instance with 1024 CPU units and 1024 MiB, and connects its agent. `more` adds to the request.
    pub(crate) fn host(&mut self, name: &str, more: Json) -> String {
        let mut request = json!({"totalResources": resources(1024, 1024)});
        merge(&mut request, more);
        let reply = self.ok("RegisterContainerInstance", request);
        let arn = text(&reply["containerInstance"]["containerInstanceArn"]);
        self.names.insert(arn.clone(), name.to_owned());
        self.connect(&arn, true);
        arn
    }

    /// A VPC `vpc-1` with group `sg-0`, and a subnet `subnet-{zone}` of it in each of `zones`, such as `us-east-1a`.
    pub(crate) fn vpc(&mut self, zones: &[&str]) {
        fn of<R: serde::de::DeserializeOwned>(json: Json) -> R {
            serde_json::from_value(json).expect("a record")
        }
        let scope = self.world.scope();
        let vpc: Vpc = of(json!({
            "id": "vpc-1", "blocks": [["vpc-cidr-assoc-1", "10.0.0.0/16"]], "number": 1, "dhcpOptions": "default",
            "dnsSupport": true, "dnsHostnames": true, "tenancy": "default", "mainRouteTable": "rtb-1", "defaultAcl": "acl-1",
            "defaultGroup": "sg-0",
        }));
        self.world.put(&Vpc::key(&scope, "vpc-1"), vpc);
        for (number, zone) in zones.iter().enumerate() {
            let id = format!("subnet-{zone}");
            let subnet: Subnet = of(json!({
                "id": id, "vpc": "vpc-1", "zone": zone, "block": format!("10.0.{number}.0/24"), "acl": "acl-1",
                "aclAssociation": "aclassoc-1",
            }));
            self.world.put(&Subnet::key(&scope, &id), subnet);
        }
        let group: SecurityGroup = of(
            json!({"id": "sg-0", "vpc": "vpc-1", "name": "sg-0", "description": "", "rules": []}),
        );
        self.world.put(&SecurityGroup::key(&scope, "sg-0"), group);
    }

    /// The agent's session comes or goes.
    pub(crate) fn connect(&mut self, arn: &str, connected: bool) {
        let key = InstanceLink::key(&self.world.scope(), &cluster_of(arn), &instance_id(arn));
        let before = self.world.get::<InstanceLink>(&key);
        let mut link = before.map_or_else(InstanceLink::default, |found| (*found.record).clone());
        (link.connected, link.since) = (connected, self.world.now);
        self.world.put(&key, link);
    }

    /// Registers a definition of one container `app` with 64 MiB. `more` adds to the container.
    pub(crate) fn define(&mut self, family: &str, more: Json) {
        self.define_task(family, more, json!({}));
    }

    /// As [`Self::define`], with `task` added to the definition itself.
    pub(crate) fn define_task(&mut self, family: &str, more: Json, task: Json) {
        let mut container = json!({"name": "app", "image": "busybox", "memory": 64});
        merge(&mut container, more);
        let mut request = json!({"family": family, "containerDefinitions": [container]});
        merge(&mut request, task);
        self.ok("RegisterTaskDefinition", request);
    }

    /// RunTask of `web`, in short: the hosts of its tasks, then each failure.
    pub(crate) fn run(&mut self, more: Json) -> String {
        let reply = self.run_whole(more);
        self.short(&reply)
    }

    /// RunTask of `web`.
    pub(crate) fn run_whole(&mut self, more: Json) -> Json {
        let mut request = json!({"taskDefinition": "web"});
        merge(&mut request, more);
        self.ok("RunTask", request)
    }

    /// One task of `web`; its ARN.
    pub(crate) fn task(&mut self) -> String {
        let reply = self.run_whole(json!({}));
        text(&reply["tasks"][0]["taskArn"])
    }

    /// The fault of a RunTask of `web`.
    pub(crate) fn refused(&mut self, more: Json) -> String {
        let mut request = json!({"taskDefinition": "web"});
        merge(&mut request, more);
        self.fault("RunTask", request)
    }

    /// A reply with `tasks` and `failures`, in short.
    pub(crate) fn short(&self, reply: &Json) -> String {
        let name = |arn: &Json| self.names.get(&text(arn)).cloned().unwrap_or_else(|| text(arn));
        let tasks = list(&reply["tasks"]).map(|task| name(&task["containerInstanceArn"]));
        let placed = tasks.collect::<Vec<_>>().join(" ");
        // Instances are in the order of their ids, which mean nothing to a reader.
        let mut failures: Vec<_> = list(&reply["failures"])
            .map(|failure| {
                let detail = failure["detail"].as_str().map(|text| format!(": {text}"));
                let (arn, reason) = (name(&failure["arn"]), text(&failure["reason"]));
                format!("\n{arn} {reason}{}", detail.unwrap_or_default())
            })
            .collect();
        failures.sort_unstable();
        placed + &failures.concat()
    }

    /// A task of a service's deployment or task set (`ecs-svc/…`), as the scheduler makes it; its ARN.
    pub(crate) fn serve(&mut self, service: &str, deployment: &str, host: &str) -> String {
        let scope = self.world.scope();
        let name = ServiceName::parse(service).expect("a name");
        let service = Service::key(&scope, &cluster(), &name);
        let service = self.world.get::<Service>(&service).expect("the service is there");
        let template = service
            .deployments
            .iter()
            .map(|it| (&it.id, &it.template))
            .chain(service.task_sets.iter().map(|it| (&it.id, &it.template)))
            .find(|(id, _)| id.prefixed() == deployment)
            .map(|(_, template)| template)
            .expect("the deployment is there");
        let definition = &template.definition;
        let definition = TaskDefinition::key(&scope, &definition.family, definition.revision);
        let definition = self.world.get::<TaskDefinition>(&definition).expect("it is there");
        let blueprint = Blueprint {
            group: service.group(),
            started_by: Some(deployment.to_owned()),
            network: template.network.clone(),
            ..Blueprint::new(cluster(), definition, Overrides::default())
        };
        let instance = ContainerInstance::key(&scope, &cluster(), &instance_id(host));
        let instance = self.world.get::<ContainerInstance>(&instance).expect("it is there");
        let snapshot = self.world.snapshot.clone();
        let seat = Seat::of(&snapshot, &scope, instance).expect("readable records");
        let held = blueprint.needs(&[]).held_on(&seat.candidate());
        let mut draft = Draft::new(&snapshot, &scope, self.world.now);
        self.served += 1;
        let ids = Ids::from_seed([0; 32]).child("served", self.served);
        let task = draft.make(&blueprint, &ids, None, &seat, held).expect("readable records");
        self.world.snapshot = snapshot.with(&draft.finish()).expect("nobody else writes");
        self.check_books();
        arn::task(&scope, &cluster(), &task.id)
    }

    /// A task as DescribeTasks shows it, with its tags.
    pub(crate) fn describe(&mut self, task: &str) -> Json {
        let request = json!({"tasks": [task], "include": ["TAGS"]});
        self.ok("DescribeTasks", request)["tasks"][0].take()
    }

    /// An agent reports.
    pub(crate) fn report(&mut self, task: &str, more: Json) {
        let mut request = json!({"task": task});
        merge(&mut request, more);
        let reply = self.ok("SubmitTaskStateChange", request);
        assert_eq!(reply, json!({"acknowledgment": "ok"}));
    }

    /// What matters of a task's life, on one line: `RUNNING desired STOPPED v3 app=RUNNING UserInitiated: Task stopped by user`.
    pub(crate) fn life(&mut self, task: &str) -> String {
        let task = self.describe(task);
        let containers = list(&task["containers"]).map(|container| {
            let exit = container["exitCode"].as_i64().map(|code| format!("({code})"));
            let (name, status) = (text(&container["name"]), text(&container["lastStatus"]));
            format!("{name}={status}{}", exit.unwrap_or_default())
        });
        let stop = task["stopCode"].as_str();
        let stop = stop.map(|code| format!(" {code}: {}", text(&task["stoppedReason"])));
        format!(
            "{} desired {} v{} {}{}",
            text(&task["lastStatus"]),
            text(&task["desiredStatus"]),
            task["version"],
            containers.collect::<Vec<_>>().join(" "),
            stop.unwrap_or_default()
        )
    }

    /// Calls an operation that must work; the books must be right after it.
    pub(crate) fn ok(&mut self, operation: &str, request: Json) -> Json {
        let reply = self.world.ok(operation, request);
        self.check_books();
        reply
    }

    /// Calls an operation that must be refused.
    pub(crate) fn fault(&mut self, operation: &str, request: Json) -> String {
        self.world.fault(operation, request)
    }

    /// Each call is refused with that code, and the message has those words in it: `InvalidParameterException startedBy`. AWS's own
    /// wording is not always known, so no test asks for more of it.
    pub(crate) fn check_refusals(&mut self, operation: &str, cases: Vec<(Json, &str)>) {
        for (request, expected) in cases {
            let fault = self.fault(operation, request.clone());
            let (code, words) = expected.split_once(' ').unwrap_or((expected, ""));
            let is_expected = fault.strip_prefix(code).is_some_and(|rest| rest.contains(words));
            assert!(is_expected, "{request} is refused with {fault}, not {expected}");
        }
    }

    /// The same for a RunTask of `web`.
    pub(crate) fn check_run_refusals(&mut self, cases: Vec<(Json, &str)>) {
        let with_definition = |(more, fault)| {
            let mut request = json!({"taskDefinition": "web"});
            merge(&mut request, more);
            (request, fault)
        };
        self.check_refusals("RunTask", cases.into_iter().map(with_definition).collect());
    }

    /// An instance's ledger.
    pub(crate) fn ledger(&self, arn: &str) -> Ledger {
        let key = Ledger::key(&self.world.scope(), &cluster_of(arn), &instance_id(arn));
        self.world.get::<Ledger>(&key).map_or_else(Ledger::default, |found| (*found.record).clone())
    }

    /// The ledger of every instance is the sum of its tasks that are not STOPPED and is within what it registered; exactly those tasks
    /// are assigned, as they are desired.
    pub(crate) fn check_books(&self) {
        let scope = self.world.scope();
        let mut ledgers: BTreeMap<(ClusterName, InstanceId), Ledger> = BTreeMap::new();
        let mut assigned = BTreeSet::new();
        for task in self.world.all::<Task>(&Prefix::table::<Task>(&scope)) {
            let Some((cluster, instance)) =
                task.host().filter(|_| task.last != TaskStatus::Stopped)
            else {
                continue;
            };
            let ledger = ledgers.entry((cluster.clone(), instance.clone())).or_default();
            assert!(ledger.held.ports_tcp.is_disjoint(&task.demand.ports_tcp), "a port twice");
            assert!(ledger.held.gpus.is_disjoint(&task.demand.gpus), "a GPU twice");
            ledger.admit(&task.demand, &task.booked_group(), task.last);
            let key = Assignment::key(&scope, cluster, instance, &task.id);
            assigned.insert((key.to_string(), task.desired.as_str(), task.cluster.to_string()));
        }
        let instances = Prefix::table::<ContainerInstance>(&scope);
        for instance in self.world.all::<ContainerInstance>(&instances) {
            let name = (instance.cluster.clone(), instance.id.clone());
            let expected = ledgers.remove(&name).unwrap_or_default();
            let total = &instance.registered;
            assert!(expected.held.cpu <= total.cpu && expected.held.memory <= total.memory);
            let arn = domain::arn::instance(&scope, &instance.cluster, &instance.id);
            assert_eq!(self.ledger(&arn), expected, "the ledger of {}", instance.id);
            let host = PoolHost::key(&scope, &instance.cluster, &instance.id);
            let is_in_pool = self.world.get::<PoolHost>(&host).is_some();
            let is_due = PoolHost::is_due(&instance) || !expected.fargate.is_empty();
            assert!(is_in_pool || !is_due, "{} is not in the pool", instance.id);
            // Until the rounds look, one may be there whose last task of Fargate ended.
            let is_over = instance.status == InstanceStatus::Inactive;
            assert!(!is_in_pool || !is_over, "{} is in the pool still", instance.id);
        }
        assert!(ledgers.is_empty(), "tasks on instances that do not exist");
        let found = self.world.all::<Assignment>(&Prefix::table::<Assignment>(&scope));
        let of = |found: &Found<Assignment>| {
            let host_cluster = found.key.as_str().split('/').nth(3).unwrap_or_default();
            let own = found.cluster.as_ref().map_or(host_cluster, |it| it.as_str()).to_owned();
            (found.key.to_string(), found.desired.as_str(), own)
        };
        assert_eq!(found.iter().map(of).collect::<BTreeSet<_>>(), assigned, "assignments");
    }
}

pub(crate) fn resources(cpu: i64, memory: i64) -> Json {
    json!([
        {"name": "CPU", "type": "INTEGER", "integerValue": cpu},
        {"name": "MEMORY", "type": "INTEGER", "integerValue": memory},
        {"name": "PORTS", "type": "STRINGSET", "stringSetValue": ["22", "2376", "2375", "51678", "51679"]},
        {"name": "PORTS_UDP", "type": "STRINGSET", "stringSetValue": []},
    ])
}

/// What the agent of a host says that can run tasks with interfaces and sizes of their own, and `more`.
pub(crate) fn able(more: Json) -> Json {
    let names = [
        "com.amazonaws.ecs.capability.docker-remote-api.1.18",
        "ecs.capability.task-eni",
        "ecs.capability.task-cpu-mem-limit",
    ];
    names.map(|name| json!({"name": name})).iter().chain(list(&more)).cloned().collect()
}

pub(crate) fn text(json: &Json) -> String {
    json.as_str().unwrap_or_else(|| panic!("{json} is no text")).to_owned()
}

pub(crate) fn list(json: &Json) -> impl Iterator<Item = &Json> {
    json.as_array().into_iter().flatten()
}

pub(crate) fn cluster() -> ClusterName {
    ClusterName::parse("default").expect("a name")
}

/// The cluster in an instance's ARN; of an id the default one.
fn cluster_of(arn: &str) -> ClusterName {
    let mut parts = arn.rsplit('/').skip(1);
    parts.next().map_or_else(cluster, |name| ClusterName::parse(name).expect("a name"))
}

pub(crate) fn instance_id(arn: &str) -> InstanceId {
    InstanceId::parse(arn.rsplit('/').next().expect("an id")).expect("an id")
}

fn merge(request: &mut Json, more: Json) {
    let Json::Object(more) = more else { panic!("{more} is no object") };
    for (name, value) in more {
        request[name] = value;
    }
}
