//! The network of containers on this host: a bridge, addresses, published ports.
//!
//! ```text
//! container eth0 ──veth── bridge ── host ── world      out: masqueraded;  in: host port ─(map in nftables)▶ container
//! ```
//! Tasks with interfaces of their own are behind their VPC's router (`router`), which follows what the plane says of the VPC (`routers`):
//! ```text
//! task eth0 ──veth── router (a name space per VPC: security groups, NAT, resolver) ──uplink── host ── world
//!                       └overlay (VXLAN)── routers of the same VPC on other hosts
//! ```
//! Flows of interfaces with flow logs are counted in the router (`counters`) and recorded on disk (`flow_logs`).
//! The agent's own endpoints for tasks (credentials, metadata) are in a network name space beside the containers (`endpoints`).
//! Invariants: everything has a name that comes from the instance's data directory, so that several instances on one host do not meet.
//! A container costs no program: its interface is made by netlink in its launch child (`attach`), its ports are elements of a map
//! (`port_map`), whom it may send as is one of a set (`guard`); what is static is set up once (`bridge`, `firewall`).

pub(crate) mod address;
pub(crate) mod attach;
pub(crate) mod bridge;
pub(crate) mod callers;
pub(crate) mod conntrack;
pub(crate) mod counters;
pub(crate) mod endpoints;
pub(crate) mod firewall;
pub(crate) mod flow_logs;
pub(crate) mod guard;
pub(crate) mod link;
pub(crate) mod namespace;
pub(crate) mod netlink;
pub(crate) mod overlay;
pub(crate) mod port_map;
pub(crate) mod resolver;
pub(crate) mod route;
pub(crate) mod router;
pub(crate) mod routers;
pub(crate) mod task;
pub(crate) mod turns;
pub(crate) mod uplink;
