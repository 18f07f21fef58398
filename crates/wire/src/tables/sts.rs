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

const fn k(name: &'static str, members: &'static str) -> Known {
    Known::new(&SERVICE, name, members)
}

pub const ASSUME_ROLE_REQUEST: Known = k("AssumeRoleRequest", "RoleArn!string RoleSessionName!string PolicyArns?list Policy?string DurationSeconds?integer Tags?list TransitiveTagKeys?list ExternalId?string SerialNumber?string TokenCode?string SourceIdentity?string ProvidedContexts?list MinimumSessionTokenSize?integer");
pub const ASSUME_ROLE_RESPONSE: Known = k("AssumeRoleResponse", "Credentials?structure AssumedRoleUser?structure PackedPolicySize?integer SourceIdentity?string SessionTokenUtilization?integer SessionTokenSize?integer");
pub const ASSUME_ROLE_WITH_SAML_REQUEST: Known = k("AssumeRoleWithSAMLRequest", "RoleArn!string PrincipalArn!string SAMLAssertion!string PolicyArns?list Policy?string DurationSeconds?integer MinimumSessionTokenSize?integer");
pub const ASSUME_ROLE_WITH_SAML_RESPONSE: Known = k("AssumeRoleWithSAMLResponse", "Credentials?structure AssumedRoleUser?structure PackedPolicySize?integer Subject?string SubjectType?string Issuer?string Audience?string NameQualifier?string SourceIdentity?string SessionTokenUtilization?integer SessionTokenSize?integer");
pub const ASSUME_ROLE_WITH_WEB_IDENTITY_REQUEST: Known = k("AssumeRoleWithWebIdentityRequest", "RoleArn!string RoleSessionName!string WebIdentityToken!string ProviderId?string PolicyArns?list Policy?string DurationSeconds?integer MinimumSessionTokenSize?integer");
pub const ASSUME_ROLE_WITH_WEB_IDENTITY_RESPONSE: Known = k("AssumeRoleWithWebIdentityResponse", "Credentials?structure SubjectFromWebIdentityToken?string AssumedRoleUser?structure PackedPolicySize?integer Provider?string Audience?string SourceIdentity?string SessionTokenUtilization?integer SessionTokenSize?integer");
pub const ASSUME_ROOT_REQUEST: Known = k("AssumeRootRequest", "TargetPrincipal!string TaskPolicyArn!structure DurationSeconds?integer MinimumSessionTokenSize?integer");
pub const ASSUME_ROOT_RESPONSE: Known = k("AssumeRootResponse", "Credentials?structure SourceIdentity?string SessionTokenUtilization?integer SessionTokenSize?integer");
pub const ASSUMED_ROLE_USER: Known = k("AssumedRoleUser", "AssumedRoleId!string Arn!string");
pub const CREDENTIALS: Known = k("Credentials", "AccessKeyId!string SecretAccessKey!string SessionToken!string Expiration!timestamp");
pub const DECODE_AUTHORIZATION_MESSAGE_REQUEST: Known = k("DecodeAuthorizationMessageRequest", "EncodedMessage!string");
pub const DECODE_AUTHORIZATION_MESSAGE_RESPONSE: Known = k("DecodeAuthorizationMessageResponse", "DecodedMessage?string");
pub const EXPIRED_TOKEN_EXCEPTION: Known = k("ExpiredTokenException", "message?string");
pub const EXPIRED_TRADE_IN_TOKEN_EXCEPTION: Known = k("ExpiredTradeInTokenException", "message?string");
pub const FEDERATED_USER: Known = k("FederatedUser", "FederatedUserId!string Arn!string");
pub const GET_ACCESS_KEY_INFO_REQUEST: Known = k("GetAccessKeyInfoRequest", "AccessKeyId!string");
pub const GET_ACCESS_KEY_INFO_RESPONSE: Known = k("GetAccessKeyInfoResponse", "Account?string");
pub const GET_CALLER_IDENTITY_REQUEST: Known = k("GetCallerIdentityRequest", "");
pub const GET_CALLER_IDENTITY_RESPONSE: Known = k("GetCallerIdentityResponse", "UserId?string Account?string Arn?string");
pub const GET_DELEGATED_ACCESS_TOKEN_REQUEST: Known = k("GetDelegatedAccessTokenRequest", "TradeInToken!string");
pub const GET_DELEGATED_ACCESS_TOKEN_RESPONSE: Known = k("GetDelegatedAccessTokenResponse", "Credentials?structure PackedPolicySize?integer AssumedPrincipal?string");
pub const GET_FEDERATION_TOKEN_REQUEST: Known = k("GetFederationTokenRequest", "Name!string Policy?string PolicyArns?list DurationSeconds?integer Tags?list MinimumSessionTokenSize?integer");
pub const GET_FEDERATION_TOKEN_RESPONSE: Known = k("GetFederationTokenResponse", "Credentials?structure FederatedUser?structure PackedPolicySize?integer SessionTokenUtilization?integer SessionTokenSize?integer");
pub const GET_SESSION_TOKEN_REQUEST: Known = k("GetSessionTokenRequest", "DurationSeconds?integer SerialNumber?string TokenCode?string MinimumSessionTokenSize?integer");
pub const GET_SESSION_TOKEN_RESPONSE: Known = k("GetSessionTokenResponse", "Credentials?structure SessionTokenUtilization?integer SessionTokenSize?integer");
pub const GET_WEB_IDENTITY_TOKEN_REQUEST: Known = k("GetWebIdentityTokenRequest", "Audience!list DurationSeconds?integer SigningAlgorithm!string Tags?list");
pub const GET_WEB_IDENTITY_TOKEN_RESPONSE: Known = k("GetWebIdentityTokenResponse", "WebIdentityToken?string Expiration?timestamp");
pub const IDP_COMMUNICATION_ERROR_EXCEPTION: Known = k("IDPCommunicationErrorException", "message?string");
pub const IDP_REJECTED_CLAIM_EXCEPTION: Known = k("IDPRejectedClaimException", "message?string");
pub const INVALID_AUTHORIZATION_MESSAGE_EXCEPTION: Known = k("InvalidAuthorizationMessageException", "message?string");
pub const INVALID_IDENTITY_TOKEN_EXCEPTION: Known = k("InvalidIdentityTokenException", "message?string");
pub const JWT_PAYLOAD_SIZE_EXCEEDED_EXCEPTION: Known = k("JWTPayloadSizeExceededException", "message?string");
pub const MALFORMED_POLICY_DOCUMENT_EXCEPTION: Known = k("MalformedPolicyDocumentException", "message?string");
pub const OUTBOUND_WEB_IDENTITY_FEDERATION_DISABLED_EXCEPTION: Known = k("OutboundWebIdentityFederationDisabledException", "message?string");
pub const PACKED_POLICY_TOO_LARGE_EXCEPTION: Known = k("PackedPolicyTooLargeException", "message?string");
pub const POLICY_DESCRIPTOR_TYPE: Known = k("PolicyDescriptorType", "arn?string");
pub const PROVIDED_CONTEXT: Known = k("ProvidedContext", "ProviderArn?string ContextAssertion?string");
pub const REGION_DISABLED_EXCEPTION: Known = k("RegionDisabledException", "message?string");
pub const SESSION_DURATION_ESCALATION_EXCEPTION: Known = k("SessionDurationEscalationException", "message?string");
pub const TAG: Known = k("Tag", "Key!string Value!string");
