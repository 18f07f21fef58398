//! An error with its causes as one line, for where the line is all that is passed on.

use std::error::Error;
use std::fmt::Write as _;

/// `error: cause: cause of the cause`.
pub(crate) fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(error) = next {
        write!(text, ": {error}").expect("a String takes it");
        next = error.source();
    }
    text
}
