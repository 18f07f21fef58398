// @generated from botocore 1.44.5 (Apache-2.0); do not edit, run `cargo xtask import-models`.
//! AWS Security Token Service, API version 2011-06-15.

use std::sync::OnceLock;

use crate::shape::{Protocol, Service};
use crate::table::{Graph, Known, Table};

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
    served: include_str!("../../operations/sts.txt"),
    table: Table::new(include_str!("sts.txt"), graph),
};

fn graph() -> &'static Graph {
    static GRAPH: OnceLock<Graph> = OnceLock::new();
    GRAPH.get_or_init(|| Graph::read(SERVICE.table.text()))
}

const fn k(name: &'static str) -> Known {
    Known::new(&SERVICE, name)
}

pub const ASSUME_ROLE_REQUEST: Known = k("AssumeRoleRequest");
pub const ASSUME_ROLE_RESPONSE: Known = k("AssumeRoleResponse");
pub const ASSUME_ROLE_WITH_SAML_REQUEST: Known = k("AssumeRoleWithSAMLRequest");
pub const ASSUME_ROLE_WITH_SAML_RESPONSE: Known = k("AssumeRoleWithSAMLResponse");
pub const ASSUME_ROLE_WITH_WEB_IDENTITY_REQUEST: Known = k("AssumeRoleWithWebIdentityRequest");
pub const ASSUME_ROLE_WITH_WEB_IDENTITY_RESPONSE: Known = k("AssumeRoleWithWebIdentityResponse");
pub const ASSUME_ROOT_REQUEST: Known = k("AssumeRootRequest");
pub const ASSUME_ROOT_RESPONSE: Known = k("AssumeRootResponse");
pub const ASSUMED_ROLE_USER: Known = k("AssumedRoleUser");
pub const AUDIENCE: Known = k("Audience");
pub const CREDENTIALS: Known = k("Credentials");
pub const DECODE_AUTHORIZATION_MESSAGE_REQUEST: Known = k("DecodeAuthorizationMessageRequest");
pub const DECODE_AUTHORIZATION_MESSAGE_RESPONSE: Known = k("DecodeAuthorizationMessageResponse");
pub const EXPIRED_TOKEN_EXCEPTION: Known = k("ExpiredTokenException");
pub const EXPIRED_TRADE_IN_TOKEN_EXCEPTION: Known = k("ExpiredTradeInTokenException");
pub const FEDERATED_USER: Known = k("FederatedUser");
pub const GET_ACCESS_KEY_INFO_REQUEST: Known = k("GetAccessKeyInfoRequest");
pub const GET_ACCESS_KEY_INFO_RESPONSE: Known = k("GetAccessKeyInfoResponse");
pub const GET_CALLER_IDENTITY_REQUEST: Known = k("GetCallerIdentityRequest");
pub const GET_CALLER_IDENTITY_RESPONSE: Known = k("GetCallerIdentityResponse");
pub const GET_DELEGATED_ACCESS_TOKEN_REQUEST: Known = k("GetDelegatedAccessTokenRequest");
pub const GET_DELEGATED_ACCESS_TOKEN_RESPONSE: Known = k("GetDelegatedAccessTokenResponse");
pub const GET_FEDERATION_TOKEN_REQUEST: Known = k("GetFederationTokenRequest");
pub const GET_FEDERATION_TOKEN_RESPONSE: Known = k("GetFederationTokenResponse");
pub const GET_SESSION_TOKEN_REQUEST: Known = k("GetSessionTokenRequest");
pub const GET_SESSION_TOKEN_RESPONSE: Known = k("GetSessionTokenResponse");
pub const GET_WEB_IDENTITY_TOKEN_REQUEST: Known = k("GetWebIdentityTokenRequest");
pub const GET_WEB_IDENTITY_TOKEN_RESPONSE: Known = k("GetWebIdentityTokenResponse");
pub const IDP_COMMUNICATION_ERROR_EXCEPTION: Known = k("IDPCommunicationErrorException");
pub const IDP_REJECTED_CLAIM_EXCEPTION: Known = k("IDPRejectedClaimException");
pub const INVALID_AUTHORIZATION_MESSAGE_EXCEPTION: Known = k("InvalidAuthorizationMessageException");
pub const INVALID_IDENTITY_TOKEN_EXCEPTION: Known = k("InvalidIdentityTokenException");
pub const ISSUER: Known = k("Issuer");
pub const JWT_PAYLOAD_SIZE_EXCEEDED_EXCEPTION: Known = k("JWTPayloadSizeExceededException");
pub const MALFORMED_POLICY_DOCUMENT_EXCEPTION: Known = k("MalformedPolicyDocumentException");
pub const NAME_QUALIFIER: Known = k("NameQualifier");
pub const OUTBOUND_WEB_IDENTITY_FEDERATION_DISABLED_EXCEPTION: Known = k("OutboundWebIdentityFederationDisabledException");
pub const PACKED_POLICY_TOO_LARGE_EXCEPTION: Known = k("PackedPolicyTooLargeException");
pub const POLICY_DESCRIPTOR_TYPE: Known = k("PolicyDescriptorType");
pub const PROVIDED_CONTEXT: Known = k("ProvidedContext");
pub const PROVIDED_CONTEXTS_LIST_TYPE: Known = k("ProvidedContextsListType");
pub const REGION_DISABLED_EXCEPTION: Known = k("RegionDisabledException");
pub const ROOT_DURATION_SECONDS_TYPE: Known = k("RootDurationSecondsType");
pub const SAML_ASSERTION_TYPE: Known = k("SAMLAssertionType");
pub const SESSION_DURATION_ESCALATION_EXCEPTION: Known = k("SessionDurationEscalationException");
pub const SUBJECT: Known = k("Subject");
pub const SUBJECT_TYPE: Known = k("SubjectType");
pub const TAG: Known = k("Tag");
pub const TARGET_PRINCIPAL_TYPE: Known = k("TargetPrincipalType");
pub const ACCESS_KEY_ID_TYPE: Known = k("accessKeyIdType");
pub const ACCESS_KEY_SECRET_TYPE: Known = k("accessKeySecretType");
pub const ACCOUNT_TYPE: Known = k("accountType");
pub const ARN_TYPE: Known = k("arnType");
pub const ASSUMED_ROLE_ID_TYPE: Known = k("assumedRoleIdType");
pub const CLIENT_TOKEN_TYPE: Known = k("clientTokenType");
pub const CONTEXT_ASSERTION_TYPE: Known = k("contextAssertionType");
pub const DATE_TYPE: Known = k("dateType");
pub const DECODED_MESSAGE_TYPE: Known = k("decodedMessageType");
pub const DURATION_SECONDS_TYPE: Known = k("durationSecondsType");
pub const ENCODED_MESSAGE_TYPE: Known = k("encodedMessageType");
pub const EXPIRED_IDENTITY_TOKEN_MESSAGE: Known = k("expiredIdentityTokenMessage");
pub const EXPIRED_TRADE_IN_TOKEN_EXCEPTION_MESSAGE: Known = k("expiredTradeInTokenExceptionMessage");
pub const EXTERNAL_ID_TYPE: Known = k("externalIdType");
pub const FEDERATED_ID_TYPE: Known = k("federatedIdType");
pub const IDP_COMMUNICATION_ERROR_MESSAGE: Known = k("idpCommunicationErrorMessage");
pub const IDP_REJECTED_CLAIM_MESSAGE: Known = k("idpRejectedClaimMessage");
pub const INVALID_AUTHORIZATION_MESSAGE: Known = k("invalidAuthorizationMessage");
pub const INVALID_IDENTITY_TOKEN_MESSAGE: Known = k("invalidIdentityTokenMessage");
pub const JWT_ALGORITHM_TYPE: Known = k("jwtAlgorithmType");
pub const JWT_PAYLOAD_SIZE_EXCEEDED_EXCEPTION_2: Known = k("jwtPayloadSizeExceededException");
pub const MALFORMED_POLICY_DOCUMENT_MESSAGE: Known = k("malformedPolicyDocumentMessage");
pub const MINIMUM_SESSION_TOKEN_SIZE_TYPE: Known = k("minimumSessionTokenSizeType");
pub const NON_NEGATIVE_INTEGER_TYPE: Known = k("nonNegativeIntegerType");
pub const OUTBOUND_WEB_IDENTITY_FEDERATION_DISABLED_EXCEPTION_2: Known = k("outboundWebIdentityFederationDisabledException");
pub const PACKED_POLICY_TOO_LARGE_MESSAGE: Known = k("packedPolicyTooLargeMessage");
pub const POLICY_DESCRIPTOR_LIST_TYPE: Known = k("policyDescriptorListType");
pub const REGION_DISABLED_MESSAGE: Known = k("regionDisabledMessage");
pub const ROLE_DURATION_SECONDS_TYPE: Known = k("roleDurationSecondsType");
pub const ROLE_SESSION_NAME_TYPE: Known = k("roleSessionNameType");
pub const SERIAL_NUMBER_TYPE: Known = k("serialNumberType");
pub const SESSION_DURATION_ESCALATION_EXCEPTION_2: Known = k("sessionDurationEscalationException");
pub const SESSION_POLICY_DOCUMENT_TYPE: Known = k("sessionPolicyDocumentType");
pub const SESSION_TOKEN_SIZE_TYPE: Known = k("sessionTokenSizeType");
pub const SESSION_TOKEN_UTILIZATION_TYPE: Known = k("sessionTokenUtilizationType");
pub const SOURCE_IDENTITY_TYPE: Known = k("sourceIdentityType");
pub const TAG_KEY_LIST_TYPE: Known = k("tagKeyListType");
pub const TAG_KEY_TYPE: Known = k("tagKeyType");
pub const TAG_LIST_TYPE: Known = k("tagListType");
pub const TAG_VALUE_TYPE: Known = k("tagValueType");
pub const TOKEN_CODE_TYPE: Known = k("tokenCodeType");
pub const TOKEN_TYPE: Known = k("tokenType");
pub const TRADE_IN_TOKEN_TYPE: Known = k("tradeInTokenType");
pub const UNRESTRICTED_SESSION_POLICY_DOCUMENT_TYPE: Known = k("unrestrictedSessionPolicyDocumentType");
pub const URL_TYPE: Known = k("urlType");
pub const USER_ID_TYPE: Known = k("userIdType");
pub const USER_NAME_TYPE: Known = k("userNameType");
pub const WEB_IDENTITY_SUBJECT_TYPE: Known = k("webIdentitySubjectType");
pub const WEB_IDENTITY_TOKEN_AUDIENCE_LIST_TYPE: Known = k("webIdentityTokenAudienceListType");
pub const WEB_IDENTITY_TOKEN_AUDIENCE_STRING_TYPE: Known = k("webIdentityTokenAudienceStringType");
pub const WEB_IDENTITY_TOKEN_DURATION_SECONDS_TYPE: Known = k("webIdentityTokenDurationSecondsType");
pub const WEB_IDENTITY_TOKEN_TYPE: Known = k("webIdentityTokenType");
