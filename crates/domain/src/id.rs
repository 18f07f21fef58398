//! Ids as types, each checked once where it is made.
//!
//! Invariant: the text of an id contains no `/`, no white space and no control character, so that it can be a part of a key or an ARN.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A text that is not an id of the wanted kind.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a valid {kind}")]
pub struct InvalidId {
    /// What was wanted, such as `cluster name`.
    pub kind: &'static str,
    /// What was given.
    pub text: String,
}

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident, $kind:literal, $rule:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Checks the text.
            pub fn parse(text: impl Into<String>) -> Result<Self, InvalidId> {
                let text = text.into();
                let rule: fn(&str) -> bool = $rule;
                if rule(&text) { Ok(Self(text)) } else { Err(InvalidId { kind: $kind, text }) }
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;
            fn try_from(text: String) -> Result<Self, InvalidId> {
                Self::parse(text)
            }
        }

        impl std::str::FromStr for $name {
            type Err = InvalidId;
            fn from_str(text: &str) -> Result<Self, InvalidId> {
                Self::parse(text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }
    };
}

/// Longest name of a cluster, family or service: ECS's own limit.
pub const NAME_LENGTH_MAX: usize = 255;

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= NAME_LENGTH_MAX
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

fn is_hex32(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

text_id!(
    /// An AWS account: twelve digits.
    AccountId, "account id", |text| text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit())
);
text_id!(
    /// A region such as `us-east-1`.
    Region, "region", |text| !text.is_empty()
        && text.len() <= 64
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
);
/// The name of Fargate's own cluster, which no user can give one.
const FARGATE: &str = ".fargate";

text_id!(
    /// A cluster's name: at most 255 of `[A-Za-z0-9_-]`, or Fargate's own.
    ClusterName, "cluster name", |text| is_name(text) || text == FARGATE
);
text_id!(
    /// A task definition's family: at most 255 of `[A-Za-z0-9_-]`.
    Family, "family", is_name
);
text_id!(
    /// A service's name: at most 255 of `[A-Za-z0-9_-]`.
    ServiceName, "service name", is_name
);
text_id!(
    /// A deployment's, task set's and service revision's id: the 19 digits behind `ecs-svc/`.
    DeploymentId, "deployment id", |text| text.len() == 19 && text.bytes().all(|b| b.is_ascii_digit())
);
text_id!(
    /// A service deployment's id: 21 of `[A-Za-z0-9_-]`.
    ServiceDeploymentId, "service deployment id", |text| text.len() == 21 && is_name(text)
);
text_id!(
    /// A task's id: 32 lowercase hexadecimal digits.
    TaskId, "task id", is_hex32
);
text_id!(
    /// A container instance's id: 32 lowercase hexadecimal digits.
    InstanceId, "container instance id", is_hex32
);

impl ClusterName {
    /// The cluster that hosts of Fargate's pool register in. There is no record of it, so that users have no such cluster.
    pub fn fargate() -> Self {
        Self(FARGATE.to_owned())
    }

    /// Whether it is [`Self::fargate`].
    pub fn is_fargate(&self) -> bool {
        self.0 == FARGATE
    }
}

impl TaskId {
    /// From 16 random bytes.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(hex(&bytes))
    }
}

impl DeploymentId {
    /// From 8 random bytes: the first digit is never 0, so that the id is a number of 19 digits.
    pub fn from_number(number: u64) -> Self {
        const SMALLEST: u64 = 1_000_000_000_000_000_000;
        Self((SMALLEST + number % (9 * SMALLEST)).to_string())
    }

    /// The id as deployments, task sets and `startedBy` show it.
    pub fn prefixed(&self) -> String {
        format!("ecs-svc/{self}")
    }
}

impl ServiceDeploymentId {
    /// From 21 random bytes.
    pub fn from_bytes(bytes: [u8; 21]) -> Self {
        const LETTERS: &[u8; 64] =
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        Self(bytes.iter().map(|b| LETTERS[usize::from(b & 63)] as char).collect())
    }
}

impl InstanceId {
    /// From 16 random bytes.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(hex(&bytes))
    }
}

/// Lowercase hexadecimal digits of `bytes`.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|b| [DIGITS[usize::from(b >> 4)] as char, DIGITS[usize::from(b & 15)] as char])
        .collect()
}

/// 16 random bytes as a version 4 UUID in its usual text form.
pub fn uuid(mut bytes: [u8; 16]) -> String {
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let digits = hex(&bytes);
    format!(
        "{}-{}-{}-{}-{}",
        &digits[..8],
        &digits[8..12],
        &digits[12..16],
        &digits[16..20],
        &digits[20..]
    )
}

/// Where state is kept apart: nothing in one account and region ever sees another's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Scope {
    /// The account that owns the resources.
    pub account: AccountId,
    /// The region they are in.
    pub region: Region,
}

/// A definition revision: from 1, never used twice in a family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DefinitionRevision(pub u32);

impl fmt::Display for DefinitionRevision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::{AccountId, ClusterName, TaskId, uuid};

    #[test]
    fn an_id_with_a_slash_is_refused() {
        assert!(ClusterName::parse("a/b").is_err());
        assert!(ClusterName::parse("").is_err());
        assert!(ClusterName::parse("a_b-C9").is_ok());
        assert!(ClusterName::parse(".web").is_err());
        assert_eq!(ClusterName::parse(".fargate"), Ok(ClusterName::fargate()));
    }

    #[test]
    fn ids_have_their_exact_length() {
        assert!(AccountId::parse("12345678901").is_err());
        assert_eq!(TaskId::from_bytes([0xab; 16]).as_str(), "abababababababababababababababab");
        assert_eq!(uuid([0xff; 16]), "ffffffff-ffff-4fff-bfff-ffffffffffff");
    }
}
