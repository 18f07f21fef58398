//! Many calls at once: each has its effect once.

use crate::plane::Plane;
use api::Mode;
use serde_json::{Value as Json, json};
use std::{collections::BTreeSet, sync::Arc};
use tokio::task::JoinSet;

const CALLERS: usize = 16;

async fn all_at_once(plane: &Arc<Plane>, operation: &'static str, request: Json) -> Vec<Json> {
    let mut calls = JoinSet::new();
    for _ in 0..CALLERS {
        let (plane, request) = (Arc::clone(plane), request.clone());
        calls.spawn(async move { plane.ok(operation, request).await });
    }
    calls.join_all().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cluster_that_many_create_is_created_once() {
    let plane = Arc::new(Plane::new(Mode::Local).await);
    let replies = all_at_once(&plane, "CreateCluster", json!({"clusterName": "web"})).await;
    assert!(replies.iter().all(|reply| *reply == replies[0]));
    assert_eq!(plane.engine.snapshot().await.expect("a snapshot").revision().0, 1, "one commit");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn revisions_that_many_register_are_all_different() {
    let plane = Arc::new(Plane::new(Mode::Local).await);
    let container = json!({"name": "a", "image": "nginx", "memory": 64});
    let request = json!({"family": "web", "containerDefinitions": [container]});
    let replies = all_at_once(&plane, "RegisterTaskDefinition", request).await;
    let revisions: BTreeSet<i64> =
        replies.iter().filter_map(|reply| reply["taskDefinition"]["revision"].as_i64()).collect();
    assert_eq!(revisions, (1..=CALLERS as i64).collect());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tags_that_many_put_are_all_there() {
    let plane = Arc::new(Plane::new(Mode::Local).await);
    plane.ok("CreateCluster", json!({})).await;
    let arn = "arn:aws:ecs:us-east-1:000000000000:cluster/default";
    let mut calls = JoinSet::new();
    for at in 0..CALLERS {
        let plane = Arc::clone(&plane);
        let request =
            json!({"resourceArn": arn, "tags": [{"key": format!("k{at}"), "value": "v"}]});
        calls.spawn(async move { plane.ok("TagResource", request).await });
    }
    calls.join_all().await;
    let tags = plane.ok("ListTagsForResource", json!({"resourceArn": arn})).await;
    assert_eq!(tags["tags"].as_array().map(Vec::len), Some(CALLERS));
}
