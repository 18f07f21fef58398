//! The `Condition` block: operators, and what they say of a request (IAM User Guide, "Condition operators").
//!
//! ```text
//! [ForAllValues:|ForAnyValue:] operator [IfExists] → key → values      all keys of all operators must hold; of values, one
//! ```
//! A key that the request does not have makes its test false, except for negated operators, `…IfExists`, `ForAllValues` and `Null`. A key
//! that means several tags is taken for each of them ([`Request::is_ambiguous`]).

use crate::{
    document::Effect,
    evaluate::{Request, fold},
    pattern::{Case, Pattern, Unclosed},
};
use serde_json::Value as Json;
use std::{cmp::Ordering, net::IpAddr};

/// One test of one key.
#[derive(Clone, Debug)]
pub struct Test {
    set: Option<Quantity>,
    operator: Operator,
    is_negated: bool,
    if_exists: bool,
    /// As [`fold`] writes it: keys do not care about case.
    key: String,
    values: Vec<Operand>,
}

/// What of a key with several values must pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Quantity {
    All,
    Any,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    StringEquals(Case),
    StringLike,
    Numeric(Order),
    Date(Order),
    Bool,
    Binary,
    Ip,
    ArnLike,
    Null,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    Equal,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
}

#[derive(Clone, Debug)]
enum Operand {
    Pattern(Pattern),
    Number(f64),
    /// Nanoseconds since 1970.
    Moment(i128),
    Bool(bool),
    Network(Network),
}

/// Addresses that begin with the same bits.
#[derive(Clone, Copy, Debug)]
struct Network {
    address: IpAddr,
    bits: u32,
}

/// Why a condition means nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConditionError {
    /// Not an object of objects.
    #[error("a condition is an object of operators, each with an object of keys")]
    Shape,
    /// There is no such operator.
    #[error("`{0}` is not a condition operator")]
    Operator(String),
    /// The operator cannot compare with this.
    #[error("`{value}` is not a value for condition operator `{operator}`")]
    Value {
        /// As written.
        operator: String,
        /// As written.
        value: String,
    },
    /// A variable does not end.
    #[error(transparent)]
    Pattern(#[from] Unclosed),
}

/// Reads a `Condition` block.
///
/// # Errors
/// What in it means nothing.
pub fn parse(block: &Json, has_variables: bool) -> Result<Vec<Test>, ConditionError> {
    let operators = block.as_object().ok_or(ConditionError::Shape)?;
    let mut tests = Vec::new();
    for (name, keys) in operators {
        for (key, values) in keys.as_object().ok_or(ConditionError::Shape)? {
            tests.push(Test::parse(name, key, values, has_variables)?);
        }
    }
    Ok(tests)
}

impl Test {
    fn parse(
        name: &str,
        key: &str,
        values: &Json,
        has_variables: bool,
    ) -> Result<Self, ConditionError> {
        let unknown = || ConditionError::Operator(name.to_owned());
        let (set, rest) = match name.split_once(':') {
            Some(("ForAllValues", rest)) => (Some(Quantity::All), rest),
            Some(("ForAnyValue", rest)) => (Some(Quantity::Any), rest),
            Some(_) => return Err(unknown()),
            None => (None, name),
        };
        let (rest, if_exists) = match rest.strip_suffix("IfExists") {
            Some(rest) => (rest, true),
            None => (rest, false),
        };
        let (operator, is_negated) = operator(rest).ok_or_else(unknown)?;
        let listed = match values {
            Json::Array(values) => values.as_slice(),
            one => std::slice::from_ref(one),
        };
        let values = listed.iter().map(|value| {
            let text = plain(value).ok_or(ConditionError::Shape)?;
            operand(operator, &text, has_variables)?.ok_or_else(|| ConditionError::Value {
                operator: name.to_owned(),
                value: text.clone(),
            })
        });
        let values = values.collect::<Result<_, ConditionError>>()?;
        Ok(Self { set, operator, is_negated, if_exists, key: fold(key), values })
    }

    /// Whether it holds of `request`, in a statement of this effect.
    pub fn holds(&self, request: &Request, effect: Effect) -> bool {
        let is_denial = effect == Effect::Deny;
        let is_unsaid = |value: &Operand| match value {
            Operand::Pattern(pattern) => pattern.is_ambiguous(request),
            Operand::Number(_) | Operand::Moment(_) | Operand::Bool(_) | Operand::Network(_) => {
                false
            }
        };
        if self.values.iter().any(is_unsaid) {
            return is_denial;
        }
        let given = request.values(&self.key);
        if !request.is_ambiguous(&self.key) {
            return self.holds_of(given, request);
        }
        let mut each = given.iter().map(std::slice::from_ref);
        if is_denial {
            each.any(|one| self.holds_of(one, request))
        } else {
            each.all(|one| self.holds_of(one, request))
        }
    }

    fn holds_of(&self, given: &[String], request: &Request) -> bool {
        if self.operator == Operator::Null {
            return self.values.iter().any(
                |value| matches!(value, Operand::Bool(is_absent) if *is_absent == given.is_empty()),
            );
        }
        if given.is_empty() {
            return self.if_exists || self.is_negated || self.set == Some(Quantity::All);
        }
        let passes = |value: &String| self.passes(value, request);
        match self.set {
            Some(Quantity::All) => given.iter().all(passes),
            Some(Quantity::Any) => given.iter().any(passes),
            // Without a quantity a negated operator holds only if no value is among those that are excluded.
            None if self.is_negated => given.iter().all(passes),
            None => given.iter().any(passes),
        }
    }

    fn passes(&self, given: &str, request: &Request) -> bool {
        let is_one = self.values.iter().any(|value| self.operator.meets(given, value, request));
        is_one != self.is_negated
    }
}

/// The operator of a name without prefix and suffix, and whether it is one that excludes.
fn operator(name: &str) -> Option<(Operator, bool)> {
    let plain = |operator| Some((operator, false));
    let negated = |operator| Some((operator, true));
    match name {
        "StringEquals" => plain(Operator::StringEquals(Case::Sensitive)),
        "StringNotEquals" => negated(Operator::StringEquals(Case::Sensitive)),
        "StringEqualsIgnoreCase" => plain(Operator::StringEquals(Case::Insensitive)),
        "StringNotEqualsIgnoreCase" => negated(Operator::StringEquals(Case::Insensitive)),
        "StringLike" => plain(Operator::StringLike),
        "StringNotLike" => negated(Operator::StringLike),
        "Bool" => plain(Operator::Bool),
        "BinaryEquals" => plain(Operator::Binary),
        "IpAddress" => plain(Operator::Ip),
        "NotIpAddress" => negated(Operator::Ip),
        // The two behave the same.
        "ArnEquals" | "ArnLike" => plain(Operator::ArnLike),
        "ArnNotEquals" | "ArnNotLike" => negated(Operator::ArnLike),
        "Null" => plain(Operator::Null),
        _ => {
            let (of, order): (fn(Order) -> Operator, _) = match name.strip_prefix("Numeric") {
                Some(order) => (Operator::Numeric, order),
                None => (Operator::Date, name.strip_prefix("Date")?),
            };
            match order {
                "Equals" => plain(of(Order::Equal)),
                "NotEquals" => negated(of(Order::Equal)),
                "LessThan" => plain(of(Order::Less)),
                "LessThanEquals" => plain(of(Order::LessEqual)),
                "GreaterThan" => plain(of(Order::Greater)),
                "GreaterThanEquals" => plain(of(Order::GreaterEqual)),
                _ => None,
            }
        }
    }
}

fn operand(
    operator: Operator,
    text: &str,
    has_variables: bool,
) -> Result<Option<Operand>, ConditionError> {
    Ok(match operator {
        Operator::StringEquals(_) | Operator::StringLike | Operator::Binary | Operator::ArnLike => {
            Some(Operand::Pattern(Pattern::parse(text, has_variables)?))
        }
        Operator::Numeric(_) => text.parse().ok().map(Operand::Number),
        Operator::Date(_) => moment(text).map(Operand::Moment),
        Operator::Bool | Operator::Null => truth(text).map(Operand::Bool),
        Operator::Ip => Network::parse(text).map(Operand::Network),
    })
}

impl Operator {
    /// Whether `given` meets one value of the policy, negation left aside. A value of another kind meets nothing.
    fn meets(self, given: &str, value: &Operand, request: &Request) -> bool {
        match (self, value) {
            (Self::StringEquals(case), Operand::Pattern(pattern)) => {
                pattern.equals(given, request, case)
            }
            (Self::Binary, Operand::Pattern(pattern)) => {
                pattern.equals(given, request, Case::Sensitive)
            }
            (Self::StringLike, Operand::Pattern(pattern)) => {
                pattern.matches(given, request, Case::Sensitive)
            }
            (Self::ArnLike, Operand::Pattern(pattern)) => {
                given.starts_with("arn:") && pattern.matches(given, request, Case::Sensitive)
            }
            (Self::Numeric(order), Operand::Number(value)) => given
                .parse::<f64>()
                .ok()
                .and_then(|given| given.partial_cmp(value))
                .is_some_and(|ordering| order.allows(ordering)),
            (Self::Date(order), Operand::Moment(value)) => {
                moment(given).is_some_and(|given| order.allows(given.cmp(value)))
            }
            (Self::Bool, Operand::Bool(value)) => truth(given) == Some(*value),
            (Self::Ip, Operand::Network(network)) => {
                given.parse().is_ok_and(|address| network.covers(address))
            }
            _ => false,
        }
    }
}

impl Order {
    fn allows(self, ordering: Ordering) -> bool {
        match self {
            Self::Equal => ordering.is_eq(),
            Self::Less => ordering.is_lt(),
            Self::LessEqual => ordering.is_le(),
            Self::Greater => ordering.is_gt(),
            Self::GreaterEqual => ordering.is_ge(),
        }
    }
}

impl Network {
    fn parse(text: &str) -> Option<Self> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits.parse().ok()?)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().ok()?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.unwrap_or(most);
        (bits <= most).then_some(Self { address, bits })
    }

    fn covers(self, address: IpAddr) -> bool {
        let (ours, theirs, width) = match (self.address, address) {
            (IpAddr::V4(ours), IpAddr::V4(theirs)) => {
                (u128::from(ours.to_bits()), u128::from(theirs.to_bits()), 32)
            }
            (IpAddr::V6(ours), IpAddr::V6(theirs)) => (ours.to_bits(), theirs.to_bits(), 128),
            _ => return false,
        };
        self.bits == 0 || (ours ^ theirs) >> (width - self.bits) == 0
    }
}

/// Text, numbers and truth values as the text that they are compared as.
fn plain(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        Json::Bool(truth) => Some(truth.to_string()),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    }
}

fn truth(text: &str) -> Option<bool> {
    match text {
        _ if text.eq_ignore_ascii_case("true") => Some(true),
        _ if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

/// ISO 8601 with a zone, a date alone, or seconds since 1970.
fn moment(text: &str) -> Option<i128> {
    if let Ok(seconds) = text.parse::<i64>() {
        return Some(i128::from(seconds) * 1_000_000_000);
    }
    if let Ok(moment) = text.parse::<jiff::Timestamp>() {
        return Some(moment.as_nanosecond());
    }
    let date: jiff::civil::Date = text.parse().ok()?;
    Some(date.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_nanosecond())
}
