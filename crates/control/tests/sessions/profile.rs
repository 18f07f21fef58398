//! The role of a host by its instance profile.

use crate::{
    agent::Agent,
    scene::{BEGIN, Plane, scope},
};
use control::config::Config;
use domain::{
    iam::SessionCredential,
    identity::{Entity, InstanceProfile, Role},
    link::acs::{FromPlane, InstanceCredentials},
    time::Millis,
};
use serde_json::json;
use store::{Expect, Transaction};

async fn told(agent: &mut Agent) -> InstanceCredentials {
    agent
        .until(|message| match message {
            FromPlane::InstanceCredentials(told) => Some(told.clone()),
            _ => None,
        })
        .await
}

/// Profile `web` with role `host`, which trusts a service.
async fn have_profile(plane: &Plane, service: &str) {
    let account = scope().account;
    let statement =
        json!({"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"});
    let role = json!({
        "name": "host", "path": "/", "id": "AROAHOST", "created_at": 0, "session_max_s": 3600,
        "trust": json!({"Version": "2012-10-17", "Statement": statement}).to_string(),
    });
    let profile =
        json!({ "name": "web", "path": "/", "id": "AIPAWEB", "created_at": 0, "role": "host" });
    let role: Role = serde_json::from_value(role).expect("a role");
    let profile: InstanceProfile = serde_json::from_value(profile).expect("a profile");
    let mut writes = Transaction::new();
    writes.put(&Role::key_of(&account, "host"), Expect::Any, role);
    writes.put(&InstanceProfile::key_of(&account, "web"), Expect::Any, profile);
    plane.commit(writes).await;
}

#[tokio::test(start_paused = true)]
async fn a_host_has_its_role_and_it_is_renewed_and_kept_by_the_next_session() {
    let mut plane = Plane::start_with(Config { checks_trust: true, ..Config::default() }).await;
    have_profile(&plane, "ec2.amazonaws.com").await;
    let instance = plane.register(1).await;
    let mut agent = Agent::connect_with_profile(&mut plane, &instance, "web").await;
    let first = told(&mut agent).await;
    assert_eq!(first.profile_arn, "arn:aws:iam::123456789012:instance-profile/web");
    assert_eq!((first.profile_id.as_str(), first.role_name.as_str()), ("AIPAWEB", "host"));
    let given = first.role_credentials.clone().expect("EC2 may become the role");
    assert_eq!(given.expiration, "2027-01-15T14:00:00Z");
    let key = SessionCredential::key(&given.access_key_id);
    let stored = plane.record::<SessionCredential>(&key).await.expect("stored before it is sent");
    assert_eq!(stored.secret_access_key, given.secret_access_key);
    let session = format!("arn:aws:sts::123456789012:assumed-role/host/{}", instance.id);
    assert_eq!(stored.principal_arn, session);

    let mut next = Agent::connect_with_profile(&mut plane, &instance, "web").await;
    assert_eq!(told(&mut next).await, first, "a session after another does not make one each");

    let renewed = told(&mut next).await.role_credentials.expect("it still may");
    assert_eq!((plane.now() - BEGIN).0, Millis::from_s(5 * 3600).0, "an hour before the end");
    assert_ne!(renewed.access_key_id, given.access_key_id);
    assert!(plane.record::<SessionCredential>(&key).await.is_some(), "to its own end");
    plane.close().await;
}

#[tokio::test(start_paused = true)]
async fn a_profile_that_cannot_be_one_gives_nothing_and_ends_no_session() {
    let mut plane = Plane::start_with(Config::default()).await;
    let instance = plane.register(1).await;
    let mut agent = Agent::connect_with_profile(&mut plane, &instance, "a%2Fb").await;
    agent
        .until(|message| match message {
            FromPlane::InstanceCredentials(_) => panic!("there is no such profile"),
            FromPlane::Heartbeat(_) => Some(()),
            _ => None,
        })
        .await;
    plane.close().await;
}

#[tokio::test(start_paused = true)]
async fn a_role_that_does_not_trust_ec2_gives_nothing_until_it_does() {
    let mut plane = Plane::start_with(Config { checks_trust: true, ..Config::default() }).await;
    have_profile(&plane, "ecs-tasks.amazonaws.com").await;
    let instance = plane.register(1).await;
    let mut agent = Agent::connect_with_profile(&mut plane, &instance, "web").await;
    let refused = told(&mut agent).await;
    assert_eq!((refused.role_name.as_str(), refused.role_credentials), ("host", None));
    have_profile(&plane, "ec2.amazonaws.com").await;
    assert!(
        told(&mut agent).await.role_credentials.is_some(),
        "and it is said once, not each time"
    );
    plane.close().await;
}
