//! What a VPC's resolver says: private names and addresses of the VPC's interfaces by itself, everything else by asking the host's resolvers.
//!
//! Only as much of a message as that needs is read (RFC 1035 §4): one question. What is passed on is passed on as it came, so nothing of the
//! protocol that we do not know is lost. Not here: sockets (`runtime::network::resolver`).

use domain::{block::Block, link::network::VpcMap};
use std::{collections::BTreeSet, net::Ipv4Addr};

/// The names of one VPC.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Zone {
    /// Such as `ec2.internal`; empty where interfaces have no names.
    domain: String,
    blocks: Vec<Block>,
    addresses: BTreeSet<Ipv4Addr>,
}

impl Zone {
    /// The names in `map`.
    pub fn of(map: &VpcMap) -> Self {
        Self {
            domain: map.domain.to_ascii_lowercase(),
            blocks: map.blocks.iter().filter_map(|text| text.parse().ok()).collect(),
            addresses: map.interfaces.iter().map(|interface| interface.address).collect(),
        }
    }
}

/// What to do about a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Send this.
    Say(Vec<u8>),
    /// Ask the host's resolvers and pass on what they say.
    PassOn,
    /// It is no query.
    Nothing,
}

const HEADER_BYTES: usize = 12;
const NAME_BYTES_MAX: usize = 255;
const LABEL_BYTES_MAX: usize = 63;
const TYPE_A: u16 = 1;
const TYPE_PTR: u16 = 12;
const TYPE_ANY: u16 = 255;
const CLASS_IN: u16 = 1;
/// How long an answer may be remembered, as EC2 says.
const TTL_S: u32 = 60;
const NAME_ERROR: u8 = 3;
const SERVER_FAILURE: u8 = 2;

struct Question<'a> {
    /// In lower case, without the last dot.
    name: String,
    kind: u16,
    class: u16,
    /// The question as it came.
    bytes: &'a [u8],
}

/// What to do about `query`.
pub fn reply(query: &[u8], zone: &Zone) -> Reply {
    let Some(question) = question(query) else { return Reply::Nothing };
    if question.class != CLASS_IN {
        return Reply::PassOn;
    }
    let found = if let Some(label) = label_in(&question.name, &zone.domain) {
        let address = address_of(label).filter(|address| zone.addresses.contains(address));
        address.map(|address| (TYPE_A, address.octets().to_vec()))
    } else if let Some(address) = reversed(&question.name)
        && !zone.domain.is_empty()
        && zone.blocks.iter().any(|block| block.contains(address))
    {
        zone.addresses
            .contains(&address)
            .then(|| (TYPE_PTR, name_bytes(&name_of(address, &zone.domain))))
    } else {
        return Reply::PassOn;
    };
    Reply::Say(match found {
        None => message(query, &question, NAME_ERROR, None),
        Some((kind, data)) if [kind, TYPE_ANY].contains(&question.kind) => {
            message(query, &question, 0, Some((kind, &data)))
        }
        // The name is there, and has nothing of that kind.
        Some(_) => message(query, &question, 0, None),
    })
}

/// The answer where none of the host's resolvers answers; `None` if `query` is no query.
pub fn failure(query: &[u8]) -> Option<Vec<u8>> {
    Some(message(query, &question(query)?, SERVER_FAILURE, None))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn question(query: &[u8]) -> Option<Question<'_>> {
    let flags = u16_at(query, 2)?;
    // A standard query and not an answer, with one question.
    if flags & 0xf800 != 0 || u16_at(query, 4)? != 1 {
        return None;
    }
    let mut name = String::new();
    let mut at = HEADER_BYTES;
    loop {
        let length = usize::from(*query.get(at)?);
        at += 1;
        if length == 0 {
            break;
        }
        // Longer ones would be pointers, which a question has no use for.
        if length > LABEL_BYTES_MAX || name.len() + length > NAME_BYTES_MAX {
            return None;
        }
        let label = query.get(at..at + length)?;
        if !name.is_empty() {
            name.push('.');
        }
        // A dot or a strange byte within a label must not look like another name.
        name.extend(label.iter().map(|byte| match byte {
            b'.' | 0x80.. => '?',
            byte => char::from(byte.to_ascii_lowercase()),
        }));
        at += length;
    }
    let bytes = query.get(HEADER_BYTES..at + 4)?;
    Some(Question { name, kind: u16_at(query, at)?, class: u16_at(query, at + 2)?, bytes })
}

/// What is before `.{domain}`.
fn label_in<'a>(name: &'a str, domain: &str) -> Option<&'a str> {
    if domain.is_empty() {
        return None;
    }
    name.strip_suffix(domain)?.strip_suffix('.')
}

/// The address in `ip-10-0-0-5`.
fn address_of(label: &str) -> Option<Ipv4Addr> {
    label.strip_prefix("ip-")?.replace('-', ".").parse().ok()
}

fn name_of(address: Ipv4Addr, domain: &str) -> String {
    format!("ip-{}.{domain}", address.to_string().replace('.', "-"))
}

/// The address whose name `5.0.0.10.in-addr.arpa` asks for.
fn reversed(name: &str) -> Option<Ipv4Addr> {
    let [d, c, b, a] = name.strip_suffix(".in-addr.arpa")?.parse::<Ipv4Addr>().ok()?.octets();
    Some(Ipv4Addr::new(a, b, c, d))
}

fn name_bytes(name: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for label in name.split('.') {
        let label = label.as_bytes().get(..LABEL_BYTES_MAX).unwrap_or(label.as_bytes());
        bytes.push(u8::try_from(label.len()).unwrap_or(0));
        bytes.extend(label);
    }
    bytes.push(0);
    bytes
}

fn message(
    query: &[u8],
    question: &Question<'_>,
    code: u8,
    answer: Option<(u16, &[u8])>,
) -> Vec<u8> {
    const IS_ANSWER: u8 = 0x80;
    const IS_AUTHORITY: u8 = 0x04;
    const WANTS_RECURSION: u8 = 0x01;
    const HAS_RECURSION: u8 = 0x80;
    // The name in the question.
    const NAME_OF_QUESTION: u16 = 0xc000 | HEADER_BYTES as u16;
    let authority = if code == SERVER_FAILURE { 0 } else { IS_AUTHORITY };
    let mut bytes = query[..2].to_vec();
    bytes.extend([IS_ANSWER | authority | query[2] & WANTS_RECURSION, HAS_RECURSION | code]);
    for count in [1, u16::from(answer.is_some()), 0, 0] {
        bytes.extend(count.to_be_bytes());
    }
    bytes.extend(question.bytes);
    if let Some((kind, data)) = answer {
        bytes.extend(NAME_OF_QUESTION.to_be_bytes());
        bytes.extend(kind.to_be_bytes());
        bytes.extend(CLASS_IN.to_be_bytes());
        bytes.extend(TTL_S.to_be_bytes());
        bytes.extend(u16::try_from(data.len()).unwrap_or(0).to_be_bytes());
        bytes.extend(data);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::link::network::InterfaceMap;

    fn zone() -> Zone {
        let interface = InterfaceMap {
            id: String::new(),
            address: Ipv4Addr::new(10, 0, 0, 5),
            mac: String::new(),
            host: None,
            groups: vec![],
            subnet: String::new(),
            public_address: None,
            flow_logs: vec![],
        };
        Zone::of(&VpcMap {
            blocks: vec!["10.0.0.0/16".into()],
            domain: "eu-west-1.compute.internal".into(),
            interfaces: vec![interface],
            ..VpcMap::default()
        })
    }

    fn query(name: &str, kind: u16) -> Vec<u8> {
        let mut bytes = vec![0xab, 0xcd, 0x01, 0x00, 0, 1, 0, 0, 0, 0, 0, 0];
        bytes.extend(name_bytes(name));
        bytes.extend(kind.to_be_bytes());
        bytes.extend([0, 1]);
        bytes
    }

    /// Code, number of answers, and the last bytes of what is said.
    fn said(name: &str, kind: u16) -> Option<(u8, u8, Vec<u8>)> {
        let query = query(name, kind);
        match reply(&query, &zone()) {
            Reply::Say(bytes) => {
                assert_eq!((&bytes[..2], bytes[2]), (&[0xab, 0xcd][..], 0x85));
                let question = HEADER_BYTES..query.len();
                assert_eq!(bytes[question.clone()], query[question]);
                Some((bytes[3] & 0xf, bytes[7], bytes[query.len()..].to_vec()))
            }
            Reply::PassOn => None,
            Reply::Nothing => panic!("{name} is a query"),
        }
    }

    #[test]
    fn private_names_lead_to_addresses_and_back() {
        let name = "IP-10-0-0-5.eu-west-1.compute.internal";
        let (code, count, answer) = said(name, TYPE_A).expect("ours");
        assert_eq!((code, count), (0, 1));
        assert_eq!(answer, [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 10, 0, 0, 5]);
        let (code, count, answer) = said("5.0.0.10.in-addr.arpa", TYPE_PTR).expect("ours");
        assert_eq!((code, count), (0, 1));
        assert!(answer.ends_with(&name_bytes("ip-10-0-0-5.eu-west-1.compute.internal")));
    }

    #[test]
    fn what_is_ours_and_not_there_is_denied() {
        assert_eq!(
            said("ip-10-0-0-6.eu-west-1.compute.internal", TYPE_A),
            Some((NAME_ERROR, 0, vec![]))
        );
        assert_eq!(said("x.eu-west-1.compute.internal", TYPE_A), Some((NAME_ERROR, 0, vec![])));
        assert_eq!(said("6.0.0.10.in-addr.arpa", TYPE_PTR), Some((NAME_ERROR, 0, vec![])));
        // IPv6 of a name that is there.
        assert_eq!(said("ip-10-0-0-5.eu-west-1.compute.internal", 28), Some((0, 0, vec![])));
    }

    #[test]
    fn the_rest_is_the_worlds() {
        for name in [
            "example.com",
            "compute.internal",
            "1.0.0.127.in-addr.arpa",
            "xeu-west-1.compute.internal",
        ] {
            assert_eq!(said(name, TYPE_A), None, "{name}");
        }
        let failed = failure(&query("example.com", TYPE_A)).expect("a query");
        assert_eq!((failed[2], failed[3]), (0x81, 0x82));
    }

    #[test]
    fn no_bytes_whatever_make_it_fall() {
        let whole = query("ip-10-0-0-5.eu-west-1.compute.internal", TYPE_A);
        for cut in 0..whole.len() {
            assert_eq!(reply(&whole[..cut], &zone()), Reply::Nothing, "{cut}");
        }
        for at in 0..whole.len() {
            for value in [0, 1, 0x3f, 0x40, 0xc0, 0xff] {
                let mut bytes = whole.clone();
                bytes[at] = value;
                let _ = reply(&bytes, &zone());
            }
        }
    }
}
