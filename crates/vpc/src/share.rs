//! How much of what all share one sender may have: flows in the kernel's table of them, questions to the resolver, packets in pieces.
//!
//! The kernel counts a sender's flows in lists, one of which it walks through for each new flow. So the flows of a sender are in many lists, by
//! chance, and each list has its limit: about a sender's share of flows is what it can have before the first is refused.

/// Lists of a sender.
const LISTS: u32 = 512;
/// Senders' lists that a table counts in; what comes above that is not counted.
const LISTS_MAX: u32 = 1 << 18;
/// Chance puts more into some lists than into others: by that much, in halves.
const SPREAD_HALVES: u32 = 3;
/// Questions to the resolver that an interface sends in a second, as in EC2.
const QUESTIONS_PER_S: u32 = 1024;
/// Packets in pieces that it sends in a second: who puts them together has room for so many.
const PIECES_PER_S: u32 = 1024;
/// The parts that share a table's flows: whoever holds one of them fills no table.
const SENDERS: u32 = 8;
/// The same for whole VPCs, in the host's table.
const VPCS: u32 = 4;

/// What a set is that counts flows by keys of this type.
pub(crate) fn counting(key: &str) -> String {
    format!("type {key} . mark; size {LISTS_MAX}; flags dynamic;")
}

/// What a set is that counts packets in time by the interface that they come from.
pub(crate) const PACING: &str = "type ifname; size 65535; flags dynamic,timeout; timeout 1m;";

/// Refuses a new flow beyond the share of `key`, where a table has `room` for all.
fn beyond(set: &str, key: &str, room: u32, parts: u32) -> String {
    let each = (room / parts / LISTS * SPREAD_HALVES / 2).max(SPREAD_HALVES);
    format!(
        "add @{set} {{ {key} . jhash ip daddr . th sport . th dport mod {LISTS} ct count over {each} }} drop"
    )
}

/// Refuses a new flow beyond the share of its sender's address.
pub(crate) fn beyond_senders(set: &str, room: u32) -> String {
    beyond(set, "ip saddr", room, SENDERS)
}

/// Refuses a new flow beyond the share of the VPC that it comes from.
pub(crate) fn beyond_vpcs(set: &str, room: u32) -> String {
    beyond(set, "iifname", room, VPCS)
}

/// Matches questions beyond what an interface may ask in a second.
pub(crate) fn too_many_questions(set: &str) -> String {
    let burst = 2 * QUESTIONS_PER_S;
    format!(
        "update @{set} {{ iifname limit rate over {QUESTIONS_PER_S}/second burst {burst} packets }}"
    )
}

/// Matches packets in pieces as long as an interface sends no more of them than it may.
pub(crate) fn few_pieces(set: &str) -> String {
    let burst = 2 * PIECES_PER_S;
    format!("update @{set} {{ iifname limit rate {PIECES_PER_S}/second burst {burst} packets }}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_sender_has_a_part_of_the_room_and_always_some() {
        let each = |room| {
            let text = beyond_senders("s", room);
            text.split(' ').rev().nth(2).map(str::to_owned)
        };
        assert_eq!(each(262_144).as_deref(), Some("96"));
        assert_eq!(each(65_536).as_deref(), Some("24"));
        assert_eq!(each(0).as_deref(), Some("3"));
        assert!(beyond_vpcs("s", 262_144).contains("over 192 "));
    }
}
