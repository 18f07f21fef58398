//! Rules of attributes.

use crate::ecs::stage::{Stage, list, text};
use serde_json::{Value as Json, json};

/// `name=value` of each attribute of a reply.
fn short(reply: &Json) -> String {
    let shown = list(&reply["attributes"]).map(|it| match it["value"].as_str() {
        Some(value) => format!("{}={value}", text(&it["name"])),
        None => text(&it["name"]),
    });
    shown.collect::<Vec<_>>().join(" ")
}

#[test]
fn attributes_are_put_listed_and_deleted() {
    let mut stage = Stage::new();
    let (a, b) = (stage.host("a", json!({})), stage.host("b", json!({})));
    let id = b.rsplit('/').next().expect("an id").to_owned();
    let put = json!({"attributes": [
        {"name": "stack", "value": "prod", "targetId": a},
        {"name": "marked", "targetId": a},
        {"name": "stack", "value": "test", "targetId": id, "targetType": "container-instance"},
    ]});
    let reply = stage.ok("PutAttributes", put.clone());
    assert_eq!(short(&reply), "stack=prod marked stack=test");
    assert_eq!(reply["attributes"][2]["targetId"], json!(b));
    let before = stage.world.snapshot.revision();
    stage.ok("PutAttributes", put);
    assert_eq!(stage.world.snapshot.revision(), before, "the same again changes nothing");

    let listing = |stage: &mut Stage, more: Json| {
        let mut request = json!({"targetType": "container-instance"});
        for (name, value) in more.as_object().expect("an object") {
            request[name] = value.clone();
        }
        stage.ok("ListAttributes", request)
    };
    assert_eq!(
        list(&listing(&mut stage, json!({"attributeName": "stack"}))["attributes"]).count(),
        2
    );
    let prod = listing(&mut stage, json!({"attributeName": "stack", "attributeValue": "prod"}));
    assert_eq!(
        (short(&prod), &prod["attributes"][0]["targetId"]),
        ("stack=prod".into(), &json!(a))
    );
    assert_eq!(short(&listing(&mut stage, json!({"attributeName": "marked"}))), "marked");
    let all = list(&listing(&mut stage, json!({}))["attributes"]).count();
    let mut pages = 0;
    let mut request = json!({"maxResults": 4});
    let mut seen = 0;
    loop {
        let page = listing(&mut stage, request.clone());
        pages += 1;
        seen += list(&page["attributes"]).count();
        let Some(token) = page["nextToken"].as_str() else { break };
        request["nextToken"] = json!(token);
    }
    assert_eq!((seen, pages), (all, all.div_ceil(4)));

    let delete =
        json!({"attributes": [{"name": "stack", "targetId": a}, {"name": "never", "targetId": a}]});
    assert_eq!(short(&stage.ok("DeleteAttributes", delete)), "stack=prod");
    assert_eq!(short(&listing(&mut stage, json!({"attributeName": "stack"}))), "stack=test");
    stage.ok("DeregisterContainerInstance", json!({"containerInstance": b}));
    assert_eq!(short(&listing(&mut stage, json!({"attributeName": "stack"}))), "");
}

#[test]
fn a_call_is_all_or_nothing_and_refused_in_words() {
    let mut stage = Stage::new();
    let a = stage.host("a", json!({}));
    let on = |name: &str, value: &str| json!({"name": name, "value": value, "targetId": a});
    let many = |count: usize| (0..count).map(|at| on(&format!("a{at}"), "")).collect::<Vec<_>>();
    let short_id = a.rsplit('/').next().expect("an id");
    let elsewhere = a.replace("us-east-1", "eu-west-1");
    let cases = vec![
        (json!([]), "InvalidParameterException 1 to 10"),
        (json!(many(11)), "InvalidParameterException 1 to 10"),
        (json!([on("ok", ""), on("a b", "")]), "InvalidParameterException `a b`"),
        (json!([on("", "")]), "InvalidParameterException name"),
        (json!([on(&"n".repeat(129), "")]), "InvalidParameterException 128"),
        (json!([on("a", " b")]), "InvalidParameterException ` b`"),
        (json!([on("a", "b!")]), "InvalidParameterException `b!`"),
        (json!([on("a", &"v".repeat(129))]), "InvalidParameterException 128"),
        (json!([on("ecs.instance-type", "big")]), "InvalidParameterException reserved"),
        (json!([on("com.amazonaws.x", "")]), "InvalidParameterException reserved"),
        (json!([{"name": "a"}]), "InvalidParameterException `targetId`"),
        (json!([{"name": "a", "targetId": short_id}]), "InvalidParameterException `targetType`"),
        (json!([{"name": "a", "targetId": elsewhere}]), "TargetNotFoundException"),
    ];
    let cases =
        cases.into_iter().map(|(attributes, fault)| (json!({"attributes": attributes}), fault));
    stage.check_refusals("PutAttributes", cases.collect());
    stage.ok("PutAttributes", json!({"attributes": many(10)}));
    let eleventh = stage.fault("PutAttributes", json!({"attributes": [on("more", "")]}));
    assert!(eleventh.starts_with("AttributeLimitExceededException"), "{eleventh}");
    stage.ok("PutAttributes", json!({"attributes": [on("a0", "again")]}));
    let built_in = stage.fault("DeleteAttributes", json!({"attributes": [on("ecs.os-type", "")]}));
    assert!(built_in.starts_with("InvalidParameterException"), "{built_in}");
    let value = json!({"targetType": "container-instance", "attributeValue": "x"});
    assert!(stage.fault("ListAttributes", value).starts_with("InvalidParameterException"));
}
