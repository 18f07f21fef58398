//! The role that a host has by its instance profile, and its credentials: what its agent is told for the host's metadata service.
//!
//! As with tasks, what is handed out is in the store before. The newest credential stands with the instance's link, so that a session after
//! another does not make one each; older ones stay valid until they end by themselves, as EC2's. Not here: who may give a host a role
//! (`api::authorize`).

use crate::{
    acs::serve::Hello,
    credentials::{Issuer, moment},
    instance::Instance,
};
use books::role;
use domain::{
    iam::{InstanceRole, SessionCredential},
    identity::{Entity, InstanceProfile, Role},
    instance::{ContainerInstance, InstanceLink},
    link::{
        OWN_AGENT_HASH,
        acs::{InstanceCredentials, RoleCredentials},
    },
    time::{Millis, Timestamp},
};
use store::{Expect, ReadError, Snapshot, Transaction};

/// A profile, its role or that role's trust may be mended at any time.
pub(crate) const LOOK_AGAIN: Millis = Millis::from_s(30);

/// What an agent was told of its host's role.
pub(crate) struct RoleTold {
    /// As the agent named it.
    pub(crate) profile: String,
    /// `None` before the first time.
    pub(crate) said: Option<InstanceCredentials>,
    /// When to look again.
    pub(crate) due: Timestamp,
}

impl RoleTold {
    /// Of an agent that names a profile and is ours; others would not understand.
    pub(crate) fn of(hello: &Hello) -> Option<Self> {
        let is_own_agent = hello.versions.agent_hash.as_deref() == Some(OWN_AGENT_HASH);
        let profile = hello.instance_profile.clone().filter(|_| is_own_agent)?;
        Some(Self { profile, said: None, due: Timestamp(0) })
    }

    /// That there is nothing to give was said, whenever that was.
    pub(crate) fn has_said(&self, told: &InstanceCredentials) -> bool {
        self.said.as_ref().is_some_and(|said| {
            let last_updated = told.last_updated.clone();
            let same = InstanceCredentials { last_updated, ..said.clone() };
            same == *told && (said.role_credentials.is_none() || said == told)
        })
    }
}

/// What is to be said of a profile.
#[derive(Debug)]
pub(crate) struct Answer {
    /// `None` where there is no such profile.
    pub(crate) told: Option<InstanceCredentials>,
    /// When to look again: before credentials end, and soon where there are none.
    pub(crate) due: Timestamp,
    /// What must be committed before it is said.
    pub(crate) writes: Transaction,
}

impl Issuer<'_> {
    /// What `instance` is told of the profile called `profile`.
    ///
    /// # Errors
    /// If a record cannot be read.
    pub(crate) fn role_of(
        &self,
        snapshot: &Snapshot,
        instance: &Instance,
        profile: &str,
    ) -> Result<Answer, ReadError> {
        let due = self.now + LOOK_AGAIN;
        let mut answer = Answer { told: None, due, writes: Transaction::new() };
        let account = &self.scope.account;
        // Agents say what they like: what cannot be a name is no profile's.
        if profile.is_empty() || profile.contains('/') {
            return Ok(answer);
        }
        let found = snapshot.get::<InstanceProfile>(&InstanceProfile::key_of(account, profile))?;
        let Some(found) = found else { return Ok(answer) };
        let told = answer.told.insert(InstanceCredentials {
            profile_arn: found.arn(account),
            profile_id: found.name.id.clone(),
            role_name: found.role.clone().unwrap_or_default(),
            last_updated: moment(self.now),
            role_credentials: None,
        });
        let Some(name) = &found.role else { return Ok(answer) };
        let Some(role) = snapshot.get::<Role>(&Role::key_of(account, name))? else {
            return Ok(answer);
        };
        let arn = role.arn(account);
        let registered = snapshot.get::<ContainerInstance>(&instance.key())?;
        let ec2_id = registered.and_then(|it| it.ec2_instance_id.clone());
        let session = ec2_id.as_deref().unwrap_or(instance.id.as_str());
        if self.checks_trust && !role::is_an_instances(snapshot, self.scope, &arn, session)? {
            return Ok(answer);
        }
        if let Some(credential) =
            self.of_host(snapshot, instance, (&arn, session), &mut answer.writes)?
        {
            answer.due = Timestamp(credential.expires_at.0 - self.times.renew_before.0);
            told.last_updated = moment(credential.issued_at);
            told.role_credentials = Some(RoleCredentials {
                credentials_id: String::new(),
                role_arn: arn,
                access_key_id: credential.access_key_id,
                secret_access_key: credential.secret_access_key,
                session_token: credential.session_token,
                expiration: moment(credential.expires_at),
            });
        }
        Ok(answer)
    }

    /// The credential that the host holds of the role, if it is good for long enough; else a new one. `None` where there is no session.
    fn of_host(
        &self,
        snapshot: &Snapshot,
        instance: &Instance,
        (role, session): (&str, &str),
        writes: &mut Transaction,
    ) -> Result<Option<SessionCredential>, ReadError> {
        let Some(link) = snapshot.get::<InstanceLink>(&instance.link_key())? else {
            return Ok(None);
        };
        let is_good = |held: &&InstanceRole| {
            held.role_arn == role && held.expires_at.0 - self.times.renew_before.0 > self.now.0
        };
        if let Some(held) = link.role.as_ref().filter(is_good) {
            let key = SessionCredential::key(&held.access_key_id);
            if let Some(kept) = snapshot.get::<SessionCredential>(&key)? {
                return Ok(Some((*kept.record).clone()));
            }
        }
        let made = self.credential(snapshot, session, role, self.now + self.times.valid_for)?;
        writes.put(&SessionCredential::key(&made.access_key_id), Expect::Absent, made.clone());
        let held = InstanceRole {
            role_arn: role.to_owned(),
            access_key_id: made.access_key_id.clone(),
            expires_at: made.expires_at,
        };
        let link_now = InstanceLink { role: Some(held), ..(*link.record).clone() };
        writes.put(&link.key, Expect::Revision(link.modified), link_now);
        Ok(Some(made))
    }
}
