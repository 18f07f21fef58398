// @generated from botocore 1.44.5 (Apache-2.0); do not edit, run `cargo xtask import-models`.
// Model sha256 26b09f0290d206eae800340c30b0d7955bd419bd722313931ac1551ca1bc1237.
//! Amazon Elastic Container Registry, API version 2015-09-21.

use super::{o, op, r, s};
use crate::shape::{ErrorTraits, Kind, NONE, Operation, Protocol, Rules, Service, Shape, Traits};

pub static SERVICE: Service = Service {
    id: "ecr",
    full_name: "Amazon Elastic Container Registry",
    signing_name: "ecr",
    endpoint_prefix: "api.ecr",
    version: "2015-09-21",
    protocols: &[Protocol::AwsJson11],
    target_prefix: Some("AmazonEC2ContainerRegistry_V20150921"),
    namespace: None,
    query_compatible: false,
    operations: &OPERATIONS,
    errors: &[&BLOCKED_BY_ORGANIZATION_POLICY_EXCEPTION, &EMPTY_UPLOAD_EXCEPTION, &EXCLUSION_ALREADY_EXISTS_EXCEPTION, &EXCLUSION_NOT_FOUND_EXCEPTION, &IMAGE_ALREADY_EXISTS_EXCEPTION, &IMAGE_ARCHIVED_EXCEPTION, &IMAGE_DIGEST_DOES_NOT_MATCH_EXCEPTION, &IMAGE_NOT_FOUND_EXCEPTION, &IMAGE_STORAGE_CLASS_UPDATE_NOT_SUPPORTED_EXCEPTION, &IMAGE_TAG_ALREADY_EXISTS_EXCEPTION, &INVALID_LAYER_EXCEPTION, &INVALID_LAYER_PART_EXCEPTION, &INVALID_PARAMETER_EXCEPTION, &INVALID_TAG_PARAMETER_EXCEPTION, &KMS_EXCEPTION, &LAYER_ALREADY_EXISTS_EXCEPTION, &LAYER_INACCESSIBLE_EXCEPTION, &LAYER_PART_TOO_SMALL_EXCEPTION, &LAYERS_NOT_FOUND_EXCEPTION, &LIFECYCLE_POLICY_NOT_FOUND_EXCEPTION, &LIFECYCLE_POLICY_PREVIEW_IN_PROGRESS_EXCEPTION, &LIFECYCLE_POLICY_PREVIEW_NOT_FOUND_EXCEPTION, &LIMIT_EXCEEDED_EXCEPTION, &PULL_THROUGH_CACHE_RULE_ALREADY_EXISTS_EXCEPTION, &PULL_THROUGH_CACHE_RULE_NOT_FOUND_EXCEPTION, &REFERENCED_IMAGES_NOT_FOUND_EXCEPTION, &REGISTRY_POLICY_NOT_FOUND_EXCEPTION, &REPLICATION_BACKFILL_IN_PROGRESS_EXCEPTION, &REPLICATION_BACKFILL_INVALID_STATUS_EXCEPTION, &REPLICATION_BACKFILL_NOT_FOUND_EXCEPTION, &REPOSITORY_ALREADY_EXISTS_EXCEPTION, &REPOSITORY_NOT_EMPTY_EXCEPTION, &REPOSITORY_NOT_FOUND_EXCEPTION, &REPOSITORY_POLICY_NOT_FOUND_EXCEPTION, &SCAN_NOT_FOUND_EXCEPTION, &SECRET_NOT_FOUND_EXCEPTION, &SERVER_EXCEPTION, &SIGNING_CONFIGURATION_NOT_FOUND_EXCEPTION, &TEMPLATE_ALREADY_EXISTS_EXCEPTION, &TEMPLATE_NOT_FOUND_EXCEPTION, &TOO_MANY_TAGS_EXCEPTION, &UNABLE_TO_ACCESS_SECRET_EXCEPTION, &UNABLE_TO_DECRYPT_SECRET_VALUE_EXCEPTION, &UNABLE_TO_GET_UPSTREAM_IMAGE_EXCEPTION, &UNABLE_TO_GET_UPSTREAM_LAYER_EXCEPTION, &UNABLE_TO_LIST_UPSTREAM_IMAGE_REFERRERS_EXCEPTION, &UNSUPPORTED_IMAGE_TYPE_EXCEPTION, &UNSUPPORTED_UPSTREAM_REGISTRY_EXCEPTION, &UPLOAD_NOT_FOUND_EXCEPTION, &VALIDATION_EXCEPTION],
    served: include_str!("../../operations/ecr.txt"),
};

static OPERATIONS: [Operation; 62] = [
    op("BatchCheckLayerAvailability", &BATCH_CHECK_LAYER_AVAILABILITY_REQUEST, &BATCH_CHECK_LAYER_AVAILABILITY_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &REPOSITORY_NOT_FOUND_EXCEPTION, &SERVER_EXCEPTION]),
    op("BatchDeleteImage", &BATCH_DELETE_IMAGE_REQUEST, &BATCH_DELETE_IMAGE_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &REPOSITORY_NOT_FOUND_EXCEPTION, &SERVER_EXCEPTION]),
    op("BatchGetImage", &BATCH_GET_IMAGE_REQUEST, &BATCH_GET_IMAGE_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &LIMIT_EXCEEDED_EXCEPTION, &REPOSITORY_NOT_FOUND_EXCEPTION, &SERVER_EXCEPTION, &UNABLE_TO_GET_UPSTREAM_IMAGE_EXCEPTION]),
    op("BatchGetRepositoryScanningConfiguration", &BATCH_GET_REPOSITORY_SCANNING_CONFIGURATION_REQUEST, &BATCH_GET_REPOSITORY_SCANNING_CONFIGURATION_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &REPOSITORY_NOT_FOUND_EXCEPTION, &SERVER_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("CompleteLayerUpload", &COMPLETE_LAYER_UPLOAD_REQUEST, &COMPLETE_LAYER_UPLOAD_RESPONSE, &[&EMPTY_UPLOAD_EXCEPTION, &INVALID_LAYER_EXCEPTION, &INVALID_PARAMETER_EXCEPTION, &KMS_EXCEPTION, &LAYER_ALREADY_EXISTS_EXCEPTION, &LAYER_PART_TOO_SMALL_EXCEPTION, &REPOSITORY_NOT_FOUND_EXCEPTION, &SERVER_EXCEPTION, &UPLOAD_NOT_FOUND_EXCEPTION]),
    op("CreatePullThroughCacheRule", &CREATE_PULL_THROUGH_CACHE_RULE_REQUEST, &CREATE_PULL_THROUGH_CACHE_RULE_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &LIMIT_EXCEEDED_EXCEPTION, &PULL_THROUGH_CACHE_RULE_ALREADY_EXISTS_EXCEPTION, &SECRET_NOT_FOUND_EXCEPTION, &SERVER_EXCEPTION, &UNABLE_TO_ACCESS_SECRET_EXCEPTION, &UNABLE_TO_DECRYPT_SECRET_VALUE_EXCEPTION, &UNSUPPORTED_UPSTREAM_REGISTRY_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("CreateRepository", &CREATE_REPOSITORY_REQUEST, &CREATE_REPOSITORY_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &INVALID_TAG_PARAMETER_EXCEPTION, &KMS_EXCEPTION, &LIMIT_EXCEEDED_EXCEPTION, &REPOSITORY_ALREADY_EXISTS_EXCEPTION, &SERVER_EXCEPTION, &TOO_MANY_TAGS_EXCEPTION]),
    op("CreateRepositoryCreationTemplate", &CREATE_REPOSITORY_CREATION_TEMPLATE_REQUEST, &CREATE_REPOSITORY_CREATION_TEMPLATE_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &LIMIT_EXCEEDED_EXCEPTION, &SERVER_EXCEPTION, &TEMPLATE_ALREADY_EXISTS_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("DeleteLifecyclePolicy", &DELETE_LIFECYCLE_POLICY_REQUEST, &DELETE_LIFECYCLE_POLICY_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &LIFECYCLE_POLICY_NOT_FOUND_EXCEPTION, &REPOSITORY_NOT_FOUND_EXCEPTION, &SERVER_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("DeletePullThroughCacheRule", &DELETE_PULL_THROUGH_CACHE_RULE_REQUEST, &DELETE_PULL_THROUGH_CACHE_RULE_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &PULL_THROUGH_CACHE_RULE_NOT_FOUND_EXCEPTION, &SERVER_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("DeleteRegistryPolicy", &DELETE_REGISTRY_POLICY_REQUEST, &DELETE_REGISTRY_POLICY_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &REGISTRY_POLICY_NOT_FOUND_EXCEPTION, &SERVER_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("DeleteRepository", &DELETE_REPOSITORY_REQUEST, &DELETE_REPOSITORY_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &KMS_EXCEPTION, &REPOSITORY_NOT_EMPTY_EXCEPTION, &REPOSITORY_NOT_FOUND_EXCEPTION, &SERVER_EXCEPTION]),
    op("DeleteRepositoryCreationTemplate", &DELETE_REPOSITORY_CREATION_TEMPLATE_REQUEST, &DELETE_REPOSITORY_CREATION_TEMPLATE_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &SERVER_EXCEPTION, &TEMPLATE_NOT_FOUND_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("DeleteRepositoryPolicy", &DELETE_REPOSITORY_POLICY_REQUEST, &DELETE_REPOSITORY_POLICY_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &REPOSITORY_NOT_FOUND_EXCEPTION, &REPOSITORY_POLICY_NOT_FOUND_EXCEPTION, &SERVER_EXCEPTION]),
    op("DeleteSigningConfiguration", &DELETE_SIGNING_CONFIGURATION_REQUEST, &DELETE_SIGNING_CONFIGURATION_RESPONSE, &[&SERVER_EXCEPTION, &SIGNING_CONFIGURATION_NOT_FOUND_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("DeregisterPullTimeUpdateExclusion", &DEREGISTER_PULL_TIME_UPDATE_EXCLUSION_REQUEST, &DEREGISTER_PULL_TIME_UPDATE_EXCLUSION_RESPONSE, &[&EXCLUSION_NOT_FOUND_EXCEPTION, &INVALID_PARAMETER_EXCEPTION, &LIMIT_EXCEEDED_EXCEPTION, &SERVER_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("DescribeImageReplicationStatus", &DESCRIBE_IMAGE_REPLICATION_STATUS_REQUEST, &DESCRIBE_IMAGE_REPLICATION_STATUS_RESPONSE, &[&IMAGE_NOT_FOUND_EXCEPTION, &INVALID_PARAMETER_EXCEPTION, &REPOSITORY_NOT_FOUND_EXCEPTION, &SERVER_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("DescribeImageScanFindings", &DESCRIBE_IMAGE_SCAN_FINDINGS_REQUEST, &DESCRIBE_IMAGE_SCAN_FINDINGS_RESPONSE, &[&IMAGE_NOT_FOUND_EXCEPTION, &INVALID_PARAMETER_EXCEPTION, &REPOSITORY_NOT_FOUND_EXCEPTION, &SCAN_NOT_FOUND_EXCEPTION, &SERVER_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("DescribeImageSigningStatus", &DESCRIBE_IMAGE_SIGNING_STATUS_REQUEST, &DESCRIBE_IMAGE_SIGNING_STATUS_RESPONSE, &[&IMAGE_NOT_FOUND_EXCEPTION, &INVALID_PARAMETER_EXCEPTION, &REPOSITORY_NOT_FOUND_EXCEPTION, &SERVER_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("DescribeImages", &DESCRIBE_IMAGES_REQUEST, &DESCRIBE_IMAGES_RESPONSE, &[&IMAGE_NOT_FOUND_EXCEPTION, &INVALID_PARAMETER_EXCEPTION, &REPOSITORY_NOT_FOUND_EXCEPTION, &SERVER_EXCEPTION]),
    op("DescribePullThroughCacheRules", &DESCRIBE_PULL_THROUGH_CACHE_RULES_REQUEST, &DESCRIBE_PULL_THROUGH_CACHE_RULES_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &PULL_THROUGH_CACHE_RULE_NOT_FOUND_EXCEPTION, &SERVER_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("DescribeRegistry", &DESCRIBE_REGISTRY_REQUEST, &DESCRIBE_REGISTRY_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &SERVER_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("DescribeReplicationBackfillResults", &DESCRIBE_REPLICATION_BACKFILL_RESULTS_REQUEST, &DESCRIBE_REPLICATION_BACKFILL_RESULTS_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &REPLICATION_BACKFILL_NOT_FOUND_EXCEPTION, &SERVER_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("DescribeRepositories", &DESCRIBE_REPOSITORIES_REQUEST, &DESCRIBE_REPOSITORIES_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &REPOSITORY_NOT_FOUND_EXCEPTION, &SERVER_EXCEPTION]),
    op("DescribeRepositoryCreationTemplates", &DESCRIBE_REPOSITORY_CREATION_TEMPLATES_REQUEST, &DESCRIBE_REPOSITORY_CREATION_TEMPLATES_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &SERVER_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("GetAccountSetting", &GET_ACCOUNT_SETTING_REQUEST, &GET_ACCOUNT_SETTING_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &SERVER_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("GetAuthorizationToken", &GET_AUTHORIZATION_TOKEN_REQUEST, &GET_AUTHORIZATION_TOKEN_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &SERVER_EXCEPTION]),
    op("GetDownloadUrlForLayer", &GET_DOWNLOAD_URL_FOR_LAYER_REQUEST, &GET_DOWNLOAD_URL_FOR_LAYER_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &LAYER_INACCESSIBLE_EXCEPTION, &LAYERS_NOT_FOUND_EXCEPTION, &REPOSITORY_NOT_FOUND_EXCEPTION, &SERVER_EXCEPTION, &UNABLE_TO_GET_UPSTREAM_LAYER_EXCEPTION]),
    op("GetLifecyclePolicy", &GET_LIFECYCLE_POLICY_REQUEST, &GET_LIFECYCLE_POLICY_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &LIFECYCLE_POLICY_NOT_FOUND_EXCEPTION, &REPOSITORY_NOT_FOUND_EXCEPTION, &SERVER_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("GetLifecyclePolicyPreview", &GET_LIFECYCLE_POLICY_PREVIEW_REQUEST, &GET_LIFECYCLE_POLICY_PREVIEW_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &LIFECYCLE_POLICY_PREVIEW_NOT_FOUND_EXCEPTION, &REPOSITORY_NOT_FOUND_EXCEPTION, &SERVER_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("GetRegistryPolicy", &GET_REGISTRY_POLICY_REQUEST, &GET_REGISTRY_POLICY_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &REGISTRY_POLICY_NOT_FOUND_EXCEPTION, &SERVER_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("GetRegistryScanningConfiguration", &GET_REGISTRY_SCANNING_CONFIGURATION_REQUEST, &GET_REGISTRY_SCANNING_CONFIGURATION_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &SERVER_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("GetRepositoryPolicy", &GET_REPOSITORY_POLICY_REQUEST, &GET_REPOSITORY_POLICY_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &REPOSITORY_NOT_FOUND_EXCEPTION, &REPOSITORY_POLICY_NOT_FOUND_EXCEPTION, &SERVER_EXCEPTION]),
    op("GetSigningConfiguration", &GET_SIGNING_CONFIGURATION_REQUEST, &GET_SIGNING_CONFIGURATION_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &SERVER_EXCEPTION, &SIGNING_CONFIGURATION_NOT_FOUND_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("InitiateLayerUpload", &INITIATE_LAYER_UPLOAD_REQUEST, &INITIATE_LAYER_UPLOAD_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &KMS_EXCEPTION, &REPOSITORY_NOT_FOUND_EXCEPTION, &SERVER_EXCEPTION]),
    op("ListImageReferrers", &LIST_IMAGE_REFERRERS_REQUEST, &LIST_IMAGE_REFERRERS_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &REPOSITORY_NOT_FOUND_EXCEPTION, &SERVER_EXCEPTION, &UNABLE_TO_LIST_UPSTREAM_IMAGE_REFERRERS_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("ListImages", &LIST_IMAGES_REQUEST, &LIST_IMAGES_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &REPOSITORY_NOT_FOUND_EXCEPTION, &SERVER_EXCEPTION]),
    op("ListPullTimeUpdateExclusions", &LIST_PULL_TIME_UPDATE_EXCLUSIONS_REQUEST, &LIST_PULL_TIME_UPDATE_EXCLUSIONS_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &LIMIT_EXCEEDED_EXCEPTION, &SERVER_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("ListReplicationBackfills", &LIST_REPLICATION_BACKFILLS_REQUEST, &LIST_REPLICATION_BACKFILLS_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &SERVER_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("ListTagsForResource", &LIST_TAGS_FOR_RESOURCE_REQUEST, &LIST_TAGS_FOR_RESOURCE_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &REPOSITORY_NOT_FOUND_EXCEPTION, &SERVER_EXCEPTION]),
    op("PutAccountSetting", &PUT_ACCOUNT_SETTING_REQUEST, &PUT_ACCOUNT_SETTING_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &LIMIT_EXCEEDED_EXCEPTION, &SERVER_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("PutImage", &PUT_IMAGE_REQUEST, &PUT_IMAGE_RESPONSE, &[&IMAGE_ALREADY_EXISTS_EXCEPTION, &IMAGE_DIGEST_DOES_NOT_MATCH_EXCEPTION, &IMAGE_TAG_ALREADY_EXISTS_EXCEPTION, &INVALID_PARAMETER_EXCEPTION, &KMS_EXCEPTION, &LAYERS_NOT_FOUND_EXCEPTION, &LIMIT_EXCEEDED_EXCEPTION, &REFERENCED_IMAGES_NOT_FOUND_EXCEPTION, &REPOSITORY_NOT_FOUND_EXCEPTION, &SERVER_EXCEPTION]),
    op("PutImageScanningConfiguration", &PUT_IMAGE_SCANNING_CONFIGURATION_REQUEST, &PUT_IMAGE_SCANNING_CONFIGURATION_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &REPOSITORY_NOT_FOUND_EXCEPTION, &SERVER_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("PutImageTagMutability", &PUT_IMAGE_TAG_MUTABILITY_REQUEST, &PUT_IMAGE_TAG_MUTABILITY_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &REPOSITORY_NOT_FOUND_EXCEPTION, &SERVER_EXCEPTION]),
    op("PutLifecyclePolicy", &PUT_LIFECYCLE_POLICY_REQUEST, &PUT_LIFECYCLE_POLICY_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &REPOSITORY_NOT_FOUND_EXCEPTION, &SERVER_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("PutRegistryPolicy", &PUT_REGISTRY_POLICY_REQUEST, &PUT_REGISTRY_POLICY_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &SERVER_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("PutRegistryScanningConfiguration", &PUT_REGISTRY_SCANNING_CONFIGURATION_REQUEST, &PUT_REGISTRY_SCANNING_CONFIGURATION_RESPONSE, &[&BLOCKED_BY_ORGANIZATION_POLICY_EXCEPTION, &INVALID_PARAMETER_EXCEPTION, &SERVER_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("PutReplicationConfiguration", &PUT_REPLICATION_CONFIGURATION_REQUEST, &PUT_REPLICATION_CONFIGURATION_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &SERVER_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("PutSigningConfiguration", &PUT_SIGNING_CONFIGURATION_REQUEST, &PUT_SIGNING_CONFIGURATION_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &SERVER_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("RegisterPullTimeUpdateExclusion", &REGISTER_PULL_TIME_UPDATE_EXCLUSION_REQUEST, &REGISTER_PULL_TIME_UPDATE_EXCLUSION_RESPONSE, &[&EXCLUSION_ALREADY_EXISTS_EXCEPTION, &INVALID_PARAMETER_EXCEPTION, &LIMIT_EXCEEDED_EXCEPTION, &SERVER_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("SetRepositoryPolicy", &SET_REPOSITORY_POLICY_REQUEST, &SET_REPOSITORY_POLICY_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &REPOSITORY_NOT_FOUND_EXCEPTION, &SERVER_EXCEPTION]),
    op("StartImageScan", &START_IMAGE_SCAN_REQUEST, &START_IMAGE_SCAN_RESPONSE, &[&IMAGE_ARCHIVED_EXCEPTION, &IMAGE_NOT_FOUND_EXCEPTION, &INVALID_PARAMETER_EXCEPTION, &LIMIT_EXCEEDED_EXCEPTION, &REPOSITORY_NOT_FOUND_EXCEPTION, &SERVER_EXCEPTION, &UNSUPPORTED_IMAGE_TYPE_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("StartLifecyclePolicyPreview", &START_LIFECYCLE_POLICY_PREVIEW_REQUEST, &START_LIFECYCLE_POLICY_PREVIEW_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &LIFECYCLE_POLICY_NOT_FOUND_EXCEPTION, &LIFECYCLE_POLICY_PREVIEW_IN_PROGRESS_EXCEPTION, &REPOSITORY_NOT_FOUND_EXCEPTION, &SERVER_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("StartReplicationBackfill", &START_REPLICATION_BACKFILL_REQUEST, &START_REPLICATION_BACKFILL_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &LIMIT_EXCEEDED_EXCEPTION, &REPLICATION_BACKFILL_IN_PROGRESS_EXCEPTION, &SERVER_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("StopReplicationBackfill", &STOP_REPLICATION_BACKFILL_REQUEST, &STOP_REPLICATION_BACKFILL_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &REPLICATION_BACKFILL_INVALID_STATUS_EXCEPTION, &REPLICATION_BACKFILL_NOT_FOUND_EXCEPTION, &SERVER_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("TagResource", &TAG_RESOURCE_REQUEST, &TAG_RESOURCE_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &INVALID_TAG_PARAMETER_EXCEPTION, &REPOSITORY_NOT_FOUND_EXCEPTION, &SERVER_EXCEPTION, &TOO_MANY_TAGS_EXCEPTION]),
    op("UntagResource", &UNTAG_RESOURCE_REQUEST, &UNTAG_RESOURCE_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &INVALID_TAG_PARAMETER_EXCEPTION, &REPOSITORY_NOT_FOUND_EXCEPTION, &SERVER_EXCEPTION, &TOO_MANY_TAGS_EXCEPTION]),
    op("UpdateImageStorageClass", &UPDATE_IMAGE_STORAGE_CLASS_REQUEST, &UPDATE_IMAGE_STORAGE_CLASS_RESPONSE, &[&IMAGE_NOT_FOUND_EXCEPTION, &IMAGE_STORAGE_CLASS_UPDATE_NOT_SUPPORTED_EXCEPTION, &INVALID_PARAMETER_EXCEPTION, &REPOSITORY_NOT_FOUND_EXCEPTION, &SERVER_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("UpdatePullThroughCacheRule", &UPDATE_PULL_THROUGH_CACHE_RULE_REQUEST, &UPDATE_PULL_THROUGH_CACHE_RULE_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &PULL_THROUGH_CACHE_RULE_NOT_FOUND_EXCEPTION, &SECRET_NOT_FOUND_EXCEPTION, &SERVER_EXCEPTION, &UNABLE_TO_ACCESS_SECRET_EXCEPTION, &UNABLE_TO_DECRYPT_SECRET_VALUE_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("UpdateRepositoryCreationTemplate", &UPDATE_REPOSITORY_CREATION_TEMPLATE_REQUEST, &UPDATE_REPOSITORY_CREATION_TEMPLATE_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &SERVER_EXCEPTION, &TEMPLATE_NOT_FOUND_EXCEPTION, &VALIDATION_EXCEPTION]),
    op("UploadLayerPart", &UPLOAD_LAYER_PART_REQUEST, &UPLOAD_LAYER_PART_RESPONSE, &[&INVALID_LAYER_PART_EXCEPTION, &INVALID_PARAMETER_EXCEPTION, &KMS_EXCEPTION, &LIMIT_EXCEEDED_EXCEPTION, &REPOSITORY_NOT_FOUND_EXCEPTION, &SERVER_EXCEPTION, &UPLOAD_NOT_FOUND_EXCEPTION]),
    op("ValidatePullThroughCacheRule", &VALIDATE_PULL_THROUGH_CACHE_RULE_REQUEST, &VALIDATE_PULL_THROUGH_CACHE_RULE_RESPONSE, &[&INVALID_PARAMETER_EXCEPTION, &PULL_THROUGH_CACHE_RULE_NOT_FOUND_EXCEPTION, &SERVER_EXCEPTION, &VALIDATION_EXCEPTION]),
];

pub static ACCOUNT_SETTING_NAME: Shape = s("AccountSettingName", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(64.0), pattern: None, values: &[] });
pub static ACCOUNT_SETTING_VALUE: Shape = s("AccountSettingValue", Kind::String, &[]);
pub static ANNOTATIONS: Shape = s("Annotations", Kind::Map, &[o("key", &STRING), o("value", &STRING)]);
pub static ARCH: Shape = s("Arch", Kind::String, &[]);
pub static ARN: Shape = s("Arn", Kind::String, &[]);
pub static ARTIFACT_STATUS: Shape = s("ArtifactStatus", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["ACTIVE", "ARCHIVED", "ACTIVATING"] });
pub static ARTIFACT_STATUS_FILTER: Shape = s("ArtifactStatusFilter", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["ACTIVE", "ARCHIVED", "ACTIVATING", "ANY"] });
pub static ARTIFACT_TYPE: Shape = s("ArtifactType", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(255.0), pattern: None, values: &[] });
pub static ARTIFACT_TYPE_LIST: Shape = s("ArtifactTypeList", Kind::List, &[o("member", &ARTIFACT_TYPE)]).rules(&Rules { min: Some(0.0), max: Some(5.0), pattern: None, values: &[] });
pub static ATTRIBUTE: Shape = s("Attribute", Kind::Structure, &[r("key", &ATTRIBUTE_KEY), o("value", &ATTRIBUTE_VALUE)]);
pub static ATTRIBUTE_KEY: Shape = s("AttributeKey", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(128.0), pattern: None, values: &[] });
pub static ATTRIBUTE_LIST: Shape = s("AttributeList", Kind::List, &[o("member", &ATTRIBUTE)]).rules(&Rules { min: Some(0.0), max: Some(50.0), pattern: None, values: &[] });
pub static ATTRIBUTE_VALUE: Shape = s("AttributeValue", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(256.0), pattern: None, values: &[] });
pub static AUTHOR: Shape = s("Author", Kind::String, &[]);
pub static AUTHORIZATION_DATA: Shape = s("AuthorizationData", Kind::Structure, &[o("authorizationToken", &BASE64), o("expiresAt", &EXPIRATION_TIMESTAMP), o("proxyEndpoint", &PROXY_ENDPOINT)]);
pub static AUTHORIZATION_DATA_LIST: Shape = s("AuthorizationDataList", Kind::List, &[o("member", &AUTHORIZATION_DATA)]);
pub static AWS_ECR_CONTAINER_IMAGE_DETAILS: Shape = s("AwsEcrContainerImageDetails", Kind::Structure, &[o("architecture", &ARCH), o("author", &AUTHOR), o("imageHash", &IMAGE_DIGEST), o("imageTags", &IMAGE_TAGS_LIST), o("platform", &PLATFORM), o("pushedAt", &DATE), o("lastInUseAt", &DATE), o("inUseCount", &IN_USE_COUNT), o("registry", &REGISTRY_ID), o("repositoryName", &REPOSITORY_NAME)]);
pub static BASE64: Shape = s("Base64", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: Some("^\\S+$"), values: &[] });
pub static BASE_SCORE: Shape = s("BaseScore", Kind::Double, &[]);
pub static BATCH_CHECK_LAYER_AVAILABILITY_REQUEST: Shape = s("BatchCheckLayerAvailabilityRequest", Kind::Structure, &[o("registryId", &REGISTRY_ID), r("repositoryName", &REPOSITORY_NAME), r("layerDigests", &BATCHED_OPERATION_LAYER_DIGEST_LIST)]);
pub static BATCH_CHECK_LAYER_AVAILABILITY_RESPONSE: Shape = s("BatchCheckLayerAvailabilityResponse", Kind::Structure, &[o("layers", &LAYER_LIST), o("failures", &LAYER_FAILURE_LIST)]);
pub static BATCH_DELETE_IMAGE_REQUEST: Shape = s("BatchDeleteImageRequest", Kind::Structure, &[o("registryId", &REGISTRY_ID), r("repositoryName", &REPOSITORY_NAME), r("imageIds", &IMAGE_IDENTIFIER_LIST)]);
pub static BATCH_DELETE_IMAGE_RESPONSE: Shape = s("BatchDeleteImageResponse", Kind::Structure, &[o("imageIds", &IMAGE_IDENTIFIER_LIST), o("failures", &IMAGE_FAILURE_LIST)]);
pub static BATCH_GET_IMAGE_REQUEST: Shape = s("BatchGetImageRequest", Kind::Structure, &[o("registryId", &REGISTRY_ID), r("repositoryName", &REPOSITORY_NAME), r("imageIds", &IMAGE_IDENTIFIER_LIST), o("acceptedMediaTypes", &MEDIA_TYPE_LIST)]);
pub static BATCH_GET_IMAGE_RESPONSE: Shape = s("BatchGetImageResponse", Kind::Structure, &[o("images", &IMAGE_LIST), o("failures", &IMAGE_FAILURE_LIST)]);
pub static BATCH_GET_REPOSITORY_SCANNING_CONFIGURATION_REQUEST: Shape = s("BatchGetRepositoryScanningConfigurationRequest", Kind::Structure, &[r("repositoryNames", &SCANNING_CONFIGURATION_REPOSITORY_NAME_LIST)]);
pub static BATCH_GET_REPOSITORY_SCANNING_CONFIGURATION_RESPONSE: Shape = s("BatchGetRepositoryScanningConfigurationResponse", Kind::Structure, &[o("scanningConfigurations", &REPOSITORY_SCANNING_CONFIGURATION_LIST), o("failures", &REPOSITORY_SCANNING_CONFIGURATION_FAILURE_LIST)]);
pub static BATCHED_OPERATION_LAYER_DIGEST: Shape = s("BatchedOperationLayerDigest", Kind::String, &[]).rules(&Rules { min: Some(0.0), max: Some(1000.0), pattern: None, values: &[] });
pub static BATCHED_OPERATION_LAYER_DIGEST_LIST: Shape = s("BatchedOperationLayerDigestList", Kind::List, &[o("member", &BATCHED_OPERATION_LAYER_DIGEST)]).rules(&Rules { min: Some(1.0), max: Some(100.0), pattern: None, values: &[] });
pub static BLOCKED_BY_ORGANIZATION_POLICY_EXCEPTION: Shape = s("BlockedByOrganizationPolicyException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static COMPLETE_LAYER_UPLOAD_REQUEST: Shape = s("CompleteLayerUploadRequest", Kind::Structure, &[o("registryId", &REGISTRY_ID), r("repositoryName", &REPOSITORY_NAME), r("uploadId", &UPLOAD_ID), r("layerDigests", &LAYER_DIGEST_LIST)]);
pub static COMPLETE_LAYER_UPLOAD_RESPONSE: Shape = s("CompleteLayerUploadResponse", Kind::Structure, &[o("registryId", &REGISTRY_ID), o("repositoryName", &REPOSITORY_NAME), o("uploadId", &UPLOAD_ID), o("layerDigest", &LAYER_DIGEST)]);
pub static CREATE_PULL_THROUGH_CACHE_RULE_REQUEST: Shape = s("CreatePullThroughCacheRuleRequest", Kind::Structure, &[r("ecrRepositoryPrefix", &PULL_THROUGH_CACHE_RULE_REPOSITORY_PREFIX), r("upstreamRegistryUrl", &URL), o("registryId", &REGISTRY_ID), o("upstreamRegistry", &UPSTREAM_REGISTRY), o("credentialArn", &CREDENTIAL_ARN), o("customRoleArn", &CUSTOM_ROLE_ARN), o("upstreamRepositoryPrefix", &PULL_THROUGH_CACHE_RULE_REPOSITORY_PREFIX)]);
pub static CREATE_PULL_THROUGH_CACHE_RULE_RESPONSE: Shape = s("CreatePullThroughCacheRuleResponse", Kind::Structure, &[o("ecrRepositoryPrefix", &PULL_THROUGH_CACHE_RULE_REPOSITORY_PREFIX), o("upstreamRegistryUrl", &URL), o("createdAt", &CREATION_TIMESTAMP), o("registryId", &REGISTRY_ID), o("upstreamRegistry", &UPSTREAM_REGISTRY), o("credentialArn", &CREDENTIAL_ARN), o("customRoleArn", &CUSTOM_ROLE_ARN), o("upstreamRepositoryPrefix", &PULL_THROUGH_CACHE_RULE_REPOSITORY_PREFIX)]);
pub static CREATE_REPOSITORY_CREATION_TEMPLATE_REQUEST: Shape = s("CreateRepositoryCreationTemplateRequest", Kind::Structure, &[r("prefix", &PREFIX), o("description", &REPOSITORY_TEMPLATE_DESCRIPTION), o("encryptionConfiguration", &ENCRYPTION_CONFIGURATION_FOR_REPOSITORY_CREATION_TEMPLATE), o("resourceTags", &TAG_LIST), o("imageTagMutability", &IMAGE_TAG_MUTABILITY), o("imageTagMutabilityExclusionFilters", &IMAGE_TAG_MUTABILITY_EXCLUSION_FILTERS), o("repositoryPolicy", &REPOSITORY_POLICY_TEXT), o("lifecyclePolicy", &LIFECYCLE_POLICY_TEXT_FOR_REPOSITORY_CREATION_TEMPLATE), r("appliedFor", &RCT_APPLIED_FOR_LIST), o("customRoleArn", &CUSTOM_ROLE_ARN)]);
pub static CREATE_REPOSITORY_CREATION_TEMPLATE_RESPONSE: Shape = s("CreateRepositoryCreationTemplateResponse", Kind::Structure, &[o("registryId", &REGISTRY_ID), o("repositoryCreationTemplate", &REPOSITORY_CREATION_TEMPLATE)]);
pub static CREATE_REPOSITORY_REQUEST: Shape = s("CreateRepositoryRequest", Kind::Structure, &[o("registryId", &REGISTRY_ID), r("repositoryName", &REPOSITORY_NAME), o("tags", &TAG_LIST), o("imageTagMutability", &IMAGE_TAG_MUTABILITY), o("imageTagMutabilityExclusionFilters", &IMAGE_TAG_MUTABILITY_EXCLUSION_FILTERS), o("imageScanningConfiguration", &IMAGE_SCANNING_CONFIGURATION), o("encryptionConfiguration", &ENCRYPTION_CONFIGURATION)]);
pub static CREATE_REPOSITORY_RESPONSE: Shape = s("CreateRepositoryResponse", Kind::Structure, &[o("repository", &REPOSITORY)]);
pub static CREATION_TIMESTAMP: Shape = s("CreationTimestamp", Kind::Timestamp, &[]);
pub static CREDENTIAL_ARN: Shape = s("CredentialArn", Kind::String, &[]).rules(&Rules { min: Some(50.0), max: Some(612.0), pattern: Some("^arn:aws(-\\w+)*:secretsmanager:[a-zA-Z0-9-:]+:secret:ecr\\-pullthroughcache\\/[a-zA-Z0-9\\/_+=.@-]+$"), values: &[] });
pub static CUSTOM_ROLE_ARN: Shape = s("CustomRoleArn", Kind::String, &[]).rules(&Rules { min: None, max: Some(2048.0), pattern: None, values: &[] });
pub static CVSS_SCORE: Shape = s("CvssScore", Kind::Structure, &[o("baseScore", &BASE_SCORE), o("scoringVector", &SCORING_VECTOR), o("source", &SOURCE), o("version", &VERSION)]);
pub static CVSS_SCORE_ADJUSTMENT: Shape = s("CvssScoreAdjustment", Kind::Structure, &[o("metric", &METRIC), o("reason", &REASON)]);
pub static CVSS_SCORE_ADJUSTMENT_LIST: Shape = s("CvssScoreAdjustmentList", Kind::List, &[o("member", &CVSS_SCORE_ADJUSTMENT)]);
pub static CVSS_SCORE_DETAILS: Shape = s("CvssScoreDetails", Kind::Structure, &[o("adjustments", &CVSS_SCORE_ADJUSTMENT_LIST), o("score", &SCORE), o("scoreSource", &SOURCE), o("scoringVector", &SCORING_VECTOR), o("version", &VERSION)]);
pub static CVSS_SCORE_LIST: Shape = s("CvssScoreList", Kind::List, &[o("member", &CVSS_SCORE)]);
pub static DATE: Shape = s("Date", Kind::Timestamp, &[]);
pub static DELETE_LIFECYCLE_POLICY_REQUEST: Shape = s("DeleteLifecyclePolicyRequest", Kind::Structure, &[o("registryId", &REGISTRY_ID), r("repositoryName", &REPOSITORY_NAME)]);
pub static DELETE_LIFECYCLE_POLICY_RESPONSE: Shape = s("DeleteLifecyclePolicyResponse", Kind::Structure, &[o("registryId", &REGISTRY_ID), o("repositoryName", &REPOSITORY_NAME), o("lifecyclePolicyText", &LIFECYCLE_POLICY_TEXT), o("lastEvaluatedAt", &EVALUATION_TIMESTAMP)]);
pub static DELETE_PULL_THROUGH_CACHE_RULE_REQUEST: Shape = s("DeletePullThroughCacheRuleRequest", Kind::Structure, &[r("ecrRepositoryPrefix", &PULL_THROUGH_CACHE_RULE_REPOSITORY_PREFIX), o("registryId", &REGISTRY_ID)]);
pub static DELETE_PULL_THROUGH_CACHE_RULE_RESPONSE: Shape = s("DeletePullThroughCacheRuleResponse", Kind::Structure, &[o("ecrRepositoryPrefix", &PULL_THROUGH_CACHE_RULE_REPOSITORY_PREFIX), o("upstreamRegistryUrl", &URL), o("createdAt", &CREATION_TIMESTAMP), o("registryId", &REGISTRY_ID), o("credentialArn", &CREDENTIAL_ARN), o("customRoleArn", &CUSTOM_ROLE_ARN), o("upstreamRepositoryPrefix", &PULL_THROUGH_CACHE_RULE_REPOSITORY_PREFIX)]);
pub static DELETE_REGISTRY_POLICY_REQUEST: Shape = s("DeleteRegistryPolicyRequest", Kind::Structure, &[]);
pub static DELETE_REGISTRY_POLICY_RESPONSE: Shape = s("DeleteRegistryPolicyResponse", Kind::Structure, &[o("registryId", &REGISTRY_ID), o("policyText", &REGISTRY_POLICY_TEXT)]);
pub static DELETE_REPLICATION: Shape = s("DeleteReplication", Kind::Structure, &[r("enabled", &DELETE_REPLICATION_FLAG)]);
pub static DELETE_REPLICATION_FLAG: Shape = s("DeleteReplicationFlag", Kind::Boolean, &[]);
pub static DELETE_REPOSITORY_CREATION_TEMPLATE_REQUEST: Shape = s("DeleteRepositoryCreationTemplateRequest", Kind::Structure, &[r("prefix", &PREFIX)]);
pub static DELETE_REPOSITORY_CREATION_TEMPLATE_RESPONSE: Shape = s("DeleteRepositoryCreationTemplateResponse", Kind::Structure, &[o("registryId", &REGISTRY_ID), o("repositoryCreationTemplate", &REPOSITORY_CREATION_TEMPLATE)]);
pub static DELETE_REPOSITORY_POLICY_REQUEST: Shape = s("DeleteRepositoryPolicyRequest", Kind::Structure, &[o("registryId", &REGISTRY_ID), r("repositoryName", &REPOSITORY_NAME)]);
pub static DELETE_REPOSITORY_POLICY_RESPONSE: Shape = s("DeleteRepositoryPolicyResponse", Kind::Structure, &[o("registryId", &REGISTRY_ID), o("repositoryName", &REPOSITORY_NAME), o("policyText", &REPOSITORY_POLICY_TEXT)]);
pub static DELETE_REPOSITORY_REQUEST: Shape = s("DeleteRepositoryRequest", Kind::Structure, &[o("registryId", &REGISTRY_ID), r("repositoryName", &REPOSITORY_NAME), o("force", &FORCE_FLAG)]);
pub static DELETE_REPOSITORY_RESPONSE: Shape = s("DeleteRepositoryResponse", Kind::Structure, &[o("repository", &REPOSITORY)]);
pub static DELETE_SIGNING_CONFIGURATION_REQUEST: Shape = s("DeleteSigningConfigurationRequest", Kind::Structure, &[]);
pub static DELETE_SIGNING_CONFIGURATION_RESPONSE: Shape = s("DeleteSigningConfigurationResponse", Kind::Structure, &[o("registryId", &REGISTRY_ID), o("signingConfiguration", &SIGNING_CONFIGURATION)]);
pub static DEREGISTER_PULL_TIME_UPDATE_EXCLUSION_REQUEST: Shape = s("DeregisterPullTimeUpdateExclusionRequest", Kind::Structure, &[r("principalArn", &PRINCIPAL_ARN)]);
pub static DEREGISTER_PULL_TIME_UPDATE_EXCLUSION_RESPONSE: Shape = s("DeregisterPullTimeUpdateExclusionResponse", Kind::Structure, &[o("principalArn", &PRINCIPAL_ARN)]);
pub static DESCRIBE_IMAGE_REPLICATION_STATUS_REQUEST: Shape = s("DescribeImageReplicationStatusRequest", Kind::Structure, &[r("repositoryName", &REPOSITORY_NAME), r("imageId", &IMAGE_IDENTIFIER), o("registryId", &REGISTRY_ID)]);
pub static DESCRIBE_IMAGE_REPLICATION_STATUS_RESPONSE: Shape = s("DescribeImageReplicationStatusResponse", Kind::Structure, &[o("repositoryName", &REPOSITORY_NAME), o("imageId", &IMAGE_IDENTIFIER), o("replicationStatuses", &IMAGE_REPLICATION_STATUS_LIST)]);
pub static DESCRIBE_IMAGE_SCAN_FINDINGS_REQUEST: Shape = s("DescribeImageScanFindingsRequest", Kind::Structure, &[o("registryId", &REGISTRY_ID), r("repositoryName", &REPOSITORY_NAME), r("imageId", &IMAGE_IDENTIFIER), o("nextToken", &NEXT_TOKEN), o("maxResults", &MAX_RESULTS)]);
pub static DESCRIBE_IMAGE_SCAN_FINDINGS_RESPONSE: Shape = s("DescribeImageScanFindingsResponse", Kind::Structure, &[o("registryId", &REGISTRY_ID), o("repositoryName", &REPOSITORY_NAME), o("imageId", &IMAGE_IDENTIFIER), o("imageScanStatus", &IMAGE_SCAN_STATUS), o("imageScanFindings", &IMAGE_SCAN_FINDINGS), o("nextToken", &NEXT_TOKEN)]);
pub static DESCRIBE_IMAGE_SIGNING_STATUS_REQUEST: Shape = s("DescribeImageSigningStatusRequest", Kind::Structure, &[r("repositoryName", &REPOSITORY_NAME), r("imageId", &IMAGE_IDENTIFIER), o("registryId", &REGISTRY_ID)]);
pub static DESCRIBE_IMAGE_SIGNING_STATUS_RESPONSE: Shape = s("DescribeImageSigningStatusResponse", Kind::Structure, &[o("repositoryName", &REPOSITORY_NAME), o("imageId", &IMAGE_IDENTIFIER), o("registryId", &REGISTRY_ID), o("signingStatuses", &IMAGE_SIGNING_STATUS_LIST)]);
pub static DESCRIBE_IMAGES_FILTER: Shape = s("DescribeImagesFilter", Kind::Structure, &[o("tagStatus", &TAG_STATUS), o("imageStatus", &IMAGE_STATUS_FILTER)]);
pub static DESCRIBE_IMAGES_REQUEST: Shape = s("DescribeImagesRequest", Kind::Structure, &[o("registryId", &REGISTRY_ID), r("repositoryName", &REPOSITORY_NAME), o("imageIds", &IMAGE_IDENTIFIER_LIST), o("nextToken", &NEXT_TOKEN), o("maxResults", &MAX_RESULTS), o("filter", &DESCRIBE_IMAGES_FILTER)]);
pub static DESCRIBE_IMAGES_RESPONSE: Shape = s("DescribeImagesResponse", Kind::Structure, &[o("imageDetails", &IMAGE_DETAIL_LIST), o("nextToken", &NEXT_TOKEN)]);
pub static DESCRIBE_PULL_THROUGH_CACHE_RULES_REQUEST: Shape = s("DescribePullThroughCacheRulesRequest", Kind::Structure, &[o("registryId", &REGISTRY_ID), o("ecrRepositoryPrefixes", &PULL_THROUGH_CACHE_RULE_REPOSITORY_PREFIX_LIST), o("nextToken", &NEXT_TOKEN), o("maxResults", &MAX_RESULTS)]);
pub static DESCRIBE_PULL_THROUGH_CACHE_RULES_RESPONSE: Shape = s("DescribePullThroughCacheRulesResponse", Kind::Structure, &[o("pullThroughCacheRules", &PULL_THROUGH_CACHE_RULE_LIST), o("nextToken", &NEXT_TOKEN)]);
pub static DESCRIBE_REGISTRY_REQUEST: Shape = s("DescribeRegistryRequest", Kind::Structure, &[]);
pub static DESCRIBE_REGISTRY_RESPONSE: Shape = s("DescribeRegistryResponse", Kind::Structure, &[o("registryId", &REGISTRY_ID), o("replicationConfiguration", &REPLICATION_CONFIGURATION)]);
pub static DESCRIBE_REPLICATION_BACKFILL_RESULTS_REQUEST: Shape = s("DescribeReplicationBackfillResultsRequest", Kind::Structure, &[o("registryId", &REGISTRY_ID), r("replicationBackfillId", &REPLICATION_BACKFILL_ID), o("resultStatusFilter", &REPLICATION_BACKFILL_RESULT_STATUS), o("maxResults", &MAX_RESULTS), o("nextToken", &NEXT_TOKEN)]);
pub static DESCRIBE_REPLICATION_BACKFILL_RESULTS_RESPONSE: Shape = s("DescribeReplicationBackfillResultsResponse", Kind::Structure, &[o("registryId", &REGISTRY_ID), o("replicationBackfillId", &REPLICATION_BACKFILL_ID), o("destination", &REPLICATION_DESTINATION), o("status", &REPLICATION_BACKFILL_STATUS), o("failureCode", &REPLICATION_BACKFILL_ERROR), o("progress", &REPLICATION_BACKFILL_PROGRESS), o("results", &REPLICATION_BACKFILL_RESULT_LIST), o("startedAt", &DATE), o("endedAt", &DATE), o("nextToken", &NEXT_TOKEN)]);
pub static DESCRIBE_REPOSITORIES_REQUEST: Shape = s("DescribeRepositoriesRequest", Kind::Structure, &[o("registryId", &REGISTRY_ID), o("repositoryNames", &REPOSITORY_NAME_LIST), o("nextToken", &NEXT_TOKEN), o("maxResults", &MAX_RESULTS)]);
pub static DESCRIBE_REPOSITORIES_RESPONSE: Shape = s("DescribeRepositoriesResponse", Kind::Structure, &[o("repositories", &REPOSITORY_LIST), o("nextToken", &NEXT_TOKEN)]);
pub static DESCRIBE_REPOSITORY_CREATION_TEMPLATES_REQUEST: Shape = s("DescribeRepositoryCreationTemplatesRequest", Kind::Structure, &[o("prefixes", &PREFIX_LIST), o("nextToken", &NEXT_TOKEN), o("maxResults", &MAX_RESULTS)]);
pub static DESCRIBE_REPOSITORY_CREATION_TEMPLATES_RESPONSE: Shape = s("DescribeRepositoryCreationTemplatesResponse", Kind::Structure, &[o("registryId", &REGISTRY_ID), o("repositoryCreationTemplates", &REPOSITORY_CREATION_TEMPLATE_LIST), o("nextToken", &NEXT_TOKEN)]);
pub static EMPTY_UPLOAD_EXCEPTION: Shape = s("EmptyUploadException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static ENCRYPTION_CONFIGURATION: Shape = s("EncryptionConfiguration", Kind::Structure, &[r("encryptionType", &ENCRYPTION_TYPE), o("kmsKey", &KMS_KEY)]);
pub static ENCRYPTION_CONFIGURATION_FOR_REPOSITORY_CREATION_TEMPLATE: Shape = s("EncryptionConfigurationForRepositoryCreationTemplate", Kind::Structure, &[r("encryptionType", &ENCRYPTION_TYPE), o("kmsKey", &KMS_KEY_FOR_REPOSITORY_CREATION_TEMPLATE)]);
pub static ENCRYPTION_TYPE: Shape = s("EncryptionType", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["AES256", "KMS", "KMS_DSSE"] });
pub static ENHANCED_IMAGE_SCAN_FINDING: Shape = s("EnhancedImageScanFinding", Kind::Structure, &[o("awsAccountId", &REGISTRY_ID), o("description", &FINDING_DESCRIPTION), o("findingArn", &FINDING_ARN), o("firstObservedAt", &DATE), o("lastObservedAt", &DATE), o("packageVulnerabilityDetails", &PACKAGE_VULNERABILITY_DETAILS), o("remediation", &REMEDIATION), o("resources", &RESOURCE_LIST), o("score", &SCORE), o("scoreDetails", &SCORE_DETAILS), o("severity", &SEVERITY), o("status", &STATUS), o("title", &TITLE), o("type", &TYPE), o("updatedAt", &DATE), o("fixAvailable", &FIX_AVAILABLE), o("exploitAvailable", &EXPLOIT_AVAILABLE)]);
pub static ENHANCED_IMAGE_SCAN_FINDING_LIST: Shape = s("EnhancedImageScanFindingList", Kind::List, &[o("member", &ENHANCED_IMAGE_SCAN_FINDING)]);
pub static EPOCH: Shape = s("Epoch", Kind::Integer, &[]);
pub static EVALUATION_TIMESTAMP: Shape = s("EvaluationTimestamp", Kind::Timestamp, &[]);
pub static EXCEPTION_MESSAGE: Shape = s("ExceptionMessage", Kind::String, &[]);
pub static EXCLUSION_ALREADY_EXISTS_EXCEPTION: Shape = s("ExclusionAlreadyExistsException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static EXCLUSION_NOT_FOUND_EXCEPTION: Shape = s("ExclusionNotFoundException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static EXPIRATION_TIMESTAMP: Shape = s("ExpirationTimestamp", Kind::Timestamp, &[]);
pub static EXPLOIT_AVAILABLE: Shape = s("ExploitAvailable", Kind::String, &[]);
pub static FIFTY_MAX_RESULTS: Shape = s("FiftyMaxResults", Kind::Integer, &[]).rules(&Rules { min: Some(1.0), max: Some(50.0), pattern: None, values: &[] });
pub static FILE_PATH: Shape = s("FilePath", Kind::String, &[]);
pub static FINDING_ARN: Shape = s("FindingArn", Kind::String, &[]);
pub static FINDING_DESCRIPTION: Shape = s("FindingDescription", Kind::String, &[]);
pub static FINDING_NAME: Shape = s("FindingName", Kind::String, &[]);
pub static FINDING_SEVERITY: Shape = s("FindingSeverity", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["INFORMATIONAL", "LOW", "MEDIUM", "HIGH", "CRITICAL", "UNDEFINED"] });
pub static FINDING_SEVERITY_COUNTS: Shape = s("FindingSeverityCounts", Kind::Map, &[o("key", &FINDING_SEVERITY), o("value", &SEVERITY_COUNT)]);
pub static FIX_AVAILABLE: Shape = s("FixAvailable", Kind::String, &[]);
pub static FIXED_IN_VERSION: Shape = s("FixedInVersion", Kind::String, &[]);
pub static FORCE_FLAG: Shape = s("ForceFlag", Kind::Boolean, &[]);
pub static GET_ACCOUNT_SETTING_REQUEST: Shape = s("GetAccountSettingRequest", Kind::Structure, &[r("name", &ACCOUNT_SETTING_NAME)]);
pub static GET_ACCOUNT_SETTING_RESPONSE: Shape = s("GetAccountSettingResponse", Kind::Structure, &[o("name", &ACCOUNT_SETTING_NAME), o("value", &ACCOUNT_SETTING_NAME)]);
pub static GET_AUTHORIZATION_TOKEN_REGISTRY_ID_LIST: Shape = s("GetAuthorizationTokenRegistryIdList", Kind::List, &[o("member", &REGISTRY_ID)]).rules(&Rules { min: Some(1.0), max: Some(10.0), pattern: None, values: &[] });
pub static GET_AUTHORIZATION_TOKEN_REQUEST: Shape = s("GetAuthorizationTokenRequest", Kind::Structure, &[o("registryIds", &GET_AUTHORIZATION_TOKEN_REGISTRY_ID_LIST)]);
pub static GET_AUTHORIZATION_TOKEN_RESPONSE: Shape = s("GetAuthorizationTokenResponse", Kind::Structure, &[o("authorizationData", &AUTHORIZATION_DATA_LIST)]);
pub static GET_DOWNLOAD_URL_FOR_LAYER_REQUEST: Shape = s("GetDownloadUrlForLayerRequest", Kind::Structure, &[o("registryId", &REGISTRY_ID), r("repositoryName", &REPOSITORY_NAME), r("layerDigest", &LAYER_DIGEST)]);
pub static GET_DOWNLOAD_URL_FOR_LAYER_RESPONSE: Shape = s("GetDownloadUrlForLayerResponse", Kind::Structure, &[o("downloadUrl", &URL), o("layerDigest", &LAYER_DIGEST)]);
pub static GET_LIFECYCLE_POLICY_PREVIEW_REQUEST: Shape = s("GetLifecyclePolicyPreviewRequest", Kind::Structure, &[o("registryId", &REGISTRY_ID), r("repositoryName", &REPOSITORY_NAME), o("imageIds", &IMAGE_IDENTIFIER_LIST), o("nextToken", &NEXT_TOKEN), o("maxResults", &LIFECYCLE_PREVIEW_MAX_RESULTS), o("filter", &LIFECYCLE_POLICY_PREVIEW_FILTER)]);
pub static GET_LIFECYCLE_POLICY_PREVIEW_RESPONSE: Shape = s("GetLifecyclePolicyPreviewResponse", Kind::Structure, &[o("registryId", &REGISTRY_ID), o("repositoryName", &REPOSITORY_NAME), o("lifecyclePolicyText", &LIFECYCLE_POLICY_TEXT), o("status", &LIFECYCLE_POLICY_PREVIEW_STATUS), o("nextToken", &NEXT_TOKEN), o("previewResults", &LIFECYCLE_POLICY_PREVIEW_RESULT_LIST), o("summary", &LIFECYCLE_POLICY_PREVIEW_SUMMARY)]);
pub static GET_LIFECYCLE_POLICY_REQUEST: Shape = s("GetLifecyclePolicyRequest", Kind::Structure, &[o("registryId", &REGISTRY_ID), r("repositoryName", &REPOSITORY_NAME)]);
pub static GET_LIFECYCLE_POLICY_RESPONSE: Shape = s("GetLifecyclePolicyResponse", Kind::Structure, &[o("registryId", &REGISTRY_ID), o("repositoryName", &REPOSITORY_NAME), o("lifecyclePolicyText", &LIFECYCLE_POLICY_TEXT), o("lastEvaluatedAt", &EVALUATION_TIMESTAMP)]);
pub static GET_REGISTRY_POLICY_REQUEST: Shape = s("GetRegistryPolicyRequest", Kind::Structure, &[]);
pub static GET_REGISTRY_POLICY_RESPONSE: Shape = s("GetRegistryPolicyResponse", Kind::Structure, &[o("registryId", &REGISTRY_ID), o("policyText", &REGISTRY_POLICY_TEXT)]);
pub static GET_REGISTRY_SCANNING_CONFIGURATION_REQUEST: Shape = s("GetRegistryScanningConfigurationRequest", Kind::Structure, &[]);
pub static GET_REGISTRY_SCANNING_CONFIGURATION_RESPONSE: Shape = s("GetRegistryScanningConfigurationResponse", Kind::Structure, &[o("registryId", &REGISTRY_ID), o("scanningConfiguration", &REGISTRY_SCANNING_CONFIGURATION)]);
pub static GET_REPOSITORY_POLICY_REQUEST: Shape = s("GetRepositoryPolicyRequest", Kind::Structure, &[o("registryId", &REGISTRY_ID), r("repositoryName", &REPOSITORY_NAME)]);
pub static GET_REPOSITORY_POLICY_RESPONSE: Shape = s("GetRepositoryPolicyResponse", Kind::Structure, &[o("registryId", &REGISTRY_ID), o("repositoryName", &REPOSITORY_NAME), o("policyText", &REPOSITORY_POLICY_TEXT)]);
pub static GET_SIGNING_CONFIGURATION_REQUEST: Shape = s("GetSigningConfigurationRequest", Kind::Structure, &[]);
pub static GET_SIGNING_CONFIGURATION_RESPONSE: Shape = s("GetSigningConfigurationResponse", Kind::Structure, &[o("registryId", &REGISTRY_ID), o("signingConfiguration", &SIGNING_CONFIGURATION)]);
pub static IMAGE: Shape = s("Image", Kind::Structure, &[o("registryId", &REGISTRY_ID), o("repositoryName", &REPOSITORY_NAME), o("imageId", &IMAGE_IDENTIFIER), o("imageManifest", &IMAGE_MANIFEST), o("imageManifestMediaType", &MEDIA_TYPE)]);
pub static IMAGE_ACTION_TYPE: Shape = s("ImageActionType", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["EXPIRE", "TRANSITION"] });
pub static IMAGE_ALREADY_EXISTS_EXCEPTION: Shape = s("ImageAlreadyExistsException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static IMAGE_ARCHIVED_EXCEPTION: Shape = s("ImageArchivedException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static IMAGE_COUNT: Shape = s("ImageCount", Kind::Integer, &[]).rules(&Rules { min: Some(0.0), max: None, pattern: None, values: &[] });
pub static IMAGE_DETAIL: Shape = s("ImageDetail", Kind::Structure, &[o("registryId", &REGISTRY_ID), o("repositoryName", &REPOSITORY_NAME), o("imageDigest", &IMAGE_DIGEST), o("imageTags", &IMAGE_TAG_LIST), o("imageSizeInBytes", &IMAGE_SIZE_IN_BYTES), o("imagePushedAt", &PUSH_TIMESTAMP), o("imageScanStatus", &IMAGE_SCAN_STATUS), o("imageScanFindingsSummary", &IMAGE_SCAN_FINDINGS_SUMMARY), o("imageManifestMediaType", &MEDIA_TYPE), o("artifactMediaType", &MEDIA_TYPE), o("lastRecordedPullTime", &RECORDED_PULL_TIMESTAMP), o("subjectManifestDigest", &IMAGE_DIGEST), o("imageStatus", &IMAGE_STATUS), o("lastArchivedAt", &LAST_ARCHIVED_AT_TIMESTAMP), o("lastActivatedAt", &LAST_ACTIVATED_AT_TIMESTAMP)]);
pub static IMAGE_DETAIL_LIST: Shape = s("ImageDetailList", Kind::List, &[o("member", &IMAGE_DETAIL)]);
pub static IMAGE_DIGEST: Shape = s("ImageDigest", Kind::String, &[]);
pub static IMAGE_DIGEST_DOES_NOT_MATCH_EXCEPTION: Shape = s("ImageDigestDoesNotMatchException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static IMAGE_FAILURE: Shape = s("ImageFailure", Kind::Structure, &[o("imageId", &IMAGE_IDENTIFIER), o("failureCode", &IMAGE_FAILURE_CODE), o("failureReason", &IMAGE_FAILURE_REASON)]);
pub static IMAGE_FAILURE_CODE: Shape = s("ImageFailureCode", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["InvalidImageDigest", "InvalidImageTag", "ImageTagDoesNotMatchDigest", "ImageNotFound", "MissingDigestAndTag", "ImageReferencedByManifestList", "KmsError", "UpstreamAccessDenied", "UpstreamTooManyRequests", "UpstreamUnavailable", "ImageInaccessible"] });
pub static IMAGE_FAILURE_LIST: Shape = s("ImageFailureList", Kind::List, &[o("member", &IMAGE_FAILURE)]);
pub static IMAGE_FAILURE_REASON: Shape = s("ImageFailureReason", Kind::String, &[]);
pub static IMAGE_IDENTIFIER: Shape = s("ImageIdentifier", Kind::Structure, &[o("imageDigest", &IMAGE_DIGEST), o("imageTag", &IMAGE_TAG)]);
pub static IMAGE_IDENTIFIER_LIST: Shape = s("ImageIdentifierList", Kind::List, &[o("member", &IMAGE_IDENTIFIER)]).rules(&Rules { min: Some(1.0), max: Some(100.0), pattern: None, values: &[] });
pub static IMAGE_LIST: Shape = s("ImageList", Kind::List, &[o("member", &IMAGE)]);
pub static IMAGE_MANIFEST: Shape = s("ImageManifest", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(4194304.0), pattern: None, values: &[] });
pub static IMAGE_NOT_FOUND_EXCEPTION: Shape = s("ImageNotFoundException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static IMAGE_REFERRER: Shape = s("ImageReferrer", Kind::Structure, &[r("digest", &IMAGE_DIGEST), r("mediaType", &MEDIA_TYPE), o("artifactType", &ARTIFACT_TYPE), r("size", &IMAGE_SIZE_IN_BYTES), o("annotations", &ANNOTATIONS), o("artifactStatus", &ARTIFACT_STATUS)]);
pub static IMAGE_REFERRER_LIST: Shape = s("ImageReferrerList", Kind::List, &[o("member", &IMAGE_REFERRER)]);
pub static IMAGE_REPLICATION_STATUS: Shape = s("ImageReplicationStatus", Kind::Structure, &[o("region", &REGION), o("registryId", &REGISTRY_ID), o("status", &REPLICATION_STATUS), o("failureCode", &REPLICATION_ERROR)]);
pub static IMAGE_REPLICATION_STATUS_LIST: Shape = s("ImageReplicationStatusList", Kind::List, &[o("member", &IMAGE_REPLICATION_STATUS)]);
pub static IMAGE_SCAN_FINDING: Shape = s("ImageScanFinding", Kind::Structure, &[o("name", &FINDING_NAME), o("description", &FINDING_DESCRIPTION), o("uri", &URL), o("severity", &FINDING_SEVERITY), o("attributes", &ATTRIBUTE_LIST)]);
pub static IMAGE_SCAN_FINDING_LIST: Shape = s("ImageScanFindingList", Kind::List, &[o("member", &IMAGE_SCAN_FINDING)]);
pub static IMAGE_SCAN_FINDINGS: Shape = s("ImageScanFindings", Kind::Structure, &[o("imageScanCompletedAt", &SCAN_TIMESTAMP), o("vulnerabilitySourceUpdatedAt", &VULNERABILITY_SOURCE_UPDATE_TIMESTAMP), o("findingSeverityCounts", &FINDING_SEVERITY_COUNTS), o("findings", &IMAGE_SCAN_FINDING_LIST), o("enhancedFindings", &ENHANCED_IMAGE_SCAN_FINDING_LIST)]);
pub static IMAGE_SCAN_FINDINGS_SUMMARY: Shape = s("ImageScanFindingsSummary", Kind::Structure, &[o("imageScanCompletedAt", &SCAN_TIMESTAMP), o("vulnerabilitySourceUpdatedAt", &VULNERABILITY_SOURCE_UPDATE_TIMESTAMP), o("findingSeverityCounts", &FINDING_SEVERITY_COUNTS)]);
pub static IMAGE_SCAN_STATUS: Shape = s("ImageScanStatus", Kind::Structure, &[o("status", &SCAN_STATUS), o("description", &SCAN_STATUS_DESCRIPTION)]);
pub static IMAGE_SCANNING_CONFIGURATION: Shape = s("ImageScanningConfiguration", Kind::Structure, &[o("scanOnPush", &SCAN_ON_PUSH_FLAG)]);
pub static IMAGE_SIGNING_STATUS: Shape = s("ImageSigningStatus", Kind::Structure, &[o("signingProfileArn", &SIGNING_PROFILE_ARN), o("failureCode", &SIGNING_STATUS_FAILURE_CODE), o("failureReason", &SIGNING_STATUS_FAILURE_REASON), o("status", &SIGNING_STATUS)]);
pub static IMAGE_SIGNING_STATUS_LIST: Shape = s("ImageSigningStatusList", Kind::List, &[o("member", &IMAGE_SIGNING_STATUS)]);
pub static IMAGE_SIZE_IN_BYTES: Shape = s("ImageSizeInBytes", Kind::Long, &[]);
pub static IMAGE_STATUS: Shape = s("ImageStatus", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["ACTIVE", "ARCHIVED", "ACTIVATING"] });
pub static IMAGE_STATUS_FILTER: Shape = s("ImageStatusFilter", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["ACTIVE", "ARCHIVED", "ACTIVATING", "ANY"] });
pub static IMAGE_STORAGE_CLASS_UPDATE_NOT_SUPPORTED_EXCEPTION: Shape = s("ImageStorageClassUpdateNotSupportedException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static IMAGE_TAG: Shape = s("ImageTag", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(300.0), pattern: None, values: &[] });
pub static IMAGE_TAG_ALREADY_EXISTS_EXCEPTION: Shape = s("ImageTagAlreadyExistsException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static IMAGE_TAG_LIST: Shape = s("ImageTagList", Kind::List, &[o("member", &IMAGE_TAG)]);
pub static IMAGE_TAG_MUTABILITY: Shape = s("ImageTagMutability", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["MUTABLE", "IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION", "MUTABLE_WITH_EXCLUSION"] });
pub static IMAGE_TAG_MUTABILITY_EXCLUSION_FILTER: Shape = s("ImageTagMutabilityExclusionFilter", Kind::Structure, &[r("filterType", &IMAGE_TAG_MUTABILITY_EXCLUSION_FILTER_TYPE), r("filter", &IMAGE_TAG_MUTABILITY_EXCLUSION_FILTER_VALUE)]);
pub static IMAGE_TAG_MUTABILITY_EXCLUSION_FILTER_TYPE: Shape = s("ImageTagMutabilityExclusionFilterType", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["WILDCARD"] });
pub static IMAGE_TAG_MUTABILITY_EXCLUSION_FILTER_VALUE: Shape = s("ImageTagMutabilityExclusionFilterValue", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(128.0), pattern: Some("^[0-9a-zA-Z._*-]{1,128}$"), values: &[] });
pub static IMAGE_TAG_MUTABILITY_EXCLUSION_FILTERS: Shape = s("ImageTagMutabilityExclusionFilters", Kind::List, &[o("member", &IMAGE_TAG_MUTABILITY_EXCLUSION_FILTER)]).rules(&Rules { min: Some(1.0), max: Some(5.0), pattern: None, values: &[] });
pub static IMAGE_TAGS_LIST: Shape = s("ImageTagsList", Kind::List, &[o("member", &IMAGE_TAG)]);
pub static IN_USE_COUNT: Shape = s("InUseCount", Kind::Long, &[]).rules(&Rules { min: Some(0.0), max: None, pattern: None, values: &[] });
pub static INITIATE_LAYER_UPLOAD_REQUEST: Shape = s("InitiateLayerUploadRequest", Kind::Structure, &[o("registryId", &REGISTRY_ID), r("repositoryName", &REPOSITORY_NAME)]);
pub static INITIATE_LAYER_UPLOAD_RESPONSE: Shape = s("InitiateLayerUploadResponse", Kind::Structure, &[o("uploadId", &UPLOAD_ID), o("partSize", &PART_SIZE)]);
pub static INVALID_LAYER_EXCEPTION: Shape = s("InvalidLayerException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static INVALID_LAYER_PART_EXCEPTION: Shape = s("InvalidLayerPartException", Kind::Structure, &[o("registryId", &REGISTRY_ID), o("repositoryName", &REPOSITORY_NAME), o("uploadId", &UPLOAD_ID), o("lastValidByteReceived", &PART_SIZE), o("message", &EXCEPTION_MESSAGE)]);
pub static INVALID_PARAMETER_EXCEPTION: Shape = s("InvalidParameterException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static INVALID_TAG_PARAMETER_EXCEPTION: Shape = s("InvalidTagParameterException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static IS_PTC_RULE_VALID: Shape = s("IsPTCRuleValid", Kind::Boolean, &[]);
pub static KMS_ERROR: Shape = s("KmsError", Kind::String, &[]);
pub static KMS_EXCEPTION: Shape = s("KmsException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE), o("kmsError", &KMS_ERROR)]);
pub static KMS_KEY: Shape = s("KmsKey", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(2048.0), pattern: None, values: &[] });
pub static KMS_KEY_FOR_REPOSITORY_CREATION_TEMPLATE: Shape = s("KmsKeyForRepositoryCreationTemplate", Kind::String, &[]).rules(&Rules { min: Some(0.0), max: Some(2048.0), pattern: Some("^$|arn:aws[a-z0-9-]*:kms:[a-z0-9-]+:[0-9]{12}:key\\/[a-z0-9-]+"), values: &[] });
pub static LAST_ACTIVATED_AT_TIMESTAMP: Shape = s("LastActivatedAtTimestamp", Kind::Timestamp, &[]);
pub static LAST_ARCHIVED_AT_TIMESTAMP: Shape = s("LastArchivedAtTimestamp", Kind::Timestamp, &[]);
pub static LAYER: Shape = s("Layer", Kind::Structure, &[o("layerDigest", &LAYER_DIGEST), o("layerAvailability", &LAYER_AVAILABILITY), o("layerSize", &LAYER_SIZE_IN_BYTES), o("mediaType", &MEDIA_TYPE)]);
pub static LAYER_ALREADY_EXISTS_EXCEPTION: Shape = s("LayerAlreadyExistsException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static LAYER_AVAILABILITY: Shape = s("LayerAvailability", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["AVAILABLE", "UNAVAILABLE", "ARCHIVED"] });
pub static LAYER_DIGEST: Shape = s("LayerDigest", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: Some("[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+"), values: &[] });
pub static LAYER_DIGEST_LIST: Shape = s("LayerDigestList", Kind::List, &[o("member", &LAYER_DIGEST)]).rules(&Rules { min: Some(1.0), max: Some(100.0), pattern: None, values: &[] });
pub static LAYER_FAILURE: Shape = s("LayerFailure", Kind::Structure, &[o("layerDigest", &BATCHED_OPERATION_LAYER_DIGEST), o("failureCode", &LAYER_FAILURE_CODE), o("failureReason", &LAYER_FAILURE_REASON)]);
pub static LAYER_FAILURE_CODE: Shape = s("LayerFailureCode", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["InvalidLayerDigest", "MissingLayerDigest"] });
pub static LAYER_FAILURE_LIST: Shape = s("LayerFailureList", Kind::List, &[o("member", &LAYER_FAILURE)]);
pub static LAYER_FAILURE_REASON: Shape = s("LayerFailureReason", Kind::String, &[]);
pub static LAYER_INACCESSIBLE_EXCEPTION: Shape = s("LayerInaccessibleException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static LAYER_LIST: Shape = s("LayerList", Kind::List, &[o("member", &LAYER)]);
pub static LAYER_PART_BLOB: Shape = s("LayerPartBlob", Kind::Blob, &[]).rules(&Rules { min: Some(0.0), max: Some(20971520.0), pattern: None, values: &[] });
pub static LAYER_PART_TOO_SMALL_EXCEPTION: Shape = s("LayerPartTooSmallException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static LAYER_SIZE_IN_BYTES: Shape = s("LayerSizeInBytes", Kind::Long, &[]);
pub static LAYERS_NOT_FOUND_EXCEPTION: Shape = s("LayersNotFoundException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static LIFECYCLE_POLICY_NOT_FOUND_EXCEPTION: Shape = s("LifecyclePolicyNotFoundException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static LIFECYCLE_POLICY_PREVIEW_FILTER: Shape = s("LifecyclePolicyPreviewFilter", Kind::Structure, &[o("tagStatus", &TAG_STATUS)]);
pub static LIFECYCLE_POLICY_PREVIEW_IN_PROGRESS_EXCEPTION: Shape = s("LifecyclePolicyPreviewInProgressException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static LIFECYCLE_POLICY_PREVIEW_NOT_FOUND_EXCEPTION: Shape = s("LifecyclePolicyPreviewNotFoundException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static LIFECYCLE_POLICY_PREVIEW_RESULT: Shape = s("LifecyclePolicyPreviewResult", Kind::Structure, &[o("imageTags", &IMAGE_TAG_LIST), o("imageDigest", &IMAGE_DIGEST), o("imagePushedAt", &PUSH_TIMESTAMP), o("action", &LIFECYCLE_POLICY_RULE_ACTION), o("appliedRulePriority", &LIFECYCLE_POLICY_RULE_PRIORITY), o("storageClass", &LIFECYCLE_POLICY_STORAGE_CLASS)]);
pub static LIFECYCLE_POLICY_PREVIEW_RESULT_LIST: Shape = s("LifecyclePolicyPreviewResultList", Kind::List, &[o("member", &LIFECYCLE_POLICY_PREVIEW_RESULT)]);
pub static LIFECYCLE_POLICY_PREVIEW_STATUS: Shape = s("LifecyclePolicyPreviewStatus", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["IN_PROGRESS", "COMPLETE", "EXPIRED", "FAILED"] });
pub static LIFECYCLE_POLICY_PREVIEW_SUMMARY: Shape = s("LifecyclePolicyPreviewSummary", Kind::Structure, &[o("expiringImageTotalCount", &IMAGE_COUNT), o("transitioningImageTotalCounts", &TRANSITIONING_IMAGE_TOTAL_COUNTS)]);
pub static LIFECYCLE_POLICY_RULE_ACTION: Shape = s("LifecyclePolicyRuleAction", Kind::Structure, &[o("type", &IMAGE_ACTION_TYPE), o("targetStorageClass", &LIFECYCLE_POLICY_TARGET_STORAGE_CLASS)]);
pub static LIFECYCLE_POLICY_RULE_PRIORITY: Shape = s("LifecyclePolicyRulePriority", Kind::Integer, &[]).rules(&Rules { min: Some(1.0), max: None, pattern: None, values: &[] });
pub static LIFECYCLE_POLICY_STORAGE_CLASS: Shape = s("LifecyclePolicyStorageClass", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["ARCHIVE", "STANDARD"] });
pub static LIFECYCLE_POLICY_TARGET_STORAGE_CLASS: Shape = s("LifecyclePolicyTargetStorageClass", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["ARCHIVE"] });
pub static LIFECYCLE_POLICY_TEXT: Shape = s("LifecyclePolicyText", Kind::String, &[]).rules(&Rules { min: Some(100.0), max: Some(30720.0), pattern: None, values: &[] });
pub static LIFECYCLE_POLICY_TEXT_FOR_REPOSITORY_CREATION_TEMPLATE: Shape = s("LifecyclePolicyTextForRepositoryCreationTemplate", Kind::String, &[]).rules(&Rules { min: Some(0.0), max: Some(30720.0), pattern: None, values: &[] });
pub static LIFECYCLE_PREVIEW_MAX_RESULTS: Shape = s("LifecyclePreviewMaxResults", Kind::Integer, &[]).rules(&Rules { min: Some(1.0), max: Some(100.0), pattern: None, values: &[] });
pub static LIMIT_EXCEEDED_EXCEPTION: Shape = s("LimitExceededException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static LIST_IMAGE_REFERRERS_FILTER: Shape = s("ListImageReferrersFilter", Kind::Structure, &[o("artifactTypes", &ARTIFACT_TYPE_LIST), o("artifactStatus", &ARTIFACT_STATUS_FILTER)]);
pub static LIST_IMAGE_REFERRERS_REQUEST: Shape = s("ListImageReferrersRequest", Kind::Structure, &[o("registryId", &REGISTRY_ID), r("repositoryName", &REPOSITORY_NAME), r("subjectId", &SUBJECT_IDENTIFIER), o("filter", &LIST_IMAGE_REFERRERS_FILTER), o("nextToken", &NEXT_TOKEN), o("maxResults", &FIFTY_MAX_RESULTS)]);
pub static LIST_IMAGE_REFERRERS_RESPONSE: Shape = s("ListImageReferrersResponse", Kind::Structure, &[o("referrers", &IMAGE_REFERRER_LIST), o("nextToken", &NEXT_TOKEN)]);
pub static LIST_IMAGES_FILTER: Shape = s("ListImagesFilter", Kind::Structure, &[o("tagStatus", &TAG_STATUS), o("imageStatus", &IMAGE_STATUS_FILTER)]);
pub static LIST_IMAGES_REQUEST: Shape = s("ListImagesRequest", Kind::Structure, &[o("registryId", &REGISTRY_ID), r("repositoryName", &REPOSITORY_NAME), o("nextToken", &NEXT_TOKEN), o("maxResults", &MAX_RESULTS), o("filter", &LIST_IMAGES_FILTER)]);
pub static LIST_IMAGES_RESPONSE: Shape = s("ListImagesResponse", Kind::Structure, &[o("imageIds", &IMAGE_IDENTIFIER_LIST), o("nextToken", &NEXT_TOKEN)]);
pub static LIST_PULL_TIME_UPDATE_EXCLUSIONS_REQUEST: Shape = s("ListPullTimeUpdateExclusionsRequest", Kind::Structure, &[o("maxResults", &MAX_RESULTS), o("nextToken", &NEXT_TOKEN)]);
pub static LIST_PULL_TIME_UPDATE_EXCLUSIONS_RESPONSE: Shape = s("ListPullTimeUpdateExclusionsResponse", Kind::Structure, &[o("pullTimeUpdateExclusions", &PULL_TIME_UPDATE_EXCLUSION_LIST), o("nextToken", &NEXT_TOKEN)]);
pub static LIST_REPLICATION_BACKFILLS_REQUEST: Shape = s("ListReplicationBackfillsRequest", Kind::Structure, &[o("registryId", &REGISTRY_ID), o("maxResults", &FIFTY_MAX_RESULTS), o("nextToken", &NEXT_TOKEN)]);
pub static LIST_REPLICATION_BACKFILLS_RESPONSE: Shape = s("ListReplicationBackfillsResponse", Kind::Structure, &[o("registryId", &REGISTRY_ID), o("backfills", &REPLICATION_BACKFILL_SUMMARY_LIST), o("nextToken", &NEXT_TOKEN)]);
pub static LIST_TAGS_FOR_RESOURCE_REQUEST: Shape = s("ListTagsForResourceRequest", Kind::Structure, &[r("resourceArn", &ARN)]);
pub static LIST_TAGS_FOR_RESOURCE_RESPONSE: Shape = s("ListTagsForResourceResponse", Kind::Structure, &[o("tags", &TAG_LIST)]);
pub static MAX_RESULTS: Shape = s("MaxResults", Kind::Integer, &[]).rules(&Rules { min: Some(1.0), max: Some(1000.0), pattern: None, values: &[] });
pub static MEDIA_TYPE: Shape = s("MediaType", Kind::String, &[]);
pub static MEDIA_TYPE_LIST: Shape = s("MediaTypeList", Kind::List, &[o("member", &MEDIA_TYPE)]).rules(&Rules { min: Some(1.0), max: Some(100.0), pattern: None, values: &[] });
pub static METRIC: Shape = s("Metric", Kind::String, &[]);
pub static NEXT_TOKEN: Shape = s("NextToken", Kind::String, &[]);
pub static NON_NEGATIVE_INTEGER: Shape = s("NonNegativeInteger", Kind::Integer, &[]).rules(&Rules { min: Some(0.0), max: None, pattern: None, values: &[] });
pub static PTC_VALIDATE_FAILURE: Shape = s("PTCValidateFailure", Kind::String, &[]);
pub static PACKAGE_MANAGER: Shape = s("PackageManager", Kind::String, &[]);
pub static PACKAGE_VULNERABILITY_DETAILS: Shape = s("PackageVulnerabilityDetails", Kind::Structure, &[o("cvss", &CVSS_SCORE_LIST), o("referenceUrls", &REFERENCE_URLS_LIST), o("relatedVulnerabilities", &RELATED_VULNERABILITIES_LIST), o("source", &SOURCE), o("sourceUrl", &URL), o("vendorCreatedAt", &DATE), o("vendorSeverity", &SEVERITY), o("vendorUpdatedAt", &DATE), o("vulnerabilityId", &VULNERABILITY_ID), o("vulnerablePackages", &VULNERABLE_PACKAGES_LIST)]);
pub static PART_SIZE: Shape = s("PartSize", Kind::Long, &[]).rules(&Rules { min: Some(0.0), max: None, pattern: None, values: &[] });
pub static PLATFORM: Shape = s("Platform", Kind::String, &[]);
pub static PREFIX: Shape = s("Prefix", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(256.0), pattern: Some("^([a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*\\/?|ROOT)$"), values: &[] });
pub static PREFIX_LIST: Shape = s("PrefixList", Kind::List, &[o("member", &PREFIX)]);
pub static PRINCIPAL_ARN: Shape = s("PrincipalArn", Kind::String, &[]).rules(&Rules { min: None, max: Some(200.0), pattern: Some("^arn:aws(-[a-z]+)*:iam::[0-9]{12}:(role|user)/[\\w+=,.@-]+(/[\\w+=,.@-]+)*$"), values: &[] });
pub static PROXY_ENDPOINT: Shape = s("ProxyEndpoint", Kind::String, &[]);
pub static PULL_THROUGH_CACHE_RULE: Shape = s("PullThroughCacheRule", Kind::Structure, &[o("ecrRepositoryPrefix", &PULL_THROUGH_CACHE_RULE_REPOSITORY_PREFIX), o("upstreamRegistryUrl", &URL), o("createdAt", &CREATION_TIMESTAMP), o("registryId", &REGISTRY_ID), o("credentialArn", &CREDENTIAL_ARN), o("customRoleArn", &CUSTOM_ROLE_ARN), o("upstreamRepositoryPrefix", &PULL_THROUGH_CACHE_RULE_REPOSITORY_PREFIX), o("upstreamRegistry", &UPSTREAM_REGISTRY), o("updatedAt", &UPDATED_TIMESTAMP)]);
pub static PULL_THROUGH_CACHE_RULE_ALREADY_EXISTS_EXCEPTION: Shape = s("PullThroughCacheRuleAlreadyExistsException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static PULL_THROUGH_CACHE_RULE_LIST: Shape = s("PullThroughCacheRuleList", Kind::List, &[o("member", &PULL_THROUGH_CACHE_RULE)]);
pub static PULL_THROUGH_CACHE_RULE_NOT_FOUND_EXCEPTION: Shape = s("PullThroughCacheRuleNotFoundException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static PULL_THROUGH_CACHE_RULE_REPOSITORY_PREFIX: Shape = s("PullThroughCacheRuleRepositoryPrefix", Kind::String, &[]).rules(&Rules { min: Some(2.0), max: Some(30.0), pattern: Some("^([a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*\\/?|ROOT)$"), values: &[] });
pub static PULL_THROUGH_CACHE_RULE_REPOSITORY_PREFIX_LIST: Shape = s("PullThroughCacheRuleRepositoryPrefixList", Kind::List, &[o("member", &PULL_THROUGH_CACHE_RULE_REPOSITORY_PREFIX)]).rules(&Rules { min: Some(1.0), max: Some(100.0), pattern: None, values: &[] });
pub static PULL_TIME_UPDATE_EXCLUSION_LIST: Shape = s("PullTimeUpdateExclusionList", Kind::List, &[o("member", &PRINCIPAL_ARN)]).rules(&Rules { min: Some(0.0), max: Some(100.0), pattern: None, values: &[] });
pub static PUSH_TIMESTAMP: Shape = s("PushTimestamp", Kind::Timestamp, &[]);
pub static PUT_ACCOUNT_SETTING_REQUEST: Shape = s("PutAccountSettingRequest", Kind::Structure, &[r("name", &ACCOUNT_SETTING_NAME), r("value", &ACCOUNT_SETTING_VALUE)]);
pub static PUT_ACCOUNT_SETTING_RESPONSE: Shape = s("PutAccountSettingResponse", Kind::Structure, &[o("name", &ACCOUNT_SETTING_NAME), o("value", &ACCOUNT_SETTING_VALUE)]);
pub static PUT_IMAGE_REQUEST: Shape = s("PutImageRequest", Kind::Structure, &[o("registryId", &REGISTRY_ID), r("repositoryName", &REPOSITORY_NAME), r("imageManifest", &IMAGE_MANIFEST), o("imageManifestMediaType", &MEDIA_TYPE), o("imageTag", &IMAGE_TAG), o("imageDigest", &IMAGE_DIGEST)]);
pub static PUT_IMAGE_RESPONSE: Shape = s("PutImageResponse", Kind::Structure, &[o("image", &IMAGE)]);
pub static PUT_IMAGE_SCANNING_CONFIGURATION_REQUEST: Shape = s("PutImageScanningConfigurationRequest", Kind::Structure, &[o("registryId", &REGISTRY_ID), r("repositoryName", &REPOSITORY_NAME), r("imageScanningConfiguration", &IMAGE_SCANNING_CONFIGURATION)]);
pub static PUT_IMAGE_SCANNING_CONFIGURATION_RESPONSE: Shape = s("PutImageScanningConfigurationResponse", Kind::Structure, &[o("registryId", &REGISTRY_ID), o("repositoryName", &REPOSITORY_NAME), o("imageScanningConfiguration", &IMAGE_SCANNING_CONFIGURATION)]);
pub static PUT_IMAGE_TAG_MUTABILITY_REQUEST: Shape = s("PutImageTagMutabilityRequest", Kind::Structure, &[o("registryId", &REGISTRY_ID), r("repositoryName", &REPOSITORY_NAME), r("imageTagMutability", &IMAGE_TAG_MUTABILITY), o("imageTagMutabilityExclusionFilters", &IMAGE_TAG_MUTABILITY_EXCLUSION_FILTERS)]);
pub static PUT_IMAGE_TAG_MUTABILITY_RESPONSE: Shape = s("PutImageTagMutabilityResponse", Kind::Structure, &[o("registryId", &REGISTRY_ID), o("repositoryName", &REPOSITORY_NAME), o("imageTagMutability", &IMAGE_TAG_MUTABILITY), o("imageTagMutabilityExclusionFilters", &IMAGE_TAG_MUTABILITY_EXCLUSION_FILTERS)]);
pub static PUT_LIFECYCLE_POLICY_REQUEST: Shape = s("PutLifecyclePolicyRequest", Kind::Structure, &[o("registryId", &REGISTRY_ID), r("repositoryName", &REPOSITORY_NAME), r("lifecyclePolicyText", &LIFECYCLE_POLICY_TEXT)]);
pub static PUT_LIFECYCLE_POLICY_RESPONSE: Shape = s("PutLifecyclePolicyResponse", Kind::Structure, &[o("registryId", &REGISTRY_ID), o("repositoryName", &REPOSITORY_NAME), o("lifecyclePolicyText", &LIFECYCLE_POLICY_TEXT)]);
pub static PUT_REGISTRY_POLICY_REQUEST: Shape = s("PutRegistryPolicyRequest", Kind::Structure, &[r("policyText", &REGISTRY_POLICY_TEXT)]);
pub static PUT_REGISTRY_POLICY_RESPONSE: Shape = s("PutRegistryPolicyResponse", Kind::Structure, &[o("registryId", &REGISTRY_ID), o("policyText", &REGISTRY_POLICY_TEXT)]);
pub static PUT_REGISTRY_SCANNING_CONFIGURATION_REQUEST: Shape = s("PutRegistryScanningConfigurationRequest", Kind::Structure, &[o("scanType", &SCAN_TYPE), o("rules", &REGISTRY_SCANNING_RULE_LIST)]);
pub static PUT_REGISTRY_SCANNING_CONFIGURATION_RESPONSE: Shape = s("PutRegistryScanningConfigurationResponse", Kind::Structure, &[o("registryScanningConfiguration", &REGISTRY_SCANNING_CONFIGURATION)]);
pub static PUT_REPLICATION_CONFIGURATION_REQUEST: Shape = s("PutReplicationConfigurationRequest", Kind::Structure, &[r("replicationConfiguration", &REPLICATION_CONFIGURATION)]);
pub static PUT_REPLICATION_CONFIGURATION_RESPONSE: Shape = s("PutReplicationConfigurationResponse", Kind::Structure, &[o("replicationConfiguration", &REPLICATION_CONFIGURATION)]);
pub static PUT_SIGNING_CONFIGURATION_REQUEST: Shape = s("PutSigningConfigurationRequest", Kind::Structure, &[r("signingConfiguration", &SIGNING_CONFIGURATION)]);
pub static PUT_SIGNING_CONFIGURATION_RESPONSE: Shape = s("PutSigningConfigurationResponse", Kind::Structure, &[o("signingConfiguration", &SIGNING_CONFIGURATION)]);
pub static RCT_APPLIED_FOR: Shape = s("RCTAppliedFor", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["REPLICATION", "PULL_THROUGH_CACHE", "CREATE_ON_PUSH"] });
pub static RCT_APPLIED_FOR_LIST: Shape = s("RCTAppliedForList", Kind::List, &[o("member", &RCT_APPLIED_FOR)]);
pub static REASON: Shape = s("Reason", Kind::String, &[]);
pub static RECOMMENDATION: Shape = s("Recommendation", Kind::Structure, &[o("url", &URL), o("text", &RECOMMENDATION_TEXT)]);
pub static RECOMMENDATION_TEXT: Shape = s("RecommendationText", Kind::String, &[]);
pub static RECORDED_PULL_TIMESTAMP: Shape = s("RecordedPullTimestamp", Kind::Timestamp, &[]);
pub static REFERENCE_URLS_LIST: Shape = s("ReferenceUrlsList", Kind::List, &[o("member", &URL)]);
pub static REFERENCED_IMAGES_NOT_FOUND_EXCEPTION: Shape = s("ReferencedImagesNotFoundException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static REGION: Shape = s("Region", Kind::String, &[]).rules(&Rules { min: Some(2.0), max: Some(25.0), pattern: Some("[0-9a-z-]{2,25}"), values: &[] });
pub static REGISTER_PULL_TIME_UPDATE_EXCLUSION_REQUEST: Shape = s("RegisterPullTimeUpdateExclusionRequest", Kind::Structure, &[r("principalArn", &PRINCIPAL_ARN)]);
pub static REGISTER_PULL_TIME_UPDATE_EXCLUSION_RESPONSE: Shape = s("RegisterPullTimeUpdateExclusionResponse", Kind::Structure, &[o("principalArn", &PRINCIPAL_ARN), o("createdAt", &CREATION_TIMESTAMP)]);
pub static REGISTRY_ID: Shape = s("RegistryId", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: Some("[0-9]{12}"), values: &[] });
pub static REGISTRY_POLICY_NOT_FOUND_EXCEPTION: Shape = s("RegistryPolicyNotFoundException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static REGISTRY_POLICY_TEXT: Shape = s("RegistryPolicyText", Kind::String, &[]).rules(&Rules { min: Some(0.0), max: Some(10240.0), pattern: None, values: &[] });
pub static REGISTRY_SCANNING_CONFIGURATION: Shape = s("RegistryScanningConfiguration", Kind::Structure, &[o("scanType", &SCAN_TYPE), o("rules", &REGISTRY_SCANNING_RULE_LIST)]);
pub static REGISTRY_SCANNING_RULE: Shape = s("RegistryScanningRule", Kind::Structure, &[r("scanFrequency", &SCAN_FREQUENCY), r("repositoryFilters", &SCANNING_REPOSITORY_FILTER_LIST)]);
pub static REGISTRY_SCANNING_RULE_LIST: Shape = s("RegistryScanningRuleList", Kind::List, &[o("member", &REGISTRY_SCANNING_RULE)]).rules(&Rules { min: Some(0.0), max: Some(2.0), pattern: None, values: &[] });
pub static RELATED_VULNERABILITIES_LIST: Shape = s("RelatedVulnerabilitiesList", Kind::List, &[o("member", &RELATED_VULNERABILITY)]);
pub static RELATED_VULNERABILITY: Shape = s("RelatedVulnerability", Kind::String, &[]);
pub static RELEASE: Shape = s("Release", Kind::String, &[]);
pub static REMEDIATION: Shape = s("Remediation", Kind::Structure, &[o("recommendation", &RECOMMENDATION)]);
pub static REPLICATION_BACKFILL_ERROR: Shape = s("ReplicationBackfillError", Kind::String, &[]);
pub static REPLICATION_BACKFILL_ID: Shape = s("ReplicationBackfillId", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: Some("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"), values: &[] });
pub static REPLICATION_BACKFILL_IN_PROGRESS_EXCEPTION: Shape = s("ReplicationBackfillInProgressException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static REPLICATION_BACKFILL_INVALID_STATUS_EXCEPTION: Shape = s("ReplicationBackfillInvalidStatusException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static REPLICATION_BACKFILL_NOT_FOUND_EXCEPTION: Shape = s("ReplicationBackfillNotFoundException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static REPLICATION_BACKFILL_PROGRESS: Shape = s("ReplicationBackfillProgress", Kind::Structure, &[r("totalReplicationCount", &NON_NEGATIVE_INTEGER), r("completedReplicationCount", &NON_NEGATIVE_INTEGER), r("failedReplicationCount", &NON_NEGATIVE_INTEGER), r("failureCodes", &REPLICATION_ERROR_LIST)]);
pub static REPLICATION_BACKFILL_RESULT: Shape = s("ReplicationBackfillResult", Kind::Structure, &[r("repositoryName", &REPOSITORY_NAME), r("imageId", &IMAGE_IDENTIFIER), r("status", &REPLICATION_BACKFILL_RESULT_STATUS), o("failureCode", &REPLICATION_ERROR), o("subImageFailureCodes", &REPLICATION_ERROR_LIST)]);
pub static REPLICATION_BACKFILL_RESULT_LIST: Shape = s("ReplicationBackfillResultList", Kind::List, &[o("member", &REPLICATION_BACKFILL_RESULT)]);
pub static REPLICATION_BACKFILL_RESULT_STATUS: Shape = s("ReplicationBackfillResultStatus", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["COMPLETE", "FAILED"] });
pub static REPLICATION_BACKFILL_STATUS: Shape = s("ReplicationBackfillStatus", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["PREPARING", "IN_PROGRESS", "COMPLETE", "FAILED", "STOPPING", "STOPPED"] });
pub static REPLICATION_BACKFILL_SUMMARY: Shape = s("ReplicationBackfillSummary", Kind::Structure, &[r("replicationBackfillId", &REPLICATION_BACKFILL_ID), r("destination", &REPLICATION_DESTINATION), r("status", &REPLICATION_BACKFILL_STATUS), o("failureCode", &REPLICATION_BACKFILL_ERROR), o("progress", &REPLICATION_BACKFILL_PROGRESS), r("startedAt", &DATE), o("endedAt", &DATE)]);
pub static REPLICATION_BACKFILL_SUMMARY_LIST: Shape = s("ReplicationBackfillSummaryList", Kind::List, &[o("member", &REPLICATION_BACKFILL_SUMMARY)]);
pub static REPLICATION_CONFIGURATION: Shape = s("ReplicationConfiguration", Kind::Structure, &[r("rules", &REPLICATION_RULE_LIST)]);
pub static REPLICATION_DESTINATION: Shape = s("ReplicationDestination", Kind::Structure, &[r("region", &REGION), r("registryId", &REGISTRY_ID)]);
pub static REPLICATION_DESTINATION_LIST: Shape = s("ReplicationDestinationList", Kind::List, &[o("member", &REPLICATION_DESTINATION)]).rules(&Rules { min: Some(0.0), max: Some(100.0), pattern: None, values: &[] });
pub static REPLICATION_ERROR: Shape = s("ReplicationError", Kind::String, &[]);
pub static REPLICATION_ERROR_LIST: Shape = s("ReplicationErrorList", Kind::List, &[o("member", &REPLICATION_ERROR)]);
pub static REPLICATION_RULE: Shape = s("ReplicationRule", Kind::Structure, &[r("destinations", &REPLICATION_DESTINATION_LIST), o("repositoryFilters", &REPOSITORY_FILTER_LIST), o("deleteReplication", &DELETE_REPLICATION)]);
pub static REPLICATION_RULE_LIST: Shape = s("ReplicationRuleList", Kind::List, &[o("member", &REPLICATION_RULE)]).rules(&Rules { min: Some(0.0), max: Some(25.0), pattern: None, values: &[] });
pub static REPLICATION_STATUS: Shape = s("ReplicationStatus", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["IN_PROGRESS", "COMPLETE", "FAILED"] });
pub static REPOSITORY: Shape = s("Repository", Kind::Structure, &[o("repositoryArn", &ARN), o("registryId", &REGISTRY_ID), o("repositoryName", &REPOSITORY_NAME), o("repositoryUri", &URL), o("createdAt", &CREATION_TIMESTAMP), o("imageTagMutability", &IMAGE_TAG_MUTABILITY), o("imageTagMutabilityExclusionFilters", &IMAGE_TAG_MUTABILITY_EXCLUSION_FILTERS), o("imageScanningConfiguration", &IMAGE_SCANNING_CONFIGURATION), o("encryptionConfiguration", &ENCRYPTION_CONFIGURATION)]);
pub static REPOSITORY_ALREADY_EXISTS_EXCEPTION: Shape = s("RepositoryAlreadyExistsException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static REPOSITORY_CREATION_TEMPLATE: Shape = s("RepositoryCreationTemplate", Kind::Structure, &[o("prefix", &PREFIX), o("description", &REPOSITORY_TEMPLATE_DESCRIPTION), o("encryptionConfiguration", &ENCRYPTION_CONFIGURATION_FOR_REPOSITORY_CREATION_TEMPLATE), o("resourceTags", &TAG_LIST), o("imageTagMutability", &IMAGE_TAG_MUTABILITY), o("imageTagMutabilityExclusionFilters", &IMAGE_TAG_MUTABILITY_EXCLUSION_FILTERS), o("repositoryPolicy", &REPOSITORY_POLICY_TEXT), o("lifecyclePolicy", &LIFECYCLE_POLICY_TEXT_FOR_REPOSITORY_CREATION_TEMPLATE), o("appliedFor", &RCT_APPLIED_FOR_LIST), o("customRoleArn", &CUSTOM_ROLE_ARN), o("createdAt", &DATE), o("updatedAt", &DATE)]);
pub static REPOSITORY_CREATION_TEMPLATE_LIST: Shape = s("RepositoryCreationTemplateList", Kind::List, &[o("member", &REPOSITORY_CREATION_TEMPLATE)]);
pub static REPOSITORY_FILTER: Shape = s("RepositoryFilter", Kind::Structure, &[r("filter", &REPOSITORY_FILTER_VALUE), r("filterType", &REPOSITORY_FILTER_TYPE)]);
pub static REPOSITORY_FILTER_LIST: Shape = s("RepositoryFilterList", Kind::List, &[o("member", &REPOSITORY_FILTER)]).rules(&Rules { min: Some(1.0), max: Some(100.0), pattern: None, values: &[] });
pub static REPOSITORY_FILTER_TYPE: Shape = s("RepositoryFilterType", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["PREFIX_MATCH"] });
pub static REPOSITORY_FILTER_VALUE: Shape = s("RepositoryFilterValue", Kind::String, &[]).rules(&Rules { min: Some(2.0), max: Some(256.0), pattern: Some("^(?:[a-z0-9]+(?:[._-][a-z0-9]*)*/)*[a-z0-9]*(?:[._-][a-z0-9]*)*$"), values: &[] });
pub static REPOSITORY_LIST: Shape = s("RepositoryList", Kind::List, &[o("member", &REPOSITORY)]);
pub static REPOSITORY_NAME: Shape = s("RepositoryName", Kind::String, &[]).rules(&Rules { min: Some(2.0), max: Some(256.0), pattern: Some("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*"), values: &[] });
pub static REPOSITORY_NAME_LIST: Shape = s("RepositoryNameList", Kind::List, &[o("member", &REPOSITORY_NAME)]).rules(&Rules { min: Some(1.0), max: Some(100.0), pattern: None, values: &[] });
pub static REPOSITORY_NOT_EMPTY_EXCEPTION: Shape = s("RepositoryNotEmptyException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static REPOSITORY_NOT_FOUND_EXCEPTION: Shape = s("RepositoryNotFoundException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static REPOSITORY_POLICY_NOT_FOUND_EXCEPTION: Shape = s("RepositoryPolicyNotFoundException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static REPOSITORY_POLICY_TEXT: Shape = s("RepositoryPolicyText", Kind::String, &[]).rules(&Rules { min: Some(0.0), max: Some(10240.0), pattern: None, values: &[] });
pub static REPOSITORY_SCANNING_CONFIGURATION: Shape = s("RepositoryScanningConfiguration", Kind::Structure, &[o("repositoryArn", &ARN), o("repositoryName", &REPOSITORY_NAME), o("scanOnPush", &SCAN_ON_PUSH_FLAG), o("scanFrequency", &SCAN_FREQUENCY), o("appliedScanFilters", &SCANNING_REPOSITORY_FILTER_LIST)]);
pub static REPOSITORY_SCANNING_CONFIGURATION_FAILURE: Shape = s("RepositoryScanningConfigurationFailure", Kind::Structure, &[o("repositoryName", &REPOSITORY_NAME), o("failureCode", &SCANNING_CONFIGURATION_FAILURE_CODE), o("failureReason", &SCANNING_CONFIGURATION_FAILURE_REASON)]);
pub static REPOSITORY_SCANNING_CONFIGURATION_FAILURE_LIST: Shape = s("RepositoryScanningConfigurationFailureList", Kind::List, &[o("member", &REPOSITORY_SCANNING_CONFIGURATION_FAILURE)]);
pub static REPOSITORY_SCANNING_CONFIGURATION_LIST: Shape = s("RepositoryScanningConfigurationList", Kind::List, &[o("member", &REPOSITORY_SCANNING_CONFIGURATION)]);
pub static REPOSITORY_TEMPLATE_DESCRIPTION: Shape = s("RepositoryTemplateDescription", Kind::String, &[]).rules(&Rules { min: None, max: Some(256.0), pattern: None, values: &[] });
pub static RESOURCE: Shape = s("Resource", Kind::Structure, &[o("details", &RESOURCE_DETAILS), o("id", &RESOURCE_ID), o("tags", &TAGS), o("type", &TYPE)]);
pub static RESOURCE_DETAILS: Shape = s("ResourceDetails", Kind::Structure, &[o("awsEcrContainerImage", &AWS_ECR_CONTAINER_IMAGE_DETAILS)]);
pub static RESOURCE_ID: Shape = s("ResourceId", Kind::String, &[]);
pub static RESOURCE_LIST: Shape = s("ResourceList", Kind::List, &[o("member", &RESOURCE)]);
pub static SCAN_FREQUENCY: Shape = s("ScanFrequency", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["SCAN_ON_PUSH", "CONTINUOUS_SCAN", "MANUAL"] });
pub static SCAN_NOT_FOUND_EXCEPTION: Shape = s("ScanNotFoundException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static SCAN_ON_PUSH_FLAG: Shape = s("ScanOnPushFlag", Kind::Boolean, &[]);
pub static SCAN_STATUS: Shape = s("ScanStatus", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["IN_PROGRESS", "COMPLETE", "FAILED", "UNSUPPORTED_IMAGE", "ACTIVE", "PENDING", "SCAN_ELIGIBILITY_EXPIRED", "FINDINGS_UNAVAILABLE", "LIMIT_EXCEEDED", "IMAGE_ARCHIVED", "IMAGE_SIZE_EXCEEDED"] });
pub static SCAN_STATUS_DESCRIPTION: Shape = s("ScanStatusDescription", Kind::String, &[]);
pub static SCAN_TIMESTAMP: Shape = s("ScanTimestamp", Kind::Timestamp, &[]);
pub static SCAN_TYPE: Shape = s("ScanType", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["BASIC", "ENHANCED"] });
pub static SCANNING_CONFIGURATION_FAILURE_CODE: Shape = s("ScanningConfigurationFailureCode", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["REPOSITORY_NOT_FOUND"] });
pub static SCANNING_CONFIGURATION_FAILURE_REASON: Shape = s("ScanningConfigurationFailureReason", Kind::String, &[]);
pub static SCANNING_CONFIGURATION_REPOSITORY_NAME_LIST: Shape = s("ScanningConfigurationRepositoryNameList", Kind::List, &[o("member", &REPOSITORY_NAME)]).rules(&Rules { min: Some(1.0), max: Some(25.0), pattern: None, values: &[] });
pub static SCANNING_REPOSITORY_FILTER: Shape = s("ScanningRepositoryFilter", Kind::Structure, &[r("filter", &SCANNING_REPOSITORY_FILTER_VALUE), r("filterType", &SCANNING_REPOSITORY_FILTER_TYPE)]);
pub static SCANNING_REPOSITORY_FILTER_LIST: Shape = s("ScanningRepositoryFilterList", Kind::List, &[o("member", &SCANNING_REPOSITORY_FILTER)]).rules(&Rules { min: Some(0.0), max: Some(100.0), pattern: None, values: &[] });
pub static SCANNING_REPOSITORY_FILTER_TYPE: Shape = s("ScanningRepositoryFilterType", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["WILDCARD"] });
pub static SCANNING_REPOSITORY_FILTER_VALUE: Shape = s("ScanningRepositoryFilterValue", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(255.0), pattern: Some("^[a-z0-9*](?:[._\\-/a-z0-9*]?[a-z0-9*]+)*$"), values: &[] });
pub static SCORE: Shape = s("Score", Kind::Double, &[]);
pub static SCORE_DETAILS: Shape = s("ScoreDetails", Kind::Structure, &[o("cvss", &CVSS_SCORE_DETAILS)]);
pub static SCORING_VECTOR: Shape = s("ScoringVector", Kind::String, &[]);
pub static SECRET_NOT_FOUND_EXCEPTION: Shape = s("SecretNotFoundException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static SERVER_EXCEPTION: Shape = s("ServerException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]).traits(&Traits { error: Some(&ErrorTraits { code: None, status: None, receiver: true }), ..NONE });
pub static SET_REPOSITORY_POLICY_REQUEST: Shape = s("SetRepositoryPolicyRequest", Kind::Structure, &[o("registryId", &REGISTRY_ID), r("repositoryName", &REPOSITORY_NAME), r("policyText", &REPOSITORY_POLICY_TEXT), o("force", &FORCE_FLAG)]);
pub static SET_REPOSITORY_POLICY_RESPONSE: Shape = s("SetRepositoryPolicyResponse", Kind::Structure, &[o("registryId", &REGISTRY_ID), o("repositoryName", &REPOSITORY_NAME), o("policyText", &REPOSITORY_POLICY_TEXT)]);
pub static SEVERITY: Shape = s("Severity", Kind::String, &[]);
pub static SEVERITY_COUNT: Shape = s("SeverityCount", Kind::Integer, &[]).rules(&Rules { min: Some(0.0), max: None, pattern: None, values: &[] });
pub static SIGNING_CONFIGURATION: Shape = s("SigningConfiguration", Kind::Structure, &[r("rules", &SIGNING_RULE_LIST)]);
pub static SIGNING_CONFIGURATION_NOT_FOUND_EXCEPTION: Shape = s("SigningConfigurationNotFoundException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static SIGNING_PROFILE_ARN: Shape = s("SigningProfileArn", Kind::String, &[]).rules(&Rules { min: None, max: Some(200.0), pattern: Some("^arn:aws(-[a-z]+)*:signer:[a-z0-9-]+:[0-9]{12}:\\/signing-profiles\\/[a-zA-Z0-9_]{2,}$"), values: &[] });
pub static SIGNING_REPOSITORY_FILTER: Shape = s("SigningRepositoryFilter", Kind::Structure, &[r("filter", &SIGNING_REPOSITORY_FILTER_VALUE), r("filterType", &SIGNING_REPOSITORY_FILTER_TYPE)]);
pub static SIGNING_REPOSITORY_FILTER_LIST: Shape = s("SigningRepositoryFilterList", Kind::List, &[o("member", &SIGNING_REPOSITORY_FILTER)]).rules(&Rules { min: Some(1.0), max: Some(100.0), pattern: None, values: &[] });
pub static SIGNING_REPOSITORY_FILTER_TYPE: Shape = s("SigningRepositoryFilterType", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["WILDCARD_MATCH"] });
pub static SIGNING_REPOSITORY_FILTER_VALUE: Shape = s("SigningRepositoryFilterValue", Kind::String, &[]).rules(&Rules { min: Some(1.0), max: Some(256.0), pattern: Some("^(?:[a-z0-9*]+(?:[._-][a-z0-9*]+)*/)*[a-z0-9*]+(?:[._-][a-z0-9*]+)*$"), values: &[] });
pub static SIGNING_RULE: Shape = s("SigningRule", Kind::Structure, &[r("signingProfileArn", &SIGNING_PROFILE_ARN), o("repositoryFilters", &SIGNING_REPOSITORY_FILTER_LIST)]);
pub static SIGNING_RULE_LIST: Shape = s("SigningRuleList", Kind::List, &[o("member", &SIGNING_RULE)]).rules(&Rules { min: Some(0.0), max: Some(10.0), pattern: None, values: &[] });
pub static SIGNING_STATUS: Shape = s("SigningStatus", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["IN_PROGRESS", "COMPLETE", "FAILED"] });
pub static SIGNING_STATUS_FAILURE_CODE: Shape = s("SigningStatusFailureCode", Kind::String, &[]);
pub static SIGNING_STATUS_FAILURE_REASON: Shape = s("SigningStatusFailureReason", Kind::String, &[]);
pub static SOURCE: Shape = s("Source", Kind::String, &[]);
pub static SOURCE_LAYER_HASH: Shape = s("SourceLayerHash", Kind::String, &[]);
pub static START_IMAGE_SCAN_REQUEST: Shape = s("StartImageScanRequest", Kind::Structure, &[o("registryId", &REGISTRY_ID), r("repositoryName", &REPOSITORY_NAME), r("imageId", &IMAGE_IDENTIFIER)]);
pub static START_IMAGE_SCAN_RESPONSE: Shape = s("StartImageScanResponse", Kind::Structure, &[o("registryId", &REGISTRY_ID), o("repositoryName", &REPOSITORY_NAME), o("imageId", &IMAGE_IDENTIFIER), o("imageScanStatus", &IMAGE_SCAN_STATUS)]);
pub static START_LIFECYCLE_POLICY_PREVIEW_REQUEST: Shape = s("StartLifecyclePolicyPreviewRequest", Kind::Structure, &[o("registryId", &REGISTRY_ID), r("repositoryName", &REPOSITORY_NAME), o("lifecyclePolicyText", &LIFECYCLE_POLICY_TEXT)]);
pub static START_LIFECYCLE_POLICY_PREVIEW_RESPONSE: Shape = s("StartLifecyclePolicyPreviewResponse", Kind::Structure, &[o("registryId", &REGISTRY_ID), o("repositoryName", &REPOSITORY_NAME), o("lifecyclePolicyText", &LIFECYCLE_POLICY_TEXT), o("status", &LIFECYCLE_POLICY_PREVIEW_STATUS)]);
pub static START_REPLICATION_BACKFILL_REQUEST: Shape = s("StartReplicationBackfillRequest", Kind::Structure, &[o("registryId", &REGISTRY_ID), r("destination", &REPLICATION_DESTINATION)]);
pub static START_REPLICATION_BACKFILL_RESPONSE: Shape = s("StartReplicationBackfillResponse", Kind::Structure, &[o("replicationBackfillId", &REPLICATION_BACKFILL_ID), o("registryId", &REGISTRY_ID), o("destination", &REPLICATION_DESTINATION), o("status", &REPLICATION_BACKFILL_STATUS), o("startedAt", &DATE)]);
pub static STATUS: Shape = s("Status", Kind::String, &[]);
pub static STOP_REPLICATION_BACKFILL_REQUEST: Shape = s("StopReplicationBackfillRequest", Kind::Structure, &[o("registryId", &REGISTRY_ID), r("replicationBackfillId", &REPLICATION_BACKFILL_ID)]);
pub static STOP_REPLICATION_BACKFILL_RESPONSE: Shape = s("StopReplicationBackfillResponse", Kind::Structure, &[o("registryId", &REGISTRY_ID), o("replicationBackfillId", &REPLICATION_BACKFILL_ID), o("destination", &REPLICATION_DESTINATION), o("status", &REPLICATION_BACKFILL_STATUS), o("startedAt", &DATE)]);
pub static STRING: Shape = s("String", Kind::String, &[]);
pub static SUBJECT_IDENTIFIER: Shape = s("SubjectIdentifier", Kind::Structure, &[r("imageDigest", &IMAGE_DIGEST)]);
pub static TAG: Shape = s("Tag", Kind::Structure, &[r("Key", &TAG_KEY), r("Value", &TAG_VALUE)]);
pub static TAG_KEY: Shape = s("TagKey", Kind::String, &[]);
pub static TAG_KEY_LIST: Shape = s("TagKeyList", Kind::List, &[o("member", &TAG_KEY)]);
pub static TAG_LIST: Shape = s("TagList", Kind::List, &[o("member", &TAG)]);
pub static TAG_RESOURCE_REQUEST: Shape = s("TagResourceRequest", Kind::Structure, &[r("resourceArn", &ARN), r("tags", &TAG_LIST)]);
pub static TAG_RESOURCE_RESPONSE: Shape = s("TagResourceResponse", Kind::Structure, &[]);
pub static TAG_STATUS: Shape = s("TagStatus", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["TAGGED", "UNTAGGED", "ANY"] });
pub static TAG_VALUE: Shape = s("TagValue", Kind::String, &[]);
pub static TAGS: Shape = s("Tags", Kind::Map, &[o("key", &TAG_KEY), o("value", &TAG_VALUE)]);
pub static TARGET_STORAGE_CLASS: Shape = s("TargetStorageClass", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["STANDARD", "ARCHIVE"] });
pub static TEMPLATE_ALREADY_EXISTS_EXCEPTION: Shape = s("TemplateAlreadyExistsException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static TEMPLATE_NOT_FOUND_EXCEPTION: Shape = s("TemplateNotFoundException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static TITLE: Shape = s("Title", Kind::String, &[]);
pub static TOO_MANY_TAGS_EXCEPTION: Shape = s("TooManyTagsException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static TRANSITIONING_IMAGE_TOTAL_COUNT: Shape = s("TransitioningImageTotalCount", Kind::Structure, &[o("targetStorageClass", &LIFECYCLE_POLICY_TARGET_STORAGE_CLASS), o("imageTotalCount", &IMAGE_COUNT)]);
pub static TRANSITIONING_IMAGE_TOTAL_COUNTS: Shape = s("TransitioningImageTotalCounts", Kind::List, &[o("member", &TRANSITIONING_IMAGE_TOTAL_COUNT)]);
pub static TYPE: Shape = s("Type", Kind::String, &[]);
pub static UNABLE_TO_ACCESS_SECRET_EXCEPTION: Shape = s("UnableToAccessSecretException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static UNABLE_TO_DECRYPT_SECRET_VALUE_EXCEPTION: Shape = s("UnableToDecryptSecretValueException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static UNABLE_TO_GET_UPSTREAM_IMAGE_EXCEPTION: Shape = s("UnableToGetUpstreamImageException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static UNABLE_TO_GET_UPSTREAM_LAYER_EXCEPTION: Shape = s("UnableToGetUpstreamLayerException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static UNABLE_TO_LIST_UPSTREAM_IMAGE_REFERRERS_EXCEPTION: Shape = s("UnableToListUpstreamImageReferrersException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static UNSUPPORTED_IMAGE_TYPE_EXCEPTION: Shape = s("UnsupportedImageTypeException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static UNSUPPORTED_UPSTREAM_REGISTRY_EXCEPTION: Shape = s("UnsupportedUpstreamRegistryException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static UNTAG_RESOURCE_REQUEST: Shape = s("UntagResourceRequest", Kind::Structure, &[r("resourceArn", &ARN), r("tagKeys", &TAG_KEY_LIST)]);
pub static UNTAG_RESOURCE_RESPONSE: Shape = s("UntagResourceResponse", Kind::Structure, &[]);
pub static UPDATE_IMAGE_STORAGE_CLASS_REQUEST: Shape = s("UpdateImageStorageClassRequest", Kind::Structure, &[o("registryId", &REGISTRY_ID), r("repositoryName", &REPOSITORY_NAME), r("imageId", &IMAGE_IDENTIFIER), r("targetStorageClass", &TARGET_STORAGE_CLASS)]);
pub static UPDATE_IMAGE_STORAGE_CLASS_RESPONSE: Shape = s("UpdateImageStorageClassResponse", Kind::Structure, &[o("registryId", &REGISTRY_ID), o("repositoryName", &REPOSITORY_NAME), o("imageId", &IMAGE_IDENTIFIER), o("imageStatus", &IMAGE_STATUS)]);
pub static UPDATE_PULL_THROUGH_CACHE_RULE_REQUEST: Shape = s("UpdatePullThroughCacheRuleRequest", Kind::Structure, &[o("registryId", &REGISTRY_ID), r("ecrRepositoryPrefix", &PULL_THROUGH_CACHE_RULE_REPOSITORY_PREFIX), o("credentialArn", &CREDENTIAL_ARN), o("customRoleArn", &CUSTOM_ROLE_ARN)]);
pub static UPDATE_PULL_THROUGH_CACHE_RULE_RESPONSE: Shape = s("UpdatePullThroughCacheRuleResponse", Kind::Structure, &[o("ecrRepositoryPrefix", &PULL_THROUGH_CACHE_RULE_REPOSITORY_PREFIX), o("registryId", &REGISTRY_ID), o("updatedAt", &UPDATED_TIMESTAMP), o("credentialArn", &CREDENTIAL_ARN), o("customRoleArn", &CUSTOM_ROLE_ARN), o("upstreamRepositoryPrefix", &PULL_THROUGH_CACHE_RULE_REPOSITORY_PREFIX)]);
pub static UPDATE_REPOSITORY_CREATION_TEMPLATE_REQUEST: Shape = s("UpdateRepositoryCreationTemplateRequest", Kind::Structure, &[r("prefix", &PREFIX), o("description", &REPOSITORY_TEMPLATE_DESCRIPTION), o("encryptionConfiguration", &ENCRYPTION_CONFIGURATION_FOR_REPOSITORY_CREATION_TEMPLATE), o("resourceTags", &TAG_LIST), o("imageTagMutability", &IMAGE_TAG_MUTABILITY), o("imageTagMutabilityExclusionFilters", &IMAGE_TAG_MUTABILITY_EXCLUSION_FILTERS), o("repositoryPolicy", &REPOSITORY_POLICY_TEXT), o("lifecyclePolicy", &LIFECYCLE_POLICY_TEXT_FOR_REPOSITORY_CREATION_TEMPLATE), o("appliedFor", &RCT_APPLIED_FOR_LIST), o("customRoleArn", &CUSTOM_ROLE_ARN)]);
pub static UPDATE_REPOSITORY_CREATION_TEMPLATE_RESPONSE: Shape = s("UpdateRepositoryCreationTemplateResponse", Kind::Structure, &[o("registryId", &REGISTRY_ID), o("repositoryCreationTemplate", &REPOSITORY_CREATION_TEMPLATE)]);
pub static UPDATED_TIMESTAMP: Shape = s("UpdatedTimestamp", Kind::Timestamp, &[]);
pub static UPLOAD_ID: Shape = s("UploadId", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: Some("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"), values: &[] });
pub static UPLOAD_LAYER_PART_REQUEST: Shape = s("UploadLayerPartRequest", Kind::Structure, &[o("registryId", &REGISTRY_ID), r("repositoryName", &REPOSITORY_NAME), r("uploadId", &UPLOAD_ID), r("partFirstByte", &PART_SIZE), r("partLastByte", &PART_SIZE), r("layerPartBlob", &LAYER_PART_BLOB)]);
pub static UPLOAD_LAYER_PART_RESPONSE: Shape = s("UploadLayerPartResponse", Kind::Structure, &[o("registryId", &REGISTRY_ID), o("repositoryName", &REPOSITORY_NAME), o("uploadId", &UPLOAD_ID), o("lastByteReceived", &PART_SIZE)]);
pub static UPLOAD_NOT_FOUND_EXCEPTION: Shape = s("UploadNotFoundException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static UPSTREAM_REGISTRY: Shape = s("UpstreamRegistry", Kind::String, &[]).rules(&Rules { min: None, max: None, pattern: None, values: &["ecr", "ecr-public", "quay", "k8s", "docker-hub", "github-container-registry", "azure-container-registry", "gitlab-container-registry", "chainguard"] });
pub static URL: Shape = s("Url", Kind::String, &[]);
pub static VALIDATE_PULL_THROUGH_CACHE_RULE_REQUEST: Shape = s("ValidatePullThroughCacheRuleRequest", Kind::Structure, &[r("ecrRepositoryPrefix", &PULL_THROUGH_CACHE_RULE_REPOSITORY_PREFIX), o("registryId", &REGISTRY_ID)]);
pub static VALIDATE_PULL_THROUGH_CACHE_RULE_RESPONSE: Shape = s("ValidatePullThroughCacheRuleResponse", Kind::Structure, &[o("ecrRepositoryPrefix", &PULL_THROUGH_CACHE_RULE_REPOSITORY_PREFIX), o("registryId", &REGISTRY_ID), o("upstreamRegistryUrl", &URL), o("credentialArn", &CREDENTIAL_ARN), o("customRoleArn", &CUSTOM_ROLE_ARN), o("upstreamRepositoryPrefix", &PULL_THROUGH_CACHE_RULE_REPOSITORY_PREFIX), o("isValid", &IS_PTC_RULE_VALID), o("failure", &PTC_VALIDATE_FAILURE)]);
pub static VALIDATION_EXCEPTION: Shape = s("ValidationException", Kind::Structure, &[o("message", &EXCEPTION_MESSAGE)]);
pub static VERSION: Shape = s("Version", Kind::String, &[]);
pub static VULNERABILITY_ID: Shape = s("VulnerabilityId", Kind::String, &[]);
pub static VULNERABILITY_SOURCE_UPDATE_TIMESTAMP: Shape = s("VulnerabilitySourceUpdateTimestamp", Kind::Timestamp, &[]);
pub static VULNERABLE_PACKAGE: Shape = s("VulnerablePackage", Kind::Structure, &[o("arch", &ARCH), o("epoch", &EPOCH), o("filePath", &FILE_PATH), o("name", &VULNERABLE_PACKAGE_NAME), o("packageManager", &PACKAGE_MANAGER), o("release", &RELEASE), o("sourceLayerHash", &SOURCE_LAYER_HASH), o("version", &VERSION), o("fixedInVersion", &FIXED_IN_VERSION)]);
pub static VULNERABLE_PACKAGE_NAME: Shape = s("VulnerablePackageName", Kind::String, &[]);
pub static VULNERABLE_PACKAGES_LIST: Shape = s("VulnerablePackagesList", Kind::List, &[o("member", &VULNERABLE_PACKAGE)]);
