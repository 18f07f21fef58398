//! Account settings: whose value counts, and which values there are.

use crate::{caller::Caller, world::World};
use serde_json::{Value as Json, json};

const USER: &str = "arn:aws:iam::123456789012:user/ada";
const ROOT: &str = "arn:aws:iam::123456789012:root";

fn as_principal(world: &mut World, arn: &str) {
    world.caller = Caller { arn: arn.to_owned(), ..world.caller.clone() };
}

fn effective(world: &mut World, name: &str) -> Json {
    let reply = world.ok("ListAccountSettings", json!({"name": name, "effectiveSettings": true}));
    reply["settings"][0]["value"].clone()
}

#[test]
fn one_s_own_value_counts_before_the_account_s_and_that_before_ecs_s() {
    let mut world = World::new();
    as_principal(&mut world, USER);
    let trunking = |value: &str| json!({"name": "awsvpcTrunking", "value": value});
    assert_eq!(effective(&mut world, "awsvpcTrunking"), "disabled");
    let default = world.ok("PutAccountSettingDefault", trunking("enabled"));
    let shown =
        json!({"name": "awsvpcTrunking", "value": "enabled", "principalArn": ROOT, "type": "user"});
    assert_eq!(default["setting"], shown);
    assert_eq!(effective(&mut world, "awsvpcTrunking"), "enabled");
    let own = world.ok("PutAccountSetting", trunking("disabled"));
    assert_eq!(own["setting"]["principalArn"], USER);
    assert_eq!(effective(&mut world, "awsvpcTrunking"), "disabled");
    let deleted = world.ok("DeleteAccountSetting", json!({"name": "awsvpcTrunking"}));
    assert_eq!(
        (&deleted["setting"]["value"], &deleted["setting"]["principalArn"]),
        (&json!("enabled"), &json!(USER))
    );
    assert_eq!(effective(&mut world, "awsvpcTrunking"), "enabled");
    as_principal(&mut world, ROOT);
    let deleted = world.ok("DeleteAccountSetting", json!({"name": "awsvpcTrunking"}));
    assert_eq!(deleted["setting"]["value"], "disabled");
    assert_eq!(effective(&mut world, "awsvpcTrunking"), "disabled");
}

#[test]
fn what_the_root_sets_is_the_account_s_default() {
    let mut world = World::new();
    world.ok("PutAccountSetting", json!({"name": "containerInsights", "value": "enabled"}));
    as_principal(&mut world, USER);
    assert_eq!(effective(&mut world, "containerInsights"), "enabled");
}

#[test]
fn a_session_has_the_settings_of_its_role() {
    let mut world = World::new();
    as_principal(&mut world, "arn:aws:sts::123456789012:assumed-role/path/web/i-1");
    let put =
        world.ok("PutAccountSetting", json!({"name": "containerInsights", "value": "enabled"}));
    assert_eq!(put["setting"]["principalArn"], "arn:aws:iam::123456789012:role/path/web");
    as_principal(&mut world, "arn:aws:sts::123456789012:assumed-role/path/web/i-2");
    assert_eq!(effective(&mut world, "containerInsights"), "enabled");
}

#[test]
fn another_principal_of_the_account_can_be_named() {
    let mut world = World::new();
    let put = json!({"name": "containerInsights", "value": "enabled", "principalArn": USER});
    world.ok("PutAccountSetting", put);
    let list = world.ok("ListAccountSettings", json!({"principalArn": USER}));
    let setting = json!({"name": "containerInsights", "value": "enabled", "principalArn": USER, "type": "user"});
    assert_eq!(list["settings"], json!([setting]));
    assert_eq!(world.ok("ListAccountSettings", json!({}))["settings"], json!([]));
    for arn in [
        "ada",
        "arn:aws:iam::999999999999:user/ada",
        "arn:aws:iam::123456789012:group/x",
        "arn:aws:iam::123456789012:user/a|b",
    ] {
        let why = world.fault("ListAccountSettings", json!({"principalArn": arn}));
        assert!(why.starts_with("InvalidParameterException: "), "{arn}: {why}");
    }
}

#[test]
fn effective_settings_come_in_pages_of_ten() {
    let mut world = World::new();
    let first = world.ok("ListAccountSettings", json!({"effectiveSettings": true}));
    let request = json!({"effectiveSettings": true, "nextToken": first["nextToken"]});
    let second = world.ok("ListAccountSettings", request);
    let names = |page: &Json| -> Vec<String> {
        let settings = page["settings"].as_array().expect("a list");
        settings.iter().map(|setting| setting["name"].to_string()).collect()
    };
    assert_eq!((names(&first).len(), names(&second).len()), (10, 1));
    let all = [names(&first), names(&second)].concat();
    assert!(all.is_sorted(), "{all:?}");
    assert!(second["nextToken"].is_null());
    let guard = world
        .ok("ListAccountSettings", json!({"effectiveSettings": true, "name": "guardDutyActivate"}));
    assert_eq!(guard["settings"][0]["type"], "aws_managed");
}

#[test]
fn lists_are_filtered_by_name_and_value() {
    let mut world = World::new();
    world.ok("PutAccountSetting", json!({"name": "containerInsights", "value": "enabled"}));
    let mut found = |value: &str| {
        let request = json!({"name": "containerInsights", "value": value});
        world.ok("ListAccountSettings", request)["settings"].as_array().map(Vec::len)
    };
    assert_eq!([found("enabled"), found("disabled")], [Some(1), Some(0)]);
    assert!(
        world
            .fault("ListAccountSettings", json!({"value": "enabled"}))
            .starts_with("InvalidParameterException: ")
    );
}

#[test]
fn settings_have_their_values() {
    let mut world = World::new();
    for (name, value) in [
        ("containerInsights", "enhanced"),
        ("fargateTaskRetirementWaitPeriod", "14"),
        ("tagResourceAuthorization", "off"),
        ("defaultLogDriverMode", "blocking"),
        ("taskLongArnFormat", "enabled"),
    ] {
        world.ok("PutAccountSetting", json!({"name": name, "value": value}));
    }
    for (name, value) in [
        ("containerInsights", "on"),
        ("fargateTaskRetirementWaitPeriod", "8"),
        ("taskLongArnFormat", "disabled"),
        ("guardDutyActivate", "on"),
        ("coffee", "on"),
    ] {
        let why = world.fault("PutAccountSetting", json!({"name": name, "value": value}));
        assert!(why.starts_with("InvalidParameterException: "), "{name}: {why}");
    }
}
