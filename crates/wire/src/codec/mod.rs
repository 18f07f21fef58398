//! One codec per protocol, each driven by the table and knowing no service.
//!
//! `json`, `xml` and `cbor` read and write documents; `query` and `ec2` read forms and are answered in XML;
//! `rest` binds members to path, query string and headers for `rest_json` and `rest_xml`. `form`, `text`
//! and `time` are what several of them share.

use std::borrow::Cow;

pub mod cbor;
pub mod ec2;
pub mod form;
pub mod json;
pub mod query;
pub mod rest;
pub mod text;
pub mod time;
pub mod xml;

/// Documents nested deeper than this are refused: no model comes near it, and readers recurse.
pub const DEPTH_MAX: usize = 128;

/// Steps of a path, and characters of a step, that a message shows.
const SHOWN_MAX: usize = 64;

/// The way to a value as a message shows it, with its ends where it is long: names of maps are the
/// client's, and as long as it likes.
pub(crate) fn place(path: &[Cow<'static, str>]) -> String {
    let mut steps: Vec<String> = path
        .iter()
        .take(SHOWN_MAX / 4)
        .map(|step| match step.char_indices().nth(SHOWN_MAX) {
            Some((end, _)) => format!("{}…", &step[..end]),
            None => step.clone().into_owned(),
        })
        .collect();
    if path.len() > steps.len() {
        steps.push("…".to_owned());
    }
    steps.join(".")
}
