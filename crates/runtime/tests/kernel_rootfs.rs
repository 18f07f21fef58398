//! Roots of containers on the real overlayfs. Asked for by `KERNEL_TESTS=1`.

mod image_support;

use fs_err as fs;
use image_support::{Made, Tar, has_kernel};
use runtime::image::error::ImageError;
use runtime::image::progress::ProgressSink;
use runtime::image::pull::PullPolicy;
use runtime::image::reference::Reference;
use runtime::image::rootfs::RootFs;
use runtime::image::store::{Image, Images};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// Images in a directory that is cleared of mounts even when the test fails.
struct Bench {
    images: Images,
    dir: tempfile::TempDir,
}

impl Bench {
    fn new() -> Self {
        Self::below("images")
    }

    fn below(name: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let images = Images::open(dir.path().join(name)).unwrap();
        Self { images, dir }
    }

    fn load(&self, layers: Vec<Vec<u8>>) -> Image {
        let made = Made::new("root:1", layers);
        self.images.load(&made.docker_archive()[..], &ProgressSink::none()).unwrap().remove(0)
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        for id in self.images.container_ids().unwrap_or_default() {
            let _ = self.images.release(&id);
        }
        let mounts = fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
        let dir = self.dir.path().to_string_lossy().into_owned();
        if !std::thread::panicking() {
            assert!(!mounts.contains(&dir), "a mount stays behind: {mounts}");
        }
    }
}

fn three_layers() -> Vec<Vec<u8>> {
    vec![
        Tar::new()
            .raw(b"./", b'5', 0o750, b"", b"")
            .dir("etc")
            .file("etc/a", b"1")
            .file("etc/b", b"1")
            .dir("old")
            .file("old/x", b"1")
            .dir("opq")
            .file("opq/x", b"1")
            .finish(),
        Tar::new()
            .raw(b"./", b'5', 0o711, b"", b"")
            .dir("etc")
            .file("etc/a", b"2")
            .file(".wh.old", b"")
            .dir("opq")
            .file("opq/.wh..wh..opq", b"")
            .file("opq/y", b"2")
            .finish(),
        Tar::new()
            .raw(b"./", b'5', 0o711, b"", b"")
            .dir("etc")
            .file("etc/.wh.b", b"")
            .dir("old")
            .file("old/z", b"3")
            .finish(),
    ]
}

fn names(path: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn assert_shows_three_layers(root: &RootFs) {
    assert_eq!(names(&root.merged), ["etc", "old", "opq"]);
    assert_eq!(names(&root.merged.join("etc")), ["a"]);
    assert_eq!(fs::read_to_string(root.merged.join("etc/a")).unwrap(), "2");
    assert_eq!(names(&root.merged.join("old")), ["z"]);
    assert_eq!(names(&root.merged.join("opq")), ["y"]);
    assert_eq!(
        fs::metadata(&root.merged).unwrap().mode() & 0o7777,
        0o711,
        "the image says what `/` is"
    );
}

#[test]
fn layers_cover_and_hide_each_other() {
    if !has_kernel() {
        return;
    }
    let bench = Bench::new();
    let root = bench.images.rootfs(&bench.load(three_layers()), "c1").unwrap();
    root.mount().unwrap();
    root.mount().unwrap();
    assert!(root.is_mounted().unwrap());
    assert_shows_three_layers(&root);
    fs::write(root.merged.join("etc/new"), "mine").unwrap();
    fs::remove_file(root.merged.join("etc/a")).unwrap();
    assert_eq!(names(&root.merged.join("etc")), ["new"]);
    let lower = &root.lower[1];
    assert_eq!(fs::read_to_string(lower.join("etc/a")).unwrap(), "2", "the layer is untouched");
}

#[test]
fn writes_survive_an_unmount_and_not_a_release() {
    if !has_kernel() {
        return;
    }
    let bench = Bench::new();
    let image = bench.load(three_layers());
    let root = bench.images.rootfs(&image, "c1").unwrap();
    root.mount().unwrap();
    fs::write(root.merged.join("mine"), "1").unwrap();
    root.unmount().unwrap();
    root.unmount().unwrap();
    assert!(!root.is_mounted().unwrap());
    let again = bench.images.rootfs(&image, "c1").unwrap();
    assert_eq!(again, root);
    again.mount().unwrap();
    assert_eq!(fs::read_to_string(root.merged.join("mine")).unwrap(), "1");
    bench.images.release("c1").unwrap();
    bench.images.release("c1").unwrap();
    assert!(bench.images.container_ids().unwrap().is_empty());
    let fresh = bench.images.rootfs(&image, "c1").unwrap();
    fresh.mount().unwrap();
    assert!(!fresh.merged.join("mine").exists());
}

#[test]
fn root_in_use_is_released_all_the_same() {
    if !has_kernel() {
        return;
    }
    let bench = Bench::new();
    let root = bench.images.rootfs(&bench.load(three_layers()), "c1").unwrap();
    root.mount().unwrap();
    let held = fs::File::open(root.merged.join("etc/a")).unwrap();
    bench.images.release("c1").unwrap();
    assert_eq!(std::io::read_to_string(held).unwrap(), "2");
    assert!(bench.images.container_ids().unwrap().is_empty());
}

#[test]
fn root_of_an_earlier_boot_begins_anew() {
    if !has_kernel() {
        return;
    }
    let bench = Bench::new();
    let image = bench.load(three_layers());
    let root = bench.images.rootfs(&image, "c1").unwrap();
    fs::write(root.upper.join("torn"), "x").unwrap();
    fs::write(root.upper.parent().unwrap().join("of"), "another boot\n").unwrap();
    let root = bench.images.rootfs(&image, "c1").unwrap();
    assert!(!root.upper.join("torn").exists());
    fs::write(root.upper.join("of another image"), "x").unwrap();
    let other = bench.load(vec![Tar::new().file("x", b"1").finish()]);
    let root = bench.images.rootfs(&other, "c1").unwrap();
    assert!(!root.upper.join("of another image").exists());
}

#[test]
fn image_of_many_layers_below_a_long_path_is_mounted() {
    if !has_kernel() {
        return;
    }
    let bench = Bench::below(&format!("{}/{}", "long,with:signs\\".repeat(10), "n".repeat(200)));
    let layers = (0..150).map(|n| Tar::new().file(&format!("f{n}"), b"x").finish()).collect();
    let root = bench.images.rootfs(&bench.load(layers), "c1").unwrap();
    root.mount().unwrap();
    assert_eq!(names(&root.merged).len(), 150);
}

#[test]
fn mount_that_cannot_be_says_what_the_kernel_says() {
    if !has_kernel() {
        return;
    }
    let bench = Bench::new();
    let mut root = bench.images.rootfs(&bench.load(three_layers()), "c1").unwrap();
    root.upper = bench.dir.path().join("file");
    fs::write(&root.upper, "").unwrap();
    let text = root.mount().unwrap_err().reason();
    assert!(text.contains("mount the root `"), "{text}");
    root.upper = "/proc".into();
    let text = root.mount().unwrap_err().reason();
    assert!(text.contains("overlayfs wants ext4"), "{text}");
}

#[test]
fn image_without_layers_is_an_empty_root() {
    if !has_kernel() {
        return;
    }
    let bench = Bench::new();
    let root = bench.images.rootfs(&bench.load(vec![]), "c1").unwrap();
    root.mount().unwrap();
    assert!(names(&root.merged).is_empty());
    fs::write(root.merged.join("x"), "1").unwrap();
}

#[test]
fn files_of_a_root_are_opened_inside_it() {
    if !has_kernel() {
        return;
    }
    let bench = Bench::new();
    let layer = Tar::new()
        .dir("etc")
        .symlink("etc/passwd", "/../../../etc/real")
        .file("etc/real", b"root:x:0:0")
        .symlink("etc/out", "/etc/hostname")
        .finish();
    let root = bench.images.rootfs(&bench.load(vec![layer]), "c1").unwrap();
    root.mount().unwrap();
    let text = std::io::read_to_string(root.open_file(Path::new("/etc/passwd")).unwrap()).unwrap();
    assert_eq!(text, "root:x:0:0");
    assert!(
        root.open_file(Path::new("/etc/out")).is_err(),
        "the host's file is not the container's"
    );
}

/// A layer of a builder that writes files without their directories, over one that has them otherwise than 0755 of root.
#[test]
fn directories_that_only_lower_layers_have_stay_what_they_are() {
    if !has_kernel() {
        return;
    }
    let bench = Bench::new();
    let lower = Tar::new()
        .raw(b"tmp/", b'5', 0o1777, b"", b"")
        .pax("uid", b"1000")
        .raw(b"home/", b'5', 0o700, b"", b"")
        .dir("usr")
        .raw(b"usr/lib/", b'5', 0o711, b"", b"")
        .file("usr/lib/old", b"1")
        .symlink("lib", "usr/lib")
        .symlink("bin", "/sbin/../usr/bin")
        .dir("usr/bin")
        .dir("sbin")
        .dir("plain")
        .dir("gone");
    let middle = Tar::new().file(".wh.gone", b"").dir("etc");
    let upper = Tar::new()
        .file("tmp/x", b"1")
        .file("home/a/b/x", b"2")
        .file("lib/new", b"3")
        .file("lib/deep/new", b"4")
        .program("bin/x", b"5")
        .file("plain/x", b"6")
        .file("gone/x", b"7")
        .file("lib/.wh.old", b"");
    let image = bench.load(vec![lower.finish(), middle.finish(), upper.finish()]);
    assert_ne!(
        image.layers[2].key, image.layers[2].diff_id,
        "it is another directory than the layer's own"
    );
    let root = bench.images.rootfs(&image, "c1").unwrap();
    root.mount().unwrap();
    let mode = |name: &str| {
        let found = fs::symlink_metadata(root.merged.join(name)).unwrap();
        (found.mode() & 0o7777, found.uid())
    };
    assert_eq!(mode("tmp"), (0o1777, 0));
    assert_eq!(mode("home"), (0o700, 1000));
    assert_eq!(mode("home/a"), (0o755, 0));
    assert_eq!(mode("usr/lib"), (0o711, 0));
    assert_eq!(mode("gone"), (0o755, 0));
    assert!(fs::symlink_metadata(root.merged.join("lib")).unwrap().is_symlink());
    assert!(fs::symlink_metadata(root.merged.join("bin")).unwrap().is_symlink());
    assert_eq!(names(&root.merged.join("usr/lib")), ["deep", "new"], "and the whiteout went along");
    for (name, wanted) in [
        ("tmp/x", "1"),
        ("home/a/b/x", "2"),
        ("usr/lib/new", "3"),
        ("lib/deep/new", "4"),
        ("usr/bin/x", "5"),
        ("plain/x", "6"),
        ("gone/x", "7"),
    ] {
        assert_eq!(fs::read_to_string(root.merged.join(name)).unwrap(), wanted, "{name}");
    }
    // By itself the layer is shared as ever, and needs nothing where the directories below are plain.
    let alone = Tar::new().dir("tmp").finish();
    let image = bench.load(vec![alone, Tar::new().file("tmp/x", b"1").finish()]);
    assert_eq!(image.layers[1].key, image.layers[1].diff_id);
}

#[test]
fn directories_of_hostile_layers_are_fitted_inside() {
    if !has_kernel() {
        return;
    }
    let bench = Bench::new();
    let outside = bench.dir.path().join("outside");
    fs::create_dir(&outside).unwrap();
    let out = outside.to_string_lossy().into_owned();
    // Below, `lib` leads to `usr/lib`; in the layer itself, `usr` leads out of the root.
    let lower = Tar::new()
        .dir("usr")
        .raw(b"usr/lib/", b'5', 0o711, b"", b"")
        .symlink("lib", "usr/lib")
        .pax("linkpath", out.as_bytes())
        .symlink("out", "x");
    let upper = Tar::new()
        .pax("linkpath", out.as_bytes())
        .symlink("usr", "x")
        .file("lib/x", b"1")
        .file("out/y", b"2");
    let image = bench.load(vec![lower.finish(), upper.finish()]);
    assert!(names(&outside).is_empty());
    let root = bench.images.rootfs(&image, "c1").unwrap();
    root.mount().unwrap();
    assert!(names(&outside).is_empty());
}

/// A small file system that goes with the test.
struct Small {
    dir: tempfile::TempDir,
}

impl Small {
    fn new(options: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let options = std::ffi::CString::new(options).unwrap();
        rustix::mount::mount(
            "tmpfs",
            dir.path(),
            "tmpfs",
            rustix::mount::MountFlags::empty(),
            options.as_c_str(),
        )
        .unwrap();
        Self { dir }
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = rustix::mount::unmount(self.dir.path(), rustix::mount::UnmountFlags::DETACH);
    }
}

#[test]
fn full_disk_is_said_with_its_path_and_leaves_nothing() {
    if !has_kernel() {
        return;
    }
    for options in ["size=3m", "nr_inodes=60"] {
        let small = Small::new(options);
        let images = Images::open(small.dir.path()).unwrap();
        let many = (0..60).fold(Tar::new(), |tar, n| tar.file(&format!("f{n}"), &[n; 50_000]));
        let made = Made::new("big:1", vec![many.finish()]);
        for archive in [made.docker_archive(), made.oci_archive(image_support::gzip, false)] {
            let error = images.load(&archive[..], &ProgressSink::none()).unwrap_err();
            let text = error.reason();
            assert!(
                text.contains(&format!("no space left for `{}", small.dir.path().display())),
                "{text}"
            );
            assert!(text.contains("longshore image rm"), "{text}");
            for part in ["content/ingest", "layers", "images/records", "leases", "trash"] {
                assert!(names(&small.dir.path().join(part)).is_empty(), "{options}: {part}");
            }
        }
        // With room again the same directory works.
        let fits = Made::new("small:1", vec![Tar::new().file("x", b"1").finish()]);
        images.load(&fits.docker_archive()[..], &ProgressSink::none()).unwrap();
    }
}

#[tokio::test]
async fn disk_that_fills_up_while_pulling_leaves_nothing() {
    if !has_kernel() {
        return;
    }
    let small = Small::new("size=1m");
    let images = Images::open(small.dir.path()).unwrap();
    let registry = image_support::registry::Registry::start().await;
    let made = Made::new("big:1", vec![Tar::new().file("x", &vec![7; 4 << 20]).finish()]);
    registry.push("big", "plain", &made, <[u8]>::to_vec);
    registry.push("big", "packed", &made, image_support::gzip);
    for tag in ["plain", "packed"] {
        let reference = Reference::parse(&format!("{}/big:{tag}", registry.host)).unwrap();
        let error = images
            .pull(&reference, None, PullPolicy::Always, &ProgressSink::none())
            .await
            .unwrap_err();
        assert!(matches!(error, ImageError::Full { .. }), "{tag}: {error:?}");
        assert_eq!(error.ecs_name(), "CannotPullContainerError");
        assert!(names(&small.dir.path().join("layers")).is_empty());
        assert!(
            names(&small.dir.path().join("content/ingest")).is_empty(),
            "its room is free again"
        );
        assert!(images.list().unwrap().is_empty());
    }
}

#[test]
fn ids_that_are_no_file_names_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let images = Images::open(dir.path()).unwrap();
    for id in ["", ".", "..", "a/b", "../x", ".hidden", "x\n", &"x".repeat(129)] {
        assert!(images.release(id).is_err(), "{id:?}");
    }
}
