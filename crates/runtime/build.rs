//! Compiles the small init (`src/init/sys_init.rs`) as a program of its own, which the library carries in itself.
//! On a processor it does not know, an empty file stands for it, and the driver refuses `initProcessEnabled`.

#![expect(clippy::disallowed_methods, reason = "a build script has no dependencies")]

use std::path::PathBuf;
use std::process::Command;

const SOURCE: &str = "src/init/sys_init.rs";

fn main() {
    println!("cargo::rerun-if-changed={SOURCE}");
    println!("cargo::rerun-if-changed=build.rs");
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    let out = PathBuf::from(variable("OUT_DIR")).join("init");
    let is_known = matches!(variable("CARGO_CFG_TARGET_ARCH").as_str(), "x86_64" | "aarch64");
    if !is_known || variable("CARGO_CFG_TARGET_OS") != "linux" {
        std::fs::write(&out, b"").expect("the build directory can be written");
        return;
    }
    let mut rustc = Command::new(variable("RUSTC"));
    rustc
        .args(["--edition", "2024", "--crate-name", "longshore_init", "--crate-type", "bin"])
        .args(["--target", &variable("TARGET")])
        .args([
            "-C",
            "panic=abort",
            "-C",
            "opt-level=s",
            "-C",
            "debuginfo=0",
            "-C",
            "strip=symbols",
        ])
        .args(["-C", "relocation-model=static", "-C", "target-feature=+crt-static"])
        .args([
            "-C",
            "link-arg=-nostartfiles",
            "-C",
            "link-arg=-nostdlib",
            "-C",
            "link-arg=-static",
        ])
        .args(["-C", "link-arg=-Wl,--build-id=none", "-C", "link-arg=-Wl,-z,noseparate-code"])
        .arg("-o")
        .arg(&out)
        .arg(SOURCE);
    if let Ok(linker) = std::env::var("RUSTC_LINKER") {
        rustc.arg("-C").arg(format!("linker={linker}"));
    }
    let status = rustc.status().expect("rustc can be started");
    assert!(status.success(), "the small init does not compile");
}
