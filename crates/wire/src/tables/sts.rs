// @generated from botocore 1.44.5 (Apache-2.0); do not edit, run `cargo xtask import-models`.
// Model sha256 d97a08aa49223dee070009624c1d70f5b6af6ccc43220cc30ff566d5f02f3c0b.
//! AWS Security Token Service, API version 2011-06-15.

use super::{o, r, s};
use crate::shape::{ErrorTraits, Kind, NONE, Operation, Protocol, Rules, Service, Shape, Traits};

pub static SERVICE: Service = Service {
    id: "sts",
    full_name: "AWS Security Token Service",
    signing_name: "sts",
    endpoint_prefix: "sts",
    version: "2011-06-15",
    protocols: &[Protocol::AwsQuery],
    target_prefix: None,
    namespace: Some("https://sts.amazonaws.com/doc/2011-06-15/"),
    query_compatible: false,
    operations: &OPERATIONS,
    errors: &[&EXPIRED_TOKEN_EXCEPTION, &EXPIRED_TRADE_IN_TOKEN_EXCEPTION, &IDP_COMMUNICATION_ERROR_EXCEPTION, &IDP_REJECTED_CLAIM_EXCEPTION, &INVALID_AUTHORIZATION_MESSAGE_EXCEPTION, &INVALID_IDENTITY_TOKEN_EXCEPTION, &JWT_PAYLOAD_SIZE_EXCEEDED_EXCEPTION, &MALFORMED_POLICY_DOCUMENT_EXCEPTION, &OUTBOUND_WEB_IDENTITY_FEDERATION_DISABLED_EXCEPTION, &PACKED_POLICY_TOO_LARGE_EXCEPTION, &REGION_DISABLED_EXCEPTION, &SESSION_DURATION_ESCALATION_EXCEPTION],
    served: include_str!("../../operations/sts.txt"),
};

static OPERATIONS: [Operation; 11] = [
    Operation { name: "AssumeRole", method: "POST", uri: "/", status: 200, input: &ASSUME_ROLE_REQUEST, output: &ASSUME_ROLE_RESPONSE, result_wrapper: Some("AssumeRoleResult"), errors: &[&EXPIRED_TOKEN_EXCEPTION, &MALFORMED_POLICY_DOCUMENT_EXCEPTION, &PACKED_POLICY_TOO_LARGE_EXCEPTION, &REGION_DISABLED_EXCEPTION] },
    Operation { name: "AssumeRoleWithSAML", method: "POST", uri: "/", status: 200, input: &ASSUME_ROLE_WITH_SAML_REQUEST, output: &ASSUME_ROLE_WITH_SAML_RESPONSE, result_wrapper: Some("AssumeRoleWithSAMLResult"), errors: &[&EXPIRED_TOKEN_EXCEPTION, &IDP_REJECTED_CLAIM_EXCEPTION, &INVALID_IDENTITY_TOKEN_EXCEPTION, &MALFORMED_POLICY_DOCUMENT_EXCEPTION, &PACKED_POLICY_TOO_LARGE_EXCEPTION, &REGION_DISABLED_EXCEPTION] },
    Operation { name: "AssumeRoleWithWebIdentity", method: "POST", uri: "/", status: 200, input: &ASSUME_ROLE_WITH_WEB_IDENTITY_REQUEST, output: &ASSUME_ROLE_WITH_WEB_IDENTITY_RESPONSE, result_wrapper: Some("AssumeRoleWithWebIdentityResult"), errors: &[&EXPIRED_TOKEN_EXCEPTION, &IDP_COMMUNICATION_ERROR_EXCEPTION, &IDP_REJECTED_CLAIM_EXCEPTION, &INVALID_IDENTITY_TOKEN_EXCEPTION, &MALFORMED_POLICY_DOCUMENT_EXCEPTION, &PACKED_POLICY_TOO_LARGE_EXCEPTION, &REGION_DISABLED_EXCEPTION] },
    Operation { name: "AssumeRoot", method: "POST", uri: "/", status: 200, input: &ASSUME_ROOT_REQUEST, output: &ASSUME_ROOT_RESPONSE, result_wrapper: Some("AssumeRootResult"), errors: &[&EXPIRED_TOKEN_EXCEPTION, &REGION_DISABLED_EXCEPTION] },
    Operation { name: "DecodeAuthorizationMessage", method: "POST", uri: "/", status: 200, input: &DECODE_AUTHORIZATION_MESSAGE_REQUEST, output: &DECODE_AUTHORIZATION_MESSAGE_RESPONSE, result_wrapper: Some("DecodeAuthorizationMessageResult"), errors: &[&INVALID_AUTHORIZATION_MESSAGE_EXCEPTION] },
    Operation { name: "GetAccessKeyInfo", method: "POST", uri: "/", status: 200, input: &GET_ACCESS_KEY_INFO_REQUEST, output: &GET_ACCESS_KEY_INFO_RESPONSE, result_wrapper: Some("GetAccessKeyInfoResult"), errors: &[] },
    Operation { name: "GetCallerIdentity", method: "POST", uri: "/", status: 200, input: &GET_CALLER_IDENTITY_REQUEST, output: &GET_CALLER_IDENTITY_RESPONSE, result_wrapper: Some("GetCallerIdentityResult"), errors: &[] },
    Operation { name: "GetDelegatedAccessToken", method: "POST", uri: "/", status: 200, input: &GET_DELEGATED_ACCESS_TOKEN_REQUEST, output: &GET_DELEGATED_ACCESS_TOKEN_RESPONSE, result_wrapper: Some("GetDelegatedAccessTokenResult"), errors: &[&EXPIRED_TRADE_IN_TOKEN_EXCEPTION, &PACKED_POLICY_TOO_LARGE_EXCEPTION, &REGION_DISABLED_EXCEPTION] },
    Operation { name: "GetFederationToken", method: "POST", uri: "/", status: 200, input: &GET_FEDERATION_TOKEN_REQUEST, output: &GET_FEDERATION_TOKEN_RESPONSE, result_wrapper: Some("GetFederationTokenResult"), errors: &[&MALFORMED_POLICY_DOCUMENT_EXCEPTION, &PACKED_POLICY_TOO_LARGE_EXCEPTION, &REGION_DISABLED_EXCEPTION] },
    Operation { name: "GetSessionToken", method: "POST", uri: "/", status: 200, input: &GET_SESSION_TOKEN_REQUEST, output: &GET_SESSION_TOKEN_RESPONSE, result_wrapper: Some("GetSessionTokenResult"), errors: &[&REGION_DISABLED_EXCEPTION] },
    Operation { name: "GetWebIdentityToken", method: "POST", uri: "/", status: 200, input: &GET_WEB_IDENTITY_TOKEN_REQUEST, output: &GET_WEB_IDENTITY_TOKEN_RESPONSE, result_wrapper: Some("GetWebIdentityTokenResult"), errors: &[&JWT_PAYLOAD_SIZE_EXCEEDED_EXCEPTION, &OUTBOUND_WEB_IDENTITY_FEDERATION_DISABLED_EXCEPTION, &SESSION_DURATION_ESCALATION_EXCEPTION] },
];

pub static ASSUME_ROLE_REQUEST: Shape = s("AssumeRoleRequest", Kind::Structure, &[r("RoleArn", &ARN_TYPE), r("RoleSessionName", &ROLE_SESSION_NAME_TYPE), o("PolicyArns", &POLICY_DESCRIPTOR_LIST_TYPE), o("Policy", &UNRESTRICTED_SESSION_POLICY_DOCUMENT_TYPE), o("DurationSeconds", &ROLE_DURATION_SECONDS_TYPE), o("Tags", &TAG_LIST_TYPE), o("TransitiveTagKeys", &TAG_KEY_LIST_TYPE), o("ExternalId", &EXTERNAL_ID_TYPE), o("SerialNumber", &SERIAL_NUMBER_TYPE), o("TokenCode", &TOKEN_CODE_TYPE), o("SourceIdentity", &SOURCE_IDENTITY_TYPE), o("ProvidedContexts", &PROVIDED_CONTEXTS_LIST_TYPE), o("MinimumSessionTokenSize", &MINIMUM_SESSION_TOKEN_SIZE_TYPE)]);
pub static ASSUME_ROLE_RESPONSE: Shape = s("AssumeRoleResponse", Kind::Structure, &[o("Credentials", &CREDENTIALS), o("AssumedRoleUser", &ASSUMED_ROLE_USER), o("PackedPolicySize", &NON_NEGATIVE_INTEGER_TYPE), o("SourceIdentity", &SOURCE_IDENTITY_TYPE), o("SessionTokenUtilization", &SESSION_TOKEN_UTILIZATION_TYPE), o("SessionTokenSize", &SESSION_TOKEN_SIZE_TYPE)]);
pub static ASSUME_ROLE_WITH_SAML_REQUEST: Shape = s("AssumeRoleWithSAMLRequest", Kind::Structure, &[r("RoleArn", &ARN_TYPE), r("PrincipalArn", &ARN_TYPE), r("SAMLAssertion", &SAML_ASSERTION_TYPE), o("PolicyArns", &POLICY_DESCRIPTOR_LIST_TYPE), o("Policy", &SESSION_POLICY_DOCUMENT_TYPE), o("DurationSeconds", &ROLE_DURATION_SECONDS_TYPE), o("MinimumSessionTokenSize", &MINIMUM_SESSION_TOKEN_SIZE_TYPE)]);
pub static ASSUME_ROLE_WITH_SAML_RESPONSE: Shape = s("AssumeRoleWithSAMLResponse", Kind::Structure, &[o("Credentials", &CREDENTIALS), o("AssumedRoleUser", &ASSUMED_ROLE_USER), o("PackedPolicySize", &NON_NEGATIVE_INTEGER_TYPE), o("Subject", &SUBJECT), o("SubjectType", &SUBJECT_TYPE), o("Issuer", &ISSUER), o("Audience", &AUDIENCE), o("NameQualifier", &NAME_QUALIFIER), o("SourceIdentity", &SOURCE_IDENTITY_TYPE), o("SessionTokenUtilization", &SESSION_TOKEN_UTILIZATION_TYPE), o("SessionTokenSize", &SESSION_TOKEN_SIZE_TYPE)]);
pub static ASSUME_ROLE_WITH_WEB_IDENTITY_REQUEST: Shape = s("AssumeRoleWithWebIdentityRequest", Kind::Structure, &[r("RoleArn", &ARN_TYPE), r("RoleSessionName", &ROLE_SESSION_NAME_TYPE), r("WebIdentityToken", &CLIENT_TOKEN_TYPE), o("ProviderId", &URL_TYPE), o("PolicyArns", &POLICY_DESCRIPTOR_LIST_TYPE), o("Policy", &SESSION_POLICY_DOCUMENT_TYPE), o("DurationSeconds", &ROLE_DURATION_SECONDS_TYPE), o("MinimumSessionTokenSize", &MINIMUM_SESSION_TOKEN_SIZE_TYPE)]);
pub static ASSUME_ROLE_WITH_WEB_IDENTITY_RESPONSE: Shape = s("AssumeRoleWithWebIdentityResponse", Kind::Structure, &[o("Credentials", &CREDENTIALS), o("SubjectFromWebIdentityToken", &WEB_IDENTITY_SUBJECT_TYPE), o("AssumedRoleUser", &ASSUMED_ROLE_USER), o("PackedPolicySize", &NON_NEGATIVE_INTEGER_TYPE), o("Provider", &ISSUER), o("Audience", &AUDIENCE), o("SourceIdentity", &SOURCE_IDENTITY_TYPE), o("SessionTokenUtilization", &SESSION_TOKEN_UTILIZATION_TYPE), o("SessionTokenSize", &SESSION_TOKEN_SIZE_TYPE)]);
pub static ASSUME_ROOT_REQUEST: Shape = s("AssumeRootRequest", Kind::Structure, &[r("TargetPrincipal", &TARGET_PRINCIPAL_TYPE), r("TaskPolicyArn", &POLICY_DESCRIPTOR_TYPE), o("DurationSeconds", &ROOT_DURATION_SECONDS_TYPE), o("MinimumSessionTokenSize", &MINIMUM_SESSION_TOKEN_SIZE_TYPE)]);
pub static ASSUME_ROOT_RESPONSE: Shape = s("AssumeRootResponse", Kind::Structure, &[o("Credentials", &CREDENTIALS), o("SourceIdentity", &SOURCE_IDENTITY_TYPE), o("SessionTokenUtilization", &SESSION_TOKEN_UTILIZATION_TYPE), o("SessionTokenSize", &SESSION_TOKEN_SIZE_TYPE)]);
pub static ASSUMED_ROLE_USER: Shape = s("AssumedRoleUser", Kind::Structure, &[r("AssumedRoleId", &ASSUMED_ROLE_ID_TYPE), r("Arn", &ARN_TYPE)]);
pub static AUDIENCE: Shape = s("Audience", Kind::String, &[]);
pub static CREDENTIALS: Shape = s("Credentials", Kind::Structure, &[r("AccessKeyId", &ACCESS_KEY_ID_TYPE), r("SecretAccessKey", &ACCESS_KEY_SECRET_TYPE), r("SessionToken", &TOKEN_TYPE), r("Expiration", &DATE_TYPE)]);
pub static DECODE_AUTHORIZATION_MESSAGE_REQUEST: Shape = s("DecodeAuthorizationMessageRequest", Kind::Structure, &[r("EncodedMessage", &ENCODED_MESSAGE_TYPE)]);
pub static DECODE_AUTHORIZATION_MESSAGE_RESPONSE: Shape = s("DecodeAuthorizationMessageResponse", Kind::Structure, &[o("DecodedMessage", &DECODED_MESSAGE_TYPE)]);
pub static EXPIRED_TOKEN_EXCEPTION: Shape = s("ExpiredTokenException", Kind::Structure, &[o("message", &EXPIRED_IDENTITY_TOKEN_MESSAGE)]).traits(&Traits { error: Some(&ErrorTraits { code: None, status: Some(400), receiver: false }), ..NONE });
pub static EXPIRED_TRADE_IN_TOKEN_EXCEPTION: Shape = s("ExpiredTradeInTokenException", Kind::Structure, &[o("message", &EXPIRED_TRADE_IN_TOKEN_EXCEPTION_MESSAGE)]).traits(&Traits { error: Some(&ErrorTraits { code: None, status: Some(400), receiver: false }), ..NONE });
pub static FEDERATED_USER: Shape = s("FederatedUser", Kind::Structure, &[r("FederatedUserId", &FEDERATED_ID_TYPE), r("Arn", &ARN_TYPE)]);
pub static GET_ACCESS_KEY_INFO_REQUEST: Shape = s("GetAccessKeyInfoRequest", Kind::Structure, &[r("AccessKeyId", &ACCESS_KEY_ID_TYPE)]);
pub static GET_ACCESS_KEY_INFO_RESPONSE: Shape = s("GetAccessKeyInfoResponse", Kind::Structure, &[o("Account", &ACCOUNT_TYPE)]);
pub static GET_CALLER_IDENTITY_REQUEST: Shape = s("GetCallerIdentityRequest", Kind::Structure, &[]);
pub static GET_CALLER_IDENTITY_RESPONSE: Shape = s("GetCallerIdentityResponse", Kind::Structure, &[o("UserId", &USER_ID_TYPE), o("Account", &ACCOUNT_TYPE), o("Arn", &ARN_TYPE)]);
pub static GET_DELEGATED_ACCESS_TOKEN_REQUEST: Shape = s("GetDelegatedAccessTokenRequest", Kind::Structure, &[r("TradeInToken", &TRADE_IN_TOKEN_TYPE)]);
pub static GET_DELEGATED_ACCESS_TOKEN_RESPONSE: Shape = s("GetDelegatedAccessTokenResponse", Kind::Structure, &[o("Credentials", &CREDENTIALS), o("PackedPolicySize", &NON_NEGATIVE_INTEGER_TYPE), o("AssumedPrincipal", &ARN_TYPE)]);
pub static GET_FEDERATION_TOKEN_REQUEST: Shape = s("GetFederationTokenRequest", Kind::Structure, &[r("Name", &USER_NAME_TYPE), o("Policy", &SESSION_POLICY_DOCUMENT_TYPE), o("PolicyArns", &POLICY_DESCRIPTOR_LIST_TYPE), o("DurationSeconds", &DURATION_SECONDS_TYPE), o("Tags", &TAG_LIST_TYPE), o("MinimumSessionTokenSize", &MINIMUM_SESSION_TOKEN_SIZE_TYPE)]);
pub static GET_FEDERATION_TOKEN_RESPONSE: Shape = s("GetFederationTokenResponse", Kind::Structure, &[o("Credentials", &CREDENTIALS), o("FederatedUser", &FEDERATED_USER), o("PackedPolicySize", &NON_NEGATIVE_INTEGER_TYPE), o("SessionTokenUtilization", &SESSION_TOKEN_UTILIZATION_TYPE), o("SessionTokenSize", &SESSION_TOKEN_SIZE_TYPE)]);
pub static GET_SESSION_TOKEN_REQUEST: Shape = s("GetSessionTokenRequest", Kind::Structure, &[o("DurationSeconds", &DURATION_SECONDS_TYPE), o("SerialNumber", &SERIAL_NUMBER_TYPE), o("TokenCode", &TOKEN_CODE_TYPE), o("MinimumSessionTokenSize", &MINIMUM_SESSION_TOKEN_SIZE_TYPE)]);
pub static GET_SESSION_TOKEN_RESPONSE: Shape = s("GetSessionTokenResponse", Kind::Structure, &[o("Credentials", &CREDENTIALS), o("SessionTokenUtilization", &SESSION_TOKEN_UTILIZATION_TYPE), o("SessionTokenSize", &SESSION_TOKEN_SIZE_TYPE)]);
pub static GET_WEB_IDENTITY_TOKEN_REQUEST: Shape = s("GetWebIdentityTokenRequest", Kind::Structure, &[r("Audience", &WEB_IDENTITY_TOKEN_AUDIENCE_LIST_TYPE), o("DurationSeconds", &WEB_IDENTITY_TOKEN_DURATION_SECONDS_TYPE), r("SigningAlgorithm", &JWT_ALGORITHM_TYPE), o("Tags", &TAG_LIST_TYPE)]);
pub static GET_WEB_IDENTITY_TOKEN_RESPONSE: Shape = s("GetWebIdentityTokenResponse", Kind::Structure, &[o("WebIdentityToken", &WEB_IDENTITY_TOKEN_TYPE), o("Expiration", &DATE_TYPE)]);
pub static IDP_COMMUNICATION_ERROR_EXCEPTION: Shape = s("IDPCommunicationErrorException", Kind::Structure, &[o("message", &IDP_COMMUNICATION_ERROR_MESSAGE)]).traits(&Traits { error: Some(&ErrorTraits { code: Some("IDPCommunicationError"), status: Some(400), receiver: false }), ..NONE });
pub static IDP_REJECTED_CLAIM_EXCEPTION: Shape = s("IDPRejectedClaimException", Kind::Structure, &[o("message", &IDP_REJECTED_CLAIM_MESSAGE)]).traits(&Traits { error: Some(&ErrorTraits { code: Some("IDPRejectedClaim"), status: Some(403), receiver: false }), ..NONE });
pub static INVALID_AUTHORIZATION_MESSAGE_EXCEPTION: Shape = s("InvalidAuthorizationMessageException", Kind::Structure, &[o("message", &INVALID_AUTHORIZATION_MESSAGE)]).traits(&Traits { error: Some(&ErrorTraits { code: None, status: Some(400), receiver: false }), ..NONE });
pub static INVALID_IDENTITY_TOKEN_EXCEPTION: Shape = s("InvalidIdentityTokenException", Kind::Structure, &[o("message", &INVALID_IDENTITY_TOKEN_MESSAGE)]).traits(&Traits { error: Some(&ErrorTraits { code: Some("InvalidIdentityToken"), status: Some(400), receiver: false }), ..NONE });
pub static ISSUER: Shape = s("Issuer", Kind::String, &[]);
pub static JWT_PAYLOAD_SIZE_EXCEEDED_EXCEPTION: Shape = s("JWTPayloadSizeExceededException", Kind::Structure, &[o("message", &JWT_PAYLOAD_SIZE_EXCEEDED_EXCEPTION_2)]).traits(&Traits { error: Some(&ErrorTraits { code: None, status: Some(400), receiver: false }), ..NONE });
pub static MALFORMED_POLICY_DOCUMENT_EXCEPTION: Shape = s("MalformedPolicyDocumentException", Kind::Structure, &[o("message", &MALFORMED_POLICY_DOCUMENT_MESSAGE)]).traits(&Traits { error: Some(&ErrorTraits { code: Some("MalformedPolicyDocument"), status: Some(400), receiver: false }), ..NONE });
pub static NAME_QUALIFIER: Shape = s("NameQualifier", Kind::String, &[]);
pub static OUTBOUND_WEB_IDENTITY_FEDERATION_DISABLED_EXCEPTION: Shape = s("OutboundWebIdentityFederationDisabledException", Kind::Structure, &[o("message", &OUTBOUND_WEB_IDENTITY_FEDERATION_DISABLED_EXCEPTION_2)]).traits(&Traits { error: Some(&ErrorTraits { code: None, status: Some(403), receiver: false }), ..NONE });
pub static PACKED_POLICY_TOO_LARGE_EXCEPTION: Shape = s("PackedPolicyTooLargeException", Kind::Structure, &[o("message", &PACKED_POLICY_TOO_LARGE_MESSAGE)]).traits(&Traits { error: Some(&ErrorTraits { code: Some("PackedPolicyTooLarge"), status: Some(400), receiver: false }), ..NONE });
pub static POLICY_DESCRIPTOR_TYPE: Shape = s("PolicyDescriptorType", Kind::Structure, &[o("arn", &ARN_TYPE)]);
pub static PROVIDED_CONTEXT: Shape = s("ProvidedContext", Kind::Structure, &[o("ProviderArn", &ARN_TYPE), o("ContextAssertion", &CONTEXT_ASSERTION_TYPE)]);
pub static PROVIDED_CONTEXTS_LIST_TYPE: Shape = s("ProvidedContextsListType", Kind::List, &[o("member", &PROVIDED_CONTEXT)]).rules(&Rules { min: Some(1.0), max: Some(5.0), pattern: None, values: &[] });
pub static REGION_DISABLED_EXCEPTION: Shape = s("RegionDisabledException", Kind::Structure, &[o("message", &REGION_DISABLED_MESSAGE)]).traits(&Traits { error: Some(&ErrorTraits { code: None, status: Some(403), receiver: false }), ..NONE });
pub static ROOT_DURATION_SECONDS_TYPE: Shape = s("RootDurationSecondsType", Kind::Integer, &[]).rules(&Rules { min: Some(0.0), max: Some(900.0), pattern: None, values: &[] });
pub static SAML_ASSERTION_TYPE: Shape = s("SAMLAssertionType", Kind::String, &[]).rules(&Rules { min: Some(4.0), max: Some(100000.0), pattern: None, values: &[] }).traits(&Traits { sensitive: true, ..NONE });
pub static SESSION_DURATION_ESCALATION_EXCEPTION: Shape = s("SessionDurationEscalationException", Kind::Structure, &[o("message", &SESSION_DURATION_ESCALATION_EXCEPTION_2)]).traits(&Traits { error: Some(&ErrorTraits { code: None, status: Some(403), receiver: false }), ..NONE });
pub static SUBJECT: Shape = s("Subject", Kind::String, &[]);
pub static SUBJECT_TYPE: Shape = s("SubjectType", Kind::String, &[]);
pub static TAG: Shape = s("Tag", Kind::Structure, &[r("Key", &TAG_KEY_TYPE), r("Value", &TAG_VALUE_TYPE)]);
pub static TARGET_PRINCIPAL_TYPE: Shape = s("TargetPrincipalType", Kind::String, &[]).rules(&Rules { min: Some(12.0), max: Some(2048.0), pattern: None, values: &[] });
pub static ACCESS_KEY_ID_TYPE: Shape = s("accessKeyIdType", Kind::String, &[]).rules(&Rules { min: Some(16.0), max: Some(128.0), pattern: Some("[\\w]*"), values: &[] });
pub static ACCESS_KEY_SECRET_TYPE: Shape = s("accessKeySecretType", Kind::String, &[]).traits(&Traits { sensitive: true, ..NONE });
pub static ACCOUNT_TYPE: Shape = s("accountType", Kind::String, &[]);
pub static ARN_TYPE: Shape = s("arnType", Kind::String, &[]).rules(&Rules { min: Some(20.0), max: Some(2048.0), pattern: Some("[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD\\u10000-\\u10FFFF]+"), values: &[] });
pub static ASSUMED_ROLE_ID_TYPE: Shape = s("assumedRoleIdType", Kind::String, &[]).rules(&Rules { min: Some(2.0), max: Some(193.0), pattern: Some("[\\w+=,.@:-]*"), values: &[] });
pub static CLIENT_TOKEN_TYPE: Shape = s("clientTokenType", Kind::String, &[]).rules(&Rules { min: Some(4.0), max: Some(20000.0), pattern: None, values: &[] }).traits(&Traits { sensitive: true, ..NONE });
pub static CONTEXT_ASSERTION_TYPE: Shape = s("contextAssertionType", Kind::String, &[]).rules(&Rules { min: Some(4.0), max: Some(2048.0), pattern: None, values: &[] });
pub static DATE_TYPE: Shape = s("dateType", Kind::Timestamp, &[]);
pub static DECODED_MESSAGE_TYPE: Shape = s("decodedMessageType", Kind::String, &[]);
pub static DURATION_SECONDS_TYPE: Shape = s("durationSecondsType", Kind::Integer, &[]).rules(&Rules { min: Some(900.0), max: Some(129600.0), pattern: None, values: &[] });
pub static ENCODED_MESSAGE_TYPE: Shape = s("encodedMessageType", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(10240.0), pattern: None, values: &[] });
pub static EXPIRED_IDENTITY_TOKEN_MESSAGE: Shape = s("expiredIdentityTokenMessage", Kind::String, &[]);
pub static EXPIRED_TRADE_IN_TOKEN_EXCEPTION_MESSAGE: Shape = s("expiredTradeInTokenExceptionMessage", Kind::String, &[]);
pub static EXTERNAL_ID_TYPE: Shape = s("externalIdType", Kind::String, &[]).rules(&Rules { min: Some(2.0), max: Some(1224.0), pattern: Some("[\\w+=,.@:\\/-]*"), values: &[] });
pub static FEDERATED_ID_TYPE: Shape = s("federatedIdType", Kind::String, &[]).rules(&Rules { min: Some(2.0), max: Some(193.0), pattern: Some("[\\w+=,.@\\:-]*"), values: &[] });
pub static IDP_COMMUNICATION_ERROR_MESSAGE: Shape = s("idpCommunicationErrorMessage", Kind::String, &[]);
pub static IDP_REJECTED_CLAIM_MESSAGE: Shape = s("idpRejectedClaimMessage", Kind::String, &[]);
pub static INVALID_AUTHORIZATION_MESSAGE: Shape = s("invalidAuthorizationMessage", Kind::String, &[]);
pub static INVALID_IDENTITY_TOKEN_MESSAGE: Shape = s("invalidIdentityTokenMessage", Kind::String, &[]);
pub static JWT_ALGORITHM_TYPE: Shape = s("jwtAlgorithmType", Kind::String, &[]).rules(&Rules { min: Some(5.0), max: Some(5.0), pattern: None, values: &[] });
pub static JWT_PAYLOAD_SIZE_EXCEEDED_EXCEPTION_2: Shape = s("jwtPayloadSizeExceededException", Kind::String, &[]);
pub static MALFORMED_POLICY_DOCUMENT_MESSAGE: Shape = s("malformedPolicyDocumentMessage", Kind::String, &[]);
pub static MINIMUM_SESSION_TOKEN_SIZE_TYPE: Shape = s("minimumSessionTokenSizeType", Kind::Integer, &[]).rules(&Rules { min: Some(0.0), max: Some(4096.0), pattern: None, values: &[] });
pub static NON_NEGATIVE_INTEGER_TYPE: Shape = s("nonNegativeIntegerType", Kind::Integer, &[]).rules(&Rules { min: Some(0.0), max: None, pattern: None, values: &[] });
pub static OUTBOUND_WEB_IDENTITY_FEDERATION_DISABLED_EXCEPTION_2: Shape = s("outboundWebIdentityFederationDisabledException", Kind::String, &[]);
pub static PACKED_POLICY_TOO_LARGE_MESSAGE: Shape = s("packedPolicyTooLargeMessage", Kind::String, &[]);
pub static POLICY_DESCRIPTOR_LIST_TYPE: Shape = s("policyDescriptorListType", Kind::List, &[o("member", &POLICY_DESCRIPTOR_TYPE)]);
pub static REGION_DISABLED_MESSAGE: Shape = s("regionDisabledMessage", Kind::String, &[]);
pub static ROLE_DURATION_SECONDS_TYPE: Shape = s("roleDurationSecondsType", Kind::Integer, &[]).rules(&Rules { min: Some(900.0), max: Some(43200.0), pattern: None, values: &[] });
pub static ROLE_SESSION_NAME_TYPE: Shape = s("roleSessionNameType", Kind::String, &[]).rules(&Rules { min: Some(2.0), max: Some(64.0), pattern: Some("[\\w+=,.@-]*"), values: &[] });
pub static SERIAL_NUMBER_TYPE: Shape = s("serialNumberType", Kind::String, &[]).rules(&Rules { min: Some(9.0), max: Some(256.0), pattern: Some("[\\w+=/:,.@-]*"), values: &[] });
pub static SESSION_DURATION_ESCALATION_EXCEPTION_2: Shape = s("sessionDurationEscalationException", Kind::String, &[]);
pub static SESSION_POLICY_DOCUMENT_TYPE: Shape = s("sessionPolicyDocumentType", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(2048.0), pattern: Some("[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+"), values: &[] });
pub static SESSION_TOKEN_SIZE_TYPE: Shape = s("sessionTokenSizeType", Kind::Integer, &[]).rules(&Rules { min: Some(0.0), max: None, pattern: None, values: &[] });
pub static SESSION_TOKEN_UTILIZATION_TYPE: Shape = s("sessionTokenUtilizationType", Kind::Integer, &[]).rules(&Rules { min: Some(0.0), max: None, pattern: None, values: &[] });
pub static SOURCE_IDENTITY_TYPE: Shape = s("sourceIdentityType", Kind::String, &[]).rules(&Rules { min: Some(2.0), max: Some(64.0), pattern: Some("[\\w+=,.@-]*"), values: &[] });
pub static TAG_KEY_LIST_TYPE: Shape = s("tagKeyListType", Kind::List, &[o("member", &TAG_KEY_TYPE)]).rules(&Rules { min: None, max: Some(50.0), pattern: None, values: &[] });
pub static TAG_KEY_TYPE: Shape = s("tagKeyType", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(128.0), pattern: Some("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+"), values: &[] });
pub static TAG_LIST_TYPE: Shape = s("tagListType", Kind::List, &[o("member", &TAG)]).rules(&Rules { min: None, max: Some(50.0), pattern: None, values: &[] });
pub static TAG_VALUE_TYPE: Shape = s("tagValueType", Kind::String, &[]).rules(&Rules { min: Some(0.0), max: Some(256.0), pattern: Some("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*"), values: &[] });
pub static TOKEN_CODE_TYPE: Shape = s("tokenCodeType", Kind::String, &[]).rules(&Rules { min: Some(6.0), max: Some(6.0), pattern: Some("[\\d]*"), values: &[] });
pub static TOKEN_TYPE: Shape = s("tokenType", Kind::String, &[]);
pub static TRADE_IN_TOKEN_TYPE: Shape = s("tradeInTokenType", Kind::String, &[]).traits(&Traits { sensitive: true, ..NONE });
pub static UNRESTRICTED_SESSION_POLICY_DOCUMENT_TYPE: Shape = s("unrestrictedSessionPolicyDocumentType", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: None, pattern: Some("[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+"), values: &[] });
pub static URL_TYPE: Shape = s("urlType", Kind::String, &[]).rules(&Rules { min: Some(4.0), max: Some(2048.0), pattern: None, values: &[] });
pub static USER_ID_TYPE: Shape = s("userIdType", Kind::String, &[]);
pub static USER_NAME_TYPE: Shape = s("userNameType", Kind::String, &[]).rules(&Rules { min: Some(2.0), max: Some(32.0), pattern: Some("[\\w+=,.@-]*"), values: &[] });
pub static WEB_IDENTITY_SUBJECT_TYPE: Shape = s("webIdentitySubjectType", Kind::String, &[]).rules(&Rules { min: Some(6.0), max: Some(255.0), pattern: None, values: &[] });
pub static WEB_IDENTITY_TOKEN_AUDIENCE_LIST_TYPE: Shape = s("webIdentityTokenAudienceListType", Kind::List, &[o("member", &WEB_IDENTITY_TOKEN_AUDIENCE_STRING_TYPE)]).rules(&Rules { min: Some(1.0), max: Some(10.0), pattern: None, values: &[] });
pub static WEB_IDENTITY_TOKEN_AUDIENCE_STRING_TYPE: Shape = s("webIdentityTokenAudienceStringType", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(1000.0), pattern: None, values: &[] });
pub static WEB_IDENTITY_TOKEN_DURATION_SECONDS_TYPE: Shape = s("webIdentityTokenDurationSecondsType", Kind::Integer, &[]).rules(&Rules { min: Some(60.0), max: Some(3600.0), pattern: None, values: &[] });
pub static WEB_IDENTITY_TOKEN_TYPE: Shape = s("webIdentityTokenType", Kind::String, &[]).traits(&Traits { sensitive: true, ..NONE });
