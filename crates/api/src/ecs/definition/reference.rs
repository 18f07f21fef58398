//! What clients call a task definition: `family`, `family:revision` or an ARN.

use crate::{
    decide::{Ctx, View},
    ecs::fault,
};
use domain::{
    arn::Arn,
    definition::{DefinitionStatus, FamilyHead, TaskDefinition},
    id::{DefinitionRevision, Family},
};
use store::Found;
use wire::Fault;

/// A family and, where one was given, a revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The family.
    pub family: Family,
    /// The revision; none means the highest ACTIVE one.
    pub revision: Option<DefinitionRevision>,
}

impl Reference {
    /// Reads `text`. `None` for the ARN of another account or region, where nothing of ours can be.
    ///
    /// # Errors
    /// `ClientException`, if it cannot name a definition.
    pub fn parse(ctx: &Ctx, text: &str) -> Result<Option<Self>, Fault> {
        let name = if text.starts_with("arn:") {
            let malformed = || {
                fault::invalid_parameter(format!(
                    "Invalid identifier: `{text}` is not the ARN of a task definition."
                ))
            };
            let arn = Arn::parse(text).filter(|arn| arn.service == "ecs").ok_or_else(malformed)?;
            let name = arn.resource.strip_prefix("task-definition/").ok_or_else(malformed)?;
            if arn.resource_of_kind(&ctx.scope, "task-definition").is_none() {
                return Ok(None);
            }
            name
        } else {
            text
        };
        let (family, revision) = match name.split_once(':') {
            None => (name, None),
            Some((family, revision)) => (family, Some(revision)),
        };
        if family.is_empty() {
            return Err(fault::client("Family should not be null or empty."));
        }
        let family = Family::parse(family)
            .map_err(|_| fault::client("Family contains invalid characters."))?;
        let revision = revision.map(parse_revision).transpose()?;
        Ok(Some(Self { family, revision }))
    }

    /// The definition: the revision that is named, whatever its status, or the family's highest ACTIVE one.
    ///
    /// # Errors
    /// If a record cannot be read.
    pub fn find(&self, view: &View, ctx: &Ctx) -> Result<Option<Found<TaskDefinition>>, Fault> {
        if let Some(revision) = self.revision {
            return view.get(&TaskDefinition::key(&ctx.scope, &self.family, revision));
        }
        let Some(head) = view.get::<FamilyHead>(&FamilyHead::key(&ctx.scope, &self.family))? else {
            return Ok(None);
        };
        // Nearly always the latest revision is the one, so this is one look, not one per revision.
        for revision in (1..=head.latest.0).rev() {
            let key = TaskDefinition::key(&ctx.scope, &self.family, DefinitionRevision(revision));
            let found = view.get::<TaskDefinition>(&key)?;
            if let Some(found) = found.filter(|found| found.status == DefinitionStatus::Active) {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }
}

fn parse_revision(text: &str) -> Result<DefinitionRevision, Fault> {
    let number = text.parse().ok().filter(|number| *number > 0);
    let invalid = || fault::client(format!("Invalid revision number. Number: {text}"));
    number.map(DefinitionRevision).ok_or_else(invalid)
}

/// The definition that `text` names, for RunTask and its like.
///
/// # Errors
/// `ClientException`, if `text` cannot name a definition.
pub fn find(view: &View, ctx: &Ctx, text: &str) -> Result<Option<Found<TaskDefinition>>, Fault> {
    match Reference::parse(ctx, text)? {
        Some(reference) => reference.find(view, ctx),
        None => Ok(None),
    }
}
