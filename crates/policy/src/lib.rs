//! IAM policies: read from JSON, and asked whether they allow a request.
//!
//! ```text
//! text ─ Document::parse ─▶ statements      Request { principal, action, resource, context }
//!                                    └──────── evaluate ────────┘──▶ Allowed | Denied(by what)
//! ```
//! Must always hold: pure and deterministic. What is not allowed is denied, an explicit deny wins over everything, and a condition on
//! something that the request does not tell is false unless its operator says otherwise (IAM User Guide, "Policy evaluation logic" and
//! "IAM JSON policy elements").
//! Not here: which policies a principal has, what an operation's resource and context are (`api`).
//! Read next: `evaluate.rs`.

pub mod condition;
pub mod document;
pub mod evaluate;
pub mod pattern;
mod slips;

#[cfg(test)]
mod tests;
