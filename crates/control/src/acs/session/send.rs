//! What an agent is sent, and how much of it at once.

use super::{Cargo, DOUBLINGS_MAX, Effect, FLIGHTS_MAX, Flight, Grant, Session, TASKS_PER_PUSH};
use domain::{
    id::TaskId,
    status::DesiredStatus,
    time::{Millis, Timestamp},
};

impl Session {
    pub(super) fn push(&mut self, now: Timestamp, effects: &mut Vec<Effect>) {
        if self.owed.is_empty() || !self.has_room() {
            return;
        }
        let (mut fresh, mut again) = (Vec::new(), Vec::new());
        for task in &self.owed {
            let charge = &self.charges[task];
            let list = if charge.attempts == 0 { &mut fresh } else { &mut again };
            list.push((task.clone(), charge.wanted));
        }
        // Stops first: what they free may be what the starts need.
        fresh.sort_by_key(|(_, wanted)| *wanted != DesiredStatus::Stopped);
        let messages = fresh.chunks(TASKS_PER_PUSH).chain(again.chunks(1));
        for tasks in messages {
            if !self.has_room() {
                return;
            }
            let effect = self.push_one(tasks, now);
            effects.push(effect);
        }
    }

    fn push_one(&mut self, tasks: &[(TaskId, DesiredStatus)], now: Timestamp) -> Effect {
        let message = self.next_message();
        let mut attempts = 0;
        for (task, desired) in tasks {
            self.owed.remove(task);
            if let Some(charge) = self.charges.get_mut(task) {
                charge.in_flight = Some(*desired);
                attempts = attempts.max(charge.attempts);
            }
        }
        self.fly(message, Cargo::Tasks(tasks.to_vec()), attempts, now);
        let of = |status| {
            let wanted = tasks.iter().filter(move |(_, wanted)| *wanted == status);
            wanted.map(|(task, _)| task.clone()).collect()
        };
        Effect::Push {
            message,
            starts: of(DesiredStatus::Running),
            stops: of(DesiredStatus::Stopped),
        }
    }

    pub(super) fn send_manifest(&mut self, now: Timestamp, effects: &mut Vec<Effect>) {
        if self.manifest_waits() || self.manifest_due.is_none_or(|due| due > now) {
            return;
        }
        let message = self.next_message();
        self.manifest_due = None;
        self.manifest = Some(message);
        self.fly(message, Cargo::Manifest, self.manifest_attempts, now);
        // Whoever is no longer part of the cluster should run nothing.
        let charges = self.charges.iter().filter(|_| self.farewell.is_none());
        let tasks = charges.map(|(task, charge)| (task.clone(), charge.wanted)).collect();
        effects.push(Effect::Manifest { message, tasks });
    }

    pub(super) fn send_credentials(&mut self, now: Timestamp, effects: &mut Vec<Effect>) {
        let due = |grant: &Grant| !grant.is_in_flight && grant.due() <= now;
        let room = FLIGHTS_MAX.saturating_sub(self.waiting());
        let due: Vec<_> = self
            .grants
            .iter()
            .filter(|(_, grant)| due(grant))
            .map(|(of, _)| of.clone())
            .take(room)
            .collect();
        for of in due {
            let message = self.next_message();
            let Some(grant) = self.grants.get_mut(&of) else { continue };
            grant.is_in_flight = true;
            let attempts = grant.attempts;
            let (task, role_use) = of;
            self.fly(message, Cargo::Credentials(task.clone(), role_use), attempts, now);
            effects.push(Effect::Credentials { message, task, role_use });
        }
    }

    fn fly(&mut self, message: u64, what: Cargo, attempts: u32, now: Timestamp) {
        let doubled = self.timing.resend_after.0.saturating_mul(1 << attempts.min(DOUBLINGS_MAX));
        let until = now + Millis(doubled.min(self.timing.resend_after_max.0));
        self.flights.insert(message, Flight { what, until });
    }
}
