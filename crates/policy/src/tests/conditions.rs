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

/// What a statement of `effect` makes of a request to tag with these, written `key=value`.
fn tagging(effect: &str, change: Json, tags: &[&str]) -> &'static str {
    let allow = statement(json!({}));
    let mut ours = change;
    ours["Effect"] = json!(effect);
    let ours = statement(ours);
    let mut asked = request("ecs:TagResource", "arn:aws:ecs:us-east-1:123456789012:cluster/a");
    for tag in tags {
        let (key, value) = tag.split_once('=').expect("a tag");
        asked = asked.with(&format!("aws:RequestTag/{key}"), value);
    }
    let policies = if effect == "Deny" { vec![&allow, &ours] } else { vec![&ours] };
    let policies = Policies { identity: &policies, ..Policies::default() };
    if evaluate(&policies, &asked).is_allowed() { "allowed" } else { "denied" }
}

#[test]
fn the_key_of_a_tag_has_no_case_in_the_name_of_a_condition_key() {
    let env = |value: &str| json!({"Condition": {"StringEquals": {"aws:RequestTag/Env": value}}});
    for tag in ["Env=dev", "env=dev", "ENV=dev"] {
        assert_eq!(tagging("Allow", env("dev"), &[tag]), "allowed", "{tag}");
        assert_eq!(tagging("Deny", env("dev"), &[tag]), "denied", "{tag}");
    }
    let umlaut = json!({"Condition": {"StringEquals": {"aws:RequestTag/Ä": "dev"}}});
    assert_eq!(tagging("Deny", umlaut, &["ä=dev"]), "denied");
}

#[test]
fn a_second_tag_of_the_same_letters_gets_nobody_past_a_condition() {
    let both = ["Env=dev", "env=prod"];
    let is = |operator: &str, value: &str| json!({"Condition": {operator: {"aws:RequestTag/Env": value}}});
    for value in ["dev", "prod"] {
        assert_eq!(tagging("Allow", is("StringEquals", value), &both), "denied", "{value}");
        assert_eq!(tagging("Deny", is("StringEquals", value), &both), "denied", "{value}");
        assert_eq!(tagging("Allow", is("StringNotEquals", value), &both), "denied", "{value}");
        assert_eq!(tagging("Deny", is("StringNotEquals", value), &both), "denied", "{value}");
        let any = is("ForAnyValue:StringEquals", value);
        assert_eq!(tagging("Allow", any, &both), "denied", "{value}");
    }
    assert_eq!(tagging("Allow", is("StringLike", "*"), &both), "allowed");
    assert_eq!(tagging("Allow", is("Null", "false"), &both), "allowed");
    assert_eq!(tagging("Deny", is("StringEquals", "test"), &both), "allowed");
}

#[test]
fn a_variable_that_means_two_tags_allows_nothing_and_takes_what_it_may_mean() {
    let both = ["Env=a", "env=b"];
    let cluster = json!({"Resource": "arn:aws:ecs:*:*:cluster/${aws:RequestTag/Env}"});
    assert_eq!(tagging("Allow", cluster.clone(), &["Env=a"]), "allowed");
    assert_eq!(tagging("Allow", cluster.clone(), &both), "denied");
    assert_eq!(tagging("Deny", cluster.clone(), &["Env=b"]), "allowed");
    assert_eq!(tagging("Deny", cluster, &both), "denied");
    let named =
        json!({"Condition": {"StringNotEquals": {"aws:username": "${aws:RequestTag/Env}"}}});
    assert_eq!(tagging("Allow", named.clone(), &both), "denied");
    assert_eq!(tagging("Deny", named, &both), "denied");
    // What a statement is not about stays out of it.
    let other = json!({"Action": "ecs:RunTask", "Resource": "${aws:RequestTag/Env}"});
    assert_eq!(tagging("Deny", other, &both), "allowed");
}
