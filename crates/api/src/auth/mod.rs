//! Who calls: from a request's signature to a caller.
//!
//! ```text
//! local   any signature is taken. Keys that the store knows are who they are; a key of twelve digits is the account of that number;
//!         any other key, and a request without a signature, is account 000000000000.
//! iam     the key must be one that the store knows, and the signature, its time and its scope must be right.
//! ```
//! Must always hold: in mode `iam` no caller comes out of a request that was not signed with the secret of a key that is valid now.
//! Secrets are compared in constant time and never logged.
//! Not here: what a caller may do; how signatures are made and taken apart (`wire::sigv4`).

mod administrator;
mod credential;

pub use administrator::{BootstrapError, bootstrap_administrator, has_administrator, issue_key};

use crate::{
    caller::{Caller, Peer},
    service::Clock,
};
use credential::Credential;
use domain::id::{AccountId, Region};
use http::request::Parts;
use std::sync::Arc;
use store::{Engine, ReadError};
use wire::{
    Fault,
    shape::{Protocol, Service},
    sigv4::{Claim, Denial, Message, Signed, SigningKey, claimed},
    tables::ecs,
};

/// Whom a request without a known key is taken for in mode `local`.
const LOCAL_ACCOUNT: &str = "000000000000";

/// Where a request is taken to be for that does not say.
const DEFAULT_REGION: &str = "us-east-1";

/// The region of records that belong to no region; no request may be for it.
const NO_REGION: &str = "aws-global";

/// How signatures are treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Any is taken.
    Local,
    /// Each is verified.
    Iam,
}

/// For what a request is signed, and in which form a refusal is told.
#[derive(Clone, Copy, Debug)]
pub struct Purpose {
    /// The service that the signature must be for.
    pub service: &'static Service,
    /// The protocol that is spoken.
    pub protocol: Protocol,
}

impl Purpose {
    /// An agent's websocket: signed for ECS, refused as ECS refuses.
    pub const LINK: Self = Self { service: &ecs::SERVICE, protocol: Protocol::AwsJson11 };
}

/// The host and port that the client used: HTTP/2 has it in the URI, HTTP/1.1 in a header.
fn reached_at(head: &Parts) -> Option<String> {
    let header = || text(head, http::header::HOST);
    head.uri.authority().map(http::uri::Authority::as_str).or_else(header).map(str::to_owned)
}

fn text(head: &Parts, header: http::header::HeaderName) -> Option<&str> {
    head.headers.get(header)?.to_str().ok()
}

/// Finds out who calls.
#[derive(Clone)]
pub struct Authenticator {
    mode: Mode,
    engine: Arc<dyn Engine>,
    clock: Clock,
}

impl Authenticator {
    /// That finds keys in `engine`, at the time of `clock`.
    pub fn new(mode: Mode, engine: Arc<dyn Engine>, clock: Clock) -> Self {
        Self { mode, engine, clock }
    }

    /// The caller of the request with this head and body. An upgrade to a websocket has an empty body.
    ///
    /// # Errors
    /// Why the request is not believed.
    pub async fn authenticate(
        &self,
        head: &Parts,
        body: &[u8],
        purpose: Purpose,
    ) -> Result<Caller, Fault> {
        let found = match self.mode {
            Mode::Local => self.take_for(head).await,
            Mode::Iam => self.verify(head, body, purpose).await,
        };
        let source = head.extensions.get::<Peer>().map(|peer| peer.0.ip());
        let user_agent = text(head, http::header::USER_AGENT).map(str::to_owned);
        let reached_at = reached_at(head);
        let found = found.map(|caller| Caller { reached_at, source, user_agent, ..caller });
        found.map_err(|refusal| match refusal {
            Refusal::Denied(denial) => denial.fault(purpose.protocol),
            Refusal::Unreadable(error) => {
                tracing::error!(error = &error as &dyn std::error::Error, "look an access key up");
                let message = "The access key cannot be looked up; the server's log says why.";
                Fault::receiver("InternalFailure", message).with_status(500)
            }
        })
    }

    /// Whom a request that is not verified is taken for.
    async fn take_for(&self, head: &Parts) -> Result<Caller, Refusal> {
        let account = |text: &str| AccountId::parse(text).expect("twelve digits");
        let Some(claim) = claimed(&head.headers, head.uri.query().unwrap_or_default()) else {
            let region = Region::parse(DEFAULT_REGION).expect("a region");
            return Ok(Caller::root(account(LOCAL_ACCOUNT), region));
        };
        let region = region_of(&claim)?;
        let root = |account| Caller {
            access_key_id: Some(claim.access_key_id.clone()),
            ..Caller::root(account, region.clone())
        };
        if let Ok(account) = AccountId::parse(claim.access_key_id.as_str()) {
            return Ok(root(account));
        }
        match Credential::find(&self.engine.snapshot().await?, &claim.access_key_id)? {
            None => Ok(root(account(LOCAL_ACCOUNT))),
            Some(credential) => {
                credential.check_valid((self.clock)())?;
                Ok(credential.caller(region))
            }
        }
    }

    async fn verify(&self, head: &Parts, body: &[u8], purpose: Purpose) -> Result<Caller, Refusal> {
        let signed = Signed::read(&head.headers, head.uri.query().unwrap_or_default())?;
        let region = region_of(&signed.claim)?;
        let snapshot = self.engine.snapshot().await?;
        let credential = Credential::find(&snapshot, &signed.claim.access_key_id)?;
        let credential = credential.ok_or(Denial::UnknownKey)?;
        let now = (self.clock)();
        credential.check_token(signed.session_token.as_deref())?;
        let key = SigningKey::derive(credential.secret(), &signed.claim);
        signed.verify(&Message::of(head, body), &key, now.0)?;
        // Only who has the secret is told more than that it is wrong.
        let service = purpose.service.signing_name;
        if signed.claim.service != service {
            let text = format!("Credential should be scoped to correct service: '{service}'.");
            return Err(Denial::Scope(text).into());
        }
        credential.check_valid(now)?;
        if credential.is_orphan(&snapshot)? {
            return Err(Denial::UnknownKey.into());
        }
        Ok(credential.caller(region))
    }
}

fn region_of(claim: &Claim) -> Result<Region, Denial> {
    let region =
        Region::parse(claim.region.as_str()).ok().filter(|region| region.as_str() != NO_REGION);
    let invalid =
        || format!("Credential should be scoped to a valid region, not '{}'.", claim.region);
    region.ok_or_else(|| Denial::Scope(invalid()))
}

/// Why there is no caller.
#[derive(Debug)]
enum Refusal {
    Denied(Denial),
    Unreadable(ReadError),
}

impl From<Denial> for Refusal {
    fn from(denial: Denial) -> Self {
        Self::Denied(denial)
    }
}

impl From<ReadError> for Refusal {
    fn from(error: ReadError) -> Self {
        Self::Unreadable(error)
    }
}
