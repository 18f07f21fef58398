//! Launch templates.

use super::{made, world};
use serde_json::json;

#[test]
fn versions_are_numbered_and_kept_as_they_were_made() {
    let mut world = world();
    let create = json!({"LaunchTemplateName": "hosts", "VersionDescription": "first",
        "LaunchTemplateData": {"InstanceType": "m5.large", "UserData": "YQ==", "SecurityGroupIds": ["sg-1"]}});
    let id = made(
        &mut world,
        "CreateLaunchTemplate",
        create.clone(),
        "LaunchTemplate",
        "LaunchTemplateId",
    );
    assert_eq!(
        world.fault("CreateLaunchTemplate", create),
        "InvalidLaunchTemplateName.AlreadyExistsException: Launch template name already in use."
    );
    let next = json!({"LaunchTemplateName": "hosts", "SourceVersion": "1", "LaunchTemplateData": {"InstanceType": "c5.large"}, "ClientToken": "t-1"});
    let second =
        world.ok("CreateLaunchTemplateVersion", next.clone())["LaunchTemplateVersion"].clone();
    let again = &world.ok("CreateLaunchTemplateVersion", next)["LaunchTemplateVersion"];
    assert_eq!(*again, second, "a token makes one version");
    assert_eq!((&second["VersionNumber"], &second["DefaultVersion"]), (&json!(2), &json!(false)));
    assert_eq!(second["LaunchTemplateData"]["UserData"], "YQ==");
    world.ok(
        "ModifyLaunchTemplate",
        json!({"LaunchTemplateId": id, "DefaultVersion": "2", "ClientToken": "t-2"}),
    );
    let default = json!({"LaunchTemplateId": id, "Versions": ["$Default"]});
    let shown = world.ok("DescribeLaunchTemplateVersions", default);
    assert_eq!(
        shown["LaunchTemplateVersions"][0]["LaunchTemplateData"]["InstanceType"],
        "c5.large"
    );
    let deleted = json!({"LaunchTemplateId": id, "Versions": ["1", "2", "3"]});
    let deleted = world.ok("DeleteLaunchTemplateVersions", deleted);
    assert_eq!(deleted["SuccessfullyDeletedLaunchTemplateVersions"][0]["VersionNumber"], 1);
    assert_eq!(
        deleted["UnsuccessfullyDeletedLaunchTemplateVersions"].as_array().map(Vec::len),
        Some(2)
    );
    assert_eq!(
        world.fault(
            "DescribeLaunchTemplateVersions",
            json!({"LaunchTemplateId": id, "Versions": ["1"]})
        ),
        format!(
            "InvalidLaunchTemplateId.VersionNotFound: Could not find the specified version 1 for the launch template with ID {id}."
        )
    );
    world.ok("DeleteLaunchTemplate", json!({"LaunchTemplateName": "hosts"}));
    assert_eq!(
        world.fault("DescribeLaunchTemplates", json!({"LaunchTemplateNames": ["hosts"]})),
        "InvalidLaunchTemplateName.NotFoundException: The specified launch template, with template name hosts, does not exist."
    );
}
