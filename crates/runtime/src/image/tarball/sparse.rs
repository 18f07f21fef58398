//! Files with holes.
//!
//! Invariant of a checked [`Map`]: its pieces are in order, do not overlap, lie inside the file, and are together exactly what is stored.

use super::header::{BLOCK, number};
use super::pax::decimal;

/// Most pieces of one file. GNU tar writes one a hole; a file of 64 GiB with a hole at every second block of 1 MiB has 32,768.
const PIECES_MAX: usize = 1 << 17;

/// Where the stored bytes of a file belong.
#[derive(Debug)]
pub(super) struct Map {
    /// Offset and length of each stored piece.
    pub(super) data: Vec<(u64, u64)>,
    /// Size of the whole file.
    pub(super) size: u64,
}

impl Map {
    pub(super) fn check(&self, stored: u64) -> Result<(), String> {
        let (mut end, mut sum) = (0u64, 0u64);
        for (offset, length) in &self.data {
            if *offset < end {
                return Err("a sparse map whose pieces overlap".to_owned());
            }
            end = offset.checked_add(*length).ok_or("a sparse map beyond all sizes")?;
            sum += length;
        }
        if end > self.size {
            return Err("a sparse map beyond the end of its file".to_owned());
        }
        if sum != stored {
            return Err(format!("a sparse map of {sum} bytes for {stored} stored"));
        }
        Ok(())
    }
}

/// GNU's old form: pairs of 12-byte numbers in the header and in blocks after it.
pub(super) struct Blocks {
    map: Map,
    is_continued: bool,
}

impl Blocks {
    pub(super) fn new(pairs: &[u8], is_continued: bool, size: u64) -> Result<Self, String> {
        let mut blocks = Self { map: Map { data: Vec::new(), size }, is_continued };
        blocks.read_pairs(pairs)?;
        Ok(blocks)
    }

    pub(super) fn is_continued(&self) -> bool {
        self.is_continued
    }

    pub(super) fn read_block(&mut self, block: &[u8; BLOCK]) -> Result<(), String> {
        self.is_continued = block[504] != 0;
        self.read_pairs(&block[..504])
    }

    fn read_pairs(&mut self, pairs: &[u8]) -> Result<(), String> {
        for pair in pairs.chunks_exact(24) {
            // The first unused pair ends the list of its block.
            if pair[0] == 0 {
                break;
            }
            let part = |field: &[u8]| {
                number(field)
                    .and_then(|n| u64::try_from(n).ok())
                    .ok_or("a sparse map that is not numbers")
            };
            self.map.data.push((part(&pair[..12])?, part(&pair[12..])?));
        }
        if self.map.data.len() > PIECES_MAX {
            return Err(format!("a sparse map of more than {PIECES_MAX} pieces"));
        }
        Ok(())
    }

    pub(super) fn finish(self) -> Map {
        self.map
    }
}

/// Pax version 1.0: decimal numbers a line, in blocks before the contents; the first is how many pairs follow.
#[derive(Default)]
pub(super) struct Lines {
    text: Vec<u8>,
    numbers: Vec<u64>,
}

impl Lines {
    pub(super) fn is_complete(&self) -> bool {
        self.numbers.first().is_some_and(|pairs| self.numbers.len() as u64 > pairs * 2)
    }

    pub(super) fn read_block(&mut self, block: &[u8; BLOCK]) -> Result<(), String> {
        self.text.extend_from_slice(block);
        while !self.is_complete() {
            let Some(end) = self.text.iter().position(|b| *b == b'\n') else { break };
            let number = decimal(&self.text[..end]).ok_or("a sparse map that is not numbers")?;
            if self.numbers.is_empty() && number > PIECES_MAX as u64 {
                return Err(format!("a sparse map of more than {PIECES_MAX} pieces"));
            }
            self.numbers.push(number);
            self.text.drain(..=end);
        }
        // A line is a number of at most 20 digits.
        if !self.is_complete() && self.text.len() > 20 {
            return Err("a sparse map with a line that is no number".to_owned());
        }
        Ok(())
    }

    pub(super) fn finish(self, size: u64) -> Map {
        let pairs = self.numbers.first().copied().unwrap_or(0) as usize;
        Map {
            data: self.numbers[1..=pairs * 2]
                .chunks_exact(2)
                .map(|pair| (pair[0], pair[1]))
                .collect(),
            size,
        }
    }
}
