//! A person's walk through IAM, and what is refused on the way.

use super::TABLE;
use crate::world::World;
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;

const TRUST: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ecs-tasks.amazonaws.com"},"Action":"sts:AssumeRole"}}"#;
const READ: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ecs:Describe*","Resource":"*"}}"#;
const EXECUTION: &str = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";

fn world() -> World {
    World::of(&TABLE)
}

fn world_with_role() -> World {
    let mut world = world();
    world.ok("CreateRole", json!({"RoleName": "web", "AssumeRolePolicyDocument": TRUST}));
    world
}

fn names(reply: &Json, list: &str, name: &str) -> Vec<String> {
    let entries = reply[list].as_array().expect("a list");
    entries.iter().map(|entry| entry[name].as_str().expect("a name").to_owned()).collect()
}

#[test]
fn what_is_listed_as_served_is_decided() {
    let listed: BTreeSet<&str> = TABLE.service.served_names().collect();
    let decided: BTreeSet<&str> = TABLE.operations.iter().map(|(name, _)| *name).collect();
    assert_eq!(listed, decided);
    assert_eq!(decided.len(), TABLE.operations.len());
}

#[test]
fn a_role_is_as_it_was_made() {
    let mut world = world();
    let made = world.ok(
        "CreateRole",
        json!({
            "RoleName": "web", "Path": "/app/", "AssumeRolePolicyDocument": TRUST, "Description": "d",
            "Tags": [{"Key": "team", "Value": "a"}],
        }),
    );
    let role = &made["Role"];
    assert_eq!(role["Arn"], "arn:aws:iam::123456789012:role/app/web");
    assert_eq!(role["MaxSessionDuration"], 3600);
    assert!(role["RoleId"].as_str().is_some_and(|id| id.starts_with("AROA") && id.len() == 21));
    let document = role["AssumeRolePolicyDocument"].as_str().expect("a document");
    assert!(document.starts_with("%7B%22Version%22%3A%222012-10-17%22"), "{document}");
    assert_eq!(world.ok("GetRole", json!({"RoleName": "WEB"}))["Role"], *role);
    let listed = world.ok("ListRoles", json!({"PathPrefix": "/app/"}));
    assert_eq!(names(&listed, "Roles", "RoleName"), ["web"]);
    assert_eq!(
        names(&world.ok("ListRoles", json!({"PathPrefix": "/x/"})), "Roles", "RoleName"),
        [""; 0]
    );
}

#[test]
fn names_are_unique_whatever_their_case() {
    let mut world = world_with_role();
    assert_eq!(
        world.fault("CreateRole", json!({"RoleName": "Web", "AssumeRolePolicyDocument": TRUST})),
        "EntityAlreadyExistsException: Role with name Web already exists."
    );
    assert_eq!(
        world.fault("GetRole", json!({"RoleName": "api"})),
        "NoSuchEntityException: The role with name api cannot be found."
    );
}

#[test]
fn a_trust_policy_must_be_one() {
    let fault =
        world().fault("CreateRole", json!({"RoleName": "web", "AssumeRolePolicyDocument": READ}));
    assert!(fault.starts_with("MalformedPolicyDocumentException"), "{fault}");
}

#[test]
fn policies_come_and_go() {
    let mut world = world_with_role();
    world.ok("AttachRolePolicy", json!({"RoleName": "web", "PolicyArn": EXECUTION}));
    world.ok("AttachRolePolicy", json!({"RoleName": "web", "PolicyArn": EXECUTION}));
    let attached = world.ok("ListAttachedRolePolicies", json!({"RoleName": "web"}));
    assert_eq!(
        names(&attached, "AttachedPolicies", "PolicyName"),
        ["AmazonECSTaskExecutionRolePolicy"]
    );
    let policy = world.ok("GetPolicy", json!({"PolicyArn": EXECUTION}));
    assert_eq!(policy["Policy"]["AttachmentCount"], 1);
    world
        .ok("PutRolePolicy", json!({"RoleName": "web", "PolicyName": "p", "PolicyDocument": READ}));
    let inline = world.ok("GetRolePolicy", json!({"RoleName": "web", "PolicyName": "p"}));
    assert!(
        inline["PolicyDocument"].as_str().is_some_and(|text| text.contains("ecs%3ADescribe%2A"))
    );
    assert_eq!(
        world.fault("DeleteRole", json!({"RoleName": "web"})),
        "DeleteConflictException: Cannot delete entity, must delete policies first."
    );
    world.ok("DeleteRolePolicy", json!({"RoleName": "web", "PolicyName": "p"}));
    assert_eq!(
        world.fault("DeleteRole", json!({"RoleName": "web"})),
        "DeleteConflictException: Cannot delete entity, must detach all policies first."
    );
    world.ok("DetachRolePolicy", json!({"RoleName": "web", "PolicyArn": EXECUTION}));
    world.ok("DeleteRole", json!({"RoleName": "web"}));
    assert_eq!(names(&world.ok("ListRoles", json!({})), "Roles", "RoleName"), [""; 0]);
}

#[test]
fn a_policy_has_versions_of_which_one_counts() {
    let mut world = world_with_role();
    let made = world.ok("CreatePolicy", json!({"PolicyName": "read", "PolicyDocument": READ}));
    let arn = made["Policy"]["Arn"].as_str().expect("an ARN").to_owned();
    assert_eq!(arn, "arn:aws:iam::123456789012:policy/read");
    let version = |world: &mut World, is_default: bool| {
        let request = json!({"PolicyArn": arn, "PolicyDocument": READ, "SetAsDefault": is_default});
        world.ok("CreatePolicyVersion", request)["PolicyVersion"]["VersionId"].clone()
    };
    assert_eq!(version(&mut world, true), "v2");
    for _ in 0..3 {
        version(&mut world, false);
    }
    let sixth =
        world.fault("CreatePolicyVersion", json!({"PolicyArn": arn, "PolicyDocument": READ}));
    assert!(sixth.starts_with("LimitExceededException"), "{sixth}");
    assert_eq!(
        world.ok("GetPolicy", json!({"PolicyArn": arn}))["Policy"]["DefaultVersionId"],
        "v2"
    );
    assert_eq!(
        world.fault("DeletePolicyVersion", json!({"PolicyArn": arn, "VersionId": "v2"})),
        "DeleteConflictException: Cannot delete the default version of a policy."
    );
    world.ok("DeletePolicyVersion", json!({"PolicyArn": arn, "VersionId": "v1"}));
    let listed = world.ok("ListPolicyVersions", json!({"PolicyArn": arn}));
    assert_eq!(names(&listed, "Versions", "VersionId"), ["v5", "v4", "v3", "v2"]);
    world.ok("AttachRolePolicy", json!({"RoleName": "web", "PolicyArn": arn}));
    assert_eq!(
        world.fault("DeletePolicy", json!({"PolicyArn": arn})),
        "DeleteConflictException: Cannot delete a policy attached to entities."
    );
    let entities = world.ok("ListEntitiesForPolicy", json!({"PolicyArn": arn}));
    assert_eq!(names(&entities, "PolicyRoles", "RoleName"), ["web"]);
}

#[test]
fn a_user_has_at_most_two_keys_and_goes_after_them() {
    let mut world = world();
    world.ok("CreateUser", json!({"UserName": "ada"}));
    let keys: Vec<Json> = (0..2)
        .map(|_| world.ok("CreateAccessKey", json!({"UserName": "ada"}))["AccessKey"].clone())
        .collect();
    assert_ne!(keys[0]["SecretAccessKey"], keys[1]["SecretAccessKey"]);
    assert_eq!(keys[0]["SecretAccessKey"].as_str().map(str::len), Some(40));
    assert_eq!(keys[0]["AccessKeyId"].as_str().map(str::len), Some(20));
    let third = world.fault("CreateAccessKey", json!({"UserName": "ada"}));
    assert!(third.starts_with("LimitExceededException"), "{third}");
    let listed = world.ok("ListAccessKeys", json!({"UserName": "ada"}));
    assert_eq!(listed["AccessKeyMetadata"].as_array().map(Vec::len), Some(2));
    assert!(!listed.to_string().contains("Secret"), "{listed}");
    assert_eq!(
        world.fault("DeleteUser", json!({"UserName": "ada"})),
        "DeleteConflictException: Cannot delete entity, must delete access keys first."
    );
    for key in &keys {
        let id = &key["AccessKeyId"];
        world.ok("DeleteAccessKey", json!({"UserName": "ada", "AccessKeyId": id}));
    }
    world.ok("DeleteUser", json!({"UserName": "ada"}));
}

#[test]
fn an_instance_profile_has_one_role() {
    let mut world = world_with_role();
    world.ok("CreateInstanceProfile", json!({"InstanceProfileName": "node"}));
    world.ok("AddRoleToInstanceProfile", json!({"InstanceProfileName": "node", "RoleName": "web"}));
    let profile = world.ok("GetInstanceProfile", json!({"InstanceProfileName": "node"}));
    assert_eq!(names(&profile["InstanceProfile"], "Roles", "RoleName"), ["web"]);
    let second = world.fault(
        "AddRoleToInstanceProfile",
        json!({"InstanceProfileName": "node", "RoleName": "web"}),
    );
    assert!(second.starts_with("LimitExceededException"), "{second}");
    assert!(world.fault("DeleteRole", json!({"RoleName": "web"})).starts_with("DeleteConflict"));
    assert!(
        world
            .fault("DeleteInstanceProfile", json!({"InstanceProfileName": "node"}))
            .starts_with("DeleteConflict")
    );
    world.ok(
        "RemoveRoleFromInstanceProfile",
        json!({"InstanceProfileName": "node", "RoleName": "web"}),
    );
    world.ok("DeleteInstanceProfile", json!({"InstanceProfileName": "node"}));
}

#[test]
fn lists_come_in_pages() {
    let mut world = world();
    for name in ["a", "b", "c"] {
        world.ok("CreateUser", json!({"UserName": name}));
    }
    let first = world.ok("ListUsers", json!({"MaxItems": 2}));
    assert_eq!(names(&first, "Users", "UserName"), ["a", "b"]);
    assert_eq!(first["IsTruncated"], true);
    let second = world.ok("ListUsers", json!({"MaxItems": 2, "Marker": first["Marker"]}));
    assert_eq!(names(&second, "Users", "UserName"), ["c"]);
    assert_eq!(second["IsTruncated"], false);
    assert!(world.fault("ListUsers", json!({"Marker": "?"})).starts_with("InvalidInputException"));
}

#[test]
fn tags_are_put_and_taken() {
    let mut world = world_with_role();
    world.ok("TagRole", json!({"RoleName": "web", "Tags": [{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}]}));
    world.ok("TagRole", json!({"RoleName": "web", "Tags": [{"Key": "A", "Value": "3"}]}));
    world.ok("UntagRole", json!({"RoleName": "web", "TagKeys": ["b", "none"]}));
    let tags = world.ok("ListRoleTags", json!({"RoleName": "web"}));
    assert_eq!(tags["Tags"], json!([{"Key": "A", "Value": "3"}]));
}

#[test]
fn a_service_linked_role_is_made_once_and_stays() {
    let mut world = world();
    let made = world.ok("CreateServiceLinkedRole", json!({"AWSServiceName": "ecs.amazonaws.com"}));
    assert_eq!(
        made["Role"]["Arn"],
        "arn:aws:iam::123456789012:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"
    );
    let again =
        world.fault("CreateServiceLinkedRole", json!({"AWSServiceName": "ecs.amazonaws.com"}));
    assert!(again.starts_with("InvalidInputException"), "{again}");
    let delete = world.fault("DeleteRole", json!({"RoleName": "AWSServiceRoleForECS"}));
    assert!(delete.starts_with("UnmodifiableEntityException"), "{delete}");
}

#[test]
fn lists_of_policies_keep_to_what_is_asked_for() {
    let mut world = world_with_role();
    let mut make = |name: &str| {
        let request = json!({"PolicyName": name, "Path": "/own/", "PolicyDocument": READ});
        let made = world.ok("CreatePolicy", request);
        made["Policy"]["Arn"].as_str().expect("an ARN").to_owned()
    };
    let (own, bound, _) = (make("own"), make("bound"), make("spare"));
    world.ok("AttachRolePolicy", json!({"RoleName": "web", "PolicyArn": own}));
    world.ok("AttachRolePolicy", json!({"RoleName": "web", "PolicyArn": EXECUTION}));
    world
        .ok("PutRolePermissionsBoundary", json!({"RoleName": "web", "PermissionsBoundary": bound}));
    let mut listed =
        |request: Json| names(&world.ok("ListPolicies", request), "Policies", "PolicyName");
    let local = |more: Json| {
        let mut request = json!({"Scope": "Local"});
        request.as_object_mut().expect("an object").extend(more.as_object().cloned().expect("one"));
        request
    };
    assert_eq!(listed(local(json!({}))), ["bound", "own", "spare"]);
    assert_eq!(listed(local(json!({"OnlyAttached": true}))), ["own"]);
    assert_eq!(listed(local(json!({"PolicyUsageFilter": "PermissionsPolicy"}))), ["own"]);
    assert_eq!(listed(local(json!({"PolicyUsageFilter": "PermissionsBoundary"}))), ["bound"]);
    assert_eq!(listed(json!({"OnlyAttached": true})), ["own", "AmazonECSTaskExecutionRolePolicy"]);
    let attached = json!({"RoleName": "web", "PathPrefix": "/own/"});
    let attached = world.ok("ListAttachedRolePolicies", attached);
    assert_eq!(names(&attached, "AttachedPolicies", "PolicyName"), ["own"]);
}

#[test]
fn who_has_a_policy_is_told_in_pages_and_by_filters() {
    let mut world = world_with_role();
    for (user, path) in [("ada", "/"), ("eve", "/ops/")] {
        world.ok("CreateUser", json!({"UserName": user, "Path": path}));
        world.ok("AttachUserPolicy", json!({"UserName": user, "PolicyArn": EXECUTION}));
    }
    let boundary = json!({"RoleName": "web", "PermissionsBoundary": EXECUTION});
    world.ok("PutRolePermissionsBoundary", boundary);
    let mut holders = |more: Json| {
        let mut request = json!({"PolicyArn": EXECUTION});
        request.as_object_mut().expect("an object").extend(more.as_object().cloned().expect("one"));
        let reply = world.ok("ListEntitiesForPolicy", request);
        let mut found = names(&reply, "PolicyUsers", "UserName");
        found.extend(names(&reply, "PolicyRoles", "RoleName"));
        (found, reply["Marker"].clone())
    };
    assert_eq!(holders(json!({})).0, ["ada", "eve", "web"]);
    assert_eq!(holders(json!({"PathPrefix": "/ops/"})).0, ["eve"]);
    assert_eq!(holders(json!({"EntityFilter": "Role"})).0, ["web"]);
    assert_eq!(holders(json!({"EntityFilter": "Group"})).0, [""; 0]);
    assert_eq!(holders(json!({"PolicyUsageFilter": "PermissionsPolicy"})).0, ["ada", "eve"]);
    assert_eq!(holders(json!({"PolicyUsageFilter": "PermissionsBoundary"})).0, ["web"]);
    let (mut all, mut marker) = holders(json!({"MaxItems": 2}));
    assert_eq!(all.len(), 2);
    while !marker.is_null() {
        let (more, next) = holders(json!({"MaxItems": 2, "Marker": marker}));
        all.extend(more);
        marker = next;
    }
    all.sort();
    assert_eq!(all, ["ada", "eve", "web"]);
}

#[test]
fn only_a_service_with_several_roles_takes_a_suffix() {
    let mut world = world();
    let request = |service: &str| json!({"AWSServiceName": service, "CustomSuffix": "blue"});
    assert_eq!(
        world.fault("CreateServiceLinkedRole", request("ecs.amazonaws.com")),
        "InvalidInputException: Custom suffix is not allowed for ecs.amazonaws.com"
    );
    let made = world.ok("CreateServiceLinkedRole", request("autoscaling.amazonaws.com"));
    assert_eq!(made["Role"]["RoleName"], "AWSServiceRoleForAutoScaling_blue");
}

#[test]
fn a_user_has_nothing_to_sign_in_with_but_access_keys() {
    let mut world = world();
    world.ok("CreateUser", json!({"UserName": "ada"}));
    for (operation, list) in [
        ("ListMFADevices", "MFADevices"),
        ("ListSSHPublicKeys", "SSHPublicKeys"),
        ("ListSigningCertificates", "Certificates"),
        ("ListServiceSpecificCredentials", "ServiceSpecificCredentials"),
    ] {
        let reply = world.ok(operation, json!({"UserName": "ada"}));
        assert_eq!(reply, json!({list: [], "IsTruncated": false}), "{operation}");
        assert_eq!(
            world.fault(operation, json!({"UserName": "eve"})),
            "NoSuchEntityException: The user with name eve cannot be found.",
            "{operation}"
        );
    }
    for operation in ["GetLoginProfile", "DeleteLoginProfile"] {
        assert_eq!(
            world.fault(operation, json!({"UserName": "ada"})),
            "NoSuchEntityException: Login Profile for User ada cannot be found."
        );
        assert_eq!(
            world.fault(operation, json!({"UserName": "eve"})),
            "NoSuchEntityException: The user with name eve cannot be found."
        );
    }
    let all = json!({"AllUsers": true, "ServiceName": "codecommit.amazonaws.com"});
    let all = world.ok("ListServiceSpecificCredentials", all);
    assert_eq!(all["ServiceSpecificCredentials"], json!([]));
    let both = json!({"AllUsers": true, "UserName": "ada"});
    let both = world.fault("ListServiceSpecificCredentials", both);
    assert!(both.starts_with("InvalidInputException"), "{both}");
    // Whoever is a user asks for its own without a name.
    world.caller.arn = "arn:aws:iam::123456789012:user/ada".into();
    assert_eq!(world.ok("ListMFADevices", json!({}))["MFADevices"], json!([]));
}

#[test]
fn a_trust_policy_names_users_and_roles_that_are_there() {
    let mut world = world_with_role();
    world.ok("CreateUser", json!({"UserName": "ada", "Path": "/ops/"}));
    world.enter("210987654321", "us-east-1");
    world.ok("CreateUser", json!({"UserName": "bob"}));
    world.enter("123456789012", "us-east-1");
    let trust = |principals: Json| {
        let statement = json!({"Effect": "Allow", "Principal": {"AWS": principals}, "Action": "sts:AssumeRole"});
        json!({"Version": "2012-10-17", "Statement": statement}).to_string()
    };
    let there = trust(json!([
        "arn:aws:iam::123456789012:user/ops/ada",
        "arn:aws:iam::123456789012:role/web",
        "arn:aws:iam::123456789012:user/longshore-agent",
        "arn:aws:iam::210987654321:user/bob",
        "arn:aws:sts::123456789012:assumed-role/web/session",
        "arn:aws:iam::999999999999:root",
        "999999999999",
    ]));
    world.ok("CreateRole", json!({"RoleName": "api", "AssumeRolePolicyDocument": there}));
    for missing in [
        "arn:aws:iam::123456789012:user/eve",
        "arn:aws:iam::123456789012:user/ada",
        "arn:aws:iam::123456789012:user/bob",
        "arn:aws:iam::210987654321:user/ops/ada",
        "arn:aws:iam::123456789012:role/api2",
        "arn:aws:iam::123456789012:user/web",
    ] {
        let document = trust(json!(["123456789012", missing]));
        let told = format!(
            "MalformedPolicyDocumentException: Invalid principal in policy: \"AWS\":\"{missing}\""
        );
        let create = json!({"RoleName": "api2", "AssumeRolePolicyDocument": document});
        assert_eq!(world.fault("CreateRole", create), told);
        let update = json!({"RoleName": "web", "PolicyDocument": document});
        assert_eq!(world.fault("UpdateAssumeRolePolicy", update), told);
    }
    assert_eq!(
        world.fault("CreateRole", json!({"RoleName": "api2", "AssumeRolePolicyDocument": TRUST.replace("ecs-tasks.amazonaws.com", "foo")})),
        "MalformedPolicyDocumentException: Invalid principal in policy: \"SERVICE\":\"foo\""
    );
    // A role may trust itself once it is there.
    let own = trust(json!("arn:aws:iam::123456789012:role/api"));
    world.ok("UpdateAssumeRolePolicy", json!({"RoleName": "api", "PolicyDocument": own}));
}
