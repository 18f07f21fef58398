//! The shim's side of the binary alone, for this crate's tests: they start it where the product starts itself.

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut args = std::env::args_os().skip(1);
    match args.next() {
        Some(first) if first == runtime::shim::SUBCOMMAND => runtime::shim::main(args),
        _ => ExitCode::from(2),
    }
}
