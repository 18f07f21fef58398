//! The transcript of a session of ECS Exec: what its command wrote, as it was shown, between a line about its begin and one about its end.
//!
//! One file a session, `exec-logs/{log group}/{session}.log` below the agent's directory, because there is no log service yet to send it to.
//! Invariants: what was written is there after the agent's death; only the owner may read it, for a terminal shows more than a log does;
//! the transcripts of a host together have a bound, which is kept when one begins: the oldest that are over go first, and one that is being
//! written never does. What else lies there is left alone and keeps no session from beginning. One that is dropped without its end says so.
//! Not here: what is written, and how much of it (`exec::host`).

use domain::{exec::ExecSession, link::exec::ExecOrder, log_group, time::Timestamp};
use exec::host::Ended;
use fs_err::os::unix::fs::OpenOptionsExt;
use std::{
    fs::TryLockError,
    io::{self, Write},
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};
use wire::{codec::time, shape::TimestampFormat};

/// Below the agent's directory.
const DIRECTORY: &str = "exec-logs";
/// What the transcripts of a host have together when a new one begins.
const MOST: Most = Most { bytes: 1 << 30, files: 20_000 };
/// The last line of one whose session had no end that could be told.
const BROKEN_OFF: &[u8] = b"\nSession broken off\n";

/// A bound for all transcripts of a host.
#[derive(Clone, Copy, Debug)]
struct Most {
    /// Fewer than these.
    bytes: u64,
    /// And fewer of them: short ones take room as well, and are looked at one by one.
    files: usize,
}

/// An open transcript. Its file is locked for as long: that is how others see that it is being written.
#[derive(Debug)]
pub(super) struct Transcript {
    file: Arc<fs_err::File>,
    has_end: bool,
}

impl Transcript {
    /// Begins the transcript of `order` for the log group `group` in the agent's directory.
    pub(super) async fn begin(
        data_dir: &Path,
        group: &str,
        order: &ExecOrder,
        now: Timestamp,
    ) -> io::Result<Self> {
        let directory = log_group::directory(group).ok_or_else(|| {
            io::Error::new(io::ErrorKind::InvalidInput, format!("`{group}` is no log group"))
        })?;
        let all = data_dir.join(DIRECTORY);
        let path = all.join(directory).join(format!("{}.log", order.session_id));
        let file = blocking(move || open(&all, &path, MOST)).await?;
        let mut transcript = Self { file: Arc::new(file), has_end: false };
        let ExecOrder { session_id, task_arn, container, command, owner_arn, .. } = order;
        let line = format!(
            "Session {session_id} in container {container} of {task_arn}, opened by {owner_arn}, began at {}: {}\n",
            moment(now),
            command.escape_debug(),
        );
        transcript.write(line.into_bytes()).await?;
        Ok(transcript)
    }

    /// Appends; what is answered with success survives this process.
    pub(super) async fn write(&mut self, bytes: Vec<u8>) -> io::Result<()> {
        let file = Arc::clone(&self.file);
        blocking(move || (&*file).write_all(&bytes)).await
    }

    /// Says how the session ended.
    pub(super) async fn end(mut self, how: &Ended, now: Timestamp) -> io::Result<()> {
        let how = match (how.exit_code, how.reason.as_str()) {
            (Some(code), _) => format!(" with exit code {code}"),
            (None, "") => String::new(),
            (None, reason) => format!(": {}", reason.escape_debug()),
        };
        let line = format!("\nSession ended at {}{how}\n", moment(now));
        let written = self.write(line.into_bytes()).await;
        self.has_end = true;
        written
    }
}

/// Of a session that was cut off: its host's agent left before it was over, or it panicked. One short line, so it may wait for the disk.
impl Drop for Transcript {
    fn drop(&mut self) {
        if !self.has_end {
            // Nobody is left to tell.
            _ = (&*self.file).write_all(BROKEN_OFF);
        }
    }
}

fn moment(at: Timestamp) -> String {
    time::write(at.0, TimestampFormat::DateTime)
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
}

/// Makes room below `all`, and opens the transcript at `path`.
fn open(all: &Path, path: &Path, most: Most) -> io::Result<fs_err::File> {
    fs_err::create_dir_all(all)?;
    // One after another, so that none is removed between its making and its lock, nor a directory in which one is about to be made.
    let door = fs_err::File::open(all)?;
    door.lock()?;
    make_room(all, most);
    if let Some(directory) = path.parent() {
        fs_err::create_dir_all(directory)?;
    }
    let file = fs_err::OpenOptions::new().create(true).append(true).mode(0o600).open(path)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::Error(error)) => Err(error),
        Err(TryLockError::WouldBlock) => {
            let text = format!("`{}` is being written by somebody else", path.display());
            Err(io::Error::new(io::ErrorKind::ResourceBusy, text))
        }
    }
}

/// A transcript that lies there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Kept {
    /// When it was last written.
    at: SystemTime,
    path: PathBuf,
    bytes: u64,
}

/// Removes the oldest transcripts below `all` that are over until there is room for another, and directories that are empty. What cannot be
/// removed stays, which is no reason to let nobody in.
fn make_room(all: &Path, most: Most) {
    let groups = groups(all);
    let mut found: Vec<Kept> = groups.iter().flat_map(|group| transcripts(group)).collect();
    found.sort_unstable();
    let mut bytes: u64 = found.iter().map(|it| it.bytes).sum();
    let mut files = found.len();
    for kept in found {
        if bytes < most.bytes && files < most.files {
            break;
        }
        if remove(&kept.path) {
            bytes -= kept.bytes;
            files -= 1;
        }
    }
    for group in groups {
        // One with something in it stays.
        match fs_err::remove_dir(&group) {
            Err(error) if error.kind() != io::ErrorKind::DirectoryNotEmpty => {
                tracing::warn!(%error, "an empty directory of transcripts stays");
            }
            _ => {}
        }
    }
}

/// The directories below `all`.
fn groups(all: &Path) -> Vec<PathBuf> {
    let is_directory = |path: &PathBuf| look(path).is_some_and(|data| data.is_dir());
    entries(all).into_iter().filter(is_directory).collect()
}

/// The transcripts of a group: what else is there was not put there by us.
fn transcripts(group: &Path) -> Vec<Kept> {
    let of = |path: PathBuf| {
        let is_ours = path.extension().is_some_and(|extension| extension == "log")
            && ExecSession::key(path.file_stem()?.to_str()?).is_some();
        let data = look(&path).filter(|data| is_ours && data.is_file())?;
        // Every file system that Linux writes to has the time.
        Some(Kept { at: data.modified().ok()?, bytes: data.len(), path })
    };
    entries(group).into_iter().filter_map(of).collect()
}

/// What `path` is, no matter where it leads.
fn look(path: &Path) -> Option<std::fs::Metadata> {
    fs_err::symlink_metadata(path)
        .inspect_err(|error| tracing::warn!(%error, "a file among transcripts is passed over"))
        .ok()
}

/// Removes a transcript, if it is over. Says whether it is gone.
fn remove(path: &Path) -> bool {
    let removed = fs_err::File::open(path).and_then(|file| match file.try_lock() {
        Ok(()) => fs_err::remove_file(path).map(|()| true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) => Err(error),
    });
    match &removed {
        Ok(true) => tracing::info!(path = %path.display(), "a transcript made room for newer ones"),
        Ok(false) => {}
        Err(error) => tracing::warn!(%error, "a transcript cannot make room for newer ones"),
    }
    removed.unwrap_or(false)
}

fn entries(directory: &Path) -> Vec<PathBuf> {
    let read = fs_err::read_dir(directory)
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect());
    read.unwrap_or_else(|error: io::Error| {
        tracing::warn!(%error, "a directory of transcripts is passed over");
        Vec::new()
    })
}

#[cfg(test)]
mod tests {
    use super::{Most, Transcript, make_room, open};
    use domain::{exec::session_id, link::exec::ExecOrder, time::Timestamp};
    use exec::host::Ended;
    use expect_test::expect;
    use std::{
        os::unix::fs::PermissionsExt,
        path::{Path, PathBuf},
        time::{Duration, SystemTime},
    };
    use tempfile::TempDir;

    fn order() -> ExecOrder {
        ExecOrder {
            session_id: "s-1".into(),
            task_arn: "arn:task".into(),
            container: "app".into(),
            command: "sh -c 'a\nb'".into(),
            owner_arn: "arn:ann".into(),
            log_group: Some("/ecs/exec".into()),
        }
    }

    async fn begun(dir: &TempDir) -> (Transcript, PathBuf) {
        let begun = Transcript::begin(dir.path(), "/ecs/exec", &order(), Timestamp(0)).await;
        (begun.expect("begun"), dir.path().join("exec-logs/%2Fecs%2Fexec/s-1.log"))
    }

    #[tokio::test]
    async fn a_transcript_is_what_was_shown_between_its_begin_and_its_end() {
        let dir = tempfile::tempdir().expect("a directory");
        let (mut transcript, path) = begun(&dir).await;
        transcript.write(b"# ls\r\n".to_vec()).await.expect("written");
        let mode = fs_err::metadata(&path).expect("it is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        transcript.write(b"a  b\r\n# exit".to_vec()).await.expect("written");
        let ended = Ended { exit_code: Some(3), reason: String::new() };
        transcript.end(&ended, Timestamp(61_500)).await.expect("ended");
        let text = fs_err::read_to_string(&path).expect("text").replace('\r', "\\r");
        expect![[r#"
            Session s-1 in container app of arn:task, opened by arn:ann, began at 1970-01-01T00:00:00Z: sh -c \'a\nb\'
            # ls\r
            a  b\r
            # exit
            Session ended at 1970-01-01T00:01:01.500Z with exit code 3
        "#]]
        .assert_eq(&text);
    }

    #[tokio::test]
    async fn a_transcript_that_is_dropped_says_that_it_has_no_end() {
        let dir = tempfile::tempdir().expect("a directory");
        let (mut transcript, path) = begun(&dir).await;
        transcript.write(b"# ls".to_vec()).await.expect("written");
        drop(transcript);
        let text = fs_err::read_to_string(&path).expect("text");
        assert!(text.ends_with("\n# ls\nSession broken off\n"), "{text}");
    }

    #[tokio::test]
    async fn a_group_that_leads_elsewhere_is_refused() {
        let dir = tempfile::tempdir().expect("a directory");
        let begun = Transcript::begin(dir.path(), "a b", &order(), Timestamp(0)).await;
        assert!(begun.expect_err("refused").to_string().contains("`a b`"));
    }

    /// Transcripts of 100 bytes: each group's letter and its session's number, the oldest first.
    struct Shelf(TempDir);

    impl Shelf {
        fn new(transcripts: &[(&str, u8)]) -> Self {
            let shelf = Self(tempfile::tempdir().expect("a directory"));
            for (younger, (group, session)) in transcripts.iter().enumerate() {
                let path = shelf.path(group, *session);
                shelf.put(&path, Duration::from_secs(1000 - younger as u64));
            }
            shelf
        }

        fn path(&self, group: &str, session: u8) -> PathBuf {
            self.0.path().join(group).join(format!("{}.log", session_id([session; 16])))
        }

        fn put(&self, path: &Path, age: Duration) {
            fs_err::create_dir_all(path.parent().expect("a parent")).expect("made");
            fs_err::write(path, [0; 100]).expect("written");
            let file = fs_err::File::options().append(true).open(path).expect("open");
            #[expect(clippy::disallowed_methods, reason = "files have ages by the wall clock")]
            let at = SystemTime::now() - age;
            file.file().set_modified(at).expect("aged");
        }

        /// Makes room and says what is left, by groups.
        fn left(&self, bytes: u64, files: usize) -> String {
            make_room(self.0.path(), Most { bytes, files });
            let mut left: Vec<String> = Vec::new();
            for group in super::entries(self.0.path()) {
                let name = |path: &Path| {
                    let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
                    name.strip_prefix("ecs-execute-command-0").unwrap_or(&name)[..1].to_owned()
                };
                let mut of: Vec<String> = vec![];
                if group.is_dir() && !group.is_symlink() {
                    of = super::entries(&group).iter().map(|path| name(path)).collect();
                    of.sort();
                }
                let group = group.file_name().expect("a name").to_string_lossy().into_owned();
                left.push(format!("{group}:{}", of.join("")));
            }
            left.sort();
            left.join(" ")
        }
    }

    #[test]
    fn the_oldest_transcripts_make_room_and_their_directories_go_with_the_last() {
        let shelf = Shelf::new(&[("a", 1), ("b", 2), ("a", 3)]);
        assert_eq!(shelf.left(301, 9), "a:13 b:2");
        assert_eq!(shelf.left(201, 9), "a:3 b:2", "from three hundred bytes");
        assert_eq!(shelf.left(200, 9), "a:3");
        assert_eq!(shelf.left(100, 9), "", "a new one is to have room for itself");
        assert_eq!(shelf.left(1, 1), "", "nothing is there");
    }

    #[test]
    fn many_short_ones_make_room_as_well() {
        let shelf = Shelf::new(&[("a", 1), ("a", 2), ("b", 3), ("a", 4), ("b", 5)]);
        assert_eq!(shelf.left(1 << 20, 3), "a:4 b:5");
    }

    #[test]
    fn one_that_is_being_written_stays_until_it_is_over() {
        let shelf = Shelf::new(&[("a", 1), ("a", 2), ("b", 3)]);
        let most = Most { bytes: 1 << 20, files: 9 };
        let open = open(shelf.0.path(), &shelf.path("a", 1), most).expect("open");
        assert_eq!(shelf.left(200, 9), "a:1", "younger ones go in its stead");
        assert_eq!(shelf.left(1, 1), "a:1");
        drop(open);
        assert_eq!(shelf.left(1, 1), "");
    }

    #[test]
    fn what_was_not_put_there_by_us_is_left_alone_and_keeps_nobody_out() {
        let shelf = Shelf::new(&[("a", 1), ("b", 2)]);
        let (all, age) = (shelf.0.path(), Duration::from_secs(5000));
        shelf.put(&all.join("9.log"), age);
        shelf.put(&all.join("a/9.log"), age);
        shelf.put(&all.join("a/8/9.log"), age);
        fs_err::os::unix::fs::symlink(shelf.path("b", 2), shelf.path("a", 7)).expect("linked");
        fs_err::os::unix::fs::symlink(all.join("nowhere"), all.join("c")).expect("linked");
        assert_eq!(shelf.left(1, 1), "9.log: a:789 c:");
        let path = shelf.path("a", 1);
        open(all, &path, Most { bytes: 1, files: 1 }).expect("it begins all the same");
        assert!(path.exists());
    }

    #[test]
    fn one_that_cannot_be_removed_keeps_nobody_out() {
        let shelf = Shelf::new(&[("a", 1), ("b", 2)]);
        // Not even root unlinks what something is mounted on; here it is a directory where a file was.
        let path = shelf.path("a", 1);
        fs_err::remove_file(&path).expect("removed");
        fs_err::create_dir(&path).expect("made");
        assert_eq!(shelf.left(1, 1), "a:1");
        let error = open(shelf.0.path(), &path, Most { bytes: 1, files: 1 });
        assert!(error.expect_err("a directory").to_string().contains("ecs-execute-command-"));
    }

    #[test]
    fn two_do_not_write_one_transcript() {
        let shelf = Shelf::new(&[]);
        let (path, most) = (shelf.path("a", 1), Most { bytes: 1, files: 1 });
        let _open = open(shelf.0.path(), &path, most).expect("open");
        let second = open(shelf.0.path(), &path, most).expect_err("it is locked");
        assert!(second.to_string().contains("somebody else"), "{second}");
    }
}
