//! A task's own interfaces: `eth0` to its VPC's router, `ecs-eth0` to the agent's endpoints.
//!
//! The task's name space has no name: it goes with the task's processes, and with it both interfaces, whatever was killed before. So making
//! them may find them there, whole or half, and half ones are made anew.

use super::attach::mac_of;
use super::endpoints::{self, Endpoints};
use super::link;
use super::namespace;
use super::netlink::{Netlink, NetlinkError};
use super::route::{self, Pair};
use super::router::{Router, there};
use domain::link::network::TaskInterface;
use rustix::fd::AsRawFd;
use rustix::io::Errno;
use std::io;
use std::net::Ipv4Addr;
use vpc::wanted;

/// The task's interface in its VPC.
const OWN: &str = "eth0";
/// Its interface to the agent, as the official agent's network plugin calls it (spec/networking.md §1).
const TO_AGENT: &str = "ecs-eth0";
/// What every task sees as its gateway's MAC.
const GATEWAY_MAC: [u8; 6] = [0x0a, 0x58, 0xa9, 0xfe, 0x01, 0x01];
/// Of interfaces to the agent, bytes.
const TO_AGENT_MTU: u32 = 1500;
/// The block of those interfaces' addresses, and its first address, which the endpoints have.
const TO_AGENT_PREFIX: u8 = 22;

/// A task's interface in its VPC, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Own {
    /// The VPC's id.
    pub(crate) vpc: String,
    /// Its number in the overlay.
    pub(crate) number: u32,
    /// The address.
    pub(crate) address: Ipv4Addr,
    mac: [u8; 6],
    gateway: Ipv4Addr,
    prefix: u8,
}

impl Own {
    /// Reads a payload's interface; the error says what of it is none.
    pub(crate) fn read(interface: &TaskInterface) -> Result<Self, String> {
        let missing =
            |what: &str| format!("the task's interface `{}` has no {what}", interface.ec2_id);
        let addresses = &interface.ipv4_addresses;
        let primary = addresses.iter().find(|it| it.primary).or(addresses.first());
        let address = primary.ok_or_else(|| missing("address"))?.private_address;
        let (gateway, subnet) = wanted::with_prefix(&interface.subnet_gateway_ipv4_address)
            .filter(|(_, subnet)| subnet.contains(address))
            .ok_or_else(|| missing("gateway in its own subnet"))?;
        if interface.vpc_id.is_empty() || interface.vpc_number == 0 {
            return Err(missing("VPC: is the control plane Longshore's?"));
        }
        Ok(Self {
            vpc: interface.vpc_id.clone(),
            number: interface.vpc_number,
            address,
            mac: vpc::mac(&interface.mac_address).ok_or_else(|| missing("MAC"))?,
            gateway,
            prefix: subnet.prefix(),
        })
    }
}

/// Connects the name space `task` to its router. `is_kernels` says that the kernel's network is what the task has, and not one of a sandbox,
/// which does not take what a kernel does.
pub(crate) fn connect(
    router: &mut Router,
    own: &Own,
    task: &fs_err::File,
    is_kernels: bool,
) -> io::Result<()> {
    let end = vpc::end_of(own.address);
    let mut inside = enter(task)?;
    let mtu = router.mtu();
    let outside = router.inside();
    let pair = Pair {
        end: &end,
        end_mac: GATEWAY_MAC,
        inner: OWN,
        mac: own.mac,
        mtu,
        namespace: task.file().as_raw_fd(),
    };
    let Wire { outer, inner, is_new } = wire(outside, &inside, &pair).map_err(refused)?;
    if is_new {
        router.renew(own.address).map_err(refused)?;
    }
    // What leaves the host is cut by the host's own interface, if it comes as that one takes it.
    let is_all_here = router.is_all_here(own.address);
    let outside = router.inside();
    if is_kernels {
        outside.run(&[route::together(outer)]).map_err(refused)?;
        if is_all_here {
            inside.run(&[route::together(inner)]).map_err(refused)?;
        }
    }
    let to = domain::block::Block::around(own.address, 32);
    let steps = [
        link::known_neighbour(outer, own.address, own.mac),
        link::direct_route(to.base(), to.prefix(), outer, None),
    ];
    for step in steps {
        there(outside.run(&[step])).map_err(refused)?;
    }
    // Everything goes by way of the gateway, also to the same subnet, and nobody is asked who that is.
    let steps = [
        route::lone_address(inner, own.address, own.prefix),
        link::up(inner, OWN),
        link::known_neighbour(inner, own.gateway, GATEWAY_MAC),
        link::direct_route(own.gateway, 32, inner, None),
        link::default_route(own.gateway),
    ];
    for step in steps {
        there(inside.run(&[step])).map_err(refused)?;
    }
    Ok(())
}

/// Connects the name space `task` to those of the agent's endpoints that it may `reach`, where it is known by `address` from then on.
pub(crate) fn connect_to_agent(
    endpoints: &Endpoints,
    address: Ipv4Addr,
    reach: &[Ipv4Addr],
    task: &fs_err::File,
) -> io::Result<()> {
    let end = format!("t{:08x}", u32::from(address));
    let mut inside = enter(task)?;
    let mut outside = endpoints.inside();
    let mac = mac_of(address);
    let namespace = task.file().as_raw_fd();
    let pair = Pair {
        end: &end,
        end_mac: endpoints::mac(),
        inner: TO_AGENT,
        mac,
        mtu: TO_AGENT_MTU,
        namespace,
    };
    let Wire { outer, inner, .. } = wire(&mut outside, &inside, &pair).map_err(refused)?;
    let steps = [
        link::known_neighbour(outer, address, mac),
        link::direct_route(address, 32, outer, Some(endpoints::TASKS)),
    ];
    for step in steps {
        there(outside.run(&[step])).map_err(refused)?;
    }
    let mut steps =
        vec![route::lone_address(inner, address, TO_AGENT_PREFIX), link::up(inner, TO_AGENT)];
    for endpoint in reach {
        steps.push(link::known_neighbour(inner, *endpoint, endpoints::mac()));
        steps.push(link::direct_route(*endpoint, 32, inner, Some(address)));
    }
    for step in steps {
        there(inside.run(&[step])).map_err(refused)?;
    }
    Ok(())
}

/// A conversation with a task's network, which has no IPv6 but on `lo`.
fn enter(task: &fs_err::File) -> io::Result<Netlink> {
    namespace::inside(task, || {
        match fs_err::write("/proc/sys/net/ipv6/conf/default/disable_ipv6", "1") {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut inside = Netlink::route().map_err(refused)?;
        inside.run(&[link::up(1, "lo")]).map_err(refused)?;
        Ok(inside)
    })
}

/// The two ends of a pair.
struct Wire {
    outer: u32,
    inner: u32,
    is_new: bool,
}

/// Makes a pair, or finds it there.
fn wire(outside: &mut Netlink, inside: &Netlink, pair: &Pair<'_>) -> Result<Wire, NetlinkError> {
    let ends = |outside: &Netlink| -> Result<_, NetlinkError> {
        Ok(link::index(outside, pair.end)?.zip(link::index(inside, pair.inner)?))
    };
    if let Some((outer, inner)) = ends(outside)? {
        return Ok(Wire { outer, inner, is_new: false });
    }
    match outside.run(&[pair.message()]) {
        // Of a task that had the address before, whose name space is still being torn down.
        Err(error) if error.is(Errno::EXIST) => {
            super::router::gone(outside.run(&[link::delete(pair.end)]))?;
            outside.run(&[pair.message()])?;
        }
        other => other?,
    }
    let (outer, inner) = ends(outside)?.ok_or(NetlinkError::Short)?;
    Ok(Wire { outer, inner, is_new: true })
}

fn refused(error: NetlinkError) -> io::Error {
    io::Error::other(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::link::network::TaskAddress;

    fn interface() -> TaskInterface {
        TaskInterface {
            ec2_id: "eni-1".into(),
            mac_address: "0a:00:00:00:00:05".into(),
            ipv4_addresses: vec![TaskAddress {
                private_address: Ipv4Addr::new(10, 77, 0, 5),
                primary: true,
            }],
            subnet_gateway_ipv4_address: "10.77.0.1/24".into(),
            vpc_id: "vpc-1".into(),
            vpc_number: 7,
            ..TaskInterface::default()
        }
    }

    #[test]
    fn an_interface_is_read_whole_or_what_is_wrong_is_said() {
        let own = Own::read(&interface()).expect("good");
        assert_eq!((own.gateway, own.prefix), (Ipv4Addr::new(10, 77, 0, 1), 24));
        for (what, wrong) in [
            ("address", TaskInterface { ipv4_addresses: vec![], ..interface() }),
            ("MAC", TaskInterface { mac_address: "x".into(), ..interface() }),
            (
                "gateway",
                TaskInterface { subnet_gateway_ipv4_address: "10.78.0.1/24".into(), ..interface() },
            ),
            ("VPC", TaskInterface { vpc_number: 0, ..interface() }),
        ] {
            let text = Own::read(&wrong).expect_err(what);
            assert!(text.contains(what) && text.contains("`eni-1`"), "{text}");
        }
    }
}
