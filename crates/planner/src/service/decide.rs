//! Which services are decided in a plan, and what becomes of each by its status.

use super::{
    daemon,
    known::{Known, Services, definition_key, has_checks, templates},
    member::{Member, Phase, Whereabouts},
    replica, seat,
    step::{Facts, Mould, Site, Step, TASKS_PER_STEP_MAX, number},
    tally, task_set, version, words,
};
use crate::{
    floor::Draft,
    plan::{ACTIONS_MAX, Action, Turn},
    view::{
        View,
        keys::{scope_of, scope_text},
        known::{KnownDefinition, KnownInstance, KnownTask},
    },
};
use domain::{
    capacity::CapacityProvider,
    deployment::RolloutState,
    instance::ContainerInstance,
    key::Key,
    record::Record,
    service::{Controller, SchedulingStrategy, ServiceStatus},
    status::InstanceStatus,
    time::{Millis, Timestamp},
};
use std::{
    collections::{BTreeMap, BTreeSet, btree_map::Entry},
    ops::Bound,
    sync::Arc,
};

/// How many tasks one plan makes at most, so that the first of them do not wait for the last.
const LAUNCHES_MAX: usize = 1024;

/// Whatever a decision looks at besides the services themselves.
#[derive(Clone, Copy)]
pub(crate) struct Around<'a> {
    pub(crate) tasks: &'a BTreeMap<Key, KnownTask>,
    pub(crate) instances: &'a BTreeMap<Key, KnownInstance>,
    pub(crate) definitions: &'a BTreeMap<Key, KnownDefinition>,
    pub(crate) providers: &'a BTreeMap<Key, Arc<CapacityProvider>>,
    pub(crate) alarms: &'a BTreeSet<(String, String)>,
    pub(crate) waiting: &'a BTreeMap<Key, BTreeSet<(Timestamp, Key)>>,
    pub(crate) rules: &'a crate::rules::Rules,
    pub(crate) now: Timestamp,
}

impl<'a> Around<'a> {
    fn whereabouts(&self, task: &Key, member: &Member) -> Whereabouts {
        let Some(known) = self.tasks.get(task) else { return Whereabouts::default() };
        let definition = self.definitions.get(&known.definition);
        let instance = known.instance.as_ref().and_then(|key| self.instances.get(key));
        Whereabouts {
            has_checks: definition.is_some_and(|it| it.record.as_deref().is_some_and(has_checks)),
            is_draining: instance.is_some_and(|it| {
                if member.is_fargate { it.is_draining_in_pool() } else { it.is_draining() }
            }),
            is_away: instance.is_some_and(|it| !it.is_connected()),
        }
    }

    pub(crate) fn provider(&self, scope: &Key, name: &str) -> Option<&'a CapacityProvider> {
        let key = CapacityProvider::key(&scope_of(scope), name);
        self.providers.get(&key).map(|it| &**it)
    }

    fn site(&self, key: &Key) -> Option<Site<'a>> {
        let known = self.instances.get(key)?;
        Some(Site { record: known.record.as_deref()?, link: known.link.as_deref() })
    }
}

/// Decides the services of `due` and gives tasks that wait their instances: daemons first, as they are to be there before others.
/// Answers whether something is left for the next plan.
pub(crate) fn decide_all(
    view: &mut View,
    due: Vec<Key>,
    now: Timestamp,
    actions: &mut Vec<Action>,
) -> bool {
    let stirred = std::mem::take(&mut view.stirred);
    let mut agenda: Vec<(Key, Option<Timestamp>)> = Vec::new();
    let mut blocked: Vec<(Key, bool)> = Vec::new();
    let mut is_left = false;
    let mut still: BTreeSet<Key> = BTreeSet::new();
    {
        let View { services, floors, tasks, instances, definitions, providers, .. } = view;
        let (alarms, waiting, rules) = (&view.alarms, &view.waiting, &view.rules);
        let around =
            Around { tasks, instances, definitions, providers, alarms, waiting, rules, now };
        let mut draft = floors.draft();
        let (daemons, others): (Vec<_>, Vec<_>) =
            due.into_iter().partition(|key| is_daemon(services, key));
        let mut launched = 0;
        for (at, key) in daemons.iter().chain(&others).enumerate() {
            if at == daemons.len() {
                still = seat::seat_all(&around, services, &mut draft, &stirred, actions);
            }
            if launched >= LAUNCHES_MAX || actions.len() >= ACTIONS_MAX {
                is_left = true;
                if at < daemons.len() {
                    still.clone_from(&stirred);
                }
                break;
            }
            let Some(known) = services.known.get_mut(key) else { continue };
            let looked = decide(key, known, &around, &mut draft);
            blocked.push((key.clone(), looked.is_blocked));
            launched += looked.launches;
            match looked.action {
                // It stays due: should the action be lost, the next plan has it again.
                Some(action) => actions.push(action),
                None => agenda.push((key.clone(), looked.due)),
            }
        }
        if others.is_empty() && !is_left {
            still = seat::seat_all(&around, services, &mut draft, &stirred, actions);
        }
    }
    for (key, is_blocked) in blocked {
        view.services.block(&key, is_blocked);
    }
    for (key, due) in agenda {
        view.schedule(&key, due);
    }
    view.stirred.extend(still);
    is_left
}

fn is_daemon(services: &Services, key: &Key) -> bool {
    let known = services.known.get(key).and_then(|known| known.record.as_ref());
    known.is_some_and(|(_, service)| service.scheduling == SchedulingStrategy::Daemon)
}

/// What came of a look at a service.
#[derive(Default)]
struct Looked {
    action: Option<Action>,
    launches: usize,
    due: Option<Timestamp>,
    is_blocked: bool,
}

fn decide(key: &Key, known: &mut Known, around: &Around<'_>, draft: &mut Draft<'_>) -> Looked {
    let Some((seen, service)) = known.record.clone() else { return Looked::default() };
    let grace = Millis::from_s(service.grace_s.unwrap_or(0).max(0));
    let is_daemon = service.scheduling == SchedulingStrategy::Daemon;
    if is_daemon {
        known.roster.keep_sites();
    }
    known
        .roster
        .settle(around.now, grace, around.rules, |task, member| around.whereabouts(task, member));
    let moved = known.roster.take_moved();
    for (id, template) in templates(&service) {
        let Entry::Vacant(mould) = known.moulds.entry(number(id)) else { continue };
        let definition = around.definitions.get(&definition_key(key, &template.definition));
        if let Some(definition) = definition.and_then(|it| it.record.as_deref()) {
            mould.insert(Mould::of(definition, &service, template));
        }
    }
    let scope = scope_text(key);
    let facts = Facts {
        key,
        cluster: &known.cluster,
        group: &known.group,
        seen,
        service: &service,
        roster: &known.roster,
        moulds: &known.moulds,
        unresolved: &known.unresolved,
        providers: &|name| around.provider(key, name),
        site: &|key| around.site(key),
        is_alarmed: &|name| around.alarms.contains(&(scope.to_owned(), name.to_owned())),
        waiting: around.waiting.get(&known.cluster).map_or(0, BTreeSet::len),
        now: around.now,
    };
    if is_daemon {
        known.posts.refresh(&facts, moved, instances_of(around, facts.cluster));
    }
    let step = look(&facts, &known.posts, draft);
    let due = step.due.into_iter().chain(known.roster.due()).min();
    let (is_blocked, launches) = (step.is_blocked, step.launches.len());
    let over = around.rules.service_over(&service).filter(|_| known.roster.is_empty());
    let action = match step.finish(&facts) {
        Some(step) => Some(Action::Serve(Box::new(step))),
        None if over.is_some_and(|over| over <= around.now) => {
            Some(Action::Forget { record: key.clone(), why: "INACTIVE for long enough".into() })
        }
        None => None,
    };
    Looked { action, launches, due: over.or(due), is_blocked }
}

fn look(facts: &Facts<'_>, posts: &daemon::Posts, draft: &mut Draft<'_>) -> Step {
    let mut step = Step::new(facts);
    tally::tally(facts, &mut step);
    match facts.service.status {
        ServiceStatus::Inactive => return step,
        ServiceStatus::Draining => drain(facts, &mut step),
        ServiceStatus::Active => {
            match (facts.service.controller, facts.service.scheduling) {
                (Controller::External, _) => task_set::serve(facts, &mut step, draft),
                (Controller::Ecs, SchedulingStrategy::Replica) => {
                    replica::serve(facts, &mut step, draft);
                }
                (Controller::Ecs, SchedulingStrategy::Daemon) => {
                    daemon::serve(facts, &mut step, draft, posts);
                }
            }
            version::resolve(facts, &mut step);
        }
    }
    step
}

/// The instances of a cluster that take part in it.
fn instances_of<'a>(around: &Around<'a>, cluster: &Key) -> impl Iterator<Item = &'a Key> {
    let prefix =
        format!("{}/{}/{}/", scope_text(cluster), ContainerInstance::TABLE, cluster.last());
    let from = (Bound::Included(Key::from_text(prefix.as_str())), Bound::Unbounded);
    let all = around.instances.range(from);
    let all = all.take_while(move |(key, _)| key.as_str().starts_with(&prefix));
    let is_active = |known: &KnownInstance| {
        known.record.as_ref().is_some_and(|it| it.status == InstanceStatus::Active)
    };
    all.filter(move |(_, known)| is_active(known)).map(|(key, _)| key)
}

/// A deleted service loses all its tasks, protected or not; when the last one has ended it is INACTIVE.
fn drain(facts: &Facts<'_>, step: &mut Step) {
    let ids: Vec<_> = templates(facts.service).map(|(id, _)| id).collect();
    let (mut running, mut pending) = (Vec::new(), Vec::new());
    for (squad_of, squad) in facts.roster.squads() {
        let id = ids.iter().find(|id| number(id) == squad_of);
        let reason = id.map_or_else(|| "Service was deleted".into(), |id| words::scaling(id));
        for pile in Phase::ALL.into_iter().flat_map(|phase| [(phase, false), (phase, true)]) {
            let tasks = squad.set(pile.0, pile.1).iter().take(TASKS_PER_STEP_MAX);
            let tasks: Vec<Key> = tasks.cloned().collect();
            let stopped = step.stop(&tasks, &reason);
            let list = if pile.0.is_running() { &mut running } else { &mut pending };
            list.extend_from_slice(&tasks[..stopped]);
        }
    }
    step.say_stopped(&running, &pending);
    if !step.stops.is_empty() {
        step.because("the service is deleted");
    }
    if facts.live() == 0 {
        step.because("the last task of a deleted service has ended");
        end(facts, step);
    }
}

/// Nothing is left of the service but its record, for a while.
fn end(facts: &Facts<'_>, step: &mut Step) {
    step.after.status = ServiceStatus::Inactive;
    step.after.inactive_since = Some(facts.now);
    let open = step.after.deployments.iter();
    let open = open.filter(|it| it.rollout == RolloutState::InProgress);
    let stories: Vec<_> = open.map(|it| it.service_deployment.clone()).collect();
    for story in stories {
        step.turn(&story, Turn::Stopped("The service was deleted.".into()));
    }
    step.after.deployments.clear();
    step.after.task_sets.clear();
}
