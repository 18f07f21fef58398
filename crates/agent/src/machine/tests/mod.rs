//! The machine's rules, one scene each. The language of the scenes is told in `scene`.

mod health;
mod laws;
mod plane;
mod restarts;
mod returns;
mod scene;
mod steps;
mod stops;
mod words;

use expect_test::Expect;
use scene::play;

#[track_caller]
fn check(scene: &str, expected: &Expect) {
    expected.assert_eq(&play(scene));
}
