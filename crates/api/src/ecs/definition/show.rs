//! Task definitions as replies show them.

use crate::{decide::moment, plain};
use domain::{arn, definition::TaskDefinition, id::Scope};
use wire::{Value, reply, tables::ecs};

/// `definition` as the API shows it. Tags are beside it, where a reply has them.
pub fn show(scope: &Scope, definition: &TaskDefinition) -> Value {
    let json = |part: &Option<serde_json::Value>| part.clone().map(plain::from_json);
    reply!(ecs::TASK_DEFINITION {
        "taskDefinitionArn": arn::definition(scope, &definition.family, definition.revision),
        "containerDefinitions": plain::to_value(&definition.container_definitions),
        "family": definition.family.as_str(),
        "taskRoleArn": definition.task_role_arn.as_deref(),
        "executionRoleArn": definition.execution_role_arn.as_deref(),
        "networkMode": definition.network_mode.as_str(),
        "revision": definition.revision.0,
        "volumes": plain::to_value(&definition.volumes),
        "status": definition.status.as_str(),
        "requiresAttributes": plain::to_value(&definition.requires_attributes),
        "placementConstraints": plain::to_value(&definition.placement_constraints),
        "compatibilities": plain::to_value(&definition.compatibilities),
        "runtimePlatform": plain::to_value(&definition.runtime_platform),
        "requiresCompatibilities": plain::to_value(&definition.requires_compatibilities),
        "cpu": definition.cpu.as_deref(),
        "memory": definition.memory.as_deref(),
        "inferenceAccelerators": json(&definition.inference_accelerators),
        "pidMode": definition.pid_mode.as_deref(),
        "ipcMode": definition.ipc_mode.as_deref(),
        "proxyConfiguration": json(&definition.proxy_configuration),
        "registeredAt": moment(definition.registered_at),
        "deregisteredAt": definition.deregistered_at.map(moment),
        "deleteRequestedAt": definition.delete_requested_at.map(moment),
        "registeredBy": definition.registered_by.as_deref(),
        "ephemeralStorage": json(&definition.ephemeral_storage),
        "enableFaultInjection": definition.enable_fault_injection,
        "trustedExecutionConfiguration": json(&definition.trusted_execution_configuration),
    })
}
