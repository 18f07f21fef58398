//! The stories in `stories/`: each is played again and must go as it went. `UPDATE_EXPECT=1` writes down how it goes now; reviewers read
//! the difference.

use expect_test::expect_file;
use sim::script::play;

macro_rules! stories {
    ($($name:ident)+) => {
        $(
            #[test]
            fn $name() {
                let path = concat!("../stories/", stringify!($name), ".txt");
                let story = include_str!(concat!("../stories/", stringify!($name), ".txt"));
                expect_file![path].assert_eq(&play(story));
            }
        )+

        #[test]
        fn every_story_is_told() {
            let told = [$(stringify!($name)),+];
            let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/stories");
            let files = fs_err::read_dir(dir).expect("there are stories");
            for file in files {
                let path = file.expect("a file").path();
                let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
                assert!(told.contains(&stem.as_str()), "`{stem}` is not in tests/stories.rs");
            }
        }
    };
}

stories! {
    circuit_breaker_without_rollback
    control_plane_restart
    daemon
    dead_container
    deletion
    deployment_that_cannot_progress
    distinct_instances
    draining
    first_deployment
    host_loss
    host_loss_of_tasks
    late_images
    no_room
    partition
    ports
    protected_tasks
    rollback_by_circuit_breaker
    rollback_by_the_user
    rolling_update
    rolling_update_without_spare_room
    scaling
    short_partition
    standalone_tasks
    superseded_deployment
    task_sets
    tasks_that_cannot_start
    unhealthy_replacement
    zone_rebalancing
}
