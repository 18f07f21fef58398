//! Ids of EC2: a prefix and 17 hexadecimal digits.

use books::ids::Ids;
use domain::{
    id::{Scope, hex},
    time::Timestamp,
};
use ring::digest::{SHA256, digest};

/// A fresh id for the `index`th thing of its kind in this call.
pub fn fresh(ids: &Ids, prefix: &str, index: usize) -> String {
    format!("{prefix}-{}", &hex(&ids.bytes(prefix, index))[..17])
}

/// An id that is the same each time for the same `purpose` in one account and region: of what is there from the start.
pub fn fixed(scope: &Scope, prefix: &str, purpose: &str) -> String {
    let text = format!("{}/{}/{prefix}/{purpose}", scope.account, scope.region);
    format!("{prefix}-{}", &hex(digest(&SHA256, text.as_bytes()).as_ref())[..17])
}

/// The ARN of something by its kind, as tags name it, and its id.
pub fn arn(scope: &Scope, kind: &str, id: &str) -> String {
    format!("arn:aws:ec2:{}:{}:{kind}/{id}", scope.region, scope.account)
}

/// A moment as the few members that are texts carry it.
pub fn moment_text(time: Timestamp) -> String {
    wire::codec::time::write(time.0, wire::shape::TimestampFormat::DateTime)
}
