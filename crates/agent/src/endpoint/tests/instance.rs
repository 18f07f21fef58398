//! What tasks see of their instance: introspection and the instance's own metadata.

use super::{Caller, HostView, NOW, Request, Timestamp, host, ids, request, task_caller, text};
use crate::endpoint::instance;
use domain::link::acs::{InstanceCredentials, RoleCredentials};
use expect_test::{Expect, expect};

fn ask(caller: &Caller, request: &Request, now: Timestamp) -> String {
    ask_of(&host(), caller, request, now)
}

fn ask_of(host: &HostView, caller: &Caller, request: &Request, now: Timestamp) -> String {
    text(&instance::respond(host, &ids(), caller, request, now))
}

fn with(mut request: Request, name: &str, value: &str) -> Request {
    request.headers.push((name.to_owned(), value.to_owned()));
    request
}

fn token(caller: &Caller, ttl_s: &str) -> String {
    let put = with(request("PUT", "/latest/api/token"), instance::TOKEN_TTL, ttl_s);
    ask(caller, &put, NOW).strip_prefix("200 ").unwrap_or_default().to_owned()
}

#[track_caller]
fn check(path: &str, expected: &Expect) {
    let caller = task_caller("a");
    let get = with(request("GET", path), instance::TOKEN, &token(&caller, "60"));
    expected.assert_eq(&ask(&caller, &get, NOW));
}

#[test]
fn values_and_lists_of_what_is_below() {
    check("/latest/meta-data/instance-id", &expect!["200 i-0123456789abcdef0"]);
    check("/latest/meta-data/placement/availability-zone", &expect!["200 us-east-1a"]);
    check(
        "/latest/meta-data/",
        &expect![[r#"
            200 instance-id
            instance-type
            placement/"#]],
    );
    check(
        "/latest/meta-data/placement/",
        &expect![[r#"
            200 availability-zone
            region"#]],
    );
    check("/latest/meta-data/iam/security-credentials/", &expect!["404 Not Found"]);
    check("/latest/user-data", &expect!["404 Not Found"]);
    check(
        "/latest/dynamic/instance-identity/document",
        &expect![[
            r#"200 {"availabilityZone":"us-east-1a","instanceId":"i-0123456789abcdef0","instanceType":"m5.large","region":"us-east-1"}"#
        ]],
    );
}

#[test]
fn a_token_is_its_callers_and_ends() {
    let caller = task_caller("a");
    let shown = token(&caller, "60");
    let get = with(request("GET", "/latest/meta-data/instance-id"), instance::TOKEN, &shown);
    assert!(ask(&caller, &get, NOW).starts_with("200 "));
    assert_eq!(ask(&caller, &get, Timestamp(NOW.0 + 60_000)), "401 Unauthorized");
    assert_eq!(ask(&task_caller("b"), &get, NOW), "401 Unauthorized");
    assert_eq!(ask(&Caller::Host, &get, NOW), "401 Unauthorized");
    let longer = format!("f{shown}");
    let forged = with(request("GET", "/latest/meta-data/instance-id"), instance::TOKEN, &longer);
    assert_eq!(ask(&caller, &forged, NOW), "401 Unauthorized");
    assert_eq!(ask(&caller, &request("GET", "/latest/meta-data/"), NOW), "401 Unauthorized");
}

#[test]
fn tokens_are_asked_for_as_ec2_wants_it() {
    let caller = task_caller("a");
    for wrong in ["0", "21601", "x", ""] {
        let put = with(request("PUT", "/latest/api/token"), instance::TOKEN_TTL, wrong);
        assert_eq!(ask(&caller, &put, NOW), "400 Bad Request", "{wrong}");
    }
    let put = with(request("PUT", "/latest/api/token"), instance::TOKEN_TTL, "60");
    let passed_on = with(put, "x-forwarded-for", "10.0.0.1");
    assert_eq!(ask(&caller, &passed_on, NOW), "403 Forbidden");
    assert_eq!(ask(&caller, &request("POST", "/latest/api/token"), NOW), "405 Method Not Allowed");
}

#[test]
fn a_role_s_credentials_are_given_as_ec2_gives_them() {
    let caller = task_caller("a");
    let credentials = RoleCredentials {
        role_arn: "arn:aws:iam::000000000000:role/host".into(),
        access_key_id: "ASIAHOST".into(),
        secret_access_key: "secret".into(),
        session_token: "token".into(),
        expiration: "2027-01-15T14:00:00Z".into(),
        ..RoleCredentials::default()
    };
    let told = InstanceCredentials {
        profile_arn: "arn:aws:iam::000000000000:instance-profile/host".into(),
        profile_id: "AIPAHOST".into(),
        role_name: "host".into(),
        last_updated: "2027-01-15T08:00:00Z".into(),
        role_credentials: Some(credentials),
    };
    let mut host = HostView { role: Some(told.clone()), ..host() };
    let get = |path: &str| {
        let path = format!("/latest/meta-data/{path}");
        with(request("GET", &path), instance::TOKEN, &token(&caller, "60"))
    };
    let of = |host: &HostView, path| ask_of(host, &caller, &get(path), NOW);
    assert_eq!(of(&host, "iam/"), "200 info\nsecurity-credentials/");
    assert_eq!(of(&host, "iam/security-credentials/"), "200 host");
    expect![[r#"
        200 {
          "AccessKeyId": "ASIAHOST",
          "Code": "Success",
          "Expiration": "2027-01-15T14:00:00Z",
          "LastUpdated": "2027-01-15T08:00:00Z",
          "SecretAccessKey": "secret",
          "Token": "token",
          "Type": "AWS-HMAC"
        }"#]]
    .assert_eq(&of(&host, "iam/security-credentials/host"));
    assert!(of(&host, "iam/info").contains("\"InstanceProfileId\": \"AIPAHOST\""));
    assert_eq!(of(&host, "iam/security-credentials/other"), "404 Not Found");
    let reply =
        instance::respond(&host, &ids(), &caller, &get("iam/security-credentials/host"), NOW);
    assert_eq!(reply.audit.as_deref(), Some("host"), "who was given them is noted");
    // A role that EC2 may not become is there, and says so.
    host.role = Some(InstanceCredentials { role_credentials: None, ..told });
    assert!(of(&host, "iam/security-credentials/host").contains("AssumeRoleUnauthorizedAccess"));
    assert!(!of(&host, "iam/security-credentials/host").contains("ASIA"));
}

#[test]
fn without_a_token_there_are_answers_only_where_the_host_says_so() {
    let caller = task_caller("a");
    let plain = request("GET", "/latest/meta-data/instance-id");
    assert_eq!(ask(&caller, &plain, NOW), "401 Unauthorized");
    let host = HostView { serves_version_1: true, ..host() };
    assert_eq!(ask_of(&host, &caller, &plain, NOW), "200 i-0123456789abcdef0");
    let wrong = with(plain, instance::TOKEN, "none");
    assert_eq!(
        ask_of(&host, &caller, &wrong, NOW),
        "401 Unauthorized",
        "a token that is shown counts"
    );
}
