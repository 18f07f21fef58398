//! Flow logs on disk: reads a router's counters now and then, and writes the records that are due.
//!
//! `vpc::flow` decides what a record says; here are the clock, the kernel's counters and the files:
//! `{root}/flow-logs/{log group}/{interface}-{all|accept|reject}.log`, where a `/` of the group's name is written `%2F`, and `….log.1` is what
//! was before. Invariants: as long as no interface of a VPC has a flow log, it has no recorder; what is read is written before it is forgotten,
//! or the next records say that some are missing; a file has at most [`FILE_BYTES_MAX`] and what is written at once, and nobody writes to one
//! that is being removed. A panic here ends no more than what was just recorded: tasks and their routers go on, and so does the next reading
//! ([`Records::attempt`]). Blocking, but for [`Recorder::run`].

use super::counters;
use super::namespace::Namespace;
use super::netlink::Netlink;
use crate::driver::now;
use domain::link::network::VpcMap;
use domain::time::Timestamp;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use vpc::flow::{Book, Line};

/// Counters of what is idle are there for two minutes, so that this loses none.
const READ_EVERY: Duration = Duration::from_secs(10);
/// A file that is longer becomes the one before.
const FILE_BYTES_MAX: u64 = 16 * 1024 * 1024;

/// Where records go, and how long.
#[derive(Clone, Debug)]
pub(crate) struct Files {
    /// The directory of all log groups.
    pub(crate) root: PathBuf,
    /// How long a file stays after its last record.
    pub(crate) kept: Duration,
}

/// The flow logs of one VPC on this host, until it is dropped.
pub(super) struct Recorder {
    state: Arc<Mutex<State>>,
    end: CancellationToken,
}

struct State {
    inside: Netlink,
    records: Records,
}

/// What is recorded, and where.
struct Records {
    book: Book,
    /// By which the book goes.
    map: VpcMap,
    files: Files,
}

impl Recorder {
    /// Begins to record what the router in `namespace` counts. `is_resumed` says that an earlier agent's router is there. To be called within a
    /// tokio runtime.
    pub(super) fn begin(
        namespace: &Namespace,
        files: Files,
        map: &VpcMap,
        is_resumed: bool,
        tracker: &TaskTracker,
    ) -> io::Result<Self> {
        let inside = namespace
            .inside(|| Netlink::netfilter().map_err(|error| io::Error::other(error.to_string())))?;
        let mut book = Book::default();
        book.follow(map, now(), is_resumed);
        let records = Records { book, map: map.clone(), files };
        let state = Arc::new(Mutex::new(State { inside, records }));
        let end = CancellationToken::new();
        tracker.spawn(Self::run(Arc::clone(&state), end.clone()));
        Ok(Self { state, end })
    }

    async fn run(state: Arc<Mutex<State>>, end: CancellationToken) {
        loop {
            let shortest = lock(&state).records.book.shortest();
            let shortest = shortest.map(|it| Duration::from_millis(it.0.unsigned_abs()));
            let pause = shortest.map_or(READ_EVERY, |shortest| shortest.min(READ_EVERY));
            tokio::select! {
                biased;
                () = end.cancelled() => break,
                () = tokio::time::sleep(pause) => {}
            }
            let state = Arc::clone(&state);
            // It is joined here, and ends early only with the agent.
            let read = tokio::task::spawn_blocking(move || lock(&state).round(now())).await;
            if read.is_err() {
                break;
            }
        }
    }

    /// Reads what was counted until now. To be called before rules change: who goes, goes with what it saw.
    pub(super) fn read(&self) {
        lock(&self.state).round(now());
    }

    /// From now on the map's logs are recorded; returns whether there are any.
    pub(super) fn know(&self, map: &VpcMap) -> bool {
        lock(&self.state).records.know(map, now());
        map.interfaces.iter().any(|it| it.host.is_none() && !it.flow_logs.is_empty())
    }

    /// Reads and writes the rest.
    pub(super) fn finish(self) {
        self.read();
        self.know(&VpcMap::default());
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.end.cancel();
    }
}

/// Whoever panicked while it held the lock left what [`Records::attempt`] leaves.
fn lock<T>(state: &Mutex<T>) -> MutexGuard<'_, T> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

impl State {
    fn round(&mut self, now: Timestamp) {
        let Self { inside, records } = self;
        records.attempt(now, |records| match counters::read(inside, now) {
            Ok((seen, missed)) => records.book.take(&seen, &missed, now),
            Err(error) => tracing::warn!(%error, "flows are not read; the next reading has them"),
        });
        records.put_down(now);
    }
}

impl Records {
    /// Does something with the book. Where that panics, the book may be half of one thing and half of another: one that is new takes its place,
    /// and its first records say that some are missing.
    fn attempt(&mut self, now: Timestamp, act: impl FnOnce(&mut Self)) {
        // What is not whole afterwards is not looked at again.
        if catch_unwind(AssertUnwindSafe(|| act(self))).is_ok() {
            return;
        }
        tracing::error!(vpc = self.map.id, "recording flows panicked; it begins anew");
        self.book = Book::default();
        let anew = catch_unwind(AssertUnwindSafe(|| {
            self.book.follow(&self.map, now, true);
        }));
        if anew.is_err() {
            self.book = Book::default();
        }
    }

    fn know(&mut self, map: &VpcMap, now: Timestamp) {
        // Known first: a book that begins anew goes by this map, too.
        self.map = map.clone();
        self.attempt(now, |records| {
            let last = records.book.follow(&records.map, now, false);
            records.write(&last);
        });
    }

    fn put_down(&mut self, now: Timestamp) {
        self.attempt(now, |records| {
            let due = records.book.due(now);
            if due.is_empty() {
                return;
            }
            records.write(&due);
            if let Err(error) = purge(&records.files, now) {
                tracing::warn!(%error, "old flow logs are not removed");
            }
        });
    }

    fn write(&self, lines: &[Line]) {
        let mut files: BTreeMap<PathBuf, String> = BTreeMap::new();
        for line in lines {
            let Some(path) = path(&self.files.root, line) else {
                tracing::warn!(
                    group = line.group,
                    "a flow log's group has no name for a directory"
                );
                continue;
            };
            let text = files.entry(path).or_default();
            text.push_str(&line.text);
            text.push('\n');
        }
        for (path, text) in files {
            if let Err(error) = append(&self.files.root, &path, &text) {
                tracing::warn!(%error, "records of a flow log are lost");
            }
        }
    }
}

/// The file of a line; `None` if its names cannot be a file's.
fn path(root: &Path, line: &Line) -> Option<PathBuf> {
    const BYTES_MAX: usize = 200;
    let is_plain = |text: &str| {
        let is_fit = |byte: u8| byte.is_ascii_alphanumeric() || b"._-#%".contains(&byte);
        !text.is_empty()
            && text.len() <= BYTES_MAX
            && !text.starts_with('.')
            && text.bytes().all(is_fit)
    };
    let group = line.group.replace('/', "%2F");
    (is_plain(&group) && is_plain(&line.stream))
        .then(|| root.join(group).join(format!("{}.log", line.stream)))
}

/// Appends `text` to the file at `path`, which is below `root`.
fn append(root: &Path, path: &Path, text: &str) -> io::Result<()> {
    fs_err::create_dir_all(root)?;
    let door = fs_err::File::open(root)?;
    // A file that is old, or an empty directory, is not taken away between its opening and the writing.
    door.file().lock_shared()?;
    if let Some(dir) = path.parent() {
        fs_err::create_dir_all(dir)?;
    }
    let mut file = fs_err::OpenOptions::new().create(true).append(true).open(path)?;
    if file.metadata()?.len() >= FILE_BYTES_MAX {
        fs_err::rename(path, path.with_extension("log.1"))?;
        file = fs_err::OpenOptions::new().create(true).append(true).open(path)?;
    }
    file.write_all(text.as_bytes())
}

/// Removes files that nobody wrote to for as long as they are kept, and directories without any. Others may do so at the same time, and
/// other agents of this host, too.
pub(crate) fn purge(files: &Files, now: Timestamp) -> io::Result<()> {
    let door = match fs_err::File::open(&files.root) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        other => other?,
    };
    door.file().lock()?;
    for group in fs_err::read_dir(&files.root)? {
        let group = group?.path();
        let mut left = 0;
        for entry in fs_err::read_dir(&group)? {
            let entry = entry?;
            let written = entry.metadata()?.modified()?;
            let since = written.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
            let age = u128::from(now.0.unsigned_abs()).saturating_sub(since.as_millis());
            if age <= files.kept.as_millis() {
                left += 1;
            } else {
                fs_err::remove_file(entry.path())?;
            }
        }
        if left == 0 {
            fs_err::remove_dir(&group)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(group: &str, stream: &str) -> Line {
        Line { group: group.into(), stream: stream.into(), text: "2 - -".into() }
    }

    #[test]
    fn groups_are_directories_and_nothing_leads_elsewhere() {
        let root = Path::new("/x");
        let found = path(root, &line("/aws/vpc", "eni-1-all"));
        assert_eq!(found, Some(PathBuf::from("/x/%2Faws%2Fvpc/eni-1-all.log")));
        for (group, stream) in
            [("..", "eni-1-all"), ("", "a"), ("a", "../b"), ("a\0", "b"), ("a", "")]
        {
            assert_eq!(path(root, &line(group, stream)), None, "{group:?} {stream:?}");
        }
    }

    #[test]
    fn a_file_that_is_long_makes_room_and_an_old_one_goes() {
        let dir = tempfile::tempdir().expect("dir");
        let files = Files { root: dir.path().join("logs"), kept: Duration::from_secs(3600) };
        purge(&files, now()).expect("there are none yet");
        let path = path(&files.root, &line("g", "eni-1-all")).expect("a path");
        append(&files.root, &path, "one\n").expect("written");
        fs_err::OpenOptions::new()
            .write(true)
            .open(&path)
            .and_then(|file| file.set_len(FILE_BYTES_MAX))
            .expect("long");
        append(&files.root, &path, "two\n").expect("written");
        append(&files.root, &path, "three\n").expect("written");
        assert_eq!(fs_err::read_to_string(&path).expect("read"), "two\nthree\n");
        assert!(path.with_extension("log.1").exists());
        purge(&files, now()).expect("purged");
        assert!(path.exists());
        let later = now() + domain::time::Millis::from_s(7200);
        purge(&files, later).expect("purged");
        assert!(fs_err::read_dir(&files.root).expect("dir").next().is_none());
    }

    /// Every record is in the file, or nobody was told that it is: who writes to one that is old writes before it goes or after.
    #[test]
    fn nothing_is_written_to_what_is_being_removed() {
        const TIMES: usize = 300;
        let dir = tempfile::tempdir().expect("dir");
        let files = Files { root: dir.path().join("logs"), kept: Duration::ZERO };
        let path = path(&files.root, &line("g", "eni-1-all")).expect("a path");
        fs_err::create_dir_all(&files.root).expect("dir");
        let is_over = std::sync::atomic::AtomicBool::new(false);
        let order = std::sync::atomic::Ordering::SeqCst;
        std::thread::scope(|scope| {
            // Everything is old for it.
            let purging = scope.spawn(|| {
                while !is_over.load(order) {
                    purge(&files, now() + domain::time::Millis::from_s(60)).expect("purged");
                }
            });
            for number in 0..TIMES {
                append(&files.root, &path, &format!("{number}\n")).expect("written");
            }
            is_over.store(true, order);
            purging.join().expect("no panic");
        });
    }

    fn map() -> VpcMap {
        use domain::{flow_log::FlowTraffic, link::network::*};
        let log = FlowLogMap {
            id: "fl-1".into(),
            traffic: FlowTraffic::All,
            log_group: "g".into(),
            format: "${log-status}".into(),
            interval_s: 60,
        };
        let interface = InterfaceMap {
            id: "eni-1".into(),
            address: std::net::Ipv4Addr::new(10, 0, 0, 5),
            mac: String::new(),
            host: None,
            groups: vec![],
            subnet: String::new(),
            public_address: None,
            flow_logs: vec![log],
        };
        VpcMap { id: "vpc-1".into(), interfaces: vec![interface], ..VpcMap::default() }
    }

    #[test]
    fn a_panic_costs_the_records_that_were_being_made_and_no_others() {
        let dir = tempfile::tempdir().expect("dir");
        let files = Files { root: dir.path().join("logs"), kept: Duration::from_secs(3600) };
        let path = path(&files.root, &line("g", "eni-1-all")).expect("a path");
        let mut records = Records { book: Book::default(), map: VpcMap::default(), files };
        let at = |s: i64| now() + domain::time::Millis::from_s(s);
        records.know(&map(), at(0));
        records.put_down(at(61));
        records.attempt(at(70), |records| {
            records.book = Book::default();
            panic!("half done");
        });
        records.put_down(at(131));
        records.put_down(at(192));
        let text = fs_err::read_to_string(&path).expect("records");
        assert_eq!(text, "NODATA\nSKIPDATA\nNODATA\n");
    }

    #[test]
    fn a_panic_of_who_holds_the_lock_stops_nobody_who_comes_later() {
        let lock = Mutex::new(1);
        let panicked = std::thread::scope(|scope| {
            let holder = scope.spawn(|| {
                let _held = lock.lock();
                panic!("while it is held");
            });
            holder.join().is_err()
        });
        assert!(panicked);
        assert_eq!(*super::lock(&lock), 1);
    }
}
