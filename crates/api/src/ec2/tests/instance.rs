//! Instances and their types.

use super::{ids, world};
use domain::{
    id::{ClusterName, InstanceId},
    instance::ContainerInstance,
    status::InstanceStatus,
};
use serde_json::json;

#[test]
fn registered_hosts_with_an_id_are_instances() {
    let mut world = world();
    let cluster = ClusterName::parse("default").expect("a name");
    let attribute = |name: &str, value: &str| (name.to_owned(), Some(value.to_owned()));
    for (number, id, gone) in [
        (1, Some("i-0123456789abcdef0"), false),
        (2, Some("i-0123456789abcdef1"), true),
        (3, None, false),
        (4, Some("mi-0123456789abcdef0"), false),
    ] {
        let instance = ContainerInstance {
            id: InstanceId::from_bytes([number; 16]),
            cluster: cluster.clone(),
            ec2_instance_id: id.map(str::to_owned),
            capacity_provider: None,
            status: InstanceStatus::Active,
            status_reason: None,
            version: 1,
            registered: domain::instance::Resources::default(),
            attributes: [
                attribute("ecs.availability-zone", "us-east-1b"),
                attribute("ecs.instance-type", "m5.large"),
                attribute("longshore.address", "192.0.2.7"),
                attribute("ecs.cpu-architecture", "arm64"),
            ]
            .into(),
            custom_attributes: std::collections::BTreeSet::new(),
            registered_at: world.now,
            inactive_since: gone.then_some(world.now),
            tags: Vec::new(),
            agent_update: None,
        };
        let key = ContainerInstance::key(&world.scope(), &cluster, &instance.id);
        world.put(&key, instance);
    }
    let shown = world.ok(
        "DescribeInstances",
        json!({"Filters": [{"Name": "instance-type", "Values": ["m5.*"]}]}),
    );
    assert_eq!(shown["Reservations"].as_array().map(Vec::len), Some(1));
    let instance = &shown["Reservations"][0]["Instances"][0];
    assert_eq!(instance["InstanceId"], "i-0123456789abcdef0");
    assert_eq!(instance["PrivateIpAddress"], "192.0.2.7");
    assert_eq!(instance["Placement"]["AvailabilityZone"], "us-east-1b");
    let mut count = |operation: &str, list: &str, filter: &str, value: &str| {
        let filters = json!([{"Name": filter, "Values": [value]}]);
        let reply = world.ok(operation, json!({"Filters": filters}));
        reply[list].as_array().map(Vec::len).expect("a list")
    };
    for (filter, value) in [
        ("architecture", "arm64"),
        ("private-dns-name", "ip-192-0-2-7.ec2.internal"),
        ("reservation-id", "r-0123456789abcdef0"),
        ("tenancy", "default"),
        ("availability-zone-id", "use1-*"),
        ("ebs-optimized", "false"),
    ] {
        assert_eq!(count("DescribeInstances", "Reservations", filter, value), 1, "{filter}");
        assert_eq!(count("DescribeInstances", "Reservations", filter, "other"), 0, "{filter}");
    }
    for filter in ["vpc-id", "subnet-id", "key-name", "instance.group-id"] {
        assert_eq!(count("DescribeInstances", "Reservations", filter, "*"), 0, "{filter}");
    }
    let of_status = "system-status.status";
    assert_eq!(count("DescribeInstanceStatus", "InstanceStatuses", of_status, "ok"), 1);
    assert_eq!(count("DescribeInstanceStatus", "InstanceStatuses", of_status, "impaired"), 0);
    assert_eq!(
        world.fault(
            "DescribeInstances",
            json!({"Filters": [{"Name": of_status, "Values": ["ok"]}]})
        ),
        "InvalidParameterValue: The filter 'system-status.status' is invalid"
    );
    let status =
        world.ok("DescribeInstanceStatus", json!({"InstanceIds": ["i-0123456789abcdef0"]}));
    assert_eq!(status["InstanceStatuses"][0]["InstanceStatus"]["Status"], "ok");
    assert_eq!(
        world.fault("DescribeInstances", json!({"InstanceIds": ["i-0123456789abcdef1"]})),
        "InvalidInstanceID.NotFound: The instance ID 'i-0123456789abcdef1' does not exist"
    );
}

#[test]
fn types_are_described_and_offered_in_every_zone() {
    let mut world = world();
    let shown = world.ok("DescribeInstanceTypes", json!({"InstanceTypes": ["t2.micro"]}));
    let network = &shown["InstanceTypes"][0]["NetworkInfo"];
    assert_eq!(network["MaximumNetworkInterfaces"], 2);
    assert_eq!(
        world.fault("DescribeInstanceTypes", json!({"InstanceTypes": ["mac1.metal"]})),
        "InvalidInstanceType: The following supplied instance types do not exist: [mac1.metal]"
    );
    let offered = json!({"LocationType": "availability-zone", "Filters": [{"Name": "instance-type", "Values": ["m5.large"]}]});
    let offered = world.ok("DescribeInstanceTypeOfferings", offered);
    assert_eq!(
        ids(&offered, "InstanceTypeOfferings", "Location"),
        ["us-east-1a", "us-east-1b", "us-east-1c"]
    );
}
