//! CBOR as a client reads it, after RFC 8949 and without the codecs' library.

#[derive(Debug)]
pub(crate) enum Cbor {
    Null,
    Bool(bool),
    Int(i128),
    Float(f64),
    Bytes(Vec<u8>),
    Text(String),
    List(Vec<Cbor>),
    Map(Vec<(String, Cbor)>),
    Moment(f64),
    Break,
}

impl Cbor {
    /// The item of a body.
    pub(crate) fn parse(body: &[u8]) -> Result<Cbor, String> {
        parse_cbor(&mut body.iter().copied())
    }
}

/// RFC 8949, as far as the protocol needs it.
fn parse_cbor(bytes: &mut dyn Iterator<Item = u8>) -> Result<Cbor, String> {
    let mut next = || bytes.next().ok_or("the CBOR ends too early".to_owned());
    let first = next()?;
    let (major, info) = (first >> 5, first & 31);
    let width = match info {
        24 => 1,
        25 => 2,
        26 => 4,
        27 => 8,
        _ => 0,
    };
    let mut argument = u64::from(info);
    if width > 0 {
        argument = 0;
        for _ in 0..width {
            argument = argument << 8 | u64::from(next()?);
        }
    }
    let indefinite = info == 31;
    let many = |bytes: &mut dyn Iterator<Item = u8>, each: usize| -> Result<Vec<Cbor>, String> {
        let mut found = Vec::new();
        while indefinite || (found.len() as u64) < argument * each as u64 {
            match parse_cbor(bytes)? {
                Cbor::Break => break,
                item => found.push(item),
            }
        }
        Ok(found)
    };
    Ok(match major {
        0 => Cbor::Int(argument.into()),
        1 => Cbor::Int(-1 - i128::from(argument)),
        2 | 3 => {
            let mut all = Vec::new();
            if indefinite {
                for part in many(bytes, 1)? {
                    match part {
                        Cbor::Bytes(part) => all.extend(part),
                        Cbor::Text(part) => all.extend(part.into_bytes()),
                        other => return Err(format!("{other:?} in a string")),
                    }
                }
            } else {
                for _ in 0..argument {
                    all.push(bytes.next().ok_or("the CBOR ends too early".to_owned())?);
                }
            }
            if major == 2 {
                Cbor::Bytes(all)
            } else {
                Cbor::Text(String::from_utf8(all).map_err(|error| error.to_string())?)
            }
        }
        4 => Cbor::List(many(bytes, 1)?),
        5 => {
            let mut entries = Vec::new();
            let mut flat = many(bytes, 2)?.into_iter();
            while let (Some(name), Some(value)) = (flat.next(), flat.next()) {
                let Cbor::Text(name) = name else { return Err("a key that is no text".to_owned()) };
                entries.push((name, value));
            }
            Cbor::Map(entries)
        }
        6 => match parse_cbor(bytes)? {
            Cbor::Int(seconds) if argument == 1 => Cbor::Moment(seconds as f64),
            Cbor::Float(seconds) if argument == 1 => Cbor::Moment(seconds),
            other => return Err(format!("tag {argument} on {other:?}")),
        },
        _ => match info {
            20 => Cbor::Bool(false),
            21 => Cbor::Bool(true),
            22 | 23 => Cbor::Null,
            25 => Cbor::Float(half(argument as u16)),
            26 => Cbor::Float(f32::from_bits(argument as u32).into()),
            27 => Cbor::Float(f64::from_bits(argument)),
            31 => Cbor::Break,
            other => return Err(format!("simple value {other}")),
        },
    })
}

fn half(bits: u16) -> f64 {
    let (exponent, mantissa) = (i32::from(bits >> 10 & 31), f64::from(bits & 1023));
    let size = match exponent {
        0 => mantissa * 2f64.powi(-24),
        31 if mantissa == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (1024.0 + mantissa) * 2f64.powi(exponent - 25),
    };
    if bits >> 15 == 1 { -size } else { size }
}
