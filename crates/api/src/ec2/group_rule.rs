//! Rules of security groups, in the old form (permissions: a protocol, ports and many peers) and the new one (a rule with an id for each peer).

use crate::{
    decide::{Ctx, Decision, View, Writes},
    ec2::{
        fault,
        filter::Filters,
        group, id,
        noun::{find, put, touch},
        permission::{RULES_MAX, read, read_description, read_ipv4, read_traffic, too_many, words},
        request::{list, required, text, texts},
        tag::{self, Change},
    },
    page::{Limits, Page},
};
use domain::{
    ec2::PrefixList,
    tag::Tag,
    vpc::{Peer, SecurityGroup, SecurityGroupRule, Traffic},
};
use std::collections::BTreeMap;
use wire::{Fault, Value, reply, tables::ec2};

const PAGES: Limits = Limits { allowed: 5..=1000, default: i64::MAX };

/// Allows what comes in.
pub fn authorize_ingress(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    authorize(view, request, ctx, false)
}

/// Allows what leaves.
pub fn authorize_egress(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    authorize(view, request, ctx, true)
}

fn authorize(view: &View, request: &Value, ctx: &Ctx, egress: bool) -> Decision {
    let found = group::of_request(view, request, ctx)?;
    let wanted = read(view, request, ctx, &found)?;
    if wanted.is_empty() {
        return Err(fault::missing("ipPermissions"));
    }
    let tags = tag::specified(request, "security-group-rule")?;
    let mut changed = SecurityGroup::clone(&found.record);
    let mut writes = Writes::new();
    let mut made = Vec::new();
    for (index, rule) in wanted.into_iter().enumerate() {
        let is_same = |known: &&SecurityGroupRule| {
            known.egress == egress && known.traffic == rule.traffic && known.peer == rule.peer
        };
        if changed.rules.iter().find(is_same).is_some() {
            let message = format!("the specified rule \"{}\" already exists", words(&rule));
            return Err(fault::fault("InvalidPermission.Duplicate", message));
        }
        refer(view, ctx, &found.id, &rule.peer, &mut writes)?;
        let rule = SecurityGroupRule {
            id: id::fresh(&ctx.ids, "sgr", index),
            egress,
            traffic: rule.traffic,
            peer: rule.peer,
            description: rule.description,
            tags: tags.clone(),
        };
        made.push(show_rule(view, ctx, &changed, &rule)?);
        changed.rules.push(rule);
    }
    if changed.rules.iter().filter(|rule| rule.egress == egress).count() > RULES_MAX {
        return Err(too_many());
    }
    put(&mut writes, &found, changed);
    // Ingress and egress answer alike.
    let reply = reply!(ec2::AUTHORIZE_SECURITY_GROUP_INGRESS_RESULT {
        "Return": true,
        "SecurityGroupRules": Value::List(made),
    });
    Ok((reply, writes))
}

/// Has whoever deletes what a rule names at the same time look again.
fn refer(view: &View, ctx: &Ctx, own: &str, peer: &Peer, writes: &mut Writes) -> Result<(), Fault> {
    match peer {
        Peer::Group(other) if other != own => {
            touch(writes, &find::<SecurityGroup>(view, ctx, other)?);
        }
        Peer::PrefixList(id) => touch(writes, &find::<PrefixList>(view, ctx, id)?),
        _ => {}
    }
    Ok(())
}

/// Takes back what was allowed to come in.
pub fn revoke_ingress(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    revoke(view, request, ctx, false)
}

/// Takes back what was allowed to leave.
pub fn revoke_egress(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    revoke(view, request, ctx, true)
}

fn revoke(view: &View, request: &Value, ctx: &Ctx, egress: bool) -> Decision {
    let found = group::of_request(view, request, ctx)?;
    let ids = texts(request, "SecurityGroupRuleIds");
    let of_direction = |rule: &SecurityGroupRule| rule.egress == egress;
    if let Some(id) =
        ids.iter().find(|id| !found.rules.iter().any(|rule| rule.id == **id && of_direction(rule)))
    {
        return Err(no_such_rule(id));
    }
    let wanted = if ids.is_empty() { read(view, request, ctx, &found)? } else { Vec::new() };
    if ids.is_empty() && wanted.is_empty() {
        return Err(fault::missing("ipPermissions"));
    }
    let is_gone = |rule: &SecurityGroupRule| {
        of_direction(rule)
            && (ids.contains(&rule.id.as_str())
                || wanted.iter().any(|it| it.traffic == rule.traffic && it.peer == rule.peer))
    };
    let (gone, kept): (Vec<_>, Vec<_>) = found.rules.iter().cloned().partition(is_gone);
    if gone.len() < wanted.len().max(ids.len()) {
        let message = "The specified rule does not exist in this security group.";
        return Err(fault::fault("InvalidPermission.NotFound", message));
    }
    let shown = gone.iter().map(|rule| {
        reply!(ec2::REVOKED_SECURITY_GROUP_RULE {
            "SecurityGroupRuleId": &rule.id,
            "GroupId": &found.id,
            "IsEgress": rule.egress,
            "IpProtocol": &rule.traffic.protocol,
            "FromPort": i64::from(rule.traffic.from.unwrap_or(-1)),
            "ToPort": i64::from(rule.traffic.to.unwrap_or(-1)),
            "CidrIpv4": ipv4(&rule.peer),
            "CidrIpv6": ipv6(&rule.peer),
            "PrefixListId": prefix_list(&rule.peer),
            "ReferencedGroupId": referenced(&rule.peer),
            "Description": rule.description.as_deref(),
        })
    });
    let reply = reply!(ec2::REVOKE_SECURITY_GROUP_INGRESS_RESULT {
        "Return": true,
        "RevokedSecurityGroupRules": shown.collect::<Value>(),
    });
    let mut writes = Writes::new();
    let changed = SecurityGroup { rules: kept, ..SecurityGroup::clone(&found.record) };
    put(&mut writes, &found, changed);
    Ok((reply, writes))
}

fn no_such_rule(id: &str) -> Fault {
    let message = format!("The security group rule ID '{id}' does not exist");
    fault::fault("InvalidSecurityGroupRuleId.NotFound", message)
}

/// Changes rules in their places.
pub fn modify(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = find::<SecurityGroup>(view, ctx, required(request, "GroupId")?)?;
    let mut changed = SecurityGroup::clone(&found.record);
    let mut writes = Writes::new();
    for update in list(request, "SecurityGroupRules") {
        let id = required(update, "SecurityGroupRuleId")?;
        let wanted =
            update.get("SecurityGroupRule").ok_or_else(|| fault::missing("SecurityGroupRule"))?;
        let peers = [
            text(wanted, "CidrIpv4").map(read_ipv4).transpose()?,
            text(wanted, "CidrIpv6").map(|block| Peer::Ipv6(block.to_owned())),
            text(wanted, "PrefixListId").map(|id| Peer::PrefixList(id.to_owned())),
            text(wanted, "ReferencedGroupId").map(|id| Peer::Group(id.to_owned())),
        ];
        let mut peers = peers.into_iter().flatten();
        let (Some(peer), None) = (peers.next(), peers.next()) else {
            return Err(fault::combination(
                "Exactly one of 'CidrIpv4', 'CidrIpv6', 'PrefixListId' and 'ReferencedGroupId' must be specified.",
            ));
        };
        refer(view, ctx, &found.id, &peer, &mut writes)?;
        let traffic = read_traffic(wanted)?;
        let rule = changed.rules.iter_mut().find(|rule| rule.id == id);
        let rule = rule.ok_or_else(|| no_such_rule(id))?;
        *rule = SecurityGroupRule {
            traffic,
            peer,
            description: read_description(wanted)?,
            ..rule.clone()
        };
    }
    put(&mut writes, &found, changed);
    Ok((reply!(ec2::MODIFY_SECURITY_GROUP_RULES_RESULT { "Return": true }), writes))
}

/// Changes descriptions of rules for what comes in.
pub fn describe_ingress(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    update_descriptions(view, request, ctx, false)
}

/// Changes descriptions of rules for what leaves.
pub fn describe_egress(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    update_descriptions(view, request, ctx, true)
}

fn update_descriptions(view: &View, request: &Value, ctx: &Ctx, egress: bool) -> Decision {
    let found = group::of_request(view, request, ctx)?;
    let mut changed = SecurityGroup::clone(&found.record);
    for wanted in read(view, request, ctx, &found)? {
        let rule = changed.rules.iter_mut().find(|rule| {
            rule.egress == egress && rule.traffic == wanted.traffic && rule.peer == wanted.peer
        });
        let rule = rule.ok_or_else(|| {
            let message = "The specified rule does not exist in this security group.";
            fault::fault("InvalidPermission.NotFound", message)
        })?;
        rule.description = wanted.description;
    }
    for described in list(request, "SecurityGroupRuleDescriptions") {
        let id = required(described, "SecurityGroupRuleId")?;
        let rule = changed.rules.iter_mut().find(|rule| rule.id == id && rule.egress == egress);
        rule.ok_or_else(|| no_such_rule(id))?.description = read_description(described)?;
    }
    let mut writes = Writes::new();
    put(&mut writes, &found, changed);
    let reply =
        reply!(ec2::UPDATE_SECURITY_GROUP_RULE_DESCRIPTIONS_INGRESS_RESULT { "Return": true });
    Ok((reply, writes))
}

/// Describes rules of all groups.
pub fn describe(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let filters = Filters::read(request)?;
    let ids = texts(request, "SecurityGroupRuleIds");
    let page = Page::of_ec2("DescribeSecurityGroupRules", &ctx.scope, request, &PAGES)?;
    let mut entries = BTreeMap::new();
    for group in view.range::<SecurityGroup>(&SecurityGroup::all(&ctx.scope)) {
        let group = group?;
        for rule in &group.rules {
            let values = |filter: &str| {
                Ok(match filter {
                    "group-id" => Some(vec![group.id.clone()]),
                    "security-group-rule-id" => Some(vec![rule.id.clone()]),
                    "is-egress" => Some(vec![rule.egress.to_string()]),
                    _ => tag::values(&rule.tags, filter),
                })
            };
            let is_named = ids.is_empty() || ids.contains(&rule.id.as_str());
            if is_named && filters.admit(values)? {
                entries.insert(rule.id.clone(), show_rule(view, ctx, &group, rule)?);
            }
        }
    }
    if let Some(id) = ids.iter().find(|id| !entries.contains_key(**id)) {
        return Err(no_such_rule(id));
    }
    let (rules, next) = page.cut_all(entries.into_iter().map(Ok), |one, other| one < other)?;
    let reply = reply!(ec2::DESCRIBE_SECURITY_GROUP_RULES_RESULT {
        "SecurityGroupRules": Value::List(rules),
        "NextToken": next,
    });
    Ok((reply, Writes::new()))
}

fn ipv4(peer: &Peer) -> Option<&str> {
    if let Peer::Ipv4(block) = peer { Some(block) } else { None }
}

fn ipv6(peer: &Peer) -> Option<&str> {
    if let Peer::Ipv6(block) = peer { Some(block) } else { None }
}

fn prefix_list(peer: &Peer) -> Option<&str> {
    if let Peer::PrefixList(id) = peer { Some(id) } else { None }
}

fn referenced(peer: &Peer) -> Option<&str> {
    if let Peer::Group(id) = peer { Some(id) } else { None }
}

fn show_rule(
    view: &View,
    ctx: &Ctx,
    group: &SecurityGroup,
    rule: &SecurityGroupRule,
) -> Result<Value, Fault> {
    let other = match referenced(&rule.peer) {
        Some(id) if id == group.id => Some((id, group.vpc.clone())),
        Some(id) => {
            let found = view.get::<SecurityGroup>(&SecurityGroup::key(&ctx.scope, id))?;
            found.map(|found| (id, found.vpc.clone()))
        }
        None => None,
    };
    let other = other.map(|(id, vpc)| {
        reply!(ec2::REFERENCED_SECURITY_GROUP {
            "GroupId": id,
            "UserId": ctx.scope.account.as_str(),
            "VpcId": vpc,
        })
    });
    Ok(reply!(ec2::SECURITY_GROUP_RULE {
        "SecurityGroupRuleId": &rule.id,
        "GroupId": &group.id,
        "GroupOwnerId": ctx.scope.account.as_str(),
        "IsEgress": rule.egress,
        "IpProtocol": &rule.traffic.protocol,
        "FromPort": i64::from(rule.traffic.from.unwrap_or(-1)),
        "ToPort": i64::from(rule.traffic.to.unwrap_or(-1)),
        "CidrIpv4": ipv4(&rule.peer),
        "CidrIpv6": ipv6(&rule.peer),
        "PrefixListId": prefix_list(&rule.peer),
        "ReferencedGroupInfo": other,
        "Description": rule.description.as_deref(),
        "Tags": tag::show(&rule.tags),
        "SecurityGroupRuleArn": id::arn(&ctx.scope, "security-group-rule", &rule.id),
    }))
}

/// A group's rules of one direction as permissions: those of the same traffic together.
pub fn show_permissions(ctx: &Ctx, group: &SecurityGroup, egress: bool) -> Value {
    let mut by_traffic: BTreeMap<&Traffic, Vec<&SecurityGroupRule>> = BTreeMap::new();
    for rule in group.rules.iter().filter(|rule| rule.egress == egress) {
        by_traffic.entry(&rule.traffic).or_default().push(rule);
    }
    let permissions = by_traffic.into_iter().map(|(traffic, rules)| {
        let described = |rule: &SecurityGroupRule| rule.description.clone();
        let v4 = rules.iter().filter_map(|rule| {
            let block = ipv4(&rule.peer)?;
            Some(reply!(ec2::IP_RANGE { "Description": described(rule), "CidrIp": block }))
        });
        let v6 = rules.iter().filter_map(|rule| {
            let block = ipv6(&rule.peer)?;
            Some(reply!(ec2::IPV6_RANGE { "Description": described(rule), "CidrIpv6": block }))
        });
        let lists = rules.iter().filter_map(|rule| {
            let id = prefix_list(&rule.peer)?;
            Some(reply!(ec2::PREFIX_LIST_ID { "Description": described(rule), "PrefixListId": id }))
        });
        let groups = rules.iter().filter_map(|rule| {
            let id = referenced(&rule.peer)?;
            Some(reply!(ec2::USER_ID_GROUP_PAIR {
                "Description": described(rule),
                "UserId": ctx.scope.account.as_str(),
                "GroupId": id,
            }))
        });
        reply!(ec2::IP_PERMISSION {
            "IpProtocol": &traffic.protocol,
            "FromPort": traffic.from.map(i64::from),
            "ToPort": traffic.to.map(i64::from),
            "UserIdGroupPairs": groups.collect::<Value>(),
            "IpRanges": v4.collect::<Value>(),
            "Ipv6Ranges": v6.collect::<Value>(),
            "PrefixListIds": lists.collect::<Value>(),
        })
    });
    permissions.collect()
}

/// A group's values for filters on its rules (`ip-permission.…`, `egress.ip-permission.…`).
///
/// # Errors
/// If a group that a rule names cannot be read.
pub fn values_of_group(
    view: &View,
    ctx: &Ctx,
    group: &SecurityGroup,
    filter: &str,
) -> Result<Option<Vec<String>>, Fault> {
    let (egress, what) = match filter.strip_prefix("egress.") {
        Some(rest) => (true, rest),
        None => (false, filter),
    };
    let Some(what) = what.strip_prefix("ip-permission.") else { return Ok(None) };
    let of = |value: fn(&SecurityGroupRule) -> Option<String>| {
        group.rules.iter().filter(|rule| rule.egress == egress).filter_map(value).collect()
    };
    let groups = || of(|rule| referenced(&rule.peer).map(str::to_owned));
    Ok(Some(match what {
        "cidr" => of(|rule| ipv4(&rule.peer).map(str::to_owned)),
        "ipv6-cidr" => of(|rule| ipv6(&rule.peer).map(str::to_owned)),
        "group-id" => groups(),
        "group-name" => {
            let mut names = Vec::new();
            for id in groups() {
                let named = view.get::<SecurityGroup>(&SecurityGroup::key(&ctx.scope, &id))?;
                names.extend(named.map(|it| it.name.clone()));
            }
            names
        }
        // Rules name groups of their own account only.
        "user-id" => groups().iter().map(|_| ctx.scope.account.to_string()).collect(),
        "prefix-list-id" => of(|rule| prefix_list(&rule.peer).map(str::to_owned)),
        "protocol" => of(|rule| Some(rule.traffic.protocol.clone())),
        "from-port" => of(|rule| rule.traffic.from.map(|port| port.to_string())),
        "to-port" => of(|rule| rule.traffic.to.map(|port| port.to_string())),
        _ => return Ok(None),
    }))
}

/// Changes tags of groups (`sg-…`) and rules (`sgr-…`): each group is written once.
///
/// # Errors
/// For an id that there is not, and what the change refuses with.
pub fn change_tags(
    view: &View,
    ctx: &Ctx,
    writes: &mut Writes,
    ids: &[&str],
    change: &Change<'_>,
) -> Result<(), Fault> {
    let (rules, groups): (Vec<&str>, Vec<&str>) = ids.iter().partition(|id| id.starts_with("sgr-"));
    for id in &groups {
        find::<SecurityGroup>(view, ctx, id)?;
    }
    let mut unseen = rules.clone();
    for found in view.range::<SecurityGroup>(&SecurityGroup::all(&ctx.scope)) {
        let found = found?;
        let mut changed = SecurityGroup::clone(&found.record);
        if groups.contains(&found.id.as_str()) {
            change.apply(&mut changed.tags)?;
        }
        for rule in changed.rules.iter_mut().filter(|rule| rules.contains(&rule.id.as_str())) {
            change.apply(&mut rule.tags)?;
            unseen.retain(|id| *id != rule.id);
        }
        if changed != *found.record {
            put(writes, &found, changed);
        }
    }
    unseen.first().map_or(Ok(()), |id| Err(no_such_rule(id)))
}

/// The tags of the rule with an id; none if there is none.
///
/// # Errors
/// If a record cannot be read.
pub fn tags_of(view: &View, ctx: &Ctx, id: &str) -> Result<Vec<Tag>, Fault> {
    let tags = all_tags(view, ctx)?.into_iter().find(|(rule, _)| rule == id);
    Ok(tags.map(|(_, tags)| tags).unwrap_or_default())
}

/// The tags of all rules.
///
/// # Errors
/// If a group cannot be read.
pub fn all_tags(view: &View, ctx: &Ctx) -> Result<Vec<(String, Vec<Tag>)>, Fault> {
    let mut all = Vec::new();
    for group in view.range::<SecurityGroup>(&SecurityGroup::all(&ctx.scope)) {
        all.extend(group?.rules.iter().map(|rule| (rule.id.clone(), rule.tags.clone())));
    }
    Ok(all)
}
