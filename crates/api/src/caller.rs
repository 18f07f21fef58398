//! Who calls, as a decision sees it.

use domain::id::{AccountId, Region, Scope};

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
}

impl Caller {
    /// The root of `account`, in `region`.
    pub fn root(account: AccountId, region: Region) -> Self {
        Self {
            arn: root_arn(&account),
            user_id: account.to_string(),
            access_key_id: None,
            reached_at: None,
            scope: Scope { account, region },
        }
    }
}

/// The ARN of an account's root.
pub fn root_arn(account: &AccountId) -> String {
    format!("arn:aws:iam::{account}:root")
}
