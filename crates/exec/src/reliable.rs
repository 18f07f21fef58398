//! Order and repetition (agent-protocol.md §9.4): each direction numbers its messages from 0 and repeats what is not acknowledged.
//!
//! Invariants: a message is kept before it is sent, so that an acknowledgement can never come too early; what arrives is given on once
//! and in order; both sides hold a bounded number of messages.

use crate::{
    message::{Content, Kind, Message, SYN, SYN_FIN},
    note::Acknowledgement,
};
use domain::time::{Millis, Timestamp};
use std::collections::{BTreeMap, VecDeque};

/// Messages that may be on their way without an acknowledgement; whoever has more to say waits.
pub const WINDOW: usize = 64;
/// Messages that may wait for an earlier one.
const AHEAD_MAX: usize = 1024;
/// Before anything is known of the way, a message is repeated after this.
const REPEAT_AFTER: Millis = Millis(200);
/// But never later than this.
const REPEAT_AFTER_MAX: Millis = Millis(1000);
/// A way that is faster than this is not believed: the other end may be busy, and there are clients that show twice what they hear twice.
const REPEAT_AFTER_MIN: Millis = Millis(200);

#[derive(Clone, Debug)]
struct Waiting {
    message: Message,
    sent_at: Timestamp,
    was_repeated: bool,
}

/// Where ids of messages come from: one seed a session and end.
#[derive(Clone, Debug)]
pub struct MessageIds {
    seed: [u8; 16],
    count: u64,
}

impl MessageIds {
    /// From a seed that no other session has.
    pub fn new(seed: [u8; 16]) -> Self {
        Self { seed, count: 0 }
    }

    /// The next one.
    pub fn draw(&mut self) -> [u8; 16] {
        self.count += 1;
        let mut id = self.seed;
        // Version and variant of a random UUID.
        id[6] = id[6] & 0x0f | 0x40;
        id[8] = id[8] & 0x3f | 0x80;
        for (byte, of) in id[9..].iter_mut().zip(&self.count.to_be_bytes()[1..]) {
            *byte ^= of;
        }
        id
    }
}

/// What this end says.
#[derive(Clone, Debug)]
pub struct Outbox {
    kind: Kind,
    next: i64,
    waiting: VecDeque<Waiting>,
    /// Smoothed time of a round trip and its variation, once one was measured.
    way: Option<(f64, f64)>,
}

impl Outbox {
    /// An empty one, of the stream `kind`.
    pub fn new(kind: Kind) -> Self {
        Self { kind, next: 0, waiting: VecDeque::new(), way: None }
    }

    /// Whether there is room for another message. The handshake and what must be said at once are put in all the same.
    pub fn has_room(&self) -> bool {
        self.waiting.len() < WINDOW
    }

    /// Whether everything was acknowledged.
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Keeps a message and answers the bytes to send.
    pub fn put(
        &mut self,
        content: Content,
        payload: Vec<u8>,
        ids: &mut MessageIds,
        now: Timestamp,
    ) -> Vec<u8> {
        let flags = if self.next == 0 { SYN } else { 0 };
        let (kind, sequence) = (self.kind, self.next);
        let message =
            Message { kind, created: now, sequence, flags, id: ids.draw(), content, payload };
        self.next += 1;
        let bytes = message.encode();
        self.waiting.push_back(Waiting { message, sent_at: now, was_repeated: false });
        bytes
    }

    /// The other end has the message with this number.
    pub fn acknowledged(&mut self, sequence: i64, now: Timestamp) {
        let Some(at) = self.waiting.iter().position(|it| it.message.sequence == sequence) else {
            return;
        };
        let found = self.waiting.remove(at).expect("it was just found");
        if found.was_repeated {
            // Which of them was answered nobody knows.
            return;
        }
        let took = (now - found.sent_at).0.max(0) as f64;
        self.way = Some(match self.way {
            None => (took, took / 2.0),
            Some((mean, spread)) => {
                let spread = spread * 0.75 + (mean - took).abs() * 0.25;
                (mean * 0.875 + took * 0.125, spread)
            }
        });
    }

    fn repeat_after(&self) -> Millis {
        let of = self.way.map_or(REPEAT_AFTER.0, |(mean, spread)| (mean + 4.0 * spread) as i64);
        Millis(of.clamp(REPEAT_AFTER_MIN.0, REPEAT_AFTER_MAX.0))
    }

    /// When the oldest message is to be repeated.
    pub fn due(&self) -> Option<Timestamp> {
        self.waiting.front().map(|oldest| oldest.sent_at + self.repeat_after())
    }

    /// The oldest message, if it is time to repeat it.
    pub fn repeat(&mut self, now: Timestamp) -> Option<Vec<u8>> {
        if self.due()? > now {
            return None;
        }
        let oldest = self.waiting.front_mut()?;
        oldest.sent_at = now;
        oldest.was_repeated = true;
        Some(oldest.message.encode())
    }

    /// Everything that was not acknowledged, for a channel that was just opened.
    pub fn repeat_all(&mut self, now: Timestamp) -> Vec<Vec<u8>> {
        let all = self.waiting.iter_mut().map(|it| {
            it.sent_at = now;
            it.was_repeated = true;
            it.message.encode()
        });
        all.collect()
    }
}

/// What the other end says.
#[derive(Clone, Debug, Default)]
pub struct Inbox {
    expected: i64,
    ahead: BTreeMap<i64, Message>,
}

impl Inbox {
    /// Takes a message. The first value says whether it is to be acknowledged: also one that was here before, as its acknowledgement
    /// may have been lost. The second are those that are in order now.
    pub fn take(&mut self, message: Message) -> (bool, Vec<Message>) {
        let sequence = message.sequence;
        if sequence < self.expected {
            return (true, Vec::new());
        }
        if sequence > self.expected {
            if self.ahead.len() >= AHEAD_MAX || sequence - self.expected > AHEAD_MAX as i64 {
                return (false, Vec::new());
            }
            self.ahead.insert(sequence, message);
            return (true, Vec::new());
        }
        let mut ready = vec![message];
        self.expected += 1;
        while let Some(next) = self.ahead.remove(&self.expected) {
            ready.push(next);
            self.expected += 1;
        }
        (true, ready)
    }

    /// Whether `message` was given on already.
    pub fn knows(&self, message: &Message) -> bool {
        message.sequence < self.expected || self.ahead.contains_key(&message.sequence)
    }
}

/// The acknowledgement of `message`.
pub fn acknowledgement(message: &Message, ids: &mut MessageIds, now: Timestamp) -> Vec<u8> {
    let note = Acknowledgement {
        acknowledged_message_type: message.kind.name().to_owned(),
        acknowledged_message_id: message.id_text(),
        acknowledged_message_sequence_number: message.sequence,
        is_sequential_message: true,
    };
    let payload = serde_json::to_vec(&note).expect("plain data");
    let kind = Kind::Acknowledge;
    let (content, id) = (Content::None, ids.draw());
    Message { kind, created: now, sequence: 0, flags: SYN_FIN, id, content, payload }.encode()
}

#[cfg(test)]
mod tests {
    use super::{Inbox, MessageIds, Outbox, WINDOW};
    use crate::message::{Content, Kind, Message};
    use domain::time::Timestamp;
    use std::collections::BTreeSet;

    fn outbox(count: usize) -> (Outbox, Vec<Message>) {
        let (mut outbox, mut ids) = (Outbox::new(Kind::Output), MessageIds::new([1; 16]));
        let put = |_| outbox.put(Content::Output, vec![1], &mut ids, Timestamp(1000));
        let sent: Vec<Vec<u8>> = (0..count).map(put).collect();
        let sent = sent.iter().map(|bytes| Message::decode(bytes).expect("a message")).collect();
        (outbox, sent)
    }

    fn repeated(outbox: &mut Outbox, at: i64) -> Option<i64> {
        let bytes = outbox.repeat(Timestamp(at))?;
        Some(Message::decode(&bytes).expect("a message").sequence)
    }

    #[test]
    fn the_oldest_is_repeated_until_it_is_acknowledged() {
        let (mut outbox, _) = outbox(2);
        assert_eq!(repeated(&mut outbox, 1199), None);
        assert_eq!(repeated(&mut outbox, 1200), Some(0));
        assert_eq!(repeated(&mut outbox, 1300), None, "just repeated");
        assert_eq!(repeated(&mut outbox, 1400), Some(0));
        outbox.acknowledged(0, Timestamp(1410));
        assert_eq!(repeated(&mut outbox, 1410), Some(1), "it waited as long");
        outbox.acknowledged(1, Timestamp(1420));
        assert!(outbox.is_empty() && outbox.due().is_none());
    }

    #[test]
    fn a_slow_way_is_given_more_time() {
        let (mut outbox, _) = outbox(2);
        outbox.acknowledged(0, Timestamp(1300));
        assert_eq!(outbox.due(), Some(Timestamp(1900)));
        outbox.acknowledged(0, Timestamp(1400));
        assert_eq!(outbox.due(), Some(Timestamp(1900)), "said twice, it counts once");
    }

    #[test]
    fn a_window_is_full_until_something_is_acknowledged() {
        let (mut outbox, sent) = outbox(WINDOW);
        assert!(!outbox.has_room());
        outbox.acknowledged(sent[3].sequence, Timestamp(1001));
        assert!(outbox.has_room());
    }

    #[test]
    fn ids_differ_and_the_first_message_says_that_it_is() {
        let (_, sent) = outbox(300);
        let ids: BTreeSet<String> = sent.iter().map(Message::id_text).collect();
        assert_eq!(ids.len(), 300);
        assert_eq!((sent[0].flags, sent[1].flags), (1, 0));
    }

    #[test]
    fn what_comes_early_waits_and_what_comes_again_is_only_acknowledged() {
        let (_, sent) = outbox(4);
        let mut inbox = Inbox::default();
        let mut take = |index: usize| {
            let (is_acknowledged, ready) = inbox.take(sent[index].clone());
            let ready: Vec<i64> = ready.iter().map(|message| message.sequence).collect();
            (is_acknowledged, ready)
        };
        assert_eq!(take(1), (true, vec![]));
        assert_eq!(take(3), (true, vec![]));
        assert_eq!(take(0), (true, vec![0, 1]));
        assert_eq!(take(1), (true, vec![]));
        assert_eq!(take(2), (true, vec![2, 3]));
    }

    #[test]
    fn what_is_too_far_ahead_is_not_kept() {
        let (_, sent) = outbox(1);
        let mut inbox = Inbox::default();
        let far = Message { sequence: 5000, ..sent[0].clone() };
        assert_eq!(inbox.take(far), (false, vec![]));
    }
}
