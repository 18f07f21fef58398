//! What a task gets for its credentials ids: its roles, and nobody else's.

use super::{Caller, get, get_of, task_caller, tasks, text};
use expect_test::{Expect, expect};

#[track_caller]
fn check(caller: &Caller, path: &str, expected: &Expect) {
    expected.assert_eq(&text(&get(caller, path)));
}

#[test]
fn a_task_reads_its_roles_by_both_paths() {
    let given = expect![[
        r#"200 {"RoleArn":"arn:aws:iam::000000000000:role/app-a","AccessKeyId":"ASIAa","SecretAccessKey":"secret","Token":"token","Expiration":"2027-01-15T14:00:00Z"}"#
    ]];
    check(&task_caller("a"), "/v2/credentials/app-a", &given);
    check(&task_caller("a"), "/v1/credentials?id=app-a", &given);
    let execution = text(&get(&task_caller("a"), "/v2/credentials/exec-a"));
    assert!(execution.contains("role/exec-a"), "{execution}");
}

#[test]
fn another_tasks_id_is_an_id_that_never_was() {
    let unknown = expect![[
        r#"400 {"HTTPErrorCode":400,"code":"InvalidIdInRequest","message":"CredentialsV2Request: Credentials not found"}"#
    ]];
    check(&task_caller("a"), "/v2/credentials/app-b", &unknown);
    check(&task_caller("a"), "/v2/credentials/nonsense", &unknown);
    check(&task_caller("a"), "/v2/credentials/app-c", &unknown);
    // In the host's network an id of a task that is not there is none either.
    check(&Caller::Host, "/v2/credentials/app-a", &unknown);
    let own = text(&get(&Caller::Host, "/v2/credentials/app-c"));
    assert!(own.contains("role/app-c"), "{own}");
}

#[test]
fn a_request_without_an_id_is_told_so() {
    let none = expect![[
        r#"400 {"HTTPErrorCode":400,"code":"NoIdInRequest","message":"CredentialsV1Request: No Credential ID in the request"}"#
    ]];
    check(&task_caller("a"), "/v1/credentials", &none);
    check(&task_caller("a"), "/v1/credentials?id=", &none);
}

#[test]
fn credentials_that_are_still_to_come_are_not_unknown() {
    let mut all = tasks();
    let payload = std::sync::Arc::make_mut(&mut all[0].portrait.payload);
    payload.role_credentials.as_mut().expect("a role").access_key_id.clear();
    let reply = get_of(all, &task_caller("a"), "/v2/credentials/app-a");
    expect![[r#"503 {"HTTPErrorCode":503,"code":"CredentialsUninitialized","message":"CredentialsV2Request: Credentials uninitialized for ID"}"#]]
        .assert_eq(&text(&reply));
}

#[test]
fn a_task_that_has_ended_has_none() {
    let mut all = tasks();
    all[0].portrait.is_alive = false;
    let reply = get_of(all, &task_caller("a"), "/v2/credentials/app-a");
    assert_eq!(reply.status, 400, "{}", text(&reply));
}

#[test]
fn the_audit_line_names_the_task_and_never_the_secret() {
    let reply = get(&task_caller("a"), "/v2/credentials/app-a");
    assert_eq!(reply.audit, Some(super::arn("a")));
    assert_eq!(get(&task_caller("a"), "/v2/credentials/app-b").audit, None);
}
