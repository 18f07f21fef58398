//! The canonical request: what both sides make of a message before they sign it.

use std::borrow::Cow;

use http::HeaderMap;
use http::request::Parts;

use crate::codec::form;

/// The parts of a request that a signature covers.
#[derive(Clone, Copy, Debug)]
pub struct Message<'m> {
    /// The HTTP method.
    pub method: &'m str,
    /// The path as it was sent.
    pub path: &'m str,
    /// The query string as it was sent, without `?`.
    pub query: &'m str,
    /// The headers.
    pub headers: &'m HeaderMap,
    /// The authority of the URI, which stands for `Host` in HTTP/2.
    pub authority: Option<&'m str>,
    /// The body as it was sent.
    pub body: &'m [u8],
}

impl<'m> Message<'m> {
    /// The message of a request.
    #[must_use]
    pub fn of(head: &'m Parts, body: &'m [u8]) -> Message<'m> {
        Message {
            method: head.method.as_str(),
            path: head.uri.path(),
            query: head.uri.query().unwrap_or_default(),
            headers: &head.headers,
            authority: head.uri.authority().map(http::uri::Authority::as_str),
            body,
        }
    }

    /// Whether there is a header `name`; every message has a host.
    pub(super) fn has(&self, name: &str) -> bool {
        name == "host" || self.headers.contains_key(name)
    }

    /// The canonical request over the headers named, which are in order, and the hash of the payload.
    #[must_use]
    pub fn canonical(&self, signed_headers: &[String], payload_hash: &str) -> String {
        let mut out = format!("{}\n{}\n{}\n", self.method, path(self.path), query(self.query));
        for name in signed_headers {
            out.push_str(name);
            out.push(':');
            out.push_str(&self.header(name));
            out.push('\n');
        }
        out.push('\n');
        out.push_str(&signed_headers.join(";"));
        out.push('\n');
        out.push_str(payload_hash);
        out
    }

    /// A header's values, trimmed, runs of spaces made one, joined by commas.
    fn header(&self, name: &str) -> String {
        let values: Vec<String> = self
            .headers
            .get_all(name)
            .iter()
            .map(|value| {
                let text = String::from_utf8_lossy(value.as_bytes());
                text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
            })
            .collect();
        match self.authority {
            Some(authority) if values.is_empty() && name == "host" => authority.to_owned(),
            _ => values.join(","),
        }
    }
}

/// The path without `.`, `..` and empty segments, encoded once more than it was sent.
fn path(sent: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for segment in sent.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                kept.pop();
            }
            _ => kept.push(segment),
        }
    }
    let mut out = String::from("/");
    form::encode(&kept.join("/"), "/", &mut out);
    let is_folder = sent.ends_with('/') || sent.ends_with("/.") || sent.ends_with("/..");
    if is_folder && !kept.is_empty() {
        out.push('/');
    }
    out
}

/// The parameters but the signature itself, each encoded in the one way that counts, in order.
fn query(sent: &str) -> String {
    let mut pairs: Vec<(String, String)> = sent
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .filter(|(name, _)| *name != "X-Amz-Signature")
        .map(|(name, value)| (again(name), again(value)))
        .collect();
    pairs.sort();
    pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

fn again(sent: &str) -> String {
    let plain: Cow<'_, str> = form::decode(sent, false);
    let mut out = String::new();
    form::encode(&plain, "", &mut out);
    out
}
