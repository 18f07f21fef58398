//! A strategy as `base/weight` of each item, tasks there are, tasks to come or to go: tasks of each item after it.

use super::{share, unshare};
use domain::cluster::StrategyItem;

fn strategy(text: &str) -> Vec<StrategyItem> {
    let item = |(at, pair): (usize, &str)| {
        let (base, weight) = pair.split_once('/').expect("base/weight");
        let number = |text: &str| text.parse().expect("a number");
        StrategyItem {
            capacity_provider: format!("p{at}"),
            weight: number(weight),
            base: number(base),
        }
    };
    text.split(' ').enumerate().map(item).collect()
}

#[track_caller]
fn check(items: &str, there: &[i64], n: usize, expected: &[i64]) {
    let strategy = strategy(items);
    let mut counts = there.to_vec();
    counts.resize(strategy.len(), 0);
    for at in share(&strategy, there, n) {
        counts[at] += 1;
    }
    assert_eq!(counts, expected, "{n} more by {items} beside {there:?}");
}

#[test]
fn weights_share_tasks_in_their_proportion() {
    check("0/1 0/1", &[], 10, &[5, 5]);
    check("0/1 0/4", &[], 5, &[1, 4]);
    check("0/1 0/4", &[], 50, &[10, 40]);
    check("0/2 0/3 0/5", &[], 10, &[2, 3, 5]);
}

#[test]
fn a_base_is_filled_first_and_does_not_count_against_the_weight() {
    check("2/1 0/1", &[], 6, &[4, 2]);
    check("2/1 0/1", &[], 2, &[2, 0]);
    check("5/0 0/1", &[], 8, &[5, 3]);
    check("0/1 3/1", &[], 3, &[0, 3]);
}

#[test]
fn tasks_that_are_there_count() {
    check("0/1 0/1", &[4, 0], 4, &[4, 4]);
    check("0/1 0/4", &[1, 0], 4, &[1, 4]);
    check("2/1 0/1", &[0, 5], 3, &[3, 5]);
}

#[test]
fn an_item_without_weight_gets_nothing_beside_others() {
    check("0/0 0/1", &[], 3, &[0, 3]);
}

#[test]
fn the_only_item_takes_all_whatever_its_weight() {
    check("0/0", &[], 3, &[3]);
    check("1/0", &[], 3, &[3]);
}

#[test]
fn of_equal_items_the_first_is_served_first() {
    assert_eq!(share(&strategy("0/1 0/1 0/2"), &[], 4), [0, 1, 2, 2]);
}

#[test]
fn no_task_has_no_share() {
    assert_eq!(share(&strategy("0/1 0/1"), &[3, 1], 0), [0_usize; 0]);
}

#[test]
fn the_share_of_a_call_is_the_same_as_that_of_its_tasks_one_by_one() {
    for items in ["0/1 0/4", "3/2 0/5 0/1", "0/7 2/3"] {
        let strategy = strategy(items);
        let mut counts = vec![0; strategy.len()];
        let mut singly = Vec::new();
        for _ in 0..40 {
            let at = share(&strategy, &counts, 1)[0];
            counts[at] += 1;
            singly.push(at);
        }
        assert_eq!(share(&strategy, &[], 40), singly, "{items}");
    }
}

#[track_caller]
fn check_less(items: &str, there: &[i64], n: usize, expected: &[i64]) {
    let strategy = strategy(items);
    let mut counts = there.to_vec();
    for _ in 0..n {
        let at = unshare(&strategy, &counts, |at| counts[at] > 0).expect("there are as many");
        counts[at] -= 1;
    }
    assert_eq!(counts, expected, "{n} fewer by {items} of {there:?}");
}

#[test]
fn tasks_are_taken_from_where_there_are_too_many_for_the_weight() {
    check_less("0/1 0/1", &[5, 5], 4, &[3, 3]);
    check_less("0/1 0/1", &[6, 2], 4, &[2, 2]);
    check_less("0/1 0/4", &[2, 8], 5, &[1, 4]);
    check_less("0/1 0/4", &[5, 5], 3, &[2, 5]);
}

#[test]
fn a_base_is_left_alone_while_there_are_others() {
    check_less("2/1 0/1", &[4, 2], 4, &[2, 0]);
    check_less("2/1 0/1", &[2, 3], 3, &[2, 0]);
    check_less("2/1 0/1", &[2, 1], 2, &[1, 0]);
    check_less("5/0 0/1", &[7, 3], 3, &[5, 2]);
}

#[test]
fn nothing_is_taken_from_items_that_may_give_none() {
    let strategy = strategy("0/1 0/1");
    assert_eq!(unshare(&strategy, &[9, 1], |at| at == 1), Some(1));
    assert_eq!(unshare(&strategy, &[9, 1], |_| false), None);
}

/// What was shared out comes back in the reverse order.
#[test]
fn taking_undoes_sharing() {
    for items in ["0/1 0/1", "0/1 0/4", "2/1 0/1", "5/0 0/1", "0/2 0/3 0/5", "0/1 3/2"] {
        let strategy = strategy(items);
        let mut counts = vec![0; strategy.len()];
        let shares = share(&strategy, &counts, 40);
        shares.iter().for_each(|at| counts[*at] += 1);
        for at in shares.iter().rev() {
            assert_eq!(
                unshare(&strategy, &counts, |at| counts[at] > 0),
                Some(*at),
                "{items} {counts:?}"
            );
            counts[*at] -= 1;
        }
    }
}
