//! Who may say what: asked for every message, from server-side seats, whatever the client shows or hides (G27).

use crate::model::{Act, ClientMsg, Person, Phase, Presence, Refusal, Seat};

/// Where one has to be to be heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In the waiting room or inside.
    Here,
    /// Inside.
    Inside,
    /// Inside, on the patient's side.
    Guest,
    /// Inside, on the host's seat.
    Host,
}

const fn place(message: &ClientMsg) -> Place {
    match message {
        ClientMsg::Readiness(_) | ClientMsg::Sending { .. } | ClientMsg::Act { act: Act::Ready, .. } => Place::Here,
        ClientMsg::Signal { .. }
        | ClientMsg::Prepared { .. }
        | ClientMsg::RenderAck(_)
        | ClientMsg::Ephemeral(_)
        | ClientMsg::Act {
            act: Act::Hand { .. } | Act::Board(_),
            ..
        } => Place::Inside,
        ClientMsg::Act {
            act: Act::Card { .. }, ..
        } => Place::Guest,
        ClientMsg::Act {
            act:
                Act::CardSeen { .. }
                | Act::Admit { .. }
                | Act::Show(_)
                | Act::Play { .. }
                | Act::Pause
                | Act::Seek { .. }
                | Act::Speed { .. }
                | Act::SetRights { .. }
                | Act::Note { .. }
                | Act::End,
            ..
        } => Place::Host,
    }
}

/// Whether this person may send this message now, before anything of its content is looked at.
///
/// # Errors
/// `NotNow` after the end, `NotAllowed` from the wrong seat, `NotInRoom` from the waiting room.
pub(super) fn may(person: &Person, phase: Phase, message: &ClientMsg) -> Result<(), Refusal> {
    if phase == Phase::Ended || !person.presence.is_here() {
        return Err(Refusal::NotNow);
    }
    match place(message) {
        Place::Host if person.seat != Seat::Host => Err(Refusal::NotAllowed),
        Place::Guest if person.seat == Seat::Host => Err(Refusal::NotAllowed),
        Place::Host | Place::Guest | Place::Inside if person.presence != Presence::InRoom => Err(Refusal::NotInRoom),
        _ => Ok(()),
    }
}
