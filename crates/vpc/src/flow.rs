//! Flow logs: from what the router counts to the records of each interface's logs.
//!
//! ```text
//! read ─▶ Seen (counters since each element was made) ─▶ Book: what is new since the last reading, summed per log ─▶ Line, when an interval ends
//! ```
//! Invariants: a packet that was counted is in one record of every log that is about its interface and action; what was missed, because
//! there was no room or nobody read, is said by a `SKIPDATA` record and not passed over; an interval without packets has a `NODATA` record.
//! A log has at most [`FLOWS_MAX`] flows in an interval. Not here: the rules that count (`counting`), reading and files (`runtime`).

use crate::{
    Direction,
    counting::{Action, Class, KEPT_S},
};
use domain::{
    flow_log::{self, Field, FlowTraffic},
    link::network::{InterfaceMap, VpcMap},
    time::{Millis, Timestamp},
};
use std::{collections::BTreeMap, net::Ipv4Addr};

/// Flows of a log in one interval; further ones are missed.
pub const FLOWS_MAX: usize = 10_000;

/// Who talks to whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Flow {
    /// Which way, and what became of it.
    pub class: Class,
    /// From.
    pub source: Ipv4Addr,
    /// To.
    pub destination: Ipv4Addr,
    /// 0 where the protocol has none.
    pub source_port: u16,
    /// 0 where the protocol has none.
    pub destination_port: u16,
    /// IANA's number.
    pub protocol: u8,
}

impl Flow {
    /// The address of the interface that it is counted for.
    fn own(&self) -> Ipv4Addr {
        match self.class.direction {
            Direction::Out => self.source,
            Direction::In => self.destination,
        }
    }
}

/// A counter as it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Of what.
    pub flow: Flow,
    /// The TCP flags of the packets that are counted here, as records have them: ACK only where it answers a SYN.
    pub flags: u8,
    /// Since the counter was made.
    pub packets: u64,
    /// Since the counter was made.
    pub bytes: u64,
    /// When the last packet came.
    pub last: Timestamp,
}

/// Packets that found no room, since the counter was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missed {
    /// Of which kind.
    pub class: Class,
    /// Of which interface.
    pub own: Ipv4Addr,
    /// How many.
    pub packets: u64,
}

/// A record, and where it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The log group.
    pub group: String,
    /// `{interface}-{all|accept|reject}`, as the streams of a log group are called.
    pub stream: String,
    /// Without an end of line.
    pub text: String,
}

/// The flow logs of one VPC's interfaces on this host.
#[derive(Clone, Debug, Default)]
pub struct Book {
    /// By the interface's address and the log's id.
    logs: BTreeMap<(Ipv4Addr, String), Log>,
    /// What was read last of each counter that may still be there.
    seen: BTreeMap<(Flow, u8), Seen>,
    missed: BTreeMap<(Class, Ipv4Addr), u64>,
    read: Timestamp,
}

#[derive(Clone, Debug)]
struct Log {
    /// What a record says of the interface itself.
    about: About,
    fields: Vec<Field>,
    traffic: FlowTraffic,
    group: String,
    interval: Millis,
    began: Timestamp,
    flows: BTreeMap<Flow, Sum>,
    is_short: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct About {
    account: String,
    interface: String,
    vpc: String,
    subnet: String,
    region: String,
    zone: String,
}

#[derive(Clone, Copy, Debug)]
struct Sum {
    packets: u64,
    bytes: u64,
    flags: u8,
    first: Timestamp,
    last: Timestamp,
}

impl Book {
    /// From now on these are the logs. What those that go saw until now is returned. `is_resumed` says that flows may have been counted that
    /// an earlier agent did not read.
    pub fn follow(&mut self, map: &VpcMap, now: Timestamp, is_resumed: bool) -> Vec<Line> {
        let mut before = std::mem::take(&mut self.logs);
        let mut lines = Vec::new();
        for interface in map.interfaces.iter().filter(|interface| interface.host.is_none()) {
            for told in &interface.flow_logs {
                // The plane has checked it; a field of a later version is not known here.
                let Ok(fields) = flow_log::read(&told.format) else { continue };
                let interval = Millis::from_s(i64::from(told.interval_s.max(1)));
                let fresh = Log {
                    about: About::of(map, interface),
                    fields,
                    traffic: told.traffic,
                    group: told.log_group.clone(),
                    interval,
                    began: now,
                    flows: BTreeMap::new(),
                    is_short: is_resumed,
                };
                let key = (interface.address, told.id.clone());
                let log = match before.remove(&key) {
                    Some(mut old) if old.is_as(&fresh) => {
                        old.about = fresh.about;
                        old
                    }
                    Some(mut old) => {
                        old.close(now, &mut lines);
                        fresh
                    }
                    None => fresh,
                };
                self.logs.insert(key, log);
            }
        }
        for mut gone in before.into_values() {
            gone.close(now, &mut lines);
        }
        if self.read == Timestamp::default() {
            self.read = now;
        }
        lines
    }

    /// Whether there is nothing to record.
    pub fn is_empty(&self) -> bool {
        self.logs.is_empty()
    }

    /// Takes what was read at `now`.
    pub fn take(&mut self, all: &[Seen], missed: &[Missed], now: Timestamp) {
        let since = std::mem::replace(&mut self.read, now);
        let before = std::mem::take(&mut self.seen);
        for seen in all {
            let key = (seen.flow, seen.flags);
            if self.seen.insert(key, *seen).is_some() {
                // Read twice, as happens while the kernel moves elements.
                continue;
            }
            // A counter that is behind what it was is a new one in the place of one that was idle for long.
            let (packets, bytes) = match before.get(&key) {
                Some(old) if old.packets <= seen.packets && old.bytes <= seen.bytes => {
                    (seen.packets - old.packets, seen.bytes - old.bytes)
                }
                _ => (seen.packets, seen.bytes),
            };
            if packets > 0 {
                let last = seen.last.clamp(since, now);
                let first = if packets == 1 { last } else { since };
                let sum = Sum { packets, bytes, flags: seen.flags, first, last };
                self.add(seen.flow, sum);
            }
        }
        // A reading may pass over some while the kernel takes others away. Who was used lately is there all the same.
        let kept = Millis::from_s(i64::from(KEPT_S));
        for (key, old) in before.into_iter().filter(|(_, old)| now - old.last < kept) {
            self.seen.entry(key).or_insert(old);
        }
        let before = std::mem::take(&mut self.missed);
        for one in missed {
            let key = (one.class, one.own);
            if before.get(&key).copied().unwrap_or(0) != one.packets {
                self.of(one.own, one.class.action).for_each(|log| log.is_short = true);
            }
            self.missed.insert(key, one.packets);
        }
    }

    /// The records of the intervals that are over at `now`.
    pub fn due(&mut self, now: Timestamp) -> Vec<Line> {
        let mut lines = Vec::new();
        for log in self.logs.values_mut().filter(|log| now - log.began >= log.interval) {
            log.close(now, &mut lines);
        }
        lines
    }

    /// The shortest interval of all logs.
    pub fn shortest(&self) -> Option<Millis> {
        self.logs.values().map(|log| log.interval).min()
    }

    fn of(&mut self, own: Ipv4Addr, action: Action) -> impl Iterator<Item = &mut Log> {
        let all = self.logs.range_mut((own, String::new())..);
        all.take_while(move |((address, _), _)| *address == own)
            .map(|(_, log)| log)
            .filter(move |log| log.wants(action))
    }

    fn add(&mut self, flow: Flow, new: Sum) {
        for log in self.of(flow.own(), flow.class.action) {
            if let Some(sum) = log.flows.get_mut(&flow) {
                sum.packets += new.packets;
                sum.bytes += new.bytes;
                sum.flags |= new.flags;
                sum.first = sum.first.min(new.first);
                sum.last = sum.last.max(new.last);
            } else if log.flows.len() < FLOWS_MAX {
                let first = new.first.max(log.began);
                log.flows.insert(flow, Sum { first, last: new.last.max(first), ..new });
            } else {
                log.is_short = true;
            }
        }
    }
}

impl About {
    fn of(map: &VpcMap, interface: &InterfaceMap) -> Self {
        let subnet = map.subnets.iter().find(|subnet| subnet.id == interface.subnet);
        Self {
            account: map.account.clone(),
            interface: interface.id.clone(),
            vpc: map.id.clone(),
            subnet: interface.subnet.clone(),
            region: map.region.clone(),
            zone: subnet.map(|subnet| subnet.zone_id.clone()).unwrap_or_default(),
        }
    }
}

impl Log {
    fn is_as(&self, other: &Self) -> bool {
        self.fields == other.fields
            && self.traffic == other.traffic
            && self.group == other.group
            && self.interval == other.interval
            && self.about.interface == other.about.interface
    }

    fn wants(&self, action: Action) -> bool {
        match self.traffic {
            FlowTraffic::All => true,
            FlowTraffic::Accept => action == Action::Accept,
            FlowTraffic::Reject => action == Action::Reject,
        }
    }

    /// Writes the interval's records and begins the next one.
    fn close(&mut self, now: Timestamp, lines: &mut Vec<Line>) {
        let began = std::mem::replace(&mut self.began, now);
        let stream =
            format!("{}-{}", self.about.interface, self.traffic.as_str().to_ascii_lowercase());
        let mut line = |text| {
            let (group, stream) = (self.group.clone(), stream.clone());
            lines.push(Line { group, stream, text });
        };
        let flows = std::mem::take(&mut self.flows);
        for (flow, sum) in &flows {
            line(self.record(Some((flow, sum)), "OK", sum.first, sum.last));
        }
        if std::mem::take(&mut self.is_short) {
            line(self.record(None, "SKIPDATA", began, now));
        } else if flows.is_empty() {
            line(self.record(None, "NODATA", began, now));
        }
    }

    fn record(
        &self,
        flow: Option<(&Flow, &Sum)>,
        status: &str,
        start: Timestamp,
        end: Timestamp,
    ) -> String {
        let words = self.fields.iter().map(|field| match field {
            Field::Version => {
                self.fields.iter().map(|field| field.version()).max().unwrap_or(2).to_string()
            }
            Field::AccountId => self.about.account.clone(),
            Field::InterfaceId => self.about.interface.clone(),
            Field::Start => start.0.div_euclid(1000).to_string(),
            Field::End => end.0.div_euclid(1000).to_string(),
            Field::LogStatus => status.to_owned(),
            Field::VpcId => self.about.vpc.clone(),
            Field::SubnetId => self.about.subnet.clone(),
            Field::Region => self.about.region.clone(),
            Field::ZoneId => self.about.zone.clone(),
            field => flow.map(|(flow, sum)| of_flow(*field, flow, sum)).unwrap_or_default(),
        });
        let words = words.map(|word| if word.is_empty() { "-".to_owned() } else { word });
        words.collect::<Vec<_>>().join(" ")
    }
}

/// What a field says of a flow; nothing where a host does not know.
fn of_flow(field: Field, flow: &Flow, sum: &Sum) -> String {
    match field {
        // Nothing is translated between a group's decision and its interface.
        Field::SourceAddress | Field::PacketSource => flow.source.to_string(),
        Field::DestinationAddress | Field::PacketDestination => flow.destination.to_string(),
        Field::SourcePort => flow.source_port.to_string(),
        Field::DestinationPort => flow.destination_port.to_string(),
        Field::Protocol => flow.protocol.to_string(),
        Field::Packets => sum.packets.to_string(),
        Field::Bytes => sum.bytes.to_string(),
        Field::Action => match flow.class.action {
            Action::Accept => "ACCEPT".to_owned(),
            Action::Reject => "REJECT".to_owned(),
        },
        Field::TcpFlags => sum.flags.to_string(),
        Field::Type => "IPv4".to_owned(),
        Field::Direction => match flow.class.direction {
            Direction::In => "ingress".to_owned(),
            Direction::Out => "egress".to_owned(),
        },
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests;
