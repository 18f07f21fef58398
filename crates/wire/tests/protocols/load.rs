//! The small models of the suites as rows, built in memory, and their cases.

use std::collections::BTreeMap;

use http::request::Parts;
use http::{Request, Response};
use serde::Deserialize;
use serde_json::Value as Json;
use wire::Value;
use wire::shape::{
    EMPTY, ErrorTraits, Kind, Location, Member, NONE, Operation, Protocol, Rules, Service, Shape,
    TimestampFormat, Traits,
};

use crate::model::{MemberRow, Metadata, Model, OperationModel, ShapeModel, TraitsRow};

/// Recursive shapes are unrolled to this depth; no case goes deeper.
const DEPTH: usize = 8;

/// One case, with the service that it makes up.
pub(crate) struct Case {
    pub(crate) id: String,
    pub(crate) json: Json,
    pub(crate) service: &'static Service,
}

#[derive(Deserialize)]
struct Suite {
    metadata: Metadata,
    shapes: BTreeMap<String, ShapeModel>,
    cases: Vec<Json>,
}

/// The cases of a file; those of old files have no name but their place.
pub(crate) fn cases(file: &str, bytes: &[u8]) -> Vec<Case> {
    let suites: Vec<Suite> =
        serde_json::from_slice(bytes).unwrap_or_else(|error| panic!("{file}: {error}"));
    let mut cases = Vec::new();
    for (at, suite) in suites.into_iter().enumerate() {
        let model =
            Model { metadata: suite.metadata, operations: BTreeMap::new(), shapes: suite.shapes };
        for (number, json) in suite.cases.into_iter().enumerate() {
            let place = format!("{at}:{number}");
            let id = json["id"].as_str().map_or(place, str::to_owned);
            let service = Builder { model: &model, known: BTreeMap::new() }.service(&json["given"]);
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

struct Builder<'m> {
    model: &'m Model,
    known: BTreeMap<(String, usize), &'static Shape>,
}

impl Builder<'_> {
    fn service(&mut self, given: &Json) -> &'static Service {
        let meta = &self.model.metadata;
        let protocols: Vec<Protocol> = meta.protocol_rows().into_iter().map(protocol).collect();
        let operation = self.operation(given, protocols[0]);
        let names =
            self.model.shapes.iter().filter(|(_, shape)| shape.exception).map(|(name, _)| name);
        let mut errors: Vec<&'static Shape> = names.map(|name| self.shape(name, 0)).collect();
        errors.sort_by_key(|shape| shape.name);
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
            served: operation.name,
            operations: leak(vec![operation]),
            errors: leak(errors),
        })
    }

    fn operation(&mut self, given: &Json, protocol: Protocol) -> Operation {
        let name = given["name"].as_str().unwrap_or("OperationName");
        let model: OperationModel = serde_json::from_value(given.clone()).expect("an operation");
        let http = model.http.as_ref();
        let output = model.output.as_ref().map_or(&EMPTY, |it| self.shape(&it.shape, 0));
        // The suites do not say it; botocore's runner supposes it, as AWS does.
        let wrapped = protocol == Protocol::AwsQuery && !output.members.is_empty();
        let wrapper = wrapped.then(|| format!("{name}Result"));
        let named = model.output.as_ref().and_then(|it| it.result_wrapper.as_ref());
        Operation {
            name: leak_str(name),
            method: http.map_or("POST", |http| leak_str(&http.method)),
            uri: http.map_or("/", |http| leak_str(&http.request_uri)),
            status: http.and_then(|http| http.response_code).unwrap_or(200),
            input: model.input.as_ref().map_or(&EMPTY, |it| {
                let shape = self.shape(&it.shape, 0);
                // Old suites name the payload where the shape is used.
                match given["input"]["payload"].as_str() {
                    Some(payload) => leak(with_payload(shape, leak_str(payload))),
                    None => shape,
                }
            }),
            output,
            result_wrapper: leak_option(named.or(wrapper.as_ref())),
            errors: leak(
                model.errors.iter().map(|it| self.shape(&it.shape, 0)).collect::<Vec<_>>(),
            ),
        }
    }

    fn shape(&mut self, name: &str, depth: usize) -> &'static Shape {
        if let Some(shape) = self.known.get(&(name.to_owned(), depth)) {
            return shape;
        }
        let model = &self.model.shapes[name];
        let mut members = Vec::new();
        if depth < DEPTH {
            for row in model.member_rows(self.model) {
                members.push(self.member(&row, depth));
            }
        }
        let shape = leak(Shape {
            name: leak_str(name),
            kind: if depth < DEPTH { kind(model.row_kind()) } else { Kind::Structure },
            members: leak(members),
            rules: Some(leak(Rules {
                min: model.min,
                max: model.max,
                pattern: leak_option(model.pattern.as_ref()),
                values: &[],
            })),
            traits: traits(&model.traits_row(name)),
        });
        self.known.insert((name.to_owned(), depth), shape);
        shape
    }

    fn member(&mut self, row: &MemberRow, depth: usize) -> Member {
        Member {
            name: leak_str(&row.name),
            shape: self.shape(&row.shape, depth + 1),
            required: row.required,
            wire: leak_option(row.wire.as_ref()),
            traits: traits(&row.traits),
        }
    }
}

fn with_payload(shape: &'static Shape, payload: &'static str) -> Shape {
    let traits = Traits { payload: Some(payload), ..NONE };
    Shape { traits: leak(traits), ..Shape::new(shape.name, shape.kind, shape.members) }
}

fn traits(row: &TraitsRow) -> &'static Traits {
    leak(Traits {
        location: row.location.map_or(Location::Body, location),
        query_name: leak_option(row.query_name.as_ref()),
        timestamp: row.timestamp.map(timestamp),
        namespace: leak_option(row.namespace.as_ref()),
        prefix: leak_option(row.prefix.as_ref()),
        flattened: row.flattened,
        attribute: row.attribute,
        json_value: row.json_value,
        idempotency_token: row.idempotency_token,
        payload: leak_option(row.payload.as_ref()),
        error: row.error.as_ref().map(|error| {
            leak(ErrorTraits {
                code: leak_option(error.code.as_ref()),
                status: error.status,
                receiver: error.receiver,
            })
        }),
        sensitive: row.sensitive,
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

fn kind(name: &str) -> Kind {
    match name {
        "Document" => Kind::Document,
        "Union" => Kind::Union,
        "List" => Kind::List,
        "Map" => Kind::Map,
        "String" => Kind::String,
        "Integer" => Kind::Integer,
        "Long" => Kind::Long,
        "Float" => Kind::Float,
        "Double" => Kind::Double,
        "Boolean" => Kind::Boolean,
        "Blob" => Kind::Blob,
        "Timestamp" => Kind::Timestamp,
        _ => Kind::Structure,
    }
}

fn location(name: &str) -> Location {
    match name {
        "Header" => Location::Header,
        "Headers" => Location::Headers,
        "Uri" => Location::Uri,
        "Query" => Location::Query,
        _ => Location::Status,
    }
}

fn timestamp(name: &str) -> TimestampFormat {
    match name {
        "Epoch" => TimestampFormat::Epoch,
        "DateTime" => TimestampFormat::DateTime,
        _ => TimestampFormat::HttpDate,
    }
}

impl Case {
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
        let operation = &self.service.operations[0];
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
                    .map(|(name, it)| (known(name).name, value(known(name).shape, it)))
                    .collect(),
            )
        }
        (Kind::List, Json::Array(all)) => entries(shape.entry().shape, all),
        (Kind::Map, Json::Object(all)) => {
            let held = shape.pair().1.shape;
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
