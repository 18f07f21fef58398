//! Placement constraints and strategies as clients give them, for RunTask and for services.

use crate::ecs::fault;
use domain::{definition::DefinitionConstraint, service::PlacementRule};
use placement::{
    filter::{CONSTRAINTS_MAX, Constraint},
    query::Query,
    strategy::{STRATEGIES_MAX, Strategy},
};
use wire::{Fault, Value, tables::ecs, view};

view! {
    AskedConstraint : ecs::PLACEMENT_CONSTRAINT {
        kind: Option<&'a str> = "type",
        expression: Option<&'a str> = "expression",
    }
    AskedStrategy : ecs::PLACEMENT_STRATEGY {
        kind: Option<&'a str> = "type",
        field: Option<&'a str> = "field",
    }
}

/// A definition's `own` constraints and those that a request asks for.
///
/// # Errors
/// `InvalidParameterException`, if there are too many, or one of them says nothing.
pub fn constraints(
    own: &[DefinitionConstraint],
    asked: &[Value],
) -> Result<Vec<Constraint>, Fault> {
    check_count(own.len() + asked.len())?;
    let own =
        own.iter().map(|constraint| (constraint.kind.as_str(), constraint.expression.as_deref()));
    let asked = asked.iter().map(AskedConstraint::from);
    let asked = asked.map(|asked| (asked.kind.unwrap_or_default(), asked.expression));
    own.chain(asked).map(|(kind, expression)| constraint(kind, expression)).collect()
}

/// Whether tasks can have that many constraints, those of their definition included.
///
/// # Errors
/// `InvalidParameterException`, if they cannot.
pub fn check_count(constraints: usize) -> Result<(), Fault> {
    if constraints <= CONSTRAINTS_MAX {
        return Ok(());
    }
    Err(fault::invalid_parameter(format!(
        "A task can have at most {CONSTRAINTS_MAX} placement constraints, those of its definition included."
    )))
}

fn constraint(kind: &str, expression: Option<&str>) -> Result<Constraint, Fault> {
    let expression = expression.filter(|expression| !expression.is_empty());
    match (kind, expression) {
        ("distinctInstance", None) => Ok(Constraint::DistinctInstance),
        ("distinctInstance", Some(_)) => Err(fault::invalid_parameter(
            "Placement constraint `distinctInstance` takes no expression.",
        )),
        ("memberOf", Some(expression)) => {
            Query::parse(expression).map(Constraint::MemberOf).map_err(|error| {
                fault::invalid_parameter(format!(
                    "Invalid placement constraint expression: {error}."
                ))
            })
        }
        ("memberOf", None) => {
            Err(fault::invalid_parameter("Placement constraint `memberOf` needs an expression."))
        }
        (other, _) => {
            Err(fault::invalid_parameter(format!("There is no placement constraint `{other}`.")))
        }
    }
}

/// The strategies that a request asks for; none if it asks for none.
///
/// # Errors
/// `InvalidParameterException`, if there are too many, or one of them says nothing.
pub fn strategies(asked: &[Value]) -> Result<Vec<Strategy>, Fault> {
    if asked.len() > STRATEGIES_MAX {
        return Err(fault::invalid_parameter(format!(
            "A task can have at most {STRATEGIES_MAX} placement strategies."
        )));
    }
    let asked = asked.iter().map(AskedStrategy::from);
    asked
        .map(|asked| {
            Strategy::parse(asked.kind.unwrap_or_default(), asked.field).map_err(|error| {
                fault::invalid_parameter(format!("Invalid placement strategy: {error}."))
            })
        })
        .collect()
}

/// Constraints as a service keeps them.
pub fn constraint_rules(asked: &[Value]) -> Vec<PlacementRule> {
    let asked = asked.iter().map(AskedConstraint::from);
    asked
        .map(|asked| PlacementRule {
            kind: asked.kind.unwrap_or_default().to_owned(),
            argument: asked.expression.filter(|text| !text.is_empty()).map(str::to_owned),
        })
        .collect()
}

/// Strategies as a service keeps them: by ECS's own names, whatever the client's spelling.
pub fn strategy_rules(strategies: &[Strategy]) -> Vec<PlacementRule> {
    strategies
        .iter()
        .map(|strategy| {
            let (kind, argument) = strategy.names();
            PlacementRule { kind: kind.to_owned(), argument }
        })
        .collect()
}
