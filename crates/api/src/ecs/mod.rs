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
    check::{Rule, Violations},
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

/// ECS has its own words for what is missing in a task definition; for the rest it uses those of AWS's framework.
fn refuse(operation: &str, violations: &Violations) -> Fault {
    let is_missing = |path: &str| {
        violations
            .0
            .iter()
            .any(|violation| violation.path == path && violation.rule == Rule::Required)
    };
    match operation {
        "RegisterTaskDefinition" if is_missing("family") => {
            fault::client("Family should not be null or empty.")
        }
        "RegisterTaskDefinition" if is_missing("containerDefinitions") => {
            fault::client("Container list cannot be empty.")
        }
        _ => violations.fault(&ecs::SERVICE),
    }
}
