//! Tasks with an interface of their own, from request to end.

use crate::ecs::stage::{Stage, cluster, list, text};
use domain::{
    id::TaskId,
    key::Prefix,
    task::Task,
    vpc::{NetworkInterface, SecurityGroup, Subnet, SubnetAddress, Vpc},
};
use serde_json::{Value as Json, json};

const ZONE: &str = "us-east-1a";

/// Two VPCs: of the first, `subnet-1` (11 addresses) and `subnet-2` in zone a, `subnet-3` in zone b, and `sg-0` to `sg-5`; of the
/// second, `subnet-9` and `sg-9`. A definition `web` in awsvpc mode, and one `bridge`.
fn stage() -> Stage {
    let mut stage = Stage::new();
    let scope = stage.world.scope();
    for (id, number, group) in [("vpc-1", 1, "sg-0"), ("vpc-2", 2, "sg-9")] {
        let vpc: Vpc = of(json!({
            "id": id, "blocks": [["vpc-cidr-assoc-1", "10.0.0.0/16"]], "number": number, "dhcpOptions": "default",
            "dnsSupport": true, "dnsHostnames": true, "tenancy": "default", "mainRouteTable": "rtb-1", "defaultAcl": "acl-1",
            "defaultGroup": group,
        }));
        stage.world.put(&Vpc::key(&scope, id), vpc);
    }
    for (id, vpc, zone, block) in [
        ("subnet-1", "vpc-1", ZONE, "10.0.1.0/28"),
        ("subnet-2", "vpc-1", ZONE, "10.0.2.0/28"),
        ("subnet-3", "vpc-1", "us-east-1b", "10.0.3.0/24"),
        ("subnet-9", "vpc-2", ZONE, "10.0.1.0/24"),
    ] {
        let subnet: Subnet = of(json!({
            "id": id, "vpc": vpc, "zone": zone, "block": block, "acl": "acl-1", "aclAssociation": "aclassoc-1",
        }));
        stage.world.put(&Subnet::key(&scope, id), subnet);
    }
    for (id, vpc) in [("sg-0", "vpc-1"), ("sg-1", "vpc-1"), ("sg-2", "vpc-1"), ("sg-9", "vpc-2")] {
        let group: SecurityGroup =
            of(json!({"id": id, "vpc": vpc, "name": id, "description": "", "rules": []}));
        stage.world.put(&SecurityGroup::key(&scope, id), group);
    }
    stage.define_task("web", json!({}), json!({"networkMode": "awsvpc"}));
    stage.define("bridge", json!({}));
    stage
}

fn of<R: serde::de::DeserializeOwned>(json: Json) -> R {
    serde_json::from_value(json).expect("a record")
}

fn network(subnets: &[&str], groups: &[&str]) -> Json {
    json!({"networkConfiguration": {"awsvpcConfiguration": {"subnets": subnets, "securityGroups": groups}}})
}

/// A host that can give tasks their interface.
fn host(stage: &mut Stage, name: &str, attributes: Json) -> String {
    let mut all = json!([{"name": "ecs.capability.task-eni"}]);
    let attributes = attributes.as_array().expect("a list");
    all.as_array_mut().expect("a list").extend(attributes.iter().cloned());
    stage.host(name, json!({"attributes": all}))
}

fn of_type(name: &str) -> Json {
    json!([{"name": "ecs.instance-type", "value": name}])
}

fn interfaces(stage: &Stage) -> usize {
    let scope = stage.world.scope();
    let interfaces = stage.world.all::<NetworkInterface>(&NetworkInterface::all(&scope)).len();
    let addresses = stage.world.all::<SubnetAddress>(&Prefix::table::<SubnetAddress>(&scope)).len();
    assert_eq!(interfaces, addresses, "an address for each");
    interfaces
}

#[test]
fn task_shows_its_interface_until_it_is_stopped() {
    let mut stage = stage();
    host(&mut stage, "a", json!([]));
    let reply = stage.run_whole(network(&["subnet-1"], &["sg-1"]));
    let arn = text(&reply["tasks"][0]["taskArn"]);
    assert_eq!(interfaces(&stage), 1);
    let status = |stage: &mut Stage| text(&stage.describe(&arn)["attachments"][0]["status"]);
    let task = stage.describe(&arn);
    let attachment = &task["attachments"][0];
    assert_eq!(
        (&attachment["type"], &attachment["status"]),
        (&json!("ElasticNetworkInterface"), &json!("ATTACHING"))
    );
    let details: Vec<_> = list(&attachment["details"]).map(|it| text(&it["name"])).collect();
    assert_eq!(
        details,
        ["subnetId", "networkInterfaceId", "macAddress", "privateDnsName", "privateIPv4Address"]
    );
    let shown = &task["containers"][0]["networkInterfaces"][0];
    assert_eq!(shown["attachmentId"], attachment["id"]);
    assert_eq!(shown["privateIpv4Address"], attachment["details"][4]["value"]);
    assert_eq!(task["containers"][0]["networkBindings"], json!([]));
    let attachment_arn =
        format!("arn:aws:ecs:us-east-1:123456789012:attachment/{}", text(&attachment["id"]));
    stage.report(
        &arn,
        json!({"attachments": [{"attachmentArn": attachment_arn, "status": "ATTACHED"}]}),
    );
    assert_eq!(status(&mut stage), "ATTACHED");
    let version = stage.describe(&arn)["version"].clone();
    stage.report(
        &arn,
        json!({"attachments": [{"attachmentArn": attachment_arn, "status": "ATTACHED"}]}),
    );
    assert_eq!(stage.describe(&arn)["version"], version, "said again it is no news");
    stage.report(&arn, json!({"status": "RUNNING"}));
    stage.ok("StopTask", json!({"task": arn}));
    assert_eq!((status(&mut stage).as_str(), interfaces(&stage)), ("ATTACHED", 1));
    stage.report(&arn, json!({"status": "STOPPED"}));
    assert_eq!((status(&mut stage).as_str(), interfaces(&stage)), ("DELETED", 0));
}

#[test]
fn task_that_runs_has_its_interface_whatever_its_agent_says() {
    let mut stage = stage();
    host(&mut stage, "a", json!([]));
    let reply = stage.run_whole(network(&["subnet-1"], &[]));
    let arn = text(&reply["tasks"][0]["taskArn"]);
    stage.report(&arn, json!({"status": "RUNNING"}));
    assert_eq!(stage.describe(&arn)["attachments"][0]["status"], "ATTACHED");
}

#[test]
fn attachment_alone_can_be_told() {
    let mut stage = stage();
    host(&mut stage, "a", json!([]));
    let reply = stage.run_whole(network(&["subnet-1"], &[]));
    let (arn, id) =
        (text(&reply["tasks"][0]["taskArn"]), text(&reply["tasks"][0]["attachments"][0]["id"]));
    let attachment = format!("arn:aws:ecs:us-east-1:123456789012:attachment/{id}");
    let change = |arn: &str| json!({"attachments": [{"attachmentArn": arn, "status": "ATTACHED"}]});
    stage.ok("SubmitAttachmentStateChanges", change(&attachment));
    assert_eq!(stage.describe(&arn)["attachments"][0]["status"], "ATTACHED");
    let fault = stage.fault("SubmitAttachmentStateChanges", change(&format!("{attachment}0")));
    assert!(fault.starts_with("InvalidParameterException"), "{fault}");
    stage.ok("SubmitAttachmentStateChanges", change(&attachment));
    stage.report(&arn, json!({"status": "STOPPED"}));
    let fault = stage.fault("SubmitAttachmentStateChanges", change(&attachment));
    assert!(fault.starts_with("InvalidParameterException"), "its interface is gone: {fault}");
}

#[test]
fn attachment_that_an_earlier_version_made_is_found() {
    let mut stage = stage();
    host(&mut stage, "a", json!([]));
    let reply = stage.run_whole(network(&["subnet-1"], &[]));
    let arn = text(&reply["tasks"][0]["taskArn"]);
    let detail = |at: usize| text(&reply["tasks"][0]["attachments"][0]["details"][at]["value"]);
    let (scope, earlier) = (stage.world.scope(), "7b6ac0a6-4c3e-4e2c-8f0f-6f6b7b1c2d3e");
    let attachment = format!("arn:aws:ecs:us-east-1:123456789012:attachment/{earlier}");
    let id = TaskId::parse(arn.rsplit('/').next().expect("an id")).expect("an id");
    let key = Task::key(&scope, &cluster(), &id);
    stage.world.change::<Task>(&key, |task| earlier.clone_into(&mut task.attachments[0].id));
    let key = NetworkInterface::key(&scope, &detail(1));
    stage.world.change::<NetworkInterface>(&key, |it| it.description = attachment.clone());
    let change = json!({"attachments": [{"attachmentArn": attachment, "status": "ATTACHED"}]});
    stage.ok("SubmitAttachmentStateChanges", change);
    assert_eq!(stage.describe(&arn)["attachments"][0]["status"], "ATTACHED");
}

#[test]
fn attachments_of_several_tasks_are_told_at_once() {
    let mut stage = stage();
    host(&mut stage, "a", of_type("c5.large"));
    let mut wanted = network(&["subnet-1"], &[]);
    wanted["count"] = json!(2);
    let reply = stage.run_whole(wanted);
    let tasks: Vec<_> = list(&reply["tasks"]).collect();
    let change = |at: usize, status: &str| json!({"attachmentArn": format!("attachment/{}", text(&tasks[at]["attachments"][0]["id"])), "status": status});
    let changes = [change(0, "ATTACHED"), change(1, "ATTACHING"), change(0, "DETACHING")];
    stage.ok("SubmitAttachmentStateChanges", json!({"attachments": changes}));
    let status = |stage: &mut Stage, at: usize| {
        text(&stage.describe(&text(&tasks[at]["taskArn"]))["attachments"][0]["status"])
    };
    assert_eq!(
        (status(&mut stage, 0).as_str(), status(&mut stage, 1).as_str()),
        ("DETACHING", "ATTACHING")
    );
    let one_is_none =
        [change(1, "ATTACHED"), json!({"attachmentArn": "attachment/none", "status": "ATTACHED"})];
    let fault = stage.fault("SubmitAttachmentStateChanges", json!({"attachments": one_is_none}));
    assert_eq!(fault, "InvalidParameterException: Attachment `attachment/none` was not found.");
}

#[test]
fn types_limit_tasks_and_zones_decide() {
    let mut stage = stage();
    host(&mut stage, "micro", of_type("t2.micro"));
    host(&mut stage, "large", of_type("c5.large"));
    let elsewhere = json!([{"name": "ecs.availability-zone", "value": "us-east-1c"}]);
    host(&mut stage, "elsewhere", elsewhere);
    let mut wanted = network(&["subnet-1", "subnet-3"], &[]);
    wanted["count"] = json!(4);
    wanted["placementStrategy"] = json!([{"type": "spread", "field": "instanceId"}]);
    let said = stage.run(wanted);
    let (placed, refused) = said.split_once('\n').expect("one task is refused");
    let mut placed: Vec<_> = placed.split(' ').collect();
    placed.sort_unstable();
    assert_eq!(placed, ["large", "large", "micro"]);
    assert_eq!(
        refused,
        "elsewhere LOCATION: the subnets are in us-east-1a, us-east-1b
large RESOURCE:ENI: needs 1 network interfaces, 0 are free
micro RESOURCE:ENI: needs 1 network interfaces, 0 are free"
    );
}

#[test]
fn trunking_counts_for_hosts_that_are_new() {
    let mut stage = stage();
    let old = host(&mut stage, "old", of_type("c5.large"));
    stage.ok("PutAccountSettingDefault", json!({"name": "awsvpcTrunking", "value": "enabled"}));
    let new = host(&mut stage, "new", of_type("c5.large"));
    let never = host(&mut stage, "never", of_type("t3.large"));
    let again = json!({
        "containerInstanceArn": old, "attributes": of_type("c5.large"),
        "totalResources": crate::ecs::stage::resources(1024, 1024),
    });
    stage.ok("RegisterContainerInstance", again.clone());
    let enis = |stage: &Stage, arn: &str| {
        let id = crate::ecs::stage::instance_id(arn);
        let key = domain::instance::ContainerInstance::key(
            &stage.world.scope(),
            &crate::ecs::stage::cluster(),
            &id,
        );
        stage
            .world
            .get::<domain::instance::ContainerInstance>(&key)
            .expect("it is there")
            .registered
            .enis
    };
    assert_eq!((enis(&stage, &old), enis(&stage, &new), enis(&stage, &never)), (2, 10, 2));
    // One that was deregistered and comes back is as good as new.
    stage.ok("DeregisterContainerInstance", json!({"containerInstance": old}));
    stage.ok("RegisterContainerInstance", again);
    assert_eq!(enis(&stage, &old), 10);
}

#[test]
fn full_subnet_is_told_by_the_task_that_finds_it_so() {
    let mut stage = stage();
    host(&mut stage, "a", json!([]));
    let mut wanted = network(&["subnet-1"], &[]);
    for count in [10, 1] {
        wanted["count"] = json!(count);
        let tasks = stage.run_whole(wanted.clone());
        assert!(list(&tasks["tasks"]).all(|task| task["lastStatus"] == "PENDING"));
    }
    let reply = stage.run_whole(wanted.clone());
    let task = stage.describe(&text(&reply["tasks"][0]["taskArn"]));
    assert_eq!(
        (&task["lastStatus"], &task["stopCode"]),
        (&json!("STOPPED"), &json!("TaskFailedToStart"))
    );
    let reason = text(&task["stoppedReason"]);
    assert!(
        reason.contains("InsufficientFreeAddressesInSubnet") && reason.contains("subnet-1"),
        "{reason}"
    );
    assert_eq!(interfaces(&stage), 11);
}

#[test]
fn started_by_name_a_task_gets_its_interface_too() {
    let mut stage = stage();
    let host = host(&mut stage, "a", json!([]));
    let mut request = network(&["subnet-1"], &[]);
    request["taskDefinition"] = json!("web");
    request["containerInstances"] = json!([host]);
    let reply = stage.ok("StartTask", request.clone());
    assert_eq!(stage.short(&reply), "a");
    assert_eq!(interfaces(&stage), 1);
    request["networkConfiguration"]["awsvpcConfiguration"]["subnets"] = json!(["subnet-3"]);
    let reply = stage.ok("StartTask", request);
    assert_eq!(stage.short(&reply), "\na LOCATION: the subnets are in us-east-1b");
}

#[test]
fn what_a_network_cannot_be_is_refused() {
    let mut stage = stage();
    host(&mut stage, "a", json!([]));
    let many: Vec<String> = (0..17).map(|at| format!("subnet-{at}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let mut public = network(&["subnet-1"], &[]);
    public["networkConfiguration"]["awsvpcConfiguration"]["assignPublicIp"] = json!("ENABLED");
    let mut bridge = network(&["subnet-1"], &[]);
    bridge["taskDefinition"] = json!("bridge");
    stage.check_run_refusals(vec![
        (json!({}), "InvalidParameterException Network Configuration must be provided"),
        (
            json!({"networkConfiguration": {}}),
            "InvalidParameterException Network Configuration must",
        ),
        (bridge, "InvalidParameterException Network Configuration is not valid"),
        (network(&[], &[]), "InvalidParameterException subnets"),
        (network(&many, &[]), "InvalidParameterException 16"),
        (network(&["subnet-1"], &["sg-1"; 6]), "InvalidParameterException 5"),
        (network(&["subnet-7"], &[]), "InvalidParameterException 'subnet-7' does not exist"),
        (network(&["a/b"], &[]), "InvalidParameterException 'a/b' does not exist"),
        (network(&["subnet-1"], &["sg-7"]), "InvalidParameterException 'sg-7' does not exist"),
        (network(&["subnet-1", "subnet-9"], &[]), "InvalidParameterException same VPC"),
        (network(&["subnet-1"], &["sg-9"]), "InvalidParameterException same VPC"),
        (public, "InvalidParameterException Assign public IP is not supported"),
    ]);
    assert_eq!(interfaces(&stage), 0);
}

#[test]
fn service_keeps_its_network_and_deploys_another() {
    let mut stage = stage();
    host(&mut stage, "a", json!([]));
    let mut request = network(&["subnet-2", "subnet-1"], &["sg-1"]);
    let whole = json!({"awsvpcConfiguration": {
        "subnets": ["subnet-2", "subnet-1"], "securityGroups": ["sg-1"], "assignPublicIp": "DISABLED",
    }});
    request["serviceName"] = json!("web");
    request["taskDefinition"] = json!("web");
    request["desiredCount"] = json!(1);
    let service = stage.ok("CreateService", request)["service"].take();
    assert_eq!(
        (&service["networkConfiguration"], &service["deployments"][0]["networkConfiguration"]),
        (&whole, &whole)
    );
    let revision = service["currentServiceRevisions"][0]["arn"].clone();
    let revisions =
        stage.ok("DescribeServiceRevisions", json!({"serviceRevisionArns": [revision]}));
    assert_eq!(revisions["serviceRevisions"][0]["networkConfiguration"], whole);
    let update = |stage: &mut Stage, more: Json| {
        let mut request = json!({"service": "web"});
        for (name, value) in more.as_object().expect("an object") {
            request[name] = value.clone();
        }
        let service = stage.ok("UpdateService", request)["service"].take();
        let of_primary = service["deployments"][0]["networkConfiguration"].clone();
        (
            list(&service["deployments"]).count(),
            of_primary["awsvpcConfiguration"]["subnets"].clone(),
        )
    };
    let same = json!({"networkConfiguration": whole});
    assert_eq!(
        update(&mut stage, same),
        (1, json!(["subnet-2", "subnet-1"])),
        "the same deploys nothing"
    );
    assert_eq!(
        update(&mut stage, json!({"desiredCount": 2})),
        (1, json!(["subnet-2", "subnet-1"]))
    );
    let deployment = text(&service["deployments"][0]["id"]);
    let instance =
        stage.ok("ListContainerInstances", json!({}))["containerInstanceArns"][0].clone();
    let task = stage.serve("web", &deployment, &text(&instance));
    let address = stage.describe(&task)["attachments"][0]["details"][4]["value"].clone();
    assert!(text(&address).starts_with("10.0."), "{address}");
    assert_eq!(
        update(&mut stage, network(&["subnet-1"], &[])),
        (2, json!(["subnet-1"])),
        "another is deployed"
    );
}
