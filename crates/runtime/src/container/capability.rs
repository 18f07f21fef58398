//! Which capabilities a container has: Docker's default set, less what is dropped, and what is added.

/// All that Linux 6 knows, in the order of their numbers.
const ALL: &[&str] = &[
    "CHOWN",
    "DAC_OVERRIDE",
    "DAC_READ_SEARCH",
    "FOWNER",
    "FSETID",
    "KILL",
    "SETGID",
    "SETUID",
    "SETPCAP",
    "LINUX_IMMUTABLE",
    "NET_BIND_SERVICE",
    "NET_BROADCAST",
    "NET_ADMIN",
    "NET_RAW",
    "IPC_LOCK",
    "IPC_OWNER",
    "SYS_MODULE",
    "SYS_RAWIO",
    "SYS_CHROOT",
    "SYS_PTRACE",
    "SYS_PACCT",
    "SYS_ADMIN",
    "SYS_BOOT",
    "SYS_NICE",
    "SYS_RESOURCE",
    "SYS_TIME",
    "SYS_TTY_CONFIG",
    "MKNOD",
    "LEASE",
    "AUDIT_WRITE",
    "AUDIT_CONTROL",
    "SETFCAP",
    "MAC_OVERRIDE",
    "MAC_ADMIN",
    "SYSLOG",
    "WAKE_ALARM",
    "BLOCK_SUSPEND",
    "AUDIT_READ",
    "PERFMON",
    "BPF",
    "CHECKPOINT_RESTORE",
];

/// Docker's default.
const DEFAULT: &[&str] = &[
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "FSETID",
    "KILL",
    "SETGID",
    "SETUID",
    "SETPCAP",
    "NET_BIND_SERVICE",
    "NET_RAW",
    "SYS_CHROOT",
    "MKNOD",
    "AUDIT_WRITE",
    "SETFCAP",
];

/// The set for `add` and `drop`, in the kernel's order, with `CAP_`. The host's own bounding set, a mask, limits it, because what the host
/// does not have cannot be given. `Err` names what is no capability.
pub(crate) fn set(
    add: &[String],
    drop: &[String],
    is_privileged: bool,
    host: u64,
) -> Result<Vec<String>, String> {
    let added = names(add)?;
    let dropped = names(drop)?;
    let has = |name: &&str| {
        if is_privileged {
            return true;
        }
        // Docker: ALL in one list is the ground on which single names of the other list stand.
        let is_default = DEFAULT.contains(name);
        match (added.is_none(), dropped.is_none()) {
            (true, _) => !contains(&dropped, name),
            (false, true) => contains(&added, name),
            (false, false) => contains(&added, name) || (is_default && !contains(&dropped, name)),
        }
    };
    Ok(ALL
        .iter()
        .enumerate()
        .filter(|(number, name)| host >> number & 1 == 1 && has(name))
        .map(|(_, name)| format!("CAP_{name}"))
        .collect())
}

/// `None` stands for ALL.
type Names = Option<Vec<String>>;

fn contains(names: &Names, name: &str) -> bool {
    names.as_ref().is_some_and(|names| names.iter().any(|other| other == name))
}

fn names(given: &[String]) -> Result<Names, String> {
    let mut found = Vec::new();
    for text in given {
        let upper = text.to_ascii_uppercase();
        let name = upper.strip_prefix("CAP_").unwrap_or(&upper);
        if name == "ALL" {
            return Ok(None);
        }
        if !ALL.contains(&name) {
            return Err(text.clone());
        }
        found.push(name.to_owned());
    }
    Ok(Some(found))
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn check(add: &str, drop: &str, expect: Expect) {
        let list = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let text = match set(&list(add), &list(drop), false, u64::MAX) {
            Ok(found) => found
                .iter()
                .map(|name| name.trim_start_matches("CAP_"))
                .collect::<Vec<_>>()
                .join(" "),
            Err(name) => format!("unknown {name}"),
        };
        expect.assert_eq(&text);
    }

    #[test]
    fn the_default_is_dockers_and_names_may_have_their_prefix() {
        check(
            "",
            "",
            expect![
                "CHOWN DAC_OVERRIDE FOWNER FSETID KILL SETGID SETUID SETPCAP NET_BIND_SERVICE NET_RAW SYS_CHROOT MKNOD AUDIT_WRITE SETFCAP"
            ],
        );
        check(
            "cap_sys_time",
            "NET_RAW MKNOD",
            expect![
                "CHOWN DAC_OVERRIDE FOWNER FSETID KILL SETGID SETUID SETPCAP NET_BIND_SERVICE SYS_CHROOT SYS_TIME AUDIT_WRITE SETFCAP"
            ],
        );
        check("NET_ADMIN", "ALL", expect!["NET_ADMIN"]);
        check("", "all", expect![""]);
        check("FLY", "", expect!["unknown FLY"]);
    }

    #[test]
    fn all_means_all_but_what_is_dropped() {
        let all = set(&["ALL".into()], &["SYS_ADMIN".into()], false, u64::MAX).expect("known");
        assert_eq!(all.len(), ALL.len() - 1);
        let privileged = set(&[], &["ALL".into()], true, u64::MAX).expect("known");
        assert_eq!(privileged.len(), ALL.len());
    }

    #[test]
    fn what_the_host_lacks_is_not_given() {
        assert_eq!(set(&[], &[], true, 0b11).expect("known"), ["CAP_CHOWN", "CAP_DAC_OVERRIDE"]);
    }
}
