//! Users and their access keys.

use crate::{
    caller::Who,
    decide::{Ctx, Decision, View, Writes, moment},
    iam::{
        entity::{
            change, delete as delete_record, find, listed, new_name, optional, page, show_user,
            text,
        },
        fault, managed,
    },
};
use domain::{
    iam::{AccessKey, AccessKeyStatus, secret, unique_id},
    identity::{Entity, Grants, User},
};
use store::{Expect, Found};
use wire::{Fault, Members, Value, reply, tables::iam};

/// IAM's own limit.
const ACCESS_KEYS_MAX: usize = 2;

/// Makes a user.
pub fn create(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let name = new_name::<User>(view, ctx, request, text(request, "UserName"))?;
    let boundary = optional(request, "PermissionsBoundary").map(str::to_owned);
    let mut writes = Writes::new();
    if let Some(arn) = &boundary {
        managed::touch(view, ctx, arn, &mut writes)?;
    }
    let grants = Grants { boundary, ..Grants::default() };
    let user = User { name, grants, access_keys: Vec::new() };
    writes.put(&User::key_of(&ctx.scope.account, &user.name.name), Expect::Absent, user.clone());
    Ok((reply!(iam::CREATE_USER_RESPONSE { "User": show_user(ctx, &user) }), writes))
}

/// Answers a user, or the caller's own.
pub fn get(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    if optional(request, "UserName").is_none() && ctx.caller.who() == Who::Root {
        let account = ctx.scope.account.as_str();
        let root = reply!(iam::USER {
            "Path": "/",
            "UserName": account,
            "UserId": account,
            "Arn": &ctx.caller.arn,
            "CreateDate": moment(domain::time::Timestamp::default()),
        });
        return Ok((reply!(iam::GET_USER_RESPONSE { "User": root }), Writes::new()));
    }
    let user = named_or_own(view, ctx, request)?;
    Ok((reply!(iam::GET_USER_RESPONSE { "User": show_user(ctx, &user) }), Writes::new()))
}

/// Lists users.
pub fn list(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let users = listed::<User>(view, ctx, request, |user| show_user(ctx, user))?;
    Ok((Value::Map(page(request, "Users", users)?), Writes::new()))
}

/// Deletes a user that has nothing left.
pub fn delete(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = find::<User>(view, ctx, text(request, "UserName"))?;
    if !found.access_keys.is_empty() {
        return Err(fault::conflict("Cannot delete entity, must delete access keys first."));
    }
    check_ungranted(&found.grants)?;
    Ok(delete_record(&found))
}

/// Refuses to delete an identity that still has policies.
///
/// # Errors
/// `DeleteConflictException`.
pub fn check_ungranted(grants: &Grants) -> Result<(), Fault> {
    if !grants.inline.is_empty() {
        return Err(fault::conflict("Cannot delete entity, must delete policies first."));
    }
    if !grants.attached.is_empty() {
        return Err(fault::conflict("Cannot delete entity, must detach all policies first."));
    }
    Ok(())
}

/// Lists the groups of a user: there are no groups.
pub fn list_groups(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    find::<User>(view, ctx, text(request, "UserName"))?;
    Ok((Value::Map(page(request, "Groups", [])?), Writes::new()))
}

/// The user that the request names, or the one that calls.
///
/// # Errors
/// `NoSuchEntityException`, or that a caller which is no user must name one.
pub fn named_or_own(view: &View, ctx: &Ctx, request: &Value) -> Result<Found<User>, Fault> {
    match (optional(request, "UserName"), ctx.caller.who()) {
        (Some(name), _) | (None, Who::User(name)) => find(view, ctx, name),
        (None, Who::Root | Who::Session { .. } | Who::Nobody) => Err(fault::invalid_input(
            "Must specify userName when calling with non-User credentials",
        )),
    }
}

/// Makes an access key. Its secret is told this once.
pub fn create_key(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = named_or_own(view, ctx, request)?;
    if found.access_keys.len() >= ACCESS_KEYS_MAX {
        return Err(fault::limit_exceeded(format!(
            "Cannot exceed quota for AccessKeysPerUser: {ACCESS_KEYS_MAX}"
        )));
    }
    let key = AccessKey {
        id: unique_id("AKIA", &ctx.ids.array::<16>("access-key")),
        secret: secret(&ctx.ids.array("secret")),
        account: ctx.scope.account.clone(),
        principal_arn: found.arn(&ctx.scope.account),
        status: AccessKeyStatus::Active,
        created_at: ctx.now,
    };
    let (_, mut writes) = change(&found, |user| {
        user.access_keys.push(key.id.clone());
        Ok(())
    })?;
    writes.put(&AccessKey::key(&key.id), Expect::Absent, key.clone());
    let shown = reply!(iam::ACCESS_KEY {
        "UserName": &found.name.name,
        "AccessKeyId": &key.id,
        "Status": key.status.as_str(),
        "SecretAccessKey": &key.secret,
        "CreateDate": moment(key.created_at),
    });
    Ok((reply!(iam::CREATE_ACCESS_KEY_RESPONSE { "AccessKey": shown }), writes))
}

/// Lists access keys, without their secrets.
pub fn list_keys(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = named_or_own(view, ctx, request)?;
    let mut keys = Vec::new();
    for id in &found.access_keys {
        if let Some(key) = view.get::<AccessKey>(&AccessKey::key(id))? {
            let shown = reply!(iam::ACCESS_KEY_METADATA {
                "UserName": &found.name.name,
                "AccessKeyId": &key.id,
                "Status": key.status.as_str(),
                "CreateDate": moment(key.created_at),
            });
            keys.push((id.clone(), shown));
        }
    }
    keys.sort_by(|left, right| left.0.cmp(&right.0));
    Ok((Value::Map(page(request, "AccessKeyMetadata", keys)?), Writes::new()))
}

/// Makes an access key Active or Inactive.
pub fn update_key(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let (_, key) = find_key(view, ctx, request)?;
    let status = AccessKeyStatus::parse(text(request, "Status"))
        .ok_or_else(|| fault::invalid_input("An access key is made Active or Inactive."))?;
    let mut writes = Writes::new();
    let after = AccessKey { status, ..AccessKey::clone(&key.record) };
    writes.put(&key.key, Expect::Revision(key.modified), after);
    Ok((Value::Map(Members::new()), writes))
}

/// Deletes an access key.
pub fn delete_key(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let (user, key) = find_key(view, ctx, request)?;
    let (reply, mut writes) = change(&user, |user| {
        user.access_keys.retain(|id| *id != key.id);
        Ok(())
    })?;
    writes.delete(&key.key, Expect::Revision(key.modified));
    Ok((reply, writes))
}

fn find_key(
    view: &View,
    ctx: &Ctx,
    request: &Value,
) -> Result<(Found<User>, Found<AccessKey>), Fault> {
    let user = named_or_own(view, ctx, request)?;
    let id = text(request, "AccessKeyId");
    let missing = || fault::no_such_thing(format!("The Access Key with id {id} cannot be found."));
    if !user.access_keys.iter().any(|known| known == id) {
        return Err(missing());
    }
    let key = view.get::<AccessKey>(&AccessKey::key(id))?.ok_or_else(missing)?;
    Ok((user, key))
}
