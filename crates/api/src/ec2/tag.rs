//! Tags of everything in EC2: with what makes a thing, and by the operations on tags.

use crate::{
    decide::{Ctx, Decision, View, Writes},
    ec2::{
        fault,
        filter::Filters,
        group_rule,
        noun::{Noun, find, is_id, put},
        request::{list, text, texts},
    },
    page::{Limits, Page},
};
use domain::{
    ec2::{
        DhcpOptions, ElasticAddress, FlowLog, InternetGateway, LaunchTemplate, NatGateway,
        NetworkAcl, PrefixList, RouteTable, VpcEndpoint,
    },
    tag::Tag,
    vpc::{NetworkInterface, SecurityGroup, Subnet, Vpc},
};
use std::collections::BTreeSet;
use wire::{Fault, Value, reply, tables::ec2};

/// EC2's own limit on the tags of a resource.
const TAGS_MAX: usize = 50;
const PAGES: Limits = Limits { allowed: 5..=1000, default: i64::MAX };

/// Changes the tags of the things with these ids.
type ChangeTags = fn(&View, &Ctx, &mut Writes, &[&str], &Change<'_>) -> Result<(), Fault>;
/// Ids and tags of all things of a kind.
type AllTags = fn(&View, &Ctx) -> Result<Vec<(String, Vec<Tag>)>, Fault>;

/// The tags of the thing with an id; none if there is none.
type TagsOf = fn(&View, &Ctx, &str) -> Result<Vec<Tag>, Fault>;

/// How tags of one kind of thing are read and changed.
pub struct Kind {
    /// Its ids' prefix, with the hyphen.
    prefix: &'static str,
    /// As tags name it.
    kind: &'static str,
    change: ChangeTags,
    all: AllTags,
    one: TagsOf,
}

impl Kind {
    /// Of a kind whose records are its things.
    pub(crate) const fn of<N: Noun>(prefix: &'static str) -> Self {
        Self { prefix, kind: N::KIND, change: change_of::<N>, all: all_of::<N>, one: one_of::<N> }
    }
}

/// Every kind of thing that has tags. The first whose prefix an id has is asked to change it.
pub static KINDS: &[Kind] = &[
    Kind::of::<Vpc>("vpc-"),
    Kind::of::<Subnet>("subnet-"),
    // A group and its rules are one record, so their tags change together.
    Kind {
        prefix: "sg",
        kind: "security-group-rule",
        change: group_rule::change_tags,
        all: group_rule::all_tags,
        one: group_rule::tags_of,
    },
    Kind::of::<SecurityGroup>("sg-"),
    Kind::of::<NetworkInterface>("eni-"),
    Kind::of::<RouteTable>("rtb-"),
    Kind::of::<InternetGateway>("igw-"),
    Kind::of::<NetworkAcl>("acl-"),
    Kind::of::<ElasticAddress>("eipalloc-"),
    Kind::of::<NatGateway>("nat-"),
    Kind::of::<DhcpOptions>("dopt-"),
    Kind::of::<PrefixList>("pl-"),
    Kind::of::<LaunchTemplate>("lt-"),
    Kind::of::<VpcEndpoint>("vpce-"),
    Kind::of::<FlowLog>("fl-"),
];

/// The kind of thing that ids like this one are of, as tags name it.
pub fn kind_of(id: &str) -> Option<&'static str> {
    kind(id).map(|kind| kind.kind)
}

fn kind(id: &str) -> Option<&'static Kind> {
    // The prefix of rules is that of groups too, which change with them.
    let is_of = |kind: &&Kind| match kind.kind {
        "security-group-rule" => id.starts_with("sgr-"),
        _ => id.starts_with(kind.prefix),
    };
    KINDS.iter().find(is_of)
}

/// The tags of the thing with an id; none if there is none.
///
/// # Errors
/// If a record cannot be read.
pub fn of(view: &View, ctx: &Ctx, id: &str) -> Result<Vec<Tag>, Fault> {
    kind(id).map_or(Ok(Vec::new()), |kind| (kind.one)(view, ctx, id))
}

/// What becomes of tags.
pub enum Change<'a> {
    /// These are put in; of a key that is there the value changes.
    Put(&'a [Tag]),
    /// These go; with a value only where it is that.
    Remove(&'a [(&'a str, Option<&'a str>)]),
    /// All of the user's go.
    Clear,
}

impl Change<'_> {
    /// Changes `tags`.
    ///
    /// # Errors
    /// `TagLimitExceeded`.
    pub fn apply(&self, tags: &mut Vec<Tag>) -> Result<(), Fault> {
        match self {
            Self::Put(new) => {
                for tag in *new {
                    match tags.iter_mut().find(|kept| kept.key == tag.key) {
                        Some(kept) => kept.value.clone_from(&tag.value),
                        None => tags.push(tag.clone()),
                    }
                }
                let own = tags.iter().filter(|tag| !tag.key.starts_with("aws:")).count();
                if own > TAGS_MAX {
                    return Err(too_many());
                }
            }
            Self::Remove(gone) => tags.retain(|tag| {
                let is_gone = |(key, value): &(&str, Option<&str>)| {
                    *key == tag.key && value.is_none_or(|value| value == tag.value)
                };
                !gone.iter().any(is_gone)
            }),
            Self::Clear => tags.retain(|tag| tag.key.starts_with("aws:")),
        }
        Ok(())
    }
}

/// The tags that `TagSpecifications` of a request gives to a new thing of `kind`.
///
/// # Errors
/// `InvalidParameterValue` for tags of another kind and for a key that is said twice, `TagLimitExceeded`.
pub fn specified(request: &Value, kind: &str) -> Result<Vec<Tag>, Fault> {
    let specifications = list(request, "TagSpecifications");
    for specification in specifications {
        let of = text(specification, "ResourceType").unwrap_or_default();
        if of != kind {
            return Err(fault::invalid_value(format!(
                "'{of}' is not a valid taggable resource type for this operation."
            )));
        }
    }
    read(specifications.iter().flat_map(|it| list(it, "Tags")))
}

/// Tags as replies list them; absent where there are none.
pub fn show(tags: &[Tag]) -> Option<Value> {
    (!tags.is_empty()).then(|| show_all(tags))
}

/// Tags of what EC2 shows with an empty list where there are none, which clients count on.
pub fn show_all(tags: &[Tag]) -> Value {
    tags.iter().map(|tag| reply!(ec2::TAG { "Key": &tag.key, "Value": &tag.value })).collect()
}

/// What filters on tags ask for; `None` for other filters.
pub fn values(tags: &[Tag], filter: &str) -> Option<Vec<String>> {
    if filter == "tag-key" {
        return Some(tags.iter().map(|tag| tag.key.clone()).collect());
    }
    let key = filter.strip_prefix("tag:")?;
    Some(tags.iter().filter(|tag| tag.key == key).map(|tag| tag.value.clone()).collect())
}

/// Puts tags on things.
pub fn create(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let tags = read(list(request, "Tags"))?;
    change(view, request, ctx, &Change::Put(&tags))
}

/// Takes tags from things.
pub fn remove(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let gone: Vec<(&str, Option<&str>)> = list(request, "Tags")
        .iter()
        .map(|tag| {
            let key = text(tag, "Key").ok_or_else(|| fault::missing("Tag.1.Key"))?;
            check(key)?;
            Ok((key, tag.get("Value").and_then(Value::as_str)))
        })
        .collect::<Result<_, Fault>>()?;
    let what = if gone.is_empty() { Change::Clear } else { Change::Remove(&gone) };
    change(view, request, ctx, &what)
}

fn change(view: &View, request: &Value, ctx: &Ctx, change: &Change<'_>) -> Decision {
    let mut writes = Writes::new();
    let ids: BTreeSet<&str> = texts(request, "Resources").into_iter().collect();
    let unknown = |id: &&&str| !KINDS.iter().any(|kind| id.starts_with(kind.prefix));
    if let Some(id) = ids.iter().find(unknown) {
        return Err(fault::fault("InvalidID", format!("The ID '{id}' is not valid")));
    }
    let mut rest: Vec<&str> = ids.into_iter().collect();
    for kind in KINDS {
        let (of_kind, others) = rest.into_iter().partition(|id| id.starts_with(kind.prefix));
        rest = others;
        let of_kind: Vec<&str> = of_kind;
        if !of_kind.is_empty() {
            (kind.change)(view, ctx, &mut writes, &of_kind, change)?;
        }
    }
    Ok((Value::map(), writes))
}

/// Describes tags.
pub fn describe(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let filters = Filters::read(request)?;
    let page = Page::of_ec2("DescribeTags", &ctx.scope, request, &PAGES)?;
    let mut entries = Vec::new();
    for kind in KINDS {
        for (id, tags) in (kind.all)(view, ctx)? {
            for tag in tags {
                let known = |filter: &str| {
                    Ok(match filter {
                        "resource-id" => Some(vec![id.clone()]),
                        "resource-type" => Some(vec![kind.kind.to_owned()]),
                        "key" => Some(vec![tag.key.clone()]),
                        "value" => Some(vec![tag.value.clone()]),
                        _ => values(std::slice::from_ref(&tag), filter),
                    })
                };
                if filters.admit(known)? {
                    let shown = reply!(ec2::TAG_DESCRIPTION {
                        "Key": &tag.key,
                        "ResourceId": &id,
                        "ResourceType": kind.kind,
                        "Value": &tag.value,
                    });
                    entries.push((format!("{id}\n{}", tag.key), shown));
                }
            }
        }
    }
    entries.sort_by(|one, other| one.0.cmp(&other.0));
    let (tags, next) =
        page.cut_all(entries.into_iter().map(Ok), |earlier, later| earlier < later)?;
    let reply = reply!(ec2::DESCRIBE_TAGS_RESULT { "Tags": Value::List(tags), "NextToken": next });
    Ok((reply, Writes::new()))
}

fn too_many() -> Fault {
    let message = "The maximum number of Tags for a resource has been reached.";
    fault::fault("TagLimitExceeded", message)
}

fn read<'a>(tags: impl IntoIterator<Item = &'a Value>) -> Result<Vec<Tag>, Fault> {
    let mut read: Vec<Tag> = Vec::new();
    for tag in tags {
        if read.len() == TAGS_MAX {
            return Err(too_many());
        }
        let key = text(tag, "Key").ok_or_else(|| fault::missing("Tag.1.Key"))?;
        check(key)?;
        if read.iter().any(|known| known.key == key) {
            return Err(fault::invalid_value(format!("Duplicate tag key '{key}' specified.")));
        }
        let value = tag.get("Value").and_then(Value::as_str).unwrap_or_default();
        if value.chars().count() > 256 {
            return Err(fault::invalid_value(
                "Tag value exceeds the maximum length of 256 characters",
            ));
        }
        read.push(Tag { key: key.to_owned(), value: value.to_owned() });
    }
    Ok(read)
}

fn check(key: &str) -> Result<(), Fault> {
    if key.chars().count() > 127 {
        return Err(fault::invalid_value("Tag key exceeds the maximum length of 127 characters"));
    }
    if key.starts_with("aws:") {
        return Err(fault::invalid_value(
            "Tag keys starting with 'aws:' are reserved for internal use",
        ));
    }
    Ok(())
}

fn change_of<N: Noun>(
    view: &View,
    ctx: &Ctx,
    writes: &mut Writes,
    ids: &[&str],
    change: &Change<'_>,
) -> Result<(), Fault> {
    for id in ids {
        let found = find::<N>(view, ctx, id)?;
        let mut changed = N::clone(&found.record);
        change.apply(changed.tags_mut())?;
        put(writes, &found, changed);
    }
    Ok(())
}

fn all_of<N: Noun>(view: &View, ctx: &Ctx) -> Result<Vec<(String, Vec<Tag>)>, Fault> {
    view.range::<N>(&N::all(&ctx.scope))
        .map(|found| found.map(|found| (found.id().to_owned(), found.tags().to_vec())))
        .collect()
}

fn one_of<N: Noun>(view: &View, ctx: &Ctx, id: &str) -> Result<Vec<Tag>, Fault> {
    if !is_id(id) {
        return Ok(Vec::new());
    }
    let found = view.get::<N>(&N::key(&ctx.scope, id))?;
    Ok(found.map(|found| found.tags().to_vec()).unwrap_or_default())
}
