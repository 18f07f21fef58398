//! `longshore agent`: this host joins a control plane that is somewhere else.

use super::client::{address, credentials_of_environment};
use crate::{
    args,
    host::{self, Joined},
    presence::{Ending, Presence},
};
use anyhow::Result;

pub(crate) async fn run(arguments: &args::AgentArguments) -> Result<()> {
    let data = &arguments.data.data_dir;
    // The driver makes bridge and firewall table: not for an address that is none.
    address(&arguments.connection.endpoint)?;
    let ending = Ending::by_signals()?;
    let _presence = Presence::claim(data)?;
    let driver = host::open(data, &arguments.host, &arguments.connection.endpoint)?;
    let joined = Joined {
        endpoint: arguments.connection.endpoint.clone(),
        region: arguments.connection.region.clone(),
        cluster: arguments.cluster.clone(),
        credentials: credentials_of_environment(),
    };
    anstream::println!(
        "this host joins cluster `{}` of {}; its state is in `{}`",
        joined.cluster,
        joined.endpoint,
        data.display()
    );
    host::run_agent(driver, data, joined, &arguments.host, &ending).await
}
