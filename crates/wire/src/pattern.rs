//! Regular expressions of AWS's models, in the part of Java's dialect that they use.
//!
//! A pattern is compiled to a small program and run by backtracking that never visits a state twice, so
//! that a hostile text costs no more than `program × text`. What the dialect has and no served model uses
//! (references back to a group) makes the pattern match everything: better to let a value pass than to
//! refuse what AWS takes. For the same reason classes of marks, punctuation and symbols beyond ASCII are
//! one class, and a bound above a thousand repetitions is none.
//!
//! Why not crate `regex`: it has no lookahead, which the models use, and Unicode tables cost more than
//! this file.

mod parse;

use std::collections::BTreeSet;

use parse::Node;

/// Bounds above this are taken for none: their lengths are ruled by `min` and `max` as well.
const REPEAT_MAX: u32 = 1000;

/// Programs longer than this are not run.
const PROGRAM_MAX: usize = 50_000;

/// States of a run that are remembered at most; a text that needs more does not match.
const STATES_MAX: usize = 1 << 26;

/// Steps of a run, those of looking ahead included; a text that needs more does not match.
const STEPS_MAX: u32 = 1_000_000;

/// Whether the whole text matches a pattern; true when the pattern is one that we cannot read.
#[must_use]
pub fn matches(pattern: &str, text: &str) -> bool {
    let Some(program) = compile(pattern) else { return true };
    let text: Vec<char> = text.chars().collect();
    program.run(&text, 0, true, &mut { STEPS_MAX })
}

/// Whether a pattern is understood; one that is not matches everything.
#[cfg(test)]
fn is_understood(pattern: &str) -> bool {
    compile(pattern).is_some()
}

fn compile(pattern: &str) -> Option<Program> {
    let (node, ignore_case) = parse::parse(pattern)?;
    Program::of(&node, ignore_case)
}

/// One step of a program.
#[derive(Debug)]
enum Step {
    /// Takes a character of a set.
    Take(parse::Set),
    /// Goes on at both places, the first one first.
    Split(usize, usize),
    /// Goes on elsewhere.
    Jump(usize),
    /// Holds at the start of the text.
    Start,
    /// Holds at the end of the text.
    End,
    /// Holds where another program matches ahead, or does not.
    Look { program: Program, negative: bool },
    /// The end of the program.
    Done,
}

#[derive(Debug)]
struct Program {
    steps: Vec<Step>,
    ignore_case: bool,
}

impl Program {
    fn of(node: &Node, ignore_case: bool) -> Option<Program> {
        let mut program = Program { steps: Vec::new(), ignore_case };
        program.add(node)?;
        program.steps.push(Step::Done);
        Some(program)
    }

    fn add(&mut self, node: &Node) -> Option<()> {
        if self.steps.len() > PROGRAM_MAX {
            return None;
        }
        match node {
            Node::Take(set) => self.steps.push(Step::Take(set.clone())),
            Node::Start => self.steps.push(Step::Start),
            Node::End => self.steps.push(Step::End),
            Node::Look { node, negative } => {
                let program = Program::of(node, self.ignore_case)?;
                self.steps.push(Step::Look { program, negative: *negative });
            }
            Node::Sequence(nodes) => nodes.iter().try_for_each(|node| self.add(node))?,
            Node::Choice(nodes) => self.add_choice(nodes)?,
            Node::Repeat { node, min, max } => self.add_repeat(node, *min, *max)?,
        }
        Some(())
    }

    fn add_choice(&mut self, nodes: &[Node]) -> Option<()> {
        let mut jumps = Vec::new();
        for (at, node) in nodes.iter().enumerate() {
            if at + 1 == nodes.len() {
                self.add(node)?;
                break;
            }
            let split = self.steps.len();
            self.steps.push(Step::Split(split + 1, 0));
            self.add(node)?;
            jumps.push(self.steps.len());
            self.steps.push(Step::Jump(0));
            self.steps[split] = Step::Split(split + 1, self.steps.len());
        }
        let end = self.steps.len();
        for jump in jumps {
            self.steps[jump] = Step::Jump(end);
        }
        Some(())
    }

    fn add_repeat(&mut self, node: &Node, min: u32, max: Option<u32>) -> Option<()> {
        for _ in 0..min.min(REPEAT_MAX) {
            self.add(node)?;
        }
        match max.filter(|max| *max <= REPEAT_MAX) {
            Some(max) => {
                let mut splits = Vec::new();
                for _ in min..max {
                    splits.push(self.steps.len());
                    self.steps.push(Step::Split(0, 0));
                    self.add(node)?;
                }
                let end = self.steps.len();
                for split in splits {
                    self.steps[split] = Step::Split(split + 1, end);
                }
            }
            None => {
                let split = self.steps.len();
                self.steps.push(Step::Split(0, 0));
                self.add(node)?;
                self.steps.push(Step::Jump(split));
                self.steps[split] = Step::Split(split + 1, self.steps.len());
            }
        }
        Some(())
    }

    /// Runs from a place in the text; `whole` asks that the program ends where the text ends.
    fn run(&self, text: &[char], from: usize, whole: bool, budget: &mut u32) -> bool {
        let width = text.len() + 1 - from;
        if self.steps.len() * width > STATES_MAX {
            return false;
        }
        // A run over the whole text sees most states, a look ahead few.
        let mut seen =
            if whole { Seen::all(self.steps.len() * width) } else { Seen::Few(BTreeSet::new()) };
        let mut open = vec![(0, from)];
        while let Some((step, at)) = open.pop() {
            if !seen.first(step * width + at - from) {
                continue;
            }
            let Some(left) = budget.checked_sub(1) else { return false };
            *budget = left;
            match &self.steps[step] {
                Step::Take(set) => {
                    if text.get(at).is_some_and(|letter| self.takes(set, *letter)) {
                        open.push((step + 1, at + 1));
                    }
                }
                Step::Split(first, second) => open.extend([(*second, at), (*first, at)]),
                Step::Jump(to) => open.push((*to, at)),
                Step::Start if at == 0 => open.push((step + 1, at)),
                Step::End if at == text.len() => open.push((step + 1, at)),
                Step::Look { program, negative }
                    if program.run(text, at, false, budget) != *negative =>
                {
                    open.push((step + 1, at));
                }
                Step::Done if !whole || at == text.len() => return true,
                Step::Start | Step::End | Step::Look { .. } | Step::Done => {}
            }
        }
        false
    }

    fn takes(&self, set: &parse::Set, letter: char) -> bool {
        set.has(letter)
            || self.ignore_case
                && (set.has(letter.to_ascii_lowercase()) || set.has(letter.to_ascii_uppercase()))
    }
}

/// The states that a run has been in.
enum Seen {
    All(Vec<u64>),
    Few(BTreeSet<usize>),
}

impl Seen {
    fn all(states: usize) -> Seen {
        Seen::All(vec![0; states / 64 + 1])
    }

    /// Whether this is the first time.
    fn first(&mut self, state: usize) -> bool {
        match self {
            Seen::All(bits) => {
                let (word, bit) = (&mut bits[state / 64], 1 << (state % 64));
                let first = *word & bit == 0;
                *word |= bit;
                first
            }
            Seen::Few(states) => states.insert(state),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables;

    /// The texts that match, of those given.
    fn check(pattern: &str, texts: &[&str], matching: &[&str]) {
        assert!(is_understood(pattern), "{pattern}");
        let found: Vec<&str> =
            texts.iter().filter(|text| matches(pattern, text)).copied().collect();
        assert_eq!(found, matching, "{pattern}");
    }

    #[test]
    fn a_pattern_matches_the_whole_text() {
        check("[a-c]+", &["abc", "abcd", "", "dabc"], &["abc"]);
        check("^[a-c]+$", &["abc", "abcd", ""], &["abc"]);
        check("a|bc", &["a", "bc", "abc", "b"], &["a", "bc"]);
        check("^$|x", &["", "x", "y"], &["", "x"]);
        check("(a|b)*c?", &["", "abba", "abc", "cc"], &["", "abba", "abc"]);
    }

    #[test]
    fn repetitions_have_bounds() {
        check("a{2}", &["a", "aa", "aaa"], &["aa"]);
        check("a{2,}", &["a", "aa", "aaaa"], &["aa", "aaaa"]);
        check("a{0,2}b", &["b", "aab", "aaab"], &["b", "aab"]);
        check(".{1,100000}", &["", "x"], &["x"]);
        check("x*?y+", &["y", "xxyy", "x"], &["y", "xxyy"]);
        check("a{x}", &["a{x}", "a"], &["a{x}"]);
    }

    #[test]
    fn classes_are_those_of_java() {
        check(r"\d{12}", &["123456789012", "１２３４５６７８９０１２"], &["123456789012"]);
        check(r"[\w-_]+", &["a-b_c", "a b", "é"], &["a-b_c"]);
        check(r"[^:*$]*", &["a b", "a:b", "a*"], &["a b"]);
        check(
            r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*",
            &["Größe 2/ü@x", "a#b", "a\tb", "名前"],
            &["Größe 2/ü@x", "名前"],
        );
        check(r"[A-Za-z0-9-_+.]+", &["a-b_c+d.e", "a,b"], &["a-b_c+d.e"]);
        check(r"[a-z0-9-\.]+", &["a-b.c", "a\\b"], &["a-b.c"]);
        check(r"[-a-z]+", &["-a", "A"], &["-a"]);
        check(r"[$]LATEST", &["$LATEST", "LATEST"], &["$LATEST"]);
        check(r"[\s\S]*\S[\s\S]*", &["  x ", "   ", ""], &["  x "]);
        check(r"\p{Print}+", &["a b~", "a\nb"], &["a b~"]);
        check(
            r"[\u0009\u0020-\u007E\uD800\uDC00-\uDBFF\uDFFF]+",
            &["a\t", "😀", "é"],
            &["a\t", "😀"],
        );
        check(r"[\x00-\x7F]+", &["abc", "ü"], &["abc"]);
        check(r"a.c", &["abc", "a\nc"], &["abc"]);
        check(r"(?i)all|[0-9]{2}", &["ALL", "all", "12", "al"], &["ALL", "all", "12"]);
    }

    #[test]
    fn lookahead_holds_without_taking() {
        check(r"^(?!arn:)[!-~]{1,253}$", &["name", "arn:x", "xarn:"], &["name", "xarn:"]);
        check(r"^(?=.{3,5}$)[a-z]+$", &["ab", "abc", "abcdef"], &["abc"]);
        check(r"(?!((^[ ]+.*)|(.*[:/|])+.*)).+", &["ok", " no", "n:o"], &["ok"]);
    }

    #[test]
    fn a_hostile_text_is_refused_in_time() {
        let text = "a".repeat(20_000);
        assert!(!matches("^([a-zA-Z0-9]+-)*[a-zA-Z0-9]+$", &format!("{text}!")));
        assert!(!matches("(a*)*(a*)*b", &text));
        assert!(!matches(r"(-(?!-*x))*y", &"-".repeat(100_000)));
    }

    #[test]
    fn what_is_not_a_pattern_matches_everything() {
        for broken in ["(", "[a", "a)", "*", r"(a)\1", "(?<=a)b", "a{2,1}", r"\", "[z-a]", r"\u12"]
        {
            assert!(!is_understood(broken), "{broken}");
            assert!(matches(broken, "anything"));
        }
    }

    /// Every pattern of every table, so that a new one that is not understood is noticed.
    #[test]
    fn the_models_are_understood() {
        let mut unknown = std::collections::BTreeSet::new();
        for service in tables::ALL {
            for shape in service.table.graph().shapes() {
                let pattern = shape.rules.as_ref().and_then(|rules| rules.pattern);
                unknown.extend(pattern.filter(|it| !is_understood(it)).map(|_| shape.name));
            }
        }
        // An ISO 8601 duration that refers back to its own separators.
        assert_eq!(unknown.into_iter().collect::<Vec<_>>(), ["StringDateTime"]);
    }
}
