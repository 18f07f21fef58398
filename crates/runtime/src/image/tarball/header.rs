//! One header block of 512 bytes.
//!
//! Not here: blocks that follow it. A header says what it says; extended headers are applied by the reader.

use super::Moment;
use super::sparse;

/// Everything in a tar is a multiple of this many bytes.
pub(super) const BLOCK: usize = 512;

/// The fields of a block, its checksum verified.
pub(super) struct Header {
    pub(super) path: Vec<u8>,
    pub(super) kind: u8,
    pub(super) link: Vec<u8>,
    pub(super) mode: u32,
    pub(super) uid: u64,
    pub(super) gid: u64,
    pub(super) size: u64,
    pub(super) mtime: Moment,
    pub(super) device: (u32, u32),
    /// Written before POSIX: no magic.
    pub(super) is_v7: bool,
    block: Box<[u8; BLOCK]>,
}

impl Header {
    pub(super) fn read(block: &[u8; BLOCK]) -> Result<Self, String> {
        let wanted = number(&block[148..156])
            .ok_or("a header without a checksum: this is not a tar archive")?;
        let bytes = block
            .iter()
            .enumerate()
            .map(|(at, byte)| if (148..156).contains(&at) { b' ' } else { *byte });
        // Old writers summed signed bytes.
        let unsigned: i64 = bytes.clone().map(i64::from).sum();
        let signed: i64 = bytes.map(|byte| i64::from(byte.cast_signed())).sum();
        if wanted != unsigned && wanted != signed {
            return Err("a header with a wrong checksum".to_owned());
        }
        let is_ustar = block[257..263] == *b"ustar\0";
        let is_gnu = block[257..265] == *b"ustar  \0";
        let mut path = text(&block[..100]);
        // GNU keeps times where POSIX keeps the beginning of long names; star keeps them in the last 24 bytes of it.
        let is_star = is_ustar && block[508..512] == *b"tar\0";
        let prefix = text(if is_star { &block[345..476] } else { &block[345..500] });
        if is_ustar && !prefix.is_empty() {
            path = [prefix, path].join(&b'/');
        }
        let field = |from: usize, to: usize, name: &str| {
            number(&block[from..to]).ok_or_else(|| format!("`{name}` in a header is not a number"))
        };
        let positive = |from, to, name| {
            u64::try_from(field(from, to, name)?)
                .map_err(|_| format!("`{name}` in a header is negative"))
        };
        let kind = block[156];
        let device = match kind {
            b'3' | b'4' if is_ustar || is_gnu => {
                let part = |from, to, name| {
                    u32::try_from(positive(from, to, name)?)
                        .map_err(|_| format!("`{name}` in a header is too large"))
                };
                (part(329, 337, "devmajor")?, part(337, 345, "devminor")?)
            }
            _ => (0, 0),
        };
        Ok(Self {
            path,
            kind,
            link: text(&block[157..257]),
            mode: (positive(100, 108, "mode")? & 0o7777) as u32,
            uid: positive(108, 116, "uid")?,
            gid: positive(116, 124, "gid")?,
            size: positive(124, 136, "size")?,
            mtime: Moment { seconds: field(136, 148, "mtime")?, nanos: 0 },
            device,
            is_v7: !is_ustar && !is_gnu,
            block: Box::new(*block),
        })
    }

    /// The map of a sparse file in GNU's old form begins in its header.
    pub(super) fn sparse(&self) -> Result<sparse::Blocks, String> {
        let size = number(&self.block[483..495])
            .and_then(|size| u64::try_from(size).ok())
            .ok_or("a sparse file without its size")?;
        sparse::Blocks::new(&self.block[386..482], self.block[482] != 0, size)
    }
}

fn text(field: &[u8]) -> Vec<u8> {
    field.iter().copied().take_while(|b| *b != 0).collect()
}

/// A number in octal digits, or in base 256 where the first bit is set. An empty field is 0.
pub(super) fn number(field: &[u8]) -> Option<i64> {
    if field[0] & 0x80 == 0 {
        let digits = field.trim_ascii_start();
        let end = digits.iter().position(|b| *b == 0 || *b == b' ').unwrap_or(digits.len());
        return digits[..end].iter().try_fold(0i64, |sum, byte| match byte {
            b'0'..=b'7' => sum.checked_mul(8)?.checked_add(i64::from(byte - b'0')),
            _ => None,
        });
    }
    // The bit after the mark is the sign.
    let first = i64::from(field[0] & 0x7f);
    let first = if field[0] & 0x40 != 0 { first - 0x80 } else { first };
    field[1..]
        .iter()
        .try_fold(first, |sum, byte| sum.checked_mul(256)?.checked_add(i64::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_are_octal_or_base_256() {
        assert_eq!(number(b"0000644\0"), Some(0o644));
        assert_eq!(number(b"   644 \0"), Some(0o644));
        assert_eq!(number(b"\0\0\0\0\0\0\0\0"), Some(0));
        assert_eq!(number(b"        "), Some(0));
        assert_eq!(number(b"77777777777\0"), Some(0o77_777_777_777));
        assert_eq!(number(&[0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0]), Some(256));
        assert_eq!(number(&[0xff; 12]), Some(-1));
        assert_eq!(number(b"0000888\0"), None);
        assert_eq!(number(b"-1\0\0\0\0\0\0"), None);
        assert_eq!(
            number(&[0xbf, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
            None,
            "beyond 63 bits"
        );
    }
}
