//! `server serve`: migrates, seeds an empty database in development, and serves until asked to stop.

use crate::{config::Config, database::Database, jobs, pkg::Site, seed, web, wire};
use anyhow::Context;
use axum::serve::ListenerExt as _;
use library::raster::Rasteriser;
use std::net::SocketAddr;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};

pub async fn serve(config: &Config, database: &Database, with_jobs: bool) -> anyhow::Result<()> {
    database.migrate().await?;
    let house = wire::house(config, database)?;
    if config.development {
        seed::seed_if_empty(&house, &Rasteriser::this_program()?).await?;
    }
    let office = wire::office(config, house.clone())?;
    let jobs = with_jobs.then(|| jobs::start(office));
    let listener = TcpListener::bind(config.listen)
        .await
        .with_context(|| format!("cannot listen on {}", config.listen))?;
    // A stroke or a letter goes out at once: Nagle's algorithm would hold it until the other side has something to say.
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection is gone before it began");
        }
    });
    announce(config);
    let parts = web::Parts::of(config, house).await?;
    let router = web::router(&parts, config.listen, Some(Site::load(&config.site_root)?));
    let sockets = parts.sockets.clone();
    axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>())
        .with_graceful_shutdown(async move {
            asked_to_stop().await;
            // An open socket would hold the shutdown back; its client reconnects to the next start.
            sockets.end_all();
        })
        .await?;
    if let Some(jobs) = jobs {
        jobs.abort();
    }
    Ok(())
}

fn announce(config: &Config) {
    println!("TeleTherapy serves on {}", config.origin);
    if config.development {
        println!("{}", seed::SIGN_INS);
    }
}

/// Waits for Ctrl-C or a polite kill.
pub async fn asked_to_stop() {
    let terminated = async {
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => signal.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminated => {}
    }
}
