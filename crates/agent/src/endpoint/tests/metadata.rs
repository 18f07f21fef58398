//! What tasks see of themselves, in all versions of the metadata.

use super::{
    Caller, ClockDrift, ContainerKey, Json, NOW, OnFargate, PayloadTask, Sample, Samples, TaskView,
    Timestamp, Traffic, View, body, endpoint_id, facts, get, get_of, host, id, ids, payload,
    portrait, pretty, request, task_caller, tasks, text,
};
use crate::endpoint::introspection;
use expect_test::expect;
use serde_json::json;
use std::{collections::BTreeMap, sync::Arc};

#[test]
fn a_container_of_version_4() {
    let reply = get(&task_caller("a"), &format!("/v4/{}", endpoint_id("a")));
    expect![[r#"
        200 {
          "ContainerARN": "arn:aws:ecs:us-east-1:000000000000:container/default/x/web",
          "CreatedAt": "2027-01-15T07:59:59.500Z",
          "DesiredStatus": "RUNNING",
          "DockerId": "0eb0000000000000000000000000000000000000000000000000000000000000",
          "DockerName": "ecs-shop-3-web-500de3cc3142b6014096",
          "Health": {
            "output": "fine",
            "status": "HEALTHY",
            "statusSince": "2027-01-15T08:01:00Z"
          },
          "Image": "nginx:1",
          "ImageID": "sha256:1234",
          "KnownStatus": "RUNNING",
          "Labels": {
            "com.amazonaws.ecs.cluster": "default",
            "com.amazonaws.ecs.container-name": "web",
            "com.amazonaws.ecs.task-arn": "arn:aws:ecs:us-east-1:000000000000:task/default/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "com.amazonaws.ecs.task-definition-family": "shop",
            "com.amazonaws.ecs.task-definition-version": "3",
            "tier": "front"
          },
          "Limits": {
            "CPU": 128,
            "Memory": 64
          },
          "LogDriver": "json-file",
          "LogOptions": {
            "max-size": "1m"
          },
          "Name": "web",
          "Networks": [
            {
              "IPv4Addresses": [
                "172.29.0.2"
              ],
              "NetworkMode": "bridge"
            }
          ],
          "Ports": [
            {
              "ContainerPort": 80,
              "HostIp": "0.0.0.0",
              "HostPort": 32768,
              "Protocol": "tcp"
            }
          ],
          "RestartCount": 1,
          "StartedAt": "2027-01-15T08:00:00Z",
          "Type": "NORMAL"
        }"#]].assert_eq(&pretty(&reply));
}

#[test]
fn a_task_of_version_4_lists_what_is_created() {
    let reply = get(&task_caller("a"), &format!("/v4/{}/task", endpoint_id("a")));
    let mut json = body(&reply);
    assert_eq!(json["Containers"].as_array().map(Vec::len), Some(1));
    json["Containers"] = "…".into();
    expect![[r#"
        {
          "AvailabilityZone": "us-east-1a",
          "Cluster": "default",
          "Containers": "…",
          "DesiredStatus": "RUNNING",
          "Family": "shop",
          "FaultInjectionEnabled": false,
          "Group": "service:shop",
          "KnownStatus": "PULLED",
          "LaunchType": "EC2",
          "Limits": {
            "CPU": 0.5,
            "Memory": 256
          },
          "PullStartedAt": "2027-01-15T07:59:58Z",
          "PullStoppedAt": "2027-01-15T07:59:59Z",
          "Revision": "3",
          "ServiceName": "shop",
          "TaskARN": "arn:aws:ecs:us-east-1:000000000000:task/default/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
        }"#]].assert_eq(&format!("{json:#}"));
}

#[test]
fn older_versions_have_fewer_members() {
    let task = body(&get(&task_caller("a"), &format!("/v3/{}/task", endpoint_id("a"))));
    for newer in ["LaunchType", "ServiceName", "FaultInjectionEnabled", "Group"] {
        assert!(task.get(newer).is_none(), "{newer}");
    }
    let container = &task["Containers"][0];
    for newer in ["LogDriver", "LogOptions", "ContainerARN", "RestartCount"] {
        assert!(container.get(newer).is_none(), "{newer}");
    }
    assert!(container["Ports"][0].get("HostIp").is_none());
    assert_eq!(container["Networks"][0]["IPv4Addresses"][0], "172.29.0.2");
}

#[test]
fn version_2_is_for_tasks_with_an_interface_of_their_own() {
    let task = body(&get(&task_caller("b"), "/v2/metadata"));
    assert_eq!(task["TaskARN"], super::arn("b"));
    assert_eq!(task["Containers"][0]["Networks"][0]["IPv4Addresses"][0], "10.0.1.11");
    let docker_id = task["Containers"][0]["DockerId"].as_str().expect("an id").to_owned();
    let one = body(&get(&task_caller("b"), &format!("/v2/metadata/{docker_id}")));
    assert_eq!(one["Name"], "web");
    assert_eq!(get(&task_caller("b"), "/v2/metadata/nobody").status, 400);
    for caller in [task_caller("a"), Caller::Host] {
        let reply = text(&get(&caller, "/v2/metadata"));
        assert!(reply.starts_with("400 \"unable to get the task"), "{reply}");
    }
}

#[test]
fn a_task_with_an_interface_of_its_own_shows_it() {
    let task = body(&get(&task_caller("b"), &format!("/v4/{}/task", endpoint_id("b"))));
    assert_eq!(task["VPCID"], "vpc-b");
    expect![[r#"
        [
          {
            "AttachmentIndex": 0,
            "DomainNameServers": [
              "10.0.0.2"
            ],
            "IPv4Addresses": [
              "10.0.1.11"
            ],
            "IPv4SubnetCIDRBlock": "10.0.1.0/24",
            "MACAddress": "0a:00:00:00:00:0b",
            "NetworkMode": "awsvpc",
            "PrivateDNSName": "ip-10-0-1-11.ec2.internal",
            "SubnetGatewayIpv4Address": "10.0.1.1/24"
          }
        ]"#]]
    .assert_eq(&format!("{:#}", task["Containers"][0]["Networks"]));
}

#[test]
fn a_task_of_fargate_tells_how_full_its_storage_is() {
    let mut portrait = portrait("a");
    let payload = PayloadTask {
        launch_type: "FARGATE".into(),
        ephemeral_storage_gib: Some(20),
        elastic_network_interfaces: vec![domain::link::network::TaskInterface {
            availability_zone: "us-east-1f".into(),
            ..domain::link::network::TaskInterface::default()
        }],
        ..payload("a")
    };
    portrait.payload = Arc::new(payload);
    let mut task = TaskView::new(portrait, facts("awsvpc"), &ids());
    let clock = ClockDrift { at: NOW, error_ms_max: 0.5, is_synchronized: true };
    task.on_fargate = OnFargate { storage_used_mib: Some(261), clock: Some(clock) };
    let path = |version| format!("/{version}/{}/task", endpoint_id("a"));
    let shown = body(&get_of(vec![task.clone()], &task_caller("a"), &path("v4")));
    assert_eq!(shown["LaunchType"], "FARGATE");
    assert_eq!(shown["AvailabilityZone"], "us-east-1f", "its subnet's, whatever its host's");
    assert_eq!(shown["Cluster"], "arn:aws:ecs:us-east-1:000000000000:cluster/default");
    assert_eq!(shown["EphemeralStorageMetrics"], json!({ "Utilized": 261, "Reserved": 20480 }));
    assert_eq!(
        shown["ClockDrift"],
        json!({
            "ClockErrorBound": 0.5, "ReferenceTimestamp": "2027-01-15T08:01:00Z",
            "ClockSynchronizationStatus": "SYNCHRONIZED",
        })
    );
    let shown = body(&get_of(vec![task], &task_caller("a"), &path("v3")));
    assert_eq!(shown["EphemeralStorageMetrics"], Json::Null);
}

#[test]
fn ids_of_other_tasks_are_unknown() {
    for path in ["", "/task", "/stats", "/task/stats", "/taskWithTags", "/associations/gpu"] {
        for version in ["v3", "v4"] {
            let of = |letter: &str| format!("/{version}/{}{path}", endpoint_id(letter));
            assert_eq!(get(&task_caller("a"), &of("a")).status, 200, "{version}{path}");
            assert_eq!(get(&task_caller("a"), &of("b")).status, 404, "{version}{path}");
            assert_eq!(get(&task_caller("b"), &of("a")).status, 404, "{version}{path}");
            // The host's own processes know no address that would tell who they are: the id does.
            assert_eq!(get(&Caller::Host, &of("c")).status, 200, "{version}{path}");
            assert_eq!(get(&Caller::Host, &of("a")).status, 404, "{version}{path}");
            // And a task with an address does not become another by the other's id.
            assert_eq!(get(&task_caller("a"), &of("c")).status, 404, "{version}{path}");
        }
    }
}

#[test]
fn what_is_not_served_is_said() {
    let of = |path: &str| text(&get(&task_caller("a"), path));
    assert_eq!(of("/v9/x"), "404 \"404 page not found\"");
    assert_eq!(of("/"), "404 \"404 page not found\"");
    let fault = of(&format!("/api/{}/fault/v1/network-latency/start", endpoint_id("a")));
    assert!(fault.starts_with("501 "), "{fault}");
    let post = crate::endpoint::route::Route::of(&request("POST", "/v2/metadata"));
    assert_eq!(post.map_err(|reply| reply.status), Err(405));
}

#[test]
fn devices_are_listed_by_kind_and_told_by_name() {
    let of = |path: &str| {
        text(&get(&task_caller("a"), &format!("/v4/{}/associations/{path}", endpoint_id("a"))))
    };
    assert_eq!(of("gpu"), r#"200 {"Associations":["gpu-0"]}"#);
    assert_eq!(of("gpu/gpu-0"), "200 0");
    assert_eq!(of("elastic-inference"), r#"200 {"Associations":[]}"#);
    assert!(of("gpu/gpu-9").starts_with("404 "));
}

fn sample(at: i64, cpu_ns: u64, received: u64) -> Sample {
    let traffic = Traffic { received: [received, 1, 0, 0], sent: [10 * received, 2, 0, 0] };
    Sample {
        at: Timestamp(at),
        cpu_ns: [cpu_ns, 1, 2],
        host_ns: 1_000_000_000_000,
        cores: 2,
        memory_bytes: 4096,
        memory_limit_bytes: 1 << 20,
        traffic: BTreeMap::from([("eth0".to_owned(), traffic)]),
        storage: vec![((8, 0), [512, 1024])],
        pids: 3,
        ..Sample::default()
    }
}

fn key() -> ContainerKey {
    ContainerKey { task: id("a"), name: "web".into() }
}

#[test]
fn statistics_have_dockers_form_and_rates() {
    let mut all = tasks();
    let fresh = sample(NOW.0, 500, 6000);
    let shown = Samples::default().take(key(), fresh, Some(Timestamp(NOW.0 - 60_000)));
    all[0].put_stats(&BTreeMap::from([("web".to_owned(), shown)]));
    let path = format!("/v4/{}/stats", endpoint_id("a"));
    let reply = get_of(all.clone(), &task_caller("a"), &path);
    expect![[r#"
        200 {
          "blkio_stats": {
            "io_service_bytes_recursive": [
              {
                "major": 8,
                "minor": 0,
                "op": "Read",
                "value": 512
              },
              {
                "major": 8,
                "minor": 0,
                "op": "Write",
                "value": 1024
              },
              {
                "major": 8,
                "minor": 0,
                "op": "Total",
                "value": 1536
              }
            ]
          },
          "cpu_stats": {
            "cpu_usage": {
              "total_usage": 500,
              "usage_in_kernelmode": 1,
              "usage_in_usermode": 2
            },
            "online_cpus": 2,
            "system_cpu_usage": 1000000000000,
            "throttling_data": {
              "periods": 0,
              "throttled_periods": 0,
              "throttled_time": 0
            }
          },
          "id": "0eb0000000000000000000000000000000000000000000000000000000000000",
          "memory_stats": {
            "limit": 1048576,
            "stats": {},
            "usage": 4096
          },
          "name": "/ecs-shop-3-web-500de3cc3142b6014096",
          "network_rate_stats": {
            "rx_bytes_per_sec": 100.0,
            "tx_bytes_per_sec": 1000.0
          },
          "networks": {
            "eth0": {
              "rx_bytes": 6000,
              "rx_dropped": 0,
              "rx_errors": 0,
              "rx_packets": 1,
              "tx_bytes": 60000,
              "tx_dropped": 0,
              "tx_errors": 0,
              "tx_packets": 2
            }
          },
          "num_procs": 0,
          "pids_stats": {
            "current": 3
          },
          "precpu_stats": {
            "cpu_usage": {
              "total_usage": 0,
              "usage_in_kernelmode": 0,
              "usage_in_usermode": 0
            },
            "online_cpus": 2,
            "system_cpu_usage": 880000000000,
            "throttling_data": {
              "periods": 0,
              "throttled_periods": 0,
              "throttled_time": 0
            }
          },
          "preread": "2027-01-15T08:00:00Z",
          "read": "2027-01-15T08:01:00Z",
          "storage_stats": {}
        }"#]]
    .assert_eq(&pretty(&reply));
    let of_task = body(&get_of(all, &task_caller("a"), &path.replace("/stats", "/task/stats")));
    let (docker_id, _) = of_task.as_object().and_then(|it| it.iter().next()).expect("one");
    assert_eq!(of_task[docker_id], body(&reply));
}

#[test]
fn what_does_not_run_has_no_statistics() {
    let reply = get(&task_caller("a"), &format!("/v4/{}/stats", endpoint_id("a")));
    assert_eq!(text(&reply), "200 null");
}

#[test]
fn a_sample_is_shown_beside_one_that_is_a_second_older() {
    let mut samples = Samples::default();
    let mut before = |at, cpu| samples.take(key(), sample(at, cpu, 0), Some(Timestamp(0))).0.at.0;
    assert_eq!(before(5_000, 10), 0, "the first beside the container's start");
    assert_eq!(before(5_500, 11), 0, "not beside one of just now");
    assert_eq!(before(6_000, 12), 5_000);
    assert_eq!(before(9_000, 13), 6_000);
    assert_eq!(before(10_500, 1), 0, "a process that began anew counts from nothing");
}

#[test]
fn introspection_lists_tasks_and_finds_one() {
    let of = |path: &str| introspection::respond(&host(), &tasks(), &request("GET", path));
    expect![[r#"200 {"AvailableCommands":["/v1/metadata","/v1/tasks","/license"]}"#]]
        .assert_eq(&text(&of("/")));
    expect![[r#"200 {"Cluster":"default","ContainerInstanceArn":"arn:aws:ecs:us-east-1:000000000000:container-instance/default/i","Version":"Longshore agent - v0"}"#]].assert_eq(&text(&of("/v1/metadata")));
    let all = body(&of("/v1/tasks"));
    assert_eq!(all["Tasks"].as_array().map(Vec::len), Some(3));
    let one = body(&of(&format!("/v1/tasks?taskarn={}", super::arn("b"))));
    assert_eq!(one, all["Tasks"][1]);
    expect![[r#"
        {
          "Arn": "arn:aws:ecs:us-east-1:000000000000:task/default/bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
          "Containers": [
            {
              "CreatedAt": "2027-01-15T07:59:59.500Z",
              "DockerId": "0eb0000000000000000000000000000000000000000000000000000000000000",
              "DockerName": "ecs-shop-3-web-c922de247fe94f1cc2f3",
              "Image": "nginx:1",
              "ImageID": "sha256:1234",
              "Name": "web",
              "Networks": [
                {
                  "IPv4Addresses": [
                    "10.0.1.11"
                  ],
                  "NetworkMode": "awsvpc"
                }
              ],
              "RestartCount": 1,
              "StartedAt": "2027-01-15T08:00:00Z"
            }
          ],
          "DesiredStatus": "RUNNING",
          "Family": "shop",
          "KnownStatus": "PULLED",
          "Version": "3"
        }"#]]
    .assert_eq(&format!("{one:#}"));
    let docker_id = one["Containers"][0]["DockerId"].as_str().expect("an id");
    assert_eq!(
        body(&of(&format!("/v1/tasks?dockerid={}", &docker_id[..12])))["Arn"],
        super::arn("a")
    );
    assert_eq!(of("/v1/tasks?dockerid=e").status, 404, "an id that is too short is no id");
    assert_eq!(of("/v1/tasks?taskarn=x").status, 404);
    assert_eq!(of("/v1/tasks?taskarn=x&dockerid=y").status, 400);
    assert!(text(&of("/license")).contains("Apache License"));
}

#[test]
fn introspection_gives_nothing_away() {
    let all = introspection::respond(&host(), &tasks(), &request("GET", "/v1/tasks"));
    let all = text(&all);
    for secret in ["secret", "app-a", &endpoint_id("a"), &endpoint_id("c")] {
        assert!(!all.contains(secret), "{secret}");
    }
}

#[test]
fn tags_are_shown_where_they_were_asked_for() {
    let mut view = View::of(&task_caller("a"), host(), tasks());
    let tag = |key: &str| domain::tag::Tag { key: key.into(), value: "v".into() };
    view.tasks[0].tags = Some(crate::endpoint::view::Tags {
        task: vec![tag("team")],
        instance: vec![],
        errors: vec![serde_json::json!({ "ErrorField": "ContainerInstanceTags" })],
    });
    let path = format!("/v4/{}/taskWithTags", endpoint_id("a"));
    let route = crate::endpoint::route::Route::of(&request("GET", &path)).expect("a route");
    let json = body(&crate::endpoint::respond::respond(&view, &route));
    assert_eq!(json["TaskTags"], serde_json::json!({ "team": "v" }));
    assert_eq!(json["Errors"][0]["ErrorField"], "ContainerInstanceTags");
    assert!(json.get("ContainerInstanceTags").is_none());
}
