//! A stack's walk through the EC2 API, and what is refused on the way.

mod absent;
mod acl;
mod address;
mod filter;
mod flow_log;
mod instance;
mod interface;
mod launch_template;
mod lists;
mod prefix_list;
mod race;
mod vpc_endpoint;

use super::TABLE;
use crate::world::World;
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;

fn world() -> World {
    World::of(&TABLE)
}

fn text(of: &Json) -> String {
    of.as_str().expect("a text").to_owned()
}

/// A thing's new id: `operation` answers it as `member.id`.
fn made(world: &mut World, operation: &str, request: Json, member: &str, id: &str) -> String {
    text(&world.ok(operation, request)[member][id])
}

fn ids(reply: &Json, list: &str, id: &str) -> Vec<String> {
    reply[list].as_array().expect("a list").iter().map(|entry| text(&entry[id])).collect()
}

/// A VPC 10.0.0.0/16 with a subnet 10.0.1.0/24 and a group `web`.
fn stack() -> (World, String, String, String) {
    let mut world = world();
    let vpc = text(&world.ok("CreateVpc", json!({"CidrBlock": "10.0.0.0/16"}))["Vpc"]["VpcId"]);
    let subnet = world.ok(
        "CreateSubnet",
        json!({"VpcId": vpc, "CidrBlock": "10.0.1.0/24", "AvailabilityZone": "us-east-1b"}),
    );
    let subnet = text(&subnet["Subnet"]["SubnetId"]);
    let group = world.ok(
        "CreateSecurityGroup",
        json!({"GroupName": "web", "Description": "web servers", "VpcId": vpc}),
    );
    (world, vpc, subnet, text(&group["GroupId"]))
}

fn web_rule() -> Json {
    json!([{"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}])
}

#[test]
fn what_is_listed_as_served_is_decided() {
    let listed: BTreeSet<&str> = TABLE.service.served_names().collect();
    let decided: BTreeSet<&str> = TABLE.operations.iter().map(|(name, _)| *name).collect();
    assert_eq!(listed, decided);
    assert_eq!(decided.len(), TABLE.operations.len());
}

#[test]
fn an_account_has_a_default_vpc_from_the_start() {
    let mut world = world();
    let vpcs =
        world.ok("DescribeVpcs", json!({"Filters": [{"Name": "is-default", "Values": ["true"]}]}));
    assert_eq!(vpcs["Vpcs"][0]["CidrBlock"], "172.31.0.0/16");
    let vpc = text(&vpcs["Vpcs"][0]["VpcId"]);
    let subnets =
        world.ok("DescribeSubnets", json!({"Filters": [{"Name": "vpc-id", "Values": [vpc]}]}));
    let mut zones = ids(&subnets, "Subnets", "AvailabilityZone");
    zones.sort();
    assert_eq!(zones, ["us-east-1a", "us-east-1b", "us-east-1c"]);
    assert_eq!(subnets["Subnets"][0]["AvailableIpAddressCount"], 4091);
    let groups = world.ok("DescribeSecurityGroups", json!({"GroupNames": ["default"]}));
    let permission = &groups["SecurityGroups"][0]["IpPermissions"][0];
    assert_eq!(permission["IpProtocol"], "-1");
    assert_eq!(
        permission["UserIdGroupPairs"][0]["GroupId"],
        groups["SecurityGroups"][0]["GroupId"]
    );
    world.enter("123456789012", "eu-west-1");
    let others = world.ok("DescribeVpcs", json!({}));
    assert_ne!(others["Vpcs"][0]["VpcId"], vpcs["Vpcs"][0]["VpcId"]);
}

#[test]
fn subnets_do_not_overlap_and_are_inside_their_vpc() {
    let (mut world, vpc, subnet, _) = stack();
    let shown = world.ok("DescribeSubnets", json!({"SubnetIds": [subnet]}));
    assert_eq!(shown["Subnets"][0]["AvailabilityZone"], "us-east-1b");
    assert_eq!(shown["Subnets"][0]["AvailableIpAddressCount"], 251);
    for (block, fault) in [
        (
            "10.0.1.128/25",
            "InvalidSubnet.Conflict: The CIDR '10.0.1.128/25' conflicts with another subnet",
        ),
        ("10.1.0.0/24", "InvalidSubnet.Range: The CIDR '10.1.0.0/24' is invalid."),
        ("10.0.2.0/29", "InvalidSubnet.Range: The CIDR '10.0.2.0/29' is invalid."),
    ] {
        assert_eq!(world.fault("CreateSubnet", json!({"VpcId": vpc, "CidrBlock": block})), fault);
    }
    assert_eq!(
        world.fault("CreateSubnet", json!({"VpcId": "vpc-0", "CidrBlock": "10.0.0.0/24"})),
        "InvalidVpcID.NotFound: The vpc ID 'vpc-0' does not exist"
    );
}

#[test]
fn a_vpc_goes_when_nothing_is_in_it() {
    let (mut world, vpc, subnet, group) = stack();
    let refused =
        format!("DependencyViolation: The vpc '{vpc}' has dependencies and cannot be deleted.");
    assert_eq!(world.fault("DeleteVpc", json!({"VpcId": vpc})), refused);
    world.ok("DeleteSubnet", json!({"SubnetId": subnet}));
    assert_eq!(world.fault("DeleteVpc", json!({"VpcId": vpc})), refused);
    world.ok("DeleteSecurityGroup", json!({"GroupId": group}));
    world.ok("DeleteVpc", json!({"VpcId": vpc}));
    assert!(
        world.fault("DescribeVpcs", json!({"VpcIds": [vpc]})).starts_with("InvalidVpcID.NotFound")
    );
}

#[test]
fn rules_come_once_in_old_and_new_form_and_go_by_either() {
    let (mut world, _, _, group) = stack();
    let made = world.ok(
        "AuthorizeSecurityGroupIngress",
        json!({"GroupId": group, "IpPermissions": web_rule()}),
    );
    let rule = text(&made["SecurityGroupRules"][0]["SecurityGroupRuleId"]);
    assert_eq!(
        world.fault(
            "AuthorizeSecurityGroupIngress",
            json!({"GroupId": group, "IpPermissions": web_rule()})
        ),
        "InvalidPermission.Duplicate: the specified rule \"peer: 0.0.0.0/0, TCP, from port: 80, to port: 80, ALLOW\" already exists"
    );
    let rules = world.ok(
        "DescribeSecurityGroupRules",
        json!({"Filters": [{"Name": "group-id", "Values": [group]}]}),
    );
    assert_eq!(rules["SecurityGroupRules"].as_array().map(Vec::len), Some(2));
    world.ok("RevokeSecurityGroupIngress", json!({"GroupId": group, "IpPermissions": web_rule()}));
    assert!(
        world
            .fault(
                "RevokeSecurityGroupIngress",
                json!({"GroupId": group, "SecurityGroupRuleIds": [rule]})
            )
            .starts_with("InvalidSecurityGroupRuleId.NotFound")
    );
    let shown = world.ok("DescribeSecurityGroups", json!({"GroupIds": [group]}));
    assert_eq!(shown["SecurityGroups"][0]["IpPermissions"], json!([]));
    assert_eq!(
        shown["SecurityGroups"][0]["IpPermissionsEgress"][0]["IpRanges"][0]["CidrIp"],
        "0.0.0.0/0"
    );
}

#[test]
fn a_group_that_another_names_stays() {
    let (mut world, vpc, _, web) = stack();
    let db = world
        .ok("CreateSecurityGroup", json!({"GroupName": "db", "Description": "d", "VpcId": vpc}));
    let db = text(&db["GroupId"]);
    let permission = json!([{"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432, "UserIdGroupPairs": [{"GroupId": web}]}]);
    world.ok("AuthorizeSecurityGroupIngress", json!({"GroupId": db, "IpPermissions": permission}));
    assert_eq!(
        world.fault("DeleteSecurityGroup", json!({"GroupId": web})),
        format!("DependencyViolation: resource {web} has a dependent object")
    );
    world.ok("DeleteSecurityGroup", json!({"GroupId": db}));
    world.ok("DeleteSecurityGroup", json!({"GroupId": web}));
}

#[test]
fn tags_come_with_a_thing_or_later_and_are_filters() {
    let (mut world, vpc, subnet, group) = stack();
    let rules = world.ok(
        "DescribeSecurityGroupRules",
        json!({"Filters": [{"Name": "group-id", "Values": [group]}]}),
    );
    let rule = text(&rules["SecurityGroupRules"][0]["SecurityGroupRuleId"]);
    world.ok(
        "CreateTags",
        json!({"Resources": [vpc, subnet, group, rule], "Tags": [{"Key": "Name", "Value": "web-1"}]}),
    );
    for pattern in ["web-1", "web-*", "web-?"] {
        let named = json!({"Filters": [{"Name": "tag:Name", "Values": [pattern]}]});
        let found = world.ok("DescribeVpcs", named);
        assert_eq!(ids(&found, "Vpcs", "VpcId"), [vpc.as_str()], "{pattern}");
    }
    let tags = world.ok("DescribeTags", json!({"Filters": [{"Name": "key", "Values": ["Name"]}]}));
    let mut kinds = ids(&tags, "Tags", "ResourceType");
    kinds.sort();
    assert_eq!(kinds, ["security-group", "security-group-rule", "subnet", "vpc"]);
    world.ok("DeleteTags", json!({"Resources": [rule, group], "Tags": [{"Key": "Name"}]}));
    let tags = world.ok("DescribeTags", json!({}));
    assert_eq!(tags["Tags"].as_array().map(Vec::len), Some(2));
    assert_eq!(
        world.fault(
            "CreateTags",
            json!({"Resources": ["x-1"], "Tags": [{"Key": "a", "Value": "b"}]})
        ),
        "InvalidID: The ID 'x-1' is not valid"
    );
}

/// Ansible's modules read the tags of a gateway that has none.
#[test]
fn a_tag_of_what_is_made_is_said_once() {
    let (mut world, vpc, ..) = stack();
    let mut make = |specifications: &[Json]| {
        let specifications = specifications
            .iter()
            .map(|tags| json!({"ResourceType": "subnet", "Tags": tags}))
            .collect::<Json>();
        let request =
            json!({"VpcId": vpc, "CidrBlock": "10.0.2.0/24", "TagSpecifications": specifications});
        world.fault("CreateSubnet", request)
    };
    let team = |value: &str| json!([{"Key": "team", "Value": value}]);
    let twice = make(&[team("a"), team("b")]);
    assert!(twice.starts_with("InvalidParameterValue: Duplicate tag key 'team'"), "{twice}");
    let many = |from: i32| (from..from + 30).map(|n| json!({"Key": n.to_string()})).collect();
    assert!(make(&[many(0), many(30)]).starts_with("TagLimitExceeded"));
}

#[test]
fn things_without_tags_list_none_where_ec2_does() {
    let mut world = world();
    let gateway = world.ok("CreateInternetGateway", json!({}))["InternetGateway"].clone();
    let tables = world.ok("DescribeRouteTables", json!({}));
    let acls = world.ok("DescribeNetworkAcls", json!({}));
    assert_eq!(gateway["Tags"], json!([]));
    assert_eq!(tables["RouteTables"][0]["Tags"], json!([]));
    assert_eq!(acls["NetworkAcls"][0]["Tags"], json!([]));
    assert!(world.ok("DescribeVpcs", json!({}))["Vpcs"][0].get("Tags").is_none());
}

#[test]
fn what_nobody_reads_is_refused_by_its_name() {
    let mut world = world();
    let refused =
        world.fault("CreateVpc", json!({"CidrBlock": "10.0.0.0/16", "Ipv4NetmaskLength": 16}));
    assert!(refused.contains("`Ipv4NetmaskLength`"), "{refused}");
    let refused =
        world.fault("DescribeVpcs", json!({"Filters": [{"Name": "colour", "Values": ["red"]}]}));
    assert_eq!(refused, "InvalidParameterValue: The filter 'colour' is invalid");
}

#[test]
fn a_dry_run_changes_nothing() {
    let mut world = world();
    let refused = world.fault("CreateVpc", json!({"CidrBlock": "10.0.0.0/16", "DryRun": true}));
    assert_eq!(refused, "DryRunOperation: Request would have succeeded, but DryRun flag is set.");
}
