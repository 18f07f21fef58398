//! XML after a table: replies of awsQuery and ec2Query, requests and replies of restXml.
//!
//! Reading makes a small tree of elements first, because an element's attributes and order matter to no
//! model. Namespaces are dropped; document types and unknown entities are refused, nesting is bounded.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::codec::{DEPTH_MAX, text};
use crate::fault::Fault;
use crate::shape::{Kind, Member, NONE, Shape, TimestampFormat, Traits};
use crate::value::{Members, Value};

/// An element without its namespace.
#[derive(Debug, Default)]
pub struct Element {
    /// Its local name.
    pub name: String,
    /// Its attributes, declarations of namespaces left out.
    pub attributes: Vec<(String, String)>,
    /// Its text, that of its children left out.
    pub text: String,
    /// The elements in it.
    pub children: Vec<Element>,
}

/// Reads a document; `None` when there is nothing but white space.
///
/// # Errors
/// `MalformedXML` when it is none, or nests too deep, or declares a document type.
pub fn parse(body: &[u8]) -> Result<Option<Element>, Fault> {
    let body = std::str::from_utf8(body).map_err(|_| malformed("it is not UTF-8"))?;
    let mut reader = Reader::from_str(body);
    let mut open: Vec<Element> = Vec::new();
    let mut root = None;
    loop {
        let event = reader.read_event().map_err(|error| malformed(&error.to_string()))?;
        let closed = match event {
            Event::Start(start) => {
                if open.len() >= DEPTH_MAX {
                    return Err(malformed("it is nested too deep"));
                }
                open.push(element(&start)?);
                continue;
            }
            Event::Empty(start) => Some(element(&start)?),
            Event::End(_) => open.pop(),
            Event::Text(part) => {
                append(&mut open, &part.xml10_content())?;
                continue;
            }
            Event::CData(part) => {
                append(&mut open, &part.xml10_content())?;
                continue;
            }
            Event::GeneralRef(reference) => {
                append(&mut open, &resolve(&reference)?)?;
                continue;
            }
            Event::DocType(_) => return Err(malformed("it declares a document type")),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
            Event::Eof => break,
        };
        let Some(closed) = closed else { continue };
        match open.last_mut() {
            Some(parent) => parent.children.push(closed),
            None if root.is_none() => root = Some(closed),
            None => return Err(malformed("it has two roots")),
        }
    }
    if open.is_empty() { Ok(root) } else { Err(malformed("it ends too early")) }
}

fn malformed(why: &str) -> Fault {
    Fault::sender("MalformedXML", format!("The body is not well-formed XML: {why}"))
        .with_status(400)
}

fn element(start: &BytesStart<'_>) -> Result<Element, Fault> {
    let mut made = Element { name: local(start.name().as_ref()), ..Element::default() };
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| malformed(&error.to_string()))?;
        let name: &str = attribute.key.as_ref();
        if name == "xmlns" || name.starts_with("xmlns:") {
            continue;
        }
        let value = attribute
            .normalized_value(quick_xml::XmlVersion::Explicit1_0)
            .map_err(|error| malformed(&error.to_string()))?;
        made.attributes.push((name.to_owned(), value.into_owned()));
    }
    Ok(made)
}

fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or_default().to_owned()
}

fn append(open: &mut [Element], text: &str) -> Result<(), Fault> {
    match open.last_mut() {
        Some(element) => element.text.push_str(text),
        None if text.trim().is_empty() => {}
        None => return Err(malformed("there is text outside of its root")),
    }
    Ok(())
}

fn resolve(reference: &BytesRef<'_>) -> Result<Cow<'static, str>, Fault> {
    let unknown = || malformed("it refers to an entity that it does not know");
    if let Some(letter) = reference.resolve_char_ref().map_err(|_| unknown())? {
        return Ok(letter.to_string().into());
    }
    resolve_predefined_entity(&reference.xml10_content()).map(Cow::Borrowed).ok_or_else(unknown)
}

/// Reads an element as a value of `shape`.
///
/// # Errors
/// `MalformedXML` when a number, truth, moment or blob is not written as such.
pub fn read(shape: &'static Shape, element: &Element) -> Result<Value, Fault> {
    match shape.kind {
        Kind::Structure | Kind::Union => {
            let mut members = Members::new();
            for member in &shape.members {
                members.put(member.name, read_member(member, element)?);
            }
            Ok(Value::Map(members))
        }
        Kind::List => {
            let name = shape.entry().wire_name();
            let entries = element.children.iter().filter(|child| child.name == name);
            entries
                .map(|child| read(shape.entry().shape(), child))
                .collect::<Result<_, _>>()
                .map(Value::List)
        }
        Kind::Map => read_map(shape, element.children.iter().filter(|child| child.name == "entry")),
        Kind::Document => Ok(Value::Null),
        _ => text::read(shape, &element.text).ok_or_else(|| {
            malformed(&format!(
                "`{}` in `{}` is not a valid {:?}",
                element.text, element.name, shape.kind
            ))
        }),
    }
}

fn read_member(member: &Member, element: &Element) -> Result<Value, Fault> {
    let name = member.wire_name();
    if member.traits.attribute {
        // An attribute keeps its prefix in the model, as in `xsi:type`.
        let found = element.attributes.iter().find(|(known, _)| known == name);
        return Ok(found
            .and_then(|(_, said)| text::read(member.shape(), said))
            .unwrap_or_default());
    }
    let mut found =
        element.children.iter().filter(|child| child.name == local_name(name)).peekable();
    if found.peek().is_none() {
        return Ok(Value::Null);
    }
    match member.shape().kind {
        Kind::List if member.traits.flattened => {
            let entry = member.shape().entry().shape();
            found.map(|child| read(entry, child)).collect::<Result<_, _>>().map(Value::List)
        }
        Kind::Map if member.traits.flattened => read_map(member.shape(), found),
        _ => found.next().map_or(Ok(Value::Null), |child| read(member.shape(), child)),
    }
}

fn local_name(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or_default()
}

fn read_map<'e>(
    shape: &'static Shape,
    entries: impl Iterator<Item = &'e Element>,
) -> Result<Value, Fault> {
    let (key, value) = shape.pair();
    let mut members = Vec::new();
    for entry in entries {
        let child =
            |member: &Member| entry.children.iter().find(|it| it.name == member.wire_name());
        if let (Some(name), Some(held)) = (child(key), child(value)) {
            members.push((Cow::Owned(name.text.clone()), read(value.shape(), held)?));
        }
    }
    Ok(Value::Map(Members::from_entries(members)))
}

/// Writes documents.
#[derive(Debug, Default)]
pub struct Writer {
    out: String,
}

impl Writer {
    /// A document with its declaration.
    #[must_use]
    pub fn new() -> Writer {
        Writer { out: String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") }
    }

    /// The document.
    #[must_use]
    pub fn finish(self) -> String {
        self.out
    }

    /// Opens an element, in a namespace if there is one.
    pub fn open(&mut self, name: &str, namespace: Option<&str>) {
        self.start(name, None, namespace);
        self.out.push('>');
    }

    /// Closes an element.
    pub fn close(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// An element with nothing but text.
    pub fn leaf(&mut self, name: &str, text: &str) {
        self.open(name, None);
        escape(text, &mut self.out);
        self.close(name);
    }

    fn start(&mut self, name: &str, prefix: Option<&str>, namespace: Option<&str>) {
        self.out.push('<');
        self.out.push_str(name);
        if let Some(uri) = namespace {
            self.out.push_str(" xmlns");
            if let Some(prefix) = prefix {
                self.out.push(':');
                self.out.push_str(prefix);
            }
            self.out.push_str("=\"");
            escape(uri, &mut self.out);
            self.out.push('"');
        }
    }

    /// An element `name` that holds a value of `shape`, which is a member with `traits`.
    pub fn element(&mut self, name: &str, shape: &'static Shape, traits: &Traits, value: &Value) {
        self.start(name, traits.prefix, traits.namespace);
        if let (true, Value::Map(members)) = (shape.is_structure(), value) {
            self.attributes(shape, members);
        }
        self.out.push('>');
        match (shape.kind, value) {
            (Kind::Structure | Kind::Union, Value::Map(members)) => {
                self.members(shape, &mut members.iter());
            }
            (Kind::List, Value::List(entries)) => {
                let entry = shape.entry();
                for value in entries {
                    self.element(entry.wire_name(), entry.shape(), entry.traits, value);
                }
            }
            (Kind::Map, Value::Map(members)) => {
                for (name, value) in members.iter() {
                    self.entry("entry", shape, &NONE, name, value);
                }
            }
            _ => escape(&text::write(traits, TimestampFormat::DateTime, value), &mut self.out),
        }
        self.close(name);
    }

    fn attributes(&mut self, shape: &'static Shape, members: &Members) {
        for member in shape.members.iter().filter(|member| member.traits.attribute) {
            if let Some(value) = members.get(member.name) {
                self.out.push(' ');
                self.out.push_str(member.wire_name());
                self.out.push_str("=\"");
                escape(
                    &text::write(member.traits, TimestampFormat::DateTime, value),
                    &mut self.out,
                );
                self.out.push('"');
            }
        }
    }

    /// The element that is the whole document, with only those of its members that `children` are.
    pub fn root(
        &mut self,
        shape: &'static Shape,
        members: &Members,
        children: &mut dyn Iterator<Item = (&str, &Value)>,
    ) {
        self.start(shape.name, shape.traits.prefix, shape.traits.namespace);
        self.attributes(shape, members);
        self.out.push('>');
        self.members(shape, children);
        self.close(shape.name);
    }

    /// The members of a structure that are elements.
    pub fn members(
        &mut self,
        shape: &'static Shape,
        members: &mut dyn Iterator<Item = (&str, &Value)>,
    ) {
        for (name, value) in members {
            let Some(member) = shape.member(name).filter(|member| !member.traits.attribute) else {
                continue;
            };
            match (member.shape().kind, value) {
                (Kind::List, Value::List(entries)) if member.traits.flattened => {
                    let entry = member.shape().entry();
                    for value in entries {
                        self.element(member.wire_name(), entry.shape(), member.traits, value);
                    }
                }
                (Kind::Map, Value::Map(entries)) if member.traits.flattened => {
                    for (name, value) in entries.iter() {
                        self.entry(member.wire_name(), member.shape(), member.traits, name, value);
                    }
                }
                _ => self.element(member.wire_name(), member.shape(), member.traits, value),
            }
        }
    }

    fn entry(
        &mut self,
        tag: &str,
        shape: &'static Shape,
        traits: &Traits,
        name: &str,
        value: &Value,
    ) {
        let (key, held) = shape.pair();
        self.start(tag, traits.prefix, traits.namespace);
        self.out.push('>');
        let name = Value::Str(Cow::Owned(name.to_owned()));
        self.element(key.wire_name(), key.shape(), key.traits, &name);
        self.element(held.wire_name(), held.shape(), held.traits, value);
        self.close(tag);
    }
}

/// Writes text so that no reader takes it for markup, nor changes its line ends, nor finds a character
/// that XML does not have.
fn escape(text: &str, out: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\r' => out.push_str("&#xD;"),
            '\n' => out.push_str("&#xA;"),
            '\t' => out.push_str("&#x9;"),
            '\u{85}' => out.push_str("&#x85;"),
            '\u{2028}' => out.push_str("&#x2028;"),
            '\0'..=' ' if letter != ' ' => out.push('\u{FFFD}'),
            '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            _ => out.push(letter),
        }
    }
}
