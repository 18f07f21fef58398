//! The way in and the way out: from a routed request to a value, from a value or fault to a response.
//!
//! This is the one place that knows all protocols.

use http::header::HeaderName;
use http::request::Parts;
use http::{HeaderValue, Response, StatusCode};

use crate::check;
use crate::codec::rest::{self, Format};
use crate::codec::{cbor, ec2, json, query, xml};
use crate::fault::Fault;
use crate::route::Routed;
use crate::shape::{EMPTY, Member, Operation, Protocol, Service, Shape};
use crate::value::{Members, Value};

/// Reads the request that was routed.
///
/// # Errors
/// The fault to answer when the request is not what the protocol and the model's types say. The model's
/// rules are for `check`.
pub fn decode(routed: &Routed, head: &Parts, body: &[u8]) -> Result<Value, Fault> {
    let shape = routed.operation.input;
    match routed.protocol {
        Protocol::AwsJson10 | Protocol::AwsJson11 => json::decode(shape, body),
        Protocol::AwsQuery => query::decode(shape, form(head, body)?),
        Protocol::Ec2Query => ec2::decode(shape, form(head, body)?),
        Protocol::RestJson => rest::decode(Format::Json, shape, &routed.labels, head, body),
        Protocol::RestXml => rest::decode(Format::Xml, shape, &routed.labels, head, body),
        Protocol::RpcV2Cbor => cbor::decode(shape, body),
    }
}

/// The form of a query request: its body, or its query string when the body is empty.
fn form<'r>(head: &'r Parts, body: &'r [u8]) -> Result<&'r str, Fault> {
    if body.is_empty() {
        return Ok(head.uri.query().unwrap_or_default());
    }
    std::str::from_utf8(body).map_err(|_| {
        Fault::sender("MalformedQueryString", "The form is not UTF-8.").with_status(400)
    })
}

/// Writes the reply to a request that was served.
///
/// # Panics
/// In debug builds, if the reply has a member that the operation's output does not have, or one of
/// another type: no SDK could read it.
#[must_use]
pub fn encode_reply(routed: &Routed, reply: &Value, request_id: &str) -> Response<Vec<u8>> {
    let Routed { service, operation, protocol, .. } = routed;
    if cfg!(debug_assertions) {
        assert_eq!(
            check::mismatch(operation.output, reply),
            None,
            "the reply of {}",
            operation.name
        );
    }
    let none = Members::new();
    let members = reply.as_map().unwrap_or(&none);
    let has_output = !std::ptr::eq(operation.output, &EMPTY);
    let mut response = match protocol {
        Protocol::AwsJson10 | Protocol::AwsJson11 => {
            let mut out = String::new();
            json::write_members(operation.output, &mut members.iter(), &mut out);
            document(operation.status, json_type(*protocol), out)
        }
        Protocol::AwsQuery => document(
            operation.status,
            "text/xml",
            query_reply(service, operation, members, request_id),
        ),
        Protocol::Ec2Query => document(
            operation.status,
            "text/xml;charset=UTF-8",
            ec2_reply(service, operation, members, request_id),
        ),
        Protocol::RestJson | Protocol::RestXml => {
            let format = if *protocol == Protocol::RestJson { Format::Json } else { Format::Xml };
            let bound = rest::encode(format, operation.output, members);
            respond_bound(bound, operation.status)
        }
        Protocol::RpcV2Cbor if has_output => respond(
            operation.status,
            Some("application/cbor"),
            cbor::encode(operation.output, reply),
        ),
        Protocol::RpcV2Cbor => respond(operation.status, None, Vec::new()),
    };
    finish(&mut response, *protocol, request_id);
    response
}

fn query_reply(
    service: &Service,
    operation: &Operation,
    members: &Members,
    request_id: &str,
) -> String {
    let mut out = xml::Writer::new();
    let root = format!("{}Response", operation.name);
    out.open(&root, service.namespace);
    let wrapper = operation.result_wrapper;
    wrapper.into_iter().for_each(|name| out.open(name, None));
    out.members(operation.output, &mut members.iter());
    wrapper.into_iter().for_each(|name| out.close(name));
    out.open("ResponseMetadata", None);
    out.leaf("RequestId", request_id);
    out.close("ResponseMetadata");
    out.close(&root);
    out.finish()
}

fn ec2_reply(
    service: &Service,
    operation: &Operation,
    members: &Members,
    request_id: &str,
) -> String {
    let mut out = xml::Writer::new();
    let root = format!("{}Response", operation.name);
    out.open(&root, service.namespace);
    out.leaf("requestId", request_id);
    if std::ptr::eq(operation.output, &EMPTY) {
        // EC2 says so much of the operations of which the model says nothing.
        out.leaf("return", "true");
    }
    out.members(operation.output, &mut members.iter());
    out.close(&root);
    out.finish()
}

/// Writes a fault in the form of `protocol`; `service` tells status and query code, where it is known.
#[must_use]
pub fn encode_fault(
    protocol: Protocol,
    service: Option<&'static Service>,
    fault: &Fault,
    request_id: &str,
) -> Response<Vec<u8>> {
    let error = Error::new(service, fault);
    let status = fault.http_status(service);
    let mut response = match protocol {
        Protocol::AwsJson10 | Protocol::AwsJson11 => {
            document(status, json_type(protocol), error.json(true))
        }
        Protocol::RpcV2Cbor => respond(status, Some("application/cbor"), error.cbor()),
        Protocol::RestJson => {
            let mut response = document(status, "application/json", error.json(false));
            response
                .headers_mut()
                .extend(rest::encode(Format::Json, error.shape, &error.members).headers);
            set(&mut response, "x-amzn-errortype", &fault.code);
            response
        }
        Protocol::AwsQuery => document(status, "text/xml", error.xml(request_id)),
        Protocol::RestXml => {
            let mut response = document(status, "application/xml", error.xml(request_id));
            response
                .headers_mut()
                .extend(rest::encode(Format::Xml, error.shape, &error.members).headers);
            response
        }
        Protocol::Ec2Query => document(status, "text/xml;charset=UTF-8", error.ec2(request_id)),
    };
    if matches!(protocol, Protocol::AwsJson10 | Protocol::AwsJson11 | Protocol::RpcV2Cbor)
        && service.is_some_and(|service| service.query_compatible)
    {
        let query_error = format!("{};{}", fault.query_code(service), error.blame());
        set(&mut response, "x-amzn-query-error", &query_error);
    }
    finish(&mut response, protocol, request_id);
    response
}

/// An error as its members: the message under the name that the shape has for it, and the rest.
struct Error<'f> {
    service: Option<&'static Service>,
    fault: &'f Fault,
    shape: &'static Shape,
    message: &'static str,
    members: Members,
}

impl<'f> Error<'f> {
    fn new(service: Option<&'static Service>, fault: &'f Fault) -> Error<'f> {
        let shape = service.and_then(|service| fault.shape(service)).unwrap_or(&EMPTY);
        let is_message = |name: &str| name.eq_ignore_ascii_case("message");
        let message = shape.members.iter().find(|member| is_message(member.name));
        let others = fault
            .members
            .iter()
            .filter(|(name, _)| !is_message(name) && shape.member(name).is_some());
        Error {
            service,
            fault,
            shape,
            message: message.map_or("message", Member::wire_name),
            members: others.map(|(name, value)| (name.to_owned(), value.clone())).collect(),
        }
    }

    fn blame(&self) -> &'static str {
        if self.fault.is_receiver(self.service) { "Receiver" } else { "Sender" }
    }

    /// The members that travel in the body.
    fn bodily(&self) -> impl Iterator<Item = (&str, &Value)> {
        let bodily = |name: &str| self.shape.member(name).is_some_and(rest::in_reply_body);
        self.members.iter().filter(move |(name, _)| bodily(name))
    }

    fn json(&self, typed: bool) -> String {
        let mut out = String::from("{");
        if typed {
            out.push_str("\"__type\":");
            json::write_text(&self.fault.code, &mut out);
            out.push(',');
        }
        json::write_text(self.message, &mut out);
        out.push(':');
        json::write_text(&self.fault.message, &mut out);
        let mut others = String::new();
        json::write_members(self.shape, &mut self.bodily(), &mut others);
        if others != "{}" {
            out.push(',');
        }
        out.push_str(&others[1..]);
        out
    }

    fn cbor(&self) -> Vec<u8> {
        let texts =
            [("__type", self.fault.code.as_ref()), (self.message, self.fault.message.as_str())];
        cbor::encode_with(&texts, self.shape, &self.members)
    }

    fn xml(&self, request_id: &str) -> String {
        let mut out = xml::Writer::new();
        out.open("ErrorResponse", self.service.and_then(|service| service.namespace));
        out.open("Error", None);
        out.leaf("Type", self.blame());
        self.xml_members(&mut out);
        out.close("Error");
        out.leaf("RequestId", request_id);
        out.close("ErrorResponse");
        out.finish()
    }

    fn ec2(&self, request_id: &str) -> String {
        let mut out = xml::Writer::new();
        out.open("Response", None);
        out.open("Errors", None);
        out.open("Error", None);
        self.xml_members(&mut out);
        out.close("Error");
        out.close("Errors");
        out.leaf("RequestID", request_id);
        out.close("Response");
        out.finish()
    }

    fn xml_members(&self, out: &mut xml::Writer) {
        out.leaf("Code", self.fault.query_code(self.service));
        out.leaf("Message", &self.fault.message);
        out.members(self.shape, &mut self.bodily());
    }
}

const fn json_type(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::AwsJson10 => "application/x-amz-json-1.0",
        _ => "application/x-amz-json-1.1",
    }
}

fn document(status: u16, content_type: &'static str, text: String) -> Response<Vec<u8>> {
    respond(status, Some(content_type), text.into_bytes())
}

fn respond_bound(bound: rest::Bound, status: u16) -> Response<Vec<u8>> {
    let mut response = respond(bound.status.unwrap_or(status), None, bound.body);
    if let Some(content_type) = bound.content_type {
        set(&mut response, "content-type", content_type);
    }
    // A member may be the content type itself.
    response.headers_mut().extend(bound.headers);
    response
}

fn respond(status: u16, content_type: Option<&'static str>, body: Vec<u8>) -> Response<Vec<u8>> {
    let mut response = Response::new(body);
    *response.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if let Some(content_type) = content_type {
        set(&mut response, "content-type", content_type);
    }
    response
}

fn set(response: &mut Response<Vec<u8>>, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(HeaderName::from_static(name), value);
    }
}

fn finish(response: &mut Response<Vec<u8>>, protocol: Protocol, request_id: &str) {
    if protocol == Protocol::RpcV2Cbor {
        set(response, "smithy-protocol", "rpc-v2-cbor");
    }
    set(response, "x-amzn-requestid", request_id);
}
