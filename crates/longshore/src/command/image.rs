//! `longshore image`: the images of this host, in its data directory; other processes may work on it at the same time.

use super::render;
use crate::{
    args::{self, Output},
    host::now,
    layout,
};
use anyhow::{Context, Result};
use indicatif::{ProgressBar, ProgressStyle};
use runtime::image::{
    digest::Digest,
    gc::Grace,
    progress::{LayerPhase, Progress, ProgressSink},
    pull::PullPolicy,
    reference::Reference,
    registry::auth::Credentials,
    store::{Image, Images},
};
use serde_json::{Value as Json, json};
use std::{
    collections::BTreeMap,
    io::Read,
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};

/// How often the line of progress is drawn anew.
const DRAW_EVERY: Duration = Duration::from_millis(100);

pub(crate) async fn run(command: &args::Image) -> Result<()> {
    match command {
        args::Image::Load { data, file, output } => load(&open(data)?, file, *output),
        args::Image::Pull { data, reference, registry_auth, output } => {
            pull(&open(data)?, reference, registry_auth.as_deref(), *output).await
        }
        args::Image::Ls { data, output } => list(&open(data)?, *output),
        args::Image::Rm { data, references, force } => remove(&open(data)?, references, *force),
    }
}

fn open(data: &args::DataDir) -> Result<Images> {
    Ok(Images::open(layout::images(&data.data_dir))?)
}

fn load(images: &Images, file: &Path, output: Output) -> Result<()> {
    let bar = bar(output);
    let sink = sink(&bar);
    let reader: Box<dyn Read + Send> = if file.as_os_str() == "-" {
        Box::new(std::io::stdin())
    } else {
        Box::new(std::io::BufReader::new(fs_err::File::open(file)?))
    };
    let loaded = images.load(reader, &sink);
    bar.finish_and_clear();
    told(images, &loaded?, "loaded", output)
}

async fn pull(images: &Images, reference: &str, auth: Option<&str>, output: Output) -> Result<()> {
    let reference: Reference = reference.parse()?;
    let credentials = auth
        .map(|text| {
            let (user, password) =
                text.split_once(':').context("LONGSHORE_REGISTRY_AUTH is `USER:PASSWORD`")?;
            anyhow::Ok(Credentials::Basic {
                username: user.to_owned(),
                password: password.to_owned(),
            })
        })
        .transpose()?;
    let bar = bar(output);
    let pulled = images.pull(&reference, credentials, PullPolicy::Always, &sink(&bar)).await;
    bar.finish_and_clear();
    told(images, &[pulled?], "pulled", output)
}

fn told(images: &Images, found: &[Image], verb: &str, output: Output) -> Result<()> {
    let rows = rows(images)?;
    let rows: Vec<&Json> = rows
        .iter()
        .filter(|row| found.iter().any(|image| row["id"] == image.id.to_string()))
        .collect();
    match output {
        Output::Json => render::print_json(&json!({ "images": rows })),
        Output::Table => {
            for row in rows {
                let names = row["names"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter_map(Json::as_str)
                    .collect::<Vec<_>>()
                    .join(", ");
                let size = render::size(row["bytes"].as_u64().unwrap_or_default());
                anstream::println!(
                    "{verb} {} ({size})",
                    if names.is_empty() { row["id"].as_str().unwrap_or("-") } else { &names }
                );
            }
        }
    }
    Ok(())
}

fn rows(images: &Images) -> Result<Vec<Json>> {
    let listed = images.list()?.into_iter().map(|listed| {
        let names: Vec<String> = listed.names.iter().map(|name| name.reference.familiar()).collect();
        json!({
            "id": listed.image.id.to_string(), "names": names, "bytes": listed.image.bytes(), "created": listed.image.created,
            "platform": listed.image.platform.to_string(),
            "digests": listed.names.iter().filter_map(|name| name.digest.as_ref().map(Digest::to_string)).collect::<Vec<_>>(),
        })
    });
    Ok(listed.collect())
}

fn list(images: &Images, output: Output) -> Result<()> {
    let rows = rows(images)?;
    if output == Output::Json {
        render::print_json(&json!({ "images": rows }));
        return Ok(());
    }
    if rows.is_empty() {
        anstream::println!(
            "no images; `longshore image load FILE` or `longshore image pull NAME` brings some"
        );
        return Ok(());
    }
    let mut table = render::table(&["IMAGE", "ID", "SIZE", "PLATFORM"]);
    for row in &rows {
        let id = row["id"].as_str().unwrap_or_default();
        let id: String =
            id.rsplit(':').next().unwrap_or(id).chars().take(render::SHORT_ID).collect();
        let names: Vec<&str> =
            row["names"].as_array().into_iter().flatten().filter_map(Json::as_str).collect();
        table.add_row([
            if names.is_empty() { "<none>".into() } else { names.join(", ") },
            id,
            render::size(row["bytes"].as_u64().unwrap_or_default()),
            row["platform"].as_str().unwrap_or("-").to_owned(),
        ]);
    }
    render::print(&table);
    Ok(())
}

fn remove(images: &Images, references: &[String], force: bool) -> Result<()> {
    for text in references {
        let removed = images.remove(text, force)?;
        for name in &removed.names {
            anstream::println!("removed name {}", name.familiar());
        }
        if let Some(image) = &removed.image {
            anstream::println!("removed image {image}");
        }
    }
    let freed = images.collect(Grace::usual(now()))?;
    if freed.bytes > 0 {
        anstream::println!("freed {}", render::size(freed.bytes));
    }
    Ok(())
}

fn bar(output: Output) -> ProgressBar {
    if output == Output::Json {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner().with_style(
        ProgressStyle::with_template("{spinner} {msg}").expect("a well-formed template"),
    );
    bar.enable_steady_tick(DRAW_EVERY);
    bar
}

/// One line that says how many layers are done and how many bytes came.
fn sink(bar: &ProgressBar) -> ProgressSink {
    let bar = bar.clone();
    let layers: Arc<Mutex<BTreeMap<Digest, LayerPhase>>> = Arc::default();
    ProgressSink::new(move |progress| match progress {
        Progress::Resolved { layers, bytes, .. } => {
            bar.set_message(format!("{layers} layers, {}", render::size(bytes)))
        }
        Progress::Reading { bytes } => bar.set_message(format!("reading, {}", render::size(bytes))),
        Progress::Layer { layer, phase } => {
            let mut layers = layers.lock().expect("nobody panics while drawing");
            layers.insert(layer, phase);
            bar.set_message(words(&layers));
        }
        Progress::Done { .. } => bar.set_message("done"),
    })
}

fn words(layers: &BTreeMap<Digest, LayerPhase>) -> String {
    let done = layers
        .values()
        .filter(|phase| matches!(phase, LayerPhase::Present | LayerPhase::Unpacked))
        .count();
    let bytes: u64 = layers
        .values()
        .map(|phase| if let LayerPhase::Downloading { done, .. } = phase { *done } else { 0 })
        .sum();
    let mut text = format!("{done} of {} layers", layers.len());
    if bytes > 0 {
        text.push_str(&format!(", {} on their way", render::size(bytes)));
    }
    if let Some(why) = layers
        .values()
        .find_map(|phase| if let LayerPhase::Retrying { why } = phase { Some(why) } else { None })
    {
        text.push_str(&format!("; trying again after {why}"));
    }
    text
}
