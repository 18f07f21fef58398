//! The rows of the tables: AWS's interface models as data.
//!
//! A service is a list of operations; an operation names an input and an output shape; a shape has
//! members that name further shapes. Codecs, checks and views walk these rows and know no service.
//!
//! Always holds: rows are immutable and refer to each other directly, so that a walk never looks a
//! name up. Shapes may be recursive; a walk is bounded by the value, never by the table.
//! Not here: the rows themselves (`tables/`, generated) and how they are read (`table.rs`), values
//! (`value.rs`), rules (`check.rs`).

use std::sync::OnceLock;

use crate::table::Table;

/// What a value of a shape is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// Named members, each at most once.
    Structure,
    /// Named members, of which exactly one is present.
    Union,
    /// Values of one shape in order; its only member is called `member`.
    List,
    /// Values of one shape by string; its members are called `key` and `value`.
    Map,
    /// Text.
    String,
    /// A whole number of 32 bits.
    Integer,
    /// A whole number of 64 bits.
    Long,
    /// A number of single precision.
    Float,
    /// A number of double precision.
    Double,
    /// True or false.
    Boolean,
    /// Bytes.
    Blob,
    /// A moment.
    Timestamp,
    /// Anything JSON can say.
    Document,
}

impl Kind {
    /// The kind that a table's word means.
    #[must_use]
    pub const fn of(word: &str) -> Option<Kind> {
        Some(match word.as_bytes() {
            b"structure" => Kind::Structure,
            b"union" => Kind::Union,
            b"list" => Kind::List,
            b"map" => Kind::Map,
            b"string" => Kind::String,
            b"integer" => Kind::Integer,
            b"long" => Kind::Long,
            b"float" => Kind::Float,
            b"double" => Kind::Double,
            b"boolean" => Kind::Boolean,
            b"blob" => Kind::Blob,
            b"timestamp" => Kind::Timestamp,
            b"document" => Kind::Document,
            _ => return None,
        })
    }

    /// The bit of this kind in a mask, as `view!` compares them while compiling.
    #[must_use]
    pub const fn bit(self) -> u16 {
        1 << self as u8
    }
}

/// A type of AWS's model.
#[derive(Debug)]
pub struct Shape {
    /// The model's own name, such as `RunTaskRequest`.
    pub name: &'static str,
    /// What its values are.
    pub kind: Kind,
    /// Members of a structure in the model's order; `member` of a list; `key` and `value` of a map.
    pub members: Vec<Member>,
    /// What a value must satisfy, where the model says so.
    pub rules: Option<Rules>,
    /// How it is written on the wire, where that is not the protocol's default.
    pub traits: &'static Traits,
    /// Whether it is an error.
    pub is_error: bool,
    /// What a client is told of the error, where that is not the default.
    pub error: ErrorTraits,
}

/// One member of a shape.
#[derive(Debug)]
pub struct Member {
    /// The model's own name, such as `taskDefinition`.
    pub name: &'static str,
    /// Whether a structure without it is refused.
    pub required: bool,
    /// The name on the wire (the model's `locationName`); for headers the header, for the query its key.
    pub wire: Option<&'static str>,
    /// Wire traits of the member, those of its shape already merged in.
    pub traits: &'static Traits,
    /// What it holds; set once, when all shapes of the table are there, because shapes may be recursive.
    pub(crate) target: OnceLock<&'static Shape>,
}

/// Bounds and choices of a shape.
#[derive(Debug, Default)]
pub struct Rules {
    /// Least length (characters of a string, bytes of a blob, entries of a list or map) or value (numbers).
    pub min: Option<f64>,
    /// Greatest length or value.
    pub max: Option<f64>,
    /// A regular expression that the whole string must match, in Java's dialect.
    pub pattern: Option<&'static str>,
    /// The only strings allowed; empty when any is.
    pub values: Vec<&'static str>,
}

/// Where in a request or response a member travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// In the body, the default.
    Body,
    /// In one header.
    Header,
    /// A map in all headers with a common prefix, which is the wire name.
    Headers,
    /// In the path.
    Uri,
    /// In the query string; a map without wire name is the rest of the query string.
    Query,
    /// The HTTP status.
    Status,
}

/// How a timestamp is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimestampFormat {
    /// Seconds since 1970, with a fraction of up to three digits.
    Epoch,
    /// `2026-12-01T10:00:00Z`.
    DateTime,
    /// `Tue, 01 Dec 2026 10:00:00 GMT`.
    HttpDate,
}

/// What a client is told when this shape is an error.
#[derive(Debug)]
pub struct ErrorTraits {
    /// The code of the query protocols, when it is not the shape's name.
    pub code: Option<&'static str>,
    /// The HTTP status, when it is not the default (400, or 500 of a fault).
    pub status: Option<u16>,
    /// Whether the service, not the sender, is to blame.
    pub receiver: bool,
}

/// How a shape or member is written, where it differs from its protocol's default.
#[derive(Clone, Copy, Debug)]
pub struct Traits {
    /// Where a member travels.
    pub location: Location,
    /// EC2's own name of a request parameter, when it is not the capitalised wire name.
    pub query_name: Option<&'static str>,
    /// How a timestamp is written.
    pub timestamp: Option<TimestampFormat>,
    /// An XML namespace to declare.
    pub namespace: Option<&'static str>,
    /// The prefix of `namespace`.
    pub prefix: Option<&'static str>,
    /// Whether list or map entries repeat in place, without an element around them.
    pub flattened: bool,
    /// Whether the member is an XML attribute.
    pub attribute: bool,
    /// Whether the member is a string of JSON in base64 (header) or plain (body).
    pub json_value: bool,
    /// Whether a client makes up a token when the caller gave none.
    pub idempotency_token: bool,
    /// The member that is the whole body.
    pub payload: Option<&'static str>,
    /// Whether values must not be shown in logs.
    pub sensitive: bool,
}

/// The traits of nearly every member: none.
pub static NONE: Traits = Traits {
    location: Location::Body,
    query_name: None,
    timestamp: None,
    namespace: None,
    prefix: None,
    flattened: false,
    attribute: false,
    json_value: false,
    idempotency_token: false,
    payload: None,
    sensitive: false,
};

/// A structure without members: the input or output of an operation that has none.
pub static EMPTY: Shape = Shape {
    name: "Unit",
    kind: Kind::Structure,
    members: Vec::new(),
    rules: None,
    traits: &NONE,
    is_error: false,
    error: ErrorTraits { code: None, status: None, receiver: false },
};

/// One operation of a service.
#[derive(Debug)]
pub struct Operation {
    /// The model's own name, such as `RunTask`.
    pub name: &'static str,
    /// The HTTP method.
    pub method: &'static str,
    /// The path, with `{labels}` and query constants in the REST protocols, else `/`.
    pub uri: &'static str,
    /// The HTTP status of success.
    pub status: u16,
    /// The request.
    pub input: &'static Shape,
    /// The reply.
    pub output: &'static Shape,
    /// The element around the reply in awsQuery, when there is one.
    pub result_wrapper: Option<&'static str>,
    /// The errors that the model promises for it.
    pub errors: Vec<&'static Shape>,
}

/// The languages that services speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Protocol {
    /// `application/x-amz-json-1.0` with `X-Amz-Target`.
    AwsJson10,
    /// `application/x-amz-json-1.1` with `X-Amz-Target`.
    AwsJson11,
    /// A form with `Action` and `Version`, answered in XML.
    AwsQuery,
    /// EC2's dialect of awsQuery.
    Ec2Query,
    /// Methods, paths and JSON.
    RestJson,
    /// Methods, paths and XML.
    RestXml,
    /// `/service/…/operation/…` with CBOR.
    RpcV2Cbor,
}

/// One AWS service.
#[derive(Debug)]
pub struct Service {
    /// Its name in botocore, such as `ecs`; also the module of its table.
    pub id: &'static str,
    /// What AWS calls it in full.
    pub full_name: &'static str,
    /// The service name in a SigV4 credential scope.
    pub signing_name: &'static str,
    /// The first label of its hosts, such as `api.ecr`.
    pub endpoint_prefix: &'static str,
    /// Its API version, such as `2014-11-13`.
    pub version: &'static str,
    /// The protocols it speaks, the preferred first.
    pub protocols: &'static [Protocol],
    /// What stands before the dot of `X-Amz-Target`; also the service of an rpcv2Cbor path.
    pub target_prefix: Option<&'static str>,
    /// The XML namespace of its replies.
    pub namespace: Option<&'static str>,
    /// Whether it tells its old awsQuery error codes in a header (`x-amzn-query-error`).
    pub query_compatible: bool,
    /// Names of the operations that Longshore serves, one a line.
    pub served: &'static str,
    /// Its operations and shapes.
    pub table: Table,
}

impl Shape {
    /// The member with the model's name `name`.
    #[must_use]
    pub fn member(&self, name: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.name == name)
    }

    /// Whether values are named members.
    #[must_use]
    pub fn is_structure(&self) -> bool {
        matches!(self.kind, Kind::Structure | Kind::Union)
    }

    /// The row of a list's entries.
    ///
    /// # Panics
    /// If the shape is not a list: every list row has its `member`.
    #[must_use]
    pub fn entry(&'static self) -> &'static Member {
        assert!(self.kind == Kind::List, "{} is not a list", self.name);
        &self.members[0]
    }

    /// The rows of a map's keys and values.
    ///
    /// # Panics
    /// If the shape is not a map: every map row has its `key` and `value`.
    #[must_use]
    pub fn pair(&'static self) -> (&'static Member, &'static Member) {
        assert!(self.kind == Kind::Map, "{} is not a map", self.name);
        (&self.members[0], &self.members[1])
    }
}

impl Member {
    /// What it holds.
    ///
    /// # Panics
    /// If the table that it is of was not read to the end.
    #[must_use]
    pub fn shape(&self) -> &'static Shape {
        self.target.get().expect("a table links its members when it is read")
    }

    pub(crate) fn link(&self, shape: &'static Shape) {
        self.target.set(shape).expect("a table is linked once");
    }

    /// The name on the wire.
    #[must_use]
    pub fn wire_name(&self) -> &'static str {
        self.wire.unwrap_or(self.name)
    }
}

impl Service {
    /// The operation called `name`, when the model has it.
    #[must_use]
    pub fn operation(&self, name: &str) -> Option<&'static Operation> {
        self.table.graph().operation(name)
    }

    /// The error called `name`, when the model has it.
    #[must_use]
    pub fn error(&self, name: &str) -> Option<&'static Shape> {
        self.table.graph().shape(name).filter(|shape| shape.is_error)
    }

    /// Whether Longshore serves the operation called `name`.
    #[must_use]
    pub fn serves(&self, name: &str) -> bool {
        self.served_names().any(|served| served == name)
    }

    /// Names of the operations that Longshore serves.
    pub fn served_names(&self) -> impl Iterator<Item = &'static str> {
        self.served.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
    }
}
