//! Task sets: the deployments of services whose deployments the client drives (spec/services.md §7).

use crate::{
    deployment::BackOff, id::DeploymentId, service::Template, status::wire_names, tag::Tag,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// A task set's place among those of its service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TaskSetStatus {
    /// Serves production traffic.
    Primary,
    /// Another one.
    Active,
    /// Deleted; its tasks are still stopping. When they are gone it is too.
    Draining,
}
wire_names!(TaskSetStatus { Primary = "PRIMARY", Active = "ACTIVE", Draining = "DRAINING" });

/// One task set of a service.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskSet {
    /// Its id.
    pub id: DeploymentId,
    /// PRIMARY, ACTIVE or DRAINING.
    pub status: TaskSetStatus,
    /// What its tasks are made from.
    pub template: Template,
    /// Percent of the service's desired count, 0 to 100; tasks are rounded up.
    pub scale_percent: f64,
    /// What the client calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// The call that created it: the client's token and a digest of the parameters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<(String, String)>,
    /// Its tags.
    #[serde(default)]
    pub tags: Vec<Tag>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// When it last became steady or ceased to be; the scheduler writes it.
    pub stability_at: Timestamp,
    /// Whether it is STEADY_STATE; the scheduler writes it.
    #[serde(default)]
    pub is_steady: bool,
    /// How many of its tasks in a row did not start, by which back-off grows.
    #[serde(default)]
    pub failed_tasks: u32,
    /// Before this no further task is started.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_at: Option<Timestamp>,
    /// What that wait grows with.
    #[serde(default)]
    pub back_off: BackOff,
}

impl TaskSet {
    /// How many tasks it should have of a service that wants `desired`.
    pub fn computed_desired(&self, desired: i64) -> i64 {
        if self.status == TaskSetStatus::Draining {
            return 0;
        }
        // 8.8 % of 375 are 33, which a double does not quite say.
        let millionths = (desired as f64 * self.scale_percent * 10_000.0).round();
        (millionths / 1_000_000.0).ceil() as i64
    }
}

#[cfg(test)]
mod tests {
    use super::{TaskSet, TaskSetStatus};

    fn set(scale_percent: f64, status: TaskSetStatus) -> TaskSet {
        let template = serde_json::json!({"definition": {"family": "web", "revision": 1}, "launchType": "EC2"});
        let set = serde_json::json!({
            "id": "1".repeat(19), "status": status, "template": template, "scalePercent": scale_percent,
            "createdAt": 0, "updatedAt": 0, "stabilityAt": 0,
        });
        serde_json::from_value(set).expect("a task set")
    }

    #[test]
    fn a_share_of_the_desired_count_is_rounded_up() {
        let cases = [
            (10, 0.0, 0),
            (10, 100.0, 10),
            (12, 10.0, 2),
            (3, 33.3, 1),
            (1, 0.1, 1),
            (0, 100.0, 0),
            (375, 8.8, 33),
            (250, 64.4, 161),
            (1000, 0.01, 1),
        ];
        for (desired, percent, expected) in cases {
            let set = set(percent, TaskSetStatus::Active);
            assert_eq!(set.computed_desired(desired), expected, "{percent} % of {desired}");
        }
    }

    #[test]
    fn a_task_set_that_is_deleted_wants_nothing() {
        assert_eq!(set(100.0, TaskSetStatus::Draining).computed_desired(10), 0);
    }
}
