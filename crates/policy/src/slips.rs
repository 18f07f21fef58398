//! Slips of the pen: what can be read as a policy and would mean nothing, so that IAM refuses it (IAM, "Grammar of the IAM JSON policy
//! language"; the messages are IAM's own).

use crate::document::{Kind, Malformed, element, statements, texts};
use serde_json::Value as Json;
use std::collections::BTreeSet;

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
