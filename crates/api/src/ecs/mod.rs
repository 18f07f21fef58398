//! Amazon Elastic Container Service: a file per noun.
//!
//! Every function here decides (`decide.rs`); the table says which one decides which operation.

pub mod attribute;
pub mod capacity;
pub mod cluster;
pub mod definition;
pub mod deregister_instance;
pub mod execute_command;
pub mod fargate;
pub mod fault;
pub mod instance;
pub mod launch;
pub mod named;
pub mod network;
pub mod overrides;
pub mod poll_endpoint;
pub mod register_instance;
pub mod rule;
pub mod run_task;
pub mod service;
pub mod service_deployment;
pub mod service_revision;
pub mod setting;
pub mod start_task;
pub mod state_change;
pub mod stop_task;
pub mod tag;
pub mod task;
pub mod task_protection;
pub mod task_set;
pub mod token;

#[cfg(test)]
mod laws;
#[cfg(test)]
pub(crate) mod stage;

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
        ("CreateCapacityProvider", capacity::provider::create),
        ("CreateCluster", cluster::create),
        ("CreateService", service::create),
        ("CreateTaskSet", task_set::create),
        ("DeleteAccountSetting", setting::delete),
        ("DeleteAttributes", attribute::delete),
        ("DeleteCapacityProvider", capacity::provider::delete),
        ("DeleteCluster", cluster::delete),
        ("DeleteService", service::delete),
        ("DeleteTaskDefinitions", definition::delete),
        ("DeleteTaskSet", task_set::delete),
        ("DeregisterContainerInstance", deregister_instance::deregister),
        ("DeregisterTaskDefinition", definition::deregister),
        ("DescribeCapacityProviders", capacity::provider::describe),
        ("DescribeClusters", cluster::describe),
        ("DescribeContainerInstances", instance::describe),
        ("DescribeServiceDeployments", service_deployment::describe),
        ("DescribeServiceRevisions", service_revision::describe),
        ("DescribeServices", service::describe),
        ("DescribeTaskDefinition", definition::describe),
        ("DescribeTaskSets", task_set::describe),
        ("DescribeTasks", task::describe),
        ("DiscoverPollEndpoint", poll_endpoint::discover),
        ("ExecuteCommand", execute_command::execute),
        ("GetTaskProtection", task_protection::get),
        ("ListAccountSettings", setting::list),
        ("ListAttributes", attribute::list),
        ("ListClusters", cluster::list),
        ("ListContainerInstances", instance::list),
        ("ListServiceDeployments", service_deployment::list),
        ("ListServices", service::list),
        ("ListServicesByNamespace", service::list_by_namespace),
        ("ListTagsForResource", tag::list_for_resource),
        ("ListTaskDefinitionFamilies", definition::list_families),
        ("ListTaskDefinitions", definition::list),
        ("ListTasks", task::list),
        ("PutAccountSetting", setting::put),
        ("PutAccountSettingDefault", setting::put_default),
        ("PutAttributes", attribute::put),
        ("PutClusterCapacityProviders", capacity::association::put),
        ("RegisterContainerInstance", register_instance::register),
        ("RegisterTaskDefinition", definition::register),
        ("RunTask", run_task::run),
        ("StartTask", start_task::start),
        ("StopServiceDeployment", service_deployment::stop),
        ("StopTask", stop_task::stop),
        ("SubmitAttachmentStateChanges", state_change::submit_attachments),
        ("SubmitContainerStateChange", state_change::submit_container),
        ("SubmitTaskStateChange", state_change::submit_task),
        ("TagResource", tag::tag_resource),
        ("UntagResource", tag::untag_resource),
        ("UpdateCapacityProvider", capacity::provider::update),
        ("UpdateCluster", cluster::update),
        ("UpdateClusterSettings", cluster::update_settings),
        ("UpdateContainerAgent", instance::update_agent),
        ("UpdateContainerInstancesState", instance::update_state),
        ("UpdateServicePrimaryTaskSet", task_set::make_primary),
        ("UpdateTaskProtection", task_protection::update),
        ("UpdateTaskSet", task_set::update),
        ("UpdateService", service::update),
    ],
    refuse,
    server_fault: "ServerException",
    prepare: None,
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
