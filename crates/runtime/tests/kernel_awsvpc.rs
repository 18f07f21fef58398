//! Tasks with interfaces of their own: what they have, whom they reach, whom not. Asked for by `KERNEL_TESTS=1`.

mod kernel_support;
mod vpc_support;

use agent::driver::Driver;
use agent::endpoint::{Caller, Listener};
use domain::link::acs::PayloadTask;
use domain::link::network::Outside;
use kernel_support::{Bench, DEADLINE, World, check, eventually};
use serde_json::json;
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;
use vpc_support::{
    Scene, block, everywhere, is_read, members, reads, router_goes, rule, says, will_read,
};

#[test]
fn a_task_has_its_address_and_name_and_its_containers_share_them() {
    check(|bench| async move {
        let mut scene = Scene::new();
        scene.group("sg-1", vec![], everywhere());
        scene.interface(5, &["sg-1"]);
        scene.tell(&bench).await;
        let script =
            "mkdir /www; echo side > /www/index.html; exec httpd -f -p 127.0.0.1:8080 -h /www";
        let task = scene.task(
            5,
            json!([
                { "name": "main", "command": ["sh", "-c", "exec sleep 1000"] },
                { "name": "side", "command": ["sh", "-c", script] },
            ]),
        );
        bench.run(&task).await;
        bench.start(&task, "side").await.expect("started");
        let address = scene.address(5);
        let own = says(&bench, &task, "ip -4 -o addr show eth0").await;
        assert!(own.contains(&format!("inet {address}/24")), "{own}");
        let link = says(&bench, &task, "ip -o link show eth0").await;
        assert!(link.contains(&Scene::mac(5)), "{link}");
        let routes = says(&bench, &task, "ip route").await;
        assert!(routes.contains(&format!("default via {}", scene.address(1))), "{routes}");
        let agent = says(&bench, &task, "ip -4 -o addr show ecs-eth0").await;
        assert!(agent.contains("inet 169.254.17") && agent.contains("/22"), "{agent}");
        assert!(routes.contains("169.254.170.2 dev ecs-eth0"), "{routes}");
        let name = format!("ip-{}.ec2.internal", address.to_string().replace('.', "-"));
        assert_eq!(says(&bench, &task, "hostname").await.trim(), name);
        let hosts = says(&bench, &task, "cat /etc/hosts").await;
        assert!(hosts.contains(&format!("{address}\t{name}")), "{hosts}");
        let resolv = says(&bench, &task, "cat /etc/resolv.conf").await;
        assert!(resolv.contains("search ec2.internal") && resolv.contains(".0.2"), "{resolv}");
        will_read(&bench, &task, "127.0.0.1:8080").await;
        // Preparing again, as an agent does that was killed, changes nothing.
        let before = says(&bench, &task, "ip addr").await;
        bench.create(&task).await.expect("again");
        assert_eq!(says(&bench, &task, "ip addr").await, before);
        bench.remove(&task).await;
        router_goes(&bench).await;
    });
}

#[test]
fn security_groups_decide_who_reaches_whom_on_one_host() {
    check(|bench| async move {
        let mut scene = Scene::new();
        let from_client = rule("tcp", Some(80), members("sg-client"));
        scene.group("sg-web", vec![from_client], vec![]);
        scene.group("sg-client", vec![], everywhere());
        scene.group("sg-other", vec![], everywhere());
        scene.group("sg-mute", vec![], vec![rule("tcp", Some(443), block("0.0.0.0/0"))]);
        scene.interface(5, &["sg-web"]);
        scene.interface(6, &["sg-client"]);
        scene.interface(7, &["sg-other"]);
        scene.interface(8, &["sg-client", "sg-mute"]);
        scene.interface(9, &["sg-mute"]);
        scene.tell(&bench).await;
        let server = scene.server(5);
        bench.run(&server).await;
        let web = scene.address(5).to_string();
        let [client, other, both, mute] = [6, 7, 8, 9].map(|last| scene.sleeper(last));
        for task in [&client, &other, &both, &mute] {
            bench.run(task).await;
        }
        will_read(&bench, &client, &web).await;
        assert!(is_read(&bench, &both, &web).await, "groups add up");
        assert!(!reads(&bench, &other, &web).await, "another group");
        assert!(!reads(&bench, &client, &format!("{web}:81")).await, "another port");
        assert!(!reads(&bench, &mute, &web).await, "what may not leave does not arrive");
        let ping = format!("ping -c 1 -W 1 {web}");
        assert_ne!(
            bench.probe(&client, "main", &["sh", "-c", &ping]).await.0,
            0,
            "no rule for ICMP"
        );
        // From an address in the subnet that nobody has, nothing comes at once.
        assert!(!reads(&bench, &client, &scene.address(77).to_string()).await);
    });
}

#[test]
fn a_change_is_in_force_at_once_and_flows_that_are_there_go_on() {
    check(|bench| async move {
        let mut scene = Scene::new();
        let web = |port| rule("tcp", Some(port), members("sg-client"));
        scene.group("sg-web", vec![web(80), web(7000)], vec![]);
        scene.group("sg-client", vec![], everywhere());
        scene.interface(5, &["sg-web"]);
        scene.interface(6, &["sg-client"]);
        scene.tell(&bench).await;
        // One flow of lines, for the first who comes.
        let script =
            "mkdir /www; echo page > /www/index.html; httpd -p 80 -h /www; httpd -p 81 -h /www
            (while sleep 0.05; do echo line; done | nc -l -p 7000) & exec sleep 1000";
        let server = scene.task(5, json!([{ "name": "main", "command": ["sh", "-c", script] }]));
        bench.run(&server).await;
        let web_at = scene.address(5).to_string();
        let script = format!(
            "mkfifo /tmp/in; while :; do nc {web_at} 7000 <> /tmp/in >> /tmp/flow; sleep 0.1; done"
        );
        let client = scene.task(6, json!([{ "name": "main", "command": ["sh", "-c", script] }]));
        bench.run(&client).await;
        flow_goes_on(&bench, &client).await;
        will_read(&bench, &client, &web_at).await;
        assert!(!reads(&bench, &client, &format!("{web_at}:81")).await);
        // Port 80 is closed, 81 opened; 7000 stays allowed by another rule than before.
        let from_block = block(&format!("{web_at}/16"));
        scene.group("sg-web", vec![web(81), rule("tcp", Some(7000), from_block)], vec![]);
        scene.tell(&bench).await;
        assert!(is_read(&bench, &client, &format!("{web_at}:81")).await, "opened");
        assert!(!reads(&bench, &client, &web_at).await, "closed");
        flow_goes_on(&bench, &client).await;
        // A member that leaves its group is not let in any more.
        scene.map.sets.get_mut("sg-client").expect("set").clear();
        scene.tell(&bench).await;
        assert!(!reads(&bench, &client, &format!("{web_at}:81")).await, "no member");
        // Another agent finds the rules and the flow.
        let next = bench.another();
        next.inventory().await.expect("inventory");
        next.network(scene.whole()).await.expect("followed");
        flow_goes_on(&bench, &client).await;
    });
}

/// The server takes one connection only, so lines that come are of a flow that was never cut.
async fn flow_goes_on(bench: &Bench, client: &PayloadTask) {
    let lines = || async {
        says(bench, client, "wc -l < /tmp/flow").await.trim().parse::<u32>().unwrap_or(0)
    };
    let before = lines().await;
    let deadline = tokio::time::Instant::now() + DEADLINE;
    while lines().await < before + 3 {
        assert!(tokio::time::Instant::now() < deadline, "the flow goes on");
    }
}

#[test]
fn hostile_tasks_reach_nobody() {
    check(|bench| async move {
        let mut scene = Scene::new();
        scene.map.subnets[0].outside = Outside::Nat;
        let only = scene.address(6);
        scene.group("sg-web", vec![rule("-1", None, block(&format!("{only}/32")))], vec![]);
        scene.group("sg-any", vec![], everywhere());
        scene.interface(5, &["sg-web"]);
        scene.interface(6, &["sg-any"]);
        scene.interface(7, &["sg-any"]);
        scene.tell(&bench).await;
        let [server, good, evil] = [scene.server(5), scene.sleeper(6), scene.sleeper(7)];
        for task in [&server, &good, &evil] {
            bench.run(task).await;
        }
        let web = scene.address(5).to_string();
        will_read(&bench, &good, &web).await;
        assert!(!reads(&bench, &evil, &web).await);
        // Forged: the other's address, and its MAC as well.
        let forge = format!(
            "ip addr add {only}/32 dev eth0; ip route replace {web} via {} dev eth0 onlink src {only}",
            scene.address(1)
        );
        says(&bench, &evil, &forge).await;
        assert!(!reads(&bench, &evil, &web).await, "a forged address");
        says(&bench, &evil, &format!("ip link set eth0 address {}", Scene::mac(6))).await;
        assert!(!reads(&bench, &evil, &web).await, "a forged MAC");
        assert!(is_read(&bench, &good, &web).await, "the owner goes on");
        // The host's own services, by any of its addresses.
        let listener = std::net::TcpListener::bind("0.0.0.0:0").expect("bind");
        let port = listener.local_addr().expect("address").port();
        for host in host_addresses() {
            assert!(!reads(&bench, &good, &format!("{host}:{port}")).await, "{host}");
        }
        // Neither the link-local range nor the other's way to the agent.
        let others = says(
            &bench,
            &evil,
            "ip -4 -o addr show ecs-eth0 | tr -s ' ' | cut -d' ' -f4 | cut -d/ -f1",
        )
        .await;
        let others = others.trim();
        assert!(others.starts_with("169.254.17"), "{others}");
        says(&bench, &evil, "mkdir -p /www; echo secret > /www/index.html; httpd -p 80 -h /www")
            .await;
        for target in [others, "169.254.169.123", "169.254.192.0"] {
            assert!(!reads(&bench, &good, target).await, "{target}");
        }
        says(&bench, &good, &format!("ip route add {others}/32 dev ecs-eth0")).await;
        assert!(!reads(&bench, &good, others).await, "{others} by its own way");
        assert!(
            listener.set_nonblocking(true).is_ok() && listener.accept().is_err(),
            "nobody came"
        );
    });
}

#[test]
fn the_agent_knows_who_asks_and_nobody_asks_in_another_name() {
    check(|bench| async move {
        let mut scene = Scene::new();
        scene.group("sg-1", vec![], vec![]);
        for last in [5, 6] {
            scene.interface(last, &["sg-1"]);
        }
        scene.tell(&bench).await;
        let [good, evil] = [scene.sleeper(5), scene.sleeper(6)];
        for task in [&good, &evil] {
            bench.run(task).await;
        }
        let doorway = bench.driver.doorway().expect("tasks reach the agent");
        let listeners = doorway.listen().expect("listeners");
        let tasks = listeners.into_iter().find_map(|listener| match listener {
            Listener::Tasks(socket) => Some(socket),
            _ => None,
        });
        let tasks = tasks.expect("a listener for tasks");
        // It is not answered here, so that it has to be ended.
        let ask = "nc -w 1 169.254.170.2 80 < /dev/null & sleep 1; kill $! 2> /dev/null; true";
        let deadline = tokio::time::Instant::now() + DEADLINE;
        let peer = loop {
            says(&bench, &good, ask).await;
            match tasks.accept() {
                Ok((_, peer)) => break peer,
                Err(error) => assert!(tokio::time::Instant::now() < deadline, "{error}"),
            }
        };
        assert_eq!(doorway.caller(peer.ip()), Some(Caller::Task(good.id().to_owned())));
        // With the other's address as its own, on either interface.
        let forge = format!(
            "ip addr flush dev ecs-eth0; ip addr add {0}/32 dev ecs-eth0; ip route replace 169.254.170.2/32 dev ecs-eth0 src {0}",
            peer.ip()
        );
        says(&bench, &evil, &forge).await;
        says(&bench, &evil, ask).await;
        assert!(tasks.accept().is_err(), "a forged address");
        says(&bench, &evil, "ip route replace 169.254.170.2/32 via $(ip route | grep default | cut -d' ' -f3) dev eth0").await;
        says(&bench, &evil, ask).await;
        assert!(tasks.accept().is_err(), "by way of the VPC");
    });
}

fn host_addresses() -> Vec<String> {
    let listed = std::process::Command::new("ip").args(["-4", "-o", "addr"]).output().expect("ip");
    let text = String::from_utf8_lossy(&listed.stdout).into_owned();
    let found: Vec<String> = text
        .lines()
        .filter_map(|line| line.split_whitespace().nth(3)?.split('/').next().map(str::to_owned))
        .filter(|address| !address.starts_with("127."))
        .collect();
    assert!(!found.is_empty(), "{text}");
    found
}

#[test]
fn ways_out_are_the_subnets_and_public_addresses_lead_in() {
    check(|bench| async move {
        let world = World::new();
        let mut scene = Scene::new();
        let public = "203.0.113.5";
        scene.map.subnets[0].outside = Outside::Gateway;
        scene.group("sg-1", vec![rule("tcp", Some(80), block("0.0.0.0/0"))], everywhere());
        for last in [5, 6] {
            scene.interface(last, &["sg-1"]);
        }
        scene.map.interfaces[0].public_address = Some(public.parse().expect("address"));
        scene.tell(&bench).await;
        let [server, private] = [scene.server(5), scene.sleeper(6)];
        for task in [&server, &private] {
            bench.run(task).await;
        }
        will_read(&bench, &server, &world.address()).await;
        assert!(!reads(&bench, &private, &world.address()).await, "without a public address");
        for address in [public.to_owned(), scene.address(5).to_string()] {
            eventually(&format!("the host reads {address}"), || host_reads(&address)).await;
        }
        assert!(is_read(&bench, &private, public).await, "neighbours by the public address");
        assert!(!host_reads(&format!("{public}:81")), "groups are asked");
        scene.map.subnets[0].outside = Outside::Nat;
        scene.tell(&bench).await;
        assert!(is_read(&bench, &private, &world.address()).await, "by NAT");
        scene.map.subnets[0].outside = Outside::None;
        scene.tell(&bench).await;
        assert!(!reads(&bench, &private, &world.address()).await, "no way out");
    });
}

fn host_reads(address: &str) -> bool {
    let (host, port) = address.split_once(':').unwrap_or((address, "80"));
    let to = (host.parse::<Ipv4Addr>().expect("address"), port.parse().expect("port"));
    TcpStream::connect_timeout(&to.into(), Duration::from_secs(1)).is_ok()
}

#[test]
fn names_lead_to_tasks_and_the_rest_is_the_hosts() {
    check(|bench| async move {
        let mut scene = Scene::new();
        scene.group("sg-1", vec![], vec![]);
        scene.interface(5, &["sg-1"]);
        scene.interface(6, &["sg-1"]);
        scene.tell(&bench).await;
        let task = scene.sleeper(5);
        bench.run(&task).await;
        let other = scene.address(6).to_string();
        let name = format!("ip-{}", other.replace('.', "-"));
        let found = says(&bench, &task, &format!("nslookup {name}.ec2.internal")).await;
        assert!(found.contains(&other), "{found}");
        let found = says(&bench, &task, &format!("nslookup {other} 169.254.169.253")).await;
        assert!(found.contains(&format!("{name}.ec2.internal")), "{found}");
        // What was a neighbour and is none any more.
        scene.map.interfaces.pop();
        scene.tell(&bench).await;
        let found = says(&bench, &task, &format!("nslookup {name}.ec2.internal")).await;
        assert!(found.contains("NXDOMAIN") && !found.contains(&other), "{found}");
    });
}
