//! The telemetry session.

use super::{CLUSTER, Host, arn, payload, run_message};
use crate::fake_plane::{INSTANCE, Plane, State};
use domain::{
    link::{docker, tcs::FromAgent},
    status::HealthStatus,
    time::Millis,
};
use serde_json::{Value as Json, json};

/// The messages of telemetry frames; each has a head.
fn messages(state: &State) -> Vec<FromAgent> {
    let read = |frame: &String| {
        let (head, body) = frame.split_once("\r\n\r\n").expect("a head");
        assert!(
            head.contains("Authorization: AWS4-HMAC-SHA256 ") && head.contains("X-Amz-Date: "),
            "{head}"
        );
        serde_json::from_str(body).expect("a message")
    };
    state.telemetry.iter().map(read).collect()
}

fn checked(letter: &str, image: &str) -> Json {
    let config = docker::Config {
        healthcheck: Some(docker::Healthcheck {
            test: vec!["CMD".into(), "check".into()],
            interval: 20_000_000,
            timeout: 1_000_000_000,
            retries: 1,
            start_period: 0,
        }),
        ..docker::Config::default()
    };
    payload(
        1,
        &json!({
            "arn": arn(letter), "taskClusterArn": CLUSTER, "family": "web", "version": "1",
            "desiredStatus": "RUNNING",
            "containers": [{
                "name": "web", "image": image, "essential": true, "healthCheckType": "docker",
                "dockerConfig": { "config": serde_json::to_string(&config).expect("JSON") },
            }],
        }),
    )
}

#[tokio::test]
async fn an_idle_host_says_so_at_once() {
    let plane = Plane::start().await;
    let host = Host::new();
    let _agent = host.start(host.config(&plane));
    let metrics = plane
        .until("metrics", |state| {
            messages(state).into_iter().find_map(|message| match message {
                FromAgent::Metrics(metrics) => Some(metrics),
                _ => None,
            })
        })
        .await;
    assert!(metrics.metadata.idle && metrics.metadata.fin);
    assert_eq!(metrics.metadata.container_instance, INSTANCE);
}

#[tokio::test]
async fn running_containers_are_measured_every_cycle() {
    let plane = Plane::start().await;
    let host = Host::new();
    let mut config = host.config(&plane);
    config.metrics_interval = Millis(40);
    let _agent = host.start(config);
    plane.opened("acs", 1).await;
    plane.say("acs", &run_message(1, "a", "run"));
    let web = plane
        .until("metrics of a container with two samples", |state| {
            messages(state).into_iter().find_map(|message| match message {
                FromAgent::Metrics(metrics) => {
                    let mut task = metrics.task_metrics.into_iter().next()?;
                    Some(task.container_metrics.remove(0)).filter(|web| web.cpu_stats_set.is_some())
                }
                _ => None,
            })
        })
        .await;
    assert_eq!(web.container_name, "web");
    assert_eq!(web.memory_stats_set.expect("a sample").max, 1.0);
}

#[tokio::test]
async fn health_is_told_at_once_when_it_changes() {
    for (image, expected) in [("run", HealthStatus::Healthy), ("sick", HealthStatus::Unhealthy)] {
        let plane = Plane::start().await;
        let host = Host::new();
        let _agent = host.start(host.config(&plane));
        plane.opened("tcs", 1).await;
        plane.opened("acs", 1).await;
        plane.say("acs", &checked("a", image));
        // Cycles are 20 s apart, and no test waits that long.
        let health = plane
            .until("a verdict", |state| {
                messages(state).into_iter().find_map(|message| match message {
                    FromAgent::Health(health) => {
                        let container = health.tasks.into_iter().next()?.containers.remove(0);
                        (container.health_status != HealthStatus::Unknown).then_some(container)
                    }
                    _ => None,
                })
            })
            .await;
        assert_eq!(health.health_status, expected);
    }
}

#[tokio::test]
async fn the_host_s_own_status_follows_a_heartbeat() {
    let plane = Plane::start().await;
    let host = Host::new();
    let mut config = host.config(&plane);
    config.metrics_interval = Millis(40);
    let _agent = host.start(config);
    plane.opened("acs", 1).await;
    plane.opened("tcs", 1).await;
    plane.say(
        "acs",
        &json!({ "type": "HeartbeatMessage", "message": { "messageId": "h1", "healthy": true } }),
    );
    let status = plane
        .until("status", |state| {
            messages(state).into_iter().find_map(|message| match message {
                FromAgent::InstanceStatus(status) => Some(status),
                _ => None,
            })
        })
        .await;
    assert_eq!(status.statuses[0]["type"], "ContainerRuntime");
    assert_eq!(status.statuses[0]["status"], "OK");
    assert!(!status.metadata.request_id.is_empty());
}

#[tokio::test]
async fn telemetry_that_is_stopped_comes_back() {
    let plane = Plane::start().await;
    let host = Host::new();
    let _agent = host.start(host.config(&plane));
    plane.opened("tcs", 1).await;
    plane.say(
        "tcs",
        &json!({ "type": "StopTelemetrySessionMessage", "message": { "message": "" } }),
    );
    plane.opened("tcs", 2).await;
}
