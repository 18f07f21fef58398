//! What a router finds of its interface to other hosts, and of the host's network below it. Not here: what is led over it (`router`).

use super::netlink::{Netlink, NetlinkError};
use super::router::{MTU, gone};
use super::{link, route};
use std::net::Ipv4Addr;
use vpc::OVERLAY;

/// The interface to other hosts that is there, if it speaks from `underlay`. One of an agent whose host had another address goes, and is made anew
/// when a map is followed: flows over it go on.
pub(super) fn found(
    inside: &mut Netlink,
    underlay: Option<Ipv4Addr>,
) -> Result<Option<u32>, NetlinkError> {
    let Some(overlay) = link::index(inside, OVERLAY)? else { return Ok(None) };
    if route::speaks_from(inside, overlay)? == underlay {
        return Ok(Some(overlay));
    }
    gone(inside.run(&[link::delete(OVERLAY)]))?;
    Ok(None)
}

/// The length of packets on the interface that has `address`.
pub(super) fn underlay_mtu(outside: &mut Netlink, address: Ipv4Addr) -> Result<u32, NetlinkError> {
    let networks = link::networks(outside)?;
    let of = networks.iter().find(|(other, ..)| *other == address).and_then(|(.., of)| *of);
    let Some(of) = of else { return Ok(MTU) };
    Ok(route::mtu(outside, of)?.unwrap_or(MTU))
}
