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
        let members = |row: &str| -> BTreeSet<String> { pieces(row).map(str::to_owned).collect() };
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

/// The members and the rest of a shape's row, each of them worth a line when it changes.
fn pieces(row: &str) -> impl Iterator<Item = &str> {
    row.split(", ")
        .flat_map(|piece| piece.split("&["))
        .map(|piece| piece.trim_matches(['[', ']', ';', ' ']))
}
