//! `longshore agent`: this host joins a control plane that is somewhere else.

use super::client::{address, credentials_of_environment};
use crate::{
    args,
    host::{self, Joined, Kind},
    presence::{Ending, Presence},
};
use anyhow::Result;
use domain::id::ClusterName;

pub(crate) async fn run(arguments: &args::AgentArguments) -> Result<()> {
    let data = &arguments.data.data_dir;
    // The driver makes bridge and firewall table: not for an address that is none.
    address(&arguments.connection.endpoint)?;
    let ending = Ending::by_signals()?;
    let _presence = Presence::claim(data)?;
    let is = if arguments.external { Kind::External } else { Kind::Instance };
    let driver = host::open(data, &arguments.host, is, &arguments.connection.endpoint)?;
    let cluster =
        if arguments.fargate { ClusterName::fargate() } else { arguments.cluster.clone() };
    let joined = Joined {
        endpoint: arguments.connection.endpoint.clone(),
        region: arguments.connection.region.clone(),
        cluster,
        is,
        credentials: credentials_of_environment(),
    };
    let home = if arguments.fargate {
        "Fargate's pool".to_owned()
    } else {
        format!("cluster `{}`", joined.cluster)
    };
    anstream::println!(
        "this host joins {home} of {}; its state is in `{}`",
        joined.endpoint,
        data.display()
    );
    host::run_agent(driver, data, joined, &arguments.host, &ending).await
}
