//! Tags: reading, showing and limits, for every resource that has them.

use crate::ecs::fault;
use domain::tag::Tag;
use std::collections::BTreeSet;
use wire::{Fault, Value, reply, tables::ecs};

/// ECS's own limit on the tags of a resource.
pub const TAGS_MAX: usize = 50;

/// Keys that begin so are AWS's.
const RESERVED_PREFIX: &str = "aws:";

/// The tags of a request.
///
/// # Errors
/// `InvalidParameterException`, if there are too many, a key comes twice, or one is not allowed.
pub fn read(tags: &[Value]) -> Result<Vec<Tag>, Fault> {
    let text = |tag: &Value, name: &str| {
        tag.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let tags: Vec<Tag> =
        tags.iter().map(|tag| Tag { key: text(tag, "key"), value: text(tag, "value") }).collect();
    if tags.len() > TAGS_MAX {
        return Err(too_many());
    }
    let mut keys = BTreeSet::new();
    for tag in &tags {
        check_key(&tag.key)?;
        if !tag.value.chars().all(is_allowed) {
            let message =
                format!("The value of tag `{}` contains characters that are not allowed.", tag.key);
            return Err(fault::invalid_parameter(message));
        }
        if !keys.insert(&tag.key) {
            return Err(fault::invalid_parameter(format!("Duplicate tag key `{}`.", tag.key)));
        }
    }
    Ok(tags)
}

/// `tags` with those of `more` put in: a key that exists gets the new value.
///
/// # Errors
/// `InvalidParameterException`, if that makes too many.
pub fn merge(tags: &[Tag], more: Vec<Tag>) -> Result<Vec<Tag>, Fault> {
    let mut merged = tags.to_vec();
    for tag in more {
        match merged.iter_mut().find(|kept| kept.key == tag.key) {
            Some(kept) => kept.value = tag.value,
            None => merged.push(tag),
        }
    }
    let own = merged.iter().filter(|tag| !is_reserved(&tag.key)).count();
    if own > TAGS_MAX { Err(too_many()) } else { Ok(merged) }
}

/// Tags as replies list them.
pub fn show(tags: &[Tag]) -> Value {
    tags.iter().map(|tag| reply!(ecs::TAG { "key": &tag.key, "value": &tag.value })).collect()
}

fn check_key(key: &str) -> Result<(), Fault> {
    if key.is_empty() {
        return Err(fault::invalid_parameter("A tag key cannot be empty."));
    }
    if is_reserved(key) {
        return Err(fault::invalid_parameter(format!(
            "Tag key `{key}`: keys that begin with `aws:` are reserved for AWS."
        )));
    }
    if !key.chars().all(is_allowed) {
        return Err(fault::invalid_parameter(format!(
            "Tag key `{key}` contains characters that are not allowed."
        )));
    }
    Ok(())
}

fn is_reserved(key: &str) -> bool {
    key.get(..RESERVED_PREFIX.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(RESERVED_PREFIX))
}

/// The model's pattern `[\p{L}\p{Z}\p{N}_.:/=+\-@]*`; marks that Unicode counts as alphabetic pass too.
fn is_allowed(letter: char) -> bool {
    letter.is_alphanumeric()
        || (letter.is_whitespace() && !letter.is_control())
        || matches!(letter, '_' | '.' | ':' | '/' | '=' | '+' | '-' | '@')
}

fn too_many() -> Fault {
    fault::invalid_parameter(format!("A resource can have at most {TAGS_MAX} tags."))
}
