//! Which sessions are open here, so that a change of an instance's own records wakes them.
//!
//! Invariant: being woken tells nothing; whoever is woken looks at the store. A session that is gone is not in here.
//! Assignments are not told this way: each session watches its own.

use crate::exec::exchange::Exchange;
use domain::key::Key;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard},
};
use tokio::sync::Notify;

/// The open sessions by the key of their instance's registration.
#[derive(Debug, Default)]
pub(crate) struct Registry {
    seats: Mutex<BTreeMap<Key, Vec<Arc<Notify>>>>,
    /// The channels of ECS Exec that are open here.
    pub(crate) exchange: Arc<Exchange>,
}

/// A session's place in the registry; it leaves when this is dropped.
#[derive(Debug)]
pub(crate) struct Seat {
    registry: Arc<Registry>,
    instance: Key,
    wake: Arc<Notify>,
}

impl Registry {
    /// Enters a session of an instance.
    pub(crate) fn enter(self: &Arc<Self>, instance: Key) -> Seat {
        let wake = Arc::new(Notify::new());
        self.lock().entry(instance.clone()).or_default().push(Arc::clone(&wake));
        Seat { registry: Arc::clone(self), instance, wake }
    }

    /// Wakes the sessions of an instance.
    pub(crate) fn wake(&self, instance: &Key) {
        for wake in self.lock().get(instance).into_iter().flatten() {
            wake.notify_one();
        }
    }

    /// Wakes all sessions.
    pub(crate) fn wake_all(&self) {
        for wake in self.lock().values().flatten() {
            wake.notify_one();
        }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<Key, Vec<Arc<Notify>>>> {
        self.seats.lock().expect("nothing under this lock panics")
    }
}

impl Seat {
    /// Returns when the session was woken since it last asked. Dropping the future loses nothing.
    pub(crate) async fn woken(&self) {
        self.wake.notified().await;
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut seats = self.registry.lock();
        if let Some(of) = seats.get_mut(&self.instance) {
            of.retain(|wake| !Arc::ptr_eq(wake, &self.wake));
            if of.is_empty() {
                seats.remove(&self.instance);
            }
        }
    }
}
