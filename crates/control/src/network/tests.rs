//! Records of a VPC in JSON, what each host is told of it, and what of that is news after a change.

use super::{
    Told,
    map::maps,
    survey::{Survey, Surveys},
};
use crate::instance::Instance;
use domain::{
    ec2::{FlowLog, InternetGateway, NatGateway, PrefixList, RouteTable},
    id::{AccountId, ClusterName, InstanceId, Region, Scope},
    instance::ContainerInstance,
    key::Key,
    record::Record,
    time::Timestamp,
    vpc::{NetworkInterface, SecurityGroup, Subnet, Vpc},
};
use expect_test::{Expect as Expected, expect};
use serde_json::{Value as Json, json};
use store::{Expect, Snapshot, Transaction};

fn scope() -> Scope {
    Scope {
        account: AccountId::parse("123456789012").expect("digits"),
        region: Region::parse("eu-west-1").expect("a region"),
    }
}

fn host(number: u8) -> Instance {
    let cluster = ClusterName::parse("web").expect("a name");
    Instance { scope: scope(), cluster, id: InstanceId::from_bytes([number; 16]) }
}

/// Hosts 1 and 2 with addresses, host 3 without; a VPC with a subnet that has a way out and one that has none; one group.
struct Net {
    snapshot: Snapshot,
}

impl Net {
    fn new() -> Self {
        let mut net = Self { snapshot: Snapshot::default() };
        let scope = scope();
        for (number, attributes) in [
            (1, json!({"longshore.address": "192.0.2.1"})),
            (2, json!({"longshore.address": "192.0.2.2"})),
            (3, json!({})),
        ] {
            let instance = host(number);
            net.put::<ContainerInstance>(&instance.key(), json!({
                "id": instance.id, "cluster": "web", "status": "ACTIVE", "version": 1, "registered": {}, "registered_at": 0,
                "attributes": attributes,
            }));
        }
        net.put::<Vpc>(&Vpc::key(&scope, "vpc-1"), json!({
            "id": "vpc-1", "blocks": [["vpc-cidr-assoc-1", "10.0.0.0/16"], ["vpc-cidr-assoc-2", "10.9.0.0/16"]], "number": 7,
            "dhcpOptions": "default", "dnsSupport": true, "dnsHostnames": true, "tenancy": "default", "mainRouteTable": "rtb-1",
            "defaultAcl": "acl-1", "defaultGroup": "sg-0",
        }));
        for (id, zone, block) in
            [("subnet-1", "eu-west-1a", "10.0.1.0/24"), ("subnet-2", "eu-west-1b", "10.0.2.0/24")]
        {
            net.put::<Subnet>(&Subnet::key(&scope, id), json!({
                "id": id, "vpc": "vpc-1", "zone": zone, "block": block, "acl": "acl-1", "aclAssociation": "aclassoc-1",
            }));
        }
        net.put::<InternetGateway>(
            &InternetGateway::key(&scope, "igw-1"),
            json!({"id": "igw-1", "vpc": "vpc-1"}),
        );
        net.nat(None);
        net.route("rtb-1", &[], &[]);
        net.route("rtb-2", &["subnet-1"], &["igw-1"]);
        net.put::<PrefixList>(&PrefixList::key(&scope, "pl-1"), json!({
            "id": "pl-1", "name": "offices", "entries": [["198.51.100.0/24", null]], "entriesMax": 5, "version": 1,
        }));
        net.group(
            "sg-0",
            json!([
                rule(false, json!({"ipv4": "0.0.0.0/0"}), 80),
                rule(false, json!({"group": "sg-0"}), 443),
                rule(false, json!({"ipv6": "::/0"}), 80),
                rule(true, json!({"prefixList": "pl-1"}), 25),
            ]),
        );
        net
    }

    fn put<R: Record>(&mut self, key: &Key, json: Json) {
        let record: R = serde_json::from_value(json).expect("a record");
        let mut writes = Transaction::new();
        writes.put(key, Expect::Any, record);
        self.snapshot = self.snapshot.with(&writes).expect("nothing is assumed");
    }

    fn route(&mut self, id: &str, subnets: &[&str], targets: &[&str]) {
        let associations: Vec<_> =
            subnets.iter().map(|subnet| json!(["rtbassoc-1", subnet])).collect();
        let routes =
            targets.iter().map(|it| json!({"destination": {"ipv4": "0.0.0.0/0"}, "target": it}));
        let routes: Vec<_> = routes.collect();
        self.put::<RouteTable>(
            &RouteTable::key(&scope(), id),
            json!({
                "id": id, "vpc": "vpc-1", "associations": associations, "routes": routes,
            }),
        );
    }

    /// A NAT gateway `nat-1`, deleted at a time.
    fn nat(&mut self, deleted_at: Option<u64>) {
        self.put::<NatGateway>(&NatGateway::key(&scope(), "nat-1"), json!({
            "id": "nat-1", "vpc": "vpc-1", "subnet": "subnet-1", "interface": "eni-8", "address": "10.0.1.8", "createdAt": 0,
            "deletedAt": deleted_at,
        }));
    }

    fn group(&mut self, id: &str, rules: Json) {
        self.put::<SecurityGroup>(
            &SecurityGroup::key(&scope(), id),
            json!({
                "id": id, "vpc": "vpc-1", "name": id, "description": "", "rules": rules,
            }),
        );
    }

    /// An interface of a task on a host.
    fn task(&mut self, id: &str, on: u8, subnet: &str, address: &str) {
        let instance = host(on);
        self.put::<NetworkInterface>(&NetworkInterface::key(&scope(), id), json!({
            "id": id, "vpc": "vpc-1", "subnet": subnet, "zone": "a", "addresses": [address], "mac": format!("0a:{on}"),
            "groups": ["sg-0"], "description": "", "sourceDestCheck": true, "createdAt": 0,
            "attachedTo": {"task": {"task": "0".repeat(32), "cluster": "web", "instance": instance.id}},
        }));
    }

    fn forget(&mut self, id: &str) {
        let mut writes = Transaction::new();
        writes.delete(&NetworkInterface::key(&scope(), id), Expect::Any);
        self.snapshot = self.snapshot.with(&writes).expect("nothing is assumed");
    }

    fn survey(&self) -> Survey {
        Survey::of(&self.snapshot, &scope()).expect("readable records")
    }

    /// The VPCs that are news to a host, in short.
    fn news(&self, told: &mut Told, on: u8) -> String {
        let news = told.news(&self.survey(), &host(on)).expect("readable records");
        let Some(news) = news else { return "nothing".into() };
        let vpcs = news.vpcs.iter().map(|vpc| {
            let interfaces: Vec<_> = vpc.interfaces.iter().map(|it| it.id.as_str()).collect();
            format!("{} [{}]", vpc.id, interfaces.join(" "))
        });
        vpcs.collect::<Vec<_>>().join(", ")
    }
}

fn rule(egress: bool, peer: Json, port: u16) -> Json {
    json!({
        "id": format!("sgr-{port}"), "egress": egress, "peer": peer,
        "traffic": {"protocol": "tcp", "from": port, "to": port},
    })
}

fn check(net: &Net, on: u8, expected: Expected) {
    let maps = maps(&net.snapshot, &host(on)).expect("readable records");
    expected.assert_eq(&serde_json::to_string_pretty(&maps).expect("JSON"));
}

#[test]
fn host_is_told_of_its_interfaces_and_of_those_it_may_talk_to() {
    let mut net = Net::new();
    net.task("eni-1", 1, "subnet-1", "10.0.1.4");
    net.task("eni-2", 2, "subnet-2", "10.0.2.4");
    net.task("eni-3", 3, "subnet-2", "10.0.2.5");
    check(
        &net,
        1,
        expect![[r#"
        {
          "vpc-1": {
            "id": "vpc-1",
            "account": "123456789012",
            "region": "eu-west-1",
            "number": 7,
            "blocks": [
              "10.0.0.0/16",
              "10.9.0.0/16"
            ],
            "domain": "eu-west-1.compute.internal",
            "dnsSupport": true,
            "subnets": [
              {
                "id": "subnet-1",
                "block": "10.0.1.0/24",
                "zone": "eu-west-1a",
                "zoneId": "euw1-az1",
                "outside": "gateway"
              }
            ],
            "groups": {
              "sg-0": {
                "ingress": [
                  {
                    "traffic": {
                      "protocol": "tcp",
                      "from": 80,
                      "to": 80
                    },
                    "peer": {
                      "block": "0.0.0.0/0"
                    }
                  },
                  {
                    "traffic": {
                      "protocol": "tcp",
                      "from": 443,
                      "to": 443
                    },
                    "peer": {
                      "set": "sg-0"
                    }
                  }
                ],
                "egress": [
                  {
                    "traffic": {
                      "protocol": "tcp",
                      "from": 25,
                      "to": 25
                    },
                    "peer": {
                      "set": "pl-1"
                    }
                  }
                ]
              }
            },
            "sets": {
              "pl-1": [
                "198.51.100.0/24"
              ],
              "sg-0": [
                "10.0.1.4",
                "10.0.2.4",
                "10.0.2.5"
              ]
            },
            "interfaces": [
              {
                "id": "eni-1",
                "address": "10.0.1.4",
                "mac": "0a:1",
                "groups": [
                  "sg-0"
                ],
                "subnet": "subnet-1"
              },
              {
                "id": "eni-2",
                "address": "10.0.2.4",
                "mac": "0a:2",
                "host": "192.0.2.2"
              }
            ]
          }
        }"#]],
    );
}

#[test]
fn host_without_an_interface_is_told_nothing() {
    let mut net = Net::new();
    net.task("eni-2", 2, "subnet-2", "10.0.2.4");
    check(&net, 1, expect![["{}"]]);
}

#[test]
fn ways_out_are_those_of_the_subnet_s_table_else_of_the_main_one() {
    let mut net = Net::new();
    net.task("eni-1", 1, "subnet-1", "10.0.1.4");
    net.task("eni-2", 1, "subnet-2", "10.0.2.4");
    let outside = |net: &Net| {
        let maps = maps(&net.snapshot, &host(1)).expect("readable records");
        let subnets = maps["vpc-1"].subnets.iter().map(|it| format!("{} {:?}", it.id, it.outside));
        subnets.collect::<Vec<_>>().join(", ")
    };
    assert_eq!(outside(&net), "subnet-1 Gateway, subnet-2 None");
    net.route("rtb-1", &[], &["nat-1"]);
    assert_eq!(outside(&net), "subnet-1 Gateway, subnet-2 Nat");
    net.route("rtb-2", &[], &["eni-9"]);
    assert_eq!(outside(&net), "subnet-1 Nat, subnet-2 Nat");
    net.route("rtb-2", &["subnet-2"], &["eni-9"]);
    assert_eq!(outside(&net), "subnet-1 Nat, subnet-2 None");
    net.nat(Some(1));
    assert_eq!(outside(&net), "subnet-1 None, subnet-2 None", "its gateway was deleted");
    net.route("rtb-2", &["subnet-2"], &["igw-1"]);
    assert_eq!(outside(&net), "subnet-1 None, subnet-2 Gateway");
    let elsewhere = json!({"id": "igw-1", "vpc": "vpc-2"});
    net.put::<InternetGateway>(&InternetGateway::key(&scope(), "igw-1"), elsewhere);
    assert_eq!(outside(&net), "subnet-1 None, subnet-2 None", "it is another VPC's now");
}

#[test]
fn only_what_changed_is_told_again() {
    let mut net = Net::new();
    let (mut one, mut two) = (Told::default(), Told::default());
    assert_eq!(net.news(&mut one, 1), "nothing");
    net.task("eni-1", 1, "subnet-1", "10.0.1.4");
    assert_eq!(net.news(&mut one, 1), "vpc-1 [eni-1]");
    assert_eq!(net.news(&mut one, 1), "nothing");
    assert_eq!(net.news(&mut two, 2), "nothing", "it has no interface there");
    net.task("eni-2", 2, "subnet-2", "10.0.2.4");
    assert_eq!(net.news(&mut one, 1), "vpc-1 [eni-1 eni-2]");
    assert_eq!(net.news(&mut two, 2), "vpc-1 [eni-1 eni-2]");
    net.group("sg-0", json!([]));
    assert_eq!(net.news(&mut one, 1), "vpc-1 [eni-1 eni-2]", "a rule went");
    net.group("sg-7", json!([]));
    assert_eq!(net.news(&mut one, 1), "nothing", "of a group that it has nothing in");
    net.forget("eni-1");
    assert_eq!(net.news(&mut one, 1), "vpc-1 []", "nothing of it is here any more");
    assert_eq!(net.news(&mut one, 1), "nothing");
}

#[test]
fn host_records_flows_of_its_own_interfaces_alone() {
    let mut net = Net::new();
    net.task("eni-1", 1, "subnet-1", "10.0.1.4");
    net.task("eni-2", 1, "subnet-2", "10.0.2.4");
    net.task("eni-3", 2, "subnet-1", "10.0.1.5");
    for (id, of) in
        [("fl-1", "vpc-1"), ("fl-2", "subnet-1"), ("fl-3", "eni-3"), ("fl-4", "subnet-9")]
    {
        net.put::<FlowLog>(&FlowLog::key(&scope(), id), json!({
            "id": id, "resource": of, "traffic": "REJECT", "logGroup": "flows", "format": "${srcaddr}", "intervalS": 60, "createdAt": 0,
        }));
    }
    let logs = |on: u8| {
        let maps = maps(&net.snapshot, &host(on)).expect("readable records");
        let logs = maps["vpc-1"].interfaces.iter().map(|interface| {
            let ids: Vec<_> = interface.flow_logs.iter().map(|log| log.id.as_str()).collect();
            format!("{} [{}]", interface.id, ids.join(" "))
        });
        logs.collect::<Vec<_>>().join(", ")
    };
    assert_eq!(logs(1), "eni-1 [fl-1 fl-2], eni-2 [fl-1], eni-3 []");
    assert_eq!(logs(2), "eni-1 [], eni-2 [], eni-3 [fl-1 fl-2 fl-3]");
}

#[test]
fn agent_that_says_no_address_is_told_nothing() {
    let mut net = Net::new();
    net.task("eni-3", 3, "subnet-1", "10.0.1.4");
    assert_eq!(net.news(&mut Told::default(), 3), "nothing");
}

/// A second VPC with a subnet, a group and a task on `on`.
fn second_vpc(net: &mut Net, on: u8) {
    let scope = scope();
    net.put::<Vpc>(&Vpc::key(&scope, "vpc-2"), json!({
        "id": "vpc-2", "blocks": [["vpc-cidr-assoc-1", "10.0.0.0/16"]], "number": 8, "dhcpOptions": "default", "dnsSupport": true,
        "dnsHostnames": true, "tenancy": "default", "mainRouteTable": "rtb-8", "defaultAcl": "acl-8", "defaultGroup": "sg-8",
    }));
    net.task("eni-8", on, "subnet-8", "10.0.8.4");
    let key = NetworkInterface::key(&scope, "eni-8");
    let found = net.snapshot.get::<NetworkInterface>(&key).expect("readable").expect("there");
    let found = NetworkInterface::clone(&found);
    let moved = NetworkInterface { vpc: "vpc-2".into(), groups: vec!["sg-8".into()], ..found };
    let mut writes = Transaction::new();
    writes.put(&key, Expect::Any, moved);
    net.snapshot = net.snapshot.with(&writes).expect("nothing is assumed");
}

/// Something that happens.
type Step<'a> = &'a dyn Fn(&mut Net);

#[test]
fn a_survey_that_follows_changes_says_what_a_new_one_says() {
    let mut net = Net::new();
    let surveys = Surveys::default();
    let (mut following, mut anew) = (Told::default(), Told::default());
    let steps: [(&str, Step<'_>, &str); 12] = [
        ("nothing", &|_| (), "nothing"),
        ("a task", &|net| net.task("eni-1", 1, "subnet-1", "10.0.1.4"), "vpc-1"),
        ("another VPC", &|net| second_vpc(net, 1), "vpc-2"),
        ("a task elsewhere", &|net| net.task("eni-2", 2, "subnet-2", "10.0.2.4"), "vpc-1"),
        ("a rule", &|net| net.group("sg-0", json!([])), "vpc-1"),
        ("another subnet's table", &|net| net.route("rtb-2", &["subnet-2"], &["igw-1"]), "vpc-1"),
        ("its gateway", &|net| net.route("rtb-1", &[], &["nat-1"]), "vpc-1"),
        ("a gateway's end", &|net| net.nat(Some(1)), "vpc-1"),
        (
            "another's address",
            &|net| {
                let other = host(2);
                net.put::<ContainerInstance>(&other.key(), json!({
                "id": other.id, "cluster": "web", "status": "ACTIVE", "version": 1, "registered": {}, "registered_at": 0,
                "attributes": {"longshore.address": "192.0.2.9"},
            }));
            },
            "vpc-1",
        ),
        (
            "a flow log",
            &|net| {
                net.put::<FlowLog>(&FlowLog::key(&scope(), "fl-1"), json!({
                "id": "fl-1", "resource": "vpc-2", "traffic": "ALL", "logGroup": "flows", "format": "${srcaddr}", "intervalS": 60,
                "createdAt": 0,
            }));
            },
            "vpc-2",
        ),
        ("the last task", &|net| net.forget("eni-1"), "vpc-1"),
        ("nothing again", &|_| (), "nothing"),
    ];
    for (what, change, expected) in steps {
        change(&mut net);
        let survey = surveys.at(&net.snapshot, &scope()).expect("readable records");
        let said = following.news(&survey, &host(1)).expect("readable records");
        assert_eq!(said, anew.news(&net.survey(), &host(1)).expect("readable records"), "{what}");
        let ids = said.map(|news| news.vpcs.iter().map(|vpc| vpc.id.clone()).collect::<Vec<_>>());
        assert_eq!(ids.map_or_else(|| "nothing".into(), |ids| ids.join(" ")), expected, "{what}");
    }
}

#[test]
fn a_session_with_an_older_snapshot_hears_the_newest() {
    let mut net = Net::new();
    let surveys = Surveys::default();
    let older = net.snapshot.clone();
    net.task("eni-1", 1, "subnet-1", "10.0.1.4");
    surveys.at(&net.snapshot, &scope()).expect("readable records");
    let survey = surveys.at(&older, &scope()).expect("readable records");
    assert_eq!(survey.snapshot().revision(), net.snapshot.revision());
}

#[test]
fn changes_together_are_looked_at_once() {
    let mut told = Told::default();
    assert_eq!(told.due(), None);
    told.ring(Timestamp(100));
    let due = told.due().expect("there is something to look at");
    told.ring(Timestamp(110));
    assert_eq!(told.due(), Some(due), "a later change does not put it off");
    assert!(due.0 - 100 < 100, "within a tenth of a second");
    Net::new().news(&mut told, 1);
    assert_eq!(told.due(), None);
}
