//! The faults of IAM's model, by their names.

use domain::identity::Entity;
use wire::Fault;

/// Nothing of this kind has the name.
pub fn no_such<E: Entity>(name: &str) -> Fault {
    let message = match E::KIND {
        "policy" => format!("Policy {name} does not exist or is not attachable."),
        "instance-profile" => format!("Instance Profile {name} cannot be found."),
        kind => format!("The {kind} with name {name} cannot be found."),
    };
    Fault::sender("NoSuchEntityException", message)
}

/// Something that an entity does not have.
pub fn no_such_thing(message: impl Into<String>) -> Fault {
    Fault::sender("NoSuchEntityException", message)
}

/// The name is taken.
pub fn already_exists(message: impl Into<String>) -> Fault {
    Fault::sender("EntityAlreadyExistsException", message)
}

/// Something else must go first.
pub fn conflict(message: impl Into<String>) -> Fault {
    Fault::sender("DeleteConflictException", message)
}

/// A quota of IAM is used up.
pub fn limit_exceeded(message: impl Into<String>) -> Fault {
    Fault::sender("LimitExceededException", message)
}

/// A document is no policy.
pub fn malformed(error: &policy::document::Malformed) -> Fault {
    Fault::sender("MalformedPolicyDocumentException", error.to_string())
}

/// A parameter is wrong.
pub fn invalid_input(message: impl Into<String>) -> Fault {
    Fault::sender("InvalidInputException", message)
}

/// AWS owns it.
pub fn not_modifiable(message: impl Into<String>) -> Fault {
    Fault::sender("UnmodifiableEntityException", message)
}
