//! A credential that the store knows, lasting or of a session.

use crate::caller::{Caller, Who};
use domain::{
    iam::{AccessKey, AccessKeyStatus, SessionCredential, unique_id},
    id::{AccountId, Region, Scope},
    identity::{Entity, Role, User},
    time::Timestamp,
};
use ring::digest::{SHA256, digest};
use std::sync::Arc;
use store::{ReadError, Snapshot};
use wire::sigv4::Denial;

/// The longest access key id that IAM gives.
const ID_LENGTH_MAX: usize = 128;

/// A credential and the id of its principal.
pub(super) struct Credential {
    kind: Kind,
    /// What STS calls the user id.
    user_id: String,
}

enum Kind {
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
        let kind = match snapshot.get(&SessionCredential::key(id))? {
            Some(session) => Kind::Session(session.record),
            None => match snapshot.get(&AccessKey::key(id))? {
                Some(key) => Kind::Lasting(key.record),
                None => return Ok(None),
            },
        };
        let user_id = match &kind {
            Kind::Lasting(key) => user_id(snapshot, &key.account, &key.principal_arn)?,
            Kind::Session(session) => user_id(snapshot, &session.account, &session.principal_arn)?,
        };
        Ok(Some(Self { kind, user_id }))
    }

    /// Whether its role is gone, or is another one of the same name: sessions end with the role that they are of.
    pub(super) fn is_orphan(&self, snapshot: &Snapshot) -> Result<bool, ReadError> {
        let Kind::Session(session) = &self.kind else { return Ok(false) };
        let Who::Session { role, .. } = Who::of(&session.principal_arn) else { return Ok(false) };
        let role = snapshot.get::<Role>(&Role::key_of(&session.account, role))?;
        let is_its = |id: &str| session.role_id.as_deref().is_none_or(|its| its == id);
        Ok(!role.is_some_and(|role| is_its(&role.name().id)))
    }

    pub(super) fn secret(&self) -> &str {
        match &self.kind {
            Kind::Lasting(key) => &key.secret,
            Kind::Session(session) => &session.secret_access_key,
        }
    }

    /// Temporary credentials go with their token, lasting ones with none.
    pub(super) fn check_token(&self, given: Option<&str>) -> Result<(), Denial> {
        let is_right = match &self.kind {
            Kind::Lasting(_) => given.is_none(),
            Kind::Session(session) => {
                given.is_some_and(|given| is_same(given, &session.session_token))
            }
        };
        if is_right { Ok(()) } else { Err(Denial::UnknownKey) }
    }

    pub(super) fn check_valid(&self, now: Timestamp) -> Result<(), Denial> {
        match &self.kind {
            Kind::Lasting(key) => match key.status {
                AccessKeyStatus::Active => Ok(()),
                AccessKeyStatus::Inactive => Err(Denial::UnknownKey),
            },
            Kind::Session(session) if session.expires_at <= now => Err(Denial::ExpiredToken),
            Kind::Session(_) => Ok(()),
        }
    }

    pub(super) fn caller(&self, region: Region) -> Caller {
        let (account, arn, id) = match &self.kind {
            Kind::Lasting(key) => (&key.account, &key.principal_arn, &key.id),
            Kind::Session(session) => {
                (&session.account, &session.principal_arn, &session.access_key_id)
            }
        };
        let scope = Scope { account: AccountId::clone(account), region };
        Caller {
            scope,
            arn: arn.clone(),
            user_id: self.user_id.clone(),
            access_key_id: Some(id.clone()),
            reached_at: None,
            source: None,
            user_agent: None,
        }
    }
}

/// What STS calls the user id of a principal of `account`: IAM's id of the user, or of the role with the session's name behind it. One
/// that IAM has no record of, such as an agent's user, has an id that follows from its name.
fn user_id(snapshot: &Snapshot, account: &AccountId, arn: &str) -> Result<String, ReadError> {
    Ok(match Who::of(arn) {
        Who::Root | Who::Nobody => account.to_string(),
        Who::User(name) => id_of::<User>(snapshot, account, name)?,
        Who::Session { role, session } => {
            format!("{}:{session}", id_of::<Role>(snapshot, account, role)?)
        }
    })
}

fn id_of<E: Entity>(
    snapshot: &Snapshot,
    account: &AccountId,
    name: &str,
) -> Result<String, ReadError> {
    let found = snapshot.get::<E>(&E::key_of(account, name))?;
    Ok(found.map_or_else(|| id_by_name::<E>(account, name), |found| found.name().id.clone()))
}

/// The same at each call, and another for each name.
pub(super) fn id_by_name<E: Entity>(account: &AccountId, name: &str) -> String {
    let digest = digest(&SHA256, format!("{account}/{name}").as_bytes());
    unique_id(E::ID_PREFIX, &digest.as_ref()[..17])
}

/// In the same time for all texts of one length.
fn is_same(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    left.len() == right.len()
        && left.iter().zip(right).fold(0, |differs, (left, right)| differs | (left ^ right)) == 0
}
