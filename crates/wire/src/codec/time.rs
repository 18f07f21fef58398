//! The three ways in which AWS writes a moment. A moment is milliseconds since 1970.

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use jiff::tz::TimeZone;

use crate::shape::TimestampFormat;

/// The last moment that AWS can write, in milliseconds: the end of the year 9999.
const MILLIS_MAX: i64 = 253_402_300_799_999;

/// Writes a moment, without a fraction when there is none. A moment beyond the year 9999 is written as
/// its last one.
#[must_use]
pub fn write(millis: i64, format: TimestampFormat) -> String {
    let millis = millis.clamp(-MILLIS_MAX, MILLIS_MAX);
    let fraction = millis.rem_euclid(1000);
    if format == TimestampFormat::Epoch {
        let (sign, whole) = (if millis < 0 { "-" } else { "" }, millis.unsigned_abs());
        let text = format!("{sign}{}.{:03}", whole / 1000, whole % 1000);
        return text.trim_end_matches('0').trim_end_matches('.').to_owned();
    }
    let moment = Timestamp::from_millisecond(millis).expect("it was clamped to what has a date");
    let pattern = match format {
        TimestampFormat::HttpDate => "%a, %d %b %Y %H:%M:%S GMT",
        _ if fraction == 0 => "%Y-%m-%dT%H:%M:%SZ",
        _ => "%Y-%m-%dT%H:%M:%S.%3fZ",
    };
    moment.to_zoned(TimeZone::UTC).strftime(pattern).to_string()
}

/// Reads a moment in any of the three ways, because clients disagree with the model about which to use.
#[must_use]
pub fn read(text: &str) -> Option<i64> {
    let text = text.trim();
    if let Ok(seconds) = text.parse::<f64>() {
        return from_seconds(seconds);
    }
    if let Ok(moment) = text.parse::<Timestamp>() {
        return bounded(moment.as_millisecond());
    }
    let http = |text: &str| rfc2822::DateTimeParser::new().parse_timestamp(text).ok();
    if let Some(moment) = http(text) {
        return bounded(moment.as_millisecond());
    }
    // `Tue, 01 Dec 2026 10:00:00.123 GMT`: a fraction, which RFC 2822 does not know.
    let (head, rest) = text.split_once('.')?;
    let digits = rest.find(|it: char| !it.is_ascii_digit())?;
    let whole = http(&format!("{head}{}", &rest[digits..]))?;
    let fraction: f64 = format!("0.{}", &rest[..digits]).parse().ok()?;
    bounded(whole.as_millisecond() + (fraction * 1e3).round() as i64)
}

/// A moment from seconds since 1970, rounded to the millisecond.
#[must_use]
pub fn from_seconds(seconds: f64) -> Option<i64> {
    let millis = (seconds * 1e3).round();
    // Beyond these bounds the cast would saturate.
    if millis.abs() < 1e18 { bounded(millis as i64) } else { None }
}

fn bounded(millis: i64) -> Option<i64> {
    (-MILLIS_MAX..=MILLIS_MAX).contains(&millis).then_some(millis)
}

/// Seconds since 1970 with a fraction.
#[must_use]
pub fn to_seconds(millis: i64) -> f64 {
    millis as f64 / 1e3
}
