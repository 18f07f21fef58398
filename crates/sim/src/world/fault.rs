//! What goes wrong: rates by chance for every message, and troubles at certain moments. All of it follows from the seed.
//!
//! Single frames are lost, but not put in another order within a connection: they go over TCP. Calls are lost, come twice and overtake
//! each other, and so do their answers. For a while after a host is back, every other frame to and from it may be lost.

use super::{Msg, World};
use crate::chance::Chance;
use domain::time::{Millis, Timestamp};

/// How long the faults last at most.
const CHAOS_S: (i64, i64) = (120, 600);

/// In a calm world troubles begin within so long, and faults stop after so long: the last of them is known to nobody by then.
const CALM: (Millis, Millis) = (Millis::from_s(200), Millis::from_s(800));

/// How often frames are lost on a bad line, in thousandths.
const BAD_LINE: u64 = 500;

/// Rates in thousandths, and what follows from them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Faults {
    frame_loss: u64,
    call_loss: u64,
    answer_loss: u64,
    call_double: u64,
    /// How often somebody may commit between a decision and its commit, and for how long at most.
    commit_gap: u64,
    commit_gap_ms: i64,
    /// How late a message may be.
    frame_ms: i64,
    call_ms: i64,
    step_fault: u64,
    /// In every other minute health checks of moody containers fail.
    has_moods: bool,
    /// When faults stop.
    pub(crate) until: Timestamp,
}

/// Something that happens to the world.
#[derive(Clone, Debug)]
pub(crate) enum Trouble {
    /// An agent is killed and begins again after that.
    AgentDies { host: usize, down: Millis },
    /// A host is switched off, and on again after that. Its disk may be lost.
    HostDies { host: usize, down: Millis, loses_disk: bool },
    /// A host that was switched off is switched on.
    HostReturns { host: usize },
    /// Nothing comes through to and from a host for so long.
    Cut { host: usize, length: Millis },
    /// A connection breaks.
    LinkBreaks { host: usize },
    /// A host's clock is set.
    ClockJumps { host: usize, by: i64 },
    /// Images come slowly.
    Slow { host: usize, length: Millis },
    /// A process ends by itself.
    ProcessDies { host: usize, code: i64 },
    /// The control plane is killed and begins again after that.
    PlaneDies { down: Millis },
    /// Another control plane takes over, and the old one goes on for so long, that far behind.
    PlaneIsReplaced { length: Millis, lag: Millis },
    /// A control plane that was replaced is ended.
    StaleEnds { plane: usize },
    /// A second control plane runs rounds beside the first, that far behind.
    PlaneIsDoubled { length: Millis, lag: Millis },
    /// An image's tag is given to another image.
    TagMoves,
    /// All faults stop.
    Heal,
}

impl Faults {
    /// None at all.
    pub(crate) fn none() -> Self {
        Self { frame_ms: 2, call_ms: 4, ..Self::default() }
    }

    /// As the seed has them: some worlds are rough, some hardly at all.
    pub(crate) fn by_chance(chance: &mut Chance, begin: Timestamp) -> Self {
        let mut rate = |often: u64, max: u64| match chance.hits(often) {
            true => chance.below(max + 1),
            false => 0,
        };
        let (frame_loss, call_loss, answer_loss) = (rate(500, 80), rate(500, 80), rate(500, 80));
        let (call_double, commit_gap, step_fault) = (rate(500, 60), rate(800, 400), rate(300, 40));
        let length = Millis::from_s(chance.within(CHAOS_S.0, CHAOS_S.1));
        Self {
            frame_loss,
            call_loss,
            answer_loss,
            call_double,
            commit_gap,
            commit_gap_ms: *chance.pick(&[3, 10, 200, 2_000]).unwrap_or(&3),
            frame_ms: *chance.pick(&[2, 20, 500]).unwrap_or(&2),
            call_ms: *chance.pick(&[4, 50, 3_000]).unwrap_or(&4),
            step_fault,
            has_moods: chance.hits(500),
            until: begin + length,
        }
    }

    /// From now on nothing goes wrong.
    pub(crate) fn stop(&mut self) {
        *self = Self { until: self.until, ..Self::none() };
    }

    pub(super) fn loses_frame(&self, chance: &mut Chance, is_on_bad_line: bool) -> bool {
        chance.hits(if is_on_bad_line { BAD_LINE } else { self.frame_loss })
    }

    pub(super) fn loses_call(&self, chance: &mut Chance) -> bool {
        chance.hits(self.call_loss)
    }

    pub(super) fn loses_answer(&self, chance: &mut Chance) -> bool {
        chance.hits(self.answer_loss)
    }

    pub(super) fn doubles_call(&self, chance: &mut Chance) -> bool {
        chance.hits(self.call_double)
    }

    pub(super) fn may_double(&self) -> bool {
        self.call_double > 0
    }

    pub(super) fn fails_step(&self, chance: &mut Chance) -> bool {
        chance.hits(self.step_fault)
    }

    pub(super) fn frame_delay(&self, chance: &mut Chance) -> Millis {
        Millis(1 + chance.within(0, self.frame_ms))
    }

    pub(super) fn call_delay(&self, chance: &mut Chance) -> Millis {
        Millis(1 + chance.within(0, self.call_ms))
    }

    pub(super) fn commit_delay(&self, chance: &mut Chance) -> Millis {
        match chance.hits(self.commit_gap) {
            true => Millis(chance.within(1, self.commit_gap_ms)),
            false => Millis(0),
        }
    }

    /// Whether health checks of moody containers fail at `now`.
    pub(super) fn is_bad_time(&self, now: Timestamp) -> bool {
        self.has_moods && (now.0 / 60_000) % 2 == 0
    }
}

impl World {
    /// Puts troubles on the calendar, and the end of them all.
    pub(crate) fn schedule_troubles(&mut self) {
        let (mut last, mut count) = (self.faults.until - self.now, (0, 3));
        count.1 += last.0 / 60_000;
        if self.user.is_calm {
            self.faults.until = self.now + CALM.1;
            (last, count) = (CALM.0, (1, 3));
        }
        let until = self.faults.until;
        for _ in 0..self.chance.within(count.0, count.1) {
            let at = self.now + Millis(self.chance.within(20_000, last.0));
            let trouble = self.some_trouble();
            self.at(at, Msg::Trouble(trouble));
        }
        self.at(until, Msg::Trouble(Trouble::Heal));
    }

    fn some_trouble(&mut self) -> Trouble {
        let hosts = u64::try_from(self.hosts.len()).unwrap_or(1).max(1);
        let host = usize::try_from(self.chance.below(hosts)).unwrap_or_default();
        match self.chance.below(14) {
            0 => Trouble::AgentDies { host, down: self.moment(10, 20_000) },
            1 => Trouble::AgentDies { host, down: self.moment(60_000, 300_000) },
            2 => {
                let loses_disk = self.chance.hits(300);
                Trouble::HostDies { host, down: self.moment(5_000, 400_000), loses_disk }
            }
            3 => Trouble::Cut { host, length: self.moment(1_000, 60_000) },
            4 => Trouble::Cut { host, length: self.moment(130_000, 400_000) },
            5 => Trouble::LinkBreaks { host },
            6 => Trouble::ClockJumps { host, by: self.chance.within(-7_200_000, 7_200_000) },
            7 => Trouble::Slow { host, length: self.moment(30_000, 200_000) },
            8 | 9 => Trouble::ProcessDies { host, code: self.chance.within(0, 2) },
            10 => Trouble::PlaneDies { down: self.moment(10, 20_000) },
            11 => {
                let (length, lag) = (self.moment(1_000, 120_000), self.moment(0, 30_000));
                Trouble::PlaneIsReplaced { length, lag }
            }
            12 => {
                let (length, lag) = (self.moment(1_000, 120_000), self.moment(0, 3_000));
                Trouble::PlaneIsDoubled { length, lag }
            }
            _ => Trouble::TagMoves,
        }
    }

    pub(super) fn trouble(&mut self, trouble: Trouble) {
        self.say(format_args!("! {trouble:?}"));
        match trouble {
            Trouble::AgentDies { host, down } => {
                self.agent_dies(host);
                self.later(down, Msg::AgentBegins { host });
                self.line_may_be_bad_after(host, down);
            }
            Trouble::HostDies { host, down, loses_disk } => {
                self.host_dies(host, loses_disk);
                self.later(down, Msg::Trouble(Trouble::HostReturns { host }));
            }
            Trouble::HostReturns { host } => {
                self.hosts[host].is_on = true;
                self.agent_begins(host);
            }
            Trouble::Cut { host, length } => {
                self.hosts[host].cut_until = self.hosts[host].cut_until.max(self.now + length);
                self.line_may_be_bad_after(host, length);
            }
            Trouble::LinkBreaks { host } => {
                let agent = self.hosts[host].agent.as_ref();
                if let Some(connection) = agent.and_then(|agent| agent.connection) {
                    self.reach_plane(connection, Msg::Gone { connection });
                    self.reach_agent(
                        connection,
                        Msg::Closed { connection, code: 1006, refusal: None },
                    );
                }
            }
            Trouble::ClockJumps { host, by } => self.hosts[host].clock_error += by,
            Trouble::Slow { host, length } => self.hosts[host].slow_until = self.now + length,
            Trouble::ProcessDies { host, code } => self.some_process_dies(host, code),
            Trouble::PlaneDies { down } => {
                self.plane_dies(self.active());
                self.later(down, Msg::PlaneBegins);
            }
            Trouble::PlaneIsReplaced { length, lag } => self.plane_is_replaced(length, lag),
            Trouble::StaleEnds { plane } => {
                if plane != self.active() {
                    self.plane_dies(plane);
                }
            }
            Trouble::PlaneIsDoubled { length, lag } => self.plane_is_doubled(length, lag),
            Trouble::TagMoves => self.user.move_tags(),
            Trouble::Heal => self.heal(),
        }
    }

    /// When a host is back, its line may be bad for a while.
    fn line_may_be_bad_after(&mut self, host: usize, away: Millis) {
        if self.chance.hits(400) {
            let length = self.moment(1_000, 30_000);
            self.hosts[host].bad_line_until = self.now + away + length;
        }
    }

    pub(crate) fn host_dies(&mut self, host: usize, loses_disk: bool) {
        self.hosts[host].is_on = false;
        // Nobody is left to say goodbye.
        self.agent_dies(host);
        let it = &mut self.hosts[host];
        it.kernel.power_off();
        if loses_disk {
            it.kernel.wipe();
            it.images.clear();
            // Who the host is may have been written long before what a power cut takes.
            let arn = it.disk.arn.take().filter(|_| self.chance.hits(500));
            it.disk = crate::host::Disk { arn, ..crate::host::Disk::default() };
        }
    }

    fn some_process_dies(&mut self, host: usize, code: i64) {
        let running: Vec<_> = self.hosts[host].kernel.running().collect();
        let Some(name) = self.chance.pick(&running).cloned() else { return };
        let process = self.hosts[host].kernel.process(&name).map(|(process, _)| process);
        if let Some(process) = process {
            self.process_exits(host, &name, process, code);
        }
    }

    fn plane_is_replaced(&mut self, length: Millis, lag: Millis) {
        let plane = self.active();
        if !self.planes[plane].is_up {
            return;
        }
        self.planes[plane].is_stale = true;
        self.planes[plane].lag = lag;
        self.plane_drops_sessions(plane);
        self.plane_begins();
        self.later(length, Msg::Trouble(Trouble::StaleEnds { plane }));
    }

    /// The second plane only plans: sessions and calls stay where they are.
    fn plane_is_doubled(&mut self, length: Millis, lag: Millis) {
        if !self.planes[self.active()].is_up {
            return;
        }
        let plane = self.second_plane_begins(lag);
        self.later(length, Msg::Trouble(Trouble::StaleEnds { plane }));
    }

    /// Faults stop: whoever was away comes back, and there is one control plane.
    pub(crate) fn heal(&mut self) {
        self.faults.stop();
        self.faults.until = self.now;
        for host in 0..self.hosts.len() {
            let it = &mut self.hosts[host];
            it.cut_until = it.cut_until.min(self.now);
            it.bad_line_until = it.bad_line_until.min(self.now);
            it.slow_until = it.slow_until.min(self.now);
            it.is_on = true;
            if self.hosts[host].agent.is_none() {
                self.later(Millis(100), Msg::AgentBegins { host });
            }
        }
        for plane in 0..self.planes.len() {
            if plane != self.active() {
                self.plane_dies(plane);
            }
        }
        if !self.planes[self.active()].is_up {
            self.later(Millis(100), Msg::PlaneBegins);
        }
        self.user_stops();
    }

    /// Agents of deregistered instances wait for an hour: their operator starts them anew, by which they register again.
    pub(super) fn agents_of_deregistered_begin_anew(&mut self) {
        for host in 0..self.hosts.len() {
            if self.is_deregistered(host) {
                self.agent_dies(host);
                self.later(Millis(100), Msg::AgentBegins { host });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        host::Host,
        world::{BEGIN, Faults, Msg, Origin, Setting, World, user::Asked},
    };
    use domain::{
        instance::ContainerInstance, record::Record, status::InstanceStatus, time::Millis,
    };
    use planner::rules::Rules;
    use serde_json::json;

    #[test]
    fn an_instance_that_is_deregistered_just_after_the_last_fault_comes_back() {
        let until = BEGIN + Millis::from_s(60);
        let mut world = World::new(Setting {
            seed: 1,
            lines: 0,
            with_journal: false,
            mutant: None,
            rules: Rules::default(),
            faults: Faults { until, ..Faults::none() },
        });
        world.plane_begins();
        world.found();
        world.hosts.push(Host::new(0, "us-east-1a", 1024, 1024));
        world.later(Millis(1), Msg::AgentBegins { host: 0 });
        world.user.pace_ms = 1_000;
        world.run_until(BEGIN + Millis::from_s(30)).expect("all laws hold");
        world.must("RunTask", &json!({"taskDefinition": "web"}));
        world.run_until(until).expect("all laws hold");

        let instance = world.hosts[0].disk.arn.clone().expect("it registered");
        let request = json!({"containerInstance": instance, "force": true});
        let before = world.truth.revision();
        world.call(Origin::User(Asked::Nothing), None, "DeregisterContainerInstance", &request);
        world.heal();

        assert_eq!(world.come_to_rest(), Ok(()));
        let mut changes = world.truth.since(before).flat_map(|commit| &commit.batch.changes);
        assert!(changes.any(|change| {
            let is_instance = change.key.table() == Some(ContainerInstance::TABLE);
            let after = || change.after::<ContainerInstance>().expect("readable");
            is_instance && after().is_some_and(|it| it.status == InstanceStatus::Inactive)
        }));
        // Its agent waits for an hour by itself.
        assert!(world.is_linked(0) && !world.is_deregistered(0));
    }
}
