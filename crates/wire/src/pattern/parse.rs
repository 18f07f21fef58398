//! From the text of a pattern to its tree.

use std::iter::Peekable;
use std::str::Chars;

/// Groups nested deeper than this are not read.
const DEPTH_MAX: u32 = 50;

/// What a pattern says.
#[derive(Debug)]
pub(super) enum Node {
    Take(Set),
    Start,
    End,
    Look { node: Box<Node>, negative: bool },
    Sequence(Vec<Node>),
    Choice(Vec<Node>),
    Repeat { node: Box<Node>, min: u32, max: Option<u32> },
}

/// A set of characters.
#[derive(Clone, Debug, Default)]
pub(super) struct Set {
    ranges: Vec<(char, char)>,
    classes: Vec<Class>,
    negated: bool,
}

/// A named set of characters.
#[derive(Clone, Copy, Debug)]
enum Class {
    Digit(bool),
    Word(bool),
    Space(bool),
    Any,
    Letter,
    Number,
    Separator,
    Mark,
    Punctuation,
    Symbol,
    Print,
}

impl Set {
    pub(super) fn has(&self, letter: char) -> bool {
        let in_range = self.ranges.iter().any(|(low, high)| (*low..=*high).contains(&letter));
        (in_range || self.classes.iter().any(|class| class.has(letter))) != self.negated
    }

    fn of(class: Class) -> Set {
        Set { classes: vec![class], ..Set::default() }
    }

    fn one(letter: char) -> Set {
        Set { ranges: vec![(letter, letter)], ..Set::default() }
    }
}

impl Class {
    fn has(self, letter: char) -> bool {
        let other = !(letter.is_ascii()
            || letter.is_alphanumeric()
            || letter.is_whitespace()
            || letter.is_control());
        let symbol = "$+<=>^`|~".contains(letter);
        match self {
            Class::Digit(wanted) => letter.is_ascii_digit() == wanted,
            Class::Word(wanted) => (letter.is_ascii_alphanumeric() || letter == '_') == wanted,
            Class::Space(wanted) => " \t\n\u{b}\u{c}\r".contains(letter) == wanted,
            Class::Any => !"\n\r\u{85}\u{2028}\u{2029}".contains(letter),
            Class::Letter => letter.is_alphabetic(),
            Class::Number => letter.is_numeric(),
            Class::Separator => letter.is_whitespace() && !letter.is_control(),
            Class::Mark => other,
            Class::Punctuation => other || letter.is_ascii_punctuation() && !symbol,
            Class::Symbol => other || symbol,
            Class::Print => (' '..='~').contains(&letter),
        }
    }
}

/// The tree of a pattern, and whether case does not matter; `None` when the pattern is not understood.
pub(super) fn parse(pattern: &str) -> Option<(Node, bool)> {
    let rest = pattern.strip_prefix("(?i)");
    let mut parser = Parser { rest: rest.unwrap_or(pattern).chars().peekable(), depth: 0 };
    let node = parser.choice()?;
    parser.rest.next().is_none().then_some((node, rest.is_some()))
}

struct Parser<'p> {
    rest: Peekable<Chars<'p>>,
    depth: u32,
}

impl Parser<'_> {
    fn eat(&mut self, letter: char) -> bool {
        self.rest.next_if_eq(&letter).is_some()
    }

    fn choice(&mut self) -> Option<Node> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return None;
        }
        let mut all = vec![self.sequence()?];
        while self.eat('|') {
            all.push(self.sequence()?);
        }
        self.depth -= 1;
        if all.len() == 1 { all.pop() } else { Some(Node::Choice(all)) }
    }

    fn sequence(&mut self) -> Option<Node> {
        let mut all = Vec::new();
        while let Some(next) = self.rest.peek()
            && !"|)".contains(*next)
        {
            let node = self.atom()?;
            all.push(self.repeated(node)?);
        }
        Some(Node::Sequence(all))
    }

    fn atom(&mut self) -> Option<Node> {
        match self.rest.next()? {
            '^' => Some(Node::Start),
            '$' => Some(Node::End),
            '.' => Some(Node::Take(Set::of(Class::Any))),
            '[' => self.set().map(Node::Take),
            '(' => self.group(),
            '\\' => self.escape().map(Node::Take),
            '*' | '+' | '?' | ')' => None,
            letter => Some(Node::Take(Set::one(letter))),
        }
    }

    fn group(&mut self) -> Option<Node> {
        let mut look = None;
        if self.eat('?') {
            match self.rest.next()? {
                ':' => {}
                '=' => look = Some(false),
                '!' => look = Some(true),
                _ => return None,
            }
        }
        let node = self.choice()?;
        if !self.eat(')') {
            return None;
        }
        Some(match look {
            Some(negative) => Node::Look { node: Box::new(node), negative },
            None => node,
        })
    }

    fn repeated(&mut self, node: Node) -> Option<Node> {
        let mut ahead = self.rest.clone();
        let (min, max) = match ahead.next() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => {
                let inner: String = ahead.by_ref().take_while(|letter| *letter != '}').collect();
                let (low, high) = inner.split_once(',').unwrap_or((&inner, &inner));
                let Ok(low) = low.parse::<u32>() else { return Some(node) };
                match (high, high.parse::<u32>()) {
                    ("", _) => (low, None),
                    (_, Ok(high)) if high >= low => (low, Some(high)),
                    _ => return None,
                }
            }
            _ => return Some(node),
        };
        self.rest = ahead;
        // Lazy and possessive repetitions match the same whole texts, but for possessive ones that give up.
        let _ = self.eat('?') || self.eat('+');
        Some(Node::Repeat { node: Box::new(node), min, max })
    }

    /// The rest of `[…]`.
    fn set(&mut self) -> Option<Set> {
        let mut set = Set { negated: self.eat('^'), ..Set::default() };
        let mut first = true;
        loop {
            let letter = self.rest.next()?;
            let item = match letter {
                ']' if !first => return Some(set),
                '\\' => self.escape()?,
                letter => Set::one(letter),
            };
            first = false;
            let [(low, _)] = item.ranges[..] else {
                set.classes.extend(item.classes);
                continue;
            };
            let mut ahead = self.rest.clone();
            let is_range = ahead.next() == Some('-') && ahead.peek().is_some_and(|end| *end != ']');
            if !is_range {
                set.ranges.push((low, low));
                continue;
            }
            self.rest = ahead;
            let high = match self.rest.next()? {
                '\\' => self.escape()?,
                letter => Set::one(letter),
            };
            match high.ranges[..] {
                [(high, _)] if high >= low => set.ranges.push((low, high)),
                [_] => return None,
                // `[a-\w]`: the dash is one.
                _ => {
                    set.ranges.extend([(low, low), ('-', '-')]);
                    set.classes.extend(high.classes);
                }
            }
        }
    }

    /// What follows a backslash.
    fn escape(&mut self) -> Option<Set> {
        Some(match self.rest.next()? {
            'd' => Set::of(Class::Digit(true)),
            'D' => Set::of(Class::Digit(false)),
            'w' => Set::of(Class::Word(true)),
            'W' => Set::of(Class::Word(false)),
            's' => Set::of(Class::Space(true)),
            'S' => Set::of(Class::Space(false)),
            'n' => Set::one('\n'),
            'r' => Set::one('\r'),
            't' => Set::one('\t'),
            'x' => Set::one(char::from_u32(self.hex(2)?)?),
            'u' => Set::one(self.unit()?),
            'p' => self.named()?,
            letter if letter.is_alphanumeric() => return None,
            letter => Set::one(letter),
        })
    }

    /// The rest of `\uXXXX`, and of the second half of a pair of surrogates.
    fn unit(&mut self) -> Option<char> {
        let first = self.hex(4)?;
        if !(0xD800..0xDC00).contains(&first) {
            return char::from_u32(first);
        }
        if !(self.eat('\\') && self.eat('u')) {
            return None;
        }
        let second = self.hex(4)?.checked_sub(0xDC00)?;
        char::from_u32(0x10000 + ((first - 0xD800) << 10) + second)
    }

    fn hex(&mut self, digits: usize) -> Option<u32> {
        (0..digits).try_fold(0, |number, _| Some(number * 16 + self.rest.next()?.to_digit(16)?))
    }

    /// The rest of `\p{…}`.
    fn named(&mut self) -> Option<Set> {
        if !self.eat('{') {
            return None;
        }
        let name: String = self.rest.by_ref().take_while(|letter| *letter != '}').collect();
        Some(Set::of(match name.as_str() {
            "L" => Class::Letter,
            "N" => Class::Number,
            "Z" | "Zs" => Class::Separator,
            "M" => Class::Mark,
            "P" => Class::Punctuation,
            "S" => Class::Symbol,
            "Print" => Class::Print,
            _ => return None,
        }))
    }
}
