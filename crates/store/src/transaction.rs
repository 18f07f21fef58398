//! What a commit wants to write, and under which assumptions.
//!
//! Invariant: a key is written at most once; what was said last about it holds. Expectations add up: all must hold.
//! Records are made into JSON here, in the caller's thread, so that the committer only moves bytes.

use crate::{LeaseId, ReadError, entry::Value};
use domain::{
    key::{Key, Prefix},
    record::{Record, Revision},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::Arc,
};

/// What a transaction assumes about a key at the moment of the commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Expect {
    /// No record is there.
    Absent,
    /// The record was last changed by the commit of this revision.
    Revision(Revision),
    /// Nothing is assumed.
    Any,
}

impl Expect {
    /// Whether the record whose last change was `modified` (`None`: there is none) is as expected.
    pub fn holds(self, modified: Option<Revision>) -> bool {
        match self {
            Self::Absent => modified.is_none(),
            Self::Revision(revision) => modified == Some(revision),
            Self::Any => true,
        }
    }
}

impl fmt::Display for Expect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent => f.write_str("absent"),
            Self::Revision(revision) => write!(f, "at revision {revision}"),
            Self::Any => f.write_str("anything"),
        }
    }
}

/// Writes that are done together or not at all.
#[derive(Clone, Debug, Default)]
pub struct Transaction {
    expectations: BTreeSet<(Key, Expect)>,
    /// By prefix, the keys that may be below it.
    seen: BTreeMap<Prefix, BTreeSet<Key>>,
    writes: BTreeMap<Key, Pending>,
}

#[derive(Clone, Debug)]
pub(crate) enum Pending {
    Put { value: Arc<Value>, lease: Option<LeaseId> },
    Delete,
}

/// A write of a transaction, for those who look at it before it is committed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Write<'a> {
    /// The record's JSON and the lease it is put with.
    Put {
        /// As it will be stored.
        json: &'a [u8],
        /// What takes it along when it ends.
        lease: Option<LeaseId>,
    },
    /// The record goes.
    Delete,
}

impl Transaction {
    /// Without any write.
    pub fn new() -> Self {
        Self::default()
    }

    /// Assumes something about a key that need not be written.
    pub fn expect(&mut self, key: &Key, expect: Expect) {
        if expect != Expect::Any {
            self.expectations.insert((key.clone(), expect));
        }
    }

    /// Assumes that below `prefix` there is nothing but what was `seen` there, and what this transaction writes itself: whoever puts
    /// something else there first makes it a conflict. For those who delete what others may only enter while it is there: the others
    /// expect its revision, which costs them nothing, and this is checked on whoever deletes, who is rare. Costs a walk over what is below
    /// the prefix, in the committer.
    pub fn expect_only(&mut self, prefix: &Prefix, seen: BTreeSet<Key>) {
        match self.seen.get_mut(prefix) {
            Some(known) => known.retain(|key| seen.contains(key)),
            None => {
                self.seen.insert(prefix.clone(), seen);
            }
        }
    }

    /// Puts a record, without a lease. Panics if `key` is not of the record's table: such a key is a bug of ours.
    pub fn put<R: Record>(&mut self, key: &Key, expect: Expect, record: R) {
        self.write(
            key,
            expect,
            Pending::Put { value: Arc::new(Value::put(key, record)), lease: None },
        );
    }

    /// Puts a record that goes when `lease` ends. Panics as [`Self::put`] does.
    pub fn put_leased<R: Record>(&mut self, key: &Key, expect: Expect, record: R, lease: LeaseId) {
        let value = Arc::new(Value::put(key, record));
        self.write(key, expect, Pending::Put { value, lease: Some(lease) });
    }

    /// Deletes a record. One that is not there changes nothing, unless `expect` says that it must be.
    pub fn delete(&mut self, key: &Key, expect: Expect) {
        self.write(key, expect, Pending::Delete);
    }

    /// Adds everything that `other` expects and writes; where both write a key, `other` holds.
    pub fn merge(&mut self, other: Self) {
        self.expectations.extend(other.expectations);
        self.expect_only_all(other.seen);
        self.writes.extend(other.writes);
    }

    /// Adds what is to be done right after it. `next` was decided on a snapshot that shows the writes of this one, where its
    /// expectations were checked ([`crate::Snapshot::with`]): those about keys that are written here say nothing about the store as it is
    /// now and are left out.
    pub fn then(&mut self, next: Self) {
        let news = next.expectations.into_iter().filter(|(key, _)| !self.writes.contains_key(key));
        self.expectations.extend(news);
        self.expect_only_all(next.seen);
        self.writes.extend(next.writes);
    }

    fn expect_only_all(&mut self, seen: BTreeMap<Prefix, BTreeSet<Key>>) {
        for (prefix, seen) in seen {
            self.expect_only(&prefix, seen);
        }
    }

    /// Whether it neither writes nor expects anything.
    pub fn is_empty(&self) -> bool {
        self.writes.is_empty() && self.expectations.is_empty() && self.seen.is_empty()
    }

    /// How many keys it writes.
    pub fn len(&self) -> usize {
        self.writes.len()
    }

    /// The size of all keys and records that it writes.
    pub fn bytes(&self) -> usize {
        let size = |(key, pending): (&Key, &Pending)| {
            key.as_str().len()
                + match pending {
                    Pending::Put { value, .. } => value.json().len(),
                    Pending::Delete => 0,
                }
        };
        self.writes.iter().map(size).sum()
    }

    /// What it assumes, in key order.
    pub fn expectations(&self) -> impl Iterator<Item = (&Key, Expect)> {
        self.expectations.iter().map(|(key, expect)| (key, *expect))
    }

    /// The prefixes below which it wants no stranger.
    pub(crate) fn guarded(&self) -> impl Iterator<Item = &Prefix> {
        self.seen.keys()
    }

    /// Whether a key below the guarded `prefix` is neither among those that were seen nor written here.
    pub(crate) fn is_stranger(&self, prefix: &Prefix, key: &Key) -> bool {
        let is_seen = self.seen.get(prefix).is_none_or(|seen| seen.contains(key));
        !is_seen && !self.writes.contains_key(key)
    }

    /// What it writes, in key order.
    pub fn writes(&self) -> impl Iterator<Item = (&Key, Write<'_>)> {
        self.writes.iter().map(|(key, pending)| {
            let write = match pending {
                Pending::Put { value, lease } => Write::Put { json: value.json(), lease: *lease },
                Pending::Delete => Write::Delete,
            };
            (key, write)
        })
    }

    /// The record that it puts at `key`; `None` if it puts none there.
    ///
    /// # Errors
    /// If the record put there is of another type.
    pub fn pending<R: Record>(&self, key: &Key) -> Result<Option<Arc<R>>, ReadError> {
        match self.writes.get(key) {
            Some(Pending::Put { value, .. }) => value.record(key).map(Some),
            Some(Pending::Delete) | None => Ok(None),
        }
    }

    /// The leases that its records are put with.
    pub(crate) fn leases(&self) -> impl Iterator<Item = LeaseId> {
        self.writes.values().filter_map(|pending| match pending {
            Pending::Put { lease, .. } => *lease,
            Pending::Delete => None,
        })
    }

    pub(crate) fn pending_writes(&self) -> impl Iterator<Item = (&Key, &Pending)> {
        self.writes.iter()
    }

    /// A write as it was read back from the log.
    pub(crate) fn replay(&mut self, key: Key, pending: Pending) {
        self.writes.insert(key, pending);
    }

    fn write(&mut self, key: &Key, expect: Expect, pending: Pending) {
        self.expect(key, expect);
        self.writes.insert(key.clone(), pending);
    }
}

#[cfg(test)]
mod tests {
    use super::{Expect, Transaction, Write};
    use crate::{
        CommitError, LeaseId, Snapshot,
        conformance::{Note, key, note, notes},
    };
    use domain::record::Revision;

    /// What a transaction says, as text.
    fn show(transaction: &Transaction) -> String {
        let name = |key: &domain::key::Key| key.last().to_owned();
        let expectations =
            transaction.expectations().map(|(key, expect)| format!("{} {expect}", name(key)));
        let writes = transaction.writes().map(|(key, write)| match write {
            Write::Put { json, lease: None } => {
                format!("{}={}", name(key), String::from_utf8_lossy(json))
            }
            Write::Put { json, lease: Some(lease) } => {
                format!("{}={} lease {lease}", name(key), String::from_utf8_lossy(json))
            }
            Write::Delete => format!("{} gone", name(key)),
        });
        expectations.chain(writes).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn what_was_said_last_about_a_key_holds_and_expectations_add_up() {
        let mut transaction = Transaction::new();
        transaction.put(&key("b"), Expect::Absent, note("one"));
        transaction.put_leased(&key("c"), Expect::Any, note("two"), LeaseId(7));
        transaction.delete(&key("a"), Expect::Revision(Revision(3)));
        let mut other = Transaction::new();
        other.delete(&key("b"), Expect::Any);
        other.expect(&key("d"), Expect::Absent);
        transaction.merge(other);
        assert_eq!(
            show(&transaction),
            r#"a at revision 3, b absent, d absent, a gone, b gone, c={"text":"two"} lease 7"#
        );
        assert_eq!(transaction.len(), 3);
    }

    #[test]
    fn two_that_follow_each_other_are_one() {
        let mut first = Transaction::new();
        first.put(&key("a"), Expect::Absent, note("one"));
        first.expect(&key("b"), Expect::Absent);
        let before = Snapshot::default();
        let between = before.with(&first).expect("nothing is there");
        let mut second = Transaction::new();
        second.put(&key("a"), Expect::Revision(between.revision()), note("two"));
        second.put(&key("c"), Expect::Absent, note("three"));
        let one_by_one = between.with(&second).expect("it was decided on this");
        first.then(second);
        assert_eq!(
            show(&first),
            r#"a absent, b absent, c absent, a={"text":"two"}, c={"text":"three"}"#
        );
        let at_once = before.with(&first).expect("nothing is there");
        let all = |snapshot: &Snapshot| -> Vec<(String, Vec<u8>)> {
            let entries = snapshot.entries(&domain::key::Prefix::everything());
            entries.map(|entry| (entry.key().to_string(), entry.json().to_vec())).collect()
        };
        assert_eq!(all(&at_once), all(&one_by_one));
    }

    #[test]
    fn stranger_below_a_guarded_prefix_is_a_conflict() {
        let below = notes();
        let with = |names: &[&str]| {
            let mut transaction = Transaction::new();
            for name in names {
                transaction.put(&key(name), Expect::Absent, note("x"));
            }
            Snapshot::default().with(&transaction).expect("nothing is there")
        };
        let guard = |seen: &[&str]| {
            let mut transaction = Transaction::new();
            transaction.expect_only(&below, seen.iter().map(|name| key(name)).collect());
            transaction
        };
        assert!(with(&[]).with(&guard(&[])).is_ok());
        assert!(with(&["a"]).with(&guard(&["a", "b"])).is_ok());
        let refused = with(&["a", "b"]).with(&guard(&["a"])).expect_err("b is a stranger");
        assert!(
            refused.to_string().ends_with("/note/b` is at revision 1, not absent as expected"),
            "{refused}"
        );
        // What goes in the same commit is none, whether it was decided together or one after the other.
        let mut first = Transaction::new();
        first.delete(&key("a"), Expect::Any);
        let store = with(&["a"]);
        assert!(store.with(&first).expect("it goes").with(&guard(&[])).is_ok());
        first.then(guard(&[]));
        assert!(store.with(&first).is_ok());
        assert!(with(&["a", "b"]).with(&first).is_err());
        // Of two guards both must hold.
        let mut both = guard(&["a", "b"]);
        both.merge(guard(&["b", "c"]));
        assert!(with(&["b"]).with(&both).is_ok());
        assert!(with(&["a"]).with(&both).is_err());
    }

    #[test]
    fn pending_record_is_seen_with_its_type() {
        let mut transaction = Transaction::new();
        assert!(transaction.is_empty());
        transaction.put(&key("a"), Expect::Any, note("one"));
        transaction.delete(&key("b"), Expect::Any);
        let pending = |name: &str| transaction.pending::<Note>(&key(name)).expect("a note");
        assert_eq!(pending("a").as_deref(), Some(&note("one")));
        assert_eq!(pending("b"), None);
        assert_eq!(pending("c"), None);
    }

    #[test]
    fn changes_between_snapshots_are_what_commits_did() {
        let with = |snapshot: &Snapshot, write: &dyn Fn(&mut Transaction)| {
            let mut transaction = Transaction::new();
            write(&mut transaction);
            snapshot.with(&transaction).expect("nothing is expected")
        };
        let earlier = with(&Snapshot::default(), &|it| {
            for name in ["a", "b", "c"] {
                it.put(&key(name), Expect::Any, note("one"));
            }
        });
        let later = with(&earlier, &|it| it.put(&key("b"), Expect::Any, note("two")));
        let later = with(&later, &|it| it.delete(&key("a"), Expect::Any));
        let later = with(&later, &|it| it.put(&key("d"), Expect::Any, note("three")));
        let show = |snapshot: &Snapshot, earlier: &Snapshot| {
            let changes = snapshot.changes_since(earlier).map(|change| {
                let text = |found: Option<crate::Found<Note>>| {
                    found.map_or_else(|| "-".to_owned(), |found| found.text.clone())
                };
                let before = text(change.before().expect("a note"));
                format!("{} {before}>{}", change.key.last(), text(change.after().expect("a note")))
            });
            changes.collect::<Vec<_>>().join(", ")
        };
        assert_eq!(show(&later, &earlier), "a one>-, b one>two, d ->three");
        assert_eq!(show(&earlier, &later), "a ->one, b two>one, d three>-");
        assert_eq!(show(&later, &later), "");
    }

    #[test]
    fn snapshot_shows_what_a_commit_would_make_of_it() {
        let mut transaction = Transaction::new();
        transaction.put(&key("a"), Expect::Absent, note("one"));
        let before = Snapshot::default();
        let after = before.with(&transaction).expect("a is absent");
        assert_eq!(after.revision(), Revision(1));
        assert_eq!(after.get::<Note>(&key("a")).expect("a note").expect("there").text, "one");
        assert!(before.entry(&key("a")).is_none());
        let again = after.with(&transaction).expect_err("a is there");
        assert!(matches!(again, CommitError::Conflict { .. }), "{again}");
        assert!(
            again.to_string().ends_with("/note/a` is at revision 1, not absent as expected"),
            "{again}"
        );
    }
}
