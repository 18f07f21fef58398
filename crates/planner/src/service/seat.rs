//! Tasks that wait for an instance get one when there is room. None of them is of Fargate: its tasks are made where there is room, or not.
//!
//! Cost: looked at only when something in their cluster changed that may make room; of tasks that want the same, one is asked for all
//! once none fits.

use super::{
    decide::Around,
    known::{Kind, Services, templates, wants},
    launch::pool,
    step::{Mould, number},
};
use crate::{
    floor::{Ask, Draft},
    plan::{ACTIONS_MAX, Action},
};
use domain::{definition::TaskDefinition, id::DeploymentId, key::Key, task::Task};
use placement::wants::Wants;
use std::{collections::BTreeSet, sync::Arc};

/// Seats what waits in the `stirred` clusters, the oldest first. Answers the clusters to be looked at again.
pub(crate) fn seat_all(
    around: &Around<'_>,
    services: &Services,
    draft: &mut Draft<'_>,
    stirred: &BTreeSet<Key>,
    actions: &mut Vec<Action>,
) -> BTreeSet<Key> {
    let mut again = BTreeSet::new();
    for cluster in stirred {
        let Some(waiting) = around.waiting.get(cluster) else { continue };
        let mut full: BTreeSet<String> = BTreeSet::new();
        for (_, key) in waiting {
            if actions.len() >= ACTIONS_MAX {
                again.insert(cluster.clone());
                break;
            }
            let Some(known) = around.tasks.get(key) else { continue };
            let Some(task) = known.waiting.as_deref() else { continue };
            if seat(around, services, draft, (cluster, key, task), &mut full, actions) {
                again.insert(cluster.clone());
            }
        }
    }
    again
}

fn seat(
    around: &Around<'_>,
    services: &Services,
    draft: &mut Draft<'_>,
    (cluster, key, task): (&Key, &Key, &Task),
    full: &mut BTreeSet<String>,
    actions: &mut Vec<Action>,
) -> bool {
    let Some(wants) = wants_of(around, services, key, task) else { return false };
    let provider = task.capacity_provider.as_deref();
    let kind = format!("{} {provider:?} {}", wants.signature(), task.group);
    if full.contains(&kind) {
        return false;
    }
    let provider = match provider.map(|it| around.provider(key, it)) {
        // A provider that is not there has no instances.
        Some(None) => return false,
        Some(Some(provider)) => Some(provider),
        None => None,
    };
    let pool = pool(Some(task.launch_type), provider, None);
    let ask = Ask { cluster, wants: &wants, group: &task.group, pool };
    let seed = task
        .id
        .as_str()
        .bytes()
        .fold(7, |seed: u64, byte| seed.wrapping_mul(31).wrapping_add(u64::from(byte)));
    let Some(place) = draft.place(&ask, 1, seed).places.pop() else {
        full.insert(kind);
        return false;
    };
    let why = "there is room for it now".to_owned();
    actions.push(Action::Seat { task: key.clone(), place, why });
    true
}

/// What a task wants of its instance.
fn wants_of(
    around: &Around<'_>,
    services: &Services,
    key: &Key,
    task: &Task,
) -> Option<Arc<Wants>> {
    if let Some(owner) = task.owner() {
        let known = services.known.get(&services.key_of(key, task)?)?;
        let id = DeploymentId::parse(owner.deployment).ok()?;
        if let Some(mould) = known.moulds.get(&number(&id)) {
            return Some(Arc::clone(&mould.wants));
        }
        // One that was not decided since this process began has no moulds yet.
        let (_, service) = known.record.as_ref()?;
        let (_, template) = templates(service).find(|(of, _)| **of == id)?;
        return Some(Mould::of(definition_of(around, key)?, service, template).wants);
    }
    let definition = definition_of(around, key)?;
    let seeks = task.seeks.as_deref();
    let (constraints, strategies) = seeks
        .map_or((&[][..], &[][..]), |it| (it.constraints.as_slice(), it.strategies.as_slice()));
    let asked = (&task.overrides, task.enable_execute_command, Kind::OnInstances);
    let wants = wants(definition, asked, constraints, strategies);
    Some(Arc::new(wants.in_network(seeks.and_then(|it| it.network.as_ref()))))
}

fn definition_of<'a>(around: &Around<'a>, task: &Key) -> Option<&'a TaskDefinition> {
    let known = around.tasks.get(task)?;
    around.definitions.get(&known.definition)?.record.as_deref()
}
