//! The task that owns one room. Order of things: decide, keep, deliver. Nobody hears of an event before the database has
//! it, and while one batch is being kept the next one gathers: that is the group commit.

use super::{
    backstage::{Backstage, Ticket},
    core::{Aside, Core, Decided},
    hub::{Shared, Summary},
    links::{Links, Prepared},
};
use crate::model::{Act, Change, ClientId, ClientMsg, Event, ParticipantId, Phase, Refusal, ServerMsg};
use kernel::{Actor, StoreError};
use live::{Closing, Hello, Outlet, server::Departure};
use std::{future::Future, pin::Pin, sync::Arc, time::Duration};
use tokio::{
    sync::{mpsc, oneshot},
    time::{Instant, MissedTickBehavior, interval, sleep, sleep_until},
};

/// Shortest time between two batches: one frame of a screen.
const BATCH_EVERY: Duration = Duration::from_millis(16);
const TICK: Duration = Duration::from_millis(100);
/// An empty room stays in memory this long.
const LINGER: Duration = Duration::from_mins(1);
/// The database may be away this long before the room gives up; the sockets then come back to a room read anew.
const KEEP_WITHIN: Duration = Duration::from_secs(10);
const KEEP_AGAIN_AFTER: Duration = Duration::from_millis(250);
/// A newer kit is asked for at most this often.
const KIT_EVERY: Duration = Duration::from_secs(2);

/// What the sockets of a room say to its task.
#[derive(Debug)]
pub(super) enum Letter {
    Join {
        ticket: Ticket,
        hello: Hello,
        outlet: Outlet,
        reply: oneshot::Sender<Result<(ParticipantId, u64), Closing>>,
    },
    Body {
        who: ParticipantId,
        link: u64,
        message: ClientMsg,
    },
    Gone {
        who: ParticipantId,
        link: u64,
        how: Departure,
    },
}

type Keeping = Pin<Box<dyn Future<Output = Result<(), StoreError>> + Send>>;

struct Room {
    core: Core,
    links: Links,
    backstage: Arc<dyn Backstage>,
    ticket: Ticket,
    shared: Shared,
    in_flight: Option<(Keeping, Vec<Prepared>, Vec<Event>)>,
    last_batch: Instant,
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
            tokio::select! {
                letter = letters.recv() => match letter {
                    Some(letter) => self.read(letter).await,
                    None => break, // the hub is gone: the server stops
                },
                () = sleep_until(due.unwrap_or_else(Instant::now)), if due.is_some() => self.start_batch(),
                kept = keeping(&mut self.in_flight), if self.in_flight.is_some() => {
                    if let Err(error) = kept {
                        tracing::error!(visit = %self.ticket.visit, %error, "a room cannot be kept");
                        self.links.close_all(Closing::Restart);
                        return;
                    }
                    self.finish_batch();
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
    fn batch_due(&self) -> Option<Instant> {
        let wanted = self.core.has_news() || self.links.wants_greeting();
        (wanted && self.in_flight.is_none()).then(|| self.last_batch + BATCH_EVERY)
    }

    fn start_batch(&mut self) {
        self.last_batch = Instant::now();
        let Decided { events, batch, let_in } = self.core.take();
        for who in let_in {
            self.links.greet_again(who);
        }
        let core = &self.core;
        let greetings = self.links.prepare(core.state().seq, |who, client, epoch, seq| {
            core.greet(who, client, epoch, seq)
        });
        let keeping: Keeping = if batch.is_empty() {
            Box::pin(std::future::ready(Ok(())))
        } else {
            let (backstage, ticket) = (Arc::clone(&self.backstage), self.ticket.clone());
            Box::pin(async move {
                let give_up = Instant::now() + KEEP_WITHIN;
                loop {
                    match backstage.keep(&ticket, &batch).await {
                        Err(StoreError::Unavailable(_)) if Instant::now() < give_up => sleep(KEEP_AGAIN_AFTER).await,
                        done => return done,
                    }
                }
            })
        };
        self.in_flight = Some((keeping, greetings, events));
    }

    fn finish_batch(&mut self) {
        let Some((_, greetings, events)) = self.in_flight.take() else {
            return;
        };
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

    async fn read(&mut self, letter: Letter) {
        let now_ms = self.backstage.now_ms();
        match letter {
            Letter::Join {
                ticket,
                hello,
                outlet,
                reply,
            } => {
                let joined = self.join(&ticket, &hello, outlet, now_ms);
                if let Err(Ok((who, link))) = reply.send(joined) {
                    self.gone(who, link, Departure::Cut, now_ms);
                }
            }
            Letter::Body { who, link, message } => {
                if let Some(link) = self.links.get(who, link) {
                    let client = link.client;
                    self.hear(who, client, message, now_ms).await;
                }
            }
            Letter::Gone { who, link, how } => self.gone(who, link, how, now_ms),
        }
    }

    fn join(
        &mut self,
        ticket: &Ticket,
        hello: &Hello,
        outlet: Outlet,
        now_ms: u64,
    ) -> Result<(ParticipantId, u64), Closing> {
        let (who, client) = self
            .core
            .join(ticket.account, ticket.seat, &ticket.name, hello.device, now_ms)
            .map_err(|_| Closing::NotOpen)?;
        self.empty_since = None;
        let link = self.links.enter(who, client, (hello.epoch, hello.last_seq), outlet);
        Ok((who, link))
    }

    fn gone(&mut self, who: ParticipantId, link: u64, how: Departure, now_ms: u64) {
        if self.links.leave(who, link) {
            match how {
                Departure::Bye => self.core.left(who, now_ms),
                Departure::Cut => self.core.line_broke(who, now_ms),
            }
        }
        if self.links.is_empty() {
            self.empty_since = Some(Instant::now());
        }
    }

    async fn hear(&mut self, who: ParticipantId, client: ClientId, message: ClientMsg, now_ms: u64) {
        let shows = match &message {
            ClientMsg::Act {
                op_no,
                act: act @ Act::Show(_),
            } => Some((*op_no, act.clone())),
            _ => None,
        };
        let mut aside = self.core.hear(who, client, message, now_ms);
        let not_in_kit = matches!(
            aside,
            Some(Aside::To(
                _,
                ServerMsg::Reject {
                    why: Refusal::NotInKit,
                    ..
                }
            ))
        );
        // The host may have added it a moment ago, in another tab.
        if let Some((op_no, act)) = shows
            && not_in_kit
            && self.newer_kit().await
        {
            self.core.forget(client, op_no);
            aside = self.core.hear(who, client, ClientMsg::Act { op_no, act }, now_ms);
        }
        match aside {
            Some(Aside::To(to, message)) => self.links.send(to, &message),
            Some(Aside::Others(from, message)) => self.links.offer(from, &message, self.core.state()),
            None => {}
        }
    }

    async fn newer_kit(&mut self) -> bool {
        if self.kit_at.elapsed() < KIT_EVERY {
            return false;
        }
        self.kit_at = Instant::now();
        match self.backstage.kit(&self.ticket).await {
            Ok(kit) => {
                self.core.set_kit(&kit);
                true
            }
            Err(error) => {
                tracing::warn!(visit = %self.ticket.visit, %error, "the kit does not load");
                false
            }
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

async fn keeping(in_flight: &mut Option<(Keeping, Vec<Prepared>, Vec<Event>)>) -> Result<(), StoreError> {
    match in_flight {
        Some((keeping, ..)) => keeping.await,
        None => Ok(()),
    }
}
