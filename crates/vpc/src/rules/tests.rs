//! The rules of maps as scripts.

use super::{disjoint, rules};
use domain::{
    link::network::{GroupMap, InterfaceMap, Outside, PeerMap, RuleMap, SubnetMap, VpcMap},
    vpc::Traffic,
};
use expect_test::{Expect, expect};
use std::collections::BTreeMap;

fn rule(protocol: &str, port: Option<i32>, peer: PeerMap) -> RuleMap {
    RuleMap { traffic: Traffic { protocol: protocol.into(), from: port, to: port }, peer }
}

fn block(text: &str) -> PeerMap {
    PeerMap::Block(text.into())
}

fn set(id: &str) -> PeerMap {
    PeerMap::Set(id.into())
}

fn interface(last: u8, groups: &[&str]) -> InterfaceMap {
    InterfaceMap {
        id: format!("eni-{last}"),
        address: [10, 0, 1, last].into(),
        mac: format!("0A:00:00:00:00:{last:02x}"),
        host: None,
        groups: groups.iter().map(ToString::to_string).collect(),
        subnet: "subnet-1".into(),
        public_address: None,
        flow_logs: vec![],
    }
}

/// A web group that the world reaches, and a database group that the web group reaches.
fn shop() -> VpcMap {
    let web = GroupMap {
        ingress: vec![rule("tcp", Some(80), block("0.0.0.0/0"))],
        egress: vec![rule("-1", None, block("0.0.0.0/0"))],
    };
    let db = GroupMap {
        ingress: vec![rule("tcp", Some(5432), set("sg-web")), rule("icmp", Some(-1), set("pl-1"))],
        egress: vec![],
    };
    VpcMap {
        blocks: vec!["10.0.0.0/16".into()],
        dns_support: true,
        subnets: vec![SubnetMap { id: "subnet-1".into(), ..SubnetMap::default() }],
        groups: BTreeMap::from([("sg-web".into(), web), ("sg-db".into(), db)]),
        sets: BTreeMap::from([
            ("sg-web".into(), vec!["10.0.1.5".into()]),
            ("pl-1".into(), vec!["10.8.0.0/16".into(), "10.8.1.0/24".into()]),
        ]),
        interfaces: vec![interface(5, &["sg-web"]), interface(6, &["sg-db", "sg-web"])],
        ..VpcMap::default()
    }
}

fn changes(from: &VpcMap, to: &VpcMap, wanted: Expect) {
    wanted.assert_eq(&rules(from, None).change(&rules(to, None)).unwrap_or_default());
}

#[test]
fn groups_become_chains_and_interfaces_lead_to_them() {
    changes(
        &VpcMap::default(),
        &shop(),
        expect![[r#"
            add chain ip longshore in/sg-db/sg-web
            add chain ip longshore in/sg-web
            add chain ip longshore of-in/sg-db
            add chain ip longshore of-in/sg-web
            add chain ip longshore of-out/sg-db
            add chain ip longshore of-out/sg-web
            add chain ip longshore out/sg-db/sg-web
            add chain ip longshore out/sg-web
            add set ip longshore pl-1 { type ipv4_addr; flags interval; }
            add set ip longshore sg-web { type ipv4_addr; }
            add element ip longshore egress { "e0a000105" : goto out/sg-web, "e0a000106" : goto out/sg-db/sg-web }
            add element ip longshore ingress { "e0a000105" : goto in/sg-web, "e0a000106" : goto in/sg-db/sg-web }
            add element ip longshore own { "e0a000105" . 0a:00:00:00:00:05 . 10.0.1.5, "e0a000106" . 0a:00:00:00:00:06 . 10.0.1.6 }
            add element ip longshore pl-1 { 10.8.0.0/16 }
            add element ip longshore resolver { 10.0.0.2, 169.254.169.253 }
            add element ip longshore sg-web { 10.0.1.5 }
            add rule ip longshore in/sg-db/sg-web jump of-in/sg-db
            add rule ip longshore in/sg-db/sg-web jump of-in/sg-web
            add rule ip longshore in/sg-db/sg-web goto refused/in
            add rule ip longshore in/sg-web jump of-in/sg-web
            add rule ip longshore in/sg-web goto refused/in
            add rule ip longshore of-in/sg-db meta l4proto 1 ip saddr @pl-1 accept
            add rule ip longshore of-in/sg-db tcp dport 5432 ip saddr @sg-web accept
            add rule ip longshore of-in/sg-web tcp dport 80 accept
            add rule ip longshore of-out/sg-web goto ingress
            add rule ip longshore out/sg-db/sg-web jump of-out/sg-db
            add rule ip longshore out/sg-db/sg-web jump of-out/sg-web
            add rule ip longshore out/sg-db/sg-web goto refused/out
            add rule ip longshore out/sg-web jump of-out/sg-web
            add rule ip longshore out/sg-web goto refused/out
        "#]],
    );
}

#[test]
fn an_interface_that_comes_touches_no_rule() {
    let mut later = shop();
    later.interfaces.push(interface(7, &["sg-web"]));
    later.sets.get_mut("sg-web").expect("set").push("10.0.1.7".into());
    changes(
        &shop(),
        &later,
        expect![[r#"
        add element ip longshore egress { "e0a000107" : goto out/sg-web }
        add element ip longshore ingress { "e0a000107" : goto in/sg-web }
        add element ip longshore own { "e0a000107" . 0a:00:00:00:00:07 . 10.0.1.7 }
        add element ip longshore sg-web { 10.0.1.7 }
    "#]],
    );
    changes(
        &later,
        &shop(),
        expect![[r#"
        delete element ip longshore egress { "e0a000107" : goto out/sg-web }
        delete element ip longshore ingress { "e0a000107" : goto in/sg-web }
        delete element ip longshore own { "e0a000107" . 0a:00:00:00:00:07 . 10.0.1.7 }
        delete element ip longshore sg-web { 10.0.1.7 }
    "#]],
    );
}

#[test]
fn a_rule_that_changes_writes_its_group_alone() {
    let mut later = shop();
    later.groups.get_mut("sg-web").expect("group").ingress[0] =
        rule("tcp", Some(443), block("10.0.0.0/8"));
    changes(
        &shop(),
        &later,
        expect![[r#"
        flush chain ip longshore of-in/sg-web
        add rule ip longshore of-in/sg-web tcp dport 443 ip saddr 10.0.0.0/8 accept
    "#]],
    );
    changes(&later, &later, expect![""]);
}

#[test]
fn the_last_interface_of_groups_takes_their_chains_along() {
    let mut later = shop();
    later.interfaces.pop();
    changes(
        &shop(),
        &later,
        expect![[r#"
        delete element ip longshore egress { "e0a000106" : goto out/sg-db/sg-web }
        delete element ip longshore ingress { "e0a000106" : goto in/sg-db/sg-web }
        delete element ip longshore own { "e0a000106" . 0a:00:00:00:00:06 . 10.0.1.6 }
        flush chain ip longshore in/sg-db/sg-web
        flush chain ip longshore of-in/sg-db
        flush chain ip longshore of-out/sg-db
        flush chain ip longshore out/sg-db/sg-web
        delete chain ip longshore in/sg-db/sg-web
        delete chain ip longshore of-in/sg-db
        delete chain ip longshore of-out/sg-db
        delete chain ip longshore out/sg-db/sg-web
    "#]],
    );
}

#[test]
fn ways_out_are_the_subnets() {
    let mut out = VpcMap { interfaces: vec![interface(5, &[])], ..VpcMap::default() };
    out.interfaces[0].public_address = Some([203, 0, 113, 5].into());
    for (outside, is_public, is_nat) in [
        (Outside::None, false, false),
        (Outside::Gateway, true, false),
        (Outside::Nat, false, true),
    ] {
        out.subnets = vec![SubnetMap { id: "subnet-1".into(), outside, ..SubnetMap::default() }];
        let found = rules(&out, None);
        assert_eq!(found.lead_out([10, 0, 1, 5].into()), is_public || is_nat, "{outside:?}");
        assert_eq!(
            (!found.public.is_empty(), !found.nat.is_empty()),
            (is_public, is_nat),
            "{outside:?}"
        );
    }
}

#[test]
fn strange_names_are_never_in_a_script() {
    let strange = "sg-1 } ; flush ruleset";
    let mut map = shop();
    map.interfaces
        .push(InterfaceMap { mac: "0a:00:00:00:00:0g".into(), ..interface(8, &["sg-web"]) });
    map.interfaces.push(interface(9, &[strange]));
    map.sets.insert(strange.into(), vec!["10.0.0.1 }".into()]);
    map.groups.insert(strange.into(), GroupMap::default());
    let script = rules(&map, None).whole(262_144);
    assert!(!script.contains("flush ruleset") && !script.contains("e0a000108"), "{script}");
    // Without a group that is one, an interface is in none: nothing reaches it and it reaches nothing.
    assert!(
        script.contains("\"e0a000109\" : goto out\n")
            || script.contains("\"e0a000109\" : goto out "),
        "{script}"
    );
}

#[test]
fn blocks_in_others_say_nothing_new() {
    let texts = ["10.0.0.0/8", "10.1.0.0/16", "10.1.2.3", "11.0.0.0/8", "x", "10.0.0.0/8"];
    let found = disjoint(&texts.map(str::to_owned));
    let text: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(text, ["10.0.0.0/8", "11.0.0.0/8"]);
}

#[test]
fn flows_are_counted_where_an_interface_has_a_flow_log_and_nowhere_else() {
    /// As much of each line as fits.
    const CHARS: usize = 100;
    let cut = |text: Option<String>| -> String {
        let lines = text.unwrap_or_default();
        let cut = |line: &str| line.chars().take(CHARS).collect::<String>().trim_end().to_owned();
        lines.lines().map(|line| cut(line) + "\n").collect()
    };
    let mut watched = shop();
    watched.interfaces[0].flow_logs = vec![domain::link::network::FlowLogMap {
        id: "fl-1".into(),
        traffic: domain::flow_log::FlowTraffic::Reject,
        log_group: "flows".into(),
        format: String::new(),
        interval_s: 60,
    }];
    let (before, after) = (rules(&shop(), None), rules(&watched, None));
    expect![[r#"
        add chain ip longshore count/in-reject
        add chain ip longshore count/out-reject
        add set ip longshore in-reject/fin { type ipv4_addr . ipv4_addr . inet_service . inet_service; size
        add set ip longshore in-reject/missed { type ipv4_addr; size 16384; flags dynamic,timeout; timeout 1
        add set ip longshore in-reject/other { type ipv4_addr . ipv4_addr . inet_proto; size 16384; flags dy
        add set ip longshore in-reject/rst { type ipv4_addr . ipv4_addr . inet_service . inet_service; size
        add set ip longshore in-reject/syn { type ipv4_addr . ipv4_addr . inet_service . inet_service; size
        add set ip longshore in-reject/syn-ack { type ipv4_addr . ipv4_addr . inet_service . inet_service; s
        add set ip longshore in-reject/tcp { type ipv4_addr . ipv4_addr . inet_service . inet_service; size
        add set ip longshore in-reject/udp { type ipv4_addr . ipv4_addr . inet_service . inet_service; size
        add set ip longshore out-reject/fin { type ipv4_addr . ipv4_addr . inet_service . inet_service; size
        add set ip longshore out-reject/missed { type ipv4_addr; size 16384; flags dynamic,timeout; timeout
        add set ip longshore out-reject/other { type ipv4_addr . ipv4_addr . inet_proto; size 16384; flags d
        add set ip longshore out-reject/rst { type ipv4_addr . ipv4_addr . inet_service . inet_service; size
        add set ip longshore out-reject/syn { type ipv4_addr . ipv4_addr . inet_service . inet_service; size
        add set ip longshore out-reject/syn-ack { type ipv4_addr . ipv4_addr . inet_service . inet_service;
        add set ip longshore out-reject/tcp { type ipv4_addr . ipv4_addr . inet_service . inet_service; size
        add set ip longshore out-reject/udp { type ipv4_addr . ipv4_addr . inet_service . inet_service; size
        add element ip longshore watched-reject { 10.0.1.5 }
        add rule ip longshore count/in-reject tcp flags & (fin | syn | rst) == 0 update @in-reject/tcp { ip
        add rule ip longshore count/in-reject tcp flags & (syn | ack) == syn update @in-reject/syn { ip sadd
        add rule ip longshore count/in-reject tcp flags & (syn | ack) == syn | ack update @in-reject/syn-ack
        add rule ip longshore count/in-reject tcp flags & (fin | syn | rst) == fin update @in-reject/fin { i
        add rule ip longshore count/in-reject tcp flags & (syn | rst) == rst update @in-reject/rst { ip sadd
        add rule ip longshore count/in-reject meta l4proto udp update @in-reject/udp { ip saddr . ip daddr .
        add rule ip longshore count/in-reject meta l4proto != { tcp, udp } update @in-reject/other { ip sadd
        add rule ip longshore count/in-reject update @in-reject/missed { ip daddr counter } return
        add rule ip longshore count/out-reject tcp flags & (fin | syn | rst) == 0 update @out-reject/tcp { i
        add rule ip longshore count/out-reject tcp flags & (syn | ack) == syn update @out-reject/syn { ip sa
        add rule ip longshore count/out-reject tcp flags & (syn | ack) == syn | ack update @out-reject/syn-a
        add rule ip longshore count/out-reject tcp flags & (fin | syn | rst) == fin update @out-reject/fin {
        add rule ip longshore count/out-reject tcp flags & (syn | rst) == rst update @out-reject/rst { ip sa
        add rule ip longshore count/out-reject meta l4proto udp update @out-reject/udp { ip saddr . ip daddr
        add rule ip longshore count/out-reject meta l4proto != { tcp, udp } update @out-reject/other { ip sa
        add rule ip longshore count/out-reject update @out-reject/missed { ip saddr counter } return
        flush chain ip longshore refused/in
        add rule ip longshore refused/in ip daddr @watched-reject jump count/in-reject
        add rule ip longshore refused/in drop
        flush chain ip longshore refused/out
        add rule ip longshore refused/out ip saddr @watched-reject jump count/out-reject
        add rule ip longshore refused/out drop
    "#]].assert_eq(&cut(before.change(&after)));
    expect![[r#"
        delete element ip longshore watched-reject { 10.0.1.5 }
        flush chain ip longshore refused/in
        add rule ip longshore refused/in drop
        flush chain ip longshore refused/out
        add rule ip longshore refused/out drop
        flush chain ip longshore count/in-reject
        flush chain ip longshore count/out-reject
        delete chain ip longshore count/in-reject
        delete chain ip longshore count/out-reject
        delete set ip longshore in-reject/fin
        delete set ip longshore in-reject/missed
        delete set ip longshore in-reject/other
        delete set ip longshore in-reject/rst
        delete set ip longshore in-reject/syn
        delete set ip longshore in-reject/syn-ack
        delete set ip longshore in-reject/tcp
        delete set ip longshore in-reject/udp
        delete set ip longshore out-reject/fin
        delete set ip longshore out-reject/missed
        delete set ip longshore out-reject/other
        delete set ip longshore out-reject/rst
        delete set ip longshore out-reject/syn
        delete set ip longshore out-reject/syn-ack
        delete set ip longshore out-reject/tcp
        delete set ip longshore out-reject/udp
    "#]]
    .assert_eq(&cut(after.change(&before)));
    let script = before.change(&after).unwrap_or_default();
    for whole in [
        "in-reject/syn { type ipv4_addr . ipv4_addr . inet_service . inet_service; size 16384; flags dynamic,timeout; timeout 120s; }",
        "tcp flags & (syn | ack) == syn update @in-reject/syn { ip saddr . ip daddr . tcp sport . tcp dport counter } return",
    ] {
        assert!(script.contains(whole), "{script}");
    }
    let without = before.whole(262_144);
    assert!(!without.contains("count/") && !without.contains("passed"), "{without}");
}

#[test]
fn what_hosts_send_themselves_is_marked_for_its_way_back() {
    let mut map = shop();
    for (last, host) in [(7, [192, 0, 2, 7]), (8, [192, 0, 2, 8]), (9, [192, 0, 2, 9])] {
        map.interfaces.push(InterfaceMap { host: Some(host.into()), ..interface(last, &[]) });
    }
    let own = Some([192, 0, 2, 9].into());
    let wanted = expect![[r#"
        add chain ip longshore marking { type filter hook prerouting priority mangle; policy accept; }
        add rule ip longshore marking iifname "overlay" ip saddr { 192.0.2.7, 192.0.2.8 } meta mark set 1 ct mark set 1
        add rule ip longshore marking iifname "e*" ct mark 1 meta mark set 1
    "#]];
    wanted.assert_eq(&rules(&shop(), own).change(&rules(&map, own)).unwrap_or_default());
}
