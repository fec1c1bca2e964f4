//! A wish with all that the desk needs to offer a time by hand; and what letters ask about an offer.

use crate::{
    Error,
    api::view::WishDetail,
    model::{
        OfferId, OfferState, WishId, WishState,
        waitlist::{MOST_MISSED, missed},
    },
    store,
};
use chrono::{DateTime, Utc};
use kernel::{
    Ctx, PatientId, StoreError, TherapistId, Tx,
    audit::{self, Looked, Subject},
};

use super::{
    ground::{fitting, ground},
    view::wish_view,
};
use crate::service::{
    cast::{Cast, face},
    free, role,
    sealed::Text,
};

/// So many fitting times are shown to choose from.
const CHOICES: usize = 12;

/// # Errors
/// `NotFound` for every role but liaison and for an absent wish.
pub async fn wish_detail(ctx: &Ctx, id: WishId) -> Result<WishDetail, Error> {
    role::desk(ctx)?;
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let wish = store::waitlist::wish::read(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let offers = store::waitlist::offer::of_wishes(&mut tx, &[id]).await?;
    let therapists = wish
        .therapist
        .into_iter()
        .chain(offers.iter().map(|offer| offer.therapist));
    let cast = Cast::load(&mut tx, [wish.patient], therapists).await?;
    let zone = cast.patient_zone(wish.patient)?;
    let mut fits = Vec::new();
    if let Some(therapist) = wish.therapist
        && let Some(ground) = ground(&mut tx, &wish, therapist, now).await?
    {
        let starts = fitting(&mut tx, &wish, therapist, &ground, &[], now).await?;
        fits.extend(
            starts
                .into_iter()
                .take(CHOICES)
                .filter_map(|at| free::slot(zone, at.timestamp())),
        );
    }
    let mut anyone = Vec::new();
    if wish.therapist.is_none() {
        let offering = store::catalog::offering(&mut tx, wish.service).await?;
        let cards = people::service::find_therapists(&mut tx, &people::TherapistFilter::default()).await?;
        anyone.extend(cards.iter().filter(|card| offering.contains(&card.id)).map(face));
    }
    let reason = Text::WishReason
        .open(&ctx.vault, &mut tx, wish.patient, id.uuid(), wish.reason.as_deref())
        .await?;
    let states = || offers.iter().map(|offer| offer.offer.at(now));
    let waits = wish.state == WishState::Waiting && missed(states()) < MOST_MISSED;
    let open = states().any(|state| state == OfferState::Open);
    let view = wish_view(ctx, &mut tx, &wish, &offers, &cast, zone).await?;
    audit::record(
        &mut tx,
        Looked::Read,
        Subject::new("waitlist_wish", id.uuid()).of(wish.patient),
    );
    tx.commit().await?;
    Ok(WishDetail {
        can_offer: waits && !open,
        wish: view,
        reason,
        fits,
        anyone,
        key: ctx.ids.next(),
    })
}

/// What a letter says of an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfferInShort {
    pub offer: OfferId,
    pub wish: WishId,
    pub patient: PatientId,
    pub therapist: TherapistId,
    pub starts: DateTime<Utc>,
    pub ends: DateTime<Utc>,
    pub state: OfferState,
    /// Until when it is kept.
    pub expires_at: DateTime<Utc>,
}

/// `None` for an absent offer and for one that the actor may not see.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn offer_in_short(tx: &mut Tx, offer: OfferId) -> Result<Option<OfferInShort>, StoreError> {
    Ok(store::waitlist::offer::read(tx, offer).await?.map(|row| OfferInShort {
        offer: row.id,
        wish: row.wish,
        patient: row.patient,
        therapist: row.therapist,
        starts: row.starts,
        ends: row.ends,
        state: row.offer.state,
        expires_at: row.offer.expires_at,
    }))
}
