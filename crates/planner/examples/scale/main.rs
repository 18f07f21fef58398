//! The planner at scale, for `cargo xtask bench scale`: prints tables.
//!
//! Not here: the store, the network and containers. What is measured is what the planner itself does, on one core.

#![expect(clippy::disallowed_methods, reason = "a benchmark is the one place that reads the clock")]

mod clock;
mod cluster;
mod place;

fn main() {
    match std::env::args().nth(1).as_deref() {
        Some("place") => print!("{}", place::report()),
        other => panic!("`{}` is not measured here: say place", other.unwrap_or_default()),
    }
}
