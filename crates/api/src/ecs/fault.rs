//! The faults of ECS's model, by their names.

use wire::{Fault, Value, reply, tables::ecs};

/// Something about the request is not possible, or not allowed.
pub fn client(message: impl Into<String>) -> Fault {
    Fault::sender("ClientException", message)
}

/// A parameter is wrong.
pub fn invalid_parameter(message: impl Into<String>) -> Fault {
    Fault::sender("InvalidParameterException", message)
}

/// The cluster does not exist, or is not ACTIVE.
pub fn cluster_not_found() -> Fault {
    Fault::sender("ClusterNotFoundException", "Cluster not found.")
}

/// A quota of ECS is used up.
pub fn limit_exceeded(message: impl Into<String>) -> Fault {
    Fault::sender("LimitExceededException", message)
}

/// A resource that is named by ARN does not exist.
pub fn resource_not_found() -> Fault {
    Fault::sender("ResourceNotFoundException", "The specified resource could not be found.")
}

/// One entry of a reply's `failures`: something of the request that could not be done, while the rest was.
pub fn failure(arn: &str, reason: &str, detail: Option<&str>) -> Value {
    reply!(ecs::FAILURE { "arn": arn, "reason": reason, "detail": detail })
}

/// The failure of something that does not exist.
pub fn missing(arn: &str) -> Value {
    failure(arn, "MISSING", None)
}
