//! Asks a query of an instance.

use super::{Expr, Match, Order, Query, Test, literal::Version};
use crate::{candidate::Candidate, row::Row};
use std::cmp::Ordering;

impl Query {
    /// Whether the expression is true of `candidate`.
    pub fn matches(&self, candidate: &Candidate<'_>) -> bool {
        self.matches_at(&Row::from(*candidate))
    }

    /// The same, with what is booked there taken into account.
    pub fn matches_at(&self, row: &Row<'_>) -> bool {
        self.root.matches(row)
    }

    /// Whether the answer can change with the tasks that an instance has.
    pub fn asks_of_tasks(&self) -> bool {
        self.root.asks_of_tasks()
    }
}

impl Expr {
    fn matches(&self, row: &Row<'_>) -> bool {
        match self {
            Self::Or(any) => any.iter().any(|expr| expr.matches(row)),
            Self::And(all) => all.iter().all(|expr| expr.matches(row)),
            Self::Not(expr) => !expr.matches(row),
            Self::Is(test) => test.matches(row),
        }
    }

    fn asks_of_tasks(&self) -> bool {
        match self {
            Self::Or(exprs) | Self::And(exprs) => exprs.iter().any(Self::asks_of_tasks),
            Self::Not(expr) => expr.asks_of_tasks(),
            Self::Is(Test::RunningTasksCount(..) | Test::TaskGroup(_)) => true,
            Self::Is(
                Test::AgentConnected(_)
                | Test::AgentVersion(..)
                | Test::AttributeExists(_)
                | Test::Attribute(..)
                | Test::AttributeOrder(..)
                | Test::Ec2InstanceId(_)
                | Test::RegisteredAt(..),
            ) => false,
        }
    }
}

impl Test {
    fn matches(&self, row: &Row<'_>) -> bool {
        let candidate = &row.candidate;
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
            // An instance has hundreds of groups and an expression few, so that names are looked up and not compared.
            Self::TaskGroup(Match::OneOf(values)) => {
                values.iter().any(|value| row.has_group(value))
            }
            Self::TaskGroup(wanted @ Match::Pattern(_)) => {
                row.groups().any(|group| wanted.accepts(group))
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
