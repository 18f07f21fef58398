//! What EC2 says to an instance about itself, by IMDSv2: a token first, then answers to those who show it.
//!
//! A token is made from the agent's secret, names its caller and ends; nothing is kept of it. Version 1, without a token, is served where
//! the host says so. The role's credentials are those that the plane told last.
//! Not here: which tasks may see it at all (`Doorway::sees_instance`), and the hop limit, which is the socket's.

use super::{
    door::Caller,
    ids::Ids,
    reply::{Reply, Request},
    view::HostView,
};
use domain::{
    link::acs::InstanceCredentials,
    time::{Millis, Timestamp},
};
use serde_json::{Map, Value as Json, json};

/// The header that shows a token.
pub(super) const TOKEN: &str = "x-aws-ec2-metadata-token";
/// The header that asks for one that lives so many seconds.
pub(super) const TOKEN_TTL: &str = "x-aws-ec2-metadata-token-ttl-seconds";
/// EC2's own limits on that.
const TTL_S_MAX: i64 = 21_600;

/// The answer to a request.
pub(super) fn respond(
    host: &HostView,
    ids: &Ids,
    caller: &Caller,
    request: &Request,
    now: Timestamp,
) -> Reply {
    let path = request.path.trim_end_matches('/');
    match (request.method.as_str(), path) {
        ("PUT", "/latest/api/token") => token(ids, caller, request, now),
        ("GET", _) => {
            let is_let_in = match request.header(TOKEN) {
                Some(token) => ids.is_token(caller, token, now),
                None => host.serves_version_1,
            };
            if !is_let_in {
                return Reply::text(401, "Unauthorized");
            }
            match find(host, path) {
                Some(reply) => reply,
                None => Reply::text(404, "Not Found"),
            }
        }
        _ => Reply::text(405, "Method Not Allowed"),
    }
}

fn token(ids: &Ids, caller: &Caller, request: &Request, now: Timestamp) -> Reply {
    // A proxy that passes requests on must not fetch tokens for others.
    if request.header("x-forwarded-for").is_some() {
        return Reply::text(403, "Forbidden");
    }
    let ttl_s = request.header(TOKEN_TTL).and_then(|text| text.trim().parse::<i64>().ok());
    let Some(ttl_s) = ttl_s.filter(|ttl| (1..=TTL_S_MAX).contains(ttl)) else {
        return Reply::text(400, "Bad Request");
    };
    let mut reply = Reply::text(200, ids.token(caller, now + Millis::from_s(ttl_s)));
    reply.headers.push((TOKEN_TTL, ttl_s.to_string()));
    reply
}

/// Where the role's credentials are, below the metadata; its name follows.
const CREDENTIALS: &str = "iam/security-credentials/";

/// A value, the list of what is below a directory, or the identity document.
fn find(host: &HostView, path: &str) -> Option<Reply> {
    if path == "/latest/dynamic/instance-identity/document" {
        return Some(Reply::json(200, &document(host)));
    }
    let below = path.strip_prefix("/latest/meta-data")?.trim_start_matches('/');
    let all = values(host);
    if let Some((name, value)) = all.iter().find(|(name, _)| name == below) {
        let mut reply = Reply::text(200, value.as_str());
        reply.audit = name.strip_prefix(CREDENTIALS).map(str::to_owned);
        return Some(reply);
    }
    let directory = if below.is_empty() { String::new() } else { format!("{below}/") };
    let mut names: Vec<String> = Vec::new();
    for rest in all.iter().filter_map(|(name, _)| name.strip_prefix(directory.as_str())) {
        let entry = match rest.split_once('/') {
            Some((folder, _)) => format!("{folder}/"),
            None => rest.to_owned(),
        };
        if !names.contains(&entry) {
            names.push(entry);
        }
    }
    (!names.is_empty()).then(|| Reply::text(200, names.join("\n")))
}

fn values(host: &HostView) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = host.role.iter().flat_map(of_role).collect();
    let plain = [
        ("instance-id", host.ec2_id.as_deref()),
        ("instance-type", host.instance_type.as_deref()),
        ("placement/availability-zone", host.zone.as_deref()),
        ("placement/region", Some(host.region.as_str())),
    ];
    let there = plain.into_iter().filter_map(|(name, value)| Some((name.into(), value?.into())));
    all.extend(there);
    all
}

/// The profile, and its role's credentials or why there are none, in EC2's form.
fn of_role(told: &InstanceCredentials) -> Vec<(String, String)> {
    let text = |json: &Json| format!("{json:#}");
    let info = json!({
        "Code": "Success", "LastUpdated": told.last_updated,
        "InstanceProfileArn": told.profile_arn, "InstanceProfileId": told.profile_id,
    });
    let mut all = vec![("iam/info".to_owned(), text(&info))];
    if told.role_name.is_empty() {
        return all;
    }
    let credentials = match &told.role_credentials {
        Some(given) => json!({
            "Code": "Success", "LastUpdated": told.last_updated, "Type": "AWS-HMAC",
            "AccessKeyId": given.access_key_id, "SecretAccessKey": given.secret_access_key,
            "Token": given.session_token, "Expiration": given.expiration,
        }),
        None => json!({
            "Code": "AssumeRoleUnauthorizedAccess", "LastUpdated": told.last_updated,
            "Message": format!(
                "EC2 cannot assume the role {}. Its trust policy must let ec2.amazonaws.com in.",
                told.role_name
            ),
        }),
    };
    all.push((format!("{CREDENTIALS}{}", told.role_name), text(&credentials)));
    all
}

fn document(host: &HostView) -> Json {
    let members = [
        ("instanceId", host.ec2_id.as_deref()),
        ("instanceType", host.instance_type.as_deref()),
        ("availabilityZone", host.zone.as_deref()),
        ("region", Some(host.region.as_str())),
    ];
    let there =
        members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.into())));
    Json::Object(there.collect::<Map<_, _>>())
}
