//! Managed policies: those of the account, with their versions, and those of AWS that stacks for ECS attach.
//!
//! AWS's own are data (`aws-managed.json`, by the path behind `arn:aws:iam::aws:policy/`): they exist in every account, and nobody
//! changes them. Attaching one that Longshore does not know is refused by name.

use crate::{
    decide::{Ctx, Decision, View, Writes, moment},
    iam::{
        entity::{
            Tagged, change, cut, delete as delete_record, encoded, new_name, optional, page,
            show_tags, text,
        },
        fault,
        grants::Named,
    },
};
use domain::{
    id::AccountId,
    identity::{Entity, ManagedPolicy, Name, PolicyVersion, Role, User},
    time::Timestamp,
};
use policy::document::{Document, Kind};
use std::{collections::BTreeMap, sync::LazyLock};
use store::{Expect, Found};
use wire::{Fault, Value, reply, tables::iam};

/// IAM's own limits.
const VERSIONS_MAX: usize = 5;
const DOCUMENT_MAX: usize = 6144;

/// What ARNs of AWS's own policies begin with.
pub(crate) const AWS_PREFIX: &str = "arn:aws:iam::aws:policy/";

/// Documents of AWS's own policies, by path and name.
static AWS_MANAGED: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let all: BTreeMap<String, serde_json::Value> =
        serde_json::from_str(include_str!("aws-managed.json")).expect("a file of ours is JSON");
    all.into_iter().map(|(name, document)| (name, document.to_string())).collect()
});

/// A policy by its ARN.
enum Known {
    Own(Found<ManagedPolicy>),
    /// The path and name, and the document.
    Aws(&'static str, &'static str),
}

fn known(view: &View, ctx: &Ctx, arn: &str) -> Result<Known, Fault> {
    if let Some(path) = arn.strip_prefix(AWS_PREFIX) {
        let found = AWS_MANAGED.get_key_value(path);
        return match found {
            Some((path, document)) => Ok(Known::Aws(path, document)),
            None => Err(fault::no_such::<ManagedPolicy>(arn)),
        };
    }
    own(view, ctx, arn).map(Known::Own)
}

/// A policy of the account by its ARN.
fn own(view: &View, ctx: &Ctx, arn: &str) -> Result<Found<ManagedPolicy>, Fault> {
    let missing = || fault::no_such::<ManagedPolicy>(arn);
    if arn.starts_with(AWS_PREFIX) {
        return Err(fault::not_modifiable(format!("Policy {arn} is managed by AWS.")));
    }
    let name = arn.rsplit('/').next().filter(|name| !name.is_empty()).ok_or_else(missing)?;
    let account = &ctx.scope.account;
    let found = view.get::<ManagedPolicy>(&ManagedPolicy::key_of(account, name))?;
    found.filter(|found| found.arn(account) == arn).ok_or_else(missing)
}

/// Puts the policy of an ARN as it is into `writes`, so that whoever deletes it at the same time looks again. Of AWS's own, nothing.
///
/// # Errors
/// `NoSuchEntityException`.
pub fn touch(view: &View, ctx: &Ctx, arn: &str, writes: &mut Writes) -> Result<(), Fault> {
    if let Known::Own(found) = known(view, ctx, arn)? {
        let same = ManagedPolicy::clone(&found.record);
        writes.put(&found.key, Expect::Revision(found.modified), same);
    }
    Ok(())
}

/// AWS's own policies: path and name behind [`AWS_PREFIX`], and the document.
pub(crate) fn of_aws() -> impl Iterator<Item = (&'static str, &'static str)> {
    AWS_MANAGED.iter().map(|(path, document)| (path.as_str(), document.as_str()))
}

/// A policy of the account; `None` if there is none with this ARN.
///
/// # Errors
/// A fault of the service, if a record cannot be read.
pub(crate) fn of_account(
    view: &View,
    account: &AccountId,
    arn: &str,
) -> Result<Option<Found<ManagedPolicy>>, Fault> {
    let Some(name) = arn.rsplit('/').next().filter(|name| !name.is_empty()) else {
        return Ok(None);
    };
    let found = view.get::<ManagedPolicy>(&ManagedPolicy::key_of(account, name))?;
    Ok(found.filter(|found| found.arn(account) == arn))
}

/// Whether there is a policy with this ARN, of the account or AWS's own.
///
/// # Errors
/// A fault of the service, if a record cannot be read.
pub(crate) fn is_there(view: &View, account: &AccountId, arn: &str) -> Result<bool, Fault> {
    match arn.strip_prefix(AWS_PREFIX) {
        Some(path) => Ok(AWS_MANAGED.contains_key(path)),
        None => Ok(of_account(view, account, arn)?.is_some()),
    }
}

/// Makes a policy with its first version.
pub fn create(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let name = new_name::<ManagedPolicy>(view, ctx, request, text(request, "PolicyName"))?;
    let document = read_document(request)?;
    let policy = ManagedPolicy {
        name,
        description: optional(request, "Description").map(str::to_owned),
        versions: vec![PolicyVersion { number: 1, document, created_at: ctx.now }],
        default: 1,
        next: 2,
        updated_at: ctx.now,
    };
    let mut writes = Writes::new();
    let key = ManagedPolicy::key_of(&ctx.scope.account, &policy.name.name);
    writes.put(&key, Expect::Absent, policy.clone());
    let shown = show(ctx, &policy, &Uses::default(), true);
    Ok((reply!(iam::CREATE_POLICY_RESPONSE { "Policy": shown }), writes))
}

fn read_document(request: &Value) -> Result<String, Fault> {
    let document = text(request, "PolicyDocument");
    Document::admit(document, Kind::Identity).map_err(|error| fault::malformed(&error))?;
    if document.chars().filter(|letter| !letter.is_whitespace()).count() > DOCUMENT_MAX {
        let message = format!("Cannot exceed quota for PolicySize: {DOCUMENT_MAX}");
        return Err(fault::limit_exceeded(message));
    }
    Ok(document.to_owned())
}

/// Answers a policy without its document.
pub fn get(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let arn = text(request, "PolicyArn");
    let known = known(view, ctx, arn)?;
    let uses = Uses::of(view, ctx, arn)?;
    let shown = match known {
        Known::Own(found) => show(ctx, &found, &uses, true),
        Known::Aws(path, _) => show_aws(path, &uses),
    };
    Ok((reply!(iam::GET_POLICY_RESPONSE { "Policy": shown }), Writes::new()))
}

/// Lists policies: the account's, AWS's, or both.
pub fn list(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let scope = optional(request, "Scope").unwrap_or("All");
    let prefix = optional(request, "PathPrefix").unwrap_or("/");
    let mut entries = Vec::new();
    let all_uses = Uses::by_policy(view, ctx, |_| true)?;
    let nobody = Uses::default();
    let only_attached = request.get("OnlyAttached").and_then(Value::as_bool) == Some(true);
    let usage = optional(request, "PolicyUsageFilter");
    let is_listed = |uses: &Uses| {
        let is_used = match usage {
            Some("PermissionsPolicy") => uses.attached() > 0,
            Some("PermissionsBoundary") => uses.bounded() > 0,
            _ => true,
        };
        is_used && (!only_attached || uses.attached() > 0)
    };
    if scope != "AWS" {
        for found in view.range::<ManagedPolicy>(&ManagedPolicy::all(&ctx.scope.account)) {
            let found = found?;
            let uses = all_uses.get(&found.arn(&ctx.scope.account)).unwrap_or(&nobody);
            if found.name.path.starts_with(prefix) && is_listed(uses) {
                entries.push((found.key.last().to_owned(), show(ctx, &found, uses, false)));
            }
        }
    }
    if scope != "Local" {
        for path in AWS_MANAGED.keys().filter(|path| format!("/{path}").starts_with(prefix)) {
            let uses = all_uses.get(&format!("{AWS_PREFIX}{path}")).unwrap_or(&nobody);
            if is_listed(uses) {
                entries.push((path.to_ascii_lowercase(), show_aws(path, uses)));
            }
        }
        entries.sort_by(|left, right| left.0.cmp(&right.0));
    }
    Ok((Value::Map(page(request, "Policies", entries)?), Writes::new()))
}

/// Deletes a policy that nobody has, with its only version.
pub fn delete(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = own(view, ctx, text(request, "PolicyArn"))?;
    let uses = Uses::of(view, ctx, &found.arn(&ctx.scope.account))?;
    if uses.attached() + uses.bounded() > 0 {
        return Err(fault::conflict("Cannot delete a policy attached to entities."));
    }
    if found.versions.len() > 1 {
        return Err(fault::conflict(
            "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The \
             default version is deleted with the policy.",
        ));
    }
    Ok(delete_record(&found))
}

/// Makes a further version.
pub fn create_version(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = own(view, ctx, text(request, "PolicyArn"))?;
    let document = read_document(request)?;
    if found.versions.len() >= VERSIONS_MAX {
        return Err(fault::limit_exceeded(format!(
            "A managed policy can have up to {VERSIONS_MAX} versions. Before you create a new version, you must delete an \
             existing version."
        )));
    }
    let version = PolicyVersion { number: found.next, document, created_at: ctx.now };
    let is_default = request.get("SetAsDefault").and_then(Value::as_bool) == Some(true);
    let shown = show_version(&version, is_default, false);
    let (_, writes) = change(&found, |policy| {
        policy.next += 1;
        policy.updated_at = ctx.now;
        if is_default {
            policy.default = version.number;
        }
        policy.versions.push(version);
        Ok(())
    })?;
    Ok((reply!(iam::CREATE_POLICY_VERSION_RESPONSE { "PolicyVersion": shown }), writes))
}

/// Answers a version with its document.
pub fn get_version(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let (arn, id) = (text(request, "PolicyArn"), text(request, "VersionId"));
    let shown = match known(view, ctx, arn)? {
        Known::Own(found) => {
            let version = version(&found, arn, id)?;
            show_version(version, version.number == found.default, true)
        }
        Known::Aws(_, document) if id == "v1" => {
            let created_at = Timestamp::default();
            show_version(
                &PolicyVersion { number: 1, document: document.to_owned(), created_at },
                true,
                true,
            )
        }
        Known::Aws(..) => return Err(no_version(arn, id)),
    };
    Ok((reply!(iam::GET_POLICY_VERSION_RESPONSE { "PolicyVersion": shown }), Writes::new()))
}

/// Lists versions without their documents, newest first.
pub fn list_versions(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let versions = match known(view, ctx, text(request, "PolicyArn"))? {
        Known::Own(found) => found
            .versions
            .iter()
            .rev()
            .map(|it| show_version(it, it.number == found.default, false))
            .collect(),
        Known::Aws(..) => {
            let only = PolicyVersion {
                number: 1,
                document: String::new(),
                created_at: Timestamp::default(),
            };
            vec![show_version(&only, true, false)]
        }
    };
    let entries = versions.into_iter().enumerate().map(|(at, it)| (format!("{at:04}"), it));
    Ok((Value::Map(page(request, "Versions", entries)?), Writes::new()))
}

/// Makes a version the one that counts.
pub fn set_default(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let (arn, id) = (text(request, "PolicyArn"), text(request, "VersionId"));
    let found = own(view, ctx, arn)?;
    let number = version(&found, arn, id)?.number;
    change(&found, |policy| {
        policy.default = number;
        policy.updated_at = ctx.now;
        Ok(())
    })
}

/// Deletes a version that does not count.
pub fn delete_version(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let (arn, id) = (text(request, "PolicyArn"), text(request, "VersionId"));
    let found = own(view, ctx, arn)?;
    let number = version(&found, arn, id)?.number;
    if number == found.default {
        return Err(fault::conflict("Cannot delete the default version of a policy."));
    }
    change(&found, |policy| {
        policy.versions.retain(|version| version.number != number);
        Ok(())
    })
}

fn version<'a>(policy: &'a ManagedPolicy, arn: &str, id: &str) -> Result<&'a PolicyVersion, Fault> {
    let number = id.strip_prefix('v').and_then(|number| number.parse().ok());
    number.and_then(|number| policy.version(number)).ok_or_else(|| no_version(arn, id))
}

fn no_version(arn: &str, id: &str) -> Fault {
    fault::no_such_thing(format!("Policy {arn} version {id} does not exist or is not attachable."))
}

fn show_version(version: &PolicyVersion, is_default: bool, with_document: bool) -> Value {
    reply!(iam::POLICY_VERSION {
        "Document": with_document.then(|| encoded(&version.document)),
        "VersionId": format!("v{}", version.number),
        "IsDefaultVersion": is_default,
        "CreateDate": moment(version.created_at),
    })
}

/// Lists who has a policy, as one of its own or as its boundary.
pub fn list_entities(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let arn = text(request, "PolicyArn");
    known(view, ctx, arn)?;
    let Uses { attached, bounded } = Uses::of(view, ctx, arn)?;
    let mut users = match optional(request, "PolicyUsageFilter") {
        Some("PermissionsPolicy") => attached,
        Some("PermissionsBoundary") => bounded,
        _ => attached.into_iter().chain(bounded).collect(),
    };
    users.sort();
    users.dedup();
    let prefix = optional(request, "PathPrefix").unwrap_or("/");
    let filter = optional(request, "EntityFilter");
    users.retain(|user| {
        user.path.starts_with(prefix) && filter.is_none_or(|kind| kind == user.kind)
    });
    let entries = users.into_iter().map(|user| (format!("{}/{}", user.kind, user.name), user));
    let (page, mut members) = cut(request, entries)?;
    let of_kind = |kind: &'static str| page.iter().filter(move |user| user.kind == kind);
    let users = of_kind(User::WORD)
        .map(|it| reply!(iam::POLICY_USER { "UserName": &it.name, "UserId": &it.id }));
    let roles = of_kind(Role::WORD)
        .map(|it| reply!(iam::POLICY_ROLE { "RoleName": &it.name, "RoleId": &it.id }));
    members.put("PolicyGroups", Value::List(Vec::new()));
    members.put("PolicyUsers", users.collect::<Value>());
    members.put("PolicyRoles", roles.collect::<Value>());
    Ok((Value::Map(members), Writes::new()))
}

/// A user or role that has a policy.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Holder {
    kind: &'static str,
    name: String,
    id: String,
    path: String,
}

/// Who has a policy.
#[derive(Debug, Default)]
struct Uses {
    /// As one of its own.
    attached: Vec<Holder>,
    /// As its boundary.
    bounded: Vec<Holder>,
}

impl Uses {
    /// Of one policy.
    fn of(view: &View, ctx: &Ctx, arn: &str) -> Result<Self, Fault> {
        let mut found = Self::by_policy(view, ctx, |known| known == arn)?;
        Ok(found.remove(arn).unwrap_or_default())
    }

    /// Of each policy whose ARN is asked for and that somebody has: one look at every identity, however many policies there are.
    fn by_policy(
        view: &View,
        ctx: &Ctx,
        is_asked: impl Fn(&str) -> bool,
    ) -> Result<BTreeMap<String, Self>, Fault> {
        let mut uses = BTreeMap::new();
        add_uses::<User>(view, ctx, &is_asked, &mut uses)?;
        add_uses::<Role>(view, ctx, &is_asked, &mut uses)?;
        Ok(uses)
    }

    fn attached(&self) -> usize {
        self.attached.len()
    }

    fn bounded(&self) -> usize {
        self.bounded.len()
    }
}

fn add_uses<N: Named>(
    view: &View,
    ctx: &Ctx,
    is_asked: impl Fn(&str) -> bool,
    uses: &mut BTreeMap<String, Uses>,
) -> Result<(), Fault> {
    for found in view.range::<N>(&N::all(&ctx.scope.account)) {
        let found = found?;
        let holder = || {
            let Name { name, id, path, .. } = found.name().clone();
            Holder { kind: N::WORD, name, id, path }
        };
        let grants = found.grants();
        for arn in grants.attached.iter().filter(|arn| is_asked(arn)) {
            uses.entry(arn.clone()).or_default().attached.push(holder());
        }
        for arn in grants.boundary.iter().filter(|arn| is_asked(arn)) {
            uses.entry(arn.clone()).or_default().bounded.push(holder());
        }
    }
    Ok(())
}

fn show(ctx: &Ctx, policy: &ManagedPolicy, uses: &Uses, is_whole: bool) -> Value {
    reply!(iam::POLICY {
        "PolicyName": &policy.name.name,
        "PolicyId": &policy.name.id,
        "Arn": policy.arn(&ctx.scope.account),
        "Path": &policy.name.path,
        "DefaultVersionId": format!("v{}", policy.default),
        "AttachmentCount": uses.attached() as i64,
        "PermissionsBoundaryUsageCount": uses.bounded() as i64,
        "IsAttachable": true,
        "Description": policy.description.as_deref().filter(|_| is_whole),
        "CreateDate": moment(policy.name.created_at),
        "UpdateDate": moment(policy.updated_at),
        "Tags": show_tags(&policy.name.tags).filter(|_| is_whole),
    })
}

fn show_aws(path: &str, uses: &Uses) -> Value {
    let (folder, name) = path
        .rsplit_once('/')
        .map_or(("/".to_owned(), path), |(folder, name)| (format!("/{folder}/"), name));
    reply!(iam::POLICY {
        "PolicyName": name,
        "Arn": format!("{AWS_PREFIX}{path}"),
        "Path": folder,
        "DefaultVersionId": "v1",
        "AttachmentCount": uses.attached() as i64,
        "PermissionsBoundaryUsageCount": uses.bounded() as i64,
        "IsAttachable": true,
        "CreateDate": moment(Timestamp::default()),
        "UpdateDate": moment(Timestamp::default()),
    })
}

impl Tagged for ManagedPolicy {
    fn of_request(view: &View, ctx: &Ctx, request: &Value) -> Result<Found<Self>, Fault> {
        own(view, ctx, text(request, "PolicyArn"))
    }
}

#[cfg(test)]
mod tests {
    use super::AWS_MANAGED;
    use policy::document::{Document, Kind};

    #[test]
    fn every_policy_of_aws_is_one() {
        for (name, document) in AWS_MANAGED.iter() {
            let read = Document::admit(document, Kind::Identity);
            assert!(read.is_ok(), "{name}: {read:?}");
        }
    }
}
