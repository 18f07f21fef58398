//! Patterns of policies: `*` is any text, `?` any one character, and `${key}` what the request says.
//!
//! Invariant: what a variable stands for is text. A user who is called `*` matches only a user of that name.

use crate::evaluate::{Request, fold};

/// A pattern, taken apart once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Char(char),
    AnyChar,
    AnyText,
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
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(next) = rest.chars().next() {
            if has_variables && rest.starts_with("${") {
                let end = rest.find('}').ok_or_else(|| Unclosed { text: text.to_owned() })?;
                parts.push(variable(&rest[2..end]));
                rest = &rest[end + 1..];
                continue;
            }
            parts.push(match next {
                '*' => Part::AnyText,
                '?' => Part::AnyChar,
                other => Part::Char(other),
            });
            rest = &rest[next.len_utf8()..];
        }
        Ok(Self { parts })
    }

    /// Whether it is `*`.
    pub fn is_everything(&self) -> bool {
        self.parts == [Part::AnyText]
    }

    /// Whether `text` is of this pattern, as the request fills in its variables. A variable that the request does not have, and that
    /// has no default, matches nothing.
    pub fn matches(&self, text: &str, request: &Request, case: Case) -> bool {
        let Some(pattern) = self.filled(request) else { return false };
        let text: Vec<char> = text.chars().map(|char| case.fold(char)).collect();
        let pattern: Vec<Glob> = pattern.into_iter().map(|glob| glob.fold(case)).collect();
        matches(&pattern, &text)
    }

    /// Whether `text` is this pattern letter by letter, `*` and `?` being letters.
    pub fn equals(&self, text: &str, request: &Request, case: Case) -> bool {
        let Some(pattern) = self.filled(request) else { return false };
        let letters = pattern.into_iter().map(|glob| match glob {
            Glob::Char(char) => char,
            Glob::AnyChar => '?',
            Glob::AnyText => '*',
        });
        letters.map(|char| case.fold(char)).eq(text.chars().map(|char| case.fold(char)))
    }

    /// Whether a variable of it may stand for one thing or another ([`Request::is_ambiguous`]).
    pub fn is_ambiguous(&self, request: &Request) -> bool {
        let is = |part: &Part| match part {
            Part::Variable { key, .. } => request.is_ambiguous(key),
            Part::Char(_) | Part::AnyChar | Part::AnyText => false,
        };
        self.parts.iter().any(is)
    }

    fn filled(&self, request: &Request) -> Option<Vec<Glob>> {
        let mut filled = Vec::with_capacity(self.parts.len());
        for part in &self.parts {
            match part {
                Part::Char(char) => filled.push(Glob::Char(*char)),
                Part::AnyChar => filled.push(Glob::AnyChar),
                Part::AnyText => filled.push(Glob::AnyText),
                Part::Variable { key, default } => {
                    let value = request.single(key).or(default.as_deref())?;
                    filled.extend(value.chars().map(Glob::Char));
                }
            }
        }
        Some(filled)
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
        return Part::Char(inside.chars().next().expect("one letter"));
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

impl Glob {
    fn fold(self, case: Case) -> Self {
        match self {
            Self::Char(char) => Self::Char(case.fold(char)),
            other => other,
        }
    }
}

/// In time proportional to the product of the lengths at worst: the last `*` takes one letter more whenever the rest does not fit.
fn matches(pattern: &[Glob], text: &[char]) -> bool {
    let (mut at, mut read) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while read < text.len() {
        match pattern.get(at) {
            Some(Glob::AnyText) => {
                star = Some((at, read));
                at += 1;
            }
            Some(Glob::AnyChar) => (at, read) = (at + 1, read + 1),
            Some(Glob::Char(char)) if *char == text[read] => (at, read) = (at + 1, read + 1),
            Some(Glob::Char(_)) | None => {
                let Some((star_at, taken)) = star else { return false };
                star = Some((star_at, taken + 1));
                (at, read) = (star_at + 1, taken + 1);
            }
        }
    }
    pattern[at..].iter().all(|glob| *glob == Glob::AnyText)
}
