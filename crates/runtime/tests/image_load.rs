//! Archives of images: every layout and packing that tools write, names, and damage.

mod image_support;

use fs_err as fs;
use image_support::{Made, Tar, gzip, is_root, zstd};
use runtime::image::digest::Digest;
use runtime::image::error::ImageError;
use runtime::image::progress::{LayerPhase, Progress, ProgressSink};
use runtime::image::reference::Reference;
use runtime::image::store::{Image, Images};
use std::path::Path;
use std::sync::{Arc, Mutex};

fn two_layers() -> Made {
    let lower = Tar::new()
        .dir("bin")
        .program("bin/hello", b"lower")
        .dir("etc")
        .file("etc/gone", b"x")
        .finish();
    let upper = Tar::new().dir("etc").file("etc/.wh.gone", b"").file("etc/new", b"upper").finish();
    Made::new("web:1", vec![lower, upper])
}

fn load(dir: &Path, archive: &[u8]) -> Result<Vec<Image>, ImageError> {
    Images::open(dir).unwrap().load(archive, &ProgressSink::none())
}

fn assert_is_two_layers(dir: &Path, made: &Made) {
    let images = Images::open(dir).unwrap();
    let image =
        images.resolve(&Reference::parse("web:1").unwrap()).unwrap().expect("it has its name");
    assert_eq!(image.id, made.id());
    assert_eq!(image.config().cmd, ["/bin/true"]);
    assert_eq!(image.layers.iter().map(|layer| layer.diff_id).collect::<Vec<_>>(), made.diff_ids());
    let lower = dir.join("layers").join(image.layers[0].key.hex()).join("fs");
    assert_eq!(fs::read_to_string(lower.join("bin/hello")).unwrap(), "lower");
    assert_eq!(
        fs::read_dir(dir.join("content/ingest")).unwrap().count(),
        0,
        "nothing of the archive stays"
    );
    assert_eq!(fs::read_dir(dir.join("leases")).unwrap().count(), 0, "no lease stays");
}

fn check(made: &Made, archive: &[u8]) {
    if !is_root() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let loaded = load(dir.path(), archive).unwrap();
    assert_eq!(loaded.len(), 1);
    assert_is_two_layers(dir.path(), made);
}

#[test]
fn docker_save_of_old_is_loaded() {
    let made = two_layers();
    check(&made, &made.docker_archive());
}

#[test]
fn docker_save_with_an_oci_layout_inside_is_one_image() {
    let made = two_layers();
    check(&made, &made.oci_archive(<[u8]>::to_vec, true));
}

#[test]
fn oci_archive_with_packed_layers_is_loaded() {
    let made = two_layers();
    check(&made, &made.oci_archive(gzip, false));
    check(&made, &made.oci_archive(zstd, false));
}

#[test]
fn packed_archives_are_told_by_their_bytes() {
    let made = two_layers();
    check(&made, &gzip(&made.docker_archive()));
    check(&made, &zstd(&made.oci_archive(gzip, false)));
}

#[test]
fn layer_that_comes_twice_is_a_link_in_the_archive_and_one_directory_here() {
    if !is_root() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let layer = Tar::new().file("x", b"1").finish();
    let made =
        Made::new("twice:1", vec![layer.clone(), Tar::new().file("y", b"2").finish(), layer]);
    let image = load(dir.path(), &made.docker_archive()).unwrap().remove(0);
    assert_eq!(image.layers.len(), 3);
    assert_eq!(fs::read_dir(dir.path().join("layers")).unwrap().count(), 2);
    let root = Images::open(dir.path()).unwrap().rootfs(&image, "c1").unwrap();
    assert_eq!(root.lower.len(), 2, "overlayfs refuses one directory twice");
    assert!(root.lower[0].join("x").exists(), "the upper copy stays");
}

#[test]
fn loading_again_unpacks_nothing_and_moves_the_name() {
    if !is_root() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let made = two_layers();
    load(dir.path(), &made.docker_archive()).unwrap();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&seen);
    let progress = ProgressSink::new(move |event| sink.lock().unwrap().push(event));
    let images = Images::open(dir.path()).unwrap();
    images.load(&made.oci_archive(gzip, false)[..], &progress).unwrap();
    let seen = seen.lock().unwrap();
    for layer in made.diff_ids() {
        assert!(seen.contains(&Progress::Layer { layer, phase: LayerPhase::Present }), "{seen:?}");
    }
    let other = Made::new("web:1", vec![Tar::new().file("z", b"").finish()]);
    images.load(&other.docker_archive()[..], &ProgressSink::none()).unwrap();
    assert_eq!(images.find("web:1").unwrap().id, other.id());
    let listed = images.list().unwrap();
    assert_eq!(listed.len(), 2);
    assert_eq!((listed[0].image.id, listed[0].names.len()), (other.id(), 1));
    assert_eq!(
        (listed[1].image.id, listed[1].names.len()),
        (made.id(), 0),
        "the older one has lost its name"
    );
}

#[test]
fn images_are_found_by_name_id_and_its_beginning() {
    if !is_root() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let made = two_layers();
    load(dir.path(), &made.docker_archive()).unwrap();
    let images = Images::open(dir.path()).unwrap();
    for text in [
        "web:1".to_owned(),
        "docker.io/library/web:1".to_owned(),
        made.id().to_string(),
        made.id().hex(),
        made.id().short(),
    ] {
        assert_eq!(images.find(&text).unwrap().id, made.id(), "{text}");
    }
    for text in ["web", "web:2", "abc", "zzzzzz"] {
        assert!(matches!(images.find(text), Err(ImageError::Unknown { .. })), "{text}");
    }
    images
        .tag(
            &images.find("web:1").unwrap(),
            &Reference::parse("localhost:5000/team/web:prod").unwrap(),
        )
        .unwrap();
    assert_eq!(images.list().unwrap()[0].names.len(), 2);
    assert_eq!(images.remove("web:1", false).unwrap().image, None, "it has another name");
    assert_eq!(
        images.remove("localhost:5000/team/web:prod", false).unwrap().image,
        Some(made.id())
    );
    assert!(images.list().unwrap().is_empty());
}

#[test]
fn image_under_a_container_is_removed_by_force_only() {
    if !is_root() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let image = load(dir.path(), &two_layers().docker_archive()).unwrap().remove(0);
    let images = Images::open(dir.path()).unwrap();
    images.rootfs(&image, "c1").unwrap();
    let error = images.remove("web:1", false).unwrap_err();
    assert!(error.to_string().contains("in use by container `c1`"), "{error}");
    let removed = images.remove("web:1", true).unwrap();
    assert_eq!(removed.image, None, "its record stays with the container");
    assert!(images.resolve(&Reference::parse("web:1").unwrap()).unwrap().is_none());
    images.release("c1").unwrap();
    assert_eq!(images.remove(&image.id.to_string(), false).unwrap().image, Some(image.id));
}

#[test]
fn changed_layer_is_refused_and_leaves_nothing() {
    if !is_root() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let mut made = two_layers();
    let config = made.config.clone();
    made.layers[1] = Tar::new().file("evil", b"x").finish();
    made.config = config;
    let error = load(dir.path(), &made.docker_archive()).unwrap_err();
    assert!(matches!(error, ImageError::Unpack { .. }), "{error}");
    assert!(error.reason().contains("the unpacked layer has digest"), "{}", error.reason());
    assert!(Images::open(dir.path()).unwrap().list().unwrap().is_empty());
    let left: Vec<_> = fs::read_dir(dir.path().join("layers"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().starts_with("tmp-")), "{left:?}");
}

#[test]
fn blob_with_another_digest_than_its_name_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let archive =
        Tar::new().file(&format!("blobs/sha256/{}", Digest::of(b"right").hex()), b"wrong").finish();
    let error = load(dir.path(), &archive).unwrap_err();
    assert!(matches!(error, ImageError::DigestMismatch { .. }), "{error}");
    assert_eq!(fs::read_dir(dir.path().join("content/ingest")).unwrap().count(), 0);
}

#[test]
fn archive_cut_anywhere_is_an_error_that_leaves_nothing() {
    if !is_root() {
        return;
    }
    let made = two_layers();
    let archive = made.oci_archive(gzip, false);
    let dir = tempfile::tempdir().unwrap();
    for end in (0..archive.len() - 1536).step_by(509) {
        let error =
            load(dir.path(), &archive[..end]).expect_err(&format!("{end} of {}", archive.len()));
        assert!(!error.to_string().is_empty());
    }
    assert!(Images::open(dir.path()).unwrap().list().unwrap().is_empty());
    assert_eq!(fs::read_dir(dir.path().join("content/ingest")).unwrap().count(), 0);
}

#[test]
fn archives_that_are_none_say_so() {
    let dir = tempfile::tempdir().unwrap();
    let check = |archive: &[u8], wanted: &str| {
        let error = load(dir.path(), archive).unwrap_err();
        assert!(error.to_string().contains(wanted), "{error}");
    };
    check(b"", "empty or no tar");
    check(&b"#!/bin/sh\n".repeat(100), "not a tar archive");
    check(&Tar::new().file("readme", b"hello").finish(), "it holds no images");
    check(b"\xfd7zXZ\0....", "xz compression of the archive is not supported");
    check(
        &Tar::new().file("../../etc/passwd", b"x").finish(),
        "it has a file named `../../etc/passwd`",
    );
    check(
        &Tar::new().symlink("manifest.json", "/etc/../../passwd").finish(),
        "is a link out of it",
    );
    check(
        &Tar::new().symlink("a", "b").symlink("b", "a").file("index.json", b"{}").finish(),
        "cannot be read",
    );
    check(
        &Tar::new().file("manifest.json", br#"[{"Config":"c.json","Layers":[]}]"#).finish(),
        "`c.json` of an image is missing",
    );
    check(
        &Tar::new().file("repositories", b"{}").finish(),
        "an archive of Docker before 1.10 is not supported",
    );
    check(&Tar::new().raw(b"disk", b'4', 0o600, b"", b"").finish(), "`disk` is no file");
    let foreign = Made::new("x:1", vec![]);
    let index = format!(
        r#"{{"schemaVersion":2,"manifests":[{{"digest":"{}","size":1,"platform":{{"os":"linux","architecture":"s390x"}}}}]}}"#,
        foreign.id()
    );
    check(
        &Tar::new().file("index.json", index.as_bytes()).finish(),
        "no matching manifest for linux/",
    );
}
