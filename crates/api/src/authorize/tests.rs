//! A user with a policy, and what the user may do with it.

use super::authorize;
use crate::{Caller, ecs, iam, sts, world::World};
use domain::iam::SessionCredential;
use expect_test::{Expect, expect};
use serde_json::{Value as Json, json};
use wire::{codec::json as codec, shape::Service};

/// Account 123456789012 with user `ada`, who has one inline policy of `statements`, and cluster `web` with a tag.
fn world(statements: Json) -> World {
    let mut world = World::of(&iam::TABLE);
    world.ok("CreateUser", json!({"UserName": "ada"}));
    let document = json!({"Version": "2012-10-17", "Statement": statements}).to_string();
    let policy = json!({"UserName": "ada", "PolicyName": "p", "PolicyDocument": document});
    world.ok("PutUserPolicy", policy);
    let mut clusters = World::new();
    clusters.snapshot = world.snapshot;
    let tags = json!([{"key": "team", "value": "a"}]);
    clusters.ok("CreateCluster", json!({"clusterName": "web", "tags": tags}));
    clusters
}

fn ask(world: &World, service: &'static Service, operation: &str, request: Json) -> String {
    let row = service.operation(operation).expect("the model has the operation");
    let request = codec::decode(row.input, request.to_string().as_bytes()).expect("a request");
    let mut ctx = world.ctx();
    let arn = "arn:aws:iam::123456789012:user/ada".to_owned();
    ctx.caller = Caller { arn, user_id: "AIDAADA".into(), ..ctx.caller };
    match authorize(&world.view(), &ctx, service, operation, &request) {
        Ok(()) => "allowed".to_owned(),
        Err(fault) => fault.to_string(),
    }
}

fn check(statements: Json, operation: &str, request: Json, expect: Expect) {
    expect.assert_eq(&ask(&world(statements), ecs::TABLE.service, operation, request));
}

#[test]
fn what_nothing_allows_is_refused_in_aws_s_words() {
    check(
        json!({"Effect": "Allow", "Action": "ecs:List*", "Resource": "*"}),
        "DescribeClusters",
        json!({"clusters": ["web"]}),
        expect![
            "AccessDeniedException: User: arn:aws:iam::123456789012:user/ada is not authorized to perform: ecs:DescribeClusters on resource: arn:aws:ecs:us-east-1:123456789012:cluster/web because no identity-based policy allows the ecs:DescribeClusters action"
        ],
    );
}

#[test]
fn every_resource_of_a_call_must_be_allowed() {
    let cluster = "arn:aws:ecs:us-east-1:123456789012:cluster/web";
    let only_web = json!({"Effect": "Allow", "Action": "ecs:*", "Resource": cluster});
    check(only_web.clone(), "DescribeClusters", json!({"clusters": [cluster]}), expect!["allowed"]);
    let both = world(only_web);
    let refused =
        ask(&both, ecs::TABLE.service, "DescribeClusters", json!({"clusters": ["web", "api"]}));
    assert!(refused.contains("cluster/api because"), "{refused}");
}

#[test]
fn a_service_is_named_with_its_cluster() {
    let service = "arn:aws:ecs:us-east-1:123456789012:service/web/*";
    check(
        json!({"Effect": "Allow", "Action": "ecs:UpdateService", "Resource": service}),
        "UpdateService",
        json!({"cluster": "arn:aws:ecs:us-east-1:123456789012:cluster/web", "service": "front"}),
        expect!["allowed"],
    );
}

#[test]
fn tags_of_the_resource_and_of_the_request_are_conditions() {
    let by_tag = |value: &str| {
        json!({"Effect": "Allow", "Action": "ecs:*", "Resource": "*",
            "Condition": {"StringEquals": {"aws:ResourceTag/team": value}}})
    };
    check(by_tag("a"), "DeleteCluster", json!({"cluster": "web"}), expect!["allowed"]);
    let refused =
        ask(&world(by_tag("b")), ecs::TABLE.service, "DeleteCluster", json!({"cluster": "web"}));
    assert!(refused.starts_with("AccessDeniedException"), "{refused}");
    check(
        json!({"Effect": "Allow", "Action": "ecs:CreateCluster", "Resource": "*",
            "Condition": {"ForAllValues:StringEquals": {"aws:TagKeys": ["team"]}, "StringLike": {"aws:RequestTag/team": "?"}}}),
        "CreateCluster",
        json!({"clusterName": "api", "tags": [{"key": "team", "value": "c"}]}),
        expect!["allowed"],
    );
}

#[test]
fn roles_are_passed_only_by_who_may_pass_them() {
    let definition = json!({"family": "f", "containerDefinitions": [], "taskRoleArn": "web"});
    let register =
        json!({"Effect": "Allow", "Action": "ecs:RegisterTaskDefinition", "Resource": "*"});
    check(
        register.clone(),
        "RegisterTaskDefinition",
        definition.clone(),
        expect![
            "AccessDeniedException: User: arn:aws:iam::123456789012:user/ada is not authorized to perform: iam:PassRole on resource: arn:aws:iam::123456789012:role/web because no identity-based policy allows the iam:PassRole action"
        ],
    );
    let pass = json!({"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*",
        "Condition": {"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}}});
    check(json!([register, pass]), "RegisterTaskDefinition", definition, expect!["allowed"]);
}

#[test]
fn other_services_refuse_in_their_own_form() {
    let world = world(json!({"Effect": "Allow", "Action": "ecs:*", "Resource": "*"}));
    assert_eq!(
        ask(&world, iam::TABLE.service, "GetUser", json!({"UserName": "ada"})),
        "AccessDenied: User: arn:aws:iam::123456789012:user/ada is not authorized to perform: iam:GetUser on resource: \
         arn:aws:iam::123456789012:user/ada because no identity-based policy allows the iam:GetUser action"
    );
    assert_eq!(ask(&world, sts::TABLE.service, "GetCallerIdentity", json!({})), "allowed");
    let role = "arn:aws:iam::123456789012:role/web";
    let assume = json!({"RoleArn": role, "RoleSessionName": "s"});
    let refused = ask(&world, sts::TABLE.service, "AssumeRole", assume);
    assert!(refused.contains(&format!("sts:AssumeRole on resource: {role} because")), "{refused}");
}

#[test]
fn a_session_may_do_what_its_role_may_and_its_own_policy_leaves() {
    let mut world = World::of(&iam::TABLE);
    let trust = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}}"#;
    world.ok("CreateRole", json!({"RoleName": "web", "AssumeRolePolicyDocument": trust}));
    let arn = "arn:aws:iam::aws:policy/AdministratorAccess";
    world.ok("AttachRolePolicy", json!({"RoleName": "web", "PolicyArn": arn}));
    let session = |policies: Vec<String>| SessionCredential {
        access_key_id: "ASIASESSION".into(),
        secret_access_key: String::new(),
        session_token: String::new(),
        account: world.scope().account,
        principal_arn: "arn:aws:sts::123456789012:assumed-role/web/s".into(),
        role_arn: "arn:aws:iam::123456789012:role/web".into(),
        policies,
        tags: Vec::new(),
        transitive_tag_keys: Vec::new(),
        source_identity: None,
        issued_at: world.now,
        expires_at: world.now,
    };
    let may_list = |policies: Vec<String>| {
        let mut world = world.clone();
        world.put(&SessionCredential::key("ASIASESSION"), session(policies));
        let mut ctx = world.ctx();
        ctx.caller.arn = "arn:aws:sts::123456789012:assumed-role/web/s".into();
        ctx.caller.access_key_id = Some("ASIASESSION".into());
        let request = wire::Value::Map(wire::Members::new());
        authorize(&world.view(), &ctx, ecs::TABLE.service, "ListClusters", &request).is_ok()
    };
    assert!(may_list(Vec::new()));
    assert!(!may_list(vec!["arn:aws:iam::aws:policy/CloudWatchLogsFullAccess".into()]));
}

#[test]
fn the_first_administrator_and_the_agent_are_there_from_the_beginning() {
    let world = World::new();
    let may = |user: &str, operation: &str| {
        let mut ctx = world.ctx();
        ctx.caller.arn = format!("arn:aws:iam::123456789012:user/{user}");
        let request = wire::Value::Map(wire::Members::new());
        authorize(&world.view(), &ctx, ecs::TABLE.service, operation, &request).is_ok()
    };
    assert!(may("administrator", "DeleteCluster"));
    assert!(may("longshore-agent", "RegisterContainerInstance"));
    assert!(!may("longshore-agent", "DeleteCluster"));
    assert!(!may("eve", "ListClusters"));
}
