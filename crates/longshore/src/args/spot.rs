//! `longshore spot`.

use super::Connection;
use clap::{Args, Subcommand};

#[derive(Subcommand)]
pub(crate) enum Spot {
    /// Take back the capacity of tasks, as Fargate does when it needs it: each gets its stop signal now, and has its `stopTimeout`, two
    /// minutes at most, until it is killed. Its service starts another one
    Interrupt(Interrupt),
}

#[derive(Args)]
pub(crate) struct Interrupt {
    #[command(flatten)]
    pub(crate) connection: Connection,
    /// Ids, beginnings of ids, or ARNs
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    pub(crate) tasks: Vec<String>,
    /// Every task of FARGATE_SPOT in the cluster
    #[arg(long)]
    pub(crate) all: bool,
    /// The cluster to look at
    #[arg(long, default_value = "default")]
    pub(crate) cluster: String,
}
