//! Revisions as clients see them.

use crate::ecs::stage::{Stage, cluster, list};
use domain::{deployment::ServiceRevision, id::ServiceName, key::Key};
use expect_test::expect;
use serde_json::{Value as Json, json};

fn stage() -> (Stage, Key, String) {
    let mut stage = Stage::new();
    stage.define("web", json!({}));
    stage.ok(
        "CreateService",
        json!({"serviceName": "web", "taskDefinition": "web", "desiredCount": 1}),
    );
    let name = ServiceName::parse("web").expect("a name");
    let scope = stage.world.scope();
    let all = ServiceRevision::all_of(&scope, &cluster(), &name);
    let found = stage.world.all::<ServiceRevision>(&all).remove(0);
    let arn = domain::arn::service_revision(&scope, &cluster(), &name, &found.id);
    (stage, found.key, arn)
}

fn describe(stage: &mut Stage, arns: Json) -> Json {
    stage.ok("DescribeServiceRevisions", json!({"serviceRevisionArns": arns}))
}

#[test]
fn a_revision_is_shown_whole() {
    let (mut stage, key, arn) = stage();
    stage.world.change::<ServiceRevision>(&key, |revision| {
        revision.images[0].digest = Some("sha256:1".into());
    });
    let mut shown = describe(&mut stage, json!([arn]))["serviceRevisions"][0].take();
    assert_eq!(shown["serviceRevisionArn"].take(), arn);
    expect![[r#"
        {
          "clusterArn": "arn:aws:ecs:us-east-1:123456789012:cluster/default",
          "containerImages": [
            {
              "containerName": "app",
              "image": "busybox",
              "imageDigest": "sha256:1"
            }
          ],
          "createdAt": 1796119200,
          "guardDutyEnabled": false,
          "launchType": "EC2",
          "loadBalancers": [],
          "serviceArn": "arn:aws:ecs:us-east-1:123456789012:service/default/web",
          "serviceRegistries": [],
          "serviceRevisionArn": null,
          "taskDefinition": "arn:aws:ecs:us-east-1:123456789012:task-definition/web:1"
        }"#]]
    .assert_eq(&format!("{shown:#}"));
}

#[test]
fn a_revision_of_a_strategy_shows_it_and_no_launch_type() {
    let (mut stage, key, arn) = stage();
    let item = json!({"capacityProvider": "a", "weight": 1, "base": 0});
    let items = vec![serde_json::from_value(item.clone()).expect("an item")];
    stage.world.change::<ServiceRevision>(&key, |revision| {
        revision.template.launch_type = None;
        revision.template.strategy = items;
    });
    let shown = describe(&mut stage, json!([arn]))["serviceRevisions"][0].take();
    assert_eq!(shown["capacityProviderStrategy"], json!([item]));
    assert_eq!(shown["launchType"], Json::Null);
}

#[test]
fn what_is_not_there_is_missing_and_what_is_no_arn_is_refused() {
    let (mut stage, _, arn) = stage();
    let strange =
        [arn.replace("us-east-1", "eu-west-1"), arn.replace("/web/", "/other/"), format!("{arn}0")];
    let reply = describe(&mut stage, json!([strange[0], arn, strange[1], strange[2]]));
    assert_eq!(list(&reply["serviceRevisions"]).count(), 1);
    let missing: Vec<_> =
        strange.iter().map(|arn| json!({"arn": arn, "reason": "MISSING"})).collect();
    assert_eq!(reply["failures"], json!(missing));
    let cases = vec![
        (json!({"serviceRevisionArns": []}), "InvalidParameterException empty"),
        (json!({"serviceRevisionArns": vec![arn; 21]}), "InvalidParameterException 20"),
        (json!({"serviceRevisionArns": ["web"]}), "InvalidParameterException `web`"),
    ];
    stage.check_refusals("DescribeServiceRevisions", cases);
}
