//! A service's tasks, in order: by deployment and by how they stand.
//!
//! Invariants: once [`Roster::settle`] was called with a moment, every task is in the set of its standing at that moment, and counts
//! are the sizes of sets. A note of a task costs a few steps in sorted sets, however many tasks there are.
//! Not here: what follows from it.

use super::member::{Member, Phase, Standing, Whereabouts};
use crate::rules::Rules;
use domain::{
    key::Key,
    task::Task,
    time::{Millis, Timestamp},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// The tasks of one service that are not STOPPED or not tallied.
#[derive(Clone, Debug, Default)]
pub(crate) struct Roster {
    entries: BTreeMap<Key, Entry>,
    squads: BTreeMap<u64, Squad>,
    /// Tasks whose facts changed since they were put into their sets.
    stale: BTreeSet<Key>,
    /// When tasks stand otherwise by time alone.
    timers: BTreeSet<(Timestamp, Key)>,
    /// STOPPED tasks that are not tallied, by when they ended.
    ended: BTreeSet<(Timestamp, Key)>,
    /// Of a DAEMON.
    sites: Option<Sites>,
}

/// Tasks by instance.
#[derive(Clone, Debug, Default)]
struct Sites {
    /// PENDING and RUNNING ones.
    tasks: BTreeMap<Key, BTreeSet<Key>>,
    /// Instances whose tasks changed.
    moved: BTreeSet<Key>,
}

#[derive(Clone, Debug)]
struct Entry {
    member: Member,
    standing: Option<Standing>,
    is_protected: bool,
    changes: Option<Timestamp>,
}

/// The tasks of one deployment or task set.
#[derive(Clone, Debug, Default)]
pub(crate) struct Squad {
    /// By phase, on instances that are not DRAINING and on those that are.
    kept: [[BTreeSet<Key>; Phase::ALL.len()]; 2],
    /// To end, PENDING or RUNNING.
    pub(crate) leaving: usize,
    /// Past RUNNING, not STOPPED.
    pub(crate) closing: usize,
    /// Protected ones among the kept.
    pub(crate) protected: BTreeSet<Key>,
    /// How many are kept of each capacity provider.
    pub(crate) providers: BTreeMap<Arc<str>, i64>,
    /// How many are kept in each Availability Zone on instances that are not DRAINING.
    pub(crate) zones: BTreeMap<Arc<str>, i64>,
    /// When the last of its tasks ever known reached RUNNING.
    pub(crate) latest_start: Option<Timestamp>,
    /// The digests of the task that started first, of those that told any.
    pub(crate) digests: Option<(Timestamp, Key, BTreeMap<String, String>)>,
}

impl Squad {
    /// Kept tasks of one phase.
    pub(crate) fn set(&self, phase: Phase, is_draining: bool) -> &BTreeSet<Key> {
        &self.kept[usize::from(is_draining)][phase as usize]
    }

    /// How many of them.
    pub(crate) fn count(&self, phase: Phase, is_draining: bool) -> i64 {
        to_i64(self.set(phase, is_draining).len())
    }

    /// How many of them wherever they are.
    pub(crate) fn in_phase(&self, phase: Phase) -> i64 {
        self.count(phase, false) + self.count(phase, true)
    }

    /// Tasks that are to run.
    pub(crate) fn kept(&self) -> i64 {
        Phase::ALL.into_iter().map(|phase| self.in_phase(phase)).sum()
    }

    /// Tasks that are to run and can stay: neither unhealthy nor on a DRAINING instance.
    pub(crate) fn fresh(&self) -> i64 {
        let phases = Phase::ALL.into_iter().filter(|phase| *phase != Phase::Unhealthy);
        phases.map(|phase| self.count(phase, false)).sum()
    }

    /// PENDING and RUNNING tasks, whatever is wanted of them.
    pub(crate) fn live(&self) -> i64 {
        self.kept() + to_i64(self.leaving)
    }

    /// Whether no task of it is left that is not STOPPED.
    pub(crate) fn is_empty(&self) -> bool {
        self.live() == 0 && self.closing == 0
    }

    fn of(&mut self, standing: Standing) -> Option<&mut BTreeSet<Key>> {
        match standing {
            Standing::Kept(phase, is_draining) => {
                Some(&mut self.kept[usize::from(is_draining)][phase as usize])
            }
            Standing::Leaving | Standing::Closing | Standing::Ended | Standing::Over => None,
        }
    }
}

impl Roster {
    /// Takes note of a task as it is now.
    pub(crate) fn note(&mut self, key: &Key, member: Member, task: &Task) {
        self.remove(key);
        let squad = self.squads.entry(member.deployment).or_default();
        squad.latest_start = squad.latest_start.max(member.started_at);
        let is_first = |started: &Timestamp| {
            let first = squad.digests.as_ref();
            first.is_none_or(|(at, first, _)| (started, key) < (at, first))
        };
        if let Some(started) = member.started_at.filter(is_first) {
            let told = task.containers.iter();
            let told = told.filter_map(|it| Some((it.name.clone(), it.image_digest.clone()?)));
            let told: BTreeMap<_, _> = told.collect();
            if !told.is_empty() {
                squad.digests = Some((started, key.clone(), told));
            }
        }
        let entry = Entry { member, standing: None, is_protected: false, changes: None };
        self.entries.insert(key.clone(), entry);
        self.stale.insert(key.clone());
    }

    /// Takes note that a task is gone.
    pub(crate) fn remove(&mut self, key: &Key) {
        if let Some(entry) = self.entries.remove(key) {
            self.strike(key, &entry);
        }
        self.stale.remove(key);
    }

    /// Has a task looked at again: something around it changed.
    pub(crate) fn touch(&mut self, key: &Key) {
        if self.entries.contains_key(key) {
            self.stale.insert(key.clone());
        }
    }

    /// Has all tasks looked at again.
    pub(crate) fn touch_all(&mut self) {
        self.stale.extend(self.entries.keys().cloned());
    }

    /// Brings all sets up to `now`. `whereabouts` is asked for tasks whose standing may be another.
    pub(crate) fn settle(
        &mut self,
        now: Timestamp,
        grace: Millis,
        rules: &Rules,
        whereabouts: impl Fn(&Key, &Member) -> Whereabouts,
    ) {
        let mut again = std::mem::take(&mut self.stale);
        while let Some((at, key)) = self.timers.first()
            && *at <= now
        {
            again.insert(key.clone());
            self.timers.pop_first();
        }
        for key in again {
            let Some(mut entry) = self.entries.remove(&key) else { continue };
            self.strike(&key, &entry);
            let at = whereabouts(&key, &entry.member);
            let (standing, changes) = entry.member.stands(now, at, grace, rules);
            entry.standing = Some(standing);
            entry.changes = changes;
            entry.is_protected = entry.member.is_protected(now);
            if standing != Standing::Over {
                self.enter(&key, &entry);
                self.entries.insert(key, entry);
            }
        }
        // A deployment without tasks is not kept, but for what its last ones told.
        self.squads.retain(|_, squad| {
            !squad.is_empty() || squad.latest_start.is_some() || squad.digests.is_some()
        });
    }

    /// When a task stands otherwise by time alone.
    pub(crate) fn due(&self) -> Option<Timestamp> {
        self.timers.first().map(|(at, _)| *at)
    }

    /// Keeps tasks by instance from now on. All instances with tasks have changed since.
    pub(crate) fn keep_sites(&mut self) {
        if self.sites.is_some() {
            return;
        }
        let mut sites = Sites::default();
        for (key, member, standing) in self.members() {
            if let Some(instance) = member.instance.as_ref().filter(|_| is_there(standing)) {
                sites.tasks.entry(instance.clone()).or_default().insert(key.clone());
                sites.moved.insert(instance.clone());
            }
        }
        self.sites = Some(sites);
    }

    /// The instances whose tasks changed since this was asked last.
    pub(crate) fn take_moved(&mut self) -> BTreeSet<Key> {
        self.sites.as_mut().map(|sites| std::mem::take(&mut sites.moved)).unwrap_or_default()
    }

    /// PENDING and RUNNING tasks on an instance, where tasks are kept by instance.
    pub(crate) fn at(&self, instance: &Key) -> impl Iterator<Item = (&Key, &Member, Standing)> {
        let tasks = self.sites.as_ref().and_then(|sites| sites.tasks.get(instance));
        tasks.into_iter().flatten().filter_map(|key| {
            let entry = self.entries.get(key)?;
            Some((key, &entry.member, entry.standing?))
        })
    }

    /// The tasks of one deployment.
    pub(crate) fn squad(&self, deployment: u64) -> &Squad {
        static NONE: std::sync::LazyLock<Squad> = std::sync::LazyLock::new(Squad::default);
        self.squads.get(&deployment).unwrap_or(&NONE)
    }

    /// All of them.
    pub(crate) fn squads(&self) -> impl Iterator<Item = (u64, &Squad)> {
        self.squads.iter().map(|(number, squad)| (*number, squad))
    }

    /// STOPPED tasks that are not tallied, in the order in which they ended.
    pub(crate) fn ended(&self) -> impl Iterator<Item = (&Key, &Member)> {
        self.ended.iter().filter_map(|(_, key)| Some((key, &self.entries.get(key)?.member)))
    }

    /// A task.
    pub(crate) fn member(&self, key: &Key) -> Option<&Member> {
        self.entries.get(key).map(|entry| &entry.member)
    }

    /// How a task stands.
    pub(crate) fn standing(&self, key: &Key) -> Option<Standing> {
        self.entries.get(key).and_then(|entry| entry.standing)
    }

    /// All tasks that are not STOPPED or not tallied, and how they stand.
    fn members(&self) -> impl Iterator<Item = (&Key, &Member, Standing)> {
        self.entries.iter().filter_map(|(key, entry)| Some((key, &entry.member, entry.standing?)))
    }

    /// Whether there is no task.
    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Forgets what tasks of deployments told that are no longer there.
    pub(crate) fn forget_squads(&mut self, is_there: impl Fn(u64) -> bool) {
        self.squads.retain(|number, squad| is_there(*number) || !squad.is_empty());
    }

    fn enter(&mut self, key: &Key, entry: &Entry) {
        let member = &entry.member;
        let Some(standing) = entry.standing else { return };
        if let Some(at) = entry.changes {
            self.timers.insert((at, key.clone()));
        }
        if standing == Standing::Ended {
            self.ended.insert((member.stopped_at.unwrap_or(member.created_at), key.clone()));
        }
        if let Some(instance) = member.instance.as_ref()
            && let Some(sites) = &mut self.sites
            && is_there(standing)
        {
            sites.tasks.entry(instance.clone()).or_default().insert(key.clone());
            sites.moved.insert(instance.clone());
        }
        let squad = self.squads.entry(member.deployment).or_default();
        if let Some(set) = squad.of(standing) {
            set.insert(key.clone());
        }
        squad.leaving += usize::from(standing == Standing::Leaving);
        squad.closing += usize::from(standing == Standing::Closing);
        if let Standing::Kept(_, is_draining) = standing {
            if entry.is_protected {
                squad.protected.insert(key.clone());
            }
            count(&mut squad.providers, member.provider.as_ref(), 1);
            count(&mut squad.zones, member.zone.as_ref().filter(|_| !is_draining), 1);
        }
    }

    fn strike(&mut self, key: &Key, entry: &Entry) {
        let member = &entry.member;
        let Some(standing) = entry.standing else { return };
        if let Some(at) = entry.changes {
            self.timers.remove(&(at, key.clone()));
        }
        if standing == Standing::Ended {
            self.ended.remove(&(member.stopped_at.unwrap_or(member.created_at), key.clone()));
        }
        if let Some(instance) = member.instance.as_ref()
            && let Some(sites) = &mut self.sites
            && let Some(tasks) = sites.tasks.get_mut(instance)
        {
            tasks.remove(key);
            if tasks.is_empty() {
                sites.tasks.remove(instance);
            }
            sites.moved.insert(instance.clone());
        }
        let Some(squad) = self.squads.get_mut(&member.deployment) else { return };
        if let Some(set) = squad.of(standing) {
            set.remove(key);
        }
        squad.leaving -= usize::from(standing == Standing::Leaving);
        squad.closing -= usize::from(standing == Standing::Closing);
        if let Standing::Kept(_, is_draining) = standing {
            squad.protected.remove(key);
            count(&mut squad.providers, member.provider.as_ref(), -1);
            count(&mut squad.zones, member.zone.as_ref().filter(|_| !is_draining), -1);
        }
    }
}

/// PENDING or RUNNING.
fn is_there(standing: Standing) -> bool {
    matches!(standing, Standing::Kept(..) | Standing::Leaving)
}

fn count(counts: &mut BTreeMap<Arc<str>, i64>, name: Option<&Arc<str>>, by: i64) {
    let Some(name) = name else { return };
    let counted = counts.entry(Arc::clone(name)).or_default();
    *counted += by;
    if *counted == 0 {
        counts.remove(name);
    }
}

/// A count as the rules reckon with it.
pub(crate) fn to_i64(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
