//! Patterns of policies: `*` is any text, `?` any one character, and `${key}` what the request says.
//!
//! Invariant: what a variable stands for is text. A user who is called `*` matches only a user of that name.

use crate::evaluate::{Request, fold};
use std::{borrow::Cow, str::Chars};

/// A pattern, taken apart once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern(Parts);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Parts {
    /// The same whatever is asked.
    Fixed(Box<[Glob]>),
    /// With variables.
    Open(Vec<Part>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Glob(Glob),
    Variable { key: String, default: Option<String> },
}

/// How a pattern without meaning looks: `${` without `}`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` has a `${{` without its `}}`")]
pub struct Unclosed {
    /// The pattern.
    pub text: String,
}

impl Pattern {
    /// Reads a pattern. Version 2008-10-17 of the language has no variables: then `has_variables` is false and `${` is text.
    ///
    /// # Errors
    /// If a variable does not end.
    pub fn parse(text: &str, has_variables: bool) -> Result<Self, Unclosed> {
        let mut parts = Vec::with_capacity(text.len());
        let mut rest = text;
        while let Some(next) = rest.chars().next() {
            if has_variables && rest.starts_with("${") {
                let end = rest.find('}').ok_or_else(|| Unclosed { text: text.to_owned() })?;
                parts.push(variable(&rest[2..end]));
                rest = &rest[end + 1..];
                continue;
            }
            parts.push(Part::Glob(match next {
                '*' => Glob::AnyText,
                '?' => Glob::AnyChar,
                other => Glob::Char(other),
            }));
            rest = &rest[next.len_utf8()..];
        }
        let fixed = parts.iter().map(|part| match part {
            Part::Glob(glob) => Some(*glob),
            Part::Variable { .. } => None,
        });
        Ok(Self(fixed.collect::<Option<_>>().map_or(Parts::Open(parts), Parts::Fixed)))
    }

    /// Whether it is `*`.
    pub fn is_everything(&self) -> bool {
        matches!(&self.0, Parts::Fixed(globs) if **globs == [Glob::AnyText])
    }

    /// Whether `text` is of this pattern, as the request fills in its variables. A variable that the request does not have, and that
    /// has no default, matches nothing.
    pub fn matches(&self, text: &str, request: &Request, case: Case) -> bool {
        self.filled(request).is_some_and(|pattern| matches(&pattern, text, case))
    }

    /// Whether `text` is this pattern letter by letter, `*` and `?` being letters.
    pub fn equals(&self, text: &str, request: &Request, case: Case) -> bool {
        let Some(pattern) = self.filled(request) else { return false };
        let letters = pattern.iter().map(|glob| match glob {
            Glob::Char(char) => *char,
            Glob::AnyChar => '?',
            Glob::AnyText => '*',
        });
        letters.map(|char| case.fold(char)).eq(text.chars().map(|char| case.fold(char)))
    }

    /// Whether a variable of it may stand for one thing or another ([`Request::is_ambiguous`]).
    pub fn is_ambiguous(&self, request: &Request) -> bool {
        let is = |part: &Part| match part {
            Part::Variable { key, .. } => request.is_ambiguous(key),
            Part::Glob(_) => false,
        };
        matches!(&self.0, Parts::Open(parts) if parts.iter().any(is))
    }

    fn filled(&self, request: &Request) -> Option<Cow<'_, [Glob]>> {
        let parts = match &self.0 {
            Parts::Fixed(globs) => return Some(Cow::Borrowed(globs)),
            Parts::Open(parts) => parts,
        };
        let mut filled = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Part::Glob(glob) => filled.push(*glob),
                Part::Variable { key, default } => {
                    let value = request.single(key).or(default.as_deref())?;
                    filled.extend(value.chars().map(Glob::Char));
                }
            }
        }
        Some(Cow::Owned(filled))
    }
}

/// Whether capital and small letters differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// They do.
    Sensitive,
    /// They do not, as in the names of actions.
    Insensitive,
}

impl Case {
    fn fold(self, char: char) -> char {
        match self {
            Self::Sensitive => char,
            Self::Insensitive => char.to_ascii_lowercase(),
        }
    }
}

/// `${*}`, `${?}` and `${$}` are the letters themselves; `${key, 'default'}` has a default.
fn variable(inside: &str) -> Part {
    if let "*" | "?" | "$" = inside {
        return Part::Glob(Glob::Char(inside.chars().next().expect("one letter")));
    }
    let (key, default) = match inside.split_once(',') {
        Some((key, default)) => (key, Some(default.trim().trim_matches('\'').to_owned())),
        None => (inside, None),
    };
    Part::Variable { key: fold(key.trim()), default }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Glob {
    Char(char),
    AnyChar,
    AnyText,
}

/// In time proportional to the product of the lengths at worst: the last `*` takes one letter more whenever the rest does not fit.
fn matches(pattern: &[Glob], text: &str, case: Case) -> bool {
    let (mut at, mut left) = (0, text.chars());
    // Behind the last `*`, and what is left if it takes one letter more.
    let mut star: Option<(usize, Chars<'_>)> = None;
    loop {
        let before = left.clone();
        let Some(next) = left.next() else { break };
        match pattern.get(at) {
            Some(Glob::AnyText) => {
                at += 1;
                star = Some((at, left));
                left = before;
            }
            Some(Glob::AnyChar) => at += 1,
            Some(Glob::Char(char)) if case.fold(*char) == case.fold(next) => at += 1,
            Some(Glob::Char(_)) | None => {
                let Some((behind, mut more)) = star else { return false };
                (at, left) = (behind, more.clone());
                // There is none more where the text was all taken: then the loop ends.
                let _ = more.next();
                star = Some((behind, more));
            }
        }
    }
    pattern[at..].iter().all(|glob| *glob == Glob::AnyText)
}
