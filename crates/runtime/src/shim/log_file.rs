//! Writes a container's output in Docker's `json-file` form, one object a line: `{"log":"text\n","stream":"stdout","time":"…"}`.
//!
//! Invariant: a record is written whole or not at all, so that a reader never sees half an object but at the end of the newest file.
//! A line above 16 KiB is written in parts, as Docker does: the parts but the last have no `\n` in `log`.
//! Not here: reading (`logs`).

use super::protocol::LogTarget;
use fs_err::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Docker's bound for one record's text, bytes.
const PART_BYTES_MAX: usize = 16 * 1024;

/// Where output comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stream {
    /// Standard output, or the terminal.
    Out,
    /// Standard error.
    Err,
}

impl Stream {
    fn name(self) -> &'static str {
        match self {
            Self::Out => "stdout",
            Self::Err => "stderr",
        }
    }
}

/// Seconds and nanoseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Moment {
    /// Seconds.
    pub(crate) s: i64,
    /// Below a billion.
    pub(crate) ns: u32,
}

/// The log of one container.
pub(crate) struct LogFile {
    target: LogTarget,
    file: Option<File>,
    bytes: u64,
    /// What came after the last line end, by stream.
    rest: [Vec<u8>; 2],
    record: Vec<u8>,
}

impl LogFile {
    /// A log that goes on where an earlier run left it.
    pub(crate) fn open(target: LogTarget) -> io::Result<Self> {
        if let Some(dir) = target.path.parent() {
            fs_err::create_dir_all(dir)?;
        }
        let file = append(&target.path)?;
        let bytes = file.metadata()?.len();
        Ok(Self { target, file: Some(file), bytes, rest: [vec![], vec![]], record: vec![] })
    }

    /// Takes output. An error (a full disk) loses this piece of the log, never the container.
    pub(crate) fn take(&mut self, stream: Stream, mut output: &[u8], at: Moment) -> io::Result<()> {
        while !output.is_empty() {
            let rest = &mut self.rest[stream as usize];
            let room = PART_BYTES_MAX - rest.len();
            let end = output.iter().take(room).position(|byte| *byte == b'\n').map(|at| at + 1);
            let (piece, more) = output.split_at(end.unwrap_or(room.min(output.len())));
            output = more;
            if end.is_none() && rest.len() + piece.len() < PART_BYTES_MAX {
                rest.extend(piece);
                break;
            }
            let mut line = std::mem::take(rest);
            line.extend(piece);
            self.write(stream, &line, at)?;
        }
        Ok(())
    }

    /// Writes what has no line end yet; the container has ended.
    pub(crate) fn finish(&mut self, at: Moment) -> io::Result<()> {
        for stream in [Stream::Out, Stream::Err] {
            let rest = std::mem::take(&mut self.rest[stream as usize]);
            if !rest.is_empty() {
                self.write(stream, &rest, at)?;
            }
        }
        self.record = Vec::new();
        Ok(())
    }

    fn write(&mut self, stream: Stream, line: &[u8], at: Moment) -> io::Result<()> {
        self.record.clear();
        encode(&mut self.record, stream, line, at);
        let length = self.record.len() as u64;
        if self.target.bytes_max > 0
            && self.bytes > 0
            && self.bytes + length > self.target.bytes_max
        {
            self.rotate()?;
        }
        let file = match &mut self.file {
            Some(file) => file,
            None => self.file.insert(append(&self.target.path)?),
        };
        if let Err(error) = file.write_all(&self.record) {
            // Half a record must not stand before the next one.
            let _ = file.set_len(self.bytes);
            return Err(error);
        }
        self.bytes += length;
        Ok(())
    }

    fn rotate(&mut self) -> io::Result<()> {
        self.file = None;
        for number in (1..self.target.files_max).rev() {
            let older = rotated(&self.target.path, number);
            let newer = match number {
                1 => self.target.path.clone(),
                more => rotated(&self.target.path, more - 1),
            };
            match fs_err::rename(newer, older) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        if self.target.files_max <= 1 {
            fs_err::remove_file(&self.target.path)?;
        }
        self.bytes = 0;
        Ok(())
    }
}

/// The name of the `number`th older file.
pub(crate) fn rotated(path: &Path, number: u32) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{number}"));
    name.into()
}

fn append(path: &Path) -> io::Result<File> {
    fs_err::OpenOptions::new().create(true).append(true).open(path)
}

fn encode(record: &mut Vec<u8>, stream: Stream, line: &[u8], at: Moment) {
    record.extend(br#"{"log":"#);
    let text = String::from_utf8_lossy(line);
    serde_json::to_writer(&mut *record, &text).expect("a text is JSON and a Vec takes it");
    record.extend(br#","stream":""#);
    record.extend(stream.name().bytes());
    record.extend(br#"","time":""#);
    time(record, at);
    record.extend(b"\"}\n");
}

/// RFC 3339 with nanoseconds, in UTC, without a time library: the shim must stay small.
fn time(record: &mut Vec<u8>, at: Moment) {
    let days = at.s.div_euclid(86_400);
    let second = at.s.rem_euclid(86_400);
    let (year, month, day) = civil(days);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    write!(record, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{:09}Z", at.ns)
        .expect("a Vec takes it");
}

/// Year, month and day of a day number since 1970, by counting in eras of 400 years that begin in March.
fn civil(days: i64) -> (i64, i64, i64) {
    const DAYS_AN_ERA: i64 = 146_097;
    const DAYS_FROM_MARCH_0000_TO_1970: i64 = 719_468;
    let since = days + DAYS_FROM_MARCH_0000_TO_1970;
    let era = since.div_euclid(DAYS_AN_ERA);
    let day_of_era = since.rem_euclid(DAYS_AN_ERA);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    const AT: Moment = Moment { s: 1_793_000_000, ns: 5 };

    fn write_all(bytes_max: u64, files_max: u32, pieces: &[(Stream, &[u8])]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().expect("dir");
        let path = dir.path().join("log");
        let mut log = LogFile::open(LogTarget { path, bytes_max, files_max }).expect("open");
        for (stream, piece) in pieces {
            log.take(*stream, piece, AT).expect("take");
        }
        log.finish(AT).expect("finish");
        dir
    }

    fn check(pieces: &[(Stream, &[u8])], expect: Expect) {
        let dir = write_all(0, 1, pieces);
        expect.assert_eq(&fs_err::read_to_string(dir.path().join("log")).expect("read"));
    }

    #[test]
    fn lines_are_records_and_pieces_are_joined() {
        check(
            &[(Stream::Out, b"he"), (Stream::Err, b"\xff\"\n"), (Stream::Out, b"llo\nworld\nrest")],
            expect![[r#"
                {"log":"�\"\n","stream":"stderr","time":"2026-10-26T07:33:20.000000005Z"}
                {"log":"hello\n","stream":"stdout","time":"2026-10-26T07:33:20.000000005Z"}
                {"log":"world\n","stream":"stdout","time":"2026-10-26T07:33:20.000000005Z"}
                {"log":"rest","stream":"stdout","time":"2026-10-26T07:33:20.000000005Z"}
            "#]],
        );
    }

    #[test]
    fn a_long_line_is_cut_in_parts() {
        let mut long = vec![b'x'; PART_BYTES_MAX + 3];
        long.push(b'\n');
        let dir = write_all(0, 1, &[(Stream::Out, &long)]);
        let text = fs_err::read_to_string(dir.path().join("log")).expect("read");
        let lengths: Vec<_> = text
            .lines()
            .map(|line| {
                let record: serde_json::Value = serde_json::from_str(line).expect("JSON");
                record["log"].as_str().expect("text").len()
            })
            .collect();
        assert_eq!(lengths, [PART_BYTES_MAX, 4]);
    }

    #[test]
    fn a_full_file_becomes_an_older_one_and_the_oldest_goes() {
        let line: &[u8] = b"0123456789\n";
        let dir = write_all(200, 2, &[(Stream::Out, line); 7]);
        let lines = |name: &str| {
            fs_err::read_to_string(dir.path().join(name)).map(|text| text.lines().count()).ok()
        };
        assert_eq!((lines("log"), lines("log.1"), lines("log.2")), (Some(1), Some(2), None));
    }

    #[test]
    fn days_become_dates() {
        assert_eq!(civil(0), (1970, 1, 1));
        assert_eq!(civil(59), (1970, 3, 1));
        assert_eq!(civil(19_782), (2024, 2, 29));
        assert_eq!(civil(-1), (1969, 12, 31));
    }
}
