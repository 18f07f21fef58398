//! In which order instances are preferred (spec/placement.md §1).
//!
//! Not here: which task to stop first when there are too many; that belongs to services.

use crate::candidate::ZONE_ATTRIBUTE;

/// ECS's own limit.
pub const STRATEGIES_MAX: usize = 5;

/// One rule of preference. Of several, a later one decides between instances that all earlier ones hold equal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Strategy {
    /// Any, each with the same chance.
    Random,
    /// The fewest tasks of the same group.
    Spread(Field),
    /// The least left of a resource.
    Binpack(Dimension),
}

/// What tasks are spread over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// Single instances.
    Instance,
    /// Instances with the same value of this attribute; those without it come last.
    Attribute(String),
}

/// What instances are filled up with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dimension {
    /// CPU units.
    Cpu,
    /// MiB.
    Memory,
}

/// Why a pair of `type` and `field` is no strategy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StrategyError {
    /// Such a `type` does not exist.
    #[error("there is no placement strategy `{kind}`")]
    Kind {
        /// As it was given.
        kind: String,
    },
    /// This `type` needs a `field` that it knows.
    #[error("`{field}` is not a field of placement strategy `{kind}`")]
    Field {
        /// The strategy.
        kind: &'static str,
        /// As it was given; empty where none was.
        field: String,
    },
}

impl Strategy {
    /// The strategy that the API's `type` and `field` name.
    ///
    /// # Errors
    /// Where `type` is unknown, or `field` is missing, unknown or not for this `type`.
    pub fn parse(kind: &str, field: Option<&str>) -> Result<Self, StrategyError> {
        let field = field.unwrap_or_default();
        let wrong = |kind| StrategyError::Field { kind, field: field.to_owned() };
        match kind {
            "random" if field.is_empty() => Ok(Self::Random),
            "random" => Err(wrong("random")),
            "spread" => Field::parse(field).map(Self::Spread).ok_or_else(|| wrong("spread")),
            "binpack" => Dimension::parse(field).map(Self::Binpack).ok_or_else(|| wrong("binpack")),
            _ => Err(StrategyError::Kind { kind: kind.to_owned() }),
        }
    }

    /// The `type` and `field` of the API.
    pub fn names(&self) -> (&'static str, Option<String>) {
        match self {
            Self::Random => ("random", None),
            Self::Spread(Field::Instance) => ("spread", Some("instanceId".to_owned())),
            Self::Spread(Field::Attribute(name)) => ("spread", Some(format!("attribute:{name}"))),
            Self::Binpack(Dimension::Cpu) => ("binpack", Some("CPU".to_owned())),
            Self::Binpack(Dimension::Memory) => ("binpack", Some("MEMORY".to_owned())),
        }
    }

    /// What is used where none is named: the fewest tasks of the group per Availability Zone, then per instance.
    pub fn defaults() -> [Self; 2] {
        let zone = Field::Attribute(ZONE_ATTRIBUTE.to_owned());
        [Self::Spread(zone), Self::Spread(Field::Instance)]
    }
}

impl Field {
    fn parse(text: &str) -> Option<Self> {
        if text.eq_ignore_ascii_case("instanceId") || text.eq_ignore_ascii_case("host") {
            return Some(Self::Instance);
        }
        let name = text.strip_prefix("attribute:").filter(|name| !name.is_empty())?;
        Some(Self::Attribute(name.to_owned()))
    }
}

impl Dimension {
    fn parse(text: &str) -> Option<Self> {
        if text.eq_ignore_ascii_case("cpu") {
            Some(Self::Cpu)
        } else if text.eq_ignore_ascii_case("memory") {
            Some(Self::Memory)
        } else {
            None
        }
    }
}
