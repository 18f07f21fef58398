//! `longshore why`: what a service waits for, why a task waits, stopped or did not start, or why a definition cannot be placed; in
//! words, from the same data as the API's.
//!
//! The placement part runs the code that RunTask and the scheduler themselves run (crate `placement`) over what
//! DescribeContainerInstances shows, so that the words can never tell another story than `failures` and service events.
//! A service is meant before a task whose id begins with its name, and before a definition of its name.

mod back_off;
mod definition;
mod instances;
mod service;
mod waits;
mod words;

use super::{client::Client, find, render};
use crate::args;
use anyhow::Result;
use domain::{id::ServiceName, time::Timestamp};
use serde_json::Value as Json;

pub(crate) async fn run(arguments: &args::Why, now: Timestamp) -> Result<()> {
    let client = Client::new(&arguments.connection)?;
    let is_json = arguments.connection.output == args::Output::Json;
    let cluster = find::cluster_of(&arguments.what, &arguments.cluster);
    if let Some(known) = service(&client, cluster, &arguments.what).await? {
        let facts = service::Facts::gather(&client, cluster, known).await?;
        if is_json {
            render::print_json(&facts.as_json(now));
        } else {
            facts.lines(now).iter().for_each(|line| anstream::println!("{line}"));
        }
        return Ok(());
    }
    match find::task(&client, cluster, &arguments.what).await {
        Ok(task) if is_json => render::print_json(&words::as_json(&task)),
        Ok(task) => words::task(&task, now).iter().for_each(|line| anstream::println!("{line}")),
        Err(no_task) => {
            let Some(verdict) = definition::verdict(&client, cluster, &arguments.what).await?
            else {
                return Err(no_task.context(format!(
                    "`{}` is no service, task or task definition",
                    arguments.what
                )));
            };
            if is_json {
                render::print_json(&verdict.as_json());
            } else {
                verdict.print();
            }
        }
    }
    Ok(())
}

/// The service that is meant; none where the text cannot name one, or one that is long gone.
async fn service(client: &Client, cluster: &str, what: &str) -> Result<Option<Json>> {
    let is_name = ServiceName::parse(what).is_ok();
    let is_arn = what.starts_with("arn:") && what.contains(":service/");
    if !is_name && !is_arn {
        return Ok(None);
    }
    let known = find::known_service(client, cluster, what).await?;
    Ok(known.filter(|service| service["status"] != "INACTIVE"))
}
