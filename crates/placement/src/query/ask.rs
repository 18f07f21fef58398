//! Asks a query of an instance.

use super::{Expr, Match, Order, Query, Test, literal::Version};
use crate::candidate::Candidate;
use std::cmp::Ordering;

impl Query {
    /// Whether the expression is true of `candidate`.
    pub fn matches(&self, candidate: &Candidate<'_>) -> bool {
        self.root.matches(candidate)
    }
}

impl Expr {
    fn matches(&self, candidate: &Candidate<'_>) -> bool {
        match self {
            Self::Or(any) => any.iter().any(|expr| expr.matches(candidate)),
            Self::And(all) => all.iter().all(|expr| expr.matches(candidate)),
            Self::Not(expr) => !expr.matches(candidate),
            Self::Is(test) => test.matches(candidate),
        }
    }
}

impl Test {
    fn matches(&self, candidate: &Candidate<'_>) -> bool {
        match self {
            Self::AgentConnected(wanted) => {
                wanted.accepts(if candidate.is_connected() { "true" } else { "false" })
            }
            Self::AgentVersion(order, wanted) => candidate
                .link
                .and_then(|link| link.agent_version.as_deref())
                .and_then(Version::parse)
                .is_some_and(|version| order.accepts(version.cmp(wanted))),
            Self::AttributeExists(name) => candidate.instance.attributes.contains_key(name),
            Self::Attribute(name, wanted) => {
                candidate.attribute(name).is_some_and(|value| wanted.accepts(value))
            }
            Self::AttributeOrder(name, order, wanted) => candidate
                .attribute(name)
                .is_some_and(|value| order.accepts(by_number_or_text(value, wanted))),
            Self::Ec2InstanceId(wanted) => {
                candidate.instance.ec2_instance_id.as_deref().is_some_and(|id| wanted.accepts(id))
            }
            Self::RegisteredAt(order, wanted) => {
                let seconds = candidate.instance.registered_at.0.div_euclid(1000);
                order.accepts(seconds.cmp(wanted))
            }
            Self::RunningTasksCount(order, wanted) => {
                order.accepts(candidate.ledger.running.cmp(wanted))
            }
            Self::TaskGroup(wanted) => {
                candidate.ledger.groups.keys().any(|group| wanted.accepts(group))
            }
        }
    }
}

impl Match {
    fn accepts(&self, text: &str) -> bool {
        match self {
            Self::OneOf(values) => values.iter().any(|value| value == text),
            Self::Pattern(pattern) => pattern.is_match(text.as_bytes()),
        }
    }
}

impl Order {
    fn accepts(self, ordering: Ordering) -> bool {
        match self {
            Self::Equal => ordering.is_eq(),
            Self::Greater => ordering.is_gt(),
            Self::GreaterOrEqual => ordering.is_ge(),
            Self::Less => ordering.is_lt(),
            Self::LessOrEqual => ordering.is_le(),
        }
    }
}

fn by_number_or_text(value: &str, wanted: &str) -> Ordering {
    match (number(value), number(wanted)) {
        (Some(value), Some(wanted)) => value.total_cmp(&wanted),
        _ => value.cmp(wanted),
    }
}

/// Digits, perhaps with a sign and a point; not `inf`, `nan` nor `1e5`, which are words to people.
fn number(text: &str) -> Option<f64> {
    text.bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+'))
        .then(|| text.parse().ok())?
}
