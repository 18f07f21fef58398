//! Whose address it is: by a request's source address the agent's endpoints know the task that asks.
//!
//! Invariant: an address is a task's from its container's creation until everything of the container is freed; it is given to nobody else
//! meanwhile. Addresses of the bridge and of tasks' own interfaces share this register, for the endpoints hear both.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::sync::{Mutex, MutexGuard};

/// Addresses and the ids of their tasks.
#[derive(Debug, Default)]
pub(crate) struct Callers {
    tasks: Mutex<BTreeMap<Ipv4Addr, String>>,
}

impl Callers {
    /// From now on `address` is `task`'s.
    pub(crate) fn claim(&self, address: Ipv4Addr, task: &str) {
        self.lock().insert(address, task.to_owned());
    }

    /// `address` is nobody's any more.
    pub(crate) fn release(&self, address: Ipv4Addr) {
        self.lock().remove(&address);
    }

    /// Whose `address` is.
    pub(crate) fn task(&self, address: Ipv4Addr) -> Option<String> {
        self.lock().get(&address).cloned()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<Ipv4Addr, String>> {
        self.tasks.lock().expect("nothing panics while it is held")
    }
}
