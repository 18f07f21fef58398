//! A client's reading of replies, after the rules of the protocols and with nothing of the codecs.
//!
//! The result has the form of the cases: moments are seconds, blobs are their text, numbers without digits
//! are strings.

use base64::Engine as _;
use http::{HeaderMap, Response};
use serde_json::{Map, Value as Json, json};
use wire::shape::{Kind, Location, Member, Operation, Protocol, Shape, TimestampFormat, Traits};

use crate::client_cbor::Cbor;
use crate::client_xml::Element;

type Read = Result<Json, String>;

pub(crate) fn base64(text: &str) -> Vec<u8> {
    base64::engine::general_purpose::STANDARD.decode(text).expect("base64")
}

/// What a client makes of a reply.
pub(crate) fn reply(
    protocol: Protocol,
    operation: &Operation,
    response: &Response<Vec<u8>>,
) -> Read {
    let (shape, body) = (operation.output, response.body());
    match protocol {
        Protocol::AwsJson10 | Protocol::AwsJson11 => {
            from_json(shape, shape.traits, &parse_json(body)?)
        }
        Protocol::RpcV2Cbor => from_cbor_body(shape, body),
        Protocol::AwsQuery => {
            let root = Element::parse(body)?;
            let wrapper = operation.result_wrapper;
            let inner = wrapper.and_then(|name| root.children.iter().find(|it| it.name == name));
            from_xml(shape, shape.traits, inner.unwrap_or(&root))
        }
        Protocol::Ec2Query => from_xml(shape, shape.traits, &Element::parse(body)?),
        Protocol::RestJson | Protocol::RestXml => rest(protocol, shape, response),
    }
}

/// What a case says of an error, in one piece.
pub(crate) fn wanted_error(case: &Json) -> Json {
    let mut members: Map<String, Json> = case["error"].as_object().cloned().unwrap_or_default();
    members.retain(|name, _| !name.eq_ignore_ascii_case("message"));
    let mut wanted =
        json!({ "code": case["errorCode"].as_str().unwrap_or_default(), "members": members });
    let messages = [&case["errorMessage"], &case["error"]["message"], &case["error"]["Message"]];
    if let Some(message) = messages.iter().find_map(|it| it.as_str()) {
        wanted["message"] = json!(message);
    }
    wanted
}

/// What a client makes of an error.
pub(crate) fn error(
    protocol: Protocol,
    shape: Option<&'static Shape>,
    response: &Response<Vec<u8>>,
) -> Read {
    let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok());
    let body = response.body();
    let members = |read: Read| -> Read {
        let mut read = read?;
        if let Some(all) = read.as_object_mut() {
            all.retain(|name, _| !name.eq_ignore_ascii_case("message"));
        }
        Ok(read)
    };
    let (mut code, message, members) = match protocol {
        Protocol::AwsQuery | Protocol::Ec2Query | Protocol::RestXml => {
            let root = Element::parse(body)?;
            let mut inner = &root;
            while let Some(child) =
                inner.children.iter().find(|it| it.name == "Errors" || it.name == "Error")
            {
                inner = child;
            }
            let text = |name: &str| {
                inner.children.iter().find(|it| it.name == name).map(|it| it.text.clone())
            };
            let read = shape.map_or(Ok(json!({})), |shape| match protocol {
                Protocol::RestXml => {
                    let mut read = from_xml(shape, shape.traits, inner)?;
                    add_bindings(shape, response, &mut read)?;
                    Ok(read)
                }
                _ => from_xml(shape, shape.traits, inner),
            });
            (text("Code").unwrap_or_default(), text("Message"), members(read)?)
        }
        _ => {
            let plain = match protocol {
                Protocol::RpcV2Cbor => cbor_to_json(body)?,
                _ => parse_json(body)?,
            };
            let named = plain["__type"].as_str().or(plain["code"].as_str());
            let code = header("x-amzn-errortype").or(named).unwrap_or_default();
            let code =
                code.split(':').next().unwrap_or_default().rsplit('#').next().unwrap_or_default();
            let message =
                plain["message"].as_str().or(plain["Message"].as_str()).map(str::to_owned);
            let read = shape.map_or(Ok(json!({})), |shape| match protocol {
                Protocol::RpcV2Cbor => from_cbor_body(shape, body),
                Protocol::RestJson => rest(protocol, shape, response),
                _ => from_json(shape, shape.traits, &plain),
            });
            (code.to_owned(), message, members(read)?)
        }
    };
    if let Some(query) = header("x-amzn-query-error").and_then(|it| it.split(';').next()) {
        code = query.to_owned();
    }
    Ok(json!({ "code": code, "message": message.unwrap_or_default(), "members": members }))
}

fn parse_json(body: &[u8]) -> Read {
    if body.is_empty() {
        return Ok(json!({}));
    }
    serde_json::from_slice(body)
        .map_err(|error| format!("no JSON: {error}: {}", String::from_utf8_lossy(body)))
}

fn number(number: f64) -> Json {
    if number.is_nan() {
        json!("NaN")
    } else if number.is_infinite() {
        json!(if number > 0.0 { "Infinity" } else { "-Infinity" })
    } else {
        json!(number)
    }
}

/// Seconds of a moment in the format that the member asks for.
fn moment(traits: &Traits, default: TimestampFormat, text: &str) -> Read {
    let wrong = |error: String| format!("`{text}` is no moment: {error}");
    let seconds = match traits.timestamp.unwrap_or(default) {
        TimestampFormat::Epoch => text.parse::<f64>().map_err(|error| wrong(error.to_string()))?,
        TimestampFormat::DateTime => {
            let moment: jiff::Timestamp =
                text.parse().map_err(|error: jiff::Error| wrong(error.to_string()))?;
            moment.as_microsecond() as f64 / 1e6
        }
        TimestampFormat::HttpDate => {
            // A fraction stands between the seconds and the zone; the parser knows none.
            let (head, fraction) = match text.split_once('.') {
                Some((head, rest)) => {
                    let (digits, zone) =
                        rest.split_once(' ').ok_or_else(|| wrong("no zone".to_owned()))?;
                    (format!("{head} {zone}"), format!("0.{digits}").parse().unwrap_or(0.0))
                }
                None => (text.to_owned(), 0.0),
            };
            let moment =
                jiff::fmt::rfc2822::parse(&head).map_err(|error| wrong(error.to_string()))?;
            moment.timestamp().as_second() as f64 + fraction
        }
    };
    Ok(json!(seconds))
}

fn blob(text: &str) -> Json {
    json!(String::from_utf8_lossy(&base64(text)))
}

/// A plain value out of text.
fn plain(shape: &Shape, traits: &Traits, default: TimestampFormat, text: &str) -> Read {
    let wrong = || format!("`{text}` is no {:?}", shape.kind);
    match shape.kind {
        Kind::Boolean => text.parse::<bool>().map(Json::from).map_err(|_| wrong()),
        Kind::Integer | Kind::Long => text.parse::<i64>().map(Json::from).map_err(|_| wrong()),
        Kind::Float | Kind::Double if ["NaN", "Infinity", "-Infinity"].contains(&text) => {
            Ok(json!(text))
        }
        Kind::Float | Kind::Double => text.parse::<f64>().map(number).map_err(|_| wrong()),
        Kind::Timestamp => moment(traits, default, text),
        Kind::Blob => Ok(blob(text)),
        _ => Ok(json!(text)),
    }
}

fn from_json(shape: &'static Shape, traits: &Traits, json: &Json) -> Read {
    match (shape.kind, json) {
        (_, Json::Null) => Ok(Json::Null),
        (Kind::Structure | Kind::Union, Json::Object(all)) => {
            let mut read = Map::new();
            for member in &shape.members {
                let found = all.get(member.wire.unwrap_or(member.name)).filter(|it| !it.is_null());
                if let Some(it) = found {
                    read.insert(
                        member.name.to_owned(),
                        from_json(member.shape(), member.traits, it)?,
                    );
                }
            }
            Ok(Json::Object(read))
        }
        (Kind::List, Json::Array(all)) => {
            let entry = &shape.members[0];
            all.iter()
                .map(|it| from_json(entry.shape(), entry.traits, it))
                .collect::<Result<_, _>>()
                .map(Json::Array)
        }
        (Kind::Map, Json::Object(all)) => {
            let held = &shape.members[1];
            let entries = all
                .iter()
                .map(|(name, it)| Ok((name.clone(), from_json(held.shape(), held.traits, it)?)));
            entries.collect::<Result<_, String>>().map(Json::Object)
        }
        (Kind::Timestamp, Json::Number(number)) => Ok(json!(number)),
        (Kind::Timestamp, Json::String(text)) => moment(traits, TimestampFormat::Epoch, text),
        (Kind::Blob, Json::String(text)) => Ok(blob(text)),
        (Kind::String, Json::String(text)) if traits.json_value => {
            serde_json::from_str(text).map_err(|error| error.to_string())
        }
        (Kind::Document | Kind::String, json) => Ok(json.clone()),
        (Kind::Boolean, Json::Bool(_)) | (Kind::Integer | Kind::Long, Json::Number(_)) => {
            Ok(json.clone())
        }
        (Kind::Float | Kind::Double, Json::Number(_) | Json::String(_)) => Ok(json.clone()),
        (kind, json) => Err(format!("{json} is no {kind:?}")),
    }
}

// === XML

fn from_xml(shape: &'static Shape, traits: &Traits, element: &Element) -> Read {
    match shape.kind {
        Kind::Structure | Kind::Union => {
            let mut read = Map::new();
            for member in &shape.members {
                if let Some(value) = member_from_xml(member, element)? {
                    read.insert(member.name.to_owned(), value);
                }
            }
            Ok(Json::Object(read))
        }
        Kind::List => {
            let name = shape.members[0].wire.unwrap_or("member");
            let entries: Vec<&Element> =
                element.children.iter().filter(|it| it.name == name).collect();
            list_from_xml(shape, &entries)
        }
        Kind::Map => {
            let entries: Vec<&Element> =
                element.children.iter().filter(|it| it.name == "entry").collect();
            map_from_xml(shape, &entries)
        }
        Kind::String => Ok(json!(element.text)),
        _ => plain(shape, traits, TimestampFormat::DateTime, element.text.trim()),
    }
}

fn member_from_xml(member: &'static Member, element: &Element) -> Result<Option<Json>, String> {
    let name = member.wire.unwrap_or(member.name);
    if member.traits.attribute {
        let found = element.attributes.iter().find(|(known, _)| known == name);
        return Ok(found.map(|(_, text)| json!(text)));
    }
    let found: Vec<&Element> =
        element.children.iter().filter(|it| name.rsplit(':').next() == Some(&it.name)).collect();
    if found.is_empty() {
        return Ok(None);
    }
    match member.shape().kind {
        Kind::List if member.traits.flattened => list_from_xml(member.shape(), &found).map(Some),
        Kind::Map if member.traits.flattened => map_from_xml(member.shape(), &found).map(Some),
        _ => from_xml(member.shape(), member.traits, found[0]).map(Some),
    }
}

fn list_from_xml(shape: &'static Shape, entries: &[&Element]) -> Read {
    let entry = &shape.members[0];
    entries
        .iter()
        .map(|it| from_xml(entry.shape(), entry.traits, it))
        .collect::<Result<_, _>>()
        .map(Json::Array)
}

fn map_from_xml(shape: &'static Shape, entries: &[&Element]) -> Read {
    let (key, held) = (&shape.members[0], &shape.members[1]);
    let mut read = Map::new();
    for entry in entries {
        let child = |member: &Member, default: &str| {
            let name = member.wire.unwrap_or(default);
            entry
                .children
                .iter()
                .find(|it| it.name == name)
                .ok_or_else(|| format!("a map without {name}"))
        };
        let value = from_xml(held.shape(), held.traits, child(held, "value")?)?;
        read.insert(child(key, "key")?.text.clone(), value);
    }
    Ok(Json::Object(read))
}

// === Bindings of the REST protocols

fn rest(protocol: Protocol, shape: &'static Shape, response: &Response<Vec<u8>>) -> Read {
    let body = response.body();
    let document = |shape: &'static Shape, traits: &Traits| -> Read {
        match protocol {
            Protocol::RestJson => from_json(shape, traits, &parse_json(body)?),
            _ => from_xml(shape, traits, &Element::parse(body)?),
        }
    };
    let mut read = json!({});
    let payload = shape.traits.payload.and_then(|name| shape.member(name));
    match payload {
        Some(payload) if !body.is_empty() => {
            read[payload.name] = match payload.shape().kind {
                Kind::Blob | Kind::String => json!(String::from_utf8_lossy(body)),
                _ => document(payload.shape(), payload.traits)?,
            };
        }
        Some(_) => {}
        None if body.is_empty() || shape.members.is_empty() => {}
        None => {
            let all = document(shape, shape.traits)?;
            let elsewhere = [Location::Header, Location::Headers, Location::Status];
            let bodily = |name: &str| {
                shape
                    .member(name)
                    .is_some_and(|member| !elsewhere.contains(&member.traits.location))
            };
            let all = all.as_object().cloned().unwrap_or_default();
            read = Json::Object(all.into_iter().filter(|(name, _)| bodily(name)).collect());
        }
    }
    add_bindings(shape, response, &mut read)?;
    Ok(read)
}

fn add_bindings(
    shape: &'static Shape,
    response: &Response<Vec<u8>>,
    read: &mut Json,
) -> Result<(), String> {
    for member in &shape.members {
        match member.traits.location {
            Location::Status => read[member.name] = json!(response.status().as_u16()),
            Location::Header => {
                if let Some(value) = from_header(member, response.headers())? {
                    read[member.name] = value;
                }
            }
            Location::Headers => {
                let prefix = member.wire.unwrap_or_default().to_lowercase();
                let found = response.headers().iter().filter_map(|(name, value)| {
                    let rest = name.as_str().strip_prefix(&prefix)?;
                    Some((rest.to_owned(), json!(value.to_str().unwrap_or_default())))
                });
                let found: Map<String, Json> = found.collect();
                if !found.is_empty() {
                    read[member.name] = Json::Object(found);
                }
            }
            Location::Body | Location::Uri | Location::Query => {}
        }
    }
    Ok(())
}

fn from_header(member: &'static Member, headers: &HeaderMap) -> Result<Option<Json>, String> {
    let Some(text) = headers.get(member.wire.unwrap_or(member.name)) else { return Ok(None) };
    let text = text.to_str().map_err(|error| error.to_string())?;
    let default = TimestampFormat::HttpDate;
    if member.traits.json_value {
        return serde_json::from_slice(&base64(text)).map(Some).map_err(|error| error.to_string());
    }
    if member.shape().kind != Kind::List {
        return plain(member.shape(), member.traits, default, text).map(Some);
    }
    let entry = &member.shape().members[0];
    let date = entry.shape().kind == Kind::Timestamp
        && entry.traits.timestamp.is_none_or(|it| it == default);
    let mut entries = vec![String::new()];
    let (mut quoted, mut escaped, mut commas) = (false, false, 0);
    for letter in text.chars() {
        let last = entries.last_mut().expect("never empty");
        match letter {
            _ if escaped => {
                last.push(letter);
                escaped = false;
            }
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            ',' if !(quoted || date && commas % 2 == 0) => {
                entries.push(String::new());
                commas += 1;
            }
            ',' if !quoted => {
                last.push(letter);
                commas += 1;
            }
            _ => last.push(letter),
        }
    }
    let read = entries.iter().map(|text| plain(entry.shape(), entry.traits, default, text.trim()));
    read.collect::<Result<_, _>>().map(|all| Some(Json::Array(all)))
}

// === CBOR

fn from_cbor_body(shape: &'static Shape, body: &[u8]) -> Read {
    if body.is_empty() {
        return Ok(json!({}));
    }
    from_cbor(shape, &Cbor::parse(body)?)
}

fn cbor_to_json(body: &[u8]) -> Read {
    let Cbor::Map(all) = Cbor::parse(body)? else {
        return Err("no map".to_owned());
    };
    let texts = all.into_iter().filter_map(|(name, it)| match it {
        Cbor::Text(text) => Some((name, json!(text))),
        _ => None,
    });
    Ok(Json::Object(texts.collect()))
}

fn from_cbor(shape: &'static Shape, cbor: &Cbor) -> Read {
    match (shape.kind, cbor) {
        (_, Cbor::Null) => Ok(Json::Null),
        (Kind::Structure | Kind::Union, Cbor::Map(all)) => {
            let mut read = Map::new();
            for (name, it) in all {
                let member =
                    shape.members.iter().find(|member| member.wire.unwrap_or(member.name) == name);
                if let (Some(member), false) = (member, matches!(it, Cbor::Null)) {
                    read.insert(member.name.to_owned(), from_cbor(member.shape(), it)?);
                }
            }
            Ok(Json::Object(read))
        }
        (Kind::List, Cbor::List(all)) => all
            .iter()
            .map(|it| from_cbor(shape.members[0].shape(), it))
            .collect::<Result<_, _>>()
            .map(Json::Array),
        (Kind::Map, Cbor::Map(all)) => {
            let held = shape.members[1].shape();
            let entries = all.iter().map(|(name, it)| Ok((name.clone(), from_cbor(held, it)?)));
            entries.collect::<Result<_, String>>().map(Json::Object)
        }
        (Kind::String, Cbor::Text(text)) => Ok(json!(text)),
        (Kind::Boolean, Cbor::Bool(truth)) => Ok(json!(truth)),
        (Kind::Integer | Kind::Long, Cbor::Int(it)) => {
            Ok(json!(i64::try_from(*it).map_err(|error| error.to_string())?))
        }
        (Kind::Float | Kind::Double, Cbor::Int(it)) => Ok(number(*it as f64)),
        (Kind::Float | Kind::Double, Cbor::Float(it)) => Ok(number(*it)),
        (Kind::Timestamp, Cbor::Moment(seconds)) => Ok(json!(seconds)),
        (Kind::Blob, Cbor::Bytes(bytes)) => Ok(json!(String::from_utf8_lossy(bytes))),
        (kind, cbor) => Err(format!("{cbor:?} is no {kind:?}")),
    }
}
