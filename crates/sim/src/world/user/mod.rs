//! A user who does whatever comes to mind, and remembers what was promised.
//!
//! The user sees everything (which tasks and instances there are) and guesses nothing, so that most calls mean something.
//!
//! Some users are *calm*: they make something that works and leave it alone, also when faults stop. In a world that nobody stirs, what got
//! lost stays lost, unless the parts themselves find it again: a busy user's next deed would send what an earlier one lacks.
//! Not here: what the answers must be in general (`law`). Read next: `service.rs`, `task_set.rs`, `settle.rs`, `answer.rs`.

mod answer;
mod network;
mod service;
mod settle;
mod task_set;

use super::{
    BEGIN, Msg, Origin, World,
    call::{read, table_of},
};
use domain::{
    arn, capacity::GROUP_ATTRIBUTE, instance::ContainerInstance, status::TaskStatus, task::Task,
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
/// And a calm one, whose tasks have room together whatever happens.
const TASKS_MAX_CALM: usize = 3;

/// How long a calm user does something.
const CALM_AFTER: Millis = Millis::from_s(60);

/// Capacity providers, if there are any; every other host is of the first.
pub(super) const PROVIDERS: [&str; 2] = ["near", "far"];

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
    /// Makes what works, and leaves it alone.
    pub(super) is_calm: bool,
    /// The subnets that tasks may be in, if the world has networks.
    pub(crate) networks: Option<network::Networks>,
    /// Whether hosts are of capacity providers.
    has_providers: bool,
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

/// The ARN of a capacity provider's Auto Scaling group, which is named as the provider.
fn group_of(provider: &str) -> String {
    let id = "00000000-0000-4000-8000-000000000000";
    format!(
        "arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:{id}:autoScalingGroupName/{provider}"
    )
}

impl World {
    /// Calls an operation that must work, at once and without faults: for what a scene begins with.
    pub(crate) fn must(&mut self, operation: &'static str, request: &Json) -> Json {
        self.ask(operation, request)
            .unwrap_or_else(|fault| panic!("{operation} of {request}: {fault}"))
    }

    /// Calls an operation at once and without faults.
    pub(crate) fn ask(&mut self, operation: &'static str, request: &Json) -> Result<Json, Fault> {
        let decide = table_of(operation).operation(operation).expect("it is served");
        let request = read(operation, request)?;
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
        self.user.has_providers = self.chance.hits(300);
        if self.user.has_providers {
            self.found_providers();
        }
        if self.chance.hits(500) {
            self.found_networks();
        }
    }

    fn found_providers(&mut self) {
        for name in PROVIDERS {
            let group = json!({"autoScalingGroupArn": group_of(name)});
            let request = json!({"name": name, "autoScalingGroupProvider": group});
            self.must("CreateCapacityProvider", &request);
        }
        let request = json!({
            "cluster": self.cluster.as_str(),
            "capacityProviders": PROVIDERS,
            "defaultCapacityProviderStrategy": [],
        });
        self.must("PutClusterCapacityProviders", &request);
    }

    /// The attribute by which a host says of which capacity provider it is.
    pub(super) fn provider_attribute(&self, host: usize) -> Option<Json> {
        let provider = PROVIDERS[host % PROVIDERS.len()];
        let attribute = json!({"name": GROUP_ATTRIBUTE, "value": provider});
        self.user.has_providers.then_some(attribute)
    }

    /// Where tasks go: on one capacity provider, or shared out among both. `None` for anywhere.
    fn some_strategy(&mut self) -> Option<Json> {
        if !self.user.has_providers || self.chance.hits(400) {
            return None;
        }
        let [near, far] = PROVIDERS;
        Some(match self.chance.below(4) {
            0 => json!([{"capacityProvider": near, "weight": 1}]),
            1 => json!([{"capacityProvider": far, "weight": 1}]),
            _ => json!([
                {"capacityProvider": near, "weight": self.chance.within(1, 3), "base": self.chance.within(0, 2)},
                {"capacityProvider": far, "weight": self.chance.within(0, 3)},
            ]),
        })
    }

    /// One of `families`; a calm user takes what works.
    fn some_family(&mut self, families: &[&'static str]) -> &'static str {
        let family = *self.chance.pick(families).unwrap_or(&"web");
        if self.user.is_calm { "web" } else { family }
    }

    /// The user begins, and goes on until faults stop.
    pub(crate) fn user_begins(&mut self) {
        self.user.is_calm = self.chance.hits(200);
        self.user.pace_ms = *self.chance.pick(&[2_000, 8_000, 30_000]).unwrap_or(&8_000);
        self.later(Millis::from_s(3), Msg::User);
    }

    pub(super) fn user_acts(&mut self) {
        if self.user.has_stopped || self.user.is_calm && self.now > BEGIN + CALM_AFTER {
            return;
        }
        let wait = self.moment(10, self.user.pace_ms);
        self.later(wait, Msg::User);
        if self.user.networks.is_some() && self.chance.hits(250) {
            return self.user_tends_networks();
        }
        match self.chance.below(if self.user.is_calm { 10 } else { 22 }) {
            6..=15 | 18 | 20 | 21 if !self.user.has_services => self.user_runs(),
            0..=3 => self.user_runs(),
            4 | 5 => self.user_stops_a_task(),
            6..=9 => self.user_creates_a_service(),
            10..=14 => self.user_changes_a_service(),
            15 => self.user_deletes_a_service(),
            16 | 17 => self.user_drains(),
            18 => self.user_protects(),
            19 => self.user_deregisters(),
            _ => self.user_tends_task_sets(),
        }
    }

    fn user_calls(&mut self, asked: Asked, operation: &'static str, request: &Json) {
        self.say(format_args!("user {operation} {request}"));
        self.call(Origin::User(asked), None, operation, request);
    }

    fn live_tasks(&self) -> Vec<store::Found<Task>> {
        let mut tasks = self.truth.all::<Task>(&Task::all_in(&self.scope, &self.cluster));
        tasks.retain(|task| task.last != TaskStatus::Stopped);
        tasks
    }

    fn user_runs(&mut self) {
        let standalone = self.live_tasks().iter().filter(|task| task.owner().is_none()).count();
        if standalone >= if self.user.is_calm { TASKS_MAX_CALM } else { TASKS_MAX } {
            return;
        }
        let count = self.chance.within(1, if self.user.is_calm { 1 } else { 3 });
        let mut request = match self.some_task_with_an_interface() {
            Some(request) => request,
            None => {
                let families: Vec<&str> = FAMILIES.iter().map(|(family, _)| *family).collect();
                json!({"taskDefinition": self.some_family(&families)})
            }
        };
        request["count"] = json!(count);
        if let Some(strategy) = self.some_strategy() {
            request["capacityProviderStrategy"] = strategy;
        }
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
}
