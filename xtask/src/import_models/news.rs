//! What an update of the models brings to the operations that we serve, told from the rows themselves.

use std::collections::{BTreeMap, BTreeSet};

/// Lines such as `RunTaskRequest: new member clientToken`, and how many operations came or went.
pub(crate) fn of(old: &str, new: &str, served: &str) -> Vec<String> {
    if old.is_empty() {
        return vec!["new table".to_owned()];
    }
    let (old, new) = (Rows::read(old), Rows::read(new));
    let mut news = Vec::new();
    for (gone, come, verb) in [(&old, &new, "new"), (&new, &old, "gone")] {
        let names: Vec<&str> = come
            .operations
            .keys()
            .filter(|name| !gone.operations.contains_key(*name))
            .copied()
            .collect();
        if !names.is_empty() {
            news.push(format!("{verb} operations: {}", names.join(", ")));
        }
    }
    for name in new.behind(served) {
        let (Some(before), Some(after)) = (old.shapes.get(name), new.shapes.get(name)) else {
            news.push(format!("{name}: new"));
            continue;
        };
        let members = |row: &str| -> BTreeSet<String> {
            pieces(row).into_iter().map(str::to_owned).collect()
        };
        let (before, after) = (members(before), members(after));
        news.extend(after.difference(&before).map(|it| format!("{name}: + {it}")));
        news.extend(before.difference(&after).map(|it| format!("{name}: - {it}")));
    }
    news
}

/// The rows of a table by name.
struct Rows<'a> {
    shapes: BTreeMap<&'a str, &'a str>,
    operations: BTreeMap<&'a str, &'a str>,
}

impl<'a> Rows<'a> {
    fn read(table: &'a str) -> Rows<'a> {
        let shapes = table
            .lines()
            .filter_map(|line| line.strip_prefix("pub static ")?.split_once(": Shape = "));
        let operations = table.lines().filter_map(|line| {
            let row = line
                .strip_prefix("    op(")
                .or_else(|| line.strip_prefix("    Operation { name: "))?;
            Some((row.split('"').nth(1)?, row))
        });
        Rows { shapes: shapes.collect(), operations: operations.collect() }
    }

    /// The shapes that the operations in `served` lead to.
    fn behind(&self, served: &str) -> BTreeSet<&'a str> {
        let mut found = BTreeSet::new();
        let rows = served.lines().filter_map(|name| self.operations.get(name));
        let mut open: Vec<&str> = rows.flat_map(|row| references(row)).collect();
        while let Some(name) = open.pop() {
            if let Some(row) = self.shapes.get(name)
                && found.insert(name)
            {
                open.extend(references(row));
            }
        }
        found
    }
}

/// The statics that a row refers to.
fn references(row: &str) -> impl Iterator<Item = &str> {
    row.split('&').skip(1).map(|rest| {
        let end =
            rest.find(|it: char| !(it.is_ascii_uppercase() || it.is_ascii_digit() || it == '_'));
        &rest[..end.unwrap_or(rest.len())]
    })
}

/// The members, rules and choices of a shape's row, each of them worth a line when it changes: what
/// commas part in a list, or not deeper than two brackets.
fn pieces(row: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut open = Vec::new();
    let (mut start, mut in_string, mut escaped) = (0, false, false);
    for (at, letter) in row.char_indices() {
        if in_string {
            in_string = escaped || letter != '"';
            escaped = !escaped && letter == '\\';
            continue;
        }
        match letter {
            '"' => in_string = true,
            '(' | '[' | '{' => open.push(letter),
            ')' | ']' | '}' => {
                open.pop();
            }
            _ => {}
        }
        if letter == '[' || letter == ',' && (open.last() == Some(&'[') || open.len() <= 2) {
            pieces.push(row[start..at].trim_matches([' ', '&']));
            start = at + 1;
        }
    }
    pieces.push(&row[start..]);
    pieces.into_iter().map(|piece| piece.trim_matches([' ', ';', ']', ')', '}'])).collect()
}

#[cfg(test)]
mod tests {
    use super::of;

    const OLD: &str = r#"
    op("Run", &RUN_IN, &EMPTY, &[&OH]),
    op("Walk", &WALK_IN, &EMPTY, &[]),
pub static RUN_IN: Shape = s("RunIn", Kind::Structure, &[o("far", &TEXT), r("legs", &LEGS)]);
pub static WALK_IN: Shape = s("WalkIn", Kind::Structure, &[]);
pub static LEGS: Shape = s("Legs", Kind::Structure, &[o("left", &TEXT)]);
"#;

    fn check(change: impl Fn(&str) -> String, wanted: &[&str]) {
        assert_eq!(of(OLD, &change(OLD), "# served\nRun\n"), wanted);
    }

    #[test]
    fn a_member_behind_a_served_operation_is_news() {
        check(str::to_owned, &[]);
        let another = |old: &str| {
            old.replace(r#"o("left", &TEXT)"#, r#"o("left", &TEXT), o("right", &TEXT)"#)
        };
        check(another, &[r#"LEGS: + o("right", &TEXT"#]);
        check(
            |old| old.replace(r#"o("far""#, r#"r("far""#),
            &[r#"RUN_IN: + r("far", &TEXT"#, r#"RUN_IN: - o("far", &TEXT"#],
        );
    }

    #[test]
    fn a_member_of_an_operation_that_is_not_served_is_none() {
        check(
            |old| {
                old.replace(
                    r#"s("WalkIn", Kind::Structure, &["#,
                    r#"s("WalkIn", Kind::Structure, &[o("x", &TEXT)"#,
                )
            },
            &[],
        );
    }

    #[test]
    fn operations_that_come_or_go_are_news() {
        check(
            |old| old.replace("\"Walk\"", "\"Jump\""),
            &["new operations: Jump", "gone operations: Walk"],
        );
    }
}
