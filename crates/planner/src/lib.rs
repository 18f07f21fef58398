//! The brain: what should happen next to tasks, instances and services.
