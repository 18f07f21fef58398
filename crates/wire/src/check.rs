//! The rules of the model: required members, lengths, ranges, patterns and choices.
//!
//! `check` says everything that is wrong with a request as data, in the order of the model; the service
//! decides what it makes of it. The usual answer is one fault in the words of AWS's own framework:
//! `2 validation errors detected: Value null at 'taskDefinition' failed to satisfy constraint: …`.
//! ECS, which has its own words for many of these, looks at the violations instead.
//!
//! `mismatch` asks the opposite question of a reply: would an SDK find a member it does not know, or of
//! another type?

use std::fmt;

use crate::fault::Fault;
use crate::pattern;
use crate::shape::{Kind, Protocol, Rules, Service, Shape};
use crate::value::Value;

/// More violations than anybody reads are not collected.
const VIOLATIONS_MAX: usize = 20;

/// The longest value that is repeated in a message, in characters.
const ECHO_MAX: usize = 256;

/// A rule of the model that a value breaks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rule {
    /// The member must be present.
    Required,
    /// The length must be at least this.
    LengthMin(f64),
    /// The length must be at most this.
    LengthMax(f64),
    /// The value must be at least this.
    RangeMin(f64),
    /// The value must be at most this.
    RangeMax(f64),
    /// The text must match this expression.
    Pattern(&'static str),
    /// The text must be one of these.
    Choice(&'static [&'static str]),
    /// Exactly one member of the union must be present.
    OneOf,
}

/// One broken rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    /// Where, as AWS writes it: `tags.1.member.key`.
    pub path: String,
    /// What.
    pub rule: Rule,
    /// The value, shortened, as AWS repeats it; `None` when absent or not to be shown.
    pub value: Option<String>,
}

/// Everything that is wrong with a request; never empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Violations(pub Vec<Violation>);

/// Checks `value` against the rules of `shape`.
///
/// # Errors
/// The rules that it breaks, at most twenty.
pub fn check(shape: &'static Shape, value: &Value) -> Result<(), Violations> {
    let mut walk = Walk { path: Vec::new(), found: Vec::new() };
    walk.value(shape, value);
    if walk.found.is_empty() { Ok(()) } else { Err(Violations(walk.found)) }
}

impl Violations {
    /// The fault of AWS's own framework, under the code that the service's model or protocol has for it.
    #[must_use]
    pub fn fault(&self, service: &Service) -> Fault {
        const CODES: [&str; 4] = [
            "ValidationException",
            "InvalidParameterException",
            "InvalidInput",
            "InvalidParameterValueException",
        ];
        if let Some(code) = CODES.into_iter().find(|code| service.error(code).is_some()) {
            return Fault::sender(code, self.to_string());
        }
        match (service.protocols.first(), &self.0[0]) {
            (Some(Protocol::Ec2Query), Violation { path, rule: Rule::Required, .. }) => {
                Fault::sender(
                    "MissingParameter",
                    format!("The request must contain the parameter {path}"),
                )
            }
            (Some(Protocol::Ec2Query), _) => {
                Fault::sender("InvalidParameterValue", self.to_string())
            }
            (Some(Protocol::AwsQuery), _) => Fault::sender("ValidationError", self.to_string()),
            _ => Fault::sender("ValidationException", self.to_string()),
        }
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.len();
        write!(f, "{count} validation error{} detected: ", if count == 1 { "" } else { "s" })?;
        for (at, violation) in self.0.iter().enumerate() {
            write!(f, "{}{violation}", if at == 0 { "" } else { "; " })?;
        }
        Ok(())
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.value, &self.rule) {
            (Some(value), _) => write!(f, "Value '{value}'")?,
            (None, Rule::Required) => write!(f, "Value null")?,
            (None, _) => write!(f, "Value")?,
        }
        write!(f, " at '{}' failed to satisfy constraint: {}", self.path, self.rule)
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Rule::Required => write!(f, "Member must not be null"),
            Rule::LengthMin(min) => {
                write!(f, "Member must have length greater than or equal to {min}")
            }
            Rule::LengthMax(max) => {
                write!(f, "Member must have length less than or equal to {max}")
            }
            Rule::RangeMin(min) => {
                write!(f, "Member must have value greater than or equal to {min}")
            }
            Rule::RangeMax(max) => write!(f, "Member must have value less than or equal to {max}"),
            Rule::Pattern(pattern) => {
                write!(f, "Member must satisfy regular expression pattern: {pattern}")
            }
            Rule::Choice(values) => {
                write!(f, "Member must satisfy enum value set: [{}]", values.join(", "))
            }
            Rule::OneOf => write!(f, "Member must have exactly one member set"),
        }
    }
}

struct Walk {
    path: Vec<String>,
    found: Vec<Violation>,
}

impl Walk {
    fn value(&mut self, shape: &'static Shape, value: &Value) {
        if self.found.len() >= VIOLATIONS_MAX {
            return;
        }
        if let Some(rules) = &shape.rules {
            self.rules(shape, rules, value);
        }
        match (shape.kind, value) {
            (Kind::Structure | Kind::Union, Value::Map(members)) => {
                for member in &shape.members {
                    match members.get(member.name) {
                        Some(value) => self.step(lower_first(member.name), |walk| {
                            walk.value(member.shape(), value)
                        }),
                        None if member.required => {
                            self.step(lower_first(member.name), |walk| {
                                walk.broken(Rule::Required, None)
                            });
                        }
                        None => {}
                    }
                }
                if shape.kind == Kind::Union && members.len() != 1 {
                    self.broken(Rule::OneOf, None);
                }
            }
            (Kind::List, Value::List(entries)) => {
                for (at, entry) in entries.iter().enumerate() {
                    self.step(format!("{}.member", at + 1), |walk| {
                        walk.entry(shape.entry().shape(), entry)
                    });
                }
            }
            (Kind::Map, Value::Map(members)) => {
                let (key, entry) = shape.pair();
                for (name, value) in members.iter() {
                    self.step(shorten(name), |walk| {
                        walk.step("key".to_owned(), |walk| walk.text(key.shape(), name));
                        walk.step("value".to_owned(), |walk| walk.entry(entry.shape(), value));
                    });
                }
            }
            _ => {}
        }
    }

    /// A value that is there by position, so that null is a mistake.
    fn entry(&mut self, shape: &'static Shape, value: &Value) {
        if *value == Value::Null {
            self.broken(Rule::Required, None)
        } else {
            self.value(shape, value)
        }
    }

    fn rules(&mut self, shape: &'static Shape, rules: &'static Rules, value: &Value) {
        let shown = |text: Option<String>| text.filter(|_| !shape.traits.sensitive);
        match value {
            Value::Str(text) => self.text(shape, text),
            Value::Int(_) | Value::Float(_) => {
                let number = value.as_f64().unwrap_or_default();
                let echo = || shown(Some(number.to_string()));
                if let Some(min) = rules.min.filter(|min| number < *min) {
                    self.broken(Rule::RangeMin(min), echo());
                }
                if let Some(max) = rules.max.filter(|max| number > *max) {
                    self.broken(Rule::RangeMax(max), echo());
                }
            }
            Value::List(entries) => self.length(rules, entries.len(), shown(echo_list(entries))),
            Value::Map(members) => self.length(rules, members.len(), None),
            Value::Blob(bytes) => self.length(rules, bytes.len(), None),
            Value::Null | Value::Bool(_) | Value::Time(_) => {}
        }
    }

    fn text(&mut self, shape: &'static Shape, text: &str) {
        let Some(rules) = &shape.rules else { return };
        let echo = (!shape.traits.sensitive).then(|| shorten(text));
        if !rules.values.is_empty() && !rules.values.contains(&text) {
            self.broken(Rule::Choice(&rules.values), echo.clone());
        }
        let length = text.chars().count();
        self.length(rules, length, echo.clone());
        if rules.max.is_some_and(|max| length as f64 > max) {
            return;
        }
        if let Some(pattern) = rules.pattern.filter(|pattern| !pattern::matches(pattern, text)) {
            self.broken(Rule::Pattern(pattern), echo);
        }
    }

    fn length(&mut self, rules: &'static Rules, length: usize, echo: Option<String>) {
        let length = length as f64;
        if let Some(min) = rules.min.filter(|min| length < *min) {
            self.broken(Rule::LengthMin(min), echo.clone());
        }
        if let Some(max) = rules.max.filter(|max| length > *max) {
            self.broken(Rule::LengthMax(max), echo);
        }
    }

    fn broken(&mut self, rule: Rule, value: Option<String>) {
        if self.found.len() < VIOLATIONS_MAX {
            self.found.push(Violation { path: self.path.join("."), rule, value });
        }
    }

    fn step(&mut self, name: String, then: impl FnOnce(&mut Walk)) {
        self.path.push(name);
        then(self);
        self.path.pop();
    }
}

/// AWS's framework writes members the Java way, whatever their case on the wire.
fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(ECHO_MAX) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// A list of texts, as it is repeated; other lists are not.
fn echo_list(entries: &[Value]) -> Option<String> {
    let words: Option<Vec<&str>> = entries.iter().take(ECHO_MAX).map(Value::as_str).collect();
    Some(shorten(&format!("[{}]", words?.join(", "))))
}

/// Where a reply departs from its shape: the path and what is wrong there.
#[must_use]
pub fn mismatch(shape: &'static Shape, value: &Value) -> Option<String> {
    let fits = match (shape.kind, value) {
        (_, Value::Null) | (Kind::Document, _) => return None,
        (Kind::Structure | Kind::Union, Value::Map(members)) => {
            return members.iter().find_map(|(name, value)| match shape.member(name) {
                None => Some(format!("{}: no member `{name}`", shape.name)),
                Some(member) => {
                    mismatch(member.shape(), value).map(|inner| format!("{name}.{inner}"))
                }
            });
        }
        (Kind::List, Value::List(entries)) => {
            return entries.iter().find_map(|entry| mismatch(shape.entry().shape(), entry));
        }
        (Kind::Map, Value::Map(members)) => {
            return members.iter().find_map(|(_, entry)| mismatch(shape.pair().1.shape(), entry));
        }
        (Kind::Integer, Value::Int(number)) => i32::try_from(*number).is_ok(),
        (Kind::String, Value::Str(_))
        | (Kind::Long, Value::Int(_))
        | (Kind::Float | Kind::Double, Value::Float(_) | Value::Int(_))
        | (Kind::Boolean, Value::Bool(_))
        | (Kind::Blob, Value::Blob(_))
        | (Kind::Timestamp, Value::Time(_)) => true,
        _ => false,
    };
    (!fits).then(|| format!("{}: {:?} holds {}", shape.name, shape.kind, value.kind_name()))
}
