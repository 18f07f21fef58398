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
