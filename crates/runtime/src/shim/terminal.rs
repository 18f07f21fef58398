//! The socket by which the OCI runtime hands over the other end of a terminal that it made.

use rustix::fd::OwnedFd;
use std::io;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};

/// A socket that waits for a terminal. Its file goes with it.
pub(crate) struct TerminalSocket {
    listener: UnixListener,
    path: PathBuf,
}

impl TerminalSocket {
    /// Waits at `path` from now on.
    pub(crate) fn listen(path: PathBuf) -> io::Result<Self> {
        let _ = fs_err::remove_file(&path);
        let listener = UnixListener::bind(&path)?;
        let socket = Self { listener, path };
        socket.listener.set_nonblocking(true)?;
        Ok(socket)
    }

    /// Where it waits.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The terminal's other end, which the runtime sent before it ended. Reading it never blocks.
    pub(crate) fn take(self) -> io::Result<OwnedFd> {
        let (stream, _) = self.listener.accept()?;
        let mut space = [std::mem::MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
        let mut ancillary = rustix::net::RecvAncillaryBuffer::new(&mut space);
        let mut room = [0; 256];
        rustix::net::recvmsg(
            &stream,
            &mut [io::IoSliceMut::new(&mut room)],
            &mut ancillary,
            rustix::net::RecvFlags::CMSG_CLOEXEC,
        )?;
        for message in ancillary.drain() {
            if let rustix::net::RecvAncillaryMessage::ScmRights(mut fds) = message
                && let Some(fd) = fds.next()
            {
                rustix::io::ioctl_fionbio(&fd, true)?;
                return Ok(fd);
            }
        }
        Err(io::Error::other("the OCI runtime sent no terminal"))
    }
}

impl Drop for TerminalSocket {
    fn drop(&mut self) {
        let _ = fs_err::remove_file(&self.path);
    }
}
