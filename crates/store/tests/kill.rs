//! The process is killed under load, again and again: what it acknowledged to someone outside is there.

use domain::record::Revision;
use std::{
    collections::BTreeMap,
    env,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};
use store::{
    Embedded, Engine, Expect, OpenError, Options, Snapshot, Transaction,
    conformance::{Note, key, note},
};
use tokio::task::JoinSet;

const ROUNDS: usize = 30;
const CLIENTS: usize = 8;
/// Set for the process that is to be killed, which is this test again.
const VICTIM: &str = "STORE_TEST_VICTIM_DIR";

/// So small that a round goes through segments and checkpoints.
const SMALL: Options = Options {
    segment_bytes: 16 * 1024,
    checkpoint_log_bytes: 40 * 1024,
    history_commits_max: 100,
    history_bytes_max: 1 << 20,
};

/// The two records that each commit of a client puts together.
fn pair(client: usize) -> [domain::key::Key; 2] {
    ["left", "right"].map(|side| key(&format!("{client}/{side}")))
}

/// How often a client has committed, and that both of its records say so.
fn count(snapshot: &Snapshot, client: usize) -> u64 {
    let [left, right] = pair(client).map(|key| {
        let found = snapshot.get::<Note>(&key).expect("readable");
        found.map_or(0, |found| found.text.trim_end_matches('.').parse().expect("a number"))
    });
    assert_eq!(left, right, "half a commit of client {client}");
    left
}

async fn be_killed(dir: &Path) {
    let engine = Embedded::open(dir, SMALL).await.expect("what the last victim left opens");
    let mut clients = JoinSet::new();
    for client in 0..CLIENTS {
        let engine = engine.clone();
        clients.spawn(async move {
            let mut count = count(&engine.snapshot().await.expect("open"), client);
            loop {
                count += 1;
                let mut transaction = Transaction::new();
                for key in pair(client) {
                    let padding = ".".repeat(usize::try_from(count % 700).expect("small"));
                    transaction.put(&key, Expect::Any, note(&format!("{count}{padding}")));
                }
                let revision = engine.commit(transaction).await.expect("there is room");
                let line = format!("\nacknowledged {client} {count} {revision}\n");
                std::io::stdout().write_all(line.as_bytes()).expect("the parent listens");
            }
        });
    }
    clients.join_all().await;
}

fn start_victim(dir: &Path) -> Child {
    let this = env::current_exe().expect("this test");
    Command::new(this)
        .args(["--exact", "killed_under_load_loses_nothing_acknowledged", "--nocapture"])
        .env(VICTIM, dir)
        .stdout(Stdio::piped())
        .spawn()
        .expect("this test starts again")
}

/// What the victim says was acknowledged: by client, the greatest count; and the greatest revision.
#[derive(Default)]
struct Acknowledged {
    counts: BTreeMap<usize, u64>,
    revision: Revision,
    lines: usize,
}

impl Acknowledged {
    fn hear(&mut self, line: &str) {
        let Some(numbers) = line.strip_prefix("acknowledged ") else { return };
        let numbers: Vec<u64> =
            numbers.split(' ').map_while(|number| number.parse().ok()).collect();
        // The last line may be cut off by the kill, in the middle of a number.
        let [client, count, revision] = numbers[..] else { return };
        self.counts.insert(usize::try_from(client).expect("few"), count);
        self.revision = self.revision.max(Revision(revision));
        self.lines += 1;
    }
}

#[tokio::test]
async fn killed_under_load_loses_nothing_acknowledged() {
    if let Some(dir) = env::var_os(VICTIM) {
        return be_killed(&PathBuf::from(dir)).await;
    }
    let dir = tempfile::tempdir().unwrap();
    for round in 0..ROUNDS {
        let mut victim = start_victim(dir.path());
        let mut heard = Acknowledged::default();
        let mut output = BufReader::new(victim.stdout.take().expect("piped")).lines();
        // Another moment in every round, from the first commit to beyond checkpoints.
        while heard.lines < 1 + round * 17 {
            heard.hear(&output.next().expect("it goes on").expect("text"));
        }
        let pid = victim.id();
        let refused = Embedded::open(dir.path(), SMALL).await.expect_err("the victim has it");
        assert!(
            matches!(refused, OpenError::Locked { pid: Some(found), .. } if found == pid),
            "{refused}"
        );
        victim.kill().expect("it runs");
        victim.wait().expect("it was killed");
        output.map_while(Result::ok).for_each(|line| heard.hear(&line));

        let engine = Embedded::open(dir.path(), SMALL).await.expect("what was left opens");
        let snapshot = engine.snapshot().await.expect("open");
        assert!(snapshot.revision() >= heard.revision, "round {round}: {:?}", snapshot.revision());
        for (client, acknowledged) in &heard.counts {
            let found = count(&snapshot, *client);
            // A client has one commit under way, which may be there or not; its line may be lost with the pipe.
            assert!(
                found >= *acknowledged,
                "round {round}: client {client} {found} < {acknowledged}"
            );
        }
        engine.close().await;
    }
}
