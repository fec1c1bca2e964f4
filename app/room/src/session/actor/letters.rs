//! What the sockets of a room say to its task, and what it does about each word.

use super::Room;
use crate::{
    model::{Act, ClientId, ClientMsg, ParticipantId, Refusal, ServerMsg},
    session::{backstage::Ticket, core::Aside},
};
use live::{Closing, Hello, Outlet, server::Departure};
use std::time::Duration;
use tokio::{
    sync::{mpsc, oneshot},
    time::Instant,
};

/// A newer kit is asked for at most this often.
const KIT_EVERY: Duration = Duration::from_secs(2);

/// What the sockets of a room say to its task.
#[derive(Debug)]
pub(in crate::session) enum Letter {
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

impl Room {
    /// Everything that lies in the box now.
    pub(super) async fn read_waiting(&mut self, letters: &mut mpsc::Receiver<Letter>) {
        while let Ok(letter) = letters.try_recv() {
            self.read(letter).await;
        }
        self.read_at = Instant::now();
    }

    pub(super) async fn read(&mut self, letter: Letter) {
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
            .map_err(|why| match why {
                Refusal::TooLarge => Closing::TooManyDevices,
                _ => Closing::NotOpen,
            })?;
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
        if matches!(&message, ClientMsg::Act { act: Act::Board(_), .. }) {
            self.company.drew(client);
        }
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
}
