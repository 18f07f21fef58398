//! The contents of `/etc/hosts`, `/etc/resolv.conf` and `/etc/hostname` of a container.

use std::fmt::Write as _;
use std::net::{IpAddr, Ipv4Addr};

/// Names that every container knows.
const LOCAL: &str = "127.0.0.1\tlocalhost
::1\tlocalhost ip6-localhost ip6-loopback
fe00::0\tip6-localnet
ff00::0\tip6-mcastprefix
ff02::1\tip6-allnodes
ff02::2\tip6-allrouters
";

/// Another container of the task that this one knows by name (Docker's legacy links).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    /// Where it is.
    pub(crate) address: Ipv4Addr,
    /// Its names: alias, host name, container name.
    pub(crate) names: Vec<String>,
}

/// `/etc/hosts`. `base` is the host's own file in host mode. `extra` is Docker's `host:address`; `Err` gives back one that is not.
pub(crate) fn hosts(
    base: Option<&str>,
    own: Option<(Ipv4Addr, &str)>,
    links: &[Link],
    extra: &[String],
) -> Result<String, String> {
    let mut text = base.unwrap_or(LOCAL).to_owned();
    if !text.ends_with('\n') {
        text.push('\n');
    }
    for link in links {
        writeln!(text, "{}\t{}", link.address, link.names.join(" ")).expect("a String takes it");
    }
    for entry in extra {
        let (name, address) = entry.split_once([':', '=']).ok_or(entry)?;
        let address: IpAddr =
            address.trim_matches(['[', ']']).parse().map_err(|_| entry.clone())?;
        writeln!(text, "{address}\t{name}").expect("a String takes it");
    }
    if let Some((address, name)) = own {
        writeln!(text, "{address}\t{name}").expect("a String takes it");
    }
    Ok(text)
}

/// `/etc/resolv.conf`. In a network of its own a container cannot reach a resolver on the host's loopback, so those are left out.
pub(crate) fn resolv_conf(
    host: &str,
    is_host_network: bool,
    servers: &[String],
    search: &[String],
) -> String {
    let mut text = String::new();
    let own_servers = !servers.is_empty();
    let own_search = !search.is_empty();
    for line in host.lines() {
        let mut words = line.split_whitespace();
        let keeps = match words.next() {
            Some("nameserver") => {
                let is_local = words
                    .next()
                    .and_then(|text| text.parse::<IpAddr>().ok())
                    .is_none_or(|address| address.is_loopback());
                !own_servers && (is_host_network || !is_local)
            }
            Some("search" | "domain") => !own_search,
            Some(word) => !word.starts_with(['#', ';']),
            None => false,
        };
        if keeps {
            writeln!(text, "{line}").expect("a String takes it");
        }
    }
    if own_search && search != ["."] {
        writeln!(text, "search {}", search.join(" ")).expect("a String takes it");
    }
    for server in servers {
        writeln!(text, "nameserver {server}").expect("a String takes it");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    #[test]
    fn hosts_know_links_extras_and_themselves() {
        let link =
            Link { address: Ipv4Addr::new(10, 0, 0, 3), names: vec!["db".into(), "abc".into()] };
        let own = Some((Ipv4Addr::new(10, 0, 0, 2), "web"));
        let text =
            hosts(Some("127.0.0.1 localhost"), own, &[link], &["x:1.2.3.4".into(), "y:::1".into()]);
        expect!["127.0.0.1 localhost\n10.0.0.3\tdb abc\n1.2.3.4\tx\n::1\ty\n10.0.0.2\tweb\n"]
            .assert_eq(&text.expect("good"));
        assert_eq!(hosts(None, None, &[], &["x".into()]), Err("x".into()));
        assert_eq!(hosts(None, None, &[], &["x:y".into()]), Err("x:y".into()));
    }

    #[test]
    fn resolvers_on_the_hosts_loopback_are_left_out() {
        let host =
            "# made by\nnameserver 127.0.0.53\nnameserver 10.1.1.1\nsearch corp\noptions edns0\n";
        let own = resolv_conf(host, false, &[], &[]);
        expect!["nameserver 10.1.1.1\nsearch corp\noptions edns0\n"].assert_eq(&own);
        let shared = resolv_conf(host, true, &[], &[]);
        expect!["nameserver 127.0.0.53\nnameserver 10.1.1.1\nsearch corp\noptions edns0\n"]
            .assert_eq(&shared);
        let given = resolv_conf(host, false, &["9.9.9.9".into()], &["a".into(), "b".into()]);
        expect!["options edns0\nsearch a b\nnameserver 9.9.9.9\n"].assert_eq(&given);
        assert_eq!(
            resolv_conf(host, false, &["9.9.9.9".into()], &[".".into()]),
            "options edns0\nnameserver 9.9.9.9\n"
        );
    }
}
