//! Task files, written behind the loop's back and in the order asked, so that no disk holds up a container.
//!
//! What comes together is written together. Invariant: when `finish` returns, everything that was asked for is on its shelf. Not here: what
//! waits for a file (the machine).

use super::shelf::Shelf;
use crate::machine::{Event, Kept};
use domain::id::TaskId;
use std::sync::Arc;
use tokio::{
    sync::mpsc,
    task::{JoinError, JoinSet},
};

/// How many files are written before the loop hears of them.
const BATCH_MAX: usize = 64;

/// What to do with a task's file.
pub(super) enum Write {
    Put(Box<Kept>),
    Forget(TaskId),
}

/// The loop's end of the writer.
pub(super) struct Writer {
    to_write: mpsc::UnboundedSender<Write>,
    written: mpsc::UnboundedReceiver<Vec<Event>>,
    task: JoinSet<()>,
}

impl Writer {
    pub(super) fn new(shelf: Arc<Shelf>) -> Self {
        // Bounded by the machine: at most one file of each task waits to be written, and one to be removed.
        let (to_write, mut asked) = mpsc::unbounded_channel();
        let (done, written) = mpsc::unbounded_channel();
        let mut task = JoinSet::new();
        task.spawn(async move {
            let mut batch = Vec::new();
            while asked.recv_many(&mut batch, BATCH_MAX).await > 0 {
                let shelf = Arc::clone(&shelf);
                let writes = std::mem::take(&mut batch);
                let events = tokio::task::spawn_blocking(move || perform(&shelf, writes)).await;
                // The loop may have left; what it asked for is done all the same.
                _ = done.send(events.unwrap_or_else(broken));
            }
        });
        Self { to_write, written, task }
    }

    pub(super) fn ask(&self, write: Write) {
        self.to_write.send(write).expect("the writer ends after its sender");
    }

    /// What was written, or could not be. Dropping the future loses nothing.
    pub(super) async fn next(&mut self) -> Vec<Event> {
        self.written.recv().await.expect("the writer ends after its sender")
    }

    /// Returns when everything that was asked for is done.
    pub(super) async fn finish(self) {
        let Self { to_write, mut task, .. } = self;
        drop(to_write);
        task.join_next().await;
    }
}

fn perform(shelf: &Shelf, writes: Vec<Write>) -> Vec<Event> {
    let mut events = Vec::new();
    for write in writes {
        match write {
            Write::Put(kept) => {
                let result = shelf.put(&kept).map_err(|error| {
                    tracing::error!(task = %kept.id, %error, "task is not written down");
                    format!("write the task down: {error}")
                });
                events.push(Event::Kept(kept.id, kept.arrival, result));
            }
            Write::Forget(id) => {
                if let Err(error) = shelf.forget(&id) {
                    // Found again at the next start, its end is told once more, which harms nobody.
                    tracing::warn!(task = %id, %error, "file of a task that is over stays");
                }
            }
        }
    }
    events
}

/// Writing files panics only when this program is wrong.
fn broken(error: JoinError) -> Vec<Event> {
    std::panic::resume_unwind(error.into_panic())
}
