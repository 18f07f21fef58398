//! Security groups. Their rules are in `group_rule.rs`.

use crate::{
    decide::{Ctx, Decision, View, Writes},
    ec2::{
        fault,
        filter::Filters,
        group_rule, id,
        noun::{
            self, Noun, add, all_where, delete as delete_record, expect_no_other, find, noun, touch,
        },
        permission::is_plain,
        request::{required, text, texts},
        tag,
    },
};
use domain::{
    ec2::{EndpointWay, VpcEndpoint},
    vpc::{NetworkInterface, Peer, SecurityGroup, SecurityGroupRule, Traffic, Vpc},
};
use store::Found;
use wire::{Fault, Value, reply, tables::ec2};

/// EC2's own limit on names and descriptions.
const TEXT_MAX: usize = 255;

impl Noun for SecurityGroup {
    noun!(
        SecurityGroup,
        "security-group",
        "sg",
        "InvalidGroup.NotFound",
        "security group",
        "GroupIds",
        "SecurityGroups"
    );

    fn values(&self, view: &View, ctx: &Ctx, filter: &str) -> Result<Option<Vec<String>>, Fault> {
        if let Some(values) = group_rule::values_of_group(view, ctx, self, filter)? {
            return Ok(Some(values));
        }
        Ok(Some(vec![match filter {
            "group-id" => self.id.clone(),
            "group-name" => self.name.clone(),
            "description" => self.description.clone(),
            "vpc-id" => self.vpc.clone(),
            _ => return Ok(None),
        }]))
    }

    fn show(&self, _: &View, ctx: &Ctx) -> Result<Value, Fault> {
        Ok(reply!(ec2::SECURITY_GROUP {
            "GroupId": &self.id,
            "IpPermissionsEgress": group_rule::show_permissions(ctx, self, true),
            "Tags": tag::show(&self.tags),
            "VpcId": &self.vpc,
            "SecurityGroupArn": id::arn(&ctx.scope, "security-group", &self.id),
            "OwnerId": ctx.scope.account.as_str(),
            "GroupName": &self.name,
            "Description": &self.description,
            "IpPermissions": group_rule::show_permissions(ctx, self, false),
        }))
    }
}

/// The group that a request means by `GroupId`, or by `GroupName` in the default VPC.
///
/// # Errors
/// `InvalidGroup.NotFound`, `MissingParameter`.
pub fn of_request(view: &View, request: &Value, ctx: &Ctx) -> Result<Found<SecurityGroup>, Fault> {
    if let Some(id) = text(request, "GroupId") {
        return find(view, ctx, id);
    }
    let name = text(request, "GroupName").ok_or_else(|| fault::missing("GroupId or GroupName"))?;
    let vpc = default_vpc(view, ctx)?;
    let is_it = |group: &SecurityGroup| group.vpc == vpc.id && group.name == name;
    all_where(view, ctx, is_it)?.into_iter().next().ok_or_else(|| {
        let message =
            format!("The security group '{name}' does not exist in default VPC '{}'", vpc.id);
        fault::fault("InvalidGroup.NotFound", message)
    })
}

/// The VPC that is meant where none is named.
///
/// # Errors
/// `VPCIdNotSpecified`, if it was deleted.
pub fn default_vpc(view: &View, ctx: &Ctx) -> Result<Found<Vpc>, Fault> {
    all_where::<Vpc>(view, ctx, |vpc| vpc.is_default)?
        .into_iter()
        .next()
        .ok_or_else(|| fault::fault("VPCIdNotSpecified", "No default VPC for this user"))
}

/// Makes a security group from which all may leave.
pub fn create(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let (name, description) = (required(request, "GroupName")?, required(request, "Description")?);
    for (what, given) in [("GroupName", name), ("GroupDescription", description)] {
        if given.chars().count() > TEXT_MAX {
            let message = format!(
                "Value for parameter {what} is invalid. Character count must be {TEXT_MAX} or fewer."
            );
            return Err(fault::invalid_value(message));
        }
        if !given.is_ascii() {
            let message = format!(
                "Value ({given}) for parameter {what} is invalid. Character sets beyond ASCII are not supported."
            );
            return Err(fault::invalid_value(message));
        }
        if !is_plain(given) {
            let what = if what == "GroupName" { "name" } else { "description" };
            let message = format!(
                "Invalid security group {what}. Valid {what}s are strings less than 256 characters from the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{{}}!$*"
            );
            return Err(fault::invalid_value(message));
        }
    }
    if name.starts_with("sg-") {
        let message = format!(
            "Value ({name}) for parameter GroupName is invalid. Group names may not be in the format sg-*."
        );
        return Err(fault::invalid_value(message));
    }
    let vpc = match text(request, "VpcId") {
        Some(id) => find::<Vpc>(view, ctx, id)?,
        None => default_vpc(view, ctx)?,
    };
    let is_same = |group: &SecurityGroup| group.vpc == vpc.id && group.name == name;
    if !all_where::<SecurityGroup>(view, ctx, is_same)?.is_empty() {
        let message = format!("The security group '{name}' already exists for VPC '{}'", vpc.id);
        return Err(fault::fault("InvalidGroup.Duplicate", message));
    }
    let group = SecurityGroup {
        id: id::fresh(&ctx.ids, "sg", 0),
        vpc: vpc.id.clone(),
        name: name.to_owned(),
        description: description.to_owned(),
        rules: vec![SecurityGroupRule {
            id: id::fresh(&ctx.ids, "sgr", 0),
            egress: true,
            traffic: Traffic { protocol: "-1".to_owned(), from: None, to: None },
            peer: Peer::Ipv4("0.0.0.0/0".to_owned()),
            description: None,
            tags: Vec::new(),
        }],
        tags: tag::specified(request, "security-group")?,
    };
    let mut writes = Writes::new();
    touch(&mut writes, &vpc);
    let reply = reply!(ec2::CREATE_SECURITY_GROUP_RESULT {
        "GroupId": &group.id,
        "Tags": tag::show(&group.tags),
        "SecurityGroupArn": id::arn(&ctx.scope, "security-group", &group.id),
    });
    add(&mut writes, ctx, group);
    Ok((reply, writes))
}

/// Deletes a group that no interface or endpoint is in and no other group's rule names.
pub fn delete(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let group = of_request(view, request, ctx)?;
    if group.name == "default" {
        let message = format!(
            "the specified group: \"{}\" name: \"default\" cannot be deleted by a user",
            group.id
        );
        return Err(fault::fault("CannotDelete", message));
    }
    let names = |other: &SecurityGroup| {
        other.id != group.id
            && other.rules.iter().any(|rule| rule.peer == Peer::Group(group.id.clone()))
    };
    let has = |interface: &NetworkInterface| interface.groups.contains(&group.id);
    // An endpoint is in its groups also while it has no interface. It wrote them when it entered.
    let is_of = |endpoint: &VpcEndpoint| match &endpoint.way {
        EndpointWay::Interface { groups, .. } => groups.contains(&group.id),
        EndpointWay::Gateway { .. } => false,
    };
    let is_used = !all_where::<SecurityGroup>(view, ctx, names)?.is_empty()
        || !all_where::<NetworkInterface>(view, ctx, has)?.is_empty()
        || !all_where::<VpcEndpoint>(view, ctx, is_of)?.is_empty();
    if is_used {
        return Err(fault::dependency(format!("resource {} has a dependent object", group.id)));
    }
    let mut writes = Writes::new();
    // Whoever makes an interface in the group expects the group as it is; and who made one first is met here, as is any other new
    // interface: deciding again is cheaper than an index of groups' interfaces, which each start of a task would have to write.
    expect_no_other::<NetworkInterface>(view, ctx, &mut writes);
    delete_record(&mut writes, &group);
    let reply = reply!(ec2::DELETE_SECURITY_GROUP_RESULT { "Return": true, "GroupId": &group.id });
    Ok((reply, writes))
}

/// Describes security groups, by ids, by names in the default VPC, and by filters.
pub fn describe(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let names = texts(request, "GroupNames");
    if names.is_empty() {
        return noun::describe::<SecurityGroup>(view, request, ctx);
    }
    let vpc = default_vpc(view, ctx)?;
    let filters = Filters::read(request)?;
    let mut shown = Vec::new();
    for name in names {
        let is_it = |group: &SecurityGroup| group.vpc == vpc.id && group.name == name;
        let Some(group) = all_where::<SecurityGroup>(view, ctx, is_it)?.into_iter().next() else {
            let message =
                format!("The security group '{name}' does not exist in default VPC '{}'", vpc.id);
            return Err(fault::fault("InvalidGroup.NotFound", message));
        };
        if filters.admit(|filter| noun::values_of::<SecurityGroup>(&group, view, ctx, filter))? {
            shown.push(group.show(view, ctx)?);
        }
    }
    let reply =
        reply!(ec2::DESCRIBE_SECURITY_GROUPS_RESULT { "SecurityGroups": Value::List(shown) });
    Ok((reply, Writes::new()))
}
