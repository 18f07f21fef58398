//! What policies can say of calls of EC2.

use crate::{Caller, ec2, iam, plain, world::World};
use serde_json::{Value as Json, json};

const ARN: &str = "arn:aws:ec2:us-east-1:123456789012:";

/// An account with user `ada`, and a VPC with a subnet and a group, tagged `team=a`.
struct Stack {
    world: World,
    vpc: String,
    subnet: String,
    group: String,
}

impl Stack {
    fn new() -> Self {
        let mut world = World::of(&iam::TABLE);
        world.ok("CreateUser", json!({"UserName": "ada"}));
        let mut ec2 = World::of(&ec2::TABLE);
        ec2.snapshot = world.snapshot;
        let text = |value: &Json| value.as_str().expect("an id").to_owned();
        let vpc = text(&ec2.ok("CreateVpc", json!({"CidrBlock": "10.0.0.0/16"}))["Vpc"]["VpcId"]);
        let subnet = ec2.ok("CreateSubnet", json!({
            "VpcId": vpc, "CidrBlock": "10.0.1.0/24",
            "TagSpecifications": [{"ResourceType": "subnet", "Tags": [{"Key": "team", "Value": "a"}]}],
        }));
        let subnet = text(&subnet["Subnet"]["SubnetId"]);
        let group = json!({"GroupName": "web", "Description": "web", "VpcId": vpc});
        let group = text(&ec2.ok("CreateSecurityGroup", group)["GroupId"]);
        Self { world: ec2, vpc, subnet, group }
    }

    /// What a call that ada makes under `statements` is answered: `allowed`, or the action and resource that she lacks.
    fn ask(&self, statements: &Json, operation: &str, request: Json) -> String {
        let mut iam = World::of(&iam::TABLE);
        iam.snapshot = self.world.snapshot.clone();
        let document = json!({"Version": "2012-10-17", "Statement": statements}).to_string();
        let policy = json!({"UserName": "ada", "PolicyName": "p", "PolicyDocument": document});
        iam.ok("PutUserPolicy", policy);
        let arn = "arn:aws:iam::123456789012:user/ada".to_owned();
        let mut ctx = iam.ctx();
        ctx.caller = Caller { arn, user_id: "AIDAADA".into(), ..ctx.caller };
        let (service, request) = (ec2::TABLE.service, plain::from_json(request));
        match super::authorize(&iam.view(), &ctx, service, operation, &request) {
            Ok(()) => "allowed".to_owned(),
            Err(fault) => {
                assert_eq!(fault.code, "UnauthorizedOperation");
                let (_, lacks) = fault.message.split_once("to perform: ").expect("what");
                let (lacks, _) = lacks.split_once(" because").expect("why");
                lacks.replace(ARN, "")
            }
        }
    }
}

fn allow(action: &str, resource: &str) -> Json {
    let resource = if resource == "*" { resource.to_owned() } else { format!("{ARN}{resource}") };
    json!({"Effect": "Allow", "Action": action, "Resource": resource})
}

fn with(mut statement: Json, condition: Json) -> Json {
    statement["Condition"] = condition;
    statement
}

#[test]
fn calls_are_on_what_they_name_and_on_what_they_make() {
    let stack = Stack::new();
    let Stack { vpc, subnet, group, .. } = &stack;
    let create = || json!({"VpcId": vpc, "CidrBlock": "10.0.2.0/24"});
    let new = allow("ec2:CreateSubnet", "subnet/*");
    assert_eq!(
        stack.ask(&new, "CreateSubnet", create()),
        format!("ec2:CreateSubnet on resource: vpc/{vpc}")
    );
    let in_vpc = json!([new, allow("ec2:CreateSubnet", &format!("vpc/{vpc}"))]);
    assert_eq!(stack.ask(&in_vpc, "CreateSubnet", create()), "allowed");
    let one = allow("ec2:Delete*", &format!("subnet/{subnet}"));
    assert_eq!(stack.ask(&one, "DeleteSubnet", json!({"SubnetId": subnet})), "allowed");
    assert_eq!(
        stack.ask(&one, "DeleteSubnet", json!({"SubnetId": "subnet-2"})),
        "ec2:DeleteSubnet on resource: subnet/subnet-2"
    );
    let grouped = allow("ec2:*", &format!("security-group/{group}"));
    let rule = json!({"GroupId": group, "IpPermissions": []});
    assert_eq!(stack.ask(&grouped, "AuthorizeSecurityGroupIngress", rule), "allowed");
    assert_eq!(stack.ask(&one, "DescribeSubnets", json!({})), "ec2:DescribeSubnets on resource: *");
    let strange = json!({"SubnetId": "a/b"});
    assert_eq!(stack.ask(&one, "DeleteSubnet", strange), "ec2:DeleteSubnet on resource: *");
}

#[test]
fn tags_and_the_vpc_of_a_resource_are_conditions() {
    let stack = Stack::new();
    let Stack { vpc, subnet, group, .. } = &stack;
    for (key, value, expected) in [
        ("aws:ResourceTag/team", "a", "allowed"),
        ("ec2:ResourceTag/team", "a", "allowed"),
        ("ec2:ResourceTag/team", "b", "ec2:DeleteSubnet on resource: subnet/"),
        ("ec2:Region", "us-east-1", "allowed"),
        ("ec2:Region", "eu-west-1", "ec2:DeleteSubnet on resource: subnet/"),
        ("ec2:SubnetID", subnet, "allowed"),
    ] {
        let statement = with(allow("ec2:DeleteSubnet", "*"), json!({"StringEquals": {key: value}}));
        let said = stack.ask(&statement, "DeleteSubnet", json!({"SubnetId": subnet}));
        assert!(said.starts_with(expected), "{key} {value}: {said}");
    }
    let of_vpc = |vpc: &str| {
        with(allow("ec2:*", "*"), json!({"ArnEquals": {"ec2:Vpc": format!("{ARN}vpc/{vpc}")}}))
    };
    let delete = || json!({"GroupId": group});
    assert_eq!(stack.ask(&of_vpc(vpc), "DeleteSecurityGroup", delete()), "allowed");
    assert_ne!(stack.ask(&of_vpc("vpc-2"), "DeleteSecurityGroup", delete()), "allowed");
}

#[test]
fn tags_on_what_is_made_are_a_call_of_their_own() {
    let stack = Stack::new();
    let tags = json!([{"ResourceType": "vpc", "Tags": [{"Key": "team", "Value": "b"}]}]);
    let create = || json!({"CidrBlock": "10.1.0.0/16", "TagSpecifications": tags});
    let make = allow("ec2:CreateVpc", "*");
    assert_eq!(stack.ask(&make, "CreateVpc", create()), "ec2:CreateTags on resource: vpc/*");
    let tag = |condition: Json| json!([make, with(allow("ec2:CreateTags", "*/*"), condition)]);
    for (condition, expected) in [
        (json!({"StringEquals": {"ec2:CreateAction": "CreateVpc"}}), "allowed"),
        (
            json!({"StringEquals": {"ec2:CreateAction": "CreateSubnet"}}),
            "ec2:CreateTags on resource: vpc/*",
        ),
        (json!({"StringEquals": {"aws:RequestTag/team": "b"}}), "allowed"),
        (
            json!({"StringEquals": {"aws:RequestTag/team": "c"}}),
            "ec2:CreateTags on resource: vpc/*",
        ),
        (json!({"ForAllValues:StringEquals": {"aws:TagKeys": ["team"]}}), "allowed"),
        (
            json!({"ForAllValues:StringEquals": {"aws:TagKeys": ["cost"]}}),
            "ec2:CreateTags on resource: vpc/*",
        ),
    ] {
        let said = stack.ask(&tag(condition.clone()), "CreateVpc", create());
        assert_eq!(said, expected, "{condition}");
    }
    // Who may tag what it makes may not tag what is there.
    let later = json!({"Resources": [stack.vpc], "Tags": [{"Key": "team", "Value": "b"}]});
    let on_create = tag(json!({"StringEquals": {"ec2:CreateAction": "CreateVpc"}}));
    assert_eq!(
        stack.ask(&on_create, "CreateTags", later),
        format!("ec2:CreateTags on resource: vpc/{}", stack.vpc)
    );
}

#[test]
fn a_flow_log_passes_its_role_on() {
    let stack = Stack::new();
    let role = "arn:aws:iam::123456789012:role/flows";
    let create = || {
        json!({
            "ResourceIds": [stack.vpc], "ResourceType": "VPC", "TrafficType": "ALL", "LogGroupName": "flows",
            "DeliverLogsPermissionArn": role,
        })
    };
    let make = allow("ec2:CreateFlowLogs", "*");
    assert_eq!(
        stack.ask(&make, "CreateFlowLogs", create()),
        format!("iam:PassRole on resource: {role}")
    );
    let pass = with(
        json!({"Effect": "Allow", "Action": "iam:PassRole", "Resource": role}),
        json!({"StringEquals": {"iam:PassedToService": "vpc-flow-logs.amazonaws.com"}}),
    );
    assert_eq!(stack.ask(&json!([make, pass]), "CreateFlowLogs", create()), "allowed");
}

#[test]
fn names_and_associations_lead_to_what_they_are_of() {
    let mut stack = Stack::new();
    let table = json!({"VpcId": stack.vpc});
    let table = stack.world.ok("CreateRouteTable", table)["RouteTable"]["RouteTableId"].clone();
    let request = json!({"RouteTableId": table, "SubnetId": stack.subnet});
    let association = stack.world.ok("AssociateRouteTable", request)["AssociationId"].clone();
    let table = table.as_str().expect("an id");
    let nothing = allow("ec2:Nothing", "*");
    for (operation, request, expected) in [
        (
            "DisassociateRouteTable",
            json!({"AssociationId": association}),
            format!("route-table/{table}"),
        ),
        (
            "DeleteLaunchTemplate",
            json!({"LaunchTemplateName": "web"}),
            "launch-template/*".to_owned(),
        ),
        ("DeleteSecurityGroup", json!({"GroupName": "web"}), "security-group/*".to_owned()),
        ("ReleaseAddress", json!({"PublicIp": "192.0.2.1"}), "elastic-ip/*".to_owned()),
    ] {
        assert_eq!(
            stack.ask(&nothing, operation, request),
            format!("ec2:{operation} on resource: {expected}")
        );
    }
}

#[test]
fn whatever_an_endpoint_gains_or_loses_is_asked_about() {
    let stack = Stack::new();
    let endpoint = "vpc-endpoint/vpce-0123456789abcdef0";
    let request =
        |member: &str, id: &str| json!({"VpcEndpointId": "vpce-0123456789abcdef0", member: [id]});
    let only = json!([allow("ec2:ModifyVpcEndpoint", endpoint)]);
    for (kind, id, members) in [
        ("subnet", stack.subnet.as_str(), ["AddSubnetIds", "RemoveSubnetIds"]),
        ("security-group", &stack.group, ["AddSecurityGroupIds", "RemoveSecurityGroupIds"]),
        ("route-table", "rtb-0123456789abcdef0", ["AddRouteTableIds", "RemoveRouteTableIds"]),
    ] {
        let resource = format!("{kind}/{id}");
        for member in members {
            let lacks = stack.ask(&only, "ModifyVpcEndpoint", request(member, id));
            assert_eq!(lacks, format!("ec2:ModifyVpcEndpoint on resource: {resource}"), "{member}");
            let both = json!([only[0], allow("ec2:ModifyVpcEndpoint", &resource)]);
            assert_eq!(stack.ask(&both, "ModifyVpcEndpoint", request(member, id)), "allowed");
        }
    }
}
