//! ECS Exec: the channels of sessions, from a client to the agent that runs its command (agent-protocol.md §9, §10.4).
//!
//! ```text
//! client ══ websocket ══ relay ══ websocket ══ agent
//!                          │
//!             ExecSession: token, life of the agent
//! ```
//! The two ends number, acknowledge and repeat what they say (crate `exec`), so that a channel that breaks loses nothing that matters, and
//! the plane in between keeps nothing: after its restart both ends come back and go on.
//! Invariants: a client's channel is opened by its session's token, once; an agent's is its instance's, and of the life that began it.
//! Not here: opening and ending sessions (`api`), which sessions an agent should have (`acs`), the command (`agent`).

pub(crate) mod desk;
pub(crate) mod exchange;
pub(crate) mod serve;

use crate::shared::Shared;
use domain::{exec::ExecSession, iam::everywhere, key::Prefix};
use std::{sync::Arc, time::Duration};
use store::Transaction;
use tokio_util::sync::CancellationToken;

/// How often sessions are looked for that nobody will end.
const SWEEP_EVERY: Duration = Duration::from_secs(60);

/// Ends sessions that are left over, until `stop` is cancelled.
pub(crate) async fn sweep(shared: Arc<Shared>, stop: CancellationToken) {
    loop {
        let pause = tokio::time::sleep(SWEEP_EVERY);
        if stop.run_until_cancelled(pause).await.is_none() {
            return;
        }
        let now = shared.sources.now();
        let swept = shared.settle(|snapshot| {
            // One at a time: two of an instance would both write its roster.
            for found in snapshot.range::<ExecSession>(&Prefix::table::<ExecSession>(&everywhere()))
            {
                let found = found?;
                if books::exec::is_left_over(snapshot, &found, now)? {
                    return Ok((Some(found.id.clone()), books::exec::end(snapshot, &found)?));
                }
            }
            Ok((None, Transaction::new()))
        });
        match swept.await {
            Ok((Some(session), _)) => tracing::info!(session, "exec session was left over"),
            Ok((None, _)) => {}
            Err(error) => {
                tracing::error!(error = &error as &dyn std::error::Error, "sweep exec sessions");
            }
        }
    }
}
