//! Kinds of things that stacks and consoles ask for and that there are none of: nobody can make one here.
//!
//! Must always hold: the answer is true and no more. An id is answered as not found, a filter that the kind does not have is refused, and
//! the list is empty. What would make one is not served and says so.

use crate::{
    decide::{Ctx, Decision, View, Writes},
    ec2::{fault, filter::Filters, request::texts},
    page::{Limits, Page},
};
use wire::{Value, value::Members};

const PAGES: Limits = Limits { allowed: 1..=1000, default: i64::MAX };

/// What is asked for.
struct Kind {
    /// The reply's member that lists them.
    list: &'static str,
    /// The request's member that names some.
    ids: &'static str,
    /// The code for an id that there is not.
    not_found: &'static str,
    /// How faults call it.
    called: &'static str,
    /// The filters that it has, besides tags.
    filters: &'static [&'static str],
}

impl Kind {
    fn describe(&self, request: &Value, ctx: &Ctx) -> Decision {
        if let Some(id) = texts(request, self.ids).first() {
            let message = format!("The {} '{id}' does not exist", self.called);
            return Err(fault::fault(self.not_found, message));
        }
        // There is nothing that a filter could admit; but the caller hears of one that is none.
        Filters::read(request)?.check(|name| {
            name == "tag-key" || name.starts_with("tag:") || self.filters.contains(&name)
        })?;
        Page::of_ec2(self.list, &ctx.scope, request, &PAGES)?;
        let mut reply = Members::new();
        reply.put(self.list, Value::List(Vec::new()));
        Ok((Value::Map(reply), Writes::new()))
    }
}

/// An operation for each kind.
macro_rules! kinds {
    ($($name:ident $list:literal $ids:literal $not_found:literal $called:literal [$($filter:literal)*] $says:literal)*) => { $(
        #[doc = $says]
        pub fn $name(_: &View, request: &Value, ctx: &Ctx) -> Decision {
            let kind = Kind {
                list: $list,
                ids: $ids,
                not_found: $not_found,
                called: $called,
                filters: &[$($filter),*],
            };
            kind.describe(request, ctx)
        }
    )* };
}

kinds! {
    describe_peering_connections "VpcPeeringConnections" "VpcPeeringConnectionIds" "InvalidVpcPeeringConnectionID.NotFound"
        "vpcPeeringConnection ID"
        ["accepter-vpc-info.cidr-block" "accepter-vpc-info.owner-id" "accepter-vpc-info.vpc-id" "expiration-time"
         "requester-vpc-info.cidr-block" "requester-vpc-info.owner-id" "requester-vpc-info.vpc-id" "status-code" "status-message"
         "vpc-peering-connection-id"]
        "Describes connections between VPCs: there are none."
    describe_vpn_gateways "VpnGateways" "VpnGatewayIds" "InvalidVpnGatewayID.NotFound" "vpnGateway ID"
        ["amazon-side-asn" "attachment.state" "attachment.vpc-id" "availability-zone" "state" "type" "vpn-gateway-id"]
        "Describes virtual private gateways: there are none."
    describe_vpn_connections "VpnConnections" "VpnConnectionIds" "InvalidVpnConnectionID.NotFound" "vpnConnection ID"
        ["customer-gateway-configuration" "customer-gateway-id" "state" "option.static-routes-only" "route.destination-cidr-block" "bgp-asn"
         "type" "vpn-connection-id" "vpn-gateway-id" "transit-gateway-id"]
        "Describes VPN connections: there are none."
    describe_customer_gateways "CustomerGateways" "CustomerGatewayIds" "InvalidCustomerGatewayID.NotFound" "customerGateway ID"
        ["bgp-asn" "customer-gateway-id" "ip-address" "state" "type"]
        "Describes customer gateways: there are none."
    describe_egress_only_gateways "EgressOnlyInternetGateways" "EgressOnlyInternetGatewayIds" "InvalidGatewayID.NotFound"
        "eigw ID" []
        "Describes egress-only internet gateways, which are for IPv6: there are none."
    describe_carrier_gateways "CarrierGateways" "CarrierGatewayIds" "InvalidCarrierGatewayID.NotFound" "carrierGateway ID"
        ["carrier-gateway-id" "state" "owner-id" "vpc-id"]
        "Describes carrier gateways: there are none."
    describe_transit_gateways "TransitGateways" "TransitGatewayIds" "InvalidTransitGatewayID.NotFound" "transitGateway ID"
        ["options.propagation-default-route-table-id" "options.amazon-side-asn" "options.association-default-route-table-id"
         "options.auto-accept-shared-attachments" "options.default-route-table-association" "options.default-route-table-propagation"
         "options.dns-support" "options.vpn-ecmp-support" "owner-id" "state" "transit-gateway-id"]
        "Describes transit gateways: there are none."
    describe_transit_gateway_attachments "TransitGatewayAttachments" "TransitGatewayAttachmentIds" "InvalidTransitGatewayAttachmentID.NotFound"
        "transitGatewayAttachment ID"
        ["association.state" "association.transit-gateway-route-table-id" "resource-id" "resource-owner-id" "resource-type" "state"
         "transit-gateway-attachment-id" "transit-gateway-id" "transit-gateway-owner-id"]
        "Describes attachments to transit gateways: there are none."
    describe_transit_gateway_vpc_attachments "TransitGatewayVpcAttachments" "TransitGatewayAttachmentIds"
        "InvalidTransitGatewayAttachmentID.NotFound" "transitGatewayAttachment ID"
        ["state" "transit-gateway-attachment-id" "transit-gateway-id" "vpc-id"]
        "Describes attachments of VPCs to transit gateways: there are none."
    describe_images "Images" "ImageIds" "InvalidAMIID.NotFound" "image id"
        ["architecture" "block-device-mapping.volume-type" "creation-date" "description" "ena-support" "hypervisor" "image-id" "image-type"
         "is-public" "kernel-id" "manifest-location" "name" "owner-alias" "owner-id" "platform" "product-code" "product-code.type"
         "ramdisk-id" "root-device-name" "root-device-type" "source-image-id" "state" "state-reason-code" "state-reason-message"
         "virtualization-type"]
        "Describes machine images: there are none, as hosts are made by nobody's image here."
}
