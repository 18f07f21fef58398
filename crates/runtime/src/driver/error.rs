//! What the driver could not do, and ECS's name for it.

use crate::chain::chain;
use crate::container::request::RequestError;
use crate::container::user::UnknownUser;
use crate::image::error::ImageError;
use crate::network::bridge::NetworkError;
use crate::network::netlink::NetlinkError;
use crate::network::routers::RoutersError;
use crate::shim::protocol::Part;
use crate::spawn::SpawnError;
use agent::driver::{ContainerFault, FaultName};
use std::io;

/// An act of the driver that did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum DriverError {
    /// A name that cannot be a file name.
    #[error("{what} `{name}`: must be letters, digits, `-`, `_` and `.`, at most 240")]
    Name {
        /// Of what.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// A file operation; the path is in it.
    #[error(transparent)]
    File(io::Error),
    /// The host's network.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// The network of a VPC.
    #[error(transparent)]
    Routers(#[from] RoutersError),
    /// A program of the host.
    #[error(transparent)]
    Spawn(#[from] SpawnError),
    /// An image.
    #[error(transparent)]
    Image(#[from] ImageError),
    /// What a container asks for.
    #[error("{0}")]
    Asked(String),
    /// A volume that cannot be.
    #[error("{0}")]
    Volume(String),
    /// A task or container that is not there.
    #[error("{0}")]
    Unknown(String),
    /// The subnet is full.
    #[error("no free address in the bridge's subnet {0}: stop tasks or configure a larger one")]
    NoAddress(String),
    /// A shim that cannot be reached or started.
    #[error("the shim of task `{task}`: {text}")]
    Shim {
        /// The task.
        task: String,
        /// What went wrong.
        text: String,
    },
    /// A shim that refused, because of the network or of the container's ports.
    #[error("{0}")]
    Networking(String),
    /// A shim that refused for another reason.
    #[error("{0}")]
    Refused(String),
    /// Something of a task is still in use.
    #[error("{0}")]
    Busy(String),
}

impl From<RequestError> for DriverError {
    fn from(error: RequestError) -> Self {
        Self::Asked(error.to_string())
    }
}

impl From<UnknownUser> for DriverError {
    fn from(error: UnknownUser) -> Self {
        Self::Asked(error.to_string())
    }
}

impl DriverError {
    /// The kernel's network refused.
    pub(crate) fn netlink(error: NetlinkError) -> Self {
        Self::File(io::Error::other(error.to_string()))
    }

    /// From a shim's answer.
    pub(crate) fn refused(part: Part, text: String) -> Self {
        match part {
            Part::Network => Self::Networking(text),
            Part::Runtime | Part::Mount | Part::Request => Self::Refused(text),
        }
    }

    /// As a container's fault; `usual` is the name where the error has none of its own.
    pub(crate) fn fault(&self, usual: FaultName) -> ContainerFault {
        let name = match self {
            Self::Networking(_) | Self::NoAddress(_) | Self::Routers(_) => {
                FaultName::ContainerNetworkingError
            }
            Self::Volume(_) => FaultName::CannotCreateVolumeError,
            Self::Image(error) if usual == FaultName::CannotPullContainerError => {
                match error.ecs_name() {
                    "CannotPullContainerAuthError" => FaultName::CannotPullContainerAuthError,
                    "CannotPullImageManifestError" => FaultName::CannotPullImageManifestError,
                    _ => usual,
                }
            }
            _ => usual,
        };
        ContainerFault { name, text: chain(self) }
    }
}
