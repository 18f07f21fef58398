//! Clusters and their providers.

use super::{make, provider::service_on, put};
use crate::ecs::stage::{Stage, cluster};
use domain::{
    id::ServiceName,
    service::{Service, ServiceStatus},
    task::Task,
};
use serde_json::{Value as Json, json};

const PUT: &str = "PutClusterCapacityProviders";

fn request(providers: Json, strategy: Json) -> Json {
    json!({"cluster": "default", "capacityProviders": providers, "defaultCapacityProviderStrategy": strategy})
}

fn item(provider: &str, weight: i64, base: i64) -> Json {
    json!({"capacityProvider": provider, "weight": weight, "base": base})
}

#[test]
fn both_lists_of_a_cluster_are_replaced() {
    let mut stage = Stage::new();
    make(&mut stage, "a", json!({}));
    make(&mut stage, "b", json!({}));
    let reply = stage.ok(PUT, request(json!(["a", "b", "a"]), json!([item("b", 1, 2)])));
    assert_eq!(reply["cluster"]["capacityProviders"], json!(["a", "b"]));
    assert_eq!(reply["cluster"]["defaultCapacityProviderStrategy"], json!([item("b", 1, 2)]));
    assert_eq!(reply["cluster"]["attachmentsStatus"], "UPDATE_COMPLETE");
    let reply = stage.ok(PUT, request(json!(["FARGATE"]), json!([])));
    assert_eq!(reply["cluster"]["capacityProviders"], json!(["FARGATE"]));
    assert_eq!(reply["cluster"]["defaultCapacityProviderStrategy"], json!([]));
    assert_eq!(reply["cluster"]["attachmentsStatus"], Json::Null);
}

#[test]
fn a_new_cluster_may_have_providers() {
    let mut stage = Stage::new();
    make(&mut stage, "a", json!({}));
    let created = stage.ok(
        "CreateCluster",
        json!({"clusterName": "b", "capacityProviders": ["a"], "defaultCapacityProviderStrategy": [item("a", 1, 0)]}),
    );
    assert_eq!(created["cluster"]["capacityProviders"], json!(["a"]));
    stage.check_refusals(
        "CreateCluster",
        vec![(
            json!({"clusterName": "c", "capacityProviders": ["none"]}),
            "InvalidParameterException `none`",
        )],
    );
}

#[test]
fn what_a_cluster_cannot_have_is_refused() {
    let mut stage = Stage::new();
    for name in ["a", "b", "gone"] {
        make(&mut stage, name, json!({}));
    }
    stage.ok("DeleteCapacityProvider", json!({"capacityProvider": "gone"}));
    let many: Vec<_> = (0..21).map(|at| item(&format!("p{at}"), 1, 0)).collect();
    let cases = vec![
        (request(json!(["none"]), json!([])), "InvalidParameterException `none`"),
        (request(json!(["gone"]), json!([])), "InvalidParameterException `gone`"),
        (request(json!(["a"]), json!([item("b", 1, 0)])), "InvalidParameterException `b`"),
        (
            request(json!(["a", "b"]), json!([item("a", 0, 1), item("b", 0, 0)])),
            "InvalidParameterException weight",
        ),
        (
            request(json!(["a", "b"]), json!([item("a", 1, 1), item("b", 1, 1)])),
            "InvalidParameterException base",
        ),
        (
            request(json!(["a"]), json!([item("a", 1, 0), item("a", 1, 0)])),
            "InvalidParameterException twice",
        ),
        (request(json!(["a"]), json!([item("a", 1001, 0)])), "InvalidParameterException"),
        (request(json!(["a"]), json!([item("a", 1, 100_001)])), "InvalidParameterException"),
        (request(json!(["a"]), json!(many)), "InvalidParameterException 20"),
        (
            request(json!(["a", "FARGATE"]), json!([item("a", 1, 0), item("FARGATE", 1, 0)])),
            "InvalidParameterException mix",
        ),
        (
            json!({"cluster": "none", "capacityProviders": [], "defaultCapacityProviderStrategy": []}),
            "ClusterNotFoundException",
        ),
    ];
    stage.check_refusals(PUT, cases);
}

#[test]
fn a_provider_that_a_service_uses_stays() {
    let mut stage = Stage::new();
    make(&mut stage, "a", json!({}));
    put(&mut stage, &["a"]);
    let name = ServiceName::parse("api").expect("a name");
    let key = Service::key(&stage.world.scope(), &cluster(), &name);
    stage.world.put(&key, service_on("a"));
    let cases = vec![(request(json!([]), json!([])), "ResourceInUseException")];
    stage.check_refusals(PUT, cases);
    stage.world.change::<Service>(&key, |service| service.status = ServiceStatus::Inactive);
    put(&mut stage, &[]);
}

#[test]
fn a_provider_that_a_task_is_on_stays_until_the_task_ended() {
    let mut stage = Stage::new();
    make(&mut stage, "a", json!({}));
    put(&mut stage, &["a"]);
    stage.host("one", json!({}));
    stage.define("web", json!({}));
    let arn = stage.task();
    let id = domain::id::TaskId::parse(arn.rsplit('/').next().expect("an id")).expect("an id");
    let key = Task::key(&stage.world.scope(), &cluster(), &id);
    stage.world.change::<Task>(&key, |task| task.capacity_provider = Some("a".into()));
    let cases = vec![(request(json!([]), json!([])), "ResourceInUseException")];
    stage.check_refusals(PUT, cases);
    stage.report(&arn, json!({"status": "STOPPED"}));
    put(&mut stage, &[]);
}
