//! What a map wants of the router besides its firewall: its own addresses, what is unreachable, where the rest of the VPC is.

use crate::{RESOLVER, mac};
use domain::{block::Block, link::network::VpcMap};
use std::{
    collections::{BTreeMap, BTreeSet},
    net::Ipv4Addr,
};

/// Addresses and routes of a router. The difference of two is what is to be done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Addresses of its own: subnets' gateways and the resolver.
    pub addresses: BTreeSet<Ipv4Addr>,
    /// The VPC's blocks: an address of them that nobody has is not looked for elsewhere.
    pub blocks: BTreeSet<Block>,
    /// Interfaces on other hosts, and the address of the host.
    pub remote: BTreeMap<Ipv4Addr, Ipv4Addr>,
    /// Public addresses that lead here.
    pub public: BTreeSet<Ipv4Addr>,
    /// Every address that somebody has, wherever, and the interface's id.
    pub owners: BTreeMap<Ipv4Addr, String>,
}

impl Wanted {
    /// What `map` wants.
    pub fn of(map: &VpcMap) -> Self {
        let subnets = map.subnets.iter().filter_map(|subnet| subnet.block.parse().ok());
        let gateways = subnets.filter_map(gateway);
        let remote = map.interfaces.iter().filter_map(|it| Some((it.address, it.host?))).collect();
        let own = map.interfaces.iter().filter(|it| it.host.is_none());
        Self {
            addresses: gateways.chain(resolver(map)).collect(),
            blocks: map.blocks.iter().filter_map(|text| text.parse().ok()).collect(),
            remote,
            public: own.filter_map(|it| it.public_address).collect(),
            owners: map.interfaces.iter().map(|it| (it.address, it.id.clone())).collect(),
        }
    }

    /// The addresses that have another owner, or none any more, where this takes the place of `before`.
    pub fn left(&self, before: &Self) -> BTreeSet<Ipv4Addr> {
        let is_left = |(address, id): &(&Ipv4Addr, &String)| self.owners.get(address) != Some(id);
        before.owners.iter().filter(is_left).map(|(address, _)| *address).collect()
    }

    /// The other hosts.
    pub fn hosts(&self) -> BTreeSet<Ipv4Addr> {
        self.remote.values().copied().collect()
    }
}

/// The address by which a subnet's interfaces leave it, the first one (spec/networking.md §2).
pub fn gateway(subnet: Block) -> Option<Ipv4Addr> {
    subnet.address(1)
}

/// Where the resolver of a VPC listens: its base address plus two, and [`RESOLVER`]. Where it does not answer, nobody is let through to it.
pub fn resolver(map: &VpcMap) -> Vec<Ipv4Addr> {
    let primary = map.blocks.first().and_then(|text| text.parse::<Block>().ok());
    primary.and_then(|block| block.address(2)).into_iter().chain([RESOLVER]).collect()
}

/// What a router's overlay interface has as MAC: hosts know each other's from their addresses.
pub fn overlay_mac(host: Ipv4Addr) -> [u8; 6] {
    let [a, b, c, d] = host.octets();
    [0x0a, 0x58, a, b, c, d]
}

/// Address and prefix of a text such as `10.77.0.1/24`.
pub fn with_prefix(text: &str) -> Option<(Ipv4Addr, Block)> {
    let block = Block::parse_loose(text).ok()?;
    let address = text.split_once('/')?.0.parse().ok()?;
    Some((address, block))
}

/// Whether this host has what the map says of an interface: who waits for it can begin.
pub fn knows(map: &VpcMap, address: Ipv4Addr) -> bool {
    map.interfaces
        .iter()
        .any(|it| it.host.is_none() && it.address == address && mac(&it.mac).is_some())
}

/// The link between a router and its host: two addresses of a block for links that nobody else uses, the host's and the router's.
pub fn transit(taken: impl Fn(Ipv4Addr) -> bool) -> Option<(Ipv4Addr, Ipv4Addr)> {
    /// Of 169.254.0.0/16, clear of what tasks find in 169.254.169.0 to 169.254.175.255.
    const LINKS: [u8; 4] = [169, 254, 192, 0];
    let links = Block::around(LINKS.into(), 18);
    (0..u32::try_from(links.size() / 2).unwrap_or(0)).find_map(|at| {
        let (host, router) = (links.address(2 * at)?, links.address(2 * at + 1)?);
        (!taken(host) && !taken(router)).then_some((host, router))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::link::network::{InterfaceMap, SubnetMap};

    #[test]
    fn gateways_and_resolvers_are_where_ec2_has_them() {
        let subnet = |block: &str| SubnetMap { block: block.into(), ..SubnetMap::default() };
        let map = VpcMap {
            blocks: vec!["10.77.0.0/16".into(), "10.78.0.0/16".into()],
            subnets: vec![subnet("10.77.1.0/24"), subnet("10.78.0.0/28"), subnet("wrong")],
            ..VpcMap::default()
        };
        let wanted = Wanted::of(&map);
        let text: Vec<String> = wanted.addresses.iter().map(ToString::to_string).collect();
        assert_eq!(text, ["10.77.0.2", "10.77.1.1", "10.78.0.1", "169.254.169.253"]);
    }

    #[test]
    fn interfaces_on_other_hosts_are_there() {
        let interface = |address: [u8; 4], host: Option<[u8; 4]>| InterfaceMap {
            id: String::new(),
            address: address.into(),
            mac: "0a:00:00:00:00:01".into(),
            host: host.map(Ipv4Addr::from),
            groups: vec![],
            subnet: String::new(),
            public_address: None,
            flow_logs: vec![],
        };
        let map = VpcMap {
            interfaces: vec![
                interface([10, 0, 0, 5], None),
                interface([10, 0, 0, 6], Some([192, 0, 2, 7])),
                interface([10, 0, 0, 7], Some([192, 0, 2, 7])),
            ],
            ..VpcMap::default()
        };
        let wanted = Wanted::of(&map);
        assert_eq!((wanted.remote.len(), wanted.hosts().len()), (2, 1));
        assert!(knows(&map, [10, 0, 0, 5].into()) && !knows(&map, [10, 0, 0, 6].into()));
        assert_eq!(overlay_mac([192, 0, 2, 7].into()), [0x0a, 0x58, 192, 0, 2, 7]);
    }

    #[test]
    fn an_address_is_left_by_an_interface_that_goes_or_is_another() {
        let of = |all: &[(u8, &str)]| Wanted {
            owners: all.iter().map(|(last, id)| ([10, 0, 0, *last].into(), (*id).into())).collect(),
            ..Wanted::default()
        };
        let before = of(&[(5, "eni-5"), (6, "eni-6"), (7, "eni-7")]);
        let later = of(&[(5, "eni-5"), (6, "eni-60"), (8, "eni-8")]);
        assert_eq!(later.left(&before), [[10, 0, 0, 6].into(), [10, 0, 0, 7].into()].into());
    }

    #[test]
    fn links_are_pairs_that_nobody_has() {
        let first = transit(|_| false).expect("free");
        assert_eq!(first, ([169, 254, 192, 0].into(), [169, 254, 192, 1].into()));
        let next = transit(|address| address == first.1).expect("free");
        assert_eq!(next.0, Ipv4Addr::new(169, 254, 192, 2));
        assert_eq!(transit(|_| true), None);
    }

    #[test]
    fn an_address_comes_with_its_block() {
        let (address, block) = with_prefix("10.77.0.1/24").expect("good");
        assert_eq!(
            (address.to_string(), block.to_string()),
            ("10.77.0.1".into(), "10.77.0.0/24".into())
        );
        assert!(with_prefix("10.77.0.1").is_none());
    }
}
