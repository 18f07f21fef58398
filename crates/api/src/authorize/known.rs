//! Policies that were read: each once, and not at every call that they have a say in.
//!
//! Invariant: what is given is what the record says that it is asked for. It is kept by the record itself, which never changes and is held
//! as long as what was read of it: a policy that is changed is another record, and no other record can be where this one is. What is kept
//! has an end ([`LETTERS_MAX`]).
//! Not here: what a policy means (crate `policy`), which records somebody's policies are in (`principal.rs`).

use crate::{decide::View, iam::managed};
use domain::{
    iam::SessionCredential,
    id::AccountId,
    identity::{Granted, ManagedPolicy, Role},
};
use policy::document::{Document, Kind};
use std::{
    any::Any,
    collections::BTreeMap,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};
use wire::Fault;

/// Policies of one record, in its order.
pub(super) type Documents = Arc<[Document]>;

/// The letters of all policies of which is kept what was read, at most: a read one takes about five bytes for each. IAM's policies have
/// 6,144 at most, so that those of some thousand users and roles have room.
const LETTERS_MAX: usize = 8 * 1024 * 1024;
/// As how many letters of a policy a record counts that is held: also one in which there is none, as of most users.
const LETTERS_OF_RECORD: usize = 512;

static SHELF: Mutex<Shelf> = Mutex::new(Shelf { kept: BTreeMap::new(), letters: 0 });

struct Shelf {
    /// By where the record is, and as what its policies are read.
    kept: BTreeMap<(usize, Means), Kept>,
    letters: usize,
}

struct Kept {
    /// Held, so that nothing else is where it is.
    _record: Arc<dyn Any + Send + Sync>,
    documents: Documents,
}

/// What policies of a record are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Means {
    /// What somebody may do.
    Grant,
    /// Who may become a role.
    Trust,
}

/// The inline policies of a user or role.
pub(super) fn inline<E: Granted>(entity: &Arc<E>) -> Documents {
    read(entity, Means::Grant, |it| it.grants().inline.values().map(String::as_str).collect())
}

/// The policies that were given with a session, but for managed ones, which are named.
pub(super) fn of_session(session: &Arc<SessionCredential>) -> Documents {
    let is_text = |policy: &&str| !policy.starts_with("arn:");
    read(session, Means::Grant, |it| {
        it.policies.iter().map(String::as_str).filter(is_text).collect()
    })
}

/// A role's trust policy.
pub(super) fn trust(role: &Arc<Role>) -> Documents {
    read(role, Means::Trust, |it| vec![&it.trust])
}

/// A managed policy: always one document, without statements where there is no such policy (any more), so that what narrows by it leaves
/// nothing then.
///
/// # Errors
/// A fault of the service, if a record cannot be read.
pub(super) fn managed(view: &View, account: &AccountId, arn: &str) -> Result<Documents, Fault> {
    static AWS: LazyLock<BTreeMap<&str, Documents>> = LazyLock::new(|| {
        let all = managed::of_aws();
        all.map(|(path, text)| (path, [parse(text, Means::Grant)].into())).collect()
    });
    if let Some(path) = arn.strip_prefix(managed::AWS_PREFIX) {
        return Ok(AWS.get(path).map_or_else(nothing, Arc::clone));
    }
    let found = managed::of_account(view, account, arn)?;
    fn default(it: &ManagedPolicy) -> Vec<&str> {
        vec![it.version(it.default).map_or("", |version| &version.document)]
    }
    Ok(found.map_or_else(nothing, |found| read(&found.record, Means::Grant, default)))
}

fn read<R: Send + Sync + 'static>(
    record: &Arc<R>,
    means: Means,
    texts: impl for<'a> FnOnce(&'a R) -> Vec<&'a str>,
) -> Documents {
    let key = (Arc::as_ptr(record).addr(), means);
    if let Some(kept) = shelf().kept.get(&key) {
        return Arc::clone(&kept.documents);
    }
    let texts = texts(record);
    let letters = LETTERS_OF_RECORD + texts.iter().map(|text| text.len()).sum::<usize>();
    let documents: Documents = texts.into_iter().map(|text| parse(text, means)).collect();
    let kept = Kept { _record: Arc::<R>::clone(record), documents: Arc::clone(&documents) };
    let mut shelf = shelf();
    if shelf.letters + letters > LETTERS_MAX {
        // Whoever calls now is read again; those whose records are gone are not.
        (shelf.kept, shelf.letters) = (BTreeMap::new(), 0);
    }
    if shelf.kept.insert(key, kept).is_none() {
        shelf.letters += letters;
    }
    documents
}

fn nothing() -> Documents {
    [Document { statements: Vec::new() }].into()
}

fn shelf() -> std::sync::MutexGuard<'static, Shelf> {
    SHELF.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A policy that was stored before its kind was refused says nothing: and so allows nothing.
fn parse(text: &str, means: Means) -> Document {
    let kind = match means {
        Means::Grant => Kind::Identity,
        Means::Trust => Kind::Trust,
    };
    Document::parse(text, kind).unwrap_or(Document { statements: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_one(text: &Arc<String>) -> Documents {
        read(text, Means::Grant, |text| vec![text])
    }

    fn actions(count: usize) -> String {
        let actions: Vec<_> = (0..count).map(|number| format!("\"ecs:{number}\"")).collect();
        let actions = actions.join(",");
        format!(r#"{{"Statement":{{"Effect":"Allow","Action":[{actions}],"Resource":"*"}}}}"#)
    }

    #[test]
    fn a_record_is_read_once() {
        let record = Arc::new(actions(1));
        assert!(Arc::ptr_eq(&read_one(&record), &read_one(&Arc::clone(&record))));
        let as_trust = read(&record, Means::Trust, |text| vec![text]);
        assert_eq!((read_one(&record)[0].statements.len(), as_trust[0].statements.len()), (1, 0));
    }

    /// Records of one size that come and go get each other's places in memory, if nobody holds them.
    #[test]
    fn no_record_is_taken_for_one_that_was_in_its_place() {
        for number in 0..1000 {
            let count = number % 7 + 1;
            let found = read_one(&Arc::new(actions(count)));
            assert_eq!(found[0].statements[0].actions.patterns.len(), count);
        }
    }

    #[test]
    fn what_is_kept_has_an_end() {
        let long = actions(100_000);
        let first = Arc::new(long.clone());
        let read_first = read_one(&first);
        for _ in 0..LETTERS_MAX / long.len() {
            read_one(&Arc::new(long.clone()));
        }
        let kept = shelf().letters;
        assert!(kept <= LETTERS_MAX, "{kept}");
        let again = read_one(&first);
        assert!(!Arc::ptr_eq(&read_first, &again));
        assert_eq!(again[0].statements.len(), 1);
    }

    /// A role that has no policies, and is made, used and deleted all the time, must not stay for ever either.
    #[test]
    fn records_without_policies_have_an_end_too() {
        let first = Arc::new(String::new());
        let held = Arc::downgrade(&first);
        read(&first, Means::Grant, |_| Vec::new());
        drop(first);
        assert!(held.upgrade().is_some(), "it is kept");
        for _ in 0..=LETTERS_MAX / LETTERS_OF_RECORD {
            read(&Arc::new(String::new()), Means::Grant, |_| Vec::new());
        }
        assert!(held.upgrade().is_none(), "it is let go");
    }
}
