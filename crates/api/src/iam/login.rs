//! What a user can sign in with besides access keys, which is nothing here: passwords, MFA devices, SSH keys, signing certificates and
//! credentials of single services are not served. Who asks for those of a user hears that it has none, as it does in AWS of a user that
//! was given none: tools ask for them all before they delete a user.
//!
//! Not here: access keys (`user`).

use crate::{
    decide::{Ctx, Decision, View, Writes},
    iam::{
        entity::{optional, page},
        fault,
        user::named_or_own,
    },
};
use domain::identity::User;
use store::Found;
use wire::{Fault, Value};

/// Answers, or deletes, the password of a user: there is none.
pub fn no_password(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let user = named_or_own(view, ctx, request)?;
    let name = &user.name.name;
    Err(fault::no_such_thing(format!("Login Profile for User {name} cannot be found.")))
}

/// Lists the MFA devices of a user.
pub fn no_mfa_devices(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    none(named_or_own(view, ctx, request), request, "MFADevices")
}

/// Lists the SSH keys of a user.
pub fn no_ssh_keys(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    none(named_or_own(view, ctx, request), request, "SSHPublicKeys")
}

/// Lists the signing certificates of a user.
pub fn no_certificates(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    none(named_or_own(view, ctx, request), request, "Certificates")
}

/// Lists what a user, or every user, can use single services with.
pub fn no_service_credentials(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    const LIST: &str = "ServiceSpecificCredentials";
    let is_of_all = request.get("AllUsers").and_then(Value::as_bool).unwrap_or(false);
    match (is_of_all, optional(request, "UserName")) {
        (true, Some(_)) => {
            Err(fault::invalid_input("UserName cannot be specified together with AllUsers."))
        }
        (true, None) => Ok((Value::Map(page(request, LIST, [])?), Writes::new())),
        (false, _) => none(named_or_own(view, ctx, request), request, LIST),
    }
}

/// An empty list, of a user that is there.
fn none(user: Result<Found<User>, Fault>, request: &Value, list: &'static str) -> Decision {
    user?;
    Ok((Value::Map(page(request, list, [])?), Writes::new()))
}
