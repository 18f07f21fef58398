//! Reads what a payload asks of one container, and refuses what is not served.

use crate::shim::protocol::{Port, Protocol};
use domain::definition::PortMapping;
use domain::link::acs::{PayloadContainer, PayloadTask};
use domain::link::docker::{Config, HostConfig, LogConfig};
use domain::link::network::TaskInterface;
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

/// A port number's end.
const PORT_MAX: i64 = 65_535;

/// A container that cannot be.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RequestError {
    /// The Docker JSON in the payload.
    #[error("{which} of the payload is not what Docker's API has there: {source}")]
    Json {
        /// `config` or `hostConfig`.
        which: &'static str,
        /// Where and what.
        source: serde_json::Error,
    },
    /// Asked for and not served.
    #[error("{what} is not served: {instead}")]
    NotServed {
        /// The member and its value.
        what: String,
        /// What to do.
        instead: &'static str,
    },
    /// A log driver or option that is not there.
    #[error("log driver: {0}")]
    Log(String),
    /// A value that makes no sense.
    #[error("{what} `{value}`: {why}")]
    Value {
        /// The member.
        what: &'static str,
        /// Its value.
        value: String,
        /// What it should be.
        why: &'static str,
    },
}

fn not_served(what: impl Into<String>, instead: &'static str) -> RequestError {
    RequestError::NotServed { what: what.into(), instead }
}

fn value(what: &'static str, value: impl ToString, why: &'static str) -> RequestError {
    RequestError::Value { what, value: value.to_string(), why }
}

/// A container's network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NetworkMode {
    /// The instance's bridge.
    Bridge,
    /// The host's.
    Host,
    /// None but `lo`.
    None,
    /// The task's, with interfaces of its own (`awsvpc`).
    Task,
}

/// With whom a name space is shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sharing {
    /// With nobody.
    Private,
    /// With the task's other containers.
    Task,
    /// With the host.
    Host,
    /// IPC only: private, and without `/dev/shm`.
    Nothing,
}

/// Where output goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LogWanted {
    /// Nowhere.
    None,
    /// Docker's `json-file`.
    JsonFile {
        /// Above this a new file is begun, bytes; 0 for never.
        bytes_max: u64,
        /// Files kept.
        files_max: u32,
    },
}

/// What is asked of a container.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Request {
    /// Docker's `Config`.
    pub(crate) config: Config,
    /// Docker's `HostConfig`.
    pub(crate) host: HostConfig,
    /// Its network.
    pub(crate) network: NetworkMode,
    /// Its process ids.
    pub(crate) pids: Sharing,
    /// Its IPC.
    pub(crate) ipc: Sharing,
    /// Its output.
    pub(crate) log: LogWanted,
    /// To publish, in bridge mode.
    pub(crate) ports: Vec<Port>,
    /// Without the seccomp filter.
    pub(crate) is_unconfined: bool,
    /// Set-id programs give nothing.
    pub(crate) no_new_privileges: bool,
    /// The command, where the payload overrides it.
    pub(crate) command: Vec<String>,
    /// The task's own address, in [`NetworkMode::Task`].
    pub(crate) address: Option<Ipv4Addr>,
}

/// Reads `container` of `task`.
pub(crate) fn read(
    task: &PayloadTask,
    container: &PayloadContainer,
) -> Result<Request, RequestError> {
    refuse_members(task, container)?;
    let mut config: Config = json("config", &container.docker_config.config)?;
    let mut host: HostConfig = json("hostConfig", &container.docker_config.host_config)?;
    let network = network(task, &config, &host)?;
    let address = match task.elastic_network_interfaces.first() {
        Some(own) if network == NetworkMode::Task => {
            name(own, &mut config, &mut host);
            own.ipv4_addresses.first().map(|address| address.private_address)
        }
        _ => None,
    };
    let (is_unconfined, no_new_privileges) = security(&host.security_opt)?;
    Ok(Request {
        network,
        pids: sharing("pidMode", &task.pid_mode)?,
        ipc: sharing("ipcMode", &task.ipc_mode)?,
        log: log(host.log_config.as_ref())?,
        ports: ports(network, &container.port_mappings)?,
        is_unconfined: is_unconfined || host.privileged,
        no_new_privileges,
        command: command(container)?,
        address,
        config,
        host,
    })
}

/// Names in mode `awsvpc`: the container's is its interface's, and others are found by the VPC's resolver (spec/networking.md §1).
fn name(own: &TaskInterface, config: &mut Config, host: &mut HostConfig) {
    if config.hostname.is_empty() {
        config.hostname.clone_from(&own.private_dns_name);
    }
    if host.dns.is_empty() {
        host.dns.clone_from(&own.domain_name_servers);
    }
    if host.dns_search.is_empty() {
        host.dns_search.clone_from(&own.domain_name);
    }
    if host.dns_search.is_empty() {
        // Not the host's, which are Docker's default.
        host.dns_search = vec![".".to_owned()];
    }
}

fn json<T: Default + serde::de::DeserializeOwned>(
    which: &'static str,
    text: &str,
) -> Result<T, RequestError> {
    if text.is_empty() {
        return Ok(T::default());
    }
    serde_json::from_str(text).map_err(|source| RequestError::Json { which, source })
}

fn refuse_members(task: &PayloadTask, container: &PayloadContainer) -> Result<(), RequestError> {
    let refuse = |is_there: bool, what: &str, instead: &'static str| {
        if is_there { Err(not_served(what, instead)) } else { Ok(()) }
    };
    let plain = "pass the values in `environment`";
    refuse(!container.secrets.is_empty(), "`secrets`", plain)?;
    refuse(!container.environment_files.is_empty(), "`environmentFiles`", plain)?;
    refuse(
        container.firelens_configuration.is_some(),
        "`firelensConfiguration`",
        "use the log driver `json-file`",
    )?;
    refuse(
        !container.credential_specs.is_empty(),
        "`credentialSpecs`",
        "they are for Active Directory, which this host is not part of",
    )?;
    refuse(
        task.proxy_configuration.is_some(),
        "`proxyConfiguration`",
        "App Mesh needs network mode `awsvpc`",
    )?;
    refuse(
        !task.associations.is_empty(),
        "a GPU or accelerator (`resourceRequirements`)",
        "this host registers none",
    )
}

fn network(
    task: &PayloadTask,
    config: &Config,
    host: &HostConfig,
) -> Result<NetworkMode, RequestError> {
    if config.network_disabled {
        return Ok(NetworkMode::None);
    }
    // The payload's hostConfig decides (agent-protocol.md §6); a payload without one means the task's.
    let mode = if host.network_mode.is_empty() || task.network_mode == "awsvpc" {
        &task.network_mode
    } else {
        &host.network_mode
    };
    match mode.as_str() {
        "" | "bridge" | "default" => Ok(NetworkMode::Bridge),
        "host" => Ok(NetworkMode::Host),
        "none" => Ok(NetworkMode::None),
        "awsvpc" => Ok(NetworkMode::Task),
        other => Err(not_served(
            format!("network mode `{other}`"),
            "use `awsvpc`, `bridge`, `host` or `none`",
        )),
    }
}

fn sharing(what: &'static str, text: &str) -> Result<Sharing, RequestError> {
    match (what, text) {
        (_, "") | ("ipcMode", "private" | "shareable") => Ok(Sharing::Private),
        (_, "task") => Ok(Sharing::Task),
        (_, "host") => Ok(Sharing::Host),
        ("ipcMode", "none") => Ok(Sharing::Nothing),
        (_, other) => Err(value(what, other, "must be `host`, `task`, or for ipcMode `none`")),
    }
}

/// Whether seccomp is off, and whether new privileges are.
fn security(options: &[String]) -> Result<(bool, bool), RequestError> {
    let (mut is_unconfined, mut no_new_privileges) = (false, false);
    for option in options {
        // Docker took `:` before it took `=`.
        let at = option.find(['=', ':']);
        let (name, text) =
            at.map_or((option.as_str(), ""), |at| (&option[..at], &option[at + 1..]));
        match (name, text) {
            ("no-new-privileges", "" | "true") => no_new_privileges = true,
            ("no-new-privileges", "false") => no_new_privileges = false,
            ("seccomp", "unconfined") => is_unconfined = true,
            ("seccomp", "builtin" | "default") => is_unconfined = false,
            // Neither is in force on a container here, so there is nothing to switch off.
            ("apparmor", "unconfined") | ("label", "disable") => {}
            ("systempaths", "unconfined") => {
                return Err(not_served(format!("security option `{option}`"), "use `privileged`"));
            }
            _ => {
                return Err(not_served(
                    format!("security option `{option}`"),
                    "use `no-new-privileges`, `seccomp=unconfined`, or none",
                ));
            }
        }
    }
    Ok((is_unconfined, no_new_privileges))
}

fn log(config: Option<&LogConfig>) -> Result<LogWanted, RequestError> {
    let empty = BTreeMap::new();
    let (kind, options) = config.map_or(("", &empty), |log| (log.kind.as_str(), &log.config));
    match kind {
        "none" => Ok(LogWanted::None),
        "" | "json-file" => {
            let (mut bytes_max, mut files_max) = (0, 1);
            for (name, text) in options {
                match name.as_str() {
                    "max-size" => {
                        bytes_max = size(text).ok_or_else(|| {
                            RequestError::Log(format!(
                                "max-size `{text}` is not a size such as `10m`"
                            ))
                        })?;
                    }
                    "max-file" => {
                        let number = text.parse().ok().filter(|number| *number >= 1);
                        files_max = number.ok_or_else(|| {
                            RequestError::Log(format!(
                                "max-file `{text}` is not a number from 1 on"
                            ))
                        })?;
                    }
                    // Writing never makes the container wait, whichever is asked for, so no buffer is needed either.
                    "mode" | "max-buffer-size" => {}
                    other => {
                        return Err(RequestError::Log(format!(
                            "option `{other}` of `json-file` is not served: use `max-size` and `max-file`"
                        )));
                    }
                }
            }
            if files_max > 1 && bytes_max == 0 {
                return Err(RequestError::Log("max-file above 1 needs max-size".into()));
            }
            Ok(LogWanted::JsonFile { bytes_max, files_max })
        }
        other => Err(RequestError::Log(format!(
            "`{other}` is not available on this host: use `json-file` or `none`"
        ))),
    }
}

/// Docker's sizes: a number and `b`, `k`, `m` or `g`; -1 for no bound.
fn size(text: &str) -> Option<u64> {
    if text == "-1" {
        return Some(0);
    }
    let text = text.to_ascii_lowercase();
    let text = text.strip_suffix('b').unwrap_or(&text);
    let (digits, unit) = match text.char_indices().last()? {
        (at, 'k') => (&text[..at], 1 << 10),
        (at, 'm') => (&text[..at], 1 << 20),
        (at, 'g') => (&text[..at], 1 << 30),
        _ => (text, 1),
    };
    digits.parse::<u64>().ok()?.checked_mul(unit).filter(|bytes| *bytes > 0)
}

fn ports(mode: NetworkMode, mappings: &[PortMapping]) -> Result<Vec<Port>, RequestError> {
    if mode == NetworkMode::None && !mappings.is_empty() {
        return Err(not_served(
            "`portMappings` in network mode `none`",
            "use network mode `bridge` or `host`",
        ));
    }
    mappings.iter().map(|mapping| port(mode, mapping)).collect()
}

fn port(mode: NetworkMode, mapping: &PortMapping) -> Result<Port, RequestError> {
    let protocol = match mapping.protocol.as_deref() {
        None | Some("" | "tcp") => Protocol::Tcp,
        Some("udp") => Protocol::Udp,
        Some(other) => return Err(value("protocol", other, "must be `tcp` or `udp`")),
    };
    let number = |what, number: i64, least| {
        u16::try_from(number)
            .ok()
            .filter(|number| *number >= least)
            .ok_or_else(|| value(what, number, "must be a port up to 65535"))
    };
    let host = number("hostPort", mapping.host_port.unwrap_or(0), 0)?;
    if let Some(range) = mapping.container_port_range.as_deref().filter(|text| !text.is_empty()) {
        let why = "must be two ports such as `8000-8010`, the lower first";
        let (first, last) = range
            .split_once('-')
            .and_then(|(a, b)| Some((a.parse::<i64>().ok()?, b.parse::<i64>().ok()?)))
            .filter(|(first, last)| first < last && *first >= 1 && *last <= PORT_MAX)
            .ok_or_else(|| value("containerPortRange", range, why))?;
        let container = number("containerPortRange", first, 1)?;
        let count = number("containerPortRange", last - first + 1, 1)?;
        let host = if mode == NetworkMode::Host { container } else { 0 };
        return Ok(Port { protocol, container, host, count, range: true });
    }
    let container = number("containerPort", mapping.container_port.unwrap_or(0), 1)?;
    // In host mode a container's port is the host's.
    let host = if mode == NetworkMode::Host { container } else { host };
    Ok(Port { protocol, container, host, count: 1, range: false })
}

/// `overrides` may hold a command, and nothing else (agent-protocol.md §4.2).
fn command(container: &PayloadContainer) -> Result<Vec<String>, RequestError> {
    #[derive(Default, serde::Deserialize)]
    #[serde(deny_unknown_fields, default)]
    struct Overrides {
        command: Option<Vec<String>>,
    }
    let overrides: Overrides = json("overrides", &container.overrides)?;
    Ok(overrides.command.unwrap_or_else(|| container.command.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn check(host_config: &str, mappings: &str, expect: Expect) {
        let task = serde_json::json!({ "arn": "a/t", "desiredStatus": "RUNNING", "containers": [{
            "name": "web", "portMappings": serde_json::from_str::<serde_json::Value>(mappings).expect("JSON"),
            "dockerConfig": { "hostConfig": host_config },
        }]});
        let task: PayloadTask = serde_json::from_value(task).expect("payload");
        let text = match read(&task, &task.containers[0]) {
            Ok(request) => {
                let ports: Vec<_> = request
                    .ports
                    .iter()
                    .map(|p| {
                        format!("{}:{}x{}/{}", p.host, p.container, p.count, p.protocol.name())
                    })
                    .collect();
                format!(
                    "{:?} {:?} unconfined={} nnp={} {}",
                    request.network,
                    request.log,
                    request.is_unconfined,
                    request.no_new_privileges,
                    ports.join(" ")
                )
            }
            Err(error) => error.to_string(),
        };
        expect.assert_eq(text.trim_end());
    }

    #[test]
    fn networks_and_ports() {
        check(
            "",
            r#"[{"containerPort":80},{"containerPort":53,"hostPort":5353,"protocol":"udp"},{"containerPortRange":"9000-9009"}]"#,
            expect![
                "Bridge JsonFile { bytes_max: 0, files_max: 1 } unconfined=false nnp=false 0:80x1/tcp 5353:53x1/udp 0:9000x10/tcp"
            ],
        );
        check(
            r#"{"NetworkMode":"host"}"#,
            r#"[{"containerPort":80}]"#,
            expect![
                "Host JsonFile { bytes_max: 0, files_max: 1 } unconfined=false nnp=false 80:80x1/tcp"
            ],
        );
        check(
            r#"{"NetworkMode":"none"}"#,
            r#"[{"containerPort":80}]"#,
            expect![
                "`portMappings` in network mode `none` is not served: use network mode `bridge` or `host`"
            ],
        );
        check(
            r#"{"NetworkMode":"awsvpc"}"#,
            "[]",
            expect!["Task JsonFile { bytes_max: 0, files_max: 1 } unconfined=false nnp=false"],
        );
        check(
            r#"{"NetworkMode":"nat"}"#,
            "[]",
            expect!["network mode `nat` is not served: use `awsvpc`, `bridge`, `host` or `none`"],
        );
        check(
            "",
            r#"[{"containerPortRange":"9-8"}]"#,
            expect![
                "containerPortRange `9-8`: must be two ports such as `8000-8010`, the lower first"
            ],
        );
        check(
            "",
            r#"[{"containerPort":70000}]"#,
            expect!["containerPort `70000`: must be a port up to 65535"],
        );
        check(
            "",
            r#"[{"containerPort":0}]"#,
            expect!["containerPort `0`: must be a port up to 65535"],
        );
    }

    #[test]
    fn logs() {
        check(
            r#"{"LogConfig":{"Type":"json-file","Config":{"max-size":"10m","max-file":"3"}}}"#,
            "[]",
            expect![
                "Bridge JsonFile { bytes_max: 10485760, files_max: 3 } unconfined=false nnp=false"
            ],
        );
        check(
            r#"{"LogConfig":{"Type":"none"}}"#,
            "[]",
            expect!["Bridge None unconfined=false nnp=false"],
        );
        check(
            r#"{"LogConfig":{"Type":"awslogs"}}"#,
            "[]",
            expect![
                "log driver: `awslogs` is not available on this host: use `json-file` or `none`"
            ],
        );
        check(
            r#"{"LogConfig":{"Type":"json-file","Config":{"tag":"x"}}}"#,
            "[]",
            expect![
                "log driver: option `tag` of `json-file` is not served: use `max-size` and `max-file`"
            ],
        );
        check(
            r#"{"LogConfig":{"Type":"json-file","Config":{"max-size":"much"}}}"#,
            "[]",
            expect!["log driver: max-size `much` is not a size such as `10m`"],
        );
    }

    #[test]
    fn security_options() {
        check(
            r#"{"SecurityOpt":["no-new-privileges:true","seccomp=unconfined"]}"#,
            "[]",
            expect!["Bridge JsonFile { bytes_max: 0, files_max: 1 } unconfined=true nnp=true"],
        );
        check(
            r#"{"SecurityOpt":["label:type:svirt_apache_t"]}"#,
            "[]",
            expect![
                "security option `label:type:svirt_apache_t` is not served: use `no-new-privileges`, `seccomp=unconfined`, or none"
            ],
        );
        check(
            r#"{"Privileged":true}"#,
            "[]",
            expect!["Bridge JsonFile { bytes_max: 0, files_max: 1 } unconfined=true nnp=false"],
        );
    }

    #[test]
    fn sizes_have_dockers_units() {
        assert_eq!(size("10m"), Some(10 << 20));
        assert_eq!(size("1KB"), Some(1024));
        assert_eq!(size("-1"), Some(0));
        assert_eq!(size("0"), None);
        assert_eq!(size("m"), None);
        assert_eq!(size(""), None);
    }
}
