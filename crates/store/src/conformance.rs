//! The contract of an engine, as tests that every engine runs: `store::conformance!(open)` makes a test of each.
//!
//! `open` is an async function that answers an empty engine and whatever has to live as long. The cases wait for what must come and
//! never for a time, so that they run on a paused clock and against a server alike.

use crate::{
    Change, ChangeKind, CommitError, CompactError, Engine, Expect, LeaseError, LeaseId, ReadError,
    Snapshot, Transaction, Watch, WatchBatch, WatchError,
};
use domain::{
    id::{AccountId, Region, Scope},
    key::{Key, Prefix},
    record::{Record, Revision},
};
use serde::{Deserialize, Serialize};
use std::{sync::Arc, time::Duration};

/// Makes a test of every case. The argument is the path of an `async fn() -> (Arc<dyn Engine>, impl Sized)`.
#[macro_export]
macro_rules! conformance {
    ($open:path) => {
        $crate::conformance! { $open:
            new_store_is_empty
            put_record_is_read_back_with_its_revisions
            revision_grows_by_one_with_every_commit_that_changes_something
            refused_expectation_changes_nothing_and_says_what_was_found
            all_expectations_must_hold
            stranger_below_a_guarded_prefix_refuses_the_commit
            what_is_deleted_and_put_again_is_new
            range_is_in_key_order_and_stays_in_its_prefix
            snapshot_never_changes
            wrong_type_is_a_clear_error
            oversized_commit_is_refused
            concurrent_increments_are_all_counted
            watch_tells_changes_of_a_commit_together_and_in_order
            watch_tells_what_was_before
            watch_from_the_past_misses_nothing
            watch_from_a_revision_to_come_waits_for_it
            watch_tells_only_what_is_below_its_prefix
            compacted_history_is_refused_and_the_rest_is_told
            slow_watch_is_told_that_its_place_is_gone
            compaction_of_the_future_is_refused
            lease_takes_its_records_along_in_one_commit
            lease_that_is_kept_alive_stays
            ended_lease_is_gone_for_good
            record_put_again_without_lease_stays
            lease_of_no_time_is_refused
        }
    };
    ($open:path: $($case:ident)*) => {
        $(
            #[tokio::test(start_paused = true)]
            async fn $case() {
                let (engine, _keep) = $open().await;
                $crate::conformance::$case(engine).await;
            }
        )*
    };
}

/// The record of the cases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Anything.
    pub text: String,
}

impl Record for Note {
    const TABLE: &'static str = "note";
}

/// Another type that claims the same table, which no two types should.
#[derive(Debug, Serialize, Deserialize)]
struct Impostor {
    text: String,
}

impl Record for Impostor {
    const TABLE: &'static str = "note";
}

/// A type of another table.
#[derive(Debug, Serialize, Deserialize)]
struct Other {}

impl Record for Other {
    const TABLE: &'static str = "other";
}

/// Who waits longer has found a fault. Long, as a server may share the machine with much else.
const PATIENCE: Duration = Duration::from_secs(120);
/// The length of the cases' leases: a whole second, as some engines count no finer.
const TTL: Duration = Duration::from_secs(2);

/// The scope of the cases.
pub fn scope() -> Scope {
    let account = AccountId::parse("000000000000").expect("twelve digits");
    Scope { account, region: Region::parse("us-east-1").expect("a region") }
}

/// The key of a note, by its name; parts are separated by `/`.
pub fn key(name: &str) -> Key {
    Key::of::<Note>(&scope(), &name.split('/').collect::<Vec<_>>())
}

/// A note of this text.
pub fn note(text: &str) -> Note {
    Note { text: text.into() }
}

/// All notes.
pub fn notes() -> Prefix {
    Prefix::table::<Note>(&scope())
}

fn below(name: &str) -> Prefix {
    Prefix::under::<Note>(&scope(), &name.split('/').collect::<Vec<_>>())
}

fn put(name: &str, expect: Expect, text: &str) -> Transaction {
    let mut transaction = Transaction::new();
    transaction.put(&key(name), expect, note(text));
    transaction
}

async fn write(engine: &dyn Engine, name: &str, text: &str) -> Revision {
    engine.commit(put(name, Expect::Any, text)).await.expect("nothing is expected")
}

async fn delete(engine: &dyn Engine, name: &str) -> Revision {
    let mut transaction = Transaction::new();
    transaction.delete(&key(name), Expect::Any);
    engine.commit(transaction).await.expect("nothing is expected")
}

async fn snapshot(engine: &dyn Engine) -> Snapshot {
    engine.snapshot().await.expect("the engine is open")
}

async fn watch(engine: &dyn Engine, prefix: Prefix, from: Revision) -> Watch {
    engine.watch(prefix, from).await.expect("the history is there")
}

async fn next(watch: &mut Watch) -> String {
    let batch =
        tokio::time::timeout(PATIENCE, watch.next()).await.expect("a change is told in time");
    show(&batch.expect("the watch goes on"))
}

/// `3: put a=x, delete b`, without what all keys have in common.
fn show(batch: &WatchBatch) -> String {
    let changes: Vec<String> = batch.changes.iter().map(show_change).collect();
    format!("{}: {}", batch.revision, changes.join(", "))
}

fn show_change(change: &Change) -> String {
    let name = change.key.as_str().strip_prefix(notes().as_str()).expect("only notes are written");
    let after = change.after::<Note>().expect("a note");
    match (&change.kind, after) {
        (ChangeKind::Put(_), Some(after)) => format!("put {name}={}", after.text),
        (ChangeKind::Delete, None) => format!("delete {name}"),
        (ChangeKind::Put(_), None) | (ChangeKind::Delete, Some(_)) => panic!("{change:?}"),
    }
}

/// `a=x b=y` of all notes.
fn contents(snapshot: &Snapshot) -> String {
    let show = |found: Result<crate::Found<Note>, ReadError>| {
        let found = found.expect("a note");
        let name =
            found.key.as_str().strip_prefix(notes().as_str()).expect("below the prefix").to_owned();
        format!("{name}={}", found.text)
    };
    snapshot.range::<Note>(&notes()).map(show).collect::<Vec<_>>().join(" ")
}

/// A store that nothing was written to is at revision 0 and empty.
pub async fn new_store_is_empty(engine: Arc<dyn Engine>) {
    let snapshot = snapshot(&*engine).await;
    assert_eq!(snapshot.revision(), Revision(0));
    assert_eq!(snapshot.count(&Prefix::everything()), 0);
    assert!(snapshot.get::<Note>(&key("a")).expect("readable").is_none());
}

/// What was put is there, with the revisions of its first and last commit.
pub async fn put_record_is_read_back_with_its_revisions(engine: Arc<dyn Engine>) {
    let created = write(&*engine, "a", "one").await;
    write(&*engine, "b", "other").await;
    let modified = write(&*engine, "a", "two").await;
    let snapshot = snapshot(&*engine).await;
    let found = snapshot.get::<Note>(&key("a")).expect("readable").expect("there");
    assert_eq!((found.text.as_str(), found.created, found.modified), ("two", created, modified));
    let entry = snapshot.entry(&key("a")).expect("there");
    assert_eq!(
        (entry.version(), entry.lease(), entry.json()),
        (2, None, &br#"{"text":"two"}"#[..])
    );
}

/// Commits count by one; what changes nothing does not count.
pub async fn revision_grows_by_one_with_every_commit_that_changes_something(
    engine: Arc<dyn Engine>,
) {
    assert_eq!(write(&*engine, "a", "x").await, Revision(1));
    assert_eq!(delete(&*engine, "b").await, Revision(1), "there is nothing to delete");
    assert_eq!(engine.commit(Transaction::new()).await.expect("empty"), Revision(1));
    let mut expecting = Transaction::new();
    expecting.expect(&key("a"), Expect::Revision(Revision(1)));
    assert_eq!(engine.commit(expecting).await.expect("holds"), Revision(1));
    assert_eq!(write(&*engine, "a", "x").await, Revision(2), "putting the same again is a change");
    let mut both = put("a", Expect::Any, "y");
    both.merge(put("b", Expect::Any, "y"));
    assert_eq!(engine.commit(both).await.expect("nothing is expected"), Revision(3));
    assert_eq!(snapshot(&*engine).await.revision(), Revision(3));
}

/// An expectation that does not hold refuses the whole commit.
pub async fn refused_expectation_changes_nothing_and_says_what_was_found(engine: Arc<dyn Engine>) {
    let check = async |name: &str, expect, found_wanted: Option<Revision>| {
        let before = snapshot(&*engine).await;
        let mut transaction = put("zz", Expect::Any, "never");
        transaction.merge(put(name, expect, "never"));
        let error = engine.commit(transaction).await.expect_err("the expectation does not hold");
        let CommitError::Conflict { key: refused, expected, found } = error else {
            panic!("{error}")
        };
        assert_eq!((refused, expected, found), (key(name), expect, found_wanted));
        let after = snapshot(&*engine).await;
        assert_eq!(contents(&after), contents(&before));
        assert_eq!(after.revision(), before.revision());
    };
    check("a", Expect::Revision(Revision(1)), None).await;
    let first = write(&*engine, "a", "x").await;
    check("a", Expect::Absent, Some(first)).await;
    let second = write(&*engine, "a", "y").await;
    check("a", Expect::Revision(first), Some(second)).await;
    check("a", Expect::Revision(second.next()), Some(second)).await;
    delete(&*engine, "a").await;
    check("a", Expect::Revision(second), None).await;
}

/// Expectations about keys that are not written count too, and a held one does not make up for one that is not.
pub async fn all_expectations_must_hold(engine: Arc<dyn Engine>) {
    let first = write(&*engine, "a", "x").await;
    let mut transaction = put("b", Expect::Absent, "new");
    transaction.expect(&key("a"), Expect::Revision(first));
    transaction.expect(&key("c"), Expect::Absent);
    engine.commit(transaction.clone()).await.expect("all hold");
    let error = engine.commit(transaction).await.expect_err("b is there now");
    assert!(matches!(&error, CommitError::Conflict { key: k, .. } if *k == key("b")), "{error}");
    let mut contradiction = put("a", Expect::Revision(first), "y");
    contradiction.expect(&key("a"), Expect::Absent);
    engine.commit(contradiction).await.expect_err("no world fits");
    assert_eq!(contents(&snapshot(&*engine).await), "a=x b=new");
}

/// Who deletes what others enter meets whoever entered since.
pub async fn stranger_below_a_guarded_prefix_refuses_the_commit(engine: Arc<dyn Engine>) {
    for name in ["a", "house", "house/one", "house/two", "houses"] {
        write(&*engine, name, "x").await;
    }
    let close = |seen: &[&str]| {
        let mut transaction = Transaction::new();
        transaction.delete(&key("house"), Expect::Any);
        transaction.expect_only(&below("house"), seen.iter().map(|name| key(name)).collect());
        transaction
    };
    let error = engine.commit(close(&["house/one"])).await.expect_err("another is there");
    assert!(
        matches!(&error, CommitError::Conflict { key: k, .. } if *k == key("house/two")),
        "{error}"
    );
    delete(&*engine, "house/two").await;
    engine.commit(close(&["house/one"])).await.expect("only who was seen is there");
    assert_eq!(contents(&snapshot(&*engine).await), "a=x house/one=x houses=x");
}

/// A record's life begins anew after its deletion.
pub async fn what_is_deleted_and_put_again_is_new(engine: Arc<dyn Engine>) {
    write(&*engine, "a", "one").await;
    delete(&*engine, "a").await;
    assert_eq!(contents(&snapshot(&*engine).await), "");
    let created = engine.commit(put("a", Expect::Absent, "two")).await.expect("absent");
    let snapshot = snapshot(&*engine).await;
    let entry = snapshot.entry(&key("a")).expect("there");
    assert_eq!((entry.created(), entry.modified(), entry.version()), (created, created, 1));
}

/// Ranges are ordered by key, end where their prefix ends, and go on after a key.
pub async fn range_is_in_key_order_and_stays_in_its_prefix(engine: Arc<dyn Engine>) {
    for name in ["web/2", "web/10", "web-1/1", "web", "api/1", "web0"] {
        write(&*engine, name, "x").await;
    }
    let snapshot = snapshot(&*engine).await;
    let names = |keys: Vec<Key>| {
        let cut =
            |key: &Key| key.as_str().strip_prefix(notes().as_str()).expect("a note").to_owned();
        keys.iter().map(cut).collect::<Vec<_>>().join(" ")
    };
    let keys = |prefix: &Prefix| names(snapshot.keys(prefix).cloned().collect());
    assert_eq!(keys(&notes()), "api/1 web web-1/1 web/10 web/2 web0");
    assert_eq!(keys(&Prefix::everything()), keys(&notes()));
    assert_eq!(keys(&below("web")), "web/10 web/2");
    assert_eq!(keys(&below("we")), "");
    assert_eq!(snapshot.count(&below("web")), 2);
    let after = |after: &str| {
        let found = snapshot.range_after::<Note>(&below("web"), &key(after));
        names(found.map(|found| found.expect("a note").key).collect())
    };
    assert_eq!(after("api/1"), "web/10 web/2");
    assert_eq!(after("web/10"), "web/2");
    assert_eq!(after("web/2"), "");
    assert_eq!(after("web0"), "");
}

/// Who has a snapshot sees what was, whatever comes.
pub async fn snapshot_never_changes(engine: Arc<dyn Engine>) {
    write(&*engine, "a", "x").await;
    write(&*engine, "b", "x").await;
    let before = snapshot(&*engine).await;
    write(&*engine, "a", "y").await;
    delete(&*engine, "b").await;
    assert_eq!(contents(&before), "a=x b=x");
    assert_eq!(contents(&snapshot(&*engine).await), "a=y");
}

/// A record is not read as what it is not.
pub async fn wrong_type_is_a_clear_error(engine: Arc<dyn Engine>) {
    write(&*engine, "a", "x").await;
    let snapshot = snapshot(&*engine).await;
    let error = snapshot.get::<Other>(&key("a")).expect_err("a note is no other");
    assert!(matches!(error, ReadError::WrongTable { table: "other", .. }), "{error}");
    snapshot.get::<Note>(&key("a")).expect("a note");
    let error = snapshot.get::<Impostor>(&key("a")).expect_err("a note is no impostor");
    assert!(matches!(error, ReadError::WrongType { table: "note", .. }), "{error}");
}

/// A commit over the engine's limit is refused with both figures, and the engine goes on.
pub async fn oversized_commit_is_refused(engine: Arc<dyn Engine>) {
    let text = "x".repeat(64 * 1024 * 1024);
    let error = engine.commit(put("a", Expect::Any, &text)).await.expect_err("64 MiB are too much");
    assert!(
        matches!(error, CommitError::TooLarge { bytes, bytes_max } if bytes > bytes_max),
        "{error}"
    );
    assert_eq!(write(&*engine, "a", "x").await, Revision(1));
}

/// Of those who write on the same assumption one wins, so that no increment is lost.
pub async fn concurrent_increments_are_all_counted(engine: Arc<dyn Engine>) {
    const CLIENTS: u32 = 8;
    const INCREMENTS: u32 = 10;
    write(&*engine, "count", "0").await;
    let mut clients = tokio::task::JoinSet::new();
    for _ in 0..CLIENTS {
        let engine = Arc::clone(&engine);
        clients.spawn(async move {
            let mut done = 0;
            while done < INCREMENTS {
                let seen = snapshot(&*engine)
                    .await
                    .get::<Note>(&key("count"))
                    .expect("readable")
                    .expect("there");
                let count: u32 = seen.text.parse().expect("a number");
                let increment =
                    put("count", Expect::Revision(seen.modified), &(count + 1).to_string());
                match engine.commit(increment).await {
                    Ok(_) => done += 1,
                    Err(CommitError::Conflict { .. }) => {}
                    Err(error) => panic!("{error}"),
                }
            }
        });
    }
    clients.join_all().await;
    assert_eq!(contents(&snapshot(&*engine).await), format!("count={}", CLIENTS * INCREMENTS));
}

/// A watch hears every commit once, whole.
pub async fn watch_tells_changes_of_a_commit_together_and_in_order(engine: Arc<dyn Engine>) {
    let mut watch = watch(&*engine, notes(), Revision(1)).await;
    let mut both = put("b", Expect::Any, "x");
    both.merge(put("a", Expect::Any, "x"));
    engine.commit(both).await.expect("nothing is expected");
    write(&*engine, "c", "y").await;
    assert_eq!(next(&mut watch).await, "1: put a=x, put b=x");
    let mut replace = put("c", Expect::Any, "z");
    replace.delete(&key("a"), Expect::Any);
    replace.delete(&key("never was"), Expect::Any);
    engine.commit(replace).await.expect("nothing is expected");
    assert_eq!(next(&mut watch).await, "2: put c=y");
    assert_eq!(next(&mut watch).await, "3: delete a, put c=z");
}

/// A change carries the record that was there before.
pub async fn watch_tells_what_was_before(engine: Arc<dyn Engine>) {
    write(&*engine, "a", "x").await;
    write(&*engine, "a", "y").await;
    delete(&*engine, "a").await;
    let mut watch = watch(&*engine, notes(), Revision(1)).await;
    for wanted in [None, Some("x"), Some("y")] {
        let batch = watch.next().await.expect("the history is there");
        let before = batch.changes[0].before::<Note>().expect("a note");
        assert_eq!(before.as_ref().map(|found| found.text.as_str()), wanted);
    }
}

/// What happened between a snapshot and the watch that continues it is told.
pub async fn watch_from_the_past_misses_nothing(engine: Arc<dyn Engine>) {
    write(&*engine, "a", "1").await;
    let seen = snapshot(&*engine).await;
    write(&*engine, "a", "2").await;
    write(&*engine, "a", "3").await;
    let mut watch = watch(&*engine, notes(), seen.revision().next()).await;
    write(&*engine, "a", "4").await;
    for wanted in ["2: put a=2", "3: put a=3", "4: put a=4"] {
        assert_eq!(next(&mut watch).await, wanted);
    }
}

/// A watch from a revision that is still to come hears nothing before it.
pub async fn watch_from_a_revision_to_come_waits_for_it(engine: Arc<dyn Engine>) {
    write(&*engine, "a", "1").await;
    let mut watch = watch(&*engine, notes(), Revision(4)).await;
    for text in ["2", "3", "4", "5"] {
        write(&*engine, "a", text).await;
    }
    assert_eq!(next(&mut watch).await, "4: put a=4");
    assert_eq!(next(&mut watch).await, "5: put a=5");
}

/// Of a commit, a watch hears only what is below its prefix; commits without such are not told.
pub async fn watch_tells_only_what_is_below_its_prefix(engine: Arc<dyn Engine>) {
    let mut web = watch(&*engine, below("web"), Revision(1)).await;
    let mut one = watch(&*engine, below("web/1"), Revision(1)).await;
    write(&*engine, "web", "no").await;
    write(&*engine, "api/1", "no").await;
    let mut both = put("web/2", Expect::Any, "yes");
    both.merge(put("webs/2", Expect::Any, "no"));
    engine.commit(both).await.expect("nothing is expected");
    assert_eq!(next(&mut web).await, "3: put web/2=yes");
    write(&*engine, "web/1/x", "yes").await;
    assert_eq!(next(&mut web).await, "4: put web/1/x=yes");
    assert_eq!(next(&mut one).await, "4: put web/1/x=yes");
}

/// After compaction at a revision, that revision and all later ones are told, older ones refused.
pub async fn compacted_history_is_refused_and_the_rest_is_told(engine: Arc<dyn Engine>) {
    for text in ["1", "2", "3"] {
        write(&*engine, "a", text).await;
    }
    engine.compact(Revision(2)).await.expect("2 is past");
    engine.compact(Revision(1)).await.expect("what is already forgotten is no error");
    let refused = engine.watch(notes(), Revision(1)).await.err();
    assert_eq!(refused, Some(WatchError::Compacted { oldest: Revision(2) }));
    let mut watch = watch(&*engine, notes(), Revision(2)).await;
    assert_eq!(next(&mut watch).await, "2: put a=2");
    assert_eq!(next(&mut watch).await, "3: put a=3");
    assert_eq!(contents(&snapshot(&*engine).await), "a=3", "what is there stays there");
}

/// A watch that was overtaken by compaction ends with an error, and does not skip in silence.
pub async fn slow_watch_is_told_that_its_place_is_gone(engine: Arc<dyn Engine>) {
    let mut slow = watch(&*engine, notes(), Revision(1)).await;
    let mut quiet = watch(&*engine, below("other"), Revision(1)).await;
    for text in ["1", "2", "3"] {
        write(&*engine, "a", text).await;
    }
    engine.compact(Revision(3)).await.expect("3 is past");
    let told = tokio::time::timeout(PATIENCE, slow.next()).await.expect("told in time");
    assert_eq!(told.err(), Some(WatchError::Compacted { oldest: Revision(3) }));
    write(&*engine, "other/1", "x").await;
    assert_eq!(next(&mut quiet).await, "4: put other/1=x", "nothing of this one was forgotten");
}

/// No one can forget what has not happened.
pub async fn compaction_of_the_future_is_refused(engine: Arc<dyn Engine>) {
    let current = write(&*engine, "a", "1").await;
    let revision = current.next();
    assert_eq!(engine.compact(revision).await, Err(CompactError::Future { revision, current }));
}

async fn write_leased(engine: &dyn Engine, names: &[&str], lease: LeaseId) {
    let mut transaction = Transaction::new();
    for name in names {
        transaction.put_leased(&key(name), Expect::Any, note("leased"), lease);
    }
    engine.commit(transaction).await.expect("the lease is there");
}

/// When a lease is revoked or runs out, what was put with it goes in one commit that watches see.
pub async fn lease_takes_its_records_along_in_one_commit(engine: Arc<dyn Engine>) {
    let revoked = engine.grant(Duration::from_secs(3600)).await.expect("granted");
    let running_out = engine.grant(TTL).await.expect("granted");
    assert_ne!(revoked, running_out);
    write(&*engine, "stays", "x").await;
    write_leased(&*engine, &["a", "b"], revoked).await;
    write_leased(&*engine, &["c", "d"], running_out).await;
    assert_eq!(snapshot(&*engine).await.entry(&key("a")).expect("there").lease(), Some(revoked));
    let mut watch = watch(&*engine, notes(), Revision(4)).await;
    engine.revoke(revoked).await.expect("it is there");
    assert_eq!(next(&mut watch).await, "4: delete a, delete b");
    assert_eq!(next(&mut watch).await, "5: delete c, delete d");
    assert_eq!(contents(&snapshot(&*engine).await), "stays=x");
}

/// Keeping alive begins the whole time anew.
pub async fn lease_that_is_kept_alive_stays(engine: Arc<dyn Engine>) {
    let kept = engine.grant(TTL).await.expect("granted");
    write_leased(&*engine, &["kept"], kept).await;
    let mut watch = watch(&*engine, notes(), Revision(2)).await;
    for _ in 0..6 {
        let quiet = tokio::time::timeout(TTL / 2, watch.next()).await;
        assert!(quiet.is_err(), "the lease ended although it was kept alive");
        assert_eq!(engine.keep_alive(kept).await.expect("it is there"), TTL);
    }
    assert_eq!(next(&mut watch).await, "2: delete kept");
}

/// An ended lease can neither be kept alive nor revoked nor used.
pub async fn ended_lease_is_gone_for_good(engine: Arc<dyn Engine>) {
    let lease = engine.grant(TTL).await.expect("granted");
    engine.revoke(lease).await.expect("it is there");
    let check = |error: LeaseError| {
        assert!(
            matches!(error, LeaseError::NotFound { lease: found } if found == lease),
            "{error}"
        );
    };
    check(engine.keep_alive(lease).await.expect_err("it ended"));
    check(engine.revoke(lease).await.expect_err("it ended"));
    let mut transaction = put("b", Expect::Any, "x");
    transaction.put_leased(&key("a"), Expect::Any, note("x"), lease);
    let error = engine.commit(transaction).await.expect_err("it ended");
    assert!(matches!(error, CommitError::NoLease { lease: found } if found == lease), "{error}");
    assert_eq!(snapshot(&*engine).await.revision(), Revision(0));
}

/// A record belongs to the lease that it was put with last, or to none.
pub async fn record_put_again_without_lease_stays(engine: Arc<dyn Engine>) {
    let old = engine.grant(TTL).await.expect("granted");
    let new = engine.grant(Duration::from_secs(3600)).await.expect("granted");
    write_leased(&*engine, &["freed", "moved", "taken"], old).await;
    write(&*engine, "freed", "x").await;
    write_leased(&*engine, &["moved"], new).await;
    delete(&*engine, "taken").await;
    write(&*engine, "taken", "x").await;
    engine.revoke(old).await.expect("it is there");
    assert_eq!(contents(&snapshot(&*engine).await), "freed=x moved=leased taken=x");
    engine.revoke(new).await.expect("it is there");
    assert_eq!(contents(&snapshot(&*engine).await), "freed=x taken=x");
}

/// A lease has a length.
pub async fn lease_of_no_time_is_refused(engine: Arc<dyn Engine>) {
    let error = engine.grant(Duration::ZERO).await.expect_err("no time is no lease");
    assert!(matches!(error, LeaseError::Ttl { .. }), "{error}");
}
