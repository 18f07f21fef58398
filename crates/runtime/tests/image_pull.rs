//! Pulls from a registry that answers, breaks, lies, and says later.

mod image_support;

use fs_err as fs;
use image_support::pull::{Bench, basic, image, is_layer, noise, patience};
use image_support::registry::{Fault, Registry};
use image_support::{Made, Tar, gzip, is_root, zstd};
use runtime::image::digest::Digest;
use runtime::image::error::ImageError;
use runtime::image::platform::Platform;
use runtime::image::progress::{LayerPhase, Progress, ProgressSink};
use runtime::image::pull::PullPolicy;
use runtime::image::reference::Reference;
use runtime::image::registry::endpoint::{Patience, RegistryOptions};
use runtime::image::store::{ImageOptions, Images};
use std::sync::Arc;
use std::time::Duration;

#[tokio::test]
async fn image_is_pulled_once_and_then_only_asked_about() {
    if !is_root() {
        return;
    }
    let bench = Bench::new().await;
    let made = image();
    let digest = bench.registry.push("team/web", "1", &made, gzip);
    let image = bench.pull("team/web:1").await.unwrap();
    bench.assert_has(&made, &image);
    assert_eq!(image.digest, Some(digest));
    assert_eq!(
        bench.registry.take_kinds(),
        ["GET blobs", "GET blobs", "GET blobs", "GET manifests", "HEAD manifests"]
    );
    let events = std::mem::take(&mut *bench.events.lock().unwrap());
    let packed: u64 = made.layers.iter().map(|layer| gzip(layer).len() as u64).sum();
    assert_eq!(events.first(), Some(&Progress::Resolved { digest, layers: 2, bytes: packed }));
    assert_eq!(events.last(), Some(&Progress::Done { image: made.id() }));
    assert!(
        events
            .contains(&Progress::Layer { layer: made.diff_ids()[0], phase: LayerPhase::Unpacked })
    );

    assert_eq!(bench.pull("team/web:1").await.unwrap(), image);
    assert_eq!(bench.registry.take_kinds(), ["HEAD manifests"]);
    let by_digest = bench.reference(&format!("team/web@{digest}"));
    assert_eq!(
        bench.images.resolve(&by_digest).unwrap(),
        Some(image),
        "a pulled tag is known by its digest as well"
    );
}

#[tokio::test]
async fn moved_tag_fetches_only_what_is_new() {
    if !is_root() {
        return;
    }
    let bench = Bench::new().await;
    let mut made = image();
    bench.registry.push("web", "1", &made, gzip);
    let first = bench.pull("web:1").await.unwrap();
    bench.registry.take_asked();
    made = Made::new("web:1", vec![made.layers[0].clone(), Tar::new().file("z", b"new").finish()]);
    bench.registry.push("web", "1", &made, zstd);
    let second = bench.pull("web:1").await.unwrap();
    bench.assert_has(&made, &second);
    assert_eq!(
        bench.registry.take_kinds(),
        ["GET blobs", "GET blobs", "GET manifests", "HEAD manifests"]
    );
    assert_eq!(
        bench.images.find(&first.id.to_string()).unwrap().id,
        first.id,
        "the older image stays until it is collected"
    );
}

#[tokio::test]
async fn index_gives_the_manifest_of_this_platform() {
    if !is_root() {
        return;
    }
    let bench = Bench::new().await;
    let made = image();
    let manifest = bench.registry.push("web", "amd64", &made, gzip);
    let architecture = Platform::host().architecture;
    let index = serde_json::json!({ "schemaVersion": 2, "manifests": [
        { "digest": Digest::of(b"other"), "size": 5, "platform": { "os": "linux", "architecture": "mips" } },
        { "digest": manifest, "size": 5, "platform": { "os": "linux", "architecture": architecture } },
    ]});
    let digest = bench.registry.put_manifest(
        "web",
        "1",
        "application/vnd.oci.image.index.v1+json",
        index.to_string().into_bytes(),
    );
    let image = bench.pull("web:1").await.unwrap();
    bench.assert_has(&made, &image);
    assert_eq!(image.digest, Some(digest), "the digest of a name is that of the index");

    let index = serde_json::json!({ "schemaVersion": 2, "manifests": [{ "digest": manifest, "size": 5, "platform": { "os": "linux", "architecture": "mips" } }]});
    bench.registry.put_manifest(
        "web",
        "2",
        "application/vnd.oci.image.index.v1+json",
        index.to_string().into_bytes(),
    );
    let error = bench.pull("web:2").await.unwrap_err();
    assert!(
        error.reason().starts_with("CannotPullImageManifestError: resolve the manifest of `"),
        "{}",
        error.reason()
    );
    assert!(error.reason().contains("no matching manifest for linux/"), "{}", error.reason());
}

#[tokio::test]
async fn broken_connections_are_taken_up_where_they_broke() {
    if !is_root() {
        return;
    }
    let bench = Bench::new().await;
    let made = image();
    bench.registry.push("web", "1", &made, gzip);
    let layers = made.clone();
    bench.registry.plan(move |asked, before| {
        (is_layer(asked, &layers, gzip) && before < 2).then_some(Fault::CutAfter(50_000))
    });
    let image = bench.pull("web:1").await.unwrap();
    bench.assert_has(&made, &image);
    assert_eq!(bench.retries(), 4);
    let ranges: Vec<String> =
        bench.registry.take_asked().into_iter().filter_map(|asked| asked.range).collect();
    assert_eq!(ranges.len(), 4, "{ranges:?}");
    assert!(ranges.iter().all(|range| range != "bytes=0-"), "{ranges:?}");
}

#[tokio::test]
async fn registry_that_ignores_ranges_sends_all_again() {
    if !is_root() {
        return;
    }
    let bench = Bench::new().await;
    let made = image();
    bench.registry.push("web", "1", &made, gzip);
    bench.registry.plan(|asked, before| match (asked.path.contains("blobs"), before) {
        (true, 0) => Some(Fault::CutAfter(40_000)),
        (true, _) => Some(Fault::IgnoreRange),
        _ => None,
    });
    let image = bench.pull("web:1").await.unwrap();
    bench.assert_has(&made, &image);
}

#[tokio::test]
async fn registry_that_always_breaks_is_given_up() {
    let bench = Bench::new().await;
    bench.registry.push("web", "1", &image(), gzip);
    bench.registry.plan(|asked, _| asked.path.contains("blobs").then_some(Fault::CutAfter(0)));
    let error = bench.pull("web:1").await.unwrap_err();
    assert!(error.reason().contains("no answer from `127.0.0.1:"), "{}", error.reason());
    let asked = bench
        .registry
        .take_asked()
        .into_iter()
        .filter(|asked| asked.path.contains("blobs"))
        .count();
    assert_eq!(asked, 4, "the configuration, tried as often as patience allows");
}

#[tokio::test]
async fn wrong_bytes_are_refused_and_leave_nothing() {
    if !is_root() {
        return;
    }
    let bench = Bench::new().await;
    let made = image();
    bench.registry.push("web", "1", &made, gzip);
    let layer = gzip(&made.layers[1]);
    let mut damaged = layer.clone();
    damaged[1000] ^= 1;
    let path = format!("/v2/web/blobs/{}", Digest::of(&layer));
    bench
        .registry
        .plan(move |asked, _| (asked.path == path).then(|| Fault::Replace(damaged.clone().into())));
    let error = bench.pull("web:1").await.unwrap_err();
    assert!(matches!(error, ImageError::DigestMismatch { .. }), "{error}");
    assert_eq!(error.ecs_name(), "CannotPullContainerError");
    assert!(bench.images.list().unwrap().is_empty());
}

#[tokio::test]
async fn more_bytes_than_the_manifest_says_are_refused_as_they_come() {
    if !is_root() {
        return;
    }
    let bench = Bench::new().await;
    let made = Made::new("web:1", vec![Tar::new().file("x", b"1").finish()]);
    bench.registry.push("web", "1", &made, <[u8]>::to_vec);
    let layers = made.clone();
    bench.registry.plan(move |asked, _| {
        is_layer(asked, &layers, <[u8]>::to_vec).then(|| Fault::Replace(vec![0; 10 << 20].into()))
    });
    let error = bench.pull("web:1").await.unwrap_err();
    assert!(
        error.reason().contains("the registry sends more than the 2048 bytes of its manifest"),
        "{}",
        error.reason()
    );
}

#[tokio::test]
async fn manifest_with_another_digest_than_asked_for_is_refused() {
    let bench = Bench::new().await;
    let digest = bench.registry.push("web", "1", &image(), gzip);
    bench.registry.plan(|asked, _| {
        asked.path.contains("manifests").then(|| Fault::Replace(r#"{"schemaVersion":2}"#.into()))
    });
    let error = bench.pull(&format!("web@{digest}")).await.unwrap_err();
    assert!(matches!(error, ImageError::DigestMismatch { .. }), "{error}");
    bench.assert_no_image();
}

#[tokio::test]
async fn endless_manifest_is_refused() {
    let bench = Bench::new().await;
    bench.registry.put("/v2/web/manifests/1", "application/json", vec![b' '; 20 << 20]);
    let error = bench.pull("web:1").await.unwrap_err();
    assert!(error.reason().contains("an answer of more than 8388608 bytes"), "{}", error.reason());
}

#[tokio::test]
async fn what_is_not_there_is_said_in_the_registrys_words() {
    let bench = Bench::new().await;
    let error = bench.pull("nothing:1").await.unwrap_err();
    assert_eq!(error.ecs_name(), "CannotPullImageManifestError");
    assert!(error.reason().contains("repository or tag does not exist"), "{}", error.reason());
    assert!(error.reason().contains("MANIFEST_UNKNOWN: manifest unknown"), "{}", error.reason());
    let digest = Digest::of(b"x");
    let error = bench.pull(&format!("nothing@{digest}")).await.unwrap_err();
    assert_eq!(error.ecs_name(), "CannotPullContainerError", "a digest is not resolved");
}

#[tokio::test]
async fn busy_registry_is_asked_again_as_it_says_and_not_for_ever() {
    if !is_root() {
        return;
    }
    let bench = Bench::new().await;
    let made = image();
    bench.registry.push("web", "1", &made, gzip);
    bench.registry.plan(|asked, before| match (asked.method.as_str(), before) {
        ("GET", 0) => {
            Some(Fault::Answer(429, vec![("retry-after", "0".to_owned())], String::new()))
        }
        ("GET", 1) => Some(Fault::Answer(503, vec![], "overloaded".to_owned())),
        _ => None,
    });
    let image = bench.pull("web:1").await.unwrap();
    bench.assert_has(&made, &image);
    bench.registry.plan(|_, _| Some(Fault::Answer(429, vec![], r#"{"errors":[{"code":"TOOMANYREQUESTS","message":"You have reached your pull rate limit."}]}"#.to_owned())));
    let error = bench.pull("web:1").await.unwrap_err();
    assert!(
        error
            .reason()
            .contains("answered 429 (TOOMANYREQUESTS: You have reached your pull rate limit.)"),
        "{}",
        error.reason()
    );
}

#[tokio::test]
async fn silent_registry_is_not_waited_for_for_ever() {
    if !is_root() {
        return;
    }
    let quick = Patience { idle: Duration::from_millis(50), ..patience() };
    let bench =
        Bench::with(RegistryOptions { patience: quick, ..RegistryOptions::default() }).await;
    let made = image();
    bench.registry.push("web", "1", &made, gzip);
    let layers = made.clone();
    bench.registry.plan(move |asked, before| {
        (is_layer(asked, &layers, gzip) && before == 0).then_some(Fault::HangAfter(30_000))
    });
    let image = bench.pull("web:1").await.unwrap();
    bench.assert_has(&made, &image);
    assert_eq!(bench.retries(), 2);
}

#[tokio::test]
async fn nobody_listening_is_said_soon() {
    let bench = Bench::new().await;
    let port = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port()
    };
    let reference = Reference::parse(&format!("127.0.0.1:{port}/web:1")).unwrap();
    let error = bench
        .images
        .pull(&reference, None, PullPolicy::Always, &ProgressSink::none())
        .await
        .unwrap_err();
    assert!(error.reason().contains("refused"), "{}", error.reason());
}

#[tokio::test]
async fn redirects_in_a_circle_end() {
    let bench = Bench::new().await;
    bench.registry.plan(|asked, _| {
        (asked.path != "/v2/")
            .then(|| Fault::Answer(302, vec![("location", asked.path.clone())], String::new()))
    });
    let error = bench.pull("web:1").await.unwrap_err();
    assert!(error.reason().contains("redirects more than 10 times"), "{}", error.reason());
}

#[tokio::test]
async fn policies_decide_whether_the_registry_is_asked() {
    if !is_root() {
        return;
    }
    let bench = Bench::new().await;
    let made = image();
    bench.registry.push("web", "1", &made, gzip);
    let first = bench.pull("web:1").await.unwrap();
    bench.registry.take_asked();
    for policy in [PullPolicy::Once, PullPolicy::PreferCached] {
        assert_eq!(bench.pull_as("web:1", None, policy).await.unwrap(), first);
    }
    assert!(bench.registry.take_asked().is_empty());
    bench.registry.clear();
    assert_eq!(
        bench.pull_as("web:1", None, PullPolicy::Default).await.unwrap(),
        first,
        "what is here serves"
    );
    assert!(!bench.registry.take_asked().is_empty());
    assert!(bench.pull_as("web:1", None, PullPolicy::Always).await.is_err());
    assert!(bench.pull_as("web:2", None, PullPolicy::Default).await.is_err());
}

#[tokio::test]
async fn mirror_comes_first_and_is_passed_over_when_it_cannot() {
    if !is_root() {
        return;
    }
    let mirror = Registry::start().await;
    let mut options = RegistryOptions { patience: patience(), ..RegistryOptions::default() };
    let bench = Bench::with(options.clone()).await;
    options.mirrors.insert(bench.registry.host.clone(), vec![mirror.host.clone()]);
    let images = Images::open_with(
        bench.dir.path(),
        ImageOptions { registries: options, ..ImageOptions::default() },
    )
    .unwrap();
    let made = image();
    bench.registry.push("web", "1", &made, gzip);
    mirror.push("web", "1", &made, gzip);
    let missing = format!("/v2/web/blobs/{}", Digest::of(&gzip(&made.layers[0])));
    mirror.plan(move |asked, _| {
        (asked.path == missing).then(|| Fault::Answer(404, vec![], String::new()))
    });
    let progress = ProgressSink::none();
    let image = images
        .pull(&bench.reference("web:1"), basic("u", "p"), PullPolicy::Always, &progress)
        .await
        .unwrap();
    bench.assert_has(&made, &image);
    assert_eq!(bench.registry.take_kinds(), ["GET blobs"], "one layer came from behind the mirror");
    assert!(mirror.take_asked().iter().all(|asked| asked.authorization.is_none()));
    mirror.plan(|_, _| Some(Fault::Answer(500, vec![], String::new())));
    images.pull(&bench.reference("web:1"), None, PullPolicy::Always, &progress).await.unwrap();
    assert_eq!(bench.registry.take_kinds(), ["HEAD manifests"]);
}

#[tokio::test]
async fn dropped_pull_leaves_no_image_and_the_next_goes_on() {
    if !is_root() {
        return;
    }
    let bench = Bench::new().await;
    let made = Made::new("web:1", vec![Tar::new().file("x", &noise(500_000, 3)).finish()]);
    bench.registry.push("web", "1", &made, gzip);
    let layers = made.clone();
    bench.registry.plan(move |asked, before| {
        (is_layer(asked, &layers, gzip) && before == 0).then_some(Fault::HangAfter(100_000))
    });
    let arrived = Arc::new(tokio::sync::Notify::new());
    let notify = Arc::clone(&arrived);
    let progress = ProgressSink::new(move |event| {
        if matches!(
            event,
            Progress::Layer { phase: LayerPhase::Downloading { done: 100_000, .. }, .. }
        ) {
            notify.notify_one();
        }
    });
    let reference = bench.reference("web:1");
    tokio::select! {
        biased;
        done = bench.images.pull(&reference, None, PullPolicy::Always, &progress) => panic!("it hangs: {done:?}"),
        () = arrived.notified() => {}
    }
    assert!(bench.images.list().unwrap().is_empty());
    bench.registry.take_asked();
    bench.registry.plan(|_, _| None);
    let image = bench.pull("web:1").await.unwrap();
    bench.assert_has(&made, &image);
    let ranges: Vec<String> =
        bench.registry.take_asked().into_iter().filter_map(|asked| asked.range).collect();
    assert_eq!(ranges.len(), 1, "the rest only");
}

#[tokio::test]
async fn damaged_bytes_of_an_earlier_download_are_fetched_again() {
    if !is_root() {
        return;
    }
    let bench = Bench::new().await;
    let made = image();
    bench.registry.push("web", "1", &made, gzip);
    for layer in &made.layers {
        fs::write(
            bench.dir.path().join("content/ingest").join(Digest::of(&gzip(layer)).hex()),
            vec![0; 10_000],
        )
        .unwrap();
    }
    let image = bench.pull("web:1").await.unwrap();
    bench.assert_has(&made, &image);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pulls_at_the_same_time_fetch_each_layer_once() {
    if !is_root() {
        return;
    }
    let bench = Bench::new().await;
    let made = image();
    let other =
        Made::new("web:2", vec![made.layers[0].clone(), Tar::new().file("z", b"1").finish()]);
    bench.registry.push("web", "1", &made, gzip);
    bench.registry.push("web", "2", &other, gzip);
    // Another process is another set of locks.
    let second = Images::open_with(
        bench.dir.path(),
        ImageOptions {
            registries: RegistryOptions { patience: patience(), ..RegistryOptions::default() },
            ..ImageOptions::default()
        },
    )
    .unwrap();
    let mut running = tokio::task::JoinSet::new();
    for n in 0..20 {
        let images = if n % 2 == 0 { bench.images.clone() } else { second.clone() };
        let reference = bench.reference(if n % 3 == 0 { "web:2" } else { "web:1" });
        running.spawn(async move {
            images.pull(&reference, None, PullPolicy::Always, &ProgressSink::none()).await
        });
    }
    while let Some(done) = running.join_next().await {
        done.unwrap().unwrap();
    }
    let asked = bench.registry.take_asked();
    for layer in made.layers.iter().chain(&other.layers) {
        let digest = Digest::of(&gzip(layer)).to_string();
        assert_eq!(
            asked.iter().filter(|asked| asked.path.ends_with(&digest)).count(),
            1,
            "{digest}"
        );
    }
    bench.assert_nothing_on_the_way();
}

#[tokio::test]
async fn truncated_and_corrupt_layers_are_told_as_what_they_are() {
    if !is_root() {
        return;
    }
    let bench = Bench::new().await;
    let layer = Tar::new().file("x", &noise(100_000, 4)).finish();
    // The registry serves what its manifest says; the bytes are no whole archive.
    let check = async |tag: &str, packed: Vec<u8>, wanted: &str| {
        let made = Made::new("web:1", vec![layer.clone()]);
        bench.registry.push("web", tag, &made, move |_| packed.clone());
        let error = bench.pull(&format!("web:{tag}")).await.unwrap_err();
        assert!(error.reason().contains(wanted), "{}", error.reason());
        assert_eq!(error.ecs_name(), "CannotPullContainerError");
        bench.assert_no_image();
    };
    let packed = gzip(&layer);
    check("cut", packed[..packed.len() / 2].to_vec(), "read the archive at byte").await;
    let mut corrupt = packed.clone();
    let middle = corrupt.len() / 2;
    corrupt[middle..middle + 100].fill(0);
    check("corrupt", corrupt, "archive").await;
    check("text", b"hello".to_vec(), "cut off").await;
    check("other", gzip(&Tar::new().file("y", b"1").finish()), "the unpacked layer has digest")
        .await;
    check("xz", b"\xfd7zXZ\0\0\0".to_vec(), "xz compression of layer").await;
}
