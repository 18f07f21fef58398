// @generated from botocore 1.44.5 (Apache-2.0); do not edit, run `cargo xtask import-models`.
//! Application Auto Scaling, API version 2016-02-06.

use std::sync::OnceLock;

use crate::shape::{Protocol, Service};
use crate::table::{Graph, Known, Table};

pub static SERVICE: Service = Service {
    id: "application-autoscaling",
    full_name: "Application Auto Scaling",
    signing_name: "application-autoscaling",
    endpoint_prefix: "application-autoscaling",
    version: "2016-02-06",
    protocols: &[Protocol::AwsJson11],
    target_prefix: Some("AnyScaleFrontendService"),
    namespace: None,
    query_compatible: false,
    served: include_str!("../../operations/application_autoscaling.txt"),
    table: Table::new(include_str!("application_autoscaling.txt"), graph),
};

fn graph() -> &'static Graph {
    static GRAPH: OnceLock<Graph> = OnceLock::new();
    GRAPH.get_or_init(|| Graph::read(SERVICE.table.text()))
}

const fn k(name: &'static str, members: &'static str) -> Known {
    Known::new(&SERVICE, name, members)
}

pub const ALARM: Known = k("Alarm", "AlarmName!string AlarmARN!string");
pub const CAPACITY_FORECAST: Known = k("CapacityForecast", "Timestamps!list Values!list");
pub const CONCURRENT_UPDATE_EXCEPTION: Known = k("ConcurrentUpdateException", "Message?string");
pub const CUSTOMIZED_METRIC_SPECIFICATION: Known = k("CustomizedMetricSpecification", "MetricName?string Namespace?string Dimensions?list Statistic?string Unit?string Metrics?list");
pub const DELETE_SCALING_POLICY_REQUEST: Known = k("DeleteScalingPolicyRequest", "PolicyName!string ServiceNamespace!string ResourceId!string ScalableDimension!string");
pub const DELETE_SCALING_POLICY_RESPONSE: Known = k("DeleteScalingPolicyResponse", "");
pub const DELETE_SCHEDULED_ACTION_REQUEST: Known = k("DeleteScheduledActionRequest", "ServiceNamespace!string ScheduledActionName!string ResourceId!string ScalableDimension!string");
pub const DELETE_SCHEDULED_ACTION_RESPONSE: Known = k("DeleteScheduledActionResponse", "");
pub const DEREGISTER_SCALABLE_TARGET_REQUEST: Known = k("DeregisterScalableTargetRequest", "ServiceNamespace!string ResourceId!string ScalableDimension!string");
pub const DEREGISTER_SCALABLE_TARGET_RESPONSE: Known = k("DeregisterScalableTargetResponse", "");
pub const DESCRIBE_SCALABLE_TARGETS_REQUEST: Known = k("DescribeScalableTargetsRequest", "ServiceNamespace!string ResourceIds?list ScalableDimension?string MaxResults?integer NextToken?string");
pub const DESCRIBE_SCALABLE_TARGETS_RESPONSE: Known = k("DescribeScalableTargetsResponse", "ScalableTargets?list NextToken?string");
pub const DESCRIBE_SCALING_ACTIVITIES_REQUEST: Known = k("DescribeScalingActivitiesRequest", "ServiceNamespace!string ResourceId?string ScalableDimension?string MaxResults?integer NextToken?string IncludeNotScaledActivities?boolean");
pub const DESCRIBE_SCALING_ACTIVITIES_RESPONSE: Known = k("DescribeScalingActivitiesResponse", "ScalingActivities?list NextToken?string");
pub const DESCRIBE_SCALING_POLICIES_REQUEST: Known = k("DescribeScalingPoliciesRequest", "PolicyNames?list ServiceNamespace!string ResourceId?string ScalableDimension?string MaxResults?integer NextToken?string");
pub const DESCRIBE_SCALING_POLICIES_RESPONSE: Known = k("DescribeScalingPoliciesResponse", "ScalingPolicies?list NextToken?string");
pub const DESCRIBE_SCHEDULED_ACTIONS_REQUEST: Known = k("DescribeScheduledActionsRequest", "ScheduledActionNames?list ServiceNamespace!string ResourceId?string ScalableDimension?string MaxResults?integer NextToken?string");
pub const DESCRIBE_SCHEDULED_ACTIONS_RESPONSE: Known = k("DescribeScheduledActionsResponse", "ScheduledActions?list NextToken?string");
pub const FAILED_RESOURCE_ACCESS_EXCEPTION: Known = k("FailedResourceAccessException", "Message?string");
pub const GET_PREDICTIVE_SCALING_FORECAST_REQUEST: Known = k("GetPredictiveScalingForecastRequest", "ServiceNamespace!string ResourceId!string ScalableDimension!string PolicyName!string StartTime!timestamp EndTime!timestamp");
pub const GET_PREDICTIVE_SCALING_FORECAST_RESPONSE: Known = k("GetPredictiveScalingForecastResponse", "LoadForecast?list CapacityForecast?structure UpdateTime?timestamp");
pub const INTERNAL_SERVICE_EXCEPTION: Known = k("InternalServiceException", "Message?string");
pub const INVALID_NEXT_TOKEN_EXCEPTION: Known = k("InvalidNextTokenException", "Message?string");
pub const LIMIT_EXCEEDED_EXCEPTION: Known = k("LimitExceededException", "Message?string");
pub const LIST_TAGS_FOR_RESOURCE_REQUEST: Known = k("ListTagsForResourceRequest", "ResourceARN!string");
pub const LIST_TAGS_FOR_RESOURCE_RESPONSE: Known = k("ListTagsForResourceResponse", "Tags?map");
pub const LOAD_FORECAST: Known = k("LoadForecast", "Timestamps!list Values!list MetricSpecification!structure");
pub const METRIC_DIMENSION: Known = k("MetricDimension", "Name!string Value!string");
pub const NOT_SCALED_REASON: Known = k("NotScaledReason", "Code!string MaxCapacity?integer MinCapacity?integer CurrentCapacity?integer");
pub const OBJECT_NOT_FOUND_EXCEPTION: Known = k("ObjectNotFoundException", "Message?string");
pub const PREDEFINED_METRIC_SPECIFICATION: Known = k("PredefinedMetricSpecification", "PredefinedMetricType!string ResourceLabel?string");
pub const PREDICTIVE_SCALING_CUSTOMIZED_METRIC_SPECIFICATION: Known = k("PredictiveScalingCustomizedMetricSpecification", "MetricDataQueries!list");
pub const PREDICTIVE_SCALING_METRIC: Known = k("PredictiveScalingMetric", "Dimensions?list MetricName?string Namespace?string");
pub const PREDICTIVE_SCALING_METRIC_DATA_QUERY: Known = k("PredictiveScalingMetricDataQuery", "Id!string Expression?string MetricStat?structure Label?string ReturnData?boolean");
pub const PREDICTIVE_SCALING_METRIC_DIMENSION: Known = k("PredictiveScalingMetricDimension", "Name!string Value!string");
pub const PREDICTIVE_SCALING_METRIC_SPECIFICATION: Known = k("PredictiveScalingMetricSpecification", "TargetValue!double PredefinedMetricPairSpecification?structure PredefinedScalingMetricSpecification?structure PredefinedLoadMetricSpecification?structure CustomizedScalingMetricSpecification?structure CustomizedLoadMetricSpecification?structure CustomizedCapacityMetricSpecification?structure");
pub const PREDICTIVE_SCALING_METRIC_STAT: Known = k("PredictiveScalingMetricStat", "Metric!structure Stat!string Unit?string");
pub const PREDICTIVE_SCALING_POLICY_CONFIGURATION: Known = k("PredictiveScalingPolicyConfiguration", "MetricSpecifications!list Mode?string SchedulingBufferTime?integer MaxCapacityBreachBehavior?string MaxCapacityBuffer?integer");
pub const PREDICTIVE_SCALING_PREDEFINED_LOAD_METRIC_SPECIFICATION: Known = k("PredictiveScalingPredefinedLoadMetricSpecification", "PredefinedMetricType!string ResourceLabel?string");
pub const PREDICTIVE_SCALING_PREDEFINED_METRIC_PAIR_SPECIFICATION: Known = k("PredictiveScalingPredefinedMetricPairSpecification", "PredefinedMetricType!string ResourceLabel?string");
pub const PREDICTIVE_SCALING_PREDEFINED_SCALING_METRIC_SPECIFICATION: Known = k("PredictiveScalingPredefinedScalingMetricSpecification", "PredefinedMetricType!string ResourceLabel?string");
pub const PUT_SCALING_POLICY_REQUEST: Known = k("PutScalingPolicyRequest", "PolicyName!string ServiceNamespace!string ResourceId!string ScalableDimension!string PolicyType?string StepScalingPolicyConfiguration?structure TargetTrackingScalingPolicyConfiguration?structure PredictiveScalingPolicyConfiguration?structure");
pub const PUT_SCALING_POLICY_RESPONSE: Known = k("PutScalingPolicyResponse", "PolicyARN!string Alarms?list");
pub const PUT_SCHEDULED_ACTION_REQUEST: Known = k("PutScheduledActionRequest", "ServiceNamespace!string Schedule?string Timezone?string ScheduledActionName!string ResourceId!string ScalableDimension!string StartTime?timestamp EndTime?timestamp ScalableTargetAction?structure");
pub const PUT_SCHEDULED_ACTION_RESPONSE: Known = k("PutScheduledActionResponse", "");
pub const REGISTER_SCALABLE_TARGET_REQUEST: Known = k("RegisterScalableTargetRequest", "ServiceNamespace!string ResourceId!string ScalableDimension!string MinCapacity?integer MaxCapacity?integer RoleARN?string SuspendedState?structure Tags?map");
pub const REGISTER_SCALABLE_TARGET_RESPONSE: Known = k("RegisterScalableTargetResponse", "ScalableTargetARN?string");
pub const RESOURCE_NOT_FOUND_EXCEPTION: Known = k("ResourceNotFoundException", "Message?string ResourceName?string");
pub const SCALABLE_TARGET: Known = k("ScalableTarget", "ServiceNamespace!string ResourceId!string ScalableDimension!string MinCapacity!integer MaxCapacity!integer PredictedCapacity?integer RoleARN!string CreationTime!timestamp SuspendedState?structure ScalableTargetARN?string");
pub const SCALABLE_TARGET_ACTION: Known = k("ScalableTargetAction", "MinCapacity?integer MaxCapacity?integer");
pub const SCALING_ACTIVITY: Known = k("ScalingActivity", "ActivityId!string ServiceNamespace!string ResourceId!string ScalableDimension!string Description!string Cause!string StartTime!timestamp EndTime?timestamp StatusCode!string StatusMessage?string Details?string NotScaledReasons?list");
pub const SCALING_POLICY: Known = k("ScalingPolicy", "PolicyARN!string PolicyName!string ServiceNamespace!string ResourceId!string ScalableDimension!string PolicyType!string StepScalingPolicyConfiguration?structure TargetTrackingScalingPolicyConfiguration?structure PredictiveScalingPolicyConfiguration?structure Alarms?list CreationTime!timestamp");
pub const SCHEDULED_ACTION: Known = k("ScheduledAction", "ScheduledActionName!string ScheduledActionARN!string ServiceNamespace!string Schedule!string Timezone?string ResourceId!string ScalableDimension?string StartTime?timestamp EndTime?timestamp ScalableTargetAction?structure CreationTime!timestamp");
pub const STEP_ADJUSTMENT: Known = k("StepAdjustment", "MetricIntervalLowerBound?double MetricIntervalUpperBound?double ScalingAdjustment!integer");
pub const STEP_SCALING_POLICY_CONFIGURATION: Known = k("StepScalingPolicyConfiguration", "AdjustmentType?string StepAdjustments?list MinAdjustmentMagnitude?integer Cooldown?integer MetricAggregationType?string");
pub const SUSPENDED_STATE: Known = k("SuspendedState", "DynamicScalingInSuspended?boolean DynamicScalingOutSuspended?boolean ScheduledScalingSuspended?boolean");
pub const TAG_RESOURCE_REQUEST: Known = k("TagResourceRequest", "ResourceARN!string Tags!map");
pub const TAG_RESOURCE_RESPONSE: Known = k("TagResourceResponse", "");
pub const TARGET_TRACKING_METRIC: Known = k("TargetTrackingMetric", "Dimensions?list MetricName?string Namespace?string");
pub const TARGET_TRACKING_METRIC_DATA_QUERY: Known = k("TargetTrackingMetricDataQuery", "Expression?string Id!string Label?string MetricStat?structure ReturnData?boolean");
pub const TARGET_TRACKING_METRIC_DIMENSION: Known = k("TargetTrackingMetricDimension", "Name!string Value!string");
pub const TARGET_TRACKING_METRIC_STAT: Known = k("TargetTrackingMetricStat", "Metric!structure Stat!string Unit?string");
pub const TARGET_TRACKING_SCALING_POLICY_CONFIGURATION: Known = k("TargetTrackingScalingPolicyConfiguration", "TargetValue!double PredefinedMetricSpecification?structure CustomizedMetricSpecification?structure ScaleOutCooldown?integer ScaleInCooldown?integer DisableScaleIn?boolean");
pub const TOO_MANY_TAGS_EXCEPTION: Known = k("TooManyTagsException", "Message?string ResourceName?string");
pub const UNTAG_RESOURCE_REQUEST: Known = k("UntagResourceRequest", "ResourceARN!string TagKeys!list");
pub const UNTAG_RESOURCE_RESPONSE: Known = k("UntagResourceResponse", "");
pub const VALIDATION_EXCEPTION: Known = k("ValidationException", "Message?string");
