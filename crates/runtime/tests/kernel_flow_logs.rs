//! What flow logs record of real packets, and that nothing of them stays. Asked for by `KERNEL_TESTS=1`.

mod kernel_support;
mod vpc_support;

use agent::driver::Driver;
use domain::flow_log::FlowTraffic;
use domain::link::network::FlowLogMap;
use kernel_support::{Bench, check, eventually};
use serde_json::json;
use std::net::Ipv4Addr;
use std::process::Command;
use vpc_support::{Scene, everywhere, members, reads, rule, says, socket, will_read};

const FORMAT: &str = "${version} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${tcp-flags} \
     ${flow-direction} ${action} ${log-status}";

fn log(traffic: FlowTraffic) -> FlowLogMap {
    FlowLogMap {
        id: format!("fl-{}", traffic.as_str()),
        traffic,
        log_group: "/flows".into(),
        format: FORMAT.into(),
        interval_s: 1,
    }
}

/// Records of a stream, as their words.
fn records(bench: &Bench, stream: &str) -> Vec<Vec<String>> {
    let path = bench.root().join("flow-logs/%2Fflows").join(format!("{stream}.log"));
    let text = fs_err::read_to_string(path).unwrap_or_default();
    text.lines().map(|line| line.split(' ').map(str::to_owned).collect()).collect()
}

/// Sums of packets of the records that have these words in the places of source, destination, ports, direction and action; `None` for none.
fn packets(records: &[Vec<String>], wanted: [&str; 6]) -> Option<u64> {
    let [source, destination, from, to, direction, action] = wanted;
    let places = [(2, source), (3, destination), (4, from), (5, to), (10, direction), (11, action)];
    let is_meant = |record: &&Vec<String>| {
        places.iter().all(|(at, word)| *word == "*" || record[*at] == *word)
    };
    let found: Vec<u64> =
        records.iter().filter(is_meant).map(|it| it[7].parse().expect("a number")).collect();
    (!found.is_empty()).then(|| found.iter().sum())
}

/// A server that its client reaches by port 80.
fn scene() -> Scene {
    let mut scene = Scene::new();
    scene.group("sg-web", vec![rule("tcp", Some(80), members("sg-client"))], vec![]);
    scene.group("sg-client", vec![], everywhere());
    scene.interface(5, &["sg-web"]);
    scene.interface(6, &["sg-client"]);
    scene
}

fn rules_of(scene: &Scene, bench: &Bench) -> String {
    let there = bench.driver.belongings().expect("listed");
    assert!(there.iter().any(|line| line.contains("router")), "{there:?}");
    let number = format!("-{:x}", scene.map.number);
    let names = fs_err::read_dir("/run/netns").expect("name spaces").flatten();
    let name = names
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .find(|name| name.starts_with("lsvpc") && name.ends_with(&number))
        .expect("the router");
    let said = Command::new("ip")
        .args(["netns", "exec", &name, "nft", "list", "ruleset"])
        .output()
        .expect("nft");
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    String::from_utf8_lossy(&said.stdout).into_owned()
}

#[test]
fn records_say_what_was_let_through_and_what_was_not() {
    check(|bench| async move {
        let mut scene = scene();
        scene.map.interfaces[0].flow_logs = vec![log(FlowTraffic::All)];
        scene.map.interfaces[1].flow_logs =
            vec![log(FlowTraffic::Accept), log(FlowTraffic::Reject)];
        scene.tell(&bench).await;
        let [server, client] = [scene.server(5), scene.sleeper(6)];
        bench.run(&server).await;
        bench.run(&client).await;
        let [web, from] = [5, 6].map(|last| scene.address(last).to_string());
        will_read(&bench, &client, &web).await;
        assert!(!reads(&bench, &client, &format!("{web}:81")).await);
        says(&bench, &client, &format!("ping -c 1 -W 1 {web}")).await;
        says(&bench, &server, &format!("ping -c 1 -W 1 {from}")).await;
        let (of_web, of_client) =
            (|| records(&bench, "eni-5-all"), || records(&bench, "eni-6-accept"));
        eventually("a stream is recorded at both ends and both ways", || {
            let (web_side, client_side) = (of_web(), of_client());
            let ways = [
                (&web_side, [&*from, &*web, "*", "80", "ingress", "ACCEPT"]),
                (&web_side, [&*web, &*from, "80", "*", "egress", "ACCEPT"]),
                (&client_side, [&*from, &*web, "*", "80", "egress", "ACCEPT"]),
                (&client_side, [&*web, &*from, "80", "*", "ingress", "ACCEPT"]),
            ];
            ways.into_iter().all(|(side, wanted)| packets(side, wanted).is_some_and(|n| n >= 4))
        })
        .await;
        eventually(
            "what the server's group refuses is refused there and let out by the client's",
            || {
                packets(&of_web(), [&from, &web, "*", "81", "ingress", "REJECT"]).is_some()
                    && packets(&of_client(), [&from, &web, "*", "81", "egress", "ACCEPT"]).is_some()
                    && packets(&of_web(), [&from, &web, "0", "0", "ingress", "REJECT"]) == Some(1)
            },
        )
        .await;
        eventually("what a group does not let out", || {
            packets(&of_web(), [&web, &from, "0", "0", "egress", "REJECT"]) == Some(1)
        })
        .await;
        // The reader's first packet and the server's answer, each a record of its own flow.
        let all = of_web();
        let flags = |direction: &str, to: &str| {
            let of = all.iter().filter(|it| it[10] == direction && (it[5] == to || it[4] == to));
            of.fold(0, |sum, it| sum | it[9].parse::<u8>().expect("flags"))
        };
        assert_eq!((flags("ingress", "80") & 3, flags("egress", "80") & 19), (3, 19), "{all:?}");
        assert_eq!(flags("ingress", "81"), 2, "{all:?}");
        eventually("a second without packets", || {
            records(&bench, "eni-6-reject").iter().any(|it| it[12] == "NODATA")
        })
        .await;
        // Both ends of each flow saw as many packets, none twice.
        let (web_side, client_side) = (of_web(), of_client());
        let one_way = [&*from, &*web, "*", "80", "*", "ACCEPT"];
        assert_eq!(packets(&web_side, one_way), packets(&client_side, one_way));
    });
}

#[test]
fn a_flow_log_that_is_deleted_leaves_no_rule_and_a_task_that_goes_leaves_its_records() {
    check(|bench| async move {
        let mut scene = scene();
        scene.map.interfaces[0].flow_logs = vec![log(FlowTraffic::All)];
        scene.tell(&bench).await;
        let [server, client] = [scene.server(5), scene.sleeper(6)];
        bench.run(&server).await;
        bench.run(&client).await;
        let [web, from] = [5, 6].map(|last| scene.address(last).to_string());
        will_read(&bench, &client, &web).await;
        let rules = rules_of(&scene, &bench);
        assert!(rules.contains("in-accept/tcp"), "{rules}");
        scene.map.interfaces[0].flow_logs = vec![];
        scene.tell(&bench).await;
        let rules = rules_of(&scene, &bench);
        assert!(!rules.contains("-accept/") && !rules.contains("chain passed"), "{rules}");
        let wanted = [&*from, &*web, "*", "80", "ingress", "ACCEPT"];
        assert!(packets(&records(&bench, "eni-5-all"), wanted).is_some(), "said before it went");
        // Its last words, though no interval ends before the task does.
        let mut slow = log(FlowTraffic::Accept);
        slow.interval_s = 600;
        scene.map.interfaces[0].flow_logs = vec![slow];
        scene.tell(&bench).await;
        assert!(reads(&bench, &client, &web).await);
        bench.remove(&client).await;
        bench.remove(&server).await;
        assert!(packets(&records(&bench, "eni-5-accept"), wanted).is_some());
    });
}

#[test]
fn the_next_agent_says_that_it_may_have_missed_something_and_goes_on() {
    check(|bench| async move {
        let mut scene = scene();
        scene.map.interfaces[0].flow_logs = vec![log(FlowTraffic::All)];
        scene.tell(&bench).await;
        let [server, client] = [scene.server(5), scene.sleeper(6)];
        bench.run(&server).await;
        bench.run(&client).await;
        let web = scene.address(5).to_string();
        will_read(&bench, &client, &web).await;
        let skipped =
            || records(&bench, "eni-5-all").iter().filter(|it| it[12] == "SKIPDATA").count();
        assert_eq!(skipped(), 0);
        let next = bench.another();
        next.inventory().await.expect("inventory");
        next.network(scene.whole()).await.expect("followed");
        eventually("it says so", || skipped() == 1).await;
        assert!(reads(&bench, &client, &web).await);
        let wanted = [&*scene.address(6).to_string(), &*web, "*", "80", "ingress", "ACCEPT"];
        let lines = records(&bench, "eni-5-all");
        let after = lines.iter().rposition(|it| it[12] == "SKIPDATA").expect("there");
        eventually("it goes on", || {
            packets(&records(&bench, "eni-5-all")[after..], wanted).is_some()
        })
        .await;
    });
}

#[test]
fn a_flood_of_flows_is_bounded_and_said() {
    check(|bench| async move {
        let mut scene = scene();
        scene.map.interfaces[1].flow_logs =
            vec![FlowLogMap { interval_s: 2, ..log(FlowTraffic::Reject) }];
        scene.group("sg-client", vec![], vec![]);
        scene.tell(&bench).await;
        let task =
            scene.task(6, json!([{ "name": "main", "command": ["sh", "-c", "exec sleep 1000"] }]));
        bench.run(&task).await;
        // A datagram to each port of one address is more than a set holds.
        let socket = socket(&bench, &task, (scene.address(6), 0));
        for port in 1..=40_000_u16 {
            // What is refused may be said to the next one who sends.
            let _ = socket.send_to(b"x", (Ipv4Addr::new(192, 0, 2, 1), port));
        }
        eventually("what found no room is said", || {
            records(&bench, "eni-6-reject").iter().any(|it| it[12] == "SKIPDATA")
        })
        .await;
        let all = records(&bench, "eni-6-reject");
        let recorded = all.iter().filter(|it| it[12] == "OK").count();
        assert!((1000..=16_384).contains(&recorded), "{recorded}");
    });
}

#[test]
fn old_records_go_where_no_flow_log_is_left() {
    check(|bench| async move {
        let [old, new] = ["old", "new"].map(|group| bench.root().join("flow-logs").join(group));
        for dir in [&old, &new] {
            fs_err::create_dir_all(dir).expect("dir");
            fs_err::write(dir.join("eni-5-all.log"), "2 - -\n").expect("written");
        }
        let file = fs_err::OpenOptions::new().append(true).open(old.join("eni-5-all.log"));
        file.expect("there").file().set_modified(std::time::UNIX_EPOCH).expect("set");
        bench.driver.inventory().await.expect("inventory");
        assert_eq!((old.exists(), new.exists()), (false, true));
    });
}
