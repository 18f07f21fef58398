//! Task networking on a host, as far as it can be decided without the host: what a VPC's map means for its router.
//!
//! ```text
//! VpcMap ─▶ wanted: addresses and routes of the router     ─┐
//!        ─▶ rules ─▶ script: security groups in nftables    ├▶ runtime::network does it
//!        ─▶ dns: what the resolver answers                  ─┘
//! what rules count (counting) ─▶ flow: records of flow logs
//! ```
//! Every VPC of this host's tasks has a router: a network name space that each task's interface leads to (docs/decisions, "A VPC is a router").
//! Pure: values in, values out. What is in a map that makes no sense allows nothing and never becomes part of a script.

pub mod counting;
pub mod dns;
pub mod flow;
pub mod host;
pub mod rules;
mod script;
mod share;
mod traffic;
pub mod wanted;

pub use traffic::Direction;

/// The resolver's second address, the same in every VPC (spec/networking.md §1).
pub const RESOLVER: std::net::Ipv4Addr = std::net::Ipv4Addr::new(169, 254, 169, 253);
/// The router's end of the link to its host.
pub const UPLINK: &str = "uplink";
/// The router's interface to the routers of the same VPC on other hosts.
pub const OVERLAY: &str = "overlay";
/// The firewall table in a router.
pub const TABLE: &str = "longshore";
/// The mark of packets between a host itself and a task on another host.
pub const HOST_MARK: u32 = 1;
/// What the names of the router's ends of tasks' interfaces begin with.
pub const END_PREFIX: &str = "e";

/// The router's end of the interface with this address: at most 15 characters, and unlike every other in the VPC.
pub fn end_of(address: std::net::Ipv4Addr) -> String {
    format!("{END_PREFIX}{:08x}", u32::from(address))
}

/// A MAC from its text such as `0a:ff:c1:00:00:01`.
pub fn mac(text: &str) -> Option<[u8; 6]> {
    let mut bytes = [0; 6];
    let mut parts = text.split(':');
    for byte in &mut bytes {
        let is_hex = |part: &&str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_hexdigit());
        let part = parts.next().filter(is_hex)?;
        *byte = u8::from_str_radix(part, 16).ok()?;
    }
    // A MAC of one interface: the lowest bit of the first byte means many.
    (parts.next().is_none() && bytes[0] & 1 == 0 && bytes != [0; 6]).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::{end_of, mac};

    #[test]
    fn names_fit_and_macs_are_read_strictly() {
        assert_eq!(end_of([10, 0, 1, 5].into()), "e0a000105");
        assert_eq!(mac("0a:FF:c1:00:00:01"), Some([0x0a, 0xff, 0xc1, 0, 0, 1]));
        for wrong in [
            "",
            "0a:ff:c1:00:00",
            "0a:ff:c1:00:00:01:02",
            "0a:ff:c1:00:00:1",
            "0b:ff:c1:00:00:01",
            "+a:ff:c1:00:00:01",
        ] {
            assert_eq!(mac(wrong), None, "{wrong}");
        }
    }
}
