//! Planted bugs: what the laws are tested with. A mutant changes what a part is given or returns at a seam of the world; a law that
//! kills none says nothing.
//!
//! `records.rs` changes what planes see and what is written, `plan.rs` what planes want. What happens on hosts is changed where it
//! happens (`world/agent.rs`). Bugs that no seam shows are patches in `crates/sim/mutants/`, which `cargo xtask sim --mutants` applies to
//! a checkout of its own one by one.

mod plan;
mod records;

pub(crate) use plan::launched_again;

macro_rules! mutants {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal by $law:literal),+ $(,)?) => {
        /// A planted bug.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Mutant { $($(#[doc = $doc])+ $variant),+ }

        impl Mutant {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// What it is called on the command line.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// The law that must notice it.
            pub const fn law(self) -> &'static str {
                match self { $(Self::$variant => $law),+ }
            }
        }
    };
}

mutants! {
    /// A report sets the task's status, whatever it was.
    LateReportsWin = "late-reports-win" by "a ledger is the sum of its tasks",
    /// Stopped tasks are wanted again.
    StopsAreTakenBack = "stops-are-taken-back" by "a status never goes back",
    /// Why a task ended is told anew when its end is tallied.
    EndsAreRetold = "ends-are-retold" by "what is STOPPED stays as it ended",
    /// A report moves its task to another instance.
    ReportsMoveTasks = "reports-move-tasks" by "a task stays where it was put and holds what it was given",
    /// Stopped tasks are forgotten after ten seconds.
    TasksAreForgottenEarly = "tasks-are-forgotten-early" by "a task is kept until it was STOPPED for long enough",
    /// Stopped tasks of services are forgotten at once, tallied or not.
    TalliesAreNotAwaited = "tallies-are-not-awaited" by "a task is not forgotten before it is tallied",
    /// Tasks are not marked as tallied.
    TalliesAreForgotten = "tallies-are-forgotten" by "rounds come to an end when nothing else happens",
    /// Client tokens are not written down.
    TokensAreForgotten = "tokens-are-forgotten" by "one client token has one effect",
    /// The scheduler does not see that tasks are protected.
    ProtectionIsIgnored = "protection-is-ignored" by "a protected task is not stopped by scale-in or deployment",
    /// The scheduler sees services without a minimum.
    MinimumIsIgnored = "minimum-is-ignored" by "no round takes healthy capacity below the minimum",
    /// The scheduler sees services without a maximum.
    MaximumIsIgnored = "maximum-is-ignored" by "a service never has more tasks than the maximum",
    /// No task is lost with its host.
    DeadHostsAreNotNoticed = "dead-hosts-are-not-noticed" by "after the last fault everything becomes steady",
    /// RunTask does not see which ports are taken.
    PortsLookFree = "ports-look-free" by "no two tasks share a host port",
    /// RunTask sees instances four times as large as they are.
    InstancesLookBigger = "instances-look-bigger" by "reservations never exceed an instance",
    /// What a task holds is not given back.
    LedgerIsNotReleased = "ledger-is-not-released" by "a ledger is the sum of its tasks",
    /// An assignment stays when its task ends.
    AssignmentStays = "assignment-stays" by "exactly the tasks that are not STOPPED are assigned, as they are desired",
    /// The index of a service's tasks is not written.
    IndexIsForgotten = "index-is-forgotten" by "a service's index names its tasks",
    /// Commits do not look whether what they were decided on is still so.
    NothingIsExpected = "nothing-is-expected" by "a ledger is the sum of its tasks",
    /// The API describes an older state than the one that it answered from.
    ReadsAreStale = "reads-are-stale" by "what was answered is seen",
    /// Replies have a member that the model does not have.
    RepliesAreOdd = "replies-are-odd" by "every reply is what the model says",
    /// Numbers of events are skipped.
    EventsAreSkipped = "events-are-skipped" by "events are numbered without gaps, and the newest 100 are kept",
    /// A deployment that was rolled back comes back.
    RollbacksAreUndone = "rollbacks-are-undone" by "a deployment that failed or was rolled back never rolls forward by itself",
    /// A service deployment that is over begins again.
    StoriesBeginAgain = "stories-begin-again" by "a service deployment that is over stays so",
    /// A service deployment that another one supersedes goes on.
    SupersededGoesOn = "superseded-goes-on" by "a service has at most one deployment under way",
    /// A service that drains is ACTIVE again.
    DrainingIsTakenBack = "draining-is-taken-back" by "a service goes from ACTIVE by DRAINING to INACTIVE",
    /// What is launched is launched again.
    LaunchesTwice = "launches-twice" by "a daemon is at most once on an instance",
    /// A plan says everything twice.
    PlansRepeatThemselves = "plans-repeat-themselves" by "a plan says everything once",
    /// Every round writes something.
    RoundsNeverRest = "rounds-never-rest" by "rounds come to an end when nothing else happens",
    /// A process is started on another host as well.
    StartsEverywhere = "starts-everywhere" by "a task runs at most once",
    /// A process is started on another host instead.
    StartsNextDoor = "starts-next-door" by "a task runs where it was put",
    /// Agents say that they stop and remove, and do not.
    AgentsNeverRemove = "agents-never-remove" by "nothing runs on for longer than one exchange",
    /// Agents do not hear which stops were verified.
    StopsAreNotVerified = "stops-are-not-verified" by "nothing runs on for longer than one exchange",
    /// Agents take processes for dead now and then.
    AgentsLoseSight = "agents-lose-sight" by "what is steady stays so",
    /// Agents pull by tag though they were told the digest.
    DigestsAreIgnored = "digests-are-ignored" by "all tasks of a revision run the same images",
    /// A revision's digests change when its service takes a step.
    DigestsChange = "digests-change" by "what a revision resolved stays",
    /// Who takes an address does not see that it is taken.
    AddressesLookFree = "addresses-look-free" by "an address is given out when it is free",
    /// An interface has the address of another one.
    AddressesAreShared = "addresses-are-shared" by "an address is in one interface",
    /// An address stays given out when its task ends.
    AddressesStay = "addresses-stay" by "an interface and its address are there as long as their task has a place",
    /// Tasks are sent before the maps that their interfaces are in.
    MapsComeLate = "maps-come-late" by "a host hears of an interface before the task that has it",
    /// Sessions do not hear that networks change.
    BellIsNotHeard = "bell-is-not-heard" by "hosts know of their VPCs what the records say",
    /// A part panics.
    SomethingPanics = "something-panics" by "no part panics",
    /// Chance that does not come from the seed.
    ChanceIsReal = "chance-is-real" by "the same seed is the same run",
}

impl Mutant {
    /// By its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|mutant| mutant.name() == name)
    }
}
