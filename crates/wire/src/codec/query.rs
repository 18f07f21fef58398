//! awsQuery requests: a form whose names are paths, such as `Tags.member.1.Key=owner`.
//!
//! Reading is generous where clients differ: a list is found under `.member.N`, under its own entry name
//! and flattened, whichever is there. Names that the table does not know are skipped.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::codec::{form, text};
use crate::fault::Fault;
use crate::shape::{Kind, Member, Shape};
use crate::value::{Members, Value};

/// Names with more parts than this belong to no model and are skipped; a tree of them is walked by recursion.
const PARTS_MAX: usize = 32;

/// Reads a form as a value of `shape`.
///
/// # Errors
/// `MalformedInput` when a number, truth, moment or blob is not written as such.
pub fn decode(shape: &'static Shape, form: &str) -> Result<Value, Fault> {
    let tree = Tree::read(form);
    Query.structure(shape, &tree, &mut Vec::new())
}

/// A form as a tree: `Tags.member.1.Key` is four steps down.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    text: Option<String>,
    parts: BTreeMap<String, Tree>,
}

impl Tree {
    pub(crate) fn read(form: &str) -> Tree {
        let mut root = Tree::default();
        for (name, value) in form::pairs(form) {
            if name.split('.').count() > PARTS_MAX {
                continue;
            }
            let mut at = &mut root;
            for part in name.split('.') {
                at = at.parts.entry(part.to_owned()).or_default();
            }
            at.text = Some(value.into_owned());
        }
        root
    }

    /// The tree under a name, which may itself have dots.
    pub(crate) fn part(&self, name: &str) -> Option<&Tree> {
        name.split('.').try_fold(self, |at, part| at.parts.get(part))
    }

    /// The entries numbered 1, 2, …, in the order of their numbers; gaps do not count.
    pub(crate) fn numbered(&self) -> Vec<&Tree> {
        let number = |(name, tree)| -> Option<(u32, _)> { Some((str::parse(name).ok()?, tree)) };
        let parts = self.parts.iter().map(|(name, tree)| (name.as_str(), tree));
        let mut entries: Vec<(u32, &Tree)> = parts.filter_map(number).collect();
        entries.sort_by_key(|(number, _)| *number);
        entries.into_iter().map(|(_, tree)| tree).collect()
    }
}

/// The way down to a value, for messages.
pub(crate) type Path = Vec<&'static str>;

/// How the two form protocols differ: in names, and in the code of their complaint.
pub(crate) trait Dialect {
    /// The tree of a member.
    fn member<'t>(&self, tree: &'t Tree, member: &Member) -> Option<&'t Tree>;

    /// The entries of a list; `None` when nothing is said of it.
    fn entries<'t>(&self, tree: &'t Tree, member: &Member) -> Option<Vec<&'t Tree>>;

    /// The complaint about a plain value.
    fn malformed(&self, shape: &Shape, text: &str, path: &Path) -> Fault;

    fn structure(
        &self,
        shape: &'static Shape,
        tree: &Tree,
        path: &mut Path,
    ) -> Result<Value, Fault> {
        let mut members = Members::new();
        for member in &shape.members {
            if let Some(part) = self.member(tree, member) {
                path.push(member.name);
                members.put(member.name, self.value(member, part, path)?);
                path.pop();
            }
        }
        Ok(Value::Map(members))
    }

    fn value(&self, member: &Member, tree: &Tree, path: &mut Path) -> Result<Value, Fault> {
        match member.shape().kind {
            Kind::Structure | Kind::Union => self.structure(member.shape(), tree, path),
            Kind::List => match self.entries(tree, member) {
                Some(entries) => {
                    let entry = member.shape().entry();
                    entries
                        .into_iter()
                        .map(|tree| self.value(entry, tree, path))
                        .collect::<Result<_, _>>()
                        .map(Value::List)
                }
                None => Ok(Value::Null),
            },
            Kind::Map => self.map(member, tree, path),
            Kind::Document => Ok(Value::Null),
            _ => match &tree.text {
                Some(said) => text::read(member.shape(), said)
                    .ok_or_else(|| self.malformed(member.shape(), said, path)),
                None => Ok(Value::Null),
            },
        }
    }

    fn map(&self, member: &Member, tree: &Tree, path: &mut Path) -> Result<Value, Fault> {
        let (key, value) = member.shape().pair();
        let entries = tree.part("entry").map(Tree::numbered).unwrap_or_else(|| tree.numbered());
        let mut members = Vec::new();
        for entry in entries {
            let name = entry.part(key.wire_name()).and_then(|part| part.text.clone());
            if let (Some(name), Some(part)) = (name, entry.part(value.wire_name())) {
                members.push((Cow::Owned(name), self.value(value, part, path)?));
            }
        }
        Ok(Value::Map(Members::from_entries(members)))
    }
}

struct Query;

impl Dialect for Query {
    fn member<'t>(&self, tree: &'t Tree, member: &Member) -> Option<&'t Tree> {
        // botocore names a flat list after its entries, Smithy after its member.
        let flat = member.traits.flattened && member.shape().kind == Kind::List;
        let entry = flat.then(|| member.shape().entry().wire).flatten();
        tree.part(member.wire_name()).or_else(|| tree.part(entry?))
    }

    fn entries<'t>(&self, tree: &'t Tree, member: &Member) -> Option<Vec<&'t Tree>> {
        let entry = member.shape().entry().wire_name();
        let nested = [entry, "member"].into_iter().find_map(|name| tree.part(name));
        Some(nested.unwrap_or(tree).numbered())
    }

    fn malformed(&self, shape: &Shape, text: &str, path: &Path) -> Fault {
        let message = format!("`{text}` is not a valid {:?} (at {})", shape.kind, path.join("."));
        Fault::sender("MalformedInput", message).with_status(400)
    }
}
