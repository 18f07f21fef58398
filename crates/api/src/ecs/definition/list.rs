//! Lists of task definitions and of families.
//!
//! Both go by family as its text orders, then by revision as a number. Positions in pages are `family:revision`, with the revision padded.

use crate::{
    decide::{Ctx, Decision, View, Writes},
    page::{HUNDRED, Page},
};
use domain::{
    arn,
    definition::{DefinitionStatus, FamilyHead, TaskDefinition},
    id::Family,
    key::Prefix,
};
use store::Found;
use wire::{Fault, Value, reply, tables::ecs, view};

view! {
    ListTaskDefinitions : ecs::LIST_TASK_DEFINITIONS_REQUEST {
        family: Option<&'a str> = "familyPrefix",
        status: Option<&'a str> = "status",
        sort: Option<&'a str> = "sort",
    }
    ListTaskDefinitionFamilies : ecs::LIST_TASK_DEFINITION_FAMILIES_REQUEST {
        prefix: Option<&'a str> = "familyPrefix",
        status: Option<&'a str> = "status",
    }
}

/// Lists ARNs of revisions of one status; `familyPrefix` is a whole family's name.
pub fn list(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let page = Page::of("ListTaskDefinitions", &ctx.scope, request, &HUNDRED)?;
    let request = ListTaskDefinitions::from(request);
    let status =
        request.status.and_then(DefinitionStatus::parse).unwrap_or(DefinitionStatus::Active);
    let is_descending = request.sort == Some("DESC");
    let mut families = Vec::new();
    match request.family {
        // A text that is no family's name is the name of no family.
        Some(name) => families.extend(Family::parse(name).ok()),
        None => {
            for head in view.range::<FamilyHead>(&Prefix::table::<FamilyHead>(&ctx.scope)) {
                families.push(head?.family.clone());
            }
        }
    }
    if is_descending {
        families.reverse();
    }
    let seen =
        page.after().and_then(|after| after.rsplit_once(':')).map(|(family, _)| family.to_owned());
    let is_ahead = move |family: &Family| {
        let seen = seen.as_deref();
        seen.is_none_or(|seen| {
            if is_descending { family.as_str() <= seen } else { family.as_str() >= seen }
        })
    };
    let revisions = families.into_iter().filter(is_ahead).flat_map(|family| {
        let mut revisions: Vec<_> =
            view.range(&TaskDefinition::revisions_of(&ctx.scope, &family)).collect();
        if is_descending {
            revisions.reverse();
        }
        revisions
    });
    let entries = revisions.filter_map(|found: Result<Found<TaskDefinition>, Fault>| match found {
        Ok(found) if found.status == status => {
            let position = format!("{}:{:010}", found.family, found.revision.0);
            Some(Ok((position, arn::definition(&ctx.scope, &found.family, found.revision))))
        }
        Ok(_) => None,
        Err(fault) => Some(Err(fault)),
    });
    let (arns, next) =
        page.cut_all(entries, if is_descending { comes_after } else { comes_before })?;
    let arns: Value = arns.into_iter().collect();
    let reply = reply!(ecs::LIST_TASK_DEFINITIONS_RESPONSE { "taskDefinitionArns": arns, "nextToken": next });
    Ok((reply, Writes::new()))
}

/// Families first: `web` comes before `web-x`, although `:` comes after `-`.
fn comes_before(earlier: &str, later: &str) -> bool {
    earlier.rsplit_once(':') < later.rsplit_once(':')
}

fn comes_after(earlier: &str, later: &str) -> bool {
    comes_before(later, earlier)
}

/// Lists families that begin with a text: those with an ACTIVE revision, those with none, or both.
pub fn list_families(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let page = Page::of("ListTaskDefinitionFamilies", &ctx.scope, request, &HUNDRED)?;
    let request = ListTaskDefinitionFamilies::from(request);
    let prefix = request.prefix.unwrap_or_default();
    let wanted = match request.status {
        Some("ACTIVE") => Some(true),
        Some("INACTIVE") => Some(false),
        _ => None,
    };
    let heads = view.range::<FamilyHead>(&Prefix::table::<FamilyHead>(&ctx.scope));
    let named = heads
        .filter(|head| head.as_ref().map_or(true, |head| head.family.as_str().starts_with(prefix)));
    let is_seen = |family: &Family| page.after().is_some_and(|after| family.as_str() <= after);
    let entries = named.filter_map(|head| {
        let family = match head {
            Ok(head) => head.family.clone(),
            Err(fault) => return Some(Err(fault)),
        };
        if is_seen(&family) {
            return None;
        }
        match is_active(view, ctx, &family) {
            Ok(Some(is_active)) if wanted.is_none_or(|wanted| wanted == is_active) => {
                Some(Ok((family.to_string(), family.to_string())))
            }
            Ok(_) => None,
            Err(fault) => Some(Err(fault)),
        }
    });
    let (families, next) = page.cut(entries)?;
    let families: Value = families.into_iter().collect();
    let reply = reply!(ecs::LIST_TASK_DEFINITION_FAMILIES_RESPONSE { "families": families, "nextToken": next });
    Ok((reply, Writes::new()))
}

/// Whether a family has an ACTIVE revision; `None` if it has no revision any more.
fn is_active(view: &View, ctx: &Ctx, family: &Family) -> Result<Option<bool>, Fault> {
    let mut has_any = false;
    for found in view.range::<TaskDefinition>(&TaskDefinition::revisions_of(&ctx.scope, family)) {
        has_any = true;
        if found?.status == DefinitionStatus::Active {
            return Ok(Some(true));
        }
    }
    Ok(has_any.then_some(false))
}
