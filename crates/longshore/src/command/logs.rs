//! `longshore logs`: what a task's containers wrote, from this host's log files, also after the task stopped.

use super::{client::Client, find};
use crate::{args, layout};
use anyhow::{Context, Result, bail};
use runtime::logs::{LogReader, LogRecord};
use serde_json::Value as Json;
use std::{io::Write, time::Duration};

/// How often a followed log is looked at for more.
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// How often a followed task is asked whether it ended.
const ASK_EVERY: Duration = Duration::from_millis(500);

pub(crate) async fn run(arguments: &args::Logs) -> Result<()> {
    let client = Client::new(&arguments.connection)?;
    let cluster = find::cluster_of(&arguments.task, &arguments.cluster);
    let task = find::task(&client, cluster, &arguments.task).await?;
    let mut readers = readers(arguments, &task)?;
    let printer = Printer { with_times: arguments.timestamps, with_names: readers.len() > 1 };
    let mut backlog = read(&mut readers)?;
    backlog.sort_by(|(_, a), (_, b)| a.time.cmp(&b.time));
    let from = arguments.tail.map_or(0, |lines| backlog.len().saturating_sub(lines));
    for (name, record) in &backlog[from..] {
        printer.print(name, record)?;
    }
    if arguments.follow {
        follow(arguments, &client, &task, &mut readers, &printer).await
    } else {
        Ok(())
    }
}

/// Goes on until the task was STOPPED before the last look.
async fn follow(
    arguments: &args::Logs,
    client: &Client,
    task: &Json,
    readers: &mut [(String, LogReader)],
    printer: &Printer,
) -> Result<()> {
    let mut asked = tokio::time::Instant::now();
    let mut is_over = task["lastStatus"] == "STOPPED";
    loop {
        for (name, record) in read(readers)? {
            printer.print(&name, &record)?;
        }
        if is_over {
            return Ok(());
        }
        tokio::time::sleep(LOOK_EVERY).await;
        if asked.elapsed() > ASK_EVERY {
            asked = tokio::time::Instant::now();
            let arn = task["taskArn"].as_str().unwrap_or_default().to_owned();
            let cluster = find::cluster_of(&arn, &arguments.cluster);
            let described = find::describe(client, cluster, std::slice::from_ref(&arn)).await?;
            is_over = described.first().is_none_or(|task| task["lastStatus"] == "STOPPED");
        }
    }
}

fn read(readers: &mut [(String, LogReader)]) -> Result<Vec<(String, LogRecord)>> {
    let mut records = Vec::new();
    for (name, reader) in readers {
        while let Some(record) =
            reader.next_now().with_context(|| format!("read the log of container `{name}`"))?
        {
            records.push((name.clone(), record));
        }
    }
    Ok(records)
}

fn readers(arguments: &args::Logs, task: &Json) -> Result<Vec<(String, LogReader)>> {
    let names: Vec<&str> = task["containers"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|c| c["name"].as_str())
        .collect();
    if let Some(wanted) = arguments.container.as_deref().filter(|wanted| !names.contains(wanted)) {
        bail!("the task has no container `{wanted}`; it has {}", names.join(", "));
    }
    let root = layout::runtime(&arguments.data.data_dir);
    let is_here = root.join("logs").join(find::id(task)).exists();
    if !is_here && (!arguments.follow || task["lastStatus"] == "STOPPED") {
        bail!(
            "no logs of task {} under `{}`; it never started a container, its logs are gone, or it ran on another host ({}): run this there",
            find::id(task),
            arguments.data.data_dir.display(),
            task["containerInstanceArn"].as_str().unwrap_or("no instance")
        );
    }
    let wanted = names
        .into_iter()
        .filter(|name| arguments.container.as_deref().is_none_or(|wanted| wanted == *name));
    wanted
        .map(|name| {
            let path = runtime::logs::path(&root, find::id(task), name);
            let reader =
                LogReader::open(&path).with_context(|| format!("open `{}`", path.display()))?;
            Ok((name.to_owned(), reader))
        })
        .collect()
}

/// How a record is shown.
struct Printer {
    with_times: bool,
    with_names: bool,
}

impl Printer {
    fn print(&self, container: &str, record: &LogRecord) -> Result<()> {
        let mut text = String::with_capacity(record.log.len() + 64);
        if self.with_times {
            text.push_str(&record.time);
            text.push(' ');
        }
        if self.with_names {
            text.push_str(container);
            text.push_str(" | ");
        }
        text.push_str(&record.log);
        if record.stream == "stderr" {
            std::io::stderr().write_all(text.as_bytes())?;
        } else {
            std::io::stdout().write_all(text.as_bytes())?;
        }
        Ok(())
    }
}
