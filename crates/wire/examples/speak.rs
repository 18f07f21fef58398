//! Reads requests and writes replies for a program that knows AWS's protocols by other means: botocore, in
//! `e2e/test_wire.py`. One JSON object a line goes in, one comes out.
//!
//! `{"request": {"method", "uri", "headers", "body"}}` is routed and decoded as if every operation were
//! served; `{"reply": {"service", "operation", "protocol", "value"}}` is encoded. Bodies are base64; in
//! values a blob is `{"blob": base64}` and a moment `{"time": milliseconds}`.

use std::io::{BufRead as _, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::Request;
use serde_json::{Map, Value as Json, json};
use wire::route::Routed;
use wire::shape::{Kind, Service, Shape};
use wire::{Members, Value, decode, encode_reply, route, tables};

fn main() {
    let services: &'static [&'static Service] = Box::leak(Box::new(tables::ALL.map(all_served)));
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let asked: Json = serde_json::from_str(&line.expect("a line")).expect("JSON");
        let answer = match (&asked["request"], &asked["reply"]) {
            (Json::Null, reply) => written(services, reply),
            (request, _) => read(services, request),
        };
        writeln!(out, "{answer}").and_then(|()| out.flush()).expect("standard output is open");
    }
}

/// The same service with every operation of its model.
fn all_served(service: &'static Service) -> &'static Service {
    let names: Vec<&str> = service.table.graph().operations().iter().map(|row| row.name).collect();
    Box::leak(Box::new(Service { served: names.join("\n").leak(), ..*service }))
}

fn read(services: &'static [&'static Service], request: &Json) -> Json {
    let text = |json: &Json| json.as_str().expect("a string").to_owned();
    let mut head =
        Request::builder().method(text(&request["method"]).as_str()).uri(text(&request["uri"]));
    for (name, value) in request["headers"].as_object().expect("headers") {
        head = head.header(name, text(value));
    }
    let head = head.body(()).expect("a request").into_parts().0;
    let body = STANDARD.decode(text(&request["body"])).expect("base64");
    let routed = match route(services, &head, &body) {
        Ok(routed) => routed,
        Err(unrouted) => return json!({ "fault": unrouted.fault.to_string() }),
    };
    match decode(&routed, &head, &body) {
        Ok(value) => json!({
            "service": routed.service.id,
            "operation": routed.operation.name,
            "value": to_json(&value),
        }),
        Err(fault) => json!({ "fault": fault.to_string() }),
    }
}

fn written(services: &'static [&'static Service], reply: &Json) -> Json {
    let service =
        services.iter().find(|service| service.id == reply["service"]).expect("a service");
    let operation =
        service.operation(reply["operation"].as_str().expect("a name")).expect("an operation");
    let at = reply["protocol"].as_u64().and_then(|at| usize::try_from(at).ok()).expect("a number");
    let routed = Routed { service, operation, protocol: service.protocols[at], labels: Vec::new() };
    let response = encode_reply(&routed, &from_json(operation.output, &reply["value"]), "id-1");
    let headers = response.headers().iter();
    let headers: Map<String, Json> = headers
        .map(|(name, value)| (name.to_string(), json!(value.to_str().expect("text"))))
        .collect();
    json!({
        "status": response.status().as_u16(),
        "headers": headers,
        "body": STANDARD.encode(response.body()),
    })
}

fn to_json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(truth) => json!(truth),
        Value::Int(number) => json!(number),
        Value::Float(number) => json!(number),
        Value::Str(text) => json!(text),
        Value::Blob(bytes) => json!({ "blob": STANDARD.encode(bytes) }),
        Value::Time(millis) => json!({ "time": millis }),
        Value::List(entries) => entries.iter().map(to_json).collect(),
        Value::Map(members) => members.iter().map(|(name, value)| (name, to_json(value))).collect(),
    }
}

fn from_json(shape: &'static Shape, json: &Json) -> Value {
    let list =
        |shape: &'static Shape, all: &[Json]| all.iter().map(|it| from_json(shape, it)).collect();
    let map = |shape: &'static Shape, all: &Map<String, Json>| {
        let entries = all.iter().map(|(name, it)| (name.clone().into(), from_json(shape, it)));
        Value::Map(Members::from_entries(entries.collect()))
    };
    match (shape.kind, json) {
        (_, Json::Null) => Value::Null,
        (Kind::Blob, it) => {
            Value::Blob(STANDARD.decode(it["blob"].as_str().expect("base64")).expect("base64"))
        }
        (Kind::Timestamp, it) => Value::Time(it["time"].as_i64().expect("milliseconds")),
        (Kind::Structure | Kind::Union, Json::Object(all)) => {
            let member = |name: &str| {
                shape.member(name).unwrap_or_else(|| panic!("{} has no {name}", shape.name))
            };
            Value::Map(
                all.iter()
                    .map(|(name, it)| (member(name).name, from_json(member(name).shape(), it)))
                    .collect(),
            )
        }
        (Kind::List, Json::Array(all)) => list(shape.entry().shape(), all),
        (Kind::Map, Json::Object(all)) => map(shape.pair().1.shape(), all),
        (Kind::Document, Json::Array(all)) => list(shape, all),
        (Kind::Document, Json::Object(all)) => map(shape, all),
        (Kind::Float | Kind::Double, Json::Number(number)) => Value::from(number.as_f64()),
        (_, Json::Number(number)) => {
            number.as_i64().map_or_else(|| Value::from(number.as_f64()), Value::Int)
        }
        (_, Json::String(text)) => Value::from(text),
        (_, Json::Bool(truth)) => Value::Bool(*truth),
        (kind, json) => panic!("{}: {json} is no {kind:?}", shape.name),
    }
}
