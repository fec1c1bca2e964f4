//! Coming, going, and lines that break.

use super::{Core, Milestone, RESUME_WITHIN_MS};
use crate::{
    model::{Change, ClientId, ParticipantId, Person, Phase, Presence, Refusal, Seat, state::ClientInfo},
    session::save::Record,
};
use kernel::AccountId;
use uuid::Uuid;

/// Browser tabs of one person that get a number. Who a device is, the browser says itself: without a bound one person could use
/// up the numbers of the whole room.
const MOST_TABS: usize = 64;

impl Core {
    /// Somebody with a ticket comes, for the first time or again. Seats never change and a host is never replaced: the
    /// account decides who one is.
    ///
    /// # Errors
    /// `NotNow` when the visit has ended, `TooLarge` when the person has come from too many browsers, or the
    /// room has run out of numbers.
    pub fn join(
        &mut self,
        account: AccountId,
        seat: Seat,
        name: &str,
        device: Uuid,
        now_ms: u64,
    ) -> Result<(ParticipantId, ClientId), Refusal> {
        if self.state.phase == Phase::Ended {
            return Err(Refusal::NotNow);
        }
        let who = self.participant(account)?;
        let client = self.tab(who, device)?;
        self.cut.remove(&who);
        self.awaits_host &= seat != Seat::Host;
        let mut person = match self.state.person(who) {
            Some(person) => person.clone(),
            None => Person::new(who, seat, name.to_owned(), now_ms),
        };
        let known = self.state.person(who).cloned();
        if known.is_some() {
            if person.presence == Presence::Left && !person.admitted {
                person.since_ms = now_ms;
            }
            name.clone_into(&mut person.name);
            person.presence = person.presence.back(person.admitted, person.ready);
        }
        // A fresh page sends nothing yet, whatever the one before did.
        (person.microphone_on, person.camera_on) = (false, false);
        if known.as_ref() != Some(&person) {
            let admitted = person.admitted;
            self.emit(who, None, Change::Person(person), now_ms);
            if seat != Seat::Host && self.state.phase == Phase::Waiting {
                self.milestone(Milestone::CheckedIn);
            }
            if admitted && self.state.phase == Phase::Live {
                self.enters(who, now_ms);
            }
        }
        Ok((who, client))
    }

    fn participant(&mut self, account: AccountId) -> Result<ParticipantId, Refusal> {
        if let Some((_, id)) = self.participants.iter().find(|entry| entry.0 == account) {
            return Ok(*id);
        }
        let number = u16::try_from(self.participants.len() + 1).map_err(|_| Refusal::TooLarge)?;
        let id = ParticipantId(number);
        self.participants.push((account, id));
        self.record(Record::Participant { account, id });
        Ok(id)
    }

    fn tab(&mut self, who: ParticipantId, device: Uuid) -> Result<ClientId, Refusal> {
        if let Some(info) = self
            .clients
            .iter()
            .find(|info| info.who == who && info.device == device)
        {
            return Ok(info.id);
        }
        if self.clients.iter().filter(|info| info.who == who).count() >= MOST_TABS {
            return Err(Refusal::TooLarge);
        }
        let number = u16::try_from(self.clients.len() + 1).map_err(|_| Refusal::TooLarge)?;
        let info = ClientInfo {
            id: ClientId(number),
            device,
            who,
            last_op: 0,
        };
        self.clients.push(info);
        self.record(Record::Client(info));
        Ok(info.id)
    }

    /// The line broke: the tile stays, frozen, for as long as `RESUME_WITHIN_MS` (G24).
    pub fn line_broke(&mut self, who: ParticipantId, now_ms: u64) {
        let Ok(mut person) = self.known(who) else { return };
        if person.presence == Presence::Left || self.state.phase == Phase::Ended {
            return;
        }
        person.presence = person.presence.cut();
        self.cut.insert(who, now_ms);
        self.emit_fleeting(who, None, Change::Person(person), now_ms);
        self.nobody_waits_for(who, now_ms);
    }

    /// Left on purpose.
    pub fn left(&mut self, who: ParticipantId, now_ms: u64) {
        self.cut.remove(&who);
        self.gone(who, now_ms, now_ms);
    }

    pub(super) fn give_up_on_the_cut(&mut self, now_ms: u64) {
        let over: Vec<(ParticipantId, u64)> = self
            .cut
            .iter()
            .filter(|(_, since)| now_ms >= **since + RESUME_WITHIN_MS)
            .map(|(who, since)| (*who, *since))
            .collect();
        for (who, since) in over {
            self.cut.remove(&who);
            self.gone(who, since, now_ms);
        }
    }

    fn gone(&mut self, who: ParticipantId, since_ms: u64, now_ms: u64) {
        let Ok(mut person) = self.known(who) else { return };
        if person.presence == Presence::Left || self.state.phase == Phase::Ended {
            return;
        }
        self.awaits_host &= person.seat != Seat::Host;
        person.presence = Presence::Left;
        person.hand_up = false;
        person.card = None;
        (person.microphone_on, person.camera_on) = (false, false);
        self.emit(who, None, Change::Person(person), now_ms);
        self.nobody_waits_for(who, now_ms);
        self.leaves(who, since_ms);
        let waits = |person: &Person| person.seat != Seat::Host && person.presence != Presence::Left;
        if self.state.phase == Phase::Waiting && !self.state.people.values().any(waits) {
            self.milestone(Milestone::NobodyWaits);
        }
    }

    /// Counts somebody's time in the visit from now on.
    pub(super) fn enters(&mut self, who: ParticipantId, now_ms: u64) {
        if self.inside.contains_key(&who) {
            return;
        }
        self.inside.insert(who, now_ms);
        self.record(Record::Inside {
            who,
            since_ms: Some(now_ms),
        });
        if let (Some(account), Some(seat)) = (self.account(who), self.seat(who)) {
            self.milestone(Milestone::Entered {
                account,
                seat,
                at_ms: now_ms,
            });
        }
    }

    pub(super) fn leaves(&mut self, who: ParticipantId, at_ms: u64) {
        let Some(entered_ms) = self.inside.remove(&who) else {
            return;
        };
        self.record(Record::Inside { who, since_ms: None });
        if let (Some(account), Some(seat)) = (self.account(who), self.seat(who)) {
            self.milestone(Milestone::Left {
                account,
                seat,
                entered_ms,
                at_ms,
            });
        }
    }

    fn seat(&self, who: ParticipantId) -> Option<Seat> {
        self.state().person(who).map(|person| person.seat)
    }
}
