//! The rules that count flows for flow logs, and the names of the sets that they count in.
//!
//! ```text
//! a packet of a watched interface that groups let out   ─▶ out-accept/{tcp,syn,…,udp,other}   an element per addresses and ports
//!                                       that they do not ─▶ out-reject/…                       with a counter
//! one for it ─▶ in-accept/…, in-reject/…                     the set is full ─▶ {class}/missed
//! ```
//! Invariants: where no interface has a flow log, none of this is there and no packet meets a rule of it; each set has at most [`SIZE`] elements,
//! whatever tasks send, and what finds no room is counted as missed. A packet is counted once for its sender and once for who gets it.
//! Not here: reading the sets (`runtime`), what is made of counts (`flow`).

use crate::traffic::Direction;
use std::collections::BTreeMap;

/// Elements of a set.
const SIZE: u32 = 16_384;
/// How long an element is kept after its last packet, seconds. Who reads the sets does it more often.
pub const KEPT_S: u32 = 120;
/// The chain that sees what was let pass.
pub(crate) const PASSED: &str = "passed";
/// What the hook of [`PASSED`] is: after the rules that judge.
pub(crate) const PASSED_HOOK: &str =
    "type filter hook forward priority filter + 10; policy accept;";

/// Whether packets passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// They did.
    Accept,
    /// Groups did not allow it.
    Reject,
}

impl Action {
    /// As a part of sets' names.
    fn word(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Reject => "reject",
        }
    }

    /// The set of the interfaces whose flows of this kind are counted.
    pub(crate) fn watched(self) -> &'static str {
        match self {
            Self::Accept => "watched-accept",
            Self::Reject => "watched-reject",
        }
    }

    /// What it takes to count the packet at hand if the interface on its side of `direction` is watched.
    pub(crate) fn note(self, direction: Direction) -> String {
        let own = own(direction);
        format!("ip {own} @{} jump {}", self.watched(), Class { direction, action: self }.chain())
    }
}

/// The address of the interface that a packet in this direction is counted for.
fn own(direction: Direction) -> &'static str {
    match direction {
        Direction::Out => "saddr",
        Direction::In => "daddr",
    }
}

/// A kind of flows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Class {
    /// As the interface sees it.
    pub direction: Direction,
    /// What became of them.
    pub action: Action,
}

/// What a set's elements are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Addresses and ports, of packets with none of the flags that follow.
    Tcp,
    /// The same with SYN alone.
    Syn,
    /// With SYN and ACK.
    SynAck,
    /// With FIN.
    Fin,
    /// With RST.
    Reset,
    /// Addresses and ports.
    Udp,
    /// Addresses and the protocol.
    Other,
    /// The interface's address, of what found no room.
    Missed,
}

impl Kind {
    /// All there are.
    pub const ALL: [Self; 8] = [
        Self::Tcp,
        Self::Syn,
        Self::SynAck,
        Self::Fin,
        Self::Reset,
        Self::Udp,
        Self::Other,
        Self::Missed,
    ];

    fn word(self) -> &'static str {
        match self {
            Self::Tcp => "tcp",
            Self::Syn => "syn",
            Self::SynAck => "syn-ack",
            Self::Fin => "fin",
            Self::Reset => "rst",
            Self::Udp => "udp",
            Self::Other => "other",
            Self::Missed => "missed",
        }
    }

    fn parts(self) -> &'static str {
        match self {
            Self::Other => "ipv4_addr . ipv4_addr . inet_proto",
            Self::Missed => "ipv4_addr",
            _ => "ipv4_addr . ipv4_addr . inet_service . inet_service",
        }
    }

    /// What its packets have of a TCP header's flags, as far as records have them.
    pub fn flags(self) -> u8 {
        match self {
            Self::Syn => 0x02,
            Self::SynAck => 0x12,
            Self::Fin => 0x01,
            Self::Reset => 0x04,
            Self::Tcp | Self::Udp | Self::Other | Self::Missed => 0,
        }
    }

    /// Which packets are of this kind: each of one alone. Flags are no part of keys, for `nft` cannot list them there.
    fn matching(self) -> &'static str {
        match self {
            Self::Tcp => "tcp flags & (fin | syn | rst) == 0",
            Self::Syn => "tcp flags & (syn | ack) == syn",
            Self::SynAck => "tcp flags & (syn | ack) == syn | ack",
            Self::Fin => "tcp flags & (fin | syn | rst) == fin",
            Self::Reset => "tcp flags & (syn | rst) == rst",
            Self::Udp => "meta l4proto udp",
            Self::Other => "meta l4proto != { tcp, udp }",
            Self::Missed => "",
        }
    }

    /// Where a packet is counted.
    fn key(self, direction: Direction) -> String {
        let ends = "ip saddr . ip daddr";
        match self {
            Self::Udp => format!("{ends} . udp sport . udp dport"),
            Self::Other => format!("{ends} . meta l4proto"),
            Self::Missed => format!("ip {}", own(direction)),
            _ => format!("{ends} . tcp sport . tcp dport"),
        }
    }
}

impl Class {
    /// All there are.
    pub const ALL: [Self; 4] = {
        use {Action::*, Direction::*};
        [
            Self { direction: Out, action: Accept },
            Self { direction: Out, action: Reject },
            Self { direction: In, action: Accept },
            Self { direction: In, action: Reject },
        ]
    };

    fn name(self) -> String {
        format!("{}-{}", self.direction.word(), self.action.word())
    }

    fn chain(self) -> String {
        format!("count/{}", self.name())
    }

    /// The name of one of its sets.
    pub fn set(self, kind: Kind) -> String {
        format!("{}/{}", self.name(), kind.word())
    }
}

/// The sets that flows of the actions `watched` are counted in, and what they are.
pub(crate) fn sets(watched: &[Action]) -> BTreeMap<String, String> {
    let classes = Class::ALL.into_iter().filter(|class| watched.contains(&class.action));
    classes
        .flat_map(|class| Kind::ALL.map(|kind| (class, kind)))
        .map(|(class, kind)| {
            let parts = kind.parts();
            let what = format!(
                "{{ type {parts}; size {SIZE}; flags dynamic,timeout; timeout {KEPT_S}s; }}"
            );
            (class.set(kind), what)
        })
        .collect()
}

/// The chains that count flows of the actions `watched`.
pub(crate) fn chains(watched: &[Action]) -> BTreeMap<String, Vec<String>> {
    let mut all = BTreeMap::new();
    for class in Class::ALL.into_iter().filter(|class| watched.contains(&class.action)) {
        // A set that is full takes no new element, and the next rule is asked, until the one of what was missed.
        let body = Kind::ALL.map(|kind| {
            let (set, key) = (class.set(kind), kind.key(class.direction));
            let rule = format!("{} update @{set} {{ {key} counter }} return", kind.matching());
            rule.trim_start().to_owned()
        });
        all.insert(class.chain(), body.to_vec());
    }
    if watched.contains(&Action::Accept) {
        // What is new is counted as let out before it is asked whether it may go in (`ingress`).
        let out = format!("ct state established,related {}", Action::Accept.note(Direction::Out));
        all.insert(PASSED.to_owned(), vec![out, Action::Accept.note(Direction::In)]);
    }
    all
}
