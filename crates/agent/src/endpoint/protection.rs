//! Task protection: a task of a service keeps itself from being scaled in for a while. The plane decides; here its words are turned around.
//!
//! The plane is asked with the task role's own credentials, so that the role's policy counts.

use super::{
    metadata::moment,
    reply::Reply,
    view::{TaskView, View},
};
use crate::link::CallError;
use domain::time::Timestamp;
use serde::Deserialize;
use serde_json::{Value as Json, json};
use wire::sigv4::Credentials;

/// A call of the plane's API.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) operation: &'static str,
    pub(super) request: Json,
    pub(super) credentials: Credentials,
    task_arn: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Wanted {
    protection_enabled: Option<bool>,
    expires_in_minutes: Option<i64>,
}

/// The call that answers a request, or the reply if there is none to make.
pub(super) fn call(view: &View, id: &str, update: Option<&[u8]>) -> Result<Call, Reply> {
    let Some((task, _)) = view.by_endpoint(id) else {
        let text = "unable to get the task of the request: unknown id";
        return Err(error(404, "", "ResourceNotFoundException", text));
    };
    let payload = &task.portrait.payload;
    let (operation, wanted) = match update {
        None => ("GetTaskProtection", json!({})),
        Some(body) => {
            let wanted = wanted(body)
                .map_err(|why| error(400, &payload.arn, "InvalidParameterException", &why))?;
            ("UpdateTaskProtection", wanted)
        }
    };
    let credentials = credentials(task).ok_or_else(|| {
        let text = "Invalid Request: no task IAM role credentials available for task";
        error(403, &payload.arn, "AccessDeniedException", text)
    })?;
    let mut request = wanted;
    request["cluster"] = payload.task_cluster_arn.as_str().into();
    request["tasks"] = json!([payload.arn]);
    Ok(Call { operation, request, credentials, task_arn: payload.arn.clone() })
}

fn wanted(body: &[u8]) -> Result<Json, String> {
    let wanted: Wanted = serde_json::from_slice(body)
        .map_err(|error| format!("UpdateTaskProtection: failed to decode request: {error}"))?;
    let enabled = wanted
        .protection_enabled
        .ok_or_else(|| "UpdateTaskProtection: the request has no `ProtectionEnabled`".to_owned())?;
    let mut request = json!({ "protectionEnabled": enabled });
    if let Some(minutes) = wanted.expires_in_minutes {
        request["expiresInMinutes"] = minutes.into();
    }
    Ok(request)
}

fn credentials(task: &TaskView) -> Option<Credentials> {
    let held =
        task.portrait.payload.role_credentials.as_ref().filter(|_| task.portrait.is_alive)?;
    (!held.access_key_id.is_empty()).then(|| Credentials {
        access_key_id: held.access_key_id.clone(),
        secret_access_key: held.secret_access_key.clone(),
        session_token: Some(held.session_token.clone()),
    })
}

/// The reply, from what the plane said.
pub(super) fn answer(call: &Call, said: Result<Json, CallError>) -> Reply {
    let said = match said {
        Ok(said) => said,
        Err(CallError::Fault { status, name, message }) => {
            return error(status, &call.task_arn, &name, &message);
        }
        Err(CallError::Late { .. }) => {
            let text = "Timed out calling ECS Task Protection API";
            return error(504, &call.task_arn, "RequestCanceled", text);
        }
        Err(other) => {
            tracing::warn!(error = &other as &dyn std::error::Error, "ask about task protection");
            let text = "the control plane cannot be reached";
            return error(500, &call.task_arn, "ServerException", text);
        }
    };
    if let Some(failure) = said["failures"].get(0) {
        let failure = json!({
            "Arn": failure["arn"], "Detail": failure["detail"], "Reason": failure["reason"],
        });
        return Reply::json(200, &json!({ "failure": failure }));
    }
    let Some(protected) = said["protectedTasks"].get(0) else {
        let text = "the control plane said nothing of the task";
        return error(500, &call.task_arn, "ServerException", text);
    };
    let until = protected["expirationDate"].as_f64().map(Timestamp::from_seconds);
    let protection = json!({
        "ExpirationDate": until.map(moment),
        "ProtectionEnabled": protected["protectionEnabled"],
        "TaskArn": protected["taskArn"],
    });
    Reply::json(200, &json!({ "protection": protection }))
}

fn error(status: u16, arn: &str, code: &str, message: &str) -> Reply {
    let error = json!({ "Arn": arn, "Code": code, "Message": message });
    Reply::json(status, &json!({ "error": error }))
}
