//! The API calls of an agent (agent-protocol.md §2): it registers its host, asks where the sessions are, and reports.
//!
//! Not here: when a report is said again (the machine), how it is sent (`http`).

use super::{CallError, http::Http};
use crate::machine::{ContainerChange, Report};
use domain::{
    exec::MANAGED_AGENT,
    status::ContainerStatus,
    tag::{Attribute, Tag},
};
use serde_json::{Value as Json, json};
use std::sync::Arc;
use wire::sigv4::Credentials;

/// The API's own limit for reasons.
const REASON_CHARS_MAX: usize = 1024;

/// What an agent tells of its host when it registers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Registration {
    /// From an earlier registration.
    pub(crate) instance_arn: Option<String>,
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) tags: Vec<Tag>,
    pub(crate) cpu_units: i64,
    pub(crate) memory_mib: i64,
    pub(crate) ports_tcp: Vec<u16>,
    pub(crate) ports_udp: Vec<u16>,
    /// The same for each try of one registration.
    pub(crate) token: String,
}

/// What the plane keeps of a host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Registered {
    pub(crate) arn: String,
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) ec2_id: Option<String>,
}

/// Where the sessions are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Endpoints {
    pub(crate) control: String,
    pub(crate) telemetry: String,
}

/// What the plane made of a report.
#[derive(Debug)]
pub(crate) enum Heard {
    Accepted,
    /// It will never take it.
    Refused(String),
    /// Not now.
    Unreached(CallError),
}

/// The API of one cluster.
#[derive(Clone)]
pub(crate) struct Api {
    http: Arc<Http>,
    endpoint: String,
    cluster: String,
}

impl Api {
    pub(crate) fn new(http: Arc<Http>, endpoint: String, cluster: String) -> Self {
        Self { http, endpoint, cluster }
    }

    /// Registers the host and returns what the plane keeps of it.
    pub(crate) async fn register(
        &self,
        registration: &Registration,
    ) -> Result<Registered, CallError> {
        let ports = |ports: &[u16]| ports.iter().map(u16::to_string).collect::<Vec<_>>();
        let integer = |name: &str, value: i64| json!({ "name": name, "type": "INTEGER", "integerValue": value });
        let set = |name: &str, values: &[u16]| json!({ "name": name, "type": "STRINGSET", "stringSetValue": ports(values) });
        let mut request = json!({
            "cluster": self.cluster,
            "attributes": registration.attributes,
            "totalResources": [
                integer("CPU", registration.cpu_units),
                integer("MEMORY", registration.memory_mib),
                set("PORTS", &registration.ports_tcp),
                set("PORTS_UDP", &registration.ports_udp),
            ],
            "clientToken": registration.token,
            "instanceIdentityDocument": "",
            "instanceIdentityDocumentSignature": "",
        });
        if let Some(arn) = &registration.instance_arn {
            request["containerInstanceArn"] = json!(arn);
        }
        if !registration.tags.is_empty() {
            request["tags"] = json!(registration.tags);
        }
        let reply = self.call("RegisterContainerInstance", &request).await?;
        let instance = &reply["containerInstance"];
        let arn = instance["containerInstanceArn"].as_str().unwrap_or_default();
        if arn.is_empty() {
            return Err(self.senseless("it has no containerInstanceArn"));
        }
        let attributes = serde_json::from_value(instance["attributes"].clone());
        let attributes = attributes.map_err(|error| self.senseless(&error.to_string()))?;
        let ec2_id = instance["ec2InstanceId"].as_str().map(str::to_owned);
        Ok(Registered { arn: arn.to_owned(), attributes, ec2_id })
    }

    /// Makes the cluster, as an agent does that was told none and finds no `default`.
    pub(crate) async fn create_cluster(&self) -> Result<(), CallError> {
        self.call("CreateCluster", &json!({ "clusterName": self.cluster })).await.map(drop)
    }

    /// Where the sessions of instance `arn` are.
    pub(crate) async fn discover(&self, arn: &str) -> Result<Endpoints, CallError> {
        let request = json!({ "containerInstance": arn, "cluster": self.cluster, "zoneId": "" });
        let reply = self.call("DiscoverPollEndpoint", &request).await?;
        let member = |name: &str| reply[name].as_str().filter(|text| !text.is_empty());
        match (member("endpoint"), member("telemetryEndpoint")) {
            (Some(control), Some(telemetry)) => {
                Ok(Endpoints { control: control.to_owned(), telemetry: telemetry.to_owned() })
            }
            _ => Err(self.senseless("it names no endpoint")),
        }
    }

    /// Says `report`.
    pub(crate) async fn submit(&self, report: &Report) -> Heard {
        let request = submission(&self.cluster, report);
        match self.call("SubmitTaskStateChange", &request).await {
            Ok(_) => Heard::Accepted,
            // The only fault that ends a report (agent-protocol.md §2.2).
            Err(error) if error.fault() == Some("InvalidParameterException") => {
                Heard::Refused(error.to_string())
            }
            Err(error) => Heard::Unreached(error),
        }
    }

    /// The tags of `arn`.
    pub(crate) async fn tags(&self, arn: &str) -> Result<Vec<Tag>, CallError> {
        let reply = self.call("ListTagsForResource", &json!({ "resourceArn": arn })).await?;
        serde_json::from_value(reply["tags"].clone())
            .map_err(|error| self.senseless(&error.to_string()))
    }

    /// Calls an operation with the credentials of a task's role.
    pub(crate) async fn call_as(
        &self,
        operation: &str,
        request: &Json,
        credentials: &Credentials,
    ) -> Result<Json, CallError> {
        self.http.call_as(&self.endpoint, operation, request, credentials).await
    }

    async fn call(&self, operation: &str, request: &Json) -> Result<Json, CallError> {
        self.http.call(&self.endpoint, operation, request).await
    }

    fn senseless(&self, what: &str) -> CallError {
        CallError::Reply { address: self.endpoint.clone(), what: what.to_owned() }
    }
}

/// The SubmitTaskStateChange that says `report`.
pub fn submission(cluster: &str, report: &Report) -> Json {
    let mut request = json!({ "cluster": cluster, "task": report.task_arn });
    if let Some(status) = report.status {
        request["status"] = json!(status.as_str());
    }
    if !report.reason.is_empty() {
        request["reason"] = json!(cut(&report.reason));
    }
    if !report.containers.is_empty() {
        request["containers"] = report.containers.iter().map(container).collect();
    }
    let open = report.containers.iter();
    let open = open.filter(|it| it.is_open && it.status == ContainerStatus::Running);
    let open: Vec<Json> = open
        .map(|it| json!({ "containerName": it.name, "managedAgentName": MANAGED_AGENT, "status": "RUNNING" }))
        .collect();
    if !open.is_empty() {
        request["managedAgents"] = json!(open);
    }
    let times = [
        ("pullStartedAt", report.pull_started_at),
        ("pullStoppedAt", report.pull_stopped_at),
        ("executionStoppedAt", report.execution_stopped_at),
    ];
    for (name, at) in times {
        if let Some(at) = at {
            request[name] = json!(at.as_seconds());
        }
    }
    request
}

fn container(change: &ContainerChange) -> Json {
    let mut container = json!({ "containerName": change.name, "status": change.status.as_str() });
    if let Some(id) = &change.runtime_id {
        container["runtimeId"] = json!(id);
    }
    if let Some(code) = change.exit_code {
        container["exitCode"] = json!(code);
    }
    if let Some(reason) = &change.reason {
        container["reason"] = json!(cut(reason));
    }
    if let Some(digest) = &change.image_digest {
        container["imageDigest"] = json!(digest);
    }
    if !change.network_bindings.is_empty() {
        container["networkBindings"] = json!(change.network_bindings);
    }
    container
}

fn cut(reason: &str) -> String {
    reason.chars().take(REASON_CHARS_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::submission;
    use crate::machine::{ContainerChange, Report};
    use domain::{
        status::{ContainerStatus, TaskStatus},
        task::NetworkBinding,
        time::Timestamp,
    };
    use expect_test::expect;

    #[test]
    fn a_report_has_the_form_of_the_api() {
        let running = ContainerChange {
            name: "web".into(),
            runtime_id: Some("id".into()),
            status: ContainerStatus::Running,
            exit_code: None,
            reason: None,
            image_digest: Some("sha256:1".into()),
            network_bindings: vec![NetworkBinding {
                bind_ip: Some("0.0.0.0".into()),
                container_port: Some(80),
                host_port: Some(32768),
                protocol: Some("tcp".into()),
                ..NetworkBinding::default()
            }],
            is_open: true,
        };
        let stopped = ContainerChange {
            status: ContainerStatus::Stopped,
            exit_code: Some(137),
            reason: Some("x".repeat(2000)),
            image_digest: None,
            network_bindings: Vec::new(),
            ..running.clone()
        };
        let report = Report {
            task_arn: "arn".into(),
            status: Some(TaskStatus::Stopped),
            reason: "why".into(),
            containers: vec![running, stopped],
            pull_started_at: Some(Timestamp(1_500)),
            pull_stopped_at: Some(Timestamp(2_000)),
            execution_stopped_at: Some(Timestamp(3_000)),
        };
        let mut json = submission("default", &report);
        let reason = json["containers"][1]["reason"].as_str().map(str::len);
        assert_eq!(reason, Some(1024), "reasons are cut");
        json["containers"][1]["reason"] = "…".into();
        let text = serde_json::to_string_pretty(&json).expect("JSON");
        expect![[r#"
            {
              "cluster": "default",
              "containers": [
                {
                  "containerName": "web",
                  "imageDigest": "sha256:1",
                  "networkBindings": [
                    {
                      "bindIP": "0.0.0.0",
                      "containerPort": 80,
                      "hostPort": 32768,
                      "protocol": "tcp"
                    }
                  ],
                  "runtimeId": "id",
                  "status": "RUNNING"
                },
                {
                  "containerName": "web",
                  "exitCode": 137,
                  "reason": "…",
                  "runtimeId": "id",
                  "status": "STOPPED"
                }
              ],
              "executionStoppedAt": 3.0,
              "managedAgents": [
                {
                  "containerName": "web",
                  "managedAgentName": "ExecuteCommandAgent",
                  "status": "RUNNING"
                }
              ],
              "pullStartedAt": 1.5,
              "pullStoppedAt": 2.0,
              "reason": "why",
              "status": "STOPPED",
              "task": "arn"
            }"#]]
        .assert_eq(&text);
    }
}
