//! Chance that a seed decides.

/// A sequence of numbers that a seed stands for.
#[derive(Clone, Debug)]
pub struct Chance {
    seed: u64,
    drawn: u64,
}

impl Chance {
    /// From its beginning.
    pub fn new(seed: u64) -> Self {
        Self { seed, drawn: 0 }
    }

    /// One of the numbers below `count`, which is not 0, each with the same chance.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        self.drawn += 1;
        let number = mix(self.seed ^ mix(self.drawn));
        // The upper half of the product is below `count`; no count comes near the 2^64 by which some are preferred.
        ((u128::from(number) * count as u128) >> 64) as usize
    }
}

/// Spreads the bits of a number evenly (the finaliser of SplitMix64).
fn mix(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
