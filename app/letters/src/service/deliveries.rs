//! Letters as the desk shows them: to whom, about what, and whether they left.

use super::desk::deliveries_of_visit;
use crate::{
    Error,
    api::DeliveryView,
    model::LetterId,
    store::{self, desk::Delivery},
};
use identity::service::mailboxes;
use kernel::{
    AccountId, Ctx, PatientId, Role, Tx, VisitId, Zone,
    audit::{self, Looked, Subject},
};
use scheduling::service::{visit_in_short, when};
use std::collections::HashMap;

/// The letters about a visit.
///
/// # Errors
/// `NotFound` for an absent visit and for everybody but the desk.
pub async fn visit_deliveries(ctx: &Ctx, visit: VisitId) -> Result<Vec<DeliveryView>, Error> {
    require_desk(ctx)?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let known = visit_in_short(&mut tx, visit).await?.ok_or(Error::NotFound)?;
    let deliveries = deliveries_of_visit(&mut tx, visit).await?;
    let views = views(ctx, &mut tx, deliveries).await?;
    audit::record(
        &mut tx,
        Looked::Read,
        Subject::new("letters", visit.uuid()).of(known.patient),
    );
    tx.commit().await?;
    Ok(views)
}

/// One letter, and whom it concerns.
///
/// # Errors
/// `NotFound` for an absent letter and for everybody but the desk.
pub async fn letter_delivery(ctx: &Ctx, letter: LetterId) -> Result<(PatientId, DeliveryView), Error> {
    require_desk(ctx)?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let known = store::desk::read(&mut tx, letter).await?.ok_or(Error::NotFound)?;
    let patient = known.patient;
    let view = views(ctx, &mut tx, vec![known]).await?.pop().ok_or(Error::NotFound)?;
    audit::record(&mut tx, Looked::Read, Subject::new("letter", letter.uuid()).of(patient));
    tx.commit().await?;
    Ok((patient, view))
}

fn require_desk(ctx: &Ctx) -> Result<(), Error> {
    match ctx.actor.role {
        Role::Liaison => Ok(()),
        _ => Err(Error::NotFound),
    }
}

/// With the addresses of their readers, and times in the liaison's zone.
async fn views(ctx: &Ctx, tx: &mut Tx, deliveries: Vec<Delivery>) -> Result<Vec<DeliveryView>, Error> {
    let mut accounts: Vec<AccountId> = deliveries.iter().map(|one| one.account).collect();
    accounts.push(ctx.actor.account);
    let readers: HashMap<AccountId, _> = mailboxes(tx, &accounts)
        .await?
        .into_iter()
        .map(|reader| (reader.account, reader))
        .collect();
    let zone = readers
        .get(&ctx.actor.account)
        .and_then(|me| me.zone.parse().ok())
        .unwrap_or(Zone::UTC);
    Ok(deliveries
        .into_iter()
        .map(|one| {
            let at = when(zone, one.at, one.at);
            DeliveryView {
                letter: one.letter,
                about: one.kind.label().to_owned(),
                to: readers
                    .get(&one.account)
                    .map(|reader| reader.email.clone())
                    .unwrap_or_default(),
                state: one.state.label().to_owned(),
                at: format!("{}, {}", at.day, at.from),
                lost: one.state.is_lost(),
                outcome: one.outcome.unwrap_or_default(),
                visit: one.visit,
            }
        })
        .collect())
}
