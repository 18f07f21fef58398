//! Between records and wire values, by way of serde: records carry the API's member names.
//!
//! Not here: timestamps, which records keep in milliseconds and the API shows as moments; those members are put by hand
//! (`decide::moment`).

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value as Json;
use wire::{Fault, Members, Value};

/// A record, or a part of one, as a value.
///
/// # Panics
/// If it has no JSON form, which every record has.
pub fn to_value<T: Serialize>(record: &T) -> Value {
    from_json(serde_json::to_value(record).expect("a record is plain data with text keys"))
}

/// A value as a record, or as a part of one. The value has passed the model's rules; what is still missing is told by name.
///
/// # Errors
/// `ClientException`, if the value lacks what the record needs.
pub fn from_value<T: DeserializeOwned>(value: &Value) -> Result<T, Fault> {
    serde_json::from_value(to_json(value))
        .map_err(|error| Fault::sender("ClientException", error.to_string()))
}

/// A value as JSON.
pub fn to_json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(truth) => Json::Bool(*truth),
        Value::Int(number) => Json::from(*number),
        Value::Float(number) => Json::from(*number),
        Value::Str(text) => Json::from(text.as_ref()),
        Value::Blob(bytes) => Json::from(bytes.as_slice()),
        Value::Time(moment) => Json::from(*moment),
        Value::List(entries) => Json::Array(entries.iter().map(to_json).collect()),
        Value::Map(members) => Json::Object(
            members.iter().map(|(name, value)| (name.to_owned(), to_json(value))).collect(),
        ),
    }
}

/// JSON as a value.
pub fn from_json(json: Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(truth) => Value::Bool(truth),
        Json::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => Value::Int(whole),
            (None, other) => other.map_or(Value::Null, Value::Float),
        },
        Json::String(text) => Value::from(text),
        Json::Array(entries) => Value::List(entries.into_iter().map(from_json).collect()),
        Json::Object(members) => {
            let members = members.into_iter().map(|(name, value)| (name, from_json(value)));
            Value::Map(members.collect::<Members>())
        }
    }
}
