//! What a pull or a load tells while it works.
//!
//! Not here: how it is shown, and how often. Bytes are told for every piece that moved; who listens thins them out.

use super::digest::Digest;
use std::fmt;
use std::sync::Arc;

/// Something happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// The registry said what the name means. ECS reports this digest as the container's `imageDigest`.
    Resolved {
        /// Digest of the manifest, or of the index it was chosen from.
        digest: Digest,
        /// Number of layers.
        layers: usize,
        /// Size of all layers as they travel, in bytes.
        bytes: u64,
    },
    /// A file of an archive is being read.
    Reading {
        /// Bytes of the archive so far, unpacked.
        bytes: u64,
    },
    /// A layer moved on.
    Layer {
        /// Its diff id.
        layer: Digest,
        /// Where it is.
        phase: LayerPhase,
    },
    /// The image is usable.
    Done {
        /// Its id.
        image: Digest,
    },
}

/// Where a layer is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LayerPhase {
    /// It was here already.
    Present,
    /// It travels.
    Downloading {
        /// Bytes that are here.
        done: u64,
        /// Bytes in all.
        total: u64,
    },
    /// Its connection broke; it will be taken up again.
    Retrying {
        /// What broke.
        why: String,
    },
    /// It is laid out.
    Unpacking {
        /// Packed bytes read.
        done: u64,
        /// Packed bytes in all.
        total: u64,
    },
    /// It is usable.
    Unpacked,
}

/// Takes [`Progress`]; called from several threads at once, and must not block.
#[derive(Clone)]
pub struct ProgressSink(Arc<dyn Fn(Progress) + Send + Sync>);

impl ProgressSink {
    /// Calls `listen` for each event.
    pub fn new(listen: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        Self(Arc::new(listen))
    }

    /// Nobody listens.
    pub fn none() -> Self {
        Self::new(|_| {})
    }

    /// Tells an event.
    pub fn tell(&self, progress: Progress) {
        (self.0)(progress);
    }

    /// Tells where a layer is.
    pub fn layer(&self, layer: Digest, phase: LayerPhase) {
        self.tell(Progress::Layer { layer, phase });
    }
}

impl fmt::Debug for ProgressSink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ProgressSink")
    }
}
