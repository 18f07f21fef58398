//! The files of a service: its table as text, and a module that names its structures for the
//! compiler.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::model::Model;
use super::rows;

/// The module of a service.
pub(crate) fn module(id: &str) -> String {
    id.replace('-', "_")
}

fn header(comment: &str, version: &str) -> String {
    format!(
        "{comment} @generated from botocore {version} (Apache-2.0); do not edit, run `cargo xtask import-models`.\n"
    )
}

/// `tables/*.txt`: the rows.
pub(crate) fn table(model: &Model, version: &str, sha256: &str) -> String {
    format!("{}# Model sha256 {sha256}.\n{}", header("#", version), rows::table(model))
}

/// `tables/mod.rs`: the modules and the list of services.
pub(crate) fn modules(ids: &[&str], version: &str) -> String {
    let mut out = header("//", version);
    out.push_str("//! AWS's interface models, a module per service.\n\n");
    out.push_str("use crate::shape::Service;\n\n");
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
    out
}

/// `tables/*.rs`: the service, and for `view!` and `reply!` a constant per structure with its members.
pub(crate) fn names(id: &str, model: &Model, version: &str) -> String {
    let meta = &model.metadata;
    let mut out = header("//", version);
    let _ = writeln!(out, "//! {}, API version {}.\n", meta.service_full_name, meta.api_version);
    out.push_str("use std::sync::OnceLock;\n\n");
    out.push_str("use crate::shape::{Protocol, Service};\n");
    out.push_str("use crate::table::{Graph, Known, Table};\n\n");
    let protocols: Vec<String> =
        meta.protocol_rows().iter().map(|row| format!("Protocol::{row}")).collect();
    let signing_name = meta.signing_name.as_ref().unwrap_or(&meta.endpoint_prefix);
    let _ = writeln!(out, "pub static SERVICE: Service = Service {{");
    let _ = writeln!(out, "    id: {id:?},");
    let _ = writeln!(out, "    full_name: {:?},", meta.service_full_name);
    let _ = writeln!(out, "    signing_name: {signing_name:?},");
    let _ = writeln!(out, "    endpoint_prefix: {:?},", meta.endpoint_prefix);
    let _ = writeln!(out, "    version: {:?},", meta.api_version);
    let _ = writeln!(out, "    protocols: &[{}],", protocols.join(", "));
    let _ = writeln!(out, "    target_prefix: {:?},", meta.target_prefix);
    let _ = writeln!(out, "    namespace: {:?},", meta.xml_namespace);
    let _ = writeln!(out, "    query_compatible: {},", meta.aws_query_compatible.is_some());
    let _ = writeln!(out, "    served: include_str!(\"../../operations/{}.txt\"),", module(id));
    let _ = writeln!(out, "    table: Table::new(include_str!(\"{}.txt\"), graph),", module(id));
    out.push_str("};\n\n");
    out.push_str("fn graph() -> &'static Graph {\n");
    out.push_str("    static GRAPH: OnceLock<Graph> = OnceLock::new();\n");
    out.push_str("    GRAPH.get_or_init(|| Graph::read(SERVICE.table.text()))\n}\n\n");
    out.push_str("const fn k(name: &'static str, members: &'static str) -> Known {\n");
    out.push_str("    Known::new(&SERVICE, name, members)\n}\n\n");
    for (name, plain) in static_names(model) {
        let members = known_members(model, &name);
        let _ = writeln!(out, "pub const {plain}: Known = k({name:?}, {members:?});");
    }
    out
}

/// The members of a structure as the compiler reads them: `cluster?string taskDefinition!string`.
fn known_members(model: &Model, name: &str) -> String {
    let rows = model.shapes[name].member_rows(model);
    let words = rows.iter().map(|row| {
        let sign = if row.required { '!' } else { '?' };
        format!("{}{sign}{}", row.name, model.shapes[&row.shape].row_kind())
    });
    words.collect::<Vec<String>>().join(" ")
}

/// The Rust name of each structure: `RunTaskRequest` is `RUN_TASK_REQUEST`. Of two names that differ in case
/// alone the later gets a number.
fn static_names(model: &Model) -> BTreeMap<String, String> {
    let mut taken = BTreeSet::from(["SERVICE", "GRAPH"].map(str::to_owned));
    let mut names = BTreeMap::new();
    let structures = rows::reachable(model)
        .into_iter()
        .filter(|name| matches!(model.shapes[name].row_kind(), "structure" | "union"));
    for name in structures {
        let plain = screaming(&name);
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

#[cfg(test)]
mod tests {
    use super::screaming;

    #[test]
    fn a_shape_has_the_name_that_one_expects() {
        let names = [
            "RunTaskRequest",
            "EFSVolumeConfiguration",
            "ENIDetails",
            "S3Bucket",
            "Ipv6Cidr",
            "string",
        ];
        let wanted = [
            "RUN_TASK_REQUEST",
            "EFS_VOLUME_CONFIGURATION",
            "ENI_DETAILS",
            "S3_BUCKET",
            "IPV6_CIDR",
            "STRING",
        ];
        assert_eq!(names.map(screaming), wanted);
    }
}
