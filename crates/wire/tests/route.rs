//! Which request means which operation, and what is said of those that mean none.

use expect_test::{Expect, expect};
use http::Request;
use wire::route::route;
use wire::tables;

const SIGNED: &str = "AWS4-HMAC-SHA256 Credential=AKID/20261201/us-east-1/SERVICE/aws4_request, SignedHeaders=host, Signature=00";

/// `headers` are `name: value` lines; `signed` is the service of the signature's scope, if there is one.
fn check(method: &str, uri: &str, signed: &str, headers: &str, body: &str, expect: Expect) {
    let mut request = Request::builder().method(method).uri(uri);
    for (name, value) in headers.lines().filter_map(|line| line.trim().split_once(": ")) {
        request = request.header(name, value);
    }
    if !signed.is_empty() {
        request = request.header("authorization", SIGNED.replace("SERVICE", signed));
    }
    let head = request.body(()).unwrap().into_parts().0;
    let text = match route(&tables::ALL, &head, body.as_bytes()) {
        Ok(routed) => format!(
            "{} {} {:?} {:?}",
            routed.service.id, routed.operation.name, routed.protocol, routed.labels
        ),
        Err(unrouted) => {
            let service = unrouted.service.map_or("-", |service| service.id);
            let status = unrouted.fault.http_status(unrouted.service);
            format!("{service} {:?} {status} {}", unrouted.protocol, unrouted.fault)
        }
    };
    expect.assert_eq(&text);
}

const FORM: &str = "content-type: application/x-www-form-urlencoded; charset=utf-8";

#[test]
fn a_target_header_means_an_operation() {
    let target = "x-amz-target: AmazonEC2ContainerServiceV20141113.RunTask\ncontent-type: application/x-amz-json-1.";
    check("POST", "/", "", &format!("{target}1"), "", expect![[r#"ecs RunTask AwsJson11 []"#]]);
    check("POST", "/", "", &format!("{target}0"), "", expect![[r#"ecs RunTask AwsJson10 []"#]]);
}

#[test]
fn an_unknown_target_is_refused_in_json() {
    let json = "content-type: application/x-amz-json-1.1\nx-amz-target: ";
    check(
        "POST",
        "/",
        "ecs",
        &format!("{json}AmazonEC2ContainerServiceV20141113.Dance"),
        "",
        expect![[
            r#"ecs AwsJson11 400 UnknownOperationException: No operation has the target `AmazonEC2ContainerServiceV20141113.Dance`."#
        ]],
    );
    check(
        "POST",
        "/",
        "ecs",
        &format!("{json}Nobody.RunTask"),
        "",
        expect![[
            r#"- AwsJson11 400 UnknownOperationException: No operation has the target `Nobody.RunTask`."#
        ]],
    );
    check(
        "POST",
        "/",
        "ecs",
        &format!("{json}RunTask"),
        "",
        expect![[
            r#"- AwsJson11 400 UnknownOperationException: No operation has the target `RunTask`."#
        ]],
    );
    check(
        "POST",
        "/",
        "ecs",
        "content-type: application/x-amz-json-1.1",
        "{}",
        expect![[
            r#"- AwsJson11 400 UnknownOperationException: The header X-Amz-Target must say which operation is meant."#
        ]],
    );
}

#[test]
fn an_operation_that_is_not_served_says_so() {
    check(
        "POST",
        "/",
        "ecs",
        "x-amz-target: AmazonEC2ContainerServiceV20141113.CreateGateway",
        "",
        expect![[
            r#"ecs AwsJson11 400 UnsupportedOperationException: CreateGateway of Amazon EC2 Container Service is not served by Longshore yet."#
        ]],
    );
    check(
        "POST",
        "/",
        "sts",
        FORM,
        "Action=AssumeRoleWithSAML&Version=2011-06-15",
        expect![[
            r#"sts AwsQuery 400 UnsupportedOperation: AssumeRoleWithSAML of AWS Security Token Service is not served by Longshore yet."#
        ]],
    );
    check(
        "POST",
        "/service/GraniteServiceVersion20100801/operation/EnableAlarmActions",
        "monitoring",
        "smithy-protocol: rpc-v2-cbor",
        "",
        expect![[
            r#"cloudwatch RpcV2Cbor 400 UnsupportedOperationException: EnableAlarmActions of Amazon CloudWatch is not served by Longshore yet."#
        ]],
    );
}

#[test]
fn a_form_means_an_operation_by_its_version() {
    check(
        "POST",
        "/",
        "sts",
        FORM,
        "Action=GetCallerIdentity&Version=2011-06-15",
        expect![[r#"sts GetCallerIdentity AwsQuery []"#]],
    );
    check(
        "POST",
        "/",
        "",
        FORM,
        "Version=2011-06-15&Action=GetCallerIdentity",
        expect![[r#"sts GetCallerIdentity AwsQuery []"#]],
    );
    check(
        "GET",
        "/?Action=GetCallerIdentity&Version=2011-06-15",
        "",
        "",
        "",
        expect![[r#"sts GetCallerIdentity AwsQuery []"#]],
    );
    check(
        "POST",
        "/",
        "sts",
        FORM,
        "Action=GetCallerIdentity",
        expect![[r#"sts GetCallerIdentity AwsQuery []"#]],
    );
}

#[test]
fn a_form_without_a_known_action_is_refused_in_its_dialect() {
    check(
        "POST",
        "/",
        "ec2",
        FORM,
        "Action=Dance&Version=2016-11-15",
        expect![[
            r#"ec2 Ec2Query 400 InvalidAction: Could not find operation Dance for version 2016-11-15"#
        ]],
    );
    check(
        "POST",
        "/",
        "",
        FORM,
        "Action=Dance&Version=1999-01-01",
        expect![[
            r#"- AwsQuery 400 InvalidAction: Could not find operation Dance for version 1999-01-01"#
        ]],
    );
    check(
        "POST",
        "/",
        "",
        FORM,
        "a=b",
        expect![[
            r#"- AwsQuery 400 MissingAction: The request must contain the parameter Action."#
        ]],
    );
    check(
        "POST",
        "/",
        "ec2",
        FORM,
        "",
        expect![[
            r#"ec2 Ec2Query 400 MissingAction: The request must contain the parameter Action."#
        ]],
    );
}

#[test]
fn both_load_balancing_apis_share_a_name_and_differ_in_version() {
    check(
        "POST",
        "/",
        "elasticloadbalancing",
        FORM,
        "Action=AddTags&Version=2015-12-01",
        expect![[
            r#"elbv2 AwsQuery 400 UnsupportedOperation: AddTags of Elastic Load Balancing is not served by Longshore yet."#
        ]],
    );
    check(
        "POST",
        "/",
        "elasticloadbalancing",
        FORM,
        "Action=DescribeInstanceHealth&Version=2012-06-01",
        expect![[
            r#"elbv2 AwsQuery 400 InvalidAction: Could not find operation DescribeInstanceHealth for version 2012-06-01"#
        ]],
    );
}

#[test]
fn an_unknown_cbor_operation_is_refused_in_cbor() {
    let cbor = "smithy-protocol: rpc-v2-cbor";
    check(
        "POST",
        "/service/GraniteServiceVersion20100801/operation/Dance",
        "",
        cbor,
        "",
        expect![[
            r#"cloudwatch RpcV2Cbor 404 UnknownOperationException: GraniteServiceVersion20100801 has no operation `Dance`."#
        ]],
    );
    check(
        "POST",
        "/service/Nobody/operation/Dance",
        "",
        cbor,
        "",
        expect![[
            r#"- RpcV2Cbor 404 UnknownOperationException: No service has the name `Nobody` and speaks CBOR."#
        ]],
    );
    check(
        "POST",
        "/x",
        "",
        cbor,
        "",
        expect![[
            r#"- RpcV2Cbor 404 UnknownOperationException: `/x` is not of the form `/service/NAME/operation/NAME`."#
        ]],
    );
    check(
        "POST",
        "/",
        "",
        "smithy-protocol: rpc-v9",
        "",
        expect![[
            r#"- RpcV2Cbor 404 UnknownOperationException: `rpc-v9` is not a protocol that Longshore speaks; use `rpc-v2-cbor`."#
        ]],
    );
}

#[test]
fn method_and_path_mean_a_rest_operation() {
    check(
        "GET",
        "/schedules/nightly?groupName=x",
        "scheduler",
        "",
        "",
        expect![[
            r#"scheduler RestJson 400 UnsupportedOperationException: GetSchedule of Amazon EventBridge Scheduler is not served by Longshore yet."#
        ]],
    );
    check(
        "GET",
        "/schedules",
        "scheduler",
        "",
        "",
        expect![[
            r#"scheduler RestJson 400 UnsupportedOperationException: ListSchedules of Amazon EventBridge Scheduler is not served by Longshore yet."#
        ]],
    );
    check(
        "DELETE",
        "/2015-02-01/file-systems/fs-1/",
        "elasticfilesystem",
        "",
        "",
        expect![[
            r#"efs RestJson 400 UnsupportedOperationException: DeleteFileSystem of Amazon Elastic File System is not served by Longshore yet."#
        ]],
    );
    check(
        "GET",
        "/schedules//",
        "scheduler",
        "",
        "",
        expect![[
            r#"- RestJson 404 UnknownOperationException: No operation has the method and path `GET /schedules//`."#
        ]],
    );
    check(
        "GET",
        "/",
        "",
        "",
        "",
        expect![[
            r#"- RestJson 404 UnknownOperationException: No operation has the method and path `GET /`."#
        ]],
    );
}

/// A misspelt line in `operations/*.txt` would serve nothing.
#[test]
fn every_operation_said_to_be_served_is_in_its_model() {
    for service in tables::ALL {
        let names: Vec<&str> = service.served_names().collect();
        assert!(names.is_sorted(), "operations of {} are in order", service.id);
        for name in names {
            assert!(service.operation(name).is_some(), "{} has no operation {name}", service.id);
        }
    }
}

/// Routing finds a service by these, so that two with the same would hide one another.
#[test]
fn services_differ_in_what_they_are_found_by() {
    let mut seen = std::collections::BTreeSet::new();
    for service in tables::ALL {
        assert!(seen.insert(("id", service.id)));
        assert!(service.target_prefix.is_none_or(|prefix| seen.insert(("target", prefix))));
    }
}
