//! `longshore down`: stops all tasks of this machine's region or agent, then it; frees what a killed one left.

use crate::{args, host, presence};
use anyhow::{Result, bail};
use fs_err as fs;
use std::{path::Path, time::Duration};

/// How often the end is looked for.
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// Containers may take their stopTimeout, two minutes at most in ECS, and several one after another where they depend.
const WAIT_MAX: Duration = Duration::from_secs(300);

pub(crate) async fn run(arguments: &args::Down) -> Result<()> {
    let data = &arguments.data.data_dir;
    if !data.exists() {
        anstream::println!("nothing runs here: `{}` does not exist", data.display());
        return Ok(());
    }
    if presence::ask_to_go_down(data)? {
        wait(data).await?;
        anstream::println!("all is down; the state is in `{}`", data.display());
    } else {
        let freed = host::clear(data).await?;
        anstream::println!("nothing ran here; {freed} tasks that a killed process left are ended");
    }
    if arguments.delete_data {
        fs::remove_dir_all(data)?;
        anstream::println!("deleted `{}`", data.display());
    }
    Ok(())
}

async fn wait(data: &Path) -> Result<()> {
    let deadline = tokio::time::Instant::now() + WAIT_MAX;
    while presence::is_used(data)? {
        if tokio::time::Instant::now() > deadline {
            bail!("it does not end within {} s; its log says more", WAIT_MAX.as_secs());
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    Ok(())
}
