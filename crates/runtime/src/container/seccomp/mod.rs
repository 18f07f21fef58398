//! The default seccomp profile: what Docker's allows, as a table of facts, in two forms.
//!
//! As the OCI runtime specification has it, for any runtime to compile; and compiled (`bpf`), for crun on x86_64, because compiling it
//! takes libseccomp longer (18 ms here) than everything else of a container's start.
//! Invariant: both forms come from one list of [`Rule`]s, so they cannot drift apart.

pub(crate) mod bpf;

use super::oci::{Seccomp, SyscallArg, Syscalls};

/// Allowed to everybody.
const ALWAYS: &str = "
    accept accept4 access adjtimex alarm bind brk cachestat capget capset chdir chmod chown chown32
    clock_adjtime clock_adjtime64 clock_getres clock_getres_time64 clock_gettime clock_gettime64
    clock_nanosleep clock_nanosleep_time64 close close_range connect copy_file_range creat dup dup2 dup3
    epoll_create epoll_create1 epoll_ctl epoll_ctl_old epoll_pwait epoll_pwait2 epoll_wait epoll_wait_old
    eventfd eventfd2 execve execveat exit exit_group faccessat faccessat2 fadvise64 fadvise64_64 fallocate
    fanotify_mark fchdir fchmod fchmodat fchmodat2 fchown fchown32 fchownat fcntl fcntl64 fdatasync fgetxattr
    flistxattr flock fork fremovexattr fsetxattr fstat fstat64 fstatat64 fstatfs fstatfs64 fsync ftruncate
    ftruncate64 futex futex_requeue futex_time64 futex_wait futex_waitv futex_wake futimesat getcpu getcwd
    getdents getdents64 getegid getegid32 geteuid geteuid32 getgid getgid32 getgroups getgroups32 getitimer
    getpeername getpgid getpgrp getpid getppid getpriority getrandom getresgid getresgid32 getresuid
    getresuid32 getrlimit get_robust_list getrusage getsid getsockname getsockopt get_thread_area gettid
    gettimeofday getuid getuid32 getxattr getxattrat inotify_add_watch inotify_init inotify_init1
    inotify_rm_watch io_cancel ioctl io_destroy io_getevents io_pgetevents io_pgetevents_time64 ioprio_get
    ioprio_set io_setup io_submit ipc kill landlock_add_rule landlock_create_ruleset landlock_restrict_self
    lchown lchown32 lgetxattr link linkat listen listxattr listxattrat llistxattr _llseek lremovexattr lseek
    lsetxattr lstat lstat64 madvise map_shadow_stack membarrier memfd_create memfd_secret mincore mkdir
    mkdirat mknod mknodat mlock mlock2 mlockall mmap mmap2 mprotect mq_getsetattr mq_notify mq_open
    mq_timedreceive mq_timedreceive_time64 mq_timedsend mq_timedsend_time64 mq_unlink mremap mseal msgctl
    msgget msgrcv msgsnd msync munlock munlockall munmap name_to_handle_at nanosleep newfstatat _newselect
    open openat openat2 pause pidfd_open pidfd_send_signal pipe pipe2 pkey_alloc pkey_free pkey_mprotect poll
    ppoll ppoll_time64 prctl pread64 preadv preadv2 prlimit64 process_mrelease process_vm_readv
    process_vm_writev pselect6 pselect6_time64 ptrace pwrite64 pwritev pwritev2 read readahead readlink
    readlinkat readv recv recvfrom recvmmsg recvmmsg_time64 recvmsg remap_file_pages removexattr removexattrat
    rename renameat renameat2 restart_syscall rmdir rseq rt_sigaction rt_sigpending rt_sigprocmask
    rt_sigqueueinfo rt_sigreturn rt_sigsuspend rt_sigtimedwait rt_sigtimedwait_time64 rt_tgsigqueueinfo
    sched_getaffinity sched_getattr sched_getparam sched_get_priority_max sched_get_priority_min
    sched_getscheduler sched_rr_get_interval sched_rr_get_interval_time64 sched_setaffinity sched_setattr
    sched_setparam sched_setscheduler sched_yield seccomp select semctl semget semop semtimedop
    semtimedop_time64 send sendfile sendfile64 sendmmsg sendmsg sendto setfsgid setfsgid32 setfsuid setfsuid32
    setgid setgid32 setgroups setgroups32 setitimer setpgid setpriority setregid setregid32 setresgid
    setresgid32 setresuid setresuid32 setreuid setreuid32 setrlimit set_robust_list setsid setsockopt
    set_thread_area set_tid_address setuid setuid32 setxattr setxattrat shmat shmctl shmdt shmget shutdown
    sigaltstack signalfd signalfd4 sigprocmask sigreturn socketcall socketpair splice stat stat64 statfs
    statfs64 statx symlink symlinkat sync sync_file_range syncfs sysinfo tee tgkill time timer_create
    timer_delete timer_getoverrun timer_gettime timer_gettime64 timer_settime timer_settime64 timerfd_create
    timerfd_gettime timerfd_gettime64 timerfd_settime timerfd_settime64 times tkill truncate truncate64
    ugetrlimit umask uname unlink unlinkat uretprobe utime utimensat utimensat_time64 utimes vfork vmsplice
    wait4 waitid waitpid write writev";

/// Allowed to who has the capability.
const BY_CAPABILITY: &[(&str, &str)] = &[
    ("CAP_BPF", "bpf"),
    ("CAP_DAC_READ_SEARCH", "open_by_handle_at"),
    ("CAP_PERFMON", "perf_event_open"),
    (
        "CAP_SYS_ADMIN",
        "bpf clone clone3 fanotify_init fsconfig fsmount fsopen fspick listmount lookup_dcookie mount mount_setattr move_mount
        open_tree perf_event_open quotactl quotactl_fd setdomainname sethostname setns statmount syslog umount umount2 unshare",
    ),
    ("CAP_SYS_BOOT", "reboot"),
    ("CAP_SYS_CHROOT", "chroot"),
    ("CAP_SYS_MODULE", "delete_module finit_module init_module"),
    ("CAP_SYS_NICE", "get_mempolicy mbind set_mempolicy set_mempolicy_home_node"),
    ("CAP_SYS_PACCT", "acct"),
    ("CAP_SYS_PTRACE", "kcmp pidfd_getfd process_madvise"),
    ("CAP_SYS_RAWIO", "ioperm iopl"),
    ("CAP_SYS_TIME", "clock_settime clock_settime64 settimeofday stime"),
    ("CAP_SYS_TTY_CONFIG", "vhangup"),
    ("CAP_SYSLOG", "syslog"),
];

/// The flags of clone that make name spaces.
const CLONE_NAMESPACES: u64 = 0x7e02_0000;
/// The socket family that reaches the hypervisor.
const AF_VSOCK: u64 = 40;
/// Personalities without danger: Linux, Linux 32 bit, each also with the UNAME26 flag, and asking.
const PERSONALITIES: [u64; 5] = [0x0, 0x8, 0x2_0000, 0x2_0008, 0xffff_ffff];
/// Operation not permitted.
const EPERM: u32 = 1;
/// No such call: what makes a C library try the older one.
const ENOSYS: u32 = 38;

/// The processor a profile is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Machine {
    /// With 32-bit programs.
    X86_64,
    /// With 32-bit programs.
    Aarch64,
}

impl Machine {
    /// This one, if it is one of those that have a profile.
    pub(crate) fn host() -> Option<Self> {
        match std::env::consts::ARCH {
            "x86_64" => Some(Self::X86_64),
            "aarch64" => Some(Self::Aarch64),
            _ => None,
        }
    }
}

/// What is done with a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    /// Let it through.
    Allow,
    /// Let it through if its argument fits.
    AllowIf(Test),
    /// Fail it.
    Fail(u32),
}

/// A look at one argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Test {
    /// None of the bits is set in the first argument.
    NoneOf(u64),
    /// The first argument is another value.
    Not(u64),
    /// The first argument is one of [`PERSONALITIES`].
    Personality,
}

/// One call and what is done with it. A name occurs once.
pub(crate) type Rule = (&'static str, Act);

/// The rules for a container with `capabilities` (with their `CAP_`). What is not named fails with EPERM.
pub(crate) fn rules(machine: Machine, capabilities: &[String]) -> Vec<Rule> {
    let has = |wanted: &str| capabilities.iter().any(|capability| capability == wanted);
    let mut rules: Vec<Rule> = ALWAYS.split_whitespace().map(|name| (name, Act::Allow)).collect();
    for (_, names) in BY_CAPABILITY.iter().filter(|(capability, _)| has(capability)) {
        rules.extend(names.split_whitespace().map(|name| (name, Act::Allow)));
    }
    rules.extend(match machine {
        Machine::X86_64 => &[("arch_prctl", Act::Allow), ("modify_ldt", Act::Allow)][..],
        Machine::Aarch64 => &[
            ("arm_fadvise64_64", Act::Allow),
            ("arm_sync_file_range", Act::Allow),
            ("breakpoint", Act::Allow),
            ("cacheflush", Act::Allow),
            ("set_tls", Act::Allow),
            ("sync_file_range2", Act::Allow),
        ],
    });
    rules.push(("personality", Act::AllowIf(Test::Personality)));
    rules.push(("socket", Act::AllowIf(Test::Not(AF_VSOCK))));
    if !has("CAP_SYS_ADMIN") {
        rules.push(("clone", Act::AllowIf(Test::NoneOf(CLONE_NAMESPACES))));
        // Its flags are behind a pointer, so they cannot be looked at.
        rules.push(("clone3", Act::Fail(ENOSYS)));
    }
    rules.sort_by_key(|(name, _)| *name);
    rules.dedup_by_key(|(name, _)| *name);
    rules
}

/// The profile in the specification's form.
pub(crate) fn profile(machine: Machine, rules: &[Rule]) -> Seccomp {
    let allow = |names, args| Syscalls { names, action: "SCMP_ACT_ALLOW", errno_ret: None, args };
    let arg = |value, value_two, op| SyscallArg { index: 0, value, value_two, op };
    let plain = rules.iter().filter(|(_, act)| *act == Act::Allow).map(|(name, _)| *name);
    let mut syscalls = vec![allow(plain.collect(), vec![])];
    for (name, act) in rules {
        match act {
            Act::Allow => {}
            Act::AllowIf(Test::NoneOf(bits)) => {
                syscalls.push(allow(vec![name], vec![arg(*bits, Some(0), "SCMP_CMP_MASKED_EQ")]));
            }
            Act::AllowIf(Test::Not(value)) => {
                syscalls.push(allow(vec![name], vec![arg(*value, None, "SCMP_CMP_NE")]));
            }
            Act::AllowIf(Test::Personality) => syscalls.extend(
                PERSONALITIES
                    .iter()
                    .map(|value| allow(vec![*name], vec![arg(*value, None, "SCMP_CMP_EQ")])),
            ),
            Act::Fail(errno) => syscalls.push(Syscalls {
                names: vec![name],
                action: "SCMP_ACT_ERRNO",
                errno_ret: Some(*errno),
                args: vec![],
            }),
        }
    }
    Seccomp {
        default_action: "SCMP_ACT_ERRNO",
        default_errno_ret: EPERM,
        architectures: match machine {
            Machine::X86_64 => vec!["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"],
            Machine::Aarch64 => vec!["SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM"],
        },
        syscalls,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn act(capabilities: &[&str], name: &str) -> Option<Act> {
        let capabilities: Vec<String> = capabilities.iter().map(|c| (*c).to_owned()).collect();
        let rules = rules(Machine::X86_64, &capabilities);
        let found: Vec<_> = rules.iter().filter(|(n, _)| *n == name).map(|(_, act)| *act).collect();
        assert!(found.len() <= 1, "{name} occurs once");
        found.first().copied()
    }

    #[test]
    fn capabilities_open_what_needs_them() {
        assert_eq!(act(&[], "mount"), None);
        assert_eq!(act(&["CAP_SYS_ADMIN"], "mount"), Some(Act::Allow));
        assert_eq!(act(&[], "clone3"), Some(Act::Fail(ENOSYS)));
        assert_eq!(act(&["CAP_SYS_ADMIN"], "clone3"), Some(Act::Allow));
        assert_eq!(act(&[], "clone"), Some(Act::AllowIf(Test::NoneOf(CLONE_NAMESPACES))));
        assert_eq!(act(&["CAP_SYS_ADMIN"], "clone"), Some(Act::Allow));
        assert_eq!(act(&["CAP_SYS_CHROOT"], "chroot"), Some(Act::Allow));
        assert_eq!(act(&[], "read"), Some(Act::Allow));
        assert_eq!(act(&["CAP_SYS_ADMIN"], "kexec_load"), None);
    }

    #[test]
    fn the_profile_names_every_rule() {
        let rules = rules(Machine::Aarch64, &[]);
        let profile = profile(Machine::Aarch64, &rules);
        let mut named: Vec<_> = profile.syscalls.iter().flat_map(|s| s.names.clone()).collect();
        named.sort_unstable();
        named.dedup();
        assert_eq!(named, rules.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    }
}
