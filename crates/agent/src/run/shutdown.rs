//! How an agent is told to end: it leaves its containers running, so that another version can take over, or it stops them all first.

use tokio::sync::watch;

/// What is wanted of an agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    Run,
    Leave,
    StopAll(String),
}

/// Ends an agent. Dropping the last one makes it leave.
#[derive(Clone, Debug)]
pub struct Stopper(watch::Sender<Wish>);

/// The agent's side of a [`Stopper`].
#[derive(Debug)]
pub struct Shutdown(watch::Receiver<Wish>);

/// A stopper and what to give to [`crate::run`].
pub fn shutdown() -> (Stopper, Shutdown) {
    let (sender, receiver) = watch::channel(Wish::Run);
    (Stopper(sender), Shutdown(receiver))
}

impl Stopper {
    /// The agent ends; its containers run on.
    pub fn leave(&self) {
        self.0.send_if_modified(|wish| {
            let is_news = *wish == Wish::Run;
            if is_news {
                *wish = Wish::Leave;
            }
            is_news
        });
    }

    /// The agent takes no more tasks, stops all that it has, for `reason`, tells the plane, and ends.
    pub fn stop_all(&self, reason: impl Into<String>) {
        let reason = reason.into();
        self.0.send_if_modified(|wish| {
            let is_news = *wish == Wish::Run;
            if is_news {
                *wish = Wish::StopAll(reason);
            }
            is_news
        });
    }
}

impl Shutdown {
    /// The next thing that is wanted other than to run. Dropping the future loses nothing.
    pub(crate) async fn wish(&mut self) -> Wish {
        match self.0.wait_for(|wish| *wish != Wish::Run).await {
            Ok(wish) => wish.clone(),
            Err(_) => Wish::Leave,
        }
    }
}
