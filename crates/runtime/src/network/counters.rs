//! Reads what a router counted: the elements of its counting sets with their counters, by netlink and without starting a program.
//!
//! What the sets are, `vpc::counting` says; numbers are the kernel's (linux/netfilter/nf_tables.h). A set that is not there has counted nothing.

use super::netlink::{Message, Netlink, NetlinkError, attributes};
use super::port_map::{
    DATA_VALUE, ELEMENT, ELEMENT_KEY, GET_ELEMENT, LIST_ELEMENTS, LIST_SET, LIST_TABLE, head,
};
use domain::time::{Millis, Timestamp};
use rustix::io::Errno;
use std::net::Ipv4Addr;
use vpc::counting::{Class, KEPT_S, Kind};
use vpc::flow::{Flow, Missed, Seen};

const ELEMENT_EXPIRATION: u16 = 5;
const ELEMENT_EXPRESSION: u16 = 7;
const EXPRESSION_DATA: u16 = 2;
const COUNTER_BYTES: u16 = 1;
const COUNTER_PACKETS: u16 = 2;
const TCP: u8 = 6;
const UDP: u8 = 17;

/// One element with its counter.
struct Element<'a> {
    key: &'a [u8],
    packets: u64,
    bytes: u64,
    last: Timestamp,
}

/// Everything that was counted, as it is at `now`.
pub(super) fn read(
    netlink: &mut Netlink,
    now: Timestamp,
) -> Result<(Vec<Seen>, Vec<Missed>), NetlinkError> {
    let (mut seen, mut missed) = (Vec::new(), Vec::new());
    for class in Class::ALL {
        for kind in Kind::ALL {
            let set = class.set(kind);
            let message = Message::new(GET_ELEMENT, 0, &head(0), format!("read the set `{set}`"))
                .text(LIST_TABLE, vpc::TABLE)
                .text(LIST_SET, &set);
            let bodies = match netlink.dump(&message) {
                Err(error) if error.is(Errno::NOENT) => continue,
                other => other?,
            };
            let lists = bodies.iter().filter_map(|body| body.get(4..)).flat_map(attributes);
            let lists = lists.filter(|(kind, _)| *kind == LIST_ELEMENTS);
            let elements = lists.flat_map(|(_, list)| attributes(list));
            let elements = elements.filter(|(kind, _)| *kind == ELEMENT);
            for element in elements.filter_map(|(_, bytes)| element(bytes, now)) {
                match kind {
                    Kind::Missed => missed.extend(missed_of(class, &element)),
                    _ => seen.extend(seen_of(class, kind, &element)),
                }
            }
        }
    }
    Ok((seen, missed))
}

fn value(bytes: &[u8], wanted: u16) -> Option<&[u8]> {
    attributes(bytes).find(|(kind, _)| *kind == wanted).map(|(_, value)| value)
}

fn number(bytes: &[u8], wanted: u16) -> Option<u64> {
    Some(u64::from_be_bytes(*value(bytes, wanted)?.first_chunk()?))
}

fn element(bytes: &[u8], now: Timestamp) -> Option<Element<'_>> {
    let counter = value(value(bytes, ELEMENT_EXPRESSION)?, EXPRESSION_DATA)?;
    // Each packet has it kept for the whole time again.
    let kept = i64::from(KEPT_S) * 1000;
    let left = number(bytes, ELEMENT_EXPIRATION).and_then(|ms| i64::try_from(ms).ok());
    let idle = kept - left.unwrap_or(kept).clamp(0, kept);
    Some(Element {
        key: value(value(bytes, ELEMENT_KEY)?, DATA_VALUE)?,
        packets: number(counter, COUNTER_PACKETS)?,
        bytes: number(counter, COUNTER_BYTES)?,
        last: now + Millis(-idle),
    })
}

/// Parts of a key are padded to four bytes.
fn part<const BYTES: usize>(key: &[u8], at: usize) -> Option<[u8; BYTES]> {
    key.get(4 * at..)?.first_chunk().copied()
}

fn seen_of(class: Class, kind: Kind, element: &Element<'_>) -> Option<Seen> {
    let key = element.key;
    let address = |at| part::<4>(key, at).map(Ipv4Addr::from);
    let port = |at| part::<2>(key, at).map(u16::from_be_bytes);
    let (source_port, destination_port, protocol) = match kind {
        Kind::Udp => (port(2)?, port(3)?, UDP),
        Kind::Other => (0, 0, part::<1>(key, 2)?[0]),
        Kind::Missed => return None,
        Kind::Tcp | Kind::Syn | Kind::SynAck | Kind::Fin | Kind::Reset => (port(2)?, port(3)?, TCP),
    };
    let (source, destination) = (address(0)?, address(1)?);
    let flow = Flow { class, source, destination, source_port, destination_port, protocol };
    let Element { packets, bytes, last, .. } = *element;
    Some(Seen { flow, flags: kind.flags(), packets, bytes, last })
}

fn missed_of(class: Class, element: &Element<'_>) -> Option<Missed> {
    let own = part::<4>(element.key, 0).map(Ipv4Addr::from)?;
    Some(Missed { class, own, packets: element.packets })
}

#[cfg(test)]
mod tests {
    use super::super::netlink::put;
    use super::*;
    use vpc::Direction;
    use vpc::counting::Action;

    fn written(key: &[u8], packets: u64, left_ms: u64) -> Vec<u8> {
        let nested = |kind: u16, inner: &[u8]| {
            let mut bytes = Vec::new();
            put(&mut bytes, kind, inner);
            bytes
        };
        let mut counter = nested(COUNTER_BYTES, &(packets * 100).to_be_bytes());
        put(&mut counter, COUNTER_PACKETS, &packets.to_be_bytes());
        let mut expression = nested(1, b"counter\0");
        put(&mut expression, EXPRESSION_DATA, &counter);
        let mut element = nested(ELEMENT_KEY, &nested(DATA_VALUE, key));
        put(&mut element, ELEMENT_EXPIRATION, &left_ms.to_be_bytes());
        put(&mut element, ELEMENT_EXPRESSION, &expression);
        element
    }

    #[test]
    fn an_element_says_who_how_much_and_when() {
        let key = [10, 0, 0, 5, 10, 0, 0, 6, 0x9c, 0x40, 0, 0, 0, 80, 0, 0];
        let bytes = written(&key, 3, 110_000);
        let class = Class { direction: Direction::Out, action: Action::Accept };
        let found = element(&bytes, Timestamp(1_000_000)).expect("whole");
        let seen = seen_of(class, Kind::SynAck, &found).expect("a key of TCP");
        assert_eq!((seen.packets, seen.bytes, seen.last), (3, 300, Timestamp(990_000)));
        let Flow { source, destination_port, source_port, protocol, .. } = seen.flow;
        assert_eq!((source.octets(), source_port), ([10, 0, 0, 5], 40_000));
        assert_eq!((destination_port, protocol, seen.flags), (80, 6, 0x12));
        assert_eq!(seen_of(class, Kind::Other, &found).expect("shorter").flow.protocol, 0x9c);
        for cut in 0..bytes.len() {
            let _ = element(&bytes[..cut], Timestamp(0));
        }
    }
}
