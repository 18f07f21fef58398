//! `bench launch`: from the RunTask call to RUNNING, one at a time and many at once, beside Docker Engine and Docker Swarm, and the network
//! modes beside each other.

mod modes;

use super::{docker::Docker, http::Connection, region::Region, samples::Samples, swarm::Swarm};
use anyhow::{Context, Result};
use serde_json::{Value as Json, json};
use std::{
    fmt::Write,
    path::Path,
    time::{Duration, Instant},
};

/// Launches in a row.
const ALONE: usize = 50;
/// Scenes of many.
const MANY: [usize; 4] = [1, 20, 50, 100];
/// How often it is looked whether tasks run. Looking without a pause would take a core from who is measured.
const LOOK_EVERY: Duration = Duration::from_millis(1);
/// RunTask takes no more at once.
const COUNT_MAX: usize = 10;

pub(super) fn run(root: &Path, with_peers: bool) -> Result<String> {
    let region = Region::start(root)?;
    region.load_busybox(root)?;
    let mut ecs = region.connect()?;
    let container = json!({ "name": "main", "image": "busybox:bench", "memory": 16, "command": ["sleep", "1000"], "stopTimeout": 1 });
    ecs.ecs(
        "RegisterTaskDefinition",
        &json!({ "family": "bench", "containerDefinitions": [container] }),
    )?;
    one_at_a_time(&mut ecs, 5)?; // warm: caches, bridge, first pages
    let alone = one_at_a_time(&mut ecs, ALONE)?;
    let idle = region.memory();
    let mut many = Vec::new();
    let mut per_task = 0.0;
    for count in MANY {
        let begin = Instant::now();
        let arns = launch(&mut ecs, count)?;
        until(&mut ecs, &arns, "RUNNING")?;
        many.push((count, begin.elapsed()));
        if count == 100 {
            per_task = (region.memory().saturating_sub(idle)) as f64 / count as f64 / 1e6;
        }
        stop(&mut ecs, &arns)?;
    }
    let modes = modes::run(&region, &mut ecs)?;
    let archive = region.archive(root)?;
    let peers = if with_peers { peers(&archive)? } else { None };
    drop(ecs);
    drop(region);
    Ok(format!("{}\n{modes}", report(&alone, &many, idle, per_task, peers.as_ref())))
}

/// Docker's samples one at a time, Docker's scenes and Swarm's scenes.
struct Peers {
    alone: Samples,
    engine: Vec<Duration>,
    swarm: Vec<Duration>,
}

fn peers(archive: &Path) -> Result<Option<Peers>> {
    let Some(mut docker) = Docker::start(archive)? else { return Ok(None) };
    let mut alone = Samples::default();
    for _ in 0..ALONE / 2 {
        let (took, id) = docker.launch()?;
        alone.push(took);
        docker.remove(&id)?;
    }
    let mut engine = Vec::new();
    for count in MANY {
        let begin = Instant::now();
        let ids =
            (0..count).map(|_| docker.launch().map(|(_, id)| id)).collect::<Result<Vec<_>>>()?;
        engine.push(begin.elapsed());
        ids.iter().try_for_each(|id| docker.remove(id))?;
    }
    let mut swarm = Swarm::make(docker)?;
    let swarm = MANY
        .iter()
        .filter(|count| **count <= 50)
        .map(|count| {
            let took = swarm.create(*count, None)?;
            swarm.remove()?;
            Ok(took)
        })
        .collect::<Result<Vec<_>>>()?;
    Ok(Some(Peers { alone, engine, swarm }))
}

fn one_at_a_time(ecs: &mut Connection, times: usize) -> Result<Samples> {
    let mut samples = Samples::default();
    for _ in 0..times {
        let begin = Instant::now();
        let arns = launch(ecs, 1)?;
        until(ecs, &arns, "RUNNING")?;
        samples.push(begin.elapsed());
        stop(ecs, &arns)?;
    }
    Ok(samples)
}

fn launch(ecs: &mut Connection, count: usize) -> Result<Vec<Json>> {
    launch_of(ecs, &json!({ "taskDefinition": "bench" }), count)
}

/// Asks for `count` tasks, each call with what `request` says.
pub(super) fn launch_of(ecs: &mut Connection, request: &Json, count: usize) -> Result<Vec<Json>> {
    let mut arns = Vec::with_capacity(count);
    let mut request = request.clone();
    while arns.len() < count {
        request["count"] = json!(COUNT_MAX.min(count - arns.len()));
        let reply = ecs.ecs("RunTask", &request)?;
        arns.extend(
            reply["tasks"].as_array().context("tasks")?.iter().map(|task| task["taskArn"].clone()),
        );
    }
    Ok(arns)
}

pub(super) fn stop(ecs: &mut Connection, arns: &[Json]) -> Result<()> {
    for arn in arns {
        ecs.ecs("StopTask", &json!({ "task": arn }))?;
    }
    until(ecs, arns, "STOPPED")
}

/// Asks until every task has the status; a task that stopped early is an error.
pub(super) fn until(ecs: &mut Connection, arns: &[Json], status: &str) -> Result<()> {
    let mut waiting = arns.to_vec();
    while !waiting.is_empty() {
        let some = &waiting[..waiting.len().min(100)];
        let reply = ecs.ecs("DescribeTasks", &json!({ "tasks": some }))?;
        for task in reply["tasks"].as_array().into_iter().flatten() {
            let last = task["lastStatus"].as_str().unwrap_or_default();
            anyhow::ensure!(
                last == status || last != "STOPPED",
                "a task stopped: {} {}",
                task["stoppedReason"],
                task["containers"]
            );
            if last == status {
                waiting.retain(|arn| *arn != task["taskArn"]);
            }
        }
        std::thread::park_timeout(LOOK_EVERY);
    }
    Ok(())
}

fn report(
    alone: &Samples,
    many: &[(usize, Duration)],
    idle: u64,
    per_task: f64,
    peers: Option<&Peers>,
) -> String {
    let mut text = String::from(
        "| scene | Longshore | Docker Engine | ratio | Docker Swarm | ratio |\n|---|---|---|---|---|---|\n",
    );
    let engine = |percent| peers.map(|peers| peers.alone.percentile_ms(percent));
    for (name, percent) in [("p50", 50.0), ("p99", 99.0)] {
        let ours = alone.percentile_ms(percent);
        let _ = writeln!(
            text,
            "| one at a time ({} runs), {name} | {ours:.1} ms | {} | – | – |",
            alone.len(),
            beside(engine(percent), ours, "ms")
        );
    }
    for (index, (count, took)) in many.iter().enumerate() {
        let ours = took.as_secs_f64();
        let rate = *count as f64 / ours;
        let engine = peers.and_then(|peers| peers.engine.get(index)).map(Duration::as_secs_f64);
        let swarm = peers.and_then(|peers| peers.swarm.get(index)).map(Duration::as_secs_f64);
        let _ = writeln!(
            text,
            "| {count} tasks until all run | {ours:.2} s ({rate:.0} a second) | {} | {} |",
            beside(engine, ours, "s"),
            beside(swarm, ours, "s")
        );
    }
    let _ = writeln!(
        text,
        "\nMemory (PSS of all Longshore processes): idle {:.1} MB, each running task {per_task:.2} MB.",
        idle as f64 / 1e6
    );
    if peers.is_none() {
        text.push_str(
            "\nDocker is not installed here (Debian package docker.io), or was left out.\n",
        );
    }
    text
}

fn beside(peer: Option<f64>, ours: f64, unit: &str) -> String {
    peer.map_or_else(|| "– | –".into(), |peer| format!("{peer:.2} {unit} | {:.1}×", peer / ours))
}
