//! Runs: a world from a seed, from its beginning to its rest.

use crate::{
    chance::Chance,
    host::Host,
    law::Broken,
    mutant::Mutant,
    world::{BEGIN, Faults, Msg, Setting, World},
};
use domain::time::Millis;
use planner::rules::Rules;
use std::panic::{AssertUnwindSafe, catch_unwind};
use store::{Snapshot, Transaction};

const ZONES: [&str; 3] = ["us-east-1a", "us-east-1b", "us-east-1c"];

/// What to run.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Everything follows from it.
    pub seed: u64,
    /// A planted bug.
    pub mutant: Option<Mutant>,
    /// How many lines of the conversation are kept.
    pub lines: usize,
    /// Whether the user makes services, and not only tasks.
    pub services: bool,
    /// Whether all commits are kept.
    pub with_journal: bool,
}

/// How a run went.
#[derive(Debug)]
pub struct Outcome {
    /// The law that was broken and what was seen; `None` if all held.
    pub broken: Option<(&'static str, String)>,
    /// Of the whole conversation: the same for the same seed.
    pub hash: u64,
    /// How much happened.
    pub steps: u64,
    /// Seconds of virtual time.
    pub seconds: i64,
    /// The newest lines of the conversation.
    pub lines: Vec<String>,
    /// Every commit, if they are kept.
    pub journal: Vec<Transaction>,
    /// What is stored in the end.
    pub stored: Snapshot,
}

impl Options {
    /// A seed as it is, of which a few lines are kept.
    pub fn new(seed: u64) -> Self {
        Self { seed, mutant: None, lines: 0, services: true, with_journal: false }
    }
}

/// Runs one seed.
pub fn run(options: Options) -> Outcome {
    let mut chance = Chance::new(options.seed);
    let faults = Faults::by_chance(&mut chance, BEGIN);
    let retention = *chance.pick(&[3600, 3600, 300]).unwrap_or(&3600);
    let rules = Rules { retention: Millis::from_s(retention), ..Rules::default() };
    let mut world = World::new(Setting {
        seed: options.seed,
        lines: options.lines,
        with_journal: options.with_journal,
        mutant: options.mutant,
        rules,
        faults,
    });
    world.user.has_services = options.services;
    let lived = catch_unwind(AssertUnwindSafe(|| live(&mut world)));
    let broken = match lived {
        Ok(lived) => lived.err(),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
            let what = text.unwrap_or("without a word").to_owned();
            Some(Broken { law: "no part panics", what, at: world.now })
        }
    };
    Outcome {
        broken: broken.map(|Broken { law, what, .. }| (law, what)),
        hash: world.trace.hash(),
        steps: world.steps,
        seconds: (world.now - BEGIN).0 / 1000,
        lines: world.trace.lines().collect(),
        journal: world.truth.journal().to_vec(),
        stored: world.truth.snapshot().clone(),
    }
}

fn live(world: &mut World) -> Result<(), Broken> {
    world.plane_begins();
    world.found();
    let count = world.chance.within(2, 5);
    for number in 0..usize::try_from(count).unwrap_or_default() {
        let (cpu, memory) =
            *world.chance.pick(&[(1024, 1024), (2048, 2048)]).unwrap_or(&(1024, 1024));
        world.hosts.push(Host::new(number, ZONES[number % ZONES.len()], cpu, memory));
        let after = world.moment(1, 5_000);
        world.later(after, Msg::AgentBegins { host: number });
    }
    world.user_begins();
    world.schedule_troubles();
    world.run_until(world.faults.until + Millis(1))?;
    world.come_to_rest()
}
