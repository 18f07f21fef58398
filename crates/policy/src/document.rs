//! A policy document: statements of who may or may not do what on what, and when.
//!
//! Invariant: a document that was parsed can be evaluated; what IAM calls a `MalformedPolicyDocument` is not admitted.

use crate::{
    condition::{self, ConditionError, Test},
    pattern::{Pattern, Unclosed},
    slips,
};
use serde_json::Value as Json;
use std::fmt;

/// What a document is attached to, and so which elements it must and must not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// To users, groups and roles: names resources, but no principals.
    Identity,
    /// A role's trust policy: names principals, but no resources.
    Trust,
    /// To a resource such as a repository: names principals, and resources where it wants to.
    Resource,
}

/// A document that was read.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its statements, in their order.
    pub statements: Vec<Statement>,
}

/// Whether a statement gives or takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Gives.
    Allow,
    /// Takes, whatever else gives.
    Deny,
}

/// One statement.
#[derive(Clone, Debug)]
pub struct Statement {
    /// What it does where it applies.
    pub effect: Effect,
    /// `Action`, or `NotAction`.
    pub actions: Listed,
    /// `Resource`, or `NotResource`; `None` in trust policies.
    pub resources: Option<Listed>,
    /// `Principal`, or `NotPrincipal`; `None` in identity policies.
    pub principals: Option<Principals>,
    /// All must hold.
    pub conditions: Vec<Test>,
}

/// Patterns, of which one must match, or none.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The patterns.
    pub patterns: Vec<Pattern>,
    /// `Not…`.
    pub is_excluded: bool,
}

/// Who is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principals {
    /// Of each kind.
    pub named: Vec<Principal>,
    /// `NotPrincipal`.
    pub is_excluded: bool,
}

/// One principal of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Principal {
    /// `*`.
    Everyone,
    /// An account, as twelve digits, or one of its users, roles or sessions by ARN.
    Aws(String),
    /// A service such as `ecs-tasks.amazonaws.com`.
    Service(String),
    /// An identity provider.
    Federated(String),
}

/// Why a text is no policy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// Not JSON.
    #[error("not JSON: {0}")]
    Json(String),
    /// An element is missing, doubled, misplaced or of the wrong form.
    #[error("{0}")]
    Element(String),
    /// A condition means nothing.
    #[error(transparent)]
    Condition(#[from] ConditionError),
    /// A variable does not end.
    #[error(transparent)]
    Pattern(#[from] Unclosed),
    /// Nobody can be this principal.
    #[error("Invalid principal in policy: {0}")]
    Principal(Principal),
}

impl fmt::Display for Principal {
    /// As IAM names it in a refusal: kind and name.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Everyone => f.write_str(r#""AWS":"*""#),
            Self::Aws(name) => write!(f, r#""AWS":"{name}""#),
            Self::Service(name) => write!(f, r#""SERVICE":"{name}""#),
            Self::Federated(name) => write!(f, r#""FEDERATED":"{name}""#),
        }
    }
}

impl Document {
    /// Reads a document that somebody wants to have kept, and refuses what could be read and would mean nothing: a Deny with a slip of the
    /// pen denies nothing.
    ///
    /// # Errors
    /// Why it is none, in IAM's words where they are known.
    pub fn admit(text: &str, kind: Kind) -> Result<Self, Malformed> {
        let document = Self::parse(text, kind)?;
        let json = serde_json::from_str(text).expect("it was read");
        slips::check(&json, kind)?;
        if kind == Kind::Trust {
            slips::check_principals(&document)?;
        }
        Ok(document)
    }

    /// Whom its statements name.
    pub fn principals(&self) -> impl Iterator<Item = &Principal> {
        let named = self.statements.iter().filter_map(|statement| statement.principals.as_ref());
        named.flat_map(|principals| &principals.named)
    }

    /// Reads a document that was admitted, by this version or an earlier one.
    ///
    /// # Errors
    /// Why it is none.
    pub fn parse(text: &str, kind: Kind) -> Result<Self, Malformed> {
        let json: Json =
            serde_json::from_str(text).map_err(|error| Malformed::Json(error.to_string()))?;
        let document = json.as_object().ok_or_else(|| element("a policy is an object"))?;
        for name in document.keys() {
            if !matches!(name.as_str(), "Version" | "Id" | "Statement") {
                return Err(element(format!("`{name}` is not an element of a policy")));
            }
        }
        let has_variables = match document.get("Version").map(Json::as_str) {
            None => false,
            Some(Some("2008-10-17")) => false,
            Some(Some("2012-10-17")) => true,
            Some(_) => return Err(element("`Version` is 2012-10-17 or 2008-10-17")),
        };
        let statements = statements(&json);
        if statements.is_empty() {
            return Err(element("a policy has at least one `Statement`"));
        }
        let statements = statements.iter().map(|json| Statement::read(json, kind, has_variables));
        Ok(Self { statements: statements.collect::<Result<_, _>>()? })
    }
}

/// The statements of a policy: one may stand without a list.
pub(crate) fn statements(policy: &Json) -> &[Json] {
    match policy.get("Statement") {
        Some(Json::Array(statements)) => statements,
        Some(one @ Json::Object(_)) => std::slice::from_ref(one),
        _ => &[],
    }
}

const ELEMENTS: [&str; 9] = [
    "Sid",
    "Effect",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Principal",
    "NotPrincipal",
    "Condition",
];

impl Statement {
    fn read(json: &Json, kind: Kind, has_variables: bool) -> Result<Self, Malformed> {
        let statement = json.as_object().ok_or_else(|| element("a statement is an object"))?;
        if let Some(name) = statement.keys().find(|name| !ELEMENTS.contains(&name.as_str())) {
            return Err(element(format!("`{name}` is not an element of a statement")));
        }
        let effect = match json["Effect"].as_str() {
            Some("Allow") => Effect::Allow,
            Some("Deny") => Effect::Deny,
            _ => return Err(element("`Effect` is Allow or Deny")),
        };
        let listed = |name: &str| either(json, name, has_variables);
        let actions =
            listed("Action")?.ok_or_else(|| element("a statement has `Action` or `NotAction`"))?;
        let resources = listed("Resource")?;
        let principals = principals(json)?;
        match kind {
            Kind::Identity if principals.is_some() => {
                return Err(element("a policy of an identity names no principal"));
            }
            Kind::Identity if resources.is_none() => {
                return Err(element("a statement has `Resource` or `NotResource`"));
            }
            Kind::Trust if resources.is_some() => {
                return Err(element("a trust policy names no resource"));
            }
            Kind::Trust | Kind::Resource if principals.is_none() => {
                return Err(element("a statement has `Principal` or `NotPrincipal`"));
            }
            Kind::Identity | Kind::Trust | Kind::Resource => {}
        }
        let conditions = match statement.get("Condition") {
            Some(block) => condition::parse(block, has_variables)?,
            None => Vec::new(),
        };
        Ok(Self { effect, actions, resources, principals, conditions })
    }
}

/// `{name}` or `Not{name}`, but not both.
fn either(json: &Json, name: &str, has_variables: bool) -> Result<Option<Listed>, Malformed> {
    let (positive, negative) = (json.get(name), json.get(format!("Not{name}")));
    let (value, is_excluded) = match (positive, negative) {
        (None, None) => return Ok(None),
        (Some(value), None) => (value, false),
        (None, Some(value)) => (value, true),
        (Some(_), Some(_)) => {
            return Err(element(format!("a statement has `{name}` or `Not{name}`, not both")));
        }
    };
    let patterns = texts(value, name)?;
    let patterns = patterns.into_iter().map(|text| Pattern::parse(text, has_variables));
    Ok(Some(Listed { patterns: patterns.collect::<Result<_, _>>()?, is_excluded }))
}

fn principals(json: &Json) -> Result<Option<Principals>, Malformed> {
    let (value, is_excluded) = match (json.get("Principal"), json.get("NotPrincipal")) {
        (None, None) => return Ok(None),
        (Some(value), None) => (value, false),
        (None, Some(value)) => (value, true),
        (Some(_), Some(_)) => {
            return Err(element("a statement has `Principal` or `NotPrincipal`, not both"));
        }
    };
    if value.as_str() == Some("*") {
        return Ok(Some(Principals { named: vec![Principal::Everyone], is_excluded }));
    }
    let kinds = value.as_object().ok_or_else(|| element("`Principal` is `*` or an object"))?;
    let mut named = Vec::new();
    for (kind, values) in kinds {
        let make: fn(String) -> Principal = match kind.as_str() {
            "AWS" => Principal::Aws,
            "Service" => Principal::Service,
            "Federated" => Principal::Federated,
            _ => return Err(element(format!("`{kind}` is not a kind of principal"))),
        };
        named.extend(texts(values, kind)?.into_iter().map(|text| match (kind.as_str(), text) {
            ("AWS", "*") => Principal::Everyone,
            _ => make(text.to_owned()),
        }));
    }
    Ok(Some(Principals { named, is_excluded }))
}

/// A text or a list of texts, at least one.
pub(crate) fn texts<'a>(value: &'a Json, name: &str) -> Result<Vec<&'a str>, Malformed> {
    let wrong = || element(format!("`{name}` is a text or a list of texts"));
    match value {
        Json::String(text) => Ok(vec![text]),
        Json::Array(values) if !values.is_empty() => {
            values.iter().map(|value| value.as_str().ok_or_else(wrong)).collect()
        }
        _ => Err(wrong()),
    }
}

pub(crate) fn element(text: impl Into<String>) -> Malformed {
    Malformed::Element(text.into())
}
