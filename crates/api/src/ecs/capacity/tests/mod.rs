//! Capacity providers: what is kept of them, who uses them, which instances belong to them.

mod association;
mod law;
mod membership;
mod provider;

use crate::{decide::Decide, ecs::stage::Stage};
use serde_json::{Value as Json, json};

/// The ARN of the Auto Scaling group of a name.
fn group(name: &str) -> String {
    format!(
        "arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:12345678-1234-1234-1234-123456789012:autoScalingGroupName/{name}"
    )
}

/// Makes the provider `name` of the group of the same name; `more` adds to its settings.
fn make(stage: &mut Stage, name: &str, more: Json) -> Json {
    let mut settings = json!({"autoScalingGroupArn": group(name)});
    for (name, value) in more.as_object().expect("an object") {
        settings[name] = value.clone();
    }
    let request = json!({"name": name, "autoScalingGroupProvider": settings});
    stage.ok("CreateCapacityProvider", request)["capacityProvider"].take()
}

/// Replaces the providers of cluster `default`, with a default strategy of none.
fn put(stage: &mut Stage, providers: &[&str]) -> Json {
    let request = json!({
        "cluster": "default", "capacityProviders": providers, "defaultCapacityProviderStrategy": [],
    });
    stage.ok("PutClusterCapacityProviders", request)["cluster"].take()
}

/// What two control planes do at once: the second call is decided on the view that the first was decided on, and does not go through.
fn check_conflict(stage: &Stage, first: (&str, Json), late: Decide, second: (&str, Json)) {
    let row = crate::ecs::TABLE.service.operation(second.0).expect("an operation");
    let body = second.1.to_string();
    let request = wire::codec::json::decode(row.input, body.as_bytes()).expect("JSON");
    let decided = late(&stage.world.view(), &request, &stage.world.ctx());
    let (_, writes) = decided.unwrap_or_else(|fault| panic!("{}: {fault}", second.0));
    let mut other = stage.world.clone();
    other.ok(first.0, first.1);
    assert!(other.snapshot.with(&writes).is_err(), "{} does not see {}", second.0, first.0);
    assert!(stage.world.snapshot.with(&writes).is_ok(), "nothing else is in the way");
}
