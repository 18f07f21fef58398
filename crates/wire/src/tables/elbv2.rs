// @generated from botocore 1.44.5 (Apache-2.0); do not edit, run `cargo xtask import-models`.
// Model sha256 5f8d293dabb9e7641f784e423c69905147f0bbe3aded13ae8ff6cb132ffd0b69.
//! Elastic Load Balancing, API version 2015-12-01.

use super::{o, r, s};
use crate::shape::{ErrorTraits, Kind, NONE, Operation, Protocol, Rules, Service, Shape, Traits};

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
    operations: &OPERATIONS,
    errors: &[&ALPN_POLICY_NOT_SUPPORTED_EXCEPTION, &ALLOCATION_ID_NOT_FOUND_EXCEPTION, &AVAILABILITY_ZONE_NOT_SUPPORTED_EXCEPTION, &CA_CERTIFICATES_BUNDLE_NOT_FOUND_EXCEPTION, &CAPACITY_DECREASE_REQUESTS_LIMIT_EXCEEDED_EXCEPTION, &CAPACITY_RESERVATION_PENDING_EXCEPTION, &CAPACITY_UNITS_LIMIT_EXCEEDED_EXCEPTION, &CERTIFICATE_NOT_FOUND_EXCEPTION, &DELETE_ASSOCIATION_SAME_ACCOUNT_EXCEPTION, &DUPLICATE_LISTENER_EXCEPTION, &DUPLICATE_LOAD_BALANCER_NAME_EXCEPTION, &DUPLICATE_TAG_KEYS_EXCEPTION, &DUPLICATE_TARGET_GROUP_NAME_EXCEPTION, &DUPLICATE_TRUST_STORE_NAME_EXCEPTION, &HEALTH_UNAVAILABLE_EXCEPTION, &INCOMPATIBLE_PROTOCOLS_EXCEPTION, &INSUFFICIENT_CAPACITY_EXCEPTION, &INVALID_CA_CERTIFICATES_BUNDLE_EXCEPTION, &INVALID_CONFIGURATION_REQUEST_EXCEPTION, &INVALID_LOAD_BALANCER_ACTION_EXCEPTION, &INVALID_REVOCATION_CONTENT_EXCEPTION, &INVALID_SCHEME_EXCEPTION, &INVALID_SECURITY_GROUP_EXCEPTION, &INVALID_SUBNET_EXCEPTION, &INVALID_TARGET_EXCEPTION, &LISTENER_NOT_FOUND_EXCEPTION, &LOAD_BALANCER_NOT_FOUND_EXCEPTION, &OPERATION_NOT_PERMITTED_EXCEPTION, &PRIOR_REQUEST_NOT_COMPLETE_EXCEPTION, &PRIORITY_IN_USE_EXCEPTION, &RESOURCE_IN_USE_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION, &REVOCATION_CONTENT_NOT_FOUND_EXCEPTION, &REVOCATION_ID_NOT_FOUND_EXCEPTION, &RULE_NOT_FOUND_EXCEPTION, &SSL_POLICY_NOT_FOUND_EXCEPTION, &SUBNET_NOT_FOUND_EXCEPTION, &TARGET_GROUP_ASSOCIATION_LIMIT_EXCEPTION, &TARGET_GROUP_NOT_FOUND_EXCEPTION, &TOO_MANY_ACTIONS_EXCEPTION, &TOO_MANY_CERTIFICATES_EXCEPTION, &TOO_MANY_LISTENERS_EXCEPTION, &TOO_MANY_LOAD_BALANCERS_EXCEPTION, &TOO_MANY_REGISTRATIONS_FOR_TARGET_ID_EXCEPTION, &TOO_MANY_RULES_EXCEPTION, &TOO_MANY_TAGS_EXCEPTION, &TOO_MANY_TARGET_GROUPS_EXCEPTION, &TOO_MANY_TARGETS_EXCEPTION, &TOO_MANY_TRUST_STORE_REVOCATION_ENTRIES_EXCEPTION, &TOO_MANY_TRUST_STORES_EXCEPTION, &TOO_MANY_UNIQUE_TARGET_GROUPS_PER_LOAD_BALANCER_EXCEPTION, &TRUST_STORE_ASSOCIATION_NOT_FOUND_EXCEPTION, &TRUST_STORE_IN_USE_EXCEPTION, &TRUST_STORE_NOT_FOUND_EXCEPTION, &TRUST_STORE_NOT_READY_EXCEPTION, &UNSUPPORTED_PROTOCOL_EXCEPTION],
    served: include_str!("../../operations/elbv2.txt"),
};

static OPERATIONS: [Operation; 51] = [
    Operation { name: "AddListenerCertificates", method: "POST", uri: "/", status: 200, input: &ADD_LISTENER_CERTIFICATES_INPUT, output: &ADD_LISTENER_CERTIFICATES_OUTPUT, result_wrapper: Some("AddListenerCertificatesResult"), errors: &[&CERTIFICATE_NOT_FOUND_EXCEPTION, &LISTENER_NOT_FOUND_EXCEPTION, &TOO_MANY_CERTIFICATES_EXCEPTION] },
    Operation { name: "AddTags", method: "POST", uri: "/", status: 200, input: &ADD_TAGS_INPUT, output: &ADD_TAGS_OUTPUT, result_wrapper: Some("AddTagsResult"), errors: &[&DUPLICATE_TAG_KEYS_EXCEPTION, &LISTENER_NOT_FOUND_EXCEPTION, &LOAD_BALANCER_NOT_FOUND_EXCEPTION, &RULE_NOT_FOUND_EXCEPTION, &TARGET_GROUP_NOT_FOUND_EXCEPTION, &TOO_MANY_TAGS_EXCEPTION, &TRUST_STORE_NOT_FOUND_EXCEPTION] },
    Operation { name: "AddTrustStoreRevocations", method: "POST", uri: "/", status: 200, input: &ADD_TRUST_STORE_REVOCATIONS_INPUT, output: &ADD_TRUST_STORE_REVOCATIONS_OUTPUT, result_wrapper: Some("AddTrustStoreRevocationsResult"), errors: &[&INVALID_REVOCATION_CONTENT_EXCEPTION, &REVOCATION_CONTENT_NOT_FOUND_EXCEPTION, &TOO_MANY_TRUST_STORE_REVOCATION_ENTRIES_EXCEPTION, &TRUST_STORE_NOT_FOUND_EXCEPTION] },
    Operation { name: "CreateListener", method: "POST", uri: "/", status: 200, input: &CREATE_LISTENER_INPUT, output: &CREATE_LISTENER_OUTPUT, result_wrapper: Some("CreateListenerResult"), errors: &[&ALPN_POLICY_NOT_SUPPORTED_EXCEPTION, &CERTIFICATE_NOT_FOUND_EXCEPTION, &DUPLICATE_LISTENER_EXCEPTION, &INCOMPATIBLE_PROTOCOLS_EXCEPTION, &INVALID_CONFIGURATION_REQUEST_EXCEPTION, &INVALID_LOAD_BALANCER_ACTION_EXCEPTION, &LOAD_BALANCER_NOT_FOUND_EXCEPTION, &SSL_POLICY_NOT_FOUND_EXCEPTION, &TARGET_GROUP_ASSOCIATION_LIMIT_EXCEPTION, &TARGET_GROUP_NOT_FOUND_EXCEPTION, &TOO_MANY_ACTIONS_EXCEPTION, &TOO_MANY_CERTIFICATES_EXCEPTION, &TOO_MANY_LISTENERS_EXCEPTION, &TOO_MANY_REGISTRATIONS_FOR_TARGET_ID_EXCEPTION, &TOO_MANY_TAGS_EXCEPTION, &TOO_MANY_TARGETS_EXCEPTION, &TOO_MANY_UNIQUE_TARGET_GROUPS_PER_LOAD_BALANCER_EXCEPTION, &TRUST_STORE_NOT_FOUND_EXCEPTION, &TRUST_STORE_NOT_READY_EXCEPTION, &UNSUPPORTED_PROTOCOL_EXCEPTION] },
    Operation { name: "CreateLoadBalancer", method: "POST", uri: "/", status: 200, input: &CREATE_LOAD_BALANCER_INPUT, output: &CREATE_LOAD_BALANCER_OUTPUT, result_wrapper: Some("CreateLoadBalancerResult"), errors: &[&ALLOCATION_ID_NOT_FOUND_EXCEPTION, &AVAILABILITY_ZONE_NOT_SUPPORTED_EXCEPTION, &DUPLICATE_LOAD_BALANCER_NAME_EXCEPTION, &DUPLICATE_TAG_KEYS_EXCEPTION, &INVALID_CONFIGURATION_REQUEST_EXCEPTION, &INVALID_SCHEME_EXCEPTION, &INVALID_SECURITY_GROUP_EXCEPTION, &INVALID_SUBNET_EXCEPTION, &OPERATION_NOT_PERMITTED_EXCEPTION, &RESOURCE_IN_USE_EXCEPTION, &SUBNET_NOT_FOUND_EXCEPTION, &TOO_MANY_LOAD_BALANCERS_EXCEPTION, &TOO_MANY_TAGS_EXCEPTION] },
    Operation { name: "CreateRule", method: "POST", uri: "/", status: 200, input: &CREATE_RULE_INPUT, output: &CREATE_RULE_OUTPUT, result_wrapper: Some("CreateRuleResult"), errors: &[&INCOMPATIBLE_PROTOCOLS_EXCEPTION, &INVALID_CONFIGURATION_REQUEST_EXCEPTION, &INVALID_LOAD_BALANCER_ACTION_EXCEPTION, &LISTENER_NOT_FOUND_EXCEPTION, &PRIORITY_IN_USE_EXCEPTION, &TARGET_GROUP_ASSOCIATION_LIMIT_EXCEPTION, &TARGET_GROUP_NOT_FOUND_EXCEPTION, &TOO_MANY_ACTIONS_EXCEPTION, &TOO_MANY_REGISTRATIONS_FOR_TARGET_ID_EXCEPTION, &TOO_MANY_RULES_EXCEPTION, &TOO_MANY_TAGS_EXCEPTION, &TOO_MANY_TARGET_GROUPS_EXCEPTION, &TOO_MANY_TARGETS_EXCEPTION, &TOO_MANY_UNIQUE_TARGET_GROUPS_PER_LOAD_BALANCER_EXCEPTION, &UNSUPPORTED_PROTOCOL_EXCEPTION] },
    Operation { name: "CreateTargetGroup", method: "POST", uri: "/", status: 200, input: &CREATE_TARGET_GROUP_INPUT, output: &CREATE_TARGET_GROUP_OUTPUT, result_wrapper: Some("CreateTargetGroupResult"), errors: &[&DUPLICATE_TARGET_GROUP_NAME_EXCEPTION, &INVALID_CONFIGURATION_REQUEST_EXCEPTION, &TOO_MANY_TAGS_EXCEPTION, &TOO_MANY_TARGET_GROUPS_EXCEPTION] },
    Operation { name: "CreateTrustStore", method: "POST", uri: "/", status: 200, input: &CREATE_TRUST_STORE_INPUT, output: &CREATE_TRUST_STORE_OUTPUT, result_wrapper: Some("CreateTrustStoreResult"), errors: &[&CA_CERTIFICATES_BUNDLE_NOT_FOUND_EXCEPTION, &DUPLICATE_TAG_KEYS_EXCEPTION, &DUPLICATE_TRUST_STORE_NAME_EXCEPTION, &INVALID_CA_CERTIFICATES_BUNDLE_EXCEPTION, &TOO_MANY_TAGS_EXCEPTION, &TOO_MANY_TRUST_STORES_EXCEPTION] },
    Operation { name: "DeleteListener", method: "POST", uri: "/", status: 200, input: &DELETE_LISTENER_INPUT, output: &DELETE_LISTENER_OUTPUT, result_wrapper: Some("DeleteListenerResult"), errors: &[&LISTENER_NOT_FOUND_EXCEPTION, &RESOURCE_IN_USE_EXCEPTION] },
    Operation { name: "DeleteLoadBalancer", method: "POST", uri: "/", status: 200, input: &DELETE_LOAD_BALANCER_INPUT, output: &DELETE_LOAD_BALANCER_OUTPUT, result_wrapper: Some("DeleteLoadBalancerResult"), errors: &[&LOAD_BALANCER_NOT_FOUND_EXCEPTION, &OPERATION_NOT_PERMITTED_EXCEPTION, &RESOURCE_IN_USE_EXCEPTION] },
    Operation { name: "DeleteRule", method: "POST", uri: "/", status: 200, input: &DELETE_RULE_INPUT, output: &DELETE_RULE_OUTPUT, result_wrapper: Some("DeleteRuleResult"), errors: &[&OPERATION_NOT_PERMITTED_EXCEPTION, &RULE_NOT_FOUND_EXCEPTION] },
    Operation { name: "DeleteSharedTrustStoreAssociation", method: "POST", uri: "/", status: 200, input: &DELETE_SHARED_TRUST_STORE_ASSOCIATION_INPUT, output: &DELETE_SHARED_TRUST_STORE_ASSOCIATION_OUTPUT, result_wrapper: Some("DeleteSharedTrustStoreAssociationResult"), errors: &[&DELETE_ASSOCIATION_SAME_ACCOUNT_EXCEPTION, &TRUST_STORE_ASSOCIATION_NOT_FOUND_EXCEPTION, &TRUST_STORE_NOT_FOUND_EXCEPTION] },
    Operation { name: "DeleteTargetGroup", method: "POST", uri: "/", status: 200, input: &DELETE_TARGET_GROUP_INPUT, output: &DELETE_TARGET_GROUP_OUTPUT, result_wrapper: Some("DeleteTargetGroupResult"), errors: &[&RESOURCE_IN_USE_EXCEPTION] },
    Operation { name: "DeleteTrustStore", method: "POST", uri: "/", status: 200, input: &DELETE_TRUST_STORE_INPUT, output: &DELETE_TRUST_STORE_OUTPUT, result_wrapper: Some("DeleteTrustStoreResult"), errors: &[&TRUST_STORE_IN_USE_EXCEPTION, &TRUST_STORE_NOT_FOUND_EXCEPTION] },
    Operation { name: "DeregisterTargets", method: "POST", uri: "/", status: 200, input: &DEREGISTER_TARGETS_INPUT, output: &DEREGISTER_TARGETS_OUTPUT, result_wrapper: Some("DeregisterTargetsResult"), errors: &[&INVALID_TARGET_EXCEPTION, &TARGET_GROUP_NOT_FOUND_EXCEPTION] },
    Operation { name: "DescribeAccountLimits", method: "POST", uri: "/", status: 200, input: &DESCRIBE_ACCOUNT_LIMITS_INPUT, output: &DESCRIBE_ACCOUNT_LIMITS_OUTPUT, result_wrapper: Some("DescribeAccountLimitsResult"), errors: &[] },
    Operation { name: "DescribeCapacityReservation", method: "POST", uri: "/", status: 200, input: &DESCRIBE_CAPACITY_RESERVATION_INPUT, output: &DESCRIBE_CAPACITY_RESERVATION_OUTPUT, result_wrapper: Some("DescribeCapacityReservationResult"), errors: &[&LOAD_BALANCER_NOT_FOUND_EXCEPTION] },
    Operation { name: "DescribeListenerAttributes", method: "POST", uri: "/", status: 200, input: &DESCRIBE_LISTENER_ATTRIBUTES_INPUT, output: &DESCRIBE_LISTENER_ATTRIBUTES_OUTPUT, result_wrapper: Some("DescribeListenerAttributesResult"), errors: &[&LISTENER_NOT_FOUND_EXCEPTION] },
    Operation { name: "DescribeListenerCertificates", method: "POST", uri: "/", status: 200, input: &DESCRIBE_LISTENER_CERTIFICATES_INPUT, output: &DESCRIBE_LISTENER_CERTIFICATES_OUTPUT, result_wrapper: Some("DescribeListenerCertificatesResult"), errors: &[&LISTENER_NOT_FOUND_EXCEPTION] },
    Operation { name: "DescribeListeners", method: "POST", uri: "/", status: 200, input: &DESCRIBE_LISTENERS_INPUT, output: &DESCRIBE_LISTENERS_OUTPUT, result_wrapper: Some("DescribeListenersResult"), errors: &[&LISTENER_NOT_FOUND_EXCEPTION, &LOAD_BALANCER_NOT_FOUND_EXCEPTION, &UNSUPPORTED_PROTOCOL_EXCEPTION] },
    Operation { name: "DescribeLoadBalancerAttributes", method: "POST", uri: "/", status: 200, input: &DESCRIBE_LOAD_BALANCER_ATTRIBUTES_INPUT, output: &DESCRIBE_LOAD_BALANCER_ATTRIBUTES_OUTPUT, result_wrapper: Some("DescribeLoadBalancerAttributesResult"), errors: &[&LOAD_BALANCER_NOT_FOUND_EXCEPTION] },
    Operation { name: "DescribeLoadBalancers", method: "POST", uri: "/", status: 200, input: &DESCRIBE_LOAD_BALANCERS_INPUT, output: &DESCRIBE_LOAD_BALANCERS_OUTPUT, result_wrapper: Some("DescribeLoadBalancersResult"), errors: &[&LOAD_BALANCER_NOT_FOUND_EXCEPTION] },
    Operation { name: "DescribeRules", method: "POST", uri: "/", status: 200, input: &DESCRIBE_RULES_INPUT, output: &DESCRIBE_RULES_OUTPUT, result_wrapper: Some("DescribeRulesResult"), errors: &[&LISTENER_NOT_FOUND_EXCEPTION, &RULE_NOT_FOUND_EXCEPTION, &UNSUPPORTED_PROTOCOL_EXCEPTION] },
    Operation { name: "DescribeSSLPolicies", method: "POST", uri: "/", status: 200, input: &DESCRIBE_SSL_POLICIES_INPUT, output: &DESCRIBE_SSL_POLICIES_OUTPUT, result_wrapper: Some("DescribeSSLPoliciesResult"), errors: &[&SSL_POLICY_NOT_FOUND_EXCEPTION] },
    Operation { name: "DescribeTags", method: "POST", uri: "/", status: 200, input: &DESCRIBE_TAGS_INPUT, output: &DESCRIBE_TAGS_OUTPUT, result_wrapper: Some("DescribeTagsResult"), errors: &[&LISTENER_NOT_FOUND_EXCEPTION, &LOAD_BALANCER_NOT_FOUND_EXCEPTION, &RULE_NOT_FOUND_EXCEPTION, &TARGET_GROUP_NOT_FOUND_EXCEPTION, &TRUST_STORE_NOT_FOUND_EXCEPTION] },
    Operation { name: "DescribeTargetGroupAttributes", method: "POST", uri: "/", status: 200, input: &DESCRIBE_TARGET_GROUP_ATTRIBUTES_INPUT, output: &DESCRIBE_TARGET_GROUP_ATTRIBUTES_OUTPUT, result_wrapper: Some("DescribeTargetGroupAttributesResult"), errors: &[&TARGET_GROUP_NOT_FOUND_EXCEPTION] },
    Operation { name: "DescribeTargetGroups", method: "POST", uri: "/", status: 200, input: &DESCRIBE_TARGET_GROUPS_INPUT, output: &DESCRIBE_TARGET_GROUPS_OUTPUT, result_wrapper: Some("DescribeTargetGroupsResult"), errors: &[&LOAD_BALANCER_NOT_FOUND_EXCEPTION, &TARGET_GROUP_NOT_FOUND_EXCEPTION] },
    Operation { name: "DescribeTargetHealth", method: "POST", uri: "/", status: 200, input: &DESCRIBE_TARGET_HEALTH_INPUT, output: &DESCRIBE_TARGET_HEALTH_OUTPUT, result_wrapper: Some("DescribeTargetHealthResult"), errors: &[&HEALTH_UNAVAILABLE_EXCEPTION, &INVALID_TARGET_EXCEPTION, &TARGET_GROUP_NOT_FOUND_EXCEPTION] },
    Operation { name: "DescribeTrustStoreAssociations", method: "POST", uri: "/", status: 200, input: &DESCRIBE_TRUST_STORE_ASSOCIATIONS_INPUT, output: &DESCRIBE_TRUST_STORE_ASSOCIATIONS_OUTPUT, result_wrapper: Some("DescribeTrustStoreAssociationsResult"), errors: &[&TRUST_STORE_NOT_FOUND_EXCEPTION] },
    Operation { name: "DescribeTrustStoreRevocations", method: "POST", uri: "/", status: 200, input: &DESCRIBE_TRUST_STORE_REVOCATIONS_INPUT, output: &DESCRIBE_TRUST_STORE_REVOCATIONS_OUTPUT, result_wrapper: Some("DescribeTrustStoreRevocationsResult"), errors: &[&REVOCATION_ID_NOT_FOUND_EXCEPTION, &TRUST_STORE_NOT_FOUND_EXCEPTION] },
    Operation { name: "DescribeTrustStores", method: "POST", uri: "/", status: 200, input: &DESCRIBE_TRUST_STORES_INPUT, output: &DESCRIBE_TRUST_STORES_OUTPUT, result_wrapper: Some("DescribeTrustStoresResult"), errors: &[&TRUST_STORE_NOT_FOUND_EXCEPTION] },
    Operation { name: "GetResourcePolicy", method: "POST", uri: "/", status: 200, input: &GET_RESOURCE_POLICY_INPUT, output: &GET_RESOURCE_POLICY_OUTPUT, result_wrapper: Some("GetResourcePolicyResult"), errors: &[&RESOURCE_NOT_FOUND_EXCEPTION] },
    Operation { name: "GetTrustStoreCaCertificatesBundle", method: "POST", uri: "/", status: 200, input: &GET_TRUST_STORE_CA_CERTIFICATES_BUNDLE_INPUT, output: &GET_TRUST_STORE_CA_CERTIFICATES_BUNDLE_OUTPUT, result_wrapper: Some("GetTrustStoreCaCertificatesBundleResult"), errors: &[&TRUST_STORE_NOT_FOUND_EXCEPTION] },
    Operation { name: "GetTrustStoreRevocationContent", method: "POST", uri: "/", status: 200, input: &GET_TRUST_STORE_REVOCATION_CONTENT_INPUT, output: &GET_TRUST_STORE_REVOCATION_CONTENT_OUTPUT, result_wrapper: Some("GetTrustStoreRevocationContentResult"), errors: &[&REVOCATION_ID_NOT_FOUND_EXCEPTION, &TRUST_STORE_NOT_FOUND_EXCEPTION] },
    Operation { name: "ModifyCapacityReservation", method: "POST", uri: "/", status: 200, input: &MODIFY_CAPACITY_RESERVATION_INPUT, output: &MODIFY_CAPACITY_RESERVATION_OUTPUT, result_wrapper: Some("ModifyCapacityReservationResult"), errors: &[&CAPACITY_DECREASE_REQUESTS_LIMIT_EXCEEDED_EXCEPTION, &CAPACITY_RESERVATION_PENDING_EXCEPTION, &CAPACITY_UNITS_LIMIT_EXCEEDED_EXCEPTION, &INSUFFICIENT_CAPACITY_EXCEPTION, &INVALID_CONFIGURATION_REQUEST_EXCEPTION, &LOAD_BALANCER_NOT_FOUND_EXCEPTION, &OPERATION_NOT_PERMITTED_EXCEPTION, &PRIOR_REQUEST_NOT_COMPLETE_EXCEPTION] },
    Operation { name: "ModifyIpPools", method: "POST", uri: "/", status: 200, input: &MODIFY_IP_POOLS_INPUT, output: &MODIFY_IP_POOLS_OUTPUT, result_wrapper: Some("ModifyIpPoolsResult"), errors: &[&LOAD_BALANCER_NOT_FOUND_EXCEPTION] },
    Operation { name: "ModifyListener", method: "POST", uri: "/", status: 200, input: &MODIFY_LISTENER_INPUT, output: &MODIFY_LISTENER_OUTPUT, result_wrapper: Some("ModifyListenerResult"), errors: &[&ALPN_POLICY_NOT_SUPPORTED_EXCEPTION, &CERTIFICATE_NOT_FOUND_EXCEPTION, &DUPLICATE_LISTENER_EXCEPTION, &INCOMPATIBLE_PROTOCOLS_EXCEPTION, &INVALID_CONFIGURATION_REQUEST_EXCEPTION, &INVALID_LOAD_BALANCER_ACTION_EXCEPTION, &LISTENER_NOT_FOUND_EXCEPTION, &SSL_POLICY_NOT_FOUND_EXCEPTION, &TARGET_GROUP_ASSOCIATION_LIMIT_EXCEPTION, &TARGET_GROUP_NOT_FOUND_EXCEPTION, &TOO_MANY_ACTIONS_EXCEPTION, &TOO_MANY_CERTIFICATES_EXCEPTION, &TOO_MANY_LISTENERS_EXCEPTION, &TOO_MANY_REGISTRATIONS_FOR_TARGET_ID_EXCEPTION, &TOO_MANY_TARGETS_EXCEPTION, &TOO_MANY_UNIQUE_TARGET_GROUPS_PER_LOAD_BALANCER_EXCEPTION, &TRUST_STORE_NOT_FOUND_EXCEPTION, &TRUST_STORE_NOT_READY_EXCEPTION, &UNSUPPORTED_PROTOCOL_EXCEPTION] },
    Operation { name: "ModifyListenerAttributes", method: "POST", uri: "/", status: 200, input: &MODIFY_LISTENER_ATTRIBUTES_INPUT, output: &MODIFY_LISTENER_ATTRIBUTES_OUTPUT, result_wrapper: Some("ModifyListenerAttributesResult"), errors: &[&INVALID_CONFIGURATION_REQUEST_EXCEPTION, &LISTENER_NOT_FOUND_EXCEPTION] },
    Operation { name: "ModifyLoadBalancerAttributes", method: "POST", uri: "/", status: 200, input: &MODIFY_LOAD_BALANCER_ATTRIBUTES_INPUT, output: &MODIFY_LOAD_BALANCER_ATTRIBUTES_OUTPUT, result_wrapper: Some("ModifyLoadBalancerAttributesResult"), errors: &[&INVALID_CONFIGURATION_REQUEST_EXCEPTION, &LOAD_BALANCER_NOT_FOUND_EXCEPTION] },
    Operation { name: "ModifyRule", method: "POST", uri: "/", status: 200, input: &MODIFY_RULE_INPUT, output: &MODIFY_RULE_OUTPUT, result_wrapper: Some("ModifyRuleResult"), errors: &[&INCOMPATIBLE_PROTOCOLS_EXCEPTION, &INVALID_LOAD_BALANCER_ACTION_EXCEPTION, &OPERATION_NOT_PERMITTED_EXCEPTION, &RULE_NOT_FOUND_EXCEPTION, &TARGET_GROUP_ASSOCIATION_LIMIT_EXCEPTION, &TARGET_GROUP_NOT_FOUND_EXCEPTION, &TOO_MANY_ACTIONS_EXCEPTION, &TOO_MANY_REGISTRATIONS_FOR_TARGET_ID_EXCEPTION, &TOO_MANY_TARGETS_EXCEPTION, &TOO_MANY_UNIQUE_TARGET_GROUPS_PER_LOAD_BALANCER_EXCEPTION, &UNSUPPORTED_PROTOCOL_EXCEPTION] },
    Operation { name: "ModifyTargetGroup", method: "POST", uri: "/", status: 200, input: &MODIFY_TARGET_GROUP_INPUT, output: &MODIFY_TARGET_GROUP_OUTPUT, result_wrapper: Some("ModifyTargetGroupResult"), errors: &[&INVALID_CONFIGURATION_REQUEST_EXCEPTION, &TARGET_GROUP_NOT_FOUND_EXCEPTION] },
    Operation { name: "ModifyTargetGroupAttributes", method: "POST", uri: "/", status: 200, input: &MODIFY_TARGET_GROUP_ATTRIBUTES_INPUT, output: &MODIFY_TARGET_GROUP_ATTRIBUTES_OUTPUT, result_wrapper: Some("ModifyTargetGroupAttributesResult"), errors: &[&INVALID_CONFIGURATION_REQUEST_EXCEPTION, &TARGET_GROUP_NOT_FOUND_EXCEPTION] },
    Operation { name: "ModifyTrustStore", method: "POST", uri: "/", status: 200, input: &MODIFY_TRUST_STORE_INPUT, output: &MODIFY_TRUST_STORE_OUTPUT, result_wrapper: Some("ModifyTrustStoreResult"), errors: &[&CA_CERTIFICATES_BUNDLE_NOT_FOUND_EXCEPTION, &INVALID_CA_CERTIFICATES_BUNDLE_EXCEPTION, &TRUST_STORE_NOT_FOUND_EXCEPTION] },
    Operation { name: "RegisterTargets", method: "POST", uri: "/", status: 200, input: &REGISTER_TARGETS_INPUT, output: &REGISTER_TARGETS_OUTPUT, result_wrapper: Some("RegisterTargetsResult"), errors: &[&INVALID_TARGET_EXCEPTION, &TARGET_GROUP_NOT_FOUND_EXCEPTION, &TOO_MANY_REGISTRATIONS_FOR_TARGET_ID_EXCEPTION, &TOO_MANY_TARGETS_EXCEPTION] },
    Operation { name: "RemoveListenerCertificates", method: "POST", uri: "/", status: 200, input: &REMOVE_LISTENER_CERTIFICATES_INPUT, output: &REMOVE_LISTENER_CERTIFICATES_OUTPUT, result_wrapper: Some("RemoveListenerCertificatesResult"), errors: &[&LISTENER_NOT_FOUND_EXCEPTION, &OPERATION_NOT_PERMITTED_EXCEPTION] },
    Operation { name: "RemoveTags", method: "POST", uri: "/", status: 200, input: &REMOVE_TAGS_INPUT, output: &REMOVE_TAGS_OUTPUT, result_wrapper: Some("RemoveTagsResult"), errors: &[&LISTENER_NOT_FOUND_EXCEPTION, &LOAD_BALANCER_NOT_FOUND_EXCEPTION, &RULE_NOT_FOUND_EXCEPTION, &TARGET_GROUP_NOT_FOUND_EXCEPTION, &TOO_MANY_TAGS_EXCEPTION, &TRUST_STORE_NOT_FOUND_EXCEPTION] },
    Operation { name: "RemoveTrustStoreRevocations", method: "POST", uri: "/", status: 200, input: &REMOVE_TRUST_STORE_REVOCATIONS_INPUT, output: &REMOVE_TRUST_STORE_REVOCATIONS_OUTPUT, result_wrapper: Some("RemoveTrustStoreRevocationsResult"), errors: &[&REVOCATION_ID_NOT_FOUND_EXCEPTION, &TRUST_STORE_NOT_FOUND_EXCEPTION] },
    Operation { name: "SetIpAddressType", method: "POST", uri: "/", status: 200, input: &SET_IP_ADDRESS_TYPE_INPUT, output: &SET_IP_ADDRESS_TYPE_OUTPUT, result_wrapper: Some("SetIpAddressTypeResult"), errors: &[&INVALID_CONFIGURATION_REQUEST_EXCEPTION, &INVALID_SUBNET_EXCEPTION, &LOAD_BALANCER_NOT_FOUND_EXCEPTION] },
    Operation { name: "SetRulePriorities", method: "POST", uri: "/", status: 200, input: &SET_RULE_PRIORITIES_INPUT, output: &SET_RULE_PRIORITIES_OUTPUT, result_wrapper: Some("SetRulePrioritiesResult"), errors: &[&OPERATION_NOT_PERMITTED_EXCEPTION, &PRIORITY_IN_USE_EXCEPTION, &RULE_NOT_FOUND_EXCEPTION] },
    Operation { name: "SetSecurityGroups", method: "POST", uri: "/", status: 200, input: &SET_SECURITY_GROUPS_INPUT, output: &SET_SECURITY_GROUPS_OUTPUT, result_wrapper: Some("SetSecurityGroupsResult"), errors: &[&INVALID_CONFIGURATION_REQUEST_EXCEPTION, &INVALID_SECURITY_GROUP_EXCEPTION, &LOAD_BALANCER_NOT_FOUND_EXCEPTION] },
    Operation { name: "SetSubnets", method: "POST", uri: "/", status: 200, input: &SET_SUBNETS_INPUT, output: &SET_SUBNETS_OUTPUT, result_wrapper: Some("SetSubnetsResult"), errors: &[&ALLOCATION_ID_NOT_FOUND_EXCEPTION, &AVAILABILITY_ZONE_NOT_SUPPORTED_EXCEPTION, &CAPACITY_RESERVATION_PENDING_EXCEPTION, &INVALID_CONFIGURATION_REQUEST_EXCEPTION, &INVALID_SUBNET_EXCEPTION, &LOAD_BALANCER_NOT_FOUND_EXCEPTION, &SUBNET_NOT_FOUND_EXCEPTION] },
];

pub static ALPN_POLICY_NOT_SUPPORTED_EXCEPTION: Shape = s("ALPNPolicyNotSupportedException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("ALPNPolicyNotFound"), status: Some(400), receiver: false }), ..NONE });
pub static ACTION: Shape = s("Action", Kind::Structure, &[r("Type", &ACTION_TYPE_ENUM), o("TargetGroupArn", &TARGET_GROUP_ARN), o("AuthenticateOidcConfig", &AUTHENTICATE_OIDC_ACTION_CONFIG), o("AuthenticateCognitoConfig", &AUTHENTICATE_COGNITO_ACTION_CONFIG), o("Order", &ACTION_ORDER), o("RedirectConfig", &REDIRECT_ACTION_CONFIG), o("FixedResponseConfig", &FIXED_RESPONSE_ACTION_CONFIG), o("ForwardConfig", &FORWARD_ACTION_CONFIG), o("JwtValidationConfig", &JWT_VALIDATION_ACTION_CONFIG)]);
pub static ACTION_ORDER: Shape = s("ActionOrder", Kind::Integer, &[]).rules(&Rules { min: Some(1.0), max: Some(50000.0), pattern: None, values: &[] });
pub static ACTION_TYPE_ENUM: Shape = s("ActionTypeEnum", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["forward", "authenticate-oidc", "authenticate-cognito", "redirect", "fixed-response", "jwt-validation"] });
pub static ACTIONS: Shape = s("Actions", Kind::List, &[o("member", &ACTION)]);
pub static ADD_LISTENER_CERTIFICATES_INPUT: Shape = s("AddListenerCertificatesInput", Kind::Structure, &[r("ListenerArn", &LISTENER_ARN), r("Certificates", &CERTIFICATE_LIST)]);
pub static ADD_LISTENER_CERTIFICATES_OUTPUT: Shape = s("AddListenerCertificatesOutput", Kind::Structure, &[o("Certificates", &CERTIFICATE_LIST)]);
pub static ADD_TAGS_INPUT: Shape = s("AddTagsInput", Kind::Structure, &[r("ResourceArns", &RESOURCE_ARNS), r("Tags", &TAG_LIST)]);
pub static ADD_TAGS_OUTPUT: Shape = s("AddTagsOutput", Kind::Structure, &[]);
pub static ADD_TRUST_STORE_REVOCATIONS_INPUT: Shape = s("AddTrustStoreRevocationsInput", Kind::Structure, &[r("TrustStoreArn", &TRUST_STORE_ARN), o("RevocationContents", &REVOCATION_CONTENTS)]);
pub static ADD_TRUST_STORE_REVOCATIONS_OUTPUT: Shape = s("AddTrustStoreRevocationsOutput", Kind::Structure, &[o("TrustStoreRevocations", &TRUST_STORE_REVOCATIONS)]);
pub static ADMINISTRATIVE_OVERRIDE: Shape = s("AdministrativeOverride", Kind::Structure, &[o("State", &TARGET_ADMINISTRATIVE_OVERRIDE_STATE_ENUM), o("Reason", &TARGET_ADMINISTRATIVE_OVERRIDE_REASON_ENUM), o("Description", &DESCRIPTION)]);
pub static ADVERTISE_TRUST_STORE_CA_NAMES_ENUM: Shape = s("AdvertiseTrustStoreCaNamesEnum", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["on", "off"] });
pub static ALLOCATION_ID: Shape = s("AllocationId", Kind::String, &[]);
pub static ALLOCATION_ID_NOT_FOUND_EXCEPTION: Shape = s("AllocationIdNotFoundException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("AllocationIdNotFound"), status: Some(400), receiver: false }), ..NONE });
pub static ALPN_POLICY_NAME: Shape = s("AlpnPolicyName", Kind::List, &[o("member", &ALPN_POLICY_VALUE)]);
pub static ALPN_POLICY_VALUE: Shape = s("AlpnPolicyValue", Kind::String, &[]);
pub static ANOMALY_DETECTION: Shape = s("AnomalyDetection", Kind::Structure, &[o("Result", &ANOMALY_RESULT_ENUM), o("MitigationInEffect", &MITIGATION_IN_EFFECT_ENUM)]);
pub static ANOMALY_RESULT_ENUM: Shape = s("AnomalyResultEnum", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["anomalous", "normal"] });
pub static AUTHENTICATE_COGNITO_ACTION_AUTHENTICATION_REQUEST_EXTRA_PARAMS: Shape = s("AuthenticateCognitoActionAuthenticationRequestExtraParams", Kind::Map, &[o("key", &AUTHENTICATE_COGNITO_ACTION_AUTHENTICATION_REQUEST_PARAM_NAME), o("value", &AUTHENTICATE_COGNITO_ACTION_AUTHENTICATION_REQUEST_PARAM_VALUE)]);
pub static AUTHENTICATE_COGNITO_ACTION_AUTHENTICATION_REQUEST_PARAM_NAME: Shape = s("AuthenticateCognitoActionAuthenticationRequestParamName", Kind::String, &[]);
pub static AUTHENTICATE_COGNITO_ACTION_AUTHENTICATION_REQUEST_PARAM_VALUE: Shape = s("AuthenticateCognitoActionAuthenticationRequestParamValue", Kind::String, &[]);
pub static AUTHENTICATE_COGNITO_ACTION_CONDITIONAL_BEHAVIOR_ENUM: Shape = s("AuthenticateCognitoActionConditionalBehaviorEnum", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["deny", "allow", "authenticate"] });
pub static AUTHENTICATE_COGNITO_ACTION_CONFIG: Shape = s("AuthenticateCognitoActionConfig", Kind::Structure, &[r("UserPoolArn", &AUTHENTICATE_COGNITO_ACTION_USER_POOL_ARN), r("UserPoolClientId", &AUTHENTICATE_COGNITO_ACTION_USER_POOL_CLIENT_ID), r("UserPoolDomain", &AUTHENTICATE_COGNITO_ACTION_USER_POOL_DOMAIN), o("SessionCookieName", &AUTHENTICATE_COGNITO_ACTION_SESSION_COOKIE_NAME), o("Scope", &AUTHENTICATE_COGNITO_ACTION_SCOPE), o("SessionTimeout", &AUTHENTICATE_COGNITO_ACTION_SESSION_TIMEOUT), o("AuthenticationRequestExtraParams", &AUTHENTICATE_COGNITO_ACTION_AUTHENTICATION_REQUEST_EXTRA_PARAMS), o("OnUnauthenticatedRequest", &AUTHENTICATE_COGNITO_ACTION_CONDITIONAL_BEHAVIOR_ENUM)]);
pub static AUTHENTICATE_COGNITO_ACTION_SCOPE: Shape = s("AuthenticateCognitoActionScope", Kind::String, &[]);
pub static AUTHENTICATE_COGNITO_ACTION_SESSION_COOKIE_NAME: Shape = s("AuthenticateCognitoActionSessionCookieName", Kind::String, &[]);
pub static AUTHENTICATE_COGNITO_ACTION_SESSION_TIMEOUT: Shape = s("AuthenticateCognitoActionSessionTimeout", Kind::Long, &[]);
pub static AUTHENTICATE_COGNITO_ACTION_USER_POOL_ARN: Shape = s("AuthenticateCognitoActionUserPoolArn", Kind::String, &[]);
pub static AUTHENTICATE_COGNITO_ACTION_USER_POOL_CLIENT_ID: Shape = s("AuthenticateCognitoActionUserPoolClientId", Kind::String, &[]);
pub static AUTHENTICATE_COGNITO_ACTION_USER_POOL_DOMAIN: Shape = s("AuthenticateCognitoActionUserPoolDomain", Kind::String, &[]);
pub static AUTHENTICATE_OIDC_ACTION_AUTHENTICATION_REQUEST_EXTRA_PARAMS: Shape = s("AuthenticateOidcActionAuthenticationRequestExtraParams", Kind::Map, &[o("key", &AUTHENTICATE_OIDC_ACTION_AUTHENTICATION_REQUEST_PARAM_NAME), o("value", &AUTHENTICATE_OIDC_ACTION_AUTHENTICATION_REQUEST_PARAM_VALUE)]);
pub static AUTHENTICATE_OIDC_ACTION_AUTHENTICATION_REQUEST_PARAM_NAME: Shape = s("AuthenticateOidcActionAuthenticationRequestParamName", Kind::String, &[]);
pub static AUTHENTICATE_OIDC_ACTION_AUTHENTICATION_REQUEST_PARAM_VALUE: Shape = s("AuthenticateOidcActionAuthenticationRequestParamValue", Kind::String, &[]);
pub static AUTHENTICATE_OIDC_ACTION_AUTHORIZATION_ENDPOINT: Shape = s("AuthenticateOidcActionAuthorizationEndpoint", Kind::String, &[]);
pub static AUTHENTICATE_OIDC_ACTION_CLIENT_ID: Shape = s("AuthenticateOidcActionClientId", Kind::String, &[]);
pub static AUTHENTICATE_OIDC_ACTION_CLIENT_SECRET: Shape = s("AuthenticateOidcActionClientSecret", Kind::String, &[]);
pub static AUTHENTICATE_OIDC_ACTION_CONDITIONAL_BEHAVIOR_ENUM: Shape = s("AuthenticateOidcActionConditionalBehaviorEnum", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["deny", "allow", "authenticate"] });
pub static AUTHENTICATE_OIDC_ACTION_CONFIG: Shape = s("AuthenticateOidcActionConfig", Kind::Structure, &[r("Issuer", &AUTHENTICATE_OIDC_ACTION_ISSUER), r("AuthorizationEndpoint", &AUTHENTICATE_OIDC_ACTION_AUTHORIZATION_ENDPOINT), r("TokenEndpoint", &AUTHENTICATE_OIDC_ACTION_TOKEN_ENDPOINT), r("UserInfoEndpoint", &AUTHENTICATE_OIDC_ACTION_USER_INFO_ENDPOINT), r("ClientId", &AUTHENTICATE_OIDC_ACTION_CLIENT_ID), o("ClientSecret", &AUTHENTICATE_OIDC_ACTION_CLIENT_SECRET), o("SessionCookieName", &AUTHENTICATE_OIDC_ACTION_SESSION_COOKIE_NAME), o("Scope", &AUTHENTICATE_OIDC_ACTION_SCOPE), o("SessionTimeout", &AUTHENTICATE_OIDC_ACTION_SESSION_TIMEOUT), o("AuthenticationRequestExtraParams", &AUTHENTICATE_OIDC_ACTION_AUTHENTICATION_REQUEST_EXTRA_PARAMS), o("OnUnauthenticatedRequest", &AUTHENTICATE_OIDC_ACTION_CONDITIONAL_BEHAVIOR_ENUM), o("UseExistingClientSecret", &AUTHENTICATE_OIDC_ACTION_USE_EXISTING_CLIENT_SECRET)]);
pub static AUTHENTICATE_OIDC_ACTION_ISSUER: Shape = s("AuthenticateOidcActionIssuer", Kind::String, &[]);
pub static AUTHENTICATE_OIDC_ACTION_SCOPE: Shape = s("AuthenticateOidcActionScope", Kind::String, &[]);
pub static AUTHENTICATE_OIDC_ACTION_SESSION_COOKIE_NAME: Shape = s("AuthenticateOidcActionSessionCookieName", Kind::String, &[]);
pub static AUTHENTICATE_OIDC_ACTION_SESSION_TIMEOUT: Shape = s("AuthenticateOidcActionSessionTimeout", Kind::Long, &[]);
pub static AUTHENTICATE_OIDC_ACTION_TOKEN_ENDPOINT: Shape = s("AuthenticateOidcActionTokenEndpoint", Kind::String, &[]);
pub static AUTHENTICATE_OIDC_ACTION_USE_EXISTING_CLIENT_SECRET: Shape = s("AuthenticateOidcActionUseExistingClientSecret", Kind::Boolean, &[]);
pub static AUTHENTICATE_OIDC_ACTION_USER_INFO_ENDPOINT: Shape = s("AuthenticateOidcActionUserInfoEndpoint", Kind::String, &[]);
pub static AVAILABILITY_ZONE: Shape = s("AvailabilityZone", Kind::Structure, &[o("ZoneName", &ZONE_NAME), o("SubnetId", &SUBNET_ID), o("OutpostId", &OUTPOST_ID), o("LoadBalancerAddresses", &LOAD_BALANCER_ADDRESSES), o("SourceNatIpv6Prefixes", &SOURCE_NAT_IPV6_PREFIXES)]);
pub static AVAILABILITY_ZONE_NOT_SUPPORTED_EXCEPTION: Shape = s("AvailabilityZoneNotSupportedException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("AvailabilityZoneNotSupported"), status: Some(400), receiver: false }), ..NONE });
pub static AVAILABILITY_ZONES: Shape = s("AvailabilityZones", Kind::List, &[o("member", &AVAILABILITY_ZONE)]);
pub static CA_CERTIFICATES_BUNDLE_NOT_FOUND_EXCEPTION: Shape = s("CaCertificatesBundleNotFoundException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("CaCertificatesBundleNotFound"), status: Some(400), receiver: false }), ..NONE });
pub static CANONICAL_HOSTED_ZONE_ID: Shape = s("CanonicalHostedZoneId", Kind::String, &[]);
pub static CAPACITY_DECREASE_REQUESTS_LIMIT_EXCEEDED_EXCEPTION: Shape = s("CapacityDecreaseRequestsLimitExceededException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("CapacityDecreaseRequestLimitExceeded"), status: Some(400), receiver: false }), ..NONE });
pub static CAPACITY_RESERVATION_PENDING_EXCEPTION: Shape = s("CapacityReservationPendingException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("CapacityReservationPending"), status: Some(400), receiver: false }), ..NONE });
pub static CAPACITY_RESERVATION_STATE_ENUM: Shape = s("CapacityReservationStateEnum", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["provisioned", "pending", "rebalancing", "failed"] });
pub static CAPACITY_RESERVATION_STATUS: Shape = s("CapacityReservationStatus", Kind::Structure, &[o("Code", &CAPACITY_RESERVATION_STATE_ENUM), o("Reason", &STATE_REASON)]);
pub static CAPACITY_UNITS: Shape = s("CapacityUnits", Kind::Integer, &[]);
pub static CAPACITY_UNITS_DOUBLE: Shape = s("CapacityUnitsDouble", Kind::Double, &[]);
pub static CAPACITY_UNITS_LIMIT_EXCEEDED_EXCEPTION: Shape = s("CapacityUnitsLimitExceededException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("CapacityUnitsLimitExceeded"), status: Some(400), receiver: false }), ..NONE });
pub static CERTIFICATE: Shape = s("Certificate", Kind::Structure, &[o("CertificateArn", &CERTIFICATE_ARN), o("IsDefault", &DEFAULT)]);
pub static CERTIFICATE_ARN: Shape = s("CertificateArn", Kind::String, &[]);
pub static CERTIFICATE_LIST: Shape = s("CertificateList", Kind::List, &[o("member", &CERTIFICATE)]);
pub static CERTIFICATE_NOT_FOUND_EXCEPTION: Shape = s("CertificateNotFoundException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("CertificateNotFound"), status: Some(400), receiver: false }), ..NONE });
pub static CIPHER: Shape = s("Cipher", Kind::Structure, &[o("Name", &CIPHER_NAME), o("Priority", &CIPHER_PRIORITY)]);
pub static CIPHER_NAME: Shape = s("CipherName", Kind::String, &[]);
pub static CIPHER_PRIORITY: Shape = s("CipherPriority", Kind::Integer, &[]);
pub static CIPHERS: Shape = s("Ciphers", Kind::List, &[o("member", &CIPHER)]);
pub static CONDITION_FIELD_NAME: Shape = s("ConditionFieldName", Kind::String, &[]).rules(&Rules { min: None, max: Some(64.0), pattern: None, values: &[] });
pub static CREATE_LISTENER_INPUT: Shape = s("CreateListenerInput", Kind::Structure, &[r("LoadBalancerArn", &LOAD_BALANCER_ARN), o("Protocol", &PROTOCOL_ENUM), o("Port", &PORT), o("SslPolicy", &SSL_POLICY_NAME), o("Certificates", &CERTIFICATE_LIST), r("DefaultActions", &ACTIONS), o("AlpnPolicy", &ALPN_POLICY_NAME), o("Tags", &TAG_LIST), o("MutualAuthentication", &MUTUAL_AUTHENTICATION_ATTRIBUTES)]);
pub static CREATE_LISTENER_OUTPUT: Shape = s("CreateListenerOutput", Kind::Structure, &[o("Listeners", &LISTENERS)]);
pub static CREATE_LOAD_BALANCER_INPUT: Shape = s("CreateLoadBalancerInput", Kind::Structure, &[r("Name", &LOAD_BALANCER_NAME), o("Subnets", &SUBNETS), o("SubnetMappings", &SUBNET_MAPPINGS), o("SecurityGroups", &SECURITY_GROUPS), o("Scheme", &LOAD_BALANCER_SCHEME_ENUM), o("Tags", &TAG_LIST), o("Type", &LOAD_BALANCER_TYPE_ENUM), o("IpAddressType", &IP_ADDRESS_TYPE), o("CustomerOwnedIpv4Pool", &CUSTOMER_OWNED_IPV4_POOL), o("EnablePrefixForIpv6SourceNat", &ENABLE_PREFIX_FOR_IPV6_SOURCE_NAT_ENUM), o("IpamPools", &IPAM_POOLS)]);
pub static CREATE_LOAD_BALANCER_OUTPUT: Shape = s("CreateLoadBalancerOutput", Kind::Structure, &[o("LoadBalancers", &LOAD_BALANCERS)]);
pub static CREATE_RULE_INPUT: Shape = s("CreateRuleInput", Kind::Structure, &[r("ListenerArn", &LISTENER_ARN), r("Conditions", &RULE_CONDITION_LIST), r("Priority", &RULE_PRIORITY), r("Actions", &ACTIONS), o("Tags", &TAG_LIST), o("Transforms", &RULE_TRANSFORM_LIST)]);
pub static CREATE_RULE_OUTPUT: Shape = s("CreateRuleOutput", Kind::Structure, &[o("Rules", &RULES)]);
pub static CREATE_TARGET_GROUP_INPUT: Shape = s("CreateTargetGroupInput", Kind::Structure, &[r("Name", &TARGET_GROUP_NAME), o("Protocol", &PROTOCOL_ENUM), o("ProtocolVersion", &PROTOCOL_VERSION), o("Port", &PORT), o("VpcId", &VPC_ID), o("HealthCheckProtocol", &PROTOCOL_ENUM), o("HealthCheckPort", &HEALTH_CHECK_PORT), o("HealthCheckEnabled", &HEALTH_CHECK_ENABLED), o("HealthCheckPath", &PATH), o("HealthCheckIntervalSeconds", &HEALTH_CHECK_INTERVAL_SECONDS), o("HealthCheckTimeoutSeconds", &HEALTH_CHECK_TIMEOUT_SECONDS), o("HealthyThresholdCount", &HEALTH_CHECK_THRESHOLD_COUNT), o("UnhealthyThresholdCount", &HEALTH_CHECK_THRESHOLD_COUNT), o("Matcher", &MATCHER), o("TargetType", &TARGET_TYPE_ENUM), o("Tags", &TAG_LIST), o("IpAddressType", &TARGET_GROUP_IP_ADDRESS_TYPE_ENUM), o("TargetControlPort", &TARGET_CONTROL_PORT)]);
pub static CREATE_TARGET_GROUP_OUTPUT: Shape = s("CreateTargetGroupOutput", Kind::Structure, &[o("TargetGroups", &TARGET_GROUPS)]);
pub static CREATE_TRUST_STORE_INPUT: Shape = s("CreateTrustStoreInput", Kind::Structure, &[r("Name", &TRUST_STORE_NAME), r("CaCertificatesBundleS3Bucket", &S3_BUCKET), r("CaCertificatesBundleS3Key", &S3_KEY), o("CaCertificatesBundleS3ObjectVersion", &S3_OBJECT_VERSION), o("Tags", &TAG_LIST)]);
pub static CREATE_TRUST_STORE_OUTPUT: Shape = s("CreateTrustStoreOutput", Kind::Structure, &[o("TrustStores", &TRUST_STORES)]);
pub static CREATED_TIME: Shape = s("CreatedTime", Kind::Timestamp, &[]);
pub static CUSTOMER_OWNED_IPV4_POOL: Shape = s("CustomerOwnedIpv4Pool", Kind::String, &[]).rules(&Rules { min: None, max: Some(256.0), pattern: Some("^(ipv4pool-coip-)[a-zA-Z0-9]+$"), values: &[] });
pub static DNS_NAME: Shape = s("DNSName", Kind::String, &[]);
pub static DECREASE_REQUESTS_REMAINING: Shape = s("DecreaseRequestsRemaining", Kind::Integer, &[]);
pub static DEFAULT: Shape = s("Default", Kind::Boolean, &[]);
pub static DELETE_ASSOCIATION_SAME_ACCOUNT_EXCEPTION: Shape = s("DeleteAssociationSameAccountException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("DeleteAssociationSameAccount"), status: Some(400), receiver: false }), ..NONE });
pub static DELETE_LISTENER_INPUT: Shape = s("DeleteListenerInput", Kind::Structure, &[r("ListenerArn", &LISTENER_ARN)]);
pub static DELETE_LISTENER_OUTPUT: Shape = s("DeleteListenerOutput", Kind::Structure, &[]);
pub static DELETE_LOAD_BALANCER_INPUT: Shape = s("DeleteLoadBalancerInput", Kind::Structure, &[r("LoadBalancerArn", &LOAD_BALANCER_ARN)]);
pub static DELETE_LOAD_BALANCER_OUTPUT: Shape = s("DeleteLoadBalancerOutput", Kind::Structure, &[]);
pub static DELETE_RULE_INPUT: Shape = s("DeleteRuleInput", Kind::Structure, &[r("RuleArn", &RULE_ARN)]);
pub static DELETE_RULE_OUTPUT: Shape = s("DeleteRuleOutput", Kind::Structure, &[]);
pub static DELETE_SHARED_TRUST_STORE_ASSOCIATION_INPUT: Shape = s("DeleteSharedTrustStoreAssociationInput", Kind::Structure, &[r("TrustStoreArn", &TRUST_STORE_ARN), r("ResourceArn", &RESOURCE_ARN)]);
pub static DELETE_SHARED_TRUST_STORE_ASSOCIATION_OUTPUT: Shape = s("DeleteSharedTrustStoreAssociationOutput", Kind::Structure, &[]);
pub static DELETE_TARGET_GROUP_INPUT: Shape = s("DeleteTargetGroupInput", Kind::Structure, &[r("TargetGroupArn", &TARGET_GROUP_ARN)]);
pub static DELETE_TARGET_GROUP_OUTPUT: Shape = s("DeleteTargetGroupOutput", Kind::Structure, &[]);
pub static DELETE_TRUST_STORE_INPUT: Shape = s("DeleteTrustStoreInput", Kind::Structure, &[r("TrustStoreArn", &TRUST_STORE_ARN)]);
pub static DELETE_TRUST_STORE_OUTPUT: Shape = s("DeleteTrustStoreOutput", Kind::Structure, &[]);
pub static DEREGISTER_TARGETS_INPUT: Shape = s("DeregisterTargetsInput", Kind::Structure, &[r("TargetGroupArn", &TARGET_GROUP_ARN), r("Targets", &TARGET_DESCRIPTIONS)]);
pub static DEREGISTER_TARGETS_OUTPUT: Shape = s("DeregisterTargetsOutput", Kind::Structure, &[]);
pub static DESCRIBE_ACCOUNT_LIMITS_INPUT: Shape = s("DescribeAccountLimitsInput", Kind::Structure, &[o("Marker", &MARKER), o("PageSize", &PAGE_SIZE)]);
pub static DESCRIBE_ACCOUNT_LIMITS_OUTPUT: Shape = s("DescribeAccountLimitsOutput", Kind::Structure, &[o("Limits", &LIMITS), o("NextMarker", &MARKER)]);
pub static DESCRIBE_CAPACITY_RESERVATION_INPUT: Shape = s("DescribeCapacityReservationInput", Kind::Structure, &[r("LoadBalancerArn", &LOAD_BALANCER_ARN)]);
pub static DESCRIBE_CAPACITY_RESERVATION_OUTPUT: Shape = s("DescribeCapacityReservationOutput", Kind::Structure, &[o("LastModifiedTime", &LAST_MODIFIED_TIME), o("DecreaseRequestsRemaining", &DECREASE_REQUESTS_REMAINING), o("MinimumLoadBalancerCapacity", &MINIMUM_LOAD_BALANCER_CAPACITY), o("CapacityReservationState", &ZONAL_CAPACITY_RESERVATION_STATES)]);
pub static DESCRIBE_LISTENER_ATTRIBUTES_INPUT: Shape = s("DescribeListenerAttributesInput", Kind::Structure, &[r("ListenerArn", &LISTENER_ARN)]);
pub static DESCRIBE_LISTENER_ATTRIBUTES_OUTPUT: Shape = s("DescribeListenerAttributesOutput", Kind::Structure, &[o("Attributes", &LISTENER_ATTRIBUTES)]);
pub static DESCRIBE_LISTENER_CERTIFICATES_INPUT: Shape = s("DescribeListenerCertificatesInput", Kind::Structure, &[r("ListenerArn", &LISTENER_ARN), o("Marker", &MARKER), o("PageSize", &PAGE_SIZE)]);
pub static DESCRIBE_LISTENER_CERTIFICATES_OUTPUT: Shape = s("DescribeListenerCertificatesOutput", Kind::Structure, &[o("Certificates", &CERTIFICATE_LIST), o("NextMarker", &MARKER)]);
pub static DESCRIBE_LISTENERS_INPUT: Shape = s("DescribeListenersInput", Kind::Structure, &[o("LoadBalancerArn", &LOAD_BALANCER_ARN), o("ListenerArns", &LISTENER_ARNS), o("Marker", &MARKER), o("PageSize", &PAGE_SIZE)]);
pub static DESCRIBE_LISTENERS_OUTPUT: Shape = s("DescribeListenersOutput", Kind::Structure, &[o("Listeners", &LISTENERS), o("NextMarker", &MARKER)]);
pub static DESCRIBE_LOAD_BALANCER_ATTRIBUTES_INPUT: Shape = s("DescribeLoadBalancerAttributesInput", Kind::Structure, &[r("LoadBalancerArn", &LOAD_BALANCER_ARN)]);
pub static DESCRIBE_LOAD_BALANCER_ATTRIBUTES_OUTPUT: Shape = s("DescribeLoadBalancerAttributesOutput", Kind::Structure, &[o("Attributes", &LOAD_BALANCER_ATTRIBUTES)]);
pub static DESCRIBE_LOAD_BALANCERS_INPUT: Shape = s("DescribeLoadBalancersInput", Kind::Structure, &[o("LoadBalancerArns", &LOAD_BALANCER_ARNS), o("Names", &LOAD_BALANCER_NAMES), o("Marker", &MARKER), o("PageSize", &PAGE_SIZE)]);
pub static DESCRIBE_LOAD_BALANCERS_OUTPUT: Shape = s("DescribeLoadBalancersOutput", Kind::Structure, &[o("LoadBalancers", &LOAD_BALANCERS), o("NextMarker", &MARKER)]);
pub static DESCRIBE_RULES_INPUT: Shape = s("DescribeRulesInput", Kind::Structure, &[o("ListenerArn", &LISTENER_ARN), o("RuleArns", &RULE_ARNS), o("Marker", &MARKER), o("PageSize", &PAGE_SIZE)]);
pub static DESCRIBE_RULES_OUTPUT: Shape = s("DescribeRulesOutput", Kind::Structure, &[o("Rules", &RULES), o("NextMarker", &MARKER)]);
pub static DESCRIBE_SSL_POLICIES_INPUT: Shape = s("DescribeSSLPoliciesInput", Kind::Structure, &[o("Names", &SSL_POLICY_NAMES), o("Marker", &MARKER), o("PageSize", &PAGE_SIZE), o("LoadBalancerType", &LOAD_BALANCER_TYPE_ENUM)]);
pub static DESCRIBE_SSL_POLICIES_OUTPUT: Shape = s("DescribeSSLPoliciesOutput", Kind::Structure, &[o("SslPolicies", &SSL_POLICIES), o("NextMarker", &MARKER)]);
pub static DESCRIBE_TAGS_INPUT: Shape = s("DescribeTagsInput", Kind::Structure, &[r("ResourceArns", &RESOURCE_ARNS)]);
pub static DESCRIBE_TAGS_OUTPUT: Shape = s("DescribeTagsOutput", Kind::Structure, &[o("TagDescriptions", &TAG_DESCRIPTIONS)]);
pub static DESCRIBE_TARGET_GROUP_ATTRIBUTES_INPUT: Shape = s("DescribeTargetGroupAttributesInput", Kind::Structure, &[r("TargetGroupArn", &TARGET_GROUP_ARN)]);
pub static DESCRIBE_TARGET_GROUP_ATTRIBUTES_OUTPUT: Shape = s("DescribeTargetGroupAttributesOutput", Kind::Structure, &[o("Attributes", &TARGET_GROUP_ATTRIBUTES)]);
pub static DESCRIBE_TARGET_GROUPS_INPUT: Shape = s("DescribeTargetGroupsInput", Kind::Structure, &[o("LoadBalancerArn", &LOAD_BALANCER_ARN), o("TargetGroupArns", &TARGET_GROUP_ARNS), o("Names", &TARGET_GROUP_NAMES), o("Marker", &MARKER), o("PageSize", &PAGE_SIZE)]);
pub static DESCRIBE_TARGET_GROUPS_OUTPUT: Shape = s("DescribeTargetGroupsOutput", Kind::Structure, &[o("TargetGroups", &TARGET_GROUPS), o("NextMarker", &MARKER)]);
pub static DESCRIBE_TARGET_HEALTH_INPUT: Shape = s("DescribeTargetHealthInput", Kind::Structure, &[r("TargetGroupArn", &TARGET_GROUP_ARN), o("Targets", &TARGET_DESCRIPTIONS), o("Include", &LIST_OF_DESCRIBE_TARGET_HEALTH_INCLUDE_OPTIONS)]);
pub static DESCRIBE_TARGET_HEALTH_INPUT_INCLUDE_ENUM: Shape = s("DescribeTargetHealthInputIncludeEnum", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["AnomalyDetection", "All"] });
pub static DESCRIBE_TARGET_HEALTH_OUTPUT: Shape = s("DescribeTargetHealthOutput", Kind::Structure, &[o("TargetHealthDescriptions", &TARGET_HEALTH_DESCRIPTIONS)]);
pub static DESCRIBE_TRUST_STORE_ASSOCIATIONS_INPUT: Shape = s("DescribeTrustStoreAssociationsInput", Kind::Structure, &[r("TrustStoreArn", &TRUST_STORE_ARN), o("Marker", &MARKER), o("PageSize", &PAGE_SIZE)]);
pub static DESCRIBE_TRUST_STORE_ASSOCIATIONS_OUTPUT: Shape = s("DescribeTrustStoreAssociationsOutput", Kind::Structure, &[o("TrustStoreAssociations", &TRUST_STORE_ASSOCIATIONS), o("NextMarker", &MARKER)]);
pub static DESCRIBE_TRUST_STORE_REVOCATION: Shape = s("DescribeTrustStoreRevocation", Kind::Structure, &[o("TrustStoreArn", &TRUST_STORE_ARN), o("RevocationId", &REVOCATION_ID), o("RevocationType", &REVOCATION_TYPE), o("NumberOfRevokedEntries", &NUMBER_OF_REVOKED_ENTRIES)]);
pub static DESCRIBE_TRUST_STORE_REVOCATION_RESPONSE: Shape = s("DescribeTrustStoreRevocationResponse", Kind::List, &[o("member", &DESCRIBE_TRUST_STORE_REVOCATION)]);
pub static DESCRIBE_TRUST_STORE_REVOCATIONS_INPUT: Shape = s("DescribeTrustStoreRevocationsInput", Kind::Structure, &[r("TrustStoreArn", &TRUST_STORE_ARN), o("RevocationIds", &REVOCATION_IDS), o("Marker", &MARKER), o("PageSize", &PAGE_SIZE)]);
pub static DESCRIBE_TRUST_STORE_REVOCATIONS_OUTPUT: Shape = s("DescribeTrustStoreRevocationsOutput", Kind::Structure, &[o("TrustStoreRevocations", &DESCRIBE_TRUST_STORE_REVOCATION_RESPONSE), o("NextMarker", &MARKER)]);
pub static DESCRIBE_TRUST_STORES_INPUT: Shape = s("DescribeTrustStoresInput", Kind::Structure, &[o("TrustStoreArns", &TRUST_STORE_ARNS), o("Names", &TRUST_STORE_NAMES), o("Marker", &MARKER), o("PageSize", &PAGE_SIZE)]);
pub static DESCRIBE_TRUST_STORES_OUTPUT: Shape = s("DescribeTrustStoresOutput", Kind::Structure, &[o("TrustStores", &TRUST_STORES), o("NextMarker", &MARKER)]);
pub static DESCRIPTION: Shape = s("Description", Kind::String, &[]);
pub static DUPLICATE_LISTENER_EXCEPTION: Shape = s("DuplicateListenerException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("DuplicateListener"), status: Some(400), receiver: false }), ..NONE });
pub static DUPLICATE_LOAD_BALANCER_NAME_EXCEPTION: Shape = s("DuplicateLoadBalancerNameException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("DuplicateLoadBalancerName"), status: Some(400), receiver: false }), ..NONE });
pub static DUPLICATE_TAG_KEYS_EXCEPTION: Shape = s("DuplicateTagKeysException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("DuplicateTagKeys"), status: Some(400), receiver: false }), ..NONE });
pub static DUPLICATE_TARGET_GROUP_NAME_EXCEPTION: Shape = s("DuplicateTargetGroupNameException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("DuplicateTargetGroupName"), status: Some(400), receiver: false }), ..NONE });
pub static DUPLICATE_TRUST_STORE_NAME_EXCEPTION: Shape = s("DuplicateTrustStoreNameException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("DuplicateTrustStoreName"), status: Some(400), receiver: false }), ..NONE });
pub static ENABLE_PREFIX_FOR_IPV6_SOURCE_NAT_ENUM: Shape = s("EnablePrefixForIpv6SourceNatEnum", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["on", "off"] });
pub static ENFORCE_SECURITY_GROUP_INBOUND_RULES_ON_PRIVATE_LINK_TRAFFIC: Shape = s("EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic", Kind::String, &[]);
pub static ENFORCE_SECURITY_GROUP_INBOUND_RULES_ON_PRIVATE_LINK_TRAFFIC_ENUM: Shape = s("EnforceSecurityGroupInboundRulesOnPrivateLinkTrafficEnum", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["on", "off"] });
pub static FIXED_RESPONSE_ACTION_CONFIG: Shape = s("FixedResponseActionConfig", Kind::Structure, &[o("MessageBody", &FIXED_RESPONSE_ACTION_MESSAGE), r("StatusCode", &FIXED_RESPONSE_ACTION_STATUS_CODE), o("ContentType", &FIXED_RESPONSE_ACTION_CONTENT_TYPE)]);
pub static FIXED_RESPONSE_ACTION_CONTENT_TYPE: Shape = s("FixedResponseActionContentType", Kind::String, &[]).rules(&Rules { min: Some(0.0), max: Some(32.0), pattern: None, values: &[] });
pub static FIXED_RESPONSE_ACTION_MESSAGE: Shape = s("FixedResponseActionMessage", Kind::String, &[]).rules(&Rules { min: Some(0.0), max: Some(1024.0), pattern: None, values: &[] });
pub static FIXED_RESPONSE_ACTION_STATUS_CODE: Shape = s("FixedResponseActionStatusCode", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: Some("^(2|4|5)\\d\\d$"), values: &[] });
pub static FORWARD_ACTION_CONFIG: Shape = s("ForwardActionConfig", Kind::Structure, &[o("TargetGroups", &TARGET_GROUP_LIST), o("TargetGroupStickinessConfig", &TARGET_GROUP_STICKINESS_CONFIG)]);
pub static GET_RESOURCE_POLICY_INPUT: Shape = s("GetResourcePolicyInput", Kind::Structure, &[r("ResourceArn", &RESOURCE_ARN)]);
pub static GET_RESOURCE_POLICY_OUTPUT: Shape = s("GetResourcePolicyOutput", Kind::Structure, &[o("Policy", &POLICY)]);
pub static GET_TRUST_STORE_CA_CERTIFICATES_BUNDLE_INPUT: Shape = s("GetTrustStoreCaCertificatesBundleInput", Kind::Structure, &[r("TrustStoreArn", &TRUST_STORE_ARN)]);
pub static GET_TRUST_STORE_CA_CERTIFICATES_BUNDLE_OUTPUT: Shape = s("GetTrustStoreCaCertificatesBundleOutput", Kind::Structure, &[o("Location", &LOCATION)]);
pub static GET_TRUST_STORE_REVOCATION_CONTENT_INPUT: Shape = s("GetTrustStoreRevocationContentInput", Kind::Structure, &[r("TrustStoreArn", &TRUST_STORE_ARN), r("RevocationId", &REVOCATION_ID)]);
pub static GET_TRUST_STORE_REVOCATION_CONTENT_OUTPUT: Shape = s("GetTrustStoreRevocationContentOutput", Kind::Structure, &[o("Location", &LOCATION)]);
pub static GRPC_CODE: Shape = s("GrpcCode", Kind::String, &[]);
pub static HEALTH_CHECK_ENABLED: Shape = s("HealthCheckEnabled", Kind::Boolean, &[]);
pub static HEALTH_CHECK_INTERVAL_SECONDS: Shape = s("HealthCheckIntervalSeconds", Kind::Integer, &[]).rules(&Rules { min: Some(5.0), max: Some(300.0), pattern: None, values: &[] });
pub static HEALTH_CHECK_PORT: Shape = s("HealthCheckPort", Kind::String, &[]);
pub static HEALTH_CHECK_THRESHOLD_COUNT: Shape = s("HealthCheckThresholdCount", Kind::Integer, &[]).rules(&Rules { min: Some(2.0), max: Some(10.0), pattern: None, values: &[] });
pub static HEALTH_CHECK_TIMEOUT_SECONDS: Shape = s("HealthCheckTimeoutSeconds", Kind::Integer, &[]).rules(&Rules { min: Some(2.0), max: Some(120.0), pattern: None, values: &[] });
pub static HEALTH_UNAVAILABLE_EXCEPTION: Shape = s("HealthUnavailableException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("HealthUnavailable"), status: Some(500), receiver: false }), ..NONE });
pub static HOST_HEADER_CONDITION_CONFIG: Shape = s("HostHeaderConditionConfig", Kind::Structure, &[o("Values", &LIST_OF_STRING), o("RegexValues", &LIST_OF_STRING)]);
pub static HOST_HEADER_REWRITE_CONFIG: Shape = s("HostHeaderRewriteConfig", Kind::Structure, &[o("Rewrites", &REWRITE_CONFIG_LIST)]);
pub static HTTP_CODE: Shape = s("HttpCode", Kind::String, &[]);
pub static HTTP_HEADER_CONDITION_CONFIG: Shape = s("HttpHeaderConditionConfig", Kind::Structure, &[o("HttpHeaderName", &HTTP_HEADER_CONDITION_NAME), o("Values", &LIST_OF_STRING), o("RegexValues", &LIST_OF_STRING)]);
pub static HTTP_HEADER_CONDITION_NAME: Shape = s("HttpHeaderConditionName", Kind::String, &[]);
pub static HTTP_REQUEST_METHOD_CONDITION_CONFIG: Shape = s("HttpRequestMethodConditionConfig", Kind::Structure, &[o("Values", &LIST_OF_STRING)]);
pub static I_PV6_ADDRESS: Shape = s("IPv6Address", Kind::String, &[]);
pub static IGNORE_CLIENT_CERTIFICATE_EXPIRY: Shape = s("IgnoreClientCertificateExpiry", Kind::Boolean, &[]);
pub static INCOMPATIBLE_PROTOCOLS_EXCEPTION: Shape = s("IncompatibleProtocolsException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("IncompatibleProtocols"), status: Some(400), receiver: false }), ..NONE });
pub static INSUFFICIENT_CAPACITY_EXCEPTION: Shape = s("InsufficientCapacityException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("InsufficientCapacity"), status: Some(500), receiver: false }), ..NONE });
pub static INVALID_CA_CERTIFICATES_BUNDLE_EXCEPTION: Shape = s("InvalidCaCertificatesBundleException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("InvalidCaCertificatesBundle"), status: Some(400), receiver: false }), ..NONE });
pub static INVALID_CONFIGURATION_REQUEST_EXCEPTION: Shape = s("InvalidConfigurationRequestException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("InvalidConfigurationRequest"), status: Some(400), receiver: false }), ..NONE });
pub static INVALID_LOAD_BALANCER_ACTION_EXCEPTION: Shape = s("InvalidLoadBalancerActionException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("InvalidLoadBalancerAction"), status: Some(400), receiver: false }), ..NONE });
pub static INVALID_REVOCATION_CONTENT_EXCEPTION: Shape = s("InvalidRevocationContentException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("InvalidRevocationContent"), status: Some(400), receiver: false }), ..NONE });
pub static INVALID_SCHEME_EXCEPTION: Shape = s("InvalidSchemeException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("InvalidScheme"), status: Some(400), receiver: false }), ..NONE });
pub static INVALID_SECURITY_GROUP_EXCEPTION: Shape = s("InvalidSecurityGroupException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("InvalidSecurityGroup"), status: Some(400), receiver: false }), ..NONE });
pub static INVALID_SUBNET_EXCEPTION: Shape = s("InvalidSubnetException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("InvalidSubnet"), status: Some(400), receiver: false }), ..NONE });
pub static INVALID_TARGET_EXCEPTION: Shape = s("InvalidTargetException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("InvalidTarget"), status: Some(400), receiver: false }), ..NONE });
pub static IP_ADDRESS: Shape = s("IpAddress", Kind::String, &[]);
pub static IP_ADDRESS_TYPE: Shape = s("IpAddressType", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["ipv4", "dualstack", "dualstack-without-public-ipv4"] });
pub static IPAM_POOL_ID: Shape = s("IpamPoolId", Kind::String, &[]).rules(&Rules { min: None, max: Some(1000.0), pattern: Some("^(ipam-pool-)[a-zA-Z0-9]+$"), values: &[] });
pub static IPAM_POOLS: Shape = s("IpamPools", Kind::Structure, &[o("Ipv4IpamPoolId", &IPAM_POOL_ID)]);
pub static IS_DEFAULT: Shape = s("IsDefault", Kind::Boolean, &[]);
pub static JWT_VALIDATION_ACTION_ADDITIONAL_CLAIM: Shape = s("JwtValidationActionAdditionalClaim", Kind::Structure, &[r("Format", &JWT_VALIDATION_ACTION_ADDITIONAL_CLAIM_FORMAT_ENUM), r("Name", &JWT_VALIDATION_ACTION_ADDITIONAL_CLAIM_NAME), r("Values", &JWT_VALIDATION_ACTION_ADDITIONAL_CLAIM_VALUES)]);
pub static JWT_VALIDATION_ACTION_ADDITIONAL_CLAIM_FORMAT_ENUM: Shape = s("JwtValidationActionAdditionalClaimFormatEnum", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["single-string", "string-array", "space-separated-values"] });
pub static JWT_VALIDATION_ACTION_ADDITIONAL_CLAIM_NAME: Shape = s("JwtValidationActionAdditionalClaimName", Kind::String, &[]);
pub static JWT_VALIDATION_ACTION_ADDITIONAL_CLAIM_VALUE: Shape = s("JwtValidationActionAdditionalClaimValue", Kind::String, &[]);
pub static JWT_VALIDATION_ACTION_ADDITIONAL_CLAIM_VALUES: Shape = s("JwtValidationActionAdditionalClaimValues", Kind::List, &[o("member", &JWT_VALIDATION_ACTION_ADDITIONAL_CLAIM_VALUE)]);
pub static JWT_VALIDATION_ACTION_ADDITIONAL_CLAIMS: Shape = s("JwtValidationActionAdditionalClaims", Kind::List, &[o("member", &JWT_VALIDATION_ACTION_ADDITIONAL_CLAIM)]);
pub static JWT_VALIDATION_ACTION_CONFIG: Shape = s("JwtValidationActionConfig", Kind::Structure, &[r("JwksEndpoint", &JWT_VALIDATION_ACTION_JWKS_ENDPOINT), r("Issuer", &JWT_VALIDATION_ACTION_ISSUER), o("AdditionalClaims", &JWT_VALIDATION_ACTION_ADDITIONAL_CLAIMS)]);
pub static JWT_VALIDATION_ACTION_ISSUER: Shape = s("JwtValidationActionIssuer", Kind::String, &[]);
pub static JWT_VALIDATION_ACTION_JWKS_ENDPOINT: Shape = s("JwtValidationActionJwksEndpoint", Kind::String, &[]);
pub static LAST_MODIFIED_TIME: Shape = s("LastModifiedTime", Kind::Timestamp, &[]);
pub static LIMIT: Shape = s("Limit", Kind::Structure, &[o("Name", &NAME), o("Max", &MAX)]);
pub static LIMITS: Shape = s("Limits", Kind::List, &[o("member", &LIMIT)]);
pub static LIST_OF_DESCRIBE_TARGET_HEALTH_INCLUDE_OPTIONS: Shape = s("ListOfDescribeTargetHealthIncludeOptions", Kind::List, &[o("member", &DESCRIBE_TARGET_HEALTH_INPUT_INCLUDE_ENUM)]);
pub static LIST_OF_STRING: Shape = s("ListOfString", Kind::List, &[o("member", &STRING_VALUE)]);
pub static LISTENER: Shape = s("Listener", Kind::Structure, &[o("ListenerArn", &LISTENER_ARN), o("LoadBalancerArn", &LOAD_BALANCER_ARN), o("Port", &PORT), o("Protocol", &PROTOCOL_ENUM), o("Certificates", &CERTIFICATE_LIST), o("SslPolicy", &SSL_POLICY_NAME), o("DefaultActions", &ACTIONS), o("AlpnPolicy", &ALPN_POLICY_NAME), o("MutualAuthentication", &MUTUAL_AUTHENTICATION_ATTRIBUTES)]);
pub static LISTENER_ARN: Shape = s("ListenerArn", Kind::String, &[]);
pub static LISTENER_ARNS: Shape = s("ListenerArns", Kind::List, &[o("member", &LISTENER_ARN)]);
pub static LISTENER_ATTRIBUTE: Shape = s("ListenerAttribute", Kind::Structure, &[o("Key", &LISTENER_ATTRIBUTE_KEY), o("Value", &LISTENER_ATTRIBUTE_VALUE)]);
pub static LISTENER_ATTRIBUTE_KEY: Shape = s("ListenerAttributeKey", Kind::String, &[]).rules(&Rules { min: None, max: Some(256.0), pattern: Some("^[a-zA-Z0-9._]+$"), values: &[] });
pub static LISTENER_ATTRIBUTE_VALUE: Shape = s("ListenerAttributeValue", Kind::String, &[]);
pub static LISTENER_ATTRIBUTES: Shape = s("ListenerAttributes", Kind::List, &[o("member", &LISTENER_ATTRIBUTE)]);
pub static LISTENER_NOT_FOUND_EXCEPTION: Shape = s("ListenerNotFoundException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("ListenerNotFound"), status: Some(400), receiver: false }), ..NONE });
pub static LISTENERS: Shape = s("Listeners", Kind::List, &[o("member", &LISTENER)]);
pub static LOAD_BALANCER: Shape = s("LoadBalancer", Kind::Structure, &[o("LoadBalancerArn", &LOAD_BALANCER_ARN), o("DNSName", &DNS_NAME), o("CanonicalHostedZoneId", &CANONICAL_HOSTED_ZONE_ID), o("CreatedTime", &CREATED_TIME), o("LoadBalancerName", &LOAD_BALANCER_NAME), o("Scheme", &LOAD_BALANCER_SCHEME_ENUM), o("VpcId", &VPC_ID), o("State", &LOAD_BALANCER_STATE), o("Type", &LOAD_BALANCER_TYPE_ENUM), o("AvailabilityZones", &AVAILABILITY_ZONES), o("SecurityGroups", &SECURITY_GROUPS), o("IpAddressType", &IP_ADDRESS_TYPE), o("CustomerOwnedIpv4Pool", &CUSTOMER_OWNED_IPV4_POOL), o("EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic", &ENFORCE_SECURITY_GROUP_INBOUND_RULES_ON_PRIVATE_LINK_TRAFFIC), o("EnablePrefixForIpv6SourceNat", &ENABLE_PREFIX_FOR_IPV6_SOURCE_NAT_ENUM), o("IpamPools", &IPAM_POOLS)]);
pub static LOAD_BALANCER_ADDRESS: Shape = s("LoadBalancerAddress", Kind::Structure, &[o("IpAddress", &IP_ADDRESS), o("AllocationId", &ALLOCATION_ID), o("PrivateIPv4Address", &PRIVATE_I_PV4_ADDRESS), o("IPv6Address", &I_PV6_ADDRESS)]);
pub static LOAD_BALANCER_ADDRESSES: Shape = s("LoadBalancerAddresses", Kind::List, &[o("member", &LOAD_BALANCER_ADDRESS)]);
pub static LOAD_BALANCER_ARN: Shape = s("LoadBalancerArn", Kind::String, &[]);
pub static LOAD_BALANCER_ARNS: Shape = s("LoadBalancerArns", Kind::List, &[o("member", &LOAD_BALANCER_ARN)]);
pub static LOAD_BALANCER_ATTRIBUTE: Shape = s("LoadBalancerAttribute", Kind::Structure, &[o("Key", &LOAD_BALANCER_ATTRIBUTE_KEY), o("Value", &LOAD_BALANCER_ATTRIBUTE_VALUE)]);
pub static LOAD_BALANCER_ATTRIBUTE_KEY: Shape = s("LoadBalancerAttributeKey", Kind::String, &[]).rules(&Rules { min: None, max: Some(256.0), pattern: Some("^[a-zA-Z0-9._]+$"), values: &[] });
pub static LOAD_BALANCER_ATTRIBUTE_VALUE: Shape = s("LoadBalancerAttributeValue", Kind::String, &[]).rules(&Rules { min: None, max: Some(1024.0), pattern: None, values: &[] });
pub static LOAD_BALANCER_ATTRIBUTES: Shape = s("LoadBalancerAttributes", Kind::List, &[o("member", &LOAD_BALANCER_ATTRIBUTE)]).rules(&Rules { min: None, max: Some(20.0), pattern: None, values: &[] });
pub static LOAD_BALANCER_NAME: Shape = s("LoadBalancerName", Kind::String, &[]);
pub static LOAD_BALANCER_NAMES: Shape = s("LoadBalancerNames", Kind::List, &[o("member", &LOAD_BALANCER_NAME)]);
pub static LOAD_BALANCER_NOT_FOUND_EXCEPTION: Shape = s("LoadBalancerNotFoundException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("LoadBalancerNotFound"), status: Some(400), receiver: false }), ..NONE });
pub static LOAD_BALANCER_SCHEME_ENUM: Shape = s("LoadBalancerSchemeEnum", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["internet-facing", "internal"] });
pub static LOAD_BALANCER_STATE: Shape = s("LoadBalancerState", Kind::Structure, &[o("Code", &LOAD_BALANCER_STATE_ENUM), o("Reason", &STATE_REASON)]);
pub static LOAD_BALANCER_STATE_ENUM: Shape = s("LoadBalancerStateEnum", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["active", "provisioning", "active_impaired", "failed"] });
pub static LOAD_BALANCER_TYPE_ENUM: Shape = s("LoadBalancerTypeEnum", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["application", "network", "gateway"] });
pub static LOAD_BALANCERS: Shape = s("LoadBalancers", Kind::List, &[o("member", &LOAD_BALANCER)]);
pub static LOCATION: Shape = s("Location", Kind::String, &[]);
pub static MARKER: Shape = s("Marker", Kind::String, &[]);
pub static MATCHER: Shape = s("Matcher", Kind::Structure, &[o("HttpCode", &HTTP_CODE), o("GrpcCode", &GRPC_CODE)]);
pub static MAX: Shape = s("Max", Kind::String, &[]);
pub static MINIMUM_LOAD_BALANCER_CAPACITY: Shape = s("MinimumLoadBalancerCapacity", Kind::Structure, &[o("CapacityUnits", &CAPACITY_UNITS)]);
pub static MITIGATION_IN_EFFECT_ENUM: Shape = s("MitigationInEffectEnum", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["yes", "no"] });
pub static MODE: Shape = s("Mode", Kind::String, &[]);
pub static MODIFY_CAPACITY_RESERVATION_INPUT: Shape = s("ModifyCapacityReservationInput", Kind::Structure, &[r("LoadBalancerArn", &LOAD_BALANCER_ARN), o("MinimumLoadBalancerCapacity", &MINIMUM_LOAD_BALANCER_CAPACITY), o("ResetCapacityReservation", &RESET_CAPACITY_RESERVATION)]);
pub static MODIFY_CAPACITY_RESERVATION_OUTPUT: Shape = s("ModifyCapacityReservationOutput", Kind::Structure, &[o("LastModifiedTime", &LAST_MODIFIED_TIME), o("DecreaseRequestsRemaining", &DECREASE_REQUESTS_REMAINING), o("MinimumLoadBalancerCapacity", &MINIMUM_LOAD_BALANCER_CAPACITY), o("CapacityReservationState", &ZONAL_CAPACITY_RESERVATION_STATES)]);
pub static MODIFY_IP_POOLS_INPUT: Shape = s("ModifyIpPoolsInput", Kind::Structure, &[r("LoadBalancerArn", &LOAD_BALANCER_ARN), o("IpamPools", &IPAM_POOLS), o("RemoveIpamPools", &REMOVE_IPAM_POOLS)]);
pub static MODIFY_IP_POOLS_OUTPUT: Shape = s("ModifyIpPoolsOutput", Kind::Structure, &[o("IpamPools", &IPAM_POOLS)]);
pub static MODIFY_LISTENER_ATTRIBUTES_INPUT: Shape = s("ModifyListenerAttributesInput", Kind::Structure, &[r("ListenerArn", &LISTENER_ARN), r("Attributes", &LISTENER_ATTRIBUTES)]);
pub static MODIFY_LISTENER_ATTRIBUTES_OUTPUT: Shape = s("ModifyListenerAttributesOutput", Kind::Structure, &[o("Attributes", &LISTENER_ATTRIBUTES)]);
pub static MODIFY_LISTENER_INPUT: Shape = s("ModifyListenerInput", Kind::Structure, &[r("ListenerArn", &LISTENER_ARN), o("Port", &PORT), o("Protocol", &PROTOCOL_ENUM), o("SslPolicy", &SSL_POLICY_NAME), o("Certificates", &CERTIFICATE_LIST), o("DefaultActions", &ACTIONS), o("AlpnPolicy", &ALPN_POLICY_NAME), o("MutualAuthentication", &MUTUAL_AUTHENTICATION_ATTRIBUTES)]);
pub static MODIFY_LISTENER_OUTPUT: Shape = s("ModifyListenerOutput", Kind::Structure, &[o("Listeners", &LISTENERS)]);
pub static MODIFY_LOAD_BALANCER_ATTRIBUTES_INPUT: Shape = s("ModifyLoadBalancerAttributesInput", Kind::Structure, &[r("LoadBalancerArn", &LOAD_BALANCER_ARN), r("Attributes", &LOAD_BALANCER_ATTRIBUTES)]);
pub static MODIFY_LOAD_BALANCER_ATTRIBUTES_OUTPUT: Shape = s("ModifyLoadBalancerAttributesOutput", Kind::Structure, &[o("Attributes", &LOAD_BALANCER_ATTRIBUTES)]);
pub static MODIFY_RULE_INPUT: Shape = s("ModifyRuleInput", Kind::Structure, &[r("RuleArn", &RULE_ARN), o("Conditions", &RULE_CONDITION_LIST), o("Actions", &ACTIONS), o("Transforms", &RULE_TRANSFORM_LIST), o("ResetTransforms", &RESET_TRANSFORMS)]);
pub static MODIFY_RULE_OUTPUT: Shape = s("ModifyRuleOutput", Kind::Structure, &[o("Rules", &RULES)]);
pub static MODIFY_TARGET_GROUP_ATTRIBUTES_INPUT: Shape = s("ModifyTargetGroupAttributesInput", Kind::Structure, &[r("TargetGroupArn", &TARGET_GROUP_ARN), r("Attributes", &TARGET_GROUP_ATTRIBUTES)]);
pub static MODIFY_TARGET_GROUP_ATTRIBUTES_OUTPUT: Shape = s("ModifyTargetGroupAttributesOutput", Kind::Structure, &[o("Attributes", &TARGET_GROUP_ATTRIBUTES)]);
pub static MODIFY_TARGET_GROUP_INPUT: Shape = s("ModifyTargetGroupInput", Kind::Structure, &[r("TargetGroupArn", &TARGET_GROUP_ARN), o("HealthCheckProtocol", &PROTOCOL_ENUM), o("HealthCheckPort", &HEALTH_CHECK_PORT), o("HealthCheckPath", &PATH), o("HealthCheckEnabled", &HEALTH_CHECK_ENABLED), o("HealthCheckIntervalSeconds", &HEALTH_CHECK_INTERVAL_SECONDS), o("HealthCheckTimeoutSeconds", &HEALTH_CHECK_TIMEOUT_SECONDS), o("HealthyThresholdCount", &HEALTH_CHECK_THRESHOLD_COUNT), o("UnhealthyThresholdCount", &HEALTH_CHECK_THRESHOLD_COUNT), o("Matcher", &MATCHER)]);
pub static MODIFY_TARGET_GROUP_OUTPUT: Shape = s("ModifyTargetGroupOutput", Kind::Structure, &[o("TargetGroups", &TARGET_GROUPS)]);
pub static MODIFY_TRUST_STORE_INPUT: Shape = s("ModifyTrustStoreInput", Kind::Structure, &[r("TrustStoreArn", &TRUST_STORE_ARN), r("CaCertificatesBundleS3Bucket", &S3_BUCKET), r("CaCertificatesBundleS3Key", &S3_KEY), o("CaCertificatesBundleS3ObjectVersion", &S3_OBJECT_VERSION)]);
pub static MODIFY_TRUST_STORE_OUTPUT: Shape = s("ModifyTrustStoreOutput", Kind::Structure, &[o("TrustStores", &TRUST_STORES)]);
pub static MUTUAL_AUTHENTICATION_ATTRIBUTES: Shape = s("MutualAuthenticationAttributes", Kind::Structure, &[o("Mode", &MODE), o("TrustStoreArn", &TRUST_STORE_ARN), o("IgnoreClientCertificateExpiry", &IGNORE_CLIENT_CERTIFICATE_EXPIRY), o("TrustStoreAssociationStatus", &TRUST_STORE_ASSOCIATION_STATUS_ENUM), o("AdvertiseTrustStoreCaNames", &ADVERTISE_TRUST_STORE_CA_NAMES_ENUM)]);
pub static NAME: Shape = s("Name", Kind::String, &[]);
pub static NUMBER_OF_CA_CERTIFICATES: Shape = s("NumberOfCaCertificates", Kind::Integer, &[]);
pub static NUMBER_OF_REVOKED_ENTRIES: Shape = s("NumberOfRevokedEntries", Kind::Long, &[]);
pub static OPERATION_NOT_PERMITTED_EXCEPTION: Shape = s("OperationNotPermittedException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("OperationNotPermitted"), status: Some(400), receiver: false }), ..NONE });
pub static OUTPOST_ID: Shape = s("OutpostId", Kind::String, &[]);
pub static PAGE_SIZE: Shape = s("PageSize", Kind::Integer, &[]).rules(&Rules { min: Some(1.0), max: Some(400.0), pattern: None, values: &[] });
pub static PATH: Shape = s("Path", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1024.0), pattern: None, values: &[] });
pub static PATH_PATTERN_CONDITION_CONFIG: Shape = s("PathPatternConditionConfig", Kind::Structure, &[o("Values", &LIST_OF_STRING), o("RegexValues", &LIST_OF_STRING)]);
pub static POLICY: Shape = s("Policy", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: None, pattern: None, values: &[] });
pub static PORT: Shape = s("Port", Kind::Integer, &[]).rules(&Rules { min: Some(1.0), max: Some(65535.0), pattern: None, values: &[] });
pub static PRIOR_REQUEST_NOT_COMPLETE_EXCEPTION: Shape = s("PriorRequestNotCompleteException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("PriorRequestNotComplete"), status: Some(429), receiver: false }), ..NONE });
pub static PRIORITY_IN_USE_EXCEPTION: Shape = s("PriorityInUseException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("PriorityInUse"), status: Some(400), receiver: false }), ..NONE });
pub static PRIVATE_I_PV4_ADDRESS: Shape = s("PrivateIPv4Address", Kind::String, &[]);
pub static PROTOCOL_ENUM: Shape = s("ProtocolEnum", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["HTTP", "HTTPS", "TCP", "TLS", "UDP", "TCP_UDP", "GENEVE", "QUIC", "TCP_QUIC"] });
pub static PROTOCOL_VERSION: Shape = s("ProtocolVersion", Kind::String, &[]);
pub static QUERY_STRING_CONDITION_CONFIG: Shape = s("QueryStringConditionConfig", Kind::Structure, &[o("Values", &QUERY_STRING_KEY_VALUE_PAIR_LIST)]);
pub static QUERY_STRING_KEY_VALUE_PAIR: Shape = s("QueryStringKeyValuePair", Kind::Structure, &[o("Key", &STRING_VALUE), o("Value", &STRING_VALUE)]);
pub static QUERY_STRING_KEY_VALUE_PAIR_LIST: Shape = s("QueryStringKeyValuePairList", Kind::List, &[o("member", &QUERY_STRING_KEY_VALUE_PAIR)]);
pub static QUIC_SERVER_ID: Shape = s("QuicServerId", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(256.0), pattern: None, values: &[] });
pub static REDIRECT_ACTION_CONFIG: Shape = s("RedirectActionConfig", Kind::Structure, &[o("Protocol", &REDIRECT_ACTION_PROTOCOL), o("Port", &REDIRECT_ACTION_PORT), o("Host", &REDIRECT_ACTION_HOST), o("Path", &REDIRECT_ACTION_PATH), o("Query", &REDIRECT_ACTION_QUERY), r("StatusCode", &REDIRECT_ACTION_STATUS_CODE_ENUM)]);
pub static REDIRECT_ACTION_HOST: Shape = s("RedirectActionHost", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(128.0), pattern: None, values: &[] });
pub static REDIRECT_ACTION_PATH: Shape = s("RedirectActionPath", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(128.0), pattern: None, values: &[] });
pub static REDIRECT_ACTION_PORT: Shape = s("RedirectActionPort", Kind::String, &[]);
pub static REDIRECT_ACTION_PROTOCOL: Shape = s("RedirectActionProtocol", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: Some("^(HTTPS?|#\\{protocol\\})$"), values: &[] });
pub static REDIRECT_ACTION_QUERY: Shape = s("RedirectActionQuery", Kind::String, &[]).rules(&Rules { min: Some(0.0), max: Some(128.0), pattern: None, values: &[] });
pub static REDIRECT_ACTION_STATUS_CODE_ENUM: Shape = s("RedirectActionStatusCodeEnum", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["HTTP_301", "HTTP_302"] });
pub static REGISTER_TARGETS_INPUT: Shape = s("RegisterTargetsInput", Kind::Structure, &[r("TargetGroupArn", &TARGET_GROUP_ARN), r("Targets", &TARGET_DESCRIPTIONS)]);
pub static REGISTER_TARGETS_OUTPUT: Shape = s("RegisterTargetsOutput", Kind::Structure, &[]);
pub static REMOVE_IPAM_POOL_ENUM: Shape = s("RemoveIpamPoolEnum", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["ipv4"] });
pub static REMOVE_IPAM_POOLS: Shape = s("RemoveIpamPools", Kind::List, &[o("member", &REMOVE_IPAM_POOL_ENUM)]);
pub static REMOVE_LISTENER_CERTIFICATES_INPUT: Shape = s("RemoveListenerCertificatesInput", Kind::Structure, &[r("ListenerArn", &LISTENER_ARN), r("Certificates", &CERTIFICATE_LIST)]);
pub static REMOVE_LISTENER_CERTIFICATES_OUTPUT: Shape = s("RemoveListenerCertificatesOutput", Kind::Structure, &[]);
pub static REMOVE_TAGS_INPUT: Shape = s("RemoveTagsInput", Kind::Structure, &[r("ResourceArns", &RESOURCE_ARNS), r("TagKeys", &TAG_KEYS)]);
pub static REMOVE_TAGS_OUTPUT: Shape = s("RemoveTagsOutput", Kind::Structure, &[]);
pub static REMOVE_TRUST_STORE_REVOCATIONS_INPUT: Shape = s("RemoveTrustStoreRevocationsInput", Kind::Structure, &[r("TrustStoreArn", &TRUST_STORE_ARN), r("RevocationIds", &REVOCATION_IDS)]);
pub static REMOVE_TRUST_STORE_REVOCATIONS_OUTPUT: Shape = s("RemoveTrustStoreRevocationsOutput", Kind::Structure, &[]);
pub static RESET_CAPACITY_RESERVATION: Shape = s("ResetCapacityReservation", Kind::Boolean, &[]);
pub static RESET_TRANSFORMS: Shape = s("ResetTransforms", Kind::Boolean, &[]);
pub static RESOURCE_ARN: Shape = s("ResourceArn", Kind::String, &[]);
pub static RESOURCE_ARNS: Shape = s("ResourceArns", Kind::List, &[o("member", &RESOURCE_ARN)]);
pub static RESOURCE_IN_USE_EXCEPTION: Shape = s("ResourceInUseException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("ResourceInUse"), status: Some(400), receiver: false }), ..NONE });
pub static RESOURCE_NOT_FOUND_EXCEPTION: Shape = s("ResourceNotFoundException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("ResourceNotFound"), status: Some(400), receiver: false }), ..NONE });
pub static REVOCATION_CONTENT: Shape = s("RevocationContent", Kind::Structure, &[o("S3Bucket", &S3_BUCKET), o("S3Key", &S3_KEY), o("S3ObjectVersion", &S3_OBJECT_VERSION), o("RevocationType", &REVOCATION_TYPE)]);
pub static REVOCATION_CONTENT_NOT_FOUND_EXCEPTION: Shape = s("RevocationContentNotFoundException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("RevocationContentNotFound"), status: Some(400), receiver: false }), ..NONE });
pub static REVOCATION_CONTENTS: Shape = s("RevocationContents", Kind::List, &[o("member", &REVOCATION_CONTENT)]);
pub static REVOCATION_ID: Shape = s("RevocationId", Kind::Long, &[]);
pub static REVOCATION_ID_NOT_FOUND_EXCEPTION: Shape = s("RevocationIdNotFoundException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("RevocationIdNotFound"), status: Some(400), receiver: false }), ..NONE });
pub static REVOCATION_IDS: Shape = s("RevocationIds", Kind::List, &[o("member", &REVOCATION_ID)]);
pub static REVOCATION_TYPE: Shape = s("RevocationType", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["CRL"] });
pub static REWRITE_CONFIG: Shape = s("RewriteConfig", Kind::Structure, &[r("Regex", &STRING_VALUE), r("Replace", &STRING_VALUE)]);
pub static REWRITE_CONFIG_LIST: Shape = s("RewriteConfigList", Kind::List, &[o("member", &REWRITE_CONFIG)]);
pub static RULE: Shape = s("Rule", Kind::Structure, &[o("RuleArn", &RULE_ARN), o("Priority", &STRING), o("Conditions", &RULE_CONDITION_LIST), o("Actions", &ACTIONS), o("IsDefault", &IS_DEFAULT), o("Transforms", &RULE_TRANSFORM_LIST)]);
pub static RULE_ARN: Shape = s("RuleArn", Kind::String, &[]);
pub static RULE_ARNS: Shape = s("RuleArns", Kind::List, &[o("member", &RULE_ARN)]);
pub static RULE_CONDITION: Shape = s("RuleCondition", Kind::Structure, &[o("Field", &CONDITION_FIELD_NAME), o("Values", &LIST_OF_STRING), o("HostHeaderConfig", &HOST_HEADER_CONDITION_CONFIG), o("PathPatternConfig", &PATH_PATTERN_CONDITION_CONFIG), o("HttpHeaderConfig", &HTTP_HEADER_CONDITION_CONFIG), o("QueryStringConfig", &QUERY_STRING_CONDITION_CONFIG), o("HttpRequestMethodConfig", &HTTP_REQUEST_METHOD_CONDITION_CONFIG), o("SourceIpConfig", &SOURCE_IP_CONDITION_CONFIG), o("RegexValues", &LIST_OF_STRING)]);
pub static RULE_CONDITION_LIST: Shape = s("RuleConditionList", Kind::List, &[o("member", &RULE_CONDITION)]);
pub static RULE_NOT_FOUND_EXCEPTION: Shape = s("RuleNotFoundException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("RuleNotFound"), status: Some(400), receiver: false }), ..NONE });
pub static RULE_PRIORITY: Shape = s("RulePriority", Kind::Integer, &[]).rules(&Rules { min: Some(1.0), max: Some(50000.0), pattern: None, values: &[] });
pub static RULE_PRIORITY_LIST: Shape = s("RulePriorityList", Kind::List, &[o("member", &RULE_PRIORITY_PAIR)]);
pub static RULE_PRIORITY_PAIR: Shape = s("RulePriorityPair", Kind::Structure, &[o("RuleArn", &RULE_ARN), o("Priority", &RULE_PRIORITY)]);
pub static RULE_TRANSFORM: Shape = s("RuleTransform", Kind::Structure, &[r("Type", &TRANSFORM_TYPE_ENUM), o("HostHeaderRewriteConfig", &HOST_HEADER_REWRITE_CONFIG), o("UrlRewriteConfig", &URL_REWRITE_CONFIG)]);
pub static RULE_TRANSFORM_LIST: Shape = s("RuleTransformList", Kind::List, &[o("member", &RULE_TRANSFORM)]);
pub static RULES: Shape = s("Rules", Kind::List, &[o("member", &RULE)]);
pub static S3_BUCKET: Shape = s("S3Bucket", Kind::String, &[]);
pub static S3_KEY: Shape = s("S3Key", Kind::String, &[]);
pub static S3_OBJECT_VERSION: Shape = s("S3ObjectVersion", Kind::String, &[]);
pub static SSL_POLICY_NOT_FOUND_EXCEPTION: Shape = s("SSLPolicyNotFoundException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("SSLPolicyNotFound"), status: Some(400), receiver: false }), ..NONE });
pub static SECURITY_GROUP_ID: Shape = s("SecurityGroupId", Kind::String, &[]);
pub static SECURITY_GROUPS: Shape = s("SecurityGroups", Kind::List, &[o("member", &SECURITY_GROUP_ID)]);
pub static SET_IP_ADDRESS_TYPE_INPUT: Shape = s("SetIpAddressTypeInput", Kind::Structure, &[r("LoadBalancerArn", &LOAD_BALANCER_ARN), r("IpAddressType", &IP_ADDRESS_TYPE)]);
pub static SET_IP_ADDRESS_TYPE_OUTPUT: Shape = s("SetIpAddressTypeOutput", Kind::Structure, &[o("IpAddressType", &IP_ADDRESS_TYPE)]);
pub static SET_RULE_PRIORITIES_INPUT: Shape = s("SetRulePrioritiesInput", Kind::Structure, &[r("RulePriorities", &RULE_PRIORITY_LIST)]);
pub static SET_RULE_PRIORITIES_OUTPUT: Shape = s("SetRulePrioritiesOutput", Kind::Structure, &[o("Rules", &RULES)]);
pub static SET_SECURITY_GROUPS_INPUT: Shape = s("SetSecurityGroupsInput", Kind::Structure, &[r("LoadBalancerArn", &LOAD_BALANCER_ARN), r("SecurityGroups", &SECURITY_GROUPS), o("EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic", &ENFORCE_SECURITY_GROUP_INBOUND_RULES_ON_PRIVATE_LINK_TRAFFIC_ENUM)]);
pub static SET_SECURITY_GROUPS_OUTPUT: Shape = s("SetSecurityGroupsOutput", Kind::Structure, &[o("SecurityGroupIds", &SECURITY_GROUPS), o("EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic", &ENFORCE_SECURITY_GROUP_INBOUND_RULES_ON_PRIVATE_LINK_TRAFFIC_ENUM)]);
pub static SET_SUBNETS_INPUT: Shape = s("SetSubnetsInput", Kind::Structure, &[r("LoadBalancerArn", &LOAD_BALANCER_ARN), o("Subnets", &SUBNETS), o("SubnetMappings", &SUBNET_MAPPINGS), o("IpAddressType", &IP_ADDRESS_TYPE), o("EnablePrefixForIpv6SourceNat", &ENABLE_PREFIX_FOR_IPV6_SOURCE_NAT_ENUM)]);
pub static SET_SUBNETS_OUTPUT: Shape = s("SetSubnetsOutput", Kind::Structure, &[o("AvailabilityZones", &AVAILABILITY_ZONES), o("IpAddressType", &IP_ADDRESS_TYPE), o("EnablePrefixForIpv6SourceNat", &ENABLE_PREFIX_FOR_IPV6_SOURCE_NAT_ENUM)]);
pub static SOURCE_IP_ADDRESS_TYPE_ENUM: Shape = s("SourceIpAddressTypeEnum", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["ipv4", "ipv6"] });
pub static SOURCE_IP_CONDITION_CONFIG: Shape = s("SourceIpConditionConfig", Kind::Structure, &[o("Values", &LIST_OF_STRING), o("IpAddressType", &SOURCE_IP_ADDRESS_TYPE_ENUM)]);
pub static SOURCE_NAT_IPV6_PREFIX: Shape = s("SourceNatIpv6Prefix", Kind::String, &[]);
pub static SOURCE_NAT_IPV6_PREFIXES: Shape = s("SourceNatIpv6Prefixes", Kind::List, &[o("member", &SOURCE_NAT_IPV6_PREFIX)]);
pub static SSL_POLICIES: Shape = s("SslPolicies", Kind::List, &[o("member", &SSL_POLICY)]);
pub static SSL_POLICY: Shape = s("SslPolicy", Kind::Structure, &[o("SslProtocols", &SSL_PROTOCOLS), o("Ciphers", &CIPHERS), o("Name", &SSL_POLICY_NAME), o("SupportedLoadBalancerTypes", &LIST_OF_STRING)]);
pub static SSL_POLICY_NAME: Shape = s("SslPolicyName", Kind::String, &[]);
pub static SSL_POLICY_NAMES: Shape = s("SslPolicyNames", Kind::List, &[o("member", &SSL_POLICY_NAME)]);
pub static SSL_PROTOCOL: Shape = s("SslProtocol", Kind::String, &[]);
pub static SSL_PROTOCOLS: Shape = s("SslProtocols", Kind::List, &[o("member", &SSL_PROTOCOL)]);
pub static STATE_REASON: Shape = s("StateReason", Kind::String, &[]);
pub static STRING: Shape = s("String", Kind::String, &[]);
pub static STRING_VALUE: Shape = s("StringValue", Kind::String, &[]);
pub static SUBNET_ID: Shape = s("SubnetId", Kind::String, &[]);
pub static SUBNET_MAPPING: Shape = s("SubnetMapping", Kind::Structure, &[o("SubnetId", &SUBNET_ID), o("AllocationId", &ALLOCATION_ID), o("PrivateIPv4Address", &PRIVATE_I_PV4_ADDRESS), o("IPv6Address", &I_PV6_ADDRESS), o("SourceNatIpv6Prefix", &SOURCE_NAT_IPV6_PREFIX)]);
pub static SUBNET_MAPPINGS: Shape = s("SubnetMappings", Kind::List, &[o("member", &SUBNET_MAPPING)]);
pub static SUBNET_NOT_FOUND_EXCEPTION: Shape = s("SubnetNotFoundException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("SubnetNotFound"), status: Some(400), receiver: false }), ..NONE });
pub static SUBNETS: Shape = s("Subnets", Kind::List, &[o("member", &SUBNET_ID)]);
pub static TAG: Shape = s("Tag", Kind::Structure, &[r("Key", &TAG_KEY), o("Value", &TAG_VALUE)]);
pub static TAG_DESCRIPTION: Shape = s("TagDescription", Kind::Structure, &[o("ResourceArn", &RESOURCE_ARN), o("Tags", &TAG_LIST)]);
pub static TAG_DESCRIPTIONS: Shape = s("TagDescriptions", Kind::List, &[o("member", &TAG_DESCRIPTION)]);
pub static TAG_KEY: Shape = s("TagKey", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(128.0), pattern: Some("^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$"), values: &[] });
pub static TAG_KEYS: Shape = s("TagKeys", Kind::List, &[o("member", &TAG_KEY)]);
pub static TAG_LIST: Shape = s("TagList", Kind::List, &[o("member", &TAG)]).rules(&Rules { min: Some(1.0), max: None, pattern: None, values: &[] });
pub static TAG_VALUE: Shape = s("TagValue", Kind::String, &[]).rules(&Rules { min: Some(0.0), max: Some(256.0), pattern: Some("^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$"), values: &[] });
pub static TARGET_ADMINISTRATIVE_OVERRIDE_REASON_ENUM: Shape = s("TargetAdministrativeOverrideReasonEnum", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["AdministrativeOverride.Unknown", "AdministrativeOverride.NoOverride", "AdministrativeOverride.ZonalShiftActive", "AdministrativeOverride.ZonalShiftDelegatedToDns"] });
pub static TARGET_ADMINISTRATIVE_OVERRIDE_STATE_ENUM: Shape = s("TargetAdministrativeOverrideStateEnum", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["unknown", "no_override", "zonal_shift_active", "zonal_shift_delegated_to_dns"] });
pub static TARGET_CONTROL_PORT: Shape = s("TargetControlPort", Kind::Integer, &[]).rules(&Rules { min: Some(1.0), max: Some(65535.0), pattern: None, values: &[] });
pub static TARGET_DESCRIPTION: Shape = s("TargetDescription", Kind::Structure, &[r("Id", &TARGET_ID), o("Port", &PORT), o("AvailabilityZone", &ZONE_NAME), o("QuicServerId", &QUIC_SERVER_ID)]);
pub static TARGET_DESCRIPTIONS: Shape = s("TargetDescriptions", Kind::List, &[o("member", &TARGET_DESCRIPTION)]);
pub static TARGET_GROUP: Shape = s("TargetGroup", Kind::Structure, &[o("TargetGroupArn", &TARGET_GROUP_ARN), o("TargetGroupName", &TARGET_GROUP_NAME), o("Protocol", &PROTOCOL_ENUM), o("Port", &PORT), o("VpcId", &VPC_ID), o("HealthCheckProtocol", &PROTOCOL_ENUM), o("HealthCheckPort", &HEALTH_CHECK_PORT), o("HealthCheckEnabled", &HEALTH_CHECK_ENABLED), o("HealthCheckIntervalSeconds", &HEALTH_CHECK_INTERVAL_SECONDS), o("HealthCheckTimeoutSeconds", &HEALTH_CHECK_TIMEOUT_SECONDS), o("HealthyThresholdCount", &HEALTH_CHECK_THRESHOLD_COUNT), o("UnhealthyThresholdCount", &HEALTH_CHECK_THRESHOLD_COUNT), o("HealthCheckPath", &PATH), o("Matcher", &MATCHER), o("LoadBalancerArns", &LOAD_BALANCER_ARNS), o("TargetType", &TARGET_TYPE_ENUM), o("ProtocolVersion", &PROTOCOL_VERSION), o("IpAddressType", &TARGET_GROUP_IP_ADDRESS_TYPE_ENUM), o("TargetControlPort", &TARGET_CONTROL_PORT)]);
pub static TARGET_GROUP_ARN: Shape = s("TargetGroupArn", Kind::String, &[]);
pub static TARGET_GROUP_ARNS: Shape = s("TargetGroupArns", Kind::List, &[o("member", &TARGET_GROUP_ARN)]);
pub static TARGET_GROUP_ASSOCIATION_LIMIT_EXCEPTION: Shape = s("TargetGroupAssociationLimitException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("TargetGroupAssociationLimit"), status: Some(400), receiver: false }), ..NONE });
pub static TARGET_GROUP_ATTRIBUTE: Shape = s("TargetGroupAttribute", Kind::Structure, &[o("Key", &TARGET_GROUP_ATTRIBUTE_KEY), o("Value", &TARGET_GROUP_ATTRIBUTE_VALUE)]);
pub static TARGET_GROUP_ATTRIBUTE_KEY: Shape = s("TargetGroupAttributeKey", Kind::String, &[]).rules(&Rules { min: None, max: Some(256.0), pattern: Some("^[a-zA-Z0-9._]+$"), values: &[] });
pub static TARGET_GROUP_ATTRIBUTE_VALUE: Shape = s("TargetGroupAttributeValue", Kind::String, &[]);
pub static TARGET_GROUP_ATTRIBUTES: Shape = s("TargetGroupAttributes", Kind::List, &[o("member", &TARGET_GROUP_ATTRIBUTE)]);
pub static TARGET_GROUP_IP_ADDRESS_TYPE_ENUM: Shape = s("TargetGroupIpAddressTypeEnum", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["ipv4", "ipv6"] });
pub static TARGET_GROUP_LIST: Shape = s("TargetGroupList", Kind::List, &[o("member", &TARGET_GROUP_TUPLE)]);
pub static TARGET_GROUP_NAME: Shape = s("TargetGroupName", Kind::String, &[]);
pub static TARGET_GROUP_NAMES: Shape = s("TargetGroupNames", Kind::List, &[o("member", &TARGET_GROUP_NAME)]);
pub static TARGET_GROUP_NOT_FOUND_EXCEPTION: Shape = s("TargetGroupNotFoundException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("TargetGroupNotFound"), status: Some(400), receiver: false }), ..NONE });
pub static TARGET_GROUP_STICKINESS_CONFIG: Shape = s("TargetGroupStickinessConfig", Kind::Structure, &[o("Enabled", &TARGET_GROUP_STICKINESS_ENABLED), o("DurationSeconds", &TARGET_GROUP_STICKINESS_DURATION_SECONDS)]);
pub static TARGET_GROUP_STICKINESS_DURATION_SECONDS: Shape = s("TargetGroupStickinessDurationSeconds", Kind::Integer, &[]);
pub static TARGET_GROUP_STICKINESS_ENABLED: Shape = s("TargetGroupStickinessEnabled", Kind::Boolean, &[]);
pub static TARGET_GROUP_TUPLE: Shape = s("TargetGroupTuple", Kind::Structure, &[o("TargetGroupArn", &TARGET_GROUP_ARN), o("Weight", &TARGET_GROUP_WEIGHT)]);
pub static TARGET_GROUP_WEIGHT: Shape = s("TargetGroupWeight", Kind::Integer, &[]);
pub static TARGET_GROUPS: Shape = s("TargetGroups", Kind::List, &[o("member", &TARGET_GROUP)]);
pub static TARGET_HEALTH: Shape = s("TargetHealth", Kind::Structure, &[o("State", &TARGET_HEALTH_STATE_ENUM), o("Reason", &TARGET_HEALTH_REASON_ENUM), o("Description", &DESCRIPTION)]);
pub static TARGET_HEALTH_DESCRIPTION: Shape = s("TargetHealthDescription", Kind::Structure, &[o("Target", &TARGET_DESCRIPTION), o("HealthCheckPort", &HEALTH_CHECK_PORT), o("TargetHealth", &TARGET_HEALTH), o("AnomalyDetection", &ANOMALY_DETECTION), o("AdministrativeOverride", &ADMINISTRATIVE_OVERRIDE)]);
pub static TARGET_HEALTH_DESCRIPTIONS: Shape = s("TargetHealthDescriptions", Kind::List, &[o("member", &TARGET_HEALTH_DESCRIPTION)]);
pub static TARGET_HEALTH_REASON_ENUM: Shape = s("TargetHealthReasonEnum", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["Elb.RegistrationInProgress", "Elb.InitialHealthChecking", "Target.ResponseCodeMismatch", "Target.Timeout", "Target.FailedHealthChecks", "Target.NotRegistered", "Target.NotInUse", "Target.DeregistrationInProgress", "Target.InvalidState", "Target.IpUnusable", "Target.HealthCheckDisabled", "Elb.InternalError"] });
pub static TARGET_HEALTH_STATE_ENUM: Shape = s("TargetHealthStateEnum", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["initial", "healthy", "unhealthy", "unhealthy.draining", "unused", "draining", "unavailable"] });
pub static TARGET_ID: Shape = s("TargetId", Kind::String, &[]);
pub static TARGET_TYPE_ENUM: Shape = s("TargetTypeEnum", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["instance", "ip", "lambda", "alb"] });
pub static TOO_MANY_ACTIONS_EXCEPTION: Shape = s("TooManyActionsException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("TooManyActions"), status: Some(400), receiver: false }), ..NONE });
pub static TOO_MANY_CERTIFICATES_EXCEPTION: Shape = s("TooManyCertificatesException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("TooManyCertificates"), status: Some(400), receiver: false }), ..NONE });
pub static TOO_MANY_LISTENERS_EXCEPTION: Shape = s("TooManyListenersException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("TooManyListeners"), status: Some(400), receiver: false }), ..NONE });
pub static TOO_MANY_LOAD_BALANCERS_EXCEPTION: Shape = s("TooManyLoadBalancersException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("TooManyLoadBalancers"), status: Some(400), receiver: false }), ..NONE });
pub static TOO_MANY_REGISTRATIONS_FOR_TARGET_ID_EXCEPTION: Shape = s("TooManyRegistrationsForTargetIdException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("TooManyRegistrationsForTargetId"), status: Some(400), receiver: false }), ..NONE });
pub static TOO_MANY_RULES_EXCEPTION: Shape = s("TooManyRulesException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("TooManyRules"), status: Some(400), receiver: false }), ..NONE });
pub static TOO_MANY_TAGS_EXCEPTION: Shape = s("TooManyTagsException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("TooManyTags"), status: Some(400), receiver: false }), ..NONE });
pub static TOO_MANY_TARGET_GROUPS_EXCEPTION: Shape = s("TooManyTargetGroupsException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("TooManyTargetGroups"), status: Some(400), receiver: false }), ..NONE });
pub static TOO_MANY_TARGETS_EXCEPTION: Shape = s("TooManyTargetsException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("TooManyTargets"), status: Some(400), receiver: false }), ..NONE });
pub static TOO_MANY_TRUST_STORE_REVOCATION_ENTRIES_EXCEPTION: Shape = s("TooManyTrustStoreRevocationEntriesException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("TooManyTrustStoreRevocationEntries"), status: Some(400), receiver: false }), ..NONE });
pub static TOO_MANY_TRUST_STORES_EXCEPTION: Shape = s("TooManyTrustStoresException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("TooManyTrustStores"), status: Some(400), receiver: false }), ..NONE });
pub static TOO_MANY_UNIQUE_TARGET_GROUPS_PER_LOAD_BALANCER_EXCEPTION: Shape = s("TooManyUniqueTargetGroupsPerLoadBalancerException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("TooManyUniqueTargetGroupsPerLoadBalancer"), status: Some(400), receiver: false }), ..NONE });
pub static TOTAL_REVOKED_ENTRIES: Shape = s("TotalRevokedEntries", Kind::Long, &[]);
pub static TRANSFORM_TYPE_ENUM: Shape = s("TransformTypeEnum", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["host-header-rewrite", "url-rewrite"] });
pub static TRUST_STORE: Shape = s("TrustStore", Kind::Structure, &[o("Name", &TRUST_STORE_NAME), o("TrustStoreArn", &TRUST_STORE_ARN), o("Status", &TRUST_STORE_STATUS), o("NumberOfCaCertificates", &NUMBER_OF_CA_CERTIFICATES), o("TotalRevokedEntries", &TOTAL_REVOKED_ENTRIES)]);
pub static TRUST_STORE_ARN: Shape = s("TrustStoreArn", Kind::String, &[]);
pub static TRUST_STORE_ARNS: Shape = s("TrustStoreArns", Kind::List, &[o("member", &TRUST_STORE_ARN)]);
pub static TRUST_STORE_ASSOCIATION: Shape = s("TrustStoreAssociation", Kind::Structure, &[o("ResourceArn", &TRUST_STORE_ASSOCIATION_RESOURCE_ARN)]);
pub static TRUST_STORE_ASSOCIATION_NOT_FOUND_EXCEPTION: Shape = s("TrustStoreAssociationNotFoundException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("AssociationNotFound"), status: Some(400), receiver: false }), ..NONE });
pub static TRUST_STORE_ASSOCIATION_RESOURCE_ARN: Shape = s("TrustStoreAssociationResourceArn", Kind::String, &[]);
pub static TRUST_STORE_ASSOCIATION_STATUS_ENUM: Shape = s("TrustStoreAssociationStatusEnum", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["active", "removed"] });
pub static TRUST_STORE_ASSOCIATIONS: Shape = s("TrustStoreAssociations", Kind::List, &[o("member", &TRUST_STORE_ASSOCIATION)]);
pub static TRUST_STORE_IN_USE_EXCEPTION: Shape = s("TrustStoreInUseException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("TrustStoreInUse"), status: Some(400), receiver: false }), ..NONE });
pub static TRUST_STORE_NAME: Shape = s("TrustStoreName", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(32.0), pattern: Some("^([a-zA-Z0-9]+-)*[a-zA-Z0-9]+$"), values: &[] });
pub static TRUST_STORE_NAMES: Shape = s("TrustStoreNames", Kind::List, &[o("member", &TRUST_STORE_NAME)]);
pub static TRUST_STORE_NOT_FOUND_EXCEPTION: Shape = s("TrustStoreNotFoundException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("TrustStoreNotFound"), status: Some(400), receiver: false }), ..NONE });
pub static TRUST_STORE_NOT_READY_EXCEPTION: Shape = s("TrustStoreNotReadyException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("TrustStoreNotReady"), status: Some(400), receiver: false }), ..NONE });
pub static TRUST_STORE_REVOCATION: Shape = s("TrustStoreRevocation", Kind::Structure, &[o("TrustStoreArn", &TRUST_STORE_ARN), o("RevocationId", &REVOCATION_ID), o("RevocationType", &REVOCATION_TYPE), o("NumberOfRevokedEntries", &NUMBER_OF_REVOKED_ENTRIES)]);
pub static TRUST_STORE_REVOCATIONS: Shape = s("TrustStoreRevocations", Kind::List, &[o("member", &TRUST_STORE_REVOCATION)]);
pub static TRUST_STORE_STATUS: Shape = s("TrustStoreStatus", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["ACTIVE", "CREATING"] });
pub static TRUST_STORES: Shape = s("TrustStores", Kind::List, &[o("member", &TRUST_STORE)]);
pub static UNSUPPORTED_PROTOCOL_EXCEPTION: Shape = s("UnsupportedProtocolException", Kind::Structure, &[]).traits(&Traits { error: Some(&ErrorTraits { code: Some("UnsupportedProtocol"), status: Some(400), receiver: false }), ..NONE });
pub static URL_REWRITE_CONFIG: Shape = s("UrlRewriteConfig", Kind::Structure, &[o("Rewrites", &REWRITE_CONFIG_LIST)]);
pub static VPC_ID: Shape = s("VpcId", Kind::String, &[]);
pub static ZONAL_CAPACITY_RESERVATION_STATE: Shape = s("ZonalCapacityReservationState", Kind::Structure, &[o("State", &CAPACITY_RESERVATION_STATUS), o("AvailabilityZone", &ZONE_NAME), o("EffectiveCapacityUnits", &CAPACITY_UNITS_DOUBLE)]);
pub static ZONAL_CAPACITY_RESERVATION_STATES: Shape = s("ZonalCapacityReservationStates", Kind::List, &[o("member", &ZONAL_CAPACITY_RESERVATION_STATE)]);
pub static ZONE_NAME: Shape = s("ZoneName", Kind::String, &[]);
