//! Why a signature is refused, in the words and codes that AWS has for each protocol.

use crate::fault::Fault;
use crate::shape::Protocol;

/// Why a request is not let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Denial {
    /// It is not signed at all.
    Missing,
    /// A part of the signature is missing or unreadable; the text says which.
    Incomplete(String),
    /// Nobody has this access key, or the session token does not belong to it.
    UnknownKey,
    /// The session token was good once.
    ExpiredToken,
    /// The signature is too old, too new, or of another day than its scope; the text says so.
    Date(String),
    /// The scope names another region or service; the text says which.
    Scope(String),
    /// The body is not the one that was hashed.
    Payload,
    /// The secret is another, or the request is not the one that was signed.
    Mismatch {
        /// The canonical request that we made.
        canonical: String,
        /// What we would have signed.
        string_to_sign: String,
    },
}

impl Denial {
    /// The fault to answer in the form of `protocol`.
    #[must_use]
    pub fn fault(&self, protocol: Protocol) -> Fault {
        let (json, query) = self.codes();
        let (code, status) = match protocol {
            Protocol::AwsJson10 | Protocol::AwsJson11 | Protocol::RpcV2Cbor => (json, 400),
            Protocol::RestJson => (json, 403),
            Protocol::Ec2Query if matches!(self, Denial::UnknownKey | Denial::Mismatch { .. }) => {
                let text = "AWS was not able to validate the provided access credentials";
                return Fault::sender("AuthFailure", text).with_status(401);
            }
            Protocol::AwsQuery | Protocol::Ec2Query | Protocol::RestXml => (query, 403),
        };
        Fault::sender(code, self.message()).with_status(status)
    }

    /// The code in the JSON protocols, and that in the query protocols.
    fn codes(&self) -> (&'static str, &'static str) {
        match self {
            Denial::Missing => {
                ("MissingAuthenticationTokenException", "MissingAuthenticationToken")
            }
            Denial::Incomplete(_) => ("IncompleteSignatureException", "IncompleteSignature"),
            Denial::UnknownKey => ("UnrecognizedClientException", "InvalidClientTokenId"),
            Denial::ExpiredToken => ("ExpiredTokenException", "ExpiredToken"),
            Denial::Date(_) | Denial::Scope(_) | Denial::Payload | Denial::Mismatch { .. } => {
                ("InvalidSignatureException", "SignatureDoesNotMatch")
            }
        }
    }

    fn message(&self) -> String {
        match self {
            Denial::Missing => "Request is missing Authentication Token".to_owned(),
            Denial::Incomplete(text) | Denial::Date(text) | Denial::Scope(text) => text.clone(),
            Denial::UnknownKey => {
                "The security token included in the request is invalid.".to_owned()
            }
            Denial::ExpiredToken => {
                "The security token included in the request is expired".to_owned()
            }
            Denial::Payload => {
                "The provided 'x-amz-content-sha256' header does not match what was computed."
                    .to_owned()
            }
            Denial::Mismatch { canonical, string_to_sign } => format!(
                "The request signature we calculated does not match the signature you provided. Check your AWS \
                 Secret Access Key and signing method. Consult the service documentation for details.\n\n\
                 The Canonical String for this request should have been\n'{canonical}'\n\n\
                 The String-to-Sign should have been\n'{string_to_sign}'\n"
            ),
        }
    }
}
