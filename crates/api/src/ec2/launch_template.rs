//! Launch templates: what instances are to be made from, in versions that never change.
//!
//! A template is kept for who describes it; no instance is made from one. A member that a version could not show again is refused.

use crate::{
    decide::{Ctx, Decision, View, Writes, moment},
    ec2::{
        fault, id,
        noun::{self, Noun, add, delete as delete_record, find, noun, put},
        once,
        request::{required, text, texts},
        tag,
    },
    page::{Limits, Page},
    plain,
};
use domain::ec2::{LaunchTemplate, LaunchTemplateName, LaunchTemplateVersion};
use store::{Expect, Found};
use wire::{Fault, Value, check::mismatch, reply, tables::ec2};

const PAGES: Limits = Limits { allowed: 1..=200, default: i64::MAX };

impl Noun for LaunchTemplate {
    noun!(
        LaunchTemplate,
        "launch-template",
        "lt",
        "InvalidLaunchTemplateId.NotFound",
        "launch template ID",
        "LaunchTemplateIds",
        "LaunchTemplates"
    );

    fn values(&self, _: &View, _: &Ctx, filter: &str) -> Result<Option<Vec<String>>, Fault> {
        Ok((filter == "launch-template-name").then(|| vec![self.name.clone()]))
    }

    fn show(&self, _: &View, _: &Ctx) -> Result<Value, Fault> {
        Ok(reply!(ec2::LAUNCH_TEMPLATE {
            "LaunchTemplateId": &self.id,
            "LaunchTemplateName": &self.name,
            "CreateTime": moment(self.created_at),
            "CreatedBy": &self.created_by,
            "DefaultVersionNumber": self.default_version,
            "LatestVersionNumber": self.latest_version,
            "Tags": tag::show(&self.tags),
        }))
    }
}

fn show_version(template: &LaunchTemplate, version: &LaunchTemplateVersion) -> Value {
    reply!(ec2::LAUNCH_TEMPLATE_VERSION {
        "LaunchTemplateId": &template.id,
        "LaunchTemplateName": &template.name,
        "VersionNumber": version.number,
        "VersionDescription": version.description.as_deref(),
        "CreateTime": moment(version.created_at),
        "CreatedBy": &version.created_by,
        "DefaultVersion": version.number == template.default_version,
        "LaunchTemplateData": plain::from_json(version.data.clone()),
    })
}

/// Makes a template with its first version.
pub fn create(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let reply =
        |shown: Value| reply!(ec2::CREATE_LAUNCH_TEMPLATE_RESULT { "LaunchTemplate": shown });
    if let Some(made) = once::earlier::<LaunchTemplate>(view, request, ctx)? {
        return Ok((reply(made.show(view, ctx)?), Writes::new()));
    }
    let name = required(request, "LaunchTemplateName")?;
    let key = LaunchTemplateName::key(&ctx.scope, name);
    if view.get::<LaunchTemplateName>(&key)?.is_some() {
        let message = "Launch template name already in use.";
        return Err(fault::fault("InvalidLaunchTemplateName.AlreadyExistsException", message));
    }
    let template = LaunchTemplate {
        id: id::fresh(&ctx.ids, "lt", 0),
        name: name.to_owned(),
        created_at: ctx.now,
        created_by: ctx.caller.arn.clone(),
        default_version: 1,
        latest_version: 1,
        tags: tag::specified(request, "launch-template")?,
    };
    let mut writes = Writes::new();
    write_version(&mut writes, request, ctx, &template, None)?;
    let index = LaunchTemplateName { template: template.id.clone() };
    writes.put(&key, Expect::Absent, index);
    once::note(view, request, ctx, &template, &mut writes)?;
    let shown = template.show(view, ctx)?;
    add(&mut writes, ctx, template);
    Ok((reply(shown), writes))
}

/// Makes a version of what the request says, and of `source` where it says nothing.
fn write_version(
    writes: &mut Writes,
    request: &Value,
    ctx: &Ctx,
    template: &LaunchTemplate,
    source: Option<&LaunchTemplateVersion>,
) -> Result<Value, Fault> {
    let given = request.get("LaunchTemplateData").map(plain::to_json).unwrap_or_default();
    let mut data = source.map(|source| source.data.clone()).unwrap_or_default();
    match (data.as_object_mut(), given.as_object()) {
        (Some(known), Some(given)) => known.extend(given.clone()),
        _ => data = given,
    }
    let version = LaunchTemplateVersion {
        number: template.latest_version,
        description: text(request, "VersionDescription").map(str::to_owned),
        created_at: ctx.now,
        created_by: ctx.caller.arn.clone(),
        data,
    };
    let reply = reply!(ec2::CREATE_LAUNCH_TEMPLATE_VERSION_RESULT {
        "LaunchTemplateVersion": show_version(template, &version),
    });
    let shape = ec2::SERVICE.operation("CreateLaunchTemplateVersion").map(|row| row.output);
    if let Some(what) = shape.and_then(|shape| mismatch(shape, &reply)) {
        return Err(fault::not_served(&format!("A launch template with {what}")));
    }
    let key = LaunchTemplateVersion::key(&ctx.scope, &template.id, version.number);
    writes.put(&key, Expect::Absent, version);
    Ok(reply)
}

/// The template that a request means by its id or its name.
fn of_request(view: &View, request: &Value, ctx: &Ctx) -> Result<Found<LaunchTemplate>, Fault> {
    match (text(request, "LaunchTemplateId"), text(request, "LaunchTemplateName")) {
        (Some(id), None) => find(view, ctx, id),
        (None, Some(name)) => by_name(view, ctx, name),
        (Some(_), Some(_)) => Err(fault::combination(
            "Either LaunchTemplateId or LaunchTemplateName can be specified, not both.",
        )),
        (None, None) => Err(fault::missing("LaunchTemplateId or LaunchTemplateName")),
    }
}

/// The template with a name.
///
/// # Errors
/// `InvalidLaunchTemplateName.NotFoundException`.
pub fn by_name(view: &View, ctx: &Ctx, name: &str) -> Result<Found<LaunchTemplate>, Fault> {
    let index = view.get::<LaunchTemplateName>(&LaunchTemplateName::key(&ctx.scope, name))?;
    let Some(index) = index else {
        let message =
            format!("The specified launch template, with template name {name}, does not exist.");
        return Err(fault::fault("InvalidLaunchTemplateName.NotFoundException", message));
    };
    find(view, ctx, &index.template)
}

/// The version that `named` means: a number, `$Latest` or `$Default`.
fn version(
    view: &View,
    ctx: &Ctx,
    template: &LaunchTemplate,
    named: &str,
) -> Result<Found<LaunchTemplateVersion>, Fault> {
    let not_found = || {
        let message = format!(
            "Could not find the specified version {named} for the launch template with ID {}.",
            template.id
        );
        fault::fault("InvalidLaunchTemplateId.VersionNotFound", message)
    };
    let number = match named {
        "$Latest" => Ok(template.latest_version),
        "$Default" => Ok(template.default_version),
        number => number.parse().ok().filter(|number| *number > 0).ok_or_else(not_found),
    }?;
    let key = LaunchTemplateVersion::key(&ctx.scope, &template.id, number);
    view.get(&key)?.ok_or_else(not_found)
}

/// What client tokens of versions are kept under.
const VERSION_KIND: &str = "launch-template-version";

/// Makes a further version, once for each client token.
pub fn create_version(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = of_request(view, request, ctx)?;
    if let Some(made) = once::made_before(view, request, ctx, VERSION_KIND)? {
        let made = version(view, ctx, &found, &made)?;
        let shown = show_version(&found, &made);
        let reply =
            reply!(ec2::CREATE_LAUNCH_TEMPLATE_VERSION_RESULT { "LaunchTemplateVersion": shown });
        return Ok((reply, Writes::new()));
    }
    let source = text(request, "SourceVersion");
    let source = source.map(|named| version(view, ctx, &found, named)).transpose()?;
    let template = LaunchTemplate {
        latest_version: found.latest_version + 1,
        ..LaunchTemplate::clone(&found.record)
    };
    let mut writes = Writes::new();
    let source = source.as_ref().map(|source| &*source.record);
    let reply = write_version(&mut writes, request, ctx, &template, source)?;
    let made = template.latest_version.to_string();
    once::note_made(view, request, ctx, VERSION_KIND, made, &mut writes)?;
    put(&mut writes, &found, template);
    Ok((reply, writes))
}

/// Says which version is meant where none is named. A client token changes nothing: saying it twice is saying it once.
pub fn modify(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = of_request(view, request, ctx)?;
    let chosen = version(view, ctx, &found, required(request, "DefaultVersion")?)?;
    let template =
        LaunchTemplate { default_version: chosen.number, ..LaunchTemplate::clone(&found.record) };
    let shown = template.show(view, ctx)?;
    let mut writes = Writes::new();
    put(&mut writes, &found, template);
    Ok((reply!(ec2::MODIFY_LAUNCH_TEMPLATE_RESULT { "LaunchTemplate": shown }), writes))
}

/// Deletes a template and its versions.
pub fn delete(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = of_request(view, request, ctx)?;
    let shown = found.show(view, ctx)?;
    let mut writes = Writes::new();
    for key in view.keys(&LaunchTemplateVersion::all_of(&ctx.scope, &found.id)) {
        writes.delete(key, Expect::Any);
    }
    writes.delete(&LaunchTemplateName::key(&ctx.scope, &found.name), Expect::Any);
    delete_record(&mut writes, &found);
    Ok((reply!(ec2::DELETE_LAUNCH_TEMPLATE_RESULT { "LaunchTemplate": shown }), writes))
}

/// Deletes versions, but for the default one.
pub fn delete_versions(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = of_request(view, request, ctx)?;
    let mut writes = Writes::new();
    let (mut gone, mut kept) = (Vec::new(), Vec::new());
    for named in texts(request, "Versions") {
        let chosen = version(view, ctx, &found, named);
        let refusal = match &chosen {
            Ok(chosen) if chosen.number == found.default_version => {
                Some(("operationNotPermitted", "The default version cannot be deleted.".to_owned()))
            }
            Ok(_) => None,
            Err(_) => Some((
                "launchTemplateVersionDoesNotExist",
                format!("The version {named} does not exist."),
            )),
        };
        match (chosen, refusal) {
            (Ok(chosen), None) => {
                writes.delete(&chosen.key, Expect::Revision(chosen.modified));
                gone.push(reply!(ec2::DELETE_LAUNCH_TEMPLATE_VERSIONS_RESPONSE_SUCCESS_ITEM {
                    "LaunchTemplateId": &found.id,
                    "LaunchTemplateName": &found.name,
                    "VersionNumber": chosen.number,
                }));
            }
            (_, refusal) => {
                let error = refusal.map(
                    |(code, message)| reply!(ec2::RESPONSE_ERROR { "Code": code, "Message": message }),
                );
                kept.push(reply!(ec2::DELETE_LAUNCH_TEMPLATE_VERSIONS_RESPONSE_ERROR_ITEM {
                    "LaunchTemplateId": &found.id,
                    "LaunchTemplateName": &found.name,
                    "VersionNumber": named.parse::<i64>().ok(),
                    "ResponseError": error,
                }));
            }
        }
    }
    // Who makes one of them the default version at the same time looks again.
    writes.expect(&found.key, Expect::Revision(found.modified));
    let reply = reply!(ec2::DELETE_LAUNCH_TEMPLATE_VERSIONS_RESULT {
        "SuccessfullyDeletedLaunchTemplateVersions": Value::List(gone),
        "UnsuccessfullyDeletedLaunchTemplateVersions": Value::List(kept),
    });
    Ok((reply, writes))
}

/// Describes templates, by ids, by names, and by filters.
pub fn describe(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let names = texts(request, "LaunchTemplateNames");
    for name in &names {
        by_name(view, ctx, name)?;
    }
    noun::describe_where::<LaunchTemplate>(view, request, ctx, |template| {
        names.is_empty() || names.contains(&template.name.as_str())
    })
}

/// Describes versions of a template: those that are named, or all, or those between two numbers.
pub fn describe_versions(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let named = texts(request, "Versions");
    let template = of_request(view, request, ctx)?;
    let bound = |member: &str| {
        let given = text(request, member);
        given.map(|named| version(view, ctx, &template, named).map(|it| it.number)).transpose()
    };
    let (min, max) = (bound("MinVersion")?, bound("MaxVersion")?);
    let mut wanted = Vec::new();
    for named in &named {
        wanted.push(version(view, ctx, &template, named)?.number);
    }
    let mut entries = Vec::new();
    for known in view.range(&LaunchTemplateVersion::all_of(&ctx.scope, &template.id)) {
        let known: Found<LaunchTemplateVersion> = known?;
        let is_named = named.is_empty() || wanted.contains(&known.number);
        let is_between =
            min.is_none_or(|min| known.number >= min) && max.is_none_or(|max| known.number <= max);
        if is_named && is_between {
            entries.push((format!("{:019}", known.number), show_version(&template, &known)));
        }
    }
    let page = Page::of_ec2("DescribeLaunchTemplateVersions", &ctx.scope, request, &PAGES)?;
    let entries = entries.into_iter().map(Ok);
    let (versions, next) = page.cut_all(entries, |earlier, later| earlier < later)?;
    let reply = reply!(ec2::DESCRIBE_LAUNCH_TEMPLATE_VERSIONS_RESULT {
        "LaunchTemplateVersions": Value::List(versions),
        "NextToken": next,
    });
    Ok((reply, Writes::new()))
}
