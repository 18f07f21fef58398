//! Requests over HTTP and TLS, with time limits and redirects.
//!
//! Invariants: an `Authorization` header goes to the host it was made for and to no other; a redirect never leads from TLS to plain text, except to hosts that
//! may be spoken to so. Waiting for an answer is bounded; what comes after the head of the answer is the caller's to bound.

use super::endpoint::{Patience, RegistryOptions};
use bytes::Bytes;
use http::header::{AUTHORIZATION, LOCATION, USER_AGENT};
use http::{HeaderMap, Method, Request, Response, StatusCode, Uri};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::sync::{Arc, Mutex};

/// Redirects followed for one request.
const REDIRECTS_MAX: usize = 10;

/// How this client calls itself.
const AGENT: &str = concat!("longshore/", env!("CARGO_PKG_VERSION"));

/// A request that got no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum TransportError {
    /// No connection, or it broke.
    #[error("talk to `{host}`")]
    Connection {
        /// Whom.
        host: String,
        /// Why.
        #[source]
        source: Box<hyper_util::client::legacy::Error>,
    },
    /// Nothing came.
    #[error("`{host}` did not answer within {seconds} s")]
    Timeout {
        /// Who.
        host: String,
        /// How long was waited.
        seconds: u64,
    },
    /// An answer that leads nowhere.
    #[error("`{host}` redirects {why}")]
    Redirect {
        /// Who.
        host: String,
        /// What is wrong with it.
        why: String,
    },
    /// A certificate authority's file.
    #[error("certificates of `{path}` cannot be read")]
    Authority {
        /// The file.
        path: String,
        /// Why.
        #[source]
        source: rustls::pki_types::pem::Error,
    },
    /// TLS cannot be spoken at all.
    #[error("set up TLS")]
    Tls(#[source] rustls::Error),
}

impl TransportError {
    /// What another try is worth.
    pub(super) fn hope(&self) -> Hope {
        match self {
            Self::Timeout { .. } => Hope::Good,
            Self::Redirect { .. } | Self::Authority { .. } | Self::Tls(_) => Hope::None,
            Self::Connection { source, .. } => {
                let mut next: Option<&(dyn Error + 'static)> = Some(source.as_ref());
                while let Some(error) = next {
                    if let Some(rustls::Error::InvalidCertificate(_)) = error.downcast_ref() {
                        return Hope::None;
                    }
                    // An error of input and output shows its inner one's source, and not the inner one.
                    let inner =
                        error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
                    next = inner
                        .map(|inner| inner as &(dyn Error + 'static))
                        .or_else(|| error.source());
                }
                if source.is_connect() { Hope::Little } else { Hope::Good }
            }
        }
    }
}

/// What another try is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hope {
    /// Connections break and come back.
    Good,
    /// Nobody listens, or the name is not known: mostly a mistake, sometimes a restart.
    Little,
    /// It will be the same.
    None,
}

/// What to ask. Methods without a body only, and a form.
#[derive(Clone, Debug)]
pub(super) struct Ask {
    pub(super) method: Method,
    pub(super) uri: Uri,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

/// Connections to registries, shared by all pulls.
#[derive(Debug)]
pub(super) struct Transport {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    options: Arc<RegistryOptions>,
    /// What insecure hosts speak, once it is known.
    schemes: Mutex<BTreeMap<String, &'static str>>,
}

impl Transport {
    pub(super) fn new(options: Arc<RegistryOptions>) -> Result<Self, TransportError> {
        let mut http = HttpConnector::new();
        http.enforce_http(false);
        http.set_nodelay(true);
        http.set_connect_timeout(Some(options.patience.connect));
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(tls(&options)?)
            .https_or_http()
            .enable_http1()
            .wrap_connector(http);
        let client = Client::builder(TokioExecutor::new()).build(connector);
        Ok(Self { client, options, schemes: Mutex::default() })
    }

    pub(super) fn options(&self) -> &RegistryOptions {
        &self.options
    }

    pub(super) fn patience(&self) -> &Patience {
        &self.options.patience
    }

    /// `https`, except for hosts that may go without and do.
    pub(super) async fn scheme(&self, host: &str) -> Result<&'static str, TransportError> {
        if !self.options.is_insecure(host) {
            return Ok("https");
        }
        if let Some(known) = self.schemes.lock().expect("nothing panics while it is held").get(host)
        {
            return Ok(known);
        }
        let mut answered = None;
        let mut last = None;
        for scheme in ["https", "http"] {
            let uri = Uri::builder()
                .scheme(scheme)
                .authority(host)
                .path_and_query("/v2/")
                .build()
                .expect("a reference's registry is an authority");
            match self
                .send_one(&Ask {
                    method: Method::GET,
                    uri,
                    headers: HeaderMap::new(),
                    body: Bytes::new(),
                })
                .await
            {
                Ok(_) => {
                    answered = Some(scheme);
                    break;
                }
                // It speaks TLS, as somebody we do not trust: going on without would hide that.
                Err(error) if error.hope() == Hope::None => return Err(error),
                Err(error) => last = Some(error),
            }
        }
        match (answered, last) {
            (Some(scheme), _) => {
                self.schemes
                    .lock()
                    .expect("nothing panics while it is held")
                    .insert(host.to_owned(), scheme);
                Ok(scheme)
            }
            (None, Some(error)) => Err(error),
            (None, None) => unreachable!("two schemes were tried"),
        }
    }

    /// Sends a request and follows redirects.
    pub(super) async fn send(&self, mut ask: Ask) -> Result<Response<Incoming>, TransportError> {
        for _ in 0..=REDIRECTS_MAX {
            let response = self.send_one(&ask).await?;
            let is_redirect = matches!(
                response.status(),
                StatusCode::MOVED_PERMANENTLY
                    | StatusCode::FOUND
                    | StatusCode::SEE_OTHER
                    | StatusCode::TEMPORARY_REDIRECT
                    | StatusCode::PERMANENT_REDIRECT
            );
            if !is_redirect {
                return Ok(response);
            }
            let host = authority(&ask.uri);
            let redirect = |why: String| TransportError::Redirect { host: host.clone(), why };
            let target = response
                .headers()
                .get(LOCATION)
                .and_then(|value| value.to_str().ok())
                .ok_or_else(|| redirect("nowhere".to_owned()))?;
            let next = resolve(&ask.uri, target)
                .ok_or_else(|| redirect("to what is no address".to_owned()))?;
            let to = authority(&next);
            if ask.uri.scheme_str() == Some("https")
                && next.scheme_str() != Some("https")
                && !self.options.is_insecure(&to)
            {
                return Err(redirect(format!("from TLS to plain text at `{to}`")));
            }
            if to != host || next.scheme_str() != ask.uri.scheme_str() {
                ask.headers.remove(AUTHORIZATION);
            }
            ask.uri = next;
        }
        Err(TransportError::Redirect {
            host: authority(&ask.uri),
            why: format!("more than {REDIRECTS_MAX} times"),
        })
    }

    async fn send_one(&self, ask: &Ask) -> Result<Response<Incoming>, TransportError> {
        let host = authority(&ask.uri);
        let mut request = Request::new(Full::new(ask.body.clone()));
        *request.method_mut() = ask.method.clone();
        *request.uri_mut() = ask.uri.clone();
        *request.headers_mut() = ask.headers.clone();
        request.headers_mut().insert(USER_AGENT, http::HeaderValue::from_static(AGENT));
        let limit = self.options.patience.answer;
        match tokio::time::timeout(limit, self.client.request(request)).await {
            Ok(Ok(response)) => Ok(response),
            Ok(Err(error)) => Err(TransportError::Connection { host, source: Box::new(error) }),
            Err(_) => Err(TransportError::Timeout { host, seconds: limit.as_secs() }),
        }
    }
}

/// The system's certificate authorities and those of the operator.
fn tls(options: &RegistryOptions) -> Result<ClientConfig, TransportError> {
    let mut roots = RootCertStore::empty();
    let found = rustls_native_certs::load_native_certs();
    roots.add_parsable_certificates(found.certs);
    if roots.is_empty() {
        tracing::warn!(
            "no certificate authorities on this host: install `ca-certificates` to pull over TLS"
        );
    }
    for path in &options.authorities {
        let shown = || path.display().to_string();
        let certificates =
            read_pem(path).map_err(|source| TransportError::Authority { path: shown(), source })?;
        roots.add_parsable_certificates(certificates);
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(TransportError::Tls)?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

fn read_pem(path: &Path) -> Result<Vec<CertificateDer<'static>>, rustls::pki_types::pem::Error> {
    CertificateDer::pem_file_iter(path)?.collect()
}

/// Host and port of an address.
pub(super) fn authority(uri: &Uri) -> String {
    uri.authority().map(|authority| authority.as_str().to_owned()).unwrap_or_default()
}

/// Where a `Location` header leads from `base`.
fn resolve(base: &Uri, target: &str) -> Option<Uri> {
    // The part after `#` is not for the server.
    let target = target.split('#').next()?;
    if target.is_empty() {
        return None;
    }
    if target.contains("://") {
        let found: Uri = target.parse().ok()?;
        return matches!(found.scheme_str(), Some("http" | "https")).then_some(found);
    }
    let (scheme, authority) = (base.scheme_str()?, base.authority()?.as_str());
    if let Some(rest) = target.strip_prefix("//") {
        return format!("{scheme}://{rest}").parse().ok();
    }
    if target.starts_with('/') {
        return format!("{scheme}://{authority}{target}").parse().ok();
    }
    let directory = base.path().rsplit_once('/').map_or("", |(directory, _)| directory);
    format!("{scheme}://{authority}{directory}/{target}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn locations_are_seen_from_where_they_stand() {
        let base = "https://r:5000/v2/x/blobs/y?z".parse().unwrap();
        let check = |target, wanted: &str| {
            assert_eq!(
                resolve(&base, target).map(|uri| uri.to_string()).unwrap_or_default(),
                wanted,
                "{target}"
            )
        };
        check("https://cdn/a?b=c#d", "https://cdn/a?b=c");
        check("/a/b", "https://r:5000/a/b");
        check("//cdn/a", "https://cdn/a");
        check("z?q", "https://r:5000/v2/x/blobs/z?q");
        check("ftp://x/y", "");
        check("", "");
    }
}
