//! The credentials of tasks' roles: which a task needs, whether it has them, and new ones (agent-protocol.md §4).
//!
//! Invariants: what is handed out is in the store before, so that whoever checks a signature finds it. A task's credentials id stays the
//! same through every renewal, because a container's address holds it. Older credentials of a task stay valid until they end by
//! themselves or with the task. Not here: those of instances' roles (`profile`).

use crate::{
    config::{CredentialTimes, Sources},
    payload::Credentials,
};
use books::role;
use domain::{
    arn::Arn,
    definition::TaskDefinition,
    iam::{
        RoleUse, SessionCredential, TaskCredentials, TaskRole, secret, session_token, unique_id,
    },
    id::{AccountId, Scope, uuid},
    link::acs::RoleCredentials,
    task::Task,
    time::Timestamp,
};
use store::{Expect, Found, ReadError, Snapshot, Transaction};
use wire::{codec::time, shape::TimestampFormat};

/// A task's credentials as they are or will be once `writes` is committed.
#[derive(Debug, Default)]
pub struct Provided {
    /// For the payload.
    pub credentials: Credentials,
    /// When to renew each.
    pub renewals: Vec<(RoleUse, Timestamp)>,
    /// The role that ECS cannot become for the task, if there is one: then there are no credentials and no writes.
    pub refused: Option<String>,
    /// New credentials; empty if there are none.
    pub writes: Transaction,
}

/// Makes credentials in one scope at one moment.
#[derive(Debug)]
pub struct Issuer<'a> {
    /// How long they are valid.
    pub times: CredentialTimes,
    /// Whether a role must trust ECS.
    pub checks_trust: bool,
    /// Where secrets come from.
    pub sources: &'a Sources,
    /// Whose.
    pub scope: &'a Scope,
    /// The moment.
    pub now: Timestamp,
}

impl Issuer<'_> {
    /// The credentials of `task`, as far as they are good for longer than the time before renewal; else new ones.
    ///
    /// # Errors
    /// If a record cannot be read.
    pub fn provide(
        &self,
        snapshot: &Snapshot,
        task: &Found<Task>,
        definition: &TaskDefinition,
    ) -> Result<Provided, ReadError> {
        let overrides = &task.overrides;
        let (application, execution) =
            (overrides.task_role_arn.as_deref(), overrides.execution_role_arn.as_deref());
        let roles: Vec<_> = role::roles(definition, application, execution).collect();
        let mut provided = Provided::default();
        if roles.is_empty() {
            return Ok(provided);
        }
        let key = TaskCredentials::key(self.scope, &task.cluster, &task.id);
        let kept = snapshot.get::<TaskCredentials>(&key)?;
        let mut held =
            kept.as_ref().map_or_else(TaskCredentials::default, |kept| (*kept.record).clone());
        for (role_use, role) in &roles {
            let (at, credential) = match self.usable(snapshot, &held, *role_use)? {
                Some(usable) => usable,
                None => {
                    let arn = role::arn_of(&self.scope.account, role);
                    if self.checks_trust && !role::is_assumable(snapshot, self.scope, &arn)? {
                        return Ok(Provided { refused: Some(arn), ..Provided::default() });
                    }
                    let made = self.issue(snapshot, &mut held, task, *role_use, &arn)?;
                    let id = SessionCredential::key(&made.1.access_key_id);
                    provided.writes.put(&id, Expect::Absent, made.1.clone());
                    made
                }
            };
            let entry = &held.roles[at];
            let given = Some(given(entry, &credential));
            match role_use {
                RoleUse::TaskApplication => provided.credentials.application = given,
                RoleUse::TaskExecution => provided.credentials.execution = given,
            }
            let renew_at = Timestamp(entry.expires_at.0 - self.times.renew_before.0);
            provided.renewals.push((*role_use, renew_at));
        }
        if !provided.writes.is_empty() {
            drop_ended(snapshot, &mut held);
            let expect = kept.map_or(Expect::Absent, |kept| Expect::Revision(kept.modified));
            provided.writes.put(&key, expect, held);
            // A task that ended meanwhile gets none: nobody would take them away again.
            provided.writes.expect(&task.key, Expect::Revision(task.modified));
        }
        Ok(provided)
    }

    /// The place in `held` and the credential for a use, if it is there and good for long enough.
    fn usable(
        &self,
        snapshot: &Snapshot,
        held: &TaskCredentials,
        role_use: RoleUse,
    ) -> Result<Option<(usize, SessionCredential)>, ReadError> {
        let Some(at) = held.roles.iter().position(|role| role.role_use == role_use) else {
            return Ok(None);
        };
        let role = &held.roles[at];
        if role.expires_at.0 - self.times.renew_before.0 <= self.now.0 {
            return Ok(None);
        }
        let found =
            snapshot.get::<SessionCredential>(&SessionCredential::key(&role.access_key_id))?;
        Ok(found.map(|found| (at, (*found.record).clone())))
    }

    /// Makes a credential and enters it into `held`, in place of the one for the same use.
    fn issue(
        &self,
        snapshot: &Snapshot,
        held: &mut TaskCredentials,
        task: &Task,
        role_use: RoleUse,
        role: &str,
    ) -> Result<(usize, SessionCredential), ReadError> {
        let expires_at = self.now + self.times.valid_for;
        let credential = self.credential(snapshot, task.id.as_str(), role, expires_at)?;
        let at = held.roles.iter().position(|kept| kept.role_use == role_use);
        if let Some(at) = at {
            let kept = &mut held.roles[at];
            let older =
                std::mem::replace(&mut kept.access_key_id, credential.access_key_id.clone());
            kept.superseded.push(older);
            kept.role_arn.clone_from(&credential.role_arn);
            kept.expires_at = expires_at;
            return Ok((at, credential));
        }
        held.roles.push(TaskRole {
            role_use,
            role_arn: credential.role_arn.clone(),
            credentials_id: uuid(self.sources.bytes()),
            access_key_id: credential.access_key_id.clone(),
            expires_at,
            superseded: Vec::new(),
        });
        Ok((held.roles.len() - 1, credential))
    }

    /// A new one of a session called `name`.
    pub(crate) fn credential(
        &self,
        snapshot: &Snapshot,
        name: &str,
        role: &str,
        expires_at: Timestamp,
    ) -> Result<SessionCredential, ReadError> {
        // A role of another account is that account's; what is no ARN of a role is nobody's, and so may do nothing.
        let parsed = Arn::parse(role).filter(|arn| arn.service == "iam");
        let account = parsed.and_then(|arn| AccountId::parse(arn.account).ok());
        let account = account.unwrap_or_else(|| self.scope.account.clone());
        let path = parsed.map_or(role, |arn| arn.resource);
        let role_name = path.rsplit('/').next().unwrap_or(path);
        Ok(SessionCredential {
            access_key_id: unique_id("ASIA", &self.sources.bytes::<16>()),
            secret_access_key: secret(&self.sources.bytes()),
            session_token: session_token(&self.sources.bytes()),
            principal_arn: format!("arn:aws:sts::{account}:assumed-role/{role_name}/{name}"),
            account,
            role_arn: role.to_owned(),
            role_id: role::find(snapshot, role)?.map(|role| role.name.id.clone()),
            policies: Vec::new(),
            tags: Vec::new(),
            transitive_tag_keys: Vec::new(),
            source_identity: None,
            issued_at: self.now,
            expires_at,
        })
    }
}

/// Forgets the names of credentials that ended and are gone, so that a task that runs for years keeps a short list.
fn drop_ended(snapshot: &Snapshot, held: &mut TaskCredentials) {
    for role in &mut held.roles {
        role.superseded.retain(|id| snapshot.entry(&SessionCredential::key(id)).is_some());
    }
}

fn given(role: &TaskRole, credential: &SessionCredential) -> RoleCredentials {
    RoleCredentials {
        credentials_id: role.credentials_id.clone(),
        role_arn: role.role_arn.clone(),
        access_key_id: credential.access_key_id.clone(),
        secret_access_key: credential.secret_access_key.clone(),
        session_token: credential.session_token.clone(),
        expiration: moment(credential.expires_at),
    }
}

/// As credentials have it.
pub(crate) fn moment(at: Timestamp) -> String {
    time::write(at.0, TimestampFormat::DateTime)
}
