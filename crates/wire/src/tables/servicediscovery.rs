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

const fn k(name: &'static str, members: &'static str) -> Known {
    Known::new(&SERVICE, name, members)
}

pub const CREATE_HTTP_NAMESPACE_REQUEST: Known = k("CreateHttpNamespaceRequest", "Name!string CreatorRequestId?string Description?string Tags?list");
pub const CREATE_HTTP_NAMESPACE_RESPONSE: Known = k("CreateHttpNamespaceResponse", "OperationId?string");
pub const CREATE_PRIVATE_DNS_NAMESPACE_REQUEST: Known = k("CreatePrivateDnsNamespaceRequest", "Name!string CreatorRequestId?string Description?string Vpc!string Tags?list Properties?structure");
pub const CREATE_PRIVATE_DNS_NAMESPACE_RESPONSE: Known = k("CreatePrivateDnsNamespaceResponse", "OperationId?string");
pub const CREATE_PUBLIC_DNS_NAMESPACE_REQUEST: Known = k("CreatePublicDnsNamespaceRequest", "Name!string CreatorRequestId?string Description?string Tags?list Properties?structure");
pub const CREATE_PUBLIC_DNS_NAMESPACE_RESPONSE: Known = k("CreatePublicDnsNamespaceResponse", "OperationId?string");
pub const CREATE_SERVICE_REQUEST: Known = k("CreateServiceRequest", "Name!string NamespaceId?string CreatorRequestId?string Description?string DnsConfig?structure HealthCheckConfig?structure HealthCheckCustomConfig?structure Tags?list Type?string");
pub const CREATE_SERVICE_RESPONSE: Known = k("CreateServiceResponse", "Service?structure");
pub const CUSTOM_HEALTH_NOT_FOUND: Known = k("CustomHealthNotFound", "Message?string");
pub const DELETE_NAMESPACE_REQUEST: Known = k("DeleteNamespaceRequest", "Id!string");
pub const DELETE_NAMESPACE_RESPONSE: Known = k("DeleteNamespaceResponse", "OperationId?string");
pub const DELETE_SERVICE_ATTRIBUTES_REQUEST: Known = k("DeleteServiceAttributesRequest", "ServiceId!string Attributes!list");
pub const DELETE_SERVICE_ATTRIBUTES_RESPONSE: Known = k("DeleteServiceAttributesResponse", "");
pub const DELETE_SERVICE_REQUEST: Known = k("DeleteServiceRequest", "Id!string");
pub const DELETE_SERVICE_RESPONSE: Known = k("DeleteServiceResponse", "");
pub const DEREGISTER_INSTANCE_REQUEST: Known = k("DeregisterInstanceRequest", "ServiceId!string InstanceId!string");
pub const DEREGISTER_INSTANCE_RESPONSE: Known = k("DeregisterInstanceResponse", "OperationId?string");
pub const DISCOVER_INSTANCES_REQUEST: Known = k("DiscoverInstancesRequest", "NamespaceName!string ServiceName!string MaxResults?integer QueryParameters?map OptionalParameters?map HealthStatus?string OwnerAccount?string");
pub const DISCOVER_INSTANCES_RESPONSE: Known = k("DiscoverInstancesResponse", "Instances?list InstancesRevision?long");
pub const DISCOVER_INSTANCES_REVISION_REQUEST: Known = k("DiscoverInstancesRevisionRequest", "NamespaceName!string ServiceName!string OwnerAccount?string");
pub const DISCOVER_INSTANCES_REVISION_RESPONSE: Known = k("DiscoverInstancesRevisionResponse", "InstancesRevision?long");
pub const DNS_CONFIG: Known = k("DnsConfig", "NamespaceId?string RoutingPolicy?string DnsRecords!list");
pub const DNS_CONFIG_CHANGE: Known = k("DnsConfigChange", "DnsRecords!list");
pub const DNS_PROPERTIES: Known = k("DnsProperties", "HostedZoneId?string SOA?structure");
pub const DNS_RECORD: Known = k("DnsRecord", "Type!string TTL!long");
pub const DUPLICATE_REQUEST: Known = k("DuplicateRequest", "Message?string DuplicateOperationId?string");
pub const GET_INSTANCE_REQUEST: Known = k("GetInstanceRequest", "ServiceId!string InstanceId!string");
pub const GET_INSTANCE_RESPONSE: Known = k("GetInstanceResponse", "ResourceOwner?string Instance?structure");
pub const GET_INSTANCES_HEALTH_STATUS_REQUEST: Known = k("GetInstancesHealthStatusRequest", "ServiceId!string Instances?list MaxResults?integer NextToken?string");
pub const GET_INSTANCES_HEALTH_STATUS_RESPONSE: Known = k("GetInstancesHealthStatusResponse", "Status?map NextToken?string");
pub const GET_NAMESPACE_REQUEST: Known = k("GetNamespaceRequest", "Id!string");
pub const GET_NAMESPACE_RESPONSE: Known = k("GetNamespaceResponse", "Namespace?structure");
pub const GET_OPERATION_REQUEST: Known = k("GetOperationRequest", "OperationId!string OwnerAccount?string");
pub const GET_OPERATION_RESPONSE: Known = k("GetOperationResponse", "Operation?structure");
pub const GET_SERVICE_ATTRIBUTES_REQUEST: Known = k("GetServiceAttributesRequest", "ServiceId!string");
pub const GET_SERVICE_ATTRIBUTES_RESPONSE: Known = k("GetServiceAttributesResponse", "ServiceAttributes?structure");
pub const GET_SERVICE_REQUEST: Known = k("GetServiceRequest", "Id!string");
pub const GET_SERVICE_RESPONSE: Known = k("GetServiceResponse", "Service?structure");
pub const HEALTH_CHECK_CONFIG: Known = k("HealthCheckConfig", "Type!string ResourcePath?string FailureThreshold?integer");
pub const HEALTH_CHECK_CUSTOM_CONFIG: Known = k("HealthCheckCustomConfig", "FailureThreshold?integer");
pub const HTTP_INSTANCE_SUMMARY: Known = k("HttpInstanceSummary", "InstanceId?string NamespaceName?string ServiceName?string HealthStatus?string Attributes?map");
pub const HTTP_NAMESPACE_CHANGE: Known = k("HttpNamespaceChange", "Description!string");
pub const HTTP_PROPERTIES: Known = k("HttpProperties", "HttpName?string");
pub const INSTANCE: Known = k("Instance", "Id!string CreatorRequestId?string Attributes?map CreatedByAccount?string");
pub const INSTANCE_NOT_FOUND: Known = k("InstanceNotFound", "Message?string");
pub const INSTANCE_SUMMARY: Known = k("InstanceSummary", "Id?string Attributes?map CreatedByAccount?string");
pub const INVALID_INPUT: Known = k("InvalidInput", "Message?string");
pub const LIST_INSTANCES_REQUEST: Known = k("ListInstancesRequest", "ServiceId!string NextToken?string MaxResults?integer");
pub const LIST_INSTANCES_RESPONSE: Known = k("ListInstancesResponse", "ResourceOwner?string Instances?list NextToken?string");
pub const LIST_NAMESPACES_REQUEST: Known = k("ListNamespacesRequest", "NextToken?string MaxResults?integer Filters?list");
pub const LIST_NAMESPACES_RESPONSE: Known = k("ListNamespacesResponse", "Namespaces?list NextToken?string");
pub const LIST_OPERATIONS_REQUEST: Known = k("ListOperationsRequest", "NextToken?string MaxResults?integer Filters?list");
pub const LIST_OPERATIONS_RESPONSE: Known = k("ListOperationsResponse", "Operations?list NextToken?string");
pub const LIST_SERVICES_REQUEST: Known = k("ListServicesRequest", "NextToken?string MaxResults?integer Filters?list");
pub const LIST_SERVICES_RESPONSE: Known = k("ListServicesResponse", "Services?list NextToken?string");
pub const LIST_TAGS_FOR_RESOURCE_REQUEST: Known = k("ListTagsForResourceRequest", "ResourceARN!string");
pub const LIST_TAGS_FOR_RESOURCE_RESPONSE: Known = k("ListTagsForResourceResponse", "Tags?list");
pub const NAMESPACE: Known = k("Namespace", "Id?string Arn?string ResourceOwner?string Name?string Type?string Description?string ServiceCount?integer Properties?structure CreateDate?timestamp CreatorRequestId?string");
pub const NAMESPACE_ALREADY_EXISTS: Known = k("NamespaceAlreadyExists", "Message?string CreatorRequestId?string NamespaceId?string");
pub const NAMESPACE_FILTER: Known = k("NamespaceFilter", "Name!string Values!list Condition?string");
pub const NAMESPACE_NOT_FOUND: Known = k("NamespaceNotFound", "Message?string");
pub const NAMESPACE_PROPERTIES: Known = k("NamespaceProperties", "DnsProperties?structure HttpProperties?structure");
pub const NAMESPACE_SUMMARY: Known = k("NamespaceSummary", "Id?string Arn?string ResourceOwner?string Name?string Type?string Description?string ServiceCount?integer Properties?structure CreateDate?timestamp");
pub const OPERATION: Known = k("Operation", "Id?string OwnerAccount?string Type?string Status?string ErrorMessage?string ErrorCode?string CreateDate?timestamp UpdateDate?timestamp Targets?map");
pub const OPERATION_FILTER: Known = k("OperationFilter", "Name!string Values!list Condition?string");
pub const OPERATION_NOT_FOUND: Known = k("OperationNotFound", "Message?string");
pub const OPERATION_SUMMARY: Known = k("OperationSummary", "Id?string Status?string");
pub const PRIVATE_DNS_NAMESPACE_CHANGE: Known = k("PrivateDnsNamespaceChange", "Description?string Properties?structure");
pub const PRIVATE_DNS_NAMESPACE_PROPERTIES: Known = k("PrivateDnsNamespaceProperties", "DnsProperties!structure");
pub const PRIVATE_DNS_NAMESPACE_PROPERTIES_CHANGE: Known = k("PrivateDnsNamespacePropertiesChange", "DnsProperties!structure");
pub const PRIVATE_DNS_PROPERTIES_MUTABLE: Known = k("PrivateDnsPropertiesMutable", "SOA!structure");
pub const PRIVATE_DNS_PROPERTIES_MUTABLE_CHANGE: Known = k("PrivateDnsPropertiesMutableChange", "SOA!structure");
pub const PUBLIC_DNS_NAMESPACE_CHANGE: Known = k("PublicDnsNamespaceChange", "Description?string Properties?structure");
pub const PUBLIC_DNS_NAMESPACE_PROPERTIES: Known = k("PublicDnsNamespaceProperties", "DnsProperties!structure");
pub const PUBLIC_DNS_NAMESPACE_PROPERTIES_CHANGE: Known = k("PublicDnsNamespacePropertiesChange", "DnsProperties!structure");
pub const PUBLIC_DNS_PROPERTIES_MUTABLE: Known = k("PublicDnsPropertiesMutable", "SOA!structure");
pub const PUBLIC_DNS_PROPERTIES_MUTABLE_CHANGE: Known = k("PublicDnsPropertiesMutableChange", "SOA!structure");
pub const REGISTER_INSTANCE_REQUEST: Known = k("RegisterInstanceRequest", "ServiceId!string InstanceId!string CreatorRequestId?string Attributes!map");
pub const REGISTER_INSTANCE_RESPONSE: Known = k("RegisterInstanceResponse", "OperationId?string");
pub const REQUEST_LIMIT_EXCEEDED: Known = k("RequestLimitExceeded", "Message?string");
pub const RESOURCE_IN_USE: Known = k("ResourceInUse", "Message?string");
pub const RESOURCE_LIMIT_EXCEEDED: Known = k("ResourceLimitExceeded", "Message?string");
pub const RESOURCE_NOT_FOUND_EXCEPTION: Known = k("ResourceNotFoundException", "Message?string");
pub const SOA: Known = k("SOA", "TTL!long");
pub const SOA_CHANGE: Known = k("SOAChange", "TTL!long");
pub const SERVICE_2: Known = k("Service", "Id?string Arn?string ResourceOwner?string Name?string NamespaceId?string Description?string InstanceCount?integer DnsConfig?structure Type?string HealthCheckConfig?structure HealthCheckCustomConfig?structure CreateDate?timestamp CreatorRequestId?string CreatedByAccount?string");
pub const SERVICE_ALREADY_EXISTS: Known = k("ServiceAlreadyExists", "Message?string CreatorRequestId?string ServiceId?string ServiceArn?string");
pub const SERVICE_ATTRIBUTES: Known = k("ServiceAttributes", "ServiceArn?string ResourceOwner?string Attributes?map");
pub const SERVICE_ATTRIBUTES_LIMIT_EXCEEDED_EXCEPTION: Known = k("ServiceAttributesLimitExceededException", "Message?string");
pub const SERVICE_CHANGE: Known = k("ServiceChange", "Description?string DnsConfig?structure HealthCheckConfig?structure");
pub const SERVICE_FILTER: Known = k("ServiceFilter", "Name!string Values!list Condition?string");
pub const SERVICE_NOT_FOUND: Known = k("ServiceNotFound", "Message?string");
pub const SERVICE_SUMMARY: Known = k("ServiceSummary", "Id?string Arn?string ResourceOwner?string Name?string Type?string Description?string InstanceCount?integer DnsConfig?structure HealthCheckConfig?structure HealthCheckCustomConfig?structure CreateDate?timestamp CreatedByAccount?string");
pub const TAG: Known = k("Tag", "Key!string Value!string");
pub const TAG_RESOURCE_REQUEST: Known = k("TagResourceRequest", "ResourceARN!string Tags!list");
pub const TAG_RESOURCE_RESPONSE: Known = k("TagResourceResponse", "");
pub const TOO_MANY_TAGS_EXCEPTION: Known = k("TooManyTagsException", "Message?string ResourceName?string");
pub const UNTAG_RESOURCE_REQUEST: Known = k("UntagResourceRequest", "ResourceARN!string TagKeys!list");
pub const UNTAG_RESOURCE_RESPONSE: Known = k("UntagResourceResponse", "");
pub const UPDATE_HTTP_NAMESPACE_REQUEST: Known = k("UpdateHttpNamespaceRequest", "Id!string UpdaterRequestId?string Namespace!structure");
pub const UPDATE_HTTP_NAMESPACE_RESPONSE: Known = k("UpdateHttpNamespaceResponse", "OperationId?string");
pub const UPDATE_INSTANCE_CUSTOM_HEALTH_STATUS_REQUEST: Known = k("UpdateInstanceCustomHealthStatusRequest", "ServiceId!string InstanceId!string Status!string");
pub const UPDATE_PRIVATE_DNS_NAMESPACE_REQUEST: Known = k("UpdatePrivateDnsNamespaceRequest", "Id!string UpdaterRequestId?string Namespace!structure");
pub const UPDATE_PRIVATE_DNS_NAMESPACE_RESPONSE: Known = k("UpdatePrivateDnsNamespaceResponse", "OperationId?string");
pub const UPDATE_PUBLIC_DNS_NAMESPACE_REQUEST: Known = k("UpdatePublicDnsNamespaceRequest", "Id!string UpdaterRequestId?string Namespace!structure");
pub const UPDATE_PUBLIC_DNS_NAMESPACE_RESPONSE: Known = k("UpdatePublicDnsNamespaceResponse", "OperationId?string");
pub const UPDATE_SERVICE_ATTRIBUTES_REQUEST: Known = k("UpdateServiceAttributesRequest", "ServiceId!string Attributes!map");
pub const UPDATE_SERVICE_ATTRIBUTES_RESPONSE: Known = k("UpdateServiceAttributesResponse", "");
pub const UPDATE_SERVICE_REQUEST: Known = k("UpdateServiceRequest", "Id!string Service!structure");
pub const UPDATE_SERVICE_RESPONSE: Known = k("UpdateServiceResponse", "OperationId?string");
