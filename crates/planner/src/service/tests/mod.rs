//! Tables: services, tasks and instances in, steps out.
