//! Tables: members of a task definition in the API's JSON, what of them reaches the agent and where.

use super::{Credentials, start, stop};
use domain::{
    definition::TaskDefinition,
    id::{AccountId, Region, Scope},
    link::acs::{PayloadTask, RoleCredentials},
    task::Task,
};
use expect_test::{Expect, expect};
use serde_json::{Value as Json, json};

fn scope() -> Scope {
    Scope {
        account: AccountId::parse("123456789012").expect("digits"),
        region: Region::parse("us-east-1").expect("a region"),
    }
}

fn merge(into: &mut Json, from: &Json) {
    let (Some(into), Some(from)) = (into.as_object_mut(), from.as_object()) else {
        panic!("both are objects")
    };
    into.extend(from.iter().map(|(name, value)| (name.clone(), value.clone())));
}

/// A definition with one container `app`; `container` and `definition` are laid over it.
fn definition(definition: &Json, container: &Json) -> TaskDefinition {
    let mut app = json!({ "name": "app", "image": "busybox", "essential": true });
    merge(&mut app, container);
    let mut base = json!({
        "family": "web", "revision": 7, "status": "ACTIVE", "networkMode": "bridge",
        "registeredAt": 0, "containerDefinitions": [app],
    });
    merge(&mut base, definition);
    serde_json::from_value(base).expect("a definition")
}

fn task(over: &Json) -> Task {
    let mut base = json!({
        "id": "0123456789abcdef0123456789abcdef", "cluster": "default", "family": "web", "revision": 7,
        "desired": "RUNNING", "last": "PENDING", "demand": {}, "version": 1, "launch_type": "EC2",
        "group": "family:web", "cpu": "256", "memory": "128", "overrides": {}, "created_at": 0,
        "containers": [{
            "uuid": "c0ffee00-0000-4000-8000-000000000000", "name": "app", "image": "busybox",
            "last": "PENDING", "cpu": "0"
        }],
    });
    merge(&mut base, over);
    serde_json::from_value(base).expect("a task")
}

fn build(over_task: &Json, over_definition: &Json, over_container: &Json) -> PayloadTask {
    let definition = definition(over_definition, over_container);
    start(&scope(), &task(over_task), &definition, Credentials::default(), Vec::new())
}

/// What of the container differs from the payload of an empty definition, one member a line; Docker's texts opened.
fn check(definition: &Json, container: &Json, expect: Expect) {
    let lines = |payload: &PayloadTask| -> Vec<String> {
        let mut json = serde_json::to_value(&payload.containers[0]).expect("JSON");
        let docker = json["dockerConfig"].take();
        let mut lines: Vec<String> = Vec::new();
        for (place, text) in [("config", &docker["config"]), ("hostConfig", &docker["hostConfig"])]
        {
            let opened: Json = serde_json::from_str(text.as_str().expect("text")).expect("JSON");
            lines.extend(members(place, &opened));
        }
        lines.extend(members("dockerConfig", &json!({ "version": docker["version"] })));
        json.as_object_mut().expect("an object").remove("dockerConfig");
        lines.extend(members("container", &json));
        lines
    };
    let plain = lines(&build(&json!({}), &json!({}), &json!({})));
    let all = lines(&build(&json!({}), definition, container));
    let added = all.iter().filter(|line| !plain.contains(line)).map(|line| format!("{line}\n"));
    let gone = plain.iter().filter(|line| {
        let name = line.split(" = ").next().expect("a name");
        !all.iter().any(|line| line.split(" = ").next() == Some(name))
    });
    let text: String = added.chain(gone.map(|line| format!("without {line}\n"))).collect();
    expect.assert_eq(&text);
}

fn members(place: &str, json: &Json) -> Vec<String> {
    let object = json.as_object().expect("an object");
    object.iter().map(|(name, value)| format!("{place}.{name} = {value}")).collect()
}

#[test]
fn a_plain_task_has_every_member_that_agents_ask_for() {
    let payload = build(&json!({}), &json!({}), &json!({}));
    expect![[r#"
        {
          "arn": "arn:aws:ecs:us-east-1:123456789012:task/default/0123456789abcdef0123456789abcdef",
          "taskClusterArn": "arn:aws:ecs:us-east-1:123456789012:cluster/default",
          "family": "web",
          "version": "7",
          "desiredStatus": "RUNNING",
          "overrides": "{}",
          "networkMode": "bridge",
          "launchType": "EC2",
          "cpu": 0.0,
          "memory": 0,
          "pidMode": "",
          "ipcMode": "",
          "group": "family:web",
          "containers": [
            {
              "name": "app",
              "image": "busybox",
              "cpu": 0,
              "memory": 0,
              "essential": true,
              "command": [],
              "entryPoint": null,
              "environment": {
                "AWS_EXECUTION_ENV": "AWS_ECS_EC2"
              },
              "portMappings": [],
              "links": [],
              "mountPoints": [],
              "volumesFrom": [],
              "dependsOn": [],
              "startTimeout": 0,
              "stopTimeout": 0,
              "containerArn": "arn:aws:ecs:us-east-1:123456789012:container/default/0123456789abcdef0123456789abcdef/c0ffee00-0000-4000-8000-000000000000",
              "overrides": "{}",
              "dockerConfig": {
                "version": "1.24",
                "config": "{}",
                "hostConfig": "{\"NetworkMode\":\"bridge\"}"
              }
            }
          ],
          "volumes": []
        }"#]]
    .assert_eq(&serde_json::to_string_pretty(&payload).expect("JSON"));
}

#[test]
fn a_stop_is_the_same_message_without_containers() {
    let payload = stop(&scope(), &task(&json!({ "desired": "STOPPED" })));
    assert_eq!(payload.desired_status.as_str(), "STOPPED");
    assert_eq!((payload.family.as_str(), payload.version.as_str()), ("web", "7"));
    assert_eq!(payload.id(), "0123456789abcdef0123456789abcdef");
    assert!(payload.containers.is_empty());
}

#[test]
fn task_cpu_is_in_vcpus_and_overrides_win() {
    let payload =
        build(&json!({}), &json!({ "cpu": "256", "memory": "512" }), &json!({ "cpu": 10 }));
    assert_eq!((payload.cpu, payload.memory, payload.containers[0].cpu), (0.25, 512, 10));
    let over = json!({ "overrides": { "cpu": "2048", "memory": "1024" } });
    let payload = build(&over, &json!({ "cpu": "256", "memory": "512" }), &json!({}));
    assert_eq!((payload.cpu, payload.memory), (2.0, 1024));
}

#[test]
fn container_overrides_are_merged_and_never_sent() {
    let over = json!({ "overrides": { "containerOverrides": [{
        "name": "app", "command": ["check"], "cpu": 5, "memory": 64, "memoryReservation": 32,
        "environment": [{ "name": "B", "value": "3" }],
    }] } });
    let container = json!({
        "command": ["serve"], "memory": 128,
        "environment": [{ "name": "A", "value": "1" }, { "name": "B", "value": "2" }],
    });
    let payload = build(&over, &json!({}), &container);
    let app = &payload.containers[0];
    assert_eq!((&app.command, app.cpu, app.memory), (&vec!["check".to_owned()], 5, 64));
    assert_eq!((payload.overrides.as_str(), app.overrides.as_str()), ("{}", "{}"));
    assert_eq!(
        app.environment.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>(),
        ["A=1", "AWS_EXECUTION_ENV=AWS_ECS_EC2", "B=3"]
    );
    assert_eq!(
        app.docker_config.host_config,
        r#"{"NetworkMode":"bridge","MemoryReservation":33554432}"#
    );
}

#[test]
fn the_process_goes_to_docker_s_config() {
    check(
        &json!({}),
        &json!({
            "user": "1000:1000", "workingDirectory": "/srv", "hostname": "web", "pseudoTerminal": true, "interactive": true,
            "dockerLabels": { "team": "a" }, "disableNetworking": true, "command": ["a", "b"], "entryPoint": ["/e"],
        }),
        expect![[r#"
            config.Hostname = "web"
            config.Labels = {"team":"a"}
            config.NetworkDisabled = true
            config.OpenStdin = true
            config.Tty = true
            config.User = "1000:1000"
            config.WorkingDir = "/srv"
            container.command = ["a","b"]
            container.entryPoint = ["/e"]
        "#]],
    );
}

#[test]
fn a_health_check_is_docker_s_and_in_nanoseconds() {
    check(
        &json!({}),
        &json!({ "healthCheck": { "command": ["CMD-SHELL", "true"], "interval": 10, "timeout": 2, "retries": 4, "startPeriod": 1 } }),
        expect![[r#"
            config.Healthcheck = {"Interval":10000000000,"Retries":4,"StartPeriod":1000000000,"Test":["CMD-SHELL","true"],"Timeout":2000000000}
            dockerConfig.version = "1.29"
            container.healthCheckType = "docker"
        "#]],
    );
}

#[test]
fn a_bare_health_check_is_a_command_with_ecs_s_defaults() {
    check(
        &json!({}),
        &json!({ "healthCheck": { "command": ["/check"] } }),
        expect![[r#"
            config.Healthcheck = {"Interval":30000000000,"Retries":3,"StartPeriod":0,"Test":["CMD","/check"],"Timeout":5000000000}
            container.healthCheckType = "docker"
        "#]],
    );
}

#[test]
fn linux_parameters_go_to_the_host_config() {
    check(
        &json!({}),
        &json!({
            "privileged": true, "readonlyRootFilesystem": true,
            "linuxParameters": {
                "capabilities": { "add": ["NET_ADMIN"], "drop": ["ALL"] },
                "devices": [
                    { "hostPath": "/dev/fuse" },
                    { "hostPath": "/dev/kvm", "containerPath": "/dev/k", "permissions": ["read", "mknod"] },
                ],
                "initProcessEnabled": true, "sharedMemorySize": 128,
                "tmpfs": [
                    { "containerPath": "/run", "size": 64, "mountOptions": ["rw", "noexec"] },
                    { "containerPath": "/tmp", "size": 8 },
                ],
            },
        }),
        expect![[r#"
            hostConfig.CapAdd = ["NET_ADMIN"]
            hostConfig.CapDrop = ["ALL"]
            hostConfig.Devices = [{"CgroupPermissions":"rwm","PathInContainer":"/dev/fuse","PathOnHost":"/dev/fuse"},{"CgroupPermissions":"rm","PathInContainer":"/dev/k","PathOnHost":"/dev/kvm"}]
            hostConfig.Init = true
            hostConfig.Privileged = true
            hostConfig.ReadonlyRootfs = true
            hostConfig.ShmSize = 134217728
            hostConfig.Tmpfs = {"/run":"rw,noexec,size=64m","/tmp":"size=8m"}
            dockerConfig.version = "1.25"
        "#]],
    );
}

#[test]
fn swap_is_counted_with_memory_and_swappiness_needs_it() {
    check(
        &json!({}),
        &json!({ "memory": 100, "linuxParameters": { "maxSwap": 28, "swappiness": 10 } }),
        expect![[r#"
            hostConfig.MemorySwap = 134217728
            hostConfig.MemorySwappiness = 10
            container.memory = 100
        "#]],
    );
    check(
        &json!({}),
        &json!({ "memory": 100, "linuxParameters": { "maxSwap": 0 } }),
        expect![[r#"
            hostConfig.MemorySwap = 104857600
            container.memory = 100
        "#]],
    );
    check(
        &json!({}),
        &json!({ "memory": 100, "linuxParameters": { "swappiness": 10 } }),
        expect![[r#"
            container.memory = 100
        "#]],
    );
    check(
        &json!({}),
        &json!({ "memoryReservation": 100, "linuxParameters": { "maxSwap": 28 } }),
        expect![[r#"
            hostConfig.MemoryReservation = 104857600
        "#]],
    );
}

#[test]
fn limits_and_names_go_to_the_host_config() {
    check(
        &json!({}),
        &json!({
            "ulimits": [{ "name": "nofile", "softLimit": 10, "hardLimit": 20 }],
            "systemControls": [{ "namespace": "net.core.somaxconn", "value": "512" }],
            "dnsServers": ["10.0.0.2"], "dnsSearchDomains": ["corp"],
            "extraHosts": [{ "hostname": "db", "ipAddress": "10.0.0.3" }],
            "dockerSecurityOptions": ["no-new-privileges"],
        }),
        expect![[r#"
            hostConfig.Dns = ["10.0.0.2"]
            hostConfig.DnsSearch = ["corp"]
            hostConfig.ExtraHosts = ["db:10.0.0.3"]
            hostConfig.SecurityOpt = ["no-new-privileges"]
            hostConfig.Sysctls = {"net.core.somaxconn":"512"}
            hostConfig.Ulimits = [{"Hard":20,"Name":"nofile","Soft":10}]
        "#]],
    );
}

#[test]
fn a_log_stream_is_named_as_ecs_names_it() {
    check(
        &json!({ "executionRoleArn": "arn:aws:iam::123456789012:role/exec" }),
        &json!({ "logConfiguration": {
            "logDriver": "awslogs",
            "options": { "awslogs-group": "/web", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "p" },
            "secretOptions": [{ "name": "token", "valueFrom": "/log/token" }],
        } }),
        expect![[r#"
            hostConfig.LogConfig = {"Config":{"awslogs-group":"/web","awslogs-region":"us-east-1","awslogs-stream":"p/app/0123456789abcdef0123456789abcdef"},"Type":"awslogs"}
            container.logsAuthStrategy = "ExecutionRole"
            container.secrets = [{"name":"token","provider":"ssm","region":"us-east-1","target":"LOG_DRIVER","type":"ENVIRONMENT_VARIABLE","valueFrom":"/log/token"}]
        "#]],
    );
    check(
        &json!({}),
        &json!({ "logConfiguration": { "logDriver": "json-file", "options": { "max-size": "1m" } } }),
        expect![[r#"
            hostConfig.LogConfig = {"Config":{"max-size":"1m"},"Type":"json-file"}
        "#]],
    );
}

const PORTS: &str = r#"{ "portMappings": [
    { "containerPort": 80, "hostPort": 80, "protocol": "tcp", "name": "http", "appProtocol": "http" },
    { "containerPortRange": "8000-8010", "protocol": "udp" }
] }"#;

#[test]
fn ports_are_mapped_in_bridge_mode_only() {
    let ports: Json = serde_json::from_str(PORTS).expect("JSON");
    check(
        &json!({ "networkMode": "bridge" }),
        &ports,
        expect![[r#"
            container.portMappings = [{"containerPort":80,"hostPort":80,"protocol":"tcp"},{"containerPortRange":"8000-8010","protocol":"udp"}]
        "#]],
    );
    check(
        &json!({ "networkMode": "host" }),
        &ports,
        expect![[r#"
            hostConfig.NetworkMode = "host"
        "#]],
    );
    check(
        &json!({ "networkMode": "none" }),
        &json!({}),
        expect![[r#"
            hostConfig.NetworkMode = "none"
        "#]],
    );
}

#[test]
fn an_awsvpc_container_has_no_network_of_its_own() {
    let mut container: Json = serde_json::from_str(PORTS).expect("JSON");
    merge(
        &mut container,
        &json!({
            "hostname": "web", "dnsServers": ["10.0.0.2"], "dnsSearchDomains": ["corp"],
            "extraHosts": [{ "hostname": "db", "ipAddress": "10.0.0.3" }],
        }),
    );
    check(
        &json!({ "networkMode": "awsvpc" }),
        &container,
        expect![[r#"
            hostConfig.NetworkMode = ""
        "#]],
    );
}

#[test]
fn order_mounts_and_timeouts_have_members_of_their_own() {
    check(
        &json!({}),
        &json!({
            "links": ["db:database"], "dependsOn": [{ "containerName": "db", "condition": "HEALTHY" }],
            "mountPoints": [{ "sourceVolume": "data", "containerPath": "/data", "readOnly": true }],
            "volumesFrom": [{ "sourceContainer": "db", "readOnly": false }],
            "startTimeout": 30, "stopTimeout": 5,
            "restartPolicy": { "enabled": true, "ignoredExitCodes": [0], "restartAttemptPeriod": 60 },
            "environmentFiles": [{ "value": "arn:aws:s3:::b/f.env", "type": "s3" }],
            "credentialSpecs": ["credentialspec:file://a"],
            "firelensConfiguration": { "type": "fluentbit" },
        }),
        expect![[r#"
            container.credentialSpecs = ["credentialspec:file://a"]
            container.dependsOn = [{"condition":"HEALTHY","containerName":"db"}]
            container.environmentFiles = [{"type":"s3","value":"arn:aws:s3:::b/f.env"}]
            container.firelensConfiguration = {"type":"fluentbit"}
            container.links = ["db:database"]
            container.mountPoints = [{"containerPath":"/data","readOnly":true,"sourceVolume":"data"}]
            container.restartPolicy = {"enabled":true,"ignoredExitCodes":[0],"restartAttemptPeriod":60}
            container.startTimeout = 30
            container.stopTimeout = 5
            container.volumesFrom = [{"readOnly":false,"sourceContainer":"db"}]
        "#]],
    );
}

#[test]
fn secrets_and_registries_say_where_to_log_in() {
    check(
        &json!({ "executionRoleArn": "arn:aws:iam::123456789012:role/exec" }),
        &json!({
            "image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:1",
            "secrets": [
                { "name": "A", "valueFrom": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:s" },
                { "name": "B", "valueFrom": "plain" },
            ],
        }),
        expect![[r#"
            container.image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:1"
            container.registryAuthentication = {"ecrAuthData":{"endpointOverride":"","region":"eu-west-1","registryId":"123456789012","useExecutionRole":true},"type":"ecr"}
            container.secrets = [{"name":"A","provider":"asm","region":"eu-west-1","target":"CONTAINER","type":"ENVIRONMENT_VARIABLE","valueFrom":"arn:aws:secretsmanager:eu-west-1:123456789012:secret:s"},{"name":"B","provider":"ssm","region":"us-east-1","target":"CONTAINER","type":"ENVIRONMENT_VARIABLE","valueFrom":"plain"}]
        "#]],
    );
    check(
        &json!({}),
        &json!({ "repositoryCredentials": { "credentialsParameter": "arn:aws:secretsmanager:us-west-2:1:secret:r" } }),
        expect![[r#"
            container.registryAuthentication = {"asmAuthData":{"credentialsParameter":"arn:aws:secretsmanager:us-west-2:1:secret:r","region":"us-west-2"},"type":"asm"}
        "#]],
    );
}

#[test]
fn volumes_have_a_kind_and_host_volumes_always_a_host() {
    let volumes = json!({ "volumes": [
        { "name": "scratch" },
        { "name": "etc", "host": { "sourcePath": "/etc" } },
        { "name": "named", "dockerVolumeConfiguration": { "scope": "shared", "autoprovision": true, "driver": "local" } },
        { "name": "files", "efsVolumeConfiguration": { "fileSystemId": "fs-1" } },
    ] });
    let payload = build(&json!({}), &volumes, &json!({}));
    let lines = payload.volumes.iter().map(|it| serde_json::to_string(it).expect("JSON") + "\n");
    expect![[r#"
        {"name":"scratch","type":"host","host":{}}
        {"name":"etc","type":"host","host":{"sourcePath":"/etc"}}
        {"name":"named","type":"docker","dockerVolumeConfiguration":{"scope":"shared","autoprovision":true,"driver":"local"}}
        {"name":"files","type":"efs","efsVolumeConfiguration":{"fileSystemId":"fs-1"}}
    "#]]
    .assert_eq(&lines.collect::<String>());
}

#[test]
fn what_belongs_to_the_task_is_beside_its_containers() {
    let over = json!({
        "group": "service:api", "launch_type": "EXTERNAL", "enable_execute_command": true,
        "containers": [{
            "uuid": "u", "name": "app", "image": "i", "last": "PENDING", "cpu": "0", "gpu_ids": ["GPU-1"]
        }],
    });
    let definition_over =
        json!({ "pidMode": "task", "ipcMode": "none", "enableFaultInjection": true });
    let role = RoleCredentials { credentials_id: "id".into(), ..RoleCredentials::default() };
    let credentials = Credentials { application: Some(role), execution: None };
    let payload = start(
        &scope(),
        &task(&over),
        &definition(&definition_over, &json!({})),
        credentials,
        Vec::new(),
    );
    let app = &payload.containers[0];
    assert_eq!((payload.service_name.as_str(), payload.launch_type.as_str()), ("api", "EXTERNAL"));
    assert_eq!((payload.pid_mode.as_str(), payload.ipc_mode.as_str()), ("task", "none"));
    assert!(payload.enable_fault_injection);
    assert_eq!(payload.role_credentials.map(|it| it.credentials_id), Some("id".to_owned()));
    assert_eq!(payload.associations[0]["name"], "GPU-1");
    assert_eq!(payload.associations[0]["containers"][0], "app");
    assert_eq!(app.managed_agents[0]["name"], "ExecuteCommandAgent");
}

#[test]
fn a_service_s_task_runs_the_image_that_its_revision_was_resolved_to() {
    let image = |group: &str, image: &str| {
        let container = json!({
            "uuid": "c0ffee00-0000-4000-8000-000000000000", "name": "app", "image": image, "image_digest": "sha256:1",
            "last": "PENDING", "cpu": "0",
        });
        let started_by = "ecs-svc/1234567890123456789";
        let task = json!({ "group": group, "started_by": started_by, "containers": [container] });
        build(&task, &json!({}), &json!({ "image": image })).containers[0].image.clone()
    };
    assert_eq!(image("service:web", "busybox:1.36"), "busybox:1.36@sha256:1");
    assert_eq!(image("service:web", "busybox@sha256:2"), "busybox@sha256:2");
    assert_eq!(image("family:web", "busybox:1.36"), "busybox:1.36");
}
