//! What can be said on the command line. Meaning is in `command/`; nothing is decided here.

pub(crate) mod fargate;
pub(crate) mod spot;

use clap::{ArgGroup, Args, Parser, Subcommand, ValueEnum};
use domain::{
    block::Block,
    id::{AccountId, ClusterName, Region},
    time::Millis,
};
use std::{net::SocketAddr, path::PathBuf, str::FromStr};

/// Where state is kept when nobody says otherwise.
const DATA_DIR: &str = "/var/lib/longshore";
/// Where the control plane is when nobody says otherwise.
const ENDPOINT: &str = "http://127.0.0.1:4566";

/// Amazon ECS for your own machines.
#[derive(Parser)]
#[command(name = "longshore", version, max_term_width = 110, disable_help_subcommand = true)]
#[command(
    after_help = "Start with `longshore up`, then use the AWS CLI with `--endpoint-url http://127.0.0.1:4566`."
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Run a whole region on this machine: control plane and agent
    Up(Up),
    /// Stop all tasks of this machine's region, and the region itself
    Down(Down),
    /// Run the control plane alone
    Server(Server),
    /// Run an agent that joins a control plane
    Agent(AgentArguments),
    /// List services
    Services(Services),
    /// Give a service another image, definition or count
    Deploy(Deploy),
    /// Print what happened to a service
    Events(Events),
    /// List tasks
    Ps(Ps),
    /// Print what a task's containers wrote
    Logs(Logs),
    /// Run a command in a task's container, and talk to it
    Exec(Exec),
    /// Stop tasks
    Stop(Stop),
    /// Tasks of FARGATE_SPOT
    #[command(subcommand)]
    Spot(spot::Spot),
    /// The hosts of Fargate's pool
    #[command(subcommand)]
    Fargate(fargate::Fargate),
    /// Say in words what a service waits for, why a task waits or stopped, or why a definition cannot be placed
    Why(Why),
    /// Show how full the instances of a cluster are, and its services
    Top(Top),
    /// Images on this host
    #[command(subcommand)]
    Image(Image),
    /// Print a completion script for a shell
    Completions {
        /// For which shell
        shell: clap_complete::Shell,
    },
}

/// How a client finds the control plane and whom it speaks for.
#[derive(Args, Clone)]
pub(crate) struct Connection {
    /// The control plane's address
    #[arg(long, env = "AWS_ENDPOINT_URL", default_value = ENDPOINT, value_name = "URL")]
    pub(crate) endpoint: String,
    /// The region to look at
    #[arg(long, env = "AWS_DEFAULT_REGION", default_value = "us-east-1")]
    pub(crate) region: Region,
    /// How to print
    #[arg(long, value_enum, default_value_t = Output::Table)]
    pub(crate) output: Output,
}

/// For people or for programs.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Output {
    /// For people
    Table,
    /// For programs
    Json,
}

/// Which signatures are accepted.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Auth {
    /// Any signature; a 12-digit access key id is the account. The default on loopback
    Local,
    /// Signatures are verified and unknown keys refused. The default anywhere else
    Iam,
}

/// When registries are asked, in the words of the official agent's ECS_IMAGE_PULL_BEHAVIOR.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PullBehavior {
    /// Ask for every task; use the image that is here if that does not work
    Default,
    /// Ask for every task
    Always,
    /// Ask the first time that a task needs it
    Once,
    /// Ask only for what is not here
    PreferCached,
}

/// EC2's own words for it.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum HttpTokens {
    /// Whoever shows no token is refused
    Required,
    /// Whoever shows none is answered as well
    Optional,
}

#[derive(Args, Clone)]
pub(crate) struct DataDir {
    /// Where state, images and logs are kept
    #[arg(long, env = "LONGSHORE_DATA_DIR", default_value = DATA_DIR, value_name = "DIR", value_parser = absolute)]
    pub(crate) data_dir: PathBuf,
}

#[derive(Args, Clone)]
pub(crate) struct Plane {
    #[command(flatten)]
    pub(crate) data: DataDir,
    /// Where to listen; port 0 takes a free one
    #[arg(long, default_value = "127.0.0.1:4566", value_name = "ADDRESS")]
    pub(crate) listen: SocketAddr,
    /// The address that agents and clients reach this machine at, where it differs from `--listen`
    #[arg(long, value_name = "URL")]
    pub(crate) advertise: Option<String>,
    /// Which signatures are accepted
    #[arg(long, value_enum)]
    pub(crate) auth: Option<Auth>,
    /// How long stopped tasks stay describable
    #[arg(long, value_parser = duration, default_value = "1h", value_name = "TIME")]
    pub(crate) stopped_task_retention: Millis,
    /// How long a silent agent keeps its tasks
    #[arg(long, value_parser = duration, default_value = "90s", value_name = "TIME")]
    pub(crate) instance_lease: Millis,
    /// How long credentials of a task's role are valid; after five sixths of that they are renewed
    #[arg(long, value_parser = duration, default_value = "6h", value_name = "TIME")]
    pub(crate) role_credentials_validity: Millis,
    /// How long a service's task without health checks must run until it counts as healthy
    #[arg(long, value_parser = duration, default_value = "40s", value_name = "TIME")]
    pub(crate) healthy_after: Millis,
    /// The pool of elastic and public addresses; packets to them have to reach the hosts
    #[arg(long, default_value = "198.18.0.0/16", value_name = "CIDR")]
    pub(crate) public_addresses: Block,
}

#[derive(Args, Clone)]
pub(crate) struct Host {
    /// The OCI runtime: `crun`, `runc` or a path; without it the first of them that is installed
    #[arg(long, value_name = "PROGRAM")]
    pub(crate) runtime: Option<String>,
    /// What runs the containers of Fargate's tasks: `crun`, `runc`, `runsc` (each in a sandbox) or a path; without it the same as for others
    #[arg(long, env = "LONGSHORE_FARGATE_RUNTIME", value_name = "PROGRAM", value_parser = fargate_runtime)]
    pub(crate) fargate_runtime: Option<String>,
    /// Custom attributes of this instance
    #[arg(long = "attribute", value_name = "NAME=VALUE", value_parser = attribute)]
    pub(crate) attributes: Vec<(String, String)>,
    /// When registries are asked for images
    #[arg(long, value_enum, default_value_t = PullBehavior::PreferCached)]
    pub(crate) image_pull_behavior: PullBehavior,
    /// Memory that tasks do not get, in MiB
    #[arg(long, default_value_t = 0, value_name = "MIB")]
    pub(crate) reserved_memory: i64,
    /// The availability zone that this host says it is in, such as `us-east-1b`
    #[arg(long, value_name = "ZONE")]
    pub(crate) availability_zone: Option<String>,
    /// The EC2 instance type that this host counts as, such as `m5.large`: it decides how many tasks can have interfaces of their own
    #[arg(long, value_name = "TYPE")]
    pub(crate) instance_type: Option<String>,
    /// This host's IPv4 address by which other hosts reach it, for tasks with interfaces of their own; without it the one that leads to the
    /// control plane
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) host_address: Option<std::net::Ipv4Addr>,
    /// Where programs on this host ask the agent about its tasks, or `off`
    #[arg(long, default_value = "127.0.0.1:51678", value_name = "ADDRESS", value_parser = address_or_off)]
    pub(crate) introspection: OptionalAddress,
    /// Keep from tasks what EC2 says of an instance
    #[arg(long)]
    pub(crate) block_instance_metadata: bool,
    /// Keep it from tasks of network mode `awsvpc` only
    #[arg(long, env = "ECS_AWSVPC_BLOCK_IMDS", value_parser = clap::builder::FalseyValueParser::new())]
    pub(crate) awsvpc_block_imds: bool,
    /// Whether what EC2 says is for those only who fetched a token before (IMDSv2)
    #[arg(long, value_enum, default_value_t = HttpTokens::Required)]
    pub(crate) instance_metadata_tokens: HttpTokens,
    /// The instance profile whose role tasks get credentials of by what EC2 says
    #[arg(long, value_name = "NAME")]
    pub(crate) instance_profile: Option<String>,
    /// The subnet of containers in bridge mode; without it one that is free here
    #[arg(long, value_name = "CIDR")]
    pub(crate) bridge_subnet: Option<runtime::Subnet>,
    /// How long a stopped task's logs are kept
    #[arg(long, value_parser = duration, default_value = "3h", value_name = "TIME")]
    pub(crate) log_retention: Millis,
}

#[derive(Args)]
pub(crate) struct Up {
    #[command(flatten)]
    pub(crate) plane: Plane,
    #[command(flatten)]
    pub(crate) host: Host,
    /// The account that this machine's instance belongs to
    #[arg(long, default_value = "000000000000")]
    pub(crate) account: AccountId,
    /// The region that this machine's instance is in
    #[arg(long, env = "AWS_DEFAULT_REGION", default_value = "us-east-1")]
    pub(crate) region: Region,
    /// The cluster that is made and joined
    #[arg(long, default_value = "default")]
    pub(crate) cluster: ClusterName,
}

#[derive(Args)]
pub(crate) struct Down {
    #[command(flatten)]
    pub(crate) data: DataDir,
    /// Delete the data directory as well: definitions, images, logs
    #[arg(long)]
    pub(crate) delete_data: bool,
}

#[derive(Args)]
pub(crate) struct Server {
    #[command(flatten)]
    pub(crate) plane: Plane,
}

#[derive(Args)]
pub(crate) struct AgentArguments {
    #[command(flatten)]
    pub(crate) data: DataDir,
    #[command(flatten)]
    pub(crate) host: Host,
    #[command(flatten)]
    pub(crate) connection: Connection,
    /// The cluster to join
    #[arg(long, default_value = "default", conflicts_with = "fargate")]
    pub(crate) cluster: ClusterName,
    /// Join Fargate's pool instead: tasks of all clusters run here, and nobody sees a container instance
    #[arg(long)]
    pub(crate) fargate: bool,
    /// Join as an instance outside of EC2: only tasks of launch type EXTERNAL run here
    #[arg(long, conflicts_with_all = ["fargate", "instance_type"])]
    pub(crate) external: bool,
}

#[derive(Args)]
pub(crate) struct Ps {
    #[command(flatten)]
    pub(crate) connection: Connection,
    /// The cluster to look at
    #[arg(long, default_value = "default")]
    pub(crate) cluster: String,
    /// Stopped tasks too
    #[arg(long, short)]
    pub(crate) all: bool,
}

#[derive(Args)]
pub(crate) struct Logs {
    #[command(flatten)]
    pub(crate) connection: Connection,
    #[command(flatten)]
    pub(crate) data: DataDir,
    /// The task's id, the beginning of it, or its ARN
    pub(crate) task: String,
    /// One container of it; all without it
    pub(crate) container: Option<String>,
    /// The cluster to look at
    #[arg(long, default_value = "default")]
    pub(crate) cluster: String,
    /// Go on until the task ends
    #[arg(long, short)]
    pub(crate) follow: bool,
    /// Only the last lines
    #[arg(long, short = 'n', value_name = "LINES")]
    pub(crate) tail: Option<usize>,
    /// When each line was written
    #[arg(long, short)]
    pub(crate) timestamps: bool,
}

#[derive(Args)]
#[command(
    after_help = "The exit code is the command's. Without a terminal at both ends, input and output are bytes as they are. The task must have been started with `enableExecuteCommand`."
)]
pub(crate) struct Exec {
    #[command(flatten)]
    pub(crate) connection: Connection,
    /// The task's id, the beginning of it, or its ARN
    pub(crate) task: String,
    /// Which container; not needed where there is one
    #[arg(long)]
    pub(crate) container: Option<String>,
    /// The cluster to look at
    #[arg(long, default_value = "default")]
    pub(crate) cluster: String,
    /// What to run; a shell without it
    #[arg(last = true, value_name = "COMMAND")]
    pub(crate) words: Vec<String>,
}

#[derive(Args)]
pub(crate) struct Stop {
    #[command(flatten)]
    pub(crate) connection: Connection,
    /// Ids, beginnings of ids, or ARNs
    #[arg(required = true)]
    pub(crate) tasks: Vec<String>,
    /// The cluster to look at
    #[arg(long, default_value = "default")]
    pub(crate) cluster: String,
    /// What DescribeTasks shows as the reason
    #[arg(long)]
    pub(crate) reason: Option<String>,
    /// Do not wait until they stopped
    #[arg(long)]
    pub(crate) no_wait: bool,
}

#[derive(Args)]
pub(crate) struct Why {
    #[command(flatten)]
    pub(crate) connection: Connection,
    /// A service; a task's id, the beginning of it, or its ARN; or a definition as `family` or `family:revision`
    pub(crate) what: String,
    /// The cluster to look at
    #[arg(long, default_value = "default")]
    pub(crate) cluster: String,
}

#[derive(Args)]
pub(crate) struct Services {
    #[command(flatten)]
    pub(crate) connection: Connection,
    /// The cluster to look at
    #[arg(long, default_value = "default")]
    pub(crate) cluster: String,
}

#[derive(Args)]
#[command(
    after_help = "Exit codes with `--watch`: 0 when the deployment is completed, 1 when it failed or was rolled back, 3 after `--timeout`, 130 after Ctrl-C."
)]
#[command(group(ArgGroup::new("what").args(["images", "definition", "count", "force", "watch"]).required(true).multiple(true)))]
pub(crate) struct Deploy {
    #[command(flatten)]
    pub(crate) connection: Connection,
    /// The service's name or ARN
    pub(crate) service: String,
    /// The cluster that it is in
    #[arg(long, default_value = "default")]
    pub(crate) cluster: String,
    /// Register a revision of the service's definition with this image, and deploy it; once for each container
    #[arg(long = "image", value_name = "[CONTAINER=]IMAGE")]
    pub(crate) images: Vec<ContainerImage>,
    /// Deploy this definition; with `--image` what the new revision is made from
    #[arg(long = "task-definition", value_name = "FAMILY[:REVISION]")]
    pub(crate) definition: Option<String>,
    /// How many tasks are wanted
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(i32).range(0..))]
    pub(crate) count: Option<i32>,
    /// Deploy anew what is deployed already, so that tags are resolved again
    #[arg(long)]
    pub(crate) force: bool,
    /// Show how it goes until it is over; alone it shows what goes on
    #[arg(long)]
    pub(crate) watch: bool,
    /// How long to watch, such as `10m`; the deployment goes on
    #[arg(long, value_parser = duration, requires = "watch", value_name = "TIME")]
    pub(crate) timeout: Option<Millis>,
}

/// An image, and the container it is for where that is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ContainerImage {
    pub(crate) container: Option<String>,
    pub(crate) image: String,
}

impl FromStr for ContainerImage {
    type Err = String;

    /// References of images have no `=`.
    fn from_str(text: &str) -> Result<Self, String> {
        let (container, image) = match text.split_once('=') {
            Some((container, image)) => (Some(container), image),
            None => (None, text),
        };
        if image.is_empty() || container.is_some_and(str::is_empty) {
            return Err(format!("`{text}` is not IMAGE or CONTAINER=IMAGE"));
        }
        Ok(Self { container: container.map(str::to_owned), image: image.to_owned() })
    }
}

#[derive(Args)]
pub(crate) struct Events {
    #[command(flatten)]
    pub(crate) connection: Connection,
    /// The service's name or ARN
    pub(crate) service: String,
    /// The cluster that it is in
    #[arg(long, default_value = "default")]
    pub(crate) cluster: String,
    /// Go on with what happens; JSON then is an event a line
    #[arg(long, short)]
    pub(crate) follow: bool,
}

#[derive(Args)]
pub(crate) struct Top {
    #[command(flatten)]
    pub(crate) connection: Connection,
    /// The cluster to look at
    #[arg(long, default_value = "default")]
    pub(crate) cluster: String,
    /// Print once instead of going on; so it is where the output is no terminal
    #[arg(long)]
    pub(crate) once: bool,
}

#[derive(Subcommand)]
pub(crate) enum Image {
    /// Load images from a `docker save` or OCI archive (also .tar.gz and .tar.zst); `-` reads standard input
    Load {
        #[command(flatten)]
        data: DataDir,
        /// The archive
        file: PathBuf,
        /// How to print
        #[arg(long, value_enum, default_value_t = Output::Table)]
        output: Output,
    },
    /// Pull an image from its registry
    Pull {
        #[command(flatten)]
        data: DataDir,
        /// Such as `nginx:1.27` or `registry.example:5000/team/app@sha256:…`
        reference: String,
        /// `USER:PASSWORD` for the registry; from the environment, so that it is not in the process list
        #[arg(
            long,
            env = "LONGSHORE_REGISTRY_AUTH",
            hide_env_values = true,
            value_name = "USER:PASSWORD"
        )]
        registry_auth: Option<String>,
        /// How to print
        #[arg(long, value_enum, default_value_t = Output::Table)]
        output: Output,
    },
    /// List images
    Ls {
        #[command(flatten)]
        data: DataDir,
        /// How to print
        #[arg(long, value_enum, default_value_t = Output::Table)]
        output: Output,
    },
    /// Remove names of images, and what no image needs any more
    Rm {
        #[command(flatten)]
        data: DataDir,
        /// Names, digests or beginnings of ids
        #[arg(required = true)]
        references: Vec<String>,
        /// Also where a container uses it
        #[arg(long)]
        force: bool,
    },
}

/// An address to listen on, or nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OptionalAddress(pub(crate) Option<SocketAddr>);

fn fargate_runtime(text: &str) -> Result<String, String> {
    match text {
        "crun" | "runc" | "runsc" => Ok(text.to_owned()),
        path if path.contains('/') => Ok(path.to_owned()),
        other => Err(format!("`{other}` is not `crun`, `runc` or `runsc`, and not a path")),
    }
}

fn address_or_off(text: &str) -> Result<OptionalAddress, String> {
    if text == "off" {
        return Ok(OptionalAddress(None));
    }
    let address = text.parse().map_err(|_| {
        format!("`{text}` is not an address such as `127.0.0.1:51678`, and not `off`")
    })?;
    Ok(OptionalAddress(Some(address)))
}

/// `90s`, `15m`, `1h`, `250ms`.
fn duration(text: &str) -> Result<Millis, String> {
    let split = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(split);
    let number: i64 = number
        .parse()
        .map_err(|_| format!("`{text}` is not a time; write `90s`, `15m` or `1h`"))?;
    let factor = match unit {
        "ms" => 1,
        "" | "s" => 1000,
        "m" => 60_000,
        "h" => 3_600_000,
        _ => return Err(format!("`{unit}` is not a unit of time; use ms, s, m or h")),
    };
    number.checked_mul(factor).map(Millis).ok_or_else(|| format!("`{text}` is too long a time"))
}

/// A path that means the same for the processes and mounts that are made from it.
fn absolute(text: &str) -> Result<PathBuf, String> {
    std::path::absolute(text).map_err(|error| format!("`{text}` is not a path: {error}"))
}

fn attribute(text: &str) -> Result<(String, String), String> {
    let (name, value) =
        text.split_once('=').ok_or_else(|| format!("`{text}` is not NAME=VALUE"))?;
    Ok((name.to_owned(), value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::{Arguments, ContainerImage, absolute, duration};
    use clap::{CommandFactory, Parser};
    use domain::time::Millis;

    #[test]
    fn the_command_line_is_well_formed() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_deployment_of_nothing_is_a_wrong_command_line() {
        let parse = |more: &[&str]| {
            let words = ["longshore", "deploy", "web"].iter().chain(more);
            Arguments::try_parse_from(words).map(drop)
        };
        let refused = parse(&[]).expect_err("there is nothing to deploy");
        assert_eq!(refused.exit_code(), 2);
        for word in ["--image", "--task-definition", "--count", "--force", "--watch"] {
            assert!(refused.to_string().contains(word), "{refused}");
        }
        for more in [&["--force"][..], &["--watch"], &["--image", "a", "--count", "2"]] {
            parse(more).unwrap_or_else(|error| panic!("{more:?}: {error}"));
        }
    }

    #[test]
    fn a_relative_data_directory_is_made_absolute() {
        let here = absolute("here").expect("a path");
        assert!(here.is_absolute() && here.ends_with("here"));
    }

    #[test]
    fn an_image_may_name_its_container() {
        let read = |text: &str| text.parse::<ContainerImage>();
        let image = |container: Option<&str>, image: &str| {
            Ok(ContainerImage { container: container.map(Into::into), image: image.into() })
        };
        assert_eq!(
            read("r.example:5000/a/b:1@sha256:0"),
            image(None, "r.example:5000/a/b:1@sha256:0")
        );
        assert_eq!(read("web=nginx:1.27"), image(Some("web"), "nginx:1.27"));
        assert!(read("web=").is_err() && read("=nginx").is_err() && read("").is_err());
    }

    #[test]
    fn times_have_units() {
        assert_eq!(duration("90s"), Ok(Millis(90_000)));
        assert_eq!(duration("250ms"), Ok(Millis(250)));
        assert_eq!(duration("1h"), Ok(Millis(3_600_000)));
        assert!(duration("1d").is_err());
        assert!(duration("soon").is_err());
        assert!(duration("99999999999999999h").is_err());
    }
}
