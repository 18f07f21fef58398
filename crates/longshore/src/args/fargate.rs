//! `longshore fargate`.

use super::{Connection, duration};
use clap::{Args, Subcommand};
use domain::time::Millis;

#[derive(Subcommand)]
pub(crate) enum Fargate {
    /// List the hosts, the room that they have and the tasks of Fargate that are on them
    Hosts(Hosts),
    /// Take hosts out of service: nothing new goes there, and tasks of services are replaced on others and then stopped, within the bounds
    /// of their services. Tasks of RunTask go on until they end. An instance that lends its room takes tasks of its own cluster as before
    Drain(Drain),
    /// Forget hosts that are gone for good: `longshore down` on a host ends its agent, not its place in the pool
    Remove(Remove),
}

#[derive(Args)]
pub(crate) struct Remove {
    #[command(flatten)]
    pub(crate) connection: Connection,
    /// Ids, beginnings of ids, or addresses, as `longshore fargate hosts` lists them
    #[arg(required = true, value_name = "HOST")]
    pub(crate) hosts: Vec<String>,
    /// Also where tasks are: they are STOPPED with their host, and services make others
    #[arg(long)]
    pub(crate) force: bool,
}

#[derive(Args)]
pub(crate) struct Hosts {
    #[command(flatten)]
    pub(crate) connection: Connection,
}

#[derive(Args)]
#[command(
    after_help = "Exit codes with `--wait`: 0 when no task of Fargate is left there, 3 after `--timeout`, 130 after Ctrl-C. Ending it ends no draining: `--undo` does."
)]
pub(crate) struct Drain {
    #[command(flatten)]
    pub(crate) connection: Connection,
    /// Ids, beginnings of ids, or addresses, as `longshore fargate hosts` lists them
    #[arg(required = true, value_name = "HOST")]
    pub(crate) hosts: Vec<String>,
    /// Take them back instead
    #[arg(long, conflicts_with_all = ["stop_tasks", "wait"])]
    pub(crate) undo: bool,
    /// Stop tasks too that no service replaces, as AWS does when it retires their host
    #[arg(long)]
    pub(crate) stop_tasks: bool,
    /// Show how it goes until no task of Fargate is left there
    #[arg(long)]
    pub(crate) wait: bool,
    /// How long to wait, such as `10m`
    #[arg(long, value_parser = duration, requires = "wait", value_name = "TIME")]
    pub(crate) timeout: Option<Millis>,
}
