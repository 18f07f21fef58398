//! What a VPC's map allows, as the named parts of a router's firewall table.
//!
//! ```text
//! from a task ─▶ guard: address and MAC are the interface's ─▶ (established: through)
//!      ─▶ out/<its groups> ─▶ ingress ─▶ a task of this host: in/<its groups>
//!                                    ├▶ overlay: its host asks its groups
//!                                    └▶ uplink: outside, for who has a way out
//! from overlay or uplink ─▶ ingress
//! from uplink ─▶ overlay: from the host itself, as the address that other hosts know it by (`abroad`)
//! ```
//! Where interfaces have flow logs, flows are counted on the way (`counting`).
//! Invariant: what no rule allows is dropped. Parts are compared by value, so that a change writes what changed and nothing else
//! (`whole`, `change`): flows that are established are the kernel's knowledge and stay, as EC2's tracked connections do.

use crate::{
    END_PREFIX, HOST_MARK, OVERLAY, UPLINK,
    counting::{self, Action},
    end_of, mac, traffic, wanted,
};
use domain::{
    block::Block,
    flow_log::FlowTraffic,
    link::network::{GroupMap, InterfaceMap, Outside, VpcMap},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    net::Ipv4Addr,
};
use traffic::Direction;

/// The changing parts of a router's firewall.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// Members of groups and blocks of prefix lists that rules name, by id.
    pub(crate) sets: BTreeMap<String, Vec<Block>>,
    /// Of each group that interfaces are in, and of each combination of groups that an interface has, in both directions.
    pub(crate) chains: BTreeMap<String, Vec<String>>,
    /// End, MAC and address of each interface.
    pub(crate) own: BTreeSet<(String, String, Ipv4Addr)>,
    /// The chain that judges what comes from an end.
    pub(crate) egress: BTreeMap<String, String>,
    /// The chain that judges what goes to one.
    pub(crate) ingress: BTreeMap<String, String>,
    /// Who reaches the outside by a NAT gateway.
    pub(crate) nat: BTreeSet<Ipv4Addr>,
    /// Who does by a public address of its own, and which.
    pub(crate) public: BTreeMap<Ipv4Addr, Ipv4Addr>,
    /// Where the resolver listens.
    pub(crate) resolver: BTreeSet<Ipv4Addr>,
    /// The hosts of interfaces elsewhere: what they send themselves is answered over the overlay.
    pub(crate) hosts: BTreeSet<Ipv4Addr>,
    /// The address by which they know this one.
    pub(crate) host: Option<Ipv4Addr>,
    /// Whose flows are counted, by what became of them.
    pub(crate) watched: BTreeMap<Action, BTreeSet<Ipv4Addr>>,
}

/// The chain that marks what hosts send themselves, and the answers: their way is another one (`wanted`).
pub(crate) const MARKING: &str = "marking";
/// What the hook of [`MARKING`] is: before routes are looked for.
pub(crate) const MARKING_HOOK: &str = "type filter hook prerouting priority mangle; policy accept;";

/// What `map` says about the interfaces of this host, which others know by the address `host`.
pub fn rules(map: &VpcMap, host: Option<Ipv4Addr>) -> Rules {
    let sets: BTreeMap<String, Vec<Block>> = map
        .sets
        .iter()
        .filter(|(id, _)| traffic::is_name(id))
        .map(|(id, members)| (id.clone(), disjoint(members)))
        .map(|(id, mut blocks)| {
            if traffic::is_group(&id) {
                blocks.retain(|block| block.prefix() == 32);
            }
            (id, blocks)
        })
        .collect();
    let resolver = wanted::resolver(map).into_iter().filter(|_| map.dns_support).collect();
    let others = map.interfaces.iter().filter_map(|it| it.host).filter(|it| Some(*it) != host);
    let hosts = others.collect();
    let mut rules = Rules { sets, resolver, hosts, host, ..Rules::default() };
    let outside: BTreeMap<&str, Outside> =
        map.subnets.iter().map(|subnet| (subnet.id.as_str(), subnet.outside)).collect();
    for interface in map.interfaces.iter().filter(|interface| interface.host.is_none()) {
        rules.interface(map, interface);
        let way = outside.get(interface.subnet.as_str()).copied().unwrap_or_default();
        match (way, interface.public_address) {
            (Outside::Gateway, Some(public)) => {
                rules.public.insert(interface.address, public);
            }
            (Outside::Nat, _) => {
                rules.nat.insert(interface.address);
            }
            (Outside::None, _) | (Outside::Gateway, None) => {}
        }
    }
    rules.fixed_chains();
    rules
}

impl Rules {
    /// Whether the interface with this address has a way out of the VPC.
    pub fn lead_out(&self, address: Ipv4Addr) -> bool {
        self.nat.contains(&address) || self.public.contains_key(&address)
    }

    fn interface(&mut self, map: &VpcMap, interface: &InterfaceMap) {
        // Without a MAC that is one, nothing from it is let through.
        if mac(&interface.mac).is_none() {
            return;
        }
        for log in &interface.flow_logs {
            let actions: &[Action] = match log.traffic {
                FlowTraffic::Accept => &[Action::Accept],
                FlowTraffic::Reject => &[Action::Reject],
                FlowTraffic::All => &[Action::Accept, Action::Reject],
            };
            for action in actions {
                self.watched.entry(*action).or_default().insert(interface.address);
            }
        }
        let end = end_of(interface.address);
        self.own.insert((end.clone(), interface.mac.to_ascii_lowercase(), interface.address));
        let groups: BTreeSet<&str> =
            interface.groups.iter().map(String::as_str).filter(|id| traffic::is_name(id)).collect();
        for direction in [Direction::Out, Direction::In] {
            let mut name = direction.word().to_owned();
            let mut body = Vec::new();
            for group in &groups {
                name = format!("{name}/{group}");
                body.push(format!("jump {}", self.group(map, group, direction)));
            }
            body.push(format!("goto {}", refused(direction)));
            self.chains.entry(name.clone()).or_insert(body);
            let ends = match direction {
                Direction::Out => &mut self.egress,
                Direction::In => &mut self.ingress,
            };
            ends.insert(end.clone(), name);
        }
    }

    /// The chains that are always there, with what counts flows where any are counted.
    fn fixed_chains(&mut self) {
        let watched: Vec<Action> = self.watched.keys().copied().collect();
        let note = |action, direction| watched.contains(&action).then(|| action.note(direction));
        for direction in [Direction::Out, Direction::In] {
            // What may not go in was let out by its sender's groups, and counted so before.
            let body = note(Action::Reject, direction).into_iter().chain(["drop".to_owned()]);
            self.chains.insert(refused(direction).to_owned(), body.collect());
        }
        let ways = [
            "oifname vmap @ingress".to_owned(),
            format!("iifname != \"{OVERLAY}\" oifname \"{OVERLAY}\" accept"),
            format!("oifname \"{UPLINK}\" goto outside"),
            "drop".to_owned(),
        ];
        let body = note(Action::Accept, Direction::Out).into_iter().chain(ways);
        self.chains.insert("ingress".to_owned(), body.collect());
        self.chains.extend(counting::chains(&watched));
        // A task asks others by its own address, a host by the one that they find it behind.
        let known_as = self.host.map(|host| format!("snat to {host}"));
        self.chains.insert("abroad".to_owned(), known_as.into_iter().collect());
        if !self.hosts.is_empty() {
            let hosts: Vec<String> = self.hosts.iter().map(ToString::to_string).collect();
            let marks = [
                format!(
                    "iifname \"{OVERLAY}\" ip saddr {{ {} }} meta mark set {HOST_MARK} ct mark set {HOST_MARK}",
                    hosts.join(", ")
                ),
                format!("iifname \"{END_PREFIX}*\" ct mark {HOST_MARK} meta mark set {HOST_MARK}"),
            ];
            self.chains.insert(MARKING.to_owned(), marks.into());
        }
    }

    /// The chain of a group's rules in one direction. A group that the map does not have allows nothing.
    fn group(&mut self, map: &VpcMap, id: &str, direction: Direction) -> String {
        let name = format!("of-{}/{id}", direction.word());
        if !self.chains.contains_key(&name) {
            let empty = GroupMap::default();
            let group = map.groups.get(id).unwrap_or(&empty);
            let (rules, verdict) = match direction {
                Direction::Out => (&group.egress, "goto ingress"),
                Direction::In => (&group.ingress, "accept"),
            };
            let words: BTreeSet<String> = rules
                .iter()
                .filter_map(|rule| traffic::matches(rule, direction, &self.sets))
                .map(|matching| format!("{matching} {verdict}").trim_start().to_owned())
                .collect();
            self.chains.insert(name.clone(), words.into_iter().collect());
        }
        name
    }
}

/// The chain for what no group allows.
fn refused(direction: Direction) -> &'static str {
    match direction {
        Direction::Out => "refused/out",
        Direction::In => "refused/in",
    }
}

/// The blocks that are not in another one of them, in order. An address alone is a block of one.
fn disjoint(members: &[String]) -> Vec<Block> {
    let read = |text: &String| match text.parse::<Ipv4Addr>() {
        Ok(address) => Some(Block::around(address, 32)),
        Err(_) => Block::parse_loose(text).ok(),
    };
    let mut blocks: Vec<Block> = members.iter().filter_map(read).collect();
    // A block comes right before those that it covers.
    blocks.sort();
    let mut kept: Vec<Block> = Vec::new();
    for block in blocks {
        if kept.last().is_none_or(|last| !last.covers(block)) {
            kept.push(block);
        }
    }
    kept
}

#[cfg(test)]
mod tests;
