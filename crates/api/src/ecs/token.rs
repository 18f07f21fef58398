//! What stands behind a client token: the parameters of the call that it was used for.

use crate::{ecs::fault, plain};
use domain::id::hex;
use ring::digest::{SHA256, digest};
use wire::{Fault, Members, Value};

/// A token that a client gave, if it gave one: printable, of at most `length_max` characters.
///
/// # Errors
/// `InvalidParameterException`, if it is not.
pub fn read(token: Option<&str>, length_max: usize) -> Result<Option<&str>, Fault> {
    let Some(token) = token.filter(|token| !token.is_empty()) else { return Ok(None) };
    let is_printable = |char: char| char.is_ascii_graphic() || char == ' ';
    if token.chars().count() > length_max || !token.chars().all(is_printable) {
        return Err(fault::invalid_parameter(format!(
            "`clientToken` has at most {length_max} printable characters."
        )));
    }
    Ok(Some(token))
}

/// Members that say nothing more: the token itself, and the cluster, which has several names; tokens are kept by cluster.
const UNSAID: [&str; 2] = ["clientToken", "cluster"];

/// A digest of everything that a request wants in its cluster. Members are in the order of their names.
pub fn parameters(request: &Value) -> String {
    let members = request.as_map().into_iter().flat_map(Members::iter);
    let members =
        members.filter(|(name, _)| !UNSAID.iter().any(|it| name.eq_ignore_ascii_case(it)));
    let said: Members = members.map(|(name, value)| (name.to_owned(), value.clone())).collect();
    let text = plain::to_json(&Value::Map(said)).to_string();
    hex(digest(&SHA256, text.as_bytes()).as_ref())
}
