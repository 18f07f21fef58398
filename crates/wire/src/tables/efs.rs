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

const fn k(name: &'static str, members: &'static str) -> Known {
    Known::new(&SERVICE, name, members)
}

pub const ACCESS_POINT_ALREADY_EXISTS: Known = k("AccessPointAlreadyExists", "ErrorCode!string Message?string AccessPointId!string");
pub const ACCESS_POINT_DESCRIPTION: Known = k("AccessPointDescription", "ClientToken?string Name?string Tags?list AccessPointId?string AccessPointArn?string FileSystemId?string PosixUser?structure RootDirectory?structure OwnerId?string LifeCycleState?string");
pub const ACCESS_POINT_LIMIT_EXCEEDED: Known = k("AccessPointLimitExceeded", "ErrorCode!string Message?string");
pub const ACCESS_POINT_NOT_FOUND: Known = k("AccessPointNotFound", "ErrorCode!string Message?string");
pub const AVAILABILITY_ZONES_MISMATCH: Known = k("AvailabilityZonesMismatch", "ErrorCode?string Message?string");
pub const BACKUP_POLICY: Known = k("BackupPolicy", "Status!string");
pub const BACKUP_POLICY_DESCRIPTION: Known = k("BackupPolicyDescription", "BackupPolicy?structure");
pub const BAD_REQUEST: Known = k("BadRequest", "ErrorCode!string Message?string");
pub const CONFLICT_EXCEPTION: Known = k("ConflictException", "ErrorCode?string Message?string");
pub const CREATE_ACCESS_POINT_REQUEST: Known = k("CreateAccessPointRequest", "ClientToken!string Tags?list FileSystemId!string PosixUser?structure RootDirectory?structure");
pub const CREATE_FILE_SYSTEM_REQUEST: Known = k("CreateFileSystemRequest", "CreationToken!string PerformanceMode?string Encrypted?boolean KmsKeyId?string ThroughputMode?string ProvisionedThroughputInMibps?double AvailabilityZoneName?string Backup?boolean Tags?list");
pub const CREATE_MOUNT_TARGET_REQUEST: Known = k("CreateMountTargetRequest", "FileSystemId!string SubnetId!string IpAddress?string Ipv6Address?string IpAddressType?string SecurityGroups?list");
pub const CREATE_REPLICATION_CONFIGURATION_REQUEST: Known = k("CreateReplicationConfigurationRequest", "SourceFileSystemId!string Destinations!list");
pub const CREATE_TAGS_REQUEST: Known = k("CreateTagsRequest", "FileSystemId!string Tags!list");
pub const CREATION_INFO: Known = k("CreationInfo", "OwnerUid!long OwnerGid!long Permissions!string");
pub const DELETE_ACCESS_POINT_REQUEST: Known = k("DeleteAccessPointRequest", "AccessPointId!string");
pub const DELETE_FILE_SYSTEM_POLICY_REQUEST: Known = k("DeleteFileSystemPolicyRequest", "FileSystemId!string");
pub const DELETE_FILE_SYSTEM_REQUEST: Known = k("DeleteFileSystemRequest", "FileSystemId!string");
pub const DELETE_MOUNT_TARGET_REQUEST: Known = k("DeleteMountTargetRequest", "MountTargetId!string");
pub const DELETE_REPLICATION_CONFIGURATION_REQUEST: Known = k("DeleteReplicationConfigurationRequest", "SourceFileSystemId!string DeletionMode?string");
pub const DELETE_TAGS_REQUEST: Known = k("DeleteTagsRequest", "FileSystemId!string TagKeys!list");
pub const DEPENDENCY_TIMEOUT: Known = k("DependencyTimeout", "ErrorCode!string Message?string");
pub const DESCRIBE_ACCESS_POINTS_REQUEST: Known = k("DescribeAccessPointsRequest", "MaxResults?integer NextToken?string AccessPointId?string FileSystemId?string");
pub const DESCRIBE_ACCESS_POINTS_RESPONSE: Known = k("DescribeAccessPointsResponse", "AccessPoints?list NextToken?string");
pub const DESCRIBE_ACCOUNT_PREFERENCES_REQUEST: Known = k("DescribeAccountPreferencesRequest", "NextToken?string MaxResults?integer");
pub const DESCRIBE_ACCOUNT_PREFERENCES_RESPONSE: Known = k("DescribeAccountPreferencesResponse", "ResourceIdPreference?structure NextToken?string");
pub const DESCRIBE_BACKUP_POLICY_REQUEST: Known = k("DescribeBackupPolicyRequest", "FileSystemId!string");
pub const DESCRIBE_FILE_SYSTEM_POLICY_REQUEST: Known = k("DescribeFileSystemPolicyRequest", "FileSystemId!string");
pub const DESCRIBE_FILE_SYSTEMS_REQUEST: Known = k("DescribeFileSystemsRequest", "MaxItems?integer Marker?string CreationToken?string FileSystemId?string");
pub const DESCRIBE_FILE_SYSTEMS_RESPONSE: Known = k("DescribeFileSystemsResponse", "Marker?string FileSystems?list NextMarker?string");
pub const DESCRIBE_LIFECYCLE_CONFIGURATION_REQUEST: Known = k("DescribeLifecycleConfigurationRequest", "FileSystemId!string");
pub const DESCRIBE_MOUNT_TARGET_SECURITY_GROUPS_REQUEST: Known = k("DescribeMountTargetSecurityGroupsRequest", "MountTargetId!string");
pub const DESCRIBE_MOUNT_TARGET_SECURITY_GROUPS_RESPONSE: Known = k("DescribeMountTargetSecurityGroupsResponse", "SecurityGroups!list");
pub const DESCRIBE_MOUNT_TARGETS_REQUEST: Known = k("DescribeMountTargetsRequest", "MaxItems?integer Marker?string FileSystemId?string MountTargetId?string AccessPointId?string");
pub const DESCRIBE_MOUNT_TARGETS_RESPONSE: Known = k("DescribeMountTargetsResponse", "Marker?string MountTargets?list NextMarker?string");
pub const DESCRIBE_REPLICATION_CONFIGURATIONS_REQUEST: Known = k("DescribeReplicationConfigurationsRequest", "FileSystemId?string NextToken?string MaxResults?integer");
pub const DESCRIBE_REPLICATION_CONFIGURATIONS_RESPONSE: Known = k("DescribeReplicationConfigurationsResponse", "Replications?list NextToken?string");
pub const DESCRIBE_TAGS_REQUEST: Known = k("DescribeTagsRequest", "MaxItems?integer Marker?string FileSystemId!string");
pub const DESCRIBE_TAGS_RESPONSE: Known = k("DescribeTagsResponse", "Marker?string Tags!list NextMarker?string");
pub const DESTINATION: Known = k("Destination", "Status!string FileSystemId!string Region!string LastReplicatedTimestamp?timestamp OwnerId?string StatusMessage?string RoleArn?string");
pub const DESTINATION_TO_CREATE: Known = k("DestinationToCreate", "Region?string AvailabilityZoneName?string KmsKeyId?string FileSystemId?string RoleArn?string");
pub const FILE_SYSTEM_ALREADY_EXISTS: Known = k("FileSystemAlreadyExists", "ErrorCode!string Message?string FileSystemId!string");
pub const FILE_SYSTEM_DESCRIPTION: Known = k("FileSystemDescription", "OwnerId!string CreationToken!string FileSystemId!string FileSystemArn?string CreationTime!timestamp LifeCycleState!string Name?string NumberOfMountTargets!integer SizeInBytes!structure PerformanceMode!string Encrypted?boolean KmsKeyId?string ThroughputMode?string ProvisionedThroughputInMibps?double AvailabilityZoneName?string AvailabilityZoneId?string Tags!list FileSystemProtection?structure");
pub const FILE_SYSTEM_IN_USE: Known = k("FileSystemInUse", "ErrorCode!string Message?string");
pub const FILE_SYSTEM_LIMIT_EXCEEDED: Known = k("FileSystemLimitExceeded", "ErrorCode!string Message?string");
pub const FILE_SYSTEM_NOT_FOUND: Known = k("FileSystemNotFound", "ErrorCode!string Message?string");
pub const FILE_SYSTEM_POLICY_DESCRIPTION: Known = k("FileSystemPolicyDescription", "FileSystemId?string Policy?string");
pub const FILE_SYSTEM_PROTECTION_DESCRIPTION: Known = k("FileSystemProtectionDescription", "ReplicationOverwriteProtection?string");
pub const FILE_SYSTEM_SIZE: Known = k("FileSystemSize", "Value!long Timestamp?timestamp ValueInIA?long ValueInStandard?long ValueInArchive?long");
pub const INCORRECT_FILE_SYSTEM_LIFE_CYCLE_STATE: Known = k("IncorrectFileSystemLifeCycleState", "ErrorCode!string Message?string");
pub const INCORRECT_MOUNT_TARGET_STATE: Known = k("IncorrectMountTargetState", "ErrorCode!string Message?string");
pub const INSUFFICIENT_THROUGHPUT_CAPACITY: Known = k("InsufficientThroughputCapacity", "ErrorCode!string Message?string");
pub const INTERNAL_SERVER_ERROR: Known = k("InternalServerError", "ErrorCode!string Message?string");
pub const INVALID_POLICY_EXCEPTION: Known = k("InvalidPolicyException", "ErrorCode?string Message?string");
pub const IP_ADDRESS_IN_USE: Known = k("IpAddressInUse", "ErrorCode!string Message?string");
pub const LIFECYCLE_CONFIGURATION_DESCRIPTION: Known = k("LifecycleConfigurationDescription", "LifecyclePolicies?list");
pub const LIFECYCLE_POLICY: Known = k("LifecyclePolicy", "TransitionToIA?string TransitionToPrimaryStorageClass?string TransitionToArchive?string");
pub const LIST_TAGS_FOR_RESOURCE_REQUEST: Known = k("ListTagsForResourceRequest", "ResourceId!string MaxResults?integer NextToken?string");
pub const LIST_TAGS_FOR_RESOURCE_RESPONSE: Known = k("ListTagsForResourceResponse", "Tags?list NextToken?string");
pub const MODIFY_MOUNT_TARGET_SECURITY_GROUPS_REQUEST: Known = k("ModifyMountTargetSecurityGroupsRequest", "MountTargetId!string SecurityGroups?list");
pub const MOUNT_TARGET_CONFLICT: Known = k("MountTargetConflict", "ErrorCode!string Message?string");
pub const MOUNT_TARGET_DESCRIPTION: Known = k("MountTargetDescription", "OwnerId?string MountTargetId!string FileSystemId!string SubnetId!string LifeCycleState!string IpAddress?string Ipv6Address?string NetworkInterfaceId?string AvailabilityZoneId?string AvailabilityZoneName?string VpcId?string");
pub const MOUNT_TARGET_NOT_FOUND: Known = k("MountTargetNotFound", "ErrorCode!string Message?string");
pub const NETWORK_INTERFACE_LIMIT_EXCEEDED: Known = k("NetworkInterfaceLimitExceeded", "ErrorCode!string Message?string");
pub const NO_FREE_ADDRESSES_IN_SUBNET: Known = k("NoFreeAddressesInSubnet", "ErrorCode!string Message?string");
pub const POLICY_NOT_FOUND: Known = k("PolicyNotFound", "ErrorCode?string Message?string");
pub const POSIX_USER: Known = k("PosixUser", "Uid!long Gid!long SecondaryGids?list");
pub const PUT_ACCOUNT_PREFERENCES_REQUEST: Known = k("PutAccountPreferencesRequest", "ResourceIdType!string");
pub const PUT_ACCOUNT_PREFERENCES_RESPONSE: Known = k("PutAccountPreferencesResponse", "ResourceIdPreference?structure");
pub const PUT_BACKUP_POLICY_REQUEST: Known = k("PutBackupPolicyRequest", "FileSystemId!string BackupPolicy!structure");
pub const PUT_FILE_SYSTEM_POLICY_REQUEST: Known = k("PutFileSystemPolicyRequest", "FileSystemId!string Policy!string BypassPolicyLockoutSafetyCheck?boolean");
pub const PUT_LIFECYCLE_CONFIGURATION_REQUEST: Known = k("PutLifecycleConfigurationRequest", "FileSystemId!string LifecyclePolicies!list");
pub const REPLICATION_ALREADY_EXISTS: Known = k("ReplicationAlreadyExists", "ErrorCode?string Message?string");
pub const REPLICATION_CONFIGURATION_DESCRIPTION: Known = k("ReplicationConfigurationDescription", "SourceFileSystemId!string SourceFileSystemRegion!string SourceFileSystemArn!string OriginalSourceFileSystemArn!string CreationTime!timestamp Destinations!list SourceFileSystemOwnerId?string");
pub const REPLICATION_NOT_FOUND: Known = k("ReplicationNotFound", "ErrorCode?string Message?string");
pub const RESOURCE_ID_PREFERENCE: Known = k("ResourceIdPreference", "ResourceIdType?string Resources?list");
pub const ROOT_DIRECTORY: Known = k("RootDirectory", "Path?string CreationInfo?structure");
pub const SECURITY_GROUP_LIMIT_EXCEEDED: Known = k("SecurityGroupLimitExceeded", "ErrorCode!string Message?string");
pub const SECURITY_GROUP_NOT_FOUND: Known = k("SecurityGroupNotFound", "ErrorCode!string Message?string");
pub const SUBNET_NOT_FOUND: Known = k("SubnetNotFound", "ErrorCode!string Message?string");
pub const TAG: Known = k("Tag", "Key!string Value!string");
pub const TAG_RESOURCE_REQUEST: Known = k("TagResourceRequest", "ResourceId!string Tags!list");
pub const THROTTLING_EXCEPTION: Known = k("ThrottlingException", "ErrorCode?string Message?string");
pub const THROUGHPUT_LIMIT_EXCEEDED: Known = k("ThroughputLimitExceeded", "ErrorCode!string Message?string");
pub const TOO_MANY_REQUESTS: Known = k("TooManyRequests", "ErrorCode!string Message?string");
pub const UNSUPPORTED_AVAILABILITY_ZONE: Known = k("UnsupportedAvailabilityZone", "ErrorCode!string Message?string");
pub const UNTAG_RESOURCE_REQUEST: Known = k("UntagResourceRequest", "ResourceId!string TagKeys!list");
pub const UPDATE_FILE_SYSTEM_PROTECTION_REQUEST: Known = k("UpdateFileSystemProtectionRequest", "FileSystemId!string ReplicationOverwriteProtection?string");
pub const UPDATE_FILE_SYSTEM_REQUEST: Known = k("UpdateFileSystemRequest", "FileSystemId!string ThroughputMode?string ProvisionedThroughputInMibps?double");
pub const VALIDATION_EXCEPTION: Known = k("ValidationException", "ErrorCode!string Message?string");
