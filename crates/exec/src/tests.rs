//! Both ends against each other, over a way that loses, doubles and delays, on virtual time.

use crate::{
    client::{self, Client},
    host::{self, Ended, Host, Stream},
    message::{Content, Kind, Message},
    note::{HandshakeResponse, OwnClient, ProcessedAction},
    reliable::MessageIds,
};
use domain::{link::exec::WindowSize, time::Timestamp};
use expect_test::{Expect, expect};
use proptest::prelude::*;

const SIZE: WindowSize = WindowSize { cols: 80, rows: 24 };

/// What a host does, in words.
fn say(effect: &host::Effect) -> String {
    match effect {
        host::Effect::Send(bytes) => {
            let message = Message::decode(bytes).expect("a message of ours");
            let text = String::from_utf8_lossy(&message.payload).into_owned();
            match message.kind {
                Kind::Acknowledge => {
                    let note: crate::note::Acknowledgement =
                        serde_json::from_slice(&message.payload).expect("a note");
                    format!("ack {}", note.acknowledged_message_sequence_number)
                }
                Kind::ChannelClosed => {
                    let note: crate::note::ChannelClosed =
                        serde_json::from_slice(&message.payload).expect("a note");
                    format!("closed {:?}", note.output)
                }
                _ if matches!(
                    message.content,
                    Content::HandshakeRequest | Content::HandshakeComplete
                ) =>
                {
                    format!("{:?} {}", message.content, message.sequence)
                }
                _ => format!("{:?} {} {text:?}", message.content, message.sequence),
            }
        }
        host::Effect::Input(bytes) => format!("input {:?}", String::from_utf8_lossy(bytes)),
        host::Effect::Record(bytes) => format!("record {:?}", String::from_utf8_lossy(bytes)),
        other => format!("{other:?}"),
    }
}

/// A host that is told things at times, and what it does.
struct Script {
    host: Host,
    ids: MessageIds,
    sent: i64,
    said: String,
}

impl Script {
    fn new() -> Self {
        let host = Host::new("s-1", [7; 16], Timestamp(0));
        Self { host, ids: MessageIds::new([9; 16]), sent: 0, said: String::new() }
    }

    fn tell(&mut self, at: i64, event: host::Event) -> &mut Self {
        let effects = self.host.handle(event, Timestamp(at));
        let effects: Vec<String> = effects.iter().map(say).collect();
        let effects = if effects.is_empty() { "nothing".to_owned() } else { effects.join(", ") };
        self.said.push_str(&format!("{at}: {effects}\n"));
        self
    }

    fn numbered(&mut self, sequence: i64, content: Content, payload: &[u8]) -> Vec<u8> {
        let (kind, created, id) = (Kind::Input, Timestamp(1), self.ids.draw());
        let payload = payload.to_vec();
        Message { kind, created, sequence, flags: 0, id, content, payload }.encode()
    }

    fn input(&mut self, at: i64, content: Content, payload: &[u8]) -> &mut Self {
        let frame = self.numbered(self.sent, content, payload);
        self.sent += 1;
        self.tell(at, host::Event::Frame(frame))
    }

    fn shake(&mut self, at: i64, longshore: Option<OwnClient>) -> &mut Self {
        let done = ProcessedAction {
            action_type: "SessionType".into(),
            action_status: 1,
            ..ProcessedAction::default()
        };
        let response = HandshakeResponse {
            processed_client_actions: vec![done],
            longshore,
            ..HandshakeResponse::default()
        };
        let response = serde_json::to_vec(&response).expect("JSON");
        self.input(at, Content::HandshakeResponse, &response)
    }

    fn acknowledge(&mut self, at: i64, sequence: i64) -> &mut Self {
        let note = format!(r#"{{"AcknowledgedMessageSequenceNumber":{sequence}}}"#).into_bytes();
        let (kind, created, id) = (Kind::Acknowledge, Timestamp(1), self.ids.draw());
        let frame = Message {
            kind,
            created,
            sequence: 0,
            flags: 3,
            id,
            content: Content::None,
            payload: note,
        };
        self.tell(at, host::Event::Frame(frame.encode()))
    }

    fn opened(own: bool) -> Self {
        let mut script = Self::new();
        script.tell(0, host::Event::Up).acknowledge(1, 0);
        script.shake(2, own.then_some(OwnClient { terminal: None })).acknowledge(3, 1);
        script.said.clear();
        script
    }

    fn check(&self, expected: &Expect) {
        expected.assert_eq(&self.said);
    }
}

#[test]
fn a_shell_of_the_plugin_from_its_begin_to_its_end() {
    let mut script = Script::new();
    script.tell(0, host::Event::Up).acknowledge(1, 0).shake(2, None).acknowledge(3, 1);
    script.input(4, Content::Size, br#"{"cols":101,"rows":33}"#);
    script.tell(5, host::Event::Output(Stream::Output, b"$ ".to_vec())).acknowledge(6, 2);
    script.input(7, Content::Output, b"\x03");
    script.tell(8, host::Event::Output(Stream::Output, b"bye".to_vec()));
    script.tell(9, host::Event::Ended(Some(7))).acknowledge(10, 3);
    script.check(&expect![[r#"
        0: HandshakeRequest 0
        1: nothing
        2: ack 0, HandshakeComplete 1, Start(Some(WindowSize { cols: 0, rows: 0 }))
        3: nothing
        4: ack 1, Resize(WindowSize { cols: 101, rows: 33 })
        5: Output 2 "$ "
        6: nothing
        7: ack 2, input "\u{3}"
        8: Output 3 "bye"
        9: nothing
        10: Close(Ended { exit_code: Some(7), reason: "" }), closed ""
    "#]]);
}

#[test]
fn what_is_shown_is_in_the_transcript_before() {
    let mut script = Script::opened(true);
    script.host = script.host.recorded();
    script.tell(5, host::Event::Output(Stream::Output, b"out".to_vec()));
    script.tell(6, host::Event::Output(Stream::Error, b"err".to_vec()));
    script.input(7, Content::Output, b"typed");
    script.check(&expect![[r#"
        5: record "out", Output 2 "out"
        6: record "err", StdErr 3 "err"
        7: ack 1, input "typed"
    "#]]);
}

#[test]
fn a_transcript_that_is_full_says_so_and_the_session_goes_on() {
    let mut host = Script::opened(true).host.recorded();
    let mut kept = Vec::new();
    let mut told = |bytes: Vec<u8>| {
        let effects = host.handle(host::Event::Output(Stream::Output, bytes), Timestamp(5));
        assert!(effects.iter().any(|it| matches!(it, host::Effect::Send(_))), "it goes on");
        for effect in effects {
            if let host::Effect::Record(bytes) = effect {
                kept.extend(bytes);
            }
        }
    };
    told(vec![b'x'; host::TRANSCRIPT_BYTES_MAX - 1]);
    told(b"yz".to_vec());
    told(b"more".to_vec());
    let end = String::from_utf8_lossy(&kept[host::TRANSCRIPT_BYTES_MAX - 1..]);
    assert_eq!(end, "y\nThe transcript is full: what follows is not in it.\n");
}

#[test]
fn a_client_that_knows_of_no_handshake_has_a_shell_all_the_same() {
    let mut sized = Script::new();
    sized.tell(0, host::Event::Up).input(1, Content::Size, br#"{"cols":101,"rows":33}"#);
    sized.input(2, Content::Output, b"ls");
    sized.check(&expect![[r#"
        0: HandshakeRequest 0
        1: ack 0, Start(Some(WindowSize { cols: 101, rows: 33 }))
        2: ack 1, input "ls"
    "#]]);
    let mut typed = Script::new();
    typed.tell(0, host::Event::Up).input(1, Content::Output, b"ls").shake(2, None);
    typed.check(&expect![[r#"
        0: HandshakeRequest 0
        1: ack 0, Start(Some(WindowSize { cols: 0, rows: 0 })), input "ls"
        2: ack 1, HandshakeComplete 1
    "#]]);
}

#[test]
fn a_client_that_tells_its_size_before_the_handshake_is_told_its_end_once() {
    let mut script = Script::new();
    script.tell(0, host::Event::Up).input(1, Content::Size, br#"{"cols":101,"rows":33}"#);
    script.tell(2, host::Event::Output(Stream::Output, b"$ ".to_vec()));
    script.shake(3, None).shake(4, None);
    script.check(&expect![[r#"
        0: HandshakeRequest 0
        1: ack 0, Start(Some(WindowSize { cols: 101, rows: 33 }))
        2: Output 1 "$ "
        3: ack 1, HandshakeComplete 2
        4: ack 2
    "#]]);
}

#[test]
fn our_own_client_has_pipes_and_the_exit_code() {
    let mut script = Script::opened(true);
    script.input(4, Content::Output, b"hi").input(5, Content::Output, b"");
    script.tell(6, host::Event::Output(Stream::Error, b"oh".to_vec()));
    script.tell(7, host::Event::Ended(Some(3))).acknowledge(8, 2).acknowledge(9, 3);
    script.check(&expect![[r#"
        4: ack 1, input "hi"
        5: ack 2, InputEnd
        6: StdErr 2 "oh"
        7: ExitCode 3 "3"
        8: nothing
        9: Close(Ended { exit_code: Some(3), reason: "" }), closed ""
    "#]]);
}

#[test]
fn a_client_that_comes_back_finds_what_it_missed() {
    let mut script = Script::opened(false);
    script.tell(10, host::Event::Down);
    script.tell(20, host::Event::Output(Stream::Output, b"missed".to_vec()));
    script.tell(1000, host::Event::Due);
    script.tell(2000, host::Event::Up);
    script.check(&expect![[r#"
        10: nothing
        20: Output 2 "missed"
        1000: nothing
        2000: Output 2 "missed"
    "#]]);
}

#[test]
fn input_that_is_said_again_is_acknowledged_again_and_not_typed_again() {
    let mut script = Script::opened(false);
    let frame = script.numbered(1, Content::Output, b"x");
    script.tell(4, host::Event::Frame(frame.clone())).tell(5, host::Event::Frame(frame));
    script.check(&expect![[r#"
        4: ack 1, input "x"
        5: ack 1
    "#]]);
}

#[test]
fn input_beyond_what_waits_is_left_with_the_client() {
    let mut script = Script::opened(false);
    let block = vec![b'x'; 60 * 1024];
    let mut taken = Vec::new();
    for sequence in 1..8 {
        let frame = script.numbered(sequence, Content::Output, &block);
        let effects = script.host.handle(host::Event::Frame(frame), Timestamp(4));
        taken.push(effects.len());
    }
    assert_eq!(taken, [2, 2, 2, 2, 0, 0, 0], "an acknowledgement and the input, or nothing");
    script.host.handle(host::Event::InputTaken(60 * 1024), Timestamp(5));
    let frame = script.numbered(5, Content::Output, &block);
    assert_eq!(script.host.handle(host::Event::Frame(frame), Timestamp(6)).len(), 2);
}

#[test]
fn a_session_that_nobody_uses_ends() {
    let mut nobody = Script::new();
    nobody.tell(59_999, host::Event::Due).tell(60_000, host::Event::Due);
    nobody.check(&expect![[r#"
        59999: nothing
        60000: Close(Ended { exit_code: None, reason: "no client within 60 s" }), closed "no client within 60 s"
    "#]]);
    let mut away = Script::opened(false);
    away.tell(10, host::Event::Down)
        .tell(300_009, host::Event::Due)
        .tell(300_010, host::Event::Due);
    away.check(&expect![[r#"
        10: nothing
        300009: nothing
        300010: Kill, Close(Ended { exit_code: None, reason: "no client for 5 minutes" }), closed "no client for 5 minutes"
    "#]]);
    let mut idle = Script::opened(false);
    idle.input(100, Content::Output, b"x");
    idle.tell(1_200_099, host::Event::Due).tell(1_200_100, host::Event::Due);
    idle.check(&expect![[r#"
        100: ack 1, input "x"
        1200099: nothing
        1200100: Kill, Close(Ended { exit_code: None, reason: "timed out: nothing was said for 20 minutes" }), closed "timed out: nothing was said for 20 minutes"
    "#]]);
}

#[test]
fn whoever_ends_it_ends_the_command() {
    let mut terminated = Script::opened(false);
    terminated.tell(9, host::Event::Terminate("ended by ada".into())).tell(10, host::Event::Up);
    terminated.check(&expect![[r#"
        9: Kill, Close(Ended { exit_code: None, reason: "ended by ada" }), closed "ended by ada"
        10: nothing
    "#]]);
    let mut flagged = Script::opened(false);
    flagged.input(9, Content::Flag, &[0, 0, 0, 2]);
    flagged.check(&expect![[r#"
        9: ack 1, Kill, Close(Ended { exit_code: None, reason: "" }), closed ""
    "#]]);
    let mut failed = Script::opened(false);
    failed.tell(9, host::Event::Failed("no `sh` in the image".into()));
    failed.check(&expect![[r#"
        9: Kill, Close(Ended { exit_code: None, reason: "no `sh` in the image" }), closed "no `sh` in the image"
    "#]]);
}

#[test]
fn a_client_that_refuses_starts_nothing() {
    let mut script = Script::new();
    script.tell(0, host::Event::Up);
    let refusal = r#"{"ProcessedClientActions":[{"ActionType":"SessionType","ActionStatus":3,"Error":"no"}]}"#;
    script.input(1, Content::HandshakeResponse, refusal.as_bytes());
    script.check(&expect![[r#"
        0: HandshakeRequest 0
        1: ack 0, Close(Ended { exit_code: None, reason: "the client refused InteractiveCommands: no" }), closed "the client refused InteractiveCommands: no"
    "#]]);
}

/// Frames on their way: when each arrives.
#[derive(Default)]
struct Way {
    frames: Vec<(i64, Vec<u8>)>,
}

impl Way {
    fn send(&mut self, now: i64, frame: Vec<u8>, luck: u8) {
        if luck < 60 {
            return;
        }
        if luck > 220 {
            self.frames.push((now + i64::from(luck) * 3, frame.clone()));
        }
        self.frames.push((now + i64::from(luck % 50), frame));
    }

    fn arrived(&mut self, now: i64) -> Vec<Vec<u8>> {
        let (there, under_way) =
            std::mem::take(&mut self.frames).into_iter().partition(|(at, _)| *at <= now);
        self.frames = under_way;
        let there: Vec<(i64, Vec<u8>)> = there;
        there.into_iter().map(|(_, frame)| frame).collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn every_byte_comes_once_and_in_order_whatever_the_way_does(
        luck in prop::collection::vec(any::<u8>(), 64..512),
        typed in prop::collection::vec(any::<u8>(), 1..4000),
        written in prop::collection::vec(any::<u8>(), 1..6000),
        outage in 0..4000_i64,
    ) {
        let mut host = Host::new("s-1", [1; 16], Timestamp(0));
        let mut client = Client::new(Some(SIZE), [2; 16]);
        let (mut to_host, mut to_client) = (Way::default(), Way::default());
        let mut luck = luck.iter().copied().cycle();
        let (mut heard, mut shown, mut end, mut code) = (Vec::new(), Vec::new(), None, None);
        let (mut typing, mut writing, mut is_started) = (typed.as_slice(), written.as_slice(), 0);
        let mut queue = vec![host::Event::Up];
        for now in 0..400_000 {
            // The channel breaks for a while: what is on its way is gone.
            let is_out = (outage..outage + 700).contains(&now);
            if now == outage { queue.push(host::Event::Down); }
            if now == outage + 700 { queue.push(host::Event::Up); }
            let mut client_events: Vec<client::Event> = if now == outage + 700 { vec![client::Event::Up] } else { vec![] };
            queue.extend(to_host.arrived(now).into_iter().map(host::Event::Frame));
            client_events.extend(to_client.arrived(now).into_iter().map(client::Event::Frame));
            if host.due().is_some_and(|due| due.0 <= now) { queue.push(host::Event::Due); }
            if client.due().is_some_and(|due| due.0 <= now) { client_events.push(client::Event::Due); }
            if host.has_room() && !writing.is_empty() {
                let (some, rest) = writing.split_at(writing.len().min(700));
                queue.push(host::Event::Output(Stream::Output, some.to_vec()));
                writing = rest;
            } else if is_started == 1 && writing.is_empty() && heard.len() == typed.len() {
                queue.push(host::Event::Ended(Some(5)));
                is_started = 2;
            }
            if client.has_room() && !typing.is_empty() {
                let (some, rest) = typing.split_at(typing.len().min(300));
                client_events.push(client::Event::Input(some.to_vec()));
                typing = rest;
            }
            for event in std::mem::take(&mut queue) {
                for effect in host.handle(event, Timestamp(now)) {
                    match effect {
                        host::Effect::Send(frame) if !is_out => to_client.send(now, frame, luck.next().unwrap_or(100)),
                        host::Effect::Start(size) => { prop_assert_eq!((size, is_started), (Some(SIZE), 0)); is_started = 1; }
                        host::Effect::Input(bytes) => { queue.push(host::Event::InputTaken(bytes.len())); heard.extend(bytes); }
                        host::Effect::Close(ended) => end = Some(ended),
                        _ => {}
                    }
                }
            }
            for event in client_events {
                for effect in client.handle(event, Timestamp(now)) {
                    match effect {
                        client::Effect::Send(frame) if !is_out => to_host.send(now, frame, luck.next().unwrap_or(100)),
                        client::Effect::Print(_, bytes) => shown.extend(bytes),
                        client::Effect::Close { exit_code, .. } => code = exit_code,
                        client::Effect::Send(_) => {}
                    }
                }
            }
            if end.is_some() && to_client.frames.is_empty() { break; }
        }
        prop_assert_eq!((heard, shown), (typed, written));
        prop_assert_eq!(end, Some(Ended { exit_code: Some(5), reason: String::new() }));
        // The last frame of all may be lost with the channel; the exit code was said before it.
        prop_assert!(code.is_none() || code == Some(5));
    }
}
