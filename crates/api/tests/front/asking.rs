//! The ways to ask that are right.

use crate::plane::{Answer, Plane, ecs_request, request};
use api::Mode;
use bytes::Bytes;
use http::Request;
use http_body_util::{BodyExt, Full};
use hyper_util::rt::{TokioExecutor, TokioIo};
use serde_json::json;
use std::collections::BTreeSet;
use tokio::{io::AsyncWriteExt, net::TcpStream, task::JoinSet};

#[tokio::test]
async fn json_is_answered_in_json() {
    let plane = Plane::new(Mode::Local).await;
    let answer = plane.ecs("CreateCluster", r#"{"clusterName": "web"}"#).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/x-amz-json-1.1"));
    assert_eq!(
        answer.json()["cluster"]["clusterArn"],
        "arn:aws:ecs:us-east-1:000000000000:cluster/web"
    );
}

#[tokio::test]
async fn a_form_is_answered_in_xml() {
    let plane = Plane::new(Mode::Local).await;
    let form = "Action=GetCallerIdentity&Version=2011-06-15";
    let answer = plane
        .send(&request("Content-Type: application/x-www-form-urlencoded; charset=utf-8\r\n", form))
        .await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "text/xml"));
    assert_eq!(answer.element("Arn"), "arn:aws:iam::000000000000:root");
    assert_eq!(answer.element("Account"), "000000000000");
    assert_eq!(answer.element("RequestId"), answer.header("x-amzn-requestid"));
}

#[tokio::test]
async fn no_two_requests_have_the_same_id() {
    let plane = Plane::new(Mode::Local).await;
    let mut ids = BTreeSet::new();
    for body in ["{}", "not JSON", "{}"] {
        let answer = plane.ecs("ListClusters", body).await;
        let id = answer.header("x-amzn-requestid").to_owned();
        assert!(id.len() == 36 && id.split('-').count() == 5, "{id}");
        ids.insert(id);
    }
    assert_eq!(ids.len(), 3);
}

#[tokio::test]
async fn a_connection_serves_one_request_after_the_other() {
    let plane = Plane::new(Mode::Local).await;
    let mut stream = TcpStream::connect(plane.address).await.expect("a connection");
    for name in ["a", "b"] {
        let body = json!({"clusterName": name}).to_string();
        stream.write_all(&ecs_request("CreateCluster", "", &body)).await.expect("it is sent");
        assert_eq!(Answer::read(&mut stream).await.status, 200);
    }
    let both =
        [ecs_request("ListClusters", "", "{}"), ecs_request("DescribeClusters", "", "")].concat();
    stream.write_all(&both).await.expect("it is sent");
    let list = Answer::read(&mut stream).await.json();
    assert_eq!(list["clusterArns"].as_array().map(Vec::len), Some(2));
    assert_eq!(Answer::read(&mut stream).await.json()["failures"][0]["reason"], "MISSING");
}

#[tokio::test]
async fn a_body_may_come_in_chunks_and_after_it_was_asked_for() {
    let plane = Plane::new(Mode::Local).await;
    let mut stream = TcpStream::connect(plane.address).await.expect("a connection");
    let head = "POST / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\
                X-Amz-Target: AmazonEC2ContainerServiceV20141113.CreateCluster\r\n\
                Content-Type: application/x-amz-json-1.1\r\n\r\n";
    stream.write_all(head.as_bytes()).await.expect("it is sent");
    assert_eq!(Answer::read(&mut stream).await.status, 100);
    stream
        .write_all(b"b\r\n{\"clusterNa\r\n9\r\nme\":\"web\"\r\n1\r\n}\r\n0\r\n\r\n")
        .await
        .expect("it is sent");
    assert_eq!(Answer::read(&mut stream).await.json()["cluster"]["clusterName"], "web");
}

#[tokio::test]
async fn http_2_is_spoken_without_being_asked() {
    let plane = Plane::new(Mode::Local).await;
    let stream = TcpStream::connect(plane.address).await.expect("a connection");
    let (mut client, connection) =
        hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(stream))
            .await
            .expect("HTTP/2");
    let mut connections = JoinSet::new();
    connections.spawn(connection);
    let request = Request::post(format!("http://{}/", plane.address))
        .header("x-amz-target", "AmazonEC2ContainerServiceV20141113.ListClusters")
        .header("content-type", "application/x-amz-json-1.1")
        .body(Full::new(Bytes::from_static(b"{}")))
        .expect("a request");
    let response = client.send_request(request).await.expect("a response");
    let body = response.into_body().collect().await.expect("a body").to_bytes();
    assert_eq!(body, r#"{"clusterArns":[]}"#);
}
