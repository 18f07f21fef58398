//! The host's side of all routers: one firewall table, set up once, and the parts of it that change.
//!
//! From tasks the host's own services are out of reach: what comes from a router and is for the host itself is dropped, but for answers. Ports that
//! containers publish are not the host's own: those packets are passed on. Into a VPC comes what is for a public address, and what containers on
//! the bridge send; the host's own processes are not asked here, but by the security groups. Into a VPC's overlay comes what its other hosts send, and
//! what tasks and containers send to other hosts' overlays stays here: it would come as this host's word.

use crate::share;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    net::Ipv4Addr,
};

/// The names that the rules are about.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    /// The table.
    pub table: &'a str,
    /// What the host's ends of routers' uplinks begin with.
    pub uplinks: &'a str,
    /// The bridge of containers without an interface of their own.
    pub bridge: &'a str,
}

/// Where hosts hear overlays (RFC 7348).
const OVERLAY_PORT: u16 = 4789;
/// The set of public addresses.
const PUBLIC: &str = "public";
/// The chain that judges what comes for overlays.
const OVERLAYS: &str = "overlays";

/// What changes with the VPCs on this host.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Open {
    /// Public addresses of tasks.
    pub public: BTreeSet<Ipv4Addr>,
    /// The other hosts of each VPC, by its number.
    pub hosts: BTreeMap<u32, BTreeSet<Ipv4Addr>>,
}

/// The script that sets the table up, where the kernel has `room` for so many flows. What changes stays as it is.
pub fn script(names: Names<'_>, room: u32) -> String {
    let Names { table, uplinks, bridge } = names;
    let [senders, vpcs] = ["ipv4_addr", "ifname"].map(share::counting);
    let beyond_senders = share::beyond_senders("senders", room);
    let beyond_vpcs = share::beyond_vpcs("vpcs", room);
    let mut text = format!("add table ip {table}\n");
    let chains = [
        ("input", "type filter hook input priority filter; policy accept;"),
        ("forward", "type filter hook forward priority filter; policy accept;"),
        ("leaving", "type nat hook postrouting priority srcnat; policy accept;"),
    ];
    for (chain, head) in chains {
        writeln!(text, "add chain ip {table} {chain} {{ {head} }}\nflush chain ip {table} {chain}")
            .expect("a String takes it");
    }
    text += &format!(
        "table ip {table} {{
    set {PUBLIC} {{
        type ipv4_addr
    }}
    set senders {{
        {senders}
    }}
    set vpcs {{
        {vpcs}
    }}
    chain {OVERLAYS} {{
        type filter hook input priority filter; policy accept;
    }}
    chain input {{
        ct state established,related accept
        iifname \"{bridge}\" udp dport {OVERLAY_PORT} drop
        iifname \"{bridge}\" {beyond_senders}
        iifname != \"{uplinks}*\" accept
        icmp type echo-request accept
        drop
    }}
    chain forward {{
        # Other hosts take what has this one's address for its word.
        iifname \"{uplinks}*\" udp dport {OVERLAY_PORT} drop
        iifname \"{bridge}\" oifname != \"{bridge}\" udp dport {OVERLAY_PORT} drop
        ct state established,related accept
        iifname \"{bridge}\" {beyond_senders}
        iifname \"{uplinks}*\" {beyond_vpcs}
        oifname \"{uplinks}*\" ip daddr @{PUBLIC} accept
        oifname \"{uplinks}*\" iifname \"{bridge}\" accept
        oifname \"{uplinks}*\" drop
        iifname != \"{uplinks}*\" accept
        ct status dnat accept
        oifname \"{bridge}\" drop
        ip daddr 169.254.0.0/16 drop
    }}
    chain leaving {{
        iifname \"{uplinks}*\" oifname != \"{uplinks}*\" masquerade
    }}
}}
"
    );
    text
}

impl Open {
    /// The script that puts this in the place of what was open before.
    pub fn script(&self, table: &str) -> String {
        let list = |all: &BTreeSet<Ipv4Addr>| -> String {
            all.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
        };
        let mut text =
            format!("flush set ip {table} {PUBLIC}\nflush chain ip {table} {OVERLAYS}\n");
        let mut line = |words: String| writeln!(text, "{words}").expect("a String takes it");
        if !self.public.is_empty() {
            line(format!("add element ip {table} {PUBLIC} {{ {} }}", list(&self.public)));
        }
        for (number, hosts) in &self.hosts {
            // The VPC's number in a VXLAN header, behind that of UDP (RFC 7348 §5).
            let others = match list(hosts) {
                none if none.is_empty() => none,
                some => format!("ip saddr != {{ {some} }} "),
            };
            line(format!(
                "add rule ip {table} {OVERLAYS} udp dport {OVERLAY_PORT} @th,96,24 {number} {others}drop"
            ));
        }
        text
    }
}

/// The script that takes the table away.
pub fn removal(table: &str) -> String {
    format!("add table ip {table}\ndelete table ip {table}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_keeps_its_set_and_the_set_is_replaced_whole() {
        let names = Names { table: "t", uplinks: "u1", bridge: "b" };
        let text = script(names, 262_144);
        assert!(!text.contains("flush set") && !text.contains("delete table"), "{text}");
        assert_eq!(
            Open::default().script("t"),
            "flush set ip t public\nflush chain ip t overlays\n"
        );
    }

    #[test]
    fn overlays_hear_the_vpcs_other_hosts_alone() {
        let [one, other] = [Ipv4Addr::new(192, 0, 2, 1), Ipv4Addr::new(192, 0, 2, 2)];
        let open = Open {
            public: [Ipv4Addr::new(203, 0, 113, 5)].into(),
            hosts: [(7, [one, other].into()), (8, BTreeSet::new())].into(),
        };
        expect_test::expect![[r#"
            flush set ip t public
            flush chain ip t overlays
            add element ip t public { 203.0.113.5 }
            add rule ip t overlays udp dport 4789 @th,96,24 7 ip saddr != { 192.0.2.1, 192.0.2.2 } drop
            add rule ip t overlays udp dport 4789 @th,96,24 8 drop
        "#]].assert_eq(&open.script("t"));
    }
}
