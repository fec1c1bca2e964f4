//! Who may use the desk at all.

use crate::Error;
use kernel::{Ctx, Role, Zone};
use scheduling::service::zones;

/// Liaisons.
///
/// # Errors
/// `NotFound` for every other role.
pub fn desk(ctx: &Ctx) -> Result<(), Error> {
    match ctx.actor.role {
        Role::Liaison => Ok(()),
        _ => Err(Error::NotFound),
    }
}

/// The zone in which the liaison reads dates.
pub async fn own_zone(ctx: &Ctx) -> Result<Zone, Error> {
    let me = identity::service::me(ctx).await.map_err(|_| Error::NotFound)?;
    Ok(zones::parse(&me.zone)?)
}
