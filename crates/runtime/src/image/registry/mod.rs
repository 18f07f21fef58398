//! A client of the OCI distribution protocol: documents and layers of a repository, from its registry or a mirror.
//!
//! Invariants: a document is returned only when its digest is right; a layer's bytes are counted against what the manifest says; every try is bounded in
//! time, and tries in number.
//! Not here: what to do with them (`pull`). Read next: `endpoint` (whom to ask), `transport` (how), `session` (as whom), `blob` (layers).

pub mod auth;
pub(super) mod blob;
pub mod endpoint;
mod session;
mod transport;

use super::content::DOCUMENT_BYTES_MAX;
use super::digest::Digest;
use super::error::ImageError;
use super::manifest::ACCEPTED;
use super::reference::Reference;
use auth::Credentials;
use bytes::Bytes;
use endpoint::{Patience, RegistryOptions};
use http::{Method, StatusCode};
use session::{Refusal, Session};
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;
use transport::{Hope, Transport};

/// Where a registry tells the digest of what it serves.
const CONTENT_DIGEST: &str = "docker-content-digest";

/// Connections to all registries.
#[derive(Debug)]
pub(super) struct Registries {
    transport: Arc<Transport>,
}

/// One image's repository, wherever it is served.
#[derive(Debug)]
pub(super) struct Repository {
    /// For messages.
    image: String,
    sessions: Vec<Session>,
}

impl Registries {
    pub(super) fn new(options: RegistryOptions) -> Result<Self, ImageError> {
        let transport = Transport::new(Arc::new(options))
            .map_err(|error| ImageError::malformed("the registry options", chain(&error)))?;
        Ok(Self { transport: Arc::new(transport) })
    }

    /// The repository of a reference, asked as `credentials`.
    pub(super) fn repository(
        &self,
        reference: &Reference,
        credentials: Option<&Credentials>,
    ) -> Repository {
        let endpoints = self.transport.options().endpoints(reference.registry());
        let session = |endpoint| {
            Session::new(
                Arc::clone(&self.transport),
                endpoint,
                reference.repository(),
                credentials.cloned(),
            )
        };
        Repository {
            image: reference.familiar(),
            sessions: endpoints.into_iter().map(session).collect(),
        }
    }
}

impl Repository {
    /// The image, for messages.
    pub(super) fn image(&self) -> &str {
        &self.image
    }

    /// What a tag or digest means now; none where the registry does not say without sending it all.
    pub(super) async fn head(&self, target: &str) -> Result<Option<Digest>, ImageError> {
        let question = Question {
            method: Method::HEAD,
            what: format!("manifests/{target}"),
            accept: ACCEPTED,
            wanted: None,
        };
        Ok(self.ask(&question).await?.said)
    }

    /// A manifest or index, by tag or digest.
    pub(super) async fn manifest(&self, target: &str) -> Result<(Digest, Bytes), ImageError> {
        let wanted = Digest::parse(target).ok();
        let question = Question {
            method: Method::GET,
            what: format!("manifests/{target}"),
            accept: ACCEPTED,
            wanted,
        };
        let answer = self.ask(&question).await?;
        Ok((Digest::of(&answer.bytes), answer.bytes))
    }

    /// A small blob.
    pub(super) async fn blob_document(
        &self,
        digest: Digest,
        size: u64,
    ) -> Result<Bytes, ImageError> {
        if size > DOCUMENT_BYTES_MAX {
            let why = format!("it has {size} bytes, at most {DOCUMENT_BYTES_MAX} are read");
            return Err(ImageError::malformed(format!("configuration of `{}`", self.image), why));
        }
        let question = Question {
            method: Method::GET,
            what: format!("blobs/{digest}"),
            accept: "*/*",
            wanted: Some(digest),
        };
        Ok(self.ask(&question).await?.bytes)
    }

    /// Asks every host in order, each until it answers or patience ends. The last host is the registry itself: what it says is the answer.
    async fn ask(&self, question: &Question) -> Result<Answer, ImageError> {
        let (own, mirrors) = self.sessions.split_last().expect("a registry has a host");
        for mirror in mirrors {
            match self.ask_one(mirror, question).await {
                Err(error) => {
                    tracing::info!(mirror = mirror.endpoint.host, image = self.image, %error, "mirror passed over")
                }
                done => return done,
            }
        }
        self.ask_one(own, question).await
    }

    async fn ask_one(&self, session: &Session, question: &Question) -> Result<Answer, ImageError> {
        let mut tries = self.tries(session);
        loop {
            match self.ask_once(session, question).await {
                Ok(done) => return done,
                Err(refusal) => {
                    tries.wait(refusal).await.map_err(|refusal| self.error(session, refusal))?
                }
            }
        }
    }

    /// The inner error is about the answer's bytes: asking again would not change them.
    async fn ask_once(
        &self,
        session: &Session,
        question: &Question,
    ) -> Result<Result<Answer, ImageError>, Refusal> {
        let Question { method, what, accept, wanted } = question;
        let response = session.get(method.clone(), what, accept, 0).await?;
        let said = response
            .headers()
            .get(CONTENT_DIGEST)
            .and_then(|value| Digest::parse(value.to_str().ok()?).ok());
        if *method == Method::HEAD {
            return Ok(Ok(Answer { said, bytes: Bytes::new() }));
        }
        let bytes = session.body(response, DOCUMENT_BYTES_MAX).await?;
        let actual = Digest::of(&bytes);
        match wanted.or(said) {
            Some(wanted) if wanted != actual => Ok(Err(ImageError::DigestMismatch {
                what: format!("`{what}` of `{}`", self.image),
                wanted,
                actual,
            })),
            _ => Ok(Ok(Answer { said, bytes })),
        }
    }

    /// A mirror is asked once: the registry stands behind it.
    fn tries<'a>(&self, session: &'a Session) -> Tries<'a> {
        let patience = session.transport().patience();
        Tries {
            patience,
            left: if session.endpoint.takes_credentials { patience.tries } else { 1 },
            wait: patience.first_wait,
        }
    }

    /// A refusal in the words of a pull.
    fn error(&self, session: &Session, refusal: Refusal) -> ImageError {
        let (image, registry) = (self.image.clone(), session.endpoint.host.clone());
        match refusal {
            Refusal::NoAnswer(_, source) => ImageError::Transport { image, registry, source },
            Refusal::Final { status: StatusCode::NOT_FOUND, text } => {
                ImageError::Absent { image, text }
            }
            // Without credentials a registry does not tell what is hidden from what is not there.
            Refusal::Final { status: StatusCode::UNAUTHORIZED, text }
                if !session.has_credentials() =>
            {
                ImageError::Absent { image, text }
            }
            Refusal::Final { status: StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN, text } => {
                ImageError::Denied { image, registry, text }
            }
            Refusal::Final { status, text } | Refusal::Later { status, text, .. } => {
                ImageError::Answer { image, registry, status: status.as_u16(), text }
            }
        }
    }
}

/// A small document that is asked for.
struct Question {
    method: Method,
    /// Below the repository.
    what: String,
    accept: &'static str,
    wanted: Option<Digest>,
}

/// What came.
struct Answer {
    /// The digest that the registry says it has.
    said: Option<Digest>,
    bytes: Bytes,
}

/// Waits between tries, each time twice as long.
struct Tries<'a> {
    patience: &'a Patience,
    left: u32,
    wait: Duration,
}

impl Tries<'_> {
    /// Waits where another try makes sense; gives the refusal back where it does not.
    async fn wait(&mut self, refusal: Refusal) -> Result<(), Refusal> {
        let (asked, cost) = match &refusal {
            Refusal::Final { .. } | Refusal::NoAnswer(Hope::None, _) => return Err(refusal),
            Refusal::Later { after, .. } => (*after, 1),
            Refusal::NoAnswer(Hope::Good, _) => (None, 1),
            Refusal::NoAnswer(Hope::Little, _) => (None, 2),
        };
        self.left = self.left.saturating_sub(cost);
        if self.left == 0 {
            return Err(refusal);
        }
        let wait = asked.unwrap_or(self.wait).min(self.patience.wait_max);
        tracing::debug!(?refusal, wait_ms = wait.as_millis(), "will ask the registry again");
        self.wait *= 2;
        tokio::time::sleep(wait).await;
        Ok(())
    }
}

/// An error and its causes in one line.
fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        next = cause.source();
    }
    text
}
