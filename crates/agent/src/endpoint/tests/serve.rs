//! The shell on real sockets: callers are told apart by loopback addresses.

use super::{Caller, ClockDrift, Facts, arn, endpoint_id, facts, host, ids, portrait, task_caller};
use crate::{
    Credentials,
    endpoint::{Ask, Doorway, Endpoint, Listener, Sample, run},
    fake_plane::{Plane, SECRET},
    link::{Api, Http},
};
use domain::{id::Region, time::Timestamp};
use futures_util::{FutureExt, future::BoxFuture};
use std::{
    collections::BTreeMap,
    io,
    net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener},
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpSocket,
    sync::{mpsc, watch},
    task::JoinSet,
};
use tokio_util::sync::{CancellationToken, DropGuard};

const TASK_A: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);
const TASK_B: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 3);
const NOBODY: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 9);

/// A door at which addresses of loopback are tasks.
struct Door {
    socket: Mutex<Option<TcpListener>>,
    tasks: Mutex<BTreeMap<IpAddr, Caller>>,
}

impl Doorway for Door {
    fn listen(&self) -> io::Result<Vec<Listener>> {
        let socket = self.socket.lock().expect("no panic").take().expect("asked once");
        Ok(vec![Listener::Tasks(socket)])
    }

    fn caller(&self, address: IpAddr) -> Option<Caller> {
        self.tasks.lock().expect("no panic").get(&address).cloned()
    }

    fn facts(&self, _: &str) -> BTreeMap<String, Facts> {
        facts("bridge")
    }

    fn samples(&self, _: String) -> BoxFuture<'_, BTreeMap<String, Sample>> {
        let web = Sample { at: Timestamp(super::NOW.0), cpu_ns: [9, 4, 5], ..Sample::default() };
        async move { BTreeMap::from([("web".to_owned(), web)]) }.boxed()
    }

    fn sees_instance(&self, _: &Caller) -> bool {
        true
    }

    fn clock_drift(&self) -> Option<ClockDrift> {
        None
    }

    fn storage_used_mib(&self, _: String) -> BoxFuture<'_, Option<i64>> {
        async { Some(261) }.boxed()
    }
}

/// Endpoints that answer.
struct Served {
    address: SocketAddr,
    door: Arc<Door>,
    _tasks: JoinSet<()>,
    _leaving: DropGuard,
}

impl Served {
    fn start(plane: &Plane, introspection: Option<SocketAddr>) -> Self {
        let socket = TcpListener::bind("127.0.0.1:0").expect("a port");
        socket.set_nonblocking(true).expect("a socket");
        let address = socket.local_addr().expect("an address");
        let known = [(TASK_A, "a"), (TASK_B, "b")];
        let known = known.map(|(address, letter)| (IpAddr::V4(address), task_caller(letter)));
        let door =
            Arc::new(Door { socket: Mutex::new(Some(socket)), tasks: Mutex::new(known.into()) });
        let credentials = Credentials {
            access_key_id: "000000000000".into(),
            secret_access_key: SECRET.into(),
            session_token: None,
        };
        let region = Region::parse("us-east-1").expect("a region");
        let http = Arc::new(Http::new(credentials, region, Arc::new(|| super::NOW)));
        let (asks, mut asked) = mpsc::channel::<Ask>(1);
        let door_of = Arc::clone(&door);
        let endpoint = Endpoint::new(
            Some(door_of),
            ids(),
            watch::channel(host()).1,
            asks,
            Api::new(http, plane.endpoint(), "default".into()),
            Arc::new(|| super::NOW),
        );
        let leaving = CancellationToken::new();
        let mut tasks = JoinSet::new();
        tasks.spawn(run(Arc::new(endpoint), introspection, leaving.clone()));
        tasks.spawn(async move {
            while let Some(ask) = asked.recv().await {
                let all = ["a", "b"].map(portrait);
                let wanted = |it: &crate::machine::Portrait| {
                    ask.task.as_ref().is_none_or(|id| it.payload.id() == id.as_str())
                };
                let _ = ask.answer.send(all.into_iter().filter(wanted).collect());
            }
        });
        Self { address, door, _tasks: tasks, _leaving: leaving.drop_guard() }
    }

    /// What a client at `from` is answered; nothing if it is not spoken to.
    async fn ask(&self, from: Ipv4Addr, requests: &[&str]) -> String {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.bind((from, 0).into()).expect("an address of loopback");
        let talk = async {
            let mut stream = socket.connect(self.address).await.expect("a connection");
            for request in requests {
                // The other end may not want to hear it.
                let _ = stream.write_all(request.as_bytes()).await;
            }
            // It may reset the connection then; what it said before counts.
            let mut bytes = Vec::new();
            while stream.read_buf(&mut bytes).await.is_ok_and(|count| count > 0) {}
            String::from_utf8(bytes).expect("text")
        };
        tokio::time::timeout(Duration::from_secs(20), talk).await.expect("an end")
    }
}

fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
}

#[tokio::test]
async fn callers_are_told_apart_by_their_addresses() {
    let plane = Plane::start().await;
    let served = Served::start(&plane, None);
    let path = get("/v2/credentials/app-a");
    let own = served.ask(TASK_A, &[&path]).await;
    assert!(own.starts_with("HTTP/1.1 200") && own.contains("ASIAa"), "{own}");
    let other = served.ask(TASK_B, &[&path]).await;
    assert!(other.starts_with("HTTP/1.1 400") && !other.contains("ASIA"), "{other}");
    assert_eq!(served.ask(NOBODY, &[&path]).await, "", "nobody is not spoken to");
    let stats = served.ask(TASK_A, &[&get(&format!("/v4/{}/stats", endpoint_id("a")))]).await;
    assert!(stats.contains("\"total_usage\":9"), "{stats}");
}

#[tokio::test]
async fn a_connection_that_outlives_its_owner_is_not_answered() {
    let plane = Plane::start().await;
    let served = Served::start(&plane, None);
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.bind((TASK_A, 0).into()).expect("an address");
    let mut stream = socket.connect(served.address).await.expect("a connection");
    let mut first = [0; 12];
    stream.write_all(b"GET /v2/credentials/app-a HTTP/1.1\r\nhost: x\r\n\r\n").await.expect("sent");
    stream.read_exact(&mut first).await.expect("an answer");
    assert_eq!(&first, b"HTTP/1.1 200");
    served.door.tasks.lock().expect("no panic").remove(&IpAddr::V4(TASK_A));
    stream.write_all(get("/v2/credentials/app-a").as_bytes()).await.expect("sent");
    let mut rest = String::new();
    stream.read_to_string(&mut rest).await.expect("an answer");
    assert!(rest.contains("HTTP/1.1 403"), "{rest}");
}

#[tokio::test]
async fn the_sixty_first_request_at_once_is_too_many_and_others_do_not_suffer() {
    let plane = Plane::start().await;
    let served = Served::start(&plane, None);
    let open = "GET /v2/credentials/app-a HTTP/1.1\r\nhost: x\r\n\r\n".repeat(60);
    let answers = served.ask(TASK_A, &[&open, &get("/v2/credentials/app-a")]).await;
    assert_eq!(answers.matches("HTTP/1.1 200").count(), 60);
    assert_eq!(answers.matches("HTTP/1.1 429").count(), 1);
    let other = served.ask(TASK_B, &[&get("/v2/credentials/app-b")]).await;
    assert!(other.starts_with("HTTP/1.1 200"), "{other}");
}

#[tokio::test]
async fn who_asks_too_often_is_left_and_what_it_asked_ahead_is_not_read() {
    let plane = Plane::start().await;
    let served = Served::start(&plane, None);
    let open = "GET /v2/credentials/app-a HTTP/1.1\r\nhost: x\r\n\r\n".repeat(500);
    let answers = served.ask(TASK_A, &[&open]).await;
    // Some are let in while others are read, and who does not wait for answers may lose the last ones: the reset of its connection overtakes them.
    let answered = answers.matches("HTTP/1.1 200").count();
    assert!((1..500).contains(&answered), "{answered} were answered");
    assert!(answers.matches("HTTP/1.1 429").count() <= 1, "{answers}");
}

#[tokio::test]
async fn a_head_has_its_limit() {
    let plane = Plane::start().await;
    let served = Served::start(&plane, None);
    let long = format!("GET / HTTP/1.1\r\nhost: x\r\nx-long: {}\r\n\r\n", "x".repeat(20_000));
    let answer = served.ask(TASK_A, &[&long]).await;
    assert!(answer.starts_with("HTTP/1.1 431"), "{answer}");
}

#[tokio::test]
async fn protection_is_asked_of_the_plane_in_the_tasks_name() {
    let plane = Plane::start().await;
    let served = Served::start(&plane, None);
    plane.fail_next("UpdateTaskProtection", 400, "AccessDeniedException");
    let body = r#"{"ProtectionEnabled":true}"#;
    let path = format!("/api/{}/task-protection/v1/state", endpoint_id("a"));
    let put = format!(
        "PUT {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let reply = served.ask(TASK_A, &[&put]).await;
    assert!(reply.starts_with("HTTP/1.1 400") && reply.contains("AccessDenied"), "{reply}");
    let state = plane.state();
    let (operation, request) = state.calls.last().expect("a call");
    assert_eq!(operation, "UpdateTaskProtection failed");
    assert_eq!(request["tasks"][0], arn("a"));
    assert!(state.complaints.is_empty(), "signed by the role: {:?}", state.complaints);
}

#[tokio::test]
async fn introspection_that_finds_its_address_taken_is_off_and_all_else_is_on() {
    let plane = Plane::start().await;
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let served = Served::start(&plane, Some(taken.local_addr().expect("an address")));
    let reply = served.ask(TASK_A, &[&get("/v1/credentials?id=app-a")]).await;
    assert!(reply.starts_with("HTTP/1.1 200"), "{reply}");
}
