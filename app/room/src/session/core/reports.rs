//! Reports: not numbered, the newest one counts.

use super::{Aside, Core};
use crate::model::{
    Change, ClientMsg, ParticipantId, PlayState, Presence, Readiness, Rights, ServerMsg,
    playback::PREPARE_AT_MOST_MS,
    wire::{MAX_SIGNAL, Signal},
};

/// A preload reports often; the others hear of it at most this often.
const READINESS_EVERY_MS: u64 = 500;

#[derive(Debug, Default)]
pub(super) struct Throttled {
    told_ms: u64,
    next: Option<Readiness>,
}

impl Throttled {
    pub(super) const fn waits(&self) -> bool {
        self.next.is_some()
    }
}

impl Core {
    pub(super) fn report(&mut self, who: ParticipantId, report: ClientMsg, now_ms: u64) -> Option<Aside> {
        match report {
            ClientMsg::Readiness(readiness) => {
                self.readiness.entry(who).or_default().next = Some(readiness);
                self.tell_readiness(now_ms);
                None
            }
            ClientMsg::Sending { microphone, camera } => {
                let mut person = self.known(who).ok()?;
                if (person.microphone_on, person.camera_on) != (microphone, camera) {
                    (person.microphone_on, person.camera_on) = (microphone, camera);
                    self.emit_fleeting(who, None, Change::Person(person), now_ms);
                }
                None
            }
            ClientMsg::Signal { to, signal } => self.relay(who, to, signal),
            ClientMsg::Prepared { epoch, rtt_ms } => {
                self.prepared(who, epoch, rtt_ms, now_ms);
                None
            }
            ClientMsg::RenderAck(ack) => {
                let host = self.state.host()?.id;
                Some(Aside::To(host, ServerMsg::Receipt { from: who, ack }))
            }
            ClientMsg::Ephemeral(what) => {
                let may = self.state.board_rights(who) >= Rights::Point;
                may.then_some(Aside::Others(who, ServerMsg::Ephemeral { from: who, what }))
            }
            ClientMsg::Act { .. } => None,
        }
    }

    /// Only between two people who are inside, and never to oneself.
    fn relay(&self, who: ParticipantId, to: ParticipantId, signal: Signal) -> Option<Aside> {
        let length = match &signal {
            Signal::Hello => 0,
            Signal::Offer { sdp, .. } | Signal::Answer { sdp, .. } => sdp.len(),
            Signal::Candidate { candidate, mid, .. } => candidate.len() + mid.as_ref().map_or(0, String::len),
        };
        let reachable = self
            .state
            .person(to)
            .is_some_and(|person| person.presence == Presence::InRoom);
        (reachable && who != to && length <= MAX_SIGNAL)
            .then_some(Aside::To(to, ServerMsg::Signal { from: who, signal }))
    }

    pub(super) fn tell_readiness(&mut self, now_ms: u64) {
        let due: Vec<(ParticipantId, Readiness)> = self
            .readiness
            .iter_mut()
            .filter(|(_, throttled)| now_ms >= throttled.told_ms + READINESS_EVERY_MS)
            .filter_map(|(who, throttled)| {
                let next = throttled.next.take()?;
                throttled.told_ms = now_ms;
                Some((*who, next))
            })
            .collect();
        for (who, readiness) in due {
            if let Ok(mut person) = self.known(who)
                && person.readiness != readiness
            {
                person.readiness = readiness;
                self.emit_fleeting(who, None, Change::Person(person), now_ms);
            }
        }
    }

    fn prepared(&mut self, who: ParticipantId, epoch: u32, rtt_ms: u32, now_ms: u64) {
        let current = self
            .state
            .stage
            .playback
            .is_some_and(|playback| playback.epoch == epoch);
        let Some(preparing) = self.preparing.as_mut().filter(|_| current) else {
            return;
        };
        if preparing.waits_for.remove(&who) {
            // Somebody who claims an endless round trip does not hold the others back for ever.
            preparing.slowest_rtt_ms = preparing.slowest_rtt_ms.max(rtt_ms.min(2_000));
        }
        self.start_when_ready(now_ms);
    }

    /// Somebody is away: the film does not wait for them.
    pub(super) fn nobody_waits_for(&mut self, who: ParticipantId, now_ms: u64) {
        if let Some(preparing) = &mut self.preparing {
            preparing.waits_for.remove(&who);
            self.start_when_ready(now_ms);
        }
    }

    fn start_when_ready(&mut self, now_ms: u64) {
        if self
            .preparing
            .as_ref()
            .is_some_and(|preparing| preparing.waits_for.is_empty())
        {
            self.start(now_ms);
        }
    }

    pub(super) fn start_without_the_late(&mut self, now_ms: u64) {
        let waited = |since: u64| now_ms >= since + PREPARE_AT_MOST_MS;
        if self
            .preparing
            .as_ref()
            .is_some_and(|preparing| waited(preparing.since_ms))
        {
            self.start(now_ms);
        }
    }

    fn start(&mut self, now_ms: u64) {
        let (Some(preparing), Some(playback)) = (self.preparing.take(), self.state.stage.playback) else {
            return;
        };
        if playback.state == PlayState::Preparing {
            let change = Change::Playback {
                playback: playback.start(preparing.slowest_rtt_ms, now_ms),
                late: preparing.waits_for.into_iter().collect(),
            };
            self.emit(ParticipantId::ROOM, None, change, now_ms);
        }
    }
}
