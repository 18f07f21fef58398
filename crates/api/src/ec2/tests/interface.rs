//! Network interfaces.

use super::{made, stack, text};
use crate::world::World;
use domain::{
    id::{ClusterName, InstanceId, TaskId},
    vpc::{AttachedTo, NetworkInterface},
};
use serde_json::{Value as Json, json};

fn create(world: &mut World, subnet: &str, more: Json) -> Json {
    let mut request = json!({"SubnetId": subnet});
    request
        .as_object_mut()
        .expect("an object")
        .extend(more.as_object().expect("an object").clone());
    world.ok("CreateNetworkInterface", request)["NetworkInterface"].clone()
}

#[test]
fn an_interface_takes_a_free_address_and_gives_it_back() {
    let (mut world, _, subnet, group) = stack();
    let free = |world: &mut World| {
        let subnets = world.ok("DescribeSubnets", json!({"SubnetIds": [subnet]}));
        subnets["Subnets"][0]["AvailableIpAddressCount"].clone()
    };
    let made = create(
        &mut world,
        &subnet,
        json!({"Groups": [group], "Description": "mine", "PrivateIpAddress": "10.0.1.9"}),
    );
    assert_eq!(
        (&made["PrivateIpAddress"], &made["Status"]),
        (&json!("10.0.1.9"), &json!("available"))
    );
    assert_eq!(made["Groups"], json!([{"GroupId": group, "GroupName": "web"}]));
    assert_eq!(free(&mut world), 250);
    for (address, fault) in [
        ("10.0.1.9", "InvalidIPAddress.InUse: Address 10.0.1.9 is in use."),
        (
            "10.0.2.9",
            "InvalidParameterValue: Address 10.0.2.9 does not fall within the subnet's address range",
        ),
        (
            "10.0.1.3",
            "InvalidParameterValue: Address 10.0.1.3 is in subnet's reserved address range",
        ),
        (
            "10.0.1.255",
            "InvalidParameterValue: Address 10.0.1.255 is in subnet's reserved address range",
        ),
    ] {
        let request = json!({"SubnetId": subnet, "PrivateIpAddress": address});
        assert_eq!(world.fault("CreateNetworkInterface", request), fault);
    }
    let id = text(&made["NetworkInterfaceId"]);
    assert_eq!(
        world.fault("DeleteSecurityGroup", json!({"GroupId": group})),
        format!("DependencyViolation: resource {group} has a dependent object")
    );
    world.ok("DeleteNetworkInterface", json!({"NetworkInterfaceId": id}));
    assert_eq!(free(&mut world), 251);
    world.ok("DeleteSecurityGroup", json!({"GroupId": group}));
    world.ok("DeleteSubnet", json!({"SubnetId": subnet}));
}

#[test]
fn a_subnet_that_is_full_says_so() {
    let (mut world, vpc, ..) = stack();
    let small = json!({"VpcId": vpc, "CidrBlock": "10.0.9.0/28"});
    let small = made(&mut world, "CreateSubnet", small, "Subnet", "SubnetId");
    let mut addresses: Vec<Json> = (0..11)
        .map(|_| create(&mut world, &small, json!({}))["PrivateIpAddress"].clone())
        .collect();
    addresses.sort_by_key(|address| address.to_string());
    addresses.dedup();
    assert_eq!(addresses.len(), 11);
    assert_eq!(
        world.fault("CreateNetworkInterface", json!({"SubnetId": small})),
        "InsufficientFreeAddressesInSubnet: The specified subnet does not have enough free addresses to satisfy the request."
    );
}

#[test]
fn attributes_are_changed_one_by_one() {
    let (mut world, vpc, subnet, group) = stack();
    let interface = text(&create(&mut world, &subnet, json!({}))["NetworkInterfaceId"]);
    for change in [
        json!({"Description": {"Value": "new"}}),
        json!({"SourceDestCheck": {"Value": false}}),
        json!({"Groups": [group]}),
    ] {
        let mut request = json!({"NetworkInterfaceId": interface});
        request
            .as_object_mut()
            .expect("an object")
            .extend(change.as_object().expect("an object").clone());
        world.ok("ModifyNetworkInterfaceAttribute", request);
    }
    let mut attribute = |name: &str| {
        let request = json!({"NetworkInterfaceId": interface, "Attribute": name});
        world.ok("DescribeNetworkInterfaceAttribute", request)
    };
    assert_eq!(attribute("description")["Description"]["Value"], "new");
    assert_eq!(attribute("sourceDestCheck")["SourceDestCheck"]["Value"], false);
    assert_eq!(attribute("groupSet")["Groups"][0]["GroupId"], group.as_str());
    let other = made(&mut world, "CreateVpc", json!({"CidrBlock": "10.9.0.0/16"}), "Vpc", "VpcId");
    assert_ne!(other, vpc);
    let foreign = world
        .ok("CreateSecurityGroup", json!({"GroupName": "x", "Description": "x", "VpcId": other}));
    let request = json!({"NetworkInterfaceId": interface, "Groups": [foreign["GroupId"]]});
    assert_eq!(
        world.fault("ModifyNetworkInterfaceAttribute", request),
        format!(
            "InvalidParameter: Security group {} and subnet {subnet} belong to different networks.",
            text(&foreign["GroupId"])
        )
    );
}

#[test]
fn interfaces_of_tasks_are_left_alone() {
    let (mut world, _, subnet, group) = stack();
    let interface = text(&create(&mut world, &subnet, json!({}))["NetworkInterfaceId"]);
    let key = NetworkInterface::key(&world.scope(), &interface);
    world.change::<NetworkInterface>(&key, |record| {
        record.attached_to = AttachedTo::Task {
            task: TaskId::from_bytes([7; 16]),
            cluster: ClusterName::parse("default").expect("a name"),
            instance: InstanceId::from_bytes([8; 16]),
            ec2_instance: Some("i-0123456789abcdef0".to_owned()),
        };
        record.attachment = Some("eni-attach-1".to_owned());
        record.requester_managed = true;
    });
    let (interface, group) = (json!(interface), json!(group));
    for (operation, request) in [
        ("DeleteNetworkInterface", json!({"NetworkInterfaceId": interface})),
        (
            "ModifyNetworkInterfaceAttribute",
            json!({"NetworkInterfaceId": interface, "Groups": [group]}),
        ),
        (
            "AttachNetworkInterface",
            json!({"NetworkInterfaceId": interface, "InstanceId": "i-1", "DeviceIndex": 1}),
        ),
        ("DetachNetworkInterface", json!({"AttachmentId": "eni-attach-1"})),
    ] {
        assert!(
            world.fault(operation, request).starts_with("OperationNotPermitted"),
            "{operation}"
        );
    }
    let of_instance =
        json!({"Filters": [{"Name": "attachment.instance-id", "Values": ["i-0123456789abcdef0"]}]});
    let shown = world.ok("DescribeNetworkInterfaces", of_instance);
    assert_eq!(shown["NetworkInterfaces"][0]["RequesterManaged"], true);
    assert_eq!(
        world.fault("DetachNetworkInterface", json!({"AttachmentId": "eni-attach-2"})),
        "InvalidAttachmentID.NotFound: The attachment ID 'eni-attach-2' does not exist"
    );
}
