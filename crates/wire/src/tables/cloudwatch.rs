// @generated from botocore 1.44.5 (Apache-2.0); do not edit, run `cargo xtask import-models`.
//! Amazon CloudWatch, API version 2010-08-01.

use std::sync::OnceLock;

use crate::shape::{Protocol, Service};
use crate::table::{Graph, Known, Table};

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
    served: include_str!("../../operations/cloudwatch.txt"),
    table: Table::new(include_str!("cloudwatch.txt"), graph),
};

fn graph() -> &'static Graph {
    static GRAPH: OnceLock<Graph> = OnceLock::new();
    GRAPH.get_or_init(|| Graph::read(SERVICE.table.text()))
}

const fn k(name: &'static str, members: &'static str) -> Known {
    Known::new(&SERVICE, name, members)
}

pub const ACTION_CONFIGURATION: Known = k("ActionConfiguration", "AlarmTagsPropagation?structure");
pub const ALARM_CONTRIBUTOR: Known = k("AlarmContributor", "ContributorId!string ContributorAttributes!map StateReason!string StateTransitionedTimestamp?timestamp");
pub const ALARM_HISTORY_ITEM: Known = k("AlarmHistoryItem", "AlarmName?string AlarmContributorId?string AlarmType?string Timestamp?timestamp HistoryItemType?string HistorySummary?string HistoryData?string AlarmContributorAttributes?map");
pub const ALARM_MUTE_RULE_SUMMARY: Known = k("AlarmMuteRuleSummary", "AlarmMuteRuleArn?string ExpireDate?timestamp Status?string MuteType?string LastUpdatedTimestamp?timestamp");
pub const ALARM_PROM_QL_CRITERIA: Known = k("AlarmPromQLCriteria", "Query!string PendingPeriod?integer RecoveryPeriod?integer");
pub const ALARM_TAGS_PROPAGATION: Known = k("AlarmTagsPropagation", "Enabled!boolean IncludedTagKeys?list ExcludedTagKeys?list");
pub const ANOMALY_DETECTOR: Known = k("AnomalyDetector", "AnomalyDetectorId?string Namespace?string MetricName?string Dimensions?list Stat?string Configuration?structure StateValue?string MetricCharacteristics?structure SingleMetricAnomalyDetector?structure MetricMathAnomalyDetector?structure");
pub const ANOMALY_DETECTOR_CONFIGURATION: Known = k("AnomalyDetectorConfiguration", "ExcludedTimeRanges?list MetricTimezone?string AdaptationSpeed?string OutlierFilteringStrength?string");
pub const ASSOCIATE_DATASET_KMS_KEY_INPUT: Known = k("AssociateDatasetKmsKeyInput", "DatasetIdentifier!string KmsKeyArn!string");
pub const ASSOCIATE_DATASET_KMS_KEY_OUTPUT: Known = k("AssociateDatasetKmsKeyOutput", "");
pub const COMPOSITE_ALARM: Known = k("CompositeAlarm", "ActionsEnabled?boolean AlarmActions?list AlarmArn?string AlarmConfigurationUpdatedTimestamp?timestamp AlarmDescription?string AlarmName?string AlarmRule?string InsufficientDataActions?list OKActions?list StateReason?string StateReasonData?string StateUpdatedTimestamp?timestamp StateValue?string StateTransitionedTimestamp?timestamp ActionsSuppressedBy?string ActionsSuppressedReason?string ActionsSuppressor?string ActionsSuppressorWaitPeriod?integer ActionsSuppressorExtensionPeriod?integer ActionConfiguration?structure");
pub const CONCURRENT_MODIFICATION_EXCEPTION: Known = k("ConcurrentModificationException", "");
pub const CONFLICT_EXCEPTION: Known = k("ConflictException", "Message?string");
pub const CREATE_RESOURCE_METRICS_CONFIGURATION_INPUT: Known = k("CreateResourceMetricsConfigurationInput", "ResourceArn!string MetricSelections?list");
pub const CREATE_RESOURCE_METRICS_CONFIGURATION_OUTPUT: Known = k("CreateResourceMetricsConfigurationOutput", "ResourceMetricsConfiguration!structure");
pub const DASHBOARD_ENTRY: Known = k("DashboardEntry", "DashboardName?string DashboardArn?string LastModified?timestamp Size?long");
pub const DASHBOARD_INVALID_INPUT_ERROR: Known = k("DashboardInvalidInputError", "message?string dashboardValidationMessages?list");
pub const DASHBOARD_NOT_FOUND_ERROR: Known = k("DashboardNotFoundError", "message?string");
pub const DASHBOARD_VALIDATION_MESSAGE: Known = k("DashboardValidationMessage", "DataPath?string Message?string");
pub const DATAPOINT: Known = k("Datapoint", "Timestamp?timestamp SampleCount?double Average?double Sum?double Minimum?double Maximum?double Unit?string ExtendedStatistics?map");
pub const DELETE_ALARM_MUTE_RULE_INPUT: Known = k("DeleteAlarmMuteRuleInput", "AlarmMuteRuleName!string");
pub const DELETE_ALARMS_INPUT: Known = k("DeleteAlarmsInput", "AlarmNames!list");
pub const DELETE_ANOMALY_DETECTOR_INPUT: Known = k("DeleteAnomalyDetectorInput", "AnomalyDetectorId?string Namespace?string MetricName?string Dimensions?list Stat?string SingleMetricAnomalyDetector?structure MetricMathAnomalyDetector?structure");
pub const DELETE_ANOMALY_DETECTOR_OUTPUT: Known = k("DeleteAnomalyDetectorOutput", "");
pub const DELETE_DASHBOARDS_INPUT: Known = k("DeleteDashboardsInput", "DashboardNames!list");
pub const DELETE_DASHBOARDS_OUTPUT: Known = k("DeleteDashboardsOutput", "");
pub const DELETE_INSIGHT_RULES_INPUT: Known = k("DeleteInsightRulesInput", "RuleNames!list");
pub const DELETE_INSIGHT_RULES_OUTPUT: Known = k("DeleteInsightRulesOutput", "Failures?list");
pub const DELETE_METRIC_DATA_QUERY_DEFINITION_INPUT: Known = k("DeleteMetricDataQueryDefinitionInput", "Id!string");
pub const DELETE_METRIC_DATA_QUERY_DEFINITION_OUTPUT: Known = k("DeleteMetricDataQueryDefinitionOutput", "");
pub const DELETE_METRIC_STREAM_INPUT: Known = k("DeleteMetricStreamInput", "Name!string");
pub const DELETE_METRIC_STREAM_OUTPUT: Known = k("DeleteMetricStreamOutput", "");
pub const DELETE_RESOURCE_METRICS_CONFIGURATION_INPUT: Known = k("DeleteResourceMetricsConfigurationInput", "ResourceArn!string");
pub const DELETE_RESOURCE_METRICS_CONFIGURATION_OUTPUT: Known = k("DeleteResourceMetricsConfigurationOutput", "");
pub const DESCRIBE_ALARM_CONTRIBUTORS_INPUT: Known = k("DescribeAlarmContributorsInput", "AlarmName!string NextToken?string");
pub const DESCRIBE_ALARM_CONTRIBUTORS_OUTPUT: Known = k("DescribeAlarmContributorsOutput", "AlarmContributors!list NextToken?string");
pub const DESCRIBE_ALARM_HISTORY_INPUT: Known = k("DescribeAlarmHistoryInput", "AlarmName?string AlarmContributorId?string AlarmTypes?list HistoryItemType?string StartDate?timestamp EndDate?timestamp MaxRecords?integer NextToken?string ScanBy?string");
pub const DESCRIBE_ALARM_HISTORY_OUTPUT: Known = k("DescribeAlarmHistoryOutput", "AlarmHistoryItems?list NextToken?string");
pub const DESCRIBE_ALARMS_FOR_METRIC_INPUT: Known = k("DescribeAlarmsForMetricInput", "MetricName!string Namespace!string Statistic?string ExtendedStatistic?string Dimensions?list Period?integer Unit?string");
pub const DESCRIBE_ALARMS_FOR_METRIC_OUTPUT: Known = k("DescribeAlarmsForMetricOutput", "MetricAlarms?list");
pub const DESCRIBE_ALARMS_INPUT: Known = k("DescribeAlarmsInput", "AlarmNames?list AlarmNamePrefix?string AlarmTypes?list ChildrenOfAlarmName?string ParentsOfAlarmName?string StateValue?string ActionPrefix?string MaxRecords?integer NextToken?string");
pub const DESCRIBE_ALARMS_OUTPUT: Known = k("DescribeAlarmsOutput", "CompositeAlarms?list MetricAlarms?list LogAlarms?list NextToken?string");
pub const DESCRIBE_ANOMALY_DETECTORS_INPUT: Known = k("DescribeAnomalyDetectorsInput", "AnomalyDetectorIds?list NextToken?string MaxResults?integer Namespace?string MetricName?string Dimensions?list AnomalyDetectorTypes?list");
pub const DESCRIBE_ANOMALY_DETECTORS_OUTPUT: Known = k("DescribeAnomalyDetectorsOutput", "AnomalyDetectors?list NextToken?string");
pub const DESCRIBE_INSIGHT_RULES_INPUT: Known = k("DescribeInsightRulesInput", "NextToken?string MaxResults?integer");
pub const DESCRIBE_INSIGHT_RULES_OUTPUT: Known = k("DescribeInsightRulesOutput", "NextToken?string InsightRules?list");
pub const DIMENSION: Known = k("Dimension", "Name!string Value!string");
pub const DIMENSION_FILTER: Known = k("DimensionFilter", "Name!string Value?string");
pub const DISABLE_ALARM_ACTIONS_INPUT: Known = k("DisableAlarmActionsInput", "AlarmNames!list");
pub const DISABLE_INSIGHT_RULES_INPUT: Known = k("DisableInsightRulesInput", "RuleNames!list");
pub const DISABLE_INSIGHT_RULES_OUTPUT: Known = k("DisableInsightRulesOutput", "Failures?list");
pub const DISASSOCIATE_DATASET_KMS_KEY_INPUT: Known = k("DisassociateDatasetKmsKeyInput", "DatasetIdentifier!string");
pub const DISASSOCIATE_DATASET_KMS_KEY_OUTPUT: Known = k("DisassociateDatasetKmsKeyOutput", "");
pub const ENABLE_ALARM_ACTIONS_INPUT: Known = k("EnableAlarmActionsInput", "AlarmNames!list");
pub const ENABLE_INSIGHT_RULES_INPUT: Known = k("EnableInsightRulesInput", "RuleNames!list");
pub const ENABLE_INSIGHT_RULES_OUTPUT: Known = k("EnableInsightRulesOutput", "Failures?list");
pub const ENTITY: Known = k("Entity", "KeyAttributes?map Attributes?map");
pub const ENTITY_METRIC_DATA: Known = k("EntityMetricData", "Entity?structure MetricData?list");
pub const EVALUATION_CRITERIA: Known = k("EvaluationCriteria", "PromQLCriteria?structure");
pub const EVALUATION_WINDOW: Known = k("EvaluationWindow", "WallClockWindow?structure SlidingWindow?structure");
pub const GET_ALARM_MUTE_RULE_INPUT: Known = k("GetAlarmMuteRuleInput", "AlarmMuteRuleName!string");
pub const GET_ALARM_MUTE_RULE_OUTPUT: Known = k("GetAlarmMuteRuleOutput", "Name?string AlarmMuteRuleArn?string Description?string Rule?structure MuteTargets?structure StartDate?timestamp ExpireDate?timestamp Status?string LastUpdatedTimestamp?timestamp MuteType?string");
pub const GET_DASHBOARD_INPUT: Known = k("GetDashboardInput", "DashboardName!string");
pub const GET_DASHBOARD_OUTPUT: Known = k("GetDashboardOutput", "DashboardArn?string DashboardBody?string DashboardName?string");
pub const GET_DATASET_INPUT: Known = k("GetDatasetInput", "DatasetIdentifier!string");
pub const GET_DATASET_OUTPUT: Known = k("GetDatasetOutput", "DatasetId!string Arn!string KmsKeyArn?string");
pub const GET_INSIGHT_RULE_REPORT_INPUT: Known = k("GetInsightRuleReportInput", "RuleName!string StartTime!timestamp EndTime!timestamp Period!integer MaxContributorCount?integer Metrics?list OrderBy?string");
pub const GET_INSIGHT_RULE_REPORT_OUTPUT: Known = k("GetInsightRuleReportOutput", "KeyLabels?list AggregationStatistic?string AggregateValue?double ApproximateUniqueCount?long Contributors?list MetricDatapoints?list");
pub const GET_METRIC_DATA_INPUT: Known = k("GetMetricDataInput", "MetricDataQueries!list StartTime!timestamp EndTime!timestamp NextToken?string ScanBy?string MaxDatapoints?integer LabelOptions?structure");
pub const GET_METRIC_DATA_OUTPUT: Known = k("GetMetricDataOutput", "MetricDataResults?list NextToken?string Messages?list");
pub const GET_METRIC_DATA_QUERY_DEFINITION_INPUT: Known = k("GetMetricDataQueryDefinitionInput", "Id!string");
pub const GET_METRIC_DATA_QUERY_DEFINITION_OUTPUT: Known = k("GetMetricDataQueryDefinitionOutput", "Id!string Arn!string Path!string Expression!string Type!string CreatedAt!timestamp UpdatedAt!timestamp");
pub const GET_METRIC_STATISTICS_INPUT: Known = k("GetMetricStatisticsInput", "Namespace!string MetricName!string Dimensions?list StartTime!timestamp EndTime!timestamp Period!integer Statistics?list ExtendedStatistics?list Unit?string");
pub const GET_METRIC_STATISTICS_OUTPUT: Known = k("GetMetricStatisticsOutput", "Label?string Datapoints?list");
pub const GET_METRIC_STREAM_INPUT: Known = k("GetMetricStreamInput", "Name!string");
pub const GET_METRIC_STREAM_OUTPUT: Known = k("GetMetricStreamOutput", "Arn?string Name?string IncludeFilters?list ExcludeFilters?list FirehoseArn?string RoleArn?string State?string CreationDate?timestamp LastUpdateDate?timestamp OutputFormat?string StatisticsConfigurations?list IncludeLinkedAccountsMetrics?boolean");
pub const GET_METRIC_WIDGET_IMAGE_INPUT: Known = k("GetMetricWidgetImageInput", "MetricWidget!string OutputFormat?string");
pub const GET_METRIC_WIDGET_IMAGE_OUTPUT: Known = k("GetMetricWidgetImageOutput", "MetricWidgetImage?blob");
pub const GET_O_TEL_ENRICHMENT_INPUT: Known = k("GetOTelEnrichmentInput", "");
pub const GET_O_TEL_ENRICHMENT_OUTPUT: Known = k("GetOTelEnrichmentOutput", "Status!string IncludeFilters?list ExcludeFilters?list CreatedAt?timestamp UpdatedAt?timestamp");
pub const GET_RESOURCE_METRICS_CONFIGURATION_INPUT: Known = k("GetResourceMetricsConfigurationInput", "ResourceArn!string");
pub const GET_RESOURCE_METRICS_CONFIGURATION_OUTPUT: Known = k("GetResourceMetricsConfigurationOutput", "ResourceMetricsConfiguration!structure");
pub const INSIGHT_RULE: Known = k("InsightRule", "Name!string State!string Schema!string Definition!string ManagedRule?boolean ApplyOnTransformedLogs?boolean");
pub const INSIGHT_RULE_CONTRIBUTOR: Known = k("InsightRuleContributor", "Keys!list ApproximateAggregateValue!double Datapoints!list");
pub const INSIGHT_RULE_CONTRIBUTOR_DATAPOINT: Known = k("InsightRuleContributorDatapoint", "Timestamp!timestamp ApproximateValue!double");
pub const INSIGHT_RULE_METRIC_DATAPOINT: Known = k("InsightRuleMetricDatapoint", "Timestamp!timestamp UniqueContributors?double MaxContributorValue?double SampleCount?double Average?double Sum?double Minimum?double Maximum?double");
pub const INTERNAL_SERVICE_FAULT: Known = k("InternalServiceFault", "Message?string");
pub const INVALID_FORMAT_FAULT: Known = k("InvalidFormatFault", "message?string");
pub const INVALID_NEXT_TOKEN: Known = k("InvalidNextToken", "message?string");
pub const INVALID_PARAMETER_COMBINATION_EXCEPTION: Known = k("InvalidParameterCombinationException", "message?string");
pub const INVALID_PARAMETER_VALUE_EXCEPTION: Known = k("InvalidParameterValueException", "message?string");
pub const KMS_ACCESS_DENIED_EXCEPTION: Known = k("KmsAccessDeniedException", "Message!string");
pub const KMS_KEY_DISABLED_EXCEPTION: Known = k("KmsKeyDisabledException", "Message!string");
pub const KMS_KEY_NOT_FOUND_EXCEPTION: Known = k("KmsKeyNotFoundException", "Message!string");
pub const LABEL_OPTIONS: Known = k("LabelOptions", "Timezone?string");
pub const LIMIT_EXCEEDED_EXCEPTION: Known = k("LimitExceededException", "");
pub const LIMIT_EXCEEDED_FAULT: Known = k("LimitExceededFault", "message?string");
pub const LIST_ALARM_MUTE_RULES_INPUT: Known = k("ListAlarmMuteRulesInput", "AlarmName?string Statuses?list MaxRecords?integer NextToken?string");
pub const LIST_ALARM_MUTE_RULES_OUTPUT: Known = k("ListAlarmMuteRulesOutput", "AlarmMuteRuleSummaries?list NextToken?string");
pub const LIST_DASHBOARDS_INPUT: Known = k("ListDashboardsInput", "DashboardNamePrefix?string NextToken?string");
pub const LIST_DASHBOARDS_OUTPUT: Known = k("ListDashboardsOutput", "DashboardEntries?list NextToken?string");
pub const LIST_MANAGED_INSIGHT_RULES_INPUT: Known = k("ListManagedInsightRulesInput", "ResourceARN!string NextToken?string MaxResults?integer");
pub const LIST_MANAGED_INSIGHT_RULES_OUTPUT: Known = k("ListManagedInsightRulesOutput", "ManagedRules?list NextToken?string");
pub const LIST_METRIC_DATA_QUERY_DEFINITIONS_INPUT: Known = k("ListMetricDataQueryDefinitionsInput", "MaxResults?integer NextToken?string");
pub const LIST_METRIC_DATA_QUERY_DEFINITIONS_OUTPUT: Known = k("ListMetricDataQueryDefinitionsOutput", "Items!list NextToken?string");
pub const LIST_METRIC_STREAMS_INPUT: Known = k("ListMetricStreamsInput", "NextToken?string MaxResults?integer");
pub const LIST_METRIC_STREAMS_OUTPUT: Known = k("ListMetricStreamsOutput", "NextToken?string Entries?list");
pub const LIST_METRICS_INPUT: Known = k("ListMetricsInput", "Namespace?string MetricName?string Dimensions?list NextToken?string RecentlyActive?string IncludeLinkedAccounts?boolean OwningAccount?string");
pub const LIST_METRICS_OUTPUT: Known = k("ListMetricsOutput", "Metrics?list NextToken?string OwningAccounts?list");
pub const LIST_TAGS_FOR_RESOURCE_INPUT: Known = k("ListTagsForResourceInput", "ResourceARN!string");
pub const LIST_TAGS_FOR_RESOURCE_OUTPUT: Known = k("ListTagsForResourceOutput", "Tags?list");
pub const LOG_ALARM: Known = k("LogAlarm", "AlarmName?string AlarmArn?string AlarmDescription?string AlarmConfigurationUpdatedTimestamp?timestamp ActionsEnabled?boolean OKActions?list AlarmActions?list InsufficientDataActions?list StateValue?string StateReason?string StateReasonData?string StateUpdatedTimestamp?timestamp ScheduledQueryConfiguration?structure QueryResultsToEvaluate?integer QueryResultsToAlarm?integer Threshold?double ComparisonOperator?string TreatMissingData?string StateTransitionedTimestamp?timestamp EvaluationState?string ActionLogLineCount?integer ActionLogLineRoleArn?string WarmUpConfiguration?structure ActionConfiguration?structure");
pub const MANAGED_RULE: Known = k("ManagedRule", "TemplateName!string ResourceARN!string Tags?list");
pub const MANAGED_RULE_DESCRIPTION: Known = k("ManagedRuleDescription", "TemplateName?string ResourceARN?string RuleState?structure");
pub const MANAGED_RULE_STATE: Known = k("ManagedRuleState", "RuleName!string State!string");
pub const MESSAGE_DATA: Known = k("MessageData", "Code?string Value?string");
pub const METRIC: Known = k("Metric", "Namespace?string MetricName?string Dimensions?list");
pub const METRIC_ALARM: Known = k("MetricAlarm", "AlarmName?string AlarmArn?string AlarmDescription?string AlarmConfigurationUpdatedTimestamp?timestamp ActionsEnabled?boolean OKActions?list AlarmActions?list InsufficientDataActions?list StateValue?string StateReason?string StateReasonData?string StateUpdatedTimestamp?timestamp MetricName?string Namespace?string Statistic?string ExtendedStatistic?string Dimensions?list Period?integer Unit?string EvaluationPeriods?integer DatapointsToAlarm?integer Threshold?double ComparisonOperator?string TreatMissingData?string EvaluateLowSampleCountPercentile?string Metrics?list ThresholdMetricId?string EvaluationState?string StateTransitionedTimestamp?timestamp EvaluationWindow?union WarmUpConfiguration?structure EvaluationCriteria?union EvaluationInterval?integer ActionConfiguration?structure");
pub const METRIC_CHARACTERISTICS: Known = k("MetricCharacteristics", "PeriodicSpikes?boolean");
pub const METRIC_DATA_QUERY: Known = k("MetricDataQuery", "Id!string MetricStat?structure Expression?string Label?string ReturnData?boolean Period?integer AccountId?string");
pub const METRIC_DATA_QUERY_DEFINITION_SUMMARY: Known = k("MetricDataQueryDefinitionSummary", "Id!string Path!string Type!string UpdatedAt?timestamp");
pub const METRIC_DATA_RESULT: Known = k("MetricDataResult", "Id?string Label?string Timestamps?list Values?list StatusCode?string Messages?list");
pub const METRIC_DATUM: Known = k("MetricDatum", "MetricName!string Dimensions?list Timestamp?timestamp Value?double StatisticValues?structure Values?list Counts?list Unit?string StorageResolution?integer");
pub const METRIC_MATH_ANOMALY_DETECTOR: Known = k("MetricMathAnomalyDetector", "MetricDataQueries?list");
pub const METRIC_STAT: Known = k("MetricStat", "Metric!structure Period!integer Stat!string Unit?string");
pub const METRIC_STREAM_ENTRY: Known = k("MetricStreamEntry", "Arn?string CreationDate?timestamp LastUpdateDate?timestamp Name?string FirehoseArn?string State?string OutputFormat?string");
pub const METRIC_STREAM_FILTER: Known = k("MetricStreamFilter", "Namespace?string MetricNames?list");
pub const METRIC_STREAM_STATISTICS_CONFIGURATION: Known = k("MetricStreamStatisticsConfiguration", "IncludeMetrics!list AdditionalStatistics!list");
pub const METRIC_STREAM_STATISTICS_METRIC: Known = k("MetricStreamStatisticsMetric", "Namespace!string MetricName!string");
pub const MISSING_REQUIRED_PARAMETER_EXCEPTION: Known = k("MissingRequiredParameterException", "message?string");
pub const MUTE_TARGETS: Known = k("MuteTargets", "AlarmNames!list");
pub const O_TEL_ENRICHMENT_METRIC_SELECTOR: Known = k("OTelEnrichmentMetricSelector", "Namespace!string MetricNames?list");
pub const PARTIAL_FAILURE: Known = k("PartialFailure", "FailureResource?string ExceptionType?string FailureCode?string FailureDescription?string");
pub const PUT_ALARM_MUTE_RULE_INPUT: Known = k("PutAlarmMuteRuleInput", "Name!string Description?string Rule!structure MuteTargets?structure Tags?list StartDate?timestamp ExpireDate?timestamp");
pub const PUT_ANOMALY_DETECTOR_INPUT: Known = k("PutAnomalyDetectorInput", "Namespace?string MetricName?string Dimensions?list Stat?string Configuration?structure MetricCharacteristics?structure SingleMetricAnomalyDetector?structure MetricMathAnomalyDetector?structure");
pub const PUT_ANOMALY_DETECTOR_OUTPUT: Known = k("PutAnomalyDetectorOutput", "AnomalyDetectorId?string");
pub const PUT_COMPOSITE_ALARM_INPUT: Known = k("PutCompositeAlarmInput", "ActionsEnabled?boolean AlarmActions?list AlarmDescription?string AlarmName!string AlarmRule!string InsufficientDataActions?list OKActions?list Tags?list ActionsSuppressor?string ActionsSuppressorWaitPeriod?integer ActionsSuppressorExtensionPeriod?integer ActionConfiguration?structure");
pub const PUT_DASHBOARD_INPUT: Known = k("PutDashboardInput", "DashboardName!string DashboardBody!string Tags?list");
pub const PUT_DASHBOARD_OUTPUT: Known = k("PutDashboardOutput", "DashboardValidationMessages?list");
pub const PUT_INSIGHT_RULE_INPUT: Known = k("PutInsightRuleInput", "RuleName!string RuleState?string RuleDefinition!string Tags?list ApplyOnTransformedLogs?boolean");
pub const PUT_INSIGHT_RULE_OUTPUT: Known = k("PutInsightRuleOutput", "");
pub const PUT_LOG_ALARM_INPUT: Known = k("PutLogAlarmInput", "AlarmName!string AlarmDescription?string ScheduledQueryConfiguration!structure ActionLogLineCount?integer ActionLogLineRoleArn?string ActionsEnabled?boolean OKActions?list AlarmActions?list InsufficientDataActions?list QueryResultsToEvaluate!integer QueryResultsToAlarm!integer Threshold!double ComparisonOperator!string TreatMissingData?string Tags?list WarmUpConfiguration?structure ActionConfiguration?structure");
pub const PUT_MANAGED_INSIGHT_RULES_INPUT: Known = k("PutManagedInsightRulesInput", "ManagedRules!list");
pub const PUT_MANAGED_INSIGHT_RULES_OUTPUT: Known = k("PutManagedInsightRulesOutput", "Failures?list");
pub const PUT_METRIC_ALARM_INPUT: Known = k("PutMetricAlarmInput", "AlarmName!string AlarmDescription?string ActionsEnabled?boolean OKActions?list AlarmActions?list InsufficientDataActions?list MetricName?string Namespace?string Statistic?string ExtendedStatistic?string Dimensions?list Period?integer Unit?string EvaluationPeriods?integer DatapointsToAlarm?integer Threshold?double ComparisonOperator?string TreatMissingData?string EvaluateLowSampleCountPercentile?string Metrics?list Tags?list ThresholdMetricId?string EvaluationWindow?union WarmUpConfiguration?structure EvaluationCriteria?union EvaluationInterval?integer ActionConfiguration?structure");
pub const PUT_METRIC_DATA_INPUT: Known = k("PutMetricDataInput", "Namespace!string MetricData?list EntityMetricData?list StrictEntityValidation?boolean");
pub const PUT_METRIC_DATA_QUERY_DEFINITION_INPUT: Known = k("PutMetricDataQueryDefinitionInput", "Id?string Path!string Expression!string Type!string Tags?list");
pub const PUT_METRIC_DATA_QUERY_DEFINITION_OUTPUT: Known = k("PutMetricDataQueryDefinitionOutput", "Id!string Arn!string Path!string Expression!string Type!string CreatedAt!timestamp UpdatedAt!timestamp");
pub const PUT_METRIC_STREAM_INPUT: Known = k("PutMetricStreamInput", "Name!string IncludeFilters?list ExcludeFilters?list FirehoseArn!string RoleArn!string OutputFormat!string Tags?list StatisticsConfigurations?list IncludeLinkedAccountsMetrics?boolean");
pub const PUT_METRIC_STREAM_OUTPUT: Known = k("PutMetricStreamOutput", "Arn?string");
pub const RANGE: Known = k("Range", "StartTime!timestamp EndTime!timestamp");
pub const RESOURCE_CONFLICT: Known = k("ResourceConflict", "message?string");
pub const RESOURCE_METRIC_SELECTION: Known = k("ResourceMetricSelection", "IncludeMetrics!list");
pub const RESOURCE_METRICS_CONFIGURATION: Known = k("ResourceMetricsConfiguration", "ResourceArn!string CreatedAt!timestamp UpdatedAt!timestamp MetricSelections?list");
pub const RESOURCE_NOT_FOUND: Known = k("ResourceNotFound", "message?string");
pub const RESOURCE_NOT_FOUND_EXCEPTION: Known = k("ResourceNotFoundException", "ResourceType?string ResourceId?string");
pub const RULE: Known = k("Rule", "Schedule!structure");
pub const SCHEDULE: Known = k("Schedule", "Expression!string Duration!string Timezone?string");
pub const SCHEDULE_CONFIGURATION: Known = k("ScheduleConfiguration", "ScheduleExpression!string StartTimeOffset!long EndTimeOffset?long");
pub const SCHEDULED_QUERY_CONFIGURATION: Known = k("ScheduledQueryConfiguration", "QueryString!string LogGroupIdentifiers?list QueryARN?string ScheduledQueryRoleARN!string ScheduleConfiguration!structure AggregationExpression!string Tags?list");
pub const SET_ALARM_STATE_INPUT: Known = k("SetAlarmStateInput", "AlarmName!string StateValue!string StateReason!string StateReasonData?string");
pub const SINGLE_METRIC_ANOMALY_DETECTOR: Known = k("SingleMetricAnomalyDetector", "AccountId?string Namespace?string MetricName?string Dimensions?list Stat?string");
pub const SLIDING_WINDOW: Known = k("SlidingWindow", "");
pub const START_METRIC_STREAMS_INPUT: Known = k("StartMetricStreamsInput", "Names!list");
pub const START_METRIC_STREAMS_OUTPUT: Known = k("StartMetricStreamsOutput", "");
pub const START_O_TEL_ENRICHMENT_INPUT: Known = k("StartOTelEnrichmentInput", "IncludeFilters?list ExcludeFilters?list");
pub const START_O_TEL_ENRICHMENT_OUTPUT: Known = k("StartOTelEnrichmentOutput", "IncludeFilters?list ExcludeFilters?list CreatedAt?timestamp UpdatedAt?timestamp");
pub const STATISTIC_SET: Known = k("StatisticSet", "SampleCount!double Sum!double Minimum!double Maximum!double");
pub const STOP_METRIC_STREAMS_INPUT: Known = k("StopMetricStreamsInput", "Names!list");
pub const STOP_METRIC_STREAMS_OUTPUT: Known = k("StopMetricStreamsOutput", "");
pub const STOP_O_TEL_ENRICHMENT_INPUT: Known = k("StopOTelEnrichmentInput", "");
pub const STOP_O_TEL_ENRICHMENT_OUTPUT: Known = k("StopOTelEnrichmentOutput", "");
pub const TAG: Known = k("Tag", "Key!string Value!string");
pub const TAG_RESOURCE_INPUT: Known = k("TagResourceInput", "ResourceARN!string Tags!list");
pub const TAG_RESOURCE_OUTPUT: Known = k("TagResourceOutput", "");
pub const UNTAG_RESOURCE_INPUT: Known = k("UntagResourceInput", "ResourceARN!string TagKeys!list");
pub const UNTAG_RESOURCE_OUTPUT: Known = k("UntagResourceOutput", "");
pub const UPDATE_O_TEL_ENRICHMENT_INPUT: Known = k("UpdateOTelEnrichmentInput", "IncludeFilters?list ExcludeFilters?list");
pub const UPDATE_O_TEL_ENRICHMENT_OUTPUT: Known = k("UpdateOTelEnrichmentOutput", "IncludeFilters?list ExcludeFilters?list CreatedAt?timestamp UpdatedAt?timestamp");
pub const UPDATE_RESOURCE_METRICS_CONFIGURATION_INPUT: Known = k("UpdateResourceMetricsConfigurationInput", "ResourceArn!string MetricSelections?list");
pub const UPDATE_RESOURCE_METRICS_CONFIGURATION_OUTPUT: Known = k("UpdateResourceMetricsConfigurationOutput", "ResourceMetricsConfiguration!structure");
pub const VALIDATION_EXCEPTION: Known = k("ValidationException", "message?string");
pub const WALL_CLOCK_WINDOW: Known = k("WallClockWindow", "Timezone?string");
pub const WARM_UP_CONFIGURATION: Known = k("WarmUpConfiguration", "WarmUpPeriodDurationInMinutes!integer OnlyStartEvaluatingAfterWarmUpPeriodEnds?boolean");
