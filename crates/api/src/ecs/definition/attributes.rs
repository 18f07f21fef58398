//! What an instance must be able to do to run a definition: `requiresAttributes` (spec/tasks.md §2).
//!
//! Invariant: whatever a definition asks for that some agent cannot do is named here, so that a task which nobody can run is refused at
//! placement by the name of the missing attribute, and never runs without what it asked for.

use crate::ecs::definition::compatibility::is_ecr;
use domain::{
    definition::{ContainerDefinition, NetworkMode, Secret, TaskDefinition},
    tag::Attribute,
};
use std::collections::BTreeSet;

/// From this on, a task's CPU needs an agent that knows sizes beyond 10 vCPU.
const INCREASED_CPU_UNITS: i64 = 10 * 1024;

/// The attributes that `definition` requires, by name.
pub(super) fn required(definition: &TaskDefinition) -> Vec<Attribute> {
    let mut needs = Needs::default();
    needs.task(definition);
    for container in &definition.container_definitions {
        needs.container(container, definition);
    }
    if let Some(version) = needs.docker_api {
        needs.old(&format!("docker-remote-api.1.{version}"));
    }
    needs.names.into_iter().map(|name| Attribute { name, value: None }).collect()
}

#[derive(Default)]
struct Needs {
    names: BTreeSet<String>,
    /// The least Docker API version `1.N` that has everything.
    docker_api: Option<u8>,
}

impl Needs {
    /// An attribute under its older prefix.
    fn old(&mut self, name: &str) {
        self.names.insert(format!("com.amazonaws.ecs.capability.{name}"));
    }

    /// An attribute under the newer prefix.
    fn named(&mut self, name: &str) {
        self.names.insert(format!("ecs.capability.{name}"));
    }

    fn docker(&mut self, version: u8) {
        self.docker_api = self.docker_api.max(Some(version));
    }

    fn when(&mut self, is_needed: bool, need: impl FnOnce(&mut Self)) {
        if is_needed {
            need(self);
        }
    }

    fn task(&mut self, definition: &TaskDefinition) {
        self.when(definition.task_role_arn.is_some(), |needs| {
            needs.old("task-iam-role");
            needs.when(definition.network_mode == NetworkMode::Host, |needs| {
                needs.old("task-iam-role-network-host")
            });
        });
        self.when(definition.network_mode == NetworkMode::Awsvpc, |needs| needs.named("task-eni"));
        self.when(definition.cpu.is_some() || definition.memory.is_some(), |needs| {
            needs.named("task-cpu-mem-limit");
            needs.docker(18);
        });
        let cpu = definition.cpu.as_deref().and_then(|cpu| cpu.parse().ok());
        self.when(cpu.is_some_and(|cpu: i64| cpu > INCREASED_CPU_UNITS), |needs| {
            needs.named("increased-task-cpu-limit")
        });
        self.when(definition.pid_mode.is_some() || definition.ipc_mode.is_some(), |needs| {
            needs.named("pid-ipc-namespace-sharing");
        });
        self.when(definition.enable_fault_injection == Some(true), |needs| {
            needs.named("fault-injection")
        });
        self.when(definition.proxy_configuration.is_some(), |needs| needs.named("aws-appmesh"));
        self.when(definition.inference_accelerators.is_some(), |needs| needs.named("task-eia"));
        self.when(definition.trusted_execution_configuration.is_some(), |needs| {
            needs.named("trusted-execution")
        });
        for volume in &definition.volumes {
            if let Some(docker) = &volume.docker_volume_configuration {
                self.named(&format!(
                    "docker-plugin.{}",
                    docker.driver.as_deref().unwrap_or("local")
                ));
            }
            if let Some(efs) = &volume.efs_volume_configuration {
                self.named("efs");
                self.when(!efs["authorizationConfig"].is_null(), |needs| needs.named("efsAuth"));
            }
            self.when(volume.s3files_volume_configuration.is_some(), |needs| {
                needs.named("storage.s3-files")
            });
            self.when(volume.fsx_windows_file_server_volume_configuration.is_some(), |needs| {
                needs.named("fsxWindowsFileServer");
            });
            self.when(volume.configured_at_launch == Some(true), |needs| {
                needs.named("storage.ebs-task-volume-attach");
            });
        }
    }

    fn container(&mut self, container: &ContainerDefinition, definition: &TaskDefinition) {
        let has_execution_role = definition.execution_role_arn.is_some();
        self.when(is_ecr(&container.image), |needs| {
            needs.old("ecr-auth");
            needs.when(has_execution_role, |needs| needs.named("execution-role-ecr-pull"));
        });
        self.when(container.repository_credentials.is_some(), |needs| {
            needs.named("private-registry-authentication.secretsmanager");
        });
        self.when(container.privileged == Some(true), |needs| needs.old("privileged-container"));
        self.when(!container.environment.is_empty(), |needs| needs.docker(17));
        self.when(container.docker_labels.is_some() || container.ulimits.is_some(), |needs| {
            needs.docker(18)
        });
        self.secrets(container.secrets.iter().flatten(), "environment-variables");
        self.log(container, has_execution_role);
        self.when(
            container.environment_files.as_ref().is_some_and(|files| !files.is_empty()),
            |needs| {
                needs.named("env-files.s3");
            },
        );
        let is_ordered = container.depends_on.as_ref().is_some_and(|depends| !depends.is_empty());
        let has_timeouts = container.start_timeout.is_some() || container.stop_timeout.is_some();
        self.when(is_ordered || has_timeouts, |needs| needs.named("container-ordering"));
        self.when(container.health_check.is_some(), |needs| {
            needs.named("container-health-check");
            needs.docker(24);
        });
        self.when(
            container.restart_policy.as_ref().is_some_and(|policy| policy.enabled),
            |needs| {
                needs.named("container-restart-policy");
            },
        );
        let has_range =
            container.port_mappings.iter().any(|mapping| mapping.container_port_range.is_some());
        self.when(has_range, |needs| needs.named("network.container-port-range"));
        for option in container.docker_security_options.iter().flatten() {
            self.when(option.starts_with("label"), |needs| needs.old("selinux"));
            self.when(option.starts_with("apparmor"), |needs| needs.old("apparmor"));
        }
        for spec in container.credential_specs.iter().flatten() {
            self.named(if spec.starts_with("credentialspecdomainless:") {
                "gmsa-domainless"
            } else {
                "gmsa"
            });
        }
        if let Some(linux) = &container.linux_parameters {
            self.when(
                linux.devices.is_some()
                    || linux.tmpfs.is_some()
                    || linux.shared_memory_size.is_some(),
                |needs| {
                    needs.docker(22);
                },
            );
            self.when(linux.init_process_enabled == Some(true), |needs| needs.docker(25));
        }
    }

    fn log(&mut self, container: &ContainerDefinition, has_execution_role: bool) {
        if let Some(log) = &container.log_configuration {
            self.old(&format!("logging-driver.{}", log.log_driver));
            let is_awslogs = log.log_driver == "awslogs";
            self.docker(if is_awslogs { 19 } else { 18 });
            self.when(is_awslogs && has_execution_role, |needs| {
                needs.named("execution-role-awslogs")
            });
            self.secrets(log.secret_options.iter().flatten(), "bootstrap.log-driver");
        }
        if let Some(firelens) = &container.firelens_configuration {
            self.named(&format!("firelens.{}", firelens["type"].as_str().unwrap_or_default()));
            if let Some(kind) = firelens["options"]["config-file-type"].as_str() {
                self.named(&format!("firelens.options.config.{kind}"));
            }
        }
    }

    /// Secrets come from the Parameter Store, unless their ARN is one of Secrets Manager.
    fn secrets<'a>(&mut self, secrets: impl Iterator<Item = &'a Secret>, what_for: &str) {
        for secret in secrets {
            let from = if secret.value_from.contains(":secretsmanager:") { "asm" } else { "ssm" };
            self.named(&format!("secrets.{from}.{what_for}"));
        }
    }
}
