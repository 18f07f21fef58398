//! Makes the tables of crate `wire` from the models in AWS's `botocore`, and fetches the tests that it
//! publishes of the protocols.
//!
//! The version and its hash are pinned in `crates/wire/botocore.pin`; the package is fetched by `pip
//! download` into `target/botocore` and its hash compared. Nothing of AWS's documentation is carried
//! over. The same input gives the same files, byte by byte.

mod archive;
mod emit;
mod model;
mod news;
mod rows;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};
use data_encoding::HEXLOWER;
use fs_err as fs;

/// The services whose models are carried, by botocore's names. In this order they are asked for a route.
const SERVICES: [&str; 16] = [
    "application-autoscaling",
    "autoscaling",
    "cloudwatch",
    "ec2",
    "ecr",
    "ecs",
    "efs",
    "elbv2",
    "events",
    "iam",
    "logs",
    "scheduler",
    "secretsmanager",
    "servicediscovery",
    "ssm",
    "sts",
];

const WIRE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/wire");
const CACHE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/botocore");

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Write nothing; fail if a table differs from what the pinned models give.
    #[arg(long, conflicts_with = "update")]
    check: bool,
    /// Pin another version first: the newest on PyPI, or the one named.
    #[arg(long, value_name = "VERSION", num_args = 0..=1, default_missing_value = "")]
    update: Option<String>,
    /// Read this source distribution of botocore instead of downloading it.
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
}

/// The pinned package.
pub(crate) struct Pin {
    version: String,
    sha256: String,
}

/// Does what the command says.
///
/// # Errors
/// When the package cannot be had or is not the pinned one, and with `--check` when a table differs.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let pin_path = Path::new(WIRE).join("botocore.pin");
    let pin = match &arguments.update {
        Some(version) => update(&pin_path, version)?,
        None => Pin::parse(&fs::read_to_string(&pin_path)?)?,
    };
    let sdist = match &arguments.from {
        Some(path) => Ok(path.clone()),
        None => download(&pin.version),
    };
    let sdist = match sdist {
        Err(error) if arguments.check => {
            // A machine without a network can still build and test; who has one, checks.
            eprintln!("the tables are NOT checked against their models: {error:#}");
            return Ok(());
        }
        sdist => sdist?,
    };
    let packed = fs::read(&sdist)?;
    let sha256 = sha256(&packed);
    ensure!(
        sha256 == pin.sha256,
        "{} has sha256 {sha256}, pinned is {}",
        sdist.display(),
        pin.sha256
    );

    let sdist = archive::unpack(&packed, &SERVICES)?;
    let mut files = BTreeMap::new();
    for id in SERVICES {
        let source =
            sdist.models.get(id).with_context(|| format!("botocore has no model of `{id}`"))?;
        let model =
            serde_json::from_slice(source).with_context(|| format!("read the model of `{id}`"))?;
        let module = emit::module(id);
        let table = emit::table(&model, &pin.version, &self::sha256(source));
        files.insert(format!("{module}.txt"), table);
        files.insert(format!("{module}.rs"), emit::names(id, &model, &pin.version));
    }
    files.insert("mod.rs".to_owned(), emit::modules(&SERVICES, &pin.version));
    let mut changed = changed_tables(&files, arguments.check)?;
    changed.extend(changed_tests(&sdist.tests, arguments.check)?);
    if arguments.check && !changed.is_empty() {
        let changed = changed.join(", ");
        bail!("{changed}: not what the pinned models give; run `cargo xtask import-models`");
    }
    println!("{} services, {} files changed", SERVICES.len(), changed.len());
    Ok(())
}

/// The tables that differ. Unless it only checks, it writes them, and says what is new in the operations
/// that we serve.
fn changed_tables(files: &BTreeMap<String, String>, check: bool) -> Result<Vec<String>> {
    let folder = Path::new(WIRE).join("src/tables");
    let mut changed = Vec::new();
    for (name, text) in files {
        let path = folder.join(name);
        let old = fs::read_to_string(&path).unwrap_or_default();
        if old == *text {
            continue;
        }
        changed.push(name.clone());
        if !check {
            fs::create_dir_all(&folder)?;
            fs::write(&path, text)?;
            if let Some(service) = name.strip_suffix(".txt") {
                let served = fs::read_to_string(Path::new(WIRE).join("operations").join(name))?;
                for line in news::of(&old, text, &served) {
                    println!("{service}: {line}");
                }
            }
        }
    }
    for entry in fs::read_dir(&folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !files.contains_key(&name) {
            bail!("`crates/wire/src/tables/{name}` is of no service on the list: remove it");
        }
    }
    Ok(changed)
}

/// The archive of tests, if its contents differ; how they are compressed does not matter.
fn changed_tests(tests: &archive::Files, check: bool) -> Result<Option<String>> {
    let name = "botocore-tests.tar.gz";
    let path = Path::new(WIRE).join("tests").join(name);
    let old = fs::read(&path).ok().map(|packed| archive::files(&packed)).transpose()?;
    if old.as_ref() == Some(tests) {
        return Ok(None);
    }
    if !check {
        fs::write(&path, archive::pack(tests)?)?;
    }
    Ok(Some(name.to_owned()))
}

impl Pin {
    fn parse(text: &str) -> Result<Pin> {
        let field = |name: &str| -> Result<String> {
            let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
            Ok(line.with_context(|| format!("`botocore.pin` has no line `{name} …`"))?.to_owned())
        };
        Ok(Pin { version: field("version")?, sha256: field("sha256")? })
    }
}

fn update(path: &Path, version: &str) -> Result<Pin> {
    let version = if version.is_empty() { newest()? } else { version.to_owned() };
    let sha256 = sha256(&fs::read(download(&version)?)?);
    let text = format!(
        "# The source of the tables. To change it: cargo xtask import-models --update\nversion {version}\nsha256 {sha256}\n"
    );
    fs::write(path, text)?;
    Ok(Pin { version, sha256 })
}

/// The newest version on PyPI.
fn newest() -> Result<String> {
    let output = pip(&["index", "versions", "botocore"])?;
    let versions = output.lines().find_map(|line| line.trim().strip_prefix("Available versions: "));
    let newest = versions.and_then(|line| line.split(", ").next());
    Ok(newest.with_context(|| format!("find a version in what pip said: {output}"))?.to_owned())
}

/// The source distribution of a version, from `target/botocore` or by pip.
fn download(version: &str) -> Result<PathBuf> {
    let path = Path::new(CACHE).join(format!("botocore-{version}.tar.gz"));
    if !path.exists() {
        let wanted = format!("botocore=={version}");
        pip(&[
            "download",
            "--quiet",
            "--retries=1",
            "--no-deps",
            "--no-binary",
            "botocore",
            "--dest",
            CACHE,
            &wanted,
        ])?;
        ensure!(path.exists(), "pip left no `{}`", path.display());
    }
    Ok(path)
}

/// Runs the pip of `.venv`, which `make test` makes, or else of the system.
fn pip(arguments: &[&str]) -> Result<String> {
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/../.venv/bin/python");
    let python = if Path::new(own).exists() { own } else { "python3" };
    let command = [&["-m", "pip", "--disable-pip-version-check"], arguments].concat();
    let output = Command::new(python)
        .args(command)
        .output()
        .with_context(|| format!("run `{python}`; install Python with pip, or give --from FILE"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "pip {}: {}", arguments[0], said.trim());
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn sha256(bytes: &[u8]) -> String {
    HEXLOWER.encode(ring::digest::digest(&ring::digest::SHA256, bytes).as_ref())
}
