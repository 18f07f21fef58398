//! What the user does with services: creates, changes and deletes them, each at most once at a time.

use super::{Asked, World, network};
use domain::service::{Controller, SchedulingStrategy, Service, ServiceStatus};
use serde_json::{Value as Json, json};

/// The services that the user has; that of task sets is another one.
const SERVICES: &[&str] = &["alpha", "beta", "gamma"];

/// How many tasks are protected in one call, at most: ECS's own limit.
const PROTECTED_PER_CALL_MAX: usize = 10;

impl World {
    pub(super) fn services(&self) -> Vec<store::Found<Service>> {
        let mut services = self.truth.all::<Service>(&Service::all_in(&self.scope, &self.cluster));
        services.retain(|service| service.status == ServiceStatus::Active);
        services
    }

    pub(super) fn user_creates_a_service(&mut self) {
        let Some(name) = self.chance.pick(SERVICES).copied() else { return };
        let (min, max) = *self
            .chance
            .pick(&[(100, 200), (50, 100), (50, 100), (75, 100), (100, 125), (0, 100), (75, 125)])
            .unwrap_or(&(100, 200));
        let (breaks, rollback) = (self.chance.hits(800), self.chance.hits(700));
        let family = self.some_family(&["web", "web", "web", "moody", "port", "slow", "crash"]);
        let is_daemon = self.chance.hits(150);
        let is_calm = self.user.is_calm;
        let desired = self.chance.within(0, if is_calm { 3 } else { 6 });
        let mut request = json!({
            "serviceName": name,
            "taskDefinition": family,
            "deploymentConfiguration": {
                "minimumHealthyPercent": min,
                "maximumPercent": max,
                "deploymentCircuitBreaker": {"enable": breaks && !is_calm, "rollback": rollback},
            },
        });
        if is_daemon {
            request["schedulingStrategy"] = json!("DAEMON");
            request["deploymentConfiguration"] =
                json!({"minimumHealthyPercent": 0, "maximumPercent": 100});
        } else {
            request["desiredCount"] = json!(desired);
            if self.chance.hits(300) {
                request["availabilityZoneRebalancing"] = json!("ENABLED");
                request["placementStrategy"] =
                    json!([{"type": "spread", "field": "attribute:ecs.availability-zone"}]);
            } else if self.chance.hits(200) {
                request["placementStrategy"] = json!([{"type": "binpack", "field": "memory"}]);
            }
            if self.chance.hits(150) && !is_calm {
                request["placementConstraints"] = json!([{"type": "distinctInstance"}]);
            }
            if let Some(strategy) = self.some_strategy() {
                request["capacityProviderStrategy"] = strategy;
            }
        }
        self.perhaps_with_interfaces(&mut request);
        let desired = (!is_daemon).then_some(desired);
        self.user_changes(name, desired, "CreateService", &request);
    }

    /// A call that changes a service. What it wants must be seen afterwards, unless something else was sent meanwhile.
    pub(super) fn user_changes(
        &mut self,
        service: &str,
        desired: Option<i64>,
        operation: &'static str,
        request: &Json,
    ) {
        // One change at a time: of two the later one may be overtaken.
        if !self.user.changing.insert(service.to_owned()) {
            return;
        }
        let sent = self.user.sent.entry(service.to_owned()).or_default();
        *sent += 1;
        let sent = *sent;
        let asked = Asked::Change { service: service.to_owned(), sent, desired };
        self.user_calls(asked, operation, request);
    }

    pub(super) fn user_changes_a_service(&mut self) {
        let mut services = self.services();
        services.retain(|service| service.controller == Controller::Ecs);
        let Some(service) = self.chance.pick(&services).cloned() else { return };
        let name = service.name.to_string();
        let is_replica = service.scheduling == SchedulingStrategy::Replica;
        let mut request = json!({"service": name});
        let mut desired = None;
        match self.chance.below(6) {
            0 | 1 if is_replica => {
                desired = Some(self.chance.within(0, 7));
                request["desiredCount"] = json!(desired);
            }
            0..=2 => {
                let family = self.some_family(&["web", "web", "moody", "slow", "stubborn", "web"]);
                let revision = self.chance.within(1, 3);
                let family = network::family_for(&service, family);
                request["taskDefinition"] = json!(format!("{family}:{revision}"));
            }
            3 => {
                let bad = self.some_family(&["gone", "gone", "broken", "crash", "sick", "port"]);
                request["taskDefinition"] = json!(network::bad_family_for(&service, bad));
            }
            4 => request["forceNewDeployment"] = json!(true),
            _ if is_replica => {
                let (min, max) =
                    *self.chance.pick(&[(100, 200), (50, 100), (0, 200)]).unwrap_or(&(100, 200));
                request["deploymentConfiguration"] =
                    json!({"minimumHealthyPercent": min, "maximumPercent": max});
            }
            _ => request["forceNewDeployment"] = json!(true),
        }
        self.user_changes(&name, desired, "UpdateService", &request);
        if self.chance.hits(300) {
            self.tasks_protect_themselves(&service);
        }
    }

    /// A service's tasks got something to do just when it changes, and say so: the scheduler may be about to stop them.
    fn tasks_protect_themselves(&mut self, service: &Service) {
        let of = |task: &store::Found<domain::task::Task>| {
            let is_its = task.owner().is_some_and(|owner| owner.service == service.name.as_str());
            is_its.then(|| task.id.to_string())
        };
        let mut tasks: Vec<String> = self.live_tasks().iter().filter_map(of).collect();
        tasks.truncate(PROTECTED_PER_CALL_MAX);
        if !tasks.is_empty() {
            let request = json!({
                "cluster": self.cluster.as_str(),
                "tasks": tasks,
                "protectionEnabled": true,
                "expiresInMinutes": 1,
            });
            self.user_calls(Asked::Nothing, "UpdateTaskProtection", &request);
        }
    }

    pub(super) fn user_deletes_a_service(&mut self) {
        let services = self.services();
        let Some(name) = self.chance.pick(&services).map(|it| it.name.to_string()) else { return };
        let request = json!({"service": name, "force": self.chance.hits(800)});
        self.user_changes(&name, None, "DeleteService", &request);
    }
}
