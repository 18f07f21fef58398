//! One codec per protocol, each driven by the table and knowing no service.

pub mod form;
pub mod json;
pub mod time;
