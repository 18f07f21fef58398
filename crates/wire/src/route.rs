//! Finds the service, operation and protocol that a request means.
//!
//! Looked at in this order, each being certain when present: the `Smithy-Protocol` header, the
//! `X-Amz-Target` header, an `Action` with its `Version` in a form, and last, for the REST protocols, the
//! signing name with method and path.
//!
//! A refusal knows the protocol of the request, so that even "no such operation" is said in a form that
//! the client reads.

use http::HeaderMap;
use http::request::Parts;

use crate::codec::form;
use crate::fault::Fault;
use crate::shape::{Operation, Protocol, Service};
use crate::sigv4;

/// What a request means.
#[derive(Clone, Debug)]
pub struct Routed {
    /// The service.
    pub service: &'static Service,
    /// The operation; the service's model has it, and Longshore serves it.
    pub operation: &'static Operation,
    /// The protocol to read the request and write the reply in.
    pub protocol: Protocol,
    /// Values of the path's labels, by wire name, still percent-encoded.
    pub labels: Vec<(&'static str, String)>,
}

/// A request that means nothing to us: how to answer, and what.
#[derive(Clone, Debug)]
pub struct Unrouted {
    /// The protocol to write the fault in.
    pub protocol: Protocol,
    /// The service, when that much was clear.
    pub service: Option<&'static Service>,
    /// The operation's name, when that much was clear.
    pub operation: Option<String>,
    /// What to answer.
    pub fault: Fault,
}

/// The type of a form.
const FORM: &str = "application/x-www-form-urlencoded";

/// Routes a request over `services`.
///
/// # Errors
/// The fault to answer, when no service, no operation or none that is served is meant.
pub fn route(
    services: &'static [&'static Service],
    head: &Parts,
    body: &[u8],
) -> Result<Routed, Box<Unrouted>> {
    if let Some(protocol) = text(&head.headers, "smithy-protocol") {
        return rpc(services, protocol, head.uri.path());
    }
    let content_type = content_type(&head.headers);
    if let Some(target) = text(&head.headers, "x-amz-target") {
        return target_header(services, target, content_type);
    }
    if content_type.starts_with("application/x-amz-json-") {
        return Err(without_target(content_type));
    }
    let query = head.uri.query().unwrap_or_default();
    let action = action(query, content_type, body);
    if action.is_some() || content_type == FORM {
        let signing_name = sigv4::claimed(&head.headers, query).map(|claim| claim.service);
        return form_action(services, action, signing_name.as_deref());
    }
    rest(services, head)
}

/// A header's value, when it is text.
fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn content_type(headers: &HeaderMap) -> &str {
    let whole = text(headers, "content-type").unwrap_or_default();
    whole.split(';').next().unwrap_or_default().trim()
}

fn rpc(
    services: &'static [&'static Service],
    protocol: &str,
    path: &str,
) -> Result<Routed, Box<Unrouted>> {
    let unknown = |service, operation: Option<&str>, message: String| {
        let fault = Fault::sender("UnknownOperationException", message).with_status(404);
        let operation = operation.map(str::to_owned);
        Box::new(Unrouted { protocol: Protocol::RpcV2Cbor, service, operation, fault })
    };
    if protocol != "rpc-v2-cbor" {
        let message =
            format!("`{protocol}` is not a protocol that Longshore speaks; use `rpc-v2-cbor`.");
        return Err(unknown(None, None, message));
    }
    let parts: Vec<&str> = path.rsplitn(5, '/').collect();
    let [name, "operation", service, "service", ..] = parts[..] else {
        let message = format!("`{path}` is not of the form `/service/NAME/operation/NAME`.");
        return Err(unknown(None, None, message));
    };
    let found = services.iter().find(|row| row.target_prefix == Some(service));
    let Some(found) = found.filter(|row| row.protocols.contains(&Protocol::RpcV2Cbor)) else {
        return Err(unknown(
            None,
            Some(name),
            format!("No service has the name `{service}` and speaks CBOR."),
        ));
    };
    named(found, name, Protocol::RpcV2Cbor).ok_or_else(|| {
        unknown(Some(*found), Some(name), format!("{service} has no operation `{name}`."))
    })?
}

/// The protocol of a JSON body; 1.1 where the type does not say.
fn json_protocol(content_type: &str) -> Protocol {
    match content_type {
        "application/x-amz-json-1.0" => Protocol::AwsJson10,
        _ => Protocol::AwsJson11,
    }
}

fn without_target(content_type: &str) -> Box<Unrouted> {
    let message = "The header X-Amz-Target must say which operation is meant.";
    let fault = Fault::sender("UnknownOperationException", message).with_status(400);
    let protocol = json_protocol(content_type);
    Box::new(Unrouted { protocol, service: None, operation: None, fault })
}

fn target_header(
    services: &'static [&'static Service],
    target: &str,
    content_type: &str,
) -> Result<Routed, Box<Unrouted>> {
    let protocol = json_protocol(content_type);
    let (prefix, name) = target.rsplit_once('.').unwrap_or((target, ""));
    let found = services.iter().find(|row| row.target_prefix == Some(prefix));
    let unknown = || {
        let message = format!("No operation has the target `{target}`.");
        let fault = Fault::sender("UnknownOperationException", message).with_status(400);
        let operation = Some(name.to_owned());
        Box::new(Unrouted { protocol, service: found.copied(), operation, fault })
    };
    named(found.ok_or_else(unknown)?, name, protocol).ok_or_else(unknown)?
}

/// `Action` and `Version` of a query request, from the form or the query string.
fn action(query: &str, content_type: &str, body: &[u8]) -> Option<(String, Option<String>)> {
    let find = |form: &str| -> Option<(String, Option<String>)> {
        let mut action = None;
        let mut version = None;
        for (name, value) in form::pairs(form) {
            match name.as_ref() {
                "Action" => action = Some(value.into_owned()),
                "Version" => version = Some(value.into_owned()),
                _ => {}
            }
        }
        Some((action?, version))
    };
    let form = (content_type == FORM).then_some(body);
    form.and_then(|body| find(std::str::from_utf8(body).ok()?)).or_else(|| find(query))
}

fn form_action(
    services: &'static [&'static Service],
    action: Option<(String, Option<String>)>,
    signing_name: Option<&str>,
) -> Result<Routed, Box<Unrouted>> {
    let (name, version) = action.unzip();
    let version = version.flatten();
    let speaks = |row: &&&'static Service| form_protocol(row).is_some();
    let signed = |row: &&&'static Service| signing_name == Some(row.signing_name);
    let versioned = |row: &&&'static Service| version.as_deref() == Some(row.version);
    let has =
        |row: &&&'static Service| name.as_ref().is_some_and(|name| row.operation(name).is_some());
    let all = || services.iter().filter(speaks);
    // Elastic Load Balancing signs both of its APIs with one name, and old clients send old versions.
    let found = (all().filter(signed).find(versioned))
        .or_else(|| all().find(versioned))
        .or_else(|| all().filter(signed).find(has))
        .or_else(|| all().find(signed));
    let protocol = found.and_then(|row| form_protocol(row)).unwrap_or(Protocol::AwsQuery);
    let unknown = || {
        let version = version.as_deref().unwrap_or("(none)");
        let (code, message) = match &name {
            Some(name) => {
                ("InvalidAction", format!("Could not find operation {name} for version {version}"))
            }
            None => ("MissingAction", "The request must contain the parameter Action.".to_owned()),
        };
        let fault = Fault::sender(code, message).with_status(400);
        Box::new(Unrouted { protocol, service: found.copied(), operation: name.clone(), fault })
    };
    let known = name.as_ref().zip(found).and_then(|(name, row)| named(row, name, protocol));
    known.ok_or_else(unknown)?
}

fn form_protocol(service: &Service) -> Option<Protocol> {
    let form = |it: &&Protocol| matches!(it, Protocol::AwsQuery | Protocol::Ec2Query);
    service.protocols.iter().find(form).copied()
}

fn rest(services: &'static [&'static Service], head: &Parts) -> Result<Routed, Box<Unrouted>> {
    let query = head.uri.query().unwrap_or_default();
    let signed = sigv4::claimed(&head.headers, query).map(|claim| claim.service);
    let known =
        services.iter().filter(|row| signed.as_deref().is_none_or(|it| it == row.signing_name));
    let mut protocol = Protocol::RestJson;
    for service in known {
        let rest = |it: &&Protocol| matches!(it, Protocol::RestJson | Protocol::RestXml);
        let Some(spoken) = service.protocols.iter().find(rest) else { continue };
        protocol = *spoken;
        if let Some((operation, labels)) = rest_operation(service, head) {
            let routed = Routed { service, operation, protocol, labels };
            return served(routed);
        }
    }
    let message =
        format!("No operation has the method and path `{} {}`.", head.method, head.uri.path());
    let fault = Fault::sender("UnknownOperationException", message).with_status(404);
    Err(Box::new(Unrouted { protocol, service: None, operation: None, fault }))
}

type Labels = Vec<(&'static str, String)>;

/// The operation whose method and path fit best: most literal segments first, then most query constants.
fn rest_operation(service: &'static Service, head: &Parts) -> Option<(&'static Operation, Labels)> {
    let query = head.uri.query().unwrap_or_default();
    let fits =
        service.table.graph().operations().iter().filter(|row| row.method == head.method.as_str());
    let scored = fits.filter_map(|row| {
        let (path, constants) = row.uri.split_once('?').unwrap_or((row.uri, ""));
        let asked: Vec<_> = form::pairs(query).collect();
        let constants: Vec<_> = form::pairs(constants).collect();
        let (literals, labels) = path_labels(path, head.uri.path())?;
        let present = constants.iter().all(|pair| asked.contains(pair));
        present.then_some(((literals, constants.len()), (row, labels)))
    });
    scored.max_by_key(|(score, _)| *score).map(|(_, found)| found)
}

/// Labels of `path` after `pattern`, and how many segments were equal; `{name+}` takes all that is left
/// but what follows it in the pattern.
fn path_labels(pattern: &'static str, path: &str) -> Option<(usize, Labels)> {
    let (mut literals, mut labels) = (0, Vec::new());
    let mut wanted: Vec<&'static str> = pattern.trim_matches('/').split('/').collect();
    let path = path.strip_prefix('/').unwrap_or(path);
    let mut found: Vec<&str> = path.split('/').collect();
    if found.len() > wanted.len() && found.last() == Some(&"") {
        found.pop();
    }
    if let Some(greedy) = wanted.iter().position(|segment| segment.ends_with("+}")) {
        let after = wanted.len() - greedy - 1;
        let end = found.len().checked_sub(after).filter(|end| *end > greedy)?;
        labels.push((wanted[greedy][1..].trim_end_matches("+}"), found[greedy..end].join("/")));
        found.drain(greedy..end);
        wanted.remove(greedy);
    }
    if wanted.len() != found.len() {
        return None;
    }
    for (wanted, found) in wanted.into_iter().zip(found) {
        match wanted.strip_prefix('{').and_then(|label| label.strip_suffix('}')) {
            Some(label) if !found.is_empty() => labels.push((label, found.to_owned())),
            Some(_) => return None,
            None if wanted == found => literals += 1,
            None => return None,
        }
    }
    Some((literals, labels))
}

/// The operation `name` of `service`; `None` when its model has none.
fn named(
    service: &'static Service,
    name: &str,
    protocol: Protocol,
) -> Option<Result<Routed, Box<Unrouted>>> {
    let operation = service.operation(name)?;
    Some(served(Routed { service, operation, protocol, labels: Vec::new() }))
}

/// Passes what Longshore serves, and says so of what it does not serve.
fn served(routed: Routed) -> Result<Routed, Box<Unrouted>> {
    let Routed { service, operation, protocol, .. } = routed;
    if service.serves(operation.name) {
        return Ok(routed);
    }
    let code = match protocol {
        Protocol::AwsQuery | Protocol::Ec2Query => "UnsupportedOperation",
        _ => "UnsupportedOperationException",
    };
    let message =
        format!("{} of {} is not served by Longshore yet.", operation.name, service.full_name);
    let fault = Fault::sender(code, message).with_status(400);
    let operation = Some(operation.name.to_owned());
    Err(Box::new(Unrouted { protocol, service: Some(service), operation, fault }))
}
