// @generated from botocore 1.44.5 (Apache-2.0); do not edit, run `cargo xtask import-models`.
//! Amazon EventBridge, API version 2015-10-07.

use std::sync::OnceLock;

use crate::shape::{Protocol, Service};
use crate::table::{Graph, Known, Table};

pub static SERVICE: Service = Service {
    id: "events",
    full_name: "Amazon EventBridge",
    signing_name: "events",
    endpoint_prefix: "events",
    version: "2015-10-07",
    protocols: &[Protocol::AwsJson11],
    target_prefix: Some("AWSEvents"),
    namespace: None,
    query_compatible: false,
    served: include_str!("../../operations/events.txt"),
    table: Table::new(include_str!("events.txt"), graph),
};

fn graph() -> &'static Graph {
    static GRAPH: OnceLock<Graph> = OnceLock::new();
    GRAPH.get_or_init(|| Graph::read(SERVICE.table.text()))
}

const fn k(name: &'static str, members: &'static str) -> Known {
    Known::new(&SERVICE, name, members)
}

pub const ACCESS_DENIED_EXCEPTION: Known = k("AccessDeniedException", "");
pub const ACTIVATE_EVENT_SOURCE_REQUEST: Known = k("ActivateEventSourceRequest", "Name!string");
pub const API_DESTINATION: Known = k("ApiDestination", "ApiDestinationArn?string Name?string ApiDestinationState?string ConnectionArn?string InvocationEndpoint?string HttpMethod?string InvocationRateLimitPerSecond?integer CreationTime?timestamp LastModifiedTime?timestamp");
pub const APP_SYNC_PARAMETERS: Known = k("AppSyncParameters", "GraphQLOperation?string");
pub const ARCHIVE: Known = k("Archive", "ArchiveName?string EventSourceArn?string State?string StateReason?string RetentionDays?integer SizeBytes?long EventCount?long CreationTime?timestamp");
pub const AWS_VPC_CONFIGURATION: Known = k("AwsVpcConfiguration", "Subnets!list SecurityGroups?list AssignPublicIp?string");
pub const BATCH_ARRAY_PROPERTIES: Known = k("BatchArrayProperties", "Size?integer");
pub const BATCH_PARAMETERS: Known = k("BatchParameters", "JobDefinition!string JobName!string ArrayProperties?structure RetryStrategy?structure");
pub const BATCH_RETRY_STRATEGY: Known = k("BatchRetryStrategy", "Attempts?integer");
pub const CANCEL_REPLAY_REQUEST: Known = k("CancelReplayRequest", "ReplayName!string");
pub const CANCEL_REPLAY_RESPONSE: Known = k("CancelReplayResponse", "ReplayArn?string State?string StateReason?string");
pub const CAPACITY_PROVIDER_STRATEGY_ITEM: Known = k("CapacityProviderStrategyItem", "capacityProvider!string weight?integer base?integer");
pub const CONCURRENT_MODIFICATION_EXCEPTION: Known = k("ConcurrentModificationException", "");
pub const CONDITION: Known = k("Condition", "Type!string Key!string Value!string");
pub const CONNECTION: Known = k("Connection", "ConnectionArn?string Name?string ConnectionState?string StateReason?string AuthorizationType?string CreationTime?timestamp LastModifiedTime?timestamp LastAuthorizedTime?timestamp");
pub const CONNECTION_API_KEY_AUTH_RESPONSE_PARAMETERS: Known = k("ConnectionApiKeyAuthResponseParameters", "ApiKeyName?string");
pub const CONNECTION_AUTH_RESPONSE_PARAMETERS: Known = k("ConnectionAuthResponseParameters", "BasicAuthParameters?structure OAuthParameters?structure ApiKeyAuthParameters?structure InvocationHttpParameters?structure ConnectivityParameters?structure");
pub const CONNECTION_BASIC_AUTH_RESPONSE_PARAMETERS: Known = k("ConnectionBasicAuthResponseParameters", "Username?string");
pub const CONNECTION_BODY_PARAMETER: Known = k("ConnectionBodyParameter", "Key?string Value?string IsValueSecret?boolean");
pub const CONNECTION_HEADER_PARAMETER: Known = k("ConnectionHeaderParameter", "Key?string Value?string IsValueSecret?boolean");
pub const CONNECTION_HTTP_PARAMETERS: Known = k("ConnectionHttpParameters", "HeaderParameters?list QueryStringParameters?list BodyParameters?list");
pub const CONNECTION_O_AUTH_CLIENT_RESPONSE_PARAMETERS: Known = k("ConnectionOAuthClientResponseParameters", "ClientID?string");
pub const CONNECTION_O_AUTH_RESPONSE_PARAMETERS: Known = k("ConnectionOAuthResponseParameters", "ClientParameters?structure AuthorizationEndpoint?string HttpMethod?string OAuthHttpParameters?structure");
pub const CONNECTION_QUERY_STRING_PARAMETER: Known = k("ConnectionQueryStringParameter", "Key?string Value?string IsValueSecret?boolean");
pub const CONNECTIVITY_RESOURCE_CONFIGURATION_ARN: Known = k("ConnectivityResourceConfigurationArn", "ResourceConfigurationArn!string");
pub const CONNECTIVITY_RESOURCE_PARAMETERS: Known = k("ConnectivityResourceParameters", "ResourceParameters!structure");
pub const CREATE_API_DESTINATION_REQUEST: Known = k("CreateApiDestinationRequest", "Name!string Description?string ConnectionArn!string InvocationEndpoint!string HttpMethod!string InvocationRateLimitPerSecond?integer");
pub const CREATE_API_DESTINATION_RESPONSE: Known = k("CreateApiDestinationResponse", "ApiDestinationArn?string ApiDestinationState?string CreationTime?timestamp LastModifiedTime?timestamp");
pub const CREATE_ARCHIVE_REQUEST: Known = k("CreateArchiveRequest", "ArchiveName!string EventSourceArn!string Description?string EventPattern?string RetentionDays?integer KmsKeyIdentifier?string");
pub const CREATE_ARCHIVE_RESPONSE: Known = k("CreateArchiveResponse", "ArchiveArn?string State?string StateReason?string CreationTime?timestamp");
pub const CREATE_CONNECTION_API_KEY_AUTH_REQUEST_PARAMETERS: Known = k("CreateConnectionApiKeyAuthRequestParameters", "ApiKeyName!string ApiKeyValue!string");
pub const CREATE_CONNECTION_AUTH_REQUEST_PARAMETERS: Known = k("CreateConnectionAuthRequestParameters", "BasicAuthParameters?structure OAuthParameters?structure ApiKeyAuthParameters?structure InvocationHttpParameters?structure ConnectivityParameters?structure");
pub const CREATE_CONNECTION_BASIC_AUTH_REQUEST_PARAMETERS: Known = k("CreateConnectionBasicAuthRequestParameters", "Username!string Password!string");
pub const CREATE_CONNECTION_O_AUTH_CLIENT_REQUEST_PARAMETERS: Known = k("CreateConnectionOAuthClientRequestParameters", "ClientID!string ClientSecret!string");
pub const CREATE_CONNECTION_O_AUTH_REQUEST_PARAMETERS: Known = k("CreateConnectionOAuthRequestParameters", "ClientParameters!structure AuthorizationEndpoint!string HttpMethod!string OAuthHttpParameters?structure");
pub const CREATE_CONNECTION_REQUEST: Known = k("CreateConnectionRequest", "Name!string Description?string AuthorizationType!string AuthParameters!structure InvocationConnectivityParameters?structure KmsKeyIdentifier?string");
pub const CREATE_CONNECTION_RESPONSE: Known = k("CreateConnectionResponse", "ConnectionArn?string ConnectionState?string CreationTime?timestamp LastModifiedTime?timestamp");
pub const CREATE_ENDPOINT_REQUEST: Known = k("CreateEndpointRequest", "Name!string Description?string RoutingConfig!structure ReplicationConfig?structure EventBuses!list RoleArn?string");
pub const CREATE_ENDPOINT_RESPONSE: Known = k("CreateEndpointResponse", "Name?string Arn?string RoutingConfig?structure ReplicationConfig?structure EventBuses?list RoleArn?string State?string");
pub const CREATE_EVENT_BUS_REQUEST: Known = k("CreateEventBusRequest", "Name!string EventSourceName?string Description?string KmsKeyIdentifier?string DeadLetterConfig?structure LogConfig?structure Tags?list");
pub const CREATE_EVENT_BUS_RESPONSE: Known = k("CreateEventBusResponse", "EventBusArn?string Description?string KmsKeyIdentifier?string DeadLetterConfig?structure LogConfig?structure");
pub const CREATE_PARTNER_EVENT_SOURCE_REQUEST: Known = k("CreatePartnerEventSourceRequest", "Name!string Account!string");
pub const CREATE_PARTNER_EVENT_SOURCE_RESPONSE: Known = k("CreatePartnerEventSourceResponse", "EventSourceArn?string");
pub const DEACTIVATE_EVENT_SOURCE_REQUEST: Known = k("DeactivateEventSourceRequest", "Name!string");
pub const DEAD_LETTER_CONFIG: Known = k("DeadLetterConfig", "Arn?string");
pub const DEAUTHORIZE_CONNECTION_REQUEST: Known = k("DeauthorizeConnectionRequest", "Name!string");
pub const DEAUTHORIZE_CONNECTION_RESPONSE: Known = k("DeauthorizeConnectionResponse", "ConnectionArn?string ConnectionState?string CreationTime?timestamp LastModifiedTime?timestamp LastAuthorizedTime?timestamp");
pub const DELETE_API_DESTINATION_REQUEST: Known = k("DeleteApiDestinationRequest", "Name!string");
pub const DELETE_API_DESTINATION_RESPONSE: Known = k("DeleteApiDestinationResponse", "");
pub const DELETE_ARCHIVE_REQUEST: Known = k("DeleteArchiveRequest", "ArchiveName!string");
pub const DELETE_ARCHIVE_RESPONSE: Known = k("DeleteArchiveResponse", "");
pub const DELETE_CONNECTION_REQUEST: Known = k("DeleteConnectionRequest", "Name!string");
pub const DELETE_CONNECTION_RESPONSE: Known = k("DeleteConnectionResponse", "ConnectionArn?string ConnectionState?string CreationTime?timestamp LastModifiedTime?timestamp LastAuthorizedTime?timestamp");
pub const DELETE_ENDPOINT_REQUEST: Known = k("DeleteEndpointRequest", "Name!string");
pub const DELETE_ENDPOINT_RESPONSE: Known = k("DeleteEndpointResponse", "");
pub const DELETE_EVENT_BUS_REQUEST: Known = k("DeleteEventBusRequest", "Name!string");
pub const DELETE_PARTNER_EVENT_SOURCE_REQUEST: Known = k("DeletePartnerEventSourceRequest", "Name!string Account!string");
pub const DELETE_RULE_REQUEST: Known = k("DeleteRuleRequest", "Name!string EventBusName?string Force?boolean");
pub const DESCRIBE_API_DESTINATION_REQUEST: Known = k("DescribeApiDestinationRequest", "Name!string");
pub const DESCRIBE_API_DESTINATION_RESPONSE: Known = k("DescribeApiDestinationResponse", "ApiDestinationArn?string Name?string Description?string ApiDestinationState?string ConnectionArn?string InvocationEndpoint?string HttpMethod?string InvocationRateLimitPerSecond?integer CreationTime?timestamp LastModifiedTime?timestamp");
pub const DESCRIBE_ARCHIVE_REQUEST: Known = k("DescribeArchiveRequest", "ArchiveName!string");
pub const DESCRIBE_ARCHIVE_RESPONSE: Known = k("DescribeArchiveResponse", "ArchiveArn?string ArchiveName?string EventSourceArn?string Description?string EventPattern?string State?string StateReason?string KmsKeyIdentifier?string RetentionDays?integer SizeBytes?long EventCount?long CreationTime?timestamp");
pub const DESCRIBE_CONNECTION_CONNECTIVITY_PARAMETERS: Known = k("DescribeConnectionConnectivityParameters", "ResourceParameters!structure");
pub const DESCRIBE_CONNECTION_REQUEST: Known = k("DescribeConnectionRequest", "Name!string");
pub const DESCRIBE_CONNECTION_RESOURCE_PARAMETERS: Known = k("DescribeConnectionResourceParameters", "ResourceConfigurationArn!string ResourceAssociationArn!string");
pub const DESCRIBE_CONNECTION_RESPONSE: Known = k("DescribeConnectionResponse", "ConnectionArn?string Name?string Description?string InvocationConnectivityParameters?structure ConnectionState?string StateReason?string AuthorizationType?string SecretArn?string KmsKeyIdentifier?string AuthParameters?structure CreationTime?timestamp LastModifiedTime?timestamp LastAuthorizedTime?timestamp");
pub const DESCRIBE_ENDPOINT_REQUEST: Known = k("DescribeEndpointRequest", "Name!string HomeRegion?string");
pub const DESCRIBE_ENDPOINT_RESPONSE: Known = k("DescribeEndpointResponse", "Name?string Description?string Arn?string RoutingConfig?structure ReplicationConfig?structure EventBuses?list RoleArn?string EndpointId?string EndpointUrl?string State?string StateReason?string CreationTime?timestamp LastModifiedTime?timestamp");
pub const DESCRIBE_EVENT_BUS_REQUEST: Known = k("DescribeEventBusRequest", "Name?string");
pub const DESCRIBE_EVENT_BUS_RESPONSE: Known = k("DescribeEventBusResponse", "Name?string Arn?string Description?string KmsKeyIdentifier?string DeadLetterConfig?structure Policy?string LogConfig?structure CreationTime?timestamp LastModifiedTime?timestamp ManagedBy?string");
pub const DESCRIBE_EVENT_SOURCE_REQUEST: Known = k("DescribeEventSourceRequest", "Name!string");
pub const DESCRIBE_EVENT_SOURCE_RESPONSE: Known = k("DescribeEventSourceResponse", "Arn?string CreatedBy?string CreationTime?timestamp ExpirationTime?timestamp Name?string State?string");
pub const DESCRIBE_PARTNER_EVENT_SOURCE_REQUEST: Known = k("DescribePartnerEventSourceRequest", "Name!string");
pub const DESCRIBE_PARTNER_EVENT_SOURCE_RESPONSE: Known = k("DescribePartnerEventSourceResponse", "Arn?string Name?string");
pub const DESCRIBE_REPLAY_REQUEST: Known = k("DescribeReplayRequest", "ReplayName!string");
pub const DESCRIBE_REPLAY_RESPONSE: Known = k("DescribeReplayResponse", "ReplayName?string ReplayArn?string Description?string State?string StateReason?string EventSourceArn?string Destination?structure EventStartTime?timestamp EventEndTime?timestamp EventLastReplayedTime?timestamp ReplayStartTime?timestamp ReplayEndTime?timestamp");
pub const DESCRIBE_RULE_REQUEST: Known = k("DescribeRuleRequest", "Name!string EventBusName?string");
pub const DESCRIBE_RULE_RESPONSE: Known = k("DescribeRuleResponse", "Name?string Arn?string EventPattern?string ScheduleExpression?string State?string Description?string RoleArn?string ManagedBy?string EventBusName?string CreatedBy?string");
pub const DISABLE_RULE_REQUEST: Known = k("DisableRuleRequest", "Name!string EventBusName?string");
pub const ECS_PARAMETERS: Known = k("EcsParameters", "TaskDefinitionArn!string TaskCount?integer LaunchType?string NetworkConfiguration?structure PlatformVersion?string Group?string CapacityProviderStrategy?list EnableECSManagedTags?boolean EnableExecuteCommand?boolean PlacementConstraints?list PlacementStrategy?list PropagateTags?string ReferenceId?string Tags?list");
pub const ENABLE_RULE_REQUEST: Known = k("EnableRuleRequest", "Name!string EventBusName?string");
pub const ENDPOINT: Known = k("Endpoint", "Name?string Description?string Arn?string RoutingConfig?structure ReplicationConfig?structure EventBuses?list RoleArn?string EndpointId?string EndpointUrl?string State?string StateReason?string CreationTime?timestamp LastModifiedTime?timestamp");
pub const ENDPOINT_EVENT_BUS: Known = k("EndpointEventBus", "EventBusArn!string");
pub const EVENT_BUS: Known = k("EventBus", "Name?string Arn?string Description?string Policy?string CreationTime?timestamp LastModifiedTime?timestamp ManagedBy?string");
pub const EVENT_SOURCE: Known = k("EventSource", "Arn?string CreatedBy?string CreationTime?timestamp ExpirationTime?timestamp Name?string State?string");
pub const FAILOVER_CONFIG: Known = k("FailoverConfig", "Primary!structure Secondary!structure");
pub const HTTP_PARAMETERS: Known = k("HttpParameters", "PathParameterValues?list HeaderParameters?map QueryStringParameters?map");
pub const ILLEGAL_STATUS_EXCEPTION: Known = k("IllegalStatusException", "");
pub const INPUT_TRANSFORMER: Known = k("InputTransformer", "InputPathsMap?map InputTemplate!string");
pub const INTERNAL_EXCEPTION: Known = k("InternalException", "");
pub const INVALID_EVENT_PATTERN_EXCEPTION: Known = k("InvalidEventPatternException", "");
pub const INVALID_STATE_EXCEPTION: Known = k("InvalidStateException", "");
pub const KINESIS_PARAMETERS: Known = k("KinesisParameters", "PartitionKeyPath!string");
pub const LIMIT_EXCEEDED_EXCEPTION: Known = k("LimitExceededException", "");
pub const LIST_API_DESTINATIONS_REQUEST: Known = k("ListApiDestinationsRequest", "NamePrefix?string ConnectionArn?string NextToken?string Limit?integer");
pub const LIST_API_DESTINATIONS_RESPONSE: Known = k("ListApiDestinationsResponse", "ApiDestinations?list NextToken?string");
pub const LIST_ARCHIVES_REQUEST: Known = k("ListArchivesRequest", "NamePrefix?string EventSourceArn?string State?string NextToken?string Limit?integer");
pub const LIST_ARCHIVES_RESPONSE: Known = k("ListArchivesResponse", "Archives?list NextToken?string");
pub const LIST_CONNECTIONS_REQUEST: Known = k("ListConnectionsRequest", "NamePrefix?string ConnectionState?string NextToken?string Limit?integer");
pub const LIST_CONNECTIONS_RESPONSE: Known = k("ListConnectionsResponse", "Connections?list NextToken?string");
pub const LIST_ENDPOINTS_REQUEST: Known = k("ListEndpointsRequest", "NamePrefix?string HomeRegion?string NextToken?string MaxResults?integer");
pub const LIST_ENDPOINTS_RESPONSE: Known = k("ListEndpointsResponse", "Endpoints?list NextToken?string");
pub const LIST_EVENT_BUSES_REQUEST: Known = k("ListEventBusesRequest", "NamePrefix?string NextToken?string Limit?integer");
pub const LIST_EVENT_BUSES_RESPONSE: Known = k("ListEventBusesResponse", "EventBuses?list NextToken?string");
pub const LIST_EVENT_SOURCES_REQUEST: Known = k("ListEventSourcesRequest", "NamePrefix?string NextToken?string Limit?integer");
pub const LIST_EVENT_SOURCES_RESPONSE: Known = k("ListEventSourcesResponse", "EventSources?list NextToken?string");
pub const LIST_PARTNER_EVENT_SOURCE_ACCOUNTS_REQUEST: Known = k("ListPartnerEventSourceAccountsRequest", "EventSourceName!string NextToken?string Limit?integer");
pub const LIST_PARTNER_EVENT_SOURCE_ACCOUNTS_RESPONSE: Known = k("ListPartnerEventSourceAccountsResponse", "PartnerEventSourceAccounts?list NextToken?string");
pub const LIST_PARTNER_EVENT_SOURCES_REQUEST: Known = k("ListPartnerEventSourcesRequest", "NamePrefix!string NextToken?string Limit?integer");
pub const LIST_PARTNER_EVENT_SOURCES_RESPONSE: Known = k("ListPartnerEventSourcesResponse", "PartnerEventSources?list NextToken?string");
pub const LIST_REPLAYS_REQUEST: Known = k("ListReplaysRequest", "NamePrefix?string State?string EventSourceArn?string NextToken?string Limit?integer");
pub const LIST_REPLAYS_RESPONSE: Known = k("ListReplaysResponse", "Replays?list NextToken?string");
pub const LIST_RULE_NAMES_BY_TARGET_REQUEST: Known = k("ListRuleNamesByTargetRequest", "TargetArn!string EventBusName?string NextToken?string Limit?integer");
pub const LIST_RULE_NAMES_BY_TARGET_RESPONSE: Known = k("ListRuleNamesByTargetResponse", "RuleNames?list NextToken?string");
pub const LIST_RULES_REQUEST: Known = k("ListRulesRequest", "NamePrefix?string EventBusName?string NextToken?string Limit?integer");
pub const LIST_RULES_RESPONSE: Known = k("ListRulesResponse", "Rules?list NextToken?string");
pub const LIST_TAGS_FOR_RESOURCE_REQUEST: Known = k("ListTagsForResourceRequest", "ResourceARN!string");
pub const LIST_TAGS_FOR_RESOURCE_RESPONSE: Known = k("ListTagsForResourceResponse", "Tags?list");
pub const LIST_TARGETS_BY_RULE_REQUEST: Known = k("ListTargetsByRuleRequest", "Rule!string EventBusName?string NextToken?string Limit?integer");
pub const LIST_TARGETS_BY_RULE_RESPONSE: Known = k("ListTargetsByRuleResponse", "Targets?list NextToken?string");
pub const LOG_CONFIG: Known = k("LogConfig", "IncludeDetail?string Level?string");
pub const MANAGED_RULE_EXCEPTION: Known = k("ManagedRuleException", "");
pub const NETWORK_CONFIGURATION: Known = k("NetworkConfiguration", "awsvpcConfiguration?structure");
pub const OPERATION_DISABLED_EXCEPTION: Known = k("OperationDisabledException", "");
pub const PARTNER_EVENT_SOURCE: Known = k("PartnerEventSource", "Arn?string Name?string");
pub const PARTNER_EVENT_SOURCE_ACCOUNT: Known = k("PartnerEventSourceAccount", "Account?string CreationTime?timestamp ExpirationTime?timestamp State?string");
pub const PLACEMENT_CONSTRAINT: Known = k("PlacementConstraint", "type?string expression?string");
pub const PLACEMENT_STRATEGY: Known = k("PlacementStrategy", "type?string field?string");
pub const POLICY_LENGTH_EXCEEDED_EXCEPTION: Known = k("PolicyLengthExceededException", "");
pub const PRIMARY: Known = k("Primary", "HealthCheck!string");
pub const PUT_EVENTS_REQUEST: Known = k("PutEventsRequest", "Entries!list EndpointId?string");
pub const PUT_EVENTS_REQUEST_ENTRY: Known = k("PutEventsRequestEntry", "Time?timestamp Source?string Resources?list DetailType?string Detail?string EventBusName?string TraceHeader?string");
pub const PUT_EVENTS_RESPONSE: Known = k("PutEventsResponse", "FailedEntryCount?integer Entries?list");
pub const PUT_EVENTS_RESULT_ENTRY: Known = k("PutEventsResultEntry", "EventId?string ErrorCode?string ErrorMessage?string");
pub const PUT_PARTNER_EVENTS_REQUEST: Known = k("PutPartnerEventsRequest", "Entries!list");
pub const PUT_PARTNER_EVENTS_REQUEST_ENTRY: Known = k("PutPartnerEventsRequestEntry", "Time?timestamp Source?string Resources?list DetailType?string Detail?string");
pub const PUT_PARTNER_EVENTS_RESPONSE: Known = k("PutPartnerEventsResponse", "FailedEntryCount?integer Entries?list");
pub const PUT_PARTNER_EVENTS_RESULT_ENTRY: Known = k("PutPartnerEventsResultEntry", "EventId?string ErrorCode?string ErrorMessage?string");
pub const PUT_PERMISSION_REQUEST: Known = k("PutPermissionRequest", "EventBusName?string Action?string Principal?string StatementId?string Condition?structure Policy?string");
pub const PUT_RULE_REQUEST: Known = k("PutRuleRequest", "Name!string ScheduleExpression?string EventPattern?string State?string Description?string RoleArn?string Tags?list EventBusName?string");
pub const PUT_RULE_RESPONSE: Known = k("PutRuleResponse", "RuleArn?string");
pub const PUT_TARGETS_REQUEST: Known = k("PutTargetsRequest", "Rule!string EventBusName?string Targets!list");
pub const PUT_TARGETS_RESPONSE: Known = k("PutTargetsResponse", "FailedEntryCount?integer FailedEntries?list");
pub const PUT_TARGETS_RESULT_ENTRY: Known = k("PutTargetsResultEntry", "TargetId?string ErrorCode?string ErrorMessage?string");
pub const REDSHIFT_DATA_PARAMETERS: Known = k("RedshiftDataParameters", "SecretManagerArn?string Database!string DbUser?string Sql?string StatementName?string WithEvent?boolean Sqls?list");
pub const REMOVE_PERMISSION_REQUEST: Known = k("RemovePermissionRequest", "StatementId?string RemoveAllPermissions?boolean EventBusName?string");
pub const REMOVE_TARGETS_REQUEST: Known = k("RemoveTargetsRequest", "Rule!string EventBusName?string Ids!list Force?boolean");
pub const REMOVE_TARGETS_RESPONSE: Known = k("RemoveTargetsResponse", "FailedEntryCount?integer FailedEntries?list");
pub const REMOVE_TARGETS_RESULT_ENTRY: Known = k("RemoveTargetsResultEntry", "TargetId?string ErrorCode?string ErrorMessage?string");
pub const REPLAY: Known = k("Replay", "ReplayName?string EventSourceArn?string State?string StateReason?string EventStartTime?timestamp EventEndTime?timestamp EventLastReplayedTime?timestamp ReplayStartTime?timestamp ReplayEndTime?timestamp");
pub const REPLAY_DESTINATION: Known = k("ReplayDestination", "Arn!string FilterArns?list");
pub const REPLICATION_CONFIG: Known = k("ReplicationConfig", "State?string");
pub const RESOURCE_ALREADY_EXISTS_EXCEPTION: Known = k("ResourceAlreadyExistsException", "");
pub const RESOURCE_NOT_FOUND_EXCEPTION: Known = k("ResourceNotFoundException", "");
pub const RETRY_POLICY: Known = k("RetryPolicy", "MaximumRetryAttempts?integer MaximumEventAgeInSeconds?integer");
pub const ROUTING_CONFIG: Known = k("RoutingConfig", "FailoverConfig!structure");
pub const RULE: Known = k("Rule", "Name?string Arn?string EventPattern?string State?string Description?string ScheduleExpression?string RoleArn?string ManagedBy?string EventBusName?string");
pub const RUN_COMMAND_PARAMETERS: Known = k("RunCommandParameters", "RunCommandTargets!list");
pub const RUN_COMMAND_TARGET: Known = k("RunCommandTarget", "Key!string Values!list");
pub const SAGE_MAKER_PIPELINE_PARAMETER: Known = k("SageMakerPipelineParameter", "Name!string Value!string");
pub const SAGE_MAKER_PIPELINE_PARAMETERS: Known = k("SageMakerPipelineParameters", "PipelineParameterList?list");
pub const SECONDARY: Known = k("Secondary", "Route!string");
pub const SQS_PARAMETERS: Known = k("SqsParameters", "MessageGroupId?string");
pub const START_REPLAY_REQUEST: Known = k("StartReplayRequest", "ReplayName!string Description?string EventSourceArn!string EventStartTime!timestamp EventEndTime!timestamp Destination!structure");
pub const START_REPLAY_RESPONSE: Known = k("StartReplayResponse", "ReplayArn?string State?string StateReason?string ReplayStartTime?timestamp");
pub const TAG: Known = k("Tag", "Key!string Value!string");
pub const TAG_RESOURCE_REQUEST: Known = k("TagResourceRequest", "ResourceARN!string Tags!list");
pub const TAG_RESOURCE_RESPONSE: Known = k("TagResourceResponse", "");
pub const TARGET: Known = k("Target", "Id!string Arn!string RoleArn?string Input?string InputPath?string InputTransformer?structure KinesisParameters?structure RunCommandParameters?structure EcsParameters?structure BatchParameters?structure SqsParameters?structure HttpParameters?structure RedshiftDataParameters?structure SageMakerPipelineParameters?structure DeadLetterConfig?structure RetryPolicy?structure AppSyncParameters?structure");
pub const TEST_EVENT_PATTERN_REQUEST: Known = k("TestEventPatternRequest", "EventPattern!string Event!string");
pub const TEST_EVENT_PATTERN_RESPONSE: Known = k("TestEventPatternResponse", "Result?boolean");
pub const THROTTLING_EXCEPTION: Known = k("ThrottlingException", "");
pub const UNTAG_RESOURCE_REQUEST: Known = k("UntagResourceRequest", "ResourceARN!string TagKeys!list");
pub const UNTAG_RESOURCE_RESPONSE: Known = k("UntagResourceResponse", "");
pub const UPDATE_API_DESTINATION_REQUEST: Known = k("UpdateApiDestinationRequest", "Name!string Description?string ConnectionArn?string InvocationEndpoint?string HttpMethod?string InvocationRateLimitPerSecond?integer");
pub const UPDATE_API_DESTINATION_RESPONSE: Known = k("UpdateApiDestinationResponse", "ApiDestinationArn?string ApiDestinationState?string CreationTime?timestamp LastModifiedTime?timestamp");
pub const UPDATE_ARCHIVE_REQUEST: Known = k("UpdateArchiveRequest", "ArchiveName!string Description?string EventPattern?string RetentionDays?integer KmsKeyIdentifier?string");
pub const UPDATE_ARCHIVE_RESPONSE: Known = k("UpdateArchiveResponse", "ArchiveArn?string State?string StateReason?string CreationTime?timestamp");
pub const UPDATE_CONNECTION_API_KEY_AUTH_REQUEST_PARAMETERS: Known = k("UpdateConnectionApiKeyAuthRequestParameters", "ApiKeyName?string ApiKeyValue?string");
pub const UPDATE_CONNECTION_AUTH_REQUEST_PARAMETERS: Known = k("UpdateConnectionAuthRequestParameters", "BasicAuthParameters?structure OAuthParameters?structure ApiKeyAuthParameters?structure InvocationHttpParameters?structure ConnectivityParameters?structure");
pub const UPDATE_CONNECTION_BASIC_AUTH_REQUEST_PARAMETERS: Known = k("UpdateConnectionBasicAuthRequestParameters", "Username?string Password?string");
pub const UPDATE_CONNECTION_O_AUTH_CLIENT_REQUEST_PARAMETERS: Known = k("UpdateConnectionOAuthClientRequestParameters", "ClientID?string ClientSecret?string");
pub const UPDATE_CONNECTION_O_AUTH_REQUEST_PARAMETERS: Known = k("UpdateConnectionOAuthRequestParameters", "ClientParameters?structure AuthorizationEndpoint?string HttpMethod?string OAuthHttpParameters?structure");
pub const UPDATE_CONNECTION_REQUEST: Known = k("UpdateConnectionRequest", "Name!string Description?string AuthorizationType?string AuthParameters?structure InvocationConnectivityParameters?structure KmsKeyIdentifier?string");
pub const UPDATE_CONNECTION_RESPONSE: Known = k("UpdateConnectionResponse", "ConnectionArn?string ConnectionState?string CreationTime?timestamp LastModifiedTime?timestamp LastAuthorizedTime?timestamp");
pub const UPDATE_ENDPOINT_REQUEST: Known = k("UpdateEndpointRequest", "Name!string Description?string RoutingConfig?structure ReplicationConfig?structure EventBuses?list RoleArn?string");
pub const UPDATE_ENDPOINT_RESPONSE: Known = k("UpdateEndpointResponse", "Name?string Arn?string RoutingConfig?structure ReplicationConfig?structure EventBuses?list RoleArn?string EndpointId?string EndpointUrl?string State?string");
pub const UPDATE_EVENT_BUS_REQUEST: Known = k("UpdateEventBusRequest", "Name?string KmsKeyIdentifier?string Description?string DeadLetterConfig?structure LogConfig?structure");
pub const UPDATE_EVENT_BUS_RESPONSE: Known = k("UpdateEventBusResponse", "Arn?string Name?string KmsKeyIdentifier?string Description?string DeadLetterConfig?structure LogConfig?structure");
