//! What a record of a VPC flow log says: the fields of its format, as Amazon VPC names them (versions 2 to 5).
//!
//! Invariant: a format that [`read`] accepts is written by [`Field::name`]s in the same order; nobody else parses formats.
//! Not here: which of them are served (`api::ec2::flow_log`), what hosts see of flows (`runtime`).

use serde::{Deserialize, Serialize};

/// The format of a flow log that names none: version 2.
pub const DEFAULT_FORMAT: &str = "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} \
     ${packets} ${bytes} ${start} ${end} ${action} ${log-status}";

/// Which flows a log is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum FlowTraffic {
    /// Those that were let pass.
    Accept,
    /// Those that were not.
    Reject,
    /// Both.
    All,
}

impl FlowTraffic {
    /// As the API names it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Accept => "ACCEPT",
            Self::Reject => "REJECT",
            Self::All => "ALL",
        }
    }

    /// The one of a name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Accept, Self::Reject, Self::All].into_iter().find(|it| it.as_str() == name)
    }
}

/// Fields, their names and the version of records that has them first.
macro_rules! fields {
    ($($field:ident $name:literal $version:literal $says:literal,)*) => {
        /// A field of a record.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Field { $(#[doc = $says] $field,)* }

        impl Field {
            /// All there are.
            pub const ALL: &'static [Self] = &[$(Self::$field,)*];

            /// As formats name it.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$field => $name,)* }
            }

            /// The version of records that has it first; what a record says of its own version is the highest of its fields'.
            pub const fn version(self) -> u8 {
                match self { $(Self::$field => $version,)* }
            }
        }
    };
}

fields! {
    Version "version" 2 "The version of the record.",
    AccountId "account-id" 2 "Whose the interface is.",
    InterfaceId "interface-id" 2 "The interface.",
    SourceAddress "srcaddr" 2 "Where packets come from; of what leaves, the interface's own address.",
    DestinationAddress "dstaddr" 2 "Where packets go; of what arrives, the interface's own address.",
    SourcePort "srcport" 2 "The port that they come from.",
    DestinationPort "dstport" 2 "The port that they go to.",
    Protocol "protocol" 2 "The protocol by its IANA number.",
    Packets "packets" 2 "How many there were.",
    Bytes "bytes" 2 "How many bytes they had.",
    Start "start" 2 "When the first packet of the interval was seen, in seconds since 1970.",
    End "end" 2 "When the last one was.",
    Action "action" 2 "`ACCEPT` or `REJECT`.",
    LogStatus "log-status" 2 "`OK`, `NODATA` or `SKIPDATA`.",
    VpcId "vpc-id" 3 "The interface's VPC.",
    SubnetId "subnet-id" 3 "The interface's subnet.",
    InstanceId "instance-id" 3 "The instance that has the interface; `-` for interfaces that a service asked for, as tasks' are.",
    TcpFlags "tcp-flags" 3 "The flags SYN, FIN and RST that were seen, together.",
    Type "type" 3 "`IPv4` or `IPv6`.",
    PacketSource "pkt-srcaddr" 3 "The address in the packet itself.",
    PacketDestination "pkt-dstaddr" 3 "The address in the packet itself.",
    Region "region" 4 "The interface's region.",
    ZoneId "az-id" 4 "The id of the interface's zone.",
    SublocationType "sublocation-type" 4 "Where in the zone: `-` as long as it is no edge.",
    SublocationId "sublocation-id" 4 "Where in the zone: `-` as long as it is no edge.",
    PacketSourceService "pkt-src-aws-service" 5 "The service whose address it comes from, `-` for others.",
    PacketDestinationService "pkt-dst-aws-service" 5 "The service whose address it goes to, `-` for others.",
    Direction "flow-direction" 5 "`ingress` or `egress`, as the interface sees it.",
    TrafficPath "traffic-path" 5 "The way that leaving packets take, by its number.",
}

/// Why a format is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormatError {
    /// It has no fields.
    #[error("no fields")]
    Empty,
    /// Something in it is not a field, such as a name without `${}`.
    #[error("`{0}` is not a field")]
    NotAField(String),
}

/// The fields of a format such as `${version} ${account-id}`: at least one, with spaces between them.
///
/// # Errors
/// If it has none, or something else.
pub fn read(format: &str) -> Result<Vec<Field>, FormatError> {
    let field = |word: &str| {
        let name = word.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
        let found = Field::ALL.iter().copied().find(|field| Some(field.name()) == name);
        found.ok_or_else(|| FormatError::NotAField(word.to_owned()))
    };
    let fields: Vec<Field> = format.split_whitespace().map(field).collect::<Result<_, _>>()?;
    if fields.is_empty() { Err(FormatError::Empty) } else { Ok(fields) }
}

#[cfg(test)]
mod tests {
    use super::{DEFAULT_FORMAT, Field, read};

    fn check(format: &str, expected: &str) {
        let said = match read(format) {
            Ok(fields) => fields.iter().map(|it| it.name()).collect::<Vec<_>>().join(" "),
            Err(error) => error.to_string(),
        };
        assert_eq!(said, expected, "{format}");
    }

    #[test]
    fn formats_are_fields_with_spaces_between() {
        check("${srcaddr} ${flow-direction}", "srcaddr flow-direction");
        check("  ${srcaddr}\t${srcaddr} ", "srcaddr srcaddr");
        check("${srcaddr}${dstaddr}", "`${srcaddr}${dstaddr}` is not a field");
        check("srcaddr", "`srcaddr` is not a field");
        check("${colour}", "`${colour}` is not a field");
        check(" ", "no fields");
    }

    #[test]
    fn default_format_is_version_two() {
        let fields = read(DEFAULT_FORMAT).expect("it is one");
        let of_two = Field::ALL.iter().copied().filter(|field| field.version() == 2);
        assert_eq!(fields, of_two.collect::<Vec<_>>());
    }
}
