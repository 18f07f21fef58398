// @generated from botocore 1.44.5 (Apache-2.0); do not edit, run `cargo xtask import-models`.
// Model sha256 3acf09b263507803db71765e77f732bcba4c40afd50f26fc635831ae8e728d4c.
//! Amazon EventBridge, API version 2015-10-07.

use super::{o, op, r, s};
use crate::shape::{EMPTY, ErrorTraits, Kind, NONE, Operation, Protocol, Rules, Service, Shape, Traits};

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
    operations: &OPERATIONS,
    errors: &[&ACCESS_DENIED_EXCEPTION, &CONCURRENT_MODIFICATION_EXCEPTION, &ILLEGAL_STATUS_EXCEPTION, &INTERNAL_EXCEPTION, &INVALID_EVENT_PATTERN_EXCEPTION, &INVALID_STATE_EXCEPTION, &LIMIT_EXCEEDED_EXCEPTION, &MANAGED_RULE_EXCEPTION, &OPERATION_DISABLED_EXCEPTION, &POLICY_LENGTH_EXCEEDED_EXCEPTION, &RESOURCE_ALREADY_EXISTS_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION, &THROTTLING_EXCEPTION],
    served: include_str!("../../operations/events.txt"),
};

static OPERATIONS: [Operation; 57] = [
    op("ActivateEventSource", &ACTIVATE_EVENT_SOURCE_REQUEST, &EMPTY, &[&CONCURRENT_MODIFICATION_EXCEPTION, &INTERNAL_EXCEPTION, &INVALID_STATE_EXCEPTION, &OPERATION_DISABLED_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("CancelReplay", &CANCEL_REPLAY_REQUEST, &CANCEL_REPLAY_RESPONSE, &[&CONCURRENT_MODIFICATION_EXCEPTION, &ILLEGAL_STATUS_EXCEPTION, &INTERNAL_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("CreateApiDestination", &CREATE_API_DESTINATION_REQUEST, &CREATE_API_DESTINATION_RESPONSE, &[&INTERNAL_EXCEPTION, &LIMIT_EXCEEDED_EXCEPTION, &RESOURCE_ALREADY_EXISTS_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("CreateArchive", &CREATE_ARCHIVE_REQUEST, &CREATE_ARCHIVE_RESPONSE, &[&CONCURRENT_MODIFICATION_EXCEPTION, &INTERNAL_EXCEPTION, &INVALID_EVENT_PATTERN_EXCEPTION, &LIMIT_EXCEEDED_EXCEPTION, &RESOURCE_ALREADY_EXISTS_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("CreateConnection", &CREATE_CONNECTION_REQUEST, &CREATE_CONNECTION_RESPONSE, &[&ACCESS_DENIED_EXCEPTION, &INTERNAL_EXCEPTION, &LIMIT_EXCEEDED_EXCEPTION, &RESOURCE_ALREADY_EXISTS_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION, &THROTTLING_EXCEPTION]),
    op("CreateEndpoint", &CREATE_ENDPOINT_REQUEST, &CREATE_ENDPOINT_RESPONSE, &[&INTERNAL_EXCEPTION, &LIMIT_EXCEEDED_EXCEPTION, &RESOURCE_ALREADY_EXISTS_EXCEPTION]),
    op("CreateEventBus", &CREATE_EVENT_BUS_REQUEST, &CREATE_EVENT_BUS_RESPONSE, &[&CONCURRENT_MODIFICATION_EXCEPTION, &INTERNAL_EXCEPTION, &INVALID_STATE_EXCEPTION, &LIMIT_EXCEEDED_EXCEPTION, &OPERATION_DISABLED_EXCEPTION, &RESOURCE_ALREADY_EXISTS_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("CreatePartnerEventSource", &CREATE_PARTNER_EVENT_SOURCE_REQUEST, &CREATE_PARTNER_EVENT_SOURCE_RESPONSE, &[&CONCURRENT_MODIFICATION_EXCEPTION, &INTERNAL_EXCEPTION, &LIMIT_EXCEEDED_EXCEPTION, &OPERATION_DISABLED_EXCEPTION, &RESOURCE_ALREADY_EXISTS_EXCEPTION]),
    op("DeactivateEventSource", &DEACTIVATE_EVENT_SOURCE_REQUEST, &EMPTY, &[&CONCURRENT_MODIFICATION_EXCEPTION, &INTERNAL_EXCEPTION, &INVALID_STATE_EXCEPTION, &OPERATION_DISABLED_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("DeauthorizeConnection", &DEAUTHORIZE_CONNECTION_REQUEST, &DEAUTHORIZE_CONNECTION_RESPONSE, &[&CONCURRENT_MODIFICATION_EXCEPTION, &INTERNAL_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("DeleteApiDestination", &DELETE_API_DESTINATION_REQUEST, &DELETE_API_DESTINATION_RESPONSE, &[&CONCURRENT_MODIFICATION_EXCEPTION, &INTERNAL_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("DeleteArchive", &DELETE_ARCHIVE_REQUEST, &DELETE_ARCHIVE_RESPONSE, &[&CONCURRENT_MODIFICATION_EXCEPTION, &INTERNAL_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("DeleteConnection", &DELETE_CONNECTION_REQUEST, &DELETE_CONNECTION_RESPONSE, &[&CONCURRENT_MODIFICATION_EXCEPTION, &INTERNAL_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("DeleteEndpoint", &DELETE_ENDPOINT_REQUEST, &DELETE_ENDPOINT_RESPONSE, &[&CONCURRENT_MODIFICATION_EXCEPTION, &INTERNAL_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("DeleteEventBus", &DELETE_EVENT_BUS_REQUEST, &EMPTY, &[&CONCURRENT_MODIFICATION_EXCEPTION, &INTERNAL_EXCEPTION]),
    op("DeletePartnerEventSource", &DELETE_PARTNER_EVENT_SOURCE_REQUEST, &EMPTY, &[&CONCURRENT_MODIFICATION_EXCEPTION, &INTERNAL_EXCEPTION, &OPERATION_DISABLED_EXCEPTION]),
    op("DeleteRule", &DELETE_RULE_REQUEST, &EMPTY, &[&CONCURRENT_MODIFICATION_EXCEPTION, &INTERNAL_EXCEPTION, &MANAGED_RULE_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("DescribeApiDestination", &DESCRIBE_API_DESTINATION_REQUEST, &DESCRIBE_API_DESTINATION_RESPONSE, &[&INTERNAL_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("DescribeArchive", &DESCRIBE_ARCHIVE_REQUEST, &DESCRIBE_ARCHIVE_RESPONSE, &[&INTERNAL_EXCEPTION, &RESOURCE_ALREADY_EXISTS_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("DescribeConnection", &DESCRIBE_CONNECTION_REQUEST, &DESCRIBE_CONNECTION_RESPONSE, &[&INTERNAL_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("DescribeEndpoint", &DESCRIBE_ENDPOINT_REQUEST, &DESCRIBE_ENDPOINT_RESPONSE, &[&INTERNAL_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("DescribeEventBus", &DESCRIBE_EVENT_BUS_REQUEST, &DESCRIBE_EVENT_BUS_RESPONSE, &[&INTERNAL_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("DescribeEventSource", &DESCRIBE_EVENT_SOURCE_REQUEST, &DESCRIBE_EVENT_SOURCE_RESPONSE, &[&INTERNAL_EXCEPTION, &OPERATION_DISABLED_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("DescribePartnerEventSource", &DESCRIBE_PARTNER_EVENT_SOURCE_REQUEST, &DESCRIBE_PARTNER_EVENT_SOURCE_RESPONSE, &[&INTERNAL_EXCEPTION, &OPERATION_DISABLED_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("DescribeReplay", &DESCRIBE_REPLAY_REQUEST, &DESCRIBE_REPLAY_RESPONSE, &[&INTERNAL_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("DescribeRule", &DESCRIBE_RULE_REQUEST, &DESCRIBE_RULE_RESPONSE, &[&INTERNAL_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("DisableRule", &DISABLE_RULE_REQUEST, &EMPTY, &[&CONCURRENT_MODIFICATION_EXCEPTION, &INTERNAL_EXCEPTION, &MANAGED_RULE_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("EnableRule", &ENABLE_RULE_REQUEST, &EMPTY, &[&CONCURRENT_MODIFICATION_EXCEPTION, &INTERNAL_EXCEPTION, &MANAGED_RULE_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("ListApiDestinations", &LIST_API_DESTINATIONS_REQUEST, &LIST_API_DESTINATIONS_RESPONSE, &[&INTERNAL_EXCEPTION]),
    op("ListArchives", &LIST_ARCHIVES_REQUEST, &LIST_ARCHIVES_RESPONSE, &[&INTERNAL_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("ListConnections", &LIST_CONNECTIONS_REQUEST, &LIST_CONNECTIONS_RESPONSE, &[&INTERNAL_EXCEPTION]),
    op("ListEndpoints", &LIST_ENDPOINTS_REQUEST, &LIST_ENDPOINTS_RESPONSE, &[&INTERNAL_EXCEPTION]),
    op("ListEventBuses", &LIST_EVENT_BUSES_REQUEST, &LIST_EVENT_BUSES_RESPONSE, &[&INTERNAL_EXCEPTION]),
    op("ListEventSources", &LIST_EVENT_SOURCES_REQUEST, &LIST_EVENT_SOURCES_RESPONSE, &[&INTERNAL_EXCEPTION, &OPERATION_DISABLED_EXCEPTION]),
    op("ListPartnerEventSourceAccounts", &LIST_PARTNER_EVENT_SOURCE_ACCOUNTS_REQUEST, &LIST_PARTNER_EVENT_SOURCE_ACCOUNTS_RESPONSE, &[&INTERNAL_EXCEPTION, &OPERATION_DISABLED_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("ListPartnerEventSources", &LIST_PARTNER_EVENT_SOURCES_REQUEST, &LIST_PARTNER_EVENT_SOURCES_RESPONSE, &[&INTERNAL_EXCEPTION, &OPERATION_DISABLED_EXCEPTION]),
    op("ListReplays", &LIST_REPLAYS_REQUEST, &LIST_REPLAYS_RESPONSE, &[&INTERNAL_EXCEPTION]),
    op("ListRuleNamesByTarget", &LIST_RULE_NAMES_BY_TARGET_REQUEST, &LIST_RULE_NAMES_BY_TARGET_RESPONSE, &[&INTERNAL_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("ListRules", &LIST_RULES_REQUEST, &LIST_RULES_RESPONSE, &[&INTERNAL_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("ListTagsForResource", &LIST_TAGS_FOR_RESOURCE_REQUEST, &LIST_TAGS_FOR_RESOURCE_RESPONSE, &[&INTERNAL_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("ListTargetsByRule", &LIST_TARGETS_BY_RULE_REQUEST, &LIST_TARGETS_BY_RULE_RESPONSE, &[&INTERNAL_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("PutEvents", &PUT_EVENTS_REQUEST, &PUT_EVENTS_RESPONSE, &[&INTERNAL_EXCEPTION]),
    op("PutPartnerEvents", &PUT_PARTNER_EVENTS_REQUEST, &PUT_PARTNER_EVENTS_RESPONSE, &[&INTERNAL_EXCEPTION, &OPERATION_DISABLED_EXCEPTION]),
    op("PutPermission", &PUT_PERMISSION_REQUEST, &EMPTY, &[&CONCURRENT_MODIFICATION_EXCEPTION, &INTERNAL_EXCEPTION, &OPERATION_DISABLED_EXCEPTION, &POLICY_LENGTH_EXCEEDED_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("PutRule", &PUT_RULE_REQUEST, &PUT_RULE_RESPONSE, &[&CONCURRENT_MODIFICATION_EXCEPTION, &INTERNAL_EXCEPTION, &INVALID_EVENT_PATTERN_EXCEPTION, &LIMIT_EXCEEDED_EXCEPTION, &MANAGED_RULE_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("PutTargets", &PUT_TARGETS_REQUEST, &PUT_TARGETS_RESPONSE, &[&CONCURRENT_MODIFICATION_EXCEPTION, &INTERNAL_EXCEPTION, &LIMIT_EXCEEDED_EXCEPTION, &MANAGED_RULE_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("RemovePermission", &REMOVE_PERMISSION_REQUEST, &EMPTY, &[&CONCURRENT_MODIFICATION_EXCEPTION, &INTERNAL_EXCEPTION, &OPERATION_DISABLED_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("RemoveTargets", &REMOVE_TARGETS_REQUEST, &REMOVE_TARGETS_RESPONSE, &[&CONCURRENT_MODIFICATION_EXCEPTION, &INTERNAL_EXCEPTION, &MANAGED_RULE_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("StartReplay", &START_REPLAY_REQUEST, &START_REPLAY_RESPONSE, &[&INTERNAL_EXCEPTION, &INVALID_EVENT_PATTERN_EXCEPTION, &LIMIT_EXCEEDED_EXCEPTION, &RESOURCE_ALREADY_EXISTS_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("TagResource", &TAG_RESOURCE_REQUEST, &TAG_RESOURCE_RESPONSE, &[&CONCURRENT_MODIFICATION_EXCEPTION, &INTERNAL_EXCEPTION, &MANAGED_RULE_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("TestEventPattern", &TEST_EVENT_PATTERN_REQUEST, &TEST_EVENT_PATTERN_RESPONSE, &[&INTERNAL_EXCEPTION, &INVALID_EVENT_PATTERN_EXCEPTION]),
    op("UntagResource", &UNTAG_RESOURCE_REQUEST, &UNTAG_RESOURCE_RESPONSE, &[&CONCURRENT_MODIFICATION_EXCEPTION, &INTERNAL_EXCEPTION, &MANAGED_RULE_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("UpdateApiDestination", &UPDATE_API_DESTINATION_REQUEST, &UPDATE_API_DESTINATION_RESPONSE, &[&CONCURRENT_MODIFICATION_EXCEPTION, &INTERNAL_EXCEPTION, &LIMIT_EXCEEDED_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("UpdateArchive", &UPDATE_ARCHIVE_REQUEST, &UPDATE_ARCHIVE_RESPONSE, &[&CONCURRENT_MODIFICATION_EXCEPTION, &INTERNAL_EXCEPTION, &INVALID_EVENT_PATTERN_EXCEPTION, &LIMIT_EXCEEDED_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("UpdateConnection", &UPDATE_CONNECTION_REQUEST, &UPDATE_CONNECTION_RESPONSE, &[&ACCESS_DENIED_EXCEPTION, &CONCURRENT_MODIFICATION_EXCEPTION, &INTERNAL_EXCEPTION, &LIMIT_EXCEEDED_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION, &THROTTLING_EXCEPTION]),
    op("UpdateEndpoint", &UPDATE_ENDPOINT_REQUEST, &UPDATE_ENDPOINT_RESPONSE, &[&CONCURRENT_MODIFICATION_EXCEPTION, &INTERNAL_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("UpdateEventBus", &UPDATE_EVENT_BUS_REQUEST, &UPDATE_EVENT_BUS_RESPONSE, &[&CONCURRENT_MODIFICATION_EXCEPTION, &INTERNAL_EXCEPTION, &OPERATION_DISABLED_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
];

pub static ACCESS_DENIED_EXCEPTION: Shape = s("AccessDeniedException", Kind::Structure, &[]);
pub static ACCOUNT_ID: Shape = s("AccountId", Kind::String, &[]).rules(&Rules { min: Some(12.0), max: Some(12.0), pattern: Some("\\d{12}"), values: &[] });
pub static ACTION: Shape = s("Action", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(64.0), pattern: Some("events:[a-zA-Z]+"), values: &[] });
pub static ACTIVATE_EVENT_SOURCE_REQUEST: Shape = s("ActivateEventSourceRequest", Kind::Structure, &[r("Name", &EVENT_SOURCE_NAME)]);
pub static API_DESTINATION: Shape = s("ApiDestination", Kind::Structure, &[o("ApiDestinationArn", &API_DESTINATION_ARN), o("Name", &API_DESTINATION_NAME), o("ApiDestinationState", &API_DESTINATION_STATE), o("ConnectionArn", &CONNECTION_ARN), o("InvocationEndpoint", &HTTPS_ENDPOINT), o("HttpMethod", &API_DESTINATION_HTTP_METHOD), o("InvocationRateLimitPerSecond", &API_DESTINATION_INVOCATION_RATE_LIMIT_PER_SECOND), o("CreationTime", &TIMESTAMP), o("LastModifiedTime", &TIMESTAMP)]);
pub static API_DESTINATION_ARN: Shape = s("ApiDestinationArn", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1600.0), pattern: Some("^arn:aws([a-z]|\\-)*:events:([a-z]|\\d|\\-)*:([0-9]{12})?:api-destination\\/[\\.\\-_A-Za-z0-9]+\\/[\\-A-Za-z0-9]+$"), values: &[] });
pub static API_DESTINATION_DESCRIPTION: Shape = s("ApiDestinationDescription", Kind::String, &[]).rules(&Rules { min: None, max: Some(512.0), pattern: Some(".*"), values: &[] });
pub static API_DESTINATION_HTTP_METHOD: Shape = s("ApiDestinationHttpMethod", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["POST", "GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"] });
pub static API_DESTINATION_INVOCATION_RATE_LIMIT_PER_SECOND: Shape = s("ApiDestinationInvocationRateLimitPerSecond", Kind::Integer, &[]).rules(&Rules { min: Some(1.0), max: None, pattern: None, values: &[] });
pub static API_DESTINATION_NAME: Shape = s("ApiDestinationName", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(64.0), pattern: Some("[\\.\\-_A-Za-z0-9]+"), values: &[] });
pub static API_DESTINATION_RESPONSE_LIST: Shape = s("ApiDestinationResponseList", Kind::List, &[o("member", &API_DESTINATION)]);
pub static API_DESTINATION_STATE: Shape = s("ApiDestinationState", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["ACTIVE", "INACTIVE"] });
pub static APP_SYNC_PARAMETERS: Shape = s("AppSyncParameters", Kind::Structure, &[o("GraphQLOperation", &GRAPH_QL_OPERATION)]);
pub static ARCHIVE: Shape = s("Archive", Kind::Structure, &[o("ArchiveName", &ARCHIVE_NAME), o("EventSourceArn", &EVENT_BUS_ARN), o("State", &ARCHIVE_STATE), o("StateReason", &ARCHIVE_STATE_REASON), o("RetentionDays", &RETENTION_DAYS), o("SizeBytes", &LONG), o("EventCount", &LONG), o("CreationTime", &TIMESTAMP)]);
pub static ARCHIVE_ARN: Shape = s("ArchiveArn", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1600.0), pattern: Some("^arn:aws([a-z]|\\-)*:events:([a-z]|\\d|\\-)*:([0-9]{12})?:.+\\/.+$"), values: &[] });
pub static ARCHIVE_DESCRIPTION: Shape = s("ArchiveDescription", Kind::String, &[]).rules(&Rules { min: None, max: Some(512.0), pattern: Some(".*"), values: &[] });
pub static ARCHIVE_NAME: Shape = s("ArchiveName", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(48.0), pattern: Some("[\\.\\-_A-Za-z0-9]+"), values: &[] });
pub static ARCHIVE_RESPONSE_LIST: Shape = s("ArchiveResponseList", Kind::List, &[o("member", &ARCHIVE)]);
pub static ARCHIVE_STATE: Shape = s("ArchiveState", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["ENABLED", "DISABLED", "CREATING", "UPDATING", "CREATE_FAILED", "UPDATE_FAILED"] });
pub static ARCHIVE_STATE_REASON: Shape = s("ArchiveStateReason", Kind::String, &[]).rules(&Rules { min: None, max: Some(512.0), pattern: Some(".*"), values: &[] });
pub static ARN: Shape = s("Arn", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1600.0), pattern: None, values: &[] });
pub static ASSIGN_PUBLIC_IP: Shape = s("AssignPublicIp", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["ENABLED", "DISABLED"] });
pub static AUTH_HEADER_PARAMETERS: Shape = s("AuthHeaderParameters", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(512.0), pattern: Some("^[ \\t]*[^\\x00-\\x1F:\\x7F]+([ \\t]+[^\\x00-\\x1F:\\x7F]+)*[ \\t]*$"), values: &[] });
pub static AUTH_HEADER_PARAMETERS_SENSITIVE: Shape = s("AuthHeaderParametersSensitive", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(512.0), pattern: Some("^[ \\t]*[^\\x00-\\x1F:\\x7F]+([ \\t]+[^\\x00-\\x1F:\\x7F]+)*[ \\t]*$"), values: &[] }).traits(&Traits { sensitive: true, ..NONE });
pub static AWS_VPC_CONFIGURATION: Shape = s("AwsVpcConfiguration", Kind::Structure, &[r("Subnets", &STRING_LIST), o("SecurityGroups", &STRING_LIST), o("AssignPublicIp", &ASSIGN_PUBLIC_IP)]);
pub static BATCH_ARRAY_PROPERTIES: Shape = s("BatchArrayProperties", Kind::Structure, &[o("Size", &INTEGER)]);
pub static BATCH_PARAMETERS: Shape = s("BatchParameters", Kind::Structure, &[r("JobDefinition", &STRING), r("JobName", &STRING), o("ArrayProperties", &BATCH_ARRAY_PROPERTIES), o("RetryStrategy", &BATCH_RETRY_STRATEGY)]);
pub static BATCH_RETRY_STRATEGY: Shape = s("BatchRetryStrategy", Kind::Structure, &[o("Attempts", &INTEGER)]);
pub static BOOLEAN: Shape = s("Boolean", Kind::Boolean, &[]);
pub static CANCEL_REPLAY_REQUEST: Shape = s("CancelReplayRequest", Kind::Structure, &[r("ReplayName", &REPLAY_NAME)]);
pub static CANCEL_REPLAY_RESPONSE: Shape = s("CancelReplayResponse", Kind::Structure, &[o("ReplayArn", &REPLAY_ARN), o("State", &REPLAY_STATE), o("StateReason", &REPLAY_STATE_REASON)]);
pub static CAPACITY_PROVIDER: Shape = s("CapacityProvider", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(255.0), pattern: None, values: &[] });
pub static CAPACITY_PROVIDER_STRATEGY: Shape = s("CapacityProviderStrategy", Kind::List, &[o("member", &CAPACITY_PROVIDER_STRATEGY_ITEM)]).rules(&Rules { min: None, max: Some(6.0), pattern: None, values: &[] });
pub static CAPACITY_PROVIDER_STRATEGY_ITEM: Shape = s("CapacityProviderStrategyItem", Kind::Structure, &[r("capacityProvider", &CAPACITY_PROVIDER), o("weight", &CAPACITY_PROVIDER_STRATEGY_ITEM_WEIGHT), o("base", &CAPACITY_PROVIDER_STRATEGY_ITEM_BASE)]);
pub static CAPACITY_PROVIDER_STRATEGY_ITEM_BASE: Shape = s("CapacityProviderStrategyItemBase", Kind::Integer, &[]).rules(&Rules { min: Some(0.0), max: Some(100000.0), pattern: None, values: &[] });
pub static CAPACITY_PROVIDER_STRATEGY_ITEM_WEIGHT: Shape = s("CapacityProviderStrategyItemWeight", Kind::Integer, &[]).rules(&Rules { min: Some(0.0), max: Some(1000.0), pattern: None, values: &[] });
pub static CONCURRENT_MODIFICATION_EXCEPTION: Shape = s("ConcurrentModificationException", Kind::Structure, &[]);
pub static CONDITION: Shape = s("Condition", Kind::Structure, &[r("Type", &STRING), r("Key", &STRING), r("Value", &STRING)]);
pub static CONNECTION: Shape = s("Connection", Kind::Structure, &[o("ConnectionArn", &CONNECTION_ARN), o("Name", &CONNECTION_NAME), o("ConnectionState", &CONNECTION_STATE), o("StateReason", &CONNECTION_STATE_REASON), o("AuthorizationType", &CONNECTION_AUTHORIZATION_TYPE), o("CreationTime", &TIMESTAMP), o("LastModifiedTime", &TIMESTAMP), o("LastAuthorizedTime", &TIMESTAMP)]);
pub static CONNECTION_API_KEY_AUTH_RESPONSE_PARAMETERS: Shape = s("ConnectionApiKeyAuthResponseParameters", Kind::Structure, &[o("ApiKeyName", &AUTH_HEADER_PARAMETERS)]);
pub static CONNECTION_ARN: Shape = s("ConnectionArn", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1600.0), pattern: Some("^arn:aws([a-z]|\\-)*:events:([a-z]|\\d|\\-)*:([0-9]{12})?:connection\\/[\\.\\-_A-Za-z0-9]+\\/[\\-A-Za-z0-9]+$"), values: &[] });
pub static CONNECTION_AUTH_RESPONSE_PARAMETERS: Shape = s("ConnectionAuthResponseParameters", Kind::Structure, &[o("BasicAuthParameters", &CONNECTION_BASIC_AUTH_RESPONSE_PARAMETERS), o("OAuthParameters", &CONNECTION_O_AUTH_RESPONSE_PARAMETERS), o("ApiKeyAuthParameters", &CONNECTION_API_KEY_AUTH_RESPONSE_PARAMETERS), o("InvocationHttpParameters", &CONNECTION_HTTP_PARAMETERS), o("ConnectivityParameters", &DESCRIBE_CONNECTION_CONNECTIVITY_PARAMETERS)]);
pub static CONNECTION_AUTHORIZATION_TYPE: Shape = s("ConnectionAuthorizationType", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["BASIC", "OAUTH_CLIENT_CREDENTIALS", "API_KEY"] });
pub static CONNECTION_BASIC_AUTH_RESPONSE_PARAMETERS: Shape = s("ConnectionBasicAuthResponseParameters", Kind::Structure, &[o("Username", &AUTH_HEADER_PARAMETERS)]);
pub static CONNECTION_BODY_PARAMETER: Shape = s("ConnectionBodyParameter", Kind::Structure, &[o("Key", &STRING), o("Value", &SENSITIVE_STRING), o("IsValueSecret", &BOOLEAN)]);
pub static CONNECTION_BODY_PARAMETERS_LIST: Shape = s("ConnectionBodyParametersList", Kind::List, &[o("member", &CONNECTION_BODY_PARAMETER)]).rules(&Rules { min: Some(0.0), max: Some(100.0), pattern: None, values: &[] });
pub static CONNECTION_DESCRIPTION: Shape = s("ConnectionDescription", Kind::String, &[]).rules(&Rules { min: None, max: Some(512.0), pattern: Some(".*"), values: &[] });
pub static CONNECTION_HEADER_PARAMETER: Shape = s("ConnectionHeaderParameter", Kind::Structure, &[o("Key", &HEADER_KEY), o("Value", &HEADER_VALUE_SENSITIVE), o("IsValueSecret", &BOOLEAN)]);
pub static CONNECTION_HEADER_PARAMETERS_LIST: Shape = s("ConnectionHeaderParametersList", Kind::List, &[o("member", &CONNECTION_HEADER_PARAMETER)]).rules(&Rules { min: Some(0.0), max: Some(100.0), pattern: None, values: &[] });
pub static CONNECTION_HTTP_PARAMETERS: Shape = s("ConnectionHttpParameters", Kind::Structure, &[o("HeaderParameters", &CONNECTION_HEADER_PARAMETERS_LIST), o("QueryStringParameters", &CONNECTION_QUERY_STRING_PARAMETERS_LIST), o("BodyParameters", &CONNECTION_BODY_PARAMETERS_LIST)]);
pub static CONNECTION_NAME: Shape = s("ConnectionName", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(64.0), pattern: Some("[\\.\\-_A-Za-z0-9]+"), values: &[] });
pub static CONNECTION_O_AUTH_CLIENT_RESPONSE_PARAMETERS: Shape = s("ConnectionOAuthClientResponseParameters", Kind::Structure, &[o("ClientID", &AUTH_HEADER_PARAMETERS)]);
pub static CONNECTION_O_AUTH_HTTP_METHOD: Shape = s("ConnectionOAuthHttpMethod", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["GET", "POST", "PUT"] });
pub static CONNECTION_O_AUTH_RESPONSE_PARAMETERS: Shape = s("ConnectionOAuthResponseParameters", Kind::Structure, &[o("ClientParameters", &CONNECTION_O_AUTH_CLIENT_RESPONSE_PARAMETERS), o("AuthorizationEndpoint", &HTTPS_ENDPOINT), o("HttpMethod", &CONNECTION_O_AUTH_HTTP_METHOD), o("OAuthHttpParameters", &CONNECTION_HTTP_PARAMETERS)]);
pub static CONNECTION_QUERY_STRING_PARAMETER: Shape = s("ConnectionQueryStringParameter", Kind::Structure, &[o("Key", &QUERY_STRING_KEY), o("Value", &QUERY_STRING_VALUE_SENSITIVE), o("IsValueSecret", &BOOLEAN)]);
pub static CONNECTION_QUERY_STRING_PARAMETERS_LIST: Shape = s("ConnectionQueryStringParametersList", Kind::List, &[o("member", &CONNECTION_QUERY_STRING_PARAMETER)]).rules(&Rules { min: Some(0.0), max: Some(100.0), pattern: None, values: &[] });
pub static CONNECTION_RESPONSE_LIST: Shape = s("ConnectionResponseList", Kind::List, &[o("member", &CONNECTION)]);
pub static CONNECTION_STATE: Shape = s("ConnectionState", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["CREATING", "UPDATING", "DELETING", "AUTHORIZED", "DEAUTHORIZED", "AUTHORIZING", "DEAUTHORIZING", "ACTIVE", "FAILED_CONNECTIVITY"] });
pub static CONNECTION_STATE_REASON: Shape = s("ConnectionStateReason", Kind::String, &[]).rules(&Rules { min: None, max: Some(512.0), pattern: Some(".*"), values: &[] });
pub static CONNECTIVITY_RESOURCE_CONFIGURATION_ARN: Shape = s("ConnectivityResourceConfigurationArn", Kind::Structure, &[r("ResourceConfigurationArn", &RESOURCE_CONFIGURATION_ARN)]);
pub static CONNECTIVITY_RESOURCE_PARAMETERS: Shape = s("ConnectivityResourceParameters", Kind::Structure, &[r("ResourceParameters", &CONNECTIVITY_RESOURCE_CONFIGURATION_ARN)]);
pub static CREATE_API_DESTINATION_REQUEST: Shape = s("CreateApiDestinationRequest", Kind::Structure, &[r("Name", &API_DESTINATION_NAME), o("Description", &API_DESTINATION_DESCRIPTION), r("ConnectionArn", &CONNECTION_ARN), r("InvocationEndpoint", &HTTPS_ENDPOINT), r("HttpMethod", &API_DESTINATION_HTTP_METHOD), o("InvocationRateLimitPerSecond", &API_DESTINATION_INVOCATION_RATE_LIMIT_PER_SECOND)]);
pub static CREATE_API_DESTINATION_RESPONSE: Shape = s("CreateApiDestinationResponse", Kind::Structure, &[o("ApiDestinationArn", &API_DESTINATION_ARN), o("ApiDestinationState", &API_DESTINATION_STATE), o("CreationTime", &TIMESTAMP), o("LastModifiedTime", &TIMESTAMP)]);
pub static CREATE_ARCHIVE_REQUEST: Shape = s("CreateArchiveRequest", Kind::Structure, &[r("ArchiveName", &ARCHIVE_NAME), r("EventSourceArn", &EVENT_BUS_ARN), o("Description", &ARCHIVE_DESCRIPTION), o("EventPattern", &EVENT_PATTERN), o("RetentionDays", &RETENTION_DAYS), o("KmsKeyIdentifier", &KMS_KEY_IDENTIFIER)]);
pub static CREATE_ARCHIVE_RESPONSE: Shape = s("CreateArchiveResponse", Kind::Structure, &[o("ArchiveArn", &ARCHIVE_ARN), o("State", &ARCHIVE_STATE), o("StateReason", &ARCHIVE_STATE_REASON), o("CreationTime", &TIMESTAMP)]);
pub static CREATE_CONNECTION_API_KEY_AUTH_REQUEST_PARAMETERS: Shape = s("CreateConnectionApiKeyAuthRequestParameters", Kind::Structure, &[r("ApiKeyName", &AUTH_HEADER_PARAMETERS), r("ApiKeyValue", &AUTH_HEADER_PARAMETERS_SENSITIVE)]);
pub static CREATE_CONNECTION_AUTH_REQUEST_PARAMETERS: Shape = s("CreateConnectionAuthRequestParameters", Kind::Structure, &[o("BasicAuthParameters", &CREATE_CONNECTION_BASIC_AUTH_REQUEST_PARAMETERS), o("OAuthParameters", &CREATE_CONNECTION_O_AUTH_REQUEST_PARAMETERS), o("ApiKeyAuthParameters", &CREATE_CONNECTION_API_KEY_AUTH_REQUEST_PARAMETERS), o("InvocationHttpParameters", &CONNECTION_HTTP_PARAMETERS), o("ConnectivityParameters", &CONNECTIVITY_RESOURCE_PARAMETERS)]);
pub static CREATE_CONNECTION_BASIC_AUTH_REQUEST_PARAMETERS: Shape = s("CreateConnectionBasicAuthRequestParameters", Kind::Structure, &[r("Username", &AUTH_HEADER_PARAMETERS), r("Password", &AUTH_HEADER_PARAMETERS_SENSITIVE)]);
pub static CREATE_CONNECTION_O_AUTH_CLIENT_REQUEST_PARAMETERS: Shape = s("CreateConnectionOAuthClientRequestParameters", Kind::Structure, &[r("ClientID", &AUTH_HEADER_PARAMETERS), r("ClientSecret", &AUTH_HEADER_PARAMETERS_SENSITIVE)]);
pub static CREATE_CONNECTION_O_AUTH_REQUEST_PARAMETERS: Shape = s("CreateConnectionOAuthRequestParameters", Kind::Structure, &[r("ClientParameters", &CREATE_CONNECTION_O_AUTH_CLIENT_REQUEST_PARAMETERS), r("AuthorizationEndpoint", &HTTPS_ENDPOINT), r("HttpMethod", &CONNECTION_O_AUTH_HTTP_METHOD), o("OAuthHttpParameters", &CONNECTION_HTTP_PARAMETERS)]);
pub static CREATE_CONNECTION_REQUEST: Shape = s("CreateConnectionRequest", Kind::Structure, &[r("Name", &CONNECTION_NAME), o("Description", &CONNECTION_DESCRIPTION), r("AuthorizationType", &CONNECTION_AUTHORIZATION_TYPE), r("AuthParameters", &CREATE_CONNECTION_AUTH_REQUEST_PARAMETERS), o("InvocationConnectivityParameters", &CONNECTIVITY_RESOURCE_PARAMETERS), o("KmsKeyIdentifier", &KMS_KEY_IDENTIFIER)]);
pub static CREATE_CONNECTION_RESPONSE: Shape = s("CreateConnectionResponse", Kind::Structure, &[o("ConnectionArn", &CONNECTION_ARN), o("ConnectionState", &CONNECTION_STATE), o("CreationTime", &TIMESTAMP), o("LastModifiedTime", &TIMESTAMP)]);
pub static CREATE_ENDPOINT_REQUEST: Shape = s("CreateEndpointRequest", Kind::Structure, &[r("Name", &ENDPOINT_NAME), o("Description", &ENDPOINT_DESCRIPTION), r("RoutingConfig", &ROUTING_CONFIG), o("ReplicationConfig", &REPLICATION_CONFIG), r("EventBuses", &ENDPOINT_EVENT_BUS_LIST), o("RoleArn", &IAM_ROLE_ARN)]);
pub static CREATE_ENDPOINT_RESPONSE: Shape = s("CreateEndpointResponse", Kind::Structure, &[o("Name", &ENDPOINT_NAME), o("Arn", &ENDPOINT_ARN), o("RoutingConfig", &ROUTING_CONFIG), o("ReplicationConfig", &REPLICATION_CONFIG), o("EventBuses", &ENDPOINT_EVENT_BUS_LIST), o("RoleArn", &IAM_ROLE_ARN), o("State", &ENDPOINT_STATE)]);
pub static CREATE_EVENT_BUS_REQUEST: Shape = s("CreateEventBusRequest", Kind::Structure, &[r("Name", &EVENT_BUS_NAME), o("EventSourceName", &EVENT_SOURCE_NAME), o("Description", &EVENT_BUS_DESCRIPTION), o("KmsKeyIdentifier", &KMS_KEY_IDENTIFIER), o("DeadLetterConfig", &DEAD_LETTER_CONFIG), o("LogConfig", &LOG_CONFIG), o("Tags", &TAG_LIST)]);
pub static CREATE_EVENT_BUS_RESPONSE: Shape = s("CreateEventBusResponse", Kind::Structure, &[o("EventBusArn", &STRING), o("Description", &EVENT_BUS_DESCRIPTION), o("KmsKeyIdentifier", &KMS_KEY_IDENTIFIER), o("DeadLetterConfig", &DEAD_LETTER_CONFIG), o("LogConfig", &LOG_CONFIG)]);
pub static CREATE_PARTNER_EVENT_SOURCE_REQUEST: Shape = s("CreatePartnerEventSourceRequest", Kind::Structure, &[r("Name", &EVENT_SOURCE_NAME), r("Account", &ACCOUNT_ID)]);
pub static CREATE_PARTNER_EVENT_SOURCE_RESPONSE: Shape = s("CreatePartnerEventSourceResponse", Kind::Structure, &[o("EventSourceArn", &STRING)]);
pub static CREATED_BY: Shape = s("CreatedBy", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(128.0), pattern: None, values: &[] });
pub static DATABASE: Shape = s("Database", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(64.0), pattern: None, values: &[] });
pub static DB_USER: Shape = s("DbUser", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(128.0), pattern: None, values: &[] });
pub static DEACTIVATE_EVENT_SOURCE_REQUEST: Shape = s("DeactivateEventSourceRequest", Kind::Structure, &[r("Name", &EVENT_SOURCE_NAME)]);
pub static DEAD_LETTER_CONFIG: Shape = s("DeadLetterConfig", Kind::Structure, &[o("Arn", &RESOURCE_ARN)]);
pub static DEAUTHORIZE_CONNECTION_REQUEST: Shape = s("DeauthorizeConnectionRequest", Kind::Structure, &[r("Name", &CONNECTION_NAME)]);
pub static DEAUTHORIZE_CONNECTION_RESPONSE: Shape = s("DeauthorizeConnectionResponse", Kind::Structure, &[o("ConnectionArn", &CONNECTION_ARN), o("ConnectionState", &CONNECTION_STATE), o("CreationTime", &TIMESTAMP), o("LastModifiedTime", &TIMESTAMP), o("LastAuthorizedTime", &TIMESTAMP)]);
pub static DELETE_API_DESTINATION_REQUEST: Shape = s("DeleteApiDestinationRequest", Kind::Structure, &[r("Name", &API_DESTINATION_NAME)]);
pub static DELETE_API_DESTINATION_RESPONSE: Shape = s("DeleteApiDestinationResponse", Kind::Structure, &[]);
pub static DELETE_ARCHIVE_REQUEST: Shape = s("DeleteArchiveRequest", Kind::Structure, &[r("ArchiveName", &ARCHIVE_NAME)]);
pub static DELETE_ARCHIVE_RESPONSE: Shape = s("DeleteArchiveResponse", Kind::Structure, &[]);
pub static DELETE_CONNECTION_REQUEST: Shape = s("DeleteConnectionRequest", Kind::Structure, &[r("Name", &CONNECTION_NAME)]);
pub static DELETE_CONNECTION_RESPONSE: Shape = s("DeleteConnectionResponse", Kind::Structure, &[o("ConnectionArn", &CONNECTION_ARN), o("ConnectionState", &CONNECTION_STATE), o("CreationTime", &TIMESTAMP), o("LastModifiedTime", &TIMESTAMP), o("LastAuthorizedTime", &TIMESTAMP)]);
pub static DELETE_ENDPOINT_REQUEST: Shape = s("DeleteEndpointRequest", Kind::Structure, &[r("Name", &ENDPOINT_NAME)]);
pub static DELETE_ENDPOINT_RESPONSE: Shape = s("DeleteEndpointResponse", Kind::Structure, &[]);
pub static DELETE_EVENT_BUS_REQUEST: Shape = s("DeleteEventBusRequest", Kind::Structure, &[r("Name", &EVENT_BUS_NAME)]);
pub static DELETE_PARTNER_EVENT_SOURCE_REQUEST: Shape = s("DeletePartnerEventSourceRequest", Kind::Structure, &[r("Name", &EVENT_SOURCE_NAME), r("Account", &ACCOUNT_ID)]);
pub static DELETE_RULE_REQUEST: Shape = s("DeleteRuleRequest", Kind::Structure, &[r("Name", &RULE_NAME), o("EventBusName", &EVENT_BUS_NAME_OR_ARN), o("Force", &BOOLEAN)]);
pub static DESCRIBE_API_DESTINATION_REQUEST: Shape = s("DescribeApiDestinationRequest", Kind::Structure, &[r("Name", &API_DESTINATION_NAME)]);
pub static DESCRIBE_API_DESTINATION_RESPONSE: Shape = s("DescribeApiDestinationResponse", Kind::Structure, &[o("ApiDestinationArn", &API_DESTINATION_ARN), o("Name", &API_DESTINATION_NAME), o("Description", &API_DESTINATION_DESCRIPTION), o("ApiDestinationState", &API_DESTINATION_STATE), o("ConnectionArn", &CONNECTION_ARN), o("InvocationEndpoint", &HTTPS_ENDPOINT), o("HttpMethod", &API_DESTINATION_HTTP_METHOD), o("InvocationRateLimitPerSecond", &API_DESTINATION_INVOCATION_RATE_LIMIT_PER_SECOND), o("CreationTime", &TIMESTAMP), o("LastModifiedTime", &TIMESTAMP)]);
pub static DESCRIBE_ARCHIVE_REQUEST: Shape = s("DescribeArchiveRequest", Kind::Structure, &[r("ArchiveName", &ARCHIVE_NAME)]);
pub static DESCRIBE_ARCHIVE_RESPONSE: Shape = s("DescribeArchiveResponse", Kind::Structure, &[o("ArchiveArn", &ARCHIVE_ARN), o("ArchiveName", &ARCHIVE_NAME), o("EventSourceArn", &EVENT_BUS_ARN), o("Description", &ARCHIVE_DESCRIPTION), o("EventPattern", &EVENT_PATTERN), o("State", &ARCHIVE_STATE), o("StateReason", &ARCHIVE_STATE_REASON), o("KmsKeyIdentifier", &KMS_KEY_IDENTIFIER), o("RetentionDays", &RETENTION_DAYS), o("SizeBytes", &LONG), o("EventCount", &LONG), o("CreationTime", &TIMESTAMP)]);
pub static DESCRIBE_CONNECTION_CONNECTIVITY_PARAMETERS: Shape = s("DescribeConnectionConnectivityParameters", Kind::Structure, &[r("ResourceParameters", &DESCRIBE_CONNECTION_RESOURCE_PARAMETERS)]);
pub static DESCRIBE_CONNECTION_REQUEST: Shape = s("DescribeConnectionRequest", Kind::Structure, &[r("Name", &CONNECTION_NAME)]);
pub static DESCRIBE_CONNECTION_RESOURCE_PARAMETERS: Shape = s("DescribeConnectionResourceParameters", Kind::Structure, &[r("ResourceConfigurationArn", &RESOURCE_CONFIGURATION_ARN), r("ResourceAssociationArn", &RESOURCE_ASSOCIATION_ARN)]);
pub static DESCRIBE_CONNECTION_RESPONSE: Shape = s("DescribeConnectionResponse", Kind::Structure, &[o("ConnectionArn", &CONNECTION_ARN), o("Name", &CONNECTION_NAME), o("Description", &CONNECTION_DESCRIPTION), o("InvocationConnectivityParameters", &DESCRIBE_CONNECTION_CONNECTIVITY_PARAMETERS), o("ConnectionState", &CONNECTION_STATE), o("StateReason", &CONNECTION_STATE_REASON), o("AuthorizationType", &CONNECTION_AUTHORIZATION_TYPE), o("SecretArn", &SECRETS_MANAGER_SECRET_ARN), o("KmsKeyIdentifier", &KMS_KEY_IDENTIFIER), o("AuthParameters", &CONNECTION_AUTH_RESPONSE_PARAMETERS), o("CreationTime", &TIMESTAMP), o("LastModifiedTime", &TIMESTAMP), o("LastAuthorizedTime", &TIMESTAMP)]);
pub static DESCRIBE_ENDPOINT_REQUEST: Shape = s("DescribeEndpointRequest", Kind::Structure, &[r("Name", &ENDPOINT_NAME), o("HomeRegion", &HOME_REGION)]);
pub static DESCRIBE_ENDPOINT_RESPONSE: Shape = s("DescribeEndpointResponse", Kind::Structure, &[o("Name", &ENDPOINT_NAME), o("Description", &ENDPOINT_DESCRIPTION), o("Arn", &ENDPOINT_ARN), o("RoutingConfig", &ROUTING_CONFIG), o("ReplicationConfig", &REPLICATION_CONFIG), o("EventBuses", &ENDPOINT_EVENT_BUS_LIST), o("RoleArn", &IAM_ROLE_ARN), o("EndpointId", &ENDPOINT_ID), o("EndpointUrl", &ENDPOINT_URL), o("State", &ENDPOINT_STATE), o("StateReason", &ENDPOINT_STATE_REASON), o("CreationTime", &TIMESTAMP), o("LastModifiedTime", &TIMESTAMP)]);
pub static DESCRIBE_EVENT_BUS_REQUEST: Shape = s("DescribeEventBusRequest", Kind::Structure, &[o("Name", &EVENT_BUS_NAME_OR_ARN)]);
pub static DESCRIBE_EVENT_BUS_RESPONSE: Shape = s("DescribeEventBusResponse", Kind::Structure, &[o("Name", &STRING), o("Arn", &STRING), o("Description", &EVENT_BUS_DESCRIPTION), o("KmsKeyIdentifier", &KMS_KEY_IDENTIFIER), o("DeadLetterConfig", &DEAD_LETTER_CONFIG), o("Policy", &STRING), o("LogConfig", &LOG_CONFIG), o("CreationTime", &TIMESTAMP), o("LastModifiedTime", &TIMESTAMP), o("ManagedBy", &MANAGED_BY)]);
pub static DESCRIBE_EVENT_SOURCE_REQUEST: Shape = s("DescribeEventSourceRequest", Kind::Structure, &[r("Name", &EVENT_SOURCE_NAME)]);
pub static DESCRIBE_EVENT_SOURCE_RESPONSE: Shape = s("DescribeEventSourceResponse", Kind::Structure, &[o("Arn", &STRING), o("CreatedBy", &STRING), o("CreationTime", &TIMESTAMP), o("ExpirationTime", &TIMESTAMP), o("Name", &STRING), o("State", &EVENT_SOURCE_STATE)]);
pub static DESCRIBE_PARTNER_EVENT_SOURCE_REQUEST: Shape = s("DescribePartnerEventSourceRequest", Kind::Structure, &[r("Name", &EVENT_SOURCE_NAME)]);
pub static DESCRIBE_PARTNER_EVENT_SOURCE_RESPONSE: Shape = s("DescribePartnerEventSourceResponse", Kind::Structure, &[o("Arn", &STRING), o("Name", &STRING)]);
pub static DESCRIBE_REPLAY_REQUEST: Shape = s("DescribeReplayRequest", Kind::Structure, &[r("ReplayName", &REPLAY_NAME)]);
pub static DESCRIBE_REPLAY_RESPONSE: Shape = s("DescribeReplayResponse", Kind::Structure, &[o("ReplayName", &REPLAY_NAME), o("ReplayArn", &REPLAY_ARN), o("Description", &REPLAY_DESCRIPTION), o("State", &REPLAY_STATE), o("StateReason", &REPLAY_STATE_REASON), o("EventSourceArn", &ARCHIVE_ARN), o("Destination", &REPLAY_DESTINATION), o("EventStartTime", &TIMESTAMP), o("EventEndTime", &TIMESTAMP), o("EventLastReplayedTime", &TIMESTAMP), o("ReplayStartTime", &TIMESTAMP), o("ReplayEndTime", &TIMESTAMP)]);
pub static DESCRIBE_RULE_REQUEST: Shape = s("DescribeRuleRequest", Kind::Structure, &[r("Name", &RULE_NAME), o("EventBusName", &EVENT_BUS_NAME_OR_ARN)]);
pub static DESCRIBE_RULE_RESPONSE: Shape = s("DescribeRuleResponse", Kind::Structure, &[o("Name", &RULE_NAME), o("Arn", &RULE_ARN), o("EventPattern", &EVENT_PATTERN), o("ScheduleExpression", &SCHEDULE_EXPRESSION), o("State", &RULE_STATE), o("Description", &RULE_DESCRIPTION), o("RoleArn", &ROLE_ARN), o("ManagedBy", &MANAGED_BY), o("EventBusName", &EVENT_BUS_NAME), o("CreatedBy", &CREATED_BY)]);
pub static DISABLE_RULE_REQUEST: Shape = s("DisableRuleRequest", Kind::Structure, &[r("Name", &RULE_NAME), o("EventBusName", &EVENT_BUS_NAME_OR_ARN)]);
pub static ECS_PARAMETERS: Shape = s("EcsParameters", Kind::Structure, &[r("TaskDefinitionArn", &ARN), o("TaskCount", &LIMIT_MIN1), o("LaunchType", &LAUNCH_TYPE), o("NetworkConfiguration", &NETWORK_CONFIGURATION), o("PlatformVersion", &STRING), o("Group", &STRING), o("CapacityProviderStrategy", &CAPACITY_PROVIDER_STRATEGY), o("EnableECSManagedTags", &BOOLEAN), o("EnableExecuteCommand", &BOOLEAN), o("PlacementConstraints", &PLACEMENT_CONSTRAINTS), o("PlacementStrategy", &PLACEMENT_STRATEGIES), o("PropagateTags", &PROPAGATE_TAGS), o("ReferenceId", &REFERENCE_ID), o("Tags", &TAG_LIST)]);
pub static ENABLE_RULE_REQUEST: Shape = s("EnableRuleRequest", Kind::Structure, &[r("Name", &RULE_NAME), o("EventBusName", &EVENT_BUS_NAME_OR_ARN)]);
pub static ENDPOINT: Shape = s("Endpoint", Kind::Structure, &[o("Name", &ENDPOINT_NAME), o("Description", &ENDPOINT_DESCRIPTION), o("Arn", &ENDPOINT_ARN), o("RoutingConfig", &ROUTING_CONFIG), o("ReplicationConfig", &REPLICATION_CONFIG), o("EventBuses", &ENDPOINT_EVENT_BUS_LIST), o("RoleArn", &IAM_ROLE_ARN), o("EndpointId", &ENDPOINT_ID), o("EndpointUrl", &ENDPOINT_URL), o("State", &ENDPOINT_STATE), o("StateReason", &ENDPOINT_STATE_REASON), o("CreationTime", &TIMESTAMP), o("LastModifiedTime", &TIMESTAMP)]);
pub static ENDPOINT_ARN: Shape = s("EndpointArn", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1600.0), pattern: Some("^arn:aws([a-z]|\\-)*:events:([a-z]|\\d|\\-)*:([0-9]{12})?:endpoint\\/[/\\.\\-_A-Za-z0-9]+$"), values: &[] });
pub static ENDPOINT_DESCRIPTION: Shape = s("EndpointDescription", Kind::String, &[]).rules(&Rules { min: None, max: Some(512.0), pattern: Some(".*"), values: &[] });
pub static ENDPOINT_EVENT_BUS: Shape = s("EndpointEventBus", Kind::Structure, &[r("EventBusArn", &NON_PARTNER_EVENT_BUS_ARN)]);
pub static ENDPOINT_EVENT_BUS_LIST: Shape = s("EndpointEventBusList", Kind::List, &[o("member", &ENDPOINT_EVENT_BUS)]).rules(&Rules { min: Some(2.0), max: Some(2.0), pattern: None, values: &[] });
pub static ENDPOINT_ID: Shape = s("EndpointId", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(50.0), pattern: Some("^[A-Za-z0-9\\-]+[\\.][A-Za-z0-9\\-]+$"), values: &[] });
pub static ENDPOINT_LIST: Shape = s("EndpointList", Kind::List, &[o("member", &ENDPOINT)]);
pub static ENDPOINT_NAME: Shape = s("EndpointName", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(64.0), pattern: Some("[\\.\\-_A-Za-z0-9]+"), values: &[] });
pub static ENDPOINT_STATE: Shape = s("EndpointState", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["ACTIVE", "CREATING", "UPDATING", "DELETING", "CREATE_FAILED", "UPDATE_FAILED", "DELETE_FAILED"] });
pub static ENDPOINT_STATE_REASON: Shape = s("EndpointStateReason", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(512.0), pattern: Some(".*"), values: &[] });
pub static ENDPOINT_URL: Shape = s("EndpointUrl", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(256.0), pattern: Some("^(https://)?[\\.\\-a-z0-9]+$"), values: &[] });
pub static ERROR_CODE: Shape = s("ErrorCode", Kind::String, &[]);
pub static ERROR_MESSAGE: Shape = s("ErrorMessage", Kind::String, &[]);
pub static EVENT_BUS: Shape = s("EventBus", Kind::Structure, &[o("Name", &STRING), o("Arn", &STRING), o("Description", &EVENT_BUS_DESCRIPTION), o("Policy", &STRING), o("CreationTime", &TIMESTAMP), o("LastModifiedTime", &TIMESTAMP), o("ManagedBy", &MANAGED_BY)]);
pub static EVENT_BUS_ARN: Shape = s("EventBusArn", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1600.0), pattern: Some("^arn:aws([a-z]|\\-)*:events:([a-z]|\\d|\\-)*:([0-9]{12})?:.+\\/.+$"), values: &[] });
pub static EVENT_BUS_DESCRIPTION: Shape = s("EventBusDescription", Kind::String, &[]).rules(&Rules { min: None, max: Some(512.0), pattern: None, values: &[] });
pub static EVENT_BUS_LIST: Shape = s("EventBusList", Kind::List, &[o("member", &EVENT_BUS)]);
pub static EVENT_BUS_NAME: Shape = s("EventBusName", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(256.0), pattern: Some("[/\\.\\-_A-Za-z0-9]+"), values: &[] });
pub static EVENT_BUS_NAME_OR_ARN: Shape = s("EventBusNameOrArn", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1600.0), pattern: Some("(arn:aws[\\w-]*:events:[a-z]+-[a-z]+-[\\w-]+:[0-9]{12}:event-bus\\/)?[/\\.\\-_A-Za-z0-9]+"), values: &[] });
pub static EVENT_ID: Shape = s("EventId", Kind::String, &[]).rules(&Rules { min: None, max: Some(64.0), pattern: None, values: &[] });
pub static EVENT_PATTERN: Shape = s("EventPattern", Kind::String, &[]).rules(&Rules { min: None, max: Some(4096.0), pattern: None, values: &[] });
pub static EVENT_RESOURCE: Shape = s("EventResource", Kind::String, &[]).rules(&Rules { min: None, max: Some(2048.0), pattern: None, values: &[] });
pub static EVENT_RESOURCE_LIST: Shape = s("EventResourceList", Kind::List, &[o("member", &EVENT_RESOURCE)]);
pub static EVENT_SOURCE: Shape = s("EventSource", Kind::Structure, &[o("Arn", &STRING), o("CreatedBy", &STRING), o("CreationTime", &TIMESTAMP), o("ExpirationTime", &TIMESTAMP), o("Name", &STRING), o("State", &EVENT_SOURCE_STATE)]);
pub static EVENT_SOURCE_LIST: Shape = s("EventSourceList", Kind::List, &[o("member", &EVENT_SOURCE)]);
pub static EVENT_SOURCE_NAME: Shape = s("EventSourceName", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(256.0), pattern: Some("aws\\.partner(/[\\.\\-_A-Za-z0-9]+){2,}"), values: &[] });
pub static EVENT_SOURCE_NAME_PREFIX: Shape = s("EventSourceNamePrefix", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(256.0), pattern: Some("[/\\.\\-_A-Za-z0-9]+"), values: &[] });
pub static EVENT_SOURCE_STATE: Shape = s("EventSourceState", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["PENDING", "ACTIVE", "DELETED"] });
pub static EVENT_TIME: Shape = s("EventTime", Kind::Timestamp, &[]);
pub static FAILOVER_CONFIG: Shape = s("FailoverConfig", Kind::Structure, &[r("Primary", &PRIMARY), r("Secondary", &SECONDARY)]);
pub static GRAPH_QL_OPERATION: Shape = s("GraphQLOperation", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1048576.0), pattern: None, values: &[] }).traits(&Traits { sensitive: true, ..NONE });
pub static HEADER_KEY: Shape = s("HeaderKey", Kind::String, &[]).rules(&Rules { min: None, max: Some(512.0), pattern: Some("^[!#$%&'*+-.^_`|~0-9a-zA-Z]+$"), values: &[] });
pub static HEADER_PARAMETERS_MAP: Shape = s("HeaderParametersMap", Kind::Map, &[o("key", &HEADER_KEY), o("value", &HEADER_VALUE)]);
pub static HEADER_VALUE: Shape = s("HeaderValue", Kind::String, &[]).rules(&Rules { min: None, max: Some(512.0), pattern: Some("^[ \\t]*[\\x20-\\x7E]+([ \\t]+[\\x20-\\x7E]+)*[ \\t]*$"), values: &[] });
pub static HEADER_VALUE_SENSITIVE: Shape = s("HeaderValueSensitive", Kind::String, &[]).rules(&Rules { min: None, max: Some(512.0), pattern: Some("^[ \\t]*[\\x20-\\x7E]+([ \\t]+[\\x20-\\x7E]+)*[ \\t]*$"), values: &[] }).traits(&Traits { sensitive: true, ..NONE });
pub static HEALTH_CHECK: Shape = s("HealthCheck", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1600.0), pattern: Some("^arn:aws([a-z]|\\-)*:route53:::healthcheck/[\\-a-z0-9]+$"), values: &[] });
pub static HOME_REGION: Shape = s("HomeRegion", Kind::String, &[]).rules(&Rules { min: Some(9.0), max: Some(20.0), pattern: Some("^[\\-a-z0-9]+$"), values: &[] });
pub static HTTP_PARAMETERS: Shape = s("HttpParameters", Kind::Structure, &[o("PathParameterValues", &PATH_PARAMETER_LIST), o("HeaderParameters", &HEADER_PARAMETERS_MAP), o("QueryStringParameters", &QUERY_STRING_PARAMETERS_MAP)]);
pub static HTTPS_ENDPOINT: Shape = s("HttpsEndpoint", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(2048.0), pattern: Some("^((%[0-9A-Fa-f]{2}|[-()_.!~*';/?:@\\x26=+$,A-Za-z0-9])+)([).!';/?:,])?$"), values: &[] });
pub static IAM_ROLE_ARN: Shape = s("IamRoleArn", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(256.0), pattern: Some("^arn:aws[a-z-]*:iam::\\d{12}:role\\/[\\w+=,.@/-]+$"), values: &[] });
pub static ILLEGAL_STATUS_EXCEPTION: Shape = s("IllegalStatusException", Kind::Structure, &[]);
pub static INCLUDE_DETAIL: Shape = s("IncludeDetail", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["NONE", "FULL"] });
pub static INPUT_TRANSFORMER: Shape = s("InputTransformer", Kind::Structure, &[o("InputPathsMap", &TRANSFORMER_PATHS), r("InputTemplate", &TRANSFORMER_INPUT)]);
pub static INPUT_TRANSFORMER_PATH_KEY: Shape = s("InputTransformerPathKey", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(256.0), pattern: Some("[A-Za-z0-9\\_\\-]+"), values: &[] });
pub static INTEGER: Shape = s("Integer", Kind::Integer, &[]);
pub static INTERNAL_EXCEPTION: Shape = s("InternalException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: None, status: None, receiver: true }), ..NONE });
pub static INVALID_EVENT_PATTERN_EXCEPTION: Shape = s("InvalidEventPatternException", Kind::Structure, &[]);
pub static INVALID_STATE_EXCEPTION: Shape = s("InvalidStateException", Kind::Structure, &[]);
pub static KINESIS_PARAMETERS: Shape = s("KinesisParameters", Kind::Structure, &[r("PartitionKeyPath", &TARGET_PARTITION_KEY_PATH)]);
pub static KMS_KEY_IDENTIFIER: Shape = s("KmsKeyIdentifier", Kind::String, &[]).rules(&Rules { min: None, max: Some(2048.0), pattern: Some("^[a-zA-Z0-9_\\-/:]*$"), values: &[] });
pub static LAUNCH_TYPE: Shape = s("LaunchType", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["EC2", "FARGATE", "EXTERNAL"] });
pub static LEVEL: Shape = s("Level", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["OFF", "ERROR", "INFO", "TRACE"] });
pub static LIMIT_EXCEEDED_EXCEPTION: Shape = s("LimitExceededException", Kind::Structure, &[]);
pub static LIMIT_MAX100: Shape = s("LimitMax100", Kind::Integer, &[]).rules(&Rules { min: Some(1.0), max: Some(100.0), pattern: None, values: &[] });
pub static LIMIT_MIN1: Shape = s("LimitMin1", Kind::Integer, &[]).rules(&Rules { min: Some(1.0), max: None, pattern: None, values: &[] });
pub static LIST_API_DESTINATIONS_REQUEST: Shape = s("ListApiDestinationsRequest", Kind::Structure, &[o("NamePrefix", &API_DESTINATION_NAME), o("ConnectionArn", &CONNECTION_ARN), o("NextToken", &NEXT_TOKEN), o("Limit", &LIMIT_MAX100)]);
pub static LIST_API_DESTINATIONS_RESPONSE: Shape = s("ListApiDestinationsResponse", Kind::Structure, &[o("ApiDestinations", &API_DESTINATION_RESPONSE_LIST), o("NextToken", &NEXT_TOKEN)]);
pub static LIST_ARCHIVES_REQUEST: Shape = s("ListArchivesRequest", Kind::Structure, &[o("NamePrefix", &ARCHIVE_NAME), o("EventSourceArn", &EVENT_BUS_ARN), o("State", &ARCHIVE_STATE), o("NextToken", &NEXT_TOKEN), o("Limit", &LIMIT_MAX100)]);
pub static LIST_ARCHIVES_RESPONSE: Shape = s("ListArchivesResponse", Kind::Structure, &[o("Archives", &ARCHIVE_RESPONSE_LIST), o("NextToken", &NEXT_TOKEN)]);
pub static LIST_CONNECTIONS_REQUEST: Shape = s("ListConnectionsRequest", Kind::Structure, &[o("NamePrefix", &CONNECTION_NAME), o("ConnectionState", &CONNECTION_STATE), o("NextToken", &NEXT_TOKEN), o("Limit", &LIMIT_MAX100)]);
pub static LIST_CONNECTIONS_RESPONSE: Shape = s("ListConnectionsResponse", Kind::Structure, &[o("Connections", &CONNECTION_RESPONSE_LIST), o("NextToken", &NEXT_TOKEN)]);
pub static LIST_ENDPOINTS_REQUEST: Shape = s("ListEndpointsRequest", Kind::Structure, &[o("NamePrefix", &ENDPOINT_NAME), o("HomeRegion", &HOME_REGION), o("NextToken", &NEXT_TOKEN), o("MaxResults", &LIMIT_MAX100)]);
pub static LIST_ENDPOINTS_RESPONSE: Shape = s("ListEndpointsResponse", Kind::Structure, &[o("Endpoints", &ENDPOINT_LIST), o("NextToken", &NEXT_TOKEN)]);
pub static LIST_EVENT_BUSES_REQUEST: Shape = s("ListEventBusesRequest", Kind::Structure, &[o("NamePrefix", &EVENT_BUS_NAME), o("NextToken", &NEXT_TOKEN), o("Limit", &LIMIT_MAX100)]);
pub static LIST_EVENT_BUSES_RESPONSE: Shape = s("ListEventBusesResponse", Kind::Structure, &[o("EventBuses", &EVENT_BUS_LIST), o("NextToken", &NEXT_TOKEN)]);
pub static LIST_EVENT_SOURCES_REQUEST: Shape = s("ListEventSourcesRequest", Kind::Structure, &[o("NamePrefix", &EVENT_SOURCE_NAME_PREFIX), o("NextToken", &NEXT_TOKEN), o("Limit", &LIMIT_MAX100)]);
pub static LIST_EVENT_SOURCES_RESPONSE: Shape = s("ListEventSourcesResponse", Kind::Structure, &[o("EventSources", &EVENT_SOURCE_LIST), o("NextToken", &NEXT_TOKEN)]);
pub static LIST_PARTNER_EVENT_SOURCE_ACCOUNTS_REQUEST: Shape = s("ListPartnerEventSourceAccountsRequest", Kind::Structure, &[r("EventSourceName", &EVENT_SOURCE_NAME), o("NextToken", &NEXT_TOKEN), o("Limit", &LIMIT_MAX100)]);
pub static LIST_PARTNER_EVENT_SOURCE_ACCOUNTS_RESPONSE: Shape = s("ListPartnerEventSourceAccountsResponse", Kind::Structure, &[o("PartnerEventSourceAccounts", &PARTNER_EVENT_SOURCE_ACCOUNT_LIST), o("NextToken", &NEXT_TOKEN)]);
pub static LIST_PARTNER_EVENT_SOURCES_REQUEST: Shape = s("ListPartnerEventSourcesRequest", Kind::Structure, &[r("NamePrefix", &PARTNER_EVENT_SOURCE_NAME_PREFIX), o("NextToken", &NEXT_TOKEN), o("Limit", &LIMIT_MAX100)]);
pub static LIST_PARTNER_EVENT_SOURCES_RESPONSE: Shape = s("ListPartnerEventSourcesResponse", Kind::Structure, &[o("PartnerEventSources", &PARTNER_EVENT_SOURCE_LIST), o("NextToken", &NEXT_TOKEN)]);
pub static LIST_REPLAYS_REQUEST: Shape = s("ListReplaysRequest", Kind::Structure, &[o("NamePrefix", &REPLAY_NAME), o("State", &REPLAY_STATE), o("EventSourceArn", &ARCHIVE_ARN), o("NextToken", &NEXT_TOKEN), o("Limit", &LIMIT_MAX100)]);
pub static LIST_REPLAYS_RESPONSE: Shape = s("ListReplaysResponse", Kind::Structure, &[o("Replays", &REPLAY_LIST), o("NextToken", &NEXT_TOKEN)]);
pub static LIST_RULE_NAMES_BY_TARGET_REQUEST: Shape = s("ListRuleNamesByTargetRequest", Kind::Structure, &[r("TargetArn", &TARGET_ARN), o("EventBusName", &EVENT_BUS_NAME_OR_ARN), o("NextToken", &NEXT_TOKEN), o("Limit", &LIMIT_MAX100)]);
pub static LIST_RULE_NAMES_BY_TARGET_RESPONSE: Shape = s("ListRuleNamesByTargetResponse", Kind::Structure, &[o("RuleNames", &RULE_NAME_LIST), o("NextToken", &NEXT_TOKEN)]);
pub static LIST_RULES_REQUEST: Shape = s("ListRulesRequest", Kind::Structure, &[o("NamePrefix", &RULE_NAME), o("EventBusName", &EVENT_BUS_NAME_OR_ARN), o("NextToken", &NEXT_TOKEN), o("Limit", &LIMIT_MAX100)]);
pub static LIST_RULES_RESPONSE: Shape = s("ListRulesResponse", Kind::Structure, &[o("Rules", &RULE_RESPONSE_LIST), o("NextToken", &NEXT_TOKEN)]);
pub static LIST_TAGS_FOR_RESOURCE_REQUEST: Shape = s("ListTagsForResourceRequest", Kind::Structure, &[r("ResourceARN", &ARN)]);
pub static LIST_TAGS_FOR_RESOURCE_RESPONSE: Shape = s("ListTagsForResourceResponse", Kind::Structure, &[o("Tags", &TAG_LIST)]);
pub static LIST_TARGETS_BY_RULE_REQUEST: Shape = s("ListTargetsByRuleRequest", Kind::Structure, &[r("Rule", &RULE_NAME), o("EventBusName", &EVENT_BUS_NAME_OR_ARN), o("NextToken", &NEXT_TOKEN), o("Limit", &LIMIT_MAX100)]);
pub static LIST_TARGETS_BY_RULE_RESPONSE: Shape = s("ListTargetsByRuleResponse", Kind::Structure, &[o("Targets", &TARGET_LIST), o("NextToken", &NEXT_TOKEN)]);
pub static LOG_CONFIG: Shape = s("LogConfig", Kind::Structure, &[o("IncludeDetail", &INCLUDE_DETAIL), o("Level", &LEVEL)]);
pub static LONG: Shape = s("Long", Kind::Long, &[]);
pub static MANAGED_BY: Shape = s("ManagedBy", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(128.0), pattern: None, values: &[] });
pub static MANAGED_RULE_EXCEPTION: Shape = s("ManagedRuleException", Kind::Structure, &[]);
pub static MAXIMUM_EVENT_AGE_IN_SECONDS: Shape = s("MaximumEventAgeInSeconds", Kind::Integer, &[]).rules(&Rules { min: Some(60.0), max: Some(86400.0), pattern: None, values: &[] });
pub static MAXIMUM_RETRY_ATTEMPTS: Shape = s("MaximumRetryAttempts", Kind::Integer, &[]).rules(&Rules { min: Some(0.0), max: Some(185.0), pattern: None, values: &[] });
pub static MESSAGE_GROUP_ID: Shape = s("MessageGroupId", Kind::String, &[]).rules(&Rules { min: None, max: Some(100.0), pattern: None, values: &[] });
pub static NETWORK_CONFIGURATION: Shape = s("NetworkConfiguration", Kind::Structure, &[o("awsvpcConfiguration", &AWS_VPC_CONFIGURATION)]);
pub static NEXT_TOKEN: Shape = s("NextToken", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(2048.0), pattern: None, values: &[] });
pub static NON_PARTNER_EVENT_BUS_ARN: Shape = s("NonPartnerEventBusArn", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(512.0), pattern: Some("^arn:aws[a-z-]*:events:[a-z]+-[a-z-]+-\\d+:\\d{12}:event-bus/[\\w.-]+$"), values: &[] });
pub static NON_PARTNER_EVENT_BUS_NAME: Shape = s("NonPartnerEventBusName", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(256.0), pattern: Some("[\\.\\-_A-Za-z0-9]+"), values: &[] });
pub static NON_PARTNER_EVENT_BUS_NAME_OR_ARN: Shape = s("NonPartnerEventBusNameOrArn", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1600.0), pattern: Some("(arn:aws[\\w-]*:events:[a-z]+-[a-z]+-[\\w-]+:[0-9]{12}:event-bus\\/)?[\\.\\-_A-Za-z0-9]+"), values: &[] });
pub static OPERATION_DISABLED_EXCEPTION: Shape = s("OperationDisabledException", Kind::Structure, &[]);
pub static PARTNER_EVENT_SOURCE: Shape = s("PartnerEventSource", Kind::Structure, &[o("Arn", &STRING), o("Name", &STRING)]);
pub static PARTNER_EVENT_SOURCE_ACCOUNT: Shape = s("PartnerEventSourceAccount", Kind::Structure, &[o("Account", &ACCOUNT_ID), o("CreationTime", &TIMESTAMP), o("ExpirationTime", &TIMESTAMP), o("State", &EVENT_SOURCE_STATE)]);
pub static PARTNER_EVENT_SOURCE_ACCOUNT_LIST: Shape = s("PartnerEventSourceAccountList", Kind::List, &[o("member", &PARTNER_EVENT_SOURCE_ACCOUNT)]);
pub static PARTNER_EVENT_SOURCE_LIST: Shape = s("PartnerEventSourceList", Kind::List, &[o("member", &PARTNER_EVENT_SOURCE)]);
pub static PARTNER_EVENT_SOURCE_NAME_PREFIX: Shape = s("PartnerEventSourceNamePrefix", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(256.0), pattern: Some("aws\\.partner/[\\.\\-_A-Za-z0-9]+/[/\\.\\-_A-Za-z0-9]*"), values: &[] });
pub static PATH_PARAMETER: Shape = s("PathParameter", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: Some("^(?!\\s*$).+"), values: &[] });
pub static PATH_PARAMETER_LIST: Shape = s("PathParameterList", Kind::List, &[o("member", &PATH_PARAMETER)]);
pub static PLACEMENT_CONSTRAINT: Shape = s("PlacementConstraint", Kind::Structure, &[o("type", &PLACEMENT_CONSTRAINT_TYPE), o("expression", &PLACEMENT_CONSTRAINT_EXPRESSION)]);
pub static PLACEMENT_CONSTRAINT_EXPRESSION: Shape = s("PlacementConstraintExpression", Kind::String, &[]).rules(&Rules { min: None, max: Some(2000.0), pattern: None, values: &[] });
pub static PLACEMENT_CONSTRAINT_TYPE: Shape = s("PlacementConstraintType", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["distinctInstance", "memberOf"] });
pub static PLACEMENT_CONSTRAINTS: Shape = s("PlacementConstraints", Kind::List, &[o("member", &PLACEMENT_CONSTRAINT)]).rules(&Rules { min: None, max: Some(10.0), pattern: None, values: &[] });
pub static PLACEMENT_STRATEGIES: Shape = s("PlacementStrategies", Kind::List, &[o("member", &PLACEMENT_STRATEGY)]).rules(&Rules { min: None, max: Some(5.0), pattern: None, values: &[] });
pub static PLACEMENT_STRATEGY: Shape = s("PlacementStrategy", Kind::Structure, &[o("type", &PLACEMENT_STRATEGY_TYPE), o("field", &PLACEMENT_STRATEGY_FIELD)]);
pub static PLACEMENT_STRATEGY_FIELD: Shape = s("PlacementStrategyField", Kind::String, &[]).rules(&Rules { min: None, max: Some(255.0), pattern: None, values: &[] });
pub static PLACEMENT_STRATEGY_TYPE: Shape = s("PlacementStrategyType", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["random", "spread", "binpack"] });
pub static POLICY_LENGTH_EXCEEDED_EXCEPTION: Shape = s("PolicyLengthExceededException", Kind::Structure, &[]);
pub static PRIMARY: Shape = s("Primary", Kind::Structure, &[r("HealthCheck", &HEALTH_CHECK)]);
pub static PRINCIPAL: Shape = s("Principal", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(12.0), pattern: Some("(\\d{12}|\\*)"), values: &[] });
pub static PROPAGATE_TAGS: Shape = s("PropagateTags", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["TASK_DEFINITION"] });
pub static PUT_EVENTS_REQUEST: Shape = s("PutEventsRequest", Kind::Structure, &[r("Entries", &PUT_EVENTS_REQUEST_ENTRY_LIST), o("EndpointId", &ENDPOINT_ID)]);
pub static PUT_EVENTS_REQUEST_ENTRY: Shape = s("PutEventsRequestEntry", Kind::Structure, &[o("Time", &EVENT_TIME), o("Source", &STRING), o("Resources", &EVENT_RESOURCE_LIST), o("DetailType", &STRING), o("Detail", &STRING), o("EventBusName", &NON_PARTNER_EVENT_BUS_NAME_OR_ARN), o("TraceHeader", &TRACE_HEADER)]);
pub static PUT_EVENTS_REQUEST_ENTRY_LIST: Shape = s("PutEventsRequestEntryList", Kind::List, &[o("member", &PUT_EVENTS_REQUEST_ENTRY)]).rules(&Rules { min: Some(1.0), max: Some(10.0), pattern: None, values: &[] });
pub static PUT_EVENTS_RESPONSE: Shape = s("PutEventsResponse", Kind::Structure, &[o("FailedEntryCount", &INTEGER), o("Entries", &PUT_EVENTS_RESULT_ENTRY_LIST)]);
pub static PUT_EVENTS_RESULT_ENTRY: Shape = s("PutEventsResultEntry", Kind::Structure, &[o("EventId", &EVENT_ID), o("ErrorCode", &ERROR_CODE), o("ErrorMessage", &ERROR_MESSAGE)]);
pub static PUT_EVENTS_RESULT_ENTRY_LIST: Shape = s("PutEventsResultEntryList", Kind::List, &[o("member", &PUT_EVENTS_RESULT_ENTRY)]);
pub static PUT_PARTNER_EVENTS_REQUEST: Shape = s("PutPartnerEventsRequest", Kind::Structure, &[r("Entries", &PUT_PARTNER_EVENTS_REQUEST_ENTRY_LIST)]);
pub static PUT_PARTNER_EVENTS_REQUEST_ENTRY: Shape = s("PutPartnerEventsRequestEntry", Kind::Structure, &[o("Time", &EVENT_TIME), o("Source", &EVENT_SOURCE_NAME), o("Resources", &EVENT_RESOURCE_LIST), o("DetailType", &STRING), o("Detail", &STRING)]);
pub static PUT_PARTNER_EVENTS_REQUEST_ENTRY_LIST: Shape = s("PutPartnerEventsRequestEntryList", Kind::List, &[o("member", &PUT_PARTNER_EVENTS_REQUEST_ENTRY)]).rules(&Rules { min: Some(1.0), max: Some(20.0), pattern: None, values: &[] });
pub static PUT_PARTNER_EVENTS_RESPONSE: Shape = s("PutPartnerEventsResponse", Kind::Structure, &[o("FailedEntryCount", &INTEGER), o("Entries", &PUT_PARTNER_EVENTS_RESULT_ENTRY_LIST)]);
pub static PUT_PARTNER_EVENTS_RESULT_ENTRY: Shape = s("PutPartnerEventsResultEntry", Kind::Structure, &[o("EventId", &EVENT_ID), o("ErrorCode", &ERROR_CODE), o("ErrorMessage", &ERROR_MESSAGE)]);
pub static PUT_PARTNER_EVENTS_RESULT_ENTRY_LIST: Shape = s("PutPartnerEventsResultEntryList", Kind::List, &[o("member", &PUT_PARTNER_EVENTS_RESULT_ENTRY)]);
pub static PUT_PERMISSION_REQUEST: Shape = s("PutPermissionRequest", Kind::Structure, &[o("EventBusName", &NON_PARTNER_EVENT_BUS_NAME), o("Action", &ACTION), o("Principal", &PRINCIPAL), o("StatementId", &STATEMENT_ID), o("Condition", &CONDITION), o("Policy", &STRING)]);
pub static PUT_RULE_REQUEST: Shape = s("PutRuleRequest", Kind::Structure, &[r("Name", &RULE_NAME), o("ScheduleExpression", &SCHEDULE_EXPRESSION), o("EventPattern", &EVENT_PATTERN), o("State", &RULE_STATE), o("Description", &RULE_DESCRIPTION), o("RoleArn", &ROLE_ARN), o("Tags", &TAG_LIST), o("EventBusName", &EVENT_BUS_NAME_OR_ARN)]);
pub static PUT_RULE_RESPONSE: Shape = s("PutRuleResponse", Kind::Structure, &[o("RuleArn", &RULE_ARN)]);
pub static PUT_TARGETS_REQUEST: Shape = s("PutTargetsRequest", Kind::Structure, &[r("Rule", &RULE_NAME), o("EventBusName", &EVENT_BUS_NAME_OR_ARN), r("Targets", &TARGET_LIST)]);
pub static PUT_TARGETS_RESPONSE: Shape = s("PutTargetsResponse", Kind::Structure, &[o("FailedEntryCount", &INTEGER), o("FailedEntries", &PUT_TARGETS_RESULT_ENTRY_LIST)]);
pub static PUT_TARGETS_RESULT_ENTRY: Shape = s("PutTargetsResultEntry", Kind::Structure, &[o("TargetId", &TARGET_ID), o("ErrorCode", &ERROR_CODE), o("ErrorMessage", &ERROR_MESSAGE)]);
pub static PUT_TARGETS_RESULT_ENTRY_LIST: Shape = s("PutTargetsResultEntryList", Kind::List, &[o("member", &PUT_TARGETS_RESULT_ENTRY)]);
pub static QUERY_STRING_KEY: Shape = s("QueryStringKey", Kind::String, &[]).rules(&Rules { min: None, max: Some(512.0), pattern: Some("[^\\x00-\\x1F\\x7F]+"), values: &[] });
pub static QUERY_STRING_PARAMETERS_MAP: Shape = s("QueryStringParametersMap", Kind::Map, &[o("key", &QUERY_STRING_KEY), o("value", &QUERY_STRING_VALUE)]);
pub static QUERY_STRING_VALUE: Shape = s("QueryStringValue", Kind::String, &[]).rules(&Rules { min: None, max: Some(512.0), pattern: Some("[^\\x00-\\x09\\x0B\\x0C\\x0E-\\x1F\\x7F]+"), values: &[] });
pub static QUERY_STRING_VALUE_SENSITIVE: Shape = s("QueryStringValueSensitive", Kind::String, &[]).rules(&Rules { min: None, max: Some(512.0), pattern: Some("[^\\x00-\\x09\\x0B\\x0C\\x0E-\\x1F\\x7F]+"), values: &[] }).traits(&Traits { sensitive: true, ..NONE });
pub static REDSHIFT_DATA_PARAMETERS: Shape = s("RedshiftDataParameters", Kind::Structure, &[o("SecretManagerArn", &REDSHIFT_SECRET_MANAGER_ARN), r("Database", &DATABASE), o("DbUser", &DB_USER), o("Sql", &SQL), o("StatementName", &STATEMENT_NAME), o("WithEvent", &BOOLEAN), o("Sqls", &SQLS)]);
pub static REDSHIFT_SECRET_MANAGER_ARN: Shape = s("RedshiftSecretManagerArn", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1600.0), pattern: Some("(^arn:aws([a-z]|\\-)*:secretsmanager:[a-z0-9-.]+:.*)|(\\$(\\.[\\w_-]+(\\[(\\d+|\\*)\\])*)*)"), values: &[] });
pub static REFERENCE_ID: Shape = s("ReferenceId", Kind::String, &[]).rules(&Rules { min: None, max: Some(1024.0), pattern: None, values: &[] });
pub static REMOVE_PERMISSION_REQUEST: Shape = s("RemovePermissionRequest", Kind::Structure, &[o("StatementId", &STATEMENT_ID), o("RemoveAllPermissions", &BOOLEAN), o("EventBusName", &NON_PARTNER_EVENT_BUS_NAME)]);
pub static REMOVE_TARGETS_REQUEST: Shape = s("RemoveTargetsRequest", Kind::Structure, &[r("Rule", &RULE_NAME), o("EventBusName", &EVENT_BUS_NAME_OR_ARN), r("Ids", &TARGET_ID_LIST), o("Force", &BOOLEAN)]);
pub static REMOVE_TARGETS_RESPONSE: Shape = s("RemoveTargetsResponse", Kind::Structure, &[o("FailedEntryCount", &INTEGER), o("FailedEntries", &REMOVE_TARGETS_RESULT_ENTRY_LIST)]);
pub static REMOVE_TARGETS_RESULT_ENTRY: Shape = s("RemoveTargetsResultEntry", Kind::Structure, &[o("TargetId", &TARGET_ID), o("ErrorCode", &ERROR_CODE), o("ErrorMessage", &ERROR_MESSAGE)]);
pub static REMOVE_TARGETS_RESULT_ENTRY_LIST: Shape = s("RemoveTargetsResultEntryList", Kind::List, &[o("member", &REMOVE_TARGETS_RESULT_ENTRY)]);
pub static REPLAY: Shape = s("Replay", Kind::Structure, &[o("ReplayName", &REPLAY_NAME), o("EventSourceArn", &ARCHIVE_ARN), o("State", &REPLAY_STATE), o("StateReason", &REPLAY_STATE_REASON), o("EventStartTime", &TIMESTAMP), o("EventEndTime", &TIMESTAMP), o("EventLastReplayedTime", &TIMESTAMP), o("ReplayStartTime", &TIMESTAMP), o("ReplayEndTime", &TIMESTAMP)]);
pub static REPLAY_ARN: Shape = s("ReplayArn", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1600.0), pattern: Some("^arn:aws([a-z]|\\-)*:events:([a-z]|\\d|\\-)*:([0-9]{12})?:.+\\/[\\.\\-_A-Za-z0-9]+$"), values: &[] });
pub static REPLAY_DESCRIPTION: Shape = s("ReplayDescription", Kind::String, &[]).rules(&Rules { min: None, max: Some(512.0), pattern: Some(".*"), values: &[] });
pub static REPLAY_DESTINATION: Shape = s("ReplayDestination", Kind::Structure, &[r("Arn", &ARN), o("FilterArns", &REPLAY_DESTINATION_FILTERS)]);
pub static REPLAY_DESTINATION_FILTERS: Shape = s("ReplayDestinationFilters", Kind::List, &[o("member", &ARN)]);
pub static REPLAY_LIST: Shape = s("ReplayList", Kind::List, &[o("member", &REPLAY)]);
pub static REPLAY_NAME: Shape = s("ReplayName", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(64.0), pattern: Some("[\\.\\-_A-Za-z0-9]+"), values: &[] });
pub static REPLAY_STATE: Shape = s("ReplayState", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["STARTING", "RUNNING", "CANCELLING", "COMPLETED", "CANCELLED", "FAILED"] });
pub static REPLAY_STATE_REASON: Shape = s("ReplayStateReason", Kind::String, &[]).rules(&Rules { min: None, max: Some(512.0), pattern: Some(".*"), values: &[] });
pub static REPLICATION_CONFIG: Shape = s("ReplicationConfig", Kind::Structure, &[o("State", &REPLICATION_STATE)]);
pub static REPLICATION_STATE: Shape = s("ReplicationState", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["ENABLED", "DISABLED"] });
pub static RESOURCE_ALREADY_EXISTS_EXCEPTION: Shape = s("ResourceAlreadyExistsException", Kind::Structure, &[]);
pub static RESOURCE_ARN: Shape = s("ResourceArn", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1600.0), pattern: None, values: &[] });
pub static RESOURCE_ASSOCIATION_ARN: Shape = s("ResourceAssociationArn", Kind::String, &[]).rules(&Rules { min: Some(17.0), max: Some(2048.0), pattern: Some("^arn:[a-z0-9\\\\-]+:vpc-lattice:[a-zA-Z0-9\\\\-]+:\\\\d{12}:servicenetworkresourceassociation/snra-[0-9a-z]{17}$"), values: &[] });
pub static RESOURCE_CONFIGURATION_ARN: Shape = s("ResourceConfigurationArn", Kind::String, &[]).rules(&Rules { min: Some(0.0), max: Some(2048.0), pattern: Some("^(?:^arn:[a-z0-9\\-]+:vpc-lattice:[a-zA-Z0-9\\-]+:\\d{12}:resourceconfiguration/rcfg-[0-9a-z]{17}$|^$)"), values: &[] });
pub static RESOURCE_NOT_FOUND_EXCEPTION: Shape = s("ResourceNotFoundException", Kind::Structure, &[]);
pub static RETENTION_DAYS: Shape = s("RetentionDays", Kind::Integer, &[]).rules(&Rules { min: Some(0.0), max: None, pattern: None, values: &[] });
pub static RETRY_POLICY: Shape = s("RetryPolicy", Kind::Structure, &[o("MaximumRetryAttempts", &MAXIMUM_RETRY_ATTEMPTS), o("MaximumEventAgeInSeconds", &MAXIMUM_EVENT_AGE_IN_SECONDS)]);
pub static ROLE_ARN: Shape = s("RoleArn", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1600.0), pattern: None, values: &[] });
pub static ROUTE: Shape = s("Route", Kind::String, &[]).rules(&Rules { min: Some(9.0), max: Some(20.0), pattern: Some("^[\\-a-z0-9]+$"), values: &[] });
pub static ROUTING_CONFIG: Shape = s("RoutingConfig", Kind::Structure, &[r("FailoverConfig", &FAILOVER_CONFIG)]);
pub static RULE: Shape = s("Rule", Kind::Structure, &[o("Name", &RULE_NAME), o("Arn", &RULE_ARN), o("EventPattern", &EVENT_PATTERN), o("State", &RULE_STATE), o("Description", &RULE_DESCRIPTION), o("ScheduleExpression", &SCHEDULE_EXPRESSION), o("RoleArn", &ROLE_ARN), o("ManagedBy", &MANAGED_BY), o("EventBusName", &EVENT_BUS_NAME)]);
pub static RULE_ARN: Shape = s("RuleArn", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1600.0), pattern: None, values: &[] });
pub static RULE_DESCRIPTION: Shape = s("RuleDescription", Kind::String, &[]).rules(&Rules { min: None, max: Some(512.0), pattern: None, values: &[] });
pub static RULE_NAME: Shape = s("RuleName", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(64.0), pattern: Some("[\\.\\-_A-Za-z0-9]+"), values: &[] });
pub static RULE_NAME_LIST: Shape = s("RuleNameList", Kind::List, &[o("member", &RULE_NAME)]);
pub static RULE_RESPONSE_LIST: Shape = s("RuleResponseList", Kind::List, &[o("member", &RULE)]);
pub static RULE_STATE: Shape = s("RuleState", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"] });
pub static RUN_COMMAND_PARAMETERS: Shape = s("RunCommandParameters", Kind::Structure, &[r("RunCommandTargets", &RUN_COMMAND_TARGETS)]);
pub static RUN_COMMAND_TARGET: Shape = s("RunCommandTarget", Kind::Structure, &[r("Key", &RUN_COMMAND_TARGET_KEY), r("Values", &RUN_COMMAND_TARGET_VALUES)]);
pub static RUN_COMMAND_TARGET_KEY: Shape = s("RunCommandTargetKey", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(128.0), pattern: Some("^[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*$"), values: &[] });
pub static RUN_COMMAND_TARGET_VALUE: Shape = s("RunCommandTargetValue", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(256.0), pattern: None, values: &[] });
pub static RUN_COMMAND_TARGET_VALUES: Shape = s("RunCommandTargetValues", Kind::List, &[o("member", &RUN_COMMAND_TARGET_VALUE)]).rules(&Rules { min: Some(1.0), max: Some(50.0), pattern: None, values: &[] });
pub static RUN_COMMAND_TARGETS: Shape = s("RunCommandTargets", Kind::List, &[o("member", &RUN_COMMAND_TARGET)]).rules(&Rules { min: Some(1.0), max: Some(5.0), pattern: None, values: &[] });
pub static SAGE_MAKER_PIPELINE_PARAMETER: Shape = s("SageMakerPipelineParameter", Kind::Structure, &[r("Name", &SAGE_MAKER_PIPELINE_PARAMETER_NAME), r("Value", &SAGE_MAKER_PIPELINE_PARAMETER_VALUE)]);
pub static SAGE_MAKER_PIPELINE_PARAMETER_LIST: Shape = s("SageMakerPipelineParameterList", Kind::List, &[o("member", &SAGE_MAKER_PIPELINE_PARAMETER)]).rules(&Rules { min: Some(0.0), max: Some(200.0), pattern: None, values: &[] });
pub static SAGE_MAKER_PIPELINE_PARAMETER_NAME: Shape = s("SageMakerPipelineParameterName", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(256.0), pattern: Some("^[a-zA-Z0-9](-*[a-zA-Z0-9])*$"), values: &[] });
pub static SAGE_MAKER_PIPELINE_PARAMETER_VALUE: Shape = s("SageMakerPipelineParameterValue", Kind::String, &[]).rules(&Rules { min: None, max: Some(1024.0), pattern: None, values: &[] });
pub static SAGE_MAKER_PIPELINE_PARAMETERS: Shape = s("SageMakerPipelineParameters", Kind::Structure, &[o("PipelineParameterList", &SAGE_MAKER_PIPELINE_PARAMETER_LIST)]);
pub static SCHEDULE_EXPRESSION: Shape = s("ScheduleExpression", Kind::String, &[]).rules(&Rules { min: None, max: Some(256.0), pattern: None, values: &[] });
pub static SECONDARY: Shape = s("Secondary", Kind::Structure, &[r("Route", &ROUTE)]);
pub static SECRETS_MANAGER_SECRET_ARN: Shape = s("SecretsManagerSecretArn", Kind::String, &[]).rules(&Rules { min: Some(20.0), max: Some(2048.0), pattern: Some("^arn:aws([a-z]|\\-)*:secretsmanager:([a-z]|\\d|\\-)*:([0-9]{12})?:secret:[\\/_+=\\.@\\-A-Za-z0-9]+$"), values: &[] });
pub static SENSITIVE_STRING: Shape = s("SensitiveString", Kind::String, &[]).traits(&Traits { sensitive: true, ..NONE });
pub static SQL: Shape = s("Sql", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(100000.0), pattern: None, values: &[] }).traits(&Traits { sensitive: true, ..NONE });
pub static SQLS: Shape = s("Sqls", Kind::List, &[o("member", &SQL)]).rules(&Rules { min: Some(0.0), max: Some(40.0), pattern: None, values: &[] }).traits(&Traits { sensitive: true, ..NONE });
pub static SQS_PARAMETERS: Shape = s("SqsParameters", Kind::Structure, &[o("MessageGroupId", &MESSAGE_GROUP_ID)]);
pub static START_REPLAY_REQUEST: Shape = s("StartReplayRequest", Kind::Structure, &[r("ReplayName", &REPLAY_NAME), o("Description", &REPLAY_DESCRIPTION), r("EventSourceArn", &ARCHIVE_ARN), r("EventStartTime", &TIMESTAMP), r("EventEndTime", &TIMESTAMP), r("Destination", &REPLAY_DESTINATION)]);
pub static START_REPLAY_RESPONSE: Shape = s("StartReplayResponse", Kind::Structure, &[o("ReplayArn", &REPLAY_ARN), o("State", &REPLAY_STATE), o("StateReason", &REPLAY_STATE_REASON), o("ReplayStartTime", &TIMESTAMP)]);
pub static STATEMENT_ID: Shape = s("StatementId", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(64.0), pattern: Some("[a-zA-Z0-9-_]+"), values: &[] });
pub static STATEMENT_NAME: Shape = s("StatementName", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(500.0), pattern: None, values: &[] });
pub static STRING: Shape = s("String", Kind::String, &[]);
pub static STRING_LIST: Shape = s("StringList", Kind::List, &[o("member", &STRING)]);
pub static TAG: Shape = s("Tag", Kind::Structure, &[r("Key", &TAG_KEY), r("Value", &TAG_VALUE)]);
pub static TAG_KEY: Shape = s("TagKey", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(128.0), pattern: None, values: &[] });
pub static TAG_KEY_LIST: Shape = s("TagKeyList", Kind::List, &[o("member", &TAG_KEY)]);
pub static TAG_LIST: Shape = s("TagList", Kind::List, &[o("member", &TAG)]);
pub static TAG_RESOURCE_REQUEST: Shape = s("TagResourceRequest", Kind::Structure, &[r("ResourceARN", &ARN), r("Tags", &TAG_LIST)]);
pub static TAG_RESOURCE_RESPONSE: Shape = s("TagResourceResponse", Kind::Structure, &[]);
pub static TAG_VALUE: Shape = s("TagValue", Kind::String, &[]).rules(&Rules { min: Some(0.0), max: Some(256.0), pattern: None, values: &[] });
pub static TARGET: Shape = s("Target", Kind::Structure, &[r("Id", &TARGET_ID), r("Arn", &TARGET_ARN), o("RoleArn", &ROLE_ARN), o("Input", &TARGET_INPUT), o("InputPath", &TARGET_INPUT_PATH), o("InputTransformer", &INPUT_TRANSFORMER), o("KinesisParameters", &KINESIS_PARAMETERS), o("RunCommandParameters", &RUN_COMMAND_PARAMETERS), o("EcsParameters", &ECS_PARAMETERS), o("BatchParameters", &BATCH_PARAMETERS), o("SqsParameters", &SQS_PARAMETERS), o("HttpParameters", &HTTP_PARAMETERS), o("RedshiftDataParameters", &REDSHIFT_DATA_PARAMETERS), o("SageMakerPipelineParameters", &SAGE_MAKER_PIPELINE_PARAMETERS), o("DeadLetterConfig", &DEAD_LETTER_CONFIG), o("RetryPolicy", &RETRY_POLICY), o("AppSyncParameters", &APP_SYNC_PARAMETERS)]);
pub static TARGET_ARN: Shape = s("TargetArn", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1600.0), pattern: None, values: &[] });
pub static TARGET_ID: Shape = s("TargetId", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(64.0), pattern: Some("[\\.\\-_A-Za-z0-9]+"), values: &[] });
pub static TARGET_ID_LIST: Shape = s("TargetIdList", Kind::List, &[o("member", &TARGET_ID)]).rules(&Rules { min: Some(1.0), max: Some(100.0), pattern: None, values: &[] });
pub static TARGET_INPUT: Shape = s("TargetInput", Kind::String, &[]).rules(&Rules { min: None, max: Some(8192.0), pattern: None, values: &[] });
pub static TARGET_INPUT_PATH: Shape = s("TargetInputPath", Kind::String, &[]).rules(&Rules { min: None, max: Some(256.0), pattern: None, values: &[] });
pub static TARGET_LIST: Shape = s("TargetList", Kind::List, &[o("member", &TARGET)]).rules(&Rules { min: Some(1.0), max: Some(100.0), pattern: None, values: &[] });
pub static TARGET_PARTITION_KEY_PATH: Shape = s("TargetPartitionKeyPath", Kind::String, &[]).rules(&Rules { min: None, max: Some(256.0), pattern: None, values: &[] });
pub static TEST_EVENT_PATTERN_REQUEST: Shape = s("TestEventPatternRequest", Kind::Structure, &[r("EventPattern", &EVENT_PATTERN), r("Event", &STRING)]);
pub static TEST_EVENT_PATTERN_RESPONSE: Shape = s("TestEventPatternResponse", Kind::Structure, &[o("Result", &BOOLEAN)]);
pub static THROTTLING_EXCEPTION: Shape = s("ThrottlingException", Kind::Structure, &[]);
pub static TIMESTAMP: Shape = s("Timestamp", Kind::Timestamp, &[]);
pub static TRACE_HEADER: Shape = s("TraceHeader", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(500.0), pattern: None, values: &[] });
pub static TRANSFORMER_INPUT: Shape = s("TransformerInput", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(8192.0), pattern: None, values: &[] });
pub static TRANSFORMER_PATHS: Shape = s("TransformerPaths", Kind::Map, &[o("key", &INPUT_TRANSFORMER_PATH_KEY), o("value", &TARGET_INPUT_PATH)]).rules(&Rules { min: None, max: Some(100.0), pattern: None, values: &[] });
pub static UNTAG_RESOURCE_REQUEST: Shape = s("UntagResourceRequest", Kind::Structure, &[r("ResourceARN", &ARN), r("TagKeys", &TAG_KEY_LIST)]);
pub static UNTAG_RESOURCE_RESPONSE: Shape = s("UntagResourceResponse", Kind::Structure, &[]);
pub static UPDATE_API_DESTINATION_REQUEST: Shape = s("UpdateApiDestinationRequest", Kind::Structure, &[r("Name", &API_DESTINATION_NAME), o("Description", &API_DESTINATION_DESCRIPTION), o("ConnectionArn", &CONNECTION_ARN), o("InvocationEndpoint", &HTTPS_ENDPOINT), o("HttpMethod", &API_DESTINATION_HTTP_METHOD), o("InvocationRateLimitPerSecond", &API_DESTINATION_INVOCATION_RATE_LIMIT_PER_SECOND)]);
pub static UPDATE_API_DESTINATION_RESPONSE: Shape = s("UpdateApiDestinationResponse", Kind::Structure, &[o("ApiDestinationArn", &API_DESTINATION_ARN), o("ApiDestinationState", &API_DESTINATION_STATE), o("CreationTime", &TIMESTAMP), o("LastModifiedTime", &TIMESTAMP)]);
pub static UPDATE_ARCHIVE_REQUEST: Shape = s("UpdateArchiveRequest", Kind::Structure, &[r("ArchiveName", &ARCHIVE_NAME), o("Description", &ARCHIVE_DESCRIPTION), o("EventPattern", &EVENT_PATTERN), o("RetentionDays", &RETENTION_DAYS), o("KmsKeyIdentifier", &KMS_KEY_IDENTIFIER)]);
pub static UPDATE_ARCHIVE_RESPONSE: Shape = s("UpdateArchiveResponse", Kind::Structure, &[o("ArchiveArn", &ARCHIVE_ARN), o("State", &ARCHIVE_STATE), o("StateReason", &ARCHIVE_STATE_REASON), o("CreationTime", &TIMESTAMP)]);
pub static UPDATE_CONNECTION_API_KEY_AUTH_REQUEST_PARAMETERS: Shape = s("UpdateConnectionApiKeyAuthRequestParameters", Kind::Structure, &[o("ApiKeyName", &AUTH_HEADER_PARAMETERS), o("ApiKeyValue", &AUTH_HEADER_PARAMETERS_SENSITIVE)]);
pub static UPDATE_CONNECTION_AUTH_REQUEST_PARAMETERS: Shape = s("UpdateConnectionAuthRequestParameters", Kind::Structure, &[o("BasicAuthParameters", &UPDATE_CONNECTION_BASIC_AUTH_REQUEST_PARAMETERS), o("OAuthParameters", &UPDATE_CONNECTION_O_AUTH_REQUEST_PARAMETERS), o("ApiKeyAuthParameters", &UPDATE_CONNECTION_API_KEY_AUTH_REQUEST_PARAMETERS), o("InvocationHttpParameters", &CONNECTION_HTTP_PARAMETERS), o("ConnectivityParameters", &CONNECTIVITY_RESOURCE_PARAMETERS)]);
pub static UPDATE_CONNECTION_BASIC_AUTH_REQUEST_PARAMETERS: Shape = s("UpdateConnectionBasicAuthRequestParameters", Kind::Structure, &[o("Username", &AUTH_HEADER_PARAMETERS), o("Password", &AUTH_HEADER_PARAMETERS_SENSITIVE)]);
pub static UPDATE_CONNECTION_O_AUTH_CLIENT_REQUEST_PARAMETERS: Shape = s("UpdateConnectionOAuthClientRequestParameters", Kind::Structure, &[o("ClientID", &AUTH_HEADER_PARAMETERS), o("ClientSecret", &AUTH_HEADER_PARAMETERS_SENSITIVE)]);
pub static UPDATE_CONNECTION_O_AUTH_REQUEST_PARAMETERS: Shape = s("UpdateConnectionOAuthRequestParameters", Kind::Structure, &[o("ClientParameters", &UPDATE_CONNECTION_O_AUTH_CLIENT_REQUEST_PARAMETERS), o("AuthorizationEndpoint", &HTTPS_ENDPOINT), o("HttpMethod", &CONNECTION_O_AUTH_HTTP_METHOD), o("OAuthHttpParameters", &CONNECTION_HTTP_PARAMETERS)]);
pub static UPDATE_CONNECTION_REQUEST: Shape = s("UpdateConnectionRequest", Kind::Structure, &[r("Name", &CONNECTION_NAME), o("Description", &CONNECTION_DESCRIPTION), o("AuthorizationType", &CONNECTION_AUTHORIZATION_TYPE), o("AuthParameters", &UPDATE_CONNECTION_AUTH_REQUEST_PARAMETERS), o("InvocationConnectivityParameters", &CONNECTIVITY_RESOURCE_PARAMETERS), o("KmsKeyIdentifier", &KMS_KEY_IDENTIFIER)]);
pub static UPDATE_CONNECTION_RESPONSE: Shape = s("UpdateConnectionResponse", Kind::Structure, &[o("ConnectionArn", &CONNECTION_ARN), o("ConnectionState", &CONNECTION_STATE), o("CreationTime", &TIMESTAMP), o("LastModifiedTime", &TIMESTAMP), o("LastAuthorizedTime", &TIMESTAMP)]);
pub static UPDATE_ENDPOINT_REQUEST: Shape = s("UpdateEndpointRequest", Kind::Structure, &[r("Name", &ENDPOINT_NAME), o("Description", &ENDPOINT_DESCRIPTION), o("RoutingConfig", &ROUTING_CONFIG), o("ReplicationConfig", &REPLICATION_CONFIG), o("EventBuses", &ENDPOINT_EVENT_BUS_LIST), o("RoleArn", &IAM_ROLE_ARN)]);
pub static UPDATE_ENDPOINT_RESPONSE: Shape = s("UpdateEndpointResponse", Kind::Structure, &[o("Name", &ENDPOINT_NAME), o("Arn", &ENDPOINT_ARN), o("RoutingConfig", &ROUTING_CONFIG), o("ReplicationConfig", &REPLICATION_CONFIG), o("EventBuses", &ENDPOINT_EVENT_BUS_LIST), o("RoleArn", &IAM_ROLE_ARN), o("EndpointId", &ENDPOINT_ID), o("EndpointUrl", &ENDPOINT_URL), o("State", &ENDPOINT_STATE)]);
pub static UPDATE_EVENT_BUS_REQUEST: Shape = s("UpdateEventBusRequest", Kind::Structure, &[o("Name", &EVENT_BUS_NAME), o("KmsKeyIdentifier", &KMS_KEY_IDENTIFIER), o("Description", &EVENT_BUS_DESCRIPTION), o("DeadLetterConfig", &DEAD_LETTER_CONFIG), o("LogConfig", &LOG_CONFIG)]);
pub static UPDATE_EVENT_BUS_RESPONSE: Shape = s("UpdateEventBusResponse", Kind::Structure, &[o("Arn", &STRING), o("Name", &EVENT_BUS_NAME), o("KmsKeyIdentifier", &KMS_KEY_IDENTIFIER), o("Description", &EVENT_BUS_DESCRIPTION), o("DeadLetterConfig", &DEAD_LETTER_CONFIG), o("LogConfig", &LOG_CONFIG)]);
