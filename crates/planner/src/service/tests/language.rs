//! The tiny language of these tables.
//!
//! ```text
//! service 3 min 50 max 200            one service `web` that wants 3 tasks; also: daemon, external, checks, breaker, rollback, grace 60,
//!                                     rebalancing, draining, inactive 10, alarms a b, bake 5, said 10 TEXT, steady, completed 1,
//!                                     distinct, strategy a 1 0 b 1 2, moving, fargate a,b (subnets in these zones), needs efs (of its hosts)
//! deployment 2 IN_PROGRESS            newest first; also: failed 2, failures 2, retry 5, ran, short 2, waves 1, back 1, requested, baking 3
//! set 1 50                            a task set of 50 %; also: draining, steady, of a (a capacity provider)
//! instance 1 a                        in zone a; also: draining, away, small, group g, labelled, pooled (of Fargate's pool too), hidden (of the
//!                                     pool's own cluster), retired (DRAINING in the pool), unlent (pooled
//!                                     until its last task of Fargate ended), serves efs
//! provider a managed                  a capacity provider of the group of its name; tasks on an instance of a group are of its provider
//! 2: H@1 H@2! Y P W U L C             tasks of deployment 2, numbered as they come; `2+5:` those after number 5
//! ```
//! A task is healthy (H), young (Y), pending (P), waiting (W), unhealthy (U), leaving (L) or closing (C), or has ended: it never ran (xf),
//! ended soon (xs), was unhealthy (xu), was interrupted before it ran (xi) or something else (xo). `@1` is its instance, `~b` or `~b/P` the
//! zone and capacity provider of a task of Fargate, `!` says that it is protected.

use crate::{
    plan::{Action, Event, ServiceStep, plan},
    rules::Rules,
    view::{Noted, View},
};
use domain::{
    capacity::CapacityProvider,
    definition::TaskDefinition,
    deployment::{DeploymentStatus, ServiceRevision},
    fargate::PoolHost,
    id::{AccountId, ClusterName, DeploymentId, InstanceId, Region, Scope, ServiceName, TaskId},
    instance::{ContainerInstance, InstanceLink, Ledger, Resources},
    key::Key,
    record::{Record, Revision},
    service::Service,
    status::TaskStatus,
    task::Task,
    time::{Millis, Timestamp},
};
use expect_test::Expect;
use serde_json::{Value as Json, json};
use std::{collections::BTreeSet, fmt::Write as _, sync::Arc};

pub(super) const NOW: Timestamp = Timestamp(1_000_000_000);
pub(super) const SEEN: Revision = Revision(7);

pub(super) fn scope() -> Scope {
    Scope {
        account: AccountId::parse("123456789012").expect("digits"),
        region: Region::parse("us-east-1").expect("a region"),
    }
}

pub(super) fn cluster() -> ClusterName {
    ClusterName::parse("main").expect("a name")
}

fn service_name() -> ServiceName {
    ServiceName::parse("web").expect("a name")
}

pub(super) fn service_key() -> Key {
    Service::key(&scope(), &cluster(), &service_name())
}

fn record<R: Record>(json: Json) -> R {
    serde_json::from_value(json).expect("a record")
}

fn hex(number: usize) -> String {
    format!("{number:032x}")
}

fn deployment(number: &str) -> String {
    format!("{:019}", 1_000_000_000_000_000_000_u64 + number.parse::<u64>().expect("a number"))
}

pub(super) fn task_key(number: usize) -> Key {
    Task::key(&scope(), &cluster(), &TaskId::parse(hex(number)).expect("an id"))
}

fn ago(seconds: i64) -> i64 {
    (NOW + Millis::from_s(-seconds)).0
}

/// The word behind `word`.
fn after<'a>(words: &[&'a str], word: &str) -> Option<&'a str> {
    words.iter().position(|it| *it == word).map(|at| words[at + 1])
}

fn number(words: &[&str], word: &str) -> Option<i64> {
    after(words, word).map(|text| text.parse().expect("a number"))
}

/// A world being written down.
#[derive(Default)]
struct World {
    service: Option<Json>,
    has_checks: bool,
    tasks: usize,
    /// Instances of the pool's own cluster.
    hidden: BTreeSet<String>,
    view: View,
}

impl World {
    fn line(&mut self, line: &str) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            ["service", desired, rest @ ..] => self.service(desired, rest),
            ["deployment", id, rollout, rest @ ..] => self.deployment(id, rollout, rest),
            ["set", id, percent, rest @ ..] => self.set(id, percent, rest),
            ["instance", id, zone, rest @ ..] => self.instance(id, zone, rest),
            ["provider", name, rest @ ..] => self.provider(name, rest),
            ["revision", id] => self.revision(id),
            ["alarm", name] => self.view.note_alarm(&scope(), name, true),
            [id, tasks @ ..] if id.ends_with(':') => {
                let id = id.trim_end_matches(':');
                let (id, before) = id.split_once('+').unwrap_or((id, ""));
                self.tasks = before.parse().unwrap_or(self.tasks);
                for task in tasks {
                    self.task(id, task);
                }
            }
            _ => panic!("`{line}` is not in the language of these tests"),
        }
    }

    fn service(&mut self, desired: &str, words: &[&str]) {
        let has = |word: &str| words.contains(&word);
        self.has_checks = has("checks");
        let names: Vec<&str> =
            words.iter().skip_while(|it| **it != "alarms").skip(1).copied().collect();
        let said = words.iter().position(|it| *it == "said").map(|at| {
            let text = words[at + 2..].join(" ");
            json!({ "message": format!("(service web) {text}"), "at": ago(words[at + 1].parse().expect("seconds")) })
        });
        let constraints =
            if has("distinct") { json!([{ "type": "distinctInstance" }]) } else { json!([]) };
        let guard = json!({ "enable": has("breaker"), "rollback": has("rollback") });
        let mut configuration = json!({
            "maximumPercent": number(words, "max").unwrap_or(if has("daemon") { 100 } else { 200 }),
            "minimumHealthyPercent": number(words, "min").unwrap_or(if has("daemon") { 0 } else { 100 }),
            "circuitBreaker": guard, "bakeMin": number(words, "bake"),
        });
        if has("alarms") {
            let guard = json!({ "enable": true, "rollback": has("rollback") });
            configuration["alarms"] = json!({ "names": names, "guard": guard });
        }
        let inactive = number(words, "inactive");
        let status = match (has("draining"), inactive) {
            (true, _) => "DRAINING",
            (false, Some(_)) => "INACTIVE",
            (false, None) => "ACTIVE",
        };
        self.service = Some(json!({
            "name": "web", "cluster": "main", "status": status, "desired": desired.parse::<i64>().expect("a number"),
            "scheduling": if has("daemon") { "DAEMON" } else { "REPLICA" },
            "controller": if has("external") { "EXTERNAL" } else { "ECS" },
            "configuration": configuration, "constraints": constraints, "graceS": number(words, "grace"),
            "rebalancing": has("rebalancing"), "isRebalancing": has("moving"), "isSteady": has("steady"), "said": said,
            "lastCompleted": after(words, "completed").map(deployment), "createdAt": ago(9_000),
            "inactiveSince": inactive.map(ago), "deployments": [], "taskSets": [],
            "strategies": if has("binpack") { json!([{ "type": "binpack", "argument": "cpu" }]) } else { json!([]) },
        }));
        if let Some(at) = words.iter().position(|it| *it == "strategy") {
            let items = words[at + 1..].chunks(3).map(|item| {
                let count = |at: usize| item[at].parse::<i64>().expect("a number");
                json!({ "capacityProvider": item[0], "weight": count(1), "base": count(2) })
            });
            let items: Vec<Json> = items.collect();
            self.service.as_mut().expect("it was just made")["strategyOfTests"] = json!(items);
        }
        if let Some(name) = after(words, "needs") {
            let attribute = json!({ "name": format!("ecs.capability.{name}") });
            self.service.as_mut().expect("it was just made")["needsOfTests"] = json!([attribute]);
        }
        if let Some(zones) = after(words, "fargate") {
            self.service.as_mut().expect("it was just made")["zonesOfTests"] = json!(zones);
        }
    }

    fn template(&self, id: &str) -> Json {
        let service = self.service.as_ref().expect("the service comes first");
        let name = json!({ "family": "app", "revision": id.parse::<u32>().expect("a number") });
        let mut template = match (&service["strategyOfTests"], &service["zonesOfTests"]) {
            (Json::Null, Json::Null) => json!({ "definition": name, "launchType": "EC2" }),
            (Json::Null, _) => json!({ "definition": name, "launchType": "FARGATE" }),
            (items, _) => json!({ "definition": name, "strategy": items }),
        };
        if let Some(zones) = service["zonesOfTests"].as_str() {
            let subnet = |zone| json!({ "id": format!("subnet-{zone}"), "zone": zone });
            let subnets: Vec<Json> = zones.split(',').map(subnet).collect();
            template["network"] =
                json!({ "vpc": "vpc", "subnets": subnets, "groups": [], "publicIp": false });
        }
        template
    }

    fn is_fargate(&self) -> bool {
        self.service.as_ref().is_some_and(|service| !service["zonesOfTests"].is_null())
    }

    fn define(&mut self, id: &str) {
        let needs = self.service.as_ref().and_then(|service| service.get("needsOfTests"));
        let check = json!({ "command": ["CMD", "true"] });
        let definition: TaskDefinition = record(json!({
            "family": "app", "revision": id.parse::<u32>().expect("a number"), "status": "ACTIVE",
            "networkMode": if self.is_fargate() { "awsvpc" } else { "bridge" }, "registeredAt": 0,
            "requiresAttributes": needs.cloned().unwrap_or_else(|| json!([])),
            "containerDefinitions": [{
                "name": "main", "image": "app", "cpu": 100, "memory": 100, "essential": true,
                "healthCheck": if self.has_checks { check } else { Json::Null },
            }],
        }));
        let key = TaskDefinition::key(&scope(), &definition.family, definition.revision);
        self.view.note(&key, SEEN, Noted::Definition(&Arc::new(definition)));
    }

    fn deployment(&mut self, id: &str, rollout: &str, words: &[&str]) {
        self.define(id);
        let has = |word: &str| words.contains(&word);
        let count = |word: &str| number(words, word).unwrap_or(0);
        let template = self.template(id);
        let service = self.service.as_mut().expect("the service comes first");
        let deployments = service["deployments"].as_array_mut().expect("it is one");
        let is_first = deployments.is_empty();
        deployments.push(json!({
            "id": deployment(id), "status": if is_first { "PRIMARY" } else { "ACTIVE" }, "template": template,
            "serviceDeployment": format!("{id:0>21}"), "createdAt": ago(8_000), "updatedAt": ago(8_000),
            "rollout": rollout, "reason": "", "failedTasks": count("failed"), "failures": count("failures"), "hasRun": has("ran"),
            "retryAt": number(words, "retry").map(|seconds| ago(-seconds)),
            "backOff": {
                "waves": count("waves"), "shortLives": count("short"),
                "failedAt": number(words, "before").map(ago),
            },
            "begunAt": if has("new") { Json::Null } else { json!(ago(8_000)) },
            "bakingSince": number(words, "baking").map(ago), "ignoresAlarms": has("deaf"),
            "rollbackRequested": has("requested"), "rollsBack": after(words, "back").map(deployment),
        }));
        if is_first {
            service["template"] = template;
        }
    }

    fn set(&mut self, id: &str, percent: &str, words: &[&str]) {
        self.define(id);
        let mut template = self.template(id);
        if let Some(provider) = after(words, "of") {
            template = json!({
                "definition": template["definition"], "strategy": [{ "capacityProvider": provider, "weight": 1 }],
            });
        }
        let service = self.service.as_mut().expect("the service comes first");
        let sets = service["taskSets"].as_array_mut().expect("it is one");
        sets.push(json!({
            "id": deployment(id), "status": if words.contains(&"draining") { "DRAINING" } else { "ACTIVE" },
            "template": template, "scalePercent": percent.parse::<f64>().expect("a number"), "createdAt": 0, "updatedAt": 0,
            "stabilityAt": 0, "isSteady": words.contains(&"steady"),
        }));
    }

    fn instance(&mut self, id: &str, zone: &str, words: &[&str]) {
        let has = |word: &str| words.contains(&word);
        let home = if has("hidden") { ClusterName::fargate() } else { cluster() };
        let key = instance_key_in(&home, id);
        if has("hidden") {
            self.hidden.insert(id.to_owned());
        }
        let room = if has("small") { 100 } else { 10_000 };
        let mut attributes = json!({ "ecs.availability-zone": zone });
        if has("pooled") && !has("unlent") {
            attributes[domain::fargate::POOL_ATTRIBUTE] = json!("");
        }
        if let Some(name) = after(words, "serves") {
            attributes[format!("ecs.capability.{name}")] = Json::Null;
        }
        if let Some(group) = after(words, "group") {
            attributes[domain::capacity::GROUP_ATTRIBUTE] = json!(group);
        }
        let instance: ContainerInstance = record(json!({
            "id": key.last(), "cluster": home.as_str(), "status": if has("draining") { "DRAINING" } else { "ACTIVE" }, "version": 1,
            "registered": { "cpu": room, "memory": room }, "attributes": attributes, "registered_at": 0,
        }));
        let link = InstanceLink { connected: !has("away"), since: NOW, ..InstanceLink::default() };
        self.view.note(&key, SEEN, Noted::Instance(&Arc::new(instance)));
        let link_key = crate::view::sibling::<InstanceLink>(&key);
        self.view.note(&link_key, SEEN, Noted::Link(&Arc::new(link)));
        let mut ledger = Ledger::default();
        if has("full") {
            ledger.held.cpu = room;
        }
        if has("unlent") {
            let group = domain::fargate::booked_group(&cluster(), "service:web");
            ledger.admit(&Resources::default(), &group, TaskStatus::Running);
        }
        let ledger_key = crate::view::sibling::<Ledger>(&key);
        self.view.note(&ledger_key, SEEN, Noted::Ledger(&Arc::new(ledger)));
        if has("pooled") || has("hidden") {
            let host = crate::view::sibling::<PoolHost>(&key);
            let draining_since = has("retired").then_some(NOW);
            self.view.note(&host, SEEN, Noted::PoolHost(&PoolHost { draining_since }));
        }
    }

    fn provider(&mut self, name: &str, words: &[&str]) {
        let provider: CapacityProvider = record(json!({
            "name": name, "status": "ACTIVE", "createdAt": 0,
            "group": {
                "arn": name,
                "scaling": { "enabled": words.contains(&"managed"), "targetCapacity": 100, "stepMin": 1, "stepMax": 9, "warmupS": 0 },
            },
        }));
        let key = CapacityProvider::key(&scope(), name);
        self.view.note(&key, SEEN, Noted::Provider(&Arc::new(provider)));
    }

    fn revision(&mut self, id: &str) {
        let template = self.template(id);
        let revision: ServiceRevision = record(json!({
            "id": deployment(id), "template": template, "createdAt": 0,
            "images": [{ "container": "main", "image": "app" }],
        }));
        let key = ServiceRevision::key(&scope(), &cluster(), &service_name(), &revision.id);
        self.view.note(&key, SEEN, Noted::Revision(&revision));
    }

    fn task(&mut self, of: &str, text: &str) {
        self.tasks += 1;
        let is_protected = text.ends_with('!');
        let (text, place) = text
            .trim_end_matches('!')
            .split_once('~')
            .unwrap_or_else(|| (text.trim_end_matches('!'), ""));
        let (zone_of_subnet, provider_of_fargate) = place.split_once('/').unwrap_or((place, ""));
        let (kind, instance) = text.split_once('@').unwrap_or((text, "1"));
        let (last, desired) = match kind {
            "H" | "Y" | "U" => ("RUNNING", "RUNNING"),
            "P" => ("PENDING", "RUNNING"),
            "W" => ("PROVISIONING", "RUNNING"),
            "L" => ("RUNNING", "STOPPED"),
            "C" => ("STOPPING", "STOPPED"),
            ended if ended.starts_with('x') => ("STOPPED", "STOPPED"),
            _ => panic!("no task is `{text}`"),
        };
        let started = match kind {
            "H" | "U" | "L" | "C" | "xo" | "xu" => Some(600),
            "Y" => Some(5),
            "xs" => Some(7),
            _ => None,
        };
        let health = match (self.has_checks, kind) {
            (true, "H") => "HEALTHY",
            (true, "U") => "UNHEALTHY",
            _ => "UNKNOWN",
        };
        let stop = match kind {
            "xf" => json!({ "code": "TaskFailedToStart", "reason": "CannotPullContainerError" }),
            "xu" => {
                json!({ "code": "ServiceSchedulerInitiated", "reason": "Task failed container health checks" })
            }
            "xi" => {
                json!({ "code": "SpotInterruption", "reason": "Your Spot Task was interrupted." })
            }
            "xs" | "xo" => {
                json!({ "code": "EssentialContainerExited", "reason": "Essential container in task exited" })
            }
            _ => Json::Null,
        };
        let is_over = last == "STOPPED";
        let home = if self.hidden.contains(instance) { ClusterName::fargate() } else { cluster() };
        let site = self.view.instances.get(&instance_key_in(&home, instance));
        let attribute =
            |name: &str| site.and_then(|it| it.record.as_ref()?.attributes.get(name)?.clone());
        let is_fargate = self.is_fargate();
        let (mut zone, mut provider) =
            (attribute("ecs.availability-zone"), attribute(domain::capacity::GROUP_ATTRIBUTE));
        if is_fargate {
            zone = (!zone_of_subnet.is_empty()).then(|| zone_of_subnet.to_owned()).or(zone);
            provider = (!provider_of_fargate.is_empty()).then(|| provider_of_fargate.to_owned());
        } else if kind == "W" {
            provider = Some("a".to_owned());
        }
        let task: Task = record(json!({
            "id": hex(self.tasks), "cluster": "main", "family": "app", "revision": of.parse::<u32>().expect("a number"),
            "instance": if kind == "W" { Json::Null } else { json!(hex(instance.parse().expect("a number"))) },
            "demand": { "cpu": 100, "memory": 100 }, "desired": desired, "last": last, "version": 1,
            "launch_type": if is_fargate { "FARGATE" } else { "EC2" },
            "host_cluster": (kind != "W" && self.hidden.contains(instance)).then_some(home.as_str()),
            "group": "service:web", "started_by": format!("ecs-svc/{}", deployment(of)), "cpu": "100", "memory": "100",
            "overrides": {}, "health": health, "created_at": ago(10 + i64::try_from(self.tasks).expect("few")),
            "started_at": started.map(ago), "stopped_at": is_over.then(|| ago(1)), "stop": stop, "availability_zone": zone,
            "protected_until": is_protected.then(|| ago(-60)),
            "capacity_provider": provider,
            "containers": [{
                "uuid": "", "name": "main", "image": "app", "last": "RUNNING", "cpu": "0",
                "image_digest": started.map(|_| format!("sha256:{}", self.tasks)),
            }],
        }));
        self.view.note(&task_key(self.tasks), SEEN, Noted::Task(&task));
    }
}

fn instance_key_in(cluster: &ClusterName, id: &str) -> Key {
    let id = InstanceId::parse(hex(id.parse().expect("a number"))).expect("an id");
    ContainerInstance::key(&scope(), cluster, &id)
}

/// The view that a script is.
pub(super) fn view_of(script: &str) -> View {
    let mut world = World { view: View::new(Rules::default()), ..World::default() };
    for line in script.lines().map(str::trim).filter(|line| !line.is_empty()) {
        world.line(line);
    }
    if let Some(service) = world.service.take() {
        let service: Service = record(service);
        world.view.note(&service_key(), SEEN, Noted::Service(&Arc::new(service)));
    }
    world.view
}

fn id_of(text: &str) -> String {
    text.trim_start_matches('0').to_owned()
}

fn number_of(id: &DeploymentId) -> String {
    (id.as_str().parse::<u64>().expect("digits") - 1_000_000_000_000_000_000).to_string()
}

/// Ids in texts as the numbers they were made from.
fn shorten(text: &str) -> String {
    let mut short = String::new();
    for word in text.split_inclusive(&[' ', ')', '.', '(']) {
        let (body, end) = word.split_at(word.len() - 1);
        let (body, end) =
            if word.ends_with([' ', ')', '.', '(']) { (body, end) } else { (word, "") };
        let body = match body.strip_prefix("ecs-svc/1") {
            Some(digits) => format!("d{}", digits.trim_start_matches('0')),
            None if body.len() == 32 && body.starts_with('0') => id_of(body),
            None => body.to_owned(),
        };
        short.push_str(&body);
        short.push_str(end);
    }
    short
}

pub(super) fn tell_step(step: &ServiceStep, before: &Service) -> String {
    let mut text = String::new();
    let mut line = |words: String| {
        for part in folded(&shorten(&words)) {
            writeln!(text, "{part}").expect("a String takes everything");
        }
    };
    for launch in &step.launches {
        let place = launch.place.as_ref().map_or_else(
            || "nowhere yet".into(),
            |place| format!("on {}", id_of(place.instance.last())),
        );
        let provider =
            launch.provider.as_ref().map_or_else(String::new, |name| format!(" of {name}"));
        let zone = launch.zone.as_ref().map_or_else(String::new, |zone| format!(" in zone {zone}"));
        line(format!("launch d{} {place}{provider}{zone}", number_of(&launch.deployment)));
    }
    for (task, stop) in &step.stops {
        line(format!("stop t{}: {}", id_of(task.last()), stop.reason));
    }
    for task in &step.tallied {
        line(format!("tally t{}", id_of(task.last())));
    }
    for (id, turn) in &step.stories {
        line(format!("story {}: {turn:?}", id_of(id.as_str())));
    }
    for (id, digests) in &step.digests {
        line(format!("digests of d{}: {digests:?}", number_of(id)));
    }
    for event in &step.events {
        match event {
            Event::Text(words) => line(format!("say {words}")),
            Event::Started { launches, replaced, zone } => {
                line(format!("say started {launches}, {replaced} replaced, zone {zone:?}"));
            }
        }
    }
    for it in &step.after.deployments {
        let was = before.deployment(&it.id);
        if was != Some(it) {
            let status = if it.status == DeploymentStatus::Primary { "PRIMARY" } else { "ACTIVE" };
            let retry = it
                .retry_at
                .map_or_else(String::new, |at| format!(", next in {} s", (at - NOW).0 / 1000));
            let rest = format!("failed {}, failures {}{retry}", it.failed_tasks, it.failures);
            let end = if it.reason.is_empty() { String::new() } else { format!(": {}", it.reason) };
            line(format!("d{} is {status} {}: {rest}{end}", number_of(&it.id), it.rollout));
        }
    }
    if step.after.deployments.len() != before.deployments.len() {
        line(format!("{} deployments", step.after.deployments.len()));
    }
    for set in &step.after.task_sets {
        if before.task_sets.iter().any(|it| it.id == set.id && it.is_steady != set.is_steady) {
            line(format!("set {} is steady: {}", number_of(&set.id), set.is_steady));
        }
    }
    if step.after.task_sets.len() != before.task_sets.len() {
        line(format!("{} task sets", step.after.task_sets.len()));
    }
    let flags = [
        (step.after.is_steady, before.is_steady, "steady"),
        (step.after.is_rebalancing, before.is_rebalancing, "rebalancing"),
    ];
    for (is, was, what) in flags {
        if is != was {
            line(format!("{what}: {is}"));
        }
    }
    if step.after.status != before.status {
        line(step.after.status.to_string());
    }
    text
}

/// A long line in several, the sentences of which begin anew.
fn folded(line: &str) -> Vec<String> {
    if line.len() < 120 {
        return vec![line.to_owned()];
    }
    line.split_inclusive(". ").map(|sentence| sentence.trim_end().to_owned()).collect()
}

/// What is planned for a view.
pub(super) fn tell(view: &mut View) -> String {
    let plan = plan(view, NOW);
    let mut text = String::new();
    let mut line = |words: &str| text.push_str(words);
    for action in &plan.actions {
        match action {
            Action::Serve(step) => {
                let known = view.services.known.get(&step.service).expect("it is known");
                let (_, before) = known.record.as_ref().expect("it has a record");
                assert_eq!(step.seen, SEEN);
                line(&tell_step(step, before));
            }
            Action::Seat { task, place, .. } => {
                line(&format!(
                    "seat t{} on {}\n",
                    id_of(task.last()),
                    id_of(place.instance.last())
                ));
            }
            Action::Forget { record, why } => line(&format!("forget {}: {why}\n", record.last())),
            Action::Lose { .. } | Action::Abandon { .. } => line(&format!("{action:?}\n")),
        }
    }
    // Nothing was noted, so the same is planned again.
    assert_eq!(super::super::super::plan::plan(view, NOW).actions, plan.actions);
    if let Some(due) = plan.due.filter(|due| *due > NOW && plan.actions.is_empty()) {
        line(&format!("look again in {} s\n", (due - NOW).0 / 1000));
    }
    text
}

pub(super) fn check(script: &str, expect: Expect) {
    expect.assert_eq(&tell(&mut view_of(script)));
}

/// The key of a deployment's revision.
pub(super) fn revision_key(id: &str) -> Key {
    let id = DeploymentId::parse(deployment(id)).expect("an id");
    ServiceRevision::key(&scope(), &cluster(), &service_name(), &id)
}
