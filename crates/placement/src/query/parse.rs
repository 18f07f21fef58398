//! Turns the text of a query into its tree: a scanner that knows where it is, and one function per line of the grammar.

use super::{
    Expr, LENGTH_MAX, Match, NESTING_MAX, Order, QueryError, Test,
    literal::{Version, moment, pattern},
};

/// The subjects but for `attribute:NAME`.
const PLAIN_SUBJECTS: [&str; 6] = [
    "agentConnected",
    "agentVersion",
    "ec2InstanceId",
    "registeredAt",
    "runningTasksCount",
    "task:group",
];

pub(super) fn expression(text: &str) -> Result<Expr, QueryError> {
    if text.chars().count() > LENGTH_MAX {
        let what = format!("an expression has at most {LENGTH_MAX} characters, but it goes on");
        return Err(QueryError { at: LENGTH_MAX + 1, what });
    }
    let mut parser = Parser { text, at: 0, nesting: 0 };
    let root = parser.or()?;
    parser.skip_space();
    if parser.rest().is_empty() {
        Ok(root)
    } else {
        Err(parser.wrong("expected `and`, `or` or the end"))
    }
}

/// An operator as it was written, before it is known whether its subject has it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Operator {
    Ordered(Order),
    NotEqual,
    Exists,
    NotExists,
    In,
    NotIn,
    Matches,
    NotMatches,
}

/// The left half of a simple expression.
#[derive(Clone, Copy)]
struct Asked<'a> {
    subject: &'a str,
    operator: Operator,
    /// Where the operator is.
    at: usize,
}

struct Parser<'a> {
    text: &'a str,
    /// In bytes, always at the start of a character.
    at: usize,
    nesting: usize,
}

impl<'a> Parser<'a> {
    fn or(&mut self) -> Result<Expr, QueryError> {
        let mut any = vec![self.and()?];
        while self.joined_by("||", "or") {
            any.push(self.and()?);
        }
        Ok(if any.len() == 1 { any.remove(0) } else { Expr::Or(any) })
    }

    fn and(&mut self) -> Result<Expr, QueryError> {
        let mut all = vec![self.unary()?];
        while self.joined_by("&&", "and") {
            all.push(self.unary()?);
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Expr::And(all) })
    }

    fn unary(&mut self) -> Result<Expr, QueryError> {
        self.skip_space();
        self.nesting += 1;
        if self.nesting > NESTING_MAX {
            return Err(self.wrong(&format!("more than {NESTING_MAX} levels of nesting")));
        }
        let expr = if self.accept("!") || self.accept_word("not") {
            Expr::Not(Box::new(self.unary()?))
        } else if self.accept("(") {
            let inner = self.or()?;
            self.skip_space();
            if !self.accept(")") {
                return Err(self.wrong("expected `and`, `or` or `)`"));
            }
            inner
        } else {
            self.simple()?
        };
        self.nesting -= 1;
        Ok(expr)
    }

    fn simple(&mut self) -> Result<Expr, QueryError> {
        let subject_at = self.at;
        let subject = self.take_while(is_subject_char);
        let attribute = subject.strip_prefix("attribute:");
        if attribute == Some("") {
            return Err(self.wrong("expected an attribute's name"));
        }
        if attribute.is_none() && !PLAIN_SUBJECTS.contains(&subject) {
            let what = format!("expected attribute:NAME, {}", PLAIN_SUBJECTS.join(", "));
            return Err(wrong_at(self.text, subject_at, &what));
        }
        let at = self.after_space();
        let asked = Asked { subject, operator: self.operator()?, at };
        if let Some(name) = attribute {
            return self.attribute(asked, name);
        }
        match subject {
            "agentConnected" => self.texts(asked, &["true", "false"], Test::AgentConnected),
            "ec2InstanceId" => self.texts(asked, &[], Test::Ec2InstanceId),
            "task:group" => self.texts(asked, &[], Test::TaskGroup),
            "agentVersion" => self.ordered(asked, "a version", |order, text| {
                Some(Test::AgentVersion(order, Version::parse(text)?))
            }),
            "registeredAt" => self.ordered(asked, "a date", |order, text| {
                Some(Test::RegisteredAt(order, moment(text)?))
            }),
            "runningTasksCount" => self.ordered(asked, "a whole number", |order, text| {
                Some(Test::RunningTasksCount(order, text.parse().ok()?))
            }),
            _ => unreachable!("`{subject}` is one of PLAIN_SUBJECTS"),
        }
    }

    fn attribute(&mut self, asked: Asked<'_>, name: &str) -> Result<Expr, QueryError> {
        let exists = Expr::Is(Test::AttributeExists(name.to_owned()));
        match asked.operator {
            Operator::Exists => Ok(exists),
            Operator::NotExists => Ok(negated(exists)),
            Operator::Ordered(Order::Equal)
            | Operator::NotEqual
            | Operator::In
            | Operator::NotIn
            | Operator::Matches
            | Operator::NotMatches => {
                self.texts(asked, &[], |wanted| Test::Attribute(name.to_owned(), wanted))
            }
            Operator::Ordered(order) => {
                let wanted = self.literal(Until::ExpressionGoesOn)?;
                Ok(Expr::Is(Test::AttributeOrder(name.to_owned(), order, wanted.to_owned())))
            }
        }
    }

    /// The operators of subjects that are texts: equal, in a list, matching a pattern. `allowed` is empty where any text is.
    fn texts(
        &mut self,
        asked: Asked<'_>,
        allowed: &[&str],
        test: impl FnOnce(Match) -> Test,
    ) -> Result<Expr, QueryError> {
        let wanted = match asked.operator {
            Operator::Ordered(Order::Equal) | Operator::NotEqual => {
                Match::OneOf(vec![self.one_of(allowed, Until::ExpressionGoesOn)?])
            }
            Operator::In | Operator::NotIn => Match::OneOf(self.list(allowed)?),
            Operator::Matches | Operator::NotMatches => {
                let at = self.after_space();
                let text = self.literal(Until::ExpressionGoesOn)?;
                let compiled = pattern(text)
                    .ok_or_else(|| wrong_at(self.text, at, "expected a regular expression"))?;
                Match::Pattern(compiled)
            }
            Operator::Ordered(_) | Operator::Exists | Operator::NotExists => {
                return Err(self.no_such_operator(asked));
            }
        };
        let is = Expr::Is(test(wanted));
        let is_negative =
            matches!(asked.operator, Operator::NotEqual | Operator::NotIn | Operator::NotMatches);
        Ok(if is_negative { negated(is) } else { is })
    }

    /// The operators of subjects that have an order.
    fn ordered(
        &mut self,
        asked: Asked<'_>,
        kind: &str,
        test: impl FnOnce(Order, &str) -> Option<Test>,
    ) -> Result<Expr, QueryError> {
        let order = match asked.operator {
            Operator::Ordered(order) => order,
            Operator::NotEqual => Order::Equal,
            Operator::Exists
            | Operator::NotExists
            | Operator::In
            | Operator::NotIn
            | Operator::Matches
            | Operator::NotMatches => return Err(self.no_such_operator(asked)),
        };
        let at = self.after_space();
        let text = self.literal(Until::ExpressionGoesOn)?;
        let test = test(order, text)
            .ok_or_else(|| wrong_at(self.text, at, &format!("expected {kind}")))?;
        let is = Expr::Is(test);
        Ok(if asked.operator == Operator::NotEqual { negated(is) } else { is })
    }

    fn operator(&mut self) -> Result<Operator, QueryError> {
        // Longer before shorter: `>=` is not `>` and then `=…`.
        const SYMBOLS: [(&str, Operator); 8] = [
            ("==", Operator::Ordered(Order::Equal)),
            ("!=", Operator::NotEqual),
            (">=", Operator::Ordered(Order::GreaterOrEqual)),
            ("<=", Operator::Ordered(Order::LessOrEqual)),
            ("=~", Operator::Matches),
            ("!~", Operator::NotMatches),
            (">", Operator::Ordered(Order::Greater)),
            ("<", Operator::Ordered(Order::Less)),
        ];
        const WORDS: [(&str, Operator); 12] = [
            ("equals", Operator::Ordered(Order::Equal)),
            ("not_equals", Operator::NotEqual),
            ("greater_than", Operator::Ordered(Order::Greater)),
            ("greater_than_equal", Operator::Ordered(Order::GreaterOrEqual)),
            ("less_than", Operator::Ordered(Order::Less)),
            ("less_than_equal", Operator::Ordered(Order::LessOrEqual)),
            ("exists", Operator::Exists),
            ("not_exists", Operator::NotExists),
            ("in", Operator::In),
            ("not_in", Operator::NotIn),
            ("matches", Operator::Matches),
            ("not_matches", Operator::NotMatches),
        ];
        self.skip_space();
        let symbol = SYMBOLS.iter().find(|(symbol, _)| self.accept(symbol));
        let known = symbol
            .or_else(|| WORDS.iter().find(|(word, _)| self.accept_word(word)))
            .map(|(_, operator)| *operator);
        if let Some(operator) = known {
            return Ok(operator);
        }
        let start = self.at;
        if self.accept("!") {
            if self.accept_word("exists") {
                return Ok(Operator::NotExists);
            }
            if self.accept_word("in") {
                return Ok(Operator::NotIn);
            }
        }
        Err(wrong_at(self.text, start, "expected an operator such as `==`, `in` or `=~`"))
    }

    fn list(&mut self, allowed: &[&str]) -> Result<Vec<String>, QueryError> {
        self.skip_space();
        if !self.accept("[") {
            return Err(self.wrong("expected a list such as `[a, b]`"));
        }
        let mut values = Vec::new();
        loop {
            values.push(self.one_of(allowed, Until::ListGoesOn)?);
            self.skip_space();
            if self.accept("]") {
                return Ok(values);
            }
            if !self.accept(",") {
                return Err(self.wrong("expected `,` or `]`"));
            }
        }
    }

    fn one_of(&mut self, allowed: &[&str], until: Until) -> Result<String, QueryError> {
        let at = self.after_space();
        let text = self.literal(until)?;
        if allowed.is_empty() || allowed.contains(&text) {
            return Ok(text.to_owned());
        }
        Err(wrong_at(self.text, at, &format!("expected `{}`", allowed.join("` or `"))))
    }

    fn literal(&mut self, until: Until) -> Result<&'a str, QueryError> {
        self.skip_space();
        let start = self.at;
        if let Some(quote) = self.rest().chars().next().filter(|char| matches!(char, '\'' | '"')) {
            let inside = &self.rest()[1..];
            let length = inside.find(quote).ok_or_else(|| {
                wrong_at(self.text, start, &format!("no {quote} closes this text"))
            })?;
            self.at += length + 2;
            return Ok(&inside[..length]);
        }
        let length = self
            .rest()
            .char_indices()
            .find(|(index, char)| until.ends(*char, &self.rest()[*index..]))
            .map_or(self.rest().len(), |(index, _)| index);
        self.at += length;
        if length == 0 {
            Err(self.wrong("expected a value"))
        } else {
            Ok(&self.text[start..self.at])
        }
    }

    fn joined_by(&mut self, symbol: &str, word: &str) -> bool {
        self.skip_space();
        self.accept(symbol) || self.accept_word(word)
    }

    fn accept(&mut self, symbol: &str) -> bool {
        let found = self.rest().starts_with(symbol);
        if found {
            self.at += symbol.len();
        }
        found
    }

    /// A whole word in any case: `notify` does not begin with `not`.
    fn accept_word(&mut self, word: &str) -> bool {
        let length = self.rest().find(|char| !is_subject_char(char)).unwrap_or(self.rest().len());
        let found = self.rest()[..length].eq_ignore_ascii_case(word);
        if found {
            self.at += length;
        }
        found
    }

    fn take_while(&mut self, belongs: fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|char| !belongs(char)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    fn after_space(&mut self) -> usize {
        self.skip_space();
        self.at
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn wrong(&self, what: &str) -> QueryError {
        wrong_at(self.text, self.at, what)
    }

    fn no_such_operator(&self, asked: Asked<'_>) -> QueryError {
        let what = format!("`{}` does not have this operator", asked.subject);
        wrong_at(self.text, asked.at, &what)
    }
}

/// What ends a bare literal.
#[derive(Clone, Copy)]
enum Until {
    ExpressionGoesOn,
    ListGoesOn,
}

impl Until {
    fn ends(self, char: char, rest: &str) -> bool {
        let in_both = char.is_whitespace() || matches!(char, '(' | ')');
        in_both
            || match self {
                Self::ExpressionGoesOn => rest.starts_with("&&") || rest.starts_with("||"),
                Self::ListGoesOn => matches!(char, ',' | ']' | '['),
            }
    }
}

fn is_subject_char(char: char) -> bool {
    char.is_ascii_alphanumeric() || matches!(char, '_' | ':' | '.' | '/' | '\\' | '-')
}

fn negated(expr: Expr) -> Expr {
    Expr::Not(Box::new(expr))
}

fn wrong_at(text: &str, byte: usize, what: &str) -> QueryError {
    QueryError { at: text[..byte].chars().count() + 1, what: what.to_owned() }
}
