//! What is written to the log of a call, and what never is.

use crate::plane::{Plane, Signer, clock};
use api::{Mode, bootstrap_administrator};
use domain::id::AccountId;
use std::{
    io::Write,
    sync::{Arc, Mutex, PoisonError},
};
use tracing_subscriber::fmt::MakeWriter;

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Lines {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap_or_else(PoisonError::into_inner).clone())
            .expect("text")
    }
}

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Lines {
    type Writer = Self;
    fn make_writer(&self) -> Self {
        self.clone()
    }
}

/// The administrator of a region that enforces policies, somebody without a policy, somebody without a key, and something that cannot be
/// read: each call is a line that says who, what, from where, and whether they might.
#[tokio::test]
async fn where_policies_are_enforced_every_call_is_audited() {
    let lines = Lines::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::INFO)
        .with_ansi(false)
        .with_writer(lines.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let plane = Plane::guarded().await;
    let account = AccountId::parse("123456789012").expect("digits");
    let administrator = bootstrap_administrator(&*plane.engine, &account, clock()).await;
    let administrator = administrator.expect("a store").expect("the first one");
    let nobody = format!("arn:aws:iam::{account}:user/nobody");
    let nobody = api::auth::issue_key(&*plane.engine, &account, &nobody, clock()).await;
    let nobody = nobody.expect("a key");
    let (may, may_not) = (
        Signer::new(&administrator.id, &administrator.secret),
        Signer::new(&nobody.id, &nobody.secret),
    );
    let wrong = Signer::new(&administrator.id, "wrong");
    let answers = [
        plane.signed(&may, "ListClusters", "{}").await,
        plane.signed(&may_not, "ListClusters", "{}").await,
        plane.signed(&wrong, "ListClusters", "{}").await,
        plane.signed(&may, "ListClusters", "{").await,
        plane.signed(&may, "DeleteCluster", r#"{"cluster": "none"}"#).await,
    ];
    let text = lines.text();
    let calls: Vec<&str> =
        text.lines().filter(|it| it.contains("longshore::audit: call ")).collect();
    assert_eq!(calls.len(), answers.len(), "{text}");
    let (known, other) = (administrator.id.as_str(), nobody.id.as_str());
    let expected = [
        ("allowed", "user/administrator", "200", ""),
        ("denied", "user/nobody", "400", "AccessDeniedException"),
        ("unauthenticated", "", "400", "InvalidSignatureException"),
        ("unread", "user/administrator", "400", "SerializationException"),
        ("allowed", "user/administrator", "400", "ClusterNotFoundException"),
    ];
    let keys = [known, other, known, known, known];
    let calls = calls.iter().zip(&answers).zip(expected).zip(keys);
    for (((line, answer), (decision, who, status, code)), key) in calls {
        let request_id = answer.header("x-amzn-requestid");
        for word in [
            " INFO ".to_owned(),
            format!("decision=\"{decision}\""),
            format!("status={status} code=\"{code}\""),
            "service=\"ecs\"".to_owned(),
            "source=\"127.0.0.1:".to_owned(),
            format!("request_id=\"{request_id}\""),
        ] {
            assert!(line.contains(&word), "{word} in {line}");
        }
        let caller = format!("{who}\" access_key_id=\"{key}\"");
        assert!(line.contains(&caller), "{caller} in {line}");
    }
    assert!(!text.contains(&administrator.secret) && !text.contains("Signature="), "{text}");
}

#[tokio::test]
async fn a_call_is_one_line_without_secrets() {
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(writer)
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let plane = Plane::new(Mode::Local).await;
    let signer =
        Signer { token: Some("session-hush".into()), ..Signer::new("123456789012", "secret-hush") };
    let body = r#"{"clusterName": "web", "tags": [{"key": "password", "value": "body-hush"}]}"#;
    let created = plane.signed(&signer, "CreateCluster", body).await;
    let malformed = plane.signed(&signer, "ListClusters", "{").await;
    let text = lines.text();
    let calls: Vec<&str> = text.lines().filter(|line| line.contains("api::front: call ")).collect();
    assert_eq!(calls.len(), 2, "{text}");
    for (line, answer, words) in [
        (calls[0], &created, ["INFO", "operation=\"CreateCluster\"", "status=200"]),
        (
            calls[1],
            &malformed,
            ["DEBUG", "operation=\"ListClusters\"", "code=\"SerializationException\""],
        ),
    ] {
        for word in words {
            assert!(line.contains(word), "{word} in {line}");
        }
        for word in [
            "account=\"123456789012\"",
            "region=\"us-east-1\"",
            "caller=\"arn:aws:iam::123456789012:root\"",
            "duration_ms=",
        ] {
            assert!(line.contains(word), "{word} in {line}");
        }
        assert!(
            line.contains(&format!("request_id=\"{}\"", answer.header("x-amzn-requestid"))),
            "{line}"
        );
    }
    assert!(!text.contains("hush") && !text.contains("Signature="), "{text}");
}
