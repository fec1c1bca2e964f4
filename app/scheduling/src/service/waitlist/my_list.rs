//! What the reader and the people they act for wait for.

use crate::{Error, api::view::MyWaitlistView, store};
use kernel::{
    Ctx,
    audit::{self, Looked, Subject},
};

use super::view::wish_view;
use crate::service::{
    cast::{Cast, own_people},
    role,
};

/// # Errors
/// `NotFound` for another role.
pub async fn my_waitlist(ctx: &Ctx) -> Result<MyWaitlistView, Error> {
    role::patient_side(ctx)?;
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let people = own_people(&mut tx, &ctx.actor, now).await?;
    let patients: Vec<_> = people.iter().map(|person| person.patient).collect();
    let wishes = store::waitlist::wish::waiting_of(&mut tx, &patients).await?;
    let ids: Vec<_> = wishes.iter().map(|wish| wish.id).collect();
    let offers = store::waitlist::offer::of_wishes(&mut tx, &ids).await?;
    let therapists = wishes
        .iter()
        .filter_map(|wish| wish.therapist)
        .chain(offers.iter().map(|offer| offer.therapist));
    let cast = Cast::load(&mut tx, patients, therapists).await?.read_by(&people);
    let mut views = Vec::with_capacity(wishes.len());
    for wish in &wishes {
        let zone = cast.patient_zone(wish.patient)?;
        views.push(wish_view(ctx, &mut tx, wish, &offers, &cast, zone).await?);
    }
    for wish in &wishes {
        audit::record(
            &mut tx,
            Looked::Read,
            role::subject(ctx, Subject::new("waitlist_wish", wish.id.uuid()), wish.patient),
        );
    }
    tx.commit().await?;
    Ok(MyWaitlistView { wishes: views })
}
