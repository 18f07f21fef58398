//! Nouns and laws: ids, ARNs, statuses and their order, task definitions, resources, the record of every table,
//! and the messages of the agent link.
//!
//! Must always hold: no I/O, no clock, no randomness, no hash-map order. Everything here is a value.
//! Not here: the AWS wire protocols (`wire`), where records are kept (`store`), what to do with them (`api`, `planner`).
//! Read next: `record.rs` for how nouns are stored, `status.rs` for the order everything obeys.

pub mod arn;
pub mod block;
pub mod capacity;
pub mod cluster;
pub mod definition;
pub mod deployment;
pub mod ec2;
pub mod exec;
pub mod fargate;
pub mod flow_log;
pub mod iam;
pub mod id;
pub mod identity;
pub mod instance;
pub mod instance_type;
pub mod key;
pub mod link;
pub mod log_group;
pub mod record;
pub mod service;
pub mod setting;
pub mod status;
pub mod tag;
pub mod task;
pub mod task_set;
pub mod time;
pub mod vpc;
