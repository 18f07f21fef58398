//! Keys that the binary itself hands out: the first administrator's, and that of the agent which `longshore up` runs.

use super::write_secret;
use anyhow::{Context, Result};
use api::{
    auth::{has_administrator, issue_key},
    bootstrap_administrator, system_clock,
};
use domain::{iam::AccessKey, id::AccountId};
use fs_err as fs;
use std::path::Path;
use store::Engine;
use wire::sigv4::Credentials;

/// Prints the first administrator's key, the one time that it is made; later, warns if the account has lost its last one.
pub(crate) async fn print_first_administrator(
    engine: &dyn Engine,
    account: &AccountId,
) -> Result<()> {
    let made = bootstrap_administrator(engine, account, system_clock()).await?;
    if let Some(key) = made {
        anstream::println!("the first administrator's key, shown only now:");
        anstream::println!("  export AWS_ACCESS_KEY_ID={}", key.id);
        anstream::println!("  export AWS_SECRET_ACCESS_KEY={}", key.secret);
    } else if !has_administrator(engine, account, system_clock()).await? {
        tracing::warn!(
            %account,
            "no user with an active key may give itself AdministratorAccess: if no role may either, start the region once with --auth \
             local, where the account's root calls, and make a user that may"
        );
    }
    Ok(())
}

/// The key of this machine's own agent: the one in `file` while the store knows it, else a new one.
pub(crate) async fn agent_credentials(
    engine: &dyn Engine,
    account: &AccountId,
    file: &Path,
) -> Result<Credentials> {
    if let Some(credentials) = kept(engine, account, file).await? {
        return Ok(credentials);
    }
    let principal = format!("arn:aws:iam::{account}:user/longshore-agent");
    let key = issue_key(engine, account, &principal, system_clock()).await?;
    if let Some(directory) = file.parent() {
        fs::create_dir_all(directory)?;
    }
    write_secret(file, &format!("{}\n{}\n", key.id, key.secret))?;
    Ok(credentials(key.id, key.secret))
}

async fn kept(
    engine: &dyn Engine,
    account: &AccountId,
    file: &Path,
) -> Result<Option<Credentials>> {
    let Ok(text) = fs::read_to_string(file) else { return Ok(None) };
    let Some((id, secret)) = text.trim_end().split_once('\n') else { return Ok(None) };
    let snapshot = engine.snapshot().await.context("read the store")?;
    let record = snapshot.get::<AccessKey>(&AccessKey::key(id)).context("read the agent's key")?;
    let is_known = record.is_some_and(|key| key.secret == secret && key.account == *account);
    Ok(is_known.then(|| credentials(id.to_owned(), secret.to_owned())))
}

fn credentials(access_key_id: String, secret_access_key: String) -> Credentials {
    Credentials { access_key_id, secret_access_key, session_token: None }
}
