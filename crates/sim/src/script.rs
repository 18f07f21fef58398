//! Stories: a script of what is done to a small world, and the conversation that follows.
//!
//! ```text
//! > hosts 3                          three hosts h0 h1 h2, in zones a b c (`> hosts 2 cpu=256 memory=512 zone=a`)
//! > define web run:v1 cpu=128        a revision of a definition: image, and cpu= memory= port= health
//! > create alpha web 3 min=50        a service; min= max= breaker rollback daemon external rebalance spread=FIELD distinct
//! > update alpha web:2 · desired=5 · force        what changes of it        > delete alpha · rollback alpha
//! > taskset alpha web:1 50%          a task set of an external service     > scale alpha d2 100% · primary alpha d2 · drop alpha d1
//! > run web 2 · stop t3              standalone tasks                       > protect t3 10 · unprotect t3
//! > drain h1 · activate h1 · deregister h1
//! > kill h1 · return h1              a host is switched off and on          > crash h1        its agent is killed and comes back
//! > cut h1 200                       nothing comes through for so many s    > exit t3 1       a process ends
//! > plane                            the control plane is killed and comes back
//! > wait 30 · wait steady            time passes, in seconds; until everything is steady
//! > show                             the services and their tasks
//! ```
//! A story is played from the lines that begin with `>`; what is between them is what was said the last time. Ids are shown as short
//! names, in the order in which they appear.

use crate::{
    host::Host,
    world::{Faults, Msg, Setting, Trouble, World},
};
use domain::{arn, service::Service, task::Task, time::Millis};
use planner::rules::Rules;
use serde_json::{Value as Json, json};
use std::fmt::Write as _;

const ZONES: [&str; 3] = ["us-east-1a", "us-east-1b", "us-east-1c"];

/// `wait steady` gives up after so long.
const STEADY_MAX: Millis = Millis::from_s(1800);

/// Plays the script in `story` and returns the story as it goes now.
pub fn play(story: &str) -> String {
    let mut stage = Stage::new();
    for line in story.lines() {
        match line.strip_prefix("> ") {
            Some(command) => {
                _ = writeln!(stage.out, "{line}");
                if let Err(why) = stage.command(command.trim()) {
                    _ = writeln!(stage.out, "  ! {why}");
                }
                stage.record();
            }
            None if line.starts_with('#') => _ = writeln!(stage.out, "{line}"),
            None => {}
        }
    }
    stage.out
}

struct Stage {
    world: World,
    out: String,
    /// How many lines of the conversation were recorded.
    seen: usize,
}

impl Stage {
    fn new() -> Self {
        let mut world = World::new(Setting {
            seed: 1,
            lines: usize::MAX,
            with_journal: false,
            mutant: None,
            rules: Rules::default(),
            faults: Faults::none(),
        });
        world.plane_begins();
        world.must("CreateCluster", &json!({}));
        let seen = world.trace.count();
        Self { world, out: String::new(), seen }
    }

    fn command(&mut self, command: &str) -> Result<(), String> {
        let words: Vec<&str> = command.split_whitespace().collect();
        let Some((verb, rest)) = words.split_first() else { return Ok(()) };
        match (*verb, rest) {
            ("hosts", [count, options @ ..]) => self.hosts(count, options),
            ("define", [family, image, options @ ..]) => self.define(family, image, options),
            ("create", [service, definition, count, options @ ..]) => {
                self.create(service, definition, count, options)
            }
            ("update", [service, options @ ..]) => self.update(service, options),
            ("delete", [service]) => {
                self.ask("DeleteService", &json!({"service": service, "force": true}))
            }
            ("rollback", [service]) => self.roll_back(service),
            ("run", [family, count]) => {
                let count = number(count)?;
                self.ask("RunTask", &json!({"taskDefinition": family, "count": count}))
            }
            ("stop", [task]) => {
                let task = self.task(task)?;
                self.ask("StopTask", &json!({"task": task}))
            }
            ("protect" | "unprotect", [task, minutes @ ..]) => {
                let task = self.task(task)?;
                let mut request = json!({
                    "cluster": "default", "tasks": [task], "protectionEnabled": *verb == "protect",
                });
                if let Some(minutes) = minutes.first() {
                    request["expiresInMinutes"] = json!(number(minutes)?);
                }
                self.ask("UpdateTaskProtection", &request)
            }
            ("drain" | "activate", [host]) => {
                let status = if *verb == "drain" { "DRAINING" } else { "ACTIVE" };
                let instance = self.instance(host)?;
                let request = json!({"containerInstances": [instance], "status": status});
                self.ask("UpdateContainerInstancesState", &request)
            }
            ("deregister", [host]) => {
                let request = json!({"containerInstance": self.instance(host)?, "force": true});
                self.ask("DeregisterContainerInstance", &request)
            }
            ("wait", [time]) => self.wait(time),
            ("show", []) => {
                self.show();
                Ok(())
            }
            ("taskset" | "scale" | "primary" | "drop", rest) => self.task_set(verb, rest),
            _ => self.trouble(verb, rest),
        }
    }

    fn trouble(&mut self, verb: &str, rest: &[&str]) -> Result<(), String> {
        let trouble = match (verb, rest) {
            ("kill", [host]) => {
                let host = self.host(host)?;
                self.world.host_dies(host, false);
                return Ok(());
            }
            ("return", [host]) => Trouble::HostReturns { host: self.host(host)? },
            ("crash", [host]) => {
                Trouble::AgentDies { host: self.host(host)?, down: Millis::from_s(1) }
            }
            ("cut", [host, seconds]) => {
                let length = Millis::from_s(number(seconds)?);
                Trouble::Cut { host: self.host(host)?, length }
            }
            ("plane", []) => Trouble::PlaneDies { down: Millis::from_s(1) },
            ("tags", []) => Trouble::TagMoves,
            ("exit", [task, code]) => {
                let (id, code) = (self.task(task)?, number(code)?);
                return self.exit(&id, code);
            }
            _ => return Err(format!("no such command: {verb} {}", rest.join(" "))),
        };
        self.world.later(Millis(0), Msg::Trouble(trouble));
        self.pass(Millis(1))
    }

    fn exit(&mut self, id: &str, code: i64) -> Result<(), String> {
        for host in 0..self.world.hosts.len() {
            let running = self.world.hosts[host].kernel.running().find(|(task, _)| task == id);
            if let Some(name) = running {
                let process = self.world.hosts[host].kernel.process(&name).map(|(it, _)| it);
                let process = process.ok_or("it does not run")?;
                self.world.later(Millis(0), Msg::Exit { host, name, process, code });
                return self.pass(Millis(1));
            }
        }
        Err("it does not run".to_owned())
    }

    fn hosts(&mut self, count: &str, options: &[&str]) -> Result<(), String> {
        let (mut cpu, mut memory, mut zone) = (1024, 1024, None);
        for option in options {
            match option.split_once('=') {
                Some(("cpu", value)) => cpu = number(value)?,
                Some(("memory", value)) => memory = number(value)?,
                Some(("zone", value)) => zone = ZONES.iter().position(|it| it.ends_with(value)),
                _ => return Err(format!("no such option: {option}")),
            }
        }
        for _ in 0..number(count)? {
            let number = self.world.hosts.len();
            let zone = ZONES[zone.unwrap_or(number % ZONES.len())];
            self.world.hosts.push(Host::new(number, zone, cpu, memory));
            self.world.later(Millis(0), Msg::AgentBegins { host: number });
        }
        self.pass(Millis::from_s(1))
    }

    fn define(&mut self, family: &str, image: &str, options: &[&str]) -> Result<(), String> {
        let mut container = json!({"name": "app", "image": image, "cpu": 128, "memory": 64});
        for option in options {
            match option.split_once('=').unwrap_or((option, "")) {
                ("port", value) => {
                    let port = number(value)?;
                    container["portMappings"] = json!([{"containerPort": 80, "hostPort": port}]);
                }
                ("health", _) => {
                    let check = json!({"command": ["CMD", "ok"], "interval": 10, "retries": 2, "timeout": 5});
                    container["healthCheck"] = check;
                }
                (name @ ("cpu" | "memory"), value) => container[name] = json!(number(value)?),
                _ => return Err(format!("no such option: {option}")),
            }
        }
        let request = json!({"family": family, "containerDefinitions": [container]});
        self.ask("RegisterTaskDefinition", &request)
    }

    fn create(
        &mut self,
        service: &str,
        definition: &str,
        count: &str,
        options: &[&str],
    ) -> Result<(), String> {
        let mut request = json!({"serviceName": service, "desiredCount": number(count)?});
        request["taskDefinition"] = json!(definition);
        let (mut bounds, mut breaker) = (json!({}), (false, false));
        for option in options {
            match option.split_once('=').unwrap_or((option, "")) {
                ("min", value) => bounds["minimumHealthyPercent"] = json!(number(value)?),
                ("max", value) => bounds["maximumPercent"] = json!(number(value)?),
                ("breaker", _) => breaker.0 = true,
                ("rollback", _) => breaker = (true, true),
                ("rebalance", _) => request["availabilityZoneRebalancing"] = json!("ENABLED"),
                ("spread", field) => {
                    request["placementStrategy"] = json!([{"type": "spread", "field": field}]);
                }
                ("distinct", _) => {
                    request["placementConstraints"] = json!([{"type": "distinctInstance"}]);
                }
                ("daemon", _) => {
                    request["schedulingStrategy"] = json!("DAEMON");
                    remove(&mut request, "desiredCount");
                }
                ("external", _) => {
                    request["deploymentController"] = json!({"type": "EXTERNAL"});
                    remove(&mut request, "taskDefinition");
                }
                _ => return Err(format!("no such option: {option}")),
            }
        }
        if breaker.0 {
            bounds["deploymentCircuitBreaker"] = json!({"enable": true, "rollback": breaker.1});
        }
        if bounds != json!({}) {
            request["deploymentConfiguration"] = bounds;
        }
        self.ask("CreateService", &request)
    }

    fn update(&mut self, service: &str, options: &[&str]) -> Result<(), String> {
        let mut request = json!({"service": service});
        for option in options {
            match option.split_once('=').unwrap_or((option, "")) {
                ("force", _) => request["forceNewDeployment"] = json!(true),
                ("desired", value) => request["desiredCount"] = json!(number(value)?),
                (name @ ("min" | "max"), value) => {
                    let name =
                        if name == "min" { "minimumHealthyPercent" } else { "maximumPercent" };
                    request["deploymentConfiguration"][name] = json!(number(value)?);
                }
                (definition, _) => request["taskDefinition"] = json!(definition),
            }
        }
        self.ask("UpdateService", &request)
    }

    fn roll_back(&mut self, service: &str) -> Result<(), String> {
        let listed = self.world.ask("ListServiceDeployments", &json!({"service": service}));
        let listed = listed.map_err(|fault| fault.to_string())?;
        let arn = listed["serviceDeployments"][0]["serviceDeploymentArn"].clone();
        self.ask(
            "StopServiceDeployment",
            &json!({"serviceDeploymentArn": arn, "stopType": "ROLLBACK"}),
        )
    }

    fn task_set(&mut self, verb: &str, rest: &[&str]) -> Result<(), String> {
        let percent = |text: &str| number(text.trim_end_matches('%'));
        let scale =
            |text: &str| percent(text).map(|value| json!({"value": value, "unit": "PERCENT"}));
        let [service, what, more @ ..] = rest else { return Err("of which service?".to_owned()) };
        let mut request = json!({"cluster": "default", "service": service});
        let id = self.world.laws.deployment_named(what).map(|id| format!("ecs-svc/{id}"));
        match (verb, more) {
            ("taskset", [value]) => {
                request["taskDefinition"] = json!(what);
                request["scale"] = scale(value)?;
                self.ask("CreateTaskSet", &request)
            }
            ("scale", [value]) => {
                request["taskSet"] = json!(id.ok_or("no such task set")?);
                request["scale"] = scale(value)?;
                self.ask("UpdateTaskSet", &request)
            }
            ("primary", []) => {
                request["primaryTaskSet"] = json!(id.ok_or("no such task set")?);
                self.ask("UpdateServicePrimaryTaskSet", &request)
            }
            _ => {
                request["taskSet"] = json!(id.ok_or("no such task set")?);
                request["force"] = json!(true);
                self.ask("DeleteTaskSet", &request)
            }
        }
    }

    fn wait(&mut self, time: &str) -> Result<(), String> {
        if time != "steady" {
            return self.pass(Millis::from_s(number(time)?));
        }
        let begin = self.world.now;
        self.pass(Millis(1_000))?;
        while let Some(why) = self.world.unsteady_because() {
            if self.world.now - begin > STEADY_MAX {
                return Err(format!("not steady: {why}"));
            }
            self.pass(Millis(1_000))?;
        }
        Ok(())
    }

    fn pass(&mut self, time: Millis) -> Result<(), String> {
        let until = self.world.now + time;
        self.world.run_until(until).map_err(|broken| format!("{}: {}", broken.law, broken.what))
    }

    fn ask(&mut self, operation: &'static str, request: &Json) -> Result<(), String> {
        if api::ecs::TABLE.operation(operation).is_none() {
            return Err(format!("{operation} is not served"));
        }
        let answer = self.world.ask(operation, request);
        answer.map(drop).map_err(|fault| self.world.laws.short(&fault.to_string()))
    }

    fn host(&self, name: &str) -> Result<usize, String> {
        let at = self.world.hosts.iter().position(|host| host.name == name);
        at.ok_or_else(|| format!("no such host: {name}"))
    }

    fn instance(&self, name: &str) -> Result<String, String> {
        let arn = self.world.hosts[self.host(name)?].disk.arn.clone();
        arn.ok_or_else(|| format!("{name} is not registered"))
    }

    fn task(&self, name: &str) -> Result<String, String> {
        self.world.laws.task_named(name).ok_or_else(|| format!("no such task: {name}"))
    }

    /// Writes down what was said that matters.
    fn record(&mut self) {
        let count = self.world.trace.count();
        for (at, line) in self.world.trace.since(self.seen) {
            if is_told(line) {
                _ = writeln!(self.out, "  {:>4}s {line}", at.0 / 1000);
            }
        }
        self.seen = count;
    }

    fn show(&mut self) {
        let prefix = Service::all_in(&self.world.scope, &self.world.cluster);
        for service in self.world.truth.all::<Service>(&prefix) {
            let arn = arn::service(&self.world.scope, &self.world.cluster, &service.name);
            let shown = self.world.ask("DescribeServices", &json!({"services": [arn]}));
            let shown = shown.unwrap_or_default();
            let it = &shown["services"][0];
            let counts = ["desiredCount", "runningCount", "pendingCount"].map(|name| &it[name]);
            let [desired, running, pending] = counts;
            let status = it["status"].as_str().unwrap_or_default();
            _ = writeln!(
                self.out,
                "  {} {status} desired {desired} running {running} pending {pending}",
                service.name
            );
            for deployment in it["deployments"].as_array().into_iter().flatten() {
                let text = |name: &str| deployment[name].as_str().unwrap_or_default().to_owned();
                let id = self.world.laws.short(&text("id"));
                let definition = text("taskDefinition");
                let definition = definition.rsplit('/').next().unwrap_or_default();
                let line = format!(
                    "{id} {} {definition} {} {}",
                    text("status"),
                    text("rolloutState"),
                    self.world.laws.short(&text("rolloutStateReason"))
                );
                _ = writeln!(self.out, "    {line}");
            }
        }
        let mut tasks =
            self.world.truth.all::<Task>(&Task::all_in(&self.world.scope, &self.world.cluster));
        tasks.retain(|task| task.last != domain::status::TaskStatus::Stopped);
        tasks.sort_by_key(|task| self.world.laws.order_of(task.id.as_str()));
        for task in tasks {
            let laws = &self.world.laws;
            let host = task.instance.as_ref().and_then(|id| laws.instances.get(id));
            let (name, last) = (laws.name_of(task.id.as_str()), task.last);
            let host = host.map_or("-", String::as_str);
            _ = writeln!(self.out, "  {name} {}:{} on {host} {last}", task.family, task.revision);
        }
    }
}

/// Whether a line of the conversation belongs into a story: what was decided and what came of it, not how it went over the wire.
fn is_told(line: &str) -> bool {
    let mut words = line.split(' ');
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let is_wire = first.starts_with(['#', '~', '!']) || second.starts_with('~');
    let is_step = matches!(second, "runs" | "reports" | "skips" | "ignores" | "begins" | "agent");
    !is_wire && !is_step && first != "steady" && first != "user"
}

fn number(text: &str) -> Result<i64, String> {
    text.parse().map_err(|_| format!("no number: {text}"))
}

fn remove(request: &mut Json, member: &str) {
    if let Json::Object(members) = request {
        members.remove(member);
    }
}
