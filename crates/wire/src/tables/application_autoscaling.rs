// @generated from botocore 1.44.5 (Apache-2.0); do not edit, run `cargo xtask import-models`.
// Model sha256 fcfa026af033d21a8d2542f31824eadfe04b03f06bf3d346720f1d55bcfc1680.
//! Application Auto Scaling, API version 2016-02-06.

use super::{o, op, r, s};
use crate::shape::{Kind, Operation, Protocol, Rules, Service, Shape};

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
    operations: &OPERATIONS,
    errors: &[&CONCURRENT_UPDATE_EXCEPTION, &FAILED_RESOURCE_ACCESS_EXCEPTION, &INTERNAL_SERVICE_EXCEPTION, &INVALID_NEXT_TOKEN_EXCEPTION, &LIMIT_EXCEEDED_EXCEPTION, &OBJECT_NOT_FOUND_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION, &TOO_MANY_TAGS_EXCEPTION, &VALIDATION_EXCEPTION],
    served: include_str!("../../operations/application_autoscaling.txt"),
};

static OPERATIONS: [Operation; 14] = [
    op("DeleteScalingPolicy", &DELETE_SCALING_POLICY_REQUEST, &DELETE_SCALING_POLICY_RESPONSE, &[&CONCURRENT_UPDATE_EXCEPTION, &INTERNAL_SERVICE_EXCEPTION, &OBJECT_NOT_FOUND_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("DeleteScheduledAction", &DELETE_SCHEDULED_ACTION_REQUEST, &DELETE_SCHEDULED_ACTION_RESPONSE, &[&CONCURRENT_UPDATE_EXCEPTION, &INTERNAL_SERVICE_EXCEPTION, &OBJECT_NOT_FOUND_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("DeregisterScalableTarget", &DEREGISTER_SCALABLE_TARGET_REQUEST, &DEREGISTER_SCALABLE_TARGET_RESPONSE, &[&CONCURRENT_UPDATE_EXCEPTION, &INTERNAL_SERVICE_EXCEPTION, &OBJECT_NOT_FOUND_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("DescribeScalableTargets", &DESCRIBE_SCALABLE_TARGETS_REQUEST, &DESCRIBE_SCALABLE_TARGETS_RESPONSE, &[&CONCURRENT_UPDATE_EXCEPTION, &INTERNAL_SERVICE_EXCEPTION, &INVALID_NEXT_TOKEN_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("DescribeScalingActivities", &DESCRIBE_SCALING_ACTIVITIES_REQUEST, &DESCRIBE_SCALING_ACTIVITIES_RESPONSE, &[&CONCURRENT_UPDATE_EXCEPTION, &INTERNAL_SERVICE_EXCEPTION, &INVALID_NEXT_TOKEN_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("DescribeScalingPolicies", &DESCRIBE_SCALING_POLICIES_REQUEST, &DESCRIBE_SCALING_POLICIES_RESPONSE, &[&CONCURRENT_UPDATE_EXCEPTION, &FAILED_RESOURCE_ACCESS_EXCEPTION, &INTERNAL_SERVICE_EXCEPTION, &INVALID_NEXT_TOKEN_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("DescribeScheduledActions", &DESCRIBE_SCHEDULED_ACTIONS_REQUEST, &DESCRIBE_SCHEDULED_ACTIONS_RESPONSE, &[&CONCURRENT_UPDATE_EXCEPTION, &INTERNAL_SERVICE_EXCEPTION, &INVALID_NEXT_TOKEN_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("GetPredictiveScalingForecast", &GET_PREDICTIVE_SCALING_FORECAST_REQUEST, &GET_PREDICTIVE_SCALING_FORECAST_RESPONSE, &[&INTERNAL_SERVICE_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("ListTagsForResource", &LIST_TAGS_FOR_RESOURCE_REQUEST, &LIST_TAGS_FOR_RESOURCE_RESPONSE, &[&RESOURCE_NOT_FOUND_EXCEPTION]),
    op("PutScalingPolicy", &PUT_SCALING_POLICY_REQUEST, &PUT_SCALING_POLICY_RESPONSE, &[&CONCURRENT_UPDATE_EXCEPTION, &FAILED_RESOURCE_ACCESS_EXCEPTION, &INTERNAL_SERVICE_EXCEPTION, &LIMIT_EXCEEDED_EXCEPTION, &OBJECT_NOT_FOUND_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("PutScheduledAction", &PUT_SCHEDULED_ACTION_REQUEST, &PUT_SCHEDULED_ACTION_RESPONSE, &[&CONCURRENT_UPDATE_EXCEPTION, &INTERNAL_SERVICE_EXCEPTION, &LIMIT_EXCEEDED_EXCEPTION, &OBJECT_NOT_FOUND_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("RegisterScalableTarget", &REGISTER_SCALABLE_TARGET_REQUEST, &REGISTER_SCALABLE_TARGET_RESPONSE, &[&CONCURRENT_UPDATE_EXCEPTION, &INTERNAL_SERVICE_EXCEPTION, &LIMIT_EXCEEDED_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("TagResource", &TAG_RESOURCE_REQUEST, &TAG_RESOURCE_RESPONSE, &[&RESOURCE_NOT_FOUND_EXCEPTION, &TOO_MANY_TAGS_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("UntagResource", &UNTAG_RESOURCE_REQUEST, &UNTAG_RESOURCE_RESPONSE, &[&RESOURCE_NOT_FOUND_EXCEPTION, &VALIDATION_EXCEPTION]),
];

pub static ADJUSTMENT_TYPE: Shape = s("AdjustmentType", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["ChangeInCapacity", "PercentChangeInCapacity", "ExactCapacity"] });
pub static ALARM: Shape = s("Alarm", Kind::Structure, &[r("AlarmName", &RESOURCE_ID), r("AlarmARN", &RESOURCE_ID)]);
pub static ALARMS: Shape = s("Alarms", Kind::List, &[o("member", &ALARM)]);
pub static AMAZON_RESOURCE_NAME: Shape = s("AmazonResourceName", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1011.0), pattern: Some("^arn:.+:application-autoscaling:.+:[0-9]+:scalable-target\\/[a-zA-Z0-9-]+$"), values: &[] });
pub static CAPACITY_FORECAST: Shape = s("CapacityForecast", Kind::Structure, &[r("Timestamps", &PREDICTIVE_SCALING_FORECAST_TIMESTAMPS), r("Values", &PREDICTIVE_SCALING_FORECAST_VALUES)]);
pub static CONCURRENT_UPDATE_EXCEPTION: Shape = s("ConcurrentUpdateException", Kind::Structure, &[o("Message", &ERROR_MESSAGE)]);
pub static COOLDOWN: Shape = s("Cooldown", Kind::Integer, &[]);
pub static CUSTOMIZED_METRIC_SPECIFICATION: Shape = s("CustomizedMetricSpecification", Kind::Structure, &[o("MetricName", &METRIC_NAME), o("Namespace", &METRIC_NAMESPACE), o("Dimensions", &METRIC_DIMENSIONS), o("Statistic", &METRIC_STATISTIC), o("Unit", &METRIC_UNIT), o("Metrics", &TARGET_TRACKING_METRIC_DATA_QUERIES)]);
pub static DELETE_SCALING_POLICY_REQUEST: Shape = s("DeleteScalingPolicyRequest", Kind::Structure, &[r("PolicyName", &RESOURCE_ID_MAX_LEN1600), r("ServiceNamespace", &SERVICE_NAMESPACE), r("ResourceId", &RESOURCE_ID_MAX_LEN1600), r("ScalableDimension", &SCALABLE_DIMENSION)]);
pub static DELETE_SCALING_POLICY_RESPONSE: Shape = s("DeleteScalingPolicyResponse", Kind::Structure, &[]);
pub static DELETE_SCHEDULED_ACTION_REQUEST: Shape = s("DeleteScheduledActionRequest", Kind::Structure, &[r("ServiceNamespace", &SERVICE_NAMESPACE), r("ScheduledActionName", &RESOURCE_ID_MAX_LEN1600), r("ResourceId", &RESOURCE_ID_MAX_LEN1600), r("ScalableDimension", &SCALABLE_DIMENSION)]);
pub static DELETE_SCHEDULED_ACTION_RESPONSE: Shape = s("DeleteScheduledActionResponse", Kind::Structure, &[]);
pub static DEREGISTER_SCALABLE_TARGET_REQUEST: Shape = s("DeregisterScalableTargetRequest", Kind::Structure, &[r("ServiceNamespace", &SERVICE_NAMESPACE), r("ResourceId", &RESOURCE_ID_MAX_LEN1600), r("ScalableDimension", &SCALABLE_DIMENSION)]);
pub static DEREGISTER_SCALABLE_TARGET_RESPONSE: Shape = s("DeregisterScalableTargetResponse", Kind::Structure, &[]);
pub static DESCRIBE_SCALABLE_TARGETS_REQUEST: Shape = s("DescribeScalableTargetsRequest", Kind::Structure, &[r("ServiceNamespace", &SERVICE_NAMESPACE), o("ResourceIds", &RESOURCE_IDS_MAX_LEN1600), o("ScalableDimension", &SCALABLE_DIMENSION), o("MaxResults", &MAX_RESULTS), o("NextToken", &XML_STRING)]);
pub static DESCRIBE_SCALABLE_TARGETS_RESPONSE: Shape = s("DescribeScalableTargetsResponse", Kind::Structure, &[o("ScalableTargets", &SCALABLE_TARGETS), o("NextToken", &XML_STRING)]);
pub static DESCRIBE_SCALING_ACTIVITIES_REQUEST: Shape = s("DescribeScalingActivitiesRequest", Kind::Structure, &[r("ServiceNamespace", &SERVICE_NAMESPACE), o("ResourceId", &RESOURCE_ID_MAX_LEN1600), o("ScalableDimension", &SCALABLE_DIMENSION), o("MaxResults", &MAX_RESULTS), o("NextToken", &XML_STRING), o("IncludeNotScaledActivities", &INCLUDE_NOT_SCALED_ACTIVITIES)]);
pub static DESCRIBE_SCALING_ACTIVITIES_RESPONSE: Shape = s("DescribeScalingActivitiesResponse", Kind::Structure, &[o("ScalingActivities", &SCALING_ACTIVITIES), o("NextToken", &XML_STRING)]);
pub static DESCRIBE_SCALING_POLICIES_REQUEST: Shape = s("DescribeScalingPoliciesRequest", Kind::Structure, &[o("PolicyNames", &RESOURCE_IDS_MAX_LEN1600), r("ServiceNamespace", &SERVICE_NAMESPACE), o("ResourceId", &RESOURCE_ID_MAX_LEN1600), o("ScalableDimension", &SCALABLE_DIMENSION), o("MaxResults", &MAX_RESULTS), o("NextToken", &XML_STRING)]);
pub static DESCRIBE_SCALING_POLICIES_RESPONSE: Shape = s("DescribeScalingPoliciesResponse", Kind::Structure, &[o("ScalingPolicies", &SCALING_POLICIES), o("NextToken", &XML_STRING)]);
pub static DESCRIBE_SCHEDULED_ACTIONS_REQUEST: Shape = s("DescribeScheduledActionsRequest", Kind::Structure, &[o("ScheduledActionNames", &RESOURCE_IDS_MAX_LEN1600), r("ServiceNamespace", &SERVICE_NAMESPACE), o("ResourceId", &RESOURCE_ID_MAX_LEN1600), o("ScalableDimension", &SCALABLE_DIMENSION), o("MaxResults", &MAX_RESULTS), o("NextToken", &XML_STRING)]);
pub static DESCRIBE_SCHEDULED_ACTIONS_RESPONSE: Shape = s("DescribeScheduledActionsResponse", Kind::Structure, &[o("ScheduledActions", &SCHEDULED_ACTIONS), o("NextToken", &XML_STRING)]);
pub static DISABLE_SCALE_IN: Shape = s("DisableScaleIn", Kind::Boolean, &[]);
pub static ERROR_MESSAGE: Shape = s("ErrorMessage", Kind::String, &[]);
pub static EXCEPTION_MESSAGE: Shape = s("ExceptionMessage", Kind::String, &[]);
pub static EXPRESSION: Shape = s("Expression", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(2048.0), pattern: Some("[\\u0020-\\uD7FF\\uE000-\\uFFFD\\uD800\\uDC00-\\uDBFF\\uDFFF\\r\\n\\t]*"), values: &[] });
pub static FAILED_RESOURCE_ACCESS_EXCEPTION: Shape = s("FailedResourceAccessException", Kind::Structure, &[o("Message", &ERROR_MESSAGE)]);
pub static GET_PREDICTIVE_SCALING_FORECAST_REQUEST: Shape = s("GetPredictiveScalingForecastRequest", Kind::Structure, &[r("ServiceNamespace", &SERVICE_NAMESPACE), r("ResourceId", &RESOURCE_ID_MAX_LEN1600), r("ScalableDimension", &SCALABLE_DIMENSION), r("PolicyName", &POLICY_NAME), r("StartTime", &TIMESTAMP_TYPE), r("EndTime", &TIMESTAMP_TYPE)]);
pub static GET_PREDICTIVE_SCALING_FORECAST_RESPONSE: Shape = s("GetPredictiveScalingForecastResponse", Kind::Structure, &[o("LoadForecast", &LOAD_FORECASTS), o("CapacityForecast", &CAPACITY_FORECAST), o("UpdateTime", &TIMESTAMP_TYPE)]);
pub static ID: Shape = s("Id", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(255.0), pattern: Some("[\\u0020-\\uD7FF\\uE000-\\uFFFD\\uD800\\uDC00-\\uDBFF\\uDFFF\\r\\n\\t]*"), values: &[] });
pub static INCLUDE_NOT_SCALED_ACTIVITIES: Shape = s("IncludeNotScaledActivities", Kind::Boolean, &[]);
pub static INTERNAL_SERVICE_EXCEPTION: Shape = s("InternalServiceException", Kind::Structure, &[o("Message", &ERROR_MESSAGE)]);
pub static INVALID_NEXT_TOKEN_EXCEPTION: Shape = s("InvalidNextTokenException", Kind::Structure, &[o("Message", &ERROR_MESSAGE)]);
pub static LIMIT_EXCEEDED_EXCEPTION: Shape = s("LimitExceededException", Kind::Structure, &[o("Message", &ERROR_MESSAGE)]);
pub static LIST_TAGS_FOR_RESOURCE_REQUEST: Shape = s("ListTagsForResourceRequest", Kind::Structure, &[r("ResourceARN", &AMAZON_RESOURCE_NAME)]);
pub static LIST_TAGS_FOR_RESOURCE_RESPONSE: Shape = s("ListTagsForResourceResponse", Kind::Structure, &[o("Tags", &TAG_MAP)]);
pub static LOAD_FORECAST: Shape = s("LoadForecast", Kind::Structure, &[r("Timestamps", &PREDICTIVE_SCALING_FORECAST_TIMESTAMPS), r("Values", &PREDICTIVE_SCALING_FORECAST_VALUES), r("MetricSpecification", &PREDICTIVE_SCALING_METRIC_SPECIFICATION)]);
pub static LOAD_FORECASTS: Shape = s("LoadForecasts", Kind::List, &[o("member", &LOAD_FORECAST)]);
pub static MAX_RESULTS: Shape = s("MaxResults", Kind::Integer, &[]);
pub static METRIC_AGGREGATION_TYPE: Shape = s("MetricAggregationType", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["Average", "Minimum", "Maximum"] });
pub static METRIC_DIMENSION: Shape = s("MetricDimension", Kind::Structure, &[r("Name", &METRIC_DIMENSION_NAME), r("Value", &METRIC_DIMENSION_VALUE)]);
pub static METRIC_DIMENSION_NAME: Shape = s("MetricDimensionName", Kind::String, &[]);
pub static METRIC_DIMENSION_VALUE: Shape = s("MetricDimensionValue", Kind::String, &[]);
pub static METRIC_DIMENSIONS: Shape = s("MetricDimensions", Kind::List, &[o("member", &METRIC_DIMENSION)]);
pub static METRIC_NAME: Shape = s("MetricName", Kind::String, &[]);
pub static METRIC_NAMESPACE: Shape = s("MetricNamespace", Kind::String, &[]);
pub static METRIC_SCALE: Shape = s("MetricScale", Kind::Double, &[]);
pub static METRIC_STATISTIC: Shape = s("MetricStatistic", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["Average", "Minimum", "Maximum", "SampleCount", "Sum"] });
pub static METRIC_TYPE: Shape = s("MetricType", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["DynamoDBReadCapacityUtilization", "DynamoDBWriteCapacityUtilization", "ALBRequestCountPerTarget", "RDSReaderAverageCPUUtilization", "RDSReaderAverageDatabaseConnections", "EC2SpotFleetRequestAverageCPUUtilization", "EC2SpotFleetRequestAverageNetworkIn", "EC2SpotFleetRequestAverageNetworkOut", "SageMakerVariantInvocationsPerInstance", "ECSServiceAverageCPUUtilization", "ECSServiceAverageMemoryUtilization", "AppStreamAverageCapacityUtilization", "ComprehendInferenceUtilization", "LambdaProvisionedConcurrencyUtilization", "CassandraReadCapacityUtilization", "CassandraWriteCapacityUtilization", "KafkaBrokerStorageUtilization", "ElastiCacheEngineCPUUtilization", "ElastiCacheDatabaseMemoryUsagePercentage", "ElastiCachePrimaryEngineCPUUtilization", "ElastiCacheReplicaEngineCPUUtilization", "ElastiCacheDatabaseMemoryUsageCountedForEvictPercentage", "NeptuneReaderAverageCPUUtilization", "SageMakerVariantProvisionedConcurrencyUtilization", "ElastiCacheDatabaseCapacityUsageCountedForEvictPercentage", "SageMakerInferenceComponentInvocationsPerCopy", "WorkSpacesAverageUserSessionsCapacityUtilization", "SageMakerInferenceComponentConcurrentRequestsPerCopyHighResolution", "SageMakerVariantConcurrentRequestsPerModelHighResolution", "ECSServiceAverageCPUUtilizationHighResolution", "ECSServiceAverageMemoryUtilizationHighResolution"] });
pub static METRIC_UNIT: Shape = s("MetricUnit", Kind::String, &[]);
pub static MIN_ADJUSTMENT_MAGNITUDE: Shape = s("MinAdjustmentMagnitude", Kind::Integer, &[]);
pub static NOT_SCALED_REASON: Shape = s("NotScaledReason", Kind::Structure, &[r("Code", &XML_STRING), o("MaxCapacity", &RESOURCE_CAPACITY), o("MinCapacity", &RESOURCE_CAPACITY), o("CurrentCapacity", &RESOURCE_CAPACITY)]);
pub static NOT_SCALED_REASONS: Shape = s("NotScaledReasons", Kind::List, &[o("member", &NOT_SCALED_REASON)]);
pub static OBJECT_NOT_FOUND_EXCEPTION: Shape = s("ObjectNotFoundException", Kind::Structure, &[o("Message", &ERROR_MESSAGE)]);
pub static POLICY_NAME: Shape = s("PolicyName", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(256.0), pattern: Some("\\p{Print}+"), values: &[] });
pub static POLICY_TYPE: Shape = s("PolicyType", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["StepScaling", "TargetTrackingScaling", "PredictiveScaling"] });
pub static PREDEFINED_METRIC_SPECIFICATION: Shape = s("PredefinedMetricSpecification", Kind::Structure, &[r("PredefinedMetricType", &METRIC_TYPE), o("ResourceLabel", &RESOURCE_LABEL)]);
pub static PREDICTIVE_SCALING_CUSTOMIZED_METRIC_SPECIFICATION: Shape = s("PredictiveScalingCustomizedMetricSpecification", Kind::Structure, &[r("MetricDataQueries", &PREDICTIVE_SCALING_METRIC_DATA_QUERIES)]);
pub static PREDICTIVE_SCALING_FORECAST_TIMESTAMPS: Shape = s("PredictiveScalingForecastTimestamps", Kind::List, &[o("member", &TIMESTAMP_TYPE)]);
pub static PREDICTIVE_SCALING_FORECAST_VALUES: Shape = s("PredictiveScalingForecastValues", Kind::List, &[o("member", &METRIC_SCALE)]);
pub static PREDICTIVE_SCALING_MAX_CAPACITY_BREACH_BEHAVIOR: Shape = s("PredictiveScalingMaxCapacityBreachBehavior", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["HonorMaxCapacity", "IncreaseMaxCapacity"] });
pub static PREDICTIVE_SCALING_MAX_CAPACITY_BUFFER: Shape = s("PredictiveScalingMaxCapacityBuffer", Kind::Integer, &[]).rules(&Rules { min: Some(0.0), max: Some(100.0), pattern: None, values: &[] });
pub static PREDICTIVE_SCALING_METRIC: Shape = s("PredictiveScalingMetric", Kind::Structure, &[o("Dimensions", &PREDICTIVE_SCALING_METRIC_DIMENSIONS), o("MetricName", &PREDICTIVE_SCALING_METRIC_NAME), o("Namespace", &PREDICTIVE_SCALING_METRIC_NAMESPACE)]);
pub static PREDICTIVE_SCALING_METRIC_DATA_QUERIES: Shape = s("PredictiveScalingMetricDataQueries", Kind::List, &[o("member", &PREDICTIVE_SCALING_METRIC_DATA_QUERY)]);
pub static PREDICTIVE_SCALING_METRIC_DATA_QUERY: Shape = s("PredictiveScalingMetricDataQuery", Kind::Structure, &[r("Id", &ID), o("Expression", &EXPRESSION), o("MetricStat", &PREDICTIVE_SCALING_METRIC_STAT), o("Label", &XML_STRING), o("ReturnData", &RETURN_DATA)]);
pub static PREDICTIVE_SCALING_METRIC_DIMENSION: Shape = s("PredictiveScalingMetricDimension", Kind::Structure, &[r("Name", &PREDICTIVE_SCALING_METRIC_DIMENSION_NAME), r("Value", &PREDICTIVE_SCALING_METRIC_DIMENSION_VALUE)]);
pub static PREDICTIVE_SCALING_METRIC_DIMENSION_NAME: Shape = s("PredictiveScalingMetricDimensionName", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(255.0), pattern: Some("[\\u0020-\\uD7FF\\uE000-\\uFFFD\\uD800\\uDC00-\\uDBFF\\uDFFF\\r\\n\\t]*"), values: &[] });
pub static PREDICTIVE_SCALING_METRIC_DIMENSION_VALUE: Shape = s("PredictiveScalingMetricDimensionValue", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1024.0), pattern: Some("[\\u0020-\\uD7FF\\uE000-\\uFFFD\\uD800\\uDC00-\\uDBFF\\uDFFF\\r\\n\\t]*"), values: &[] });
pub static PREDICTIVE_SCALING_METRIC_DIMENSIONS: Shape = s("PredictiveScalingMetricDimensions", Kind::List, &[o("member", &PREDICTIVE_SCALING_METRIC_DIMENSION)]);
pub static PREDICTIVE_SCALING_METRIC_NAME: Shape = s("PredictiveScalingMetricName", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(255.0), pattern: Some("[\\u0020-\\uD7FF\\uE000-\\uFFFD\\uD800\\uDC00-\\uDBFF\\uDFFF\\r\\n\\t]*"), values: &[] });
pub static PREDICTIVE_SCALING_METRIC_NAMESPACE: Shape = s("PredictiveScalingMetricNamespace", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(255.0), pattern: Some("[\\u0020-\\uD7FF\\uE000-\\uFFFD\\uD800\\uDC00-\\uDBFF\\uDFFF\\r\\n\\t]*"), values: &[] });
pub static PREDICTIVE_SCALING_METRIC_SPECIFICATION: Shape = s("PredictiveScalingMetricSpecification", Kind::Structure, &[r("TargetValue", &METRIC_SCALE), o("PredefinedMetricPairSpecification", &PREDICTIVE_SCALING_PREDEFINED_METRIC_PAIR_SPECIFICATION), o("PredefinedScalingMetricSpecification", &PREDICTIVE_SCALING_PREDEFINED_SCALING_METRIC_SPECIFICATION), o("PredefinedLoadMetricSpecification", &PREDICTIVE_SCALING_PREDEFINED_LOAD_METRIC_SPECIFICATION), o("CustomizedScalingMetricSpecification", &PREDICTIVE_SCALING_CUSTOMIZED_METRIC_SPECIFICATION), o("CustomizedLoadMetricSpecification", &PREDICTIVE_SCALING_CUSTOMIZED_METRIC_SPECIFICATION), o("CustomizedCapacityMetricSpecification", &PREDICTIVE_SCALING_CUSTOMIZED_METRIC_SPECIFICATION)]);
pub static PREDICTIVE_SCALING_METRIC_SPECIFICATIONS: Shape = s("PredictiveScalingMetricSpecifications", Kind::List, &[o("member", &PREDICTIVE_SCALING_METRIC_SPECIFICATION)]);
pub static PREDICTIVE_SCALING_METRIC_STAT: Shape = s("PredictiveScalingMetricStat", Kind::Structure, &[r("Metric", &PREDICTIVE_SCALING_METRIC), r("Stat", &XML_STRING), o("Unit", &PREDICTIVE_SCALING_METRIC_UNIT)]);
pub static PREDICTIVE_SCALING_METRIC_TYPE: Shape = s("PredictiveScalingMetricType", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(128.0), pattern: None, values: &[] });
pub static PREDICTIVE_SCALING_METRIC_UNIT: Shape = s("PredictiveScalingMetricUnit", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1023.0), pattern: Some("[\\u0020-\\uD7FF\\uE000-\\uFFFD\\uD800\\uDC00-\\uDBFF\\uDFFF\\r\\n\\t]*"), values: &[] });
pub static PREDICTIVE_SCALING_MODE: Shape = s("PredictiveScalingMode", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["ForecastOnly", "ForecastAndScale"] });
pub static PREDICTIVE_SCALING_POLICY_CONFIGURATION: Shape = s("PredictiveScalingPolicyConfiguration", Kind::Structure, &[r("MetricSpecifications", &PREDICTIVE_SCALING_METRIC_SPECIFICATIONS), o("Mode", &PREDICTIVE_SCALING_MODE), o("SchedulingBufferTime", &PREDICTIVE_SCALING_SCHEDULING_BUFFER_TIME), o("MaxCapacityBreachBehavior", &PREDICTIVE_SCALING_MAX_CAPACITY_BREACH_BEHAVIOR), o("MaxCapacityBuffer", &PREDICTIVE_SCALING_MAX_CAPACITY_BUFFER)]);
pub static PREDICTIVE_SCALING_PREDEFINED_LOAD_METRIC_SPECIFICATION: Shape = s("PredictiveScalingPredefinedLoadMetricSpecification", Kind::Structure, &[r("PredefinedMetricType", &PREDICTIVE_SCALING_METRIC_TYPE), o("ResourceLabel", &RESOURCE_LABEL)]);
pub static PREDICTIVE_SCALING_PREDEFINED_METRIC_PAIR_SPECIFICATION: Shape = s("PredictiveScalingPredefinedMetricPairSpecification", Kind::Structure, &[r("PredefinedMetricType", &PREDICTIVE_SCALING_METRIC_TYPE), o("ResourceLabel", &RESOURCE_LABEL)]);
pub static PREDICTIVE_SCALING_PREDEFINED_SCALING_METRIC_SPECIFICATION: Shape = s("PredictiveScalingPredefinedScalingMetricSpecification", Kind::Structure, &[r("PredefinedMetricType", &PREDICTIVE_SCALING_METRIC_TYPE), o("ResourceLabel", &RESOURCE_LABEL)]);
pub static PREDICTIVE_SCALING_SCHEDULING_BUFFER_TIME: Shape = s("PredictiveScalingSchedulingBufferTime", Kind::Integer, &[]).rules(&Rules { min: Some(0.0), max: Some(3600.0), pattern: None, values: &[] });
pub static PUT_SCALING_POLICY_REQUEST: Shape = s("PutScalingPolicyRequest", Kind::Structure, &[r("PolicyName", &POLICY_NAME), r("ServiceNamespace", &SERVICE_NAMESPACE), r("ResourceId", &RESOURCE_ID_MAX_LEN1600), r("ScalableDimension", &SCALABLE_DIMENSION), o("PolicyType", &POLICY_TYPE), o("StepScalingPolicyConfiguration", &STEP_SCALING_POLICY_CONFIGURATION), o("TargetTrackingScalingPolicyConfiguration", &TARGET_TRACKING_SCALING_POLICY_CONFIGURATION), o("PredictiveScalingPolicyConfiguration", &PREDICTIVE_SCALING_POLICY_CONFIGURATION)]);
pub static PUT_SCALING_POLICY_RESPONSE: Shape = s("PutScalingPolicyResponse", Kind::Structure, &[r("PolicyARN", &RESOURCE_ID_MAX_LEN1600), o("Alarms", &ALARMS)]);
pub static PUT_SCHEDULED_ACTION_REQUEST: Shape = s("PutScheduledActionRequest", Kind::Structure, &[r("ServiceNamespace", &SERVICE_NAMESPACE), o("Schedule", &RESOURCE_ID_MAX_LEN1600), o("Timezone", &RESOURCE_ID_MAX_LEN1600), r("ScheduledActionName", &SCHEDULED_ACTION_NAME), r("ResourceId", &RESOURCE_ID_MAX_LEN1600), r("ScalableDimension", &SCALABLE_DIMENSION), o("StartTime", &TIMESTAMP_TYPE), o("EndTime", &TIMESTAMP_TYPE), o("ScalableTargetAction", &SCALABLE_TARGET_ACTION)]);
pub static PUT_SCHEDULED_ACTION_RESPONSE: Shape = s("PutScheduledActionResponse", Kind::Structure, &[]);
pub static REGISTER_SCALABLE_TARGET_REQUEST: Shape = s("RegisterScalableTargetRequest", Kind::Structure, &[r("ServiceNamespace", &SERVICE_NAMESPACE), r("ResourceId", &RESOURCE_ID_MAX_LEN1600), r("ScalableDimension", &SCALABLE_DIMENSION), o("MinCapacity", &RESOURCE_CAPACITY), o("MaxCapacity", &RESOURCE_CAPACITY), o("RoleARN", &RESOURCE_ID_MAX_LEN1600), o("SuspendedState", &SUSPENDED_STATE), o("Tags", &TAG_MAP)]);
pub static REGISTER_SCALABLE_TARGET_RESPONSE: Shape = s("RegisterScalableTargetResponse", Kind::Structure, &[o("ScalableTargetARN", &XML_STRING)]);
pub static RESOURCE_CAPACITY: Shape = s("ResourceCapacity", Kind::Integer, &[]);
pub static RESOURCE_ID: Shape = s("ResourceId", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: Some("[\\u0020-\\uD7FF\\uE000-\\uFFFD\\uD800\\uDC00-\\uDBFF\\uDFFF\\r\\n\\t]*"), values: &[] });
pub static RESOURCE_ID_MAX_LEN1600: Shape = s("ResourceIdMaxLen1600", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1600.0), pattern: Some("[\\u0020-\\uD7FF\\uE000-\\uFFFD\\uD800\\uDC00-\\uDBFF\\uDFFF\\r\\n\\t]*"), values: &[] });
pub static RESOURCE_IDS_MAX_LEN1600: Shape = s("ResourceIdsMaxLen1600", Kind::List, &[o("member", &RESOURCE_ID_MAX_LEN1600)]).rules(&Rules { min: None, max: Some(50.0), pattern: None, values: &[] });
pub static RESOURCE_LABEL: Shape = s("ResourceLabel", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1023.0), pattern: None, values: &[] });
pub static RESOURCE_NOT_FOUND_EXCEPTION: Shape = s("ResourceNotFoundException", Kind::Structure, &[o("Message", &EXCEPTION_MESSAGE), o("ResourceName", &AMAZON_RESOURCE_NAME)]);
pub static RETURN_DATA: Shape = s("ReturnData", Kind::Boolean, &[]);
pub static SCALABLE_DIMENSION: Shape = s("ScalableDimension", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["ecs:service:DesiredCount", "ec2:spot-fleet-request:TargetCapacity", "elasticmapreduce:instancegroup:InstanceCount", "appstream:fleet:DesiredCapacity", "dynamodb:table:ReadCapacityUnits", "dynamodb:table:WriteCapacityUnits", "dynamodb:index:ReadCapacityUnits", "dynamodb:index:WriteCapacityUnits", "rds:cluster:ReadReplicaCount", "sagemaker:variant:DesiredInstanceCount", "custom-resource:ResourceType:Property", "comprehend:document-classifier-endpoint:DesiredInferenceUnits", "comprehend:entity-recognizer-endpoint:DesiredInferenceUnits", "lambda:function:ProvisionedConcurrency", "cassandra:table:ReadCapacityUnits", "cassandra:table:WriteCapacityUnits", "kafka:broker-storage:VolumeSize", "elasticache:cache-cluster:Nodes", "elasticache:replication-group:NodeGroups", "elasticache:replication-group:Replicas", "neptune:cluster:ReadReplicaCount", "sagemaker:variant:DesiredProvisionedConcurrency", "sagemaker:inference-component:DesiredCopyCount", "workspaces:workspacespool:DesiredUserSessions"] });
pub static SCALABLE_TARGET: Shape = s("ScalableTarget", Kind::Structure, &[r("ServiceNamespace", &SERVICE_NAMESPACE), r("ResourceId", &RESOURCE_ID_MAX_LEN1600), r("ScalableDimension", &SCALABLE_DIMENSION), r("MinCapacity", &RESOURCE_CAPACITY), r("MaxCapacity", &RESOURCE_CAPACITY), o("PredictedCapacity", &RESOURCE_CAPACITY), r("RoleARN", &RESOURCE_ID_MAX_LEN1600), r("CreationTime", &TIMESTAMP_TYPE), o("SuspendedState", &SUSPENDED_STATE), o("ScalableTargetARN", &XML_STRING)]);
pub static SCALABLE_TARGET_ACTION: Shape = s("ScalableTargetAction", Kind::Structure, &[o("MinCapacity", &RESOURCE_CAPACITY), o("MaxCapacity", &RESOURCE_CAPACITY)]);
pub static SCALABLE_TARGETS: Shape = s("ScalableTargets", Kind::List, &[o("member", &SCALABLE_TARGET)]);
pub static SCALING_ACTIVITIES: Shape = s("ScalingActivities", Kind::List, &[o("member", &SCALING_ACTIVITY)]);
pub static SCALING_ACTIVITY: Shape = s("ScalingActivity", Kind::Structure, &[r("ActivityId", &RESOURCE_ID), r("ServiceNamespace", &SERVICE_NAMESPACE), r("ResourceId", &RESOURCE_ID_MAX_LEN1600), r("ScalableDimension", &SCALABLE_DIMENSION), r("Description", &XML_STRING), r("Cause", &XML_STRING), r("StartTime", &TIMESTAMP_TYPE), o("EndTime", &TIMESTAMP_TYPE), r("StatusCode", &SCALING_ACTIVITY_STATUS_CODE), o("StatusMessage", &XML_STRING), o("Details", &XML_STRING), o("NotScaledReasons", &NOT_SCALED_REASONS)]);
pub static SCALING_ACTIVITY_STATUS_CODE: Shape = s("ScalingActivityStatusCode", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["Pending", "InProgress", "Successful", "Overridden", "Unfulfilled", "Failed"] });
pub static SCALING_ADJUSTMENT: Shape = s("ScalingAdjustment", Kind::Integer, &[]);
pub static SCALING_POLICIES: Shape = s("ScalingPolicies", Kind::List, &[o("member", &SCALING_POLICY)]);
pub static SCALING_POLICY: Shape = s("ScalingPolicy", Kind::Structure, &[r("PolicyARN", &RESOURCE_ID_MAX_LEN1600), r("PolicyName", &POLICY_NAME), r("ServiceNamespace", &SERVICE_NAMESPACE), r("ResourceId", &RESOURCE_ID_MAX_LEN1600), r("ScalableDimension", &SCALABLE_DIMENSION), r("PolicyType", &POLICY_TYPE), o("StepScalingPolicyConfiguration", &STEP_SCALING_POLICY_CONFIGURATION), o("TargetTrackingScalingPolicyConfiguration", &TARGET_TRACKING_SCALING_POLICY_CONFIGURATION), o("PredictiveScalingPolicyConfiguration", &PREDICTIVE_SCALING_POLICY_CONFIGURATION), o("Alarms", &ALARMS), r("CreationTime", &TIMESTAMP_TYPE)]);
pub static SCALING_SUSPENDED: Shape = s("ScalingSuspended", Kind::Boolean, &[]);
pub static SCHEDULED_ACTION: Shape = s("ScheduledAction", Kind::Structure, &[r("ScheduledActionName", &SCHEDULED_ACTION_NAME), r("ScheduledActionARN", &RESOURCE_ID_MAX_LEN1600), r("ServiceNamespace", &SERVICE_NAMESPACE), r("Schedule", &RESOURCE_ID_MAX_LEN1600), o("Timezone", &RESOURCE_ID_MAX_LEN1600), r("ResourceId", &RESOURCE_ID_MAX_LEN1600), o("ScalableDimension", &SCALABLE_DIMENSION), o("StartTime", &TIMESTAMP_TYPE), o("EndTime", &TIMESTAMP_TYPE), o("ScalableTargetAction", &SCALABLE_TARGET_ACTION), r("CreationTime", &TIMESTAMP_TYPE)]);
pub static SCHEDULED_ACTION_NAME: Shape = s("ScheduledActionName", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(256.0), pattern: Some("(?!((^[ ]+.*)|(.*([\\u0000-\\u001f]|[\\u007f-\\u009f]|[:/|])+.*)|(.*[ ]+$))).+"), values: &[] });
pub static SCHEDULED_ACTIONS: Shape = s("ScheduledActions", Kind::List, &[o("member", &SCHEDULED_ACTION)]);
pub static SERVICE_NAMESPACE: Shape = s("ServiceNamespace", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["ecs", "elasticmapreduce", "ec2", "appstream", "dynamodb", "rds", "sagemaker", "custom-resource", "comprehend", "lambda", "cassandra", "kafka", "elasticache", "neptune", "workspaces"] });
pub static STEP_ADJUSTMENT: Shape = s("StepAdjustment", Kind::Structure, &[o("MetricIntervalLowerBound", &METRIC_SCALE), o("MetricIntervalUpperBound", &METRIC_SCALE), r("ScalingAdjustment", &SCALING_ADJUSTMENT)]);
pub static STEP_ADJUSTMENTS: Shape = s("StepAdjustments", Kind::List, &[o("member", &STEP_ADJUSTMENT)]);
pub static STEP_SCALING_POLICY_CONFIGURATION: Shape = s("StepScalingPolicyConfiguration", Kind::Structure, &[o("AdjustmentType", &ADJUSTMENT_TYPE), o("StepAdjustments", &STEP_ADJUSTMENTS), o("MinAdjustmentMagnitude", &MIN_ADJUSTMENT_MAGNITUDE), o("Cooldown", &COOLDOWN), o("MetricAggregationType", &METRIC_AGGREGATION_TYPE)]);
pub static SUSPENDED_STATE: Shape = s("SuspendedState", Kind::Structure, &[o("DynamicScalingInSuspended", &SCALING_SUSPENDED), o("DynamicScalingOutSuspended", &SCALING_SUSPENDED), o("ScheduledScalingSuspended", &SCALING_SUSPENDED)]);
pub static TAG_KEY: Shape = s("TagKey", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(128.0), pattern: None, values: &[] });
pub static TAG_KEY_LIST: Shape = s("TagKeyList", Kind::List, &[o("member", &TAG_KEY)]).rules(&Rules { min: Some(0.0), max: Some(200.0), pattern: None, values: &[] });
pub static TAG_MAP: Shape = s("TagMap", Kind::Map, &[o("key", &TAG_KEY), o("value", &TAG_VALUE)]);
pub static TAG_RESOURCE_REQUEST: Shape = s("TagResourceRequest", Kind::Structure, &[r("ResourceARN", &AMAZON_RESOURCE_NAME), r("Tags", &TAG_MAP)]);
pub static TAG_RESOURCE_RESPONSE: Shape = s("TagResourceResponse", Kind::Structure, &[]);
pub static TAG_VALUE: Shape = s("TagValue", Kind::String, &[]).rules(&Rules { min: Some(0.0), max: Some(256.0), pattern: None, values: &[] });
pub static TARGET_TRACKING_METRIC: Shape = s("TargetTrackingMetric", Kind::Structure, &[o("Dimensions", &TARGET_TRACKING_METRIC_DIMENSIONS), o("MetricName", &TARGET_TRACKING_METRIC_NAME), o("Namespace", &TARGET_TRACKING_METRIC_NAMESPACE)]);
pub static TARGET_TRACKING_METRIC_DATA_QUERIES: Shape = s("TargetTrackingMetricDataQueries", Kind::List, &[o("member", &TARGET_TRACKING_METRIC_DATA_QUERY)]);
pub static TARGET_TRACKING_METRIC_DATA_QUERY: Shape = s("TargetTrackingMetricDataQuery", Kind::Structure, &[o("Expression", &EXPRESSION), r("Id", &ID), o("Label", &XML_STRING), o("MetricStat", &TARGET_TRACKING_METRIC_STAT), o("ReturnData", &RETURN_DATA)]);
pub static TARGET_TRACKING_METRIC_DIMENSION: Shape = s("TargetTrackingMetricDimension", Kind::Structure, &[r("Name", &TARGET_TRACKING_METRIC_DIMENSION_NAME), r("Value", &TARGET_TRACKING_METRIC_DIMENSION_VALUE)]);
pub static TARGET_TRACKING_METRIC_DIMENSION_NAME: Shape = s("TargetTrackingMetricDimensionName", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(255.0), pattern: Some("[\\u0020-\\uD7FF\\uE000-\\uFFFD\\uD800\\uDC00-\\uDBFF\\uDFFF\\r\\n\\t]*"), values: &[] });
pub static TARGET_TRACKING_METRIC_DIMENSION_VALUE: Shape = s("TargetTrackingMetricDimensionValue", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1024.0), pattern: Some("[\\u0020-\\uD7FF\\uE000-\\uFFFD\\uD800\\uDC00-\\uDBFF\\uDFFF\\r\\n\\t]*"), values: &[] });
pub static TARGET_TRACKING_METRIC_DIMENSIONS: Shape = s("TargetTrackingMetricDimensions", Kind::List, &[o("member", &TARGET_TRACKING_METRIC_DIMENSION)]);
pub static TARGET_TRACKING_METRIC_NAME: Shape = s("TargetTrackingMetricName", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(255.0), pattern: Some("[\\u0020-\\uD7FF\\uE000-\\uFFFD\\uD800\\uDC00-\\uDBFF\\uDFFF\\r\\n\\t]*"), values: &[] });
pub static TARGET_TRACKING_METRIC_NAMESPACE: Shape = s("TargetTrackingMetricNamespace", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(255.0), pattern: Some("[\\u0020-\\uD7FF\\uE000-\\uFFFD\\uD800\\uDC00-\\uDBFF\\uDFFF\\r\\n\\t]*"), values: &[] });
pub static TARGET_TRACKING_METRIC_STAT: Shape = s("TargetTrackingMetricStat", Kind::Structure, &[r("Metric", &TARGET_TRACKING_METRIC), r("Stat", &XML_STRING), o("Unit", &TARGET_TRACKING_METRIC_UNIT)]);
pub static TARGET_TRACKING_METRIC_UNIT: Shape = s("TargetTrackingMetricUnit", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1023.0), pattern: Some("[\\u0020-\\uD7FF\\uE000-\\uFFFD\\uD800\\uDC00-\\uDBFF\\uDFFF\\r\\n\\t]*"), values: &[] });
pub static TARGET_TRACKING_SCALING_POLICY_CONFIGURATION: Shape = s("TargetTrackingScalingPolicyConfiguration", Kind::Structure, &[r("TargetValue", &METRIC_SCALE), o("PredefinedMetricSpecification", &PREDEFINED_METRIC_SPECIFICATION), o("CustomizedMetricSpecification", &CUSTOMIZED_METRIC_SPECIFICATION), o("ScaleOutCooldown", &COOLDOWN), o("ScaleInCooldown", &COOLDOWN), o("DisableScaleIn", &DISABLE_SCALE_IN)]);
pub static TIMESTAMP_TYPE: Shape = s("TimestampType", Kind::Timestamp, &[]);
pub static TOO_MANY_TAGS_EXCEPTION: Shape = s("TooManyTagsException", Kind::Structure, &[o("Message", &EXCEPTION_MESSAGE), o("ResourceName", &AMAZON_RESOURCE_NAME)]);
pub static UNTAG_RESOURCE_REQUEST: Shape = s("UntagResourceRequest", Kind::Structure, &[r("ResourceARN", &AMAZON_RESOURCE_NAME), r("TagKeys", &TAG_KEY_LIST)]);
pub static UNTAG_RESOURCE_RESPONSE: Shape = s("UntagResourceResponse", Kind::Structure, &[]);
pub static VALIDATION_EXCEPTION: Shape = s("ValidationException", Kind::Structure, &[o("Message", &ERROR_MESSAGE)]);
pub static XML_STRING: Shape = s("XmlString", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: Some("[\\u0020-\\uD7FF\\uE000-\\uFFFD\\uD800\\uDC00-\\uDBFF\\uDFFF\\r\\n\\t]*"), values: &[] });
