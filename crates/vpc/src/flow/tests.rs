//! Counters as they are read, and the records that come of them.

use super::*;
use crate::counting::Class;
use domain::link::network::{FlowLogMap, SubnetMap};
use expect_test::{Expect, expect};

const OWN: Ipv4Addr = Ipv4Addr::new(10, 0, 1, 5);
const OTHER: Ipv4Addr = Ipv4Addr::new(10, 0, 1, 6);
const LONG: &str = "${version} ${vpc-id} ${subnet-id} ${instance-id} ${region} ${az-id} ${tcp-flags} ${type} ${pkt-srcaddr} ${flow-direction} ${srcport} ${packets} ${log-status}";

fn log(traffic: FlowTraffic, format: &str) -> FlowLogMap {
    FlowLogMap {
        id: format!("fl-{}", traffic.as_str()),
        traffic,
        log_group: "/flows".into(),
        format: format.into(),
        interval_s: 60,
    }
}

fn map(flow_logs: Vec<FlowLogMap>) -> VpcMap {
    let interface = InterfaceMap {
        id: "eni-5".into(),
        address: OWN,
        mac: String::new(),
        host: None,
        groups: vec![],
        subnet: "subnet-1".into(),
        public_address: None,
        flow_logs,
    };
    let subnet =
        SubnetMap { id: "subnet-1".into(), zone_id: "use1-az1".into(), ..SubnetMap::default() };
    VpcMap {
        id: "vpc-1".into(),
        account: "123456789012".into(),
        region: "us-east-1".into(),
        subnets: vec![subnet],
        interfaces: vec![interface],
        ..VpcMap::default()
    }
}

fn at(s: i64) -> Timestamp {
    Timestamp(s * 1000)
}

fn seen(direction: Direction, action: Action, flags: u8, packets: u64, last: i64) -> Seen {
    let (source, destination) = match direction {
        Direction::Out => (OWN, OTHER),
        Direction::In => (OTHER, OWN),
    };
    let flow = Flow {
        class: Class { direction, action },
        source,
        destination,
        source_port: 40_000,
        destination_port: 80,
        protocol: 6,
    };
    Seen { flow, flags, packets, bytes: packets * 100, last: at(last) }
}

fn out(flags: u8, packets: u64, last: i64) -> Seen {
    seen(Direction::Out, Action::Accept, flags, packets, last)
}

fn check(lines: &[Line], wanted: Expect) {
    let text: String = lines.iter().map(|it| format!("{}: {}\n", it.stream, it.text)).collect();
    wanted.assert_eq(&text);
}

fn book(logs: Vec<FlowLogMap>) -> Book {
    let mut book = Book::default();
    assert_eq!(book.follow(&map(logs), at(1000), false), []);
    book
}

#[test]
fn what_is_new_since_the_last_reading_is_summed_over_the_interval() {
    let mut book = book(vec![log(FlowTraffic::All, flow_log::DEFAULT_FORMAT)]);
    book.take(&[out(0x02, 1, 1003), out(0, 4, 1004)], &[], at(1010));
    assert_eq!(book.due(at(1010)), []);
    let refused = seen(Direction::In, Action::Reject, 0x02, 3, 1015);
    book.take(&[out(0x02, 1, 1003), out(0, 9, 1018), refused], &[], at(1020));
    check(
        &book.due(at(1060)),
        expect![[r#"
            eni-5-all: 2 123456789012 eni-5 10.0.1.5 10.0.1.6 40000 80 6 10 1000 1000 1018 ACCEPT OK
            eni-5-all: 2 123456789012 eni-5 10.0.1.6 10.0.1.5 40000 80 6 3 300 1010 1015 REJECT OK
        "#]],
    );
    // Nothing new, though the counters are still there.
    book.take(&[out(0x02, 1, 1003), out(0, 9, 1018), refused], &[], at(1070));
    check(
        &book.due(at(1120)),
        expect![[r#"
            eni-5-all: 2 123456789012 eni-5 - - - - - - - 1060 1120 - NODATA
        "#]],
    );
}

#[test]
fn logs_have_what_they_are_about_and_fields_in_their_order() {
    let mut book = book(vec![log(FlowTraffic::Reject, LONG), log(FlowTraffic::Accept, LONG)]);
    let all = [
        out(0x02, 1, 1001),
        out(0, 5, 1002),
        out(0x01, 1, 1003),
        seen(Direction::In, Action::Accept, 0x12, 1, 1001),
        seen(Direction::In, Action::Reject, 0x02, 2, 1001),
    ];
    book.take(&all, &[], at(1010));
    check(
        &book.due(at(1060)),
        expect![[r#"
            eni-5-accept: 5 vpc-1 subnet-1 - us-east-1 use1-az1 3 IPv4 10.0.1.5 egress 40000 7 OK
            eni-5-accept: 5 vpc-1 subnet-1 - us-east-1 use1-az1 18 IPv4 10.0.1.6 ingress 40000 1 OK
            eni-5-reject: 5 vpc-1 subnet-1 - us-east-1 use1-az1 2 IPv4 10.0.1.6 ingress 40000 2 OK
        "#]],
    );
}

#[test]
fn what_was_missed_is_said() {
    let mut book = book(vec![log(FlowTraffic::Reject, flow_log::DEFAULT_FORMAT)]);
    let of = |action, packets| Missed {
        class: Class { direction: Direction::In, action },
        own: OWN,
        packets,
    };
    book.take(&[], &[of(Action::Accept, 7)], at(1010));
    check(
        &book.due(at(1060)),
        expect![[r#"
            eni-5-reject: 2 123456789012 eni-5 - - - - - - - 1000 1060 - NODATA
        "#]],
    );
    book.take(&[], &[of(Action::Reject, 7)], at(1070));
    check(
        &book.due(at(1120)),
        expect![[r#"
            eni-5-reject: 2 123456789012 eni-5 - - - - - - - 1060 1120 - SKIPDATA
        "#]],
    );
    book.take(&[], &[of(Action::Reject, 7)], at(1130));
    assert!(book.due(at(1180))[0].text.ends_with("NODATA"));
}

#[test]
fn a_flood_has_an_end() {
    let mut book = book(vec![log(FlowTraffic::All, flow_log::DEFAULT_FORMAT)]);
    for part in 0..3_u16 {
        let flood: Vec<Seen> = (0..5000)
            .map(|number| {
                let mut one = out(0x02, 1, 1001);
                (one.flow.source_port, one.flow.destination_port) = (number, part);
                one
            })
            .collect();
        book.take(&flood, &[], at(1010 + i64::from(part)));
    }
    let lines = book.due(at(1060));
    assert_eq!(lines.len(), FLOWS_MAX + 1);
    assert!(lines[FLOWS_MAX].text.ends_with("SKIPDATA"));
}

#[test]
fn a_counter_that_is_made_anew_begins_anew() {
    let mut book = book(vec![log(FlowTraffic::All, "${packets} ${log-status}")]);
    book.take(&[out(0, 9, 1001)], &[], at(1010));
    book.take(&[], &[], at(1121));
    book.take(&[out(0, 9, 1125)], &[], at(1130));
    book.take(&[out(0, 2, 1135), out(0, 2, 1135)], &[], at(1140));
    check(
        &book.due(at(1160)),
        expect![[r#"
        eni-5-all: 20 OK
    "#]],
    );
}

#[test]
fn a_counter_that_a_reading_passed_over_goes_on() {
    let mut book = book(vec![log(FlowTraffic::All, "${packets} ${log-status}")]);
    book.take(&[out(0, 9, 1009)], &[], at(1010));
    book.take(&[], &[], at(1020));
    book.take(&[out(0, 12, 1029)], &[], at(1030));
    check(
        &book.due(at(1060)),
        expect![[r#"
        eni-5-all: 12 OK
    "#]],
    );
}

#[test]
fn a_log_that_goes_says_what_it_saw() {
    let mut book = book(vec![log(FlowTraffic::All, "${packets} ${log-status}")]);
    book.take(&[out(0, 9, 1001)], &[], at(1010));
    check(
        &book.follow(&map(vec![]), at(1011), false),
        expect![[r#"
        eni-5-all: 9 OK
    "#]],
    );
    assert!(book.is_empty() && book.shortest().is_none());
    // An agent that starts anew does not know what it missed.
    book.follow(&map(vec![log(FlowTraffic::All, "${log-status}")]), at(1020), true);
    check(
        &book.due(at(1080)),
        expect![[r#"
        eni-5-all: SKIPDATA
    "#]],
    );
}

#[test]
fn a_map_that_says_the_same_changes_nothing() {
    let logs = vec![log(FlowTraffic::All, "${packets} ${log-status}")];
    let mut book = book(logs.clone());
    book.take(&[out(0, 9, 1001)], &[], at(1010));
    assert_eq!(book.follow(&map(logs), at(1011), false), []);
    assert_eq!(book.shortest(), Some(Millis::from_s(60)));
    assert_eq!(book.due(at(1060)).len(), 1);
}
