//! AWS's models as botocore writes them, resolved to what a table row says.
//!
//! Shared by the generator, which prints the rows, and by the protocol tests of `wire`, which build the
//! same rows in memory from the small models of botocore's test suites.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{MapAccess, Visitor};

/// A service's model.
#[derive(Deserialize)]
pub(crate) struct Model {
    /// Names, protocol, version.
    pub(crate) metadata: Metadata,
    /// Operations by name.
    #[serde(default)]
    pub(crate) operations: BTreeMap<String, OperationModel>,
    /// Types by name.
    pub(crate) shapes: BTreeMap<String, ShapeModel>,
}

/// Names, protocol, version.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Metadata {
    pub(crate) api_version: String,
    pub(crate) endpoint_prefix: String,
    pub(crate) signing_name: Option<String>,
    pub(crate) service_full_name: String,
    pub(crate) protocol: String,
    pub(crate) protocols: Option<Vec<String>>,
    pub(crate) json_version: Option<String>,
    pub(crate) target_prefix: Option<String>,
    pub(crate) xml_namespace: Option<String>,
    pub(crate) aws_query_compatible: Option<serde_json::Value>,
}

/// An operation.
#[derive(Deserialize)]
pub(crate) struct OperationModel {
    pub(crate) http: Option<Http>,
    pub(crate) input: Option<Reference>,
    pub(crate) output: Option<Reference>,
    #[serde(default)]
    pub(crate) errors: Vec<Reference>,
}

/// How an operation is called.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Http {
    pub(crate) method: String,
    #[serde(default = "root")]
    pub(crate) request_uri: String,
    pub(crate) response_code: Option<u16>,
}

fn root() -> String {
    "/".to_owned()
}

/// A type.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ShapeModel {
    #[serde(rename = "type")]
    pub(crate) kind: String,
    #[serde(default)]
    pub(crate) members: Pairs<Reference>,
    #[serde(default)]
    pub(crate) required: Vec<String>,
    pub(crate) member: Option<Reference>,
    pub(crate) key: Option<Reference>,
    pub(crate) value: Option<Reference>,
    #[serde(rename = "enum", default)]
    pub(crate) values: Vec<String>,
    pub(crate) min: Option<f64>,
    pub(crate) max: Option<f64>,
    pub(crate) pattern: Option<String>,
    #[serde(default)]
    pub(crate) union: bool,
    #[serde(default)]
    pub(crate) document: bool,
    #[serde(default)]
    pub(crate) exception: bool,
    #[serde(default)]
    pub(crate) fault: bool,
    #[serde(default)]
    pub(crate) sensitive: bool,
    pub(crate) error: Option<ErrorModel>,
    pub(crate) payload: Option<String>,
    #[serde(flatten)]
    pub(crate) wire: WireModel,
}

/// What a client is told of an error.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ErrorModel {
    pub(crate) code: Option<String>,
    pub(crate) http_status_code: Option<u16>,
}

/// A use of a type.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Reference {
    pub(crate) shape: String,
    pub(crate) result_wrapper: Option<String>,
    #[serde(default)]
    pub(crate) idempotency_token: bool,
    #[serde(flatten)]
    pub(crate) wire: WireModel,
}

/// How something is written; said of a type or of a use of it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WireModel {
    pub(crate) location_name: Option<String>,
    pub(crate) location: Option<String>,
    pub(crate) query_name: Option<String>,
    #[serde(default)]
    pub(crate) flattened: bool,
    pub(crate) timestamp_format: Option<String>,
    pub(crate) xml_namespace: Option<Namespace>,
    #[serde(default)]
    pub(crate) xml_attribute: bool,
    #[serde(default)]
    pub(crate) jsonvalue: bool,
}

/// An XML namespace.
#[derive(Clone, Deserialize)]
#[serde(untagged)]
pub(crate) enum Namespace {
    Uri(String),
    Full { uri: String, prefix: Option<String> },
}

/// A JSON object in its own order.
pub(crate) struct Pairs<T>(pub(crate) Vec<(String, T)>);

impl<T> Default for Pairs<T> {
    fn default() -> Self {
        Pairs(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Pairs<T> {
    fn deserialize<D: serde::Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        struct InOrder<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for InOrder<T> {
            type Value = Pairs<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Pairs<T>, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = entries.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        reader.deserialize_map(InOrder(PhantomData))
    }
}

/// A member as its row says it.
pub(crate) struct MemberRow {
    pub(crate) name: String,
    pub(crate) shape: String,
    pub(crate) required: bool,
    pub(crate) wire: Option<String>,
    pub(crate) traits: TraitsRow,
}

/// Wire traits as a row says them; empty for nearly all.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct TraitsRow {
    pub(crate) location: Option<&'static str>,
    pub(crate) query_name: Option<String>,
    pub(crate) timestamp: Option<&'static str>,
    pub(crate) namespace: Option<String>,
    pub(crate) prefix: Option<String>,
    pub(crate) flattened: bool,
    pub(crate) attribute: bool,
    pub(crate) json_value: bool,
    pub(crate) idempotency_token: bool,
    pub(crate) payload: Option<String>,
    pub(crate) error: Option<ErrorRow>,
    pub(crate) sensitive: bool,
}

/// What a row says of an error.
#[derive(Clone, PartialEq)]
pub(crate) struct ErrorRow {
    pub(crate) code: Option<String>,
    pub(crate) status: Option<u16>,
    pub(crate) receiver: bool,
}

impl ShapeModel {
    /// The word of the row's kind.
    pub(crate) fn row_kind(&self) -> &'static str {
        match self.kind.as_str() {
            "structure" if self.document => "document",
            "structure" if self.union => "union",
            "structure" => "structure",
            "list" => "list",
            "map" => "map",
            "string" | "character" => "string",
            "integer" => "integer",
            "long" => "long",
            "float" => "float",
            "double" => "double",
            "boolean" => "boolean",
            "blob" => "blob",
            "timestamp" => "timestamp",
            other => panic!("the models have a new type `{other}`: teach it to shape.rs"),
        }
    }

    /// The rows of its members.
    pub(crate) fn member_rows(&self, model: &Model) -> Vec<MemberRow> {
        let part = |name: &str, part: &Option<Reference>| {
            part.as_ref().map(|reference| self.member_row(model, name, reference))
        };
        match self.kind.as_str() {
            "list" => part("member", &self.member).into_iter().collect(),
            "map" => {
                [part("key", &self.key), part("value", &self.value)].into_iter().flatten().collect()
            }
            _ => self.members.0.iter().map(|(name, it)| self.member_row(model, name, it)).collect(),
        }
    }

    fn member_row(&self, model: &Model, name: &str, reference: &Reference) -> MemberRow {
        let shape = &model.shapes[&reference.shape];
        // The name that a structure gives itself is that of a document, not of a member.
        let own = shape.wire.location_name.as_ref().filter(|_| shape.kind != "structure");
        let wire = reference.wire.location_name.as_ref().or(own);
        let mut traits = TraitsRow::of(&reference.wire, &shape.wire);
        traits.idempotency_token = reference.idempotency_token;
        // EC2 asks for the capitalised wire name; only another one needs saying.
        let capital = capitalised(wire.map_or(name, String::as_str));
        traits.query_name = traits.query_name.filter(|it| *it != capital);
        MemberRow {
            name: name.to_owned(),
            shape: reference.shape.clone(),
            required: self.required.iter().any(|it| it == name),
            wire: wire.filter(|wire| *wire != name).cloned(),
            traits,
        }
    }

    /// The traits of the shape itself.
    pub(crate) fn traits_row(&self, name: &str) -> TraitsRow {
        let mut traits = TraitsRow::of(&self.wire, &self.wire);
        traits.payload = self.payload.clone();
        traits.sensitive = self.sensitive;
        let error = ErrorRow {
            code: self.error.as_ref().and_then(|it| it.code.clone()).filter(|code| code != name),
            status: self.error.as_ref().and_then(|it| it.http_status_code),
            receiver: self.fault,
        };
        let says = error.code.is_some() || error.status.is_some() || error.receiver;
        traits.error = (self.exception && says).then_some(error);
        traits
    }
}

impl TraitsRow {
    fn of(own: &WireModel, inherited: &WireModel) -> TraitsRow {
        let (namespace, prefix) =
            match own.xml_namespace.clone().or_else(|| inherited.xml_namespace.clone()) {
                Some(Namespace::Uri(uri)) => (Some(uri), None),
                Some(Namespace::Full { uri, prefix }) => (Some(uri), prefix),
                None => (None, None),
            };
        TraitsRow {
            location: own.location.as_deref().or(inherited.location.as_deref()).map(location),
            query_name: own.query_name.clone(),
            timestamp: own
                .timestamp_format
                .as_deref()
                .or(inherited.timestamp_format.as_deref())
                .map(format),
            namespace,
            prefix,
            flattened: own.flattened || inherited.flattened,
            attribute: own.xml_attribute || inherited.xml_attribute,
            json_value: own.jsonvalue || inherited.jsonvalue,
            ..TraitsRow::default()
        }
    }
}

fn location(name: &str) -> &'static str {
    match name {
        "header" => "header",
        "headers" => "headers",
        "uri" => "uri",
        "querystring" => "query",
        "statusCode" => "status",
        other => panic!("the models have a new location `{other}`: teach it to shape.rs"),
    }
}

fn format(name: &str) -> &'static str {
    match name {
        "unixTimestamp" => "epoch",
        "iso8601" => "date-time",
        "rfc822" => "http-date",
        other => panic!("the models have a new timestamp format `{other}`: teach it to shape.rs"),
    }
}

impl Metadata {
    /// The names of the row's protocols, the preferred first.
    pub(crate) fn protocol_rows(&self) -> Vec<&'static str> {
        let json =
            if self.json_version.as_deref() == Some("1.0") { "AwsJson10" } else { "AwsJson11" };
        let own = [self.protocol.clone()];
        let all = self.protocols.as_deref().unwrap_or(&own);
        let row = |name: &String| match name.as_str() {
            "json" => json,
            "query" => "AwsQuery",
            "ec2" => "Ec2Query",
            "rest-json" => "RestJson",
            "rest-xml" => "RestXml",
            "smithy-rpc-v2-cbor" => "RpcV2Cbor",
            other => panic!("the models have a new protocol `{other}`: teach it to shape.rs"),
        };
        all.iter().map(row).collect()
    }
}

/// `name` with a capital first letter.
pub(crate) fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
