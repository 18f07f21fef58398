//! What no host of Fargate's pool serves, in the words of a task definition.
//!
//! Invariant: it is told only where hosts are there and none of them has what a definition requires, whatever room they have: then trying
//! again later never helps. A pool without hosts, and one whose hosts are of another architecture, lack capacity: the operator may add some.
//! Not here: which attributes a definition requires (`api`), where a task goes (`filter`).

use crate::candidate::Candidate;
use domain::tag::Attribute;
use std::collections::BTreeSet;

/// What every such sentence has, and no other event of a service.
const MARK: &str = "The hosts of Longshore's Fargate pool do not serve ";

/// Says that no host of the pool serves what `required` asks for, by the names of the features; `None` if one does, or none is there. Of
/// `hosts`, those that take no new tasks count for nothing.
pub fn unserved<'c>(
    required: &[Attribute],
    hosts: impl IntoIterator<Item = Candidate<'c>>,
) -> Option<String> {
    let (mut nowhere, mut somewhere_not) = (None::<BTreeSet<&str>>, BTreeSet::new());
    for host in hosts.into_iter().filter(Candidate::takes_new_tasks) {
        let lacked: BTreeSet<&str> = required
            .iter()
            .filter(|wanted| !host.has(wanted))
            .map(|wanted| wanted.name.as_str())
            .collect();
        if lacked.is_empty() {
            return None;
        }
        nowhere = Some(match nowhere {
            Some(names) => &names & &lacked,
            None => lacked.clone(),
        });
        somewhere_not.extend(lacked);
    }
    // Hosts may each lack something else: then none serves all of it together.
    let names = nowhere?;
    let names = if names.is_empty() { somewhere_not } else { names };
    let features: BTreeSet<String> = names.into_iter().map(called).collect();
    Some(format!("{MARK}{} yet.", list(features)))
}

/// The sentence of [`unserved`] in a longer text, such as a service's event.
pub fn told_in(text: &str) -> Option<&str> {
    text.find(MARK).map(|at| &text[at..])
}

/// `a, b or c`
fn list(features: BTreeSet<String>) -> String {
    let mut features: Vec<String> = features.into_iter().collect();
    match features.pop() {
        Some(last) if features.is_empty() => last,
        Some(last) => format!("{} or {last}", features.join(", ")),
        None => String::new(),
    }
}

/// What asks for an attribute, as a definition has it (spec/tasks.md §2).
fn called(attribute: &str) -> String {
    let name = attribute
        .strip_prefix("com.amazonaws.ecs.capability.")
        .or_else(|| attribute.strip_prefix("ecs.capability."));
    let Some(name) = name else { return format!("the attribute {attribute}") };
    let first_of = |prefix: &str| name.strip_prefix(prefix);
    if let Some(driver) = first_of("logging-driver.") {
        return format!("the {driver} log driver");
    }
    if let Some(driver) = first_of("docker-plugin.") {
        return format!("the {driver} volume driver");
    }
    if let Some(version) = first_of("docker-remote-api.") {
        return format!("what version {version} of Docker's API has");
    }
    if first_of("secrets.").is_some() {
        let is_of_log = name.ends_with(".bootstrap.log-driver");
        return if is_of_log { "secretOptions of a log driver" } else { "secrets" }.to_owned();
    }
    match name {
        "execution-role-awslogs" => "the awslogs log driver",
        "ecr-auth" | "execution-role-ecr-pull" => "images of Amazon ECR",
        "private-registry-authentication.secretsmanager" => "repositoryCredentials",
        "env-files.s3" => "environmentFiles",
        "efs" | "efsAuth" => "volumes of Amazon EFS",
        "fsxWindowsFileServer" => "volumes of FSx for Windows File Server",
        "storage.s3-files" => "volumes of S3 Files",
        "storage.ebs-task-volume-attach" => "volumes that are configured at launch",
        "aws-appmesh" => "proxyConfiguration",
        "fault-injection" => "fault injection",
        "task-eia" => "inferenceAccelerators",
        "trusted-execution" => "trustedExecutionConfiguration",
        "pid-ipc-namespace-sharing" => "pidMode",
        "task-iam-role" | "task-iam-role-network-host" => "taskRoleArn",
        "execute-command" => "ECS Exec",
        "task-eni" => "network mode awsvpc",
        "privileged-container" => "privileged containers",
        "apparmor" | "selinux" => "dockerSecurityOptions",
        "gmsa" | "gmsa-domainless" => "credentialSpecs",
        "network.container-port-range" => "containerPortRange",
        "container-health-check" => "healthCheck",
        "container-ordering" => "dependsOn or timeouts of containers",
        "container-restart-policy" => "restartPolicy",
        "increased-task-cpu-limit" => "tasks of more than 10 vCPU",
        "task-cpu-mem-limit" => "sizes of tasks",
        _ if name.starts_with("firelens") => "firelensConfiguration",
        _ => return format!("the attribute {attribute}"),
    }
    .to_owned()
}
