//! The brain's hands: rounds, agent sessions (ACS and TCS websockets), leases.
