//! Task definitions: registering, looking up, listing and taking out of use.
//!
//! ```text
//! RegisterTaskDefinition ─▶ read ─▶ check ─▶ compatibility, attributes ─▶ ACTIVE ─▶ INACTIVE ─▶ DELETE_IN_PROGRESS ─▶ gone
//! ```
//! Invariant: a revision's content never changes, and no number is given twice in a family, not even after the revision is gone.
//! Not here: removing what is DELETE_IN_PROGRESS once nothing uses it any more (`planner`).

mod attributes;
mod check;
mod compatibility;
mod container;
mod list;
mod port;
mod read;
mod reference;
mod show;
mod size;
mod volume;

#[cfg(test)]
mod tests;

pub use check::check_ephemeral_storage;
pub use compatibility::is_windows;
pub use list::{list, list_families};
pub use reference::{Reference, find};
pub use show::show;
pub use size::{check_fargate_size, cpu_units, memory_mib};

use crate::{
    decide::{Ctx, Decision, View, Writes},
    ecs::{fault, tag},
    plain,
};
use domain::{
    definition::{DefinitionStatus, FamilyHead, TaskDefinition},
    id::DefinitionRevision,
};
use store::{Expect, Found};
use wire::{Fault, Value, reply, tables::ecs, view};

/// ECS's own limit on a registered definition, as JSON.
const BYTES_MAX: usize = 64 * 1024;

/// ECS's own quota; deregistered revisions count.
const REVISIONS_MAX: u32 = 1_000_000;

/// ECS's own limit; DeleteTaskDefinitions refuses more.
const DELETES_PER_CALL_MAX: usize = 10;

view! {
    Deregister : ecs::DEREGISTER_TASK_DEFINITION_REQUEST {
        definition: &'a str = "taskDefinition",
    }
    Delete : ecs::DELETE_TASK_DEFINITIONS_REQUEST {
        definitions: Vec<&'a str> = "taskDefinitions",
    }
    Describe : ecs::DESCRIBE_TASK_DEFINITION_REQUEST {
        definition: &'a str = "taskDefinition",
        include: Vec<&'a str> = "include",
    }
}

/// Registers the next revision of a family.
pub fn register(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let length = plain::to_json(request).to_string().len();
    if length > BYTES_MAX {
        let message =
            format!("Actual length: '{length}'. Max allowed length is '{BYTES_MAX}' bytes.");
        return Err(fault::client(message));
    }
    let mut definition = read::read(request, ctx)?;
    check::check(&definition)?;
    definition.compatibilities = compatibility::of(&definition);
    definition.requires_attributes = attributes::required(&definition);

    let head_key = FamilyHead::key(&ctx.scope, &definition.family);
    let head = view.get::<FamilyHead>(&head_key)?;
    let latest = head.as_ref().map_or(0, |head| head.latest.0);
    if latest >= REVISIONS_MAX {
        let message = format!(
            "Family `{}` has used up all of its {REVISIONS_MAX} revisions.",
            definition.family
        );
        return Err(fault::client(message));
    }
    definition.revision = DefinitionRevision(latest + 1);
    let mut writes = Writes::new();
    let expect = head.map_or(Expect::Absent, |head| Expect::Revision(head.modified));
    writes.put(
        &head_key,
        expect,
        FamilyHead { family: definition.family.clone(), latest: definition.revision },
    );
    let reply = reply!(ecs::REGISTER_TASK_DEFINITION_RESPONSE {
        "taskDefinition": show(&ctx.scope, &definition),
        "tags": tag::show(&definition.tags),
    });
    let key = TaskDefinition::key(&ctx.scope, &definition.family, definition.revision);
    writes.put(&key, Expect::Absent, definition);
    Ok((reply, writes))
}

/// Makes a revision INACTIVE: it starts nothing new, but what uses it goes on.
pub fn deregister(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = Deregister::from(request);
    let unknown = || fault::client("The specified task definition does not exist.");
    let reference = Reference::parse(ctx, request.definition)?.ok_or_else(unknown)?;
    if reference.revision.is_none() {
        return Err(fault::client("Revision is missing."));
    }
    let found = reference.find(view, ctx)?.ok_or_else(unknown)?;
    let mut definition = TaskDefinition::clone(&found.record);
    let mut writes = Writes::new();
    if definition.status == DefinitionStatus::Active {
        definition.status = DefinitionStatus::Inactive;
        definition.deregistered_at = Some(ctx.now);
        writes.put(&found.key, Expect::Revision(found.modified), definition.clone());
    }
    let shown = show(&ctx.scope, &definition);
    Ok((reply!(ecs::DEREGISTER_TASK_DEFINITION_RESPONSE { "taskDefinition": shown }), writes))
}

/// Asks for INACTIVE revisions to go as soon as nothing uses them.
pub fn delete(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = Delete::from(request);
    let asked = &request.definitions;
    if asked.is_empty() || asked.len() > DELETES_PER_CALL_MAX {
        let message = format!("Task definitions must have 1 to {DELETES_PER_CALL_MAX} elements.");
        return Err(fault::invalid_parameter(message));
    }
    let (mut deleted, mut failures, mut writes) = (Vec::new(), Vec::new(), Writes::new());
    for identifier in asked {
        match deletable(view, ctx, identifier)? {
            Err(failure) => failures.push(failure),
            Ok(found) => {
                let mut definition = TaskDefinition::clone(&found.record);
                if definition.status != DefinitionStatus::DeleteInProgress {
                    definition.status = DefinitionStatus::DeleteInProgress;
                    definition.delete_requested_at = Some(ctx.now);
                    writes.put(&found.key, Expect::Revision(found.modified), definition.clone());
                }
                deleted.push(show(&ctx.scope, &definition));
            }
        }
    }
    let reply = reply!(ecs::DELETE_TASK_DEFINITIONS_RESPONSE { "taskDefinitions": deleted, "failures": failures });
    Ok((reply, writes))
}

/// The definition to delete, or the failure to answer for it.
fn deletable(
    view: &View,
    ctx: &Ctx,
    identifier: &str,
) -> Result<Result<Found<TaskDefinition>, Value>, Fault> {
    let Some(reference) = Reference::parse(ctx, identifier)? else {
        return Ok(Err(fault::missing(identifier)));
    };
    let Some(revision) = reference.revision else {
        return Err(fault::client("Revision is missing."));
    };
    let arn = domain::arn::definition(&ctx.scope, &reference.family, revision);
    Ok(match reference.find(view, ctx)? {
        None => Err(fault::missing(&arn)),
        Some(found) if found.status == DefinitionStatus::Active => {
            let reason = "The specified task definition is still in ACTIVE status. Please deregister the target and try again.";
            Err(fault::failure(&arn, reason, None))
        }
        Some(found) => Ok(found),
    })
}

/// Describes one revision: the one that is named, whatever its status, or the family's highest ACTIVE one.
pub fn describe(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = Describe::from(request);
    let found = find(view, ctx, request.definition)?
        .ok_or_else(|| fault::client("Unable to describe task definition."))?;
    let tags = request.include.contains(&"TAGS").then(|| tag::show(&found.tags));
    let reply = reply!(ecs::DESCRIBE_TASK_DEFINITION_RESPONSE {
        "taskDefinition": show(&ctx.scope, &found),
        "tags": tags,
    });
    Ok((reply, Writes::new()))
}
