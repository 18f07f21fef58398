//! What is malformed, too large, too slow or unknown is refused by a clear fault, and the next request is served.

use crate::plane::{Answer, Plane, ecs_request, request};
use api::{Mode, Peer};
use bytes::Bytes;
use http::Request;
use http_body_util::BodyExt;
use hyper::body::{Body, Frame};
use hyper_util::rt::TokioIo;
use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinSet,
};

#[tokio::test]
async fn malformed_json_and_wrong_types_say_where() {
    let plane = Plane::new(Mode::Local).await;
    for (body, place) in [
        ("{", "column 1"),
        ("{\"clusterName\": }", "column 17"),
        ("{\"clusterName\": \"a\"} x", "column 22"),
        ("{\"clusterName\": 7}", "clusterName"),
        ("{\"tags\": {\"key\": \"a\"}}", "tags"),
        ("{\"tags\": [\"a\"]}", "tags"),
        ("[]", "CreateCluster"),
        ("\u{0}", "column 1"),
    ] {
        let answer = plane.ecs("CreateCluster", body).await;
        let fault = answer.fault();
        assert!(fault.starts_with("400 SerializationException: "), "{body}: {fault}");
        if place != "CreateCluster" {
            assert!(fault.contains(place), "{body}: {fault}");
        }
        assert_eq!(answer.header("x-amzn-requestid").len(), 36);
    }
    let deep = "[".repeat(100_000);
    let fault = plane.ecs("CreateCluster", &format!("{{\"tags\": {deep}")).await.fault();
    assert!(fault.starts_with("400 SerializationException: "), "{fault}");
}

#[tokio::test]
async fn rules_of_the_model_are_told_in_aws_s_words() {
    let plane = Plane::new(Mode::Local).await;
    let fault = plane.ecs("DeleteCluster", "{}").await.fault();
    assert!(
        fault.starts_with("400 InvalidParameterException: 1 validation error detected: "),
        "{fault}"
    );
    assert!(fault.contains("'cluster'"), "{fault}");
}

#[tokio::test]
async fn unknown_targets_and_what_is_not_served_are_named() {
    let plane = Plane::new(Mode::Local).await;
    let fault = plane.ecs("MakeCoffee", "{}").await.fault();
    assert!(
        fault.starts_with("400 UnknownOperationException: ") && fault.contains("MakeCoffee"),
        "{fault}"
    );
    for target in ["", "Nothing", "Nothing.At.All", "AmazonEC2ContainerServiceV20141113."] {
        let fault =
            plane.send(&request(&format!("X-Amz-Target: {target}\r\n"), "{}")).await.fault();
        assert!(fault.starts_with("400 UnknownOperationException: "), "{target}: {fault}");
    }
    let fault = plane.ecs("CreateExpressGatewayService", "{}").await.fault();
    assert!(
        fault.contains("CreateExpressGatewayService")
            && fault.contains("not served by Longshore yet"),
        "{fault}"
    );
    let kind = "Content-Type: application/x-www-form-urlencoded\r\n";
    let form = "Action=MakeCoffee&Version=2011-06-15";
    let fault = plane.send(&request(kind, form)).await.fault();
    assert!(fault.starts_with("400 InvalidAction: ") && fault.contains("MakeCoffee"), "{fault}");
    let fault =
        plane.send(&request(kind, "Action=GetFederationToken&Version=2011-06-15")).await.fault();
    assert!(
        fault.contains("GetFederationToken") && fault.contains("not served by Longshore yet"),
        "{fault}"
    );
    for line in ["GET / HTTP/1.1", "PUT /nothing/here HTTP/1.1"] {
        let answer = plane.send(format!("{line}\r\nHost: localhost\r\n\r\n").as_bytes()).await;
        assert_eq!(answer.status, 404, "{line}: {}", answer.body);
    }
}

#[tokio::test]
async fn a_body_that_is_too_large_is_not_read() {
    let plane = Plane::new(Mode::Local).await;
    let large = "a".repeat(api::front::BODY_BYTES_MAX);
    let told = plane.ecs("CreateCluster", &format!("{{\"clusterName\": \"{large}\"}}")).await;
    let fault = told.fault();
    assert!(fault.starts_with("413 RequestEntityTooLargeException: "), "{fault}");
    assert!(fault.contains("1048576"), "{fault}");
    // Without a length the server has to count.
    let mut bytes = b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\
                      X-Amz-Target: AmazonEC2ContainerServiceV20141113.CreateCluster\r\n\r\n"
        .to_vec();
    for _ in 0..=api::front::BODY_BYTES_MAX / 65_536 {
        bytes.extend_from_slice(format!("10000\r\n{}\r\n", "a".repeat(65_536)).as_bytes());
    }
    let fault = plane.send(&bytes).await.fault();
    assert!(fault.starts_with("413 RequestEntityTooLargeException: "), "{fault}");
    let largest = "a".repeat(api::front::BODY_BYTES_MAX - 20);
    let fault =
        plane.ecs("CreateCluster", &format!("{{\"clusterName\":\"{largest}\"}}")).await.fault();
    assert!(
        fault.starts_with("400 InvalidParameterException: "),
        "read and refused for its content"
    );
}

#[tokio::test]
async fn heads_that_are_too_large_are_refused() {
    let plane = Plane::new(Mode::Local).await;
    let long = format!("X-Long: {}\r\n", "a".repeat(70_000));
    let fault = plane.send(&ecs_request("ListClusters", &long, "{}")).await.fault();
    assert_eq!(
        fault,
        "431 RequestHeaderSectionTooLarge: The headers of the request have more than 65536 bytes."
    );
    let many: String = (0..110).map(|at| format!("X-Many-{at}: a\r\n")).collect();
    assert_eq!(plane.send(&ecs_request("ListClusters", &many, "{}")).await.status, 431);
    assert_eq!(plane.send(b"this is not HTTP\r\n\r\n").await.status, 400);
    plane.ok("ListClusters", serde_json::json!({})).await;
}

#[tokio::test]
async fn a_packed_body_is_refused_by_its_encoding() {
    let plane = Plane::new(Mode::Local).await;
    let fault =
        plane.send(&ecs_request("ListClusters", "Content-Encoding: gzip\r\n", "{}")).await.fault();
    assert!(fault.starts_with("415 ") && fault.contains("gzip"), "{fault}");
}

#[tokio::test]
async fn a_client_that_goes_away_in_the_middle_harms_nobody() {
    let plane = Plane::new(Mode::Local).await;
    let whole = ecs_request("CreateCluster", "", r#"{"clusterName": "web"}"#);
    for cut in [1, 20, whole.len() - 5] {
        let mut stream = TcpStream::connect(plane.address).await.expect("a connection");
        stream.write_all(&whole[..cut]).await.expect("it is sent");
        drop(stream);
    }
    let list = plane.ok("ListClusters", serde_json::json!({})).await;
    assert_eq!(list["clusterArns"], serde_json::json!([]), "half a request does nothing");
}

/// What comes next of a body.
type Next = Poll<Option<Result<Frame<Bytes>, Infallible>>>;

/// A body that does one thing for ever.
struct Stubborn(fn() -> Next);

impl Body for Stubborn {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Next {
        (self.0)()
    }
}

async fn handle(plane: &Plane, body: Stubborn) -> Answer {
    let request = Request::post("/")
        .header("x-amz-target", "AmazonEC2ContainerServiceV20141113.ListClusters")
        .body(body)
        .expect("a request");
    let (head, body) = plane.front.handle(request).await.into_parts();
    let body = body.collect().await.expect("a body").to_bytes().to_vec();
    let id = head.headers["x-amzn-requestid"].to_str().expect("ASCII").to_owned();
    Answer {
        status: head.status.as_u16(),
        headers: vec![("x-amzn-requestid".into(), id)],
        body: String::from_utf8(body).expect("text"),
    }
}

#[tokio::test]
async fn a_body_that_does_not_come_is_not_waited_for() {
    let plane = Plane::new(Mode::Local).await;
    // Nothing else is going on, so that paused time runs on to the only thing that is waited for.
    tokio::time::pause();
    let fault = handle(&plane, Stubborn(|| Poll::Pending)).await.fault();
    assert_eq!(
        fault,
        "408 RequestTimeoutException: The body of the request did not arrive within 30 seconds."
    );
}

#[tokio::test]
async fn a_head_that_does_not_come_is_not_waited_for() {
    let plane = Plane::new(Mode::Local).await;
    let (mut client, server) = tokio::io::duplex(1024);
    tokio::time::pause();
    let started = tokio::time::Instant::now();
    let mut connections = JoinSet::new();
    connections.spawn(crate::plane::serve(
        TokioIo::new(server),
        Peer(plane.address),
        plane.front.clone(),
    ));
    client.write_all(b"POST / HTTP/1.1\r\nHost:").await.expect("it is sent");
    let mut rest = Vec::new();
    client.read_to_end(&mut rest).await.expect("the server hangs up");
    assert_eq!(started.elapsed().as_secs(), 60);
}

#[tokio::test]
async fn a_panic_is_answered_and_harms_nobody_else() {
    let plane = Plane::new(Mode::Local).await;
    let answer = handle(&plane, Stubborn(|| panic!("a bug of ours"))).await;
    assert!(answer.fault().starts_with("500 InternalFailure: "), "{}", answer.body);
    assert!(!answer.body.contains("a bug of ours"));
    assert_eq!(answer.header("x-amzn-requestid").len(), 36);
    plane.ok("ListClusters", serde_json::json!({})).await;
}
