//! A rule's kind of packets and its other end, in the words of nftables.
//!
//! Invariant: what comes out is made of numbers and checked names only, so that nothing of a map is ever read as another word of a script.

use domain::{
    block::Block,
    link::network::{PeerMap, RuleMap},
    vpc::Traffic,
};
use std::collections::BTreeMap;

/// Which end of a flow a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// What an interface sends; the peer is the destination.
    Out,
    /// What comes to it; the peer is the source.
    In,
}

impl Direction {
    /// As a part of chains' names.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Out => "out",
            Self::In => "in",
        }
    }

    fn peer(self) -> &'static str {
        match self {
            Self::Out => "daddr",
            Self::In => "saddr",
        }
    }
}

/// The words that match what `rule` is about; `None` if it can match nothing that comes here.
pub(crate) fn matches(
    rule: &RuleMap,
    direction: Direction,
    sets: &BTreeMap<String, Vec<Block>>,
) -> Option<String> {
    let peer = match &rule.peer {
        PeerMap::Block(text) => {
            let block = Block::parse_loose(text).ok()?;
            // The whole world needs no words.
            if block.prefix() == 0 { None } else { Some(block.to_string()) }
        }
        PeerMap::Set(id) => {
            sets.contains_key(id).then_some(())?;
            Some(format!("@{id}"))
        }
    };
    let packets = packets(&rule.traffic)?;
    let peer = peer.map(|peer| format!("ip {} {peer}", direction.peer()));
    let words: Vec<String> = packets.into_iter().chain(peer).collect();
    Some(words.join(" "))
}

/// The words for a kind of packets; none for all of them. The outer `None` is what is no kind.
fn packets(traffic: &Traffic) -> Option<Option<String>> {
    let number: u8 = match traffic.protocol.as_str() {
        "-1" => return Some(None),
        "icmp" => 1,
        "tcp" => 6,
        "udp" => 17,
        "icmpv6" => 58,
        number => number.parse().ok()?,
    };
    let text = match number {
        1 => icmp(traffic)?,
        6 => ports("tcp", traffic)?,
        17 => ports("udp", traffic)?,
        other => format!("meta l4proto {other}"),
    };
    Some(Some(text))
}

/// `from` and `to` are type and code; -1 and nothing mean all.
fn icmp(traffic: &Traffic) -> Option<String> {
    let number = |value: Option<i32>| match value {
        None | Some(-1) => Some(None),
        Some(value) => u8::try_from(value).ok().map(Some),
    };
    Some(match (number(traffic.from)?, number(traffic.to)?) {
        (None, _) => "meta l4proto 1".to_owned(),
        (Some(kind), None) => format!("icmp type {kind}"),
        (Some(kind), Some(code)) => format!("icmp type {kind} icmp code {code}"),
    })
}

fn ports(protocol: &str, traffic: &Traffic) -> Option<String> {
    let number = |value: i32| u16::try_from(value).ok();
    Some(match (traffic.from, traffic.to) {
        (None | Some(-1), _) | (Some(0), Some(65_535)) => format!("meta l4proto {protocol}"),
        (Some(from), to) => match (number(from)?, number(to.unwrap_or(from))?) {
            (from, to) if from == to => format!("{protocol} dport {from}"),
            (from, to) if from < to => format!("{protocol} dport {from}-{to}"),
            _ => return None,
        },
    })
}

/// Whether an id can be the name of a chain or set: a letter, then letters, digits and `-`, as EC2's ids are.
pub(crate) fn is_name(id: &str) -> bool {
    const BYTES_MAX: usize = 40;
    id.len() <= BYTES_MAX
        && id.starts_with(|first: char| first.is_ascii_lowercase())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Whether an id is a security group's: its set has addresses, one by one; a prefix list's has blocks.
pub(crate) fn is_group(id: &str) -> bool {
    id.starts_with("sg-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(protocol: &str, from: Option<i32>, to: Option<i32>, peer: PeerMap) -> Option<String> {
        let sets = BTreeMap::from([("sg-1".to_owned(), vec![])]);
        let traffic = Traffic { protocol: protocol.into(), from, to };
        matches(&RuleMap { traffic, peer }, Direction::In, &sets)
    }

    #[test]
    fn packets_and_peers_have_words() {
        let world = || PeerMap::Block("0.0.0.0/0".into());
        let cases = [
            ("-1", None, None, world(), Some("")),
            ("-1", None, None, PeerMap::Set("sg-1".into()), Some("ip saddr @sg-1")),
            ("tcp", Some(80), Some(80), world(), Some("tcp dport 80")),
            ("6", Some(80), Some(90), world(), Some("tcp dport 80-90")),
            ("tcp", Some(0), Some(65_535), world(), Some("meta l4proto tcp")),
            (
                "udp",
                Some(53),
                None,
                PeerMap::Block("10.1.2.3/8".into()),
                Some("udp dport 53 ip saddr 10.0.0.0/8"),
            ),
            ("icmp", Some(-1), Some(-1), world(), Some("meta l4proto 1")),
            ("icmp", Some(8), Some(-1), world(), Some("icmp type 8")),
            ("icmp", Some(3), Some(4), world(), Some("icmp type 3 icmp code 4")),
            ("50", None, None, world(), Some("meta l4proto 50")),
        ];
        for (protocol, from, to, peer, wanted) in cases {
            let what = format!("{protocol} {from:?} {to:?} {peer:?}");
            assert_eq!(words(protocol, from, to, peer).as_deref(), wanted, "{what}");
        }
    }

    #[test]
    fn what_makes_no_sense_allows_nothing() {
        let world = || PeerMap::Block("0.0.0.0/0".into());
        for (protocol, from, to, peer) in [
            ("tcp accept; drop", None, None, world()),
            ("256", None, None, world()),
            ("tcp", Some(90), Some(80), world()),
            ("tcp", Some(70_000), Some(70_000), world()),
            ("icmp", Some(300), None, world()),
            ("tcp", None, None, PeerMap::Block("10.0.0.0".into())),
            ("tcp", None, None, PeerMap::Set("sg-2".into())),
        ] {
            assert_eq!(words(protocol, from, to, peer.clone()), None, "{protocol} {peer:?}");
        }
        assert!(is_name("sg-0a1b") && !is_name("sg 1") && !is_name("sg-1;") && !is_name(""));
    }
}
