//! What the log says of each call: who, what, from where, whether they might, and how it ended.
//!
//! ```text
//! policies are enforced   `longshore::audit`, every call at info, so that it is seen unless somebody turns it off
//! they are not            `api::front`: what changes something at info, what only looks at debug
//! ```
//! What is wrong with us is at error in both. Must always hold: one line per call, and never a body, a secret, a token or a signature.

use crate::{authorize, caller::Caller};
use std::{net::SocketAddr, time::Duration};

/// Operations that begin so only look.
const READING: [&str; 4] = ["Describe", "Discover", "Get", "List"];

/// What is known of a call by the time it is answered.
#[derive(Default)]
pub(crate) struct Trace {
    /// Who is at the other end of the connection.
    pub(crate) peer: Option<SocketAddr>,
    /// What requests for the service are signed for, such as `ecs`.
    pub(crate) service: Option<&'static str>,
    /// The operation, as the client named it where it is none of ours.
    pub(crate) operation: Option<String>,
    /// Who calls, once that is believed.
    pub(crate) caller: Option<Caller>,
    /// Whose key was shown, where that was not believed.
    pub(crate) tried_key: Option<String>,
    /// Whether it came to asking what the caller may do.
    pub(crate) is_asked: bool,
}

/// How a call ended.
pub(crate) struct End<'a> {
    /// The HTTP status.
    pub(crate) status: u16,
    /// The fault's code, if there was one.
    pub(crate) code: Option<&'a str>,
    /// How long it took.
    pub(crate) took: Duration,
    /// What the client was told as the call's id.
    pub(crate) request_id: &'a str,
}

impl Trace {
    /// Whether the caller might do it: `allowed` also where the operation then refused it for what it said.
    fn decision(&self, code: &str) -> &'static str {
        match (&self.caller, self.is_asked) {
            _ if authorize::is_denial(code) && self.caller.is_some() => "denied",
            (Some(_), true) => "allowed",
            (Some(_), false) => "unread",
            (None, _) if self.operation.is_some() => "unauthenticated",
            (None, _) => "unread",
        }
    }

    /// Writes the line.
    pub(crate) fn log(&self, end: &End<'_>, enforces_policies: bool) {
        let End { status, took, request_id, .. } = *end;
        let service = self.service.unwrap_or("unknown");
        let operation = self.operation.as_deref().unwrap_or("unknown");
        let scope = self.caller.as_ref().map(|caller| &caller.scope);
        let account = scope.map_or("", |scope| scope.account.as_str());
        let region = scope.map_or("", |scope| scope.region.as_str());
        let caller = self.caller.as_ref().map_or("", |caller| caller.arn.as_str());
        let key = self.caller.as_ref().and_then(|caller| caller.access_key_id.as_deref());
        let access_key_id = key.or(self.tried_key.as_deref()).unwrap_or("");
        let source = self.peer.map(|peer| peer.to_string()).unwrap_or_default();
        let duration_ms = took.as_micros() as f64 / 1000.0;
        let code = end.code.unwrap_or("");
        let decision = self.decision(code);
        macro_rules! line {
            ($level:ident, $target:literal) => {
                tracing::$level!(
                    target: $target,
                    service,
                    operation,
                    account,
                    region,
                    caller,
                    access_key_id,
                    source,
                    decision,
                    status,
                    code,
                    duration_ms,
                    request_id,
                    "call"
                )
            };
        }
        let reads = READING.iter().any(|start| operation.starts_with(start));
        match (status, enforces_policies) {
            (500.., true) => line!(error, "longshore::audit"),
            (_, true) => line!(info, "longshore::audit"),
            (500.., false) => line!(error, "api::front"),
            (_, false) if reads => line!(debug, "api::front"),
            (_, false) => line!(info, "api::front"),
        }
    }
}
