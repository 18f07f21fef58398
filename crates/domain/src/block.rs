//! Blocks of IPv4 addresses in CIDR form: VPCs, subnets, routes and rules are made of them.
//!
//! Invariant: no bit behind the prefix is set, so that two blocks of the same addresses are equal.

use serde::{Deserialize, Serialize};
use std::{fmt, net::Ipv4Addr, str::FromStr};

/// Such as `10.0.0.0/16`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Block {
    base: u32,
    prefix: u8,
}

/// A text that is not a block.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a block of IPv4 addresses such as `10.0.0.0/16`")]
pub struct InvalidBlock(String);

impl Block {
    /// The block of `prefix` bits (at most 32) that `address` is in.
    pub fn around(address: Ipv4Addr, prefix: u8) -> Self {
        let prefix = prefix.min(32);
        Self { base: u32::from(address) & mask(prefix), prefix }
    }

    /// The first address.
    pub fn base(self) -> Ipv4Addr {
        Ipv4Addr::from(self.base)
    }

    /// The last address.
    pub fn last(self) -> Ipv4Addr {
        Ipv4Addr::from(self.base | !mask(self.prefix))
    }

    /// Bits that all its addresses share.
    pub fn prefix(self) -> u8 {
        self.prefix
    }

    /// How many addresses.
    pub fn size(self) -> u64 {
        1 << (32 - self.prefix)
    }

    /// The address `offset` behind the first, if it is in the block.
    pub fn address(self, offset: u32) -> Option<Ipv4Addr> {
        (u64::from(offset) < self.size()).then(|| Ipv4Addr::from(self.base + offset))
    }

    /// Whether `address` is in it.
    pub fn contains(self, address: Ipv4Addr) -> bool {
        Self::around(address, self.prefix) == self
    }

    /// Whether every address of `other` is in it.
    pub fn covers(self, other: Self) -> bool {
        self.prefix <= other.prefix && self.contains(other.base())
    }

    /// Whether the two share an address.
    pub fn overlaps(self, other: Self) -> bool {
        self.covers(other) || other.covers(self)
    }

    /// The block that `text` names, bits behind the prefix cleared, as EC2 takes blocks of VPCs and rules.
    ///
    /// # Errors
    /// If it is none.
    pub fn parse_loose(text: &str) -> Result<Self, InvalidBlock> {
        let invalid = || InvalidBlock(text.to_owned());
        let (address, prefix) = text.split_once('/').ok_or_else(invalid)?;
        let address: Ipv4Addr = address.parse().map_err(|_| invalid())?;
        let digits = !prefix.is_empty() && prefix.bytes().all(|byte| byte.is_ascii_digit());
        let prefix: u8 =
            prefix.parse().ok().filter(|it| digits && *it <= 32).ok_or_else(invalid)?;
        Ok(Self::around(address, prefix))
    }
}

fn mask(prefix: u8) -> u32 {
    u32::MAX.checked_shl(32 - u32::from(prefix)).unwrap_or(0)
}

impl FromStr for Block {
    type Err = InvalidBlock;

    /// Strict: no bit behind the prefix is set.
    fn from_str(text: &str) -> Result<Self, InvalidBlock> {
        let block = Self::parse_loose(text)?;
        if block.to_string() == text { Ok(block) } else { Err(InvalidBlock(text.to_owned())) }
    }
}

impl TryFrom<String> for Block {
    type Error = InvalidBlock;
    fn try_from(text: String) -> Result<Self, InvalidBlock> {
        text.parse()
    }
}

impl From<Block> for String {
    fn from(block: Block) -> Self {
        block.to_string()
    }
}

impl fmt::Display for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.base(), self.prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::Block;
    use std::net::Ipv4Addr;

    fn block(text: &str) -> Block {
        text.parse().expect("a block")
    }

    #[test]
    fn blocks_are_read_strictly_or_loosely() {
        for wrong in ["10.0.0.1/16", "10.0.0.0/33", "10.0.0.0", "10.0.0/8", "10.0.0.0/+8", "x/8"] {
            assert!(wrong.parse::<Block>().is_err(), "{wrong}");
        }
        assert_eq!(Block::parse_loose("10.0.3.1/16").expect("a block").to_string(), "10.0.0.0/16");
        assert!(Block::parse_loose("10.0.0.0/33").is_err());
        assert_eq!(block("0.0.0.0/0").size(), 1 << 32);
    }

    #[test]
    fn addresses_are_counted_from_the_first() {
        let subnet = block("10.0.1.0/28");
        assert_eq!(subnet.address(15), Some(Ipv4Addr::new(10, 0, 1, 15)));
        assert_eq!((subnet.address(16), subnet.last()), (None, Ipv4Addr::new(10, 0, 1, 15)));
    }

    #[test]
    fn one_covers_what_is_in_it() {
        let (vpc, subnet) = (block("10.0.0.0/16"), block("10.0.1.0/24"));
        assert!(vpc.covers(subnet) && !subnet.covers(vpc) && vpc.overlaps(subnet));
        assert!(!subnet.overlaps(block("10.0.2.0/24")));
        assert!(block("0.0.0.0/0").covers(block("255.255.255.255/32")));
    }
}
