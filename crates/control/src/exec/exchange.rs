//! Where the two ends of a session meet.
//!
//! Invariants: an end that comes takes the place of the one that was there, which is then closed; a frame for an end that is not there is
//! forgotten, as its sender repeats it; whether a client is there is told as it is, not as it changed. One that is gone is not in here.

use bytes::Bytes;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard},
};
use tokio::sync::{mpsc, watch};

/// Frames that wait for an end to take them; whoever sends more waits.
const FRAMES_MAX: usize = 256;

/// Which end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Client,
    Host,
}

/// What goes to an end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Relayed {
    /// Of the data channel.
    Frame(Bytes),
    /// The session is over.
    Over,
}

#[derive(Debug)]
struct Seat {
    number: u64,
    to: mpsc::Sender<Relayed>,
}

#[derive(Debug)]
struct Post {
    client: Option<Seat>,
    host: Option<Seat>,
    /// The number of the client that is there; 0 for none.
    presence: watch::Sender<u64>,
}

/// All sessions of which an end is connected here.
#[derive(Debug, Default)]
pub(crate) struct Exchange {
    posts: Mutex<Posts>,
}

#[derive(Debug, Default)]
struct Posts {
    last: u64,
    all: BTreeMap<String, Post>,
}

/// An end's place; it leaves when this is dropped.
pub(crate) struct Place {
    exchange: Arc<Exchange>,
    session: String,
    side: Side,
    number: u64,
}

/// What an end gets.
pub(crate) struct Inlet {
    pub(crate) frames: mpsc::Receiver<Relayed>,
    /// Which client is there; for a host.
    pub(crate) presence: watch::Receiver<u64>,
}

impl Exchange {
    /// Enters an end of a session.
    pub(crate) fn enter(self: &Arc<Self>, session: &str, side: Side) -> (Place, Inlet) {
        let (to, frames) = mpsc::channel(FRAMES_MAX);
        let mut posts = self.lock();
        posts.last += 1;
        let number = posts.last;
        let post = posts.all.entry(session.to_owned()).or_insert_with(|| Post {
            client: None,
            host: None,
            presence: watch::channel(0).0,
        });
        let seat = Some(Seat { number, to });
        // Whoever was there sees its channel end.
        match side {
            Side::Client => {
                post.client = seat;
                post.presence.send_replace(number);
            }
            Side::Host => post.host = seat,
        }
        let mut presence = post.presence.subscribe();
        presence.mark_changed();
        let place = Place { exchange: Arc::clone(self), session: session.to_owned(), side, number };
        (place, Inlet { frames, presence })
    }

    /// A session is over: its client is told and let go.
    pub(crate) fn over(&self, session: &str) {
        let posts = self.lock();
        let Some(client) = posts.all.get(session).and_then(|post| post.client.as_ref()) else {
            return;
        };
        // A client that does not read is cut off by its own limit.
        _ = client.to.try_send(Relayed::Over);
    }

    fn lock(&self) -> MutexGuard<'_, Posts> {
        self.posts.lock().expect("nothing under this lock panics")
    }
}

impl Place {
    /// The way to the other end, if that is there.
    pub(crate) fn other(&self) -> Option<mpsc::Sender<Relayed>> {
        let posts = self.exchange.lock();
        let post = posts.all.get(&self.session)?;
        let seat = match self.side {
            Side::Client => post.host.as_ref(),
            Side::Host => post.client.as_ref(),
        };
        seat.map(|seat| seat.to.clone())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut posts = self.exchange.lock();
        let Some(post) = posts.all.get_mut(&self.session) else { return };
        let seat = match self.side {
            Side::Client => &mut post.client,
            Side::Host => &mut post.host,
        };
        if seat.as_ref().is_some_and(|seat| seat.number == self.number) {
            *seat = None;
            if self.side == Side::Client {
                post.presence.send_replace(0);
            }
        }
        if post.client.is_none() && post.host.is_none() {
            posts.all.remove(&self.session);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Exchange, Relayed, Side};
    use bytes::Bytes;
    use std::sync::Arc;

    #[tokio::test]
    async fn ends_find_each_other_and_a_newer_one_takes_over() {
        let exchange = Arc::new(Exchange::default());
        let (client, mut first) = exchange.enter("s", Side::Client);
        assert!(client.other().is_none());
        let (host, mut inlet) = exchange.enter("s", Side::Host);
        assert_ne!(*inlet.presence.borrow_and_update(), 0, "a host learns that a client waits");
        let frame = Relayed::Frame(Bytes::from_static(b"x"));
        client.other().expect("a host").send(frame.clone()).await.expect("taken");
        assert_eq!(inlet.frames.recv().await, Some(frame.clone()));
        let (newer, mut second) = exchange.enter("s", Side::Client);
        assert_eq!(first.frames.recv().await, None, "the one before is let go");
        drop(client);
        assert_ne!(
            *inlet.presence.borrow_and_update(),
            0,
            "who was replaced does not take the newer along"
        );
        host.other().expect("the newer").send(frame.clone()).await.expect("taken");
        assert_eq!(second.frames.recv().await, Some(frame));
        drop(newer);
        assert_eq!(*inlet.presence.borrow_and_update(), 0);
        drop(host);
        assert!(exchange.lock().all.is_empty(), "nobody, nothing");
    }

    #[tokio::test]
    async fn the_end_of_a_session_is_its_client_s_last_word() {
        let exchange = Arc::new(Exchange::default());
        exchange.over("s");
        let (_client, mut inlet) = exchange.enter("s", Side::Client);
        exchange.over("s");
        assert_eq!(inlet.frames.recv().await, Some(Relayed::Over));
    }
}
