//! Who is believed to be whom.

use crate::plane::{Plane, Signer, clock};
use api::Mode;
use domain::{
    iam::{AccessKey, AccessKeyStatus, SessionCredential},
    id::AccountId,
    identity::{Entity, Grants, Name, Role, User},
    record::Record,
    time::Millis,
};
use serde_json::json;
use store::{Expect, Transaction};

const ID: &str = "AKIAIOSFODNN7EXAMPLE";
const SESSION_ID: &str = "ASIAIOSFODNN7EXAMPLE";
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const TOKEN: &str = "a-session-token";
const ADA: &str = "arn:aws:iam::123456789012:user/ada";
const SESSION: &str = "arn:aws:sts::123456789012:assumed-role/web/0123";

async fn put<R: Record>(plane: &Plane, key: &domain::key::Key, record: R) {
    let mut writes = Transaction::new();
    writes.put(key, Expect::Any, record);
    plane.engine.commit(writes).await.expect("a commit");
}

async fn put_key(plane: &Plane, status: AccessKeyStatus) {
    let key = AccessKey {
        id: ID.into(),
        secret: SECRET.into(),
        account: AccountId::parse("123456789012").expect("digits"),
        principal_arn: ADA.into(),
        status,
        created_at: clock(),
    };
    put(plane, &AccessKey::key(ID), key).await;
}

fn account() -> AccountId {
    AccountId::parse("123456789012").expect("digits")
}

/// The role `web` with an id of IAM's.
fn role(id: &str) -> Role {
    let name = Name {
        name: "web".into(),
        path: "/".into(),
        id: id.into(),
        created_at: clock(),
        tags: Vec::new(),
    };
    let (grants, trust) = (Grants::default(), String::new());
    Role { name, grants, trust, description: None, session_max_s: 3600, service: None }
}

async fn put_session(plane: &Plane, valid_for: Millis) -> Signer {
    put_session_of(plane, SESSION, valid_for).await
}

async fn put_session_of(plane: &Plane, principal: &str, valid_for: Millis) -> Signer {
    let session = SessionCredential {
        access_key_id: SESSION_ID.into(),
        secret_access_key: SECRET.into(),
        session_token: TOKEN.into(),
        account: AccountId::parse("123456789012").expect("digits"),
        principal_arn: principal.into(),
        role_arn: "arn:aws:iam::123456789012:role/web".into(),
        role_id: Some("AROAWEB".into()),
        policies: Vec::new(),
        tags: Vec::new(),
        transitive_tag_keys: Vec::new(),
        source_identity: None,
        issued_at: clock(),
        expires_at: clock() + valid_for,
    };
    put(plane, &SessionCredential::key(SESSION_ID), session).await;
    put(plane, &Role::key_of(&account(), "web"), role("AROAWEB")).await;
    Signer { token: Some(TOKEN.into()), ..Signer::new(SESSION_ID, SECRET) }
}

/// The caller's ARN, or the fault.
async fn arn(plane: &Plane, signer: &Signer) -> String {
    let answer = plane.identity(signer, |request| request).await;
    if answer.status == 200 { answer.element("Arn") } else { answer.fault() }
}

#[tokio::test]
async fn locally_a_key_of_twelve_digits_is_an_account() {
    let plane = Plane::new(Mode::Local).await;
    let root = |account: &str| format!("arn:aws:iam::{account}:root");
    assert_eq!(arn(&plane, &Signer::new("123456789012", "any")).await, root("123456789012"));
    for id in ["test", ID, "a/b", "12345678901", "1234567890123"] {
        assert_eq!(arn(&plane, &Signer::new(id, "any")).await, root("000000000000"), "{id}");
    }
}

#[tokio::test]
async fn locally_a_session_that_was_handed_out_is_who_it_is() {
    let plane = Plane::new(Mode::Local).await;
    let signer = put_session(&plane, Millis::from_s(1)).await;
    assert_eq!(arn(&plane, &signer).await, SESSION);
    let answer = plane.identity(&signer, |request| request).await;
    assert!(
        answer.element("UserId").starts_with("AROA") && answer.element("UserId").ends_with(":0123")
    );
    let mut gone = Transaction::new();
    gone.delete(&Role::key_of(&account(), "web"), Expect::Any);
    plane.engine.commit(gone).await.expect("a commit");
    let id = async || plane.identity(&signer, |request| request).await.element("UserId");
    let without = id().await;
    assert!(without.starts_with("AROA") && without.ends_with(":0123"), "without its role");
    assert_eq!(id().await, without, "the same at each call");
    put_session(&plane, Millis(0)).await;
    assert_eq!(
        arn(&plane, &signer).await,
        "403 ExpiredToken: The security token included in the request is expired"
    );
}

/// A user's session is the user, and a role's session is the role and the session, by the ids that IAM gave both.
#[tokio::test]
async fn callers_have_the_ids_that_iam_gave_them() {
    let plane = Plane::new(Mode::Iam).await;
    put_key(&plane, AccessKeyStatus::Active).await;
    let ada = Signer::new(ID, SECRET);
    let session = put_session(&plane, Millis::from_s(1)).await;
    let user_id = async |signer| plane.identity(signer, |request| request).await.element("UserId");
    let without = user_id(&ada).await;
    assert!(without.starts_with("AIDA"), "without a record");
    assert_eq!(user_id(&ada).await, without, "the same at each call");
    let account = AccountId::parse("123456789012").expect("digits");
    let name = |name: &str, id: &str| json!({"name": name, "path": "/", "id": id, "created_at": 0});
    let user: User = serde_json::from_value(name("ada", "AIDAADA")).expect("a user");
    put(&plane, &User::key_of(&account, "ada"), user).await;
    let mut role = name("web", "AROAWEB");
    (role["trust"], role["session_max_s"]) = (json!(""), json!(3600));
    let role: Role = serde_json::from_value(role).expect("a role");
    put(&plane, &Role::key_of(&account, "web"), role).await;
    assert_eq!(user_id(&ada).await, "AIDAADA");
    assert_eq!(user_id(&session).await, "AROAWEB:0123");
    put_session_of(&plane, ADA, Millis::from_s(1)).await;
    assert_eq!(user_id(&session).await, "AIDAADA");
}

#[tokio::test]
async fn accounts_and_regions_see_their_own_clusters() {
    let plane = Plane::new(Mode::Local).await;
    let here = Signer::new("123456789012", "any");
    let there = Signer { region: "eu-west-1".into(), ..here.clone() };
    let other = Signer::new("210987654321", "any");
    assert_eq!(plane.signed(&here, "CreateCluster", "{}").await.status, 200);
    for (signer, count) in [(&here, 1), (&there, 0), (&other, 0)] {
        let list = plane.signed(signer, "ListClusters", "{}").await.json();
        assert_eq!(list["clusterArns"].as_array().map(Vec::len), Some(count));
    }
}

#[tokio::test]
async fn no_request_is_for_a_region_that_is_none() {
    for mode in [Mode::Local, Mode::Iam] {
        let plane = Plane::new(mode).await;
        put_key(&plane, AccessKeyStatus::Active).await;
        for region in ["aws-global", "US_EAST", "a.b", ""] {
            let signer = Signer { region: region.into(), ..Signer::new(ID, SECRET) };
            let fault = plane.signed(&signer, "ListClusters", "{}").await.fault();
            assert!(
                fault.starts_with(
                    "400 InvalidSignatureException: Credential should be scoped to a valid region"
                ),
                "{fault}"
            );
        }
    }
}

#[tokio::test]
async fn a_right_signature_is_believed() {
    let plane = Plane::new(Mode::Iam).await;
    put_key(&plane, AccessKeyStatus::Active).await;
    assert_eq!(arn(&plane, &Signer::new(ID, SECRET)).await, ADA);
    assert_eq!(plane.signed(&Signer::new(ID, SECRET), "CreateCluster", "{}").await.status, 200);
    let signer = put_session(&plane, Millis::from_s(1)).await;
    assert_eq!(arn(&plane, &signer).await, SESSION);
}

#[tokio::test]
async fn everything_else_is_refused_in_aws_s_words() {
    let plane = Plane::new(Mode::Iam).await;
    put_key(&plane, AccessKeyStatus::Active).await;
    let right = Signer::new(ID, SECRET);
    let fault = |signer: Signer| {
        let plane = &plane;
        async move {
            let json = plane.signed(&signer, "ListClusters", "{}").await.fault();
            let xml = plane.identity(&signer, |request| request).await.fault();
            let code = |fault: &str| fault.split(':').next().unwrap_or_default().to_owned();
            (code(&json), code(&xml), json)
        }
    };
    let invalid = "The security token included in the request is invalid.";
    let unknown = ("400 UnrecognizedClientException", "403 InvalidClientTokenId");
    for signer in [
        Signer::new("AKIANOBODY0000000000", SECRET),
        Signer::new("123456789012", SECRET),
        Signer::new("a/b", SECRET),
        Signer { token: Some(TOKEN.into()), ..right.clone() },
    ] {
        let (json, xml, text) = fault(signer).await;
        assert_eq!((json.as_str(), xml.as_str()), unknown);
        assert!(text.ends_with(invalid), "{text}");
    }
    let mismatch = ("400 InvalidSignatureException", "403 SignatureDoesNotMatch");
    for (signer, words) in [
        (Signer::new(ID, "another secret"), "does not match the signature you provided"),
        (Signer { late_ms: 16 * 60_000, ..right.clone() }, "Signature expired"),
        (Signer { late_ms: -16 * 60_000, ..right.clone() }, "Signature not yet current"),
        (Signer { service: Some("s3".into()), ..right.clone() }, "correct service: 'ecs'"),
    ] {
        let (json, xml, text) = fault(signer).await;
        assert_eq!((json.as_str(), xml.as_str()), mismatch);
        assert!(text.contains(words), "{text}");
    }
    put_key(&plane, AccessKeyStatus::Inactive).await;
    assert_eq!(fault(right).await.0, unknown.0);
}

#[tokio::test]
async fn a_session_needs_its_token_and_its_time() {
    let plane = Plane::new(Mode::Iam).await;
    let right = put_session(&plane, Millis::from_s(1)).await;
    let without = Signer { token: None, ..right.clone() };
    let other = Signer { token: Some("another-token00".into()), ..right.clone() };
    for signer in [without, other] {
        assert!(arn(&plane, &signer).await.starts_with("403 InvalidClientTokenId: "));
    }
    put_session(&plane, Millis(0)).await;
    assert!(arn(&plane, &right).await.starts_with("403 ExpiredToken: "));
}

#[tokio::test]
async fn a_session_ends_with_the_role_that_it_is_of() {
    let plane = Plane::new(Mode::Iam).await;
    let signer = put_session(&plane, Millis::from_s(1)).await;
    let key = Role::key_of(&account(), "web");
    put(&plane, &key, role("AROAOTHER")).await;
    assert!(
        arn(&plane, &signer).await.starts_with("403 InvalidClientTokenId: "),
        "of its name only"
    );
    let mut writes = Transaction::new();
    writes.delete(&key, Expect::Any);
    plane.engine.commit(writes).await.expect("a commit");
    assert!(arn(&plane, &signer).await.starts_with("403 InvalidClientTokenId: "));
    put(&plane, &key, role("AROAWEB")).await;
    assert_eq!(arn(&plane, &signer).await, SESSION);
}

#[tokio::test]
async fn a_request_that_was_changed_on_the_way_is_not_believed() {
    let plane = Plane::new(Mode::Iam).await;
    put_key(&plane, AccessKeyStatus::Active).await;
    let signer = Signer::new(ID, SECRET);
    let request = signer.request("ecs", "ListClusters", r#"{"maxResults":1}"#);
    assert_eq!(plane.send(request.as_bytes()).await.status, 200);
    for (from, to) in [
        ("\":1}", "\":2}"),
        ("ListClusters", "DeleteCluster"),
        ("20261201T1000", "20261201T1001"),
        ("POST / ", "POST /a "),
    ] {
        let changed = request.replacen(from, to, 1);
        assert_ne!(changed, request);
        let fault = plane.send(changed.as_bytes()).await.fault();
        assert!(fault.starts_with("400 InvalidSignatureException: "), "{to}: {fault}");
    }
    let unsigned = plane.ecs("ListClusters", "{}").await.fault();
    assert!(unsigned.starts_with("400 MissingAuthenticationTokenException: "), "{unsigned}");
    for header in [
        "Authorization: AWS4-HMAC-SHA256\r\n",
        "Authorization: Basic YTpi\r\n",
        "Authorization: \r\n",
    ] {
        let fault =
            plane.send(&crate::plane::ecs_request("ListClusters", header, "{}")).await.fault();
        assert!(fault.starts_with("400 IncompleteSignatureException: "), "{header}: {fault}");
    }
}

#[tokio::test]
async fn agents_open_their_link_with_a_signature_for_ecs() {
    let plane = Plane::new(Mode::Iam).await;
    put_key(&plane, AccessKeyStatus::Active).await;
    let credentials = wire::sigv4::Credentials {
        access_key_id: ID.into(),
        secret_access_key: SECRET.into(),
        session_token: None,
    };
    let head = |service: &str| {
        let request = http::Request::get("/acs/ws?clusterArn=a")
            .header("host", "localhost")
            .header("upgrade", "websocket");
        let (mut head, ()) = request.body(()).expect("a request").into_parts();
        wire::sigv4::sign(&mut head, b"", &credentials, "us-east-1", service, clock().0);
        head
    };
    let caller = plane.front.authenticate_agent(&head("ecs"), "ecs:Poll").await.expect("a caller");
    assert_eq!((caller.arn.as_str(), caller.scope.region.as_str()), (ADA, "us-east-1"));
    let refused =
        plane.front.authenticate_agent(&head("s3"), "ecs:Poll").await.expect_err("a fault");
    assert_eq!(refused.code, "InvalidSignatureException");
}

#[tokio::test]
async fn registered_by_is_who_called() {
    let plane = Plane::new(Mode::Iam).await;
    put_key(&plane, AccessKeyStatus::Active).await;
    let container = json!({"name": "a", "image": "nginx", "memory": 64});
    let body = json!({"family": "web", "containerDefinitions": [container]}).to_string();
    let reply =
        plane.signed(&Signer::new(ID, SECRET), "RegisterTaskDefinition", &body).await.json();
    assert_eq!(reply["taskDefinition"]["registeredBy"], ADA);
}
