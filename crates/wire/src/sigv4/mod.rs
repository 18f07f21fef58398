//! Signature Version 4, for the side that checks and the side that signs.
//!
//! Checking has three steps, because the key in the middle comes from elsewhere: `Signed::read` takes the
//! signature apart, the caller finds the secret of `claim.access_key_id` and makes (or remembers) its
//! [`SigningKey`], `Signed::verify` compares. Time is an argument. With `--auth local` nothing is verified
//! and [`claimed`] alone says who is asking.
//!
//! Always holds: signatures are compared in constant time; a request whose host or operation could be
//! changed without breaking the signature is refused.
//! Not here: S3's dialect (paths encoded once, bodies signed in chunks), and SigV4A.

mod canonical;
mod denial;

use std::fmt;

use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
use http::request::Parts;
use http::{HeaderMap, HeaderValue};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use ring::{digest, hmac};

use crate::codec::form;
pub use canonical::Message;
pub use denial::Denial;

/// The only algorithm that is spoken.
const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// How far a signed request's clock may be off, in milliseconds: AWS's own five minutes.
pub const SKEW_MS: i64 = 5 * 60_000;

/// How far ahead the clock of a presigned URL may be, in milliseconds.
pub const PRESIGNED_AHEAD_MS: i64 = 15 * 60_000;

/// The longest life of a presigned URL, in seconds: seven days.
pub const PRESIGNED_S_MAX: i64 = 604_800;

/// Says that the body is not part of the signature.
const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";

/// Headers without which a signature would not say what is asked, and of whom.
const MUST_BE_SIGNED: [&str; 3] = ["host", "x-amz-date", "x-amz-target"];

/// Headers that proxies and libraries change on the way.
const NEVER_SIGNED: [&str; 8] = [
    "authorization",
    "connection",
    "content-length",
    "expect",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "x-amzn-trace-id",
];

/// Who a request claims to be from, and for what; nothing of it is verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The access key id.
    pub access_key_id: String,
    /// The day of the credential scope, as `20261201`.
    pub date: String,
    /// The region of the credential scope.
    pub region: String,
    /// The service of the credential scope.
    pub service: String,
}

impl Claim {
    /// `KEY/20261201/us-east-1/ecs/aws4_request`; a key may hold slashes, the scope never does.
    fn read(credential: &str) -> Option<Claim> {
        let mut parts = credential.rsplitn(5, '/').map(str::to_owned);
        let end = parts.next()?;
        let (service, region, date) = (parts.next()?, parts.next()?, parts.next()?);
        let access_key_id = parts.next()?;
        (end == "aws4_request").then_some(Claim { access_key_id, date, region, service })
    }

    fn scope(&self) -> String {
        format!("{}/{}/{}/aws4_request", self.date, self.region, self.service)
    }
}

/// The claim in an `Authorization` header or an `X-Amz-Credential` of the query string; `None` without one.
#[must_use]
pub fn claimed(headers: &HeaderMap, query: &str) -> Option<Claim> {
    if let Some(header) = headers.get("authorization").and_then(|it| it.to_str().ok()) {
        let (_, credential) = header.split_once("Credential=")?;
        return Claim::read(credential.split([',', ' ']).next()?);
    }
    let (_, credential) = form::pairs(query).find(|(name, _)| name == "X-Amz-Credential")?;
    Claim::read(&credential)
}

/// The session token of a request, from its header or query string.
#[must_use]
pub fn session_token(headers: &HeaderMap, query: &str) -> Option<String> {
    let header = headers.get("x-amz-security-token").and_then(|it| it.to_str().ok());
    header.map(str::to_owned).or_else(|| {
        let (_, token) = form::pairs(query).find(|(name, _)| name == "X-Amz-Security-Token")?;
        Some(token.into_owned())
    })
}

/// The key of one secret for one day, region and service. Making it costs five HMACs, so callers may
/// remember it under `access key id + claim`.
#[derive(Clone)]
pub struct SigningKey(hmac::Key);

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(…)")
    }
}

impl SigningKey {
    /// Derives the key of `secret` for the day, region and service of a claim.
    #[must_use]
    pub fn derive(secret: &str, claim: &Claim) -> SigningKey {
        let first = hmac::Key::new(hmac::HMAC_SHA256, format!("AWS4{secret}").as_bytes());
        let parts = [claim.date.as_str(), &claim.region, &claim.service, "aws4_request"];
        SigningKey(parts.into_iter().fold(first, |key, part| {
            hmac::Key::new(hmac::HMAC_SHA256, hmac::sign(&key, part.as_bytes()).as_ref())
        }))
    }
}

/// A signature as the request carries it, taken apart.
#[derive(Clone, Debug)]
pub struct Signed {
    /// Who it claims to be from.
    pub claim: Claim,
    /// The session token, of temporary credentials.
    pub session_token: Option<String>,
    /// When it was signed, in milliseconds since 1970.
    pub signed_at: i64,
    /// For how long it is valid, in seconds, when it is a presigned URL.
    pub expires_s: Option<i64>,
    /// The same moment as it was written.
    date: String,
    signed_headers: Vec<String>,
    signature: Vec<u8>,
}

impl Signed {
    /// Takes the signature of a request apart.
    ///
    /// # Errors
    /// [`Denial::Missing`] when there is none, [`Denial::Incomplete`] when a part of it is.
    pub fn read(headers: &HeaderMap, query: &str) -> Result<Signed, Denial> {
        match headers.get("authorization") {
            Some(header) => Signed::from_header(header.to_str().unwrap_or_default(), headers),
            None if form::pairs(query).any(|(name, _)| name == "X-Amz-Signature") => {
                Signed::from_query(query)
            }
            None => Err(Denial::Missing),
        }
    }

    fn from_header(header: &str, headers: &HeaderMap) -> Result<Signed, Denial> {
        let (algorithm, rest) = header.trim().split_once(' ').unwrap_or((header, ""));
        if algorithm != ALGORITHM {
            return Err(Denial::Incomplete(format!("Unsupported AWS 'algorithm': '{algorithm}'.")));
        }
        let part = |name: &str| {
            rest.split(',').find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='))
        };
        let date = ["x-amz-date", "date"].iter().find_map(|name| headers.get(*name)?.to_str().ok());
        let mut missing = String::new();
        for name in ["Credential", "Signature", "SignedHeaders"] {
            if part(name).is_none() {
                missing.push_str(&format!("Authorization header requires '{name}' parameter. "));
            }
        }
        if date.is_none() {
            missing.push_str(
                "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ",
            );
        }
        let (Some(credential), Some(signature), Some(signed_headers), Some(date)) =
            (part("Credential"), part("Signature"), part("SignedHeaders"), date)
        else {
            return Err(Denial::Incomplete(format!("{missing}Authorization={header}")));
        };
        Ok(Signed {
            session_token: session_token(headers, ""),
            expires_s: None,
            ..Signed::parts(credential, signature, signed_headers, date)?
        })
    }

    fn from_query(query: &str) -> Result<Signed, Denial> {
        let part = |wanted: &str| {
            form::pairs(query).find(|(name, _)| name == wanted).map(|(_, value)| value.into_owned())
        };
        let required = |name: &str| {
            part(name).ok_or_else(|| {
                Denial::Incomplete(format!("AWS query-string parameters must include '{name}'."))
            })
        };
        let algorithm = required("X-Amz-Algorithm")?;
        if algorithm != ALGORITHM {
            return Err(Denial::Incomplete(format!("Unsupported AWS 'algorithm': '{algorithm}'.")));
        }
        let expires = required("X-Amz-Expires")?;
        let expires_s = expires.parse::<i64>().ok().filter(|it| (1..=PRESIGNED_S_MAX).contains(it));
        let Some(expires_s) = expires_s else {
            let text = format!(
                "X-Amz-Expires must be a number of seconds from 1 to {PRESIGNED_S_MAX}, not '{expires}'."
            );
            return Err(Denial::Incomplete(text));
        };
        let (credential, signature) = (required("X-Amz-Credential")?, required("X-Amz-Signature")?);
        let (signed_headers, date) = (required("X-Amz-SignedHeaders")?, required("X-Amz-Date")?);
        Ok(Signed {
            session_token: part("X-Amz-Security-Token"),
            expires_s: Some(expires_s),
            ..Signed::parts(&credential, &signature, &signed_headers, &date)?
        })
    }

    fn parts(
        credential: &str,
        signature: &str,
        headers: &str,
        date: &str,
    ) -> Result<Signed, Denial> {
        let claim = Claim::read(credential).ok_or_else(|| {
            let form = "expecting '<key>/<date>/<region>/<service>/aws4_request'";
            Denial::Incomplete(format!("Credential must have exactly 5 slash-delimited elements, {form}, got '{credential}'."))
        })?;
        let signed_at = moment(date).ok_or_else(|| {
            Denial::Incomplete(format!("Date must be in ISO-8601 'basic format'. Got '{date}'."))
        })?;
        // Compared as bytes; what is no hexadecimal equals no signature.
        let signature = HEXLOWER_PERMISSIVE.decode(signature.as_bytes()).unwrap_or_default();
        let mut signed_headers: Vec<String> =
            headers.split(';').map(str::to_ascii_lowercase).collect();
        signed_headers.sort();
        Ok(Signed {
            claim,
            session_token: None,
            signed_at,
            expires_s: None,
            date: basic(signed_at),
            signed_headers,
            signature,
        })
    }

    /// Verifies the signature of the request it was read from.
    ///
    /// # Errors
    /// Why it is refused. A wrong key and a changed request look alike.
    pub fn verify(
        &self,
        message: &Message<'_>,
        key: &SigningKey,
        now_ms: i64,
    ) -> Result<(), Denial> {
        self.check_date(now_ms)?;
        for name in MUST_BE_SIGNED {
            if message.has(name) && !self.signed_headers.iter().any(|signed| signed == name) {
                return Err(Denial::Incomplete(format!("'{name}' must be a signed header.")));
            }
        }
        let payload = payload_hash(message)?;
        let canonical = message.canonical(&self.signed_headers, &payload);
        let to_sign = string_to_sign(&self.date, &self.claim, &canonical);
        hmac::verify(&key.0, to_sign.as_bytes(), &self.signature)
            .map_err(|_| Denial::Mismatch { canonical, string_to_sign: to_sign })
    }

    fn check_date(&self, now_ms: i64) -> Result<(), Denial> {
        if !self.date.starts_with(&self.claim.date) {
            return Err(Denial::Date(format!(
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{}' != '{}', from '{}'.",
                self.claim.date,
                &self.date[..8],
                self.date,
            )));
        }
        let (late_ms, ahead_ms) = match self.expires_s {
            Some(seconds) => (seconds * 1000, PRESIGNED_AHEAD_MS),
            None => (SKEW_MS, SKEW_MS),
        };
        let (date, now) = (&self.date, basic(now_ms));
        if now_ms > self.signed_at.saturating_add(late_ms) {
            let (bound, minutes) = (basic(now_ms - late_ms), late_ms / 60_000);
            return Err(Denial::Date(format!(
                "Signature expired: {date} is now earlier than {bound} ({now} - {minutes} min.)"
            )));
        }
        if self.signed_at > now_ms.saturating_add(ahead_ms) {
            let (bound, minutes) = (basic(now_ms + ahead_ms), ahead_ms / 60_000);
            return Err(Denial::Date(format!(
                "Signature not yet current: {date} is still later than {bound} ({now} + {minutes} min.)"
            )));
        }
        Ok(())
    }
}

/// The payload's part of the canonical request: what the client says it is, if that is true.
fn payload_hash(message: &Message<'_>) -> Result<String, Denial> {
    let actual = || HEXLOWER.encode(digest::digest(&digest::SHA256, message.body).as_ref());
    let header = message.headers.get("x-amz-content-sha256").and_then(|it| it.to_str().ok());
    let said = header.map(str::to_owned).or_else(|| {
        let (_, said) =
            form::pairs(message.query).find(|(name, _)| name == "X-Amz-Content-Sha256")?;
        Some(said.into_owned())
    });
    match said {
        None => Ok(actual()),
        Some(said) if said == UNSIGNED_PAYLOAD => Ok(said),
        Some(said) if said.starts_with("STREAMING-") => Err(Denial::Incomplete(format!(
            "A payload signed as '{said}' is not served; send it in one piece."
        ))),
        Some(said) if said.eq_ignore_ascii_case(&actual()) => Ok(said),
        Some(_) => Err(Denial::Payload),
    }
}

fn string_to_sign(date: &str, claim: &Claim, canonical: &str) -> String {
    let hash = HEXLOWER.encode(digest::digest(&digest::SHA256, canonical.as_bytes()).as_ref());
    format!("{ALGORITHM}\n{date}\n{}\n{hash}", claim.scope())
}

/// A moment as `20261201T100000Z`.
fn basic(millis: i64) -> String {
    let moment = Timestamp::from_millisecond(millis).unwrap_or(Timestamp::UNIX_EPOCH);
    moment.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// A moment out of `20261201T100000Z` or an HTTP date.
fn moment(text: &str) -> Option<i64> {
    if let Ok(basic) = DateTime::strptime("%Y%m%dT%H%M%SZ", text) {
        return Some(basic.to_zoned(TimeZone::UTC).ok()?.timestamp().as_millisecond());
    }
    crate::codec::time::read(text)
}

/// What signs.
#[derive(Clone)]
pub struct Credentials {
    /// The access key id.
    pub access_key_id: String,
    /// The secret access key.
    pub secret_access_key: String,
    /// The session token, of temporary credentials.
    pub session_token: Option<String>,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("access_key_id", &self.access_key_id)
            .finish_non_exhaustive()
    }
}

/// Signs a request: adds `X-Amz-Date`, the session token if there is one, and `Authorization`. The host
/// is that of the `Host` header, else of the URI.
pub fn sign(
    head: &mut Parts,
    body: &[u8],
    credentials: &Credentials,
    region: &str,
    service: &str,
    now_ms: i64,
) {
    let date = basic(now_ms);
    let mut put = |name: &'static str, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            head.headers.insert(name, value);
        }
    };
    put("x-amz-date", &date);
    if let Some(token) = &credentials.session_token {
        put("x-amz-security-token", token);
    }
    head.headers.remove("authorization");
    let value = authorization(&Message::of(head, body), credentials, region, service, &date);
    if let Ok(value) = HeaderValue::from_str(&value) {
        head.headers.insert("authorization", value);
    }
}

/// The `Authorization` header of a message whose other headers are complete; `date` as in its
/// `X-Amz-Date`.
#[must_use]
pub fn authorization(
    message: &Message<'_>,
    credentials: &Credentials,
    region: &str,
    service: &str,
    date: &str,
) -> String {
    let claim = Claim {
        access_key_id: credentials.access_key_id.clone(),
        date: date.get(..8).unwrap_or_default().to_owned(),
        region: region.to_owned(),
        service: service.to_owned(),
    };
    let mut names: Vec<String> =
        message.headers.keys().map(|name| name.as_str().to_owned()).collect();
    names.push("host".to_owned());
    names.retain(|name| !NEVER_SIGNED.contains(&name.as_str()));
    names.sort();
    names.dedup();
    let payload = HEXLOWER.encode(digest::digest(&digest::SHA256, message.body).as_ref());
    let said = message.headers.get("x-amz-content-sha256").and_then(|it| it.to_str().ok());
    let canonical = message.canonical(&names, said.unwrap_or(&payload));
    let key = SigningKey::derive(&credentials.secret_access_key, &claim);
    let signature = hmac::sign(&key.0, string_to_sign(date, &claim, &canonical).as_bytes());
    format!(
        "{ALGORITHM} Credential={}/{}, SignedHeaders={}, Signature={}",
        claim.access_key_id,
        claim.scope(),
        names.join(";"),
        HEXLOWER.encode(signature.as_ref()),
    )
}
