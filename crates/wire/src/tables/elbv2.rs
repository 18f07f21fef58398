// @generated from botocore 1.44.5 (Apache-2.0); do not edit, run `cargo xtask import-models`.
//! Elastic Load Balancing, API version 2015-12-01.

use std::sync::OnceLock;

use crate::shape::{Protocol, Service};
use crate::table::{Graph, Known, Table};

pub static SERVICE: Service = Service {
    id: "elbv2",
    full_name: "Elastic Load Balancing",
    signing_name: "elasticloadbalancing",
    endpoint_prefix: "elasticloadbalancing",
    version: "2015-12-01",
    protocols: &[Protocol::AwsQuery],
    target_prefix: None,
    namespace: Some("http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"),
    query_compatible: false,
    served: include_str!("../../operations/elbv2.txt"),
    table: Table::new(include_str!("elbv2.txt"), graph),
};

fn graph() -> &'static Graph {
    static GRAPH: OnceLock<Graph> = OnceLock::new();
    GRAPH.get_or_init(|| Graph::read(SERVICE.table.text()))
}

const fn k(name: &'static str, members: &'static str) -> Known {
    Known::new(&SERVICE, name, members)
}

pub const ALPN_POLICY_NOT_SUPPORTED_EXCEPTION: Known = k("ALPNPolicyNotSupportedException", "");
pub const ACTION: Known = k("Action", "Type!string TargetGroupArn?string AuthenticateOidcConfig?structure AuthenticateCognitoConfig?structure Order?integer RedirectConfig?structure FixedResponseConfig?structure ForwardConfig?structure JwtValidationConfig?structure");
pub const ADD_LISTENER_CERTIFICATES_INPUT: Known = k("AddListenerCertificatesInput", "ListenerArn!string Certificates!list");
pub const ADD_LISTENER_CERTIFICATES_OUTPUT: Known = k("AddListenerCertificatesOutput", "Certificates?list");
pub const ADD_TAGS_INPUT: Known = k("AddTagsInput", "ResourceArns!list Tags!list");
pub const ADD_TAGS_OUTPUT: Known = k("AddTagsOutput", "");
pub const ADD_TRUST_STORE_REVOCATIONS_INPUT: Known = k("AddTrustStoreRevocationsInput", "TrustStoreArn!string RevocationContents?list");
pub const ADD_TRUST_STORE_REVOCATIONS_OUTPUT: Known = k("AddTrustStoreRevocationsOutput", "TrustStoreRevocations?list");
pub const ADMINISTRATIVE_OVERRIDE: Known = k("AdministrativeOverride", "State?string Reason?string Description?string");
pub const ALLOCATION_ID_NOT_FOUND_EXCEPTION: Known = k("AllocationIdNotFoundException", "");
pub const ANOMALY_DETECTION: Known = k("AnomalyDetection", "Result?string MitigationInEffect?string");
pub const AUTHENTICATE_COGNITO_ACTION_CONFIG: Known = k("AuthenticateCognitoActionConfig", "UserPoolArn!string UserPoolClientId!string UserPoolDomain!string SessionCookieName?string Scope?string SessionTimeout?long AuthenticationRequestExtraParams?map OnUnauthenticatedRequest?string");
pub const AUTHENTICATE_OIDC_ACTION_CONFIG: Known = k("AuthenticateOidcActionConfig", "Issuer!string AuthorizationEndpoint!string TokenEndpoint!string UserInfoEndpoint!string ClientId!string ClientSecret?string SessionCookieName?string Scope?string SessionTimeout?long AuthenticationRequestExtraParams?map OnUnauthenticatedRequest?string UseExistingClientSecret?boolean");
pub const AVAILABILITY_ZONE: Known = k("AvailabilityZone", "ZoneName?string SubnetId?string OutpostId?string LoadBalancerAddresses?list SourceNatIpv6Prefixes?list");
pub const AVAILABILITY_ZONE_NOT_SUPPORTED_EXCEPTION: Known = k("AvailabilityZoneNotSupportedException", "");
pub const CA_CERTIFICATES_BUNDLE_NOT_FOUND_EXCEPTION: Known = k("CaCertificatesBundleNotFoundException", "");
pub const CAPACITY_DECREASE_REQUESTS_LIMIT_EXCEEDED_EXCEPTION: Known = k("CapacityDecreaseRequestsLimitExceededException", "");
pub const CAPACITY_RESERVATION_PENDING_EXCEPTION: Known = k("CapacityReservationPendingException", "");
pub const CAPACITY_RESERVATION_STATUS: Known = k("CapacityReservationStatus", "Code?string Reason?string");
pub const CAPACITY_UNITS_LIMIT_EXCEEDED_EXCEPTION: Known = k("CapacityUnitsLimitExceededException", "");
pub const CERTIFICATE: Known = k("Certificate", "CertificateArn?string IsDefault?boolean");
pub const CERTIFICATE_NOT_FOUND_EXCEPTION: Known = k("CertificateNotFoundException", "");
pub const CIPHER: Known = k("Cipher", "Name?string Priority?integer");
pub const CREATE_LISTENER_INPUT: Known = k("CreateListenerInput", "LoadBalancerArn!string Protocol?string Port?integer SslPolicy?string Certificates?list DefaultActions!list AlpnPolicy?list Tags?list MutualAuthentication?structure");
pub const CREATE_LISTENER_OUTPUT: Known = k("CreateListenerOutput", "Listeners?list");
pub const CREATE_LOAD_BALANCER_INPUT: Known = k("CreateLoadBalancerInput", "Name!string Subnets?list SubnetMappings?list SecurityGroups?list Scheme?string Tags?list Type?string IpAddressType?string CustomerOwnedIpv4Pool?string EnablePrefixForIpv6SourceNat?string IpamPools?structure");
pub const CREATE_LOAD_BALANCER_OUTPUT: Known = k("CreateLoadBalancerOutput", "LoadBalancers?list");
pub const CREATE_RULE_INPUT: Known = k("CreateRuleInput", "ListenerArn!string Conditions!list Priority!integer Actions!list Tags?list Transforms?list");
pub const CREATE_RULE_OUTPUT: Known = k("CreateRuleOutput", "Rules?list");
pub const CREATE_TARGET_GROUP_INPUT: Known = k("CreateTargetGroupInput", "Name!string Protocol?string ProtocolVersion?string Port?integer VpcId?string HealthCheckProtocol?string HealthCheckPort?string HealthCheckEnabled?boolean HealthCheckPath?string HealthCheckIntervalSeconds?integer HealthCheckTimeoutSeconds?integer HealthyThresholdCount?integer UnhealthyThresholdCount?integer Matcher?structure TargetType?string Tags?list IpAddressType?string TargetControlPort?integer");
pub const CREATE_TARGET_GROUP_OUTPUT: Known = k("CreateTargetGroupOutput", "TargetGroups?list");
pub const CREATE_TRUST_STORE_INPUT: Known = k("CreateTrustStoreInput", "Name!string CaCertificatesBundleS3Bucket!string CaCertificatesBundleS3Key!string CaCertificatesBundleS3ObjectVersion?string Tags?list");
pub const CREATE_TRUST_STORE_OUTPUT: Known = k("CreateTrustStoreOutput", "TrustStores?list");
pub const DELETE_ASSOCIATION_SAME_ACCOUNT_EXCEPTION: Known = k("DeleteAssociationSameAccountException", "");
pub const DELETE_LISTENER_INPUT: Known = k("DeleteListenerInput", "ListenerArn!string");
pub const DELETE_LISTENER_OUTPUT: Known = k("DeleteListenerOutput", "");
pub const DELETE_LOAD_BALANCER_INPUT: Known = k("DeleteLoadBalancerInput", "LoadBalancerArn!string");
pub const DELETE_LOAD_BALANCER_OUTPUT: Known = k("DeleteLoadBalancerOutput", "");
pub const DELETE_RULE_INPUT: Known = k("DeleteRuleInput", "RuleArn!string");
pub const DELETE_RULE_OUTPUT: Known = k("DeleteRuleOutput", "");
pub const DELETE_SHARED_TRUST_STORE_ASSOCIATION_INPUT: Known = k("DeleteSharedTrustStoreAssociationInput", "TrustStoreArn!string ResourceArn!string");
pub const DELETE_SHARED_TRUST_STORE_ASSOCIATION_OUTPUT: Known = k("DeleteSharedTrustStoreAssociationOutput", "");
pub const DELETE_TARGET_GROUP_INPUT: Known = k("DeleteTargetGroupInput", "TargetGroupArn!string");
pub const DELETE_TARGET_GROUP_OUTPUT: Known = k("DeleteTargetGroupOutput", "");
pub const DELETE_TRUST_STORE_INPUT: Known = k("DeleteTrustStoreInput", "TrustStoreArn!string");
pub const DELETE_TRUST_STORE_OUTPUT: Known = k("DeleteTrustStoreOutput", "");
pub const DEREGISTER_TARGETS_INPUT: Known = k("DeregisterTargetsInput", "TargetGroupArn!string Targets!list");
pub const DEREGISTER_TARGETS_OUTPUT: Known = k("DeregisterTargetsOutput", "");
pub const DESCRIBE_ACCOUNT_LIMITS_INPUT: Known = k("DescribeAccountLimitsInput", "Marker?string PageSize?integer");
pub const DESCRIBE_ACCOUNT_LIMITS_OUTPUT: Known = k("DescribeAccountLimitsOutput", "Limits?list NextMarker?string");
pub const DESCRIBE_CAPACITY_RESERVATION_INPUT: Known = k("DescribeCapacityReservationInput", "LoadBalancerArn!string");
pub const DESCRIBE_CAPACITY_RESERVATION_OUTPUT: Known = k("DescribeCapacityReservationOutput", "LastModifiedTime?timestamp DecreaseRequestsRemaining?integer MinimumLoadBalancerCapacity?structure CapacityReservationState?list");
pub const DESCRIBE_LISTENER_ATTRIBUTES_INPUT: Known = k("DescribeListenerAttributesInput", "ListenerArn!string");
pub const DESCRIBE_LISTENER_ATTRIBUTES_OUTPUT: Known = k("DescribeListenerAttributesOutput", "Attributes?list");
pub const DESCRIBE_LISTENER_CERTIFICATES_INPUT: Known = k("DescribeListenerCertificatesInput", "ListenerArn!string Marker?string PageSize?integer");
pub const DESCRIBE_LISTENER_CERTIFICATES_OUTPUT: Known = k("DescribeListenerCertificatesOutput", "Certificates?list NextMarker?string");
pub const DESCRIBE_LISTENERS_INPUT: Known = k("DescribeListenersInput", "LoadBalancerArn?string ListenerArns?list Marker?string PageSize?integer");
pub const DESCRIBE_LISTENERS_OUTPUT: Known = k("DescribeListenersOutput", "Listeners?list NextMarker?string");
pub const DESCRIBE_LOAD_BALANCER_ATTRIBUTES_INPUT: Known = k("DescribeLoadBalancerAttributesInput", "LoadBalancerArn!string");
pub const DESCRIBE_LOAD_BALANCER_ATTRIBUTES_OUTPUT: Known = k("DescribeLoadBalancerAttributesOutput", "Attributes?list");
pub const DESCRIBE_LOAD_BALANCERS_INPUT: Known = k("DescribeLoadBalancersInput", "LoadBalancerArns?list Names?list Marker?string PageSize?integer");
pub const DESCRIBE_LOAD_BALANCERS_OUTPUT: Known = k("DescribeLoadBalancersOutput", "LoadBalancers?list NextMarker?string");
pub const DESCRIBE_RULES_INPUT: Known = k("DescribeRulesInput", "ListenerArn?string RuleArns?list Marker?string PageSize?integer");
pub const DESCRIBE_RULES_OUTPUT: Known = k("DescribeRulesOutput", "Rules?list NextMarker?string");
pub const DESCRIBE_SSL_POLICIES_INPUT: Known = k("DescribeSSLPoliciesInput", "Names?list Marker?string PageSize?integer LoadBalancerType?string");
pub const DESCRIBE_SSL_POLICIES_OUTPUT: Known = k("DescribeSSLPoliciesOutput", "SslPolicies?list NextMarker?string");
pub const DESCRIBE_TAGS_INPUT: Known = k("DescribeTagsInput", "ResourceArns!list");
pub const DESCRIBE_TAGS_OUTPUT: Known = k("DescribeTagsOutput", "TagDescriptions?list");
pub const DESCRIBE_TARGET_GROUP_ATTRIBUTES_INPUT: Known = k("DescribeTargetGroupAttributesInput", "TargetGroupArn!string");
pub const DESCRIBE_TARGET_GROUP_ATTRIBUTES_OUTPUT: Known = k("DescribeTargetGroupAttributesOutput", "Attributes?list");
pub const DESCRIBE_TARGET_GROUPS_INPUT: Known = k("DescribeTargetGroupsInput", "LoadBalancerArn?string TargetGroupArns?list Names?list Marker?string PageSize?integer");
pub const DESCRIBE_TARGET_GROUPS_OUTPUT: Known = k("DescribeTargetGroupsOutput", "TargetGroups?list NextMarker?string");
pub const DESCRIBE_TARGET_HEALTH_INPUT: Known = k("DescribeTargetHealthInput", "TargetGroupArn!string Targets?list Include?list");
pub const DESCRIBE_TARGET_HEALTH_OUTPUT: Known = k("DescribeTargetHealthOutput", "TargetHealthDescriptions?list");
pub const DESCRIBE_TRUST_STORE_ASSOCIATIONS_INPUT: Known = k("DescribeTrustStoreAssociationsInput", "TrustStoreArn!string Marker?string PageSize?integer");
pub const DESCRIBE_TRUST_STORE_ASSOCIATIONS_OUTPUT: Known = k("DescribeTrustStoreAssociationsOutput", "TrustStoreAssociations?list NextMarker?string");
pub const DESCRIBE_TRUST_STORE_REVOCATION: Known = k("DescribeTrustStoreRevocation", "TrustStoreArn?string RevocationId?long RevocationType?string NumberOfRevokedEntries?long");
pub const DESCRIBE_TRUST_STORE_REVOCATIONS_INPUT: Known = k("DescribeTrustStoreRevocationsInput", "TrustStoreArn!string RevocationIds?list Marker?string PageSize?integer");
pub const DESCRIBE_TRUST_STORE_REVOCATIONS_OUTPUT: Known = k("DescribeTrustStoreRevocationsOutput", "TrustStoreRevocations?list NextMarker?string");
pub const DESCRIBE_TRUST_STORES_INPUT: Known = k("DescribeTrustStoresInput", "TrustStoreArns?list Names?list Marker?string PageSize?integer");
pub const DESCRIBE_TRUST_STORES_OUTPUT: Known = k("DescribeTrustStoresOutput", "TrustStores?list NextMarker?string");
pub const DUPLICATE_LISTENER_EXCEPTION: Known = k("DuplicateListenerException", "");
pub const DUPLICATE_LOAD_BALANCER_NAME_EXCEPTION: Known = k("DuplicateLoadBalancerNameException", "");
pub const DUPLICATE_TAG_KEYS_EXCEPTION: Known = k("DuplicateTagKeysException", "");
pub const DUPLICATE_TARGET_GROUP_NAME_EXCEPTION: Known = k("DuplicateTargetGroupNameException", "");
pub const DUPLICATE_TRUST_STORE_NAME_EXCEPTION: Known = k("DuplicateTrustStoreNameException", "");
pub const FIXED_RESPONSE_ACTION_CONFIG: Known = k("FixedResponseActionConfig", "MessageBody?string StatusCode!string ContentType?string");
pub const FORWARD_ACTION_CONFIG: Known = k("ForwardActionConfig", "TargetGroups?list TargetGroupStickinessConfig?structure");
pub const GET_RESOURCE_POLICY_INPUT: Known = k("GetResourcePolicyInput", "ResourceArn!string");
pub const GET_RESOURCE_POLICY_OUTPUT: Known = k("GetResourcePolicyOutput", "Policy?string");
pub const GET_TRUST_STORE_CA_CERTIFICATES_BUNDLE_INPUT: Known = k("GetTrustStoreCaCertificatesBundleInput", "TrustStoreArn!string");
pub const GET_TRUST_STORE_CA_CERTIFICATES_BUNDLE_OUTPUT: Known = k("GetTrustStoreCaCertificatesBundleOutput", "Location?string");
pub const GET_TRUST_STORE_REVOCATION_CONTENT_INPUT: Known = k("GetTrustStoreRevocationContentInput", "TrustStoreArn!string RevocationId!long");
pub const GET_TRUST_STORE_REVOCATION_CONTENT_OUTPUT: Known = k("GetTrustStoreRevocationContentOutput", "Location?string");
pub const HEALTH_UNAVAILABLE_EXCEPTION: Known = k("HealthUnavailableException", "");
pub const HOST_HEADER_CONDITION_CONFIG: Known = k("HostHeaderConditionConfig", "Values?list RegexValues?list");
pub const HOST_HEADER_REWRITE_CONFIG: Known = k("HostHeaderRewriteConfig", "Rewrites?list");
pub const HTTP_HEADER_CONDITION_CONFIG: Known = k("HttpHeaderConditionConfig", "HttpHeaderName?string Values?list RegexValues?list");
pub const HTTP_REQUEST_METHOD_CONDITION_CONFIG: Known = k("HttpRequestMethodConditionConfig", "Values?list");
pub const INCOMPATIBLE_PROTOCOLS_EXCEPTION: Known = k("IncompatibleProtocolsException", "");
pub const INSUFFICIENT_CAPACITY_EXCEPTION: Known = k("InsufficientCapacityException", "");
pub const INVALID_CA_CERTIFICATES_BUNDLE_EXCEPTION: Known = k("InvalidCaCertificatesBundleException", "");
pub const INVALID_CONFIGURATION_REQUEST_EXCEPTION: Known = k("InvalidConfigurationRequestException", "");
pub const INVALID_LOAD_BALANCER_ACTION_EXCEPTION: Known = k("InvalidLoadBalancerActionException", "");
pub const INVALID_REVOCATION_CONTENT_EXCEPTION: Known = k("InvalidRevocationContentException", "");
pub const INVALID_SCHEME_EXCEPTION: Known = k("InvalidSchemeException", "");
pub const INVALID_SECURITY_GROUP_EXCEPTION: Known = k("InvalidSecurityGroupException", "");
pub const INVALID_SUBNET_EXCEPTION: Known = k("InvalidSubnetException", "");
pub const INVALID_TARGET_EXCEPTION: Known = k("InvalidTargetException", "");
pub const IPAM_POOLS: Known = k("IpamPools", "Ipv4IpamPoolId?string");
pub const JWT_VALIDATION_ACTION_ADDITIONAL_CLAIM: Known = k("JwtValidationActionAdditionalClaim", "Format!string Name!string Values!list");
pub const JWT_VALIDATION_ACTION_CONFIG: Known = k("JwtValidationActionConfig", "JwksEndpoint!string Issuer!string AdditionalClaims?list");
pub const LIMIT: Known = k("Limit", "Name?string Max?string");
pub const LISTENER: Known = k("Listener", "ListenerArn?string LoadBalancerArn?string Port?integer Protocol?string Certificates?list SslPolicy?string DefaultActions?list AlpnPolicy?list MutualAuthentication?structure");
pub const LISTENER_ATTRIBUTE: Known = k("ListenerAttribute", "Key?string Value?string");
pub const LISTENER_NOT_FOUND_EXCEPTION: Known = k("ListenerNotFoundException", "");
pub const LOAD_BALANCER: Known = k("LoadBalancer", "LoadBalancerArn?string DNSName?string CanonicalHostedZoneId?string CreatedTime?timestamp LoadBalancerName?string Scheme?string VpcId?string State?structure Type?string AvailabilityZones?list SecurityGroups?list IpAddressType?string CustomerOwnedIpv4Pool?string EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic?string EnablePrefixForIpv6SourceNat?string IpamPools?structure");
pub const LOAD_BALANCER_ADDRESS: Known = k("LoadBalancerAddress", "IpAddress?string AllocationId?string PrivateIPv4Address?string IPv6Address?string");
pub const LOAD_BALANCER_ATTRIBUTE: Known = k("LoadBalancerAttribute", "Key?string Value?string");
pub const LOAD_BALANCER_NOT_FOUND_EXCEPTION: Known = k("LoadBalancerNotFoundException", "");
pub const LOAD_BALANCER_STATE: Known = k("LoadBalancerState", "Code?string Reason?string");
pub const MATCHER: Known = k("Matcher", "HttpCode?string GrpcCode?string");
pub const MINIMUM_LOAD_BALANCER_CAPACITY: Known = k("MinimumLoadBalancerCapacity", "CapacityUnits?integer");
pub const MODIFY_CAPACITY_RESERVATION_INPUT: Known = k("ModifyCapacityReservationInput", "LoadBalancerArn!string MinimumLoadBalancerCapacity?structure ResetCapacityReservation?boolean");
pub const MODIFY_CAPACITY_RESERVATION_OUTPUT: Known = k("ModifyCapacityReservationOutput", "LastModifiedTime?timestamp DecreaseRequestsRemaining?integer MinimumLoadBalancerCapacity?structure CapacityReservationState?list");
pub const MODIFY_IP_POOLS_INPUT: Known = k("ModifyIpPoolsInput", "LoadBalancerArn!string IpamPools?structure RemoveIpamPools?list");
pub const MODIFY_IP_POOLS_OUTPUT: Known = k("ModifyIpPoolsOutput", "IpamPools?structure");
pub const MODIFY_LISTENER_ATTRIBUTES_INPUT: Known = k("ModifyListenerAttributesInput", "ListenerArn!string Attributes!list");
pub const MODIFY_LISTENER_ATTRIBUTES_OUTPUT: Known = k("ModifyListenerAttributesOutput", "Attributes?list");
pub const MODIFY_LISTENER_INPUT: Known = k("ModifyListenerInput", "ListenerArn!string Port?integer Protocol?string SslPolicy?string Certificates?list DefaultActions?list AlpnPolicy?list MutualAuthentication?structure");
pub const MODIFY_LISTENER_OUTPUT: Known = k("ModifyListenerOutput", "Listeners?list");
pub const MODIFY_LOAD_BALANCER_ATTRIBUTES_INPUT: Known = k("ModifyLoadBalancerAttributesInput", "LoadBalancerArn!string Attributes!list");
pub const MODIFY_LOAD_BALANCER_ATTRIBUTES_OUTPUT: Known = k("ModifyLoadBalancerAttributesOutput", "Attributes?list");
pub const MODIFY_RULE_INPUT: Known = k("ModifyRuleInput", "RuleArn!string Conditions?list Actions?list Transforms?list ResetTransforms?boolean");
pub const MODIFY_RULE_OUTPUT: Known = k("ModifyRuleOutput", "Rules?list");
pub const MODIFY_TARGET_GROUP_ATTRIBUTES_INPUT: Known = k("ModifyTargetGroupAttributesInput", "TargetGroupArn!string Attributes!list");
pub const MODIFY_TARGET_GROUP_ATTRIBUTES_OUTPUT: Known = k("ModifyTargetGroupAttributesOutput", "Attributes?list");
pub const MODIFY_TARGET_GROUP_INPUT: Known = k("ModifyTargetGroupInput", "TargetGroupArn!string HealthCheckProtocol?string HealthCheckPort?string HealthCheckPath?string HealthCheckEnabled?boolean HealthCheckIntervalSeconds?integer HealthCheckTimeoutSeconds?integer HealthyThresholdCount?integer UnhealthyThresholdCount?integer Matcher?structure");
pub const MODIFY_TARGET_GROUP_OUTPUT: Known = k("ModifyTargetGroupOutput", "TargetGroups?list");
pub const MODIFY_TRUST_STORE_INPUT: Known = k("ModifyTrustStoreInput", "TrustStoreArn!string CaCertificatesBundleS3Bucket!string CaCertificatesBundleS3Key!string CaCertificatesBundleS3ObjectVersion?string");
pub const MODIFY_TRUST_STORE_OUTPUT: Known = k("ModifyTrustStoreOutput", "TrustStores?list");
pub const MUTUAL_AUTHENTICATION_ATTRIBUTES: Known = k("MutualAuthenticationAttributes", "Mode?string TrustStoreArn?string IgnoreClientCertificateExpiry?boolean TrustStoreAssociationStatus?string AdvertiseTrustStoreCaNames?string");
pub const OPERATION_NOT_PERMITTED_EXCEPTION: Known = k("OperationNotPermittedException", "");
pub const PATH_PATTERN_CONDITION_CONFIG: Known = k("PathPatternConditionConfig", "Values?list RegexValues?list");
pub const PRIOR_REQUEST_NOT_COMPLETE_EXCEPTION: Known = k("PriorRequestNotCompleteException", "");
pub const PRIORITY_IN_USE_EXCEPTION: Known = k("PriorityInUseException", "");
pub const QUERY_STRING_CONDITION_CONFIG: Known = k("QueryStringConditionConfig", "Values?list");
pub const QUERY_STRING_KEY_VALUE_PAIR: Known = k("QueryStringKeyValuePair", "Key?string Value?string");
pub const REDIRECT_ACTION_CONFIG: Known = k("RedirectActionConfig", "Protocol?string Port?string Host?string Path?string Query?string StatusCode!string");
pub const REGISTER_TARGETS_INPUT: Known = k("RegisterTargetsInput", "TargetGroupArn!string Targets!list");
pub const REGISTER_TARGETS_OUTPUT: Known = k("RegisterTargetsOutput", "");
pub const REMOVE_LISTENER_CERTIFICATES_INPUT: Known = k("RemoveListenerCertificatesInput", "ListenerArn!string Certificates!list");
pub const REMOVE_LISTENER_CERTIFICATES_OUTPUT: Known = k("RemoveListenerCertificatesOutput", "");
pub const REMOVE_TAGS_INPUT: Known = k("RemoveTagsInput", "ResourceArns!list TagKeys!list");
pub const REMOVE_TAGS_OUTPUT: Known = k("RemoveTagsOutput", "");
pub const REMOVE_TRUST_STORE_REVOCATIONS_INPUT: Known = k("RemoveTrustStoreRevocationsInput", "TrustStoreArn!string RevocationIds!list");
pub const REMOVE_TRUST_STORE_REVOCATIONS_OUTPUT: Known = k("RemoveTrustStoreRevocationsOutput", "");
pub const RESOURCE_IN_USE_EXCEPTION: Known = k("ResourceInUseException", "");
pub const RESOURCE_NOT_FOUND_EXCEPTION: Known = k("ResourceNotFoundException", "");
pub const REVOCATION_CONTENT: Known = k("RevocationContent", "S3Bucket?string S3Key?string S3ObjectVersion?string RevocationType?string");
pub const REVOCATION_CONTENT_NOT_FOUND_EXCEPTION: Known = k("RevocationContentNotFoundException", "");
pub const REVOCATION_ID_NOT_FOUND_EXCEPTION: Known = k("RevocationIdNotFoundException", "");
pub const REWRITE_CONFIG: Known = k("RewriteConfig", "Regex!string Replace!string");
pub const RULE: Known = k("Rule", "RuleArn?string Priority?string Conditions?list Actions?list IsDefault?boolean Transforms?list");
pub const RULE_CONDITION: Known = k("RuleCondition", "Field?string Values?list HostHeaderConfig?structure PathPatternConfig?structure HttpHeaderConfig?structure QueryStringConfig?structure HttpRequestMethodConfig?structure SourceIpConfig?structure RegexValues?list");
pub const RULE_NOT_FOUND_EXCEPTION: Known = k("RuleNotFoundException", "");
pub const RULE_PRIORITY_PAIR: Known = k("RulePriorityPair", "RuleArn?string Priority?integer");
pub const RULE_TRANSFORM: Known = k("RuleTransform", "Type!string HostHeaderRewriteConfig?structure UrlRewriteConfig?structure");
pub const SSL_POLICY_NOT_FOUND_EXCEPTION: Known = k("SSLPolicyNotFoundException", "");
pub const SET_IP_ADDRESS_TYPE_INPUT: Known = k("SetIpAddressTypeInput", "LoadBalancerArn!string IpAddressType!string");
pub const SET_IP_ADDRESS_TYPE_OUTPUT: Known = k("SetIpAddressTypeOutput", "IpAddressType?string");
pub const SET_RULE_PRIORITIES_INPUT: Known = k("SetRulePrioritiesInput", "RulePriorities!list");
pub const SET_RULE_PRIORITIES_OUTPUT: Known = k("SetRulePrioritiesOutput", "Rules?list");
pub const SET_SECURITY_GROUPS_INPUT: Known = k("SetSecurityGroupsInput", "LoadBalancerArn!string SecurityGroups!list EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic?string");
pub const SET_SECURITY_GROUPS_OUTPUT: Known = k("SetSecurityGroupsOutput", "SecurityGroupIds?list EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic?string");
pub const SET_SUBNETS_INPUT: Known = k("SetSubnetsInput", "LoadBalancerArn!string Subnets?list SubnetMappings?list IpAddressType?string EnablePrefixForIpv6SourceNat?string");
pub const SET_SUBNETS_OUTPUT: Known = k("SetSubnetsOutput", "AvailabilityZones?list IpAddressType?string EnablePrefixForIpv6SourceNat?string");
pub const SOURCE_IP_CONDITION_CONFIG: Known = k("SourceIpConditionConfig", "Values?list IpAddressType?string");
pub const SSL_POLICY: Known = k("SslPolicy", "SslProtocols?list Ciphers?list Name?string SupportedLoadBalancerTypes?list");
pub const SUBNET_MAPPING: Known = k("SubnetMapping", "SubnetId?string AllocationId?string PrivateIPv4Address?string IPv6Address?string SourceNatIpv6Prefix?string");
pub const SUBNET_NOT_FOUND_EXCEPTION: Known = k("SubnetNotFoundException", "");
pub const TAG: Known = k("Tag", "Key!string Value?string");
pub const TAG_DESCRIPTION: Known = k("TagDescription", "ResourceArn?string Tags?list");
pub const TARGET_DESCRIPTION: Known = k("TargetDescription", "Id!string Port?integer AvailabilityZone?string QuicServerId?string");
pub const TARGET_GROUP: Known = k("TargetGroup", "TargetGroupArn?string TargetGroupName?string Protocol?string Port?integer VpcId?string HealthCheckProtocol?string HealthCheckPort?string HealthCheckEnabled?boolean HealthCheckIntervalSeconds?integer HealthCheckTimeoutSeconds?integer HealthyThresholdCount?integer UnhealthyThresholdCount?integer HealthCheckPath?string Matcher?structure LoadBalancerArns?list TargetType?string ProtocolVersion?string IpAddressType?string TargetControlPort?integer");
pub const TARGET_GROUP_ASSOCIATION_LIMIT_EXCEPTION: Known = k("TargetGroupAssociationLimitException", "");
pub const TARGET_GROUP_ATTRIBUTE: Known = k("TargetGroupAttribute", "Key?string Value?string");
pub const TARGET_GROUP_NOT_FOUND_EXCEPTION: Known = k("TargetGroupNotFoundException", "");
pub const TARGET_GROUP_STICKINESS_CONFIG: Known = k("TargetGroupStickinessConfig", "Enabled?boolean DurationSeconds?integer");
pub const TARGET_GROUP_TUPLE: Known = k("TargetGroupTuple", "TargetGroupArn?string Weight?integer");
pub const TARGET_HEALTH: Known = k("TargetHealth", "State?string Reason?string Description?string");
pub const TARGET_HEALTH_DESCRIPTION: Known = k("TargetHealthDescription", "Target?structure HealthCheckPort?string TargetHealth?structure AnomalyDetection?structure AdministrativeOverride?structure");
pub const TOO_MANY_ACTIONS_EXCEPTION: Known = k("TooManyActionsException", "");
pub const TOO_MANY_CERTIFICATES_EXCEPTION: Known = k("TooManyCertificatesException", "");
pub const TOO_MANY_LISTENERS_EXCEPTION: Known = k("TooManyListenersException", "");
pub const TOO_MANY_LOAD_BALANCERS_EXCEPTION: Known = k("TooManyLoadBalancersException", "");
pub const TOO_MANY_REGISTRATIONS_FOR_TARGET_ID_EXCEPTION: Known = k("TooManyRegistrationsForTargetIdException", "");
pub const TOO_MANY_RULES_EXCEPTION: Known = k("TooManyRulesException", "");
pub const TOO_MANY_TAGS_EXCEPTION: Known = k("TooManyTagsException", "");
pub const TOO_MANY_TARGET_GROUPS_EXCEPTION: Known = k("TooManyTargetGroupsException", "");
pub const TOO_MANY_TARGETS_EXCEPTION: Known = k("TooManyTargetsException", "");
pub const TOO_MANY_TRUST_STORE_REVOCATION_ENTRIES_EXCEPTION: Known = k("TooManyTrustStoreRevocationEntriesException", "");
pub const TOO_MANY_TRUST_STORES_EXCEPTION: Known = k("TooManyTrustStoresException", "");
pub const TOO_MANY_UNIQUE_TARGET_GROUPS_PER_LOAD_BALANCER_EXCEPTION: Known = k("TooManyUniqueTargetGroupsPerLoadBalancerException", "");
pub const TRUST_STORE: Known = k("TrustStore", "Name?string TrustStoreArn?string Status?string NumberOfCaCertificates?integer TotalRevokedEntries?long");
pub const TRUST_STORE_ASSOCIATION: Known = k("TrustStoreAssociation", "ResourceArn?string");
pub const TRUST_STORE_ASSOCIATION_NOT_FOUND_EXCEPTION: Known = k("TrustStoreAssociationNotFoundException", "");
pub const TRUST_STORE_IN_USE_EXCEPTION: Known = k("TrustStoreInUseException", "");
pub const TRUST_STORE_NOT_FOUND_EXCEPTION: Known = k("TrustStoreNotFoundException", "");
pub const TRUST_STORE_NOT_READY_EXCEPTION: Known = k("TrustStoreNotReadyException", "");
pub const TRUST_STORE_REVOCATION: Known = k("TrustStoreRevocation", "TrustStoreArn?string RevocationId?long RevocationType?string NumberOfRevokedEntries?long");
pub const UNSUPPORTED_PROTOCOL_EXCEPTION: Known = k("UnsupportedProtocolException", "");
pub const URL_REWRITE_CONFIG: Known = k("UrlRewriteConfig", "Rewrites?list");
pub const ZONAL_CAPACITY_RESERVATION_STATE: Known = k("ZonalCapacityReservationState", "State?structure AvailabilityZone?string EffectiveCapacityUnits?double");
