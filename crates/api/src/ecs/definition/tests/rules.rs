//! Each rule of spec/tasks.md §2: what keeps it and what breaks it.

use super::{refused, registered, verdict};
use expect_test::{Expect, expect};
use serde_json::{Value as Json, json};

fn check(change: Json, why: Expect) {
    why.assert_eq(&refused(change));
}

#[test]
fn wording_that_was_seen_in_the_wild() {
    check(json!({"family": ""}), expect!["ClientException: Family should not be null or empty."]);
    check(json!({"family": null}), expect!["ClientException: Family should not be null or empty."]);
    check(
        json!({"container": {"name": ""}}),
        expect!["ClientException: Container.name should not be null or empty."],
    );
    check(
        json!({"container": {"image": null}}),
        expect!["ClientException: Container.image should not be null or empty."],
    );
    check(
        json!({"container": {"memory": null}}),
        expect![
            "ClientException: Invalid setting for container 'app'. At least one of 'memory' or 'memoryReservation' must be specified."
        ],
    );
    check(
        json!({"memory": "512", "container": {"memory": 513}}),
        expect![
            "ClientException: Invalid 'memory' setting for container 'app'. The 'memory' setting for container is greater than for the task."
        ],
    );
    for cpu in ["127", "196609", "many", ".3 vCPU"] {
        check(
            json!({"cpu": cpu}),
            expect![
                "ClientException: Invalid 'cpu' setting for task. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide."
            ],
        );
    }
    let awsvpc = json!({"networkMode": "awsvpc", "container": {"portMappings": [{"containerPort": 80, "hostPort": 8080}]}});
    check(
        awsvpc,
        expect![
            "ClientException: When networkMode=awsvpc, the host ports and container ports in port mappings must match."
        ],
    );
    check(
        json!({"container": {"secrets": [{"name": "A", "valueFrom": "a"}]}}),
        expect![
            "ClientException: When you are specifying container secrets, you must also specify a value for 'executionRoleArn'."
        ],
    );
}

fn fargate(change: Json) -> Json {
    let mut request = json!({"requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "cpu": "256", "memory": "512"});
    super::put_all(&mut request, &change);
    request
}

#[test]
fn fargate_says_what_it_wants() {
    let words = |change| refused(fargate(change));
    assert_eq!(
        words(json!({"cpu": null})),
        "ClientException: Fargate requires that 'cpu' be defined at the task level."
    );
    assert_eq!(
        words(json!({"memory": null})),
        "ClientException: Fargate requires that 'memory' be defined at the task level."
    );
    assert!(
        words(json!({"memory": "4096"}))
            .contains("No Fargate configuration exists for given values")
    );
    assert!(words(json!({"networkMode": "host"})).contains("network mode ‘awsvpc’"));
    let ecr = "123456789012.dkr.ecr.us-east-1.amazonaws.com/web:1";
    assert_eq!(
        words(json!({"container": {"image": ecr}})),
        "ClientException: Fargate requires task definition to have execution role ARN to support ECR images."
    );
    let log =
        json!({"logDriver": "awslogs", "options": {"awslogs-group": "g", "awslogs-region": "r"}});
    assert_eq!(
        words(json!({"container": {"logConfiguration": log}})),
        "ClientException: Fargate requires task definition to have execution role ARN to support log driver awslogs."
    );
}

#[test]
fn what_fargate_forbids_is_refused_there_and_taken_elsewhere() {
    let parts = [
        json!({"container": {"privileged": true}}),
        json!({"container": {"linuxParameters": {"devices": [{"hostPath": "/dev/fuse"}]}}}),
        json!({"container": {"linuxParameters": {"sharedMemorySize": 64}}}),
        json!({"container": {"linuxParameters": {"maxSwap": 64}}}),
        json!({"container": {"linuxParameters": {"swappiness": 60}}}),
        json!({"container": {"linuxParameters": {"capabilities": {"add": ["NET_ADMIN"]}}}}),
        json!({"container": {"dockerSecurityOptions": ["no-new-privileges"]}}),
        json!({"container": {"disableNetworking": true}}),
        json!({"container": {"dnsServers": ["10.0.0.2"]}}),
        json!({"container": {"dnsSearchDomains": ["example.com"]}}),
        json!({"container": {"resourceRequirements": [{"type": "GPU", "value": "1"}]}}),
        json!({"container": {"logConfiguration": {"logDriver": "json-file"}}}),
        json!({"container": {"stopTimeout": 121}}),
        json!({"container": {"startTimeout": 1}}),
        json!({"pidMode": "host"}),
        json!({"ipcMode": "task"}),
        json!({"placementConstraints": [{"type": "memberOf", "expression": "attribute:a exists"}]}),
        json!({"volumes": [{"name": "v", "host": {"sourcePath": "/data"}}]}),
        json!({"volumes": [{"name": "v", "dockerVolumeConfiguration": {"scope": "task"}}]}),
    ];
    for part in parts {
        assert!(refused(fargate(part.clone())).contains("Fargate does not support"), "{part}");
        let mut elsewhere = fargate(part.clone());
        elsewhere["requiresCompatibilities"] = json!(["EC2"]);
        let compatibilities = registered(elsewhere)["compatibilities"].to_string();
        assert!(
            compatibilities.contains("EC2") && !compatibilities.contains("FARGATE"),
            "{part}: {compatibilities}"
        );
    }
    let ptrace =
        json!({"container": {"linuxParameters": {"capabilities": {"add": ["SYS_PTRACE"]}}}});
    assert_eq!(verdict(fargate(ptrace)), None);
    assert_eq!(
        verdict(fargate(json!({"pidMode": "task", "container": {"stopTimeout": 120}}))),
        None
    );
}

#[test]
fn a_definition_is_compatible_with_what_it_can_run_on() {
    let compatibilities = |change: Json| registered(change)["compatibilities"].to_string();
    assert_eq!(compatibilities(json!({})), r#"["EC2","EXTERNAL"]"#);
    assert_eq!(compatibilities(fargate(json!({}))), r#"["EC2","FARGATE","MANAGED_INSTANCES"]"#);
    assert_eq!(
        compatibilities(json!({"networkMode": "host"})),
        r#"["EC2","EXTERNAL","MANAGED_INSTANCES"]"#
    );
    let external = json!({"requiresCompatibilities": ["EXTERNAL"], "networkMode": "awsvpc"});
    assert!(refused(external).starts_with("ClientException: External instances do not support"));
}

/// Taken without `broken`, refused with it, and the refusal names `names`.
fn breaks(names: &str, broken: Json) {
    let why = refused(broken.clone());
    assert!(why.starts_with("ClientException: ") && why.contains(names), "{broken}\n{why}");
}

fn two(first: Json, second: Json) -> Json {
    let mut containers = [
        json!({"name": "a", "image": "nginx", "memory": 64}),
        json!({"name": "b", "image": "nginx", "memory": 64}),
    ];
    super::put_all(&mut containers[0], &first);
    super::put_all(&mut containers[1], &second);
    json!({"containerDefinitions": containers})
}

#[test]
fn names_and_images_have_their_letters() {
    breaks("Family contains invalid characters.", json!({"family": "a/b"}));
    breaks("255", json!({"family": "a".repeat(256)}));
    breaks("Container.name contains invalid characters.", json!({"container": {"name": "a b"}}));
    let digest = format!("nginx@sha256:{}", "0a".repeat(32));
    for image in ["nginx", "registry:5000/a/b_c.d:1.2-3", "a#b", digest.as_str()] {
        assert_eq!(verdict(json!({"container": {"image": image}})), None, "{image}");
    }
    let long = "a".repeat(256);
    for image in ["ngi nx", "nginx@sha256:12", "nginx@md5:00", "@sha256:00", long.as_str(), "ä"] {
        breaks(
            "Container.image contains invalid characters.",
            json!({"container": {"image": image}}),
        );
    }
}

#[test]
fn there_are_one_to_ten_containers_one_of_them_essential() {
    breaks("Container list cannot be empty.", json!({"containerDefinitions": []}));
    let many = |count: usize| -> Json {
        let container = |at| json!({"name": format!("c{at}"), "image": "nginx", "memory": 64});
        json!({"containerDefinitions": (0..count).map(container).collect::<Json>()})
    };
    assert_eq!(verdict(many(10)), None);
    breaks("at most 10 containers", many(11));
    breaks("essential", json!({"container": {"essential": false}}));
    breaks("Duplicate container name 'a'", two(json!({}), json!({"name": "a"})));
}

#[test]
fn sizes_fit_into_each_other() {
    breaks("'memoryReservation'", json!({"container": {"memory": 64, "memoryReservation": 128}}));
    breaks("'memory'", json!({"container": {"memory": 5}}));
    assert_eq!(verdict(json!({"container": {"memory": null, "memoryReservation": 6}})), None);
    let both = |memory: &str| {
        let mut request =
            two(json!({"memory": 300}), json!({"memory": 400, "memoryReservation": 200}));
        request["memory"] = json!(memory);
        request
    };
    assert_eq!(verdict(both("500")), None);
    breaks("'memory' setting for task", both("499"));
    let cpus = |cpu: &str| {
        let mut request = two(json!({"cpu": 100}), json!({"cpu": 28}));
        request["cpu"] = json!(cpu);
        request
    };
    assert_eq!(verdict(cpus("128")), None);
    let mut request = cpus("128");
    request["containerDefinitions"][1]["cpu"] = json!(29);
    breaks("'cpu' setting for task", request);
    breaks("'cpu'", json!({"container": {"cpu": -1}}));
    breaks("'memory'", json!({"memory": "much"}));
    for gib in [20, 201] {
        breaks("'ephemeralStorage'", json!({"ephemeralStorage": {"sizeInGiB": gib}}));
    }
    assert_eq!(verdict(json!({"ephemeralStorage": {"sizeInGiB": 200}})), None);
}

#[test]
fn ports_are_mapped_once_and_as_the_network_mode_allows() {
    let ports = |mode: &str, mappings: Json| json!({"networkMode": mode, "container": {"portMappings": mappings}});
    let bridge = |mappings| ports("bridge", mappings);
    for mappings in [
        json!([{"containerPort": 80}, {"containerPort": 443, "hostPort": 0}]),
        json!([{"containerPort": 80, "hostPort": 8080}, {"containerPort": 80, "hostPort": 8081}]),
        json!([{"containerPortRange": "100-200"}, {"containerPort": 201, "protocol": "udp"}]),
        json!([{"containerPort": 80, "name": "a-1_b"}]),
    ] {
        assert_eq!(verdict(bridge(mappings.clone())), None, "{mappings}");
    }
    breaks("networkMode=none", ports("none", json!([{"containerPort": 80}])));
    breaks("must match", ports("host", json!([{"containerPort": 80, "hostPort": 81}])));
    breaks("'containerPort'", bridge(json!([{"hostPort": 80}])));
    for mapping in [
        json!({"containerPort": 0}),
        json!({"containerPort": 65_536}),
        json!({"containerPort": 1, "hostPort": 65_536}),
    ] {
        breaks("Invalid port", bridge(json!([mapping])));
    }
    breaks(
        "8080/tcp",
        bridge(
            json!([{"containerPort": 80, "hostPort": 8080}, {"containerPort": 81, "hostPort": 8080}]),
        ),
    );
    breaks(
        "more than one protocol",
        bridge(json!([{"containerPort": 53}, {"containerPort": 53, "protocol": "udp"}])),
    );
    for name in ["", "-a", "A", "a b", &"a".repeat(65)] {
        breaks("port mapping name", bridge(json!([{"containerPort": 80, "name": name}])));
    }
    breaks(
        "'web'",
        bridge(json!([{"containerPort": 80, "name": "web"}, {"containerPort": 81, "name": "web"}])),
    );
    for range in ["200-100", "100-100", "0-5", "1-65536", "1", "a-b", "+1-2", ""] {
        breaks("'containerPortRange'", bridge(json!([{"containerPortRange": range}])));
    }
    breaks("'containerPortRange'", bridge(json!([{"containerPortRange": "1-2", "hostPort": 3}])));
    breaks("'containerPortRange'", ports("host", json!([{"containerPortRange": "1-2"}])));
    breaks(
        "overlap",
        bridge(json!([{"containerPortRange": "1-10"}, {"containerPortRange": "10-20"}])),
    );
    breaks("overlap", bridge(json!([{"containerPortRange": "1-10"}, {"containerPort": 5}])));
}

#[test]
fn links_host_names_and_extra_hosts_need_a_network_mode_that_has_them() {
    let linked = |mode: &str| {
        let mut request = two(json!({"links": ["b:db"]}), json!({}));
        request["networkMode"] = json!(mode);
        request
    };
    assert_eq!(verdict(linked("bridge")), None);
    for mode in ["awsvpc", "host", "none"] {
        breaks("'links'", linked(mode));
    }
    let hosts = json!([{"hostname": "db", "ipAddress": "10.0.0.1"}]);
    breaks("'hostname'", json!({"networkMode": "awsvpc", "container": {"hostname": "a"}}));
    breaks("'extraHosts'", json!({"networkMode": "awsvpc", "container": {"extraHosts": hosts}}));
    assert_eq!(verdict(json!({"container": {"hostname": "a", "extraHosts": hosts}})), None);
    breaks(
        "IP address",
        json!({"container": {"extraHosts": [{"hostname": "db", "ipAddress": "here"}]}}),
    );
}

#[test]
fn containers_wait_for_others_that_can_get_there() {
    let depends = |name: &str, condition: &str| json!({"dependsOn": [{"containerName": name, "condition": condition}]});
    let helper = json!({"essential": false});
    assert_eq!(verdict(two(depends("b", "START"), json!({}))), None);
    assert_eq!(verdict(two(depends("b", "SUCCESS"), helper.clone())), None);
    let healthy = json!({"healthCheck": {"command": ["CMD-SHELL", "true"]}});
    assert_eq!(verdict(two(depends("b", "HEALTHY"), healthy)), None);
    breaks("Unknown container 'c'", two(depends("c", "START"), json!({})));
    breaks("names itself", two(depends("a", "START"), json!({})));
    breaks("essential", two(depends("b", "COMPLETE"), json!({})));
    breaks("essential", two(depends("b", "SUCCESS"), json!({})));
    breaks("health check", two(depends("b", "HEALTHY"), helper));
    breaks("depends on itself", two(depends("b", "START"), depends("a", "START")));
    breaks(
        "depends on itself",
        two(depends("b", "START"), json!({"volumesFrom": [{"sourceContainer": "a"}]})),
    );
    breaks(
        "Unknown container 'c'",
        two(json!({"volumesFrom": [{"sourceContainer": "c"}]}), json!({})),
    );
    breaks("Unknown container 'c'", two(json!({"links": ["c"]}), json!({})));
}

#[test]
fn volumes_are_named_once_and_mounted_where_they_are() {
    let volumes = |volumes: Json| json!({"volumes": volumes});
    let mount = |path: &str| json!({"sourceVolume": "v", "containerPath": path});
    let mounted = json!({"volumes": [{"name": "v"}], "container": {"mountPoints": [mount("/a"), mount("/b")]}});
    assert_eq!(verdict(mounted), None);
    breaks("Unknown volume 'v'", json!({"container": {"mountPoints": [mount("/a")]}}));
    breaks(
        "'containerPath'",
        json!({"volumes": [{"name": "v"}], "container": {"mountPoints": [mount("")]}}),
    );
    breaks(
        "Duplicate mount point",
        json!({"volumes": [{"name": "v"}], "container": {"mountPoints": [mount("/a"), mount("/a")]}}),
    );
    breaks("Duplicate volume name", volumes(json!([{"name": "v"}, {"name": "v"}])));
    breaks("Volume.name", volumes(json!([{"name": "a b"}])));
    breaks("Volume.name", volumes(json!([{}])));
    breaks(
        "more than one kind",
        volumes(
            json!([{"name": "v", "host": {}, "efsVolumeConfiguration": {"fileSystemId": "fs-1"}}]),
        ),
    );
    breaks(
        "configured at launch",
        volumes(
            json!([{"name": "a", "configuredAtLaunch": true}, {"name": "b", "configuredAtLaunch": true}]),
        ),
    );
    breaks(
        "autoprovision",
        volumes(
            json!([{"name": "a", "dockerVolumeConfiguration": {"scope": "task", "autoprovision": true}}]),
        ),
    );
    let efs = json!({"fileSystemId": "fs-1", "authorizationConfig": {"iam": "ENABLED"}});
    breaks("transitEncryption", volumes(json!([{"name": "a", "efsVolumeConfiguration": efs}])));
}

#[test]
fn constraints_are_expressions_that_the_query_language_knows() {
    let constraint = |expression: &str| json!({"type": "memberOf", "expression": expression});
    assert_eq!(
        verdict(json!({"placementConstraints": [constraint("attribute:ecs.os-type == linux")]})),
        None
    );
    breaks("expression", json!({"placementConstraints": [constraint("attribute:")]}));
    breaks("expression", json!({"placementConstraints": [{"type": "memberOf"}]}));
    let long = format!("attribute:a == {}", "b".repeat(2000));
    breaks("2000", json!({"placementConstraints": [constraint(&long)]}));
    let many: Json = (0..11).map(|_| constraint("attribute:a exists")).collect();
    breaks("at most 10", json!({"placementConstraints": many}));
    let distinct = refused(json!({"placementConstraints": [{"type": "distinctInstance"}]}));
    assert!(distinct.starts_with("InvalidParameterException"), "{distinct}");
}

#[test]
fn secrets_variables_and_files_keep_apart() {
    let role = "arn:aws:iam::123456789012:role/exec";
    let secret = json!({"name": "A", "valueFrom": "a"});
    let with = |container: Json| json!({"executionRoleArn": role, "container": container});
    assert_eq!(verdict(with(json!({"secrets": [secret]}))), None);
    breaks(
        "secret name must be unique",
        with(json!({"secrets": [secret], "environment": [{"name": "A", "value": "b"}]})),
    );
    breaks("secret name must be unique", with(json!({"secrets": [secret, secret]})));
    breaks("'environment'", json!({"container": {"environment": [{"name": "", "value": "b"}]}}));
    let file = |name: &str| json!({"type": "s3", "value": format!("arn:aws:s3:::bucket/{name}")});
    breaks(".env", json!({"container": {"environmentFiles": [file("a.txt")]}}));
    let many: Json = (0..11).map(|_| file("a.env")).collect();
    breaks("more than 10", json!({"container": {"environmentFiles": many}}));
}

#[test]
fn numbers_of_a_container_stay_within_their_bounds() {
    let health = |member: &str, value: i64| {
        let mut check = json!({"command": ["CMD", "true"]});
        check[member] = json!(value);
        json!({"container": {"healthCheck": check}})
    };
    for (member, least, most) in
        [("interval", 5, 300), ("timeout", 2, 60), ("retries", 1, 10), ("startPeriod", 0, 300)]
    {
        for value in [least, most] {
            assert_eq!(verdict(health(member, value)), None, "{member} {value}");
        }
        for value in [least - 1, most + 1] {
            breaks(member, health(member, value));
        }
    }
    for command in [json!([]), json!(["CMD"]), json!(["CMD-SHELL"]), json!([""])] {
        breaks("healthCheck.command", json!({"container": {"healthCheck": {"command": command}}}));
    }
    assert_eq!(verdict(json!({"container": {"healthCheck": {"command": ["/bin/check"]}}})), None);
    let policy = |policy: Json| json!({"container": {"restartPolicy": policy}});
    for period in [59, 1801] {
        breaks(
            "restartAttemptPeriod",
            policy(json!({"enabled": true, "restartAttemptPeriod": period})),
        );
    }
    let codes: Vec<i64> = (0..51).collect();
    breaks("ignoredExitCodes", policy(json!({"enabled": true, "ignoredExitCodes": codes})));
    let linux = |linux: Json| json!({"container": {"linuxParameters": linux}});
    breaks("swappiness", linux(json!({"swappiness": 101})));
    breaks("maxSwap", linux(json!({"maxSwap": -1})));
    breaks("sharedMemorySize", linux(json!({"sharedMemorySize": 0})));
    breaks("tmpfs", linux(json!({"tmpfs": [{"containerPath": "tmp", "size": 1}]})));
    breaks("tmpfs", linux(json!({"tmpfs": [{"containerPath": "/tmp", "size": 0}]})));
    breaks("devices", linux(json!({"devices": [{"hostPath": "fuse"}]})));
    breaks("capability 'FLY'", linux(json!({"capabilities": {"drop": ["ALL", "FLY"]}})));
    let ulimit =
        |soft: i64, hard: i64| json!({"name": "nofile", "softLimit": soft, "hardLimit": hard});
    breaks("nofile", json!({"container": {"ulimits": [ulimit(2, 1)]}}));
    breaks("ulimit", json!({"container": {"ulimits": [ulimit(1, 1), ulimit(1, 2)]}}));
    assert_eq!(verdict(json!({"container": {"ulimits": [ulimit(1024, -1)]}})), None);
}

#[test]
fn logs_controls_and_accelerators_are_complete() {
    breaks(
        "firelensConfiguration",
        json!({"container": {"logConfiguration": {"logDriver": "awsfirelens"}}}),
    );
    let router = json!({"firelensConfiguration": {"type": "fluentbit"}});
    breaks("Only one container", two(router.clone(), router.clone()));
    assert_eq!(
        verdict(two(router, json!({"logConfiguration": {"logDriver": "awsfirelens"}}))),
        None
    );
    breaks(
        "awslogs-region",
        json!({"container": {"logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "g"}}}}),
    );
    let control = json!({"systemControls": [{"namespace": "net.core.somaxconn", "value": "1024"}]});
    assert_eq!(verdict(json!({"container": control})), None);
    breaks("net.core.somaxconn", json!({"networkMode": "host", "container": control}));
    breaks("systemControls", json!({"container": {"systemControls": [{"namespace": "a"}]}}));
    breaks(
        "GPUs",
        json!({"container": {"resourceRequirements": [{"type": "GPU", "value": "none"}]}}),
    );
    breaks("enableFaultInjection", json!({"enableFaultInjection": true}));
    assert_eq!(verdict(json!({"enableFaultInjection": true, "networkMode": "host"})), None);
    breaks(
        "proxyConfiguration",
        json!({"networkMode": "awsvpc", "proxyConfiguration": {"containerName": "x"}}),
    );
    breaks("Role is not valid", json!({"taskRoleArn": "a b"}));
}

#[test]
fn a_definition_has_at_most_64_kib() {
    let why = refused(json!({"container": {"dockerLabels": {"a": "b".repeat(65_536)}}}));
    assert!(why.contains("Max allowed length is '65536' bytes."), "{why}");
}
