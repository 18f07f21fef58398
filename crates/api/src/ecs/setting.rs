//! Account settings: of one principal, of the account, and the value that counts.
//!
//! A principal's own setting counts before the account's default, and that before ECS's. The account's root has no settings of its own:
//! what it sets is the account's default.

use crate::{
    caller::root_arn,
    decide::{Ctx, Decision, View, Writes},
    ecs::fault,
    page::{Limits, Page},
};
use domain::{
    arn::Arn,
    key::Key,
    setting::{DEFAULT_PRINCIPAL, Setting},
};
use store::Expect;
use wire::{Fault, Value, reply, tables::ecs, view};

/// A setting's values as ECS knows them; the first is what counts where nobody set any.
struct Known {
    name: &'static str,
    values: &'static [&'static str],
}

const fn known(name: &'static str, values: &'static [&'static str]) -> Known {
    Known { name, values }
}

/// In the order in which replies list them.
const KNOWN: [Known; 11] = [
    known("awsvpcTrunking", &["disabled", "enabled"]),
    known("containerInsights", &["disabled", "enabled", "enhanced"]),
    // Long ARNs are the only ones since 2021, so they cannot be switched off.
    known("containerInstanceLongArnFormat", &["enabled"]),
    known("defaultLogDriverMode", &["non-blocking", "blocking"]),
    known("fargateEventWindows", &["disabled", "enabled"]),
    known("fargateFIPSMode", &["disabled", "enabled"]),
    known("fargateTaskRetirementWaitPeriod", &["7", "0", "14"]),
    known(GUARD_DUTY, &["off", "on"]),
    known("serviceLongArnFormat", &["enabled"]),
    known("tagResourceAuthorization", &["on", "off"]),
    known("taskLongArnFormat", &["enabled"]),
];

/// Only GuardDuty changes it.
const GUARD_DUTY: &str = "guardDutyActivate";

/// ECS's own limits on pages of settings.
const PAGES: Limits = Limits { allowed: 1..=10, default: 10 };

view! {
    PutAccountSetting : ecs::PUT_ACCOUNT_SETTING_REQUEST {
        name: &'a str = "name",
        value: &'a str = "value",
        principal: Option<&'a str> = "principalArn",
    }
    PutAccountSettingDefault : ecs::PUT_ACCOUNT_SETTING_DEFAULT_REQUEST {
        name: &'a str = "name",
        value: &'a str = "value",
    }
    DeleteAccountSetting : ecs::DELETE_ACCOUNT_SETTING_REQUEST {
        name: &'a str = "name",
        principal: Option<&'a str> = "principalArn",
    }
    ListAccountSettings : ecs::LIST_ACCOUNT_SETTINGS_REQUEST {
        name: Option<&'a str> = "name",
        value: Option<&'a str> = "value",
        principal: Option<&'a str> = "principalArn",
        effective: Option<bool> = "effectiveSettings",
    }
}

/// Sets a value for a principal: the caller, or the one that is named.
pub fn put(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = PutAccountSetting::from(request);
    let principal = Principal::of(ctx, request.principal)?;
    set(view, ctx, &principal, request.name, request.value)
}

/// Sets a value for all principals of the account that have none of their own.
pub fn put_default(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = PutAccountSettingDefault::from(request);
    set(view, ctx, &Principal::account(ctx), request.name, request.value)
}

/// Takes a principal's own value away, and answers the one that counts from then on.
pub fn delete(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let request = DeleteAccountSetting::from(request);
    let principal = Principal::of(ctx, request.principal)?;
    let key = principal.key(ctx, request.name);
    let mut writes = Writes::new();
    if let Some(found) = view.get::<Setting>(&key)? {
        writes.delete(&key, Expect::Revision(found.modified));
    }
    let inherited = match principal.is_account {
        true => ecs_default(request.name)?.to_owned(),
        false => value_for(view, ctx, &Principal::account(ctx), request.name)?,
    };
    let setting = show(request.name, &inherited, &principal);
    Ok((reply!(ecs::DELETE_ACCOUNT_SETTING_RESPONSE { "setting": setting }), writes))
}

/// Lists what a principal has set, or with `effectiveSettings` what counts for it.
pub fn list(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let page = Page::of("ListAccountSettings", &ctx.scope, request, &PAGES)?;
    let request = ListAccountSettings::from(request);
    if request.value.is_some() && request.name.is_none() {
        return Err(fault::invalid_parameter(
            "A value to filter by needs the name of its setting.",
        ));
    }
    let principal = Principal::of(ctx, request.principal)?;
    let mut settings = Vec::new();
    for known in KNOWN.iter().filter(|known| request.name.is_none_or(|name| name == known.name)) {
        let value = if request.effective == Some(true) {
            Some(value_for(view, ctx, &principal, known.name)?)
        } else {
            view.get::<Setting>(&principal.key(ctx, known.name))?.map(|found| found.value.clone())
        };
        let value = value.filter(|value| request.value.is_none_or(|wanted| wanted == value));
        settings.extend(
            value.map(|value| Ok((known.name.to_owned(), show(known.name, &value, &principal)))),
        );
    }
    let (settings, next) = page.cut_all(settings, |earlier, later| earlier < later)?;
    let reply =
        reply!(ecs::LIST_ACCOUNT_SETTINGS_RESPONSE { "settings": settings, "nextToken": next });
    Ok((reply, Writes::new()))
}

/// The value of setting `name` that counts for the caller.
///
/// # Errors
/// `InvalidParameterException` for a name that ECS does not know.
pub fn effective(view: &View, ctx: &Ctx, name: &str) -> Result<String, Fault> {
    value_for(view, ctx, &Principal::of(ctx, None)?, name)
}

/// Whether setting `name` may have `value`.
///
/// # Errors
/// `InvalidParameterException` if not.
pub fn check_value(name: &str, value: &str) -> Result<(), Fault> {
    let known = find(name)?;
    if known.values.contains(&value) {
        return Ok(());
    }
    let mut values = known.values.to_vec();
    values.sort_unstable();
    let message =
        format!("Invalid value `{value}` for setting `{name}`: it can be {}.", values.join(", "));
    Err(fault::invalid_parameter(message))
}

fn find(name: &str) -> Result<&'static Known, Fault> {
    let unknown = || fault::invalid_parameter(format!("There is no setting `{name}`."));
    KNOWN.iter().find(|known| known.name == name).ok_or_else(unknown)
}

fn ecs_default(name: &str) -> Result<&'static str, Fault> {
    Ok(find(name)?.values[0])
}

fn set(view: &View, ctx: &Ctx, principal: &Principal, name: &str, value: &str) -> Decision {
    if name == GUARD_DUTY {
        let message = "`guardDutyActivate` is managed by GuardDuty and cannot be changed.";
        return Err(fault::invalid_parameter(message));
    }
    check_value(name, value)?;
    let key = principal.key(ctx, name);
    let found = view.get::<Setting>(&key)?;
    let mut writes = Writes::new();
    if found.as_ref().is_none_or(|found| found.value != value) {
        let expect = found.map_or(Expect::Absent, |found| Expect::Revision(found.modified));
        let setting = Setting {
            name: name.to_owned(),
            value: value.to_owned(),
            principal: principal.arn.clone(),
        };
        writes.put(&key, expect, setting);
    }
    let setting = show(name, value, principal);
    Ok((reply!(ecs::PUT_ACCOUNT_SETTING_RESPONSE { "setting": setting }), writes))
}

fn value_for(view: &View, ctx: &Ctx, principal: &Principal, name: &str) -> Result<String, Fault> {
    if let Some(own) = view.get::<Setting>(&principal.key(ctx, name))? {
        return Ok(own.value.clone());
    }
    if let Some(default) = view.get::<Setting>(&Principal::account(ctx).key(ctx, name))? {
        return Ok(default.value.clone());
    }
    ecs_default(name).map(str::to_owned)
}

fn show(name: &str, value: &str, principal: &Principal) -> Value {
    reply!(ecs::SETTING {
        "name": name,
        "value": value,
        "principalArn": &principal.arn,
        "type": if name == GUARD_DUTY { "aws_managed" } else { "user" },
    })
}

/// Whose settings are meant.
struct Principal {
    arn: String,
    is_account: bool,
}

impl Principal {
    /// The whole account.
    fn account(ctx: &Ctx) -> Self {
        Self { arn: root_arn(&ctx.scope.account), is_account: true }
    }

    /// The one that is named, else the caller; for the session of a role, the role.
    fn of(ctx: &Ctx, named: Option<&str>) -> Result<Self, Fault> {
        let account = Self::account(ctx);
        let arn = match named {
            None => role_of(&ctx.caller.arn).unwrap_or_else(|| ctx.caller.arn.clone()),
            Some(arn) => {
                let is_ours = Arn::parse(arn).is_some_and(|parts| {
                    parts.service == "iam"
                        && parts.account == ctx.scope.account.as_str()
                        && (parts.resource == "root"
                            || parts.resource.starts_with("user/")
                            || parts.resource.starts_with("role/"))
                });
                let is_plain = !arn.contains(|letter: char| letter.is_control() || letter == '|');
                if !is_ours || !is_plain {
                    let message = format!(
                        "`{arn}` is not the ARN of a user, a role or the root of this account."
                    );
                    return Err(fault::invalid_parameter(message));
                }
                arn.to_owned()
            }
        };
        Ok(Self { is_account: arn == account.arn, arn })
    }

    fn key(&self, ctx: &Ctx, name: &str) -> Key {
        Setting::key(&ctx.scope, if self.is_account { DEFAULT_PRINCIPAL } else { &self.arn }, name)
    }
}

/// The ARN of the role behind the session `arn:aws:sts::{account}:assumed-role/{role}/{session}`.
fn role_of(arn: &str) -> Option<String> {
    let parts = Arn::parse(arn).filter(|parts| parts.service == "sts")?;
    let (role, _session) = parts.resource.strip_prefix("assumed-role/")?.rsplit_once('/')?;
    Some(format!("arn:{}:iam::{}:role/{role}", parts.partition, parts.account))
}

#[cfg(test)]
mod tests;
