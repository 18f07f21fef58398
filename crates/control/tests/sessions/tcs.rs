//! Telemetry sessions over a websocket.

use crate::scene::{Plane, task_arn, task_id};
use control::instance::Instance;
use domain::{
    id::ClusterName,
    link::tcs::FromPlane,
    status::{HealthStatus, TaskStatus},
};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value as Json, json};
use std::time::Duration;
use tokio::{io::DuplexStream, time::timeout};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Message, client::IntoClientRequest},
};

struct Telemetry(WebSocketStream<DuplexStream>);

impl Telemetry {
    async fn connect(plane: &mut Plane, instance: &Instance) -> Self {
        let query = format!(
            "agentHash=8dfceca6c&agentVersion=1.105.1&cluster={}&containerInstance={}&dockerVersion=20.10.24",
            instance.cluster,
            instance.arn(),
        );
        let request =
            format!("ws://plane/tcs/ws?{query}").into_client_request().expect("a request");
        Self(client_async(request, plane.dial()).await.expect("an upgrade").0)
    }

    /// Says a message as the official agent frames it.
    async fn say(&mut self, kind: &str, message: Json) {
        let head = "Authorization: AWS4-HMAC-SHA256 Credential=A/20270115/us-east-1/ecs/aws4_request\r\nHost: plane\r\nX-Amz-Date: 20270115T080000Z\r\n";
        let body = json!({ "type": kind, "message": message });
        self.0.send(Message::text(format!("{head}\r\n{body}"))).await.expect("the plane reads");
    }

    async fn next(&mut self) -> Result<FromPlane, String> {
        loop {
            let frame = timeout(Duration::from_secs(60), self.0.next())
                .await
                .expect("not a minute of silence");
            match frame {
                Some(Ok(Message::Text(text))) => {
                    return Ok(serde_json::from_str(&text).expect("plain JSON"));
                }
                Some(Ok(Message::Close(frame))) => {
                    return Err(
                        frame.map_or_else(String::new, |frame| u16::from(frame.code).to_string())
                    );
                }
                Some(Ok(_)) => {}
                Some(Err(error)) => return Err(error.to_string()),
                None => return Err("ended".into()),
            }
        }
    }

    /// The next answer, heartbeats aside.
    async fn answer(&mut self) -> FromPlane {
        loop {
            match self.next().await.expect("an open session") {
                FromPlane::Heartbeat { healthy } => assert!(healthy),
                answer => return answer,
            }
        }
    }

    async fn health(&mut self, of: &[(u8, &str)]) -> FromPlane {
        let tasks: Vec<_> = of
            .iter()
            .map(|(number, status)| {
                json!({
                    "taskArn": task_arn(*number), "taskDefinitionFamily": "web", "taskDefinitionVersion": "1",
                    "containers": [{ "containerName": "app", "healthStatus": status, "statusSince": 1.5 }],
                })
            })
            .collect();
        self.say(
            "PublishHealthRequest",
            json!({ "metadata": { "messageId": "h", "fin": true }, "tasks": tasks }),
        )
        .await;
        self.answer().await
    }
}

/// A plane with a task of a checked container that runs.
async fn running() -> (Plane, Instance) {
    let plane = Plane::start().await;
    plane.define(json!({ "healthCheck": { "command": ["CMD", "true"] } }), None).await;
    let instance = plane.register(1).await;
    plane.run_task(1, &instance).await;
    plane.report(1, &instance, TaskStatus::Running).await;
    (plane, instance)
}

#[tokio::test(start_paused = true)]
async fn health_reaches_the_task_and_is_written_once() {
    let (mut plane, instance) = running().await;
    let mut telemetry = Telemetry::connect(&mut plane, &instance).await;
    let before = plane.task(1).await.expect("a task").version;
    for (status, expected, changes) in [
        ("HEALTHY", HealthStatus::Healthy, 1),
        ("HEALTHY", HealthStatus::Healthy, 1),
        ("UNHEALTHY", HealthStatus::Unhealthy, 2),
    ] {
        let answer = telemetry.health(&[(1, status)]).await;
        assert_eq!(answer, FromPlane::AckHealth { message: "h".into() });
        let task = plane.task(1).await.expect("a task");
        assert_eq!((task.health, task.containers[0].health), (expected, expected));
        assert_eq!(task.version, before + changes);
    }
    let revision = plane.engine.snapshot().await.expect("a snapshot").revision();
    telemetry.health(&[(1, "UNHEALTHY")]).await;
    assert_eq!(
        plane.engine.snapshot().await.expect("a snapshot").revision(),
        revision,
        "nothing new, no commit"
    );
    plane.close().await;
}

#[tokio::test(start_paused = true)]
async fn a_host_of_fargate_s_pool_tells_of_tasks_of_other_clusters() {
    let mut plane = Plane::start().await;
    plane.define(json!({ "healthCheck": { "command": ["CMD", "true"] } }), None).await;
    let host = plane.register_in(ClusterName::fargate(), 1).await;
    plane.run_task(1, &host).await;
    plane.report(1, &host, TaskStatus::Running).await;
    let mut telemetry = Telemetry::connect(&mut plane, &host).await;
    telemetry.health(&[(1, "HEALTHY")]).await;
    assert_eq!(plane.task(1).await.expect("a task").health, HealthStatus::Healthy);
    plane.close().await;
}

#[tokio::test(start_paused = true)]
async fn an_agent_tells_of_its_own_tasks_only() {
    let (mut plane, _) = running().await;
    let other = plane.register(2).await;
    let mut telemetry = Telemetry::connect(&mut plane, &other).await;
    let answer = telemetry.health(&[(1, "HEALTHY"), (9, "HEALTHY")]).await;
    assert_eq!(answer, FromPlane::AckHealth { message: "h".into() });
    assert_eq!(plane.task(1).await.expect("a task").health, HealthStatus::Unknown);
    let metrics = json!({
        "metadata": { "fin": true }, "timestamp": 1.5,
        "taskMetrics": [{ "taskArn": task_arn(1), "containerMetrics": [{ "containerName": "app" }] }],
    });
    telemetry.say("PublishMetricsRequest", metrics).await;
    telemetry.answer().await;
    assert!(plane.control.metrics().is_empty());
    plane.close().await;
}

#[tokio::test(start_paused = true)]
async fn metrics_are_kept_while_they_are_new() {
    let (mut plane, instance) = running().await;
    let mut telemetry = Telemetry::connect(&mut plane, &instance).await;
    let metrics = json!({
        "metadata": { "cluster": "default", "messageId": "m", "idle": false, "fin": true }, "timestamp": 1.5,
        "taskMetrics": [{ "taskArn": task_arn(1), "containerMetrics": [
            {
                "containerName": "app",
                "cpuStatsSet": { "min": 1.0, "max": 3.0, "sampleCount": 2, "sum": 4.0 },
                "memoryStatsSet": { "min": 10, "max": 10, "sampleCount": 2, "sum": 20, "overflowSum": 0 },
                "networkStatsSet": { "rxBytes": { "min": 0, "max": 0, "sampleCount": 1, "sum": 0 } },
            },
            { "containerName": "stranger" },
        ] }],
    });
    telemetry.say("PublishMetricsRequest", metrics).await;
    assert_eq!(telemetry.answer().await, FromPlane::AckMetrics { message: "m".into() });
    let samples = plane.control.metrics();
    assert_eq!(samples.len(), 1);
    assert_eq!((samples[0].task.clone(), samples[0].container.as_str()), (task_id(1), "app"));
    assert_eq!((samples[0].cpu_percent, samples[0].memory_mib), (Some(2.0), Some(10.0)));
    let idle =
        json!({ "metadata": { "messageId": "i", "idle": true, "fin": true }, "timestamp": 2.5 });
    for _ in 0..7 {
        tokio::time::sleep(Duration::from_secs(20)).await;
        telemetry.say("PublishMetricsRequest", idle.clone()).await;
        assert_eq!(telemetry.answer().await, FromPlane::AckMetrics { message: "i".into() });
    }
    assert!(plane.control.metrics().is_empty(), "two minutes later nobody told of it");
    plane.close().await;
}

#[tokio::test(start_paused = true)]
async fn an_instance_s_condition_is_shown_with_its_link() {
    let (mut plane, instance) = running().await;
    let mut agent = crate::agent::Agent::connect_new(&mut plane, &instance).await;
    agent.heartbeat().await;
    let mut telemetry = Telemetry::connect(&mut plane, &instance).await;
    let status = |status: &str| {
        json!({
            "metadata": { "requestId": "r" }, "timestamp": 1.5,
            "statuses": [{ "type": "ContainerRuntime", "status": status, "lastUpdated": 10.0, "lastStatusChange": 5.0 }],
        })
    };
    telemetry.say("PublishInstanceStatusRequest", status("OK")).await;
    assert_eq!(telemetry.answer().await, FromPlane::AckInstanceStatus { message: "r".into() });
    let link = plane.link(&instance).await;
    assert_eq!(link.health.as_ref().expect("health")["overallStatus"], "OK");
    telemetry.say("PublishInstanceStatusRequest", status("IMPAIRED")).await;
    telemetry.answer().await;
    let link = plane.link(&instance).await;
    assert_eq!(link.health.expect("health")["details"][0]["status"], "IMPAIRED");
    assert!(link.connected, "the control session's part of the record stays");
    plane.close().await;
}

#[tokio::test(start_paused = true)]
async fn heartbeats_keep_telemetry_open_for_an_agent_with_nothing_to_tell() {
    let (mut plane, instance) = running().await;
    let mut telemetry = Telemetry::connect(&mut plane, &instance).await;
    for _ in 0..10 {
        assert_eq!(telemetry.next().await, Ok(FromPlane::Heartbeat { healthy: true }));
    }
    // One that does not even read is gone when its lease is over.
    let begin = tokio::time::Instant::now();
    tokio::time::sleep(Duration::from_secs(80)).await;
    let mut heartbeats = 0;
    while telemetry.next().await.is_ok() {
        heartbeats += 1;
        assert!(heartbeats < 4, "it goes on and on");
    }
    assert_eq!(begin.elapsed().as_secs(), 80, "it was over by then");
    plane.close().await;
}

#[tokio::test(start_paused = true)]
async fn telemetry_of_a_deregistered_instance_is_told_to_stop() {
    let (mut plane, instance) = running().await;
    let mut telemetry = Telemetry::connect(&mut plane, &instance).await;
    telemetry.health(&[(1, "HEALTHY")]).await;
    plane.deregister(&instance).await;
    assert!(matches!(telemetry.answer().await, FromPlane::Stop { .. }));
    assert_eq!(telemetry.next().await, Err("1000".into()));
    plane.close().await;
}

#[tokio::test(start_paused = true)]
async fn frames_that_mean_nothing_are_passed_over() {
    let (mut plane, instance) = running().await;
    let mut telemetry = Telemetry::connect(&mut plane, &instance).await;
    for text in [
        "",
        "\r\n\r\n",
        "Host: plane\r\n\r\n{",
        r#"{"type":"StartTelemetrySessionRequest","message":{}}"#,
    ] {
        telemetry.0.send(Message::text(text)).await.expect("the plane reads");
    }
    let answer = telemetry.health(&[(1, "HEALTHY")]).await;
    assert_eq!(answer, FromPlane::AckHealth { message: "h".into() });
    plane.close().await;
}
