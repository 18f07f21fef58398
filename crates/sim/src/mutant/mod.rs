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
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal),+ $(,)?) => {
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
        }
    };
}

mutants! {
    /// A report sets the task's status, whatever it was.
    LateReportsWin = "late-reports-win",
    /// Stopped tasks are wanted again.
    StopsAreTakenBack = "stops-are-taken-back",
    /// Why a task ended is told anew when its end is tallied.
    EndsAreRetold = "ends-are-retold",
    /// A report moves its task to another instance.
    ReportsMoveTasks = "reports-move-tasks",
    /// Stopped tasks are forgotten after ten seconds.
    TasksAreForgottenEarly = "tasks-are-forgotten-early",
    /// Stopped tasks are forgotten after ten seconds, tallied or not.
    TalliesAreNotAwaited = "tallies-are-not-awaited",
    /// Tasks are not marked as tallied.
    TalliesAreForgotten = "tallies-are-forgotten",
    /// Client tokens are not written down.
    TokensAreForgotten = "tokens-are-forgotten",
    /// The scheduler does not see that tasks are protected.
    ProtectionIsIgnored = "protection-is-ignored",
    /// The scheduler sees services without a minimum.
    MinimumIsIgnored = "minimum-is-ignored",
    /// The scheduler sees services without a maximum.
    MaximumIsIgnored = "maximum-is-ignored",
    /// No task is lost with its host.
    DeadHostsAreNotNoticed = "dead-hosts-are-not-noticed",
    /// RunTask does not see which ports are taken.
    PortsLookFree = "ports-look-free",
    /// RunTask sees instances four times as large as they are.
    InstancesLookBigger = "instances-look-bigger",
    /// What a task holds is not given back.
    LedgerIsNotReleased = "ledger-is-not-released",
    /// An assignment stays when its task ends.
    AssignmentStays = "assignment-stays",
    /// The index of a service's tasks is not written.
    IndexIsForgotten = "index-is-forgotten",
    /// Commits do not look whether what they were decided on is still so.
    NothingIsExpected = "nothing-is-expected",
    /// The API describes an older state than the one that it answered from.
    ReadsAreStale = "reads-are-stale",
    /// Replies have a member that the model does not have.
    RepliesAreOdd = "replies-are-odd",
    /// Numbers of events are skipped.
    EventsAreSkipped = "events-are-skipped",
    /// A deployment that was rolled back comes back.
    RollbacksAreUndone = "rollbacks-are-undone",
    /// A service deployment that is over begins again.
    StoriesBeginAgain = "stories-begin-again",
    /// A service deployment that another one supersedes goes on.
    SupersededGoesOn = "superseded-goes-on",
    /// A service that drains is ACTIVE again.
    DrainingIsTakenBack = "draining-is-taken-back",
    /// What is launched is launched again.
    LaunchesTwice = "launches-twice",
    /// A plan says everything twice.
    PlansRepeatThemselves = "plans-repeat-themselves",
    /// Every round writes something.
    RoundsNeverRest = "rounds-never-rest",
    /// A process is started on another host as well.
    StartsEverywhere = "starts-everywhere",
    /// A process is started on another host instead.
    StartsNextDoor = "starts-next-door",
    /// Agents say that they stop and remove, and do not.
    AgentsNeverRemove = "agents-never-remove",
    /// Agents do not hear which stops were verified.
    StopsAreNotVerified = "stops-are-not-verified",
    /// Agents take processes for dead now and then.
    AgentsLoseSight = "agents-lose-sight",
    /// Agents pull by tag though they were told the digest.
    DigestsAreIgnored = "digests-are-ignored",
    /// A part panics.
    SomethingPanics = "something-panics",
    /// Chance that does not come from the seed.
    ChanceIsReal = "chance-is-real",
}

impl Mutant {
    /// By its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|mutant| mutant.name() == name)
    }
}
