//! `longshore why`: why a task waits, stopped or did not start, or why a definition cannot be placed; in words, from the same data
//! as the API's.
//!
//! The placement part runs the code that RunTask itself runs (crate `placement`) over what DescribeContainerInstances shows, so that
//! the words can never tell another story than RunTask's `failures`.

mod definition;
mod words;

use super::{client::Client, find, render};
use crate::args;
use anyhow::Result;
use domain::time::Timestamp;

pub(crate) async fn run(arguments: &args::Why, now: Timestamp) -> Result<()> {
    let client = Client::new(&arguments.connection)?;
    let is_json = arguments.connection.output == args::Output::Json;
    match find::task(&client, &arguments.cluster, &arguments.what).await {
        Ok(task) if is_json => render::print_json(&words::as_json(&task)),
        Ok(task) => words::task(&task, now).iter().for_each(|line| anstream::println!("{line}")),
        Err(no_task) => {
            let Some(verdict) =
                definition::verdict(&client, &arguments.cluster, &arguments.what).await?
            else {
                return Err(no_task);
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
