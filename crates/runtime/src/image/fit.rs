//! Layers as a stack: from diff ids to the directories overlayfs gets.

use super::digest::Digest;
use super::error::ImageError;
use super::lock::Lease;
use super::store::{ImageLayer, Images};

impl Images {
    /// The layers of an image, all unpacked, the lowest first.
    pub(super) fn stack(
        &self,
        diff_ids: &[Digest],
        _lease: &Lease,
    ) -> Result<Vec<ImageLayer>, ImageError> {
        let layer = |diff_id: &Digest| {
            let facts = self
                .layers
                .facts(diff_id)?
                .ok_or_else(|| ImageError::Unknown { name: diff_id.to_string() })?;
            Ok(ImageLayer { diff_id: *diff_id, key: *diff_id, bytes: facts.bytes })
        };
        diff_ids.iter().map(layer).collect()
    }
}
