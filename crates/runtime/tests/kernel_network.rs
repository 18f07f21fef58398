//! Networks: bridge, host, none, published ports. Asked for by `KERNEL_TESTS=1`.

mod kernel_support;

use agent::driver::{FaultName, Started};
use domain::link::acs::PayloadTask;
use kernel_support::{Bench, World, check, eventually, port_of_nobody, task};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream, UdpSocket};
use std::sync::Arc;
use std::time::Duration;

fn bridge(containers: Value) -> Arc<PayloadTask> {
    task(json!({ "networkMode": "bridge" }), containers)
}

/// A web server with a page that says `text`.
fn server(name: &str, text: &str, mappings: Value) -> Value {
    let script = format!("mkdir /www; echo {text} > /www/index.html; exec httpd -f -p 80 -h /www");
    json!({ "name": name, "command": ["sh", "-c", script], "portMappings": mappings })
}

fn host_port(started: &Started) -> u16 {
    started.bindings[0].host_port.and_then(|port| u16::try_from(port).ok()).expect("a port")
}

fn get(address: Ipv4Addr, port: u16) -> std::io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&(address, port).into(), Duration::from_secs(2))?;
    stream.set_read_timeout(Some(Duration::from_secs(2)))?;
    stream.write_all(b"GET / HTTP/1.0\r\n\r\n")?;
    let mut text = String::new();
    stream.read_to_string(&mut text)?;
    Ok(text)
}

/// The command that reads a page once its server is there, which a probe's limit waits for.
fn until_read(url: &str) -> String {
    format!("until wget -q -O - {url} 2> /dev/null; do sleep 0.1; done")
}

async fn serves(address: Ipv4Addr, port: u16, text: &str) {
    let what = format!("`{text}` at {address}:{port}");
    eventually(&what, || get(address, port).is_ok_and(|page| page.contains(text))).await;
}

/// This host's own address on the container's bridge.
async fn gateway(bench: &Bench, task: &PayloadTask, name: &str) -> Ipv4Addr {
    let (_, text) =
        bench.probe(task, name, &["sh", "-c", "ip route | grep default | cut -d' ' -f3"]).await;
    text.trim().parse().expect("a gateway")
}

#[test]
fn a_published_port_is_reached_by_every_address_of_the_host() {
    check(|bench| async move {
        let task =
            bridge(json!([server("main", "hello-by-port", json!([{ "containerPort": 80 }]))]));
        let started = bench.run(&task).await;
        let binding = &started.bindings[0];
        assert_eq!(
            (binding.container_port, binding.bind_ip.as_deref()),
            (Some(80), Some("0.0.0.0"))
        );
        let port = host_port(&started);
        serves(Ipv4Addr::LOCALHOST, port, "hello-by-port").await;
        let gateway = gateway(&bench, &task, "main").await;
        serves(gateway, port, "hello-by-port").await;
        // The container itself, by the host's port.
        let url = format!("http://{gateway}:{port}/");
        let (code, page) = bench.probe(&task, "main", &["wget", "-q", "-O", "-", &url]).await;
        assert_eq!((code, page.as_str()), (0, "hello-by-port\n"));
        bench.remove(&task).await;
        assert!(get(Ipv4Addr::LOCALHOST, port).is_err());
    });
}

#[test]
fn fixed_ports_datagrams_and_ranges() {
    check(|bench| async move {
        let fixed = port_of_nobody();
        let mappings = json!([
            { "containerPort": 80, "hostPort": fixed },
            { "containerPort": 5300, "protocol": "udp" },
            { "containerPortRange": "9000-9003" },
        ]);
        let script = "mkdir /www; echo fixed > /www/index.html; httpd -p 80 -h /www; httpd -p 9002 -h /www; exec perl -MIO::Socket::INET -e '$s = IO::Socket::INET->new(LocalPort => 5300, Proto => \"udp\"); $s->recv($m, 99); print \"got $m\"'";
        // Busybox has no server for datagrams; Perl is on every Debian.
        let volumes = json!([
            { "name": "usr", "type": "host", "host": { "sourcePath": "/usr" } },
            { "name": "lib", "type": "host", "host": { "sourcePath": "/usr/lib" } },
            { "name": "lib64", "type": "host", "host": { "sourcePath": "/usr/lib64" } },
        ]);
        let points = json!([
            { "sourceVolume": "usr", "containerPath": "/usr", "readOnly": true },
            { "sourceVolume": "lib", "containerPath": "/lib", "readOnly": true },
            { "sourceVolume": "lib64", "containerPath": "/lib64", "readOnly": true },
        ]);
        let path = json!({ "PATH": "/bin:/usr/bin" });
        let container = json!({ "name": "main", "command": ["sh", "-c", script], "portMappings": mappings,
            "mountPoints": points, "environment": path });
        let task = task(json!({ "networkMode": "bridge", "volumes": volumes }), json!([container]));
        let started = bench.run(&task).await;
        assert_eq!(host_port(&started), fixed);
        serves(Ipv4Addr::LOCALHOST, fixed, "fixed").await;
        let range = started.bindings[2].host_port_range.clone().expect("a range");
        assert_eq!(started.bindings[2].container_port_range.as_deref(), Some("9000-9003"));
        let (first, last) = range.split_once('-').expect("a range");
        let (first, last): (u16, u16) = (first.parse().expect("port"), last.parse().expect("port"));
        assert_eq!(last - first, 3);
        serves(Ipv4Addr::LOCALHOST, first + 2, "fixed").await;
        let udp =
            started.bindings[1].host_port.and_then(|p| u16::try_from(p).ok()).expect("a port");
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).expect("bind");
        eventually("a datagram", || {
            let sent = socket.send_to(b"by udp", (Ipv4Addr::LOCALHOST, udp));
            sent.is_ok() && bench.log(&task, "main").contains("got by udp")
        })
        .await;
    });
}

#[test]
fn a_port_of_another_process_is_a_clear_fault() {
    check(|bench| async move {
        let port = port_of_nobody();
        let other = TcpListener::bind((Ipv4Addr::UNSPECIFIED, port)).expect("bind");
        let mappings = json!([{ "containerPort": 80, "hostPort": port }]);
        let task = bridge(json!([server("main", "x", mappings)]));
        bench.create(&task).await.expect("created");
        let fault = bench.start(&task, "main").await.expect_err("in use");
        assert_eq!(fault.name, FaultName::ContainerNetworkingError);
        assert!(fault.text.contains(&format!("host port {port}/tcp is in use")), "{fault}");
        drop(other);
        bench.start(&task, "main").await.expect("free now");
        // And while it runs nobody else gets it.
        assert!(TcpListener::bind((Ipv4Addr::UNSPECIFIED, port)).is_err());
    });
}

#[test]
fn containers_have_addresses_of_their_own_and_links_names() {
    check(|bench| async move {
        let task = bridge(json!([
            server("db", "page-of-db", json!([])),
            { "name": "main", "command": ["sh", "-c", "exec sleep 1000"], "links": ["db:database"] },
        ]));
        bench.run(&task).await;
        bench.start(&task, "main").await.expect("started");
        let (code, page) =
            bench.probe(&task, "main", &["sh", "-c", &until_read("http://database/")]).await;
        assert_eq!((code, page.as_str()), (0, "page-of-db\n"));
        let address = "ip -4 -o addr show eth0 | tr -s ' ' | cut -d' ' -f4";
        let (_, first) = bench.probe(&task, "db", &["sh", "-c", address]).await;
        let (_, second) = bench.probe(&task, "main", &["sh", "-c", address]).await;
        assert_ne!(first, second);
    });
}

#[test]
fn the_hosts_network_is_the_hosts() {
    check(|bench| async move {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("bind");
        let port = listener.local_addr().expect("address").port();
        let script = format!("echo from host network | nc 127.0.0.1 {port}; hostname");
        let task = task(
            json!({ "networkMode": "host" }),
            json!([{ "name": "main", "command": ["sh", "-c", script], "portMappings": [{ "containerPort": 8080 }] }]),
        );
        let started = bench.run(&task).await;
        assert_eq!(
            (started.bindings[0].host_port, started.bindings[0].container_port),
            (Some(8080), Some(8080))
        );
        let mut text = String::new();
        listener.accept().expect("connection").0.read_to_string(&mut text).expect("text");
        assert_eq!(text, "from host network\n");
        bench.exit(&task, "main").await;
        let host = fs_err::read_to_string("/proc/sys/kernel/hostname").expect("name");
        assert_eq!(bench.log(&task, "main"), host);
    });
}

#[test]
fn no_network_is_loopback_alone() {
    check(|bench| async move {
        let task = task(
            json!({ "networkMode": "none" }),
            json!([{ "name": "main", "command": ["sh", "-c", "ip -o link | wc -l; ip -o -4 addr show lo | grep -c 127.0.0.1"] }]),
        );
        let (_, log) = bench.run_to_end(&task).await;
        assert_eq!(log, "1\n1\n");
    });
}

#[test]
fn instances_on_one_host_do_not_meet() {
    check(|first| async move {
        let mine = bridge(json!([server("main", "first", json!([{ "containerPort": 80 }]))]));
        let started = first.run(&mine).await;
        let inner = std::thread::spawn(|| {
            check(|second| async move {
                let theirs =
                    bridge(json!([server("main", "second", json!([{ "containerPort": 80 }]))]));
                let started = second.run(&theirs).await;
                serves(Ipv4Addr::LOCALHOST, host_port(&started), "second").await;
                second.driver_inventory_is(1).await;
            });
        });
        tokio::task::spawn_blocking(|| inner.join()).await.expect("joined").expect("second");
        // The second one is gone, and the first still serves.
        serves(Ipv4Addr::LOCALHOST, host_port(&started), "first").await;
    });
}

#[test]
fn the_world_is_reached_by_the_hosts_address_and_reaches_published_ports() {
    check(|bench| async move {
        let world = World::new();
        let task =
            bridge(json!([server("main", "of container", json!([{ "containerPort": 80 }]))]));
        let started = bench.run(&task).await;
        let url = format!("http://{}/", world.address());
        let (code, page) = bench.probe(&task, "main", &["sh", "-c", &until_read(&url)]).await;
        assert_eq!((code, page.as_str()), (0, "of the world\n"));
        let url = format!("http://{}:{}/", world.host(), host_port(&started));
        serves(Ipv4Addr::LOCALHOST, host_port(&started), "of container").await;
        let seen = std::process::Command::new("ip")
            .args(["netns", "exec", &world.name, "busybox", "wget", "-q", "-O", "-", &url])
            .output()
            .expect("wget");
        assert_eq!(String::from_utf8_lossy(&seen.stdout), "of container\n");
    });
}
