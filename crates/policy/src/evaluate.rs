//! Whether a request is allowed (IAM User Guide, "Policy evaluation logic", within one account).
//!
//! ```text
//! any explicit deny ─▶ denied
//! no identity policy allows, and no resource policy allows the principal itself ─▶ denied
//! a boundary, or a session policy, that does not allow ─▶ denied
//! ```
//! A resource policy that allows a whole account leaves it to the account's own policies whom of it.

use crate::{
    document::{Document, Effect, Listed, Principal, Principals, Statement},
    pattern::Case,
};
use std::collections::BTreeMap;

/// What somebody wants to do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// Who, as trust and resource policies name them.
    pub principal: Asker,
    /// Such as `ecs:RunTask`.
    pub action: String,
    /// An ARN, or `*` for an operation on nothing in particular.
    pub resource: String,
    /// Condition keys, as [`fold`] writes them, and their values.
    pub context: BTreeMap<String, Vec<String>>,
}

/// A condition key as it is compared: "Condition key names are not case-sensitive" (IAM User Guide, "Condition element"), and of a tag's key
/// in such a name: `aws:RequestTag/TagKey1` "matches a request tag key named either TagKey1 or tagkey1, but not both" (there, "AWS global
/// condition context keys"; the same of `aws:ResourceTag` and `aws:PrincipalTag`). Values, those of `aws:TagKeys` too, keep their case.
pub fn fold(key: &str) -> String {
    key.to_lowercase()
}

/// Whether a folded key is of a tag, of which a request or resource has one value; such as `aws:requesttag/team`.
fn is_of_tag(key: &str) -> bool {
    key.split_once('/').is_some_and(|(name, _)| name.ends_with("tag"))
}

/// Who asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asker {
    /// Twelve digits; empty for a service.
    pub account: String,
    /// ARNs that the asker goes by: a user's own; for a session, its own and its role's.
    pub arns: Vec<String>,
    /// Such as `ecs-tasks.amazonaws.com`, if a service asks.
    pub service: Option<String>,
}

impl Request {
    /// Sets a condition key to one value.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<String>) -> Self {
        self.context.entry(fold(key)).or_default().push(value.into());
        self
    }

    /// The values of a condition key; none if the request does not have it.
    pub fn values(&self, key: &str) -> &[String] {
        self.context.get(key).map_or(&[], Vec::as_slice)
    }

    /// The value of a condition key that has exactly one.
    pub fn single(&self, key: &str) -> Option<&str> {
        match self.values(key) {
            [one] => Some(one),
            _ => None,
        }
    }

    /// Whether a key means several tags whose keys differ in nothing but case. AWS says no more than that a condition on it is not about
    /// both; whoever writes one means the tag that is there. So that nobody slips past it by a second tag, such a condition lets
    /// pass what passes with each of them, and takes away what any of them takes away.
    pub fn is_ambiguous(&self, key: &str) -> bool {
        self.values(key).len() > 1 && is_of_tag(key)
    }
}

/// Everything that has a say in one account.
#[derive(Clone, Copy, Debug, Default)]
pub struct Policies<'a> {
    /// Of the user and its groups, or of the role.
    pub identity: &'a [&'a Document],
    /// The most that the identity may do, where there is one.
    pub boundary: Option<&'a Document>,
    /// What the session was narrowed to, where it was.
    pub session: &'a [&'a Document],
    /// Of the resource, where it has one.
    pub resource: Option<&'a Document>,
}

/// The answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Go on.
    Allowed,
    /// A statement takes it away.
    Explicit(Source),
    /// Nothing gives it.
    Implicit(Source),
}

/// Which kind of policy decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Of the identity.
    Identity,
    /// The permissions boundary.
    Boundary,
    /// Of the session.
    Session,
    /// Of the resource.
    Resource,
}

impl Source {
    /// As AccessDenied messages call it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Identity => "identity-based policy",
            Self::Boundary => "permissions boundary",
            Self::Session => "session policy",
            Self::Resource => "resource-based policy",
        }
    }
}

impl Verdict {
    /// Whether to go on.
    pub fn is_allowed(self) -> bool {
        self == Self::Allowed
    }

    /// The end of AWS's message behind `is not authorized to perform: … on resource: …`; `None` if it is allowed.
    pub fn because(self, action: &str) -> Option<String> {
        match self {
            Self::Allowed => None,
            Self::Explicit(Source::Identity) => {
                Some("with an explicit deny in an identity-based policy".to_owned())
            }
            Self::Explicit(source) => {
                Some(format!("with an explicit deny in a {}", source.as_str()))
            }
            Self::Implicit(source) => {
                Some(format!("because no {} allows the {action} action", source.as_str()))
            }
        }
    }
}

/// Whether `policies` let `request` pass.
pub fn evaluate(policies: &Policies<'_>, request: &Request) -> Verdict {
    let together = |documents: &[&Document]| {
        documents.iter().fold(Said::default(), |said, document| {
            let more = say(document, request);
            Said {
                allowed: said.allowed.max(more.allowed),
                is_denied: said.is_denied || more.is_denied,
            }
        })
    };
    let identity = together(policies.identity);
    let boundary = together(policies.boundary.as_slice());
    let session = together(policies.session);
    let resource = together(policies.resource.as_slice());
    for (source, said) in [
        (Source::Identity, identity),
        (Source::Boundary, boundary),
        (Source::Session, session),
        (Source::Resource, resource),
    ] {
        if said.is_denied {
            return Verdict::Explicit(source);
        }
    }
    let by_resource = resource.allowed == Some(Allowed::Itself);
    if !by_resource && identity.allowed.is_none() {
        return Verdict::Implicit(Source::Identity);
    }
    if policies.boundary.is_some() && !by_resource && boundary.allowed.is_none() {
        return Verdict::Implicit(Source::Boundary);
    }
    if !policies.session.is_empty() && session.allowed.is_none() {
        return Verdict::Implicit(Source::Session);
    }
    Verdict::Allowed
}

/// Whether a trust policy lets somebody in: nothing else gives that.
pub fn trusts(document: &Document, request: &Request) -> bool {
    let said = say(document, request);
    said.allowed.is_some() && !said.is_denied
}

#[derive(Clone, Copy, Debug, Default)]
struct Said {
    /// The most that a statement allows.
    allowed: Option<Allowed>,
    is_denied: bool,
}

/// Whom a statement means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Allowed {
    /// The asker's account.
    Account,
    /// The asker itself, or everybody.
    Itself,
}

fn say(document: &Document, request: &Request) -> Said {
    let mut said = Said::default();
    for statement in &document.statements {
        let Some(who) = who(statement, request).filter(|_| applies(statement, request)) else {
            continue;
        };
        match statement.effect {
            Effect::Allow => said.allowed = said.allowed.max(Some(who)),
            Effect::Deny => said.is_denied = true,
        }
    }
    said
}

/// Whether and how a statement means the asker. One without principals is of the asker's own policy.
fn who(statement: &Statement, request: &Request) -> Option<Allowed> {
    match &statement.principals {
        None => Some(Allowed::Itself),
        Some(principals) => among(principals, &request.principal),
    }
}

fn applies(statement: &Statement, request: &Request) -> bool {
    let is_of = |listed: &Listed, text: &str, case| {
        if listed.patterns.iter().any(|pattern| pattern.is_ambiguous(request)) {
            return statement.effect == Effect::Deny;
        }
        let is_listed = listed.patterns.iter().any(|pattern| pattern.matches(text, request, case));
        is_listed != listed.is_excluded
    };
    is_of(&statement.actions, &request.action, Case::Insensitive)
        && statement.resources.as_ref().is_none_or(|listed| is_resource_of(listed, request, is_of))
        && statement.conditions.iter().all(|test| test.holds(request, statement.effect))
}

/// An operation on nothing in particular is on `*`, which only `*` itself covers.
fn is_resource_of(
    listed: &Listed,
    request: &Request,
    is_of: impl Fn(&Listed, &str, Case) -> bool,
) -> bool {
    if request.resource == "*" {
        return listed.is_excluded
            || listed.patterns.iter().any(crate::pattern::Pattern::is_everything);
    }
    is_of(listed, &request.resource, Case::Sensitive)
}

fn among(principals: &Principals, asker: &Asker) -> Option<Allowed> {
    let itself = |is_named: bool| is_named.then_some(Allowed::Itself);
    let named = principals.named.iter().filter_map(|principal| match principal {
        Principal::Everyone => itself(true),
        Principal::Aws(name) => {
            let is_account = !asker.account.is_empty()
                && (*name == asker.account
                    || *name == format!("arn:aws:iam::{}:root", asker.account));
            itself(asker.arns.contains(name)).or(is_account.then_some(Allowed::Account))
        }
        Principal::Service(name) => itself(asker.service.as_ref() == Some(name)),
        // Nobody asks through an identity provider.
        Principal::Federated(_) => None,
    });
    match (named.max(), principals.is_excluded) {
        (named, false) => named,
        (None, true) => itself(true),
        (Some(_), true) => None,
    }
}
