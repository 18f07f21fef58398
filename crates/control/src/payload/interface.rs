//! A task's network interface as its payload has it (agent-protocol.md §4.3).

use domain::{
    block::Block,
    id::Scope,
    link::network::{TaskAddress, TaskInterface},
    vpc::{NetworkInterface, Subnet, Vpc},
};
use std::net::Ipv4Addr;

/// The router of a subnet is its second address, the resolver of a VPC the third of its first block.
const GATEWAY: u32 = 1;
const RESOLVER: u32 = 2;

/// The interface for the task's host. Names are empty where the VPC gives none.
pub fn interface(
    scope: &Scope,
    interface: &NetworkInterface,
    subnet: &Subnet,
    vpc: &Vpc,
) -> TaskInterface {
    let resolver = vpc.blocks.first().and_then(|(_, block)| block.address(RESOLVER));
    let resolver = resolver.filter(|_| vpc.dns_support).map(|address| address.to_string());
    let has_names = vpc.dns_support && vpc.dns_hostnames;
    let name = interface.private_name(scope.region.as_str());
    let domain = domain::vpc::domain_name(scope.region.as_str());
    TaskInterface {
        ec2_id: interface.id.clone(),
        mac_address: interface.mac.clone(),
        attachment_arn: interface.description.clone(),
        name: String::new(),
        index: 0,
        ipv4_addresses: addresses(&interface.addresses),
        subnet_gateway_ipv4_address: gateway(subnet.block),
        domain_name_servers: resolver.into_iter().collect(),
        domain_name: if has_names { vec![domain] } else { Vec::new() },
        private_dns_name: if has_names { name } else { String::new() },
        interface_association_protocol: "default".into(),
        vpc_id: vpc.id.clone(),
        vpc_number: vpc.number,
        availability_zone: subnet.zone.clone(),
    }
}

fn addresses(addresses: &[Ipv4Addr]) -> Vec<TaskAddress> {
    let of = |(at, address): (usize, &Ipv4Addr)| TaskAddress {
        private_address: *address,
        primary: at == 0,
    };
    addresses.iter().enumerate().map(of).collect()
}

/// Such as `10.77.0.1/24`.
fn gateway(block: Block) -> String {
    let address = block.address(GATEWAY).unwrap_or_else(|| block.base());
    format!("{address}/{}", block.prefix())
}
