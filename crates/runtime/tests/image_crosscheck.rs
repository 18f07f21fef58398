//! Against programs others wrote: Docker's registry and skopeo, where they are installed.

mod image_support;

use fs_err as fs;
use image_support::{Made, Tar, is_root};
use runtime::image::digest::Digest;
use runtime::image::error::ImageError;
use runtime::image::progress::ProgressSink;
use runtime::image::pull::PullPolicy;
use runtime::image::reference::Reference;
use runtime::image::registry::auth::Credentials;
use runtime::image::registry::endpoint::RegistryOptions;
use runtime::image::store::{Image, ImageOptions, Images};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// True where the programs are there; says so where they are not.
fn has(programs: &[&str]) -> bool {
    for program in programs {
        if Command::new(program)
            .arg("--version")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_err()
        {
            eprintln!("SKIPPED: `{program}` is not installed");
            return false;
        }
    }
    is_root()
}

struct DockerRegistry {
    host: String,
    child: Child,
    dir: tempfile::TempDir,
}

impl DockerRegistry {
    /// `more` are lines of its configuration.
    fn start(http: &str, more: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let config = format!(
            "version: 0.1\nlog: {{accesslog: {{disabled: true}}}}\nstorage: {{filesystem: {{rootdirectory: {0}/data}}}}\nhttp:\n  addr: 127.0.0.1:0\n  secret: x\n{http}{more}",
            dir.path().display()
        );
        let path = dir.path().join("config.yml");
        fs::write(&path, config.replace("$DIR", &dir.path().display().to_string())).unwrap();
        Self::run(dir, &path)
    }

    fn run(dir: tempfile::TempDir, config: &Path) -> Self {
        let mut child = Command::new("docker-registry")
            .arg("serve")
            .arg(config)
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let line = lines
            .by_ref()
            .map(Result::unwrap)
            .find(|line| line.contains("listening on "))
            .expect("it says where it listens");
        let host = line
            .split("listening on ")
            .nth(1)
            .unwrap()
            .split(['"', ','])
            .next()
            .unwrap()
            .to_owned();
        // Nobody reads on: it must not block on a full pipe.
        std::thread::spawn(move || lines.for_each(drop));
        Self { host, child, dir }
    }
}

impl Drop for DockerRegistry {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn skopeo(arguments: &[&str]) -> Vec<u8> {
    let output = Command::new("skopeo").arg("--insecure-policy").args(arguments).output().unwrap();
    assert!(
        output.status.success(),
        "skopeo {arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    output.stdout
}

fn made() -> Made {
    let lower = Tar::new()
        .dir("bin")
        .program("bin/x", &b"#!/bin/sh\n".repeat(5000))
        .symlink("lib", "usr/lib")
        .finish();
    let upper = Tar::new().dir("etc").file("etc/.wh.gone", b"").file("etc/new", b"1").finish();
    Made::new("team/app:v1", vec![lower, upper])
}

fn archive(dir: &Path, made: &Made) -> PathBuf {
    let path = dir.join("made.tar");
    fs::write(&path, made.docker_archive()).unwrap();
    path
}

async fn pull(
    dir: &Path,
    name: &str,
    credentials: Option<Credentials>,
    registries: RegistryOptions,
) -> Result<Image, ImageError> {
    let images =
        Images::open_with(dir, ImageOptions { registries, ..ImageOptions::default() }).unwrap();
    images
        .pull(
            &Reference::parse(name).unwrap(),
            credentials,
            PullPolicy::Always,
            &ProgressSink::none(),
        )
        .await
}

fn assert_is_made(dir: &Path, image: &Image) {
    assert_eq!(image.config().cmd, ["/bin/true"]);
    let diff_ids: Vec<Digest> = image.layers.iter().map(|layer| layer.diff_id).collect();
    assert_eq!(diff_ids, made().diff_ids());
    let root = dir.join("layers").join(image.layers[0].key.hex()).join("fs");
    assert_eq!(fs::read(root.join("bin/x")).unwrap().len(), 50_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_skopeo_pushes_to_dockers_registry_is_pulled() {
    if !has(&["skopeo", "docker-registry"]) {
        return;
    }
    let registry = DockerRegistry::start("", "");
    let source = format!("docker-archive:{}", archive(registry.dir.path(), &made()).display());
    for (format, compression) in [("v2s2", "gzip"), ("oci", "gzip"), ("oci", "zstd")] {
        let name = format!("{}/team/app:{format}-{compression}", registry.host);
        let target = format!("docker://{name}");
        skopeo(&[
            "copy",
            "--dest-tls-verify=false",
            "--format",
            format,
            "--dest-compress-format",
            compression,
            &source,
            &target,
        ]);
        let dir = tempfile::tempdir().unwrap();
        let image = pull(dir.path(), &name, None, RegistryOptions::default()).await.unwrap();
        assert_is_made(dir.path(), &image);
        let raw = skopeo(&["inspect", "--raw", "--tls-verify=false", &target]);
        assert_eq!(image.digest, Some(Digest::of(&raw)), "{name}");
    }
    let error = pull(
        registry.dir.path(),
        &format!("{}/team/app:none", registry.host),
        None,
        RegistryOptions::default(),
    )
    .await
    .unwrap_err();
    assert!(error.reason().contains("manifest unknown"), "{}", error.reason());
}

#[tokio::test(flavor = "multi_thread")]
async fn dockers_registry_with_passwords_and_tls_is_pulled_from() {
    if !has(&["skopeo", "docker-registry", "openssl"]) {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let certificate = [
        "-keyout",
        "key.pem",
        "-out",
        "cert.pem",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
        "-addext",
        "subjectAltName=IP:127.0.0.1,DNS:localhost",
        "-addext",
        "basicConstraints=critical,CA:FALSE",
    ];
    let made_it = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "rsa:2048", "-nodes"])
        .args(certificate)
        .current_dir(dir.path())
        .output()
        .unwrap();
    assert!(made_it.status.success(), "{}", String::from_utf8_lossy(&made_it.stderr));
    let (key, cert) = (dir.path().join("key.pem"), dir.path().join("cert.pem"));
    // bcrypt of `secret`.
    fs::write(
        dir.path().join("htpasswd"),
        "user:$2b$04$WRrpqOHQgZuBa84xdrH6EOfPz7sUCF.COH4CPTwaiCpjutlhoATXa\n",
    )
    .unwrap();
    let tls = format!("  tls: {{certificate: {}, key: {}}}\n", cert.display(), key.display());
    let auth =
        format!("auth: {{htpasswd: {{realm: x, path: {}/htpasswd}}}}\n", dir.path().display());
    let registry = DockerRegistry::start(&tls, &auth);
    let source = format!("docker-archive:{}", archive(dir.path(), &made()).display());
    let name = format!("{}/team/app:1", registry.host);
    skopeo(&[
        "copy",
        "--dest-tls-verify=false",
        "--dest-creds",
        "user:secret",
        &source,
        &format!("docker://{name}"),
    ]);

    let user = |password: &str| {
        Some(Credentials::Basic { username: "user".to_owned(), password: password.to_owned() })
    };
    let trusting =
        || RegistryOptions { authorities: vec![cert.clone()], ..RegistryOptions::default() };
    let root = dir.path().join("images");
    let image = pull(&root, &name, user("secret"), trusting()).await.unwrap();
    assert_is_made(&root, &image);
    let error = pull(&root, &name, user("wrong"), trusting()).await.unwrap_err();
    assert_eq!(error.ecs_name(), "CannotPullContainerAuthError");
    let error = pull(&root, &name, user("secret"), RegistryOptions::default()).await.unwrap_err();
    assert!(
        error.reason().contains("invalid peer certificate"),
        "it is not spoken to without TLS instead: {}",
        error.reason()
    );
    let error = pull(&root, &name, None, trusting()).await.unwrap_err();
    assert!(error.reason().contains("needs credentials"), "{}", error.reason());
}

#[tokio::test(flavor = "multi_thread")]
async fn archives_that_skopeo_writes_are_loaded() {
    if !has(&["skopeo"]) {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let source = format!("docker-archive:{}", archive(dir.path(), &made()).display());
    for (n, kind) in ["docker-archive", "oci-archive"].into_iter().enumerate() {
        let path = dir.path().join(format!("{n}.tar"));
        skopeo(&["copy", &source, &format!("{kind}:{}:team/app:v2", path.display())]);
        let root = dir.path().join(format!("images-{n}"));
        let images = Images::open(&root).unwrap();
        let image =
            images.load(fs::File::open(&path).unwrap(), &ProgressSink::none()).unwrap().remove(0);
        assert_is_made(&root, &image);
        assert_eq!(images.find("team/app:v2").unwrap().id, image.id, "{kind}");
    }
}
