//! Rules of filters, demands and strategies.

use super::fixture::Cluster;
use crate::{
    demand::Demand,
    filter::{Constraint, Needs},
    place::place,
    query::Query,
    strategy::Strategy,
};
use domain::{
    definition::{
        ContainerDefinition, NetworkMode, PortMapping, ResourceRequirement, RuntimePlatform,
        TaskDefinition,
    },
    tag::Attribute,
    task::{ContainerOverride, Overrides},
    vpc::{SubnetChoice, TaskNetwork},
};
use expect_test::{Expect, expect};

/// `count` tasks; then words: `cpu=`, `mem=`, `port=`, `udp=`, `gpus=`, `enis=`, `subnets=zone,zone`, `needs=name[:value]`, `arch=`, `os=`, `distinct`,
/// `strategy=type[/field]`, `seed=`.
struct Request {
    count: usize,
    demand: Demand,
    attributes: Vec<Attribute>,
    platform: Option<RuntimePlatform>,
    constraints: Vec<Constraint>,
    network: Option<TaskNetwork>,
    strategies: Vec<Strategy>,
    seed: u64,
}

fn request(text: &str) -> Request {
    let (text, query) = text.split_once(" memberOf ").map_or((text, None), |(a, b)| (a, Some(b)));
    let mut words = text.split_whitespace();
    let mut request = Request {
        count: words.next().and_then(|count| count.parse().ok()).expect("a count"),
        demand: Demand::default(),
        attributes: Vec::new(),
        platform: None,
        constraints: Vec::new(),
        network: None,
        strategies: Vec::new(),
        seed: 0,
    };
    for word in words {
        let (key, value) = word.split_once('=').unwrap_or((word, ""));
        let number = || value.parse().expect("a number");
        match key {
            "cpu" => request.demand.cpu = number(),
            "mem" => request.demand.memory = number(),
            "port" => request.demand.ports_tcp = [value.parse().expect("a port")].into(),
            "udp" => request.demand.ports_udp = [value.parse().expect("a port")].into(),
            "gpus" => request.demand.gpus = value.parse().expect("a count"),
            "needs" => {
                let (name, value) =
                    value.split_once(':').map_or((value, None), |(n, v)| (n, Some(v)));
                request
                    .attributes
                    .push(Attribute { name: name.into(), value: value.map(str::to_owned) });
            }
            "arch" => {
                let platform = request.platform.get_or_insert_default();
                platform.cpu_architecture = Some(value.to_owned());
            }
            "os" => {
                let platform = request.platform.get_or_insert_default();
                platform.operating_system_family = Some(value.to_owned());
            }
            "enis" => request.demand.enis = value.parse().expect("a number"),
            "subnets" => {
                let of = |(at, zone): (usize, &str)| SubnetChoice {
                    id: format!("subnet-{at}"),
                    zone: zone.to_owned(),
                };
                request.network = Some(TaskNetwork {
                    vpc: "vpc-1".to_owned(),
                    subnets: value.split(',').enumerate().map(of).collect(),
                    groups: Vec::new(),
                    public_ip: false,
                });
            }
            "distinct" => request.constraints.push(Constraint::DistinctInstance),
            "strategy" => {
                let (kind, field) =
                    value.split_once('/').map_or((value, None), |(k, f)| (k, Some(f)));
                request.strategies.push(Strategy::parse(kind, field).expect("a strategy"));
            }
            "seed" => request.seed = value.parse().expect("a seed"),
            _ => panic!("what is `{word}`?"),
        }
    }
    if let Some(query) = query {
        request.constraints.push(Constraint::MemberOf(Query::parse(query).expect("a query")));
    }
    request
}

/// The names of the chosen instances in order, then every refusal.
fn check(cluster: &str, wanted: &str, expected: Expect) {
    let cluster = Cluster::parse(cluster);
    let candidates = cluster.candidates();
    let request = request(wanted);
    let needs = Needs {
        demand: &request.demand,
        attributes: &request.attributes,
        platform: request.platform.as_ref(),
        constraints: &request.constraints,
        network: request.network.as_ref(),
        group: "web",
    };
    let outcome = place(&needs, &request.strategies, &candidates, request.count, request.seed);
    let placed: Vec<_> = outcome
        .placed
        .iter()
        .map(|placement| {
            let gpus: Vec<_> = placement.held.gpus.iter().map(String::as_str).collect();
            let gpus =
                if gpus.is_empty() { String::new() } else { format!("({})", gpus.join(" ")) };
            format!("{}{gpus}", cluster.names[placement.candidate])
        })
        .collect();
    let mut text = placed.join(" ");
    for refusal in outcome.refused {
        let index = candidates.iter().position(|it| it.instance.id == refusal.instance);
        let name = &cluster.names[index.expect("a candidate")];
        let detail =
            refusal.reason.detail().map(|detail| format!(": {detail}")).unwrap_or_default();
        text += &format!("\n{name} {}{detail}", refusal.reason.as_str());
    }
    expected.assert_eq(&text);
}

#[test]
fn every_instance_says_why_not() {
    check(
        "
        a cpu=100
        b mem=100
        c ports=22,80
        d udp=53
        e gpus=g0
        f x=1
        g off
        h status=DRAINING
        i status=INACTIVE
        j gpus=g0,g1 x=2 held=web
        k gpus=g0,g1 x=2 zone=b
        ",
        "1 cpu=128 mem=128 port=80 udp=53 gpus=2 needs=x:2 distinct memberOf attribute:zone == a",
        expect![[r#"

            a RESOURCE:CPU: needs 128 CPU units, 100 are free
            b RESOURCE:MEMORY: needs 128 MiB, 100 are free
            c RESOURCE:PORTS: port 80/tcp is taken
            d RESOURCE:PORTS: port 53/udp is taken
            e RESOURCE:GPU: needs 2 GPUs, 1 are free
            f RESOURCE:GPU: needs 2 GPUs, 0 are free
            g AGENT
            h DRAINING
            i INACTIVE
            j DistinctInstance placement constraint unsatisfied.
            k MemberOf placement constraint unsatisfied.: attribute:zone == a"#]],
    );
}

#[test]
fn resources_are_checked_before_attributes_and_constraints() {
    check(
        "a cpu=1",
        "1 cpu=2 needs=x memberOf attribute:zone == a",
        expect![[r#"

        a RESOURCE:CPU: needs 2 CPU units, 1 are free"#]],
    );
    check(
        "a",
        "1 needs=x memberOf attribute:zone == a",
        expect![[r#"

        a ATTRIBUTE: x"#]],
    );
}

#[test]
fn a_task_that_asks_for_nothing_fits_on_a_full_instance() {
    check("a cpu=128 held=web@128:1024", "1", expect!["a"]);
}

#[test]
fn earlier_picks_of_the_same_call_are_counted() {
    check(
        "a cpu=256\nb cpu=128",
        "4 cpu=128",
        expect![[r#"
        a a b
        a RESOURCE:CPU: needs 128 CPU units, 0 are free
        b RESOURCE:CPU: needs 128 CPU units, 0 are free"#]],
    );
    check(
        "a\nb",
        "3 port=80",
        expect![[r#"
        a b
        a RESOURCE:PORTS: port 80/tcp is taken
        b RESOURCE:PORTS: port 80/tcp is taken"#]],
    );
    check(
        "a\nb\nc held=web",
        "3 distinct",
        expect![[r#"
        a b
        a DistinctInstance placement constraint unsatisfied.
        b DistinctInstance placement constraint unsatisfied.
        c DistinctInstance placement constraint unsatisfied."#]],
    );
    check(
        "a gpus=g1,g2,g0",
        "2 gpus=2",
        expect![[r#"
        a(g0 g1)
        a RESOURCE:GPU: needs 2 GPUs, 1 are free"#]],
    );
    check(
        "a gpus=g1,g2,g0",
        "3 gpus=1",
        expect![[r#"
        a(g0) a(g1) a(g2)
        a RESOURCE:GPU: needs 1 GPUs, 0 are free"#]],
    );
    check(
        "a\nb",
        "3 memberOf not(task:group == web)",
        expect![[r#"
        a b
        a MemberOf placement constraint unsatisfied.: not(task:group == web)
        b MemberOf placement constraint unsatisfied.: not(task:group == web)"#]],
    );
}

#[test]
fn spread_takes_the_emptiest_bucket_and_missing_ones_last() {
    check("a\nb\nc held=web*2", "5 strategy=spread/instanceId", expect!["a b a b a"]);
    check("a\nb held=other*5", "2 strategy=spread/host", expect!["a b"]);
    check(
        "
        n
        a1 zone=a
        a2 zone=a
        b1 zone=b held=web*3
        ",
        "6 strategy=spread/attribute:zone strategy=spread/instanceId",
        expect!["a1 a2 a1 a2 b1 a1"],
    );
    check(
        "n\na zone=a port=1 cpu=128",
        "2 cpu=128 strategy=spread/attribute:zone",
        expect![[r#"
            a n
            a RESOURCE:CPU: needs 128 CPU units, 0 are free"#]],
    );
}

#[test]
fn tasks_on_instances_that_take_no_more_still_count_in_their_bucket() {
    check(
        "
        a1 zone=a held=web*3 cpu=0
        a2 zone=a
        b1 zone=b held=web
        c1 zone=b off held=web
        ",
        "2 cpu=1 strategy=spread/attribute:zone",
        expect![[r#"
            b1 a2
            a1 RESOURCE:CPU: needs 1 CPU units, 0 are free
            c1 AGENT"#]],
    );
}

#[test]
fn binpack_fills_the_fullest_that_still_fits() {
    check(
        "
        a cpu=1024
        b cpu=512
        c cpu=128
        ",
        "4 cpu=256 strategy=binpack/CPU",
        expect![[r#"
            b b a a
            b RESOURCE:CPU: needs 256 CPU units, 0 are free
            c RESOURCE:CPU: needs 256 CPU units, 128 are free"#]],
    );
    check(
        "a mem=512\nb mem=256 cpu=512",
        "2 cpu=1 mem=200 strategy=binpack/memory",
        expect![[r#"
            b a
            b RESOURCE:MEMORY: needs 200 MiB, 56 are free"#]],
    );
}

#[test]
fn later_strategies_decide_between_equals_of_earlier_ones() {
    check(
        "
        a1 zone=a mem=1024
        a2 zone=a mem=512
        b1 zone=b mem=1024
        b2 zone=b mem=2048
        ",
        "6 mem=256 strategy=spread/attribute:zone strategy=binpack/memory",
        expect![[r#"
            a2 b1 a2 b1 b1 a1
            a2 RESOURCE:MEMORY: needs 256 MiB, 0 are free"#]],
    );
    // Within zone a the types are even at the start, although type x has three tasks in zone b.
    check(
        "
        ax zone=a type=x
        ay zone=a type=y held=web
        bx zone=b type=x held=web*3
        ",
        "2 strategy=spread/attribute:zone strategy=spread/attribute:type",
        expect!["ax ax"],
    );
}

#[test]
fn the_default_spreads_over_zones_then_instances() {
    let text: Vec<_> = Strategy::defaults().iter().map(Strategy::names).collect();
    assert_eq!(
        text,
        [
            ("spread", Some("attribute:ecs.availability-zone".to_owned())),
            ("spread", Some("instanceId".to_owned()))
        ]
    );
}

#[test]
fn a_strategy_needs_a_field_that_it_knows() {
    let wrong = |kind, field| Strategy::parse(kind, field).expect_err("no strategy").to_string();
    expect![[r#"
        `` is not a field of placement strategy `spread`
        `attribute:` is not a field of placement strategy `spread`
        `disk` is not a field of placement strategy `binpack`
        `cpu` is not a field of placement strategy `random`
        there is no placement strategy `best`"#]]
    .assert_eq(
        &[
            wrong("spread", None),
            wrong("spread", Some("attribute:")),
            wrong("binpack", Some("disk")),
            wrong("random", Some("cpu")),
            wrong("best", None),
        ]
        .join("\n"),
    );
}

#[test]
fn platform_is_matched_against_the_built_in_attributes() {
    let cluster = "
        a ecs.os-type=linux ecs.cpu-architecture=x86_64
        b ecs.os-type=linux ecs.cpu-architecture=arm64
        c ecs.os-type=windows ecs.os-family=WINDOWS_SERVER_2022_CORE ecs.cpu-architecture=x86_64
        d
    ";
    check(
        cluster,
        "2 port=1 os=LINUX arch=ARM64",
        expect![[r#"
        b
        a ATTRIBUTE: ecs.cpu-architecture=arm64
        b RESOURCE:PORTS: port 1/tcp is taken
        c ATTRIBUTE: ecs.os-type=linux
        d ATTRIBUTE: ecs.os-type=linux"#]],
    );
    check(
        cluster,
        "2 port=1 os=WINDOWS_SERVER_2022_CORE arch=X86_64",
        expect![[r#"
        c
        a ATTRIBUTE: ecs.os-type=windows
        b ATTRIBUTE: ecs.os-type=windows
        c RESOURCE:PORTS: port 1/tcp is taken
        d ATTRIBUTE: ecs.os-type=windows"#]],
    );
    check(
        cluster,
        "2 port=1 os=WINDOWS_SERVER_2019_FULL",
        expect![[r#"

        a ATTRIBUTE: ecs.os-type=windows
        b ATTRIBUTE: ecs.os-type=windows
        c ATTRIBUTE: ecs.os-family=WINDOWS_SERVER_2019_FULL
        d ATTRIBUTE: ecs.os-type=windows"#]],
    );
}

fn container(name: &str) -> ContainerDefinition {
    ContainerDefinition { name: name.into(), ..ContainerDefinition::default() }
}

fn definition(mode: NetworkMode, containers: Vec<ContainerDefinition>) -> TaskDefinition {
    TaskDefinition {
        family: domain::id::Family::parse("web").expect("a family"),
        revision: domain::id::DefinitionRevision(1),
        status: domain::definition::DefinitionStatus::Active,
        container_definitions: containers,
        task_role_arn: None,
        execution_role_arn: None,
        network_mode: mode,
        volumes: Vec::new(),
        requires_attributes: Vec::new(),
        placement_constraints: Vec::new(),
        compatibilities: Vec::new(),
        runtime_platform: None,
        requires_compatibilities: None,
        cpu: None,
        memory: None,
        inference_accelerators: None,
        pid_mode: None,
        ipc_mode: None,
        proxy_configuration: None,
        registered_at: domain::time::Timestamp(0),
        deregistered_at: None,
        delete_requested_at: None,
        registered_by: None,
        ephemeral_storage: None,
        enable_fault_injection: None,
        trusted_execution_configuration: None,
        tags: Vec::new(),
    }
}

#[test]
fn a_demand_is_the_sum_of_containers_unless_the_task_says_more() {
    let a = ContainerDefinition { cpu: 100, memory: Some(64), ..container("a") };
    let b = ContainerDefinition {
        cpu: 28,
        memory: Some(512),
        memory_reservation: Some(128),
        ..container("b")
    };
    let mut task = definition(NetworkMode::Bridge, vec![a, b]);
    let amounts = |task: &TaskDefinition, overrides: &Overrides| {
        let demand = Demand::of(task, overrides);
        (demand.cpu, demand.memory)
    };
    let mut overrides = Overrides::default();
    assert_eq!(amounts(&task, &overrides), (128, 192));
    overrides.container_overrides.push(ContainerOverride {
        name: "b".into(),
        cpu: Some(200),
        memory_reservation: Some(256),
        ..ContainerOverride::default()
    });
    assert_eq!(amounts(&task, &overrides), (300, 320));
    (task.cpu, task.memory) = (Some("1024".into()), Some("2048".into()));
    assert_eq!(amounts(&task, &overrides), (1024, 2048));
    (overrides.cpu, overrides.memory) = (Some("512".into()), Some("1024".into()));
    assert_eq!(amounts(&task, &overrides), (512, 1024));
}

#[test]
fn only_ports_that_are_named_are_held() {
    let mapping = |container, host, protocol: &str| PortMapping {
        container_port: Some(container),
        host_port: host,
        protocol: Some(protocol.to_owned()),
        ..PortMapping::default()
    };
    let range =
        PortMapping { container_port_range: Some("100-200".into()), ..PortMapping::default() };
    let ports = |mode| {
        let a = ContainerDefinition {
            port_mappings: vec![
                mapping(80, Some(8080), "tcp"),
                mapping(81, Some(0), "tcp"),
                mapping(53, Some(53), "udp"),
                range.clone(),
            ],
            ..container("a")
        };
        let demand = Demand::of(&definition(mode, vec![a]), &Overrides::default());
        format!("tcp {:?} udp {:?}", demand.ports_tcp, demand.ports_udp)
    };
    assert_eq!(ports(NetworkMode::Bridge), "tcp {8080} udp {53}");
    assert_eq!(ports(NetworkMode::Awsvpc), "tcp {} udp {}");
    assert_eq!(ports(NetworkMode::None), "tcp {} udp {}");
    let host =
        ContainerDefinition { port_mappings: vec![mapping(80, None, "tcp")], ..container("a") };
    let demand = Demand::of(&definition(NetworkMode::Host, vec![host]), &Overrides::default());
    assert_eq!(demand.ports_tcp, [80].into());
}

#[test]
fn gpus_are_counted_over_containers() {
    let gpus = |value: &str| {
        let (kind, value) = ("GPU".to_owned(), value.to_owned());
        Some(vec![ResourceRequirement { kind, value, sharing_strategy: None }])
    };
    let a = ContainerDefinition { resource_requirements: gpus("2"), ..container("a") };
    let b = ContainerDefinition { resource_requirements: gpus("1"), ..container("b") };
    let demand = Demand::of(&definition(NetworkMode::Bridge, vec![a, b]), &Overrides::default());
    assert_eq!(demand.gpus, 3);
}

#[test]
fn task_with_an_interface_needs_a_free_one_and_a_subnet_in_the_zone() {
    check(
        "
        a enis=1 ecs.availability-zone=a
        b enis=2 ecs.availability-zone=b
        c enis=9 ecs.availability-zone=c
        d enis=9
        e ecs.availability-zone=b
        ",
        "9 enis=1 subnets=a,b",
        expect![[r#"
            a b b
            a RESOURCE:ENI: needs 1 network interfaces, 0 are free
            b RESOURCE:ENI: needs 1 network interfaces, 0 are free
            c LOCATION: the subnets are in a, b
            d LOCATION: the subnets are in a, b
            e RESOURCE:ENI: needs 1 network interfaces, 0 are free"#]],
    );
}

#[test]
fn task_in_awsvpc_mode_takes_one_interface() {
    let enis =
        |mode| Demand::of(&definition(mode, vec![container("a")]), &Overrides::default()).enis;
    assert_eq!((enis(NetworkMode::Awsvpc), enis(NetworkMode::Host)), (1, 0));
}
