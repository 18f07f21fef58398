//! Sessions: credentials for a while, of a role or of the caller.
//!
//! Invariant: a role's session is handed out only to whom the role's trust policy lets in, where policies are enforced. A secret comes
//! from the call's own seed, which the shell draws anew for every call.

use crate::{
    authorize::{self, is_trusted},
    decide::{Ctx, Decision, View, Writes, moment},
};
use domain::{
    arn::Arn,
    iam::{SessionCredential, secret, session_token, unique_id},
    id::AccountId,
    identity::{Entity, Role},
    time::Millis,
};
use policy::document::{Document, Kind};
use store::Expect;
use wire::{Fault, Value, reply, tables::sts, view};

/// How long sessions last where nothing is said, in seconds.
const ROLE_DEFAULT_S: i64 = 3600;
const TOKEN_DEFAULT_S: i64 = 43_200;

view! {
    AssumeRole : sts::ASSUME_ROLE_REQUEST {
        role: &'a str = "RoleArn",
        name: &'a str = "RoleSessionName",
        policies: Vec<PolicyArn<'a>> = "PolicyArns",
        policy: Option<&'a str> = "Policy",
        duration_s: Option<i64> = "DurationSeconds",
        external_id: Option<&'a str> = "ExternalId",
        tags: &'a [Value] = "Tags",
        source_identity: Option<&'a str> = "SourceIdentity",
        serial: Option<&'a str> = "SerialNumber",
    }
    PolicyArn : sts::POLICY_DESCRIPTOR_TYPE {
        arn: Option<&'a str> = "arn",
    }
    GetSessionToken : sts::GET_SESSION_TOKEN_REQUEST {
        duration_s: Option<i64> = "DurationSeconds",
        serial: Option<&'a str> = "SerialNumber",
    }
}

/// Hands out a session of a role.
pub fn assume_role(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = AssumeRole::from(request);
    let refuse = |what: &str| Err(invalid(format!("{what} is not served by Longshore yet.")));
    if !request.tags.is_empty() {
        return refuse("`Tags` of a session");
    }
    if request.source_identity.is_some() {
        return refuse("`SourceIdentity`");
    }
    if request.serial.is_some() {
        return refuse("Multi-factor authentication (`SerialNumber`)");
    }
    let denied = || {
        let text = format!(
            "User: {} is not authorized to perform: sts:AssumeRole on resource: {}",
            ctx.caller.arn, request.role
        );
        authorize::denied(&sts::SERVICE, text)
    };
    let arn = Arn::parse(request.role).filter(|arn| arn.service == "iam");
    let account = arn.and_then(|arn| AccountId::parse(arn.account).ok());
    let path = arn.and_then(|arn| arn.resource.strip_prefix("role/"));
    let (Some(account), Some(path)) = (account, path) else {
        return Err(invalid(format!("{} is invalid", request.role)));
    };
    let name = path.rsplit('/').next().unwrap_or(path);
    let role = view.get::<Role>(&Role::key_of(&account, name))?;
    let role = role.filter(|role| role.arn(&account) == request.role).ok_or_else(denied)?;
    if ctx.config.enforces_policies
        && !is_trusted(ctx, &role.trust, request.role, request.external_id)
    {
        return Err(denied());
    }
    let duration_s = request.duration_s.unwrap_or(ROLE_DEFAULT_S);
    if duration_s > role.session_max_s {
        return Err(invalid(
            "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
        ));
    }
    let mut policies: Vec<String> =
        request.policies.iter().filter_map(|policy| policy.arn).map(str::to_owned).collect();
    if let Some(text) = request.policy {
        Document::parse(text, Kind::Identity).map_err(|error| {
            Fault::sender("MalformedPolicyDocumentException", error.to_string())
        })?;
        policies.push(text.to_owned());
    }
    let user_arn =
        format!("arn:aws:sts::{account}:assumed-role/{}/{}", role.name.name, request.name);
    let session = SessionCredential {
        account,
        principal_arn: user_arn.clone(),
        role_arn: request.role.to_owned(),
        policies,
        ..drawn(ctx, duration_s)
    };
    let user = reply!(sts::ASSUMED_ROLE_USER {
        "AssumedRoleId": format!("{}:{}", role.name.id, request.name),
        "Arn": user_arn,
    });
    let reply = reply!(sts::ASSUME_ROLE_RESPONSE {
        "Credentials": show(&session),
        "AssumedRoleUser": user,
    });
    Ok((reply, kept(session)))
}

/// Hands out a session of the calling user.
pub fn get_session_token(_view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = GetSessionToken::from(request);
    if request.serial.is_some() {
        let message =
            "Multi-factor authentication (`SerialNumber`) is not served by Longshore yet.";
        return Err(invalid(message));
    }
    if ctx.caller.arn.contains(":assumed-role/") {
        let message = "Cannot call GetSessionToken with session credentials";
        return Err(authorize::denied(&sts::SERVICE, message.to_owned()));
    }
    let session = SessionCredential {
        account: ctx.caller.scope.account.clone(),
        principal_arn: ctx.caller.arn.clone(),
        role_arn: ctx.caller.arn.clone(),
        ..drawn(ctx, request.duration_s.unwrap_or(TOKEN_DEFAULT_S))
    };
    let reply = reply!(sts::GET_SESSION_TOKEN_RESPONSE { "Credentials": show(&session) });
    Ok((reply, kept(session)))
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
