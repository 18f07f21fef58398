//! The brain's hands: rounds, agent sessions (ACS and TCS), credentials for tasks.

pub mod payload;
