//! The caller with everything that was granted to it.

use crate::{
    caller::Who,
    decide::{Ctx, View},
    iam::managed,
};
use domain::{
    iam::SessionCredential,
    identity::{Entity, Granted, Grants, Role, User},
    tag::Tag,
};
use policy::{
    document::{Document, Kind},
    evaluate::{Asker, Policies, Request, Verdict, evaluate},
};
use wire::Fault;

/// Users that exist from the beginning without anybody having made them, and the policy that they have until someone does.
const BUILT_IN: [(&str, &str); 2] = [
    ("administrator", "arn:aws:iam::aws:policy/AdministratorAccess"),
    ("longshore-agent", "arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role"),
];

/// Somebody whose policies count: anybody but an account's root.
pub(super) struct Principal {
    /// As policies name it.
    pub(super) asker: Asker,
    /// The user's name, for `aws:username`.
    pub(super) user_name: Option<String>,
    /// `User` or `AssumedRole`.
    pub(super) kind: &'static str,
    /// Of the user or role.
    pub(super) tags: Vec<Tag>,
    identity: Vec<Document>,
    boundary: Option<Document>,
    session: Vec<Document>,
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

    fn nobody(ctx: &Ctx) -> Self {
        Self {
            asker: asker(ctx),
            user_name: None,
            kind: "User",
            tags: Vec::new(),
            identity: Vec::new(),
            boundary: None,
            session: Vec::new(),
        }
    }

    fn user(view: &View, ctx: &Ctx, name: &str) -> Result<Self, Fault> {
        let nobody = Self { user_name: Some(name.to_owned()), ..Self::nobody(ctx) };
        let found = view.get::<User>(&User::key_of(&ctx.caller.scope.account, name))?;
        let built_in = BUILT_IN.iter().find(|(known, _)| *known == name);
        let (grants, tags) = match (&found, built_in) {
            (Some(user), _) => (user.grants().clone(), user.name().tags.clone()),
            (None, Some((_, arn))) => {
                let attached = vec![(*arn).to_owned()];
                (Grants { attached, ..Grants::default() }, Vec::new())
            }
            (None, None) => return Ok(nobody),
        };
        nobody.with(view, ctx, &grants, tags)
    }

    fn session(view: &View, ctx: &Ctx, role: &str) -> Result<Self, Fault> {
        let mut session = Self { kind: "AssumedRole", ..Self::nobody(ctx) };
        let credential = match &ctx.caller.access_key_id {
            Some(id) => view.get::<SessionCredential>(&SessionCredential::key(id))?,
            None => None,
        };
        let Some(credential) = credential else { return Ok(session) };
        session.asker.arns.push(credential.role_arn.clone());
        let account = &ctx.caller.scope.account;
        for policy in &credential.policies {
            let text = match policy.starts_with("arn:") {
                true => managed::document(view, account, policy)?,
                false => Some(policy.clone()),
            };
            session.session.push(read(text.as_deref()));
        }
        match view.get::<Role>(&Role::key_of(account, role))? {
            Some(role) => session.with(view, ctx, role.grants(), role.name().tags.clone()),
            None => Ok(session),
        }
    }

    fn with(self, view: &View, ctx: &Ctx, grants: &Grants, tags: Vec<Tag>) -> Result<Self, Fault> {
        let account = &ctx.caller.scope.account;
        let mut identity: Vec<Document> =
            grants.inline.values().map(|text| read(Some(text))).collect();
        for arn in &grants.attached {
            identity.push(read(managed::document(view, account, arn)?.as_deref()));
        }
        let boundary = match &grants.boundary {
            Some(arn) => Some(read(managed::document(view, account, arn)?.as_deref())),
            None => None,
        };
        Ok(Self { identity, boundary, tags, ..self })
    }

    /// What all that has a say says.
    pub(super) fn verdict(&self, asked: &Request) -> Verdict {
        let (identity, session): (Vec<_>, Vec<_>) =
            (self.identity.iter().collect(), self.session.iter().collect());
        let boundary = self.boundary.as_ref();
        evaluate(
            &Policies { identity: &identity, boundary, session: &session, resource: None },
            asked,
        )
    }
}

/// A policy that is gone, or was stored before its kind was refused, says nothing: and so allows nothing.
fn read(text: Option<&str>) -> Document {
    text.and_then(|text| Document::parse(text, Kind::Identity).ok())
        .unwrap_or(Document { statements: Vec::new() })
}
