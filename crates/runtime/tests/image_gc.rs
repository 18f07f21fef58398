//! Collection: what is referred to stays, the rest goes, and killing anyone at any moment loses and leaks nothing.

mod image_support;

use fs_err as fs;
use image_support::registry::Registry;
use image_support::{Made, Tar, gzip, is_root};
use runtime::image::digest::Digest;
use runtime::image::gc::Grace;
use runtime::image::progress::ProgressSink;
use runtime::image::pull::PullPolicy;
use runtime::image::reference::Reference;
use runtime::image::store::{Image, Images};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, SystemTime};

fn now() -> SystemTime {
    fs::metadata("/proc/self").unwrap().modified().unwrap()
}

/// One layer that all images share, one of its own.
fn made(n: usize) -> Made {
    let shared = (0..40)
        .fold(Tar::new().dir("shared"), |tar, f| tar.file(&format!("shared/{f}"), b"shared"));
    let own = (0..20).fold(Tar::new().dir("own"), |tar, f| {
        tar.file(&format!("own/{f}"), format!("own {n}").as_bytes())
    });
    Made::new(&format!("image:{n}"), vec![shared.finish(), own.finish()])
}

fn load(images: &Images, n: usize) -> Image {
    images.load(&made(n).docker_archive()[..], &ProgressSink::none()).unwrap().remove(0)
}

fn names(path: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn layers(dir: &Path) -> Vec<String> {
    names(&dir.join("layers"))
}

fn hex(made: &[Made]) -> Vec<String> {
    let mut keys: Vec<String> =
        made.iter().flat_map(|made| made.diff_ids()).map(|diff_id| diff_id.hex()).collect();
    keys.sort();
    keys.dedup();
    keys
}

#[test]
fn layers_of_removed_images_go_and_shared_ones_stay() {
    if !is_root() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let images = Images::open(dir.path()).unwrap();
    load(&images, 1);
    load(&images, 2);
    assert_eq!(images.collect(Grace::none(now())).unwrap().layers, 0);
    assert_eq!(layers(dir.path()), hex(&[made(1), made(2)]));
    images.remove("image:1", false).unwrap();
    let collected = images.collect(Grace::none(now())).unwrap();
    assert_eq!((collected.layers, collected.blobs), (1, 1));
    assert_eq!(layers(dir.path()), hex(&[made(2)]));
    images.remove("image:2", false).unwrap();
    images.collect(Grace::none(now())).unwrap();
    assert_empty(dir.path());
}

/// Nothing but the directories themselves.
fn assert_empty(dir: &Path) {
    for part in [
        "locks",
        "leases",
        "content/blobs/sha256",
        "content/ingest",
        "layers",
        "images/records",
        "images/names",
        "containers",
        "pins",
        "trash",
    ] {
        let left: Vec<String> =
            names(&dir.join(part)).into_iter().filter(|name| name != "gc").collect();
        assert!(left.is_empty(), "{part}: {left:?}");
    }
}

#[test]
fn image_that_lost_its_name_stays_while_a_container_stands_on_it() {
    if !is_root() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let images = Images::open(dir.path()).unwrap();
    let image = load(&images, 1);
    images.rootfs(&image, "c1").unwrap();
    images.tag(&load(&images, 2), &Reference::parse("image:1").unwrap()).unwrap();
    assert_eq!(images.collect(Grace::none(now())).unwrap().images, []);
    assert_eq!(layers(dir.path()), hex(&[made(1), made(2)]));
    images.release("c1").unwrap();
    let collected = images.collect(Grace::none(now())).unwrap();
    assert_eq!((collected.images, collected.layers), (vec![image.id], 1));
    assert_eq!(layers(dir.path()), hex(&[made(2)]));
}

#[test]
fn what_a_cut_pull_left_has_its_grace() {
    if !is_root() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let images = Images::open(dir.path()).unwrap();
    load(&images, 1);
    images.remove("image:1", false).unwrap();
    let partial = dir.path().join("content/ingest").join(Digest::of(b"x").hex());
    fs::write(&partial, "half").unwrap();
    let at = |hours: u64| Grace::usual(now() + Duration::from_secs(hours * 3600));
    assert_eq!(images.collect(at(0)).unwrap(), Default::default());
    assert_eq!(images.collect(at(2)).unwrap().layers, 2);
    assert!(partial.exists());
    let collected = images.collect(at(25)).unwrap();
    assert_eq!((collected.downloads, collected.bytes), (1, 4));
    assert_empty(dir.path());
}

#[test]
fn leftovers_of_dead_processes_go_and_those_of_living_ones_stay() {
    if !is_root() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let images = Images::open(dir.path()).unwrap();
    let (dead, living) = (Digest::of(b"dead").hex(), Digest::of(b"living").hex());
    for key in [&dead, &living] {
        fs::create_dir_all(dir.path().join(format!("layers/tmp-{key}-00/fs"))).unwrap();
        fs::create_dir_all(dir.path().join(format!("content/ingest/load-{key}"))).unwrap();
    }
    let hold = |name: String| {
        let file = fs::File::create(dir.path().join("locks").join(name)).unwrap();
        rustix::fs::flock(&file, rustix::fs::FlockOperation::LockExclusive).unwrap();
        file
    };
    let held = [hold(format!("layer-{living}")), hold(format!("ingest-load-{living}"))];
    fs::write(dir.path().join("images/records/.half"), "{").unwrap();
    fs::write(dir.path().join("leases/dead"), "x\n").unwrap();
    images.collect(Grace::usual(now())).unwrap();
    assert_eq!(layers(dir.path()), [format!("tmp-{living}-00")]);
    assert_eq!(names(&dir.path().join("content/ingest")), [format!("load-{living}")]);
    assert_eq!(names(&dir.path().join("locks")).len(), 3, "those held, and the collector's own");
    drop(held);
    images.collect(Grace::usual(now())).unwrap();
    assert_empty(dir.path());
}

/// Not a test by itself: what the next one starts and kills. Works without end on the directory it is given.
#[test]
fn worker() {
    let Some(dir) = std::env::var_os("LONGSHORE_TEST_WORKER") else { return };
    let number: usize = std::env::var("LONGSHORE_TEST_NUMBER").unwrap().parse().unwrap();
    let images = Images::open(dir).unwrap();
    let host = std::env::var("LONGSHORE_TEST_REGISTRY").unwrap();
    let threads = tokio::runtime::Runtime::new().unwrap();
    for round in 0.. {
        let n = (round * 7 + number) % 5;
        println!("STEP load");
        // Another worker may remove it as soon as it is there; what must not be is an error of the directory itself.
        let image = match number {
            0 => {
                let name = format!("{host}/image:{n}");
                let _ = images.remove(&name, true);
                let reference = Reference::parse(&name).unwrap();
                let quiet = ProgressSink::none();
                let pull = images.pull(&reference, None, PullPolicy::Always, &quiet);
                Some(threads.block_on(pull).unwrap())
            }
            _ => Some(load(&images, n)),
        };
        println!("STEP use");
        let container = format!("c{number}-{}", round % 3);
        if let Some(image) = image
            && images.rootfs(&image, &container).is_ok()
        {
            println!("STEP release");
            if round % 2 == 0 {
                images.release(&container).unwrap();
            }
        }
        println!("STEP remove");
        let _ = images.remove(&format!("image:{}", (n + 1) % 5), round % 3 == 0);
        println!("STEP collect");
        images.collect(Grace::none(now())).unwrap();
    }
}

struct Worker {
    child: Child,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
}

impl Worker {
    fn start(dir: &Path, number: usize, host: &str) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command
            .args(["--exact", "worker", "--nocapture", "--test-threads=1"])
            .env("LONGSHORE_TEST_WORKER", dir);
        command
            .env("LONGSHORE_TEST_NUMBER", number.to_string())
            .env("LONGSHORE_TEST_REGISTRY", host)
            .stdin(Stdio::null())
            .stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines }
    }

    /// Waits for some more steps, and then for a part of one.
    fn run(&mut self, steps: usize, turns: usize) {
        for _ in 0..steps {
            let line =
                self.lines.by_ref().map(Result::unwrap).find(|line| line.starts_with("STEP"));
            assert!(line.is_some(), "the worker ended by itself: {:?}", self.child.wait());
        }
        (0..turns).for_each(|_| std::thread::yield_now());
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Every image that is listed is whole, and so is what containers stand on.
fn assert_whole(images: &Images) {
    let check_layer = |key: &Digest, wanted: usize| {
        let fs_dir = images.root().join("layers").join(key.hex()).join("fs");
        let directory = fs::read_dir(&fs_dir).unwrap().next().unwrap().unwrap().path();
        assert_eq!(names(&directory).len(), wanted, "{}", directory.display());
        for name in names(&directory) {
            assert!(!fs::read(directory.join(name)).unwrap().is_empty());
        }
    };
    for listed in images.list().unwrap() {
        assert_eq!(listed.image.layers.len(), 2);
        check_layer(&listed.image.layers[0].key, 40);
        check_layer(&listed.image.layers[1].key, 20);
    }
    for name in names(&images.root().join("pins")).iter().filter(|name| !name.starts_with('.')) {
        let pin: serde_json::Value =
            serde_json::from_slice(&fs::read(images.root().join("pins").join(name)).unwrap())
                .unwrap();
        for key in pin["layers"].as_array().unwrap() {
            assert!(
                images
                    .root()
                    .join("layers")
                    .join(Digest::parse(key.as_str().unwrap()).unwrap().hex())
                    .join("fs")
                    .is_dir()
            );
        }
    }
}

#[test]
fn killing_anyone_at_any_moment_loses_and_leaks_nothing() {
    if !is_root() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let images = Images::open(dir.path()).unwrap();
    let threads = tokio::runtime::Runtime::new().unwrap();
    let registry = threads.block_on(Registry::start());
    for n in 0..5 {
        registry.push("image", &n.to_string(), &made(n), gzip);
    }
    let mut state = 88_172_645_463_325_252u64;
    let mut random = |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below).unwrap()
    };
    for _ in 0..12 {
        let mut workers: Vec<Worker> =
            (0..3).map(|number| Worker::start(dir.path(), number, &registry.host)).collect();
        for worker in &mut workers {
            worker.run(random(9) + 1, random(3000));
        }
        drop(workers);
        assert_whole(&images);
        images.collect(Grace::usual(now())).unwrap();
        assert_whole(&images);
    }
    let layers = registry.take_kinds().into_iter().filter(|kind| kind == "GET blobs").count();
    assert!(layers > 5, "pulls were among what was killed: {layers}");
    for container in images.container_ids().unwrap() {
        images.release(&container).unwrap();
    }
    for listed in images.list().unwrap() {
        images.remove(&listed.image.id.to_string(), false).unwrap();
    }
    images.collect(Grace::none(now())).unwrap();
    assert_empty(dir.path());
}
