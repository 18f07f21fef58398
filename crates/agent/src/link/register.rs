//! Registration: the host joins its cluster, and keeps its name through restarts.
//!
//! The instance's ARN is written down, sent again by the next process, and must come back the same. Invariant: an agent whose attributes
//! the plane does not keep stops, because tasks would be placed by what the host is not. Not here: the file (`shelf`).

use super::{
    Link,
    api::{Registered, Registration},
    http::CallError,
    pace::{Ending, Pace, Timing},
    uuid,
};
use crate::{config::Config, driver::Capacity};
use domain::{tag::Attribute, time::Millis};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// What this agent can do, whoever runs its containers.
const CAPABILITIES: [&str; 6] = [
    "ecs.capability.container-health-check",
    "ecs.capability.container-ordering",
    "ecs.capability.container-restart-policy",
    domain::exec::CAPABILITY,
    "ecs.capability.full-sync",
    "ecs.capability.increased-task-cpu-limit",
];

const ZONE: &str = "ecs.availability-zone";
const INSTANCE_TYPE: &str = "ecs.instance-type";

/// Waits between tries: a plane that starts together with its agent is there in a moment.
const TIMING: Timing =
    Timing { backoff: Millis(50), backoff_max: Millis::from_s(30), ..Timing::ACS };

/// Who this host is in its cluster.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Identity {
    /// As configured.
    pub(crate) cluster: String,
    pub(crate) container_instance_arn: String,
    /// Where the plane says it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) zone: Option<String>,
    /// What the plane takes its size from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) instance_type: Option<String>,
    /// EC2's id of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) ec2_id: Option<String>,
}

/// Why the host is not part of its cluster. Asking again does not help.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// The plane refuses.
    #[error("register in cluster `{cluster}`")]
    Refused {
        /// Which cluster.
        cluster: String,
        /// Why.
        #[source]
        source: CallError,
    },
    /// The plane does not take the host back under its old name.
    #[error(
        "register in cluster `{cluster}` as `{arn}`: to join as a new instance remove `instance.json` from the agent's directory"
    )]
    RefusedAgain {
        /// Which cluster.
        cluster: String,
        /// The old name.
        arn: String,
        /// Why.
        #[source]
        source: CallError,
    },
    /// The plane does not keep what it was told.
    #[error("the control plane did not keep the attribute `{name}`")]
    NotKept {
        /// Which one.
        name: String,
    },
    /// The plane knows the host under another name.
    #[error("registered as `{given}`, but was `{kept}`")]
    Renamed {
        /// Before.
        kept: String,
        /// Now.
        given: String,
    },
}

/// What the agent of `config` tells of a host with `capacity`.
pub(crate) fn registration(
    config: &Config,
    capacity: &Capacity,
    kept: Option<&Identity>,
) -> Registration {
    let mut attributes: Vec<Attribute> = Vec::new();
    let named = |name: &str, value: &Option<String>| {
        value.clone().map(|value| Attribute { name: name.to_owned(), value: Some(value) })
    };
    let built_in = CAPABILITIES.iter().map(|name| Attribute { name: (*name).into(), value: None });
    let told = config
        .attributes
        .iter()
        .cloned()
        .chain(named(INSTANCE_TYPE, &config.instance_type))
        .chain(named(ZONE, &config.availability_zone))
        .chain(capacity.attributes.iter().cloned())
        .chain(built_in);
    for attribute in told {
        // The user's word comes first and counts.
        if !attributes.iter().any(|known| known.name == attribute.name) {
            attributes.push(attribute);
        }
    }
    Registration {
        instance_arn: kept.map(|kept| kept.container_instance_arn.clone()),
        attributes,
        tags: config.tags.clone(),
        cpu_units: capacity.cpu_units,
        memory_mib: (capacity.memory_mib - config.reserved_memory_mib).max(0),
        ports_tcp: capacity.reserved_ports_tcp.clone(),
        ports_udp: capacity.reserved_ports_udp.clone(),
        token: uuid(),
    }
}

/// Registers, and tries again as long as that may help.
///
/// # Errors
/// When the plane refuses for good, or does not keep what it was told.
pub(crate) async fn register(
    link: &Link,
    registration: &Registration,
) -> Result<Identity, RegisterError> {
    let cluster = link.config.cluster_name().to_owned();
    let mut pace = Pace::new(TIMING);
    loop {
        let error = match link.api.register(registration).await {
            Ok(Registered { arn, attributes, ec2_id }) => {
                check(registration, &arn, &attributes)?;
                let value = |name: &str| {
                    attributes.iter().find(|it| it.name == name).and_then(|it| it.value.clone())
                };
                let (zone, instance_type) = (value(ZONE), value(INSTANCE_TYPE));
                let container_instance_arn = arn;
                return Ok(Identity {
                    cluster,
                    container_instance_arn,
                    zone,
                    instance_type,
                    ec2_id,
                });
            }
            Err(error) => error,
        };
        let is_ours_to_make =
            link.config.cluster.is_none() && error.fault() == Some("ClusterNotFoundException");
        if is_ours_to_make {
            if let Err(source) = link.api.create_cluster().await
                && !source.is_passing()
            {
                return Err(RegisterError::Refused { cluster, source });
            }
        } else if !error.is_passing() {
            return Err(refused(cluster, registration, error));
        }
        let why = error.to_string();
        tracing::warn!(error = &error as &dyn std::error::Error, "not registered yet");
        let wait = pace.wait(&Ending::Broken(why), Millis(0), super::chance());
        tokio::time::sleep(Duration::from_millis(wait.0.unsigned_abs())).await;
    }
}

fn refused(cluster: String, registration: &Registration, source: CallError) -> RegisterError {
    match registration.instance_arn.clone() {
        Some(arn) => RegisterError::RefusedAgain { cluster, arn, source },
        None => RegisterError::Refused { cluster, source },
    }
}

fn check(
    registration: &Registration,
    arn: &str,
    attributes: &[Attribute],
) -> Result<(), RegisterError> {
    if let Some(kept) = registration.instance_arn.as_deref().filter(|kept| *kept != arn) {
        return Err(RegisterError::Renamed { kept: kept.to_owned(), given: arn.to_owned() });
    }
    for told in &registration.attributes {
        let value = told.value.as_deref().unwrap_or_default();
        let is_kept = attributes.iter().any(|kept| {
            kept.name == told.name && kept.value.as_deref().unwrap_or_default() == value
        });
        if !is_kept {
            return Err(RegisterError::NotKept { name: told.name.clone() });
        }
    }
    Ok(())
}
