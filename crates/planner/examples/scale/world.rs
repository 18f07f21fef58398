//! A control plane and agents that do at once what they are told: steps become records, and what was placed runs.
//!
//! Records are made for the planner to look at and then dropped, but for ledgers and services: what a store would keep is not in the
//! figures of this world (`records.rs` tells it apart).

use crate::cluster::{self, instance, mix, name, scope};
use domain::{
    cluster::Cluster as ClusterRecord,
    definition::TaskDefinition,
    deployment::ServiceRevision,
    id::{DefinitionRevision, Family, ServiceName, TaskId},
    instance::{ContainerInstance, InstanceLink, Ledger, Resources},
    key::Key,
    record::{Record, Revision},
    service::{Said, Service},
    status::{DesiredStatus, TaskStatus},
    task::{Stop, Task},
    time::{Millis, Timestamp},
};
use planner::{
    plan::{Action, Event, Launch, Plan, ServiceStep, plan},
    rules::Rules,
    view::{Noted, View},
};
use serde_json::{Value as Json, json};
use std::{collections::BTreeMap, sync::Arc};

/// How big a world is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    pub(crate) instances: usize,
    pub(crate) services: usize,
    pub(crate) tasks_per_service: usize,
    /// CPU units and MiB of a task.
    pub(crate) demand: (i64, i64),
    /// Instances are filled one after the other, instead of evenly.
    pub(crate) is_packed: bool,
}

/// How many different amounts services ask for.
pub(crate) const KINDS: usize = 16;

/// Tasks that agents report in one commit.
pub(crate) const REPORTS_PER_COMMIT: usize = 256;

pub(crate) struct World {
    pub(crate) view: View,
    pub(crate) now: Timestamp,
    revision: u64,
    sites: Vec<Site>,
    site_of: BTreeMap<Key, u32>,
    services: Vec<Holding>,
    service_of: BTreeMap<Key, u32>,
    tasks: Vec<Seed>,
    /// Placed, not reported RUNNING yet.
    starting: Vec<u32>,
    pub(crate) running: usize,
}

struct Site {
    instance: Arc<ContainerInstance>,
    ledger_key: Key,
    ledger: Arc<Ledger>,
}

struct Holding {
    record: Arc<Service>,
    revision: Revision,
    /// What its tasks are like.
    task: Task,
    group: String,
}

/// A task as this world keeps it: its record is made again from this when something happens to it.
#[derive(Clone, Copy)]
struct Seed {
    service: u32,
    site: u32,
    last: TaskStatus,
    created_at: Timestamp,
}

fn record<R: Record>(json: Json) -> R {
    serde_json::from_value(json).expect("it is such a record")
}

impl World {
    /// Instances without tasks, and services that want them.
    pub(crate) fn new(size: Size) -> Self {
        let mut world = Self {
            view: View::new(Rules::default()),
            now: Timestamp(1_000_000),
            revision: 0,
            sites: Vec::new(),
            site_of: BTreeMap::new(),
            services: Vec::new(),
            service_of: BTreeMap::new(),
            tasks: Vec::new(),
            starting: Vec::new(),
            running: 0,
        };
        world.make_cluster(size);
        for number in 0..size.services {
            world.make_service(number, size);
        }
        world
    }

    fn make_cluster(&mut self, size: Size) {
        let record: ClusterRecord =
            record(json!({ "name": name(), "status": "ACTIVE", "createdAt": 0 }));
        self.view.note(
            &ClusterRecord::key(&scope(), &name()),
            Revision(self.revision),
            Noted::Cluster(&record),
        );
        let link = Arc::new(InstanceLink { connected: true, ..InstanceLink::default() });
        for index in 0..size.instances {
            let instance = Arc::new(instance(index, 25));
            let id = &instance.id;
            let key = ContainerInstance::key(&scope(), &name(), id);
            let ledger_key = Ledger::key(&scope(), &name(), id);
            let link_key = InstanceLink::key(&scope(), &name(), id);
            let ledger = Arc::new(Ledger::default());
            self.view.note(&key, Revision(self.revision), Noted::Instance(&instance));
            self.view.note(&ledger_key, Revision(self.revision), Noted::Ledger(&ledger));
            self.view.note(&link_key, Revision(self.revision), Noted::Link(&link));
            self.site_of.insert(key, self.sites.len() as u32);
            self.sites.push(Site { instance, ledger_key, ledger });
        }
    }

    fn make_service(&mut self, number: usize, size: Size) {
        let revision = self.next();
        let family = format!("app-{number}");
        // Few services want exactly the same.
        let kind = (number % KINDS) as i64;
        let (cpu, memory) = (size.demand.0 + kind, size.demand.1 + 4 * kind);
        let definition: Arc<TaskDefinition> = Arc::new(record(json!({
            "family": family, "revision": 1, "status": "ACTIVE", "networkMode": "bridge", "registeredAt": 0,
            "containerDefinitions": [{ "name": "main", "image": "registry.example/app:1", "cpu": cpu, "memory": memory, "essential": true }],
            "requiresAttributes": [
                { "name": "com.amazonaws.ecs.capability.feature-0" }, { "name": "com.amazonaws.ecs.capability.feature-4" },
            ],
            "compatibilities": ["EXTERNAL", "EC2"],
        })));
        let family = Family::parse(family).expect("a family");
        let key = TaskDefinition::key(&scope(), &family, DefinitionRevision(1));
        self.view.note(&key, Revision(self.revision), Noted::Definition(&definition));
        let service_name = ServiceName::parse(format!("web-{number}")).expect("a name");
        let deployment = format!("1{number:018}");
        let template =
            json!({ "definition": { "family": family, "revision": 1 }, "launchType": "EC2" });
        let of_revision: ServiceRevision = record(json!({
            "id": deployment, "template": template, "createdAt": self.now,
            "images": [{ "container": "main", "image": "registry.example/app:1", "digest": format!("sha256:{number:064x}") }],
        }));
        let key = ServiceRevision::key(&scope(), &name(), &service_name, &of_revision.id);
        self.view.note(&key, Revision(self.revision), Noted::Revision(&of_revision));
        let service: Service = record(json!({
            "name": service_name, "cluster": name(), "status": "ACTIVE", "desired": size.tasks_per_service, "template": template,
            "createdAt": self.now,
            "strategies": if size.is_packed { json!([{ "type": "binpack", "argument": "memory" }]) } else { json!([]) },
            "deployments": [{
                "id": deployment, "status": "PRIMARY", "template": template, "serviceDeployment": format!("{number:021}"),
                "createdAt": self.now, "updatedAt": self.now, "rollout": "IN_PROGRESS", "reason": "in progress",
            }],
        }));
        let key = Service::key(&scope(), &name(), &service_name);
        let service = Arc::new(service);
        self.view.note(&key, Revision(self.revision), Noted::Service(&service));
        self.service_of.insert(key, self.services.len() as u32);
        self.services.push(Holding {
            task: prototype(&service, &definition, &deployment),
            group: service.group(),
            record: service,
            revision,
        });
    }

    fn next(&mut self) -> Revision {
        self.revision += 1;
        Revision(self.revision)
    }

    /// How many tasks there are.
    pub(crate) fn made(&self) -> usize {
        self.tasks.len()
    }

    /// What is to be done now.
    pub(crate) fn plan(&mut self) -> Plan {
        plan(&mut self.view, self.now)
    }

    /// Commits a plan's steps. Says how many there were.
    pub(crate) fn perform(&mut self, planned: Plan) -> usize {
        let mut steps = 0;
        for action in planned.actions {
            let Action::Serve(step) = action else { continue };
            self.commit(*step);
            steps += 1;
        }
        steps
    }

    fn commit(&mut self, step: ServiceStep) {
        let number = self.service_of[&step.service];
        let revision = self.next();
        let holding = &mut self.services[number as usize];
        if holding.revision != step.seen {
            return;
        }
        let mut after = step.after;
        tell(&mut after, &step.events, self.now);
        holding.record = Arc::new(after);
        holding.revision = revision;
        self.view.note(&step.service, Revision(self.revision), Noted::Service(&holding.record));
        assert!(step.stops.is_empty(), "nothing is too much here: {}", step.why);
        let mut touched = Vec::with_capacity(step.launches.len());
        for launch in &step.launches {
            touched.push(self.launch(number, launch));
        }
        self.tell_ledgers(touched);
        for task in step.tallied {
            self.tally(&task);
        }
    }

    fn launch(&mut self, service: u32, launch: &Launch) -> u32 {
        let place = launch.place.as_ref().expect("nothing waits for capacity here");
        let site = self.site_of[&place.instance];
        let number = self.tasks.len() as u32;
        let seed = Seed { service, site, last: TaskStatus::Pending, created_at: self.now };
        self.tasks.push(seed);
        self.starting.push(number);
        let group = &self.services[service as usize].group;
        let ledger = Arc::make_mut(&mut self.sites[site as usize].ledger);
        ledger.admit(&place.held, group, TaskStatus::Pending);
        self.tell_task(number);
        site
    }

    /// Agents say of everything that was placed that it runs.
    pub(crate) fn report(&mut self) {
        let starting = std::mem::take(&mut self.starting);
        for batch in starting.chunks(REPORTS_PER_COMMIT) {
            let mut touched = Vec::with_capacity(batch.len());
            for number in batch {
                let seed = &mut self.tasks[*number as usize];
                seed.last = TaskStatus::Running;
                let site = seed.site;
                let group = &self.services[seed.service as usize].group;
                let ledger = Arc::make_mut(&mut self.sites[site as usize].ledger);
                ledger.advance(group, TaskStatus::Pending, TaskStatus::Running);
                touched.push(site);
                self.tell_task(*number);
            }
            self.running += batch.len();
            self.tell_ledgers(touched);
        }
    }

    /// A task ends by itself after it ran for long.
    pub(crate) fn end(&mut self, number: usize) {
        let seed = &mut self.tasks[number];
        assert_eq!(seed.last, TaskStatus::Running, "only what runs ends");
        seed.last = TaskStatus::Stopped;
        let (site, group) = (seed.site, &self.services[seed.service as usize].group);
        let held = &self.services[seed.service as usize].task.demand;
        let ledger = Arc::make_mut(&mut self.sites[site as usize].ledger);
        ledger.release(held, group, TaskStatus::Running);
        self.running -= 1;
        self.tell_task(number as u32);
        self.tell_ledgers(vec![site]);
    }

    /// An entered end is forgotten at once here; a store keeps it for an hour.
    fn tally(&mut self, task: &Key) {
        self.view.forget(task);
    }

    fn tell_task(&mut self, number: u32) {
        let seed = self.tasks[number as usize];
        let record = self.task(number, seed);
        let key = Task::key(&scope(), &name(), &record.id);
        self.view.note(&key, Revision(self.revision), Noted::Task(&record));
    }

    fn tell_ledgers(&mut self, mut sites: Vec<u32>) {
        sites.sort_unstable();
        sites.dedup();
        for site in sites {
            let site = &self.sites[site as usize];
            self.view.note(&site.ledger_key, Revision(self.revision), Noted::Ledger(&site.ledger));
        }
    }

    /// A task's record.
    fn task(&self, number: u32, seed: Seed) -> Task {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&mix(u64::from(number)).to_be_bytes());
        bytes[8..].copy_from_slice(&mix(!u64::from(number)).to_be_bytes());
        let instance = &self.sites[seed.site as usize].instance;
        let zone = instance.attributes["ecs.availability-zone"].clone();
        let started = (seed.last >= TaskStatus::Running).then_some(seed.created_at);
        let is_over = seed.last == TaskStatus::Stopped;
        Task {
            id: TaskId::from_bytes(bytes),
            instance: Some(instance.id.clone()),
            availability_zone: zone,
            desired: if is_over { DesiredStatus::Stopped } else { DesiredStatus::Running },
            last: seed.last,
            created_at: seed.created_at,
            started_at: started,
            stopped_at: is_over.then_some(self.now),
            stop: is_over.then(|| Stop {
                code: domain::status::StopCode::EssentialContainerExited,
                reason: "Essential container in task exited".into(),
            }),
            ..self.services[seed.service as usize].task.clone()
        }
    }

    /// What a store keeps of a task in memory: its key, its JSON and the record.
    pub(crate) fn stored(&self, number: usize) -> (Key, Box<[u8]>, Arc<Task>) {
        let record = self.task(number as u32, self.tasks[number]);
        let json = serde_json::to_vec(&record).expect("a record is plain data");
        (Task::key(&scope(), &name(), &record.id), json.into(), Arc::new(record))
    }

    /// Rounds and reports until nothing is left to do at this moment. Says how many steps there were.
    pub(crate) fn settle(&mut self) -> usize {
        let mut all = 0;
        loop {
            let planned = self.plan();
            let steps = self.perform(planned);
            self.report();
            all += steps;
            if steps == 0 {
                return all;
            }
            self.now = self.now + Millis(10);
        }
    }

    /// Lets time pass until everything that runs counts as healthy.
    pub(crate) fn pass(&mut self, time: Millis) {
        self.now = self.now + time;
    }
}

/// Counts events in the service's record; their texts are as long as they are in truth, but name no tasks.
fn tell(service: &mut Service, events: &[Event], now: Timestamp) {
    for event in events {
        let text = match event {
            Event::Text(text) => text.clone(),
            Event::Started { launches, .. } => format!("has started {launches} tasks."),
        };
        service.next_event += 1;
        service.said =
            Some(Said { message: format!("(service {}) {text}", service.name), at: now });
    }
}

/// A service's task, before it is known where it goes.
fn prototype(service: &Service, definition: &TaskDefinition, deployment: &str) -> Task {
    let container = &definition.container_definitions[0];
    record(json!({
        "id": "0".repeat(32), "cluster": cluster::name(), "family": definition.family, "revision": 1, "desired": "RUNNING",
        "last": "PENDING", "version": 1, "launch_type": "EC2", "group": service.group(),
        "started_by": format!("ecs-svc/{deployment}"), "cpu": container.cpu.to_string(),
        "memory": container.memory.unwrap_or(0).to_string(),
        "demand": Resources { cpu: container.cpu, memory: container.memory.unwrap_or(0), ..Resources::default() },
        "overrides": { "containerOverrides": [{ "name": "main" }] }, "created_at": 0,
        "attributes": [{ "name": "ecs.cpu-architecture", "value": "x86_64" }],
        "containers": [{
            "uuid": "00000000-0000-4000-8000-000000000000", "name": "main", "image": "registry.example/app:1",
            "image_digest": format!("sha256:{:064x}", 1), "runtime_id": "0".repeat(64), "last": "PENDING",
            "cpu": container.cpu.to_string(), "memory": "0",
        }],
    }))
}
