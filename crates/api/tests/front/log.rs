//! What is written to the log of a call, and what never is.

use crate::plane::{Plane, Signer};
use api::Mode;
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
