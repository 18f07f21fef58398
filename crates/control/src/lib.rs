//! The brain's hands: rounds, agent sessions (ACS and TCS), credentials for tasks.

pub mod acs;
pub mod config;
pub mod payload;
