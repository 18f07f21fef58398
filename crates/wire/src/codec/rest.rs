//! The bindings of restJson1 and restXml: members in path labels, query string, headers and status.
//!
//! What is left for the body is a document of the one or the other kind, or, where the model names a
//! payload member, that member alone: raw bytes, text, or a document.

use std::borrow::Cow;
use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderMap;
use http::header::{HeaderName, HeaderValue};
use http::request::Parts;

use crate::codec::{form, json, text, xml};
use crate::fault::Fault;
use crate::shape::{Kind, Location, Member, Shape, TimestampFormat, Traits};
use crate::value::{Members, Value};

/// The kind of the documents in bodies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// restJson1.
    Json,
    /// restXml.
    Xml,
}

/// Reads a request as a value of `shape`; `labels` are those of the path, still percent-encoded.
///
/// # Errors
/// `SerializationException` or `MalformedXML` when a part of it is not what the table says.
pub fn decode(
    format: Format,
    shape: &'static Shape,
    labels: &[(&'static str, String)],
    head: &Parts,
    body: &[u8],
) -> Result<Value, Fault> {
    let mut members = document_members(format, shape, body)?;
    let query: Vec<(Cow<'_, str>, Cow<'_, str>)> =
        form::pairs(head.uri.query().unwrap_or_default()).collect();
    for member in &shape.members {
        let value = match member.traits.location {
            Location::Body | Location::Status => continue,
            Location::Uri => {
                let label = labels.iter().find(|(name, _)| *name == member.wire_name());
                label
                    .map(|(_, said)| plain(member, member.shape(), &form::decode(said, false)))
                    .transpose()?
            }
            Location::Query => from_query(member, &query)?,
            Location::Header => from_header(member, &head.headers)?,
            Location::Headers => from_headers(member, &head.headers),
        };
        members.put(member.name, value);
    }
    Ok(Value::Map(members))
}

/// The members that the body holds.
fn document_members(format: Format, shape: &'static Shape, body: &[u8]) -> Result<Members, Fault> {
    let mut members = Members::new();
    let Some(payload) = shape.traits.payload.and_then(|name| shape.member(name)) else {
        if shape.members.iter().any(|member| member.traits.location == Location::Body)
            && let Value::Map(all) = document(format, shape, shape.traits, body)?
        {
            let bodily = |name: &str| {
                shape.member(name).is_some_and(|member| member.traits.location == Location::Body)
            };
            return Ok(all.into_iter().filter(|(name, _)| bodily(name)).collect());
        }
        return Ok(members);
    };
    if body.is_empty() {
        return Ok(members);
    }
    let value = match payload.shape().kind {
        Kind::Blob => Value::Blob(body.to_owned()),
        Kind::String => match std::str::from_utf8(body) {
            Ok(text) => Value::from(text),
            Err(_) => return Err(Fault::serialization("the body is not UTF-8")),
        },
        _ => document(format, payload.shape(), payload.traits, body)?,
    };
    members.put(payload.name, value);
    Ok(members)
}

fn document(
    format: Format,
    shape: &'static Shape,
    traits: &'static Traits,
    body: &[u8],
) -> Result<Value, Fault> {
    match format {
        Format::Json => json::decode_as(shape, traits, body),
        Format::Xml => match xml::parse(body)? {
            Some(root) => xml::read(shape, &root),
            None => Ok(Value::Null),
        },
    }
}

/// A plain value, or a fault that names its member.
fn plain(member: &Member, shape: &Shape, said: &str) -> Result<Value, Fault> {
    if member.traits.json_value {
        let decoded =
            STANDARD.decode(said.trim()).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        return Ok(Value::from(decoded.unwrap_or_else(|| said.to_owned())));
    }
    text::read(shape, said).ok_or_else(|| {
        let message =
            format!("`{said}` can not be converted to {:?} (at '{}')", shape.kind, member.name);
        Fault::serialization(message)
    })
}

fn from_query(
    member: &Member,
    query: &[(Cow<'_, str>, Cow<'_, str>)],
) -> Result<Option<Value>, Fault> {
    if member.shape().kind == Kind::Map {
        return Ok(whole_query(member, query));
    }
    let mut said =
        query.iter().filter(|(name, _)| name == member.wire_name()).map(|(_, value)| value);
    if member.shape().kind == Kind::List {
        let entry = member.shape().entry().shape();
        let entries: Vec<Value> =
            said.map(|said| plain(member, entry, said)).collect::<Result<_, _>>()?;
        return Ok((!entries.is_empty()).then_some(Value::List(entries)));
    }
    said.next_back().map(|said| plain(member, member.shape(), said)).transpose()
}

/// The whole query string, named parameters among it, as strings or lists of strings by name: so Smithy
/// asks of servers.
fn whole_query(member: &Member, query: &[(Cow<'_, str>, Cow<'_, str>)]) -> Option<Value> {
    let lists = member.shape().pair().1.shape().kind == Kind::List;
    let mut members: BTreeMap<&str, Value> = BTreeMap::new();
    for (name, value) in query {
        let value = Value::from(value.as_ref());
        match members.get_mut(name.as_ref()) {
            Some(Value::List(held)) => held.push(value),
            _ if lists => {
                members.insert(name, Value::List(vec![value]));
            }
            _ => {
                members.insert(name, value);
            }
        }
    }
    let members: Members =
        members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    (!members.is_empty()).then_some(Value::Map(members))
}

fn from_header(member: &Member, headers: &HeaderMap) -> Result<Option<Value>, Fault> {
    let said: Vec<&str> = headers
        .get_all(member.wire_name())
        .iter()
        .filter_map(|value| value.to_str().ok())
        .collect();
    if said.is_empty() {
        return Ok(None);
    }
    let said = said.join(",");
    if member.shape().kind != Kind::List {
        return plain(member, member.shape(), &said).map(Some);
    }
    if said.trim().is_empty() {
        return Ok(Some(Value::List(Vec::new())));
    }
    let entry = member.shape().entry().shape();
    let dates = entry.kind == Kind::Timestamp;
    let entries: Vec<Value> = header_list(&said, dates)
        .iter()
        .map(|said| plain(member, entry, said))
        .collect::<Result<_, _>>()?;
    Ok(Some(Value::List(entries)))
}

/// The entries of a header: `a, "b, c", d`. A date has a comma of its own, after the day's name.
fn header_list(said: &str, dates: bool) -> Vec<String> {
    let mut entries = vec![String::new()];
    let mut quoted = false;
    let mut letters = said.chars();
    while let Some(letter) = letters.next() {
        let last = entries.last_mut().expect("there is one from the start");
        match letter {
            '"' => quoted = !quoted,
            '\\' if quoted => last.extend(letters.next()),
            ',' if quoted => last.push(letter),
            ',' if dates && last.trim().len() == "Tue".len() => last.push(letter),
            ',' => entries.push(String::new()),
            _ => last.push(letter),
        }
    }
    entries.iter().map(|entry| entry.trim().to_owned()).collect()
}

/// The headers with a member's prefix, in lower case as HTTP has them.
fn from_headers(member: &Member, headers: &HeaderMap) -> Option<Value> {
    let prefix = member.wire.unwrap_or_default().to_ascii_lowercase();
    let found = headers.iter().filter_map(|(name, value)| {
        let rest = name.as_str().strip_prefix(&prefix)?;
        Some((Cow::Owned(rest.to_owned()), Value::from(value.to_str().ok()?)))
    });
    let found = Members::from_entries(found.collect());
    (!found.is_empty()).then_some(Value::Map(found))
}

/// What a reply is made of.
#[derive(Debug, Default)]
pub struct Bound {
    /// The status, where a member says it.
    pub status: Option<u16>,
    /// The headers that members are.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
    /// The body's type; `None` when there is no body.
    pub content_type: Option<&'static str>,
}

/// Writes a reply of `shape`.
#[must_use]
pub fn encode(format: Format, shape: &'static Shape, members: &Members) -> Bound {
    let mut bound = Bound::default();
    for (name, value) in members.iter() {
        let Some(member) = shape.member(name) else { continue };
        match member.traits.location {
            Location::Status => {
                bound.status = value.as_i64().and_then(|status| u16::try_from(status).ok())
            }
            Location::Header => to_header(&mut bound.headers, member, value),
            Location::Headers => to_headers(&mut bound.headers, member, value),
            Location::Body | Location::Uri | Location::Query => {}
        }
    }
    match shape.traits.payload.and_then(|name| shape.member(name)) {
        Some(payload) => encode_payload(format, payload, members.get(payload.name), &mut bound),
        None if shape.members.iter().any(in_reply_body) => {
            encode_document(format, shape, members, &mut bound);
        }
        None => {}
    }
    bound
}

/// A reply has no path and no query string: what a request has there is in its body.
#[must_use]
pub fn in_reply_body(member: &Member) -> bool {
    matches!(member.traits.location, Location::Body | Location::Uri | Location::Query)
}

fn encode_document(format: Format, shape: &'static Shape, members: &Members, bound: &mut Bound) {
    let bodily = |(name, _): &(&str, &Value)| shape.member(name).is_some_and(in_reply_body);
    let mut bodily = members.iter().filter(bodily);
    let text = match format {
        Format::Json => {
            let mut out = String::new();
            json::write_members(shape, &mut bodily, &mut out);
            out
        }
        Format::Xml => {
            let mut out = xml::Writer::new();
            out.root(shape, members, &mut bodily);
            out.finish()
        }
    };
    bound.body = text.into_bytes();
    bound.content_type = Some(document_type(format));
}

fn encode_payload(format: Format, payload: &Member, value: Option<&Value>, bound: &mut Bound) {
    let Some(value) = value else { return };
    (bound.body, bound.content_type) = match (value, format) {
        (Value::Blob(bytes), _) => (bytes.clone(), Some("application/octet-stream")),
        (Value::Str(text), _) if payload.shape().kind == Kind::String => {
            (text.as_bytes().to_owned(), Some("text/plain"))
        }
        (value, Format::Json) => {
            let mut out = String::new();
            json::write(payload.shape(), payload.traits, value, &mut out);
            (out.into_bytes(), Some("application/json"))
        }
        (value, Format::Xml) => {
            let mut out = xml::Writer::new();
            let name = payload.wire.unwrap_or(payload.shape().name);
            out.element(name, payload.shape(), payload.traits, value);
            (out.finish().into_bytes(), Some("application/xml"))
        }
    };
}

/// The type of a body that is a document.
#[must_use]
pub const fn document_type(format: Format) -> &'static str {
    match format {
        Format::Json => "application/json",
        Format::Xml => "application/xml",
    }
}

fn to_header(headers: &mut HeaderMap, member: &Member, value: &Value) {
    let mut said = match value {
        Value::List(entries) => {
            let entry = member.shape().entry();
            let texts = entries.iter().map(|value| {
                let said = text::write(entry.traits, TimestampFormat::HttpDate, value);
                if value.as_str().is_some() { quote(&said) } else { said.into_owned() }
            });
            texts.collect::<Vec<_>>().join(", ")
        }
        _ => text::write(member.traits, TimestampFormat::HttpDate, value).into_owned(),
    };
    if member.traits.json_value {
        said = STANDARD.encode(said);
    }
    insert(headers, member.wire_name(), &said);
}

/// A string among others in a header: quoted when it would be taken for several.
fn quote(said: &str) -> String {
    if said.contains([',', '"']) {
        format!("\"{}\"", said.replace('\\', "\\\\").replace('"', "\\\""))
    } else {
        said.to_owned()
    }
}

fn to_headers(headers: &mut HeaderMap, member: &Member, value: &Value) {
    let prefix = member.wire.unwrap_or_default();
    for (name, value) in value.as_map().into_iter().flat_map(Members::iter) {
        insert(headers, &format!("{prefix}{name}"), value.as_str().unwrap_or_default());
    }
}

/// Sets a header; a name or value that HTTP cannot carry is left out.
fn insert(headers: &mut HeaderMap, name: &str, value: &str) {
    if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::from_str(value)) {
        headers.insert(name, value);
    }
}
