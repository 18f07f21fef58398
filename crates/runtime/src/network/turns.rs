//! Turns at something of which there is so much at once: for all callers together, and for each of them less, so that one who takes all it
//! gets leaves some to the others.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard};

/// What there is, and who has how much of it.
#[derive(Debug)]
pub(crate) struct Turns {
    all_max: usize,
    each_max: usize,
    taken: Mutex<Taken>,
}

#[derive(Debug, Default)]
struct Taken {
    all: usize,
    by: BTreeMap<IpAddr, usize>,
}

/// One turn, until it is dropped.
#[derive(Debug)]
pub(crate) struct Turn {
    of: Arc<Turns>,
    who: IpAddr,
}

impl Turns {
    /// As many for all, and for each.
    pub(crate) fn new(all_max: usize, each_max: usize) -> Arc<Self> {
        Arc::new(Self { all_max, each_max, taken: Mutex::default() })
    }

    /// A turn for `who`, if there is one.
    pub(crate) fn take(self: &Arc<Self>, who: IpAddr) -> Option<Turn> {
        let mut taken = self.taken();
        let own = taken.by.get(&who).copied().unwrap_or(0);
        if taken.all >= self.all_max || own >= self.each_max {
            return None;
        }
        taken.all += 1;
        taken.by.insert(who, own + 1);
        Some(Turn { of: Arc::clone(self), who })
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().expect("nothing panics while it is held")
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut taken = self.of.taken();
        taken.all -= 1;
        let own = taken.by.get(&self.who).copied().unwrap_or(0);
        if own > 1 {
            taken.by.insert(self.who, own - 1);
        } else {
            taken.by.remove(&self.who);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_its_part_gets_no_more_and_others_do() {
        let turns = Turns::new(3, 2);
        let [one, two] = [1, 2].map(|last| IpAddr::from([10, 0, 0, last]));
        let held: Vec<Turn> = (0..2).filter_map(|_| turns.take(one)).collect();
        assert!(held.len() == 2 && turns.take(one).is_none());
        let other = turns.take(two).expect("there is one for another");
        assert!(turns.take(two).is_none(), "all are taken");
        drop(held);
        assert!(turns.take(two).is_some());
        drop(other);
        assert!(turns.taken().by.is_empty() && turns.taken().all == 0);
    }
}
