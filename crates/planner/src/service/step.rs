//! One look at a service: what there is to decide on, and the step that is being put together.
//!
//! Invariant: nothing but facts of records and the time goes into a step, so that whoever crashed in between decides the same again.

use super::{
    fargate,
    member::{Phase, UNHEALTHY},
    roster::{Roster, Squad},
    words,
};
use crate::plan::{Event, Launch, ServiceStep, Turn};
use domain::{
    capacity::CapacityProvider,
    deployment::{Deployment, RolloutState},
    id::{DeploymentId, ServiceDeploymentId},
    instance::{ContainerInstance, InstanceLink},
    key::Key,
    record::Revision,
    service::{Said, Service},
    status::StopCode,
    task::Stop,
    time::{Millis, Timestamp},
};
use placement::wants::Wants;
use std::{
    collections::{BTreeMap, BTreeSet},
    slice,
    sync::Arc,
};

/// How many tasks one step makes, and how many it stops, at most: commits stay small, and the next round does the rest.
pub(crate) const TASKS_PER_STEP_MAX: usize = 256;

/// The same event is said again after this (spec/services.md §1, §3).
pub(crate) const SAID_AGAIN: Millis = Millis::from_s(6 * 3600);

/// What a deployment's tasks are made from, as far as deciding needs it.
#[derive(Clone, Debug)]
pub(crate) struct Mould {
    /// What they want of an instance.
    pub(crate) wants: Arc<Wants>,
    /// Of tasks of Fargate.
    pub(crate) fargate: Option<fargate::Site>,
    /// Their essential containers have health checks.
    pub(crate) has_checks: bool,
    /// Containers whose images are run by the digest that the first task found.
    pub(crate) consistent: BTreeSet<String>,
}

/// What the rules look at of an instance.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Site<'a> {
    pub(crate) record: &'a ContainerInstance,
    pub(crate) link: Option<&'a InstanceLink>,
}

/// What there is to decide on.
pub(crate) struct Facts<'a> {
    pub(crate) key: &'a Key,
    /// Of the cluster's record.
    pub(crate) cluster: &'a Key,
    pub(crate) group: &'a str,
    pub(crate) seen: Revision,
    pub(crate) service: &'a Service,
    pub(crate) roster: &'a Roster,
    /// By deployment or task set.
    pub(crate) moulds: &'a BTreeMap<u64, Mould>,
    /// Containers whose digests are not known, by the number of the revision.
    pub(crate) unresolved: &'a BTreeMap<u64, BTreeSet<String>>,
    pub(crate) providers: &'a dyn Fn(&str) -> Option<&'a CapacityProvider>,
    /// An instance, by the key of its registration.
    pub(crate) site: &'a dyn Fn(&Key) -> Option<Site<'a>>,
    /// Whether an alarm is on.
    pub(crate) is_alarmed: &'a dyn Fn(&str) -> bool,
    /// How many tasks of the cluster wait for an instance.
    pub(crate) waiting: usize,
    pub(crate) now: Timestamp,
}

impl Facts<'_> {
    /// The tasks of a deployment or task set.
    pub(crate) fn squad(&self, id: &DeploymentId) -> &Squad {
        self.roster.squad(number(id))
    }

    /// Tasks of all deployments that are to run, in one phase.
    pub(crate) fn in_phase(&self, phase: Phase) -> i64 {
        self.roster.squads().map(|(_, squad)| squad.in_phase(phase)).sum()
    }

    /// PENDING and RUNNING tasks of all deployments.
    pub(crate) fn live(&self) -> i64 {
        self.roster.squads().map(|(_, squad)| squad.live()).sum()
    }

    /// Something that differs from step to step, for what is left to chance.
    pub(crate) fn seed(&self) -> u64 {
        let start = 0xcbf2_9ce4_8422_2325 ^ self.seen.0;
        self.key
            .as_str()
            .bytes()
            .fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
    }
}

/// The number that a deployment's id is.
pub(crate) fn number(id: &DeploymentId) -> u64 {
    id.as_str().parse().expect("an id of 19 digits")
}

/// What is being done.
pub(crate) struct Step {
    pub(crate) after: Service,
    pub(crate) launches: Vec<Launch>,
    pub(crate) stops: Vec<(Key, Stop)>,
    pub(crate) tallied: Vec<Key>,
    stories: Vec<(ServiceDeploymentId, Turn)>,
    pub(crate) digests: Vec<(DeploymentId, BTreeMap<String, String>)>,
    events: Vec<Event>,
    why: Vec<String>,
    said: Option<Said>,
    /// Something was to be said, new or not.
    has_spoken: bool,
    /// When something is due if no fact changes.
    pub(crate) due: Option<Timestamp>,
    /// Tasks have no place: what instances have free matters.
    pub(crate) is_blocked: bool,
    now: Timestamp,
}

impl Step {
    pub(crate) fn new(facts: &Facts<'_>) -> Self {
        Self {
            after: facts.service.clone(),
            launches: Vec::new(),
            stops: Vec::new(),
            tallied: Vec::new(),
            stories: Vec::new(),
            digests: Vec::new(),
            events: Vec::new(),
            why: Vec::new(),
            said: facts.service.said.clone(),
            has_spoken: false,
            due: None,
            is_blocked: false,
            now: facts.now,
        }
    }

    /// Why it is taken, in words; several reasons are joined.
    pub(crate) fn because(&mut self, why: impl Into<String>) {
        let why = why.into();
        if !self.why.contains(&why) {
            self.why.push(why);
        }
    }

    /// Looks again at `at`, if not before.
    pub(crate) fn look_at(&mut self, at: Timestamp) {
        self.due = Some(self.due.map_or(at, |due| due.min(at)));
    }

    /// Says something, unless it is what was said last.
    pub(crate) fn say(&mut self, text: impl Into<String>) {
        self.has_spoken = true;
        let text = text.into();
        let message = words::message(self.after.name.as_str(), &text);
        let is_known = self.said.as_ref().is_some_and(|said| {
            words::are_alike(&said.message, &message) && self.now < said.at + SAID_AGAIN
        });
        if !is_known {
            self.said = Some(Said { message, at: self.now });
            self.events.push(Event::Text(text));
        }
    }

    /// Says why nothing goes on, which is as true in the next round: only where nothing else is said, because two that are said in turns
    /// would each be news, round after round.
    pub(crate) fn complain(&mut self, text: impl Into<String>) {
        if !self.has_spoken {
            self.say(text);
        }
    }

    /// Says that the next `launches` of the step's launches were started.
    pub(crate) fn say_started(&mut self, launches: usize, replaced: usize, zone: Option<String>) {
        if launches > 0 {
            self.said = None;
            self.events.push(Event::Started { launches, replaced, zone });
        }
    }

    /// What becomes of the story of a deployment.
    pub(crate) fn turn(&mut self, story: &ServiceDeploymentId, turn: Turn) {
        self.stories.push((story.clone(), turn));
    }

    /// Stops tasks for good, as many as still fit into the step. Answers how many.
    pub(crate) fn stop(&mut self, tasks: &[Key], reason: &str) -> usize {
        let room = TASKS_PER_STEP_MAX.saturating_sub(self.stops.len());
        let stop = Stop { code: StopCode::ServiceSchedulerInitiated, reason: reason.to_owned() };
        let some = &tasks[..tasks.len().min(room)];
        self.stops.extend(some.iter().map(|task| (task.clone(), stop.clone())));
        some.len()
    }

    /// Stops tasks because of how they stand, as many as still fit into the step, and says so. `cause` is the deployment that those are
    /// told of that are not unhealthy.
    pub(crate) fn give_up(&mut self, tasks: &[(Key, Phase)], cause: &DeploymentId) {
        let (mut running, mut pending) = (Vec::new(), Vec::new());
        for (task, phase) in tasks {
            let is_ill = *phase == Phase::Unhealthy;
            let reason = if is_ill { UNHEALTHY.to_owned() } else { words::scaling(cause) };
            if self.stop(slice::from_ref(task), &reason) == 0 {
                break;
            }
            let list = if phase.is_running() { &mut running } else { &mut pending };
            list.push(task.clone());
        }
        self.say_stopped(&running, &pending);
    }

    /// Says which tasks were stopped, if any were.
    pub(crate) fn say_stopped(&mut self, running: &[Key], pending: &[Key]) {
        if !running.is_empty() {
            self.say(words::stopped_running(running));
        }
        if !pending.is_empty() {
            self.say(words::stopped_pending(pending));
        }
    }

    /// The deployment that new tasks are made for, to be changed.
    pub(crate) fn primary(&mut self) -> Option<&mut Deployment> {
        self.after.deployments.first_mut()
    }

    /// The step, if it does anything.
    pub(crate) fn finish(self, facts: &Facts<'_>) -> Option<ServiceStep> {
        let acts = !self.launches.is_empty()
            || !self.stops.is_empty()
            || !self.tallied.is_empty()
            || !self.stories.is_empty()
            || !self.digests.is_empty()
            || !self.events.is_empty();
        let mut why = self.why.join("; ");
        if why.is_empty() {
            why.push_str("what is known of it changed");
        }
        (acts || self.after != *facts.service).then(|| ServiceStep {
            service: facts.key.clone(),
            seen: facts.seen,
            after: self.after,
            launches: self.launches,
            stops: self.stops,
            tallied: self.tallied,
            stories: self.stories,
            digests: self.digests,
            events: self.events,
            why,
        })
    }
}

/// Enters that a deployment is not what it was.
pub(crate) fn set_rollout(
    deployment: &mut Deployment,
    rollout: RolloutState,
    reason: String,
    now: Timestamp,
) {
    deployment.rollout = rollout;
    deployment.reason = reason;
    deployment.updated_at = now;
}
