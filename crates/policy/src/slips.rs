//! Slips of the pen: what can be read as a policy and would mean nothing, so that IAM refuses it (IAM, "Grammar of the IAM JSON policy
//! language"; the messages are IAM's own).

use crate::document::{Document, Kind, Malformed, Principal, element, statements, texts};
use serde_json::Value as Json;
use std::collections::BTreeSet;

/// What the trust policy of a role may be about: to become the role, and what goes along with that (Service Authorization Reference, STS).
/// IAM wants them in full: it takes no wildcard here.
const OF_TRUST: [&str; 6] = [
    "sts:AssumeRole",
    "sts:AssumeRoleWithSAML",
    "sts:AssumeRoleWithWebIdentity",
    "sts:SetContext",
    "sts:SetSourceIdentity",
    "sts:TagSession",
];

/// What the names of services end with, in AWS and in its Chinese partition; those of Alexa end with the second.
const OF_SERVICES: [&str; 3] = [".amazonaws.com", ".amazon.com", ".amazonaws.com.cn"];

/// Refuses a policy, as it was read, that has one.
pub(crate) fn check(policy: &Json, kind: Kind) -> Result<(), Malformed> {
    let mut names = BTreeSet::new();
    for statement in statements(policy) {
        let name = statement.get("Sid").map(|name| name.as_str().ok_or("`Sid` is a text"));
        let name = name.transpose().map_err(element)?.unwrap_or_default();
        // What a resource keeps may have names with blanks: the rule is IAM's for its own.
        if kind != Kind::Resource && !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(element(
                "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*",
            ));
        }
        if !name.is_empty() && !names.insert(name) {
            return Err(element("Statement IDs (SID) in a single policy must be unique."));
        }
        for action in named(statement, "Action")? {
            if !is_action(action) {
                return Err(element(
                    "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
                ));
            }
            if kind == Kind::Trust && !OF_TRUST.iter().any(|own| own.eq_ignore_ascii_case(action)) {
                return Err(element("AssumeRole policy may only specify STS AssumeRole actions."));
            }
        }
        for resource in named(statement, "Resource")? {
            if resource != "*" && !resource.starts_with("arn:") {
                return Err(element(format!(
                    "Resource {resource} must be in ARN format or \"*\"."
                )));
            }
        }
    }
    Ok(())
}

/// Refuses principals that nobody can be: they would trust nobody, and a Deny of them would deny nobody.
pub(crate) fn check_principals(document: &Document) -> Result<(), Malformed> {
    let wrong = document.principals().find(|principal| !can_be(principal));
    wrong.map_or(Ok(()), |wrong| Err(Malformed::Principal(wrong.clone())))
}

/// Whether somebody may be called so (IAM User Guide, "AWS JSON policy elements: Principal"). Names are whole: no wildcard stands in one.
fn can_be(principal: &Principal) -> bool {
    match principal {
        Principal::Everyone | Principal::Federated(_) => true,
        Principal::Aws(name) => is_account(name) || is_of_account(name),
        Principal::Service(name) => OF_SERVICES.iter().any(|end| {
            let service = name.strip_suffix(end);
            let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
            service.is_some_and(|name| !name.is_empty() && name.bytes().all(is_plain))
        }),
    }
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The ARN of an account's root, of one of its users or roles, or of a session.
fn is_of_account(arn: &str) -> bool {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let ["arn", "aws", service @ ("iam" | "sts"), "", account, resource] = parts[..] else {
        return false;
    };
    let is_whole = |name: &str| {
        let is_letter = |byte: u8| byte.is_ascii_graphic() && !b"*?".contains(&byte);
        !name.is_empty()
            && name.split('/').all(|part| !part.is_empty())
            && name.bytes().all(is_letter)
    };
    let is_principal = match (service, resource.split_once('/')) {
        ("iam", None) => resource == "root",
        ("iam", Some(("user" | "role", name))) | ("sts", Some(("federated-user", name))) => {
            is_whole(name)
        }
        ("sts", Some(("assumed-role", session))) => is_whole(session) && session.contains('/'),
        _ => false,
    };
    is_principal && is_account(account)
}

/// What a statement has under `{name}` or `Not{name}`.
fn named<'a>(statement: &'a Json, name: &str) -> Result<Vec<&'a str>, Malformed> {
    let value = statement.get(name).or_else(|| statement.get(format!("Not{name}")));
    value.map_or(Ok(Vec::new()), |value| texts(value, name))
}

/// `*`, or a service's prefix and what it can do.
fn is_action(text: &str) -> bool {
    text == "*"
        || text.split_once(':').is_some_and(|(vendor, action)| {
            !vendor.is_empty() && !action.is_empty() && !action.contains(':')
        })
}
