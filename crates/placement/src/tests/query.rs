//! Rules of the query language.

use super::fixture::Cluster;
use crate::query::{LENGTH_MAX, Query, QueryError};
use expect_test::{Expect, expect};
use proptest::{
    prelude::{ProptestConfig, Strategy, any},
    proptest,
};

const CLUSTER: &str = "
    a ec2=i-abcd1234 version=1.14.4 at=1518479999 running=2 held=database ecs.instance-type=g2.2xlarge ecs.availability-zone=us-east-1a
    b ec2=i-wxyx7890 version=1.14.5 at=1518480000 held=family:web held=database ecs.instance-type=t2.micro ecs.availability-zone=us-east-1b stack=prod
    c ec2=i-11111111 version=1.105.1 at=1529360908 running=7 ecs.instance-type=g2.xlarge ecs.availability-zone=us-east-1d stack=test rack=12
    d off at=1529360908 held=family:web marked
";

/// Which of the four instances a query is true of, or what is wrong with it.
fn answer(query: &str) -> String {
    let cluster = Cluster::parse(CLUSTER);
    match Query::parse(query) {
        Err(error) => format!("error: {error}"),
        Ok(query) => {
            let candidates = cluster.candidates();
            let names = cluster.names.iter().zip(&candidates);
            let names = names.filter(|(_, it)| query.matches(it)).map(|(name, _)| name.as_str());
            let names: String = names.collect();
            if names.is_empty() { "none".to_owned() } else { names }
        }
    }
}

fn check(queries: &str, expected: Expect) {
    let lines = queries.lines().map(str::trim).filter(|line| !line.is_empty());
    let text: String = lines.map(|query| format!("{query}\n    {}\n", answer(query))).collect();
    expected.assert_eq(&text);
}

#[test]
fn the_examples_of_the_spec_hold() {
    check(
        "
        attribute:ecs.instance-type =~ g2.* and attribute:ecs.availability-zone != us-east-1d
        not(task:group == database)
        attribute:ecs.availability-zone in [us-east-1a, us-east-1b]
        ec2InstanceId in ['i-abcd1234', 'i-wxyx7890']
        agentVersion < 1.14.5
        registeredAt < 2018-02-13
        ",
        expect![[r#"
            attribute:ecs.instance-type =~ g2.* and attribute:ecs.availability-zone != us-east-1d
                a
            not(task:group == database)
                cd
            attribute:ecs.availability-zone in [us-east-1a, us-east-1b]
                ab
            ec2InstanceId in ['i-abcd1234', 'i-wxyx7890']
                ab
            agentVersion < 1.14.5
                a
            registeredAt < 2018-02-13
                a
        "#]],
    );
}

#[test]
fn every_operator_has_a_symbol_and_a_word() {
    for (symbol, word) in [
        ("attribute:stack == prod", "attribute:stack equals prod"),
        ("attribute:stack != prod", "attribute:stack NOT_EQUALS prod"),
        ("runningTasksCount > 2", "runningTasksCount greater_than 2"),
        ("runningTasksCount >= 2", "runningTasksCount greater_than_equal 2"),
        ("runningTasksCount < 2", "runningTasksCount less_than 2"),
        ("runningTasksCount <= 2", "runningTasksCount Less_Than_Equal 2"),
        ("attribute:stack !exists", "attribute:stack not_exists"),
        ("attribute:stack in [prod]", "attribute:stack IN[prod]"),
        ("attribute:stack !in [prod]", "attribute:stack not_in [prod]"),
        ("attribute:stack =~ p.*", "attribute:stack matches p.*"),
        ("attribute:stack !~ p.*", "attribute:stack not_matches p.*"),
        (
            "!attribute:stack exists && agentConnected==true",
            "not attribute:stack exists AND agentConnected equals true",
        ),
        (
            "attribute:stack==prod||attribute:marked exists",
            "attribute:stack==prod Or attribute:marked exists",
        ),
    ] {
        let answers = (answer(symbol), answer(word));
        assert_eq!(answers.0, answers.1, "{symbol}");
        assert!(!answers.0.starts_with("error"), "{symbol}: {}", answers.0);
    }
}

#[test]
fn every_subject_answers() {
    check(
        "
        agentConnected == true
        agentConnected != true
        agentConnected in [false]
        agentConnected =~ f.*
        agentVersion == 1.105.1
        agentVersion != 1.105.1
        agentVersion >= 1.14.5
        ec2InstanceId == i-11111111
        ec2InstanceId !~ i-1+
        registeredAt == 2018-06-18T22:28:28+00:00
        registeredAt != 2018-06-18T22:28:28Z
        registeredAt >= '2018-02-13T00:00:00'
        runningTasksCount == 0
        runningTasksCount != 0
        task:group in [database, other]
        task:group =~ family:.*
        task:group != family:web
        attribute:stack exists
        attribute:marked exists
        attribute:marked == x
        attribute:stack != prod
        attribute:rack > 9
        attribute:rack < 9
        attribute:stack > p
        ",
        expect![[r#"
            agentConnected == true
                abc
            agentConnected != true
                d
            agentConnected in [false]
                d
            agentConnected =~ f.*
                d
            agentVersion == 1.105.1
                c
            agentVersion != 1.105.1
                abd
            agentVersion >= 1.14.5
                bc
            ec2InstanceId == i-11111111
                c
            ec2InstanceId !~ i-1+
                abd
            registeredAt == 2018-06-18T22:28:28+00:00
                cd
            registeredAt != 2018-06-18T22:28:28Z
                ab
            registeredAt >= '2018-02-13T00:00:00'
                bcd
            runningTasksCount == 0
                bd
            runningTasksCount != 0
                ac
            task:group in [database, other]
                ab
            task:group =~ family:.*
                bd
            task:group != family:web
                ac
            attribute:stack exists
                bc
            attribute:marked exists
                d
            attribute:marked == x
                none
            attribute:stack != prod
                acd
            attribute:rack > 9
                c
            attribute:rack < 9
                none
            attribute:stack > p
                bc
        "#]],
    );
}

#[test]
fn and_binds_tighter_than_or_and_not_tightest() {
    check(
        r#"
        attribute:stack == prod or attribute:rack exists and agentConnected == false
        (attribute:stack == prod or attribute:rack exists) and agentConnected == true
        not attribute:stack exists and agentConnected == true
        !(attribute:stack exists and agentConnected == true)
        !!attribute:marked exists
        ( ( attribute:marked exists ) )
        attribute:ecs.instance-type =~ "(g2|t2)\.micro"
        "#,
        expect![[r#"
            attribute:stack == prod or attribute:rack exists and agentConnected == false
                b
            (attribute:stack == prod or attribute:rack exists) and agentConnected == true
                bc
            not attribute:stack exists and agentConnected == true
                a
            !(attribute:stack exists and agentConnected == true)
                ad
            !!attribute:marked exists
                d
            ( ( attribute:marked exists ) )
                d
            attribute:ecs.instance-type =~ "(g2|t2)\.micro"
                b
        "#]],
    );
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let long = format!("attribute:a == {}", "x".repeat(LENGTH_MAX));
    assert_eq!(Query::parse(&long).map_err(|error| error.at).err(), Some(LENGTH_MAX + 1));
    let deep = "(".repeat(1000);
    assert!(matches!(Query::parse(&deep), Err(QueryError { at: 65, .. })));
    check(
        "
        attribute:
        colour == red
        attribute:a ==
        attribute:a == b c
        attribute:a = b
        attribute:a ! b
        attribute:a in b
        attribute:a in []
        attribute:a in [b c]
        attribute:a in [b,
        attribute:a == 'b
        attribute:a =~ [
        attribute:a =~ (b)
        (attribute:a exists
        attribute:a exists)
        attribute:a exists and
        agentConnected > true
        agentConnected == yes
        agentVersion in [1.0]
        agentVersion > one
        registeredAt > yesterday
        registeredAt exists
        runningTasksCount == many
        runningTasksCount =~ 1.*
        task:group exists
        étage == 1
        ",
        expect![[r#"
            attribute:
                error: expected an attribute's name at character 11
            colour == red
                error: expected attribute:NAME, agentConnected, agentVersion, ec2InstanceId, registeredAt, runningTasksCount, task:group at character 1
            attribute:a ==
                error: expected a value at character 15
            attribute:a == b c
                error: expected `and`, `or` or the end at character 18
            attribute:a = b
                error: expected an operator such as `==`, `in` or `=~` at character 13
            attribute:a ! b
                error: expected an operator such as `==`, `in` or `=~` at character 13
            attribute:a in b
                error: expected a list such as `[a, b]` at character 16
            attribute:a in []
                error: expected a value at character 17
            attribute:a in [b c]
                error: expected `,` or `]` at character 19
            attribute:a in [b,
                error: expected a value at character 19
            attribute:a == 'b
                error: no ' closes this text at character 16
            attribute:a =~ [
                error: expected a regular expression at character 16
            attribute:a =~ (b)
                error: expected a value at character 16
            (attribute:a exists
                error: expected `and`, `or` or `)` at character 20
            attribute:a exists)
                error: expected `and`, `or` or the end at character 19
            attribute:a exists and
                error: expected attribute:NAME, agentConnected, agentVersion, ec2InstanceId, registeredAt, runningTasksCount, task:group at character 23
            agentConnected > true
                error: `agentConnected` does not have this operator at character 16
            agentConnected == yes
                error: expected `true` or `false` at character 19
            agentVersion in [1.0]
                error: `agentVersion` does not have this operator at character 14
            agentVersion > one
                error: expected a version at character 16
            registeredAt > yesterday
                error: expected a date at character 16
            registeredAt exists
                error: `registeredAt` does not have this operator at character 14
            runningTasksCount == many
                error: expected a whole number at character 22
            runningTasksCount =~ 1.*
                error: `runningTasksCount` does not have this operator at character 19
            task:group exists
                error: `task:group` does not have this operator at character 12
            étage == 1
                error: expected attribute:NAME, agentConnected, agentVersion, ec2InstanceId, registeredAt, runningTasksCount, task:group at character 1
        "#]],
    );
}

/// Pieces that queries are made of, in any order.
const WORDS: &[&str] = &[
    "agentConnected",
    "agentVersion",
    "attribute:a",
    "ec2InstanceId",
    "registeredAt",
    "runningTasksCount",
    "task:group",
    "==",
    "!=",
    ">",
    "<=",
    "exists",
    "!exists",
    "in",
    "!in",
    "=~",
    "!~",
    "and",
    "||",
    "not",
    "!",
    "(",
    ")",
    "[",
    "]",
    ",",
    "'",
    "\"",
    "true",
    "1.2.3",
    "2018-02-13",
    "7",
    "g2.*",
    "é",
    " ",
];

fn words() -> impl Strategy<Value = String> {
    proptest::collection::vec((proptest::sample::select(WORDS), any::<bool>()), 0..24).prop_map(
        |words| {
            words
                .into_iter()
                .map(|(word, space)| format!("{word}{}", if space { " " } else { "" }))
                .collect()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_it_panic(text in any::<String>(), words in words()) {
        for text in [text, words] {
            let cluster = Cluster::parse(CLUSTER);
            match Query::parse(&text) {
                Ok(query) => for candidate in cluster.candidates() { query.matches(&candidate); },
                Err(error) => assert!(error.at <= text.chars().count() + 1, "{error}"),
            }
        }
    }

    #[test]
    fn a_negated_operator_is_the_negation(index in 0..4_usize, value in "[a-c1-9.*-]{1,6}") {
        let cluster = Cluster::parse(CLUSTER);
        let candidate = &cluster.candidates()[index];
        for subject in ["attribute:stack", "attribute:rack", "ec2InstanceId", "task:group"] {
            for (operator, negated) in [("==", "!="), ("=~", "!~")] {
                let ask = |operator: &str| {
                    Query::parse(&format!("{subject} {operator} {value}")).map(|query| query.matches(candidate))
                };
                if let (Ok(yes), Ok(no)) = (ask(operator), ask(negated)) {
                    assert_ne!(yes, no);
                }
            }
        }
    }
}
