//! The small init as a freestanding program: no C library, no allocation, only system calls.
//!
//! `longshore-init PROGRAM ARGS…` starts PROGRAM as its child, passes every signal on to it, reaps all children, and ends as the child
//! ended: with its code, or 128 + the signal. Compiled by the crate's build script, not part of the library.

#![no_std]
#![no_main]

use core::arch::{asm, global_asm};

#[cfg(target_arch = "x86_64")]
global_asm!(".globl _start", "_start:", "mov rdi, rsp", "and rsp, -16", "call {main}", "ud2", main = sym main);
#[cfg(target_arch = "aarch64")]
global_asm!(".globl _start", "_start:", "mov x0, sp", "bl {main}", "brk 0", main = sym main);

#[cfg(target_arch = "x86_64")]
mod number {
    pub const WRITE: usize = 1;
    pub const RT_SIGPROCMASK: usize = 14;
    pub const CLONE: usize = 56;
    pub const EXECVE: usize = 59;
    pub const WAIT4: usize = 61;
    pub const KILL: usize = 62;
    pub const RT_SIGTIMEDWAIT: usize = 128;
    pub const EXIT_GROUP: usize = 231;
}
#[cfg(target_arch = "aarch64")]
mod number {
    pub const WRITE: usize = 64;
    pub const EXIT_GROUP: usize = 94;
    pub const KILL: usize = 129;
    pub const RT_SIGPROCMASK: usize = 135;
    pub const RT_SIGTIMEDWAIT: usize = 137;
    pub const CLONE: usize = 220;
    pub const EXECVE: usize = 221;
    pub const WAIT4: usize = 260;
}

const SIGCHLD: i32 = 17;
const SET_MASK: usize = 2;
const NO_HANG: usize = 1;
const SET_BYTES: usize = 8;
const ENOENT: isize = -2;
const ENOTDIR: isize = -20;
/// Longest path that the kernel takes.
const PATH_BYTES_MAX: usize = 4096;

/// SAFETY: the caller passes what the system call `number` expects.
#[cfg(target_arch = "x86_64")]
unsafe fn call(number: usize, a: usize, b: usize, c: usize, d: usize, e: usize) -> isize {
    let result;
    // SAFETY: the kernel's calling convention; it clobbers rcx and r11.
    unsafe {
        asm!("syscall", inlateout("rax") number => result, in("rdi") a, in("rsi") b, in("rdx") c, in("r10") d, in("r8") e,
            lateout("rcx") _, lateout("r11") _);
    }
    result
}

/// SAFETY: the caller passes what the system call `number` expects.
#[cfg(target_arch = "aarch64")]
unsafe fn call(number: usize, a: usize, b: usize, c: usize, d: usize, e: usize) -> isize {
    let result;
    // SAFETY: the kernel's calling convention.
    unsafe {
        asm!("svc 0", in("x8") number, inlateout("x0") a => result, in("x1") b, in("x2") c, in("x3") d, in("x4") e);
    }
    result
}

fn exit(code: i32) -> ! {
    loop {
        // SAFETY: takes a number and does not return.
        unsafe { call(number::EXIT_GROUP, code as usize, 0, 0, 0, 0) };
    }
}

fn say(text: &[u8]) {
    // SAFETY: the bytes are valid for their length.
    unsafe { call(number::WRITE, 2, text.as_ptr() as usize, text.len(), 0, 0) };
}

/// SAFETY: `stack` is the stack as the kernel made it: count, arguments, null, environment, null.
unsafe extern "C" fn main(stack: *const usize) -> ! {
    // SAFETY: as promised.
    let (count, args) = unsafe { (*stack, stack.add(1)) };
    if count < 2 {
        say(b"longshore-init: no program\n");
        exit(127);
    }
    // SAFETY: behind the arguments and their null.
    let env = unsafe { stack.add(1 + count + 1) };
    let all: u64 = u64::MAX;
    let mut before: u64 = 0;
    // SAFETY: both sets are 8 bytes and outlive the call.
    unsafe {
        call(number::RT_SIGPROCMASK, SET_MASK, &raw const all as usize, &raw mut before as usize, SET_BYTES, 0);
    }
    // SAFETY: clone without a stack of its own is fork.
    let child = unsafe { call(number::CLONE, SIGCHLD as usize, 0, 0, 0, 0) };
    if child < 0 {
        say(b"longshore-init: fork failed\n");
        exit(126);
    }
    if child == 0 {
        // SAFETY: the set is valid; then the arguments without our own name, which are as the kernel made them.
        unsafe {
            call(number::RT_SIGPROCMASK, SET_MASK, &raw const before as usize, 0, SET_BYTES, 0);
            run(args.add(1), env)
        }
    }
    attend(child, &all)
}

/// Waits for signals: passes them on, and reaps.
fn attend(child: isize, all: &u64) -> ! {
    loop {
        // SAFETY: the set is valid; no details and no time limit are asked for.
        let signal = unsafe { call(number::RT_SIGTIMEDWAIT, &raw const *all as usize, 0, 0, SET_BYTES, 0) };
        if signal > 0 && signal as i32 != SIGCHLD {
            // SAFETY: plain numbers; the child is ours and not reaped yet.
            unsafe { call(number::KILL, child as usize, signal as usize, 0, 0, 0) };
        }
        loop {
            let mut status: i32 = 0;
            // SAFETY: `status` takes four bytes.
            let pid = unsafe { call(number::WAIT4, usize::MAX, &raw mut status as usize, NO_HANG, 0, 0) };
            if pid <= 0 {
                break;
            }
            if pid == child {
                let signal = status & 0x7f;
                exit(if signal == 0 { status >> 8 & 0xff } else { 128 + signal });
            }
        }
    }
}

/// Becomes the program, looked for in PATH where it has no slash.
///
/// SAFETY: `args` and `env` are lists of pointers to texts that end with null.
unsafe fn run(args: *const usize, env: *const usize) -> ! {
    // SAFETY: `main` looked that there is a first argument; all texts are the kernel's own copies.
    let (name, length) = unsafe { (*args as *const u8, text_length(*args as *const u8)) };
    // SAFETY: as measured.
    let name = unsafe { core::slice::from_raw_parts(name, length) };
    let mut result = ENOENT;
    if name.contains(&b'/') {
        // SAFETY: text and lists are as the kernel made them.
        result = unsafe { call(number::EXECVE, name.as_ptr() as usize, args as usize, env as usize, 0, 0) };
    } else {
        // SAFETY: the environment is as the kernel made it.
        let path = unsafe { find(env, b"PATH=") }.unwrap_or(b"/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        for dir in path.split(|byte| *byte == b':') {
            let mut full = [0_u8; PATH_BYTES_MAX];
            let end = dir.len() + 1 + name.len();
            if end >= PATH_BYTES_MAX {
                continue;
            }
            for (to, from) in full.iter_mut().zip(dir.iter().chain(b"/").chain(name)) {
                *to = *from;
            }
            // SAFETY: the path ends with a zero, because it is shorter than the array.
            let tried = unsafe { call(number::EXECVE, full.as_ptr() as usize, args as usize, env as usize, 0, 0) };
            if tried != ENOENT && tried != ENOTDIR {
                result = tried;
            }
        }
    }
    say(b"longshore-init: cannot run ");
    say(name);
    say(b"\n");
    exit(if result == ENOENT { 127 } else { 126 })
}

/// SAFETY: `env` is a list of pointers to texts that ends with null.
unsafe fn find(mut env: *const usize, prefix: &[u8]) -> Option<&'static [u8]> {
    // SAFETY: as promised; texts of the environment live as long as the process.
    unsafe {
        while *env != 0 {
            let text = *env as *const u8;
            let text = core::slice::from_raw_parts(text, text_length(text));
            if text.len() >= prefix.len() && text.iter().zip(prefix).all(|(a, b)| a == b) {
                return Some(&text[prefix.len()..]);
            }
            env = env.add(1);
        }
    }
    None
}

/// SAFETY: `text` ends with a zero.
unsafe fn text_length(text: *const u8) -> usize {
    let mut length = 0;
    // SAFETY: within the text.
    while unsafe { text.add(length).read_volatile() } != 0 {
        length += 1;
    }
    length
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    exit(125)
}

/// The core library, which is compiled to unwind, refers to it; this program never unwinds.
#[unsafe(no_mangle)]
extern "C" fn rust_eh_personality() {}

/// The compiler may call these for copies and fills; there is no C library to have them.
mod memory {
    /// SAFETY: as the C library's.
    #[unsafe(no_mangle)]
    unsafe extern "C" fn memset(to: *mut u8, byte: i32, count: usize) -> *mut u8 {
        for at in 0..count {
            // SAFETY: as promised by the caller; volatile, so that this loop is not turned into a call of itself.
            unsafe { to.add(at).write_volatile(byte as u8) };
        }
        to
    }

    /// SAFETY: as the C library's.
    #[unsafe(no_mangle)]
    unsafe extern "C" fn memcpy(to: *mut u8, from: *const u8, count: usize) -> *mut u8 {
        for at in 0..count {
            // SAFETY: as promised by the caller.
            unsafe { to.add(at).write_volatile(from.add(at).read_volatile()) };
        }
        to
    }
}
