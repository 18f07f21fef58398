//! Puts the calling process into a network name space of its own.
//!
//! Called in the launch child, between fork and exec of the OCI runtime, so that the name space has no name and no owner but the
//! container's processes: when the last of them ends, the kernel removes name space, interface and addresses, whatever died before.

use super::netlink::{Netlink, NetlinkError};
use super::{endpoints, link};
use crate::shim::protocol::Attachment;
use crate::sys_process;
use rustix::fd::{AsRawFd, BorrowedFd};
use rustix::thread::{LinkNameSpaceType, UnshareFlags};
use std::collections::BTreeMap;
use std::io;
use std::net::Ipv4Addr;

/// The name of a container's interface.
const INNER: &str = "eth0";

/// What stood in the way.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AttachError {
    /// The name space itself.
    #[error("make a network name space: {0}")]
    Namespace(io::Error),
    /// The task's own is not there.
    #[error(
        "the task's network is gone with the process that held it: stop the task, a new one has another"
    )]
    NoTaskNetwork,
    /// The bridge is gone.
    #[error(
        "bridge `{0}` is not there: was it deleted by hand? restart the agent to make it again"
    )]
    NoBridge(String),
    /// A step of the set-up.
    #[error(transparent)]
    Netlink(#[from] NetlinkError),
    /// A kernel parameter.
    #[error("set `net.{name}` to `{value}`: {source}")]
    Sysctl {
        /// Its name without `net.`.
        name: String,
        /// Wanted.
        value: String,
        /// Why not.
        source: io::Error,
    },
}

/// A new name space with `lo` up and nothing else.
pub(crate) fn isolate() -> Result<(), AttachError> {
    sys_process::unshare(UnshareFlags::NEWNET).map_err(AttachError::Namespace)?;
    let mut inside = Netlink::route()?;
    inside.run(&[link::up(1, "lo")])?;
    Ok(())
}

/// Enters the task's name space, which has its interfaces already.
pub(crate) fn join(task: Option<BorrowedFd<'_>>) -> Result<(), AttachError> {
    let task = task.ok_or(AttachError::NoTaskNetwork)?;
    rustix::thread::move_into_link_name_space(task, Some(LinkNameSpaceType::Network))
        .map_err(|errno| AttachError::Namespace(errno.into()))
}

/// A new name space with `lo` and an interface on the bridge.
pub(crate) fn attach(to: &Attachment) -> Result<(), AttachError> {
    let mut outside = Netlink::route()?;
    let Some(bridge) = link::index(&outside, &to.bridge)? else {
        return Err(AttachError::NoBridge(to.bridge.clone()));
    };
    sys_process::unshare(UnshareFlags::NEWNET).map_err(AttachError::Namespace)?;
    let namespace = fs_err::File::open("/proc/self/ns/net").map_err(AttachError::Namespace)?;
    let mut inside = Netlink::route()?;
    let veth = link::new_veth(
        &to.host_end,
        bridge,
        INNER,
        mac_of(to.address),
        namespace.file().as_raw_fd(),
    );
    let made = [veth, link::container_port(&to.host_end)];
    match outside.run(&made) {
        // The name space of this container's last run is still being torn down.
        Err(error) if error.is(rustix::io::Errno::EXIST) => {
            outside.run(&[link::delete(&to.host_end)])?;
            outside.run(&made)?;
        }
        other => other?,
    }
    let inner = link::index(&inside, INNER)?.ok_or(NetlinkError::Short)?;
    // No IPv6 on the bridge: this spares duplicate address detection and multicast chatter. `lo` keeps ::1.
    set(&format!("ipv6.conf.{INNER}.disable_ipv6"), "1", true)?;
    inside.run(&[
        link::up(1, "lo"),
        link::new_address(inner, to.address, to.prefix),
        link::up(inner, INNER),
        link::default_route(to.gateway),
    ])?;
    let port = link::index(&outside, &to.host_end)?.ok_or(NetlinkError::Short)?;
    // Nobody else on the bridge gets what is for this container by sending in its name.
    outside.run(&[link::fixed_place(port, mac_of(to.address))])?;
    for endpoint in &to.endpoints {
        inside.run(&[
            link::direct_route(*endpoint, 32, inner, None),
            link::known_neighbour(inner, *endpoint, endpoints::mac()),
        ])?;
    }
    Ok(())
}

/// Sets kernel parameters of the current network name space; names are without `net.`.
pub(crate) fn set_all(values: &BTreeMap<String, String>) -> Result<(), AttachError> {
    values.iter().try_for_each(|(name, value)| set(name, value, false))
}

fn set(name: &str, value: &str, absent_is_fine: bool) -> Result<(), AttachError> {
    match fs_err::write(format!("/proc/sys/net/{}", name.replace('.', "/")), value) {
        Err(error) if absent_is_fine && error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(source) => Err(AttachError::Sysctl { name: name.into(), value: value.into(), source }),
        Ok(()) => Ok(()),
    }
}

/// A locally administered MAC that is as unique as the address.
pub(crate) fn mac_of(address: Ipv4Addr) -> [u8; 6] {
    let [a, b, c, d] = address.octets();
    [0x02, 0x42, a, b, c, d]
}
