//! Keys of records that belong to others.

use domain::{
    cluster::Cluster,
    id::{AccountId, ClusterName, InstanceId, Region, Scope},
    key::Key,
    record::Record,
    service::Service,
};
use std::collections::BTreeMap;

/// The same key as one that is kept already: their text is shared.
pub(crate) fn shared<V>(kept: &BTreeMap<Key, V>, key: Key) -> Key {
    kept.get_key_value(&key).map_or(key, |(kept, _)| kept.clone())
}

/// The key of the record of the cluster that an instance's or a service's record is in.
pub(crate) fn cluster_key(key: &Key) -> Key {
    let name = key.as_str().split('/').nth(3).unwrap_or_default();
    Key::from_text(format!("{}/{}/{name}", scope_text(key), Cluster::TABLE))
}

/// The key of the floor of Fargate's pool in the account and region of a record: that of the cluster its hosts register in, of which there
/// is no record.
pub(crate) fn pool_key(key: &Key) -> Key {
    let pool = ClusterName::fargate();
    Key::from_text(format!("{}/{}/{pool}", scope_text(key), Cluster::TABLE))
}

/// The key of the service's record that a revision is of.
pub(crate) fn service_of(key: &Key) -> Key {
    let mut parts = key.as_str().split('/').skip(3);
    let (cluster, name) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    Key::from_text(format!("{}/{}/{cluster}/{name}", scope_text(key), Service::TABLE))
}

/// The account and region of a record as text.
pub(crate) fn scope_text(key: &Key) -> &str {
    let text = key.as_str();
    let account = text.find('/').unwrap_or(text.len());
    let region = text[account..].get(1..).and_then(|rest| rest.find('/'));
    &text[..region.map_or(text.len(), |at| account + 1 + at)]
}

/// The account and region of a record. Panics for a key that [`Key::of`] did not make.
pub fn scope_of(key: &Key) -> Scope {
    let mut parts = key.as_str().split('/');
    let mut part = || parts.next().expect("a key has an account and a region").to_owned();
    Scope {
        account: AccountId::parse(part()).expect("a key begins with an account"),
        region: Region::parse(part()).expect("a key has a region"),
    }
}

/// The key of the record of table `R` that has the same scope and parts.
pub fn sibling<R: Record>(key: &Key) -> Key {
    let text = key.as_str();
    let parts = text.splitn(4, '/').nth(3).expect("a key has parts below its table");
    Key::of::<R>(&scope_of(key), &parts.split('/').collect::<Vec<_>>())
}

/// The id that an instance's key ends in. Panics for a key of anything else.
pub fn instance_id(key: &Key) -> InstanceId {
    InstanceId::parse(key.last()).expect("an instance's key ends in its id")
}
