//! Control groups of version 2 as they are inside of a container: the root that is seen there is not the kernel's, and whoever was started
//! there is in it. Asked for by `KERNEL_TESTS=1`.

mod kernel_support;

use kernel_support::{busybox_images, check, is_asked_for, script_with};
use runtime::{LinuxConfig, LinuxDriver};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Set for the process that is inside.
const INSIDE: &str = "KERNEL_GROUPS_INSIDE";
const ROOT: &str = "/sys/fs/cgroup";

/// A group below the kernel's root; goes with all groups in it.
struct Group(PathBuf);

impl Group {
    /// Its groups have these controllers.
    fn new(controllers: &[&str]) -> Self {
        let group = Self(Path::new(ROOT).join(format!("longshore-test-{}", std::process::id())));
        let inner = group.0.join("inner");
        for controller in controllers {
            let control = format!("{ROOT}/cgroup.subtree_control");
            fs_err::write(control, format!("+{controller}")).expect("the kernel's root gives all");
        }
        fs_err::create_dir_all(&inner).expect("made");
        for controller in controllers {
            let control = group.0.join("cgroup.subtree_control");
            fs_err::write(control, format!("+{controller}")).expect("handed down");
        }
        group
    }

    /// Runs a test of this program as a process of the inner group, which is the root for it. Panics if it fails.
    fn run(&self, test: &str) {
        const ENTER: &str = r#"echo $$ > "$0/cgroup.procs" && exec unshare --cgroup --mount sh -c 'umount -l /sys/fs/cgroup && mount -t cgroup2 none /sys/fs/cgroup && exec "$0" --exact "$1" --nocapture' "$@""#;
        let program = std::env::current_exe().expect("this program");
        let done = Command::new("sh")
            .args(["-c", ENTER])
            .arg(self.0.join("inner"))
            .arg(program)
            .arg(test)
            .env(INSIDE, "1")
            .status()
            .expect("started");
        assert!(done.success(), "{test}: {done}");
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        fn remove(dir: &Path) {
            for entry in fs_err::read_dir(dir).into_iter().flatten().flatten() {
                if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                    remove(&entry.path());
                }
            }
            // A process that was killed leaves its group in its own time, and this is no test of that.
            let _ = fs_err::remove_dir(dir);
        }
        remove(&self.0);
    }
}

fn is_v2() -> bool {
    let is_v2 = Path::new(ROOT).join("cgroup.controllers").exists();
    if !is_v2 {
        println!("skipped: control groups of version 1 have no such root");
    }
    is_v2
}

#[test]
fn a_root_with_processes_makes_room_for_tasks() {
    if is_asked_for() && is_v2() {
        Group::new(&["cpu", "memory", "pids"]).run("inside_of_a_container_tasks_have_limits");
    }
}

#[test]
fn a_root_without_a_controller_is_refused_by_its_name() {
    if is_asked_for() && is_v2() {
        Group::new(&["cpu", "pids"]).run("inside_without_memory_there_is_no_driver");
    }
}

/// Not a test by itself.
#[test]
fn inside_of_a_container_tasks_have_limits() {
    if std::env::var_os(INSIDE).is_none() {
        return;
    }
    check(|bench| async move {
        let members = json!({ "cpu": 512, "memory": 64 });
        let task = script_with("cat /sys/fs/cgroup/memory.max; exec sleep 1000", members);
        bench.run(&task).await;
        bench.log_has(&task, "main", &(64 << 20).to_string()).await;
        let weight = format!("{ROOT}/ecs/{}/cpu.weight", task.id());
        assert_eq!(fs_err::read_to_string(weight).expect("read").trim(), "50");
        let processes = fs_err::read_to_string(format!("{ROOT}/cgroup.procs")).expect("read");
        assert_eq!(processes, "", "all are in a leaf");
    });
}

/// Not a test by itself.
#[test]
fn inside_without_memory_there_is_no_driver() {
    if std::env::var_os(INSIDE).is_none() {
        return;
    }
    let dir = tempfile::tempdir().expect("dir");
    let images = busybox_images(&dir.path().join("images"));
    let opened = LinuxDriver::open(LinuxConfig::new(dir.path().join("data")), images);
    let said = opened.err().map(|error| error.to_string()).unwrap_or_default();
    assert!(said.contains("controller `memory` at"), "{said}");
}
