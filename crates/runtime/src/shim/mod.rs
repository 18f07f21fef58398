//! The small process that stands between the agent and the containers of one task, so that containers, logs and exit codes survive
//! the agent's restart, upgrade and death.
//!
//! ```text
//! agent ──socketpair── zygote (one per agent; ends with it)
//!   │                    └─fork─ shim (one per task; outlives both)
//!   └──unix socket──────────────── ├─fork, exec─ crun run …  (ends when the container runs)
//!                                  └─ container's first process (adopted: the shim is a subreaper)
//! ```
//! The zygote is this binary, started once; shims are forked from it and share its memory, so that one costs some 200 KiB and a fork.
//! Invariants: one thread, no async runtime, no work while nothing happens. A shim never decides: no restarts, no order, no time limits
//! but those of a request. What must survive it (phases) is in the container's directory; what must not (ports, pipes) dies with it.
//! Read on in `supervisor` for the loop, `container` for a container's life, `launch` for what happens between fork and exec.

mod clients;
mod container;
mod entry;
mod exec;
mod holder;
pub(crate) mod launch;
pub(crate) mod log_file;
mod ports;
mod probe;
pub(crate) mod protocol;
mod rootfs;
mod storage;
mod supervisor;
mod terminal;
pub(crate) mod zygote;

use std::ffi::OsString;
use std::process::ExitCode;

/// The socket of a shim in its task's directory.
pub(crate) const SOCKET: &str = "shim.sock";
/// Who the shim is, in its task's directory.
pub(crate) const IDENTITY: &str = "shim.json";
/// Where a container is, in its bundle.
pub(crate) const PHASE: &str = "phase.json";

/// The links in a task's directory to the name spaces that its containers share.
pub(crate) mod namespace_links {
    pub(crate) use super::holder::{IPC_LINK as IPC, NETWORK_LINK as NETWORK, PID_LINK as PID};
}

/// The argument after the binary's name that means this.
pub const SUBCOMMAND: &str = "shim";

/// Runs the shim's side of this binary: `longshore shim zygote`. To be called before anything else in `main`, while there is one thread.
/// `args` are those after [`SUBCOMMAND`].
pub fn main(args: impl Iterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.collect();
    if args.len() == 1 && args[0] == zygote::ARGUMENT {
        return zygote::main();
    }
    // Whoever types this by hand should learn why nothing happens.
    println!("`longshore shim` is started by the agent and has no use by hand");
    ExitCode::from(2)
}
