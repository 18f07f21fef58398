//! From a container of a payload to what the OCI runtime and the shim are told: pure functions from values to values.
//!
//! ```text
//! payload ─▶ request (read, refuse) ─▶ shell finds out: image, users, devices, volumes, address ─▶ spec (config.json) + files (/etc)
//! ```
//! Invariant: what a definition asks for is done or refused by name; nothing is left out silently.
//! Not here: looking at the host (`driver`), starting anything (`shim`).

pub(crate) mod capability;
pub(crate) mod files;
pub(crate) mod mount;
pub(crate) mod oci;
pub(crate) mod request;
pub(crate) mod resource;
pub(crate) mod seccomp;
pub(crate) mod spec;
pub(crate) mod user;
