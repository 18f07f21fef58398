//! AWS Security Token Service: who a caller is.

use crate::decide::{Ctx, Decision, Table, View, Writes};
use wire::{Fault, Value, check::Violations, reply, tables::sts};

/// The operations of STS that Longshore serves.
pub static TABLE: Table = Table {
    service: &sts::SERVICE,
    operations: &[("GetCallerIdentity", get_caller_identity)],
    refuse,
    server_fault: "InternalFailure",
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
}
