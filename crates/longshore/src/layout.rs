//! Where things are in a data directory. One place, because commands of other processes look there too.

use std::path::{Path, PathBuf};

/// The control plane's records.
pub(crate) fn store(data: &Path) -> PathBuf {
    data.join("store")
}

/// The key of the agent that `longshore up` runs.
pub(crate) fn agent_key(data: &Path) -> PathBuf {
    data.join("agent.key")
}

/// Images, containers and logs.
pub(crate) fn runtime(data: &Path) -> PathBuf {
    data.join("runtime")
}

/// The address that the region answers at, written once it is ready.
pub(crate) fn endpoint(data: &Path) -> PathBuf {
    data.join("endpoint")
}

/// Held by the process that uses the directory; its number is inside.
pub(crate) fn presence(data: &Path) -> PathBuf {
    data.join("longshore.pid")
}

/// The images of `runtime`.
pub(crate) fn images(data: &Path) -> PathBuf {
    runtime(data).join("images")
}
