//! Is what a letter has to say still true when it is sent? Minutes or a day may lie between, and a wrong letter is worse than
//! none.

use crate::{
    model::Kind,
    store::{self, due::Due, letter::About},
};
use chrono::{DateTime, Utc};
use kernel::{StoreError, Tx};
use scheduling::{
    model::{RequestState, VisitState},
    service::{request_in_short, visit_in_short},
};

/// A letter that may be sent.
#[derive(Debug, Clone, Copy, Default)]
pub struct True {
    /// Until when something waits.
    pub until: Option<DateTime<Utc>>,
}

/// `None` when the letter is no longer true.
pub async fn still_true(tx: &mut Tx, letter: &Due, now: DateTime<Utc>) -> Result<Option<True>, StoreError> {
    // A server that was away for days, or the events of an installation that wrote no letters yet.
    let over = letter.times.is_some_and(|(_, ends)| ends <= now);
    if over && letter.kind != Kind::ConfirmNudge {
        return Ok(None);
    }
    match letter.about {
        About::Request(request) => {
            let Some(request) = request_in_short(tx, request).await? else {
                return Ok(None);
            };
            let waits = matches!(letter.kind, Kind::RequestReceived | Kind::QuestionAsked);
            let open = request.state == RequestState::Pending && now < request.expires_at;
            Ok((open || !waits).then_some(True {
                until: waits.then_some(request.expires_at),
            }))
        }
        About::Proposal(_) => Ok(Some(True::default())),
        About::Visit(id) => {
            let Some(visit) = visit_in_short(tx, id).await? else {
                return Ok(None);
            };
            if let Some(sequence) = letter.sequence
                && store::letter::is_superseded(tx, letter.account, id, sequence).await?
            {
                return Ok(None);
            }
            let same_time = letter.times.is_some_and(|(starts, _)| starts == visit.starts);
            let ahead = matches!(visit.state, VisitState::Scheduled | VisitState::Waiting) && now < visit.starts;
            let is_true = match letter.kind {
                Kind::Reminder => ahead && same_time,
                Kind::ConfirmNudge => !visit.state.is_confirmed() && visit.state != VisitState::Cancelled && same_time,
                Kind::VisitCancelled => true,
                _ => visit.state != VisitState::Cancelled,
            };
            Ok(is_true.then_some(True::default()))
        }
    }
}
