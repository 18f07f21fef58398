//! What users and roles are granted: inline policies, attached managed policies, the permissions boundary. The same operations for both,
//! by other names.

use crate::{
    decide::{Ctx, Decision, View, Writes},
    iam::{
        entity::{Tagged, change, encoded, find, optional, page, text},
        fault, managed,
    },
};
use domain::{
    arn::Arn,
    identity::{Entity, Granted, Role, User},
};
use policy::document::{Document, Kind};
use store::Found;
use wire::{Fault, Members, Value, reply, tables::iam};

/// IAM's own limits: managed policies of an identity, and letters of all its inline policies.
const ATTACHED_MAX: usize = 20;
const USER_INLINE_MAX: usize = 2048;
const ROLE_INLINE_MAX: usize = 10_240;

/// A kind of identity as requests name it.
pub trait Named: Granted {
    /// What filters and messages call it.
    const WORD: &'static str;

    /// The member with its name.
    const MEMBER: &'static str;

    /// How many letters its inline policies may have, white space aside.
    const INLINE_MAX: usize;

    /// Refuses to change what AWS owns.
    ///
    /// # Errors
    /// `UnmodifiableEntityException`.
    fn check_modifiable(&self) -> Result<(), Fault> {
        Ok(())
    }
}

impl Named for User {
    const WORD: &'static str = "User";
    const MEMBER: &'static str = "UserName";
    const INLINE_MAX: usize = USER_INLINE_MAX;
}

impl Named for Role {
    const WORD: &'static str = "Role";
    const MEMBER: &'static str = "RoleName";
    const INLINE_MAX: usize = ROLE_INLINE_MAX;

    fn check_modifiable(&self) -> Result<(), Fault> {
        if self.service.is_none() {
            return Ok(());
        }
        Err(fault::not_modifiable(format!(
            "Cannot perform the operation on the protected role '{}' - this role is only modifiable by AWS",
            self.name.name
        )))
    }
}

impl<N: Named> Tagged for N {
    fn of_request(view: &View, ctx: &Ctx, request: &Value) -> Result<Found<Self>, Fault> {
        find(view, ctx, text(request, N::MEMBER))
    }
}

/// The identity of a request that is going to be changed.
fn modifiable<N: Named>(view: &View, ctx: &Ctx, request: &Value) -> Result<Found<N>, Fault> {
    let found = N::of_request(view, ctx, request)?;
    found.check_modifiable()?;
    Ok(found)
}

/// Puts an inline policy, in the place of the one of that name.
pub fn put_inline<N: Named>(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = modifiable::<N>(view, ctx, request)?;
    let document = text(request, "PolicyDocument");
    Document::admit(document, Kind::Identity).map_err(|error| fault::malformed(&error))?;
    change(&found, |identity| {
        let inline = &mut identity.grants_mut().inline;
        inline.insert(text(request, "PolicyName").to_owned(), document.to_owned());
        let letters: usize = inline
            .values()
            .map(|text| text.chars().filter(|letter| !letter.is_whitespace()).count())
            .sum();
        if letters > N::INLINE_MAX {
            return Err(fault::limit_exceeded(format!(
                "Maximum policy size of {} bytes exceeded for {} {}",
                N::INLINE_MAX,
                N::KIND,
                identity.name().name
            )));
        }
        Ok(())
    })
}

/// Answers an inline policy.
pub fn get_inline<N: Named>(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = N::of_request(view, ctx, request)?;
    let name = text(request, "PolicyName");
    let document = found.grants().inline.get(name).ok_or_else(|| no_inline::<N>(name))?;
    let mut members = Members::new();
    members.put(N::MEMBER, found.name().name.as_str());
    members.put("PolicyName", name);
    members.put("PolicyDocument", encoded(document));
    Ok((Value::Map(members), Writes::new()))
}

/// Deletes an inline policy.
pub fn delete_inline<N: Named>(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = modifiable::<N>(view, ctx, request)?;
    let name = text(request, "PolicyName");
    change(&found, |identity| {
        let removed = identity.grants_mut().inline.remove(name);
        removed.map(|_| ()).ok_or_else(|| no_inline::<N>(name))
    })
}

fn no_inline<N: Entity>(name: &str) -> Fault {
    fault::no_such_thing(format!("The {} policy with name {name} cannot be found.", N::KIND))
}

/// Lists the names of inline policies.
pub fn list_inline<N: Named>(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = N::of_request(view, ctx, request)?;
    let names = found.grants().inline.keys().map(|name| (name.clone(), Value::from(name.as_str())));
    Ok((Value::Map(page(request, "PolicyNames", names)?), Writes::new()))
}

/// Attaches a managed policy; one that is attached stays so.
pub fn attach<N: Named>(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = modifiable::<N>(view, ctx, request)?;
    let arn = text(request, "PolicyArn");
    let (reply, mut writes) = change(&found, |identity| {
        let attached = &mut identity.grants_mut().attached;
        if !attached.iter().any(|known| known == arn) {
            attached.push(arn.to_owned());
        }
        if attached.len() > ATTACHED_MAX {
            let message = format!("Cannot exceed quota for PoliciesPer{}: {ATTACHED_MAX}", N::WORD);
            return Err(fault::limit_exceeded(message));
        }
        Ok(())
    })?;
    managed::touch(view, ctx, arn, &mut writes)?;
    Ok((reply, writes))
}

/// Detaches a managed policy.
pub fn detach<N: Named>(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = modifiable::<N>(view, ctx, request)?;
    let arn = text(request, "PolicyArn");
    change(&found, |identity| {
        let attached = &mut identity.grants_mut().attached;
        let before = attached.len();
        attached.retain(|known| known != arn);
        if attached.len() == before {
            return Err(fault::no_such_thing(format!("Policy {arn} was not found.")));
        }
        Ok(())
    })
}

/// Lists attached managed policies.
pub fn list_attached<N: Named>(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = N::of_request(view, ctx, request)?;
    let prefix = optional(request, "PathPrefix").unwrap_or("/");
    let is_below = |arn: &&String| {
        let resource = Arn::parse(arn).map_or("", |arn| arn.resource);
        resource.strip_prefix("policy").is_some_and(|path| path.starts_with(prefix))
    };
    let mut attached: Vec<_> = found
        .grants()
        .attached
        .iter()
        .filter(is_below)
        .map(|arn| {
            let name = arn.rsplit('/').next().unwrap_or(arn);
            let shown = reply!(iam::ATTACHED_POLICY { "PolicyName": name, "PolicyArn": arn });
            (arn.clone(), shown)
        })
        .collect();
    attached.sort_by(|left, right| left.0.cmp(&right.0));
    Ok((Value::Map(page(request, "AttachedPolicies", attached)?), Writes::new()))
}

/// Sets the permissions boundary.
pub fn put_boundary<N: Named>(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = modifiable::<N>(view, ctx, request)?;
    let arn = text(request, "PermissionsBoundary");
    let (reply, mut writes) = change(&found, |identity| {
        identity.grants_mut().boundary = Some(arn.to_owned());
        Ok(())
    })?;
    managed::touch(view, ctx, arn, &mut writes)?;
    Ok((reply, writes))
}

/// Takes the permissions boundary away.
pub fn delete_boundary<N: Named>(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = modifiable::<N>(view, ctx, request)?;
    change(&found, |identity| {
        let taken = identity.grants_mut().boundary.take();
        taken.map(|_| ()).ok_or_else(|| {
            let name = &found.name().name;
            fault::no_such_thing(format!("{} {name} has no permission boundary.", N::WORD))
        })
    })
}
