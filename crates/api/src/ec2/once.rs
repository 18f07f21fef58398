//! Client tokens: a call that is sent again with the token of an earlier one makes nothing, and answers what the earlier one made.
//!
//! Invariant: a token is written in the commit that makes the thing, so that of two calls at once the second finds the first.

use crate::{
    decide::{Ctx, View, Writes},
    ec2::{fault, noun::Noun, request::text},
    ecs::token,
};
use domain::{ec2::Once, time::Millis};
use store::{Expect, Found};
use wire::{Fault, Value};

/// How long a token stands for what it made. EC2 says no less than some hours.
const KEPT: Millis = Millis::from_s(24 * 3600);
/// EC2's own limit.
const LENGTH_MAX: usize = 64;

/// What an earlier call with the same client token made, if it is still there.
///
/// # Errors
/// `IdempotentParameterMismatch`, if that call asked for something else.
pub fn earlier<N: Noun>(
    view: &View,
    request: &Value,
    ctx: &Ctx,
) -> Result<Option<Found<N>>, Fault> {
    let Some(made) = made_before(view, request, ctx, N::KIND)? else { return Ok(None) };
    view.get::<N>(&N::key(&ctx.scope, &made))
}

/// What an earlier call with the same client token wrote down that it made of `kind`.
///
/// # Errors
/// As [`earlier`].
pub fn made_before(
    view: &View,
    request: &Value,
    ctx: &Ctx,
    kind: &str,
) -> Result<Option<String>, Fault> {
    let Some(given) = text(request, "ClientToken") else { return Ok(None) };
    if given.len() > LENGTH_MAX {
        let message = format!("ClientToken has at most {LENGTH_MAX} ASCII characters.");
        return Err(fault::invalid_value(message));
    }
    let known = view.get::<Once>(&Once::key(&ctx.scope, kind, given))?;
    let Some(known) = known.filter(|known| known.expires_at > ctx.now) else { return Ok(None) };
    if known.parameters != token::parameters(request) {
        let message = format!("The client token '{given}' was used with other parameters before.");
        return Err(fault::fault("IdempotentParameterMismatch", message));
    }
    Ok(Some(known.made.clone()))
}

/// Writes down what a call made for its client token, if it has one, and forgets tokens whose time is over.
///
/// # Errors
/// If a record cannot be read.
pub fn note<N: Noun>(
    view: &View,
    request: &Value,
    ctx: &Ctx,
    made: &N,
    writes: &mut Writes,
) -> Result<(), Fault> {
    note_made(view, request, ctx, N::KIND, made.id().to_owned(), writes)
}

/// The same of what is not one thing with an id.
///
/// # Errors
/// As [`note`].
pub fn note_made(
    view: &View,
    request: &Value,
    ctx: &Ctx,
    kind: &str,
    made: String,
    writes: &mut Writes,
) -> Result<(), Fault> {
    let Some(given) = text(request, "ClientToken") else { return Ok(()) };
    for known in view.range::<Once>(&Once::all_of(&ctx.scope, kind)) {
        let known = known?;
        if known.expires_at <= ctx.now {
            writes.delete(&known.key, Expect::Any);
        }
    }
    let key = Once::key(&ctx.scope, kind, given);
    let expect =
        view.get::<Once>(&key)?.map_or(Expect::Absent, |known| Expect::Revision(known.modified));
    let once = Once { parameters: token::parameters(request), made, expires_at: ctx.now + KEPT };
    writes.put(&key, expect, once);
    Ok(())
}
