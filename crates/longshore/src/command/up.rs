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
use std::convert::Infallible;
use wire::sigv4::Credentials;

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

/// Says that the region can be used once it can: its agent has a session, so that a task that is asked for is placed. Ends only by an error.
async fn ready(arguments: &args::Up, plane: &Plane) -> Result<Infallible> {
    let scope = Scope { account: arguments.account.clone(), region: arguments.region.clone() };
    plane.joined(&scope, &arguments.cluster).await?;
    plane.ready(&arguments.plane.data.data_dir)?;
    greet(arguments, plane);
    std::future::pending().await
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
