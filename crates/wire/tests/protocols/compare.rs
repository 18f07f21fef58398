//! Whether two values, or two pieces of JSON, say the same.

use serde_json::Value as Json;
use wire::Value;

/// Single-precision numbers pass through double precision with this relative error.
const CLOSE: f64 = 1e-6;

fn close(left: f64, right: f64) -> bool {
    left == right
        || (left.is_nan() && right.is_nan())
        || (left - right).abs() <= CLOSE * left.abs().max(right.abs())
}

/// # Errors
/// The first place where they differ.
pub(crate) fn values(wanted: &Value, got: &Value) -> Result<(), String> {
    match (wanted, got) {
        (Value::Map(left), Value::Map(right)) => {
            for (name, wanted) in left.iter() {
                let found = right.iter().find(|(known, _)| *known == name);
                let (_, got) = found.ok_or_else(|| format!("{name} is missing"))?;
                values(wanted, got).map_err(|why| format!("{name}.{why}"))?;
            }
            match right.iter().find(|(name, _)| left.iter().all(|(known, _)| known != *name)) {
                Some((name, _)) => Err(format!("{name} is too much")),
                None => Ok(()),
            }
        }
        (Value::List(left), Value::List(right)) if left.len() == right.len() => {
            left.iter().zip(right).try_for_each(|(wanted, got)| values(wanted, got))
        }
        (Value::Float(left), Value::Float(right)) if close(*left, *right) => Ok(()),
        // A string that is JSON is compared as JSON.
        (Value::Str(left), Value::Str(right)) if left != right && left.starts_with(['{', '[']) => {
            let parse =
                |text: &str| serde_json::from_str::<Json>(text).map_err(|error| error.to_string());
            json(&parse(left)?, &parse(right)?)
        }
        (wanted, got) if wanted == got => Ok(()),
        (wanted, got) => Err(format!("{got:?} instead of {wanted:?}")),
    }
}

/// # Errors
/// The first place where they differ.
pub(crate) fn json(wanted: &Json, got: &Json) -> Result<(), String> {
    match (wanted, got) {
        (Json::Object(left), Json::Object(right)) => {
            for (name, wanted) in left {
                let got = right.get(name).ok_or_else(|| format!("{name} is missing"))?;
                json(wanted, got).map_err(|why| format!("{name}.{why}"))?;
            }
            match right.keys().find(|name| !left.contains_key(*name)) {
                Some(name) => Err(format!("{name} is too much")),
                None => Ok(()),
            }
        }
        (Json::Array(left), Json::Array(right)) if left.len() == right.len() => {
            left.iter().zip(right).try_for_each(|(wanted, got)| json(wanted, got))
        }
        (Json::Number(left), Json::Number(right)) => {
            let (left, right) =
                (left.as_f64().unwrap_or(f64::NAN), right.as_f64().unwrap_or(f64::NAN));
            if close(left, right) { Ok(()) } else { Err(format!("{right} instead of {left}")) }
        }
        (wanted, got) if wanted == got => Ok(()),
        (wanted, got) => Err(format!("{got} instead of {wanted}")),
    }
}
