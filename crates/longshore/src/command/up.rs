//! `longshore up` and `longshore server`: a control plane in this process, and for `up` this machine's agent beside it.

use super::client::Client;
use crate::{
    args,
    host::{self, Joined, Kind},
    layout,
    plane::{Plane, keys},
    presence::{Ending, Presence},
};
use anyhow::{Context, Result};
use api::Mode;
use domain::id::{AccountId, Scope};
use fs_err as fs;
use serde_json::json;
use std::{convert::Infallible, pin::pin, time::Duration};
use tokio::time::timeout;
use wire::sigv4::Credentials;

/// How long an agent may take to join its own machine's control plane before something is said of it. It takes less than a second, or as
/// long as it takes to find what an earlier one left.
const JOIN_USUAL_MAX: Duration = Duration::from_secs(30);

pub(crate) async fn run(arguments: &args::Up) -> Result<()> {
    let data = &arguments.plane.data.data_dir;
    let ending = Ending::by_signals()?;
    let _presence = Presence::claim(data)?;
    // The driver makes bridge and firewall table: not before the region can start, for one that cannot would leave them.
    let plane = Plane::start(&arguments.plane).await?;
    let driver = host::open(data, &arguments.host, Kind::Pooled, &plane.endpoint)?;
    let credentials = credentials(arguments, &plane).await?;
    let client = Client::at(&plane.endpoint, arguments.region.as_str(), credentials.clone())?;
    client
        .call("CreateCluster", json!({ "clusterName": arguments.cluster.as_str() }))
        .await
        .context("make the cluster")?;
    let joined = Joined {
        endpoint: plane.endpoint.clone(),
        region: arguments.region.clone(),
        cluster: arguments.cluster.clone(),
        is: Kind::Pooled,
        credentials,
    };
    let ended = tokio::select! {
        biased;
        ended = host::run_agent(driver, data, joined, &arguments.host, &ending) => ended,
        Err(error) = ready(arguments, &plane) => Err(error),
    };
    let _ = fs::remove_file(layout::endpoint(data));
    plane.stop().await;
    ended
}

/// Says that the region can be used once it can: an agent of its cluster has a session, so that a task that is asked for is placed. Where
/// that takes long, it says so once. Ends only by an error.
async fn ready(arguments: &args::Up, plane: &Plane) -> Result<Infallible> {
    let scope = Scope { account: arguments.account.clone(), region: arguments.region.clone() };
    let tell = || {
        anstream::eprintln!(
            "the control plane answers at {}, but the agent of this machine has no session yet, and nothing is placed until it has; what it \
             logs says why (`LONGSHORE_LOG=info` tells more)",
            plane.endpoint
        );
    };
    telling_if_late(plane.joined(&scope, &arguments.cluster), tell).await?;
    plane.ready(&arguments.plane.data.data_dir)?;
    greet(arguments, plane);
    std::future::pending().await
}

/// Waits for `joined`, and says that it takes long where it does.
async fn telling_if_late<T>(joined: impl Future<Output = T>, tell: impl FnOnce()) -> T {
    let mut joined = pin!(joined);
    if let Ok(joined) = timeout(JOIN_USUAL_MAX, &mut joined).await {
        return joined;
    }
    tell();
    joined.await
}

pub(crate) async fn server(arguments: &args::Server) -> Result<()> {
    let data = &arguments.plane.data.data_dir;
    let ending = Ending::by_signals()?;
    let _presence = Presence::claim(data)?;
    let plane = Plane::start(&arguments.plane).await?;
    if plane.mode == Mode::Iam {
        let account = AccountId::parse("000000000000").expect("twelve digits");
        keys::print_first_administrator(plane.engine(), &account).await?;
    }
    plane.ready(data)?;
    anstream::println!(
        "the control plane answers at {}; its state is in `{}`",
        plane.endpoint,
        data.display()
    );
    ending.asked().await;
    let _ = fs::remove_file(layout::endpoint(data));
    plane.stop().await;
    Ok(())
}

/// What the agent signs with: in a local region the account itself says who it is.
async fn credentials(arguments: &args::Up, plane: &Plane) -> Result<Credentials> {
    let account = &arguments.account;
    if plane.mode == Mode::Local {
        let id = account.to_string();
        return Ok(Credentials {
            access_key_id: id.clone(),
            secret_access_key: id,
            session_token: None,
        });
    }
    keys::print_first_administrator(plane.engine(), account).await?;
    keys::agent_credentials(
        plane.engine(),
        account,
        &layout::agent_key(&arguments.plane.data.data_dir),
    )
    .await
}

fn greet(arguments: &args::Up, plane: &Plane) {
    let keys = match plane.mode {
        Mode::Local => {
            format!("AWS_ACCESS_KEY_ID={0} AWS_SECRET_ACCESS_KEY={0}", arguments.account)
        }
        Mode::Iam => "and the administrator's key that was printed when it was made".into(),
    };
    anstream::println!(
        "region {} is up, cluster `{}`, account {}",
        arguments.region,
        arguments.cluster,
        arguments.account
    );
    anstream::println!("point the AWS CLI, boto3 or Terraform at it:");
    anstream::println!(
        "  export AWS_ENDPOINT_URL={} AWS_DEFAULT_REGION={} {keys}",
        plane.endpoint,
        arguments.region
    );
    anstream::println!("  aws ecs list-container-instances");
    anstream::println!(
        "end it with Ctrl-C (containers go on) or `longshore down` (containers stop too)"
    );
}

#[cfg(test)]
mod tests {
    use super::{JOIN_USUAL_MAX, telling_if_late};
    use tokio::time::sleep;

    #[tokio::test(start_paused = true)]
    async fn an_agent_that_takes_long_is_told_of_once_and_waited_for() {
        for (takes, expected) in [(JOIN_USUAL_MAX / 2, 0), (JOIN_USUAL_MAX * 5, 1)] {
            let mut told = 0;
            let joined = async {
                sleep(takes).await;
                "joined"
            };
            let joined = telling_if_late(joined, || told += 1).await;
            assert_eq!((joined, told), ("joined", expected), "{takes:?}");
        }
    }
}
