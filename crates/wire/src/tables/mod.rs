// @generated from botocore 1.44.5 (Apache-2.0); do not edit, run `cargo xtask import-models`.
//! AWS's interface models, a module per service.

use crate::shape::Service;

#[rustfmt::skip]
#[expect(missing_docs, reason = "names of AWS's model explain themselves")]
pub mod application_autoscaling;
#[rustfmt::skip]
#[expect(missing_docs, reason = "names of AWS's model explain themselves")]
pub mod autoscaling;
#[rustfmt::skip]
#[expect(missing_docs, reason = "names of AWS's model explain themselves")]
pub mod cloudwatch;
#[rustfmt::skip]
#[expect(missing_docs, reason = "names of AWS's model explain themselves")]
pub mod ec2;
#[rustfmt::skip]
#[expect(missing_docs, reason = "names of AWS's model explain themselves")]
pub mod ecr;
#[rustfmt::skip]
#[expect(missing_docs, reason = "names of AWS's model explain themselves")]
pub mod ecs;
#[rustfmt::skip]
#[expect(missing_docs, reason = "names of AWS's model explain themselves")]
pub mod efs;
#[rustfmt::skip]
#[expect(missing_docs, reason = "names of AWS's model explain themselves")]
pub mod elbv2;
#[rustfmt::skip]
#[expect(missing_docs, reason = "names of AWS's model explain themselves")]
pub mod events;
#[rustfmt::skip]
#[expect(missing_docs, reason = "names of AWS's model explain themselves")]
pub mod iam;
#[rustfmt::skip]
#[expect(missing_docs, reason = "names of AWS's model explain themselves")]
pub mod logs;
#[rustfmt::skip]
#[expect(missing_docs, reason = "names of AWS's model explain themselves")]
pub mod scheduler;
#[rustfmt::skip]
#[expect(missing_docs, reason = "names of AWS's model explain themselves")]
pub mod secretsmanager;
#[rustfmt::skip]
#[expect(missing_docs, reason = "names of AWS's model explain themselves")]
pub mod servicediscovery;
#[rustfmt::skip]
#[expect(missing_docs, reason = "names of AWS's model explain themselves")]
pub mod ssm;
#[rustfmt::skip]
#[expect(missing_docs, reason = "names of AWS's model explain themselves")]
pub mod sts;

/// Every service that has a table, by name.
pub static ALL: [&Service; 16] = [
    &application_autoscaling::SERVICE,
    &autoscaling::SERVICE,
    &cloudwatch::SERVICE,
    &ec2::SERVICE,
    &ecr::SERVICE,
    &ecs::SERVICE,
    &efs::SERVICE,
    &elbv2::SERVICE,
    &events::SERVICE,
    &iam::SERVICE,
    &logs::SERVICE,
    &scheduler::SERVICE,
    &secretsmanager::SERVICE,
    &servicediscovery::SERVICE,
    &ssm::SERVICE,
    &sts::SERVICE,
];
