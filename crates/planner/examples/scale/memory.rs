//! How much memory this process has, as the kernel counts it.

/// Bytes that are in memory now.
pub(crate) fn resident() -> u64 {
    line("VmRSS:")
}

/// The most that ever was.
pub(crate) fn peak() -> u64 {
    line("VmHWM:")
}

fn line(name: &str) -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").expect("Linux tells it");
    let line = text.lines().find_map(|line| line.strip_prefix(name)).expect("it is a line");
    let kibibytes = line.split_whitespace().next().and_then(|number| number.parse::<u64>().ok());
    kibibytes.expect("a number") * 1024
}
