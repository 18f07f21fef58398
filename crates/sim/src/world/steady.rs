//! How things must be once faults stopped: everything comes to rest within a bounded time, and rests.

use super::World;
use crate::{kernel::Manner, law::Broken};
use domain::{
    status::{DesiredStatus, TaskStatus},
    task::Task,
    time::{Millis, Timestamp},
};

/// After the last fault everything is steady within so long. It holds the longest waits one after another: an agent that waits 120 s to
/// connect, 75 s of its old session's lease, 120 s until tasks are lost, 300 s until a stop is said again, 60 s for a manifest, a
/// deployment in four rounds of 40 s each, and back-off of what failed before.
const STEADY_WITHIN: Millis = Millis::from_s(2400);
/// How often is looked.
const LOOK_EVERY: Millis = Millis::from_s(5);
/// It must stay so for this long.
const REST: Millis = Millis::from_s(120);
/// The end of that may fall into the moment in which something is forgotten that was kept as long as promised.
const FORGETTING: Millis = Millis(500);

impl World {
    /// Runs until `until`.
    pub(crate) fn run_until(&mut self, until: Timestamp) -> Result<(), Broken> {
        while self.step(until)? {}
        self.now = until;
        Ok(())
    }

    /// Runs until everything is steady, and a while on.
    pub(crate) fn come_to_rest(&mut self) -> Result<(), Broken> {
        let begin = self.now;
        while let Some(why) = self.unsteady_because() {
            if self.now - begin > STEADY_WITHIN {
                self.breaks("after the last fault everything becomes steady", why);
                return Err(self.laws.broken.take().expect("it was just broken"));
            }
            self.run_until(self.now + LOOK_EVERY)?;
            self.nothing_runs_on_for_longer_than_one_exchange();
            if let Some(broken) = self.laws.broken.take() {
                return Err(broken);
            }
        }
        self.say(format_args!("steady"));
        let revision = self.truth.revision();
        self.run_until(self.now + REST)?;
        let end = self.now + FORGETTING;
        while let Some(why) = self.unsteady_because() {
            if self.now >= end {
                self.breaks("what is steady stays so", why);
                break;
            }
            self.run_until(self.now + Millis(10))?;
        }
        self.check_networks_at_rest();
        let changed = self.made_since(revision);
        if let Some(what) = changed {
            self.breaks("what is steady stays so", what);
        }
        self.laws.broken.take().map_or(Ok(()), Err)
    }

    /// A task that was made or stopped since then.
    fn made_since(&self, revision: domain::record::Revision) -> Option<String> {
        use domain::record::Record as _;
        self.truth.since(revision).find_map(|commit| {
            commit.batch.changes.iter().find_map(|change| {
                if change.key.table() != Some(Task::TABLE) {
                    return None;
                }
                let is = change.after::<Task>().expect("readable")?;
                let was = change.before::<Task>().expect("readable");
                let is_news =
                    was.is_none_or(|was| was.desired != is.desired || was.last != is.last);
                is_news.then(|| format!("{} changed", self.laws.name_of(is.id.as_str())))
            })
        })
    }

    /// What keeps the world from being steady; `None` if it is.
    pub(crate) fn unsteady_because(&self) -> Option<String> {
        if !self.user.has_settled && self.user.pace_ms > 0 {
            return Some("the user is not done".to_owned());
        }
        for host in 0..self.hosts.len() {
            let is_excused = !self.user.has_settled && self.is_deregistered(host);
            if !self.is_linked(host) && !is_excused {
                return Some(format!("h{host} is not connected"));
            }
        }
        if let Some((call, origin)) = self.calls.first_key_value() {
            return Some(format!("call {call} of {origin:?} is not answered"));
        }
        let tasks = self.truth.all::<Task>(&Task::all_in(&self.scope, &self.cluster));
        let moving = tasks.iter().find(|task| {
            let is_stopping = task.desired == DesiredStatus::Stopped;
            let ends = task
                .containers
                .iter()
                .any(|it| matches!(Manner::of(&it.image), Manner::Ends { .. }));
            let is_there = task.last == TaskStatus::Running && !is_stopping && !ends;
            task.last != TaskStatus::Stopped && !is_there
        });
        if let Some(task) = moving {
            let name = self.laws.name_of(task.id.as_str());
            return Some(format!("{name} is {} and should be {}", task.last, task.desired));
        }
        self.ground_truth()
            .or_else(|| self.leftover())
            .or_else(|| self.unsteady_service())
            .or_else(|| self.restless_plane())
    }

    /// Whether the instance that a host registered as was deregistered, after which its agent waits until its operator starts it anew.
    pub(super) fn is_deregistered(&self, host: usize) -> bool {
        use domain::{instance::ContainerInstance, status::InstanceStatus};
        let arn = self.hosts[host].disk.arn.as_deref();
        let id = arn.and_then(|arn| domain::id::InstanceId::parse(arn.rsplit('/').next()?).ok());
        id.is_some_and(|id| {
            let key = ContainerInstance::key(&self.scope, &self.cluster, &id);
            let found = self.truth.snapshot().get::<ContainerInstance>(&key).expect("readable");
            found.is_none_or(|found| found.status == InstanceStatus::Inactive)
        })
    }

    fn restless_plane(&self) -> Option<String> {
        let plane = self.active();
        if !self.is_quiet(plane) {
            return Some(format!("P{plane} is not done"));
        }
        let wanted = planner::plan::plan(&mut self.planes[plane].view.clone(), self.now).actions;
        let first = wanted.first()?;
        Some(format!("P{plane} wants {first:?}"))
    }
}
