// @generated from botocore 1.44.5 (Apache-2.0); do not edit, run `cargo xtask import-models`.
//! Amazon EventBridge Scheduler, API version 2021-06-30.

use std::sync::OnceLock;

use crate::shape::{Protocol, Service};
use crate::table::{Graph, Known, Table};

pub static SERVICE: Service = Service {
    id: "scheduler",
    full_name: "Amazon EventBridge Scheduler",
    signing_name: "scheduler",
    endpoint_prefix: "scheduler",
    version: "2021-06-30",
    protocols: &[Protocol::RestJson],
    target_prefix: None,
    namespace: None,
    query_compatible: false,
    served: include_str!("../../operations/scheduler.txt"),
    table: Table::new(include_str!("scheduler.txt"), graph),
};

fn graph() -> &'static Graph {
    static GRAPH: OnceLock<Graph> = OnceLock::new();
    GRAPH.get_or_init(|| Graph::read(SERVICE.table.text()))
}

const fn k(name: &'static str) -> Known {
    Known::new(&SERVICE, name)
}

pub const ACTION_AFTER_COMPLETION: Known = k("ActionAfterCompletion");
pub const ASSIGN_PUBLIC_IP: Known = k("AssignPublicIp");
pub const AWS_VPC_CONFIGURATION: Known = k("AwsVpcConfiguration");
pub const CAPACITY_PROVIDER: Known = k("CapacityProvider");
pub const CAPACITY_PROVIDER_STRATEGY: Known = k("CapacityProviderStrategy");
pub const CAPACITY_PROVIDER_STRATEGY_ITEM: Known = k("CapacityProviderStrategyItem");
pub const CAPACITY_PROVIDER_STRATEGY_ITEM_BASE: Known = k("CapacityProviderStrategyItemBase");
pub const CAPACITY_PROVIDER_STRATEGY_ITEM_WEIGHT: Known = k("CapacityProviderStrategyItemWeight");
pub const CLIENT_TOKEN: Known = k("ClientToken");
pub const CONFLICT_EXCEPTION: Known = k("ConflictException");
pub const CREATE_SCHEDULE_GROUP_INPUT: Known = k("CreateScheduleGroupInput");
pub const CREATE_SCHEDULE_GROUP_OUTPUT: Known = k("CreateScheduleGroupOutput");
pub const CREATE_SCHEDULE_INPUT: Known = k("CreateScheduleInput");
pub const CREATE_SCHEDULE_OUTPUT: Known = k("CreateScheduleOutput");
pub const CREATION_DATE: Known = k("CreationDate");
pub const DEAD_LETTER_CONFIG: Known = k("DeadLetterConfig");
pub const DEAD_LETTER_CONFIG_ARN_STRING: Known = k("DeadLetterConfigArnString");
pub const DELETE_SCHEDULE_GROUP_INPUT: Known = k("DeleteScheduleGroupInput");
pub const DELETE_SCHEDULE_GROUP_OUTPUT: Known = k("DeleteScheduleGroupOutput");
pub const DELETE_SCHEDULE_INPUT: Known = k("DeleteScheduleInput");
pub const DELETE_SCHEDULE_OUTPUT: Known = k("DeleteScheduleOutput");
pub const DESCRIPTION: Known = k("Description");
pub const DETAIL_TYPE: Known = k("DetailType");
pub const ECS_PARAMETERS: Known = k("EcsParameters");
pub const ENABLE_ECS_MANAGED_TAGS: Known = k("EnableECSManagedTags");
pub const ENABLE_EXECUTE_COMMAND: Known = k("EnableExecuteCommand");
pub const END_DATE: Known = k("EndDate");
pub const EVENT_BRIDGE_METADATA_KEY: Known = k("EventBridgeMetadataKey");
pub const EVENT_BRIDGE_METADATA_MAP: Known = k("EventBridgeMetadataMap");
pub const EVENT_BRIDGE_METADATA_VALUE: Known = k("EventBridgeMetadataValue");
pub const EVENT_BRIDGE_PARAMETERS: Known = k("EventBridgeParameters");
pub const EVENT_BRIDGE_PUT_EVENTS_V2_PARAMETERS: Known = k("EventBridgePutEventsV2Parameters");
pub const EVENT_BRIDGE_PUT_RAW_EVENTS_PARAMETERS: Known = k("EventBridgePutRawEventsParameters");
pub const FLEXIBLE_TIME_WINDOW: Known = k("FlexibleTimeWindow");
pub const FLEXIBLE_TIME_WINDOW_MODE: Known = k("FlexibleTimeWindowMode");
pub const GET_SCHEDULE_GROUP_INPUT: Known = k("GetScheduleGroupInput");
pub const GET_SCHEDULE_GROUP_OUTPUT: Known = k("GetScheduleGroupOutput");
pub const GET_SCHEDULE_INPUT: Known = k("GetScheduleInput");
pub const GET_SCHEDULE_OUTPUT: Known = k("GetScheduleOutput");
pub const GROUP: Known = k("Group");
pub const INTERNAL_SERVER_EXCEPTION: Known = k("InternalServerException");
pub const KINESIS_PARAMETERS: Known = k("KinesisParameters");
pub const KMS_KEY_ARN: Known = k("KmsKeyArn");
pub const LAST_MODIFICATION_DATE: Known = k("LastModificationDate");
pub const LAUNCH_TYPE: Known = k("LaunchType");
pub const LIST_SCHEDULE_GROUPS_INPUT: Known = k("ListScheduleGroupsInput");
pub const LIST_SCHEDULE_GROUPS_OUTPUT: Known = k("ListScheduleGroupsOutput");
pub const LIST_SCHEDULES_INPUT: Known = k("ListSchedulesInput");
pub const LIST_SCHEDULES_OUTPUT: Known = k("ListSchedulesOutput");
pub const LIST_TAGS_FOR_RESOURCE_INPUT: Known = k("ListTagsForResourceInput");
pub const LIST_TAGS_FOR_RESOURCE_OUTPUT: Known = k("ListTagsForResourceOutput");
pub const MAX_RESULTS: Known = k("MaxResults");
pub const MAXIMUM_EVENT_AGE_IN_SECONDS: Known = k("MaximumEventAgeInSeconds");
pub const MAXIMUM_RETRY_ATTEMPTS: Known = k("MaximumRetryAttempts");
pub const MAXIMUM_WINDOW_IN_MINUTES: Known = k("MaximumWindowInMinutes");
pub const MESSAGE_GROUP_ID: Known = k("MessageGroupId");
pub const NAME: Known = k("Name");
pub const NAME_PREFIX: Known = k("NamePrefix");
pub const NETWORK_CONFIGURATION: Known = k("NetworkConfiguration");
pub const NEXT_TOKEN: Known = k("NextToken");
pub const PLACEMENT_CONSTRAINT: Known = k("PlacementConstraint");
pub const PLACEMENT_CONSTRAINT_EXPRESSION: Known = k("PlacementConstraintExpression");
pub const PLACEMENT_CONSTRAINT_TYPE: Known = k("PlacementConstraintType");
pub const PLACEMENT_CONSTRAINTS: Known = k("PlacementConstraints");
pub const PLACEMENT_STRATEGIES: Known = k("PlacementStrategies");
pub const PLACEMENT_STRATEGY: Known = k("PlacementStrategy");
pub const PLACEMENT_STRATEGY_FIELD: Known = k("PlacementStrategyField");
pub const PLACEMENT_STRATEGY_TYPE: Known = k("PlacementStrategyType");
pub const PLATFORM_VERSION: Known = k("PlatformVersion");
pub const PROPAGATE_TAGS: Known = k("PropagateTags");
pub const REFERENCE_ID: Known = k("ReferenceId");
pub const RESOURCE_NOT_FOUND_EXCEPTION: Known = k("ResourceNotFoundException");
pub const RETRY_POLICY: Known = k("RetryPolicy");
pub const ROLE_ARN: Known = k("RoleArn");
pub const SAGE_MAKER_PIPELINE_PARAMETER: Known = k("SageMakerPipelineParameter");
pub const SAGE_MAKER_PIPELINE_PARAMETER_LIST: Known = k("SageMakerPipelineParameterList");
pub const SAGE_MAKER_PIPELINE_PARAMETER_NAME: Known = k("SageMakerPipelineParameterName");
pub const SAGE_MAKER_PIPELINE_PARAMETER_VALUE: Known = k("SageMakerPipelineParameterValue");
pub const SAGE_MAKER_PIPELINE_PARAMETERS: Known = k("SageMakerPipelineParameters");
pub const SCHEDULE_ARN: Known = k("ScheduleArn");
pub const SCHEDULE_EXPRESSION: Known = k("ScheduleExpression");
pub const SCHEDULE_EXPRESSION_TIMEZONE: Known = k("ScheduleExpressionTimezone");
pub const SCHEDULE_GROUP_ARN: Known = k("ScheduleGroupArn");
pub const SCHEDULE_GROUP_LIST: Known = k("ScheduleGroupList");
pub const SCHEDULE_GROUP_NAME: Known = k("ScheduleGroupName");
pub const SCHEDULE_GROUP_NAME_PREFIX: Known = k("ScheduleGroupNamePrefix");
pub const SCHEDULE_GROUP_STATE: Known = k("ScheduleGroupState");
pub const SCHEDULE_GROUP_SUMMARY: Known = k("ScheduleGroupSummary");
pub const SCHEDULE_LIST: Known = k("ScheduleList");
pub const SCHEDULE_STATE: Known = k("ScheduleState");
pub const SCHEDULE_SUMMARY: Known = k("ScheduleSummary");
pub const SECURITY_GROUP: Known = k("SecurityGroup");
pub const SECURITY_GROUPS: Known = k("SecurityGroups");
pub const SERVICE_QUOTA_EXCEEDED_EXCEPTION: Known = k("ServiceQuotaExceededException");
pub const SOURCE: Known = k("Source");
pub const SQS_PARAMETERS: Known = k("SqsParameters");
pub const START_DATE: Known = k("StartDate");
pub const STRING: Known = k("String");
pub const SUBNET: Known = k("Subnet");
pub const SUBNETS: Known = k("Subnets");
pub const TAG: Known = k("Tag");
pub const TAG_KEY: Known = k("TagKey");
pub const TAG_KEY_LIST: Known = k("TagKeyList");
pub const TAG_LIST: Known = k("TagList");
pub const TAG_MAP: Known = k("TagMap");
pub const TAG_RESOURCE_ARN: Known = k("TagResourceArn");
pub const TAG_RESOURCE_INPUT: Known = k("TagResourceInput");
pub const TAG_RESOURCE_OUTPUT: Known = k("TagResourceOutput");
pub const TAG_VALUE: Known = k("TagValue");
pub const TAGS: Known = k("Tags");
pub const TARGET: Known = k("Target");
pub const TARGET_ARN: Known = k("TargetArn");
pub const TARGET_INPUT: Known = k("TargetInput");
pub const TARGET_PARTITION_KEY: Known = k("TargetPartitionKey");
pub const TARGET_SUMMARY: Known = k("TargetSummary");
pub const TASK_COUNT: Known = k("TaskCount");
pub const TASK_DEFINITION_ARN: Known = k("TaskDefinitionArn");
pub const THROTTLING_EXCEPTION: Known = k("ThrottlingException");
pub const UNTAG_RESOURCE_INPUT: Known = k("UntagResourceInput");
pub const UNTAG_RESOURCE_OUTPUT: Known = k("UntagResourceOutput");
pub const UPDATE_SCHEDULE_INPUT: Known = k("UpdateScheduleInput");
pub const UPDATE_SCHEDULE_OUTPUT: Known = k("UpdateScheduleOutput");
pub const VALIDATION_EXCEPTION: Known = k("ValidationException");
