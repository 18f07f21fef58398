//! Everything a developer runs: import-models, tidy, bench.

fn main() {}
