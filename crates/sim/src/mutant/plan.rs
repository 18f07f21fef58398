//! Bugs in what control planes want.

use super::Mutant;
use domain::{key::Prefix, record::Record, service::Service};
use planner::plan::{Action, Plan, ServiceStep};
use store::Snapshot;

impl Mutant {
    /// Changes what a plan wants.
    pub(crate) fn of_plan(self, plan: &mut Plan, snapshot: &Snapshot) {
        match self {
            Self::DeadHostsAreNotNoticed => {
                plan.actions.retain(|action| !matches!(action, Action::Lose { .. }));
            }
            Self::PlansRepeatThemselves => plan.actions.extend(plan.actions.clone()),
            Self::RoundsNeverRest => {
                let is_step = |action: &Action| matches!(action, Action::Serve(_));
                if !plan.actions.iter().any(is_step) {
                    plan.actions.extend(idle_step(snapshot));
                }
            }
            Self::TalliesAreForgotten => {
                for action in &mut plan.actions {
                    if let Action::Serve(step) = action {
                        step.tallied.clear();
                    }
                }
            }
            _ => {}
        }
    }
}

/// A step that writes what is there.
fn idle_step(snapshot: &Snapshot) -> Option<Action> {
    let is_service = |entry: &&store::Entry| entry.key().table() == Some(Service::TABLE);
    let entry = snapshot.entries(&Prefix::everything()).find(is_service)?;
    let found = entry.read::<Service>().ok()?;
    let step = ServiceStep {
        service: found.key.clone(),
        seen: found.modified,
        after: Service { is_rebalancing: !found.is_rebalancing, ..(*found.record).clone() },
        launches: Vec::new(),
        stops: Vec::new(),
        tallied: Vec::new(),
        stories: Vec::new(),
        digests: Vec::new(),
        events: Vec::new(),
        why: "nothing".into(),
    };
    Some(Action::Serve(Box::new(step)))
}

/// What an action launches, launched once more.
pub(crate) fn launched_again(action: &Action, snapshot: &Snapshot) -> Option<Action> {
    let Action::Serve(step) = action else { return None };
    if step.launches.is_empty() {
        return None;
    }
    let now = snapshot.get::<Service>(&step.service).ok()??;
    let again = ServiceStep {
        seen: now.modified,
        after: (*now.record).clone(),
        stops: Vec::new(),
        tallied: Vec::new(),
        stories: Vec::new(),
        digests: Vec::new(),
        events: Vec::new(),
        ..(**step).clone()
    };
    Some(Action::Serve(Box::new(again)))
}
