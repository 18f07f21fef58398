//! The control plane's process side: opens the store, starts what decides and does, listens; and ends it all in the right order.
//!
//! Must always hold: what starts last ends first; nothing is acknowledged after the store is closed.

pub(crate) mod keys;
pub(crate) mod serve;

use crate::{args, layout};
use anyhow::{Context, Result, anyhow};
use api::{Authenticator, Front, Mode, Service, system_clock};
use control::{
    Control,
    config::{CredentialTimes, Sources},
};
use domain::{
    id::{ClusterName, Scope},
    instance::InstanceLink,
    time::Millis,
};
use fs_err as fs;
use planner::rules::Rules;
use ring::rand::{SecureRandom, SystemRandom};
use std::{
    net::SocketAddr,
    os::unix::fs::OpenOptionsExt,
    path::Path,
    sync::{Arc, atomic::Ordering},
};
use store::{Embedded, Engine, Options, WatchError};
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_util::sync::CancellationToken;

/// A control plane that answers.
pub(crate) struct Plane {
    engine: Arc<Embedded>,
    routes: Arc<serve::Routes>,
    service: Service,
    server: JoinHandle<()>,
    end: CancellationToken,
    /// The address that it answers at, such as `http://127.0.0.1:4566`.
    pub(crate) endpoint: String,
    /// Whether signatures are verified.
    pub(crate) mode: Mode,
}

impl Plane {
    /// Opens the data directory and answers. The health check says "starting" until [`Self::ready`].
    pub(crate) async fn start(arguments: &args::Plane) -> Result<Self> {
        let data = &arguments.data.data_dir;
        fs::create_dir_all(data)?;
        let listener = listen(arguments.listen).await?;
        let address = listener.local_addr().context("ask for the listener's address")?;
        let endpoint =
            arguments.advertise.clone().unwrap_or_else(|| format!("http://{}", reachable(address)));
        let engine = Arc::new(Embedded::open(&layout::store(data), Options::default()).await?);
        let mode = mode(arguments.auth, address);
        let service = service(arguments, &engine, mode);
        let routes = Arc::new(routes(arguments, &engine, mode, service.clone()).await?);
        let end = CancellationToken::new();
        let server = serve::run(listener, routes.clone(), end.clone());
        #[expect(clippy::disallowed_methods, reason = "joined in `stop`")]
        let server = tokio::spawn(server);
        Ok(Self { engine, routes, service, server, end, endpoint, mode })
    }

    /// The store, for what must be there before the first call.
    pub(crate) fn engine(&self) -> &dyn Engine {
        &*self.engine
    }

    /// Returns once an agent of the cluster has its session: from then on tasks are placed.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub(crate) async fn joined(&self, scope: &Scope, cluster: &ClusterName) -> Result<()> {
        let links = InstanceLink::all_in(scope, cluster);
        loop {
            let snapshot = self.engine.snapshot().await?;
            for link in snapshot.range::<InstanceLink>(&links) {
                if link?.record.connected {
                    return Ok(());
                }
            }
            match self.engine.watch(links.clone(), snapshot.revision().next()).await {
                Ok(mut watch) => drop(watch.next().await),
                Err(WatchError::Compacted { .. }) => {}
                Err(error @ WatchError::Closed) => return Err(error.into()),
            }
        }
    }

    /// From now on the health check says "ready", and the endpoint is in the data directory for other commands.
    pub(crate) fn ready(&self, data: &Path) -> Result<()> {
        let file = layout::endpoint(data);
        let beside = file.with_extension("new");
        fs::write(&beside, format!("{}\n", self.endpoint))?;
        fs::rename(&beside, &file)?; // whoever looks sees all of it or nothing
        self.routes.is_ready.store(true, Ordering::Release);
        Ok(())
    }

    /// Finishes replies, sessions and rounds, then closes the store.
    pub(crate) async fn stop(self) {
        self.end.cancel();
        self.routes.control.shutdown().await;
        if let Err(error) = self.server.await {
            tracing::error!(%error, "the listener ended");
        }
        self.service.close().await;
        drop(self.routes);
        match Arc::try_unwrap(self.engine) {
            Ok(engine) => engine.close().await,
            // A connection outlived its grace; the store is durable after every commit anyway.
            Err(_) => tracing::debug!("the store is left to the end of the process"),
        }
    }
}

fn service(arguments: &args::Plane, engine: &Arc<Embedded>, mode: Mode) -> Service {
    let config = Arc::new(api::Config {
        stopped_task_retention: arguments.stopped_task_retention,
        agent_endpoint: arguments.advertise.clone(),
        enforces_policies: mode == Mode::Iam,
        public_addresses: arguments.public_addresses,
    });
    Service::new(engine.clone(), config, system_clock)
}

async fn routes(
    arguments: &args::Plane,
    engine: &Arc<Embedded>,
    mode: Mode,
    service: Service,
) -> Result<serve::Routes> {
    let shared: Arc<dyn Engine> = engine.clone();
    let front = Front::new(service, Authenticator::new(mode, shared.clone(), system_clock));
    let rules = Rules {
        retention: arguments.stopped_task_retention,
        loss_after: arguments.instance_lease,
        healthy_after: arguments.healthy_after,
        ..Rules::default()
    };
    let validity = arguments.role_credentials_validity;
    // In ECS's own proportion: of six hours the last is left when they are renewed.
    let credentials = CredentialTimes { valid_for: validity, renew_before: Millis(validity.0 / 6) };
    let config = control::config::Config {
        rules,
        credentials,
        checks_trust: mode == Mode::Iam,
        public_addresses: arguments.public_addresses,
        ..control::config::Config::default()
    };
    let control = Control::start(shared, config, sources()).await?;
    Ok(serve::Routes { front, control: Arc::new(control), is_ready: false.into() })
}

fn sources() -> Sources {
    let random = SystemRandom::new();
    Sources {
        clock: Arc::new(system_clock),
        random: Arc::new(move |bytes| {
            random.fill(bytes).expect("the operating system gives random bytes")
        }),
    }
}

async fn listen(address: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(address).await.map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            anyhow!("{address} is taken by another process; end it, or choose another address with `--listen`")
        }
        _ => anyhow!(error).context(format!("listen on {address}")),
    })
}

/// The address by which this machine's own processes reach a listener on every interface.
fn reachable(address: SocketAddr) -> SocketAddr {
    if !address.ip().is_unspecified() {
        return address;
    }
    match address {
        SocketAddr::V4(_) => SocketAddr::new(std::net::Ipv4Addr::LOCALHOST.into(), address.port()),
        SocketAddr::V6(_) => SocketAddr::new(std::net::Ipv6Addr::LOCALHOST.into(), address.port()),
    }
}

fn mode(chosen: Option<args::Auth>, address: SocketAddr) -> Mode {
    match chosen {
        Some(args::Auth::Local) => Mode::Local,
        Some(args::Auth::Iam) => Mode::Iam,
        None if address.ip().is_loopback() => Mode::Local,
        None => Mode::Iam,
    }
}

/// Writes a file that only its owner can read.
fn write_secret(path: &Path, text: &str) -> Result<()> {
    use std::io::Write;

    let mut options = fs::OpenOptions::new();
    options.options_mut().mode(0o600);
    let mut file = options.write(true).create(true).truncate(true).open(path)?;
    file.write_all(text.as_bytes())?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::mode;
    use crate::args::Auth;
    use api::Mode;

    #[test]
    fn signatures_are_verified_anywhere_but_on_loopback() {
        let at = |text: &str| text.parse().expect("an address");
        assert_eq!(mode(None, at("127.0.0.1:4566")), Mode::Local);
        assert_eq!(mode(None, at("[::1]:4566")), Mode::Local);
        assert_eq!(mode(None, at("0.0.0.0:4566")), Mode::Iam);
        assert_eq!(mode(None, at("10.0.0.1:4566")), Mode::Iam);
        assert_eq!(mode(Some(Auth::Local), at("10.0.0.1:4566")), Mode::Local);
    }
}
