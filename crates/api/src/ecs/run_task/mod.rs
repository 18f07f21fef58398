//! RunTask: tasks wherever there is room.

mod place;
mod pool;
mod token;

#[cfg(test)]
mod tests;

use crate::{
    decide::{Ctx, Decision, View, Writes},
    ecs::{capacity, cluster, fargate, fault, launch::Launch, rule, task},
};
use domain::{
    cluster::{Cluster, StrategyItem},
    status::LaunchType,
    task::{Seeks, Task},
};
use place::{Order, Started};
use placement::strategy::Strategy;
use store::Found;
use token::Token;
use wire::{Fault, Value, reply, tables::ecs, view};

/// ECS's own limit on the tasks of a call.
const COUNT_MAX: i64 = 10;

/// ECS's own limit.
const STARTED_BY_LENGTH_MAX: usize = 128;

view! {
    RunTask : ecs::RUN_TASK_REQUEST {
        cluster: Option<&'a str> = "cluster",
        count: Option<i64> = "count",
        token: Option<&'a str> = "clientToken",
        launch_type: Option<&'a str> = "launchType",
        providers: &'a [Value] = "capacityProviderStrategy",
        platform_version: Option<&'a str> = "platformVersion",
        constraints: &'a [Value] = "placementConstraints",
        strategies: &'a [Value] = "placementStrategy",
    }
}

/// Places up to ten tasks. Those that fit nowhere wait, if their capacity provider may still get instances; else they are told as
/// failures, one for each instance that could have taken one.
pub fn run(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let asked = RunTask::from(request);
    let cluster = cluster::resolve(view, ctx, asked.cluster)?;
    let token = Token::read(view, ctx, &cluster.name, asked.token, request)?;
    if let Some(Token::Used(tasks)) = &token {
        let reply = reply!(ecs::RUN_TASK_RESPONSE {
            "tasks": show(view, ctx, tasks)?,
            "failures": Vec::<Value>::new(),
        });
        return Ok((reply, Writes::new()));
    }
    let count = asked.count.unwrap_or(1);
    if !(1..=COUNT_MAX).contains(&count) {
        let message = format!("Count must be between 1 and {COUNT_MAX}.");
        return Err(fault::invalid_parameter(message));
    }
    let count = usize::try_from(count).expect("it was checked to be positive");
    let Started { tasks, failures, mut writes } =
        start(view, ctx, &cluster, request, &asked, count)?;
    // A call that started nothing had no effect, so its token is still free to have one.
    if let Some(Token::Fresh(token)) = token
        && !tasks.is_empty()
    {
        token.put(&mut writes, ctx, &tasks);
    }
    let reply = reply!(ecs::RUN_TASK_RESPONSE {
        "tasks": show(view, ctx, &tasks)?,
        "failures": failures,
    });
    Ok((reply, writes))
}

fn start(
    view: &View,
    ctx: &Ctx,
    cluster: &Found<Cluster>,
    request: &Value,
    asked: &RunTask<'_>,
    count: usize,
) -> Result<Started, Fault> {
    let destination = Destination::read(asked, cluster)?;
    let launch_type = destination.launch_type();
    let mut launch =
        Launch::read(view, ctx, &cluster.name, request, launch_type, STARTED_BY_LENGTH_MAX)?;
    launch.check_launch_type(launch_type)?;
    if launch_type == LaunchType::Fargate {
        fargate::check_placement(!asked.constraints.is_empty(), !asked.strategies.is_empty())?;
        let launch = launch.on_fargate(asked.platform_version)?;
        return pool::start(view, ctx, cluster, &launch, destination.strategy(), count);
    }
    refuse_unserved(launch_type, asked)?;
    let own = &launch.definition().placement_constraints;
    let constraints = rule::constraints(own, asked.constraints)?;
    let mut strategies = rule::strategies(asked.strategies)?;
    launch.keep_with_waiting(Seeks {
        constraints: rule::constraint_rules(asked.constraints),
        strategies: rule::strategy_rules(&strategies),
        ..Seeks::default()
    });
    if strategies.is_empty() {
        strategies = Strategy::defaults().into();
    }
    let order = Order { view, ctx, cluster, launch, constraints, strategies, count };
    match &destination {
        Destination::Instances(launch_type) => order.on_instances(*launch_type),
        Destination::Providers(strategy) => order.on_providers(strategy),
    }
}

fn show(view: &View, ctx: &Ctx, tasks: &[Task]) -> Result<Vec<Value>, Fault> {
    tasks.iter().map(|task| task::show(view, &ctx.scope, task)).collect()
}

/// Where tasks are to run.
enum Destination {
    /// On any instance of this launch type.
    Instances(LaunchType),
    /// On instances of capacity providers, in shares.
    Providers(Vec<StrategyItem>),
}

impl Destination {
    /// What is named, else the cluster's default strategy, else EC2.
    fn read(asked: &RunTask<'_>, cluster: &Cluster) -> Result<Self, Fault> {
        let named = asked.launch_type.and_then(LaunchType::parse);
        if named.is_some() && !asked.providers.is_empty() {
            return Err(fault::invalid_parameter(
                "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.",
            ));
        }
        if !asked.providers.is_empty() {
            let strategy = capacity::strategy::read(asked.providers)?;
            capacity::strategy::check(&strategy, cluster)?;
            return Ok(Self::Providers(strategy));
        }
        Ok(match named {
            Some(named) => Self::Instances(named),
            None if cluster.default_strategy.is_empty() => Self::Instances(LaunchType::Ec2),
            None => Self::Providers(cluster.default_strategy.clone()),
        })
    }

    /// What a definition must be for.
    fn launch_type(&self) -> LaunchType {
        match self {
            Self::Instances(launch_type) => *launch_type,
            // A strategy has Fargate's providers only, or none of them.
            Self::Providers(strategy) if strategy.iter().any(StrategyItem::is_fargate) => {
                LaunchType::Fargate
            }
            Self::Providers(_) => LaunchType::Ec2,
        }
    }

    /// The shares of capacity providers.
    fn strategy(&self) -> &[StrategyItem] {
        match self {
            Self::Instances(_) => &[],
            Self::Providers(strategy) => strategy,
        }
    }
}

fn refuse_unserved(launch_type: LaunchType, asked: &RunTask<'_>) -> Result<(), Fault> {
    if launch_type == LaunchType::ManagedInstances {
        return Err(fault::client(
            "Launch type MANAGED_INSTANCES is not served by Longshore yet: use EC2, FARGATE or EXTERNAL.",
        ));
    }
    match asked.platform_version.filter(|version| !version.is_empty()) {
        None => Ok(()),
        Some(_) => Err(fault::invalid_parameter(
            "The platform version must be null when specifying an EC2 launch type.",
        )),
    }
}
