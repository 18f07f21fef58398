//! Sessions and rounds of a whole control plane, with agents that behave as the official one, on tokio's paused clock.

mod acs;
mod agent;
mod fargate;
mod network;
mod profile;
mod refusals;
mod rounds;
mod scene;
mod tcs;
