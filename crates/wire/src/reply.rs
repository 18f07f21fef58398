//! The way in and the way out: from a routed request to a value, from a value or fault to a response.

use http::request::Parts;
use http::{HeaderValue, Response};

use crate::check;
use crate::codec::json;
use crate::fault::Fault;
use crate::route::Routed;
use crate::shape::{Protocol, Service};
use crate::value::Value;

/// Reads the request that was routed.
///
/// # Errors
/// The fault to answer when the body is not what the protocol says. Rules of the model are for `check`.
pub fn decode(routed: &Routed, _head: &Parts, body: &[u8]) -> Result<Value, Fault> {
    match routed.protocol {
        Protocol::AwsJson10 | Protocol::AwsJson11 => json::decode(routed.operation.input, body),
        other => Err(Fault::sender("UnsupportedProtocol", format!("{other:?} is not spoken yet"))),
    }
}

/// Writes the reply to a request that was served.
///
/// # Panics
/// In debug builds, if the reply has a member that the operation's output does not have, or one of
/// another type: no SDK could read it.
#[must_use]
pub fn encode_reply(routed: &Routed, reply: &Value, request_id: &str) -> Response<Vec<u8>> {
    let output = routed.operation.output;
    if cfg!(debug_assertions) {
        assert_eq!(check::mismatch(output, reply), None, "the reply of {}", routed.operation.name);
    }
    let body = json::encode(output, reply).into_bytes();
    finish(routed.protocol, routed.operation.status, body, request_id)
}

/// Writes a fault in the form of `protocol`; `service` tells status and query code, where it is known.
#[must_use]
pub fn encode_fault(
    protocol: Protocol,
    service: Option<&'static Service>,
    fault: &Fault,
    request_id: &str,
) -> Response<Vec<u8>> {
    let mut body = String::from("{\"__type\":");
    json::write_text(&fault.code, &mut body);
    body.push_str(",\"message\":");
    json::write_text(&fault.message, &mut body);
    for (name, value) in fault.members.iter() {
        let member = service.and_then(|service| fault.shape(service)?.member(name));
        if let Some(member) = member {
            body.push(',');
            json::write_text(member.wire_name(), &mut body);
            body.push(':');
            json::write(member.shape, member.traits, value, &mut body);
        }
    }
    body.push('}');
    finish(protocol, fault.http_status(service), body.into_bytes(), request_id)
}

fn finish(protocol: Protocol, status: u16, body: Vec<u8>, request_id: &str) -> Response<Vec<u8>> {
    let mut response = Response::new(body);
    *response.status_mut() = http::StatusCode::from_u16(status).unwrap_or_default();
    let content_type = match protocol {
        Protocol::AwsJson10 => "application/x-amz-json-1.0",
        Protocol::AwsJson11 => "application/x-amz-json-1.1",
        Protocol::RestJson => "application/json",
        Protocol::RpcV2Cbor => "application/cbor",
        Protocol::AwsQuery | Protocol::Ec2Query => "text/xml",
        Protocol::RestXml => "application/xml",
    };
    let headers = response.headers_mut();
    headers.insert("content-type", HeaderValue::from_static(content_type));
    if let Ok(id) = HeaderValue::from_str(request_id) {
        headers.insert("x-amzn-requestid", id);
    }
    response
}
