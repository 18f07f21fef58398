//! Layers that try to leave their directory, to fill the host, or to say what no file can be.

mod image_support;

use fs_err as fs;
use image_support::{Made, Tar, gzip, is_root};
use runtime::image::digest::Digest;
use runtime::image::limit::Limits;
use runtime::image::progress::ProgressSink;
use runtime::image::store::{ImageOptions, Images};
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// Unpacks one layer beside a directory that must not change; gives the layer's directory.
struct Bench {
    dir: tempfile::TempDir,
}

impl Bench {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("outside")).unwrap();
        fs::write(dir.path().join("outside/secret"), "secret").unwrap();
        Self { dir }
    }

    fn outside(&self) -> String {
        self.dir.path().join("outside").display().to_string()
    }

    fn unpack_with(&self, tar: Tar, limits: Limits) -> Result<PathBuf, String> {
        let root = self
            .dir
            .path()
            .join(format!("images-{}", fs::read_dir(self.dir.path()).unwrap().count()));
        let images =
            Images::open_with(&root, ImageOptions { limits, ..ImageOptions::default() }).unwrap();
        let layer = tar.finish();
        let made = Made::new("hostile:1", vec![layer.clone()]);
        let loaded = images.load(&made.oci_archive(gzip, false)[..], &ProgressSink::none());
        let outside: Vec<_> = fs::read_dir(self.dir.path().join("outside"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        assert_eq!(outside, ["secret"], "nothing came or went outside");
        assert_eq!(fs::read_to_string(self.dir.path().join("outside/secret")).unwrap(), "secret");
        assert_eq!(
            fs::metadata(self.dir.path().join("outside/secret")).unwrap().permissions().mode()
                & 0o7777,
            0o644
        );
        match loaded {
            Ok(_) => Ok(root.join("layers").join(Digest::of(&layer).hex()).join("fs")),
            Err(error) => {
                assert_eq!(
                    fs::read_dir(root.join("layers")).unwrap().count(),
                    0,
                    "a refused layer leaves nothing"
                );
                Err(error.reason())
            }
        }
    }

    fn unpack(&self, tar: Tar) -> Result<PathBuf, String> {
        self.unpack_with(tar, Limits::default())
    }

    fn refused(&self, tar: Tar, wanted: &str) {
        let reason = self.unpack(tar).expect_err(wanted);
        assert!(reason.contains(wanted), "{reason}");
        assert!(reason.starts_with("CannotPullContainerError: unpack layer sha256:"), "{reason}");
    }
}

#[test]
fn names_with_dots_are_refused() {
    if !is_root() {
        return;
    }
    let bench = Bench::new();
    for name in ["../outside/new", "a/../../outside/new", "..", "/../outside/new", "a/.."] {
        bench.refused(Tar::new().file(name, b"x"), "it leaves its directory with `..`");
    }
    bench.refused(
        Tar::new().file("x", b"1").hard_link("y", "../../../../outside/secret"),
        "links to a name that cannot be",
    );
}

#[test]
fn absolute_names_are_the_images_own() {
    if !is_root() {
        return;
    }
    let bench = Bench::new();
    let outside = bench.outside();
    let fs_dir = bench
        .unpack(Tar::new().pax("path", format!("{outside}/new").as_bytes()).file("x", b"x"))
        .unwrap();
    assert!(fs_dir.join(outside.trim_start_matches('/')).join("new").exists());
}

#[test]
fn links_out_of_the_layer_lead_into_it() {
    if !is_root() {
        return;
    }
    let bench = Bench::new();
    let outside = bench.outside();
    let link = |target: &str| Tar::new().pax("linkpath", target.as_bytes()).symlink("door", "x");
    for tar in [
        link(&outside).file("door/new", b"x"),
        link(&outside).file("door/secret", b"overwritten"),
        link(&outside).dir("door/dir"),
        link(&outside).symlink("door/link", "x"),
        link(&outside).file("door/.wh.secret", b""),
        link(&outside).file("door/.wh..wh..opq", b""),
        link(&outside).raw(b"door/", b'5', 0o777, b"", b""),
        link("../../../../../../../../../../../../../../..")
            .pax("path", format!("door{outside}/new").as_bytes())
            .file("x", b"x"),
    ] {
        bench.unpack(tar).unwrap();
    }
    // A link to a file outside that is then written through, and one that a hard link goes through.
    let secret = format!("{outside}/secret");
    let fs_dir = bench.unpack(link(&secret).file("door", b"mine")).unwrap();
    assert!(
        fs::symlink_metadata(fs_dir.join("door")).unwrap().is_file(),
        "the file replaced the link"
    );
    bench.refused(
        link(&outside).hard_link("stolen", "door/secret"),
        "which the layer does not have before it",
    );
    // A hard link to a symbolic link is the link itself, never its target.
    let fs_dir = bench
        .unpack(link(&secret).hard_link("again", "door").raw(b"again", b'0', 0o4777, b"", b"x"))
        .unwrap();
    assert!(fs::symlink_metadata(fs_dir.join("door")).unwrap().is_symlink());
}

#[test]
fn directory_swapped_for_a_link_between_entries_is_looked_up_anew() {
    if !is_root() {
        return;
    }
    let bench = Bench::new();
    let outside = bench.outside();
    let tar = Tar::new()
        .dir("d")
        .file("d/a", b"1")
        .pax("linkpath", outside.as_bytes())
        .symlink("d", "x")
        .file("d/secret", b"overwritten")
        .file("d/b", b"2");
    let fs_dir = bench.unpack(tar).unwrap();
    assert!(fs::symlink_metadata(fs_dir.join("d")).unwrap().is_symlink());
    assert!(!fs_dir.join("d/a").exists());
    assert!(fs_dir.join(outside.trim_start_matches('/')).join("b").exists());
}

#[test]
fn devices_are_made_as_the_image_has_them() {
    if !is_root() {
        return;
    }
    let bench = Bench::new();
    let mut tar = Tar::new().dir("dev");
    tar = tar.pax("comment", b"x").raw(b"dev/fifo", b'6', 0o644, b"", b"");
    let fs_dir = bench.unpack(tar.raw(b"dev/null", b'3', 0o666, b"", b"")).unwrap();
    assert!(fs::symlink_metadata(fs_dir.join("dev/fifo")).unwrap().file_type().is_fifo());
    let null = fs::symlink_metadata(fs_dir.join("dev/null")).unwrap();
    assert!(null.file_type().is_char_device());
    assert_eq!(
        null.rdev(),
        0,
        "0:0 is a whiteout to overlayfs: such an entry hides a name and opens nothing"
    );
}

#[test]
fn whiteouts_hide_and_never_climb() {
    if !is_root() {
        return;
    }
    let bench = Bench::new();
    for bad in ["a/.wh...", "a/.wh..", ".wh.."] {
        bench.refused(Tar::new().file(bad, b""), "hides nothing that could be there");
    }
    let tar = Tar::new()
        .file(".wh.old", b"")
        .dir("own")
        .file("own/x", b"1")
        .file(".wh.own", b"")
        .file("d/.wh..wh..opq", b"")
        .file(".wh..wh.plnk", b"")
        .file(".wh.reborn", b"")
        .file("reborn/x", b"");
    let fs_dir = bench.unpack(tar).unwrap();
    let old = fs::symlink_metadata(fs_dir.join("old")).unwrap();
    assert!(old.file_type().is_char_device() && old.rdev() == 0);
    let is_opaque = |name: &str| {
        let mut value = [0u8; 8];
        rustix::fs::getxattr(fs_dir.join(name), "trusted.overlay.opaque", &mut value)
            .map(|length| value[..length].to_vec())
            == Ok(b"y".to_vec())
    };
    assert!(fs_dir.join("own/x").exists(), "a whiteout hides lower layers, not its own");
    assert!(is_opaque("own") && is_opaque("d") && is_opaque("reborn"));
    assert!(!fs_dir.join(".wh..wh.plnk").exists() && !fs_dir.join(".wh.plnk").exists());
    assert!(fs_dir.join("reborn/x").exists());
}

#[test]
fn overlay_attributes_in_archives_are_left_out() {
    if !is_root() {
        return;
    }
    let bench = Bench::new();
    let redirect = Tar::new()
        .pax("SCHILY.xattr.trusted.overlay.redirect", b"/etc")
        .pax("SCHILY.xattr.trusted.overlay.opaque", b"y")
        .pax("SCHILY.xattr.user.overlay.opaque", b"y")
        .dir("d");
    let capability = [1, 0, 0, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    let tar = redirect
        .pax("SCHILY.xattr.security.capability", &capability)
        .pax("SCHILY.xattr.user.note", b"kept")
        .program("ping", b"x");
    let fs_dir = bench.unpack(tar).unwrap();
    let mut names = [0u8; 256];
    let length = rustix::fs::listxattr(fs_dir.join("d"), &mut names).unwrap();
    assert_eq!(String::from_utf8_lossy(&names[..length]), "");
    let mut value = [0u8; 64];
    let length =
        rustix::fs::getxattr(fs_dir.join("ping"), "security.capability", &mut value).unwrap();
    assert_eq!(
        value[..length],
        capability,
        "set after owner and contents, which would take it away"
    );
    let length = rustix::fs::getxattr(fs_dir.join("ping"), "user.note", &mut value).unwrap();
    assert_eq!(&value[..length], b"kept");
}

#[test]
fn files_keep_mode_owner_time_and_holes() {
    if !is_root() {
        return;
    }
    let bench = Bench::new();
    let tar = Tar::new()
        .raw(b"tmp/", b'5', 0o1777, b"", b"")
        .pax("uid", b"1234567")
        .pax("gid", b"7654321")
        .pax("mtime", b"1000000000.5")
        .raw(b"tmp/su", b'0', 0o6755, b"", b"x")
        .hard_link("tmp/su2", "tmp/su")
        .pax("GNU.sparse.major", b"1")
        .pax("GNU.sparse.minor", b"0")
        .pax("GNU.sparse.name", b"tmp/sparse")
        .pax("GNU.sparse.realsize", b"1000000000")
        .raw(
            b"GNUSparseFile.0/sparse",
            b'0',
            0o600,
            b"",
            &[&b"1\n999999990\n5\n"[..], &[0; 498], b"hello"].concat(),
        )
        .raw(b"/", b'5', 0o711, b"", b"");
    let fs_dir = bench.unpack(tar).unwrap();
    let su = fs::symlink_metadata(fs_dir.join("tmp/su")).unwrap();
    assert_eq!(
        (su.mode() & 0o7777, su.uid(), su.gid(), su.nlink()),
        (0o6755, 1_234_567, 7_654_321, 2)
    );
    assert_eq!((su.mtime(), su.mtime_nsec()), (1_000_000_000, 500_000_000));
    let tmp = fs::symlink_metadata(fs_dir.join("tmp")).unwrap();
    assert_eq!(
        (tmp.mode() & 0o7777, tmp.mtime()),
        (0o1777, 512),
        "the directory's time is set after what is in it"
    );
    let sparse = fs::symlink_metadata(fs_dir.join("tmp/sparse")).unwrap();
    assert_eq!(sparse.len(), 1_000_000_000);
    assert!(sparse.blocks() < 1000, "holes take no room");
    assert_eq!(fs::symlink_metadata(&fs_dir).unwrap().mode() & 0o7777, 0o711);
}

#[test]
fn zip_bombs_are_refused_before_they_fill_the_disk() {
    if !is_root() {
        return;
    }
    let bench = Bench::new();
    let small =
        Limits { bytes_max: 1 << 20, ratio_free_bytes: 1 << 19, entries_max: 10, ratio_max: 100 };
    let reason = bench.unpack_with(Tar::new().file("zeros", &vec![0; 900_000]), small).unwrap_err();
    assert!(reason.contains("zip bomb"), "{reason}");
    let noise: Vec<u8> =
        (0..1_100_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let reason = bench.unpack_with(Tar::new().file("noise", &noise), small).unwrap_err();
    assert!(reason.contains("more than 1048576 bytes"), "{reason}");
    let many = (0..11).fold(Tar::new(), |tar, n| tar.file(&format!("f{n}"), b""));
    let reason = bench.unpack_with(many, small).unwrap_err();
    assert!(reason.contains("more than 10 entries"), "{reason}");
    let apparent = Tar::new()
        .pax("GNU.sparse.major", b"0")
        .pax("GNU.sparse.minor", b"1")
        .pax("GNU.sparse.size", b"9000000000000000000")
        .pax("GNU.sparse.map", b"")
        .file("huge", b"");
    let reason = bench.unpack_with(apparent, small).unwrap_err();
    assert!(reason.contains("more than 1048576 bytes"), "{reason}");
}

#[test]
fn names_no_file_can_have_are_refused() {
    if !is_root() {
        return;
    }
    let bench = Bench::new();
    let long = "n".repeat(256);
    bench.refused(
        Tar::new().pax("path", long.as_bytes()).file("x", b""),
        "a part of it is longer than 255 bytes",
    );
    bench.refused(
        Tar::new().pax("path", "d/".repeat(4000).as_bytes()).file("x", b""),
        "longer than 4095 bytes",
    );
    bench.refused(
        Tar::new().pax("path", "d/".repeat(300).as_bytes()).file("x", b""),
        "more than 255 parts",
    );
    bench.refused(Tar::new().symlink("a", "b").symlink("b", "a").file("a/x", b""), "symbolic link");
    bench.refused(Tar::new().file("f", b"").file("f/x", b""), "make `f/x`");
    bench.refused(Tar::new().hard_link("l", "nothing"), "which the layer does not have before it");
    bench.refused(Tar::new().dir("d").hard_link("l", "d"), "is a link to a directory");
    bench.refused(Tar::new().file("l", b"").hard_link("l", "l"), "links to itself");
    bench.refused(Tar::new().raw(b"s", b'2', 0o777, b"", b""), "without a target");
    bench.refused(Tar::new().raw(b"v", b'V', 0o777, b"", b""), "entries of type `V` are not known");
    bench.refused(Tar::new().pax("uid", b"4294967295").file("x", b""), "owner out of range");
    let huge = Tar::new().pax("SCHILY.xattr.user.huge", &[7; 500_000]).file("x", b"");
    bench.refused(huge, "more than this file system takes");
    bench.refused(Tar::new().file("/", b"x"), "stands where the root directory is");
}

#[test]
fn entries_replace_what_the_same_layer_had_before() {
    if !is_root() {
        return;
    }
    let bench = Bench::new();
    let tar = Tar::new()
        .dir("a")
        .dir("a/b")
        .file("a/b/c", b"1")
        .file("a", b"file")
        .file("d", b"file")
        .dir("d")
        .file("d/x", b"2")
        .dir("e")
        .file("e/x", b"3")
        .dir("e");
    let fs_dir = bench.unpack(tar).unwrap();
    let is = |name: &str, wanted: &str| {
        assert_eq!(fs::read_to_string(fs_dir.join(name)).unwrap(), wanted)
    };
    is("a", "file");
    is("d/x", "2");
    is("e/x", "3");
    assert!(Path::new(&fs_dir).is_dir());
}
