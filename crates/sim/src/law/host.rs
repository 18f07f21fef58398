//! Laws about what really runs.

use crate::{kernel::Name, world::World};
use domain::{
    id::TaskId,
    status::{DesiredStatus, TaskStatus},
    task::Task,
    time::Millis,
};
use std::collections::BTreeSet;

/// What a host may take for one exchange after it is back and nothing gets lost any more: 120 s until what was lost is sent again, a
/// manifest within 60 s, its answers, the stop and the kill after 30 s, and a moment for each message.
const EXCHANGE: Millis = Millis::from_s(220);

impl World {
    /// A process begins.
    pub(crate) fn check_start(&mut self, host: usize, name: &Name) {
        let elsewhere = (0..self.hosts.len())
            .filter(|other| *other != host)
            .find(|other| self.hosts[*other].kernel.running().any(|running| running == *name));
        if let Some(other) = elsewhere {
            let what = format!("{} on h{host} and h{other}", self.laws.name_of(&name.0));
            self.breaks("a task runs at most once", what);
        }
        let record = self.record_of(&name.0);
        // A host may begin what it was told to before it hears that it should not, but only a host that was told to.
        let is_ours = record.is_none_or(|task| {
            task.instance.as_ref().is_none_or(|id| {
                self.laws.instances.get(id).is_some_and(|known| *known == self.hosts[host].name)
            })
        });
        if !is_ours {
            let what = format!("{} on h{host}", self.laws.name_of(&name.0));
            self.breaks("a task runs where it was put", what);
        }
    }

    fn record_of(&self, id: &str) -> Option<std::sync::Arc<Task>> {
        let id = TaskId::parse(id).ok()?;
        let key = Task::key(&self.scope, &self.cluster, &id);
        self.truth.snapshot().get::<Task>(&key).expect("readable").map(|found| found.record)
    }

    /// What runs though it should not, and since when its host could know. Asked once faults are over.
    pub(crate) fn nothing_runs_on_for_longer_than_one_exchange(&mut self) {
        let mut seen = BTreeSet::new();
        for host in 0..self.hosts.len() {
            if !self.is_linked(host) {
                continue;
            }
            for (task, _) in self.hosts[host].kernel.running().collect::<Vec<_>>() {
                let record = self.record_of(&task);
                let should = record.is_some_and(|record| {
                    record.last != TaskStatus::Stopped && record.desired == DesiredStatus::Running
                });
                if !should {
                    seen.insert((host, task));
                }
            }
        }
        self.laws.ghosts.retain(|ghost, _| seen.contains(ghost));
        for ghost in seen {
            let since = *self.laws.ghosts.entry(ghost.clone()).or_insert(self.now);
            if self.now - since > EXCHANGE {
                let name = self.laws.name_of(&ghost.1);
                let what = format!("{name} on h{} for {} s", ghost.0, (self.now - since).0 / 1000);
                self.breaks("nothing runs on for longer than one exchange", what);
            }
        }
    }

    /// Whether the agent of a host has an open session that the plane knows.
    pub(crate) fn is_linked(&self, host: usize) -> bool {
        let agent = self.hosts[host].agent.as_ref();
        let connection =
            agent.filter(|agent| agent.watch.is_some()).and_then(|agent| agent.connection);
        connection
            .and_then(|connection| self.connections.get(&connection))
            .is_some_and(|connection| connection.session.is_some())
    }

    /// Ground truth: what hosts run and what the store says, compared. `None` if they agree.
    pub(crate) fn ground_truth(&self) -> Option<String> {
        let mut said = BTreeSet::new();
        let tasks = self.truth.all::<Task>(&Task::all_in(&self.scope, &self.cluster));
        for task in tasks.iter().filter(|task| task.last == TaskStatus::Running) {
            let host = task.instance.as_ref().and_then(|id| self.laws.instances.get(id));
            let running = task.containers.iter();
            let running = running.filter(|it| it.last == domain::status::ContainerStatus::Running);
            said.extend(running.map(|it| {
                (host.cloned().unwrap_or_default(), task.id.to_string(), it.name.clone())
            }));
        }
        let mut runs = BTreeSet::new();
        for host in &self.hosts {
            let on_host = host.kernel.running();
            runs.extend(on_host.map(|(task, name)| (host.name.clone(), task, name)));
        }
        let show = |(host, task, name): &(String, String, String)| {
            format!("{}/{name} on {host}", self.laws.name_of(task))
        };
        let ghost = said.difference(&runs).next().map(|it| format!("{} does not run", show(it)));
        let orphan = runs.difference(&said).next().map(|it| format!("{} runs unsaid", show(it)));
        ghost.or(orphan)
    }

    /// What is left on a host of tasks that are over. `None` if nothing is.
    pub(crate) fn leftover(&self) -> Option<String> {
        self.hosts.iter().find_map(|host| {
            let is_over = |task: &&str| {
                self.record_of(task).is_none_or(|record| super::books::is_over(&record))
            };
            let left = host.kernel.tasks().find(is_over)?;
            Some(format!("{} has something of {}", host.name, self.laws.name_of(left)))
        })
    }
}
