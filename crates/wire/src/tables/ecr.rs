// @generated from botocore 1.44.5 (Apache-2.0); do not edit, run `cargo xtask import-models`.
//! Amazon Elastic Container Registry, API version 2015-09-21.

use std::sync::OnceLock;

use crate::shape::{Protocol, Service};
use crate::table::{Graph, Known, Table};

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
    served: include_str!("../../operations/ecr.txt"),
    table: Table::new(include_str!("ecr.txt"), graph),
};

fn graph() -> &'static Graph {
    static GRAPH: OnceLock<Graph> = OnceLock::new();
    GRAPH.get_or_init(|| Graph::read(SERVICE.table.text()))
}

const fn k(name: &'static str, members: &'static str) -> Known {
    Known::new(&SERVICE, name, members)
}

pub const ATTRIBUTE: Known = k("Attribute", "key!string value?string");
pub const AUTHORIZATION_DATA: Known = k("AuthorizationData", "authorizationToken?string expiresAt?timestamp proxyEndpoint?string");
pub const AWS_ECR_CONTAINER_IMAGE_DETAILS: Known = k("AwsEcrContainerImageDetails", "architecture?string author?string imageHash?string imageTags?list platform?string pushedAt?timestamp lastInUseAt?timestamp inUseCount?long registry?string repositoryName?string");
pub const BATCH_CHECK_LAYER_AVAILABILITY_REQUEST: Known = k("BatchCheckLayerAvailabilityRequest", "registryId?string repositoryName!string layerDigests!list");
pub const BATCH_CHECK_LAYER_AVAILABILITY_RESPONSE: Known = k("BatchCheckLayerAvailabilityResponse", "layers?list failures?list");
pub const BATCH_DELETE_IMAGE_REQUEST: Known = k("BatchDeleteImageRequest", "registryId?string repositoryName!string imageIds!list");
pub const BATCH_DELETE_IMAGE_RESPONSE: Known = k("BatchDeleteImageResponse", "imageIds?list failures?list");
pub const BATCH_GET_IMAGE_REQUEST: Known = k("BatchGetImageRequest", "registryId?string repositoryName!string imageIds!list acceptedMediaTypes?list");
pub const BATCH_GET_IMAGE_RESPONSE: Known = k("BatchGetImageResponse", "images?list failures?list");
pub const BATCH_GET_REPOSITORY_SCANNING_CONFIGURATION_REQUEST: Known = k("BatchGetRepositoryScanningConfigurationRequest", "repositoryNames!list");
pub const BATCH_GET_REPOSITORY_SCANNING_CONFIGURATION_RESPONSE: Known = k("BatchGetRepositoryScanningConfigurationResponse", "scanningConfigurations?list failures?list");
pub const BLOCKED_BY_ORGANIZATION_POLICY_EXCEPTION: Known = k("BlockedByOrganizationPolicyException", "message?string");
pub const COMPLETE_LAYER_UPLOAD_REQUEST: Known = k("CompleteLayerUploadRequest", "registryId?string repositoryName!string uploadId!string layerDigests!list");
pub const COMPLETE_LAYER_UPLOAD_RESPONSE: Known = k("CompleteLayerUploadResponse", "registryId?string repositoryName?string uploadId?string layerDigest?string");
pub const CREATE_PULL_THROUGH_CACHE_RULE_REQUEST: Known = k("CreatePullThroughCacheRuleRequest", "ecrRepositoryPrefix!string upstreamRegistryUrl!string registryId?string upstreamRegistry?string credentialArn?string customRoleArn?string upstreamRepositoryPrefix?string");
pub const CREATE_PULL_THROUGH_CACHE_RULE_RESPONSE: Known = k("CreatePullThroughCacheRuleResponse", "ecrRepositoryPrefix?string upstreamRegistryUrl?string createdAt?timestamp registryId?string upstreamRegistry?string credentialArn?string customRoleArn?string upstreamRepositoryPrefix?string");
pub const CREATE_REPOSITORY_CREATION_TEMPLATE_REQUEST: Known = k("CreateRepositoryCreationTemplateRequest", "prefix!string description?string encryptionConfiguration?structure resourceTags?list imageTagMutability?string imageTagMutabilityExclusionFilters?list repositoryPolicy?string lifecyclePolicy?string appliedFor!list customRoleArn?string");
pub const CREATE_REPOSITORY_CREATION_TEMPLATE_RESPONSE: Known = k("CreateRepositoryCreationTemplateResponse", "registryId?string repositoryCreationTemplate?structure");
pub const CREATE_REPOSITORY_REQUEST: Known = k("CreateRepositoryRequest", "registryId?string repositoryName!string tags?list imageTagMutability?string imageTagMutabilityExclusionFilters?list imageScanningConfiguration?structure encryptionConfiguration?structure");
pub const CREATE_REPOSITORY_RESPONSE: Known = k("CreateRepositoryResponse", "repository?structure");
pub const CVSS_SCORE: Known = k("CvssScore", "baseScore?double scoringVector?string source?string version?string");
pub const CVSS_SCORE_ADJUSTMENT: Known = k("CvssScoreAdjustment", "metric?string reason?string");
pub const CVSS_SCORE_DETAILS: Known = k("CvssScoreDetails", "adjustments?list score?double scoreSource?string scoringVector?string version?string");
pub const DELETE_LIFECYCLE_POLICY_REQUEST: Known = k("DeleteLifecyclePolicyRequest", "registryId?string repositoryName!string");
pub const DELETE_LIFECYCLE_POLICY_RESPONSE: Known = k("DeleteLifecyclePolicyResponse", "registryId?string repositoryName?string lifecyclePolicyText?string lastEvaluatedAt?timestamp");
pub const DELETE_PULL_THROUGH_CACHE_RULE_REQUEST: Known = k("DeletePullThroughCacheRuleRequest", "ecrRepositoryPrefix!string registryId?string");
pub const DELETE_PULL_THROUGH_CACHE_RULE_RESPONSE: Known = k("DeletePullThroughCacheRuleResponse", "ecrRepositoryPrefix?string upstreamRegistryUrl?string createdAt?timestamp registryId?string credentialArn?string customRoleArn?string upstreamRepositoryPrefix?string");
pub const DELETE_REGISTRY_POLICY_REQUEST: Known = k("DeleteRegistryPolicyRequest", "");
pub const DELETE_REGISTRY_POLICY_RESPONSE: Known = k("DeleteRegistryPolicyResponse", "registryId?string policyText?string");
pub const DELETE_REPLICATION: Known = k("DeleteReplication", "enabled!boolean");
pub const DELETE_REPOSITORY_CREATION_TEMPLATE_REQUEST: Known = k("DeleteRepositoryCreationTemplateRequest", "prefix!string");
pub const DELETE_REPOSITORY_CREATION_TEMPLATE_RESPONSE: Known = k("DeleteRepositoryCreationTemplateResponse", "registryId?string repositoryCreationTemplate?structure");
pub const DELETE_REPOSITORY_POLICY_REQUEST: Known = k("DeleteRepositoryPolicyRequest", "registryId?string repositoryName!string");
pub const DELETE_REPOSITORY_POLICY_RESPONSE: Known = k("DeleteRepositoryPolicyResponse", "registryId?string repositoryName?string policyText?string");
pub const DELETE_REPOSITORY_REQUEST: Known = k("DeleteRepositoryRequest", "registryId?string repositoryName!string force?boolean");
pub const DELETE_REPOSITORY_RESPONSE: Known = k("DeleteRepositoryResponse", "repository?structure");
pub const DELETE_SIGNING_CONFIGURATION_REQUEST: Known = k("DeleteSigningConfigurationRequest", "");
pub const DELETE_SIGNING_CONFIGURATION_RESPONSE: Known = k("DeleteSigningConfigurationResponse", "registryId?string signingConfiguration?structure");
pub const DEREGISTER_PULL_TIME_UPDATE_EXCLUSION_REQUEST: Known = k("DeregisterPullTimeUpdateExclusionRequest", "principalArn!string");
pub const DEREGISTER_PULL_TIME_UPDATE_EXCLUSION_RESPONSE: Known = k("DeregisterPullTimeUpdateExclusionResponse", "principalArn?string");
pub const DESCRIBE_IMAGE_REPLICATION_STATUS_REQUEST: Known = k("DescribeImageReplicationStatusRequest", "repositoryName!string imageId!structure registryId?string");
pub const DESCRIBE_IMAGE_REPLICATION_STATUS_RESPONSE: Known = k("DescribeImageReplicationStatusResponse", "repositoryName?string imageId?structure replicationStatuses?list");
pub const DESCRIBE_IMAGE_SCAN_FINDINGS_REQUEST: Known = k("DescribeImageScanFindingsRequest", "registryId?string repositoryName!string imageId!structure nextToken?string maxResults?integer");
pub const DESCRIBE_IMAGE_SCAN_FINDINGS_RESPONSE: Known = k("DescribeImageScanFindingsResponse", "registryId?string repositoryName?string imageId?structure imageScanStatus?structure imageScanFindings?structure nextToken?string");
pub const DESCRIBE_IMAGE_SIGNING_STATUS_REQUEST: Known = k("DescribeImageSigningStatusRequest", "repositoryName!string imageId!structure registryId?string");
pub const DESCRIBE_IMAGE_SIGNING_STATUS_RESPONSE: Known = k("DescribeImageSigningStatusResponse", "repositoryName?string imageId?structure registryId?string signingStatuses?list");
pub const DESCRIBE_IMAGES_FILTER: Known = k("DescribeImagesFilter", "tagStatus?string imageStatus?string");
pub const DESCRIBE_IMAGES_REQUEST: Known = k("DescribeImagesRequest", "registryId?string repositoryName!string imageIds?list nextToken?string maxResults?integer filter?structure");
pub const DESCRIBE_IMAGES_RESPONSE: Known = k("DescribeImagesResponse", "imageDetails?list nextToken?string");
pub const DESCRIBE_PULL_THROUGH_CACHE_RULES_REQUEST: Known = k("DescribePullThroughCacheRulesRequest", "registryId?string ecrRepositoryPrefixes?list nextToken?string maxResults?integer");
pub const DESCRIBE_PULL_THROUGH_CACHE_RULES_RESPONSE: Known = k("DescribePullThroughCacheRulesResponse", "pullThroughCacheRules?list nextToken?string");
pub const DESCRIBE_REGISTRY_REQUEST: Known = k("DescribeRegistryRequest", "");
pub const DESCRIBE_REGISTRY_RESPONSE: Known = k("DescribeRegistryResponse", "registryId?string replicationConfiguration?structure");
pub const DESCRIBE_REPLICATION_BACKFILL_RESULTS_REQUEST: Known = k("DescribeReplicationBackfillResultsRequest", "registryId?string replicationBackfillId!string resultStatusFilter?string maxResults?integer nextToken?string");
pub const DESCRIBE_REPLICATION_BACKFILL_RESULTS_RESPONSE: Known = k("DescribeReplicationBackfillResultsResponse", "registryId?string replicationBackfillId?string destination?structure status?string failureCode?string progress?structure results?list startedAt?timestamp endedAt?timestamp nextToken?string");
pub const DESCRIBE_REPOSITORIES_REQUEST: Known = k("DescribeRepositoriesRequest", "registryId?string repositoryNames?list nextToken?string maxResults?integer");
pub const DESCRIBE_REPOSITORIES_RESPONSE: Known = k("DescribeRepositoriesResponse", "repositories?list nextToken?string");
pub const DESCRIBE_REPOSITORY_CREATION_TEMPLATES_REQUEST: Known = k("DescribeRepositoryCreationTemplatesRequest", "prefixes?list nextToken?string maxResults?integer");
pub const DESCRIBE_REPOSITORY_CREATION_TEMPLATES_RESPONSE: Known = k("DescribeRepositoryCreationTemplatesResponse", "registryId?string repositoryCreationTemplates?list nextToken?string");
pub const EMPTY_UPLOAD_EXCEPTION: Known = k("EmptyUploadException", "message?string");
pub const ENCRYPTION_CONFIGURATION: Known = k("EncryptionConfiguration", "encryptionType!string kmsKey?string");
pub const ENCRYPTION_CONFIGURATION_FOR_REPOSITORY_CREATION_TEMPLATE: Known = k("EncryptionConfigurationForRepositoryCreationTemplate", "encryptionType!string kmsKey?string");
pub const ENHANCED_IMAGE_SCAN_FINDING: Known = k("EnhancedImageScanFinding", "awsAccountId?string description?string findingArn?string firstObservedAt?timestamp lastObservedAt?timestamp packageVulnerabilityDetails?structure remediation?structure resources?list score?double scoreDetails?structure severity?string status?string title?string type?string updatedAt?timestamp fixAvailable?string exploitAvailable?string");
pub const EXCLUSION_ALREADY_EXISTS_EXCEPTION: Known = k("ExclusionAlreadyExistsException", "message?string");
pub const EXCLUSION_NOT_FOUND_EXCEPTION: Known = k("ExclusionNotFoundException", "message?string");
pub const GET_ACCOUNT_SETTING_REQUEST: Known = k("GetAccountSettingRequest", "name!string");
pub const GET_ACCOUNT_SETTING_RESPONSE: Known = k("GetAccountSettingResponse", "name?string value?string");
pub const GET_AUTHORIZATION_TOKEN_REQUEST: Known = k("GetAuthorizationTokenRequest", "registryIds?list");
pub const GET_AUTHORIZATION_TOKEN_RESPONSE: Known = k("GetAuthorizationTokenResponse", "authorizationData?list");
pub const GET_DOWNLOAD_URL_FOR_LAYER_REQUEST: Known = k("GetDownloadUrlForLayerRequest", "registryId?string repositoryName!string layerDigest!string");
pub const GET_DOWNLOAD_URL_FOR_LAYER_RESPONSE: Known = k("GetDownloadUrlForLayerResponse", "downloadUrl?string layerDigest?string");
pub const GET_LIFECYCLE_POLICY_PREVIEW_REQUEST: Known = k("GetLifecyclePolicyPreviewRequest", "registryId?string repositoryName!string imageIds?list nextToken?string maxResults?integer filter?structure");
pub const GET_LIFECYCLE_POLICY_PREVIEW_RESPONSE: Known = k("GetLifecyclePolicyPreviewResponse", "registryId?string repositoryName?string lifecyclePolicyText?string status?string nextToken?string previewResults?list summary?structure");
pub const GET_LIFECYCLE_POLICY_REQUEST: Known = k("GetLifecyclePolicyRequest", "registryId?string repositoryName!string");
pub const GET_LIFECYCLE_POLICY_RESPONSE: Known = k("GetLifecyclePolicyResponse", "registryId?string repositoryName?string lifecyclePolicyText?string lastEvaluatedAt?timestamp");
pub const GET_REGISTRY_POLICY_REQUEST: Known = k("GetRegistryPolicyRequest", "");
pub const GET_REGISTRY_POLICY_RESPONSE: Known = k("GetRegistryPolicyResponse", "registryId?string policyText?string");
pub const GET_REGISTRY_SCANNING_CONFIGURATION_REQUEST: Known = k("GetRegistryScanningConfigurationRequest", "");
pub const GET_REGISTRY_SCANNING_CONFIGURATION_RESPONSE: Known = k("GetRegistryScanningConfigurationResponse", "registryId?string scanningConfiguration?structure");
pub const GET_REPOSITORY_POLICY_REQUEST: Known = k("GetRepositoryPolicyRequest", "registryId?string repositoryName!string");
pub const GET_REPOSITORY_POLICY_RESPONSE: Known = k("GetRepositoryPolicyResponse", "registryId?string repositoryName?string policyText?string");
pub const GET_SIGNING_CONFIGURATION_REQUEST: Known = k("GetSigningConfigurationRequest", "");
pub const GET_SIGNING_CONFIGURATION_RESPONSE: Known = k("GetSigningConfigurationResponse", "registryId?string signingConfiguration?structure");
pub const IMAGE: Known = k("Image", "registryId?string repositoryName?string imageId?structure imageManifest?string imageManifestMediaType?string");
pub const IMAGE_ALREADY_EXISTS_EXCEPTION: Known = k("ImageAlreadyExistsException", "message?string");
pub const IMAGE_ARCHIVED_EXCEPTION: Known = k("ImageArchivedException", "message?string");
pub const IMAGE_DETAIL: Known = k("ImageDetail", "registryId?string repositoryName?string imageDigest?string imageTags?list imageSizeInBytes?long imagePushedAt?timestamp imageScanStatus?structure imageScanFindingsSummary?structure imageManifestMediaType?string artifactMediaType?string lastRecordedPullTime?timestamp subjectManifestDigest?string imageStatus?string lastArchivedAt?timestamp lastActivatedAt?timestamp");
pub const IMAGE_DIGEST_DOES_NOT_MATCH_EXCEPTION: Known = k("ImageDigestDoesNotMatchException", "message?string");
pub const IMAGE_FAILURE: Known = k("ImageFailure", "imageId?structure failureCode?string failureReason?string");
pub const IMAGE_IDENTIFIER: Known = k("ImageIdentifier", "imageDigest?string imageTag?string");
pub const IMAGE_NOT_FOUND_EXCEPTION: Known = k("ImageNotFoundException", "message?string");
pub const IMAGE_REFERRER: Known = k("ImageReferrer", "digest!string mediaType!string artifactType?string size!long annotations?map artifactStatus?string");
pub const IMAGE_REPLICATION_STATUS: Known = k("ImageReplicationStatus", "region?string registryId?string status?string failureCode?string");
pub const IMAGE_SCAN_FINDING: Known = k("ImageScanFinding", "name?string description?string uri?string severity?string attributes?list");
pub const IMAGE_SCAN_FINDINGS: Known = k("ImageScanFindings", "imageScanCompletedAt?timestamp vulnerabilitySourceUpdatedAt?timestamp findingSeverityCounts?map findings?list enhancedFindings?list");
pub const IMAGE_SCAN_FINDINGS_SUMMARY: Known = k("ImageScanFindingsSummary", "imageScanCompletedAt?timestamp vulnerabilitySourceUpdatedAt?timestamp findingSeverityCounts?map");
pub const IMAGE_SCAN_STATUS: Known = k("ImageScanStatus", "status?string description?string");
pub const IMAGE_SCANNING_CONFIGURATION: Known = k("ImageScanningConfiguration", "scanOnPush?boolean");
pub const IMAGE_SIGNING_STATUS: Known = k("ImageSigningStatus", "signingProfileArn?string failureCode?string failureReason?string status?string");
pub const IMAGE_STORAGE_CLASS_UPDATE_NOT_SUPPORTED_EXCEPTION: Known = k("ImageStorageClassUpdateNotSupportedException", "message?string");
pub const IMAGE_TAG_ALREADY_EXISTS_EXCEPTION: Known = k("ImageTagAlreadyExistsException", "message?string");
pub const IMAGE_TAG_MUTABILITY_EXCLUSION_FILTER: Known = k("ImageTagMutabilityExclusionFilter", "filterType!string filter!string");
pub const INITIATE_LAYER_UPLOAD_REQUEST: Known = k("InitiateLayerUploadRequest", "registryId?string repositoryName!string");
pub const INITIATE_LAYER_UPLOAD_RESPONSE: Known = k("InitiateLayerUploadResponse", "uploadId?string partSize?long");
pub const INVALID_LAYER_EXCEPTION: Known = k("InvalidLayerException", "message?string");
pub const INVALID_LAYER_PART_EXCEPTION: Known = k("InvalidLayerPartException", "registryId?string repositoryName?string uploadId?string lastValidByteReceived?long message?string");
pub const INVALID_PARAMETER_EXCEPTION: Known = k("InvalidParameterException", "message?string");
pub const INVALID_TAG_PARAMETER_EXCEPTION: Known = k("InvalidTagParameterException", "message?string");
pub const KMS_EXCEPTION: Known = k("KmsException", "message?string kmsError?string");
pub const LAYER: Known = k("Layer", "layerDigest?string layerAvailability?string layerSize?long mediaType?string");
pub const LAYER_ALREADY_EXISTS_EXCEPTION: Known = k("LayerAlreadyExistsException", "message?string");
pub const LAYER_FAILURE: Known = k("LayerFailure", "layerDigest?string failureCode?string failureReason?string");
pub const LAYER_INACCESSIBLE_EXCEPTION: Known = k("LayerInaccessibleException", "message?string");
pub const LAYER_PART_TOO_SMALL_EXCEPTION: Known = k("LayerPartTooSmallException", "message?string");
pub const LAYERS_NOT_FOUND_EXCEPTION: Known = k("LayersNotFoundException", "message?string");
pub const LIFECYCLE_POLICY_NOT_FOUND_EXCEPTION: Known = k("LifecyclePolicyNotFoundException", "message?string");
pub const LIFECYCLE_POLICY_PREVIEW_FILTER: Known = k("LifecyclePolicyPreviewFilter", "tagStatus?string");
pub const LIFECYCLE_POLICY_PREVIEW_IN_PROGRESS_EXCEPTION: Known = k("LifecyclePolicyPreviewInProgressException", "message?string");
pub const LIFECYCLE_POLICY_PREVIEW_NOT_FOUND_EXCEPTION: Known = k("LifecyclePolicyPreviewNotFoundException", "message?string");
pub const LIFECYCLE_POLICY_PREVIEW_RESULT: Known = k("LifecyclePolicyPreviewResult", "imageTags?list imageDigest?string imagePushedAt?timestamp action?structure appliedRulePriority?integer storageClass?string");
pub const LIFECYCLE_POLICY_PREVIEW_SUMMARY: Known = k("LifecyclePolicyPreviewSummary", "expiringImageTotalCount?integer transitioningImageTotalCounts?list");
pub const LIFECYCLE_POLICY_RULE_ACTION: Known = k("LifecyclePolicyRuleAction", "type?string targetStorageClass?string");
pub const LIMIT_EXCEEDED_EXCEPTION: Known = k("LimitExceededException", "message?string");
pub const LIST_IMAGE_REFERRERS_FILTER: Known = k("ListImageReferrersFilter", "artifactTypes?list artifactStatus?string");
pub const LIST_IMAGE_REFERRERS_REQUEST: Known = k("ListImageReferrersRequest", "registryId?string repositoryName!string subjectId!structure filter?structure nextToken?string maxResults?integer");
pub const LIST_IMAGE_REFERRERS_RESPONSE: Known = k("ListImageReferrersResponse", "referrers?list nextToken?string");
pub const LIST_IMAGES_FILTER: Known = k("ListImagesFilter", "tagStatus?string imageStatus?string");
pub const LIST_IMAGES_REQUEST: Known = k("ListImagesRequest", "registryId?string repositoryName!string nextToken?string maxResults?integer filter?structure");
pub const LIST_IMAGES_RESPONSE: Known = k("ListImagesResponse", "imageIds?list nextToken?string");
pub const LIST_PULL_TIME_UPDATE_EXCLUSIONS_REQUEST: Known = k("ListPullTimeUpdateExclusionsRequest", "maxResults?integer nextToken?string");
pub const LIST_PULL_TIME_UPDATE_EXCLUSIONS_RESPONSE: Known = k("ListPullTimeUpdateExclusionsResponse", "pullTimeUpdateExclusions?list nextToken?string");
pub const LIST_REPLICATION_BACKFILLS_REQUEST: Known = k("ListReplicationBackfillsRequest", "registryId?string maxResults?integer nextToken?string");
pub const LIST_REPLICATION_BACKFILLS_RESPONSE: Known = k("ListReplicationBackfillsResponse", "registryId?string backfills?list nextToken?string");
pub const LIST_TAGS_FOR_RESOURCE_REQUEST: Known = k("ListTagsForResourceRequest", "resourceArn!string");
pub const LIST_TAGS_FOR_RESOURCE_RESPONSE: Known = k("ListTagsForResourceResponse", "tags?list");
pub const PACKAGE_VULNERABILITY_DETAILS: Known = k("PackageVulnerabilityDetails", "cvss?list referenceUrls?list relatedVulnerabilities?list source?string sourceUrl?string vendorCreatedAt?timestamp vendorSeverity?string vendorUpdatedAt?timestamp vulnerabilityId?string vulnerablePackages?list");
pub const PULL_THROUGH_CACHE_RULE: Known = k("PullThroughCacheRule", "ecrRepositoryPrefix?string upstreamRegistryUrl?string createdAt?timestamp registryId?string credentialArn?string customRoleArn?string upstreamRepositoryPrefix?string upstreamRegistry?string updatedAt?timestamp");
pub const PULL_THROUGH_CACHE_RULE_ALREADY_EXISTS_EXCEPTION: Known = k("PullThroughCacheRuleAlreadyExistsException", "message?string");
pub const PULL_THROUGH_CACHE_RULE_NOT_FOUND_EXCEPTION: Known = k("PullThroughCacheRuleNotFoundException", "message?string");
pub const PUT_ACCOUNT_SETTING_REQUEST: Known = k("PutAccountSettingRequest", "name!string value!string");
pub const PUT_ACCOUNT_SETTING_RESPONSE: Known = k("PutAccountSettingResponse", "name?string value?string");
pub const PUT_IMAGE_REQUEST: Known = k("PutImageRequest", "registryId?string repositoryName!string imageManifest!string imageManifestMediaType?string imageTag?string imageDigest?string");
pub const PUT_IMAGE_RESPONSE: Known = k("PutImageResponse", "image?structure");
pub const PUT_IMAGE_SCANNING_CONFIGURATION_REQUEST: Known = k("PutImageScanningConfigurationRequest", "registryId?string repositoryName!string imageScanningConfiguration!structure");
pub const PUT_IMAGE_SCANNING_CONFIGURATION_RESPONSE: Known = k("PutImageScanningConfigurationResponse", "registryId?string repositoryName?string imageScanningConfiguration?structure");
pub const PUT_IMAGE_TAG_MUTABILITY_REQUEST: Known = k("PutImageTagMutabilityRequest", "registryId?string repositoryName!string imageTagMutability!string imageTagMutabilityExclusionFilters?list");
pub const PUT_IMAGE_TAG_MUTABILITY_RESPONSE: Known = k("PutImageTagMutabilityResponse", "registryId?string repositoryName?string imageTagMutability?string imageTagMutabilityExclusionFilters?list");
pub const PUT_LIFECYCLE_POLICY_REQUEST: Known = k("PutLifecyclePolicyRequest", "registryId?string repositoryName!string lifecyclePolicyText!string");
pub const PUT_LIFECYCLE_POLICY_RESPONSE: Known = k("PutLifecyclePolicyResponse", "registryId?string repositoryName?string lifecyclePolicyText?string");
pub const PUT_REGISTRY_POLICY_REQUEST: Known = k("PutRegistryPolicyRequest", "policyText!string");
pub const PUT_REGISTRY_POLICY_RESPONSE: Known = k("PutRegistryPolicyResponse", "registryId?string policyText?string");
pub const PUT_REGISTRY_SCANNING_CONFIGURATION_REQUEST: Known = k("PutRegistryScanningConfigurationRequest", "scanType?string rules?list");
pub const PUT_REGISTRY_SCANNING_CONFIGURATION_RESPONSE: Known = k("PutRegistryScanningConfigurationResponse", "registryScanningConfiguration?structure");
pub const PUT_REPLICATION_CONFIGURATION_REQUEST: Known = k("PutReplicationConfigurationRequest", "replicationConfiguration!structure");
pub const PUT_REPLICATION_CONFIGURATION_RESPONSE: Known = k("PutReplicationConfigurationResponse", "replicationConfiguration?structure");
pub const PUT_SIGNING_CONFIGURATION_REQUEST: Known = k("PutSigningConfigurationRequest", "signingConfiguration!structure");
pub const PUT_SIGNING_CONFIGURATION_RESPONSE: Known = k("PutSigningConfigurationResponse", "signingConfiguration?structure");
pub const RECOMMENDATION: Known = k("Recommendation", "url?string text?string");
pub const REFERENCED_IMAGES_NOT_FOUND_EXCEPTION: Known = k("ReferencedImagesNotFoundException", "message?string");
pub const REGISTER_PULL_TIME_UPDATE_EXCLUSION_REQUEST: Known = k("RegisterPullTimeUpdateExclusionRequest", "principalArn!string");
pub const REGISTER_PULL_TIME_UPDATE_EXCLUSION_RESPONSE: Known = k("RegisterPullTimeUpdateExclusionResponse", "principalArn?string createdAt?timestamp");
pub const REGISTRY_POLICY_NOT_FOUND_EXCEPTION: Known = k("RegistryPolicyNotFoundException", "message?string");
pub const REGISTRY_SCANNING_CONFIGURATION: Known = k("RegistryScanningConfiguration", "scanType?string rules?list");
pub const REGISTRY_SCANNING_RULE: Known = k("RegistryScanningRule", "scanFrequency!string repositoryFilters!list");
pub const REMEDIATION: Known = k("Remediation", "recommendation?structure");
pub const REPLICATION_BACKFILL_IN_PROGRESS_EXCEPTION: Known = k("ReplicationBackfillInProgressException", "message?string");
pub const REPLICATION_BACKFILL_INVALID_STATUS_EXCEPTION: Known = k("ReplicationBackfillInvalidStatusException", "message?string");
pub const REPLICATION_BACKFILL_NOT_FOUND_EXCEPTION: Known = k("ReplicationBackfillNotFoundException", "message?string");
pub const REPLICATION_BACKFILL_PROGRESS: Known = k("ReplicationBackfillProgress", "totalReplicationCount!integer completedReplicationCount!integer failedReplicationCount!integer failureCodes!list");
pub const REPLICATION_BACKFILL_RESULT: Known = k("ReplicationBackfillResult", "repositoryName!string imageId!structure status!string failureCode?string subImageFailureCodes?list");
pub const REPLICATION_BACKFILL_SUMMARY: Known = k("ReplicationBackfillSummary", "replicationBackfillId!string destination!structure status!string failureCode?string progress?structure startedAt!timestamp endedAt?timestamp");
pub const REPLICATION_CONFIGURATION: Known = k("ReplicationConfiguration", "rules!list");
pub const REPLICATION_DESTINATION: Known = k("ReplicationDestination", "region!string registryId!string");
pub const REPLICATION_RULE: Known = k("ReplicationRule", "destinations!list repositoryFilters?list deleteReplication?structure");
pub const REPOSITORY: Known = k("Repository", "repositoryArn?string registryId?string repositoryName?string repositoryUri?string createdAt?timestamp imageTagMutability?string imageTagMutabilityExclusionFilters?list imageScanningConfiguration?structure encryptionConfiguration?structure");
pub const REPOSITORY_ALREADY_EXISTS_EXCEPTION: Known = k("RepositoryAlreadyExistsException", "message?string");
pub const REPOSITORY_CREATION_TEMPLATE: Known = k("RepositoryCreationTemplate", "prefix?string description?string encryptionConfiguration?structure resourceTags?list imageTagMutability?string imageTagMutabilityExclusionFilters?list repositoryPolicy?string lifecyclePolicy?string appliedFor?list customRoleArn?string createdAt?timestamp updatedAt?timestamp");
pub const REPOSITORY_FILTER: Known = k("RepositoryFilter", "filter!string filterType!string");
pub const REPOSITORY_NOT_EMPTY_EXCEPTION: Known = k("RepositoryNotEmptyException", "message?string");
pub const REPOSITORY_NOT_FOUND_EXCEPTION: Known = k("RepositoryNotFoundException", "message?string");
pub const REPOSITORY_POLICY_NOT_FOUND_EXCEPTION: Known = k("RepositoryPolicyNotFoundException", "message?string");
pub const REPOSITORY_SCANNING_CONFIGURATION: Known = k("RepositoryScanningConfiguration", "repositoryArn?string repositoryName?string scanOnPush?boolean scanFrequency?string appliedScanFilters?list");
pub const REPOSITORY_SCANNING_CONFIGURATION_FAILURE: Known = k("RepositoryScanningConfigurationFailure", "repositoryName?string failureCode?string failureReason?string");
pub const RESOURCE: Known = k("Resource", "details?structure id?string tags?map type?string");
pub const RESOURCE_DETAILS: Known = k("ResourceDetails", "awsEcrContainerImage?structure");
pub const SCAN_NOT_FOUND_EXCEPTION: Known = k("ScanNotFoundException", "message?string");
pub const SCANNING_REPOSITORY_FILTER: Known = k("ScanningRepositoryFilter", "filter!string filterType!string");
pub const SCORE_DETAILS: Known = k("ScoreDetails", "cvss?structure");
pub const SECRET_NOT_FOUND_EXCEPTION: Known = k("SecretNotFoundException", "message?string");
pub const SERVER_EXCEPTION: Known = k("ServerException", "message?string");
pub const SET_REPOSITORY_POLICY_REQUEST: Known = k("SetRepositoryPolicyRequest", "registryId?string repositoryName!string policyText!string force?boolean");
pub const SET_REPOSITORY_POLICY_RESPONSE: Known = k("SetRepositoryPolicyResponse", "registryId?string repositoryName?string policyText?string");
pub const SIGNING_CONFIGURATION: Known = k("SigningConfiguration", "rules!list");
pub const SIGNING_CONFIGURATION_NOT_FOUND_EXCEPTION: Known = k("SigningConfigurationNotFoundException", "message?string");
pub const SIGNING_REPOSITORY_FILTER: Known = k("SigningRepositoryFilter", "filter!string filterType!string");
pub const SIGNING_RULE: Known = k("SigningRule", "signingProfileArn!string repositoryFilters?list");
pub const START_IMAGE_SCAN_REQUEST: Known = k("StartImageScanRequest", "registryId?string repositoryName!string imageId!structure");
pub const START_IMAGE_SCAN_RESPONSE: Known = k("StartImageScanResponse", "registryId?string repositoryName?string imageId?structure imageScanStatus?structure");
pub const START_LIFECYCLE_POLICY_PREVIEW_REQUEST: Known = k("StartLifecyclePolicyPreviewRequest", "registryId?string repositoryName!string lifecyclePolicyText?string");
pub const START_LIFECYCLE_POLICY_PREVIEW_RESPONSE: Known = k("StartLifecyclePolicyPreviewResponse", "registryId?string repositoryName?string lifecyclePolicyText?string status?string");
pub const START_REPLICATION_BACKFILL_REQUEST: Known = k("StartReplicationBackfillRequest", "registryId?string destination!structure");
pub const START_REPLICATION_BACKFILL_RESPONSE: Known = k("StartReplicationBackfillResponse", "replicationBackfillId?string registryId?string destination?structure status?string startedAt?timestamp");
pub const STOP_REPLICATION_BACKFILL_REQUEST: Known = k("StopReplicationBackfillRequest", "registryId?string replicationBackfillId!string");
pub const STOP_REPLICATION_BACKFILL_RESPONSE: Known = k("StopReplicationBackfillResponse", "registryId?string replicationBackfillId?string destination?structure status?string startedAt?timestamp");
pub const SUBJECT_IDENTIFIER: Known = k("SubjectIdentifier", "imageDigest!string");
pub const TAG: Known = k("Tag", "Key!string Value!string");
pub const TAG_RESOURCE_REQUEST: Known = k("TagResourceRequest", "resourceArn!string tags!list");
pub const TAG_RESOURCE_RESPONSE: Known = k("TagResourceResponse", "");
pub const TEMPLATE_ALREADY_EXISTS_EXCEPTION: Known = k("TemplateAlreadyExistsException", "message?string");
pub const TEMPLATE_NOT_FOUND_EXCEPTION: Known = k("TemplateNotFoundException", "message?string");
pub const TOO_MANY_TAGS_EXCEPTION: Known = k("TooManyTagsException", "message?string");
pub const TRANSITIONING_IMAGE_TOTAL_COUNT: Known = k("TransitioningImageTotalCount", "targetStorageClass?string imageTotalCount?integer");
pub const UNABLE_TO_ACCESS_SECRET_EXCEPTION: Known = k("UnableToAccessSecretException", "message?string");
pub const UNABLE_TO_DECRYPT_SECRET_VALUE_EXCEPTION: Known = k("UnableToDecryptSecretValueException", "message?string");
pub const UNABLE_TO_GET_UPSTREAM_IMAGE_EXCEPTION: Known = k("UnableToGetUpstreamImageException", "message?string");
pub const UNABLE_TO_GET_UPSTREAM_LAYER_EXCEPTION: Known = k("UnableToGetUpstreamLayerException", "message?string");
pub const UNABLE_TO_LIST_UPSTREAM_IMAGE_REFERRERS_EXCEPTION: Known = k("UnableToListUpstreamImageReferrersException", "message?string");
pub const UNSUPPORTED_IMAGE_TYPE_EXCEPTION: Known = k("UnsupportedImageTypeException", "message?string");
pub const UNSUPPORTED_UPSTREAM_REGISTRY_EXCEPTION: Known = k("UnsupportedUpstreamRegistryException", "message?string");
pub const UNTAG_RESOURCE_REQUEST: Known = k("UntagResourceRequest", "resourceArn!string tagKeys!list");
pub const UNTAG_RESOURCE_RESPONSE: Known = k("UntagResourceResponse", "");
pub const UPDATE_IMAGE_STORAGE_CLASS_REQUEST: Known = k("UpdateImageStorageClassRequest", "registryId?string repositoryName!string imageId!structure targetStorageClass!string");
pub const UPDATE_IMAGE_STORAGE_CLASS_RESPONSE: Known = k("UpdateImageStorageClassResponse", "registryId?string repositoryName?string imageId?structure imageStatus?string");
pub const UPDATE_PULL_THROUGH_CACHE_RULE_REQUEST: Known = k("UpdatePullThroughCacheRuleRequest", "registryId?string ecrRepositoryPrefix!string credentialArn?string customRoleArn?string");
pub const UPDATE_PULL_THROUGH_CACHE_RULE_RESPONSE: Known = k("UpdatePullThroughCacheRuleResponse", "ecrRepositoryPrefix?string registryId?string updatedAt?timestamp credentialArn?string customRoleArn?string upstreamRepositoryPrefix?string");
pub const UPDATE_REPOSITORY_CREATION_TEMPLATE_REQUEST: Known = k("UpdateRepositoryCreationTemplateRequest", "prefix!string description?string encryptionConfiguration?structure resourceTags?list imageTagMutability?string imageTagMutabilityExclusionFilters?list repositoryPolicy?string lifecyclePolicy?string appliedFor?list customRoleArn?string");
pub const UPDATE_REPOSITORY_CREATION_TEMPLATE_RESPONSE: Known = k("UpdateRepositoryCreationTemplateResponse", "registryId?string repositoryCreationTemplate?structure");
pub const UPLOAD_LAYER_PART_REQUEST: Known = k("UploadLayerPartRequest", "registryId?string repositoryName!string uploadId!string partFirstByte!long partLastByte!long layerPartBlob!blob");
pub const UPLOAD_LAYER_PART_RESPONSE: Known = k("UploadLayerPartResponse", "registryId?string repositoryName?string uploadId?string lastByteReceived?long");
pub const UPLOAD_NOT_FOUND_EXCEPTION: Known = k("UploadNotFoundException", "message?string");
pub const VALIDATE_PULL_THROUGH_CACHE_RULE_REQUEST: Known = k("ValidatePullThroughCacheRuleRequest", "ecrRepositoryPrefix!string registryId?string");
pub const VALIDATE_PULL_THROUGH_CACHE_RULE_RESPONSE: Known = k("ValidatePullThroughCacheRuleResponse", "ecrRepositoryPrefix?string registryId?string upstreamRegistryUrl?string credentialArn?string customRoleArn?string upstreamRepositoryPrefix?string isValid?boolean failure?string");
pub const VALIDATION_EXCEPTION: Known = k("ValidationException", "message?string");
pub const VULNERABLE_PACKAGE: Known = k("VulnerablePackage", "arch?string epoch?integer filePath?string name?string packageManager?string release?string sourceLayerHash?string version?string fixedInVersion?string");
