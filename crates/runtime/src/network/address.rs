//! Subnets and the addresses in them. Pure.

use std::collections::BTreeSet;
use std::fmt;
use std::net::Ipv4Addr;
use std::str::FromStr;

/// An IPv4 network such as `172.29.16.0/20`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subnet {
    base: u32,
    prefix: u8,
}

/// A text that is no subnet for containers.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a subnet such as `172.29.0.0/20` (prefix 8 to 28, no bits set behind it)")]
pub struct InvalidSubnet(String);

impl FromStr for Subnet {
    type Err = InvalidSubnet;

    fn from_str(text: &str) -> Result<Self, InvalidSubnet> {
        let invalid = || InvalidSubnet(text.to_owned());
        let (address, prefix) = text.split_once('/').ok_or_else(invalid)?;
        let address: Ipv4Addr = address.parse().map_err(|_| invalid())?;
        let prefix: u8 = prefix.parse().map_err(|_| invalid())?;
        let subnet = Self::around(address, prefix);
        if (8..=28).contains(&prefix) && subnet.base == u32::from(address) {
            Ok(subnet)
        } else {
            Err(invalid())
        }
    }
}

impl fmt::Display for Subnet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", Ipv4Addr::from(self.base), self.prefix)
    }
}

impl Subnet {
    /// The network of `prefix` bits that `address` is in.
    pub(crate) fn around(address: Ipv4Addr, prefix: u8) -> Self {
        let prefix = prefix.min(32);
        let mask = u32::MAX.checked_shl(32 - u32::from(prefix)).unwrap_or(0);
        Self { base: u32::from(address) & mask, prefix }
    }

    /// Bits of the network.
    pub(crate) fn prefix(self) -> u8 {
        self.prefix
    }

    /// Its first number, which is the network itself.
    pub(crate) fn base(self) -> Ipv4Addr {
        Ipv4Addr::from(self.base)
    }

    /// The bridge's own address, the first.
    pub(crate) fn gateway(self) -> Ipv4Addr {
        Ipv4Addr::from(self.base + 1)
    }

    /// Whether the two share an address.
    pub(crate) fn overlaps(self, other: Self) -> bool {
        let prefix = self.prefix.min(other.prefix);
        Self::around(Ipv4Addr::from(self.base), prefix)
            == Self::around(Ipv4Addr::from(other.base), prefix)
    }

    fn last(self) -> u32 {
        self.base | u32::MAX.checked_shr(self.prefix.into()).unwrap_or(0)
    }

    /// How far into the subnet an address is: short, and as unique as the address.
    pub(crate) fn offset(self, address: Ipv4Addr) -> u32 {
        u32::from(address).wrapping_sub(self.base)
    }
}

/// Where to look for a free subnet, if none is configured: parts of 172.29.0.0/16 to 172.31.0.0/16 and 10.201.0.0/16, which Docker
/// takes last, as /20, 4093 containers each.
pub(crate) fn candidates() -> impl Iterator<Item = Subnet> {
    [[172, 29], [172, 30], [172, 31], [10, 201]].into_iter().flat_map(|[a, b]| {
        (0..16).map(move |part: u8| Subnet::around(Ipv4Addr::new(a, b, part * 16, 0), 20))
    })
}

/// The addresses of one subnet: which are given out.
#[derive(Debug)]
pub(crate) struct Pool {
    subnet: Subnet,
    used: BTreeSet<u32>,
    next: u32,
}

impl Pool {
    /// All free but those of the network itself and the gateway.
    pub(crate) fn new(subnet: Subnet) -> Self {
        Self { subnet, used: BTreeSet::new(), next: subnet.base + 2 }
    }

    /// Its subnet.
    pub(crate) fn subnet(&self) -> Subnet {
        self.subnet
    }

    /// Takes a free address; the one that was free for longest, so that neighbours have forgotten its last owner. `None` if all are used.
    pub(crate) fn take(&mut self) -> Option<Ipv4Addr> {
        let (first, last) = (self.subnet.base + 2, self.subnet.last() - 1);
        let found =
            (self.next..=last).chain(first..self.next).find(|at| !self.used.contains(at))?;
        self.used.insert(found);
        self.next = if found == last { first } else { found + 1 };
        Some(Ipv4Addr::from(found))
    }

    /// Marks an address that an earlier agent gave out.
    pub(crate) fn mark(&mut self, address: Ipv4Addr) {
        self.used.insert(u32::from(address));
    }

    /// Gives an address back.
    pub(crate) fn free(&mut self, address: Ipv4Addr) {
        self.used.remove(&u32::from(address));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subnet(text: &str) -> Subnet {
        text.parse().expect("subnet")
    }

    #[test]
    fn subnets_are_read_strictly() {
        assert_eq!(subnet("172.29.16.0/20").to_string(), "172.29.16.0/20");
        for wrong in ["172.29.16.1/20", "172.29.0.0/29", "172.29.0.0/7", "172.29.0.0", "x/20"] {
            assert!(wrong.parse::<Subnet>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn overlap_is_seen_whichever_is_larger() {
        assert!(subnet("10.0.0.0/8").overlaps(subnet("10.201.0.0/16")));
        assert!(subnet("10.201.0.0/16").overlaps(subnet("10.0.0.0/8")));
        assert!(!subnet("172.29.0.0/20").overlaps(subnet("172.29.16.0/20")));
        assert_eq!(candidates().count(), 64);
    }

    #[test]
    fn an_address_comes_back_last_and_none_is_given_twice() {
        let mut pool = Pool::new(subnet("10.0.0.0/28"));
        pool.mark(Ipv4Addr::new(10, 0, 0, 3));
        let all: Vec<_> = std::iter::from_fn(|| pool.take()).map(|a| a.octets()[3]).collect();
        assert_eq!(all, [2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
        pool.free(Ipv4Addr::new(10, 0, 0, 2));
        pool.free(Ipv4Addr::new(10, 0, 0, 9));
        assert_eq!(pool.take(), Some(Ipv4Addr::new(10, 0, 0, 2)));
        assert_eq!(pool.take(), Some(Ipv4Addr::new(10, 0, 0, 9)));
        assert_eq!(pool.take(), None);
    }
}
