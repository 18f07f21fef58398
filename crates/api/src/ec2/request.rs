//! What every operation of EC2 does with its request first and last: members that nobody reads are refused by their names, and a dry run
//! is decided and then not done.

use crate::{
    decide::{Ctx, Decide, Decision, View},
    ec2::fault,
};
use wire::{Fault, Value};

/// The most that any list of a request may have: EC2's own limit for flow logs and their resources and for what tags are put on, and no list
/// of what is served may have more. Work that grows faster than a list has its end here.
pub const LIST_MAX: usize = 1000;

/// Refuses a request with a list that is too long, wherever it stands. To be asked before anything that looks at lists.
///
/// # Errors
/// `InvalidParameterValue` by the list's name.
pub fn check_lists(request: &Value) -> Result<(), Fault> {
    let members = request.as_map().into_iter().flat_map(|members| members.iter());
    for (name, value) in members {
        let listed = value.as_list().unwrap_or_default();
        if listed.len() > LIST_MAX {
            return Err(fault::invalid_value(format!(
                "The parameter {name} may have at most {LIST_MAX} values."
            )));
        }
        listed.iter().try_for_each(check_lists)?;
        check_lists(value)?;
    }
    Ok(())
}

/// Decides by `decide`, which reads the members `read` of the request.
///
/// # Errors
/// `InvalidParameterValue` for a list that is too long, `UnsupportedOperation` for any other member, `DryRunOperation` for a dry run that
/// would have succeeded, and what `decide` refuses with.
pub fn guard(
    view: &View,
    request: &Value,
    ctx: &Ctx,
    read: &'static [&'static str],
    decide: Decide,
) -> Decision {
    check_lists(request)?;
    let members = request.as_map().into_iter().flat_map(|members| members.iter());
    for (name, value) in members {
        let is_empty = value.as_list().is_some_and(<[Value]>::is_empty) || *value == Value::Null;
        // Whoever says explicitly that something is not wanted asks for nothing.
        let is_off = *value == Value::Bool(false);
        if name != "DryRun" && !is_empty && !is_off && !read.contains(&name) {
            return Err(fault::not_served(&format!("Parameter `{name}`")));
        }
    }
    let decided = decide(view, request, ctx)?;
    if request.get("DryRun").and_then(Value::as_bool) == Some(true) {
        let message = "Request would have succeeded, but DryRun flag is set.";
        return Err(fault::fault("DryRunOperation", message).with_status(412));
    }
    Ok(decided)
}

/// The text of a member that may be absent; empty is absent.
pub fn text<'a>(request: &'a Value, member: &str) -> Option<&'a str> {
    request.get(member).and_then(Value::as_str).filter(|text| !text.is_empty())
}

/// The text of a member that must be there.
///
/// # Errors
/// `MissingParameter`.
pub fn required<'a>(request: &'a Value, member: &str) -> Result<&'a str, Fault> {
    text(request, member).ok_or_else(|| fault::missing(member))
}

/// The texts of a list that may be absent.
pub fn texts<'a>(request: &'a Value, member: &str) -> Vec<&'a str> {
    let list = request.get(member).and_then(Value::as_list).unwrap_or_default();
    list.iter().filter_map(Value::as_str).collect()
}

/// The structures of a list that may be absent.
pub fn list<'a>(request: &'a Value, member: &str) -> &'a [Value] {
    request.get(member).and_then(Value::as_list).unwrap_or_default()
}

/// A truth value; `None` where it is absent.
pub fn truth(request: &Value, member: &str) -> Option<bool> {
    request.get(member).and_then(Value::as_bool)
}
