//! What CreateService and UpdateService both set besides the template: reading it, its bounds, and what is not served yet.
//!
//! A member that a request leaves out changes nothing; so CreateService sets on the defaults, UpdateService on what is.
//! Order: what ECS itself refuses is refused first, then what Longshore does not serve.

use crate::ecs::{fargate, fault, launch::not_served, rule};
use domain::{
    definition::TaskDefinition,
    deployment::{Alarms, DeploymentConfiguration, Guard},
    service::{Controller, PlacementRule, PropagateTags, SchedulingStrategy, Service, Template},
    status::LaunchType,
};
use wire::{Fault, Value, tables::ecs, view};

/// ECS's own bounds on `bakeTimeInMinutes`.
const BAKE_MIN_MAX: i64 = 1440;

/// Percent of the desired count that may exist at once; the model has no bound, and 200 is what nearly everybody uses.
const MAXIMUM_PERCENT_MAX: i64 = 1_000_000;

const ZONE: &str = "attribute:ecs.availability-zone";

// UpdateService's members have the same names and shapes, so that one view reads both.
view! {
    pub(super) Settings : ecs::CREATE_SERVICE_REQUEST {
        desired: Option<i64> = "desiredCount",
        configuration: Option<Configuration<'a>> = "deploymentConfiguration",
        constraints: Option<&'a [Value]> = "placementConstraints",
        strategies: Option<&'a [Value]> = "placementStrategy",
        grace_s: Option<i64> = "healthCheckGracePeriodSeconds",
        rebalancing: Option<&'a str> = "availabilityZoneRebalancing",
        managed_tags: Option<bool> = "enableECSManagedTags",
        propagate: Option<&'a str> = "propagateTags",
        exec: Option<bool> = "enableExecuteCommand",
        load_balancers: &'a [Value] = "loadBalancers",
        registries: &'a [Value] = "serviceRegistries",
        connect: Option<Connect<'a>> = "serviceConnectConfiguration",
        volumes: &'a [Value] = "volumeConfigurations",
        lattice: &'a [Value] = "vpcLatticeConfigurations",
        gateways: &'a [Value] = "gatewayConnectors",
        monitoring: Option<Monitoring<'a>> = "monitoring",
    }
    Connect : ecs::SERVICE_CONNECT_CONFIGURATION {
        enabled: bool = "enabled",
    }
    Monitoring : ecs::MONITORING_CONFIGURATION {
        metrics: &'a [Value] = "metricConfigurations",
    }
    Configuration : ecs::DEPLOYMENT_CONFIGURATION {
        maximum: Option<i64> = "maximumPercent",
        minimum: Option<i64> = "minimumHealthyPercent",
        breaker: Option<Breaker<'a>> = "deploymentCircuitBreaker",
        alarms: Option<AskedAlarms<'a>> = "alarms",
        strategy: Option<&'a str> = "strategy",
        bake_min: Option<i64> = "bakeTimeInMinutes",
        hooks: &'a [Value] = "lifecycleHooks",
        linear: Option<&'a Value> = "linearConfiguration",
        canary: Option<&'a Value> = "canaryConfiguration",
        early_success: Option<&'a Value> = "earlySuccessCriteria",
    }
    Breaker : ecs::DEPLOYMENT_CIRCUIT_BREAKER {
        enable: bool = "enable",
        rollback: bool = "rollback",
        reset: Option<bool> = "resetOnHealthyTask",
        threshold: Option<&'a Value> = "thresholdConfiguration",
    }
    AskedAlarms : ecs::DEPLOYMENT_ALARMS {
        names: Vec<&'a str> = "alarmNames",
        enable: bool = "enable",
        rollback: bool = "rollback",
    }
}

impl Settings<'_> {
    /// Sets on `service` what is asked for.
    ///
    /// # Errors
    /// What ECS refuses.
    pub(super) fn apply(&self, service: &mut Service) -> Result<(), Fault> {
        if let Some(desired) = self.desired {
            service.desired = read_desired(service, desired)?;
        }
        if let Some(configuration) = &self.configuration {
            configuration.apply(&mut service.configuration, service.scheduling)?;
        }
        self.apply_placement(service)?;
        if let Some(grace_s) = self.grace_s {
            if grace_s < 0 {
                let message = "healthCheckGracePeriodSeconds must not be negative.";
                return Err(fault::invalid_parameter(message));
            }
            service.grace_s = Some(grace_s);
        }
        service.managed_tags = self.managed_tags.unwrap_or(service.managed_tags);
        let propagate = self.propagate.and_then(PropagateTags::parse);
        service.propagate = propagate.unwrap_or(service.propagate);
        service.exec = self.exec.unwrap_or(service.exec);
        Ok(())
    }

    fn apply_placement(&self, service: &mut Service) -> Result<(), Fault> {
        if let Some(asked) = self.constraints {
            rule::constraints(&[], asked)?;
            service.constraints = rule::constraint_rules(asked);
        }
        if let Some(asked) = self.strategies {
            if service.scheduling == SchedulingStrategy::Daemon && !asked.is_empty() {
                return Err(fault::invalid_parameter(
                    "The daemon scheduling strategy does not support placement strategies. Remove the placement strategy and try again",
                ));
            }
            service.strategies = rule::strategy_rules(&rule::strategies(asked)?);
        }
        Ok(())
    }

    /// Whether zones are to be kept balanced; `default` says so where the request does not. `made_of` is what the service's tasks will be
    /// made of, where that is its own matter.
    ///
    /// # Errors
    /// `InvalidParameterException`, if that is asked of a service for which it cannot be.
    pub(super) fn rebalancing(
        &self,
        service: &Service,
        made_of: Option<(&Template, &TaskDefinition)>,
        default: impl FnOnce(Option<&str>) -> bool,
    ) -> Result<bool, Fault> {
        let obstacle = rebalancing_obstacle(service, made_of);
        let is_wanted = match self.rebalancing {
            Some(asked) => asked == "ENABLED",
            None => default(obstacle),
        };
        match obstacle {
            Some(obstacle) if is_wanted => Err(fault::invalid_parameter(format!(
                "Availability Zone rebalancing is not supported for services with {obstacle}: set `availabilityZoneRebalancing` to DISABLED."
            ))),
            _ => Ok(is_wanted),
        }
    }

    /// Refuses what is not served yet, by its name.
    ///
    /// # Errors
    /// `ClientException`.
    pub(super) fn refuse_unserved(&self) -> Result<(), Fault> {
        let asked = [
            ("`loadBalancers` of services", !self.load_balancers.is_empty()),
            ("`serviceRegistries`", !self.registries.is_empty()),
            (
                "`serviceConnectConfiguration` that is enabled",
                self.connect.as_ref().is_some_and(|connect| connect.enabled),
            ),
            ("`volumeConfigurations`", !self.volumes.is_empty()),
            ("`vpcLatticeConfigurations`", !self.lattice.is_empty()),
            ("`gatewayConnectors`", !self.gateways.is_empty()),
            (
                "`monitoring`",
                self.monitoring.as_ref().is_some_and(|asked| !asked.metrics.is_empty()),
            ),
        ];
        if let Some((what, _)) = asked.iter().find(|(_, is_asked)| *is_asked) {
            return Err(not_served(what));
        }
        self.configuration.as_ref().map_or(Ok(()), Configuration::refuse_unserved)
    }
}

/// Refuses more constraints than a task can have, those of its definition included, and what Fargate leaves to nobody: on which hosts tasks
/// are.
///
/// # Errors
/// `InvalidParameterException`.
pub fn check_placement(
    service: &Service,
    template: &Template,
    definition: &TaskDefinition,
) -> Result<(), Fault> {
    rule::check_count(definition.placement_constraints.len() + service.constraints.len())?;
    if !template.is_fargate() {
        return Ok(());
    }
    if service.scheduling == SchedulingStrategy::Daemon {
        return Err(fault::invalid_parameter(
            "The daemon scheduling strategy is not supported with FARGATE launch type.",
        ));
    }
    fargate::check_placement(!service.constraints.is_empty(), !service.strategies.is_empty())
}

/// How many tasks are asked for.
fn read_desired(service: &Service, desired: i64) -> Result<i64, Fault> {
    match service.scheduling {
        SchedulingStrategy::Daemon => Err(fault::invalid_parameter(
            "The daemon scheduling strategy does not support a desired count for services. Remove the desired count value and try again",
        )),
        SchedulingStrategy::Replica if desired < 0 => {
            Err(fault::invalid_parameter("desiredCount must not be negative."))
        }
        SchedulingStrategy::Replica => Ok(desired),
    }
}

/// Why zones cannot be kept balanced, in words that end "is not supported for services with …" (spec/placement.md §3).
fn rebalancing_obstacle(
    service: &Service,
    made_of: Option<(&Template, &TaskDefinition)>,
) -> Option<&'static str> {
    if service.scheduling == SchedulingStrategy::Daemon {
        return Some("the DAEMON scheduling strategy");
    }
    if service.controller == Controller::External {
        return Some("the EXTERNAL deployment controller");
    }
    let launch_type = made_of.and_then(|(template, _)| template.launch_type);
    if launch_type == Some(LaunchType::External) {
        return Some("launch type EXTERNAL");
    }
    if service.configuration.maximum_percent == 100 {
        return Some("a maximumPercent of 100");
    }
    let is_zone_spread =
        |rule: &PlacementRule| rule.kind == "spread" && rule.argument.as_deref() == Some(ZONE);
    if service.strategies.first().is_some_and(|first| !is_zone_spread(first)) {
        return Some("a first placement strategy other than a spread over Availability Zones");
    }
    let own = made_of.into_iter().flat_map(|(_, definition)| &definition.placement_constraints);
    let own = own.filter_map(|own| own.expression.as_deref());
    let asked = service.constraints.iter().filter_map(|asked| asked.argument.as_deref());
    if own.chain(asked).any(|expression| expression.contains(ZONE)) {
        return Some("a placement constraint on `attribute:ecs.availability-zone`");
    }
    None
}

/// How deployments of a new service go.
pub(super) fn default_configuration(scheduling: SchedulingStrategy) -> DeploymentConfiguration {
    match scheduling {
        SchedulingStrategy::Replica => DeploymentConfiguration::default(),
        SchedulingStrategy::Daemon => DeploymentConfiguration {
            maximum_percent: 100,
            minimum_healthy_percent: 0,
            ..DeploymentConfiguration::default()
        },
    }
}

impl Configuration<'_> {
    fn apply(
        &self,
        configuration: &mut DeploymentConfiguration,
        scheduling: SchedulingStrategy,
    ) -> Result<(), Fault> {
        if let Some(percent) = self.maximum {
            check_bounds("maximumPercent", percent, 100, MAXIMUM_PERCENT_MAX)?;
            if scheduling == SchedulingStrategy::Daemon && percent > 100 {
                let what = "A `maximumPercent` above 100 for the DAEMON scheduling strategy";
                return Err(not_served(what));
            }
            configuration.maximum_percent = percent;
        }
        if let Some(percent) = self.minimum {
            check_bounds("minimumHealthyPercent", percent, 0, 100)?;
            configuration.minimum_healthy_percent = percent;
        }
        if let Some(breaker) = &self.breaker {
            configuration.circuit_breaker =
                Guard { enable: breaker.enable, rollback: breaker.rollback };
        }
        if let Some(alarms) = &self.alarms {
            if alarms.enable && alarms.names.is_empty() {
                let message = "Deployment alarms that are enabled need alarmNames.";
                return Err(fault::invalid_parameter(message));
            }
            let guard = Guard { enable: alarms.enable, rollback: alarms.rollback };
            let names = alarms.names.iter().map(|name| (*name).to_owned()).collect();
            configuration.alarms = Some(Alarms { names, guard });
        }
        if let Some(minutes) = self.bake_min {
            check_bounds("bakeTimeInMinutes", minutes, 0, BAKE_MIN_MAX)?;
            // 0 is what is shown where none was given, and says the same.
            configuration.bake_min = (minutes > 0).then_some(minutes);
        }
        Ok(())
    }

    fn refuse_unserved(&self) -> Result<(), Fault> {
        if let Some(strategy) = self.strategy.filter(|strategy| *strategy != "ROLLING") {
            return Err(not_served(&format!("Deployment strategy {strategy}")));
        }
        let breaker = self.breaker.as_ref();
        let asked = [
            ("`lifecycleHooks`", !self.hooks.is_empty()),
            ("`linearConfiguration`", self.linear.is_some()),
            ("`canaryConfiguration`", self.canary.is_some()),
            ("`earlySuccessCriteria`", self.early_success.is_some()),
            ("`resetOnHealthyTask`", breaker.is_some_and(|breaker| breaker.reset.is_some())),
            (
                "`thresholdConfiguration`",
                breaker.is_some_and(|breaker| breaker.threshold.is_some()),
            ),
        ];
        match asked.iter().find(|(_, is_asked)| *is_asked) {
            Some((what, _)) => Err(not_served(what)),
            None => Ok(()),
        }
    }
}

fn check_bounds(name: &str, value: i64, min: i64, max: i64) -> Result<(), Fault> {
    if (min..=max).contains(&value) {
        return Ok(());
    }
    let bounds = match max {
        MAXIMUM_PERCENT_MAX => format!("at least {min}"),
        _ => format!("between {min} and {max}"),
    };
    Err(fault::invalid_parameter(format!("{name} must be {bounds}, but was {value}.")))
}
