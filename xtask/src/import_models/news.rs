//! What an update of the models brings to the operations that we serve, told from the rows themselves.

use std::collections::{BTreeMap, BTreeSet};

/// Lines such as `RunTaskRequest: + clientToken:String`, and which operations came or went.
pub(crate) fn of(old: &str, new: &str, served: &str) -> Vec<String> {
    if old.is_empty() {
        return vec!["new table".to_owned()];
    }
    let (old, new) = (rows(old), rows(new));
    let operations = |rows: &BTreeMap<&str, &str>| -> BTreeSet<String> {
        rows.keys().filter_map(|name| name.strip_prefix('>')).map(str::to_owned).collect()
    };
    let (before, after) = (operations(&old), operations(&new));
    let mut news = Vec::new();
    for (verb, names) in [("new", &after - &before), ("gone", &before - &after)] {
        if !names.is_empty() {
            news.push(format!("{verb} operations: {}", Vec::from_iter(names).join(", ")));
        }
    }
    for name in behind(&new, served) {
        let row = new[name];
        match old.get(name) {
            None => news.push(format!("{name}: new: {row}")),
            Some(before) => {
                let (before, after) = (words(before), words(row));
                news.extend(after.difference(&before).map(|word| format!("{name}: + {word}")));
                news.extend(before.difference(&after).map(|word| format!("{name}: - {word}")));
            }
        }
    }
    news
}

/// The rest of each line by its first word.
fn rows(table: &str) -> BTreeMap<&str, &str> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(' ')).collect()
}

/// The operations in `served` and the shapes that they lead to.
fn behind<'t>(rows: &BTreeMap<&'t str, &'t str>, served: &str) -> BTreeSet<&'t str> {
    let operations: Vec<String> = served.lines().map(|name| format!(">{name}")).collect();
    let mut open: Vec<&str> =
        operations.iter().filter_map(|name| Some(*rows.get_key_value(name.as_str())?.0)).collect();
    let mut found = BTreeSet::new();
    while let Some(name) = open.pop() {
        if let Some((name, row)) = rows.get_key_value(name)
            && found.insert(*name)
        {
            let words = row.split([' ', ',']);
            open.extend(
                words
                    .map(|word| word.split_once(':').map_or(word, |(_, shape)| shape))
                    .map(|shape| shape.split(['=', '@']).next().unwrap_or_default()),
            );
        }
    }
    found
}

/// The members, traits and choices of a row.
fn words(row: &str) -> BTreeSet<&str> {
    row.split([' ', '|']).map(|word| word.trim_start_matches("@enum=")).collect()
}

#[cfg(test)]
mod tests {
    use super::of;

    const OLD: &str = "\
# A table.
>Run POST / 200 RunIn - - Oh
>Walk POST / 200 WalkIn - - -
Legs structure left:Text=l colour:Colour
RunIn structure far:Text legs!:Legs
WalkIn structure
Colour string @enum=red|green
";

    fn check(from: &str, to: &str, wanted: &[&str]) {
        let new = OLD.replace(from, to);
        assert_eq!(from == to, new == OLD, "the change changes something");
        assert_eq!(of(OLD, &new, "# served\nRun\n"), wanted);
    }

    #[test]
    fn a_member_behind_a_served_operation_is_news() {
        check("", "", &[]);
        check("left:Text=l", "left:Text=l right:Text", &["Legs: + right:Text"]);
        check("far:Text", "far!:Text", &["RunIn: + far!:Text", "RunIn: - far:Text"]);
        check("|green", "|green|blue", &["Colour: + blue"]);
        check("- Oh\n", "- Ah,Oh\n", &[">Run: + Ah,Oh", ">Run: - Oh"]);
    }

    #[test]
    fn a_member_of_an_operation_that_is_not_served_is_none() {
        check("WalkIn structure", "WalkIn structure x:Text", &[]);
    }

    #[test]
    fn operations_that_come_or_go_are_news() {
        check(">Walk", ">Jump", &["new operations: Jump", "gone operations: Walk"]);
    }
}
