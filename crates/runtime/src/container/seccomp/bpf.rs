//! The profile compiled for the kernel: a binary search over the numbers of the calls instead of libseccomp's walk through all of them.
//!
//! For x86_64 and its 32-bit programs. The x32 convention, which distributions switch off, is refused.
//! A number above all that the table knows fails with ENOSYS, so that programs fall back to an older call (runc does the same).

use super::{Act, ENOSYS, EPERM, PERSONALITIES, Rule, Test};

const SYSCALLS: &str = include_str!("syscalls.txt");

const AUDIT_X86_64: u32 = 0xc000_003e;
const AUDIT_I386: u32 = 0x4000_0003;
/// Set in the numbers of x32 calls.
const X32_BIT: u32 = 0x4000_0000;

const LOAD_WORD: u16 = 0x20;
const JUMP: u16 = 0x05;
const JUMP_EQUAL: u16 = 0x15;
const JUMP_AT_LEAST: u16 = 0x35;
const JUMP_ANY_BIT: u16 = 0x45;
const RETURN: u16 = 0x06;

const ALLOW: u32 = 0x7fff_0000;
const FAIL: u32 = 0x0005_0000;

/// Where the kernel puts what a filter may look at, bytes.
const NUMBER_AT: u32 = 0;
const ARCH_AT: u32 = 4;
const ARG0_LOW_AT: u32 = 16;
const ARG0_HIGH_AT: u32 = 20;

/// One instruction: code, two conditional jumps, operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Instruction(u16, u8, u8, u32);

/// The filter in the kernel's form.
pub(crate) fn compile(rules: &[Rule]) -> Vec<u8> {
    let tables = [false, true].map(|is_32_bit| {
        let intervals = intervals(rules, is_32_bit);
        let mut code = vec![Instruction(LOAD_WORD, 0, 0, NUMBER_AT)];
        if !is_32_bit {
            code.push(Instruction(JUMP_AT_LEAST, 0, 1, X32_BIT));
            code.push(fail(EPERM));
        }
        code.extend(search(&intervals));
        code
    });
    let mut code = vec![Instruction(LOAD_WORD, 0, 0, ARCH_AT)];
    for (arch, table) in [AUDIT_X86_64, AUDIT_I386].into_iter().zip(tables) {
        let length = u32::try_from(table.len()).expect("a filter has at most 4096 instructions");
        code.push(Instruction(JUMP_EQUAL, 1, 0, arch));
        code.push(Instruction(JUMP, 0, 0, length));
        code.extend(table);
    }
    code.push(fail(EPERM));
    code.iter()
        .flat_map(|Instruction(op, yes, no, operand)| {
            let mut bytes = [0; 8];
            bytes[..2].copy_from_slice(&op.to_ne_bytes());
            bytes[2] = *yes;
            bytes[3] = *no;
            bytes[4..].copy_from_slice(&operand.to_ne_bytes());
            bytes
        })
        .collect()
}

fn fail(errno: u32) -> Instruction {
    Instruction(RETURN, 0, 0, FAIL | errno)
}

/// From which number on what is done, in order, beginning with 0.
fn intervals(rules: &[Rule], is_32_bit: bool) -> Vec<(u32, Act)> {
    let mut numbers: Vec<(u32, Act)> = Vec::new();
    let mut last = 0;
    for line in SYSCALLS.lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split(' ');
        let (Some(name), Some(number)) = (words.next(), words.nth(usize::from(is_32_bit))) else {
            continue;
        };
        let Ok(number) = number.parse() else { continue };
        last = last.max(number);
        if let Ok(at) = rules.binary_search_by_key(&name, |(name, _)| name) {
            numbers.push((number, rules[at].1));
        }
    }
    numbers.sort_by_key(|(number, _)| *number);
    let mut found = vec![(0, Act::Fail(EPERM))];
    let mut next = 0;
    let add = |from: u32, act: Act, found: &mut Vec<(u32, Act)>| match found.last_mut() {
        Some((_, before)) if *before == act => {}
        Some((at, before)) if *at == from => *before = act,
        _ => found.push((from, act)),
    };
    for (number, act) in numbers {
        if number > next {
            add(next, Act::Fail(EPERM), &mut found);
        }
        add(number, act, &mut found);
        next = number + 1;
    }
    add(next, Act::Fail(EPERM), &mut found);
    add(last + 1, Act::Fail(ENOSYS), &mut found);
    found
}

fn search(intervals: &[(u32, Act)]) -> Vec<Instruction> {
    if let [(_, act)] = intervals {
        return leaf(*act);
    }
    let (low, high) = intervals.split_at(intervals.len() / 2);
    let (below, above) = (search(low), search(high));
    let length = u32::try_from(below.len()).expect("a filter has at most 4096 instructions");
    // Conditional jumps reach 255 instructions, the plain one any.
    let mut code =
        vec![Instruction(JUMP_AT_LEAST, 0, 1, high[0].0), Instruction(JUMP, 0, 0, length)];
    code.extend(below);
    code.extend(above);
    code
}

fn leaf(act: Act) -> Vec<Instruction> {
    let allow = Instruction(RETURN, 0, 0, ALLOW);
    let low = Instruction(LOAD_WORD, 0, 0, ARG0_LOW_AT);
    let half = |value: u64| u32::try_from(value).expect("tests look at the low half");
    match act {
        Act::Allow => vec![allow],
        Act::Fail(errno) => vec![fail(errno)],
        Act::AllowIf(Test::NoneOf(bits)) => {
            vec![low, Instruction(JUMP_ANY_BIT, 0, 1, half(bits)), fail(EPERM), allow]
        }
        // The kernel takes an int here, so the high half must not help around the test.
        Act::AllowIf(Test::Not(value)) => {
            vec![low, Instruction(JUMP_EQUAL, 0, 1, half(value)), fail(EPERM), allow]
        }
        Act::AllowIf(Test::Personality) => {
            let high = Instruction(LOAD_WORD, 0, 0, ARG0_HIGH_AT);
            let mut code = vec![high, Instruction(JUMP_EQUAL, 1, 0, 0), fail(EPERM), low];
            for value in PERSONALITIES {
                code.extend([Instruction(JUMP_EQUAL, 0, 1, half(value)), allow]);
            }
            code.push(fail(EPERM));
            code
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Machine, rules};
    use super::*;

    /// Runs the filter as the kernel would.
    fn run(code: &[u8], arch: u32, number: u32, arg: u64) -> u32 {
        let mut data = [0_u8; 64];
        data[..4].copy_from_slice(&number.to_ne_bytes());
        data[4..8].copy_from_slice(&arch.to_ne_bytes());
        data[16..24].copy_from_slice(&arg.to_ne_bytes());
        let (mut at, mut accumulator) = (0, 0_u32);
        loop {
            let op = &code[at * 8..at * 8 + 8];
            let (yes, no) = (usize::from(op[2]), usize::from(op[3]));
            let operand = u32::from_ne_bytes(op[4..].try_into().expect("4"));
            at += 1;
            let mut branch = |holds: bool| at += if holds { yes } else { no };
            match u16::from_ne_bytes([op[0], op[1]]) {
                LOAD_WORD => {
                    let from = operand as usize;
                    accumulator = u32::from_ne_bytes(data[from..from + 4].try_into().expect("4"));
                }
                JUMP => at += operand as usize,
                JUMP_EQUAL => branch(accumulator == operand),
                JUMP_AT_LEAST => branch(accumulator >= operand),
                JUMP_ANY_BIT => branch(accumulator & operand != 0),
                RETURN => return operand,
                other => panic!("no such instruction {other}"),
            }
        }
    }

    #[test]
    fn every_number_gets_what_its_rule_says() {
        let rules = rules(Machine::X86_64, &["CAP_SYS_CHROOT".to_owned()]);
        let code = compile(&rules);
        assert!(code.len() / 8 < 4096, "{}", code.len() / 8);
        for line in SYSCALLS.lines().filter(|line| !line.starts_with('#')) {
            let words: Vec<_> = line.split(' ').collect();
            for (word, arch) in words[1..].iter().zip([AUDIT_X86_64, AUDIT_I386]) {
                let Ok(number) = word.parse() else { continue };
                let wanted = match rules.iter().find(|(name, _)| *name == words[0]) {
                    None => FAIL | EPERM,
                    Some((_, Act::Fail(errno))) => FAIL | errno,
                    Some(_) => ALLOW,
                };
                assert_eq!(run(&code, arch, number, 0), wanted, "{line}");
            }
        }
    }

    #[test]
    fn arguments_are_looked_at() {
        let code = compile(&rules(Machine::X86_64, &[]));
        let (clone, socket, personality) = (56, 41, 135);
        assert_eq!(run(&code, AUDIT_X86_64, clone, 0x11), ALLOW);
        assert_eq!(run(&code, AUDIT_X86_64, clone, 0x1000_0000), FAIL | EPERM);
        assert_eq!(run(&code, AUDIT_X86_64, socket, 2), ALLOW);
        assert_eq!(run(&code, AUDIT_X86_64, socket, 40), FAIL | EPERM);
        assert_eq!(run(&code, AUDIT_X86_64, socket, 1 << 32 | 40), FAIL | EPERM);
        assert_eq!(run(&code, AUDIT_X86_64, personality, 0xffff_ffff), ALLOW);
        assert_eq!(run(&code, AUDIT_X86_64, personality, 0x4_0000), FAIL | EPERM);
        assert_eq!(run(&code, AUDIT_X86_64, personality, 1 << 32), FAIL | EPERM);
    }

    #[test]
    fn what_nobody_knows_is_refused_in_a_way_that_helps() {
        let code = compile(&rules(Machine::X86_64, &[]));
        assert_eq!(run(&code, AUDIT_X86_64, 9999, 0), FAIL | ENOSYS);
        assert_eq!(run(&code, AUDIT_X86_64, X32_BIT | 1, 0), FAIL | EPERM);
        assert_eq!(run(&code, 0x1234, 0, 0), FAIL | EPERM);
        let kexec_load = 246;
        assert_eq!(run(&code, AUDIT_X86_64, kexec_load, 0), FAIL | EPERM);
    }
}
