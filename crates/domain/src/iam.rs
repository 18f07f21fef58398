//! Credentials: lasting keys of users, and those of a role that Longshore hands out for a while.
//!
//! A credential is found by its access key id alone, because a signed request names nothing else of it. What a task was given is a record
//! of its own, by which its credentials are renewed and, once it is STOPPED, found and deleted.
//! Not here: users and roles themselves, and what they may do.

use crate::{
    id::{AccountId, ClusterName, Region, Scope, TaskId},
    key::{Key, Prefix},
    record::Record,
    status::wire_names,
    tag::Tag,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The account and region under which records are kept that belong to no single region, or whose owner is not known before they are
/// read. No credential scope names this region.
pub fn everywhere() -> Scope {
    Scope {
        account: AccountId::parse("000000000000").expect("twelve digits"),
        region: Region::parse("aws-global").expect("lowercase letters"),
    }
}

/// IAM's unique id of something: a prefix that says of what, such as `AKIA`, and a letter or digit for each of `bytes`. Access key ids have
/// sixteen, ids of users and roles seventeen.
pub fn unique_id(prefix: &str, bytes: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let letters = bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte & 31)]));
    prefix.chars().chain(letters).collect()
}

/// What requests are signed with, of forty bytes that nobody can guess.
pub fn secret(bytes: &[u8; 40]) -> String {
    base64_letters(bytes)
}

/// What goes with the requests of a session, of as many bytes as nobody guesses.
pub fn session_token(bytes: &[u8; 128]) -> String {
    base64_letters(bytes)
}

/// A letter of base 64 for each byte.
fn base64_letters(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte & 63)])).collect()
}

/// The life of a lasting key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AccessKeyStatus {
    /// Usable.
    Active,
    /// Refused until it is made Active again.
    Inactive,
}
wire_names!(AccessKeyStatus { Active = "Active", Inactive = "Inactive" });

/// A lasting key of a user or of an account's root. Valid in every region.
///
/// Never printed: the secret is left out of its `Debug`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessKey {
    /// `AKIA` and sixteen letters or digits.
    pub id: String,
    /// What requests are signed with.
    pub secret: String,
    /// The account that the principal belongs to.
    pub account: AccountId,
    /// Such as `arn:aws:iam::{account}:user/{name}`.
    pub principal_arn: String,
    /// Whether it is usable.
    pub status: AccessKeyStatus,
    /// When it was made.
    pub created_at: Timestamp,
}

impl Record for AccessKey {
    const TABLE: &'static str = "access-key";
}

impl AccessKey {
    /// The key of the record with this access key id. Panics as [`SessionCredential::key`] does.
    pub fn key(id: &str) -> Key {
        Key::of::<Self>(&everywhere(), &[id])
    }
}

impl fmt::Debug for AccessKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessKey")
            .field("id", &self.id)
            .field("principal_arn", &self.principal_arn)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// That the first administrator was made: a store makes one in its life, whatever becomes of the key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Administrator {
    /// The key that was handed out.
    pub access_key_id: String,
    /// When.
    pub created_at: Timestamp,
}

impl Record for Administrator {
    const TABLE: &'static str = "administrator";
}

impl Administrator {
    /// The one key there is.
    pub fn key() -> Key {
        Key::of::<Self>(&everywhere(), &["first"])
    }
}

/// Temporary credentials of a role. Whoever signs with them is `principal_arn`. Valid in every region, until `expires_at`.
///
/// Never printed: the secrets are left out of its `Debug`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionCredential {
    /// `ASIA` and sixteen letters or digits.
    pub access_key_id: String,
    /// What requests are signed with.
    pub secret_access_key: String,
    /// What requests must carry as `X-Amz-Security-Token`.
    pub session_token: String,
    /// The account that the role belongs to.
    pub account: AccountId,
    /// `arn:aws:sts::{account}:assumed-role/{role}/{session}`.
    pub principal_arn: String,
    /// The role.
    pub role_arn: String,
    /// IAM's unique id of it, where it had one: another role that is given its name later is not the session's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role_id: Option<String>,
    /// Documents and ARNs of managed policies that the session was narrowed to; none of both: not narrowed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub policies: Vec<String>,
    /// Tags of the session itself, those included that its opener's session passed on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
    /// Keys of those of its tags that sessions which it opens get too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transitive_tag_keys: Vec<String>,
    /// Who its first opener says to be, through every further role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_identity: Option<String>,
    /// When it was made.
    #[serde(default)]
    pub issued_at: Timestamp,
    /// From then on they are refused, and the record may be forgotten.
    pub expires_at: Timestamp,
}

impl Record for SessionCredential {
    const TABLE: &'static str = "session-credential";
}

impl SessionCredential {
    /// The key of the credential with this access key id. Panics if the id is empty or contains `/`: check it first, as an id that
    /// comes from a request may be any text.
    pub fn key(access_key_id: &str) -> Key {
        Key::of::<Self>(&everywhere(), &[access_key_id])
    }

    /// All of them.
    pub fn all() -> Prefix {
        Prefix::table::<Self>(&everywhere())
    }
}

impl fmt::Debug for SessionCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SessionCredential")
            .field("access_key_id", &self.access_key_id)
            .field("principal_arn", &self.principal_arn)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

/// What a task uses a role for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RoleUse {
    /// Its containers call AWS with it.
    TaskApplication,
    /// Its agent pulls images and reads secrets with it.
    TaskExecution,
}
wire_names!(RoleUse { TaskApplication = "TaskApplication", TaskExecution = "TaskExecution" });

/// The credentials that a task holds now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskRole {
    /// What for.
    pub role_use: RoleUse,
    /// The role.
    pub role_arn: String,
    /// The name in the address at which containers find them: the task's own, and the same through every renewal.
    pub credentials_id: String,
    /// The newest credential.
    pub access_key_id: String,
    /// When the newest credential ends.
    pub expires_at: Timestamp,
    /// Access key ids of older credentials that may not have ended yet.
    #[serde(default)]
    pub superseded: Vec<String>,
}

/// The newest credential that an instance was given of its profile's role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstanceRole {
    /// The role.
    pub role_arn: String,
    /// The credential.
    pub access_key_id: String,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// All credentials of a task. Exists from its first payload until it is STOPPED.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TaskCredentials {
    /// At most one per use.
    pub roles: Vec<TaskRole>,
}

impl Record for TaskCredentials {
    const TABLE: &'static str = "task-credentials";
}

impl TaskCredentials {
    /// The key of one task's credentials.
    pub fn key(scope: &Scope, cluster: &ClusterName, task: &TaskId) -> Key {
        Key::of::<Self>(scope, &[cluster.as_str(), task.as_str()])
    }

    /// The access key ids of every credential that the task was given and that may still be kept.
    pub fn access_key_ids(&self) -> impl Iterator<Item = &str> {
        self.roles.iter().flat_map(|role| {
            role.superseded.iter().map(String::as_str).chain([role.access_key_id.as_str()])
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{AccessKey, AccessKeyStatus, SessionCredential, everywhere};
    use crate::time::Timestamp;

    #[test]
    fn secrets_are_not_printed() {
        let credential = SessionCredential {
            access_key_id: "ASIAEXAMPLE".into(),
            secret_access_key: "hush".into(),
            session_token: "hush".into(),
            account: everywhere().account,
            principal_arn: "arn:aws:sts::000000000000:assumed-role/web/1".into(),
            role_arn: "arn:aws:iam::000000000000:role/web".into(),
            role_id: None,
            policies: Vec::new(),
            tags: Vec::new(),
            transitive_tag_keys: Vec::new(),
            source_identity: None,
            issued_at: Timestamp(0),
            expires_at: Timestamp(0),
        };
        assert!(!format!("{credential:?}").contains("hush"));
        let key = AccessKey {
            id: "AKIAEXAMPLE".into(),
            secret: "hush".into(),
            account: everywhere().account,
            principal_arn: "arn:aws:iam::000000000000:root".into(),
            status: AccessKeyStatus::Active,
            created_at: Timestamp(0),
        };
        assert!(!format!("{key:?}").contains("hush"));
    }
}
