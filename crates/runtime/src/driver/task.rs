//! Acts on a task and its containers that go through its shim: preparing, starting, signalling, probing. And pulling.

use super::client::{Gone, Told};
use super::home::{self, task_cgroup};
use super::record::Record;
use super::{DriverError, Inner, Known, LinuxDriver, now, volumes};
use crate::cgroup::{CPU_PERIOD_US, TaskLimits};
use crate::container::resource;
use crate::image::progress::ProgressSink;
use crate::image::reference::Reference;
use crate::shim::protocol::{Answer, Event, Op, Port, Running};
use crate::shim::zygote::{Request, replace};
use agent::driver::{ContainerKey, DriverEvent, Exit, Probe, Pulled, Signal, Started};
use domain::link::acs::PayloadTask;
use domain::task::NetworkBinding;
use domain::time::{Millis, Timestamp};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// The payload in its task's directory.
pub(super) const PAYLOAD: &str = "payload.json";
const MIB: i64 = 1 << 20;

/// A shim that does not tell its state by then is stopped or stuck.
pub(super) const ANSWER_TIMEOUT: Duration = Duration::from_secs(10);

impl LinuxDriver {
    pub(super) async fn pull_image(
        &self,
        task: &PayloadTask,
        container: &str,
    ) -> Result<Pulled, DriverError> {
        let container = find(task, container)?;
        let reference = Reference::parse(&container.image)?;
        let images = Arc::clone(&self.inner.images);
        let sought = reference.clone();
        let before = self.blocking(move |_| Ok(images.resolve(&sought)?)).await?;
        if container.registry_authentication.is_some() && before.is_none() {
            return Err(DriverError::Asked(
                "registry authentication by ECR or a secret is not served: load the image with `longshore image load` or `longshore image pull`".into(),
            ));
        }
        let began = now();
        let pulled = self
            .inner
            .images
            .pull(&reference, None, self.inner.config.pull_policy, &ProgressSink::none())
            .await?;
        let is_here_already = before.is_some_and(|before| before.id == pulled.id);
        Ok(Pulled {
            digest: pulled.digest.map(|digest| digest.to_string()),
            pulled: (!is_here_already).then(|| (began, now())),
        })
    }

    pub(super) async fn prepare_task(&self, task: Arc<PayloadTask>) -> Result<(), DriverError> {
        let id = task.id().to_owned();
        let payload = Arc::clone(&task);
        self.blocking(move |inner| inner.prepare_files(&payload)).await?;
        self.ensure_shim(&id).await?;
        self.hold_storage(&task).await?;
        self.connect_task(&task).await
    }

    /// Connects to the task's shim, which is made if there is none.
    pub(super) async fn ensure_shim(&self, task: &str) -> Result<(), DriverError> {
        if self.inner.tasks().get(task).is_some_and(|known| !known.shim.is_gone()) {
            return Ok(());
        }
        let request = Request { task_dir: self.inner.home.task(task), cgroup: task_cgroup(task) };
        let failed = |text: String| DriverError::Shim { task: task.to_owned(), text };
        // One of an earlier agent may be there still.
        if self.connect(task).await.is_ok() {
            return Ok(());
        }
        let made = self.blocking(move |inner| inner.zygote.shim(&request)).await;
        match (self.connect(task).await, made) {
            // Whoever else asked at the same time may have been first: what counts is that there is one.
            (Ok(()), _) => Ok(()),
            (Err(_), Err(error)) => Err(error),
            (Err(error), Ok(())) => Err(failed(error.to_string())),
        }
    }

    /// Connects to a shim that is there.
    pub(super) async fn connect(&self, task: &str) -> std::io::Result<()> {
        let tell = self.inner.tell.clone();
        let id = task.to_owned();
        let weak = Arc::downgrade(&self.inner);
        let shim = super::client::ShimClient::connect(
            &self.inner.home.task(task),
            &self.inner.tracker,
            move |told| {
                let event = match told {
                    Told::Event(Event::Exited { container, exit }) => DriverEvent::Exited(
                        ContainerKey { task: id.clone(), name: container },
                        Exit { code: exit.code, out_of_memory: exit.oom, at: Timestamp(exit.at) },
                    ),
                    // Told to whoever talks to it.
                    Told::Event(Event::Left { .. }) => return,
                    Told::Gone => match weak.upgrade() {
                        // A task that is not known any more was removed, and its shim went as it should.
                        Some(inner) if inner.lost(&id) => DriverEvent::Lost(id.clone()),
                        _ => return,
                    },
                };
                // The receiver is gone only with the driver, and then nobody wants to know.
                let _ = tell.send(event);
            },
        )?;
        // That it answers shows that it lives: a socket's file outlives its process.
        match tokio::time::timeout(ANSWER_TIMEOUT, shim.ask(Op::State)).await {
            Ok(Ok(_)) => {}
            Ok(Err(Gone)) => return Err(std::io::ErrorKind::ConnectionReset.into()),
            Err(_) => return Err(std::io::ErrorKind::TimedOut.into()),
        }
        let inner = Arc::clone(&self.inner);
        let records = self
            .blocking({
                let task = task.to_owned();
                move |inner| inner.records(&task)
            })
            .await
            .map_err(std::io::Error::other)?;
        inner.tasks().insert(task.to_owned(), Known { shim, records });
        Ok(())
    }

    /// Asks the shim of a task.
    pub(super) async fn ask(&self, task: &str, op: Op) -> Result<Answer, DriverError> {
        let shim = self.inner.tasks().get(task).map(|known| known.shim.clone());
        let shim =
            shim.ok_or_else(|| DriverError::Unknown(format!("task `{task}` is not prepared")))?;
        match shim.ask(op).await {
            Ok(Answer::Refused { part, text }) => Err(DriverError::refused(part, text)),
            Ok(answer) => Ok(answer),
            Err(Gone) => Err(DriverError::Shim { task: task.to_owned(), text: Gone.to_string() }),
        }
    }

    pub(super) async fn start_container(
        &self,
        task: &str,
        name: &str,
    ) -> Result<Started, DriverError> {
        self.ensure_shim(task).await?;
        let record = self.inner.record(task, name)?;
        let answer = self.ask(task, Op::Start(Box::new(record.launch.clone()))).await?;
        let Answer::Started(running) = answer else {
            return Err(DriverError::Refused(format!(
                "the shim of task `{task}` answered something else"
            )));
        };
        Ok(started(&running, &record))
    }

    pub(super) async fn signal_container(
        &self,
        key: &ContainerKey,
        signal: Signal,
    ) -> Result<(), DriverError> {
        // What was never created or is gone does not run, and that is a success.
        let Ok(record) = self.inner.record(&key.task, &key.name) else { return Ok(()) };
        let (signal, whole) = match signal {
            Signal::Stop => (record.stop_signal, false),
            Signal::Kill => (libc::SIGKILL, true),
        };
        let container = key.name.clone();
        match self.ask(&key.task, Op::Signal { container, signal, whole }).await {
            Err(DriverError::Shim { .. }) => {
                // Without a shim the whole task is killed.
                let task = key.task.clone();
                self.blocking(move |inner| {
                    inner.cgroups.kill(&task_cgroup(&task));
                    Ok(())
                })
                .await
            }
            other => other.map(drop),
        }
    }

    pub(super) async fn probe_container(
        &self,
        key: &ContainerKey,
        command: Vec<String>,
        limit: Millis,
    ) -> Result<Probe, DriverError> {
        let op = Op::Probe { container: key.name.clone(), command, limit_ms: limit.0 };
        match self.ask(&key.task, op).await? {
            Answer::Probed { code, output } => Ok(Probe::Ended { code, output }),
            Answer::TimedOut => Ok(Probe::TimedOut),
            _ => Err(DriverError::Refused(format!(
                "the shim of task `{}` answered something else",
                key.task
            ))),
        }
    }
}

impl Inner {
    fn prepare_files(&self, task: &PayloadTask) -> Result<(), DriverError> {
        home::check_name("task id", task.id())?;
        let dir = self.home.task(task.id());
        fs_err::create_dir_all(dir.join("containers")).map_err(DriverError::File)?;
        let payload = serde_json::to_vec(task).expect("a payload is plain data");
        replace(&dir.join(PAYLOAD), &payload).map_err(DriverError::File)?;
        if task.ephemeral_storage_gib.is_some() {
            fs_err::create_dir_all(self.home.storage(task.id())).map_err(DriverError::File)?;
        }
        volumes::prepare(&self.home, task)?;
        if task.ipc_mode == "task" {
            self.mount_shm(task.id())?;
        }
        let limits = TaskLimits {
            cpu_shares: resource::task_shares(task),
            cpu_quota_us: (task.cpu > 0.0).then_some((task.cpu * CPU_PERIOD_US as f64) as i64),
            memory_bytes: (task.memory > 0).then(|| task.memory.saturating_mul(MIB)),
            is_without_swap: task.is_on_fargate(),
            pids: self.config.task_pids_max,
        };
        self.cgroups.create_task(&task_cgroup(task.id()), &limits).map_err(DriverError::File)
    }

    /// The one mount that is made outside of a container: `/dev/shm` for all containers of a task.
    fn mount_shm(&self, task: &str) -> Result<(), DriverError> {
        let dir = self.home.shared_shm(task);
        fs_err::create_dir_all(&dir).map_err(DriverError::File)?;
        if super::remove::is_mount_point(&dir) {
            return Ok(());
        }
        let flags = rustix::mount::MountFlags::NOSUID
            | rustix::mount::MountFlags::NODEV
            | rustix::mount::MountFlags::NOEXEC;
        rustix::mount::mount("shm", &dir, "tmpfs", flags, c"mode=1777,size=65536k")
            .map_err(|errno| DriverError::File(errno.into()))
    }

    /// The records of a task's containers, from disk.
    pub(super) fn records(&self, task: &str) -> Result<BTreeMap<String, Record>, DriverError> {
        let mut found = BTreeMap::new();
        let entries = match fs_err::read_dir(self.home.task(task).join("containers")) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(found),
            Err(error) => return Err(DriverError::File(error)),
        };
        for entry in entries {
            let path = entry.map_err(DriverError::File)?.path();
            if let Some(record) = Record::load(&path)? {
                found.insert(record.launch.container.clone(), record);
            }
        }
        Ok(found)
    }

    /// The record of one container.
    pub(super) fn record(&self, task: &str, name: &str) -> Result<Record, DriverError> {
        let tasks = self.tasks();
        let record = tasks.get(task).and_then(|known| known.records.get(name));
        record.cloned().ok_or_else(|| {
            DriverError::Unknown(format!("container `{task}/{name}` was not created"))
        })
    }

    /// A shim ended that should not have. Kills what it leaves. False if the task is not known any more.
    fn lost(&self, task: &str) -> bool {
        if !self.tasks().contains_key(task) {
            return false;
        }
        // Its containers may live; without it nobody would hear of their end.
        self.cgroups.kill(&task_cgroup(task));
        true
    }
}

/// The container called `name` of a payload.
pub(super) fn find<'a>(
    task: &'a PayloadTask,
    name: &str,
) -> Result<&'a domain::link::acs::PayloadContainer, DriverError> {
    task.container(name).ok_or_else(|| {
        DriverError::Unknown(format!("task `{}` has no container `{name}`", task.id()))
    })
}

/// What the agent hears of a container that runs.
pub(super) fn started(running: &Running, record: &Record) -> Started {
    let ports = running.ports.iter().chain(&record.host_ports);
    Started { at: Timestamp(running.at), bindings: ports.map(binding).collect() }
}

fn binding(port: &Port) -> NetworkBinding {
    let range = |first: u16| format!("{first}-{}", first + (port.count - 1));
    let mut binding = NetworkBinding {
        bind_ip: Some("0.0.0.0".into()),
        protocol: Some(port.protocol.name().into()),
        ..NetworkBinding::default()
    };
    if port.range {
        binding.container_port_range = Some(range(port.container));
        binding.host_port_range = Some(range(port.host));
    } else {
        binding.container_port = Some(port.container.into());
        binding.host_port = Some(port.host.into());
    }
    binding
}
