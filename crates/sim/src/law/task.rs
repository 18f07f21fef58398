//! Laws about the life of a task.

use crate::{
    truth::Commit,
    world::{Work, World},
};
use domain::{
    status::{DesiredStatus, HealthStatus, StopCode, TaskStatus},
    task::Task,
};
use store::Found;

impl World {
    pub(super) fn check_task(
        &mut self,
        was: Option<&Found<Task>>,
        is: Option<&Found<Task>>,
        commit: &Commit,
        work: &Work,
    ) {
        match (was, is) {
            (Some(was), Some(is)) => {
                self.a_status_never_goes_back(was, is);
                self.what_is_stopped_stays_as_it_ended(was, is);
                self.a_task_stays_where_it_was_put(was, is);
                self.a_protected_task_is_left_alone(was, is, commit, work);
                self.all_tasks_of_a_revision_run_the_same_images(is);
            }
            (None, Some(is)) => self.one_token_has_one_effect(is),
            (Some(was), None) => self.only_what_is_stopped_is_forgotten(was),
            (None, None) => {}
        }
    }

    fn a_status_never_goes_back(&mut self, was: &Task, is: &Task) {
        let containers = was.containers.iter().zip(&is.containers);
        let goes_back = is.last < was.last
            || is.desired < was.desired
            || is.version < was.version
            || containers.into_iter().any(|(was, is)| is.last < was.last);
        if goes_back {
            let (last, desired) = ((was.last, is.last), (was.desired, is.desired));
            let what = format!(
                "{}: last {last:?}, desired {desired:?}",
                self.laws.name_of(is.id.as_str())
            );
            self.breaks("a status never goes back", what);
        }
    }

    fn what_is_stopped_stays_as_it_ended(&mut self, was: &Task, is: &Task) {
        if was.last != TaskStatus::Stopped {
            return;
        }
        let mut kept = was.clone();
        kept.tallied = is.tallied;
        kept.tags.clone_from(&is.tags);
        kept.connectivity = is.connectivity;
        if kept != *is {
            let what = format!("{} changed after its end", self.laws.name_of(is.id.as_str()));
            self.breaks("what is STOPPED stays as it ended", what);
        }
    }

    fn a_task_stays_where_it_was_put(&mut self, was: &Task, is: &Task) {
        let moves = was.instance.is_some() && was.instance != is.instance;
        if moves || was.demand != is.demand && was.instance.is_some() {
            let what = format!("{} moved", self.laws.name_of(is.id.as_str()));
            self.breaks("a task stays where it was put and holds what it was given", what);
        }
    }

    fn only_what_is_stopped_is_forgotten(&mut self, was: &Task) {
        let is_tallied = was.owner().is_none() || was.tallied;
        if !is_tallied && self.is_of_a_living_service(was) {
            let what = format!("{} was not tallied", self.laws.name_of(was.id.as_str()));
            self.breaks("a task is not forgotten before it is tallied", what);
        }
        let is_over = was.last == TaskStatus::Stopped;
        let ended = was.stopped_at.unwrap_or(was.created_at);
        if !is_over || self.now - ended < self.rules.retention {
            let what = format!("{} in {}", self.laws.name_of(was.id.as_str()), was.last);
            self.breaks("a task is kept until it was STOPPED for long enough", what);
        }
    }

    /// The user's RunTask calls with a token say it in `startedBy`, with the number of tasks that they ask for.
    fn one_token_has_one_effect(&mut self, is: &Task) {
        let Some(token) = is.started_by.clone().filter(|by| by.starts_with("token-")) else {
            return;
        };
        let count = token.rsplit('-').next().and_then(|count| count.parse().ok()).unwrap_or(0);
        let tasks = self.laws.by_token.entry(token.clone()).or_default();
        tasks.insert(is.id.clone());
        if tasks.len() > count {
            let what = format!("{token} made {} tasks", tasks.len());
            self.breaks("one client token has one effect", what);
        }
    }

    fn a_protected_task_is_left_alone(
        &mut self,
        was: &Found<Task>,
        is: &Task,
        commit: &Commit,
        work: &Work,
    ) {
        let is_stopped =
            was.desired == DesiredStatus::Running && is.desired == DesiredStatus::Stopped;
        let is_protected = was.protected_until.is_some_and(|until| until > commit.at);
        let by_scheduler = matches!(work, Work::Act { .. })
            && is
                .stop
                .as_ref()
                .is_some_and(|stop| stop.code == StopCode::ServiceSchedulerInitiated);
        let is_ill = was.health == HealthStatus::Unhealthy;
        if is_stopped && is_protected && by_scheduler && !is_ill && self.is_of_a_living_service(was)
        {
            let what = format!("{} was stopped", self.laws.name_of(is.id.as_str()));
            self.breaks("a protected task is not stopped by scale-in or deployment", what);
        }
    }
}
