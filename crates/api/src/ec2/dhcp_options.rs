//! Sets of DHCP options, as VPCs have one.
//!
//! Tasks are not told anything by DHCP: their interfaces have the VPC's own resolver and the region's own domain. So a set may say just that, and
//! things that containers never ask for; another resolver or domain is refused.

use crate::{
    decide::{Ctx, Decision, View, Writes},
    ec2::{
        fault, id,
        noun::{self, Noun, add, all_where, delete as delete_record, find, noun, put, touch},
        request::{list, required, texts},
        settle, tag,
    },
};
use domain::{
    ec2::DhcpOptions,
    vpc::{Vpc, domain_name},
};
use wire::{Fault, Value, reply, tables::ec2};

/// The resolver that every VPC has.
pub const RESOLVER: &str = "AmazonProvidedDNS";
/// What a set may speak of.
const KEYS: [&str; 6] = [
    "domain-name-servers",
    "domain-name",
    "ntp-servers",
    "netbios-name-servers",
    "netbios-node-type",
    "ipv6-address-preferred-lease-time",
];

impl Noun for DhcpOptions {
    noun!(
        DhcpOptions,
        "dhcp-options",
        "dopt",
        "InvalidDhcpOptionID.NotFound",
        "dhcpOption ID",
        "DhcpOptionsIds",
        "DhcpOptions"
    );

    fn values(&self, _: &View, _: &Ctx, filter: &str) -> Result<Option<Vec<String>>, Fault> {
        Ok(Some(match filter {
            "key" => self.settings.iter().map(|(key, _)| key.clone()).collect(),
            "value" => self.settings.iter().flat_map(|(_, values)| values).cloned().collect(),
            _ => return Ok(None),
        }))
    }

    fn show(&self, _: &View, ctx: &Ctx) -> Result<Value, Fault> {
        let settings = self.settings.iter().map(|(key, values)| {
            let values = values.iter().map(|it| reply!(ec2::ATTRIBUTE_VALUE { "Value": it }));
            reply!(ec2::DHCP_CONFIGURATION { "Key": key, "Values": values.collect::<Value>() })
        });
        Ok(reply!(ec2::DHCP_OPTIONS {
            "OwnerId": ctx.scope.account.as_str(),
            "Tags": tag::show_all(&self.tags),
            "DhcpOptionsId": &self.id,
            "DhcpConfigurations": settings.collect::<Value>(),
        }))
    }
}

/// Makes a set.
pub fn create(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let mut settings: Vec<(String, Vec<String>)> = Vec::new();
    for given in list(request, "DhcpConfigurations") {
        let (key, values) = (required(given, "Key")?, texts(given, "Values"));
        if !KEYS.contains(&key) || values.is_empty() {
            let message = format!("Value ({key}) for parameter dhcpConfiguration is invalid.");
            return Err(fault::invalid_value(message));
        }
        let own = match key {
            "domain-name-servers" => Some(RESOLVER.to_owned()),
            "domain-name" => Some(domain_name(ctx.scope.region.as_str())),
            _ => None,
        };
        if own.is_some_and(|own| values != [own.as_str()]) {
            return Err(fault::not_served(&format!("DHCP option `{key}` {}", values.join(" "))));
        }
        settings.push((key.to_owned(), values.into_iter().map(str::to_owned).collect()));
    }
    if settings.is_empty() {
        return Err(fault::missing("dhcpConfiguration"));
    }
    let options = DhcpOptions {
        id: id::fresh(&ctx.ids, "dopt", 0),
        settings,
        tags: tag::specified(request, "dhcp-options")?,
    };
    let shown = options.show(view, ctx)?;
    let mut writes = Writes::new();
    add(&mut writes, ctx, options);
    Ok((reply!(ec2::CREATE_DHCP_OPTIONS_RESULT { "DhcpOptions": shown }), writes))
}

/// Deletes a set that no VPC has.
pub fn delete(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let found = find::<DhcpOptions>(view, ctx, required(request, "DhcpOptionsId")?)?;
    if found.id == settle::default_options(ctx) {
        let message = format!("The dhcpOptions '{}' are those of new VPCs.", found.id);
        return Err(fault::not_permitted(message));
    }
    if !all_where::<Vpc>(view, ctx, |vpc| vpc.dhcp_options == found.id)?.is_empty() {
        let message =
            format!("The dhcpOptions '{}' has dependencies and cannot be deleted.", found.id);
        return Err(fault::dependency(message));
    }
    let mut writes = Writes::new();
    delete_record(&mut writes, &found);
    Ok((Value::map(), writes))
}

/// Gives a VPC a set, or `default`: none.
pub fn associate(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let vpc = find::<Vpc>(view, ctx, required(request, "VpcId")?)?;
    let wanted = required(request, "DhcpOptionsId")?;
    let mut writes = Writes::new();
    if wanted != "default" {
        // So that who deletes it at the same time looks again.
        touch(&mut writes, &find::<DhcpOptions>(view, ctx, wanted)?);
    }
    let changed = Vpc { dhcp_options: wanted.to_owned(), ..Vpc::clone(&vpc.record) };
    put(&mut writes, &vpc, changed);
    Ok((Value::map(), writes))
}

/// Describes sets.
pub fn describe(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    noun::describe::<DhcpOptions>(view, request, ctx)
}
