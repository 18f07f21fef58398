//! Roots of containers on the real overlayfs. Asked for by `KERNEL_TESTS=1`.

mod image_support;

use fs_err as fs;
use image_support::{Made, Tar, has_kernel};
use runtime::image::progress::ProgressSink;
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
    fs::write(root.upper.parent().unwrap().join("boot"), "another boot\n").unwrap();
    let root = bench.images.rootfs(&image, "c1").unwrap();
    assert!(!root.upper.join("torn").exists());
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

#[test]
fn ids_that_are_no_file_names_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let images = Images::open(dir.path()).unwrap();
    for id in ["", ".", "..", "a/b", "../x", ".hidden", "x\n", &"x".repeat(129)] {
        assert!(images.release(id).is_err(), "{id:?}");
    }
}
