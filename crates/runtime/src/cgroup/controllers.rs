//! Whether groups of tasks can have limits, and on version 2 what has to be done for it.
//!
//! There a group has a controller only if every group above it hands it down, and one that hands any down holds no processes, except for
//! the kernel's own root. Inside of a container the root that we see is not the kernel's, and holds whoever was started there: they
//! are moved to a leaf of it, as nested container engines do.
//! Not here: the groups of tasks (`super`).

use super::Cgroups;
use crate::chain;
use std::io;
use std::path::{Path, PathBuf};

/// What limits are made of. Any other that there is (`io`, which counts) is handed down too, and missed by nobody.
const NEEDED: [&str; 3] = ["cpu", "memory", "pids"];

/// Where the processes of a root go that is not the kernel's.
const LEAF: &str = "longshore.init";

/// Rounds of looking for processes in such a root before giving up on one that forks faster than it is moved.
const MOVE_ROUNDS_MAX: usize = 16;

/// Why groups of tasks could have no limits.
#[derive(Debug, thiserror::Error)]
pub enum ControllerProblem {
    /// The kernel, or whoever made the container that we are in, does not give them.
    #[error(
        "there is no control group controller {} at `{}`, so that tasks could not be limited: if the kernel's command line has `cgroup_disable=`, take it out; some need `cgroup_enable=memory`; in a container, let it have them",
        list(names), at.display()
    )]
    Absent {
        /// Their names.
        names: Vec<&'static str>,
        /// The root of control groups.
        at: PathBuf,
    },
    /// They are there and not for groups of ours.
    #[error(
        "the control group controller {} cannot be handed down from `{}`, so that tasks could not be limited ({why}): in a container, mount control groups writable and give it a control group name space of its own, such as with `docker run --privileged --cgroupns private`; on a host, look for a process with a real-time priority, which keeps `cpu` in the root",
        list(names), at.display()
    )]
    Kept {
        /// Their names.
        names: Vec<&'static str>,
        /// The root of control groups.
        at: PathBuf,
        /// What the kernel says.
        why: String,
    },
}

fn list(names: &[&str]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

impl Cgroups {
    /// Sees to it that groups below the root can have limits.
    pub(crate) fn make_ready(&self) -> Result<(), ControllerProblem> {
        match self {
            Self::V1 { mounts, .. } => {
                let missing = NEEDED.into_iter().filter(|name| !mounts.contains_key(*name));
                absent(missing.collect(), Path::new("/sys/fs/cgroup"))
            }
            Self::V2(root) => make_ready_v2(root),
        }
    }
}

fn absent(names: Vec<&'static str>, at: &Path) -> Result<(), ControllerProblem> {
    if names.is_empty() {
        return Ok(());
    }
    Err(ControllerProblem::Absent { names, at: at.to_owned() })
}

fn make_ready_v2(root: &Path) -> Result<(), ControllerProblem> {
    absent(lacking(root, "cgroup.controllers"), root)?;
    // First, because some can be handed down beside processes, and then no group below takes any of these.
    let is_held = !is_kernels_root(root) && !lacking(root, "cgroup.subtree_control").is_empty();
    let room = if is_held { make_room(root) } else { Ok(()) };
    let handed = room.and_then(|()| hand_down(root));
    let names = lacking(root, "cgroup.subtree_control");
    if names.is_empty() {
        return Ok(());
    }
    let why = handed.err().map_or_else(|| "no reason is told".to_owned(), |e| chain::chain(&e));
    Err(ControllerProblem::Kept { names, at: root.to_owned(), why })
}

/// Which of those that are needed a file of a group does not name.
fn lacking(dir: &Path, file: &str) -> Vec<&'static str> {
    let there = fs_err::read_to_string(dir.join(file)).unwrap_or_default();
    let is_there = |name: &str| there.split_whitespace().any(|word| word == name);
    NEEDED.into_iter().filter(|name| !is_there(name)).collect()
}

/// Lets the children of `dir` have every controller that there is. One at a time, for one that cannot be handed down refuses all;
/// the first refusal of one that is needed is told. What they have is not asked for again: the kernel would look at every group below,
/// of which a host's root has thousands, for each controller of each task.
pub(super) fn hand_down(dir: &Path) -> io::Result<()> {
    let there = fs_err::read_to_string(dir.join("cgroup.controllers"))?;
    let control = dir.join("cgroup.subtree_control");
    let handed = fs_err::read_to_string(&control).unwrap_or_default();
    let is_new = |name: &&str| !handed.split_whitespace().any(|it| it == *name);
    let mut result = Ok(());
    for name in there.split_whitespace().filter(is_new) {
        let done = fs_err::write(&control, format!("+{name}"));
        if NEEDED.contains(&name) {
            result = result.and(done);
        }
    }
    result
}

/// The kernel's own root has no type, for it is of none.
fn is_kernels_root(root: &Path) -> bool {
    !root.join("cgroup.type").exists()
}

/// Moves all processes of `root` to a leaf of it.
fn make_room(root: &Path) -> io::Result<()> {
    let leaf = root.join(LEAF);
    match fs_err::create_dir(&leaf) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    for _ in 0..MOVE_ROUNDS_MAX {
        let processes = fs_err::read_to_string(root.join("cgroup.procs"))?;
        if processes.is_empty() {
            break;
        }
        for process in processes.lines() {
            // It may have ended since; whoever cannot be moved keeps the root busy, and that is told.
            let _ = fs_err::write(leaf.join("cgroup.procs"), process);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};
    use std::collections::BTreeMap;

    /// What is said of a root with these controllers, which is made of usual files: whatever is written to one is all that is in it.
    fn check(controllers: &str, expect: Expect) {
        let dir = tempfile::tempdir().expect("dir");
        fs_err::write(dir.path().join("cgroup.controllers"), controllers).expect("written");
        let said = Cgroups::V2(dir.path().to_owned()).make_ready().expect_err("is not ready");
        expect.assert_eq(&said.to_string().replace(&*dir.path().to_string_lossy(), "ROOT"));
    }

    #[test]
    fn a_controller_that_is_missing_is_named() {
        check(
            "cpuset cpu io\n",
            expect![
                "there is no control group controller `memory`, `pids` at `ROOT`, so that tasks could not be limited: if the kernel's command line has `cgroup_disable=`, take it out; some need `cgroup_enable=memory`; in a container, let it have them"
            ],
        );
    }

    #[test]
    fn a_controller_that_stays_in_the_root_is_named() {
        check(
            "cpu memory pids",
            expect![
                "the control group controller `cpu`, `memory`, `pids` cannot be handed down from `ROOT`, so that tasks could not be limited (no reason is told): in a container, mount control groups writable and give it a control group name space of its own, such as with `docker run --privileged --cgroupns private`; on a host, look for a process with a real-time priority, which keeps `cpu` in the root"
            ],
        );
    }

    #[test]
    fn what_was_handed_down_is_not_handed_down_again() {
        let dir = tempfile::tempdir().expect("dir");
        let control = dir.path().join("cgroup.subtree_control");
        fs_err::write(dir.path().join("cgroup.controllers"), "cpu memory pids\n").expect("written");
        let handed = |before: &str| {
            fs_err::write(&control, before).expect("written");
            hand_down(dir.path()).expect("handed down");
            fs_err::read_to_string(&control).expect("read")
        };
        assert_eq!(handed("cpu memory pids\n"), "cpu memory pids\n", "nothing is written");
        assert_eq!(handed("cpu pids\n"), "+memory");
    }

    #[test]
    fn version_1_needs_a_hierarchy_for_each() {
        let mounts = ["cpu", "memory"].map(|name| (name.to_owned(), PathBuf::from("/x")));
        let hierarchies = Cgroups::V1 { mounts: BTreeMap::from(mounts), unified: None };
        let said = hierarchies.make_ready().expect_err("is not ready").to_string();
        assert!(said.starts_with("there is no control group controller `pids` at"), "{said}");
    }
}
