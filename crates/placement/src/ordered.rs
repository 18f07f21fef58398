//! A sorted list that knows its n-th entry and the place of each.
//!
//! Entries lie in chunks of bounded length, so that a change moves a chunk's entries and not all. Invariant: no chunk is empty, and
//! every entry of a chunk comes before those of the next.

/// More entries than this are two chunks. Moving half a chunk costs about as much as finding it.
const CHUNK_MAX: usize = 128;

/// Different keys in their order.
#[derive(Clone, Debug)]
pub(crate) struct Ordered<K> {
    chunks: Vec<Vec<K>>,
}

impl<K> Default for Ordered<K> {
    fn default() -> Self {
        Self { chunks: Vec::new() }
    }
}

impl<K: Ord + Copy> Ordered<K> {
    /// Of different keys in any order.
    pub(crate) fn of(mut keys: Vec<K>) -> Self {
        keys.sort_unstable();
        let chunks = keys.chunks(CHUNK_MAX / 2).map(<[K]>::to_vec).collect();
        Self { chunks }
    }

    pub(crate) fn first(&self) -> Option<&K> {
        self.chunks.first()?.first()
    }

    /// Says whether the key was not there yet.
    pub(crate) fn insert(&mut self, key: K) -> bool {
        if self.chunks.is_empty() {
            self.chunks.push(Vec::new());
        }
        let at = self.chunk_of(&key).min(self.chunks.len() - 1);
        let chunk = &mut self.chunks[at];
        let Err(place) = chunk.binary_search(&key) else { return false };
        chunk.insert(place, key);
        if chunk.len() > CHUNK_MAX {
            let upper = chunk.split_off(CHUNK_MAX / 2);
            self.chunks.insert(at + 1, upper);
        }
        true
    }

    /// Says whether the key was there.
    pub(crate) fn remove(&mut self, key: &K) -> bool {
        let at = self.chunk_of(key);
        let Some(chunk) = self.chunks.get_mut(at) else { return false };
        let Ok(place) = chunk.binary_search(key) else { return false };
        chunk.remove(place);
        if chunk.is_empty() {
            self.chunks.remove(at);
        }
        true
    }

    /// The entry that `n` others come before.
    pub(crate) fn nth(&self, mut n: usize) -> Option<&K> {
        for chunk in &self.chunks {
            match chunk.get(n) {
                Some(key) => return Some(key),
                None => n -= chunk.len(),
            }
        }
        None
    }

    /// How many entries come before `key`, which need not be there.
    pub(crate) fn rank(&self, key: &K) -> usize {
        let at = self.chunk_of(key);
        let before: usize = self.chunks[..at].iter().map(Vec::len).sum();
        before + self.chunks.get(at).map_or(0, |chunk| chunk.partition_point(|entry| entry < key))
    }

    /// `key` and what comes after it, in order; everything, if there is none.
    pub(crate) fn from(&self, key: Option<&K>) -> impl Iterator<Item = &K> {
        let at = key.map_or(0, |key| self.chunk_of(key));
        let (first, rest) = match self.chunks.get(at..) {
            Some([first, rest @ ..]) => (first.as_slice(), rest),
            Some([]) | None => (&[][..], &[][..]),
        };
        let place = key.map_or(0, |key| first.partition_point(|entry| entry < key));
        first[place..].iter().chain(rest.iter().flatten())
    }

    /// The first chunk whose last entry does not come before `key`: the only one that can hold it.
    fn chunk_of(&self, key: &K) -> usize {
        self.chunks.partition_point(|chunk| chunk.last().is_some_and(|last| last < key))
    }
}

#[cfg(test)]
mod tests {
    use super::Ordered;
    use proptest::{
        collection::vec,
        prelude::{ProptestConfig, any},
        proptest,
    };
    use std::collections::BTreeSet;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn it_is_a_set_that_counts(first in vec(0..2000_u32, 0..900), changes in vec((any::<bool>(), 0..2000_u32), 0..2000)) {
            let mut set: BTreeSet<u32> = first.into_iter().collect();
            let mut list = Ordered::of(set.iter().rev().copied().collect());
            for (is_insert, key) in changes {
                if is_insert {
                    assert_eq!(list.insert(key), set.insert(key));
                } else {
                    assert_eq!(list.remove(&key), set.remove(&key));
                }
            }
            assert_eq!(list.first(), set.first());
            assert!(list.from(None).eq(&set));
            for key in (0..2000).step_by(97) {
                assert_eq!(list.rank(&key), set.range(..key).count());
                assert!(list.from(Some(&key)).eq(set.range(key..)));
            }
            for (n, key) in set.iter().enumerate() {
                assert_eq!(list.nth(n), Some(key));
            }
            assert_eq!(list.nth(set.len()), None);
        }
    }
}
