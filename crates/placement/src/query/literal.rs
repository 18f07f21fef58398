//! Literals that are more than text: versions, dates and patterns.

use regex::bytes::{Regex, RegexBuilder};
use std::cmp::Ordering;

/// A pattern may not compile to more than this many bytes: a few characters such as `(a{999}){999}` ask for gigabytes.
const PATTERN_SIZE_MAX: usize = 1 << 20;

/// A software version: numbers between points, perhaps with a `-suffix` that comes before the same version without.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Version {
    /// Without trailing zeros, so that `1.14` is `1.14.0`.
    numbers: Vec<u64>,
    suffix: Option<String>,
}

impl Version {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix('v').unwrap_or(text);
        let text = text.split_once('+').map_or(text, |(version, _build)| version);
        let (numbers, suffix) = match text.split_once('-') {
            Some((numbers, suffix)) => (numbers, Some(suffix.to_owned())),
            None => (text, None),
        };
        let mut numbers = numbers
            .split('.')
            .map(|part| {
                let all_digits = part.bytes().all(|byte| byte.is_ascii_digit());
                all_digits.then(|| part.parse::<u64>().ok())?
            })
            .collect::<Option<Vec<_>>>()?;
        while numbers.last() == Some(&0) {
            numbers.pop();
        }
        Some(Self { numbers, suffix })
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        self.numbers.cmp(&other.numbers).then_with(|| match (&self.suffix, &other.suffix) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Greater,
            (Some(_), None) => Ordering::Less,
            (Some(mine), Some(theirs)) => mine.cmp(theirs),
        })
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A pattern that must match the whole text. Classes are ASCII, as they are in Java unless asked for otherwise.
pub(super) fn pattern(text: &str) -> Option<Regex> {
    let build =
        |text: &str| RegexBuilder::new(text).unicode(false).size_limit(PATTERN_SIZE_MAX).build();
    // The pattern must stand on its own first: `a)(b` would only become one by the anchors' parentheses.
    build(text).ok()?;
    build(&format!(r"\A(?:{text})\z")).ok()
}

/// `2018-06-18`, or with `T22:28:28`, and then a fraction, and then `Z` or `+00:00`; UTC where no zone is told. Whole seconds since
/// 1970.
pub(super) fn moment(text: &str) -> Option<i64> {
    let mut rest = Digits(text);
    let year = rest.number(4)?;
    rest.skip('-')?;
    let month = rest.number(2).filter(|month| (1..=12).contains(month))?;
    rest.skip('-')?;
    let day = rest.number(2).filter(|day| (1..=days_in(year, month)).contains(day))?;
    let midnight = days_since_1970(year, month, day) * 86_400;
    if rest.0.is_empty() {
        return Some(midnight);
    }
    rest.skip('T')?;
    let hour = rest.number(2).filter(|hour| *hour < 24)?;
    rest.skip(':')?;
    let minute = rest.number(2).filter(|minute| *minute < 60)?;
    rest.skip(':')?;
    let second = rest.number(2).filter(|second| *second < 60)?;
    if rest.skip('.').is_some() {
        let digits = rest.0.bytes().take_while(u8::is_ascii_digit).count();
        rest.0 = (digits > 0).then(|| &rest.0[digits..])?;
    }
    let offset = zone(rest)?;
    Some(midnight + hour * 3600 + minute * 60 + second - offset)
}

/// Seconds east of UTC.
fn zone(mut rest: Digits<'_>) -> Option<i64> {
    if rest.0.is_empty() || rest.0 == "Z" {
        return Some(0);
    }
    let sign = if rest.skip('+').is_some() { 1 } else { rest.skip('-').map(|()| -1)? };
    let hour = rest.number(2).filter(|hour| *hour < 24)?;
    let _: Option<()> = rest.skip(':');
    let minute = rest.number(2).filter(|minute| *minute < 60)?;
    rest.0.is_empty().then_some(sign * (hour * 3600 + minute * 60))
}

struct Digits<'a>(&'a str);

impl Digits<'_> {
    fn number(&mut self, length: usize) -> Option<i64> {
        let digits = self.0.get(..length)?;
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        self.0 = &self.0[length..];
        digits.parse().ok()
    }

    fn skip(&mut self, char: char) -> Option<()> {
        self.0 = self.0.strip_prefix(char)?;
        Some(())
    }
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 => 28 + i64::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let leap_days_before = |year: i64| {
        let last = year - 1;
        last.div_euclid(4) - last.div_euclid(100) + last.div_euclid(400)
    };
    let years = (year - 1970) * 365 + leap_days_before(year) - leap_days_before(1970);
    let months: i64 = (1..month).map(|month| days_in(year, month)).sum();
    years + months + day - 1
}

#[cfg(test)]
mod tests {
    use super::{Version, moment, pattern};

    #[test]
    fn every_form_of_a_date_is_read() {
        let expected = Some(1_529_360_908);
        for text in [
            "2018-06-18T22:28:28+00:00",
            "2018-06-18T22:28:28Z",
            "2018-06-18T22:28:28",
            "2018-06-18T22:28:28.125Z",
            "2018-06-19T00:28:28+02:00",
            "2018-06-18T17:58:28-0430",
        ] {
            assert_eq!(moment(text), expected, "{text}");
        }
        assert_eq!(moment("2018-06-18"), Some(1_529_280_000));
        assert_eq!(moment("1970-01-01"), Some(0));
        assert_eq!(moment("2000-02-29"), Some(951_782_400));
        assert_eq!(moment("1969-12-31T23:59:59Z"), Some(-1));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "2018",
            "2018-13-01",
            "2018-02-29",
            "2018-6-18",
            "2018-06-18T",
            "2018-06-18T24:00:00",
            "2018-06-18T22:28",
            "2018-06-18T22:28:28.",
            "2018-06-18T22:28:28X",
            "2018-06-18 22:28:28",
            "2018-06-18T22:28:28+1",
            "+018-06-18",
            "2018-06-1é",
        ] {
            assert_eq!(moment(text), None, "{text}");
        }
    }

    #[test]
    fn versions_order_by_number() {
        let ordered = ["0", "1.9.9-rc1", "1.9.9", "1.14.4", "1.14.5", "1.105", "v1.105.1+abc", "2"];
        let versions: Vec<_> =
            ordered.iter().map(|text| Version::parse(text).expect("a version")).collect();
        assert!(versions.is_sorted_by(|earlier, later| earlier < later));
        assert_eq!(Version::parse("1.14"), Version::parse("1.14.0"));
        for text in ["", "1.", "1..2", "one", "1.+2", "99999999999999999999"] {
            assert_eq!(Version::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_pattern_matches_whole_texts_only() {
        let accepts = |text: &str, value: &str| pattern(text).map(|p| p.is_match(value.as_bytes()));
        assert_eq!(accepts("g2.*", "g2.large"), Some(true));
        assert_eq!(accepts("g2.*", "ag2.large"), Some(false));
        assert_eq!(accepts("a|ab", "ab"), Some(true));
        assert_eq!(accepts(r"t2\.\w+", "t2.micro"), Some(true));
        assert_eq!(accepts("a)(b", "ab"), None);
        assert_eq!(accepts("(a{999}){999}", "a"), None);
        assert_eq!(accepts("[", "["), None);
    }
}
