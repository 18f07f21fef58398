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

const fn k(name: &'static str) -> Known {
    Known::new(&SERVICE, name)
}

pub const ADJUSTMENT_TYPE: Known = k("AdjustmentType");
pub const ALARM: Known = k("Alarm");
pub const ALARMS: Known = k("Alarms");
pub const AMAZON_RESOURCE_NAME: Known = k("AmazonResourceName");
pub const CAPACITY_FORECAST: Known = k("CapacityForecast");
pub const CONCURRENT_UPDATE_EXCEPTION: Known = k("ConcurrentUpdateException");
pub const COOLDOWN: Known = k("Cooldown");
pub const CUSTOMIZED_METRIC_SPECIFICATION: Known = k("CustomizedMetricSpecification");
pub const DELETE_SCALING_POLICY_REQUEST: Known = k("DeleteScalingPolicyRequest");
pub const DELETE_SCALING_POLICY_RESPONSE: Known = k("DeleteScalingPolicyResponse");
pub const DELETE_SCHEDULED_ACTION_REQUEST: Known = k("DeleteScheduledActionRequest");
pub const DELETE_SCHEDULED_ACTION_RESPONSE: Known = k("DeleteScheduledActionResponse");
pub const DEREGISTER_SCALABLE_TARGET_REQUEST: Known = k("DeregisterScalableTargetRequest");
pub const DEREGISTER_SCALABLE_TARGET_RESPONSE: Known = k("DeregisterScalableTargetResponse");
pub const DESCRIBE_SCALABLE_TARGETS_REQUEST: Known = k("DescribeScalableTargetsRequest");
pub const DESCRIBE_SCALABLE_TARGETS_RESPONSE: Known = k("DescribeScalableTargetsResponse");
pub const DESCRIBE_SCALING_ACTIVITIES_REQUEST: Known = k("DescribeScalingActivitiesRequest");
pub const DESCRIBE_SCALING_ACTIVITIES_RESPONSE: Known = k("DescribeScalingActivitiesResponse");
pub const DESCRIBE_SCALING_POLICIES_REQUEST: Known = k("DescribeScalingPoliciesRequest");
pub const DESCRIBE_SCALING_POLICIES_RESPONSE: Known = k("DescribeScalingPoliciesResponse");
pub const DESCRIBE_SCHEDULED_ACTIONS_REQUEST: Known = k("DescribeScheduledActionsRequest");
pub const DESCRIBE_SCHEDULED_ACTIONS_RESPONSE: Known = k("DescribeScheduledActionsResponse");
pub const DISABLE_SCALE_IN: Known = k("DisableScaleIn");
pub const ERROR_MESSAGE: Known = k("ErrorMessage");
pub const EXCEPTION_MESSAGE: Known = k("ExceptionMessage");
pub const EXPRESSION: Known = k("Expression");
pub const FAILED_RESOURCE_ACCESS_EXCEPTION: Known = k("FailedResourceAccessException");
pub const GET_PREDICTIVE_SCALING_FORECAST_REQUEST: Known = k("GetPredictiveScalingForecastRequest");
pub const GET_PREDICTIVE_SCALING_FORECAST_RESPONSE: Known = k("GetPredictiveScalingForecastResponse");
pub const ID: Known = k("Id");
pub const INCLUDE_NOT_SCALED_ACTIVITIES: Known = k("IncludeNotScaledActivities");
pub const INTERNAL_SERVICE_EXCEPTION: Known = k("InternalServiceException");
pub const INVALID_NEXT_TOKEN_EXCEPTION: Known = k("InvalidNextTokenException");
pub const LIMIT_EXCEEDED_EXCEPTION: Known = k("LimitExceededException");
pub const LIST_TAGS_FOR_RESOURCE_REQUEST: Known = k("ListTagsForResourceRequest");
pub const LIST_TAGS_FOR_RESOURCE_RESPONSE: Known = k("ListTagsForResourceResponse");
pub const LOAD_FORECAST: Known = k("LoadForecast");
pub const LOAD_FORECASTS: Known = k("LoadForecasts");
pub const MAX_RESULTS: Known = k("MaxResults");
pub const METRIC_AGGREGATION_TYPE: Known = k("MetricAggregationType");
pub const METRIC_DIMENSION: Known = k("MetricDimension");
pub const METRIC_DIMENSION_NAME: Known = k("MetricDimensionName");
pub const METRIC_DIMENSION_VALUE: Known = k("MetricDimensionValue");
pub const METRIC_DIMENSIONS: Known = k("MetricDimensions");
pub const METRIC_NAME: Known = k("MetricName");
pub const METRIC_NAMESPACE: Known = k("MetricNamespace");
pub const METRIC_SCALE: Known = k("MetricScale");
pub const METRIC_STATISTIC: Known = k("MetricStatistic");
pub const METRIC_TYPE: Known = k("MetricType");
pub const METRIC_UNIT: Known = k("MetricUnit");
pub const MIN_ADJUSTMENT_MAGNITUDE: Known = k("MinAdjustmentMagnitude");
pub const NOT_SCALED_REASON: Known = k("NotScaledReason");
pub const NOT_SCALED_REASONS: Known = k("NotScaledReasons");
pub const OBJECT_NOT_FOUND_EXCEPTION: Known = k("ObjectNotFoundException");
pub const POLICY_NAME: Known = k("PolicyName");
pub const POLICY_TYPE: Known = k("PolicyType");
pub const PREDEFINED_METRIC_SPECIFICATION: Known = k("PredefinedMetricSpecification");
pub const PREDICTIVE_SCALING_CUSTOMIZED_METRIC_SPECIFICATION: Known = k("PredictiveScalingCustomizedMetricSpecification");
pub const PREDICTIVE_SCALING_FORECAST_TIMESTAMPS: Known = k("PredictiveScalingForecastTimestamps");
pub const PREDICTIVE_SCALING_FORECAST_VALUES: Known = k("PredictiveScalingForecastValues");
pub const PREDICTIVE_SCALING_MAX_CAPACITY_BREACH_BEHAVIOR: Known = k("PredictiveScalingMaxCapacityBreachBehavior");
pub const PREDICTIVE_SCALING_MAX_CAPACITY_BUFFER: Known = k("PredictiveScalingMaxCapacityBuffer");
pub const PREDICTIVE_SCALING_METRIC: Known = k("PredictiveScalingMetric");
pub const PREDICTIVE_SCALING_METRIC_DATA_QUERIES: Known = k("PredictiveScalingMetricDataQueries");
pub const PREDICTIVE_SCALING_METRIC_DATA_QUERY: Known = k("PredictiveScalingMetricDataQuery");
pub const PREDICTIVE_SCALING_METRIC_DIMENSION: Known = k("PredictiveScalingMetricDimension");
pub const PREDICTIVE_SCALING_METRIC_DIMENSION_NAME: Known = k("PredictiveScalingMetricDimensionName");
pub const PREDICTIVE_SCALING_METRIC_DIMENSION_VALUE: Known = k("PredictiveScalingMetricDimensionValue");
pub const PREDICTIVE_SCALING_METRIC_DIMENSIONS: Known = k("PredictiveScalingMetricDimensions");
pub const PREDICTIVE_SCALING_METRIC_NAME: Known = k("PredictiveScalingMetricName");
pub const PREDICTIVE_SCALING_METRIC_NAMESPACE: Known = k("PredictiveScalingMetricNamespace");
pub const PREDICTIVE_SCALING_METRIC_SPECIFICATION: Known = k("PredictiveScalingMetricSpecification");
pub const PREDICTIVE_SCALING_METRIC_SPECIFICATIONS: Known = k("PredictiveScalingMetricSpecifications");
pub const PREDICTIVE_SCALING_METRIC_STAT: Known = k("PredictiveScalingMetricStat");
pub const PREDICTIVE_SCALING_METRIC_TYPE: Known = k("PredictiveScalingMetricType");
pub const PREDICTIVE_SCALING_METRIC_UNIT: Known = k("PredictiveScalingMetricUnit");
pub const PREDICTIVE_SCALING_MODE: Known = k("PredictiveScalingMode");
pub const PREDICTIVE_SCALING_POLICY_CONFIGURATION: Known = k("PredictiveScalingPolicyConfiguration");
pub const PREDICTIVE_SCALING_PREDEFINED_LOAD_METRIC_SPECIFICATION: Known = k("PredictiveScalingPredefinedLoadMetricSpecification");
pub const PREDICTIVE_SCALING_PREDEFINED_METRIC_PAIR_SPECIFICATION: Known = k("PredictiveScalingPredefinedMetricPairSpecification");
pub const PREDICTIVE_SCALING_PREDEFINED_SCALING_METRIC_SPECIFICATION: Known = k("PredictiveScalingPredefinedScalingMetricSpecification");
pub const PREDICTIVE_SCALING_SCHEDULING_BUFFER_TIME: Known = k("PredictiveScalingSchedulingBufferTime");
pub const PUT_SCALING_POLICY_REQUEST: Known = k("PutScalingPolicyRequest");
pub const PUT_SCALING_POLICY_RESPONSE: Known = k("PutScalingPolicyResponse");
pub const PUT_SCHEDULED_ACTION_REQUEST: Known = k("PutScheduledActionRequest");
pub const PUT_SCHEDULED_ACTION_RESPONSE: Known = k("PutScheduledActionResponse");
pub const REGISTER_SCALABLE_TARGET_REQUEST: Known = k("RegisterScalableTargetRequest");
pub const REGISTER_SCALABLE_TARGET_RESPONSE: Known = k("RegisterScalableTargetResponse");
pub const RESOURCE_CAPACITY: Known = k("ResourceCapacity");
pub const RESOURCE_ID: Known = k("ResourceId");
pub const RESOURCE_ID_MAX_LEN1600: Known = k("ResourceIdMaxLen1600");
pub const RESOURCE_IDS_MAX_LEN1600: Known = k("ResourceIdsMaxLen1600");
pub const RESOURCE_LABEL: Known = k("ResourceLabel");
pub const RESOURCE_NOT_FOUND_EXCEPTION: Known = k("ResourceNotFoundException");
pub const RETURN_DATA: Known = k("ReturnData");
pub const SCALABLE_DIMENSION: Known = k("ScalableDimension");
pub const SCALABLE_TARGET: Known = k("ScalableTarget");
pub const SCALABLE_TARGET_ACTION: Known = k("ScalableTargetAction");
pub const SCALABLE_TARGETS: Known = k("ScalableTargets");
pub const SCALING_ACTIVITIES: Known = k("ScalingActivities");
pub const SCALING_ACTIVITY: Known = k("ScalingActivity");
pub const SCALING_ACTIVITY_STATUS_CODE: Known = k("ScalingActivityStatusCode");
pub const SCALING_ADJUSTMENT: Known = k("ScalingAdjustment");
pub const SCALING_POLICIES: Known = k("ScalingPolicies");
pub const SCALING_POLICY: Known = k("ScalingPolicy");
pub const SCALING_SUSPENDED: Known = k("ScalingSuspended");
pub const SCHEDULED_ACTION: Known = k("ScheduledAction");
pub const SCHEDULED_ACTION_NAME: Known = k("ScheduledActionName");
pub const SCHEDULED_ACTIONS: Known = k("ScheduledActions");
pub const SERVICE_NAMESPACE: Known = k("ServiceNamespace");
pub const STEP_ADJUSTMENT: Known = k("StepAdjustment");
pub const STEP_ADJUSTMENTS: Known = k("StepAdjustments");
pub const STEP_SCALING_POLICY_CONFIGURATION: Known = k("StepScalingPolicyConfiguration");
pub const SUSPENDED_STATE: Known = k("SuspendedState");
pub const TAG_KEY: Known = k("TagKey");
pub const TAG_KEY_LIST: Known = k("TagKeyList");
pub const TAG_MAP: Known = k("TagMap");
pub const TAG_RESOURCE_REQUEST: Known = k("TagResourceRequest");
pub const TAG_RESOURCE_RESPONSE: Known = k("TagResourceResponse");
pub const TAG_VALUE: Known = k("TagValue");
pub const TARGET_TRACKING_METRIC: Known = k("TargetTrackingMetric");
pub const TARGET_TRACKING_METRIC_DATA_QUERIES: Known = k("TargetTrackingMetricDataQueries");
pub const TARGET_TRACKING_METRIC_DATA_QUERY: Known = k("TargetTrackingMetricDataQuery");
pub const TARGET_TRACKING_METRIC_DIMENSION: Known = k("TargetTrackingMetricDimension");
pub const TARGET_TRACKING_METRIC_DIMENSION_NAME: Known = k("TargetTrackingMetricDimensionName");
pub const TARGET_TRACKING_METRIC_DIMENSION_VALUE: Known = k("TargetTrackingMetricDimensionValue");
pub const TARGET_TRACKING_METRIC_DIMENSIONS: Known = k("TargetTrackingMetricDimensions");
pub const TARGET_TRACKING_METRIC_NAME: Known = k("TargetTrackingMetricName");
pub const TARGET_TRACKING_METRIC_NAMESPACE: Known = k("TargetTrackingMetricNamespace");
pub const TARGET_TRACKING_METRIC_STAT: Known = k("TargetTrackingMetricStat");
pub const TARGET_TRACKING_METRIC_UNIT: Known = k("TargetTrackingMetricUnit");
pub const TARGET_TRACKING_SCALING_POLICY_CONFIGURATION: Known = k("TargetTrackingScalingPolicyConfiguration");
pub const TIMESTAMP_TYPE: Known = k("TimestampType");
pub const TOO_MANY_TAGS_EXCEPTION: Known = k("TooManyTagsException");
pub const UNTAG_RESOURCE_REQUEST: Known = k("UntagResourceRequest");
pub const UNTAG_RESOURCE_RESPONSE: Known = k("UntagResourceResponse");
pub const VALIDATION_EXCEPTION: Known = k("ValidationException");
pub const XML_STRING: Known = k("XmlString");
