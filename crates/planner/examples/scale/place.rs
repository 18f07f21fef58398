//! (a) Placements a second by the size of the cluster, and the peers' grids.

use crate::{
    clock::CpuClock,
    cluster::{Cluster, Fill, TASK_CPU, TASK_MEMORY, thousands, wants},
};
use placement::wants::Wants;
use planner::floor::{Ask, Pool};
use std::{fmt::Write, sync::Arc, time::Duration};

/// Tasks of one service.
const SERVICE: usize = 1000;
/// Tasks of one plan, all of one service.
const BATCH: usize = 256;
/// Tasks of one measurement; fewer where a cluster has no room for them.
const TASKS_MAX: usize = 50_000;
/// Small clusters are filled so fast that one time says nothing: they are filled again until this is over.
const SPELL: Duration = Duration::from_millis(200);
const SIZES: [usize; 5] = [100, 1000, 5000, 20_000, 100_000];
const RACKS: usize = 25;

type Strategies = &'static [(&'static str, Option<&'static str>)];

const SPREAD: Strategies =
    &[("spread", Some("attribute:ecs.availability-zone")), ("spread", Some("instanceId"))];
const BINPACK: Strategies = &[("binpack", Some("memory"))];
const RANDOM: Strategies = &[("random", None)];
const RACK_SPREAD: Strategies = &[("spread", Some("attribute:rack")), ("binpack", Some("memory"))];

pub(crate) fn report() -> String {
    let mut text = String::new();
    let _ = write!(
        text,
        "### (a) Placements a second\nOne core, CPU time. Services of {} tasks (a quarter of the instances, where that is fewer) are placed one after the other by plans of \
         {BATCH} tasks, until {} tasks or two fifths of the free room are placed; after each plan the instances' ledgers change as by a \
         commit and are noted. Included: making the order of instances, placing, changing and noting ledgers. Not included: the store.\n\n",
        thousands(SERVICE),
        thousands(TASKS_MAX)
    );
    let plain: [(&str, &[&str], Strategies); 3] = [
        ("random", &[], RANDOM),
        ("spread(zone, instance)", &[], SPREAD),
        ("binpack(memory)", &[], BINPACK),
    ];
    text += &by_size(&plain);
    text += "\nWith constraints, and spread(zone, instance) where nothing else is said:\n\n";
    let constrained: [(&str, &[&str], Strategies); 5] = [
        ("memberOf type", &["attribute:ecs.instance-type =~ m.*"], SPREAD),
        ("memberOf task:group", &["not(task:group == service:there-9)"], SPREAD),
        ("distinctInstance", &["distinctInstance"], SPREAD),
        ("distinctInstance, random", &["distinctInstance"], RANDOM),
        ("both", &["attribute:ecs.instance-type =~ m.*", "distinctInstance"], SPREAD),
    ];
    text += &by_size(&constrained);
    text += &nomad();
    text += &swarmkit();
    text
}

fn by_size(columns: &[(&str, &[&str], Strategies)]) -> String {
    let mut text = String::from("| instances | filled |");
    for (name, ..) in columns {
        let _ = write!(text, " {name} |");
    }
    let _ = writeln!(text, "\n|---|---|{}", "---|".repeat(columns.len()));
    for instances in SIZES {
        for (fill, filled) in [(Fill::Empty, "0 %"), (Fill::NinetyPercent, "90 %")] {
            let _ = write!(text, "| {} | {filled} |", thousands(instances));
            for (_, constraints, strategies) in columns {
                let rate = rate(instances, fill, &wants(constraints, strategies));
                let _ = write!(text, " {} |", thousands(rate));
            }
            text.push('\n');
        }
    }
    text
}

/// Placements a second on clusters of this size.
fn rate(instances: usize, fill: Fill, wants: &Arc<Wants>) -> usize {
    let (mut placed, mut time) = (0, Duration::ZERO);
    while time < SPELL {
        let mut cluster = Cluster::new(instances, RACKS, fill);
        let tasks = TASKS_MAX.min(cluster.room * 2 / 5);
        let clock = CpuClock::start();
        placed += run(&mut cluster, wants, SERVICE.min(instances / 4), tasks);
        time += clock.elapsed();
    }
    (placed as f64 / time.as_secs_f64()) as usize
}

/// Places services one after the other; says how many tasks were placed.
fn run(cluster: &mut Cluster, wants: &Arc<Wants>, service_size: usize, tasks: usize) -> usize {
    let mut placed = 0;
    for service in 0.. {
        let wanted = service_size.min(tasks - placed);
        if wanted == 0 {
            break;
        }
        let group = format!("service:s{service}");
        let got = place(cluster, wants, &group, wanted);
        placed += got;
        if got < wanted {
            break;
        }
    }
    placed
}

fn place(cluster: &mut Cluster, wants: &Arc<Wants>, group: &str, count: usize) -> usize {
    let mut placed = 0;
    while placed < count {
        let ask = Ask { cluster: &cluster.key, wants, group, pool: Pool::default() };
        let found = cluster.floors.draft().place(&ask, BATCH.min(count - placed), placed as u64);
        if found.places.is_empty() {
            break;
        }
        placed += found.places.len();
        cluster.commit(&found.places, group);
    }
    placed
}

/// The grid of Nomad's scheduler benchmark.
fn nomad() -> String {
    let jobs = [50, 300, 600, 1200];
    let mut text = String::from(
        "\n### Nomad's grid\nMilliseconds of CPU for one job on a cluster that was never placed on: the order of its instances is made within that \
         time. `fit` is binpack(memory), `spread` is spread(rack), then binpack(memory).\n\n| hosts | racks |",
    );
    for kind in ["fit", "spread"] {
        for job in jobs {
            let _ = write!(text, " {kind} {} |", thousands(job));
        }
    }
    let _ = writeln!(text, "\n|---|---|{}", "---|".repeat(2 * jobs.len()));
    for hosts in [500, 1000, 5000, 10_000] {
        for racks in [25, 50, 75] {
            let _ = write!(text, "| {} | {racks} |", thousands(hosts));
            for strategies in [BINPACK, RACK_SPREAD] {
                for job in jobs {
                    let time = job_time(hosts, racks, strategies, job);
                    let _ = write!(text, " {:.2} |", time.as_secs_f64() * 1000.0);
                }
            }
            text.push('\n');
        }
    }
    text
}

/// The median of three.
fn job_time(hosts: usize, racks: usize, strategies: Strategies, job: usize) -> Duration {
    let wants = wants(&[], strategies);
    let mut times = [(); 3].map(|()| {
        let mut cluster = Cluster::new(hosts, racks, Fill::Empty);
        let clock = CpuClock::start();
        let placed = place(&mut cluster, &wants, "service:job", job);
        let time = clock.elapsed();
        assert_eq!(placed, job, "an empty cluster has room for the job");
        time
    });
    times.sort_unstable();
    times[1]
}

/// The grid of SwarmKit's scheduler benchmark.
fn swarmkit() -> String {
    let mut text = String::from(
        "\n### SwarmKit's grid\nOne service of that many tasks, spread(zone, instance), from nothing. A host has room for a thousand of them.\n\n\
         | hosts | tasks | seconds of CPU | a second |\n|---|---|---|---|\n",
    );
    let grid = [
        (1000, 1000),
        (1000, 10_000),
        (1000, 100_000),
        (10_000, 10_000),
        (10_000, 100_000),
        (10_000, 1_000_000),
        (100_000, 100_000),
        (100_000, 1_000_000),
    ];
    let small = crate::cluster::wants_of(TASK_CPU / 16, TASK_MEMORY / 16, &[], SPREAD);
    for (hosts, tasks) in grid {
        let mut cluster = Cluster::new(hosts, RACKS, Fill::Empty);
        let clock = CpuClock::start();
        let placed = place(&mut cluster, &small, "service:all", tasks);
        let seconds = clock.elapsed().as_secs_f64();
        assert_eq!(placed, tasks, "the cluster has room for all");
        let _ = writeln!(
            text,
            "| {} | {} | {seconds:.2} | {} |",
            thousands(hosts),
            thousands(tasks),
            thousands((tasks as f64 / seconds) as usize)
        );
    }
    text
}
