//! Tables and words for people. Programs get the API's own JSON.

use comfy_table::{Table, presets};
use domain::time::{Millis, Timestamp};
use serde_json::Value as Json;

/// A table without lines, as `docker ps` and `kubectl get` print theirs.
pub(crate) fn table(header: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header(header);
    table
}

/// Prints a table without the spaces at the ends of its lines.
pub(crate) fn print(table: &Table) {
    for line in table.to_string().lines() {
        anstream::println!("{}", line.trim().trim_end());
    }
}

/// Prints JSON for programs.
pub(crate) fn print_json(value: &Json) {
    anstream::println!("{value:#}");
}

/// A length of time in its two greatest units, such as `3m 12s`.
pub(crate) fn length(time: Millis) -> String {
    let s = time.0.max(0) / 1000;
    match s {
        0..60 => format!("{s}s"),
        60..3600 => format!("{}m {}s", s / 60, s % 60),
        3600..86_400 => format!("{}h {}m", s / 3600, s % 3600 / 60),
        _ => format!("{}d {}h", s / 86_400, s % 86_400 / 3600),
    }
}

/// How long ago an API timestamp was, or a dash.
pub(crate) fn ago(time: &Json, now: Timestamp) -> String {
    time.as_f64()
        .map_or_else(|| "-".into(), |seconds| length(now - Timestamp::from_seconds(seconds)))
}

/// Bytes in the greatest unit that leaves at least one, such as `4.2 MB`.
pub(crate) fn size(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["B", "kB", "MB", "GB", "TB"];
    let mut amount = bytes as f64;
    let mut unit = 0;
    while amount >= 1000.0 && unit + 1 < UNITS.len() {
        amount /= 1000.0;
        unit += 1;
    }
    if unit == 0 { format!("{bytes} B") } else { format!("{amount:.1} {}", UNITS[unit]) }
}

#[cfg(test)]
mod tests {
    use super::{length, size};
    use domain::time::Millis;

    #[test]
    fn times_and_sizes_read_as_people_say_them() {
        assert_eq!(length(Millis(59_999)), "59s");
        assert_eq!(length(Millis(192_000)), "3m 12s");
        assert_eq!(length(Millis(90_000_000)), "1d 1h");
        assert_eq!(size(999), "999 B");
        assert_eq!(size(4_200_000), "4.2 MB");
    }
}
