//! Longshore's own service: what operators do and AWS has no operation for. Called as AWS's services are: awsJson 1.1 with the target
//! `Longshore.{operation}`, signed for `longshore`.
//!
//! | operation | what it does |
//! |---|---|
//! | `InterruptSpotTask` | takes back the capacity of a task of FARGATE_SPOT, as Fargate does when it needs it |
//! | `ListFargateHosts` | the hosts of Fargate's pool, which no operation of AWS shows |
//! | `DrainFargateHost` | takes one out of the pool's service, with its standalone tasks if that is asked for |
//! | `ResumeFargateHost` | takes it back |
//! | `RemoveFargateHost` | forgets one that is gone for good |

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
    served: "DrainFargateHost\nInterruptSpotTask\nListFargateHosts\nRemoveFargateHost\nResumeFargateHost",
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

/// Which page.
pub const LIST_FARGATE_HOSTS_REQUEST: Known =
    k("ListFargateHostsRequest", "maxResults?integer nextToken?string");
/// Hosts, and where the next page begins.
pub const LIST_FARGATE_HOSTS_RESPONSE: Known =
    k("ListFargateHostsResponse", "hosts?list nextToken?string");
/// Which host, and whether tasks are stopped that no service replaces.
pub const DRAIN_FARGATE_HOST_REQUEST: Known =
    k("DrainFargateHostRequest", "host!string stopTasks?boolean");
/// The host as it is then, and which tasks of it were told to stop.
pub const DRAIN_FARGATE_HOST_RESPONSE: Known =
    k("DrainFargateHostResponse", "host?structure stoppedTaskArns?list");
/// Which host.
pub const RESUME_FARGATE_HOST_REQUEST: Known = k("ResumeFargateHostRequest", "host!string");
/// The host as it is then.
pub const RESUME_FARGATE_HOST_RESPONSE: Known = k("ResumeFargateHostResponse", "host?structure");
/// Which host, and whether it is removed with its tasks.
pub const REMOVE_FARGATE_HOST_REQUEST: Known =
    k("RemoveFargateHostRequest", "host!string force?boolean");
/// Which one it was.
pub const REMOVE_FARGATE_HOST_RESPONSE: Known = k("RemoveFargateHostResponse", "hostId?string");
/// A host of the pool. `cluster` and `containerInstanceArn` are of one that is lent; `remaining…` is what no task holds, whoever's it is;
/// the counts are of tasks of Fargate that are not STOPPED, by their capacity, and of all of them those that are of no service.
pub const FARGATE_HOST: Known = k(
    "FargateHost",
    "hostId?string status?string statusReason?string drainingSince?timestamp cluster?string containerInstanceArn?string address?string availabilityZone?string cpuArchitecture?string agentConnected?boolean agentVersion?string registeredCpu?integer remainingCpu?integer registeredMemory?integer remainingMemory?integer fargateTasksCount?integer fargateSpotTasksCount?integer standaloneTasksCount?integer",
);

#[cfg(test)]
mod tests {
    use super::{
        ALL, DRAIN_FARGATE_HOST_REQUEST, DRAIN_FARGATE_HOST_RESPONSE, FARGATE_HOST,
        INTERRUPT_SPOT_TASK_REQUEST, INTERRUPT_SPOT_TASK_RESPONSE, INTERRUPTED_TASK,
        LIST_FARGATE_HOSTS_REQUEST, LIST_FARGATE_HOSTS_RESPONSE, REMOVE_FARGATE_HOST_REQUEST,
        REMOVE_FARGATE_HOST_RESPONSE, RESUME_FARGATE_HOST_REQUEST, RESUME_FARGATE_HOST_RESPONSE,
        SERVICE,
    };

    #[test]
    fn it_is_read_and_is_one_of_all() {
        let operations = [
            ("DrainFargateHost", DRAIN_FARGATE_HOST_REQUEST, DRAIN_FARGATE_HOST_RESPONSE),
            ("InterruptSpotTask", INTERRUPT_SPOT_TASK_REQUEST, INTERRUPT_SPOT_TASK_RESPONSE),
            ("ListFargateHosts", LIST_FARGATE_HOSTS_REQUEST, LIST_FARGATE_HOSTS_RESPONSE),
            ("RemoveFargateHost", REMOVE_FARGATE_HOST_REQUEST, REMOVE_FARGATE_HOST_RESPONSE),
            ("ResumeFargateHost", RESUME_FARGATE_HOST_REQUEST, RESUME_FARGATE_HOST_RESPONSE),
        ];
        for (name, input, output) in operations {
            let row = SERVICE.operation(name).expect("the operation");
            assert_eq!(row.input.name, input.shape().name);
            assert_eq!(row.output.name, output.shape().name);
        }
        assert_eq!(SERVICE.served_names().count(), operations.len());
        assert_eq!(INTERRUPTED_TASK.shape().members.len(), 6);
        assert_eq!(FARGATE_HOST.shape().members.len(), 18);
        let ids: Vec<&str> = ALL.iter().map(|service| service.id).collect();
        assert!(ids.contains(&"ecs") && ids.ends_with(&["longshore"]), "{ids:?}");
    }
}
