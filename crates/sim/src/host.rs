//! A host and the agent on it, as values. What happens to them is in `world/agent.rs`.

use crate::kernel::Kernel;
use agent::{
    driver::Capacity,
    link::pace::{Pace, Timing, Watch},
    machine::{Action, JobId, Kept, Machine, Settings},
};
use domain::{id::TaskId, link::network::VpcMap, time::Timestamp};
use std::collections::{BTreeMap, VecDeque};

/// A computer: what it has, what is on its disk, what runs, and how it is connected.
#[derive(Debug)]
pub(crate) struct Host {
    /// Such as `h1`.
    pub(crate) name: String,
    pub(crate) zone: &'static str,
    pub(crate) capacity: Capacity,
    pub(crate) is_on: bool,
    pub(crate) kernel: Kernel,
    pub(crate) disk: Disk,
    /// The wall clock beside the true time, in milliseconds.
    pub(crate) clock_error: i64,
    /// Nothing comes through until then.
    pub(crate) cut_until: Timestamp,
    /// Every other frame is lost until then.
    pub(crate) bad_line_until: Timestamp,
    /// Images come slowly until then.
    pub(crate) slow_until: Timestamp,
    pub(crate) agent: Option<Agent>,
    /// Agents so far.
    pub(crate) lives: u64,
    /// What the plane said last of each VPC, which is on the disk.
    pub(crate) maps: BTreeMap<String, VpcMap>,
    /// Images that were pulled.
    pub(crate) images: std::collections::BTreeSet<String>,
}

/// What outlives an agent.
#[derive(Clone, Debug, Default)]
pub(crate) struct Disk {
    /// The instance's ARN.
    pub(crate) arn: Option<String>,
    pub(crate) kept: BTreeMap<TaskId, Kept>,
}

/// An agent's process.
#[derive(Debug)]
pub(crate) struct Agent {
    pub(crate) life: u64,
    pub(crate) machine: Machine,
    /// The error of its clock when it began: an agent's time does not jump.
    pub(crate) clock_error: i64,
    pub(crate) jobs: BTreeMap<JobId, Action>,
    /// Files to be written, in order.
    pub(crate) writes: VecDeque<Write>,
    pub(crate) is_writing: bool,
    pub(crate) pace: Pace,
    /// The connection that it has or is making.
    pub(crate) connection: Option<u64>,
    /// Of the session, once it is open.
    pub(crate) watch: Option<Watch>,
    /// When the connection was begun.
    pub(crate) began: Timestamp,
    /// The instance it registered as.
    pub(crate) arn: Option<String>,
    /// Whether its process has had no session yet, so that it has lost what credentials came before.
    pub(crate) wants_credentials: bool,
    /// When it is told that something is due.
    pub(crate) alarm: Option<Timestamp>,
}

/// A change of a file of tasks.
#[derive(Clone, Debug)]
pub(crate) enum Write {
    Keep(Box<Kept>),
    Forget(TaskId),
}

impl Host {
    pub(crate) fn new(number: usize, zone: &'static str, cpu: i64, memory: i64) -> Self {
        Self {
            name: format!("h{number}"),
            zone,
            capacity: Capacity {
                cpu_units: cpu,
                memory_mib: memory,
                reserved_ports_tcp: vec![22],
                reserved_ports_udp: Vec::new(),
                attributes: Vec::new(),
                engine: "sim 1".to_owned(),
            },
            is_on: true,
            kernel: Kernel::default(),
            disk: Disk::default(),
            clock_error: 0,
            cut_until: Timestamp::default(),
            bad_line_until: Timestamp::default(),
            slow_until: Timestamp::default(),
            agent: None,
            lives: 0,
            maps: BTreeMap::new(),
            images: std::collections::BTreeSet::new(),
        }
    }

    /// Takes the plane's word about a VPC, as the driver does.
    pub(crate) fn learn(&mut self, map: VpcMap) {
        if map.interfaces.iter().any(|interface| interface.host.is_none()) {
            self.maps.insert(map.id.clone(), map);
        } else {
            self.maps.remove(&map.id);
        }
    }

    /// Whether nothing comes through at `now`.
    pub(crate) fn is_cut(&self, now: Timestamp) -> bool {
        now < self.cut_until
    }

    /// The EC2 id that the host registers with.
    pub(crate) fn ec2_id(&self) -> String {
        format!("i-{}", self.name)
    }

    /// Whether the agent of that life is here.
    pub(crate) fn is_alive(&self, life: u64) -> bool {
        self.agent.as_ref().is_some_and(|agent| agent.life == life)
    }
}

impl Agent {
    pub(crate) fn new(host: &Host, life: u64, now: Timestamp) -> Self {
        Self {
            life,
            machine: Machine::new(Settings::new(&host.capacity, 0)),
            clock_error: host.clock_error,
            jobs: BTreeMap::new(),
            writes: VecDeque::new(),
            is_writing: false,
            pace: Pace::new(Timing::ACS),
            connection: None,
            watch: None,
            began: now,
            arn: None,
            wants_credentials: true,
            alarm: None,
        }
    }

    /// Its time at the true time `now`.
    pub(crate) fn time(&self, now: Timestamp) -> Timestamp {
        Timestamp(now.0 + self.clock_error)
    }
}
