//! CBOR after a table: the bodies of rpcv2Cbor.
//!
//! Reading takes every encoding that CBOR has of a value, definite or not; nothing is allocated by a length
//! that a stranger claims. Moments are tag 1, in seconds.

use std::borrow::Cow;

use minicbor::data::{Tag, Type};
use minicbor::{Decoder, Encoder};

use crate::codec::{DEPTH_MAX, place, time};
use crate::fault::Fault;
use crate::shape::{Kind, Shape};
use crate::value::{Members, Value};

/// Reads a body as a value of `shape`; an empty body is an empty structure.
///
/// # Errors
/// `SerializationException` when it is no CBOR, or holds a value of another type than the table says, or
/// nests too deep.
pub fn decode(shape: &'static Shape, body: &[u8]) -> Result<Value, Fault> {
    if body.is_empty() {
        return Ok(Value::map());
    }
    let mut reader = Reader { decoder: Decoder::new(body), path: Vec::new() };
    let value = reader.value(shape)?;
    if reader.decoder.position() != body.len() {
        return Err(reader.wrong("there are bytes after the value"));
    }
    Ok(value)
}

struct Reader<'b> {
    decoder: Decoder<'b>,
    path: Vec<Cow<'static, str>>,
}

impl Reader<'_> {
    fn wrong(&self, what: &str) -> Fault {
        let at = self.decoder.position();
        let place =
            if self.path.is_empty() { String::new() } else { format!("'{}', ", place(&self.path)) };
        Fault::serialization(format!("{what} (at {place}byte {at})"))
    }

    fn or<T>(&self, read: Result<T, minicbor::decode::Error>) -> Result<T, Fault> {
        read.map_err(|error| self.wrong(&error.to_string()))
    }

    fn value(&mut self, shape: &'static Shape) -> Result<Value, Fault> {
        if self.path.len() > DEPTH_MAX {
            return Err(self.wrong("it is nested too deep"));
        }
        let found = self.or(self.decoder.datatype())?;
        match found {
            Type::Null | Type::Undefined => self.nothing(found),
            Type::Tag => self.tagged(shape),
            Type::Bool => {
                let truth = self.decoder.bool();
                self.or(truth).and_then(|truth| self.fit(shape, Value::Bool(truth)))
            }
            Type::U8
            | Type::U16
            | Type::U32
            | Type::U64
            | Type::I8
            | Type::I16
            | Type::I32
            | Type::I64
            | Type::Int => {
                let number = self.decoder.int();
                let number = i128::from(self.or(number)?);
                match i64::try_from(number) {
                    Ok(number) => self.fit(shape, Value::Int(number)),
                    Err(_) => self.fit(shape, Value::Float(number as f64)),
                }
            }
            Type::F16 | Type::F32 | Type::F64 => {
                let number = self.decoder.f64();
                self.or(number).and_then(|number| self.fit(shape, Value::Float(number)))
            }
            Type::String | Type::StringIndef => {
                let text = self.text()?;
                self.fit(shape, Value::Str(text.into()))
            }
            Type::Bytes | Type::BytesIndef => {
                let bytes = self.bytes()?;
                self.fit(shape, Value::Blob(bytes))
            }
            Type::Array | Type::ArrayIndef => self.list(shape),
            Type::Map | Type::MapIndef => self.map(shape),
            other => Err(self.wrong(&format!("`{other}` is of no use here"))),
        }
    }

    fn nothing(&mut self, found: Type) -> Result<Value, Fault> {
        let read = if found == Type::Null { self.decoder.null() } else { self.decoder.undefined() };
        self.or(read).map(|()| Value::Null)
    }

    /// A moment by tag 1; other tags say nothing that the table does not say better.
    fn tagged(&mut self, shape: &'static Shape) -> Result<Value, Fault> {
        let tag = self.decoder.tag();
        if self.or(tag)? == Tag::new(1)
            && shape.kind != Kind::Timestamp
            && shape.kind != Kind::Document
        {
            return Err(
                self.wrong(&format!("a timestamp can not be converted to {:?}", shape.kind))
            );
        }
        self.path.push(Cow::Borrowed("tag"));
        let value = self.value(shape);
        self.path.pop();
        value
    }

    fn fit(&self, shape: &Shape, value: Value) -> Result<Value, Fault> {
        match (shape.kind, value) {
            (Kind::Document, value)
            | (Kind::String, value @ Value::Str(_))
            | (Kind::Blob, value @ Value::Blob(_))
            | (Kind::Boolean, value @ Value::Bool(_))
            | (Kind::Long, value @ Value::Int(_))
            | (Kind::Float | Kind::Double, value @ Value::Float(_)) => Ok(value),
            (Kind::Integer, Value::Int(number)) if i32::try_from(number).is_ok() => {
                Ok(Value::Int(number))
            }
            (Kind::Float | Kind::Double, Value::Int(number)) => Ok(Value::Float(number as f64)),
            (Kind::Integer | Kind::Long, Value::Float(number))
                if number.fract() == 0.0 && number.abs() < 9e15 =>
            {
                self.fit(shape, Value::Int(number as i64))
            }
            (Kind::Timestamp, value @ (Value::Int(_) | Value::Float(_))) => {
                let moment = value.as_f64().and_then(time::from_seconds);
                moment.map(Value::Time).ok_or_else(|| self.wrong("there is no such moment"))
            }
            (kind, value) => {
                Err(self.wrong(&format!("{} can not be converted to {kind:?}", value.kind_name())))
            }
        }
    }

    /// Text in one piece or in several.
    fn text(&mut self) -> Result<String, Fault> {
        let mut text = String::new();
        let parts = self.decoder.str_iter();
        // The first error ends it: a reader that cannot go on says so for ever.
        let read = parts
            .and_then(|mut parts| parts.try_for_each(|part| part.map(|part| text.push_str(part))));
        self.or(read).map(|()| text)
    }

    fn bytes(&mut self) -> Result<Vec<u8>, Fault> {
        let mut bytes = Vec::new();
        let parts = self.decoder.bytes_iter();
        let read = parts.and_then(|mut parts| {
            parts.try_for_each(|part| part.map(|part| bytes.extend_from_slice(part)))
        });
        self.or(read).map(|()| bytes)
    }

    /// Whether another of the entries comes, of which `left` are to come or as many as there are.
    fn more(&mut self, left: &mut Option<u64>) -> Result<bool, Fault> {
        match left {
            Some(0) => Ok(false),
            Some(count) => {
                *count -= 1;
                Ok(true)
            }
            None if self.or(self.decoder.datatype())? == Type::Break => {
                let end = self.decoder.skip();
                self.or(end).map(|()| false)
            }
            None => Ok(true),
        }
    }

    fn list(&mut self, shape: &'static Shape) -> Result<Value, Fault> {
        let entry = match shape.kind {
            Kind::List => shape.entry().shape(),
            Kind::Document => shape,
            other => return Err(self.wrong(&format!("a list can not be converted to {other:?}"))),
        };
        let left = self.decoder.array();
        let mut left = self.or(left)?;
        let mut list = Vec::new();
        while self.more(&mut left)? {
            self.path.push(Cow::Owned((list.len() + 1).to_string()));
            list.push(self.value(entry)?);
            self.path.pop();
        }
        Ok(Value::List(list))
    }

    fn map(&mut self, shape: &'static Shape) -> Result<Value, Fault> {
        let held = match shape.kind {
            Kind::Map => Some(shape.pair().1.shape()),
            Kind::Document => Some(shape),
            Kind::Structure | Kind::Union => None,
            other => {
                return Err(self.wrong(&format!("a structure can not be converted to {other:?}")));
            }
        };
        let left = self.decoder.map();
        let mut left = self.or(left)?;
        let mut entries: Vec<(Cow<'static, str>, Value)> = Vec::new();
        while self.more(&mut left)? {
            let name = self.text()?;
            let known = match held {
                Some(held) => Some((Cow::Owned(name), held)),
                None => {
                    let member = shape.members.iter().find(|member| member.wire_name() == name);
                    member.map(|member| (Cow::Borrowed(member.name), member.shape()))
                }
            };
            let Some((name, shape)) = known else {
                let skipped = self.decoder.skip();
                self.or(skipped)?;
                continue;
            };
            self.path.push(name.clone());
            entries.push((name, self.value(shape)?));
            self.path.pop();
        }
        let keep_null = held.is_some();
        entries.retain(|(_, value)| keep_null || *value != Value::Null);
        Ok(Value::Map(Members::from_entries(entries)))
    }
}

/// Writes a value of `shape`.
#[must_use]
pub fn encode(shape: &'static Shape, value: &Value) -> Vec<u8> {
    let mut out = Encoder::new(Vec::new());
    write(shape, value, &mut out).expect("writing to memory does not fail");
    out.into_writer()
}

type Wrote = Result<(), minicbor::encode::Error<std::convert::Infallible>>;

/// Appends a value of `shape`.
///
/// # Errors
/// None: memory takes everything.
pub fn write(shape: &'static Shape, value: &Value, out: &mut Encoder<Vec<u8>>) -> Wrote {
    match value {
        Value::Null => out.null()?.ok(),
        Value::Bool(truth) => out.bool(*truth)?.ok(),
        Value::Int(number) if matches!(shape.kind, Kind::Float | Kind::Double) => {
            out.f64(*number as f64)?.ok()
        }
        Value::Int(number) => out.i64(*number)?.ok(),
        Value::Float(number) => out.f64(*number)?.ok(),
        Value::Str(text) => out.str(text)?.ok(),
        Value::Blob(bytes) => out.bytes(bytes)?.ok(),
        Value::Time(millis) => {
            out.tag(Tag::new(1))?;
            if millis % 1000 == 0 {
                out.i64(millis / 1000)?.ok()
            } else {
                out.f64(time::to_seconds(*millis))?.ok()
            }
        }
        Value::List(entries) => {
            let entry = if shape.kind == Kind::List { shape.entry().shape() } else { shape };
            out.array(entries.len() as u64)?;
            entries.iter().try_for_each(|value| write(entry, value, out))
        }
        Value::Map(members) => {
            let row = |name: &str| match shape.kind {
                Kind::Map => Some((None, shape.pair().1.shape())),
                Kind::Document => Some((None, shape)),
                _ => shape.member(name).map(|member| (Some(member.wire_name()), member.shape())),
            };
            out.map(members.iter().filter(|(name, _)| row(name).is_some()).count() as u64)?;
            for (name, value) in members.iter() {
                if let Some((wire, shape)) = row(name) {
                    out.str(wire.unwrap_or(name))?;
                    write(shape, value, out)?;
                }
            }
            Ok(())
        }
    }
}

/// Writes some texts by name, and after them the members of a structure, in one map: an error.
#[must_use]
pub fn encode_with(texts: &[(&str, &str)], shape: &'static Shape, members: &Members) -> Vec<u8> {
    let known = || members.iter().filter_map(|(name, value)| Some((shape.member(name)?, value)));
    let mut out = Encoder::new(Vec::new());
    let mut all = || -> Wrote {
        out.map((texts.len() + known().count()) as u64)?;
        for (name, text) in texts {
            out.str(name)?.str(text)?;
        }
        for (member, value) in known() {
            out.str(member.wire_name())?;
            write(member.shape(), value, &mut out)?;
        }
        Ok(())
    };
    all().expect("writing to memory does not fail");
    out.into_writer()
}
