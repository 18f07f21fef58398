//! Which resources an operation is on (Service Authorization Reference). One that is on nothing in particular is on `*`.

use super::{context::texts, ec2_resources};
use crate::{
    caller::{Caller, Who},
    decide::{Ctx, View},
    ecs::{definition, named::arn_below},
    ssm::session::Target,
};
use domain::{
    arn,
    id::{AccountId, Scope},
    identity::{Entity, InstanceProfile, ManagedPolicy, Role, User},
};
use wire::{Fault, Value, own, shape::Service, tables};

/// What an operation of ECS is on, by the members of its request.
enum On {
    /// The cluster of this member, or `default`.
    Cluster(&'static str),
    /// Every cluster of this list.
    Clusters(&'static str),
    /// Things of this kind in the cluster of member `cluster`: one, or each of a list.
    InCluster(&'static str, &'static str),
    /// A service's part: this kind, below the service of member `service`, by this member.
    InService(&'static str, &'static str),
    /// A task by this member, and its cluster.
    TaskAndCluster(&'static str),
    /// The instances that entries of this list are for, by `targetId`.
    Targets(&'static str),
    /// The task definition of this member, its newest revision where none is told.
    Definition(&'static str),
    /// ARNs as they are: one, or each of a list.
    Arn(&'static str),
    /// Things of this kind of the account, by name.
    Named(&'static str, &'static str),
}

const ECS: &[(&str, On)] = &[
    ("CreateCapacityProvider", On::Named("capacity-provider", "name")),
    ("CreateCluster", On::Cluster("clusterName")),
    ("CreateService", On::InCluster("service", "serviceName")),
    ("CreateTaskSet", On::InCluster("service", "service")),
    ("DeleteAttributes", On::Targets("attributes")),
    ("DeleteCapacityProvider", On::Named("capacity-provider", "capacityProvider")),
    ("DeleteCluster", On::Cluster("cluster")),
    ("DeleteService", On::InCluster("service", "service")),
    ("DeleteTaskDefinitions", On::Definition("taskDefinitions")),
    ("DeleteTaskSet", On::InService("task-set", "taskSet")),
    ("DeregisterContainerInstance", On::InCluster("container-instance", "containerInstance")),
    ("DescribeCapacityProviders", On::Named("capacity-provider", "capacityProviders")),
    ("DescribeClusters", On::Clusters("clusters")),
    ("DescribeContainerInstances", On::InCluster("container-instance", "containerInstances")),
    ("DescribeServiceDeployments", On::Arn("serviceDeploymentArns")),
    ("DescribeServiceRevisions", On::Arn("serviceRevisionArns")),
    ("DescribeServices", On::InCluster("service", "services")),
    ("DescribeTaskSets", On::InService("task-set", "taskSets")),
    ("DescribeTasks", On::InCluster("task", "tasks")),
    ("ExecuteCommand", On::TaskAndCluster("task")),
    ("GetTaskProtection", On::InCluster("task", "tasks")),
    ("ListAttributes", On::Cluster("cluster")),
    ("ListContainerInstances", On::Cluster("cluster")),
    ("ListServiceDeployments", On::InCluster("service", "service")),
    ("ListTagsForResource", On::Arn("resourceArn")),
    ("ListTasks", On::InCluster("container-instance", "containerInstance")),
    ("PutAttributes", On::Targets("attributes")),
    ("PutClusterCapacityProviders", On::Cluster("cluster")),
    ("RegisterContainerInstance", On::Cluster("cluster")),
    ("RunTask", On::Definition("taskDefinition")),
    ("StartTask", On::Definition("taskDefinition")),
    ("StopServiceDeployment", On::Arn("serviceDeploymentArn")),
    ("StopTask", On::InCluster("task", "task")),
    ("SubmitAttachmentStateChanges", On::Cluster("cluster")),
    ("SubmitContainerStateChange", On::Cluster("cluster")),
    ("SubmitTaskStateChange", On::Cluster("cluster")),
    ("TagResource", On::Arn("resourceArn")),
    ("UntagResource", On::Arn("resourceArn")),
    ("UpdateCapacityProvider", On::Named("capacity-provider", "name")),
    ("UpdateCluster", On::Cluster("cluster")),
    ("UpdateClusterSettings", On::Cluster("cluster")),
    ("UpdateContainerAgent", On::InCluster("container-instance", "containerInstance")),
    ("UpdateContainerInstancesState", On::InCluster("container-instance", "containerInstances")),
    ("UpdateService", On::InCluster("service", "service")),
    ("UpdateServicePrimaryTaskSet", On::InCluster("service", "service")),
    ("UpdateTaskProtection", On::InCluster("task", "tasks")),
    ("UpdateTaskSet", On::InService("task-set", "taskSet")),
];

/// The operations of IAM that are on the caller where they name no user.
const OF_OWN_USER: [&str; 11] = [
    "CreateAccessKey",
    "DeleteAccessKey",
    "DeleteLoginProfile",
    "GetLoginProfile",
    "GetUser",
    "ListAccessKeys",
    "ListMFADevices",
    "ListSSHPublicKeys",
    "ListServiceSpecificCredentials",
    "ListSigningCertificates",
    "UpdateAccessKey",
];

/// What `operation` of `service` is on.
pub(super) fn of(
    view: &View,
    ctx: &Ctx,
    service: &'static Service,
    operation: &str,
    request: &Value,
) -> Result<Vec<String>, Fault> {
    let resources = if service.id == tables::ecs::SERVICE.id {
        let on = ECS.iter().find(|(name, _)| *name == operation);
        on.map_or(Ok(Vec::new()), |(_, on)| of_ecs(view, ctx, on, request))?
    } else if service.id == tables::ec2::SERVICE.id {
        ec2_resources::of(view, ctx, operation, request)?
    } else if service.id == tables::iam::SERVICE.id {
        let named = of_iam(view, &ctx.scope.account, request)?;
        named.or_else(|| own_user(&ctx.caller, operation)).into_iter().collect()
    } else if service.id == tables::sts::SERVICE.id {
        texts(request, "RoleArn").map(str::to_owned).collect()
    } else if service.id == tables::ssm::SERVICE.id {
        of_ssm(&ctx.scope, request)
    } else if service.id == own::SERVICE.id {
        match operation {
            "InterruptSpotTask" => of_ecs(view, ctx, &On::InCluster("task", "task"), request)?,
            _ => texts(request, "host").map(|id| arn::fargate_host(&ctx.scope, id)).collect(),
        }
    } else {
        Vec::new()
    };
    Ok(if resources.is_empty() { vec!["*".to_owned()] } else { resources })
}

fn of_ecs(view: &View, ctx: &Ctx, on: &On, request: &Value) -> Result<Vec<String>, Fault> {
    let below = |kind: &str, parents: &str, id: &str| {
        arn_below(&ctx.scope, &format!("{kind}/{parents}"), id)
    };
    let last = |member: &str, default: &str| {
        let text = texts(request, member).next().unwrap_or(default);
        text.rsplit('/').next().unwrap_or(text).to_owned()
    };
    let cluster = || last("cluster", "default");
    Ok(match on {
        On::Cluster(member) => {
            let name = texts(request, member).next().unwrap_or("default");
            vec![arn_below(&ctx.scope, "cluster", name)]
        }
        On::Clusters(member) => {
            let named: Vec<_> =
                texts(request, member).map(|name| arn_below(&ctx.scope, "cluster", name)).collect();
            if named.is_empty() { vec![arn_below(&ctx.scope, "cluster", "default")] } else { named }
        }
        On::InCluster(kind, member) => {
            texts(request, member).map(|id| below(kind, &cluster(), id)).collect()
        }
        On::TaskAndCluster(member) => {
            let task = texts(request, member).map(|id| below("task", &cluster(), id));
            task.chain([arn_below(&ctx.scope, "cluster", &cluster())]).collect()
        }
        On::Targets(member) => {
            let targets = request.get(member).and_then(Value::as_list).unwrap_or_default();
            let targets = targets.iter().filter_map(|it| it.get("targetId")?.as_str());
            targets.map(|id| below("container-instance", &cluster(), id)).collect()
        }
        On::InService(kind, member) => {
            let service = format!("{}/{}", cluster(), last("service", ""));
            texts(request, member).map(|id| below(kind, &service, id)).collect()
        }
        On::Definition(member) => {
            let named = texts(request, member).map(|text| definition(view, ctx, text));
            named.collect::<Result<_, _>>()?
        }
        On::Arn(member) => texts(request, member).map(str::to_owned).collect(),
        On::Named(kind, member) => {
            texts(request, member).map(|name| arn_below(&ctx.scope, kind, name)).collect()
        }
    })
}

/// A session, or the task that one is to be opened with.
fn of_ssm(scope: &Scope, request: &Value) -> Vec<String> {
    let session = |id: &str| format!("arn:aws:ssm:{}:{}:session/{id}", scope.region, scope.account);
    let target = |text: &str| match Target::parse(text) {
        Some(target) => arn::ecs(scope, &format!("task/{}/{}", target.cluster, target.task)),
        None => text.to_owned(),
    };
    let sessions = texts(request, "SessionId").map(session);
    sessions.chain(texts(request, "Target").map(target)).collect()
}

/// The ARN of a task definition with its revision: of the newest where none is told.
pub(super) fn definition(view: &View, ctx: &Ctx, text: &str) -> Result<String, Fault> {
    let found = definition::find(view, ctx, text)?;
    Ok(match found {
        Some(found) => arn::definition(&ctx.scope, &found.family, found.revision),
        // The operation itself says that there is none.
        None => arn_below(&ctx.scope, "task-definition", text),
    })
}

/// The role that a request to IAM names.
pub(super) fn of_role(
    view: &View,
    account: &AccountId,
    request: &Value,
) -> Result<Option<String>, Fault> {
    texts(request, "RoleName").next().map(|name| named::<Role>(view, account, name)).transpose()
}

/// The entity that a request to IAM names. Names of users and roles that exist are ARNs with their paths.
fn of_iam(view: &View, account: &AccountId, request: &Value) -> Result<Option<String>, Fault> {
    let text = |member: &str| texts(request, member).next();
    if let Some(name) = text("InstanceProfileName") {
        return named::<InstanceProfile>(view, account, name).map(Some);
    }
    if let Some(name) = text("RoleName") {
        return named::<Role>(view, account, name).map(Some);
    }
    if let Some(name) = text("UserName") {
        return named::<User>(view, account, name).map(Some);
    }
    if let Some(arn) = text("PolicyArn") {
        return Ok(Some(arn.to_owned()));
    }
    let name = text("PolicyName");
    name.map(|name| named::<ManagedPolicy>(view, account, name)).transpose()
}

/// The user that calls, where `operation` is on it unless it names another.
fn own_user(caller: &Caller, operation: &str) -> Option<String> {
    let is_user = matches!(caller.who(), Who::User(_));
    (is_user && OF_OWN_USER.contains(&operation)).then(|| caller.arn.clone())
}

fn named<E: Entity>(view: &View, account: &AccountId, name: &str) -> Result<String, Fault> {
    let found = view.get::<E>(&E::key_of(account, name))?;
    Ok(found.map_or_else(
        || format!("arn:aws:iam::{account}:{}/{name}", E::KIND),
        |found| found.arn(account),
    ))
}
