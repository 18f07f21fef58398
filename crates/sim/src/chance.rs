//! Chance from a seed: the only randomness of the virtual world.
//!
//! Invariant: the same seed and the same questions give the same answers, on every machine and in every version of a library: the
//! generator is `SplitMix64`, written out.

/// A stream of numbers that follows from its seed.
#[derive(Clone, Debug)]
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x6c6f_6e67_7368_6f72)
    }

    pub(crate) fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, which is not 0.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.number() % end
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn within(&mut self, low: i64, high: i64) -> i64 {
        let width = u64::try_from(high - low).expect("a range that is not backwards") + 1;
        low + i64::try_from(self.below(width)).expect("below a width that came from an i64")
    }

    /// True as often as `per_mille` of thousand times.
    pub(crate) fn hits(&mut self, per_mille: u64) -> bool {
        self.below(1000) < per_mille
    }

    /// One of `choices`, each as likely.
    pub(crate) fn pick<'a, T>(&mut self, choices: &'a [T]) -> Option<&'a T> {
        let len = u64::try_from(choices.len()).unwrap_or_default();
        (len > 0).then(|| &choices[usize::try_from(self.below(len)).unwrap_or_default()])
    }

    /// From 0 to 1.
    pub(crate) fn part(&mut self) -> f64 {
        self.below(1_000_001) as f64 / 1_000_000.0
    }

    /// A seed for the ids of one call.
    pub(crate) fn seed(&mut self) -> [u8; 32] {
        let mut seed = [0; 32];
        for bytes in seed.chunks_mut(8) {
            bytes.copy_from_slice(&self.number().to_be_bytes());
        }
        seed
    }
}

#[cfg(test)]
mod tests {
    use super::Chance;

    #[test]
    fn a_seed_says_all() {
        let stream = |seed| {
            let mut chance = Chance::new(seed);
            [chance.number(), chance.number(), chance.number()]
        };
        assert_eq!(stream(1), stream(1));
        assert_ne!(stream(1), stream(2));
        assert_eq!(Chance::new(7).number(), 3_137_091_408_073_565_771);
    }

    #[test]
    fn a_number_is_where_it_was_asked_for() {
        let mut chance = Chance::new(3);
        let numbers: Vec<i64> = (0..1000).map(|_| chance.within(-2, 2)).collect();
        assert!((-2..=2).all(|wanted| numbers.contains(&wanted)));
        assert!(numbers.iter().all(|number| (-2..=2).contains(number)));
        assert_eq!(chance.pick::<u8>(&[]), None);
    }
}
