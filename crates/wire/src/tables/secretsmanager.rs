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

const fn k(name: &'static str) -> Known {
    Known::new(&SERVICE, name)
}

pub const API_ERROR_LIST_TYPE: Known = k("APIErrorListType");
pub const API_ERROR_TYPE: Known = k("APIErrorType");
pub const ADD_REPLICA_REGION_LIST_TYPE: Known = k("AddReplicaRegionListType");
pub const ASSOCIATE_CROSS_ACCOUNT_REPLICA_REQUEST: Known = k("AssociateCrossAccountReplicaRequest");
pub const ASSOCIATE_CROSS_ACCOUNT_REPLICA_RESPONSE: Known = k("AssociateCrossAccountReplicaResponse");
pub const AUTOMATICALLY_ROTATE_AFTER_DAYS_TYPE: Known = k("AutomaticallyRotateAfterDaysType");
pub const BATCH_GET_SECRET_VALUE_REQUEST: Known = k("BatchGetSecretValueRequest");
pub const BATCH_GET_SECRET_VALUE_RESPONSE: Known = k("BatchGetSecretValueResponse");
pub const BOOLEAN_TYPE: Known = k("BooleanType");
pub const CANCEL_ROTATE_SECRET_REQUEST: Known = k("CancelRotateSecretRequest");
pub const CANCEL_ROTATE_SECRET_RESPONSE: Known = k("CancelRotateSecretResponse");
pub const CLIENT_REQUEST_TOKEN_TYPE: Known = k("ClientRequestTokenType");
pub const CREATE_SECRET_REQUEST: Known = k("CreateSecretRequest");
pub const CREATE_SECRET_RESPONSE: Known = k("CreateSecretResponse");
pub const CREATED_DATE_TYPE: Known = k("CreatedDateType");
pub const CROSS_ACCOUNT_PRIMARY_TYPE: Known = k("CrossAccountPrimaryType");
pub const CROSS_ACCOUNT_REPLICA_ENTRY: Known = k("CrossAccountReplicaEntry");
pub const CROSS_ACCOUNT_REPLICA_LIST_TYPE: Known = k("CrossAccountReplicaListType");
pub const DECRYPTION_FAILURE: Known = k("DecryptionFailure");
pub const DELETE_RESOURCE_POLICY_REQUEST: Known = k("DeleteResourcePolicyRequest");
pub const DELETE_RESOURCE_POLICY_RESPONSE: Known = k("DeleteResourcePolicyResponse");
pub const DELETE_SECRET_REQUEST: Known = k("DeleteSecretRequest");
pub const DELETE_SECRET_RESPONSE: Known = k("DeleteSecretResponse");
pub const DELETED_DATE_TYPE: Known = k("DeletedDateType");
pub const DELETION_DATE_TYPE: Known = k("DeletionDateType");
pub const DESCRIBE_SECRET_REQUEST: Known = k("DescribeSecretRequest");
pub const DESCRIBE_SECRET_RESPONSE: Known = k("DescribeSecretResponse");
pub const DESCRIPTION_TYPE: Known = k("DescriptionType");
pub const DISASSOCIATE_CROSS_ACCOUNT_REPLICA_REQUEST: Known = k("DisassociateCrossAccountReplicaRequest");
pub const DISASSOCIATE_CROSS_ACCOUNT_REPLICA_RESPONSE: Known = k("DisassociateCrossAccountReplicaResponse");
pub const DURATION_TYPE: Known = k("DurationType");
pub const ENCRYPTION_FAILURE: Known = k("EncryptionFailure");
pub const ERROR_CODE: Known = k("ErrorCode");
pub const ERROR_MESSAGE: Known = k("ErrorMessage");
pub const EXCLUDE_CHARACTERS_TYPE: Known = k("ExcludeCharactersType");
pub const EXCLUDE_LOWERCASE_TYPE: Known = k("ExcludeLowercaseType");
pub const EXCLUDE_NUMBERS_TYPE: Known = k("ExcludeNumbersType");
pub const EXCLUDE_PUNCTUATION_TYPE: Known = k("ExcludePunctuationType");
pub const EXCLUDE_UPPERCASE_TYPE: Known = k("ExcludeUppercaseType");
pub const EXTERNAL_SECRET_ROTATION_METADATA_ITEM: Known = k("ExternalSecretRotationMetadataItem");
pub const EXTERNAL_SECRET_ROTATION_METADATA_ITEM_KEY_TYPE: Known = k("ExternalSecretRotationMetadataItemKeyType");
pub const EXTERNAL_SECRET_ROTATION_METADATA_ITEM_VALUE_TYPE: Known = k("ExternalSecretRotationMetadataItemValueType");
pub const EXTERNAL_SECRET_ROTATION_METADATA_TYPE: Known = k("ExternalSecretRotationMetadataType");
pub const FILTER: Known = k("Filter");
pub const FILTER_NAME_STRING_TYPE: Known = k("FilterNameStringType");
pub const FILTER_VALUE_STRING_TYPE: Known = k("FilterValueStringType");
pub const FILTER_VALUES_STRING_LIST: Known = k("FilterValuesStringList");
pub const FILTERS_LIST_TYPE: Known = k("FiltersListType");
pub const GET_RANDOM_PASSWORD_REQUEST: Known = k("GetRandomPasswordRequest");
pub const GET_RANDOM_PASSWORD_RESPONSE: Known = k("GetRandomPasswordResponse");
pub const GET_RESOURCE_POLICY_REQUEST: Known = k("GetResourcePolicyRequest");
pub const GET_RESOURCE_POLICY_RESPONSE: Known = k("GetResourcePolicyResponse");
pub const GET_SECRET_VALUE_REQUEST: Known = k("GetSecretValueRequest");
pub const GET_SECRET_VALUE_RESPONSE: Known = k("GetSecretValueResponse");
pub const INCLUDE_SPACE_TYPE: Known = k("IncludeSpaceType");
pub const INTERNAL_SERVICE_ERROR: Known = k("InternalServiceError");
pub const INVALID_NEXT_TOKEN_EXCEPTION: Known = k("InvalidNextTokenException");
pub const INVALID_PARAMETER_EXCEPTION: Known = k("InvalidParameterException");
pub const INVALID_REQUEST_EXCEPTION: Known = k("InvalidRequestException");
pub const KMS_KEY_ID_LIST_TYPE: Known = k("KmsKeyIdListType");
pub const KMS_KEY_ID_TYPE: Known = k("KmsKeyIdType");
pub const LAST_ACCESSED_DATE_TYPE: Known = k("LastAccessedDateType");
pub const LAST_CHANGED_DATE_TYPE: Known = k("LastChangedDateType");
pub const LAST_ROTATED_DATE_TYPE: Known = k("LastRotatedDateType");
pub const LIMIT_EXCEEDED_EXCEPTION: Known = k("LimitExceededException");
pub const LIST_RESOURCE_POLICIES_REQUEST: Known = k("ListResourcePoliciesRequest");
pub const LIST_RESOURCE_POLICIES_RESPONSE: Known = k("ListResourcePoliciesResponse");
pub const LIST_SECRET_VERSION_IDS_REQUEST: Known = k("ListSecretVersionIdsRequest");
pub const LIST_SECRET_VERSION_IDS_RESPONSE: Known = k("ListSecretVersionIdsResponse");
pub const LIST_SECRETS_REQUEST: Known = k("ListSecretsRequest");
pub const LIST_SECRETS_RESPONSE: Known = k("ListSecretsResponse");
pub const MALFORMED_POLICY_DOCUMENT_EXCEPTION: Known = k("MalformedPolicyDocumentException");
pub const MAX_RESULTS_BATCH_TYPE: Known = k("MaxResultsBatchType");
pub const MAX_RESULTS_TYPE: Known = k("MaxResultsType");
pub const MEDEA_TYPE_TYPE: Known = k("MedeaTypeType");
pub const NAME_TYPE: Known = k("NameType");
pub const NEXT_ROTATION_DATE_TYPE: Known = k("NextRotationDateType");
pub const NEXT_TOKEN_TYPE: Known = k("NextTokenType");
pub const NON_EMPTY_RESOURCE_POLICY_TYPE: Known = k("NonEmptyResourcePolicyType");
pub const OWNING_SERVICE_TYPE: Known = k("OwningServiceType");
pub const PASSWORD_LENGTH_TYPE: Known = k("PasswordLengthType");
pub const PRECONDITION_NOT_MET_EXCEPTION: Known = k("PreconditionNotMetException");
pub const PUBLIC_POLICY_EXCEPTION: Known = k("PublicPolicyException");
pub const PUT_RESOURCE_POLICY_REQUEST: Known = k("PutResourcePolicyRequest");
pub const PUT_RESOURCE_POLICY_RESPONSE: Known = k("PutResourcePolicyResponse");
pub const PUT_SECRET_VALUE_REQUEST: Known = k("PutSecretValueRequest");
pub const PUT_SECRET_VALUE_RESPONSE: Known = k("PutSecretValueResponse");
pub const RANDOM_PASSWORD_TYPE: Known = k("RandomPasswordType");
pub const RECOVERY_WINDOW_IN_DAYS_TYPE: Known = k("RecoveryWindowInDaysType");
pub const REGION_TYPE: Known = k("RegionType");
pub const REMOVE_REGIONS_FROM_REPLICATION_REQUEST: Known = k("RemoveRegionsFromReplicationRequest");
pub const REMOVE_REGIONS_FROM_REPLICATION_RESPONSE: Known = k("RemoveRegionsFromReplicationResponse");
pub const REMOVE_REPLICA_REGION_LIST_TYPE: Known = k("RemoveReplicaRegionListType");
pub const REPLICA_REGION_TYPE: Known = k("ReplicaRegionType");
pub const REPLICA_RESTRICTION_TYPE: Known = k("ReplicaRestrictionType");
pub const REPLICATE_SECRET_TO_REGIONS_REQUEST: Known = k("ReplicateSecretToRegionsRequest");
pub const REPLICATE_SECRET_TO_REGIONS_RESPONSE: Known = k("ReplicateSecretToRegionsResponse");
pub const REPLICATION_STATUS_LIST_TYPE: Known = k("ReplicationStatusListType");
pub const REPLICATION_STATUS_TYPE: Known = k("ReplicationStatusType");
pub const REQUIRE_EACH_INCLUDED_TYPE_TYPE: Known = k("RequireEachIncludedTypeType");
pub const RESOURCE_EXISTS_EXCEPTION: Known = k("ResourceExistsException");
pub const RESOURCE_NOT_FOUND_EXCEPTION: Known = k("ResourceNotFoundException");
pub const RESOURCE_POLICY_NAME_TYPE: Known = k("ResourcePolicyNameType");
pub const RESOURCE_POLICY_SUMMARY: Known = k("ResourcePolicySummary");
pub const RESOURCE_POLICY_SUMMARY_LIST_TYPE: Known = k("ResourcePolicySummaryListType");
pub const RESTORE_SECRET_REQUEST: Known = k("RestoreSecretRequest");
pub const RESTORE_SECRET_RESPONSE: Known = k("RestoreSecretResponse");
pub const ROLE_ARN_TYPE: Known = k("RoleARNType");
pub const ROTATE_SECRET_REQUEST: Known = k("RotateSecretRequest");
pub const ROTATE_SECRET_RESPONSE: Known = k("RotateSecretResponse");
pub const ROTATION_ENABLED_TYPE: Known = k("RotationEnabledType");
pub const ROTATION_LAMBDA_ARN_TYPE: Known = k("RotationLambdaARNType");
pub const ROTATION_RULES_TYPE: Known = k("RotationRulesType");
pub const ROTATION_TOKEN_TYPE: Known = k("RotationTokenType");
pub const SCHEDULE_EXPRESSION_TYPE: Known = k("ScheduleExpressionType");
pub const SECRET_ARN_TYPE: Known = k("SecretARNType");
pub const SECRET_BINARY_TYPE: Known = k("SecretBinaryType");
pub const SECRET_ID_LIST_TYPE: Known = k("SecretIdListType");
pub const SECRET_ID_TYPE: Known = k("SecretIdType");
pub const SECRET_LIST_ENTRY: Known = k("SecretListEntry");
pub const SECRET_LIST_TYPE: Known = k("SecretListType");
pub const SECRET_NAME_TYPE: Known = k("SecretNameType");
pub const SECRET_STRING_TYPE: Known = k("SecretStringType");
pub const SECRET_VALUE_ENTRY: Known = k("SecretValueEntry");
pub const SECRET_VALUES_TYPE: Known = k("SecretValuesType");
pub const SECRET_VERSION_ID_TYPE: Known = k("SecretVersionIdType");
pub const SECRET_VERSION_STAGE_TYPE: Known = k("SecretVersionStageType");
pub const SECRET_VERSION_STAGES_TYPE: Known = k("SecretVersionStagesType");
pub const SECRET_VERSIONS_LIST_ENTRY: Known = k("SecretVersionsListEntry");
pub const SECRET_VERSIONS_LIST_TYPE: Known = k("SecretVersionsListType");
pub const SECRET_VERSIONS_TO_STAGES_MAP_TYPE: Known = k("SecretVersionsToStagesMapType");
pub const SORT_BY_TYPE: Known = k("SortByType");
pub const SORT_ORDER_TYPE: Known = k("SortOrderType");
pub const STATUS_MESSAGE_TYPE: Known = k("StatusMessageType");
pub const STATUS_TYPE: Known = k("StatusType");
pub const STOP_REPLICATION_TO_REPLICA_REQUEST: Known = k("StopReplicationToReplicaRequest");
pub const STOP_REPLICATION_TO_REPLICA_RESPONSE: Known = k("StopReplicationToReplicaResponse");
pub const TAG: Known = k("Tag");
pub const TAG_KEY_LIST_TYPE: Known = k("TagKeyListType");
pub const TAG_KEY_TYPE: Known = k("TagKeyType");
pub const TAG_LIST_TYPE: Known = k("TagListType");
pub const TAG_RESOURCE_REQUEST: Known = k("TagResourceRequest");
pub const TAG_VALUE_TYPE: Known = k("TagValueType");
pub const TIMESTAMP_TYPE: Known = k("TimestampType");
pub const UNTAG_RESOURCE_REQUEST: Known = k("UntagResourceRequest");
pub const UPDATE_SECRET_REQUEST: Known = k("UpdateSecretRequest");
pub const UPDATE_SECRET_RESPONSE: Known = k("UpdateSecretResponse");
pub const UPDATE_SECRET_VERSION_STAGE_REQUEST: Known = k("UpdateSecretVersionStageRequest");
pub const UPDATE_SECRET_VERSION_STAGE_RESPONSE: Known = k("UpdateSecretVersionStageResponse");
pub const VALIDATE_RESOURCE_POLICY_REQUEST: Known = k("ValidateResourcePolicyRequest");
pub const VALIDATE_RESOURCE_POLICY_RESPONSE: Known = k("ValidateResourcePolicyResponse");
pub const VALIDATION_ERRORS_ENTRY: Known = k("ValidationErrorsEntry");
pub const VALIDATION_ERRORS_TYPE: Known = k("ValidationErrorsType");
