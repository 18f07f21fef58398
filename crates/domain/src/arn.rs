//! Amazon Resource Names of ECS, built and read in one place (spec/tasks.md §1; long formats only).

use crate::id::{
    ClusterName, DefinitionRevision, DeploymentId, Family, InstanceId, Scope, ServiceDeploymentId,
    ServiceName, TaskId,
};

/// The ARN of a cluster.
pub fn cluster(scope: &Scope, cluster: &ClusterName) -> String {
    ecs(scope, &format!("cluster/{cluster}"))
}

/// The ARN of a task definition.
pub fn definition(scope: &Scope, family: &Family, revision: DefinitionRevision) -> String {
    ecs(scope, &format!("task-definition/{family}:{revision}"))
}

/// The ARN of a task.
pub fn task(scope: &Scope, cluster: &ClusterName, task: &TaskId) -> String {
    ecs(scope, &format!("task/{cluster}/{task}"))
}

/// The ARN of a container instance.
pub fn instance(scope: &Scope, cluster: &ClusterName, instance: &InstanceId) -> String {
    ecs(scope, &format!("container-instance/{cluster}/{instance}"))
}

/// The ARN of a host of Fargate's pool, by which policies name it. AWS has none for such a thing.
pub fn fargate_host(scope: &Scope, host: &str) -> String {
    format!("arn:aws:longshore:{}:{}:fargate-host/{host}", scope.region, scope.account)
}

/// The ARN of a container: its own UUID below its task.
pub fn container(scope: &Scope, cluster: &ClusterName, task: &TaskId, uuid: &str) -> String {
    ecs(scope, &format!("container/{cluster}/{task}/{uuid}"))
}

/// The ARN of a service.
pub fn service(scope: &Scope, cluster: &ClusterName, service: &ServiceName) -> String {
    ecs(scope, &format!("service/{cluster}/{service}"))
}

/// The ARN of a service revision; its id is that of the deployment that made it.
pub fn service_revision(
    scope: &Scope,
    cluster: &ClusterName,
    service: &ServiceName,
    id: &DeploymentId,
) -> String {
    ecs(scope, &format!("service-revision/{cluster}/{service}/{id}"))
}

/// The ARN of a service deployment.
pub fn service_deployment(
    scope: &Scope,
    cluster: &ClusterName,
    service: &ServiceName,
    id: &ServiceDeploymentId,
) -> String {
    ecs(scope, &format!("service-deployment/{cluster}/{service}/{id}"))
}

/// The ARN of a task set.
pub fn task_set(
    scope: &Scope,
    cluster: &ClusterName,
    service: &ServiceName,
    id: &DeploymentId,
) -> String {
    ecs(scope, &format!("task-set/{cluster}/{service}/{}", id.prefixed()))
}

/// The ARN of a capacity provider.
pub fn capacity_provider(scope: &Scope, name: &str) -> String {
    ecs(scope, &format!("capacity-provider/{name}"))
}

/// The ARN of anything in ECS by the text behind the account.
pub fn ecs(scope: &Scope, resource: &str) -> String {
    format!("arn:aws:ecs:{}:{}:{resource}", scope.region, scope.account)
}

/// An ARN taken apart. The borrowed parts are as they were written; nothing is checked but the shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arn<'a> {
    /// Such as `aws`.
    pub partition: &'a str,
    /// Such as `ecs`.
    pub service: &'a str,
    /// Such as `us-east-1`.
    pub region: &'a str,
    /// Twelve digits, or empty.
    pub account: &'a str,
    /// All that follows, such as `cluster/default`.
    pub resource: &'a str,
}

impl<'a> Arn<'a> {
    /// Takes `text` apart, or `None` if it is not an ARN.
    pub fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.splitn(6, ':');
        if parts.next()? != "arn" {
            return None;
        }
        let arn = Self {
            partition: parts.next()?,
            service: parts.next()?,
            region: parts.next()?,
            account: parts.next()?,
            resource: parts.next()?,
        };
        (!arn.partition.is_empty() && !arn.service.is_empty() && !arn.resource.is_empty())
            .then_some(arn)
    }

    /// What follows `{kind}/` in an ECS ARN of `scope`, such as `default` for `cluster`; `None` for any other ARN.
    pub fn resource_of_kind(&self, scope: &Scope, kind: &str) -> Option<&'a str> {
        let here = self.service == "ecs"
            && self.region == scope.region.as_str()
            && self.account == scope.account.as_str();
        if !here {
            return None;
        }
        self.resource.strip_prefix(kind)?.strip_prefix('/')
    }

    /// Cluster, service and what follows `{kind}/{cluster}/{service}/` in an ECS ARN of `scope`; `None` for any other ARN.
    pub fn resource_in_service(
        &self,
        scope: &Scope,
        kind: &str,
    ) -> Option<(ClusterName, ServiceName, &'a str)> {
        let mut parts = self.resource_of_kind(scope, kind)?.splitn(3, '/');
        let cluster = ClusterName::parse(parts.next()?).ok()?;
        let service = ServiceName::parse(parts.next()?).ok()?;
        Some((cluster, service, parts.next()?))
    }
}

#[cfg(test)]
mod tests {
    use super::{Arn, task, task_set};
    use crate::id::{AccountId, ClusterName, DeploymentId, Region, Scope, ServiceName, TaskId};

    fn scope() -> Scope {
        Scope {
            account: AccountId::parse("123456789012").expect("digits"),
            region: Region::parse("us-east-1").expect("a region"),
        }
    }

    #[test]
    fn what_is_built_can_be_read() {
        let text = task(
            &scope(),
            &ClusterName::parse("web").expect("a name"),
            &TaskId::from_bytes([1; 16]),
        );
        assert_eq!(
            text,
            "arn:aws:ecs:us-east-1:123456789012:task/web/01010101010101010101010101010101"
        );
        let arn = Arn::parse(&text).expect("an ARN");
        assert_eq!(
            arn.resource_of_kind(&scope(), "task"),
            Some("web/01010101010101010101010101010101")
        );
        assert_eq!(arn.resource_of_kind(&scope(), "cluster"), None);
    }

    #[test]
    fn what_belongs_to_a_service_is_found_by_its_arn() {
        let id = DeploymentId::from_number(7);
        let (web, api) = (ClusterName::parse("web"), ServiceName::parse("api"));
        let (web, api) = (web.expect("a name"), api.expect("a name"));
        let text = task_set(&scope(), &web, &api, &id);
        let arn = Arn::parse(&text).expect("an ARN");
        let expected = (web, api, "ecs-svc/1000000000000000007");
        assert_eq!(arn.resource_in_service(&scope(), "task-set"), Some(expected));
        assert_eq!(arn.resource_in_service(&scope(), "service-revision"), None);
        let short = Arn::parse("arn:aws:ecs:us-east-1:123456789012:task-set/web/api");
        assert_eq!(short.expect("an ARN").resource_in_service(&scope(), "task-set"), None);
    }

    #[test]
    fn another_account_s_arn_is_not_ours() {
        let arn = Arn::parse("arn:aws:ecs:us-east-1:999999999999:cluster/web").expect("an ARN");
        assert_eq!(arn.resource_of_kind(&scope(), "cluster"), None);
        assert_eq!(Arn::parse("web"), None);
        assert_eq!(Arn::parse("arn:aws:ecs:us-east-1:999999999999"), None);
    }
}
