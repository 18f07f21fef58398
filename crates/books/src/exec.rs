//! Sessions of ECS Exec: the session and its host's roster change together.
//!
//! ```text
//!              open      renew     spend     claim        end
//! ExecSession  put       put       put       put          delete
//! ExecRoster   put                                        put, or delete of the last
//! ```
//! Invariants: a token opens one channel; a session's command is begun by one life of an agent at most.

use domain::{
    exec::{ExecPlace, ExecRoster, ExecSession, SESSION_LIFE_MAX, TOKEN_LIFE, TokenDigest},
    id::hex,
    status::{DesiredStatus, TaskStatus},
    task::Task,
    time::Timestamp,
};
use ring::digest::{SHA256, digest};
use store::{Expect, Found, ReadError, Snapshot, Transaction};

/// What is kept of a token.
pub fn token_digest(token: &str, now: Timestamp) -> TokenDigest {
    let sha256 = hex(digest(&SHA256, token.as_bytes()).as_ref());
    TokenDigest { sha256, expires_at: now + TOKEN_LIFE }
}

/// The writes that open a session.
///
/// # Errors
/// If its roster cannot be read.
pub fn open(snapshot: &Snapshot, session: &ExecSession) -> Result<Transaction, ReadError> {
    let mut writes = Transaction::new();
    let key = ExecSession::key(&session.id).expect("the id was just made");
    writes.put(&key, Expect::Absent, session.clone());
    let key = session.roster_key();
    let found = snapshot.get::<ExecRoster>(&key)?;
    let mut roster = found.as_ref().map_or_else(ExecRoster::default, |it| (*it.record).clone());
    let place = ExecPlace { task: session.task.clone(), container: session.container.clone() };
    roster.sessions.insert(session.id.clone(), place);
    let seen = found.map_or(Expect::Absent, |found| Expect::Revision(found.modified));
    writes.put(&key, seen, roster);
    Ok(writes)
}

/// The writes that give a session another token; the one before opens nothing any more.
pub fn renew(session: &Found<ExecSession>, token: &str, now: Timestamp) -> Transaction {
    let token = Some(token_digest(token, now));
    change(session, ExecSession { token, ..(*session.record).clone() })
}

/// The writes that use up a session's token; `None` if that is not `token`, or it came too late.
pub fn spend(session: &Found<ExecSession>, token: &str, now: Timestamp) -> Option<Transaction> {
    let kept = session.token.as_ref().filter(|kept| now < kept.expires_at)?;
    // Digests are compared, so how long it takes tells nothing of the token.
    (kept.sha256 == token_digest(token, now).sha256)
        .then(|| change(session, ExecSession { token: None, ..(*session.record).clone() }))
}

/// The writes by which `life` of an agent becomes the one that begins the session's command, none if it is that already; `None` if another
/// life is.
pub fn claim(session: &Found<ExecSession>, life: &str) -> Option<Transaction> {
    match session.host.as_deref() {
        None => {
            let host = Some(life.to_owned());
            Some(change(session, ExecSession { host, ..(*session.record).clone() }))
        }
        Some(host) => (host == life).then(Transaction::new),
    }
}

/// The writes that end a session.
///
/// # Errors
/// If its roster cannot be read.
pub fn end(snapshot: &Snapshot, session: &Found<ExecSession>) -> Result<Transaction, ReadError> {
    let mut writes = Transaction::new();
    writes.delete(&session.key, Expect::Revision(session.modified));
    let key = session.roster_key();
    if let Some(found) = snapshot.get::<ExecRoster>(&key)? {
        let mut roster = (*found.record).clone();
        roster.sessions.remove(&session.id);
        let seen = Expect::Revision(found.modified);
        if roster.sessions.is_empty() {
            writes.delete(&key, seen);
        } else {
            writes.put(&key, seen, roster);
        }
    }
    Ok(writes)
}

/// Whether nobody will ever end a session: its task is over or forgotten, or it is older than any session gets.
///
/// # Errors
/// If its task cannot be read.
pub fn is_left_over(
    snapshot: &Snapshot,
    session: &ExecSession,
    now: Timestamp,
) -> Result<bool, ReadError> {
    let key = Task::key(&session.scope, &session.cluster, &session.task);
    let task = snapshot.get::<Task>(&key)?;
    let is_over = task.is_none_or(|task| {
        task.last == TaskStatus::Stopped && task.desired == DesiredStatus::Stopped
    });
    Ok(is_over || session.created_at + SESSION_LIFE_MAX <= now)
}

fn change(before: &Found<ExecSession>, after: ExecSession) -> Transaction {
    let mut writes = Transaction::new();
    writes.put(&before.key, Expect::Revision(before.modified), after);
    writes
}

#[cfg(test)]
mod tests {
    use super::{claim, end, open, renew, spend, token_digest};
    use domain::{
        exec::{ExecRoster, ExecSession, session_id},
        id::{AccountId, ClusterName, InstanceId, Region, Scope, TaskId},
        time::Timestamp,
    };
    use store::{Found, Snapshot, Transaction};

    const NOW: Timestamp = Timestamp(1_000_000);

    fn session(number: u8) -> ExecSession {
        ExecSession {
            id: session_id([number; 16]),
            scope: Scope {
                account: AccountId::parse("123456789012").expect("digits"),
                region: Region::parse("us-east-1").expect("a region"),
            },
            cluster: ClusterName::parse("web").expect("a name"),
            task: TaskId::from_bytes([1; 16]),
            instance: InstanceId::from_bytes([2; 16]),
            host_cluster: None,
            container: "app".into(),
            runtime_id: "id".into(),
            command: "sh".into(),
            owner_arn: "arn".into(),
            created_at: NOW,
            log_group: None,
            token: Some(token_digest("first", NOW)),
            host: None,
        }
    }

    /// A store with one session, and ways to look at it.
    struct Desk(Snapshot);

    impl Desk {
        fn new() -> Self {
            let mut desk = Self(Snapshot::default());
            desk.commit(&open(&desk.0, &session(1)).expect("readable"));
            desk
        }

        fn commit(&mut self, writes: &Transaction) {
            self.0 = self.0.with(writes).expect("as expected");
        }

        fn found(&self, number: u8) -> Option<Found<ExecSession>> {
            let key = ExecSession::key(&session(number).id).expect("an id");
            self.0.get(&key).expect("readable")
        }

        fn roster(&self) -> usize {
            let found = self.0.get::<ExecRoster>(&session(1).roster_key()).expect("readable");
            found.map_or(0, |roster| roster.count(&TaskId::from_bytes([1; 16]), "app"))
        }
    }

    #[test]
    fn a_token_opens_once_and_a_new_one_in_its_place() {
        let mut desk = Desk::new();
        assert!(spend(&desk.found(1).expect("there"), "guess", NOW).is_none());
        let writes = spend(&desk.found(1).expect("there"), "first", NOW).expect("the token");
        desk.commit(&writes);
        assert!(spend(&desk.found(1).expect("there"), "first", NOW).is_none());
        let writes = renew(&desk.found(1).expect("there"), "second", NOW);
        desk.commit(&writes);
        let late = Timestamp(NOW.0 + 300_000);
        assert!(spend(&desk.found(1).expect("there"), "second", late).is_none());
        assert!(spend(&desk.found(1).expect("there"), "second", NOW).is_some());
    }

    #[test]
    fn one_life_of_an_agent_begins_a_session() {
        let mut desk = Desk::new();
        let writes = claim(&desk.found(1).expect("there"), "one").expect("the first");
        desk.commit(&writes);
        let again = claim(&desk.found(1).expect("there"), "one").expect("the same");
        assert!(again.is_empty());
        assert!(claim(&desk.found(1).expect("there"), "two").is_none());
    }

    #[test]
    fn a_session_is_in_its_roster_while_it_lives() {
        let mut desk = Desk::new();
        desk.commit(&open(&desk.0, &session(2)).expect("readable"));
        assert_eq!(desk.roster(), 2);
        let race = end(&desk.0, &desk.found(2).expect("there")).expect("readable");
        desk.commit(&end(&desk.0, &desk.found(1).expect("there")).expect("readable"));
        assert!(desk.0.with(&race).is_err(), "two that change a roster cannot both commit");
        desk.commit(&end(&desk.0, &desk.found(2).expect("there")).expect("readable"));
        assert_eq!((desk.roster(), desk.found(1).is_none()), (0, true));
    }
}
