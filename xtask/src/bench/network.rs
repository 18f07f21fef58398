//! `bench network`: a stream and questions between two tasks of one host through their security groups, beside a plain pair of interfaces.
//!
//! The pair is two network name spaces with a veth pair and nothing else: the least that two name spaces can have between them. Rounds of both
//! take turns, so that what else the machine does hits both. What tasks' packets pass through is the kernel's, set up by the region as for
//! any task; only the ends of the connections are this program, in the tasks' name spaces.

use super::{guard::Guard, http::Connection, launch, region::Region};
use anyhow::{Context, Result, ensure};
use fs_err::File;
use rustix::{
    fd::AsFd,
    thread::LinkNameSpaceType,
    time::{ClockId, clock_gettime},
};
use serde_json::{Value as Json, json};
use std::{
    fmt::Write as _,
    io::{Read, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

const ROUNDS: usize = 15;
/// Of each way and kind.
const ROUND: Duration = Duration::from_millis(500);
const PORT: u16 = 5001;
const PIECE_BYTES: usize = 128 * 1024;

pub(super) fn run(root: &Path) -> Result<String> {
    let plain = Plain::make()?;
    let region = Region::start(root)?;
    region.load_busybox(root)?;
    let mut api = region.connect()?;
    let tasks = tasks(&mut api, &region)?;
    let ways = [&plain.way, &tasks.way];
    let kinds = [Kind::Stream, Kind::Questions].map(|kind| measure(kind, ways));
    let figures = kinds.into_iter().collect::<Result<Vec<_>>>()?;
    launch::stop(&mut api, &tasks.arns)?;
    drop(region);
    Ok(report(&figures))
}

/// Two name spaces, and where the server is in the first.
struct Way {
    server: File,
    client: File,
    at: Ipv4Addr,
}

/// A pair of interfaces in name spaces that go with it.
struct Plain {
    way: Way,
    _guard: Guard,
}

impl Plain {
    fn make() -> Result<Self> {
        let names = [1, 2].map(|end| format!("bench{}-{end}", std::process::id()));
        let [server, client] = &names;
        let guard = Guard::new("ip netns del \"$1\"; ip netns del \"$2\"", &names)?;
        let steps = [
            format!("netns add {server}"),
            format!("netns add {client}"),
            format!("-n {server} link add eth0 type veth peer name eth0 netns {client}"),
            format!("-n {server} addr add 10.233.0.1/24 dev eth0"),
            format!("-n {client} addr add 10.233.0.2/24 dev eth0"),
            format!("-n {server} link set eth0 up"),
            format!("-n {client} link set eth0 up"),
        ];
        for step in &steps {
            let done = Command::new("ip").args(step.split(' ')).status().context("run ip")?;
            ensure!(done.success(), "`ip {step}` did not succeed");
        }
        let open = |name: &str| File::open(format!("/run/netns/{name}"));
        let at = Ipv4Addr::new(10, 233, 0, 1);
        let way = Way { server: open(server)?, client: open(client)?, at };
        Ok(Self { way, _guard: guard })
    }
}

struct Tasks {
    way: Way,
    arns: Vec<Json>,
}

/// Two tasks in the default VPC: one whose group lets the other's group in, by the port.
fn tasks(api: &mut Connection, region: &Region) -> Result<Tasks> {
    let container = json!({ "name": "main", "image": "busybox:bench", "memory": 16, "command": ["sleep", "10000"], "stopTimeout": 1 });
    let definition = json!({ "family": "network", "networkMode": "awsvpc", "containerDefinitions": [container] });
    api.ecs("RegisterTaskDefinition", &definition)?;
    let listed = api.ec2("Action=DescribeSubnets")?;
    let vpc = texts(&listed, "vpcId").next().context("the default VPC")?;
    let subnets: Vec<&str> = texts(&listed, "subnetId").collect();
    let mut groups = Vec::new();
    for name in ["server", "client"] {
        let made = api.ec2(&format!(
            "Action=CreateSecurityGroup&GroupName={name}&GroupDescription={name}&VpcId={vpc}"
        ))?;
        groups.push(texts(&made, "groupId").next().context("the group's id")?.to_owned());
    }
    api.ec2(&format!(
        "Action=AuthorizeSecurityGroupIngress&GroupId={}&IpPermissions.1.IpProtocol=tcp&IpPermissions.1.FromPort={PORT}\
         &IpPermissions.1.ToPort={PORT}&IpPermissions.1.Groups.1.GroupId={}",
        groups[0], groups[1]
    ))?;
    let mut arns = Vec::new();
    for group in &groups {
        let network =
            json!({ "awsvpcConfiguration": { "subnets": subnets, "securityGroups": [group] } });
        let request = json!({ "taskDefinition": "network", "networkConfiguration": network });
        arns.extend(launch::launch_of(api, &request, 1)?);
    }
    launch::until(api, &arns, "RUNNING")?;
    let reply = api.ecs("DescribeTasks", &json!({ "tasks": [arns[0]] }))?;
    let details = reply["tasks"][0]["attachments"][0]["details"].as_array();
    let address = details.into_iter().flatten().find(|it| it["name"] == "privateIPv4Address");
    let at = address.and_then(|it| it["value"].as_str()).context("the task's address")?.parse()?;
    let open = |arn: &Json| {
        let id = arn.as_str().and_then(|arn| arn.rsplit('/').next()).context("a task's id")?;
        Ok::<_, anyhow::Error>(File::open(region.network_of(id))?)
    };
    let way = Way { server: open(&arns[0])?, client: open(&arns[1])?, at };
    Ok(Tasks { way, arns })
}

/// The texts of all elements of a name, in an answer of EC2.
fn texts<'a>(answer: &'a str, element: &str) -> impl Iterator<Item = &'a str> {
    let open = format!("<{element}>");
    let rest: Vec<&str> = answer.split(&*open).skip(1).collect();
    rest.into_iter().filter_map(|rest| Some(rest.split_once('<')?.0))
}

#[derive(Clone, Copy)]
enum Kind {
    /// One connection, as many bytes as go through.
    Stream,
    /// One connection, a byte there and a byte back.
    Questions,
}

/// What one round showed.
#[derive(Clone, Copy)]
struct Round {
    /// Gbit or questions a second.
    rate: f64,
    /// The same for each second of processor time of both ends, and of the kernel's work between them that is done in their name.
    by_processor: f64,
}

/// Rounds of one kind: of the pair, and of the tasks.
struct Figures {
    kind: Kind,
    rounds: Vec<[Round; 2]>,
}

fn measure(kind: Kind, ways: [&Way; 2]) -> Result<Figures> {
    // The first one pays for pages that are not there yet.
    ways.iter().try_for_each(|way| round(kind, way).map(|_| ()))?;
    let one = |_| Ok([round(kind, ways[0])?, round(kind, ways[1])?]);
    Ok(Figures { kind, rounds: (0..ROUNDS).map(one).collect::<Result<_>>()? })
}

fn round(kind: Kind, way: &Way) -> Result<Round> {
    let listener = inside(&way.server, || TcpListener::bind((way.at, PORT)))?;
    let client = inside(&way.client, || TcpStream::connect((way.at, PORT)))?;
    let (server, _) = listener.accept()?;
    for stream in [&client, &server] {
        stream.set_nodelay(true)?;
    }
    let (began, processor) = (Instant::now(), processor_s());
    let amount = std::thread::scope(|scope| {
        let served = scope.spawn(move || match kind {
            Kind::Stream => receive(server),
            Kind::Questions => answer(server),
        });
        match kind {
            Kind::Stream => send(client, began),
            Kind::Questions => ask(client, began),
        }?;
        served.join().map_err(|_| anyhow::anyhow!("the server's thread ended by a panic"))?
    })?;
    let took = began.elapsed().as_secs_f64();
    Ok(Round { rate: amount / took, by_processor: amount / (processor_s() - processor) })
}

fn send(mut to: TcpStream, began: Instant) -> Result<()> {
    let piece = vec![0; PIECE_BYTES];
    while began.elapsed() < ROUND {
        to.write_all(&piece)?;
    }
    Ok(())
}

/// Gbit.
fn receive(mut from: TcpStream) -> Result<f64> {
    let (mut room, mut total) = (vec![0; PIECE_BYTES], 0_u64);
    loop {
        match from.read(&mut room)? {
            0 => return Ok(total as f64 * 8.0 / 1e9),
            length => total += length as u64,
        }
    }
}

fn ask(mut of: TcpStream, began: Instant) -> Result<()> {
    let mut byte = [0];
    while began.elapsed() < ROUND {
        of.write_all(&byte)?;
        of.read_exact(&mut byte)?;
    }
    Ok(())
}

/// Questions.
fn answer(mut to: TcpStream) -> Result<f64> {
    let (mut byte, mut count) = ([0], 0_u64);
    while to.read(&mut byte)? == 1 {
        to.write_all(&byte)?;
        count += 1;
    }
    Ok(count as f64)
}

/// What this process used of the processors until now, seconds.
fn processor_s() -> f64 {
    let used = clock_gettime(ClockId::ProcessCPUTime);
    used.tv_sec as f64 + used.tv_nsec as f64 / 1e9
}

/// Does `work` in a network name space, on a thread that ends with it.
fn inside<T: Send>(
    namespace: &File,
    work: impl FnOnce() -> std::io::Result<T> + Send,
) -> Result<T> {
    let done = std::thread::scope(|scope| {
        let work = || {
            let kind = Some(LinkNameSpaceType::Network);
            rustix::thread::move_into_link_name_space(namespace.file().as_fd(), kind)?;
            work()
        };
        scope.spawn(work).join()
    });
    let done = done.map_err(|_| anyhow::anyhow!("a thread in a name space ended by a panic"))?;
    done.context("in a task's network")
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

fn report(all: &[Figures]) -> String {
    let mut text = format!(
        "Two tasks of one VPC on one host, one connection; medians of {ROUNDS} rounds of {} ms each, in turn with the pair's.\n\n\
         | | plain veth pair | through groups | ratio | lower and upper quarter of the rounds' ratios | ratio for the same processor time |\n\
         |---|---|---|---|---|---|\n",
        ROUND.as_millis()
    );
    for Figures { kind, rounds } in all {
        let (what, unit) = match kind {
            Kind::Stream => ("stream", "Gbit/s"),
            Kind::Questions => ("a byte there and back", "a second"),
        };
        let rate = |at: usize| median(rounds.iter().map(|it| it[at].rate));
        let mut ratios: Vec<f64> = rounds.iter().map(|[a, b]| b.rate / a.rate).collect();
        ratios.sort_by(f64::total_cmp);
        let (low, high) = (ratios[ratios.len() / 4], ratios[ratios.len() * 3 / 4]);
        let processor = median(rounds.iter().map(|[a, b]| b.by_processor / a.by_processor));
        let [pair, groups] = [rate(0), rate(1)];
        let digits = if pair < 1000.0 { 1 } else { 0 };
        let _ = writeln!(
            text,
            "| {what} | {pair:.digits$} {unit} | {groups:.digits$} {unit} | {:.2} | {low:.2} to {high:.2} | {processor:.2} |",
            groups / pair
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{median, texts};

    #[test]
    fn elements_are_found_by_their_names() {
        let answer =
            "<a><subnetId>subnet-1</subnetId><vpcId>vpc-1</vpcId></a><subnetId>subnet-2</subnetId>";
        assert_eq!(texts(answer, "subnetId").collect::<Vec<_>>(), ["subnet-1", "subnet-2"]);
    }

    #[test]
    fn a_median_is_one_of_them() {
        assert!((median([3.0, 1.0, 2.0].into_iter()) - 2.0).abs() < 1e-9);
    }
}
