//! Prefix lists: blocks under one name, for rules of security groups and for routes.
//!
//! Two are there from the start, as in every region of AWS: those of S3 and DynamoDB, for rules and routes that name them. Nobody can change
//! them, and they have no blocks: no such service answers here.

use crate::{
    decide::{Ctx, Decision, View, Writes},
    ec2::{
        fault, id,
        noun::{self, Noun, add, all_where, delete as delete_record, find, noun, put},
        once,
        request::{list, required, text},
        tag,
    },
    page::{Limits, Page},
};
use domain::{
    block::Block,
    ec2::{Destination, PrefixList, RouteTable},
    vpc::{Peer, SecurityGroup},
};
use store::Found;
use wire::{Fault, Value, reply, tables::ec2};

/// EC2's own limit.
const ENTRIES_MAX: i64 = 1000;
const PAGES: Limits = Limits { allowed: 1..=100, default: i64::MAX };
/// What names of AWS's own lists begin with.
const OWN: &str = "com.amazonaws.";

impl Noun for PrefixList {
    noun!(
        PrefixList,
        "prefix-list",
        "pl",
        "InvalidPrefixListID.NotFound",
        "prefix list ID",
        "PrefixListIds",
        "PrefixLists"
    );

    fn values(&self, _: &View, _: &Ctx, filter: &str) -> Result<Option<Vec<String>>, Fault> {
        Ok((filter == "prefix-list-name").then(|| vec![self.name.clone()]))
    }

    fn show(&self, _: &View, ctx: &Ctx) -> Result<Value, Fault> {
        let is_ours = is_ours(self);
        let owner = if is_ours { ctx.scope.account.as_str() } else { "AWS" };
        let of_arn = if is_ours { owner } else { "aws" };
        let changed = if self.version > 1 { "modify-complete" } else { "create-complete" };
        Ok(reply!(ec2::MANAGED_PREFIX_LIST {
            "PrefixListId": &self.id,
            "AddressFamily": "IPv4",
            "State": changed,
            "PrefixListArn": format!("arn:aws:ec2:{}:{of_arn}:prefix-list/{}", ctx.scope.region, self.id),
            "PrefixListName": &self.name,
            "MaxEntries": is_ours.then_some(self.entries_max),
            "Version": is_ours.then_some(self.version),
            "Tags": tag::show(&self.tags),
            "OwnerId": owner,
        }))
    }
}

/// Whether users made it.
fn is_ours(list: &PrefixList) -> bool {
    !list.name.starts_with(OWN)
}

/// AWS's own lists in a region, as they are there from the start.
pub fn own(ctx: &Ctx) -> [PrefixList; 2] {
    ["s3", "dynamodb"].map(|service| PrefixList {
        id: id::fixed(&ctx.scope, "pl", service),
        name: format!("{OWN}{}.{service}", ctx.scope.region),
        entries: Vec::new(),
        entries_max: 0,
        version: 1,
        tags: Vec::new(),
    })
}

/// Makes a list.
pub fn create(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let reply =
        |shown: Value| reply!(ec2::CREATE_MANAGED_PREFIX_LIST_RESULT { "PrefixList": shown });
    if let Some(made) = once::earlier::<PrefixList>(view, request, ctx)? {
        return Ok((reply(made.show(view, ctx)?), Writes::new()));
    }
    if let Some(family) = text(request, "AddressFamily").filter(|family| *family != "IPv4") {
        return Err(fault::not_served(&format!("`AddressFamily` {family}")));
    }
    let list = PrefixList {
        id: id::fresh(&ctx.ids, "pl", 0),
        name: read_name(required(request, "PrefixListName")?)?,
        entries: Vec::new(),
        entries_max: read_max(request)?.ok_or_else(|| fault::missing("MaxEntries"))?,
        version: 1,
        tags: tag::specified(request, "prefix-list")?,
    };
    let list = PrefixList { entries: entries(request, "Entries", Vec::new())?, ..list };
    check(&list)?;
    let mut writes = Writes::new();
    once::note(view, request, ctx, &list, &mut writes)?;
    let shown = noun::in_state(list.show(view, ctx)?, "create-in-progress");
    add(&mut writes, ctx, list);
    Ok((reply(shown), writes))
}

fn read_name(name: &str) -> Result<String, Fault> {
    if name.starts_with("com.amazonaws") {
        let message = "Prefix list names cannot start with com.amazonaws.";
        return Err(fault::invalid_value(message));
    }
    Ok(name.to_owned())
}

fn read_max(request: &Value) -> Result<Option<i64>, Fault> {
    let Some(max) = request.get("MaxEntries").and_then(Value::as_i64) else { return Ok(None) };
    if !(1..=ENTRIES_MAX).contains(&max) {
        let message = format!("MaxEntries must be between 1 and {ENTRIES_MAX}.");
        return Err(fault::invalid_value(message));
    }
    Ok(Some(max))
}

fn read_block(entry: &Value) -> Result<Block, Fault> {
    let given = required(entry, "Cidr")?;
    Block::parse_loose(given).map_err(|_| {
        fault::invalid_value(format!("The CIDR '{given}' of the prefix list entry is invalid."))
    })
}

/// `known` with the entries that `member` of a request adds; of a block that is there the description changes.
fn entries(
    request: &Value,
    member: &str,
    mut known: Vec<(Block, Option<String>)>,
) -> Result<Vec<(Block, Option<String>)>, Fault> {
    for entry in list(request, member) {
        let (block, description) = (read_block(entry)?, text(entry, "Description"));
        known.retain(|(it, _)| *it != block);
        known.push((block, description.map(str::to_owned)));
    }
    Ok(known)
}

fn check(list: &PrefixList) -> Result<(), Fault> {
    if i64::try_from(list.entries.len()).is_ok_and(|count| count <= list.entries_max) {
        return Ok(());
    }
    let message = format!("The prefix list has at most {} entries.", list.entries_max);
    Err(fault::fault("PrefixListMaxEntriesExceeded", message))
}

/// One that users may change.
fn of_request(view: &View, request: &Value, ctx: &Ctx) -> Result<Found<PrefixList>, Fault> {
    let found = find::<PrefixList>(view, ctx, required(request, "PrefixListId")?)?;
    if !is_ours(&found) {
        let message = format!("The prefix list {} is AWS's own.", found.id);
        return Err(fault::not_permitted(message));
    }
    Ok(found)
}

/// Changes entries, which makes a new version, or the name, or how many entries there may be.
pub fn modify(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = of_request(view, request, ctx)?;
    let mut changed = PrefixList::clone(&found.record);
    let version = request.get("CurrentVersion").and_then(Value::as_i64);
    let is_about_entries =
        !list(request, "AddEntries").is_empty() || !list(request, "RemoveEntries").is_empty();
    if version.is_some_and(|version| version != found.version)
        || (is_about_entries && version.is_none())
    {
        let message = "The prefix list has the incorrect version number.";
        return Err(fault::fault("PrefixListVersionMismatch", message));
    }
    for entry in list(request, "RemoveEntries") {
        let block = read_block(entry)?;
        let count = changed.entries.len();
        changed.entries.retain(|(it, _)| *it != block);
        if changed.entries.len() == count {
            let message = format!("The prefix list has no entry {block}.");
            return Err(fault::invalid_value(message));
        }
    }
    changed.entries = entries(request, "AddEntries", changed.entries)?;
    if let Some(name) = text(request, "PrefixListName") {
        changed.name = read_name(name)?;
    }
    changed.entries_max = read_max(request)?.unwrap_or(changed.entries_max);
    check(&changed)?;
    changed.version += i64::from(is_about_entries);
    let shown = noun::in_state(changed.show(view, ctx)?, "modify-in-progress");
    let mut writes = Writes::new();
    put(&mut writes, &found, changed);
    Ok((reply!(ec2::MODIFY_MANAGED_PREFIX_LIST_RESULT { "PrefixList": shown }), writes))
}

/// Deletes a list that no rule and no route names.
pub fn delete(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = of_request(view, request, ctx)?;
    let (peer, to) =
        (Peer::PrefixList(found.id.clone()), Destination::PrefixList(found.id.clone()));
    let groups = all_where::<SecurityGroup>(view, ctx, |group| {
        group.rules.iter().any(|rule| rule.peer == peer)
    })?;
    let tables = all_where::<RouteTable>(view, ctx, |table| {
        table.routes.iter().any(|route| route.destination == to)
    })?;
    if !groups.is_empty() || !tables.is_empty() {
        let message =
            format!("The prefix list '{}' has dependencies and cannot be deleted.", found.id);
        return Err(fault::dependency(message));
    }
    let shown = noun::in_state(found.show(view, ctx)?, "delete-in-progress");
    let mut writes = Writes::new();
    delete_record(&mut writes, &found);
    Ok((reply!(ec2::DELETE_MANAGED_PREFIX_LIST_RESULT { "PrefixList": shown }), writes))
}

/// Describes lists.
pub fn describe(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    noun::describe::<PrefixList>(view, request, ctx)
}

/// Lists the entries of a list's newest version; earlier ones are not kept.
pub fn describe_entries(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = find::<PrefixList>(view, ctx, required(request, "PrefixListId")?)?;
    let version = request.get("TargetVersion").and_then(Value::as_i64);
    if version.is_some_and(|version| version != found.version) {
        return Err(fault::not_served("`TargetVersion` of another version than the newest"));
    }
    let page = Page::of_ec2("GetManagedPrefixListEntries", &ctx.scope, request, &PAGES)?;
    let mut entries: Vec<(String, Value)> = found
        .entries
        .iter()
        .map(|(block, description)| {
            let entry = reply!(ec2::PREFIX_LIST_ENTRY {
                "Cidr": block.to_string(),
                "Description": description.as_deref(),
            });
            (block.to_string(), entry)
        })
        .collect();
    entries.sort_by(|one, other| one.0.cmp(&other.0));
    let (entries, next) =
        page.cut_all(entries.into_iter().map(Ok), |earlier, later| earlier < later)?;
    let reply = reply!(ec2::GET_MANAGED_PREFIX_LIST_ENTRIES_RESULT {
        "Entries": Value::List(entries),
        "NextToken": next,
    });
    Ok((reply, Writes::new()))
}

/// Describes AWS's own lists, in the form that clients ask for them by a service's name.
pub fn describe_own(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let (mut described, writes) =
        noun::describe_where::<PrefixList>(view, request, ctx, |list| !is_ours(list))?;
    if let Value::Map(members) = &mut described {
        let lists = members.get("PrefixLists").and_then(Value::as_list).unwrap_or_default();
        let shown = lists.iter().map(|list| {
            reply!(ec2::PREFIX_LIST {
                "Cidrs": Value::List(Vec::new()),
                "PrefixListId": text(list, "PrefixListId").map(str::to_owned),
                "PrefixListName": text(list, "PrefixListName").map(str::to_owned),
            })
        });
        let shown: Value = shown.collect();
        members.put("PrefixLists", shown);
    }
    Ok((described, writes))
}
