//! A credential that the store knows, lasting or of a session.

use crate::caller::Caller;
use domain::{
    arn::Arn,
    iam::{AccessKey, AccessKeyStatus, SessionCredential},
    id::{AccountId, Region, Scope},
    time::Timestamp,
};
use ring::digest::{SHA256, digest};
use std::sync::Arc;
use store::{ReadError, Snapshot};
use wire::sigv4::Denial;

/// The longest access key id that IAM gives.
const ID_LENGTH_MAX: usize = 128;

pub(super) enum Credential {
    Lasting(Arc<AccessKey>),
    Session(Arc<SessionCredential>),
}

impl Credential {
    /// The credential with this id. Any text may be asked for; what is no id is nobody's.
    pub(super) fn find(snapshot: &Snapshot, id: &str) -> Result<Option<Self>, ReadError> {
        let is_id = (1..=ID_LENGTH_MAX).contains(&id.len())
            && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !is_id {
            return Ok(None);
        }
        if let Some(session) = snapshot.get(&SessionCredential::key(id))? {
            return Ok(Some(Self::Session(session.record)));
        }
        Ok(snapshot.get(&AccessKey::key(id))?.map(|key| Self::Lasting(key.record)))
    }

    pub(super) fn secret(&self) -> &str {
        match self {
            Self::Lasting(key) => &key.secret,
            Self::Session(session) => &session.secret_access_key,
        }
    }

    /// Temporary credentials go with their token, lasting ones with none.
    pub(super) fn check_token(&self, given: Option<&str>) -> Result<(), Denial> {
        let is_right = match self {
            Self::Lasting(_) => given.is_none(),
            Self::Session(session) => {
                given.is_some_and(|given| is_same(given, &session.session_token))
            }
        };
        if is_right { Ok(()) } else { Err(Denial::UnknownKey) }
    }

    pub(super) fn check_valid(&self, now: Timestamp) -> Result<(), Denial> {
        match self {
            Self::Lasting(key) => match key.status {
                AccessKeyStatus::Active => Ok(()),
                AccessKeyStatus::Inactive => Err(Denial::UnknownKey),
            },
            Self::Session(session) if session.expires_at <= now => Err(Denial::ExpiredToken),
            Self::Session(_) => Ok(()),
        }
    }

    pub(super) fn caller(&self, region: Region) -> Caller {
        let (account, arn, user_id, id) = match self {
            Self::Lasting(key) => {
                let user_id = match Arn::parse(&key.principal_arn).map(|arn| arn.resource) {
                    Some("root") => key.account.to_string(),
                    _ => unique_id("AIDA", &key.principal_arn),
                };
                (&key.account, &key.principal_arn, user_id, &key.id)
            }
            Self::Session(session) => {
                let name = session.principal_arn.rsplit('/').next().unwrap_or_default();
                let user_id = format!("{}:{name}", unique_id("AROA", &session.role_arn));
                (&session.account, &session.principal_arn, user_id, &session.access_key_id)
            }
        };
        let scope = Scope { account: AccountId::clone(account), region };
        Caller {
            scope,
            arn: arn.clone(),
            user_id,
            access_key_id: Some(id.clone()),
            reached_at: None,
        }
    }
}

/// In the same time for all texts of one length.
fn is_same(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    left.len() == right.len()
        && left.iter().zip(right).fold(0, |differs, (left, right)| differs | (left ^ right)) == 0
}

/// IAM's unique id of a principal: a prefix that says of what, and 16 letters or digits. The same principal always has the same.
fn unique_id(prefix: &str, arn: &str) -> String {
    let letters = digest(&SHA256, arn.as_bytes());
    let letters = letters.as_ref().iter().take(16).map(|byte| letter(*byte));
    prefix.chars().chain(letters).collect()
}

/// One of the 32 letters and digits that ids are made of.
pub(super) fn letter(byte: u8) -> char {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    char::from(LETTERS[usize::from(byte & 31)])
}
