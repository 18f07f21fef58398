//! The link between a router and its host: a pair of interfaces with an address at each end that nobody else has.
//!
//! Not here: what is led over it (`router`).

use super::attach::mac_of;
use super::link;
use super::namespace::Namespace;
use super::netlink::{Netlink, NetlinkError};
use super::route::Pair;
use super::router::{MTU, gone, open};
use rustix::fd::AsRawFd;
use rustix::io::Errno;
use std::net::Ipv4Addr;
use vpc::{UPLINK, wanted};

/// The link between a router and its host.
#[derive(Clone, Copy, Debug)]
pub(super) struct Uplink {
    /// The index of the host's end.
    pub(super) outer: u32,
    /// Of the router's.
    pub(super) inner: u32,
    /// The host's address.
    pub(super) host: Ipv4Addr,
    /// The router's.
    pub(super) router: Ipv4Addr,
}

/// Makes the link between host and router, or finds it there.
pub(super) fn connect(
    outside: &mut Netlink,
    inside: &mut Netlink,
    namespace: &Namespace,
    end: &str,
) -> Result<Uplink, NetlinkError> {
    let networks = link::networks(outside)?;
    if let (Some(outer), Some(inner)) = (link::index(outside, end)?, link::index(inside, UPLINK)?) {
        let own = networks.iter().find(|(_, prefix, of)| *prefix == 31 && *of == Some(outer));
        if let Some((host, ..)) = own {
            let router = Ipv4Addr::from(u32::from(*host) + 1);
            return Ok(Uplink { outer, inner, host: *host, router });
        }
    }
    // Half of an earlier one.
    gone(outside.run(&[link::delete(end)]))?;
    let taken = |address: Ipv4Addr| networks.iter().any(|(other, ..)| *other == address);
    let (host, router) = wanted::transit(taken).ok_or(NetlinkError::Talk(Errno::ADDRNOTAVAIL))?;
    let file = open(namespace)?;
    let pair = Pair {
        end,
        end_mac: mac_of(host),
        inner: UPLINK,
        mac: mac_of(router),
        mtu: MTU,
        namespace: file.file().as_raw_fd(),
    };
    outside.run(&[pair.message()])?;
    let outer = link::index(outside, end)?.ok_or(NetlinkError::Short)?;
    outside.run(&[link::new_address(outer, host, 31)])?;
    let inner = link::index(inside, UPLINK)?.ok_or(NetlinkError::Short)?;
    Ok(Uplink { outer, inner, host, router })
}
