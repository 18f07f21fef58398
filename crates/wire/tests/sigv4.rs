//! AWS's Signature Version 4 test suite, whole, and what a server must refuse.
//!
//! Each case of the suite is signed (canonical request and header are compared) and then verified as a
//! server would. The header verified is that of the case's `.authz` file; the signed request of one case
//! (`get-vanilla-with-session-token.sreq`) holds another signature, which is nobody's.

use std::collections::BTreeMap;
use std::io::Read as _;

use flate2::read::GzDecoder;
use http::{HeaderMap, HeaderName, HeaderValue, Request};
use wire::shape::Protocol;
use wire::sigv4::{Credentials, Denial, Message, Signed, SigningKey, authorization, claimed, sign};

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
/// 2015-08-30T12:36:00Z, in milliseconds.
const THEN: i64 = 1_440_938_160_000;
const MINUTE: i64 = 60_000;

/// The files of each case: `creq`, `sts`, `authz`, `req` and `sreq`.
fn cases() -> BTreeMap<String, BTreeMap<String, String>> {
    let packed: &[u8] = include_bytes!("botocore-tests.tar.gz");
    let mut cases: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    let mut archive = tar::Archive::new(GzDecoder::new(packed));
    for entry in archive.entries().unwrap() {
        let mut entry = entry.unwrap();
        let path = entry.path().unwrap().to_string_lossy().into_owned();
        let Some((folder, file)) =
            path.strip_prefix("aws4_testsuite/").and_then(|it| it.rsplit_once('/'))
        else {
            continue;
        };
        let mut text = String::new();
        if let (Some((_, ending)), Ok(_)) = (file.rsplit_once('.'), entry.read_to_string(&mut text))
        {
            cases
                .entry(folder.to_owned())
                .or_default()
                .insert(ending.to_owned(), text.replace('\r', ""));
        }
    }
    cases.retain(|_, files| files.contains_key("req"));
    cases
}

/// A request as the suite writes it; folded header lines are joined as an HTTP reader joins them.
struct Raw {
    method: String,
    path: String,
    query: String,
    headers: HeaderMap,
    body: String,
}

impl Raw {
    fn read(text: &str) -> Raw {
        let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
        let head = head.replace("\n ", " ");
        let mut lines = head.lines();
        let first = lines.next().unwrap();
        let (method, rest) = first.split_once(' ').unwrap();
        let (target, _) = rest.rsplit_once(' ').unwrap();
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut headers = HeaderMap::new();
        for line in lines {
            let (name, value) = line.split_once(':').unwrap();
            headers.append(
                HeaderName::try_from(name).unwrap(),
                HeaderValue::from_bytes(value.trim().as_bytes()).unwrap(),
            );
        }
        let own = str::to_owned;
        Raw { method: own(method), path: own(path), query: own(query), headers, body: own(body) }
    }

    fn message(&self) -> Message<'_> {
        Message {
            method: &self.method,
            path: &self.path,
            query: &self.query,
            headers: &self.headers,
            authority: None,
            body: self.body.as_bytes(),
        }
    }
}

fn check_case(files: &BTreeMap<String, String>) -> Result<(), String> {
    let mut raw = Raw::read(&files["req"]);
    let wanted = files["authz"].trim();
    let token = files["creq"].lines().find_map(|line| line.strip_prefix("x-amz-security-token:"));
    if let Some(token) = token {
        raw.headers.insert("x-amz-security-token", HeaderValue::from_str(token).unwrap());
    }
    let credentials = Credentials {
        access_key_id: "AKIDEXAMPLE".to_owned(),
        secret_access_key: SECRET.to_owned(),
        session_token: None,
    };
    let got =
        authorization(&raw.message(), &credentials, "us-east-1", "service", "20150830T123600Z");
    if got != wanted {
        let names: Vec<String> = wanted
            .split("SignedHeaders=")
            .nth(1)
            .and_then(|it| it.split(',').next())
            .unwrap_or_default()
            .split(';')
            .map(str::to_owned)
            .collect();
        let canonical =
            raw.message().canonical(&names, files["creq"].lines().last().unwrap_or_default());
        return Err(format!(
            "{got}\n  wanted {wanted}\n  canonical {canonical:?}\n  wanted    {:?}",
            files["creq"]
        ));
    }
    raw.headers.insert("authorization", HeaderValue::from_str(wanted).unwrap());
    let signed = Signed::read(&raw.headers, &raw.query).map_err(|it| format!("{it:?}"))?;
    let key = SigningKey::derive(SECRET, &signed.claim);
    signed.verify(&raw.message(), &key, THEN).map_err(|denial| format!("{denial:?}"))
}

#[test]
fn the_suite_is_signed_and_verified() {
    let cases = cases();
    let outcomes = cases.iter().map(|(name, files)| (name, check_case(files)));
    let wrong: Vec<String> = outcomes
        .filter_map(|(name, outcome)| Some(format!("{name}: {}", outcome.err()?)))
        .collect();
    assert_eq!(cases.len(), 34);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn credentials(token: Option<&str>) -> Credentials {
    Credentials {
        access_key_id: "AKIDEXAMPLE".to_owned(),
        secret_access_key: SECRET.to_owned(),
        session_token: token.map(str::to_owned),
    }
}

/// A request signed by us, changed, and verified `later_ms` after it was signed.
fn check(
    change: impl FnOnce(&mut http::request::Parts, &mut Vec<u8>),
    later_ms: i64,
) -> Result<(), Denial> {
    let request = Request::post("https://ecs.us-east-1.amazonaws.com/")
        .header("x-amz-target", "AmazonEC2ContainerServiceV20141113.ListClusters")
        .header("content-type", "application/x-amz-json-1.1")
        .body(())
        .unwrap();
    let mut body = b"{}".to_vec();
    let mut head = request.into_parts().0;
    sign(&mut head, &body, &credentials(Some("token")), "us-east-1", "ecs", THEN);
    change(&mut head, &mut body);
    let signed = Signed::read(&head.headers, head.uri.query().unwrap_or_default())?;
    let key = SigningKey::derive(SECRET, &signed.claim);
    signed.verify(&Message::of(&head, &body), &key, THEN + later_ms)
}

fn refused_code(outcome: Result<(), Denial>) -> String {
    outcome.expect_err("it must be refused").fault(Protocol::AwsJson11).code.into_owned()
}

#[test]
fn what_we_sign_we_accept() {
    assert_eq!(check(|_, _| {}, 0), Ok(()));
}

#[test]
fn a_changed_request_is_refused() {
    let path =
        check(|head, _| head.uri = "https://ecs.us-east-1.amazonaws.com/x".parse().unwrap(), 0);
    assert_eq!(refused_code(path), "InvalidSignatureException");
    let host = check(|head, _| head.uri = "https://evil.example/".parse().unwrap(), 0);
    assert_eq!(refused_code(host), "InvalidSignatureException");
    let body = check(|_, body| body.push(b' '), 0);
    assert_eq!(refused_code(body), "InvalidSignatureException");
    let target = check(
        |head, _| {
            head.headers.insert("x-amz-target", HeaderValue::from_static("X.DeleteCluster"));
        },
        0,
    );
    assert_eq!(refused_code(target), "InvalidSignatureException");
    let token = check(
        |head, _| {
            head.headers.insert("x-amz-security-token", HeaderValue::from_static("other"));
        },
        0,
    );
    assert_eq!(refused_code(token), "InvalidSignatureException");
}

#[test]
fn another_secret_is_refused() {
    let request = Request::get("https://host/").body(()).unwrap();
    let mut head = request.into_parts().0;
    sign(&mut head, b"", &credentials(None), "us-east-1", "ecs", THEN);
    let signed = Signed::read(&head.headers, "").unwrap();
    let key = SigningKey::derive("other", &signed.claim);
    let denial = signed.verify(&Message::of(&head, b""), &key, THEN).unwrap_err();
    let message = denial.fault(Protocol::AwsQuery);
    assert_eq!((message.code.as_ref(), message.status), ("SignatureDoesNotMatch", Some(403)));
    assert!(
        message
            .message
            .contains("The Canonical String for this request should have been\n'GET\n/\n")
    );
    let ec2 = denial.fault(Protocol::Ec2Query);
    assert_eq!((ec2.code.as_ref(), ec2.status), ("AuthFailure", Some(401)));
}

#[test]
fn a_signature_holds_five_minutes_to_either_side() {
    assert_eq!(check(|_, _| {}, 5 * MINUTE), Ok(()));
    assert_eq!(check(|_, _| {}, -5 * MINUTE), Ok(()));
    let late = check(|_, _| {}, 5 * MINUTE + 1).unwrap_err();
    assert_eq!(
        late.fault(Protocol::AwsJson11).message,
        "Signature expired: 20150830T123600Z is now earlier than 20150830T123600Z (20150830T124100Z - 5 min.)"
    );
    let early = check(|_, _| {}, -5 * MINUTE - 1000).unwrap_err();
    assert!(early.fault(Protocol::AwsJson11).message.starts_with("Signature not yet current: "));
}

#[test]
fn an_unsigned_target_or_host_is_refused() {
    let added = check(
        |head, _| {
            let header =
                head.headers["authorization"].to_str().unwrap().replace(";x-amz-target", "");
            head.headers.insert("authorization", HeaderValue::from_str(&header).unwrap());
        },
        0,
    );
    assert_eq!(refused_code(added), "IncompleteSignatureException");
}

#[test]
fn an_incomplete_header_says_what_is_missing() {
    let read = |value: &'static str| {
        let mut headers = HeaderMap::new();
        headers.insert("authorization", HeaderValue::from_static(value));
        Signed::read(&headers, "").unwrap_err().fault(Protocol::AwsQuery)
    };
    let fault = read("AWS4-HMAC-SHA256 Credential=AKID/20150830/us-east-1/ecs/aws4_request");
    assert_eq!(fault.code, "IncompleteSignature");
    assert_eq!(
        fault.message,
        "Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' \
         parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. \
         Authorization=AWS4-HMAC-SHA256 Credential=AKID/20150830/us-east-1/ecs/aws4_request"
    );
    assert_eq!(read("Bearer abc").code, "IncompleteSignature");
    let missing = Signed::read(&HeaderMap::new(), "").unwrap_err();
    assert_eq!(missing.fault(Protocol::AwsJson11).code, "MissingAuthenticationTokenException");
    assert_eq!(missing.fault(Protocol::AwsQuery).code, "MissingAuthenticationToken");
}

#[test]
fn a_scope_of_another_day_is_refused() {
    let moved = check(
        |head, _| {
            let header =
                head.headers["authorization"].to_str().unwrap().replace("/20150830/", "/20150831/");
            head.headers.insert("authorization", HeaderValue::from_str(&header).unwrap());
        },
        0,
    );
    assert_eq!(refused_code(moved), "InvalidSignatureException");
}

#[test]
fn a_body_may_be_said_unsigned_but_not_another() {
    let with_hash = |said: &'static str, body: &[u8]| {
        let request =
            Request::post("https://host/").header("x-amz-content-sha256", said).body(()).unwrap();
        let mut head = request.into_parts().0;
        sign(&mut head, b"signed", &credentials(None), "us-east-1", "ecs", THEN);
        let signed = Signed::read(&head.headers, "")?;
        signed.verify(&Message::of(&head, body), &SigningKey::derive(SECRET, &signed.claim), THEN)
    };
    assert_eq!(with_hash("UNSIGNED-PAYLOAD", b"anything"), Ok(()));
    let hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(with_hash(hash, b""), Ok(()));
    assert_eq!(with_hash(hash, b"other"), Err(Denial::Payload));
    let streamed = with_hash("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", b"");
    assert!(matches!(streamed, Err(Denial::Incomplete(_))), "{streamed:?}");
}

/// A URL presigned by AWS's own recipe: everything but the signature in the query string.
fn presigned(expires: &str, later_ms: i64) -> Result<(), Denial> {
    let query = format!(
        "Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Algorithm=AWS4-HMAC-SHA256\
         &X-Amz-Credential=AKIDEXAMPLE%2F20150830%2Fus-east-1%2Fsts%2Faws4_request&X-Amz-Date=20150830T123600Z\
         &X-Amz-Expires={expires}&X-Amz-Security-Token=a%2Bb&X-Amz-SignedHeaders=host"
    );
    let mut headers = HeaderMap::new();
    headers.insert("host", HeaderValue::from_static("sts.amazonaws.com"));
    let message = |query| Message {
        method: "GET",
        path: "/",
        query,
        headers: &headers,
        authority: None,
        body: b"",
    };
    let header =
        authorization(&message(&query), &credentials(None), "us-east-1", "sts", "20150830T123600Z");
    let (_, signature) = header.rsplit_once('=').unwrap();
    let query = format!("{query}&X-Amz-Signature={signature}");
    let signed = Signed::read(&headers, &query)?;
    assert_eq!(signed.session_token.as_deref(), Some("a+b"));
    signed.verify(&message(&query), &SigningKey::derive(SECRET, &signed.claim), THEN + later_ms)
}

#[test]
fn a_presigned_url_holds_as_long_as_it_says() {
    assert_eq!(presigned("900", 15 * MINUTE), Ok(()));
    assert!(matches!(presigned("900", 15 * MINUTE + 1), Err(Denial::Date(_))));
    assert_eq!(presigned("900", -15 * MINUTE), Ok(()));
    assert!(matches!(presigned("900", -15 * MINUTE - 1), Err(Denial::Date(_))));
    assert_eq!(presigned("604800", 0), Ok(()));
    for wrong in ["604801", "0", "-1", "x", ""] {
        assert!(matches!(presigned(wrong, 0), Err(Denial::Incomplete(_))), "{wrong}");
    }
}

#[test]
fn a_claim_is_read_without_being_verified() {
    let mut headers = HeaderMap::new();
    let header = "AWS4-HMAC-SHA256 Credential=123456789012/20150830/eu-west-1/ecs/aws4_request, SignedHeaders=host, Signature=00";
    headers.insert("authorization", HeaderValue::from_static(header));
    let claim = claimed(&headers, "").unwrap();
    assert_eq!(
        (claim.access_key_id.as_str(), claim.region.as_str(), claim.service.as_str()),
        ("123456789012", "eu-west-1", "ecs")
    );
    let query = "X-Amz-Credential=test%2F20150830%2Fus-east-1%2Fsts%2Faws4_request";
    assert_eq!(claimed(&HeaderMap::new(), query).unwrap().access_key_id, "test");
    assert_eq!(claimed(&HeaderMap::new(), ""), None);
}

/// What botocore 1.44.5 made of the same requests at 2026-12-01T10:00:00Z.
#[test]
fn what_botocore_signs_we_accept() {
    let now = 1_796_119_200_000;
    let verify = |head: &http::request::Parts, body: &[u8]| {
        let signed = Signed::read(&head.headers, head.uri.query().unwrap_or_default())?;
        signed.verify(&Message::of(head, body), &SigningKey::derive(SECRET, &signed.claim), now)
    };
    let url = "https://sts.us-east-1.amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15&x=a%20b%2Bc\
        &X-Amz-Algorithm=AWS4-HMAC-SHA256\
        &X-Amz-Credential=AKIDEXAMPLE%2F20261201%2Fus-east-1%2Fsts%2Faws4_request&X-Amz-Date=20261201T100000Z\
        &X-Amz-Expires=900&X-Amz-SignedHeaders=host&X-Amz-Security-Token=to%2Fken%2B1%3D%3D\
        &X-Amz-Signature=2d5bd306382bc7b0445ec3c1ebe6ab3081e99843f7ff547f1714a7e0f4261533";
    let presigned = Request::get(url).body(()).unwrap().into_parts().0;
    assert_eq!(verify(&presigned, b""), Ok(()));
    assert!(matches!(verify(&presigned, b"x"), Err(Denial::Mismatch { .. })));

    let header = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261201/eu-west-1/scheduler/aws4_request, \
        SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target, \
        Signature=4d8bf30485841d092f0772381c41dbe60fc63d94c59acdddd872c4ef1022b716";
    let uri =
        "https://scheduler.eu-west-1.amazonaws.com/schedules/a%20b%2Fc?groupName=x%2By&z=%C3%A9";
    let posted = Request::post(uri)
        .header("content-type", "application/json")
        .header("x-amz-target", "A.B")
        .header("x-amz-date", "20261201T100000Z")
        .header("x-amz-security-token", "to/ken+1==")
        .header("authorization", header)
        .body(())
        .unwrap();
    assert_eq!(verify(&posted.into_parts().0, br#"{"a":1}"#), Ok(()));
}
