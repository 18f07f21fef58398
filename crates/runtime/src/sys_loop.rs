//! Loop devices and the end of a file system: requests of `ioctl` that have no safe interface.
//!
//! Invariant: a device is attached so that the kernel frees it with its last user; nobody ever has to.

#![expect(unsafe_code, reason = "ioctl has no safe interface")]

use rustix::fd::{AsRawFd, BorrowedFd, OwnedFd};
use std::ffi::c_int;
use std::io;

/// `LOOP_CTL_GET_FREE` and `LOOP_CONFIGURE` of linux/loop.h.
const GET_FREE: u32 = 0x4C82;
const CONFIGURE: u32 = 0x4C0A;
/// `LO_FLAGS_AUTOCLEAR`: free with the last user. `LO_FLAGS_DIRECT_IO`: what the file system above keeps in memory is not kept twice.
const AUTOCLEAR: u32 = 4;
const DIRECT_IO: u32 = 16;
/// What ext4 writes at once, bytes.
const BLOCK_BYTES: u32 = 4096;

/// `FS_IOC_SHUTDOWN` of ext4, and its way that writes nothing more.
const SHUTDOWN: u32 = 0x8004_587D;
const WITHOUT_FLUSH: u32 = 2;

/// Others take a free device between our look and our taking it; not this often.
const ATTEMPTS_MAX: usize = 64;

/// `struct loop_info64`.
#[repr(C)]
struct Info {
    numbers: [u64; 5],
    number: u32,
    encryption: [u32; 2],
    flags: u32,
    names: [[u8; 64]; 2],
    key: [u8; 32],
    init: [u64; 2],
}

/// `struct loop_config`.
#[repr(C)]
struct Config {
    fd: u32,
    block_bytes: u32,
    info: Info,
    reserved: [u64; 8],
}

/// Makes `file` a block device that is there until the returned descriptor and all that is mounted from it are gone. Linux 5.8 and newer.
pub(crate) fn attach(file: BorrowedFd<'_>) -> io::Result<OwnedFd> {
    let open = |path: &str| fs_err::OpenOptions::new().read(true).write(true).open(path);
    let control = open("/dev/loop-control")?;
    let config = Config {
        fd: u32::try_from(file.as_raw_fd()).expect("a descriptor is not negative"),
        block_bytes: BLOCK_BYTES,
        info: Info {
            numbers: [0; 5],
            number: 0,
            encryption: [0; 2],
            flags: AUTOCLEAR | DIRECT_IO,
            names: [[0; 64]; 2],
            key: [0; 32],
            init: [0; 2],
        },
        reserved: [0; 8],
    };
    for _ in 0..ATTEMPTS_MAX {
        // SAFETY: it takes no argument and returns a number.
        let number = check(unsafe { libc::ioctl(control.as_raw_fd(), GET_FREE as _) })?;
        let device = open(&format!("/dev/loop{number}"))?;
        // SAFETY: `config` is laid out as the kernel's structure, which it only reads.
        let done =
            check(unsafe { libc::ioctl(device.as_raw_fd(), CONFIGURE as _, &raw const config) });
        match done {
            Ok(_) => return Ok(device.into_file().into()),
            Err(error) if error.kind() == io::ErrorKind::ResourceBusy => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::ResourceBusy.into())
}

/// Lets the ext4 file system with `root` forget what it did not write yet, and take no more: for one that nobody will read again.
pub(crate) fn forget(root: BorrowedFd<'_>) -> io::Result<()> {
    let how = WITHOUT_FLUSH;
    // SAFETY: it reads one 32-bit number.
    check(unsafe { libc::ioctl(root.as_raw_fd(), SHUTDOWN as _, &raw const how) }).map(drop)
}

fn check(result: c_int) -> io::Result<c_int> {
    if result < 0 { Err(io::Error::last_os_error()) } else { Ok(result) }
}

#[cfg(test)]
mod tests {
    use super::{Config, Info};

    #[test]
    fn structures_have_the_kernels_size() {
        assert_eq!((size_of::<Info>(), size_of::<Config>()), (232, 304));
    }
}
