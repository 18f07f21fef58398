//! A user who does whatever comes to mind, and remembers what was promised.
//!
//! The user sees everything (which tasks and instances there are) and guesses nothing, so that most calls mean something. Services are
//! touched only if this build serves them. Not here: what the answers must be in general (`law`).

use super::{Msg, Origin, World};
use domain::{
    arn,
    instance::ContainerInstance,
    service::{Service, ServiceStatus},
    status::{DesiredStatus, TaskStatus},
    task::Task,
    time::Millis,
};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use wire::Fault;

/// Families that the user registers: name, image, and what else their container has.
const FAMILIES: &[(&str, &str)] = &[
    ("web", "run:v1"),
    ("moody", "moody:v1"),
    ("sick", "sick:v1"),
    ("port", "run:port"),
    ("job", "exit-0-after-25"),
    ("crash", "exit-1"),
    ("gone", "missing"),
    ("broken", "broken"),
    ("stubborn", "stubborn:v1"),
    ("slow", "slow:v1"),
];

/// How many revisions of each.
const REVISIONS: usize = 3;

/// How many standalone tasks the user lets run.
const TASKS_MAX: usize = 12;

/// When calls from before the last fault are answered, or never will be.
const SETTLE_AFTER: Millis = Millis::from_s(35);

/// How many services the user has.
const SERVICES: &[&str] = &["alpha", "beta", "gamma"];

/// What the user remembers.
#[derive(Debug, Default)]
pub(crate) struct User {
    /// How often tags were given to other images.
    moves: u64,
    tokens: u64,
    /// Calls that were sent about a service, by which an answer is told from an outdated one.
    sent: BTreeMap<String, u64>,
    /// The user does nothing of its own accord any more.
    has_stopped: bool,
    /// And has said the last word.
    pub(super) has_settled: bool,
    /// Services that are being changed.
    changing: std::collections::BTreeSet<String>,
    /// Whether the user knows of services.
    pub(crate) has_services: bool,
    /// Milliseconds between two deeds, at most.
    pub(crate) pace_ms: i64,
}

/// What was asked, as far as the answer matters.
#[derive(Clone, Debug)]
pub(crate) enum Asked {
    /// Whatever the answer.
    Nothing,
    /// RunTask: the tasks must be there afterwards.
    Run,
    /// DescribeTasks of tasks that were just made.
    Tasks(Vec<String>),
    /// A change of a service: how often it was changed, and how many tasks are wanted then.
    Change { service: String, sent: u64, desired: Option<i64> },
    /// DescribeServices after that.
    Service { service: String, sent: u64, desired: i64 },
}

impl User {
    /// What a tag stands for now, or the digest that an image names.
    pub(crate) fn digest_of(&self, image: &str) -> String {
        if let Some((_, digest)) = image.split_once('@') {
            return digest.to_owned();
        }
        let text = format!("{image} {}", self.moves);
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        let mut hex = String::from("sha256:");
        for round in 0..4_u8 {
            for byte in text.bytes().chain([round]) {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
            }
            hex.push_str(&format!("{hash:016x}"));
        }
        hex
    }

    /// Tags are given to other images.
    pub(super) fn move_tags(&mut self) {
        self.moves += 1;
    }
}

/// Whether this build serves an operation.
fn serves(operation: &str) -> bool {
    api::ecs::TABLE.operation(operation).is_some()
}

impl World {
    /// Calls an operation that must work, at once and without faults: for what a scene begins with.
    pub(crate) fn must(&mut self, operation: &'static str, request: &Json) -> Json {
        self.ask(operation, request)
            .unwrap_or_else(|fault| panic!("{operation} of {request}: {fault}"))
    }

    /// Calls an operation at once and without faults.
    pub(crate) fn ask(&mut self, operation: &'static str, request: &Json) -> Result<Json, Fault> {
        let row = api::ecs::TABLE.service.operation(operation).expect("the model has it");
        let decide = api::ecs::TABLE.operation(operation).expect("it is served");
        let request = wire::codec::json::decode(row.input, request.to_string().as_bytes())?;
        wire::check(row.input, &request)
            .map_err(|broken| (api::ecs::TABLE.refuse)(operation, &broken))?;
        let id = self.next_number();
        let seed = self.chance.seed();
        let call = super::Call { id, operation, decide, request, seed, host: None };
        let snapshot = self.truth.snapshot().clone();
        let (decided, writes) = self.decide_call(&call, &snapshot);
        let super::call::Decided::Answer(answer) = decided else { unreachable!("it is a call") };
        let reply = answer?;
        if !writes.is_empty() {
            let work = super::Work::Call { call, plane: 0 };
            self.commit_now(&writes, &work).expect("decided on the newest snapshot");
        }
        Ok(reply)
    }

    /// The cluster and the definitions that every world begins with.
    pub(crate) fn found(&mut self) {
        self.must("CreateCluster", &json!({}));
        for _ in 0..REVISIONS {
            for (family, image) in FAMILIES {
                let mut container =
                    json!({"name": "app", "image": image, "cpu": 128, "memory": 64});
                if *family == "port" {
                    container["portMappings"] = json!([{"containerPort": 80, "hostPort": 8080}]);
                }
                if matches!(*family, "moody" | "sick") {
                    let check = json!({"command": ["CMD", "ok"], "interval": 10, "retries": 2, "timeout": 5});
                    container["healthCheck"] = check;
                }
                let request = json!({"family": family, "containerDefinitions": [container]});
                self.must("RegisterTaskDefinition", &request);
            }
        }
    }

    /// The user begins, and goes on until faults stop.
    pub(crate) fn user_begins(&mut self) {
        self.user.pace_ms = *self.chance.pick(&[2_000, 8_000, 30_000]).unwrap_or(&8_000);
        self.later(Millis::from_s(3), Msg::User);
    }

    pub(super) fn user_acts(&mut self) {
        if self.user.has_stopped {
            return;
        }
        let wait = self.moment(10, self.user.pace_ms);
        self.later(wait, Msg::User);
        match self.chance.below(20) {
            6..=15 | 18 if !self.user.has_services => self.user_runs(),
            0..=3 => self.user_runs(),
            4 | 5 => self.user_stops_a_task(),
            6..=9 => self.user_creates_a_service(),
            10..=14 => self.user_changes_a_service(),
            15 => self.user_deletes_a_service(),
            16 | 17 => self.user_drains(),
            18 => self.user_protects(),
            _ => self.user_deregisters(),
        }
    }

    fn user_calls(&mut self, asked: Asked, operation: &'static str, request: &Json) {
        if serves(operation) {
            self.say(format_args!("user {operation} {request}"));
            self.call(Origin::User(asked), None, operation, request);
        }
    }

    fn live_tasks(&self) -> Vec<store::Found<Task>> {
        let mut tasks = self.truth.all::<Task>(&Task::all_in(&self.scope, &self.cluster));
        tasks.retain(|task| task.last != TaskStatus::Stopped);
        tasks
    }

    fn user_runs(&mut self) {
        let standalone = self.live_tasks().iter().filter(|task| task.owner().is_none()).count();
        if standalone >= TASKS_MAX {
            return;
        }
        let family = FAMILIES[self.chance.below(FAMILIES.len() as u64) as usize].0;
        let count = self.chance.within(1, 3);
        let mut request = json!({"taskDefinition": family, "count": count});
        let with_token = self.chance.hits(400);
        if with_token {
            self.user.tokens += 1;
            let token = format!("token-{}-{count}", self.user.tokens);
            request["clientToken"] = json!(token);
            request["startedBy"] = json!(token);
        }
        self.user_calls(Asked::Run, "RunTask", &request);
        if with_token && self.chance.hits(500) {
            self.user_calls(Asked::Nothing, "RunTask", &request);
        }
    }

    fn user_stops_a_task(&mut self) {
        let tasks = self.live_tasks();
        let Some(task) = self.chance.pick(&tasks).map(|task| task.id.to_string()) else { return };
        self.user_calls(Asked::Nothing, "StopTask", &json!({"task": task, "reason": "enough"}));
    }

    fn services(&self) -> Vec<store::Found<Service>> {
        let mut services = self.truth.all::<Service>(&Service::all_in(&self.scope, &self.cluster));
        services.retain(|service| service.status == ServiceStatus::Active);
        services
    }

    fn user_creates_a_service(&mut self) {
        let Some(name) = self.chance.pick(SERVICES).copied() else { return };
        let (min, max) = *self
            .chance
            .pick(&[(100, 200), (50, 100), (50, 100), (75, 100), (100, 125), (0, 100), (75, 125)])
            .unwrap_or(&(100, 200));
        let (breaks, rollback) = (self.chance.hits(800), self.chance.hits(700));
        let family = *self
            .chance
            .pick(&["web", "web", "web", "moody", "port", "slow", "crash"])
            .unwrap_or(&"web");
        let is_daemon = self.chance.hits(150);
        let desired = self.chance.within(0, 6);
        let mut request = json!({
            "serviceName": name,
            "taskDefinition": family,
            "deploymentConfiguration": {
                "minimumHealthyPercent": min,
                "maximumPercent": max,
                "deploymentCircuitBreaker": {"enable": breaks, "rollback": rollback},
            },
        });
        if is_daemon {
            request["schedulingStrategy"] = json!("DAEMON");
            request["deploymentConfiguration"] =
                json!({"minimumHealthyPercent": 0, "maximumPercent": 100});
        } else {
            request["desiredCount"] = json!(desired);
            if self.chance.hits(300) {
                request["availabilityZoneRebalancing"] = json!("ENABLED");
                request["placementStrategy"] =
                    json!([{"type": "spread", "field": "attribute:ecs.availability-zone"}]);
            } else if self.chance.hits(200) {
                request["placementStrategy"] = json!([{"type": "binpack", "field": "memory"}]);
            }
            if self.chance.hits(150) {
                request["placementConstraints"] = json!([{"type": "distinctInstance"}]);
            }
        }
        let desired = (!is_daemon).then_some(desired);
        self.user_changes(name, desired, "CreateService", &request);
    }

    /// A call that changes a service. What it wants must be seen afterwards, unless something else was sent meanwhile.
    fn user_changes(
        &mut self,
        service: &str,
        desired: Option<i64>,
        operation: &'static str,
        request: &Json,
    ) {
        // One change at a time: of two the later one may be overtaken.
        if !serves(operation) || !self.user.changing.insert(service.to_owned()) {
            return;
        }
        let sent = self.user.sent.entry(service.to_owned()).or_default();
        *sent += 1;
        let sent = *sent;
        let asked = Asked::Change { service: service.to_owned(), sent, desired };
        self.user_calls(asked, operation, request);
    }

    fn user_changes_a_service(&mut self) {
        let services = self.services();
        let Some(service) = self.chance.pick(&services).cloned() else { return };
        let name = service.name.to_string();
        let is_replica = service.scheduling == domain::service::SchedulingStrategy::Replica;
        let mut request = json!({"service": name});
        let mut desired = None;
        match self.chance.below(6) {
            0 | 1 if is_replica => {
                desired = Some(self.chance.within(0, 7));
                request["desiredCount"] = json!(desired);
            }
            0..=2 => {
                let family = *self
                    .chance
                    .pick(&["web", "web", "moody", "slow", "stubborn", "web"])
                    .unwrap_or(&"web");
                let revision = self.chance.within(1, 3);
                request["taskDefinition"] = json!(format!("{family}:{revision}"));
            }
            3 => {
                let bad = *self
                    .chance
                    .pick(&["gone", "gone", "broken", "crash", "sick", "port"])
                    .unwrap_or(&"crash");
                request["taskDefinition"] = json!(bad);
            }
            4 => request["forceNewDeployment"] = json!(true),
            _ if is_replica => {
                let (min, max) =
                    *self.chance.pick(&[(100, 200), (50, 100), (0, 200)]).unwrap_or(&(100, 200));
                request["deploymentConfiguration"] =
                    json!({"minimumHealthyPercent": min, "maximumPercent": max});
            }
            _ => request["forceNewDeployment"] = json!(true),
        }
        self.user_changes(&name, desired, "UpdateService", &request);
    }

    fn user_deletes_a_service(&mut self) {
        let services = self.services();
        let Some(name) = self.chance.pick(&services).map(|it| it.name.to_string()) else { return };
        let request = json!({"service": name, "force": self.chance.hits(800)});
        self.user_changes(&name, None, "DeleteService", &request);
    }

    fn instances(&self) -> Vec<store::Found<ContainerInstance>> {
        self.truth.all::<ContainerInstance>(&ContainerInstance::all_in(&self.scope, &self.cluster))
    }

    fn user_drains(&mut self) {
        let instances = self.instances();
        let Some(instance) = self.chance.pick(&instances) else { return };
        let arn = arn::instance(&self.scope, &self.cluster, &instance.id);
        let status = if self.chance.hits(500) { "DRAINING" } else { "ACTIVE" };
        let request = json!({"containerInstances": [arn], "status": status});
        self.user_calls(Asked::Nothing, "UpdateContainerInstancesState", &request);
    }

    fn user_deregisters(&mut self) {
        if !self.chance.hits(150) {
            return;
        }
        let instances = self.instances();
        let Some(instance) = self.chance.pick(&instances) else { return };
        let arn = arn::instance(&self.scope, &self.cluster, &instance.id);
        let request = json!({"containerInstance": arn, "force": self.chance.hits(700)});
        self.user_calls(Asked::Nothing, "DeregisterContainerInstance", &request);
    }

    fn user_protects(&mut self) {
        let tasks: Vec<_> =
            self.live_tasks().into_iter().filter(|it| it.owner().is_some()).collect();
        let Some(task) = self.chance.pick(&tasks).map(|task| task.id.to_string()) else { return };
        let request = json!({
            "cluster": self.cluster.as_str(),
            "tasks": [task],
            "protectionEnabled": self.chance.hits(700),
            "expiresInMinutes": self.chance.within(1, 15),
        });
        self.user_calls(Asked::Nothing, "UpdateTaskProtection", &request);
    }

    /// Faults are over: the user waits for what was called before.
    pub(super) fn user_stops(&mut self) {
        self.user.has_stopped = true;
        self.later(SETTLE_AFTER, Msg::UserSettles);
    }

    /// The user leaves everything in a state that can become steady, and does nothing any more.
    pub(super) fn user_settles(&mut self) {
        self.user.has_settled = true;
        // Not at the end of faults: a call that deregisters one may still have been on its way.
        self.agents_of_deregistered_begin_anew();
        for instance in self.instances() {
            if instance.status == domain::status::InstanceStatus::Draining {
                let arn = arn::instance(&self.scope, &self.cluster, &instance.id);
                let request = json!({"containerInstances": [arn], "status": "ACTIVE"});
                self.user_calls(Asked::Nothing, "UpdateContainerInstancesState", &request);
            }
        }
        for task in self.live_tasks() {
            if task.protected_until.is_some() && task.desired == DesiredStatus::Running {
                let request = json!({"cluster": self.cluster.as_str(), "tasks": [task.id.to_string()], "protectionEnabled": false});
                self.user_calls(Asked::Nothing, "UpdateTaskProtection", &request);
            }
        }
        self.user_makes_room();
        for service in self.services() {
            let name = service.name.to_string();
            let mut request = json!({
                "service": name,
                "taskDefinition": format!("web:{}", self.chance.within(1, 3)),
                "forceNewDeployment": true,
                "placementConstraints": [],
            });
            if service.scheduling == domain::service::SchedulingStrategy::Replica {
                request["deploymentConfiguration"] =
                    json!({"minimumHealthyPercent": 50, "maximumPercent": 200});
                request["desiredCount"] = json!(service.desired.min(3));
            }
            self.user_changes(&name, None, "UpdateService", &request);
        }
    }

    /// Standalone tasks go if services may not find room beside them.
    fn user_makes_room(&mut self) {
        /// What a task of this user's definitions holds.
        const TASK_CPU: i64 = 128;
        let room: i64 = self.hosts.iter().map(|host| host.capacity.cpu_units / TASK_CPU).sum();
        let standalone: Vec<_> =
            self.live_tasks().into_iter().filter(|task| task.owner().is_none()).collect();
        let taken = i64::try_from(standalone.len()).unwrap_or(i64::MAX);
        // Three services of at most three tasks and their successors; a daemon needs room on each host.
        let is_daemon = |service: &store::Found<Service>| {
            service.scheduling == domain::service::SchedulingStrategy::Daemon
        };
        if room - taken >= 20 && !self.services().iter().any(is_daemon) {
            return;
        }
        for task in standalone {
            let request = json!({"task": task.id.to_string(), "reason": "room is needed"});
            self.user_calls(Asked::Nothing, "StopTask", &request);
        }
    }

    pub(super) fn user_hears(&mut self, asked: Asked, answer: Option<Result<Json, Fault>>) {
        if let Asked::Change { service, .. } = &asked {
            self.user.changing.remove(service);
        }
        let reply = answer.and_then(Result::ok);
        match (asked, reply) {
            (Asked::Nothing, _) => {}
            (Asked::Run, Some(reply)) => {
                let tasks = reply["tasks"].as_array().into_iter().flatten();
                let arns: Vec<String> =
                    tasks.filter_map(|task| task["taskArn"].as_str().map(str::to_owned)).collect();
                if !arns.is_empty() {
                    let request = json!({"tasks": arns});
                    self.user_calls(Asked::Tasks(arns), "DescribeTasks", &request);
                }
            }
            (Asked::Tasks(arns), Some(reply)) => {
                let shown = reply["tasks"].as_array().map_or(0, Vec::len);
                if shown != arns.len() {
                    let what = format!("{shown} of {} tasks are described", arns.len());
                    self.breaks("what was answered is seen", what);
                }
            }
            (Asked::Change { service, sent, desired }, Some(_)) => {
                let is_newest = self.user.sent.get(&service) == Some(&sent);
                if let Some(desired) = desired.filter(|_| is_newest) {
                    let request = json!({"services": [service]});
                    let asked = Asked::Service { service, sent, desired };
                    self.user_calls(asked, "DescribeServices", &request);
                }
            }
            (Asked::Service { service, sent, desired }, Some(reply)) => {
                let is_newest = self.user.sent.get(&service) == Some(&sent);
                let seen = reply["services"][0]["desiredCount"].as_i64();
                if is_newest && !self.faults.may_double() && seen != Some(desired) {
                    let what = format!("{service} wants {seen:?}, not {desired}");
                    self.breaks("what was answered is seen", what);
                }
            }
            // Without an answer, or with a refusal, nothing is promised; what was sent may still come to pass.
            (Asked::Change { service, .. }, None) => {
                *self.user.sent.entry(service).or_default() += 1;
            }
            (Asked::Run | Asked::Tasks(_) | Asked::Service { .. }, None) => {}
        }
    }
}
