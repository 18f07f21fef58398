// @generated from botocore 1.44.5 (Apache-2.0); do not edit, run `cargo xtask import-models`.
// Model sha256 4f5324c3d0b8527089c6e8d30a9bc347f8217b56e2c6e45047bc734c790155c9.
//! Amazon CloudWatch, API version 2010-08-01.

use super::{o, op, r, s};
use crate::shape::{EMPTY, ErrorTraits, Kind, NONE, Operation, Protocol, Rules, Service, Shape, Traits};

pub static SERVICE: Service = Service {
    id: "cloudwatch",
    full_name: "Amazon CloudWatch",
    signing_name: "monitoring",
    endpoint_prefix: "monitoring",
    version: "2010-08-01",
    protocols: &[Protocol::RpcV2Cbor, Protocol::AwsJson10, Protocol::AwsQuery],
    target_prefix: Some("GraniteServiceVersion20100801"),
    namespace: Some("http://monitoring.amazonaws.com/doc/2010-08-01/"),
    query_compatible: true,
    operations: &OPERATIONS,
    errors: &[&CONCURRENT_MODIFICATION_EXCEPTION, &CONFLICT_EXCEPTION, &DASHBOARD_INVALID_INPUT_ERROR, &DASHBOARD_NOT_FOUND_ERROR, &INTERNAL_SERVICE_FAULT, &INVALID_FORMAT_FAULT, &INVALID_NEXT_TOKEN, &INVALID_PARAMETER_COMBINATION_EXCEPTION, &INVALID_PARAMETER_VALUE_EXCEPTION, &KMS_ACCESS_DENIED_EXCEPTION, &KMS_KEY_DISABLED_EXCEPTION, &KMS_KEY_NOT_FOUND_EXCEPTION, &LIMIT_EXCEEDED_EXCEPTION, &LIMIT_EXCEEDED_FAULT, &MISSING_REQUIRED_PARAMETER_EXCEPTION, &RESOURCE_CONFLICT, &RESOURCE_NOT_FOUND, &RESOURCE_NOT_FOUND_EXCEPTION, &VALIDATION_EXCEPTION],
    served: include_str!("../../operations/cloudwatch.txt"),
};

static OPERATIONS: [Operation; 59] = [
    Operation { name: "AssociateDatasetKmsKey", method: "POST", uri: "/", status: 200, input: &ASSOCIATE_DATASET_KMS_KEY_INPUT, output: &ASSOCIATE_DATASET_KMS_KEY_OUTPUT, result_wrapper: Some("AssociateDatasetKmsKeyResult"), errors: &[&CONFLICT_EXCEPTION, &KMS_ACCESS_DENIED_EXCEPTION, &KMS_KEY_DISABLED_EXCEPTION, &KMS_KEY_NOT_FOUND_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION] },
    Operation { name: "CreateResourceMetricsConfiguration", method: "POST", uri: "/", status: 200, input: &CREATE_RESOURCE_METRICS_CONFIGURATION_INPUT, output: &CREATE_RESOURCE_METRICS_CONFIGURATION_OUTPUT, result_wrapper: Some("CreateResourceMetricsConfigurationResult"), errors: &[&CONFLICT_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION] },
    op("DeleteAlarmMuteRule", &DELETE_ALARM_MUTE_RULE_INPUT, &EMPTY, &[]),
    op("DeleteAlarms", &DELETE_ALARMS_INPUT, &EMPTY, &[&RESOURCE_CONFLICT, &RESOURCE_NOT_FOUND]),
    Operation { name: "DeleteAnomalyDetector", method: "POST", uri: "/", status: 200, input: &DELETE_ANOMALY_DETECTOR_INPUT, output: &DELETE_ANOMALY_DETECTOR_OUTPUT, result_wrapper: Some("DeleteAnomalyDetectorResult"), errors: &[&INTERNAL_SERVICE_FAULT, &INVALID_PARAMETER_COMBINATION_EXCEPTION, &INVALID_PARAMETER_VALUE_EXCEPTION, &MISSING_REQUIRED_PARAMETER_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION] },
    Operation { name: "DeleteDashboards", method: "POST", uri: "/", status: 200, input: &DELETE_DASHBOARDS_INPUT, output: &DELETE_DASHBOARDS_OUTPUT, result_wrapper: Some("DeleteDashboardsResult"), errors: &[&CONFLICT_EXCEPTION, &INTERNAL_SERVICE_FAULT, &INVALID_PARAMETER_VALUE_EXCEPTION] },
    Operation { name: "DeleteInsightRules", method: "POST", uri: "/", status: 200, input: &DELETE_INSIGHT_RULES_INPUT, output: &DELETE_INSIGHT_RULES_OUTPUT, result_wrapper: Some("DeleteInsightRulesResult"), errors: &[&INVALID_PARAMETER_VALUE_EXCEPTION, &MISSING_REQUIRED_PARAMETER_EXCEPTION] },
    Operation { name: "DeleteMetricDataQueryDefinition", method: "POST", uri: "/", status: 200, input: &DELETE_METRIC_DATA_QUERY_DEFINITION_INPUT, output: &DELETE_METRIC_DATA_QUERY_DEFINITION_OUTPUT, result_wrapper: Some("DeleteMetricDataQueryDefinitionResult"), errors: &[] },
    Operation { name: "DeleteMetricStream", method: "POST", uri: "/", status: 200, input: &DELETE_METRIC_STREAM_INPUT, output: &DELETE_METRIC_STREAM_OUTPUT, result_wrapper: Some("DeleteMetricStreamResult"), errors: &[&INTERNAL_SERVICE_FAULT, &INVALID_PARAMETER_VALUE_EXCEPTION, &MISSING_REQUIRED_PARAMETER_EXCEPTION] },
    Operation { name: "DeleteResourceMetricsConfiguration", method: "POST", uri: "/", status: 200, input: &DELETE_RESOURCE_METRICS_CONFIGURATION_INPUT, output: &DELETE_RESOURCE_METRICS_CONFIGURATION_OUTPUT, result_wrapper: Some("DeleteResourceMetricsConfigurationResult"), errors: &[&RESOURCE_NOT_FOUND_EXCEPTION] },
    Operation { name: "DescribeAlarmContributors", method: "POST", uri: "/", status: 200, input: &DESCRIBE_ALARM_CONTRIBUTORS_INPUT, output: &DESCRIBE_ALARM_CONTRIBUTORS_OUTPUT, result_wrapper: Some("DescribeAlarmContributorsResult"), errors: &[&INVALID_NEXT_TOKEN, &RESOURCE_NOT_FOUND_EXCEPTION] },
    Operation { name: "DescribeAlarmHistory", method: "POST", uri: "/", status: 200, input: &DESCRIBE_ALARM_HISTORY_INPUT, output: &DESCRIBE_ALARM_HISTORY_OUTPUT, result_wrapper: Some("DescribeAlarmHistoryResult"), errors: &[&INVALID_NEXT_TOKEN] },
    Operation { name: "DescribeAlarms", method: "POST", uri: "/", status: 200, input: &DESCRIBE_ALARMS_INPUT, output: &DESCRIBE_ALARMS_OUTPUT, result_wrapper: Some("DescribeAlarmsResult"), errors: &[&INVALID_NEXT_TOKEN] },
    Operation { name: "DescribeAlarmsForMetric", method: "POST", uri: "/", status: 200, input: &DESCRIBE_ALARMS_FOR_METRIC_INPUT, output: &DESCRIBE_ALARMS_FOR_METRIC_OUTPUT, result_wrapper: Some("DescribeAlarmsForMetricResult"), errors: &[] },
    Operation { name: "DescribeAnomalyDetectors", method: "POST", uri: "/", status: 200, input: &DESCRIBE_ANOMALY_DETECTORS_INPUT, output: &DESCRIBE_ANOMALY_DETECTORS_OUTPUT, result_wrapper: Some("DescribeAnomalyDetectorsResult"), errors: &[&INTERNAL_SERVICE_FAULT, &INVALID_NEXT_TOKEN, &INVALID_PARAMETER_COMBINATION_EXCEPTION, &INVALID_PARAMETER_VALUE_EXCEPTION] },
    Operation { name: "DescribeInsightRules", method: "POST", uri: "/", status: 200, input: &DESCRIBE_INSIGHT_RULES_INPUT, output: &DESCRIBE_INSIGHT_RULES_OUTPUT, result_wrapper: Some("DescribeInsightRulesResult"), errors: &[&INVALID_NEXT_TOKEN] },
    op("DisableAlarmActions", &DISABLE_ALARM_ACTIONS_INPUT, &EMPTY, &[]),
    Operation { name: "DisableInsightRules", method: "POST", uri: "/", status: 200, input: &DISABLE_INSIGHT_RULES_INPUT, output: &DISABLE_INSIGHT_RULES_OUTPUT, result_wrapper: Some("DisableInsightRulesResult"), errors: &[&INVALID_PARAMETER_VALUE_EXCEPTION, &MISSING_REQUIRED_PARAMETER_EXCEPTION] },
    Operation { name: "DisassociateDatasetKmsKey", method: "POST", uri: "/", status: 200, input: &DISASSOCIATE_DATASET_KMS_KEY_INPUT, output: &DISASSOCIATE_DATASET_KMS_KEY_OUTPUT, result_wrapper: Some("DisassociateDatasetKmsKeyResult"), errors: &[&CONFLICT_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION] },
    op("EnableAlarmActions", &ENABLE_ALARM_ACTIONS_INPUT, &EMPTY, &[]),
    Operation { name: "EnableInsightRules", method: "POST", uri: "/", status: 200, input: &ENABLE_INSIGHT_RULES_INPUT, output: &ENABLE_INSIGHT_RULES_OUTPUT, result_wrapper: Some("EnableInsightRulesResult"), errors: &[&INVALID_PARAMETER_VALUE_EXCEPTION, &LIMIT_EXCEEDED_EXCEPTION, &MISSING_REQUIRED_PARAMETER_EXCEPTION] },
    Operation { name: "GetAlarmMuteRule", method: "POST", uri: "/", status: 200, input: &GET_ALARM_MUTE_RULE_INPUT, output: &GET_ALARM_MUTE_RULE_OUTPUT, result_wrapper: Some("GetAlarmMuteRuleResult"), errors: &[&RESOURCE_NOT_FOUND_EXCEPTION] },
    Operation { name: "GetDashboard", method: "POST", uri: "/", status: 200, input: &GET_DASHBOARD_INPUT, output: &GET_DASHBOARD_OUTPUT, result_wrapper: Some("GetDashboardResult"), errors: &[&DASHBOARD_NOT_FOUND_ERROR, &INTERNAL_SERVICE_FAULT, &INVALID_PARAMETER_VALUE_EXCEPTION] },
    Operation { name: "GetDataset", method: "POST", uri: "/", status: 200, input: &GET_DATASET_INPUT, output: &GET_DATASET_OUTPUT, result_wrapper: Some("GetDatasetResult"), errors: &[&RESOURCE_NOT_FOUND_EXCEPTION] },
    Operation { name: "GetInsightRuleReport", method: "POST", uri: "/", status: 200, input: &GET_INSIGHT_RULE_REPORT_INPUT, output: &GET_INSIGHT_RULE_REPORT_OUTPUT, result_wrapper: Some("GetInsightRuleReportResult"), errors: &[&INVALID_PARAMETER_VALUE_EXCEPTION, &MISSING_REQUIRED_PARAMETER_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION] },
    Operation { name: "GetMetricData", method: "POST", uri: "/", status: 200, input: &GET_METRIC_DATA_INPUT, output: &GET_METRIC_DATA_OUTPUT, result_wrapper: Some("GetMetricDataResult"), errors: &[&INVALID_NEXT_TOKEN] },
    Operation { name: "GetMetricDataQueryDefinition", method: "POST", uri: "/", status: 200, input: &GET_METRIC_DATA_QUERY_DEFINITION_INPUT, output: &GET_METRIC_DATA_QUERY_DEFINITION_OUTPUT, result_wrapper: Some("GetMetricDataQueryDefinitionResult"), errors: &[&RESOURCE_NOT_FOUND_EXCEPTION] },
    Operation { name: "GetMetricStatistics", method: "POST", uri: "/", status: 200, input: &GET_METRIC_STATISTICS_INPUT, output: &GET_METRIC_STATISTICS_OUTPUT, result_wrapper: Some("GetMetricStatisticsResult"), errors: &[&INTERNAL_SERVICE_FAULT, &INVALID_PARAMETER_COMBINATION_EXCEPTION, &INVALID_PARAMETER_VALUE_EXCEPTION, &MISSING_REQUIRED_PARAMETER_EXCEPTION] },
    Operation { name: "GetMetricStream", method: "POST", uri: "/", status: 200, input: &GET_METRIC_STREAM_INPUT, output: &GET_METRIC_STREAM_OUTPUT, result_wrapper: Some("GetMetricStreamResult"), errors: &[&INTERNAL_SERVICE_FAULT, &INVALID_PARAMETER_COMBINATION_EXCEPTION, &INVALID_PARAMETER_VALUE_EXCEPTION, &MISSING_REQUIRED_PARAMETER_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION] },
    Operation { name: "GetMetricWidgetImage", method: "POST", uri: "/", status: 200, input: &GET_METRIC_WIDGET_IMAGE_INPUT, output: &GET_METRIC_WIDGET_IMAGE_OUTPUT, result_wrapper: Some("GetMetricWidgetImageResult"), errors: &[] },
    Operation { name: "GetOTelEnrichment", method: "POST", uri: "/", status: 200, input: &GET_O_TEL_ENRICHMENT_INPUT, output: &GET_O_TEL_ENRICHMENT_OUTPUT, result_wrapper: Some("GetOTelEnrichmentResult"), errors: &[] },
    Operation { name: "GetResourceMetricsConfiguration", method: "POST", uri: "/", status: 200, input: &GET_RESOURCE_METRICS_CONFIGURATION_INPUT, output: &GET_RESOURCE_METRICS_CONFIGURATION_OUTPUT, result_wrapper: Some("GetResourceMetricsConfigurationResult"), errors: &[&RESOURCE_NOT_FOUND_EXCEPTION] },
    Operation { name: "ListAlarmMuteRules", method: "POST", uri: "/", status: 200, input: &LIST_ALARM_MUTE_RULES_INPUT, output: &LIST_ALARM_MUTE_RULES_OUTPUT, result_wrapper: Some("ListAlarmMuteRulesResult"), errors: &[&INVALID_NEXT_TOKEN, &RESOURCE_NOT_FOUND_EXCEPTION] },
    Operation { name: "ListDashboards", method: "POST", uri: "/", status: 200, input: &LIST_DASHBOARDS_INPUT, output: &LIST_DASHBOARDS_OUTPUT, result_wrapper: Some("ListDashboardsResult"), errors: &[&INTERNAL_SERVICE_FAULT, &INVALID_PARAMETER_VALUE_EXCEPTION] },
    Operation { name: "ListManagedInsightRules", method: "POST", uri: "/", status: 200, input: &LIST_MANAGED_INSIGHT_RULES_INPUT, output: &LIST_MANAGED_INSIGHT_RULES_OUTPUT, result_wrapper: Some("ListManagedInsightRulesResult"), errors: &[&INVALID_NEXT_TOKEN, &INVALID_PARAMETER_VALUE_EXCEPTION, &MISSING_REQUIRED_PARAMETER_EXCEPTION] },
    Operation { name: "ListMetricDataQueryDefinitions", method: "POST", uri: "/", status: 200, input: &LIST_METRIC_DATA_QUERY_DEFINITIONS_INPUT, output: &LIST_METRIC_DATA_QUERY_DEFINITIONS_OUTPUT, result_wrapper: Some("ListMetricDataQueryDefinitionsResult"), errors: &[] },
    Operation { name: "ListMetricStreams", method: "POST", uri: "/", status: 200, input: &LIST_METRIC_STREAMS_INPUT, output: &LIST_METRIC_STREAMS_OUTPUT, result_wrapper: Some("ListMetricStreamsResult"), errors: &[&INTERNAL_SERVICE_FAULT, &INVALID_NEXT_TOKEN, &INVALID_PARAMETER_VALUE_EXCEPTION, &MISSING_REQUIRED_PARAMETER_EXCEPTION] },
    Operation { name: "ListMetrics", method: "POST", uri: "/", status: 200, input: &LIST_METRICS_INPUT, output: &LIST_METRICS_OUTPUT, result_wrapper: Some("ListMetricsResult"), errors: &[&INTERNAL_SERVICE_FAULT, &INVALID_PARAMETER_VALUE_EXCEPTION] },
    Operation { name: "ListTagsForResource", method: "POST", uri: "/", status: 200, input: &LIST_TAGS_FOR_RESOURCE_INPUT, output: &LIST_TAGS_FOR_RESOURCE_OUTPUT, result_wrapper: Some("ListTagsForResourceResult"), errors: &[&INTERNAL_SERVICE_FAULT, &INVALID_PARAMETER_VALUE_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION] },
    op("PutAlarmMuteRule", &PUT_ALARM_MUTE_RULE_INPUT, &EMPTY, &[&LIMIT_EXCEEDED_FAULT]),
    Operation { name: "PutAnomalyDetector", method: "POST", uri: "/", status: 200, input: &PUT_ANOMALY_DETECTOR_INPUT, output: &PUT_ANOMALY_DETECTOR_OUTPUT, result_wrapper: Some("PutAnomalyDetectorResult"), errors: &[&INTERNAL_SERVICE_FAULT, &INVALID_PARAMETER_COMBINATION_EXCEPTION, &INVALID_PARAMETER_VALUE_EXCEPTION, &LIMIT_EXCEEDED_EXCEPTION, &MISSING_REQUIRED_PARAMETER_EXCEPTION] },
    op("PutCompositeAlarm", &PUT_COMPOSITE_ALARM_INPUT, &EMPTY, &[&LIMIT_EXCEEDED_FAULT]),
    Operation { name: "PutDashboard", method: "POST", uri: "/", status: 200, input: &PUT_DASHBOARD_INPUT, output: &PUT_DASHBOARD_OUTPUT, result_wrapper: Some("PutDashboardResult"), errors: &[&CONFLICT_EXCEPTION, &DASHBOARD_INVALID_INPUT_ERROR, &INTERNAL_SERVICE_FAULT] },
    Operation { name: "PutInsightRule", method: "POST", uri: "/", status: 200, input: &PUT_INSIGHT_RULE_INPUT, output: &PUT_INSIGHT_RULE_OUTPUT, result_wrapper: Some("PutInsightRuleResult"), errors: &[&INVALID_PARAMETER_VALUE_EXCEPTION, &LIMIT_EXCEEDED_EXCEPTION, &MISSING_REQUIRED_PARAMETER_EXCEPTION] },
    op("PutLogAlarm", &PUT_LOG_ALARM_INPUT, &EMPTY, &[&LIMIT_EXCEEDED_FAULT, &RESOURCE_CONFLICT]),
    Operation { name: "PutManagedInsightRules", method: "POST", uri: "/", status: 200, input: &PUT_MANAGED_INSIGHT_RULES_INPUT, output: &PUT_MANAGED_INSIGHT_RULES_OUTPUT, result_wrapper: Some("PutManagedInsightRulesResult"), errors: &[&INVALID_PARAMETER_VALUE_EXCEPTION, &MISSING_REQUIRED_PARAMETER_EXCEPTION] },
    op("PutMetricAlarm", &PUT_METRIC_ALARM_INPUT, &EMPTY, &[&LIMIT_EXCEEDED_FAULT]),
    op("PutMetricData", &PUT_METRIC_DATA_INPUT, &EMPTY, &[&INTERNAL_SERVICE_FAULT, &INVALID_PARAMETER_COMBINATION_EXCEPTION, &INVALID_PARAMETER_VALUE_EXCEPTION, &MISSING_REQUIRED_PARAMETER_EXCEPTION]),
    Operation { name: "PutMetricDataQueryDefinition", method: "POST", uri: "/", status: 200, input: &PUT_METRIC_DATA_QUERY_DEFINITION_INPUT, output: &PUT_METRIC_DATA_QUERY_DEFINITION_OUTPUT, result_wrapper: Some("PutMetricDataQueryDefinitionResult"), errors: &[&CONFLICT_EXCEPTION, &LIMIT_EXCEEDED_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION] },
    Operation { name: "PutMetricStream", method: "POST", uri: "/", status: 200, input: &PUT_METRIC_STREAM_INPUT, output: &PUT_METRIC_STREAM_OUTPUT, result_wrapper: Some("PutMetricStreamResult"), errors: &[&CONCURRENT_MODIFICATION_EXCEPTION, &INTERNAL_SERVICE_FAULT, &INVALID_PARAMETER_COMBINATION_EXCEPTION, &INVALID_PARAMETER_VALUE_EXCEPTION, &MISSING_REQUIRED_PARAMETER_EXCEPTION] },
    op("SetAlarmState", &SET_ALARM_STATE_INPUT, &EMPTY, &[&INVALID_FORMAT_FAULT, &RESOURCE_NOT_FOUND]),
    Operation { name: "StartMetricStreams", method: "POST", uri: "/", status: 200, input: &START_METRIC_STREAMS_INPUT, output: &START_METRIC_STREAMS_OUTPUT, result_wrapper: Some("StartMetricStreamsResult"), errors: &[&INTERNAL_SERVICE_FAULT, &INVALID_PARAMETER_VALUE_EXCEPTION, &MISSING_REQUIRED_PARAMETER_EXCEPTION] },
    Operation { name: "StartOTelEnrichment", method: "POST", uri: "/", status: 200, input: &START_O_TEL_ENRICHMENT_INPUT, output: &START_O_TEL_ENRICHMENT_OUTPUT, result_wrapper: Some("StartOTelEnrichmentResult"), errors: &[&VALIDATION_EXCEPTION] },
    Operation { name: "StopMetricStreams", method: "POST", uri: "/", status: 200, input: &STOP_METRIC_STREAMS_INPUT, output: &STOP_METRIC_STREAMS_OUTPUT, result_wrapper: Some("StopMetricStreamsResult"), errors: &[&INTERNAL_SERVICE_FAULT, &INVALID_PARAMETER_VALUE_EXCEPTION, &MISSING_REQUIRED_PARAMETER_EXCEPTION] },
    Operation { name: "StopOTelEnrichment", method: "POST", uri: "/", status: 200, input: &STOP_O_TEL_ENRICHMENT_INPUT, output: &STOP_O_TEL_ENRICHMENT_OUTPUT, result_wrapper: Some("StopOTelEnrichmentResult"), errors: &[] },
    Operation { name: "TagResource", method: "POST", uri: "/", status: 200, input: &TAG_RESOURCE_INPUT, output: &TAG_RESOURCE_OUTPUT, result_wrapper: Some("TagResourceResult"), errors: &[&CONCURRENT_MODIFICATION_EXCEPTION, &CONFLICT_EXCEPTION, &INTERNAL_SERVICE_FAULT, &INVALID_PARAMETER_VALUE_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION] },
    Operation { name: "UntagResource", method: "POST", uri: "/", status: 200, input: &UNTAG_RESOURCE_INPUT, output: &UNTAG_RESOURCE_OUTPUT, result_wrapper: Some("UntagResourceResult"), errors: &[&CONCURRENT_MODIFICATION_EXCEPTION, &CONFLICT_EXCEPTION, &INTERNAL_SERVICE_FAULT, &INVALID_PARAMETER_VALUE_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION] },
    Operation { name: "UpdateOTelEnrichment", method: "POST", uri: "/", status: 200, input: &UPDATE_O_TEL_ENRICHMENT_INPUT, output: &UPDATE_O_TEL_ENRICHMENT_OUTPUT, result_wrapper: Some("UpdateOTelEnrichmentResult"), errors: &[&RESOURCE_NOT_FOUND_EXCEPTION, &VALIDATION_EXCEPTION] },
    Operation { name: "UpdateResourceMetricsConfiguration", method: "POST", uri: "/", status: 200, input: &UPDATE_RESOURCE_METRICS_CONFIGURATION_INPUT, output: &UPDATE_RESOURCE_METRICS_CONFIGURATION_OUTPUT, result_wrapper: Some("UpdateResourceMetricsConfigurationResult"), errors: &[&RESOURCE_NOT_FOUND_EXCEPTION] },
];

pub static ACCOUNT_ID: Shape = s("AccountId", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(255.0), pattern: None, values: &[] });
pub static ACTION_CONFIGURATION: Shape = s("ActionConfiguration", Kind::Structure, &[o("AlarmTagsPropagation", &ALARM_TAGS_PROPAGATION)]);
pub static ACTION_LOG_LINE_COUNT: Shape = s("ActionLogLineCount", Kind::Integer, &[]);
pub static ACTION_LOG_LINE_ROLE_ARN: Shape = s("ActionLogLineRoleArn", Kind::String, &[]);
pub static ACTION_PREFIX: Shape = s("ActionPrefix", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1024.0), pattern: None, values: &[] });
pub static ACTIONS_ENABLED: Shape = s("ActionsEnabled", Kind::Boolean, &[]);
pub static ACTIONS_SUPPRESSED_BY: Shape = s("ActionsSuppressedBy", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["WaitPeriod", "ExtensionPeriod", "Alarm"] });
pub static ACTIONS_SUPPRESSED_REASON: Shape = s("ActionsSuppressedReason", Kind::String, &[]).rules(&Rules { min: Some(0.0), max: Some(1024.0), pattern: None, values: &[] });
pub static AGGREGATION_EXPRESSION: Shape = s("AggregationExpression", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(2048.0), pattern: None, values: &[] });
pub static ALARM_ARN: Shape = s("AlarmArn", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1600.0), pattern: None, values: &[] });
pub static ALARM_CONTRIBUTOR: Shape = s("AlarmContributor", Kind::Structure, &[r("ContributorId", &CONTRIBUTOR_ID), r("ContributorAttributes", &CONTRIBUTOR_ATTRIBUTES), r("StateReason", &STATE_REASON), o("StateTransitionedTimestamp", &TIMESTAMP)]);
pub static ALARM_CONTRIBUTORS: Shape = s("AlarmContributors", Kind::List, &[o("member", &ALARM_CONTRIBUTOR)]);
pub static ALARM_DESCRIPTION: Shape = s("AlarmDescription", Kind::String, &[]).rules(&Rules { min: Some(0.0), max: Some(1024.0), pattern: None, values: &[] });
pub static ALARM_HISTORY_ITEM: Shape = s("AlarmHistoryItem", Kind::Structure, &[o("AlarmName", &ALARM_NAME), o("AlarmContributorId", &CONTRIBUTOR_ID), o("AlarmType", &ALARM_TYPE), o("Timestamp", &TIMESTAMP), o("HistoryItemType", &HISTORY_ITEM_TYPE), o("HistorySummary", &HISTORY_SUMMARY), o("HistoryData", &HISTORY_DATA), o("AlarmContributorAttributes", &CONTRIBUTOR_ATTRIBUTES)]);
pub static ALARM_HISTORY_ITEMS: Shape = s("AlarmHistoryItems", Kind::List, &[o("member", &ALARM_HISTORY_ITEM)]);
pub static ALARM_MUTE_RULE_STATUS: Shape = s("AlarmMuteRuleStatus", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["SCHEDULED", "ACTIVE", "EXPIRED"] });
pub static ALARM_MUTE_RULE_STATUSES: Shape = s("AlarmMuteRuleStatuses", Kind::List, &[o("member", &ALARM_MUTE_RULE_STATUS)]);
pub static ALARM_MUTE_RULE_SUMMARIES: Shape = s("AlarmMuteRuleSummaries", Kind::List, &[o("member", &ALARM_MUTE_RULE_SUMMARY)]);
pub static ALARM_MUTE_RULE_SUMMARY: Shape = s("AlarmMuteRuleSummary", Kind::Structure, &[o("AlarmMuteRuleArn", &ARN), o("ExpireDate", &TIMESTAMP), o("Status", &ALARM_MUTE_RULE_STATUS), o("MuteType", &MUTE_TYPE), o("LastUpdatedTimestamp", &TIMESTAMP)]);
pub static ALARM_NAME: Shape = s("AlarmName", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(255.0), pattern: None, values: &[] });
pub static ALARM_NAME_PREFIX: Shape = s("AlarmNamePrefix", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(255.0), pattern: None, values: &[] });
pub static ALARM_NAMES: Shape = s("AlarmNames", Kind::List, &[o("member", &ALARM_NAME)]).rules(&Rules { min: None, max: Some(100.0), pattern: None, values: &[] });
pub static ALARM_PROM_QL_CRITERIA: Shape = s("AlarmPromQLCriteria", Kind::Structure, &[r("Query", &QUERY), o("PendingPeriod", &PENDING_PERIOD), o("RecoveryPeriod", &RECOVERY_PERIOD)]);
pub static ALARM_RULE: Shape = s("AlarmRule", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(10240.0), pattern: None, values: &[] });
pub static ALARM_TAGS_PROPAGATION: Shape = s("AlarmTagsPropagation", Kind::Structure, &[r("Enabled", &ALARM_TAGS_PROPAGATION_ENABLED), o("IncludedTagKeys", &ALARM_TAGS_PROPAGATION_TAG_KEYS), o("ExcludedTagKeys", &ALARM_TAGS_PROPAGATION_TAG_KEYS)]);
pub static ALARM_TAGS_PROPAGATION_ENABLED: Shape = s("AlarmTagsPropagationEnabled", Kind::Boolean, &[]);
pub static ALARM_TAGS_PROPAGATION_TAG_KEY: Shape = s("AlarmTagsPropagationTagKey", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(128.0), pattern: None, values: &[] });
pub static ALARM_TAGS_PROPAGATION_TAG_KEYS: Shape = s("AlarmTagsPropagationTagKeys", Kind::List, &[o("member", &ALARM_TAGS_PROPAGATION_TAG_KEY)]).rules(&Rules { min: Some(1.0), max: Some(50.0), pattern: None, values: &[] });
pub static ALARM_TYPE: Shape = s("AlarmType", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["CompositeAlarm", "MetricAlarm", "LogAlarm"] });
pub static ALARM_TYPES: Shape = s("AlarmTypes", Kind::List, &[o("member", &ALARM_TYPE)]);
pub static AMAZON_RESOURCE_NAME: Shape = s("AmazonResourceName", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1024.0), pattern: None, values: &[] });
pub static ANOMALY_DETECTOR: Shape = s("AnomalyDetector", Kind::Structure, &[o("AnomalyDetectorId", &ANOMALY_DETECTOR_ID), o("Namespace", &NAMESPACE), o("MetricName", &METRIC_NAME), o("Dimensions", &DIMENSIONS), o("Stat", &ANOMALY_DETECTOR_METRIC_STAT), o("Configuration", &ANOMALY_DETECTOR_CONFIGURATION), o("StateValue", &ANOMALY_DETECTOR_STATE_VALUE), o("MetricCharacteristics", &METRIC_CHARACTERISTICS), o("SingleMetricAnomalyDetector", &SINGLE_METRIC_ANOMALY_DETECTOR), o("MetricMathAnomalyDetector", &METRIC_MATH_ANOMALY_DETECTOR)]);
pub static ANOMALY_DETECTOR_ADAPTATION_SPEED: Shape = s("AnomalyDetectorAdaptationSpeed", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["FAST", "NORMAL", "SLOW"] });
pub static ANOMALY_DETECTOR_CONFIGURATION: Shape = s("AnomalyDetectorConfiguration", Kind::Structure, &[o("ExcludedTimeRanges", &ANOMALY_DETECTOR_EXCLUDED_TIME_RANGES), o("MetricTimezone", &ANOMALY_DETECTOR_METRIC_TIMEZONE), o("AdaptationSpeed", &ANOMALY_DETECTOR_ADAPTATION_SPEED), o("OutlierFilteringStrength", &ANOMALY_DETECTOR_OUTLIER_FILTERING_STRENGTH)]);
pub static ANOMALY_DETECTOR_EXCLUDED_TIME_RANGES: Shape = s("AnomalyDetectorExcludedTimeRanges", Kind::List, &[o("member", &RANGE)]);
pub static ANOMALY_DETECTOR_ID: Shape = s("AnomalyDetectorId", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(128.0), pattern: Some("[A-Za-z0-9_./:%()+-]+"), values: &[] });
pub static ANOMALY_DETECTOR_IDS: Shape = s("AnomalyDetectorIds", Kind::List, &[o("member", &ANOMALY_DETECTOR_ID)]).rules(&Rules { min: None, max: Some(50.0), pattern: None, values: &[] });
pub static ANOMALY_DETECTOR_METRIC_STAT: Shape = s("AnomalyDetectorMetricStat", Kind::String, &[]).rules(&Rules { min: None, max: Some(50.0), pattern: Some("(SampleCount|Average|Sum|Minimum|Maximum|IQM|(p|tc|tm|ts|wm)(\\d{1,2}(\\.\\d{0,10})?|100)|[ou]\\d+(\\.\\d*)?)(_E|_L|_H)?|(TM|TC|TS|WM)\\(((((\\d{1,2})(\\.\\d{0,10})?|100(\\.0{0,10})?)%)?:((\\d{1,2})(\\.\\d{0,10})?|100(\\.0{0,10})?)%|((\\d{1,2})(\\.\\d{0,10})?|100(\\.0{0,10})?)%:(((\\d{1,2})(\\.\\d{0,10})?|100(\\.0{0,10})?)%)?)\\)|(TM|TC|TS|WM|PR)\\(((\\d+(\\.\\d{0,10})?|(\\d+(\\.\\d{0,10})?[Ee][+-]?\\d+)):((\\d+(\\.\\d{0,10})?|(\\d+(\\.\\d{0,10})?[Ee][+-]?\\d+)))?|((\\d+(\\.\\d{0,10})?|(\\d+(\\.\\d{0,10})?[Ee][+-]?\\d+)))?:(\\d+(\\.\\d{0,10})?|(\\d+(\\.\\d{0,10})?[Ee][+-]?\\d+)))\\)"), values: &[] });
pub static ANOMALY_DETECTOR_METRIC_TIMEZONE: Shape = s("AnomalyDetectorMetricTimezone", Kind::String, &[]).rules(&Rules { min: None, max: Some(50.0), pattern: Some(".*"), values: &[] });
pub static ANOMALY_DETECTOR_OUTLIER_FILTERING_STRENGTH: Shape = s("AnomalyDetectorOutlierFilteringStrength", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["MINIMAL", "MODERATE", "STRICT"] });
pub static ANOMALY_DETECTOR_STATE_VALUE: Shape = s("AnomalyDetectorStateValue", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["PENDING_TRAINING", "TRAINED_INSUFFICIENT_DATA", "TRAINED"] });
pub static ANOMALY_DETECTOR_TYPE: Shape = s("AnomalyDetectorType", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["SINGLE_METRIC", "METRIC_MATH"] });
pub static ANOMALY_DETECTOR_TYPES: Shape = s("AnomalyDetectorTypes", Kind::List, &[o("member", &ANOMALY_DETECTOR_TYPE)]).rules(&Rules { min: None, max: Some(2.0), pattern: None, values: &[] });
pub static ANOMALY_DETECTORS: Shape = s("AnomalyDetectors", Kind::List, &[o("member", &ANOMALY_DETECTOR)]);
pub static ARN: Shape = s("Arn", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1600.0), pattern: None, values: &[] });
pub static ASSOCIATE_DATASET_KMS_KEY_INPUT: Shape = s("AssociateDatasetKmsKeyInput", Kind::Structure, &[r("DatasetIdentifier", &DATASET_IDENTIFIER), r("KmsKeyArn", &KMS_KEY_ARN)]);
pub static ASSOCIATE_DATASET_KMS_KEY_OUTPUT: Shape = s("AssociateDatasetKmsKeyOutput", Kind::Structure, &[]);
pub static ATTRIBUTE_NAME: Shape = s("AttributeName", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(255.0), pattern: None, values: &[] });
pub static ATTRIBUTE_VALUE: Shape = s("AttributeValue", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1024.0), pattern: None, values: &[] });
pub static AWS_QUERY_ERROR_MESSAGE: Shape = s("AwsQueryErrorMessage", Kind::String, &[]);
pub static BATCH_FAILURES: Shape = s("BatchFailures", Kind::List, &[o("member", &PARTIAL_FAILURE)]);
pub static COMPARISON_OPERATOR: Shape = s("ComparisonOperator", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["GreaterThanOrEqualToThreshold", "GreaterThanThreshold", "LessThanThreshold", "LessThanOrEqualToThreshold", "LessThanLowerOrGreaterThanUpperThreshold", "LessThanLowerThreshold", "GreaterThanUpperThreshold"] });
pub static COMPOSITE_ALARM: Shape = s("CompositeAlarm", Kind::Structure, &[o("ActionsEnabled", &ACTIONS_ENABLED), o("AlarmActions", &RESOURCE_LIST), o("AlarmArn", &ALARM_ARN), o("AlarmConfigurationUpdatedTimestamp", &TIMESTAMP), o("AlarmDescription", &ALARM_DESCRIPTION), o("AlarmName", &ALARM_NAME), o("AlarmRule", &ALARM_RULE), o("InsufficientDataActions", &RESOURCE_LIST), o("OKActions", &RESOURCE_LIST), o("StateReason", &STATE_REASON), o("StateReasonData", &STATE_REASON_DATA), o("StateUpdatedTimestamp", &TIMESTAMP), o("StateValue", &STATE_VALUE), o("StateTransitionedTimestamp", &TIMESTAMP), o("ActionsSuppressedBy", &ACTIONS_SUPPRESSED_BY), o("ActionsSuppressedReason", &ACTIONS_SUPPRESSED_REASON), o("ActionsSuppressor", &ALARM_ARN), o("ActionsSuppressorWaitPeriod", &SUPPRESSOR_PERIOD), o("ActionsSuppressorExtensionPeriod", &SUPPRESSOR_PERIOD), o("ActionConfiguration", &ACTION_CONFIGURATION)]);
pub static COMPOSITE_ALARMS: Shape = s("CompositeAlarms", Kind::List, &[o("member", &COMPOSITE_ALARM)]);
pub static CONCURRENT_MODIFICATION_EXCEPTION: Shape = s("ConcurrentModificationException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: None, status: Some(429), receiver: false }), ..NONE });
pub static CONFLICT_EXCEPTION: Shape = s("ConflictException", Kind::Structure, &[o("Message", &ERROR_MESSAGE)]).traits(&Traits { error: Some(&ErrorTraits { code: None, status: Some(409), receiver: false }), ..NONE });
pub static CONTRIBUTOR_ATTRIBUTES: Shape = s("ContributorAttributes", Kind::Map, &[o("key", &ATTRIBUTE_NAME), o("value", &ATTRIBUTE_VALUE)]).rules(&Rules { min: Some(0.0), max: Some(150.0), pattern: None, values: &[] });
pub static CONTRIBUTOR_ID: Shape = s("ContributorId", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(16.0), pattern: None, values: &[] });
pub static COUNTS: Shape = s("Counts", Kind::List, &[o("member", &DATAPOINT_VALUE)]);
pub static CREATE_RESOURCE_METRICS_CONFIGURATION_INPUT: Shape = s("CreateResourceMetricsConfigurationInput", Kind::Structure, &[r("ResourceArn", &RESOURCE_ARN), o("MetricSelections", &RESOURCE_METRIC_SELECTION_LIST)]);
pub static CREATE_RESOURCE_METRICS_CONFIGURATION_OUTPUT: Shape = s("CreateResourceMetricsConfigurationOutput", Kind::Structure, &[r("ResourceMetricsConfiguration", &RESOURCE_METRICS_CONFIGURATION)]);
pub static DASHBOARD_ARN: Shape = s("DashboardArn", Kind::String, &[]);
pub static DASHBOARD_BODY: Shape = s("DashboardBody", Kind::String, &[]);
pub static DASHBOARD_ENTRIES: Shape = s("DashboardEntries", Kind::List, &[o("member", &DASHBOARD_ENTRY)]);
pub static DASHBOARD_ENTRY: Shape = s("DashboardEntry", Kind::Structure, &[o("DashboardName", &DASHBOARD_NAME), o("DashboardArn", &DASHBOARD_ARN), o("LastModified", &LAST_MODIFIED), o("Size", &SIZE)]);
pub static DASHBOARD_ERROR_MESSAGE: Shape = s("DashboardErrorMessage", Kind::String, &[]);
pub static DASHBOARD_INVALID_INPUT_ERROR: Shape = s("DashboardInvalidInputError", Kind::Structure, &[o("message", &DASHBOARD_ERROR_MESSAGE), o("dashboardValidationMessages", &DASHBOARD_VALIDATION_MESSAGES)]).traits(&Traits { error: Some(&ErrorTraits { code: Some("InvalidParameterInput"), status: Some(400), receiver: false }), ..NONE });
pub static DASHBOARD_NAME: Shape = s("DashboardName", Kind::String, &[]);
pub static DASHBOARD_NAME_PREFIX: Shape = s("DashboardNamePrefix", Kind::String, &[]);
pub static DASHBOARD_NAMES: Shape = s("DashboardNames", Kind::List, &[o("member", &DASHBOARD_NAME)]);
pub static DASHBOARD_NOT_FOUND_ERROR: Shape = s("DashboardNotFoundError", Kind::Structure, &[o("message", &DASHBOARD_ERROR_MESSAGE)]).traits(&Traits { error: Some(&ErrorTraits { code: Some("ResourceNotFound"), status: Some(404), receiver: false }), ..NONE });
pub static DASHBOARD_VALIDATION_MESSAGE: Shape = s("DashboardValidationMessage", Kind::Structure, &[o("DataPath", &DATA_PATH), o("Message", &MESSAGE)]);
pub static DASHBOARD_VALIDATION_MESSAGES: Shape = s("DashboardValidationMessages", Kind::List, &[o("member", &DASHBOARD_VALIDATION_MESSAGE)]);
pub static DATA_PATH: Shape = s("DataPath", Kind::String, &[]);
pub static DATAPOINT: Shape = s("Datapoint", Kind::Structure, &[o("Timestamp", &TIMESTAMP), o("SampleCount", &DATAPOINT_VALUE), o("Average", &DATAPOINT_VALUE), o("Sum", &DATAPOINT_VALUE), o("Minimum", &DATAPOINT_VALUE), o("Maximum", &DATAPOINT_VALUE), o("Unit", &STANDARD_UNIT), o("ExtendedStatistics", &DATAPOINT_VALUE_MAP)]);
pub static DATAPOINT_VALUE: Shape = s("DatapointValue", Kind::Double, &[]);
pub static DATAPOINT_VALUE_MAP: Shape = s("DatapointValueMap", Kind::Map, &[o("key", &EXTENDED_STATISTIC), o("value", &DATAPOINT_VALUE)]);
pub static DATAPOINT_VALUES: Shape = s("DatapointValues", Kind::List, &[o("member", &DATAPOINT_VALUE)]);
pub static DATAPOINTS: Shape = s("Datapoints", Kind::List, &[o("member", &DATAPOINT)]);
pub static DATAPOINTS_TO_ALARM: Shape = s("DatapointsToAlarm", Kind::Integer, &[]).rules(&Rules { min: Some(1.0), max: None, pattern: None, values: &[] });
pub static DATASET_ARN: Shape = s("DatasetArn", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(2048.0), pattern: Some("arn:[a-zA-Z0-9-]+:cloudwatch:[a-zA-Z0-9-]*:\\d{12}:dataset/default"), values: &[] });
pub static DATASET_ID: Shape = s("DatasetId", Kind::String, &[]).rules(&Rules { min: Some(7.0), max: Some(7.0), pattern: Some("default"), values: &[] });
pub static DATASET_IDENTIFIER: Shape = s("DatasetIdentifier", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(2048.0), pattern: Some("(default|arn:[a-zA-Z0-9-]+:cloudwatch:[a-zA-Z0-9-]*:\\d{12}:dataset/default)"), values: &[] });
pub static DEFINITION_ID: Shape = s("DefinitionId", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(64.0), pattern: Some("[a-zA-Z0-9-]{1,64}"), values: &[] });
pub static DEFINITION_PATH: Shape = s("DefinitionPath", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1024.0), pattern: Some("[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}\\p{Zs}]+"), values: &[] });
pub static DELETE_ALARM_MUTE_RULE_INPUT: Shape = s("DeleteAlarmMuteRuleInput", Kind::Structure, &[r("AlarmMuteRuleName", &NAME)]);
pub static DELETE_ALARMS_INPUT: Shape = s("DeleteAlarmsInput", Kind::Structure, &[r("AlarmNames", &ALARM_NAMES)]);
pub static DELETE_ANOMALY_DETECTOR_INPUT: Shape = s("DeleteAnomalyDetectorInput", Kind::Structure, &[o("AnomalyDetectorId", &ANOMALY_DETECTOR_ID), o("Namespace", &NAMESPACE), o("MetricName", &METRIC_NAME), o("Dimensions", &DIMENSIONS), o("Stat", &ANOMALY_DETECTOR_METRIC_STAT), o("SingleMetricAnomalyDetector", &SINGLE_METRIC_ANOMALY_DETECTOR), o("MetricMathAnomalyDetector", &METRIC_MATH_ANOMALY_DETECTOR)]);
pub static DELETE_ANOMALY_DETECTOR_OUTPUT: Shape = s("DeleteAnomalyDetectorOutput", Kind::Structure, &[]);
pub static DELETE_DASHBOARDS_INPUT: Shape = s("DeleteDashboardsInput", Kind::Structure, &[r("DashboardNames", &DASHBOARD_NAMES)]);
pub static DELETE_DASHBOARDS_OUTPUT: Shape = s("DeleteDashboardsOutput", Kind::Structure, &[]);
pub static DELETE_INSIGHT_RULES_INPUT: Shape = s("DeleteInsightRulesInput", Kind::Structure, &[r("RuleNames", &INSIGHT_RULE_NAMES)]);
pub static DELETE_INSIGHT_RULES_OUTPUT: Shape = s("DeleteInsightRulesOutput", Kind::Structure, &[o("Failures", &BATCH_FAILURES)]);
pub static DELETE_METRIC_DATA_QUERY_DEFINITION_INPUT: Shape = s("DeleteMetricDataQueryDefinitionInput", Kind::Structure, &[r("Id", &DEFINITION_ID)]);
pub static DELETE_METRIC_DATA_QUERY_DEFINITION_OUTPUT: Shape = s("DeleteMetricDataQueryDefinitionOutput", Kind::Structure, &[]);
pub static DELETE_METRIC_STREAM_INPUT: Shape = s("DeleteMetricStreamInput", Kind::Structure, &[r("Name", &METRIC_STREAM_NAME)]);
pub static DELETE_METRIC_STREAM_OUTPUT: Shape = s("DeleteMetricStreamOutput", Kind::Structure, &[]);
pub static DELETE_RESOURCE_METRICS_CONFIGURATION_INPUT: Shape = s("DeleteResourceMetricsConfigurationInput", Kind::Structure, &[r("ResourceArn", &RESOURCE_ARN)]);
pub static DELETE_RESOURCE_METRICS_CONFIGURATION_OUTPUT: Shape = s("DeleteResourceMetricsConfigurationOutput", Kind::Structure, &[]);
pub static DESCRIBE_ALARM_CONTRIBUTORS_INPUT: Shape = s("DescribeAlarmContributorsInput", Kind::Structure, &[r("AlarmName", &ALARM_NAME), o("NextToken", &NEXT_TOKEN)]);
pub static DESCRIBE_ALARM_CONTRIBUTORS_OUTPUT: Shape = s("DescribeAlarmContributorsOutput", Kind::Structure, &[r("AlarmContributors", &ALARM_CONTRIBUTORS), o("NextToken", &NEXT_TOKEN)]);
pub static DESCRIBE_ALARM_HISTORY_INPUT: Shape = s("DescribeAlarmHistoryInput", Kind::Structure, &[o("AlarmName", &ALARM_NAME), o("AlarmContributorId", &CONTRIBUTOR_ID), o("AlarmTypes", &ALARM_TYPES), o("HistoryItemType", &HISTORY_ITEM_TYPE), o("StartDate", &TIMESTAMP), o("EndDate", &TIMESTAMP), o("MaxRecords", &MAX_RECORDS), o("NextToken", &NEXT_TOKEN), o("ScanBy", &SCAN_BY)]);
pub static DESCRIBE_ALARM_HISTORY_OUTPUT: Shape = s("DescribeAlarmHistoryOutput", Kind::Structure, &[o("AlarmHistoryItems", &ALARM_HISTORY_ITEMS), o("NextToken", &NEXT_TOKEN)]);
pub static DESCRIBE_ALARMS_FOR_METRIC_INPUT: Shape = s("DescribeAlarmsForMetricInput", Kind::Structure, &[r("MetricName", &METRIC_NAME), r("Namespace", &NAMESPACE), o("Statistic", &STATISTIC), o("ExtendedStatistic", &EXTENDED_STATISTIC), o("Dimensions", &DIMENSIONS), o("Period", &PERIOD), o("Unit", &STANDARD_UNIT)]);
pub static DESCRIBE_ALARMS_FOR_METRIC_OUTPUT: Shape = s("DescribeAlarmsForMetricOutput", Kind::Structure, &[o("MetricAlarms", &METRIC_ALARMS)]);
pub static DESCRIBE_ALARMS_INPUT: Shape = s("DescribeAlarmsInput", Kind::Structure, &[o("AlarmNames", &ALARM_NAMES), o("AlarmNamePrefix", &ALARM_NAME_PREFIX), o("AlarmTypes", &ALARM_TYPES), o("ChildrenOfAlarmName", &ALARM_NAME), o("ParentsOfAlarmName", &ALARM_NAME), o("StateValue", &STATE_VALUE), o("ActionPrefix", &ACTION_PREFIX), o("MaxRecords", &MAX_RECORDS), o("NextToken", &NEXT_TOKEN)]);
pub static DESCRIBE_ALARMS_OUTPUT: Shape = s("DescribeAlarmsOutput", Kind::Structure, &[o("CompositeAlarms", &COMPOSITE_ALARMS), o("MetricAlarms", &METRIC_ALARMS), o("LogAlarms", &LOG_ALARMS), o("NextToken", &NEXT_TOKEN)]);
pub static DESCRIBE_ANOMALY_DETECTORS_INPUT: Shape = s("DescribeAnomalyDetectorsInput", Kind::Structure, &[o("AnomalyDetectorIds", &ANOMALY_DETECTOR_IDS), o("NextToken", &NEXT_TOKEN), o("MaxResults", &MAX_RETURNED_RESULTS_COUNT), o("Namespace", &NAMESPACE), o("MetricName", &METRIC_NAME), o("Dimensions", &DIMENSIONS), o("AnomalyDetectorTypes", &ANOMALY_DETECTOR_TYPES)]);
pub static DESCRIBE_ANOMALY_DETECTORS_OUTPUT: Shape = s("DescribeAnomalyDetectorsOutput", Kind::Structure, &[o("AnomalyDetectors", &ANOMALY_DETECTORS), o("NextToken", &NEXT_TOKEN)]);
pub static DESCRIBE_INSIGHT_RULES_INPUT: Shape = s("DescribeInsightRulesInput", Kind::Structure, &[o("NextToken", &NEXT_TOKEN), o("MaxResults", &INSIGHT_RULE_MAX_RESULTS)]);
pub static DESCRIBE_INSIGHT_RULES_OUTPUT: Shape = s("DescribeInsightRulesOutput", Kind::Structure, &[o("NextToken", &NEXT_TOKEN), o("InsightRules", &INSIGHT_RULES)]);
pub static DIMENSION: Shape = s("Dimension", Kind::Structure, &[r("Name", &DIMENSION_NAME), r("Value", &DIMENSION_VALUE)]);
pub static DIMENSION_FILTER: Shape = s("DimensionFilter", Kind::Structure, &[r("Name", &DIMENSION_NAME), o("Value", &DIMENSION_VALUE)]);
pub static DIMENSION_FILTERS: Shape = s("DimensionFilters", Kind::List, &[o("member", &DIMENSION_FILTER)]).rules(&Rules { min: None, max: Some(10.0), pattern: None, values: &[] });
pub static DIMENSION_NAME: Shape = s("DimensionName", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(255.0), pattern: None, values: &[] });
pub static DIMENSION_VALUE: Shape = s("DimensionValue", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1024.0), pattern: None, values: &[] });
pub static DIMENSIONS: Shape = s("Dimensions", Kind::List, &[o("member", &DIMENSION)]).rules(&Rules { min: None, max: Some(30.0), pattern: None, values: &[] });
pub static DISABLE_ALARM_ACTIONS_INPUT: Shape = s("DisableAlarmActionsInput", Kind::Structure, &[r("AlarmNames", &ALARM_NAMES)]);
pub static DISABLE_INSIGHT_RULES_INPUT: Shape = s("DisableInsightRulesInput", Kind::Structure, &[r("RuleNames", &INSIGHT_RULE_NAMES)]);
pub static DISABLE_INSIGHT_RULES_OUTPUT: Shape = s("DisableInsightRulesOutput", Kind::Structure, &[o("Failures", &BATCH_FAILURES)]);
pub static DISASSOCIATE_DATASET_KMS_KEY_INPUT: Shape = s("DisassociateDatasetKmsKeyInput", Kind::Structure, &[r("DatasetIdentifier", &DATASET_IDENTIFIER)]);
pub static DISASSOCIATE_DATASET_KMS_KEY_OUTPUT: Shape = s("DisassociateDatasetKmsKeyOutput", Kind::Structure, &[]);
pub static DURATION: Shape = s("Duration", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(50.0), pattern: None, values: &[] });
pub static ENABLE_ALARM_ACTIONS_INPUT: Shape = s("EnableAlarmActionsInput", Kind::Structure, &[r("AlarmNames", &ALARM_NAMES)]);
pub static ENABLE_INSIGHT_RULES_INPUT: Shape = s("EnableInsightRulesInput", Kind::Structure, &[r("RuleNames", &INSIGHT_RULE_NAMES)]);
pub static ENABLE_INSIGHT_RULES_OUTPUT: Shape = s("EnableInsightRulesOutput", Kind::Structure, &[o("Failures", &BATCH_FAILURES)]);
pub static END_TIME_OFFSET: Shape = s("EndTimeOffset", Kind::Long, &[]).rules(&Rules { min: Some(0.0), max: Some(2592000.0), pattern: None, values: &[] });
pub static ENTITY: Shape = s("Entity", Kind::Structure, &[o("KeyAttributes", &ENTITY_KEY_ATTRIBUTES_MAP), o("Attributes", &ENTITY_ATTRIBUTES_MAP)]);
pub static ENTITY_ATTRIBUTES_MAP: Shape = s("EntityAttributesMap", Kind::Map, &[o("key", &ENTITY_ATTRIBUTES_MAP_KEY_STRING), o("value", &ENTITY_ATTRIBUTES_MAP_VALUE_STRING)]).rules(&Rules { min: Some(0.0), max: Some(10.0), pattern: None, values: &[] });
pub static ENTITY_ATTRIBUTES_MAP_KEY_STRING: Shape = s("EntityAttributesMapKeyString", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(256.0), pattern: None, values: &[] });
pub static ENTITY_ATTRIBUTES_MAP_VALUE_STRING: Shape = s("EntityAttributesMapValueString", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(2048.0), pattern: None, values: &[] });
pub static ENTITY_KEY_ATTRIBUTES_MAP: Shape = s("EntityKeyAttributesMap", Kind::Map, &[o("key", &ENTITY_KEY_ATTRIBUTES_MAP_KEY_STRING), o("value", &ENTITY_KEY_ATTRIBUTES_MAP_VALUE_STRING)]).rules(&Rules { min: Some(2.0), max: Some(4.0), pattern: None, values: &[] });
pub static ENTITY_KEY_ATTRIBUTES_MAP_KEY_STRING: Shape = s("EntityKeyAttributesMapKeyString", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(32.0), pattern: None, values: &[] });
pub static ENTITY_KEY_ATTRIBUTES_MAP_VALUE_STRING: Shape = s("EntityKeyAttributesMapValueString", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(2048.0), pattern: None, values: &[] });
pub static ENTITY_METRIC_DATA: Shape = s("EntityMetricData", Kind::Structure, &[o("Entity", &ENTITY), o("MetricData", &METRIC_DATA)]);
pub static ENTITY_METRIC_DATA_LIST: Shape = s("EntityMetricDataList", Kind::List, &[o("member", &ENTITY_METRIC_DATA)]);
pub static ERROR_MESSAGE: Shape = s("ErrorMessage", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(255.0), pattern: None, values: &[] });
pub static EVALUATE_LOW_SAMPLE_COUNT_PERCENTILE: Shape = s("EvaluateLowSampleCountPercentile", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(255.0), pattern: None, values: &[] });
pub static EVALUATION_CRITERIA: Shape = s("EvaluationCriteria", Kind::Union, &[o("PromQLCriteria", &ALARM_PROM_QL_CRITERIA)]);
pub static EVALUATION_INTERVAL: Shape = s("EvaluationInterval", Kind::Integer, &[]).rules(&Rules { min: Some(10.0), max: Some(3600.0), pattern: None, values: &[] });
pub static EVALUATION_PERIODS: Shape = s("EvaluationPeriods", Kind::Integer, &[]).rules(&Rules { min: Some(1.0), max: None, pattern: None, values: &[] });
pub static EVALUATION_STATE: Shape = s("EvaluationState", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["PARTIAL_DATA", "EVALUATION_FAILURE", "EVALUATION_ERROR"] });
pub static EVALUATION_WINDOW: Shape = s("EvaluationWindow", Kind::Union, &[o("WallClockWindow", &WALL_CLOCK_WINDOW), o("SlidingWindow", &SLIDING_WINDOW)]);
pub static EXCEPTION_TYPE: Shape = s("ExceptionType", Kind::String, &[]);
pub static EXPRESSION: Shape = s("Expression", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(256.0), pattern: None, values: &[] });
pub static EXTENDED_STATISTIC: Shape = s("ExtendedStatistic", Kind::String, &[]);
pub static EXTENDED_STATISTICS: Shape = s("ExtendedStatistics", Kind::List, &[o("member", &EXTENDED_STATISTIC)]).rules(&Rules { min: Some(1.0), max: Some(10.0), pattern: None, values: &[] });
pub static FAILURE_CODE: Shape = s("FailureCode", Kind::String, &[]);
pub static FAILURE_DESCRIPTION: Shape = s("FailureDescription", Kind::String, &[]);
pub static FAILURE_RESOURCE: Shape = s("FailureResource", Kind::String, &[]);
pub static FAULT_DESCRIPTION: Shape = s("FaultDescription", Kind::String, &[]);
pub static GET_ALARM_MUTE_RULE_INPUT: Shape = s("GetAlarmMuteRuleInput", Kind::Structure, &[r("AlarmMuteRuleName", &NAME)]);
pub static GET_ALARM_MUTE_RULE_OUTPUT: Shape = s("GetAlarmMuteRuleOutput", Kind::Structure, &[o("Name", &NAME), o("AlarmMuteRuleArn", &ARN), o("Description", &ALARM_DESCRIPTION), o("Rule", &RULE), o("MuteTargets", &MUTE_TARGETS), o("StartDate", &TIMESTAMP), o("ExpireDate", &TIMESTAMP), o("Status", &ALARM_MUTE_RULE_STATUS), o("LastUpdatedTimestamp", &TIMESTAMP), o("MuteType", &MUTE_TYPE)]);
pub static GET_DASHBOARD_INPUT: Shape = s("GetDashboardInput", Kind::Structure, &[r("DashboardName", &DASHBOARD_NAME)]);
pub static GET_DASHBOARD_OUTPUT: Shape = s("GetDashboardOutput", Kind::Structure, &[o("DashboardArn", &DASHBOARD_ARN), o("DashboardBody", &DASHBOARD_BODY), o("DashboardName", &DASHBOARD_NAME)]);
pub static GET_DATASET_INPUT: Shape = s("GetDatasetInput", Kind::Structure, &[r("DatasetIdentifier", &DATASET_IDENTIFIER)]);
pub static GET_DATASET_OUTPUT: Shape = s("GetDatasetOutput", Kind::Structure, &[r("DatasetId", &DATASET_ID), r("Arn", &DATASET_ARN), o("KmsKeyArn", &KMS_KEY_ARN)]);
pub static GET_INSIGHT_RULE_REPORT_INPUT: Shape = s("GetInsightRuleReportInput", Kind::Structure, &[r("RuleName", &INSIGHT_RULE_NAME), r("StartTime", &TIMESTAMP), r("EndTime", &TIMESTAMP), r("Period", &PERIOD), o("MaxContributorCount", &INSIGHT_RULE_UNBOUND_INTEGER), o("Metrics", &INSIGHT_RULE_METRIC_LIST), o("OrderBy", &INSIGHT_RULE_ORDER_BY)]);
pub static GET_INSIGHT_RULE_REPORT_OUTPUT: Shape = s("GetInsightRuleReportOutput", Kind::Structure, &[o("KeyLabels", &INSIGHT_RULE_CONTRIBUTOR_KEY_LABELS), o("AggregationStatistic", &INSIGHT_RULE_AGGREGATION_STATISTIC), o("AggregateValue", &INSIGHT_RULE_UNBOUND_DOUBLE), o("ApproximateUniqueCount", &INSIGHT_RULE_UNBOUND_LONG), o("Contributors", &INSIGHT_RULE_CONTRIBUTORS), o("MetricDatapoints", &INSIGHT_RULE_METRIC_DATAPOINTS)]);
pub static GET_METRIC_DATA_INPUT: Shape = s("GetMetricDataInput", Kind::Structure, &[r("MetricDataQueries", &METRIC_DATA_QUERIES), r("StartTime", &TIMESTAMP), r("EndTime", &TIMESTAMP), o("NextToken", &NEXT_TOKEN), o("ScanBy", &SCAN_BY), o("MaxDatapoints", &GET_METRIC_DATA_MAX_DATAPOINTS), o("LabelOptions", &LABEL_OPTIONS)]);
pub static GET_METRIC_DATA_LABEL_TIMEZONE: Shape = s("GetMetricDataLabelTimezone", Kind::String, &[]);
pub static GET_METRIC_DATA_MAX_DATAPOINTS: Shape = s("GetMetricDataMaxDatapoints", Kind::Integer, &[]);
pub static GET_METRIC_DATA_OUTPUT: Shape = s("GetMetricDataOutput", Kind::Structure, &[o("MetricDataResults", &METRIC_DATA_RESULTS), o("NextToken", &NEXT_TOKEN), o("Messages", &METRIC_DATA_RESULT_MESSAGES)]);
pub static GET_METRIC_DATA_QUERY_DEFINITION_INPUT: Shape = s("GetMetricDataQueryDefinitionInput", Kind::Structure, &[r("Id", &DEFINITION_ID)]);
pub static GET_METRIC_DATA_QUERY_DEFINITION_OUTPUT: Shape = s("GetMetricDataQueryDefinitionOutput", Kind::Structure, &[r("Id", &DEFINITION_ID), r("Arn", &AMAZON_RESOURCE_NAME), r("Path", &DEFINITION_PATH), r("Expression", &METRIC_EXPRESSION_STRING), r("Type", &QUERY_TYPE), r("CreatedAt", &TIMESTAMP), r("UpdatedAt", &TIMESTAMP)]);
pub static GET_METRIC_STATISTICS_INPUT: Shape = s("GetMetricStatisticsInput", Kind::Structure, &[r("Namespace", &NAMESPACE), r("MetricName", &METRIC_NAME), o("Dimensions", &DIMENSIONS), r("StartTime", &TIMESTAMP), r("EndTime", &TIMESTAMP), r("Period", &PERIOD), o("Statistics", &STATISTICS), o("ExtendedStatistics", &EXTENDED_STATISTICS), o("Unit", &STANDARD_UNIT)]);
pub static GET_METRIC_STATISTICS_OUTPUT: Shape = s("GetMetricStatisticsOutput", Kind::Structure, &[o("Label", &METRIC_LABEL), o("Datapoints", &DATAPOINTS)]);
pub static GET_METRIC_STREAM_INPUT: Shape = s("GetMetricStreamInput", Kind::Structure, &[r("Name", &METRIC_STREAM_NAME)]);
pub static GET_METRIC_STREAM_OUTPUT: Shape = s("GetMetricStreamOutput", Kind::Structure, &[o("Arn", &AMAZON_RESOURCE_NAME), o("Name", &METRIC_STREAM_NAME), o("IncludeFilters", &METRIC_STREAM_FILTERS), o("ExcludeFilters", &METRIC_STREAM_FILTERS), o("FirehoseArn", &AMAZON_RESOURCE_NAME), o("RoleArn", &AMAZON_RESOURCE_NAME), o("State", &METRIC_STREAM_STATE), o("CreationDate", &TIMESTAMP), o("LastUpdateDate", &TIMESTAMP), o("OutputFormat", &METRIC_STREAM_OUTPUT_FORMAT), o("StatisticsConfigurations", &METRIC_STREAM_STATISTICS_CONFIGURATIONS), o("IncludeLinkedAccountsMetrics", &INCLUDE_LINKED_ACCOUNTS_METRICS)]);
pub static GET_METRIC_WIDGET_IMAGE_INPUT: Shape = s("GetMetricWidgetImageInput", Kind::Structure, &[r("MetricWidget", &METRIC_WIDGET), o("OutputFormat", &OUTPUT_FORMAT)]);
pub static GET_METRIC_WIDGET_IMAGE_OUTPUT: Shape = s("GetMetricWidgetImageOutput", Kind::Structure, &[o("MetricWidgetImage", &METRIC_WIDGET_IMAGE)]);
pub static GET_O_TEL_ENRICHMENT_INPUT: Shape = s("GetOTelEnrichmentInput", Kind::Structure, &[]);
pub static GET_O_TEL_ENRICHMENT_OUTPUT: Shape = s("GetOTelEnrichmentOutput", Kind::Structure, &[r("Status", &O_TEL_ENRICHMENT_STATUS), o("IncludeFilters", &O_TEL_ENRICHMENT_METRIC_SELECTOR_LIST), o("ExcludeFilters", &O_TEL_ENRICHMENT_METRIC_SELECTOR_LIST), o("CreatedAt", &TIMESTAMP), o("UpdatedAt", &TIMESTAMP)]);
pub static GET_RESOURCE_METRICS_CONFIGURATION_INPUT: Shape = s("GetResourceMetricsConfigurationInput", Kind::Structure, &[r("ResourceArn", &RESOURCE_ARN)]);
pub static GET_RESOURCE_METRICS_CONFIGURATION_OUTPUT: Shape = s("GetResourceMetricsConfigurationOutput", Kind::Structure, &[r("ResourceMetricsConfiguration", &RESOURCE_METRICS_CONFIGURATION)]);
pub static HISTORY_DATA: Shape = s("HistoryData", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(4095.0), pattern: None, values: &[] });
pub static HISTORY_ITEM_TYPE: Shape = s("HistoryItemType", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["ConfigurationUpdate", "StateUpdate", "Action", "AlarmContributorStateUpdate", "AlarmContributorAction"] });
pub static HISTORY_SUMMARY: Shape = s("HistorySummary", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(255.0), pattern: None, values: &[] });
pub static INCLUDE_LINKED_ACCOUNTS: Shape = s("IncludeLinkedAccounts", Kind::Boolean, &[]);
pub static INCLUDE_LINKED_ACCOUNTS_METRICS: Shape = s("IncludeLinkedAccountsMetrics", Kind::Boolean, &[]);
pub static INSIGHT_RULE: Shape = s("InsightRule", Kind::Structure, &[r("Name", &INSIGHT_RULE_NAME), r("State", &INSIGHT_RULE_STATE), r("Schema", &INSIGHT_RULE_SCHEMA), r("Definition", &INSIGHT_RULE_DEFINITION), o("ManagedRule", &INSIGHT_RULE_IS_MANAGED), o("ApplyOnTransformedLogs", &INSIGHT_RULE_ON_TRANSFORMED_LOGS)]);
pub static INSIGHT_RULE_AGGREGATION_STATISTIC: Shape = s("InsightRuleAggregationStatistic", Kind::String, &[]);
pub static INSIGHT_RULE_CONTRIBUTOR: Shape = s("InsightRuleContributor", Kind::Structure, &[r("Keys", &INSIGHT_RULE_CONTRIBUTOR_KEYS), r("ApproximateAggregateValue", &INSIGHT_RULE_UNBOUND_DOUBLE), r("Datapoints", &INSIGHT_RULE_CONTRIBUTOR_DATAPOINTS)]);
pub static INSIGHT_RULE_CONTRIBUTOR_DATAPOINT: Shape = s("InsightRuleContributorDatapoint", Kind::Structure, &[r("Timestamp", &TIMESTAMP), r("ApproximateValue", &INSIGHT_RULE_UNBOUND_DOUBLE)]);
pub static INSIGHT_RULE_CONTRIBUTOR_DATAPOINTS: Shape = s("InsightRuleContributorDatapoints", Kind::List, &[o("member", &INSIGHT_RULE_CONTRIBUTOR_DATAPOINT)]);
pub static INSIGHT_RULE_CONTRIBUTOR_KEY: Shape = s("InsightRuleContributorKey", Kind::String, &[]);
pub static INSIGHT_RULE_CONTRIBUTOR_KEY_LABEL: Shape = s("InsightRuleContributorKeyLabel", Kind::String, &[]);
pub static INSIGHT_RULE_CONTRIBUTOR_KEY_LABELS: Shape = s("InsightRuleContributorKeyLabels", Kind::List, &[o("member", &INSIGHT_RULE_CONTRIBUTOR_KEY_LABEL)]);
pub static INSIGHT_RULE_CONTRIBUTOR_KEYS: Shape = s("InsightRuleContributorKeys", Kind::List, &[o("member", &INSIGHT_RULE_CONTRIBUTOR_KEY)]);
pub static INSIGHT_RULE_CONTRIBUTORS: Shape = s("InsightRuleContributors", Kind::List, &[o("member", &INSIGHT_RULE_CONTRIBUTOR)]);
pub static INSIGHT_RULE_DEFINITION: Shape = s("InsightRuleDefinition", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(8192.0), pattern: Some("[\\x00-\\x7F]+"), values: &[] });
pub static INSIGHT_RULE_IS_MANAGED: Shape = s("InsightRuleIsManaged", Kind::Boolean, &[]);
pub static INSIGHT_RULE_MAX_RESULTS: Shape = s("InsightRuleMaxResults", Kind::Integer, &[]).rules(&Rules { min: Some(1.0), max: Some(500.0), pattern: None, values: &[] });
pub static INSIGHT_RULE_METRIC_DATAPOINT: Shape = s("InsightRuleMetricDatapoint", Kind::Structure, &[r("Timestamp", &TIMESTAMP), o("UniqueContributors", &INSIGHT_RULE_UNBOUND_DOUBLE), o("MaxContributorValue", &INSIGHT_RULE_UNBOUND_DOUBLE), o("SampleCount", &INSIGHT_RULE_UNBOUND_DOUBLE), o("Average", &INSIGHT_RULE_UNBOUND_DOUBLE), o("Sum", &INSIGHT_RULE_UNBOUND_DOUBLE), o("Minimum", &INSIGHT_RULE_UNBOUND_DOUBLE), o("Maximum", &INSIGHT_RULE_UNBOUND_DOUBLE)]);
pub static INSIGHT_RULE_METRIC_DATAPOINTS: Shape = s("InsightRuleMetricDatapoints", Kind::List, &[o("member", &INSIGHT_RULE_METRIC_DATAPOINT)]);
pub static INSIGHT_RULE_METRIC_LIST: Shape = s("InsightRuleMetricList", Kind::List, &[o("member", &INSIGHT_RULE_METRIC_NAME)]);
pub static INSIGHT_RULE_METRIC_NAME: Shape = s("InsightRuleMetricName", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(32.0), pattern: Some("[\\x20-\\x7E]+"), values: &[] });
pub static INSIGHT_RULE_NAME: Shape = s("InsightRuleName", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(128.0), pattern: Some("[\\x20-\\x7E]+"), values: &[] });
pub static INSIGHT_RULE_NAMES: Shape = s("InsightRuleNames", Kind::List, &[o("member", &INSIGHT_RULE_NAME)]);
pub static INSIGHT_RULE_ON_TRANSFORMED_LOGS: Shape = s("InsightRuleOnTransformedLogs", Kind::Boolean, &[]);
pub static INSIGHT_RULE_ORDER_BY: Shape = s("InsightRuleOrderBy", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(32.0), pattern: Some("[\\x20-\\x7E]+"), values: &[] });
pub static INSIGHT_RULE_SCHEMA: Shape = s("InsightRuleSchema", Kind::String, &[]);
pub static INSIGHT_RULE_STATE: Shape = s("InsightRuleState", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(32.0), pattern: Some("[\\x20-\\x7E]+"), values: &[] });
pub static INSIGHT_RULE_UNBOUND_DOUBLE: Shape = s("InsightRuleUnboundDouble", Kind::Double, &[]);
pub static INSIGHT_RULE_UNBOUND_INTEGER: Shape = s("InsightRuleUnboundInteger", Kind::Integer, &[]);
pub static INSIGHT_RULE_UNBOUND_LONG: Shape = s("InsightRuleUnboundLong", Kind::Long, &[]);
pub static INSIGHT_RULES: Shape = s("InsightRules", Kind::List, &[o("member", &INSIGHT_RULE)]);
pub static INTERNAL_SERVICE_FAULT: Shape = s("InternalServiceFault", Kind::Structure, &[o("Message", &FAULT_DESCRIPTION)]).traits(&Traits { error: Some(&ErrorTraits { code: Some("InternalServiceError"), status: Some(500), receiver: true }), ..NONE });
pub static INVALID_FORMAT_FAULT: Shape = s("InvalidFormatFault", Kind::Structure, &[o("message", &ERROR_MESSAGE)]).traits(&Traits { error: Some(&ErrorTraits { code: Some("InvalidFormat"), status: Some(400), receiver: false }), ..NONE });
pub static INVALID_NEXT_TOKEN: Shape = s("InvalidNextToken", Kind::Structure, &[o("message", &ERROR_MESSAGE)]).traits(&Traits { error: Some(&ErrorTraits { code: None, status: Some(400), receiver: false }), ..NONE });
pub static INVALID_PARAMETER_COMBINATION_EXCEPTION: Shape = s("InvalidParameterCombinationException", Kind::Structure, &[o("message", &AWS_QUERY_ERROR_MESSAGE)]).traits(&Traits { error: Some(&ErrorTraits { code: Some("InvalidParameterCombination"), status: Some(400), receiver: false }), ..NONE });
pub static INVALID_PARAMETER_VALUE_EXCEPTION: Shape = s("InvalidParameterValueException", Kind::Structure, &[o("message", &AWS_QUERY_ERROR_MESSAGE)]).traits(&Traits { error: Some(&ErrorTraits { code: Some("InvalidParameterValue"), status: Some(400), receiver: false }), ..NONE });
pub static KMS_ACCESS_DENIED_EXCEPTION: Shape = s("KmsAccessDeniedException", Kind::Structure, &[r("Message", &STRING)]);
pub static KMS_KEY_ARN: Shape = s("KmsKeyArn", Kind::String, &[]).rules(&Rules { min: Some(20.0), max: Some(2048.0), pattern: Some("arn:[a-zA-Z0-9-]+:kms:[a-zA-Z0-9-]+:\\d{12}:key/[a-f0-9-]+"), values: &[] });
pub static KMS_KEY_DISABLED_EXCEPTION: Shape = s("KmsKeyDisabledException", Kind::Structure, &[r("Message", &STRING)]);
pub static KMS_KEY_NOT_FOUND_EXCEPTION: Shape = s("KmsKeyNotFoundException", Kind::Structure, &[r("Message", &STRING)]);
pub static LABEL_OPTIONS: Shape = s("LabelOptions", Kind::Structure, &[o("Timezone", &GET_METRIC_DATA_LABEL_TIMEZONE)]);
pub static LAST_MODIFIED: Shape = s("LastModified", Kind::Timestamp, &[]);
pub static LIMIT_EXCEEDED_EXCEPTION: Shape = s("LimitExceededException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: None, status: Some(400), receiver: false }), ..NONE });
pub static LIMIT_EXCEEDED_FAULT: Shape = s("LimitExceededFault", Kind::Structure, &[o("message", &ERROR_MESSAGE)]).traits(&Traits { error: Some(&ErrorTraits { code: Some("LimitExceeded"), status: Some(400), receiver: false }), ..NONE });
pub static LIST_ALARM_MUTE_RULES_INPUT: Shape = s("ListAlarmMuteRulesInput", Kind::Structure, &[o("AlarmName", &NAME), o("Statuses", &ALARM_MUTE_RULE_STATUSES), o("MaxRecords", &MAX_RECORDS), o("NextToken", &NEXT_TOKEN)]);
pub static LIST_ALARM_MUTE_RULES_OUTPUT: Shape = s("ListAlarmMuteRulesOutput", Kind::Structure, &[o("AlarmMuteRuleSummaries", &ALARM_MUTE_RULE_SUMMARIES), o("NextToken", &NEXT_TOKEN)]);
pub static LIST_DASHBOARDS_INPUT: Shape = s("ListDashboardsInput", Kind::Structure, &[o("DashboardNamePrefix", &DASHBOARD_NAME_PREFIX), o("NextToken", &NEXT_TOKEN)]);
pub static LIST_DASHBOARDS_OUTPUT: Shape = s("ListDashboardsOutput", Kind::Structure, &[o("DashboardEntries", &DASHBOARD_ENTRIES), o("NextToken", &NEXT_TOKEN)]);
pub static LIST_MANAGED_INSIGHT_RULES_INPUT: Shape = s("ListManagedInsightRulesInput", Kind::Structure, &[r("ResourceARN", &AMAZON_RESOURCE_NAME), o("NextToken", &NEXT_TOKEN), o("MaxResults", &INSIGHT_RULE_MAX_RESULTS)]);
pub static LIST_MANAGED_INSIGHT_RULES_OUTPUT: Shape = s("ListManagedInsightRulesOutput", Kind::Structure, &[o("ManagedRules", &MANAGED_RULE_DESCRIPTIONS), o("NextToken", &NEXT_TOKEN)]);
pub static LIST_METRIC_DATA_QUERY_DEFINITIONS_INPUT: Shape = s("ListMetricDataQueryDefinitionsInput", Kind::Structure, &[o("MaxResults", &MAX_RESULTS), o("NextToken", &METRIC_DATA_QUERY_DEFINITION_NEXT_TOKEN)]);
pub static LIST_METRIC_DATA_QUERY_DEFINITIONS_OUTPUT: Shape = s("ListMetricDataQueryDefinitionsOutput", Kind::Structure, &[r("Items", &METRIC_DATA_QUERY_DEFINITION_SUMMARIES), o("NextToken", &METRIC_DATA_QUERY_DEFINITION_NEXT_TOKEN)]);
pub static LIST_METRIC_STREAMS_INPUT: Shape = s("ListMetricStreamsInput", Kind::Structure, &[o("NextToken", &NEXT_TOKEN), o("MaxResults", &LIST_METRIC_STREAMS_MAX_RESULTS)]);
pub static LIST_METRIC_STREAMS_MAX_RESULTS: Shape = s("ListMetricStreamsMaxResults", Kind::Integer, &[]).rules(&Rules { min: Some(1.0), max: Some(500.0), pattern: None, values: &[] });
pub static LIST_METRIC_STREAMS_OUTPUT: Shape = s("ListMetricStreamsOutput", Kind::Structure, &[o("NextToken", &NEXT_TOKEN), o("Entries", &METRIC_STREAM_ENTRIES)]);
pub static LIST_METRICS_INPUT: Shape = s("ListMetricsInput", Kind::Structure, &[o("Namespace", &NAMESPACE), o("MetricName", &METRIC_NAME), o("Dimensions", &DIMENSION_FILTERS), o("NextToken", &NEXT_TOKEN), o("RecentlyActive", &RECENTLY_ACTIVE), o("IncludeLinkedAccounts", &INCLUDE_LINKED_ACCOUNTS), o("OwningAccount", &ACCOUNT_ID)]);
pub static LIST_METRICS_OUTPUT: Shape = s("ListMetricsOutput", Kind::Structure, &[o("Metrics", &METRICS), o("NextToken", &NEXT_TOKEN), o("OwningAccounts", &OWNING_ACCOUNTS)]);
pub static LIST_TAGS_FOR_RESOURCE_INPUT: Shape = s("ListTagsForResourceInput", Kind::Structure, &[r("ResourceARN", &AMAZON_RESOURCE_NAME)]);
pub static LIST_TAGS_FOR_RESOURCE_OUTPUT: Shape = s("ListTagsForResourceOutput", Kind::Structure, &[o("Tags", &TAG_LIST)]);
pub static LOG_ALARM: Shape = s("LogAlarm", Kind::Structure, &[o("AlarmName", &ALARM_NAME), o("AlarmArn", &ALARM_ARN), o("AlarmDescription", &ALARM_DESCRIPTION), o("AlarmConfigurationUpdatedTimestamp", &TIMESTAMP), o("ActionsEnabled", &ACTIONS_ENABLED), o("OKActions", &RESOURCE_LIST), o("AlarmActions", &RESOURCE_LIST), o("InsufficientDataActions", &RESOURCE_LIST), o("StateValue", &STATE_VALUE), o("StateReason", &STATE_REASON), o("StateReasonData", &STATE_REASON_DATA), o("StateUpdatedTimestamp", &TIMESTAMP), o("ScheduledQueryConfiguration", &SCHEDULED_QUERY_CONFIGURATION), o("QueryResultsToEvaluate", &QUERY_RESULTS_TO_EVALUATE), o("QueryResultsToAlarm", &QUERY_RESULTS_TO_ALARM), o("Threshold", &THRESHOLD), o("ComparisonOperator", &COMPARISON_OPERATOR), o("TreatMissingData", &TREAT_MISSING_DATA), o("StateTransitionedTimestamp", &TIMESTAMP), o("EvaluationState", &EVALUATION_STATE), o("ActionLogLineCount", &ACTION_LOG_LINE_COUNT), o("ActionLogLineRoleArn", &ACTION_LOG_LINE_ROLE_ARN), o("WarmUpConfiguration", &WARM_UP_CONFIGURATION), o("ActionConfiguration", &ACTION_CONFIGURATION)]);
pub static LOG_ALARMS: Shape = s("LogAlarms", Kind::List, &[o("member", &LOG_ALARM)]);
pub static LOG_GROUP_IDENTIFIERS: Shape = s("LogGroupIdentifiers", Kind::List, &[o("member", &AMAZON_RESOURCE_NAME)]).rules(&Rules { min: Some(1.0), max: Some(50.0), pattern: None, values: &[] });
pub static MANAGED_RULE: Shape = s("ManagedRule", Kind::Structure, &[r("TemplateName", &TEMPLATE_NAME), r("ResourceARN", &AMAZON_RESOURCE_NAME), o("Tags", &TAG_LIST)]);
pub static MANAGED_RULE_DESCRIPTION: Shape = s("ManagedRuleDescription", Kind::Structure, &[o("TemplateName", &TEMPLATE_NAME), o("ResourceARN", &AMAZON_RESOURCE_NAME), o("RuleState", &MANAGED_RULE_STATE)]);
pub static MANAGED_RULE_DESCRIPTIONS: Shape = s("ManagedRuleDescriptions", Kind::List, &[o("member", &MANAGED_RULE_DESCRIPTION)]);
pub static MANAGED_RULE_STATE: Shape = s("ManagedRuleState", Kind::Structure, &[r("RuleName", &INSIGHT_RULE_NAME), r("State", &INSIGHT_RULE_STATE)]);
pub static MANAGED_RULES: Shape = s("ManagedRules", Kind::List, &[o("member", &MANAGED_RULE)]);
pub static MAX_RECORDS: Shape = s("MaxRecords", Kind::Integer, &[]).rules(&Rules { min: Some(1.0), max: Some(100.0), pattern: None, values: &[] });
pub static MAX_RESULTS: Shape = s("MaxResults", Kind::Integer, &[]).rules(&Rules { min: Some(1.0), max: Some(100.0), pattern: None, values: &[] });
pub static MAX_RETURNED_RESULTS_COUNT: Shape = s("MaxReturnedResultsCount", Kind::Integer, &[]).rules(&Rules { min: Some(1.0), max: None, pattern: None, values: &[] });
pub static MESSAGE: Shape = s("Message", Kind::String, &[]);
pub static MESSAGE_DATA: Shape = s("MessageData", Kind::Structure, &[o("Code", &MESSAGE_DATA_CODE), o("Value", &MESSAGE_DATA_VALUE)]);
pub static MESSAGE_DATA_CODE: Shape = s("MessageDataCode", Kind::String, &[]);
pub static MESSAGE_DATA_VALUE: Shape = s("MessageDataValue", Kind::String, &[]);
pub static METRIC: Shape = s("Metric", Kind::Structure, &[o("Namespace", &NAMESPACE), o("MetricName", &METRIC_NAME), o("Dimensions", &DIMENSIONS)]);
pub static METRIC_ALARM: Shape = s("MetricAlarm", Kind::Structure, &[o("AlarmName", &ALARM_NAME), o("AlarmArn", &ALARM_ARN), o("AlarmDescription", &ALARM_DESCRIPTION), o("AlarmConfigurationUpdatedTimestamp", &TIMESTAMP), o("ActionsEnabled", &ACTIONS_ENABLED), o("OKActions", &RESOURCE_LIST), o("AlarmActions", &RESOURCE_LIST), o("InsufficientDataActions", &RESOURCE_LIST), o("StateValue", &STATE_VALUE), o("StateReason", &STATE_REASON), o("StateReasonData", &STATE_REASON_DATA), o("StateUpdatedTimestamp", &TIMESTAMP), o("MetricName", &METRIC_NAME), o("Namespace", &NAMESPACE), o("Statistic", &STATISTIC), o("ExtendedStatistic", &EXTENDED_STATISTIC), o("Dimensions", &DIMENSIONS), o("Period", &PERIOD), o("Unit", &STANDARD_UNIT), o("EvaluationPeriods", &EVALUATION_PERIODS), o("DatapointsToAlarm", &DATAPOINTS_TO_ALARM), o("Threshold", &THRESHOLD), o("ComparisonOperator", &COMPARISON_OPERATOR), o("TreatMissingData", &TREAT_MISSING_DATA), o("EvaluateLowSampleCountPercentile", &EVALUATE_LOW_SAMPLE_COUNT_PERCENTILE), o("Metrics", &METRIC_DATA_QUERIES), o("ThresholdMetricId", &METRIC_ID), o("EvaluationState", &EVALUATION_STATE), o("StateTransitionedTimestamp", &TIMESTAMP), o("EvaluationWindow", &EVALUATION_WINDOW), o("WarmUpConfiguration", &WARM_UP_CONFIGURATION), o("EvaluationCriteria", &EVALUATION_CRITERIA), o("EvaluationInterval", &EVALUATION_INTERVAL), o("ActionConfiguration", &ACTION_CONFIGURATION)]);
pub static METRIC_ALARMS: Shape = s("MetricAlarms", Kind::List, &[o("member", &METRIC_ALARM)]);
pub static METRIC_CHARACTERISTICS: Shape = s("MetricCharacteristics", Kind::Structure, &[o("PeriodicSpikes", &PERIODIC_SPIKES)]);
pub static METRIC_DATA: Shape = s("MetricData", Kind::List, &[o("member", &METRIC_DATUM)]);
pub static METRIC_DATA_QUERIES: Shape = s("MetricDataQueries", Kind::List, &[o("member", &METRIC_DATA_QUERY)]);
pub static METRIC_DATA_QUERY: Shape = s("MetricDataQuery", Kind::Structure, &[r("Id", &METRIC_ID), o("MetricStat", &METRIC_STAT), o("Expression", &METRIC_EXPRESSION), o("Label", &METRIC_LABEL), o("ReturnData", &RETURN_DATA), o("Period", &PERIOD), o("AccountId", &ACCOUNT_ID)]);
pub static METRIC_DATA_QUERY_DEFINITION_NEXT_TOKEN: Shape = s("MetricDataQueryDefinitionNextToken", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(256.0), pattern: Some("[A-Za-z0-9_-]+"), values: &[] });
pub static METRIC_DATA_QUERY_DEFINITION_SUMMARIES: Shape = s("MetricDataQueryDefinitionSummaries", Kind::List, &[o("member", &METRIC_DATA_QUERY_DEFINITION_SUMMARY)]);
pub static METRIC_DATA_QUERY_DEFINITION_SUMMARY: Shape = s("MetricDataQueryDefinitionSummary", Kind::Structure, &[r("Id", &DEFINITION_ID), r("Path", &DEFINITION_PATH), r("Type", &QUERY_TYPE), o("UpdatedAt", &TIMESTAMP)]);
pub static METRIC_DATA_RESULT: Shape = s("MetricDataResult", Kind::Structure, &[o("Id", &METRIC_ID), o("Label", &METRIC_LABEL), o("Timestamps", &TIMESTAMPS), o("Values", &DATAPOINT_VALUES), o("StatusCode", &STATUS_CODE), o("Messages", &METRIC_DATA_RESULT_MESSAGES)]);
pub static METRIC_DATA_RESULT_MESSAGES: Shape = s("MetricDataResultMessages", Kind::List, &[o("member", &MESSAGE_DATA)]);
pub static METRIC_DATA_RESULTS: Shape = s("MetricDataResults", Kind::List, &[o("member", &METRIC_DATA_RESULT)]);
pub static METRIC_DATUM: Shape = s("MetricDatum", Kind::Structure, &[r("MetricName", &METRIC_NAME), o("Dimensions", &DIMENSIONS), o("Timestamp", &TIMESTAMP), o("Value", &DATAPOINT_VALUE), o("StatisticValues", &STATISTIC_SET), o("Values", &VALUES), o("Counts", &COUNTS), o("Unit", &STANDARD_UNIT), o("StorageResolution", &STORAGE_RESOLUTION)]);
pub static METRIC_EXPRESSION: Shape = s("MetricExpression", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(2048.0), pattern: None, values: &[] });
pub static METRIC_EXPRESSION_STRING: Shape = s("MetricExpressionString", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(65536.0), pattern: None, values: &[] }).traits(&Traits { sensitive: true, ..NONE });
pub static METRIC_ID: Shape = s("MetricId", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(255.0), pattern: None, values: &[] });
pub static METRIC_LABEL: Shape = s("MetricLabel", Kind::String, &[]);
pub static METRIC_MATH_ANOMALY_DETECTOR: Shape = s("MetricMathAnomalyDetector", Kind::Structure, &[o("MetricDataQueries", &METRIC_DATA_QUERIES)]);
pub static METRIC_NAME: Shape = s("MetricName", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(255.0), pattern: None, values: &[] });
pub static METRIC_NAME_LIST: Shape = s("MetricNameList", Kind::List, &[o("member", &METRIC_NAME)]).rules(&Rules { min: Some(1.0), max: Some(500.0), pattern: None, values: &[] });
pub static METRIC_STAT: Shape = s("MetricStat", Kind::Structure, &[r("Metric", &METRIC), r("Period", &PERIOD), r("Stat", &STAT), o("Unit", &STANDARD_UNIT)]);
pub static METRIC_STREAM_ENTRIES: Shape = s("MetricStreamEntries", Kind::List, &[o("member", &METRIC_STREAM_ENTRY)]);
pub static METRIC_STREAM_ENTRY: Shape = s("MetricStreamEntry", Kind::Structure, &[o("Arn", &AMAZON_RESOURCE_NAME), o("CreationDate", &TIMESTAMP), o("LastUpdateDate", &TIMESTAMP), o("Name", &METRIC_STREAM_NAME), o("FirehoseArn", &AMAZON_RESOURCE_NAME), o("State", &METRIC_STREAM_STATE), o("OutputFormat", &METRIC_STREAM_OUTPUT_FORMAT)]);
pub static METRIC_STREAM_FILTER: Shape = s("MetricStreamFilter", Kind::Structure, &[o("Namespace", &NAMESPACE), o("MetricNames", &METRIC_STREAM_FILTER_METRIC_NAMES)]);
pub static METRIC_STREAM_FILTER_METRIC_NAMES: Shape = s("MetricStreamFilterMetricNames", Kind::List, &[o("member", &METRIC_NAME)]);
pub static METRIC_STREAM_FILTERS: Shape = s("MetricStreamFilters", Kind::List, &[o("member", &METRIC_STREAM_FILTER)]);
pub static METRIC_STREAM_NAME: Shape = s("MetricStreamName", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(255.0), pattern: None, values: &[] });
pub static METRIC_STREAM_NAMES: Shape = s("MetricStreamNames", Kind::List, &[o("member", &METRIC_STREAM_NAME)]);
pub static METRIC_STREAM_OUTPUT_FORMAT: Shape = s("MetricStreamOutputFormat", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(255.0), pattern: None, values: &["json", "opentelemetry0.7", "opentelemetry1.0"] });
pub static METRIC_STREAM_STATE: Shape = s("MetricStreamState", Kind::String, &[]);
pub static METRIC_STREAM_STATISTIC: Shape = s("MetricStreamStatistic", Kind::String, &[]);
pub static METRIC_STREAM_STATISTICS_ADDITIONAL_STATISTICS: Shape = s("MetricStreamStatisticsAdditionalStatistics", Kind::List, &[o("member", &METRIC_STREAM_STATISTIC)]);
pub static METRIC_STREAM_STATISTICS_CONFIGURATION: Shape = s("MetricStreamStatisticsConfiguration", Kind::Structure, &[r("IncludeMetrics", &METRIC_STREAM_STATISTICS_INCLUDE_METRICS), r("AdditionalStatistics", &METRIC_STREAM_STATISTICS_ADDITIONAL_STATISTICS)]);
pub static METRIC_STREAM_STATISTICS_CONFIGURATIONS: Shape = s("MetricStreamStatisticsConfigurations", Kind::List, &[o("member", &METRIC_STREAM_STATISTICS_CONFIGURATION)]);
pub static METRIC_STREAM_STATISTICS_INCLUDE_METRICS: Shape = s("MetricStreamStatisticsIncludeMetrics", Kind::List, &[o("member", &METRIC_STREAM_STATISTICS_METRIC)]);
pub static METRIC_STREAM_STATISTICS_METRIC: Shape = s("MetricStreamStatisticsMetric", Kind::Structure, &[r("Namespace", &NAMESPACE), r("MetricName", &METRIC_NAME)]);
pub static METRIC_WIDGET: Shape = s("MetricWidget", Kind::String, &[]);
pub static METRIC_WIDGET_IMAGE: Shape = s("MetricWidgetImage", Kind::Blob, &[]);
pub static METRICS: Shape = s("Metrics", Kind::List, &[o("member", &METRIC)]);
pub static MISSING_REQUIRED_PARAMETER_EXCEPTION: Shape = s("MissingRequiredParameterException", Kind::Structure, &[o("message", &AWS_QUERY_ERROR_MESSAGE)]).traits(&Traits { error: Some(&ErrorTraits { code: Some("MissingParameter"), status: Some(400), receiver: false }), ..NONE });
pub static MUTE_TARGET_ALARM_NAME_LIST: Shape = s("MuteTargetAlarmNameList", Kind::List, &[o("member", &NAME)]).rules(&Rules { min: None, max: Some(100.0), pattern: None, values: &[] });
pub static MUTE_TARGETS: Shape = s("MuteTargets", Kind::Structure, &[r("AlarmNames", &MUTE_TARGET_ALARM_NAME_LIST)]);
pub static MUTE_TYPE: Shape = s("MuteType", Kind::String, &[]);
pub static NAME: Shape = s("Name", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(255.0), pattern: None, values: &[] });
pub static NAMESPACE: Shape = s("Namespace", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(255.0), pattern: Some("[^:].*"), values: &[] });
pub static NEXT_TOKEN: Shape = s("NextToken", Kind::String, &[]);
pub static O_TEL_ENRICHMENT_METRIC_NAME_LIST: Shape = s("OTelEnrichmentMetricNameList", Kind::List, &[o("member", &METRIC_NAME)]).rules(&Rules { min: Some(0.0), max: Some(100.0), pattern: None, values: &[] });
pub static O_TEL_ENRICHMENT_METRIC_SELECTOR: Shape = s("OTelEnrichmentMetricSelector", Kind::Structure, &[r("Namespace", &NAMESPACE), o("MetricNames", &O_TEL_ENRICHMENT_METRIC_NAME_LIST)]);
pub static O_TEL_ENRICHMENT_METRIC_SELECTOR_LIST: Shape = s("OTelEnrichmentMetricSelectorList", Kind::List, &[o("member", &O_TEL_ENRICHMENT_METRIC_SELECTOR)]).rules(&Rules { min: Some(0.0), max: Some(100.0), pattern: None, values: &[] });
pub static O_TEL_ENRICHMENT_STATUS: Shape = s("OTelEnrichmentStatus", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["Running", "Stopped"] });
pub static ONLY_START_EVALUATING_AFTER_WARM_UP_PERIOD_ENDS: Shape = s("OnlyStartEvaluatingAfterWarmUpPeriodEnds", Kind::Boolean, &[]);
pub static OUTPUT_FORMAT: Shape = s("OutputFormat", Kind::String, &[]);
pub static OWNING_ACCOUNTS: Shape = s("OwningAccounts", Kind::List, &[o("member", &ACCOUNT_ID)]);
pub static PARTIAL_FAILURE: Shape = s("PartialFailure", Kind::Structure, &[o("FailureResource", &FAILURE_RESOURCE), o("ExceptionType", &EXCEPTION_TYPE), o("FailureCode", &FAILURE_CODE), o("FailureDescription", &FAILURE_DESCRIPTION)]);
pub static PENDING_PERIOD: Shape = s("PendingPeriod", Kind::Integer, &[]).rules(&Rules { min: Some(0.0), max: Some(86400.0), pattern: None, values: &[] });
pub static PERIOD: Shape = s("Period", Kind::Integer, &[]).rules(&Rules { min: Some(1.0), max: None, pattern: None, values: &[] });
pub static PERIODIC_SPIKES: Shape = s("PeriodicSpikes", Kind::Boolean, &[]);
pub static PUT_ALARM_MUTE_RULE_INPUT: Shape = s("PutAlarmMuteRuleInput", Kind::Structure, &[r("Name", &NAME), o("Description", &ALARM_DESCRIPTION), r("Rule", &RULE), o("MuteTargets", &MUTE_TARGETS), o("Tags", &TAG_LIST), o("StartDate", &TIMESTAMP), o("ExpireDate", &TIMESTAMP)]);
pub static PUT_ANOMALY_DETECTOR_INPUT: Shape = s("PutAnomalyDetectorInput", Kind::Structure, &[o("Namespace", &NAMESPACE), o("MetricName", &METRIC_NAME), o("Dimensions", &DIMENSIONS), o("Stat", &ANOMALY_DETECTOR_METRIC_STAT), o("Configuration", &ANOMALY_DETECTOR_CONFIGURATION), o("MetricCharacteristics", &METRIC_CHARACTERISTICS), o("SingleMetricAnomalyDetector", &SINGLE_METRIC_ANOMALY_DETECTOR), o("MetricMathAnomalyDetector", &METRIC_MATH_ANOMALY_DETECTOR)]);
pub static PUT_ANOMALY_DETECTOR_OUTPUT: Shape = s("PutAnomalyDetectorOutput", Kind::Structure, &[o("AnomalyDetectorId", &ANOMALY_DETECTOR_ID)]);
pub static PUT_COMPOSITE_ALARM_INPUT: Shape = s("PutCompositeAlarmInput", Kind::Structure, &[o("ActionsEnabled", &ACTIONS_ENABLED), o("AlarmActions", &RESOURCE_LIST), o("AlarmDescription", &ALARM_DESCRIPTION), r("AlarmName", &ALARM_NAME), r("AlarmRule", &ALARM_RULE), o("InsufficientDataActions", &RESOURCE_LIST), o("OKActions", &RESOURCE_LIST), o("Tags", &TAG_LIST), o("ActionsSuppressor", &ALARM_ARN), o("ActionsSuppressorWaitPeriod", &SUPPRESSOR_PERIOD), o("ActionsSuppressorExtensionPeriod", &SUPPRESSOR_PERIOD), o("ActionConfiguration", &ACTION_CONFIGURATION)]);
pub static PUT_DASHBOARD_INPUT: Shape = s("PutDashboardInput", Kind::Structure, &[r("DashboardName", &DASHBOARD_NAME), r("DashboardBody", &DASHBOARD_BODY), o("Tags", &TAG_LIST)]);
pub static PUT_DASHBOARD_OUTPUT: Shape = s("PutDashboardOutput", Kind::Structure, &[o("DashboardValidationMessages", &DASHBOARD_VALIDATION_MESSAGES)]);
pub static PUT_INSIGHT_RULE_INPUT: Shape = s("PutInsightRuleInput", Kind::Structure, &[r("RuleName", &INSIGHT_RULE_NAME), o("RuleState", &INSIGHT_RULE_STATE), r("RuleDefinition", &INSIGHT_RULE_DEFINITION), o("Tags", &TAG_LIST), o("ApplyOnTransformedLogs", &INSIGHT_RULE_ON_TRANSFORMED_LOGS)]);
pub static PUT_INSIGHT_RULE_OUTPUT: Shape = s("PutInsightRuleOutput", Kind::Structure, &[]);
pub static PUT_LOG_ALARM_INPUT: Shape = s("PutLogAlarmInput", Kind::Structure, &[r("AlarmName", &ALARM_NAME), o("AlarmDescription", &ALARM_DESCRIPTION), r("ScheduledQueryConfiguration", &SCHEDULED_QUERY_CONFIGURATION), o("ActionLogLineCount", &ACTION_LOG_LINE_COUNT), o("ActionLogLineRoleArn", &ACTION_LOG_LINE_ROLE_ARN), o("ActionsEnabled", &ACTIONS_ENABLED), o("OKActions", &RESOURCE_LIST), o("AlarmActions", &RESOURCE_LIST), o("InsufficientDataActions", &RESOURCE_LIST), r("QueryResultsToEvaluate", &QUERY_RESULTS_TO_EVALUATE), r("QueryResultsToAlarm", &QUERY_RESULTS_TO_ALARM), r("Threshold", &THRESHOLD), r("ComparisonOperator", &COMPARISON_OPERATOR), o("TreatMissingData", &TREAT_MISSING_DATA), o("Tags", &TAG_LIST), o("WarmUpConfiguration", &WARM_UP_CONFIGURATION), o("ActionConfiguration", &ACTION_CONFIGURATION)]);
pub static PUT_MANAGED_INSIGHT_RULES_INPUT: Shape = s("PutManagedInsightRulesInput", Kind::Structure, &[r("ManagedRules", &MANAGED_RULES)]);
pub static PUT_MANAGED_INSIGHT_RULES_OUTPUT: Shape = s("PutManagedInsightRulesOutput", Kind::Structure, &[o("Failures", &BATCH_FAILURES)]);
pub static PUT_METRIC_ALARM_INPUT: Shape = s("PutMetricAlarmInput", Kind::Structure, &[r("AlarmName", &ALARM_NAME), o("AlarmDescription", &ALARM_DESCRIPTION), o("ActionsEnabled", &ACTIONS_ENABLED), o("OKActions", &RESOURCE_LIST), o("AlarmActions", &RESOURCE_LIST), o("InsufficientDataActions", &RESOURCE_LIST), o("MetricName", &METRIC_NAME), o("Namespace", &NAMESPACE), o("Statistic", &STATISTIC), o("ExtendedStatistic", &EXTENDED_STATISTIC), o("Dimensions", &DIMENSIONS), o("Period", &PERIOD), o("Unit", &STANDARD_UNIT), o("EvaluationPeriods", &EVALUATION_PERIODS), o("DatapointsToAlarm", &DATAPOINTS_TO_ALARM), o("Threshold", &THRESHOLD), o("ComparisonOperator", &COMPARISON_OPERATOR), o("TreatMissingData", &TREAT_MISSING_DATA), o("EvaluateLowSampleCountPercentile", &EVALUATE_LOW_SAMPLE_COUNT_PERCENTILE), o("Metrics", &METRIC_DATA_QUERIES), o("Tags", &TAG_LIST), o("ThresholdMetricId", &METRIC_ID), o("EvaluationWindow", &EVALUATION_WINDOW), o("WarmUpConfiguration", &WARM_UP_CONFIGURATION), o("EvaluationCriteria", &EVALUATION_CRITERIA), o("EvaluationInterval", &EVALUATION_INTERVAL), o("ActionConfiguration", &ACTION_CONFIGURATION)]);
pub static PUT_METRIC_DATA_INPUT: Shape = s("PutMetricDataInput", Kind::Structure, &[r("Namespace", &NAMESPACE), o("MetricData", &METRIC_DATA), o("EntityMetricData", &ENTITY_METRIC_DATA_LIST), o("StrictEntityValidation", &STRICT_ENTITY_VALIDATION)]);
pub static PUT_METRIC_DATA_QUERY_DEFINITION_INPUT: Shape = s("PutMetricDataQueryDefinitionInput", Kind::Structure, &[o("Id", &DEFINITION_ID), r("Path", &DEFINITION_PATH), r("Expression", &METRIC_EXPRESSION_STRING), r("Type", &QUERY_TYPE), o("Tags", &TAG_LIST)]);
pub static PUT_METRIC_DATA_QUERY_DEFINITION_OUTPUT: Shape = s("PutMetricDataQueryDefinitionOutput", Kind::Structure, &[r("Id", &DEFINITION_ID), r("Arn", &AMAZON_RESOURCE_NAME), r("Path", &DEFINITION_PATH), r("Expression", &METRIC_EXPRESSION_STRING), r("Type", &QUERY_TYPE), r("CreatedAt", &TIMESTAMP), r("UpdatedAt", &TIMESTAMP)]);
pub static PUT_METRIC_STREAM_INPUT: Shape = s("PutMetricStreamInput", Kind::Structure, &[r("Name", &METRIC_STREAM_NAME), o("IncludeFilters", &METRIC_STREAM_FILTERS), o("ExcludeFilters", &METRIC_STREAM_FILTERS), r("FirehoseArn", &AMAZON_RESOURCE_NAME), r("RoleArn", &AMAZON_RESOURCE_NAME), r("OutputFormat", &METRIC_STREAM_OUTPUT_FORMAT), o("Tags", &TAG_LIST), o("StatisticsConfigurations", &METRIC_STREAM_STATISTICS_CONFIGURATIONS), o("IncludeLinkedAccountsMetrics", &INCLUDE_LINKED_ACCOUNTS_METRICS)]);
pub static PUT_METRIC_STREAM_OUTPUT: Shape = s("PutMetricStreamOutput", Kind::Structure, &[o("Arn", &AMAZON_RESOURCE_NAME)]);
pub static QUERY: Shape = s("Query", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(10000.0), pattern: None, values: &[] });
pub static QUERY_RESULTS_TO_ALARM: Shape = s("QueryResultsToAlarm", Kind::Integer, &[]).rules(&Rules { min: Some(1.0), max: None, pattern: None, values: &[] });
pub static QUERY_RESULTS_TO_EVALUATE: Shape = s("QueryResultsToEvaluate", Kind::Integer, &[]).rules(&Rules { min: Some(1.0), max: None, pattern: None, values: &[] });
pub static QUERY_STRING: Shape = s("QueryString", Kind::String, &[]).rules(&Rules { min: Some(0.0), max: Some(10000.0), pattern: None, values: &[] });
pub static QUERY_TYPE: Shape = s("QueryType", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["PROMQL", "SQL", "METRIC_MATH"] });
pub static RANGE: Shape = s("Range", Kind::Structure, &[r("StartTime", &TIMESTAMP), r("EndTime", &TIMESTAMP)]);
pub static RECENTLY_ACTIVE: Shape = s("RecentlyActive", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["PT3H"] });
pub static RECOVERY_PERIOD: Shape = s("RecoveryPeriod", Kind::Integer, &[]).rules(&Rules { min: Some(0.0), max: Some(86400.0), pattern: None, values: &[] });
pub static RESOURCE_ARN: Shape = s("ResourceArn", Kind::String, &[]).rules(&Rules { min: Some(20.0), max: Some(2048.0), pattern: Some("arn:[a-zA-Z0-9-]+:[a-zA-Z0-9-]+:[a-zA-Z0-9-]*:\\d{12}:.+"), values: &[] });
pub static RESOURCE_CONFLICT: Shape = s("ResourceConflict", Kind::Structure, &[o("message", &ERROR_MESSAGE)]).traits(&Traits { error: Some(&ErrorTraits { code: None, status: Some(409), receiver: false }), ..NONE });
pub static RESOURCE_ID: Shape = s("ResourceId", Kind::String, &[]);
pub static RESOURCE_LIST: Shape = s("ResourceList", Kind::List, &[o("member", &RESOURCE_NAME)]).rules(&Rules { min: None, max: Some(5.0), pattern: None, values: &[] });
pub static RESOURCE_METRIC_SELECTION: Shape = s("ResourceMetricSelection", Kind::Structure, &[r("IncludeMetrics", &METRIC_NAME_LIST)]);
pub static RESOURCE_METRIC_SELECTION_LIST: Shape = s("ResourceMetricSelectionList", Kind::List, &[o("member", &RESOURCE_METRIC_SELECTION)]).rules(&Rules { min: Some(1.0), max: Some(1.0), pattern: None, values: &[] });
pub static RESOURCE_METRICS_CONFIGURATION: Shape = s("ResourceMetricsConfiguration", Kind::Structure, &[r("ResourceArn", &RESOURCE_ARN), r("CreatedAt", &TIMESTAMP), r("UpdatedAt", &TIMESTAMP), o("MetricSelections", &RESOURCE_METRIC_SELECTION_LIST)]);
pub static RESOURCE_NAME: Shape = s("ResourceName", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1024.0), pattern: None, values: &[] });
pub static RESOURCE_NOT_FOUND: Shape = s("ResourceNotFound", Kind::Structure, &[o("message", &ERROR_MESSAGE)]).traits(&Traits { error: Some(&ErrorTraits { code: None, status: Some(404), receiver: false }), ..NONE });
pub static RESOURCE_NOT_FOUND_EXCEPTION: Shape = s("ResourceNotFoundException", Kind::Structure, &[o("ResourceType", &RESOURCE_TYPE), o("ResourceId", &RESOURCE_ID)]).traits(&Traits { error: Some(&ErrorTraits { code: None, status: Some(404), receiver: false }), ..NONE });
pub static RESOURCE_TYPE: Shape = s("ResourceType", Kind::String, &[]);
pub static RETURN_DATA: Shape = s("ReturnData", Kind::Boolean, &[]);
pub static RULE: Shape = s("Rule", Kind::Structure, &[r("Schedule", &SCHEDULE)]);
pub static SCAN_BY: Shape = s("ScanBy", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["TimestampDescending", "TimestampAscending"] });
pub static SCHEDULE: Shape = s("Schedule", Kind::Structure, &[r("Expression", &EXPRESSION), r("Duration", &DURATION), o("Timezone", &TIMEZONE)]);
pub static SCHEDULE_CONFIGURATION: Shape = s("ScheduleConfiguration", Kind::Structure, &[r("ScheduleExpression", &SCHEDULE_EXPRESSION), r("StartTimeOffset", &START_TIME_OFFSET), o("EndTimeOffset", &END_TIME_OFFSET)]);
pub static SCHEDULE_EXPRESSION: Shape = s("ScheduleExpression", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(256.0), pattern: None, values: &[] });
pub static SCHEDULED_QUERY_CONFIGURATION: Shape = s("ScheduledQueryConfiguration", Kind::Structure, &[r("QueryString", &QUERY_STRING), o("LogGroupIdentifiers", &LOG_GROUP_IDENTIFIERS), o("QueryARN", &AMAZON_RESOURCE_NAME), r("ScheduledQueryRoleARN", &AMAZON_RESOURCE_NAME), r("ScheduleConfiguration", &SCHEDULE_CONFIGURATION), r("AggregationExpression", &AGGREGATION_EXPRESSION), o("Tags", &TAG_LIST)]);
pub static SET_ALARM_STATE_INPUT: Shape = s("SetAlarmStateInput", Kind::Structure, &[r("AlarmName", &ALARM_NAME), r("StateValue", &STATE_VALUE), r("StateReason", &STATE_REASON), o("StateReasonData", &STATE_REASON_DATA)]);
pub static SINGLE_METRIC_ANOMALY_DETECTOR: Shape = s("SingleMetricAnomalyDetector", Kind::Structure, &[o("AccountId", &ACCOUNT_ID), o("Namespace", &NAMESPACE), o("MetricName", &METRIC_NAME), o("Dimensions", &DIMENSIONS), o("Stat", &ANOMALY_DETECTOR_METRIC_STAT)]);
pub static SIZE: Shape = s("Size", Kind::Long, &[]);
pub static SLIDING_WINDOW: Shape = s("SlidingWindow", Kind::Structure, &[]);
pub static STANDARD_UNIT: Shape = s("StandardUnit", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["Seconds", "Microseconds", "Milliseconds", "Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes", "Bits", "Kilobits", "Megabits", "Gigabits", "Terabits", "Percent", "Count", "Bytes/Second", "Kilobytes/Second", "Megabytes/Second", "Gigabytes/Second", "Terabytes/Second", "Bits/Second", "Kilobits/Second", "Megabits/Second", "Gigabits/Second", "Terabits/Second", "Count/Second", "None"] });
pub static START_METRIC_STREAMS_INPUT: Shape = s("StartMetricStreamsInput", Kind::Structure, &[r("Names", &METRIC_STREAM_NAMES)]);
pub static START_METRIC_STREAMS_OUTPUT: Shape = s("StartMetricStreamsOutput", Kind::Structure, &[]);
pub static START_O_TEL_ENRICHMENT_INPUT: Shape = s("StartOTelEnrichmentInput", Kind::Structure, &[o("IncludeFilters", &O_TEL_ENRICHMENT_METRIC_SELECTOR_LIST), o("ExcludeFilters", &O_TEL_ENRICHMENT_METRIC_SELECTOR_LIST)]);
pub static START_O_TEL_ENRICHMENT_OUTPUT: Shape = s("StartOTelEnrichmentOutput", Kind::Structure, &[o("IncludeFilters", &O_TEL_ENRICHMENT_METRIC_SELECTOR_LIST), o("ExcludeFilters", &O_TEL_ENRICHMENT_METRIC_SELECTOR_LIST), o("CreatedAt", &TIMESTAMP), o("UpdatedAt", &TIMESTAMP)]);
pub static START_TIME_OFFSET: Shape = s("StartTimeOffset", Kind::Long, &[]).rules(&Rules { min: Some(1.0), max: Some(2592000.0), pattern: None, values: &[] });
pub static STAT: Shape = s("Stat", Kind::String, &[]);
pub static STATE_REASON: Shape = s("StateReason", Kind::String, &[]).rules(&Rules { min: Some(0.0), max: Some(1023.0), pattern: None, values: &[] });
pub static STATE_REASON_DATA: Shape = s("StateReasonData", Kind::String, &[]).rules(&Rules { min: Some(0.0), max: Some(4000.0), pattern: None, values: &[] });
pub static STATE_VALUE: Shape = s("StateValue", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["OK", "ALARM", "INSUFFICIENT_DATA"] });
pub static STATISTIC: Shape = s("Statistic", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["SampleCount", "Average", "Sum", "Minimum", "Maximum"] });
pub static STATISTIC_SET: Shape = s("StatisticSet", Kind::Structure, &[r("SampleCount", &DATAPOINT_VALUE), r("Sum", &DATAPOINT_VALUE), r("Minimum", &DATAPOINT_VALUE), r("Maximum", &DATAPOINT_VALUE)]);
pub static STATISTICS: Shape = s("Statistics", Kind::List, &[o("member", &STATISTIC)]).rules(&Rules { min: Some(1.0), max: Some(5.0), pattern: None, values: &[] });
pub static STATUS_CODE: Shape = s("StatusCode", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["Complete", "InternalError", "PartialData", "Forbidden"] });
pub static STOP_METRIC_STREAMS_INPUT: Shape = s("StopMetricStreamsInput", Kind::Structure, &[r("Names", &METRIC_STREAM_NAMES)]);
pub static STOP_METRIC_STREAMS_OUTPUT: Shape = s("StopMetricStreamsOutput", Kind::Structure, &[]);
pub static STOP_O_TEL_ENRICHMENT_INPUT: Shape = s("StopOTelEnrichmentInput", Kind::Structure, &[]);
pub static STOP_O_TEL_ENRICHMENT_OUTPUT: Shape = s("StopOTelEnrichmentOutput", Kind::Structure, &[]);
pub static STORAGE_RESOLUTION: Shape = s("StorageResolution", Kind::Integer, &[]).rules(&Rules { min: Some(1.0), max: None, pattern: None, values: &[] });
pub static STRICT_ENTITY_VALIDATION: Shape = s("StrictEntityValidation", Kind::Boolean, &[]);
pub static STRING: Shape = s("String", Kind::String, &[]);
pub static SUPPRESSOR_PERIOD: Shape = s("SuppressorPeriod", Kind::Integer, &[]);
pub static TAG: Shape = s("Tag", Kind::Structure, &[r("Key", &TAG_KEY), r("Value", &TAG_VALUE)]);
pub static TAG_KEY: Shape = s("TagKey", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(128.0), pattern: None, values: &[] });
pub static TAG_KEY_LIST: Shape = s("TagKeyList", Kind::List, &[o("member", &TAG_KEY)]);
pub static TAG_LIST: Shape = s("TagList", Kind::List, &[o("member", &TAG)]);
pub static TAG_RESOURCE_INPUT: Shape = s("TagResourceInput", Kind::Structure, &[r("ResourceARN", &AMAZON_RESOURCE_NAME), r("Tags", &TAG_LIST)]);
pub static TAG_RESOURCE_OUTPUT: Shape = s("TagResourceOutput", Kind::Structure, &[]);
pub static TAG_VALUE: Shape = s("TagValue", Kind::String, &[]).rules(&Rules { min: Some(0.0), max: Some(256.0), pattern: None, values: &[] });
pub static TEMPLATE_NAME: Shape = s("TemplateName", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(128.0), pattern: Some("[0-9A-Za-z][\\-\\.\\_0-9A-Za-z]{0,126}[0-9A-Za-z]"), values: &[] });
pub static THRESHOLD: Shape = s("Threshold", Kind::Double, &[]);
pub static TIMESTAMP: Shape = s("Timestamp", Kind::Timestamp, &[]);
pub static TIMESTAMPS: Shape = s("Timestamps", Kind::List, &[o("member", &TIMESTAMP)]);
pub static TIMEZONE: Shape = s("Timezone", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(50.0), pattern: None, values: &[] });
pub static TREAT_MISSING_DATA: Shape = s("TreatMissingData", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(255.0), pattern: None, values: &[] });
pub static UNTAG_RESOURCE_INPUT: Shape = s("UntagResourceInput", Kind::Structure, &[r("ResourceARN", &AMAZON_RESOURCE_NAME), r("TagKeys", &TAG_KEY_LIST)]);
pub static UNTAG_RESOURCE_OUTPUT: Shape = s("UntagResourceOutput", Kind::Structure, &[]);
pub static UPDATE_O_TEL_ENRICHMENT_INPUT: Shape = s("UpdateOTelEnrichmentInput", Kind::Structure, &[o("IncludeFilters", &O_TEL_ENRICHMENT_METRIC_SELECTOR_LIST), o("ExcludeFilters", &O_TEL_ENRICHMENT_METRIC_SELECTOR_LIST)]);
pub static UPDATE_O_TEL_ENRICHMENT_OUTPUT: Shape = s("UpdateOTelEnrichmentOutput", Kind::Structure, &[o("IncludeFilters", &O_TEL_ENRICHMENT_METRIC_SELECTOR_LIST), o("ExcludeFilters", &O_TEL_ENRICHMENT_METRIC_SELECTOR_LIST), o("CreatedAt", &TIMESTAMP), o("UpdatedAt", &TIMESTAMP)]);
pub static UPDATE_RESOURCE_METRICS_CONFIGURATION_INPUT: Shape = s("UpdateResourceMetricsConfigurationInput", Kind::Structure, &[r("ResourceArn", &RESOURCE_ARN), o("MetricSelections", &RESOURCE_METRIC_SELECTION_LIST)]);
pub static UPDATE_RESOURCE_METRICS_CONFIGURATION_OUTPUT: Shape = s("UpdateResourceMetricsConfigurationOutput", Kind::Structure, &[r("ResourceMetricsConfiguration", &RESOURCE_METRICS_CONFIGURATION)]);
pub static VALIDATION_EXCEPTION: Shape = s("ValidationException", Kind::Structure, &[o("message", &VALIDATION_EXCEPTION_MESSAGE)]).traits(&Traits { error: Some(&ErrorTraits { code: Some("ValidationError"), status: Some(400), receiver: false }), ..NONE });
pub static VALIDATION_EXCEPTION_MESSAGE: Shape = s("ValidationExceptionMessage", Kind::String, &[]);
pub static VALUES: Shape = s("Values", Kind::List, &[o("member", &DATAPOINT_VALUE)]);
pub static WALL_CLOCK_WINDOW: Shape = s("WallClockWindow", Kind::Structure, &[o("Timezone", &TIMEZONE)]);
pub static WARM_UP_CONFIGURATION: Shape = s("WarmUpConfiguration", Kind::Structure, &[r("WarmUpPeriodDurationInMinutes", &WARM_UP_PERIOD_DURATION_IN_MINUTES), o("OnlyStartEvaluatingAfterWarmUpPeriodEnds", &ONLY_START_EVALUATING_AFTER_WARM_UP_PERIOD_ENDS)]);
pub static WARM_UP_PERIOD_DURATION_IN_MINUTES: Shape = s("WarmUpPeriodDurationInMinutes", Kind::Integer, &[]).rules(&Rules { min: Some(1.0), max: Some(2880.0), pattern: None, values: &[] });
