//! Acts: numbered, answered, carried out once.

use super::{Core, Milestone, Preparing};
use crate::model::{
    Act, Change, OpId, ParticipantId, Phase, PlayState, Playback, Presence, Refusal, Rights, Seat, Shown, board::Op,
    wire::MAX_NOTE,
};

impl Core {
    /// Carries an act out for somebody who may ask for it.
    pub(super) fn act(&mut self, who: ParticipantId, id: OpId, act: Act, now_ms: u64) -> Result<(), Refusal> {
        match act {
            Act::Ready => {
                let mut person = self.known(who)?;
                person.presence = person.presence.ready()?;
                person.ready = true;
                self.emit(who, Some(id), Change::Person(person), now_ms);
            }
            Act::Hand { up } => {
                let mut person = self.known(who)?;
                person.hand_up = up;
                self.emit_fleeting(who, Some(id), Change::Person(person), now_ms);
            }
            Act::Card { card } => {
                let mut person = self.known(who)?;
                person.card = card;
                // Kept, unlike a raised hand: what a child asked for belongs to the visit's record.
                self.emit(who, Some(id), Change::Person(person), now_ms);
            }
            Act::CardSeen { who: guest } => {
                let mut person = self.known(guest)?;
                person.card = None;
                self.emit(who, Some(id), Change::Person(person), now_ms);
            }
            Act::Board(op) => self.draw(who, id, op, now_ms)?,
            Act::Admit { who: guest } => self.admit(who, id, guest, now_ms)?,
            Act::Show(shown) => self.show(who, id, shown, now_ms)?,
            Act::Play { pos_ms } => {
                let playback = self.playback()?.prepare(pos_ms, now_ms);
                self.play(who, id, playback, now_ms);
            }
            Act::Pause => {
                let playback = self.playback()?.pause(now_ms);
                self.play(who, id, playback, now_ms);
            }
            Act::Seek { pos_ms } => {
                let playback = self.playback()?.seek(pos_ms, now_ms);
                self.play(who, id, playback, now_ms);
            }
            Act::Speed { rate } => {
                if !Playback::RATES.contains(&rate) {
                    return Err(Refusal::TooLarge);
                }
                let playback = self.playback()?.at_rate(rate, now_ms);
                self.play(who, id, playback, now_ms);
            }
            Act::SetRights { who: guest, rights } => self.set_rights(who, id, guest, rights, now_ms)?,
            Act::Note { text } => {
                if text.len() > MAX_NOTE {
                    return Err(Refusal::TooLarge);
                }
                self.emit(who, Some(id), Change::Note(text), now_ms);
            }
            Act::End => self.end(who, Some(id), now_ms),
        }
        Ok(())
    }

    fn draw(&mut self, who: ParticipantId, id: OpId, op: Op, now_ms: u64) -> Result<(), Refusal> {
        self.state.board.check(who, self.board_rights(who), id, &op)?;
        self.emit_drawn(who, id, op, now_ms);
        Ok(())
    }

    /// As everybody sees them; but in a room that was read anew, what was drawn before and not kept is sent again, and
    /// whoever is back before the host must not lose it for that.
    fn board_rights(&self, who: ParticipantId) -> Rights {
        match self.state.person(who) {
            Some(person) if self.awaits_host && person.presence == Presence::InRoom => person.rights,
            _ => self.state.board_rights(who),
        }
    }

    fn admit(&mut self, host: ParticipantId, id: OpId, guest: ParticipantId, now_ms: u64) -> Result<(), Refusal> {
        let mut person = self.known(guest)?;
        person.presence = person.presence.admit()?;
        let phase = self.state.phase.admit()?;
        let first_time = !person.admitted;
        person.admitted = true;
        self.emit(host, Some(id), Change::Person(person), now_ms);
        if phase != self.state.phase {
            self.emit(host, None, Change::Phase(phase), now_ms);
            self.milestone(Milestone::Begun);
            // The host's own time in the visit counts from here, not from the hour of preparing before it.
            if let Some(host) = self.state.host().map(|host| host.id) {
                self.enters(host, now_ms);
            }
        }
        if first_time {
            self.let_in.insert(guest, self.state.seq);
            self.newly_in.push(guest);
            self.enters(guest, now_ms);
        }
        Ok(())
    }

    fn show(&mut self, host: ParticipantId, id: OpId, shown: Shown, now_ms: u64) -> Result<(), Refusal> {
        let playback = self.showable.check(shown, now_ms)?;
        self.preparing = None;
        self.emit(host, Some(id), Change::Shown { shown, playback }, now_ms);
        Ok(())
    }

    fn set_rights(
        &mut self,
        host: ParticipantId,
        id: OpId,
        guest: ParticipantId,
        rights: Rights,
        now_ms: u64,
    ) -> Result<(), Refusal> {
        let mut person = self.known(guest)?;
        // The host's own rights cannot be taken away: a lock can always be undone (G29).
        if person.seat == Seat::Host {
            return Err(Refusal::NotAllowed);
        }
        person.rights = rights;
        self.emit(host, Some(id), Change::Person(person), now_ms);
        Ok(())
    }

    fn playback(&self) -> Result<Playback, Refusal> {
        self.state.stage.playback.ok_or(Refusal::NotNow)
    }

    /// A command to the film; a start waits for everybody who is inside.
    fn play(&mut self, host: ParticipantId, id: OpId, playback: Playback, now_ms: u64) {
        self.preparing = (playback.state == PlayState::Preparing).then(|| Preparing {
            waits_for: self
                .state
                .people
                .values()
                .filter(|person| person.presence == Presence::InRoom)
                .map(|person| person.id)
                .collect(),
            slowest_rtt_ms: 0,
            since_ms: now_ms,
        });
        let change = Change::Playback {
            playback,
            late: Vec::new(),
        };
        self.emit(host, Some(id), change, now_ms);
    }

    pub(super) fn end(&mut self, who: ParticipantId, cause: Option<OpId>, now_ms: u64) {
        // Whoever is inside leaves first, so that the visit's record has their times when it ends.
        for id in self.inside.keys().copied().collect::<Vec<_>>() {
            self.leaves(id, now_ms);
        }
        self.emit(who, cause, Change::Phase(Phase::Ended), now_ms);
        self.milestone(Milestone::Ended);
    }
}
