//! Providers as resources.

use super::{group, make, put};
use crate::ecs::{
    capacity::{association, provider},
    stage::Stage,
};
use domain::{
    deployment::DeploymentConfiguration,
    id::{DefinitionRevision, Family, ServiceName},
    service::{DefinitionName, Service, Template},
    time::Millis,
};
use expect_test::expect;
use serde_json::{Value as Json, json};

const ARN: &str = "arn:aws:ecs:us-east-1:123456789012:capacity-provider/";

fn names(reply: &Json) -> Vec<&str> {
    let providers = reply["capacityProviders"].as_array().expect("a list");
    providers.iter().filter_map(|it| it["name"].as_str()).collect()
}

#[test]
fn a_new_provider_has_the_numbers_of_ecs() {
    let mut stage = Stage::new();
    let made = stage.ok(
        "CreateCapacityProvider",
        json!({"name": "spot", "autoScalingGroupProvider": {"autoScalingGroupArn": "web"}, "tags": [{"key": "a", "value": "1"}]}),
    );
    expect![[r#"
        {
          "capacityProvider": {
            "autoScalingGroupProvider": {
              "autoScalingGroupArn": "web",
              "managedDraining": "ENABLED",
              "managedScaling": {
                "instanceWarmupPeriod": 300,
                "maximumScalingStepSize": 10000,
                "minimumScalingStepSize": 1,
                "status": "DISABLED",
                "targetCapacity": 100
              },
              "managedTerminationProtection": "DISABLED"
            },
            "capacityProviderArn": "arn:aws:ecs:us-east-1:123456789012:capacity-provider/spot",
            "name": "spot",
            "status": "ACTIVE",
            "tags": [
              {
                "key": "a",
                "value": "1"
              }
            ],
            "type": "EC2_AUTOSCALING"
          }
        }"#]]
    .assert_eq(&format!("{made:#}"));
}

#[test]
fn what_is_given_is_kept_and_shown() {
    let mut stage = Stage::new();
    let given = json!({
        "autoScalingGroupArn": group("web"),
        "managedScaling": {
            "status": "ENABLED", "targetCapacity": 80, "minimumScalingStepSize": 2, "maximumScalingStepSize": 5,
            "instanceWarmupPeriod": 0,
        },
        "managedTerminationProtection": "ENABLED",
        "managedDraining": "DISABLED",
    });
    let made = make(&mut stage, "web", given.clone());
    assert_eq!(made["autoScalingGroupProvider"], given);
    let found = stage.ok("DescribeCapacityProviders", json!({"capacityProviders": ["web"]}));
    assert_eq!(found["capacityProviders"][0]["autoScalingGroupProvider"], given);
}

#[test]
fn names_have_their_letters_and_are_not_aws_s_own() {
    let mut stage = Stage::new();
    let named = |name: &str| json!({"name": name, "autoScalingGroupProvider": {"autoScalingGroupArn": name}});
    let long = "a".repeat(256);
    let refused = ["", "a b", "a/b", "aws-1", "ECS", "Fargate_2", "FARGATE", &long];
    let cases = refused.map(|name| (named(name), "InvalidParameterException name")).to_vec();
    stage.check_refusals("CreateCapacityProvider", cases);
    for name in ["a", "A-_9", "my-aws", &long[..255]] {
        stage.ok("CreateCapacityProvider", named(name));
    }
}

#[test]
fn a_group_is_named_by_name_or_by_an_arn_of_this_account_and_region() {
    let mut stage = Stage::new();
    let of = |group: &str| json!({"name": "a", "autoScalingGroupProvider": {"autoScalingGroupArn": group}});
    let arn = group("web");
    let refused = [
        "".to_owned(),
        "a:b".to_owned(),
        "arn:aws:autoscaling:us-east-1:123456789012:launchConfiguration:x".to_owned(),
        arn.replace("us-east-1", "eu-west-1"),
        arn.replace("123456789012:auto", "999999999999:auto"),
        arn.replace("arn:aws:autoscaling", "arn:aws:ec2"),
        group(""),
    ];
    let cases = refused.iter().map(|text| (of(text), "InvalidParameterException")).collect();
    stage.check_refusals("CreateCapacityProvider", cases);
    stage.ok("CreateCapacityProvider", of(&arn));
}

#[test]
fn a_group_is_for_one_provider_however_it_is_named() {
    let mut stage = Stage::new();
    make(&mut stage, "web", json!({}));
    let again = |group: &str| json!({"name": "b", "autoScalingGroupProvider": {"autoScalingGroupArn": group}});
    let cases = [group("web"), "web".to_owned()];
    let cases = cases.iter().map(|text| (again(text), "InvalidParameterException `web`"));
    stage.check_refusals("CreateCapacityProvider", cases.collect());
    stage.ok("DeleteCapacityProvider", json!({"capacityProvider": "web"}));
    stage.ok("CreateCapacityProvider", again("web"));
}

#[test]
fn a_name_is_used_once_until_its_provider_is_deleted() {
    let mut stage = Stage::new();
    make(&mut stage, "web", json!({}));
    let again =
        json!({"name": "web", "autoScalingGroupProvider": {"autoScalingGroupArn": "other"}});
    stage.check_refusals(
        "CreateCapacityProvider",
        vec![(again.clone(), "InvalidParameterException already exists")],
    );
    stage.ok("DeleteCapacityProvider", json!({"capacityProvider": "web"}));
    let made = stage.ok("CreateCapacityProvider", again);
    assert_eq!(made["capacityProvider"]["status"], "ACTIVE");
    assert_eq!(made["capacityProvider"]["updateStatus"], Json::Null);
}

#[test]
fn numbers_of_managed_scaling_have_their_bounds() {
    let mut stage = Stage::new();
    let of = |scaling: Json| json!({"name": "a", "autoScalingGroupProvider": {"autoScalingGroupArn": "a", "managedScaling": scaling}});
    let cases = vec![
        (of(json!({"targetCapacity": 0})), "InvalidParameterException"),
        (of(json!({"targetCapacity": 101})), "InvalidParameterException"),
        (of(json!({"minimumScalingStepSize": 0})), "InvalidParameterException"),
        (of(json!({"minimumScalingStepSize": 10_001})), "InvalidParameterException"),
        (of(json!({"maximumScalingStepSize": 0})), "InvalidParameterException"),
        (of(json!({"maximumScalingStepSize": 10_001})), "InvalidParameterException"),
        (of(json!({"instanceWarmupPeriod": -1})), "InvalidParameterException"),
        (of(json!({"instanceWarmupPeriod": 10_001})), "InvalidParameterException"),
        (
            of(json!({"minimumScalingStepSize": 3, "maximumScalingStepSize": 2})),
            "InvalidParameterException minimumScalingStepSize",
        ),
    ];
    stage.check_refusals("CreateCapacityProvider", cases);
    let most = json!({"targetCapacity": 100, "minimumScalingStepSize": 10_000, "maximumScalingStepSize": 10_000, "instanceWarmupPeriod": 10_000});
    stage.ok("CreateCapacityProvider", of(most));
}

#[test]
fn termination_protection_needs_managed_scaling() {
    let mut stage = Stage::new();
    let settings = json!({"autoScalingGroupArn": "a", "managedTerminationProtection": "ENABLED"});
    let request = json!({"name": "a", "autoScalingGroupProvider": settings});
    stage.check_refusals(
        "CreateCapacityProvider",
        vec![(request, "InvalidParameterException managed scaling")],
    );
    make(
        &mut stage,
        "a",
        json!({"managedTerminationProtection": "ENABLED", "managedScaling": {"status": "ENABLED"}}),
    );
    let off = json!({"name": "a", "autoScalingGroupProvider": {"managedScaling": {"status": "DISABLED"}}});
    stage.check_refusals(
        "UpdateCapacityProvider",
        vec![(off, "InvalidParameterException managed scaling")],
    );
}

#[test]
fn what_is_not_served_is_named() {
    let mut stage = Stage::new();
    let managed = json!({
        "infrastructureRoleArn": "arn:aws:iam::123456789012:role/r",
        "instanceLaunchTemplate": {
            "ec2InstanceProfileArn": "arn:aws:iam::123456789012:instance-profile/p",
            "networkConfiguration": {"subnets": ["subnet-1"]},
        },
    });
    let group = json!({"autoScalingGroupArn": "a"});
    let cases = vec![
        (
            json!({"name": "a", "cluster": "default", "managedInstancesProvider": managed}),
            "ClientException `managedInstancesProvider`",
        ),
        (json!({"name": "a"}), "InvalidParameterException `autoScalingGroupProvider`"),
        (
            json!({"name": "a", "cluster": "default", "autoScalingGroupProvider": group}),
            "InvalidParameterException `cluster`",
        ),
    ];
    stage.check_refusals("CreateCapacityProvider", cases);
}

#[test]
fn an_update_changes_what_it_mentions() {
    let mut stage = Stage::new();
    make(&mut stage, "web", json!({"managedScaling": {"status": "ENABLED", "targetCapacity": 80}}));
    let more =
        json!({"managedScaling": {"minimumScalingStepSize": 3}, "managedDraining": "DISABLED"});
    let updated = stage
        .ok("UpdateCapacityProvider", json!({"name": "web", "autoScalingGroupProvider": more}));
    let updated = &updated["capacityProvider"];
    assert_eq!(updated["updateStatus"], "UPDATE_COMPLETE");
    assert_eq!(
        updated["autoScalingGroupProvider"],
        json!({
            "autoScalingGroupArn": group("web"),
            "managedScaling": {
                "status": "ENABLED", "targetCapacity": 80, "minimumScalingStepSize": 3, "maximumScalingStepSize": 10_000,
                "instanceWarmupPeriod": 300,
            },
            "managedTerminationProtection": "DISABLED",
            "managedDraining": "DISABLED",
        })
    );
    let cases = vec![
        (json!({"name": "web"}), "InvalidParameterException `autoScalingGroupProvider`"),
        (
            json!({"name": "none", "autoScalingGroupProvider": {}}),
            "InvalidParameterException does not exist",
        ),
        (
            json!({"name": "FARGATE", "autoScalingGroupProvider": {}}),
            "InvalidParameterException `FARGATE`",
        ),
    ];
    stage.check_refusals("UpdateCapacityProvider", cases);
}

#[test]
fn providers_are_described_by_name_and_arn() {
    let mut stage = Stage::new();
    make(&mut stage, "web", json!({}));
    let elsewhere = "arn:aws:ecs:eu-west-1:123456789012:capacity-provider/web";
    let asked = json!([format!("{ARN}web"), "FARGATE_SPOT", "none", elsewhere, "a/b"]);
    let reply = stage.ok("DescribeCapacityProviders", json!({"capacityProviders": asked}));
    assert_eq!(names(&reply), ["web", "FARGATE_SPOT"]);
    let missing = |arn: &str| json!({"arn": arn, "reason": "MISSING"});
    assert_eq!(
        reply["failures"],
        json!([missing(&format!("{ARN}none")), missing(elsewhere), missing(&format!("{ARN}a/b"))])
    );
    let many: Vec<_> = (0..101).map(|at| format!("p{at}")).collect();
    stage.check_refusals(
        "DescribeCapacityProviders",
        vec![(json!({"capacityProviders": many}), "InvalidParameterException 100")],
    );
}

#[test]
fn tags_are_shown_to_those_who_ask_for_them() {
    let mut stage = Stage::new();
    make(&mut stage, "web", json!({}));
    let arn = format!("{ARN}web");
    let tags = json!([{"key": "team", "value": "a"}]);
    stage.ok("TagResource", json!({"resourceArn": arn, "tags": tags}));
    assert_eq!(stage.ok("ListTagsForResource", json!({"resourceArn": arn}))["tags"], tags);
    let mut shown = |include: Json| {
        let request = json!({"capacityProviders": ["web"], "include": include});
        stage.ok("DescribeCapacityProviders", request)["capacityProviders"][0]["tags"].clone()
    };
    assert_eq!(shown(json!(["TAGS"])), tags);
    assert_eq!(shown(json!([])), json!([]));
    stage.ok("UntagResource", json!({"resourceArn": arn, "tagKeys": ["team"]}));
    assert_eq!(stage.ok("ListTagsForResource", json!({"resourceArn": arn}))["tags"], json!([]));
}

#[test]
fn all_providers_come_in_pages_of_ten_with_fargate_s_first() {
    let mut stage = Stage::new();
    for at in 0..10 {
        make(&mut stage, &format!("p{at}"), json!({}));
    }
    make(&mut stage, "-first", json!({}));
    let first = stage.ok("DescribeCapacityProviders", json!({}));
    assert_eq!(
        names(&first),
        ["FARGATE", "FARGATE_SPOT", "-first", "p0", "p1", "p2", "p3", "p4", "p5", "p6"]
    );
    let second = stage.ok("DescribeCapacityProviders", json!({"nextToken": first["nextToken"]}));
    assert_eq!(names(&second), ["p7", "p8", "p9"]);
    assert_eq!(second["nextToken"], Json::Null);
    let cases = vec![
        (json!({"maxResults": 0}), "InvalidParameterException maxResults"),
        (json!({"maxResults": 11}), "InvalidParameterException maxResults"),
    ];
    stage.check_refusals("DescribeCapacityProviders", cases);
}

#[test]
fn a_cluster_s_providers_are_described_alone() {
    let mut stage = Stage::new();
    make(&mut stage, "a", json!({}));
    make(&mut stage, "b", json!({}));
    put(&mut stage, &["FARGATE", "b"]);
    let reply = stage.ok("DescribeCapacityProviders", json!({"cluster": "default"}));
    assert_eq!(names(&reply), ["FARGATE", "b"]);
    let named = json!({"cluster": "default", "capacityProviders": ["a", "b"]});
    let reply = stage.ok("DescribeCapacityProviders", named);
    assert_eq!(names(&reply), ["b"]);
    assert_eq!(reply["failures"], json!([{"arn": format!("{ARN}a"), "reason": "MISSING"}]));
}

#[test]
fn a_deleted_provider_is_inactive_and_found_by_name_only() {
    let mut stage = Stage::new();
    make(&mut stage, "web", json!({}));
    let deleted =
        stage.ok("DeleteCapacityProvider", json!({"capacityProvider": format!("{ARN}web")}));
    let shown = |provider: &Json| (provider["status"].clone(), provider["updateStatus"].clone());
    let expected = (json!("INACTIVE"), json!("DELETE_COMPLETE"));
    assert_eq!(shown(&deleted["capacityProvider"]), expected);
    let named = stage.ok("DescribeCapacityProviders", json!({"capacityProviders": ["web"]}));
    assert_eq!(shown(&named["capacityProviders"][0]), expected);
    let all = stage.ok("DescribeCapacityProviders", json!({}));
    assert_eq!(names(&all), ["FARGATE", "FARGATE_SPOT"]);
    let cases =
        ["web", "none", "FARGATE", "arn:aws:ecs:us-east-1:999999999999:capacity-provider/web"];
    let cases = cases.map(|name| (json!({"capacityProvider": name}), "InvalidParameterException"));
    stage.check_refusals("DeleteCapacityProvider", cases.to_vec());
}

#[test]
fn a_provider_in_use_is_not_deleted() {
    let mut stage = Stage::new();
    make(&mut stage, "web", json!({}));
    put(&mut stage, &["web"]);
    let delete = json!({"capacityProvider": "web"});
    stage.check_refusals(
        "DeleteCapacityProvider",
        vec![(delete.clone(), "ClientException cluster `default`")],
    );
    put(&mut stage, &[]);
    let name = ServiceName::parse("api").expect("a name");
    let key = Service::key(&stage.world.scope(), &crate::ecs::stage::cluster(), &name);
    stage.world.put(&key, service_on("web"));
    stage.check_refusals(
        "DeleteCapacityProvider",
        vec![(delete.clone(), "ClientException service `api`")],
    );
    stage.world.forget(&key);
    stage.ok("DeleteCapacityProvider", delete);
}

#[test]
fn a_provider_of_a_deleted_cluster_can_go() {
    let mut stage = Stage::new();
    make(&mut stage, "web", json!({}));
    put(&mut stage, &["web"]);
    stage.ok("DeleteCluster", json!({"cluster": "default"}));
    stage.ok("DeleteCapacityProvider", json!({"capacityProvider": "web"}));
}

#[test]
fn deleting_and_associating_at_once_do_not_miss_each_other() {
    let mut stage = Stage::new();
    make(&mut stage, "web", json!({}));
    let put = (
        "PutClusterCapacityProviders",
        json!({"cluster": "default", "capacityProviders": ["web"], "defaultCapacityProviderStrategy": []}),
    );
    let create = ("CreateCluster", json!({"clusterName": "b", "capacityProviders": ["web"]}));
    let delete = ("DeleteCapacityProvider", json!({"capacityProvider": "web"}));
    super::check_conflict(&stage, put.clone(), provider::delete, delete.clone());
    super::check_conflict(&stage, create.clone(), provider::delete, delete.clone());
    super::check_conflict(&stage, delete.clone(), association::put, put);
    super::check_conflict(&stage, delete, crate::ecs::cluster::create, create);
}

#[test]
fn a_provider_deleted_long_ago_may_still_be_described() {
    let mut stage = Stage::new();
    make(&mut stage, "web", json!({}));
    stage.ok("DeleteCapacityProvider", json!({"capacityProvider": "web"}));
    stage.world.pass(Millis::from_s(60));
    let found = stage.ok("DescribeCapacityProviders", json!({"capacityProviders": ["web"]}));
    assert_eq!(names(&found), ["web"]);
}

/// A service whose tasks go to one provider.
pub(super) fn service_on(provider: &str) -> Service {
    let item = json!({"capacityProvider": provider, "weight": 1, "base": 0});
    let template = Template {
        definition: DefinitionName {
            family: Family::parse("web").expect("a name"),
            revision: DefinitionRevision(1),
        },
        launch_type: None,
        strategy: vec![serde_json::from_value(item).expect("an item")],
        platform_version: None,
        network: None,
    };
    let service = json!({
        "name": "api", "cluster": "default", "status": "ACTIVE", "createdAt": 0,
        "template": template, "configuration": DeploymentConfiguration::default(),
    });
    serde_json::from_value(service).expect("a service")
}
