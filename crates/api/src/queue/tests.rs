//! What happens to decisions that lose races, by a store that loses them on purpose.

use super::TRIES_MAX;
use crate::{
    caller::Caller,
    config::Config,
    decide::{Ctx, Decide, Decision, View, Writes},
    ecs::{TABLE, fault},
    service::Service,
};
use domain::{
    id::{AccountId, Region},
    key::{Key, Prefix},
    record::Revision,
    setting::Setting,
    time::Timestamp,
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use store::{
    BoxFuture, CommitError, CompactError, Embedded, Engine, Expect, LeaseError, LeaseId, Options,
    ReadError, Snapshot, Transaction, Watch, WatchError,
};
use tempfile::TempDir;
use tokio::task::JoinSet;
use wire::Value;

/// A store on which the next commits lose.
struct Contended {
    inner: Embedded,
    losses: AtomicUsize,
}

impl Engine for Contended {
    fn snapshot(&self) -> BoxFuture<'_, Result<Snapshot, ReadError>> {
        self.inner.snapshot()
    }

    fn commit(&self, transaction: Transaction) -> BoxFuture<'_, Result<Revision, CommitError>> {
        let take = |losses: usize| losses.checked_sub(1);
        if self.losses.fetch_update(Ordering::SeqCst, Ordering::SeqCst, take).is_err() {
            return self.inner.commit(transaction);
        }
        let lost =
            CommitError::Conflict { key: counter_key(), expected: Expect::Absent, found: None };
        Box::pin(async move { Err(lost) })
    }

    fn watch(&self, prefix: Prefix, from: Revision) -> BoxFuture<'_, Result<Watch, WatchError>> {
        self.inner.watch(prefix, from)
    }

    fn grant(&self, ttl: Duration) -> BoxFuture<'_, Result<LeaseId, LeaseError>> {
        self.inner.grant(ttl)
    }

    fn keep_alive(&self, lease: LeaseId) -> BoxFuture<'_, Result<Duration, LeaseError>> {
        self.inner.keep_alive(lease)
    }

    fn revoke(&self, lease: LeaseId) -> BoxFuture<'_, Result<(), LeaseError>> {
        self.inner.revoke(lease)
    }

    fn compact(&self, revision: Revision) -> BoxFuture<'_, Result<(), CompactError>> {
        self.inner.compact(revision)
    }
}

fn caller() -> Caller {
    let account = AccountId::parse("123456789012").expect("digits");
    Caller::root(account, Region::parse("us-east-1").expect("a region"))
}

fn counter_key() -> Key {
    Setting::key(&caller().scope, "counter", "count")
}

fn count_of(view: &View) -> Result<(usize, Expect), wire::Fault> {
    let found = view.get::<Setting>(&counter_key())?;
    Ok(found.map_or((0, Expect::Absent), |found| {
        (found.value.parse().expect("a number"), Expect::Revision(found.modified))
    }))
}

/// Counts one up and answers the count; refuses beyond a hundred.
fn count(view: &View, _request: &Value, _ctx: &Ctx) -> Decision {
    let (count, expect) = count_of(view)?;
    if count == 100 {
        return Err(fault::client("a hundred"));
    }
    let mut writes = Writes::new();
    let value = (count + 1).to_string();
    let record =
        Setting { name: "count".into(), value: value.clone(), principal: "counter".into() };
    writes.put(&counter_key(), expect, record);
    Ok((Value::from(value), writes))
}

/// Works on the first view it sees, and not on the one after that.
fn break_when_counted(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    assert_eq!(count_of(view)?.0, 0, "somebody has counted");
    count(view, request, ctx)
}

struct Scene {
    engine: Arc<Contended>,
    service: Service,
    _dir: TempDir,
}

async fn scene(losses: usize) -> Scene {
    let dir = TempDir::new().expect("a directory");
    let inner = Embedded::open(dir.path(), Options::default()).await.expect("a store");
    let engine = Arc::new(Contended { inner, losses: AtomicUsize::new(losses) });
    let service =
        Service::new(Arc::clone(&engine) as Arc<dyn Engine>, Arc::new(Config::default()), || {
            Timestamp(0)
        });
    Scene { engine, service, _dir: dir }
}

impl Scene {
    async fn call(&self, decide: Decide) -> String {
        call(self.service.clone(), decide).await
    }

    async fn count(&self) -> usize {
        let view = View::new(self.engine.snapshot().await.expect("a snapshot"));
        count_of(&view).expect("a readable record").0
    }
}

async fn call(service: Service, decide: Decide) -> String {
    let reply = service.call(&TABLE, "Count", decide, &Value::Null, &caller(), service.ids()).await;
    reply.map_or_else(
        |fault| fault.to_string(),
        |reply| reply.as_str().unwrap_or_default().to_owned(),
    )
}

#[tokio::test]
async fn a_lost_race_is_run_again() {
    let scene = scene(TRIES_MAX).await;
    assert_eq!(scene.call(count).await, "1");
    assert_eq!(scene.call(count).await, "2");
}

#[tokio::test]
async fn the_number_of_tries_is_bounded() {
    let scene = scene(TRIES_MAX + 1).await;
    assert!(scene.call(count).await.starts_with("ServerException: "));
    assert_eq!(scene.call(count).await, "1");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_call_has_its_effect_once_and_many_share_a_commit() {
    let scene = scene(1).await;
    let mut calls = JoinSet::new();
    for _ in 0..16 {
        let service = scene.service.clone();
        calls.spawn(async move {
            let mut replies = Vec::new();
            for _ in 0..8 {
                replies.push(call(service.clone(), count).await);
            }
            replies
        });
    }
    let replies = calls.join_all().await.concat();
    let mut counts: Vec<usize> = replies.iter().filter_map(|reply| reply.parse().ok()).collect();
    counts.sort_unstable();
    assert_eq!(counts, (1..=100).collect::<Vec<_>>());
    let refused = replies.iter().filter(|reply| *reply == "ClientException: a hundred").count();
    assert_eq!(refused, 28);
    let commits = scene.engine.inner.stats().commits;
    assert!(commits < 100, "{commits} commits");
}

#[tokio::test]
async fn a_caller_that_goes_away_takes_nobody_along() {
    let scene = scene(1).await;
    let service = scene.service.clone();
    let mut calls = JoinSet::new();
    calls.spawn(call(service, count));
    while !scene.service.is_busy() {
        tokio::task::yield_now().await;
    }
    calls.abort_all();
    assert_eq!(scene.call(count).await, "2", "the first was in line before");
    scene.service.close().await;
    assert_eq!(scene.count().await, 2);
}

#[tokio::test]
async fn a_decision_that_panics_harms_no_neighbour() {
    let scene = scene(1).await;
    let mut calls = JoinSet::new();
    // The first loses its race and is in line; the others join it there.
    for decide in [count as Decide, break_when_counted, count] {
        calls.spawn(call(scene.service.clone(), decide));
    }
    let mut replies = calls.join_all().await;
    replies.sort_unstable();
    assert_eq!(replies[..2], ["1", "2"]);
    assert!(replies[2].starts_with("ServerException: "), "{replies:?}");
    assert_eq!(scene.count().await, 2);
}
