//! The texts for `nft -f -`: one transaction each.

use crate::{
    END_PREFIX, OVERLAY, TABLE, UPLINK,
    counting::{self, Action},
    rules::{MARKING, MARKING_HOOK, Rules},
    share, traffic,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

/// What never changes. The names in it that begin like the router's interfaces do are those interfaces. `room` is for how many flows
/// the kernel has room.
fn frame(room: u32) -> String {
    let [accepting, refusing] = [Action::Accept, Action::Reject].map(Action::watched);
    let (counting, pacing) = (share::counting("ipv4_addr"), share::PACING);
    let beyond = share::beyond_senders("flows", room);
    let few_pieces = share::few_pieces("pieces");
    let too_many = share::too_many_questions("questions");
    format!(
        "table ip {TABLE} {{
    set own {{
        type ifname . ether_addr . ipv4_addr
    }}
    set resolver {{
        type ipv4_addr
    }}
    set nat {{
        type ipv4_addr
    }}
    set gateway {{
        type ipv4_addr
    }}
    map public {{
        type ipv4_addr : ipv4_addr
    }}
    map private {{
        type ipv4_addr : ipv4_addr
    }}
    set {accepting} {{
        type ipv4_addr
    }}
    set {refusing} {{
        type ipv4_addr
    }}
    set flows {{
        {counting}
    }}
    set pieces {{
        {pacing}
    }}
    set questions {{
        {pacing}
    }}
    map egress {{
        type ifname : verdict
    }}
    map ingress {{
        type ifname : verdict
    }}
    chain outside {{
        # Nobody passes through a VPC, and neither the host's own links nor groups of hosts are the world.
        iifname {{ \"{UPLINK}\", \"{OVERLAY}\" }} drop
        ip daddr {{ 127.0.0.0/8, 169.254.0.0/16, 224.0.0.0/3 }} drop
        ip saddr @nat accept
        ip saddr @gateway accept
        drop
    }}
    chain ingress {{
    }}
    chain abroad {{
    }}
    chain guard {{
        # Before pieces are put together: nobody gets one into the packet of another.
        type filter hook prerouting priority -450; policy accept;
        iifname \"{END_PREFIX}*\" ip frag-off & 0x3fff == 0 iifname . ether saddr . ip saddr @own accept
        iifname \"{END_PREFIX}*\" iifname . ether saddr . ip saddr @own {few_pieces} accept
        iifname \"{END_PREFIX}*\" drop
    }}
    chain errors {{
        # About a flow only who is an end of it has something to say.
        iifname != \"{END_PREFIX}*\" accept
        iifname . ether saddr . ct original ip saddr @own accept
        iifname . ether saddr . ct original ip daddr @own accept
        iifname . ether saddr . ct reply ip saddr @own accept
        drop
    }}
    chain forward {{
        type filter hook forward priority filter; policy drop;
        ct state established accept
        ct state invalid drop
        ct state related goto errors
        iifname \"{END_PREFIX}*\" {beyond}
        tcp flags & (syn|rst) == syn tcp option maxseg size set rt mtu
        iifname vmap @egress
        iifname {{ \"{OVERLAY}\", \"{UPLINK}\" }} goto ingress
    }}
    chain input {{
        type filter hook input priority filter; policy drop;
        iifname \"{END_PREFIX}*\" {too_many} drop
        ct state established,related accept
        iifname \"{END_PREFIX}*\" {beyond}
        iifname \"{END_PREFIX}*\" ip daddr @resolver meta l4proto {{ tcp, udp }} th dport 53 accept
    }}
    chain arriving {{
        type nat hook prerouting priority dstnat; policy accept;
        dnat to ip daddr map @private
    }}
    chain leaving {{
        type nat hook postrouting priority srcnat; policy accept;
        iifname \"{UPLINK}\" oifname \"{OVERLAY}\" goto abroad
        oifname \"{UPLINK}\" snat to ip saddr map @public
        oifname \"{UPLINK}\" ip saddr @nat masquerade
    }}
}}
"
    )
}

impl Rules {
    /// The script that puts a table with these rules in the place of whatever is there, where the kernel has `room` for so many flows.
    pub fn whole(&self, room: u32) -> String {
        // Adding first makes a table that is not there no error.
        let mut text = format!("add table ip {TABLE}\ndelete table ip {TABLE}\n{}", frame(room));
        text += &Self::default().change(self).unwrap_or_default();
        text
    }

    /// The script that makes a table with these rules one with the rules `to`; `None` if they are the same.
    pub fn change(&self, to: &Self) -> Option<String> {
        let mut text = String::new();
        let mut line = |words: String| writeln!(text, "{words}").expect("a String takes it");
        for name in to.chains.keys().filter(|name| !self.chains.contains_key(*name)) {
            let hook = match name.as_str() {
                counting::PASSED => format!(" {{ {} }}", counting::PASSED_HOOK),
                MARKING => format!(" {{ {MARKING_HOOK} }}"),
                _ => String::new(),
            };
            line(format!("add chain ip {TABLE} {name}{hook}"));
        }
        for id in to.sets.keys().filter(|id| !self.sets.contains_key(*id)) {
            let flags = if traffic::is_group(id) { "" } else { " flags interval;" };
            line(format!("add set ip {TABLE} {id} {{ type ipv4_addr;{flags} }}"));
        }
        let (counted, to_count) = (self.counting_sets(), to.counting_sets());
        for (id, what) in to_count.iter().filter(|(id, _)| !counted.contains_key(*id)) {
            line(format!("add set ip {TABLE} {id} {what}"));
        }
        let (before, after) = (self.elements(), to.elements());
        let none = BTreeSet::new();
        for (set, wanted) in &after {
            let there = before.get(set).unwrap_or(&none);
            let (gone, new): (Vec<_>, Vec<_>) =
                (there.difference(wanted).collect(), wanted.difference(there).collect());
            for (act, some) in [("delete", gone), ("add", new)] {
                if !some.is_empty() {
                    let list: Vec<&str> = some.into_iter().map(String::as_str).collect();
                    line(format!("{act} element ip {TABLE} {set} {{ {} }}", list.join(", ")));
                }
            }
        }
        for (name, body) in
            to.chains.iter().filter(|(name, body)| self.chains.get(*name) != Some(body))
        {
            if self.chains.contains_key(name) {
                line(format!("flush chain ip {TABLE} {name}"));
            }
            for rule in body {
                line(format!("add rule ip {TABLE} {name} {rule}"));
            }
        }
        let gone: Vec<&String> =
            self.chains.keys().filter(|name| !to.chains.contains_key(*name)).collect();
        // All are emptied before the first goes, for they jump to each other.
        for act in ["flush", "delete"] {
            for name in &gone {
                line(format!("{act} chain ip {TABLE} {name}"));
            }
        }
        let sets = self.sets.keys().filter(|id| !to.sets.contains_key(*id));
        for id in sets.chain(counted.keys().filter(|id| !to_count.contains_key(*id))) {
            line(format!("delete set ip {TABLE} {id}"));
        }
        (!text.is_empty()).then_some(text)
    }

    /// Where flows are counted. What is in there is the kernel's.
    fn counting_sets(&self) -> BTreeMap<String, String> {
        counting::sets(&self.watched.keys().copied().collect::<Vec<_>>())
    }

    /// What is in each set and map of the table, but for those that flows are counted in.
    fn elements(&self) -> BTreeMap<&str, BTreeSet<String>> {
        let pairs = |map: &BTreeMap<_, _>| map.iter().map(|(a, b)| format!("{a} : {b}")).collect();
        let judged = |map: &BTreeMap<String, String>| {
            map.iter().map(|(end, chain)| format!("\"{end}\" : goto {chain}")).collect()
        };
        let own =
            self.own.iter().map(|(end, mac, address)| format!("\"{end}\" . {mac} . {address}"));
        let watched = |action| -> BTreeSet<String> {
            self.watched.get(&action).into_iter().flatten().map(ToString::to_string).collect()
        };
        let back = self.public.iter().map(|(private, public)| (*public, *private)).collect();
        let mut all: BTreeMap<&str, BTreeSet<String>> = BTreeMap::from([
            ("own", own.collect()),
            ("resolver", self.resolver.iter().map(ToString::to_string).collect()),
            ("nat", self.nat.iter().map(ToString::to_string).collect()),
            ("gateway", self.public.keys().map(ToString::to_string).collect()),
            ("public", pairs(&self.public)),
            ("private", pairs(&back)),
            (Action::Accept.watched(), watched(Action::Accept)),
            (Action::Reject.watched(), watched(Action::Reject)),
            ("egress", judged(&self.egress)),
            ("ingress", judged(&self.ingress)),
        ]);
        for (id, blocks) in &self.sets {
            let words = blocks.iter().map(|block| {
                if block.prefix() == 32 { block.base().to_string() } else { block.to_string() }
            });
            all.insert(id, words.collect());
        }
        all
    }
}
