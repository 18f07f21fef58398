//! What every kind of thing in EC2 has: an id, tags, filters, a place in lists.

use crate::{
    decide::{Ctx, Decision, View, Writes},
    ec2::{fault, filter::Filters, request::texts, tag},
    page::{Limits, Page},
};
use domain::{
    id::Scope,
    key::{Key, Prefix},
    record::Record,
    tag::Tag,
};
use std::collections::BTreeSet;
use store::{Expect, Found};
use wire::{Fault, Value, value::Members};

/// Lists of EC2 are whole where nobody asks for pages.
const PAGES: Limits = Limits { allowed: 1..=1000, default: i64::MAX };

/// A kind of thing.
pub trait Noun: Record + Clone {
    /// As tags name it, such as `subnet`; also the ids' prefix where [`Noun::PREFIX`] does not say otherwise.
    const KIND: &'static str;
    /// What ids begin with, without the hyphen.
    const PREFIX: &'static str;
    /// The code for an id that there is not.
    const NOT_FOUND: &'static str;
    /// How faults call it, such as `subnet ID`.
    const CALLED: &'static str;
    /// The request's member that names some of them.
    const IDS: &'static str;
    /// The request's member with filters.
    const FILTERS: &'static str = "Filters";
    /// The reply's member that lists them.
    const LIST: &'static str;

    /// The key of one.
    fn key(scope: &Scope, id: &str) -> Key;
    /// All of an account in a region.
    fn all(scope: &Scope) -> Prefix;
    /// Its id.
    fn id(&self) -> &str;
    /// Its tags.
    fn tags(&self) -> &[Tag];
    /// Its tags, to be changed.
    fn tags_mut(&mut self) -> &mut Vec<Tag>;
    /// Its values for a filter; `None` if there is no such filter. Tags and ids need not be answered.
    ///
    /// # Errors
    /// If something that belongs to it cannot be read.
    fn values(&self, view: &View, ctx: &Ctx, filter: &str) -> Result<Option<Vec<String>>, Fault>;
    /// As replies show it.
    ///
    /// # Errors
    /// If something that belongs to it cannot be read.
    fn show(&self, view: &View, ctx: &Ctx) -> Result<Value, Fault>;
}

/// The fault for an id that there is not.
pub fn not_found<N: Noun>(id: &str) -> Fault {
    fault::fault(N::NOT_FOUND, format!("The {} '{id}' does not exist", N::CALLED))
}

/// Whether a text may be an id: what cannot be part of a key is nobody's.
pub fn is_id(text: &str) -> bool {
    let is_of_id = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    !text.is_empty() && text.bytes().all(is_of_id)
}

/// The one with an id.
///
/// # Errors
/// Its kind's own code, if there is none.
pub fn find<N: Noun>(view: &View, ctx: &Ctx, id: &str) -> Result<Found<N>, Fault> {
    if !is_id(id) {
        return Err(not_found::<N>(id));
    }
    view.get::<N>(&N::key(&ctx.scope, id))?.ok_or_else(|| not_found::<N>(id))
}

/// All of a kind that `is_wanted`.
///
/// # Errors
/// If one cannot be read.
pub fn all_where<N: Noun>(
    view: &View,
    ctx: &Ctx,
    is_wanted: impl Fn(&N) -> bool,
) -> Result<Vec<Found<N>>, Fault> {
    let found = view.range::<N>(&N::all(&ctx.scope));
    found.filter(|found| found.as_ref().map_or(true, |found| is_wanted(found))).collect()
}

/// Describes those of a kind that the request's ids and filters mean, in pages.
///
/// # Errors
/// Its kind's own code for an id that there is not; `InvalidParameterValue`.
pub fn describe<N: Noun>(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    describe_where::<N>(view, request, ctx, |_| true)
}

/// The same of those that `is_there`: the others are as if there were none of them.
///
/// # Errors
/// As [`describe`].
pub fn describe_where<N: Noun>(
    view: &View,
    request: &Value,
    ctx: &Ctx,
    is_there: impl Fn(&N) -> bool,
) -> Decision {
    let filters = Filters::read_from(request, N::FILTERS)?;
    let ids = texts(request, N::IDS);
    if !ids.is_empty() && request.get("MaxResults").is_some() {
        return Err(fault::combination(format!(
            "The parameter {} cannot be used with the parameter MaxResults",
            N::IDS
        )));
    }
    for id in &ids {
        if !is_there(&find::<N>(view, ctx, id)?.record) {
            return Err(not_found::<N>(id));
        }
    }
    let wanted: BTreeSet<&str> = ids.into_iter().collect();
    let page = Page::of_ec2(N::LIST, &ctx.scope, request, &PAGES)?;
    let mut entries = Vec::new();
    for found in view.range::<N>(&N::all(&ctx.scope)) {
        let found = found?;
        let is_named = wanted.is_empty() || wanted.contains(found.id());
        if is_named
            && is_there(&found)
            && filters.admit(|filter| values_of::<N>(&found, view, ctx, filter))?
        {
            entries.push(found);
        }
    }
    let entries = entries.into_iter().map(|found| Ok((found.id().to_owned(), found)));
    let (found, next) = page.cut_all(entries, |earlier, later| earlier < later)?;
    let shown: Vec<Value> =
        found.iter().map(|found| found.show(view, ctx)).collect::<Result<_, Fault>>()?;
    let mut reply = Members::new();
    reply.put(N::LIST, Value::List(shown));
    reply.put("NextToken", next);
    Ok((Value::Map(reply), Writes::new()))
}

/// What every kind answers for filters in the same way, then what this kind does.
///
/// # Errors
/// If something that belongs to it cannot be read.
pub fn values_of<N: Noun>(
    noun: &N,
    view: &View,
    ctx: &Ctx,
    filter: &str,
) -> Result<Option<Vec<String>>, Fault> {
    if let Some(values) = tag::values(noun.tags(), filter) {
        return Ok(Some(values));
    }
    match filter {
        "owner-id" => Ok(Some(vec![ctx.scope.account.to_string()])),
        _ if filter == format!("{}-id", N::KIND) => Ok(Some(vec![noun.id().to_owned()])),
        _ => noun.values(view, ctx, filter),
    }
}

/// `shown` in another state: what was just made is pending, as clients expect that wait for it.
pub fn in_state(shown: Value, state: &'static str) -> Value {
    match shown {
        Value::Map(mut members) => {
            members.put("State", state);
            Value::Map(members)
        }
        other => other,
    }
}

/// Writes a changed thing at the revision at which it was found.
pub fn put<N: Noun>(writes: &mut Writes, found: &Found<N>, changed: N) {
    writes.put(&found.key, Expect::Revision(found.modified), changed);
}

/// Writes a new thing.
pub fn add<N: Noun>(writes: &mut Writes, ctx: &Ctx, noun: N) {
    writes.put(&N::key(&ctx.scope, noun.id()), Expect::Absent, noun);
}

/// Deletes a thing at the revision at which it was found.
pub fn delete<N: Noun>(writes: &mut Writes, found: &Found<N>) {
    writes.delete(&found.key, Expect::Revision(found.modified));
}

/// Writes `found` as it is, so that whoever deletes it at the same time looks again and sees what now belongs to it.
pub fn touch<N: Noun>(writes: &mut Writes, found: &Found<N>) {
    put(writes, found, N::clone(&found.record));
}

/// Expects that nobody makes a further one of a kind at the same time: whoever does first is met, and it is decided again. For calls that
/// looked through all of them and are rare.
pub fn expect_no_other<N: Noun>(view: &View, ctx: &Ctx, writes: &mut Writes) {
    let all = N::all(&ctx.scope);
    writes.expect_only(&all, view.keys(&all).cloned().collect());
}

/// Implements what is the same for every record that is kept by its id.
macro_rules! noun {
    ($record:ident, $kind:literal, $prefix:literal, $not_found:literal, $called:literal, $ids:literal, $list:literal) => {
        const KIND: &'static str = $kind;
        const PREFIX: &'static str = $prefix;
        const NOT_FOUND: &'static str = $not_found;
        const CALLED: &'static str = $called;
        const IDS: &'static str = $ids;
        const LIST: &'static str = $list;

        fn key(scope: &domain::id::Scope, id: &str) -> domain::key::Key {
            $record::key(scope, id)
        }

        fn all(scope: &domain::id::Scope) -> domain::key::Prefix {
            $record::all(scope)
        }

        fn id(&self) -> &str {
            &self.id
        }

        fn tags(&self) -> &[domain::tag::Tag] {
            &self.tags
        }

        fn tags_mut(&mut self) -> &mut Vec<domain::tag::Tag> {
            &mut self.tags
        }
    };
}
pub(crate) use noun;
