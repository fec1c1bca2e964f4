//! Wishes and offers as pages show them.

use crate::{
    Error,
    api::view::{OfferLine, WishView},
    model::{OfferState, PartOfDay, Weekday},
    store::{
        self,
        waitlist::{offer::OfferRow, wish::WishRow},
    },
};
use chrono::Duration;
use kernel::{Ctx, Tx, Zone};

use crate::service::{
    cast::{Cast, service_view},
    zones,
};

/// A wish with the offers that were made to it, the latest first, in `zone`.
pub async fn wish_view(
    ctx: &Ctx,
    tx: &mut Tx,
    wish: &WishRow,
    offers: &[OfferRow],
    cast: &Cast,
    zone: Zone,
) -> Result<WishView, Error> {
    let now = ctx.clock.now();
    let sooner_than = match wish.visit {
        Some(visit) => store::visit::read(tx, visit)
            .await?
            .map(|row| zones::when(zone, row.visit.starts, row.visit.ends)),
        None => None,
    };
    Ok(WishView {
        wish: wish.id,
        state: wish.state,
        person: cast.person(wish.patient),
        therapist: wish.therapist.map(|therapist| cast.face(therapist)),
        service: service_view(cast.service(wish.service)?),
        visit: wish.visit,
        sooner_than,
        request: wish.request,
        days: chosen(wish.days.list(), Weekday::ALL.len()),
        parts: chosen(wish.parts.list(), PartOfDay::ALL.len()),
        // The last moment that counts, not the first that does not.
        until: zones::moment(zone, wish.until - Duration::seconds(1)),
        joined: zones::moment(zone, wish.joined_at),
        offers: offers
            .iter()
            .filter(|offer| offer.wish == wish.id)
            .map(|offer| line(offer, cast, zone, offer.offer.at(now)))
            .collect(),
        key: ctx.ids.next(),
    })
}

/// Nothing where all fit.
fn chosen<T>(list: impl Iterator<Item = T>, all: usize) -> Vec<T> {
    let list: Vec<T> = list.collect();
    if list.len() == all { Vec::new() } else { list }
}

fn line(offer: &OfferRow, cast: &Cast, zone: Zone, state: OfferState) -> OfferLine {
    OfferLine {
        offer: offer.id,
        state,
        therapist: cast.face(offer.therapist),
        when: zones::when(zone, offer.starts, offer.ends),
        kept_until: zones::moment(zone, offer.offer.expires_at),
        made: zones::moment(zone, offer.created_at),
        by_hand: offer.by_hand,
    }
}
