//! Lines of jobs: limits in number and time, cancellation, panics. The clock is paused; nothing here touches a socket.

use super::{Host, clock};
use crate::{
    Credentials, Limits,
    driver::FaultName,
    fake::Step,
    link::{Api, Http},
    machine::{Action, JobId, Outcome},
    run::jobs::Jobs,
};
use domain::{id::Region, link::acs::PayloadTask, time::Millis};
use serde_json::json;
use std::sync::Arc;

const LIMIT: Millis = Millis(1_000);

fn jobs(host: &Host, limits: Limits) -> Jobs {
    let credentials = Credentials {
        access_key_id: "key".into(),
        secret_access_key: "secret".into(),
        session_token: None,
    };
    let region = Region::parse("us-east-1").expect("a region");
    let http = Arc::new(Http::new(credentials, region, clock()));
    let api = Api::new(http, "http://127.0.0.1:9".into(), "default".into());
    Jobs::new(host.driver.clone(), api, None, limits)
}

fn task(letter: &str) -> Arc<PayloadTask> {
    let task = json!({
        "arn": super::arn(letter), "desiredStatus": "RUNNING",
        "containers": [{ "name": "web", "image": "run" }],
    });
    Arc::new(serde_json::from_value(task).expect("a task"))
}

fn pull(letter: &str) -> Action {
    Action::Pull(task(letter), "web".into())
}

#[tokio::test(start_paused = true)]
async fn what_takes_too_long_is_given_up_and_its_place_is_free() {
    let host = Host::new();
    let mut jobs = jobs(&host, Limits { pulls: 1, ..Limits::default() });
    host.driver.hold(Step::Pull);
    jobs.take(JobId(1), pull("a"), LIMIT);
    jobs.take(JobId(2), pull("b"), LIMIT);
    let began = tokio::time::Instant::now();
    let (job, outcome) = jobs.next().await;
    assert!(matches!((job, outcome), (JobId(1), Outcome::TimedOut)));
    assert_eq!(began.elapsed().as_millis(), 1_000);
    host.driver.release(Step::Pull);
    let (job, outcome) = jobs.next().await;
    assert!(matches!((job, outcome), (JobId(2), Outcome::Pulled(_))));
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_job_says_nothing_whether_it_had_begun_or_not() {
    let host = Host::new();
    let mut jobs = jobs(&host, Limits { pulls: 1, ..Limits::default() });
    host.driver.hold(Step::Pull);
    for (n, letter) in (1..).zip(["a", "b", "c"]) {
        jobs.take(JobId(n), pull(letter), LIMIT);
    }
    let first = tokio::time::timeout(std::time::Duration::from_millis(10), jobs.next()).await;
    assert!(first.is_err(), "it is held");
    jobs.cancel(JobId(1));
    jobs.cancel(JobId(2));
    host.driver.release(Step::Pull);
    let (job, _) = jobs.next().await;
    assert_eq!(job, JobId(3));
    let pulled: Vec<String> = host.driver.calls();
    assert_eq!(pulled.len(), 2, "the one in line was never asked for: {pulled:?}");
}

#[tokio::test(start_paused = true)]
async fn a_driver_that_panics_faults() {
    let host = Host::new();
    let mut jobs = jobs(&host, Limits::default());
    // Nothing was prepared, and the fake does not stand for that.
    jobs.take(JobId(1), Action::Create(task("a"), "web".into()), LIMIT);
    let (job, outcome) = jobs.next().await;
    let Outcome::Faulted(fault) = outcome else { panic!("a fault, not {outcome:?}") };
    assert_eq!((job, fault.name), (JobId(1), FaultName::InternalError));
}
