//! VPC flow logs: that flows of a VPC's, a subnet's or an interface's tasks are recorded, in which form, and where to.
//!
//! What is written here is wanted; the hosts that have the interfaces do it (`link::network::FlowLogMap`).
//!
//! Invariant: a flow log whose resource is gone is as good as gone: it is described no more, and forgotten when the next one is made.

use crate::{
    decide::{Ctx, Decision, View, Writes, moment},
    ec2::{
        fault, id,
        noun::{self, Noun, add, all_where, delete as delete_record, expect_no_other, find, noun},
        once,
        request::{list, required, text, texts},
        tag, unsuccessful,
    },
};
use domain::{
    arn::Arn,
    ec2::FlowLog,
    flow_log::{self, DEFAULT_FORMAT, Field, FlowTraffic, FormatError},
    vpc::{NetworkInterface, Subnet, Vpc},
};
use std::collections::BTreeMap;
use wire::{Fault, Value, reply, tables::ec2};

/// EC2's own limit on the flow logs of one resource.
const LOGS_MAX: usize = 2;
/// Over how many seconds records may sum up.
const INTERVALS_S: [i64; 2] = [60, 600];
/// Where records may go: hosts hand them to a log group.
const DESTINATION: &str = "cloud-watch-logs";
/// What hosts do not see: which way leaving packets take behind the VPC's router.
const UNSEEN: [Field; 1] = [Field::TrafficPath];
/// What names of fields of later versions of records begin with.
const LATER: [&str; 8] = [
    "ecs-",
    "reject-reason",
    "resource-id",
    "encryption-",
    "transit-gateway-",
    "tgw-",
    "packets-lost-",
    "resource-type",
];

impl Noun for FlowLog {
    noun!(
        FlowLog,
        "vpc-flow-log",
        "fl",
        "InvalidFlowLogId.NotFound",
        "flow log ID",
        "FlowLogIds",
        "FlowLogs"
    );

    const FILTERS: &'static str = "Filter";

    fn values(&self, _: &View, _: &Ctx, filter: &str) -> Result<Option<Vec<String>>, Fault> {
        Ok(Some(vec![match filter {
            "deliver-log-status" => "SUCCESS".to_owned(),
            "flow-log-id" => self.id.clone(),
            "log-destination-type" => DESTINATION.to_owned(),
            "log-group-name" => self.log_group.clone(),
            "resource-id" => self.resource.clone(),
            "traffic-type" => self.traffic.as_str().to_owned(),
            _ => return Ok(None),
        }]))
    }

    fn show(&self, _: &View, _: &Ctx) -> Result<Value, Fault> {
        Ok(reply!(ec2::FLOW_LOG {
            "CreationTime": moment(self.created_at),
            "DeliverLogsPermissionArn": self.role.as_deref(),
            "DeliverLogsStatus": "SUCCESS",
            "FlowLogId": &self.id,
            "FlowLogStatus": "ACTIVE",
            "LogGroupName": &self.log_group,
            "ResourceId": &self.resource,
            "TrafficType": self.traffic.as_str(),
            "LogDestinationType": DESTINATION,
            "LogDestination": self.destination.as_deref(),
            "LogFormat": &self.format,
            "Tags": tag::show_all(&self.tags),
            "MaxAggregationInterval": i64::from(self.interval_s),
        }))
    }
}

/// Makes a flow log for each of some resources, and says for which it could not.
pub fn create(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let reply = |ids: Vec<String>, unsuccessful: Vec<Value>| {
        let token = text(request, "ClientToken");
        reply!(ec2::CREATE_FLOW_LOGS_RESULT {
            "ClientToken": token,
            "FlowLogIds": ids.into_iter().collect::<Value>(),
            "Unsuccessful": Value::List(unsuccessful),
        })
    };
    if let Some(made) = once::made_before(view, request, ctx, FlowLog::KIND)? {
        return Ok((
            reply(made.split_whitespace().map(str::to_owned).collect(), vec![]),
            Writes::new(),
        ));
    }
    let wanted = read(request, ctx)?;
    let find: Find = match required(request, "ResourceType")? {
        "VPC" => exists::<Vpc>,
        "Subnet" => exists::<Subnet>,
        "NetworkInterface" => exists::<NetworkInterface>,
        other => return Err(fault::not_served(&format!("`ResourceType` {other}"))),
    };
    let (mut writes, mut ids, mut refused) = (Writes::new(), Vec::new(), Vec::new());
    sweep(view, ctx, &mut writes)?;
    let mut others = Others::of(view, ctx)?;
    for (index, resource) in texts(request, "ResourceIds").into_iter().enumerate() {
        let log = FlowLog {
            id: id::fresh(&ctx.ids, "fl", index),
            resource: resource.to_owned(),
            ..wanted.clone()
        };
        match find(view, ctx, resource).and_then(|()| others.check(&log)) {
            Ok(()) => {
                others.enter(&log);
                ids.push(log.id.clone());
                add(&mut writes, ctx, log);
            }
            Err(fault) if fault.receiver => return Err(fault),
            Err(fault) => refused.push(unsuccessful::item(resource, &fault)),
        }
    }
    if ids.is_empty() {
        return Ok((reply(ids, refused), Writes::new()));
    }
    // What a resource has already was counted.
    expect_no_other::<FlowLog>(view, ctx, &mut writes);
    once::note_made(view, request, ctx, FlowLog::KIND, ids.join(" "), &mut writes)?;
    Ok((reply(ids, refused), writes))
}

/// Whether there is a thing with an id.
type Find = fn(&View, &Ctx, &str) -> Result<(), Fault>;

fn exists<N: Noun>(view: &View, ctx: &Ctx, id: &str) -> Result<(), Fault> {
    find::<N>(view, ctx, id).map(|_| ())
}

/// What a request wants, but for the resource.
fn read(request: &Value, ctx: &Ctx) -> Result<FlowLog, Fault> {
    let kind = text(request, "LogDestinationType").unwrap_or(DESTINATION);
    if kind != DESTINATION {
        return Err(fault::not_served(&format!("Delivery of flow logs to `{kind}`")));
    }
    let traffic = required(request, "TrafficType")?;
    let traffic = FlowTraffic::parse(traffic).ok_or_else(|| {
        fault::invalid_value(format!("Value ({traffic}) for parameter trafficType is invalid."))
    })?;
    let (log_group, destination) = destination(request, ctx)?;
    let interval = request.get("MaxAggregationInterval").and_then(Value::as_i64).unwrap_or(600);
    if !INTERVALS_S.contains(&interval) {
        let message = "MaxAggregationInterval must be 60 or 600 seconds.";
        return Err(fault::fault("InvalidParameter", message));
    }
    if !list(request, "TagFieldSpecifications").is_empty() {
        return Err(fault::not_served("`TagFieldSpecifications`"));
    }
    Ok(FlowLog {
        id: String::new(),
        resource: String::new(),
        traffic,
        log_group,
        destination,
        role: Some(role(request)?),
        format: format(text(request, "LogFormat"))?,
        interval_s: u32::try_from(interval).expect("one of two"),
        created_at: ctx.now,
        tags: tag::specified(request, FlowLog::KIND)?,
    })
}

/// The log group, and its ARN if it was named by that.
fn destination(request: &Value, ctx: &Ctx) -> Result<(String, Option<String>), Fault> {
    match (text(request, "LogGroupName"), text(request, "LogDestination")) {
        (Some(_), Some(_)) => {
            let message = "Please only provide LogGroupName or only provide LogDestination.";
            Err(fault::fault("InvalidParameter", message))
        }
        (Some(name), None) => Ok((name.to_owned(), None)),
        (None, Some(given)) => {
            let group = log_group(given, ctx).ok_or_else(|| {
                let message = format!(
                    "LogDestination: {given} is not the ARN of a log group of this account and region."
                );
                fault::fault("InvalidParameter", message)
            })?;
            Ok((group.to_owned(), Some(given.to_owned())))
        }
        (None, None) => {
            let message = "LogDestination can't be empty if LogGroupName is not provided.";
            Err(fault::fault("InvalidParameter", message))
        }
    }
}

fn log_group<'a>(given: &'a str, ctx: &Ctx) -> Option<&'a str> {
    let arn = Arn::parse(given)?;
    let is_here = arn.service == "logs"
        && arn.region == ctx.scope.region.as_str()
        && arn.account == ctx.scope.account.as_str();
    let name = arn.resource.strip_prefix("log-group:")?;
    let name = name.strip_suffix(":*").unwrap_or(name);
    Some(name).filter(|name| is_here && !name.is_empty() && !name.contains(':'))
}

/// The role by which records are delivered.
fn role(request: &Value) -> Result<String, Fault> {
    let given = text(request, "DeliverLogsPermissionArn").ok_or_else(|| {
        let message =
            "DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs.";
        fault::fault("InvalidParameter", message)
    })?;
    let is_role = Arn::parse(given)
        .is_some_and(|arn| arn.service == "iam" && arn.resource.starts_with("role/"));
    if !is_role {
        let message = format!("Invalid DeliverLogsPermissionArn: {given}");
        return Err(fault::fault("InvalidParameter", message));
    }
    Ok(given.to_owned())
}

fn format(given: Option<&str>) -> Result<String, Fault> {
    let Some(given) = given else { return Ok(DEFAULT_FORMAT.to_owned()) };
    let fields = flow_log::read(given).map_err(|error| match &error {
        FormatError::NotAField(word) if is_later(word) => {
            fault::not_served(&format!("The field `{word}` of flow logs"))
        }
        FormatError::NotAField(_) | FormatError::Empty => {
            fault::fault("InvalidParameter", format!("Unknown fields provided: {error}"))
        }
    })?;
    if let Some(field) = fields.iter().find(|field| UNSEEN.contains(field)) {
        return Err(fault::not_served(&format!("The field `${{{}}}` of flow logs", field.name())));
    }
    Ok(given.to_owned())
}

fn is_later(word: &str) -> bool {
    let name = word.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
    name.is_some_and(|name| LATER.iter().any(|later| name.starts_with(later)))
}

/// What is recorded of each resource, and where to. Read once: a call may be about a thousand resources.
#[derive(Default)]
struct Others(BTreeMap<String, Vec<(FlowTraffic, String)>>);

impl Others {
    fn of(view: &View, ctx: &Ctx) -> Result<Self, Fault> {
        let mut others = Self::default();
        for log in view.range::<FlowLog>(&FlowLog::all(&ctx.scope)) {
            others.enter(&*log?);
        }
        Ok(others)
    }

    fn enter(&mut self, log: &FlowLog) {
        let of_resource = self.0.entry(log.resource.clone()).or_default();
        of_resource.push((log.traffic, log.log_group.clone()));
    }

    /// Refuses one that is there already, and more than there may be.
    fn check(&self, log: &FlowLog) -> Result<(), Fault> {
        let others = self.0.get(&log.resource).map(Vec::as_slice).unwrap_or_default();
        if others.iter().any(|(traffic, group)| *traffic == log.traffic && *group == log.log_group)
        {
            let message = "Error. There is an existing Flow Log with the same configuration and log destination.";
            return Err(fault::fault("FlowLogAlreadyExists", message));
        }
        if others.len() >= LOGS_MAX {
            let message =
                format!("{} has the maximum number of flow logs, {LOGS_MAX}.", log.resource);
            return Err(fault::fault("FlowLogsLimitExceeded", message));
        }
        Ok(())
    }
}

/// Whether what it is about is there.
fn is_there(view: &View, ctx: &Ctx, log: &FlowLog) -> bool {
    let (scope, id) = (&ctx.scope, &log.resource);
    let key = match id.split_once('-') {
        Some(("vpc", _)) => Vpc::key(scope, id),
        Some(("subnet", _)) => Subnet::key(scope, id),
        _ => NetworkInterface::key(scope, id),
    };
    view.snapshot().entry(&key).is_some()
}

fn sweep(view: &View, ctx: &Ctx, writes: &mut Writes) -> Result<(), Fault> {
    for gone in all_where::<FlowLog>(view, ctx, |log| !is_there(view, ctx, log))? {
        delete_record(writes, &gone);
    }
    Ok(())
}

/// Deletes flow logs, and says of which there are none.
pub fn delete(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let (mut writes, mut refused) = (Writes::new(), Vec::new());
    for id in texts(request, "FlowLogIds") {
        match find::<FlowLog>(view, ctx, id) {
            Ok(found) => delete_record(&mut writes, &found),
            Err(fault) if fault.receiver => return Err(fault),
            Err(fault) => refused.push(unsuccessful::item(id, &fault)),
        }
    }
    Ok((reply!(ec2::DELETE_FLOW_LOGS_RESULT { "Unsuccessful": Value::List(refused) }), writes))
}

/// Describes flow logs.
pub fn describe(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    noun::describe_where::<FlowLog>(view, request, ctx, |log| is_there(view, ctx, log))
}
