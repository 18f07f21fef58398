//! Prints a model as a table: one line per operation, then one per shape, in the order of the names.
//!
//! ```text
//! >RunTask POST / 200 RunTaskRequest RunTaskResponse - AccessDeniedException,BlockedException
//! RunTaskRequest structure cluster:String taskDefinition!:String tags:Tags
//! TagKey string @min=1 @max=128 @pattern=([\p{L}\p{Z}\p{N}_.:/=+\-@]*)
//! Vpc structure VpcId:String=vpcId
//! ```
//! A `!` marks a required member, what follows its shape's `=` is its name on the wire, what follows an `@`
//! is a trait. `wire::table` reads it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::model::{MemberRow, Model, ShapeModel, TraitsRow};

/// The lines of a model.
pub(crate) fn table(model: &Model) -> String {
    let mut out = String::new();
    for (name, operation) in &model.operations {
        let shape = |reference: &Option<super::model::Reference>| {
            reference.as_ref().map_or("-", |it| it.shape.as_str()).to_owned()
        };
        let errors: BTreeSet<&str> = operation.errors.iter().map(|it| it.shape.as_str()).collect();
        let errors: Vec<&str> = errors.into_iter().collect();
        let errors = if errors.is_empty() { "-".to_owned() } else { errors.join(",") };
        let wrapper = operation.output.as_ref().and_then(|it| it.result_wrapper.as_deref());
        let http = operation.http.as_ref();
        let _ = writeln!(
            out,
            ">{name} {} {} {} {} {} {} {errors}",
            http.map_or("POST", |http| http.method.as_str()),
            http.map_or("/", |http| http.request_uri.as_str()),
            http.and_then(|http| http.response_code).unwrap_or(200),
            shape(&operation.input),
            shape(&operation.output),
            wrapper.unwrap_or("-"),
        );
    }
    for name in reachable(model) {
        let _ = writeln!(out, "{name} {}", shape_row(&name, &model.shapes[&name], model));
    }
    out
}

fn shape_row(name: &str, shape: &ShapeModel, model: &Model) -> String {
    let mut words = vec![shape.row_kind().to_owned()];
    words.extend(shape.member_rows(model).iter().map(member));
    let number = |key: &str, bound: Option<f64>| bound.map(|bound| format!("@{key}={bound}"));
    words.extend(number("min", shape.min));
    words.extend(number("max", shape.max));
    words.extend(shape.pattern.as_ref().map(|pattern| format!("@pattern={}", encode(pattern, ""))));
    if !shape.values.is_empty() {
        let values: Vec<String> = shape.values.iter().map(|value| encode(value, "|")).collect();
        words.push(format!("@enum={}", values.join("|")));
    }
    if shape.exception {
        words.push("@exception".to_owned());
    }
    words.extend(
        traits(&shape.traits_row(name)).into_iter().map(|(key, value)| said(key, &value, "")),
    );
    words.join(" ")
}

fn member(row: &MemberRow) -> String {
    let mut out = format!("{}{}:{}", row.name, if row.required { "!" } else { "" }, row.shape);
    if let Some(wire) = &row.wire {
        let _ = write!(out, "={}", encode(wire, "@="));
    }
    for (key, value) in traits(&row.traits) {
        out.push_str(&said(key, &value, "@="));
    }
    out
}

fn said(key: &str, value: &str, reserved: &str) -> String {
    if value.is_empty() { format!("@{key}") } else { format!("@{key}={}", encode(value, reserved)) }
}

/// Traits as words with a value or none.
fn traits(row: &TraitsRow) -> Vec<(&'static str, String)> {
    let truth = |it: bool| it.then(String::new);
    let error = row.error.as_ref();
    let all = [
        ("in", row.location.map(str::to_owned)),
        ("query", row.query_name.clone()),
        ("time", row.timestamp.map(str::to_owned)),
        ("namespace", row.namespace.clone()),
        ("prefix", row.prefix.clone()),
        ("flat", truth(row.flattened)),
        ("attribute", truth(row.attribute)),
        ("json", truth(row.json_value)),
        ("token", truth(row.idempotency_token)),
        ("payload", row.payload.clone()),
        ("code", error.and_then(|it| it.code.clone())),
        ("status", error.and_then(|it| it.status).map(|status| status.to_string())),
        ("fault", truth(error.is_some_and(|it| it.receiver))),
        ("sensitive", truth(row.sensitive)),
    ];
    all.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
}

/// Percent-encodes what would end a word, and the characters in `reserved`.
fn encode(text: &str, reserved: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        if letter == '%'
            || letter.is_whitespace()
            || letter.is_control()
            || reserved.contains(letter)
        {
            let mut bytes = [0; 4];
            for byte in letter.encode_utf8(&mut bytes).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        } else {
            out.push(letter);
        }
    }
    out
}

/// The shapes that an operation or an error leads to, by name.
pub(crate) fn reachable(model: &Model) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let errors = model.shapes.iter().filter(|(_, shape)| shape.exception);
    let mut open: Vec<String> = errors.map(|(name, _)| name.clone()).collect();
    for operation in model.operations.values() {
        let parts = [&operation.input, &operation.output];
        open.extend(
            parts.into_iter().flatten().chain(&operation.errors).map(|it| it.shape.clone()),
        );
    }
    while let Some(name) = open.pop() {
        if found.insert(name.clone()) {
            open.extend(model.shapes[&name].member_rows(model).into_iter().map(|row| row.shape));
        }
    }
    found
}
