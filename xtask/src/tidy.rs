//! Manners that no compiler checks: allowed edges between our crates, pure crates without I/O, and the look of files.
//!
//! Every complaint names the file and line, the rule's reason and what to do instead. Not here: formatting and lints (rustfmt,
//! clippy), licences and duplicate dependencies (cargo-deny).

use anyhow::{Context, Result, bail};
use fs_err as fs;
use serde_json::Value as Json;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    process::Command,
};

/// Our crates and what each may depend on. A new edge is a decision with a page in docs/decisions/.
const EDGES: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("wire", &[]),
    ("store", &["domain"]),
    ("placement", &["domain"]),
    ("policy", &[]),
    ("exec", &["domain"]),
    ("planner", &["domain", "placement"]),
    ("books", &["domain", "store", "placement", "policy"]),
    ("api", &["domain", "wire", "store", "placement", "policy", "books"]),
    ("control", &["domain", "store", "placement", "planner", "wire", "books", "exec"]),
    ("agent", &["domain", "wire", "exec"]),
    ("vpc", &["domain"]),
    ("runtime", &["domain", "agent", "vpc"]),
    (
        "sim",
        &["domain", "store", "placement", "planner", "books", "api", "agent", "wire", "control"],
    ),
    (
        "longshore",
        &[
            "domain",
            "wire",
            "store",
            "placement",
            "planner",
            "api",
            "control",
            "agent",
            "runtime",
            "exec",
        ],
    ),
    ("xtask", &[]),
];

/// Crates that decide: values in, values out.
const PURE: &[&str] = &["domain", "wire", "placement", "policy", "planner", "exec", "vpc"];

/// Folders of other crates that decide as well.
const PURE_FOLDERS: &[&str] = &["crates/agent/src/machine"];

/// What a pure crate must not reach, even through others' crates of its own choice.
const IO_CRATES: &[&str] =
    &["tokio", "hyper", "rustix", "fs-err", "getrandom", "rand", "tempfile", "mio", "socket2"];

/// Words a pure source file must not contain, and why.
const PURE_WORDS: &[(&str, &str)] = &[
    ("HashMap", "iteration order differs from run to run; use BTreeMap"),
    ("HashSet", "iteration order differs from run to run; use BTreeSet"),
    ("SystemTime", "time is an argument"),
    ("Instant::", "time is an argument"),
    ("std::fs", "pure code does no I/O"),
    ("std::net::Tcp", "pure code does no I/O"),
    ("std::process", "pure code does no I/O"),
    ("std::thread", "pure code has no threads"),
    ("std::env", "the environment is an argument"),
    ("tokio", "pure code does not block or wait"),
];

/// Words no source file may contain, and why.
const WORDS: &[(&str, &str)] = &[
    ("#[ignore", "a test runs or is deleted; kernel tests skip visibly by KERNEL_TESTS"),
    ("should_panic", "assert the refusal as a value"),
    (
        "thread::sleep",
        "wait for a condition with a deadline; a kill at a random `moment` is the one exception",
    ),
    ("XXX", "say what and why, or mend it"),
    ("FIXME", "say what and why, or mend it"),
];

/// Names that say nothing about what is inside.
const EMPTY_NAMES: &[&str] =
    &["utils", "util", "common", "helpers", "helper", "manager", "types", "misc"];

/// A file is read in one sitting; this is where the sitting ends for good.
const FILE_LINES_MAX: usize = 600;
/// Longer lines do not fit beside their neighbour in a review.
const LINE_CHARS_MAX: usize = 160;

/// Runs every check from the repository's root.
pub(crate) fn run(root: &Path) -> Result<()> {
    let mut complaints = Vec::new();
    edges(root, &mut complaints)?;
    for file in sources(root)? {
        let text = fs::read_to_string(&file)?;
        let name = file.strip_prefix(root).unwrap_or(&file).to_string_lossy().into_owned();
        manners(&name, &text, &mut complaints);
    }
    if complaints.is_empty() {
        println!("tidy: edges, purity and file manners hold");
        return Ok(());
    }
    for complaint in &complaints {
        eprintln!("tidy: {complaint}");
    }
    bail!("{} complaints", complaints.len())
}

fn edges(root: &Path, complaints: &mut Vec<String>) -> Result<()> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root)
        .output()
        .context("run cargo metadata")?;
    if !output.status.success() {
        bail!("cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    }
    let metadata: Json = serde_json::from_slice(&output.stdout).context("read cargo metadata")?;
    let allowed: BTreeMap<_, BTreeSet<_>> =
        EDGES.iter().map(|(name, targets)| (*name, targets.iter().copied().collect())).collect();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let name = package["name"].as_str().unwrap_or_default();
        let Some(targets) = allowed.get(name) else {
            complaints.push(format!("crate `{name}` is not in the list of edges; add it to xtask/src/tidy.rs with a decision page"));
            continue;
        };
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let to = dependency["name"].as_str().unwrap_or_default();
            let is_dev = dependency["kind"] == "dev";
            if allowed.contains_key(to) && !targets.contains(to) && !(is_dev && name != "domain") {
                complaints.push(format!(
                    "crate `{name}` may not depend on `{to}` (ARCHITECTURE.md, edges)"
                ));
            }
            if PURE.contains(&name) && !is_dev && IO_CRATES.contains(&to) {
                complaints.push(format!(
                    "pure crate `{name}` depends on `{to}`: decide here, do it in a shell"
                ));
            }
        }
    }
    Ok(())
}

fn sources(root: &Path) -> Result<Vec<PathBuf>> {
    let output = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard", "*.rs"])
        .current_dir(root)
        .output()
        .context("run git ls-files")?;
    let text = String::from_utf8(output.stdout).context("read git ls-files")?;
    Ok(text.lines().map(|line| root.join(line)).filter(|path| path.is_file()).collect())
}

fn manners(name: &str, text: &str, complaints: &mut Vec<String>) {
    if text.lines().next().is_some_and(|line| line.contains("@generated")) {
        return;
    }
    if name == "xtask/src/tidy.rs" {
        return; // it has to name what it bans
    }
    let mut complain =
        |line: usize, what: String| complaints.push(format!("{name}:{line}: {what}"));
    let stem = Path::new(name).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    if EMPTY_NAMES.contains(&stem) {
        complain(1, format!("`{stem}` says nothing; name the file after what is in it"));
    }
    if !text.starts_with("//!") && !text.starts_with("#!") {
        complain(
            1,
            "a file begins with `//!`: what it is for, what always holds, what is not here".into(),
        );
    }
    let lines = text.lines().count();
    if lines > FILE_LINES_MAX {
        complain(
            lines,
            format!("{lines} lines; a file is read in one sitting, {FILE_LINES_MAX} at most"),
        );
    }
    if !text.ends_with('\n') {
        complain(lines, "no newline at the end".into());
    }
    let is_pure = PURE.iter().any(|pure| name.starts_with(&format!("crates/{pure}/src/")))
        || PURE_FOLDERS.iter().any(|folder| name.starts_with(folder));
    let may_be_unsafe = name.starts_with("crates/runtime/") && stem.starts_with("sys_");
    for (index, line) in text.lines().enumerate() {
        let code = line.split("//").next().unwrap_or_default();
        if line.chars().count() > LINE_CHARS_MAX && !line.contains("http") && !code.contains('"') {
            complain(index + 1, format!("longer than {LINE_CHARS_MAX} characters"));
        }
        if line.ends_with(' ') && !line.contains('"') || line.starts_with('\t') {
            complain(index + 1, "space at the end of the line, or a tab before it".into());
        }
        let is_random_moment = code.contains("sleep(moment");
        for (word, why) in WORDS.iter().filter(|(word, _)| code.contains(word) && !is_random_moment)
        {
            complain(index + 1, format!("`{word}`: {why}"));
        }
        if is_pure {
            for (word, why) in PURE_WORDS.iter().filter(|(word, _)| code.contains(word)) {
                complain(index + 1, format!("`{word}` in pure code: {why}"));
            }
        }
        let has_unsafe = code
            .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .any(|word| word == "unsafe");
        if has_unsafe && !may_be_unsafe && !code.contains('"') {
            complain(index + 1, "`unsafe` lives in runtime's sys_*.rs only".into());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::manners;

    fn check(name: &str, text: &str) -> Vec<String> {
        let mut complaints = Vec::new();
        manners(name, text, &mut complaints);
        complaints
    }

    #[test]
    fn a_clean_file_passes() {
        assert_eq!(check("crates/domain/src/id.rs", "//! Ids.\n\nfn a() {}\n"), [""; 0]);
    }

    #[test]
    fn pure_code_has_no_clock_and_no_hash_map() {
        let text = "//! x\nuse std::collections::HashMap;\nfn now() { SystemTime::now(); }\n";
        assert_eq!(check("crates/planner/src/a.rs", text).len(), 2);
        assert_eq!(check("crates/control/src/a.rs", text).len(), 0);
    }

    #[test]
    fn a_file_says_what_it_is_for_and_has_a_telling_name() {
        assert_eq!(check("crates/store/src/utils.rs", "fn a() {}\n").len(), 2);
    }
}
