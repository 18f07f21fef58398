// @generated from botocore 1.44.5 (Apache-2.0); do not edit, run `cargo xtask import-models`.
//! AWS Cloud Map, API version 2017-03-14.

use std::sync::OnceLock;

use crate::shape::{Protocol, Service};
use crate::table::{Graph, Known, Table};

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
    served: include_str!("../../operations/servicediscovery.txt"),
    table: Table::new(include_str!("servicediscovery.txt"), graph),
};

fn graph() -> &'static Graph {
    static GRAPH: OnceLock<Graph> = OnceLock::new();
    GRAPH.get_or_init(|| Graph::read(SERVICE.table.text()))
}

const fn k(name: &'static str) -> Known {
    Known::new(&SERVICE, name)
}

pub const AWS_ACCOUNT_ID: Known = k("AWSAccountId");
pub const AMAZON_RESOURCE_NAME: Known = k("AmazonResourceName");
pub const ARN: Known = k("Arn");
pub const ATTR_KEY: Known = k("AttrKey");
pub const ATTR_VALUE: Known = k("AttrValue");
pub const ATTRIBUTES: Known = k("Attributes");
pub const CODE: Known = k("Code");
pub const CREATE_HTTP_NAMESPACE_REQUEST: Known = k("CreateHttpNamespaceRequest");
pub const CREATE_HTTP_NAMESPACE_RESPONSE: Known = k("CreateHttpNamespaceResponse");
pub const CREATE_PRIVATE_DNS_NAMESPACE_REQUEST: Known = k("CreatePrivateDnsNamespaceRequest");
pub const CREATE_PRIVATE_DNS_NAMESPACE_RESPONSE: Known = k("CreatePrivateDnsNamespaceResponse");
pub const CREATE_PUBLIC_DNS_NAMESPACE_REQUEST: Known = k("CreatePublicDnsNamespaceRequest");
pub const CREATE_PUBLIC_DNS_NAMESPACE_RESPONSE: Known = k("CreatePublicDnsNamespaceResponse");
pub const CREATE_SERVICE_REQUEST: Known = k("CreateServiceRequest");
pub const CREATE_SERVICE_RESPONSE: Known = k("CreateServiceResponse");
pub const CUSTOM_HEALTH_NOT_FOUND: Known = k("CustomHealthNotFound");
pub const CUSTOM_HEALTH_STATUS: Known = k("CustomHealthStatus");
pub const DELETE_NAMESPACE_REQUEST: Known = k("DeleteNamespaceRequest");
pub const DELETE_NAMESPACE_RESPONSE: Known = k("DeleteNamespaceResponse");
pub const DELETE_SERVICE_ATTRIBUTES_REQUEST: Known = k("DeleteServiceAttributesRequest");
pub const DELETE_SERVICE_ATTRIBUTES_RESPONSE: Known = k("DeleteServiceAttributesResponse");
pub const DELETE_SERVICE_REQUEST: Known = k("DeleteServiceRequest");
pub const DELETE_SERVICE_RESPONSE: Known = k("DeleteServiceResponse");
pub const DEREGISTER_INSTANCE_REQUEST: Known = k("DeregisterInstanceRequest");
pub const DEREGISTER_INSTANCE_RESPONSE: Known = k("DeregisterInstanceResponse");
pub const DISCOVER_INSTANCES_REQUEST: Known = k("DiscoverInstancesRequest");
pub const DISCOVER_INSTANCES_RESPONSE: Known = k("DiscoverInstancesResponse");
pub const DISCOVER_INSTANCES_REVISION_REQUEST: Known = k("DiscoverInstancesRevisionRequest");
pub const DISCOVER_INSTANCES_REVISION_RESPONSE: Known = k("DiscoverInstancesRevisionResponse");
pub const DISCOVER_MAX_RESULTS: Known = k("DiscoverMaxResults");
pub const DNS_CONFIG: Known = k("DnsConfig");
pub const DNS_CONFIG_CHANGE: Known = k("DnsConfigChange");
pub const DNS_PROPERTIES: Known = k("DnsProperties");
pub const DNS_RECORD: Known = k("DnsRecord");
pub const DNS_RECORD_LIST: Known = k("DnsRecordList");
pub const DUPLICATE_REQUEST: Known = k("DuplicateRequest");
pub const ERROR_MESSAGE: Known = k("ErrorMessage");
pub const FAILURE_THRESHOLD: Known = k("FailureThreshold");
pub const FILTER_CONDITION: Known = k("FilterCondition");
pub const FILTER_VALUE: Known = k("FilterValue");
pub const FILTER_VALUES: Known = k("FilterValues");
pub const GET_INSTANCE_REQUEST: Known = k("GetInstanceRequest");
pub const GET_INSTANCE_RESPONSE: Known = k("GetInstanceResponse");
pub const GET_INSTANCES_HEALTH_STATUS_REQUEST: Known = k("GetInstancesHealthStatusRequest");
pub const GET_INSTANCES_HEALTH_STATUS_RESPONSE: Known = k("GetInstancesHealthStatusResponse");
pub const GET_NAMESPACE_REQUEST: Known = k("GetNamespaceRequest");
pub const GET_NAMESPACE_RESPONSE: Known = k("GetNamespaceResponse");
pub const GET_OPERATION_REQUEST: Known = k("GetOperationRequest");
pub const GET_OPERATION_RESPONSE: Known = k("GetOperationResponse");
pub const GET_SERVICE_ATTRIBUTES_REQUEST: Known = k("GetServiceAttributesRequest");
pub const GET_SERVICE_ATTRIBUTES_RESPONSE: Known = k("GetServiceAttributesResponse");
pub const GET_SERVICE_REQUEST: Known = k("GetServiceRequest");
pub const GET_SERVICE_RESPONSE: Known = k("GetServiceResponse");
pub const HEALTH_CHECK_CONFIG: Known = k("HealthCheckConfig");
pub const HEALTH_CHECK_CUSTOM_CONFIG: Known = k("HealthCheckCustomConfig");
pub const HEALTH_CHECK_TYPE: Known = k("HealthCheckType");
pub const HEALTH_STATUS: Known = k("HealthStatus");
pub const HEALTH_STATUS_FILTER: Known = k("HealthStatusFilter");
pub const HTTP_INSTANCE_SUMMARY: Known = k("HttpInstanceSummary");
pub const HTTP_INSTANCE_SUMMARY_LIST: Known = k("HttpInstanceSummaryList");
pub const HTTP_NAMESPACE_CHANGE: Known = k("HttpNamespaceChange");
pub const HTTP_PROPERTIES: Known = k("HttpProperties");
pub const INSTANCE: Known = k("Instance");
pub const INSTANCE_HEALTH_STATUS_MAP: Known = k("InstanceHealthStatusMap");
pub const INSTANCE_ID: Known = k("InstanceId");
pub const INSTANCE_ID_LIST: Known = k("InstanceIdList");
pub const INSTANCE_NOT_FOUND: Known = k("InstanceNotFound");
pub const INSTANCE_SUMMARY: Known = k("InstanceSummary");
pub const INSTANCE_SUMMARY_LIST: Known = k("InstanceSummaryList");
pub const INVALID_INPUT: Known = k("InvalidInput");
pub const LIST_INSTANCES_REQUEST: Known = k("ListInstancesRequest");
pub const LIST_INSTANCES_RESPONSE: Known = k("ListInstancesResponse");
pub const LIST_NAMESPACES_REQUEST: Known = k("ListNamespacesRequest");
pub const LIST_NAMESPACES_RESPONSE: Known = k("ListNamespacesResponse");
pub const LIST_OPERATIONS_REQUEST: Known = k("ListOperationsRequest");
pub const LIST_OPERATIONS_RESPONSE: Known = k("ListOperationsResponse");
pub const LIST_SERVICES_REQUEST: Known = k("ListServicesRequest");
pub const LIST_SERVICES_RESPONSE: Known = k("ListServicesResponse");
pub const LIST_TAGS_FOR_RESOURCE_REQUEST: Known = k("ListTagsForResourceRequest");
pub const LIST_TAGS_FOR_RESOURCE_RESPONSE: Known = k("ListTagsForResourceResponse");
pub const MAX_RESULTS: Known = k("MaxResults");
pub const MESSAGE: Known = k("Message");
pub const NAMESPACE: Known = k("Namespace");
pub const NAMESPACE_ALREADY_EXISTS: Known = k("NamespaceAlreadyExists");
pub const NAMESPACE_FILTER: Known = k("NamespaceFilter");
pub const NAMESPACE_FILTER_NAME: Known = k("NamespaceFilterName");
pub const NAMESPACE_FILTERS: Known = k("NamespaceFilters");
pub const NAMESPACE_NAME: Known = k("NamespaceName");
pub const NAMESPACE_NAME_HTTP: Known = k("NamespaceNameHttp");
pub const NAMESPACE_NAME_PRIVATE: Known = k("NamespaceNamePrivate");
pub const NAMESPACE_NAME_PUBLIC: Known = k("NamespaceNamePublic");
pub const NAMESPACE_NOT_FOUND: Known = k("NamespaceNotFound");
pub const NAMESPACE_PROPERTIES: Known = k("NamespaceProperties");
pub const NAMESPACE_SUMMARIES_LIST: Known = k("NamespaceSummariesList");
pub const NAMESPACE_SUMMARY: Known = k("NamespaceSummary");
pub const NAMESPACE_TYPE: Known = k("NamespaceType");
pub const NEXT_TOKEN: Known = k("NextToken");
pub const OPERATION: Known = k("Operation");
pub const OPERATION_FILTER: Known = k("OperationFilter");
pub const OPERATION_FILTER_NAME: Known = k("OperationFilterName");
pub const OPERATION_FILTERS: Known = k("OperationFilters");
pub const OPERATION_ID: Known = k("OperationId");
pub const OPERATION_NOT_FOUND: Known = k("OperationNotFound");
pub const OPERATION_STATUS: Known = k("OperationStatus");
pub const OPERATION_SUMMARY: Known = k("OperationSummary");
pub const OPERATION_SUMMARY_LIST: Known = k("OperationSummaryList");
pub const OPERATION_TARGET_TYPE: Known = k("OperationTargetType");
pub const OPERATION_TARGETS_MAP: Known = k("OperationTargetsMap");
pub const OPERATION_TYPE: Known = k("OperationType");
pub const PRIVATE_DNS_NAMESPACE_CHANGE: Known = k("PrivateDnsNamespaceChange");
pub const PRIVATE_DNS_NAMESPACE_PROPERTIES: Known = k("PrivateDnsNamespaceProperties");
pub const PRIVATE_DNS_NAMESPACE_PROPERTIES_CHANGE: Known = k("PrivateDnsNamespacePropertiesChange");
pub const PRIVATE_DNS_PROPERTIES_MUTABLE: Known = k("PrivateDnsPropertiesMutable");
pub const PRIVATE_DNS_PROPERTIES_MUTABLE_CHANGE: Known = k("PrivateDnsPropertiesMutableChange");
pub const PUBLIC_DNS_NAMESPACE_CHANGE: Known = k("PublicDnsNamespaceChange");
pub const PUBLIC_DNS_NAMESPACE_PROPERTIES: Known = k("PublicDnsNamespaceProperties");
pub const PUBLIC_DNS_NAMESPACE_PROPERTIES_CHANGE: Known = k("PublicDnsNamespacePropertiesChange");
pub const PUBLIC_DNS_PROPERTIES_MUTABLE: Known = k("PublicDnsPropertiesMutable");
pub const PUBLIC_DNS_PROPERTIES_MUTABLE_CHANGE: Known = k("PublicDnsPropertiesMutableChange");
pub const RECORD_TTL: Known = k("RecordTTL");
pub const RECORD_TYPE: Known = k("RecordType");
pub const REGISTER_INSTANCE_REQUEST: Known = k("RegisterInstanceRequest");
pub const REGISTER_INSTANCE_RESPONSE: Known = k("RegisterInstanceResponse");
pub const REQUEST_LIMIT_EXCEEDED: Known = k("RequestLimitExceeded");
pub const RESOURCE_COUNT: Known = k("ResourceCount");
pub const RESOURCE_DESCRIPTION: Known = k("ResourceDescription");
pub const RESOURCE_ID: Known = k("ResourceId");
pub const RESOURCE_IN_USE: Known = k("ResourceInUse");
pub const RESOURCE_LIMIT_EXCEEDED: Known = k("ResourceLimitExceeded");
pub const RESOURCE_NOT_FOUND_EXCEPTION: Known = k("ResourceNotFoundException");
pub const RESOURCE_PATH: Known = k("ResourcePath");
pub const REVISION: Known = k("Revision");
pub const ROUTING_POLICY: Known = k("RoutingPolicy");
pub const SOA: Known = k("SOA");
pub const SOA_CHANGE: Known = k("SOAChange");
pub const SERVICE_2: Known = k("Service");
pub const SERVICE_ALREADY_EXISTS: Known = k("ServiceAlreadyExists");
pub const SERVICE_ATTRIBUTE_KEY: Known = k("ServiceAttributeKey");
pub const SERVICE_ATTRIBUTE_KEY_LIST: Known = k("ServiceAttributeKeyList");
pub const SERVICE_ATTRIBUTE_VALUE: Known = k("ServiceAttributeValue");
pub const SERVICE_ATTRIBUTES: Known = k("ServiceAttributes");
pub const SERVICE_ATTRIBUTES_LIMIT_EXCEEDED_EXCEPTION: Known = k("ServiceAttributesLimitExceededException");
pub const SERVICE_ATTRIBUTES_MAP: Known = k("ServiceAttributesMap");
pub const SERVICE_CHANGE: Known = k("ServiceChange");
pub const SERVICE_FILTER: Known = k("ServiceFilter");
pub const SERVICE_FILTER_NAME: Known = k("ServiceFilterName");
pub const SERVICE_FILTERS: Known = k("ServiceFilters");
pub const SERVICE_NAME: Known = k("ServiceName");
pub const SERVICE_NOT_FOUND: Known = k("ServiceNotFound");
pub const SERVICE_SUMMARIES_LIST: Known = k("ServiceSummariesList");
pub const SERVICE_SUMMARY: Known = k("ServiceSummary");
pub const SERVICE_TYPE: Known = k("ServiceType");
pub const SERVICE_TYPE_OPTION: Known = k("ServiceTypeOption");
pub const TAG: Known = k("Tag");
pub const TAG_KEY: Known = k("TagKey");
pub const TAG_KEY_LIST: Known = k("TagKeyList");
pub const TAG_LIST: Known = k("TagList");
pub const TAG_RESOURCE_REQUEST: Known = k("TagResourceRequest");
pub const TAG_RESOURCE_RESPONSE: Known = k("TagResourceResponse");
pub const TAG_VALUE: Known = k("TagValue");
pub const TIMESTAMP: Known = k("Timestamp");
pub const TOO_MANY_TAGS_EXCEPTION: Known = k("TooManyTagsException");
pub const UNTAG_RESOURCE_REQUEST: Known = k("UntagResourceRequest");
pub const UNTAG_RESOURCE_RESPONSE: Known = k("UntagResourceResponse");
pub const UPDATE_HTTP_NAMESPACE_REQUEST: Known = k("UpdateHttpNamespaceRequest");
pub const UPDATE_HTTP_NAMESPACE_RESPONSE: Known = k("UpdateHttpNamespaceResponse");
pub const UPDATE_INSTANCE_CUSTOM_HEALTH_STATUS_REQUEST: Known = k("UpdateInstanceCustomHealthStatusRequest");
pub const UPDATE_PRIVATE_DNS_NAMESPACE_REQUEST: Known = k("UpdatePrivateDnsNamespaceRequest");
pub const UPDATE_PRIVATE_DNS_NAMESPACE_RESPONSE: Known = k("UpdatePrivateDnsNamespaceResponse");
pub const UPDATE_PUBLIC_DNS_NAMESPACE_REQUEST: Known = k("UpdatePublicDnsNamespaceRequest");
pub const UPDATE_PUBLIC_DNS_NAMESPACE_RESPONSE: Known = k("UpdatePublicDnsNamespaceResponse");
pub const UPDATE_SERVICE_ATTRIBUTES_REQUEST: Known = k("UpdateServiceAttributesRequest");
pub const UPDATE_SERVICE_ATTRIBUTES_RESPONSE: Known = k("UpdateServiceAttributesResponse");
pub const UPDATE_SERVICE_REQUEST: Known = k("UpdateServiceRequest");
pub const UPDATE_SERVICE_RESPONSE: Known = k("UpdateServiceResponse");
