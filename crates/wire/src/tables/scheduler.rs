// @generated from botocore 1.44.5 (Apache-2.0); do not edit, run `cargo xtask import-models`.
// Model sha256 cadc1bfca1064d46ade70a58dc02184c5177e9f499140cd2bf810777b12d7ce3.
//! Amazon EventBridge Scheduler, API version 2021-06-30.

use super::{o, ow, r, s};
use crate::shape::{ErrorTraits, Kind, Location, NONE, Operation, Protocol, Rules, Service, Shape, Traits};

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
    operations: &OPERATIONS,
    errors: &[&CONFLICT_EXCEPTION, &INTERNAL_SERVER_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION, &SERVICE_QUOTA_EXCEEDED_EXCEPTION, &THROTTLING_EXCEPTION, &VALIDATION_EXCEPTION],
    served: include_str!("../../operations/scheduler.txt"),
};

static OPERATIONS: [Operation; 12] = [
    Operation { name: "CreateSchedule", method: "POST", uri: "/schedules/{Name}", status: 200, input: &CREATE_SCHEDULE_INPUT, output: &CREATE_SCHEDULE_OUTPUT, result_wrapper: None, errors: &[&CONFLICT_EXCEPTION, &INTERNAL_SERVER_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION, &SERVICE_QUOTA_EXCEEDED_EXCEPTION, &THROTTLING_EXCEPTION, &VALIDATION_EXCEPTION] },
    Operation { name: "CreateScheduleGroup", method: "POST", uri: "/schedule-groups/{Name}", status: 200, input: &CREATE_SCHEDULE_GROUP_INPUT, output: &CREATE_SCHEDULE_GROUP_OUTPUT, result_wrapper: None, errors: &[&CONFLICT_EXCEPTION, &INTERNAL_SERVER_EXCEPTION, &SERVICE_QUOTA_EXCEEDED_EXCEPTION, &THROTTLING_EXCEPTION, &VALIDATION_EXCEPTION] },
    Operation { name: "DeleteSchedule", method: "DELETE", uri: "/schedules/{Name}", status: 200, input: &DELETE_SCHEDULE_INPUT, output: &DELETE_SCHEDULE_OUTPUT, result_wrapper: None, errors: &[&CONFLICT_EXCEPTION, &INTERNAL_SERVER_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION, &SERVICE_QUOTA_EXCEEDED_EXCEPTION, &THROTTLING_EXCEPTION, &VALIDATION_EXCEPTION] },
    Operation { name: "DeleteScheduleGroup", method: "DELETE", uri: "/schedule-groups/{Name}", status: 200, input: &DELETE_SCHEDULE_GROUP_INPUT, output: &DELETE_SCHEDULE_GROUP_OUTPUT, result_wrapper: None, errors: &[&CONFLICT_EXCEPTION, &INTERNAL_SERVER_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION, &THROTTLING_EXCEPTION, &VALIDATION_EXCEPTION] },
    Operation { name: "GetSchedule", method: "GET", uri: "/schedules/{Name}", status: 200, input: &GET_SCHEDULE_INPUT, output: &GET_SCHEDULE_OUTPUT, result_wrapper: None, errors: &[&INTERNAL_SERVER_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION, &SERVICE_QUOTA_EXCEEDED_EXCEPTION, &THROTTLING_EXCEPTION, &VALIDATION_EXCEPTION] },
    Operation { name: "GetScheduleGroup", method: "GET", uri: "/schedule-groups/{Name}", status: 200, input: &GET_SCHEDULE_GROUP_INPUT, output: &GET_SCHEDULE_GROUP_OUTPUT, result_wrapper: None, errors: &[&INTERNAL_SERVER_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION, &THROTTLING_EXCEPTION, &VALIDATION_EXCEPTION] },
    Operation { name: "ListScheduleGroups", method: "GET", uri: "/schedule-groups", status: 200, input: &LIST_SCHEDULE_GROUPS_INPUT, output: &LIST_SCHEDULE_GROUPS_OUTPUT, result_wrapper: None, errors: &[&INTERNAL_SERVER_EXCEPTION, &THROTTLING_EXCEPTION, &VALIDATION_EXCEPTION] },
    Operation { name: "ListSchedules", method: "GET", uri: "/schedules", status: 200, input: &LIST_SCHEDULES_INPUT, output: &LIST_SCHEDULES_OUTPUT, result_wrapper: None, errors: &[&INTERNAL_SERVER_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION, &THROTTLING_EXCEPTION, &VALIDATION_EXCEPTION] },
    Operation { name: "ListTagsForResource", method: "GET", uri: "/tags/{ResourceArn}", status: 200, input: &LIST_TAGS_FOR_RESOURCE_INPUT, output: &LIST_TAGS_FOR_RESOURCE_OUTPUT, result_wrapper: None, errors: &[&INTERNAL_SERVER_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION, &THROTTLING_EXCEPTION, &VALIDATION_EXCEPTION] },
    Operation { name: "TagResource", method: "POST", uri: "/tags/{ResourceArn}", status: 200, input: &TAG_RESOURCE_INPUT, output: &TAG_RESOURCE_OUTPUT, result_wrapper: None, errors: &[&CONFLICT_EXCEPTION, &INTERNAL_SERVER_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION, &THROTTLING_EXCEPTION, &VALIDATION_EXCEPTION] },
    Operation { name: "UntagResource", method: "DELETE", uri: "/tags/{ResourceArn}", status: 200, input: &UNTAG_RESOURCE_INPUT, output: &UNTAG_RESOURCE_OUTPUT, result_wrapper: None, errors: &[&CONFLICT_EXCEPTION, &INTERNAL_SERVER_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION, &THROTTLING_EXCEPTION, &VALIDATION_EXCEPTION] },
    Operation { name: "UpdateSchedule", method: "PUT", uri: "/schedules/{Name}", status: 200, input: &UPDATE_SCHEDULE_INPUT, output: &UPDATE_SCHEDULE_OUTPUT, result_wrapper: None, errors: &[&CONFLICT_EXCEPTION, &INTERNAL_SERVER_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION, &SERVICE_QUOTA_EXCEEDED_EXCEPTION, &THROTTLING_EXCEPTION, &VALIDATION_EXCEPTION] },
];

pub static ACTION_AFTER_COMPLETION: Shape = s("ActionAfterCompletion", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["NONE", "DELETE"] });
pub static ASSIGN_PUBLIC_IP: Shape = s("AssignPublicIp", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["ENABLED", "DISABLED"] });
pub static AWS_VPC_CONFIGURATION: Shape = s("AwsVpcConfiguration", Kind::Structure, &[r("Subnets", &SUBNETS), o("SecurityGroups", &SECURITY_GROUPS), o("AssignPublicIp", &ASSIGN_PUBLIC_IP)]);
pub static CAPACITY_PROVIDER: Shape = s("CapacityProvider", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(255.0), pattern: None, values: &[] });
pub static CAPACITY_PROVIDER_STRATEGY: Shape = s("CapacityProviderStrategy", Kind::List, &[o("member", &CAPACITY_PROVIDER_STRATEGY_ITEM)]).rules(&Rules { min: Some(0.0), max: Some(6.0), pattern: None, values: &[] });
pub static CAPACITY_PROVIDER_STRATEGY_ITEM: Shape = s("CapacityProviderStrategyItem", Kind::Structure, &[r("capacityProvider", &CAPACITY_PROVIDER), o("weight", &CAPACITY_PROVIDER_STRATEGY_ITEM_WEIGHT), o("base", &CAPACITY_PROVIDER_STRATEGY_ITEM_BASE)]);
pub static CAPACITY_PROVIDER_STRATEGY_ITEM_BASE: Shape = s("CapacityProviderStrategyItemBase", Kind::Integer, &[]).rules(&Rules { min: Some(0.0), max: Some(100000.0), pattern: None, values: &[] });
pub static CAPACITY_PROVIDER_STRATEGY_ITEM_WEIGHT: Shape = s("CapacityProviderStrategyItemWeight", Kind::Integer, &[]).rules(&Rules { min: Some(0.0), max: Some(1000.0), pattern: None, values: &[] });
pub static CLIENT_TOKEN: Shape = s("ClientToken", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(64.0), pattern: Some("[a-zA-Z0-9-_]+"), values: &[] });
pub static CONFLICT_EXCEPTION: Shape = s("ConflictException", Kind::Structure, &[r("Message", &STRING)]).traits(&Traits { error: Some(&ErrorTraits { code: None, status: Some(409), receiver: false }), ..NONE });
pub static CREATE_SCHEDULE_GROUP_INPUT: Shape = s("CreateScheduleGroupInput", Kind::Structure, &[r("Name", &SCHEDULE_GROUP_NAME).traits(&Traits { location: Location::Uri, ..NONE }), o("Tags", &TAG_LIST), o("ClientToken", &CLIENT_TOKEN).traits(&Traits { idempotency_token: true, ..NONE })]);
pub static CREATE_SCHEDULE_GROUP_OUTPUT: Shape = s("CreateScheduleGroupOutput", Kind::Structure, &[r("ScheduleGroupArn", &SCHEDULE_GROUP_ARN)]);
pub static CREATE_SCHEDULE_INPUT: Shape = s("CreateScheduleInput", Kind::Structure, &[r("Name", &NAME).traits(&Traits { location: Location::Uri, ..NONE }), o("GroupName", &SCHEDULE_GROUP_NAME), r("ScheduleExpression", &SCHEDULE_EXPRESSION), o("StartDate", &START_DATE), o("EndDate", &END_DATE), o("Description", &DESCRIPTION), o("ScheduleExpressionTimezone", &SCHEDULE_EXPRESSION_TIMEZONE), o("State", &SCHEDULE_STATE), o("KmsKeyArn", &KMS_KEY_ARN), r("Target", &TARGET), r("FlexibleTimeWindow", &FLEXIBLE_TIME_WINDOW), o("ClientToken", &CLIENT_TOKEN).traits(&Traits { idempotency_token: true, ..NONE }), o("ActionAfterCompletion", &ACTION_AFTER_COMPLETION)]);
pub static CREATE_SCHEDULE_OUTPUT: Shape = s("CreateScheduleOutput", Kind::Structure, &[r("ScheduleArn", &SCHEDULE_ARN)]);
pub static CREATION_DATE: Shape = s("CreationDate", Kind::Timestamp, &[]);
pub static DEAD_LETTER_CONFIG: Shape = s("DeadLetterConfig", Kind::Structure, &[o("Arn", &DEAD_LETTER_CONFIG_ARN_STRING)]);
pub static DEAD_LETTER_CONFIG_ARN_STRING: Shape = s("DeadLetterConfigArnString", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1600.0), pattern: Some("arn:aws[a-z-]*:sqs:[a-z0-9\\-]+:\\d{12}:[a-zA-Z0-9\\-_]+"), values: &[] });
pub static DELETE_SCHEDULE_GROUP_INPUT: Shape = s("DeleteScheduleGroupInput", Kind::Structure, &[r("Name", &SCHEDULE_GROUP_NAME).traits(&Traits { location: Location::Uri, ..NONE }), ow("ClientToken", &CLIENT_TOKEN, "clientToken").traits(&Traits { location: Location::Query, idempotency_token: true, ..NONE })]);
pub static DELETE_SCHEDULE_GROUP_OUTPUT: Shape = s("DeleteScheduleGroupOutput", Kind::Structure, &[]);
pub static DELETE_SCHEDULE_INPUT: Shape = s("DeleteScheduleInput", Kind::Structure, &[r("Name", &NAME).traits(&Traits { location: Location::Uri, ..NONE }), ow("GroupName", &SCHEDULE_GROUP_NAME, "groupName").traits(&Traits { location: Location::Query, ..NONE }), ow("ClientToken", &CLIENT_TOKEN, "clientToken").traits(&Traits { location: Location::Query, idempotency_token: true, ..NONE })]);
pub static DELETE_SCHEDULE_OUTPUT: Shape = s("DeleteScheduleOutput", Kind::Structure, &[]);
pub static DESCRIPTION: Shape = s("Description", Kind::String, &[]).rules(&Rules { min: Some(0.0), max: Some(512.0), pattern: None, values: &[] });
pub static DETAIL_TYPE: Shape = s("DetailType", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(128.0), pattern: None, values: &[] });
pub static ECS_PARAMETERS: Shape = s("EcsParameters", Kind::Structure, &[r("TaskDefinitionArn", &TASK_DEFINITION_ARN), o("TaskCount", &TASK_COUNT), o("LaunchType", &LAUNCH_TYPE), o("NetworkConfiguration", &NETWORK_CONFIGURATION), o("PlatformVersion", &PLATFORM_VERSION), o("Group", &GROUP), o("CapacityProviderStrategy", &CAPACITY_PROVIDER_STRATEGY), o("EnableECSManagedTags", &ENABLE_ECS_MANAGED_TAGS), o("EnableExecuteCommand", &ENABLE_EXECUTE_COMMAND), o("PlacementConstraints", &PLACEMENT_CONSTRAINTS), o("PlacementStrategy", &PLACEMENT_STRATEGIES), o("PropagateTags", &PROPAGATE_TAGS), o("ReferenceId", &REFERENCE_ID), o("Tags", &TAGS)]);
pub static ENABLE_ECS_MANAGED_TAGS: Shape = s("EnableECSManagedTags", Kind::Boolean, &[]);
pub static ENABLE_EXECUTE_COMMAND: Shape = s("EnableExecuteCommand", Kind::Boolean, &[]);
pub static END_DATE: Shape = s("EndDate", Kind::Timestamp, &[]);
pub static EVENT_BRIDGE_METADATA_KEY: Shape = s("EventBridgeMetadataKey", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(128.0), pattern: Some("[^/]+"), values: &[] });
pub static EVENT_BRIDGE_METADATA_MAP: Shape = s("EventBridgeMetadataMap", Kind::Map, &[o("key", &EVENT_BRIDGE_METADATA_KEY), o("value", &EVENT_BRIDGE_METADATA_VALUE)]).rules(&Rules { min: Some(0.0), max: Some(100.0), pattern: None, values: &[] });
pub static EVENT_BRIDGE_METADATA_VALUE: Shape = s("EventBridgeMetadataValue", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: None, pattern: None, values: &[] });
pub static EVENT_BRIDGE_PARAMETERS: Shape = s("EventBridgeParameters", Kind::Structure, &[r("DetailType", &DETAIL_TYPE), r("Source", &SOURCE)]);
pub static EVENT_BRIDGE_PUT_EVENTS_V2_PARAMETERS: Shape = s("EventBridgePutEventsV2Parameters", Kind::Structure, &[r("DetailType", &DETAIL_TYPE), r("Source", &SOURCE)]);
pub static EVENT_BRIDGE_PUT_RAW_EVENTS_PARAMETERS: Shape = s("EventBridgePutRawEventsParameters", Kind::Structure, &[o("Metadata", &EVENT_BRIDGE_METADATA_MAP)]);
pub static FLEXIBLE_TIME_WINDOW: Shape = s("FlexibleTimeWindow", Kind::Structure, &[r("Mode", &FLEXIBLE_TIME_WINDOW_MODE), o("MaximumWindowInMinutes", &MAXIMUM_WINDOW_IN_MINUTES)]);
pub static FLEXIBLE_TIME_WINDOW_MODE: Shape = s("FlexibleTimeWindowMode", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["OFF", "FLEXIBLE"] });
pub static GET_SCHEDULE_GROUP_INPUT: Shape = s("GetScheduleGroupInput", Kind::Structure, &[r("Name", &SCHEDULE_GROUP_NAME).traits(&Traits { location: Location::Uri, ..NONE })]);
pub static GET_SCHEDULE_GROUP_OUTPUT: Shape = s("GetScheduleGroupOutput", Kind::Structure, &[o("Arn", &SCHEDULE_GROUP_ARN), o("Name", &SCHEDULE_GROUP_NAME), o("State", &SCHEDULE_GROUP_STATE), o("CreationDate", &CREATION_DATE), o("LastModificationDate", &LAST_MODIFICATION_DATE)]);
pub static GET_SCHEDULE_INPUT: Shape = s("GetScheduleInput", Kind::Structure, &[r("Name", &NAME).traits(&Traits { location: Location::Uri, ..NONE }), ow("GroupName", &SCHEDULE_GROUP_NAME, "groupName").traits(&Traits { location: Location::Query, ..NONE })]);
pub static GET_SCHEDULE_OUTPUT: Shape = s("GetScheduleOutput", Kind::Structure, &[o("Arn", &SCHEDULE_ARN), o("GroupName", &SCHEDULE_GROUP_NAME), o("Name", &NAME), o("ScheduleExpression", &SCHEDULE_EXPRESSION), o("StartDate", &START_DATE), o("EndDate", &END_DATE), o("Description", &DESCRIPTION), o("ScheduleExpressionTimezone", &SCHEDULE_EXPRESSION_TIMEZONE), o("State", &SCHEDULE_STATE), o("CreationDate", &CREATION_DATE), o("LastModificationDate", &LAST_MODIFICATION_DATE), o("KmsKeyArn", &KMS_KEY_ARN), o("Target", &TARGET), o("FlexibleTimeWindow", &FLEXIBLE_TIME_WINDOW), o("ActionAfterCompletion", &ACTION_AFTER_COMPLETION)]);
pub static GROUP: Shape = s("Group", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(255.0), pattern: None, values: &[] });
pub static INTERNAL_SERVER_EXCEPTION: Shape = s("InternalServerException", Kind::Structure, &[r("Message", &STRING)]).traits(&Traits { error: Some(&ErrorTraits { code: None, status: Some(500), receiver: true }), ..NONE });
pub static KINESIS_PARAMETERS: Shape = s("KinesisParameters", Kind::Structure, &[r("PartitionKey", &TARGET_PARTITION_KEY)]);
pub static KMS_KEY_ARN: Shape = s("KmsKeyArn", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(2048.0), pattern: Some("arn:aws[a-z-]*:kms:[a-z0-9\\-]+:\\d{12}:(key|alias)\\/[0-9a-zA-Z-_]*"), values: &[] });
pub static LAST_MODIFICATION_DATE: Shape = s("LastModificationDate", Kind::Timestamp, &[]);
pub static LAUNCH_TYPE: Shape = s("LaunchType", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["EC2", "FARGATE", "EXTERNAL"] });
pub static LIST_SCHEDULE_GROUPS_INPUT: Shape = s("ListScheduleGroupsInput", Kind::Structure, &[o("NamePrefix", &SCHEDULE_GROUP_NAME_PREFIX).traits(&Traits { location: Location::Query, ..NONE }), o("NextToken", &NEXT_TOKEN).traits(&Traits { location: Location::Query, ..NONE }), o("MaxResults", &MAX_RESULTS).traits(&Traits { location: Location::Query, ..NONE })]);
pub static LIST_SCHEDULE_GROUPS_OUTPUT: Shape = s("ListScheduleGroupsOutput", Kind::Structure, &[o("NextToken", &NEXT_TOKEN), r("ScheduleGroups", &SCHEDULE_GROUP_LIST)]);
pub static LIST_SCHEDULES_INPUT: Shape = s("ListSchedulesInput", Kind::Structure, &[ow("GroupName", &SCHEDULE_GROUP_NAME, "ScheduleGroup").traits(&Traits { location: Location::Query, ..NONE }), o("NamePrefix", &NAME_PREFIX).traits(&Traits { location: Location::Query, ..NONE }), o("State", &SCHEDULE_STATE).traits(&Traits { location: Location::Query, ..NONE }), o("NextToken", &NEXT_TOKEN).traits(&Traits { location: Location::Query, ..NONE }), o("MaxResults", &MAX_RESULTS).traits(&Traits { location: Location::Query, ..NONE })]);
pub static LIST_SCHEDULES_OUTPUT: Shape = s("ListSchedulesOutput", Kind::Structure, &[o("NextToken", &NEXT_TOKEN), r("Schedules", &SCHEDULE_LIST)]);
pub static LIST_TAGS_FOR_RESOURCE_INPUT: Shape = s("ListTagsForResourceInput", Kind::Structure, &[r("ResourceArn", &TAG_RESOURCE_ARN).traits(&Traits { location: Location::Uri, ..NONE })]);
pub static LIST_TAGS_FOR_RESOURCE_OUTPUT: Shape = s("ListTagsForResourceOutput", Kind::Structure, &[o("Tags", &TAG_LIST)]);
pub static MAX_RESULTS: Shape = s("MaxResults", Kind::Integer, &[]).rules(&Rules { min: Some(1.0), max: Some(100.0), pattern: None, values: &[] });
pub static MAXIMUM_EVENT_AGE_IN_SECONDS: Shape = s("MaximumEventAgeInSeconds", Kind::Integer, &[]).rules(&Rules { min: Some(60.0), max: Some(86400.0), pattern: None, values: &[] });
pub static MAXIMUM_RETRY_ATTEMPTS: Shape = s("MaximumRetryAttempts", Kind::Integer, &[]).rules(&Rules { min: Some(0.0), max: Some(185.0), pattern: None, values: &[] });
pub static MAXIMUM_WINDOW_IN_MINUTES: Shape = s("MaximumWindowInMinutes", Kind::Integer, &[]).rules(&Rules { min: Some(1.0), max: Some(1440.0), pattern: None, values: &[] });
pub static MESSAGE_GROUP_ID: Shape = s("MessageGroupId", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(128.0), pattern: None, values: &[] });
pub static NAME: Shape = s("Name", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(64.0), pattern: Some("[0-9a-zA-Z-_.]+"), values: &[] });
pub static NAME_PREFIX: Shape = s("NamePrefix", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(64.0), pattern: Some("[0-9a-zA-Z-_.]+"), values: &[] });
pub static NETWORK_CONFIGURATION: Shape = s("NetworkConfiguration", Kind::Structure, &[o("awsvpcConfiguration", &AWS_VPC_CONFIGURATION)]);
pub static NEXT_TOKEN: Shape = s("NextToken", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(2048.0), pattern: None, values: &[] });
pub static PLACEMENT_CONSTRAINT: Shape = s("PlacementConstraint", Kind::Structure, &[o("type", &PLACEMENT_CONSTRAINT_TYPE), o("expression", &PLACEMENT_CONSTRAINT_EXPRESSION)]);
pub static PLACEMENT_CONSTRAINT_EXPRESSION: Shape = s("PlacementConstraintExpression", Kind::String, &[]).rules(&Rules { min: Some(0.0), max: Some(2000.0), pattern: None, values: &[] });
pub static PLACEMENT_CONSTRAINT_TYPE: Shape = s("PlacementConstraintType", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["distinctInstance", "memberOf"] });
pub static PLACEMENT_CONSTRAINTS: Shape = s("PlacementConstraints", Kind::List, &[o("member", &PLACEMENT_CONSTRAINT)]).rules(&Rules { min: Some(0.0), max: Some(10.0), pattern: None, values: &[] });
pub static PLACEMENT_STRATEGIES: Shape = s("PlacementStrategies", Kind::List, &[o("member", &PLACEMENT_STRATEGY)]).rules(&Rules { min: Some(0.0), max: Some(5.0), pattern: None, values: &[] });
pub static PLACEMENT_STRATEGY: Shape = s("PlacementStrategy", Kind::Structure, &[o("type", &PLACEMENT_STRATEGY_TYPE), o("field", &PLACEMENT_STRATEGY_FIELD)]);
pub static PLACEMENT_STRATEGY_FIELD: Shape = s("PlacementStrategyField", Kind::String, &[]).rules(&Rules { min: Some(0.0), max: Some(255.0), pattern: None, values: &[] });
pub static PLACEMENT_STRATEGY_TYPE: Shape = s("PlacementStrategyType", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["random", "spread", "binpack"] });
pub static PLATFORM_VERSION: Shape = s("PlatformVersion", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(64.0), pattern: None, values: &[] });
pub static PROPAGATE_TAGS: Shape = s("PropagateTags", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["TASK_DEFINITION"] });
pub static REFERENCE_ID: Shape = s("ReferenceId", Kind::String, &[]).rules(&Rules { min: Some(0.0), max: Some(1024.0), pattern: None, values: &[] });
pub static RESOURCE_NOT_FOUND_EXCEPTION: Shape = s("ResourceNotFoundException", Kind::Structure, &[r("Message", &STRING)]).traits(&Traits { error: Some(&ErrorTraits { code: None, status: Some(404), receiver: false }), ..NONE });
pub static RETRY_POLICY: Shape = s("RetryPolicy", Kind::Structure, &[o("MaximumEventAgeInSeconds", &MAXIMUM_EVENT_AGE_IN_SECONDS), o("MaximumRetryAttempts", &MAXIMUM_RETRY_ATTEMPTS)]);
pub static ROLE_ARN: Shape = s("RoleArn", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1600.0), pattern: Some("arn:aws[a-z-]*:iam::\\d{12}:role\\/[\\w+=,.@\\/-]+"), values: &[] });
pub static SAGE_MAKER_PIPELINE_PARAMETER: Shape = s("SageMakerPipelineParameter", Kind::Structure, &[r("Name", &SAGE_MAKER_PIPELINE_PARAMETER_NAME), r("Value", &SAGE_MAKER_PIPELINE_PARAMETER_VALUE)]);
pub static SAGE_MAKER_PIPELINE_PARAMETER_LIST: Shape = s("SageMakerPipelineParameterList", Kind::List, &[o("member", &SAGE_MAKER_PIPELINE_PARAMETER)]).rules(&Rules { min: Some(0.0), max: Some(200.0), pattern: None, values: &[] });
pub static SAGE_MAKER_PIPELINE_PARAMETER_NAME: Shape = s("SageMakerPipelineParameterName", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(256.0), pattern: Some("[A-Za-z0-9\\-_]*"), values: &[] });
pub static SAGE_MAKER_PIPELINE_PARAMETER_VALUE: Shape = s("SageMakerPipelineParameterValue", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1024.0), pattern: None, values: &[] });
pub static SAGE_MAKER_PIPELINE_PARAMETERS: Shape = s("SageMakerPipelineParameters", Kind::Structure, &[o("PipelineParameterList", &SAGE_MAKER_PIPELINE_PARAMETER_LIST)]);
pub static SCHEDULE_ARN: Shape = s("ScheduleArn", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1224.0), pattern: Some("arn:aws[a-z-]*:scheduler:[a-z0-9\\-]+:\\d{12}:schedule\\/[0-9a-zA-Z-_.]+\\/[0-9a-zA-Z-_.]+"), values: &[] });
pub static SCHEDULE_EXPRESSION: Shape = s("ScheduleExpression", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(256.0), pattern: None, values: &[] });
pub static SCHEDULE_EXPRESSION_TIMEZONE: Shape = s("ScheduleExpressionTimezone", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(50.0), pattern: None, values: &[] });
pub static SCHEDULE_GROUP_ARN: Shape = s("ScheduleGroupArn", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1224.0), pattern: Some("arn:aws[a-z-]*:scheduler:[a-z0-9\\-]+:\\d{12}:schedule-group\\/[0-9a-zA-Z-_.]+"), values: &[] });
pub static SCHEDULE_GROUP_LIST: Shape = s("ScheduleGroupList", Kind::List, &[o("member", &SCHEDULE_GROUP_SUMMARY)]);
pub static SCHEDULE_GROUP_NAME: Shape = s("ScheduleGroupName", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(64.0), pattern: Some("[0-9a-zA-Z-_.]+"), values: &[] });
pub static SCHEDULE_GROUP_NAME_PREFIX: Shape = s("ScheduleGroupNamePrefix", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(64.0), pattern: Some("[0-9a-zA-Z-_.]+"), values: &[] });
pub static SCHEDULE_GROUP_STATE: Shape = s("ScheduleGroupState", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["ACTIVE", "DELETING"] });
pub static SCHEDULE_GROUP_SUMMARY: Shape = s("ScheduleGroupSummary", Kind::Structure, &[o("Arn", &SCHEDULE_GROUP_ARN), o("Name", &SCHEDULE_GROUP_NAME), o("State", &SCHEDULE_GROUP_STATE), o("CreationDate", &CREATION_DATE), o("LastModificationDate", &LAST_MODIFICATION_DATE)]);
pub static SCHEDULE_LIST: Shape = s("ScheduleList", Kind::List, &[o("member", &SCHEDULE_SUMMARY)]);
pub static SCHEDULE_STATE: Shape = s("ScheduleState", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["ENABLED", "DISABLED"] });
pub static SCHEDULE_SUMMARY: Shape = s("ScheduleSummary", Kind::Structure, &[o("Arn", &SCHEDULE_ARN), o("Name", &NAME), o("GroupName", &SCHEDULE_GROUP_NAME), o("State", &SCHEDULE_STATE), o("CreationDate", &CREATION_DATE), o("LastModificationDate", &LAST_MODIFICATION_DATE), o("Target", &TARGET_SUMMARY)]);
pub static SECURITY_GROUP: Shape = s("SecurityGroup", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1000.0), pattern: None, values: &[] });
pub static SECURITY_GROUPS: Shape = s("SecurityGroups", Kind::List, &[o("member", &SECURITY_GROUP)]).rules(&Rules { min: Some(1.0), max: Some(5.0), pattern: None, values: &[] });
pub static SERVICE_QUOTA_EXCEEDED_EXCEPTION: Shape = s("ServiceQuotaExceededException", Kind::Structure, &[r("Message", &STRING)]).traits(&Traits { error: Some(&ErrorTraits { code: None, status: Some(402), receiver: false }), ..NONE });
pub static SOURCE: Shape = s("Source", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(256.0), pattern: Some("(?=[/\\.\\-_A-Za-z0-9]+)((?!aws\\.).*)|(\\$(\\.[\\w_-]+(\\[(\\d+|\\*)\\])*)*)"), values: &[] });
pub static SQS_PARAMETERS: Shape = s("SqsParameters", Kind::Structure, &[o("MessageGroupId", &MESSAGE_GROUP_ID)]);
pub static START_DATE: Shape = s("StartDate", Kind::Timestamp, &[]);
pub static STRING: Shape = s("String", Kind::String, &[]);
pub static SUBNET: Shape = s("Subnet", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1000.0), pattern: None, values: &[] });
pub static SUBNETS: Shape = s("Subnets", Kind::List, &[o("member", &SUBNET)]).rules(&Rules { min: Some(1.0), max: Some(16.0), pattern: None, values: &[] });
pub static TAG: Shape = s("Tag", Kind::Structure, &[r("Key", &TAG_KEY), r("Value", &TAG_VALUE)]);
pub static TAG_KEY: Shape = s("TagKey", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(128.0), pattern: None, values: &[] });
pub static TAG_KEY_LIST: Shape = s("TagKeyList", Kind::List, &[o("member", &TAG_KEY)]).rules(&Rules { min: Some(0.0), max: Some(200.0), pattern: None, values: &[] });
pub static TAG_LIST: Shape = s("TagList", Kind::List, &[o("member", &TAG)]).rules(&Rules { min: Some(0.0), max: Some(200.0), pattern: None, values: &[] });
pub static TAG_MAP: Shape = s("TagMap", Kind::Map, &[o("key", &TAG_KEY), o("value", &TAG_VALUE)]);
pub static TAG_RESOURCE_ARN: Shape = s("TagResourceArn", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1011.0), pattern: Some("arn:aws[a-z-]*:scheduler:[a-z0-9\\-]+:\\d{12}:schedule-group\\/[0-9a-zA-Z-_.]+"), values: &[] });
pub static TAG_RESOURCE_INPUT: Shape = s("TagResourceInput", Kind::Structure, &[r("ResourceArn", &TAG_RESOURCE_ARN).traits(&Traits { location: Location::Uri, ..NONE }), r("Tags", &TAG_LIST)]);
pub static TAG_RESOURCE_OUTPUT: Shape = s("TagResourceOutput", Kind::Structure, &[]);
pub static TAG_VALUE: Shape = s("TagValue", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(256.0), pattern: None, values: &[] });
pub static TAGS: Shape = s("Tags", Kind::List, &[o("member", &TAG_MAP)]).rules(&Rules { min: Some(0.0), max: Some(50.0), pattern: None, values: &[] });
pub static TARGET: Shape = s("Target", Kind::Structure, &[r("Arn", &TARGET_ARN), r("RoleArn", &ROLE_ARN), o("DeadLetterConfig", &DEAD_LETTER_CONFIG), o("RetryPolicy", &RETRY_POLICY), o("Input", &TARGET_INPUT), o("EcsParameters", &ECS_PARAMETERS), o("EventBridgeParameters", &EVENT_BRIDGE_PARAMETERS), o("EventBridgePutEventsV2Parameters", &EVENT_BRIDGE_PUT_EVENTS_V2_PARAMETERS), o("EventBridgePutRawEventsParameters", &EVENT_BRIDGE_PUT_RAW_EVENTS_PARAMETERS), o("KinesisParameters", &KINESIS_PARAMETERS), o("SageMakerPipelineParameters", &SAGE_MAKER_PIPELINE_PARAMETERS), o("SqsParameters", &SQS_PARAMETERS)]);
pub static TARGET_ARN: Shape = s("TargetArn", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1600.0), pattern: None, values: &[] });
pub static TARGET_INPUT: Shape = s("TargetInput", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: None, pattern: None, values: &[] });
pub static TARGET_PARTITION_KEY: Shape = s("TargetPartitionKey", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(256.0), pattern: None, values: &[] });
pub static TARGET_SUMMARY: Shape = s("TargetSummary", Kind::Structure, &[r("Arn", &TARGET_ARN)]);
pub static TASK_COUNT: Shape = s("TaskCount", Kind::Integer, &[]).rules(&Rules { min: Some(1.0), max: Some(10.0), pattern: None, values: &[] });
pub static TASK_DEFINITION_ARN: Shape = s("TaskDefinitionArn", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1600.0), pattern: None, values: &[] });
pub static THROTTLING_EXCEPTION: Shape = s("ThrottlingException", Kind::Structure, &[r("Message", &STRING)]).traits(&Traits { error: Some(&ErrorTraits { code: None, status: Some(429), receiver: false }), ..NONE });
pub static UNTAG_RESOURCE_INPUT: Shape = s("UntagResourceInput", Kind::Structure, &[r("ResourceArn", &TAG_RESOURCE_ARN).traits(&Traits { location: Location::Uri, ..NONE }), r("TagKeys", &TAG_KEY_LIST).traits(&Traits { location: Location::Query, ..NONE })]);
pub static UNTAG_RESOURCE_OUTPUT: Shape = s("UntagResourceOutput", Kind::Structure, &[]);
pub static UPDATE_SCHEDULE_INPUT: Shape = s("UpdateScheduleInput", Kind::Structure, &[r("Name", &NAME).traits(&Traits { location: Location::Uri, ..NONE }), o("GroupName", &SCHEDULE_GROUP_NAME), r("ScheduleExpression", &SCHEDULE_EXPRESSION), o("StartDate", &START_DATE), o("EndDate", &END_DATE), o("Description", &DESCRIPTION), o("ScheduleExpressionTimezone", &SCHEDULE_EXPRESSION_TIMEZONE), o("State", &SCHEDULE_STATE), o("KmsKeyArn", &KMS_KEY_ARN), r("Target", &TARGET), r("FlexibleTimeWindow", &FLEXIBLE_TIME_WINDOW), o("ClientToken", &CLIENT_TOKEN).traits(&Traits { idempotency_token: true, ..NONE }), o("ActionAfterCompletion", &ACTION_AFTER_COMPLETION)]);
pub static UPDATE_SCHEDULE_OUTPUT: Shape = s("UpdateScheduleOutput", Kind::Structure, &[r("ScheduleArn", &SCHEDULE_ARN)]);
pub static VALIDATION_EXCEPTION: Shape = s("ValidationException", Kind::Structure, &[r("Message", &STRING)]).traits(&Traits { error: Some(&ErrorTraits { code: None, status: Some(400), receiver: false }), ..NONE });
