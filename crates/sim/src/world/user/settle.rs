//! How the user leaves the world once faults stopped: in a state that can become steady.

use super::{Asked, PROVIDERS, network};
use crate::world::{Msg, World};
use domain::{
    arn,
    service::{Controller, SchedulingStrategy, Service},
    status::{DesiredStatus, InstanceStatus},
    time::Millis,
};
use serde_json::json;
use store::Found;

/// When calls from before the last fault are answered, or never will be.
const SETTLE_AFTER: Millis = Millis::from_s(35);

impl World {
    /// Faults are over: the user waits for what was called before.
    pub(in crate::world) fn user_stops(&mut self) {
        self.user.has_stopped = true;
        self.later(SETTLE_AFTER, Msg::UserSettles);
    }

    /// The user leaves everything in a state that can become steady, and does nothing any more.
    pub(in crate::world) fn user_settles(&mut self) {
        self.user.has_settled = true;
        // Not at the end of faults: a call that deregisters one may still have been on its way.
        self.agents_of_deregistered_begin_anew();
        for instance in self.instances() {
            if instance.status == InstanceStatus::Draining {
                let arn = arn::instance(&self.scope, &self.cluster, &instance.id);
                let request = json!({"containerInstances": [arn], "status": "ACTIVE"});
                self.user_calls(Asked::Nothing, "UpdateContainerInstancesState", &request);
            }
        }
        for task in self.live_tasks() {
            if task.protected_until.is_some() && task.desired == DesiredStatus::Running {
                let request = json!({"cluster": self.cluster.as_str(), "tasks": [task.id.to_string()], "protectionEnabled": false});
                self.user_calls(Asked::Nothing, "UpdateTaskProtection", &request);
            }
        }
        if self.user.is_calm {
            return;
        }
        self.user_makes_room();
        for service in self.services() {
            match service.controller {
                Controller::External => self.user_settles_task_sets(&service),
                _ => self.user_settles_service(&service),
            }
        }
    }

    fn user_settles_service(&mut self, service: &Found<Service>) {
        let name = service.name.to_string();
        let family = network::family_for(service, "web");
        let mut request = json!({
            "service": name,
            "taskDefinition": format!("{family}:{}", self.chance.within(1, 3)),
            "forceNewDeployment": true,
            "placementConstraints": [],
        });
        if service.scheduling == SchedulingStrategy::Replica {
            request["deploymentConfiguration"] =
                json!({"minimumHealthyPercent": 50, "maximumPercent": 200});
            request["desiredCount"] = json!(service.desired.min(self.settled_count()));
        }
        if service.template.as_ref().is_some_and(|template| !template.strategy.is_empty()) {
            let share = |name: &&str| json!({"capacityProvider": name, "weight": 1});
            request["capacityProviderStrategy"] = PROVIDERS.iter().map(share).collect();
        }
        self.user_changes(&name, None, "UpdateService", &request);
    }

    /// So many tasks of each service have room beside those of the others, and on each capacity provider.
    pub(super) fn settled_count(&self) -> i64 {
        if self.user.has_providers { 2 } else { 3 }
    }

    /// Standalone tasks go if services may not find room beside them.
    fn user_makes_room(&mut self) {
        /// What a task of this user's definitions holds.
        const TASK_CPU: i64 = 128;
        let room: i64 = self.hosts.iter().map(|host| host.capacity.cpu_units / TASK_CPU).sum();
        let standalone: Vec<_> =
            self.live_tasks().into_iter().filter(|task| task.owner().is_none()).collect();
        let taken = i64::try_from(standalone.len()).unwrap_or(i64::MAX);
        // Four services of at most three tasks and their successors; a daemon needs room on each host, and a capacity provider may be
        // one host.
        let is_daemon = |service: &Found<Service>| service.scheduling == SchedulingStrategy::Daemon;
        let has_room = room - taken >= 24 && !self.user.has_providers;
        if has_room && !self.services().iter().any(is_daemon) {
            return;
        }
        for task in standalone {
            let request = json!({"task": task.id.to_string(), "reason": "room is needed"});
            self.user_calls(Asked::Nothing, "StopTask", &request);
        }
    }
}
