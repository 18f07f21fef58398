//! Faults as clients see them, protocol by protocol, and the words of the model's rules.

use expect_test::{Expect, expect};
use http::Response;
use wire::shape::{Protocol, Service, Shape};
use wire::tables::{cloudwatch, ec2, ecs, efs, iam, logs, sts};
use wire::{Fault, Value, check as check_rules, encode_fault, reply};

fn shown(response: &Response<Vec<u8>>) -> String {
    let mut headers: Vec<String> = response
        .headers()
        .iter()
        .map(|(name, value)| format!("{name}: {}\n", value.to_str().unwrap()))
        .collect();
    headers.sort();
    let body = match std::str::from_utf8(response.body()) {
        Ok(text) if !text.contains('\u{1}') => text.to_owned(),
        _ => format!("{:?}", response.body()),
    };
    format!("{}\n{}{body}", response.status().as_u16(), headers.concat())
}

fn check(protocol: Protocol, service: &'static Service, fault: &Fault, expect: Expect) {
    expect.assert_eq(&shown(&encode_fault(protocol, Some(service), fault, "id-1")));
}

#[test]
fn a_json_fault_has_a_type_and_a_message() {
    let fault = Fault::sender("ClusterNotFoundException", "Cluster not \"found\".");
    check(
        Protocol::AwsJson11,
        &ecs::SERVICE,
        &fault,
        expect![[r#"
        400
        content-type: application/x-amz-json-1.1
        x-amzn-requestid: id-1
        {"__type":"ClusterNotFoundException","message":"Cluster not \"found\"."}"#]],
    );
    check(
        Protocol::AwsJson11,
        &ecs::SERVICE,
        &Fault::receiver("ServerException", "Try again."),
        expect![[r#"
        500
        content-type: application/x-amz-json-1.1
        x-amzn-requestid: id-1
        {"__type":"ServerException","message":"Try again."}"#]],
    );
}

#[test]
fn a_fault_carries_the_members_of_its_shape() {
    let ids: Value = ["arn:1", "arn:2"].into_iter().collect();
    let fault =
        Fault::sender("ConflictException", "Taken.").with("resourceIds", ids).with("unknown", 1i64);
    check(
        Protocol::AwsJson11,
        &ecs::SERVICE,
        &fault,
        expect![[r#"
        400
        content-type: application/x-amz-json-1.1
        x-amzn-requestid: id-1
        {"__type":"ConflictException","message":"Taken.","resourceIds":["arn:1","arn:2"]}"#]],
    );
}

#[test]
fn a_query_fault_says_who_is_to_blame() {
    let fault = Fault::sender("NoSuchEntityException", "No <user> & no group.");
    check(
        Protocol::AwsQuery,
        &iam::SERVICE,
        &fault,
        expect![[r#"
        404
        content-type: text/xml
        x-amzn-requestid: id-1
        <?xml version="1.0" encoding="UTF-8"?>
        <ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>No &lt;user&gt; &amp; no group.</Message></Error><RequestId>id-1</RequestId></ErrorResponse>"#]],
    );
    check(
        Protocol::AwsQuery,
        &sts::SERVICE,
        &Fault::receiver("InternalFailure", "Oh."),
        expect![[r#"
        500
        content-type: text/xml
        x-amzn-requestid: id-1
        <?xml version="1.0" encoding="UTF-8"?>
        <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Receiver</Type><Code>InternalFailure</Code><Message>Oh.</Message></Error><RequestId>id-1</RequestId></ErrorResponse>"#]],
    );
}

#[test]
fn ec2_has_its_own_form() {
    let fault = Fault::sender("InvalidVpcID.NotFound", "The vpc ID 'vpc-1' does not exist");
    check(
        Protocol::Ec2Query,
        &ec2::SERVICE,
        &fault,
        expect![[r#"
            400
            content-type: text/xml;charset=UTF-8
            x-amzn-requestid: id-1
            <?xml version="1.0" encoding="UTF-8"?>
            <Response><Errors><Error><Code>InvalidVpcID.NotFound</Code><Message>The vpc ID 'vpc-1' does not exist</Message></Error></Errors><RequestID>id-1</RequestID></Response>"#]],
    );
}

#[test]
fn a_rest_fault_has_its_type_in_a_header() {
    let fault =
        Fault::sender("FileSystemNotFound", "None.").with("ErrorCode", "FileSystemNotFound");
    check(
        Protocol::RestJson,
        &efs::SERVICE,
        &fault,
        expect![[r#"
        404
        content-type: application/json
        x-amzn-errortype: FileSystemNotFound
        x-amzn-requestid: id-1
        {"Message":"None.","ErrorCode":"FileSystemNotFound"}"#]],
    );
}

#[test]
fn a_service_that_spoke_query_tells_the_old_code() {
    let fault = Fault::sender("ResourceNotFound", "No dashboard.");
    check(
        Protocol::AwsJson10,
        &cloudwatch::SERVICE,
        &fault,
        expect![[r#"
        404
        content-type: application/x-amz-json-1.0
        x-amzn-query-error: ResourceNotFound;Sender
        x-amzn-requestid: id-1
        {"__type":"ResourceNotFound","message":"No dashboard."}"#]],
    );
    check(
        Protocol::RpcV2Cbor,
        &cloudwatch::SERVICE,
        &Fault::sender("LimitExceededFault", "Full."),
        expect![[r#"
        400
        content-type: application/cbor
        smithy-protocol: rpc-v2-cbor
        x-amzn-query-error: LimitExceeded;Sender
        x-amzn-requestid: id-1
        [162, 102, 95, 95, 116, 121, 112, 101, 114, 76, 105, 109, 105, 116, 69, 120, 99, 101, 101, 100, 101, 100, 70, 97, 117, 108, 116, 103, 109, 101, 115, 115, 97, 103, 101, 101, 70, 117, 108, 108, 46]"#]],
    );
}

#[test]
fn a_fault_of_no_service_is_still_in_the_form_that_was_spoken() {
    let fault = Fault::sender("InvalidAction", "What?");
    expect![[r#"
        400
        content-type: text/xml
        x-amzn-requestid: id-1
        <?xml version="1.0" encoding="UTF-8"?>
        <ErrorResponse><Error><Type>Sender</Type><Code>InvalidAction</Code><Message>What?</Message></Error><RequestId>id-1</RequestId></ErrorResponse>"#]]
    .assert_eq(&shown(&encode_fault(Protocol::AwsQuery, None, &fault, "id-1")));
}

// === The rules of the model

fn broken(service: &'static Service, shape: &'static Shape, value: &Value, expect: Expect) {
    let text = match check_rules(shape, value) {
        Ok(()) => "fine".to_owned(),
        Err(violations) => violations.fault(service).to_string(),
    };
    expect.assert_eq(&text);
}

#[test]
fn a_required_member_must_be_there() {
    broken(
        &ecs::SERVICE,
        ecs::RUN_TASK_REQUEST.shape(),
        &reply!(ecs::RUN_TASK_REQUEST {}),
        expect![[
            r#"InvalidParameterException: 1 validation error detected: Value null at 'taskDefinition' failed to satisfy constraint: Member must not be null"#
        ]],
    );
    broken(
        &ecs::SERVICE,
        ecs::RUN_TASK_REQUEST.shape(),
        &reply!(ecs::RUN_TASK_REQUEST { "taskDefinition": "web" }),
        expect!["fine"],
    );
    broken(
        &iam::SERVICE,
        iam::CREATE_ROLE_REQUEST.shape(),
        &reply!(iam::CREATE_ROLE_REQUEST { "RoleName": "r" }),
        expect![
            "ValidationError: 1 validation error detected: Value null at 'assumeRolePolicyDocument' failed to satisfy constraint: Member must not be null"
        ],
    );
}

#[test]
fn ec2_names_the_missing_parameter() {
    let request = reply!(ec2::CREATE_SUBNET_REQUEST {});
    broken(
        &ec2::SERVICE,
        ec2::CREATE_SUBNET_REQUEST.shape(),
        &request,
        expect!["MissingParameter: The request must contain the parameter vpcId"],
    );
}

#[test]
fn lengths_and_patterns_are_told_with_their_place() {
    let tag = |key: &str| reply!(ecs::TAG { "key": key, "value": "v" });
    let request = reply!(ecs::TAG_RESOURCE_REQUEST {
        "resourceArn": "arn",
        "tags": vec![tag("ok"), tag(""), tag("no#hash")],
    });
    broken(
        &ecs::SERVICE,
        ecs::TAG_RESOURCE_REQUEST.shape(),
        &request,
        expect![[
            r#"InvalidParameterException: 2 validation errors detected: Value '' at 'tags.2.member.key' failed to satisfy constraint: Member must have length greater than or equal to 1; Value 'no#hash' at 'tags.3.member.key' failed to satisfy constraint: Member must satisfy regular expression pattern: ([\p{L}\p{Z}\p{N}_.:/=+\-@]*)"#
        ]],
    );
}

#[test]
fn ranges_and_choices_are_told() {
    let request = reply!(logs::DESCRIBE_LOG_STREAMS_REQUEST {
        "logGroupName": "group",
        "orderBy": "Size",
        "limit": 51i64,
    });
    broken(
        &logs::SERVICE,
        logs::DESCRIBE_LOG_STREAMS_REQUEST.shape(),
        &request,
        expect![[
            r#"ValidationException: 2 validation errors detected: Value 'Size' at 'orderBy' failed to satisfy constraint: Member must satisfy enum value set: [LogStreamName, LastEventTime]; Value '51' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 50"#
        ]],
    );
}

#[test]
fn a_list_is_neither_too_long_nor_holed() {
    let tag = |at: i64| reply!(ecs::TAG { "key": format!("k{at}"), "value": "v" });
    let request = reply!(ecs::TAG_RESOURCE_REQUEST { "resourceArn": "arn", "tags": (0..51).map(tag).collect::<Value>() });
    broken(
        &ecs::SERVICE,
        ecs::TAG_RESOURCE_REQUEST.shape(),
        &request,
        expect![[
            r#"InvalidParameterException: 1 validation error detected: Value at 'tags' failed to satisfy constraint: Member must have length less than or equal to 50"#
        ]],
    );
    let holed =
        reply!(ecs::TAG_RESOURCE_REQUEST { "resourceArn": "arn", "tags": vec![Value::Null] });
    broken(
        &ecs::SERVICE,
        ecs::TAG_RESOURCE_REQUEST.shape(),
        &holed,
        expect![[
            r#"InvalidParameterException: 1 validation error detected: Value null at 'tags.1.member' failed to satisfy constraint: Member must not be null"#
        ]],
    );
}

#[test]
fn a_secret_is_not_repeated() {
    let request =
        reply!(iam::CHANGE_PASSWORD_REQUEST { "OldPassword": "", "NewPassword": "hunter2" });
    broken(
        &iam::SERVICE,
        iam::CHANGE_PASSWORD_REQUEST.shape(),
        &request,
        expect![[
            r#"ValidationError: 2 validation errors detected: Value at 'oldPassword' failed to satisfy constraint: Member must have length greater than or equal to 1; Value at 'oldPassword' failed to satisfy constraint: Member must satisfy regular expression pattern: [\u0009\u000A\u000D\u0020-\u00FF]+"#
        ]],
    );
}

#[test]
fn only_the_first_violations_are_told() {
    let tag = reply!(ecs::TAG { "key": "", "value": "v" });
    let request = reply!(ecs::TAG_RESOURCE_REQUEST { "resourceArn": "arn", "tags": vec![tag; 50] });
    let violations = check_rules(ecs::TAG_RESOURCE_REQUEST.shape(), &request).unwrap_err();
    assert_eq!(violations.0.len(), 20);
}

#[test]
#[cfg(debug_assertions)]
fn a_reply_that_no_client_could_read_does_not_pass() {
    use wire::check::mismatch;
    let misfit = |value: Value| mismatch(ecs::RUN_TASK_RESPONSE.shape(), &value);
    assert_eq!(
        misfit(
            reply!(ecs::RUN_TASK_RESPONSE { "tasks": vec![reply!(ecs::TASK { "cpu": "256" })] })
        ),
        None
    );
    let wrong_type =
        reply!(ecs::RUN_TASK_RESPONSE { "tasks": vec![reply!(ecs::TASK { "cpu": 256i64 })] });
    expect![[r#"Some("tasks.cpu.String: String holds a whole number")"#]]
        .assert_eq(&format!("{:?}", misfit(wrong_type)));
    let unknown = Value::Map([("task", Value::from("x"))].into_iter().collect());
    expect![[r#"Some("RunTaskResponse: no member `task`")"#]]
        .assert_eq(&format!("{:?}", misfit(unknown)));
}
