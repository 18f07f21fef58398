//! Tables: services, tasks and instances in, steps out. `language` tells how to read them.

mod failures;
mod fargate;
mod health;
mod kinds;
mod language;
mod order;
mod rollout;
mod zones;
