//! Frames and packets, byte by byte.

use std::net::{Ipv4Addr, Ipv6Addr};

pub(crate) type Mac = [u8; 6];

pub(crate) const EVERYBODY: Mac = [0xff; 6];
const IPV4: u16 = 0x0800;
const ARP: u16 = 0x0806;
const IPV6: u16 = 0x86dd;

/// What a frame is sent from and to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ends {
    pub(crate) from: Mac,
    pub(crate) to: Mac,
}

impl Ends {
    pub(crate) fn frame(self, kind: u16, content: &[u8]) -> Vec<u8> {
        [&self.to[..], &self.from, &kind.to_be_bytes(), content].concat()
    }

    pub(crate) fn ipv4(self, packet: &Packet, content: &[u8]) -> Vec<u8> {
        self.frame(IPV4, &packet.with(content))
    }

    /// A datagram of IPv4 with `text` in it.
    pub(crate) fn udp(self, source: Ipv4Addr, target: (Ipv4Addr, u16), text: &str) -> Vec<u8> {
        let packet = Packet::new(source, target.0, 17);
        self.ipv4(&packet, &datagram(SOURCE_PORT, target.1, text.as_bytes()))
    }

    /// An answer of ARP that nobody asked for: `whose` address is at the MAC `at`.
    pub(crate) fn arp(self, whose: Ipv4Addr, at: Mac, target: Ipv4Addr) -> Vec<u8> {
        const ANSWER: [u8; 8] = [0, 1, 8, 0, 6, 4, 0, 2];
        let content = [&ANSWER[..], &at, &whose.octets(), &self.to, &target.octets()].concat();
        self.frame(ARP, &content)
    }

    /// A datagram of IPv6.
    pub(crate) fn udp6(self, source: Ipv6Addr, target: (Ipv6Addr, u16), text: &str) -> Vec<u8> {
        let mut content = datagram(SOURCE_PORT, target.1, text.as_bytes());
        let sum = sum6(source, target.0, 17, &content);
        content[6..8].copy_from_slice(&sum.to_be_bytes());
        self.ipv6(source, target.0, 17, 64, &content)
    }

    /// A router's advertisement: the way to everywhere is by `source`.
    pub(crate) fn advertisement(self, source: Ipv6Addr) -> Vec<u8> {
        let everybody = Ipv6Addr::new(0xff02, 0, 0, 0, 0, 0, 0, 1);
        let prefix = [0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        let mut content = vec![134, 0, 0, 0, 64, 0, 0x07, 0x08, 0, 0, 0, 0, 0, 0, 0, 0];
        // A prefix to take an address of.
        content.extend([3, 4, 64, 0xc0, 0, 0, 0x0e, 0x10, 0, 0, 0x0e, 0x10, 0, 0, 0, 0]);
        content.extend(prefix);
        let sum = sum6(source, everybody, 58, &content);
        content[2..4].copy_from_slice(&sum.to_be_bytes());
        self.ipv6(source, everybody, 58, 255, &content)
    }

    fn ipv6(
        self,
        source: Ipv6Addr,
        target: Ipv6Addr,
        kind: u8,
        hops: u8,
        content: &[u8],
    ) -> Vec<u8> {
        let length = u16::try_from(content.len()).expect("short").to_be_bytes();
        let head = [0x60, 0, 0, 0, length[0], length[1], kind, hops];
        let packet = [&head[..], &source.octets(), &target.octets(), content].concat();
        self.frame(IPV6, &packet)
    }
}

/// Where datagrams come from unless it matters.
pub(crate) const SOURCE_PORT: u16 = 40_000;

/// The head of a packet of IPv4.
#[derive(Clone, Debug)]
pub(crate) struct Packet {
    pub(crate) source: Ipv4Addr,
    pub(crate) target: Ipv4Addr,
    pub(crate) protocol: u8,
    pub(crate) id: u16,
    /// Bytes before this one in the whole packet, and whether others follow.
    pub(crate) fragment: Option<(u16, bool)>,
    /// In units of four bytes.
    pub(crate) options: Vec<u8>,
}

impl Packet {
    pub(crate) fn new(source: Ipv4Addr, target: Ipv4Addr, protocol: u8) -> Self {
        Self { source, target, protocol, id: 1, fragment: None, options: vec![] }
    }

    /// The piece of the packet `id` that begins at `from`.
    pub(crate) fn piece(mut self, id: u16, from: u16, is_followed: bool) -> Self {
        self.id = id;
        self.fragment = Some((from, is_followed));
        self
    }

    pub(crate) fn with(&self, content: &[u8]) -> Vec<u8> {
        let head = 20 + self.options.len();
        let length = u16::try_from(head + content.len()).expect("short").to_be_bytes();
        let [high, low] = self.id.to_be_bytes();
        let (from, is_followed) = self.fragment.unwrap_or_default();
        let place = ((from / 8) | if is_followed { 0x2000 } else { 0 }).to_be_bytes();
        let first = 0x40 | u8::try_from(head / 4).expect("short");
        let mut bytes = vec![first, 0, length[0], length[1], high, low, place[0], place[1]];
        bytes.extend([64, self.protocol, 0, 0]);
        bytes.extend(self.source.octets());
        bytes.extend(self.target.octets());
        bytes.extend(&self.options);
        let sum = sum(&bytes).to_be_bytes();
        bytes[10..12].copy_from_slice(&sum);
        bytes.extend(content);
        bytes
    }
}

/// A datagram without a sum.
pub(crate) fn datagram(from: u16, to: u16, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(8 + content.len()).expect("short");
    let head = [from, to, length, 0].map(u16::to_be_bytes).concat();
    [&head[..], content].concat()
}

/// A message of ICMP: type, code, what follows the sum, content.
pub(crate) fn icmp(kind: u8, code: u8, rest: [u8; 4], content: &[u8]) -> Vec<u8> {
    let mut bytes = [&[kind, code, 0, 0][..], &rest, content].concat();
    let sum = sum(&bytes).to_be_bytes();
    bytes[2..4].copy_from_slice(&sum);
    bytes
}

/// The head of a segment of TCP without content: `flags` such as 2 for SYN.
pub(crate) fn segment(packet: &Packet, ports: (u16, u16), flags: u8) -> Vec<u8> {
    let mut bytes = [ports.0, ports.1, 0, 1, 0, 1].map(u16::to_be_bytes).concat();
    bytes.extend([0x50, flags, 0xff, 0xff, 0, 0, 0, 0]);
    let length = u8::try_from(bytes.len()).expect("short");
    let pseudo = [&packet.source.octets()[..], &packet.target.octets(), &[0, 6, 0, length], &bytes];
    let sum = sum(&pseudo.concat()).to_be_bytes();
    bytes[16..18].copy_from_slice(&sum);
    bytes
}

/// A frame of a VPC as hosts send it to each other (RFC 7348).
pub(crate) fn overlaid(number: u32, frame: &[u8]) -> Vec<u8> {
    [&[8, 0, 0, 0][..], &(number << 8).to_be_bytes(), frame].concat()
}

fn sum(bytes: &[u8]) -> u16 {
    let words =
        bytes.chunks(2).map(|pair| u16::from_be_bytes([pair[0], *pair.get(1).unwrap_or(&0)]));
    let mut all: u32 = words.map(u32::from).sum();
    while all > 0xffff {
        all = (all & 0xffff) + (all >> 16);
    }
    !u16::try_from(all).expect("folded")
}

fn sum6(source: Ipv6Addr, target: Ipv6Addr, kind: u8, content: &[u8]) -> u16 {
    let length = u32::try_from(content.len()).expect("short").to_be_bytes();
    let pseudo = [&source.octets()[..], &target.octets(), &length, &[0, 0, 0, kind], content];
    sum(&pseudo.concat())
}
