//! The instance's nftables table: rules that are set up once and look into maps for what changes.
//!
//! Host ports go to containers for packets from outside and from this host alike, also by 127.0.0.1; containers reach the world, and
//! themselves by the host's ports.

use super::address::Subnet;
use super::endpoints::{INSTANCE, TASKS};
use super::port_map::map;
use crate::shim::protocol::Protocol;

/// The script for `nft -f -`: one transaction. Maps that are there keep their elements, for containers may run.
pub(crate) fn script(table: &str, bridge: &str, subnet: Subnet) -> String {
    let (tcp, udp) = (map(Protocol::Tcp), map(Protocol::Udp));
    let publish = format!(
        "fib daddr type local dnat ip addr . port to tcp dport map @{tcp}
        fib daddr type local dnat ip addr . port to udp dport map @{udp}"
    );
    // The first two lines make the table and each chain empty without touching the maps.
    let chains = ["guard", "prerouting", "output", "postrouting"];
    let heads = [
        "type filter hook prerouting priority raw; policy accept;",
        "type nat hook prerouting priority dstnat; policy accept;",
        "type nat hook output priority -100; policy accept;",
        "type nat hook postrouting priority srcnat; policy accept;",
    ];
    let mut text = format!("add table ip {table}\n");
    for (chain, head) in chains.iter().zip(heads) {
        text +=
            &format!("add chain ip {table} {chain} {{ {head} }}\nflush chain ip {table} {chain}\n");
    }
    text += &format!(
        "table ip {table} {{
    map {tcp} {{
        type inet_service : ipv4_addr . inet_service
    }}
    map {udp} {{
        type inet_service : ipv4_addr . inet_service
    }}
    chain guard {{
        # route_localnet is on for the bridge, so that 127.0.0.1 can lead to containers; it must not lead back.
        iifname \"{bridge}\" ip daddr 127.0.0.0/8 drop
        # Who is behind the bridge: containers, and the endpoints that the host itself asks.
        iifname \"{bridge}\" ip saddr != {{ {subnet}, {TASKS}, {INSTANCE} }} drop
    }}
    chain prerouting {{
        {publish}
    }}
    chain output {{
        {publish}
    }}
    chain postrouting {{
        ip saddr {subnet} oifname != \"{bridge}\" masquerade
        ip saddr 127.0.0.0/8 oifname \"{bridge}\" masquerade
        ip saddr {subnet} oifname \"{bridge}\" ct status dnat masquerade
    }}
}}
"
    );
    text
}

/// The script that takes the table away.
pub(crate) fn removal(table: &str) -> String {
    // Adding first makes a table that is not there no error.
    format!("add table ip {table}\ndelete table ip {table}\n")
}

/// What Docker's firewall needs to hear, from the listing of its forward chain: it drops what it does not know. `None` if nothing.
pub(crate) fn docker_exception(
    forward: &str,
    has_user_chain: bool,
    user: &str,
    bridge: &str,
) -> Option<String> {
    let drops = forward.contains("policy drop");
    let is_known = forward.contains(bridge) || user.contains(bridge);
    if !drops || is_known {
        return None;
    }
    let chain = if has_user_chain { "DOCKER-USER" } else { "FORWARD" };
    Some(format!(
        "insert rule ip filter {chain} iifname \"{bridge}\" counter accept
insert rule ip filter {chain} oifname \"{bridge}\" counter accept
"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dockers_drop_is_answered_once() {
        let forward = "chain FORWARD {\n type filter hook forward priority filter; policy drop;\n}";
        let script = docker_exception(forward, true, "", "lsbr0").expect("needed");
        assert!(script.contains("DOCKER-USER iifname \"lsbr0\""), "{script}");
        assert_eq!(docker_exception(forward, true, &script, "lsbr0"), None);
        assert_eq!(docker_exception("policy accept;", true, "", "lsbr0"), None);
        let without = docker_exception(forward, false, "", "lsbr0").expect("needed");
        assert!(without.contains("filter FORWARD oifname"), "{without}");
    }

    #[test]
    fn maps_are_never_flushed() {
        let text = script("ls_x", "lsbr0", "10.0.0.0/20".parse().expect("subnet"));
        assert!(!text.contains("flush table") && !text.contains("flush map"), "{text}");
        assert!(text.contains("ip saddr 10.0.0.0/20 oifname != \"lsbr0\" masquerade"), "{text}");
    }
}
