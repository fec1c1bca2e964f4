//! Is what a letter has to say still true when it is sent? Minutes or a day may lie between, and a wrong letter is worse than
//! none.

use crate::{
    model::{Kind, Side},
    store::{self, due::Due, letter::About, letter_visit::LetterVisit},
};
use chrono::{DateTime, Utc};
use kernel::{StoreError, Tx};
use scheduling::{
    model::{OfferState, RequestState, VisitState},
    service::{offer_in_short, proposal_kept_until, request_in_short, visit_in_short, visits_in_short},
};

/// A letter that may be sent.
#[derive(Debug, Clone, Default)]
pub struct True {
    /// Until when something waits.
    pub until: Option<DateTime<Utc>>,
    /// For a letter about several visits: those of which it is still true, in order of time.
    pub visits: Vec<LetterVisit>,
}

/// `None` when the letter is no longer true.
pub async fn still_true(tx: &mut Tx, letter: &Due, side: Side, now: DateTime<Utc>) -> Result<Option<True>, StoreError> {
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
                ..True::default()
            }))
        }
        About::Offer(offer) => Ok(offer_in_short(tx, offer)
            .await?
            .filter(|offer| offer.state == OfferState::Open && now < offer.expires_at)
            .map(|offer| True {
                until: Some(offer.expires_at),
                ..True::default()
            })),
        About::Proposal(proposal) => Ok(proposal_kept_until(tx, proposal, now).await?.map(|until| True {
            until: Some(until),
            ..True::default()
        })),
        About::Visit(_) if letter.kind.is_of_many() => of_many(tx, letter, side).await,
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

/// Of which of its visits a letter is still true: nothing newer was written about them, they are as it says, and a therapist still
/// gives them.
async fn of_many(tx: &mut Tx, letter: &Due, side: Side) -> Result<Option<True>, StoreError> {
    let mut visits = store::letter_visit::current(tx, letter.id).await?;
    if letter.kind != Kind::SeriesCancelled {
        let ids: Vec<_> = visits.iter().map(|one| one.visit).collect();
        let now = visits_in_short(tx, &ids).await?;
        visits.retain(|one| {
            now.iter().any(|visit| {
                visit.visit == one.visit
                    && visit.state != VisitState::Cancelled
                    && (side == Side::Family || letter.account == visit.therapist.into())
            })
        });
    }
    Ok((!visits.is_empty()).then_some(True { until: None, visits }))
}
