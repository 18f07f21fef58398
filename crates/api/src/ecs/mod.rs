//! Amazon Elastic Container Service: a file per noun.
//!
//! Every function here decides (`decide.rs`); the table says which one decides which operation.

pub mod capacity;
pub mod cluster;
pub mod definition;
pub mod fault;
pub mod setting;
pub mod tag;

use crate::decide::Table;
use wire::{
    Fault,
    check::{Rule, Violation, Violations},
    tables::ecs,
};

/// The operations of ECS that Longshore serves.
pub static TABLE: Table = Table {
    service: &ecs::SERVICE,
    operations: &[
        ("CreateCluster", cluster::create),
        ("DeleteAccountSetting", setting::delete),
        ("DeleteCluster", cluster::delete),
        ("DeleteTaskDefinitions", definition::delete),
        ("DeregisterTaskDefinition", definition::deregister),
        ("DescribeClusters", cluster::describe),
        ("DescribeTaskDefinition", definition::describe),
        ("ListAccountSettings", setting::list),
        ("ListClusters", cluster::list),
        ("ListTagsForResource", tag::list_for_resource),
        ("ListTaskDefinitionFamilies", definition::list_families),
        ("ListTaskDefinitions", definition::list),
        ("PutAccountSetting", setting::put),
        ("PutAccountSettingDefault", setting::put_default),
        ("RegisterTaskDefinition", definition::register),
        ("TagResource", tag::tag_resource),
        ("UntagResource", tag::untag_resource),
        ("UpdateCluster", cluster::update),
        ("UpdateClusterSettings", cluster::update_settings),
    ],
    refuse,
    server_fault: "ServerException",
};

/// ECS has its own words for what is missing in a task definition and for a word that it does not know; for the rest it uses those of
/// AWS's framework.
fn refuse(operation: &str, violations: &Violations) -> Fault {
    let is_missing = |path: &str| {
        violations
            .0
            .iter()
            .any(|violation| violation.path == path && violation.rule == Rule::Required)
    };
    if operation == "RegisterTaskDefinition" {
        if is_missing("family") {
            return fault::client("Family should not be null or empty.");
        }
        if is_missing("containerDefinitions") {
            return fault::client("Container list cannot be empty.");
        }
    }
    match violations.0.first() {
        Some(Violation { path, rule: Rule::Choice(choices), .. }) => {
            let is_name =
                |segment: &&str| *segment != "member" && segment.parse::<usize>().is_err();
            let name = path.rsplit('.').find(is_name).unwrap_or_default();
            let mut choices = choices.to_vec();
            choices.sort_unstable();
            fault::invalid_parameter(format!("{name} should be one of [{}]", choices.join(",")))
        }
        _ => violations.fault(&ecs::SERVICE),
    }
}

#[cfg(test)]
mod tests {
    use super::TABLE;
    use std::collections::BTreeSet;

    #[test]
    fn what_is_listed_as_served_is_decided_and_the_other_way_round() {
        let listed: BTreeSet<&str> = TABLE.service.served_names().collect();
        let decided: BTreeSet<&str> = TABLE.operations.iter().map(|(name, _)| *name).collect();
        assert_eq!(listed, decided);
        assert_eq!(decided.len(), TABLE.operations.len(), "an operation is decided in one place");
    }
}
