//! Registries that ask who one is, and send one elsewhere.

mod image_support;

use image_support::pull::{Bench, basic, image};
use image_support::registry::{Fault, Registry};
use image_support::{gzip, is_root};
use runtime::image::pull::PullPolicy;
use runtime::image::registry::auth::Credentials;

/// Tokens as Docker Hub's: the registry names a server, the server gives a token to who may.
fn with_tokens(bench: &Bench, wanted: &'static str) {
    let realm = format!("http://{}/token", bench.registry.host);
    bench.registry.plan(move |asked, _| {
        if asked.path == "/v2/" {
            return None;
        }
        if asked.path == "/token" {
            assert!(
                asked.query.contains("service=hub") || asked.body.contains("service=hub"),
                "{asked:?}"
            );
            let is_allowed = match wanted {
                "anyone" => asked.authorization.is_none(),
                "identity" => {
                    asked.method == "POST"
                        && asked.body.contains("grant_type=refresh_token")
                        && asked.body.contains("refresh_token=idtoken")
                }
                basic => asked.authorization.as_deref() == Some(basic),
            };
            return Some(match is_allowed {
                true => {
                    Fault::Answer(200, vec![], r#"{"token":"t0ken","expires_in":60}"#.to_owned())
                }
                false => Fault::Answer(
                    401,
                    vec![],
                    r#"{"details":"incorrect username or password"}"#.to_owned(),
                ),
            });
        }
        if asked.authorization.as_deref() == Some("Bearer t0ken") {
            return None;
        }
        let challenge =
            format!(r#"Bearer realm="{realm}",service="hub",scope="repository:web:pull""#);
        Some(Fault::Answer(
            401,
            vec![("www-authenticate", challenge)],
            r#"{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}"#
                .to_owned(),
        ))
    });
}

#[tokio::test]
async fn tokens_are_fetched_once_for_anyone() {
    if !is_root() {
        return;
    }
    let bench = Bench::new().await;
    let made = image();
    bench.registry.push("web", "1", &made, gzip);
    with_tokens(&bench, "anyone");
    let image = bench.pull("web:1").await.unwrap();
    bench.assert_has(&made, &image);
    let asked = bench.registry.take_asked();
    assert_eq!(asked.iter().filter(|asked| asked.path == "/token").count(), 1, "{asked:?}");
    assert!(
        asked.iter().any(|asked| asked.query.contains("scope=repository%3Aweb%3Apull")),
        "{asked:?}"
    );
}

#[tokio::test]
async fn tokens_are_fetched_with_credentials_and_identities() {
    if !is_root() {
        return;
    }
    let bench = Bench::new().await;
    let made = image();
    bench.registry.push("web", "1", &made, gzip);
    with_tokens(&bench, "Basic dTpw");
    bench.pull_as("web:1", basic("u", "p"), PullPolicy::Always).await.unwrap();
    with_tokens(&bench, "identity");
    bench
        .pull_as("web:1", Some(Credentials::Identity("idtoken".to_owned())), PullPolicy::Always)
        .await
        .unwrap();
}

#[tokio::test]
async fn refused_credentials_have_a_name_of_their_own() {
    let bench = Bench::new().await;
    bench.registry.push("web", "1", &image(), gzip);
    with_tokens(&bench, "Basic dTpw");
    let error = bench.pull_as("web:1", basic("u", "wrong"), PullPolicy::Always).await.unwrap_err();
    assert_eq!(error.ecs_name(), "CannotPullContainerAuthError");
    assert!(error.reason().contains("incorrect username or password"), "{}", error.reason());
    assert!(!error.reason().contains("wrong"), "a password is never shown: {}", error.reason());
    let error = bench.pull("web:1").await.unwrap_err();
    assert!(error.reason().contains("access to it needs credentials"), "{}", error.reason());
    bench.assert_no_image();
}

#[tokio::test]
async fn basic_authentication_goes_with_each_request() {
    if !is_root() {
        return;
    }
    let bench = Bench::new().await;
    let made = image();
    bench.registry.push("web", "1", &made, gzip);
    bench.registry.plan(|asked, _| match asked.authorization.as_deref() {
        Some("Basic QVdTOnRva2Vu") => None,
        _ => Some(Fault::Answer(
            401,
            vec![(
                "www-authenticate",
                r#"Basic realm="ecr",service="ecr.amazonaws.com""#.to_owned(),
            )],
            "Not Authorized".to_owned(),
        )),
    });
    let credentials = Credentials::from_base64("QVdTOnRva2Vu").unwrap();
    let image = bench.pull_as("web:1", Some(credentials), PullPolicy::Always).await.unwrap();
    bench.assert_has(&made, &image);
}

#[tokio::test]
async fn redirected_layers_are_fetched_without_showing_the_token_elsewhere() {
    if !is_root() {
        return;
    }
    let bench = Bench::new().await;
    let store = Registry::start().await;
    let made = image();
    bench.registry.push("web", "1", &made, gzip);
    store.push("web", "1", &made, gzip);
    let realm = format!("http://{}/token", bench.registry.host);
    let elsewhere = store.host.clone();
    bench.registry.plan(move |asked, _| {
        if asked.path == "/token" {
            return Some(Fault::Answer(200, vec![], r#"{"access_token":"t0ken"}"#.to_owned()));
        }
        if asked.path != "/v2/" && asked.authorization.is_none() {
            return Some(Fault::Answer(
                401,
                vec![("www-authenticate", format!(r#"Bearer realm="{realm}""#))],
                String::new(),
            ));
        }
        asked.path.contains("blobs").then(|| {
            Fault::Answer(
                307,
                vec![("location", format!("http://{elsewhere}{}?signature=x", asked.path))],
                String::new(),
            )
        })
    });
    let image = bench.pull("web:1").await.unwrap();
    bench.assert_has(&made, &image);
    let asked = store.take_asked();
    assert_eq!(asked.len(), 3);
    assert!(
        asked.iter().all(|asked| asked.authorization.is_none() && asked.query == "signature=x"),
        "{asked:?}"
    );
}
