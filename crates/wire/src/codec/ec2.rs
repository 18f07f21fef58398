//! ec2Query requests: as awsQuery, but every list is flat and names are capitalised.

use std::borrow::Cow;

use crate::codec::query::{Dialect, Path, Tree};
use crate::fault::Fault;
use crate::shape::{Member, Shape};
use crate::value::Value;

/// Reads a form as a value of `shape`.
///
/// # Errors
/// `InvalidParameterValue` when a number, truth, moment or blob is not written as such.
pub fn decode(shape: &'static Shape, form: &str) -> Result<Value, Fault> {
    Ec2.structure(shape, &Tree::read(form), &mut Vec::new())
}

struct Ec2;

impl Dialect for Ec2 {
    fn member<'t>(&self, tree: &'t Tree, member: &Member) -> Option<&'t Tree> {
        tree.part(&query_name(member))
    }

    fn entries<'t>(&self, tree: &'t Tree, _member: &Member) -> Option<Vec<&'t Tree>> {
        // `Groups=` says nothing of a list here, unlike in awsQuery.
        let entries = tree.numbered();
        (!entries.is_empty()).then_some(entries)
    }

    fn malformed(&self, shape: &Shape, text: &str, path: &Path) -> Fault {
        let name = path.join(".");
        let message = format!(
            "Value ({text}) for parameter {name} is invalid. It is not a valid {:?}.",
            shape.kind
        );
        Fault::sender("InvalidParameterValue", message).with_status(400)
    }
}

/// What EC2 calls a member in a request: its own query name, else the capitalised wire name.
fn query_name(member: &Member) -> Cow<'static, str> {
    if let Some(name) = member.traits.query_name {
        return Cow::Borrowed(name);
    }
    let name = member.wire_name();
    match name.chars().next().filter(|first| first.is_lowercase()) {
        Some(first) => Cow::Owned(first.to_uppercase().chain(name.chars().skip(1)).collect()),
        None => Cow::Borrowed(name),
    }
}
