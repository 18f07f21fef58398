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

const fn k(name: &'static str, members: &'static str) -> Known {
    Known::new(&SERVICE, name, members)
}

pub const AWS_VPC_CONFIGURATION: Known = k("AwsVpcConfiguration", "Subnets!list SecurityGroups?list AssignPublicIp?string");
pub const CAPACITY_PROVIDER_STRATEGY_ITEM: Known = k("CapacityProviderStrategyItem", "capacityProvider!string weight?integer base?integer");
pub const CONFLICT_EXCEPTION: Known = k("ConflictException", "Message!string");
pub const CREATE_SCHEDULE_GROUP_INPUT: Known = k("CreateScheduleGroupInput", "Name!string Tags?list ClientToken?string");
pub const CREATE_SCHEDULE_GROUP_OUTPUT: Known = k("CreateScheduleGroupOutput", "ScheduleGroupArn!string");
pub const CREATE_SCHEDULE_INPUT: Known = k("CreateScheduleInput", "Name!string GroupName?string ScheduleExpression!string StartDate?timestamp EndDate?timestamp Description?string ScheduleExpressionTimezone?string State?string KmsKeyArn?string Target!structure FlexibleTimeWindow!structure ClientToken?string ActionAfterCompletion?string");
pub const CREATE_SCHEDULE_OUTPUT: Known = k("CreateScheduleOutput", "ScheduleArn!string");
pub const DEAD_LETTER_CONFIG: Known = k("DeadLetterConfig", "Arn?string");
pub const DELETE_SCHEDULE_GROUP_INPUT: Known = k("DeleteScheduleGroupInput", "Name!string ClientToken?string");
pub const DELETE_SCHEDULE_GROUP_OUTPUT: Known = k("DeleteScheduleGroupOutput", "");
pub const DELETE_SCHEDULE_INPUT: Known = k("DeleteScheduleInput", "Name!string GroupName?string ClientToken?string");
pub const DELETE_SCHEDULE_OUTPUT: Known = k("DeleteScheduleOutput", "");
pub const ECS_PARAMETERS: Known = k("EcsParameters", "TaskDefinitionArn!string TaskCount?integer LaunchType?string NetworkConfiguration?structure PlatformVersion?string Group?string CapacityProviderStrategy?list EnableECSManagedTags?boolean EnableExecuteCommand?boolean PlacementConstraints?list PlacementStrategy?list PropagateTags?string ReferenceId?string Tags?list");
pub const EVENT_BRIDGE_PARAMETERS: Known = k("EventBridgeParameters", "DetailType!string Source!string");
pub const EVENT_BRIDGE_PUT_EVENTS_V2_PARAMETERS: Known = k("EventBridgePutEventsV2Parameters", "DetailType!string Source!string");
pub const EVENT_BRIDGE_PUT_RAW_EVENTS_PARAMETERS: Known = k("EventBridgePutRawEventsParameters", "Metadata?map");
pub const FLEXIBLE_TIME_WINDOW: Known = k("FlexibleTimeWindow", "Mode!string MaximumWindowInMinutes?integer");
pub const GET_SCHEDULE_GROUP_INPUT: Known = k("GetScheduleGroupInput", "Name!string");
pub const GET_SCHEDULE_GROUP_OUTPUT: Known = k("GetScheduleGroupOutput", "Arn?string Name?string State?string CreationDate?timestamp LastModificationDate?timestamp");
pub const GET_SCHEDULE_INPUT: Known = k("GetScheduleInput", "Name!string GroupName?string");
pub const GET_SCHEDULE_OUTPUT: Known = k("GetScheduleOutput", "Arn?string GroupName?string Name?string ScheduleExpression?string StartDate?timestamp EndDate?timestamp Description?string ScheduleExpressionTimezone?string State?string CreationDate?timestamp LastModificationDate?timestamp KmsKeyArn?string Target?structure FlexibleTimeWindow?structure ActionAfterCompletion?string");
pub const INTERNAL_SERVER_EXCEPTION: Known = k("InternalServerException", "Message!string");
pub const KINESIS_PARAMETERS: Known = k("KinesisParameters", "PartitionKey!string");
pub const LIST_SCHEDULE_GROUPS_INPUT: Known = k("ListScheduleGroupsInput", "NamePrefix?string NextToken?string MaxResults?integer");
pub const LIST_SCHEDULE_GROUPS_OUTPUT: Known = k("ListScheduleGroupsOutput", "NextToken?string ScheduleGroups!list");
pub const LIST_SCHEDULES_INPUT: Known = k("ListSchedulesInput", "GroupName?string NamePrefix?string State?string NextToken?string MaxResults?integer");
pub const LIST_SCHEDULES_OUTPUT: Known = k("ListSchedulesOutput", "NextToken?string Schedules!list");
pub const LIST_TAGS_FOR_RESOURCE_INPUT: Known = k("ListTagsForResourceInput", "ResourceArn!string");
pub const LIST_TAGS_FOR_RESOURCE_OUTPUT: Known = k("ListTagsForResourceOutput", "Tags?list");
pub const NETWORK_CONFIGURATION: Known = k("NetworkConfiguration", "awsvpcConfiguration?structure");
pub const PLACEMENT_CONSTRAINT: Known = k("PlacementConstraint", "type?string expression?string");
pub const PLACEMENT_STRATEGY: Known = k("PlacementStrategy", "type?string field?string");
pub const RESOURCE_NOT_FOUND_EXCEPTION: Known = k("ResourceNotFoundException", "Message!string");
pub const RETRY_POLICY: Known = k("RetryPolicy", "MaximumEventAgeInSeconds?integer MaximumRetryAttempts?integer");
pub const SAGE_MAKER_PIPELINE_PARAMETER: Known = k("SageMakerPipelineParameter", "Name!string Value!string");
pub const SAGE_MAKER_PIPELINE_PARAMETERS: Known = k("SageMakerPipelineParameters", "PipelineParameterList?list");
pub const SCHEDULE_GROUP_SUMMARY: Known = k("ScheduleGroupSummary", "Arn?string Name?string State?string CreationDate?timestamp LastModificationDate?timestamp");
pub const SCHEDULE_SUMMARY: Known = k("ScheduleSummary", "Arn?string Name?string GroupName?string State?string CreationDate?timestamp LastModificationDate?timestamp Target?structure");
pub const SERVICE_QUOTA_EXCEEDED_EXCEPTION: Known = k("ServiceQuotaExceededException", "Message!string");
pub const SQS_PARAMETERS: Known = k("SqsParameters", "MessageGroupId?string");
pub const TAG: Known = k("Tag", "Key!string Value!string");
pub const TAG_RESOURCE_INPUT: Known = k("TagResourceInput", "ResourceArn!string Tags!list");
pub const TAG_RESOURCE_OUTPUT: Known = k("TagResourceOutput", "");
pub const TARGET: Known = k("Target", "Arn!string RoleArn!string DeadLetterConfig?structure RetryPolicy?structure Input?string EcsParameters?structure EventBridgeParameters?structure EventBridgePutEventsV2Parameters?structure EventBridgePutRawEventsParameters?structure KinesisParameters?structure SageMakerPipelineParameters?structure SqsParameters?structure");
pub const TARGET_SUMMARY: Known = k("TargetSummary", "Arn!string");
pub const THROTTLING_EXCEPTION: Known = k("ThrottlingException", "Message!string");
pub const UNTAG_RESOURCE_INPUT: Known = k("UntagResourceInput", "ResourceArn!string TagKeys!list");
pub const UNTAG_RESOURCE_OUTPUT: Known = k("UntagResourceOutput", "");
pub const UPDATE_SCHEDULE_INPUT: Known = k("UpdateScheduleInput", "Name!string GroupName?string ScheduleExpression!string StartDate?timestamp EndDate?timestamp Description?string ScheduleExpressionTimezone?string State?string KmsKeyArn?string Target!structure FlexibleTimeWindow!structure ClientToken?string ActionAfterCompletion?string");
pub const UPDATE_SCHEDULE_OUTPUT: Known = k("UpdateScheduleOutput", "ScheduleArn!string");
pub const VALIDATION_EXCEPTION: Known = k("ValidationException", "Message!string");
