//! VPC endpoints: their routes and interfaces, what changes them, and what they hold on to.

use super::{ids, made, stack, text};
use crate::world::World;
use serde_json::{Value as Json, json};

const S3: &str = "com.amazonaws.us-east-1.s3";
const LOGS: &str = "com.amazonaws.us-east-1.logs";

fn endpoint(world: &mut World, request: Json) -> String {
    made(world, "CreateVpcEndpoint", request, "VpcEndpoint", "VpcEndpointId")
}

fn shown(world: &mut World, id: &str) -> Json {
    world.ok("DescribeVpcEndpoints", json!({"VpcEndpointIds": [id]}))["VpcEndpoints"][0].clone()
}

fn table(world: &mut World, vpc: &str) -> String {
    made(world, "CreateRouteTable", json!({"VpcId": vpc}), "RouteTable", "RouteTableId")
}

/// The routes of a table besides the one to the VPC itself.
fn routes(world: &mut World, table: &str) -> Vec<String> {
    let shown = world.ok("DescribeRouteTables", json!({"RouteTableIds": [table]}));
    let routes = shown["RouteTables"][0]["Routes"].as_array().expect("routes").clone();
    let of_list = routes.iter().filter(|route| route["DestinationPrefixListId"].is_string());
    of_list
        .map(|route| format!("{} {}", text(&route["GatewayId"]), text(&route["State"])))
        .collect()
}

fn hostnames(world: &mut World, vpc: &str) {
    let on = json!({"VpcId": vpc, "EnableDnsHostnames": {"Value": true}});
    world.ok("ModifyVpcAttribute", on);
}

#[test]
fn gateway_endpoint_is_a_route_in_each_of_its_tables() {
    let (mut world, vpc, ..) = stack();
    let (one, two) = (table(&mut world, &vpc), table(&mut world, &vpc));
    let id = endpoint(&mut world, json!({"VpcId": vpc, "ServiceName": S3, "RouteTableIds": [one]}));
    assert_eq!(routes(&mut world, &one), [format!("{id} active")]);
    assert_eq!(routes(&mut world, &two), Vec::<String>::new());
    let both = json!({"VpcId": vpc, "ServiceName": S3, "RouteTableIds": [one]});
    assert!(world.fault("CreateVpcEndpoint", both).starts_with("RouteAlreadyExists"));

    let lists = json!({"Filters": [{"Name": "prefix-list-name", "Values": [S3]}]});
    let list = world.ok("DescribePrefixLists", lists)["PrefixLists"][0]["PrefixListId"].clone();
    let by_hand = json!({"RouteTableId": one, "DestinationPrefixListId": list});
    assert_eq!(
        world.fault("DeleteRoute", by_hand),
        format!(
            "InvalidParameterValue: cannot remove VPC endpoint route {id} in route table {one}"
        )
    );
    assert_eq!(
        world.fault("DeleteRouteTable", json!({"RouteTableId": one})),
        format!(
            "DependencyViolation: The routeTable '{one}' has dependencies and cannot be deleted."
        )
    );

    let change =
        json!({"VpcEndpointId": id, "AddRouteTableIds": [two], "RemoveRouteTableIds": [one]});
    world.ok("ModifyVpcEndpoint", change);
    assert_eq!(shown(&mut world, &id)["RouteTableIds"], json!([two]));
    assert_eq!(routes(&mut world, &one), Vec::<String>::new());
    assert_eq!(routes(&mut world, &two), [format!("{id} active")]);

    let deleted = world.ok("DeleteVpcEndpoints", json!({"VpcEndpointIds": [id, "vpce-0"]}));
    assert_eq!(
        deleted["Unsuccessful"],
        json!([{"ResourceId": "vpce-0", "Error": {
            "Code": "InvalidVpcEndpointId.NotFound", "Message": "The Vpc Endpoint Id 'vpce-0' does not exist",
        }}])
    );
    assert_eq!(routes(&mut world, &two), Vec::<String>::new());
    assert!(
        world
            .fault("DescribeVpcEndpoints", json!({"VpcEndpointIds": [id]}))
            .starts_with("InvalidVpcEndpointId.NotFound")
    );
}

#[test]
fn endpoints_of_one_table_go_together() {
    let (mut world, vpc, ..) = stack();
    let table = table(&mut world, &vpc);
    let services = [S3, "com.amazonaws.us-east-1.dynamodb"];
    let ids = services.map(|service| {
        endpoint(
            &mut world,
            json!({"VpcId": vpc, "ServiceName": service, "RouteTableIds": [table]}),
        )
    });
    assert_eq!(routes(&mut world, &table).len(), 2);
    world.ok("DeleteVpcEndpoints", json!({"VpcEndpointIds": ids}));
    assert_eq!(routes(&mut world, &table), Vec::<String>::new());
    world.ok("DeleteRouteTable", json!({"RouteTableId": table}));
}

#[test]
fn interface_endpoint_has_interfaces_that_users_leave_alone() {
    let (mut world, vpc, subnet, group) = stack();
    hostnames(&mut world, &vpc);
    let id = endpoint(
        &mut world,
        json!({
            "VpcId": vpc, "ServiceName": LOGS, "VpcEndpointType": "Interface", "SubnetIds": [subnet], "SecurityGroupIds": [group],
            "PrivateDnsEnabled": true, "SubnetConfigurations": [{"SubnetId": subnet, "Ipv4": "10.0.1.77"}],
            "TagSpecifications": [{"ResourceType": "vpc-endpoint", "Tags": [{"Key": "Name", "Value": "logs"}]}],
        }),
    );
    let endpoint = shown(&mut world, &id);
    assert_eq!(endpoint["State"], "available");
    assert_eq!(endpoint["Groups"], json!([{"GroupId": group, "GroupName": "web"}]));
    assert_eq!(endpoint["Tags"], json!([{"Key": "Name", "Value": "logs"}]));
    let names = ids(&endpoint, "DnsEntries", "DnsName");
    assert!(names[0].starts_with(&id) && names[0].ends_with(".logs.us-east-1.vpce.amazonaws.com"));
    assert_eq!(names.last().map(String::as_str), Some("logs.us-east-1.amazonaws.com"));
    let interface = text(&endpoint["NetworkInterfaceIds"][0]);
    let found = world.ok("DescribeNetworkInterfaces", json!({"NetworkInterfaceIds": [interface]}));
    let found = &found["NetworkInterfaces"][0];
    assert_eq!(
        [
            &found["InterfaceType"],
            &found["RequesterManaged"],
            &found["Status"],
            &found["PrivateIpAddress"]
        ],
        [&json!("vpc_endpoint"), &json!(true), &json!("in-use"), &json!("10.0.1.77")]
    );
    for (operation, request) in [
        ("DeleteNetworkInterface", json!({"NetworkInterfaceId": interface})),
        (
            "ModifyNetworkInterfaceAttribute",
            json!({"NetworkInterfaceId": interface, "Groups": [group]}),
        ),
    ] {
        assert!(
            world.fault(operation, request).starts_with("OperationNotPermitted"),
            "{operation}"
        );
    }
    for (operation, request) in [
        ("DeleteSubnet", json!({"SubnetId": subnet})),
        ("DeleteSecurityGroup", json!({"GroupId": group})),
        ("DeleteVpc", json!({"VpcId": vpc})),
    ] {
        assert!(world.fault(operation, request).starts_with("DependencyViolation"), "{operation}");
    }
    world.ok("DeleteVpcEndpoints", json!({"VpcEndpointIds": [id]}));
    for (operation, request) in [
        ("DeleteSubnet", json!({"SubnetId": subnet})),
        ("DeleteSecurityGroup", json!({"GroupId": group})),
        ("DeleteVpc", json!({"VpcId": vpc})),
    ] {
        world.ok(operation, request);
    }
}

#[test]
fn a_vpc_with_an_endpoint_stays() {
    let mut world = super::world();
    let vpc = made(&mut world, "CreateVpc", json!({"CidrBlock": "10.0.0.0/16"}), "Vpc", "VpcId");
    let id = endpoint(&mut world, json!({"VpcId": vpc, "ServiceName": S3}));
    assert!(world.fault("DeleteVpc", json!({"VpcId": vpc})).starts_with("DependencyViolation"));
    world.ok("DeleteVpcEndpoints", json!({"VpcEndpointIds": [id]}));
    world.ok("DeleteVpc", json!({"VpcId": vpc}));
}

#[test]
fn subnets_groups_policy_and_name_of_an_endpoint_change() {
    let (mut world, vpc, subnet, group) = stack();
    let other = json!({"VpcId": vpc, "CidrBlock": "10.0.2.0/24", "AvailabilityZone": "us-east-1c"});
    let other = made(&mut world, "CreateSubnet", other, "Subnet", "SubnetId");
    let same_zone =
        json!({"VpcId": vpc, "CidrBlock": "10.0.3.0/24", "AvailabilityZone": "us-east-1b"});
    let same_zone = made(&mut world, "CreateSubnet", same_zone, "Subnet", "SubnetId");
    let id = endpoint(
        &mut world,
        json!({"VpcId": vpc, "ServiceName": LOGS, "VpcEndpointType": "Interface", "SubnetIds": [subnet], "PrivateDnsEnabled": false}),
    );
    let default = text(&shown(&mut world, &id)["Groups"][0]["GroupId"]);
    assert_ne!(default, group);
    assert_eq!(
        world.fault("ModifyVpcEndpoint", json!({"VpcEndpointId": id, "AddSubnetIds": [same_zone]})),
        format!(
            "DuplicateSubnetsInSameZone: Found another VPC endpoint subnet in the availability zone of {same_zone}"
        )
    );
    let named = json!({"VpcEndpointId": id, "PrivateDnsEnabled": true});
    assert!(world.fault("ModifyVpcEndpoint", named.clone()).starts_with("InvalidParameter"));
    hostnames(&mut world, &vpc);
    world.ok("ModifyVpcEndpoint", named);
    let policy = r#"{"Statement":[]}"#;
    for change in [
        json!({"AddSubnetIds": [other]}),
        json!({"AddSecurityGroupIds": [group], "RemoveSecurityGroupIds": [default]}),
        json!({"RemoveSubnetIds": [subnet]}),
        json!({"PolicyDocument": policy}),
    ] {
        let mut request = change;
        request["VpcEndpointId"] = json!(id);
        world.ok("ModifyVpcEndpoint", request);
    }
    let endpoint = shown(&mut world, &id);
    assert_eq!(endpoint["SubnetIds"], json!([other]));
    assert_eq!(endpoint["PrivateDnsEnabled"], true);
    assert_eq!(endpoint["PolicyDocument"], policy);
    let of_vpc = json!({"Filters": [{"Name": "interface-type", "Values": ["vpc_endpoint"]}]});
    let interfaces = world.ok("DescribeNetworkInterfaces", of_vpc);
    assert_eq!(ids(&interfaces, "NetworkInterfaces", "SubnetId"), [other.as_str()]);
    assert_eq!(interfaces["NetworkInterfaces"][0]["Groups"][0]["GroupId"], group.as_str());
    world.ok("DeleteSubnet", json!({"SubnetId": subnet}));
    world.ok("ModifyVpcEndpoint", json!({"VpcEndpointId": id, "ResetPolicy": true}));
    assert!(text(&shown(&mut world, &id)["PolicyDocument"]).contains("Allow"));
}

#[test]
fn what_an_endpoint_cannot_be_is_refused_by_name() {
    let (mut world, vpc, subnet, _) = stack();
    for (more, fault) in [
        (
            json!({"ServiceName": "com.amazonaws.us-east-1.nothing"}),
            "InvalidServiceName: The Vpc Endpoint Service 'com.amazonaws.us-east-1.nothing' does not exist",
        ),
        (
            json!({"ServiceName": LOGS}),
            "InvalidParameter: Endpoint type (Gateway) does not match available service types ([Interface]).",
        ),
        (
            json!({"ServiceName": S3, "SubnetIds": [subnet]}),
            "InvalidParameter: SubnetIds cannot be given for an endpoint of type Gateway.",
        ),
        (
            json!({"ServiceName": S3, "VpcEndpointType": "GatewayLoadBalancer"}),
            "UnsupportedOperation: `VpcEndpointType` GatewayLoadBalancer is not served by Longshore yet.",
        ),
        (
            json!({"ServiceName": S3, "PolicyDocument": "{"}),
            "InvalidPolicyDocument: The specified policy document is not a valid JSON policy document.",
        ),
    ] {
        let mut request = more;
        request["VpcId"] = json!(vpc);
        assert_eq!(world.fault("CreateVpcEndpoint", request), fault);
    }
    let named = json!({"VpcId": vpc, "ServiceName": LOGS, "VpcEndpointType": "Interface", "SubnetIds": [subnet]});
    assert!(
        world.fault("CreateVpcEndpoint", named).contains("enableDnsHostnames"),
        "the service's name is taken over unless said otherwise"
    );
}

#[test]
fn services_are_listed_by_type_and_in_pages() {
    let mut world = super::world();
    let gateways = json!({"Filters": [{"Name": "service-type", "Values": ["Gateway"]}]});
    let gateways = world.ok("DescribeVpcEndpointServices", gateways);
    assert_eq!(
        ids(&gateways, "ServiceDetails", "ServiceName"),
        ["com.amazonaws.us-east-1.dynamodb", S3]
    );
    let ecs = json!({"ServiceNames": ["com.amazonaws.us-east-1.ecs-agent"]});
    let ecs = world.ok("DescribeVpcEndpointServices", ecs);
    assert_eq!(ecs["ServiceDetails"][0]["PrivateDnsName"], "ecs-a.us-east-1.amazonaws.com");
    let page = world.ok("DescribeVpcEndpointServices", json!({"MaxResults": 5}));
    assert_eq!(page["ServiceDetails"].as_array().map(Vec::len), Some(5));
    let rest = json!({"MaxResults": 1000, "NextToken": page["NextToken"]});
    let rest = world.ok("DescribeVpcEndpointServices", rest);
    let all = world.ok("DescribeVpcEndpointServices", json!({}));
    let count = |reply: &Json| reply["ServiceDetails"].as_array().map_or(0, Vec::len);
    assert_eq!(count(&page) + count(&rest), count(&all));
}

#[test]
fn a_token_makes_one_endpoint() {
    let (mut world, vpc, subnet, _) = stack();
    let request = json!({
        "VpcId": vpc, "ServiceName": LOGS, "VpcEndpointType": "Interface", "SubnetIds": [subnet], "PrivateDnsEnabled": false, "ClientToken": "t-1",
    });
    let one = endpoint(&mut world, request.clone());
    assert_eq!(endpoint(&mut world, request), one);
    let all = world.ok("DescribeVpcEndpoints", json!({}));
    assert_eq!(ids(&all, "VpcEndpoints", "VpcEndpointId"), [one]);
}

#[test]
fn endpoint_without_subnets_holds_its_groups_too() {
    let (mut world, vpc, _, group) = stack();
    let create = json!({
        "VpcId": vpc, "ServiceName": LOGS, "VpcEndpointType": "Interface", "SecurityGroupIds": [group], "PrivateDnsEnabled": false,
    });
    let id = endpoint(&mut world, create);
    let delete = json!({"GroupId": group});
    assert_eq!(
        world.fault("DeleteSecurityGroup", delete.clone()),
        format!("DependencyViolation: resource {group} has a dependent object")
    );
    let other = json!({"VpcId": vpc, "GroupName": "other", "Description": "other"});
    let other = text(&world.ok("CreateSecurityGroup", other)["GroupId"]);
    let change = json!({"VpcEndpointId": id, "AddSecurityGroupIds": [other], "RemoveSecurityGroupIds": [group]});
    world.ok("ModifyVpcEndpoint", change);
    world.ok("DeleteSecurityGroup", delete);
    let delete = json!({"GroupId": other});
    assert!(world.fault("DeleteSecurityGroup", delete.clone()).starts_with("DependencyViolation"));
    world.ok("DeleteVpcEndpoints", json!({"VpcEndpointIds": [id]}));
    world.ok("DeleteSecurityGroup", delete);
}
