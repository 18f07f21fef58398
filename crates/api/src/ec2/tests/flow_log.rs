//! Flow logs: what may be asked for, and what becomes of one.

use super::{ids, stack, text};
use crate::world::World;
use domain::flow_log::DEFAULT_FORMAT;
use serde_json::{Value as Json, json};

fn request(resources: &[&str], more: Json) -> Json {
    let mut request = json!({
        "ResourceIds": resources, "ResourceType": "VPC", "TrafficType": "ALL", "LogGroupName": "flows",
        "DeliverLogsPermissionArn": "arn:aws:iam::123456789012:role/flows",
    });
    for (name, value) in more.as_object().expect("an object") {
        request[name] = value.clone();
    }
    request
}

fn logs(world: &mut World) -> Vec<String> {
    let shown = world.ok("DescribeFlowLogs", json!({}));
    ids(&shown, "FlowLogs", "ResourceId")
}

#[test]
fn a_flow_log_is_described_as_it_was_asked_for() {
    let (mut world, vpc, subnet, _) = stack();
    let made = world.ok(
        "CreateFlowLogs",
        request(
            &[&vpc],
            json!({"TagSpecifications": [
        {"ResourceType": "vpc-flow-log", "Tags": [{"Key": "Name", "Value": "all"}]}]}),
        ),
    );
    let id = text(&made["FlowLogIds"][0]);
    let destination = "arn:aws:logs:us-east-1:123456789012:log-group:/vpc/rejects:*";
    let mut rejects = request(
        &[&subnet],
        json!({
            "ResourceType": "Subnet", "TrafficType": "REJECT", "LogDestination": destination, "MaxAggregationInterval": 60,
            "LogFormat": "${srcaddr} ${az-id} ${flow-direction}",
        }),
    );
    rejects.as_object_mut().expect("an object").remove("LogGroupName");
    world.ok("CreateFlowLogs", rejects);
    let shown = world.ok("DescribeFlowLogs", json!({"FlowLogIds": [id]}));
    let log = &shown["FlowLogs"][0];
    assert_eq!(log["LogFormat"], DEFAULT_FORMAT);
    assert_eq!(
        [
            &log["FlowLogStatus"],
            &log["LogGroupName"],
            &log["MaxAggregationInterval"],
            &log["LogDestinationType"]
        ],
        [&json!("ACTIVE"), &json!("flows"), &json!(600), &json!("cloud-watch-logs")]
    );
    assert_eq!(log["Tags"], json!([{"Key": "Name", "Value": "all"}]));
    let by_subnet = json!({"Filter": [{"Name": "resource-id", "Values": [subnet]}]});
    let shown = world.ok("DescribeFlowLogs", by_subnet);
    let log = &shown["FlowLogs"][0];
    assert_eq!(
        [&log["LogGroupName"], &log["LogDestination"], &log["TrafficType"]],
        [&json!("/vpc/rejects"), &json!(destination), &json!("REJECT")]
    );
    let deleted = world.ok("DeleteFlowLogs", json!({"FlowLogIds": [id, "fl-0"]}));
    assert_eq!(ids(&deleted, "Unsuccessful", "ResourceId"), ["fl-0"]);
    assert_eq!(logs(&mut world), [subnet]);
}

#[test]
fn each_resource_is_answered_for_itself() {
    let (mut world, vpc, ..) = stack();
    let made = world.ok("CreateFlowLogs", request(&["vpc-0", &vpc, &vpc], json!({})));
    assert_eq!(made["FlowLogIds"].as_array().map(Vec::len), Some(1));
    let refused = made["Unsuccessful"].as_array().expect("a list");
    let codes: Vec<_> = refused.iter().map(|item| text(&item["Error"]["Code"])).collect();
    assert_eq!(codes, ["InvalidVpcID.NotFound", "FlowLogAlreadyExists"]);
    world.ok("CreateFlowLogs", request(&[&vpc], json!({"TrafficType": "REJECT"})));
    let third = world.ok("CreateFlowLogs", request(&[&vpc], json!({"TrafficType": "ACCEPT"})));
    assert_eq!(third["Unsuccessful"][0]["Error"]["Code"], "FlowLogsLimitExceeded");
}

#[test]
fn what_cannot_be_recorded_is_refused_by_name() {
    let (mut world, vpc, ..) = stack();
    for (more, fault) in [
        (
            json!({"LogDestinationType": "s3"}),
            "UnsupportedOperation: Delivery of flow logs to `s3` is not served by Longshore yet.",
        ),
        (
            json!({"LogDestinationType": "kinesis-data-firehose"}),
            "UnsupportedOperation: Delivery of flow logs to `kinesis-data-firehose` is not served by Longshore yet.",
        ),
        (
            json!({"LogFormat": "${srcaddr} ${colour}"}),
            "InvalidParameter: Unknown fields provided: `${colour}` is not a field",
        ),
        (
            json!({"LogFormat": "${ecs-task-arn}"}),
            "UnsupportedOperation: The field `${ecs-task-arn}` of flow logs is not served by Longshore yet.",
        ),
        (
            json!({"LogFormat": "${traffic-path}"}),
            "UnsupportedOperation: The field `${traffic-path}` of flow logs is not served by Longshore yet.",
        ),
        (
            json!({"MaxAggregationInterval": 61}),
            "InvalidParameter: MaxAggregationInterval must be 60 or 600 seconds.",
        ),
        (
            json!({"LogDestination": "arn:aws:logs:eu-west-1:123456789012:log-group:x", "LogGroupName": ""}),
            "InvalidParameter: LogDestination: arn:aws:logs:eu-west-1:123456789012:log-group:x is not the ARN of a log group of this account and region.",
        ),
        (
            json!({"ResourceType": "TransitGateway"}),
            "UnsupportedOperation: `ResourceType` TransitGateway is not served by Longshore yet.",
        ),
        (
            json!({"DeliverLogsPermissionArn": ""}),
            "InvalidParameter: DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs.",
        ),
    ] {
        assert_eq!(world.fault("CreateFlowLogs", request(&[&vpc], more)), fault);
    }
    assert_eq!(logs(&mut world), Vec::<String>::new());
}

#[test]
fn a_token_makes_logs_once() {
    let (mut world, vpc, subnet, _) = stack();
    let interfaces: Vec<String> = (0..2)
        .map(|_| {
            let made = world.ok("CreateNetworkInterface", json!({"SubnetId": subnet}));
            text(&made["NetworkInterface"]["NetworkInterfaceId"])
        })
        .collect();
    let all: Vec<&str> = interfaces.iter().map(String::as_str).collect();
    let asked = request(&all, json!({"ResourceType": "NetworkInterface", "ClientToken": "t-1"}));
    let made = world.ok("CreateFlowLogs", asked.clone());
    assert_eq!(world.ok("CreateFlowLogs", asked)["FlowLogIds"], made["FlowLogIds"]);
    assert_eq!(logs(&mut world).len(), 2);
    // What a log is about takes it along.
    world.ok("DeleteNetworkInterface", json!({"NetworkInterfaceId": all[0]}));
    assert_eq!(logs(&mut world), [all[1]]);
    world.ok("CreateFlowLogs", request(&[&vpc], json!({})));
    assert_eq!(
        world.all::<domain::ec2::FlowLog>(&domain::ec2::FlowLog::all(&world.scope())).len(),
        2
    );
}
