//! What an agent says, and what its silence says.

use super::{
    CREDENTIAL_ATTEMPTS_MAX, Cargo, Effect, FAREWELL_MOMENTS, Grant, LATE_MAX, SEQUENCE_BITS,
    Session,
};
use domain::{
    iam::RoleUse,
    id::TaskId,
    link::acs::FromAgent,
    status::DesiredStatus,
    time::{Millis, Timestamp},
};

impl Session {
    pub(super) fn heard(&mut self, message: FromAgent, now: Timestamp) -> Option<Effect> {
        match message {
            FromAgent::Ack(ack) => self.acknowledged(self.message_of(&ack.message_id)?, now),
            FromAgent::CredentialsAck(ack) => {
                // A payload's credentials are acknowledged under the payload's id, which says nothing of its tasks.
                let message = self.message_of(&ack.message_id)?;
                let flight = self.flights.get(&message)?;
                if matches!(flight.what, Cargo::Credentials(..)) {
                    self.acknowledged(message, now);
                }
            }
            FromAgent::StopVerification(answer) => {
                let message = self.message_of(&answer.message_id)?;
                if self.manifest != Some(message) {
                    return None;
                }
                // An answer counts once; the agent forgets the manifest with it.
                self.manifest = None;
                self.flights.remove(&message);
                if self.farewell.is_some() {
                    self.farewell = Some(now);
                } else if !answer.stop_candidates.is_empty() {
                    // Nobody acknowledges what is verified now: the next manifest shows whether it arrived.
                    self.want_manifest(now + self.timing.manifest_after);
                }
                return Some(Effect::Verify { message, candidates: answer.stop_candidates });
            }
            FromAgent::HeartbeatAck(_) | FromAgent::Nack(_) => {}
        }
        None
    }

    /// The message of this session that an agent names; `None` for one of an earlier session.
    fn message_of(&self, id: &str) -> Option<u64> {
        let sequence: u64 = id.parse().ok()?;
        let message = sequence.checked_sub(self.opening.number << SEQUENCE_BITS)?;
        (message <= self.sent).then_some(message)
    }

    fn acknowledged(&mut self, message: u64, now: Timestamp) {
        let flight = self.flights.remove(&message).map(|flight| flight.what);
        let late = self.late.remove(&message).map(Cargo::Tasks);
        match flight.or(late) {
            Some(Cargo::Tasks(tasks)) => {
                for (task, desired) in tasks {
                    self.learned(&task, desired, now);
                }
            }
            Some(Cargo::Manifest) => {
                self.manifest_attempts = 0;
                // Candidates follow their acknowledgement or come before it; a moment shows whether there are any.
                let moment = now + Millis(self.timing.farewell.0 / FAREWELL_MOMENTS);
                self.farewell = self.farewell.map(|until| until.min(moment));
            }
            Some(Cargo::Credentials(task, role_use)) => {
                if let Some(grant) = self.grants.get_mut(&(task, role_use)) {
                    *grant = Grant { send_at: None, attempts: 0, is_in_flight: false, ..*grant };
                }
            }
            None => {}
        }
    }

    fn learned(&mut self, task: &TaskId, desired: DesiredStatus, now: Timestamp) {
        let Some(charge) = self.charges.get_mut(task) else { return };
        if charge.in_flight == Some(desired) {
            charge.in_flight = None;
        }
        if charge.known < Some(desired) {
            charge.known = Some(desired);
            charge.known_at = now;
            charge.attempts = 0;
            if desired == DesiredStatus::Stopped {
                self.stopping.insert((now + self.timing.stop_repeat, task.clone()));
            }
        }
        self.review(task);
    }

    /// Gives up the messages whose time is over, and the stops that were acknowledged too long ago.
    pub(super) fn give_up(&mut self, now: Timestamp) {
        let over: Vec<u64> = self
            .flights
            .iter()
            .filter(|(_, flight)| flight.until <= now)
            .map(|(id, _)| *id)
            .collect();
        for message in over {
            let Some(flight) = self.flights.remove(&message) else { continue };
            match flight.what {
                Cargo::Tasks(tasks) => self.lost_sight_of(message, tasks),
                Cargo::Manifest => {
                    self.manifest_attempts += 1;
                    self.want_manifest(now);
                }
                Cargo::Credentials(task, role_use) => {
                    self.credentials_unanswered((task, role_use), now)
                }
            }
        }
        while let Some((at, task)) = self.stopping.first().cloned() {
            if at > now {
                break;
            }
            self.stopping.remove(&(at, task.clone()));
            if let Some(charge) = self.charges.get_mut(&task) {
                charge.known = None;
            }
            self.review(&task);
        }
    }

    fn lost_sight_of(&mut self, message: u64, tasks: Vec<(TaskId, DesiredStatus)>) {
        for (task, desired) in &tasks {
            if let Some(charge) = self.charges.get_mut(task)
                && charge.in_flight == Some(*desired)
            {
                charge.in_flight = None;
                charge.attempts += 1;
            }
            self.review(task);
        }
        self.late.insert(message, tasks);
        if self.late.len() > LATE_MAX {
            self.late.pop_first();
        }
    }

    fn credentials_unanswered(&mut self, of: (TaskId, RoleUse), now: Timestamp) {
        let later = now + self.timing.resend_after_max;
        let Some(grant) = self.grants.get_mut(&of) else { return };
        grant.is_in_flight = false;
        grant.attempts += 1;
        if grant.attempts < CREDENTIAL_ATTEMPTS_MAX {
            grant.send_at = Some(now);
        } else {
            *grant = Grant {
                renew_at: grant.renew_at.max(later),
                send_at: None,
                attempts: 0,
                is_in_flight: false,
            };
        }
    }
}
