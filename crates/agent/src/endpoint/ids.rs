//! The ids by which containers name themselves to the endpoints, and what containers are told.
//!
//! Ids are made from a secret of this agent and the container's name: the same through every restart, with nothing to keep for each, and 122
//! bits that nobody without the secret can guess. Containers in host mode share the host's address, so for them the id is all there is.

use super::{ADDRESS, door::Caller};
use domain::{
    id::{hex, uuid},
    link::acs::PayloadTask,
    time::Timestamp,
};
use ring::hmac;
use std::{collections::BTreeMap, fmt, sync::Arc};

/// Length of the secret.
pub(crate) const SECRET_BYTES: usize = 32;

/// Makes ids.
#[derive(Clone)]
pub(crate) struct Ids(hmac::Key);

impl fmt::Debug for Ids {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ids")
    }
}

impl Ids {
    /// From the agent's secret.
    pub(crate) fn new(secret: &[u8; SECRET_BYTES]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, secret))
    }

    /// The id in a container's metadata addresses.
    pub(crate) fn endpoint(&self, task: &str, container: &str) -> String {
        uuid(self.derived("endpoint", task, container))
    }

    /// The end of a container's Docker name.
    pub(crate) fn salt(&self, task: &str, container: &str) -> [u8; 10] {
        self.derived("name", task, container)
    }

    fn derived<const N: usize>(&self, what: &str, task: &str, container: &str) -> [u8; N] {
        let tag = hmac::sign(&self.0, format!("{what}/{task}/{container}").as_bytes());
        *tag.as_ref().first_chunk().expect("a tag has 32 bytes")
    }

    /// A token for the instance's metadata, good for `caller` until `until`.
    pub(super) fn token(&self, caller: &Caller, until: Timestamp) -> String {
        let tag = hmac::sign(&self.0, signed(caller, until.0).as_bytes());
        format!("{:x}-{}", until.0, hex(tag.as_ref()))
    }

    /// Whether a token is good for `caller` at `now`.
    pub(super) fn is_token(&self, caller: &Caller, token: &str, now: Timestamp) -> bool {
        let Some((until, tag)) = token.split_once('-') else { return false };
        let Ok(until) = i64::from_str_radix(until, 16) else { return false };
        let Some(tag) = unhex(tag) else { return false };
        let is_ours = hmac::verify(&self.0, signed(caller, until).as_bytes(), &tag).is_ok();
        is_ours && now.0 < until
    }

    /// `task` with `container` told of the endpoints; nothing else of it changes.
    pub(crate) fn equip(&self, task: &Arc<PayloadTask>, container: &str) -> Arc<PayloadTask> {
        let mut equipped = PayloadTask::clone(task);
        let told = self.environment(task, container);
        if let Some(it) = equipped.containers.iter_mut().find(|it| it.name == container) {
            it.environment.extend(told);
        }
        Arc::new(equipped)
    }

    /// What a container is told of the endpoints by its environment (agent-protocol.md §6).
    pub(crate) fn environment(
        &self,
        task: &PayloadTask,
        container: &str,
    ) -> BTreeMap<String, String> {
        let id = self.endpoint(task.id(), container);
        let mut told = BTreeMap::from([
            ("ECS_CONTAINER_METADATA_URI".to_owned(), format!("{ADDRESS}/v3/{id}")),
            ("ECS_CONTAINER_METADATA_URI_V4".to_owned(), format!("{ADDRESS}/v4/{id}")),
            ("ECS_AGENT_URI".to_owned(), format!("{ADDRESS}/api/{id}")),
        ]);
        if let Some(role) =
            task.role_credentials.as_ref().filter(|it| !it.credentials_id.is_empty())
        {
            let path = format!("/v2/credentials/{}", role.credentials_id);
            told.insert("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI".to_owned(), path);
        }
        told
    }
}

/// What a token's tag is of.
fn signed(caller: &Caller, until: i64) -> String {
    match caller {
        Caller::Task(id) => format!("token/{until}/task/{id}"),
        Caller::Host => format!("token/{until}/host"),
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|it| u8::try_from(it).ok());
    digits.chunks(2).map(|pair| Some(digit(pair[0])? << 4 | digit(pair[1])?)).collect()
}
