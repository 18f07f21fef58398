//! What goes into the machine and what comes out of it.

use super::{Kept, Report, Unreadable};
use crate::driver::{
    ContainerFault, ContainerKey, DriverEvent, Found, Probe, Pulled, Signal, Started,
};
use domain::{
    id::TaskId,
    link::{
        acs::{
            FromAgent, Manifest, Payload, PayloadTask, RoleCredentialsMessage, StopVerificationAck,
        },
        tcs::ContainerHealth,
    },
    time::Millis,
};
use std::{fmt, sync::Arc};

/// Names one thing that was asked of the loop; the answer carries it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct JobId(pub u64);

/// What happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// First of all: what was written down before and what is on the host.
    Restore {
        /// Every file that could be read.
        kept: Vec<Kept>,
        /// The driver's inventory.
        found: Vec<Found>,
    },
    /// Tasks to run or to stop, and those that could not be read.
    Payload(Payload, Vec<Unreadable>),
    /// New credentials of a task.
    Credentials(RoleCredentialsMessage),
    /// What should run here.
    Manifest(Manifest),
    /// What may be stopped of what the manifest did not name.
    StopVerified(StopVerificationAck),
    /// A session with the plane has begun: what waits to be said again is said now.
    Linked,
    /// The loop wrote the task down, or could not. The number is the file's `arrival`: a task may be over, and begun anew, by then.
    Kept(TaskId, u64, Result<(), String>),
    /// What was asked for is answered.
    Done(JobId, Outcome),
    /// The driver says something unasked.
    Driver(DriverEvent),
    /// `due` has come.
    Due,
    /// Stop every task, for this reason, and take no more.
    StopAll(String),
}

/// What to do.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Write the task down and say `Event::Kept`. In the order in which it is asked; other effects need not wait for it.
    Keep(Box<Kept>),
    /// The task's file is not needed any more. In order with `Keep`.
    Forget(TaskId),
    /// Perform and say `Event::Done`: `Outcome::TimedOut` when it takes longer than the limit from its begin.
    Do(JobId, Action, Millis),
    /// Nobody waits for this any more.
    Cancel(JobId),
    /// Say this to the plane if there is a session.
    Send(FromAgent),
    /// A container's health changed: tell it without waiting for the next cycle.
    HealthChanged,
    /// For the log: something that came from outside was not followed.
    Ignored(String),
}

/// What takes time.
#[derive(Clone, Debug)]
pub enum Action {
    /// `Driver::prepare`.
    Prepare(Arc<PayloadTask>),
    /// `Driver::pull`.
    Pull(Arc<PayloadTask>, String),
    /// `Driver::create`.
    Create(Arc<PayloadTask>, String),
    /// `Driver::start`.
    Start(Arc<PayloadTask>, String),
    /// `Driver::signal`.
    Signal(ContainerKey, Signal),
    /// `Driver::probe`.
    Probe(ContainerKey, Vec<String>, Millis),
    /// `Driver::remove`.
    Remove(String),
    /// SubmitTaskStateChange.
    Submit(Report),
}

impl fmt::Display for Action {
    /// For logs: what and whose, and nothing of what is inside.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Prepare(task) => write!(f, "prepare {}", task.id()),
            Self::Pull(task, name) => write!(f, "pull {}/{name}", task.id()),
            Self::Create(task, name) => write!(f, "create {}/{name}", task.id()),
            Self::Start(task, name) => write!(f, "start {}/{name}", task.id()),
            Self::Signal(key, Signal::Stop) => write!(f, "stop {key}"),
            Self::Signal(key, Signal::Kill) => write!(f, "kill {key}"),
            Self::Probe(key, ..) => write!(f, "probe {key}"),
            Self::Remove(task) => write!(f, "remove {task}"),
            Self::Submit(report) => write!(f, "report {}", report.task_arn),
        }
    }
}

/// How it went.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// `Driver::prepare` is through.
    Prepared,
    /// The image is here.
    Pulled(Pulled),
    /// The container exists under this id.
    Created(String),
    /// The process runs, or did for a moment.
    Started(Started),
    /// The signal is sent.
    Signalled,
    /// The probe's verdict.
    Probed(Probe),
    /// Nothing of the task is left.
    Removed,
    /// The driver could not.
    Faulted(ContainerFault),
    /// The limit passed; the driver's future was dropped.
    TimedOut,
    /// The plane has it.
    Accepted,
    /// The plane will never take it, for this reason.
    Refused(String),
    /// The plane did not answer, or not now.
    Unreached,
}

/// A task's part of metrics and health.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskTelemetry {
    /// The payload it runs from.
    pub payload: Arc<PayloadTask>,
    /// Containers whose process runs.
    pub containers: Vec<ContainerTelemetry>,
}

/// A container's part of metrics and health.
#[derive(Clone, Debug, PartialEq)]
pub struct ContainerTelemetry {
    /// As in the definition.
    pub name: String,
    /// By its restart policy; `None` where it has none.
    pub restarts: Option<u32>,
    /// For containers with a check.
    pub health: Option<ContainerHealth>,
}
