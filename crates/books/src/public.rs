//! Addresses by which the outside reaches what has one: of elastic addresses, and of interfaces that ask for one.
//!
//! Must always hold: an address of the pool is given out once in all accounts and regions, because whoever takes one writes its
//! [`PublicAddress`] as a record that must be absent.

use domain::{block::Block, ec2::PublicAddress, iam::everywhere, key::Key};
use std::{collections::BTreeSet, net::Ipv4Addr};
use store::Snapshot;

/// An address of `pool` that nobody has and that is not in `taken`, the first behind the one that `start` means; `None` if there is none.
/// The first and the last address of a pool are nobody's. Costs a look-up for each address that is taken.
pub fn free_public_address(
    snapshot: &Snapshot,
    pool: Block,
    start: u64,
    taken: &BTreeSet<Key>,
) -> Option<Ipv4Addr> {
    let count = pool.size().checked_sub(2).filter(|count| *count > 0)?;
    let is_free = |address: &Ipv4Addr| {
        let key = PublicAddress::key(&everywhere(), *address);
        !taken.contains(&key) && snapshot.entry(&key).is_none()
    };
    let at = |step: u64| {
        let offset = 1 + (start % count + step) % count;
        pool.address(u32::try_from(offset).expect("a block has at most 2^32 addresses"))
    };
    (0..count).filter_map(at).find(is_free)
}

#[cfg(test)]
mod tests {
    use super::{PublicAddress, everywhere, free_public_address};
    use domain::block::Block;
    use std::{collections::BTreeSet, net::Ipv4Addr};
    use store::{Expect, Snapshot, Transaction};

    #[test]
    fn a_pool_is_given_out_to_its_end_and_no_address_twice() {
        let pool: Block = "198.18.0.0/29".parse().expect("a block");
        let mut snapshot = Snapshot::default();
        let mut given = Vec::new();
        while let Some(address) = free_public_address(&snapshot, pool, 10, &BTreeSet::new()) {
            let mut writes = Transaction::new();
            let key = PublicAddress::key(&everywhere(), address);
            writes.put(&key, Expect::Absent, PublicAddress { owner: "a".to_owned() });
            snapshot = snapshot.with(&writes).expect("nobody has it");
            given.push(address);
        }
        let expected = [5, 6, 1, 2, 3, 4].map(|last| Ipv4Addr::new(198, 18, 0, last));
        assert_eq!(given, expected);
    }

    #[test]
    fn a_pool_without_room_gives_nothing() {
        let pool: Block = "198.18.0.0/31".parse().expect("a block");
        assert_eq!(free_public_address(&Snapshot::default(), pool, 0, &BTreeSet::new()), None);
    }
}
