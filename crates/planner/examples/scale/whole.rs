//! (b) Two million tasks on 6,100 instances, from nothing to all running.

use crate::{
    clock::CpuClock,
    cluster::thousands,
    memory,
    world::{Size, World},
};
use domain::time::Millis;
use std::{fmt::Write, time::Instant};

/// 5,000 tasks are ECS's own limit for a service. An instance of 16 cores gets 328 tasks.
const SIZE: Size = Size {
    instances: 6100,
    services: 400,
    tasks_per_service: 5000,
    demand: (32, 128),
    is_packed: false,
};

pub(crate) fn report(is_packed: bool) -> String {
    let mut world = World::new(Size { is_packed, ..SIZE });
    let how = if is_packed { "binpack(memory)" } else { "spread(zone, instance)" };
    let tasks = SIZE.services * SIZE.tasks_per_service;
    let before = memory::resident();
    let (clock, wall) = (CpuClock::start(), Instant::now());
    let (mut steps, mut rounds) = (0, 0);
    while world.running < tasks {
        let planned = world.plan();
        steps += world.perform(planned);
        world.report();
        rounds += 1;
        world.pass(Millis(10));
    }
    let (cpu, wall) = (clock.elapsed(), wall.elapsed());
    assert_eq!(world.made(), tasks, "no more tasks than wanted");
    let (after, peak) = (memory::resident(), memory::peak());
    let clock = CpuClock::start();
    world.pass(Millis::from_s(41));
    steps += world.settle();
    let steady = clock.elapsed();
    let mut text = format!(
        "### (b) {} tasks on {} instances, from nothing to all running, by {how}\n{} services of {} tasks in 16 sizes. The planner's \
         view and floors are told of every record that a control plane commits: a service's step with its tasks and ledgers, agents' \
         reports of {} tasks a commit. Included: planning, making each task's record twice (placed, RUNNING), changing ledgers, \
         noting. Not included: the store's JSON and log, the network, agents, containers. One thread.\n\n| what | figure |\n|---|---|\n",
        thousands(tasks),
        thousands(SIZE.instances),
        SIZE.services,
        thousands(SIZE.tasks_per_service),
        crate::world::REPORTS_PER_COMMIT,
    );
    let per_task = |bytes: u64| bytes as f64 / tasks as f64;
    let rows = [
        ("seconds, wall".to_owned(), format!("{:.1}", wall.as_secs_f64())),
        ("seconds of CPU".to_owned(), format!("{:.1}", cpu.as_secs_f64())),
        ("tasks a second".to_owned(), thousands((tasks as f64 / wall.as_secs_f64()) as usize)),
        (
            "rounds / steps of services".to_owned(),
            format!("{} / {}", thousands(rounds), thousands(steps)),
        ),
        (
            "then, 40 s later: until every service is steady, seconds of CPU".to_owned(),
            format!("{:.1}", steady.as_secs_f64()),
        ),
        (
            "resident bytes a task: view, floors and the instances' ledgers".to_owned(),
            format!("{:.0}", per_task(after.saturating_sub(before))),
        ),
        (
            "the same at the peak".to_owned(),
            format!("{:.0}", per_task(peak.saturating_sub(before))),
        ),
    ];
    for (what, figure) in rows {
        let _ = writeln!(text, "| {what} | {figure} |");
    }
    let _ = writeln!(
        text,
        "\nBeside that a store keeps each task's record in memory, which is not in the figures above: {:.0} bytes a task for its key, \
         its JSON and the typed record (of {} of these tasks).",
        stored_bytes(&world),
        thousands(STORED)
    );
    text
}

/// How many records are kept to see how large they are.
const STORED: usize = 100_000;

fn stored_bytes(world: &World) -> f64 {
    let before = memory::resident();
    let kept: Vec<_> = (0..STORED).map(|number| world.stored(number)).collect();
    let bytes = memory::resident().saturating_sub(before) as f64 / kept.len() as f64;
    drop(kept);
    bytes
}
