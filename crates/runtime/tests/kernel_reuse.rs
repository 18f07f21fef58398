//! An address that changes hands takes no established flow along. Asked for by `KERNEL_TESTS=1`.

mod kernel_support;
mod vpc_support;

use agent::driver::Driver;
use kernel_support::{Bench, DEADLINE, check};
use runtime::LinuxDriver;
use std::net::UdpSocket;
use std::time::Duration;
use vpc_support::{Scene, members, rule, socket};

const SERVICE: u16 = 9000;
const CLIENT: u16 = 7777;

#[test]
fn the_next_owner_of_an_address_inherits_no_flow() {
    check(|bench| async move { change_hands(&bench, None).await });
}

#[test]
fn nor_does_it_where_another_agent_sees_the_owner_change() {
    check(|bench| async move {
        let next = bench.another();
        change_hands(&bench, Some(&next)).await;
    });
}

fn scene() -> Scene {
    let mut scene = Scene::new();
    let service = rule("udp", Some(SERVICE.into()), members("sg-client"));
    scene.group("sg-web", vec![service], vec![]);
    let out = || vec![rule("-1", None, vpc_support::block("0.0.0.0/0"))];
    scene.group("sg-client", vec![], out());
    scene.group("sg-other", vec![], out());
    scene.interface(5, &["sg-web"]);
    scene.interface(7, &["sg-client"]);
    scene
}

async fn change_hands(bench: &Bench, next: Option<&LinuxDriver>) {
    let empty = scene();
    let mut scene = empty.clone();
    scene.interface(6, &["sg-client"]);
    scene.tell(bench).await;
    let [server, friend, first] = [5, 7, 6].map(|last| scene.sleeper(last));
    for task in [&server, &friend, &first] {
        bench.run(task).await;
    }
    let [service, address] = [(scene.address(5), SERVICE), (scene.address(6), CLIENT)];
    let server = socket(bench, &server, service);
    server.set_read_timeout(Some(DEADLINE)).expect("set");
    let friend = socket(bench, &friend, (scene.address(7), CLIENT));
    let one = socket(bench, &first, address);
    one.set_read_timeout(Some(DEADLINE)).expect("set");
    // Both ways, so that the flow is established.
    one.send_to(b"first", service).expect("sent");
    assert_eq!(heard(&server), "first");
    server.send_to(b"yes", address).expect("sent");
    assert_eq!(heard(&one), "yes");
    drop(one);
    bench.remove(&first).await;
    // The same address, in a group that is not let in.
    let mut scene = empty;
    scene.interface(6, &["sg-other"]);
    let changed = scene.map.interfaces.last_mut().expect("one");
    (changed.id, changed.mac) = ("eni-60".into(), Scene::mac(60));
    let driver = next.unwrap_or(&bench.driver);
    if next.is_some() {
        driver.inventory().await.expect("inventory");
    }
    driver.network(scene.whole()).await.expect("followed");
    let mut second = (*scene.sleeper(6)).clone();
    second.elastic_network_interfaces[0].mac_address = Scene::mac(60);
    let second = std::sync::Arc::new(second);
    driver.prepare(std::sync::Arc::clone(&second)).await.expect("prepared");
    let two = socket(bench, &second, address);
    two.send_to(b"second", service).expect("sent");
    server.send_to(b"no", address).expect("sent");
    // What is sent later by who may arrives, and nothing before it.
    friend.send_to(b"friend", service).expect("sent");
    assert_eq!(heard(&server), "friend");
    two.set_read_timeout(Some(Duration::from_millis(200))).expect("set");
    assert!(two.recv(&mut [0; 16]).is_err(), "nor is the new owner answered");
    driver.remove(second.id().to_owned()).await.expect("removed");
}

fn heard(socket: &UdpSocket) -> String {
    let mut room = [0; 16];
    let length = socket.recv(&mut room).expect("heard in time");
    String::from_utf8_lossy(&room[..length]).into_owned()
}
