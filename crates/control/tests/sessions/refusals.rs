//! A store that takes no writes for a while, because its disk is full or the process has too many files open.

use crate::{agent::Agent, scene::Plane};
use control::config::Config;
use domain::{
    key::Prefix,
    record::Revision,
    task::ClientToken,
    time::{Millis, Timestamp},
};
use std::{
    io,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use store::{
    BoxFuture, CommitError, CompactError, Embedded, Engine, Expect, LeaseError, LeaseId, ReadError,
    Snapshot, Transaction, Watch, WatchError,
};

/// What every commit is answered with, if anything.
#[derive(Clone, Default)]
struct Mood(Arc<Mutex<Option<CommitError>>>);

impl Mood {
    fn set(&self, refusal: Option<CommitError>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = refusal;
    }

    fn get(&self) -> Option<CommitError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

struct Reluctant {
    store: Embedded,
    mood: Mood,
}

impl Engine for Reluctant {
    fn snapshot(&self) -> BoxFuture<'_, Result<Snapshot, ReadError>> {
        self.store.snapshot()
    }

    fn commit(&self, transaction: Transaction) -> BoxFuture<'_, Result<Revision, CommitError>> {
        match self.mood.get() {
            Some(error) => Box::pin(async { Err(error) }),
            None => self.store.commit(transaction),
        }
    }

    fn watch(&self, prefix: Prefix, from: Revision) -> BoxFuture<'_, Result<Watch, WatchError>> {
        self.store.watch(prefix, from)
    }

    fn grant(&self, ttl: Duration) -> BoxFuture<'_, Result<LeaseId, LeaseError>> {
        self.store.grant(ttl)
    }

    fn keep_alive(&self, lease: LeaseId) -> BoxFuture<'_, Result<Duration, LeaseError>> {
        self.store.keep_alive(lease)
    }

    fn revoke(&self, lease: LeaseId) -> BoxFuture<'_, Result<(), LeaseError>> {
        self.store.revoke(lease)
    }

    fn compact(&self, revision: Revision) -> BoxFuture<'_, Result<(), CompactError>> {
        self.store.compact(revision)
    }
}

async fn plane() -> (Plane, Mood) {
    let mood = Mood::default();
    let engine = |store| -> Arc<dyn Engine> { Arc::new(Reluctant { store, mood: mood.clone() }) };
    (Plane::start_on(Config::default(), engine).await, mood)
}

/// What a store says that takes no writes for now.
fn refusals() -> [CommitError; 2] {
    let source = |errno| Arc::new(io::Error::from_raw_os_error(errno));
    [
        CommitError::Full { dir: "data".into(), source: source(28) },
        CommitError::Refused { act: "open the log", dir: "data".into(), source: source(24) },
    ]
}

#[tokio::test(start_paused = true)]
async fn an_agent_that_leaves_meanwhile_is_shown_as_away_afterwards() {
    for refusal in refusals() {
        let (mut plane, mood) = plane().await;
        let instance = plane.register(1).await;
        let mut agent = Agent::connect_new(&mut plane, &instance).await;
        agent.heartbeat().await;
        mood.set(Some(refusal));
        agent.leave().await;
        tokio::time::sleep(Duration::from_secs(10)).await;
        assert!(plane.link(&instance).await.connected, "nobody could write that it is not");
        mood.set(None);
        plane.wait_for_link(&instance, |link| !link.connected).await;
        plane.close().await;
    }
}

#[tokio::test(start_paused = true)]
async fn what_became_due_meanwhile_is_done_afterwards() {
    for refusal in refusals() {
        let (plane, mood) = plane().await;
        let key =
            ClientToken::key(&crate::scene::scope(), &crate::scene::cluster(), "RunTask", "once");
        let due: Timestamp = plane.now() + Millis::from_s(5);
        let token = ClientToken { parameters: String::new(), tasks: Vec::new(), expires_at: due };
        let mut writes = Transaction::new();
        writes.put(&key, Expect::Absent, token);
        plane.commit(writes).await;
        mood.set(Some(refusal));
        tokio::time::sleep(Duration::from_secs(10)).await;
        assert!(plane.record::<ClientToken>(&key).await.is_some(), "nobody could delete it");
        mood.set(None);
        plane.wait_for::<ClientToken>(&key, |token| token.is_none()).await;
        assert!(plane.now() <= due + Millis::from_s(7), "a round looks again every second");
        plane.close().await;
    }
}
