//! What the user does with the one service whose deployments it drives itself: task sets.

use super::{Asked, World};
use domain::{
    service::{Controller, Service},
    task_set::{TaskSet, TaskSetStatus},
};
use serde_json::json;
use store::Found;

/// The service of task sets.
const SERVICE: &str = "delta";

/// ECS's own limit.
const SETS_MAX: usize = 5;

impl World {
    pub(super) fn user_tends_task_sets(&mut self) {
        let found = self.services().into_iter().find(|it| it.controller == Controller::External);
        let Some(service) = found else {
            let desired = self.chance.within(0, 5);
            let request = json!({
                "serviceName": SERVICE,
                "desiredCount": desired,
                "deploymentController": {"type": "EXTERNAL"},
            });
            return self.user_changes(SERVICE, Some(desired), "CreateService", &request);
        };
        let sets: Vec<&TaskSet> =
            service.task_sets.iter().filter(|it| it.status != TaskSetStatus::Draining).collect();
        let Some(set) = self.chance.pick(&sets).map(|set| set.id.prefixed()) else {
            return self.user_makes_a_task_set();
        };
        let mut request = json!({"cluster": self.cluster.as_str(), "service": SERVICE});
        match self.chance.below(8) {
            0..=2 if service.task_sets.len() < SETS_MAX => self.user_makes_a_task_set(),
            0..=3 => {
                request["taskSet"] = json!(set);
                request["scale"] = json!({"value": self.some_percent(), "unit": "PERCENT"});
                self.user_calls(Asked::Nothing, "UpdateTaskSet", &request);
            }
            4 => {
                request["primaryTaskSet"] = json!(set);
                self.user_calls(Asked::Nothing, "UpdateServicePrimaryTaskSet", &request);
            }
            5 | 6 => {
                request["taskSet"] = json!(set);
                request["force"] = json!(self.chance.hits(700));
                self.user_calls(Asked::Nothing, "DeleteTaskSet", &request);
            }
            _ => {
                let desired = self.chance.within(0, 5);
                let request = json!({"service": SERVICE, "desiredCount": desired});
                self.user_changes(SERVICE, Some(desired), "UpdateService", &request);
            }
        }
    }

    fn user_makes_a_task_set(&mut self) {
        let family =
            self.some_family(&["web", "web", "slow", "stubborn", "moody", "crash", "gone"]);
        let mut request = json!({
            "cluster": self.cluster.as_str(),
            "service": SERVICE,
            "taskDefinition": family,
            "scale": {"value": self.some_percent(), "unit": "PERCENT"},
        });
        if let Some(strategy) = self.some_strategy() {
            request["capacityProviderStrategy"] = strategy;
        }
        self.user_calls(Asked::Nothing, "CreateTaskSet", &request);
    }

    fn some_percent(&mut self) -> f64 {
        *self.chance.pick(&[0.0, 10.0, 33.3, 50.0, 100.0, 100.0]).unwrap_or(&100.0)
    }

    /// One task set that works may stay; the others go.
    pub(super) fn user_settles_task_sets(&mut self, service: &Found<Service>) {
        let stays = service.task_sets.iter().find(|set| {
            let works = set.template.definition.family.as_str() == "web";
            works && set.status != TaskSetStatus::Draining && set.template.strategy.is_empty()
        });
        let stays = stays.map(|set| set.id.clone());
        for set in service.task_sets.iter().filter(|set| Some(&set.id) != stays.as_ref()) {
            let request = json!({
                "cluster": self.cluster.as_str(),
                "service": SERVICE,
                "taskSet": set.id.prefixed(),
                "force": true,
            });
            self.user_calls(Asked::Nothing, "DeleteTaskSet", &request);
        }
        let desired = service.desired.min(self.settled_count());
        let request = json!({"service": SERVICE, "desiredCount": desired});
        self.user_changes(SERVICE, None, "UpdateService", &request);
    }
}
