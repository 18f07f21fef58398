//! What no host of Fargate's pool serves.

use super::fixture::Cluster;
use crate::feature::{told_in, unserved};
use domain::tag::Attribute;
use expect_test::{Expect, expect};

/// What is said where `hosts` are there and a definition requires attributes of these names.
fn check(hosts: &str, required: &[&str], expect: Expect) {
    let required: Vec<_> = required
        .iter()
        .map(|name| Attribute { name: format!("ecs.capability.{name}"), value: None })
        .collect();
    let hosts = Cluster::parse(hosts);
    expect.assert_eq(&unserved(&required, hosts.candidates()).unwrap_or_default());
}

#[test]
fn what_no_host_serves_is_told_by_its_features() {
    let hosts = "a ecs.capability.task-eni\nb ecs.capability.task-eni cpu=0 off";
    check(hosts, &["task-eni"], expect![[""]]);
    check(
        hosts,
        &["task-eni", "fault-injection"],
        expect!["The hosts of Longshore's Fargate pool do not serve fault injection yet."],
    );
    check(
        hosts,
        &[
            "secrets.asm.environment-variables",
            "secrets.ssm.environment-variables",
            "secrets.ssm.bootstrap.log-driver",
            "logging-driver.awslogs",
            "execution-role-awslogs",
            "private-registry-authentication.secretsmanager",
            "env-files.s3",
            "efs",
            "efsAuth",
            "aws-appmesh",
            "firelens.fluentd",
            "made-up",
        ],
        expect![
            "The hosts of Longshore's Fargate pool do not serve environmentFiles, firelensConfiguration, proxyConfiguration, repositoryCredentials, secretOptions of a log driver, secrets, the attribute ecs.capability.made-up, the awslogs log driver or volumes of Amazon EFS yet."
        ],
    );
}

#[test]
fn one_host_that_serves_it_is_enough_whatever_its_room() {
    check("a\nb ecs.capability.efs cpu=0 off", &["efs"], expect![[""]]);
    check(
        "a\nb ecs.capability.efs status=DRAINING",
        &["efs"],
        expect!["The hosts of Longshore's Fargate pool do not serve volumes of Amazon EFS yet."],
    );
}

#[test]
fn what_one_host_serves_is_not_told_where_another_thing_is_served_by_none() {
    check(
        "a ecs.capability.efs\nb",
        &["efs", "env-files.s3"],
        expect!["The hosts of Longshore's Fargate pool do not serve environmentFiles yet."],
    );
    check(
        "a ecs.capability.efs\nb ecs.capability.env-files.s3",
        &["efs", "env-files.s3"],
        expect![
            "The hosts of Longshore's Fargate pool do not serve environmentFiles or volumes of Amazon EFS yet."
        ],
    );
}

#[test]
fn a_pool_without_hosts_lacks_capacity_and_nothing_else() {
    check("", &["efs"], expect![[""]]);
    check("a status=DRAINING", &["efs"], expect![[""]]);
}

#[test]
fn the_sentence_is_found_in_an_event() {
    let hosts = Cluster::parse("a");
    let efs = [Attribute { name: "ecs.capability.efs".into(), value: None }];
    let said = unserved(&efs, hosts.candidates()).expect("no host serves it");
    assert_eq!(told_in(&format!("(service web) was unable. Reason: {said}")), Some(said.as_str()));
    assert_eq!(told_in("Capacity is unavailable at this time."), None);
}
