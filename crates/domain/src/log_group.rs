//! Names of log groups as hosts have them in their file systems, while there is no log service to send to.
//!
//! Invariant: two names have two directories, and none leads elsewhere.

use std::fmt::Write;

/// Names of files are no longer in Linux's file systems, bytes.
const FILE_NAME_BYTES_MAX: usize = 255;

/// The directory of the log group of that name; `None` if it is no name of a log group (letters, digits and `.-_/#`, at most 512 characters), or
/// one too long for a file system. What is not a letter, a digit, `-`, `_` or a `.` within is written as `%` and its two hexadecimal digits.
pub fn directory(name: &str) -> Option<String> {
    let is_of_group = |byte: u8| byte.is_ascii_alphanumeric() || b".-_/#".contains(&byte);
    if name.is_empty() || !name.bytes().all(is_of_group) {
        return None;
    }
    let mut directory = String::with_capacity(name.len());
    for (at, byte) in name.bytes().enumerate() {
        if byte.is_ascii_alphanumeric() || b"-_".contains(&byte) || (byte == b'.' && at > 0) {
            directory.push(char::from(byte));
        } else {
            let _ = write!(directory, "%{byte:02X}");
        }
    }
    (directory.len() <= FILE_NAME_BYTES_MAX).then_some(directory)
}

#[cfg(test)]
mod tests {
    use super::directory;

    fn check(name: &str, expected: Option<&str>) {
        assert_eq!(directory(name).as_deref(), expected, "{name}");
    }

    #[test]
    fn a_group_has_one_directory_and_stays_in_it() {
        check("exec", Some("exec"));
        check("/ecs/web.v1", Some("%2Fecs%2Fweb.v1"));
        check("ecs/web.v1", Some("ecs%2Fweb.v1"));
        check("..", Some("%2E."));
        check("../../etc", Some("%2E.%2F..%2Fetc"));
        check("a#b", Some("a%23b"));
        for wrong in ["", "a b", "a%2Fb", "ä", "a\0", "a:b"] {
            check(wrong, None);
        }
        check(&"a".repeat(255), Some(&"a".repeat(255)));
        check(&"a".repeat(256), None);
    }
}
