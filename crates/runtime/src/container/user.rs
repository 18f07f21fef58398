//! Who a container runs as: `user[:group]`, names or numbers, by the image's own `/etc/passwd` and `/etc/group`.
//!
//! The rules are Docker's: a name must be in the image's file, a number need not be; the primary group comes from `passwd` unless one is
//! given; further groups are the primary one and, where no group is given, those that list the user.

use super::oci;

/// Docker's bound for ids; the kernel keeps the topmost for "none".
const ID_MAX: u32 = i32::MAX as u32;

/// What an image says about users.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct UserFiles {
    /// `/etc/passwd`; empty if there is none.
    pub(crate) passwd: String,
    /// `/etc/group`; empty if there is none.
    pub(crate) group: String,
}

/// Who to run as.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Who {
    /// Ids.
    pub(crate) user: oci::User,
    /// `HOME`.
    pub(crate) home: String,
}

/// A user or group that the image does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum UnknownUser {
    /// By name.
    #[error("unable to find user `{0}`: no matching entry in the image's /etc/passwd")]
    User(String),
    /// By name.
    #[error("unable to find group `{0}`: no matching entry in the image's /etc/group")]
    Group(String),
    /// A number out of range.
    #[error("user or group id {0} is not between 0 and {ID_MAX}")]
    Range(String),
}

struct Entry<'a> {
    name: &'a str,
    uid: u32,
    gid: u32,
    home: &'a str,
}

impl UserFiles {
    fn users(&self) -> impl Iterator<Item = Entry<'_>> {
        self.passwd.lines().filter_map(|line| {
            let mut parts = line.trim().split(':');
            let name = parts.next().filter(|name| !name.is_empty() && !name.starts_with('#'))?;
            let uid = parts.nth(1)?.parse().ok()?;
            let gid = parts.next()?.parse().ok()?;
            Some(Entry { name, uid, gid, home: parts.nth(1).unwrap_or_default() })
        })
    }

    /// Name, id, members.
    fn groups(&self) -> impl Iterator<Item = (&str, u32, &str)> {
        self.group.lines().filter_map(|line| {
            let mut parts = line.trim().split(':');
            let name = parts.next().filter(|name| !name.is_empty() && !name.starts_with('#'))?;
            let gid = parts.nth(1)?.parse().ok()?;
            Some((name, gid, parts.next().unwrap_or_default()))
        })
    }

    /// Finds out who `text` is; empty is root.
    pub(crate) fn find(&self, text: &str) -> Result<Who, UnknownUser> {
        let (user, group) = text.split_once(':').unwrap_or((text, ""));
        let user = if user.is_empty() { "0" } else { user };
        let number = id(user)?;
        let entry = self
            .users()
            .find(|entry| entry.name == user)
            .or_else(|| self.users().find(|entry| Some(entry.uid) == number));
        let uid = match (&entry, number) {
            (Some(entry), _) => entry.uid,
            (None, Some(number)) => number,
            (None, None) => return Err(UnknownUser::User(user.to_owned())),
        };
        let mut found = Who {
            user: oci::User {
                uid,
                gid: entry.as_ref().map_or(0, |entry| entry.gid),
                ..Default::default()
            },
            home: entry
                .as_ref()
                .map(|entry| entry.home)
                .filter(|h| !h.is_empty())
                .unwrap_or("/")
                .into(),
        };
        if group.is_empty() {
            if let Some(entry) = &entry {
                let lists = |members: &str| members.split(',').any(|member| member == entry.name);
                let more = self.groups().filter(|(_, _, members)| lists(members));
                found.user.additional_gids = more.map(|(_, gid, _)| gid).collect();
            }
        } else {
            let number = id(group)?;
            let gid = self.groups().find(|(name, _, _)| *name == group).map(|(_, gid, _)| gid);
            found.user.gid = gid.or(number).ok_or_else(|| UnknownUser::Group(group.to_owned()))?;
        }
        // Else a file that forbids the primary group would not forbid it (CVE-2022-36109).
        let primary = found.user.gid;
        found.user.additional_gids.retain(|gid| *gid != primary);
        found.user.additional_gids.insert(0, primary);
        Ok(found)
    }
}

/// A number, if it is one.
fn id(text: &str) -> Result<Option<u32>, UnknownUser> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(None);
    }
    match text.parse() {
        Ok(number) if number <= ID_MAX => Ok(Some(number)),
        _ => Err(UnknownUser::Range(text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn check(text: &str, expect: Expect) {
        let files = UserFiles {
            passwd: "# comment\nroot:x:0:0:root:/root:/bin/sh\nweb:x:1000:1001:Web:/srv/web:/bin/sh\nbroken:x\nnohome:x:7:8::".into(),
            group: "root:x:0:root\nweb:x:1001:\ndocker:x:50:web,other\nwheel:x:10:root,web\n".into(),
        };
        expect.assert_eq(&match files.find(text) {
            Ok(who) => format!(
                "{}:{} {:?} {}",
                who.user.uid, who.user.gid, who.user.additional_gids, who.home
            ),
            Err(error) => error.to_string(),
        });
    }

    #[test]
    fn users_are_names_or_numbers_and_groups_follow() {
        check("", expect!["0:0 [0, 10] /root"]);
        check("web", expect!["1000:1001 [1001, 50, 10] /srv/web"]);
        check("1000", expect!["1000:1001 [1001, 50, 10] /srv/web"]);
        check("web:docker", expect!["1000:50 [50] /srv/web"]);
        check("web:77", expect!["1000:77 [77] /srv/web"]);
        check("4242", expect!["4242:0 [0] /"]);
        check("4242:4343", expect!["4242:4343 [4343] /"]);
        check(":docker", expect!["0:50 [50] /root"]);
        check("nohome", expect!["7:8 [8] /"]);
    }

    #[test]
    fn what_the_image_does_not_have_is_named() {
        check(
            "nobody",
            expect!["unable to find user `nobody`: no matching entry in the image's /etc/passwd"],
        );
        check(
            "web:nogroup",
            expect!["unable to find group `nogroup`: no matching entry in the image's /etc/group"],
        );
        check(
            "broken",
            expect!["unable to find user `broken`: no matching entry in the image's /etc/passwd"],
        );
        check("4294967295", expect!["user or group id 4294967295 is not between 0 and 2147483647"]);
    }
}
