//! Tables, colours and words for people. Programs get the API's own JSON.
//!
//! Colour is never the only sign of anything: it is left out where the output is not a terminal.

use comfy_table::{Table, presets};
use domain::time::{Millis, Timestamp};
use owo_colors::OwoColorize;
use serde_json::Value as Json;

/// How a line should strike the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// As any other text.
    Plain,
    /// As it should be.
    Good,
    /// On its way.
    Going,
    /// Not as it should be.
    Bad,
    /// Beside the point.
    Faint,
    /// A title.
    Strong,
}

/// `text` in a tone.
pub(crate) fn paint(text: &str, tone: Tone) -> String {
    match tone {
        Tone::Plain => text.to_owned(),
        Tone::Good => text.green().to_string(),
        Tone::Going => text.yellow().to_string(),
        Tone::Bad => text.red().bold().to_string(),
        Tone::Faint => text.dimmed().to_string(),
        Tone::Strong => text.bold().to_string(),
    }
}

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

/// A table's lines: its header, then a line a row in the row's tone.
pub(crate) fn lines(table: &Table, tones: &[Tone]) -> Vec<String> {
    let text = table.to_string();
    let lines = text.lines().map(|line| line.trim().trim_end());
    let tones = std::iter::once(Tone::Plain).chain(tones.iter().copied());
    lines
        .zip(tones.chain(std::iter::repeat(Tone::Plain)))
        .map(|(it, tone)| paint(it, tone))
        .collect()
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

/// A moment of the API as `2026-11-21 13:20:11Z`, or a dash.
pub(crate) fn moment(time: &Json) -> String {
    written(time, "%Y-%m-%d %H:%M:%SZ")
}

/// The same without the day, where the day is plain from what is around it.
pub(crate) fn clock(time: &Json) -> String {
    written(time, "%H:%M:%SZ")
}

fn written(time: &Json, form: &str) -> String {
    let ms = time.as_f64().map(|seconds| Timestamp::from_seconds(seconds).0);
    let moment = ms.and_then(|ms| jiff::Timestamp::from_millisecond(ms).ok());
    moment.map_or_else(|| "-".into(), |moment| moment.strftime(form).to_string())
}

/// What comes last in an ARN, or a dash.
pub(crate) fn last_part(arn: &Json) -> &str {
    arn.as_str().and_then(|arn| arn.rsplit('/').next()).unwrap_or("-")
}

/// So much of an id tells tasks, instances and images apart.
pub(crate) const SHORT_ID: usize = 12;

/// The beginning of the id at the end of an ARN, or a dash.
pub(crate) fn short_id(arn: &Json) -> String {
    last_part(arn).chars().take(SHORT_ID).collect()
}

/// `1 task`, `2 tasks`.
pub(crate) fn counted(count: i64, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// A bar of `width` letters for `part` of `whole`; anything at all shows, and only all of it is full.
pub(crate) fn bar(part: i64, whole: i64, width: usize) -> String {
    let cells = i64::try_from(width).unwrap_or(i64::MAX);
    let full = match (part.clamp(0, whole.max(0)), whole) {
        (0, _) | (_, ..=0) => 0,
        (part, whole) if part == whole => cells,
        (part, whole) => (part * cells / whole).clamp(1, cells - 1),
    };
    let full = usize::try_from(full).unwrap_or(0);
    format!("{}{}", "█".repeat(full), "░".repeat(width - full))
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
    use super::{bar, clock, counted, length, moment, size};
    use domain::time::Millis;
    use serde_json::{Value as Json, json};

    #[test]
    fn times_and_sizes_read_as_people_say_them() {
        assert_eq!(length(Millis(59_999)), "59s");
        assert_eq!(length(Millis(192_000)), "3m 12s");
        assert_eq!(length(Millis(90_000_000)), "1d 1h");
        assert_eq!(size(999), "999 B");
        assert_eq!(size(4_200_000), "4.2 MB");
    }

    #[test]
    fn moments_are_of_the_world_clock() {
        assert_eq!(moment(&json!(1_795_267_211.25)), "2026-11-21 13:20:11Z");
        assert_eq!(clock(&json!(1_795_267_211.25)), "13:20:11Z");
        assert_eq!(moment(&Json::Null), "-");
    }

    #[test]
    fn a_bar_is_empty_or_full_only_if_it_is() {
        assert_eq!(bar(0, 1000, 5), "░░░░░");
        assert_eq!(bar(1, 1000, 5), "█░░░░");
        assert_eq!(bar(999, 1000, 5), "████░");
        assert_eq!(bar(1000, 1000, 5), "█████");
        assert_eq!(bar(0, 0, 5), "░░░░░");
    }

    #[test]
    fn one_is_not_many() {
        assert_eq!((counted(1, "task"), counted(0, "task")), ("1 task".into(), "0 tasks".into()));
    }
}
