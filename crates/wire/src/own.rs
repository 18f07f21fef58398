//! Longshore's own service: what operators do and AWS has no operation for. Called as AWS's services are: awsJson 1.1 with the target
//! `Longshore.{operation}`, signed for `longshore`.
//!
//! | operation | what it does |
//! |---|---|
//! | `InterruptSpotTask` | takes back the capacity of a task of FARGATE_SPOT, as Fargate does when it needs it |

use std::sync::OnceLock;

use crate::shape::{Protocol, Service};
use crate::table::{Graph, Known, Table};
use crate::tables;

/// The service.
pub static SERVICE: Service = Service {
    id: "longshore",
    full_name: "Longshore",
    signing_name: "longshore",
    endpoint_prefix: "longshore",
    version: "2026-11-21",
    protocols: &[Protocol::AwsJson11],
    target_prefix: Some("Longshore"),
    namespace: None,
    query_compatible: false,
    served: "InterruptSpotTask",
    table: Table::new(include_str!("own.txt"), graph),
};

/// How many services there are with this one.
const COUNT: usize = tables::ALL.len() + 1;

/// Every service that a request may mean: AWS's, then our own.
pub static ALL: [&Service; COUNT] = {
    let mut all = [&SERVICE; COUNT];
    let mut at = 0;
    while at < tables::ALL.len() {
        all[at] = tables::ALL[at];
        at += 1;
    }
    all
};

fn graph() -> &'static Graph {
    static GRAPH: OnceLock<Graph> = OnceLock::new();
    GRAPH.get_or_init(|| Graph::read(SERVICE.table.text()))
}

const fn k(name: &'static str, members: &'static str) -> Known {
    Known::new(&SERVICE, name, members)
}

/// Which task.
pub const INTERRUPT_SPOT_TASK_REQUEST: Known =
    k("InterruptSpotTaskRequest", "cluster?string task!string");
/// The task as it is then.
pub const INTERRUPT_SPOT_TASK_RESPONSE: Known = k("InterruptSpotTaskResponse", "task?structure");
/// What matters of it.
pub const INTERRUPTED_TASK: Known = k(
    "InterruptedTask",
    "taskArn?string desiredStatus?string lastStatus?string stopCode?string stoppedReason?string stoppingAt?timestamp",
);

#[cfg(test)]
mod tests {
    use super::{
        ALL, INTERRUPT_SPOT_TASK_REQUEST, INTERRUPT_SPOT_TASK_RESPONSE, INTERRUPTED_TASK, SERVICE,
    };

    #[test]
    fn it_is_read_and_is_one_of_all() {
        let row = SERVICE.operation("InterruptSpotTask").expect("the operation");
        assert_eq!(row.input.name, INTERRUPT_SPOT_TASK_REQUEST.shape().name);
        assert_eq!(row.output.name, INTERRUPT_SPOT_TASK_RESPONSE.shape().name);
        assert_eq!(INTERRUPTED_TASK.shape().members.len(), 6);
        let ids: Vec<&str> = ALL.iter().map(|service| service.id).collect();
        assert!(ids.contains(&"ecs") && ids.ends_with(&["longshore"]), "{ids:?}");
    }
}
