//! Placement and queries as tables: a small language for a cluster in, text out.
//!
//! One instance a line: `name key=value …`, where the keys are `cpu`, `mem`, `ports`, `udp`, `gpus` (free of them at first, but for
//! `ports`, which are the host's own), `held` (`group*count@cpu:mem`), `status`, `off` (agent not connected), `version`, `ec2`, `at`
//! (seconds), `running`; every other pair is an attribute.

mod feature;
mod fixture;
mod place;
mod query;
mod world;
