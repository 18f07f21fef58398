//! What services mean for clusters, tasks and tags.

use super::{create, create_daemon, stage};
use crate::ecs::stage::{Stage, list, text};
use serde_json::{Value as Json, json};

#[test]
fn a_cluster_with_services_cannot_be_deleted() {
    let mut stage = stage();
    create(&mut stage, json!({}));
    let refusals = vec![(json!({"cluster": "default"}), "ClusterContainsServicesException")];
    stage.check_refusals("DeleteCluster", refusals);
    stage.ok("DeleteService", json!({"service": "web", "force": true}));
    assert_eq!(
        stage.ok("DeleteCluster", json!({"cluster": "default"}))["cluster"]["status"],
        "INACTIVE"
    );
}

#[test]
fn a_cluster_counts_its_services() {
    let mut stage = stage();
    let host = stage.host("a", json!({}));
    let service = create(&mut stage, json!({}));
    stage.serve("web", &text(&service["deployments"][0]["id"]), &host);
    create_daemon(&mut stage, json!({"serviceName": "agent"}));
    create(&mut stage, json!({"serviceName": "gone"}));
    stage.ok("DeleteService", json!({"service": "gone", "force": true}));
    let statistics = |stage: &mut Stage| {
        let request = json!({"include": ["STATISTICS"]});
        let mut cluster = stage.ok("DescribeClusters", request)["clusters"][0].take();
        let statistics = cluster["statistics"].take();
        let value = |name: &str| {
            let found = list(&statistics).find(|it| it["name"] == name).expect("it is listed");
            text(&found["value"])
        };
        let external = value("activeExternalServiceCount");
        assert_eq!((external, value("activeFargateServiceCount")), ("0".into(), "0".into()));
        (
            cluster["activeServicesCount"].as_i64(),
            value("activeEC2ServiceCount"),
            value("drainingEC2ServiceCount"),
        )
    };
    assert_eq!(statistics(&mut stage), (Some(2), "2".into(), "0".into()));
    stage.ok("DeleteService", json!({"service": "web", "force": true}));
    assert_eq!(statistics(&mut stage), (Some(1), "1".into(), "1".into()));
}

fn tasks(stage: &mut Stage, request: Json) -> Vec<String> {
    list(&stage.ok("ListTasks", request)["taskArns"]).map(text).collect()
}

#[test]
fn tasks_are_listed_by_service() {
    let mut stage = stage();
    let (a, b) = (stage.host("a", json!({})), stage.host("b", json!({})));
    let service = create(&mut stage, json!({}));
    let deployment = text(&service["deployments"][0]["id"]);
    create(&mut stage, json!({"serviceName": "web-2"}));
    let first = stage.serve("web", &deployment, &a);
    let second = stage.serve("web", &deployment, &b);
    stage.task();
    let mut both = vec![first.clone(), second.clone()];
    both.sort_unstable();
    for name in ["web", text(&service["serviceArn"]).as_str()] {
        assert_eq!(tasks(&mut stage, json!({"serviceName": name})), both);
    }
    assert!(tasks(&mut stage, json!({"serviceName": "web-2"})).is_empty());
    let on_b = json!({"serviceName": "web", "containerInstance": b});
    assert_eq!(tasks(&mut stage, on_b), [second.as_str()]);
    stage.report(&first, json!({"status": "STOPPED"}));
    assert_eq!(tasks(&mut stage, json!({"serviceName": "web"})), [second]);
    let stopped = json!({"serviceName": "web", "desiredStatus": "STOPPED"});
    assert_eq!(tasks(&mut stage, stopped), [first]);
    let pages = json!({"serviceName": "web", "maxResults": 1, "desiredStatus": "RUNNING"});
    assert_eq!(stage.ok("ListTasks", pages).get("nextToken"), None);
    assert_eq!(
        stage.fault("ListTasks", json!({"serviceName": "db"})),
        "ServiceNotFoundException: Service not found."
    );
}

#[test]
fn a_service_s_tags_are_put_listed_and_taken_away() {
    let mut stage = stage();
    let arn = text(&create(&mut stage, json!({}))["serviceArn"]);
    let tags = json!([{"key": "team", "value": "a"}, {"key": "cost", "value": "1"}]);
    stage.ok("TagResource", json!({"resourceArn": arn, "tags": tags}));
    let listed = |stage: &mut Stage| {
        stage.ok("ListTagsForResource", json!({"resourceArn": arn}))["tags"].take()
    };
    assert_eq!(listed(&mut stage), tags);
    stage.ok("UntagResource", json!({"resourceArn": arn, "tagKeys": ["team"]}));
    assert_eq!(listed(&mut stage), json!([{"key": "cost", "value": "1"}]));
    stage.ok("DeleteService", json!({"service": "web", "force": true}));
    let request = json!({"resourceArn": arn, "tags": tags});
    stage.check_refusals("TagResource", vec![(request, "ResourceNotFoundException")]);
}
