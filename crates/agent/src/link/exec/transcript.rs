//! The transcript of a session of ECS Exec: what its command wrote, as it was shown, between a line about its begin and one about its end.
//!
//! One file a session, `exec-logs/{log group}/{session}.log` below the agent's directory, because there is no log service yet to send it to.
//! Invariants: what was written is there after the agent's death; only the owner may read it, for a terminal shows more than a log does;
//! all transcripts of a host together have a bound, and the oldest go first. Not here: what is written, and how much (`exec::host`).

use domain::{link::exec::ExecOrder, log_group, time::Timestamp};
use exec::host::Ended;
use fs_err::os::unix::fs::OpenOptionsExt;
use std::{
    io::{self, Write},
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};
use wire::{codec::time, shape::TimestampFormat};

/// Below the agent's directory.
const DIRECTORY: &str = "exec-logs";
/// What all transcripts of a host have together when a new one begins, bytes.
const BYTES_MAX: u64 = 1 << 30;

/// An open transcript.
#[derive(Debug)]
pub(super) struct Transcript(Arc<fs_err::File>);

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
        let mut transcript = blocking(move || {
            make_room(&all, BYTES_MAX)?;
            open(&path)
        })
        .await
        .map(|file| Self(Arc::new(file)))?;
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
        let file = Arc::clone(&self.0);
        blocking(move || (&*file).write_all(&bytes)).await
    }

    /// Says how the session ended.
    pub(super) async fn end(mut self, how: &Ended, now: Timestamp) -> io::Result<()> {
        let how = match (how.exit_code, how.reason.as_str()) {
            (Some(code), _) => format!(" with exit code {code}"),
            (None, "") => String::new(),
            (None, reason) => format!(": {}", reason.escape_debug()),
        };
        self.write(format!("\nSession ended at {}{how}\n", moment(now)).into_bytes()).await
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

fn open(path: &Path) -> io::Result<fs_err::File> {
    if let Some(directory) = path.parent() {
        fs_err::create_dir_all(directory)?;
    }
    fs_err::OpenOptions::new().create(true).append(true).mode(0o600).open(path)
}

/// Removes the oldest transcripts below `all` until those that are left have less than `bytes_max` together.
fn make_room(all: &Path, bytes_max: u64) -> io::Result<()> {
    let mut found: Vec<(SystemTime, PathBuf, u64)> = Vec::new();
    for group in entries(all)? {
        for path in entries(&group)? {
            // One that another session removed just now takes no room.
            if let Ok(data) = fs_err::metadata(&path) {
                found.push((data.modified()?, path, data.len()));
            }
        }
    }
    found.sort_unstable();
    let mut bytes: u64 = found.iter().map(|(_, _, bytes)| bytes).sum();
    for (_, path, length) in found {
        if bytes < bytes_max {
            break;
        }
        tracing::info!(path = %path.display(), "a transcript made room for newer ones");
        match fs_err::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => bytes -= length,
        }
    }
    Ok(())
}

fn entries(directory: &Path) -> io::Result<Vec<PathBuf>> {
    match fs_err::read_dir(directory) {
        Ok(entries) => entries.map(|entry| Ok(entry?.path())).collect(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(vec![]),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::{Transcript, make_room};
    use domain::{link::exec::ExecOrder, time::Timestamp};
    use exec::host::Ended;
    use expect_test::expect;
    use std::os::unix::fs::PermissionsExt;
    use std::time::{Duration, SystemTime};

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

    #[tokio::test]
    async fn a_transcript_is_what_was_shown_between_its_begin_and_its_end() {
        let dir = tempfile::tempdir().expect("a directory");
        let begun = Transcript::begin(dir.path(), "/ecs/exec", &order(), Timestamp(0)).await;
        let mut transcript = begun.expect("begun");
        transcript.write(b"# ls\r\n".to_vec()).await.expect("written");
        let path = dir.path().join("exec-logs/%2Fecs%2Fexec/s-1.log");
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
    async fn a_group_that_leads_elsewhere_is_refused() {
        let dir = tempfile::tempdir().expect("a directory");
        let begun = Transcript::begin(dir.path(), "a b", &order(), Timestamp(0)).await;
        assert!(begun.expect_err("refused").to_string().contains("`a b`"));
    }

    #[test]
    fn the_oldest_transcripts_make_room() {
        let dir = tempfile::tempdir().expect("a directory");
        make_room(dir.path(), 1).expect("nothing is there");
        for (age_s, name) in [(10, "a/old.log"), (5, "b/middle.log"), (1, "a/new.log")] {
            let path = dir.path().join(name);
            fs_err::create_dir_all(path.parent().expect("a parent")).expect("made");
            fs_err::write(&path, [0; 100]).expect("written");
            let file = fs_err::File::options().append(true).open(&path).expect("open");
            #[expect(clippy::disallowed_methods, reason = "files have ages by the wall clock")]
            let at = SystemTime::now() - Duration::from_secs(age_s);
            file.file().set_modified(at).expect("aged");
        }
        let left = || {
            let names = ["a/old.log", "b/middle.log", "a/new.log"];
            names.map(|name| dir.path().join(name).exists())
        };
        make_room(dir.path(), 301).expect("room");
        assert_eq!(left(), [true, true, true]);
        make_room(dir.path(), 201).expect("room");
        assert_eq!(left(), [false, true, true]);
        make_room(dir.path(), 100).expect("room");
        assert_eq!(left(), [false, false, false], "a new one is to have room for itself");
    }
}
