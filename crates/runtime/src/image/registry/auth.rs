//! How a registry asks who one is, and what is answered: Basic, Bearer tokens, identity tokens.
//!
//! Invariant: credentials and tokens never appear in `Debug`, in errors or in the log.
//! Not here: sending requests (`session`), and where credentials come from (ECR tokens and secrets are the control plane's matter).

use data_encoding::BASE64;
use http::HeaderValue;
use std::fmt;

/// Who pulls.
#[derive(Clone, PartialEq, Eq)]
pub enum Credentials {
    /// A name and its password; for ECR the name is `AWS` and the password its token.
    Basic {
        /// The name.
        username: String,
        /// The password.
        password: String,
    },
    /// What an earlier login gave in place of a password (`identitytoken` in Docker's configuration).
    Identity(String),
}

/// A text that should have been credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the registry credentials are not base64 of `user:password`")]
pub struct InvalidCredentials;

impl Credentials {
    /// From base64 of `user:password`, as ECR's GetAuthorizationToken and Docker's configuration write it.
    pub fn from_base64(text: &str) -> Result<Self, InvalidCredentials> {
        let bytes = BASE64.decode(text.trim().as_bytes()).map_err(|_| InvalidCredentials)?;
        let text = std::str::from_utf8(&bytes).map_err(|_| InvalidCredentials)?;
        let (username, password) = text.split_once(':').ok_or(InvalidCredentials)?;
        Ok(Self::Basic { username: username.to_owned(), password: password.to_owned() })
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Basic { username, .. } => write!(f, "Credentials::Basic({username}, …)"),
            Self::Identity(_) => f.write_str("Credentials::Identity(…)"),
        }
    }
}

/// The value of an `Authorization` header for a name and a password.
pub(super) fn basic(username: &str, password: &str) -> HeaderValue {
    let text = format!("Basic {}", BASE64.encode(format!("{username}:{password}").as_bytes()));
    secret(&text).expect("base64 is plain text")
}

/// The value of an `Authorization` header for a token; none where the token is no header text.
pub(super) fn bearer(token: &str) -> Option<HeaderValue> {
    secret(&format!("Bearer {token}"))
}

fn secret(text: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(text).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// What a registry wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Challenge {
    /// Name and password with each request.
    Basic,
    /// A token from somewhere else.
    Bearer {
        /// Where.
        realm: String,
        /// For whom.
        service: Option<String>,
        /// For what.
        scope: Option<String>,
    },
}

/// Reads a `WWW-Authenticate` header (RFC 9110 section 11.6.1); schemes that are not known are left out.
pub(super) fn challenges(header: &str) -> Vec<Challenge> {
    let mut found: Vec<(String, Vec<(String, String)>)> = Vec::new();
    let mut rest = header;
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        if rest.is_empty() {
            break;
        }
        let end = rest.find([' ', '\t', ',', '=']).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let after = after.trim_start_matches([' ', '\t']);
        match after.strip_prefix('=') {
            // A word with a value is a parameter of the last scheme; one without begins a scheme.
            Some(after) => {
                let (value, after) = value(after.trim_start_matches([' ', '\t']));
                if let Some((_, parameters)) = found.last_mut() {
                    parameters.push((word.to_ascii_lowercase(), value));
                }
                rest = after;
            }
            None => {
                found.push((word.to_ascii_lowercase(), Vec::new()));
                rest = after;
            }
        }
    }
    found.into_iter().filter_map(|(scheme, parameters)| challenge(&scheme, parameters)).collect()
}

fn challenge(scheme: &str, parameters: Vec<(String, String)>) -> Option<Challenge> {
    let find =
        |key: &str| parameters.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone());
    match scheme {
        "basic" => Some(Challenge::Basic),
        "bearer" => Some(Challenge::Bearer {
            realm: find("realm")?,
            service: find("service"),
            scope: find("scope"),
        }),
        _ => None,
    }
}

/// A token or a quoted string, and what follows it.
fn value(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([',', ' ', '\t']).unwrap_or(text.len());
        return (text[..end].to_owned(), &text[end..]);
    };
    let mut value = String::new();
    let mut is_escaped = false;
    for (at, letter) in quoted.char_indices() {
        match letter {
            _ if is_escaped => {
                value.push(letter);
                is_escaped = false;
            }
            '\\' => is_escaped = true,
            '"' => return (value, &quoted[at + 1..]),
            _ => value.push(letter),
        }
    }
    (value, "")
}

/// Percent-encodes a value of a query or a form.
pub(super) fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte))
            }
            _ => {
                encoded.push('%');
                encoded.push_str(&data_encoding::HEXUPPER.encode(&[byte]));
            }
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn challenges_of_known_registries_are_read() {
        let hub = r#"Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:library/busybox:pull""#;
        let wanted = Challenge::Bearer {
            realm: "https://auth.docker.io/token".to_owned(),
            service: Some("registry.docker.io".to_owned()),
            scope: Some("repository:library/busybox:pull".to_owned()),
        };
        assert_eq!(challenges(hub), std::slice::from_ref(&wanted));
        let ecr = r#"Basic realm="https://000000000000.dkr.ecr.eu-west-1.amazonaws.com/",service="ecr.amazonaws.com""#;
        assert_eq!(challenges(ecr), [Challenge::Basic]);
        let both = format!(r#"Negotiate, basic realm="a, b\"c", {hub}"#);
        assert_eq!(challenges(&both), [Challenge::Basic, wanted]);
    }

    #[test]
    fn odd_challenges_are_no_panic() {
        for text in [
            "",
            ",",
            "=",
            "Bearer",
            "Bearer realm",
            "Bearer realm=",
            r#"Bearer realm="x"#,
            r#"Bearer realm="x\"#,
            "a=b, c=d",
            "é=\"é",
        ] {
            let _ = challenges(text);
        }
        assert_eq!(challenges("Bearer service=x"), [], "a token from nowhere");
    }

    #[test]
    fn credentials_are_read_and_never_shown() {
        let credentials = Credentials::from_base64("QVdTOnNlY3JldDpwYXJ0").unwrap();
        assert_eq!(
            credentials,
            Credentials::Basic { username: "AWS".to_owned(), password: "secret:part".to_owned() }
        );
        assert!(!format!("{credentials:?}").contains("secret"));
        assert!(!format!("{:?}", basic("a", "secret")).contains("c2VjcmV0"), "headers are marked");
        assert_eq!(Credentials::from_base64("!"), Err(InvalidCredentials));
    }

    #[test]
    fn scopes_are_encoded_for_queries() {
        assert_eq!(encode("repository:a/b:pull"), "repository%3Aa%2Fb%3Apull");
    }
}
