//! The books: which records change together when a task is made, moves on, ends or is forgotten.
//!
//! ```text
//! blueprint.rs  what identical tasks are made from          ─┐
//! seat.rs       an instance, its ledger and its agent's link ─┼─▶ draft.rs  one commit: Task, ServiceTask, Assignment, Ledger
//! ids.rs        ids, all from one seed                       ─┤
//! network.rs    a task's own interface and its address       ─┘  NetworkInterface, SubnetAddress
//! ```
//!
//! Must always hold: in every commit the ledger of an instance is the sum over its tasks that are not STOPPED, exactly those have an
//! assignment, which wants what the task's record wants, and every task of a service that is kept is in its service's index. A task in
//! awsvpc mode has an interface and an address from the commit that gives it its instance to the one that makes it STOPPED, and no other
//! task has them. Whoever writes a task writes it by a draft: the API, the rounds and the virtual world do, so that there is one place to
//! be wrong.
//! Functions of a snapshot and their arguments: no clock, no chance of their own, nothing is committed here.
//! Not here: which instance (`placement`), when and why (`api`, `planner`), trying again (`api::service`, `control::rounds`).

pub mod blueprint;
pub mod draft;
pub mod exec;
pub mod ids;
pub mod network;
pub mod public;
pub mod role;
pub mod route;
pub mod seat;
