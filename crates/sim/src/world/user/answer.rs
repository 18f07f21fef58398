//! What the user makes of an answer: what was promised must be seen.

use super::{Asked, World};
use serde_json::{Value as Json, json};
use wire::Fault;

impl World {
    pub(in crate::world) fn user_hears(
        &mut self,
        asked: Asked,
        answer: Option<Result<Json, Fault>>,
    ) {
        if let Asked::Change { service, .. } = &asked {
            self.user.changing.remove(service);
        }
        let reply = answer.and_then(Result::ok);
        match (asked, reply) {
            (Asked::Nothing, _) => {}
            (Asked::Run, Some(reply)) => {
                let tasks = reply["tasks"].as_array().into_iter().flatten();
                let arns: Vec<String> =
                    tasks.filter_map(|task| task["taskArn"].as_str().map(str::to_owned)).collect();
                if !arns.is_empty() {
                    let request = json!({"tasks": arns});
                    self.user_calls(Asked::Tasks(arns), "DescribeTasks", &request);
                }
            }
            (Asked::Tasks(arns), Some(reply)) => {
                let shown = reply["tasks"].as_array().map_or(0, Vec::len);
                if shown != arns.len() {
                    let what = format!("{shown} of {} tasks are described", arns.len());
                    self.breaks("what was answered is seen", what);
                }
            }
            (Asked::Change { service, sent, desired }, Some(_)) => {
                let is_newest = self.user.sent.get(&service) == Some(&sent);
                if let Some(desired) = desired.filter(|_| is_newest) {
                    let request = json!({"services": [service]});
                    let asked = Asked::Service { service, sent, desired };
                    self.user_calls(asked, "DescribeServices", &request);
                }
            }
            (Asked::Service { service, sent, desired }, Some(reply)) => {
                let is_newest = self.user.sent.get(&service) == Some(&sent);
                let seen = reply["services"][0]["desiredCount"].as_i64();
                if is_newest && !self.faults.may_double() && seen != Some(desired) {
                    let what = format!("{service} wants {seen:?}, not {desired}");
                    self.breaks("what was answered is seen", what);
                }
            }
            // Without an answer, or with a refusal, nothing is promised; what was sent may still come to pass.
            (Asked::Change { service, .. }, None) => {
                *self.user.sent.entry(service).or_default() += 1;
            }
            (Asked::Run | Asked::Tasks(_) | Asked::Service { .. }, None) => {}
        }
    }
}
