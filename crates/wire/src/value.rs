//! The protocol-neutral tree: what every codec reads into and writes from.
//!
//! Members keep the order in which they were put, so that replies read as they were built. A name
//! occurs once. `Null` stands for absence: builders drop it, decoders never put it into a structure.
//!
//! Not here: which members a value may have (`check.rs`), how it is written (`codec/`).

use std::borrow::Cow;
use std::collections::BTreeMap;

/// A value of any shape.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// Nothing; as a member it is the same as being absent.
    #[default]
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number.
    Float(f64),
    /// Text.
    Str(Cow<'static, str>),
    /// Bytes.
    Blob(Vec<u8>),
    /// A moment, in milliseconds since 1970; AWS keeps no finer time.
    Time(i64),
    /// Values in order.
    List(Vec<Value>),
    /// Values by name: a structure, union or map.
    Map(Members),
}

/// Values by name, in the order in which they were put.
#[derive(Clone, Debug, Default)]
pub struct Members(Vec<(Cow<'static, str>, Value)>);

/// Two maps are equal when they hold the same members, in any order.
impl PartialEq for Members {
    fn eq(&self, other: &Members) -> bool {
        let by_name = |members: &Members| -> BTreeMap<_, _> {
            members.0.iter().map(|(name, value)| (name.clone(), value.clone())).collect()
        };
        self.0.len() == other.0.len() && (self.0 == other.0 || by_name(self) == by_name(other))
    }
}

impl Members {
    /// No members.
    #[must_use]
    pub const fn new() -> Members {
        Members(Vec::new())
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value called `name`; `None` also when it is null.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(known, value)| known == name && *value != Value::Null).map(|(_, v)| v)
    }

    /// Puts `value` under `name`, in place of an earlier one. Null puts nothing.
    pub fn put(&mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Value>) {
        let (name, value) = (name.into(), value.into());
        if value == Value::Null {
            return;
        }
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, held)) => *held = value,
            None => self.0.push((name, value)),
        }
    }

    /// Names and values in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_ref(), value))
    }

    /// Collects entries that may repeat a name: the last one counts, in linearithmic time, because the
    /// entries of a map are as many as a stranger likes.
    #[must_use]
    pub fn from_entries(entries: Vec<(Cow<'static, str>, Value)>) -> Members {
        let mut last: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, (name, _)) in entries.iter().enumerate() {
            last.insert(name, at);
        }
        if last.len() == entries.len() {
            return Members(entries);
        }
        let mut kept: Vec<usize> = last.into_values().collect();
        kept.sort_unstable();
        let mut kept = kept.into_iter().peekable();
        let entries = entries.into_iter().enumerate();
        Members(entries.filter(|(at, _)| kept.next_if_eq(at).is_some()).map(|(_, e)| e).collect())
    }
}

impl IntoIterator for Members {
    type Item = (Cow<'static, str>, Value);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<N: Into<Cow<'static, str>>, V: Into<Value>> FromIterator<(N, V)> for Members {
    /// Null values are dropped; of a name that repeats the last one counts.
    fn from_iter<I: IntoIterator<Item = (N, V)>>(entries: I) -> Members {
        let entries = entries.into_iter().map(|(name, value)| (name.into(), value.into()));
        Members::from_entries(entries.filter(|(_, value)| *value != Value::Null).collect())
    }
}

impl Value {
    /// An empty structure or map.
    #[must_use]
    pub const fn map() -> Value {
        Value::Map(Members::new())
    }

    /// The member `name` of a structure or map; `None` also when it is null or this is no map.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.as_map()?.get(name)
    }

    /// The text, if it is text.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::Str(text) => Some(text),
            _ => None,
        }
    }

    /// The whole number, if it is one.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Value::Int(number) => Some(*number),
            _ => None,
        }
    }

    /// The number, whole or not.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Value::Int(number) => Some(*number as f64),
            Value::Float(number) => Some(*number),
            _ => None,
        }
    }

    /// The truth value, if it is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Value::Bool(truth) => Some(*truth),
            _ => None,
        }
    }

    /// The bytes, if it is a blob.
    #[must_use]
    pub fn as_blob(&self) -> Option<&[u8]> {
        match self {
            Value::Blob(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// The moment in milliseconds since 1970, if it is one.
    #[must_use]
    pub fn as_time(&self) -> Option<i64> {
        match self {
            Value::Time(moment) => Some(*moment),
            _ => None,
        }
    }

    /// The entries, if it is a list.
    #[must_use]
    pub fn as_list(&self) -> Option<&[Value]> {
        match self {
            Value::List(entries) => Some(entries),
            _ => None,
        }
    }

    /// The members, if it is a structure or map.
    #[must_use]
    pub fn as_map(&self) -> Option<&Members> {
        match self {
            Value::Map(members) => Some(members),
            _ => None,
        }
    }

    /// What it is, in the words of a message.
    #[must_use]
    pub fn kind_name(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Int(_) => "a whole number",
            Value::Float(_) => "a number",
            Value::Str(_) => "a string",
            Value::Blob(_) => "a blob",
            Value::Time(_) => "a timestamp",
            Value::List(_) => "a list",
            Value::Map(_) => "a structure",
        }
    }
}

/// `Value::from` for each of the plain things.
macro_rules! from {
    ($($from:ty => $to:expr;)*) => { $(
        impl From<$from> for Value {
            fn from(it: $from) -> Value {
                let to: fn($from) -> Value = $to;
                to(it)
            }
        }
    )* };
}

from! {
    bool => Value::Bool;
    i32 => |it| Value::Int(it.into());
    u16 => |it| Value::Int(it.into());
    u32 => |it| Value::Int(it.into());
    i64 => Value::Int;
    f64 => Value::Float;
    String => |it| Value::Str(it.into());
    &String => |it| Value::Str(it.clone().into());
    &str => |it| Value::Str(it.to_owned().into());
    Cow<'static, str> => Value::Str;
    Vec<u8> => Value::Blob;
    Vec<Value> => Value::List;
    Members => Value::Map;
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(it: Option<T>) -> Value {
        it.map_or(Value::Null, Into::into)
    }
}

impl<T: Into<Value>> FromIterator<T> for Value {
    /// A list.
    fn from_iter<I: IntoIterator<Item = T>>(entries: I) -> Value {
        Value::List(entries.into_iter().map(Into::into).collect())
    }
}
