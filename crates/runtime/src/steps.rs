//! The steps in which the host's network is changed, each by its name, for tests that end the process between any two of them.
//!
//! Whoever changes interfaces, name spaces, rules or what is written down of them says so right after it was done. Without a listener, which
//! no program but a test has, that is one look at a cell.

use std::sync::OnceLock;

static LISTENER: OnceLock<fn(&str)> = OnceLock::new();

/// Has `listener` called after each step from now on, on the thread that did it. The first listener stays.
pub fn listen(listener: fn(&str)) {
    LISTENER.get_or_init(|| listener);
}

/// The step is done.
pub(crate) fn done(step: &str) {
    if let Some(listener) = LISTENER.get() {
        listener(step);
    }
}
