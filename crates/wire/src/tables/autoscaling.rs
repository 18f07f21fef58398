// @generated from botocore 1.44.5 (Apache-2.0); do not edit, run `cargo xtask import-models`.
//! Auto Scaling, API version 2011-01-01.

use std::sync::OnceLock;

use crate::shape::{Protocol, Service};
use crate::table::{Graph, Known, Table};

pub static SERVICE: Service = Service {
    id: "autoscaling",
    full_name: "Auto Scaling",
    signing_name: "autoscaling",
    endpoint_prefix: "autoscaling",
    version: "2011-01-01",
    protocols: &[Protocol::AwsQuery],
    target_prefix: None,
    namespace: Some("http://autoscaling.amazonaws.com/doc/2011-01-01/"),
    query_compatible: false,
    served: include_str!("../../operations/autoscaling.txt"),
    table: Table::new(include_str!("autoscaling.txt"), graph),
};

fn graph() -> &'static Graph {
    static GRAPH: OnceLock<Graph> = OnceLock::new();
    GRAPH.get_or_init(|| Graph::read(SERVICE.table.text()))
}

const fn k(name: &'static str, members: &'static str) -> Known {
    Known::new(&SERVICE, name, members)
}

pub const ACCELERATOR_COUNT_REQUEST: Known = k("AcceleratorCountRequest", "Min?integer Max?integer");
pub const ACCELERATOR_TOTAL_MEMORY_MI_B_REQUEST: Known = k("AcceleratorTotalMemoryMiBRequest", "Min?integer Max?integer");
pub const ACCOUNT_SETTING: Known = k("AccountSetting", "Name?string Value?string EnforcementType?string EnforcementDate?timestamp DefaultValue?string EnforcedValue?string");
pub const ACTIVE_INSTANCE_REFRESH_NOT_FOUND_FAULT: Known = k("ActiveInstanceRefreshNotFoundFault", "message?string");
pub const ACTIVITIES_TYPE: Known = k("ActivitiesType", "Activities!list NextToken?string");
pub const ACTIVITY: Known = k("Activity", "ActivityId!string AutoScalingGroupName!string Description?string Cause!string StartTime!timestamp EndTime?timestamp StatusCode!string StatusMessage?string Progress?integer Details?string AutoScalingGroupState?string AutoScalingGroupARN?string");
pub const ACTIVITY_TYPE: Known = k("ActivityType", "Activity?structure Activities?list");
pub const ADJUSTMENT_TYPE: Known = k("AdjustmentType", "AdjustmentType?string");
pub const ALARM: Known = k("Alarm", "AlarmName?string AlarmARN?string");
pub const ALARM_SPECIFICATION: Known = k("AlarmSpecification", "Alarms?list");
pub const ALREADY_EXISTS_FAULT: Known = k("AlreadyExistsFault", "message?string");
pub const ATTACH_INSTANCES_QUERY: Known = k("AttachInstancesQuery", "InstanceIds?list AutoScalingGroupName!string");
pub const ATTACH_LOAD_BALANCER_TARGET_GROUPS_RESULT_TYPE: Known = k("AttachLoadBalancerTargetGroupsResultType", "");
pub const ATTACH_LOAD_BALANCER_TARGET_GROUPS_TYPE: Known = k("AttachLoadBalancerTargetGroupsType", "AutoScalingGroupName!string TargetGroupARNs!list");
pub const ATTACH_LOAD_BALANCERS_RESULT_TYPE: Known = k("AttachLoadBalancersResultType", "");
pub const ATTACH_LOAD_BALANCERS_TYPE: Known = k("AttachLoadBalancersType", "AutoScalingGroupName!string LoadBalancerNames!list");
pub const ATTACH_TRAFFIC_SOURCES_RESULT_TYPE: Known = k("AttachTrafficSourcesResultType", "");
pub const ATTACH_TRAFFIC_SOURCES_TYPE: Known = k("AttachTrafficSourcesType", "AutoScalingGroupName!string TrafficSources!list SkipZonalShiftValidation?boolean");
pub const AUTO_SCALING_GROUP: Known = k("AutoScalingGroup", "AutoScalingGroupName!string AutoScalingGroupARN?string LaunchConfigurationName?string LaunchTemplate?structure MixedInstancesPolicy?structure MinSize!integer MaxSize!integer DesiredCapacity!integer PredictedCapacity?integer DefaultCooldown!integer AvailabilityZones!list AvailabilityZoneIds?list LoadBalancerNames?list TargetGroupARNs?list HealthCheckType!string HealthCheckGracePeriod?integer Instances?list CreatedTime!timestamp SuspendedProcesses?list PlacementGroup?string VPCZoneIdentifier?string EnabledMetrics?list Status?string Tags?list TerminationPolicies?list NewInstancesProtectedFromScaleIn?boolean ServiceLinkedRoleARN?string MaxInstanceLifetime?integer CapacityRebalance?boolean WarmPoolConfiguration?structure WarmPoolSize?integer Context?string DesiredCapacityType?string DefaultInstanceWarmup?integer TrafficSources?list InstanceMaintenancePolicy?structure DeletionProtection?string AvailabilityZoneDistribution?structure AvailabilityZoneImpairmentPolicy?structure CapacityReservationSpecification?structure InstanceLifecyclePolicy?structure Operator?structure");
pub const AUTO_SCALING_GROUP_NAMES_TYPE: Known = k("AutoScalingGroupNamesType", "AutoScalingGroupNames?list IncludeInstances?boolean IncludeManagedResources?boolean NextToken?string MaxRecords?integer Filters?list");
pub const AUTO_SCALING_GROUPS_TYPE: Known = k("AutoScalingGroupsType", "AutoScalingGroups!list NextToken?string");
pub const AUTO_SCALING_INSTANCE_DETAILS: Known = k("AutoScalingInstanceDetails", "InstanceId!string InstanceType?string AutoScalingGroupName!string AvailabilityZone!string AvailabilityZoneId?string LifecycleState!string HealthStatus!string LaunchConfigurationName?string LaunchTemplate?structure ImageId?string ProtectedFromScaleIn!boolean WeightedCapacity?string");
pub const AUTO_SCALING_INSTANCES_TYPE: Known = k("AutoScalingInstancesType", "AutoScalingInstances?list NextToken?string");
pub const AVAILABILITY_ZONE_DISTRIBUTION: Known = k("AvailabilityZoneDistribution", "CapacityDistributionStrategy?string");
pub const AVAILABILITY_ZONE_IMPAIRMENT_POLICY: Known = k("AvailabilityZoneImpairmentPolicy", "ZonalShiftEnabled?boolean ImpairedZoneHealthCheckBehavior?string");
pub const BASELINE_EBS_BANDWIDTH_MBPS_REQUEST: Known = k("BaselineEbsBandwidthMbpsRequest", "Min?integer Max?integer");
pub const BASELINE_PERFORMANCE_FACTORS_REQUEST: Known = k("BaselinePerformanceFactorsRequest", "Cpu?structure");
pub const BATCH_DELETE_SCHEDULED_ACTION_ANSWER: Known = k("BatchDeleteScheduledActionAnswer", "FailedScheduledActions?list");
pub const BATCH_DELETE_SCHEDULED_ACTION_TYPE: Known = k("BatchDeleteScheduledActionType", "AutoScalingGroupName!string ScheduledActionNames!list");
pub const BATCH_PUT_SCHEDULED_UPDATE_GROUP_ACTION_ANSWER: Known = k("BatchPutScheduledUpdateGroupActionAnswer", "FailedScheduledUpdateGroupActions?list");
pub const BATCH_PUT_SCHEDULED_UPDATE_GROUP_ACTION_TYPE: Known = k("BatchPutScheduledUpdateGroupActionType", "AutoScalingGroupName!string ScheduledUpdateGroupActions!list");
pub const BLOCK_DEVICE_MAPPING: Known = k("BlockDeviceMapping", "VirtualName?string DeviceName!string Ebs?structure NoDevice?boolean");
pub const CANCEL_INSTANCE_REFRESH_ANSWER: Known = k("CancelInstanceRefreshAnswer", "InstanceRefreshId?string");
pub const CANCEL_INSTANCE_REFRESH_TYPE: Known = k("CancelInstanceRefreshType", "AutoScalingGroupName!string WaitForTransitioningInstances?boolean");
pub const CAPACITY_FORECAST: Known = k("CapacityForecast", "Timestamps!list Values!list");
pub const CAPACITY_RESERVATION_SPECIFICATION: Known = k("CapacityReservationSpecification", "CapacityReservationPreference?string CapacityReservationTarget?structure");
pub const CAPACITY_RESERVATION_TARGET: Known = k("CapacityReservationTarget", "CapacityReservationIds?list CapacityReservationResourceGroupArns?list");
pub const COMPLETE_LIFECYCLE_ACTION_ANSWER: Known = k("CompleteLifecycleActionAnswer", "");
pub const COMPLETE_LIFECYCLE_ACTION_TYPE: Known = k("CompleteLifecycleActionType", "LifecycleHookName!string AutoScalingGroupName!string LifecycleActionToken?string LifecycleActionResult!string InstanceId?string");
pub const CPU_PERFORMANCE_FACTOR_REQUEST: Known = k("CpuPerformanceFactorRequest", "References?list");
pub const CREATE_AUTO_SCALING_GROUP_TYPE: Known = k("CreateAutoScalingGroupType", "AutoScalingGroupName!string LaunchConfigurationName?string LaunchTemplate?structure MixedInstancesPolicy?structure InstanceId?string MinSize!integer MaxSize!integer DesiredCapacity?integer DefaultCooldown?integer AvailabilityZones?list AvailabilityZoneIds?list LoadBalancerNames?list TargetGroupARNs?list HealthCheckType?string HealthCheckGracePeriod?integer PlacementGroup?string VPCZoneIdentifier?string TerminationPolicies?list NewInstancesProtectedFromScaleIn?boolean CapacityRebalance?boolean LifecycleHookSpecificationList?list DeletionProtection?string Tags?list ServiceLinkedRoleARN?string MaxInstanceLifetime?integer Context?string DesiredCapacityType?string DefaultInstanceWarmup?integer TrafficSources?list InstanceMaintenancePolicy?structure AvailabilityZoneDistribution?structure AvailabilityZoneImpairmentPolicy?structure SkipZonalShiftValidation?boolean CapacityReservationSpecification?structure InstanceLifecyclePolicy?structure Operator?structure");
pub const CREATE_LAUNCH_CONFIGURATION_TYPE: Known = k("CreateLaunchConfigurationType", "LaunchConfigurationName!string ImageId?string KeyName?string SecurityGroups?list ClassicLinkVPCId?string ClassicLinkVPCSecurityGroups?list UserData?string InstanceId?string InstanceType?string KernelId?string RamdiskId?string BlockDeviceMappings?list InstanceMonitoring?structure SpotPrice?string IamInstanceProfile?string EbsOptimized?boolean AssociatePublicIpAddress?boolean PlacementTenancy?string MetadataOptions?structure");
pub const CREATE_OR_UPDATE_TAGS_TYPE: Known = k("CreateOrUpdateTagsType", "Tags!list");
pub const CUSTOMIZED_METRIC_SPECIFICATION: Known = k("CustomizedMetricSpecification", "MetricName?string Namespace?string Dimensions?list Statistic?string Unit?string Period?integer Metrics?list");
pub const DELETE_AUTO_SCALING_GROUP_TYPE: Known = k("DeleteAutoScalingGroupType", "AutoScalingGroupName!string ForceDelete?boolean");
pub const DELETE_LIFECYCLE_HOOK_ANSWER: Known = k("DeleteLifecycleHookAnswer", "");
pub const DELETE_LIFECYCLE_HOOK_TYPE: Known = k("DeleteLifecycleHookType", "LifecycleHookName!string AutoScalingGroupName!string");
pub const DELETE_NOTIFICATION_CONFIGURATION_TYPE: Known = k("DeleteNotificationConfigurationType", "AutoScalingGroupName!string TopicARN!string");
pub const DELETE_POLICY_TYPE: Known = k("DeletePolicyType", "AutoScalingGroupName?string PolicyName!string");
pub const DELETE_SCHEDULED_ACTION_TYPE: Known = k("DeleteScheduledActionType", "AutoScalingGroupName!string ScheduledActionName!string");
pub const DELETE_TAGS_TYPE: Known = k("DeleteTagsType", "Tags!list");
pub const DELETE_WARM_POOL_ANSWER: Known = k("DeleteWarmPoolAnswer", "");
pub const DELETE_WARM_POOL_TYPE: Known = k("DeleteWarmPoolType", "AutoScalingGroupName!string ForceDelete?boolean");
pub const DESCRIBE_ACCOUNT_LIMITS_ANSWER: Known = k("DescribeAccountLimitsAnswer", "MaxNumberOfAutoScalingGroups?integer MaxNumberOfLaunchConfigurations?integer NumberOfAutoScalingGroups?integer NumberOfLaunchConfigurations?integer");
pub const DESCRIBE_ACCOUNT_SETTINGS_ANSWER: Known = k("DescribeAccountSettingsAnswer", "Settings?list NextToken?string");
pub const DESCRIBE_ACCOUNT_SETTINGS_TYPE: Known = k("DescribeAccountSettingsType", "Name?string NextToken?string MaxRecords?integer");
pub const DESCRIBE_ADJUSTMENT_TYPES_ANSWER: Known = k("DescribeAdjustmentTypesAnswer", "AdjustmentTypes?list");
pub const DESCRIBE_AUTO_SCALING_INSTANCES_TYPE: Known = k("DescribeAutoScalingInstancesType", "InstanceIds?list IncludeManagedResources?boolean MaxRecords?integer NextToken?string");
pub const DESCRIBE_AUTO_SCALING_NOTIFICATION_TYPES_ANSWER: Known = k("DescribeAutoScalingNotificationTypesAnswer", "AutoScalingNotificationTypes?list");
pub const DESCRIBE_INSTANCE_REFRESHES_ANSWER: Known = k("DescribeInstanceRefreshesAnswer", "InstanceRefreshes?list NextToken?string");
pub const DESCRIBE_INSTANCE_REFRESHES_TYPE: Known = k("DescribeInstanceRefreshesType", "AutoScalingGroupName!string InstanceRefreshIds?list NextToken?string MaxRecords?integer");
pub const DESCRIBE_LIFECYCLE_HOOK_TYPES_ANSWER: Known = k("DescribeLifecycleHookTypesAnswer", "LifecycleHookTypes?list");
pub const DESCRIBE_LIFECYCLE_HOOKS_ANSWER: Known = k("DescribeLifecycleHooksAnswer", "LifecycleHooks?list");
pub const DESCRIBE_LIFECYCLE_HOOKS_TYPE: Known = k("DescribeLifecycleHooksType", "AutoScalingGroupName!string LifecycleHookNames?list");
pub const DESCRIBE_LOAD_BALANCER_TARGET_GROUPS_REQUEST: Known = k("DescribeLoadBalancerTargetGroupsRequest", "AutoScalingGroupName!string NextToken?string MaxRecords?integer");
pub const DESCRIBE_LOAD_BALANCER_TARGET_GROUPS_RESPONSE: Known = k("DescribeLoadBalancerTargetGroupsResponse", "LoadBalancerTargetGroups?list NextToken?string");
pub const DESCRIBE_LOAD_BALANCERS_REQUEST: Known = k("DescribeLoadBalancersRequest", "AutoScalingGroupName!string NextToken?string MaxRecords?integer");
pub const DESCRIBE_LOAD_BALANCERS_RESPONSE: Known = k("DescribeLoadBalancersResponse", "LoadBalancers?list NextToken?string");
pub const DESCRIBE_METRIC_COLLECTION_TYPES_ANSWER: Known = k("DescribeMetricCollectionTypesAnswer", "Metrics?list Granularities?list");
pub const DESCRIBE_NOTIFICATION_CONFIGURATIONS_ANSWER: Known = k("DescribeNotificationConfigurationsAnswer", "NotificationConfigurations!list NextToken?string");
pub const DESCRIBE_NOTIFICATION_CONFIGURATIONS_TYPE: Known = k("DescribeNotificationConfigurationsType", "AutoScalingGroupNames?list IncludeManagedResources?boolean NextToken?string MaxRecords?integer");
pub const DESCRIBE_POLICIES_TYPE: Known = k("DescribePoliciesType", "AutoScalingGroupName?string PolicyNames?list PolicyTypes?list IncludeManagedResources?boolean NextToken?string MaxRecords?integer");
pub const DESCRIBE_SCALING_ACTIVITIES_TYPE: Known = k("DescribeScalingActivitiesType", "ActivityIds?list AutoScalingGroupName?string IncludeDeletedGroups?boolean IncludeManagedResources?boolean MaxRecords?integer NextToken?string Filters?list");
pub const DESCRIBE_SCHEDULED_ACTIONS_TYPE: Known = k("DescribeScheduledActionsType", "AutoScalingGroupName?string ScheduledActionNames?list StartTime?timestamp EndTime?timestamp IncludeManagedResources?boolean NextToken?string MaxRecords?integer");
pub const DESCRIBE_TAGS_TYPE: Known = k("DescribeTagsType", "Filters?list IncludeManagedResources?boolean NextToken?string MaxRecords?integer");
pub const DESCRIBE_TERMINATION_POLICY_TYPES_ANSWER: Known = k("DescribeTerminationPolicyTypesAnswer", "TerminationPolicyTypes?list");
pub const DESCRIBE_TRAFFIC_SOURCES_REQUEST: Known = k("DescribeTrafficSourcesRequest", "AutoScalingGroupName!string TrafficSourceType?string NextToken?string MaxRecords?integer");
pub const DESCRIBE_TRAFFIC_SOURCES_RESPONSE: Known = k("DescribeTrafficSourcesResponse", "TrafficSources?list NextToken?string");
pub const DESCRIBE_WARM_POOL_ANSWER: Known = k("DescribeWarmPoolAnswer", "WarmPoolConfiguration?structure Instances?list NextToken?string");
pub const DESCRIBE_WARM_POOL_TYPE: Known = k("DescribeWarmPoolType", "AutoScalingGroupName!string MaxRecords?integer NextToken?string");
pub const DESIRED_CONFIGURATION: Known = k("DesiredConfiguration", "LaunchTemplate?structure MixedInstancesPolicy?structure");
pub const DETACH_INSTANCES_ANSWER: Known = k("DetachInstancesAnswer", "Activities?list");
pub const DETACH_INSTANCES_QUERY: Known = k("DetachInstancesQuery", "InstanceIds?list AutoScalingGroupName!string ShouldDecrementDesiredCapacity!boolean");
pub const DETACH_LOAD_BALANCER_TARGET_GROUPS_RESULT_TYPE: Known = k("DetachLoadBalancerTargetGroupsResultType", "");
pub const DETACH_LOAD_BALANCER_TARGET_GROUPS_TYPE: Known = k("DetachLoadBalancerTargetGroupsType", "AutoScalingGroupName!string TargetGroupARNs!list");
pub const DETACH_LOAD_BALANCERS_RESULT_TYPE: Known = k("DetachLoadBalancersResultType", "");
pub const DETACH_LOAD_BALANCERS_TYPE: Known = k("DetachLoadBalancersType", "AutoScalingGroupName!string LoadBalancerNames!list");
pub const DETACH_TRAFFIC_SOURCES_RESULT_TYPE: Known = k("DetachTrafficSourcesResultType", "");
pub const DETACH_TRAFFIC_SOURCES_TYPE: Known = k("DetachTrafficSourcesType", "AutoScalingGroupName!string TrafficSources!list");
pub const DISABLE_METRICS_COLLECTION_QUERY: Known = k("DisableMetricsCollectionQuery", "AutoScalingGroupName!string Metrics?list");
pub const DISTRIBUTION_SEGMENT: Known = k("DistributionSegment", "TargetCapacityTypes?list");
pub const EBS: Known = k("Ebs", "SnapshotId?string VolumeSize?integer VolumeType?string DeleteOnTermination?boolean Iops?integer Encrypted?boolean Throughput?integer");
pub const ENABLE_METRICS_COLLECTION_QUERY: Known = k("EnableMetricsCollectionQuery", "AutoScalingGroupName!string Metrics?list Granularity!string");
pub const ENABLED_METRIC: Known = k("EnabledMetric", "Metric?string Granularity?string");
pub const ENTER_STANDBY_ANSWER: Known = k("EnterStandbyAnswer", "Activities?list");
pub const ENTER_STANDBY_QUERY: Known = k("EnterStandbyQuery", "InstanceIds?list AutoScalingGroupName!string ShouldDecrementDesiredCapacity!boolean");
pub const EXECUTE_POLICY_TYPE: Known = k("ExecutePolicyType", "AutoScalingGroupName?string PolicyName!string HonorCooldown?boolean MetricValue?double BreachThreshold?double");
pub const EXIT_STANDBY_ANSWER: Known = k("ExitStandbyAnswer", "Activities?list");
pub const EXIT_STANDBY_QUERY: Known = k("ExitStandbyQuery", "InstanceIds?list AutoScalingGroupName!string");
pub const FAILED_SCHEDULED_UPDATE_GROUP_ACTION_REQUEST: Known = k("FailedScheduledUpdateGroupActionRequest", "ScheduledActionName!string ErrorCode?string ErrorMessage?string");
pub const FILTER: Known = k("Filter", "Name?string Values?list");
pub const GET_PREDICTIVE_SCALING_FORECAST_ANSWER: Known = k("GetPredictiveScalingForecastAnswer", "LoadForecast!list CapacityForecast!structure UpdateTime!timestamp");
pub const GET_PREDICTIVE_SCALING_FORECAST_TYPE: Known = k("GetPredictiveScalingForecastType", "AutoScalingGroupName!string PolicyName!string StartTime!timestamp EndTime!timestamp");
pub const IDEMPOTENT_CALL_IN_PROGRESS_FAULT: Known = k("IdempotentCallInProgressFault", "Message?string");
pub const IDEMPOTENT_PARAMETER_MISMATCH_ERROR: Known = k("IdempotentParameterMismatchError", "Message?string");
pub const INSTANCE: Known = k("Instance", "InstanceId!string InstanceType?string AvailabilityZone!string AvailabilityZoneId?string LifecycleState!string HealthStatus!string LaunchConfigurationName?string LaunchTemplate?structure ImageId?string ProtectedFromScaleIn!boolean WeightedCapacity?string");
pub const INSTANCE_COLLECTION: Known = k("InstanceCollection", "InstanceType?string MarketType?string SubnetId?string AvailabilityZone?string AvailabilityZoneId?string InstanceIds?list");
pub const INSTANCE_LIFECYCLE_POLICY: Known = k("InstanceLifecyclePolicy", "RetentionTriggers?structure");
pub const INSTANCE_MAINTENANCE_POLICY: Known = k("InstanceMaintenancePolicy", "MinHealthyPercentage?integer MaxHealthyPercentage?integer");
pub const INSTANCE_METADATA_OPTIONS: Known = k("InstanceMetadataOptions", "HttpTokens?string HttpPutResponseHopLimit?integer HttpEndpoint?string");
pub const INSTANCE_MONITORING: Known = k("InstanceMonitoring", "Enabled?boolean");
pub const INSTANCE_REFRESH: Known = k("InstanceRefresh", "InstanceRefreshId?string AutoScalingGroupName?string Status?string StatusReason?string StartTime?timestamp EndTime?timestamp PercentageComplete?integer InstancesToUpdate?integer ProgressDetails?structure Preferences?structure DesiredConfiguration?structure RollbackDetails?structure Strategy?string");
pub const INSTANCE_REFRESH_IN_PROGRESS_FAULT: Known = k("InstanceRefreshInProgressFault", "message?string");
pub const INSTANCE_REFRESH_LIVE_POOL_PROGRESS: Known = k("InstanceRefreshLivePoolProgress", "PercentageComplete?integer InstancesToUpdate?integer");
pub const INSTANCE_REFRESH_PROGRESS_DETAILS: Known = k("InstanceRefreshProgressDetails", "LivePoolProgress?structure WarmPoolProgress?structure");
pub const INSTANCE_REFRESH_WARM_POOL_PROGRESS: Known = k("InstanceRefreshWarmPoolProgress", "PercentageComplete?integer InstancesToUpdate?integer");
pub const INSTANCE_REQUIREMENTS: Known = k("InstanceRequirements", "VCpuCount!structure MemoryMiB!structure CpuManufacturers?list MemoryGiBPerVCpu?structure ExcludedInstanceTypes?list InstanceGenerations?list SpotMaxPricePercentageOverLowestPrice?integer MaxSpotPriceAsPercentageOfOptimalOnDemandPrice?integer OnDemandMaxPricePercentageOverLowestPrice?integer BareMetal?string BurstablePerformance?string RequireHibernateSupport?boolean NetworkInterfaceCount?structure LocalStorage?string LocalStorageTypes?list TotalLocalStorageGB?structure BaselineEbsBandwidthMbps?structure AcceleratorTypes?list AcceleratorCount?structure AcceleratorManufacturers?list AcceleratorNames?list AcceleratorTotalMemoryMiB?structure NetworkBandwidthGbps?structure AllowedInstanceTypes?list BaselinePerformanceFactors?structure");
pub const INSTANCE_REUSE_POLICY: Known = k("InstanceReusePolicy", "ReuseOnScaleIn?boolean");
pub const INSTANCES_DISTRIBUTION: Known = k("InstancesDistribution", "OnDemandAllocationStrategy?string OnDemandBaseCapacity?integer OnDemandPercentageAboveBaseCapacity?integer SpotAllocationStrategy?string SpotInstancePools?integer SpotMaxPrice?string DistributionSegments?list");
pub const INVALID_NEXT_TOKEN: Known = k("InvalidNextToken", "message?string");
pub const IRREVERSIBLE_INSTANCE_REFRESH_FAULT: Known = k("IrreversibleInstanceRefreshFault", "message?string");
pub const LAUNCH_CONFIGURATION: Known = k("LaunchConfiguration", "LaunchConfigurationName!string LaunchConfigurationARN?string ImageId!string KeyName?string SecurityGroups?list ClassicLinkVPCId?string ClassicLinkVPCSecurityGroups?list UserData?string InstanceType!string KernelId?string RamdiskId?string BlockDeviceMappings?list InstanceMonitoring?structure SpotPrice?string IamInstanceProfile?string CreatedTime!timestamp EbsOptimized?boolean AssociatePublicIpAddress?boolean PlacementTenancy?string MetadataOptions?structure");
pub const LAUNCH_CONFIGURATION_NAME_TYPE: Known = k("LaunchConfigurationNameType", "LaunchConfigurationName!string");
pub const LAUNCH_CONFIGURATION_NAMES_TYPE: Known = k("LaunchConfigurationNamesType", "LaunchConfigurationNames?list NextToken?string MaxRecords?integer");
pub const LAUNCH_CONFIGURATIONS_TYPE: Known = k("LaunchConfigurationsType", "LaunchConfigurations!list NextToken?string");
pub const LAUNCH_INSTANCES_ERROR: Known = k("LaunchInstancesError", "InstanceType?string MarketType?string SubnetId?string AvailabilityZone?string AvailabilityZoneId?string ErrorCode?string ErrorMessage?string");
pub const LAUNCH_INSTANCES_REQUEST: Known = k("LaunchInstancesRequest", "AutoScalingGroupName!string RequestedCapacity!integer ClientToken!string AvailabilityZones?list AvailabilityZoneIds?list SubnetIds?list RetryStrategy?string");
pub const LAUNCH_INSTANCES_RESULT: Known = k("LaunchInstancesResult", "AutoScalingGroupName?string ClientToken?string Instances?list Errors?list");
pub const LAUNCH_TEMPLATE: Known = k("LaunchTemplate", "LaunchTemplateSpecification?structure Overrides?list");
pub const LAUNCH_TEMPLATE_OVERRIDES: Known = k("LaunchTemplateOverrides", "InstanceType?string WeightedCapacity?string LaunchTemplateSpecification?structure InstanceRequirements?structure ImageId?string");
pub const LAUNCH_TEMPLATE_SPECIFICATION: Known = k("LaunchTemplateSpecification", "LaunchTemplateId?string LaunchTemplateName?string Version?string");
pub const LIFECYCLE_HOOK: Known = k("LifecycleHook", "LifecycleHookName?string AutoScalingGroupName?string LifecycleTransition?string NotificationTargetARN?string RoleARN?string NotificationMetadata?string HeartbeatTimeout?integer GlobalTimeout?integer DefaultResult?string");
pub const LIFECYCLE_HOOK_SPECIFICATION: Known = k("LifecycleHookSpecification", "LifecycleHookName!string LifecycleTransition!string NotificationMetadata?string HeartbeatTimeout?integer DefaultResult?string NotificationTargetARN?string RoleARN?string");
pub const LIMIT_EXCEEDED_FAULT: Known = k("LimitExceededFault", "message?string");
pub const LOAD_BALANCER_STATE: Known = k("LoadBalancerState", "LoadBalancerName?string State?string");
pub const LOAD_BALANCER_TARGET_GROUP_STATE: Known = k("LoadBalancerTargetGroupState", "LoadBalancerTargetGroupARN?string State?string");
pub const LOAD_FORECAST: Known = k("LoadForecast", "Timestamps!list Values!list MetricSpecification!structure");
pub const MEMORY_GI_B_PER_V_CPU_REQUEST: Known = k("MemoryGiBPerVCpuRequest", "Min?double Max?double");
pub const MEMORY_MI_B_REQUEST: Known = k("MemoryMiBRequest", "Min!integer Max?integer");
pub const METRIC: Known = k("Metric", "Namespace!string MetricName!string Dimensions?list");
pub const METRIC_COLLECTION_TYPE: Known = k("MetricCollectionType", "Metric?string");
pub const METRIC_DATA_QUERY: Known = k("MetricDataQuery", "Id!string Expression?string MetricStat?structure Label?string ReturnData?boolean");
pub const METRIC_DIMENSION: Known = k("MetricDimension", "Name!string Value!string");
pub const METRIC_GRANULARITY_TYPE: Known = k("MetricGranularityType", "Granularity?string");
pub const METRIC_STAT: Known = k("MetricStat", "Metric!structure Stat!string Unit?string");
pub const MIXED_INSTANCES_POLICY: Known = k("MixedInstancesPolicy", "LaunchTemplate?structure InstancesDistribution?structure");
pub const NETWORK_BANDWIDTH_GBPS_REQUEST: Known = k("NetworkBandwidthGbpsRequest", "Min?double Max?double");
pub const NETWORK_INTERFACE_COUNT_REQUEST: Known = k("NetworkInterfaceCountRequest", "Min?integer Max?integer");
pub const NOTIFICATION_CONFIGURATION: Known = k("NotificationConfiguration", "AutoScalingGroupName?string TopicARN?string NotificationType?string");
pub const OPERATOR: Known = k("Operator", "Principal!string");
pub const PERFORMANCE_FACTOR_REFERENCE_REQUEST: Known = k("PerformanceFactorReferenceRequest", "InstanceFamily?string");
pub const POLICIES_TYPE: Known = k("PoliciesType", "ScalingPolicies?list NextToken?string");
pub const POLICY_ARN_TYPE: Known = k("PolicyARNType", "PolicyARN?string Alarms?list");
pub const PREDEFINED_METRIC_SPECIFICATION: Known = k("PredefinedMetricSpecification", "PredefinedMetricType!string ResourceLabel?string");
pub const PREDICTIVE_SCALING_CONFIGURATION: Known = k("PredictiveScalingConfiguration", "MetricSpecifications!list Mode?string SchedulingBufferTime?integer MaxCapacityBreachBehavior?string MaxCapacityBuffer?integer");
pub const PREDICTIVE_SCALING_CUSTOMIZED_CAPACITY_METRIC: Known = k("PredictiveScalingCustomizedCapacityMetric", "MetricDataQueries!list");
pub const PREDICTIVE_SCALING_CUSTOMIZED_LOAD_METRIC: Known = k("PredictiveScalingCustomizedLoadMetric", "MetricDataQueries!list");
pub const PREDICTIVE_SCALING_CUSTOMIZED_SCALING_METRIC: Known = k("PredictiveScalingCustomizedScalingMetric", "MetricDataQueries!list");
pub const PREDICTIVE_SCALING_METRIC_SPECIFICATION: Known = k("PredictiveScalingMetricSpecification", "TargetValue!double PredefinedMetricPairSpecification?structure PredefinedScalingMetricSpecification?structure PredefinedLoadMetricSpecification?structure CustomizedScalingMetricSpecification?structure CustomizedLoadMetricSpecification?structure CustomizedCapacityMetricSpecification?structure");
pub const PREDICTIVE_SCALING_PREDEFINED_LOAD_METRIC: Known = k("PredictiveScalingPredefinedLoadMetric", "PredefinedMetricType!string ResourceLabel?string");
pub const PREDICTIVE_SCALING_PREDEFINED_METRIC_PAIR: Known = k("PredictiveScalingPredefinedMetricPair", "PredefinedMetricType!string ResourceLabel?string");
pub const PREDICTIVE_SCALING_PREDEFINED_SCALING_METRIC: Known = k("PredictiveScalingPredefinedScalingMetric", "PredefinedMetricType!string ResourceLabel?string");
pub const PROCESS_TYPE: Known = k("ProcessType", "ProcessName!string");
pub const PROCESSES_TYPE: Known = k("ProcessesType", "Processes?list");
pub const PUT_ACCOUNT_SETTING_ANSWER: Known = k("PutAccountSettingAnswer", "");
pub const PUT_ACCOUNT_SETTING_TYPE: Known = k("PutAccountSettingType", "Name!string Value!string");
pub const PUT_LIFECYCLE_HOOK_ANSWER: Known = k("PutLifecycleHookAnswer", "");
pub const PUT_LIFECYCLE_HOOK_TYPE: Known = k("PutLifecycleHookType", "LifecycleHookName!string AutoScalingGroupName!string LifecycleTransition?string RoleARN?string NotificationTargetARN?string NotificationMetadata?string HeartbeatTimeout?integer DefaultResult?string");
pub const PUT_NOTIFICATION_CONFIGURATION_TYPE: Known = k("PutNotificationConfigurationType", "AutoScalingGroupName!string TopicARN!string NotificationTypes!list");
pub const PUT_SCALING_POLICY_TYPE: Known = k("PutScalingPolicyType", "AutoScalingGroupName!string PolicyName!string PolicyType?string AdjustmentType?string MinAdjustmentStep?integer MinAdjustmentMagnitude?integer ScalingAdjustment?integer Cooldown?integer MetricAggregationType?string StepAdjustments?list EstimatedInstanceWarmup?integer TargetTrackingConfiguration?structure Enabled?boolean PredictiveScalingConfiguration?structure");
pub const PUT_SCHEDULED_UPDATE_GROUP_ACTION_TYPE: Known = k("PutScheduledUpdateGroupActionType", "AutoScalingGroupName!string ScheduledActionName!string Time?timestamp StartTime?timestamp EndTime?timestamp Recurrence?string MinSize?integer MaxSize?integer DesiredCapacity?integer TimeZone?string");
pub const PUT_WARM_POOL_ANSWER: Known = k("PutWarmPoolAnswer", "");
pub const PUT_WARM_POOL_TYPE: Known = k("PutWarmPoolType", "AutoScalingGroupName!string MaxGroupPreparedCapacity?integer MinSize?integer PoolState?string InstanceReusePolicy?structure");
pub const RECORD_LIFECYCLE_ACTION_HEARTBEAT_ANSWER: Known = k("RecordLifecycleActionHeartbeatAnswer", "");
pub const RECORD_LIFECYCLE_ACTION_HEARTBEAT_TYPE: Known = k("RecordLifecycleActionHeartbeatType", "LifecycleHookName!string AutoScalingGroupName!string LifecycleActionToken?string InstanceId?string");
pub const REFRESH_PREFERENCES: Known = k("RefreshPreferences", "MinHealthyPercentage?integer InstanceWarmup?integer CheckpointPercentages?list CheckpointDelay?integer SkipMatching?boolean AutoRollback?boolean ScaleInProtectedInstances?string StandbyInstances?string AlarmSpecification?structure MaxHealthyPercentage?integer BakeTime?integer");
pub const RESOURCE_CONTENTION_FAULT: Known = k("ResourceContentionFault", "message?string");
pub const RESOURCE_IN_USE_FAULT: Known = k("ResourceInUseFault", "message?string");
pub const RETENTION_TRIGGERS: Known = k("RetentionTriggers", "TerminateHookAbandon?string");
pub const ROLLBACK_DETAILS: Known = k("RollbackDetails", "RollbackReason?string RollbackStartTime?timestamp PercentageCompleteOnRollback?integer InstancesToUpdateOnRollback?integer ProgressDetailsOnRollback?structure");
pub const ROLLBACK_INSTANCE_REFRESH_ANSWER: Known = k("RollbackInstanceRefreshAnswer", "InstanceRefreshId?string");
pub const ROLLBACK_INSTANCE_REFRESH_TYPE: Known = k("RollbackInstanceRefreshType", "AutoScalingGroupName!string");
pub const SCALING_ACTIVITY_IN_PROGRESS_FAULT: Known = k("ScalingActivityInProgressFault", "message?string");
pub const SCALING_POLICY: Known = k("ScalingPolicy", "AutoScalingGroupName?string PolicyName?string PolicyARN?string PolicyType?string AdjustmentType?string MinAdjustmentStep?integer MinAdjustmentMagnitude?integer ScalingAdjustment?integer Cooldown?integer StepAdjustments?list MetricAggregationType?string EstimatedInstanceWarmup?integer Alarms?list TargetTrackingConfiguration?structure Enabled?boolean PredictiveScalingConfiguration?structure");
pub const SCALING_PROCESS_QUERY: Known = k("ScalingProcessQuery", "AutoScalingGroupName!string ScalingProcesses?list");
pub const SCHEDULED_ACTIONS_TYPE: Known = k("ScheduledActionsType", "ScheduledUpdateGroupActions?list NextToken?string");
pub const SCHEDULED_UPDATE_GROUP_ACTION: Known = k("ScheduledUpdateGroupAction", "AutoScalingGroupName?string ScheduledActionName?string ScheduledActionARN?string Time?timestamp StartTime?timestamp EndTime?timestamp Recurrence?string MinSize?integer MaxSize?integer DesiredCapacity?integer TimeZone?string");
pub const SCHEDULED_UPDATE_GROUP_ACTION_REQUEST: Known = k("ScheduledUpdateGroupActionRequest", "ScheduledActionName!string StartTime?timestamp EndTime?timestamp Recurrence?string MinSize?integer MaxSize?integer DesiredCapacity?integer TimeZone?string");
pub const SERVICE_LINKED_ROLE_FAILURE: Known = k("ServiceLinkedRoleFailure", "message?string");
pub const SET_DESIRED_CAPACITY_TYPE: Known = k("SetDesiredCapacityType", "AutoScalingGroupName!string DesiredCapacity!integer HonorCooldown?boolean");
pub const SET_INSTANCE_HEALTH_QUERY: Known = k("SetInstanceHealthQuery", "InstanceId!string HealthStatus!string ShouldRespectGracePeriod?boolean");
pub const SET_INSTANCE_PROTECTION_ANSWER: Known = k("SetInstanceProtectionAnswer", "");
pub const SET_INSTANCE_PROTECTION_QUERY: Known = k("SetInstanceProtectionQuery", "InstanceIds!list AutoScalingGroupName!string ProtectedFromScaleIn!boolean");
pub const START_INSTANCE_REFRESH_ANSWER: Known = k("StartInstanceRefreshAnswer", "InstanceRefreshId?string");
pub const START_INSTANCE_REFRESH_TYPE: Known = k("StartInstanceRefreshType", "AutoScalingGroupName!string Strategy?string DesiredConfiguration?structure Preferences?structure");
pub const STEP_ADJUSTMENT: Known = k("StepAdjustment", "MetricIntervalLowerBound?double MetricIntervalUpperBound?double ScalingAdjustment!integer");
pub const SUSPENDED_PROCESS: Known = k("SuspendedProcess", "ProcessName?string SuspensionReason?string");
pub const TAG: Known = k("Tag", "ResourceId?string ResourceType?string Key!string Value?string PropagateAtLaunch?boolean");
pub const TAG_DESCRIPTION: Known = k("TagDescription", "ResourceId?string ResourceType?string Key?string Value?string PropagateAtLaunch?boolean");
pub const TAGS_TYPE: Known = k("TagsType", "Tags?list NextToken?string");
pub const TARGET_TRACKING_CONFIGURATION: Known = k("TargetTrackingConfiguration", "PredefinedMetricSpecification?structure CustomizedMetricSpecification?structure TargetValue!double DisableScaleIn?boolean");
pub const TARGET_TRACKING_METRIC_DATA_QUERY: Known = k("TargetTrackingMetricDataQuery", "Id!string Expression?string MetricStat?structure Label?string Period?integer ReturnData?boolean");
pub const TARGET_TRACKING_METRIC_STAT: Known = k("TargetTrackingMetricStat", "Metric!structure Stat!string Unit?string Period?integer");
pub const TERMINATE_INSTANCE_IN_AUTO_SCALING_GROUP_TYPE: Known = k("TerminateInstanceInAutoScalingGroupType", "InstanceId?string InstanceIds?list AutoScalingGroupName?string ShouldDecrementDesiredCapacity!boolean");
pub const TOTAL_LOCAL_STORAGE_GB_REQUEST: Known = k("TotalLocalStorageGBRequest", "Min?double Max?double");
pub const TRAFFIC_SOURCE_IDENTIFIER: Known = k("TrafficSourceIdentifier", "Identifier!string Type?string");
pub const TRAFFIC_SOURCE_STATE: Known = k("TrafficSourceState", "TrafficSource?string State?string Identifier?string Type?string");
pub const UPDATE_AUTO_SCALING_GROUP_TYPE: Known = k("UpdateAutoScalingGroupType", "AutoScalingGroupName!string LaunchConfigurationName?string LaunchTemplate?structure MixedInstancesPolicy?structure MinSize?integer MaxSize?integer DesiredCapacity?integer DefaultCooldown?integer AvailabilityZones?list AvailabilityZoneIds?list HealthCheckType?string HealthCheckGracePeriod?integer PlacementGroup?string VPCZoneIdentifier?string TerminationPolicies?list NewInstancesProtectedFromScaleIn?boolean ServiceLinkedRoleARN?string MaxInstanceLifetime?integer CapacityRebalance?boolean Context?string DesiredCapacityType?string DefaultInstanceWarmup?integer InstanceMaintenancePolicy?structure AvailabilityZoneDistribution?structure AvailabilityZoneImpairmentPolicy?structure SkipZonalShiftValidation?boolean CapacityReservationSpecification?structure InstanceLifecyclePolicy?structure DeletionProtection?string");
pub const V_CPU_COUNT_REQUEST: Known = k("VCpuCountRequest", "Min!integer Max?integer");
pub const WARM_POOL_CONFIGURATION: Known = k("WarmPoolConfiguration", "MaxGroupPreparedCapacity?integer MinSize?integer PoolState?string Status?string InstanceReusePolicy?structure");
