//! An instance with what was placed on it and is in no ledger yet.

use crate::candidate::Candidate;
use domain::{fargate, instance::Resources};
use std::{collections::BTreeMap, sync::Arc};

/// What tasks hold that were placed, but not written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Booked {
    /// Sum over those tasks.
    pub held: Resources,
    /// How many of each group.
    pub groups: BTreeMap<Arc<str>, i64>,
}

impl Booked {
    /// One more task of `group` that holds `held`.
    pub fn add(&mut self, held: &Resources, group: &str) {
        self.held.take(held);
        match self.groups.get_mut(group) {
            Some(tasks) => *tasks += 1,
            None => {
                self.groups.insert(group.into(), 1);
            }
        }
    }
}

/// A candidate at one moment of a draft.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// By its records.
    pub candidate: Candidate<'a>,
    /// Beside them.
    pub booked: Option<&'a Booked>,
}

impl<'a> From<Candidate<'a>> for Row<'a> {
    fn from(candidate: Candidate<'a>) -> Self {
        Self { candidate, booked: None }
    }
}

impl<'a> Row<'a> {
    /// CPU units that nobody holds.
    pub fn cpu_left(&self) -> i64 {
        self.left(|resources| resources.cpu)
    }

    /// MiB that nobody holds.
    pub fn memory_left(&self) -> i64 {
        self.left(|resources| resources.memory)
    }

    /// GPUs that nobody holds, counted.
    pub(crate) fn gpus_left(&self) -> i64 {
        self.left(|resources| i64::try_from(resources.gpus.len()).unwrap_or(i64::MAX))
    }

    /// Network interfaces for tasks that nobody holds.
    pub(crate) fn interfaces_left(&self) -> i64 {
        self.left(|resources| resources.enis)
    }

    /// GPUs that nobody holds.
    pub(crate) fn free_gpus(&self) -> impl Iterator<Item = &'a String> {
        let (held, booked) = (&self.candidate.ledger.held.gpus, self.booked);
        let is_booked = move |gpu: &String| booked.is_some_and(|it| it.held.gpus.contains(gpu));
        let all = self.candidate.instance.registered.gpus.iter();
        all.filter(move |gpu| !held.contains(*gpu) && !is_booked(gpu))
    }

    /// Whether the host or a task has a port of those that `ports` selects.
    pub(crate) fn has_port(
        &self,
        ports: fn(&Resources) -> &std::collections::BTreeSet<u16>,
        port: u16,
    ) -> bool {
        ports(&self.candidate.instance.registered).contains(&port)
            || ports(&self.candidate.ledger.held).contains(&port)
            || self.booked.is_some_and(|booked| ports(&booked.held).contains(&port))
    }

    /// Whether a task of `group` is there that is not STOPPED.
    pub(crate) fn has_group(&self, group: &str) -> bool {
        self.candidate.ledger.groups.contains_key(group)
            || self.booked.is_some_and(|booked| booked.groups.contains_key(group))
    }

    /// The groups of tasks that are not STOPPED; one may come twice. Those of Fargate's tasks are left out: nobody sees them here.
    pub(crate) fn groups(&self) -> impl Iterator<Item = &'a str> {
        let booked = self.booked.into_iter().flat_map(|booked| booked.groups.keys());
        let written = self.candidate.ledger.groups.keys();
        let groups = written.chain(booked).map(|group| &**group);
        groups.filter(|group| fargate::cluster_of_booked(group).is_none())
    }

    /// How many tasks of `group` are there that are not STOPPED.
    pub(crate) fn tasks_of(&self, group: &str) -> i64 {
        let written = self.candidate.ledger.groups.get(group).copied().unwrap_or(0);
        let booked = self.booked.and_then(|booked| booked.groups.get(group)).copied();
        written + booked.unwrap_or(0)
    }

    fn left(&self, amount: impl Fn(&Resources) -> i64) -> i64 {
        let booked = self.booked.map_or(0, |booked| amount(&booked.held));
        amount(&self.candidate.instance.registered) - amount(&self.candidate.ledger.held) - booked
    }
}
