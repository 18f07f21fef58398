//! Puts published ports into the instance's nftables maps, without starting a program.
//!
//! The rules that look into the maps are set up once (`firewall`). An element says: host port → container's address and port. All
//! elements of one call come and go together.

use super::netlink::{CREATE, Message, Netlink, NetlinkError, attributes, put};
use crate::shim::protocol::{Port, Protocol};
use rustix::io::Errno;
use std::net::Ipv4Addr;

pub(super) const SUBSYSTEM: u16 = 10;
pub(super) const BATCH_BEGIN: u16 = 0x10;
pub(super) const BATCH_END: u16 = 0x11;
pub(super) const NEW_ELEMENT: u16 = SUBSYSTEM << 8 | 12;
pub(super) const GET_ELEMENT: u16 = SUBSYSTEM << 8 | 13;
const DELETE_ELEMENT: u16 = SUBSYSTEM << 8 | 14;
pub(super) const NESTED: u16 = 0x8000;
const IPV4: u8 = 2;

pub(super) const LIST_TABLE: u16 = 1;
pub(super) const LIST_SET: u16 = 2;
pub(super) const LIST_ELEMENTS: u16 = 3;
pub(super) const ELEMENT: u16 = 1;
pub(super) const ELEMENT_KEY: u16 = 1;
const ELEMENT_DATA: u16 = 2;
pub(super) const DATA_VALUE: u16 = 1;

/// Elements that one message carries; a list is one attribute and must stay below 64 KiB.
const ELEMENTS_MAX: usize = 512;

/// The map of a protocol's ports.
pub(crate) fn map(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::Tcp => "tcp_ports",
        Protocol::Udp => "udp_ports",
    }
}

/// One entry of a map.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Entry {
    /// Which map.
    pub(crate) protocol: Protocol,
    /// Key.
    pub(crate) host: u16,
    /// Where to.
    pub(crate) address: Ipv4Addr,
    /// Where to.
    pub(crate) container: u16,
}

/// The entries of published `ports` of the container at `address`.
pub(crate) fn entries(ports: &[Port], address: Ipv4Addr) -> Vec<Entry> {
    let one = |port: &Port, offset: u16| Entry {
        protocol: port.protocol,
        host: port.host + offset,
        address,
        container: port.container + offset,
    };
    ports.iter().flat_map(|port| (0..port.count).map(move |offset| one(port, offset))).collect()
}

/// Adds entries; those that are there already stay.
pub(crate) fn publish(table: &str, entries: &[Entry]) -> Result<(), NetlinkError> {
    change(NEW_ELEMENT, CREATE, table, entries)
}

/// Removes entries; those that are gone already are no error.
pub(crate) fn withdraw(table: &str, entries: &[Entry]) -> Result<(), NetlinkError> {
    match change(DELETE_ELEMENT, 0, table, entries) {
        Err(error) if error.is(Errno::NOENT) => {
            for entry in entries {
                match change(DELETE_ELEMENT, 0, table, std::slice::from_ref(entry)) {
                    Err(error) if error.is(Errno::NOENT) => {}
                    other => other?,
                }
            }
            Ok(())
        }
        other => other,
    }
}

/// Every entry of an instance's maps.
pub(crate) fn list(table: &str) -> Result<Vec<Entry>, NetlinkError> {
    let mut netlink = Netlink::netfilter()?;
    let mut found = Vec::new();
    for protocol in [Protocol::Tcp, Protocol::Udp] {
        let act = format!("list the {} ports of `{table}`", protocol.name());
        let message = Message::new(GET_ELEMENT, 0, &head(0), act)
            .text(LIST_TABLE, table)
            .text(LIST_SET, map(protocol));
        for body in netlink.dump(&message)? {
            let elements =
                attributes(body.get(4..).unwrap_or_default()).filter(|(k, _)| *k == LIST_ELEMENTS);
            for (_, element) in elements.flat_map(|(_, list)| attributes(list)) {
                found.extend(entry(protocol, element));
            }
        }
    }
    found.sort();
    Ok(found)
}

fn entry(protocol: Protocol, element: &[u8]) -> Option<Entry> {
    let value = |wanted| {
        let (_, nested) = attributes(element).find(|(kind, _)| *kind == wanted)?;
        attributes(nested).find(|(kind, _)| *kind == DATA_VALUE).map(|(_, value)| value)
    };
    let data = value(ELEMENT_DATA)?;
    Some(Entry {
        protocol,
        host: u16::from_be_bytes(*value(ELEMENT_KEY)?.first_chunk()?),
        address: Ipv4Addr::from(*data.first_chunk::<4>()?),
        container: u16::from_be_bytes(*data.get(4..)?.first_chunk()?),
    })
}

fn change(kind: u16, flags: u16, table: &str, entries: &[Entry]) -> Result<(), NetlinkError> {
    if entries.is_empty() {
        return Ok(());
    }
    let mut messages = vec![Message::bracket(BATCH_BEGIN, &head(SUBSYSTEM))];
    for protocol in [Protocol::Tcp, Protocol::Udp] {
        let ours: Vec<_> = entries.iter().filter(|entry| entry.protocol == protocol).collect();
        for some in ours.chunks(ELEMENTS_MAX) {
            messages.push(elements(kind, flags, table, protocol, some));
        }
    }
    messages.push(Message::bracket(BATCH_END, &head(SUBSYSTEM)));
    Netlink::netfilter()?.run(&messages)
}

fn elements(kind: u16, flags: u16, table: &str, protocol: Protocol, some: &[&Entry]) -> Message {
    let mut list = Vec::new();
    for entry in some {
        let mut data = entry.address.octets().to_vec();
        // Parts of a concatenation are padded to four bytes.
        data.extend(entry.container.to_be_bytes());
        data.extend([0, 0]);
        let mut element = Vec::new();
        put(&mut element, NESTED | ELEMENT_KEY, &value(&entry.host.to_be_bytes()));
        put(&mut element, NESTED | ELEMENT_DATA, &value(&data));
        put(&mut list, NESTED | ELEMENT, &element);
    }
    Message::new(
        kind,
        flags,
        &head(0),
        format!("change the {} ports of `{table}`", protocol.name()),
    )
    .text(LIST_TABLE, table)
    .text(LIST_SET, map(protocol))
    .attribute(NESTED | LIST_ELEMENTS, &list)
}

/// A value in an element.
pub(super) fn value(bytes: &[u8]) -> Vec<u8> {
    let mut nested = Vec::new();
    put(&mut nested, DATA_VALUE, bytes);
    nested
}

/// The fixed part of an nftables message.
pub(super) fn head(resource: u16) -> [u8; 4] {
    let [high, low] = resource.to_be_bytes();
    [if resource == 0 { IPV4 } else { 0 }, 0, high, low]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_becomes_an_entry_per_port() {
        let port =
            Port { protocol: Protocol::Udp, container: 80, host: 9000, count: 2, range: true };
        let address = Ipv4Addr::new(10, 0, 0, 2);
        let found: Vec<_> =
            entries(&[port], address).iter().map(|e| (e.host, e.container)).collect();
        assert_eq!(found, [(9000, 80), (9001, 81)]);
    }

    #[test]
    fn an_element_is_read_as_it_was_written() {
        let wanted = Entry {
            protocol: Protocol::Tcp,
            host: 8080,
            address: Ipv4Addr::new(10, 0, 0, 2),
            container: 80,
        };
        let mut element = Vec::new();
        put(&mut element, ELEMENT_KEY, &value(&8080_u16.to_be_bytes()));
        put(&mut element, ELEMENT_DATA, &value(&[10, 0, 0, 2, 0, 80, 0, 0]));
        assert_eq!(entry(Protocol::Tcp, &element), Some(wanted));
        assert_eq!(entry(Protocol::Tcp, &element[..20]), None);
    }
}
