//! Keeps a zygote running and asks it for shims.

use super::DriverError;
use crate::shim::SUBCOMMAND;
use crate::shim::zygote::{ARGUMENT, Answer, Request};
use crate::spawn;
use rustix::fd::OwnedFd;
use rustix::net::{RecvFlags, SendFlags, sockopt};
use std::io;
use std::path::PathBuf;
use std::process::Child;
use std::sync::Mutex;
use std::time::Duration;

/// A shim that is not there after this is never there.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(10);

struct Running {
    socket: OwnedFd,
    child: Child,
}

/// The agent's zygote, started when it is first needed, and again should it have died.
pub(crate) struct Zygote {
    program: PathBuf,
    running: Mutex<Option<Running>>,
}

impl Zygote {
    /// `program` is this binary, or one with the same `shim` subcommand.
    pub(crate) fn new(program: PathBuf) -> Self {
        Self { program, running: Mutex::new(None) }
    }

    /// Makes a shim for a task; its socket is there when this returns. Blocks for about a millisecond.
    pub(crate) fn shim(&self, request: &Request) -> Result<(), DriverError> {
        let failed = |text: String| DriverError::Shim {
            task: request.task_dir.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            text,
        };
        let message = serde_json::to_vec(request).expect("a request is plain data");
        let mut running = self.running.lock().expect("nothing panics while it is held");
        let mut may_try_again = running.is_some();
        loop {
            let zygote = match running.take() {
                Some(zygote) => zygote,
                None => self.start()?,
            };
            match talk(&zygote.socket, &message) {
                Ok(answer) => {
                    *running = Some(zygote);
                    return answer.error.map_or(Ok(()), |text| Err(failed(text)));
                }
                Err(error) => {
                    // An answer may still be on its way, so the conversation cannot go on.
                    zygote.end();
                    if !may_try_again {
                        return Err(failed(format!("no answer from its parent: {error}")));
                    }
                    may_try_again = false;
                }
            }
        }
    }

    /// The zygote's process, if it runs.
    pub(crate) fn pid(&self) -> Option<u32> {
        let running = self.running.lock().expect("nothing panics while it is held");
        running.as_ref().map(|running| running.child.id())
    }

    /// Starts it now, so that the first task need not wait.
    pub(crate) fn warm_up(&self) -> Result<(), DriverError> {
        let mut running = self.running.lock().expect("nothing panics while it is held");
        if running.is_none() {
            *running = Some(self.start()?);
        }
        Ok(())
    }

    fn start(&self) -> Result<Running, DriverError> {
        let (socket, child) = spawn::zygote(&self.program, &[SUBCOMMAND, ARGUMENT])?;
        sockopt::set_socket_timeout(&socket, sockopt::Timeout::Recv, Some(ANSWER_TIMEOUT))
            .map_err(|errno| DriverError::File(errno.into()))?;
        Ok(Running { socket, child })
    }
}

impl Running {
    fn end(self) {
        let Self { socket, mut child } = self;
        // It ends when it hears this; one that hangs is killed, and nobody but us waits for it.
        drop(socket);
        let _ = child.kill();
        let _ = child.wait();
    }
}

impl Drop for Zygote {
    fn drop(&mut self) {
        if let Some(running) = self.running.get_mut().ok().and_then(Option::take) {
            running.end();
        }
    }
}

fn talk(socket: &OwnedFd, message: &[u8]) -> io::Result<Answer> {
    rustix::net::send(socket, message, SendFlags::NOSIGNAL)?;
    let mut room = [0; 4096];
    let (length, _) = rustix::net::recv(socket, &mut room[..], RecvFlags::empty())?;
    if length == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(serde_json::from_slice(&room[..length])?)
}
