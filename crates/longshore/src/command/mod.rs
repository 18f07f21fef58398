//! One file per command: what `args` names, done through the public API like any client, or on this host's data directory.

pub(crate) mod agent;
pub(crate) mod client;
pub(crate) mod deploy;
pub(crate) mod down;
pub(crate) mod events;
pub(crate) mod exec;
pub(crate) mod fargate;
pub(crate) mod find;
pub(crate) mod image;
pub(crate) mod live;
pub(crate) mod logs;
pub(crate) mod ps;
pub(crate) mod render;
pub(crate) mod service;
pub(crate) mod services;
pub(crate) mod spot;
pub(crate) mod stop;
pub(crate) mod top;
pub(crate) mod up;
pub(crate) mod why;
