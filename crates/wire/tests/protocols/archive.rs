//! The published tests, in one compressed archive beside this file (see NOTICE).

use std::io::Read as _;

use flate2::read::GzDecoder;

/// Names and contents of the files whose path starts with `prefix`; names without the first folder and
/// without `.json`.
pub(crate) fn files(prefix: &str) -> Vec<(String, Vec<u8>)> {
    let packed: &[u8] = include_bytes!("../botocore-tests.tar.gz");
    let mut archive = tar::Archive::new(GzDecoder::new(packed));
    let mut files = Vec::new();
    for entry in archive.entries().expect("the archive opens") {
        let mut entry = entry.expect("the archive has entries");
        let path = entry.path().expect("an entry has a path").to_string_lossy().into_owned();
        if path.starts_with(prefix) && path.ends_with(".json") {
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).expect("an entry unpacks");
            let (_, name) = path.split_once('/').expect("it starts with a folder");
            files.push((name.trim_end_matches(".json").to_owned(), bytes));
        }
    }
    files
}
