//! Laws about images: what a revision's first task resolved is what all later ones run (spec/services.md §4).

use crate::world::World;
use domain::{
    deployment::{RevisionImage, ServiceRevision},
    record::Record,
    task::Task,
};
use std::collections::BTreeMap;
use store::Change;

impl World {
    /// Remembers since when the digests of a revision are known.
    pub(super) fn note_digests(&mut self, change: &Change) {
        if change.key.table() != Some(ServiceRevision::TABLE) {
            return;
        }
        let Some(revision) = change.after::<ServiceRevision>().expect("readable") else { return };
        let digest = |image: &RevisionImage| Some((image.container.clone(), image.digest.clone()?));
        let digests: BTreeMap<String, String> = revision.images.iter().filter_map(digest).collect();
        if digests.is_empty() {
            return;
        }
        let known = self.laws.digests.entry(revision.id.to_string());
        let (_, known) = known.or_insert((self.now, BTreeMap::new()));
        let changes = known.iter().any(|(name, digest)| {
            revision
                .images
                .iter()
                .any(|it| it.container == *name && it.digest.as_ref() != Some(digest))
        });
        *known = digests;
        if changes {
            let what = format!("revision {}", revision.id);
            self.breaks("what a revision resolved stays", what);
        }
    }

    pub(super) fn all_tasks_of_a_revision_run_the_same_images(&mut self, task: &Task) {
        let Some(owner) = task.owner() else { return };
        let Some((since, known)) = self.laws.digests.get(owner.deployment) else { return };
        if task.created_at <= *since {
            return;
        }
        let differs = task.containers.iter().any(|container| {
            let wanted = known.get(&container.name);
            wanted.is_some()
                && container.image_digest.is_some()
                && container.image_digest.as_ref() != wanted
        });
        if differs {
            let what = format!("{} of {}", self.laws.name_of(task.id.as_str()), owner.service);
            self.breaks("all tasks of a revision run the same images", what);
        }
    }
}
