//! The tables: AWS's models as text, read when they are first needed.
//!
//! A table is a file with a line per operation and per shape (its form is told in `xtask`, `import_models/rows.rs`).
//! It is part of the binary as text and nothing else, so that a process that never serves the API (the shim
//! beside each task, the command line) pays nothing for it: no relocations, no pages. The first request to
//! a service makes a graph of its shapes, once, which then lives as long as the process.
//!
//! For the compiler each structure also is a [`Known`] constant with the names and kinds of its members, in
//! which `view!` and `reply!` look their members up. Constants are no part of the binary. (Looking them up in
//! the table itself was tried: a microsecond per byte searched, seconds per build.)
//!
//! Always holds: the text is our own, made by `cargo xtask import-models`; a line that cannot be read is a
//! bug and panics, and a test reads them all.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::codec::form;
use crate::shape::{
    EMPTY, ErrorTraits, Kind, Location, Member, NONE, Operation, Rules, Service, Shape,
    TimestampFormat, Traits,
};

/// A service's table.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    text: &'static str,
    graph: Source,
}

/// Where the graph of a table comes from.
#[derive(Clone, Copy, Debug)]
enum Source {
    /// From a function that makes it once.
    Lazy(fn() -> &'static Graph),
    /// It is there.
    Made(&'static Graph),
}

impl Table {
    /// A table with a function that makes its graph once and keeps it.
    #[must_use]
    pub const fn new(text: &'static str, graph: fn() -> &'static Graph) -> Table {
        Table { text, graph: Source::Lazy(graph) }
    }

    /// A table whose graph was made before.
    #[must_use]
    pub const fn made(text: &'static str, graph: &'static Graph) -> Table {
        Table { text, graph: Source::Made(graph) }
    }

    /// The table as text.
    #[must_use]
    pub const fn text(&self) -> &'static str {
        self.text
    }

    /// The table's graph; made now if this is the first time.
    #[must_use]
    pub fn graph(&self) -> &'static Graph {
        match self.graph {
            Source::Lazy(graph) => graph(),
            Source::Made(graph) => graph,
        }
    }
}

/// The operations and shapes of a service, each pointing to the shapes it uses.
#[derive(Debug)]
pub struct Graph {
    operations: Vec<Operation>,
    shapes: BTreeMap<&'static str, &'static Shape>,
    errors: Vec<&'static Shape>,
}

impl Graph {
    /// Makes the graph of a table. Its shapes are never given back: call it once per table.
    ///
    /// # Panics
    /// If a line is not of the form that `cargo xtask import-models` writes.
    #[must_use]
    pub fn read(text: &'static str) -> Graph {
        let mut operations = Vec::new();
        let mut shapes = BTreeMap::new();
        let mut links = Vec::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            match line.strip_prefix('>') {
                Some(row) => operations.push(row),
                None => {
                    let (shape, targets) = read_shape(line);
                    shapes.insert(shape.name, shape);
                    links.push((shape, targets));
                }
            }
        }
        let find = |name: &str| {
            *shapes.get(name).unwrap_or_else(|| panic!("the table has no shape {name}"))
        };
        for (shape, targets) in links {
            for (member, target) in shape.members.iter().zip(targets) {
                member.link(find(target));
            }
        }
        let operations = operations.into_iter().map(|row| read_operation(row, find)).collect();
        let errors = shapes.values().filter(|shape| shape.is_error).copied().collect();
        Graph { operations, shapes, errors }
    }

    /// The operations, by name.
    #[must_use]
    pub fn operations(&'static self) -> &'static [Operation] {
        &self.operations
    }

    /// The operation called `name`.
    #[must_use]
    pub fn operation(&'static self, name: &str) -> Option<&'static Operation> {
        let at = self.operations.binary_search_by(|row| row.name.cmp(name)).ok()?;
        Some(&self.operations[at])
    }

    /// The shape called `name`.
    #[must_use]
    pub fn shape(&self, name: &str) -> Option<&'static Shape> {
        self.shapes.get(name).copied()
    }

    /// The shapes, by name.
    pub fn shapes(&self) -> impl Iterator<Item = &'static Shape> {
        self.shapes.values().copied()
    }

    /// The errors, by name.
    #[must_use]
    pub fn errors(&'static self) -> &'static [&'static Shape] {
        &self.errors
    }
}

fn leak<T>(it: T) -> &'static T {
    Box::leak(Box::new(it))
}

/// A word without its percent encoding.
fn plain(word: &'static str) -> &'static str {
    match form::decode(word, false) {
        Cow::Borrowed(word) => word,
        Cow::Owned(word) => Box::leak(word.into_boxed_str()),
    }
}

fn read_operation(row: &'static str, find: impl Fn(&str) -> &'static Shape) -> Operation {
    let words: Vec<&'static str> = row.split(' ').collect();
    let [name, method, uri, status, input, output, wrapper, errors] = words[..] else {
        panic!("`>{row}` is not an operation");
    };
    let shape = |name: &str| if name == "-" { &EMPTY } else { find(name) };
    Operation {
        name,
        method,
        uri,
        status: status.parse().unwrap_or_else(|_| panic!("`>{row}` has no status")),
        input: shape(input),
        output: shape(output),
        result_wrapper: (wrapper != "-").then_some(wrapper),
        errors: if errors == "-" { Vec::new() } else { errors.split(',').map(find).collect() },
    }
}

/// The shape of a line, and the names of the shapes of its members.
fn read_shape(line: &'static str) -> (&'static Shape, Vec<&'static str>) {
    let mut words = line.split(' ');
    let (name, kind) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let kind = Kind::of(kind).unwrap_or_else(|| panic!("`{line}` is of no kind"));
    let (mut members, mut targets) = (Vec::new(), Vec::new());
    let mut rules: Option<Rules> = None;
    let mut is_error = false;
    let mut traits = None;
    let mut error = ErrorTraits { code: None, status: None, receiver: false };
    for word in words {
        let Some(trait_) = word.strip_prefix('@') else {
            let (member, target) = read_member(word);
            members.push(member);
            targets.push(target);
            continue;
        };
        let (key, value) = trait_.split_once('=').unwrap_or((trait_, ""));
        match key {
            "min" => rules.get_or_insert_default().min = value.parse().ok(),
            "max" => rules.get_or_insert_default().max = value.parse().ok(),
            "pattern" => rules.get_or_insert_default().pattern = Some(plain(value)),
            "enum" => rules.get_or_insert_default().values = value.split('|').map(plain).collect(),
            "exception" => is_error = true,
            "code" => error.code = Some(plain(value)),
            "status" => error.status = value.parse().ok(),
            "fault" => error.receiver = true,
            _ => add_trait(traits.get_or_insert(NONE), key, value),
        }
    }
    let shape =
        Shape { name, kind, members, rules, traits: traits.map_or(&NONE, leak), is_error, error };
    (leak(shape), targets)
}

/// A member, and the name of its shape: `vpcId!:String=VpcId@query=Vpc`.
fn read_member(word: &'static str) -> (Member, &'static str) {
    let mut parts = word.split('@');
    let head = parts.next().unwrap_or_default();
    let (name, rest) = head.split_once(':').unwrap_or_else(|| panic!("`{word}` is not a member"));
    let (target, wire) =
        rest.split_once('=').map_or((rest, None), |(target, wire)| (target, Some(plain(wire))));
    let mut traits = None;
    for part in parts {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        add_trait(traits.get_or_insert(NONE), key, value);
    }
    let optional = name.strip_suffix('!');
    let member = Member {
        name: optional.unwrap_or(name),
        required: optional.is_some(),
        wire,
        traits: traits.map_or(&NONE, leak),
        target: OnceLock::new(),
    };
    (member, target)
}

fn add_trait(traits: &mut Traits, key: &'static str, value: &'static str) {
    let value = plain(value);
    match key {
        "in" => {
            traits.location = match value {
                "header" => Location::Header,
                "headers" => Location::Headers,
                "uri" => Location::Uri,
                "query" => Location::Query,
                "status" => Location::Status,
                other => panic!("`{other}` is no location"),
            }
        }
        "time" => {
            traits.timestamp = Some(match value {
                "epoch" => TimestampFormat::Epoch,
                "date-time" => TimestampFormat::DateTime,
                "http-date" => TimestampFormat::HttpDate,
                other => panic!("`{other}` is no format of timestamps"),
            });
        }
        "query" => traits.query_name = Some(value),
        "namespace" => traits.namespace = Some(value),
        "prefix" => traits.prefix = Some(value),
        "flat" => traits.flattened = true,
        "attribute" => traits.attribute = true,
        "json" => traits.json_value = true,
        "token" => traits.idempotency_token = true,
        "payload" => traits.payload = Some(value),
        "sensitive" => traits.sensitive = true,
        other => panic!("`@{other}` is no trait"),
    }
}

// === What the compiler reads

/// A structure by name, for `view!` and `reply!`.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    service: &'static Service,
    name: &'static str,
    members: &'static str,
}

impl Known {
    /// The structure `name` of a service, with its members as words: name, `!` or `?`, kind.
    #[must_use]
    pub const fn new(
        service: &'static Service,
        name: &'static str,
        members: &'static str,
    ) -> Known {
        Known { service, name, members }
    }

    /// The shape itself.
    ///
    /// # Panics
    /// If the table lacks it, which only one that was not generated does.
    #[must_use]
    pub fn shape(self) -> &'static Shape {
        self.service.table.graph().shape(self.name).expect("constants are made from the table")
    }

    /// Refuses, while compiling, a member that the structure does not have.
    ///
    /// # Panics
    /// That is how it refuses.
    pub const fn assert_member(self, member: &str) {
        let _ = self.find(member);
    }

    /// Refuses, while compiling, a field that does not fit its member: `kinds` are the kinds it can hold,
    /// `optional` says whether it can be absent.
    ///
    /// # Panics
    /// That is how it refuses.
    pub const fn assert_readable(self, member: &str, kinds: u16, optional: bool) {
        let (required, kind) = self.find(member);
        assert!(optional || required, "the member may be absent: make the field an Option");
        assert!(kinds & kind.bit() != 0, "the member is of another kind than the field");
    }

    /// Whether a member is required, and its kind.
    const fn find(self, member: &str) -> (bool, Kind) {
        let (all, name) = (self.members.as_bytes(), member.as_bytes());
        let mut start = 0;
        while start < all.len() {
            let mut at = 0;
            while at < name.len() && start + at < all.len() && all[start + at] == name[at] {
                at += 1;
            }
            let mut end = start + at;
            let sign = if end < all.len() { all[end] } else { b' ' };
            while end < all.len() && all[end] != b' ' {
                end += 1;
            }
            if at == name.len() && (sign == b'!' || sign == b'?') {
                let kind = self.members.split_at(end).0.split_at(start + at + 1).1;
                let Some(kind) = Kind::of(kind) else { panic!("a member has a kind") };
                return (sign == b'!', kind);
            }
            start = end + 1;
        }
        panic!("the shape has no such member")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables;

    #[test]
    fn every_table_is_read() {
        for service in tables::ALL {
            let graph = service.table.graph();
            let rows = service.table.text().lines().filter(|line| !line.starts_with('#'));
            assert_eq!(graph.operations.len() + graph.shapes.len(), rows.count(), "{}", service.id);
            assert!(graph.operations.is_sorted_by_key(|row| row.name), "{}", service.id);
            for shape in graph.shapes() {
                assert!(shape.members.iter().all(|member| !member.shape().name.is_empty()));
                match shape.kind {
                    Kind::List => assert_eq!(shape.members.len(), 1),
                    Kind::Map => assert_eq!(shape.members.len(), 2),
                    _ => {}
                }
            }
        }
    }

    #[test]
    fn the_compiler_knows_what_the_table_says() {
        let known = tables::ecs::RUN_TASK_REQUEST;
        let words: Vec<&str> = known.members.split(' ').collect();
        let members = &known.shape().members;
        assert_eq!(words.len(), members.len());
        for member in members {
            assert_eq!(
                known.find(member.name),
                (member.required, member.shape().kind),
                "{}",
                member.name
            );
        }
    }

    #[test]
    fn a_row_says_everything() {
        let text = "\
>Run PUT /run/{id} 202 In - RunResult Oh
Id string @min=1 @max=9.5 @pattern=[a%20=|]+ @enum=a|b%7Cc @sensitive
In structure id!:Id=the%20id@in=uri@query=Id%3D when:When@time=http-date@token
Oh structure @exception @code=Oh.Dear @status=404 @fault
When timestamp
";
        let graph: &'static Graph = leak(Graph::read(text));
        let run = graph.operation("Run").unwrap();
        assert_eq!(
            (run.method, run.uri, run.status, run.result_wrapper),
            ("PUT", "/run/{id}", 202, Some("RunResult"))
        );
        assert_eq!((run.input.name, run.output.name, run.errors[0].name), ("In", "Unit", "Oh"));
        let id = run.input.member("id").unwrap();
        assert_eq!(
            (id.required, id.wire, id.traits.query_name),
            (true, Some("the id"), Some("Id="))
        );
        assert_eq!((id.traits.location, id.shape().traits.sensitive), (Location::Uri, true));
        let rules = id.shape().rules.as_ref().unwrap();
        assert_eq!((rules.min, rules.max, rules.pattern), (Some(1.0), Some(9.5), Some("[a =|]+")));
        assert_eq!(rules.values, ["a", "b|c"]);
        let when = run.input.member("when").unwrap();
        assert!(!when.required && when.traits.idempotency_token);
        assert_eq!(when.traits.timestamp, Some(TimestampFormat::HttpDate));
        let error = graph.errors()[0];
        assert_eq!(
            (error.error.code, error.error.status, error.error.receiver),
            (Some("Oh.Dear"), Some(404), true)
        );
    }
}
