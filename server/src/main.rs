//! The one binary: serves the site, runs the worker, migrates, seeds, verifies the audit chain.

use anyhow::Context;
use clap::{Parser, Subcommand};
use server::{audit, config::Config, database::Database, jobs, seed, serve};
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// TeleTherapy: care by video.
#[derive(Debug, Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the site and run the jobs (the default)
    Serve {
        /// Leave the jobs to a worker of its own
        #[arg(long)]
        without_jobs: bool,
    },
    /// Run only the jobs: the outbox, expiry of holds and requests, end of visits
    Worker,
    /// Bring the database to the newest shape
    Migrate,
    /// Fill an empty database with a small demo clinic
    Seed,
    /// Check the audit chain
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Turn a PDF on standard input into pages on standard output; the server calls this in a process of its own
    #[command(hide = true)]
    Rasterise,
}

#[derive(Debug, Subcommand)]
enum AuditCommand {
    /// Walk the chain from its first entry to its head
    Verify,
}

fn main() -> ExitCode {
    match start() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // One line that says what to change; a backtrace would bury it.
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn start() -> anyhow::Result<()> {
    let command = Cli::parse().command.unwrap_or(Command::Serve { without_jobs: false });
    if matches!(command, Command::Rasterise) {
        return library::raster::run_child().context("cannot rasterise");
    }
    let config = Config::from_env()?;
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::new(&config.log))
        .with_writer(std::io::stderr)
        .init();
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?
        .block_on(run(command, config))
}

async fn run(command: Command, config: Config) -> anyhow::Result<()> {
    let database = Database::start(&config).await?;
    let outcome = match command {
        Command::Serve { without_jobs } => serve::serve(&config, &database, !without_jobs).await,
        Command::Worker => jobs::run_alone(&config, &database).await,
        Command::Migrate => database.migrate().await,
        Command::Seed => seed::seed(&config, &database).await,
        Command::Audit(AuditCommand::Verify) => audit::verify(&database).await,
        Command::Rasterise => Ok(()),
    };
    database.stop().await?;
    outcome
}
