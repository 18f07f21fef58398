//! Types of EC2 instances: what a host has that says to be of one, and how many tasks with an interface of their own fit there.
//!
//! The facts are EC2's own (DescribeInstanceTypes), a line a type in `instance_type.txt`, sorted by name: architecture, vCPUs, MiB,
//! interfaces, IPv4 addresses of an interface, interfaces for tasks with trunking (0 without), GPUs. Which families can be trunked is as
//! far as ECS documents it: those on Nitro, but for the burstable ones.
//! Not here: prices, disks, networks' speed.

/// The facts.
const TYPES: &str = include_str!("instance_type.txt");

/// How many tasks get an interface on a host of no known type: bounded by the addresses of its subnet alone.
pub const INTERFACES_UNBOUNDED: i64 = 65_536;

/// One type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InstanceType {
    /// Such as `m5.large`.
    pub name: &'static str,
    /// `x86_64` or `arm64`.
    pub architecture: &'static str,
    /// Virtual CPUs.
    pub vcpus: i64,
    /// Memory in MiB.
    pub memory_mib: i64,
    /// Interfaces, the instance's own included.
    pub interfaces: i64,
    /// IPv4 addresses that an interface may have.
    pub addresses_per_interface: i64,
    /// Interfaces for tasks where `awsvpcTrunking` is enabled; 0 where the type cannot be trunked.
    pub trunked: i64,
    /// GPUs.
    pub gpus: i64,
}

impl InstanceType {
    /// The type of that name.
    pub fn find(name: &str) -> Option<Self> {
        Self::all().find(|it| it.name == name)
    }

    /// All types that are known, by name.
    pub fn all() -> impl Iterator<Item = Self> {
        TYPES.lines().filter_map(Self::read)
    }

    /// How many tasks with an interface of their own fit: with trunking as many as the trunk carries, else all interfaces but the
    /// instance's own.
    pub fn task_interfaces(&self, trunking: bool) -> i64 {
        if trunking && self.trunked > 0 { self.trunked } else { self.interfaces - 1 }
    }

    fn read(line: &'static str) -> Option<Self> {
        let mut words = line.split(' ');
        let (name, architecture) = (words.next()?, words.next()?);
        let mut number = || words.next()?.parse().ok();
        Some(Self {
            name,
            architecture,
            vcpus: number()?,
            memory_mib: number()?,
            interfaces: number()?,
            addresses_per_interface: number()?,
            trunked: number()?,
            gpus: number()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{InstanceType, TYPES};

    fn check(name: &str, tasks: i64, trunked: i64) {
        let found = InstanceType::find(name).expect("it is known");
        assert_eq!(
            (found.task_interfaces(false), found.task_interfaces(true)),
            (tasks, trunked),
            "{name}"
        );
    }

    #[test]
    fn every_line_is_a_type_and_they_are_sorted() {
        let names: Vec<_> = InstanceType::all().map(|it| it.name).collect();
        assert_eq!(names.len(), TYPES.lines().count());
        assert!(names.is_sorted_by(|one, other| one < other));
        assert!(
            InstanceType::all().all(|it| it.interfaces >= 1 && it.vcpus >= 1 && it.memory_mib > 0)
        );
    }

    #[test]
    fn as_many_tasks_fit_as_ecs_documents() {
        check("t2.micro", 1, 1);
        check("t3.medium", 2, 2);
        check("c5.large", 2, 10);
        check("m5.xlarge", 3, 20);
        check("c6g.medium", 1, 4);
        check("a1.medium", 1, 10);
        check("r5.2xlarge", 3, 40);
        check("m5.4xlarge", 7, 60);
        check("c5.18xlarge", 14, 120);
        check("p3.8xlarge", 7, 60);
        check("m4.large", 1, 1);
        assert_eq!(InstanceType::find("longshore"), None);
    }
}
