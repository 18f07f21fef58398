//! One codec per protocol, each driven by the table and knowing no service.
//!
//! `json`, `xml` and `cbor` read and write documents; `query` and `ec2` read forms and are answered in XML;
//! `rest` binds members to path, query string and headers for `rest_json` and `rest_xml`. `form`, `text`
//! and `time` are what several of them share.

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
