//! What is a policy, and what is not.

use crate::document::{Document, Kind};
use expect_test::{Expect, expect};
use serde_json::json;

fn check(kind: Kind, text: &str, expect: Expect) {
    let told = match Document::admit(text, kind) {
        Ok(document) => format!("{} statements", document.statements.len()),
        Err(error) => error.to_string(),
    };
    expect.assert_eq(&told);
}

fn one(statement: serde_json::Value) -> String {
    json!({"Version": "2012-10-17", "Statement": statement}).to_string()
}

#[test]
fn a_statement_may_stand_alone_or_in_a_list() {
    let statement = json!({"Effect": "Allow", "Action": "*", "Resource": "*"});
    check(Kind::Identity, &one(statement.clone()), expect!["1 statements"]);
    check(Kind::Identity, &one(json!([statement, statement])), expect!["2 statements"]);
}

#[test]
fn each_kind_has_its_elements() {
    let allow = json!({"Effect": "Allow", "Action": "*"});
    check(
        Kind::Identity,
        &one(allow.clone()),
        expect!["a statement has `Resource` or `NotResource`"],
    );
    check(Kind::Trust, &one(allow), expect!["a statement has `Principal` or `NotPrincipal`"]);
    let service = json!({"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ecs-tasks.amazonaws.com"}});
    check(Kind::Trust, &one(service.clone()), expect!["1 statements"]);
    let mut both = service;
    both["Resource"] = json!("*");
    check(Kind::Trust, &one(both.clone()), expect!["a trust policy names no resource"]);
    check(Kind::Identity, &one(both), expect!["a policy of an identity names no principal"]);
}

#[test]
fn what_means_nothing_is_refused() {
    check(Kind::Identity, "{", expect!["not JSON: EOF while parsing an object at line 1 column 1"]);
    check(Kind::Identity, "[]", expect!["a policy is an object"]);
    check(Kind::Identity, &one(json!([])), expect!["a policy has at least one `Statement`"]);
    let with = |name: &str, value: serde_json::Value| {
        let mut statement = json!({"Effect": "Allow", "Action": "*", "Resource": "*"});
        statement[name] = value;
        one(statement)
    };
    check(Kind::Identity, &with("Effect", json!("allow")), expect!["`Effect` is Allow or Deny"]);
    check(
        Kind::Identity,
        &with("NotAction", json!("ecs:*")),
        expect!["a statement has `Action` or `NotAction`, not both"],
    );
    check(
        Kind::Identity,
        &with("Verb", json!("x")),
        expect!["`Verb` is not an element of a statement"],
    );
    check(
        Kind::Identity,
        &with("Resource", json!([1])),
        expect!["`Resource` is a text or a list of texts"],
    );
    check(
        Kind::Identity,
        &with("Resource", json!("${aws:username")),
        expect!["`${aws:username` has a `${` without its `}`"],
    );
    check(
        Kind::Identity,
        &with("Condition", json!({"StringIs": {"a": "b"}})),
        expect!["`StringIs` is not a condition operator"],
    );
    check(
        Kind::Identity,
        &with("Condition", json!({"IpAddress": {"a": "10.0.0.0/33"}})),
        expect!["`10.0.0.0/33` is not a value for condition operator `IpAddress`"],
    );
}

#[test]
fn what_would_mean_nothing_is_not_admitted_and_is_read() {
    let deny = |name: &str, value: serde_json::Value| {
        let mut statement =
            json!({"Sid": "Guard1", "Effect": "Deny", "Action": "ecs:*", "Resource": "*"});
        statement[name] = value;
        statement
    };
    let slip = |name: &str, value: serde_json::Value, expect: Expect| {
        let text = one(deny(name, value));
        check(Kind::Identity, &text, expect);
        assert!(Document::parse(&text, Kind::Identity).is_ok(), "an earlier version admitted it");
    };
    let vendor =
        || expect!["Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."];
    slip("Action", json!("DeleteCluster"), vendor());
    slip("Action", json!(["ecs:DeleteCluster", "ecs:"]), vendor());
    slip("Action", json!("ecs:Delete:Cluster"), vendor());
    slip(
        "Resource",
        json!("cluster/prod"),
        expect![[r#"Resource cluster/prod must be in ARN format or "*"."#]],
    );
    slip(
        "Sid",
        json!("no blanks"),
        expect![
            "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*"
        ],
    );
    slip("Sid", json!(7), expect!["`Sid` is a text"]);
    let twice = json!([deny("Effect", json!("Deny")), deny("Effect", json!("Allow"))]);
    check(
        Kind::Identity,
        &one(twice),
        expect!["Statement IDs (SID) in a single policy must be unique."],
    );
    let kept = json!({"Sid": "a name", "Effect": "Allow", "Action": "ecr:*", "Principal": "*"});
    check(Kind::Resource, &one(kept), expect!["1 statements"]);
    check(
        Kind::Identity,
        &one(deny("Resource", json!("arn:*:ecs:*:*:cluster/${aws:username}"))),
        expect!["1 statements"],
    );
}

/// A trust policy that allows `sts:AssumeRole`, with one element changed.
fn trust(name: &str, value: serde_json::Value) -> String {
    let mut statement =
        json!({"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "*"}});
    statement[name] = value;
    one(statement)
}

#[test]
fn a_trust_policy_is_about_becoming_the_role() {
    let all = json!([
        "sts:AssumeRole",
        "sts:AssumeRoleWithSAML",
        "sts:AssumeRoleWithWebIdentity",
        "sts:SetContext",
        "sts:SetSourceIdentity",
        "STS:TagSession",
    ]);
    check(Kind::Trust, &trust("Action", all), expect!["1 statements"]);
    for action in ["ecs:RunTask", "sts:TagSessions", "sts:GetCallerIdentity", "sts:*", "*"] {
        let text = trust("Action", json!(["sts:AssumeRole", action]));
        check(
            Kind::Trust,
            &text,
            expect!["AssumeRole policy may only specify STS AssumeRole actions."],
        );
        assert!(Document::parse(&text, Kind::Trust).is_ok(), "an earlier version admitted it");
    }
    let other = json!({"Effect": "Allow", "Action": "ecs:RunTask", "Resource": "*"});
    check(Kind::Identity, &one(other), expect!["1 statements"]);
}

#[test]
fn whom_a_trust_policy_names_can_be() {
    for principal in [
        json!("*"),
        json!({"AWS": ["*", "123456789012", "arn:aws:iam::123456789012:root"]}),
        json!({"AWS": ["arn:aws:iam::123456789012:user/ada", "arn:aws:iam::123456789012:role/app/web"]}),
        json!({"AWS": "arn:aws:sts::123456789012:assumed-role/web/ada@example.com"}),
        json!({"AWS": "arn:aws:sts::123456789012:federated-user/ada"}),
        json!({"Service": ["ecs-tasks.amazonaws.com", "ec2.amazonaws.com.cn", "alexa-appkit.amazon.com"]}),
        json!({"Service": "ecs.application-autoscaling.amazonaws.com"}),
        json!({"Federated": "accounts.google.com"}),
    ] {
        check(Kind::Trust, &trust("Principal", principal), expect!["1 statements"]);
    }
}

#[test]
fn nobody_whom_nobody_can_be_is_trusted() {
    let refused = |kind: &str, name: &str| {
        // The first of two is right: each is asked.
        let right = if kind == "AWS" { "123456789012" } else { "ec2.amazonaws.com" };
        let text = trust("Principal", json!({kind: [right, name]}));
        let error = Document::admit(&text, Kind::Trust).expect_err(name);
        let told = format!(r#"Invalid principal in policy: "{}":"{name}""#, kind.to_uppercase());
        assert_eq!(error.to_string(), told);
        assert!(Document::parse(&text, Kind::Trust).is_ok(), "an earlier version admitted it");
        let kept = one(json!({"Effect": "Allow", "Action": "ecr:*", "Principal": {kind: name}}));
        assert!(Document::admit(&kept, Kind::Resource).is_ok(), "a rule of trust policies");
    };
    for name in [
        "foo",
        "12345678901",
        "1234567890123",
        "",
        "arn:aws:iam::123456789012:user/*",
        "arn:aws:iam::123456789012:role/app-?",
        "arn:aws:iam::123456789012:user/",
        "arn:aws:iam::123456789012:user",
        "arn:aws:iam::123456789012:user//ada",
        "arn:aws:iam::123456789012:group/ops",
        "arn:aws:iam::*:root",
        "arn:aws:iam::1:root",
        "arn:aws:iam:us-east-1:123456789012:root",
        "arn:aws:ecs::123456789012:root",
        "arn:aws-cn:iam::123456789012:root",
        "arn:aws:sts::123456789012:assumed-role/web",
        "arn:aws:sts::123456789012:assumed-role/web/*",
        "arn:aws:sts::123456789012:user/ada",
    ] {
        refused("AWS", name);
    }
    for name in [
        "foo",
        "ecs-tasks",
        ".amazonaws.com",
        "*.amazonaws.com",
        "ec2.amazonaws.org",
        "ecs tasks.amazonaws.com",
        "ec2.amazonaws.com/x",
        "",
    ] {
        refused("Service", name);
    }
    let deny =
        json!({"Effect": "Deny", "Action": "sts:AssumeRole", "NotPrincipal": {"AWS": "ada"}});
    check(Kind::Trust, &one(deny), expect![[r#"Invalid principal in policy: "AWS":"ada""#]]);
}
