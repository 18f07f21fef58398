//! Commands that somebody talks to, in running containers. Asked for by `KERNEL_TESTS=1`.

mod kernel_support;

use agent::driver::{Driver, ExecCommand, ExecProcess};
use domain::link::{acs::PayloadTask, exec::WindowSize};
use kernel_support::{Bench, DEADLINE, check, key, script, script_with};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

const WINDOW: WindowSize = WindowSize { cols: 91, rows: 17 };

async fn enter(
    bench: &Bench,
    task: &PayloadTask,
    command: &[&str],
    window: Option<WindowSize>,
) -> ExecProcess {
    let args = command.iter().map(|word| (*word).to_owned()).collect();
    let command = ExecCommand { args, window };
    bench.driver.exec(key(task, "main"), command).await.expect("entered")
}

/// Reads until `text` was said; a terminal's end is an error.
async fn said(process: &mut ExecProcess, text: &str) -> String {
    let mut all = String::new();
    let reading = async {
        while !all.contains(text) {
            let mut room = [0; 1024];
            match process.output.read(&mut room).await {
                Ok(0) | Err(_) => break,
                Ok(length) => all += &String::from_utf8_lossy(&room[..length]),
            }
        }
    };
    tokio::time::timeout(DEADLINE, reading).await.expect("it says so in time");
    assert!(all.contains(text), "{text:?} in {all:?}");
    all
}

async fn ended(process: &mut ExecProcess) -> Option<i64> {
    tokio::time::timeout(DEADLINE, process.life.ended()).await.expect("it ends in time")
}

/// How many processes of the container have these arguments.
async fn count(bench: &Bench, task: &PayloadTask, args: &str) -> String {
    let command = format!("ps -o args | grep -c '^{args}'");
    bench.probe(task, "main", &["sh", "-c", &command]).await.1.trim().to_owned()
}

/// Waits until so many processes of the container have these arguments.
async fn until(bench: &Bench, task: &PayloadTask, args: &str, wanted: &str) {
    let waiting = async { while count(bench, task, args).await != wanted {} };
    tokio::time::timeout(DEADLINE, waiting).await.expect("so many run in time");
}

#[test]
fn a_shell_has_a_terminal_of_the_size_that_was_asked_for() {
    check(|bench| async move {
        let task = script_with(
            "exec sleep 1000",
            json!({ "environment": { "A": "of container" }, "dockerConfig": { "config": { "User": "web" } } }),
        );
        bench.run(&task).await;
        let mut shell = enter(&bench, &task, &["sh"], Some(WINDOW)).await;
        shell
            .input
            .write_all(b"id -u; tty; echo $TERM $A; busybox stty size\n")
            .await
            .expect("typed");
        let text = said(&mut shell, "17 91").await;
        assert!(
            text.contains("0\r\n/dev/pts/") && text.contains("xterm-256color of container"),
            "{text}"
        );
        shell.life.resize(WindowSize { cols: 120, rows: 40 });
        shell.input.write_all(b"busybox stty size\n").await.expect("typed");
        said(&mut shell, "40 120").await;
        shell.input.write_all(b"exit 7\n").await.expect("typed");
        assert_eq!(ended(&mut shell).await, Some(7));
    });
}

#[test]
fn control_c_interrupts_what_runs_in_the_shell_and_not_the_shell() {
    check(|bench| async move {
        let task = script("exec sleep 1000");
        bench.run(&task).await;
        let mut shell = enter(&bench, &task, &["sh"], Some(WINDOW)).await;
        shell.input.write_all(b"echo be; sleep 4321; echo after $?\n").await.expect("typed");
        said(&mut shell, "\r\nbe").await;
        until(&bench, &task, "sleep 4321", "1").await;
        shell.input.write_all(b"\x03").await.expect("typed");
        shell.input.write_all(b"echo still $((40 + 2))\n").await.expect("typed");
        said(&mut shell, "still 42").await;
    });
}

#[test]
fn without_a_terminal_streams_stay_apart_and_bytes_stay_as_they_are() {
    check(|bench| async move {
        let task = script("exec sleep 1000");
        bench.run(&task).await;
        let command = ["sh", "-c", "cat; echo to stderr >&2; exit 3"];
        let cat = enter(&bench, &task, &command, None).await;
        let bytes: Vec<u8> = (0..=255).cycle().take(200_000).collect();
        let ExecProcess { mut input, mut output, error, mut life } = cat;
        let typed = bytes.clone();
        let ((), heard) = tokio::join!(
            async move {
                input.write_all(&typed).await.expect("written");
                drop(input);
            },
            async {
                let mut heard = Vec::new();
                output.read_to_end(&mut heard).await.expect("read");
                heard
            }
        );
        assert!(heard == bytes, "{} bytes came back", heard.len());
        let mut text = String::new();
        error.expect("a stream of its own").read_to_string(&mut text).await.expect("read");
        assert_eq!(text, "to stderr\n");
        assert_eq!(tokio::time::timeout(DEADLINE, life.ended()).await.expect("in time"), Some(3));
    });
}

#[test]
fn who_goes_away_takes_the_command_along_also_what_it_left_in_the_background() {
    check(|bench| async move {
        let task = script("exec sleep 1000");
        bench.run(&task).await;
        let mut shell = enter(&bench, &task, &["sh"], Some(WINDOW)).await;
        let stubborn = b"(trap '' HUP; sleep 4321) & sleep 4322 & echo is=$((1 + 1))\n";
        shell.input.write_all(stubborn).await.expect("typed");
        said(&mut shell, "is=2").await;
        until(&bench, &task, "sleep 432", "2").await;
        drop(shell);
        until(&bench, &task, "sleep 432", "0").await;
        assert_eq!(count(&bench, &task, "sleep 1000").await, "1", "the container's own goes on");
    });
}

#[test]
fn a_command_that_ends_takes_along_what_it_left_in_its_session() {
    check(|bench| async move {
        let task = script("exec sleep 1000");
        bench.run(&task).await;
        let mut command =
            enter(&bench, &task, &["sh", "-c", "(trap '' HUP; exec sleep 4321) & exit 5"], None)
                .await;
        assert_eq!(ended(&mut command).await, Some(5));
        until(&bench, &task, "sleep 4321", "0").await;
    });
}

#[test]
fn the_end_of_the_container_ends_its_commands() {
    check(|bench| async move {
        let task = script("exec sleep 1000");
        bench.run(&task).await;
        let mut shell = enter(&bench, &task, &["sh"], Some(WINDOW)).await;
        bench.signal(&task, "main", agent::driver::Signal::Kill).await;
        assert_eq!(ended(&mut shell).await, Some(137));
        bench.exit(&task, "main").await;
        let late = ExecCommand { args: vec!["sh".into()], window: None };
        let refused = bench.driver.exec(key(&task, "main"), late).await.err().expect("it ended");
        assert!(refused.text.contains("does not run"), "{refused}");
    });
}

#[test]
fn a_program_that_is_not_there_is_named() {
    check(|bench| async move {
        let task = script("exec sleep 1000");
        bench.run(&task).await;
        for window in [None, Some(WINDOW)] {
            let command = ExecCommand { args: vec!["no-such-program".into()], window };
            let refused =
                bench.driver.exec(key(&task, "main"), command).await.err().expect("refused");
            assert!(refused.text.contains("no-such-program"), "{refused}");
        }
    });
}

#[test]
fn many_commands_at_once_do_not_mix() {
    check(|bench| async move {
        let task = script("exec sleep 1000");
        bench.run(&task).await;
        let commands = (0..6).map(|number| {
            let (bench, task) = (&bench, &task);
            async move {
                let text = format!("echo of {number}; exit {number}");
                let window = (number % 2 == 0).then_some(WINDOW);
                let mut command = enter(bench, task, &["sh", "-c", &text], window).await;
                said(&mut command, &format!("of {number}")).await;
                assert_eq!(ended(&mut command).await, Some(number));
            }
        });
        futures_util::future::join_all(commands).await;
    });
}
