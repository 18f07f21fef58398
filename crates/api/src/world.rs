//! A world for tests of decisions: JSON request in, JSON reply or fault out, and a store that is a value.
//!
//! ```text
//! let mut world = World::new();
//! world.ok("CreateCluster", json!({"clusterName": "web"}));
//! assert_eq!(world.fault("DescribeClusters", json!({"include": ["X"]})), "InvalidParameterException: …");
//! ```
//! A request goes the way it goes on the network: JSON is decoded by the model and checked, the decision is made on a view and its writes
//! are applied with their expectations, and the reply is encoded by the model, which refuses members that no SDK knows.

use crate::{
    caller::Caller,
    config::Config,
    decide::{Ctx, Decide, Table, View},
    ecs, plain,
};
use books::ids::Ids;
use domain::{
    id::{AccountId, Region, Scope},
    key::{Key, Prefix},
    record::Record,
    time::{Millis, Timestamp},
};
use serde_json::Value as Json;
use std::sync::Arc;
use store::{Expect, Found, Snapshot, Transaction};
use wire::{Fault, codec::json, shape::Protocol};

/// Everything a decision depends on, in the hands of a test.
#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) snapshot: Snapshot,
    pub(crate) now: Timestamp,
    pub(crate) caller: Caller,
    pub(crate) config: Config,
    table: &'static Table,
    calls: u8,
}

impl World {
    /// An empty store, account 123456789012 in us-east-1, called by its root at 2026-12-01T10:00:00Z.
    pub(crate) fn new() -> Self {
        Self::of(&ecs::TABLE)
    }

    /// The same for another service than ECS.
    pub(crate) fn of(table: &'static Table) -> Self {
        Self {
            snapshot: Snapshot::default(),
            now: Timestamp(1_796_119_200_000),
            caller: root("123456789012", "us-east-1"),
            config: Config::default(),
            table,
            calls: 0,
        }
    }

    /// The account and region of the caller.
    pub(crate) fn scope(&self) -> Scope {
        self.caller.scope.clone()
    }

    /// From now on the root of `account` calls in `region`.
    pub(crate) fn enter(&mut self, account: &str, region: &str) {
        self.caller = root(account, region);
    }

    /// Time passes.
    pub(crate) fn pass(&mut self, time: Millis) {
        self.now = self.now + time;
    }

    /// The context that the next call would get.
    pub(crate) fn ctx(&self) -> Ctx {
        Ctx {
            now: self.now,
            scope: self.scope(),
            caller: self.caller.clone(),
            ids: Ids::from_seed([self.calls; 32]),
            config: Arc::new(self.config.clone()),
        }
    }

    /// The store as a decision sees it.
    pub(crate) fn view(&self) -> View {
        View::new(self.snapshot.clone())
    }

    /// Puts a record as if another part had written it.
    pub(crate) fn put<R: Record>(&mut self, key: &Key, record: R) {
        let mut writes = Transaction::new();
        writes.put(key, Expect::Any, record);
        self.snapshot = self.snapshot.with(&writes).expect("nothing is expected");
    }

    /// Deletes a record as if another part had.
    pub(crate) fn forget(&mut self, key: &Key) {
        let mut writes = Transaction::new();
        writes.delete(key, Expect::Any);
        self.snapshot = self.snapshot.with(&writes).expect("nothing is expected");
    }

    /// Changes a record that is there.
    pub(crate) fn change<R: Record + Clone>(&mut self, key: &Key, change: impl FnOnce(&mut R)) {
        let mut record = R::clone(&self.get::<R>(key).expect("the record is there").record);
        change(&mut record);
        self.put(key, record);
    }

    /// A stored record.
    pub(crate) fn get<R: Record>(&self, key: &Key) -> Option<Found<R>> {
        self.snapshot.get(key).expect("a readable record")
    }

    /// Stored records.
    pub(crate) fn all<R: Record>(&self, prefix: &Prefix) -> Vec<Found<R>> {
        self.snapshot.range(prefix).collect::<Result<_, _>>().expect("readable records")
    }

    /// Calls an operation.
    pub(crate) fn call(&mut self, operation: &str, request: Json) -> Result<Json, Fault> {
        self.calls = self.calls.wrapping_add(1);
        let row = self.table.service.operation(operation).expect("the model has the operation");
        let decide: Decide = self.table.operation(operation).expect("the table has the operation");
        // EC2 calls members otherwise on the wire, so its tests name them as the model does.
        let is_ec2 = self.table.service.protocols.contains(&Protocol::Ec2Query);
        let request = if is_ec2 {
            plain::from_json(request)
        } else {
            json::decode(row.input, request.to_string().as_bytes())?
        };
        assert_eq!(wire::check::mismatch(row.input, &request), None, "a request of {operation}");
        wire::check(row.input, &request)
            .map_err(|broken| (self.table.refuse)(operation, &broken))?;
        self.settle();
        let (reply, writes) = decide(&self.view(), &request, &self.ctx())?;
        assert_eq!(wire::check::mismatch(row.output, &reply), None, "the reply of {operation}");
        self.snapshot = self.snapshot.with(&writes).expect("nobody else writes in between");
        if is_ec2 {
            return Ok(plain::to_json(&reply));
        }
        Ok(serde_json::from_str(&json::encode(row.output, &reply)).expect("replies are JSON"))
    }

    /// Puts what has to be there before anything is decided.
    fn settle(&mut self) {
        if let Some(prepare) = self.table.prepare {
            let writes = prepare(&self.view(), &self.ctx()).expect("readable records");
            if !writes.is_empty() {
                self.snapshot = self.snapshot.with(&writes).expect("nobody else writes in between");
            }
        }
    }

    /// Calls an operation that must work.
    pub(crate) fn ok(&mut self, operation: &str, request: Json) -> Json {
        self.call(operation, request).unwrap_or_else(|fault| panic!("{operation}: {fault}"))
    }

    /// Calls an operation that must be refused, and answers `Code: message`.
    pub(crate) fn fault(&mut self, operation: &str, request: Json) -> String {
        self.settle();
        let before = self.snapshot.revision();
        let refused = self.call(operation, request);
        assert_eq!(self.snapshot.revision(), before, "a refused operation leaves nothing behind");
        refused
            .map_or_else(|fault| fault.to_string(), |reply| panic!("{operation} answered {reply}"))
    }
}

fn root(account: &str, region: &str) -> Caller {
    let account = AccountId::parse(account).expect("an account");
    Caller::root(account, Region::parse(region).expect("a region"))
}
