//! Extended headers: pax records and GNU's long names.
//!
//! Invariant: a record that is understood is valid; a record with an empty value takes the earlier one back.
//! Not here: keywords that do not change what is laid out (`uname`, `gname`, `atime`, `ctime`, `comment`, …) are read over.

use super::{DESCRIPTION_BYTES_MAX, Moment};

/// What extended headers say about the entry that follows them.
#[derive(Default)]
pub(super) struct Extension {
    pub(super) path: Option<Vec<u8>>,
    pub(super) link: Option<Vec<u8>>,
    pub(super) long_path: Option<Vec<u8>>,
    pub(super) long_link: Option<Vec<u8>>,
    pub(super) size: Option<u64>,
    pub(super) uid: Option<u64>,
    pub(super) gid: Option<u64>,
    pub(super) mtime: Option<Moment>,
    pub(super) xattrs: Vec<(Vec<u8>, Vec<u8>)>,
    pub(super) sparse_size: Option<u64>,
    sparse_version: (Option<u64>, Option<u64>),
    sparse_name: Option<Vec<u8>>,
    /// Offsets and lengths in turn.
    sparse_numbers: Option<Vec<u64>>,
    is_present: bool,
}

impl Extension {
    /// True when no extended header was seen.
    pub(super) fn is_empty(&self) -> bool {
        !self.is_present && self.long_path.is_none() && self.long_link.is_none()
    }

    /// Reads records of the form `<length> <key>=<value>\n`, where the length counts the whole record.
    pub(super) fn read_pax(&mut self, mut text: &[u8]) -> Result<(), String> {
        debug_assert!(text.len() as u64 <= DESCRIPTION_BYTES_MAX);
        self.is_present = true;
        while !text.is_empty() {
            let (record, rest) = split_record(text).ok_or("a pax record with a wrong length")?;
            let at = record.iter().position(|b| *b == b'=').ok_or("a pax record without `=`")?;
            self.record(&record[..at], &record[at + 1..])?;
            text = rest;
        }
        // The name in the header of such a file is made up (`GNUSparseFile.0/…`).
        if let Some(name) = self.sparse_name.take() {
            self.path = Some(name);
        }
        Ok(())
    }

    fn record(&mut self, key: &[u8], value: &[u8]) -> Result<(), String> {
        let show = || String::from_utf8_lossy(key).into_owned();
        let name = || match value.contains(&0) {
            true => Err(format!("`{}` has a zero byte", show())),
            false => Ok((!value.is_empty()).then(|| value.to_vec())),
        };
        let number = || match value {
            b"" => Ok(None),
            _ => decimal(value).map(Some).ok_or_else(|| format!("`{}` is not a number", show())),
        };
        match key {
            b"path" => self.path = name()?,
            b"linkpath" => self.link = name()?,
            b"size" => self.size = number()?,
            b"uid" => self.uid = number()?,
            b"gid" => self.gid = number()?,
            b"mtime" if value.is_empty() => self.mtime = None,
            b"mtime" => self.mtime = Some(moment(value).ok_or("`mtime` is not a time")?),
            b"GNU.sparse.major" => self.sparse_version.0 = number()?,
            b"GNU.sparse.minor" => self.sparse_version.1 = number()?,
            b"GNU.sparse.name" => self.sparse_name = name()?,
            b"GNU.sparse.size" | b"GNU.sparse.realsize" => self.sparse_size = number()?,
            b"GNU.sparse.numblocks" => self.sparse_numbers = Some(Vec::new()),
            b"GNU.sparse.offset" | b"GNU.sparse.numbytes" => {
                let number = number()?.ok_or("an empty sparse map")?;
                let numbers = self.sparse_numbers.get_or_insert_default();
                if numbers.len() % 2 != usize::from(key.ends_with(b"numbytes")) {
                    return Err(
                        "a sparse map whose offsets and lengths do not alternate".to_owned()
                    );
                }
                numbers.push(number);
            }
            b"GNU.sparse.map" => {
                let numbers: Option<Vec<u64>> = value
                    .split(|b| *b == b',')
                    .filter(|part| !part.is_empty())
                    .map(decimal)
                    .collect();
                self.sparse_numbers = Some(numbers.ok_or("a sparse map that is not numbers")?);
            }
            _ => {
                if let Some(name) = key.strip_prefix(b"SCHILY.xattr.") {
                    if name.is_empty() || name.contains(&0) {
                        return Err("an extended attribute without a name".to_owned());
                    }
                    self.xattrs.retain(|(known, _)| known != name);
                    self.xattrs.push((name.to_vec(), value.to_vec()));
                }
            }
        }
        Ok(())
    }

    /// True for version 1.0 of sparse files, whose map stands before the contents.
    pub(super) fn has_sparse_map_in_contents(&self) -> bool {
        self.sparse_version == (Some(1), Some(0))
    }

    /// The map of versions 0.0 and 0.1.
    pub(super) fn sparse_data(&self) -> Result<Option<Vec<(u64, u64)>>, String> {
        match (&self.sparse_numbers, self.sparse_version) {
            (None, (None | Some(0), _)) => Ok(None),
            (Some(numbers), (None | Some(0), _)) if numbers.len() % 2 == 0 => {
                Ok(Some(numbers.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()))
            }
            (Some(_), (None | Some(0), _)) => {
                Err("a sparse map with an offset and no length".to_owned())
            }
            (_, version) => Err(format!("sparse files of version {version:?} are not known")),
        }
    }
}

fn split_record(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let space = text.iter().position(|b| *b == b' ')?;
    let length = usize::try_from(decimal(&text[..space])?).ok()?;
    if length <= space + 1 || length > text.len() || text[length - 1] != b'\n' {
        return None;
    }
    Some((&text[space + 1..length - 1], &text[length..]))
}

/// Digits only: no sign, no blanks.
pub(super) fn decimal(text: &[u8]) -> Option<u64> {
    if text.is_empty() || !text.iter().all(u8::is_ascii_digit) {
        return None;
    }
    std::str::from_utf8(text).ok()?.parse().ok()
}

/// `-12.5` and the like; digits beyond nanoseconds are dropped.
fn moment(text: &[u8]) -> Option<Moment> {
    let text = std::str::from_utf8(text).ok()?;
    let (is_negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let whole = i64::try_from(decimal(whole.as_bytes())?).ok()?;
    if !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let nanos: u32 = format!("{fraction:0<9}")[..9].parse().ok()?;
    Some(match (is_negative, nanos) {
        (false, _) => Moment { seconds: whole, nanos },
        (true, 0) => Moment { seconds: -whole, nanos },
        (true, _) => Moment { seconds: -whole - 1, nanos: 1_000_000_000 - nanos },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Extension, String> {
        let mut extension = Extension::default();
        extension.read_pax(text.as_bytes()).map(|()| extension)
    }

    #[test]
    fn records_count_themselves() {
        let extension = read("16 path=a/b c=d\n11 size=42\n").unwrap();
        assert_eq!(extension.path.as_deref(), Some(&b"a/b c=d"[..]));
        assert_eq!(extension.size, Some(42));
        for bad in [
            "5 path=a\n",
            "99 path=a\n",
            "8 path=a\n",
            "path=a\n",
            " path=a\n",
            "10 path=a ",
            "8 patha\n",
            "0 \n",
            "-1 a=b\n",
        ] {
            assert!(read(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn later_and_empty_records_win() {
        let extension =
            read("9 path=a\n9 path=b\n12 uid=1000\n7 uid=\n").unwrap_or_else(|why| panic!("{why}"));
        assert_eq!(extension.path.as_deref(), Some(&b"b"[..]));
        assert_eq!(extension.uid, None);
    }

    #[test]
    fn times_have_fractions_and_signs() {
        assert_eq!(moment(b"12.5"), Some(Moment { seconds: 12, nanos: 500_000_000 }));
        assert_eq!(moment(b"-12.5"), Some(Moment { seconds: -13, nanos: 500_000_000 }));
        assert_eq!(moment(b"-3"), Some(Moment { seconds: -3, nanos: 0 }));
        assert_eq!(moment(b"1.0000000019"), Some(Moment { seconds: 1, nanos: 1 }));
        assert_eq!(moment(b"1.x"), None);
        assert_eq!(moment(b""), None);
    }

    #[test]
    fn zero_bytes_in_names_are_refused() {
        assert!(read("13 path=a\0bc\n").is_err());
        assert!(read("24 SCHILY.xattr.a\0b=cde\n").is_err());
    }
}
