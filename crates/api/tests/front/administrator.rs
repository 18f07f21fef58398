//! The user that a store is opened up with.

use crate::plane::{Answer, Plane, Signer, clock};
use api::{auth::has_administrator, bootstrap_administrator};
use domain::{
    iam::{AccessKey, AccessKeyStatus, Administrator},
    id::AccountId,
    identity::{Entity, User},
    record::Record,
};
use serde_json::json;
use store::{Expect, Transaction};

const POLICY: &str = "arn:aws:iam::aws:policy/AdministratorAccess";
const ID: &str = "AKIAIOSFODNN7EXAMPLE";
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

fn account() -> AccountId {
    AccountId::parse("123456789012").expect("digits")
}

async fn start(plane: &Plane) -> Option<AccessKey> {
    bootstrap_administrator(&*plane.engine, &account(), clock()).await.expect("a store")
}

async fn user(plane: &Plane) -> Option<User> {
    let snapshot = plane.engine.snapshot().await.expect("a store");
    let found = snapshot.get::<User>(&User::key_of(&account(), "administrator"));
    found.expect("readable").map(|found| User::clone(&found.record))
}

async fn put<R: Record>(plane: &Plane, key: &domain::key::Key, record: R) {
    let mut writes = Transaction::new();
    writes.put(key, Expect::Any, record);
    plane.engine.commit(writes).await.expect("a commit");
}

/// What an earlier version left: the key, and that it was made.
async fn put_key_alone(plane: &Plane) {
    let key = AccessKey {
        id: ID.into(),
        secret: SECRET.into(),
        account: account(),
        principal_arn: "arn:aws:iam::123456789012:user/administrator".into(),
        status: AccessKeyStatus::Active,
        created_at: clock(),
    };
    put(plane, &AccessKey::key(ID), key).await;
    let first = Administrator { access_key_id: ID.into(), created_at: clock() };
    put(plane, &Administrator::key(), first).await;
}

/// A user of that name that somebody made, with a policy of little.
async fn put_somebody(plane: &Plane) {
    let user = json!({"name": "administrator", "path": "/", "id": "AIDASOMEBODY", "created_at": 0,
        "grants": {"attached": ["arn:aws:iam::aws:policy/AmazonECS_FullAccess"]}});
    let user: User = serde_json::from_value(user).expect("a user");
    put(plane, &User::key_of(&account(), "administrator"), user).await;
}

async fn iam(plane: &Plane, signer: &Signer, operation: &str, more: &str) -> Answer {
    let body = format!("Action={operation}&Version=2010-05-08{more}");
    plane.send(signer.request("iam", "", &body).as_bytes()).await
}

#[tokio::test]
async fn the_first_administrator_is_made_once() {
    let plane = Plane::guarded().await;
    let key = start(&plane).await.expect("the first time there is a key");
    assert!(key.id.starts_with("AKIA") && key.id.len() == 20 && key.secret.len() == 40, "{key:?}");
    assert_eq!(start(&plane).await, None);
    let signer = Signer::new(&key.id, &key.secret);
    let answer = plane.identity(&signer, |request| request).await;
    assert_eq!(answer.element("Arn"), "arn:aws:iam::123456789012:user/administrator");
    let user = user(&plane).await.expect("a user as every other");
    assert_eq!(answer.element("UserId"), user.name.id);
    assert_eq!((user.grants.attached, user.access_keys), (vec![POLICY.into()], vec![key.id]));
}

#[tokio::test]
async fn its_key_is_changed_by_the_api() {
    let plane = Plane::guarded().await;
    let first = start(&plane).await.expect("a key");
    let signer = Signer::new(&first.id, &first.secret);
    let told = iam(&plane, &signer, "GetUser", "").await;
    assert_eq!(told.element("UserId"), user(&plane).await.expect("a user").name.id);
    assert_eq!(iam(&plane, &signer, "ListAccessKeys", "").await.element("AccessKeyId"), first.id);
    let made = iam(&plane, &signer, "CreateAccessKey", "").await;
    let second = Signer::new(&made.element("AccessKeyId"), &made.element("SecretAccessKey"));
    let delete = format!("&AccessKeyId={}", first.id);
    assert_eq!(iam(&plane, &second, "DeleteAccessKey", &delete).await.status, 200);
    assert!(iam(&plane, &signer, "GetUser", "").await.fault().contains("InvalidClientTokenId"));
    assert_eq!(start(&plane).await, None);
    let user = user(&plane).await.expect("a user");
    assert_eq!(user.access_keys, [made.element("AccessKeyId")], "the first one does not come back");
}

#[tokio::test]
async fn a_key_of_an_earlier_version_gets_its_user_and_goes_on() {
    let plane = Plane::guarded().await;
    put_key_alone(&plane).await;
    let signer = Signer::new(ID, SECRET);
    let id = async || plane.identity(&signer, |request| request).await.element("UserId");
    let before = id().await;
    assert_eq!(start(&plane).await, None);
    let made = user(&plane).await.expect("a user");
    assert_eq!((made.name.id.as_str(), id().await), (before.as_str(), before.clone()));
    assert_eq!(
        (&made.grants.attached[..], &made.access_keys[..]),
        (&[POLICY.into()][..], &[ID.into()][..])
    );
    assert_eq!(iam(&plane, &signer, "GetUser", "").await.element("UserName"), "administrator");
    assert_eq!(start(&plane).await, None);
    assert_eq!(user(&plane).await, Some(made), "there is nothing left to do");
}

#[tokio::test]
async fn one_that_was_deleted_stays_away() {
    let plane = Plane::guarded().await;
    let key = start(&plane).await.expect("a key");
    let signer = Signer::new(&key.id, &key.secret);
    assert!(has_administrator(&*plane.engine, &account(), clock()).await.expect("a store"));
    let detach = format!("&UserName=administrator&PolicyArn={POLICY}");
    let refused = iam(&plane, &signer, "DeleteUser", "&UserName=administrator").await.fault();
    assert!(refused.contains("must delete access keys first"), "{refused}");
    // The last call that it may make takes its own key, the ones before everything else.
    let inline =
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#;
    let other = Signer::new(ID, SECRET);
    put_eve(&plane, inline).await;
    assert_eq!(iam(&plane, &other, "DetachUserPolicy", &detach).await.status, 200);
    let delete = format!("&UserName=administrator&AccessKeyId={}", key.id);
    assert_eq!(iam(&plane, &other, "DeleteAccessKey", &delete).await.status, 200);
    assert_eq!(iam(&plane, &other, "DeleteUser", "&UserName=administrator").await.status, 200);
    assert_eq!((start(&plane).await, user(&plane).await), (None, None));
    assert!(has_administrator(&*plane.engine, &account(), clock()).await.expect("a store"));
    let narrow = inline.replace(r#""Action":"*""#, r#""Action":"ecs:*""#);
    put_eve(&plane, &narrow).await;
    assert!(!has_administrator(&*plane.engine, &account(), clock()).await.expect("a store"));
}

/// Somebody else with a key and an inline policy.
async fn put_eve(plane: &Plane, document: &str) {
    let user = json!({"name": "eve", "path": "/", "id": "AIDAEVE", "created_at": 0,
        "grants": {"inline": {"own": document}}, "access_keys": [ID]});
    let user: User = serde_json::from_value(user).expect("a user");
    put(plane, &User::key_of(&account(), "eve"), user).await;
    let key = AccessKey {
        id: ID.into(),
        secret: SECRET.into(),
        account: account(),
        principal_arn: "arn:aws:iam::123456789012:user/eve".into(),
        status: AccessKeyStatus::Active,
        created_at: clock(),
    };
    put(plane, &AccessKey::key(ID), key).await;
}

#[tokio::test]
async fn who_is_an_administrator_has_an_active_key() {
    let plane = Plane::guarded().await;
    let key = start(&plane).await.expect("a key");
    let inactive = AccessKey { status: AccessKeyStatus::Inactive, ..key.clone() };
    put(&plane, &AccessKey::key(&key.id), inactive).await;
    assert!(!has_administrator(&*plane.engine, &account(), clock()).await.expect("a store"));
}

#[tokio::test]
async fn a_user_of_that_name_is_taken_as_it_is() {
    let ecs = "arn:aws:iam::aws:policy/AmazonECS_FullAccess";
    let plane = Plane::guarded().await;
    put_somebody(&plane).await;
    let key = start(&plane).await.expect("a key");
    let taken = user(&plane).await.expect("a user");
    assert_eq!(taken.name.id, "AIDASOMEBODY");
    assert_eq!(
        (taken.grants.attached, taken.access_keys),
        (vec![ecs.into(), POLICY.into()], vec![key.id])
    );
    // The key of an earlier version might no more than the user, and may no more now.
    let plane = Plane::guarded().await;
    put_key_alone(&plane).await;
    put_somebody(&plane).await;
    assert_eq!(start(&plane).await, None);
    let taken = user(&plane).await.expect("a user");
    assert_eq!((taken.grants.attached, taken.access_keys), (vec![ecs.into()], vec![ID.into()]));
}
