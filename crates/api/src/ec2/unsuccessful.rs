//! What a call says of those of several things that it could do nothing for, while it did the rest.

use wire::{Fault, Value, reply, tables::ec2};

/// One of them, by its id, and why.
pub fn item(id: &str, fault: &Fault) -> Value {
    let error = reply!(ec2::UNSUCCESSFUL_ITEM_ERROR { "Code": fault.code.as_ref(), "Message": fault.message.as_str() });
    reply!(ec2::UNSUCCESSFUL_ITEM { "ResourceId": id, "Error": error })
}
