//! AWS protocols from tables of shapes: routing, SigV4, codecs, faults.
//!
//! A request goes `route` → `decode` → `check` → (a handler reads it through a `view!` and answers with a
//! `reply!`) → `encode_reply` or `encode_fault`. Each step is a function of values: no I/O, no clock, no
//! randomness. AWS's interface models are lines of text in `tables`, made by `cargo xtask import-models`;
//! codecs are driven by them and know no service; `operations/*.txt` says what Longshore serves. `own` is a service that is not AWS's.
//!
//! Always holds: no bytes from a stranger make this crate panic, and what it refuses it refuses in the
//! form of the protocol that was spoken.

pub mod check;
pub mod codec;
pub mod fault;
pub mod own;
pub mod pattern;
pub mod reply;
pub mod route;
pub mod shape;
pub mod sigv4;
pub mod table;
pub mod tables;
pub mod value;
pub mod view;

pub use check::check;
pub use fault::Fault;
pub use reply::{decode, encode_fault, encode_reply};
pub use route::route;
pub use value::{Members, Value};
