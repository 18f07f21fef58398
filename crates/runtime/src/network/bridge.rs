//! Sets up, once per agent start, what all containers of the instance share on the network: bridge, kernel parameters, firewall table.

use super::address::{Subnet, candidates};
use super::netlink::{Netlink, NetlinkError};
use super::{attach, firewall, guard, link, namespace};
use crate::spawn::{self, SpawnError};
use rustix::io::Errno;
use std::io;
use std::path::PathBuf;

/// Held while a free subnet is chosen, so that two instances that start at once do not choose the same.
const LOCK: &str = "/run/longshore-network.lock";

/// What all networks of a host share, so that one container fills it for everybody where it is small: neighbours, and bytes of packets in pieces.
const SHARED: [(&str, u64); 3] = [
    ("/proc/sys/net/ipv4/neigh/default/gc_thresh3", 65_536),
    ("/proc/sys/net/ipv4/neigh/default/gc_thresh2", 32_768),
    ("/proc/sys/net/ipv4/ipfrag_high_thresh", 64 << 20),
];

/// What stood in the way.
#[derive(Debug, thiserror::Error)]
pub enum NetworkError {
    /// The configured subnet is in use.
    #[error(
        "subnet {subnet} overlaps {other}, which this host has an address in or a route to: configure another"
    )]
    Overlap {
        /// Configured.
        subnet: Subnet,
        /// There already.
        other: Subnet,
    },
    /// All subnets we would take are in use.
    #[error("no free subnet for containers: configure one")]
    NoSubnet,
    /// The kernel refused.
    #[error("set up bridge `{bridge}`")]
    Bridge {
        /// Its name.
        bridge: String,
        /// Why.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A kernel parameter.
    #[error("set `{}`", path.display())]
    Parameter {
        /// Its file.
        path: PathBuf,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// Where the agent's endpoints for tasks listen.
    #[error("set up network name space `{name}`")]
    Endpoints {
        /// Its name.
        name: String,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// The firewall.
    #[error("set up nftables table `{table}`")]
    Firewall {
        /// Its name.
        table: String,
        /// Why not.
        #[source]
        source: SpawnError,
    },
}

/// What is configured about an instance's network.
#[derive(Clone, Debug)]
pub(crate) struct Wanted<'a> {
    /// The bridge's name.
    pub(crate) bridge: &'a str,
    /// The firewall table's name.
    pub(crate) table: &'a str,
    /// What the names of containers' ports begin with.
    pub(crate) ends: &'a str,
    /// What the names of links to routers begin with.
    pub(crate) uplinks: &'a str,
    /// Its subnet; one that is free if none.
    pub(crate) subnet: Option<Subnet>,
}

/// Makes everything, or finds it there. Returns the subnet.
pub(crate) fn set_up(wanted: &Wanted<'_>) -> Result<Subnet, NetworkError> {
    let bridge = |source: NetlinkError| NetworkError::Bridge {
        bridge: wanted.bridge.to_owned(),
        source: Box::new(source),
    };
    let parameter = |path: PathBuf| |source: io::Error| NetworkError::Parameter { path, source };
    let _lock = lock().map_err(parameter(LOCK.into()))?;
    let mut netlink = Netlink::route().map_err(bridge)?;
    let index = link::index(&netlink, wanted.bridge).map_err(bridge)?;
    let networks: Vec<(Subnet, bool)> = link::networks(&mut netlink)
        .map_err(bridge)?
        .into_iter()
        .filter(|(_, prefix, _)| *prefix > 0)
        .map(|(address, prefix, of)| (Subnet::around(address, prefix), of.is_some() && of == index))
        .collect();
    let subnet = choose(wanted.subnet, &networks)?;
    let index = match index {
        Some(index) => index,
        None => {
            let made = link::new_bridge(wanted.bridge, attach::mac_of(subnet.gateway()));
            match netlink.run(&[made]) {
                Err(error) if !error.is(Errno::EXIST) => return Err(bridge(error)),
                _ => {}
            }
            link::index(&netlink, wanted.bridge)
                .map_err(bridge)?
                .ok_or_else(|| bridge(NetlinkError::Short))?
        }
    };
    match netlink.run(&[link::new_address(index, subnet.gateway(), subnet.prefix())]) {
        Err(error) if !error.is(Errno::EXIST) => return Err(bridge(error)),
        _ => {}
    }
    // Containers find no address of the host by IPv6, and the host learns no routes from them.
    namespace::without_ipv6(wanted.bridge).map_err(parameter(wanted.bridge.into()))?;
    netlink.run(&[link::up(index, wanted.bridge)]).map_err(bridge)?;
    let settings = [
        ("/proc/sys/net/ipv4/ip_forward".to_owned(), "1"),
        (format!("/proc/sys/net/ipv4/conf/{}/route_localnet", wanted.bridge), "1"),
        (format!("/proc/sys/net/ipv4/conf/{}/forwarding", wanted.bridge), "1"),
    ];
    for (path, value) in settings {
        fs_err::write(&path, value).map_err(parameter(path.into()))?;
    }
    for (path, at_least) in SHARED {
        raise(path, at_least).map_err(parameter(path.into()))?;
    }
    let script = firewall::script(wanted.table, wanted.bridge, subnet);
    spawn::nft(&script)
        .map_err(|source| NetworkError::Firewall { table: wanted.table.to_owned(), source })?;
    stand_guard(wanted);
    live_with_docker(&[wanted.bridge, &format!("{}*", wanted.uplinks)]);
    Ok(subnet)
}

/// Makes a kernel parameter at least so large. Only the first name space of a host has those of all.
fn raise(path: &str, at_least: u64) -> io::Result<()> {
    let is_less = match fs_err::read_to_string(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        said => said?.trim().parse::<u64>().is_ok_and(|now| now < at_least),
    };
    if is_less { fs_err::write(path, at_least.to_string()) } else { Ok(()) }
}

/// Few kernels cannot filter what is bridged; containers work there as well.
fn stand_guard(wanted: &Wanted<'_>) {
    if let Err(error) = spawn::nft(&guard::script(wanted.table, wanted.ends)) {
        tracing::warn!(
            bridge = wanted.bridge,
            error = crate::chain::chain(&error),
            "containers in mode `bridge` can send in each other's names: what keeps them from it needs nftables for bridges (CONFIG_NF_TABLES_BRIDGE, module `nf_tables`)"
        );
    }
}

/// Takes bridge and table away. Gone already is fine.
pub(crate) fn tear_down(bridge: &str, table: &str) -> Result<(), NetworkError> {
    let failed = |source: NetlinkError| NetworkError::Bridge {
        bridge: bridge.to_owned(),
        source: Box::new(source),
    };
    let mut netlink = Netlink::route().map_err(failed)?;
    match netlink.run(&[link::delete(bridge)]) {
        Err(error) if !error.is(Errno::NODEV) => return Err(failed(error)),
        _ => {}
    }
    // Where a kernel has no such tables there is none.
    let _ = spawn::nft(&guard::removal(table));
    spawn::nft(&firewall::removal(table))
        .map_err(|source| NetworkError::Firewall { table: table.to_owned(), source })
}

/// The configured subnet, the bridge's own from before, or a free one.
fn choose(wanted: Option<Subnet>, networks: &[(Subnet, bool)]) -> Result<Subnet, NetworkError> {
    let clash = |subnet: Subnet| {
        networks.iter().find(|(other, is_own)| !is_own && other.overlaps(subnet)).map(|(o, _)| *o)
    };
    if let Some(subnet) = wanted {
        return match clash(subnet) {
            Some(other) => Err(NetworkError::Overlap { subnet, other }),
            None => Ok(subnet),
        };
    }
    let own = networks.iter().find(|(subnet, is_own)| *is_own && subnet.prefix() < 29);
    if let Some((own, _)) = own {
        return Ok(*own);
    }
    candidates().find(|subnet| clash(*subnet).is_none()).ok_or(NetworkError::NoSubnet)
}

/// Waits until no other instance of this host chooses addresses, and keeps them waiting until the file is closed.
pub(crate) fn lock() -> io::Result<fs_err::File> {
    let file = fs_err::OpenOptions::new().create(true).append(true).open(LOCK)?;
    rustix::fs::flock(&file, rustix::fs::FlockOperation::LockExclusive)?;
    Ok(file)
}

/// Docker sets the host's forward chain to drop what it does not know, which would be our containers and tasks.
fn live_with_docker(interfaces: &[&str]) {
    let Ok(forward) = spawn::nft_list("ip filter FORWARD") else { return };
    let user = spawn::nft_list("ip filter DOCKER-USER");
    for interface in interfaces {
        let exception = firewall::docker_exception(
            &forward,
            user.is_ok(),
            user.as_deref().unwrap_or_default(),
            interface,
        );
        if let Some(script) = exception
            && let Err(error) = spawn::nft(&script)
        {
            tracing::warn!(
                interface,
                error = crate::chain::chain(&error),
                "the host's firewall drops forwarded packets: containers reach this host only; accept `{interface}` in its forward chain"
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subnet(text: &str) -> Subnet {
        text.parse().expect("subnet")
    }

    #[test]
    fn a_subnet_is_what_was_configured_or_ours_before_or_free() {
        let taken =
            [(subnet("172.29.0.0/16"), false), (Subnet::around([10, 0, 0, 5].into(), 24), false)];
        assert_eq!(choose(None, &taken).expect("free"), subnet("172.30.0.0/20"));
        assert_eq!(
            choose(Some(subnet("10.1.0.0/20")), &taken).expect("free"),
            subnet("10.1.0.0/20")
        );
        let error = choose(Some(subnet("10.0.0.0/20")), &taken).expect_err("taken");
        assert!(error.to_string().contains("10.0.0.0/24"), "{error}");
        let ours = [(subnet("172.29.32.0/20"), true), (subnet("172.29.0.0/20"), false)];
        assert_eq!(choose(None, &ours).expect("ours"), subnet("172.29.32.0/20"));
    }
}
