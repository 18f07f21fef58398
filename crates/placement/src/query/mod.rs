//! The cluster query language: expressions over an instance, for `memberOf` constraints and ListContainerInstances
//! (spec/placement.md §2).
//!
//! ```text
//! expr    := and ( ("||" | "or") and )*            words in any case
//! and     := unary ( ("&&" | "and") unary )*
//! unary   := ("!" | "not") unary | "(" expr ")" | subject operator [argument]
//! argument:= literal | "[" literal ("," literal)* "]"
//! literal := bare | 'text' | "text"                there are no escapes: a text with one kind of quote goes into the other
//! ```
//! A bare literal ends at white space, a parenthesis, `&&` or `||`; in a list also at `,` and `]`.
//!
//! Must always hold: whatever the text, parsing ends with a query or with an error that says where and what; it never panics, and
//! neither parsing nor asking nests deeper than [`NESTING_MAX`]. A negated operator is exactly the negation of its opposite, so a
//! missing attribute makes `==` false and `!=` true.

mod ask;
mod literal;
mod parse;

use literal::Version;

/// ECS's own limit on an expression, in characters.
pub const LENGTH_MAX: usize = 2000;

/// How deep parentheses and negations may nest: far more than people write, far less than the stack holds.
pub const NESTING_MAX: usize = 64;

/// Why a text is not a query. The text names what is wrong in words that a client can be shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} at character {at}")]
pub struct QueryError {
    /// Counted in characters from 1.
    pub at: usize,
    /// What is wrong there.
    pub what: String,
}

/// An expression that was understood.
#[derive(Clone, Debug)]
pub struct Query {
    root: Expr,
    text: String,
}

impl Query {
    /// Understands `text`.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        Ok(Self { root: parse::expression(text)?, text: text.to_owned() })
    }

    /// The text it was made from.
    pub fn text(&self) -> &str {
        &self.text
    }
}

#[derive(Clone, Debug)]
enum Expr {
    Or(Vec<Expr>),
    And(Vec<Expr>),
    Not(Box<Expr>),
    Is(Test),
}

/// A subject and what is asked of it. Negated operators are `Not` around these.
#[derive(Clone, Debug)]
enum Test {
    AgentConnected(Match),
    AgentVersion(Order, Version),
    AttributeExists(String),
    Attribute(String, Match),
    /// By number where both sides are numbers, else by text.
    AttributeOrder(String, Order, String),
    Ec2InstanceId(Match),
    /// Whole seconds since 1970.
    RegisteredAt(Order, i64),
    RunningTasksCount(Order, i64),
    /// True if any task that is not STOPPED is in such a group.
    TaskGroup(Match),
}

#[derive(Clone, Debug)]
enum Match {
    OneOf(Vec<String>),
    /// The whole text must match.
    Pattern(regex::bytes::Regex),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    Equal,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}
