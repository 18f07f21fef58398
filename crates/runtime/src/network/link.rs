//! The messages for interfaces, addresses and routes. Numbers are the kernel's (rtnetlink(7)).

use super::netlink::{CREATE, EXCLUSIVE, Message, Netlink, NetlinkError, REPLACE, attributes, put};
use rustix::io::Errno;
use std::net::Ipv4Addr;

pub(super) const NEW_LINK: u16 = 16;
const DELETE_LINK: u16 = 17;
pub(super) const GET_LINK: u16 = 18;
const NEW_ADDRESS: u16 = 20;
const GET_ADDRESS: u16 = 22;
pub(super) const NEW_ROUTE: u16 = 24;
pub(super) const GET_ROUTE: u16 = 26;
const NEW_NEIGHBOUR: u16 = 28;
const DELETE_NEIGHBOUR: u16 = 29;
const GET_NEIGHBOUR: u16 = 30;

pub(super) const LINK_ADDRESS: u16 = 1;
pub(super) const LINK_NAME: u16 = 3;
const LINK_MASTER: u16 = 10;
pub(super) const LINK_INFO: u16 = 18;
pub(super) const LINK_NAMESPACE_FD: u16 = 28;
pub(super) const INFO_KIND: u16 = 1;
pub(super) const INFO_DATA: u16 = 2;
pub(super) const VETH_PEER: u16 = 1;
pub(super) const NEIGHBOUR_ADDRESS: u16 = 1;
pub(super) const NEIGHBOUR_MAC: u16 = 2;
/// The kernel neither asks for it nor lets an answer change it.
pub(super) const PERMANENT: u16 = 0x80;
const UP: u32 = 1;
pub(super) const IPV4: u8 = 2;

/// The fixed part of a link message.
pub(super) fn link_head(index: u32, up: bool) -> [u8; 16] {
    let mut head = [0; 16];
    head[4..8].copy_from_slice(&index.to_ne_bytes());
    if up {
        head[8..12].copy_from_slice(&UP.to_ne_bytes());
        head[12..16].copy_from_slice(&UP.to_ne_bytes());
    }
    head
}

/// A veth pair: `host_end` on the bridge here and up, the other end as `inner` with `mac` in the name space `namespace`.
pub(crate) fn new_veth(
    host_end: &str,
    bridge: u32,
    inner: &str,
    mac: [u8; 6],
    namespace: i32,
) -> Message {
    let mut peer = link_head(0, false).to_vec();
    put(&mut peer, LINK_NAME, &with_nul(inner));
    put(&mut peer, LINK_ADDRESS, &mac);
    put(&mut peer, LINK_NAMESPACE_FD, &namespace.to_ne_bytes());
    let mut data = Vec::new();
    put(&mut data, VETH_PEER, &peer);
    let mut info = Vec::new();
    put(&mut info, INFO_KIND, b"veth\0");
    put(&mut info, INFO_DATA, &data);
    let act = format!("make interface `{host_end}`");
    Message::new(NEW_LINK, CREATE | EXCLUSIVE, &link_head(0, true), act)
        .text(LINK_NAME, host_end)
        .attribute(LINK_MASTER, &bridge.to_ne_bytes())
        .attribute(LINK_INFO, &info)
}

/// What a container's port of its bridge is like. Frames go back out of it: a container that speaks to itself by a port of the host needs
/// that where bridged packets pass the firewall (the `br_netfilter` module). The bridge learns nothing from it, and sends it nothing that is
/// for a MAC that is nowhere: both is said by [`fixed_place`].
pub(crate) fn container_port(host_end: &str) -> Message {
    const INFO_PORT_KIND: u16 = 4;
    const INFO_PORT_DATA: u16 = 5;
    const PORT_HAIRPIN: u16 = 4;
    const PORT_LEARNS: u16 = 8;
    const PORT_HEARS_STRAYS: u16 = 9;
    let mut data = Vec::new();
    for (kind, value) in [(PORT_HAIRPIN, 1), (PORT_LEARNS, 0), (PORT_HEARS_STRAYS, 0)] {
        put(&mut data, kind, &[value]);
    }
    let mut info = Vec::new();
    put(&mut info, INFO_PORT_KIND, b"bridge\0");
    put(&mut info, INFO_PORT_DATA, &data);
    let act = format!("make `{host_end}` a container's port");
    Message::new(NEW_LINK, 0, &link_head(0, false), act)
        .text(LINK_NAME, host_end)
        .attribute(LINK_INFO, &info)
}

/// A bridge, up, with a MAC that does not change with its ports.
pub(crate) fn new_bridge(name: &str, mac: [u8; 6]) -> Message {
    let mut info = Vec::new();
    put(&mut info, INFO_KIND, b"bridge\0");
    let act = format!("make bridge `{name}`");
    Message::new(NEW_LINK, CREATE | EXCLUSIVE, &link_head(0, true), act)
        .text(LINK_NAME, name)
        .attribute(LINK_ADDRESS, &mac)
        .attribute(LINK_INFO, &info)
}

/// Switches an interface on.
pub(crate) fn up(index: u32, name: &str) -> Message {
    Message::new(NEW_LINK, 0, &link_head(index, true), format!("switch `{name}` on"))
}

/// Deletes an interface.
pub(crate) fn delete(name: &str) -> Message {
    Message::new(DELETE_LINK, 0, &link_head(0, false), format!("delete interface `{name}`"))
        .text(LINK_NAME, name)
}

/// Gives an interface an address.
pub(crate) fn new_address(index: u32, address: Ipv4Addr, prefix: u8) -> Message {
    let mut head = [IPV4, prefix, 0, 0, 0, 0, 0, 0];
    head[4..8].copy_from_slice(&index.to_ne_bytes());
    let act = format!("set address {address}/{prefix}");
    let message = Message::new(NEW_ADDRESS, CREATE | EXCLUSIVE, &head, act)
        .attribute(1, &address.octets())
        .attribute(2, &address.octets());
    if prefix > 30 {
        // Every address there is somebody's own.
        return message;
    }
    let broadcast = u32::from(address) | u32::MAX.checked_shr(prefix.into()).unwrap_or(0);
    message.attribute(4, &broadcast.to_be_bytes())
}

/// Sends everything else to `gateway`.
pub(crate) fn default_route(gateway: Ipv4Addr) -> Message {
    const MAIN_TABLE: u8 = 254;
    const BY_BOOT: u8 = 3;
    const UNICAST: u8 = 1;
    let head = [IPV4, 0, 0, 0, MAIN_TABLE, BY_BOOT, 0, UNICAST, 0, 0, 0, 0];
    let act = format!("set default route by {gateway}");
    Message::new(NEW_ROUTE, CREATE | EXCLUSIVE, &head, act).attribute(5, &gateway.octets())
}

/// Sends what is for `address` out of an interface without a gateway, with `source` as the sender where it has the choice.
pub(crate) fn direct_route(
    address: Ipv4Addr,
    prefix: u8,
    interface: u32,
    source: Option<Ipv4Addr>,
) -> Message {
    const MAIN_TABLE: u8 = 254;
    const BY_BOOT: u8 = 3;
    const ON_LINK: u8 = 253;
    const UNICAST: u8 = 1;
    let head = [IPV4, prefix, 0, 0, MAIN_TABLE, BY_BOOT, ON_LINK, UNICAST, 0, 0, 0, 0];
    let act = format!("set route to {address}/{prefix}");
    let message = Message::new(NEW_ROUTE, CREATE | EXCLUSIVE, &head, act)
        .attribute(1, &address.octets())
        .attribute(4, &interface.to_ne_bytes());
    match source {
        Some(source) => message.attribute(7, &source.octets()),
        None => message,
    }
}

/// The fixed part of a message about a neighbour.
pub(super) fn neighbour_head(family: u8, interface: u32, state: u16, flags: u8) -> [u8; 12] {
    let mut head = [family, 0, 0, 0, 0, 0, 0, 0, 0, 0, flags, 0];
    head[4..8].copy_from_slice(&interface.to_ne_bytes());
    head[8..10].copy_from_slice(&state.to_ne_bytes());
    head
}

/// Says for good whose `address` is behind an interface: no answer of others is believed.
pub(crate) fn known_neighbour(interface: u32, address: Ipv4Addr, mac: [u8; 6]) -> Message {
    let head = neighbour_head(IPV4, interface, PERMANENT, 0);
    Message::new(NEW_NEIGHBOUR, CREATE | REPLACE, &head, format!("set neighbour {address}"))
        .attribute(NEIGHBOUR_ADDRESS, &address.octets())
        .attribute(NEIGHBOUR_MAC, &mac)
}

/// Takes [`known_neighbour`] back.
pub(crate) fn no_neighbour(interface: u32, address: Ipv4Addr) -> Message {
    let head = neighbour_head(IPV4, interface, 0, 0);
    Message::new(DELETE_NEIGHBOUR, 0, &head, format!("forget neighbour {address}"))
        .attribute(NEIGHBOUR_ADDRESS, &address.octets())
}

/// The neighbours that were set for good behind an interface.
pub(crate) fn known_neighbours(
    netlink: &mut Netlink,
    interface: u32,
) -> Result<Vec<Ipv4Addr>, NetlinkError> {
    let head = neighbour_head(IPV4, 0, 0, 0);
    let answers = netlink.dump(&Message::new(GET_NEIGHBOUR, 0, &head, "list neighbours"))?;
    let is_wanted = |body: &&Vec<u8>| {
        body.get(4..8).is_some_and(|index| index == interface.to_ne_bytes())
            && body.get(8..10).is_some_and(|state| state == PERMANENT.to_ne_bytes())
    };
    Ok(answers
        .iter()
        .filter(is_wanted)
        .filter_map(|body| ipv4(body.get(12..)?, NEIGHBOUR_ADDRESS))
        .collect())
}

/// Says for good behind which port of its bridge a MAC is: frames that others send in its name change nothing.
pub(crate) fn fixed_place(port: u32, mac: [u8; 6]) -> Message {
    const BRIDGE: u8 = 7;
    const STATIC: u16 = 0x40;
    const OF_MASTER: u8 = 0x04;
    const STICKY: u8 = 0x40;
    let head = neighbour_head(BRIDGE, port, STATIC, OF_MASTER | STICKY);
    Message::new(NEW_NEIGHBOUR, CREATE | REPLACE, &head, "fix a MAC to its port")
        .attribute(NEIGHBOUR_MAC, &mac)
}

/// Makes an interface a port of a bridge.
pub(crate) fn join(name: &str, bridge: u32) -> Message {
    Message::new(NEW_LINK, 0, &link_head(0, true), format!("put `{name}` on the bridge"))
        .text(LINK_NAME, name)
        .attribute(LINK_MASTER, &bridge.to_ne_bytes())
}

/// The names of all interfaces in the socket's name space.
pub(crate) fn names(netlink: &mut Netlink) -> Result<Vec<String>, NetlinkError> {
    let answers =
        netlink.dump(&Message::new(GET_LINK, 0, &link_head(0, false), "list interfaces"))?;
    Ok(answers
        .iter()
        .filter_map(|body| {
            let (_, name) = attributes(body.get(16..)?).find(|(kind, _)| *kind == LINK_NAME)?;
            Some(String::from_utf8_lossy(name.strip_suffix(b"\0").unwrap_or(name)).into_owned())
        })
        .collect())
}

/// The IPv4 networks that this host has an address in or a route to, with the index of the interface.
pub(crate) fn networks(
    netlink: &mut Netlink,
) -> Result<Vec<(Ipv4Addr, u8, Option<u32>)>, NetlinkError> {
    let mut found = Vec::new();
    let head = [IPV4, 0, 0, 0, 0, 0, 0, 0];
    for body in netlink.dump(&Message::new(GET_ADDRESS, 0, &head, "list addresses"))? {
        let (Some(head), Some(rest)) = (body.first_chunk::<8>(), body.get(8..)) else { continue };
        let index = u32::from_ne_bytes([head[4], head[5], head[6], head[7]]);
        if let Some(address) = ipv4(rest, 2).or_else(|| ipv4(rest, 1)) {
            found.push((address, head[1], Some(index)));
        }
    }
    let head = [IPV4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    for body in netlink.dump(&Message::new(GET_ROUTE, 0, &head, "list routes"))? {
        let (Some(head), Some(rest)) = (body.first_chunk::<12>(), body.get(12..)) else { continue };
        let index = attributes(rest)
            .find(|(kind, _)| *kind == 4)
            .and_then(|(_, value)| Some(u32::from_ne_bytes(*value.first_chunk()?)));
        if let Some(address) = ipv4(rest, 1) {
            found.push((address, head[1], index));
        }
    }
    Ok(found)
}

pub(super) fn ipv4(bytes: &[u8], wanted: u16) -> Option<Ipv4Addr> {
    let (_, value) = attributes(bytes).find(|(kind, _)| *kind == wanted)?;
    Some(Ipv4Addr::from(*value.first_chunk::<4>()?))
}

/// The index of an interface in the socket's name space; `None` if there is none of that name.
pub(crate) fn index(netlink: &Netlink, name: &str) -> Result<Option<u32>, NetlinkError> {
    match rustix::net::netdevice::name_to_index(netlink.fd(), name) {
        Ok(index) => Ok(Some(index)),
        Err(Errno::NODEV) => Ok(None),
        Err(errno) => Err(NetlinkError::Talk(errno)),
    }
}

fn with_nul(text: &str) -> Vec<u8> {
    text.bytes().chain([0]).collect()
}
