//! Signature Version 4.

use http::HeaderMap;

use crate::codec::form;

/// Who a request claims to be from, and for what; nothing of it is verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The access key id.
    pub access_key_id: String,
    /// The region of the credential scope.
    pub region: String,
    /// The service of the credential scope.
    pub service: String,
}

/// The claim in an `Authorization` header or an `X-Amz-Credential` of the query string; `None` without one.
#[must_use]
pub fn claimed(headers: &HeaderMap, query: &str) -> Option<Claim> {
    if let Some(header) = headers.get("authorization").and_then(|it| it.to_str().ok()) {
        let (_, credential) = header.split_once("Credential=")?;
        return scope(credential.split([',', ' ']).next()?);
    }
    let (_, credential) = form::pairs(query).find(|(name, _)| name == "X-Amz-Credential")?;
    scope(&credential)
}

/// `KEY/20261201/us-east-1/ecs/aws4_request`; a key may hold slashes, the scope never does.
fn scope(credential: &str) -> Option<Claim> {
    let mut parts = credential.rsplitn(5, '/');
    let ("aws4_request", service, region, _date, key) =
        (parts.next()?, parts.next()?, parts.next()?, parts.next()?, parts.next()?)
    else {
        return None;
    };
    Some(Claim {
        access_key_id: key.to_owned(),
        region: region.to_owned(),
        service: service.to_owned(),
    })
}
