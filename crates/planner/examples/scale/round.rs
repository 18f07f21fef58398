//! (c) What one round costs when one task of 100,000 changed.

use crate::{
    clock::CpuClock,
    cluster::thousands,
    world::{Size, World},
};
use domain::time::Millis;
use std::{fmt::Write, time::Duration};

const SIZES: [usize; 5] = [100, 1000, 5000, 20_000, 100_000];
const SERVICES: usize = 100;
const TASKS_PER_SERVICE: usize = 1000;
/// How many times one task changes.
const TIMES: usize = 301;

pub(crate) fn report() -> String {
    let tasks = SERVICES * TASKS_PER_SERVICE;
    let mut text = format!(
        "### (c) One round when one task of {} changed\n{SERVICES} services of {} tasks, all steady. A task ends: its record and its instance's \
         ledger are noted and a plan is made, which is to replace it. Then the replacement runs: its record, ledger and service are noted and a plan is made. \
         Microseconds of CPU time, median and 99th percentile of {TIMES}; making the records is included.\n\n\
         | instances | a task ended | p99 | its replacement runs | p99 |\n|---|---|---|---|---|\n",
        thousands(tasks),
        thousands(TASKS_PER_SERVICE)
    );
    for instances in SIZES {
        let mut world = World::new(Size {
            instances,
            services: SERVICES,
            tasks_per_service: TASKS_PER_SERVICE,
            demand: (1, 4),
            is_packed: false,
        });
        world.settle();
        world.pass(Millis::from_s(41));
        world.settle();
        assert_eq!(world.running, tasks, "all run");
        let (mut ended, mut runs) = (Vec::new(), Vec::new());
        for time in 0..TIMES {
            let clock = CpuClock::start();
            world.end(time * 331);
            let planned = world.plan();
            ended.push(clock.elapsed());
            assert_eq!(world.perform(planned), 1, "one service takes a step");
            let clock = CpuClock::start();
            world.report();
            let planned = world.plan();
            runs.push(clock.elapsed());
            world.perform(planned);
            world.settle();
            world.pass(Millis::from_s(41));
            world.settle();
            assert_eq!(world.running, tasks, "the task was replaced");
        }
        let _ = write!(text, "| {} |", thousands(instances));
        for times in [&mut ended, &mut runs] {
            let _ = write!(text, " {} | {} |", micros(times, 50), micros(times, 99));
        }
        text.push('\n');
    }
    text
}

fn micros(times: &mut [Duration], percent: usize) -> String {
    times.sort_unstable();
    thousands(times[(times.len() - 1) * percent / 100].as_micros() as usize)
}
