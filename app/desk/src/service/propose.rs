//! Other times for a request or an affected visit, proposed from the queue. Takes the item; the slice keeps the times.

use crate::{
    Error,
    model::{ItemId, Kind},
};
use kernel::{Ctx, IdempotencyKey, TherapistId};
use scheduling::service::{Offer, ProposalOf, WantedTime, propose_times};

use super::{role, take::take};

/// What a liaison proposes, as a form sends it.
#[derive(Debug, Clone, Default)]
pub struct ProposeWish {
    /// Somebody else than the patient asked for; for a request only.
    pub therapist: Option<TherapistId>,
    /// Instants; empty ones are left out.
    pub starts: Vec<String>,
    /// One more time, on the therapist's clock.
    pub date: String,
    pub clock: String,
    pub words: String,
}

/// # Errors
/// `Taken`, `TooNear` for a time that comes before an answer could, `NotFound` for other kinds of items, and as
/// `scheduling::service::propose_times`.
pub async fn propose(ctx: &Ctx, item: ItemId, wish: &ProposeWish, key: IdempotencyKey) -> Result<(), Error> {
    role::desk(ctx)?;
    let of = match item.kind {
        Kind::Request => ProposalOf::Request(item.id.into()),
        Kind::Affected => ProposalOf::Visit(item.id.into()),
        _ => return Err(Error::NotFound),
    };
    let mut times: Vec<WantedTime<'_>> = wish.starts.iter().map(|text| WantedTime::at(text)).collect();
    times.push(WantedTime {
        starts: "",
        date: &wish.date,
        clock: &wish.clock,
    });
    take(ctx, item, false).await?;
    let offer = Offer {
        of,
        therapist: wish.therapist,
        times: &times,
        words: &wish.words,
        key,
    };
    match propose_times(ctx, &offer).await {
        Ok(_) => Ok(()),
        Err(scheduling::Error::TooLate) => Err(Error::TooNear),
        Err(error) => Err(error.into()),
    }
}
