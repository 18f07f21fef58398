//! Events of a service: their texts, and the newest of them.
//!
//! Invariant: events are numbered without gaps by the service's record, in whose commit they are written; the oldest beyond
//! [`EVENTS_MAX`] go in the same commit.

use books::ids::Ids;
use domain::{
    id::{Scope, TaskId},
    service::{EVENTS_MAX, Said, Service, ServiceEvent},
    time::Timestamp,
};
use planner::plan::Event;
use std::fmt::Write;
use store::{Expect, Snapshot, Transaction};

/// Writes the events of a step, and counts them in the service's record. `made` is what became of each launch.
pub(super) fn tell(
    snapshot: &Snapshot,
    scope: &Scope,
    service: &mut Service,
    events: &[Event],
    made: &[Option<TaskId>],
    (ids, now): (&Ids, Timestamp),
    writes: &mut Transaction,
) {
    let mut made = made.iter();
    let mut texts = Vec::new();
    for event in events {
        match event {
            Event::Text(text) => texts.push(text.clone()),
            Event::Started { launches, replaced, zone } => {
                let tasks: Vec<_> = made.by_ref().take(*launches).flatten().collect();
                if !tasks.is_empty() {
                    texts.push(started(&tasks, *replaced, zone.as_deref()));
                }
            }
        }
    }
    for (index, text) in texts.iter().enumerate() {
        let message = format!("(service {}) {text}", service.name);
        let key = ServiceEvent::key(scope, &service.cluster, &service.name, service.next_event);
        service.next_event += 1;
        service.said = Some(Said { message: message.clone(), at: now });
        let event = ServiceEvent { id: ids.uuid("event", index), created_at: now, message };
        writes.put(&key, Expect::Absent, event);
    }
    if !texts.is_empty() {
        let first_kept = service.next_event.saturating_sub(EVENTS_MAX);
        let first_kept = ServiceEvent::key(scope, &service.cluster, &service.name, first_kept);
        let all = ServiceEvent::all_of(scope, &service.cluster, &service.name);
        for old in snapshot.keys(&all).take_while(|key| **key < first_kept) {
            writes.delete(old, Expect::Any);
        }
    }
}

/// `has started 2 tasks: (task ID) (task ID).`
fn started(tasks: &[&TaskId], replaced: usize, zone: Option<&str>) -> String {
    let mut text = format!("has started {} tasks", tasks.len());
    // Writing to a String cannot go wrong.
    if let Some(zone) = zone {
        let _ = write!(text, " in {zone} to AZ Rebalance");
    }
    text.push(':');
    for task in tasks {
        let _ = write!(text, " (task {task})");
    }
    text.push('.');
    if replaced > 0 {
        let _ = write!(text, " Amazon ECS replaced {replaced} tasks due to an unhealthy status.");
    }
    text
}
