//! Prefix lists, DHCP options, and what an account has from the start.

use super::{made, stack, text, world};
use serde_json::json;

#[test]
fn entries_change_by_version_and_the_rules_that_name_a_list_keep_it() {
    let (mut world, vpc, _, group) = stack();
    let list = json!({"PrefixListName": "offices", "MaxEntries": 2, "AddressFamily": "IPv4",
        "Entries": [{"Cidr": "203.0.113.0/24", "Description": "one"}]});
    let list = made(&mut world, "CreateManagedPrefixList", list, "PrefixList", "PrefixListId");
    let change = |version: i64, add: &[&str], remove: &[&str]| {
        let entries =
            |of: &[&str]| of.iter().map(|block| json!({"Cidr": block})).collect::<Vec<_>>();
        json!({"PrefixListId": list, "CurrentVersion": version, "AddEntries": entries(add), "RemoveEntries": entries(remove)})
    };
    world.ok("ModifyManagedPrefixList", change(1, &["198.51.100.0/24"], &[]));
    for (request, fault) in [
        (
            change(1, &[], &["203.0.113.0/24"]),
            "PrefixListVersionMismatch: The prefix list has the incorrect version number.",
        ),
        (
            change(2, &["192.0.2.0/24"], &[]),
            "PrefixListMaxEntriesExceeded: The prefix list has at most 2 entries.",
        ),
        (
            change(2, &[], &["192.0.2.0/24"]),
            "InvalidParameterValue: The prefix list has no entry 192.0.2.0/24.",
        ),
    ] {
        assert_eq!(world.fault("ModifyManagedPrefixList", request), fault);
    }
    let entries = world.ok("GetManagedPrefixListEntries", json!({"PrefixListId": list}));
    assert_eq!(
        entries["Entries"],
        json!([{"Cidr": "198.51.100.0/24"}, {"Cidr": "203.0.113.0/24", "Description": "one"}])
    );
    let rule = json!({"GroupId": group, "IpPermissions": [{"IpProtocol": "-1", "PrefixListIds": [{"PrefixListId": list}]}]});
    world.ok("AuthorizeSecurityGroupIngress", rule.clone());
    let used = format!(
        "DependencyViolation: The prefix list '{list}' has dependencies and cannot be deleted."
    );
    assert_eq!(world.fault("DeleteManagedPrefixList", json!({"PrefixListId": list})), used);
    world.ok("RevokeSecurityGroupIngress", rule);
    let table =
        made(&mut world, "CreateRouteTable", json!({"VpcId": vpc}), "RouteTable", "RouteTableId");
    let nobody =
        json!({"RouteTableId": table, "DestinationPrefixListId": "pl-1", "GatewayId": "igw-1"});
    assert_eq!(
        world.fault("CreateRoute", nobody),
        "InvalidPrefixListID.NotFound: The prefix list ID 'pl-1' does not exist"
    );
    world.ok("DeleteManagedPrefixList", json!({"PrefixListId": list}));
}

#[test]
fn aws_s_own_lists_are_found_by_name_and_left_alone() {
    let mut world = world();
    let named = json!({"Filters": [{"Name": "prefix-list-name", "Values": ["com.amazonaws.us-east-1.s3"]}]});
    let own = world.ok("DescribePrefixLists", named.clone());
    assert_eq!(own["PrefixLists"][0]["Cidrs"], json!([]));
    let managed = world.ok("DescribeManagedPrefixLists", named);
    assert_eq!(managed["PrefixLists"][0]["OwnerId"], "AWS");
    let id = text(&own["PrefixLists"][0]["PrefixListId"]);
    assert_eq!(
        world.fault("DeleteManagedPrefixList", json!({"PrefixListId": id})),
        format!("OperationNotPermitted: The prefix list {id} is AWS's own.")
    );
}

#[test]
fn dhcp_options_say_what_tasks_are_told_anyway() {
    let (mut world, vpc, ..) = stack();
    let of =
        |key: &str, value: &str| json!({"DhcpConfigurations": [{"Key": key, "Values": [value]}]});
    assert_eq!(
        world.fault("CreateDhcpOptions", of("domain-name-servers", "10.0.0.9")),
        "UnsupportedOperation: DHCP option `domain-name-servers` 10.0.0.9 is not served by Longshore yet."
    );
    let options = of("domain-name", "ec2.internal");
    let options = made(&mut world, "CreateDhcpOptions", options, "DhcpOptions", "DhcpOptionsId");
    world.ok("AssociateDhcpOptions", json!({"DhcpOptionsId": options, "VpcId": vpc}));
    assert_eq!(
        world.fault("DeleteDhcpOptions", json!({"DhcpOptionsId": options})),
        format!(
            "DependencyViolation: The dhcpOptions '{options}' has dependencies and cannot be deleted."
        )
    );
    world.ok("AssociateDhcpOptions", json!({"DhcpOptionsId": "default", "VpcId": vpc}));
    world.ok("DeleteDhcpOptions", json!({"DhcpOptionsId": options}));
}

#[test]
fn the_default_vpc_is_made_anew_where_it_was_deleted() {
    let mut world = world();
    let subnets = world.ok("DescribeSubnets", json!({}))["Subnets"].clone();
    assert!(world.fault("CreateDefaultVpc", json!({})).starts_with("DefaultVpcAlreadyExists"));
    let first = &subnets[0];
    world.ok("DeleteSubnet", json!({"SubnetId": first["SubnetId"]}));
    let again =
        world.ok("CreateDefaultSubnet", json!({"AvailabilityZone": first["AvailabilityZone"]}));
    assert_eq!(again["Subnet"]["CidrBlock"], first["CidrBlock"]);
    let attributes =
        world.ok("DescribeAccountAttributes", json!({"AttributeNames": ["default-vpc"]}));
    let vpc = text(&attributes["AccountAttributes"][0]["AttributeValues"][0]["AttributeValue"]);
    assert_eq!(first["VpcId"], vpc.as_str());
    for subnet in world.ok("DescribeSubnets", json!({}))["Subnets"].as_array().expect("a list") {
        world.ok("DeleteSubnet", json!({"SubnetId": subnet["SubnetId"]}));
    }
    let gateway = text(
        &world.ok("DescribeInternetGateways", json!({}))["InternetGateways"][0]["InternetGatewayId"],
    );
    world.ok("DetachInternetGateway", json!({"InternetGatewayId": gateway, "VpcId": vpc}));
    world.ok("DeleteVpc", json!({"VpcId": vpc}));
    let made = made(&mut world, "CreateDefaultVpc", json!({}), "Vpc", "VpcId");
    assert_ne!(made, vpc);
    assert_eq!(world.ok("DescribeSubnets", json!({}))["Subnets"].as_array().map(Vec::len), Some(3));
}
