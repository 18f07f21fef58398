//! This end's terminal: its size, its raw mode, what is typed, and the signals that concern it.

use anyhow::{Context, Result};
use domain::link::exec::WindowSize;
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcgetwinsize, tcsetattr};
use std::io::{IsTerminal, Read};
use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    sync::mpsc,
};

/// Reads that wait to be sent; whoever types more waits.
const READS_MAX: usize = 4;
/// Read at once.
const READ_BYTES: usize = exec::client::CHUNK_BYTES;

/// The terminal's size, if both what is typed and what is shown are one.
pub(super) fn window() -> Option<WindowSize> {
    let (input, output) = (std::io::stdin(), std::io::stdout());
    if !input.is_terminal() || !output.is_terminal() {
        return None;
    }
    let size = tcgetwinsize(&output).ok()?;
    Some(WindowSize { cols: size.ws_col, rows: size.ws_row })
}

/// The terminal passes on every key as it is, until this is dropped.
pub(super) struct Raw {
    before: Termios,
}

impl Raw {
    /// Begins it.
    pub(super) fn enter() -> Result<Self> {
        let before = tcgetattr(std::io::stdin()).context("ask how the terminal is set")?;
        let mut raw = before.clone();
        raw.make_raw();
        tcsetattr(std::io::stdin(), OptionalActions::Now, &raw).context("set the terminal")?;
        Ok(Self { before })
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        // A terminal that is gone needs no setting.
        _ = tcsetattr(std::io::stdin(), OptionalActions::Drain, &self.before);
    }
}

/// What is typed.
pub(super) struct Keyboard {
    reads: mpsc::Receiver<Vec<u8>>,
    is_over: bool,
}

impl Keyboard {
    /// Of the standard input.
    pub(super) fn read() -> Self {
        let (sender, reads) = mpsc::channel(READS_MAX);
        // Ends with the process: a read of the standard input cannot be called off.
        std::thread::spawn(move || {
            let mut room = [0; READ_BYTES];
            loop {
                match std::io::stdin().lock().read(&mut room) {
                    Ok(0) => return,
                    Ok(length) => {
                        if sender.blocking_send(room[..length].to_vec()).is_err() {
                            return;
                        }
                    }
                    Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                    Err(_) => return,
                }
            }
        });
        Self { reads, is_over: false }
    }

    /// On which nobody types.
    pub(super) fn silent() -> Self {
        Self { reads: mpsc::channel(1).1, is_over: false }
    }

    /// The next that was typed; `None` once, at the end. Dropping the future loses nothing.
    pub(super) async fn next(&mut self) -> Option<Vec<u8>> {
        if self.is_over {
            return std::future::pending().await;
        }
        let read = self.reads.recv().await;
        self.is_over = read.is_none();
        read
    }
}

/// What a signal means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Woken {
    /// The terminal has another size.
    Resized,
    /// This process is to end, by the signal with this number.
    Ended(i32),
}

/// The signals that concern a session.
pub(super) struct Signals {
    resized: Signal,
    interrupt: Signal,
    terminate: Signal,
    hangup: Signal,
    has_terminal: bool,
}

impl Signals {
    /// From now on they are heard here.
    pub(super) fn listen(has_terminal: bool) -> Result<Self> {
        let of = |kind| signal(kind).context("listen to signals");
        Ok(Self {
            resized: of(SignalKind::window_change())?,
            interrupt: of(SignalKind::interrupt())?,
            terminate: of(SignalKind::terminate())?,
            hangup: of(SignalKind::hangup())?,
            has_terminal,
        })
    }

    /// The next one. Dropping the future loses nothing.
    pub(super) async fn next(&mut self) -> Woken {
        loop {
            tokio::select! {
                biased;
                _ = self.terminate.recv() => {
                    return Woken::Ended(SignalKind::terminate().as_raw_value());
                }
                _ = self.hangup.recv() => {
                    return Woken::Ended(SignalKind::hangup().as_raw_value());
                }
                _ = self.interrupt.recv() => {
                    return Woken::Ended(SignalKind::interrupt().as_raw_value());
                }
                _ = self.resized.recv() => {
                    if self.has_terminal {
                        return Woken::Resized;
                    }
                }
            }
        }
    }
}
