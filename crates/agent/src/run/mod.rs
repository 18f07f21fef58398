//! The loop: events into the machine, effects out of it. It decides nothing.
//!
//! One owner of the machine, one `select!`, one timer for the earliest thing that the machine waits for. Invariant: whatever is cut off, by
//! a kill at any point, is found again in the files and in the driver's inventory. Not here: sessions (`link`), files (`shelf`).

mod jobs;
mod shelf;
mod shutdown;
#[cfg(test)]
mod tests;
mod writer;

pub use shelf::ShelfError;
pub use shutdown::{Shutdown, Stopper, shutdown};

use crate::{
    config::Config,
    driver::{ContainerFault, Driver, DriverEvent},
    endpoint::{self, Ask, Endpoint, HostView, Ids},
    link::{self, Api, Clock, Http, Identity, Link, RegisterError, ToLoop, Told},
    machine::{Effect, Event, Machine, Settings, TaskTelemetry},
};
use domain::{link::acs::FromAgent, time::Timestamp};
use futures_util::future::BoxFuture;
use jobs::Jobs;
use shelf::Shelf;
use shutdown::Wish;
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::{mpsc, oneshot, watch},
    task::JoinSet,
    time::Instant,
};
use tokio_util::sync::CancellationToken;
use writer::{Write, Writer};

/// What the sessions may be ahead of the loop.
const EVENTS_MAX: usize = 64;
/// Acknowledgements that wait for the session; what does not fit is asked for again by the plane.
const FRAMES_MAX: usize = 1024;
/// How long sessions may take to say goodbye.
const GOODBYE_LIMIT: Duration = Duration::from_secs(3);
/// After everything is stopped, how long the plane may take to hear of it.
const LAST_REPORTS_LIMIT: Duration = Duration::from_secs(5);
/// How far from now a timer is set at most.
const TIMER_MAX: Duration = Duration::from_secs(3600);

/// Why an agent ends.
#[derive(Debug, thiserror::Error)]
pub enum AgentError {
    /// Its directory cannot be used.
    #[error(transparent)]
    Shelf(#[from] ShelfError),
    /// The driver does not tell what is on the host.
    #[error("look for containers on this host")]
    Inventory(#[source] ContainerFault),
    /// The host is not part of its cluster.
    #[error(transparent)]
    Register(#[from] RegisterError),
    /// Not everything stopped in time.
    #[error(
        "not every task stopped within {limit:?}: run it again, or look at the host's processes"
    )]
    NotStopped {
        /// The time that was given.
        limit: Duration,
    },
}

/// Runs an agent until it is told to end.
///
/// What it finds on the host of an earlier agent with the same directory goes on. Losing the control plane touches no container.
///
/// # Errors
/// When it cannot begin, when the control plane refuses the host for good, or when not everything stopped in time.
pub async fn run(
    config: Config,
    driver: Arc<dyn Driver>,
    clock: Clock,
    mut shutdown: Shutdown,
) -> Result<(), AgentError> {
    let shelf = Arc::new(Shelf::open(&config.data_dir)?);
    let identity = shelf.identity(config.cluster_name())?;
    let kept = shelf.tasks()?;
    let capacity = driver.capacity();
    let registration = link::registration(&config, &capacity, identity.as_ref());
    let found = driver.inventory().await.map_err(AgentError::Inventory)?;
    tracing::info!(tasks = kept.len(), on_host = found.len(), "agent begins");

    let settings = Settings {
        stop_timeout: config.stop_timeout,
        retention: config.task_retention,
        ..Settings::new(&capacity, config.reserved_memory_mib)
    };
    let http = Http::new(config.credentials.clone(), config.region.clone(), Arc::clone(&clock));
    let http = Arc::new(http);
    let cluster = config.cluster_name().to_owned();
    let api = Api::new(Arc::clone(&http), config.endpoint.clone(), cluster);
    let leaving = CancellationToken::new();
    let ids = Ids::new(&shelf.endpoint_secret()?);
    let doorway = driver.doorway();
    let told = doorway.as_ref().map(|_| ids.clone());
    let (looks, looks_in) = mpsc::channel(EVENTS_MAX);
    let (host, host_known) = watch::channel(host_view(&config, identity.as_ref()));
    let endpoint = Endpoint::new(doorway, ids, host_known, looks, api.clone(), Arc::clone(&clock));
    let mut endpoints = JoinSet::new();
    endpoints.spawn(endpoint::run(Arc::new(endpoint), config.introspection, leaving.clone()));
    let (events, events_in) = mpsc::channel(EVENTS_MAX);
    let (asks, asks_in) = mpsc::channel(1);
    let (frames, frames_out) = mpsc::channel(FRAMES_MAX);
    let (health, health_out) = watch::channel(0);
    let stop_all_limit = Duration::from_millis(config.stop_all_limit.0.unsigned_abs());
    let mut agent = Loop {
        machine: Machine::new(settings),
        jobs: Jobs::new(Arc::clone(&driver), api.clone(), told, config.limits),
        writer: Writer::new(Arc::clone(&shelf)),
        frames,
        health,
        began: (clock(), Instant::now()),
        stop_all_limit,
    };
    let link = Link {
        engine: capacity.engine,
        driver: Arc::clone(&driver),
        leaving: leaving.clone(),
        config,
        clock,
        http,
        api,
    };
    let mut sessions = JoinSet::new();
    sessions.spawn(async move {
        let registered = link::register(&link, &registration);
        let registered = tokio::select! {
            biased;
            () = link.leaving.cancelled() => return Ok(()),
            registered = registered => registered?,
        };
        if identity.as_ref() != Some(&registered) {
            shelf.put_identity(&registered)?;
        }
        tracing::info!(instance = registered.container_instance_arn, "registered");
        host.send_replace(host_view(&link.config, Some(&registered)));
        let (heartbeats, beats) = watch::channel(0);
        let (execs, wanted) = watch::channel(Vec::new());
        let told = Told { heartbeats, execs, host };
        let to_loop = ToLoop { events, asks };
        tokio::join!(
            link::run_acs(&link, &registered, &to_loop, frames_out, told),
            link::run_exec(&link, &registered, wanted),
            link::run_tcs(&link, &registered, &to_loop, health_out, beats),
        );
        Ok::<(), AgentError>(())
    });

    let ended = agent
        .run(
            Event::Restore { kept, found },
            &*driver,
            events_in,
            Questions { telemetry: asks_in, looks: looks_in },
            &mut sessions,
            &mut shutdown,
        )
        .await;
    leaving.cancel();
    agent.writer.finish().await;
    // Sessions that take longer than a goodbye are cut off with their set.
    _ = tokio::time::timeout(GOODBYE_LIMIT, sessions.join_next()).await;
    endpoints.shutdown().await;
    ended
}

/// What the endpoints say of this host.
fn host_view(config: &Config, identity: Option<&Identity>) -> HostView {
    HostView {
        cluster: config.cluster_name().to_owned(),
        instance_arn: identity.map(|it| it.container_instance_arn.clone()),
        zone: config.availability_zone.clone().or_else(|| identity?.zone.clone()),
        region: config.region.as_str().to_owned(),
        instance_type: config.instance_type.clone().or_else(|| identity?.instance_type.clone()),
        ec2_id: identity.and_then(|it| it.ec2_id.clone()),
        version: format!("Longshore agent - v{}", env!("CARGO_PKG_VERSION")),
        serves_version_1: config.serves_version_1,
        role: None,
    }
}

/// What others want to know of the machine.
struct Questions {
    telemetry: mpsc::Receiver<oneshot::Sender<Vec<TaskTelemetry>>>,
    looks: mpsc::Receiver<Ask>,
}

/// The machine and all that performs its effects.
struct Loop {
    machine: Machine,
    jobs: Jobs,
    writer: Writer,
    frames: mpsc::Sender<FromAgent>,
    health: watch::Sender<u64>,
    /// The wall clock's time at a moment of the steady clock: the machine's time does not jump.
    began: (Timestamp, Instant),
    stop_all_limit: Duration,
}

impl Loop {
    async fn run(
        &mut self,
        restore: Event,
        driver: &dyn Driver,
        mut events: mpsc::Receiver<Event>,
        mut questions: Questions,
        sessions: &mut JoinSet<Result<(), AgentError>>,
        shutdown: &mut Shutdown,
    ) -> Result<(), AgentError> {
        self.handle(restore);
        let mut told: BoxFuture<'_, DriverEvent> = driver.event();
        let mut closing: Option<Closing> = None;
        loop {
            if let Some(closing) = &mut closing
                && let Some(ended) = closing.ended(&self.machine, self.stop_all_limit)
            {
                return ended;
            }
            let timer = self.timer().min(closing.as_ref().map_or(TIMER_MAX, Closing::wait));
            tokio::select! {
                biased;
                wish = shutdown.wish(), if closing.is_none() => match wish {
                    Wish::StopAll(reason) => {
                        closing = Some(Closing::new(self.stop_all_limit));
                        self.handle(Event::StopAll(reason));
                    }
                    Wish::Leave | Wish::Run => return Ok(()),
                },
                event = &mut told => {
                    told = driver.event();
                    self.handle(Event::Driver(event));
                }
                (job, outcome) = self.jobs.next() => self.handle(Event::Done(job, outcome)),
                written = self.writer.next() => {
                    for event in written {
                        self.handle(event);
                    }
                }
                Some(event) = events.recv() => self.handle(event),
                Some(answer) = questions.telemetry.recv() => {
                    // Whoever asked may be gone by now.
                    _ = answer.send(self.machine.telemetry());
                }
                Some(look) = questions.looks.recv() => {
                    _ = look.answer.send(self.machine.portraits(look.task.as_ref()));
                }
                Some(ended) = sessions.join_next() => {
                    // Sessions end by themselves only when they cannot go on.
                    ended.expect("sessions do not panic and are not aborted")?;
                }
                () = tokio::time::sleep(timer) => self.handle(Event::Due),
            }
        }
    }

    fn now(&self) -> Timestamp {
        let elapsed = i64::try_from(self.began.1.elapsed().as_millis()).unwrap_or(i64::MAX);
        Timestamp(self.began.0.0.saturating_add(elapsed))
    }

    /// How long until the machine wants to look again.
    fn timer(&self) -> Duration {
        let Some(due) = self.machine.due() else { return TIMER_MAX };
        let at = Duration::from_millis((due - self.began.0).0.max(0).unsigned_abs());
        at.saturating_sub(self.began.1.elapsed()).min(TIMER_MAX)
    }

    fn handle(&mut self, event: Event) {
        let now = self.now();
        for effect in self.machine.handle(event, now) {
            self.perform(effect);
        }
    }

    fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Keep(kept) => self.writer.ask(Write::Put(kept)),
            Effect::Forget(id) => self.writer.ask(Write::Forget(id)),
            Effect::Do(job, action, limit) => self.jobs.take(job, action, limit),
            Effect::Cancel(job) => self.jobs.cancel(job),
            Effect::Send(frame) => {
                if self.frames.try_send(frame).is_err() {
                    tracing::warn!("acknowledgement dropped: the control plane does not read");
                }
            }
            Effect::HealthChanged => self.health.send_modify(|count| *count += 1),
            Effect::Ignored(why) => tracing::warn!(why, "ignored"),
        }
    }
}

/// Everything is being stopped.
struct Closing {
    until: Instant,
    /// Since when nothing is left on the host.
    clear_since: Option<Instant>,
}

impl Closing {
    fn new(limit: Duration) -> Self {
        Self { until: Instant::now() + limit, clear_since: None }
    }

    /// Whether it is over, and how.
    fn ended(&mut self, machine: &Machine, limit: Duration) -> Option<Result<(), AgentError>> {
        if machine.is_idle() {
            return Some(Ok(()));
        }
        if machine.is_clear() {
            let since = *self.clear_since.get_or_insert_with(Instant::now);
            if since.elapsed() >= LAST_REPORTS_LIMIT {
                tracing::warn!(
                    "the control plane has not heard of every task's end; the next agent tells it"
                );
                return Some(Ok(()));
            }
        }
        (Instant::now() >= self.until).then_some(Err(AgentError::NotStopped { limit }))
    }

    /// How long until it may be over.
    fn wait(&self) -> Duration {
        let until = self.clear_since.map_or(self.until, |since| since + LAST_REPORTS_LIMIT);
        until.saturating_duration_since(Instant::now())
    }
}
