//! What a session carries: tags, who is behind it, what it was narrowed to; and whom a role lets open one.

use crate::{authorize::authorize, ecs, iam, sts, world::World};
use domain::iam::SessionCredential;
use serde_json::{Value as Json, json};

const WEB: &str = "arn:aws:iam::123456789012:role/web";
const NEXT: &str = "arn:aws:iam::123456789012:role/next";

/// A world of STS that enforces policies, with roles `web` and `next` of this trust, whose tag `team` is `ops`, and which may do what
/// session tag `team` and the cluster's tag have in common.
fn world(statement: Json) -> World {
    let mut iam = World::of(&iam::TABLE);
    let trust = json!({"Version": "2012-10-17", "Statement": statement}).to_string();
    let own_team = json!({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ecs:*", "Resource": "*",
        "Condition": {"StringEquals": {"aws:ResourceTag/team": "${aws:PrincipalTag/team}"}}}});
    for role in ["web", "next"] {
        let tags = json!([{"Key": "team", "Value": "ops"}]);
        let request = json!({"RoleName": role, "AssumeRolePolicyDocument": trust, "Tags": tags, "MaxSessionDuration": 43200});
        iam.ok("CreateRole", request);
        let document = own_team.to_string();
        iam.ok(
            "PutRolePolicy",
            json!({"RoleName": role, "PolicyName": "p", "PolicyDocument": document}),
        );
    }
    let mut world = World::of(&sts::TABLE);
    world.snapshot = iam.snapshot;
    world.config.enforces_policies = true;
    world.caller.arn = "arn:aws:iam::123456789012:user/ada".into();
    world
}

fn open_to_all() -> World {
    let actions = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"];
    world(json!({"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": actions}))
}

fn asked(role: &str, more: Json) -> Json {
    let mut request = json!({"RoleArn": role, "RoleSessionName": "one"});
    request.as_object_mut().expect("an object").extend(more.as_object().cloned().expect("one"));
    request
}

/// Opens a session, and from then on is it.
fn enter(world: &mut World, role: &str, more: Json) -> SessionCredential {
    let reply = world.ok("AssumeRole", asked(role, more));
    let id = reply["Credentials"]["AccessKeyId"].as_str().expect("an id");
    let kept = world.get::<SessionCredential>(&SessionCredential::key(id)).expect("it is kept");
    world.caller.arn.clone_from(&kept.principal_arn);
    world.caller.access_key_id = Some(id.to_owned());
    SessionCredential::clone(&kept.record)
}

fn tags(session: &SessionCredential) -> Vec<(&str, &str)> {
    session.tags.iter().map(|tag| (tag.key.as_str(), tag.value.as_str())).collect()
}

fn tag(key: &str, value: &str) -> Json {
    json!({"Key": key, "Value": value})
}

#[test]
fn transitive_tags_go_through_every_further_role() {
    let mut world = open_to_all();
    let given =
        json!({"Tags": [tag("team", "a"), tag("cost", "1")], "TransitiveTagKeys": ["Team"]});
    let first = enter(&mut world, WEB, given);
    assert_eq!(tags(&first), [("team", "a"), ("cost", "1")]);
    let second = enter(&mut world, NEXT, json!({"Tags": [tag("cost", "2")]}));
    assert_eq!(tags(&second), [("team", "a"), ("cost", "2")]);
    let third = enter(&mut world, WEB, json!({}));
    assert_eq!(tags(&third), [("team", "a")], "what is not transitive ends with its session");
    let changed = asked(NEXT, json!({"Tags": [tag("TEAM", "b")]}));
    assert!(world.fault("AssumeRole", changed).contains("conflicts with a transitive tag key"));
}

#[test]
fn a_session_s_tag_counts_before_its_role_s() {
    let mut world = open_to_all();
    let may_delete = |world: &World, team: &str| {
        let mut clusters = World::new();
        clusters.snapshot = world.snapshot.clone();
        let tags = json!([{"key": "team", "value": team}]);
        clusters.ok("CreateCluster", json!({"clusterName": "web", "tags": tags}));
        let row = ecs::TABLE.service.operation("DeleteCluster").expect("it is served");
        let request = wire::codec::json::decode(row.input, br#"{"cluster": "web"}"#);
        let (view, ctx) = (clusters.view(), world.ctx());
        let request = request.expect("a request");
        authorize(&view, &ctx, ecs::TABLE.service, "DeleteCluster", &request).is_ok()
    };
    enter(&mut world, WEB, json!({}));
    assert!(may_delete(&world, "ops") && !may_delete(&world, "a"));
    enter(&mut world, WEB, json!({"Tags": [tag("team", "a")]}));
    assert!(may_delete(&world, "a") && !may_delete(&world, "ops"));
}

#[test]
fn a_role_says_who_may_tag_its_sessions_and_how() {
    let mut world = world(json!([
        {"Effect": "Allow", "Principal": {"AWS": "123456789012"}, "Action": "sts:AssumeRole"},
        {"Effect": "Allow", "Principal": {"AWS": "123456789012"}, "Action": "sts:TagSession",
            "Condition": {"StringEquals": {"aws:RequestTag/team": "a"}}},
    ]));
    world.ok("AssumeRole", asked(WEB, json!({})));
    world.ok("AssumeRole", asked(WEB, json!({"Tags": [tag("team", "a")]})));
    let denied =
        "AccessDenied: User: arn:aws:iam::123456789012:user/ada is not authorized to perform";
    let other = asked(WEB, json!({"Tags": [tag("team", "b")]}));
    assert_eq!(
        world.fault("AssumeRole", other),
        format!("{denied}: sts:TagSession on resource: {WEB}")
    );
    let behind = asked(WEB, json!({"SourceIdentity": "ada"}));
    assert_eq!(
        world.fault("AssumeRole", behind),
        format!("{denied}: sts:SetSourceIdentity on resource: {WEB}")
    );
}

#[test]
fn who_is_behind_a_session_stays_behind_it() {
    let mut world = open_to_all();
    let first = enter(&mut world, WEB, json!({"SourceIdentity": "ada"}));
    assert_eq!(first.source_identity.as_deref(), Some("ada"));
    assert_eq!(enter(&mut world, NEXT, json!({})).source_identity.as_deref(), Some("ada"));
    let other = asked(WEB, json!({"SourceIdentity": "eve"}));
    assert!(world.fault("AssumeRole", other).contains("cannot be changed"));
}

#[test]
fn a_trust_policy_may_ask_for_an_external_id_or_a_name() {
    let mut world = world(
        json!({"Effect": "Allow", "Principal": {"AWS": "123456789012"}, "Action": "sts:AssumeRole",
        "Condition": {"StringEquals": {"sts:ExternalId": "xx"}, "StringLike": {"sts:RoleSessionName": "on?"}}}),
    );
    world.ok("AssumeRole", asked(WEB, json!({"ExternalId": "xx"})));
    for wrong in [
        json!({}),
        json!({"ExternalId": "yy"}),
        json!({"ExternalId": "xx", "RoleSessionName": "two"}),
    ] {
        let fault = world.fault("AssumeRole", asked(WEB, wrong.clone()));
        assert!(fault.starts_with("AccessDenied"), "{wrong}: {fault}");
    }
}

#[test]
fn a_chained_session_lasts_an_hour_at_most() {
    let mut world = open_to_all();
    enter(&mut world, WEB, json!({"DurationSeconds": 7200}));
    let longer = asked(NEXT, json!({"DurationSeconds": 7200}));
    assert!(world.fault("AssumeRole", longer).contains("role chaining"));
    enter(&mut world, NEXT, json!({"DurationSeconds": 3600}));
}

#[test]
fn what_is_wrong_with_a_session_is_told() {
    let mut world = open_to_all();
    for (more, words) in [
        (json!({"Tags": [tag("a", "1"), tag("A", "2")]}), "Duplicate tag keys"),
        (json!({"Tags": [tag("aws:a", "1")]}), "reserved"),
        (json!({"TransitiveTagKeys": ["a"]}), "must be included in the requested tags"),
        (
            json!({"PolicyArns": [{"arn": "arn:aws:iam::aws:policy/NoSuch"}]}),
            "NoSuch does not exist",
        ),
        (json!({"Policy": "{"}), "MalformedPolicyDocument"),
        (json!({"TokenCode": "123456"}), "Multi-factor authentication is not served"),
        (json!({"ProvidedContexts": [{}]}), "`ProvidedContexts` is not served"),
    ] {
        let fault = world.fault("AssumeRole", asked(WEB, more.clone()));
        assert!(fault.contains(words), "{more}: {fault}");
    }
    enter(&mut world, WEB, json!({}));
    assert!(world.fault("GetSessionToken", json!({})).contains("session credentials"));
}

#[test]
fn a_user_s_session_is_not_for_iam() {
    let mut world = open_to_all();
    let reply = world.ok("GetSessionToken", json!({}));
    let id = reply["Credentials"]["AccessKeyId"].as_str().expect("an id").to_owned();
    let may = |world: &World| {
        let request = wire::Value::Map(wire::Members::new());
        let (view, ctx) = (world.view(), world.ctx());
        authorize(&view, &ctx, iam::TABLE.service, "ListUsers", &request)
            .map_err(|fault| fault.code)
    };
    assert_eq!(
        may(&world),
        Err("AccessDenied".into()),
        "by its lasting key it is asked for policies"
    );
    world.caller.access_key_id = Some(id);
    assert_eq!(may(&world), Err("InvalidClientTokenId".into()));
}
