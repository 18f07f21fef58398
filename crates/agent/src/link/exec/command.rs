//! The command of a session: what it writes, what it takes, and its end.
//!
//! Not here: what is made of it (the session).

use crate::driver::{ContainerFault, ExecProcess};
use exec::host::Stream;
use futures_util::future::BoxFuture;
use std::time::Duration;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    time::Instant,
};

/// After the command's end its output may stay open for as long: somebody else may hold it.
const OUTPUT_REST: Duration = Duration::from_secs(2);

/// The command.
pub(super) enum Command<'a> {
    None,
    Starting(BoxFuture<'a, Result<ExecProcess, ContainerFault>>),
    Running(Box<Running>),
}

/// A command that runs.
pub(super) struct Running {
    pub(super) process: ExecProcess,
    pub(super) output_is_open: bool,
    pub(super) error_is_open: bool,
    /// Its code, and when it ended.
    pub(super) exit: Option<(Option<i64>, Instant)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Input {
    Open,
    /// Nothing follows what is pending.
    Last,
    Closed,
}

/// What happened to the command.
pub(super) enum News {
    Started(Result<ExecProcess, ContainerFault>),
    Wrote(Stream, Vec<u8>),
    Took(std::io::Result<usize>),
    Ended(Option<i64>),
    /// Its output stays open though it ended.
    Held,
}

/// What happens to the command next. It is read only as far as there is `room`. Dropping the future loses nothing.
pub(super) async fn moved(
    command: &mut Command<'_>,
    (pending, state): (&[u8], Input),
    room: Option<usize>,
) -> News {
    let running = match command {
        Command::None => return std::future::pending().await,
        Command::Starting(starting) => return News::Started(starting.await),
        Command::Running(running) => running,
    };
    let ExecProcess { input, output, error, life } = &mut running.process;
    let has_input = !pending.is_empty() || state == Input::Last;
    let rest = running.exit.map(|(_, at)| at + OUTPUT_REST);
    let bytes = room.unwrap_or_default();
    tokio::select! {
        biased;
        read = read(output, bytes), if room.is_some() && running.output_is_open => {
            News::Wrote(Stream::Output, read)
        }
        read = read_error(error, bytes), if room.is_some() && running.error_is_open => {
            News::Wrote(Stream::Error, read)
        }
        taken = take(input, pending), if has_input && state != Input::Closed => News::Took(taken),
        code = life.ended(), if running.exit.is_none() => News::Ended(code),
        () = tokio::time::sleep_until(rest.unwrap_or_else(Instant::now)),
            if rest.is_some() && room.is_some() => News::Held,
        // It ended, and the client has yet to acknowledge before more of its output is read.
        else => std::future::pending().await,
    }
}

/// Writes some of `pending`; nothing where nothing is left.
async fn take(
    input: &mut (dyn AsyncWrite + Send + Unpin),
    pending: &[u8],
) -> std::io::Result<usize> {
    if pending.is_empty() { Ok(0) } else { input.write(pending).await }
}

/// Up to so many bytes; none at the end.
async fn read(from: &mut (dyn AsyncRead + Send + Unpin), bytes: usize) -> Vec<u8> {
    let mut room = vec![0; bytes];
    // What cannot be read any more has ended.
    let length = from.read(&mut room).await.unwrap_or_default();
    room.truncate(length);
    room
}

async fn read_error(from: &mut Option<Box<dyn AsyncRead + Send + Unpin>>, bytes: usize) -> Vec<u8> {
    match from {
        Some(from) => read(from, bytes).await,
        None => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Command, ExecProcess, Input, News, Running, moved};
    use crate::driver::ExecLife;
    use domain::link::exec::WindowSize;
    use exec::host::Stream;
    use futures_util::{FutureExt, future::BoxFuture};
    use tokio::time::Instant;

    /// A command that ended.
    struct Gone;

    impl ExecLife for Gone {
        fn resize(&self, _: WindowSize) {}

        fn ended(&mut self) -> BoxFuture<'_, Option<i64>> {
            Box::pin(std::future::ready(Some(0)))
        }
    }

    #[tokio::test]
    async fn output_of_an_ended_command_waits_until_the_client_has_room() {
        let process = ExecProcess {
            input: Box::new(tokio::io::sink()),
            output: Box::new(&b"rest"[..]),
            error: None,
            life: Box::new(Gone),
        };
        let exit = Some((Some(0), Instant::now()));
        let running = Running { process, output_is_open: true, error_is_open: false, exit };
        let mut command = Command::Running(Box::new(running));
        let nothing = (&b""[..], Input::Closed);
        assert!(moved(&mut command, nothing, None).now_or_never().is_none(), "it waits");
        let News::Wrote(Stream::Output, rest) = moved(&mut command, nothing, Some(64)).await else {
            panic!("it is read");
        };
        assert_eq!(rest, b"rest");
    }
}
