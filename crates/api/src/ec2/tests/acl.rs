//! Network ACLs.

use super::{ids, made, stack, text};
use crate::world::World;
use serde_json::{Value as Json, json};

fn entry(acl: &str, number: i64, more: Json) -> Json {
    let mut request = json!({
        "NetworkAclId": acl, "RuleNumber": number, "Protocol": "-1", "RuleAction": "allow", "Egress": false,
        "CidrBlock": "0.0.0.0/0",
    });
    let all = request.as_object_mut().expect("an object");
    all.extend(more.as_object().expect("an object").clone());
    all.retain(|_, value| !value.is_null());
    request
}

fn of_vpc(world: &mut World, vpc: &str, is_default: bool) -> Json {
    let filters = json!([{"Name": "vpc-id", "Values": [vpc]}, {"Name": "default", "Values": [is_default.to_string()]}]);
    world.ok("DescribeNetworkAcls", json!({"Filters": filters}))["NetworkAcls"][0].clone()
}

#[test]
fn an_acl_is_made_given_to_a_subnet_and_deleted_when_it_is_nobodys() {
    let (mut world, vpc, subnet, _) = stack();
    let acl =
        made(&mut world, "CreateNetworkAcl", json!({"VpcId": vpc}), "NetworkAcl", "NetworkAclId");
    let fault = world.fault("CreateNetworkAclEntry", entry(&acl, 0, json!({})));
    assert!(
        fault.starts_with("InvalidParameterValue: Value (0) for parameter ruleNumber"),
        "{fault}"
    );
    for egress in [false, true] {
        world.ok("CreateNetworkAclEntry", entry(&acl, 100, json!({"Egress": egress})));
    }
    let default = of_vpc(&mut world, &vpc, true);
    let association = &default["Associations"][0];
    assert_eq!(association["SubnetId"], subnet.as_str());
    let request =
        json!({"AssociationId": association["NetworkAclAssociationId"], "NetworkAclId": acl});
    let replaced = world.ok("ReplaceNetworkAclAssociation", request.clone());
    assert_eq!(
        world.fault("ReplaceNetworkAclAssociation", request),
        format!(
            "InvalidAssociationID.NotFound: The association ID '{}' does not exist",
            text(&association["NetworkAclAssociationId"])
        )
    );
    assert_eq!(
        world.fault("DeleteNetworkAcl", json!({"NetworkAclId": acl})),
        format!(
            "DependencyViolation: The networkAcl '{acl}' has dependencies and cannot be deleted."
        )
    );
    let back = json!({"AssociationId": replaced["NewAssociationId"], "NetworkAclId": default["NetworkAclId"]});
    world.ok("ReplaceNetworkAclAssociation", back);
    assert!(world.fault("DeleteVpc", json!({"VpcId": vpc})).starts_with("DependencyViolation"));
    world.ok("DeleteNetworkAcl", json!({"NetworkAclId": acl}));
    assert_eq!(
        world.fault("DeleteNetworkAcl", json!({"NetworkAclId": default["NetworkAclId"]})),
        format!(
            "InvalidParameterValue: cannot delete default network ACL {}",
            text(&default["NetworkAclId"])
        )
    );
}

#[test]
fn entries_are_made_replaced_and_deleted_by_number_and_direction() {
    let (mut world, vpc, ..) = stack();
    let acl = text(&of_vpc(&mut world, &vpc, true)["NetworkAclId"]);
    // As Terraform does it with a VPC's own ACL: all entries go, then come those that are wanted.
    for egress in [false, true] {
        world.ok(
            "DeleteNetworkAclEntry",
            json!({"NetworkAclId": acl, "RuleNumber": 100, "Egress": egress}),
        );
    }
    assert_eq!(
        world.fault(
            "DeleteNetworkAclEntry",
            json!({"NetworkAclId": acl, "RuleNumber": 100, "Egress": true})
        ),
        "InvalidNetworkAclEntry.NotFound: The network acl entry identified by 100 does not exist."
    );
    let v6 = json!({"CidrBlock": null, "Ipv6CidrBlock": "::/0", "PortRange": {"From": 0, "To": 0}});
    world.ok("CreateNetworkAclEntry", entry(&acl, 100, json!({"PortRange": {"From": 0, "To": 0}})));
    world.ok("CreateNetworkAclEntry", entry(&acl, 101, v6));
    assert_eq!(
        world.fault("CreateNetworkAclEntry", entry(&acl, 100, json!({}))),
        "NetworkAclEntryAlreadyExists: The network acl entry identified by 100 already exists."
    );
    world.ok(
        "ReplaceNetworkAclEntry",
        entry(
            &acl,
            101,
            json!({"Protocol": "tcp", "PortRange": {"From": 1, "To": 2}, "RuleAction": "deny"}),
        ),
    );
    let shown = of_vpc(&mut world, &vpc, true);
    assert_eq!(
        shown["Entries"][1],
        json!({"CidrBlock": "0.0.0.0/0", "Egress": false, "PortRange": {"From": 1, "To": 2}, "Protocol": "6",
               "RuleAction": "deny", "RuleNumber": 101})
    );
    assert_eq!(shown["Entries"][0].get("PortRange"), None);
    let numbers: Vec<_> = shown["Entries"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| it["RuleNumber"].clone())
        .collect();
    assert_eq!(numbers, [100, 101, 32767, 32767]);
}

#[test]
fn an_entry_that_no_host_would_enforce_is_refused_by_its_name() {
    let (mut world, vpc, ..) = stack();
    let acl = text(&of_vpc(&mut world, &vpc, true)["NetworkAclId"]);
    let ssh = json!({"Protocol": "tcp", "PortRange": {"From": 22, "To": 22}, "RuleAction": "deny"});
    let fault = world.fault("CreateNetworkAclEntry", entry(&acl, 50, ssh.clone()));
    assert!(
        fault.starts_with(
            "UnsupportedOperation: Network ACL entry 50 (ingress, deny protocol 6 0.0.0.0/0)"
        ),
        "{fault}"
    );
    // Nothing gets to one behind an entry that takes all, until that one is to go.
    world.ok("CreateNetworkAclEntry", entry(&acl, 200, ssh));
    let fault = world.fault(
        "DeleteNetworkAclEntry",
        json!({"NetworkAclId": acl, "RuleNumber": 100, "Egress": false}),
    );
    assert!(fault.contains("entry 200"), "{fault}");
    for (more, expected) in [
        (
            json!({"Protocol": "tcp"}),
            "MissingParameter: The request must contain the parameter portRange",
        ),
        (
            json!({"Protocol": "tcp", "PortRange": {"From": 2, "To": 1}}),
            "InvalidParameterValue: Invalid TCP/UDP port range (2:1)",
        ),
        (
            json!({"Protocol": "nonsense"}),
            "InvalidParameterValue: Invalid value 'nonsense' for IP protocol. Unknown protocol.",
        ),
        (
            json!({"CidrBlock": null}),
            "MissingParameter: The request must contain the parameter cidrBlock or ipv6CidrBlock",
        ),
    ] {
        assert_eq!(world.fault("CreateNetworkAclEntry", entry(&acl, 300, more)), expected);
    }
}

#[test]
fn a_client_token_makes_one_acl() {
    let (mut world, vpc, ..) = stack();
    let request = json!({"VpcId": vpc, "ClientToken": "terraform-1"});
    let first = world.ok("CreateNetworkAcl", request.clone());
    assert_eq!(world.ok("CreateNetworkAcl", request), first);
    let all =
        world.ok("DescribeNetworkAcls", json!({"Filters": [{"Name": "vpc-id", "Values": [vpc]}]}));
    assert_eq!(ids(&all, "NetworkAcls", "NetworkAclId").len(), 2);
    let other = json!({"VpcId": vpc, "ClientToken": "terraform-1",
        "TagSpecifications": [{"ResourceType": "network-acl", "Tags": [{"Key": "a", "Value": "b"}]}]});
    assert!(
        world.fault("CreateNetworkAcl", other.clone()).starts_with("IdempotentParameterMismatch")
    );
    world.pass(domain::time::Millis::from_s(24 * 3600));
    assert_ne!(world.ok("CreateNetworkAcl", other)["NetworkAcl"], first["NetworkAcl"]);
}
