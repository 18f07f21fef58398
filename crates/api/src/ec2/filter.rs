//! Filters of descriptions: names with values, any of which may match; all filters must. Values may have `*` and `?`.

use crate::ec2::{
    fault,
    request::{list, text, texts},
};
use wire::{Fault, Value};

/// EC2's own limits on the filters of a request and the values of one ("List and filter using the CLI and API", EC2 User Guide).
const FILTERS_MAX: usize = 50;
const VALUES_MAX: usize = 200;

/// Filters as they were given.
#[derive(Clone, Debug, Default)]
pub struct Filters<'a>(Vec<(&'a str, Vec<&'a str>)>);

impl<'a> Filters<'a> {
    /// Reads `Filters` of a request.
    ///
    /// # Errors
    /// `MissingParameter` for one without a name, `FilterLimitExceeded` for too many.
    pub fn read(request: &'a Value) -> Result<Self, Fault> {
        Self::read_from(request, "Filters")
    }

    /// Reads the filters that a few operations have under another name.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn read_from(request: &'a Value, member: &str) -> Result<Self, Fault> {
        let given = list(request, member);
        if given.len() > FILTERS_MAX {
            return Err(too_many(&format!("{FILTERS_MAX} filters")));
        }
        let filters = given.iter().map(|filter| {
            let name = text(filter, "Name").ok_or_else(|| fault::missing("Filter.1.Name"))?;
            if list(filter, "Values").len() > VALUES_MAX {
                return Err(too_many(&format!("{VALUES_MAX} values for the filter '{name}'")));
            }
            Ok((name, texts(filter, "Values")))
        });
        Ok(Self(filters.collect::<Result<_, Fault>>()?))
    }

    /// Refuses filters whose names are not `is_known`: for lists in which nothing is looked at.
    ///
    /// # Errors
    /// `InvalidParameterValue`.
    pub fn check(&self, is_known: impl Fn(&str) -> bool) -> Result<(), Fault> {
        match self.0.iter().find(|(name, _)| !is_known(name)) {
            Some((name, _)) => Err(unknown(name)),
            None => Ok(()),
        }
    }

    /// Whether something whose values for a filter `values` tells is meant.
    ///
    /// # Errors
    /// `InvalidParameterValue` for a filter that `values` does not know (`None`).
    pub fn admit(
        &self,
        values: impl Fn(&str) -> Result<Option<Vec<String>>, Fault>,
    ) -> Result<bool, Fault> {
        for (name, wanted) in &self.0 {
            let Some(held) = values(name)? else {
                return Err(unknown(name));
            };
            let matches = |text: &String| {
                wanted.iter().any(|pattern| glob(pattern.as_bytes(), text.as_bytes()))
            };
            if !held.iter().any(matches) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

fn too_many(what: &str) -> Fault {
    fault::fault("FilterLimitExceeded", format!("A request may have at most {what}."))
}

fn unknown(name: &str) -> Fault {
    fault::invalid_value(format!("The filter '{name}' is invalid"))
}

/// Whether `text` is of `pattern`, in which `*` is any text, `?` any one byte, and `\` takes the next for itself. Linear in both but for
/// the last `*`, so that no pattern is expensive.
fn glob(pattern: &[u8], text: &[u8]) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        let literal = |at: usize| match pattern.get(at) {
            Some(b'\\') if at + 1 < pattern.len() => Some((pattern[at + 1], 2)),
            Some(byte) => Some((*byte, 1)),
            None => None,
        };
        match pattern.get(p) {
            Some(b'*') => {
                star = Some((p + 1, t));
                p += 1;
                continue;
            }
            Some(b'?') => {
                (p, t) = (p + 1, t + 1);
                continue;
            }
            _ => {}
        }
        match literal(p) {
            Some((byte, length)) if byte == text[t] => (p, t) = (p + length, t + 1),
            _ => match star {
                Some((behind, at)) => {
                    star = Some((behind, at + 1));
                    (p, t) = (behind, at + 1);
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|byte| *byte == b'*')
}

#[cfg(test)]
mod tests {
    use super::glob;

    #[test]
    fn patterns_match_as_ec2_says() {
        let table = [
            ("web", "web", true),
            ("web", "webs", false),
            ("w*b", "web", true),
            ("w*b*", "wxxbyy", true),
            ("*", "", true),
            ("?", "", false),
            ("w?b", "web", true),
            ("a*b*c", "aXbXbXc", true),
            ("a*b*c", "aXbXbX", false),
            (r"a\*", "a*", true),
            (r"a\*", "ab", false),
        ];
        for (pattern, text, matches) in table {
            assert_eq!(glob(pattern.as_bytes(), text.as_bytes()), matches, "{pattern} {text}");
        }
    }
}
