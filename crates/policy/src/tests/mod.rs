//! Tables: a policy and a request in, a verdict out.

mod conditions;
mod documents;
mod verdicts;

use crate::{
    document::{Document, Kind},
    evaluate::{Asker, Request},
};
use serde_json::{Value as Json, json};

/// A policy of one statement that allows everything, with `change` in it.
fn statement(change: Json) -> Document {
    let mut statement = json!({"Effect": "Allow", "Action": "*", "Resource": "*"});
    for (name, value) in change.as_object().expect("an object") {
        statement[name] = value.clone();
    }
    document(&json!({"Version": "2012-10-17", "Statement": [statement]}))
}

fn document(json: &Json) -> Document {
    Document::parse(&json.to_string(), Kind::Identity).expect("a policy")
}

fn ada() -> Asker {
    Asker {
        account: "123456789012".into(),
        arns: vec!["arn:aws:iam::123456789012:user/ada".into()],
        service: None,
    }
}

fn request(action: &str, resource: &str) -> Request {
    let request = Request {
        principal: ada(),
        action: action.into(),
        resource: resource.into(),
        ..Request::default()
    };
    request.with("aws:username", "ada")
}
