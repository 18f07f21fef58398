//! AWS Identity and Access Management: who there is in an account, and what they may do.
//!
//! Invariant: an identity never refers to a policy, nor an instance profile to a role, that is not there: whoever attaches also puts
//! the other record, and whoever deletes looks who refers to it, so that of the two at once one looks again.
//! Groups, identity providers and passwords are not served; nor can a user have MFA devices, SSH keys, signing certificates or
//! credentials of single services, and who asks for them hears that there are none (`login`).
//! Not here: what a policy means (crate `policy`), credentials of sessions (`sts`).

pub mod entity;
pub mod fault;
pub mod grants;
pub mod login;
pub mod managed;
pub mod profile;
pub mod role;
pub mod user;

#[cfg(test)]
mod tests;

use crate::decide::Table;
use domain::identity::{InstanceProfile, ManagedPolicy, Role, User};
use wire::{Fault, check::Violations, tables::iam};

/// The operations of IAM that Longshore serves.
pub static TABLE: Table = Table {
    service: &iam::SERVICE,
    operations: &[
        ("AddRoleToInstanceProfile", profile::add_role),
        ("AttachRolePolicy", grants::attach::<Role>),
        ("AttachUserPolicy", grants::attach::<User>),
        ("CreateAccessKey", user::create_key),
        ("CreateInstanceProfile", profile::create),
        ("CreatePolicy", managed::create),
        ("CreatePolicyVersion", managed::create_version),
        ("CreateRole", role::create),
        ("CreateServiceLinkedRole", role::create_linked),
        ("CreateUser", user::create),
        ("DeleteAccessKey", user::delete_key),
        ("DeleteInstanceProfile", profile::delete),
        ("DeleteLoginProfile", login::no_password),
        ("DeletePolicy", managed::delete),
        ("DeletePolicyVersion", managed::delete_version),
        ("DeleteRole", role::delete),
        ("DeleteRolePermissionsBoundary", grants::delete_boundary::<Role>),
        ("DeleteRolePolicy", grants::delete_inline::<Role>),
        ("DeleteUser", user::delete),
        ("DeleteUserPermissionsBoundary", grants::delete_boundary::<User>),
        ("DeleteUserPolicy", grants::delete_inline::<User>),
        ("DetachRolePolicy", grants::detach::<Role>),
        ("DetachUserPolicy", grants::detach::<User>),
        ("GetInstanceProfile", profile::get),
        ("GetLoginProfile", login::no_password),
        ("GetPolicy", managed::get),
        ("GetPolicyVersion", managed::get_version),
        ("GetRole", role::get),
        ("GetRolePolicy", grants::get_inline::<Role>),
        ("GetUser", user::get),
        ("GetUserPolicy", grants::get_inline::<User>),
        ("ListAccessKeys", user::list_keys),
        ("ListAttachedRolePolicies", grants::list_attached::<Role>),
        ("ListAttachedUserPolicies", grants::list_attached::<User>),
        ("ListEntitiesForPolicy", managed::list_entities),
        ("ListGroupsForUser", user::list_groups),
        ("ListInstanceProfileTags", entity::list_tags::<InstanceProfile>),
        ("ListInstanceProfiles", profile::list),
        ("ListInstanceProfilesForRole", profile::list_for_role),
        ("ListMFADevices", login::no_mfa_devices),
        ("ListPolicies", managed::list),
        ("ListPolicyTags", entity::list_tags::<ManagedPolicy>),
        ("ListPolicyVersions", managed::list_versions),
        ("ListRolePolicies", grants::list_inline::<Role>),
        ("ListRoleTags", entity::list_tags::<Role>),
        ("ListRoles", role::list),
        ("ListSSHPublicKeys", login::no_ssh_keys),
        ("ListServiceSpecificCredentials", login::no_service_credentials),
        ("ListSigningCertificates", login::no_certificates),
        ("ListUserPolicies", grants::list_inline::<User>),
        ("ListUserTags", entity::list_tags::<User>),
        ("ListUsers", user::list),
        ("PutRolePermissionsBoundary", grants::put_boundary::<Role>),
        ("PutRolePolicy", grants::put_inline::<Role>),
        ("PutUserPermissionsBoundary", grants::put_boundary::<User>),
        ("PutUserPolicy", grants::put_inline::<User>),
        ("RemoveRoleFromInstanceProfile", profile::remove_role),
        ("SetDefaultPolicyVersion", managed::set_default),
        ("TagInstanceProfile", entity::tag::<InstanceProfile>),
        ("TagPolicy", entity::tag::<ManagedPolicy>),
        ("TagRole", entity::tag::<Role>),
        ("TagUser", entity::tag::<User>),
        ("UntagInstanceProfile", entity::untag::<InstanceProfile>),
        ("UntagPolicy", entity::untag::<ManagedPolicy>),
        ("UntagRole", entity::untag::<Role>),
        ("UntagUser", entity::untag::<User>),
        ("UpdateAccessKey", user::update_key),
        ("UpdateAssumeRolePolicy", role::update_trust),
        ("UpdateRole", role::update),
        ("UpdateRoleDescription", role::update_description),
    ],
    refuse,
    server_fault: "ServiceFailureException",
    prepare: None,
};

fn refuse(_operation: &str, violations: &Violations) -> Fault {
    violations.fault(&iam::SERVICE)
}
