//! What a client is told when its request is refused.
//!
//! A fault names an error of AWS's model by its shape name; the codec of the protocol finds the HTTP
//! status and the older query code in the model. Codes that a model lacks (those of the protocol itself,
//! such as `SerializationException`) carry their status with them.

use std::borrow::Cow;
use std::fmt;

use crate::shape::{Service, Shape};
use crate::value::{Members, Value};

/// An error that the client sees, in AWS's words.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// The error's name in the model, such as `ClusterNotFoundException`.
    pub code: Cow<'static, str>,
    /// What went wrong, for people.
    pub message: String,
    /// The HTTP status, when it is not the one that the model says.
    pub status: Option<u16>,
    /// Whether the service, not the sender, is to blame.
    pub receiver: bool,
    /// Further members of the error's shape, such as `resourceIds`.
    pub members: Members,
}

impl Fault {
    /// A fault of the sender.
    #[must_use]
    pub fn sender(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Fault {
        Fault {
            code: code.into(),
            message: message.into(),
            status: None,
            receiver: false,
            members: Members::new(),
        }
    }

    /// A fault of the service.
    #[must_use]
    pub fn receiver(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Fault {
        Fault { receiver: true, ..Fault::sender(code, message) }
    }

    /// The request could not be read as the protocol says.
    #[must_use]
    pub fn serialization(message: impl Into<String>) -> Fault {
        Fault::sender("SerializationException", message).with_status(400)
    }

    /// The same fault with another HTTP status.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Fault {
        self.status = Some(status);
        self
    }

    /// The same fault with a further member of its shape.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Fault {
        self.members.put(name, value);
        self
    }

    /// What the model of `service` says of it; `None` for codes that the model lacks.
    #[must_use]
    pub fn shape(&self, service: &Service) -> Option<&'static Shape> {
        service.error(&self.code)
    }

    /// The HTTP status: its own, else the model's, else 500 of a fault of the service and 400 of the sender.
    #[must_use]
    pub fn http_status(&self, service: Option<&Service>) -> u16 {
        let model = service.and_then(|service| Some(&self.shape(service)?.error));
        let default = if self.is_receiver(service) { 500 } else { 400 };
        self.status.or(model.and_then(|error| error.status)).unwrap_or(default)
    }

    /// Whether the service is to blame, by its own word or by the model's.
    #[must_use]
    pub fn is_receiver(&self, service: Option<&Service>) -> bool {
        let model = service.and_then(|service| Some(&self.shape(service)?.error));
        self.receiver || model.is_some_and(|error| error.receiver)
    }

    /// The code of the query protocols: the model's, else the name.
    #[must_use]
    pub fn query_code(&self, service: Option<&Service>) -> &str {
        let model = service.and_then(|service| Some(&self.shape(service)?.error));
        model.and_then(|error| error.code).unwrap_or(&self.code)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message)
    }
}

impl std::error::Error for Fault {}
