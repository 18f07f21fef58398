//! What every kind of thing in IAM needs: finding by name, making a name, pages, tags.

use crate::{
    decide::{Ctx, Decision, View, Writes, moment},
    iam::fault,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    iam::unique_id,
    identity::{Entity, Grants, Name, Role, User},
    tag::Tag,
};
use policy::evaluate::fold;
use std::collections::BTreeSet;
use store::{Expect, Found};
use wire::{Fault, Members, Value, reply, tables::iam};

/// IAM's own limit on the tags of an entity.
const TAGS_MAX: usize = 50;

/// IAM's own number of entries in a page, and the most that may be asked for.
const PAGE_ENTRIES: i64 = 100;
const PAGE_ENTRIES_MAX: i64 = 1000;

/// The entity called `name`.
///
/// # Errors
/// `NoSuchEntityException`.
pub fn find<E: Entity>(view: &View, ctx: &Ctx, name: &str) -> Result<Found<E>, Fault> {
    let found = view.get::<E>(&E::key_of(&ctx.scope.account, name))?;
    found.ok_or_else(|| fault::no_such::<E>(name))
}

/// The text of a member that the model requires.
pub fn text<'a>(request: &'a Value, member: &str) -> &'a str {
    request.get(member).and_then(Value::as_str).expect("the model requires it")
}

/// The text of a member that may be absent.
pub fn optional<'a>(request: &'a Value, member: &str) -> Option<&'a str> {
    request.get(member).and_then(Value::as_str)
}

/// A name for a new entity, from the request's `Path` and `Tags`.
///
/// # Errors
/// `EntityAlreadyExistsException`, or what is wrong with the tags.
pub fn new_name<E: Entity>(
    view: &View,
    ctx: &Ctx,
    request: &Value,
    name: &str,
) -> Result<Name, Fault> {
    if view.get::<E>(&E::key_of(&ctx.scope.account, name))?.is_some() {
        let kind = match E::KIND {
            "policy" => {
                return Err(fault::already_exists(format!(
                    "A policy called {name} already exists. Duplicate names are not allowed."
                )));
            }
            "instance-profile" => "Instance Profile",
            "user" => "User",
            _ => "Role",
        };
        return Err(fault::already_exists(format!("{kind} with name {name} already exists.")));
    }
    Ok(Name {
        name: name.to_owned(),
        path: optional(request, "Path").unwrap_or("/").to_owned(),
        id: unique_id(E::ID_PREFIX, &ctx.ids.array::<17>(E::ID_PREFIX)),
        created_at: ctx.now,
        tags: read_tags(request.get("Tags").and_then(Value::as_list).unwrap_or_default())?,
    })
}

/// The tags of a request.
///
/// # Errors
/// `InvalidInputException`.
pub fn read_tags(tags: &[Value]) -> Result<Vec<Tag>, Fault> {
    let tags: Vec<Tag> = tags
        .iter()
        .map(|tag| Tag { key: text(tag, "Key").to_owned(), value: text(tag, "Value").to_owned() })
        .collect();
    if tags.len() > TAGS_MAX {
        let message = format!("An entity can have at most {TAGS_MAX} tags.");
        return Err(fault::limit_exceeded(message));
    }
    let mut keys = BTreeSet::new();
    for tag in &tags {
        if tag.key.to_ascii_lowercase().starts_with("aws:") {
            let message = "Tag keys that begin with `aws:` are reserved for AWS.";
            return Err(fault::invalid_input(message));
        }
        if !keys.insert(fold(&tag.key)) {
            let message =
                "Duplicate tag keys found. Please note that Tag keys are case insensitive.";
            return Err(fault::invalid_input(message));
        }
    }
    Ok(tags)
}

/// Tags as replies list them; absent where there are none.
pub fn show_tags(tags: &[Tag]) -> Option<Value> {
    let shown = tags.iter().map(|tag| reply!(iam::TAG { "Key": &tag.key, "Value": &tag.value }));
    (!tags.is_empty()).then(|| shown.collect())
}

/// The boundary as replies show it; absent where there is none.
pub fn show_boundary(grants: &Grants) -> Option<Value> {
    grants.boundary.as_ref().map(|arn| {
        reply!(iam::ATTACHED_PERMISSIONS_BOUNDARY {
            "PermissionsBoundaryType": "Policy",
            "PermissionsBoundaryArn": arn,
        })
    })
}

/// A user as replies show it.
pub fn show_user(ctx: &Ctx, user: &User) -> Value {
    reply!(iam::USER {
        "Path": &user.name.path,
        "UserName": &user.name.name,
        "UserId": &user.name.id,
        "Arn": user.arn(&ctx.scope.account),
        "CreateDate": moment(user.name.created_at),
        "PermissionsBoundary": show_boundary(&user.grants),
        "Tags": show_tags(&user.name.tags),
    })
}

/// A role as replies show it. Lists leave out boundary and tags.
pub fn show_role(ctx: &Ctx, role: &Role, is_whole: bool) -> Value {
    reply!(iam::ROLE {
        "Path": &role.name.path,
        "RoleName": &role.name.name,
        "RoleId": &role.name.id,
        "Arn": role.arn(&ctx.scope.account),
        "CreateDate": moment(role.name.created_at),
        "AssumeRolePolicyDocument": encoded(&role.trust),
        "Description": role.description.as_deref(),
        "MaxSessionDuration": role.session_max_s,
        "PermissionsBoundary": show_boundary(&role.grants).filter(|_| is_whole),
        "Tags": show_tags(&role.name.tags).filter(|_| is_whole),
    })
}

/// A document as IAM puts it into replies: every byte that is not unreserved in a URI by its number (RFC 3986).
pub fn encoded(document: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    document.bytes().fold(String::with_capacity(document.len() * 2), |mut text, byte| {
        if is_plain(byte) {
            text.push(char::from(byte));
        } else {
            const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
            text.push('%');
            text.push(char::from(DIGITS[usize::from(byte >> 4)]));
            text.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
        text
    })
}

/// The page of `entries` that `Marker` and `MaxItems` ask for, below `member`. Entries come in the order of their positions.
///
/// # Errors
/// `InvalidInputException`, if the marker is none of ours.
pub fn page(
    request: &Value,
    member: &'static str,
    entries: impl IntoIterator<Item = (String, Value)>,
) -> Result<Members, Fault> {
    let (page, mut members) = cut(request, entries)?;
    members.put(member, Value::List(page));
    Ok(members)
}

/// The entries of a page, and a reply that says nothing yet but whether more follow.
///
/// # Errors
/// As [`page`].
pub fn cut<T>(
    request: &Value,
    entries: impl IntoIterator<Item = (String, T)>,
) -> Result<(Vec<T>, Members), Fault> {
    let limit = request.get("MaxItems").and_then(Value::as_i64).unwrap_or(PAGE_ENTRIES);
    let limit = usize::try_from(limit.clamp(1, PAGE_ENTRIES_MAX)).expect("a positive number");
    let after = match optional(request, "Marker") {
        None => None,
        Some(marker) => {
            let bytes = URL_SAFE_NO_PAD.decode(marker).ok();
            let position = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
            Some(
                position
                    .ok_or_else(|| fault::invalid_input(format!("Invalid Marker: {marker}")))?,
            )
        }
    };
    let mut left = entries
        .into_iter()
        .filter(|(position, _)| after.as_ref().is_none_or(|after| position > after));
    let page: Vec<(String, T)> = left.by_ref().take(limit).collect();
    let is_truncated = left.next().is_some();
    let mut members = Members::new();
    if let Some((last, _)) = page.last().filter(|_| is_truncated) {
        members.put("Marker", URL_SAFE_NO_PAD.encode(last));
    }
    members.put("IsTruncated", is_truncated);
    Ok((page.into_iter().map(|(_, entry)| entry).collect(), members))
}

/// The entities of a kind below the request's `PathPrefix`, by name.
///
/// # Errors
/// A fault of the service, if a record cannot be read.
pub fn listed<E: Entity>(
    view: &View,
    ctx: &Ctx,
    request: &Value,
    show: impl Fn(&E) -> Value,
) -> Result<Vec<(String, Value)>, Fault> {
    let prefix = optional(request, "PathPrefix").unwrap_or("/");
    let all = view.range::<E>(&E::all(&ctx.scope.account));
    let below = all
        .filter(|found| found.as_ref().map_or(true, |found| found.name().path.starts_with(prefix)));
    below.map(|found| found.map(|it| (it.key.last().to_owned(), show(&it)))).collect()
}

/// How the request names the entity whose tags it is about.
pub trait Tagged: Entity {
    /// The entity of a request.
    ///
    /// # Errors
    /// `NoSuchEntityException`.
    fn of_request(view: &View, ctx: &Ctx, request: &Value) -> Result<Found<Self>, Fault>;
}

/// Puts tags on an entity.
pub fn tag<E: Tagged>(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = E::of_request(view, ctx, request)?;
    let more = read_tags(request.get("Tags").and_then(Value::as_list).unwrap_or_default())?;
    change(&found, |entity| {
        let tags = &mut entity.name_mut().tags;
        tags.retain(|tag| !more.iter().any(|new| fold(&new.key) == fold(&tag.key)));
        tags.extend(more);
        if tags.len() > TAGS_MAX {
            let message = format!("An entity can have at most {TAGS_MAX} tags.");
            return Err(fault::limit_exceeded(message));
        }
        Ok(())
    })
}

/// Takes tags from an entity; keys that it does not have are no mistake.
pub fn untag<E: Tagged>(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = E::of_request(view, ctx, request)?;
    let keys = request.get("TagKeys").and_then(Value::as_list).unwrap_or_default();
    let keys: Vec<&str> = keys.iter().filter_map(Value::as_str).collect();
    change(&found, |entity| {
        entity.name_mut().tags.retain(|tag| !keys.iter().any(|key| fold(&tag.key) == fold(key)));
        Ok(())
    })
}

/// Lists the tags of an entity.
pub fn list_tags<E: Tagged>(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = E::of_request(view, ctx, request)?;
    let tags =
        found.name().tags.iter().map(|tag| {
            (tag.key.clone(), reply!(iam::TAG { "Key": &tag.key, "Value": &tag.value }))
        });
    let mut tags: Vec<_> = tags.collect();
    tags.sort_by(|left, right| left.0.cmp(&right.0));
    Ok((Value::Map(page(request, "Tags", tags)?), Writes::new()))
}

/// Changes a record at the revision it was read at, and answers nothing.
///
/// # Errors
/// Those of `with`.
pub fn change<E: Entity>(
    found: &Found<E>,
    with: impl FnOnce(&mut E) -> Result<(), Fault>,
) -> Decision {
    let mut entity = E::clone(&found.record);
    with(&mut entity)?;
    let mut writes = Writes::new();
    writes.put(&found.key, Expect::Revision(found.modified), entity);
    Ok((Value::Map(Members::new()), writes))
}

/// Deletes a record at the revision it was read at, and answers nothing.
pub fn delete<E: Entity>(found: &Found<E>) -> (Value, Writes) {
    let mut writes = Writes::new();
    writes.delete(&found.key, Expect::Revision(found.modified));
    (Value::Map(Members::new()), writes)
}
