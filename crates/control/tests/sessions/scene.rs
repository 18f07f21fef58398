//! A control plane on a real store, and agents that speak to it over in-memory connections, on tokio's paused clock.
//!
//! What the API would write is written here record by record, as `api` does it: ledger, assignment and task in one commit.

use bytes::Bytes;
use control::{
    Control,
    config::{Config, Sources},
    instance::Instance,
};
use domain::{
    definition::TaskDefinition,
    id::{AccountId, ClusterName, DefinitionRevision, Family, InstanceId, Region, Scope, TaskId},
    instance::{Assignment, ContainerInstance, InstanceLink, Ledger},
    key::Key,
    record::{Record, Revision},
    status::{DesiredStatus, TaskStatus},
    task::Task,
    time::Timestamp,
};
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::{body::Incoming, service::service_fn};
use hyper_util::rt::TokioIo;
use serde_json::{Value as Json, json};
use std::{
    convert::Infallible,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use store::{Embedded, Engine, Expect, Options, Transaction};
use tempfile::TempDir;
use tokio::{io::DuplexStream, task::JoinSet, time::Instant};

/// What the wall clock shows when a test begins.
pub(crate) const BEGIN: Timestamp = Timestamp(1_800_000_000_000);
/// No condition takes longer, of paused time.
const DEADLINE: Duration = Duration::from_secs(600);

pub(crate) fn scope() -> Scope {
    Scope {
        account: AccountId::parse("123456789012").expect("digits"),
        region: Region::parse("us-east-1").expect("a region"),
    }
}

pub(crate) fn cluster() -> ClusterName {
    ClusterName::parse("default").expect("a name")
}

pub(crate) fn task_id(number: u8) -> TaskId {
    TaskId::from_bytes([number; 16])
}

/// The control plane.
pub(crate) struct Plane {
    pub(crate) engine: Arc<dyn Engine>,
    pub(crate) control: Arc<Control>,
    pub(crate) sources: Sources,
    config: Config,
    store: Embedded,
    dir: TempDir,
    connections: JoinSet<()>,
}

/// Time that goes with tokio's, and chance that is none.
pub(crate) fn sources() -> Sources {
    let begin = Instant::now();
    let drawn = AtomicU64::new(0);
    Sources {
        clock: Arc::new(move || {
            Timestamp(BEGIN.0 + i64::try_from(begin.elapsed().as_millis()).expect("a short test"))
        }),
        random: Arc::new(move |bytes| {
            let number = drawn.fetch_add(1, Ordering::Relaxed).to_be_bytes();
            for (at, byte) in bytes.iter_mut().enumerate() {
                *byte =
                    number[at % number.len()] ^ u8::try_from(at / number.len()).expect("few bytes");
            }
        }),
    }
}

impl Plane {
    pub(crate) async fn start() -> Self {
        Self::start_with(Config::default()).await
    }

    pub(crate) async fn start_with(config: Config) -> Self {
        Self::start_on(config, |store| Arc::new(store)).await
    }

    /// On whatever `engine` makes of a store.
    pub(crate) async fn start_on(
        config: Config,
        engine: impl FnOnce(Embedded) -> Arc<dyn Engine>,
    ) -> Self {
        let dir = TempDir::new().expect("a directory");
        let store = Embedded::open(dir.path(), Options::default()).await.expect("an empty store");
        let sources = sources();
        let engine = engine(store.clone());
        let control = Control::start(Arc::clone(&engine), config.clone(), sources.clone()).await;
        let control = Arc::new(control.expect("a store that can be written"));
        Self { engine, control, sources, config, store, dir, connections: JoinSet::new() }
    }

    /// Ends the control plane and begins a new one on the same store.
    pub(crate) async fn restart(&mut self, pause: Duration) {
        self.control.shutdown().await;
        tokio::time::sleep(pause).await;
        let engine = Arc::clone(&self.engine);
        let control = Control::start(engine, self.config.clone(), self.sources.clone()).await;
        self.control = Arc::new(control.expect("a store that can be written"));
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.sources.now()
    }

    /// A connection to the plane's HTTP side, as the binary serves it.
    pub(crate) fn dial(&mut self) -> DuplexStream {
        let (ours, theirs) = tokio::io::duplex(64 * 1024);
        let control = Arc::clone(&self.control);
        self.connections.spawn(async move {
            let service = service_fn(move |request| answer(Arc::clone(&control), request));
            let connection = hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(ours), service)
                .with_upgrades();
            // The client may go at any time.
            let _ = connection.await;
        });
        theirs
    }

    /// Sends a request that is not to become a websocket: its status and body.
    pub(crate) async fn get(&mut self, path: &str, headers: &[(&str, &str)]) -> (StatusCode, Json) {
        let (mut client, connection) =
            hyper::client::conn::http1::handshake(TokioIo::new(self.dial()))
                .await
                .expect("a connection");
        self.connections.spawn(async move { drop(connection.await) });
        let mut request = Request::get(path).header("Host", "plane");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Full::new(Bytes::new())).expect("a request");
        let response = client.send_request(request).await.expect("an answer");
        let status = response.status();
        let body = response.into_body().collect().await.expect("a body").to_bytes();
        (status, serde_json::from_slice(&body).unwrap_or_default())
    }

    pub(crate) async fn commit(&self, writes: Transaction) -> Revision {
        self.engine.commit(writes).await.expect("a commit")
    }

    pub(crate) async fn record<R: Record>(&self, key: &Key) -> Option<Arc<R>> {
        let snapshot = self.engine.snapshot().await.expect("a snapshot");
        snapshot.get::<R>(key).expect("a record").map(|found| found.record)
    }

    /// Waits until the record at `key` is as wanted.
    pub(crate) async fn wait_for<R: Record>(
        &self,
        key: &Key,
        is_right: impl Fn(Option<&R>) -> bool,
    ) {
        let prefix = domain::key::Prefix::everything();
        let wait = async {
            let snapshot = self.engine.snapshot().await.expect("a snapshot");
            let mut watch =
                self.engine.watch(prefix, snapshot.revision().next()).await.expect("a watch");
            while !is_right(self.record::<R>(key).await.as_deref()) {
                watch.next().await.expect("a commit");
            }
        };
        let waited = tokio::time::timeout(DEADLINE, wait).await;
        assert!(waited.is_ok(), "`{key}` never became as wanted");
    }

    pub(crate) async fn link(&self, instance: &Instance) -> InstanceLink {
        let link = self.record::<InstanceLink>(&instance.link_key()).await;
        link.map_or_else(InstanceLink::default, |link| (*link).clone())
    }

    pub(crate) async fn wait_for_link(
        &self,
        instance: &Instance,
        is_right: impl Fn(&InstanceLink) -> bool,
    ) {
        self.wait_for::<InstanceLink>(&instance.link_key(), |link| link.is_some_and(&is_right))
            .await;
    }

    pub(crate) async fn task(&self, number: u8) -> Option<Arc<Task>> {
        self.record(&task_key(number)).await
    }

    pub(crate) async fn wait_for_task(&self, number: u8, is_right: impl Fn(&Task) -> bool) {
        self.wait_for::<Task>(&task_key(number), |task| task.is_some_and(&is_right)).await;
    }

    pub(crate) async fn close(mut self) {
        self.control.shutdown().await;
        self.connections.shutdown().await;
        drop((self.control, self.engine));
        self.store.close().await;
        drop(self.dir);
    }
}

/// The ARN of a task, wherever it runs.
pub(crate) fn task_arn(number: u8) -> String {
    domain::arn::task(&scope(), &cluster(), &task_id(number))
}

pub(crate) fn task_key(number: u8) -> Key {
    Task::key(&scope(), &cluster(), &task_id(number))
}

async fn answer(
    control: Arc<Control>,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    Ok(match request.uri().path() {
        "/acs/ws" => control.accept_acs(scope(), request).await,
        "/tcs/ws" => control.accept_tcs(scope(), request).await,
        path => panic!("nobody asks for {path}"),
    })
}

// === What the API would write

impl Plane {
    /// Registers an instance.
    pub(crate) async fn register(&self, number: u8) -> Instance {
        self.register_in(cluster(), number).await
    }

    /// The same, in a cluster.
    pub(crate) async fn register_in(&self, cluster: ClusterName, number: u8) -> Instance {
        let id = InstanceId::from_bytes([number; 16]);
        let instance = Instance { scope: scope(), cluster: cluster.clone(), id: id.clone() };
        let record: ContainerInstance = of(json!({
            "id": id, "cluster": cluster, "status": "ACTIVE", "version": 1, "attributes": {},
            "registered": { "cpu": 4096, "memory": 4096 }, "registered_at": self.now(),
        }));
        let mut writes = Transaction::new();
        writes.put(&instance.key(), Expect::Absent, record);
        writes.put(&ledger_key(&instance), Expect::Absent, Ledger::default());
        self.commit(writes).await;
        instance
    }

    pub(crate) async fn deregister(&self, instance: &Instance) {
        let record = self.record::<ContainerInstance>(&instance.key()).await.expect("an instance");
        let mut record = (*record).clone();
        record.status = domain::status::InstanceStatus::Inactive;
        record.inactive_since = Some(self.now());
        let mut writes = Transaction::new();
        writes.put(&instance.key(), Expect::Any, record);
        self.commit(writes).await;
    }

    /// Registers a definition with one container `app`; `over` is laid over its container, `role` is its task role.
    pub(crate) async fn define(&self, over: Json, role: Option<&str>) {
        let mut app = json!({ "name": "app", "image": "busybox", "essential": true });
        app.as_object_mut()
            .expect("an object")
            .extend(over.as_object().expect("an object").clone());
        let definition: TaskDefinition = of(json!({
            "family": "web", "revision": 1, "status": "ACTIVE", "networkMode": "bridge", "registeredAt": 0,
            "containerDefinitions": [app], "taskRoleArn": role,
        }));
        let mut writes = Transaction::new();
        let family = Family::parse("web").expect("a name");
        let key = TaskDefinition::key(&scope(), &family, DefinitionRevision(1));
        writes.put(&key, Expect::Any, definition);
        self.commit(writes).await;
    }

    /// Places a task.
    pub(crate) async fn run_task(&self, number: u8, instance: &Instance) {
        self.run_tasks(&[number], instance).await;
    }

    /// Places tasks in one commit.
    pub(crate) async fn run_tasks(&self, numbers: &[u8], instance: &Instance) {
        let mut writes = Transaction::new();
        let ledger = self.record::<Ledger>(&ledger_key(instance)).await.expect("a ledger");
        let mut ledger = (*ledger).clone();
        // On a host of another cluster they are Fargate's.
        let host_cluster = (instance.cluster != cluster()).then_some(&instance.cluster);
        let launch_type = if host_cluster.is_some() { "FARGATE" } else { "EC2" };
        for number in numbers {
            let id = task_id(*number);
            let task: Task = of(json!({
                "id": id, "cluster": "default", "family": "web", "revision": 1, "instance": instance.id, "host_cluster": host_cluster,
                "desired": "RUNNING", "last": "PENDING", "demand": { "cpu": 10, "memory": 10 }, "version": 1,
                "launch_type": launch_type, "group": "family:web", "cpu": "10", "memory": "10", "overrides": {},
                "created_at": self.now(),
                "containers": [{ "uuid": domain::id::uuid([*number; 16]), "name": "app", "image": "busybox", "last": "PENDING", "cpu": "0" }],
            }));
            ledger.admit(&task.demand, &task.booked_group(), task.last);
            let assignment = Assignment::to(&task);
            writes.put(&task_key(*number), Expect::Absent, task);
            writes.put(&assignment_key(*number, instance), Expect::Absent, assignment);
        }
        writes.put(&ledger_key(instance), Expect::Any, ledger);
        self.commit(writes).await;
    }

    /// As StopTask does.
    pub(crate) async fn stop_task(&self, number: u8, instance: &Instance) {
        let mut task = (*self.task(number).await.expect("a task")).clone();
        task.desired = DesiredStatus::Stopped;
        let assignment = Assignment::to(&task);
        let mut writes = Transaction::new();
        writes.put(&task_key(number), Expect::Any, task);
        writes.put(&assignment_key(number, instance), Expect::Any, assignment);
        self.commit(writes).await;
    }

    /// As SubmitTaskStateChange does.
    pub(crate) async fn report(&self, number: u8, instance: &Instance, last: TaskStatus) {
        let before = self.task(number).await.expect("a task");
        let mut task = (*before).clone();
        task.last = last;
        let mut ledger =
            (*self.record::<Ledger>(&ledger_key(instance)).await.expect("a ledger")).clone();
        let mut writes = Transaction::new();
        if last == TaskStatus::Stopped {
            task.stopped_at = Some(self.now());
            ledger.release(&before.demand, &before.booked_group(), before.last);
            writes.delete(&assignment_key(number, instance), Expect::Any);
        } else {
            ledger.advance(&before.booked_group(), before.last, last);
        }
        writes.put(&ledger_key(instance), Expect::Any, ledger);
        writes.put(&task_key(number), Expect::Any, task);
        self.commit(writes).await;
    }
}

pub(crate) fn of<R: Record>(json: Json) -> R {
    serde_json::from_value(json).expect("a record")
}

pub(crate) fn ledger_key(instance: &Instance) -> Key {
    Ledger::key(&instance.scope, &instance.cluster, &instance.id)
}

pub(crate) fn assignment_key(number: u8, instance: &Instance) -> Key {
    Assignment::key(&instance.scope, &instance.cluster, &instance.id, &task_id(number))
}
