//! The brain's hands: rounds, agent sessions (ACS and TCS), credentials for tasks.
//!
//! ```text
//! agents ══ websockets ══ acs, tcs ── commits, watches ── store ── watch ── rounds ── planner
//! ```
//!
//! Must always hold: what decides is a function of values (`acs::session`, `payload`, `tcs::health`, `planner`); what does decides
//! nothing. No session waits for another. Every queue and wait has a limit. After [`Control::shutdown`] nothing of it runs.
//! Not here: HTTP and who may connect (the binary asks `api` first), the API's operations (`api`), what runs on hosts (`agent`).
//! Read next: `acs/session/mod.rs` for what agents are told, `rounds/mod.rs` for how the brain is run.

pub mod acs;
pub mod config;
pub mod credentials;
mod exec;
pub mod instance;
pub mod network;
pub mod payload;
mod profile;
mod registry;
pub mod rounds;
mod shared;
mod socket;
pub mod tcs;
mod upgrade;

use crate::{
    acs::{
        desk::{Standing, Versions, standing},
        serve::Hello,
    },
    config::{Config, Sources},
    exec::desk::Claim,
    instance::{Instance, NameError},
    network::{bell::Bell, survey::Surveys},
    registry::Registry,
    shared::Shared,
    tcs::metrics::{Metrics, Sample},
    upgrade::{Refusal, parameter, switch_protocols},
};
use bytes::Bytes;
use domain::id::Scope;
use http::{Request, Response};
use http_body_util::Full;
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use std::{fmt, sync::Arc, time::Duration};
use store::Engine;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

pub use rounds::DisconnectError;

/// How long an agent may take between the answer to its upgrade and the connection.
const UPGRADE_WAIT: Duration = Duration::from_secs(10);

/// What the paths of clients' data channels begin with; a session's id follows.
pub const DATA_CHANNEL_PATH: &str = "/v1/data-channel/";

/// The control plane's doing half: agents' sessions and the rounds.
pub struct Control {
    shared: Arc<Shared>,
    tasks: TaskTracker,
    stop: CancellationToken,
}

impl Control {
    /// Begins. No agent is connected from the store's point of view when this returns; those that were come back by themselves.
    ///
    /// # Errors
    /// If the store cannot be read or written.
    pub async fn start(
        engine: Arc<dyn Engine>,
        config: Config,
        sources: Sources,
    ) -> Result<Self, DisconnectError> {
        let now = sources.now();
        let timing = config.timing.within(config.rules.loss_after);
        let config = Config { timing, ..config };
        rounds::disconnect_all(&*engine, now).await?;
        let registry = Arc::new(Registry::default());
        let shared = Arc::new(Shared {
            engine,
            config,
            sources,
            registry,
            bell: Bell::new(),
            surveys: Surveys::default(),
            metrics: Metrics::default(),
        });
        let (tasks, stop) = (TaskTracker::new(), CancellationToken::new());
        tasks.spawn(rounds::run(Arc::clone(&shared), now, stop.clone()));
        tasks.spawn(exec::sweep(Arc::clone(&shared), stop.clone()));
        tasks.spawn(network::bell::run(Arc::clone(&shared), stop.clone()));
        Ok(Self { shared, tasks, stop })
    }

    /// Opens an agent's control session, or says why not in the agents' form. The caller has authenticated the request, and `scope` is
    /// the account and region that it was signed for. Must be called in a connection that is served with upgrades.
    pub async fn accept_acs<B>(
        &self,
        scope: Scope,
        mut request: Request<B>,
    ) -> Response<Full<Bytes>> {
        let hello = hello(&request);
        let names = ("clusterArn", "containerInstanceArn");
        match self.admit(scope, &request, names).await {
            Ok((response, instance)) => {
                let (shared, stop) = (Arc::clone(&self.shared), self.stop.clone());
                let upgrade = hyper::upgrade::on(&mut request);
                self.tasks.spawn(async move {
                    if let Some(connection) = connected(upgrade, &stop).await {
                        acs::serve::run(shared, instance, hello, connection, stop).await;
                    }
                });
                response
            }
            Err(refusal) => refused(&refusal),
        }
    }

    /// Opens an agent's telemetry session; otherwise as [`Self::accept_acs`].
    pub async fn accept_tcs<B>(
        &self,
        scope: Scope,
        mut request: Request<B>,
    ) -> Response<Full<Bytes>> {
        match self.admit(scope, &request, ("cluster", "containerInstance")).await {
            Ok((response, instance)) => {
                let (shared, stop) = (Arc::clone(&self.shared), self.stop.clone());
                let upgrade = hyper::upgrade::on(&mut request);
                self.tasks.spawn(async move {
                    if let Some(connection) = connected(upgrade, &stop).await {
                        tcs::serve::run(shared, instance, connection, stop).await;
                    }
                });
                response
            }
            Err(refusal) => refused(&refusal),
        }
    }

    /// Opens an agent's end of a session of ECS Exec; otherwise as [`Self::accept_acs`].
    pub async fn accept_exec<B>(
        &self,
        scope: Scope,
        mut request: Request<B>,
    ) -> Response<Full<Bytes>> {
        let names = ("clusterArn", "containerInstanceArn");
        let session = parameter(&request, "sessionId").into_owned();
        let admitted = match self.admit(scope, &request, names).await {
            Ok((response, instance)) => {
                let life = parameter(&request, "life");
                let claimed = exec::desk::claim(&self.shared, &instance, &session, &life).await;
                claim_of(claimed).map(|()| response)
            }
            Err(refusal) => Err(refusal),
        };
        match admitted {
            Ok(response) => {
                let (shared, stop) = (Arc::clone(&self.shared), self.stop.clone());
                let upgrade = hyper::upgrade::on(&mut request);
                self.tasks.spawn(async move {
                    if let Some(connection) = connected(upgrade, &stop).await {
                        exec::serve::host(shared, session, connection, stop).await;
                    }
                });
                response
            }
            Err(refusal) => refused(&refusal),
        }
    }

    /// Opens a client's end of the session that the request's path names: whoever says its token first.
    pub fn accept_data_channel<B>(&self, mut request: Request<B>) -> Response<Full<Bytes>> {
        let path = request.uri().path();
        let session = path.strip_prefix(DATA_CHANNEL_PATH).unwrap_or_default().to_owned();
        let is_full = self.tasks.len() > self.shared.config.sessions_max;
        let switched = if self.stop.is_cancelled() || is_full {
            Err(Refusal::unavailable("no more sessions are opened here now; try again"))
        } else if domain::exec::ExecSession::key(&session).is_none() {
            Err(Refusal::bad_request(format!("`{session}` is no session")))
        } else {
            switch_protocols(&request)
        };
        match switched {
            Ok(response) => {
                let (shared, stop) = (Arc::clone(&self.shared), self.stop.clone());
                let upgrade = hyper::upgrade::on(&mut request);
                self.tasks.spawn(async move {
                    if let Some(connection) = connected(upgrade, &stop).await {
                        exec::serve::client(shared, session, connection, stop).await;
                    }
                });
                response
            }
            Err(refusal) => refused(&refusal),
        }
    }

    /// What containers used when their agents last told, by task and container. Kept in memory; what is older than two minutes is gone.
    pub fn metrics(&self) -> Vec<Sample> {
        self.shared.metrics.newest(self.shared.sources.now())
    }

    /// Closes all sessions and ends the rounds; returns when nothing of them runs. Agents keep their containers running.
    pub async fn shutdown(&self) {
        self.stop.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }

    /// Whether the request may become a session of a registered instance.
    async fn admit<B>(
        &self,
        scope: Scope,
        request: &Request<B>,
        (cluster, container_instance): (&str, &str),
    ) -> Result<(Response<Full<Bytes>>, Instance), Refusal> {
        if self.stop.is_cancelled() || self.tasks.len() > self.shared.config.sessions_max {
            return Err(Refusal::unavailable("no more sessions are opened here now; try again"));
        }
        let response = switch_protocols(request)?;
        let (cluster, id) = (parameter(request, cluster), parameter(request, container_instance));
        let instance = Instance::parse(scope, &cluster, &id).map_err(|error| {
            let name = match error {
                NameError::Cluster(_) => "InvalidClusterException",
                NameError::Instance(_) => "InvalidInstanceException",
            };
            Refusal::client(name, error.to_string())
        })?;
        let snapshot = self.shared.engine.snapshot().await;
        match snapshot.and_then(|snapshot| standing(&snapshot, &instance)) {
            Ok(Standing::Registered) => Ok((response, instance)),
            Ok(Standing::Deregistered) => {
                // An agent waits an hour after this one before it tries again.
                Err(Refusal::client(
                    "InactiveInstanceException",
                    format!("`{}` was deregistered", instance.arn()),
                ))
            }
            Ok(Standing::Unknown) => Err(Refusal::client(
                "InvalidInstanceException",
                format!("`{}` is not registered", instance.arn()),
            )),
            Err(error) => {
                tracing::error!(error = &error as &dyn std::error::Error, "look at an instance");
                Err(Refusal::unavailable("the store cannot be read; the server's log says why"))
            }
        }
    }
}

impl fmt::Debug for Control {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Control").field("sessions", &self.tasks.len()).finish_non_exhaustive()
    }
}

/// Why an agent's end of a session is not opened.
fn claim_of(claimed: Result<Claim, shared::StoreError>) -> Result<(), Refusal> {
    const NAME: &str = "InvalidSessionException";
    match claimed {
        Ok(Claim::Ours) => Ok(()),
        Ok(Claim::Unknown) => Err(Refusal::client(NAME, "the session is over")),
        Ok(Claim::Lost) => {
            Err(Refusal::client(NAME, "the session was begun before the agent was started anew"))
        }
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "claim an exec session");
            Err(Refusal::unavailable("the store cannot be used; the server's log says why"))
        }
    }
}

/// What an agent says of itself in its request.
fn hello<B>(request: &Request<B>) -> Hello {
    let text = |name| Some(parameter(request, name).into_owned()).filter(|text| !text.is_empty());
    Hello {
        versions: Versions {
            agent_version: text("agentVersion"),
            agent_hash: text("agentHash"),
            docker_version: text("dockerVersion"),
        },
        protocol_version: parameter(request, "protocolVersion").parse().unwrap_or(1),
        wants_credentials: parameter(request, "sendCredentials") == "true",
        instance_profile: text(domain::link::INSTANCE_PROFILE),
    }
}

fn refused(refusal: &Refusal) -> Response<Full<Bytes>> {
    tracing::info!(name = refusal.name, message = refusal.message, "agent session refused");
    refusal.response()
}

/// The connection, once the answer to the upgrade is out.
async fn connected(
    upgrade: OnUpgrade,
    stop: &CancellationToken,
) -> Option<TokioIo<hyper::upgrade::Upgraded>> {
    let upgraded = stop.run_until_cancelled(tokio::time::timeout(UPGRADE_WAIT, upgrade)).await?;
    match upgraded {
        Ok(Ok(upgraded)) => Some(TokioIo::new(upgraded)),
        Ok(Err(error)) => {
            tracing::warn!(%error, "upgrade an agent's connection");
            None
        }
        Err(_) => {
            tracing::warn!("an agent's connection was not upgraded in time");
            None
        }
    }
}
