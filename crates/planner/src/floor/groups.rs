//! Which group has how many tasks on which instance, by numbers for both.

use domain::instance::Ledger;
use std::{collections::BTreeMap, sync::Arc};

/// A cluster's groups.
#[derive(Clone, Debug, Default)]
pub(super) struct Groups {
    numbers: BTreeMap<Arc<str>, u32>,
    /// By a group's number: tasks that are not STOPPED, by slot.
    tasks: Vec<BTreeMap<u32, i64>>,
    free: Vec<u32>,
}

impl Groups {
    /// The number of a group that may be new.
    pub(super) fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.free.pop().unwrap_or_else(|| {
            self.tasks.push(BTreeMap::new());
            u32::try_from(self.tasks.len() - 1).expect("there are fewer than 2^32 groups")
        });
        self.numbers.insert(name.into(), number);
        number
    }

    /// A group's instances.
    pub(super) fn tasks(&self, group: u32) -> &BTreeMap<u32, i64> {
        &self.tasks[group as usize]
    }

    /// How many tasks a group has on an instance.
    pub(super) fn tasks_on(&self, group: u32, slot: u32) -> i64 {
        self.tasks(group).get(&slot).copied().unwrap_or(0)
    }

    /// Adds to the tasks of a group on an instance.
    pub(super) fn add(&mut self, group: u32, slot: u32, tasks: i64) {
        let of_group = &mut self.tasks[group as usize];
        let there = of_group.entry(slot).or_insert(0);
        *there += tasks;
        if *there == 0 {
            of_group.remove(&slot);
        }
    }

    /// Takes over what changed from one ledger of an instance to the next, and names the groups that it is about.
    pub(super) fn follow(
        &mut self,
        slot: u32,
        before: Option<&Ledger>,
        after: Option<&Ledger>,
        mut changed: impl FnMut(u32),
    ) {
        let nothing = Ledger::default();
        let changes = after.unwrap_or(&nothing).regrouped(before.unwrap_or(&nothing));
        for (name, had, has) in changes {
            let group = self.number(name);
            self.add(group, slot, has - had);
            changed(group);
        }
    }

    /// Frees the numbers of groups without tasks that nobody uses.
    pub(super) fn sweep(&mut self, is_used: impl Fn(u32) -> bool) {
        let (tasks, free) = (&self.tasks, &mut self.free);
        self.numbers.retain(|_, number| {
            let keeps = !tasks[*number as usize].is_empty() || is_used(*number);
            if !keeps {
                free.push(*number);
            }
            keeps
        });
    }
}
