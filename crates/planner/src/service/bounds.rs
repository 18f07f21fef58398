//! How many tasks must stay healthy, and how many may exist, during a deployment (spec/services.md §2).

use domain::deployment::DeploymentConfiguration;

/// The bounds for a number of wanted tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// So many healthy tasks are not gone below by a deployment: rounded up.
    pub lower: i64,
    /// So many PENDING and RUNNING tasks are not exceeded: rounded down.
    pub upper: i64,
}

impl Bounds {
    /// Of a service that wants `desired` tasks.
    pub fn of(desired: i64, configuration: &DeploymentConfiguration) -> Self {
        let percent = |percent: i64| i128::from(desired.max(0)) * i128::from(percent.max(0));
        let narrow = |count: i128| i64::try_from(count).unwrap_or(i64::MAX);
        Self {
            lower: narrow((percent(configuration.minimum_healthy_percent) + 99) / 100),
            upper: narrow(percent(configuration.maximum_percent) / 100),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Bounds;
    use domain::deployment::DeploymentConfiguration;

    fn check(desired: i64, minimum: i64, maximum: i64, bounds: (i64, i64)) {
        let configuration = DeploymentConfiguration {
            minimum_healthy_percent: minimum,
            maximum_percent: maximum,
            ..DeploymentConfiguration::default()
        };
        let found = Bounds::of(desired, &configuration);
        assert_eq!((found.lower, found.upper), bounds, "{desired} of {minimum} to {maximum} %");
    }

    #[test]
    fn the_minimum_is_rounded_up_and_the_maximum_down() {
        check(4, 50, 200, (2, 8));
        check(2, 75, 200, (2, 4));
        check(3, 100, 125, (3, 3));
        check(3, 33, 150, (1, 4));
        check(1, 1, 199, (1, 1));
        check(0, 100, 200, (0, 0));
        check(7, 0, 100, (0, 7));
    }
}
