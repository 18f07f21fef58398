//! A client of the public API, as any other: awsJson 1.1, and EC2's own protocol, signed with the keys of the environment.

use crate::args;
use agent::link::websocket::{self, Socket};
use anyhow::{Context, Result, bail};
use bytes::Bytes;
use http::{Method, Request, Uri, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper_rustls::HttpsConnector;
use hyper_util::{
    client::legacy::{Client as Http, connect::HttpConnector},
    rt::TokioExecutor,
};
use serde_json::Value as Json;
use std::time::Duration;
use wire::sigv4::{Credentials, sign};

/// No reply of the API is larger.
const REPLY_BYTES_MAX: usize = 64 << 20;
/// A control plane that does not answer for so long is not there.
const ANSWER_MAX: Duration = Duration::from_secs(30);
/// The keys that a local region takes; any will do there.
const LOCAL_KEY: &str = "longshore";

/// How a service is called.
struct Service {
    /// In signatures.
    name: &'static str,
    /// Before the names of operations.
    target: &'static str,
}

const ECS: Service = Service { name: "ecs", target: "AmazonEC2ContainerServiceV20141113" };
/// Ours, for what AWS has no operation for (`wire::own`).
const OWN: Service = Service { name: "longshore", target: "Longshore" };
const SSM: Service = Service { name: "ssm", target: "AmazonSSM" };

/// In signatures of calls of EC2.
const EC2: &str = "ec2";
/// The version of EC2's API that is called.
const EC2_VERSION: &str = "2016-11-15";

/// What the API said instead of a reply.
#[derive(Debug, thiserror::Error)]
#[error("{operation}: {message} ({code})")]
pub(crate) struct Fault {
    operation: String,
    message: String,
    /// Such as `ClientException`.
    pub(crate) code: String,
}

impl Fault {
    /// Of a message's first paragraph: what is wrong. What a wrong signature should have been of follows on a page of its own.
    fn new(operation: &str, code: String, message: &str) -> Self {
        let message = message.split("\n\n").next().unwrap_or(message).to_owned();
        Self { operation: operation.to_owned(), message, code }
    }
}

/// The keys of the environment, as for the AWS CLI; without them the ones that only a local region takes.
pub(crate) fn credentials_of_environment() -> Credentials {
    let variable = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    Credentials {
        access_key_id: variable("AWS_ACCESS_KEY_ID").unwrap_or_else(|| LOCAL_KEY.into()),
        secret_access_key: variable("AWS_SECRET_ACCESS_KEY").unwrap_or_else(|| LOCAL_KEY.into()),
        session_token: variable("AWS_SESSION_TOKEN"),
    }
}

/// Reads a control plane's address.
pub(crate) fn address(endpoint: &str) -> Result<Uri> {
    let what = || format!("`{endpoint}` is not a URL such as http://127.0.0.1:4566");
    let uri: Uri = endpoint.parse().with_context(what)?;
    // `localhost:4566` is read as an address without a scheme.
    if !matches!(uri.scheme_str(), Some("http" | "https")) || uri.authority().is_none() {
        bail!(what());
    }
    Ok(uri)
}

/// A connection to a control plane on somebody's behalf.
pub(crate) struct Client {
    http: Http<HttpsConnector<HttpConnector>, Full<Bytes>>,
    endpoint: Uri,
    region: String,
    credentials: Credentials,
}

impl Client {
    pub(crate) fn new(connection: &args::Connection) -> Result<Self> {
        Self::at(&connection.endpoint, connection.region.as_str(), credentials_of_environment())
    }

    pub(crate) fn at(endpoint: &str, region: &str, credentials: Credentials) -> Result<Self> {
        let uri = address(endpoint)?;
        let tls = hyper_rustls::HttpsConnectorBuilder::new()
            .with_native_roots()
            .context("read this machine's root certificates")?;
        let connector = tls.https_or_http().enable_http1().build();
        let http = Http::builder(TokioExecutor::new()).build(connector);
        Ok(Self { http, endpoint: uri, region: region.to_owned(), credentials })
    }

    /// One ECS call. A [`Fault`] becomes an error in the API's own words.
    pub(crate) async fn call(&self, operation: &str, request: Json) -> Result<Json> {
        self.call_of(&ECS, operation, request).await
    }

    /// One call of AWS Systems Manager.
    pub(crate) async fn call_ssm(&self, operation: &str, request: Json) -> Result<Json> {
        self.call_of(&SSM, operation, request).await
    }

    /// One call of Longshore's own service.
    pub(crate) async fn call_own(&self, operation: &str, request: Json) -> Result<Json> {
        self.call_of(&OWN, operation, request).await
    }

    /// One call of EC2 with these parameters, as its query protocol writes them.
    pub(crate) async fn call_ec2(
        &self,
        operation: &str,
        parameters: &[(String, String)],
    ) -> Result<wire::Value> {
        let mut form = format!("Action={operation}&Version={EC2_VERSION}");
        for (name, value) in parameters {
            form.push('&');
            form.push_str(name);
            form.push('=');
            wire::codec::form::encode(value, "", &mut form);
        }
        let head = Request::builder()
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded; charset=utf-8");
        let (status, body) = self.post(EC2, head, form.into()).await?;
        let what = || format!("read the reply to {operation}");
        let read = wire::codec::xml::parse(&body).map_err(|fault| anyhow::anyhow!("{fault}"));
        let root = read.with_context(what)?.with_context(what)?;
        if status.is_success() {
            let row = wire::tables::ec2::SERVICE.operation(operation);
            let shape = row.context("EC2 has no such operation")?.output;
            let reply = wire::codec::xml::read(shape, &root);
            return reply.map_err(|fault| anyhow::anyhow!("{fault}")).with_context(what);
        }
        let said = |name: &str| text_of(&root, name).unwrap_or_default().to_owned();
        Err(Fault::new(operation, said("Code"), &said("Message")).into())
    }

    /// Opens the websocket at `address`, which needs no signature.
    pub(crate) async fn open(&self, address: &str) -> Result<Socket> {
        // `ws` becomes `http`, and `wss` `https`.
        let uri = format!("http{}", address.strip_prefix("ws").unwrap_or(address));
        let uri = self::address(&uri)?;
        let mut request = Request::builder().method(Method::GET).uri(uri.clone());
        let host = uri.authority().expect("it was checked").as_str();
        request = request.header(header::HOST, host);
        let mut request = request.body(Full::new(Bytes::new()))?;
        let key = websocket::ask(request.headers_mut());
        let answer = tokio::time::timeout(ANSWER_MAX, self.http.request(request)).await;
        let reply = answer.with_context(|| format!("{uri} does not answer"))?;
        let reply = reply.with_context(|| format!("reach {uri}"))?;
        if !websocket::is_granted(&reply) || !websocket::is_proven(&reply, &key) {
            bail!("{uri} opens no websocket: {}", reply.status());
        }
        websocket::begin(reply).await.with_context(|| format!("open {uri}"))
    }

    async fn call_of(&self, service: &Service, operation: &str, request: Json) -> Result<Json> {
        let head = Request::builder()
            .header(header::CONTENT_TYPE, "application/x-amz-json-1.1")
            .header("x-amz-target", format!("{}.{operation}", service.target));
        let (status, body) = self.post(service.name, head, request.to_string().into()).await?;
        let reply: Json = serde_json::from_slice(&body)
            .with_context(|| format!("read the reply to {operation}"))?;
        if status.is_success() {
            return Ok(reply);
        }
        let code = reply["__type"].as_str().unwrap_or("an unknown fault");
        let code = code.rsplit('#').next().unwrap_or(code).to_owned();
        let message = reply["message"].as_str().or(reply["Message"].as_str());
        Err(Fault::new(operation, code, message.unwrap_or("no message")).into())
    }

    async fn post(
        &self,
        service: &str,
        head: http::request::Builder,
        body: Bytes,
    ) -> Result<(http::StatusCode, Bytes)> {
        let request = head
            .method(Method::POST)
            .uri(self.endpoint.clone())
            .header(
                header::HOST,
                self.endpoint.authority().expect("checked when it was made").as_str(),
            )
            .body(())?;
        let (mut head, ()) = request.into_parts();
        self.sign(service, &mut head, &body);
        let request = Request::from_parts(head, Full::new(body));
        let answer = async {
            let response = self
                .http
                .request(request)
                .await
                .with_context(|| format!("no control plane answers at {}", self.endpoint))?;
            let status = response.status();
            let body = Limited::new(response.into_body(), REPLY_BYTES_MAX).collect().await;
            let body = body.map_err(|error| anyhow::anyhow!(error)).context("read the reply")?;
            anyhow::Ok((status, body.to_bytes()))
        };
        tokio::time::timeout(ANSWER_MAX, answer)
            .await
            .with_context(|| format!("{} does not answer", self.endpoint))?
    }

    fn sign(&self, service: &str, head: &mut http::request::Parts, body: &[u8]) {
        sign(head, body, &self.credentials, &self.region, service, api::system_clock().0);
    }
}

/// The text of the first element of that name, wherever it is.
fn text_of<'a>(element: &'a wire::codec::xml::Element, name: &str) -> Option<&'a str> {
    if element.name == name {
        return Some(&element.text);
    }
    element.children.iter().find_map(|child| text_of(child, name))
}

#[cfg(test)]
mod tests {
    use super::Fault;

    #[test]
    fn a_fault_is_one_sentence_also_where_the_api_tells_a_page() {
        let told =
            "The request signature does not match.\n\nThe Canonical String should have been\n'POST";
        let fault = Fault::new("ListTasks", "InvalidSignatureException".to_owned(), told);
        assert_eq!(
            fault.to_string(),
            "ListTasks: The request signature does not match. (InvalidSignatureException)"
        );
    }
}
