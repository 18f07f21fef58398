//! Plain values as text: in forms, headers, paths and XML.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::codec::time;
use crate::shape::{Kind, Shape, TimestampFormat, Traits};
use crate::value::Value;

/// Reads the text of a plain shape; `None` when the text does not say such a value, or the shape is not
/// plain.
#[must_use]
pub fn read(shape: &Shape, text: &str) -> Option<Value> {
    // Text of a number or truth may be indented with its element; that of a string is taken as it is.
    let trimmed = text.trim();
    match shape.kind {
        Kind::String => Some(Value::Str(Cow::Owned(text.to_owned()))),
        Kind::Boolean => match trimmed {
            "true" | "True" | "TRUE" => Some(Value::Bool(true)),
            "false" | "False" | "FALSE" => Some(Value::Bool(false)),
            _ => None,
        },
        Kind::Integer => trimmed.parse::<i32>().ok().map(Value::from),
        Kind::Long => trimmed.parse::<i64>().ok().map(Value::Int),
        Kind::Float | Kind::Double => number(trimmed).map(Value::Float),
        Kind::Blob => STANDARD.decode(trimmed).ok().map(Value::Blob),
        Kind::Timestamp => time::read(trimmed).map(Value::Time),
        Kind::Structure | Kind::Union | Kind::List | Kind::Map | Kind::Document => None,
    }
}

/// Writes a plain value; nothing for a list or map, which no text holds.
#[must_use]
pub fn write<'a>(traits: &Traits, default: TimestampFormat, value: &'a Value) -> Cow<'a, str> {
    match value {
        Value::Null | Value::List(_) | Value::Map(_) => "".into(),
        Value::Bool(true) => "true".into(),
        Value::Bool(false) => "false".into(),
        Value::Int(number) => number.to_string().into(),
        Value::Float(number) => number_text(*number),
        Value::Str(text) => Cow::Borrowed(text),
        Value::Blob(bytes) => STANDARD.encode(bytes).into(),
        Value::Time(millis) => time::write(*millis, traits.timestamp.unwrap_or(default)).into(),
    }
}

/// A number with AWS's names for those that have no digits; other spellings of those are refused.
#[must_use]
pub fn number(text: &str) -> Option<f64> {
    match text {
        "NaN" => Some(f64::NAN),
        "Infinity" => Some(f64::INFINITY),
        "-Infinity" => Some(f64::NEG_INFINITY),
        _ => text.parse().ok().filter(|number: &f64| number.is_finite()),
    }
}

/// The opposite of [`number`].
#[must_use]
pub fn number_text(number: f64) -> Cow<'static, str> {
    if number.is_nan() {
        "NaN".into()
    } else if number.is_infinite() {
        if number > 0.0 { "Infinity".into() } else { "-Infinity".into() }
    } else {
        number.to_string().into()
    }
}
