//! What is due now, as actions, and when to look again.
//!
//! Invariant: an action says what and why, not how. Whoever performs it reads the records again, asks the same rule, and writes at the
//! revisions it read, so that an action that is no longer right does nothing.

use crate::{
    rules::{InstanceVerdict, TaskVerdict, lost, orphaned},
    service::decide_all,
    view::View,
};
use domain::{
    capacity::CapacityProvider,
    cluster::Cluster,
    definition::TaskDefinition,
    deployment::ServiceDeployment,
    fargate::PoolHost,
    iam::{SessionCredential, TaskCredentials},
    id::{DeploymentId, ServiceDeploymentId},
    instance::{ContainerInstance, Resources},
    key::Key,
    record::{Record, Revision},
    service::Service,
    task::{ClientToken, Stop, Task},
    time::Timestamp,
};
use std::collections::BTreeMap;

/// How many actions one plan has at most: a round stays short, and what is left is due at once.
pub const ACTIONS_MAX: usize = 256;

/// How many tasks one action ends at most, so that its commit stays small.
pub const TASKS_PER_ACTION_MAX: usize = 64;

/// Something to be done, and why.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// The tasks of an instance are STOPPED without their host's word, and what they hold is freed.
    Lose {
        /// The instance.
        instance: Key,
        /// Some of its tasks.
        tasks: Vec<Key>,
        /// What they are told.
        stop: Stop,
        /// Which rule, in words.
        why: String,
    },
    /// A task that no agent was told about, or can be, is STOPPED.
    Abandon {
        /// The task.
        task: Key,
        /// What it is told.
        stop: Stop,
        /// Which rule, in words.
        why: String,
    },
    /// A service takes a step: tasks are made and stopped, and its record says so.
    Serve(Box<ServiceStep>),
    /// A standalone task that waits for an instance gets one.
    Seat {
        /// The task, PROVISIONING.
        task: Key,
        /// Where it goes.
        place: Place,
        /// Which rule, in words.
        why: String,
    },
    /// A record is deleted, with all that belongs to it.
    Forget {
        /// The record.
        record: Key,
        /// Which rule, in words.
        why: String,
    },
}

/// An instance and what one more task holds there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The key of the instance's registration.
    pub instance: Key,
    /// CPU, memory, ports and GPUs.
    pub held: Resources,
}

/// What one service does in one commit. The record at `seen` is what makes it happen once: whoever else decided on the same record
/// loses. Ledgers are read anew by whoever performs it; a place that no longer fits is left out and looked for again.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceStep {
    /// The service.
    pub service: Key,
    /// The revision of its record that this was decided on.
    pub seen: Revision,
    /// Its record as it becomes. Events are not counted in it: whoever performs the step numbers `events`.
    pub after: Service,
    /// Tasks to make.
    pub launches: Vec<Launch>,
    /// Tasks to stop. One without a host is STOPPED at once.
    pub stops: Vec<(Key, Stop)>,
    /// Tasks to mark as tallied.
    pub tallied: Vec<Key>,
    /// What becomes of service deployments.
    pub stories: Vec<(ServiceDeploymentId, Turn)>,
    /// Digests that a revision's first task resolved, by container name.
    pub digests: Vec<(DeploymentId, BTreeMap<String, String>)>,
    /// What to tell, oldest first.
    pub events: Vec<Event>,
    /// Which rule, in words.
    pub why: String,
}

/// One task to make for a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Launch {
    /// The deployment or task set it is for.
    pub deployment: DeploymentId,
    /// Where; `None` if it waits, PROVISIONING, for capacity that its provider may still get.
    pub place: Option<Place>,
    /// The capacity provider, if a strategy chose one.
    pub provider: Option<String>,
    /// The Availability Zone of its subnet, where that does not follow from its host's: of tasks of Fargate.
    pub zone: Option<String>,
}

/// An event of a service. Its text begins with `(service NAME) `, which whoever performs the step puts in front.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// As it stands.
    Text(String),
    /// `has started N tasks: (task ID) (task ID).`, with the ids that they get. Nothing if none could be made.
    Started {
        /// How many of the step's launches it is about, in their order; further such events go on from there.
        launches: usize,
        /// Behind it, such as ` Amazon ECS replaced 1 tasks due to an unhealthy status.`; between the count and the ids for
        /// rebalancing, ` in ZONE to AZ Rebalance`.
        replaced: usize,
        /// The zone, if it is for rebalancing.
        zone: Option<String>,
    },
}

/// What becomes of a service deployment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Its first task is being made.
    Started,
    /// Its circuit breaker counted.
    Counted(u32),
    /// All is as wanted.
    Succeeded,
    /// It is over without success and without a way back.
    Stopped(String),
    /// A guard tripped or the user asked, and an older revision comes back.
    RollingBack {
        /// Why.
        reason: String,
        /// What comes back.
        revision: DeploymentId,
    },
    /// The older revision is back.
    RolledBack,
    /// There is no older revision, or it did not come back.
    RollbackFailed(String),
    /// The circuit breaker tripped; goes with one of the others.
    Broken,
    /// These alarms tripped; goes with one of the others.
    Alarmed(Vec<String>),
}

/// The outcome of a look at the view.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// What to do now.
    pub actions: Vec<Action>,
    /// When something is due next if no fact changes.
    pub due: Option<Timestamp>,
}

/// What `view` demands at `now`. No fact of the view changes: only its indexes are brought up to `now`, so that the same is planned
/// again as long as nothing is noted.
pub fn plan(view: &mut View, now: Timestamp) -> Plan {
    let mut plan = Plan::default();
    view.rouse();
    let mut services = Vec::new();
    let mut left = None;
    for (at, key) in &view.agenda {
        if *at > now {
            break;
        }
        if plan.actions.len() >= ACTIONS_MAX {
            left = Some(*at);
            break;
        }
        match key.table() {
            Some(Service::TABLE) => services.push(key.clone()),
            Some(Task::TABLE) => plan.actions.extend(task_action(view, key)),
            Some(ContainerInstance::TABLE) => instance_actions(view, key, now, &mut plan.actions),
            Some(table) => {
                plan.actions.push(Action::Forget { record: key.clone(), why: over(table).into() });
            }
            None => {}
        }
    }
    if decide_all(view, services, now, &mut plan.actions) {
        left = left.or(Some(now));
    }
    plan.due = left.or_else(|| view.next_due(now));
    plan
}

fn task_action(view: &View, key: &Key) -> Option<Action> {
    let (_, verdict) = view.tasks.get(key)?.facts.due(&view.rules)?;
    let seconds = view.rules.retention.0 / 1000;
    let why = match verdict {
        TaskVerdict::Forget => format!("STOPPED for more than {seconds} s"),
        TaskVerdict::NeverStarted => "to be stopped, and on no instance".into(),
        TaskVerdict::NeverPlaced => {
            format!("on no instance after {} s", view.rules.placement_wait_max.0 / 1000)
        }
        TaskVerdict::Undefined => {
            "its task definition is gone, so that no agent can start it".into()
        }
    };
    Some(match verdict.stop(&view.rules) {
        Some(stop) => Action::Abandon { task: key.clone(), stop, why },
        None => Action::Forget { record: key.clone(), why },
    })
}

fn instance_actions(view: &View, key: &Key, now: Timestamp, actions: &mut Vec<Action>) {
    let Some((known, facts)) = view.instances.get(key).zip(view.instance_facts(key)) else {
        return;
    };
    let Some((_, verdict)) = facts.due(&view.rules) else { return };
    let (stop, why) = match verdict {
        InstanceVerdict::Lost(since) => {
            let (seconds, max) = ((now - since).0 / 1000, view.rules.loss_after.0 / 1000);
            (
                lost(&known.name, now - since),
                format!("agent away for {seconds} s, {max} s are allowed"),
            )
        }
        InstanceVerdict::Orphaned => (orphaned(), "instance is no longer in its cluster".into()),
        InstanceVerdict::Forget => {
            let seconds = view.rules.retention.0 / 1000;
            let why = format!("INACTIVE for more than {seconds} s, or not registered");
            actions.push(Action::Forget { record: key.clone(), why });
            return;
        }
    };
    let tasks: Vec<Key> = known.tasks.iter().cloned().collect();
    actions.extend(tasks.chunks(TASKS_PER_ACTION_MAX).map(|tasks| Action::Lose {
        instance: key.clone(),
        tasks: tasks.to_vec(),
        stop: stop.clone(),
        why: why.clone(),
    }));
}

/// Why a record of `table` whose time has come may go.
fn over(table: &str) -> &'static str {
    match table {
        TaskDefinition::TABLE => "being deleted, and no task or service uses it",
        ServiceDeployment::TABLE => "over for long enough",
        CapacityProvider::TABLE => "INACTIVE for long enough",
        TaskCredentials::TABLE => "the task is STOPPED or gone",
        ClientToken::TABLE | SessionCredential::TABLE => "expired",
        Cluster::TABLE => "INACTIVE for long enough",
        PoolHost::TABLE => "its room is no longer lent, and no task of Fargate is on it",
        _ => "its time has come",
    }
}
