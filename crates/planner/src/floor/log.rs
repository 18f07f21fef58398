//! What has changed of a cluster's instances, for orders that are brought up to date when they are next used.

/// Something that changed of an instance.
#[derive(Clone, Copy, Debug)]
pub(super) struct Change {
    pub(super) slot: u32,
    pub(super) what: What,
}

/// What it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// The registration or the link: anything may be different.
    Instance,
    /// What tasks hold.
    Held,
    /// How many tasks of this group there are, and what they hold perhaps.
    Group(u32),
    /// How far its tasks are.
    Progress,
}

/// Changes, numbered from the first that ever was.
#[derive(Debug, Default)]
pub(super) struct Log {
    changes: Vec<Change>,
    start: u64,
}

impl Log {
    /// The number of the next change.
    pub(super) fn end(&self) -> u64 {
        self.start + self.changes.len() as u64
    }

    pub(super) fn len(&self) -> usize {
        self.changes.len()
    }

    pub(super) fn push(&mut self, slot: u32, what: What) {
        self.changes.push(Change { slot, what });
    }

    /// What changed since the number was `seen`.
    pub(super) fn since(&self, seen: u64) -> &[Change] {
        let skipped = seen.checked_sub(self.start).expect("who is behind the log was dropped");
        &self.changes[usize::try_from(skipped).expect("the log is in memory")..]
    }

    /// Forgets what everybody has seen.
    pub(super) fn clear(&mut self) {
        self.start = self.end();
        self.changes.clear();
    }
}

/// Which slots were looked at in this pass, so that one that changed often is looked at once.
#[derive(Debug, Default)]
pub(super) struct Passes {
    last: Vec<u64>,
    pass: u64,
}

/// How closely an instance is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// The common way.
    Brief = 1,
    /// All of it.
    Whole = 2,
}

impl Passes {
    pub(super) fn begin(&mut self) {
        self.pass += 4;
    }

    /// Whether the instance was not looked at so closely yet.
    pub(super) fn is_first(&mut self, slot: u32, look: Look) -> bool {
        let slot = slot as usize;
        if slot >= self.last.len() {
            self.last.resize(slot + 1, 0);
        }
        let now = self.pass + look as u64;
        let is_first = self.last[slot] < now;
        if is_first {
            self.last[slot] = now;
        }
        is_first
    }
}
