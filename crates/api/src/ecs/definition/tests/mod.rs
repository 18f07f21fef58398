//! Requests and what becomes of them.

mod life;
mod rules;

use crate::world::World;
use serde_json::{Value as Json, json};

/// A request that registers `web` with one container; `change` replaces members of the task, and of the container where it names `container`.
fn request(change: &Json) -> Json {
    let mut container = json!({"name": "app", "image": "nginx", "memory": 64});
    let mut request = json!({"family": "web"});
    for (name, value) in change.as_object().expect("members") {
        if name == "container" {
            put_all(&mut container, value);
        } else {
            request[name] = value.clone();
        }
    }
    if request["containerDefinitions"].is_null() {
        request["containerDefinitions"] = json!([container]);
    }
    request
}

fn put_all(object: &mut Json, members: &Json) {
    for (name, value) in members.as_object().expect("members") {
        if value.is_null() {
            object.as_object_mut().expect("an object").remove(name);
        } else {
            object[name] = value.clone();
        }
    }
}

fn registered(change: Json) -> Json {
    World::new().ok("RegisterTaskDefinition", request(&change))["taskDefinition"].clone()
}

fn refused(change: Json) -> String {
    World::new().fault("RegisterTaskDefinition", request(&change))
}

/// Whether `change` is taken (`None`), or why it is refused.
fn verdict(change: Json) -> Option<String> {
    World::new()
        .call("RegisterTaskDefinition", request(&change))
        .err()
        .map(|fault| fault.to_string())
}
