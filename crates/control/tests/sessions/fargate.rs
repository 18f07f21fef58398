//! Sessions of hosts of Fargate's pool, whose tasks are of other clusters.

use crate::{
    agent::{Agent, Memory},
    scene::{Plane, cluster, scope, task_arn},
};
use domain::{
    arn,
    id::ClusterName,
    link::acs::FromPlane,
    status::{DesiredStatus, TaskStatus},
};
use serde_json::json;

#[tokio::test(start_paused = true)]
async fn a_host_gets_tasks_of_other_clusters_by_their_names_and_keeps_them() {
    let mut plane = Plane::start().await;
    plane.define(json!({}), None).await;
    let host = plane.register_in(ClusterName::fargate(), 1).await;
    let mut agent = Agent::connect_new(&mut plane, &host).await;
    plane.run_tasks(&[1, 2], &host).await;
    let payload = agent.payload().await;
    assert_eq!(payload.cluster_arn, arn::cluster(&scope(), &ClusterName::fargate()));
    let own = arn::cluster(&scope(), &cluster());
    let told: Vec<_> =
        payload.tasks.iter().map(|it| (it.arn.clone(), it.task_cluster_arn.clone())).collect();
    assert_eq!(told, [(task_arn(1), own.clone()), (task_arn(2), own.clone())]);
    assert!(payload.tasks.iter().all(|task| task.launch_type == "FARGATE"));
    plane.report(1, &host, TaskStatus::Running).await;
    plane.report(2, &host, TaskStatus::Running).await;
    plane.stop_task(2, &host).await;
    assert_eq!(agent.payload().await.tasks[0].arn, task_arn(2));
    let memory = agent.vanish();
    plane.wait_for_link(&host, |link| !link.connected).await;
    let mut agent = Agent::connect(&mut plane, &host, memory).await;
    let listed: Vec<_> = agent.manifest().await;
    let listed: Vec<_> = listed
        .into_iter()
        .map(|it| (it.task_arn, it.task_cluster_arn, it.desired_status))
        .collect();
    let expected = [
        (task_arn(1), own.clone(), DesiredStatus::Running),
        (task_arn(2), own, DesiredStatus::Stopped),
    ];
    assert_eq!(listed, expected);
    plane.close().await;
}

#[tokio::test(start_paused = true)]
async fn what_a_host_runs_that_is_another_s_is_ended() {
    let mut plane = Plane::start().await;
    plane.define(json!({}), None).await;
    let here = plane.register_in(ClusterName::fargate(), 1).await;
    let there = plane.register(1).await;
    plane.run_task(1, &here).await;
    plane.run_task(2, &there).await;
    plane.report(1, &here, TaskStatus::Running).await;
    let mut memory = Memory { is_new: true, ..Memory::default() };
    for number in [1, 2] {
        memory.runs.insert(task_arn(number), DesiredStatus::Running);
    }
    let mut agent = Agent::connect(&mut plane, &here, memory).await;
    let ack = agent
        .until(|message| {
            if let FromPlane::StopVerificationAck(ack) = message { Some(ack.clone()) } else { None }
        })
        .await;
    let ended: Vec<_> = ack.stop_tasks.iter().map(|task| task.task_arn.clone()).collect();
    assert_eq!(ended, [task_arn(2)], "an instance with the same id in another cluster has it");
    plane.close().await;
}
