//! Which tasks with interfaces of their own reach what EC2 says of the instance. Asked for by `KERNEL_TESTS=1`.
//!
//! In the agent's place a server answers here; what the agent answers is tested without a kernel.

mod kernel_support;
mod vpc_support;

use agent::driver::Driver;
use agent::endpoint::{Caller, Doorway, Listener};
use domain::link::acs::PayloadTask;
use kernel_support::{Bench, check, check_with};
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use vpc_support::{Scene, everywhere, says};

const URL: &str = "http://169.254.169.254/latest/meta-data/";

/// Says to whoever the driver lets see it that there is something to see.
fn answer(bench: &Bench) -> JoinSet<()> {
    let doorway = bench.driver.doorway().expect("tasks reach the endpoints");
    let mut servers = JoinSet::new();
    for listener in doorway.listen().expect("sockets") {
        if let Listener::Instance(socket) = listener {
            let socket = TcpListener::from_std(socket).expect("a socket");
            servers.spawn(serve(socket, Arc::clone(&doorway)));
        }
    }
    servers
}

async fn serve(socket: TcpListener, doorway: Arc<dyn Doorway>) {
    loop {
        let (mut stream, peer) = socket.accept().await.expect("a connection");
        let Some(caller @ Caller::Task(_)) = doorway.caller(peer.ip()) else { continue };
        if !doorway.sees_instance(&caller) {
            continue;
        }
        let mut request = [0; 1024];
        let _ = stream.read(&mut request).await;
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nseen").await;
    }
}

async fn sees(bench: &Bench, task: &PayloadTask) -> bool {
    let fetch = format!("busybox timeout 3 wget -q -O - {URL}");
    bench.probe(task, "main", &["sh", "-c", &fetch]).await == (0, "seen".to_owned())
}

async fn run(
    bench: &Bench,
    scene: &mut Scene,
    change: impl FnOnce(&mut PayloadTask),
) -> Arc<PayloadTask> {
    scene.group("sg-1", vec![], everywhere());
    scene.interface(5, &["sg-1"]);
    scene.tell(bench).await;
    let mut task = (*scene.sleeper(5)).clone();
    change(&mut task);
    let task = Arc::new(task);
    bench.run(&task).await;
    task
}

#[test]
fn a_task_on_an_instance_sees_it_also_by_the_next_agent() {
    check(|bench| async move {
        let servers = answer(&bench);
        let task = run(&bench, &mut Scene::new(), |_| {}).await;
        assert!(sees(&bench, &task).await);
        drop(servers);
        let next = bench.another();
        next.inventory().await.expect("inventory");
        let doorway = next.doorway().expect("tasks reach the endpoints");
        assert!(doorway.sees_instance(&Caller::Task(task.id().to_owned())));
    });
}

#[test]
fn a_task_of_fargate_is_on_no_instance() {
    check(|bench| async move {
        let _servers = answer(&bench);
        let fargate = |task: &mut PayloadTask| task.launch_type = "FARGATE".into();
        let task = run(&bench, &mut Scene::new(), fargate).await;
        assert!(!sees(&bench, &task).await);
        // A way of its own making leads there and is not answered either.
        let way = "ip neigh replace 169.254.169.254 lladdr $(ip neigh show 169.254.170.2 | cut -d' ' -f5) dev ecs-eth0; \
                   ip route replace 169.254.169.254 dev ecs-eth0";
        says(&bench, &task, way).await;
        assert!(!sees(&bench, &task).await);
    });
}

#[test]
fn an_agent_may_keep_it_from_tasks_with_interfaces_of_their_own() {
    check_with(
        |config| config.awsvpc_block_imds = true,
        |bench| async move {
            let _servers = answer(&bench);
            let task = run(&bench, &mut Scene::new(), |_| {}).await;
            assert!(!sees(&bench, &task).await);
            let attributes = bench.driver.capacity().attributes;
            let name = "ecs.capability.task-eni-block-instance-metadata";
            assert!(attributes.iter().any(|it| it.name == name));
        },
    );
}
