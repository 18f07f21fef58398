// @generated from botocore 1.44.5 (Apache-2.0); do not edit, run `cargo xtask import-models`.
// Model sha256 5bdf19ebafde34bc623c65120969ed30f8c424bcb9500e1731cf32d8a8ada4ca.
//! AWS Cloud Map, API version 2017-03-14.

use super::{o, op, r, s};
use crate::shape::{EMPTY, ErrorTraits, Kind, NONE, Operation, Protocol, Rules, Service, Shape, Traits};

pub static SERVICE: Service = Service {
    id: "servicediscovery",
    full_name: "AWS Cloud Map",
    signing_name: "servicediscovery",
    endpoint_prefix: "servicediscovery",
    version: "2017-03-14",
    protocols: &[Protocol::RpcV2Cbor, Protocol::AwsJson11],
    target_prefix: Some("Route53AutoNaming_v20170314"),
    namespace: None,
    query_compatible: false,
    operations: &OPERATIONS,
    errors: &[&CUSTOM_HEALTH_NOT_FOUND, &DUPLICATE_REQUEST, &INSTANCE_NOT_FOUND, &INVALID_INPUT, &NAMESPACE_ALREADY_EXISTS, &NAMESPACE_NOT_FOUND, &OPERATION_NOT_FOUND, &REQUEST_LIMIT_EXCEEDED, &RESOURCE_IN_USE, &RESOURCE_LIMIT_EXCEEDED, &RESOURCE_NOT_FOUND_EXCEPTION, &SERVICE_ALREADY_EXISTS, &SERVICE_ATTRIBUTES_LIMIT_EXCEEDED_EXCEPTION, &SERVICE_NOT_FOUND, &TOO_MANY_TAGS_EXCEPTION],
    served: include_str!("../../operations/servicediscovery.txt"),
};

static OPERATIONS: [Operation; 30] = [
    op("CreateHttpNamespace", &CREATE_HTTP_NAMESPACE_REQUEST, &CREATE_HTTP_NAMESPACE_RESPONSE, &[&DUPLICATE_REQUEST, &INVALID_INPUT, &NAMESPACE_ALREADY_EXISTS, &RESOURCE_LIMIT_EXCEEDED, &TOO_MANY_TAGS_EXCEPTION]),
    op("CreatePrivateDnsNamespace", &CREATE_PRIVATE_DNS_NAMESPACE_REQUEST, &CREATE_PRIVATE_DNS_NAMESPACE_RESPONSE, &[&DUPLICATE_REQUEST, &INVALID_INPUT, &NAMESPACE_ALREADY_EXISTS, &RESOURCE_LIMIT_EXCEEDED, &TOO_MANY_TAGS_EXCEPTION]),
    op("CreatePublicDnsNamespace", &CREATE_PUBLIC_DNS_NAMESPACE_REQUEST, &CREATE_PUBLIC_DNS_NAMESPACE_RESPONSE, &[&DUPLICATE_REQUEST, &INVALID_INPUT, &NAMESPACE_ALREADY_EXISTS, &RESOURCE_LIMIT_EXCEEDED, &TOO_MANY_TAGS_EXCEPTION]),
    op("CreateService", &CREATE_SERVICE_REQUEST, &CREATE_SERVICE_RESPONSE, &[&INVALID_INPUT, &NAMESPACE_NOT_FOUND, &RESOURCE_LIMIT_EXCEEDED, &SERVICE_ALREADY_EXISTS, &TOO_MANY_TAGS_EXCEPTION]),
    op("DeleteNamespace", &DELETE_NAMESPACE_REQUEST, &DELETE_NAMESPACE_RESPONSE, &[&DUPLICATE_REQUEST, &INVALID_INPUT, &NAMESPACE_NOT_FOUND, &RESOURCE_IN_USE]),
    op("DeleteService", &DELETE_SERVICE_REQUEST, &DELETE_SERVICE_RESPONSE, &[&INVALID_INPUT, &RESOURCE_IN_USE, &SERVICE_NOT_FOUND]),
    op("DeleteServiceAttributes", &DELETE_SERVICE_ATTRIBUTES_REQUEST, &DELETE_SERVICE_ATTRIBUTES_RESPONSE, &[&INVALID_INPUT, &SERVICE_NOT_FOUND]),
    op("DeregisterInstance", &DEREGISTER_INSTANCE_REQUEST, &DEREGISTER_INSTANCE_RESPONSE, &[&DUPLICATE_REQUEST, &INSTANCE_NOT_FOUND, &INVALID_INPUT, &RESOURCE_IN_USE, &SERVICE_NOT_FOUND]),
    op("DiscoverInstances", &DISCOVER_INSTANCES_REQUEST, &DISCOVER_INSTANCES_RESPONSE, &[&INVALID_INPUT, &NAMESPACE_NOT_FOUND, &REQUEST_LIMIT_EXCEEDED, &SERVICE_NOT_FOUND]),
    op("DiscoverInstancesRevision", &DISCOVER_INSTANCES_REVISION_REQUEST, &DISCOVER_INSTANCES_REVISION_RESPONSE, &[&INVALID_INPUT, &NAMESPACE_NOT_FOUND, &REQUEST_LIMIT_EXCEEDED, &SERVICE_NOT_FOUND]),
    op("GetInstance", &GET_INSTANCE_REQUEST, &GET_INSTANCE_RESPONSE, &[&INSTANCE_NOT_FOUND, &INVALID_INPUT, &SERVICE_NOT_FOUND]),
    op("GetInstancesHealthStatus", &GET_INSTANCES_HEALTH_STATUS_REQUEST, &GET_INSTANCES_HEALTH_STATUS_RESPONSE, &[&INSTANCE_NOT_FOUND, &INVALID_INPUT, &SERVICE_NOT_FOUND]),
    op("GetNamespace", &GET_NAMESPACE_REQUEST, &GET_NAMESPACE_RESPONSE, &[&INVALID_INPUT, &NAMESPACE_NOT_FOUND]),
    op("GetOperation", &GET_OPERATION_REQUEST, &GET_OPERATION_RESPONSE, &[&INVALID_INPUT, &OPERATION_NOT_FOUND]),
    op("GetService", &GET_SERVICE_REQUEST, &GET_SERVICE_RESPONSE, &[&INVALID_INPUT, &SERVICE_NOT_FOUND]),
    op("GetServiceAttributes", &GET_SERVICE_ATTRIBUTES_REQUEST, &GET_SERVICE_ATTRIBUTES_RESPONSE, &[&INVALID_INPUT, &SERVICE_NOT_FOUND]),
    op("ListInstances", &LIST_INSTANCES_REQUEST, &LIST_INSTANCES_RESPONSE, &[&INVALID_INPUT, &SERVICE_NOT_FOUND]),
    op("ListNamespaces", &LIST_NAMESPACES_REQUEST, &LIST_NAMESPACES_RESPONSE, &[&INVALID_INPUT]),
    op("ListOperations", &LIST_OPERATIONS_REQUEST, &LIST_OPERATIONS_RESPONSE, &[&INVALID_INPUT]),
    op("ListServices", &LIST_SERVICES_REQUEST, &LIST_SERVICES_RESPONSE, &[&INVALID_INPUT]),
    op("ListTagsForResource", &LIST_TAGS_FOR_RESOURCE_REQUEST, &LIST_TAGS_FOR_RESOURCE_RESPONSE, &[&INVALID_INPUT, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("RegisterInstance", &REGISTER_INSTANCE_REQUEST, &REGISTER_INSTANCE_RESPONSE, &[&DUPLICATE_REQUEST, &INVALID_INPUT, &RESOURCE_IN_USE, &RESOURCE_LIMIT_EXCEEDED, &SERVICE_NOT_FOUND]),
    op("TagResource", &TAG_RESOURCE_REQUEST, &TAG_RESOURCE_RESPONSE, &[&INVALID_INPUT, &RESOURCE_NOT_FOUND_EXCEPTION, &TOO_MANY_TAGS_EXCEPTION]),
    op("UntagResource", &UNTAG_RESOURCE_REQUEST, &UNTAG_RESOURCE_RESPONSE, &[&INVALID_INPUT, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("UpdateHttpNamespace", &UPDATE_HTTP_NAMESPACE_REQUEST, &UPDATE_HTTP_NAMESPACE_RESPONSE, &[&DUPLICATE_REQUEST, &INVALID_INPUT, &NAMESPACE_NOT_FOUND, &RESOURCE_IN_USE]),
    op("UpdateInstanceCustomHealthStatus", &UPDATE_INSTANCE_CUSTOM_HEALTH_STATUS_REQUEST, &EMPTY, &[&CUSTOM_HEALTH_NOT_FOUND, &INSTANCE_NOT_FOUND, &INVALID_INPUT, &SERVICE_NOT_FOUND]),
    op("UpdatePrivateDnsNamespace", &UPDATE_PRIVATE_DNS_NAMESPACE_REQUEST, &UPDATE_PRIVATE_DNS_NAMESPACE_RESPONSE, &[&DUPLICATE_REQUEST, &INVALID_INPUT, &NAMESPACE_NOT_FOUND, &RESOURCE_IN_USE]),
    op("UpdatePublicDnsNamespace", &UPDATE_PUBLIC_DNS_NAMESPACE_REQUEST, &UPDATE_PUBLIC_DNS_NAMESPACE_RESPONSE, &[&DUPLICATE_REQUEST, &INVALID_INPUT, &NAMESPACE_NOT_FOUND, &RESOURCE_IN_USE]),
    op("UpdateService", &UPDATE_SERVICE_REQUEST, &UPDATE_SERVICE_RESPONSE, &[&DUPLICATE_REQUEST, &INVALID_INPUT, &SERVICE_NOT_FOUND]),
    op("UpdateServiceAttributes", &UPDATE_SERVICE_ATTRIBUTES_REQUEST, &UPDATE_SERVICE_ATTRIBUTES_RESPONSE, &[&INVALID_INPUT, &SERVICE_ATTRIBUTES_LIMIT_EXCEEDED_EXCEPTION, &SERVICE_NOT_FOUND]),
];

pub static AWS_ACCOUNT_ID: Shape = s("AWSAccountId", Kind::String, &[]).rules(&Rules { min: Some(12.0), max: Some(12.0), pattern: None, values: &[] });
pub static AMAZON_RESOURCE_NAME: Shape = s("AmazonResourceName", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1011.0), pattern: None, values: &[] });
pub static ARN: Shape = s("Arn", Kind::String, &[]).rules(&Rules { min: None, max: Some(255.0), pattern: None, values: &[] });
pub static ATTR_KEY: Shape = s("AttrKey", Kind::String, &[]).rules(&Rules { min: None, max: Some(255.0), pattern: Some("^[a-zA-Z0-9!-~]+$"), values: &[] });
pub static ATTR_VALUE: Shape = s("AttrValue", Kind::String, &[]).rules(&Rules { min: None, max: Some(1024.0), pattern: Some("^([a-zA-Z0-9!-~][ \\ta-zA-Z0-9!-~]*){0,1}[a-zA-Z0-9!-~]{0,1}$"), values: &[] });
pub static ATTRIBUTES: Shape = s("Attributes", Kind::Map, &[o("key", &ATTR_KEY), o("value", &ATTR_VALUE)]);
pub static CODE: Shape = s("Code", Kind::String, &[]);
pub static CREATE_HTTP_NAMESPACE_REQUEST: Shape = s("CreateHttpNamespaceRequest", Kind::Structure, &[r("Name", &NAMESPACE_NAME_HTTP), o("CreatorRequestId", &RESOURCE_ID).traits(&Traits { idempotency_token: true, ..NONE }), o("Description", &RESOURCE_DESCRIPTION), o("Tags", &TAG_LIST)]);
pub static CREATE_HTTP_NAMESPACE_RESPONSE: Shape = s("CreateHttpNamespaceResponse", Kind::Structure, &[o("OperationId", &OPERATION_ID)]);
pub static CREATE_PRIVATE_DNS_NAMESPACE_REQUEST: Shape = s("CreatePrivateDnsNamespaceRequest", Kind::Structure, &[r("Name", &NAMESPACE_NAME_PRIVATE), o("CreatorRequestId", &RESOURCE_ID).traits(&Traits { idempotency_token: true, ..NONE }), o("Description", &RESOURCE_DESCRIPTION), r("Vpc", &RESOURCE_ID), o("Tags", &TAG_LIST), o("Properties", &PRIVATE_DNS_NAMESPACE_PROPERTIES)]);
pub static CREATE_PRIVATE_DNS_NAMESPACE_RESPONSE: Shape = s("CreatePrivateDnsNamespaceResponse", Kind::Structure, &[o("OperationId", &OPERATION_ID)]);
pub static CREATE_PUBLIC_DNS_NAMESPACE_REQUEST: Shape = s("CreatePublicDnsNamespaceRequest", Kind::Structure, &[r("Name", &NAMESPACE_NAME_PUBLIC), o("CreatorRequestId", &RESOURCE_ID).traits(&Traits { idempotency_token: true, ..NONE }), o("Description", &RESOURCE_DESCRIPTION), o("Tags", &TAG_LIST), o("Properties", &PUBLIC_DNS_NAMESPACE_PROPERTIES)]);
pub static CREATE_PUBLIC_DNS_NAMESPACE_RESPONSE: Shape = s("CreatePublicDnsNamespaceResponse", Kind::Structure, &[o("OperationId", &OPERATION_ID)]);
pub static CREATE_SERVICE_REQUEST: Shape = s("CreateServiceRequest", Kind::Structure, &[r("Name", &SERVICE_NAME), o("NamespaceId", &ARN), o("CreatorRequestId", &RESOURCE_ID).traits(&Traits { idempotency_token: true, ..NONE }), o("Description", &RESOURCE_DESCRIPTION), o("DnsConfig", &DNS_CONFIG), o("HealthCheckConfig", &HEALTH_CHECK_CONFIG), o("HealthCheckCustomConfig", &HEALTH_CHECK_CUSTOM_CONFIG), o("Tags", &TAG_LIST), o("Type", &SERVICE_TYPE_OPTION)]);
pub static CREATE_SERVICE_RESPONSE: Shape = s("CreateServiceResponse", Kind::Structure, &[o("Service", &SERVICE_2)]);
pub static CUSTOM_HEALTH_NOT_FOUND: Shape = s("CustomHealthNotFound", Kind::Structure, &[o("Message", &ERROR_MESSAGE)]).traits(&Traits { error: Some(&ErrorTraits { code: None, status: Some(404), receiver: false }), ..NONE });
pub static CUSTOM_HEALTH_STATUS: Shape = s("CustomHealthStatus", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["HEALTHY", "UNHEALTHY"] });
pub static DELETE_NAMESPACE_REQUEST: Shape = s("DeleteNamespaceRequest", Kind::Structure, &[r("Id", &ARN)]);
pub static DELETE_NAMESPACE_RESPONSE: Shape = s("DeleteNamespaceResponse", Kind::Structure, &[o("OperationId", &OPERATION_ID)]);
pub static DELETE_SERVICE_ATTRIBUTES_REQUEST: Shape = s("DeleteServiceAttributesRequest", Kind::Structure, &[r("ServiceId", &ARN), r("Attributes", &SERVICE_ATTRIBUTE_KEY_LIST)]);
pub static DELETE_SERVICE_ATTRIBUTES_RESPONSE: Shape = s("DeleteServiceAttributesResponse", Kind::Structure, &[]);
pub static DELETE_SERVICE_REQUEST: Shape = s("DeleteServiceRequest", Kind::Structure, &[r("Id", &ARN)]);
pub static DELETE_SERVICE_RESPONSE: Shape = s("DeleteServiceResponse", Kind::Structure, &[]);
pub static DEREGISTER_INSTANCE_REQUEST: Shape = s("DeregisterInstanceRequest", Kind::Structure, &[r("ServiceId", &ARN), r("InstanceId", &RESOURCE_ID)]);
pub static DEREGISTER_INSTANCE_RESPONSE: Shape = s("DeregisterInstanceResponse", Kind::Structure, &[o("OperationId", &OPERATION_ID)]);
pub static DISCOVER_INSTANCES_REQUEST: Shape = s("DiscoverInstancesRequest", Kind::Structure, &[r("NamespaceName", &NAMESPACE_NAME), r("ServiceName", &SERVICE_NAME), o("MaxResults", &DISCOVER_MAX_RESULTS), o("QueryParameters", &ATTRIBUTES), o("OptionalParameters", &ATTRIBUTES), o("HealthStatus", &HEALTH_STATUS_FILTER), o("OwnerAccount", &AWS_ACCOUNT_ID)]);
pub static DISCOVER_INSTANCES_RESPONSE: Shape = s("DiscoverInstancesResponse", Kind::Structure, &[o("Instances", &HTTP_INSTANCE_SUMMARY_LIST), o("InstancesRevision", &REVISION)]);
pub static DISCOVER_INSTANCES_REVISION_REQUEST: Shape = s("DiscoverInstancesRevisionRequest", Kind::Structure, &[r("NamespaceName", &NAMESPACE_NAME), r("ServiceName", &SERVICE_NAME), o("OwnerAccount", &AWS_ACCOUNT_ID)]);
pub static DISCOVER_INSTANCES_REVISION_RESPONSE: Shape = s("DiscoverInstancesRevisionResponse", Kind::Structure, &[o("InstancesRevision", &REVISION)]);
pub static DISCOVER_MAX_RESULTS: Shape = s("DiscoverMaxResults", Kind::Integer, &[]).rules(&Rules { min: Some(1.0), max: Some(1000.0), pattern: None, values: &[] });
pub static DNS_CONFIG: Shape = s("DnsConfig", Kind::Structure, &[o("NamespaceId", &RESOURCE_ID), o("RoutingPolicy", &ROUTING_POLICY), r("DnsRecords", &DNS_RECORD_LIST)]);
pub static DNS_CONFIG_CHANGE: Shape = s("DnsConfigChange", Kind::Structure, &[r("DnsRecords", &DNS_RECORD_LIST)]);
pub static DNS_PROPERTIES: Shape = s("DnsProperties", Kind::Structure, &[o("HostedZoneId", &RESOURCE_ID), o("SOA", &SOA)]);
pub static DNS_RECORD: Shape = s("DnsRecord", Kind::Structure, &[r("Type", &RECORD_TYPE), r("TTL", &RECORD_TTL)]);
pub static DNS_RECORD_LIST: Shape = s("DnsRecordList", Kind::List, &[o("member", &DNS_RECORD)]);
pub static DUPLICATE_REQUEST: Shape = s("DuplicateRequest", Kind::Structure, &[o("Message", &ERROR_MESSAGE), o("DuplicateOperationId", &OPERATION_ID)]).traits(&Traits { error: Some(&ErrorTraits { code: None, status: Some(409), receiver: false }), ..NONE });
pub static ERROR_MESSAGE: Shape = s("ErrorMessage", Kind::String, &[]);
pub static FAILURE_THRESHOLD: Shape = s("FailureThreshold", Kind::Integer, &[]).rules(&Rules { min: Some(1.0), max: Some(10.0), pattern: None, values: &[] });
pub static FILTER_CONDITION: Shape = s("FilterCondition", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["EQ", "IN", "BETWEEN", "BEGINS_WITH"] });
pub static FILTER_VALUE: Shape = s("FilterValue", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(255.0), pattern: None, values: &[] });
pub static FILTER_VALUES: Shape = s("FilterValues", Kind::List, &[o("member", &FILTER_VALUE)]);
pub static GET_INSTANCE_REQUEST: Shape = s("GetInstanceRequest", Kind::Structure, &[r("ServiceId", &ARN), r("InstanceId", &RESOURCE_ID)]);
pub static GET_INSTANCE_RESPONSE: Shape = s("GetInstanceResponse", Kind::Structure, &[o("ResourceOwner", &AWS_ACCOUNT_ID), o("Instance", &INSTANCE)]);
pub static GET_INSTANCES_HEALTH_STATUS_REQUEST: Shape = s("GetInstancesHealthStatusRequest", Kind::Structure, &[r("ServiceId", &ARN), o("Instances", &INSTANCE_ID_LIST), o("MaxResults", &MAX_RESULTS), o("NextToken", &NEXT_TOKEN)]);
pub static GET_INSTANCES_HEALTH_STATUS_RESPONSE: Shape = s("GetInstancesHealthStatusResponse", Kind::Structure, &[o("Status", &INSTANCE_HEALTH_STATUS_MAP), o("NextToken", &NEXT_TOKEN)]);
pub static GET_NAMESPACE_REQUEST: Shape = s("GetNamespaceRequest", Kind::Structure, &[r("Id", &ARN)]);
pub static GET_NAMESPACE_RESPONSE: Shape = s("GetNamespaceResponse", Kind::Structure, &[o("Namespace", &NAMESPACE)]);
pub static GET_OPERATION_REQUEST: Shape = s("GetOperationRequest", Kind::Structure, &[r("OperationId", &OPERATION_ID), o("OwnerAccount", &AWS_ACCOUNT_ID)]);
pub static GET_OPERATION_RESPONSE: Shape = s("GetOperationResponse", Kind::Structure, &[o("Operation", &OPERATION)]);
pub static GET_SERVICE_ATTRIBUTES_REQUEST: Shape = s("GetServiceAttributesRequest", Kind::Structure, &[r("ServiceId", &ARN)]);
pub static GET_SERVICE_ATTRIBUTES_RESPONSE: Shape = s("GetServiceAttributesResponse", Kind::Structure, &[o("ServiceAttributes", &SERVICE_ATTRIBUTES)]);
pub static GET_SERVICE_REQUEST: Shape = s("GetServiceRequest", Kind::Structure, &[r("Id", &ARN)]);
pub static GET_SERVICE_RESPONSE: Shape = s("GetServiceResponse", Kind::Structure, &[o("Service", &SERVICE_2)]);
pub static HEALTH_CHECK_CONFIG: Shape = s("HealthCheckConfig", Kind::Structure, &[r("Type", &HEALTH_CHECK_TYPE), o("ResourcePath", &RESOURCE_PATH), o("FailureThreshold", &FAILURE_THRESHOLD)]);
pub static HEALTH_CHECK_CUSTOM_CONFIG: Shape = s("HealthCheckCustomConfig", Kind::Structure, &[o("FailureThreshold", &FAILURE_THRESHOLD)]);
pub static HEALTH_CHECK_TYPE: Shape = s("HealthCheckType", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["HTTP", "HTTPS", "TCP"] });
pub static HEALTH_STATUS: Shape = s("HealthStatus", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["HEALTHY", "UNHEALTHY", "UNKNOWN"] });
pub static HEALTH_STATUS_FILTER: Shape = s("HealthStatusFilter", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["HEALTHY", "UNHEALTHY", "ALL", "HEALTHY_OR_ELSE_ALL"] });
pub static HTTP_INSTANCE_SUMMARY: Shape = s("HttpInstanceSummary", Kind::Structure, &[o("InstanceId", &RESOURCE_ID), o("NamespaceName", &NAMESPACE_NAME_HTTP), o("ServiceName", &SERVICE_NAME), o("HealthStatus", &HEALTH_STATUS), o("Attributes", &ATTRIBUTES)]);
pub static HTTP_INSTANCE_SUMMARY_LIST: Shape = s("HttpInstanceSummaryList", Kind::List, &[o("member", &HTTP_INSTANCE_SUMMARY)]);
pub static HTTP_NAMESPACE_CHANGE: Shape = s("HttpNamespaceChange", Kind::Structure, &[r("Description", &RESOURCE_DESCRIPTION)]);
pub static HTTP_PROPERTIES: Shape = s("HttpProperties", Kind::Structure, &[o("HttpName", &NAMESPACE_NAME)]);
pub static INSTANCE: Shape = s("Instance", Kind::Structure, &[r("Id", &RESOURCE_ID), o("CreatorRequestId", &RESOURCE_ID), o("Attributes", &ATTRIBUTES), o("CreatedByAccount", &AWS_ACCOUNT_ID)]);
pub static INSTANCE_HEALTH_STATUS_MAP: Shape = s("InstanceHealthStatusMap", Kind::Map, &[o("key", &RESOURCE_ID), o("value", &HEALTH_STATUS)]);
pub static INSTANCE_ID: Shape = s("InstanceId", Kind::String, &[]).rules(&Rules { min: None, max: Some(64.0), pattern: Some("^[0-9a-zA-Z_/:.@-]+$"), values: &[] });
pub static INSTANCE_ID_LIST: Shape = s("InstanceIdList", Kind::List, &[o("member", &RESOURCE_ID)]).rules(&Rules { min: Some(1.0), max: None, pattern: None, values: &[] });
pub static INSTANCE_NOT_FOUND: Shape = s("InstanceNotFound", Kind::Structure, &[o("Message", &ERROR_MESSAGE)]).traits(&Traits { error: Some(&ErrorTraits { code: None, status: Some(404), receiver: false }), ..NONE });
pub static INSTANCE_SUMMARY: Shape = s("InstanceSummary", Kind::Structure, &[o("Id", &RESOURCE_ID), o("Attributes", &ATTRIBUTES), o("CreatedByAccount", &AWS_ACCOUNT_ID)]);
pub static INSTANCE_SUMMARY_LIST: Shape = s("InstanceSummaryList", Kind::List, &[o("member", &INSTANCE_SUMMARY)]);
pub static INVALID_INPUT: Shape = s("InvalidInput", Kind::Structure, &[o("Message", &ERROR_MESSAGE)]).traits(&Traits { error: Some(&ErrorTraits { code: None, status: Some(400), receiver: false }), ..NONE });
pub static LIST_INSTANCES_REQUEST: Shape = s("ListInstancesRequest", Kind::Structure, &[r("ServiceId", &ARN), o("NextToken", &NEXT_TOKEN), o("MaxResults", &MAX_RESULTS)]);
pub static LIST_INSTANCES_RESPONSE: Shape = s("ListInstancesResponse", Kind::Structure, &[o("ResourceOwner", &AWS_ACCOUNT_ID), o("Instances", &INSTANCE_SUMMARY_LIST), o("NextToken", &NEXT_TOKEN)]);
pub static LIST_NAMESPACES_REQUEST: Shape = s("ListNamespacesRequest", Kind::Structure, &[o("NextToken", &NEXT_TOKEN), o("MaxResults", &MAX_RESULTS), o("Filters", &NAMESPACE_FILTERS)]);
pub static LIST_NAMESPACES_RESPONSE: Shape = s("ListNamespacesResponse", Kind::Structure, &[o("Namespaces", &NAMESPACE_SUMMARIES_LIST), o("NextToken", &NEXT_TOKEN)]);
pub static LIST_OPERATIONS_REQUEST: Shape = s("ListOperationsRequest", Kind::Structure, &[o("NextToken", &NEXT_TOKEN), o("MaxResults", &MAX_RESULTS), o("Filters", &OPERATION_FILTERS)]);
pub static LIST_OPERATIONS_RESPONSE: Shape = s("ListOperationsResponse", Kind::Structure, &[o("Operations", &OPERATION_SUMMARY_LIST), o("NextToken", &NEXT_TOKEN)]);
pub static LIST_SERVICES_REQUEST: Shape = s("ListServicesRequest", Kind::Structure, &[o("NextToken", &NEXT_TOKEN), o("MaxResults", &MAX_RESULTS), o("Filters", &SERVICE_FILTERS)]);
pub static LIST_SERVICES_RESPONSE: Shape = s("ListServicesResponse", Kind::Structure, &[o("Services", &SERVICE_SUMMARIES_LIST), o("NextToken", &NEXT_TOKEN)]);
pub static LIST_TAGS_FOR_RESOURCE_REQUEST: Shape = s("ListTagsForResourceRequest", Kind::Structure, &[r("ResourceARN", &AMAZON_RESOURCE_NAME)]);
pub static LIST_TAGS_FOR_RESOURCE_RESPONSE: Shape = s("ListTagsForResourceResponse", Kind::Structure, &[o("Tags", &TAG_LIST)]);
pub static MAX_RESULTS: Shape = s("MaxResults", Kind::Integer, &[]).rules(&Rules { min: Some(1.0), max: Some(100.0), pattern: None, values: &[] });
pub static MESSAGE: Shape = s("Message", Kind::String, &[]);
pub static NAMESPACE: Shape = s("Namespace", Kind::Structure, &[o("Id", &RESOURCE_ID), o("Arn", &ARN), o("ResourceOwner", &AWS_ACCOUNT_ID), o("Name", &NAMESPACE_NAME), o("Type", &NAMESPACE_TYPE), o("Description", &RESOURCE_DESCRIPTION), o("ServiceCount", &RESOURCE_COUNT), o("Properties", &NAMESPACE_PROPERTIES), o("CreateDate", &TIMESTAMP), o("CreatorRequestId", &RESOURCE_ID)]);
pub static NAMESPACE_ALREADY_EXISTS: Shape = s("NamespaceAlreadyExists", Kind::Structure, &[o("Message", &ERROR_MESSAGE), o("CreatorRequestId", &RESOURCE_ID), o("NamespaceId", &RESOURCE_ID)]).traits(&Traits { error: Some(&ErrorTraits { code: None, status: Some(400), receiver: false }), ..NONE });
pub static NAMESPACE_FILTER: Shape = s("NamespaceFilter", Kind::Structure, &[r("Name", &NAMESPACE_FILTER_NAME), r("Values", &FILTER_VALUES), o("Condition", &FILTER_CONDITION)]);
pub static NAMESPACE_FILTER_NAME: Shape = s("NamespaceFilterName", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["TYPE", "NAME", "HTTP_NAME", "RESOURCE_OWNER"] });
pub static NAMESPACE_FILTERS: Shape = s("NamespaceFilters", Kind::List, &[o("member", &NAMESPACE_FILTER)]);
pub static NAMESPACE_NAME: Shape = s("NamespaceName", Kind::String, &[]).rules(&Rules { min: None, max: Some(1024.0), pattern: Some("^[!-~]{1,1024}$"), values: &[] });
pub static NAMESPACE_NAME_HTTP: Shape = s("NamespaceNameHttp", Kind::String, &[]).rules(&Rules { min: None, max: Some(1024.0), pattern: Some("^(?!arn:)[!-~]{1,1024}$"), values: &[] });
pub static NAMESPACE_NAME_PRIVATE: Shape = s("NamespaceNamePrivate", Kind::String, &[]).rules(&Rules { min: None, max: Some(253.0), pattern: Some("^(?!arn:)[!-~]{1,253}$"), values: &[] });
pub static NAMESPACE_NAME_PUBLIC: Shape = s("NamespaceNamePublic", Kind::String, &[]).rules(&Rules { min: None, max: Some(253.0), pattern: Some("^([a-zA-Z0-9]([a-zA-Z0-9\\-]{0,61}[a-zA-Z0-9])?\\.)+[a-zA-Z0-9]([a-zA-Z0-9\\-]{0,61}[a-zA-Z0-9])?$"), values: &[] });
pub static NAMESPACE_NOT_FOUND: Shape = s("NamespaceNotFound", Kind::Structure, &[o("Message", &ERROR_MESSAGE)]).traits(&Traits { error: Some(&ErrorTraits { code: None, status: Some(404), receiver: false }), ..NONE });
pub static NAMESPACE_PROPERTIES: Shape = s("NamespaceProperties", Kind::Structure, &[o("DnsProperties", &DNS_PROPERTIES), o("HttpProperties", &HTTP_PROPERTIES)]);
pub static NAMESPACE_SUMMARIES_LIST: Shape = s("NamespaceSummariesList", Kind::List, &[o("member", &NAMESPACE_SUMMARY)]);
pub static NAMESPACE_SUMMARY: Shape = s("NamespaceSummary", Kind::Structure, &[o("Id", &RESOURCE_ID), o("Arn", &ARN), o("ResourceOwner", &AWS_ACCOUNT_ID), o("Name", &NAMESPACE_NAME), o("Type", &NAMESPACE_TYPE), o("Description", &RESOURCE_DESCRIPTION), o("ServiceCount", &RESOURCE_COUNT), o("Properties", &NAMESPACE_PROPERTIES), o("CreateDate", &TIMESTAMP)]);
pub static NAMESPACE_TYPE: Shape = s("NamespaceType", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["DNS_PUBLIC", "DNS_PRIVATE", "HTTP"] });
pub static NEXT_TOKEN: Shape = s("NextToken", Kind::String, &[]).rules(&Rules { min: None, max: Some(4096.0), pattern: None, values: &[] });
pub static OPERATION: Shape = s("Operation", Kind::Structure, &[o("Id", &OPERATION_ID), o("OwnerAccount", &AWS_ACCOUNT_ID), o("Type", &OPERATION_TYPE), o("Status", &OPERATION_STATUS), o("ErrorMessage", &MESSAGE), o("ErrorCode", &CODE), o("CreateDate", &TIMESTAMP), o("UpdateDate", &TIMESTAMP), o("Targets", &OPERATION_TARGETS_MAP)]);
pub static OPERATION_FILTER: Shape = s("OperationFilter", Kind::Structure, &[r("Name", &OPERATION_FILTER_NAME), r("Values", &FILTER_VALUES), o("Condition", &FILTER_CONDITION)]);
pub static OPERATION_FILTER_NAME: Shape = s("OperationFilterName", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["NAMESPACE_ID", "SERVICE_ID", "STATUS", "TYPE", "UPDATE_DATE"] });
pub static OPERATION_FILTERS: Shape = s("OperationFilters", Kind::List, &[o("member", &OPERATION_FILTER)]);
pub static OPERATION_ID: Shape = s("OperationId", Kind::String, &[]).rules(&Rules { min: None, max: Some(255.0), pattern: None, values: &[] });
pub static OPERATION_NOT_FOUND: Shape = s("OperationNotFound", Kind::Structure, &[o("Message", &ERROR_MESSAGE)]).traits(&Traits { error: Some(&ErrorTraits { code: None, status: Some(404), receiver: false }), ..NONE });
pub static OPERATION_STATUS: Shape = s("OperationStatus", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["SUBMITTED", "PENDING", "SUCCESS", "FAIL"] });
pub static OPERATION_SUMMARY: Shape = s("OperationSummary", Kind::Structure, &[o("Id", &OPERATION_ID), o("Status", &OPERATION_STATUS)]);
pub static OPERATION_SUMMARY_LIST: Shape = s("OperationSummaryList", Kind::List, &[o("member", &OPERATION_SUMMARY)]);
pub static OPERATION_TARGET_TYPE: Shape = s("OperationTargetType", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["NAMESPACE", "SERVICE", "INSTANCE"] });
pub static OPERATION_TARGETS_MAP: Shape = s("OperationTargetsMap", Kind::Map, &[o("key", &OPERATION_TARGET_TYPE), o("value", &RESOURCE_ID)]);
pub static OPERATION_TYPE: Shape = s("OperationType", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["CREATE_NAMESPACE", "DELETE_NAMESPACE", "UPDATE_NAMESPACE", "UPDATE_SERVICE", "REGISTER_INSTANCE", "DEREGISTER_INSTANCE"] });
pub static PRIVATE_DNS_NAMESPACE_CHANGE: Shape = s("PrivateDnsNamespaceChange", Kind::Structure, &[o("Description", &RESOURCE_DESCRIPTION), o("Properties", &PRIVATE_DNS_NAMESPACE_PROPERTIES_CHANGE)]);
pub static PRIVATE_DNS_NAMESPACE_PROPERTIES: Shape = s("PrivateDnsNamespaceProperties", Kind::Structure, &[r("DnsProperties", &PRIVATE_DNS_PROPERTIES_MUTABLE)]);
pub static PRIVATE_DNS_NAMESPACE_PROPERTIES_CHANGE: Shape = s("PrivateDnsNamespacePropertiesChange", Kind::Structure, &[r("DnsProperties", &PRIVATE_DNS_PROPERTIES_MUTABLE_CHANGE)]);
pub static PRIVATE_DNS_PROPERTIES_MUTABLE: Shape = s("PrivateDnsPropertiesMutable", Kind::Structure, &[r("SOA", &SOA)]);
pub static PRIVATE_DNS_PROPERTIES_MUTABLE_CHANGE: Shape = s("PrivateDnsPropertiesMutableChange", Kind::Structure, &[r("SOA", &SOA_CHANGE)]);
pub static PUBLIC_DNS_NAMESPACE_CHANGE: Shape = s("PublicDnsNamespaceChange", Kind::Structure, &[o("Description", &RESOURCE_DESCRIPTION), o("Properties", &PUBLIC_DNS_NAMESPACE_PROPERTIES_CHANGE)]);
pub static PUBLIC_DNS_NAMESPACE_PROPERTIES: Shape = s("PublicDnsNamespaceProperties", Kind::Structure, &[r("DnsProperties", &PUBLIC_DNS_PROPERTIES_MUTABLE)]);
pub static PUBLIC_DNS_NAMESPACE_PROPERTIES_CHANGE: Shape = s("PublicDnsNamespacePropertiesChange", Kind::Structure, &[r("DnsProperties", &PUBLIC_DNS_PROPERTIES_MUTABLE_CHANGE)]);
pub static PUBLIC_DNS_PROPERTIES_MUTABLE: Shape = s("PublicDnsPropertiesMutable", Kind::Structure, &[r("SOA", &SOA)]);
pub static PUBLIC_DNS_PROPERTIES_MUTABLE_CHANGE: Shape = s("PublicDnsPropertiesMutableChange", Kind::Structure, &[r("SOA", &SOA_CHANGE)]);
pub static RECORD_TTL: Shape = s("RecordTTL", Kind::Long, &[]).rules(&Rules { min: Some(0.0), max: Some(2147483647.0), pattern: None, values: &[] });
pub static RECORD_TYPE: Shape = s("RecordType", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["SRV", "A", "AAAA", "CNAME"] });
pub static REGISTER_INSTANCE_REQUEST: Shape = s("RegisterInstanceRequest", Kind::Structure, &[r("ServiceId", &ARN), r("InstanceId", &INSTANCE_ID), o("CreatorRequestId", &RESOURCE_ID).traits(&Traits { idempotency_token: true, ..NONE }), r("Attributes", &ATTRIBUTES)]);
pub static REGISTER_INSTANCE_RESPONSE: Shape = s("RegisterInstanceResponse", Kind::Structure, &[o("OperationId", &OPERATION_ID)]);
pub static REQUEST_LIMIT_EXCEEDED: Shape = s("RequestLimitExceeded", Kind::Structure, &[o("Message", &ERROR_MESSAGE)]).traits(&Traits { error: Some(&ErrorTraits { code: None, status: Some(429), receiver: false }), ..NONE });
pub static RESOURCE_COUNT: Shape = s("ResourceCount", Kind::Integer, &[]);
pub static RESOURCE_DESCRIPTION: Shape = s("ResourceDescription", Kind::String, &[]).rules(&Rules { min: None, max: Some(1024.0), pattern: None, values: &[] });
pub static RESOURCE_ID: Shape = s("ResourceId", Kind::String, &[]).rules(&Rules { min: None, max: Some(64.0), pattern: None, values: &[] });
pub static RESOURCE_IN_USE: Shape = s("ResourceInUse", Kind::Structure, &[o("Message", &ERROR_MESSAGE)]).traits(&Traits { error: Some(&ErrorTraits { code: None, status: Some(409), receiver: false }), ..NONE });
pub static RESOURCE_LIMIT_EXCEEDED: Shape = s("ResourceLimitExceeded", Kind::Structure, &[o("Message", &ERROR_MESSAGE)]).traits(&Traits { error: Some(&ErrorTraits { code: None, status: Some(400), receiver: false }), ..NONE });
pub static RESOURCE_NOT_FOUND_EXCEPTION: Shape = s("ResourceNotFoundException", Kind::Structure, &[o("Message", &ERROR_MESSAGE)]).traits(&Traits { error: Some(&ErrorTraits { code: None, status: Some(404), receiver: false }), ..NONE });
pub static RESOURCE_PATH: Shape = s("ResourcePath", Kind::String, &[]).rules(&Rules { min: None, max: Some(255.0), pattern: None, values: &[] });
pub static REVISION: Shape = s("Revision", Kind::Long, &[]);
pub static ROUTING_POLICY: Shape = s("RoutingPolicy", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["MULTIVALUE", "WEIGHTED"] });
pub static SOA: Shape = s("SOA", Kind::Structure, &[r("TTL", &RECORD_TTL)]);
pub static SOA_CHANGE: Shape = s("SOAChange", Kind::Structure, &[r("TTL", &RECORD_TTL)]);
pub static SERVICE_2: Shape = s("Service", Kind::Structure, &[o("Id", &RESOURCE_ID), o("Arn", &ARN), o("ResourceOwner", &AWS_ACCOUNT_ID), o("Name", &SERVICE_NAME), o("NamespaceId", &RESOURCE_ID), o("Description", &RESOURCE_DESCRIPTION), o("InstanceCount", &RESOURCE_COUNT), o("DnsConfig", &DNS_CONFIG), o("Type", &SERVICE_TYPE), o("HealthCheckConfig", &HEALTH_CHECK_CONFIG), o("HealthCheckCustomConfig", &HEALTH_CHECK_CUSTOM_CONFIG), o("CreateDate", &TIMESTAMP), o("CreatorRequestId", &RESOURCE_ID), o("CreatedByAccount", &AWS_ACCOUNT_ID)]);
pub static SERVICE_ALREADY_EXISTS: Shape = s("ServiceAlreadyExists", Kind::Structure, &[o("Message", &ERROR_MESSAGE), o("CreatorRequestId", &RESOURCE_ID), o("ServiceId", &RESOURCE_ID), o("ServiceArn", &ARN)]).traits(&Traits { error: Some(&ErrorTraits { code: None, status: Some(400), receiver: false }), ..NONE });
pub static SERVICE_ATTRIBUTE_KEY: Shape = s("ServiceAttributeKey", Kind::String, &[]).rules(&Rules { min: None, max: Some(255.0), pattern: None, values: &[] });
pub static SERVICE_ATTRIBUTE_KEY_LIST: Shape = s("ServiceAttributeKeyList", Kind::List, &[o("member", &SERVICE_ATTRIBUTE_KEY)]).rules(&Rules { min: Some(1.0), max: Some(30.0), pattern: None, values: &[] });
pub static SERVICE_ATTRIBUTE_VALUE: Shape = s("ServiceAttributeValue", Kind::String, &[]).rules(&Rules { min: None, max: Some(1024.0), pattern: None, values: &[] });
pub static SERVICE_ATTRIBUTES: Shape = s("ServiceAttributes", Kind::Structure, &[o("ServiceArn", &ARN), o("ResourceOwner", &AWS_ACCOUNT_ID), o("Attributes", &SERVICE_ATTRIBUTES_MAP)]);
pub static SERVICE_ATTRIBUTES_LIMIT_EXCEEDED_EXCEPTION: Shape = s("ServiceAttributesLimitExceededException", Kind::Structure, &[o("Message", &ERROR_MESSAGE)]).traits(&Traits { error: Some(&ErrorTraits { code: None, status: Some(400), receiver: false }), ..NONE });
pub static SERVICE_ATTRIBUTES_MAP: Shape = s("ServiceAttributesMap", Kind::Map, &[o("key", &SERVICE_ATTRIBUTE_KEY), o("value", &SERVICE_ATTRIBUTE_VALUE)]).rules(&Rules { min: Some(1.0), max: Some(30.0), pattern: None, values: &[] });
pub static SERVICE_CHANGE: Shape = s("ServiceChange", Kind::Structure, &[o("Description", &RESOURCE_DESCRIPTION), o("DnsConfig", &DNS_CONFIG_CHANGE), o("HealthCheckConfig", &HEALTH_CHECK_CONFIG)]);
pub static SERVICE_FILTER: Shape = s("ServiceFilter", Kind::Structure, &[r("Name", &SERVICE_FILTER_NAME), r("Values", &FILTER_VALUES), o("Condition", &FILTER_CONDITION)]);
pub static SERVICE_FILTER_NAME: Shape = s("ServiceFilterName", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["NAMESPACE_ID", "RESOURCE_OWNER"] });
pub static SERVICE_FILTERS: Shape = s("ServiceFilters", Kind::List, &[o("member", &SERVICE_FILTER)]);
pub static SERVICE_NAME: Shape = s("ServiceName", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: Some("((?=^.{1,127}$)^([a-zA-Z0-9_][a-zA-Z0-9-_]{0,61}[a-zA-Z0-9_]|[a-zA-Z0-9])(\\.([a-zA-Z0-9_][a-zA-Z0-9-_]{0,61}[a-zA-Z0-9_]|[a-zA-Z0-9]))*$)|(^\\.$)"), values: &[] });
pub static SERVICE_NOT_FOUND: Shape = s("ServiceNotFound", Kind::Structure, &[o("Message", &ERROR_MESSAGE)]).traits(&Traits { error: Some(&ErrorTraits { code: None, status: Some(404), receiver: false }), ..NONE });
pub static SERVICE_SUMMARIES_LIST: Shape = s("ServiceSummariesList", Kind::List, &[o("member", &SERVICE_SUMMARY)]);
pub static SERVICE_SUMMARY: Shape = s("ServiceSummary", Kind::Structure, &[o("Id", &RESOURCE_ID), o("Arn", &ARN), o("ResourceOwner", &AWS_ACCOUNT_ID), o("Name", &SERVICE_NAME), o("Type", &SERVICE_TYPE), o("Description", &RESOURCE_DESCRIPTION), o("InstanceCount", &RESOURCE_COUNT), o("DnsConfig", &DNS_CONFIG), o("HealthCheckConfig", &HEALTH_CHECK_CONFIG), o("HealthCheckCustomConfig", &HEALTH_CHECK_CUSTOM_CONFIG), o("CreateDate", &TIMESTAMP), o("CreatedByAccount", &AWS_ACCOUNT_ID)]);
pub static SERVICE_TYPE: Shape = s("ServiceType", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["HTTP", "DNS_HTTP", "DNS"] });
pub static SERVICE_TYPE_OPTION: Shape = s("ServiceTypeOption", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["HTTP"] });
pub static TAG: Shape = s("Tag", Kind::Structure, &[r("Key", &TAG_KEY), r("Value", &TAG_VALUE)]);
pub static TAG_KEY: Shape = s("TagKey", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(128.0), pattern: None, values: &[] });
pub static TAG_KEY_LIST: Shape = s("TagKeyList", Kind::List, &[o("member", &TAG_KEY)]).rules(&Rules { min: Some(0.0), max: Some(200.0), pattern: None, values: &[] });
pub static TAG_LIST: Shape = s("TagList", Kind::List, &[o("member", &TAG)]).rules(&Rules { min: Some(0.0), max: Some(200.0), pattern: None, values: &[] });
pub static TAG_RESOURCE_REQUEST: Shape = s("TagResourceRequest", Kind::Structure, &[r("ResourceARN", &AMAZON_RESOURCE_NAME), r("Tags", &TAG_LIST)]);
pub static TAG_RESOURCE_RESPONSE: Shape = s("TagResourceResponse", Kind::Structure, &[]);
pub static TAG_VALUE: Shape = s("TagValue", Kind::String, &[]).rules(&Rules { min: Some(0.0), max: Some(256.0), pattern: None, values: &[] });
pub static TIMESTAMP: Shape = s("Timestamp", Kind::Timestamp, &[]);
pub static TOO_MANY_TAGS_EXCEPTION: Shape = s("TooManyTagsException", Kind::Structure, &[o("Message", &ERROR_MESSAGE), o("ResourceName", &AMAZON_RESOURCE_NAME)]).traits(&Traits { error: Some(&ErrorTraits { code: None, status: Some(400), receiver: false }), ..NONE });
pub static UNTAG_RESOURCE_REQUEST: Shape = s("UntagResourceRequest", Kind::Structure, &[r("ResourceARN", &AMAZON_RESOURCE_NAME), r("TagKeys", &TAG_KEY_LIST)]);
pub static UNTAG_RESOURCE_RESPONSE: Shape = s("UntagResourceResponse", Kind::Structure, &[]);
pub static UPDATE_HTTP_NAMESPACE_REQUEST: Shape = s("UpdateHttpNamespaceRequest", Kind::Structure, &[r("Id", &ARN), o("UpdaterRequestId", &RESOURCE_ID).traits(&Traits { idempotency_token: true, ..NONE }), r("Namespace", &HTTP_NAMESPACE_CHANGE)]);
pub static UPDATE_HTTP_NAMESPACE_RESPONSE: Shape = s("UpdateHttpNamespaceResponse", Kind::Structure, &[o("OperationId", &OPERATION_ID)]);
pub static UPDATE_INSTANCE_CUSTOM_HEALTH_STATUS_REQUEST: Shape = s("UpdateInstanceCustomHealthStatusRequest", Kind::Structure, &[r("ServiceId", &ARN), r("InstanceId", &RESOURCE_ID), r("Status", &CUSTOM_HEALTH_STATUS)]);
pub static UPDATE_PRIVATE_DNS_NAMESPACE_REQUEST: Shape = s("UpdatePrivateDnsNamespaceRequest", Kind::Structure, &[r("Id", &ARN), o("UpdaterRequestId", &RESOURCE_ID).traits(&Traits { idempotency_token: true, ..NONE }), r("Namespace", &PRIVATE_DNS_NAMESPACE_CHANGE)]);
pub static UPDATE_PRIVATE_DNS_NAMESPACE_RESPONSE: Shape = s("UpdatePrivateDnsNamespaceResponse", Kind::Structure, &[o("OperationId", &OPERATION_ID)]);
pub static UPDATE_PUBLIC_DNS_NAMESPACE_REQUEST: Shape = s("UpdatePublicDnsNamespaceRequest", Kind::Structure, &[r("Id", &ARN), o("UpdaterRequestId", &RESOURCE_ID).traits(&Traits { idempotency_token: true, ..NONE }), r("Namespace", &PUBLIC_DNS_NAMESPACE_CHANGE)]);
pub static UPDATE_PUBLIC_DNS_NAMESPACE_RESPONSE: Shape = s("UpdatePublicDnsNamespaceResponse", Kind::Structure, &[o("OperationId", &OPERATION_ID)]);
pub static UPDATE_SERVICE_ATTRIBUTES_REQUEST: Shape = s("UpdateServiceAttributesRequest", Kind::Structure, &[r("ServiceId", &ARN), r("Attributes", &SERVICE_ATTRIBUTES_MAP)]);
pub static UPDATE_SERVICE_ATTRIBUTES_RESPONSE: Shape = s("UpdateServiceAttributesResponse", Kind::Structure, &[]);
pub static UPDATE_SERVICE_REQUEST: Shape = s("UpdateServiceRequest", Kind::Structure, &[r("Id", &ARN), r("Service", &SERVICE_CHANGE)]);
pub static UPDATE_SERVICE_RESPONSE: Shape = s("UpdateServiceResponse", Kind::Structure, &[o("OperationId", &OPERATION_ID)]);
