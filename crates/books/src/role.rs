//! Roles of tasks: which a task gets, and whether ECS may become them for it (spec/security-and-storage.md §1).
//!
//! Not here: what a role may do, and who may pass it (`api::authorize`); making its credentials (`control::credentials`).

use domain::{
    arn::Arn,
    definition::TaskDefinition,
    iam::RoleUse,
    id::{AccountId, Scope},
    identity::{Entity, Role},
};
use policy::{
    document::{Document, Kind},
    evaluate::{Asker, Request, trusts},
};
use store::{Found, ReadError, Snapshot};

/// The service that becomes the roles of tasks.
pub const TASKS_SERVICE: &str = "ecs-tasks.amazonaws.com";
/// The one that becomes the roles of instances.
pub const INSTANCES_SERVICE: &str = "ec2.amazonaws.com";

/// The roles of a task of `definition` as they were named, with what overrides name in their place. An empty text is none.
pub fn roles<'a>(
    definition: &'a TaskDefinition,
    application: Option<&'a str>,
    execution: Option<&'a str>,
) -> impl Iterator<Item = (RoleUse, &'a str)> {
    let application = application.or(definition.task_role_arn.as_deref());
    let execution = execution.or(definition.execution_role_arn.as_deref());
    let named = [(RoleUse::TaskApplication, application), (RoleUse::TaskExecution, execution)];
    named
        .into_iter()
        .filter_map(|(role_use, role)| Some((role_use, role.filter(|role| !role.is_empty())?)))
}

/// The ARN of a role of `account` that is named by name or ARN.
pub fn arn_of(account: &AccountId, role: &str) -> String {
    match role.starts_with("arn:") {
        true => role.to_owned(),
        false => format!("arn:aws:iam::{account}:role/{role}"),
    }
}

/// The role at an ARN.
///
/// # Errors
/// If its record cannot be read.
pub fn find(snapshot: &Snapshot, arn: &str) -> Result<Option<Found<Role>>, ReadError> {
    let parsed = Arn::parse(arn).filter(|arn| arn.service == "iam");
    let account = parsed.and_then(|arn| AccountId::parse(arn.account).ok());
    let path = parsed.and_then(|arn| arn.resource.strip_prefix("role/"));
    let name = path.and_then(|path| path.rsplit('/').next()).filter(|name| !name.is_empty());
    let (Some(account), Some(name)) = (account, name) else { return Ok(None) };
    let found = snapshot.get::<Role>(&Role::key_of(&account, name))?;
    Ok(found.filter(|role| role.arn(&account) == arn))
}

/// Whether the role at an ARN is there and trusts ECS with tasks of `scope`.
///
/// # Errors
/// If its record cannot be read.
pub fn is_assumable(snapshot: &Snapshot, scope: &Scope, arn: &str) -> Result<bool, ReadError> {
    let source = domain::arn::ecs(scope, "*");
    lets_in(snapshot, scope, arn, TASKS_SERVICE, source)
}

/// Whether the role at an ARN is there and trusts EC2 with the instance of `scope` that `id` is EC2's id of.
///
/// # Errors
/// If its record cannot be read.
pub fn is_an_instances(
    snapshot: &Snapshot,
    scope: &Scope,
    arn: &str,
    id: &str,
) -> Result<bool, ReadError> {
    let source = format!("arn:aws:ec2:{}:{}:instance/{id}", scope.region, scope.account);
    lets_in(snapshot, scope, arn, INSTANCES_SERVICE, source)
}

fn lets_in(
    snapshot: &Snapshot,
    scope: &Scope,
    arn: &str,
    service: &str,
    source: String,
) -> Result<bool, ReadError> {
    let Some(role) = find(snapshot, arn)? else { return Ok(false) };
    let Ok(trust) = Document::parse(&role.trust, Kind::Trust) else { return Ok(false) };
    let asked = Request {
        principal: Asker { service: Some(service.to_owned()), ..Asker::default() },
        action: "sts:AssumeRole".to_owned(),
        resource: arn.to_owned(),
        ..Request::default()
    };
    let asked = asked
        .with("aws:SourceAccount", scope.account.as_str())
        .with("aws:SourceArn", source)
        .with("aws:PrincipalIsAWSService", "true")
        .with("aws:PrincipalServiceName", service);
    Ok(trusts(&trust, &asked))
}

/// What is said of a role that is not assumable.
pub fn not_assumable(arn: &str) -> String {
    format!(
        "ECS was unable to assume the role '{arn}' that was provided for this task. Please verify that the role being passed has the \
         proper trust relationship and permissions and that your IAM user has permissions to pass this role."
    )
}

#[cfg(test)]
mod tests {
    use super::is_assumable;
    use domain::{
        id::{AccountId, Region, Scope},
        identity::{Entity, Grants, Name, Role},
        time::Timestamp,
    };
    use store::{Expect, Snapshot, Transaction};

    const ROLE: &str = "arn:aws:iam::123456789012:role/app/web";

    fn may(principal: &str, condition: &str) -> bool {
        let account = AccountId::parse("123456789012").expect("digits");
        let trust = format!(
            r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Principal":{principal},"Action":"sts:AssumeRole","Condition":{condition}}}}}"#
        );
        let role = Role {
            name: Name {
                name: "web".into(),
                path: "/app/".into(),
                id: "AROAWEB".into(),
                created_at: Timestamp(0),
                tags: Vec::new(),
            },
            grants: Grants::default(),
            trust,
            description: None,
            session_max_s: 3600,
            service: None,
        };
        let mut writes = Transaction::new();
        writes.put(&Role::key_of(&account, "web"), Expect::Absent, role);
        let snapshot = Snapshot::default().with(&writes).expect("nothing is expected");
        let scope = Scope { account, region: Region::parse("us-east-1").expect("a region") };
        assert!(
            !is_assumable(&snapshot, &scope, "arn:aws:iam::123456789012:role/web").expect("read"),
            "a role of another path is another role"
        );
        is_assumable(&snapshot, &scope, ROLE).expect("readable records")
    }

    #[test]
    fn a_role_is_for_tasks_if_it_trusts_their_service() {
        assert!(may(r#"{"Service":"ecs-tasks.amazonaws.com"}"#, "{}"));
        assert!(may(r#"{"Service":["ec2.amazonaws.com","ecs-tasks.amazonaws.com"]}"#, "{}"));
        assert!(!may(r#"{"Service":"ecs.amazonaws.com"}"#, "{}"));
        assert!(!may(r#"{"AWS":"123456789012"}"#, "{}"), "a service is of no account");
    }

    #[test]
    fn a_role_may_ask_for_whom_the_service_comes() {
        let tasks = r#"{"Service":"ecs-tasks.amazonaws.com"}"#;
        let account = |account: &str| {
            may(tasks, &format!(r#"{{"StringEquals":{{"aws:SourceAccount":"{account}"}}}}"#))
        };
        assert!(account("123456789012"));
        assert!(!account("210987654321"));
        let source = |region: &str| {
            let arn = format!("arn:aws:ecs:{region}:123456789012:*");
            may(tasks, &format!(r#"{{"ArnLike":{{"aws:SourceArn":"{arn}"}}}}"#))
        };
        assert!(source("us-east-1"));
        assert!(!source("eu-west-1"));
    }
}
