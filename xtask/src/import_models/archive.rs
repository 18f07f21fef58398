//! botocore's source distribution: which of its files are wanted, and the archive in which its tests are kept.

use std::collections::BTreeMap;
use std::io::Read as _;

use anyhow::Result;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

/// Files by path.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// What is wanted of the source distribution.
pub(crate) struct Sdist {
    /// The newest model of each service, as JSON.
    pub(crate) models: Files,
    /// The tests of protocols and signatures, by their path under `tests/unit`.
    pub(crate) tests: Files,
}

/// Unpacks what is wanted.
///
/// # Errors
/// When the archive is damaged.
pub(crate) fn unpack(packed: &[u8], services: &[&str]) -> Result<Sdist> {
    let mut newest: BTreeMap<String, (String, Vec<u8>)> = BTreeMap::new();
    let mut tests = Files::new();
    for (path, bytes) in files(packed)? {
        let parts: Vec<&str> = path.split('/').collect();
        match parts[..] {
            [_, "botocore", "data", service, version, file] if services.contains(&service) => {
                let model = match file {
                    "service-2.json" => bytes,
                    "service-2.json.gz" => gunzip(&bytes)?,
                    _ => continue,
                };
                // Versions are dates: the greatest is the newest.
                if newest.get(service).is_none_or(|(held, _)| held.as_str() < version) {
                    newest.insert(service.to_owned(), (version.to_owned(), model));
                }
            }
            [_, "tests", "unit", "protocols", ..] => {
                tests.insert(parts[3..].join("/"), bytes);
            }
            [_, "tests", "unit", "auth", "aws4_testsuite", ..] => {
                tests.insert(parts[4..].join("/"), bytes);
            }
            _ => {}
        }
    }
    let models = newest.into_iter().map(|(service, (_, model))| (service, model)).collect();
    Ok(Sdist { models, tests })
}

fn gunzip(packed: &[u8]) -> Result<Vec<u8>> {
    let mut plain = Vec::new();
    GzDecoder::new(packed).read_to_end(&mut plain)?;
    Ok(plain)
}

/// The files of a `tar.gz`.
///
/// # Errors
/// When it is damaged.
pub(crate) fn files(packed: &[u8]) -> Result<Files> {
    let mut files = Files::new();
    for entry in tar::Archive::new(GzDecoder::new(packed)).entries()? {
        let mut entry = entry?;
        if entry.header().entry_type().is_file() {
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes)?;
            files.insert(entry.path()?.to_string_lossy().into_owned(), bytes);
        }
    }
    Ok(files)
}

/// A `tar.gz` of files, in order and without times or owners.
///
/// # Errors
/// When a path is too long for it.
pub(crate) fn pack(files: &Files) -> Result<Vec<u8>> {
    let mut archive = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::best()));
    for (path, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, path, bytes.as_slice())?;
    }
    Ok(archive.into_inner()?.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_unpacks_the_same() {
        let files: Files = [("a/b".to_owned(), b"1".to_vec()), ("c".to_owned(), Vec::new())].into();
        let packed = pack(&files).unwrap();
        assert_eq!(super::files(&packed).unwrap(), files);
        assert_eq!(pack(&files).unwrap(), packed);
    }

    #[test]
    fn the_newest_model_of_a_listed_service_is_taken() {
        let path = |version: &str| format!("botocore-1/botocore/data/ecs/{version}/service-2.json");
        let files: Files = [
            (path("2014-11-13"), b"new".to_vec()),
            (path("2013-01-01"), b"old".to_vec()),
            ("botocore-1/botocore/data/s3/2006-03-01/service-2.json".to_owned(), b"s3".to_vec()),
            ("botocore-1/tests/unit/protocols/input/json.json".to_owned(), b"cases".to_vec()),
            ("botocore-1/tests/unit/auth/aws4_testsuite/a/a.req".to_owned(), b"GET".to_vec()),
        ]
        .into();
        let sdist = unpack(&pack(&files).unwrap(), &["ecs"]).unwrap();
        assert_eq!(sdist.models, Files::from([("ecs".to_owned(), b"new".to_vec())]));
        let tests: Vec<&str> = sdist.tests.keys().map(String::as_str).collect();
        assert_eq!(tests, ["aws4_testsuite/a/a.req", "protocols/input/json.json"]);
    }
}
