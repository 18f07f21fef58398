//! An agent's request for a websocket: what must be right with it, and the answer in the agents' form (agent-protocol.md §3.1).

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header};
use http_body_util::Full;
use serde_json::json;
use std::borrow::Cow;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

/// Why no session is opened. The name is what agents know it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    pub(crate) name: &'static str,
    pub(crate) message: String,
}

impl Refusal {
    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        Self::client("BadRequestException", message)
    }

    pub(crate) fn client(name: &'static str, message: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, name, message: message.into() }
    }

    pub(crate) fn unavailable(message: impl Into<String>) -> Self {
        let status = StatusCode::SERVICE_UNAVAILABLE;
        Self { status, name: "ServerException", message: message.into() }
    }

    pub(crate) fn response(&self) -> Response<Full<Bytes>> {
        let body = json!({ "type": self.name, "message": { "message": self.message } }).to_string();
        let mut response = Response::new(Full::new(Bytes::from(body)));
        *response.status_mut() = self.status;
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        response
    }
}

/// The answer that turns the connection into a websocket, or why not.
pub(crate) fn switch_protocols<B>(request: &Request<B>) -> Result<Response<Full<Bytes>>, Refusal> {
    let headers = request.headers();
    if request.method() != Method::GET {
        return Err(Refusal::bad_request("a websocket is opened with GET"));
    }
    if !names(headers, header::CONNECTION, "upgrade")
        || !names(headers, header::UPGRADE, "websocket")
    {
        return Err(Refusal::bad_request(
            "this address speaks websocket: `Upgrade: websocket` is missing",
        ));
    }
    if !names(headers, header::SEC_WEBSOCKET_VERSION, "13") {
        return Err(Refusal::bad_request("only version 13 of the websocket protocol is spoken"));
    }
    let Some(key) = headers.get(header::SEC_WEBSOCKET_KEY) else {
        return Err(Refusal::bad_request("`Sec-WebSocket-Key` is missing"));
    };
    let accept = HeaderValue::try_from(derive_accept_key(key.as_bytes()))
        .expect("base64 is a header's value");
    let mut response = Response::new(Full::new(Bytes::new()));
    *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let headers = response.headers_mut();
    headers.insert(header::CONNECTION, HeaderValue::from_static("Upgrade"));
    headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(header::SEC_WEBSOCKET_ACCEPT, accept);
    Ok(response)
}

/// Whether a header's list has `word`, in any case.
fn names(headers: &HeaderMap, name: header::HeaderName, word: &str) -> bool {
    let values = headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|item| item.trim().eq_ignore_ascii_case(word))
}

/// The value of a name in a request's query; empty if it has none.
pub(crate) fn parameter<'a, B>(request: &'a Request<B>, name: &str) -> Cow<'a, str> {
    let query = request.uri().query().unwrap_or_default();
    let found = wire::codec::form::pairs(query).find(|(given, _)| given == name);
    found.map_or(Cow::Borrowed(""), |(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::{Refusal, parameter, switch_protocols};
    use http::Request;

    fn request(headers: &[(&str, &str)]) -> Request<()> {
        let mut builder = Request::get(
            "http://plane/acs/ws?clusterArn=web&dockerVersion=DockerVersion%3A%2020.10&seqNum=1",
        );
        for (name, value) in headers {
            builder = builder.header(*name, *value);
        }
        builder.body(()).expect("a request")
    }

    const GOOD: [(&str, &str); 4] = [
        ("Connection", "keep-alive, Upgrade"),
        ("Upgrade", "websocket"),
        ("Sec-WebSocket-Version", "13"),
        ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
    ];

    #[test]
    fn the_answer_proves_that_the_key_was_read() {
        let response = switch_protocols(&request(&GOOD)).expect("a good request");
        assert_eq!(response.status(), 101);
        assert_eq!(response.headers()["Sec-WebSocket-Accept"], "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }

    #[test]
    fn what_is_no_websocket_is_refused() {
        for missing in 0..GOOD.len() {
            let mut headers = GOOD.to_vec();
            headers.remove(missing);
            let refusal = switch_protocols(&request(&headers)).expect_err("a header is missing");
            assert_eq!((refusal.status.as_u16(), refusal.name), (400, "BadRequestException"));
        }
    }

    #[test]
    fn parameters_are_decoded() {
        assert_eq!(parameter(&request(&[]), "dockerVersion"), "DockerVersion: 20.10");
        assert_eq!(parameter(&request(&[]), "agentHash"), "");
    }

    #[tokio::test]
    async fn a_refusal_has_the_form_that_agents_read() {
        let refusal = Refusal::client("InactiveInstanceException", "gone");
        let body =
            http_body_util::BodyExt::collect(refusal.response()).await.expect("a body").to_bytes();
        assert_eq!(body, r#"{"message":{"message":"gone"},"type":"InactiveInstanceException"}"#);
    }
}
