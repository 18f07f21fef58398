//! Pulls an image into an empty directory and says how long it took: `image_pull ROOT REFERENCE [TIMES]`. See bench/images.md.

use runtime::image::gc::Grace;
use runtime::image::progress::{Progress, ProgressSink};
use runtime::image::pull::PullPolicy;
use runtime::image::reference::Reference;
use runtime::image::store::Images;
use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::time::Instant;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [root, name, times @ ..] = arguments.as_slice() else {
        return Err("usage: image_pull ROOT REFERENCE [TIMES]".into());
    };
    let times: usize = times.first().map_or(Ok(1), |text| text.parse())?;
    let images = Images::open(root)?;
    let reference = Reference::parse(name)?;
    for _ in 0..times {
        let packed = Arc::new(AtomicU64::new(0));
        let seen = Arc::clone(&packed);
        let progress = ProgressSink::new(move |event| {
            if let Progress::Resolved { bytes, .. } = event {
                seen.store(bytes, Ordering::Relaxed);
            }
        });
        let cpu = cpu_s();
        let begin = Instant::now();
        let image = images.pull(&reference, None, PullPolicy::Always, &progress).await?;
        let (seconds, cpu) = (begin.elapsed().as_secs_f64(), cpu_s() - cpu);
        let (packed, unpacked) =
            (packed.load(Ordering::Relaxed) as f64 / 1e6, image.bytes() as f64 / 1e6);
        let again = Instant::now();
        images.pull(&reference, None, PullPolicy::Always, &ProgressSink::none()).await?;
        let again_ms = again.elapsed().as_secs_f64() * 1e3;
        println!(
            "{seconds:.2} s, {cpu:.2} s of CPU: {packed:.0} MB packed, {unpacked:.0} MB in files, {:.0} MB/s of packed, {:.0} MB/s of files, {} layers; again {again_ms:.1} ms; peak memory {} MB",
            packed / seconds,
            unpacked / seconds,
            image.layers.len(),
            peak_memory_mb()?,
        );
        images.remove(&image.id.to_string(), true)?;
        let now = fs_err::metadata("/proc/self")?.modified()?;
        images.collect(Grace::none(now))?;
    }
    Ok(())
}

fn cpu_s() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

fn peak_memory_mb() -> Result<u64, Box<dyn Error>> {
    let status = fs_err::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<u64>()? / 1024)
}
