//! Lists of requests have an end, and as long as they may be they are answered.

use super::{TABLE, stack, world};
use crate::plain;
use domain::vpc::Subnet;
use serde_json::{Map, Value as Json, json};
use wire::shape::{Kind, Shape};

/// As many different values as `count` of what a list of this shape has.
fn values(list: &Shape, count: usize) -> Vec<Json> {
    let element = list.members[0].shape();
    let one = |number: usize| match element.kind {
        Kind::String => json!(format!("vpc-{number:017x}")),
        Kind::Integer | Kind::Long => json!(number),
        Kind::Structure => {
            let texts = element.members.iter().filter(|it| it.shape().kind == Kind::String);
            let texts = texts.map(|it| (it.name.to_owned(), json!(format!("10.0.0.{number}"))));
            Json::Object(texts.collect::<Map<_, _>>())
        }
        other => panic!("a list of {other:?}"),
    };
    (0..count).map(one).collect()
}

/// Every operation with each of its lists, of so many values, and what it is refused with.
fn each(count: usize, check: impl Fn(&str, &str, Option<String>)) {
    let (world, vpc, subnet, group) = stack();
    for (operation, decide) in TABLE.operations {
        let row = TABLE.service.operation(operation).expect("the model has it");
        for member in row.input.members.iter().filter(|it| it.shape().kind == Kind::List) {
            let mut request = json!({
                "VpcId": vpc, "SubnetId": subnet, "GroupId": group, "ServiceName": "com.amazonaws.us-east-1.logs",
                "VpcEndpointType": "Interface", "PrivateDnsEnabled": false, "ResourceType": "VPC", "TrafficType": "ALL",
                "LogGroupName": "flows", "DeliverLogsPermissionArn": "arn:aws:iam::123456789012:role/flows",
                "PrefixListName": "list", "MaxEntries": 1000, "AddressFamily": "IPv4",
            });
            let request = request.as_object_mut().expect("an object");
            let is_known = |name: &str| row.input.members.iter().any(|it| it.name == name);
            request.retain(|name, _| is_known(name));
            request.insert(member.name.to_owned(), Json::Array(values(member.shape(), count)));
            let request = plain::from_json(Json::Object(request.clone()));
            let answer = decide(&world.view(), &request, &world.ctx());
            check(operation, member.name, answer.err().map(|fault| fault.to_string()));
        }
    }
}

#[test]
fn no_list_has_more_than_a_thousand_values() {
    each(1001, |operation, member, answer| {
        let wanted =
            format!("InvalidParameterValue: The parameter {member} may have at most 1000 values.");
        assert_eq!(answer, Some(wanted), "{operation}");
    });
}

/// Whatever is answered, it is answered: what grows too fast does not end before the test is ended.
#[test]
fn a_thousand_values_are_answered() {
    each(1000, |operation, member, answer| {
        let is_long = answer.is_some_and(|answer| answer.contains("at most 1000 values"));
        assert!(!is_long, "{operation} {member}");
    });
}

#[test]
fn a_list_within_a_list_has_an_end_too() {
    let mut world = world();
    let filter =
        |values: usize| json!({"Filters": [{"Name": "vpc-id", "Values": vec!["vpc-1"; values]}]});
    world.ok("DescribeSubnets", filter(200));
    assert_eq!(
        world.fault("DescribeSubnets", filter(201)),
        "FilterLimitExceeded: A request may have at most 200 values for the filter 'vpc-id'."
    );
    assert_eq!(
        world.fault("DescribeSubnets", filter(1001)),
        "InvalidParameterValue: The parameter Values may have at most 1000 values."
    );
    let many = vec![json!({"Name": "vpc-id", "Values": ["vpc-1"]}); 51];
    assert_eq!(
        world.fault("DescribeSubnets", json!({"Filters": many})),
        "FilterLimitExceeded: A request may have at most 50 filters."
    );
}

#[test]
fn a_thousand_resources_get_their_flow_logs_at_once() {
    let (mut world, _, subnet, _) = stack();
    let scope = world.scope();
    let first = world.get::<Subnet>(&Subnet::key(&scope, &subnet)).expect("a subnet").record;
    let ids: Vec<String> = (0..1000).map(|number| format!("subnet-{number:017x}")).collect();
    for id in &ids {
        let subnet = Subnet { id: id.clone(), ..Subnet::clone(&first) };
        world.put(&Subnet::key(&scope, id), subnet);
    }
    let request = json!({
        "ResourceIds": ids, "ResourceType": "Subnet", "TrafficType": "ALL", "LogGroupName": "flows",
        "DeliverLogsPermissionArn": "arn:aws:iam::123456789012:role/flows",
    });
    let made = world.ok("CreateFlowLogs", request.clone());
    let made = made["FlowLogIds"].as_array().expect("ids").clone();
    assert_eq!(made.len(), 1000);
    let again = world.ok("CreateFlowLogs", request);
    let refused = again["Unsuccessful"].as_array().expect("a list");
    assert_eq!(refused.len(), 1000);
    assert_eq!(refused[999]["Error"]["Code"], "FlowLogAlreadyExists");
    world.ok("DeleteFlowLogs", json!({"FlowLogIds": made}));
    assert_eq!(world.ok("DescribeFlowLogs", json!({}))["FlowLogs"], json!([]));
}

#[test]
fn a_resource_that_is_named_twice_counts_twice() {
    let (mut world, vpc, ..) = stack();
    let request = json!({
        "ResourceIds": [vpc, vpc], "ResourceType": "VPC", "TrafficType": "ALL", "LogGroupName": "flows",
        "DeliverLogsPermissionArn": "arn:aws:iam::123456789012:role/flows",
    });
    let made = world.ok("CreateFlowLogs", request);
    assert_eq!(made["FlowLogIds"].as_array().expect("ids").len(), 1);
    assert_eq!(made["Unsuccessful"][0]["Error"]["Code"], "FlowLogAlreadyExists");
}
