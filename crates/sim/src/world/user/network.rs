//! What the user does with networks: tasks with interfaces of their own, in the default VPC and in subnets that are nearly full, security
//! groups that come and go, and interfaces of the user's own.
//!
//! Services are in the default VPC, which has room for all, so that they can become steady.

use super::{Asked, REVISIONS, World};
use control::network::map::ADDRESS_ATTRIBUTE;
use domain::{
    service::Service,
    vpc::{AttachedTo, NetworkInterface, SecurityGroup},
};
use serde_json::{Value as Json, json};

/// Families of tasks with an interface: name and image.
const FAMILIES: [(&str, &str); 3] =
    [("eni", "run:v1"), ("eni-job", "exit-0-after-25"), ("eni-crash", "exit-1")];
/// In which zones the nearly full subnets are, and their blocks: sixteen addresses, of which AWS keeps five.
const SMALL: [(&str, &str); 2] = [("us-east-1a", "10.9.0.0/28"), ("us-east-1b", "10.9.0.16/28")];
/// How many of their addresses the user has from the start.
const OCCUPIED: usize = 8;
/// How many security groups the user has besides the VPCs' own.
const GROUPS_MAX: usize = 4;
/// And how many interfaces of its own.
const INTERFACES_MAX: usize = 2 * OCCUPIED + 4;

/// Where tasks with an interface can be.
#[derive(Clone, Debug)]
pub(crate) struct Networks {
    vpc: String,
    /// Of the default VPC, one in each zone.
    subnets: Vec<String>,
    small_vpc: String,
    small: Vec<String>,
}

/// The family that a service takes as `family`: what has no interface cannot follow what has one.
pub(super) fn family_for<'a>(service: &Service, family: &'a str) -> &'a str {
    if has_network(service) { "eni" } else { family }
}

/// The same of a family that does not work.
pub(super) fn bad_family_for<'a>(service: &Service, family: &'a str) -> &'a str {
    if has_network(service) { "eni-crash" } else { family }
}

fn has_network(service: &Service) -> bool {
    service.template.as_ref().is_some_and(|template| template.network.is_some())
}

fn ids(reply: &Json, list: &str, name: &str) -> Vec<String> {
    let things = reply[list].as_array().into_iter().flatten();
    things.filter_map(|thing| thing[name].as_str().map(str::to_owned)).collect()
}

impl World {
    /// The networks and the definitions that such a world begins with.
    pub(super) fn found_networks(&mut self) {
        self.found_default_vpc();
        let reply = self.must("DescribeSubnets", &json!({}));
        let subnets = ids(&reply, "Subnets", "SubnetId");
        let vpc = reply["Subnets"][0]["VpcId"].as_str().unwrap_or_default().to_owned();
        let reply = self.must("CreateVpc", &json!({"CidrBlock": "10.9.0.0/24"}));
        let small_vpc = reply["Vpc"]["VpcId"].as_str().unwrap_or_default().to_owned();
        let mut small = Vec::new();
        for (zone, block) in SMALL {
            let request = json!({"VpcId": small_vpc, "CidrBlock": block, "AvailabilityZone": zone});
            let reply = self.must("CreateSubnet", &request);
            let subnet = reply["Subnet"]["SubnetId"].as_str().unwrap_or_default().to_owned();
            for _ in 0..OCCUPIED {
                self.must("CreateNetworkInterface", &json!({"SubnetId": subnet}));
            }
            small.push(subnet);
        }
        for _ in 0..REVISIONS {
            for (family, image) in FAMILIES {
                let container = json!({"name": "app", "image": image, "cpu": 128, "memory": 64});
                let request = json!({"family": family, "networkMode": "awsvpc", "containerDefinitions": [container]});
                self.must("RegisterTaskDefinition", &request);
            }
        }
        self.user.networks = Some(Networks { vpc, subnets, small_vpc, small });
    }

    /// The attribute by which a host says where other hosts find its tasks.
    pub(in crate::world) fn address_attribute(&self, host: usize) -> Option<Json> {
        let value = format!("192.0.2.{}", host + 1);
        let attribute = json!({"name": ADDRESS_ATTRIBUTE, "value": value});
        self.user.networks.is_some().then_some(attribute)
    }

    fn found_default_vpc(&mut self) {
        let prepare = api::ec2::TABLE.prepare.expect("EC2 has a default VPC");
        let view = api::decide::View::new(self.truth.snapshot().clone());
        let seed = self.chance.seed();
        let writes = prepare(&view, &self.ctx(seed)).expect("readable records");
        let work = crate::world::Work::Begin;
        self.commit_now(&writes, &work).expect("decided on the newest snapshot");
    }

    /// What RunTask is asked for a task with an interface; now and then, and where there are networks.
    pub(super) fn some_task_with_an_interface(&mut self) -> Option<Json> {
        let networks = self.user.networks.clone()?;
        if self.chance.hits(500) {
            return None;
        }
        let is_small = self.chance.hits(600) && !self.user.is_calm;
        let (vpc, subnets) = match is_small {
            true => (&networks.small_vpc, &networks.small),
            false => (&networks.vpc, &networks.subnets),
        };
        let family = self.some_eni_family();
        let groups = self.some_groups(vpc);
        let network = json!({"subnets": subnets, "securityGroups": groups});
        Some(json!({
            "taskDefinition": family,
            "networkConfiguration": {"awsvpcConfiguration": network},
        }))
    }

    fn some_eni_family(&mut self) -> &'static str {
        if self.user.is_calm {
            return "eni";
        }
        self.chance.pick(&FAMILIES).map_or("eni", |(family, _)| family)
    }

    /// Lets a service that is to be have tasks with interfaces; now and then, and where there are networks.
    pub(super) fn perhaps_with_interfaces(&mut self, request: &mut Json) {
        let Some(networks) = self.user.networks.clone() else { return };
        if self.chance.hits(400) {
            request["taskDefinition"] = json!("eni");
            let network = json!({"subnets": networks.subnets});
            request["networkConfiguration"] = json!({"awsvpcConfiguration": network});
        }
    }

    /// Up to two groups of a VPC; none means its own.
    fn some_groups(&mut self, vpc: &str) -> Vec<String> {
        let mut groups = self.own_groups(vpc);
        let count = usize::try_from(self.chance.below(3)).unwrap_or_default();
        while groups.len() > count {
            let out = usize::try_from(self.chance.below(groups.len() as u64)).unwrap_or_default();
            groups.remove(out);
        }
        groups
    }

    fn own_groups(&self, vpc: &str) -> Vec<String> {
        let groups = self.truth.all::<SecurityGroup>(&SecurityGroup::all(&self.scope));
        let own = groups.iter().filter(|group| group.vpc == vpc && group.name != "default");
        own.map(|group| group.id.clone()).collect()
    }

    fn own_interfaces(&self) -> Vec<String> {
        let all = self.truth.all::<NetworkInterface>(&NetworkInterface::all(&self.scope));
        let own = all.iter().filter(|it| it.attached_to == AttachedTo::Nothing);
        own.map(|interface| interface.id.clone()).collect()
    }

    /// Groups and interfaces come, change and go.
    pub(super) fn user_tends_networks(&mut self) {
        let Some(networks) = self.user.networks.clone() else { return };
        let vpc = if self.chance.hits(500) { &networks.vpc } else { &networks.small_vpc };
        let groups = self.own_groups(vpc);
        let group = self.chance.pick(&groups).cloned();
        let interfaces = self.own_interfaces();
        let interface = self.chance.pick(&interfaces).cloned();
        match (self.chance.below(6), group, interface) {
            (0 | 1, ..) if groups.len() < GROUPS_MAX => {
                let name = format!("g{}", self.next_number());
                let request = json!({"GroupName": name, "Description": name, "VpcId": vpc});
                self.user_calls(Asked::Nothing, "CreateSecurityGroup", &request);
            }
            (1 | 2, Some(group), _) => {
                let port = self.chance.within(1, 9);
                let rule = json!({"IpProtocol": "tcp", "FromPort": port, "ToPort": port, "UserIdGroupPairs": [{"GroupId": group}]});
                let request = json!({"GroupId": group, "IpPermissions": [rule]});
                self.user_calls(Asked::Nothing, "AuthorizeSecurityGroupIngress", &request);
            }
            (3, Some(group), _) => {
                let request = json!({"GroupId": group});
                self.user_calls(Asked::Nothing, "DeleteSecurityGroup", &request);
            }
            (4, _, Some(interface)) => {
                let request = json!({"NetworkInterfaceId": interface});
                self.user_calls(Asked::Nothing, "DeleteNetworkInterface", &request);
            }
            _ if interfaces.len() < INTERFACES_MAX => {
                let Some(subnet) = self.chance.pick(&networks.small).cloned() else { return };
                let request = json!({"SubnetId": subnet});
                self.user_calls(Asked::Nothing, "CreateNetworkInterface", &request);
            }
            _ => {}
        }
    }
}
