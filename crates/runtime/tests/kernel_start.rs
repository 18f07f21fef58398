//! Starting containers: what they see of what was asked. Asked for by `KERNEL_TESTS=1`.

mod kernel_support;

use agent::driver::FaultName;
use kernel_support::{check, script, script_with, task};
use serde_json::json;

#[test]
fn a_container_runs_and_its_output_and_code_are_kept() {
    check(|bench| async move {
        let (exit, log) = bench.run_to_end(&script("echo hello; echo oops >&2; exit 7")).await;
        assert_eq!((exit.code, exit.out_of_memory), (7, false));
        assert!(log.contains("hello\n") && log.contains("oops\n"), "{log}");
    });
}

#[test]
fn a_program_that_is_not_there_is_named() {
    check(|bench| async move {
        let task = task(json!({}), json!([{ "name": "main", "command": ["/no/such/program"] }]));
        bench.create(&task).await.expect("created");
        let fault = bench.start(&task, "main").await.expect_err("no program");
        assert_eq!(fault.name, FaultName::CannotStartContainerError);
        assert!(fault.text.contains("/no/such/program"), "{fault}");
        // And again, since nothing of the first try may be in the way.
        let again = bench.start(&task, "main").await.expect_err("no program");
        assert_eq!(again, fault);
    });
}

#[test]
fn environment_user_and_directory_are_as_asked() {
    check(|bench| async move {
        let task = script_with(
            "id; pwd; echo $A-$HOME; hostname",
            json!({
                "environment": { "A": "b c" },
                "dockerConfig": { "config": { "User": "web", "WorkingDir": "/not/there", "Hostname": "host-1" } },
            }),
        );
        let (exit, log) = bench.run_to_end(&task).await;
        assert_eq!(exit.code, 0, "{log}");
        let lines: Vec<_> = log.lines().collect();
        assert_eq!(lines[0], "uid=1000(web) gid=1001(web) groups=50(staff),1001(web)");
        assert_eq!(lines[1..], ["/not/there", "b c-/home/web", "host-1"]);
    });
}

/// Runs a script in a container with these members of `config` and `hostConfig`; checks code 0 and the lines of output.
fn see(text: &str, config: serde_json::Value, host_config: serde_json::Value, lines: &[&str]) {
    let task = script_with(
        text,
        json!({ "dockerConfig": { "config": config, "hostConfig": host_config } }),
    );
    check(|bench| async move {
        let (exit, log) = bench.run_to_end(&task).await;
        assert_eq!((log.lines().collect::<Vec<_>>(), exit.code), (lines.to_vec(), 0));
    });
}

#[test]
fn the_root_is_writable_unless_it_is_asked_to_be_read_only() {
    let text = "touch /x 2>/dev/null && echo yes || echo no; touch /dev/shm/x && echo yes";
    see(text, json!({}), json!({}), &["yes", "yes"]);
    see(text, json!({}), json!({ "ReadonlyRootfs": true }), &["no", "yes"]);
}

#[test]
fn capabilities_are_dockers_less_and_more() {
    let text =
        "grep CapEff /proc/self/status | tr -d '\\t'; grep CapBnd /proc/self/status | tr -d '\\t'";
    let usual = "00000000a80425fb";
    see(text, json!({}), json!({}), &[&format!("CapEff:{usual}"), &format!("CapBnd:{usual}")]);
    see(
        text,
        json!({}),
        json!({ "CapDrop": ["ALL"], "CapAdd": ["NET_ADMIN"] }),
        &["CapEff:0000000000001000", "CapBnd:0000000000001000"],
    );
    see(
        text,
        json!({ "User": "1000" }),
        json!({}),
        &["CapEff:0000000000000000", &format!("CapBnd:{usual}")],
    );
}

#[test]
fn seccomp_is_on_unless_it_is_asked_to_be_off() {
    let text = "grep -E '^(Seccomp|NoNewPrivs):' /proc/self/status | tr -d '\\t'; mkdir -p /m; mount -t tmpfs x /m 2>/dev/null && echo mounted || echo refused";
    see(text, json!({}), json!({}), &["NoNewPrivs:0", "Seccomp:2", "refused"]);
    see(
        text,
        json!({}),
        json!({ "SecurityOpt": ["seccomp=unconfined", "no-new-privileges"] }),
        &["NoNewPrivs:1", "Seccomp:0", "refused"],
    );
    see(
        text,
        json!({}),
        json!({ "CapAdd": ["SYS_ADMIN"] }),
        &["NoNewPrivs:0", "Seccomp:2", "mounted"],
    );
}

#[test]
fn a_privileged_container_has_the_hosts_devices_and_rights() {
    let text = "mkdir -p /m; mount -t tmpfs x /m && echo mounted; test -e /dev/kmsg && echo device; touch /proc/sys/kernel/x 2>&1 | grep -c Read-only; dd if=/dev/kmsg count=0 2>/dev/null && echo opened";
    see(text, json!({}), json!({ "Privileged": true }), &["mounted", "device", "0", "opened"]);
}

#[test]
fn a_device_is_there_with_the_rights_asked_for() {
    let device = json!({ "PathOnHost": "/dev/fuse", "PathInContainer": "/dev/of-host", "CgroupPermissions": "r" });
    let text = "stat -c %F /dev/of-host; dd if=/dev/of-host count=0 2>/dev/null && echo read; (echo x > /dev/of-host) 2>/dev/null || echo not written";
    see(
        text,
        json!({}),
        json!({ "Devices": [device] }),
        &["character special file", "read", "not written"],
    );
    let text =
        "mknod /tmp/k c 10 229; dd if=/tmp/k of=/dev/null count=0 2>/dev/null || echo refused";
    see(text, json!({}), json!({}), &["refused"]);
}

#[test]
fn tmpfs_shm_and_limits_are_as_asked() {
    see(
        "df -k /scratch | tail -1 | tr -s ' ' | cut -d' ' -f2; df -k /dev/shm | tail -1 | tr -s ' ' | cut -d' ' -f2; ulimit -c; ulimit -Hn; ulimit -n",
        json!({}),
        json!({
            "Tmpfs": { "/scratch": "size=1m,mode=700" },
            "ShmSize": 2 << 20,
            "Ulimits": [{ "Name": "core", "Soft": 0, "Hard": 0 }, { "Name": "nofile", "Soft": 100, "Hard": 200 }],
        }),
        &["1024", "2048", "0", "200", "100"],
    );
}

#[test]
fn names_come_from_the_definition() {
    see(
        "grep -c 'one$' /etc/hosts; cat /etc/resolv.conf; cat /etc/hostname; cat /proc/sys/kernel/msgmax",
        json!({ "Hostname": "host-2" }),
        json!({
            "ExtraHosts": ["one:10.9.8.7"], "Dns": ["10.9.8.6"], "DnsSearch": ["corp"],
            "Sysctls": { "kernel.msgmax": "4096", "net.ipv4.ip_unprivileged_port_start": "0" },
        }),
        &["1", "search corp", "nameserver 10.9.8.6", "host-2", "4096"],
    );
    see(
        "cat /proc/sys/net/ipv4/ip_unprivileged_port_start",
        json!({}),
        json!({ "Sysctls": { "net.ipv4.ip_unprivileged_port_start": "7" } }),
        &["7"],
    );
}

#[test]
fn a_terminal_is_a_terminal_and_its_output_is_logged() {
    see("tty; echo $TERM", json!({ "Tty": true }), json!({}), &["/dev/pts/0", "xterm"]);
}

#[test]
fn standard_input_is_at_its_end_unless_it_is_kept_open() {
    see("cat; echo end", json!({}), json!({}), &["end"]);
    check(|bench| async move {
        let task = script_with(
            "cat; echo end",
            json!({ "dockerConfig": { "config": { "OpenStdin": true } } }),
        );
        bench.run(&task).await;
        // Still reading: only a signal ends it.
        bench.signal(&task, "main", agent::driver::Signal::Kill).await;
        assert_eq!(bench.exit(&task, "main").await.code, 137);
    });
}

#[test]
fn the_small_init_passes_signals_on_and_reaps() {
    check(|bench| async move {
        let task = script_with(
            "trap 'echo caught; exit 5' TERM; (sleep 0.01 & exec sleep 0.02) & cat /proc/1/comm; echo ready; while :; do sleep 0.05; done",
            json!({ "dockerConfig": { "hostConfig": { "Init": true } } }),
        );
        bench.run(&task).await;
        bench.log_has(&task, "main", "ready").await;
        let zombies = || bench.probe(&task, "main", &["sh", "-c", "ps -o stat | grep -c Z"]);
        // The shell's own child may be one for a moment; an orphan that is not reaped is one for ever.
        let reaped = async { while zombies().await.1.trim() != "0" {} };
        tokio::time::timeout(std::time::Duration::from_secs(10), reaped)
            .await
            .expect("orphans are reaped");
        bench.signal(&task, "main", agent::driver::Signal::Stop).await;
        assert_eq!(bench.exit(&task, "main").await.code, 5);
        let log = bench.log(&task, "main");
        assert!(log.starts_with("longshore-init\n") && log.contains("caught"), "{log}");
    });
}

#[test]
fn process_ids_are_private_or_the_tasks_or_the_hosts() {
    see("echo $$", json!({}), json!({}), &["1"]);
    check(|bench| async move {
        let containers = json!([
            { "name": "main", "command": ["sh", "-c", "echo $$; exec sleep 1000"] },
            { "name": "other", "command": ["sh", "-c", "ps -o args | grep -c '^sleep 1000'"] },
        ]);
        let task = task(json!({ "pidMode": "task" }), containers);
        bench.run(&task).await;
        bench.log_has(&task, "main", "\n").await;
        assert_ne!(bench.log(&task, "main"), "1\n");
        bench.start(&task, "other").await.expect("started");
        assert_eq!(bench.exit(&task, "other").await.code, 0);
        assert_eq!(bench.log(&task, "other"), "1\n");
    });
    check(|bench| async move {
        let host = task(
            json!({ "pidMode": "host" }),
            json!([{ "name": "main", "command": ["sh", "-c", "cat /proc/1/comm"] }]),
        );
        let (exit, log) = bench.run_to_end(&host).await;
        let of_host = fs_err::read_to_string("/proc/1/comm").expect("comm");
        assert_eq!((exit.code, log), (0, of_host));
    });
}

#[test]
fn shared_memory_is_private_or_the_tasks() {
    let see = "stat -L -c %i /proc/self/ns/ipc";
    for (mode, is_shared) in [("task", true), ("", false)] {
        let main = format!("echo x > /dev/shm/x; {see}; exec sleep 1000");
        let other = format!("ls /dev/shm; {see}");
        let containers = json!([
            { "name": "main", "command": ["sh", "-c", main] },
            { "name": "other", "command": ["sh", "-c", other] },
        ]);
        check(|bench| async move {
            let task = task(json!({ "ipcMode": mode }), containers);
            bench.run(&task).await;
            bench.log_has(&task, "main", "\n").await;
            bench.start(&task, "other").await.expect("started");
            bench.exit(&task, "other").await;
            let wanted = format!("x\n{}", bench.log(&task, "main"));
            assert_eq!(bench.log(&task, "other") == wanted, is_shared, "{mode}");
        });
    }
}

#[test]
fn a_container_is_killed_for_memory_before_its_shim() {
    see("cat /proc/self/oom_score_adj", json!({}), json!({}), &["0"]);
}

#[test]
fn entry_point_and_command_follow_docker() {
    check(|bench| async move {
        let container = json!({ "name": "main", "entryPoint": ["echo", "a"], "command": ["b"] });
        let (_, log) = bench.run_to_end(&task(json!({}), json!([container]))).await;
        assert_eq!(log, "a b\n");
    });
    check(|bench| async move {
        let container = json!({ "name": "main", "command": ["b"], "overrides": "{\"command\":[\"echo\",\"c\"]}" });
        let (_, log) = bench.run_to_end(&task(json!({}), json!([container]))).await;
        assert_eq!(log, "c\n");
    });
}
