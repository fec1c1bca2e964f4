//! What happens without anybody asking: the outbox, and what time alone changes.

use crate::{config::Config, database::Database, wire};
use kernel::{House, outbox::Worker};
use letters::service::Office;
use library::{
    raster::Rasteriser,
    service::{
        ObjectsForgotten, UploadArrived,
        check::{Checker, Sweeper},
    },
};
use scheduling::service::{Serving, events::TimeFreed, jobs, keep_waitlist};
use std::{sync::Arc, time::Duration};
use tokio::{
    task::{JoinHandle, JoinSet},
    time::MissedTickBehavior,
};

/// How long an event may wait at most; a due one is taken within this time.
const OUTBOX_EVERY: Duration = Duration::from_secs(1);
/// A letter that is due leaves within this time.
const POST_EVERY: Duration = Duration::from_secs(2);
/// Reminders are set in minutes.
const LETTERS_EVERY: Duration = Duration::from_mins(1);
/// Counts of failed sign-ins and pieces of uploads are kept for hours and days.
const TIDY_EVERY: Duration = Duration::from_hours(1);
/// Holds live five minutes and are shown with a countdown, so their end may lag by seconds only.
const TIME_EVERY: Duration = Duration::from_secs(10);

/// Starts the jobs beside the site, each a task of its own; ending the returned one ends them all.
pub fn start(office: Office) -> JoinHandle<()> {
    let house = office.house.clone();
    tokio::spawn(async move {
        let mut jobs = JoinSet::new();
        jobs.spawn(outbox(house.clone()));
        jobs.spawn(post(office));
        jobs.spawn(letters(house.clone()));
        jobs.spawn(tidy(house.clone()));
        jobs.spawn(time(house));
        while let Some(ended) = jobs.join_next().await {
            if let Err(error) = ended {
                tracing::error!(%error, "a job is gone");
            }
        }
    })
}

/// Runs the jobs alone, until the process is asked to stop.
pub async fn run_alone(config: &Config, database: &Database) -> anyhow::Result<()> {
    let jobs = start(wire::office(config, wire::house(config, database)?)?);
    crate::serve::asked_to_stop().await;
    jobs.abort();
    Ok(())
}

async fn outbox(house: House) {
    match worker(&house) {
        Ok(worker) => worker.run(OUTBOX_EVERY).await,
        Err(error) => tracing::error!(%error, "the outbox has no worker: uploads stay unchecked"),
    }
}

/// Who carries out which event.
fn worker(house: &House) -> std::io::Result<Worker> {
    let checker = Checker {
        house: house.clone(),
        rasteriser: Rasteriser::this_program()?,
    };
    let sweeper = Sweeper { house: house.clone() };
    let serving = Serving { house: house.clone() };
    let worker = Worker::new(house.db.clone(), house.clock.clone());
    Ok(letters::service::listen(worker, house)
        .on::<TimeFreed>(Arc::new(serving))
        .on::<UploadArrived>(Arc::new(checker))
        .on::<ObjectsForgotten>(Arc::new(sweeper)))
}

/// Sends what is due, and goes on at once while there is more.
async fn post(office: Office) {
    let mut tick = tokio::time::interval(POST_EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        loop {
            match letters::service::send_due(&office).await {
                Ok(0) => break,
                Ok(_) => {}
                Err(error) => {
                    tracing::warn!(%error, "letters wait for the database");
                    break;
                }
            }
        }
    }
}

/// Finds the visits that somebody is to be reminded of.
async fn letters(house: House) {
    let mut tick = tokio::time::interval(LETTERS_EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        let written = async {
            letters::service::remind(&house).await?;
            letters::service::nudge(&house).await
        };
        if let Err(error) = written.await {
            tracing::warn!(%error, "reminders wait for the database");
        }
    }
}

async fn tidy(house: House) {
    let mut tick = tokio::time::interval(TIDY_EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        if let Err(error) = identity::service::forget_old_failures(&house).await {
            tracing::warn!(%error, "old failures of sign-ins wait for the database");
        }
        if let Err(error) = library::service::give_up_abandoned(&house).await {
            tracing::warn!(%error, "abandoned uploads wait for the database");
        }
    }
}

async fn time(house: House) {
    let mut tick = tokio::time::interval(TIME_EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        if let Err(error) = expire_and_end(&house).await {
            tracing::warn!(%error, "timed jobs wait for the database");
        }
    }
}

async fn expire_and_end(house: &House) -> Result<(), scheduling::Error> {
    jobs::expire_holds_and_requests(house).await?;
    jobs::end_visits(house).await?;
    keep_waitlist(house).await?;
    Ok(())
}
