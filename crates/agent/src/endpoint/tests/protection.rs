//! How a task protects itself through its agent.

use super::{Json, View, arn, endpoint_id, host, json, task_caller, tasks, text};
use crate::{endpoint::protection, link::CallError};
use expect_test::{Expect, expect};

fn view() -> View {
    View::of(&task_caller("a"), host(), tasks())
}

/// The call that a PUT of `body` makes, or why there is none.
#[track_caller]
fn check_call(body: &str, expected: &Expect) {
    let shown = match protection::call(&view(), &endpoint_id("a"), Some(body.as_bytes())) {
        Ok(call) => {
            format!("{} {} by {}", call.operation, call.request, call.credentials.access_key_id)
        }
        Err(reply) => text(&reply),
    };
    expected.assert_eq(&shown);
}

#[test]
fn protection_is_asked_for_with_the_roles_credentials() {
    check_call(
        r#"{"ProtectionEnabled":true,"ExpiresInMinutes":5}"#,
        &expect![[
            r#"UpdateTaskProtection {"cluster":"arn:aws:ecs:us-east-1:000000000000:cluster/default","expiresInMinutes":5,"protectionEnabled":true,"tasks":["arn:aws:ecs:us-east-1:000000000000:task/default/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"]} by ASIAa"#
        ]],
    );
    check_call(
        r#"{"ProtectionEnabled":false}"#,
        &expect![[
            r#"UpdateTaskProtection {"cluster":"arn:aws:ecs:us-east-1:000000000000:cluster/default","protectionEnabled":false,"tasks":["arn:aws:ecs:us-east-1:000000000000:task/default/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"]} by ASIAa"#
        ]],
    );
    let call = protection::call(&view(), &endpoint_id("a"), None).expect("a call");
    assert_eq!(call.operation, "GetTaskProtection");
}

#[test]
fn what_cannot_be_read_is_not_asked() {
    check_call(
        r#"{"ProtectionEnabled":true,"Minutes":5}"#,
        &expect![[
            r#"400 {"error":{"Arn":"arn:aws:ecs:us-east-1:000000000000:task/default/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","Code":"InvalidParameterException","Message":"UpdateTaskProtection: failed to decode request: unknown field `Minutes`, expected `ProtectionEnabled` or `ExpiresInMinutes` at line 1 column 35"}}"#
        ]],
    );
    check_call(
        "{}",
        &expect![[
            r#"400 {"error":{"Arn":"arn:aws:ecs:us-east-1:000000000000:task/default/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","Code":"InvalidParameterException","Message":"UpdateTaskProtection: the request has no `ProtectionEnabled`"}}"#
        ]],
    );
}

#[test]
fn a_task_without_a_role_may_not_ask() {
    let mut view = view();
    std::sync::Arc::make_mut(&mut view.tasks[0].portrait.payload).role_credentials = None;
    let refusal = protection::call(&view, &endpoint_id("a"), None).expect_err("no role");
    expect![[r#"403 {"error":{"Arn":"arn:aws:ecs:us-east-1:000000000000:task/default/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","Code":"AccessDeniedException","Message":"Invalid Request: no task IAM role credentials available for task"}}"#]].assert_eq(&text(&refusal));
}

#[test]
fn another_tasks_protection_is_not_to_be_had() {
    let refusal = protection::call(&view(), &endpoint_id("b"), None).expect_err("unknown");
    assert_eq!(refusal.status, 404);
}

/// The reply to what the plane said.
#[track_caller]
fn check_answer(said: Result<Json, CallError>, expected: &Expect) {
    let call = protection::call(&view(), &endpoint_id("a"), None).expect("a call");
    expected.assert_eq(&text(&protection::answer(&call, said)));
}

#[test]
fn the_planes_words_are_turned_around() {
    let protected = json!({ "taskArn": arn("a"), "protectionEnabled": true, "expirationDate": 1_800_000_000.5 });
    check_answer(
        Ok(json!({ "protectedTasks": [protected], "failures": [] })),
        &expect![[
            r#"200 {"protection":{"ExpirationDate":"2027-01-15T08:00:00.500Z","ProtectionEnabled":true,"TaskArn":"arn:aws:ecs:us-east-1:000000000000:task/default/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}}"#
        ]],
    );
    let failure = json!({ "arn": arn("a"), "reason": "TASK_NOT_VALID", "detail": "no service" });
    check_answer(
        Ok(json!({ "protectedTasks": [], "failures": [failure] })),
        &expect![[
            r#"200 {"failure":{"Arn":"arn:aws:ecs:us-east-1:000000000000:task/default/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","Detail":"no service","Reason":"TASK_NOT_VALID"}}"#
        ]],
    );
    let fault = CallError::Fault {
        status: 400,
        name: "AccessDeniedException".into(),
        message: "not authorized".into(),
    };
    check_answer(
        Err(fault),
        &expect![[
            r#"400 {"error":{"Arn":"arn:aws:ecs:us-east-1:000000000000:task/default/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","Code":"AccessDeniedException","Message":"not authorized"}}"#
        ]],
    );
    check_answer(
        Ok(json!({})),
        &expect![[
            r#"500 {"error":{"Arn":"arn:aws:ecs:us-east-1:000000000000:task/default/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","Code":"ServerException","Message":"the control plane said nothing of the task"}}"#
        ]],
    );
}
