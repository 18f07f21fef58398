//! The planner at scale, for `cargo xtask bench scale`: prints tables.
//!
//! Not here: the store, the network and containers. What is measured is what the planner itself does, on one core.

#![expect(clippy::disallowed_methods, reason = "a benchmark is the one place that reads the clock")]

mod clock;
mod cluster;
mod memory;
mod place;
mod round;
mod whole;
mod world;

fn main() {
    match std::env::args().nth(1).as_deref() {
        Some("place") => print!("{}", place::report()),
        Some("packed") => print!("{}", whole::report(true)),
        Some("spread") => print!("{}", whole::report(false)),
        Some("round") => print!("{}", round::report()),
        other => {
            panic!(
                "`{}` is not measured here: say place, packed, spread or round",
                other.unwrap_or_default()
            )
        }
    }
}
