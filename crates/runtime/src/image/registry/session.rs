//! A conversation with one host about one repository: who one is, and what is answered.

use super::auth::{self, Challenge, Credentials};
use super::endpoint::Endpoint;
use super::transport::{Ask, Hope, Transport, TransportError, authority};
use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, RANGE, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode, Uri};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use serde::Deserialize;
use std::error::Error;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Most of an error's text that is read. Real ones are a few hundred bytes.
const ERROR_BYTES_MAX: u64 = 64 * 1024;

/// Longest wait for the next piece of an error's text, which is worth little.
const ERROR_TEXT_WAIT: Duration = Duration::from_secs(5);

/// Most of a token's answer that is read. Tokens are a few kilobytes.
const TOKEN_BYTES_MAX: u64 = 1 << 20;

/// Longest text of a registry that is shown.
const SHOWN_CHARS_MAX: usize = 300;

/// An answer that is not what was asked for.
#[derive(Debug)]
pub(super) enum Refusal {
    /// None came.
    NoAnswer(Hope, Box<dyn Error + Send + Sync>),
    /// It asks for patience, or is ill.
    Later { status: StatusCode, text: String, after: Option<Duration> },
    /// It will say the same again.
    Final { status: StatusCode, text: String },
}

impl From<TransportError> for Refusal {
    fn from(error: TransportError) -> Self {
        Self::NoAnswer(error.hope(), error.into())
    }
}

/// One host, one repository, one identity.
#[derive(Debug)]
pub(super) struct Session {
    transport: Arc<Transport>,
    pub(super) endpoint: Endpoint,
    repository: String,
    credentials: Option<Credentials>,
    /// What the last challenge led to.
    authorization: Mutex<Option<HeaderValue>>,
}

impl Session {
    pub(super) fn new(
        transport: Arc<Transport>,
        endpoint: Endpoint,
        repository: &str,
        credentials: Option<Credentials>,
    ) -> Self {
        let credentials = credentials.filter(|_| endpoint.takes_credentials);
        Self {
            transport,
            endpoint,
            repository: repository.to_owned(),
            credentials,
            authorization: Mutex::default(),
        }
    }

    pub(super) fn transport(&self) -> &Transport {
        &self.transport
    }

    /// Whether somebody is said to pull.
    pub(super) fn has_credentials(&self) -> bool {
        self.credentials.is_some()
    }

    /// Asks for `manifests/<tag>` or `blobs/<digest>`, from byte `from` on. Success is 200 or 206.
    pub(super) async fn get(
        &self,
        method: Method,
        what: &str,
        accept: &'static str,
        from: u64,
    ) -> Result<Response<Incoming>, Refusal> {
        let scheme = self.transport.scheme(&self.endpoint.host).await?;
        let text = format!("{scheme}://{}/v2/{}/{what}", self.endpoint.host, self.repository);
        let uri: Uri = text
            .parse()
            .map_err(|error: http::uri::InvalidUri| Refusal::NoAnswer(Hope::None, error.into()))?;
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static(accept));
        if from > 0 {
            headers.insert(
                RANGE,
                HeaderValue::from_str(&format!("bytes={from}-")).expect("digits are header text"),
            );
        }
        let mut ask = Ask { method, uri, headers, body: Bytes::new() };
        if let Some(known) = self.authorization() {
            ask.headers.insert(AUTHORIZATION, known);
        }
        let mut response = self.transport.send(ask.clone()).await?;
        if response.status() == StatusCode::UNAUTHORIZED
            && let Some(authorization) = self.authorize(response.headers()).await?
        {
            ask.headers.insert(AUTHORIZATION, authorization.clone());
            response = self.transport.send(ask).await?;
            if response.status().is_success() {
                *self.authorization.lock().expect("nothing panics while it is held") =
                    Some(authorization);
            }
        }
        if response.status().is_success() { Ok(response) } else { Err(refusal(response).await) }
    }

    fn authorization(&self) -> Option<HeaderValue> {
        self.authorization.lock().expect("nothing panics while it is held").clone()
    }

    /// Answers a challenge; none where there is nothing to answer with.
    async fn authorize(&self, headers: &HeaderMap) -> Result<Option<HeaderValue>, Refusal> {
        let headers =
            headers.get_all(WWW_AUTHENTICATE).iter().filter_map(|value| value.to_str().ok());
        let challenges: Vec<Challenge> = headers.flat_map(auth::challenges).collect();
        for challenge in &challenges {
            if let Challenge::Bearer { realm, service, scope } = challenge {
                return self.token(realm, service.as_deref(), scope.as_deref()).await.map(Some);
            }
        }
        match &self.credentials {
            Some(Credentials::Basic { username, password })
                if challenges.contains(&Challenge::Basic) =>
            {
                Ok(Some(auth::basic(username, password)))
            }
            _ => Ok(None),
        }
    }

    /// Asks the token server that the registry names.
    async fn token(
        &self,
        realm: &str,
        service: Option<&str>,
        scope: Option<&str>,
    ) -> Result<HeaderValue, Refusal> {
        let invalid =
            |text: &str| Refusal::Final { status: StatusCode::UNAUTHORIZED, text: text.to_owned() };
        let pull = format!("repository:{}:pull", self.repository);
        let mut fields = vec![("scope", scope.unwrap_or(&pull))];
        fields.extend(service.map(|service| ("service", service)));
        let uri: Uri = realm.parse().map_err(|_| invalid("its token server is no address"))?;
        if uri.authority().is_none() || !matches!(uri.scheme_str(), Some("http" | "https")) {
            return Err(invalid("its token server is no address"));
        }
        let is_plain = uri.scheme_str() == Some("http")
            && !self.transport.options().is_insecure(&authority(&uri));
        if is_plain && self.credentials.is_some() {
            return Err(invalid("its token server wants credentials without TLS"));
        }
        let mut ask =
            Ask { method: Method::GET, uri, headers: HeaderMap::new(), body: Bytes::new() };
        match &self.credentials {
            Some(Credentials::Identity(token)) => {
                fields.extend([
                    ("grant_type", "refresh_token"),
                    ("client_id", "longshore"),
                    ("refresh_token", token),
                ]);
                ask.method = Method::POST;
                ask.headers.insert(
                    CONTENT_TYPE,
                    HeaderValue::from_static("application/x-www-form-urlencoded"),
                );
                ask.body = form(&fields).into();
            }
            Some(Credentials::Basic { username, password }) => {
                ask.headers.insert(AUTHORIZATION, auth::basic(username, password));
                fields.push(("account", username));
                ask.uri = with_query(&ask.uri, &form(&fields))
                    .ok_or_else(|| invalid("its token server is no address"))?;
            }
            None => {
                ask.uri = with_query(&ask.uri, &form(&fields))
                    .ok_or_else(|| invalid("its token server is no address"))?
            }
        }
        let response = self.transport.send(ask).await?;
        if !response.status().is_success() {
            return Err(refusal(response).await);
        }
        let bytes = self.body(response, TOKEN_BYTES_MAX).await?;
        let answer: TokenAnswer = serde_json::from_slice(&bytes)
            .map_err(|_| invalid("its token server gave no token"))?;
        answer
            .token
            .or(answer.access_token)
            .and_then(|token| auth::bearer(&token))
            .ok_or_else(|| invalid("its token server gave no token"))
    }

    /// The whole of a small answer.
    pub(super) async fn body(
        &self,
        response: Response<Incoming>,
        max: u64,
    ) -> Result<Bytes, Refusal> {
        let idle = self.transport.patience().idle;
        let too_long = || Refusal::Final {
            status: StatusCode::OK,
            text: format!("an answer of more than {max} bytes"),
        };
        read(response.into_body(), max, idle).await?.ok_or_else(too_long)
    }
}

#[derive(Deserialize)]
struct TokenAnswer {
    token: Option<String>,
    access_token: Option<String>,
}

/// None where it is longer than `max`.
async fn read(mut body: Incoming, max: u64, idle: Duration) -> Result<Option<Bytes>, Refusal> {
    let mut all = Vec::new();
    loop {
        let frame = match tokio::time::timeout(idle, body.frame()).await {
            Err(_) => {
                return Err(Refusal::NoAnswer(
                    Hope::Good,
                    "the answer stopped in the middle".into(),
                ));
            }
            Ok(None) => return Ok(Some(all.into())),
            Ok(Some(Err(error))) => return Err(Refusal::NoAnswer(Hope::Good, error.into())),
            Ok(Some(Ok(frame))) => frame,
        };
        if let Ok(data) = frame.into_data() {
            if all.len() as u64 + data.len() as u64 > max {
                return Ok(None);
            }
            all.extend_from_slice(&data);
        }
    }
}

/// What an answer that is no success means.
async fn refusal(response: Response<Incoming>) -> Refusal {
    let status = response.status();
    let after = response
        .headers()
        .get(RETRY_AFTER)
        .and_then(|value| value.to_str().ok()?.trim().parse().ok())
        .map(Duration::from_secs);
    // Its text is for people; what became of it does not matter.
    let text = match read(response.into_body(), ERROR_BYTES_MAX, ERROR_TEXT_WAIT).await {
        Ok(Some(bytes)) => said(&bytes),
        _ => String::new(),
    };
    let text = if text.is_empty() {
        status.canonical_reason().unwrap_or("no reason given").to_owned()
    } else {
        text
    };
    match status {
        StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT => {
            Refusal::Later { status, text, after }
        }
        _ if status.is_server_error() => Refusal::Later { status, text, after },
        _ => Refusal::Final { status, text },
    }
}

/// The first error in the protocol's form (`{"errors":[{"code","message"}]}`), else the beginning of the text.
fn said(bytes: &[u8]) -> String {
    #[derive(Deserialize)]
    struct Errors {
        errors: Vec<Problem>,
    }
    #[derive(Deserialize)]
    struct Problem {
        #[serde(default)]
        code: String,
        #[serde(default)]
        message: String,
    }
    let text = match serde_json::from_slice::<Errors>(bytes) {
        Ok(Errors { errors }) if !errors.is_empty() => {
            format!("{}: {}", errors[0].code, errors[0].message)
        }
        _ => String::from_utf8_lossy(bytes).into_owned(),
    };
    text.chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .take(SHOWN_CHARS_MAX)
        .collect::<String>()
        .trim()
        .to_owned()
}

fn form(fields: &[(&str, &str)]) -> String {
    let pairs: Vec<String> =
        fields.iter().map(|(name, value)| format!("{name}={}", auth::encode(value))).collect();
    pairs.join("&")
}

fn with_query(uri: &Uri, query: &str) -> Option<Uri> {
    let sign = if uri.query().is_some() { '&' } else { '?' };
    format!("{uri}{sign}{query}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_registry_says_is_short_and_printable() {
        assert_eq!(said(br#"{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown","detail":{}}]}"#), "MANIFEST_UNKNOWN: manifest unknown");
        assert_eq!(said(b"<html>\r\n\x1b[31mno"), "<html>   [31mno");
        assert_eq!(said(&[b'x'; 1000]).len(), 300);
        assert_eq!(said(br#"{"errors":[]}"#), r#"{"errors":[]}"#);
    }

    #[test]
    fn queries_are_added_to_what_is_there() {
        let uri = with_query(
            &"https://t/x?a=b".parse().unwrap(),
            &form(&[("scope", "repository:a/b:pull")]),
        )
        .unwrap();
        assert_eq!(uri.to_string(), "https://t/x?a=b&scope=repository%3Aa%2Fb%3Apull");
    }
}
