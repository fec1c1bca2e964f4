//! The task that owns one room. Order of things: decide, keep, deliver. Nobody hears of an event before the database has
//! it, and while one batch is being kept the next one gathers: that is the group commit. Drawing alone is told first and kept
//! soon after (decision 0020).

mod company;
mod keep;
mod letters;

pub(super) use letters::Letter;

use self::{
    company::Company,
    keep::{Asking, Flight, Promised, asked, keeping},
};
use super::{
    backstage::{Backstage, Ticket},
    core::Core,
    hub::Shared,
    links::Links,
};
use crate::model::Phase;
use kernel::{Actor, StoreError};
use live::Closing;
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::mpsc,
    time::{Instant, sleep_until},
};

/// Shortest time between two batches: one frame of a screen.
const BATCH_EVERY: Duration = Duration::from_millis(16);
/// A batch waits this long for company.
const COMPANY: Duration = Duration::from_millis(4);
/// While something waits for the log letters gather so long: waking up for each letter of a crowd costs more than reading it.
const GATHER: Duration = Duration::from_millis(8);
/// How often the room looks at the clock while somebody waits for it, and while nobody does.
const TICK: Duration = Duration::from_millis(100);
const IDLE_TICK: Duration = Duration::from_secs(1);
/// An empty room stays in memory this long.
const LINGER: Duration = Duration::from_mins(1);

struct Room {
    core: Core,
    links: Links,
    backstage: Arc<dyn Backstage>,
    ticket: Ticket,
    shared: Shared,
    in_flight: Option<Flight>,
    promised: Option<Promised>,
    asking: Option<Asking>,
    /// When anything was told last, or began to be kept in order to be told.
    last_batch: Instant,
    company: Company,
    /// When there was something to tell first.
    news_since: Option<Instant>,
    /// When the first stroke was told that is still to be kept.
    gathered_since: Option<Instant>,
    read_at: Instant,
    ticked_at: Instant,
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
                company: Company::default(),
                news_since: None,
                gathered_since: None,
                read_at: now,
                ticked_at: now,
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
        let tick = sleep_until(self.ticks_at());
        tokio::pin!(tick);
        loop {
            let ticks_at = self.ticks_at();
            if tick.deadline() != ticks_at {
                tick.as_mut().reset(ticks_at);
            }
            let tells_at = self.tells_at();
            let acts_at = [tells_at, self.keeps_at()].into_iter().flatten().min();
            let reads_at = self.read_at + GATHER;
            let reads = tells_at.is_none() || self.company.is_awaited();
            // A batch that comes soon reads what has gathered until then; nothing has to be read twice in a frame.
            let gathers = self.waits_for_log() && Instant::now() < reads_at;
            tokio::select! {
                letter = letters.recv(), if reads && !gathers => match letter {
                    Some(letter) => {
                        self.read(letter).await;
                        self.read_waiting(letters).await;
                    }
                    None => break, // the hub is gone: the server stops
                },
                () = sleep_until(reads_at), if gathers => {}
                () = sleep_until(acts_at.unwrap_or(reads_at)), if acts_at.is_some() => {
                    self.read_waiting(letters).await;
                    self.tell_and_keep();
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
                () = &mut tick => {
                    self.ticked_at = Instant::now();
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

    fn ticks_at(&self) -> Instant {
        self.ticked_at + if self.core.awaits_time() { TICK } else { IDLE_TICK }
    }

    /// Somebody is to hear of something that has to be kept first.
    fn hurries(&self) -> bool {
        self.core.hurries() || self.links.wants_greeting()
    }

    /// Nothing can be told before the batch that is on its way has arrived.
    fn waits_for_log(&self) -> bool {
        let held = |flight: &Flight| flight.holds_back() || self.hurries();
        self.in_flight.as_ref().is_some_and(held)
    }

    /// When the next news are to be told, or kept to be told; `None` while there are none, or they have to wait.
    fn tells_at(&mut self) -> Option<Instant> {
        let hurries = self.hurries();
        if !hurries && !self.core.has_untold() {
            return None;
        }
        let since = *self.news_since.get_or_insert_with(Instant::now);
        let free = if hurries {
            self.log_is_free()
        } else {
            !self.waits_for_log()
        };
        let company = if !hurries && self.company.is_complete() {
            Duration::ZERO
        } else {
            COMPANY
        };
        free.then(|| (since + company).max(self.last_batch + BATCH_EVERY))
    }

    fn tell_and_keep(&mut self) {
        let now = Instant::now();
        if self.hurries() {
            if self.log_is_free() {
                self.batch_at(now);
                self.start_batch();
            }
            return;
        }
        if self.core.has_untold() && !self.waits_for_log() {
            self.batch_at(now);
            self.gathered_since.get_or_insert(now);
            self.links
                .deliver(Vec::new(), self.core.take_drawn(), self.core.state());
        }
        if self.keeps_at().is_some_and(|at| at <= now) {
            self.start_batch();
        }
    }

    fn batch_at(&mut self, now: Instant) {
        (self.last_batch, self.news_since) = (now, None);
        self.company.batch_is_told();
    }

    /// Nobody is here and nobody is waited for, or the visit has ended and everybody heard of it.
    fn is_over(&self) -> bool {
        let settled = self.in_flight.is_none() && self.promised.is_none() && !self.core.has_news();
        let ended = self.core.state().phase == Phase::Ended && self.links.is_empty();
        let lingered = self.empty_since.is_some_and(|since| since.elapsed() >= LINGER);
        settled && (ended || lingered)
    }
}
