//! This machine as a host of containers: the Linux driver over the data directory, and the agent that uses it.

use crate::{args, layout, presence::Ending};
use agent::driver::{ContainerFault, Driver};
use anyhow::{Context, Result, anyhow};
use api::system_clock;
use domain::{
    fargate::POOL_ATTRIBUTE,
    id::{ClusterName, Region},
    tag::Attribute,
};
use placement::candidate::EXTERNAL_ATTRIBUTE;
use runtime::{
    LinuxConfig, LinuxDriver,
    image::{gc::Grace, pull::PullPolicy, store::Images},
};
use std::{
    net::{IpAddr, Ipv4Addr, UdpSocket},
    path::Path,
    sync::Arc,
    time::Duration,
};
use wire::sigv4::Credentials;

/// What the agent joins.
pub(crate) struct Joined {
    pub(crate) endpoint: String,
    pub(crate) region: Region,
    pub(crate) cluster: ClusterName,
    /// What else it is.
    pub(crate) is: Kind,
    pub(crate) credentials: Credentials,
}

/// What a host is to its control plane, besides an instance of its cluster.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Nothing.
    Instance,
    /// Of Fargate's pool too.
    Pooled,
    /// Outside of EC2.
    External,
}

impl Kind {
    /// The attribute that says so.
    fn attribute(self) -> Option<Attribute> {
        let name = match self {
            Self::Instance => return None,
            Self::Pooled => POOL_ATTRIBUTE,
            Self::External => EXTERNAL_ATTRIBUTE,
        };
        Some(Attribute { name: name.to_owned(), value: None })
    }
}

/// As the official agent's ECS_IMAGE_CLEANUP_INTERVAL.
const COLLECT_EVERY: Duration = Duration::from_secs(30 * 60);

/// The driver of this machine, or one sentence that says what it lacks. `endpoint` is the control plane's.
pub(crate) fn open(
    data: &Path,
    arguments: &args::Host,
    is: Kind,
    endpoint: &str,
) -> Result<LinuxDriver> {
    let mut config = LinuxConfig::new(layout::runtime(data));
    config.serves_awsvpc = !matches!(is, Kind::External);
    config.underlay = arguments.host_address.or_else(|| address_towards(endpoint));
    config.runtime.clone_from(&arguments.runtime);
    config.fargate_runtime.clone_from(&arguments.fargate_runtime);
    config.subnet = arguments.bridge_subnet;
    config.pull_policy = match arguments.image_pull_behavior {
        args::PullBehavior::Default => PullPolicy::Default,
        args::PullBehavior::Always => PullPolicy::Always,
        args::PullBehavior::Once => PullPolicy::Once,
        args::PullBehavior::PreferCached => PullPolicy::PreferCached,
    };
    config.reserved_memory_mib = arguments.reserved_memory;
    config.block_instance_metadata = arguments.block_instance_metadata;
    config.awsvpc_block_imds = arguments.awsvpc_block_imds;
    config.log_retention = Duration::from_millis(arguments.log_retention.0.unsigned_abs());
    driver(data, config)
}

/// The address of this host from which it reaches `endpoint`, if that is another host. No packet is sent.
fn address_towards(endpoint: &str) -> Option<Ipv4Addr> {
    let uri: http::Uri = endpoint.parse().ok()?;
    let port = uri.port_u16().unwrap_or(80);
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect((uri.host()?, port)).ok()?;
    match socket.local_addr().ok()?.ip() {
        IpAddr::V4(address) if !address.is_loopback() => Some(address),
        _ => None,
    }
}

fn driver(data: &Path, config: LinuxConfig) -> Result<LinuxDriver> {
    let images = Images::open(layout::images(data))?;
    Ok(LinuxDriver::open(config, Arc::new(images))?)
}

/// Runs the agent until an end is asked for. With `down` it stops its tasks first and takes all that is this driver's from the host.
pub(crate) async fn run_agent(
    driver: LinuxDriver,
    data: &Path,
    joined: Joined,
    host: &args::Host,
    ending: &Ending,
) -> Result<()> {
    let Joined { endpoint, region, cluster, is, credentials } = joined;
    let mut config = agent::Config::new(endpoint, Some(cluster), region, credentials, data);
    config.availability_zone.clone_from(&host.availability_zone);
    config.introspection = host.introspection.0;
    config.instance_profile.clone_from(&host.instance_profile);
    config.serves_version_1 = host.instance_metadata_tokens == args::HttpTokens::Optional;
    config.instance_type.clone_from(&host.instance_type);
    config.attributes = host
        .attributes
        .iter()
        .map(|(name, value)| Attribute { name: name.clone(), value: Some(value.clone()) })
        .collect();
    config.attributes.extend(is.attribute());
    let (stopper, shutdown) = agent::shutdown();
    let running = agent::run(config, Arc::new(driver.clone()), Arc::new(system_clock), shutdown);
    let asked = async {
        ending.asked().await;
        if ending.down.is_cancelled() {
            stopper.stop_all("Stopped by longshore down")
        } else {
            stopper.leave()
        }
        std::future::pending::<()>().await;
    };
    let images = Images::open(layout::images(data))?;
    tokio::select! {
        biased;
        ended = running => ended?,
        () = asked => unreachable!("it never ends"),
        () = collect(images) => unreachable!("it never ends"),
    }
    if ending.down.is_cancelled() {
        tokio::task::spawn_blocking(move || driver.tear_down())
            .await
            .context("take the bridge down")??;
    }
    Ok(())
}

/// Frees what no image, container or download needs, now and from time to time.
async fn collect(images: Images) {
    loop {
        let images = images.clone();
        match tokio::task::spawn_blocking(move || images.collect(Grace::usual(now()))).await {
            Ok(Ok(freed)) if freed.bytes > 0 => {
                tracing::info!(bytes = freed.bytes, layers = freed.layers, "images collected")
            }
            Ok(Ok(_)) => {}
            Ok(Err(error)) => {
                tracing::warn!(error = &error as &dyn std::error::Error, "collect images")
            }
            Err(error) => tracing::error!(%error, "collect images"),
        }
        tokio::time::sleep(COLLECT_EVERY).await;
    }
}

/// The time that files' ages are compared with.
#[expect(clippy::disallowed_methods, reason = "the outermost shell reads the clock")]
pub(crate) fn now() -> std::time::SystemTime {
    std::time::SystemTime::now()
}

/// Ends and frees everything that a killed process left in `data`; says how many tasks that were.
pub(crate) async fn clear(data: &Path) -> Result<usize> {
    if !layout::runtime(data).exists() {
        return Ok(0);
    }
    let driver = driver(data, LinuxConfig::new(layout::runtime(data)))?;
    let found = driver.inventory().await.map_err(words)?;
    for task in &found {
        driver.remove(task.task.clone()).await.map_err(words)?;
    }
    tokio::task::spawn_blocking(move || driver.tear_down())
        .await
        .context("take the bridge down")??;
    Ok(found.len())
}

fn words(fault: ContainerFault) -> anyhow::Error {
    anyhow!(fault.text)
}
