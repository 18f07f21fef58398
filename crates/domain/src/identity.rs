//! Who there is in an account, and what they were granted: users, roles, managed policies and instance profiles of IAM.
//!
//! IAM is the same in every region of an account: its records are kept under a region that no request names. Names are unique whatever
//! their case. Not here: credentials (`iam.rs`), what a policy means (crate `policy`).

use crate::{
    id::{AccountId, Region, Scope},
    key::{Key, Prefix},
    record::Record,
    tag::Tag,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where the identities of an account are kept.
pub fn of_account(account: &AccountId) -> Scope {
    let region = Region::parse("aws-global").expect("lowercase letters");
    Scope { account: account.clone(), region }
}

/// What an identity was granted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Grants {
    /// ARNs of managed policies, in the order in which they were attached.
    pub attached: Vec<String>,
    /// Inline policies' documents, by name.
    pub inline: BTreeMap<String, String>,
    /// The ARN of the managed policy that bounds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub boundary: Option<String>,
}

/// What users, roles, policies and instance profiles have in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// As given.
    pub name: String,
    /// `/`, or parts between slashes.
    pub path: String,
    /// Such as `AROA` and letters; never used again.
    pub id: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// Its tags.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

/// Somebody with lasting keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// Its name.
    #[serde(flatten)]
    pub name: Name,
    /// What it may do.
    #[serde(default)]
    pub grants: Grants,
    /// Ids of its access keys.
    #[serde(default)]
    pub access_keys: Vec<String>,
}

/// Something that others may become for a while.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// Its name.
    #[serde(flatten)]
    pub name: Name,
    /// What it may do.
    #[serde(default)]
    pub grants: Grants,
    /// Who may become it: a trust policy.
    pub trust: String,
    /// For people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// How long a session may last, in seconds.
    pub session_max_s: i64,
    /// The service that owns it, if it is linked to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
}

/// A policy of its own, attached to any number of identities.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManagedPolicy {
    /// Its name.
    #[serde(flatten)]
    pub name: Name,
    /// For people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// At most five, oldest first.
    pub versions: Vec<PolicyVersion>,
    /// The number of the version that counts.
    pub default: u32,
    /// The number of the next version.
    pub next: u32,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// One version of a managed policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyVersion {
    /// The number behind `v`.
    pub number: u32,
    /// The document.
    pub document: String,
    /// When it was made.
    pub created_at: Timestamp,
}

/// What an instance goes by: a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstanceProfile {
    /// Its name.
    #[serde(flatten)]
    pub name: Name,
    /// The name of its role, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
}

/// A kind of thing in IAM that has a [`Name`].
pub trait Entity: Record + Clone {
    /// What ids begin with.
    const ID_PREFIX: &'static str;
    /// What ARNs and messages call it.
    const KIND: &'static str;

    /// Its name.
    fn name(&self) -> &Name;

    /// Its name, to change tags and path.
    fn name_mut(&mut self) -> &mut Name;

    /// The key of the one called `name`, in whatever case. Panics if the name is empty or contains `/`: the model refuses both.
    fn key_of(account: &AccountId, name: &str) -> Key {
        Key::of::<Self>(&of_account(account), &[&name.to_ascii_lowercase()])
    }

    /// All of an account.
    fn all(account: &AccountId) -> Prefix {
        Prefix::table::<Self>(&of_account(account))
    }

    /// Its ARN.
    fn arn(&self, account: &AccountId) -> String {
        let Name { name, path, .. } = self.name();
        format!("arn:aws:iam::{account}:{}{path}{name}", Self::KIND)
    }
}

macro_rules! entity {
    ($($kind:ident: $table:literal, $prefix:literal, $arn:literal;)*) => { $(
        impl Record for $kind {
            const TABLE: &'static str = $table;
        }

        impl Entity for $kind {
            const ID_PREFIX: &'static str = $prefix;
            const KIND: &'static str = $arn;

            fn name(&self) -> &Name {
                &self.name
            }

            fn name_mut(&mut self) -> &mut Name {
                &mut self.name
            }
        }
    )* };
}

entity! {
    User: "user", "AIDA", "user";
    Role: "role", "AROA", "role";
    ManagedPolicy: "policy", "ANPA", "policy";
    InstanceProfile: "instance-profile", "AIPA", "instance-profile";
}

/// A kind of identity that policies are granted to.
pub trait Granted: Entity {
    /// What it was granted.
    fn grants(&self) -> &Grants;

    /// What it was granted, to change it.
    fn grants_mut(&mut self) -> &mut Grants;
}

impl Granted for User {
    fn grants(&self) -> &Grants {
        &self.grants
    }

    fn grants_mut(&mut self) -> &mut Grants {
        &mut self.grants
    }
}

impl Granted for Role {
    fn grants(&self) -> &Grants {
        &self.grants
    }

    fn grants_mut(&mut self) -> &mut Grants {
        &mut self.grants
    }
}

impl ManagedPolicy {
    /// The version called `v{number}`.
    pub fn version(&self, number: u32) -> Option<&PolicyVersion> {
        self.versions.iter().find(|version| version.number == number)
    }
}
