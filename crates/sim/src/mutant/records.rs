//! Bugs in what is seen and what is written.

use super::Mutant;
use crate::world::Work;
use api::decide::Decision;
use control::rounds::index;
use domain::{
    deployment::{ServiceDeployment, ServiceDeploymentStatus, ServiceRevision},
    id::{DeploymentId, InstanceId, ServiceName},
    instance::{Assignment, ContainerInstance, Ledger},
    key::{Key, Prefix},
    record::Record,
    service::{Service, ServiceStatus, ServiceTask},
    status::{DesiredStatus, StopCode, TaskStatus},
    task::{ClientToken, Stop, Task},
    vpc::{NetworkInterface, SubnetAddress},
};
use planner::view::{Noted, View};
use std::sync::Arc;
use store::{Entry, Expect, Snapshot, Transaction, Write};
use wire::Value;

impl Mutant {
    /// Takes note of a record for a plane, not always as it is.
    pub(crate) fn note(self, view: &mut View, entry: &Entry) {
        let key = entry.key();
        match (self, key.table()) {
            (Self::MinimumIsIgnored | Self::MaximumIsIgnored, Some(Service::TABLE)) => {
                let mut service = read::<Service>(entry);
                match self {
                    Self::MinimumIsIgnored => service.configuration.minimum_healthy_percent = 0,
                    _ => service.configuration.maximum_percent = 1_000,
                }
                view.note(key, entry.modified(), Noted::Service(&Arc::new(service)));
            }
            (Self::ProtectionIsIgnored, Some(Task::TABLE)) => {
                let mut task = read::<Task>(entry);
                task.protected_until = None;
                view.note(key, entry.modified(), Noted::Task(&task));
            }
            _ => index::note(view, entry),
        }
    }

    /// Changes what a decision sees.
    pub(crate) fn of_snapshot(self, operation: &str, snapshot: &Snapshot) -> Option<Snapshot> {
        if operation != "RunTask" {
            return None;
        }
        let mut writes = Transaction::new();
        for entry in snapshot.entries(&Prefix::everything()) {
            match (self, entry.key().table()) {
                (Self::AddressesLookFree, Some(SubnetAddress::TABLE)) => {
                    writes.delete(entry.key(), Expect::Any);
                }
                (Self::PortsLookFree, Some(Ledger::TABLE)) => {
                    let mut ledger = read::<Ledger>(entry);
                    ledger.held.ports_tcp.clear();
                    writes.put(entry.key(), Expect::Any, ledger);
                }
                (Self::InstancesLookBigger, Some(ContainerInstance::TABLE)) => {
                    let mut instance = read::<ContainerInstance>(entry);
                    instance.registered.cpu *= 4;
                    instance.registered.memory *= 4;
                    writes.put(entry.key(), Expect::Any, instance);
                }
                _ => {}
            }
        }
        (!writes.is_empty()).then(|| snapshot.with(&writes).expect("nothing is expected"))
    }

    /// Changes what an operation answers and writes.
    pub(crate) fn of_decision(self, operation: &str, decision: &mut Decision) {
        let Ok((reply, writes)) = decision else { return };
        match self {
            Self::RepliesAreOdd => {
                if let (Value::Map(members), "RunTask") = (reply, operation) {
                    members.put("oddity", Value::Bool(true));
                }
            }
            Self::SomethingPanics if operation == "StopTask" => panic!("as planted"),
            Self::TokensAreForgotten => {
                for key in keys_of::<ClientToken>(writes) {
                    writes.delete(&key, Expect::Any);
                }
            }
            Self::PortsLookFree | Self::InstancesLookBigger | Self::AddressesLookFree
                if operation == "RunTask" =>
            {
                *writes = unexpecting(writes);
            }
            _ => {}
        }
    }

    /// Changes what is written.
    pub(crate) fn of_writes(
        self,
        work: &Work,
        snapshot: &Snapshot,
        mut writes: Transaction,
    ) -> Transaction {
        let operation = match work {
            Work::Call { call, .. } => call.operation,
            Work::Act { .. }
            | Work::Begin
            | Work::Open { .. }
            | Work::Close { .. }
            | Work::Health { .. } => "",
        };
        match self {
            Self::LedgerIsNotReleased => {
                let ended = |(_, task): &(Key, Task)| task.last == TaskStatus::Stopped;
                let ends = all::<Task>(&writes).iter().any(ended);
                put_back::<Ledger>(snapshot, &mut writes, |_| ends);
            }
            Self::AssignmentStays => {
                put_back::<Assignment>(snapshot, &mut writes, |after| after.is_none());
            }
            Self::IndexIsForgotten => {
                for key in keys_of::<ServiceTask>(&writes) {
                    writes.delete(&key, Expect::Any);
                }
            }
            Self::LateReportsWin | Self::StopsAreTakenBack | Self::ReportsMoveTasks
                if operation == "SubmitTaskStateChange" =>
            {
                self.of_report(&mut writes);
            }
            Self::EndsAreRetold => {
                change::<Task>(&mut writes, |task| {
                    if task.tallied && task.last == TaskStatus::Stopped {
                        let (code, reason) = (StopCode::UserInitiated, "told anew".to_owned());
                        task.stop = Some(Stop { code, reason });
                    }
                });
            }
            Self::TalliesAreNotAwaited if !all::<Service>(&writes).is_empty() => {
                let is_task = |entry: &&Entry| entry.key().table() == Some(Task::TABLE);
                for entry in snapshot.entries(&Prefix::everything()).filter(is_task) {
                    let task = read::<Task>(entry);
                    if task.last == TaskStatus::Stopped && !task.tallied && task.owner().is_some() {
                        writes.delete(entry.key(), Expect::Any);
                    }
                }
            }
            Self::SupersededGoesOn if operation == "UpdateService" => {
                put_back::<ServiceDeployment>(snapshot, &mut writes, |_| true);
            }
            Self::EventsAreSkipped
            | Self::RollbacksAreUndone
            | Self::StoriesBeginAgain
            | Self::DrainingIsTakenBack
            | Self::DigestsChange
                if operation.is_empty() =>
            {
                self.of_step(snapshot, &mut writes);
            }
            Self::AddressesAreShared => share_an_address(snapshot, &mut writes),
            Self::AddressesStay => {
                put_back::<SubnetAddress>(snapshot, &mut writes, |after| after.is_none());
            }
            Self::NothingIsExpected => return unexpecting(&writes),
            _ => {}
        }
        writes
    }

    fn of_report(self, writes: &mut Transaction) {
        change::<Task>(writes, |task| match self {
            Self::LateReportsWin => task.last = TaskStatus::Pending,
            Self::StopsAreTakenBack => task.desired = DesiredStatus::Running,
            _ => task.instance = Some(InstanceId::from_bytes([7; 16])),
        });
    }

    fn of_step(self, snapshot: &Snapshot, writes: &mut Transaction) {
        match self {
            Self::EventsAreSkipped => change::<Service>(writes, |service| service.next_event += 1),
            Self::RollbacksAreUndone => change::<Service>(writes, |service| {
                if let Some(primary) = service.deployments.first_mut()
                    && let Some(failed) = primary.rolls_back.take()
                {
                    // The way back was committed before: this step goes forward again.
                    let is_old = way_back_of(snapshot, &service.name).as_ref() == Some(&failed);
                    primary.rolls_back = Some(failed.clone());
                    if is_old {
                        primary.id = failed;
                        primary.rolls_back = None;
                    }
                }
            }),
            Self::StoriesBeginAgain => {
                let is_story =
                    |entry: &&Entry| entry.key().table() == Some(ServiceDeployment::TABLE);
                for entry in snapshot.entries(&Prefix::everything()).filter(is_story) {
                    let mut story = read::<ServiceDeployment>(entry);
                    if story.status.is_over() && !all::<Service>(writes).is_empty() {
                        story.status = ServiceDeploymentStatus::InProgress;
                        writes.put(entry.key(), Expect::Any, story);
                    }
                }
            }
            Self::DigestsChange => {
                let is_revision =
                    |entry: &&Entry| entry.key().table() == Some(ServiceRevision::TABLE);
                for entry in snapshot.entries(&Prefix::everything()).filter(is_revision) {
                    let mut revision = read::<ServiceRevision>(entry);
                    for image in revision.images.iter_mut().filter(|image| image.digest.is_some()) {
                        image.digest = Some("sha256:other".to_owned());
                    }
                    let changes = revision != read::<ServiceRevision>(entry);
                    if changes && !all::<Service>(writes).is_empty() {
                        writes.put(entry.key(), Expect::Any, revision);
                    }
                }
            }
            _ => change::<Service>(writes, |service| {
                if service.status == ServiceStatus::Draining {
                    service.status = ServiceStatus::Active;
                }
            }),
        }
    }
}

/// Gives new interfaces the address of one that is there.
fn share_an_address(snapshot: &Snapshot, writes: &mut Transaction) {
    let is_interface = |entry: &&Entry| entry.key().table() == Some(NetworkInterface::TABLE);
    let there: Vec<NetworkInterface> =
        snapshot.entries(&Prefix::everything()).filter(is_interface).map(read).collect();
    change::<NetworkInterface>(writes, |interface| {
        let other = there.iter().find(|it| it.subnet == interface.subnet && it.id != interface.id);
        if let Some(other) = other {
            interface.addresses.clone_from(&other.addresses);
        }
    });
}

/// The failed deployment that a service is on its way back from.
fn way_back_of(snapshot: &Snapshot, service: &ServiceName) -> Option<DeploymentId> {
    let is_it = |entry: &&Entry| {
        entry.key().table() == Some(Service::TABLE) && entry.key().last() == service.as_str()
    };
    let entry = snapshot.entries(&Prefix::everything()).find(is_it)?;
    read::<Service>(entry).primary()?.rolls_back.clone()
}

fn read<R: Record + Clone>(entry: &Entry) -> R {
    (*entry.read::<R>().expect("readable").record).clone()
}

fn keys_of<R: Record>(writes: &Transaction) -> Vec<Key> {
    let of = |(key, _): &(&Key, Write<'_>)| key.table() == Some(R::TABLE);
    writes.writes().filter(of).map(|(key, _)| key.clone()).collect()
}

/// The records of a table that are put.
fn all<R: Record + Clone>(writes: &Transaction) -> Vec<(Key, R)> {
    let put = |key: Key| {
        let pending = writes.pending::<R>(&key).expect("typed")?;
        Some((key, (*pending).clone()))
    };
    keys_of::<R>(writes).into_iter().filter_map(put).collect()
}

/// Changes every record of a table that is put.
fn change<R: Record + Clone>(writes: &mut Transaction, mut change: impl FnMut(&mut R)) {
    for (key, mut record) in all::<R>(writes) {
        change(&mut record);
        writes.put(&key, Expect::Any, record);
    }
}

/// Leaves records of a table as they are, if what they would become is so.
fn put_back<R: Record + Clone>(
    snapshot: &Snapshot,
    writes: &mut Transaction,
    is_so: impl Fn(Option<&R>) -> bool,
) {
    for key in keys_of::<R>(writes) {
        let after = writes.pending::<R>(&key).expect("typed");
        let before = snapshot.get::<R>(&key).expect("readable");
        if let Some(before) = before.filter(|_| is_so(after.as_deref())) {
            writes.put(&key, Expect::Any, (*before.record).clone());
        }
    }
}

/// The same writes without what they assume; of tables that many write at once.
fn unexpecting(writes: &Transaction) -> Transaction {
    let mut out = Transaction::new();
    for (key, write) in writes.writes() {
        match (key.table(), write) {
            (_, Write::Delete) => out.delete(key, Expect::Any),
            (Some(Task::TABLE), _) => put_again::<Task>(writes, key, &mut out),
            (Some(Ledger::TABLE), _) => put_again::<Ledger>(writes, key, &mut out),
            (Some(Assignment::TABLE), _) => put_again::<Assignment>(writes, key, &mut out),
            (Some(Service::TABLE), _) => put_again::<Service>(writes, key, &mut out),
            (Some(NetworkInterface::TABLE), _) => {
                put_again::<NetworkInterface>(writes, key, &mut out);
            }
            (Some(SubnetAddress::TABLE), _) => put_again::<SubnetAddress>(writes, key, &mut out),
            (Some(ClientToken::TABLE), _) => {
                put_again::<ClientToken>(writes, key, &mut out);
                out.expect(key, Expect::Absent);
            }
            _ => return writes.clone(),
        }
    }
    out
}

fn put_again<R: Record + Clone>(writes: &Transaction, key: &Key, out: &mut Transaction) {
    if let Some(pending) = writes.pending::<R>(key).expect("typed") {
        out.put(key, Expect::Any, (*pending).clone());
    }
}
