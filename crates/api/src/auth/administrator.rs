//! The first administrator: the key that a store is opened up with.

use domain::{
    iam::{self, AccessKey, AccessKeyStatus, Administrator, unique_id},
    id::AccountId,
    time::Timestamp,
};
use ring::{
    error::Unspecified,
    rand::{SecureRandom, SystemRandom},
};
use store::{CommitError, Engine, Expect, ReadError, Transaction};

/// Why there is no first administrator.
#[derive(Debug, thiserror::Error)]
pub enum BootstrapError {
    /// The store could not be read.
    #[error("look for the first administrator")]
    Read(#[from] ReadError),
    /// The key could not be stored.
    #[error("store an access key")]
    Commit(#[from] CommitError),
    /// The operating system has no random bytes to give.
    #[error("draw a secret")]
    Random,
}

/// Makes the key of the first administrator, a user of `account`, and answers it: nobody else will ever tell its secret. `None` if a first
/// administrator was made before, whatever became of that key.
///
/// # Errors
/// If the store cannot be read or written.
pub async fn bootstrap_administrator(
    engine: &dyn Engine,
    account: &AccountId,
    now: Timestamp,
) -> Result<Option<AccessKey>, BootstrapError> {
    let snapshot = engine.snapshot().await?;
    if snapshot.get::<Administrator>(&Administrator::key())?.is_some() {
        return Ok(None);
    }
    let key = draw(account, &format!("arn:aws:iam::{account}:user/administrator"), now)?;
    let mut writes = Transaction::new();
    let record = Administrator { access_key_id: key.id.clone(), created_at: now };
    writes.put(&Administrator::key(), Expect::Absent, record);
    writes.put(&AccessKey::key(&key.id), Expect::Absent, key.clone());
    match engine.commit(writes).await {
        Ok(_) => Ok(Some(key)),
        // Another control plane on the same store was faster.
        Err(CommitError::Conflict { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Makes and stores a key of `principal_arn`, a principal of `account`, such as the agent that runs beside the control plane.
///
/// # Errors
/// If the store cannot be written.
pub async fn issue_key(
    engine: &dyn Engine,
    account: &AccountId,
    principal_arn: &str,
    now: Timestamp,
) -> Result<AccessKey, BootstrapError> {
    let key = draw(account, principal_arn, now)?;
    let mut writes = Transaction::new();
    writes.put(&AccessKey::key(&key.id), Expect::Absent, key.clone());
    engine.commit(writes).await?;
    Ok(key)
}

fn draw(
    account: &AccountId,
    principal_arn: &str,
    now: Timestamp,
) -> Result<AccessKey, BootstrapError> {
    let random = SystemRandom::new();
    let (mut letters, mut secret) = ([0; 16], [0; 40]);
    let filled = random.fill(&mut letters).and_then(|()| random.fill(&mut secret));
    filled.map_err(|Unspecified| BootstrapError::Random)?;
    Ok(AccessKey {
        id: unique_id("AKIA", &letters),
        secret: iam::secret(&secret),
        account: account.clone(),
        principal_arn: principal_arn.to_owned(),
        status: AccessKeyStatus::Active,
        created_at: now,
    })
}
