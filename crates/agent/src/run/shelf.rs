//! The agent's own directory: who the host is, and a file for each task.
//!
//! ```text
//! {data_dir}/agent/lock              held by the running agent
//!                  instance.json     the name of this host in its cluster
//!                  tasks/<id>.json   payload, how far it came, what the plane has not heard
//! ```
//! Invariants: a file is whole or not there (it is written beside and moved); one agent at a time. Files hold credentials of tasks, so
//! only their owner reads them. They are not forced to the disk: what a power cut takes with it are containers as well, the next session
//! hands out again what was not acknowledged, and a task that the plane believes in and nobody here knows is reported as STOPPED.

use crate::{endpoint::SECRET_BYTES, link::Identity, machine::Kept};
use domain::id::TaskId;
use fs_err::{self as fs, os::unix::fs::OpenOptionsExt as _};
use serde::{Serialize, de::DeserializeOwned};
use std::{
    fs::{File, TryLockError},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
};

/// Why the agent's directory cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ShelfError {
    /// Another agent uses it.
    #[error(
        "`{path}` is used by another agent: stop that one first, or give this one another data directory"
    )]
    Locked {
        /// The directory.
        path: PathBuf,
    },
    /// The file system says no.
    #[error("use `{path}`")]
    Io {
        /// The directory or file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A file that only an agent writes is not what an agent writes.
    #[error("`{path}` cannot be read: remove it to join the cluster as a new instance")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: serde_json::Error,
    },
    /// The directory is that of an instance of another cluster.
    #[error(
        "`{path}` belongs to an instance of cluster `{kept}`, not of `{wanted}`: give each cluster its own data directory"
    )]
    OtherCluster {
        /// The file that says so.
        path: PathBuf,
        /// The cluster it names.
        kept: String,
        /// The cluster that this agent is to join.
        wanted: String,
    },
}

/// The directory, locked.
#[derive(Debug)]
pub(crate) struct Shelf {
    root: PathBuf,
    /// Unlocked when dropped.
    _lock: File,
}

impl Shelf {
    /// Opens the directory below `data_dir`, and makes it if it is not there.
    pub(crate) fn open(data_dir: &Path) -> Result<Self, ShelfError> {
        let root = data_dir.join("agent");
        let io = |path: &Path| {
            let path = path.to_owned();
            move |source| ShelfError::Io { path, source }
        };
        let tasks = root.join("tasks");
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&tasks)
            .map_err(io(&tasks))?;
        let path = root.join("lock");
        let lock = std::fs::OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .mode(0o600)
            .open(&path)
            .map_err(io(&path))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { root, _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(ShelfError::Locked { path: root }),
            Err(TryLockError::Error(source)) => Err(ShelfError::Io { path, source }),
        }
    }

    /// Who the host was, if it was registered before.
    pub(crate) fn identity(&self, cluster: &str) -> Result<Option<Identity>, ShelfError> {
        let path = self.identity_path();
        let Some(kept) = read::<Identity>(&path)? else { return Ok(None) };
        if kept.cluster != cluster {
            let wanted = cluster.to_owned();
            return Err(ShelfError::OtherCluster { path, kept: kept.cluster, wanted });
        }
        Ok(Some(kept))
    }

    /// Remembers who the host is.
    pub(crate) fn put_identity(&self, identity: &Identity) -> Result<(), ShelfError> {
        let path = self.identity_path();
        write(&path, identity).map_err(|source| ShelfError::Io { path, source })
    }

    /// What the ids of this host's containers are made from: 32 bytes of chance, made once. Whoever has it can guess them.
    pub(crate) fn endpoint_secret(&self) -> Result<[u8; SECRET_BYTES], ShelfError> {
        let path = self.root.join("endpoints.json");
        let kept = read::<Vec<u8>>(&path)?;
        if let Some(secret) = kept.and_then(|kept| <[u8; SECRET_BYTES]>::try_from(kept).ok()) {
            return Ok(secret);
        }
        let mut secret = [0; SECRET_BYTES];
        getrandom::fill(&mut secret).expect("the kernel has random bytes");
        write(&path, &secret).map_err(|source| ShelfError::Io { path, source })?;
        Ok(secret)
    }

    /// Every task that was written down. A file that cannot be read is moved aside: its task is lost, and will be reported so.
    pub(crate) fn tasks(&self) -> Result<Vec<Kept>, ShelfError> {
        let folder = self.root.join("tasks");
        let io = |source| ShelfError::Io { path: folder.clone(), source };
        let mut kept = Vec::new();
        for entry in fs::read_dir(&folder).map_err(io)? {
            let path = entry.map_err(io)?.path();
            if path.extension().is_none_or(|extension| extension != "json") {
                // Writing it was cut off.
                if path.extension().is_some_and(|extension| extension == "new") {
                    fs::remove_file(&path).map_err(io)?;
                }
                continue;
            }
            match read::<Kept>(&path) {
                Ok(found) => kept.extend(found),
                Err(ShelfError::Unreadable { path, source }) => {
                    let aside = path.with_extension("unreadable");
                    let error = &source as &dyn std::error::Error;
                    tracing::error!(path = %path.display(), error, "task file is unreadable and put aside");
                    fs::rename(&path, &aside).map_err(io)?;
                }
                Err(other) => return Err(other),
            }
        }
        Ok(kept)
    }

    /// Writes a task down.
    pub(crate) fn put(&self, kept: &Kept) -> io::Result<()> {
        write(&self.task_path(&kept.id), kept)
    }

    /// Drops a task's file.
    pub(crate) fn forget(&self, id: &TaskId) -> io::Result<()> {
        match fs::remove_file(self.task_path(id)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    fn identity_path(&self) -> PathBuf {
        self.root.join("instance.json")
    }

    fn task_path(&self, id: &TaskId) -> PathBuf {
        self.root.join("tasks").join(format!("{id}.json"))
    }
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<Option<T>, ShelfError> {
    let path = path.to_owned();
    match fs::read(&path) {
        Ok(bytes) => match serde_json::from_slice(&bytes) {
            Ok(value) => Ok(Some(value)),
            Err(source) => Err(ShelfError::Unreadable { path, source }),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(ShelfError::Io { path, source }),
    }
}

/// Writes beside and moves, so that the file is the old one or the new one.
fn write(path: &Path, value: &impl Serialize) -> io::Result<()> {
    let bytes = serde_json::to_vec(value).map_err(io::Error::other)?;
    let beside = path.with_extension("new");
    let mut file = fs::File::options();
    let mut file = file.create(true).truncate(true).write(true).mode(0o600).open(&beside)?;
    let written = file.write_all(&bytes);
    drop(file);
    if let Err(error) = written.and_then(|()| fs::rename(&beside, path)) {
        // Half a file on a full disk helps nobody; that it cannot be removed either changes nothing.
        _ = fs::remove_file(&beside);
        return Err(error);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Shelf, ShelfError};
    use crate::{link::Identity, machine::Kept};
    use serde_json::json;

    fn kept(letter: &str) -> Kept {
        let id = letter.repeat(32);
        let payload = json!({ "arn": format!("arn/{id}"), "desiredStatus": "RUNNING" });
        let kept = json!({
            "id": id, "payload": payload, "arrival": 0, "desired": "RUNNING", "containers": [],
        });
        serde_json::from_value(kept).expect("a task")
    }

    #[test]
    fn what_is_put_is_there_after_reopening() {
        let dir = tempfile::tempdir().expect("a directory");
        let shelf = Shelf::open(dir.path()).expect("a shelf");
        shelf.put(&kept("a")).expect("written");
        shelf.put(&kept("b")).expect("written");
        shelf.forget(&kept("b").id).expect("removed");
        shelf.forget(&kept("b").id).expect("twice is once");
        let identity = Identity {
            cluster: "default".into(),
            container_instance_arn: "arn".into(),
            ..Identity::default()
        };
        shelf.put_identity(&identity).expect("written");
        drop(shelf);
        let shelf = Shelf::open(dir.path()).expect("the lock went with its holder");
        assert_eq!(shelf.tasks().expect("tasks"), [kept("a")]);
        assert_eq!(shelf.identity("default").expect("readable"), Some(identity));
        let error = shelf.identity("other").expect_err("another cluster's directory");
        assert!(error.to_string().contains("cluster `default`, not of `other`"), "{error}");
    }

    #[test]
    fn a_second_agent_is_told_what_to_do() {
        let dir = tempfile::tempdir().expect("a directory");
        let _first = Shelf::open(dir.path()).expect("a shelf");
        let error = Shelf::open(dir.path()).expect_err("it is locked");
        assert!(matches!(error, ShelfError::Locked { .. }), "{error}");
    }

    #[test]
    fn files_that_were_cut_off_are_put_aside() {
        let dir = tempfile::tempdir().expect("a directory");
        let shelf = Shelf::open(dir.path()).expect("a shelf");
        let tasks = dir.path().join("agent/tasks");
        fs_err::write(tasks.join("x.json"), "{\"id\":").expect("written");
        fs_err::write(tasks.join("y.new"), "{").expect("written");
        assert_eq!(shelf.tasks().expect("tasks"), []);
        let mut left: Vec<_> = fs_err::read_dir(&tasks)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
            .collect();
        left.sort();
        assert_eq!(left, ["x.unreadable"]);
    }

    #[test]
    fn only_the_owner_reads_what_holds_credentials() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().expect("a directory");
        let shelf = Shelf::open(dir.path()).expect("a shelf");
        shelf.put(&kept("a")).expect("written");
        let path = dir.path().join(format!("agent/tasks/{}.json", "a".repeat(32)));
        let mode = |path| fs_err::metadata(path).expect("there").permissions().mode() & 0o777;
        assert_eq!(mode(path), 0o600);
        assert_eq!(mode(dir.path().join("agent")), 0o700);
    }
}
