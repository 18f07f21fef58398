//! Which hosts serve a registry, and how they are spoken to.

use super::super::reference::DOCKER_HUB;
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

/// The host behind `docker.io`.
const DOCKER_HUB_HOST: &str = "registry-1.docker.io";

/// What an operator says about registries. The default speaks TLS to all hosts but this one.
#[derive(Clone, Debug, Default)]
pub struct RegistryOptions {
    /// Hosts, with their port where it is said, that may be spoken to without TLS. Loopback addresses always may.
    pub insecure: BTreeSet<String>,
    /// For a registry, hosts that are asked before it. They are asked without credentials.
    pub mirrors: BTreeMap<String, Vec<String>>,
    /// PEM files of certificate authorities to trust besides the system's.
    pub authorities: Vec<PathBuf>,
    /// How patient one is.
    pub patience: Patience,
}

/// Times and numbers of tries.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// Until a connection stands.
    pub connect: Duration,
    /// Until an answer begins.
    pub answer: Duration,
    /// Between two pieces of an answer.
    pub idle: Duration,
    /// Tries of one request, the first included.
    pub tries: u32,
    /// Before the second try; each further one waits twice as long.
    pub first_wait: Duration,
    /// The longest wait, also where the registry asks for more.
    pub wait_max: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            answer: Duration::from_secs(60),
            idle: Duration::from_secs(60),
            tries: 6,
            first_wait: Duration::from_millis(500),
            wait_max: Duration::from_secs(30),
        }
    }
}

/// A host to ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Endpoint {
    /// With its port where it is not the usual one.
    pub(super) host: String,
    /// A mirror is not told who pulls.
    pub(super) takes_credentials: bool,
}

impl RegistryOptions {
    /// Whom to ask for an image of `registry`, in order.
    pub(super) fn endpoints(&self, registry: &str) -> Vec<Endpoint> {
        let mirrors = self.mirrors.get(registry).into_iter().flatten();
        let own = if registry == DOCKER_HUB { DOCKER_HUB_HOST } else { registry };
        let own = Endpoint { host: own.to_owned(), takes_credentials: true };
        mirrors
            .map(|host| Endpoint { host: host.clone(), takes_credentials: false })
            .chain([own])
            .collect()
    }

    /// Whether a host may be spoken to without TLS.
    pub(super) fn is_insecure(&self, host: &str) -> bool {
        let name = without_port(host);
        is_loopback(name) || self.insecure.contains(host) || self.insecure.contains(name)
    }
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') => name,
        _ => host,
    }
}

fn is_loopback(name: &str) -> bool {
    let name = name.trim_start_matches('[').trim_end_matches(']');
    name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hub_has_a_host_of_its_own_and_mirrors_come_first() {
        let mut options = RegistryOptions::default();
        options.mirrors.insert("docker.io".to_owned(), vec!["mirror:5000".to_owned()]);
        let hosts = |registry| {
            options
                .endpoints(registry)
                .into_iter()
                .map(|e| (e.host, e.takes_credentials))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            hosts("docker.io"),
            [("mirror:5000".to_owned(), false), ("registry-1.docker.io".to_owned(), true)]
        );
        assert_eq!(hosts("quay.io"), [("quay.io".to_owned(), true)]);
    }

    #[test]
    fn only_loopback_and_listed_hosts_go_without_tls() {
        let options = RegistryOptions {
            insecure: ["inner".to_owned(), "other:81".to_owned()].into(),
            ..RegistryOptions::default()
        };
        for host in [
            "localhost",
            "localhost:5000",
            "127.0.0.1:5000",
            "127.9.9.9",
            "[::1]:5000",
            "inner",
            "inner:5000",
            "other:81",
        ] {
            assert!(options.is_insecure(host), "{host}");
        }
        for host in ["other", "other:82", "localhost.evil.example", "128.0.0.1:5000", "quay.io"] {
            assert!(!options.is_insecure(host), "{host}");
        }
    }
}
