//! Which capacity provider each task of a strategy goes to (spec/placement.md §4).
//!
//! Not here: whether a provider has room. A share does not move to another provider because its own is full: its tasks wait.

use domain::cluster::StrategyItem;

#[cfg(test)]
mod tests;

/// The item of `strategy` for each of `n` more tasks, in the order in which they are to be made. `counts` are the tasks that each item
/// has already, so that shares hold over all of them; missing ones are 0.
///
/// The item with a base is filled up to it first. Beyond it, each task goes to the item that has least for its weight, bases not
/// counted; of equal ones to the first. Where no item has a weight, which of several is refused when a strategy is read, the first one
/// takes all. Panics if there is no item: that is a launch type, not a strategy.
pub fn share(strategy: &[StrategyItem], counts: &[i64], n: usize) -> Vec<usize> {
    assert!(!strategy.is_empty(), "a strategy has items");
    let mut counts: Vec<i64> =
        (0..strategy.len()).map(|at| counts.get(at).copied().unwrap_or(0)).collect();
    let mut shares = Vec::with_capacity(n);
    for _ in 0..n {
        let at = next(strategy, &counts);
        counts[at] += 1;
        shares.push(at);
    }
    shares
}

/// The item of `strategy` that a task is taken from first where there are too many, in the reverse of the order in which [`share`] gives: the
/// one whose newest task came last by its weight, of equal ones the last; what is within a base goes when nothing else is left. `counts`
/// are the tasks that each item has, and only items that `may_give` one are asked. `None` if there is none.
pub fn unshare(
    strategy: &[StrategyItem],
    counts: &[i64],
    may_give: impl Fn(usize) -> bool,
) -> Option<usize> {
    let mut most: Option<(usize, i128, i128)> = None;
    for (at, (item, count)) in strategy.iter().zip(counts).enumerate() {
        let (beyond, weight) = (i128::from(count - 1 - item.base), i128::from(item.weight));
        let is_more = most.is_none_or(|(_, most, of)| match (beyond >= 0, most >= 0) {
            // An item without a weight should have nothing beyond its base.
            (true, true) if weight == 0 || of == 0 => weight == 0,
            (true, true) => beyond * of >= most * weight,
            (is_beyond, was_beyond) => is_beyond >= was_beyond,
        });
        if may_give(at) && is_more {
            most = Some((at, beyond, weight));
        }
    }
    most.map(|(at, _, _)| at)
}

fn next(strategy: &[StrategyItem], counts: &[i64]) -> usize {
    let in_base = strategy.iter().zip(counts).position(|(item, count)| *count < item.base);
    if let Some(at) = in_base {
        return at;
    }
    let mut best = None;
    for (at, (item, count)) in strategy.iter().zip(counts).enumerate() {
        let (beyond, weight) = (i128::from(count - item.base), i128::from(item.weight));
        // Fractions are compared by their cross products, which are exact.
        let is_better = best.is_none_or(|(_, least, of)| beyond * of < least * weight);
        if weight > 0 && is_better {
            best = Some((at, beyond, weight));
        }
    }
    best.map_or(0, |(at, _, _)| at)
}
