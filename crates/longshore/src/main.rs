//! The one binary: arguments, configuration, wiring; the only place that knows everything.
//!
//! Must always hold: a shim is answered before anything else starts, so that it stays as small as it can.
//! Errors reach people as one sentence that says what, where and what to do; the exit code is 1, and 2 for a wrong command line.

mod args;
mod command;
mod host;
mod layout;
mod plane;
mod presence;

use anyhow::{Context, Result};
use args::{Arguments, Command};
use clap::{CommandFactory, Parser};
use std::{io::IsTerminal, process::ExitCode};

fn main() -> ExitCode {
    let mut words = std::env::args_os().skip(1);
    if words.next().is_some_and(|word| word == runtime::shim::SUBCOMMAND) {
        return runtime::shim::main(words);
    }
    let arguments = Arguments::parse();
    match run(arguments.command) {
        Ok(code) => code,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("longshore: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// `longshore ps | head` is not an error.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
}

fn run(command: Command) -> Result<ExitCode> {
    if let Command::Completions { shell } = command {
        clap_complete::generate(
            shell,
            &mut Arguments::command(),
            "longshore",
            &mut std::io::stdout(),
        );
        return Ok(ExitCode::SUCCESS);
    }
    let is_service = matches!(command, Command::Up(_) | Command::Server(_) | Command::Agent(_));
    if is_service {
        log_to_stderr();
    }
    let runtime = if is_service {
        tokio::runtime::Builder::new_multi_thread().enable_all().build()
    } else {
        tokio::runtime::Builder::new_current_thread().enable_all().build()
    };
    runtime.context("start the asynchronous runtime")?.block_on(dispatch(command))
}

async fn dispatch(command: Command) -> Result<ExitCode> {
    let now = api::system_clock();
    match command {
        Command::Up(arguments) => command::up::run(&arguments).await?,
        Command::Server(arguments) => command::up::server(&arguments).await?,
        Command::Agent(arguments) => command::agent::run(&arguments).await?,
        Command::Down(arguments) => command::down::run(&arguments).await?,
        Command::Ps(arguments) => command::ps::run(&arguments, now).await?,
        Command::Logs(arguments) => command::logs::run(&arguments).await?,
        Command::Exec(arguments) => return command::exec::run(&arguments).await,
        Command::Stop(arguments) => command::stop::run(&arguments).await?,
        Command::Spot(arguments) => command::spot::run(&arguments).await?,
        Command::Fargate(arguments) => return command::fargate::run(&arguments).await,
        Command::Why(arguments) => command::why::run(&arguments, now).await?,
        Command::Services(arguments) => command::services::run(&arguments, now).await?,
        Command::Deploy(arguments) => return command::deploy::run(&arguments).await,
        Command::Events(arguments) => command::events::run(&arguments).await?,
        Command::Top(arguments) => command::top::run(&arguments).await?,
        Command::Image(arguments) => command::image::run(&arguments).await?,
        Command::Completions { .. } => {}
    }
    Ok(ExitCode::SUCCESS)
}

fn log_to_stderr() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("LONGSHORE_LOG");
    let filter =
        filter.unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn,longshore=info"));
    // Colours are for people; a log in a file is not.
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();
}
