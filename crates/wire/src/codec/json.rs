//! JSON after a table: the bodies of awsJson 1.0, awsJson 1.1 and restJson1.
//!
//! Reading: members that the table does not name are skipped, as AWS does; null is absence; a value of
//! the wrong type is a `SerializationException` that says where. Nesting is bounded by `serde_json` (128).
//! Writing: members that the table does not name are left out; `check::mismatch` finds them in tests.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::de::SliceRead;

use crate::codec::{place, text, time};
use crate::fault::Fault;
use crate::shape::{Kind, Shape, TimestampFormat, Traits};
use crate::value::{Members, Value};

/// Reads a body as a value of `shape`; an empty body is an empty structure.
///
/// # Errors
/// `SerializationException` when it is no JSON, or holds a value of another type than the table says.
pub fn decode(shape: &'static Shape, body: &[u8]) -> Result<Value, Fault> {
    decode_as(shape, shape.traits, body)
}

/// As [`decode`], with the traits of the member that is the body.
///
/// # Errors
/// As [`decode`].
pub fn decode_as(
    shape: &'static Shape,
    traits: &'static Traits,
    body: &[u8],
) -> Result<Value, Fault> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok(if shape.is_structure() { Value::map() } else { Value::Null });
    }
    let path = RefCell::new(Vec::new());
    let mut reader = serde_json::Deserializer::new(SliceRead::new(body));
    let seed = Seed { shape, traits, path: &path };
    let read = seed.deserialize(&mut reader).and_then(|value| reader.end().map(|()| value));
    read.map_err(|error| Fault::serialization(explain(&error, &path.borrow())))
}

fn explain(error: &serde_json::Error, path: &[Cow<'static, str>]) -> String {
    let (line, column) = (error.line(), error.column());
    let whole = error.to_string();
    let what = whole.strip_suffix(&format!(" at line {line} column {column}")).unwrap_or(&whole);
    let way = if path.is_empty() { String::new() } else { format!("'{}', ", place(path)) };
    format!("{what} (at {way}line {line} column {column})")
}

/// What a value is read as, and the way to it from the top.
#[derive(Clone, Copy)]
struct Seed<'p> {
    shape: &'static Shape,
    traits: &'static Traits,
    path: &'p RefCell<Vec<Cow<'static, str>>>,
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, reader: D) -> Result<Value, D::Error> {
        reader.deserialize_any(self)
    }
}

impl Seed<'_> {
    /// Refuses a value of another type in the words of AWS's own framework.
    fn wrong<E: Error>(&self, found: &str) -> E {
        E::custom(format_args!("{found} can not be converted to {}", kind_name(self.shape.kind)))
    }

    fn step<T, E>(
        &self,
        name: Cow<'static, str>,
        shape: &'static Shape,
        traits: &'static Traits,
        read: impl FnOnce(Seed<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.path.borrow_mut().push(name);
        let value = read(Seed { shape, traits, path: self.path })?;
        self.path.borrow_mut().pop();
        Ok(value)
    }
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Structure | Kind::Union => "a structure",
        Kind::List => "a list",
        Kind::Map => "a map",
        Kind::String => "a String",
        Kind::Integer => "an Integer",
        Kind::Long => "a Long",
        Kind::Float => "a Float",
        Kind::Double => "a Double",
        Kind::Boolean => "a Boolean",
        Kind::Blob => "a Blob",
        Kind::Timestamp => "a Timestamp",
        Kind::Document => "a document",
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(kind_name(self.shape.kind))
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, truth: bool) -> Result<Value, E> {
        match self.shape.kind {
            Kind::Boolean | Kind::Document => Ok(Value::Bool(truth)),
            _ => Err(self.wrong(if truth { "TRUE_VALUE" } else { "FALSE_VALUE" })),
        }
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        match self.shape.kind {
            Kind::Integer if i32::try_from(number).is_err() => Err(self.wrong(&number.to_string())),
            Kind::Integer | Kind::Long | Kind::Document => Ok(Value::Int(number)),
            Kind::Float | Kind::Double => Ok(Value::Float(number as f64)),
            Kind::Timestamp => self.visit_f64(number as f64),
            _ => Err(self.wrong("NUMBER_VALUE")),
        }
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
        match i64::try_from(number) {
            Ok(number) => self.visit_i64(number),
            Err(_) if matches!(self.shape.kind, Kind::Integer | Kind::Long) => {
                Err(self.wrong(&number.to_string()))
            }
            Err(_) => self.visit_f64(number as f64),
        }
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Value, E> {
        match self.shape.kind {
            Kind::Float | Kind::Double | Kind::Document => Ok(Value::Float(number)),
            // Clients without whole numbers write 1.0; beyond 2^53 that is no longer one number.
            Kind::Integer | Kind::Long if number.fract() == 0.0 && number.abs() < 9e15 => {
                self.visit_i64(number as i64)
            }
            Kind::Timestamp => match time::from_seconds(number) {
                Some(moment) => Ok(Value::Time(moment)),
                None => Err(self.wrong(&number.to_string())),
            },
            _ => Err(self.wrong("DECIMAL_VALUE")),
        }
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        self.visit_string(text.to_owned())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Value, E> {
        match self.shape.kind {
            Kind::String | Kind::Document => Ok(Value::Str(text.into())),
            // A number in quotes is a mistake; one that JSON cannot write otherwise is not.
            Kind::Integer | Kind::Long | Kind::Boolean => Err(self.wrong("STRING_VALUE")),
            _ => text::read(self.shape, &text).ok_or_else(|| self.wrong("STRING_VALUE")),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let (shape, traits) = match self.shape.kind {
            Kind::List => (self.shape.entry().shape(), self.shape.entry().traits),
            Kind::Document => (self.shape, self.traits),
            _ => return Err(self.wrong("START_ARRAY")),
        };
        let mut list = Vec::new();
        loop {
            let name = Cow::Owned((list.len() + 1).to_string());
            match self.step(name, shape, traits, |seed| entries.next_element_seed(seed))? {
                Some(entry) => list.push(entry),
                None => return Ok(Value::List(list)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Value, A::Error> {
        match self.shape.kind {
            Kind::Structure | Kind::Union => self.structure(entries),
            Kind::Map => self.map(self.shape.pair().1.shape(), self.shape.pair().1.traits, entries),
            Kind::Document => self.map(self.shape, self.traits, entries),
            _ => Err(self.wrong("START_OBJECT")),
        }
    }
}

impl Seed<'_> {
    fn structure<'de, A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut members = Members::new();
        while let Some(name) = entries.next_key::<Cow<'_, str>>()? {
            let Some(member) = self.shape.members.iter().find(|member| member.wire_name() == name)
            else {
                entries.next_value::<IgnoredAny>()?;
                continue;
            };
            let (shape, traits) = (member.shape(), member.traits);
            let value =
                self.step(member.name.into(), shape, traits, |seed| entries.next_value_seed(seed))?;
            members.put(member.name, value);
        }
        Ok(Value::Map(members))
    }

    fn map<'de, A: MapAccess<'de>>(
        self,
        shape: &'static Shape,
        traits: &'static Traits,
        mut entries: A,
    ) -> Result<Value, A::Error> {
        let mut members = Vec::new();
        while let Some(name) = entries.next_key::<String>()? {
            let value = self
                .step(name.clone().into(), shape, traits, |seed| entries.next_value_seed(seed))?;
            members.push((Cow::Owned(name), value));
        }
        Ok(Value::Map(Members::from_entries(members)))
    }
}

/// Writes a value of `shape`.
#[must_use]
pub fn encode(shape: &'static Shape, value: &Value) -> String {
    let mut out = String::new();
    write(shape, shape.traits, value, &mut out);
    out
}

/// Appends a value of `shape`, which is a member with `traits`.
pub fn write(shape: &'static Shape, traits: &Traits, value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(truth) => out.push_str(if *truth { "true" } else { "false" }),
        Value::Int(number) => out.push_str(&number.to_string()),
        Value::Float(number) if number.is_finite() => out.push_str(&number.to_string()),
        Value::Float(number) => write_text(&text::number_text(*number), out),
        Value::Str(text) => write_text(text, out),
        Value::Blob(bytes) => write_text(&STANDARD.encode(bytes), out),
        Value::Time(moment) => match traits.timestamp.unwrap_or(TimestampFormat::Epoch) {
            TimestampFormat::Epoch => out.push_str(&time::write(*moment, TimestampFormat::Epoch)),
            format => write_text(&time::write(*moment, format), out),
        },
        Value::List(entries) => {
            let (shape, traits) = match shape.kind {
                Kind::List => (shape.entry().shape(), shape.entry().traits),
                _ => (shape, traits),
            };
            out.push('[');
            for (at, entry) in entries.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write(shape, traits, entry, out);
            }
            out.push(']');
        }
        Value::Map(members) => write_members(shape, &mut members.iter(), out),
    }
}

/// Writes members of a structure, or entries of a map.
pub fn write_members(
    shape: &'static Shape,
    members: &mut dyn Iterator<Item = (&str, &Value)>,
    out: &mut String,
) {
    out.push('{');
    let start = out.len();
    for (name, value) in members {
        let (name, shape, traits) = match shape.kind {
            Kind::Map => (name, shape.pair().1.shape(), shape.pair().1.traits),
            Kind::Document => (name, shape, shape.traits),
            _ => match shape.member(name) {
                Some(member) => (member.wire_name(), member.shape(), member.traits),
                None => continue,
            },
        };
        if out.len() > start {
            out.push(',');
        }
        write_text(name, out);
        out.push(':');
        write(shape, traits, value, out);
    }
    out.push('}');
}

/// Writes a JSON string.
pub fn write_text(text: &str, out: &mut String) {
    out.push('"');
    let mut plain = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escape = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            0..0x20 => "",
            _ => continue,
        };
        out.push_str(&text[plain..at]);
        plain = at + 1;
        if escape.is_empty() {
            out.push_str(&format!("\\u{byte:04x}"));
        } else {
            out.push_str(escape);
        }
    }
    out.push_str(&text[plain..]);
    out.push('"');
}
