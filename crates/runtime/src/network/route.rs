//! The messages for what a VPC's router has and bridge mode has not: pairs without a bridge, the overlay, routes by way of others.
//! Numbers are the kernel's (rtnetlink(7), linux/if_link.h, linux/neighbour.h).

use super::link::{
    self, GET_LINK, GET_ROUTE, INFO_DATA, INFO_KIND, IPV4, LINK_ADDRESS, LINK_INFO, LINK_NAME,
    LINK_NAMESPACE_FD, NEIGHBOUR_ADDRESS, NEIGHBOUR_MAC, NEW_LINK, NEW_ROUTE, PERMANENT, VETH_PEER,
    ipv4, link_head, neighbour_head,
};
use super::netlink::{CREATE, EXCLUSIVE, Message, Netlink, NetlinkError, REPLACE, attributes, put};
use domain::block::Block;
use std::net::Ipv4Addr;

const DELETE_ADDRESS: u16 = 21;
const DELETE_ROUTE: u16 = 25;
const NEW_NEIGHBOUR: u16 = 28;
const DELETE_NEIGHBOUR: u16 = 29;
const LINK_MTU: u16 = 4;
const ROUTE_DESTINATION: u16 = 1;
const ROUTE_INTERFACE: u16 = 4;
const ROUTE_GATEWAY: u16 = 5;
const ROUTE_SOURCE: u16 = 7;
const MAIN_TABLE: u8 = 254;
/// Where the ways back to hosts are.
const HOSTS_TABLE: u8 = 100;
const BY_BOOT: u8 = 3;
const ANYWHERE: u8 = 0;
const UNICAST: u8 = 1;
const UNREACHABLE: u8 = 7;
/// The gateway is behind the interface although no address of it says so.
const ON_LINK: u32 = 4;
const BRIDGE: u8 = 7;
/// The entry is the interface's own, not a bridge's.
const OF_ITSELF: u8 = 0x02;

/// Of an overlay: the address that it speaks from.
const OVERLAY_LOCAL: u16 = 4;
/// Bytes of a stream that go from name space to name space in one piece.
const TOGETHER_BYTES: u32 = 192 * 1024;

/// A pair of interfaces that are each other's wire.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair<'a> {
    /// The end that stays where the message is sent; it is up at once.
    pub(crate) end: &'a str,
    /// Its MAC.
    pub(crate) end_mac: [u8; 6],
    /// The other end.
    pub(crate) inner: &'a str,
    /// The other end's MAC.
    pub(crate) mac: [u8; 6],
    /// Of both, bytes.
    pub(crate) mtu: u32,
    /// A descriptor of the other end's name space.
    pub(crate) namespace: i32,
}

impl Pair<'_> {
    /// Makes it.
    pub(crate) fn message(&self) -> Message {
        let text = |text: &str| -> Vec<u8> { text.bytes().chain([0]).collect() };
        let mut peer = link_head(0, false).to_vec();
        put(&mut peer, LINK_NAME, &text(self.inner));
        put(&mut peer, LINK_ADDRESS, &self.mac);
        put(&mut peer, LINK_MTU, &self.mtu.to_ne_bytes());
        put(&mut peer, LINK_NAMESPACE_FD, &self.namespace.to_ne_bytes());
        let mut data = Vec::new();
        put(&mut data, VETH_PEER, &peer);
        let mut info = Vec::new();
        put(&mut info, INFO_KIND, b"veth\0");
        put(&mut info, INFO_DATA, &data);
        let act = format!("make interface `{}`", self.end);
        Message::new(NEW_LINK, CREATE | EXCLUSIVE, &link_head(0, true), act)
            .text(LINK_NAME, self.end)
            .attribute(LINK_ADDRESS, &self.end_mac)
            .attribute(LINK_MTU, &self.mtu.to_ne_bytes())
            .attribute(LINK_INFO, &info)
    }
}

/// An interface whose frames go to other hosts in UDP (RFC 7348).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Overlay<'a> {
    /// Its name.
    pub(crate) name: &'a str,
    /// Its network identifier.
    pub(crate) number: u32,
    /// This host's address.
    pub(crate) local: Ipv4Addr,
    /// Its MAC.
    pub(crate) mac: [u8; 6],
    /// Bytes.
    pub(crate) mtu: u32,
    /// A descriptor of the name space that it is put into; its UDP socket stays where the message is sent.
    pub(crate) namespace: i32,
}

impl Overlay<'_> {
    /// Makes it. It learns nothing by itself.
    pub(crate) fn message(&self) -> Message {
        const PORT: u16 = 4789;
        const NUMBER: u16 = 1;
        const LEARNING: u16 = 7;
        const DESTINATION_PORT: u16 = 15;
        let mut data = Vec::new();
        put(&mut data, NUMBER, &self.number.to_ne_bytes());
        put(&mut data, OVERLAY_LOCAL, &self.local.octets());
        put(&mut data, LEARNING, &[0]);
        put(&mut data, DESTINATION_PORT, &PORT.to_be_bytes());
        let mut info = Vec::new();
        put(&mut info, INFO_KIND, b"vxlan\0");
        put(&mut info, INFO_DATA, &data);
        let act = format!("make overlay {} from {}", self.number, self.local);
        Message::new(NEW_LINK, CREATE | EXCLUSIVE, &link_head(0, false), act)
            .text(LINK_NAME, self.name)
            .attribute(LINK_ADDRESS, &self.mac)
            .attribute(LINK_MTU, &self.mtu.to_ne_bytes())
            .attribute(LINK_NAMESPACE_FD, &self.namespace.to_ne_bytes())
            .attribute(LINK_INFO, &info)
    }
}

/// The address that an overlay speaks from.
pub(crate) fn speaks_from(
    netlink: &mut Netlink,
    overlay: u32,
) -> Result<Option<Ipv4Addr>, NetlinkError> {
    let answers =
        netlink.dump(&Message::new(GET_LINK, 0, &link_head(0, false), "list interfaces"))?;
    let value = |bytes, wanted| attributes(bytes).find(|(kind, _)| *kind == wanted).map(|it| it.1);
    Ok(answers.iter().find_map(|body| {
        let is_wanted = body.get(4..8)? == overlay.to_ne_bytes();
        let info = value(body.get(16..)?, LINK_INFO).filter(|_| is_wanted)?;
        ipv4(value(info, INFO_DATA)?, OVERLAY_LOCAL)
    }))
}

/// Says behind which host's address the overlay finds a MAC.
pub(crate) fn host_behind(overlay: u32, mac: [u8; 6], host: Ipv4Addr) -> Message {
    let head = neighbour_head(BRIDGE, overlay, PERMANENT, OF_ITSELF);
    Message::new(NEW_NEIGHBOUR, CREATE | REPLACE, &head, format!("set host {host} of the overlay"))
        .attribute(NEIGHBOUR_MAC, &mac)
        .attribute(NEIGHBOUR_ADDRESS, &host.octets())
}

/// Takes [`host_behind`] back.
pub(crate) fn no_host_behind(overlay: u32, mac: [u8; 6], host: Ipv4Addr) -> Message {
    let head = neighbour_head(BRIDGE, overlay, PERMANENT, OF_ITSELF);
    Message::new(DELETE_NEIGHBOUR, 0, &head, format!("forget host {host} of the overlay"))
        .attribute(NEIGHBOUR_MAC, &mac)
        .attribute(NEIGHBOUR_ADDRESS, &host.octets())
}

/// Gives an interface an address without making the rest of its subnet a neighbour: all of it is behind a gateway.
pub(crate) fn lone_address(index: u32, address: Ipv4Addr, prefix: u8) -> Message {
    const FLAGS: u16 = 8;
    const NO_PREFIX_ROUTE: u32 = 0x200;
    link::new_address(index, address, prefix).attribute(FLAGS, &NO_PREFIX_ROUTE.to_ne_bytes())
}

/// Takes an address from an interface.
pub(crate) fn no_address(index: u32, address: Ipv4Addr, prefix: u8) -> Message {
    let mut head = [IPV4, prefix, 0, 0, 0, 0, 0, 0];
    head[4..8].copy_from_slice(&index.to_ne_bytes());
    Message::new(DELETE_ADDRESS, 0, &head, format!("take address {address}/{prefix} away"))
        .attribute(1, &address.octets())
        .attribute(2, &address.octets())
}

fn route_head(to: Block, kind: u8, flags: u32) -> [u8; 12] {
    head_in(MAIN_TABLE, to, kind, flags)
}

fn head_in(table: u8, to: Block, kind: u8, flags: u32) -> [u8; 12] {
    let mut head = [IPV4, to.prefix(), 0, 0, table, BY_BOOT, ANYWHERE, kind, 0, 0, 0, 0];
    head[8..12].copy_from_slice(&flags.to_ne_bytes());
    head
}

/// Sends what is for `to` by way of `gateway`, which is behind `interface`.
pub(crate) fn route_by(to: Block, gateway: Ipv4Addr, interface: u32, flags: u16) -> Message {
    let act = format!("set route to {to} by {gateway}");
    Message::new(NEW_ROUTE, CREATE | flags, &route_head(to, UNICAST, ON_LINK), act)
        .attribute(ROUTE_DESTINATION, &to.base().octets())
        .attribute(ROUTE_GATEWAY, &gateway.octets())
        .attribute(ROUTE_INTERFACE, &interface.to_ne_bytes())
}

/// What takes this route without an address of its own has this one, which is the host's.
pub(crate) fn sent_as(route: Message, address: Ipv4Addr) -> Message {
    route.attribute(ROUTE_SOURCE, &address.octets())
}

/// Has what is marked as a host's own look for its way among [`back_to`] first.
pub(crate) fn marked() -> Message {
    const NEW_RULE: u16 = 32;
    const LOOK_IN_TABLE: u8 = 1;
    const PRIORITY: u16 = 6;
    const MARK: u16 = 10;
    const BEFORE_MAIN: u32 = 100;
    let head = [IPV4, 0, 0, 0, HOSTS_TABLE, 0, 0, LOOK_IN_TABLE, 0, 0, 0, 0];
    Message::new(NEW_RULE, CREATE | EXCLUSIVE, &head, "set the rule for answers to hosts")
        .attribute(PRIORITY, &BEFORE_MAIN.to_ne_bytes())
        .attribute(MARK, &vpc::HOST_MARK.to_ne_bytes())
}

/// Answers to what a host asked itself go back to it over the overlay.
pub(crate) fn back_to(host: Ipv4Addr, overlay: u32) -> Message {
    let head = head_in(HOSTS_TABLE, Block::around(host, 32), UNICAST, ON_LINK);
    Message::new(NEW_ROUTE, CREATE | REPLACE, &head, format!("set the way back to host {host}"))
        .attribute(ROUTE_DESTINATION, &host.octets())
        .attribute(ROUTE_GATEWAY, &host.octets())
        .attribute(ROUTE_INTERFACE, &overlay.to_ne_bytes())
}

/// Takes [`back_to`] back.
pub(crate) fn not_back_to(host: Ipv4Addr, overlay: u32) -> Message {
    let head = head_in(HOSTS_TABLE, Block::around(host, 32), UNICAST, 0);
    Message::new(DELETE_ROUTE, 0, &head, format!("take the way back to host {host} away"))
        .attribute(ROUTE_DESTINATION, &host.octets())
        .attribute(ROUTE_INTERFACE, &overlay.to_ne_bytes())
}

/// Takes a route out of `interface` back.
pub(crate) fn no_route_by(to: Block, interface: u32) -> Message {
    let act = format!("take the route to {to} away");
    Message::new(DELETE_ROUTE, 0, &route_head(to, UNICAST, 0), act)
        .attribute(ROUTE_DESTINATION, &to.base().octets())
        .attribute(ROUTE_INTERFACE, &interface.to_ne_bytes())
}

/// Says that `to` is nowhere, as far as no longer prefix says where.
pub(crate) fn unreachable(to: Block) -> Message {
    let act = format!("make {to} unreachable");
    Message::new(NEW_ROUTE, CREATE | REPLACE, &route_head(to, UNREACHABLE, 0), act)
        .attribute(ROUTE_DESTINATION, &to.base().octets())
}

/// Takes [`unreachable`] back.
pub(crate) fn not_unreachable(to: Block) -> Message {
    let act = format!("make {to} reachable");
    Message::new(DELETE_ROUTE, 0, &route_head(to, UNREACHABLE, 0), act)
        .attribute(ROUTE_DESTINATION, &to.base().octets())
}

/// A route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Way {
    /// Where it leads to.
    pub(crate) to: Block,
    /// By way of whom.
    pub(crate) by: Option<Ipv4Addr>,
    /// What is sent from, if nothing else is said.
    pub(crate) sent_as: Option<Ipv4Addr>,
}

/// The routes out of `interface`.
pub(crate) fn routes_out_of(
    netlink: &mut Netlink,
    interface: u32,
) -> Result<Vec<Way>, NetlinkError> {
    let head = [IPV4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    let answers = netlink.dump(&Message::new(GET_ROUTE, 0, &head, "list routes"))?;
    Ok(answers
        .iter()
        .filter_map(|body| {
            let (head, rest) = (body.first_chunk::<12>()?, body.get(12..)?);
            let (_, index) = attributes(rest).find(|(kind, _)| *kind == ROUTE_INTERFACE)?;
            let is_wanted = head[4] == MAIN_TABLE && index == interface.to_ne_bytes();
            let to = ipv4(rest, ROUTE_DESTINATION).unwrap_or(Ipv4Addr::UNSPECIFIED);
            is_wanted.then(|| Way {
                to: Block::around(to, head[1]),
                by: ipv4(rest, ROUTE_GATEWAY),
                sent_as: ipv4(rest, ROUTE_SOURCE),
            })
        })
        .collect())
}

/// Lets the kernel hand up to [`TOGETHER_BYTES`] of a stream over an interface at once, however long its packets are: three times what it does by
/// itself, so that a stream between tasks of this host costs a third of the work. Kernels before 6.3 take no notice.
pub(crate) fn together(interface: u32) -> Message {
    const SENT_TOGETHER: u16 = 63;
    const RECEIVED_TOGETHER: u16 = 64;
    Message::new(NEW_LINK, 0, &link_head(interface, false), "let a stream's packets go together")
        .attribute(SENT_TOGETHER, &TOGETHER_BYTES.to_ne_bytes())
        .attribute(RECEIVED_TOGETHER, &TOGETHER_BYTES.to_ne_bytes())
}

/// How long packets of an interface are at most, bytes.
pub(crate) fn mtu(netlink: &mut Netlink, interface: u32) -> Result<Option<u32>, NetlinkError> {
    let answers =
        netlink.dump(&Message::new(GET_LINK, 0, &link_head(0, false), "list interfaces"))?;
    Ok(answers.iter().find_map(|body| {
        let is_wanted = body.get(4..8)? == interface.to_ne_bytes();
        let (_, value) = attributes(body.get(16..)?).find(|(kind, _)| *kind == LINK_MTU)?;
        is_wanted.then(|| Some(u32::from_ne_bytes(*value.first_chunk()?))).flatten()
    }))
}
