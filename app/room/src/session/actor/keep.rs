//! What a room's task keeps, and when. Drawing gathers in the log's next batch after it was told (decision 0020); everything
//! else is kept first. One batch at a time is on its way, so that the log has the room's order.

use super::Room;
use crate::{
    model::{Change, ClientId, Event, Phase},
    session::{core::Decided, hub::Summary, links::Prepared},
};
use kernel::StoreError;
use live::Closing;
use std::{collections::BTreeMap, future::Future, pin::Pin, sync::Arc, time::Duration};
use tokio::time::{Instant, sleep};
use uuid::Uuid;

/// Told strokes gather so long at most before they are kept,
const GATHER_AT_MOST: Duration = Duration::from_millis(250);
/// or until nobody has drawn for so long: three frames of a screen.
const PAUSE: Duration = Duration::from_millis(50);
/// The database may be away this long before the room gives up; the sockets then come back to a room read anew.
const KEEP_WITHIN: Duration = Duration::from_secs(10);
const KEEP_AGAIN_AFTER: Duration = Duration::from_millis(250);
/// What is still in the log after so long a pause of drawing is on the disk: the database writes within three times its
/// `wal_writer_delay` of a fifth of a second.
const ASK_AFTER: Duration = Duration::from_secs(1);

type Keeping = Pin<Box<dyn Future<Output = Result<Done, StoreError>> + Send>>;
pub(super) type Asking = Pin<Box<dyn Future<Output = Result<bool, StoreError>> + Send>>;

/// How a batch was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Done {
    /// The database was away in between.
    after_all: bool,
    entry: Option<Uuid>,
}

/// Strokes that the database has answered for and may still forget, when it is killed in the moment after.
#[derive(Debug, Clone, Copy)]
pub(super) struct Promised {
    entry: Uuid,
    ask_at: Instant,
}

/// A batch on its way to the log.
pub(super) struct Flight {
    keeping: Keeping,
    /// What nobody hears of before the batch is kept.
    greetings: Vec<Prepared>,
    events: Vec<Event>,
    /// Whose strokes are in it, up to which act.
    drawn: BTreeMap<ClientId, u32>,
}

impl Flight {
    /// What is drawn meanwhile has its place after what this batch has still to tell.
    pub(super) fn holds_back(&self) -> bool {
        !self.events.is_empty() || !self.greetings.is_empty()
    }
}

impl Room {
    /// When told strokes are to be kept; `None` while there are none, or another batch is on its way.
    pub(super) fn keeps_at(&self) -> Option<Instant> {
        let since = self.gathered_since.filter(|_| self.log_is_free())?;
        Some((since + GATHER_AT_MOST).min(self.last_batch + PAUSE))
    }

    pub(super) fn log_is_free(&self) -> bool {
        self.in_flight.is_none() && self.asking.is_none()
    }

    pub(super) fn start_batch(&mut self) {
        self.gathered_since = None;
        let Decided { events, batch, let_in } = self.core.take();
        for who in let_in {
            self.links.greet_again(who);
        }
        let core = &self.core;
        let greetings = self.links.prepare(core.state().seq, |who, client, epoch, seq| {
            core.greet(who, client, epoch, seq)
        });
        let (drawing, drawn) = (batch.is_drawing(), batch.drawn());
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
        self.in_flight = Some(Flight {
            keeping,
            greetings,
            events,
            drawn,
        });
    }

    pub(super) fn finish_batch(&mut self, done: Done) {
        let Some(Flight {
            greetings,
            events,
            drawn,
            ..
        }) = self.in_flight.take()
        else {
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
        self.links.acknowledge(&drawn);
        if people_changed {
            self.shared.set(Summary::of(&self.ticket, self.core.state()));
        }
        if ended {
            self.links.close_all(Closing::Left);
        }
    }

    /// After a pause of drawing, asks whether the log still has the last strokes: a database that was killed meanwhile answers
    /// the next batch as if nothing had been.
    pub(super) fn ask_for_promised(&mut self) {
        let idle = self.log_is_free();
        let Some(promised) = self
            .promised
            .filter(|promised| idle && promised.ask_at <= Instant::now())
        else {
            return;
        };
        let (backstage, ticket) = (Arc::clone(&self.backstage), self.ticket.clone());
        self.asking = Some(Box::pin(async move { backstage.holds(&ticket, promised.entry).await }));
    }

    pub(super) fn heal(&mut self, holds: Result<bool, StoreError>) {
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
}

pub(super) async fn keeping(in_flight: &mut Option<Flight>) -> Result<Done, StoreError> {
    match in_flight {
        Some(flight) => flight.keeping.as_mut().await,
        None => Ok(Done::default()),
    }
}

pub(super) async fn asked(asking: &mut Option<Asking>) -> Result<bool, StoreError> {
    match asking {
        Some(asking) => asking.await,
        None => Ok(true),
    }
}
