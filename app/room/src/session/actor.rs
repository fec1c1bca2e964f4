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
use uuid::Uuid;

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
/// What is still in the log after so long a pause of drawing is on the disk: the database writes within three times its
/// `wal_writer_delay` of a fifth of a second.
const ASK_AFTER: Duration = Duration::from_secs(1);

type Keeping = Pin<Box<dyn Future<Output = Result<Done, StoreError>> + Send>>;
type Asking = Pin<Box<dyn Future<Output = Result<bool, StoreError>> + Send>>;

/// How a batch was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Done {
    /// The database was away in between.
    after_all: bool,
    entry: Option<Uuid>,
}

/// Strokes that the database has answered for and may still forget, when it is killed in the moment after.
#[derive(Debug, Clone, Copy)]
struct Promised {
    entry: Uuid,
    ask_at: Instant,
}

struct Room {
    core: Core,
    links: Links,
    backstage: Arc<dyn Backstage>,
    ticket: Ticket,
    shared: Shared,
    in_flight: Option<(Keeping, Vec<Prepared>, Vec<Event>)>,
    promised: Option<Promised>,
    asking: Option<Asking>,
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
                promised: None,
                asking: None,
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
                        Ok(done) => self.finish_batch(done),
                        Err(error) => {
                            tracing::error!(visit = %self.ticket.visit, %error, "a room cannot be kept");
                            self.links.close_all(Closing::Restart);
                            return;
                        }
                    }
                }
                holds = asked(&mut self.asking), if self.asking.is_some() => self.heal(holds),
                _ = ticks.tick() => {
                    self.core.tick(self.backstage.now_ms());
                    self.ask_for_promised();
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
        (self.in_flight.is_none() && self.asking.is_none())
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
        let drawing = batch.is_drawing();
        let keeping: Keeping = if batch.is_empty() {
            Box::pin(std::future::ready(Ok(Done::default())))
        } else {
            let (backstage, ticket) = (Arc::clone(&self.backstage), self.ticket.clone());
            Box::pin(async move {
                let give_up = Instant::now() + KEEP_WITHIN;
                let mut after_all = false;
                loop {
                    match backstage.keep(&ticket, &batch).await {
                        Err(StoreError::Unavailable(_)) if Instant::now() < give_up => sleep(KEEP_AGAIN_AFTER).await,
                        done => {
                            let promised = |entry: Option<Uuid>| entry.filter(|_| drawing);
                            return done.map(|entry| Done {
                                after_all,
                                entry: promised(entry),
                            });
                        }
                    }
                    after_all = true;
                }
            })
        };
        self.in_flight = Some((keeping, greetings, events));
    }

    /// After a pause of drawing, asks whether the log still has the last strokes: a database that was killed meanwhile answers
    /// the next batch as if nothing had been.
    fn ask_for_promised(&mut self) {
        let idle = self.in_flight.is_none() && self.asking.is_none();
        let Some(promised) = self
            .promised
            .filter(|promised| idle && promised.ask_at <= Instant::now())
        else {
            return;
        };
        let (backstage, ticket) = (Arc::clone(&self.backstage), self.ticket.clone());
        self.asking = Some(Box::pin(async move { backstage.holds(&ticket, promised.entry).await }));
    }

    fn heal(&mut self, holds: Result<bool, StoreError>) {
        self.asking = None;
        match holds {
            Ok(true) => self.promised = None,
            Ok(false) => {
                self.promised = None;
                self.core.save_anew();
            }
            // Away, and perhaps killed: asked again.
            Err(_) => {
                if let Some(promised) = &mut self.promised {
                    promised.ask_at = Instant::now() + ASK_AFTER;
                }
            }
        }
    }

    fn finish_batch(&mut self, done: Done) {
        let Some((_, greetings, events)) = self.in_flight.take() else {
            return;
        };
        if done.after_all {
            self.core.save_anew();
        }
        if let Some(entry) = done.entry {
            let ask_at = Instant::now() + ASK_AFTER;
            self.promised = Some(Promised { entry, ask_at });
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
        let settled = self.in_flight.is_none() && self.promised.is_none() && !self.core.has_news();
        let ended = self.core.state().phase == Phase::Ended && self.links.is_empty();
        let lingered = self.empty_since.is_some_and(|since| since.elapsed() >= LINGER);
        settled && (ended || lingered)
    }
}

async fn keeping(in_flight: &mut Option<(Keeping, Vec<Prepared>, Vec<Event>)>) -> Result<Done, StoreError> {
    match in_flight {
        Some((keeping, ..)) => keeping.await,
        None => Ok(Done::default()),
    }
}

async fn asked(asking: &mut Option<Asking>) -> Result<bool, StoreError> {
    match asking {
        Some(asking) => asking.await,
        None => Ok(true),
    }
}
