//! The caller with everything that was granted to it.

use super::known::{self, Documents};
use crate::{
    caller::Who,
    decide::{Ctx, View},
};
use domain::{
    iam::SessionCredential,
    identity::{Entity, Granted, Role, User},
    tag::Tag,
};
use policy::{
    document::Document,
    evaluate::{Asker, Policies, Request, Verdict, evaluate, fold},
};
use std::sync::Arc;
use wire::Fault;

/// A user that exists from the beginning without anybody having made it, and the policy that it has until someone does: the agent which
/// `longshore up` runs.
const BUILT_IN: (&str, &str) =
    ("longshore-agent", "arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role");

/// Whether a user of that name exists without a record.
pub(crate) fn is_built_in(name: &str) -> bool {
    name == BUILT_IN.0
}

/// Somebody whose policies count: anybody but an account's root.
pub(super) struct Principal {
    /// As policies name it.
    pub(super) asker: Asker,
    /// The user's name, for `aws:username`.
    pub(super) user_name: Option<String>,
    /// `User` or `AssumedRole`.
    pub(super) kind: &'static str,
    /// Of the user, or of the session and its role.
    pub(super) tags: Vec<Tag>,
    /// What a temporary credential says, if the caller signed with one.
    pub(super) credential: Option<Arc<SessionCredential>>,
    identity: Vec<Documents>,
    /// One document.
    boundary: Option<Documents>,
    session: Vec<Documents>,
}

/// The caller as policies name it.
pub(super) fn asker(ctx: &Ctx) -> Asker {
    Asker {
        account: ctx.caller.scope.account.to_string(),
        arns: vec![ctx.caller.arn.clone()],
        service: None,
    }
}

impl Principal {
    /// Of the caller; `None` for a root.
    pub(super) fn of(view: &View, ctx: &Ctx) -> Result<Option<Self>, Fault> {
        match ctx.caller.who() {
            Who::Root => Ok(None),
            Who::User(name) => Self::user(view, ctx, name).map(Some),
            Who::Session { role, .. } => Self::session(view, ctx, role).map(Some),
            // Policies can be granted to none such.
            Who::Nobody => Ok(Some(Self::nobody(ctx))),
        }
    }

    /// An account's root, of whom nothing is asked but by a trust policy.
    pub(super) fn root(ctx: &Ctx) -> Self {
        Self { kind: "Account", ..Self::nobody(ctx) }
    }

    /// Whether it is a user with a session of its own: one that IAM does not serve (IAM User Guide, "GetSessionToken").
    pub(super) fn is_token(&self) -> bool {
        self.credential.is_some() && self.kind == "User"
    }

    fn nobody(ctx: &Ctx) -> Self {
        Self {
            asker: asker(ctx),
            user_name: None,
            kind: "User",
            tags: Vec::new(),
            credential: None,
            identity: Vec::new(),
            boundary: None,
            session: Vec::new(),
        }
    }

    fn user(view: &View, ctx: &Ctx, name: &str) -> Result<Self, Fault> {
        let credential = credential(view, ctx)?;
        let nobody = Self { user_name: Some(name.to_owned()), credential, ..Self::nobody(ctx) };
        let found = view.get::<User>(&User::key_of(&ctx.caller.scope.account, name))?;
        match &found {
            Some(user) => nobody.with(view, ctx, &user.record, user.name().tags.clone()),
            None if is_built_in(name) => {
                let identity = vec![known::managed(view, &ctx.caller.scope.account, BUILT_IN.1)?];
                Ok(Self { identity, ..nobody })
            }
            None => Ok(nobody),
        }
    }

    fn session(view: &View, ctx: &Ctx, role: &str) -> Result<Self, Fault> {
        let mut session = Self { kind: "AssumedRole", ..Self::nobody(ctx) };
        let Some(credential) = credential(view, ctx)? else { return Ok(session) };
        session.asker.arns.push(credential.role_arn.clone());
        let account = &ctx.caller.scope.account;
        let named = credential.policies.iter().filter(|policy| policy.starts_with("arn:"));
        let named = named.map(|arn| known::managed(view, account, arn));
        session.session = named.collect::<Result<_, Fault>>()?;
        if credential.policies.len() > session.session.len() {
            session.session.push(known::of_session(&credential));
        }
        session.tags.clone_from(&credential.tags);
        session.credential = Some(credential);
        match view.get::<Role>(&Role::key_of(account, role))? {
            Some(role) => {
                // A tag of the session stands in the place of the role's.
                let mut tags = session.tags.clone();
                let is_own = |tag: &&Tag| !tags.iter().any(|own| fold(&own.key) == fold(&tag.key));
                let of_role: Vec<Tag> = role.name().tags.iter().filter(is_own).cloned().collect();
                tags.extend(of_role);
                session.with(view, ctx, &role.record, tags)
            }
            None => Ok(session),
        }
    }

    fn with<E: Granted>(
        self,
        view: &View,
        ctx: &Ctx,
        entity: &Arc<E>,
        tags: Vec<Tag>,
    ) -> Result<Self, Fault> {
        let (account, grants) = (&ctx.caller.scope.account, entity.grants());
        let mut identity = vec![known::inline(entity)];
        for arn in &grants.attached {
            identity.push(known::managed(view, account, arn)?);
        }
        let boundary = grants.boundary.as_ref();
        let boundary = boundary.map(|arn| known::managed(view, account, arn)).transpose()?;
        Ok(Self { identity, boundary, tags, ..self })
    }

    /// What all that has a say says; `resource` is the policy of the resource, if it has one.
    pub(super) fn verdict(&self, asked: &Request, resource: Option<&Document>) -> Verdict {
        let identity: Vec<_> = self.identity.iter().flat_map(|of| of.iter()).collect();
        let session: Vec<_> = self.session.iter().flat_map(|of| of.iter()).collect();
        let boundary = self.boundary.as_ref();
        let boundary = boundary.map(|of| of.first().expect("a managed policy is one document"));
        evaluate(&Policies { identity: &identity, boundary, session: &session, resource }, asked)
    }
}

/// The temporary credential that the caller signed with, if it was one.
fn credential(view: &View, ctx: &Ctx) -> Result<Option<Arc<SessionCredential>>, Fault> {
    let id = ctx.caller.access_key_id.as_deref().filter(|id| id.starts_with("ASIA"));
    let Some(id) = id else { return Ok(None) };
    let found = view.get::<SessionCredential>(&SessionCredential::key(id))?;
    Ok(found.map(|found| found.record))
}
