//! Ephemeral storage of limited size: what fills it, who shares it, and that it goes. Asked for by `KERNEL_TESTS=1`.

mod kernel_support;

use agent::driver::{Driver, Signal};
use agent::endpoint::Doorway;
use domain::link::acs::PayloadTask;
use kernel_support::{check, check_with, eventually_none, task};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// The least that a definition can ask for; sparse, so that it costs nothing.
const GIB: i64 = 21;

/// A task with storage of its own and a volume that its containers share.
fn limited(containers: Value) -> Arc<PayloadTask> {
    limited_to(GIB, containers)
}

fn limited_to(gib: i64, containers: Value) -> Arc<PayloadTask> {
    let volumes = json!([{ "name": "scratch", "type": "host", "host": {} }]);
    task(
        json!({ "launchType": "FARGATE", "ephemeralStorageGib": gib, "volumes": volumes }),
        containers,
    )
}

fn container(name: &str, script: &str) -> Value {
    let point = json!([{ "sourceVolume": "scratch", "containerPath": "/scratch" }]);
    json!({ "name": name, "command": ["sh", "-c", script], "mountPoints": point })
}

#[test]
fn what_is_beyond_the_size_finds_no_space() {
    check(|bench| async move {
        // What is only reserved is not written.
        let fill = "df -m / | tail -n 1 | tr -s ' ' | cut -d ' ' -f 2,4; \
                    busybox fallocate -l 1000m /scratch/most; \
                    dd if=/dev/zero of=/big bs=1M count=100 2>&1 | grep -o 'No space left on device'; \
                    rm /big; echo again > /big && echo room";
        let task = limited_to(1, json!([container("main", fill)]));
        let (exit, log) = bench.run_to_end(&task).await;
        assert_eq!(exit.code, 0, "{log}");
        let mut words = log.split_whitespace();
        let mut mib = || words.next().and_then(|word| word.parse::<i64>().ok()).expect("a size");
        let (all, free) = (mib(), mib());
        assert!((1024..1100).contains(&all) && free >= 1024, "{log}");
        assert!(log.contains("No space left on device\nroom"), "{log}");
    });
}

#[test]
fn containers_share_it_and_find_it_again() {
    check(|bench| async move {
        let task = limited(json!([
            container(
                "first",
                "echo from first > /scratch/note; echo mine > /own; stat -c %a:%u /"
            ),
            container("main", "cat /scratch/note; ls /own; exec sleep 1000"),
        ]));
        bench.create(&task).await.expect("created");
        bench.start(&task, "first").await.expect("started");
        assert_eq!(bench.exit(&task, "first").await.code, 0);
        bench.start(&task, "main").await.expect("started");
        bench.log_has(&task, "main", "from first").await;
        bench.log_has(&task, "main", "No such file").await;
        // One that is started again has what it wrote.
        bench.start(&task, "first").await.expect("started");
        assert_eq!(bench.exit(&task, "first").await.code, 0);
        assert_eq!(bench.log(&task, "first"), "755:0\n755:0\n");
        // Nothing of it is seen on the host.
        let place = bench.root().join("tasks").join(task.id()).join("storage");
        assert_eq!(fs_err::read_dir(place).expect("there").count(), 0);
    });
}

#[test]
fn it_is_told_how_full_it_is() {
    check(|bench| async move {
        let task = limited(json!([container(
            "main",
            "head -c 30m /dev/zero > /x; sync; exec sleep 1000"
        )]));
        bench.run(&task).await;
        let deadline = tokio::time::Instant::now() + kernel_support::DEADLINE;
        loop {
            let used = bench.driver.storage_used_mib(task.id().into()).await.expect("it runs");
            if (30..40).contains(&used) {
                break;
            }
            assert!(tokio::time::Instant::now() < deadline, "{used}");
        }
    });
}

#[test]
fn it_goes_with_its_last_process_whoever_is_killed() {
    check(|bench| async move {
        let devices = || {
            let all = bench.driver.belongings().expect("listed");
            all.into_iter().filter(|line| line.contains("device")).collect::<Vec<_>>()
        };
        let task = limited(json!([container("main", "yes > /scratch/x")]));
        bench.run(&task).await;
        assert_eq!(devices().len(), 1);
        bench.signal(&task, "main", Signal::Kill).await;
        bench.exit(&task, "main").await;
        assert_eq!(devices().len(), 1, "a container of the task may start yet");
        let text =
            fs_err::read_to_string(bench.root().join("tasks").join(task.id()).join("shim.json"));
        let shim: Value = serde_json::from_str(&text.expect("there")).expect("JSON");
        let pid = shim["pid"].as_i64().and_then(|pid| i32::try_from(pid).ok()).expect("a pid");
        let pid = rustix::process::Pid::from_raw(pid).expect("positive");
        rustix::process::kill_process(pid, rustix::process::Signal::KILL).expect("killed");
        assert_eq!(eventually_none(devices).await, Vec::<String>::new());
    });
}

/// A mount that goes with the value, also where a test does not get to its end.
struct Mounted<'a>(&'a Path);

impl Drop for Mounted<'_> {
    fn drop(&mut self) {
        let _ = rustix::mount::unmount(self.0, rustix::mount::UnmountFlags::DETACH);
    }
}

#[test]
fn a_full_disk_is_named_before_a_container_starts() {
    static ROOT: OnceLock<PathBuf> = OnceLock::new();
    check_with(
        |config| {
            fs_err::create_dir_all(&config.root).expect("dir");
            let flags = rustix::mount::MountFlags::empty();
            rustix::mount::mount("small", &config.root, "tmpfs", flags, c"size=64m")
                .expect("mounted");
            ROOT.set(config.root.clone()).expect("once");
        },
        |bench| async move {
            let root = ROOT.get().expect("set");
            let mounted = Mounted(root);
            let task = limited(json!([container("main", "true")]));
            let fault =
                bench.driver.prepare(Arc::clone(&task)).await.expect_err("there is no room");
            let text = fault.to_string();
            assert!(text.starts_with("ResourceInitializationError: "), "{text}");
            assert!(text.contains("ephemeral storage") && text.contains("MiB free"), "{text}");
            bench.remove(&task).await;
            drop(mounted);
            // What looks for leaks afterwards finds what a new instance would.
            for dir in ["tasks", "logs"] {
                fs_err::create_dir_all(root.join(dir)).expect("dir");
            }
        },
    );
}
