//! Kinds of things that there are none of.

use super::{ids, made, world};
use serde_json::json;

#[test]
fn lists_are_empty_and_ids_are_not_found() {
    for (operation, list, member, fault) in [
        (
            "DescribeVpcPeeringConnections",
            "VpcPeeringConnections",
            "VpcPeeringConnectionIds",
            "InvalidVpcPeeringConnectionID.NotFound",
        ),
        ("DescribeVpnGateways", "VpnGateways", "VpnGatewayIds", "InvalidVpnGatewayID.NotFound"),
        (
            "DescribeVpnConnections",
            "VpnConnections",
            "VpnConnectionIds",
            "InvalidVpnConnectionID.NotFound",
        ),
        (
            "DescribeCustomerGateways",
            "CustomerGateways",
            "CustomerGatewayIds",
            "InvalidCustomerGatewayID.NotFound",
        ),
        (
            "DescribeEgressOnlyInternetGateways",
            "EgressOnlyInternetGateways",
            "EgressOnlyInternetGatewayIds",
            "InvalidGatewayID.NotFound",
        ),
        (
            "DescribeTransitGateways",
            "TransitGateways",
            "TransitGatewayIds",
            "InvalidTransitGatewayID.NotFound",
        ),
        ("DescribeImages", "Images", "ImageIds", "InvalidAMIID.NotFound"),
    ] {
        let mut world = world();
        let named = json!({"Filters": [{"Name": "tag:Name", "Values": ["x"]}]});
        assert_eq!(world.ok(operation, named)[list], json!([]), "{operation}");
        let refused = world.fault(operation, json!({member: ["x-1"]}));
        assert!(refused.starts_with(fault), "{refused}");
        let refused =
            world.fault(operation, json!({"Filters": [{"Name": "colour", "Values": ["x"]}]}));
        assert_eq!(refused, "InvalidParameterValue: The filter 'colour' is invalid", "{operation}");
    }
}

#[test]
fn no_vpc_is_linked_to_classic_instances() {
    let mut world = world();
    let vpc = made(&mut world, "CreateVpc", json!({"CidrBlock": "10.0.0.0/16"}), "Vpc", "VpcId");
    let shown = world.ok("DescribeVpcClassicLink", json!({"VpcIds": [vpc]}));
    assert_eq!(shown["Vpcs"], json!([{"VpcId": vpc, "ClassicLinkEnabled": false}]));
    let shown = world.ok("DescribeVpcClassicLinkDnsSupport", json!({}));
    assert_eq!(ids(&shown, "Vpcs", "VpcId").len(), 2);
    assert!(
        world
            .fault("DescribeVpcClassicLink", json!({"VpcIds": ["vpc-0"]}))
            .starts_with("InvalidVpcID.NotFound")
    );
}
