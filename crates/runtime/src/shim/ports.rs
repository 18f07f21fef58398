//! Holds the host's ports of a container, so that nobody else on the host takes them while the kernel sends them to the container.
//!
//! The sockets are never read: packets go to the container before they reach them. They are held as long as the container exists, over
//! restarts, and the kernel frees them when the shim ends, however it ends.

use super::protocol::{Port, Protocol};
use std::io;
use std::net::{Ipv4Addr, TcpListener, UdpSocket};

/// Tries to find free ports in a row before the host counts as full.
const TRIES_MAX: usize = 128;

/// A port that is ours.
pub(crate) enum Held {
    /// Listening, for only that keeps others with `SO_REUSEADDR` away.
    Tcp { _socket: TcpListener, port: u16 },
    /// Bound.
    Udp { _socket: UdpSocket, port: u16 },
}

impl Held {
    fn take(protocol: Protocol, port: u16) -> io::Result<Self> {
        let any = (Ipv4Addr::UNSPECIFIED, port);
        match protocol {
            Protocol::Tcp => {
                let socket = TcpListener::bind(any)?;
                let port = socket.local_addr()?.port();
                Ok(Self::Tcp { _socket: socket, port })
            }
            Protocol::Udp => {
                let socket = UdpSocket::bind(any)?;
                let port = socket.local_addr()?.port();
                Ok(Self::Udp { _socket: socket, port })
            }
        }
    }

    fn port(&self) -> u16 {
        match self {
            Self::Tcp { port, .. } | Self::Udp { port, .. } => *port,
        }
    }
}

/// Takes all of `wanted`; the host's ports are filled in. On an error none is kept.
pub(crate) fn hold(wanted: &[Port]) -> Result<(Vec<Held>, Vec<Port>), String> {
    let mut held = Vec::new();
    let mut filled = Vec::new();
    for port in wanted {
        let some = if port.host == 0 { any(port) } else { fixed(port) }?;
        let host = some.first().map_or(0, Held::port);
        filled.push(Port { host, ..port.clone() });
        held.extend(some);
    }
    Ok((held, filled))
}

fn fixed(port: &Port) -> Result<Vec<Held>, String> {
    (0..port.count)
        .map(|offset| {
            let number = port.host.saturating_add(offset);
            Held::take(port.protocol, number).map_err(|error| {
                let name = port.protocol.name();
                if error.kind() == io::ErrorKind::AddrInUse {
                    format!(
                        "host port {number}/{name} is in use by another process on this host: stop it or map another port"
                    )
                } else {
                    format!("take host port {number}/{name}: {error}")
                }
            })
        })
        .collect()
}

/// The kernel chooses the first from its range for that; the rest must follow in a row.
fn any(port: &Port) -> Result<Vec<Held>, String> {
    let name = port.protocol.name();
    for _ in 0..TRIES_MAX {
        let first = Held::take(port.protocol, 0)
            .map_err(|error| format!("no free {name} port on this host: {error}"))?;
        let number = first.port();
        let more: io::Result<Vec<Held>> = (1..port.count)
            .map(|offset| match number.checked_add(offset) {
                Some(next) => Held::take(port.protocol, next),
                None => Err(io::ErrorKind::AddrInUse.into()),
            })
            .collect();
        if let Ok(more) = more {
            return Ok([first].into_iter().chain(more).collect());
        }
    }
    Err(format!("no {} free {name} ports in a row on this host", port.count))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn port(host: u16, count: u16) -> Port {
        Port { protocol: Protocol::Tcp, container: 80, host, count, range: count > 1 }
    }

    #[test]
    fn a_port_that_is_taken_is_named() {
        let other = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("bind");
        let number = other.local_addr().expect("address").port();
        let error = hold(&[port(number, 1)]).err().expect("taken");
        assert!(error.contains(&format!("host port {number}/tcp is in use")), "{error}");
    }

    #[test]
    fn a_range_is_in_a_row_and_ours() {
        let (held, filled) = hold(&[port(0, 5)]).expect("free");
        assert_eq!(held.len(), 5);
        let last = filled[0].host + 4;
        assert!(TcpListener::bind((Ipv4Addr::UNSPECIFIED, last)).is_err());
        drop(held);
        TcpListener::bind((Ipv4Addr::UNSPECIFIED, last)).expect("free again");
    }
}
