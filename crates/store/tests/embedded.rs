//! The embedded engine keeps the contract of engines.

use std::sync::Arc;
use store::{Embedded, Engine, Options};

async fn open() -> (Arc<dyn Engine>, tempfile::TempDir) {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let engine = Embedded::open(&dir.path().join("store"), Options::default())
        .await
        .expect("an empty directory");
    (Arc::new(engine), dir)
}

store::conformance!(open);
