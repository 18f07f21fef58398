// @generated from botocore 1.44.5 (Apache-2.0); do not edit, run `cargo xtask import-models`.
//! AWS Secrets Manager, API version 2017-10-17.

use std::sync::OnceLock;

use crate::shape::{Protocol, Service};
use crate::table::{Graph, Known, Table};

pub static SERVICE: Service = Service {
    id: "secretsmanager",
    full_name: "AWS Secrets Manager",
    signing_name: "secretsmanager",
    endpoint_prefix: "secretsmanager",
    version: "2017-10-17",
    protocols: &[Protocol::AwsJson11],
    target_prefix: Some("secretsmanager"),
    namespace: None,
    query_compatible: false,
    served: include_str!("../../operations/secretsmanager.txt"),
    table: Table::new(include_str!("secretsmanager.txt"), graph),
};

fn graph() -> &'static Graph {
    static GRAPH: OnceLock<Graph> = OnceLock::new();
    GRAPH.get_or_init(|| Graph::read(SERVICE.table.text()))
}

const fn k(name: &'static str, members: &'static str) -> Known {
    Known::new(&SERVICE, name, members)
}

pub const API_ERROR_TYPE: Known = k("APIErrorType", "SecretId?string ErrorCode?string Message?string");
pub const ASSOCIATE_CROSS_ACCOUNT_REPLICA_REQUEST: Known = k("AssociateCrossAccountReplicaRequest", "SecretId!string CrossAccountReplicaARN!string ReplicaRestriction?string ReplicationRoleARN?string");
pub const ASSOCIATE_CROSS_ACCOUNT_REPLICA_RESPONSE: Known = k("AssociateCrossAccountReplicaResponse", "ARN?string CrossAccountReplicaARN?string ReplicationStatus?string");
pub const BATCH_GET_SECRET_VALUE_REQUEST: Known = k("BatchGetSecretValueRequest", "SecretIdList?list Filters?list MaxResults?integer NextToken?string");
pub const BATCH_GET_SECRET_VALUE_RESPONSE: Known = k("BatchGetSecretValueResponse", "SecretValues?list NextToken?string Errors?list");
pub const CANCEL_ROTATE_SECRET_REQUEST: Known = k("CancelRotateSecretRequest", "SecretId!string");
pub const CANCEL_ROTATE_SECRET_RESPONSE: Known = k("CancelRotateSecretResponse", "ARN?string Name?string VersionId?string");
pub const CREATE_SECRET_REQUEST: Known = k("CreateSecretRequest", "Name!string ClientRequestToken?string Description?string KmsKeyId?string SecretBinary?blob SecretString?string Tags?list AddReplicaRegions?list ForceOverwriteReplicaSecret?boolean Type?string CrossAccountPrimaryARN?string");
pub const CREATE_SECRET_RESPONSE: Known = k("CreateSecretResponse", "ARN?string Name?string VersionId?string ReplicationStatus?list");
pub const CROSS_ACCOUNT_PRIMARY_TYPE: Known = k("CrossAccountPrimaryType", "PrimarySecretARN?string ReplicationStatus?string StatusMessage?string");
pub const CROSS_ACCOUNT_REPLICA_ENTRY: Known = k("CrossAccountReplicaEntry", "ReplicaSecretARN?string ReplicationRoleARN?string ReplicationStatus?string StatusMessage?string");
pub const DECRYPTION_FAILURE: Known = k("DecryptionFailure", "Message?string");
pub const DELETE_RESOURCE_POLICY_REQUEST: Known = k("DeleteResourcePolicyRequest", "SecretId!string PolicyName?string");
pub const DELETE_RESOURCE_POLICY_RESPONSE: Known = k("DeleteResourcePolicyResponse", "ARN?string Name?string PolicyName?string");
pub const DELETE_SECRET_REQUEST: Known = k("DeleteSecretRequest", "SecretId!string RecoveryWindowInDays?long ForceDeleteWithoutRecovery?boolean");
pub const DELETE_SECRET_RESPONSE: Known = k("DeleteSecretResponse", "ARN?string Name?string DeletionDate?timestamp");
pub const DESCRIBE_SECRET_REQUEST: Known = k("DescribeSecretRequest", "SecretId!string");
pub const DESCRIBE_SECRET_RESPONSE: Known = k("DescribeSecretResponse", "ARN?string Name?string Type?string Description?string KmsKeyId?string RotationEnabled?boolean RotationLambdaARN?string RotationRules?structure ExternalSecretRotationMetadata?list ExternalSecretRotationRoleArn?string LastRotatedDate?timestamp LastChangedDate?timestamp LastAccessedDate?timestamp DeletedDate?timestamp NextRotationDate?timestamp Tags?list VersionIdsToStages?map OwningService?string CreatedDate?timestamp PrimaryRegion?string ReplicationStatus?list CrossAccountPrimary?structure CrossAccountReplicas?list");
pub const DISASSOCIATE_CROSS_ACCOUNT_REPLICA_REQUEST: Known = k("DisassociateCrossAccountReplicaRequest", "SecretId!string CrossAccountReplicaARN!string");
pub const DISASSOCIATE_CROSS_ACCOUNT_REPLICA_RESPONSE: Known = k("DisassociateCrossAccountReplicaResponse", "ARN?string CrossAccountReplicaARN?string");
pub const ENCRYPTION_FAILURE: Known = k("EncryptionFailure", "Message?string");
pub const EXTERNAL_SECRET_ROTATION_METADATA_ITEM: Known = k("ExternalSecretRotationMetadataItem", "Key?string Value?string");
pub const FILTER: Known = k("Filter", "Key?string Values?list");
pub const GET_RANDOM_PASSWORD_REQUEST: Known = k("GetRandomPasswordRequest", "PasswordLength?long ExcludeCharacters?string ExcludeNumbers?boolean ExcludePunctuation?boolean ExcludeUppercase?boolean ExcludeLowercase?boolean IncludeSpace?boolean RequireEachIncludedType?boolean");
pub const GET_RANDOM_PASSWORD_RESPONSE: Known = k("GetRandomPasswordResponse", "RandomPassword?string");
pub const GET_RESOURCE_POLICY_REQUEST: Known = k("GetResourcePolicyRequest", "SecretId!string PolicyName?string");
pub const GET_RESOURCE_POLICY_RESPONSE: Known = k("GetResourcePolicyResponse", "ARN?string Name?string ResourcePolicy?string PolicyName?string");
pub const GET_SECRET_VALUE_REQUEST: Known = k("GetSecretValueRequest", "SecretId!string VersionId?string VersionStage?string");
pub const GET_SECRET_VALUE_RESPONSE: Known = k("GetSecretValueResponse", "ARN?string Name?string VersionId?string SecretBinary?blob SecretString?string VersionStages?list CreatedDate?timestamp");
pub const INTERNAL_SERVICE_ERROR: Known = k("InternalServiceError", "Message?string");
pub const INVALID_NEXT_TOKEN_EXCEPTION: Known = k("InvalidNextTokenException", "Message?string");
pub const INVALID_PARAMETER_EXCEPTION: Known = k("InvalidParameterException", "Message?string");
pub const INVALID_REQUEST_EXCEPTION: Known = k("InvalidRequestException", "Message?string");
pub const LIMIT_EXCEEDED_EXCEPTION: Known = k("LimitExceededException", "Message?string");
pub const LIST_RESOURCE_POLICIES_REQUEST: Known = k("ListResourcePoliciesRequest", "SecretId!string MaxResults?integer NextToken?string");
pub const LIST_RESOURCE_POLICIES_RESPONSE: Known = k("ListResourcePoliciesResponse", "ResourcePolicies!list NextToken?string");
pub const LIST_SECRET_VERSION_IDS_REQUEST: Known = k("ListSecretVersionIdsRequest", "SecretId!string MaxResults?integer NextToken?string IncludeDeprecated?boolean");
pub const LIST_SECRET_VERSION_IDS_RESPONSE: Known = k("ListSecretVersionIdsResponse", "Versions?list NextToken?string ARN?string Name?string");
pub const LIST_SECRETS_REQUEST: Known = k("ListSecretsRequest", "IncludePlannedDeletion?boolean MaxResults?integer NextToken?string Filters?list SortOrder?string SortBy?string");
pub const LIST_SECRETS_RESPONSE: Known = k("ListSecretsResponse", "SecretList?list NextToken?string");
pub const MALFORMED_POLICY_DOCUMENT_EXCEPTION: Known = k("MalformedPolicyDocumentException", "Message?string");
pub const PRECONDITION_NOT_MET_EXCEPTION: Known = k("PreconditionNotMetException", "Message?string");
pub const PUBLIC_POLICY_EXCEPTION: Known = k("PublicPolicyException", "Message?string");
pub const PUT_RESOURCE_POLICY_REQUEST: Known = k("PutResourcePolicyRequest", "SecretId!string ResourcePolicy!string PolicyName?string BlockPublicPolicy?boolean");
pub const PUT_RESOURCE_POLICY_RESPONSE: Known = k("PutResourcePolicyResponse", "ARN?string Name?string PolicyName?string");
pub const PUT_SECRET_VALUE_REQUEST: Known = k("PutSecretValueRequest", "SecretId!string ClientRequestToken?string SecretBinary?blob SecretString?string VersionStages?list RotationToken?string");
pub const PUT_SECRET_VALUE_RESPONSE: Known = k("PutSecretValueResponse", "ARN?string Name?string VersionId?string VersionStages?list");
pub const REMOVE_REGIONS_FROM_REPLICATION_REQUEST: Known = k("RemoveRegionsFromReplicationRequest", "SecretId!string RemoveReplicaRegions!list");
pub const REMOVE_REGIONS_FROM_REPLICATION_RESPONSE: Known = k("RemoveRegionsFromReplicationResponse", "ARN?string ReplicationStatus?list");
pub const REPLICA_REGION_TYPE: Known = k("ReplicaRegionType", "Region?string KmsKeyId?string");
pub const REPLICATE_SECRET_TO_REGIONS_REQUEST: Known = k("ReplicateSecretToRegionsRequest", "SecretId!string AddReplicaRegions!list ForceOverwriteReplicaSecret?boolean");
pub const REPLICATE_SECRET_TO_REGIONS_RESPONSE: Known = k("ReplicateSecretToRegionsResponse", "ARN?string ReplicationStatus?list");
pub const REPLICATION_STATUS_TYPE: Known = k("ReplicationStatusType", "Region?string KmsKeyId?string Status?string StatusMessage?string LastAccessedDate?timestamp");
pub const RESOURCE_EXISTS_EXCEPTION: Known = k("ResourceExistsException", "Message?string");
pub const RESOURCE_NOT_FOUND_EXCEPTION: Known = k("ResourceNotFoundException", "Message?string");
pub const RESOURCE_POLICY_SUMMARY: Known = k("ResourcePolicySummary", "PolicyName?string");
pub const RESTORE_SECRET_REQUEST: Known = k("RestoreSecretRequest", "SecretId!string");
pub const RESTORE_SECRET_RESPONSE: Known = k("RestoreSecretResponse", "ARN?string Name?string");
pub const ROTATE_SECRET_REQUEST: Known = k("RotateSecretRequest", "SecretId!string ClientRequestToken?string RotationLambdaARN?string RotationRules?structure ExternalSecretRotationMetadata?list ExternalSecretRotationRoleArn?string RotateImmediately?boolean");
pub const ROTATE_SECRET_RESPONSE: Known = k("RotateSecretResponse", "ARN?string Name?string VersionId?string");
pub const ROTATION_RULES_TYPE: Known = k("RotationRulesType", "AutomaticallyAfterDays?long Duration?string ScheduleExpression?string");
pub const SECRET_LIST_ENTRY: Known = k("SecretListEntry", "ARN?string Name?string Type?string Description?string KmsKeyId?string RotationEnabled?boolean RotationLambdaARN?string RotationRules?structure ExternalSecretRotationMetadata?list ExternalSecretRotationRoleArn?string LastRotatedDate?timestamp LastChangedDate?timestamp LastAccessedDate?timestamp DeletedDate?timestamp NextRotationDate?timestamp Tags?list SecretVersionsToStages?map OwningService?string CreatedDate?timestamp PrimaryRegion?string");
pub const SECRET_VALUE_ENTRY: Known = k("SecretValueEntry", "ARN?string Name?string VersionId?string SecretBinary?blob SecretString?string VersionStages?list CreatedDate?timestamp");
pub const SECRET_VERSIONS_LIST_ENTRY: Known = k("SecretVersionsListEntry", "VersionId?string VersionStages?list LastAccessedDate?timestamp CreatedDate?timestamp KmsKeyIds?list");
pub const STOP_REPLICATION_TO_REPLICA_REQUEST: Known = k("StopReplicationToReplicaRequest", "SecretId!string");
pub const STOP_REPLICATION_TO_REPLICA_RESPONSE: Known = k("StopReplicationToReplicaResponse", "ARN?string");
pub const TAG: Known = k("Tag", "Key?string Value?string");
pub const TAG_RESOURCE_REQUEST: Known = k("TagResourceRequest", "SecretId!string Tags!list");
pub const UNTAG_RESOURCE_REQUEST: Known = k("UntagResourceRequest", "SecretId!string TagKeys!list");
pub const UPDATE_SECRET_REQUEST: Known = k("UpdateSecretRequest", "SecretId!string ClientRequestToken?string Description?string KmsKeyId?string SecretBinary?blob SecretString?string Type?string");
pub const UPDATE_SECRET_RESPONSE: Known = k("UpdateSecretResponse", "ARN?string Name?string VersionId?string");
pub const UPDATE_SECRET_VERSION_STAGE_REQUEST: Known = k("UpdateSecretVersionStageRequest", "SecretId!string VersionStage!string RemoveFromVersionId?string MoveToVersionId?string");
pub const UPDATE_SECRET_VERSION_STAGE_RESPONSE: Known = k("UpdateSecretVersionStageResponse", "ARN?string Name?string");
pub const VALIDATE_RESOURCE_POLICY_REQUEST: Known = k("ValidateResourcePolicyRequest", "SecretId?string ResourcePolicy!string");
pub const VALIDATE_RESOURCE_POLICY_RESPONSE: Known = k("ValidateResourcePolicyResponse", "PolicyValidationPassed?boolean ValidationErrors?list");
pub const VALIDATION_ERRORS_ENTRY: Known = k("ValidationErrorsEntry", "CheckName?string ErrorMessage?string");
