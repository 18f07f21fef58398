//! Who calls, as a decision sees it.

use domain::{
    arn::Arn,
    id::{AccountId, Region, Scope},
};
use std::net::{IpAddr, SocketAddr};

/// Who is at the other end of the connection that a request came by: an extension of the request, which the listener puts there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer(pub SocketAddr);

/// A verified principal and the account and region that the request is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The principal's account, and the region of the credential's scope.
    pub scope: Scope,
    /// The principal's ARN, such as `arn:aws:iam::123456789012:user/ada` or `arn:aws:sts::…:assumed-role/web/session`.
    pub arn: String,
    /// What STS calls the user id: the account for a root, `AIDA…` for a user, `AROA…:session` for a role.
    pub user_id: String,
    /// The access key id that signed, if the request was signed.
    pub access_key_id: Option<String>,
    /// The host and port by which the caller reached us, as its `Host` header says.
    pub reached_at: Option<String>,
    /// Where the request came from, if it came by a connection that the listener told of.
    pub source: Option<IpAddr>,
    /// What the caller's program calls itself: the request's `User-Agent` header.
    pub user_agent: Option<String>,
}

impl Caller {
    /// The root of `account`, in `region`.
    pub fn root(account: AccountId, region: Region) -> Self {
        Self {
            arn: root_arn(&account),
            user_id: account.to_string(),
            access_key_id: None,
            reached_at: None,
            source: None,
            user_agent: None,
            scope: Scope { account, region },
        }
    }

    /// Whom its ARN names.
    pub fn who(&self) -> Who<'_> {
        Who::of(&self.arn)
    }
}

/// Whom the ARN of a principal names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who<'a> {
    /// An account's root.
    Root,
    /// A user, by name without path.
    User(&'a str),
    /// A session of a role, by the names of both.
    Session {
        /// The role's name without path.
        role: &'a str,
        /// The session's name.
        session: &'a str,
    },
    /// Nobody that could call.
    Nobody,
}

impl<'a> Who<'a> {
    /// Reads an ARN. No name is empty, nor has it a slash.
    pub fn of(arn: &'a str) -> Self {
        let mut parts = Arn::parse(arn).map_or("", |arn| arn.resource).split('/');
        let (kind, first, last) = (parts.next(), parts.next(), parts.next_back());
        match (kind, first, last.or(first)) {
            (Some("root"), None, None) => Self::Root,
            (Some("user"), Some(_), Some(name)) if !name.is_empty() => Self::User(name),
            (Some("assumed-role"), Some(role), Some(session))
                if !role.is_empty() && last.is_some() =>
            {
                Self::Session { role, session }
            }
            _ => Self::Nobody,
        }
    }
}

/// The ARN of an account's root.
pub fn root_arn(account: &AccountId) -> String {
    format!("arn:aws:iam::{account}:root")
}
