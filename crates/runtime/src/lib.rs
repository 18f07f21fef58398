//! The driver for Linux: images, snapshots, OCI runtime, shim, cgroups, network, logs.
//!
//! ```text
//! agent ─▶ driver ─▶ shim (a process per task) ─▶ crun ─▶ container
//!            │  └ container: what a payload means, pure; cgroup, network: this host's
//!            └ image: from a name to layers
//! ```
//! People come for [`LinuxDriver`], [`shim::main`], [`check_host`] and [`logs::LogReader`].

mod cgroup;
mod chain;
mod container;
mod driver;
mod host;
pub mod image;
mod init;
pub mod logs;
mod network;
pub mod shim;
mod spawn;
pub mod steps;
mod sys_clock;
mod sys_loop;
mod sys_process;

pub use cgroup::controllers::ControllerProblem;
pub use driver::{DriverError, LinuxConfig, LinuxDriver, OpenError};
pub use host::{Host, HostProblem, Runtime, RuntimeKind, check as check_host};
pub use network::address::{InvalidSubnet, Subnet};
pub use network::bridge::NetworkError;
pub use network::router::RouterError;
pub use network::routers::RoutersError;
pub use spawn::SpawnError;
