//! Splits the text of a command into words, as a shell would that expands nothing.

/// What runs where no command is told.
pub const SHELL: &str = "sh";

/// A quote that is opened and not closed, or a backslash at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a quote is not closed, or a backslash ends it")]
pub struct Unbalanced;

/// The words of `text`. Quotes of both kinds hold words together, a backslash takes the next character as it is; in double quotes only before
/// `"`, `\`, `$` and `` ` ``.
///
/// # Errors
/// If a quote is open at the end.
pub fn split(text: &str) -> Result<Vec<String>, Unbalanced> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut rest = text.chars().peekable();
    while let Some(char) = rest.next() {
        match char {
            ' ' | '\t' | '\n' | '\r' => words.extend(word.take()),
            '\'' => {
                let word = word.get_or_insert_default();
                loop {
                    match rest.next().ok_or(Unbalanced)? {
                        '\'' => break,
                        other => word.push(other),
                    }
                }
            }
            '"' => {
                let word = word.get_or_insert_default();
                loop {
                    match rest.next().ok_or(Unbalanced)? {
                        '"' => break,
                        '\\' if rest.peek().is_some_and(|next| "\"\\$`".contains(*next)) => {
                            word.extend(rest.next());
                        }
                        other => word.push(other),
                    }
                }
            }
            '\\' => word.get_or_insert_default().push(rest.next().ok_or(Unbalanced)?),
            other => word.get_or_insert_default().push(other),
        }
    }
    words.extend(word);
    Ok(words)
}

/// The text that [`split`] makes these words of.
pub fn join(words: &[String]) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "@%_-+=:,./".contains(c);
    let quoted = words.iter().map(|word| {
        if !word.is_empty() && word.chars().all(is_plain) {
            word.clone()
        } else {
            format!("'{}'", word.replace('\'', r"'\''"))
        }
    });
    quoted.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{Unbalanced, join, split};
    use proptest::prelude::*;

    fn check(text: &str, expected: Result<&[&str], Unbalanced>) {
        let expected = expected.map(|words| words.iter().map(|it| (*it).to_owned()).collect());
        assert_eq!(split(text), expected, "{text}");
    }

    #[test]
    fn words_are_those_of_a_shell() {
        check("", Ok(&[]));
        check("  /bin/sh\t-l ", Ok(&["/bin/sh", "-l"]));
        check(r#"sh -c "echo \"$HOME\" 'x'""#, Ok(&["sh", "-c", r#"echo "$HOME" 'x'"#]));
        check(r"sh -c 'a \ b'", Ok(&["sh", "-c", r"a \ b"]));
        check(r"a\ b c''d ''", Ok(&["a b", "cd", ""]));
        check(r#""\n""#, Ok(&[r"\n"]));
        check("it's", Err(Unbalanced));
        check("\"", Err(Unbalanced));
        check("\\", Err(Unbalanced));
    }

    proptest! {
        #[test]
        fn what_is_joined_is_split_again(words: Vec<String>) {
            prop_assert_eq!(split(&join(&words)), Ok(words));
        }
    }
}
