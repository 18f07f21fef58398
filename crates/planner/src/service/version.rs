//! Version consistency: what the first task of a revision found its images to be is what all later ones run (spec/services.md §4).
//!
//! Not here: that a container opted out, which is told by the [`Mould`](super::step::Mould); putting digests into tasks (`control`).

use super::{
    known::templates,
    step::{Facts, Step, number},
};
use domain::id::DeploymentId;
use std::collections::BTreeMap;

/// Takes down what first tasks told of images that are not known.
pub(crate) fn resolve(facts: &Facts<'_>, step: &mut Step) {
    let ids: Vec<DeploymentId> = templates(&step.after).map(|(id, _)| id.clone()).collect();
    for id in ids {
        let number = number(&id);
        let Some(unresolved) = facts.unresolved.get(&number) else { continue };
        let Some((_, _, found)) = &facts.roster.squad(number).digests else { continue };
        let Some(mould) = facts.moulds.get(&number) else { continue };
        let told = found.iter().filter(|(container, _)| {
            unresolved.contains(*container) && mould.consistent.contains(*container)
        });
        let told: BTreeMap<String, String> =
            told.map(|(container, digest)| (container.clone(), digest.clone())).collect();
        if !told.is_empty() {
            step.digests.push((id, told));
            step.because("the first task told which images it runs");
        }
    }
}
