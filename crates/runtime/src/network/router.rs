//! One VPC's router on this host: a network name space that leads packets between tasks' interfaces, other hosts and the world.
//!
//! What is in it follows from the VPC's map (`vpc::wanted`, `vpc::rules`); here it is done. Every step may have been done before, by an
//! agent that was killed: making a router finds what is there. It outlives the agent, so that tasks go on without one.
//! Invariant: until the first rules are in force nothing is passed on. Not here: which VPCs there are (`routers`), tasks' ends (`task`).

use super::namespace::{self, Namespace};
use super::netlink::{EXCLUSIVE, Message, Netlink, NetlinkError, REPLACE};
use super::overlay;
use super::route::{self, Overlay, Way};
use super::uplink::{self, Uplink};
use super::{conntrack, link};
use crate::spawn::{self, SpawnError};
use domain::block::Block;
use domain::link::network::VpcMap;
use rustix::fd::AsRawFd;
use rustix::io::Errno;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::net::Ipv4Addr;
use vpc::rules::{self, Rules};
use vpc::wanted::{self, Wanted};
use vpc::{OVERLAY, UPLINK};

/// What VXLAN puts before a packet, bytes.
const OVERLAY_BYTES: u32 = 50;
/// Of the usual Ethernet, bytes.
pub(super) const MTU: u32 = 1500;

/// What stood in the way of a router.
#[derive(Debug, thiserror::Error)]
pub enum RouterError {
    /// The name space, or something in it.
    #[error("{act} of the router of VPC number {number}")]
    Step {
        /// What.
        act: &'static str,
        /// Of which.
        number: u32,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// The kernel's network.
    #[error("set up the router of VPC number {number}: {text}")]
    Netlink {
        /// Of which.
        number: u32,
        /// What it said.
        text: String,
    },
    /// The firewall.
    #[error("set the rules of VPC number {number}")]
    Rules {
        /// Of which.
        number: u32,
        /// Why not.
        #[source]
        source: SpawnError,
    },
}

/// What an instance's routers are called.
#[derive(Clone, Debug)]
pub(crate) struct Names {
    /// Name spaces begin with this; the VPC's number follows.
    pub(crate) namespaces: String,
    /// The host's ends of uplinks begin with this; the VPC's number follows.
    pub(crate) uplinks: String,
}

impl Names {
    fn namespace(&self, number: u32) -> Namespace {
        Namespace::named(&format!("{}{number:x}", self.namespaces))
    }

    fn uplink(&self, number: u32) -> String {
        format!("{}{number:x}", self.uplinks)
    }

    /// The numbers of all routers of which anything is there.
    pub(crate) fn found(&self) -> io::Result<BTreeSet<u32>> {
        let mut outside = Netlink::route().map_err(|error| io::Error::other(error.to_string()))?;
        let links = link::names(&mut outside).map_err(|e| io::Error::other(e.to_string()))?;
        let numbers = |names: Vec<String>, prefix: &str| -> Vec<u32> {
            let rest = names.iter().filter_map(|name| name.strip_prefix(prefix));
            rest.filter_map(|rest| u32::from_str_radix(rest, 16).ok()).collect()
        };
        let mut all = numbers(Namespace::all(&self.namespaces)?, &self.namespaces);
        all.extend(numbers(links, &self.uplinks));
        Ok(all.into_iter().collect())
    }

    /// Takes a router and everything in it away. Gone already is fine.
    pub(crate) fn take_away(&self, number: u32) -> Result<(), RouterError> {
        let failed = |error: NetlinkError| RouterError::Netlink { number, text: error.to_string() };
        let step = |source| RouterError::Step { act: "take away the name space", number, source };
        let namespace = self.namespace(number);
        if namespace.exists() {
            // Its UDP socket is the host's, so that it must not wait for whoever else holds the name space.
            let inside = namespace.inside(|| Ok(Netlink::route())).map_err(step)?;
            gone(inside.and_then(|mut inside| inside.run(&[link::delete(OVERLAY)])))
                .map_err(failed)?;
        }
        let mut outside = Netlink::route().map_err(failed)?;
        gone(outside.run(&[link::delete(&self.uplink(number))])).map_err(failed)?;
        namespace.remove().map_err(step)
    }
}

/// A router that is there.
pub(crate) struct Router {
    number: u32,
    namespace: Namespace,
    inside: Netlink,
    /// The flows inside.
    flows: Netlink,
    outside: Netlink,
    uplink: Uplink,
    /// This host's address in the overlay; none where no other host is known.
    underlay: Option<Ipv4Addr>,
    mtu: u32,
    overlay: Option<u32>,
    wanted: Wanted,
    rules: Option<Rules>,
    is_found: bool,
}

impl Router {
    /// Makes the router of the VPC `number`, or finds it there. It passes nothing on until it [`Router::follow`]s a map.
    pub(crate) fn make(
        names: &Names,
        number: u32,
        underlay: Option<Ipv4Addr>,
    ) -> Result<Self, RouterError> {
        let namespace = names.namespace(number);
        let step = |act| move |source| RouterError::Step { act, number, source };
        let failed = |error: NetlinkError| RouterError::Netlink { number, text: error.to_string() };
        let is_found = namespace.exists();
        namespace.make().map_err(step("make the name space"))?;
        let both = || -> Result<_, NetlinkError> { Ok((Netlink::route()?, Netlink::netfilter()?)) };
        let inside = namespace.inside(|| settings().map(|()| both()));
        let inside = inside.map_err(step("set the kernel parameters"))?;
        let (mut inside, flows) = inside.map_err(failed)?;
        let mut outside = Netlink::route().map_err(failed)?;
        let mtu = match underlay {
            Some(address) => {
                overlay::underlay_mtu(&mut outside, address).map_err(failed)? - OVERLAY_BYTES
            }
            None => MTU,
        };
        let uplink = {
            // Routers of other agents of this host choose addresses as well.
            let _lock = super::bridge::lock().map_err(step("choose the addresses"))?;
            let end = names.uplink(number);
            uplink::connect(&mut outside, &mut inside, &namespace, &end).map_err(failed)?
        };
        let steps = [
            link::up(1, "lo"),
            link::new_address(uplink.inner, uplink.router, 31),
            link::up(uplink.inner, UPLINK),
            route::route_by(
                Block::around(Ipv4Addr::UNSPECIFIED, 0),
                uplink.host,
                uplink.inner,
                EXCLUSIVE,
            ),
        ];
        for one in steps {
            there(inside.run(&[one])).map_err(failed)?;
        }
        inside.run(&[route::together(uplink.inner)]).map_err(failed)?;
        outside.run(&[route::together(uplink.outer)]).map_err(failed)?;
        let overlay = overlay::found(&mut inside, underlay).map_err(failed)?;
        let mut router = Self {
            number,
            namespace,
            inside,
            flows,
            outside,
            uplink,
            underlay,
            mtu,
            overlay,
            wanted: Wanted::default(),
            rules: None,
            is_found,
        };
        router.wanted = router.found().map_err(failed)?;
        Ok(router)
    }

    /// Whose it is.
    pub(crate) fn number(&self) -> u32 {
        self.number
    }

    /// Where it is.
    pub(crate) fn namespace(&self) -> &Namespace {
        &self.namespace
    }

    /// A conversation with the network inside.
    pub(crate) fn inside(&mut self) -> &mut Netlink {
        &mut self.inside
    }

    /// Whether it has an interface to other hosts.
    pub(crate) fn has_overlay(&self) -> bool {
        self.overlay.is_some()
    }

    /// Whether an earlier agent made it.
    pub(crate) fn is_found(&self) -> bool {
        self.is_found
    }

    /// Whether it is as the last map that it was to follow wants it.
    pub(crate) fn follows(&self) -> bool {
        self.rules.is_some()
    }

    /// Whether all that the interface with this address may reach is on this host.
    pub(crate) fn is_all_here(&self, address: Ipv4Addr) -> bool {
        !self.has_overlay() && self.rules.as_ref().is_some_and(|rules| !rules.lead_out(address))
    }

    /// How long packets of the VPC are at most, bytes.
    pub(crate) fn mtu(&self) -> u32 {
        self.mtu
    }

    /// Makes the router as `map` wants it. Flows that are established go on, but for those of addresses that changed hands.
    pub(crate) fn follow(&mut self, map: &VpcMap) -> Result<(), RouterError> {
        let number = self.number;
        let failed = |error: NetlinkError| RouterError::Netlink { number, text: error.to_string() };
        // Rules first: what is reached anew is judged anew.
        let rules = rules::rules(map, self.underlay);
        // After a refusal nobody knows what is in force, and the next map is written whole.
        let script = match self.rules.take() {
            None => Some(rules.whole(conntrack::room())),
            Some(before) => before.change(&rules),
        };
        if let Some(script) = script {
            let ran = self.namespace.inside(|| Ok(spawn::nft(&script)));
            ran.map_err(|source| RouterError::Step {
                act: "enter the name space",
                number,
                source,
            })?
            .map_err(|source| RouterError::Rules { number, source })?;
        }
        let wanted = Wanted::of(map);
        conntrack::forget(&mut self.flows, &wanted.left(&self.wanted)).map_err(failed)?;
        self.addresses(&wanted).map_err(failed)?;
        self.hosts(&wanted).map_err(failed)?;
        self.lead_host(&wanted).map_err(failed)?;
        let left: BTreeSet<Ipv4Addr> =
            self.wanted.public.difference(&wanted.public).copied().collect();
        if !left.is_empty() {
            let of_host =
                Netlink::netfilter().and_then(|mut flows| conntrack::forget(&mut flows, &left));
            of_host.map_err(failed)?;
        }
        self.wanted = wanted;
        self.rules = Some(rules);
        Ok(())
    }

    /// Forgets what the last owner of an address had established. Where this agent made the router, [`Router::follow`] saw the owner go.
    pub(crate) fn renew(&mut self, address: Ipv4Addr) -> Result<(), NetlinkError> {
        if self.is_found { conntrack::forget(&mut self.flows, &[address].into()) } else { Ok(()) }
    }

    /// What an earlier agent left of what is compared with maps.
    fn found(&mut self) -> Result<Wanted, NetlinkError> {
        let mut found = Wanted::default();
        for (address, prefix, of) in link::networks(&mut self.inside)? {
            if of == Some(1) && prefix == 32 && !address.is_loopback() {
                found.addresses.insert(address);
            }
        }
        if let Some(overlay) = self.overlay {
            for Way { to, by, .. } in route::routes_out_of(&mut self.inside, overlay)? {
                found.remote.extend(by.filter(|_| to.prefix() == 32).map(|by| (to.base(), by)));
            }
        }
        let networks = link::networks(&mut self.outside)?;
        let known_as = self.known_as(&networks);
        for Way { to, sent_as, .. } in route::routes_out_of(&mut self.outside, self.uplink.outer)? {
            if to.prefix() != 31 && sent_as != known_as {
                // Of an agent whose host had another address: made anew when a map is followed.
                gone(self.outside.run(&[route::no_route_by(to, self.uplink.outer)]))?;
            } else if to.prefix() == 32 {
                found.public.insert(to.base());
            } else if to.prefix() < 31 {
                found.blocks.insert(to);
            }
        }
        Ok(found)
    }

    /// Gateways and resolver, and what is nowhere.
    fn addresses(&mut self, wanted: &Wanted) -> Result<(), NetlinkError> {
        for address in wanted.addresses.difference(&self.wanted.addresses) {
            there(self.inside.run(&[link::new_address(1, *address, 32)]))?;
        }
        for address in self.wanted.addresses.difference(&wanted.addresses) {
            gone(self.inside.run(&[route::no_address(1, *address, 32)]))?;
        }
        for block in &wanted.blocks {
            self.inside.run(&[route::unreachable(*block)])?;
        }
        for block in self.wanted.blocks.difference(&wanted.blocks) {
            gone(self.inside.run(&[route::not_unreachable(*block)]))?;
        }
        Ok(())
    }

    /// Other hosts, and the interfaces there.
    fn hosts(&mut self, wanted: &Wanted) -> Result<(), NetlinkError> {
        let own = self.underlay;
        let remote: BTreeMap<Ipv4Addr, Ipv4Addr> = wanted
            .remote
            .iter()
            .filter(|(_, by)| Some(**by) != own)
            .map(|(a, b)| (*a, *b))
            .collect();
        if remote.is_empty() && self.overlay.is_none() {
            return Ok(());
        }
        let Some(overlay) = self.overlay()? else { return Ok(()) };
        let before = self.wanted.remote.clone();
        let hosts = |of: &BTreeMap<Ipv4Addr, Ipv4Addr>| -> BTreeSet<Ipv4Addr> {
            of.values().copied().collect()
        };
        let mut messages: Vec<Message> = Vec::new();
        for host in hosts(&remote) {
            let mac = wanted::overlay_mac(host);
            messages.push(route::host_behind(overlay, mac, host));
            messages.push(link::known_neighbour(overlay, host, mac));
            messages.push(route::back_to(host, overlay));
        }
        for (address, host) in &remote {
            if before.get(address) != Some(host) {
                let to = Block::around(*address, 32);
                messages.push(route::route_by(to, *host, overlay, REPLACE));
            }
        }
        // What a host asks itself is answered over the overlay; what tasks ask of its other services goes their way out.
        there(self.inside.run(&[route::marked()]))?;
        for some in messages.chunks(MESSAGES_MAX) {
            self.inside.run(some)?;
        }
        for address in before.keys().filter(|address| !remote.contains_key(address)) {
            gone(self.inside.run(&[route::no_route_by(Block::around(*address, 32), overlay)]))?;
        }
        for host in hosts(&before).difference(&hosts(&remote)) {
            let mac = wanted::overlay_mac(*host);
            gone(self.inside.run(&[route::not_back_to(*host, overlay)]))?;
            gone(self.inside.run(&[route::no_host_behind(overlay, mac, *host)]))?;
            gone(self.inside.run(&[link::no_neighbour(overlay, *host)]))?;
        }
        Ok(())
    }

    /// The interface to other hosts, made when the first one is known. `None` where this host is not known to others.
    fn overlay(&mut self) -> Result<Option<u32>, NetlinkError> {
        if self.overlay.is_some() {
            return Ok(self.overlay);
        }
        let Some(local) = self.underlay else {
            tracing::warn!(
                vpc = self.number,
                "other hosts have interfaces of this VPC, and this one has no address for them: give the agent one with `--host-address`"
            );
            return Ok(None);
        };
        let file = open(&self.namespace)?;
        let made = self.outside.run(&[Overlay {
            name: OVERLAY,
            number: self.number,
            local,
            mac: wanted::overlay_mac(local),
            mtu: self.mtu,
            namespace: file.file().as_raw_fd(),
        }
        .message()]);
        match made {
            Err(error) if error.is(Errno::EXIST) => {
                tracing::warn!(
                    vpc = self.number,
                    "another agent in this host's network has the overlay of this VPC: its tasks and those of other hosts do not meet"
                );
                return Ok(None);
            }
            other => other?,
        }
        let overlay = link::index(&self.inside, OVERLAY)?.ok_or(NetlinkError::Short)?;
        self.inside.run(&[link::up(overlay, OVERLAY)])?;
        self.overlay = Some(overlay);
        Ok(self.overlay)
    }

    /// What the host's own packets come from: as other hosts know it, so that groups judge it the same everywhere.
    fn known_as(&self, networks: &[(Ipv4Addr, u8, Option<u32>)]) -> Option<Ipv4Addr> {
        self.underlay.filter(|it| networks.iter().any(|(own, ..)| own == it))
    }

    /// The host's own ways to tasks: to their addresses, unless the host's network has the same, and to public ones.
    fn lead_host(&mut self, wanted: &Wanted) -> Result<(), NetlinkError> {
        let Uplink { outer, router, .. } = self.uplink;
        let networks = link::networks(&mut self.outside)?;
        let known_as = self.known_as(&networks);
        let others: Vec<Block> = networks
            .into_iter()
            .filter(|(_, prefix, of)| *prefix > 0 && *of != Some(outer))
            .map(|(address, prefix, _)| Block::around(address, prefix))
            .collect();
        let is_free = |block: &Block| !others.iter().any(|other| other.overlaps(*block));
        let public = |all: &BTreeSet<Ipv4Addr>| -> BTreeSet<Block> {
            all.iter().map(|address| Block::around(*address, 32)).collect()
        };
        let mut to: BTreeSet<Block> = wanted.blocks.iter().copied().filter(is_free).collect();
        to.extend(public(&wanted.public));
        for block in &to {
            let way = route::route_by(*block, router, outer, EXCLUSIVE);
            there(self.outside.run(&[known_as.into_iter().fold(way, route::sent_as)]))?;
        }
        let mut before = self.wanted.blocks.clone();
        before.extend(public(&self.wanted.public));
        for block in before.difference(&to) {
            gone(self.outside.run(&[route::no_route_by(*block, outer)]))?;
        }
        Ok(())
    }
}

/// Messages that are sent in one datagram at most.
const MESSAGES_MAX: usize = 200;

/// It was there already: fine.
pub(crate) fn there(done: Result<(), NetlinkError>) -> Result<(), NetlinkError> {
    match done {
        Err(error) if !error.is(Errno::EXIST) => Err(error),
        _ => Ok(()),
    }
}

/// It was gone already: fine.
pub(crate) fn gone(done: Result<(), NetlinkError>) -> Result<(), NetlinkError> {
    let are_gone = [Errno::NOENT, Errno::NODEV, Errno::SRCH, Errno::ADDRNOTAVAIL];
    match done {
        Err(error) if !are_gone.iter().any(|errno| error.is(*errno)) => Err(error),
        _ => Ok(()),
    }
}

/// The file of a name space, for its descriptor.
pub(crate) fn open(namespace: &Namespace) -> Result<fs_err::File, NetlinkError> {
    fs_err::File::open(namespace.path())
        .map_err(|error| NetlinkError::Talk(Errno::from_io_error(&error).unwrap_or(Errno::IO)))
}

/// Kernel parameters of the calling thread's name space. Interfaces that come later take the defaults over.
fn settings() -> io::Result<()> {
    let all = [
        ("ipv4/ip_forward", "1"),
        // Nearly all that comes is for others: looking for a socket of the router's first is in vain.
        ("ipv4/ip_early_demux", "0"),
        // A source address that does not belong to the interface is dropped.
        ("ipv4/conf/all/rp_filter", "1"),
        ("ipv4/conf/default/rp_filter", "1"),
        ("ipv4/conf/all/src_valid_mark", "1"),
        ("ipv4/conf/all/accept_redirects", "0"),
        ("ipv4/conf/default/accept_redirects", "0"),
        ("ipv4/conf/all/send_redirects", "0"),
        ("ipv4/conf/default/send_redirects", "0"),
        // Nor is a way that the packet itself names.
        ("ipv4/conf/all/accept_source_route", "0"),
        ("ipv4/conf/default/accept_source_route", "0"),
        // For what several tasks send in pieces and never finish (`vpc::rules`).
        ("ipv4/ipfrag_high_thresh", "67108864"),
        ("ipv4/ipfrag_time", "5"),
        ("ipv4/conf/all/route_localnet", "0"),
        ("ipv4/conf/default/route_localnet", "0"),
        ("ipv4/conf/all/arp_ignore", "0"),
        ("ipv4/conf/default/arp_ignore", "0"),
        ("ipv4/conf/default/arp_filter", "0"),
        ("ipv4/conf/default/forwarding", "1"),
    ];
    namespace::set_for_ipv4(&all)
}
