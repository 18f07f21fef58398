//! DiscoverPollEndpoint: where agents open their two sessions.

use crate::decide::{Ctx, Decision, View, Writes};
use wire::{Value, reply, tables::ecs};

/// Answers the addresses below which agents ask for `ws`. Which instance and cluster ask makes no difference, and is found out when
/// they connect.
pub fn discover(_view: &View, _request: &Value, ctx: &Ctx) -> Decision {
    let below = |base: &str, path: &str| format!("{}/{path}/", base.trim_end_matches('/'));
    let reply = reply!(ecs::DISCOVER_POLL_ENDPOINT_RESPONSE {
        "endpoint": below(&ctx.config.agent_endpoint, "acs"),
        "telemetryEndpoint": below(&ctx.config.telemetry_endpoint, "tcs"),
    });
    Ok((reply, Writes::new()))
}

#[cfg(test)]
mod tests {
    use crate::world::World;
    use serde_json::json;

    #[test]
    fn agents_are_sent_below_the_configured_addresses() {
        let mut world = World::new();
        world.config.agent_endpoint = "https://plane.example:4566".into();
        world.config.telemetry_endpoint = "https://plane.example:4566/".into();
        assert_eq!(
            world.ok("DiscoverPollEndpoint", json!({"containerInstance": "any", "cluster": "any"})),
            json!({
                "endpoint": "https://plane.example:4566/acs/",
                "telemetryEndpoint": "https://plane.example:4566/tcs/"
            })
        );
    }
}
