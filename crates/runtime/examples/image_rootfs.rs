//! Loads an archive and makes container roots of its first image: `image_rootfs ROOT ARCHIVE [TIMES]`. See bench/images.md.

use runtime::image::gc::Grace;
use runtime::image::progress::ProgressSink;
use runtime::image::store::Images;
use std::error::Error;
use tokio::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [root, archive, times @ ..] = arguments.as_slice() else {
        return Err("usage: image_rootfs ROOT ARCHIVE [TIMES]".into());
    };
    let times: usize = times.first().map_or(Ok(200), |text| text.parse())?;
    let images = Images::open(root)?;
    let begin = Instant::now();
    let image = images.load(fs_err::File::open(archive)?, &ProgressSink::none())?.remove(0);
    println!(
        "loaded {:.0} MB of files in {:.2} s",
        image.bytes() as f64 / 1e6,
        begin.elapsed().as_secs_f64()
    );
    let mut steps: [(&str, Vec<f64>); 5] =
        ["resolve", "rootfs", "mount", "write a file", "release"].map(|name| (name, Vec::new()));
    for n in 0..times {
        let id = format!("bench-{n}");
        let mut begin = Instant::now();
        let mut step = |at: usize| {
            steps[at].1.push(begin.elapsed().as_secs_f64() * 1e3);
            begin = Instant::now();
        };
        let image = images.find(&image.id.to_string())?;
        step(0);
        let rootfs = images.rootfs(&image, &id)?;
        step(1);
        rootfs.mount()?;
        step(2);
        fs_err::write(rootfs.merged.join("bench"), "x")?;
        step(3);
        images.release(&id)?;
        step(4);
    }
    for (name, mut times_ms) in steps {
        times_ms.sort_by(f64::total_cmp);
        println!(
            "{name}: p50 {:.2} ms, p99 {:.2} ms",
            times_ms[times_ms.len() / 2],
            times_ms[times_ms.len() * 99 / 100]
        );
    }
    images.remove(&image.id.to_string(), true)?;
    images.collect(Grace::none(fs_err::metadata("/proc/self")?.modified()?))?;
    Ok(())
}
