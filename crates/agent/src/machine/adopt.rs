//! Going on after a restart: from the tasks that were written down and from what the driver finds on the host.
//!
//! ```text
//!                 found: nothing       created         running        exited
//! kept: PENDING   from the beginning   start it        RUNNING        RUNNING, STOPPED
//! kept: RUNNING   gone, STOPPED        gone, STOPPED   goes on        restart policy, else STOPPED
//! kept: STOPPED   stays stopped, whatever is found; it is freed with its task
//! ```
//! A stop goes on where it was: who was told to stop is not told again, and is killed when it was to be.
//! What the host has and nobody wrote down is a leftover: it was never acknowledged, so it is removed, and the plane hands the task
//! out again. So is a task whose payload the driver lost: it is removed and begun anew.

use super::{
    Machine,
    kept::{Kept, KeptContainer},
    log::Log,
    order::Edges,
    task::{Keeping, Stage, State, Stopping, Task},
};
use crate::driver::{Found, Phase};
use domain::{
    status::{ContainerStatus, TaskStatus},
    time::Timestamp,
};
use std::{collections::BTreeMap, sync::Arc};

impl Machine {
    /// The first event of a machine's life.
    pub(super) fn restore(&mut self, kept: Vec<Kept>, found: Vec<Found>, now: Timestamp) {
        let mut found: BTreeMap<String, Found> =
            found.into_iter().map(|found| (found.task.clone(), found)).collect();
        for kept in kept {
            let mut on_host = found.remove(kept.id.as_str());
            let has_run = kept.containers.iter().any(|it| it.status > ContainerStatus::Pending);
            if !has_run && on_host.as_ref().is_some_and(|found| found.payload.is_none()) {
                self.leave(kept.id.as_str(), now);
                on_host = None;
            }
            self.adopt(kept, on_host, now);
        }
        for id in found.into_keys() {
            self.leave(&id, now);
        }
    }

    fn adopt(&mut self, kept: Kept, found: Option<Found>, now: Timestamp) {
        // The edges were checked when the payload came; without them a task can still be ended.
        let edges = Edges::of(&kept.payload);
        let is_broken = edges.is_none();
        let id = kept.id.clone();
        let mut task = Task::new(
            id.clone(),
            Arc::clone(&kept.payload),
            edges.unwrap_or_else(|| Edges::none(kept.payload.containers.len())),
            kept.arrival,
        );
        task.desired = task.desired.max(kept.desired);
        task.reason = kept.reason;
        task.reported = kept.reported;
        task.log = Log::restored(kept.log, now);
        task.pulls = kept.pulls;
        task.execution_stopped_at = kept.execution_stopped_at;
        task.keeping = Keeping::Kept;
        task.has_file = true;
        if is_broken {
            task.end(&super::plane::unresolvable(&kept.payload.arn));
        }
        let has_run = kept.containers.iter().any(|it| it.status > ContainerStatus::Pending);
        task.stage = if found.is_some() || has_run { Stage::Active } else { Stage::Waiting };
        let phases: BTreeMap<String, (Option<String>, Phase)> = found
            .into_iter()
            .flat_map(|found| found.containers)
            .map(|(name, id, phase)| (name, (id, phase)))
            .collect();
        let was_told = task.reported == Some(TaskStatus::Stopped) && task.log.is_empty();
        self.with_desk(now, |desk| {
            for kept in kept.containers {
                let Some(one) = task.index(&kept.name) else { continue };
                let (id, phase) = phases.get(&kept.name).cloned().unwrap_or((None, Phase::Absent));
                task.adopt_container(one, kept, id, phase, desk);
            }
        });
        task.end_is_told = was_told;
        self.arrivals = self.arrivals.max(task.arrival + 1);
        if task.stage == Stage::Active {
            task.holds_room = true;
            self.ledger.take(&task.room);
        } else {
            self.waiting.insert((task.arrival, id.clone()));
        }
        self.touched.insert(id.clone());
        self.tasks.insert(id, task);
    }
}

impl Task {
    fn adopt_container(
        &mut self,
        one: usize,
        kept: KeptContainer,
        id: Option<String>,
        phase: Phase,
        desk: &mut super::Desk<'_>,
    ) {
        let container = &mut self.containers[one];
        container.reported = kept.status;
        container.runtime_id = id.or(kept.runtime_id);
        container.digest = kept.digest;
        container.bindings = kept.bindings;
        container.started = kept.started;
        container.up_since = kept.started;
        container.exit_code = kept.exit_code;
        container.reason = kept.reason;
        container.restarts = kept.restarts;
        if let (Some(health), Some((status, since))) = (&mut container.health, kept.health) {
            health.status = status;
            health.since = since;
        }
        match (kept.status, phase) {
            (ContainerStatus::Stopped, _) => container.state = State::Stopped,
            (_, Phase::Running(started)) => {
                self.started(one, started.clone(), desk.now);
                let container = &mut self.containers[one];
                container.up_since = Some(started.at);
                // A clock that was set back meanwhile gives nobody more than the whole time.
                let wait = container.stop_timeout.unwrap_or(desk.settings.stop_timeout);
                container.stopping = kept.kill_at.map(|at| Stopping {
                    kill_at: at.min(desk.now + wait),
                    kills: 0,
                    is_told: true,
                });
            }
            (_, Phase::Exited(exit)) => self.found_exited(one, exit, desk),
            (ContainerStatus::Pending, Phase::Created) => container.state = State::Created,
            (ContainerStatus::Pending, Phase::Absent) => container.runtime_id = None,
            (ContainerStatus::Running, Phase::Created | Phase::Absent) => {
                container.state = State::Running;
                self.gone(one, desk.now);
            }
        }
    }
}
