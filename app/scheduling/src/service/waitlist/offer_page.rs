//! One offered time, for whoever may take it.

use crate::{
    Error,
    api::view::KeptTimeView,
    model::{OfferId, OfferState, Request, WishState},
    store,
};
use kernel::{
    Ctx,
    audit::{self, Looked, Subject},
};

use crate::service::{
    cast::{Cast, own_people, service_view},
    role, rules, zones,
};

/// # Errors
/// `NotFound` for another role, an absent or a foreign offer.
pub async fn get_offer(ctx: &Ctx, id: OfferId) -> Result<KeptTimeView, Error> {
    role::patient_side(ctx)?;
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let offer = store::waitlist::offer::read(&mut tx, id)
        .await?
        .ok_or(Error::NotFound)?;
    let wish = store::waitlist::wish::read(&mut tx, offer.wish)
        .await?
        .ok_or(Error::NotFound)?;
    let people = own_people(&mut tx, &ctx.actor, now).await?;
    let cast = Cast::load(&mut tx, [offer.patient], [offer.therapist])
        .await?
        .read_by(&people);
    let zone = cast.patient_zone(offer.patient)?;
    let rules = rules::of(&mut tx, offer.service, offer.therapist, now).await?;
    let moves = match wish.visit {
        Some(visit) => store::visit::read(&mut tx, visit)
            .await?
            .filter(|_| offer.offer.at(now) == OfferState::Open)
            .map(|row| zones::when(zone, row.visit.starts, row.visit.ends)),
        None => None,
    };
    audit::record(
        &mut tx,
        Looked::Read,
        role::subject(ctx, Subject::new("waitlist_offer", id.uuid()), offer.patient),
    );
    tx.commit().await?;
    Ok(KeptTimeView {
        offer: id,
        state: offer.offer.at(now),
        person: cast.person(offer.patient),
        therapist: cast.face(offer.therapist),
        service: service_view(cast.service(offer.service)?),
        when: zones::when(zone, offer.starts, offer.ends),
        kept_until: zones::moment(zone, offer.offer.expires_at),
        expires_at: offer.offer.expires_at,
        server_now: now,
        moves,
        agreed_at_once: wish.visit.is_some() || wish.request.is_some(),
        answer_by: zones::moment(zone, Request::send(now, offer.starts, &rules).expires_at),
        waits_on: wish.state == WishState::Waiting,
        request: offer.request,
        visit: offer.visit,
        key: ctx.ids.next(),
    })
}
