//! A commit being prepared: tasks change in it, and with them everything that follows from them.
//!
//! ```text
//!            make / seat          change            stop                end             forget
//! Task         put                  put               put                put (STOPPED)   delete
//! ServiceTask  put                                                                       delete
//! Assignment   put                                    put (STOPPED)      delete
//! Ledger       admit                advance                              release
//! Interface    put                                                       delete
//! Address      put                                                       delete      (public ones too)
//! ```
//! (Interface and address: of tasks in awsvpc mode. One for which there is none is made STOPPED at once, and says why.)
//!
//! Invariants: every record is expected at the revision at which it was read, so that of two commits that decided on the same record one
//! is refused. Several tasks of one instance may change in one draft: their ledger is written once. A task changes once in a draft.

#[cfg(test)]
mod tests;

use crate::{
    blueprint::{Blueprint, sit},
    ids::Ids,
    network,
    seat::Seat,
};
use domain::{
    block::Block,
    fargate::{self, PoolHost},
    id::{Scope, ServiceName},
    instance::{Assignment, ContainerInstance, Ledger, Resources},
    key::Key,
    service::ServiceTask,
    status::{DesiredStatus, InstanceStatus, StopCode, TaskStatus},
    task::{Stop, Task},
    time::Timestamp,
    vpc::TaskNetwork,
};
use std::collections::{BTreeMap, BTreeSet};
use store::{Expect, Found, ReadError, Snapshot, Transaction};

/// Changes of tasks, to be committed together.
#[derive(Debug)]
pub struct Draft<'s> {
    snapshot: &'s Snapshot,
    scope: Scope,
    now: Timestamp,
    ledgers: BTreeMap<Key, (Expect, Ledger)>,
    /// Addresses that tasks of this draft have.
    addresses: BTreeSet<Key>,
    /// Where public addresses come from.
    public_addresses: Option<Block>,
    writes: Transaction,
}

impl<'s> Draft<'s> {
    /// Without any change. All tasks are of `scope`.
    pub fn new(snapshot: &'s Snapshot, scope: &Scope, now: Timestamp) -> Self {
        let (ledgers, addresses) = (BTreeMap::new(), BTreeSet::new());
        let writes = Transaction::new();
        let (scope, public_addresses) = (scope.clone(), None);
        Self { snapshot, scope, now, ledgers, addresses, public_addresses, writes }
    }

    /// The same, where tasks that ask for a public address get one of `pool`. Elsewhere they get none, and end.
    #[must_use]
    pub fn with_public_addresses(self, pool: Block) -> Self {
        Self { public_addresses: Some(pool), ..self }
    }

    /// An instance's ledger with the changes made so far.
    pub fn ledger<'a>(&'a self, seat: &'a Seat) -> &'a Ledger {
        self.ledgers.get(&self.ledger_key(seat)).map_or(&seat.ledger, |(_, ledger)| ledger)
    }

    /// Makes a task on the instance of `seat`, where it holds `held`. Of `ids` no other task may be made.
    ///
    /// # Errors
    /// If a record cannot be read.
    pub fn make(
        &mut self,
        blueprint: &Blueprint,
        ids: &Ids,
        provider: Option<&str>,
        seat: &Seat,
        held: Resources,
    ) -> Result<Task, ReadError> {
        let mut task = blueprint.seated(ids, provider, seat, held, self.now);
        self.connect(&mut task, blueprint.network.as_ref(), seat)?;
        self.enter(blueprint, &task);
        self.admit(&task, seat);
        Ok(task)
    }

    /// Makes a task that waits for an instance. Of `ids` no other task may be made.
    pub fn make_waiting(
        &mut self,
        blueprint: &Blueprint,
        ids: &Ids,
        provider: Option<&str>,
    ) -> Task {
        let task = blueprint.waiting(ids, provider, self.now);
        self.enter(blueprint, &task);
        task
    }

    /// Gives a task that waits its instance. `blueprint` is what it was made from.
    ///
    /// # Errors
    /// If a record cannot be read.
    pub fn seat(
        &mut self,
        before: &Found<Task>,
        blueprint: &Blueprint,
        seat: &Seat,
        held: Resources,
    ) -> Result<Task, ReadError> {
        debug_assert_eq!(before.last, TaskStatus::Provisioning, "{} waits for nothing", before.id);
        let mut task = Task::clone(&before.record);
        sit(&mut task, &blueprint.definition, seat, held);
        task.version += 1;
        self.connect(&mut task, blueprint.network.as_ref(), seat)?;
        self.writes.put(&before.key, Expect::Revision(before.modified), task.clone());
        self.admit(&task, seat);
        Ok(task)
    }

    /// Puts `after` in the place of `before`, on the same instance.
    ///
    /// # Errors
    /// If a record cannot be read.
    pub fn change(&mut self, before: &Found<Task>, mut after: Task) -> Result<(), ReadError> {
        debug_assert!(after.last >= before.last, "{} goes back to {}", before.last, after.last);
        debug_assert_eq!(after.instance, before.instance, "{} moves", before.id);
        if let Some((cluster, instance)) = before.host() {
            if after.last != before.last {
                let key = Ledger::key(&self.scope, cluster, instance);
                if let Some(ledger) = self.ledger_mut(&key)? {
                    count(ledger, before, after.last);
                }
            }
            let assignment = Assignment::key(&self.scope, cluster, instance, &before.id);
            if after.last == TaskStatus::Stopped {
                if before.last != TaskStatus::Stopped {
                    self.writes.delete(&assignment, Expect::Any);
                }
            } else if after.desired != before.desired {
                self.writes.put(&assignment, Expect::Any, Assignment::to(&after));
            }
        }
        if after.last == TaskStatus::Stopped && before.last != TaskStatus::Stopped {
            network::give_back(self.snapshot, &self.scope, before, &mut self.writes)?;
            network::mark_deleted(&mut after);
        }
        self.writes.put(&before.key, Expect::Revision(before.modified), after);
        Ok(())
    }

    /// Makes STOPPED what is wanted of a task, and answers the task as it is then. Its agent reports when it is true; one that no agent
    /// has or will hear of is STOPPED at once. Changes nothing where STOPPED is wanted already: the first reason stays.
    ///
    /// # Errors
    /// If a record cannot be read.
    pub fn stop(&mut self, before: &Found<Task>, stop: Stop) -> Result<Task, ReadError> {
        let mut after = Task::clone(&before.record);
        if before.desired == DesiredStatus::Stopped {
            return Ok(after);
        }
        if self.has_host(before)? {
            after.desired = DesiredStatus::Stopped;
            after.stop = Some(stop);
            after.stopping_at = Some(self.now);
            after.version += 1;
        } else {
            after.end(stop, self.now);
            network::mark_deleted(&mut after);
        }
        self.change(before, after.clone())?;
        Ok(after)
    }

    /// Makes a task STOPPED without its host's word. Changes nothing of a task that is STOPPED.
    ///
    /// # Errors
    /// If a record cannot be read.
    pub fn end(&mut self, before: &Found<Task>, stop: Stop) -> Result<(), ReadError> {
        if before.last == TaskStatus::Stopped {
            return Ok(());
        }
        let mut after = Task::clone(&before.record);
        after.end(stop, self.now);
        self.change(before, after)
    }

    /// As [`Self::end`], of a task whose host is gone. The owner of a task of Fargate never knew of a host, and is told nothing of it.
    ///
    /// # Errors
    /// If a record cannot be read.
    pub fn lose(&mut self, before: &Found<Task>, stop: Stop) -> Result<(), ReadError> {
        if !before.is_fargate() {
            return self.end(before, stop);
        }
        self.end(before, fargate::maintenance())
    }

    /// Deletes a task that is STOPPED.
    pub fn forget(&mut self, task: &Found<Task>) {
        debug_assert_eq!(task.last, TaskStatus::Stopped, "{} is forgotten", task.id);
        self.writes.delete(&task.key, Expect::Revision(task.modified));
        if let Some(index) = self.index_key(task) {
            self.writes.delete(&index, Expect::Any);
        }
    }

    /// What else is written and expected in the same commit.
    pub fn writes(&mut self) -> &mut Transaction {
        &mut self.writes
    }

    /// All writes.
    pub fn finish(mut self) -> Transaction {
        for (key, (seen, ledger)) in self.ledgers {
            self.writes.put(&key, seen, ledger);
        }
        self.writes
    }

    fn enter(&mut self, blueprint: &Blueprint, task: &Task) {
        let definition = &blueprint.definition;
        self.writes.expect(&definition.key, Expect::Revision(definition.modified));
        let key = Task::key(&self.scope, &task.cluster, &task.id);
        self.writes.put(&key, Expect::Absent, task.clone());
        if let Some(index) = self.index_key(task) {
            self.writes.put(&index, Expect::Absent, ServiceTask {});
        }
    }

    /// Gives a task that has a network of its own its interface, or ends it.
    fn connect(
        &mut self,
        task: &mut Task,
        network: Option<&TaskNetwork>,
        seat: &Seat,
    ) -> Result<(), ReadError> {
        if task.demand.enis == 0 && network.is_none() {
            return Ok(());
        }
        let room = network::Room {
            snapshot: self.snapshot,
            scope: &self.scope,
            taken: &self.addresses,
            public: self.public_addresses,
        };
        match network::choose(&room, (task, network), seat, self.now)? {
            Ok(made) => made.enter(&self.scope, task, &mut self.addresses, &mut self.writes),
            Err(refusal) => {
                let stop = Stop { code: StopCode::TaskFailedToStart, reason: refusal.reason() };
                task.end(stop, self.now);
            }
        }
        Ok(())
    }

    /// Enters a task in the books of its instance, unless it ended there before it began.
    fn admit(&mut self, task: &Task, seat: &Seat) {
        if task.last == TaskStatus::Stopped {
            return;
        }
        let key = self.ledger_key(seat);
        let (_, ledger) = self
            .ledgers
            .entry(key)
            .or_insert_with(|| (seat.ledger_seen, Ledger::clone(&seat.ledger)));
        ledger.admit(&task.demand, &task.booked_group(), task.last);
        let instance = &seat.instance;
        let assignment = Assignment::key(&self.scope, &instance.cluster, &instance.id, &task.id);
        self.writes.put(&assignment, Expect::Absent, Assignment::to(task));
        self.writes.expect(&instance.key, Expect::Revision(instance.modified));
        // Whoever takes the host out of the pool's service at this moment has it so for this task too.
        if let Some(host) = seat.pool.as_ref().filter(|_| task.is_fargate()) {
            let key = PoolHost::key(&self.scope, &instance.cluster, &instance.id);
            self.writes.expect(&key, Expect::Revision(host.modified));
        }
    }

    /// The ledger at `key` with the changes made so far. One that does not exist (its instance is long gone) stays so.
    fn ledger_mut(&mut self, key: &Key) -> Result<Option<&mut Ledger>, ReadError> {
        if !self.ledgers.contains_key(key) {
            let Some(found) = self.snapshot.get::<Ledger>(key)? else { return Ok(None) };
            let ledger = (Expect::Revision(found.modified), Ledger::clone(&found.record));
            self.ledgers.insert(key.clone(), ledger);
        }
        Ok(self.ledgers.get_mut(key).map(|(_, ledger)| ledger))
    }

    /// Whether there is an agent that has the task or will be told of it.
    fn has_host(&self, task: &Task) -> Result<bool, ReadError> {
        let Some((cluster, id)) = task.host() else { return Ok(false) };
        let key = ContainerInstance::key(&self.scope, cluster, id);
        let instance = self.snapshot.get::<ContainerInstance>(&key)?;
        Ok(instance.is_some_and(|instance| instance.status != InstanceStatus::Inactive))
    }

    fn index_key(&self, task: &Task) -> Option<Key> {
        let service = ServiceName::parse(task.owner()?.service).ok()?;
        Some(ServiceTask::key(&self.scope, &task.cluster, &service, &task.id))
    }

    fn ledger_key(&self, seat: &Seat) -> Key {
        Ledger::key(&self.scope, &seat.instance.cluster, &seat.instance.id)
    }
}

/// Counts a task under its new status, or strikes it out. One that was never entered is a bug elsewhere, which must not keep the task
/// from ending.
fn count(ledger: &mut Ledger, before: &Task, last: TaskStatus) {
    let group = before.booked_group();
    if !ledger.may_have(&group, before.last) {
        tracing::error!(task = %before.id, last = %before.last, "a task moves that is not in its instance's ledger");
    } else if last == TaskStatus::Stopped {
        ledger.release(&before.demand, &group, before.last);
    } else {
        ledger.advance(&group, before.last, last);
    }
}
