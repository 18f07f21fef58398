//! Which container instance a session is of, and the records that belong to it.

use domain::{
    arn::{self, Arn},
    id::{ClusterName, InstanceId, Scope, TaskId},
    instance::{Assignment, ContainerInstance, InstanceLink},
    key::{Key, Prefix},
    task::Task,
};
use planner::view::scope_of;
use store::{Found, ReadError, Snapshot};

/// A container instance by its name. Whether it exists is another question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    /// Its account and region.
    pub scope: Scope,
    /// Its cluster.
    pub cluster: ClusterName,
    /// Its id.
    pub id: InstanceId,
}

/// Why a text is not the name of an instance of a scope.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Neither a cluster's name nor the ARN of one of this account and region.
    #[error("`{0}` is no cluster of this account and region")]
    Cluster(String),
    /// Neither an instance's id nor the ARN of one of this account, region and cluster.
    #[error("`{0}` is no container instance of this account, region and cluster")]
    Instance(String),
}

impl Instance {
    /// Reads what an agent says: each is a name or id, or an ARN, as the agent was configured (agent-protocol.md §11, 20).
    pub fn parse(scope: Scope, cluster: &str, instance: &str) -> Result<Self, NameError> {
        let no_cluster = || NameError::Cluster(cluster.to_owned());
        let no_instance = || NameError::Instance(instance.to_owned());
        let name = match Arn::parse(cluster) {
            Some(arn) => arn.resource_of_kind(&scope, "cluster").ok_or_else(no_cluster)?,
            None => cluster,
        };
        let name = ClusterName::parse(name).map_err(|_| no_cluster())?;
        let id = match Arn::parse(instance) {
            Some(arn) => {
                let resource =
                    arn.resource_of_kind(&scope, "container-instance").ok_or_else(no_instance)?;
                // ARNs had no cluster in them once.
                let (of, id) = resource.split_once('/').unwrap_or((name.as_str(), resource));
                if of != name.as_str() {
                    return Err(no_instance());
                }
                id
            }
            None => instance,
        };
        let id = InstanceId::parse(id).map_err(|_| no_instance())?;
        Ok(Self { scope, cluster: name, id })
    }

    /// By the key of a registration. Panics for any other key.
    pub(crate) fn of_key(key: &Key) -> Self {
        let parts: Vec<&str> = key.as_str().split('/').collect();
        let [_, _, _, cluster, id] = parts.as_slice() else {
            panic!("`{key}` is not the key of an instance")
        };
        Self {
            scope: scope_of(key),
            cluster: ClusterName::parse(*cluster).expect("a key's parts were checked"),
            id: InstanceId::parse(*id).expect("a key's parts were checked"),
        }
    }

    /// Its ARN.
    pub fn arn(&self) -> String {
        arn::instance(&self.scope, &self.cluster, &self.id)
    }

    /// Its cluster's ARN.
    pub fn cluster_arn(&self) -> String {
        arn::cluster(&self.scope, &self.cluster)
    }

    /// The task of an ARN, if it is on this instance, whichever cluster it is of.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn task_by_arn(
        &self,
        snapshot: &Snapshot,
        arn: &str,
    ) -> Result<Option<Found<Task>>, ReadError> {
        let Some((cluster, id)) = self.task_name(arn) else { return Ok(None) };
        let task = snapshot.get::<Task>(&Task::key(&self.scope, &cluster, &id))?;
        Ok(task.filter(|task| task.host() == Some((&self.cluster, &self.id))))
    }

    /// The task of an id that is assigned to this instance.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn task(&self, snapshot: &Snapshot, id: &TaskId) -> Result<Option<Found<Task>>, ReadError> {
        let cluster = self.cluster_of(snapshot, id)?;
        snapshot.get::<Task>(&Task::key(&self.scope, &cluster, id))
    }

    /// The cluster of a task that is assigned to this instance: of tasks of Fargate often another than the instance's.
    ///
    /// # Errors
    /// If its assignment cannot be read.
    pub fn cluster_of(&self, snapshot: &Snapshot, id: &TaskId) -> Result<ClusterName, ReadError> {
        let key = Assignment::key(&self.scope, &self.cluster, &self.id, id);
        let cluster = snapshot.get::<Assignment>(&key)?.and_then(|found| found.cluster.clone());
        Ok(cluster.unwrap_or_else(|| self.cluster.clone()))
    }

    /// The cluster and id in a task's ARN of this account and region.
    fn task_name(&self, arn: &str) -> Option<(ClusterName, TaskId)> {
        let (cluster, id) =
            Arn::parse(arn)?.resource_of_kind(&self.scope, "task")?.split_once('/')?;
        Some((ClusterName::parse(cluster).ok()?, TaskId::parse(id).ok()?))
    }

    /// The key of its registration.
    pub fn key(&self) -> Key {
        ContainerInstance::key(&self.scope, &self.cluster, &self.id)
    }

    /// The key of its link.
    pub fn link_key(&self) -> Key {
        InstanceLink::key(&self.scope, &self.cluster, &self.id)
    }

    /// Its assignments.
    pub fn assignments(&self) -> Prefix {
        Assignment::all_of(&self.scope, &self.cluster, &self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::{Instance, NameError};
    use domain::{
        id::{AccountId, ClusterName, Region, Scope, TaskId},
        task::Task,
    };
    use store::{Expect, Snapshot, Transaction};

    fn scope() -> Scope {
        Scope {
            account: AccountId::parse("123456789012").expect("digits"),
            region: Region::parse("us-east-1").expect("a region"),
        }
    }

    fn check(cluster: &str, instance: &str, expected: Result<(), &str>) {
        let result = Instance::parse(scope(), cluster, instance);
        let kind =
            result.as_ref().map(|it| assert_eq!(it.cluster.as_str(), "web")).map_err(|error| {
                match error {
                    NameError::Cluster(_) => "cluster",
                    NameError::Instance(_) => "instance",
                }
            });
        assert_eq!(kind, expected, "{cluster} {instance}: {result:?}");
    }

    #[test]
    fn an_agent_may_say_names_or_arns() {
        let id = "0123456789abcdef0123456789abcdef";
        let arn = "arn:aws:ecs:us-east-1:123456789012";
        check("web", id, Ok(()));
        check("web", &format!("{arn}:container-instance/web/{id}"), Ok(()));
        check("web", &format!("{arn}:container-instance/{id}"), Ok(()));
        check(&format!("{arn}:cluster/web"), id, Ok(()));
        check(
            &format!("{arn}:cluster/web"),
            &format!("{arn}:container-instance/other/{id}"),
            Err("instance"),
        );
        check("web", "i-1234", Err("instance"));
        check("", id, Err("cluster"));
        check("arn:aws:ecs:us-east-1:999999999999:cluster/web", id, Err("cluster"));
        check(
            "web",
            &format!("arn:aws:ecs:eu-west-1:123456789012:container-instance/web/{id}"),
            Err("instance"),
        );
    }

    #[test]
    fn only_tasks_that_are_on_an_instance_are_its_own_whatever_their_cluster() {
        let instance = Instance::parse(scope(), "web", &"0".repeat(32)).expect("a name");
        let mut writes = Transaction::new();
        let mut put = |number: u8, of: &str, host_cluster: Option<&str>, host: &str| {
            let cluster = ClusterName::parse(of).expect("a name");
            let id = TaskId::from_bytes([number; 16]);
            let task: Task = serde_json::from_value(serde_json::json!({
                "id": id, "cluster": of, "family": "f", "revision": 1, "instance": host.repeat(32),
                "host_cluster": host_cluster, "demand": {}, "desired": "RUNNING", "last": "RUNNING",
                "version": 1, "launch_type": "FARGATE", "group": "family:f", "cpu": "256",
                "memory": "512", "overrides": {}, "containers": [], "created_at": 0,
            }))
            .expect("a task");
            writes.put(&Task::key(&scope(), &cluster, &id), Expect::Absent, task);
            domain::arn::task(&scope(), &cluster, &id)
        };
        let arns = [
            put(1, "web", None, "0"),
            put(2, "db", Some("web"), "0"),
            put(3, "web", None, "1"),
            put(4, "db", Some(".fargate"), "0"),
            put(5, "db", None, "0"),
        ];
        let snapshot = Snapshot::default().with(&writes).expect("an empty store");
        let is_here = arns.map(|arn| instance.task_by_arn(&snapshot, &arn).expect("readable"));
        assert_eq!(is_here.map(|found| found.is_some()), [true, true, false, false, false]);
    }
}
