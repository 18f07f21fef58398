//! A user with a policy, and what the user may do with it.

mod ec2;
mod operator;

use super::{authorize, authorize_profile};
use crate::{Caller, ecs, iam, sts, world::World};
use domain::{iam::SessionCredential, identity::Entity};
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

/// Whether ada may, with one statement under a condition.
fn may(condition: Json, operation: &str, request: Json) -> bool {
    let statement =
        json!({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": condition});
    ask(&world(statement), ecs::TABLE.service, operation, request) == "allowed"
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
        json!({"Effect": "Allow", "Action": ["ecs:CreateCluster", "ecs:TagResource"], "Resource": "*",
            "Condition": {"ForAllValues:StringEquals": {"aws:TagKeys": ["team"]}, "StringLike": {"aws:RequestTag/team": "?"}}}),
        "CreateCluster",
        json!({"clusterName": "api", "tags": [{"key": "team", "value": "c"}]}),
        expect!["allowed"],
    );
}

#[test]
fn a_second_tag_whose_key_differs_in_case_alone_opens_nothing() {
    let by = |effect: &str, condition: Json| json!({"Effect": effect, "Action": "ecs:*", "Resource": "*", "Condition": condition});
    let create = |tags: Json| {
        let condition = json!({"StringEquals": {"aws:RequestTag/Env": "dev"}});
        let request = json!({"clusterName": "api", "tags": tags});
        ask(&world(by("Allow", condition)), ecs::TABLE.service, "CreateCluster", request)
            == "allowed"
    };
    let tag = |key: &str, value: &str| json!({"key": key, "value": value});
    assert!(create(json!([tag("Env", "dev")])) && create(json!([tag("env", "dev")])));
    assert!(!create(json!([tag("Env", "dev"), tag("env", "prod")])));
    assert!(!create(json!([tag("env", "prod"), tag("Env", "dev")])));
    // A cluster that has both.
    let delete = |statements: Json| {
        let mut world = world(statements);
        let tags = json!([tag("Env", "prod"), tag("env", "dev")]);
        world.ok("CreateCluster", json!({"clusterName": "both", "tags": tags}));
        ask(&world, ecs::TABLE.service, "DeleteCluster", json!({"cluster": "both"})) == "allowed"
    };
    let all = json!({"Effect": "Allow", "Action": "*", "Resource": "*"});
    for value in ["dev", "prod"] {
        for key in ["aws:ResourceTag/env", "ecs:ResourceTag/ENV"] {
            let is = json!({"StringEquals": {key: value}});
            assert!(!delete(by("Allow", is.clone())), "{key} {value}");
            assert!(!delete(json!([all, by("Deny", is)])), "{key} {value}");
        }
    }
    assert!(delete(by("Allow", json!({"StringEquals": {"aws:ResourceTag/env": ["dev", "prod"]}}))));
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
        role_id: None,
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
    // One that is gone leaves nothing.
    assert!(!may_list(vec!["arn:aws:iam::123456789012:policy/gone".into()]));
    let run = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ecs:RunTask","Resource":"*"}}"#;
    assert!(!may_list(vec![run.into()]));
    assert!(may_list(vec![run.replace("RunTask", "ListClusters")]));
}

#[test]
fn the_agent_is_there_from_the_beginning_and_nobody_else() {
    let world = World::new();
    let may = |user: &str, operation: &str| {
        let mut ctx = world.ctx();
        ctx.caller.arn = format!("arn:aws:iam::123456789012:user/{user}");
        let request = wire::Value::Map(wire::Members::new());
        authorize(&world.view(), &ctx, ecs::TABLE.service, operation, &request).is_ok()
    };
    assert!(!may("administrator", "ListClusters"), "its record says what it may");
    assert!(may("longshore-agent", "RegisterContainerInstance"));
    assert!(!may("longshore-agent", "DeleteCluster"));
    assert!(!may("eve", "ListClusters"));
}

#[test]
fn tags_on_what_is_made_take_a_permission_of_their_own() {
    let tags = json!([{"key": "team", "value": "a"}]);
    let create = json!({"Effect": "Allow", "Action": "ecs:Create*", "Resource": "*"});
    let request = json!({"clusterName": "api", "tags": tags});
    check(
        create.clone(),
        "CreateCluster",
        request.clone(),
        expect![
            "AccessDeniedException: User: arn:aws:iam::123456789012:user/ada is not authorized to perform: ecs:TagResource on resource: arn:aws:ecs:us-east-1:123456789012:cluster/api because no identity-based policy allows the ecs:TagResource action"
        ],
    );
    check(create.clone(), "CreateCluster", json!({"clusterName": "api"}), expect!["allowed"]);
    let tag = |action: &str| {
        json!({"Effect": "Allow", "Action": "ecs:TagResource", "Resource": "*",
            "Condition": {"StringEquals": {"ecs:CreateAction": action, "aws:RequestTag/team": "a"}}})
    };
    let only = json!([create, tag("CreateCluster")]);
    check(only.clone(), "CreateCluster", request.clone(), expect!["allowed"]);
    let tag_later =
        json!({"resourceArn": "arn:aws:ecs:us-east-1:123456789012:cluster/web", "tags": tags});
    let later = ask(&world(only.clone()), ecs::TABLE.service, "TagResource", tag_later);
    assert!(
        later.contains("ecs:TagResource on resource"),
        "what exists is not being made: {later}"
    );
    let service = json!({"serviceName": "front", "cluster": "web", "tags": tags});
    let other = ask(&world(only), ecs::TABLE.service, "CreateService", service);
    assert!(
        other.contains(
            "ecs:TagResource on resource: arn:aws:ecs:us-east-1:123456789012:service/web/front"
        ),
        "{other}"
    );
    let mut off = world(create);
    off.ok("PutAccountSettingDefault", json!({"name": "tagResourceAuthorization", "value": "off"}));
    assert_eq!(ask(&off, ecs::TABLE.service, "CreateCluster", request), "allowed");
}

#[test]
fn a_cluster_is_a_condition_also_where_it_is_the_default_one_or_in_an_arn() {
    let cluster = |name: &str| json!({"ArnEquals": {"ecs:cluster": format!("arn:aws:ecs:us-east-1:123456789012:cluster/{name}")}});
    assert!(may(cluster("web"), "ListTasks", json!({"cluster": "web"})));
    assert!(!may(cluster("web"), "ListTasks", json!({"cluster": "api"})));
    assert!(!may(cluster("web"), "ListTasks", json!({})));
    assert!(may(cluster("default"), "ListTasks", json!({})));
    assert!(!may(cluster("default"), "ListClusters", json!({})), "it is on no cluster");
    let story = "arn:aws:ecs:us-east-1:123456789012:service-deployment/web/front/abc";
    assert!(may(cluster("web"), "StopServiceDeployment", json!({"serviceDeploymentArn": story})));
    let service = json!({"ArnLike": {"ecs:service": "*:service/web/front"}});
    assert!(may(service.clone(), "StopServiceDeployment", json!({"serviceDeploymentArn": story})));
    assert!(may(
        service.clone(),
        "ListServiceDeployments",
        json!({"cluster": "web", "service": "front"})
    ));
    assert!(!may(service, "ListServiceDeployments", json!({"cluster": "web", "service": "back"})));
}

#[test]
fn what_a_request_asks_of_ecs_is_a_condition() {
    let is = |key: &str, value: &str| json!({"StringEquals": {key: value}});
    let setting = json!({"name": "containerInsights", "value": "enabled"});
    assert!(may(
        is("ecs:account-setting", "containerInsights"),
        "PutAccountSetting",
        setting.clone()
    ));
    assert!(!may(is("ecs:account-setting", "awsvpcTrunking"), "PutAccountSetting", setting));
    let exec = |enabled: bool| json!({"taskDefinition": "web", "enableExecuteCommand": enabled});
    assert!(may(is("ecs:enable-execute-command", "true"), "RunTask", exec(true)));
    assert!(!may(is("ecs:enable-execute-command", "true"), "RunTask", exec(false)));
    assert!(!may(
        is("ecs:enable-execute-command", "true"),
        "RunTask",
        json!({"taskDefinition": "web"})
    ));
    let off = || is("ecs:enable-execute-command", "false");
    for start in ["RunTask", "StartTask", "CreateService"] {
        assert!(
            may(off(), start, json!({"taskDefinition": "web"})),
            "{start} without a word of it"
        );
    }
    assert!(!may(off(), "RunTask", exec(true)));
    assert!(!may(off(), "UpdateService", json!({"service": "web"})), "as it was, whatever that is");
    let provider = json!({"ArnLike": {"ecs:capacity-provider": "*:capacity-provider/metal"}});
    let strategy = json!({"cluster": "web", "capacityProviders": ["metal"], "defaultCapacityProviderStrategy": []});
    assert!(may(provider.clone(), "PutClusterCapacityProviders", strategy));
    let strategy = json!({"taskDefinition": "web", "capacityProviderStrategy": [{"capacityProvider": "spare"}]});
    assert!(!may(provider, "RunTask", strategy));
    let sizes = json!({"family": "f", "containerDefinitions": [{"privileged": true}], "cpu": ".5 vCPU", "memory": "1 GB"});
    let condition = json!({"NumericLessThanEquals": {"ecs:task-cpu": "512", "ecs:task-memory": "1024"}, "Bool": {"ecs:privileged": "true"}});
    assert!(may(condition, "RegisterTaskDefinition", sizes.clone()));
    assert!(!may(
        json!({"NumericLessThan": {"ecs:task-cpu": "512"}}),
        "RegisterTaskDefinition",
        sizes
    ));
    let network = json!({"taskDefinition": "web", "networkConfiguration": {"awsvpcConfiguration": {"subnets": ["subnet-1"], "assignPublicIp": "ENABLED"}}});
    assert!(may(
        json!({"Bool": {"ecs:auto-assign-public-ip": "true"}, "ForAllValues:StringEquals": {"ecs:subnet": "subnet-1"}}),
        "RunTask",
        network.clone()
    ));
    assert!(!may(is("ecs:subnet", "subnet-2"), "RunTask", network));
    let started = json!({"taskDefinition": "web", "cluster": "web", "containerInstances": ["a"]});
    assert!(may(
        json!({"ArnLike": {"ecs:container-instances": "*:container-instance/web/a"}}),
        "StartTask",
        started
    ));
}

/// What an agent of ada's is answered that names an instance profile. Profile `web` has role `host`, tagged `tier=core`.
fn name_profile(statements: Json, profile: &str) -> String {
    let snapshot = world(statements).snapshot;
    let mut world = World::of(&iam::TABLE);
    world.snapshot = snapshot;
    let trust = json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
        "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]});
    let role = json!({"RoleName": "host", "AssumeRolePolicyDocument": trust.to_string(),
        "Tags": [{"Key": "tier", "Value": "core"}]});
    world.ok("CreateRole", role);
    world.ok("CreateInstanceProfile", json!({"InstanceProfileName": "web"}));
    let add = json!({"InstanceProfileName": "web", "RoleName": "host"});
    world.ok("AddRoleToInstanceProfile", add);
    let arn = "arn:aws:iam::123456789012:user/ada".to_owned();
    let mut ctx = world.ctx();
    ctx.caller = Caller { arn, user_id: "AIDAADA".into(), ..ctx.caller };
    match authorize_profile(&world.view(), &ctx, profile) {
        Ok(()) => "allowed".to_owned(),
        Err(fault) => fault.to_string(),
    }
}

#[test]
fn a_host_s_role_is_passed_by_whoever_runs_its_agent() {
    let ask = |statements: Json| name_profile(statements, "web");
    let poll = json!({"Effect": "Allow", "Action": "ecs:*", "Resource": "*"});
    let refused = ask(poll.clone());
    assert!(
        refused.contains("iam:PassRole on resource: arn:aws:iam::123456789012:role/host"),
        "{refused}"
    );
    let pass = |to: &str| {
        json!([poll, {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*",
            "Condition": {"StringEquals": {"iam:PassedToService": to}}}])
    };
    assert!(ask(pass("ecs-tasks.amazonaws.com")).contains("iam:PassRole"));
    assert_eq!(ask(pass("ec2.amazonaws.com")), "allowed");
    // The role's tags are conditions, as where it is passed by a call.
    let but = json!([{"Effect": "Allow", "Action": "*", "Resource": "*"},
        {"Effect": "Deny", "Action": "iam:PassRole", "Resource": "*",
        "Condition": {"StringEquals": {"iam:ResourceTag/tier": "core"}}}]);
    assert!(ask(but).contains("iam:PassRole"));
}

#[test]
fn a_profile_that_cannot_be_one_gives_nothing() {
    let nothing = json!({"Effect": "Deny", "Action": "*", "Resource": "*"});
    for profile in ["", "a/b", "none"] {
        assert_eq!(name_profile(nothing.clone(), profile), "allowed", "{profile}");
    }
}

#[test]
fn a_definition_s_roles_are_passed_by_whoever_runs_it() {
    let run = json!({"Effect": "Allow", "Action": "ecs:RunTask", "Resource": "*"});
    let pass = |role: &str| json!({"Effect": "Allow", "Action": "iam:PassRole", "Resource": format!("arn:aws:iam::123456789012:role/{role}")});
    let defined = |statements: Json| {
        let mut world = world(statements);
        world.ok(
            "RegisterTaskDefinition",
            json!({"family": "f", "taskRoleArn": "web",
            "containerDefinitions": [{"name": "app", "image": "busybox", "memory": 64}]}),
        );
        world
    };
    let ask = |statements: Json, request: Json| {
        ask(&defined(statements), ecs::TABLE.service, "RunTask", request)
    };
    let plain = json!({"taskDefinition": "f"});
    assert!(
        ask(run.clone(), plain.clone())
            .contains("iam:PassRole on resource: arn:aws:iam::123456789012:role/web")
    );
    assert_eq!(ask(json!([run, pass("web")]), plain), "allowed");
    let other = json!({"taskDefinition": "f", "overrides": {"taskRoleArn": "api"}});
    assert!(ask(json!([run, pass("web")]), other.clone()).contains("role/api"));
    assert_eq!(ask(json!([run, pass("api")]), other), "allowed", "the definition's is not used");
}

#[test]
fn things_of_iam_have_conditions_too() {
    let mut made = world(
        json!({"Effect": "Allow", "Action": "iam:AttachRolePolicy", "Resource": "*",
        "Condition": {"ArnLike": {"iam:PolicyARN": "*/AmazonECS*"}, "StringEquals": {"aws:ResourceTag/team": "a"}}}),
    );
    let trust = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}}"#;
    let mut iam_world = World::of(&iam::TABLE);
    iam_world.snapshot = made.snapshot.clone();
    for (role, team) in [("web", "a"), ("api", "b")] {
        let tags = json!([{"Key": "team", "Value": team}]);
        iam_world.ok(
            "CreateRole",
            json!({"RoleName": role, "AssumeRolePolicyDocument": trust, "Tags": tags}),
        );
    }
    made.snapshot = iam_world.snapshot;
    let attach = |role: &str, policy: &str| {
        let arn = format!("arn:aws:iam::aws:policy/{policy}");
        ask(
            &made,
            iam::TABLE.service,
            "AttachRolePolicy",
            json!({"RoleName": role, "PolicyArn": arn}),
        ) == "allowed"
    };
    assert!(attach("web", "AmazonECS_FullAccess"));
    assert!(!attach("web", "AdministratorAccess"));
    assert!(!attach("api", "AmazonECS_FullAccess"));
}

#[test]
fn what_names_no_user_is_on_the_user_that_calls() {
    let own = json!({"Effect": "Allow", "Action": "iam:*", "Resource": "arn:aws:iam::*:user/${aws:username}"});
    let world = world(own);
    let may = |operation: &str, request: Json| {
        ask(&world, iam::TABLE.service, operation, request) == "allowed"
    };
    assert!(may("GetUser", json!({})) && may("CreateAccessKey", json!({})));
    assert!(!may("CreateAccessKey", json!({"UserName": "bob"})) && !may("ListUsers", json!({})));
}

#[test]
fn where_a_caller_is_and_what_its_session_carries_are_conditions() {
    let world = world(json!({"Effect": "Allow", "Action": "ecs:ListClusters", "Resource": "*",
        "Condition": {"IpAddress": {"aws:SourceIp": "10.1.0.0/16"}}}));
    let request = wire::Value::Map(wire::Members::new());
    let from = |address: Option<&str>| {
        let mut ctx = world.ctx();
        ctx.caller.arn = "arn:aws:iam::123456789012:user/ada".into();
        ctx.caller.source = address.map(|address| address.parse().expect("an address"));
        authorize(&world.view(), &ctx, ecs::TABLE.service, "ListClusters", &request).is_ok()
    };
    assert!(from(Some("10.1.2.3")) && from(Some("::ffff:10.1.2.3")));
    assert!(!from(Some("10.2.0.1")) && !from(None));
}

#[test]
fn what_a_program_calls_itself_is_a_condition() {
    let world = world(json!({"Effect": "Allow", "Action": "ecs:ListClusters", "Resource": "*",
        "Condition": {"StringLike": {"aws:UserAgent": "*Boto3*"}}}));
    let request = wire::Value::Map(wire::Members::new());
    let by = |agent: Option<&str>| {
        let mut ctx = world.ctx();
        ctx.caller.arn = "arn:aws:iam::123456789012:user/ada".into();
        ctx.caller.user_agent = agent.map(str::to_owned);
        authorize(&world.view(), &ctx, ecs::TABLE.service, "ListClusters", &request).is_ok()
    };
    assert!(by(Some("Boto3/1.44.5 md/Botocore#1.44.5")) && !by(Some("curl/8")) && !by(None));
}

#[test]
fn a_policy_counts_from_its_change_on() {
    let statement = |effect: &str| json!({"Effect": effect, "Action": "*", "Resource": "*"});
    let mut iam = World::of(&iam::TABLE);
    iam.ok("CreateUser", json!({"UserName": "ada"}));
    let arn = "arn:aws:iam::123456789012:policy/p";
    let document =
        |effect: &str| json!({"Version": "2012-10-17", "Statement": statement(effect)}).to_string();
    iam.ok("CreatePolicy", json!({"PolicyName": "p", "PolicyDocument": document("Allow")}));
    iam.ok("AttachUserPolicy", json!({"UserName": "ada", "PolicyArn": arn}));
    let may = |iam: &World| ask(iam, ecs::TABLE.service, "ListClusters", json!({})) == "allowed";
    assert!(may(&iam) && may(&iam));
    let deny = json!({"PolicyArn": arn, "PolicyDocument": document("Deny"), "SetAsDefault": true});
    iam.ok("CreatePolicyVersion", deny);
    assert!(!may(&iam));
    iam.ok("SetDefaultPolicyVersion", json!({"PolicyArn": arn, "VersionId": "v1"}));
    assert!(may(&iam));
    let inline =
        json!({"UserName": "ada", "PolicyName": "own", "PolicyDocument": document("Deny")});
    iam.ok("PutUserPolicy", inline);
    assert!(!may(&iam));
    iam.ok("DeleteUserPolicy", json!({"UserName": "ada", "PolicyName": "own"}));
    assert!(may(&iam));
    // A boundary that is gone leaves nothing.
    iam.ok("CreatePolicy", json!({"PolicyName": "b", "PolicyDocument": document("Allow")}));
    let boundary = "arn:aws:iam::123456789012:policy/b";
    let put = json!({"UserName": "ada", "PermissionsBoundary": boundary});
    iam.ok("PutUserPermissionsBoundary", put);
    assert!(may(&iam));
    let account = iam.scope().account;
    iam.forget(&domain::identity::ManagedPolicy::key_of(&account, "b"));
    assert!(!may(&iam));
}

#[test]
fn a_call_that_names_too_much_is_refused_before_it_is_asked_about() {
    let world = world(json!({"Effect": "Deny", "Action": "*", "Resource": "*"}));
    let ids: Vec<_> = (0..1001).map(|number| format!("vpc-{number:017x}")).collect();
    let request = crate::plain::from_json(json!({"Resources": ids, "Tags": [{"Key": "a"}]}));
    let mut ctx = world.ctx();
    ctx.caller.arn = "arn:aws:iam::123456789012:user/ada".into();
    let refused = authorize(&world.view(), &ctx, crate::ec2::TABLE.service, "CreateTags", &request);
    assert_eq!(refused.expect_err("too much").code, "InvalidParameterValue");
}
