//! The name space in which the agent's endpoints for tasks listen, and the way there from containers.
//!
//! ```text
//! container eth0 ──veth── bridge ──veth── ls-bridge ┐
//! awsvpc task ecs-eth0 ─────────veth───────────────┤ endpoints: 169.254.170.2 and 169.254.169.254 on lo, no forwarding
//! host ─────────────────── bridge ─────────────────┘
//! ```
//! Every agent has its own, on its own bridge, so that agents on one machine do not meet though the addresses are the same. Containers have
//! a route to the addresses and the MAC behind it (`attach`); the host has one route, the first agent's. Nothing is translated, so the
//! endpoints see who asks.
//!
//! What always holds: a request's source is the container that has the address. Who is behind which address is set here for good, and
//! the bridge keeps each MAC at its port, so a container that takes another's address gets no answer; source addresses that do not
//! belong to an interface are dropped; nothing is passed on from one interface to another; who opens connection after connection keeps nobody
//! else from opening one.
//! The name space outlives the agent, so that the interfaces of running tasks stay; `tear_down` takes it away.

use super::address::Subnet;
use super::attach::mac_of;
use super::link;
use super::namespace::{self, Namespace};
use super::netlink::{Netlink, NetlinkError};
use crate::spawn;
use rustix::fd::AsRawFd;
use rustix::io::Errno;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Mutex, MutexGuard};

/// Where tasks find metadata and credentials (agent-protocol.md §8).
pub(crate) const TASKS: Ipv4Addr = Ipv4Addr::new(169, 254, 170, 2);
/// Where they find what EC2 says of an instance.
pub(crate) const INSTANCE: Ipv4Addr = Ipv4Addr::new(169, 254, 169, 254);
/// Both are served here.
const PORT: u16 = 80;
/// The end of the bridge's interface that is in the name space.
const INNER: &str = "ls-bridge";

/// The firewall table inside.
const TABLE: &str = "longshore";

/// What the interface on the bridge has as MAC, in every instance: bridges do not meet.
pub(crate) fn mac() -> [u8; 6] {
    mac_of(TASKS)
}

/// What is to be set up.
#[derive(Clone, Debug)]
pub(crate) struct Wanted<'a> {
    /// The name of the name space and of its port of the bridge.
    pub(crate) name: &'a str,
    /// The bridge.
    pub(crate) bridge: &'a str,
    /// Its subnet.
    pub(crate) subnet: Subnet,
}

/// The endpoints' name space, set up.
#[derive(Debug)]
pub(crate) struct Endpoints {
    namespace: Namespace,
    serves_host: bool,
    gateway: Ipv4Addr,
    /// The index of [`INNER`], and a conversation with the network inside.
    inner: u32,
    inside: Mutex<Netlink>,
}

impl Endpoints {
    /// Makes everything, or finds it there.
    pub(crate) fn set_up(wanted: &Wanted<'_>) -> io::Result<Self> {
        let namespace = Namespace::named(wanted.name);
        namespace.make()?;
        let mut inside = namespace.inside(|| {
            settings()?;
            Netlink::route().map_err(refused)
        })?;
        let mut outside = Netlink::route().map_err(refused)?;
        let bridge = link::index(&outside, wanted.bridge).map_err(refused)?;
        let bridge = bridge.ok_or_else(|| io::Error::other("the bridge is not there"))?;
        let inner =
            connect(&mut outside, &mut inside, &namespace, wanted, bridge).map_err(refused)?;
        furnish(&mut inside, inner, wanted).map_err(refused)?;
        let ran = namespace.inside(|| Ok(spawn::nft(&script())))?;
        ran.map_err(|error| io::Error::other(crate::chain::chain(&error)))?;
        let serves_host = lead_host(&mut outside, wanted, bridge).map_err(refused)?;
        let gateway = wanted.subnet.gateway();
        Ok(Self { namespace, serves_host, gateway, inner, inside: Mutex::new(inside) })
    }

    /// Whether the host's own processes, and so containers in host mode, come to these endpoints: those of one agent on a machine can.
    pub(crate) fn serves_host(&self) -> bool {
        self.serves_host
    }

    /// The address by which the host's own processes come.
    pub(crate) fn host_address(&self) -> Ipv4Addr {
        self.gateway
    }

    /// A listener for `address`, one of [`TASKS`] and [`INSTANCE`].
    pub(crate) fn listen(&self, address: Ipv4Addr) -> io::Result<TcpListener> {
        let listener = self.namespace.inside(|| TcpListener::bind((address, PORT)))?;
        listener.set_nonblocking(true)?;
        Ok(listener)
    }

    /// From now on the container with this address of the bridge is answered.
    pub(crate) fn admit(&self, address: Ipv4Addr) -> Result<(), NetlinkError> {
        self.inside().run(&[link::known_neighbour(self.inner, address, mac_of(address))])
    }

    /// And no longer. Not admitted is fine.
    pub(crate) fn dismiss(&self, address: Ipv4Addr) -> Result<(), NetlinkError> {
        match self.inside().run(&[link::no_neighbour(self.inner, address)]) {
            Err(error) if error.is(Errno::NOENT) => Ok(()),
            other => other,
        }
    }

    /// Who is admitted, but for the host.
    pub(crate) fn admitted(&self) -> Result<Vec<Ipv4Addr>, NetlinkError> {
        let mut known = link::known_neighbours(&mut self.inside(), self.inner)?;
        known.retain(|address| *address != self.gateway);
        known.sort();
        Ok(known)
    }

    /// A conversation with the network inside.
    pub(crate) fn inside(&self) -> MutexGuard<'_, Netlink> {
        self.inside.lock().expect("nothing panics while it is held")
    }
}

/// The script that has each caller open so many connections in a second and no more: what comes above that does not even wait. A caller's
/// address is true when it comes here.
fn script() -> String {
    const CONNECTIONS_PER_S: u32 = 100;
    let burst = 2 * CONNECTIONS_PER_S;
    format!(
        "add table ip {TABLE}
delete table ip {TABLE}
table ip {TABLE} {{
    set callers {{
        type ipv4_addr; size 65535; flags dynamic,timeout; timeout 1m;
    }}
    chain input {{
        type filter hook input priority filter; policy accept;
        tcp flags & (syn | ack) == syn update @callers {{ ip saddr limit rate over {CONNECTIONS_PER_S}/second burst {burst} packets }} drop
    }}
}}
"
    )
}

/// Takes the name space and the interface on the bridge away. The host's route goes with the bridge. Gone already is fine.
pub(crate) fn tear_down(name: &str) -> io::Result<()> {
    let mut outside = Netlink::route().map_err(refused)?;
    match outside.run(&[link::delete(name)]) {
        Err(error) if !error.is(Errno::NODEV) => return Err(refused(error)),
        _ => {}
    }
    Namespace::named(name).remove()
}

fn refused(error: NetlinkError) -> io::Error {
    io::Error::other(error.to_string())
}

/// Kernel parameters of the calling thread's name space. A new one has the host's, so all that matters is said.
fn settings() -> io::Result<()> {
    let all = [
        // No way from task to task, nor to the host.
        ("ipv4/ip_forward", "0"),
        // A source address that does not belong to the interface is dropped.
        ("ipv4/conf/all/rp_filter", "1"),
        ("ipv4/conf/default/rp_filter", "1"),
        ("ipv4/conf/all/accept_redirects", "0"),
        ("ipv4/conf/all/accept_source_route", "0"),
        ("ipv4/conf/default/accept_source_route", "0"),
        ("ipv4/conf/all/route_localnet", "0"),
        ("ipv4/conf/default/route_localnet", "0"),
        // Both addresses are answered for on every interface.
        ("ipv4/conf/all/arp_ignore", "0"),
        ("ipv4/conf/default/arp_ignore", "0"),
        ("ipv4/conf/default/arp_filter", "0"),
    ];
    namespace::set_for_ipv4(&all)
}

/// The interface between bridge and name space. Returns the index of its inner end.
fn connect(
    outside: &mut Netlink,
    inside: &mut Netlink,
    namespace: &Namespace,
    wanted: &Wanted<'_>,
    bridge: u32,
) -> Result<u32, NetlinkError> {
    let there = link::index(inside, INNER)?;
    if let (Some(inner), Some(_)) = (there, link::index(outside, wanted.name)?) {
        // The bridge may have been made anew.
        outside.run(&[link::join(wanted.name, bridge)])?;
        return Ok(inner);
    }
    // Half of an earlier one, whose name space is gone.
    match outside.run(&[link::delete(wanted.name)]) {
        Err(error) if !error.is(Errno::NODEV) => return Err(error),
        _ => {}
    }
    let file = fs_err::File::open(namespace.path())
        .map_err(|error| NetlinkError::Talk(Errno::from_io_error(&error).unwrap_or(Errno::IO)))?;
    let within = file.file().as_raw_fd();
    outside.run(&[link::new_veth(wanted.name, bridge, INNER, mac(), within)])?;
    link::index(inside, INNER)?.ok_or(NetlinkError::Short)
}

/// Addresses and routes inside, and the place of the interface on its bridge.
fn furnish(inside: &mut Netlink, inner: u32, wanted: &Wanted<'_>) -> Result<(), NetlinkError> {
    let (gateway, subnet) = (wanted.subnet.gateway(), wanted.subnet);
    let steps = [
        link::up(1, "lo"),
        link::new_address(1, TASKS, 32),
        link::new_address(1, INSTANCE, 32),
        link::up(inner, INNER),
        link::direct_route(subnet.base(), subnet.prefix(), inner, Some(TASKS)),
        link::known_neighbour(inner, gateway, mac_of(gateway)),
    ];
    for step in steps {
        match inside.run(&[step]) {
            Err(error) if !error.is(Errno::EXIST) => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// The host's way, if no other agent has it; whether it is ours. And what the bridge and the host know for good of our interface.
fn lead_host(
    outside: &mut Netlink,
    wanted: &Wanted<'_>,
    bridge: u32,
) -> Result<bool, NetlinkError> {
    let port = link::index(outside, wanted.name)?.ok_or(NetlinkError::Short)?;
    outside.run(&[link::fixed_place(port, mac()), link::known_neighbour(bridge, TASKS, mac())])?;
    let gateway = wanted.subnet.gateway();
    match outside.run(&[link::direct_route(TASKS, 32, bridge, Some(gateway))]) {
        Err(error) if error.is(Errno::EXIST) => {
            let of = link::networks(outside)?
                .into_iter()
                .find(|(address, prefix, _)| (*address, *prefix) == (TASKS, 32));
            Ok(of.is_some_and(|(_, _, interface)| interface == Some(bridge)))
        }
        other => other.map(|()| true),
    }
}
