//! Letters about a visit as its page on the desk shows them: to whom, about what, and whether they left.

use super::desk::deliveries_of_visit;
use crate::{Error, api::DeliveryView};
use identity::service::mailboxes;
use kernel::{
    AccountId, Ctx, Role, VisitId, Zone,
    audit::{self, Looked, Subject},
};
use scheduling::service::{visit_in_short, when};
use std::collections::HashMap;

/// # Errors
/// `NotFound` for an absent visit and for everybody but the desk.
pub async fn visit_deliveries(ctx: &Ctx, visit: VisitId) -> Result<Vec<DeliveryView>, Error> {
    if ctx.actor.role != Role::Liaison {
        return Err(Error::NotFound);
    }
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let known = visit_in_short(&mut tx, visit).await?.ok_or(Error::NotFound)?;
    let deliveries = deliveries_of_visit(&mut tx, visit).await?;
    let mut accounts: Vec<AccountId> = deliveries.iter().map(|one| one.account).collect();
    accounts.push(ctx.actor.account);
    let readers: HashMap<AccountId, _> = mailboxes(&mut tx, &accounts)
        .await?
        .into_iter()
        .map(|reader| (reader.account, reader))
        .collect();
    let zone = readers
        .get(&ctx.actor.account)
        .and_then(|me| me.zone.parse().ok())
        .unwrap_or(Zone::UTC);
    audit::record(
        &mut tx,
        Looked::Read,
        Subject::new("letters", visit.uuid()).of(known.patient),
    );
    tx.commit().await?;
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
            }
        })
        .collect())
}
