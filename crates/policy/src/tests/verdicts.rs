//! Who wins when several policies speak.

use super::{ada, document, request, statement};
use crate::{
    document::{Document, Kind},
    evaluate::{Asker, Policies, Request, Verdict, evaluate, trusts},
    pattern::{Case, Pattern},
};
use expect_test::{Expect, expect};
use serde_json::json;

const TASK: &str = "arn:aws:ecs:us-east-1:123456789012:task/web/1";

fn tell(verdict: Verdict) -> String {
    verdict.because("ecs:StopTask").unwrap_or_else(|| "allowed".to_owned())
}

fn check(policies: Policies<'_>, expect: Expect) {
    expect.assert_eq(&tell(evaluate(&policies, &request("ecs:StopTask", TASK))));
}

#[test]
fn what_nothing_allows_is_denied() {
    let other = statement(json!({"Action": ["ecs:RunTask", "ecs:Describe*"]}));
    check(
        Policies { identity: &[&other], ..Policies::default() },
        expect!["because no identity-based policy allows the ecs:StopTask action"],
    );
    check(
        Policies::default(),
        expect!["because no identity-based policy allows the ecs:StopTask action"],
    );
}

#[test]
fn actions_do_not_care_about_case_and_resources_do() {
    let action = statement(json!({"Action": "ECS:stop*"}));
    check(Policies { identity: &[&action], ..Policies::default() }, expect!["allowed"]);
    let resource = statement(json!({"Resource": TASK.to_uppercase()}));
    check(
        Policies { identity: &[&resource], ..Policies::default() },
        expect!["because no identity-based policy allows the ecs:StopTask action"],
    );
}

#[test]
fn an_explicit_deny_wins() {
    let (allow, deny) = (statement(json!({})), statement(json!({"Effect": "Deny"})));
    check(
        Policies { identity: &[&allow, &deny], ..Policies::default() },
        expect!["with an explicit deny in an identity-based policy"],
    );
    check(
        Policies { identity: &[&allow], boundary: Some(&deny), ..Policies::default() },
        expect!["with an explicit deny in a permissions boundary"],
    );
    check(
        Policies { identity: &[&allow], session: &[&allow, &deny], ..Policies::default() },
        expect!["with an explicit deny in a session policy"],
    );
}

#[test]
fn a_boundary_and_a_session_only_narrow() {
    let (all, run) = (statement(json!({})), statement(json!({"Action": "ecs:RunTask"})));
    check(
        Policies { identity: &[&all], boundary: Some(&run), ..Policies::default() },
        expect!["because no permissions boundary allows the ecs:StopTask action"],
    );
    check(
        Policies { identity: &[&all], session: &[&run], ..Policies::default() },
        expect!["because no session policy allows the ecs:StopTask action"],
    );
    check(
        Policies {
            identity: &[&run],
            boundary: Some(&all),
            session: &[&all],
            ..Policies::default()
        },
        expect!["because no identity-based policy allows the ecs:StopTask action"],
    );
}

#[test]
fn only_everything_covers_an_operation_on_nothing() {
    let asked = request("ecs:ListClusters", "*");
    for (resource, is_allowed) in [("*", true), ("arn:*", false)] {
        let policy = statement(json!({"Resource": resource}));
        let policies = [&policy];
        let policies = Policies { identity: &policies, ..Policies::default() };
        assert_eq!(evaluate(&policies, &asked).is_allowed(), is_allowed, "{resource}");
    }
}

#[test]
fn a_trust_policy_lets_in_whom_it_names() {
    let trust = |principal: serde_json::Value| {
        let statement =
            json!({"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal});
        let text = json!({"Version": "2012-10-17", "Statement": statement}).to_string();
        Document::parse(&text, Kind::Trust).expect("a trust policy")
    };
    let asks = |asker: Asker| Request {
        principal: asker,
        action: "sts:AssumeRole".into(),
        resource: "arn:aws:iam::123456789012:role/web".into(),
        ..Request::default()
    };
    let tasks = Asker { service: Some("ecs-tasks.amazonaws.com".into()), ..Asker::default() };
    let ours = trust(json!({"Service": "ecs-tasks.amazonaws.com"}));
    assert!(trusts(&ours, &asks(tasks.clone())));
    assert!(!trusts(&ours, &asks(ada())));
    assert!(trusts(&trust(json!({"AWS": "123456789012"})), &asks(ada())));
    assert!(trusts(&trust(json!({"AWS": "arn:aws:iam::123456789012:root"})), &asks(ada())));
    assert!(trusts(&trust(json!({"AWS": "arn:aws:iam::123456789012:user/ada"})), &asks(ada())));
    assert!(!trusts(&trust(json!({"AWS": "arn:aws:iam::123456789012:user/eve"})), &asks(ada())));
    assert!(!trusts(&trust(json!({"AWS": "210987654321"})), &asks(tasks)));
    assert!(trusts(&trust(json!("*")), &asks(ada())));
}

#[test]
fn excluded_actions_and_resources_are_all_others() {
    let policy = |statement: serde_json::Value| {
        document(&json!({"Version": "2012-10-17", "Statement": statement}))
    };
    let but_run = policy(json!({"Effect": "Allow", "NotAction": "ecs:RunTask", "Resource": "*"}));
    check(Policies { identity: &[&but_run], ..Policies::default() }, expect!["allowed"]);
    let elsewhere =
        policy(json!({"Effect": "Allow", "Action": "*", "NotResource": "*:task/web/*"}));
    check(
        Policies { identity: &[&elsewhere], ..Policies::default() },
        expect!["because no identity-based policy allows the ecs:StopTask action"],
    );
}

#[test]
fn a_resource_that_names_the_asker_needs_no_policy_of_the_asker() {
    let resource = |principal: serde_json::Value| {
        let statement =
            json!({"Effect": "Allow", "Action": "*", "Resource": "*", "Principal": principal});
        let text = json!({"Version": "2012-10-17", "Statement": statement}).to_string();
        Document::parse(&text, Kind::Resource).expect("a policy of a resource")
    };
    let of = |resource: &Document| {
        let policies = Policies { resource: Some(resource), ..Policies::default() };
        let asked = Request { principal: ada(), ..request("ecs:StopTask", "*") };
        evaluate(&policies, &asked).is_allowed()
    };
    assert!(of(&resource(json!({"AWS": "arn:aws:iam::123456789012:user/ada"}))));
    assert!(of(&resource(json!({"AWS": ["123456789012", "*"]}))));
    assert!(!of(&resource(json!({"AWS": "arn:aws:iam::123456789012:user/eve"}))));
    assert!(!of(&resource(json!({"AWS": "123456789012"}))), "the account has its own policies");
    assert!(!of(&resource(json!({"Service": "ecs-tasks.amazonaws.com"}))));
}

/// Every pattern and text of a few letters, beside what `*` and `?` mean.
#[test]
fn a_pattern_matches_what_its_letters_mean() {
    fn means(pattern: &[u8], text: &[u8]) -> bool {
        match (pattern.split_first(), text.split_first()) {
            (None, rest) => rest.is_none(),
            (Some((b'*', more)), rest) => {
                means(more, text) || rest.is_some_and(|(_, rest)| means(pattern, rest))
            }
            (Some((b'?', more)), Some((_, rest))) => means(more, rest),
            (Some((one, more)), Some((other, rest))) => one == other && means(more, rest),
            (Some(_), None) => false,
        }
    }
    fn words(letters: &[u8], longest: u32) -> Vec<String> {
        let of = |length: u32| {
            (0..letters.len().pow(length)).map(move |mut number| {
                let mut letter = || {
                    let letter = letters[number % letters.len()];
                    number /= letters.len();
                    char::from(letter)
                };
                (0..length).map(|_| letter()).collect::<String>()
            })
        };
        (0..=longest).flat_map(of).collect()
    }
    let asked = Request::default();
    let texts = words(b"ab", 5);
    for pattern in words(b"ab*?", 5) {
        let read = Pattern::parse(&pattern, true).expect("a pattern");
        for text in &texts {
            let wanted = means(pattern.as_bytes(), text.as_bytes());
            assert_eq!(read.matches(text, &asked, Case::Sensitive), wanted, "{pattern} {text}");
        }
    }
}
