//! Forgets established flows of addresses that change hands: what a new owner sends and gets is judged anew.
//!
//! By netlink in the name space where the socket was opened, without a program. Numbers are the kernel's
//! (linux/netfilter/nfnetlink_conntrack.h). Not here: when an address changes hands (`router`).

use super::link::ipv4;
use super::netlink::{Message, Netlink, NetlinkError, attributes};
use super::port_map::{NESTED, head};
use super::router::gone;
use std::collections::BTreeSet;
use std::net::Ipv4Addr;

const SUBSYSTEM: u16 = 1;
const GET: u16 = SUBSYSTEM << 8 | 1;
const DELETE: u16 = SUBSYSTEM << 8 | 2;
const ORIGINAL: u16 = 1;
const REPLY: u16 = 2;
const ZONE: u16 = 18;
const TUPLE_ADDRESSES: u16 = 1;
const SOURCE: u16 = 1;
const DESTINATION: u16 = 2;

/// For how many flows the kernel has room, in each name space.
pub(super) fn room() -> u32 {
    const USUAL: u32 = 1 << 18;
    let said = fs_err::read_to_string("/proc/sys/net/netfilter/nf_conntrack_max");
    said.ok().and_then(|text| text.trim().parse().ok()).unwrap_or(USUAL)
}

/// Forgets every flow that one of `addresses` is an end of, before or after translation. Gone already is fine.
pub(super) fn forget(
    netlink: &mut Netlink,
    addresses: &BTreeSet<Ipv4Addr>,
) -> Result<(), NetlinkError> {
    if addresses.is_empty() {
        return Ok(());
    }
    let flows = netlink.dump(&Message::new(GET, 0, &head(0), "list flows"))?;
    for flow in flows.iter().filter_map(|body| body.get(4..)) {
        if !ends(flow).any(|end| addresses.contains(&end)) {
            continue;
        }
        let named = |wanted| attributes(flow).find(|(kind, _)| *kind == wanted);
        let Some((_, original)) = named(ORIGINAL) else { continue };
        let mut message = Message::new(DELETE, 0, &head(0), "forget a flow")
            .attribute(NESTED | ORIGINAL, original);
        if let Some((_, zone)) = named(ZONE) {
            message = message.attribute(ZONE, zone);
        }
        gone(netlink.run(&[message]))?;
    }
    Ok(())
}

/// The addresses of both ends, as they are seen on both sides of a translation.
fn ends(flow: &[u8]) -> impl Iterator<Item = Ipv4Addr> {
    let tuples = attributes(flow).filter(|(kind, _)| [ORIGINAL, REPLY].contains(kind));
    let addresses = tuples
        .flat_map(|(_, tuple)| attributes(tuple))
        .filter(|(kind, _)| *kind == TUPLE_ADDRESSES);
    addresses.flat_map(|(_, both)| [SOURCE, DESTINATION].map(|kind| ipv4(both, kind))).flatten()
}

#[cfg(test)]
mod tests {
    use super::super::netlink::put;
    use super::*;

    #[test]
    fn both_sides_of_a_translation_are_ends() {
        let tuple = |source: [u8; 4], destination: [u8; 4]| {
            let mut addresses = Vec::new();
            put(&mut addresses, SOURCE, &source);
            put(&mut addresses, DESTINATION, &destination);
            let mut tuple = Vec::new();
            put(&mut tuple, NESTED | TUPLE_ADDRESSES, &addresses);
            put(&mut tuple, NESTED | 2, &[0; 8]);
            tuple
        };
        let mut flow = Vec::new();
        put(&mut flow, NESTED | ORIGINAL, &tuple([10, 0, 0, 5], [192, 0, 2, 1]));
        put(&mut flow, NESTED | REPLY, &tuple([192, 0, 2, 1], [203, 0, 113, 5]));
        let found: BTreeSet<String> = ends(&flow).map(|end| end.to_string()).collect();
        assert_eq!(found, ["10.0.0.5", "192.0.2.1", "203.0.113.5"].map(str::to_owned).into());
    }
}
