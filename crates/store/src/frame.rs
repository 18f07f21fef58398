//! How bytes lie in a file, so that torn and damaged ones are told apart from whole ones.
//!
//! ```text
//! frame := magic [4] | length of payload u32 | crc32c of what follows and the length u32 | sequence u64 | payload     (little endian)
//! ```
//! Invariants: frames follow each other without a gap; the sequence grows by one from frame to frame, across files. After the last
//! frame come zeros or the end of the file. No text (UTF-8) contains the magic, so no record can look like a frame by itself.

const MAGIC: [u8; 4] = [0xF5, b'L', b'S', 0xFE];

/// Bytes of a frame before its payload.
pub(crate) const HEADER: usize = 20;

/// What lies at an offset.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Parsed<'a> {
    /// A whole frame with the sequence that was expected, and where it ends.
    Frame { payload: &'a [u8], end: usize },
    /// Nothing any more, only zeros.
    End,
    /// A whole frame, but not the one that belongs here.
    Misplaced,
    /// Something else; what is wrong with it.
    Invalid(&'static str),
}

/// Begins a frame in an empty buffer; the payload is to be appended, then [`finish`] called.
pub(crate) fn begin(buffer: &mut Vec<u8>) {
    buffer.clear();
    buffer.resize(HEADER, 0);
}

/// Writes the header of the frame that fills `buffer`.
pub(crate) fn finish(buffer: &mut [u8], sequence: u64) {
    let length = u32::try_from(buffer.len() - HEADER).expect("a frame is bounded far below 4 GiB");
    buffer[..4].copy_from_slice(&MAGIC);
    buffer[4..8].copy_from_slice(&length.to_le_bytes());
    buffer[12..20].copy_from_slice(&sequence.to_le_bytes());
    let crc = checksum(length, &buffer[12..]);
    buffer[8..12].copy_from_slice(&crc.to_le_bytes());
}

/// What lies at `offset`, where frame `sequence` is expected.
pub(crate) fn parse(bytes: &[u8], offset: usize, sequence: u64) -> Parsed<'_> {
    let rest = &bytes[offset..];
    if rest.iter().all(|byte| *byte == 0) {
        return Parsed::End;
    }
    match whole(rest) {
        Err(what) => Parsed::Invalid(what),
        Ok((found, _)) if found != sequence => Parsed::Misplaced,
        Ok((_, payload)) => Parsed::Frame { payload, end: offset + HEADER + payload.len() },
    }
}

/// Whether a whole frame with sequence `sequence` or later begins anywhere in `bytes`. Behind what was torn by a crash there is none,
/// as a frame is written only when the one before is safe.
pub(crate) fn has_frame(bytes: &[u8], sequence: u64) -> bool {
    bytes.windows(MAGIC.len()).enumerate().any(|(at, window)| {
        window == MAGIC && whole(&bytes[at..]).is_ok_and(|(found, _)| found >= sequence)
    })
}

/// The sequence and payload of the frame at the beginning of `bytes`.
fn whole(bytes: &[u8]) -> Result<(u64, &[u8]), &'static str> {
    let header: &[u8; HEADER] = bytes.first_chunk().ok_or("a frame's header is cut off")?;
    if header[..4] != MAGIC {
        return Err("a frame's header is damaged");
    }
    let word = |at: usize| {
        u32::from_le_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]])
    };
    let length = word(4);
    let end = HEADER + length as usize;
    let checked = bytes.get(12..end).ok_or("a frame is cut off")?;
    if checksum(length, checked) != word(8) {
        return Err("a frame does not match its checksum");
    }
    let sequence = u64::from(word(12)) | u64::from(word(16)) << 32;
    Ok((sequence, &bytes[HEADER..end]))
}

fn checksum(length: u32, rest: &[u8]) -> u32 {
    crc32c::crc32c_append(crc32c::crc32c(&length.to_le_bytes()), rest)
}

#[cfg(test)]
mod tests {
    use super::{HEADER, Parsed, begin, finish, has_frame, parse};

    fn frame(sequence: u64, payload: &[u8]) -> Vec<u8> {
        let mut buffer = Vec::new();
        begin(&mut buffer);
        buffer.extend_from_slice(payload);
        finish(&mut buffer, sequence);
        buffer
    }

    #[test]
    fn whole_frame_is_read_back() {
        let bytes = frame(7, b"hello");
        assert_eq!(parse(&bytes, 0, 7), Parsed::Frame { payload: b"hello", end: HEADER + 5 });
        assert_eq!(parse(&bytes, bytes.len(), 8), Parsed::End);
    }

    #[test]
    fn frame_of_another_place_is_not_taken() {
        let bytes = frame(7, b"hello");
        assert_eq!(parse(&bytes, 0, 8), Parsed::Misplaced);
    }

    #[test]
    fn every_cut_and_every_flipped_bit_is_seen() {
        let bytes = frame(7, b"hello");
        for len in 1..bytes.len() {
            let cut = parse(&bytes[..len], 0, 7);
            assert!(matches!(cut, Parsed::Invalid(_)), "cut at {len}: {cut:?}");
        }
        for bit in 0..bytes.len() * 8 {
            let mut bytes = bytes.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            let flipped = parse(&bytes, 0, 7);
            assert!(matches!(flipped, Parsed::Invalid(_)), "bit {bit}: {flipped:?}");
        }
    }

    #[test]
    fn damage_before_a_whole_frame_is_told_from_a_torn_end() {
        let mut bytes = frame(7, b"hello");
        let torn = bytes.len() - 1;
        assert!(!has_frame(&bytes[1..torn], 7));
        bytes.extend(frame(8, b"there"));
        assert!(has_frame(&bytes[1..], 7));
        assert!(!has_frame(&bytes[1..], 9), "an older frame says nothing about a later one");
    }
}
