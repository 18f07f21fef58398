//! Pages of long lists: `maxResults`, `nextToken`, and which part of a list they mean.
//!
//! A token says after which position the next page begins, and carries a digest of the list it belongs to (operation, account,
//! region and filters). It is no secret: whoever makes one up gets at most another page of a list that they may read anyway, and one
//! for another list, or a damaged one, is refused. So it needs no key, and survives restarts and other control planes.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::id::Scope;
use ring::digest::{Context, SHA256};
use std::ops::RangeInclusive;
use wire::{Fault, Value};

/// A longer token was not made by us: positions are names or ids of at most 255 characters, twice.
const TOKEN_LENGTH_MAX: usize = 2048;

const DIGEST_LENGTH: usize = 12;

/// How many entries pages of an operation may have.
#[derive(Clone, Debug)]
pub struct Limits {
    /// What `maxResults` may say.
    pub allowed: RangeInclusive<i64>,
    /// What it means to say nothing; may be more than what it may say.
    pub default: i64,
}

/// Most ECS lists: 1 to 100, 100 when nothing is said.
pub const HUNDRED: Limits = Limits { allowed: 1..=100, default: 100 };

/// The part of a list that a request asks for.
#[derive(Clone, Debug)]
pub struct Page {
    limit: usize,
    after: Option<String>,
    list: [u8; DIGEST_LENGTH],
}

impl Page {
    /// Reads `maxResults` and `nextToken` of `request`, which is for `operation` in `scope`. All its other members are filters.
    ///
    /// # Errors
    /// `InvalidParameterException`, if the number is out of bounds or the token is not one of this list.
    pub fn of(
        operation: &str,
        scope: &Scope,
        request: &Value,
        limits: &Limits,
    ) -> Result<Self, Fault> {
        let fault = |message: String| Fault::sender("InvalidParameterException", message);
        Self::read(operation, scope, request, limits, ["maxResults", "nextToken"], fault)
    }

    /// The same for a list of EC2, whose members are `MaxResults` and `NextToken`.
    ///
    /// # Errors
    /// `InvalidParameterValue`.
    pub fn of_ec2(
        operation: &str,
        scope: &Scope,
        request: &Value,
        limits: &Limits,
    ) -> Result<Self, Fault> {
        Self::read(operation, scope, request, limits, ["MaxResults", "NextToken"], |message| {
            Fault::sender("InvalidParameterValue", message).with_status(400)
        })
    }

    fn read(
        operation: &str,
        scope: &Scope,
        request: &Value,
        limits: &Limits,
        members: [&str; 2],
        fault: impl Fn(String) -> Fault,
    ) -> Result<Self, Fault> {
        let [results, token] = members;
        let given = request.get(results).and_then(Value::as_i64);
        if given.is_some_and(|given| !limits.allowed.contains(&given)) {
            return Err(fault(format!(
                "{results} must be between {} and {}.",
                limits.allowed.start(),
                limits.allowed.end()
            )));
        }
        let list = list_digest(operation, scope, request, members);
        let invalid = || fault("Invalid token.".to_owned());
        let after = match request.get(token).and_then(Value::as_str) {
            None => None,
            Some(token) => Some(position(token, &list).ok_or_else(invalid)?),
        };
        let limit =
            usize::try_from(given.unwrap_or(limits.default)).expect("bounds of pages are positive");
        Ok(Self { limit, after, list })
    }

    /// The position after which this page begins; `None` for the first.
    pub fn after(&self) -> Option<&str> {
        self.after.as_deref()
    }

    /// Takes this page's entries from `entries`, which come in the order of their positions and all lie after [`Self::after`]. Answers them
    /// and the token of the next page, if there is one. Looks at one entry more than the page has.
    ///
    /// # Errors
    /// The first that `entries` has.
    pub fn cut<T>(
        &self,
        entries: impl IntoIterator<Item = Result<(String, T), Fault>>,
    ) -> Result<(Vec<T>, Option<String>), Fault> {
        let mut page = Vec::new();
        let mut last = None;
        for entry in entries {
            let (position, entry) = entry?;
            if page.len() == self.limit {
                return Ok((page, last.map(|last: String| self.token(&last))));
            }
            page.push(entry);
            last = Some(position);
        }
        Ok((page, None))
    }

    /// As [`Self::cut`], from all entries of the list. `before_next` says of two positions whether the first comes earlier: the order of `entries`.
    ///
    /// # Errors
    /// The first that `entries` has.
    pub fn cut_all<T>(
        &self,
        entries: impl IntoIterator<Item = Result<(String, T), Fault>>,
        is_before: fn(&str, &str) -> bool,
    ) -> Result<(Vec<T>, Option<String>), Fault> {
        let is_seen =
            |position: &str| self.after().is_some_and(|after| !is_before(after, position));
        self.cut(
            entries
                .into_iter()
                .filter(|entry| !entry.as_ref().is_ok_and(|(position, _)| is_seen(position))),
        )
    }

    fn token(&self, position: &str) -> String {
        let mut bytes = token_digest(&self.list, position).to_vec();
        bytes.extend_from_slice(position.as_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }
}

fn position(token: &str, list: &[u8; DIGEST_LENGTH]) -> Option<String> {
    if token.len() > TOKEN_LENGTH_MAX {
        return None;
    }
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    let (digest, position) = bytes.split_at_checked(DIGEST_LENGTH)?;
    let position = std::str::from_utf8(position).ok()?;
    (digest == token_digest(list, position)).then(|| position.to_owned())
}

fn list_digest(
    operation: &str,
    scope: &Scope,
    request: &Value,
    paging: [&str; 2],
) -> [u8; DIGEST_LENGTH] {
    let mut parts = vec![operation.to_owned(), scope.account.to_string(), scope.region.to_string()];
    let mut filters: Vec<String> = request
        .as_map()
        .into_iter()
        .flat_map(|members| members.iter())
        .filter(|(name, _)| !paging.contains(name))
        .map(|(name, value)| format!("{name}={value:?}"))
        .collect();
    filters.sort_unstable();
    parts.extend(filters);
    digest(parts.iter().map(String::as_bytes))
}

fn token_digest(list: &[u8; DIGEST_LENGTH], position: &str) -> [u8; DIGEST_LENGTH] {
    digest([list.as_slice(), position.as_bytes()].into_iter())
}

fn digest<'a>(parts: impl Iterator<Item = &'a [u8]>) -> [u8; DIGEST_LENGTH] {
    let mut context = Context::new(&SHA256);
    for part in parts {
        context.update(&(part.len() as u64).to_be_bytes());
        context.update(part);
    }
    let mut digest = [0; DIGEST_LENGTH];
    digest.copy_from_slice(&context.finish().as_ref()[..DIGEST_LENGTH]);
    digest
}

#[cfg(test)]
mod tests {
    use super::{HUNDRED, Page};
    use domain::id::{AccountId, Region, Scope};
    use wire::{Fault, Value};

    fn scope(region: &str) -> Scope {
        Scope {
            account: AccountId::parse("123456789012").expect("digits"),
            region: Region::parse(region).expect("a region"),
        }
    }

    fn request(members: &[(&'static str, &str)]) -> Value {
        let value = |name: &str, text: &str| match name {
            "maxResults" => Value::from(text.parse::<i64>().expect("a number")),
            _ => Value::from(text),
        };
        Value::Map(members.iter().map(|(name, text)| (*name, value(name, text))).collect())
    }

    fn page(region: &str, members: &[(&'static str, &str)]) -> Result<Page, Fault> {
        Page::of("ListThings", &scope(region), &request(members), &HUNDRED)
    }

    /// The letters of the page and the token of the next, from a list of `a` to `e`.
    fn letters(page: &Page) -> (String, Option<String>) {
        let entries = ["a", "b", "c", "d", "e"].map(|letter| Ok((letter.to_owned(), letter)));
        let (entries, next) =
            page.cut_all(entries, |earlier, later| earlier < later).expect("no faults");
        (entries.concat(), next)
    }

    #[test]
    fn pages_together_are_the_list() {
        let (first, next) = letters(&page("us-east-1", &[("maxResults", "2")]).expect("a page"));
        let next = next.expect("there is more");
        let (second, last) = letters(
            &page("us-east-1", &[("maxResults", "3"), ("nextToken", &next)]).expect("a page"),
        );
        assert_eq!((first.as_str(), second.as_str(), last), ("ab", "cde", None));
    }

    #[test]
    fn a_token_of_another_list_is_refused() {
        let (_, next) =
            letters(&page("us-east-1", &[("maxResults", "2"), ("family", "web")]).expect("a page"));
        let next = next.expect("there is more");
        let is_taken = |region: &str, family: &str, token: &str| {
            let page = page(region, &[("family", family), ("nextToken", token)]);
            page.map_err(|fault| {
                assert_eq!(fault.to_string(), "InvalidParameterException: Invalid token.")
            })
            .is_ok()
        };
        assert!(is_taken("us-east-1", "web", &next));
        assert!(!is_taken("eu-west-1", "web", &next));
        assert!(!is_taken("us-east-1", "db", &next));
        for at in 0..next.len() {
            let mut damaged = next.clone().into_bytes();
            damaged[at] = if damaged[at] == b'A' { b'B' } else { b'A' };
            assert!(
                !is_taken("us-east-1", "web", &String::from_utf8(damaged).expect("ASCII")),
                "at {at}"
            );
        }
        for token in ["", "x", "ä", "AAAAAAAAAAAAAAAAAAAA", &"A".repeat(4096)] {
            assert!(!is_taken("us-east-1", "web", token), "{token}");
        }
    }

    #[test]
    fn a_page_has_one_to_a_hundred_entries() {
        for (number, is_taken) in
            [("0", false), ("1", true), ("100", true), ("101", false), ("-1", false)]
        {
            assert_eq!(page("us-east-1", &[("maxResults", number)]).is_ok(), is_taken, "{number}");
        }
    }
}
