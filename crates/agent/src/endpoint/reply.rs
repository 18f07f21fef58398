//! Requests and replies as values.

use serde::Serialize;
use serde_json::{Value as Json, json};

/// A request, as far as the endpoints look at it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Request {
    /// Such as `GET`.
    pub(crate) method: String,
    /// Without its query.
    pub(crate) path: String,
    /// Without the `?`; empty if there is none.
    pub(crate) query: String,
    /// Of a PUT.
    pub(crate) body: Vec<u8>,
    /// By name in lower case: those that the endpoints look at.
    pub(crate) headers: Vec<(String, String)>,
}

impl Request {
    /// The value of a query parameter.
    pub(super) fn parameter(&self, name: &str) -> Option<String> {
        wire::codec::form::pairs(&self.query)
            .find(|(found, _)| found.as_ref() as &str == name)
            .map(|(_, value)| value.to_string())
    }

    /// The value of a header; its name in lower case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }
}

/// A reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reply {
    /// The HTTP status.
    pub(crate) status: u16,
    /// `application/json` or `text/plain`.
    pub(crate) content_type: &'static str,
    /// The body.
    pub(crate) body: Vec<u8>,
    /// For the audit line of a request for credentials: the task or role whose they are, where there are any.
    pub(crate) audit: Option<String>,
    /// Further headers.
    pub(crate) headers: Vec<(&'static str, String)>,
}

impl Reply {
    /// JSON.
    pub(super) fn json(status: u16, body: &impl Serialize) -> Self {
        Self {
            status,
            content_type: "application/json",
            body: serde_json::to_vec(body).expect("plain data with text keys has a JSON form"),
            audit: None,
            headers: Vec::new(),
        }
    }

    /// A JSON text, which is how metadata endpoints say what is wrong.
    pub(super) fn words(status: u16, text: impl Into<String>) -> Self {
        Self::json(status, &Json::String(text.into()))
    }

    /// The same as the last one on its connection: what else was asked on it is not read.
    pub(super) fn and_close(mut self) -> Self {
        self.headers.push(("connection", "close".to_owned()));
        self
    }

    /// Plain text.
    pub(super) fn text(status: u16, text: impl Into<String>) -> Self {
        let body = text.into().into_bytes();
        Self { status, content_type: "text/plain", body, audit: None, headers: Vec::new() }
    }

    /// How the credentials endpoint says what is wrong.
    pub(super) fn refusal(status: u16, code: &str, message: &str) -> Self {
        Self::json(status, &json!({ "code": code, "message": message, "HTTPErrorCode": status }))
    }
}
