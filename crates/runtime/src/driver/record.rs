//! What is kept of a created container, for its starts and for the next agent.

use super::DriverError;
use crate::container::mount::VolumeMount;
use crate::shim::PHASE;
use crate::shim::protocol::{Launch, Network, Phase};
use crate::shim::zygote::replace;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::io;
use std::net::Ipv4Addr;
use std::path::Path;

const FILE: &str = "record.json";

/// A created container.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Record {
    /// What its shim is told at each start.
    pub(crate) launch: Launch,
    /// Its volumes, for those who take volumes from it.
    pub(crate) volumes: Vec<VolumeMount>,
    /// The number of its stop signal.
    pub(crate) stop_signal: i32,
    /// What it calls itself.
    pub(crate) host_name: String,
    /// Ports that are the host's own, in host mode.
    #[serde(default)]
    pub(crate) host_ports: Vec<crate::shim::protocol::Port>,
    /// Digest of its image's configuration.
    #[serde(default)]
    pub(crate) image_id: String,
    /// When it was created.
    #[serde(default)]
    pub(crate) created: Option<Timestamp>,
}

impl Record {
    /// Its address on the bridge.
    pub(crate) fn address(&self) -> Option<Ipv4Addr> {
        match &self.launch.network {
            Network::Bridge(to) => Some(to.address),
            Network::Host | Network::Isolated | Network::Task => None,
        }
    }

    /// Keeps it. From then on the container is created.
    pub(crate) fn keep(&self, bundle: &Path) -> Result<(), DriverError> {
        let text = serde_json::to_vec(self).expect("a record is plain data");
        replace(&bundle.join(FILE), &text).map_err(DriverError::File)
    }

    /// The record of the container in `bundle`; `None` if it was not created, or its creation was cut off.
    pub(crate) fn load(bundle: &Path) -> Result<Option<Self>, DriverError> {
        read_json(&bundle.join(FILE))
    }
}

/// Where the shim last said the container in `bundle` is.
pub(crate) fn kept_phase(bundle: &Path) -> Result<Option<Phase>, DriverError> {
    read_json(&bundle.join(PHASE))
}

/// A file of ours; one that is cut short, as after a power failure, counts as missing.
pub(crate) fn read_json<T: serde::de::DeserializeOwned>(
    path: &Path,
) -> Result<Option<T>, DriverError> {
    match fs_err::read(path) {
        Ok(bytes) => Ok(serde_json::from_slice(&bytes).ok()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(DriverError::File(error)),
    }
}
