//! What holds whatever happens, in whatever order: random events against a host that keeps its own account.

use super::{
    scene::{World, settings},
    words::{action_text, payload_task, stop_task},
};
use crate::{
    driver::{ContainerFault, ContainerKey, DriverEvent, Exit, FaultName, Phase, Signal},
    machine::{Action, Effect, Event, JobId, Outcome, Settings},
};
use domain::{
    status::{ContainerStatus, TaskStatus},
    time::Millis,
};
use proptest::{prelude::*, test_runner::Config};
use std::collections::BTreeMap;

const LETTERS: [&str; 4] = ["a", "b", "c", "d"];

/// Containers of many kinds; each task of a run has one of these.
const SHAPES: [&str; 8] = [
    "web[mem=400]",
    "web side?",
    "db[health=5/1/1/0] web[after=db:HEALTHY port=80]",
    "init? web[after=init:SUCCESS port=80]",
    "one? two?[after=one:COMPLETE]",
    "web[restart=1] side?[restart=1:0 after=web:START]",
    "db? web[link=db from=db stop=1 cpu=1024]",
    "init?[start=2] web[after=init:COMPLETE mem=700]",
];

/// One thing that happens; numbers choose among what there is to choose from.
#[derive(Clone, Copy, Debug)]
enum Step {
    Run(usize),
    Stop(usize),
    Retry(usize),
    Works(usize),
    Faults(usize),
    TimesOut(usize, bool),
    Exits(usize, i64),
    SaysExitAgain(usize),
    IsLost(usize),
    Wait(i64),
    Linked,
    Plane(bool),
    Disk(bool),
    Writes,
    Kill(usize),
    Manifest(usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (0..4_usize).prop_map(Step::Run),
        2 => (0..4_usize).prop_map(Step::Stop),
        1 => (0..9_usize).prop_map(Step::Retry),
        30 => (0..9_usize).prop_map(Step::Works),
        3 => (0..9_usize).prop_map(Step::Faults),
        1 => (0..9_usize, any::<bool>()).prop_map(|(n, did)| Step::TimesOut(n, did)),
        5 => (0..9_usize, prop_oneof![Just(0), Just(1), Just(137)])
            .prop_map(|(n, code)| Step::Exits(n, code)),
        1 => (0..9_usize).prop_map(Step::SaysExitAgain),
        1 => (0..4_usize).prop_map(Step::IsLost),
        5 => (1..40_000_i64).prop_map(Step::Wait),
        1 => Just(Step::Linked),
        1 => any::<bool>().prop_map(Step::Plane),
        1 => any::<bool>().prop_map(Step::Disk),
        12 => Just(Step::Writes),
        1 => any::<usize>().prop_map(Step::Kill),
        1 => (0..4_usize).prop_map(Step::Manifest),
    ]
}

/// A run in progress.
struct Run {
    world: World,
    shapes: Vec<usize>,
    last_exits: Vec<(ContainerKey, Exit)>,
    timeline: i64,
    /// The agent was killed: what was told may be told again from an older file, and the plane lets it pass.
    forgot: bool,
}

fn nth<T: Clone>(items: &[T], n: usize) -> Option<T> {
    (!items.is_empty()).then(|| items[n % items.len()].clone())
}

impl Run {
    fn new(shapes: Vec<usize>) -> Self {
        // Tombstones that never go: a message that comes back years later is another law's matter.
        let settings = Settings { retention: Millis(i64::MAX / 4), ..settings() };
        let mut world = World::new(settings);
        world.watch = watch;
        world.disk_is_slow = true;
        Self { world, shapes, last_exits: Vec::new(), timeline: 1_000, forgot: false }
    }

    fn job(&self, n: usize) -> Option<JobId> {
        nth(&self.world.jobs.keys().copied().collect::<Vec<_>>(), n)
    }

    fn step(&mut self, step: Step) {
        match step {
            Step::Run(n) => {
                let task = payload_task(LETTERS[n], SHAPES[self.shapes[n]]);
                self.world.payload(vec![task], Vec::new());
            }
            Step::Stop(n) => self.world.payload(vec![stop_task(LETTERS[n])], Vec::new()),
            Step::Retry(n) => {
                if let Some(message) = nth(&self.world.messages, n) {
                    self.world.event(Event::Payload(message, Vec::new()));
                }
            }
            Step::Works(n) => {
                if let Some(job) = self.job(n) {
                    self.works(job);
                }
            }
            Step::Faults(n) => {
                let fault =
                    ContainerFault { name: FaultName::InternalError, text: "no luck".into() };
                self.fails(n, Outcome::Faulted(fault));
            }
            Step::TimesOut(n, did) => {
                if let Some(Action::Start(task, name)) =
                    self.job(n).map(|job| self.world.jobs[&job].clone())
                    && did
                {
                    self.starts_unheard(task.id(), &name);
                }
                self.fails(n, Outcome::TimedOut);
            }
            Step::Exits(n, code) => {
                if let Some(key) = nth(&self.running(), n) {
                    self.exits(&key, code);
                }
            }
            Step::SaysExitAgain(n) => {
                if let Some((key, exit)) = nth(&self.last_exits, n) {
                    self.world.event(Event::Driver(DriverEvent::Exited(key, exit)));
                }
            }
            Step::IsLost(n) => {
                let task = LETTERS[n].repeat(32);
                if let Some(on_host) = self.world.host.get_mut(&task) {
                    on_host.containers.clear();
                    self.world.event(Event::Driver(DriverEvent::Lost(task)));
                }
            }
            Step::Wait(ms) => self.world.wait(Millis(ms)),
            Step::Linked => self.world.event(Event::Linked),
            Step::Plane(is_away) => self.world.plane_is_away = is_away,
            Step::Disk(is_full) => self.world.disk_is_full = is_full,
            Step::Writes => {
                if let Some(event) = self.world.write() {
                    self.world.event(event);
                }
            }
            Step::Kill(n) => self.kill(n),
            Step::Manifest(n) => self.manifest(n),
        }
    }

    /// The engine does it and answers; a container that was lost in between faults.
    fn works(&mut self, job: JobId) {
        let action = self.world.jobs[&job].clone();
        let has = |task: &str, name: &str| {
            self.world.host.get(task).is_some_and(|it| it.containers.contains_key(name))
        };
        let is_possible = match &action {
            Action::Create(task, _) => self.world.host.contains_key(task.id()),
            Action::Start(task, name) => has(task.id(), name),
            _ => true,
        };
        if !is_possible {
            self.world.jobs.remove(&job);
            let fault = ContainerFault { name: FaultName::InternalError, text: "lost".into() };
            return self.world.event(Event::Done(job, Outcome::Faulted(fault)));
        }
        self.world.perform(job);
        if let Action::Signal(key, Signal::Kill) = &action {
            self.exits(key, 137);
        }
    }

    fn fails(&mut self, n: usize, outcome: Outcome) {
        let Some(job) = self.job(n) else { return };
        let outcome = match self.world.jobs.remove(&job) {
            Some(Action::Submit(_)) => Outcome::Unreached,
            _ => outcome,
        };
        self.world.event(Event::Done(job, outcome));
    }

    fn starts_unheard(&mut self, task: &str, name: &str) {
        let at = self.world.now;
        let phase = self.world.host.get_mut(task).and_then(|it| it.containers.get_mut(name));
        if let Some(phase) = phase {
            *phase = Phase::Running(crate::driver::Started { at, bindings: Vec::new() });
        }
    }

    fn running(&self) -> Vec<ContainerKey> {
        let of = |(task, on_host): (&String, &super::scene::OnHost)| {
            on_host
                .containers
                .iter()
                .filter(|(_, phase)| matches!(phase, Phase::Running(_)))
                .map(|(name, _)| ContainerKey { task: task.clone(), name: name.clone() })
                .collect::<Vec<_>>()
        };
        self.world.host.iter().flat_map(of).collect()
    }

    fn exits(&mut self, key: &ContainerKey, code: i64) {
        if self.running().contains(key) {
            let exit = Exit { code, out_of_memory: false, at: self.world.now };
            self.last_exits.push((key.clone(), exit));
            self.world.exit(key, code, false);
        }
    }

    /// The agent dies; what it had asked for is done all the same, or not.
    fn kill(&mut self, which: usize) {
        let jobs: Vec<Action> = self.world.jobs.values().cloned().collect();
        for (n, action) in jobs.into_iter().enumerate() {
            if which >> (n % 60) & 1 == 0 {
                continue;
            }
            match action {
                Action::Start(task, name) => self.starts_unheard(task.id(), &name),
                Action::Remove(task) => drop(self.world.host.remove(&task)),
                Action::Submit(report) if !self.world.plane_is_away => {
                    self.world.accepted.push(report);
                }
                Action::Create(task, name) => {
                    if let Some(on_host) = self.world.host.get_mut(task.id()) {
                        on_host.containers.insert(name, Phase::Created);
                    }
                }
                _ => {}
            }
        }
        self.last_exits.clear();
        self.forgot = true;
        self.world.kill();
    }

    /// A manifest that leaves out task `n`, and the plane's word that it may be stopped.
    fn manifest(&mut self, n: usize) {
        self.timeline += 1;
        let named: Vec<&str> = LETTERS.into_iter().filter(|it| *it != LETTERS[n]).collect();
        self.world.manifest(&format!("{}: {}", self.timeline, named.join(" ")));
        self.world.verified(&format!("manifest-{}: {}", self.timeline, LETTERS[n]));
    }

    /// Faults stop, and everything is stopped.
    fn heal(&mut self) {
        self.world.plane_is_away = false;
        self.world.disk_is_full = false;
        self.world.disk_is_slow = false;
        while !self.world.writes.is_empty() {
            self.step(Step::Writes);
        }
        self.world.event(Event::Linked);
        let stops = LETTERS.iter().map(|letter| stop_task(letter)).collect();
        self.world.payload(stops, Vec::new());
        for _ in 0..200 {
            while let Some(job) = self.job(0) {
                let stopped = match &self.world.jobs[&job] {
                    Action::Signal(key, _) => Some(key.clone()),
                    _ => None,
                };
                self.works(job);
                if let Some(key) = stopped {
                    self.exits(&key, 143);
                }
            }
            if self.world.machine.is_idle() {
                return;
            }
            self.world.wait(Millis::from_s(10));
        }
        panic!("not idle after a long while without faults");
    }

    fn laws(&self) -> Result<(), TestCaseError> {
        prop_assert!(self.world.host.is_empty(), "left on the host: {:?}", self.world.host);
        prop_assert!(self.world.disk.is_empty(), "left on disk: {:?}", self.world.disk);
        prop_assert!(self.world.machine.holds_nothing(), "room is still taken");
        let mut tasks = BTreeMap::new();
        let mut containers = BTreeMap::new();
        for report in &self.world.accepted {
            let last = tasks.entry(&report.task_arn).or_insert(TaskStatus::Pending);
            if let Some(status) = report.status {
                prop_assert!(status >= *last || self.forgot, "{} goes back", report.task_arn);
                *last = status.max(*last);
            }
            for change in &report.containers {
                let key = (&report.task_arn, &change.name);
                let last = containers.entry(key).or_insert(ContainerStatus::Pending);
                prop_assert!(change.status >= *last || self.forgot, "{key:?} goes back");
                *last = change.status.max(*last);
            }
        }
        for (task, last) in &tasks {
            prop_assert_eq!(*last, TaskStatus::Stopped, "{} has no end", task);
        }
        prop_assert!(tasks.len() >= LETTERS.len(), "a task of which nothing was said");
        Ok(())
    }

    fn stops_told(&self) -> BTreeMap<String, usize> {
        let mut told = BTreeMap::new();
        for report in &self.world.accepted {
            if report.status == Some(TaskStatus::Stopped) {
                *told.entry(report.task_arn.clone()).or_default() += 1;
            }
        }
        told
    }
}

/// Looks at every effect when it is asked for.
fn watch(world: &World, effect: &Effect) {
    match effect {
        Effect::Do(_, Action::Signal(key, Signal::Stop), _) => {
            let kept = world.disk.values().find(|kept| kept.id.as_str() == key.task);
            let mut kept = kept.into_iter().flat_map(|kept| &kept.containers);
            let was_told = kept.any(|it| it.name == key.name && it.kill_at.is_some());
            assert!(!was_told, "{key} is told to stop twice");
        }
        Effect::Do(_, Action::Signal(_, Signal::Kill), _) => {}
        Effect::Do(_, Action::Submit(report), _) => {
            let id = report.task_arn.rsplit('/').next().expect("an id");
            let twice = world.jobs.values().any(
                |action| matches!(action, Action::Submit(other) if other.task_arn == report.task_arn),
            );
            assert!(!twice, "two reports of one task under way");
            let is_known = world.disk.keys().any(|kept| kept.as_str() == id) || world.disk_was_full;
            assert!(is_known, "the plane hears of a task that the next agent would not find");
            let is_left = world.host.contains_key(id) && !report.reason.contains("no luck");
            let is_end = report.status == Some(TaskStatus::Stopped);
            let gave_up = report.reason.contains("timed out");
            assert!(!(is_end && is_left && !gave_up), "STOPPED, and something is left on the host");
        }
        Effect::Do(_, action, _) => {
            let text = action_text(action);
            assert!(!world.jobs.values().any(|it| action_text(it) == text), "`{text}` twice");
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(Config { cases: 400, failure_persistence: None, ..Config::default() })]

    #[test]
    fn whatever_happens_everything_ends_and_is_freed(
        shapes in prop::collection::vec(0..SHAPES.len(), 4),
        steps in prop::collection::vec(step(), 0..120),
    ) {
        let mut run = Run::new(shapes);
        for step in steps {
            run.step(step);
        }
        run.heal();
        run.laws()?;
    }

    #[test]
    fn without_kills_and_repeats_each_end_is_told_once(
        shapes in prop::collection::vec(0..SHAPES.len(), 4),
        steps in prop::collection::vec(step(), 0..120),
    ) {
        let mut run = Run::new(shapes);
        for n in 0..LETTERS.len() {
            run.step(Step::Run(n));
        }
        for step in steps {
            match step {
                // These ask about tasks that may be over, and are told so once more.
                Step::Kill(_)
                | Step::Retry(_)
                | Step::Run(_)
                | Step::Stop(_)
                | Step::Manifest(_) => {}
                _ => run.step(step),
            }
        }
        run.heal();
        run.laws()?;
        // The stop at the very end may ask again about a task that was over.
        for (task, told) in run.stops_told() {
            prop_assert!(told <= 2, "{} ended {} times", task, told);
        }
    }
}
