//! Why a definition could or could not be placed now: RunTask's own filters over what the API shows of definition and instances.

use crate::command::client::Client;
use anyhow::{Context, Result};
use domain::{
    definition::TaskDefinition,
    id::{ClusterName, InstanceId},
    instance::{ContainerInstance, InstanceLink, Ledger, Resources},
    status::InstanceStatus,
    task::Overrides,
    time::Timestamp,
};
use placement::{
    candidate::Candidate,
    demand::Demand,
    filter::{Constraint, Needs},
    query::Query,
};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// DescribeContainerInstances takes no more at once.
const INSTANCES_PER_CALL_MAX: usize = 100;

/// What came of asking every instance.
pub(super) struct Verdict {
    definition: String,
    cluster: String,
    status: String,
    instances: Vec<Answer>,
}

struct Answer {
    instance: String,
    /// `None` takes it; otherwise the reason in ECS's words and what exactly is missing.
    refusal: Option<(String, Option<String>)>,
}

impl Verdict {
    pub(super) fn as_json(&self) -> Json {
        let instances: Vec<Json> = self
            .instances
            .iter()
            .map(|answer| match &answer.refusal {
                None => json!({ "containerInstance": answer.instance, "fits": true }),
                Some((reason, detail)) => {
                    json!({ "containerInstance": answer.instance, "fits": false, "reason": reason, "detail": detail })
                }
            })
            .collect();
        json!({ "taskDefinitionArn": self.definition, "status": self.status, "cluster": self.cluster, "instances": instances })
    }

    pub(super) fn print(&self) {
        let name = self.definition.rsplit('/').next().unwrap_or_default();
        let fitting = self.instances.iter().filter(|answer| answer.refusal.is_none()).count();
        anstream::println!("{}", self.headline(name, fitting));
        for answer in &self.instances {
            let instance = answer.instance.rsplit('/').next().unwrap_or_default();
            let instance = &instance[..instance.len().min(12)];
            match &answer.refusal {
                None => anstream::println!("  instance {instance}: has room"),
                Some((reason, Some(detail))) => {
                    anstream::println!("  instance {instance}: {reason} ({detail})")
                }
                Some((reason, None)) => anstream::println!("  instance {instance}: {reason}"),
            }
        }
    }

    fn headline(&self, name: &str, fitting: usize) -> String {
        let all = self.instances.len();
        let cluster = &self.cluster;
        match (self.status.as_str(), all, fitting) {
            ("ACTIVE", 0, _) => format!(
                "{name} cannot be placed: cluster `{cluster}` has no instances; join one with `longshore agent`"
            ),
            ("ACTIVE", _, 0) => format!(
                "{name} cannot be placed now: none of the {all} instances of cluster `{cluster}` takes it"
            ),
            ("ACTIVE", _, _) => format!(
                "{name} can be placed now: {fitting} of {all} instances of cluster `{cluster}` take it"
            ),
            (status, _, _) => format!("{name} cannot be run: the definition is {status}"),
        }
    }
}

/// Asks; `None` where there is no definition of this name.
pub(super) async fn verdict(client: &Client, cluster: &str, name: &str) -> Result<Option<Verdict>> {
    let Ok(mut described) =
        client.call("DescribeTaskDefinition", json!({ "taskDefinition": name })).await
    else {
        return Ok(None);
    };
    let mut described = described["taskDefinition"].take();
    let arn = described["taskDefinitionArn"].as_str().unwrap_or_default().to_owned();
    // Stored times are whole milliseconds and the API's are seconds; none of them matters here.
    for time in ["registeredAt", "deregisteredAt", "deleteRequestedAt"] {
        if !described[time].is_null() {
            described[time] = json!(0);
        }
    }
    let status = described["status"].as_str().unwrap_or_default().to_owned();
    let definition: TaskDefinition =
        serde_json::from_value(described).context("read the task definition")?;
    let constraints = constraints(&definition)?;
    let demand = Demand::of(&definition, &Overrides::default());
    let group = format!("family:{}", definition.family);
    let needs = Needs {
        demand: &demand,
        attributes: &definition.requires_attributes,
        platform: definition.runtime_platform.as_ref(),
        constraints: &constraints,
        group: &group,
    };
    let described = instances(client, cluster).await?;
    let instances = described
        .iter()
        .map(|instance| answer(&needs, cluster, instance))
        .collect::<Result<Vec<_>>>()?;
    Ok(Some(Verdict { definition: arn, cluster: cluster.to_owned(), status, instances }))
}

fn constraints(definition: &TaskDefinition) -> Result<Vec<Constraint>> {
    let expressions = definition
        .placement_constraints
        .iter()
        .filter_map(|constraint| constraint.expression.as_deref());
    expressions
        .map(|text| {
            Ok(Constraint::MemberOf(
                Query::parse(text).context("read the definition's constraint")?,
            ))
        })
        .collect()
}

async fn instances(client: &Client, cluster: &str) -> Result<Vec<Json>> {
    let mut arns: Vec<Json> = Vec::new();
    let mut next = Json::Null;
    loop {
        let mut request = json!({ "cluster": cluster });
        if next.is_string() {
            request["nextToken"] = next;
        }
        let mut reply = client.call("ListContainerInstances", request).await?;
        arns.extend(reply["containerInstanceArns"].as_array().into_iter().flatten().cloned());
        next = reply["nextToken"].take();
        if next.is_null() {
            break;
        }
    }
    let mut instances = Vec::new();
    for some in arns.chunks(INSTANCES_PER_CALL_MAX) {
        let mut reply = client
            .call(
                "DescribeContainerInstances",
                json!({ "cluster": cluster, "containerInstances": some }),
            )
            .await?;
        if let Json::Array(described) = reply["containerInstances"].take() {
            instances.extend(described);
        }
    }
    Ok(instances)
}

fn answer(needs: &Needs<'_>, cluster: &str, described: &Json) -> Result<Answer> {
    let arn = described["containerInstanceArn"].as_str().unwrap_or_default().to_owned();
    let (instance, ledger, link) = records(cluster, &arn, described)?;
    let candidate = Candidate { instance: &instance, ledger: &ledger, link: Some(&link) };
    let refusal = if candidate.takes_new_tasks() {
        needs.refused_by(&candidate).map(|reason| (reason.as_str().to_owned(), reason.detail()))
    } else {
        Some((format!("it is {} and takes no new tasks", instance.status), None))
    };
    Ok(Answer { instance: arn, refusal })
}

/// The records that the API made `described` from, as far as placement looks at them.
fn records(
    cluster: &str,
    arn: &str,
    described: &Json,
) -> Result<(ContainerInstance, Ledger, InstanceLink)> {
    let registered = resources(&described["registeredResources"]);
    let remaining = resources(&described["remainingResources"]);
    let held = Resources {
        cpu: registered.cpu - remaining.cpu,
        memory: registered.memory - remaining.memory,
        // Ports are listed as taken, not as free, in both lists.
        ports_tcp: remaining.ports_tcp.difference(&registered.ports_tcp).copied().collect(),
        ports_udp: remaining.ports_udp.difference(&registered.ports_udp).copied().collect(),
        gpus: registered.gpus.difference(&remaining.gpus).cloned().collect(),
    };
    let attributes: BTreeMap<String, Option<String>> = described["attributes"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|attribute| {
            Some((
                attribute["name"].as_str()?.to_owned(),
                attribute["value"].as_str().map(str::to_owned),
            ))
        })
        .collect();
    let instance = ContainerInstance {
        id: InstanceId::parse(arn.rsplit('/').next().unwrap_or_default())?,
        cluster: ClusterName::parse(cluster.rsplit('/').next().unwrap_or_default())?,
        ec2_instance_id: described["ec2InstanceId"].as_str().map(str::to_owned),
        capacity_provider: described["capacityProviderName"].as_str().map(str::to_owned),
        status: described["status"]
            .as_str()
            .and_then(InstanceStatus::parse)
            .context("an instance has a status")?,
        status_reason: None,
        version: 0,
        registered,
        attributes,
        custom_attributes: Default::default(),
        registered_at: Timestamp::from_seconds(
            described["registeredAt"].as_f64().unwrap_or_default(),
        ),
        tags: Vec::new(),
        agent_update: None,
        inactive_since: None,
    };
    let link = InstanceLink {
        connected: described["agentConnected"].as_bool().unwrap_or_default(),
        agent_version: described["versionInfo"]["agentVersion"].as_str().map(str::to_owned),
        ..InstanceLink::default()
    };
    Ok((instance, Ledger { held, ..Ledger::default() }, link))
}

fn resources(list: &Json) -> Resources {
    let mut resources = Resources::default();
    for resource in list.as_array().into_iter().flatten() {
        let amount = resource["integerValue"].as_i64().unwrap_or_default();
        let set =
            || resource["stringSetValue"].as_array().into_iter().flatten().filter_map(Json::as_str);
        match resource["name"].as_str().unwrap_or_default() {
            "CPU" => resources.cpu = amount,
            "MEMORY" => resources.memory = amount,
            "PORTS" => resources.ports_tcp = set().filter_map(|port| port.parse().ok()).collect(),
            "PORTS_UDP" => {
                resources.ports_udp = set().filter_map(|port| port.parse().ok()).collect()
            }
            "GPU" => resources.gpus = set().map(str::to_owned).collect(),
            _ => {}
        }
    }
    resources
}
