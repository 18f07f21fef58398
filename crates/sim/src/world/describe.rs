//! The world in words: what commits changed and what planes want, one line each.

use super::World;
use crate::truth::Commit;
use domain::{
    instance::{ContainerInstance, InstanceLink},
    record::Record,
    service::{Service, ServiceEvent},
    task::Task,
};
use planner::plan::{Action, ServiceStep};
use std::fmt::Write as _;

impl World {
    /// Says what a commit changed.
    pub(super) fn describe(&mut self, commit: &Commit) {
        for change in &commit.batch.changes {
            // Events come before tasks in the order of keys, and tell of them.
            let is_new = change.key.table() == Some(Task::TABLE) && change.previous.is_none();
            if let (true, Ok(id)) = (is_new, domain::id::TaskId::parse(change.key.last())) {
                self.laws.give_name(&id);
            }
        }
        for change in &commit.batch.changes {
            let line = match change.key.table() {
                Some(Task::TABLE) => self.task_line(change),
                Some(ServiceEvent::TABLE) => change
                    .after::<ServiceEvent>()
                    .expect("readable")
                    .map(|event| format!("\"{}\"", self.laws.short(&event.message))),
                Some(Service::TABLE) => self.service_line(change),
                Some(ContainerInstance::TABLE) => self.instance_line(change),
                Some(InstanceLink::TABLE) => self.link_line(change),
                Some(_) | None => None,
            };
            if let Some(line) = line {
                self.say(format_args!("{line}"));
            }
        }
    }

    fn task_line(&mut self, change: &store::Change) -> Option<String> {
        let (before, after) = (change.before::<Task>(), change.after::<Task>());
        let (before, after) = (before.expect("readable"), after.expect("readable"));
        let id = change.key.last().to_owned();
        let Some(after) = after else {
            return Some(format!("{} forgotten", self.laws.name_of(&id)));
        };
        let Some(before) = before else {
            let name = self.laws.give_name(&after.id);
            let host = self.host_name(after.instance.as_ref());
            return Some(format!(
                "{name} made of {}:{}{host} {}",
                after.family, after.revision, after.last
            ));
        };
        let name = self.laws.name_of(&id);
        let mut line = String::new();
        if before.last != after.last {
            _ = write!(line, " {}", after.last);
        }
        if before.desired != after.desired {
            _ = write!(line, " desired {}", after.desired);
        }
        if before.health != after.health {
            _ = write!(line, " {}", after.health);
        }
        if before.instance != after.instance {
            line.push_str(&self.host_name(after.instance.as_ref()));
        }
        if let Some(stop) = after.stop.as_ref().filter(|_| before.stop.is_none()) {
            _ = write!(line, " ({})", self.laws.short(&stop.reason));
        }
        (!line.is_empty()).then(|| format!("{name}{line}"))
    }

    /// Which host an instance is, as ` on h1`.
    fn host_name(&self, instance: Option<&domain::id::InstanceId>) -> String {
        let Some(id) = instance else { return String::new() };
        match self.laws.instances.get(id) {
            Some(name) => format!(" on {name}"),
            None => format!(" on {id}"),
        }
    }

    fn instance_line(&mut self, change: &store::Change) -> Option<String> {
        let before = change.before::<ContainerInstance>().expect("readable");
        let after = change.after::<ContainerInstance>().expect("readable")?;
        let is_news = before.is_none_or(|before| before.status != after.status);
        let ec2 = after.ec2_instance_id.clone().unwrap_or_default();
        let name = ec2.strip_prefix("i-").unwrap_or(&ec2).to_owned();
        self.laws.instances.insert(after.id.clone(), name.clone());
        is_news.then(|| format!("{name} is {}", after.status))
    }

    fn link_line(&mut self, change: &store::Change) -> Option<String> {
        let before = change.before::<InstanceLink>().expect("readable");
        let after = change.after::<InstanceLink>().expect("readable")?;
        let is_news = before.is_none_or(|before| before.connected != after.connected);
        let id = change.key.last();
        let names = &self.laws.instances;
        let name =
            names.iter().find(|(known, _)| known.as_str() == id).map_or(id, |(_, name)| name);
        let is = if after.connected { "connected" } else { "away" };
        is_news.then(|| format!("{name} is {is}"))
    }

    /// Says what a plan wants.
    pub(super) fn describe_plan(&mut self, plane: usize, actions: &[Action]) {
        for action in actions {
            let line = match action {
                Action::Lose { tasks, why, .. } => {
                    let names: Vec<String> =
                        tasks.iter().map(|key| self.laws.name_of(key.last())).collect();
                    format!("lose {}: {why}", names.join(" "))
                }
                Action::Abandon { task, why, .. } => {
                    format!("abandon {}: {why}", self.laws.name_of(task.last()))
                }
                Action::Serve(step) => self.step_line(step),
                Action::Seat { task, why, .. } => {
                    format!("seat {}: {why}", self.laws.name_of(task.last()))
                }
                Action::Forget { record, why } => {
                    let what = record.table().unwrap_or_default();
                    format!("forget {what} {}: {why}", self.laws.name_of(record.last()))
                }
            };
            self.say(format_args!("P{plane} {line}"));
        }
    }

    fn service_line(&mut self, change: &store::Change) -> Option<String> {
        if let Some(after) = change.after::<Service>().expect("readable") {
            for deployment in after.deployments.iter().rev() {
                self.laws.name_deployment(deployment.id.as_str());
            }
            for set in after.task_sets.iter().rev() {
                self.laws.name_deployment(set.id.as_str());
            }
        }
        service_line(change)
    }

    fn step_line(&self, step: &ServiceStep) -> String {
        let mut line = format!("{}:", step.service.last());
        if !step.launches.is_empty() {
            _ = write!(line, " launch {}", step.launches.len());
        }
        for (task, _) in &step.stops {
            _ = write!(line, " stop {}", self.laws.name_of(task.last()));
        }
        for (_, turn) in &step.stories {
            _ = write!(line, " {}", self.laws.short(&format!("{turn:?}")));
        }
        format!("{line} ({})", step.why)
    }
}

fn service_line(change: &store::Change) -> Option<String> {
    let before = change.before::<Service>().expect("readable");
    let Some(after) = change.after::<Service>().expect("readable") else {
        return Some(format!("{} forgotten", change.key.last()));
    };
    let told = |service: &Service| {
        let mut line = format!("{} {} wants {}", service.name, service.status, service.desired);
        for deployment in &service.deployments {
            _ = write!(
                line,
                " {}:{} {} {}",
                deployment.template.definition.family,
                deployment.template.definition.revision,
                deployment.status,
                deployment.rollout
            );
        }
        line
    };
    let line = told(&after);
    before.is_none_or(|before| told(&before) != line).then_some(line)
}
