//! AWS Security Token Service: who a caller is, and credentials for a while.

pub mod session;

use crate::decide::{Ctx, Decision, Table, View, Writes};
use wire::{Fault, Value, check::Violations, reply, tables::sts};

/// The operations of STS that Longshore serves.
pub static TABLE: Table = Table {
    service: &sts::SERVICE,
    operations: &[
        ("AssumeRole", session::assume_role),
        ("GetCallerIdentity", get_caller_identity),
        ("GetSessionToken", session::get_session_token),
    ],
    refuse,
    server_fault: "InternalFailure",
    prepare: None,
};

fn refuse(_operation: &str, violations: &Violations) -> Fault {
    violations.fault(&sts::SERVICE)
}

/// Answers the account, ARN and id of whoever signed the request.
fn get_caller_identity(_view: &View, _request: &Value, ctx: &Ctx) -> Decision {
    let reply = reply!(sts::GET_CALLER_IDENTITY_RESPONSE {
        "UserId": &ctx.caller.user_id,
        "Account": ctx.caller.scope.account.as_str(),
        "Arn": &ctx.caller.arn,
    });
    Ok((reply, Writes::new()))
}

#[cfg(test)]
mod tests {
    use super::TABLE;
    use crate::world::World;
    use domain::{iam::SessionCredential, time::Millis};
    use serde_json::json;

    #[test]
    fn callers_learn_who_they_are() {
        let mut world = World::of(&TABLE);
        let root = world.ok("GetCallerIdentity", json!({}));
        let arn = "arn:aws:iam::123456789012:root";
        assert_eq!(root, json!({"UserId": "123456789012", "Account": "123456789012", "Arn": arn}));
    }

    #[test]
    fn what_is_listed_as_served_is_decided() {
        let listed: Vec<&str> = TABLE.service.served_names().collect();
        let decided: Vec<&str> = TABLE.operations.iter().map(|(name, _)| *name).collect();
        assert_eq!(listed, decided);
    }

    const TRUST: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole"}}"#;

    /// A world of STS with the role `web`, whose sessions last two hours at most.
    fn world_with_role() -> World {
        let mut iam = World::of(&crate::iam::TABLE);
        let role = json!({"RoleName": "web", "AssumeRolePolicyDocument": TRUST, "MaxSessionDuration": 7200});
        iam.ok("CreateRole", role);
        let mut world = World::of(&TABLE);
        world.snapshot = iam.snapshot;
        world
    }

    #[test]
    fn a_role_s_session_is_who_it_says_until_it_ends() {
        let mut world = world_with_role();
        let request =
            json!({"RoleArn": "arn:aws:iam::123456789012:role/web", "RoleSessionName": "ada"});
        let reply = world.ok("AssumeRole", request);
        let arn = "arn:aws:sts::123456789012:assumed-role/web/ada";
        assert_eq!(reply["AssumedRoleUser"]["Arn"], arn);
        let id = reply["Credentials"]["AccessKeyId"].as_str().expect("an id");
        let kept = world.get::<SessionCredential>(&SessionCredential::key(id)).expect("it is kept");
        assert_eq!(
            (kept.principal_arn.as_str(), kept.expires_at),
            (arn, world.now + Millis::from_s(3600))
        );
        assert_eq!(reply["Credentials"]["SecretAccessKey"], kept.secret_access_key.as_str());
    }

    #[test]
    fn a_session_lasts_no_longer_than_its_role_lets_it() {
        let mut world = world_with_role();
        let role = "arn:aws:iam::123456789012:role/web";
        let request = json!({"RoleArn": role, "RoleSessionName": "ada", "DurationSeconds": 7201});
        assert!(world.fault("AssumeRole", request).contains("exceeds the MaxSessionDuration"));
    }

    #[test]
    fn a_role_that_is_not_there_is_refused_like_one_that_does_not_trust() {
        let mut world = world_with_role();
        let request =
            json!({"RoleArn": "arn:aws:iam::123456789012:role/api", "RoleSessionName": "ada"});
        let fault = world.fault("AssumeRole", request);
        assert_eq!(
            fault,
            "AccessDenied: User: arn:aws:iam::123456789012:root is not authorized to perform: sts:AssumeRole on \
             resource: arn:aws:iam::123456789012:role/api"
        );
    }

    #[test]
    fn a_user_s_own_session_is_the_user() {
        let mut world = World::of(&TABLE);
        let reply = world.ok("GetSessionToken", json!({"DurationSeconds": 900}));
        let id = reply["Credentials"]["AccessKeyId"].as_str().expect("an id");
        let kept = world.get::<SessionCredential>(&SessionCredential::key(id)).expect("it is kept");
        assert_eq!(kept.principal_arn, "arn:aws:iam::123456789012:root");
    }
}
