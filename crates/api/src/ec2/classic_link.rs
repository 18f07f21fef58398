//! EC2-Classic's links to VPCs, which older stacks ask about: no VPC has one, and none can be made.

use crate::{
    decide::{Ctx, Decision, View, Writes},
    ec2::{
        filter::Filters,
        noun::{all_where, find},
        request::texts,
        tag,
    },
    page::{Limits, Page},
};
use domain::vpc::Vpc;
use wire::{Value, reply, tables::ec2};

const PAGES: Limits = Limits { allowed: 5..=1000, default: i64::MAX };

/// Says of VPCs that instances of EC2-Classic are not linked to them.
pub fn describe(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let (ids, filters) = (texts(request, "VpcIds"), Filters::read(request)?);
    for id in &ids {
        find::<Vpc>(view, ctx, id)?;
    }
    let mut shown = Vec::new();
    let is_named = |vpc: &Vpc| ids.is_empty() || ids.contains(&vpc.id.as_str());
    for vpc in all_where::<Vpc>(view, ctx, is_named)? {
        let values = |filter: &str| match filter {
            "is-classic-link-enabled" => Some(vec!["false".to_owned()]),
            _ => tag::values(&vpc.tags, filter),
        };
        if filters.admit(|filter| Ok(values(filter)))? {
            shown.push(reply!(ec2::VPC_CLASSIC_LINK {
                "ClassicLinkEnabled": false,
                "Tags": tag::show(&vpc.tags),
                "VpcId": &vpc.id,
            }));
        }
    }
    let reply = reply!(ec2::DESCRIBE_VPC_CLASSIC_LINK_RESULT { "Vpcs": Value::List(shown) });
    Ok((reply, Writes::new()))
}

/// Says of VPCs that they answer no names of EC2-Classic.
pub fn describe_dns(view: &View, request: &Value, ctx: &Ctx) -> Decision {
    let ids = texts(request, "VpcIds");
    for id in &ids {
        find::<Vpc>(view, ctx, id)?;
    }
    let is_named = |vpc: &Vpc| ids.is_empty() || ids.contains(&vpc.id.as_str());
    let entries = all_where::<Vpc>(view, ctx, is_named)?.into_iter().map(|vpc| {
        let shown = reply!(ec2::CLASSIC_LINK_DNS_SUPPORT {
            "ClassicLinkDnsSupported": false,
            "VpcId": &vpc.id,
        });
        Ok((vpc.id.clone(), shown))
    });
    let page = Page::of_ec2("DescribeVpcClassicLinkDnsSupport", &ctx.scope, request, &PAGES)?;
    let (shown, next) = page.cut_all(entries, |earlier, later| earlier < later)?;
    let reply = reply!(ec2::DESCRIBE_VPC_CLASSIC_LINK_DNS_SUPPORT_RESULT {
        "Vpcs": Value::List(shown),
        "NextToken": next,
    });
    Ok((reply, Writes::new()))
}
