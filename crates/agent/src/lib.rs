//! A host's brain: a pure task machine, the link to the control plane and the loop that performs effects through a driver.

pub mod driver;
