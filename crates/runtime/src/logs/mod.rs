//! Reads containers' logs, as `longshore logs` shows them: the older files first, then the newest, then what comes.
//!
//! Invariant: a record is given once and whole; one that is half written waits for its rest. Rotation while reading loses nothing unless
//! the oldest file goes before it was read.
//! Not here: writing (`shim::log_file`).

use crate::shim::log_file::rotated;
use fs_err::File;
use serde::Deserialize;
use std::io::{self, Read};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Between looks for new output: nothing tells us, and people do not see less.
const LOOK_PERIOD: Duration = Duration::from_millis(50);

/// Older files that are looked for.
const ROTATED_MAX: u32 = 1000;

/// A piece of output: a line, or a part of a long one, which then has no line end.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct LogRecord {
    /// The text with its line end.
    pub log: String,
    /// `stdout` or `stderr`.
    pub stream: String,
    /// RFC 3339, UTC.
    pub time: String,
}

/// The newest file of the log of container `name` of `task` in the instance's directory.
pub fn path(root: &Path, task: &str, name: &str) -> PathBuf {
    root.join("logs").join(task).join(name).join(format!("{name}.log"))
}

/// Reads one container's log from the beginning.
#[derive(Debug)]
pub struct LogReader {
    path: PathBuf,
    /// Files still to be read, the next one last.
    files: Vec<File>,
    /// Which file is the newest that was opened.
    newest: Option<u64>,
    input: Vec<u8>,
}

impl LogReader {
    /// Opens the log at `path` (see [`path`]). One that is not there yet is empty until it is.
    pub fn open(path: impl Into<PathBuf>) -> io::Result<Self> {
        let mut reader = Self { path: path.into(), files: vec![], newest: None, input: vec![] };
        reader.open_files()?;
        Ok(reader)
    }

    /// The next record that is there now; `None` if there is none.
    pub fn next_now(&mut self) -> io::Result<Option<LogRecord>> {
        loop {
            if let Some(end) = self.input.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.input.drain(..=end).collect();
                match serde_json::from_slice(&line) {
                    Ok(record) => return Ok(Some(record)),
                    // What a full disk or a crash cut off.
                    Err(_) => continue,
                }
            }
            if !self.read_more()? {
                return Ok(None);
            }
        }
    }

    /// The next record, waiting for it as long as `goes_on` says so after everything there was read.
    pub async fn next(
        &mut self,
        mut goes_on: impl FnMut() -> bool,
    ) -> io::Result<Option<LogRecord>> {
        loop {
            // Asked before reading: what was written before the end is read after it.
            let may_come = goes_on();
            if let Some(record) = self.next_now()? {
                return Ok(Some(record));
            }
            if !may_come {
                return Ok(None);
            }
            tokio::time::sleep(LOOK_PERIOD).await;
        }
    }

    fn read_more(&mut self) -> io::Result<bool> {
        let mut room = [0; 16 * 1024];
        loop {
            if let Some(file) = self.files.last_mut() {
                let length = file.read(&mut room)?;
                if length > 0 {
                    self.input.extend(&room[..length]);
                    return Ok(true);
                }
            }
            if self.files.len() > 1 {
                self.files.pop();
                continue;
            }
            if !self.open_files()? {
                return Ok(false);
            }
        }
    }

    /// Opens what is newer than what was opened before. True if there is anything.
    fn open_files(&mut self) -> io::Result<bool> {
        let mut found = Vec::new();
        for number in 0..ROTATED_MAX {
            let path = if number == 0 { self.path.clone() } else { rotated(&self.path, number) };
            let file = match File::open(path) {
                Ok(file) => file,
                // Just rotated, and nothing written since.
                Err(error) if error.kind() == io::ErrorKind::NotFound && number == 0 => continue,
                Err(error) if error.kind() == io::ErrorKind::NotFound => break,
                Err(error) => return Err(error),
            };
            if Some(file.metadata()?.ino()) == self.newest {
                break;
            }
            found.push(file);
        }
        let Some(newest) = found.first() else { return Ok(false) };
        self.newest = Some(newest.metadata()?.ino());
        // The one that was open may have got its last lines between our last read and its rotation, so it is read once more.
        found.append(&mut self.files);
        self.files = found;
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shim::log_file::{LogFile, Moment, Stream};
    use crate::shim::protocol::LogTarget;

    const AT: Moment = Moment { s: 0, ns: 0 };

    fn rest(reader: &mut LogReader) -> Vec<String> {
        std::iter::from_fn(|| reader.next_now().expect("readable")).map(|r| r.log).collect()
    }

    #[test]
    fn rotation_while_reading_loses_nothing() {
        let dir = tempfile::tempdir().expect("dir");
        let path = dir.path().join("log");
        let target = LogTarget { path: path.clone(), bytes_max: 150, files_max: 3 };
        let mut log = LogFile::open(target).expect("open");
        let mut reader = LogReader::open(&path).expect("open");
        let mut write = |text: &str| log.take(Stream::Out, text.as_bytes(), AT).expect("written");
        write("1\n");
        assert_eq!(rest(&mut reader), ["1\n"]);
        write("2\n3\n4\n");
        assert_eq!(rest(&mut reader), ["2\n", "3\n", "4\n"]);
        assert_eq!(rest(&mut reader), Vec::<String>::new());
        let all = rest(&mut LogReader::open(&path).expect("open"));
        assert_eq!(all, ["1\n", "2\n", "3\n", "4\n"]);
    }

    #[test]
    fn half_a_record_waits_for_its_rest() {
        let dir = tempfile::tempdir().expect("dir");
        let path = dir.path().join("log");
        let record = "{\"log\":\"x\\n\",\"stream\":\"stdout\",\"time\":\"t\"}\n";
        fs_err::write(&path, &record[..20]).expect("write");
        let mut reader = LogReader::open(&path).expect("open");
        assert_eq!(rest(&mut reader), Vec::<String>::new());
        fs_err::write(&path, record).expect("write");
        assert_eq!(rest(&mut reader), ["x\n"]);
    }
}
