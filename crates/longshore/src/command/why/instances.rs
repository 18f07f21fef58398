//! Whether instances take a task, asked of what the API shows of them: the filter is placement's own (`placement::filter`), so that the
//! words are those of RunTask's `failures` and of service events.

use crate::command::{
    client::{Client, Fault},
    render, top,
};
use anyhow::{Context, Result};
use domain::{
    definition::TaskDefinition,
    id::{ClusterName, InstanceId},
    instance::{ContainerInstance, InstanceLink, Ledger, Resources},
    status::InstanceStatus,
    task::Overrides,
    time::Timestamp,
    vpc::{SubnetChoice, TaskNetwork},
};
use placement::{
    candidate::{Candidate, task_interfaces},
    demand::Demand,
    filter::{Constraint, Needs},
};
use serde_json::{Value as Json, json};
use std::{collections::BTreeMap, sync::Arc};
use wire::Value;

/// A definition, as far as it says where its tasks may go.
pub(super) struct Wanted {
    /// Its ARN.
    pub(super) arn: String,
    /// ACTIVE or not.
    pub(super) status: String,
    /// Its name without the revision.
    pub(super) family: String,
    definition: TaskDefinition,
    demand: Demand,
    constraints: Vec<Constraint>,
    /// Where a service's tasks can have interfaces, if that is known.
    network: Option<TaskNetwork>,
}

/// What an instance says to one more task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    /// Its ARN.
    pub(super) instance: String,
    /// Its availability zone, or a dash.
    pub(super) zone: String,
    /// CPU units that are asked for, and free there.
    pub(super) cpu: (i64, i64),
    /// The same of MiB.
    pub(super) memory: (i64, i64),
    /// `None` takes it; otherwise the reason in ECS's words and what exactly is missing.
    pub(super) refusal: Option<(String, Option<String>)>,
}

/// Tasks that are not STOPPED, by the ARN of their instance.
pub(super) type Groups = BTreeMap<String, There>;

/// The tasks of one instance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct There {
    /// How many of each group.
    pub(super) groups: BTreeMap<String, i64>,
    /// How many network interfaces are theirs.
    pub(super) interfaces: i64,
}

impl Wanted {
    /// The definition called `name`; `None` where there is none.
    pub(super) async fn named(client: &Client, name: &str) -> Result<Option<Self>> {
        let asked = json!({ "taskDefinition": name });
        match client.call("DescribeTaskDefinition", asked).await {
            Ok(mut reply) => Self::read(reply["taskDefinition"].take()).map(Some),
            Err(error) if is_no_definition(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn read(mut described: Json) -> Result<Self> {
        let text = |member: &str| described[member].as_str().unwrap_or_default().to_owned();
        let (arn, status) = (text("taskDefinitionArn"), text("status"));
        // Stored times are whole milliseconds and the API's are seconds; none of them matters here.
        for time in ["registeredAt", "deregisteredAt", "deleteRequestedAt"] {
            if !described[time].is_null() {
                described[time] = json!(0);
            }
        }
        let definition: TaskDefinition =
            serde_json::from_value(described).context("read the task definition")?;
        let constraints = definition.placement_constraints.iter();
        let constraints = constraints
            .map(|it| Constraint::of(&it.kind, it.expression.as_deref()))
            .collect::<Option<_>>()
            .context("read the definition's constraints")?;
        let demand = Demand::of(&definition, &Overrides::default());
        let family = definition.family.to_string();
        Ok(Self { arn, status, family, definition, demand, constraints, network: None })
    }

    /// Adds a service's own constraints.
    pub(super) fn constrain(&mut self, constraints: &Json) -> Result<()> {
        for it in constraints.as_array().into_iter().flatten() {
            let kind = it["type"].as_str().unwrap_or_default();
            let constraint = Constraint::of(kind, it["expression"].as_str());
            self.constraints.push(constraint.context("read the service's constraints")?);
        }
        Ok(())
    }

    /// Whether its tasks may be Fargate's.
    pub(super) fn is_for_fargate(&self) -> bool {
        self.definition.compatibilities.iter().any(|launch_type| launch_type == "FARGATE")
    }

    /// Takes a service's network configuration into account. Where this caller may not see its subnets, their zones stay unknown.
    pub(super) async fn connect(&mut self, client: &Client, configuration: &Json) -> Result<()> {
        let subnets = configuration["awsvpcConfiguration"]["subnets"].as_array();
        let ids: Vec<&str> = subnets.into_iter().flatten().filter_map(Json::as_str).collect();
        if ids.is_empty() || self.demand.enis == 0 {
            return Ok(());
        }
        let mut asked = vec![("Filter.1.Name".to_owned(), "subnet-id".to_owned())];
        let filter = |(n, id): (usize, &&str)| (format!("Filter.1.Value.{}", n + 1), (*id).into());
        asked.extend(ids.iter().enumerate().map(filter));
        let reply = match client.call_ec2("DescribeSubnets", &asked).await {
            Ok(reply) => reply,
            Err(error) if error.is::<Fault>() => return Ok(()),
            Err(error) => return Err(error),
        };
        let subnets = reply.get("Subnets").and_then(Value::as_list).unwrap_or_default().iter();
        let text = |subnet: &Value, name| {
            subnet.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
        };
        let choice = |subnet: &Value| SubnetChoice {
            id: text(subnet, "SubnetId"),
            zone: text(subnet, "AvailabilityZone"),
        };
        let subnets = subnets.map(choice).collect();
        let (vpc, groups) = (String::new(), Vec::new());
        self.network = Some(TaskNetwork { vpc, subnets, groups, public_ip: false });
        Ok(())
    }

    /// Whether what holds of an instance depends on tasks of other groups there.
    pub(super) fn asks_of_tasks(&self) -> bool {
        self.demand.enis > 0
            || self.constraints.iter().any(|constraint| match constraint {
                Constraint::DistinctInstance => false,
                Constraint::MemberOf(query) => query.asks_of_tasks(),
            })
    }

    /// What each of `instances` says to a task of `group`.
    pub(super) fn ask(
        &self,
        cluster: &str,
        group: &str,
        instances: &[Json],
        groups: &Groups,
    ) -> Result<Vec<Answer>> {
        let needs = Needs {
            demand: &self.demand,
            attributes: &self.definition.requires_attributes,
            platform: self.definition.runtime_platform.as_ref(),
            constraints: &self.constraints,
            network: self.network.as_ref(),
            group,
        };
        instances.iter().map(|described| answer(&needs, cluster, described, groups)).collect()
    }
}

/// Whether DescribeTaskDefinition says that there is none, or that none can be called so.
fn is_no_definition(error: &anyhow::Error) -> bool {
    let fault = error.downcast_ref::<Fault>().map(|fault| fault.code.as_str());
    matches!(fault, Some("ClientException" | "InvalidParameterException"))
}

fn answer(needs: &Needs<'_>, cluster: &str, described: &Json, groups: &Groups) -> Result<Answer> {
    let arn = described["containerInstanceArn"].as_str().unwrap_or_default().to_owned();
    let (instance, mut ledger, link) = records(cluster, &arn, described)?;
    let nothing = There::default();
    let there = groups.get(&arn).unwrap_or(&nothing);
    let counts = there.groups.iter();
    ledger.groups = counts.map(|(group, tasks)| (Arc::from(group.as_str()), *tasks)).collect();
    ledger.held.enis = there.interfaces;
    let candidate =
        Candidate { instance: &instance, ledger: &ledger, link: Some(&link), pool: None };
    let refusal = if candidate.takes_new_tasks() {
        needs.refused_by(&candidate).map(|reason| (reason.as_str().to_owned(), reason.detail()))
    } else {
        Some((format!("it is {} and takes no new tasks", instance.status), None))
    };
    Ok(Answer {
        zone: top::zone(described).to_owned(),
        cpu: (needs.demand.cpu, instance.registered.cpu - ledger.held.cpu),
        memory: (needs.demand.memory, instance.registered.memory - ledger.held.memory),
        instance: arn,
        refusal,
    })
}

impl Answer {
    pub(super) fn as_json(&self) -> Json {
        let (reason, detail) = match &self.refusal {
            None => (None, None),
            Some((reason, detail)) => (Some(reason), detail.as_ref()),
        };
        json!({
            "containerInstance": self.instance, "fits": self.refusal.is_none(), "reason": reason, "detail": detail,
            "cpu": { "needed": self.cpu.0, "free": self.cpu.1 },
            "memory": { "needed": self.memory.0, "free": self.memory.1 },
        })
    }

    /// What keeps it from taking the task, in words.
    pub(super) fn words(&self) -> String {
        match &self.refusal {
            None => "has room".into(),
            Some((reason, Some(detail))) => format!("{reason} ({detail})"),
            Some((reason, None)) => reason.clone(),
        }
    }
}

/// A line an instance: what it has, and what it lacks.
pub(super) fn table(answers: &[Answer]) -> Vec<String> {
    let mut table =
        render::table(&["INSTANCE", "ZONE", "CPU NEEDED/FREE", "MEMORY NEEDED/FREE", "LACKS"]);
    for answer in answers {
        table.add_row([
            render::short_id(&json!(answer.instance)),
            answer.zone.clone(),
            format!("{}/{}", answer.cpu.0, answer.cpu.1),
            format!("{}/{} MiB", answer.memory.0, answer.memory.1),
            if answer.refusal.is_none() { "nothing".into() } else { answer.words() },
        ]);
    }
    render::lines(&table, &[])
}

/// The records that the API made `described` from, as far as placement looks at them.
fn records(
    cluster: &str,
    arn: &str,
    described: &Json,
) -> Result<(ContainerInstance, Ledger, InstanceLink)> {
    let mut registered = resources(&described["registeredResources"]);
    let remaining = resources(&described["remainingResources"]);
    let held = Resources {
        cpu: registered.cpu - remaining.cpu,
        memory: registered.memory - remaining.memory,
        // Ports are listed as taken, not as free, in both lists.
        ports_tcp: remaining.ports_tcp.difference(&registered.ports_tcp).copied().collect(),
        ports_udp: remaining.ports_udp.difference(&registered.ports_udp).copied().collect(),
        gpus: registered.gpus.difference(&remaining.gpus).cloned().collect(),
        // The API does not show them: tasks do.
        enis: 0,
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
    registered.enis = task_interfaces(&attributes);
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
