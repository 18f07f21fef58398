//! AWS's own protocol tests, as botocore publishes them (tests/unit/protocols), run as data.
//!
//! Input cases hold a request that a client sends: it is routed and read, and must give the parameters of
//! the case. Output cases hold a reply that a client reads: our reply of the same values is read by a
//! client that shares no code with the codecs (`client.rs`) and must give those values back. That client
//! is itself held to the replies in the cases.
//!
//! `left_out.txt` lists the cases that are not required, each with its reason. A listed case that passes,
//! or that does not exist, fails the test.

mod archive;
mod client;
mod client_cbor;
mod client_xml;
mod compare;
mod load;
#[path = "../../../../xtask/src/import_models/model.rs"]
mod model;
#[path = "../../../../xtask/src/import_models/rows.rs"]
mod rows;

use std::collections::BTreeMap;
use std::panic::catch_unwind;

use load::Case;
use serde_json::Value as Json;
use wire::fault::Fault;
use wire::route::{Routed, route};
use wire::{Value, decode, encode_fault, encode_reply};

/// Runs every case of the files whose name starts with `prefix`.
fn run(prefix: &str, check: fn(&Case) -> Result<(), String>) {
    let left_out = left_out(prefix);
    let mut seen = BTreeMap::new();
    let mut wrong = Vec::new();
    for (file, bytes) in archive::files(&format!("protocols/{prefix}")) {
        for case in load::cases(&file, &bytes) {
            let name = format!("{file} {}", case.id);
            let outcome =
                catch_unwind(|| check(&case)).unwrap_or_else(|_| Err("panicked".to_owned()));
            match (outcome, left_out.get(&name)) {
                (Ok(()), None) | (Err(_), Some(_)) => {}
                (Ok(()), Some(_)) => wrong.push(format!("{name}: is left out, but passes")),
                (Err(why), None) => wrong.push(format!("{name}: {why}")),
            }
            seen.insert(name, ());
        }
    }
    wrong.extend(
        left_out
            .keys()
            .filter(|name| !seen.contains_key(*name))
            .map(|name| format!("{name}: no such case")),
    );
    println!("{prefix}: {} cases, {} left out", seen.len(), left_out.len());
    assert!(!seen.is_empty(), "no cases under {prefix}");
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), seen.len(), wrong.join("\n"));
}

/// The cases that are not required, with the reason.
fn left_out(prefix: &str) -> BTreeMap<String, String> {
    let lines = include_str!("left_out.txt").lines();
    let rows = lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| {
        let (name, reason) =
            line.split_once(": ").unwrap_or_else(|| panic!("`{line}` gives no reason"));
        (name.to_owned(), reason.to_owned())
    });
    rows.filter(|(name, _)| name.starts_with(prefix)).collect()
}

fn check_input(case: &Case) -> Result<(), String> {
    let (head, body) = case.request()?;
    let services: &'static [_] = Box::leak(Box::new([case.service]));
    let routed = route(services, &head, &body)
        .map_err(|unrouted| format!("not routed: {}", unrouted.fault))?;
    let value = decode(&routed, &head, &body).map_err(|fault| format!("not read: {fault}"))?;
    let wanted = load::value(routed.operation.input, case.params());
    let value = without_made_up_tokens(routed.operation.input, &wanted, value);
    compare::values(&wanted, &value)
        .map_err(|why| format!("{why}\n  wanted {wanted:?}\n  got    {value:?}"))
}

/// Clients make up idempotency tokens that the parameters do not give.
fn without_made_up_tokens(shape: &wire::shape::Shape, wanted: &Value, value: Value) -> Value {
    let Value::Map(members) = value else { return value };
    let made_up = |name: &str| {
        shape.member(name).is_some_and(|it| it.traits.idempotency_token)
            && wanted.get(name).is_none()
    };
    Value::Map(members.into_iter().filter(|(name, _)| !made_up(name)).collect())
}

fn check_output(case: &Case) -> Result<(), String> {
    let operation = case.operation();
    let protocol = case.service.protocols[0];
    let response = case.response()?;
    let ours = if case.is_error() {
        let code = case.text("errorCode");
        let shape = case
            .service
            .table
            .graph()
            .errors()
            .iter()
            .find(|shape| shape.name == code || shape.error.code == Some(code));
        let mut fault = Fault::sender(
            shape.map_or(code, |shape| shape.name).to_owned(),
            case.text("errorMessage"),
        );
        fault.status = Some(response.status().as_u16());
        if let Some(shape) = shape
            && let Value::Map(members) = load::value(shape, &case.json["error"])
        {
            let rest =
                members.into_iter().filter(|(name, _)| !name.eq_ignore_ascii_case("message"));
            fault.members = rest.collect();
        }
        let wanted = client::wanted_error(&case.json);
        let read = |response: &_| -> Result<Json, String> {
            let mut read = client::error(protocol, shape.copied(), response)?;
            if let (true, Some(members)) = (wanted["message"].is_null(), read.as_object_mut()) {
                // The case does not say it.
                members.remove("message");
            }
            Ok(read)
        };
        let theirs = read(&response)?;
        compare::json(&wanted, &theirs)
            .map_err(|why| format!("the client misreads the case: {why}"))?;
        let ours = encode_fault(protocol, Some(case.service), &fault, "id-1");
        let got = read(&ours)?;
        return compare::json(&wanted, &got)
            .map_err(|why| format!("{why}\n  wanted {wanted}\n  got    {got}"));
    } else {
        let routed = Routed { service: case.service, operation, protocol, labels: Vec::new() };
        encode_reply(&routed, &load::value(operation.output, &case.json["result"]), "id-1")
    };
    let wanted = &case.json["result"];
    let read = |response: &_| client::reply(protocol, operation, response);
    compare::json(wanted, &read(&response)?)
        .map_err(|why| format!("the client misreads the case: {why}"))?;
    let got = read(&ours)?;
    compare::json(wanted, &got).map_err(|why| {
        format!(
            "{why}\n  wanted {wanted}\n  got    {got}\n  of     {}",
            String::from_utf8_lossy(ours.body())
        )
    })?;
    if ours.status() != response.status() {
        return Err(format!("status {} instead of {}", ours.status(), response.status()));
    }
    Ok(())
}

/// `null` of a case without the member.
static NOTHING: Json = Json::Null;

macro_rules! suites {
    ($($name:ident: $prefix:literal, $check:ident;)*) => { $(
        #[test]
        fn $name() {
            run($prefix, $check);
        }
    )* };
}

suites! {
    requests_of_aws_json_are_read: "input/json", check_input;
    requests_of_query_are_read: "input/query", check_input;
    requests_of_ec2_are_read: "input/ec2", check_input;
    requests_of_rest_json_are_read: "input/rest-json", check_input;
    requests_of_rest_xml_are_read: "input/rest-xml", check_input;
    requests_of_cbor_are_read: "input/smithy-rpc-v2-cbor", check_input;
    older_requests_are_read: "legacy/input/", check_input;
    clients_read_replies_of_aws_json: "output/json", check_output;
    clients_read_replies_of_query: "output/query", check_output;
    clients_read_replies_of_ec2: "output/ec2", check_output;
    clients_read_replies_of_rest_json: "output/rest-json", check_output;
    clients_read_replies_of_rest_xml: "output/rest-xml", check_output;
    clients_read_replies_of_cbor: "output/smithy-rpc-v2-cbor", check_output;
    clients_read_older_replies: "legacy/output/", check_output;
}
