//! The host's side of all routers: one firewall table, set up once, with a set of what changes.
//!
//! From tasks the host's own services are out of reach: what comes from a router and is for the host itself is dropped, but for answers. Ports that
//! containers publish are not the host's own: those packets are passed on. Into a VPC comes what is for a public address, and what containers on
//! the bridge send; the host's own processes are not asked here, but by the security groups.

use std::{fmt::Write as _, net::Ipv4Addr};

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

/// The set of public addresses.
const PUBLIC: &str = "public";

/// The script that sets the table up. The set keeps what it has.
pub fn script(names: Names<'_>) -> String {
    let Names { table, uplinks, bridge } = names;
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
    chain input {{
        iifname != \"{uplinks}*\" accept
        ct state established,related accept
        icmp type echo-request accept
        drop
    }}
    chain forward {{
        ct state established,related accept
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

/// The script that makes the public addresses `all`.
pub fn public(table: &str, all: impl IntoIterator<Item = Ipv4Addr>) -> String {
    let list: Vec<String> = all.into_iter().map(|address| address.to_string()).collect();
    let mut text = format!("flush set ip {table} {PUBLIC}\n");
    if !list.is_empty() {
        writeln!(text, "add element ip {table} {PUBLIC} {{ {} }}", list.join(", "))
            .expect("a String takes it");
    }
    text
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
        let text = script(names);
        assert!(!text.contains("flush set") && !text.contains("delete table"), "{text}");
        let one = public("t", [Ipv4Addr::new(203, 0, 113, 5)]);
        assert_eq!(one, "flush set ip t public\nadd element ip t public { 203.0.113.5 }\n");
        assert_eq!(public("t", []), "flush set ip t public\n");
    }
}
