//! Two calls that were decided on the same view and do not go together: whichever commits second must look again, and is refused then.

use super::{made, stack, text};
use crate::{
    decide::{Ctx, Decision, Table, View},
    ec2,
    ecs::{self, stage::Stage},
    plain,
    world::World,
};
use domain::vpc::{SecurityGroup, Subnet, Vpc};
use serde_json::{Value as Json, json};
use store::Snapshot;
use wire::codec::json;

/// A call of a service.
type Call<'a> = (&'static Table, &'a str, Json);

fn decide(world: &World, snapshot: &Snapshot, (table, operation, request): &Call<'_>) -> Decision {
    let row = table.service.operation(operation).expect("the model has the operation");
    let decide = table.operation(operation).expect("the table has the operation");
    let request = if std::ptr::eq(*table, &ec2::TABLE) {
        plain::from_json(request.clone())
    } else {
        json::decode(row.input, request.to_string().as_bytes()).expect("a request")
    };
    // Each call has ids of its own, so that what conflicts is not their names.
    let ids =
        world.ctx().ids.child(operation, usize::try_from(snapshot.revision().0).expect("few"));
    decide(&View::new(snapshot.clone()), &request, &Ctx { ids, ..world.ctx() })
}

/// What becomes of the second of two calls, in either order: the start of its fault, or of its reply.
fn check(world: &World, one: &Call<'_>, other: &Call<'_>, expected: [&str; 2]) {
    for ((first, second), expected) in [((one, other), expected[0]), ((other, one), expected[1])] {
        let names = format!("{} before {}", first.1, second.1);
        let before = world.snapshot.clone();
        let (_, writes) = decide(world, &before, first).expect(&names);
        let (_, late) = decide(world, &before, second).expect(&names);
        let after = before.with(&writes).expect("it was decided on this");
        after.with(&late).expect_err(&names);
        let again = match decide(world, &after, second) {
            Ok((reply, _)) => plain::to_json(&reply).to_string(),
            Err(fault) => fault.to_string(),
        };
        assert!(again.contains(expected), "{names}: {again}");
    }
}

#[test]
fn nothing_is_deleted_under_what_enters_it_at_the_same_time() {
    let (mut world, vpc, subnet, group) = stack();
    let other = json!({"VpcId": vpc, "CidrBlock": "10.0.2.0/24"});
    let other = made(&mut world, "CreateSubnet", other, "Subnet", "SubnetId");
    let interface = json!({"SubnetId": other});
    let interface = text(
        &world.ok("CreateNetworkInterface", interface)["NetworkInterface"]["NetworkInterfaceId"],
    );
    let ec2 = &ec2::TABLE;
    let delete_subnet = (ec2, "DeleteSubnet", json!({"SubnetId": subnet}));
    let delete_group = (ec2, "DeleteSecurityGroup", json!({"GroupId": group}));
    let enter = (ec2, "CreateNetworkInterface", json!({"SubnetId": subnet, "Groups": [group]}));
    check(&world, &delete_subnet, &enter, ["InvalidSubnetID.NotFound", "DependencyViolation"]);
    check(&world, &delete_group, &enter, ["InvalidGroup.NotFound", "DependencyViolation"]);
    let regroup = (
        ec2,
        "ModifyNetworkInterfaceAttribute",
        json!({"NetworkInterfaceId": interface, "Groups": [group]}),
    );
    check(&world, &delete_group, &regroup, ["InvalidGroup.NotFound", "DependencyViolation"]);
    let nat = (ec2, "CreateNatGateway", json!({"SubnetId": subnet, "ConnectivityType": "private"}));
    check(&world, &delete_subnet, &nat, ["InvalidSubnetID.NotFound", "DependencyViolation"]);
    let endpoint = (
        ec2,
        "CreateVpcEndpoint",
        json!({
            "VpcId": vpc, "ServiceName": "com.amazonaws.us-east-1.logs", "VpcEndpointType": "Interface", "SubnetIds": [subnet],
            "SecurityGroupIds": [group], "PrivateDnsEnabled": false,
        }),
    );
    check(&world, &delete_subnet, &endpoint, ["InvalidSubnetID.NotFound", "DependencyViolation"]);
    check(&world, &delete_group, &endpoint, ["InvalidGroup.NotFound", "DependencyViolation"]);
    // An endpoint without an interface enters a group too.
    let bare = json!({
        "VpcId": vpc, "ServiceName": "com.amazonaws.us-east-1.logs", "VpcEndpointType": "Interface", "PrivateDnsEnabled": false,
    });
    let bare = made(&mut world, "CreateVpcEndpoint", bare, "VpcEndpoint", "VpcEndpointId");
    let change = json!({"VpcEndpointId": bare, "AddSecurityGroupIds": [group]});
    let change = (ec2, "ModifyVpcEndpoint", change);
    check(&world, &delete_group, &change, ["InvalidGroup.NotFound", "DependencyViolation"]);
}

#[test]
fn no_vpc_or_table_is_deleted_under_what_enters_it_at_the_same_time() {
    let mut world = super::world();
    let vpc = made(&mut world, "CreateVpc", json!({"CidrBlock": "10.0.0.0/16"}), "Vpc", "VpcId");
    let ec2 = &ec2::TABLE;
    let delete = (ec2, "DeleteVpc", json!({"VpcId": vpc}));
    let s3 = json!({"VpcId": vpc, "ServiceName": "com.amazonaws.us-east-1.s3"});
    for (operation, request) in [
        ("CreateSubnet", json!({"VpcId": vpc, "CidrBlock": "10.0.1.0/24"})),
        ("CreateSecurityGroup", json!({"VpcId": vpc, "GroupName": "web", "Description": "web"})),
        ("CreateRouteTable", json!({"VpcId": vpc})),
        ("CreateVpcEndpoint", s3.clone()),
    ] {
        let enter = (ec2, operation, request);
        check(&world, &delete, &enter, ["InvalidVpcID.NotFound", "DependencyViolation"]);
    }
    let table = json!({"VpcId": vpc});
    let table = made(&mut world, "CreateRouteTable", table, "RouteTable", "RouteTableId");
    let mut s3 = s3;
    s3["RouteTableIds"] = json!([table]);
    let delete = (ec2, "DeleteRouteTable", json!({"RouteTableId": table}));
    let enter = (ec2, "CreateVpcEndpoint", s3);
    check(&world, &delete, &enter, ["InvalidRouteTableID.NotFound", "DependencyViolation"]);
}

#[test]
fn no_resource_is_given_a_flow_log_twice_at_the_same_time() {
    let (world, vpc, ..) = stack();
    let create = |resources: Json| {
        let request = json!({
            "ResourceIds": resources, "ResourceType": "VPC", "TrafficType": "ALL", "LogGroupName": "flows",
            "DeliverLogsPermissionArn": "arn:aws:iam::123456789012:role/flows",
        });
        (&ec2::TABLE, "CreateFlowLogs", request)
    };
    // The one that there is not takes the first id, so that the ids of the two calls differ.
    let (one, other) = (create(json!([vpc])), create(json!(["vpc-0", vpc])));
    check(&world, &one, &other, ["FlowLogAlreadyExists", "FlowLogAlreadyExists"]);
}

#[test]
fn no_two_endpoints_take_a_service_s_name_at_the_same_time() {
    let (mut world, vpc, ..) = stack();
    let on = json!({"VpcId": vpc, "EnableDnsHostnames": {"Value": true}});
    world.ok("ModifyVpcAttribute", on);
    // Each with a group of its own: they have only the VPC in common.
    let mut take = |name: &str| {
        let group = json!({"VpcId": vpc, "GroupName": name, "Description": name});
        let group = text(&world.ok("CreateSecurityGroup", group)["GroupId"]);
        let endpoint = json!({
            "VpcId": vpc, "ServiceName": "com.amazonaws.us-east-1.logs", "VpcEndpointType": "Interface", "PrivateDnsEnabled": false,
            "SecurityGroupIds": [group],
        });
        let id = made(&mut world, "CreateVpcEndpoint", endpoint, "VpcEndpoint", "VpcEndpointId");
        let request = json!({"VpcEndpointId": id, "PrivateDnsEnabled": true});
        (&ec2::TABLE, "ModifyVpcEndpoint", request)
    };
    let (one, other) = (take("a"), take("b"));
    check(&world, &one, &other, ["conflicting DNS domain", "conflicting DNS domain"]);
}

#[test]
fn nothing_is_deleted_under_a_task_that_starts_at_the_same_time() {
    let (world, _, subnet, group) = stack();
    let scope = world.scope();
    let mut stage = Stage::new();
    for found in world.all::<Vpc>(&Vpc::all(&scope)) {
        stage.world.put(&found.key, Vpc::clone(&found.record));
    }
    for found in world.all::<SecurityGroup>(&SecurityGroup::all(&scope)) {
        stage.world.put(&found.key, SecurityGroup::clone(&found.record));
    }
    for found in world.all::<Subnet>(&Subnet::all(&scope)) {
        let subnet = Subnet { zone: "us-east-1a".into(), ..Subnet::clone(&found.record) };
        stage.world.put(&found.key, subnet);
    }
    stage.define_task("web", json!({}), json!({"networkMode": "awsvpc"}));
    stage.host("a", json!({"attributes": [{"name": "ecs.capability.task-eni"}]}));
    let run = (
        &ecs::TABLE,
        "RunTask",
        json!({
            "cluster": "default", "taskDefinition": "web",
            "networkConfiguration": {"awsvpcConfiguration": {"subnets": [subnet], "securityGroups": [group]}},
        }),
    );
    let delete = (&ec2::TABLE, "DeleteSubnet", json!({"SubnetId": subnet}));
    check(&stage.world, &delete, &run, ["subnet", "DependencyViolation"]);
    let delete = (&ec2::TABLE, "DeleteSecurityGroup", json!({"GroupId": group}));
    check(&stage.world, &delete, &run, ["group", "DependencyViolation"]);
}
