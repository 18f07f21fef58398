//! What the tasks of one template want of an instance: what they need, and what they prefer.
//!
//! Made once for a template and shared by all that place its tasks: what wants the same can be served from one order of the instances.

use crate::{
    demand::Demand,
    filter::{Constraint, Needs},
    strategy::{STRATEGIES_MAX, Strategy},
};
use domain::{definition::RuntimePlatform, tag::Attribute, vpc::TaskNetwork};
use std::fmt::Write;

/// What identical tasks want, whatever their group.
#[derive(Clone, Debug)]
pub struct Wants {
    demand: Demand,
    attributes: Vec<Attribute>,
    platform: Option<RuntimePlatform>,
    constraints: Vec<Constraint>,
    strategies: Vec<Strategy>,
    network: Option<TaskNetwork>,
    /// Everything above as text: equal for those that want the same.
    signature: String,
}

impl Wants {
    /// `attributes` and `platform` are the definition's, `constraints` the definition's and the request's, `strategies` as they were
    /// given: where there are none, [`Strategy::defaults`] is what a service means, and what the caller passes. Panics beyond
    /// [`STRATEGIES_MAX`]: requests were checked.
    pub fn new(
        demand: Demand,
        attributes: Vec<Attribute>,
        platform: Option<RuntimePlatform>,
        constraints: Vec<Constraint>,
        strategies: Vec<Strategy>,
    ) -> Self {
        assert!(strategies.len() <= STRATEGIES_MAX, "{} strategies", strategies.len());
        let mut signature = format!("{demand:?} {attributes:?} {platform:?} {strategies:?}");
        for constraint in &constraints {
            // Writing to a String cannot go wrong.
            let _ = match constraint {
                Constraint::DistinctInstance => write!(signature, " distinct"),
                Constraint::MemberOf(query) => write!(signature, " {:?}", query.text()),
            };
        }
        Self { demand, attributes, platform, constraints, strategies, network: None, signature }
    }

    /// The same, of tasks that have an interface in that network: of its subnets only the zones count here.
    #[must_use]
    pub fn in_network(mut self, network: Option<&TaskNetwork>) -> Self {
        if let Some(network) = network {
            // Writing to a String cannot go wrong.
            let _ = write!(self.signature, " {:?}", network.zones());
        }
        self.network = network.cloned();
        self
    }

    /// The same as `needs` and `strategies` say it.
    pub(crate) fn of(needs: &Needs<'_>, strategies: &[Strategy]) -> Self {
        let (demand, platform) = (needs.demand.clone(), needs.platform.cloned());
        let (attributes, constraints) = (needs.attributes.to_vec(), needs.constraints.to_vec());
        Self::new(demand, attributes, platform, constraints, strategies.to_vec())
            .in_network(needs.network)
    }

    /// What tasks of `group` need.
    pub fn needs<'a>(&'a self, group: &'a str) -> Needs<'a> {
        Needs {
            demand: &self.demand,
            attributes: &self.attributes,
            platform: self.platform.as_ref(),
            constraints: &self.constraints,
            network: self.network.as_ref(),
            group,
        }
    }

    /// Amounts.
    pub fn demand(&self) -> &Demand {
        &self.demand
    }

    /// What must hold.
    pub fn constraints(&self) -> &[Constraint] {
        &self.constraints
    }

    /// What is preferred, the weightiest first.
    pub fn strategies(&self) -> &[Strategy] {
        &self.strategies
    }

    /// Whether what holds of an instance can change with how far its tasks are, and not only with what they hold.
    pub fn asks_of_tasks(&self) -> bool {
        self.constraints.iter().any(|constraint| match constraint {
            Constraint::DistinctInstance => false,
            Constraint::MemberOf(query) => query.asks_of_tasks(),
        })
    }

    /// A text that is the same for those that want the same.
    pub fn signature(&self) -> &str {
        &self.signature
    }
}
