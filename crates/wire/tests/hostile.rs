//! Bytes from strangers: every decoder answers with a value or a fault, never with a panic, a stack
//! overflow or a bill that grows faster than what was sent.

use expect_test::{Expect, expect};
use http::Request;
use proptest::prelude::*;
use wire::codec::{cbor, ec2, form, json, query, xml};
use wire::shape::Shape;
use wire::sigv4::Signed;
use wire::tables::{self, cloudwatch, ecs, iam};
use wire::{Fault, Value, decode, encode_fault, encode_reply, route};

fn told(read: Result<Value, Fault>, expect: Expect) {
    let text = read.map_or_else(|fault| fault.to_string(), |value| format!("{value:?}"));
    expect.assert_eq(&text);
}

fn run_task(body: &str) -> Result<Value, Fault> {
    json::decode(ecs::RUN_TASK_REQUEST.shape(), body.as_bytes())
}

#[test]
fn json_of_another_type_says_where() {
    told(
        run_task(r#"{"count": "many"}"#),
        expect![[
            r#"SerializationException: STRING_VALUE can not be converted to an Integer (at 'count', line 1 column 16)"#
        ]],
    );
    told(
        run_task(r#"{"cluster": 1}"#),
        expect![[
            r#"SerializationException: NUMBER_VALUE can not be converted to a String (at 'cluster', line 1 column 13)"#
        ]],
    );
    told(
        run_task(r#"{"tags": [{"key": []}]}"#),
        expect![
            "SerializationException: START_ARRAY can not be converted to a String (at 'tags.1.key', line 1 column 20)"
        ],
    );
    told(
        run_task(r#"{"count": 3000000000}"#),
        expect![[
            r#"SerializationException: 3000000000 can not be converted to an Integer (at 'count', line 1 column 20)"#
        ]],
    );
    told(
        run_task(r#"{"count": 1.5}"#),
        expect![[
            r#"SerializationException: DECIMAL_VALUE can not be converted to an Integer (at 'count', line 1 column 13)"#
        ]],
    );
    told(
        run_task("[]"),
        expect![
            "SerializationException: START_ARRAY can not be converted to a structure (at line 1 column 2)"
        ],
    );
}

#[test]
fn what_is_no_json_is_refused() {
    told(
        run_task("{"),
        expect![[r#"SerializationException: EOF while parsing an object (at line 1 column 1)"#]],
    );
    told(
        run_task("{} x"),
        expect![[r#"SerializationException: trailing characters (at line 1 column 4)"#]],
    );
    told(
        run_task("\u{feff}{}"),
        expect![[r#"SerializationException: expected value (at line 1 column 1)"#]],
    );
    let not_utf8 = json::decode(ecs::RUN_TASK_REQUEST.shape(), b"{\"cluster\": \"\xff\"}");
    told(
        not_utf8,
        expect![[
            r#"SerializationException: invalid unicode code point (at 'cluster', line 1 column 14)"#
        ]],
    );
}

#[test]
fn what_clients_may_say_otherwise_is_read() {
    told(run_task(""), expect!["Map(Members([]))"]);
    told(
        run_task(r#"{"cluster": null, "unknown": {"a": [1]}, "count": 2.0}"#),
        expect![[r#"Map(Members([("count", Int(2))]))"#]],
    );
    told(
        run_task(r#"{"cluster": "a", "cluster": "b"}"#),
        expect![[r#"Map(Members([("cluster", Str("b"))]))"#]],
    );
}

#[test]
fn deep_nesting_is_refused() {
    let deep =
        |open: &str, close: &str| format!("{}{}", open.repeat(100_000), close.repeat(100_000));
    let arrays = deep("[", "]");
    told(
        json::decode(ecs::SERVICE.table.graph().shape("HookDetails").unwrap(), arrays.as_bytes()),
        expect![
            "SerializationException: recursion limit exceeded (at '1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.…', line 1 column 128)"
        ],
    );
    told(run_task(&format!("{{\"unknown\": {arrays}}}")), expect!["Map(Members([]))"]);
    let xml = xml::parse(deep("<a>", "</a>").as_bytes()).map(|_| Value::Null);
    told(xml, expect![[r#"MalformedXML: The body is not well-formed XML: it is nested too deep"#]]);
    let arrays = [vec![0xa1, 0x61, b'a'], vec![0x81; 100_000]].concat();
    told(
        cbor::decode(cloudwatch::PUT_METRIC_DATA_INPUT.shape(), &arrays),
        expect![[r#"SerializationException: end of input bytes (at byte 100003)"#]],
    );
    let tags = vec![0xc1; 100_000];
    let refused = cbor::decode(cloudwatch::PUT_METRIC_DATA_INPUT.shape(), &tags).unwrap_err();
    assert_eq!(refused.code, "SerializationException");
    let dots = format!("{}=1", "a.".repeat(100_000));
    told(query::decode(iam::CREATE_ROLE_REQUEST.shape(), &dots), expect!["Map(Members([]))"]);
}

#[test]
fn a_claimed_length_allocates_nothing() {
    // A list, a text and a map of 2^63 entries.
    for first in [0x9b, 0x7b, 0x5b, 0xbb] {
        let body = [first, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
        let refused = cbor::decode(cloudwatch::PUT_METRIC_DATA_INPUT.shape(), &body).unwrap_err();
        assert_eq!(refused.code, "SerializationException");
    }
}

#[test]
fn a_string_in_broken_pieces_ends_the_reading() {
    for first in [0x7f, 0x5f] {
        let body =
            [0xa1, 0x69, b'N', b'a', b'm', b'e', b's', b'p', b'a', b'c', b'e', first, 0x9f, 0x01];
        let refused = cbor::decode(cloudwatch::PUT_METRIC_DATA_INPUT.shape(), &body).unwrap_err();
        assert_eq!(refused.code, "SerializationException");
    }
}

#[test]
fn xml_that_could_reach_out_or_blow_up_is_refused() {
    let bomb = r#"<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>"#;
    told(
        xml::parse(bomb.as_bytes()).map(|_| Value::Null),
        expect![[r#"MalformedXML: The body is not well-formed XML: it declares a document type"#]],
    );
    told(
        xml::parse(b"<x>&b;</x>").map(|_| Value::Null),
        expect![[
            r#"MalformedXML: The body is not well-formed XML: it refers to an entity that it does not know"#
        ]],
    );
    for broken in ["<a><b></a>", "<a/><b/>", "<a/>x", "<a", "<a b></a>", "<a>&#xFFFFFFFF;</a>"] {
        assert_eq!(xml::parse(broken.as_bytes()).unwrap_err().code, "MalformedXML", "{broken}");
    }
}

#[test]
fn forms_are_read_as_far_as_they_make_sense() {
    let create = |form: &str| query::decode(iam::CREATE_ROLE_REQUEST.shape(), form);
    told(
        create("RoleName=a%2Bb+c&RoleName=last%&Unknown.member.1=x"),
        expect![[r#"Map(Members([("RoleName", Str("last%"))]))"#]],
    );
    told(
        create("Tags.member.2.Key=b&Tags.member.10.Key=c&Tags.member.1.Key=a&Tags.member.x.Key=d"),
        expect![[
            r#"Map(Members([("Tags", List([Map(Members([("Key", Str("a"))])), Map(Members([("Key", Str("b"))])), Map(Members([("Key", Str("c"))]))]))]))"#
        ]],
    );
    told(create("Tags="), expect![[r#"Map(Members([("Tags", List([]))]))"#]]);
    told(
        create("MaxSessionDuration=long"),
        expect![[r#"MalformedInput: `long` is not a valid Integer (at MaxSessionDuration)"#]],
    );
    let describe =
        ec2::decode(tables::ec2::DESCRIBE_VPCS_REQUEST.shape(), "VpcId.1=vpc-1&DryRun=yes");
    told(
        describe,
        expect![[
            r#"InvalidParameterValue: Value (yes) for parameter DryRun is invalid. It is not a valid Boolean."#
        ]],
    );
}

#[test]
fn a_map_of_many_names_is_read_in_one_go() {
    let entries: Vec<String> =
        (0..200_000).map(|at| format!("\"k{}\":\"v\"", at % 150_000)).collect();
    let body = format!("{{\"name\":\"a\",\"dockerLabels\":{{{}}}}}", entries.join(","));
    let value = json::decode(ecs::CONTAINER_DEFINITION.shape(), body.as_bytes()).unwrap();
    assert_eq!(
        value.get("dockerLabels").and_then(Value::as_map).map(wire::Members::len),
        Some(150_000)
    );
}

#[test]
fn a_control_character_does_not_break_a_document() {
    let fault = Fault::sender("X", "a\0b\u{1b}\u{FFFF}c\r\n");
    let response = encode_fault(wire::shape::Protocol::AwsQuery, None, &fault, "id\r\ninjected: 1");
    assert!(
        response.headers().get("injected").is_none()
            && response.headers().get("x-amzn-requestid").is_none()
    );
    let root = xml::parse(response.body()).unwrap().unwrap();
    assert_eq!(root.children[0].children[2].text, "a\u{FFFD}b\u{FFFD}\u{FFFD}c\r\n");
}

/// Shapes of all sorts: recursive, with maps, blobs, moments and numbers.
fn shapes() -> [&'static Shape; 6] {
    [
        ecs::REGISTER_TASK_DEFINITION_REQUEST.shape(),
        ecs::SUBMIT_TASK_STATE_CHANGE_REQUEST.shape(),
        cloudwatch::PUT_METRIC_DATA_INPUT.shape(),
        tables::ssm::PUT_PARAMETER_REQUEST.shape(),
        tables::secretsmanager::PUT_SECRET_VALUE_REQUEST.shape(),
        iam::CREATE_ROLE_REQUEST.shape(),
    ]
}

fn read_every_way(body: &[u8]) {
    for shape in shapes() {
        let text = String::from_utf8_lossy(body);
        let read = [
            json::decode(shape, body),
            cbor::decode(shape, body),
            query::decode(shape, &text),
            ec2::decode(shape, &text),
            xml::parse(body)
                .and_then(|root| root.map_or(Ok(Value::Null), |root| xml::read(shape, &root))),
        ];
        for value in read.into_iter().flatten() {
            // What was read can be checked and written again.
            if let Err(violations) = wire::check(shape, &value) {
                let _ = violations.to_string();
            }
            assert_eq!(wire::check::mismatch(shape, &value), None);
            let again = json::decode(shape, json::encode(shape, &value).as_bytes());
            assert!(again.is_ok(), "{again:?} of {value:?}");
            assert_eq!(
                cbor::decode(shape, &cbor::encode(shape, &value)).unwrap_or_default(),
                value
            );
        }
    }
    let _ = form::decode(&String::from_utf8_lossy(body), true);
}

/// JSON of the members that the shapes know, with whatever values.
fn json_text() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec![
        "family",
        "containerDefinitions",
        "name",
        "memory",
        "environment",
        "tags",
        "key",
        "value",
        "dockerLabels",
        "timestamp",
        "SecretBinary",
        "MetricData",
        "Timestamp",
        "Values",
        "Dimensions",
        "StrictEntityMetricData",
    ]);
    let leaf = prop_oneof![
        Just("null".to_owned()),
        any::<bool>().prop_map(|it| it.to_string()),
        any::<i64>().prop_map(|it| it.to_string()),
        any::<f64>().prop_map(|it| if it.is_finite() {
            it.to_string()
        } else {
            "\"NaN\"".to_owned()
        }),
        "[a-z\\\\\"]{0,5}".prop_map(|it| format!("{it:?}")),
        Just("\"aGVsbG8=\"".to_owned()),
    ];
    leaf.prop_recursive(5, 40, 5, move |inner| {
        let pair =
            (name.clone(), inner.clone()).prop_map(|(name, value)| format!("\"{name}\":{value}"));
        prop_oneof![
            prop::collection::vec(inner, 0..4).prop_map(|all| format!("[{}]", all.join(","))),
            prop::collection::vec(pair, 0..5).prop_map(|all| format!("{{{}}}", all.join(","))),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(body in prop::collection::vec(any::<u8>(), 0..200)) {
        read_every_way(&body);
    }

    #[test]
    fn any_json_is_read_or_refused(body in json_text()) {
        read_every_way(body.as_bytes());
    }

    #[test]
    fn any_markup_is_read_or_refused(body in "(<(/?)[a-zA-Z]{0,3}( [a-z]=\"[a-z&;]{0,3}\")?/?>|[a-z&;#x0-9]|<!\\[CDATA\\[|\\]\\]>){0,30}") {
        read_every_way(body.as_bytes());
    }

    #[test]
    fn any_cbor_is_read_or_refused(parts in prop::collection::vec(prop_oneof![
        any::<u8>().prop_map(|it| vec![it]),
        Just(vec![0xa1, 0x6a, b'M', b'e', b't', b'r', b'i', b'c', b'D', b'a', b't', b'a']),
        Just(vec![0x69, b'N', b'a', b'm', b'e', b's', b'p', b'a', b'c', b'e', 0x61, b'x']),
        prop::sample::select(vec![0x80u8, 0x81, 0x9f, 0xa0, 0xa1, 0xbf, 0xc1, 0xf6, 0xf9, 0xfb, 0xff, 0x7f, 0x5f]).prop_map(|it| vec![it]),
    ], 0..40)) {
        read_every_way(&parts.concat());
    }

    #[test]
    fn any_request_gets_an_answer(
        method in prop::sample::select(vec!["GET", "POST", "PUT", "DELETE"]),
        path in "(/[a-zA-Z0-9%.+{}-]{0,8}){1,5}",
        query in "([A-Za-z.%-]{0,12}=[A-Za-z0-9%+/-]{0,12}&?){0,4}",
        target in prop::option::of("[A-Za-z0-9.]{0,30}"),
        content_type in prop::option::of(prop::sample::select(vec!["application/x-www-form-urlencoded", "application/x-amz-json-1.1", "text/xml"])),
        authorization in prop::option::of("(AWS4-HMAC-SHA256 )?(Credential=[a-z0-9/]{0,20}(/us-east-1/ecs/aws4_request)?,? ?)?(SignedHeaders=[a-z;]{0,9}, )?(Signature=[0-9a-fx]{0,8})?"),
        body in prop::collection::vec(any::<u8>(), 0..60),
    ) {
        let mut request = Request::builder().method(method).uri(format!("{path}?{query}"));
        for (name, value) in [("x-amz-target", target), ("content-type", content_type.map(str::to_owned)), ("authorization", authorization)] {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        let Ok(request) = request.body(()) else { return Ok(()) };
        let head = request.into_parts().0;
        let _ = Signed::read(&head.headers, head.uri.query().unwrap_or_default());
        let response = match route(&tables::ALL, &head, &body) {
            Ok(routed) => match decode(&routed, &head, &body) {
                Ok(_) => encode_reply(&routed, &Value::map(), "id"),
                Err(fault) => encode_fault(routed.protocol, Some(routed.service), &fault, "id"),
            },
            Err(unrouted) => encode_fault(unrouted.protocol, unrouted.service, &unrouted.fault, "id"),
        };
        prop_assert!(response.headers().contains_key("x-amzn-requestid"));
    }
}
