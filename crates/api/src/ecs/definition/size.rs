//! Sizes of tasks: CPU and memory as people write them, and the pairs that Fargate knows (spec/tasks.md §2).

use crate::ecs::fault;
use wire::Fault;

/// What ECS says of any CPU size that it cannot use.
const INVALID_CPU: &str = "Invalid 'cpu' setting for task. For more information, see the Troubleshooting section of the Amazon ECS \
                           Developer Guide.";

/// CPU units that a task may ask for outside of Fargate: an eighth of a vCPU to 192.
const CPU_UNITS: std::ops::RangeInclusive<i64> = 128..=196_608;

const UNITS_A_VCPU: f64 = 1024.0;
const MIB_A_GB: f64 = 1024.0;

/// CPU units from `256`, `.25 vCPU` or `1 vcpu`.
///
/// # Errors
/// `ClientException`, if the text is neither.
pub fn cpu_units(text: &str) -> Result<i64, Fault> {
    amount(text, "vcpu", UNITS_A_VCPU).ok_or_else(|| fault::client(INVALID_CPU))
}

/// MiB from `512`, `0.5 GB` or `1gb`.
///
/// # Errors
/// `ClientException`, if the text is neither.
pub fn memory_mib(text: &str) -> Result<i64, Fault> {
    let invalid = || {
        fault::client(format!("Invalid 'memory' setting for task: `{text}` is neither MiB nor GB."))
    };
    amount(text, "gb", MIB_A_GB).filter(|mib| *mib > 0).ok_or_else(invalid)
}

/// A whole number, or one with the unit behind it that is worth `factor`.
fn amount(text: &str, unit: &str, factor: f64) -> Option<i64> {
    let text = text.trim().to_ascii_lowercase();
    let Some(number) = text.strip_suffix(unit) else {
        return text.parse().ok();
    };
    let number = number.trim_end();
    let is_plain =
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let number: f64 = number.parse().ok().filter(|_| is_plain)?;
    let amount = number * factor;
    // Far beyond every machine; below it every sum of amounts is exact.
    (amount <= f64::from(i32::MAX) && amount.fract() == 0.0).then_some(amount as i64)
}

/// Whether a task outside of Fargate may ask for `units`.
///
/// # Errors
/// `ClientException` if not.
pub(super) fn check_cpu(units: i64) -> Result<(), Fault> {
    if CPU_UNITS.contains(&units) { Ok(()) } else { Err(fault::client(INVALID_CPU)) }
}

/// Whether Fargate has a size of `cpu` units and `memory` MiB, of Windows if `is_windows`.
pub(super) fn is_fargate_pair(cpu: i64, memory: i64, is_windows: bool) -> bool {
    let (least, most, step) = match cpu {
        256 => return !is_windows && [512, 1024, 2048].contains(&memory),
        512 => (1024, 4096, 1024),
        1024 => (2048, 8192, 1024),
        2048 => (4096, 16_384, 1024),
        4096 => (8192, 30_720, 1024),
        8192 => (16_384, 61_440, 4096),
        16_384 => (32_768, 122_880, 8192),
        _ => return false,
    };
    let is_known = !is_windows || (1024..=4096).contains(&cpu);
    is_known && (least..=most).contains(&memory) && (memory - least) % step == 0
}

/// Whether Fargate has a size of `cpu` units and `memory` MiB for Linux.
///
/// # Errors
/// `ClientException` if not.
pub fn check_fargate_size(cpu: i64, memory: i64) -> Result<(), Fault> {
    if is_fargate_pair(cpu, memory, false) { Ok(()) } else { Err(no_fargate_pair(cpu, memory)) }
}

/// That Fargate has no such size.
pub(super) fn no_fargate_pair(cpu: i64, memory: i64) -> Fault {
    fault::client(format!(
        "No Fargate configuration exists for given values: {cpu} CPU, {memory} memory. See the Amazon ECS documentation for the \
         valid values."
    ))
}

#[cfg(test)]
mod tests {
    use super::{cpu_units, is_fargate_pair, memory_mib};

    #[test]
    fn sizes_are_read_as_people_write_them() {
        let cpu = [
            "256",
            ".25 vCPU",
            "1vcpu",
            "0.25 VCPU",
            "2 vCPU",
            ".3 vcpu",
            "x",
            "1e3 vcpu",
            "",
            "vcpu",
        ];
        let units: Vec<_> = cpu.iter().map(|text| cpu_units(text).ok()).collect();
        let expected =
            [Some(256), Some(256), Some(1024), Some(256), Some(2048), None, None, None, None, None];
        assert_eq!(units, expected);
        let memory = ["512", "0.5 GB", "1gb", "2 GB", "-1", "0", "half"];
        let mib: Vec<_> = memory.iter().map(|text| memory_mib(text).ok()).collect();
        assert_eq!(mib, [Some(512), Some(512), Some(1024), Some(2048), None, None, None]);
    }

    #[test]
    fn fargate_has_the_sizes_of_its_table_and_no_others() {
        let memory = |cpu: i64, is_windows: bool| {
            let fits = |mib: &i64| is_fargate_pair(cpu, *mib, is_windows);
            let all: Vec<i64> = (0..=131_072).step_by(256).filter(fits).collect();
            (all.len(), all.first().copied(), all.last().copied())
        };
        assert_eq!(memory(256, false), (3, Some(512), Some(2048)));
        assert_eq!(memory(512, false), (4, Some(1024), Some(4096)));
        assert_eq!(memory(1024, false), (7, Some(2048), Some(8192)));
        assert_eq!(memory(2048, false), (13, Some(4096), Some(16_384)));
        assert_eq!(memory(4096, false), (23, Some(8192), Some(30_720)));
        assert_eq!(memory(8192, false), (12, Some(16_384), Some(61_440)));
        assert_eq!(memory(16_384, false), (12, Some(32_768), Some(122_880)));
        assert_eq!(memory(128, false), (0, None, None));
        assert_eq!(memory(512, true), (0, None, None));
        assert_eq!(memory(1024, true), (7, Some(2048), Some(8192)));
    }
}
