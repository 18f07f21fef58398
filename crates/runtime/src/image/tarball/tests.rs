//! What GNU tar and the `tar` crate write is read back; what is damaged is refused and never a panic.

use super::*;
use fs_err as fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::process::Command;

/// Entries as text, one a line, contents as length and digest-like sum with holes filled.
fn listing(archive: &[u8]) -> Result<Vec<String>, String> {
    let mut tarball = Tarball::new(Cursor::new(archive));
    let mut lines = Vec::new();
    while let Some(entry) = tarball.next_entry().map_err(|error| error.to_string())? {
        let mut contents = Vec::new();
        tarball.copy_contents(&mut Collect(&mut contents)).map_err(|error| format!("{error:?}"))?;
        assert_eq!(contents.len() as u64, entry.size);
        let text = match contents.len() {
            0..=20 => String::from_utf8_lossy(&contents).into_owned(),
            _ => format!("{:08x}", crc(&contents)),
        };
        lines.push(format!(
            "{:?} {} {:o} {} {} {text}",
            entry.kind,
            String::from_utf8_lossy(&entry.path),
            entry.mode,
            entry.link.escape_ascii(),
            entry.size
        ));
    }
    Ok(lines)
}

fn crc(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |sum, byte| sum.rotate_left(5) ^ u32::from(*byte))
}

fn gnu_tar(directory: &Path, options: &[&str]) -> Vec<u8> {
    let output = Command::new("tar")
        .args(options)
        .args(["--sort=name", "-cf", "-", "-C"])
        .arg(directory)
        .arg(".")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

#[test]
fn formats_of_gnu_tar_mean_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let deep = dir.path().join("d".repeat(90)).join("e".repeat(90));
    fs::create_dir_all(&deep).unwrap();
    fs::write(deep.join("file"), "contents").unwrap();
    std::os::unix::fs::symlink("target", dir.path().join("link")).unwrap();
    fs::write(dir.path().join("x"), "linked").unwrap();
    fs::hard_link(dir.path().join("x"), dir.path().join("x-hard")).unwrap();
    fs::write(dir.path().join("z"), vec![7; 100_000]).unwrap();
    let wanted = listing(&gnu_tar(dir.path(), &["--format=ustar"])).unwrap();
    assert_eq!(wanted.len(), 8);
    assert!(wanted[3].contains(&format!("{}/file 644  8 contents", "e".repeat(90))), "{wanted:?}");
    for format in ["--format=gnu", "--format=oldgnu", "--format=pax"] {
        assert_eq!(listing(&gnu_tar(dir.path(), &[format])).unwrap(), wanted, "{format}");
    }
}

#[test]
fn long_names_and_targets_are_read() {
    let dir = tempfile::tempdir().unwrap();
    let target = format!("{}/{}", "t".repeat(200), "u".repeat(200));
    std::os::unix::fs::symlink(&target, dir.path().join("n".repeat(200))).unwrap();
    for format in ["--format=gnu", "--format=pax"] {
        let lines = listing(&gnu_tar(dir.path(), &[format])).unwrap();
        assert_eq!(lines[1], format!("Symlink ./{} 777 {target} 0 ", "n".repeat(200)), "{format}");
    }
}

#[test]
fn sparse_files_in_all_encodings_keep_their_contents() {
    let dir = tempfile::tempdir().unwrap();
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(dir.path().join("sparse"))
        .unwrap();
    let mut wanted = Vec::new();
    // More pieces than fit the header and one block after it.
    for piece in 0..40u8 {
        std::io::Seek::seek(&mut file, std::io::SeekFrom::Start(u64::from(piece) * 200_000))
            .unwrap();
        file.write_all(&[piece + 1; 5000]).unwrap();
        wanted.resize(usize::from(piece) * 200_000, 0);
        wanted.extend([piece + 1; 5000]);
    }
    file.set_len(9_000_000).unwrap();
    wanted.resize(9_000_000, 0);
    let line = format!("File ./sparse 644  9000000 {:08x}", crc(&wanted));
    for options in [
        &["--format=gnu"][..],
        &["--format=pax", "--sparse-version=0.0"],
        &["--format=pax", "--sparse-version=0.1"],
        &["--format=pax", "--sparse-version=1.0"],
    ] {
        let archive = gnu_tar(dir.path(), &[options, &["--sparse"]].concat());
        assert!(archive.len() < 1_500_000, "it is stored sparse");
        assert_eq!(listing(&archive).unwrap()[1], line, "{options:?}");
    }
}

#[test]
fn numbers_too_large_for_octal_are_read() {
    let mut header = tar::Header::new_gnu();
    header.set_path("x").unwrap();
    header.set_size(0);
    header.set_uid(4_000_000_000);
    header.set_mtime(1 << 40);
    header.set_entry_type(tar::EntryType::Directory);
    header.set_cksum();
    let entry = Tarball::new(Cursor::new(&header.as_bytes()[..])).next_entry().unwrap().unwrap();
    assert_eq!(
        (entry.uid, entry.mtime.seconds, entry.kind),
        (4_000_000_000, 1 << 40, Kind::Directory)
    );
}

fn small() -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    builder
        .append_pax_extensions([("SCHILY.xattr.user.note", &b"a\nb=c"[..]), ("mtime", b"7.25")])
        .unwrap();
    let mut header = tar::Header::new_ustar();
    header.set_size(5);
    header.set_mode(0o4755);
    builder.append_data(&mut header, "bin/x", &b"hello"[..]).unwrap();
    builder.into_inner().unwrap()
}

#[test]
fn pax_records_describe_the_entry_after_them() {
    let archive = small();
    let mut tarball = Tarball::new(Cursor::new(&archive));
    let entry = tarball.next_entry().unwrap().unwrap();
    assert_eq!(entry.xattrs, [(b"user.note".to_vec(), b"a\nb=c".to_vec())]);
    assert_eq!(entry.mtime, Moment { seconds: 7, nanos: 250_000_000 });
    assert_eq!(entry.mode, 0o4755);
    assert!(tarball.next_entry().unwrap().is_none(), "contents that nobody copied are skipped");
    assert!(tarball.next_entry().unwrap().is_none(), "the end stays the end");
}

#[test]
fn archive_cut_anywhere_is_an_error_or_shorter_and_never_a_panic() {
    let archive = small();
    let whole = listing(&archive).unwrap();
    for end in 0..archive.len() {
        if let Ok(lines) = listing(&archive[..end]) {
            assert!(
                lines.is_empty() && end == 0 || lines == whole && end >= 2048 - 507,
                "{end}: {lines:?}"
            );
        }
    }
}

#[test]
fn damaged_bytes_are_never_a_panic() {
    let archive = small();
    for at in 0..archive.len() {
        for flip in [0x01, 0x80, 0xff] {
            let mut damaged = archive.clone();
            damaged[at] ^= flip;
            let _ = listing(&damaged);
        }
    }
}

#[test]
fn extended_headers_of_gigabytes_are_refused_unread() {
    for kind in [b'x', b'L', b'K', b'g'] {
        let mut header = tar::Header::new_gnu();
        header.set_path("x").unwrap();
        header.set_size(8 << 30);
        header.set_entry_type(tar::EntryType::new(kind));
        header.set_cksum();
        let endless = Cursor::new(header.as_bytes().to_vec()).chain(std::io::repeat(b'a'));
        let error =
            Tarball::new(std::io::BufReader::new(endless)).next_entry().unwrap_err().to_string();
        assert!(error.contains("at most 1048576"), "{error}");
    }
}

#[test]
fn sizes_beyond_all_bounds_are_refused() {
    let mut builder = tar::Builder::new(Vec::new());
    builder.append_pax_extensions([("size", u64::MAX.to_string().as_bytes())]).unwrap();
    let mut header = tar::Header::new_ustar();
    header.set_size(0);
    builder.append_data(&mut header, "x", &b""[..]).unwrap();
    let error = listing(&builder.into_inner().unwrap()).unwrap_err();
    assert!(error.contains("larger than any file system"), "{error}");
}

#[test]
fn what_follows_one_block_of_zeros_is_not_read_in_secret() {
    let archive = small();
    let hidden = [&[0; 512][..], &archive].concat();
    assert!(listing(&hidden).unwrap_err().contains("single block of zeros"));
    let after_end = [&archive[..], &archive].concat();
    assert_eq!(
        listing(&after_end).unwrap(),
        listing(&archive).unwrap(),
        "two blocks of zeros are the end"
    );
}

#[test]
fn text_is_no_archive() {
    let error = listing(&[b'x'; 2000]).unwrap_err();
    assert!(error.contains("not a tar archive"), "{error}");
    assert!(listing(b"").unwrap().is_empty());
}
