//! A driver whose host exists in memory only: for the loop's tests and for `sim`.
//!
//! What a container does is told by its image, so that a payload is the whole script:
//! ```text
//! run       runs until it is stopped            exit:N     ends at once with N
//! stubborn  ends by a kill only                 missing    cannot be pulled
//! broken    cannot be started                   sick       runs, and its health check fails
//! ```
//! The host outlives agents: give the same `Arc` to the next one. Invariant: it complains (panics) about steps that no driver could take,
//! such as starting what was not created. Not here: real time; every step is done at once unless it is held back.

use crate::driver::{
    Capacity, ContainerFault, ContainerKey, Driver, DriverEvent, ExecCommand, ExecLife,
    ExecProcess, Exit, FaultName, Found, Phase, Probe, Pulled, Signal, Started, Usage,
};
use domain::{
    link::{acs::PayloadTask, exec::WindowSize, network::NetworkMap},
    time::{Millis, Timestamp},
};
use futures_util::future::BoxFuture;
use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    io,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll},
};
use tokio::{
    io::{AsyncRead, ReadBuf, ReadHalf, SimplexStream},
    sync::{oneshot, watch},
};

/// What a command of the fake host hears before it has said it.
const PIPE_BYTES: usize = 4096;

/// A step of a driver, to hold it back or to make it fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "they are the driver's methods")]
pub enum Step {
    Inventory,
    Network,
    Prepare,
    Pull,
    Create,
    Start,
    Signal,
    Probe,
    Exec,
    Remove,
}

/// The fake host.
pub struct FakeDriver {
    capacity: Capacity,
    state: Mutex<State>,
    /// Counts changes of `state`.
    changed: watch::Sender<u64>,
    clock: Box<dyn Fn() -> Timestamp + Send + Sync>,
}

#[derive(Default)]
struct State {
    tasks: BTreeMap<String, FakeTask>,
    events: VecDeque<DriverEvent>,
    held: BTreeSet<Step>,
    faults: BTreeMap<Step, VecDeque<ContainerFault>>,
    calls: Vec<String>,
    begun: BTreeMap<ContainerKey, u32>,
    created: u64,
}

struct FakeTask {
    payload: Arc<PayloadTask>,
    containers: BTreeMap<String, (String, Phase)>,
}

impl FakeDriver {
    /// An empty host with two cores and 4 GiB, whose time is told by `clock`.
    pub fn new(clock: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        let capacity = Capacity {
            cpu_units: 2048,
            memory_mib: 4096,
            reserved_ports_tcp: vec![22],
            reserved_ports_udp: Vec::new(),
            attributes: Vec::new(),
            engine: "fake 1".to_owned(),
        };
        Self {
            capacity,
            state: Mutex::default(),
            changed: watch::channel(0).0,
            clock: Box::new(clock),
        }
    }

    /// Steps of this kind wait until they are let go.
    pub fn hold(&self, step: Step) {
        self.lock().held.insert(step);
    }

    /// Lets the steps of this kind go on.
    pub fn release(&self, step: Step) {
        self.lock().held.remove(&step);
        self.tell();
    }

    /// The next step of this kind fails.
    pub fn fail_next(&self, step: Step, fault: ContainerFault) {
        self.lock().faults.entry(step).or_default().push_back(fault);
    }

    /// The process of a container ends; nothing if it does not run.
    pub fn exit(&self, container: &ContainerKey, code: i64) {
        let exit = Exit { code, out_of_memory: false, at: (self.clock)() };
        let mut state = self.lock();
        let phase = state.phase_mut(container);
        if let Some(phase @ Phase::Running(_)) = phase {
            *phase = Phase::Exited(exit.clone());
            state.events.push_back(DriverEvent::Exited(container.clone(), exit));
        }
        drop(state);
        self.tell();
    }

    /// Whatever watched a task's containers dies, and they with it.
    pub fn lose(&self, task: &str) {
        let mut state = self.lock();
        if let Some(found) = state.tasks.get_mut(task) {
            found.containers.clear();
            state.events.push_back(DriverEvent::Lost(task.to_owned()));
        }
        drop(state);
        self.tell();
    }

    /// The host is switched off and on again: what was prepared stays, what ran does not.
    pub fn reboot(&self) {
        let mut state = self.lock();
        state.events.clear();
        for task in state.tasks.values_mut() {
            task.containers.clear();
        }
        drop(state);
        self.tell();
    }

    /// Every container that runs.
    pub fn running(&self) -> Vec<ContainerKey> {
        let state = self.lock();
        let of = |(task, found): (&String, &FakeTask)| {
            found
                .containers
                .iter()
                .filter(|(_, (_, phase))| matches!(phase, Phase::Running(_)))
                .map(|(name, _)| ContainerKey { task: task.clone(), name: name.clone() })
                .collect::<Vec<_>>()
        };
        state.tasks.iter().flat_map(of).collect()
    }

    /// Whether nothing of any task is left.
    pub fn is_clear(&self) -> bool {
        self.lock().tasks.is_empty()
    }

    /// Every step that was asked for, such as `start aaaa…/web`.
    pub fn calls(&self) -> Vec<String> {
        self.lock().calls.clone()
    }

    /// How many processes a container has had.
    pub fn begun(&self, container: &ContainerKey) -> u32 {
        self.lock().begun.get(container).copied().unwrap_or_default()
    }

    /// Waits until `condition` holds of this host.
    pub async fn until(&self, mut condition: impl FnMut(&Self) -> bool) {
        let mut changed = self.changed.subscribe();
        while !condition(self) {
            // The sender is `self`, so it is there.
            _ = changed.changed().await;
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A test that panicked with the lock has failed already.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell(&self) {
        self.changed.send_modify(|count| *count += 1);
    }

    /// Notes the call, waits until it is let go, and fails if it should.
    async fn step(&self, step: Step, what: String) -> Result<(), ContainerFault> {
        self.lock().calls.push(format!("{} {what}", format!("{step:?}").to_lowercase()));
        self.tell();
        self.until(|host| !host.lock().held.contains(&step)).await;
        match self.lock().faults.get_mut(&step).and_then(VecDeque::pop_front) {
            Some(fault) => Err(fault),
            None => Ok(()),
        }
    }

    fn image(&self, container: &ContainerKey) -> Option<String> {
        let state = self.lock();
        let task = state.tasks.get(&container.task)?;
        task.payload.container(&container.name).map(|it| it.image.clone())
    }

    fn start_now(&self, key: &ContainerKey) -> Result<Started, ContainerFault> {
        let image = self.image(key).unwrap_or_default();
        let started = Started { at: (self.clock)(), bindings: Vec::new() };
        {
            let mut state = self.lock();
            let Some(phase) = state.phase_mut(key) else {
                return Err(fault(FaultName::CannotStartContainerError, "no such container"));
            };
            match phase {
                Phase::Running(started) => return Ok(started.clone()),
                _ if image == "broken" => {
                    return Err(fault(FaultName::CannotStartContainerError, "exec format error"));
                }
                _ => *phase = Phase::Running(started.clone()),
            }
            *state.begun.entry(key.clone()).or_default() += 1;
        }
        self.tell();
        if let Some(code) = image.strip_prefix("exit:") {
            self.exit(key, code.parse().unwrap_or(255));
        }
        Ok(started)
    }
}

impl State {
    fn phase_mut(&mut self, key: &ContainerKey) -> Option<&mut Phase> {
        let task = self.tasks.get_mut(&key.task)?;
        task.containers.get_mut(&key.name).map(|(_, phase)| phase)
    }
}

fn fault(name: FaultName, text: &str) -> ContainerFault {
    ContainerFault { name, text: text.to_owned() }
}

fn key(task: &PayloadTask, container: &str) -> ContainerKey {
    ContainerKey { task: task.id().to_owned(), name: container.to_owned() }
}

/// The output of a command of the fake host.
struct Echo {
    heard: ReadHalf<SimplexStream>,
    ended: Option<oneshot::Sender<()>>,
}

impl AsyncRead for Echo {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        room: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = room.filled().len();
        let read = Pin::new(&mut self.heard).poll_read(context, room);
        let is_over = read.is_ready() && room.filled().len() == before;
        if let Some(ended) = self.ended.take_if(|_| is_over) {
            // Who waited for it may have gone.
            let _ = ended.send(());
        }
        read
    }
}

/// The life of a command of the fake host.
struct FakeLife {
    is_ended: oneshot::Receiver<()>,
}

impl ExecLife for FakeLife {
    fn resize(&self, _size: WindowSize) {}

    fn ended(&mut self) -> BoxFuture<'_, Option<i64>> {
        Box::pin(async { (&mut self.is_ended).await.ok().map(|()| 0) })
    }
}

impl Driver for FakeDriver {
    fn capacity(&self) -> Capacity {
        self.capacity.clone()
    }

    fn network(&self, map: NetworkMap) -> BoxFuture<'_, Result<(), ContainerFault>> {
        Box::pin(async move {
            let vpcs: Vec<&str> = map.vpcs.iter().map(|vpc| vpc.id.as_str()).collect();
            self.step(Step::Network, vpcs.join(" ")).await
        })
    }

    fn inventory(&self) -> BoxFuture<'_, Result<Vec<Found>, ContainerFault>> {
        Box::pin(async {
            self.step(Step::Inventory, String::new()).await?;
            let state = self.lock();
            let found = state.tasks.iter().map(|(task, found)| {
                let names = found.payload.containers.iter().map(|container| &container.name);
                let phase_of = |name: &String| match found.containers.get(name) {
                    Some((id, phase)) => (name.clone(), Some(id.clone()), phase.clone()),
                    None => (name.clone(), None, Phase::Absent),
                };
                Found {
                    task: task.clone(),
                    payload: Some(Arc::clone(&found.payload)),
                    containers: names.map(phase_of).collect(),
                }
            });
            Ok(found.collect())
        })
    }

    fn pull(
        &self,
        task: Arc<PayloadTask>,
        container: String,
    ) -> BoxFuture<'_, Result<Pulled, ContainerFault>> {
        Box::pin(async move {
            self.step(Step::Pull, key(&task, &container).to_string()).await?;
            let image = task.container(&container).map(|it| it.image.as_str());
            if image == Some("missing") {
                return Err(fault(FaultName::CannotPullContainerError, "no such image"));
            }
            Ok(Pulled { digest: None, pulled: None })
        })
    }

    fn prepare(&self, task: Arc<PayloadTask>) -> BoxFuture<'_, Result<(), ContainerFault>> {
        Box::pin(async move {
            self.step(Step::Prepare, task.id().to_owned()).await?;
            let id = task.id().to_owned();
            let fresh = FakeTask { payload: task, containers: BTreeMap::new() };
            self.lock().tasks.entry(id).or_insert(fresh);
            self.tell();
            Ok(())
        })
    }

    fn create(
        &self,
        task: Arc<PayloadTask>,
        container: String,
    ) -> BoxFuture<'_, Result<String, ContainerFault>> {
        Box::pin(async move {
            self.step(Step::Create, key(&task, &container).to_string()).await?;
            let mut state = self.lock();
            state.created += 1;
            let id = format!("{:064x}", state.created);
            let found = state.tasks.get_mut(task.id()).expect("a task is prepared before");
            let (id, _) = found.containers.entry(container).or_insert((id, Phase::Created));
            Ok(id.clone())
        })
    }

    fn start(
        &self,
        task: Arc<PayloadTask>,
        container: String,
    ) -> BoxFuture<'_, Result<Started, ContainerFault>> {
        Box::pin(async move {
            let key = key(&task, &container);
            self.step(Step::Start, key.to_string()).await?;
            self.start_now(&key)
        })
    }

    fn signal(
        &self,
        container: ContainerKey,
        signal: Signal,
    ) -> BoxFuture<'_, Result<(), ContainerFault>> {
        Box::pin(async move {
            self.step(Step::Signal, format!("{container} {signal:?}")).await?;
            let is_stubborn = self.image(&container).as_deref() == Some("stubborn");
            match signal {
                Signal::Stop if is_stubborn => {}
                Signal::Stop => self.exit(&container, 143),
                Signal::Kill => self.exit(&container, 137),
            }
            Ok(())
        })
    }

    fn probe(
        &self,
        container: ContainerKey,
        _command: Vec<String>,
        _limit: Millis,
    ) -> BoxFuture<'_, Result<Probe, ContainerFault>> {
        Box::pin(async move {
            self.step(Step::Probe, container.to_string()).await?;
            let code = i64::from(self.image(&container).as_deref() == Some("sick"));
            Ok(Probe::Ended { code, output: "probed".to_owned() })
        })
    }

    /// Every command is `cat` with pipes: it says what it hears, and ends with 0 when it hears no more.
    fn exec(
        &self,
        container: ContainerKey,
        command: ExecCommand,
    ) -> BoxFuture<'_, Result<ExecProcess, ContainerFault>> {
        Box::pin(async move {
            self.step(Step::Exec, format!("{container} {}", command.args.join(" "))).await?;
            if !self.running().contains(&container) {
                return Err(fault(FaultName::CannotInspectContainerError, "it does not run"));
            }
            let (heard, input) = tokio::io::simplex(PIPE_BYTES);
            let (ended, is_ended) = oneshot::channel();
            let output = Echo { heard, ended: Some(ended) };
            let life = Box::new(FakeLife { is_ended });
            let (input, output) = (Box::new(input), Box::new(output));
            Ok(ExecProcess { input, output, error: None, life })
        })
    }

    fn remove(&self, task: String) -> BoxFuture<'_, Result<(), ContainerFault>> {
        Box::pin(async move {
            self.step(Step::Remove, task.clone()).await?;
            self.lock().tasks.remove(&task);
            self.tell();
            Ok(())
        })
    }

    fn event(&self) -> BoxFuture<'_, DriverEvent> {
        Box::pin(async {
            loop {
                let mut changed = self.changed.subscribe();
                if let Some(event) = self.lock().events.pop_front() {
                    return event;
                }
                // The sender is `self`, so it is there.
                _ = changed.changed().await;
            }
        })
    }

    fn usage(&self) -> BoxFuture<'_, Vec<(ContainerKey, Usage)>> {
        Box::pin(async {
            let usage = Usage { memory_bytes: 1 << 20, pids: 1, ..Usage::default() };
            self.running().into_iter().map(|key| (key, usage.clone())).collect()
        })
    }
}
