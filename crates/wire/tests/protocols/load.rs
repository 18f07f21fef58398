//! The small models of the suites as tables, and their cases.

use std::collections::BTreeMap;

use http::request::Parts;
use http::{Request, Response};
use serde::Deserialize;
use serde_json::Value as Json;
use wire::Value;
use wire::shape::{Kind, Operation, Protocol, Service, Shape};
use wire::table::{Graph, Table};

use crate::model::{Metadata, Model, OperationModel, ShapeModel};
use crate::rows;

/// One case, with the service that it makes up.
pub(crate) struct Case {
    pub(crate) id: String,
    pub(crate) json: Json,
    pub(crate) service: &'static Service,
}

#[derive(Deserialize)]
struct Suite {
    metadata: Json,
    shapes: Json,
    cases: Vec<Json>,
}

/// The cases of a file; those of old files have no name but their place.
pub(crate) fn cases(file: &str, bytes: &[u8]) -> Vec<Case> {
    let suites: Vec<Suite> =
        serde_json::from_slice(bytes).unwrap_or_else(|error| panic!("{file}: {error}"));
    let mut cases = Vec::new();
    for (at, suite) in suites.into_iter().enumerate() {
        for (number, json) in suite.cases.into_iter().enumerate() {
            let place = format!("{at}:{number}");
            let id = json["id"].as_str().map_or(place, str::to_owned);
            let service = service(&suite.metadata, &suite.shapes, &json["given"]);
            cases.push(Case { id, json, service });
        }
    }
    cases
}

fn leak<T>(it: T) -> &'static T {
    Box::leak(Box::new(it))
}

fn leak_str(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

fn leak_option(text: Option<&String>) -> Option<&'static str> {
    text.map(|text| leak_str(text))
}

/// A service with the one operation that is given.
fn service(metadata: &Json, shapes: &Json, given: &Json) -> &'static Service {
    let metadata: Metadata = serde_json::from_value(metadata.clone()).expect("metadata");
    let mut shapes: BTreeMap<String, ShapeModel> =
        serde_json::from_value(shapes.clone()).expect("shapes");
    let mut operation: OperationModel =
        serde_json::from_value(given.clone()).expect("an operation");
    let protocols: Vec<Protocol> = metadata.protocol_rows().into_iter().map(protocol).collect();
    let name = given["name"].as_str().unwrap_or("OperationName");
    // Old suites name the payload where the shape is used.
    if let (Some(payload), Some(input)) = (given["input"]["payload"].as_str(), &operation.input) {
        shapes.get_mut(&input.shape).expect("the input").payload = Some(payload.to_owned());
    }
    // The suites do not say it; botocore's runner supposes it, as AWS does.
    if let (Protocol::AwsQuery, Some(output)) = (protocols[0], &mut operation.output)
        && !shapes[&output.shape].members.0.is_empty()
    {
        output.result_wrapper.get_or_insert_with(|| format!("{name}Result"));
    }
    let model = Model { metadata, operations: [(name.to_owned(), operation)].into(), shapes };
    let text = leak_str(&rows::table(&model));
    let meta = &model.metadata;
    leak(Service {
        id: "test",
        full_name: "Protocol Test",
        signing_name: "test",
        endpoint_prefix: "test",
        version: leak_str(&meta.api_version),
        protocols: leak(protocols),
        target_prefix: leak_option(meta.target_prefix.as_ref()),
        namespace: leak_option(meta.xml_namespace.as_ref()),
        query_compatible: meta.aws_query_compatible.is_some(),
        served: leak_str(name),
        table: Table::made(text, leak(Graph::read(text))),
    })
}

fn protocol(name: &str) -> Protocol {
    match name {
        "AwsJson10" => Protocol::AwsJson10,
        "AwsJson11" => Protocol::AwsJson11,
        "AwsQuery" => Protocol::AwsQuery,
        "Ec2Query" => Protocol::Ec2Query,
        "RestJson" => Protocol::RestJson,
        "RestXml" => Protocol::RestXml,
        _ => Protocol::RpcV2Cbor,
    }
}

impl Case {
    pub(crate) fn operation(&self) -> &'static Operation {
        &self.service.table.graph().operations()[0]
    }

    pub(crate) fn text(&self, name: &str) -> &str {
        self.json[name].as_str().unwrap_or_default()
    }

    pub(crate) fn is_error(&self) -> bool {
        !self.json["error"].is_null()
    }

    pub(crate) fn params(&self) -> &Json {
        self.json.get("params").unwrap_or(&crate::NOTHING)
    }

    fn is_cbor(&self) -> bool {
        self.service.protocols[0] == Protocol::RpcV2Cbor
    }

    fn body(&self, json: &Json) -> Vec<u8> {
        let text = json.as_str().unwrap_or_default();
        if self.is_cbor() { crate::client::base64(text) } else { text.as_bytes().to_owned() }
    }

    /// The request of the case. What every client sends and the case does not repeat is added.
    pub(crate) fn request(&self) -> Result<(Parts, Vec<u8>), String> {
        let sent = &self.json["serialized"];
        let operation = self.operation();
        let method = sent["method"].as_str().unwrap_or(operation.method);
        let mut request =
            Request::builder().method(method).uri(sent["uri"].as_str().unwrap_or("/"));
        let headers = sent["headers"].as_object();
        for (name, value) in headers.into_iter().flatten() {
            request = request.header(name, value.as_str().unwrap_or_default());
        }
        let given = |name: &str| {
            headers.is_some_and(|all| all.keys().any(|it| it.eq_ignore_ascii_case(name)))
        };
        let target =
            self.service.target_prefix.map(|prefix| format!("{prefix}.{}", operation.name));
        match self.service.protocols[0] {
            Protocol::AwsQuery | Protocol::Ec2Query if !given("content-type") => {
                request = request.header("content-type", "application/x-www-form-urlencoded");
            }
            Protocol::AwsJson10 | Protocol::AwsJson11 if !given("x-amz-target") => {
                request = request.header("x-amz-target", target.unwrap_or_default());
            }
            _ => {}
        }
        let request = request.body(()).map_err(|error| format!("no request: {error}"))?;
        Ok((request.into_parts().0, self.body(&sent["body"])))
    }

    /// The response of the case.
    pub(crate) fn response(&self) -> Result<Response<Vec<u8>>, String> {
        let said = &self.json["response"];
        let status = said["status_code"].as_u64().unwrap_or(200);
        let mut response = Response::builder().status(u16::try_from(status).unwrap_or(500));
        for (name, value) in said["headers"].as_object().into_iter().flatten() {
            response = response.header(name, value.as_str().unwrap_or_default());
        }
        response.body(self.body(&said["body"])).map_err(|error| format!("no response: {error}"))
    }
}

/// Parameters or a result of a case as a value: moments are seconds, blobs are their text.
pub(crate) fn value(shape: &'static Shape, json: &Json) -> Value {
    let entries = |shape: &'static Shape, all: &[Json]| {
        Value::List(all.iter().map(|it| value(shape, it)).collect())
    };
    match (shape.kind, json) {
        (_, Json::Null) if shape.is_structure() && std::ptr::eq(json, &crate::NOTHING) => {
            Value::map()
        }
        (_, Json::Null) => Value::Null,
        (Kind::Document, Json::Array(all)) => entries(shape, all),
        (Kind::Document, Json::Object(all)) => {
            Value::Map(all.iter().map(|(name, it)| (name.clone(), value(shape, it))).collect())
        }
        (Kind::Structure | Kind::Union, Json::Object(all)) => {
            let known = |name: &str| {
                shape.member(name).unwrap_or_else(|| panic!("{} has no {name}", shape.name))
            };
            Value::Map(
                all.iter()
                    .map(|(name, it)| (known(name).name, value(known(name).shape(), it)))
                    .collect(),
            )
        }
        (Kind::List, Json::Array(all)) => entries(shape.entry().shape(), all),
        (Kind::Map, Json::Object(all)) => {
            let held = shape.pair().1.shape();
            let entries =
                all.iter().map(|(name, it)| (name.clone().into(), value(held, it))).collect();
            Value::Map(wire::Members::from_entries(entries))
        }
        (Kind::Timestamp, Json::Number(seconds)) => {
            Value::Time((seconds.as_f64().expect("a number") * 1e3).round() as i64)
        }
        (Kind::Blob, Json::String(text)) => Value::Blob(text.as_bytes().to_owned()),
        (Kind::Float | Kind::Double, Json::String(text)) => Value::Float(match text.as_str() {
            "Infinity" => f64::INFINITY,
            "-Infinity" => f64::NEG_INFINITY,
            _ => f64::NAN,
        }),
        (Kind::Float | Kind::Double, Json::Number(number)) => {
            Value::Float(number.as_f64().expect("a number"))
        }
        (_, Json::Bool(truth)) => Value::Bool(*truth),
        (_, Json::Number(number)) => match number.as_i64() {
            Some(number) => Value::Int(number),
            None => Value::Float(number.as_f64().expect("a number")),
        },
        (Kind::String | Kind::Document, Json::String(text)) => Value::from(text),
        // A string that is JSON (`jsonvalue`) is said as what it means.
        (Kind::String, json) => Value::from(json.to_string()),
        (kind, json) => panic!("{}: {json} is no {kind:?}", shape.name),
    }
}
