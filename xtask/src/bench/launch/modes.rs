//! The network modes beside each other: the same launches in turn, so that what else the machine does meets all of them alike.
//!
//! A VPC has a router on a host while a task of it is there. So an interface is measured twice: as the first of its VPC, and with that one there.

use super::{launch_of, stop, until};
use crate::bench::{http::Connection, region::Region, samples::Samples};
use anyhow::{Context, Result};
use fs_err as fs;
use serde_json::{Value as Json, json};
use std::{
    fmt::Write,
    time::{Duration, Instant},
};

/// Launches of each mode.
const TIMES: usize = 40;
/// Before them, unmeasured.
const WARM: usize = 3;
/// Tasks of a mode at once.
const TOGETHER: usize = 30;
/// How often they are launched.
const ROUNDS: usize = 3;

/// A way to launch a task.
struct Mode {
    name: &'static str,
    family: &'static str,
    request: Json,
    alone: Samples,
    together: Samples,
}

impl Mode {
    fn new(name: &'static str, family: &'static str, network: &Json) -> Self {
        let request = json!({ "taskDefinition": family, "networkConfiguration": network });
        Self { name, family, request, alone: Samples::default(), together: Samples::default() }
    }

    /// Of many at once one is the first anyway.
    fn is_many(&self) -> bool {
        !self.name.contains("first")
    }
}

/// Measures and tells, as a table.
pub(super) fn run(region: &Region, ecs: &mut Connection) -> Result<String> {
    let subnets = subnets(region)?;
    for network in ["bridge", "host", "awsvpc"] {
        let container = json!({ "name": "main", "image": "busybox:bench", "memory": 16, "command": ["sleep", "1000"], "stopTimeout": 1 });
        let request = json!({ "family": network, "networkMode": network, "containerDefinitions": [container] });
        ecs.ecs("RegisterTaskDefinition", &request)?;
    }
    let of_vpc = json!({ "awsvpcConfiguration": { "subnets": subnets } });
    let mut modes = [
        Mode::new("bridge", "bridge", &Json::Null),
        Mode::new("host", "host", &Json::Null),
        Mode::new("awsvpc, first of its VPC on the host", "awsvpc", &of_vpc),
        Mode::new("awsvpc", "awsvpc", &of_vpc),
    ];
    for round in 0..WARM + TIMES {
        let mut launched = Vec::new();
        for mode in &mut modes {
            let (took, arns) = start(ecs, mode, 1)?;
            if round >= WARM {
                mode.alone.push(took);
            }
            launched.extend(arns);
        }
        stop(ecs, &launched)?;
    }
    for _ in 0..ROUNDS {
        for mode in modes.iter_mut().filter(|mode| mode.is_many()) {
            let (took, arns) = start(ecs, mode, TOGETHER)?;
            mode.together.push(took);
            stop(ecs, &arns)?;
        }
    }
    Ok(report(&modes))
}

/// Launches tasks and waits until they run: how long that took, and who they are.
fn start(ecs: &mut Connection, mode: &Mode, count: usize) -> Result<(Duration, Vec<Json>)> {
    let begin = Instant::now();
    let arns = launch_of(ecs, &mode.request, count).with_context(|| mode.family)?;
    until(ecs, &arns, "RUNNING")?;
    Ok((begin.elapsed(), arns))
}

/// The default VPC's subnets.
fn subnets(region: &Region) -> Result<Vec<String>> {
    let text = region.connect()?.ec2("Action=DescribeSubnets")?;
    let after = text.split("<subnetId>").skip(1);
    Ok(after.filter_map(|rest| Some(rest.split_once('<')?.0.to_owned())).collect())
}

fn report(modes: &[Mode]) -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or_default();
    let mut text = format!(
        "The network modes in turn ({TIMES} runs each; {TOGETHER} at once, {ROUNDS} rounds; load of the machine at the end {load}):\n\n\
         | mode | p50 | to bridge | p99 | {TOGETHER} tasks until all run, p50 | to bridge |\n|---|---|---|---|---|---|\n",
    );
    let of = |mode: &Mode| (mode.alone.percentile_ms(50.0), mode.together.percentile_ms(50.0));
    let (bridge, bridges) = of(&modes[0]);
    for mode in modes {
        let (alone, together) = of(mode);
        let many = if together.is_nan() {
            "– | –".to_owned()
        } else {
            let rate = TOGETHER as f64 / together * 1000.0;
            format!("{:.2} s ({rate:.0} a second) | {:.2}×", together / 1000.0, together / bridges)
        };
        let _ = writeln!(
            text,
            "| {} | {alone:.1} ms | {:.2}× | {:.1} ms | {many} |",
            mode.name,
            alone / bridge,
            mode.alone.percentile_ms(99.0),
        );
    }
    text
}
