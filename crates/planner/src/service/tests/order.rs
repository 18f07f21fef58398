//! What a plan makes of a view does not depend on how the view came to be.

use super::language::{service_key, task_key, tell, view_of};

const LINES: [&str; 5] = [
    "instance 1 a",
    "instance 2 b draining",
    "1+0: H@1 H@2 P@1 xf@1 H@1!",
    "2+5: H@1 Y@1",
    "alarm other",
];
const SERVICE: &str =
    "service 4 checks breaker\ndeployment 2 IN_PROGRESS ran\ndeployment 1 COMPLETED ran";

/// Zones of tasks are told by the tasks, which is why instances come before them here; all else may come in any order.
#[test]
fn the_order_of_notes_does_not_matter() {
    let first = tell(&mut view_of(&format!("{SERVICE}\n{}", LINES.join("\n"))));
    assert!(first.contains("stop"), "{first}");
    for turn in 0..LINES.len() {
        let mut lines = LINES;
        lines[2..].rotate_left(turn % 3);
        lines[..2].rotate_left(turn % 2);
        let text = tell(&mut view_of(&format!("{SERVICE}\n{}", lines.join("\n"))));
        assert_eq!(text, first, "{lines:?}");
    }
}

#[test]
fn a_view_keeps_nothing_of_a_service_that_is_gone() {
    let mut view = view_of("service 2\ndeployment 1 COMPLETED ran\nrevision 1\n1: H@1 W xf");
    tell(&mut view);
    view.forget(&service_key());
    for number in 1..=3 {
        view.forget(&task_key(number));
    }
    assert!(!view.services.known.is_empty(), "the revision is still there");
    let keys: Vec<_> = view.definitions.keys().cloned().collect();
    keys.iter().for_each(|key| view.forget(key));
    view.forget(&super::language::revision_key("1"));
    assert!(view.is_empty(), "{view:?}");
}
