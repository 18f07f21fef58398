//! The driver for Linux: images, snapshots, OCI runtime, shim, cgroups, logs.

pub mod image;
