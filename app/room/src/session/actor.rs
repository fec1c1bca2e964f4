//! The task that owns one room. Order of things: decide, keep, deliver. Nobody hears of an event before the database has
//! it, and while one batch is being kept the next one gathers: that is the group commit.

mod letters;

pub(super) use letters::Letter;

use super::{
    backstage::{Backstage, Ticket},
    core::{Core, Decided},
    hub::{Shared, Summary},
    links::{Links, Prepared},
};
use crate::model::{Change, Event, Phase};
use kernel::{Actor, StoreError};
use live::Closing;
use std::{future::Future, pin::Pin, sync::Arc, time::Duration};
use tokio::{
    sync::mpsc,
    time::{Instant, MissedTickBehavior, interval, sleep, sleep_until},
};

/// Shortest time between two batches: one frame of a screen.
const BATCH_EVERY: Duration = Duration::from_millis(16);
/// A batch waits this long for company: two who draw together cost one commit, not two.
const COMPANY: Duration = Duration::from_millis(4);
/// While a batch is being kept letters gather so long: waking up for each letter of a crowd costs more than reading it.
const GATHER: Duration = Duration::from_millis(8);
const TICK: Duration = Duration::from_millis(100);
/// An empty room stays in memory this long.
const LINGER: Duration = Duration::from_mins(1);
/// The database may be away this long before the room gives up; the sockets then come back to a room read anew.
const KEEP_WITHIN: Duration = Duration::from_secs(10);
const KEEP_AGAIN_AFTER: Duration = Duration::from_millis(250);

type Keeping = Pin<Box<dyn Future<Output = Result<Tries, StoreError>> + Send>>;

/// How a batch was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tries {
    One,
    /// The database was away in between.
    More,
}

struct Room {
    core: Core,
    links: Links,
    backstage: Arc<dyn Backstage>,
    ticket: Ticket,
    shared: Shared,
    in_flight: Option<(Keeping, Vec<Prepared>, Vec<Event>)>,
    last_batch: Instant,
    /// When there was something to keep first.
    news_since: Option<Instant>,
    read_at: Instant,
    empty_since: Option<Instant>,
    kit_at: Instant,
}

/// Runs a room until it is empty, ended or cannot be kept. `first` is who opened it.
pub(super) async fn run(
    backstage: Arc<dyn Backstage>,
    first: Actor,
    ticket: Ticket,
    shared: Shared,
    mut letters: mpsc::Receiver<Letter>,
) {
    match open(&backstage, &first, &ticket).await {
        Ok(core) => {
            let now = Instant::now();
            let mut room = Room {
                core,
                links: Links::default(),
                backstage,
                ticket,
                shared,
                in_flight: None,
                last_batch: now,
                news_since: None,
                read_at: now,
                empty_since: None,
                kit_at: now,
            };
            room.live(&mut letters).await;
        }
        Err(error) => tracing::error!(visit = %ticket.visit, %error, "a room does not open"),
    }
    // Whoever wrote in the meantime tries again and finds a new room.
    letters.close();
    while let Some(letter) = letters.recv().await {
        if let Letter::Join { reply, .. } = letter {
            // The socket may have gone meanwhile.
            let _told = reply.send(Err(Closing::Restart));
        }
    }
}

async fn open(backstage: &Arc<dyn Backstage>, first: &Actor, ticket: &Ticket) -> Result<Core, StoreError> {
    let kept = backstage.open(first, ticket).await?;
    let kit = backstage.kit(ticket).await?;
    Ok(Core::new(kept, &kit, ticket.closes_at_ms, backstage.now_ms()))
}

impl Room {
    async fn live(&mut self, letters: &mut mpsc::Receiver<Letter>) {
        let mut ticks = interval(TICK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let due = self.batch_due();
            let reads_at = self.read_at + GATHER;
            // A batch that comes soon reads what has gathered until then; nothing has to be read twice in a frame.
            let gathers = self.in_flight.is_some() && Instant::now() < reads_at;
            tokio::select! {
                letter = letters.recv(), if due.is_none() && !gathers => match letter {
                    Some(letter) => {
                        self.read(letter).await;
                        self.read_waiting(letters).await;
                    }
                    None => break, // the hub is gone: the server stops
                },
                () = sleep_until(reads_at), if gathers => {}
                () = sleep_until(due.unwrap_or(reads_at)), if due.is_some() => {
                    self.read_waiting(letters).await;
                    self.start_batch();
                }
                kept = keeping(&mut self.in_flight), if self.in_flight.is_some() => {
                    match kept {
                        Ok(tries) => self.finish_batch(tries),
                        Err(error) => {
                            tracing::error!(visit = %self.ticket.visit, %error, "a room cannot be kept");
                            self.links.close_all(Closing::Restart);
                            return;
                        }
                    }
                }
                _ = ticks.tick() => {
                    self.core.tick(self.backstage.now_ms());
                    if self.is_over() {
                        break;
                    }
                }
            }
        }
        self.links.close_all(Closing::Restart);
    }

    /// When the next batch is to be kept; `None` while there is nothing, or another one is on its way.
    fn batch_due(&mut self) -> Option<Instant> {
        if !self.core.has_news() && !self.links.wants_greeting() {
            return None;
        }
        let since = *self.news_since.get_or_insert_with(Instant::now);
        self.in_flight
            .is_none()
            .then(|| (since + COMPANY).max(self.last_batch + BATCH_EVERY))
    }

    fn start_batch(&mut self) {
        self.last_batch = Instant::now();
        self.news_since = None;
        let Decided { events, batch, let_in } = self.core.take();
        for who in let_in {
            self.links.greet_again(who);
        }
        let core = &self.core;
        let greetings = self.links.prepare(core.state().seq, |who, client, epoch, seq| {
            core.greet(who, client, epoch, seq)
        });
        let keeping: Keeping = if batch.is_empty() {
            Box::pin(std::future::ready(Ok(Tries::One)))
        } else {
            let (backstage, ticket) = (Arc::clone(&self.backstage), self.ticket.clone());
            Box::pin(async move {
                let give_up = Instant::now() + KEEP_WITHIN;
                let mut tries = Tries::One;
                loop {
                    match backstage.keep(&ticket, &batch).await {
                        Err(StoreError::Unavailable(_)) if Instant::now() < give_up => sleep(KEEP_AGAIN_AFTER).await,
                        done => return done.map(|()| tries),
                    }
                    tries = Tries::More;
                }
            })
        };
        self.in_flight = Some((keeping, greetings, events));
    }

    fn finish_batch(&mut self, tries: Tries) {
        let Some((_, greetings, events)) = self.in_flight.take() else {
            return;
        };
        if tries == Tries::More {
            self.core.save_anew();
        }
        let people_changed = events
            .iter()
            .any(|event| matches!(event.change, Change::Person(_) | Change::Phase(_)));
        let ended = events.iter().any(|event| event.change == Change::Phase(Phase::Ended));
        self.links.deliver(greetings, events, self.core.state());
        if people_changed {
            self.shared.set(Summary::of(&self.ticket, self.core.state()));
        }
        if ended {
            self.links.close_all(Closing::Left);
        }
    }

    /// Nobody is here and nobody is waited for, or the visit has ended and everybody heard of it.
    fn is_over(&self) -> bool {
        let settled = self.in_flight.is_none() && !self.core.has_news();
        let ended = self.core.state().phase == Phase::Ended && self.links.is_empty();
        let lingered = self.empty_since.is_some_and(|since| since.elapsed() >= LINGER);
        settled && (ended || lingered)
    }
}

async fn keeping(in_flight: &mut Option<(Keeping, Vec<Prepared>, Vec<Event>)>) -> Result<Tries, StoreError> {
    match in_flight {
        Some((keeping, ..)) => keeping.await,
        None => Ok(Tries::One),
    }
}
