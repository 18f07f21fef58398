//! The one binary: arguments, configuration, wiring; the only place that knows everything.

fn main() {}
