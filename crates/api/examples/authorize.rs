//! What it costs to ask whether a caller may do something, for `cargo xtask bench authorize`: a user with three managed policies of
//! the size that people write and one inline policy.
//!
//! Reading the policies is measured beside it, as it was part of every call before what was read was kept.

#![expect(clippy::disallowed_methods, reason = "a benchmark is the one place that reads the clock")]

use api::{
    Caller, Config,
    authorize::authorize,
    decide::{Ctx, View},
};
use books::ids::Ids;
use domain::{
    id::{AccountId, Region, Scope},
    identity::{Entity, Grants, ManagedPolicy, Name, PolicyVersion, User},
    time::Timestamp,
};
use policy::document::{Document, Kind};
use serde_json::json;
use std::{
    hint::black_box,
    sync::Arc,
    time::{Duration, Instant},
};
use store::{Expect, Snapshot, Transaction};
use wire::{codec::json as codec, tables::ecs};

const SPELL: Duration = Duration::from_secs(3);
const NOW: Timestamp = Timestamp(1_796_119_200_000);

/// A policy of `statements` statements with a dozen actions each, on clusters and services of a team, under conditions.
fn document(team: &str, statements: usize) -> String {
    const VERBS: [&str; 4] = ["Describe", "List", "Update", "Delete"];
    const NOUNS: [&str; 3] = ["Clusters", "Services", "Tasks"];
    let statement = |number: usize| {
        let actions: Vec<String> = VERBS
            .iter()
            .flat_map(|verb| NOUNS.map(|noun| format!("ecs:{verb}{noun}{number}*")))
            .collect();
        json!({
            "Sid": format!("Team{number}"), "Effect": "Allow", "Action": actions,
            "Resource": [
                format!("arn:aws:ecs:us-east-1:123456789012:cluster/{team}-{number}"),
                format!("arn:aws:ecs:us-east-1:123456789012:service/{team}-{number}/*"),
                format!("arn:aws:ecs:us-east-1:123456789012:task/${{aws:PrincipalTag/team}}-{number}/*"),
            ],
            "Condition": {"StringEquals": {"aws:ResourceTag/team": team}, "IpAddress": {"aws:SourceIp": "10.0.0.0/8"}},
        })
    };
    let all: Vec<_> = (0..statements).map(statement).collect();
    json!({"Version": "2012-10-17", "Statement": all}).to_string()
}

fn name(name: &str) -> Name {
    Name {
        name: name.into(),
        path: "/".into(),
        id: format!("A{name}"),
        created_at: NOW,
        tags: Vec::new(),
    }
}

fn main() {
    let account = AccountId::parse("123456789012").expect("an account");
    let scope =
        Scope { account: account.clone(), region: Region::parse("us-east-1").expect("a region") };
    let managed = [document("web", 6), document("shop", 6), document("data", 6)];
    let last = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Deny", "Action": "ecs:Delete*", "Resource": "*", "Condition": {"StringEquals": {"aws:ResourceTag/tier": "core"}}},
        {"Effect": "Allow", "Action": ["ecs:DescribeClusters", "ecs:RunTask"], "Resource": "*"},
    ]});
    let inline = last.to_string();
    let snapshot = snapshot(&account, &managed, &inline);
    let caller = Caller {
        arn: "arn:aws:iam::123456789012:user/ada".into(),
        user_id: "AIDAADA".into(),
        ..Caller::root(account, scope.region.clone())
    };
    let ctx = Ctx {
        now: NOW,
        scope,
        caller,
        ids: Ids::from_seed([7; 32]),
        config: Arc::new(Config::default()),
    };
    let view = View::new(snapshot);
    let row = ecs::SERVICE.operation("DescribeClusters").expect("an operation");
    let request = codec::decode(row.input, br#"{"clusters": ["web"]}"#).expect("a request");
    let ask = || {
        let answer = authorize(&view, &ctx, &ecs::SERVICE, "DescribeClusters", black_box(&request));
        answer.expect("the inline policy allows it");
    };
    let read = || {
        for text in managed.iter().chain([&inline]) {
            black_box(Document::parse(black_box(text), Kind::Identity).expect("a policy"));
        }
    };
    // Both in turns, so that what else the machine does meets both.
    let (mut asking, mut reading) = (Vec::new(), Vec::new());
    let end = Instant::now() + SPELL;
    while Instant::now() < end {
        asking.push(took(&ask));
        reading.push(took(&read));
    }
    let (asking, reading) = (median_us(asking), median_us(reading));
    let letters: usize = managed.iter().map(String::len).sum::<usize>() + inline.len();
    println!("| a call's policies, {letters} letters | median |\n|---|---|");
    println!("| read at each call, and asked | {:.1} µs |", reading + asking);
    println!("| kept, and asked | {asking:.1} µs |");
    println!("| ratio | {:.1}× |", (reading + asking) / asking);
}

fn snapshot(account: &AccountId, managed: &[String], inline: &str) -> Snapshot {
    let mut writes = Transaction::new();
    let mut grants = Grants::default();
    for (number, document) in managed.iter().enumerate() {
        let policy = ManagedPolicy {
            name: name(&format!("team{number}")),
            description: None,
            versions: vec![PolicyVersion {
                number: 1,
                document: document.clone(),
                created_at: NOW,
            }],
            default: 1,
            next: 2,
            updated_at: NOW,
        };
        grants.attached.push(policy.arn(account));
        let key = ManagedPolicy::key_of(account, &policy.name.name);
        writes.put(&key, Expect::Absent, policy);
    }
    grants.inline.insert("own".into(), inline.into());
    let user = User { name: name("ada"), grants, access_keys: Vec::new() };
    writes.put(&User::key_of(account, "ada"), Expect::Absent, user);
    Snapshot::default().with(&writes).expect("nothing else is there")
}

fn took(act: &impl Fn()) -> Duration {
    const TIMES: u32 = 20;
    let begin = Instant::now();
    (0..TIMES).for_each(|_| act());
    begin.elapsed() / TIMES
}

fn median_us(mut all: Vec<Duration>) -> f64 {
    all.sort();
    all[all.len() / 2].as_secs_f64() * 1e6
}
