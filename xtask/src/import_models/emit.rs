//! Prints a model as a table: data only, one row a line, in the order of the names.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::model::{MemberRow, Model, ShapeModel, TraitsRow};

/// The module of a service.
pub(crate) fn module(id: &str) -> String {
    id.replace('-', "_")
}

/// `tables/mod.rs`: the modules, the list of services and the words of a row.
pub(crate) fn modules(ids: &[&str], version: &str) -> String {
    let mut out = header(version);
    out.push_str("//! AWS's interface models as rows, a module per service.\n\n");
    out.push_str("use crate::shape::{Kind, Member, Operation, Service, Shape};\n\n");
    for id in ids {
        let (module, reason) = (module(id), "names of AWS's model explain themselves");
        let _ = writeln!(
            out,
            "#[rustfmt::skip]\n#[expect(missing_docs, reason = \"{reason}\")]\npub mod {module};"
        );
    }
    let rows: Vec<String> = ids.iter().map(|id| format!("&{}::SERVICE", module(id))).collect();
    let _ = writeln!(out, "\n/// Every service that has a table, by name.");
    let _ = writeln!(
        out,
        "pub static ALL: [&Service; {}] = [\n    {},\n];",
        ids.len(),
        rows.join(",\n    ")
    );
    out.push_str(WORDS);
    out
}

const WORDS: &str = r#"
/// A shape.
const fn s(name: &'static str, kind: Kind, members: &'static [Member]) -> Shape {
    Shape::new(name, kind, members)
}

/// An optional member.
const fn o(name: &'static str, shape: &'static Shape) -> Member {
    Member::optional(name, shape)
}

/// A required member.
const fn r(name: &'static str, shape: &'static Shape) -> Member {
    Member::required(name, shape)
}

/// An optional member with a name on the wire.
const fn ow(name: &'static str, shape: &'static Shape, wire: &'static str) -> Member {
    Member::optional(name, shape).wire(wire)
}

/// A required member with a name on the wire.
const fn rw(name: &'static str, shape: &'static Shape, wire: &'static str) -> Member {
    Member::required(name, shape).wire(wire)
}

/// An operation of the protocols that have but one method, path and status.
const fn op(
    name: &'static str,
    input: &'static Shape,
    output: &'static Shape,
    errors: &'static [&'static Shape],
) -> Operation {
    Operation {
        name,
        method: "POST",
        uri: "/",
        status: 200,
        input,
        output,
        result_wrapper: None,
        errors,
    }
}
"#;

fn header(version: &str) -> String {
    format!(
        "// @generated from botocore {version} (Apache-2.0); do not edit, run `cargo xtask import-models`.\n"
    )
}

/// The table of a service.
pub(crate) fn table(id: &str, model: &Model, version: &str, sha256: &str) -> String {
    let names = static_names(model);
    let mut rows = String::new();
    for name in reachable(model) {
        let shape = &model.shapes[&name];
        let _ = writeln!(
            rows,
            "pub static {}: Shape = {};",
            names[&name],
            shape_row(&name, shape, model, &names)
        );
    }
    let mut out = header(version);
    let _ = writeln!(out, "// Model sha256 {sha256}.");
    let _ = writeln!(
        out,
        "//! {}, API version {}.",
        model.metadata.service_full_name, model.metadata.api_version
    );
    out.push('\n');
    let service = service(id, model, &names);
    let body = service + "\n" + &rows;
    let used = identifiers(&body);
    let list = |words: &[&'static str]| {
        words.iter().filter(|word| used.contains(**word)).copied().collect::<Vec<_>>().join(", ")
    };
    let _ = writeln!(out, "use super::{{{}}};", list(&["o", "op", "ow", "r", "rw", "s"]));
    let _ = writeln!(out, "use crate::shape::{{{}}};\n", list(&TYPES));
    out + &body
}

/// What rows are made of, in `shape.rs`.
const TYPES: [&str; 12] = [
    "EMPTY",
    "ErrorTraits",
    "Kind",
    "Location",
    "NONE",
    "Operation",
    "Protocol",
    "Rules",
    "Service",
    "Shape",
    "TimestampFormat",
    "Traits",
];

/// The identifiers of a piece of Rust, those in strings left out.
fn identifiers(rust: &str) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    let (mut start, mut in_string, mut escaped) = (0, false, false);
    for (at, letter) in rust.char_indices() {
        if in_string {
            in_string = escaped || letter != '"';
            escaped = !escaped && letter == '\\';
            start = at + letter.len_utf8();
        } else if !(letter.is_alphanumeric() || letter == '_') {
            found.insert(&rust[start..at]);
            in_string = letter == '"';
            start = at + letter.len_utf8();
        }
    }
    found
}

fn service(id: &str, model: &Model, names: &BTreeMap<String, String>) -> String {
    let meta = &model.metadata;
    let mut out = String::from("pub static SERVICE: Service = Service {\n");
    let protocols: Vec<String> =
        meta.protocol_rows().iter().map(|row| format!("Protocol::{row}")).collect();
    let _ = writeln!(out, "    id: {id:?},");
    let _ = writeln!(out, "    full_name: {:?},", meta.service_full_name);
    let _ = writeln!(
        out,
        "    signing_name: {:?},",
        meta.signing_name.as_ref().unwrap_or(&meta.endpoint_prefix)
    );
    let _ = writeln!(out, "    endpoint_prefix: {:?},", meta.endpoint_prefix);
    let _ = writeln!(out, "    version: {:?},", meta.api_version);
    let _ = writeln!(out, "    protocols: &[{}],", protocols.join(", "));
    let _ = writeln!(out, "    target_prefix: {:?},", meta.target_prefix);
    let _ = writeln!(out, "    namespace: {:?},", meta.xml_namespace);
    let _ = writeln!(out, "    query_compatible: {},", meta.aws_query_compatible.is_some());
    let _ = writeln!(out, "    operations: &OPERATIONS,");
    let errors: Vec<String> = errors(model).map(|name| format!("&{}", names[name])).collect();
    let _ = writeln!(out, "    errors: &[{}],", errors.join(", "));
    let _ = writeln!(out, "    served: include_str!(\"../../operations/{}.txt\"),", module(id));
    out.push_str("};\n\n");
    let _ = writeln!(out, "static OPERATIONS: [Operation; {}] = [", model.operations.len());
    for (name, operation) in &model.operations {
        let shape = |reference: &Option<super::model::Reference>| {
            reference.as_ref().map_or("EMPTY".to_owned(), |it| names[&it.shape].clone())
        };
        let (input, output) = (shape(&operation.input), shape(&operation.output));
        let errors: BTreeSet<&String> = operation.errors.iter().map(|it| &it.shape).collect();
        let errors: Vec<String> =
            errors.into_iter().map(|name| format!("&{}", names[name])).collect();
        let errors = errors.join(", ");
        let wrapper = operation.output.as_ref().and_then(|it| it.result_wrapper.as_ref());
        let http = operation.http.as_ref().expect("an operation of a service has its HTTP binding");
        let status = http.response_code.unwrap_or(200);
        let _ = if (http.method.as_str(), http.request_uri.as_str(), status, wrapper)
            == ("POST", "/", 200, None)
        {
            writeln!(out, "    op({name:?}, &{input}, &{output}, &[{errors}]),")
        } else {
            writeln!(
                out,
                "    Operation {{ name: {name:?}, method: {:?}, uri: {:?}, status: {status}, input: &{input}, output: &{output}, result_wrapper: {wrapper:?}, errors: &[{errors}] }},",
                http.method, http.request_uri
            )
        };
    }
    out.push_str("];\n");
    out
}

fn shape_row(
    name: &str,
    shape: &ShapeModel,
    model: &Model,
    names: &BTreeMap<String, String>,
) -> String {
    let members: Vec<String> =
        shape.member_rows(model).iter().map(|row| member_row(row, names)).collect();
    let mut out = format!("s({name:?}, Kind::{}, &[{}])", shape.row_kind(), members.join(", "));
    if shape.min.is_some()
        || shape.max.is_some()
        || shape.pattern.is_some()
        || !shape.values.is_empty()
    {
        let values: Vec<String> = shape.values.iter().map(|value| format!("{value:?}")).collect();
        let _ = write!(
            out,
            ".rules(&Rules {{ min: {:?}, max: {:?}, pattern: {}, values: &[{}] }})",
            shape.min,
            shape.max,
            shape.pattern.as_ref().map_or("None".to_owned(), |text| format!("Some({text:?})")),
            values.join(", "),
        );
    }
    if let Some(traits) = traits(&shape.traits_row(name)) {
        let _ = write!(out, ".traits({traits})");
    }
    out
}

fn member_row(row: &MemberRow, names: &BTreeMap<String, String>) -> String {
    let word = if row.required { "r" } else { "o" };
    let shape = &names[&row.shape];
    // A word of its own for members with a wire name: a method call for each of seven thousand is slow.
    let mut out = match &row.wire {
        Some(wire) => format!("{word}w({:?}, &{shape}, {wire:?})", row.name),
        None => format!("{word}({:?}, &{shape})", row.name),
    };
    if let Some(traits) = traits(&row.traits) {
        let _ = write!(out, ".traits({traits})");
    }
    out
}

fn traits(row: &TraitsRow) -> Option<String> {
    let mut fields = Vec::new();
    let mut say = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            fields.push(format!("{name}: {value}"));
        }
    };
    let quoted = |text: &Option<String>| text.as_ref().map(|text| format!("Some({text:?})"));
    let truth = |it: bool| it.then(|| "true".to_owned());
    say("location", row.location.map(|it| format!("Location::{it}")));
    say("query_name", quoted(&row.query_name));
    say("timestamp", row.timestamp.map(|it| format!("Some(TimestampFormat::{it})")));
    say("namespace", quoted(&row.namespace));
    say("prefix", quoted(&row.prefix));
    say("flattened", truth(row.flattened));
    say("attribute", truth(row.attribute));
    say("json_value", truth(row.json_value));
    say("idempotency_token", truth(row.idempotency_token));
    say("payload", quoted(&row.payload));
    say(
        "error",
        row.error.as_ref().map(|it| {
            format!(
                "Some(&ErrorTraits {{ code: {:?}, status: {:?}, receiver: {} }})",
                it.code, it.status, it.receiver
            )
        }),
    );
    say("sensitive", truth(row.sensitive));
    (!fields.is_empty()).then(|| format!("&Traits {{ {}, ..NONE }}", fields.join(", ")))
}

fn errors(model: &Model) -> impl Iterator<Item = &String> {
    model.shapes.iter().filter(|(_, shape)| shape.exception).map(|(name, _)| name)
}

/// The shapes that an operation or an error leads to, by name.
fn reachable(model: &Model) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open: Vec<String> = errors(model).cloned().collect();
    for operation in model.operations.values() {
        let parts = [&operation.input, &operation.output];
        open.extend(
            parts.into_iter().flatten().chain(&operation.errors).map(|it| it.shape.clone()),
        );
    }
    while let Some(name) = open.pop() {
        if found.insert(name.clone()) {
            open.extend(model.shapes[&name].member_rows(model).into_iter().map(|row| row.shape));
        }
    }
    found
}

/// The name of each shape's static: `RunTaskRequest` is `RUN_TASK_REQUEST`. Of two names that differ in
/// case alone the later gets a number.
fn static_names(model: &Model) -> BTreeMap<String, String> {
    let mut taken = BTreeSet::from(["SERVICE", "OPERATIONS", "EMPTY", "NONE"].map(str::to_owned));
    let mut names = BTreeMap::new();
    for name in model.shapes.keys() {
        let plain = screaming(name);
        let numbered = (2..).map(|number| format!("{plain}_{number}"));
        let free =
            std::iter::once(plain.clone()).chain(numbered).find(|name| !taken.contains(name));
        let free = free.expect("numbers do not end");
        taken.insert(free.clone());
        names.insert(name.clone(), free);
    }
    names
}

fn screaming(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut out = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let after_small =
            at > 0 && (letters[at - 1].is_lowercase() || letters[at - 1].is_ascii_digit());
        let before_small = at > 0 && letters.get(at + 1).is_some_and(|next| next.is_lowercase());
        if letter.is_uppercase() && (after_small || before_small) && !out.ends_with('_') {
            out.push('_');
        }
        out.extend(letter.to_uppercase().filter(|it| it.is_alphanumeric() || *it == '_'));
    }
    out
}
