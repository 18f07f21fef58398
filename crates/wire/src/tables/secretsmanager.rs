// @generated from botocore 1.44.5 (Apache-2.0); do not edit, run `cargo xtask import-models`.
// Model sha256 0112328a189c5e3372b82b795c6e5d53f37b7454166bc3e0fd13a08ded438c29.
//! AWS Secrets Manager, API version 2017-10-17.

use super::{o, op, r, s};
use crate::shape::{EMPTY, ErrorTraits, Kind, NONE, Operation, Protocol, Rules, Service, Shape, Traits};

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
    operations: &OPERATIONS,
    errors: &[&DECRYPTION_FAILURE, &ENCRYPTION_FAILURE, &INTERNAL_SERVICE_ERROR, &INVALID_NEXT_TOKEN_EXCEPTION, &INVALID_PARAMETER_EXCEPTION, &INVALID_REQUEST_EXCEPTION, &LIMIT_EXCEEDED_EXCEPTION, &MALFORMED_POLICY_DOCUMENT_EXCEPTION, &PRECONDITION_NOT_MET_EXCEPTION, &PUBLIC_POLICY_EXCEPTION, &RESOURCE_EXISTS_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION],
    served: include_str!("../../operations/secretsmanager.txt"),
};

static OPERATIONS: [Operation; 26] = [
    op("AssociateCrossAccountReplica", &ASSOCIATE_CROSS_ACCOUNT_REPLICA_REQUEST, &ASSOCIATE_CROSS_ACCOUNT_REPLICA_RESPONSE, &[&INTERNAL_SERVICE_ERROR, &INVALID_PARAMETER_EXCEPTION, &INVALID_REQUEST_EXCEPTION, &LIMIT_EXCEEDED_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("BatchGetSecretValue", &BATCH_GET_SECRET_VALUE_REQUEST, &BATCH_GET_SECRET_VALUE_RESPONSE, &[&DECRYPTION_FAILURE, &INTERNAL_SERVICE_ERROR, &INVALID_NEXT_TOKEN_EXCEPTION, &INVALID_PARAMETER_EXCEPTION, &INVALID_REQUEST_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("CancelRotateSecret", &CANCEL_ROTATE_SECRET_REQUEST, &CANCEL_ROTATE_SECRET_RESPONSE, &[&INTERNAL_SERVICE_ERROR, &INVALID_PARAMETER_EXCEPTION, &INVALID_REQUEST_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("CreateSecret", &CREATE_SECRET_REQUEST, &CREATE_SECRET_RESPONSE, &[&DECRYPTION_FAILURE, &ENCRYPTION_FAILURE, &INTERNAL_SERVICE_ERROR, &INVALID_PARAMETER_EXCEPTION, &INVALID_REQUEST_EXCEPTION, &LIMIT_EXCEEDED_EXCEPTION, &MALFORMED_POLICY_DOCUMENT_EXCEPTION, &PRECONDITION_NOT_MET_EXCEPTION, &RESOURCE_EXISTS_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("DeleteResourcePolicy", &DELETE_RESOURCE_POLICY_REQUEST, &DELETE_RESOURCE_POLICY_RESPONSE, &[&INTERNAL_SERVICE_ERROR, &INVALID_PARAMETER_EXCEPTION, &INVALID_REQUEST_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("DeleteSecret", &DELETE_SECRET_REQUEST, &DELETE_SECRET_RESPONSE, &[&INTERNAL_SERVICE_ERROR, &INVALID_PARAMETER_EXCEPTION, &INVALID_REQUEST_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("DescribeSecret", &DESCRIBE_SECRET_REQUEST, &DESCRIBE_SECRET_RESPONSE, &[&INTERNAL_SERVICE_ERROR, &INVALID_PARAMETER_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("DisassociateCrossAccountReplica", &DISASSOCIATE_CROSS_ACCOUNT_REPLICA_REQUEST, &DISASSOCIATE_CROSS_ACCOUNT_REPLICA_RESPONSE, &[&INTERNAL_SERVICE_ERROR, &INVALID_PARAMETER_EXCEPTION, &INVALID_REQUEST_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("GetRandomPassword", &GET_RANDOM_PASSWORD_REQUEST, &GET_RANDOM_PASSWORD_RESPONSE, &[&INTERNAL_SERVICE_ERROR, &INVALID_PARAMETER_EXCEPTION, &INVALID_REQUEST_EXCEPTION]),
    op("GetResourcePolicy", &GET_RESOURCE_POLICY_REQUEST, &GET_RESOURCE_POLICY_RESPONSE, &[&INTERNAL_SERVICE_ERROR, &INVALID_PARAMETER_EXCEPTION, &INVALID_REQUEST_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("GetSecretValue", &GET_SECRET_VALUE_REQUEST, &GET_SECRET_VALUE_RESPONSE, &[&DECRYPTION_FAILURE, &INTERNAL_SERVICE_ERROR, &INVALID_PARAMETER_EXCEPTION, &INVALID_REQUEST_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("ListResourcePolicies", &LIST_RESOURCE_POLICIES_REQUEST, &LIST_RESOURCE_POLICIES_RESPONSE, &[&INTERNAL_SERVICE_ERROR, &INVALID_NEXT_TOKEN_EXCEPTION, &INVALID_PARAMETER_EXCEPTION, &INVALID_REQUEST_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("ListSecretVersionIds", &LIST_SECRET_VERSION_IDS_REQUEST, &LIST_SECRET_VERSION_IDS_RESPONSE, &[&INTERNAL_SERVICE_ERROR, &INVALID_NEXT_TOKEN_EXCEPTION, &INVALID_PARAMETER_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("ListSecrets", &LIST_SECRETS_REQUEST, &LIST_SECRETS_RESPONSE, &[&INTERNAL_SERVICE_ERROR, &INVALID_NEXT_TOKEN_EXCEPTION, &INVALID_PARAMETER_EXCEPTION, &INVALID_REQUEST_EXCEPTION]),
    op("PutResourcePolicy", &PUT_RESOURCE_POLICY_REQUEST, &PUT_RESOURCE_POLICY_RESPONSE, &[&INTERNAL_SERVICE_ERROR, &INVALID_PARAMETER_EXCEPTION, &INVALID_REQUEST_EXCEPTION, &MALFORMED_POLICY_DOCUMENT_EXCEPTION, &PUBLIC_POLICY_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("PutSecretValue", &PUT_SECRET_VALUE_REQUEST, &PUT_SECRET_VALUE_RESPONSE, &[&DECRYPTION_FAILURE, &ENCRYPTION_FAILURE, &INTERNAL_SERVICE_ERROR, &INVALID_PARAMETER_EXCEPTION, &INVALID_REQUEST_EXCEPTION, &LIMIT_EXCEEDED_EXCEPTION, &RESOURCE_EXISTS_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("RemoveRegionsFromReplication", &REMOVE_REGIONS_FROM_REPLICATION_REQUEST, &REMOVE_REGIONS_FROM_REPLICATION_RESPONSE, &[&INTERNAL_SERVICE_ERROR, &INVALID_PARAMETER_EXCEPTION, &INVALID_REQUEST_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("ReplicateSecretToRegions", &REPLICATE_SECRET_TO_REGIONS_REQUEST, &REPLICATE_SECRET_TO_REGIONS_RESPONSE, &[&INTERNAL_SERVICE_ERROR, &INVALID_PARAMETER_EXCEPTION, &INVALID_REQUEST_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("RestoreSecret", &RESTORE_SECRET_REQUEST, &RESTORE_SECRET_RESPONSE, &[&INTERNAL_SERVICE_ERROR, &INVALID_PARAMETER_EXCEPTION, &INVALID_REQUEST_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("RotateSecret", &ROTATE_SECRET_REQUEST, &ROTATE_SECRET_RESPONSE, &[&INTERNAL_SERVICE_ERROR, &INVALID_PARAMETER_EXCEPTION, &INVALID_REQUEST_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("StopReplicationToReplica", &STOP_REPLICATION_TO_REPLICA_REQUEST, &STOP_REPLICATION_TO_REPLICA_RESPONSE, &[&INTERNAL_SERVICE_ERROR, &INVALID_PARAMETER_EXCEPTION, &INVALID_REQUEST_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("TagResource", &TAG_RESOURCE_REQUEST, &EMPTY, &[&INTERNAL_SERVICE_ERROR, &INVALID_PARAMETER_EXCEPTION, &INVALID_REQUEST_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("UntagResource", &UNTAG_RESOURCE_REQUEST, &EMPTY, &[&INTERNAL_SERVICE_ERROR, &INVALID_PARAMETER_EXCEPTION, &INVALID_REQUEST_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("UpdateSecret", &UPDATE_SECRET_REQUEST, &UPDATE_SECRET_RESPONSE, &[&DECRYPTION_FAILURE, &ENCRYPTION_FAILURE, &INTERNAL_SERVICE_ERROR, &INVALID_PARAMETER_EXCEPTION, &INVALID_REQUEST_EXCEPTION, &LIMIT_EXCEEDED_EXCEPTION, &MALFORMED_POLICY_DOCUMENT_EXCEPTION, &PRECONDITION_NOT_MET_EXCEPTION, &RESOURCE_EXISTS_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("UpdateSecretVersionStage", &UPDATE_SECRET_VERSION_STAGE_REQUEST, &UPDATE_SECRET_VERSION_STAGE_RESPONSE, &[&INTERNAL_SERVICE_ERROR, &INVALID_PARAMETER_EXCEPTION, &INVALID_REQUEST_EXCEPTION, &LIMIT_EXCEEDED_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
    op("ValidateResourcePolicy", &VALIDATE_RESOURCE_POLICY_REQUEST, &VALIDATE_RESOURCE_POLICY_RESPONSE, &[&INTERNAL_SERVICE_ERROR, &INVALID_PARAMETER_EXCEPTION, &INVALID_REQUEST_EXCEPTION, &MALFORMED_POLICY_DOCUMENT_EXCEPTION, &RESOURCE_NOT_FOUND_EXCEPTION]),
];

pub static API_ERROR_LIST_TYPE: Shape = s("APIErrorListType", Kind::List, &[o("member", &API_ERROR_TYPE)]);
pub static API_ERROR_TYPE: Shape = s("APIErrorType", Kind::Structure, &[o("SecretId", &SECRET_ID_TYPE), o("ErrorCode", &ERROR_CODE), o("Message", &ERROR_MESSAGE)]);
pub static ADD_REPLICA_REGION_LIST_TYPE: Shape = s("AddReplicaRegionListType", Kind::List, &[o("member", &REPLICA_REGION_TYPE)]).rules(&Rules { min: Some(1.0), max: None, pattern: None, values: &[] });
pub static ASSOCIATE_CROSS_ACCOUNT_REPLICA_REQUEST: Shape = s("AssociateCrossAccountReplicaRequest", Kind::Structure, &[r("SecretId", &SECRET_ID_TYPE), r("CrossAccountReplicaARN", &SECRET_ARN_TYPE), o("ReplicaRestriction", &REPLICA_RESTRICTION_TYPE), o("ReplicationRoleARN", &ROLE_ARN_TYPE)]);
pub static ASSOCIATE_CROSS_ACCOUNT_REPLICA_RESPONSE: Shape = s("AssociateCrossAccountReplicaResponse", Kind::Structure, &[o("ARN", &SECRET_ARN_TYPE), o("CrossAccountReplicaARN", &SECRET_ARN_TYPE), o("ReplicationStatus", &STATUS_TYPE)]);
pub static AUTOMATICALLY_ROTATE_AFTER_DAYS_TYPE: Shape = s("AutomaticallyRotateAfterDaysType", Kind::Long, &[]).rules(&Rules { min: Some(1.0), max: Some(1000.0), pattern: None, values: &[] });
pub static BATCH_GET_SECRET_VALUE_REQUEST: Shape = s("BatchGetSecretValueRequest", Kind::Structure, &[o("SecretIdList", &SECRET_ID_LIST_TYPE), o("Filters", &FILTERS_LIST_TYPE), o("MaxResults", &MAX_RESULTS_BATCH_TYPE), o("NextToken", &NEXT_TOKEN_TYPE)]);
pub static BATCH_GET_SECRET_VALUE_RESPONSE: Shape = s("BatchGetSecretValueResponse", Kind::Structure, &[o("SecretValues", &SECRET_VALUES_TYPE), o("NextToken", &NEXT_TOKEN_TYPE), o("Errors", &API_ERROR_LIST_TYPE)]);
pub static BOOLEAN_TYPE: Shape = s("BooleanType", Kind::Boolean, &[]);
pub static CANCEL_ROTATE_SECRET_REQUEST: Shape = s("CancelRotateSecretRequest", Kind::Structure, &[r("SecretId", &SECRET_ID_TYPE)]);
pub static CANCEL_ROTATE_SECRET_RESPONSE: Shape = s("CancelRotateSecretResponse", Kind::Structure, &[o("ARN", &SECRET_ARN_TYPE), o("Name", &SECRET_NAME_TYPE), o("VersionId", &SECRET_VERSION_ID_TYPE)]);
pub static CLIENT_REQUEST_TOKEN_TYPE: Shape = s("ClientRequestTokenType", Kind::String, &[]).rules(&Rules { min: Some(32.0), max: Some(64.0), pattern: None, values: &[] });
pub static CREATE_SECRET_REQUEST: Shape = s("CreateSecretRequest", Kind::Structure, &[r("Name", &NAME_TYPE), o("ClientRequestToken", &CLIENT_REQUEST_TOKEN_TYPE).traits(&Traits { idempotency_token: true, ..NONE }), o("Description", &DESCRIPTION_TYPE), o("KmsKeyId", &KMS_KEY_ID_TYPE), o("SecretBinary", &SECRET_BINARY_TYPE), o("SecretString", &SECRET_STRING_TYPE), o("Tags", &TAG_LIST_TYPE), o("AddReplicaRegions", &ADD_REPLICA_REGION_LIST_TYPE), o("ForceOverwriteReplicaSecret", &BOOLEAN_TYPE), o("Type", &MEDEA_TYPE_TYPE), o("CrossAccountPrimaryARN", &SECRET_ARN_TYPE)]);
pub static CREATE_SECRET_RESPONSE: Shape = s("CreateSecretResponse", Kind::Structure, &[o("ARN", &SECRET_ARN_TYPE), o("Name", &SECRET_NAME_TYPE), o("VersionId", &SECRET_VERSION_ID_TYPE), o("ReplicationStatus", &REPLICATION_STATUS_LIST_TYPE)]);
pub static CREATED_DATE_TYPE: Shape = s("CreatedDateType", Kind::Timestamp, &[]);
pub static CROSS_ACCOUNT_PRIMARY_TYPE: Shape = s("CrossAccountPrimaryType", Kind::Structure, &[o("PrimarySecretARN", &SECRET_ARN_TYPE), o("ReplicationStatus", &STATUS_TYPE), o("StatusMessage", &STATUS_MESSAGE_TYPE)]);
pub static CROSS_ACCOUNT_REPLICA_ENTRY: Shape = s("CrossAccountReplicaEntry", Kind::Structure, &[o("ReplicaSecretARN", &SECRET_ARN_TYPE), o("ReplicationRoleARN", &ROLE_ARN_TYPE), o("ReplicationStatus", &STATUS_TYPE), o("StatusMessage", &STATUS_MESSAGE_TYPE)]);
pub static CROSS_ACCOUNT_REPLICA_LIST_TYPE: Shape = s("CrossAccountReplicaListType", Kind::List, &[o("member", &CROSS_ACCOUNT_REPLICA_ENTRY)]).rules(&Rules { min: Some(1.0), max: Some(100.0), pattern: None, values: &[] });
pub static DECRYPTION_FAILURE: Shape = s("DecryptionFailure", Kind::Structure, &[o("Message", &ERROR_MESSAGE)]);
pub static DELETE_RESOURCE_POLICY_REQUEST: Shape = s("DeleteResourcePolicyRequest", Kind::Structure, &[r("SecretId", &SECRET_ID_TYPE), o("PolicyName", &RESOURCE_POLICY_NAME_TYPE)]);
pub static DELETE_RESOURCE_POLICY_RESPONSE: Shape = s("DeleteResourcePolicyResponse", Kind::Structure, &[o("ARN", &SECRET_ARN_TYPE), o("Name", &NAME_TYPE), o("PolicyName", &RESOURCE_POLICY_NAME_TYPE)]);
pub static DELETE_SECRET_REQUEST: Shape = s("DeleteSecretRequest", Kind::Structure, &[r("SecretId", &SECRET_ID_TYPE), o("RecoveryWindowInDays", &RECOVERY_WINDOW_IN_DAYS_TYPE), o("ForceDeleteWithoutRecovery", &BOOLEAN_TYPE)]);
pub static DELETE_SECRET_RESPONSE: Shape = s("DeleteSecretResponse", Kind::Structure, &[o("ARN", &SECRET_ARN_TYPE), o("Name", &SECRET_NAME_TYPE), o("DeletionDate", &DELETION_DATE_TYPE)]);
pub static DELETED_DATE_TYPE: Shape = s("DeletedDateType", Kind::Timestamp, &[]);
pub static DELETION_DATE_TYPE: Shape = s("DeletionDateType", Kind::Timestamp, &[]);
pub static DESCRIBE_SECRET_REQUEST: Shape = s("DescribeSecretRequest", Kind::Structure, &[r("SecretId", &SECRET_ID_TYPE)]);
pub static DESCRIBE_SECRET_RESPONSE: Shape = s("DescribeSecretResponse", Kind::Structure, &[o("ARN", &SECRET_ARN_TYPE), o("Name", &SECRET_NAME_TYPE), o("Type", &MEDEA_TYPE_TYPE), o("Description", &DESCRIPTION_TYPE), o("KmsKeyId", &KMS_KEY_ID_TYPE), o("RotationEnabled", &ROTATION_ENABLED_TYPE), o("RotationLambdaARN", &ROTATION_LAMBDA_ARN_TYPE), o("RotationRules", &ROTATION_RULES_TYPE), o("ExternalSecretRotationMetadata", &EXTERNAL_SECRET_ROTATION_METADATA_TYPE), o("ExternalSecretRotationRoleArn", &ROLE_ARN_TYPE), o("LastRotatedDate", &LAST_ROTATED_DATE_TYPE), o("LastChangedDate", &LAST_CHANGED_DATE_TYPE), o("LastAccessedDate", &LAST_ACCESSED_DATE_TYPE), o("DeletedDate", &DELETED_DATE_TYPE), o("NextRotationDate", &NEXT_ROTATION_DATE_TYPE), o("Tags", &TAG_LIST_TYPE), o("VersionIdsToStages", &SECRET_VERSIONS_TO_STAGES_MAP_TYPE), o("OwningService", &OWNING_SERVICE_TYPE), o("CreatedDate", &TIMESTAMP_TYPE), o("PrimaryRegion", &REGION_TYPE), o("ReplicationStatus", &REPLICATION_STATUS_LIST_TYPE), o("CrossAccountPrimary", &CROSS_ACCOUNT_PRIMARY_TYPE), o("CrossAccountReplicas", &CROSS_ACCOUNT_REPLICA_LIST_TYPE)]);
pub static DESCRIPTION_TYPE: Shape = s("DescriptionType", Kind::String, &[]).rules(&Rules { min: None, max: Some(2048.0), pattern: None, values: &[] });
pub static DISASSOCIATE_CROSS_ACCOUNT_REPLICA_REQUEST: Shape = s("DisassociateCrossAccountReplicaRequest", Kind::Structure, &[r("SecretId", &SECRET_ID_TYPE), r("CrossAccountReplicaARN", &SECRET_ARN_TYPE)]);
pub static DISASSOCIATE_CROSS_ACCOUNT_REPLICA_RESPONSE: Shape = s("DisassociateCrossAccountReplicaResponse", Kind::Structure, &[o("ARN", &SECRET_ARN_TYPE), o("CrossAccountReplicaARN", &SECRET_ARN_TYPE)]);
pub static DURATION_TYPE: Shape = s("DurationType", Kind::String, &[]).rules(&Rules { min: Some(2.0), max: Some(3.0), pattern: Some("[0-9]+h"), values: &[] });
pub static ENCRYPTION_FAILURE: Shape = s("EncryptionFailure", Kind::Structure, &[o("Message", &ERROR_MESSAGE)]);
pub static ERROR_CODE: Shape = s("ErrorCode", Kind::String, &[]);
pub static ERROR_MESSAGE: Shape = s("ErrorMessage", Kind::String, &[]);
pub static EXCLUDE_CHARACTERS_TYPE: Shape = s("ExcludeCharactersType", Kind::String, &[]).rules(&Rules { min: Some(0.0), max: Some(4096.0), pattern: None, values: &[] });
pub static EXCLUDE_LOWERCASE_TYPE: Shape = s("ExcludeLowercaseType", Kind::Boolean, &[]);
pub static EXCLUDE_NUMBERS_TYPE: Shape = s("ExcludeNumbersType", Kind::Boolean, &[]);
pub static EXCLUDE_PUNCTUATION_TYPE: Shape = s("ExcludePunctuationType", Kind::Boolean, &[]);
pub static EXCLUDE_UPPERCASE_TYPE: Shape = s("ExcludeUppercaseType", Kind::Boolean, &[]);
pub static EXTERNAL_SECRET_ROTATION_METADATA_ITEM: Shape = s("ExternalSecretRotationMetadataItem", Kind::Structure, &[o("Key", &EXTERNAL_SECRET_ROTATION_METADATA_ITEM_KEY_TYPE), o("Value", &EXTERNAL_SECRET_ROTATION_METADATA_ITEM_VALUE_TYPE)]);
pub static EXTERNAL_SECRET_ROTATION_METADATA_ITEM_KEY_TYPE: Shape = s("ExternalSecretRotationMetadataItemKeyType", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(256.0), pattern: None, values: &[] });
pub static EXTERNAL_SECRET_ROTATION_METADATA_ITEM_VALUE_TYPE: Shape = s("ExternalSecretRotationMetadataItemValueType", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(2048.0), pattern: None, values: &[] });
pub static EXTERNAL_SECRET_ROTATION_METADATA_TYPE: Shape = s("ExternalSecretRotationMetadataType", Kind::List, &[o("member", &EXTERNAL_SECRET_ROTATION_METADATA_ITEM)]);
pub static FILTER: Shape = s("Filter", Kind::Structure, &[o("Key", &FILTER_NAME_STRING_TYPE), o("Values", &FILTER_VALUES_STRING_LIST)]);
pub static FILTER_NAME_STRING_TYPE: Shape = s("FilterNameStringType", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["description", "name", "tag-key", "tag-value", "primary-region", "owning-service", "all"] });
pub static FILTER_VALUE_STRING_TYPE: Shape = s("FilterValueStringType", Kind::String, &[]).rules(&Rules { min: None, max: Some(512.0), pattern: Some("^\\!?[a-zA-Z0-9 :_@\\/\\+\\=\\.\\-\\!]*$"), values: &[] });
pub static FILTER_VALUES_STRING_LIST: Shape = s("FilterValuesStringList", Kind::List, &[o("member", &FILTER_VALUE_STRING_TYPE)]).rules(&Rules { min: Some(1.0), max: Some(10.0), pattern: None, values: &[] });
pub static FILTERS_LIST_TYPE: Shape = s("FiltersListType", Kind::List, &[o("member", &FILTER)]).rules(&Rules { min: None, max: Some(10.0), pattern: None, values: &[] });
pub static GET_RANDOM_PASSWORD_REQUEST: Shape = s("GetRandomPasswordRequest", Kind::Structure, &[o("PasswordLength", &PASSWORD_LENGTH_TYPE), o("ExcludeCharacters", &EXCLUDE_CHARACTERS_TYPE), o("ExcludeNumbers", &EXCLUDE_NUMBERS_TYPE), o("ExcludePunctuation", &EXCLUDE_PUNCTUATION_TYPE), o("ExcludeUppercase", &EXCLUDE_UPPERCASE_TYPE), o("ExcludeLowercase", &EXCLUDE_LOWERCASE_TYPE), o("IncludeSpace", &INCLUDE_SPACE_TYPE), o("RequireEachIncludedType", &REQUIRE_EACH_INCLUDED_TYPE_TYPE)]);
pub static GET_RANDOM_PASSWORD_RESPONSE: Shape = s("GetRandomPasswordResponse", Kind::Structure, &[o("RandomPassword", &RANDOM_PASSWORD_TYPE)]);
pub static GET_RESOURCE_POLICY_REQUEST: Shape = s("GetResourcePolicyRequest", Kind::Structure, &[r("SecretId", &SECRET_ID_TYPE), o("PolicyName", &RESOURCE_POLICY_NAME_TYPE)]);
pub static GET_RESOURCE_POLICY_RESPONSE: Shape = s("GetResourcePolicyResponse", Kind::Structure, &[o("ARN", &SECRET_ARN_TYPE), o("Name", &NAME_TYPE), o("ResourcePolicy", &NON_EMPTY_RESOURCE_POLICY_TYPE), o("PolicyName", &RESOURCE_POLICY_NAME_TYPE)]);
pub static GET_SECRET_VALUE_REQUEST: Shape = s("GetSecretValueRequest", Kind::Structure, &[r("SecretId", &SECRET_ID_TYPE), o("VersionId", &SECRET_VERSION_ID_TYPE), o("VersionStage", &SECRET_VERSION_STAGE_TYPE)]);
pub static GET_SECRET_VALUE_RESPONSE: Shape = s("GetSecretValueResponse", Kind::Structure, &[o("ARN", &SECRET_ARN_TYPE), o("Name", &SECRET_NAME_TYPE), o("VersionId", &SECRET_VERSION_ID_TYPE), o("SecretBinary", &SECRET_BINARY_TYPE), o("SecretString", &SECRET_STRING_TYPE), o("VersionStages", &SECRET_VERSION_STAGES_TYPE), o("CreatedDate", &CREATED_DATE_TYPE)]);
pub static INCLUDE_SPACE_TYPE: Shape = s("IncludeSpaceType", Kind::Boolean, &[]);
pub static INTERNAL_SERVICE_ERROR: Shape = s("InternalServiceError", Kind::Structure, &[o("Message", &ERROR_MESSAGE)]).traits(&Traits { error: Some(&ErrorTraits { code: None, status: None, receiver: true }), ..NONE });
pub static INVALID_NEXT_TOKEN_EXCEPTION: Shape = s("InvalidNextTokenException", Kind::Structure, &[o("Message", &ERROR_MESSAGE)]);
pub static INVALID_PARAMETER_EXCEPTION: Shape = s("InvalidParameterException", Kind::Structure, &[o("Message", &ERROR_MESSAGE)]);
pub static INVALID_REQUEST_EXCEPTION: Shape = s("InvalidRequestException", Kind::Structure, &[o("Message", &ERROR_MESSAGE)]);
pub static KMS_KEY_ID_LIST_TYPE: Shape = s("KmsKeyIdListType", Kind::List, &[o("member", &KMS_KEY_ID_TYPE)]);
pub static KMS_KEY_ID_TYPE: Shape = s("KmsKeyIdType", Kind::String, &[]).rules(&Rules { min: Some(0.0), max: Some(2048.0), pattern: None, values: &[] });
pub static LAST_ACCESSED_DATE_TYPE: Shape = s("LastAccessedDateType", Kind::Timestamp, &[]);
pub static LAST_CHANGED_DATE_TYPE: Shape = s("LastChangedDateType", Kind::Timestamp, &[]);
pub static LAST_ROTATED_DATE_TYPE: Shape = s("LastRotatedDateType", Kind::Timestamp, &[]);
pub static LIMIT_EXCEEDED_EXCEPTION: Shape = s("LimitExceededException", Kind::Structure, &[o("Message", &ERROR_MESSAGE)]);
pub static LIST_RESOURCE_POLICIES_REQUEST: Shape = s("ListResourcePoliciesRequest", Kind::Structure, &[r("SecretId", &SECRET_ID_TYPE), o("MaxResults", &MAX_RESULTS_TYPE), o("NextToken", &NEXT_TOKEN_TYPE)]);
pub static LIST_RESOURCE_POLICIES_RESPONSE: Shape = s("ListResourcePoliciesResponse", Kind::Structure, &[r("ResourcePolicies", &RESOURCE_POLICY_SUMMARY_LIST_TYPE), o("NextToken", &NEXT_TOKEN_TYPE)]);
pub static LIST_SECRET_VERSION_IDS_REQUEST: Shape = s("ListSecretVersionIdsRequest", Kind::Structure, &[r("SecretId", &SECRET_ID_TYPE), o("MaxResults", &MAX_RESULTS_TYPE), o("NextToken", &NEXT_TOKEN_TYPE), o("IncludeDeprecated", &BOOLEAN_TYPE)]);
pub static LIST_SECRET_VERSION_IDS_RESPONSE: Shape = s("ListSecretVersionIdsResponse", Kind::Structure, &[o("Versions", &SECRET_VERSIONS_LIST_TYPE), o("NextToken", &NEXT_TOKEN_TYPE), o("ARN", &SECRET_ARN_TYPE), o("Name", &SECRET_NAME_TYPE)]);
pub static LIST_SECRETS_REQUEST: Shape = s("ListSecretsRequest", Kind::Structure, &[o("IncludePlannedDeletion", &BOOLEAN_TYPE), o("MaxResults", &MAX_RESULTS_TYPE), o("NextToken", &NEXT_TOKEN_TYPE), o("Filters", &FILTERS_LIST_TYPE), o("SortOrder", &SORT_ORDER_TYPE), o("SortBy", &SORT_BY_TYPE)]);
pub static LIST_SECRETS_RESPONSE: Shape = s("ListSecretsResponse", Kind::Structure, &[o("SecretList", &SECRET_LIST_TYPE), o("NextToken", &NEXT_TOKEN_TYPE)]);
pub static MALFORMED_POLICY_DOCUMENT_EXCEPTION: Shape = s("MalformedPolicyDocumentException", Kind::Structure, &[o("Message", &ERROR_MESSAGE)]);
pub static MAX_RESULTS_BATCH_TYPE: Shape = s("MaxResultsBatchType", Kind::Integer, &[]).rules(&Rules { min: Some(1.0), max: Some(20.0), pattern: None, values: &[] });
pub static MAX_RESULTS_TYPE: Shape = s("MaxResultsType", Kind::Integer, &[]).rules(&Rules { min: Some(1.0), max: Some(100.0), pattern: None, values: &[] });
pub static MEDEA_TYPE_TYPE: Shape = s("MedeaTypeType", Kind::String, &[]).rules(&Rules { min: Some(0.0), max: Some(256.0), pattern: None, values: &[] });
pub static NAME_TYPE: Shape = s("NameType", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(512.0), pattern: None, values: &[] });
pub static NEXT_ROTATION_DATE_TYPE: Shape = s("NextRotationDateType", Kind::Timestamp, &[]);
pub static NEXT_TOKEN_TYPE: Shape = s("NextTokenType", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(4096.0), pattern: None, values: &[] });
pub static NON_EMPTY_RESOURCE_POLICY_TYPE: Shape = s("NonEmptyResourcePolicyType", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(20480.0), pattern: None, values: &[] });
pub static OWNING_SERVICE_TYPE: Shape = s("OwningServiceType", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(128.0), pattern: None, values: &[] });
pub static PASSWORD_LENGTH_TYPE: Shape = s("PasswordLengthType", Kind::Long, &[]).rules(&Rules { min: Some(1.0), max: Some(4096.0), pattern: None, values: &[] });
pub static PRECONDITION_NOT_MET_EXCEPTION: Shape = s("PreconditionNotMetException", Kind::Structure, &[o("Message", &ERROR_MESSAGE)]);
pub static PUBLIC_POLICY_EXCEPTION: Shape = s("PublicPolicyException", Kind::Structure, &[o("Message", &ERROR_MESSAGE)]);
pub static PUT_RESOURCE_POLICY_REQUEST: Shape = s("PutResourcePolicyRequest", Kind::Structure, &[r("SecretId", &SECRET_ID_TYPE), r("ResourcePolicy", &NON_EMPTY_RESOURCE_POLICY_TYPE), o("PolicyName", &RESOURCE_POLICY_NAME_TYPE), o("BlockPublicPolicy", &BOOLEAN_TYPE)]);
pub static PUT_RESOURCE_POLICY_RESPONSE: Shape = s("PutResourcePolicyResponse", Kind::Structure, &[o("ARN", &SECRET_ARN_TYPE), o("Name", &NAME_TYPE), o("PolicyName", &RESOURCE_POLICY_NAME_TYPE)]);
pub static PUT_SECRET_VALUE_REQUEST: Shape = s("PutSecretValueRequest", Kind::Structure, &[r("SecretId", &SECRET_ID_TYPE), o("ClientRequestToken", &CLIENT_REQUEST_TOKEN_TYPE).traits(&Traits { idempotency_token: true, ..NONE }), o("SecretBinary", &SECRET_BINARY_TYPE), o("SecretString", &SECRET_STRING_TYPE), o("VersionStages", &SECRET_VERSION_STAGES_TYPE), o("RotationToken", &ROTATION_TOKEN_TYPE)]);
pub static PUT_SECRET_VALUE_RESPONSE: Shape = s("PutSecretValueResponse", Kind::Structure, &[o("ARN", &SECRET_ARN_TYPE), o("Name", &SECRET_NAME_TYPE), o("VersionId", &SECRET_VERSION_ID_TYPE), o("VersionStages", &SECRET_VERSION_STAGES_TYPE)]);
pub static RANDOM_PASSWORD_TYPE: Shape = s("RandomPasswordType", Kind::String, &[]).rules(&Rules { min: Some(0.0), max: Some(4096.0), pattern: None, values: &[] }).traits(&Traits { sensitive: true, ..NONE });
pub static RECOVERY_WINDOW_IN_DAYS_TYPE: Shape = s("RecoveryWindowInDaysType", Kind::Long, &[]);
pub static REGION_TYPE: Shape = s("RegionType", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(128.0), pattern: Some("^([a-z]+-)+\\d+$"), values: &[] });
pub static REMOVE_REGIONS_FROM_REPLICATION_REQUEST: Shape = s("RemoveRegionsFromReplicationRequest", Kind::Structure, &[r("SecretId", &SECRET_ID_TYPE), r("RemoveReplicaRegions", &REMOVE_REPLICA_REGION_LIST_TYPE)]);
pub static REMOVE_REGIONS_FROM_REPLICATION_RESPONSE: Shape = s("RemoveRegionsFromReplicationResponse", Kind::Structure, &[o("ARN", &SECRET_ARN_TYPE), o("ReplicationStatus", &REPLICATION_STATUS_LIST_TYPE)]);
pub static REMOVE_REPLICA_REGION_LIST_TYPE: Shape = s("RemoveReplicaRegionListType", Kind::List, &[o("member", &REGION_TYPE)]).rules(&Rules { min: Some(1.0), max: None, pattern: None, values: &[] });
pub static REPLICA_REGION_TYPE: Shape = s("ReplicaRegionType", Kind::Structure, &[o("Region", &REGION_TYPE), o("KmsKeyId", &KMS_KEY_ID_TYPE)]);
pub static REPLICA_RESTRICTION_TYPE: Shape = s("ReplicaRestrictionType", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["SameOrg", "NoRestriction"] });
pub static REPLICATE_SECRET_TO_REGIONS_REQUEST: Shape = s("ReplicateSecretToRegionsRequest", Kind::Structure, &[r("SecretId", &SECRET_ID_TYPE), r("AddReplicaRegions", &ADD_REPLICA_REGION_LIST_TYPE), o("ForceOverwriteReplicaSecret", &BOOLEAN_TYPE)]);
pub static REPLICATE_SECRET_TO_REGIONS_RESPONSE: Shape = s("ReplicateSecretToRegionsResponse", Kind::Structure, &[o("ARN", &SECRET_ARN_TYPE), o("ReplicationStatus", &REPLICATION_STATUS_LIST_TYPE)]);
pub static REPLICATION_STATUS_LIST_TYPE: Shape = s("ReplicationStatusListType", Kind::List, &[o("member", &REPLICATION_STATUS_TYPE)]);
pub static REPLICATION_STATUS_TYPE: Shape = s("ReplicationStatusType", Kind::Structure, &[o("Region", &REGION_TYPE), o("KmsKeyId", &KMS_KEY_ID_TYPE), o("Status", &STATUS_TYPE), o("StatusMessage", &STATUS_MESSAGE_TYPE), o("LastAccessedDate", &LAST_ACCESSED_DATE_TYPE)]);
pub static REQUIRE_EACH_INCLUDED_TYPE_TYPE: Shape = s("RequireEachIncludedTypeType", Kind::Boolean, &[]);
pub static RESOURCE_EXISTS_EXCEPTION: Shape = s("ResourceExistsException", Kind::Structure, &[o("Message", &ERROR_MESSAGE)]);
pub static RESOURCE_NOT_FOUND_EXCEPTION: Shape = s("ResourceNotFoundException", Kind::Structure, &[o("Message", &ERROR_MESSAGE)]);
pub static RESOURCE_POLICY_NAME_TYPE: Shape = s("ResourcePolicyNameType", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(64.0), pattern: Some("[0-9A-Za-z\\-\\_]+"), values: &[] });
pub static RESOURCE_POLICY_SUMMARY: Shape = s("ResourcePolicySummary", Kind::Structure, &[o("PolicyName", &RESOURCE_POLICY_NAME_TYPE)]);
pub static RESOURCE_POLICY_SUMMARY_LIST_TYPE: Shape = s("ResourcePolicySummaryListType", Kind::List, &[o("member", &RESOURCE_POLICY_SUMMARY)]).rules(&Rules { min: Some(0.0), max: Some(100.0), pattern: None, values: &[] });
pub static RESTORE_SECRET_REQUEST: Shape = s("RestoreSecretRequest", Kind::Structure, &[r("SecretId", &SECRET_ID_TYPE)]);
pub static RESTORE_SECRET_RESPONSE: Shape = s("RestoreSecretResponse", Kind::Structure, &[o("ARN", &SECRET_ARN_TYPE), o("Name", &SECRET_NAME_TYPE)]);
pub static ROLE_ARN_TYPE: Shape = s("RoleARNType", Kind::String, &[]).rules(&Rules { min: Some(20.0), max: Some(2048.0), pattern: None, values: &[] });
pub static ROTATE_SECRET_REQUEST: Shape = s("RotateSecretRequest", Kind::Structure, &[r("SecretId", &SECRET_ID_TYPE), o("ClientRequestToken", &CLIENT_REQUEST_TOKEN_TYPE).traits(&Traits { idempotency_token: true, ..NONE }), o("RotationLambdaARN", &ROTATION_LAMBDA_ARN_TYPE), o("RotationRules", &ROTATION_RULES_TYPE), o("ExternalSecretRotationMetadata", &EXTERNAL_SECRET_ROTATION_METADATA_TYPE), o("ExternalSecretRotationRoleArn", &ROLE_ARN_TYPE), o("RotateImmediately", &BOOLEAN_TYPE)]);
pub static ROTATE_SECRET_RESPONSE: Shape = s("RotateSecretResponse", Kind::Structure, &[o("ARN", &SECRET_ARN_TYPE), o("Name", &SECRET_NAME_TYPE), o("VersionId", &SECRET_VERSION_ID_TYPE)]);
pub static ROTATION_ENABLED_TYPE: Shape = s("RotationEnabledType", Kind::Boolean, &[]);
pub static ROTATION_LAMBDA_ARN_TYPE: Shape = s("RotationLambdaARNType", Kind::String, &[]).rules(&Rules { min: Some(0.0), max: Some(2048.0), pattern: None, values: &[] });
pub static ROTATION_RULES_TYPE: Shape = s("RotationRulesType", Kind::Structure, &[o("AutomaticallyAfterDays", &AUTOMATICALLY_ROTATE_AFTER_DAYS_TYPE), o("Duration", &DURATION_TYPE), o("ScheduleExpression", &SCHEDULE_EXPRESSION_TYPE)]);
pub static ROTATION_TOKEN_TYPE: Shape = s("RotationTokenType", Kind::String, &[]).rules(&Rules { min: Some(36.0), max: Some(256.0), pattern: Some("^[a-zA-Z0-9\\-]+$"), values: &[] }).traits(&Traits { sensitive: true, ..NONE });
pub static SCHEDULE_EXPRESSION_TYPE: Shape = s("ScheduleExpressionType", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(256.0), pattern: Some("[0-9A-Za-z\\(\\)#\\?\\*\\-\\/, ]+"), values: &[] });
pub static SECRET_ARN_TYPE: Shape = s("SecretARNType", Kind::String, &[]).rules(&Rules { min: Some(20.0), max: Some(2048.0), pattern: None, values: &[] });
pub static SECRET_BINARY_TYPE: Shape = s("SecretBinaryType", Kind::Blob, &[]).rules(&Rules { min: Some(1.0), max: Some(65536.0), pattern: None, values: &[] }).traits(&Traits { sensitive: true, ..NONE });
pub static SECRET_ID_LIST_TYPE: Shape = s("SecretIdListType", Kind::List, &[o("member", &SECRET_ID_TYPE)]).rules(&Rules { min: Some(1.0), max: Some(20.0), pattern: None, values: &[] });
pub static SECRET_ID_TYPE: Shape = s("SecretIdType", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(2048.0), pattern: None, values: &[] });
pub static SECRET_LIST_ENTRY: Shape = s("SecretListEntry", Kind::Structure, &[o("ARN", &SECRET_ARN_TYPE), o("Name", &SECRET_NAME_TYPE), o("Type", &MEDEA_TYPE_TYPE), o("Description", &DESCRIPTION_TYPE), o("KmsKeyId", &KMS_KEY_ID_TYPE), o("RotationEnabled", &ROTATION_ENABLED_TYPE), o("RotationLambdaARN", &ROTATION_LAMBDA_ARN_TYPE), o("RotationRules", &ROTATION_RULES_TYPE), o("ExternalSecretRotationMetadata", &EXTERNAL_SECRET_ROTATION_METADATA_TYPE), o("ExternalSecretRotationRoleArn", &ROLE_ARN_TYPE), o("LastRotatedDate", &LAST_ROTATED_DATE_TYPE), o("LastChangedDate", &LAST_CHANGED_DATE_TYPE), o("LastAccessedDate", &LAST_ACCESSED_DATE_TYPE), o("DeletedDate", &DELETED_DATE_TYPE), o("NextRotationDate", &NEXT_ROTATION_DATE_TYPE), o("Tags", &TAG_LIST_TYPE), o("SecretVersionsToStages", &SECRET_VERSIONS_TO_STAGES_MAP_TYPE), o("OwningService", &OWNING_SERVICE_TYPE), o("CreatedDate", &TIMESTAMP_TYPE), o("PrimaryRegion", &REGION_TYPE)]);
pub static SECRET_LIST_TYPE: Shape = s("SecretListType", Kind::List, &[o("member", &SECRET_LIST_ENTRY)]);
pub static SECRET_NAME_TYPE: Shape = s("SecretNameType", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(256.0), pattern: None, values: &[] });
pub static SECRET_STRING_TYPE: Shape = s("SecretStringType", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(65536.0), pattern: None, values: &[] }).traits(&Traits { sensitive: true, ..NONE });
pub static SECRET_VALUE_ENTRY: Shape = s("SecretValueEntry", Kind::Structure, &[o("ARN", &SECRET_ARN_TYPE), o("Name", &SECRET_NAME_TYPE), o("VersionId", &SECRET_VERSION_ID_TYPE), o("SecretBinary", &SECRET_BINARY_TYPE), o("SecretString", &SECRET_STRING_TYPE), o("VersionStages", &SECRET_VERSION_STAGES_TYPE), o("CreatedDate", &CREATED_DATE_TYPE)]);
pub static SECRET_VALUES_TYPE: Shape = s("SecretValuesType", Kind::List, &[o("member", &SECRET_VALUE_ENTRY)]);
pub static SECRET_VERSION_ID_TYPE: Shape = s("SecretVersionIdType", Kind::String, &[]).rules(&Rules { min: Some(32.0), max: Some(64.0), pattern: None, values: &[] });
pub static SECRET_VERSION_STAGE_TYPE: Shape = s("SecretVersionStageType", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(256.0), pattern: None, values: &[] });
pub static SECRET_VERSION_STAGES_TYPE: Shape = s("SecretVersionStagesType", Kind::List, &[o("member", &SECRET_VERSION_STAGE_TYPE)]).rules(&Rules { min: Some(1.0), max: Some(20.0), pattern: None, values: &[] });
pub static SECRET_VERSIONS_LIST_ENTRY: Shape = s("SecretVersionsListEntry", Kind::Structure, &[o("VersionId", &SECRET_VERSION_ID_TYPE), o("VersionStages", &SECRET_VERSION_STAGES_TYPE), o("LastAccessedDate", &LAST_ACCESSED_DATE_TYPE), o("CreatedDate", &CREATED_DATE_TYPE), o("KmsKeyIds", &KMS_KEY_ID_LIST_TYPE)]);
pub static SECRET_VERSIONS_LIST_TYPE: Shape = s("SecretVersionsListType", Kind::List, &[o("member", &SECRET_VERSIONS_LIST_ENTRY)]);
pub static SECRET_VERSIONS_TO_STAGES_MAP_TYPE: Shape = s("SecretVersionsToStagesMapType", Kind::Map, &[o("key", &SECRET_VERSION_ID_TYPE), o("value", &SECRET_VERSION_STAGES_TYPE)]);
pub static SORT_BY_TYPE: Shape = s("SortByType", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["created-date", "last-accessed-date", "last-changed-date", "name"] });
pub static SORT_ORDER_TYPE: Shape = s("SortOrderType", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["asc", "desc"] });
pub static STATUS_MESSAGE_TYPE: Shape = s("StatusMessageType", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(4096.0), pattern: None, values: &[] });
pub static STATUS_TYPE: Shape = s("StatusType", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["InSync", "Failed", "InProgress", "Pending", "Detached"] });
pub static STOP_REPLICATION_TO_REPLICA_REQUEST: Shape = s("StopReplicationToReplicaRequest", Kind::Structure, &[r("SecretId", &SECRET_ID_TYPE)]);
pub static STOP_REPLICATION_TO_REPLICA_RESPONSE: Shape = s("StopReplicationToReplicaResponse", Kind::Structure, &[o("ARN", &SECRET_ARN_TYPE)]);
pub static TAG: Shape = s("Tag", Kind::Structure, &[o("Key", &TAG_KEY_TYPE), o("Value", &TAG_VALUE_TYPE)]);
pub static TAG_KEY_LIST_TYPE: Shape = s("TagKeyListType", Kind::List, &[o("member", &TAG_KEY_TYPE)]);
pub static TAG_KEY_TYPE: Shape = s("TagKeyType", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(128.0), pattern: None, values: &[] });
pub static TAG_LIST_TYPE: Shape = s("TagListType", Kind::List, &[o("member", &TAG)]);
pub static TAG_RESOURCE_REQUEST: Shape = s("TagResourceRequest", Kind::Structure, &[r("SecretId", &SECRET_ID_TYPE), r("Tags", &TAG_LIST_TYPE)]);
pub static TAG_VALUE_TYPE: Shape = s("TagValueType", Kind::String, &[]).rules(&Rules { min: Some(0.0), max: Some(256.0), pattern: None, values: &[] });
pub static TIMESTAMP_TYPE: Shape = s("TimestampType", Kind::Timestamp, &[]);
pub static UNTAG_RESOURCE_REQUEST: Shape = s("UntagResourceRequest", Kind::Structure, &[r("SecretId", &SECRET_ID_TYPE), r("TagKeys", &TAG_KEY_LIST_TYPE)]);
pub static UPDATE_SECRET_REQUEST: Shape = s("UpdateSecretRequest", Kind::Structure, &[r("SecretId", &SECRET_ID_TYPE), o("ClientRequestToken", &CLIENT_REQUEST_TOKEN_TYPE).traits(&Traits { idempotency_token: true, ..NONE }), o("Description", &DESCRIPTION_TYPE), o("KmsKeyId", &KMS_KEY_ID_TYPE), o("SecretBinary", &SECRET_BINARY_TYPE), o("SecretString", &SECRET_STRING_TYPE), o("Type", &MEDEA_TYPE_TYPE)]);
pub static UPDATE_SECRET_RESPONSE: Shape = s("UpdateSecretResponse", Kind::Structure, &[o("ARN", &SECRET_ARN_TYPE), o("Name", &SECRET_NAME_TYPE), o("VersionId", &SECRET_VERSION_ID_TYPE)]);
pub static UPDATE_SECRET_VERSION_STAGE_REQUEST: Shape = s("UpdateSecretVersionStageRequest", Kind::Structure, &[r("SecretId", &SECRET_ID_TYPE), r("VersionStage", &SECRET_VERSION_STAGE_TYPE), o("RemoveFromVersionId", &SECRET_VERSION_ID_TYPE), o("MoveToVersionId", &SECRET_VERSION_ID_TYPE)]);
pub static UPDATE_SECRET_VERSION_STAGE_RESPONSE: Shape = s("UpdateSecretVersionStageResponse", Kind::Structure, &[o("ARN", &SECRET_ARN_TYPE), o("Name", &SECRET_NAME_TYPE)]);
pub static VALIDATE_RESOURCE_POLICY_REQUEST: Shape = s("ValidateResourcePolicyRequest", Kind::Structure, &[o("SecretId", &SECRET_ID_TYPE), r("ResourcePolicy", &NON_EMPTY_RESOURCE_POLICY_TYPE)]);
pub static VALIDATE_RESOURCE_POLICY_RESPONSE: Shape = s("ValidateResourcePolicyResponse", Kind::Structure, &[o("PolicyValidationPassed", &BOOLEAN_TYPE), o("ValidationErrors", &VALIDATION_ERRORS_TYPE)]);
pub static VALIDATION_ERRORS_ENTRY: Shape = s("ValidationErrorsEntry", Kind::Structure, &[o("CheckName", &NAME_TYPE), o("ErrorMessage", &ERROR_MESSAGE)]);
pub static VALIDATION_ERRORS_TYPE: Shape = s("ValidationErrorsType", Kind::List, &[o("member", &VALIDATION_ERRORS_ENTRY)]);
