//! Instance profiles: the role that an instance goes by.

use crate::{
    decide::{Ctx, Decision, View, Writes, moment},
    iam::{
        entity::{
            Tagged, change, delete as delete_record, find, new_name, optional, page, show_role,
            show_tags, text,
        },
        fault,
    },
};
use domain::identity::{Entity, InstanceProfile, Role};
use store::{Expect, Found};
use wire::{Fault, Value, reply, tables::iam};

/// Makes an instance profile without a role.
pub fn create(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let name = text(request, "InstanceProfileName");
    let name = new_name::<InstanceProfile>(view, ctx, request, name)?;
    let profile = InstanceProfile { name, role: None };
    let mut writes = Writes::new();
    let key = InstanceProfile::key_of(&ctx.scope.account, &profile.name.name);
    writes.put(&key, Expect::Absent, profile.clone());
    let shown = show(view, ctx, &profile)?;
    Ok((reply!(iam::CREATE_INSTANCE_PROFILE_RESPONSE { "InstanceProfile": shown }), writes))
}

/// Answers an instance profile.
pub fn get(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = InstanceProfile::of_request(view, ctx, request)?;
    let shown = show(view, ctx, &found)?;
    let reply = reply!(iam::GET_INSTANCE_PROFILE_RESPONSE { "InstanceProfile": shown });
    Ok((reply, Writes::new()))
}

/// Lists instance profiles.
pub fn list(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let prefix = optional(request, "PathPrefix").unwrap_or("/");
    let entries = shown_where(view, ctx, |profile| profile.name.path.starts_with(prefix))?;
    Ok((Value::Map(page(request, "InstanceProfiles", entries)?), Writes::new()))
}

/// Lists the instance profiles of a role.
pub fn list_for_role(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let role = find::<Role>(view, ctx, text(request, "RoleName"))?;
    let entries = shown_where(view, ctx, |profile| profile.role.as_ref() == Some(&role.name.name))?;
    Ok((Value::Map(page(request, "InstanceProfiles", entries)?), Writes::new()))
}

fn shown_where(
    view: &View,
    ctx: &Ctx,
    is_wanted: impl Fn(&InstanceProfile) -> bool,
) -> Result<Vec<(String, Value)>, Fault> {
    let mut entries = Vec::new();
    for found in view.range::<InstanceProfile>(&InstanceProfile::all(&ctx.scope.account)) {
        let found = found?;
        if is_wanted(&found) {
            entries.push((found.key.last().to_owned(), show(view, ctx, &found)?));
        }
    }
    Ok(entries)
}

/// Deletes an instance profile without a role.
pub fn delete(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = InstanceProfile::of_request(view, ctx, request)?;
    if found.role.is_some() {
        return Err(fault::conflict(
            "Cannot delete entity, must remove roles from instance profile first.",
        ));
    }
    Ok(delete_record(&found))
}

/// Gives an instance profile its role.
pub fn add_role(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = InstanceProfile::of_request(view, ctx, request)?;
    let role = find::<Role>(view, ctx, text(request, "RoleName"))?;
    let (reply, mut writes) = change(&found, |profile| {
        if profile.role.is_some() {
            let message = "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1";
            return Err(fault::limit_exceeded(message));
        }
        profile.role = Some(role.name.name.clone());
        Ok(())
    })?;
    // So that whoever deletes the role at the same time looks again.
    writes.put(&role.key, Expect::Revision(role.modified), Role::clone(&role.record));
    Ok((reply, writes))
}

/// Takes its role from an instance profile.
pub fn remove_role(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = InstanceProfile::of_request(view, ctx, request)?;
    let role = text(request, "RoleName");
    change(&found, |profile| {
        if !profile.role.as_ref().is_some_and(|known| known.eq_ignore_ascii_case(role)) {
            return Err(fault::no_such::<Role>(role));
        }
        profile.role = None;
        Ok(())
    })
}

fn show(view: &View, ctx: &Ctx, profile: &InstanceProfile) -> Result<Value, Fault> {
    let role = match &profile.role {
        Some(name) => view.get::<Role>(&Role::key_of(&ctx.scope.account, name))?,
        None => None,
    };
    let roles = role.iter().map(|role| show_role(ctx, role, false)).collect::<Value>();
    Ok(reply!(iam::INSTANCE_PROFILE {
        "Path": &profile.name.path,
        "InstanceProfileName": &profile.name.name,
        "InstanceProfileId": &profile.name.id,
        "Arn": profile.arn(&ctx.scope.account),
        "CreateDate": moment(profile.name.created_at),
        "Roles": roles,
        "Tags": show_tags(&profile.name.tags),
    }))
}

impl Tagged for InstanceProfile {
    fn of_request(view: &View, ctx: &Ctx, request: &Value) -> Result<Found<Self>, Fault> {
        find(view, ctx, text(request, "InstanceProfileName"))
    }
}
