//! Every operator, with and without the key.

use super::{request, statement};
use crate::evaluate::{Policies, evaluate};
use serde_json::{Value as Json, json};

/// Whether `operator` with `policy` values lets pass a request whose key has the values `given`.
fn passes(operator: &str, policy: Json, given: &[&str]) -> bool {
    let document = statement(json!({"Condition": {operator: {"aws:Key": policy}}}));
    let mut asked = request("ecs:RunTask", "*");
    for value in given {
        asked = asked.with("AWS:key", *value);
    }
    evaluate(&Policies { identity: &[&document], ..Policies::default() }, &asked).is_allowed()
}

#[test]
fn strings_are_compared_as_the_operator_says() {
    assert!(passes("StringEquals", json!(["a", "b"]), &["b"]));
    assert!(!passes("StringEquals", json!("a"), &["A"]));
    assert!(!passes("StringEquals", json!("a*"), &["ab"]));
    assert!(passes("StringEqualsIgnoreCase", json!("a"), &["A"]));
    assert!(!passes("StringNotEquals", json!(["a", "b"]), &["b"]));
    assert!(passes("StringNotEquals", json!(["a", "b"]), &["c"]));
    assert!(passes("StringLike", json!("a*c?"), &["abbcd"]));
    assert!(!passes("StringLike", json!("a*c?"), &["abbc"]));
    assert!(!passes("StringNotLike", json!("a*"), &["ab"]));
}

#[test]
fn numbers_and_moments_have_an_order() {
    assert!(passes("NumericLessThan", json!(10), &["9.5"]));
    assert!(!passes("NumericLessThan", json!("10"), &["10"]));
    assert!(passes("NumericLessThanEquals", json!(10), &["10"]));
    assert!(passes("NumericGreaterThanEquals", json!(10), &["10.0"]));
    assert!(passes("NumericNotEquals", json!(10), &["11"]));
    assert!(!passes("NumericEquals", json!(10), &["ten"]));
    assert!(passes("DateGreaterThan", json!("2026-01-01"), &["2026-01-01T00:00:01Z"]));
    assert!(!passes("DateGreaterThan", json!("2026-01-01T00:00:00Z"), &["1767225600"]));
    assert!(passes("DateEquals", json!("2026-01-01T00:00:00Z"), &["1767225600"]));
}

#[test]
fn addresses_are_of_networks() {
    assert!(passes("IpAddress", json!("10.1.0.0/16"), &["10.1.255.1"]));
    assert!(!passes("IpAddress", json!("10.1.0.0/16"), &["10.2.0.1"]));
    assert!(passes("IpAddress", json!("0.0.0.0/0"), &["8.8.8.8"]));
    assert!(!passes("IpAddress", json!("0.0.0.0/0"), &["::1"]));
    assert!(passes("NotIpAddress", json!("10.1.2.3"), &["10.1.2.4"]));
    assert!(passes("IpAddress", json!("2001:db8::/32"), &["2001:db8:1::1"]));
}

#[test]
fn arns_and_truths_are_kinds_of_their_own() {
    assert!(passes("ArnLike", json!("arn:aws:ecs:*:*:cluster/*"), &["arn:aws:ecs:r:1:cluster/w"]));
    assert!(!passes("ArnEquals", json!("*"), &["cluster/w"]));
    assert!(passes("Bool", json!(true), &["TRUE"]));
    assert!(!passes("Bool", json!("false"), &["true"]));
}

#[test]
fn an_absent_key_is_what_the_operator_makes_of_it() {
    assert!(!passes("StringEquals", json!("a"), &[]));
    assert!(passes("StringEqualsIfExists", json!("a"), &[]));
    assert!(!passes("StringEqualsIfExists", json!("a"), &["b"]));
    assert!(passes("StringNotEquals", json!("a"), &[]));
    assert!(passes("ForAllValues:StringEquals", json!("a"), &[]));
    assert!(!passes("ForAnyValue:StringEquals", json!("a"), &[]));
    assert!(passes("Null", json!("true"), &[]));
    assert!(!passes("Null", json!("true"), &["a"]));
    assert!(passes("Null", json!(false), &["a"]));
}

#[test]
fn of_several_values_all_or_any_must_pass() {
    assert!(passes("ForAllValues:StringEquals", json!(["a", "b"]), &["a", "b"]));
    assert!(!passes("ForAllValues:StringEquals", json!(["a", "b"]), &["a", "c"]));
    assert!(passes("ForAnyValue:StringLike", json!("b*"), &["a", "bc"]));
    assert!(!passes("ForAnyValue:StringLike", json!("b*"), &["a", "c"]));
}

#[test]
fn variables_are_what_the_request_says_and_no_patterns() {
    assert!(passes("StringLike", json!("team-${aws:username}-*"), &["team-ada-1"]));
    assert!(!passes("StringLike", json!("${aws:absent}"), &["x"]));
    assert!(passes("StringEquals", json!("${aws:absent, 'x'}"), &["x"]));
    assert!(passes("StringLike", json!("${*}"), &["*"]));
    assert!(!passes("StringLike", json!("${*}"), &["x"]));
    let document = statement(json!({"Resource": "arn:aws:s3:::home/${aws:username}"}));
    let mut asked = request("s3:GetObject", "arn:aws:s3:::home/eve");
    asked.context.insert("aws:username".into(), vec!["*".into()]);
    let policies = [&document];
    let policies = Policies { identity: &policies, ..Policies::default() };
    assert!(!evaluate(&policies, &asked).is_allowed());
}
