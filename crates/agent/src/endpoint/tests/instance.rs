//! What tasks see of their instance: introspection and the instance's own metadata.

use super::{Caller, NOW, Request, Timestamp, host, ids, request, task_caller, text};
use crate::endpoint::instance;
use expect_test::{Expect, expect};

fn ask(caller: &Caller, request: &Request, now: Timestamp) -> String {
    text(&instance::respond(&host(), &ids(), caller, request, now))
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
