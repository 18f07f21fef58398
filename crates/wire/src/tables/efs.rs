// @generated from botocore 1.44.5 (Apache-2.0); do not edit, run `cargo xtask import-models`.
//! Amazon Elastic File System, API version 2015-02-01.

use std::sync::OnceLock;

use crate::shape::{Protocol, Service};
use crate::table::{Graph, Known, Table};

pub static SERVICE: Service = Service {
    id: "efs",
    full_name: "Amazon Elastic File System",
    signing_name: "elasticfilesystem",
    endpoint_prefix: "elasticfilesystem",
    version: "2015-02-01",
    protocols: &[Protocol::RestJson],
    target_prefix: None,
    namespace: None,
    query_compatible: false,
    served: include_str!("../../operations/efs.txt"),
    table: Table::new(include_str!("efs.txt"), graph),
};

fn graph() -> &'static Graph {
    static GRAPH: OnceLock<Graph> = OnceLock::new();
    GRAPH.get_or_init(|| Graph::read(SERVICE.table.text()))
}

const fn k(name: &'static str) -> Known {
    Known::new(&SERVICE, name)
}

pub const ACCESS_POINT_ALREADY_EXISTS: Known = k("AccessPointAlreadyExists");
pub const ACCESS_POINT_ARN: Known = k("AccessPointArn");
pub const ACCESS_POINT_DESCRIPTION: Known = k("AccessPointDescription");
pub const ACCESS_POINT_DESCRIPTIONS: Known = k("AccessPointDescriptions");
pub const ACCESS_POINT_ID: Known = k("AccessPointId");
pub const ACCESS_POINT_LIMIT_EXCEEDED: Known = k("AccessPointLimitExceeded");
pub const ACCESS_POINT_NOT_FOUND: Known = k("AccessPointNotFound");
pub const AVAILABILITY_ZONE_ID: Known = k("AvailabilityZoneId");
pub const AVAILABILITY_ZONE_NAME: Known = k("AvailabilityZoneName");
pub const AVAILABILITY_ZONES_MISMATCH: Known = k("AvailabilityZonesMismatch");
pub const AWS_ACCOUNT_ID: Known = k("AwsAccountId");
pub const BACKUP: Known = k("Backup");
pub const BACKUP_POLICY: Known = k("BackupPolicy");
pub const BACKUP_POLICY_DESCRIPTION: Known = k("BackupPolicyDescription");
pub const BAD_REQUEST: Known = k("BadRequest");
pub const BYPASS_POLICY_LOCKOUT_SAFETY_CHECK: Known = k("BypassPolicyLockoutSafetyCheck");
pub const CLIENT_TOKEN: Known = k("ClientToken");
pub const CONFLICT_EXCEPTION: Known = k("ConflictException");
pub const CREATE_ACCESS_POINT_REQUEST: Known = k("CreateAccessPointRequest");
pub const CREATE_FILE_SYSTEM_REQUEST: Known = k("CreateFileSystemRequest");
pub const CREATE_MOUNT_TARGET_REQUEST: Known = k("CreateMountTargetRequest");
pub const CREATE_REPLICATION_CONFIGURATION_REQUEST: Known = k("CreateReplicationConfigurationRequest");
pub const CREATE_TAGS_REQUEST: Known = k("CreateTagsRequest");
pub const CREATION_INFO: Known = k("CreationInfo");
pub const CREATION_TOKEN: Known = k("CreationToken");
pub const DELETE_ACCESS_POINT_REQUEST: Known = k("DeleteAccessPointRequest");
pub const DELETE_FILE_SYSTEM_POLICY_REQUEST: Known = k("DeleteFileSystemPolicyRequest");
pub const DELETE_FILE_SYSTEM_REQUEST: Known = k("DeleteFileSystemRequest");
pub const DELETE_MOUNT_TARGET_REQUEST: Known = k("DeleteMountTargetRequest");
pub const DELETE_REPLICATION_CONFIGURATION_REQUEST: Known = k("DeleteReplicationConfigurationRequest");
pub const DELETE_TAGS_REQUEST: Known = k("DeleteTagsRequest");
pub const DELETION_MODE: Known = k("DeletionMode");
pub const DEPENDENCY_TIMEOUT: Known = k("DependencyTimeout");
pub const DESCRIBE_ACCESS_POINTS_REQUEST: Known = k("DescribeAccessPointsRequest");
pub const DESCRIBE_ACCESS_POINTS_RESPONSE: Known = k("DescribeAccessPointsResponse");
pub const DESCRIBE_ACCOUNT_PREFERENCES_REQUEST: Known = k("DescribeAccountPreferencesRequest");
pub const DESCRIBE_ACCOUNT_PREFERENCES_RESPONSE: Known = k("DescribeAccountPreferencesResponse");
pub const DESCRIBE_BACKUP_POLICY_REQUEST: Known = k("DescribeBackupPolicyRequest");
pub const DESCRIBE_FILE_SYSTEM_POLICY_REQUEST: Known = k("DescribeFileSystemPolicyRequest");
pub const DESCRIBE_FILE_SYSTEMS_REQUEST: Known = k("DescribeFileSystemsRequest");
pub const DESCRIBE_FILE_SYSTEMS_RESPONSE: Known = k("DescribeFileSystemsResponse");
pub const DESCRIBE_LIFECYCLE_CONFIGURATION_REQUEST: Known = k("DescribeLifecycleConfigurationRequest");
pub const DESCRIBE_MOUNT_TARGET_SECURITY_GROUPS_REQUEST: Known = k("DescribeMountTargetSecurityGroupsRequest");
pub const DESCRIBE_MOUNT_TARGET_SECURITY_GROUPS_RESPONSE: Known = k("DescribeMountTargetSecurityGroupsResponse");
pub const DESCRIBE_MOUNT_TARGETS_REQUEST: Known = k("DescribeMountTargetsRequest");
pub const DESCRIBE_MOUNT_TARGETS_RESPONSE: Known = k("DescribeMountTargetsResponse");
pub const DESCRIBE_REPLICATION_CONFIGURATIONS_REQUEST: Known = k("DescribeReplicationConfigurationsRequest");
pub const DESCRIBE_REPLICATION_CONFIGURATIONS_RESPONSE: Known = k("DescribeReplicationConfigurationsResponse");
pub const DESCRIBE_TAGS_REQUEST: Known = k("DescribeTagsRequest");
pub const DESCRIBE_TAGS_RESPONSE: Known = k("DescribeTagsResponse");
pub const DESTINATION: Known = k("Destination");
pub const DESTINATION_TO_CREATE: Known = k("DestinationToCreate");
pub const DESTINATIONS: Known = k("Destinations");
pub const DESTINATIONS_TO_CREATE: Known = k("DestinationsToCreate");
pub const ENCRYPTED: Known = k("Encrypted");
pub const ERROR_CODE: Known = k("ErrorCode");
pub const ERROR_MESSAGE: Known = k("ErrorMessage");
pub const FILE_SYSTEM_ALREADY_EXISTS: Known = k("FileSystemAlreadyExists");
pub const FILE_SYSTEM_ARN: Known = k("FileSystemArn");
pub const FILE_SYSTEM_DESCRIPTION: Known = k("FileSystemDescription");
pub const FILE_SYSTEM_DESCRIPTIONS: Known = k("FileSystemDescriptions");
pub const FILE_SYSTEM_ID: Known = k("FileSystemId");
pub const FILE_SYSTEM_IN_USE: Known = k("FileSystemInUse");
pub const FILE_SYSTEM_LIMIT_EXCEEDED: Known = k("FileSystemLimitExceeded");
pub const FILE_SYSTEM_NOT_FOUND: Known = k("FileSystemNotFound");
pub const FILE_SYSTEM_NULLABLE_SIZE_VALUE: Known = k("FileSystemNullableSizeValue");
pub const FILE_SYSTEM_POLICY_DESCRIPTION: Known = k("FileSystemPolicyDescription");
pub const FILE_SYSTEM_PROTECTION_DESCRIPTION: Known = k("FileSystemProtectionDescription");
pub const FILE_SYSTEM_SIZE: Known = k("FileSystemSize");
pub const FILE_SYSTEM_SIZE_VALUE: Known = k("FileSystemSizeValue");
pub const GID: Known = k("Gid");
pub const INCORRECT_FILE_SYSTEM_LIFE_CYCLE_STATE: Known = k("IncorrectFileSystemLifeCycleState");
pub const INCORRECT_MOUNT_TARGET_STATE: Known = k("IncorrectMountTargetState");
pub const INSUFFICIENT_THROUGHPUT_CAPACITY: Known = k("InsufficientThroughputCapacity");
pub const INTERNAL_SERVER_ERROR: Known = k("InternalServerError");
pub const INVALID_POLICY_EXCEPTION: Known = k("InvalidPolicyException");
pub const IP_ADDRESS: Known = k("IpAddress");
pub const IP_ADDRESS_IN_USE: Known = k("IpAddressInUse");
pub const IP_ADDRESS_TYPE: Known = k("IpAddressType");
pub const IPV6_ADDRESS: Known = k("Ipv6Address");
pub const KMS_KEY_ID: Known = k("KmsKeyId");
pub const LIFE_CYCLE_STATE: Known = k("LifeCycleState");
pub const LIFECYCLE_CONFIGURATION_DESCRIPTION: Known = k("LifecycleConfigurationDescription");
pub const LIFECYCLE_POLICIES: Known = k("LifecyclePolicies");
pub const LIFECYCLE_POLICY: Known = k("LifecyclePolicy");
pub const LIST_TAGS_FOR_RESOURCE_REQUEST: Known = k("ListTagsForResourceRequest");
pub const LIST_TAGS_FOR_RESOURCE_RESPONSE: Known = k("ListTagsForResourceResponse");
pub const MARKER: Known = k("Marker");
pub const MAX_ITEMS: Known = k("MaxItems");
pub const MAX_RESULTS: Known = k("MaxResults");
pub const MODIFY_MOUNT_TARGET_SECURITY_GROUPS_REQUEST: Known = k("ModifyMountTargetSecurityGroupsRequest");
pub const MOUNT_TARGET_CONFLICT: Known = k("MountTargetConflict");
pub const MOUNT_TARGET_COUNT: Known = k("MountTargetCount");
pub const MOUNT_TARGET_DESCRIPTION: Known = k("MountTargetDescription");
pub const MOUNT_TARGET_DESCRIPTIONS: Known = k("MountTargetDescriptions");
pub const MOUNT_TARGET_ID: Known = k("MountTargetId");
pub const MOUNT_TARGET_NOT_FOUND: Known = k("MountTargetNotFound");
pub const NAME: Known = k("Name");
pub const NETWORK_INTERFACE_ID: Known = k("NetworkInterfaceId");
pub const NETWORK_INTERFACE_LIMIT_EXCEEDED: Known = k("NetworkInterfaceLimitExceeded");
pub const NO_FREE_ADDRESSES_IN_SUBNET: Known = k("NoFreeAddressesInSubnet");
pub const OWNER_GID: Known = k("OwnerGid");
pub const OWNER_UID: Known = k("OwnerUid");
pub const PATH: Known = k("Path");
pub const PERFORMANCE_MODE: Known = k("PerformanceMode");
pub const PERMISSIONS: Known = k("Permissions");
pub const POLICY: Known = k("Policy");
pub const POLICY_NOT_FOUND: Known = k("PolicyNotFound");
pub const POSIX_USER: Known = k("PosixUser");
pub const PROVISIONED_THROUGHPUT_IN_MIBPS: Known = k("ProvisionedThroughputInMibps");
pub const PUT_ACCOUNT_PREFERENCES_REQUEST: Known = k("PutAccountPreferencesRequest");
pub const PUT_ACCOUNT_PREFERENCES_RESPONSE: Known = k("PutAccountPreferencesResponse");
pub const PUT_BACKUP_POLICY_REQUEST: Known = k("PutBackupPolicyRequest");
pub const PUT_FILE_SYSTEM_POLICY_REQUEST: Known = k("PutFileSystemPolicyRequest");
pub const PUT_LIFECYCLE_CONFIGURATION_REQUEST: Known = k("PutLifecycleConfigurationRequest");
pub const REGION_NAME: Known = k("RegionName");
pub const REPLICATION_ALREADY_EXISTS: Known = k("ReplicationAlreadyExists");
pub const REPLICATION_CONFIGURATION_DESCRIPTION: Known = k("ReplicationConfigurationDescription");
pub const REPLICATION_CONFIGURATION_DESCRIPTIONS: Known = k("ReplicationConfigurationDescriptions");
pub const REPLICATION_NOT_FOUND: Known = k("ReplicationNotFound");
pub const REPLICATION_OVERWRITE_PROTECTION: Known = k("ReplicationOverwriteProtection");
pub const REPLICATION_STATUS: Known = k("ReplicationStatus");
pub const RESOURCE: Known = k("Resource");
pub const RESOURCE_ID: Known = k("ResourceId");
pub const RESOURCE_ID_PREFERENCE: Known = k("ResourceIdPreference");
pub const RESOURCE_ID_TYPE: Known = k("ResourceIdType");
pub const RESOURCES: Known = k("Resources");
pub const ROLE_ARN: Known = k("RoleArn");
pub const ROOT_DIRECTORY: Known = k("RootDirectory");
pub const SECONDARY_GIDS: Known = k("SecondaryGids");
pub const SECURITY_GROUP: Known = k("SecurityGroup");
pub const SECURITY_GROUP_LIMIT_EXCEEDED: Known = k("SecurityGroupLimitExceeded");
pub const SECURITY_GROUP_NOT_FOUND: Known = k("SecurityGroupNotFound");
pub const SECURITY_GROUPS: Known = k("SecurityGroups");
pub const STATUS: Known = k("Status");
pub const STATUS_MESSAGE: Known = k("StatusMessage");
pub const SUBNET_ID: Known = k("SubnetId");
pub const SUBNET_NOT_FOUND: Known = k("SubnetNotFound");
pub const TAG: Known = k("Tag");
pub const TAG_KEY: Known = k("TagKey");
pub const TAG_KEYS: Known = k("TagKeys");
pub const TAG_RESOURCE_REQUEST: Known = k("TagResourceRequest");
pub const TAG_VALUE: Known = k("TagValue");
pub const TAGS: Known = k("Tags");
pub const THROTTLING_EXCEPTION: Known = k("ThrottlingException");
pub const THROUGHPUT_LIMIT_EXCEEDED: Known = k("ThroughputLimitExceeded");
pub const THROUGHPUT_MODE: Known = k("ThroughputMode");
pub const TIMESTAMP: Known = k("Timestamp");
pub const TOKEN: Known = k("Token");
pub const TOO_MANY_REQUESTS: Known = k("TooManyRequests");
pub const TRANSITION_TO_ARCHIVE_RULES: Known = k("TransitionToArchiveRules");
pub const TRANSITION_TO_IA_RULES: Known = k("TransitionToIARules");
pub const TRANSITION_TO_PRIMARY_STORAGE_CLASS_RULES: Known = k("TransitionToPrimaryStorageClassRules");
pub const UID: Known = k("Uid");
pub const UNSUPPORTED_AVAILABILITY_ZONE: Known = k("UnsupportedAvailabilityZone");
pub const UNTAG_RESOURCE_REQUEST: Known = k("UntagResourceRequest");
pub const UPDATE_FILE_SYSTEM_PROTECTION_REQUEST: Known = k("UpdateFileSystemProtectionRequest");
pub const UPDATE_FILE_SYSTEM_REQUEST: Known = k("UpdateFileSystemRequest");
pub const VALIDATION_EXCEPTION: Known = k("ValidationException");
pub const VPC_ID: Known = k("VpcId");
