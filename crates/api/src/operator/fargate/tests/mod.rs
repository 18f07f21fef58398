//! The pool's hosts as whoever runs the region sees them, and what happens where they are drained.

mod law;

use super::super::TABLE;
use crate::{
    decide::{Decide, Table},
    ecs::stage::{Stage, able, instance_id, list, resources, text},
    plain,
};
use books::{blueprint::Blueprint, draft::Draft, ids::Ids, seat::Seat};
use domain::{
    arn,
    definition::TaskDefinition,
    id::{ClusterName, DefinitionRevision, Family},
    task::Overrides,
};
use expect_test::{Expect, expect};
use serde_json::{Value as Json, json};
use wire::{Value, own};

/// Clusters `default` and `shop`, a subnet in zone a, and a definition `web` of Fargate's smallest size.
fn stage() -> Stage {
    let mut stage = Stage::new();
    let providers = json!(["FARGATE", "FARGATE_SPOT"]);
    stage.ok("CreateCluster", json!({"clusterName": "shop", "capacityProviders": providers}));
    stage.vpc(&["us-east-1a"]);
    let task = json!({"networkMode": "awsvpc", "cpu": "256", "memory": "512"});
    stage.define_task("web", json!({}), task);
    stage.define("own", json!({"cpu": 128}));
    stage
}

/// A host of the pool alone, with 2048 CPU units and 4096 MiB; its ARN.
fn host(stage: &mut Stage) -> String {
    let attributes = able(json!([{"name": "longshore.address", "value": "192.0.2.7"}]));
    let request = json!({"cluster": ".fargate", "attributes": attributes,
                         "totalResources": resources(2048, 4096), "versionInfo": {"agentVersion": "1.2.3"}});
    stage.host("host", request)
}

/// As `longshore up` registers, or the same host again (`more`), with or without its room.
fn lender(stage: &mut Stage, lends: bool, more: Json) -> String {
    let own = if lends { json!([{"name": "longshore.fargate"}]) } else { json!([]) };
    let mut request = json!({"attributes": able(own), "totalResources": resources(2048, 4096)});
    for (name, value) in more.as_object().expect("an object") {
        request[name] = value.clone();
    }
    stage.host("lender", request)
}

fn id(arn: &str) -> String {
    instance_id(arn).to_string()
}

/// A RunTask on Fargate in cluster `shop`.
fn asked(more: Json) -> Json {
    let network = json!({"awsvpcConfiguration": {"subnets": ["subnet-us-east-1a"]}});
    let mut request =
        json!({"cluster": "shop", "taskDefinition": "web", "networkConfiguration": network});
    if more.get("capacityProviderStrategy").is_none() {
        request["launchType"] = json!("FARGATE");
    }
    for (name, value) in more.as_object().expect("an object") {
        request[name] = value.clone();
    }
    request
}

/// How many of the tasks of a RunTask on Fargate have a place.
fn run(stage: &mut Stage, more: Json) -> usize {
    let reply = stage.ok("RunTask", asked(more));
    list(&reply["tasks"]).count()
}

/// What a service of Fargate would have there.
fn serve(stage: &mut Stage, arn: &str) -> String {
    let (scope, shop) = (stage.world.scope(), ClusterName::parse("shop").expect("a name"));
    let snapshot = stage.world.snapshot.clone();
    let family = Family::parse("web").expect("a name");
    let definition = TaskDefinition::key(&scope, &family, DefinitionRevision(1));
    let definition = stage.world.get::<TaskDefinition>(&definition).expect("it is there");
    let blueprint = Blueprint {
        group: "service:web".to_owned(),
        started_by: Some("ecs-svc/1000000000000000001".to_owned()),
        ..Blueprint::new(shop.clone(), definition, Overrides::default())
    };
    let blueprint = blueprint.on_fargate("1.4.0");
    let seats = Seat::pool(&snapshot, &scope).expect("records");
    let seat = seats.iter().find(|it| it.instance.id == instance_id(arn)).expect("a host");
    let held = blueprint.needs(&[]).held_on(&seat.host().expect("it is of the pool"));
    let mut draft = Draft::new(&snapshot, &scope, stage.world.now);
    let ids = Ids::from_seed([3; 32]).child("served", 0);
    let task = draft.make(&blueprint, &ids, None, seat, held).expect("records");
    stage.world.snapshot = snapshot.with(&draft.finish()).expect("nobody else writes");
    arn::task(&scope, &shop, &task.id)
}

fn decision_of(table: &'static Table, operation: &str) -> Decide {
    let found = table.operations.iter().find(|(name, _)| *name == operation);
    found.expect("an operation").1
}

fn call(stage: &mut Stage, operation: &str, request: Json) -> Result<Value, String> {
    let request = plain::from_json(request);
    let decided = decision_of(&TABLE, operation)(&stage.world.view(), &request, &stage.world.ctx());
    let (reply, writes) = decided.map_err(|fault| fault.to_string())?;
    let row = own::SERVICE.operation(operation).expect("the operation");
    assert_eq!(wire::check::mismatch(row.output, &reply), None);
    stage.world.snapshot = stage.world.snapshot.with(&writes).expect("nobody else writes");
    stage.check_books();
    Ok(reply)
}

fn ok(stage: &mut Stage, operation: &str, request: Json) -> Value {
    call(stage, operation, request).expect("it is served")
}

/// A host, on a line: its status, cluster, tasks (on demand, of Spot, of no service), what is left of what, and why it takes no more.
fn line(host: &Value) -> String {
    let text = |name: &str| host.get(name).and_then(Value::as_str).unwrap_or("-").to_owned();
    let number = |name: &str| host.get(name).and_then(Value::as_i64).unwrap_or(-1);
    format!(
        "{} of {} at {} in {}, agent {}: {} + {} tasks, {} standalone, {}/{} {}/{}\n{}\n",
        text("status"),
        text("cluster"),
        text("address"),
        text("availabilityZone"),
        text("agentVersion"),
        number("fargateTasksCount"),
        number("fargateSpotTasksCount"),
        number("standaloneTasksCount"),
        number("remainingCpu"),
        number("registeredCpu"),
        number("remainingMemory"),
        number("registeredMemory"),
        text("statusReason"),
    )
}

fn check(stage: &mut Stage, expected: Expect) {
    let reply = ok(stage, "ListFargateHosts", json!({}));
    let hosts = reply.get("hosts").and_then(Value::as_list).expect("hosts");
    expected.assert_eq(&hosts.iter().map(line).collect::<String>());
}

#[test]
fn hosts_are_told_with_what_is_on_them() {
    let mut stage = stage();
    check(&mut stage, expect![[""]]);
    let (alone, lent) = (host(&mut stage), lender(&mut stage, true, json!({})));
    stage.ok("RunTask", json!({"taskDefinition": "own"}));
    let spot = json!([{"capacityProvider": "FARGATE_SPOT", "weight": 1}]);
    run(&mut stage, json!({"count": 2}));
    run(&mut stage, json!({"count": 3, "capacityProviderStrategy": spot}));
    serve(&mut stage, &alone);
    check(
        &mut stage,
        expect![[r#"
        ACTIVE of - at 192.0.2.7 in us-east-1a, agent 1.2.3: 2 + 2 tasks, 3 standalone, 1024/2048 2048/4096
        -
        ACTIVE of default at - in us-east-1a, agent -: 1 + 1 tasks, 2 standalone, 1408/2048 3008/4096
        -
    "#]],
    );
    let page = ok(&mut stage, "ListFargateHosts", json!({"maxResults": 1}));
    let ids = |page: &Value| {
        let hosts = page.get("hosts").and_then(Value::as_list).expect("hosts");
        let ids = hosts.iter().filter_map(|host| host.get("hostId")?.as_str().map(str::to_owned));
        ids.collect::<Vec<_>>()
    };
    assert_eq!(ids(&page), [id(&alone)]);
    let next = page.get("nextToken").and_then(Value::as_str).expect("there is another").to_owned();
    let page = ok(&mut stage, "ListFargateHosts", json!({"maxResults": 1, "nextToken": next}));
    assert_eq!((ids(&page), page.get("nextToken")), (vec![id(&lent)], None));
}

#[test]
fn nothing_new_goes_to_a_host_that_is_drained_until_it_is_taken_back() {
    let mut stage = stage();
    let alone = host(&mut stage);
    assert_eq!(run(&mut stage, json!({})), 1);
    for _ in 0..2 {
        ok(&mut stage, "DrainFargateHost", json!({"host": id(&alone)}));
    }
    assert_eq!(run(&mut stage, json!({})), 0);
    check(
        &mut stage,
        expect![[r#"
        DRAINING of - at 192.0.2.7 in us-east-1a, agent 1.2.3: 1 + 0 tasks, 1 standalone, 1792/2048 3584/4096
        Whoever runs the region takes it out of service (DrainFargateHost): ResumeFargateHost takes it back.
    "#]],
    );
    // Its agent starts anew: it is drained still.
    let again = json!({"cluster": ".fargate", "containerInstanceArn": alone, "attributes": able(json!([])),
                       "totalResources": resources(2048, 4096)});
    stage.ok("RegisterContainerInstance", again);
    assert_eq!(run(&mut stage, json!({})), 0);
    for _ in 0..2 {
        ok(&mut stage, "ResumeFargateHost", json!({"host": id(&alone)}));
    }
    assert_eq!(run(&mut stage, json!({})), 1);
}

#[test]
fn a_lender_is_drained_in_the_pool_alone() {
    let mut stage = stage();
    let lent = lender(&mut stage, true, json!({}));
    run(&mut stage, json!({}));
    ok(&mut stage, "DrainFargateHost", json!({"host": id(&lent)}));
    let shown = stage.ok("DescribeContainerInstances", json!({"containerInstances": [lent]}));
    assert_eq!(text(&shown["containerInstances"][0]["status"]), "ACTIVE");
    let own = stage.ok("RunTask", json!({"taskDefinition": "own"}));
    assert_eq!(stage.short(&own), "lender");
    assert_eq!(run(&mut stage, json!({})), 0);
}

#[test]
fn only_tasks_that_no_service_replaces_are_stopped_with_their_host() {
    let mut stage = stage();
    let alone = host(&mut stage);
    let served = serve(&mut stage, &alone);
    let reply = stage.ok("RunTask", asked(json!({})));
    let standalone = text(&reply["tasks"][0]["taskArn"]);
    let reply = ok(&mut stage, "DrainFargateHost", json!({"host": id(&alone)}));
    assert_eq!(reply.get("stoppedTaskArns").and_then(Value::as_list), Some(&[][..]));
    let mut stop = || {
        let asked = json!({"host": id(&alone), "stopTasks": true});
        let reply = ok(&mut stage, "DrainFargateHost", asked);
        let stopped = reply.get("stoppedTaskArns").and_then(Value::as_list).expect("a list");
        stopped.iter().filter_map(|arn| arn.as_str().map(str::to_owned)).collect::<Vec<_>>()
    };
    assert_eq!(stop(), [standalone.as_str()]);
    assert_eq!(stop(), [""; 0], "it is to stop already");
    let told = |stage: &mut Stage, task: &str| {
        let reply = stage.ok("DescribeTasks", json!({"cluster": "shop", "tasks": [task]}));
        let task = &reply["tasks"][0];
        (text(&task["desiredStatus"]), task["stopCode"].clone())
    };
    assert_eq!(told(&mut stage, &standalone), ("STOPPED".into(), json!("TerminationNotice")));
    assert_eq!(told(&mut stage, &served), ("RUNNING".into(), Json::Null));
}

#[test]
fn what_was_decided_before_a_drain_does_not_come_there_after_it() {
    let mut stage = stage();
    let alone = host(&mut stage);
    let request = plain::from_json(asked(json!({})));
    let decide = decision_of(&crate::ecs::TABLE, "RunTask");
    let (_, writes) = decide(&stage.world.view(), &request, &stage.world.ctx()).expect("a place");
    ok(&mut stage, "DrainFargateHost", json!({"host": id(&alone)}));
    assert!(stage.world.snapshot.with(&writes).is_err());
}

#[test]
fn a_lender_that_lends_no_more_takes_nothing_new_until_it_is_empty() {
    let mut stage = stage();
    let lent = lender(&mut stage, true, json!({}));
    let reply = stage.ok("RunTask", asked(json!({})));
    let task = text(&reply["tasks"][0]["taskArn"]);
    lender(&mut stage, false, json!({"containerInstanceArn": lent}));
    check(
        &mut stage,
        expect![[r#"
        DRAINING of default at - in us-east-1a, agent -: 1 + 0 tasks, 1 standalone, 1792/2048 3584/4096
        Its room is no longer lent: its agent registered without longshore.fargate. With it, it lends again; its last task takes it out of the pool.
    "#]],
    );
    assert_eq!(run(&mut stage, json!({})), 0);
    let counts = stage.ok("DescribeClusters", json!({"clusters": ["shop"]}));
    assert_eq!(counts["clusters"][0]["pendingTasksCount"], json!(1));
    // It lends its room again, and no more when nothing is there.
    lender(&mut stage, true, json!({"containerInstanceArn": lent}));
    assert_eq!(run(&mut stage, json!({})), 1);
    lender(&mut stage, false, json!({"containerInstanceArn": lent}));
    for arn in [task].into_iter().chain(tasks_of_shop(&mut stage)) {
        stage.ok("StopTask", json!({"cluster": "shop", "task": arn}));
        stage.ok("SubmitTaskStateChange", json!({"task": arn, "status": "STOPPED"}));
    }
    lender(&mut stage, false, json!({"containerInstanceArn": lent}));
    check(&mut stage, expect![[""]]);
}

fn tasks_of_shop(stage: &mut Stage) -> Vec<String> {
    let reply = stage.ok("ListTasks", json!({"cluster": "shop"}));
    list(&reply["taskArns"]).map(text).collect()
}

#[test]
fn a_host_that_is_gone_is_removed_with_its_tasks_if_that_is_forced() {
    let mut stage = stage();
    let (alone, lent) = (host(&mut stage), lender(&mut stage, true, json!({})));
    let served = serve(&mut stage, &alone);
    let mut remove = |more: Json| call(&mut stage, "RemoveFargateHost", more);
    let fault = remove(json!({"host": id(&alone)})).expect_err("a task is there");
    assert!(fault.contains("DrainFargateHost"), "{fault}");
    let fault = remove(json!({"host": id(&lent), "force": true})).expect_err("it is lent");
    assert!(fault.contains("DeregisterContainerInstance"), "{fault}");
    remove(json!({"host": id(&alone), "force": true})).expect("it goes with its task");
    let fault = remove(json!({"host": id(&alone)})).expect_err("it is gone");
    assert!(fault.starts_with("HostNotFoundException"), "{fault}");
    let reply = stage.ok("DescribeTasks", json!({"cluster": "shop", "tasks": [served]}));
    assert_eq!(text(&reply["tasks"][0]["lastStatus"]), "STOPPED");
    assert_eq!(text(&reply["tasks"][0]["stopCode"]), "TerminationNotice");
}

#[test]
fn refusals_say_what_is_to_be_done() {
    let mut stage = stage();
    let lent = lender(&mut stage, true, json!({}));
    let refused = |stage: &mut Stage, operation: &str, host: &str, words: &str| {
        let fault = call(stage, operation, json!({"host": host})).expect_err("it is refused");
        let (code, said) = words.split_once(' ').expect("a code and a word");
        assert!(fault.starts_with(code) && fault.contains(said), "{fault}");
    };
    for operation in ["DrainFargateHost", "ResumeFargateHost"] {
        refused(&mut stage, operation, "none", "HostNotFoundException ListFargateHosts");
    }
    let state = |status: &str| json!({"containerInstances": [lent], "status": status});
    stage.ok("UpdateContainerInstancesState", state("DRAINING"));
    let words = "InvalidParameterException UpdateContainerInstancesState";
    refused(&mut stage, "ResumeFargateHost", &id(&lent), words);
    // Drained here as well, it is taken back as far as that goes.
    ok(&mut stage, "DrainFargateHost", json!({"host": id(&lent)}));
    let reply = ok(&mut stage, "ResumeFargateHost", json!({"host": id(&lent)}));
    let host = reply.get("host").expect("the host");
    assert_eq!(host.get("status").and_then(Value::as_str), Some("DRAINING"));
    assert_eq!(host.get("drainingSince"), None);
    stage.ok("UpdateContainerInstancesState", state("ACTIVE"));
    run(&mut stage, json!({}));
    lender(&mut stage, false, json!({"containerInstanceArn": lent}));
    let words = "InvalidParameterException longshore.fargate";
    refused(&mut stage, "ResumeFargateHost", &id(&lent), words);
}

#[test]
fn hosts_are_of_one_account_and_region() {
    let mut stage = stage();
    let alone = host(&mut stage);
    stage.world.enter("123456789013", "us-east-1");
    check(&mut stage, expect![[""]]);
    let fault = call(&mut stage, "DrainFargateHost", json!({"host": id(&alone)}));
    assert!(fault.expect_err("it is another's").starts_with("HostNotFoundException"));
}
