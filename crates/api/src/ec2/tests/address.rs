//! Elastic addresses and NAT gateways.

use super::{ids, made, stack, text};
use crate::world::World;
use domain::time::Millis;
use serde_json::json;

fn allocate(world: &mut World) -> (String, String) {
    let reply = world.ok("AllocateAddress", json!({"Domain": "vpc"}));
    (text(&reply["AllocationId"]), text(&reply["PublicIp"]))
}

fn gateway(world: &mut World, vpc: &str) -> String {
    let id =
        made(world, "CreateInternetGateway", json!({}), "InternetGateway", "InternetGatewayId");
    world.ok("AttachInternetGateway", json!({"InternetGatewayId": id, "VpcId": vpc}));
    id
}

fn interface(world: &mut World, subnet: &str) -> String {
    let request = json!({"SubnetId": subnet});
    made(world, "CreateNetworkInterface", request, "NetworkInterface", "NetworkInterfaceId")
}

#[test]
fn addresses_are_of_the_pool_and_given_out_once() {
    let (mut world, ..) = stack();
    world.config.public_addresses = "203.0.113.0/30".parse().expect("a block");
    let (_, one) = allocate(&mut world);
    world.enter("210987654321", "eu-west-1");
    let (other_id, other) = allocate(&mut world);
    let mut both = [one.as_str(), other.as_str()];
    both.sort_unstable();
    assert_eq!(both, ["203.0.113.1", "203.0.113.2"]);
    assert_eq!(
        world.fault("AllocateAddress", json!({})),
        "InsufficientAddressCapacity: All public addresses of the plane's pool 203.0.113.0/30 are given out."
    );
    // What another account has, this one has not.
    assert_eq!(
        world.fault("DescribeAddresses", json!({"PublicIps": [one]})),
        format!("InvalidAddress.NotFound: Address '{one}' not found.")
    );
    world.ok("ReleaseAddress", json!({"AllocationId": other_id}));
    assert_eq!(allocate(&mut world).1, other);
    let shown = world.ok("DescribeAddresses", json!({"PublicIps": [other]}));
    assert_eq!(shown["Addresses"][0]["Domain"], "vpc");
}

#[test]
fn an_interface_has_an_address_until_it_is_taken_or_given_to_another() {
    let (mut world, vpc, subnet, _) = stack();
    let (allocation, address) = allocate(&mut world);
    let (one, other) = (interface(&mut world, &subnet), interface(&mut world, &subnet));
    let request = json!({"AllocationId": allocation, "NetworkInterfaceId": one});
    assert_eq!(
        world.fault("AssociateAddress", request.clone()),
        format!("Gateway.NotAttached: Network {vpc} is not attached to any internet gateway")
    );
    let gateway = gateway(&mut world, &vpc);
    let associated = world.ok("AssociateAddress", request.clone());
    assert_eq!(world.ok("AssociateAddress", request), associated);
    let shown = world.ok("DescribeNetworkInterfaces", json!({"NetworkInterfaceIds": [one]}));
    let association = &shown["NetworkInterfaces"][0]["Association"];
    assert_eq!(association["AllocationId"], allocation.as_str());
    assert_eq!(association["PublicIp"], address.as_str());
    let detach = json!({"InternetGatewayId": gateway, "VpcId": vpc});
    assert!(world.fault("DetachInternetGateway", detach).starts_with("DependencyViolation"));
    assert_eq!(
        world.fault("ReleaseAddress", json!({"AllocationId": allocation})),
        format!("InvalidIPAddress.InUse: Address {address} is in use.")
    );
    let to_other = json!({"AllocationId": allocation, "NetworkInterfaceId": other, "AllowReassociation": false});
    assert!(world.fault("AssociateAddress", to_other).starts_with("Resource.AlreadyAssociated"));
    world.ok("AssociateAddress", json!({"AllocationId": allocation, "NetworkInterfaceId": other}));
    let of_other = json!({"Filters": [{"Name": "association.public-ip", "Values": [address]}]});
    let found = world.ok("DescribeNetworkInterfaces", of_other);
    assert_eq!(ids(&found, "NetworkInterfaces", "NetworkInterfaceId"), [other.as_str()]);
    world.ok("DeleteNetworkInterface", json!({"NetworkInterfaceId": other}));
    let shown = world.ok("DescribeAddresses", json!({"AllocationIds": [allocation]}));
    assert_eq!(shown["Addresses"][0].get("AssociationId"), None);
    world.ok("ReleaseAddress", json!({"AllocationId": allocation}));
    let reply = world.fault("DescribeAddressesAttribute", json!({"AllocationIds": [allocation]}));
    assert_eq!(
        reply,
        format!("InvalidAllocationID.NotFound: The allocation ID '{allocation}' does not exist")
    );
}

#[test]
fn a_nat_gateway_holds_its_address_and_subnet_until_it_is_deleted() {
    let (mut world, vpc, subnet, _) = stack();
    let (allocation, address) = allocate(&mut world);
    gateway(&mut world, &vpc);
    let create = json!({"SubnetId": subnet, "AllocationId": allocation, "ClientToken": "t-1"});
    let reply = world.ok("CreateNatGateway", create.clone());
    assert_eq!(reply["NatGateway"]["State"], "pending");
    let nat = text(&reply["NatGateway"]["NatGatewayId"]);
    assert_eq!(world.ok("CreateNatGateway", create)["NatGateway"]["NatGatewayId"], nat.as_str());
    let available = json!({"Filter": [{"Name": "state", "Values": ["available"]}, {"Name": "vpc-id", "Values": [vpc]}]});
    let shown = world.ok("DescribeNatGateways", available.clone());
    assert_eq!(shown["NatGateways"][0]["NatGatewayAddresses"][0]["PublicIp"], address.as_str());
    let of_nat = json!({"Filters": [{"Name": "interface-type", "Values": ["nat_gateway"]}]});
    let interfaces = world.ok("DescribeNetworkInterfaces", of_nat.clone());
    let interface = &interfaces["NetworkInterfaces"][0];
    assert_eq!(interface["Description"], format!("Interface for NAT Gateway {nat}"));
    assert!(
        world
            .fault(
                "DeleteNetworkInterface",
                json!({"NetworkInterfaceId": interface["NetworkInterfaceId"]})
            )
            .starts_with("OperationNotPermitted")
    );
    assert!(
        world
            .fault(
                "DetachNetworkInterface",
                json!({"AttachmentId": interface["Attachment"]["AttachmentId"]})
            )
            .starts_with("OperationNotPermitted")
    );
    assert!(
        world
            .fault("DisassociateAddress", json!({"PublicIp": address}))
            .starts_with("OperationNotPermitted")
    );
    assert!(
        world.fault("DeleteSubnet", json!({"SubnetId": subnet})).starts_with("DependencyViolation")
    );
    let table =
        made(&mut world, "CreateRouteTable", json!({"VpcId": vpc}), "RouteTable", "RouteTableId");
    world.ok(
        "CreateRoute",
        json!({"RouteTableId": table, "DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": nat}),
    );

    world.ok("DeleteNatGateway", json!({"NatGatewayId": nat}));
    world.ok("DeleteNatGateway", json!({"NatGatewayId": nat}));
    assert_eq!(world.ok("DescribeNatGateways", available)["NatGateways"], json!([]));
    let shown = world.ok("DescribeNatGateways", json!({"NatGatewayIds": [nat]}));
    assert_eq!(shown["NatGateways"][0]["State"], "deleted");
    let tables = world.ok("DescribeRouteTables", json!({"RouteTableIds": [table]}));
    assert_eq!(tables["RouteTables"][0]["Routes"][1]["State"], "blackhole");
    assert_eq!(world.ok("DescribeNetworkInterfaces", of_nat)["NetworkInterfaces"], json!([]));
    world.ok("ReleaseAddress", json!({"AllocationId": allocation}));
    world.ok("DeleteSubnet", json!({"SubnetId": subnet}));
    world.pass(Millis::from_s(3600));
    let gone = format!("NatGatewayNotFound: The NAT gateway '{nat}' does not exist");
    assert_eq!(world.fault("DescribeNatGateways", json!({"NatGatewayIds": [nat]})), gone);
    assert_eq!(world.fault("DeleteNatGateway", json!({"NatGatewayId": nat})), gone);
}

#[test]
fn a_public_nat_gateway_needs_an_address_of_its_own_and_a_private_one_has_none() {
    let (mut world, vpc, subnet, _) = stack();
    assert_eq!(
        world.fault("CreateNatGateway", json!({"SubnetId": subnet})),
        "MissingParameter: The request must contain the parameter AllocationId"
    );
    let (allocation, _) = allocate(&mut world);
    let public = json!({"SubnetId": subnet, "AllocationId": allocation});
    assert!(world.fault("CreateNatGateway", public.clone()).starts_with("Gateway.NotAttached"));
    gateway(&mut world, &vpc);
    world.ok("CreateNatGateway", public.clone());
    assert!(world.fault("CreateNatGateway", public).starts_with("Resource.AlreadyAssociated"));
    let private =
        json!({"SubnetId": subnet, "ConnectivityType": "private", "PrivateIpAddress": "10.0.1.77"});
    let made = world.ok("CreateNatGateway", private);
    let address = &made["NatGateway"]["NatGatewayAddresses"][0];
    assert_eq!((&address["PrivateIp"], address.get("PublicIp")), (&json!("10.0.1.77"), None));
}
