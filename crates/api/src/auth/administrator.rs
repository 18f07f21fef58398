//! The first administrator: the user, and its key, that a store is opened up with.

use super::{DEFAULT_REGION, credential::id_by_name};
use crate::{
    authorize::authorize,
    caller::Caller,
    decide::{Ctx, View},
};
use books::ids::Ids;
use domain::{
    iam::{self, AccessKey, AccessKeyStatus, Administrator, unique_id},
    id::{AccountId, Region},
    identity::{Entity, Grants, Name, User},
    time::Timestamp,
};
use ring::{
    error::Unspecified,
    rand::{SecureRandom, SystemRandom},
};
use std::sync::Arc;
use store::{CommitError, Engine, Expect, ReadError, Snapshot, Transaction};
use wire::{Members, Value, tables::iam as iam_service};

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

/// The user that a store is opened up with, and what it may do.
const NAME: &str = "administrator";
const POLICY: &str = "arn:aws:iam::aws:policy/AdministratorAccess";

/// Makes the first administrator, user `administrator` of `account` with AWS's `AdministratorAccess`, and answers its key: nobody else
/// will ever tell its secret. `None` if a first administrator was made before, whatever became of it.
///
/// It is a user as every other: its keys can be rotated, and it can be deleted, which is then for ever. Earlier versions made the key
/// alone; such a key gets its user here. What tells the two apart is the key: a user is deleted only after its keys, so that one which
/// is there and in no user's list has never had a user. A user of that name that is there, since somebody made it while the region was
/// local, is taken as it is, and gets the policy if the key is new.
///
/// # Errors
/// If the store cannot be read or written.
pub async fn bootstrap_administrator(
    engine: &dyn Engine,
    account: &AccountId,
    now: Timestamp,
) -> Result<Option<AccessKey>, BootstrapError> {
    loop {
        let snapshot = engine.snapshot().await?;
        let mut writes = Transaction::new();
        let first = snapshot.get::<Administrator>(&Administrator::key())?;
        let made = match &first {
            Some(first) => {
                let key = snapshot.get::<AccessKey>(&AccessKey::key(&first.access_key_id))?;
                if let Some(key) = key {
                    put_user(&snapshot, &key.record, false, &mut writes)?;
                }
                None
            }
            None => {
                let key = draw(account, &format!("arn:aws:iam::{account}:user/{NAME}"), now)?;
                let record = Administrator { access_key_id: key.id.clone(), created_at: now };
                writes.put(&Administrator::key(), Expect::Absent, record);
                writes.put(&AccessKey::key(&key.id), Expect::Absent, key.clone());
                put_user(&snapshot, &key, true, &mut writes)?;
                Some(key)
            }
        };
        match engine.commit(writes).await {
            Ok(_) => return Ok(made),
            // Another control plane on the same store was faster, or a call changed the user.
            Err(CommitError::Conflict { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// Puts the administrator with `key` among its keys, unless it is.
fn put_user(
    snapshot: &Snapshot,
    key: &AccessKey,
    is_new: bool,
    writes: &mut Transaction,
) -> Result<(), ReadError> {
    let at = User::key_of(&key.account, NAME);
    let (mut user, expect) = match snapshot.get::<User>(&at)? {
        Some(found) if found.access_keys.contains(&key.id) => return Ok(()),
        Some(found) => (User::clone(&found.record), Expect::Revision(found.modified)),
        None => {
            let name = Name {
                name: NAME.into(),
                path: "/".into(),
                // The one that earlier versions told of it.
                id: id_by_name::<User>(&key.account, NAME),
                created_at: key.created_at,
                tags: Vec::new(),
            };
            let grants = Grants { attached: vec![POLICY.into()], ..Grants::default() };
            (User { name, grants, access_keys: Vec::new() }, Expect::Absent)
        }
    };
    user.access_keys.push(key.id.clone());
    if is_new && !user.grants.attached.iter().any(|arn| arn == POLICY) {
        user.grants.attached.push(POLICY.into());
    }
    writes.put(&at, expect, user);
    Ok(())
}

/// Whether some user of `account` has an active key and may give itself `AdministratorAccess`, as far as policies say it of a call from
/// nowhere in particular. If none may and no role may either, nobody is left to govern the account by signed calls; its root, whom IAM
/// asks nothing, is who starts the region with `--auth local`.
///
/// # Errors
/// If the store cannot be read.
pub async fn has_administrator(
    engine: &dyn Engine,
    account: &AccountId,
    now: Timestamp,
) -> Result<bool, BootstrapError> {
    let snapshot = engine.snapshot().await?;
    let view = View::new(snapshot.clone());
    let region = Region::parse(DEFAULT_REGION).expect("a region");
    for user in snapshot.range::<User>(&User::all(account)) {
        let user = user?;
        for id in &user.access_keys {
            let key = snapshot.get::<AccessKey>(&AccessKey::key(id))?;
            if key.is_none_or(|key| key.status != AccessKeyStatus::Active) {
                continue;
            }
            let caller = Caller {
                arn: user.arn(account),
                user_id: user.name.id.clone(),
                access_key_id: Some(id.clone()),
                ..Caller::root(account.clone(), region.clone())
            };
            let ctx = Ctx {
                now,
                scope: caller.scope.clone(),
                caller,
                ids: Ids::from_seed([0; 32]),
                config: Arc::default(),
            };
            let mut request = Members::new();
            request.put("UserName", user.name.name.as_str());
            request.put("PolicyArn", POLICY);
            let request = Value::Map(request);
            if authorize(&view, &ctx, &iam_service::SERVICE, "AttachUserPolicy", &request).is_ok() {
                return Ok(true);
            }
        }
    }
    Ok(false)
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
