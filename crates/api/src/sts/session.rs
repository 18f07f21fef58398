//! Sessions: credentials for a while, of a role or of the caller.
//!
//! Invariants: a role's session is handed out only to whom the role's trust policy lets in, where policies are enforced. What a session
//! carries on through further roles (transitive tags, who is behind it) no later session changes. A secret comes
//! from the call's own seed, which the shell draws anew for every call.

#[cfg(test)]
mod tests;

use crate::{
    authorize::{self, untrusted},
    caller::Who,
    decide::{Ctx, Decision, View, Writes, moment, readable},
    iam::{entity::read_tags, fault, managed},
};
use books::role;
use domain::{
    arn::Arn,
    iam::{SessionCredential, secret, session_token, unique_id},
    id::AccountId,
    identity::Role,
    tag::Tag,
    time::Millis,
};
use policy::{
    document::{Document, Kind},
    evaluate::fold,
};
use std::sync::Arc;
use store::Expect;
use wire::{Fault, Value, reply, tables::sts, view};

/// How long sessions last where nothing is said, in seconds.
const ROLE_DEFAULT_S: i64 = 3600;
const TOKEN_DEFAULT_S: i64 = 43_200;

/// How long a session may last that another role's session opened, in seconds.
const CHAINED_MAX_S: i64 = 3600;

/// How long a session of an account's root may last, in seconds.
const ROOT_MAX_S: i64 = 3600;

/// STS's own limit on the managed policies that narrow a session.
const POLICIES_MAX: usize = 10;

view! {
    AssumeRole : sts::ASSUME_ROLE_REQUEST {
        role: &'a str = "RoleArn",
        name: &'a str = "RoleSessionName",
        policies: Vec<PolicyArn<'a>> = "PolicyArns",
        policy: Option<&'a str> = "Policy",
        duration_s: Option<i64> = "DurationSeconds",
        tags: &'a [Value] = "Tags",
        transitive: Vec<&'a str> = "TransitiveTagKeys",
        source_identity: Option<&'a str> = "SourceIdentity",
        serial: Option<&'a str> = "SerialNumber",
        code: Option<&'a str> = "TokenCode",
        contexts: &'a [Value] = "ProvidedContexts",
        token_size: Option<i64> = "MinimumSessionTokenSize",
    }
    PolicyArn : sts::POLICY_DESCRIPTOR_TYPE {
        arn: Option<&'a str> = "arn",
    }
    GetSessionToken : sts::GET_SESSION_TOKEN_REQUEST {
        duration_s: Option<i64> = "DurationSeconds",
        serial: Option<&'a str> = "SerialNumber",
        code: Option<&'a str> = "TokenCode",
        token_size: Option<i64> = "MinimumSessionTokenSize",
    }
}

/// Hands out a session of a role.
pub fn assume_role(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let asked = AssumeRole::from(request);
    refuse_unserved(&[
        ("Multi-factor authentication", asked.serial.is_some() || asked.code.is_some()),
        ("`ProvidedContexts`", !asked.contexts.is_empty()),
        ("`MinimumSessionTokenSize`", asked.token_size.is_some()),
    ])?;
    let denied = |action: &str| {
        let (caller, role) = (&ctx.caller.arn, asked.role);
        let text =
            format!("User: {caller} is not authorized to perform: {action} on resource: {role}");
        authorize::denied(&sts::SERVICE, text)
    };
    let is_role = Arn::parse(asked.role)
        .is_some_and(|arn| arn.service == "iam" && arn.resource.starts_with("role/"));
    if !is_role {
        return Err(invalid(format!("{} is invalid", asked.role)));
    }
    let found = readable(role::find(view.snapshot(), asked.role))?;
    let role = found.ok_or_else(|| denied("sts:AssumeRole"))?;
    if ctx.config.enforces_policies
        && let Some(action) = untrusted(view, ctx, &role.record, asked.role, request)?
    {
        return Err(denied(action));
    }
    let opener = opener(view, ctx)?;
    let duration_s = duration(&asked, &role, opener.is_some())?;
    let account = Arn::parse(asked.role).and_then(|arn| AccountId::parse(arn.account).ok());
    let account = account.expect("the role was found by it");
    let (tags, transitive_tag_keys) = session_tags(&asked, opener.as_deref())?;
    let user_arn = format!("arn:aws:sts::{account}:assumed-role/{}/{}", role.name.name, asked.name);
    let session = SessionCredential {
        principal_arn: user_arn.clone(),
        role_arn: asked.role.to_owned(),
        role_id: Some(role.name.id.clone()),
        policies: session_policies(view, &account, &asked)?,
        tags,
        transitive_tag_keys,
        source_identity: source_identity(&asked, opener.as_deref())?,
        account,
        ..drawn(ctx, duration_s)
    };
    let user = reply!(sts::ASSUMED_ROLE_USER {
        "AssumedRoleId": format!("{}:{}", role.name.id, asked.name),
        "Arn": user_arn,
    });
    let reply = reply!(sts::ASSUME_ROLE_RESPONSE {
        "Credentials": show(&session),
        "AssumedRoleUser": user,
        "SourceIdentity": session.source_identity.as_deref(),
    });
    Ok((reply, kept(session)))
}

/// The session of a role that the caller is, if it is one.
fn opener(view: &View, ctx: &Ctx) -> Result<Option<Arc<SessionCredential>>, Fault> {
    match (ctx.caller.who(), &ctx.caller.access_key_id) {
        (Who::Session { .. }, Some(id)) => {
            let found = view.get::<SessionCredential>(&SessionCredential::key(id))?;
            Ok(found.map(|found| found.record))
        }
        _ => Ok(None),
    }
}

fn duration(asked: &AssumeRole<'_>, role: &Role, is_chained: bool) -> Result<i64, Fault> {
    let duration_s = asked.duration_s.unwrap_or(ROLE_DEFAULT_S);
    if is_chained && duration_s > CHAINED_MAX_S {
        return Err(invalid(
            "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining",
        ));
    }
    if duration_s > role.session_max_s {
        return Err(invalid(
            "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
        ));
    }
    Ok(duration_s)
}

/// What a session is narrowed to: managed policies of the role's account, and a document of its own.
fn session_policies(
    view: &View,
    account: &AccountId,
    asked: &AssumeRole<'_>,
) -> Result<Vec<String>, Fault> {
    let mut policies: Vec<String> =
        asked.policies.iter().filter_map(|policy| policy.arn).map(str::to_owned).collect();
    if policies.len() > POLICIES_MAX {
        return Err(invalid(format!(
            "A session can have at most {POLICIES_MAX} managed policies."
        )));
    }
    for arn in &policies {
        if !managed::is_there(view, account, arn)? {
            return Err(invalid(format!("Policy {arn} does not exist or is not attachable.")));
        }
    }
    if let Some(text) = asked.policy {
        Document::admit(text, Kind::Identity).map_err(|error| fault::malformed(&error))?;
        policies.push(text.to_owned());
    }
    Ok(policies)
}

/// The tags of a new session and the keys of those that go on from it: what its opener's session passes on comes first, and is not to be
/// given another value.
fn session_tags(
    asked: &AssumeRole<'_>,
    opener: Option<&SessionCredential>,
) -> Result<(Vec<Tag>, Vec<String>), Fault> {
    let own = read_tags(asked.tags).map_err(|fault| invalid(fault.message))?;
    let has = |tags: &[Tag], key: &str| tags.iter().any(|tag| fold(&tag.key) == fold(key));
    if asked.transitive.iter().any(|key| !has(&own, key)) {
        return Err(invalid(
            "The specified transitive tag key must be included in the requested tags.",
        ));
    }
    let passed_on = opener.map_or(&[][..], |opener| &opener.transitive_tag_keys);
    if passed_on.iter().any(|key| has(&own, key)) {
        return Err(invalid(
            "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
        ));
    }
    let of_opener = opener.map_or(&[][..], |opener| &opener.tags).iter();
    let is_passed_on = |tag: &&Tag| passed_on.iter().any(|key| fold(&tag.key) == fold(key));
    let tags = of_opener.filter(is_passed_on).cloned().chain(own).collect();
    let asked = asked.transitive.iter().map(|key| (*key).to_owned());
    Ok((tags, passed_on.iter().cloned().chain(asked).collect()))
}

/// Who is behind a session: whoever its first opener said, through every further role.
fn source_identity(
    asked: &AssumeRole<'_>,
    opener: Option<&SessionCredential>,
) -> Result<Option<String>, Fault> {
    match (opener.and_then(|opener| opener.source_identity.as_deref()), asked.source_identity) {
        (Some(set), Some(other)) if set != other => {
            Err(invalid("The source identity of a session cannot be changed once it is set."))
        }
        (set, given) => Ok(set.or(given).map(str::to_owned)),
    }
}

/// Hands out a session of the calling user.
pub fn get_session_token(_view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = GetSessionToken::from(request);
    refuse_unserved(&[
        ("Multi-factor authentication", request.serial.is_some() || request.code.is_some()),
        ("`MinimumSessionTokenSize`", request.token_size.is_some()),
    ])?;
    let is_session = ctx.caller.access_key_id.as_ref().is_some_and(|id| id.starts_with("ASIA"));
    if is_session {
        let message = "Cannot call GetSessionToken with session credentials";
        return Err(authorize::denied(&sts::SERVICE, message.to_owned()));
    }
    let duration_s = request.duration_s.unwrap_or(TOKEN_DEFAULT_S);
    let duration_s = match ctx.caller.who() {
        Who::Root => duration_s.min(ROOT_MAX_S),
        Who::User(_) | Who::Session { .. } | Who::Nobody => duration_s,
    };
    let session = SessionCredential {
        account: ctx.caller.scope.account.clone(),
        principal_arn: ctx.caller.arn.clone(),
        role_arn: ctx.caller.arn.clone(),
        ..drawn(ctx, duration_s)
    };
    let reply = reply!(sts::GET_SESSION_TOKEN_RESPONSE { "Credentials": show(&session) });
    Ok((reply, kept(session)))
}

fn refuse_unserved(asked: &[(&str, bool)]) -> Result<(), Fault> {
    match asked.iter().find(|(_, is_asked)| *is_asked) {
        None => Ok(()),
        Some((what, _)) => Err(invalid(format!("{what} is not served by Longshore yet."))),
    }
}

/// New secrets, of nobody yet.
fn drawn(ctx: &Ctx, duration_s: i64) -> SessionCredential {
    SessionCredential {
        access_key_id: unique_id("ASIA", &ctx.ids.array::<16>("session-key")),
        secret_access_key: secret(&ctx.ids.array("session-secret")),
        session_token: session_token(&ctx.ids.array("session-token")),
        account: ctx.caller.scope.account.clone(),
        principal_arn: String::new(),
        role_arn: String::new(),
        role_id: None,
        policies: Vec::new(),
        tags: Vec::new(),
        transitive_tag_keys: Vec::new(),
        source_identity: None,
        issued_at: ctx.now,
        expires_at: ctx.now + Millis::from_s(duration_s),
    }
}

fn kept(session: SessionCredential) -> Writes {
    let mut writes = Writes::new();
    writes.put(&SessionCredential::key(&session.access_key_id), Expect::Absent, session);
    writes
}

fn show(session: &SessionCredential) -> Value {
    reply!(sts::CREDENTIALS {
        "AccessKeyId": &session.access_key_id,
        "SecretAccessKey": &session.secret_access_key,
        "SessionToken": &session.session_token,
        "Expiration": moment(session.expires_at),
    })
}

fn invalid(message: impl Into<String>) -> Fault {
    Fault::sender("ValidationError", message).with_status(400)
}
