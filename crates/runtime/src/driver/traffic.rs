//! What went through the interfaces of containers, from the kernel's tables.

use agent::endpoint::Traffic;
use std::collections::BTreeMap;

/// The interfaces in `/proc/{pid}/net/dev` but loopback and the one to the agent (proc_pid_net(5)).
pub(super) fn interfaces(text: &str) -> BTreeMap<String, Traffic> {
    let of = |line: &str| {
        let (name, counts) = line.split_once(':')?;
        let counts: Vec<u64> =
            counts.split_whitespace().filter_map(|word| word.parse().ok()).collect();
        let four = |from: usize| counts.get(from..from + 4)?.try_into().ok();
        Some((name.trim().to_owned(), Traffic { received: four(0)?, sent: four(8)? }))
    };
    let all = text.lines().filter_map(of);
    all.filter(|(name, _)| !["lo", "ecs-eth0"].contains(&name.as_str())).collect()
}

/// What the container received and sent: what the host's end sent and received.
pub(super) fn of_host_end(host_end: &str) -> Option<Traffic> {
    let read = |name: &str| counter(host_end, name);
    let all = |way: &str| -> Option<[u64; 4]> {
        Some([
            read(&format!("{way}_bytes"))?,
            read(&format!("{way}_packets"))?,
            read(&format!("{way}_errors"))?,
            read(&format!("{way}_dropped"))?,
        ])
    };
    Some(Traffic { received: all("tx")?, sent: all("rx")? })
}

/// The bytes of it alone.
pub(super) fn bytes_of_host_end(host_end: &str) -> Option<(u64, u64)> {
    Some((counter(host_end, "tx_bytes")?, counter(host_end, "rx_bytes")?))
}

fn counter(interface: &str, name: &str) -> Option<u64> {
    let path = format!("/sys/class/net/{interface}/statistics/{name}");
    fs_err::read_to_string(path).ok()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_bytes_packets_errors_and_drops() {
        let text = "Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo:     900       9    0    0    0     0          0         0      900       9    0    0    0     0       0          0
  eth0:    1000      10    1    2    0     0          0         0     2000      20    3    4    0     0       0          0
ecs-eth0:    50       5    0    0    0     0          0         0       50       5    0    0    0     0       0          0
";
        let eth0 = Traffic { received: [1000, 10, 1, 2], sent: [2000, 20, 3, 4] };
        assert_eq!(interfaces(text), BTreeMap::from([("eth0".to_owned(), eth0)]));
    }
}
