//! RunTask: tasks wherever there is room.

#[cfg(test)]
mod tests;

use crate::{
    decide::{Ctx, Decision, View, Writes, readable},
    ecs::{cluster, fault, launch::Launch, rule, task, token},
};
use books::{draft::Draft, seat::Seat};
use domain::{
    arn,
    cluster::Cluster,
    id::ClusterName,
    key::Key,
    status::LaunchType,
    task::{ClientToken, Task},
    time::Millis,
};
use placement::{place::place, strategy::Strategy};
use store::Expect;
use wire::{Fault, Value, reply, tables::ecs, view};

/// ECS's own limit on the tasks of a call.
const COUNT_MAX: i64 = 10;

/// ECS's own limit.
const STARTED_BY_LENGTH_MAX: usize = 128;

/// ECS's own limit.
const TOKEN_LENGTH_MAX: usize = 64;

/// How long a client token stands for its call.
const TOKEN_LIFE: Millis = Millis::from_s(24 * 3600);

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

/// Places up to ten tasks. Those that fit nowhere are told as failures, one for each instance that could have taken one.
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
    let launch_type = launch_type(&asked, &cluster)?;
    let launch = Launch::read(view, ctx, &cluster.name, request, STARTED_BY_LENGTH_MAX)?;
    launch.check_launch_type(launch_type)?;
    refuse_unserved(launch_type, &asked)?;
    let own = &launch.definition().placement_constraints;
    let constraints = rule::constraints(own, asked.constraints)?;
    let mut strategies = rule::strategies(asked.strategies)?;
    if strategies.is_empty() {
        strategies = Strategy::defaults().into();
    }

    let mut seats = readable(Seat::all_in(view.snapshot(), &ctx.scope, &cluster.name))?;
    seats.retain(|seat| {
        let candidate = seat.candidate();
        candidate.takes_new_tasks()
            && candidate.is_external() == (launch_type == LaunchType::External)
    });
    if seats.is_empty() {
        return Err(fault::invalid_parameter("No Container Instances were found in your cluster."));
    }
    let candidates: Vec<_> = seats.iter().map(Seat::candidate).collect();
    let count = usize::try_from(count).expect("it was checked to be positive");
    let seed = ctx.ids.number("placement", 0);
    let outcome = place(&launch.needs(&constraints), &strategies, &candidates, count, seed);
    let is_short = outcome.placed.len() < count;
    let mut draft = Draft::new(view.snapshot(), &ctx.scope, ctx.now);
    let mut tasks = Vec::with_capacity(outcome.placed.len());
    for placement in outcome.placed {
        let seat = &seats[placement.candidate];
        tasks.push(launch.make(ctx, &mut draft, tasks.len(), None, seat, placement.held));
    }
    let mut writes = draft.finish();
    // A call that placed nothing had no effect, so its token is still free to have one.
    if let Some(Token::Fresh(token)) = token
        && !tasks.is_empty()
    {
        token.put(&mut writes, ctx, &tasks);
    }
    let refused = outcome.refused.iter().filter(|_| is_short).map(|refusal| {
        let arn = arn::instance(&ctx.scope, &cluster.name, &refusal.instance);
        fault::failure(&arn, refusal.reason.as_str(), refusal.reason.detail().as_deref())
    });
    let reply = reply!(ecs::RUN_TASK_RESPONSE {
        "tasks": show(view, ctx, &tasks)?,
        "failures": refused.collect::<Value>(),
    });
    Ok((reply, writes))
}

fn show(view: &View, ctx: &Ctx, tasks: &[Task]) -> Result<Vec<Value>, Fault> {
    tasks.iter().map(|task| task::show(view, &ctx.scope, task)).collect()
}

/// The launch type that is meant: the one that is named, else EC2, unless the cluster has a default strategy.
fn launch_type(asked: &RunTask<'_>, cluster: &Cluster) -> Result<LaunchType, Fault> {
    let named = asked.launch_type.and_then(LaunchType::parse);
    if named.is_some() && !asked.providers.is_empty() {
        return Err(fault::invalid_parameter(
            "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.",
        ));
    }
    let not_served = |whose: &str, provider: &str| {
        fault::client(format!(
            "{whose} names capacity provider `{provider}`; running tasks by capacity providers is not served by Longshore yet: use a \
             `launchType`."
        ))
    };
    if let Some(item) = asked.providers.first() {
        let provider = item.get("capacityProvider").and_then(Value::as_str).unwrap_or_default();
        return Err(not_served("`capacityProviderStrategy`", provider));
    }
    match (named, cluster.default_strategy.first()) {
        (Some(named), _) => Ok(named),
        (None, Some(item)) => {
            Err(not_served("The cluster's default strategy", &item.capacity_provider))
        }
        (None, None) => Ok(LaunchType::Ec2),
    }
}

fn refuse_unserved(launch_type: LaunchType, asked: &RunTask<'_>) -> Result<(), Fault> {
    match launch_type {
        LaunchType::Ec2 | LaunchType::External => {}
        LaunchType::Fargate | LaunchType::ManagedInstances => {
            return Err(fault::client(format!(
                "Launch type {launch_type} is not served by Longshore yet: use EC2 or EXTERNAL."
            )));
        }
    }
    match asked.platform_version.filter(|version| !version.is_empty()) {
        None => Ok(()),
        Some(_) => Err(fault::invalid_parameter(
            "The platform version must be null when specifying an EC2 launch type.",
        )),
    }
}

/// A request's client token.
enum Token {
    /// It has had its effect: these tasks, as far as they are still kept.
    Used(Vec<Task>),
    /// It has not.
    Fresh(FreshToken),
}

struct FreshToken {
    key: Key,
    seen: Expect,
    parameters: String,
}

impl Token {
    fn read(
        view: &View,
        ctx: &Ctx,
        cluster: &ClusterName,
        token: Option<&str>,
        request: &Value,
    ) -> Result<Option<Self>, Fault> {
        let Some(token) = token::read(token, TOKEN_LENGTH_MAX)? else { return Ok(None) };
        let parameters = token::parameters(request);
        let key = ClientToken::key(&ctx.scope, cluster, "RunTask", token);
        let seen = match view.get::<ClientToken>(&key)? {
            None => Expect::Absent,
            Some(found) if found.expires_at <= ctx.now => Expect::Revision(found.modified),
            Some(found) if found.parameters != parameters => {
                let arns = found.tasks.iter().map(|id| arn::task(&ctx.scope, cluster, id));
                return Err(Fault::sender(
                    "ConflictException",
                    "The client token was used before with other parameters.",
                )
                .with("resourceIds", arns.collect::<Value>()));
            }
            Some(found) => {
                let mut tasks = Vec::new();
                for id in &found.tasks {
                    let task = view.get::<Task>(&Task::key(&ctx.scope, cluster, id))?;
                    tasks.extend(task.map(|task| Task::clone(&task.record)));
                }
                return Ok(Some(Self::Used(tasks)));
            }
        };
        Ok(Some(Self::Fresh(FreshToken { key, seen, parameters })))
    }
}

impl FreshToken {
    fn put(self, writes: &mut Writes, ctx: &Ctx, tasks: &[Task]) {
        let record = ClientToken {
            parameters: self.parameters,
            tasks: tasks.iter().map(|task| task.id.clone()).collect(),
            expires_at: ctx.now + TOKEN_LIFE,
        };
        writes.put(&self.key, self.seen, record);
    }
}
