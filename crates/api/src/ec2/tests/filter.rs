//! Filters of descriptions that EC2 documents, on a stack that has what they are about.

use super::{made, stack, text};
use crate::world::World;
use serde_json::{Value as Json, json};

/// How many of `list` there are whose `filter` is `value`, among those that `within` (`name=value`) lets pass.
fn count(world: &mut World, what: &str, within: &str, (filter, value): (&str, &str)) -> usize {
    let (name, wanted) = within.split_once('=').expect("a name and a value");
    let filters = json!([{"Name": name, "Values": [wanted]}, {"Name": filter, "Values": [value]}]);
    let reply = world.ok(&format!("Describe{what}"), json!({"Filters": filters}));
    reply[what].as_array().expect("a list").len()
}

/// Of one thing, each filter matches its value and does not match another.
fn check(world: &mut World, what: &str, within: &str, filters: &[(&str, &str)]) {
    for (filter, value) in filters {
        assert_eq!(count(world, what, within, (filter, value)), 1, "{what} {filter}={value}");
        assert_eq!(count(world, what, within, (filter, "other")), 0, "{what} {filter}=other");
    }
}

/// Of one thing that has none of what these are about, nothing matches.
fn check_none(world: &mut World, what: &str, within: &str, filters: &[&str]) {
    for filter in filters {
        assert_eq!(count(world, what, within, (filter, "*")), 0, "{what} {filter}");
    }
}

#[test]
fn interfaces_are_found_by_their_elastic_address() {
    let (mut world, vpc, subnet, _) = stack();
    let request = json!({"SubnetId": subnet});
    let interface = made(
        &mut world,
        "CreateNetworkInterface",
        request,
        "NetworkInterface",
        "NetworkInterfaceId",
    );
    let within = format!("network-interface-id={interface}");
    let of_addresses = ["association.allocation-id", "association.association-id"];
    check_none(&mut world, "NetworkInterfaces", &within, &of_addresses);
    let gateway = made(
        &mut world,
        "CreateInternetGateway",
        json!({}),
        "InternetGateway",
        "InternetGatewayId",
    );
    world.ok("AttachInternetGateway", json!({"InternetGatewayId": gateway, "VpcId": vpc}));
    world.config.public_addresses = "203.0.113.0/30".parse().expect("a block");
    let allocation = text(&world.ok("AllocateAddress", json!({"Domain": "vpc"}))["AllocationId"]);
    let associated = world.ok(
        "AssociateAddress",
        json!({"AllocationId": allocation, "NetworkInterfaceId": interface}),
    );
    let association = text(&associated["AssociationId"]);
    check(
        &mut world,
        "NetworkInterfaces",
        &within,
        &[
            ("association.allocation-id", &allocation),
            ("association.association-id", &association),
            ("addresses.primary", "true"),
            ("operator.managed", "false"),
        ],
    );
    check_none(
        &mut world,
        "NetworkInterfaces",
        &within,
        &[
            "attachment.instance-owner-id",
            "attachment.delete-on-termination",
            "attachment.attach-time",
            "association.public-dns-name",
            "ipv6-addresses.ipv6-address",
            "operator.principal",
        ],
    );
}

#[test]
fn groups_are_found_by_whose_groups_their_rules_name() {
    let (mut world, vpc, _, web) = stack();
    let request = json!({"GroupName": "db", "Description": "d", "VpcId": vpc});
    let db = text(&world.ok("CreateSecurityGroup", request)["GroupId"]);
    let within = format!("group-id={db}");
    let of_peers = ["ip-permission.user-id", "ip-permission.group-name"];
    check_none(&mut world, "SecurityGroups", &within, &of_peers);
    let permission = json!([{"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": web}]}]);
    for operation in ["AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress"] {
        world.ok(operation, json!({"GroupId": db, "IpPermissions": permission}));
    }
    let account = world.scope().account.to_string();
    check(
        &mut world,
        "SecurityGroups",
        &within,
        &[
            ("ip-permission.user-id", &account),
            ("egress.ip-permission.user-id", &account),
            ("ip-permission.group-name", "web"),
            ("egress.ip-permission.group-name", "web"),
        ],
    );
}

#[test]
fn tables_and_acls_are_found_by_what_is_in_them() {
    let (mut world, vpc, ..) = stack();
    let table =
        made(&mut world, "CreateRouteTable", json!({"VpcId": vpc}), "RouteTable", "RouteTableId");
    let within = format!("route-table-id={table}");
    assert_eq!(count(&mut world, "RouteTables", &within, ("route.origin", "CreateRoute")), 0);
    check(&mut world, "RouteTables", &within, &[("route.origin", "CreateRouteTable")]);
    check_none(&mut world, "RouteTables", &within, &["association.gateway-id"]);
    let gateway = made(
        &mut world,
        "CreateInternetGateway",
        json!({}),
        "InternetGateway",
        "InternetGatewayId",
    );
    world.ok("AttachInternetGateway", json!({"InternetGatewayId": gateway, "VpcId": vpc}));
    for destination in
        [json!({"DestinationCidrBlock": "0.0.0.0/0"}), json!({"DestinationIpv6CidrBlock": "::/0"})]
    {
        let mut request = json!({"RouteTableId": table, "GatewayId": gateway});
        let members = request.as_object_mut().expect("an object");
        members.extend(destination.as_object().expect("an object").clone());
        world.ok("CreateRoute", request);
    }
    let found = [("route.origin", "CreateRoute"), ("route.destination-ipv6-cidr-block", "::/0")];
    check(&mut world, "RouteTables", &within, &found);

    let acl =
        made(&mut world, "CreateNetworkAcl", json!({"VpcId": vpc}), "NetworkAcl", "NetworkAclId");
    let entry = |number: i64, protocol: &str, more: Json| {
        let mut request = json!({
            "NetworkAclId": acl, "RuleNumber": number, "Protocol": protocol, "RuleAction": "allow", "Egress": false,
        });
        let members = request.as_object_mut().expect("an object");
        members.extend(more.as_object().expect("an object").clone());
        request
    };
    // Hosts enforce no others, so that one which lets all pass comes first.
    world.ok("CreateNetworkAclEntry", entry(90, "-1", json!({"CidrBlock": "0.0.0.0/0"})));
    let web = json!({"CidrBlock": "0.0.0.0/0", "PortRange": {"From": 80, "To": 81}});
    world.ok("CreateNetworkAclEntry", entry(100, "6", web));
    let ping = json!({"CidrBlock": "0.0.0.0/0", "IcmpTypeCode": {"Type": 8, "Code": 3}});
    world.ok("CreateNetworkAclEntry", entry(110, "1", ping));
    world.ok("CreateNetworkAclEntry", entry(120, "-1", json!({"Ipv6CidrBlock": "::/0"})));
    check(
        &mut world,
        "NetworkAcls",
        &format!("network-acl-id={acl}"),
        &[
            ("entry.port-range.from", "80"),
            ("entry.port-range.to", "81"),
            ("entry.icmp.type", "8"),
            ("entry.icmp.code", "3"),
            ("entry.ipv6-cidr", "::/0"),
        ],
    );
}

#[test]
fn vpcs_and_subnets_without_ipv6_are_found_by_none_of_it() {
    let (mut world, vpc, subnet, _) = stack();
    let of_blocks = [
        "ipv6-cidr-block-association.association-id",
        "ipv6-cidr-block-association.ipv6-cidr-block",
        "ipv6-cidr-block-association.state",
    ];
    check_none(&mut world, "Vpcs", &format!("vpc-id={vpc}"), &of_blocks);
    let within = format!("subnet-id={subnet}");
    check_none(&mut world, "Subnets", &within, &of_blocks);
    check(
        &mut world,
        "Subnets",
        &within,
        &[
            ("map-customer-owned-ip-on-launch", "false"),
            ("private-dns-name-options-on-launch.hostname-type", "ip-name"),
        ],
    );
}

#[test]
fn texts_of_groups_have_only_what_ec2_documents() {
    let (mut world, vpc, ..) = stack();
    let mut refused = |name: &str, description: &str| {
        let request = json!({"GroupName": name, "Description": description, "VpcId": vpc});
        world.fault("CreateSecurityGroup", request)
    };
    let beyond = |parameter: &str| {
        format!(
            "InvalidParameterValue: Value (für) for parameter {parameter} is invalid. Character sets beyond ASCII are not supported."
        )
    };
    assert_eq!(refused("a", "für"), beyond("GroupDescription"));
    assert_eq!(refused("für", "a"), beyond("GroupName"));
    let said = refused("a", "50% of it");
    assert!(
        said.starts_with("InvalidParameterValue: Invalid security group description."),
        "{said}"
    );
    let said = refused("a'b", "a");
    assert!(said.starts_with("InvalidParameterValue: Invalid security group name."), "{said}");
    let all = "aZ09. _-:/()#,@[]+=&;{}!$*";
    world.ok("CreateSecurityGroup", json!({"GroupName": all, "Description": all, "VpcId": vpc}));
}
