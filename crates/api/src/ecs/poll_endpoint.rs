//! DiscoverPollEndpoint: where agents open their two sessions.

use crate::{
    decide::{Ctx, Decision, View, Writes},
    ecs::fault,
};
use wire::{Fault, Value, reply, tables::ecs};

/// Answers the addresses below which agents ask for `ws`. Which instance and cluster ask makes no difference, and is found out when
/// they connect.
pub fn discover(_view: &View, _request: &Value, ctx: &Ctx) -> Decision {
    let base = base(ctx)?;
    let below = |path: &str| format!("{base}/{path}/");
    let reply = reply!(ecs::DISCOVER_POLL_ENDPOINT_RESPONSE {
        "endpoint": below("acs"),
        "telemetryEndpoint": below("tcs"),
    });
    Ok((reply, Writes::new()))
}

/// The address by which the caller comes back, without a slash at its end.
///
/// # Errors
/// `ClientException`, if nobody knows it.
pub fn base(ctx: &Ctx) -> Result<String, Fault> {
    let reached_at = ctx.caller.reached_at.as_deref().map(|host| format!("http://{host}"));
    let base = ctx.config.agent_endpoint.clone().or(reached_at);
    let base = base.ok_or_else(|| {
        fault::client("The request has no Host header by which the caller could come back.")
    })?;
    Ok(base.trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use crate::world::World;
    use serde_json::json;

    #[test]
    fn agents_are_sent_below_the_configured_addresses() {
        let mut world = World::new();
        world.config.agent_endpoint = Some("https://plane.example:4566/".into());
        assert_eq!(
            world.ok("DiscoverPollEndpoint", json!({"containerInstance": "any", "cluster": "any"})),
            json!({
                "endpoint": "https://plane.example:4566/acs/",
                "telemetryEndpoint": "https://plane.example:4566/tcs/"
            })
        );
    }

    #[test]
    fn without_a_configured_address_agents_come_back_to_where_they_asked() {
        let mut world = World::new();
        world.caller.reached_at = Some("10.0.0.1:4566".into());
        assert_eq!(
            world.ok("DiscoverPollEndpoint", json!({"containerInstance": "any", "cluster": "any"})),
            json!({
                "endpoint": "http://10.0.0.1:4566/acs/",
                "telemetryEndpoint": "http://10.0.0.1:4566/tcs/"
            })
        );
    }
}
