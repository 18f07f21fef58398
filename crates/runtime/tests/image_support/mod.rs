//! Images made on the spot: layers byte by byte, so that they can be as wrong as a test wants.

#![allow(dead_code, reason = "each test file uses a part of it")]

pub(crate) mod pull;
pub(crate) mod registry;

use runtime::image::digest::Digest;
use serde_json::{Value, json};
use std::io::Write;

/// A tar archive, written entry by entry without any checks.
#[derive(Clone, Default)]
pub(crate) struct Tar {
    bytes: Vec<u8>,
    pax: Vec<u8>,
}

impl Tar {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Any entry. `size` is what the header says; the contents are what they are.
    pub(crate) fn raw(
        mut self,
        path: &[u8],
        kind: u8,
        mode: u32,
        link: &[u8],
        contents: &[u8],
    ) -> Self {
        if !self.pax.is_empty() {
            let records = std::mem::take(&mut self.pax);
            self = self.raw(b"pax", b'x', 0o644, b"", &records);
        }
        assert!(path.len() <= 100 && link.len() <= 100, "longer names go through pax records");
        let mut header = [0u8; 512];
        header[..path.len()].copy_from_slice(path);
        header[100..108].copy_from_slice(format!("{mode:07o}\0").as_bytes());
        header[108..116].copy_from_slice(b"0000000\0");
        header[116..124].copy_from_slice(b"0000000\0");
        header[124..136].copy_from_slice(format!("{:011o}\0", contents.len()).as_bytes());
        header[136..148].copy_from_slice(b"00000001000\0");
        header[156] = kind;
        header[157..157 + link.len()].copy_from_slice(link);
        header[257..265].copy_from_slice(b"ustar\x0000");
        header[148..156].copy_from_slice(b"        ");
        let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
        header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        self.bytes.extend_from_slice(&header);
        self.bytes.extend_from_slice(contents);
        self.bytes.resize(self.bytes.len().next_multiple_of(512), 0);
        self
    }

    /// A pax record for the next entry.
    pub(crate) fn pax(mut self, key: &str, value: &[u8]) -> Self {
        let rest = key.len() + value.len() + 3;
        let mut length = rest + 1;
        while length != rest + length.to_string().len() {
            length = rest + length.to_string().len();
        }
        self.pax.extend_from_slice(format!("{length} {key}=").as_bytes());
        self.pax.extend_from_slice(value);
        self.pax.push(b'\n');
        self
    }

    pub(crate) fn file(self, path: &str, contents: &[u8]) -> Self {
        self.raw(path.as_bytes(), b'0', 0o644, b"", contents)
    }

    pub(crate) fn program(self, path: &str, contents: &[u8]) -> Self {
        self.raw(path.as_bytes(), b'0', 0o755, b"", contents)
    }

    pub(crate) fn dir(self, path: &str) -> Self {
        self.raw(format!("{path}/").as_bytes(), b'5', 0o755, b"", b"")
    }

    pub(crate) fn symlink(self, path: &str, target: &str) -> Self {
        self.raw(path.as_bytes(), b'2', 0o777, target.as_bytes(), b"")
    }

    pub(crate) fn hard_link(self, path: &str, target: &str) -> Self {
        self.raw(path.as_bytes(), b'1', 0o644, target.as_bytes(), b"")
    }

    pub(crate) fn finish(mut self) -> Vec<u8> {
        self.bytes.resize(self.bytes.len() + 1024, 0);
        self.bytes
    }
}

/// An image to be put into an archive or a registry.
#[derive(Clone)]
pub(crate) struct Made {
    /// Unpacked layers, the lowest first.
    pub layers: Vec<Vec<u8>>,
    pub config: Value,
    pub tags: Vec<String>,
}

impl Made {
    pub(crate) fn new(tag: &str, layers: Vec<Vec<u8>>) -> Self {
        let diff_ids: Vec<String> =
            layers.iter().map(|layer| Digest::of(layer).to_string()).collect();
        let config = json!({
            "architecture": "amd64", "os": "linux", "created": "2026-11-21T00:00:00Z",
            "config": { "Cmd": ["/bin/true"], "Env": ["PATH=/bin"] },
            "rootfs": { "type": "layers", "diff_ids": diff_ids },
        });
        Self { layers, config, tags: vec![tag.to_owned()] }
    }

    pub(crate) fn config_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(&self.config).unwrap()
    }

    pub(crate) fn id(&self) -> Digest {
        Digest::of(&self.config_bytes())
    }

    pub(crate) fn diff_ids(&self) -> Vec<Digest> {
        self.layers.iter().map(|layer| Digest::of(layer)).collect()
    }

    /// What `docker save` wrote until version 24: a directory a layer, `manifest.json` last.
    pub(crate) fn docker_archive(&self) -> Vec<u8> {
        let mut tar = Tar::new();
        let mut names = Vec::new();
        for layer in &self.layers {
            let id = Digest::of(layer).short();
            let name = format!("{id}/layer.tar");
            if names.contains(&name) {
                // Docker writes a layer that comes again as a link.
                let link = format!("{id}-{}/layer.tar", names.len());
                tar = tar.symlink(&link, &format!("../{name}"));
                names.push(link);
                continue;
            }
            tar = tar
                .dir(&id)
                .file(&format!("{id}/VERSION"), b"1.0")
                .file(&format!("{id}/json"), b"{}")
                .file(&name, layer);
            names.push(name);
        }
        let config = format!("{}.json", self.id().hex());
        let manifest = json!([{ "Config": config, "RepoTags": self.tags, "Layers": names }]);
        tar.file(&config, &self.config_bytes())
            .file("manifest.json", manifest.to_string().as_bytes())
            .finish()
    }

    /// An OCI image layout, its layers through `pack`. With `manifest_json` it is what `docker save` writes since version 25.
    pub(crate) fn oci_archive(
        &self,
        pack: impl Fn(&[u8]) -> Vec<u8>,
        manifest_json: bool,
    ) -> Vec<u8> {
        let mut tar = Tar::new()
            .file("oci-layout", br#"{"imageLayoutVersion":"1.0.0"}"#)
            .dir("blobs")
            .dir("blobs/sha256");
        let blob = |tar: Tar, bytes: &[u8]| {
            tar.file(&format!("blobs/sha256/{}", Digest::of(bytes).hex()), bytes)
        };
        let packed: Vec<Vec<u8>> = self.layers.iter().map(|layer| pack(layer)).collect();
        for layer in &packed {
            tar = blob(tar, layer);
        }
        let config = self.config_bytes();
        let manifest = self.manifest(&packed);
        tar = blob(tar, &config);
        tar = blob(tar, &manifest);
        let annotations = match manifest_json {
            true => {
                json!({ "io.containerd.image.name": format!("docker.io/library/{}", self.tags[0]), "org.opencontainers.image.ref.name": "latest" })
            }
            false => json!({ "org.opencontainers.image.ref.name": self.tags[0] }),
        };
        let index = json!({
            "schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json",
            "manifests": [{ "mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": Digest::of(&manifest), "size": manifest.len(), "annotations": annotations }],
        });
        tar = tar.file("index.json", index.to_string().as_bytes());
        if manifest_json {
            let name = |bytes: &[u8]| format!("blobs/sha256/{}", Digest::of(bytes).hex());
            let layers: Vec<String> = packed.iter().map(|layer| name(layer)).collect();
            let text =
                json!([{ "Config": name(&config), "RepoTags": self.tags, "Layers": layers }])
                    .to_string();
            tar = tar.file("manifest.json", text.as_bytes());
        }
        tar.finish()
    }

    /// The manifest for layers that were packed so.
    pub(crate) fn manifest(&self, packed: &[Vec<u8>]) -> Vec<u8> {
        let config = self.config_bytes();
        let layers: Vec<Value> = packed
            .iter()
            .map(|layer| json!({ "mediaType": "application/vnd.oci.image.layer.v1.tar+gzip", "digest": Digest::of(layer), "size": layer.len() }))
            .collect();
        let manifest = json!({
            "schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "config": { "mediaType": "application/vnd.oci.image.config.v1+json", "digest": Digest::of(&config), "size": config.len() },
            "layers": layers,
        });
        serde_json::to_vec(&manifest).unwrap()
    }
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).unwrap()
}

/// A test that needs root says so when it does not run.
pub(crate) fn is_root() -> bool {
    let is_root = rustix::process::geteuid().is_root();
    if !is_root {
        eprintln!("SKIPPED: layers are unpacked with their owners, which needs root");
    }
    is_root
}

/// Kernel tests are asked for.
pub(crate) fn has_kernel() -> bool {
    let is_asked = std::env::var_os("KERNEL_TESTS").is_some_and(|value| value == "1");
    if !is_asked {
        eprintln!("SKIPPED: set KERNEL_TESTS=1 to run it as root");
    }
    is_asked && is_root()
}
