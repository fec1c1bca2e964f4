//! Finding a patient for the table of all visits. What was typed is used and forgotten; the address gets an id.

use crate::{Error, model::FoundId, store};
use chrono::Duration;
use kernel::{
    Ctx,
    audit::{self, Looked, Subject},
};

use super::role;

/// A search that finds more is too wide to be of use.
const MOST: i64 = 50;
/// How long a found set can be gone back to.
const KEPT: Duration = Duration::hours(12);
const LONGEST: usize = 120;

/// Nothing typed finds everybody: `None`.
///
/// # Errors
/// `Invalid(text)`, `NotFound` for every role but liaison.
pub async fn find_patients(ctx: &Ctx, text: &str) -> Result<Option<FoundId>, Error> {
    role::desk(ctx)?;
    if text.trim().is_empty() {
        return Ok(None);
    }
    if text.chars().count() > LONGEST {
        return Err(Error::invalid("text", "too_long"));
    }
    let (id, now): (FoundId, _) = (ctx.ids.next(), ctx.clock.now());
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let patients = people::service::search(&mut tx, text, MOST).await?;
    store::found::keep(&mut tx, id, ctx.actor.account, &patients, now, now - KEPT).await?;
    for patient in patients {
        audit::record(&mut tx, Looked::Read, Subject::kind("search").of(patient));
    }
    tx.commit().await?;
    Ok(Some(id))
}
