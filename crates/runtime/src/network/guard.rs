//! The guard of the bridge: a container sends as itself, or not at all.
//!
//! A table for bridged frames, set up once. An element of its set says which interface sends by which MAC and address. It is
//! always the same for an interface's name, so that none is taken away before the table is, and an agent that starts anew has only to say
//! what is there. What is neither IPv4 nor ARP (IPv6 above all) is dropped, and of what everybody hears and of packets in pieces
//! each container sends so much a second and no more.
//! Not here: where frames for a container go (`link::fixed_place`), what passes by way of the host (`firewall`).

use super::attach::mac_of;
use super::netlink::{CREATE, Message, Netlink, NetlinkError, put};
use super::port_map::{
    BATCH_BEGIN, BATCH_END, ELEMENT, ELEMENT_KEY, LIST_ELEMENTS, LIST_SET, LIST_TABLE, NESTED,
    NEW_ELEMENT, SUBSYSTEM, head, value,
};
use std::net::Ipv4Addr;

/// The set of who may send as whom.
const OWN: &str = "own";
/// Frames for everybody that a container sends in a second: it asks for its gateway, and for those it talks to.
const LOUD_PER_S: u32 = 200;
/// Packets in pieces that a container sends in a second: whoever puts them together has room for so many.
const PIECES_PER_S: u32 = 256;

/// The script that sets the guard up for interfaces whose names begin with `ends`. Its set stays as it is, for containers may run.
pub(crate) fn script(table: &str, ends: &str) -> String {
    let (loud_burst, pieces_burst) = (2 * LOUD_PER_S, 2 * PIECES_PER_S);
    format!(
        "add table bridge {table}
add chain bridge {table} guard {{ type filter hook prerouting priority -300; policy accept; }}
flush chain bridge {table} guard
table bridge {table} {{
    set {OWN} {{
        type ifname . ether_addr . ipv4_addr
    }}
    set loud {{
        type ifname; size 65535; flags dynamic,timeout; timeout 1m;
    }}
    set pieces {{
        type ifname; size 65535; flags dynamic,timeout; timeout 1m;
    }}
    chain guard {{
        iifname != \"{ends}*\" accept
        meta pkttype {{ broadcast, multicast }} update @loud {{ iifname limit rate over {LOUD_PER_S}/second burst {loud_burst} packets }} drop
        ip frag-off & 0x3fff != 0 update @pieces {{ iifname limit rate over {PIECES_PER_S}/second burst {pieces_burst} packets }} drop
        iifname . ether saddr . ip saddr @{OWN} accept
        iifname . ether saddr . arp saddr ip @{OWN} iifname . arp saddr ether . arp saddr ip @{OWN} accept
        drop
    }}
}}
"
    )
}

/// The script that takes the guard away.
pub(crate) fn removal(table: &str) -> String {
    // Adding first makes a table that is not there no error.
    format!("add table bridge {table}\ndelete table bridge {table}\n")
}

/// Lets the container behind the interface `end` send as `address`. Said before is fine; so is a host without the table.
pub(crate) fn let_send(table: &str, end: &str, address: Ipv4Addr) -> Result<(), NetlinkError> {
    let mut element = Vec::new();
    put(&mut element, NESTED | ELEMENT_KEY, &value(&key(end, address)));
    let mut list = Vec::new();
    put(&mut list, NESTED | ELEMENT, &element);
    let act = format!("let `{end}` send as {address}");
    let messages = [
        Message::bracket(BATCH_BEGIN, &head(SUBSYSTEM)),
        Message::new(NEW_ELEMENT, CREATE, &BRIDGED, act)
            .text(LIST_TABLE, table)
            .text(LIST_SET, OWN)
            .attribute(NESTED | LIST_ELEMENTS, &list),
        Message::bracket(BATCH_END, &head(SUBSYSTEM)),
    ];
    match Netlink::netfilter()?.run(&messages) {
        Err(error) if error.is(rustix::io::Errno::NOENT) => Ok(()),
        other => other,
    }
}

/// The fixed part of a message about a table for bridged frames.
const BRIDGED: [u8; 4] = [7, 0, 0, 0];

/// Name, MAC and address, each padded to four bytes.
fn key(end: &str, address: Ipv4Addr) -> Vec<u8> {
    const NAME_BYTES: usize = 16;
    let mut key = end.as_bytes().to_vec();
    key.resize(NAME_BYTES, 0);
    key.extend(mac_of(address));
    key.extend([0, 0]);
    key.extend(address.octets());
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_its_parts_where_the_kernel_looks_for_them() {
        let key = key("v0a1b2c3d5", Ipv4Addr::new(172, 29, 0, 5));
        assert_eq!(key.len(), 28);
        assert_eq!((&key[..10], &key[10..16]), (&b"v0a1b2c3d5"[..], &[0; 6][..]));
        assert_eq!(key[16..], [0x02, 0x42, 172, 29, 0, 5, 0, 0, 172, 29, 0, 5]);
    }

    #[test]
    fn who_may_send_stays_when_the_guard_is_set_up_again() {
        let text = script("t", "v0a1b2c3d");
        assert!(text.contains("flush chain bridge t guard"), "{text}");
        assert!(!text.contains("flush set") && !text.contains("delete"), "{text}");
    }
}
