//! What an operation does besides what it is called: it passes roles on, and puts tags on what it makes. Each is an action of its own
//! that the caller needs (spec/security-and-storage.md §1, §4).

use super::{Act, context::texts, ec2_resources, resources};
use crate::{
    decide::{Ctx, View},
    ecs::{cluster, definition, setting},
};
use books::role::{self, INSTANCES_SERVICE, TASKS_SERVICE};
use domain::arn;
use wire::{Fault, Value, shape::Service, tables};

/// The account setting that says whether tags on new resources need a permission of their own.
const TAG_SETTING: &str = "tagResourceAuthorization";

/// The further acts of `operation`.
pub(super) fn of(
    view: &View,
    ctx: &Ctx,
    service: &'static Service,
    operation: &str,
    request: &Value,
) -> Result<Vec<Act>, Fault> {
    if service.id == tables::iam::SERVICE.id && operation == "AddRoleToInstanceProfile" {
        let roles = resources::of_role(view, &ctx.scope.account, request)?;
        return Ok(roles.into_iter().map(|role| pass(role, INSTANCES_SERVICE)).collect());
    }
    if service.id == tables::sts::SERVICE.id && operation == "AssumeRole" {
        return Ok(of_assume_role(request));
    }
    if service.id == tables::ec2::SERVICE.id {
        return Ok(of_ec2(ctx, operation, request));
    }
    if service.id != tables::ecs::SERVICE.id {
        return Ok(Vec::new());
    }
    let mut acts = passed(view, ctx, operation, request)?;
    acts.extend(tagged(view, ctx, operation, request)?);
    Ok(acts)
}

/// Tags on what is made, and the role by which records of flows are delivered.
fn of_ec2(ctx: &Ctx, operation: &str, request: &Value) -> Vec<Act> {
    let mut acts = ec2_resources::tagged(ctx, operation, request);
    if operation == "CreateFlowLogs" {
        let roles = texts(request, "DeliverLogsPermissionArn");
        acts.extend(roles.map(|role| pass(role.to_owned(), "vpc-flow-logs.amazonaws.com")));
    }
    acts
}

/// A session with tags, and one that says who is behind it, takes more than to become the role.
fn of_assume_role(request: &Value) -> Vec<Act> {
    let role = texts(request, "RoleArn").next().unwrap_or("*");
    session_actions(request).map(|action| Act::new(action, role.to_owned())).collect()
}

/// Actions besides `sts:AssumeRole` that a role must let its new session's opener do, and its opener's policies too.
pub(super) fn session_actions(request: &Value) -> impl Iterator<Item = &'static str> {
    let has = |name: &str| match request.get(name) {
        Some(Value::List(entries)) => !entries.is_empty(),
        other => other.is_some(),
    };
    let tags = has("Tags") || has("TransitiveTagKeys");
    let actions = [(tags, "sts:TagSession"), (has("SourceIdentity"), "sts:SetSourceIdentity")];
    actions.into_iter().filter_map(|(is_needed, action)| is_needed.then_some(action))
}

fn pass(role: String, to: &str) -> Act {
    Act::new("iam:PassRole", role).with("iam:PassedToService", to)
}

/// The roles that a request hands on: to tasks, or to ECS itself.
fn passed(view: &View, ctx: &Ctx, operation: &str, request: &Value) -> Result<Vec<Act>, Fault> {
    let to_tasks = |role: &str| pass(role::arn_of(&ctx.scope.account, role), TASKS_SERVICE);
    let text = |holder: &'_ Value, name: &str| texts(holder, name).next().map(str::to_owned);
    Ok(match operation {
        "RegisterTaskDefinition" => {
            let own = texts(request, "taskRoleArn").chain(texts(request, "executionRoleArn"));
            own.map(to_tasks).collect()
        }
        "RunTask" | "StartTask" => {
            let named = texts(request, "taskDefinition").next();
            let Some(named) = named else { return Ok(Vec::new()) };
            // The operation itself says that there is none.
            let Some(found) = definition::find(view, ctx, named)? else { return Ok(Vec::new()) };
            let nothing = Value::map();
            let overrides = request.get("overrides").unwrap_or(&nothing);
            let (application, execution) =
                (text(overrides, "taskRoleArn"), text(overrides, "executionRoleArn"));
            let roles = role::roles(&found, application.as_deref(), execution.as_deref());
            roles.map(|(_, role)| to_tasks(role)).collect()
        }
        "CreateService" => {
            let role = texts(request, "role");
            role.map(|role| pass(role::arn_of(&ctx.scope.account, role), "ecs.amazonaws.com"))
                .collect()
        }
        _ => Vec::new(),
    })
}

/// Tags on what is being made, whose id nobody knows yet: `ecs:TagResource` on all that it could become.
fn tagged(view: &View, ctx: &Ctx, operation: &str, request: &Value) -> Result<Option<Act>, Fault> {
    let has_tags = request.get("tags").and_then(Value::as_list).is_some_and(|it| !it.is_empty());
    if !has_tags {
        return Ok(None);
    }
    let text = |member: &str, default: &'static str| {
        let text = texts(request, member).next().unwrap_or(default);
        text.rsplit('/').next().unwrap_or(text)
    };
    let cluster = || text("cluster", cluster::DEFAULT_NAME);
    let made = match operation {
        "CreateCapacityProvider" => format!("capacity-provider/{}", text("name", "*")),
        "CreateCluster" => format!("cluster/{}", text("clusterName", cluster::DEFAULT_NAME)),
        "CreateService" => format!("service/{}/{}", cluster(), text("serviceName", "*")),
        "CreateTaskSet" => format!("task-set/{}/{}/*", cluster(), text("service", "*")),
        "RegisterContainerInstance" => format!("container-instance/{}/*", cluster()),
        "RegisterTaskDefinition" => format!("task-definition/{}:*", text("family", "*")),
        "RunTask" | "StartTask" => format!("task/{}/*", cluster()),
        _ => return Ok(None),
    };
    if setting::effective(view, ctx, TAG_SETTING)? == "off" {
        return Ok(None);
    }
    let act = Act::new("ecs:TagResource", arn::ecs(&ctx.scope, &made));
    Ok(Some(act.with("ecs:CreateAction", operation)))
}
