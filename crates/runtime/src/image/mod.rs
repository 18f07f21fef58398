//! Images: from a name in a task definition to a directory a container can start in.
//!
//! ```text
//! reference ─▶ registry ─▶ pull ─┐
//!                                ├─▶ content ─▶ layer (unpack, rooted, limit) ─▶ store ─▶ rootfs ─▶ container
//!           archive ─▶ load ─────┘                                                └─ gc
//! ```
//! What must hold: an image that is listed is whole; every byte was checked against a digest; a crash at any point leaves nothing but files that the next
//! collection removes; several processes may work on one directory at once.
//! Not here: containers. Read next: `home` for what lies where, `lock` for who excludes whom, `store` for what others call.

pub mod archive;
mod compress;
pub mod content;
pub mod digest;
pub mod error;
mod fit;
pub mod gc;
mod home;
mod layer;
pub mod limit;
mod lock;
pub mod manifest;
pub mod platform;
pub mod progress;
pub mod pull;
pub mod reference;
pub mod registry;
mod rooted;
pub mod rootfs;
pub mod store;
mod tarball;
mod unpack;
