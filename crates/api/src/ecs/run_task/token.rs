//! A client token: one token, one effect.

use crate::{
    decide::{Ctx, View, Writes},
    ecs::token,
};
use domain::{
    arn,
    id::ClusterName,
    key::Key,
    task::{ClientToken, Task},
    time::Millis,
};
use store::Expect;
use wire::{Fault, Value};

/// ECS's own limit.
const TOKEN_LENGTH_MAX: usize = 64;

/// How long a client token stands for its call.
const TOKEN_LIFE: Millis = Millis::from_s(24 * 3600);

/// A request's client token.
pub(super) enum Token {
    /// It has had its effect: these tasks, as far as they are still kept.
    Used(Vec<Task>),
    /// It has not.
    Fresh(FreshToken),
}

pub(super) struct FreshToken {
    key: Key,
    seen: Expect,
    parameters: String,
}

impl Token {
    pub(super) fn read(
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
    pub(super) fn put(self, writes: &mut Writes, ctx: &Ctx, tasks: &[Task]) {
        let record = ClientToken {
            parameters: self.parameters,
            tasks: tasks.iter().map(|task| task.id.clone()).collect(),
            expires_at: ctx.now + TOKEN_LIFE,
        };
        writes.put(&self.key, self.seen, record);
    }
}
