//! `bench service`: services on real containers until steady, after a kill and through a rolling update, beside Docker Swarm.
//!
//! Both sides count a task as healthy as soon as it runs: Longshore by `--healthy-after 0s`, Swarm by a monitoring period of a
//! millisecond. A service is done for Longshore when its deployment is COMPLETED, for Swarm when all tasks run (creating) or the
//! update's state is `completed` (rolling). Both run the same image, whose process ends at once when it is asked to.

mod ours;

use super::{
    docker::Docker,
    samples::Samples,
    swarm::{Rolling, Swarm},
    wait,
};
use anyhow::Result;
use ours::{Bounds, Created, Ours};
use std::{
    fmt::Write,
    path::Path,
    time::{Duration, Instant},
};

/// Scenes of creating; the largest is also what memory is told of.
const CREATED: [usize; 3] = [1, 20, 50];
/// Tasks of the service whose containers are killed, one after another and each once.
const KILLS: usize = 20;
/// Kills where the peer waits 5 s after each.
const KILLS_SLOW: usize = 3;
/// A task that ends sooner than this after its start counts as one that crashes, and is replaced ever later; what is killed is older.
const SHORT_LIFE: Duration = Duration::from_secs(10);
/// Tasks of the service that is rolled.
const ROLLED: usize = 20;

/// Rolling updates: what it is called, our bounds, and how Swarm is told to do the same.
fn rolls() -> [(&'static str, Bounds, Option<Rolling>); 5] {
    let swarm = |parallelism, starts_first| Some(Rolling { parallelism, starts_first });
    [
        ("one at a time (min 95, max 100; parallelism 1)", (95, 100), swarm(1, false)),
        ("two at a time (min 90, max 100; parallelism 2)", (90, 100), swarm(2, false)),
        ("ten at a time (min 50, max 100; parallelism 10)", (50, 100), swarm(10, false)),
        (
            "new ones first (min 100, max 200; parallelism 20, start-first)",
            (100, 200),
            swarm(20, true),
        ),
        ("as it comes (min 50, max 200)", (50, 200), None),
    ]
}

/// What one side took.
#[derive(Default)]
struct Side {
    created: Vec<Duration>,
    /// Until all ran, where that is not the same.
    running: Vec<Duration>,
    killed: Samples,
    killed_by_default: Samples,
    rolled: Vec<Option<Duration>>,
    /// Bytes: control without a task, control more for a task, shims for a task.
    memory: [u64; 3],
}

pub(super) fn run(root: &Path, with_peer: bool) -> Result<String> {
    let mut ours = Ours::start(root)?;
    let longshore = longshore(&mut ours)?;
    let archive = ours.archive(root)?;
    let docker = if with_peer { Docker::start(&archive)? } else { None };
    drop(ours);
    let swarm = docker.map(|docker| swarm(&mut Swarm::make(docker)?)).transpose()?;
    Ok(report(&longshore, swarm.as_ref()))
}

fn longshore(ours: &mut Ours) -> Result<Side> {
    let mut side = Side::default();
    ours.create(1)?; // warm: caches, bridge, first pages
    ours.remove()?;
    let idle = ours.memory();
    for count in CREATED {
        let Created { running, completed } = ours.create(count)?;
        side.running.push(running);
        side.created.push(completed);
        side.memory = per_task(idle, ours.memory(), count);
        ours.remove()?;
    }
    ours.create(KILLS)?;
    grow_old()?;
    for victim in ours.tasks()? {
        side.killed.push(ours.replace(&victim)?);
    }
    ours.remove()?;
    ours.create(ROLLED)?;
    for (_, bounds, _) in rolls() {
        side.rolled.push(Some(ours.update(bounds)?));
    }
    ours.remove()?;
    Ok(side)
}

fn swarm(swarm: &mut Swarm) -> Result<Side> {
    let mut side = Side::default();
    let at_once = Some(Duration::ZERO);
    swarm.create(1, at_once)?;
    swarm.remove()?;
    let idle = swarm.memory();
    for count in CREATED {
        side.created.push(swarm.create(count, at_once)?);
        side.memory = per_task(idle, swarm.memory(), count);
        swarm.remove()?;
    }
    swarm.create(KILLS, at_once)?;
    grow_old()?;
    for victim in swarm.running()? {
        side.killed.push(swarm.replace(&victim)?);
    }
    swarm.remove()?;
    swarm.create(KILLS_SLOW, None)?;
    for victim in swarm.running()? {
        side.killed_by_default.push(swarm.replace(&victim)?);
    }
    swarm.remove()?;
    swarm.create(ROLLED, at_once)?;
    for (_, _, rolling) in rolls() {
        side.rolled.push(rolling.map(|rolling| swarm.update(rolling)).transpose()?);
    }
    swarm.remove()?;
    Ok(side)
}

/// Waits until the newest tasks are no longer such as would be short-lived.
fn grow_old() -> Result<()> {
    wait::until(Instant::now(), SHORT_LIFE, || Ok(false)).map(drop)
}

fn per_task(idle: (u64, u64), now: (u64, u64), count: usize) -> [u64; 3] {
    let share = |now: u64, idle: u64| now.saturating_sub(idle) / count as u64;
    [idle.0, share(now.0, idle.0), share(now.1, idle.1)]
}

fn report(ours: &Side, swarm: Option<&Side>) -> String {
    let mut text =
        String::from("| scene | Longshore | Docker Swarm | ratio |\n|---|---|---|---|\n");
    let mut row = |scene: &str, ours: f64, theirs: Option<f64>, unit: &str| {
        let theirs = theirs.filter(|theirs| theirs.is_finite());
        let theirs = theirs.map_or_else(
            || "– | –".into(),
            |theirs| format!("{theirs:.2} {unit} | {:.1}×", theirs / ours),
        );
        let _ = writeln!(text, "| {scene} | {ours:.2} {unit} | {theirs} |");
    };
    let s = |took: Duration| took.as_secs_f64();
    for (index, count) in CREATED.iter().enumerate() {
        let theirs = swarm.map(|swarm| s(swarm.created[index]));
        row(&format!("create {count} tasks until all run"), s(ours.running[index]), theirs, "s");
        let scene = format!("create {count} tasks until steady (Swarm: all run)");
        row(&scene, s(ours.created[index]), theirs, "s");
    }
    for (name, percent) in [("p50", 50.0), ("p99", 99.0)] {
        let theirs = swarm.map(|swarm| swarm.killed.percentile_ms(percent));
        let scene = format!(
            "kill -9 until the replacement runs, {KILLS} times, {name} (Swarm: no restart delay)"
        );
        row(&scene, ours.killed.percentile_ms(percent), theirs, "ms");
    }
    let theirs = swarm.map(|swarm| swarm.killed_by_default.percentile_ms(50.0));
    let scene = format!("the same, p50 (Swarm: its default delay of 5 s, {KILLS_SLOW} times)");
    row(&scene, ours.killed.percentile_ms(50.0), theirs, "ms");
    for (index, (name, _, _)) in rolls().iter().enumerate() {
        let took = |side: &Side| side.rolled[index].map(s);
        let scene = format!("roll {ROLLED} tasks, {name}");
        row(&scene, took(ours).unwrap_or(f64::NAN), swarm.and_then(took), "s");
    }
    let mb = |bytes: u64| bytes as f64 / 1e6;
    let scenes =
        ["control, no task", "control, more for each task", "shims, for each task"].into_iter();
    for (index, scene) in scenes.enumerate() {
        let of = |side: &Side| mb(side.memory[index]);
        row(&format!("memory (PSS): {scene}"), of(ours), swarm.map(of), "MB");
    }
    text.push_str(
        "\nA running task counts as healthy at once on both sides (`--healthy-after 0s`; monitoring period 1 ms). Steady is a \
         deployment that is COMPLETED; Swarm's update is over when it says `completed`.\n",
    );
    if swarm.is_none() {
        text.push_str(
            "\nDocker is not installed here (Debian package docker.io), or was left out.\n",
        );
    }
    text
}
