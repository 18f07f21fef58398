//! The faults of EC2, which has no shapes for them: a code and a message.

use wire::Fault;

/// A fault by its code.
pub fn fault(code: &'static str, message: impl Into<String>) -> Fault {
    Fault::sender(code, message).with_status(400)
}

/// A parameter is wrong.
pub fn invalid_value(message: impl Into<String>) -> Fault {
    fault("InvalidParameterValue", message)
}

/// A parameter is missing.
pub fn missing(parameter: &str) -> Fault {
    fault("MissingParameter", format!("The request must contain the parameter {parameter}"))
}

/// Parameters that do not go together.
pub fn combination(message: impl Into<String>) -> Fault {
    fault("InvalidParameterCombination", message)
}

/// Something else must go first.
pub fn dependency(message: impl Into<String>) -> Fault {
    fault("DependencyViolation", message)
}

/// Whoever may call may not do this.
pub fn not_permitted(message: impl Into<String>) -> Fault {
    fault("OperationNotPermitted", message)
}

/// Understood, but not served.
pub fn not_served(what: &str) -> Fault {
    fault("UnsupportedOperation", format!("{what} is not served by Longshore yet."))
}
