//! The credentials of tasks' roles, in the form that SDKs' container providers read.
//!
//! Invariant: an id that is not of a task in the view is an unknown id; so is one of a task that has ended. Each answer names whose
//! credentials were asked for, for the audit line.

use super::{
    reply::Reply,
    view::{TaskView, View},
};
use domain::link::acs::RoleCredentials;
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Given<'a> {
    role_arn: &'a str,
    access_key_id: &'a str,
    secret_access_key: &'a str,
    token: &'a str,
    expiration: &'a str,
}

pub(super) fn respond(view: &View, version: u8, id: Option<&str>) -> Reply {
    let refusal = |status, code, what: &str| {
        Reply::refusal(status, code, &format!("CredentialsV{version}Request: {what}"))
    };
    let Some(id) = id else {
        return refusal(400, "NoIdInRequest", "No Credential ID in the request");
    };
    let found = view.tasks.iter().filter(|task| task.portrait.is_alive).find_map(|task| {
        let of = of(task).find(|held| held.credentials_id == id)?;
        Some((task, of))
    });
    let Some((task, held)) = found else {
        return refusal(400, "InvalidIdInRequest", "Credentials not found");
    };
    let mut reply = if held.access_key_id.is_empty() {
        refusal(503, "CredentialsUninitialized", "Credentials uninitialized for ID")
    } else {
        let given = Given {
            role_arn: &held.role_arn,
            access_key_id: &held.access_key_id,
            secret_access_key: &held.secret_access_key,
            token: &held.session_token,
            expiration: &held.expiration,
        };
        Reply::json(200, &given)
    };
    reply.audit = Some(task.portrait.payload.arn.clone());
    reply
}

fn of(task: &TaskView) -> impl Iterator<Item = &RoleCredentials> {
    let payload = &task.portrait.payload;
    let all = [&payload.role_credentials, &payload.execution_role_credentials];
    all.into_iter().flatten().filter(|held| !held.credentials_id.is_empty())
}
