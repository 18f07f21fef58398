//! Picks instances for tasks: the cluster query language, filters, strategies, and why not.
