//! How patients find a therapist, kept by the therapist or by the desk (R28).

use crate::Error;
use kernel::{
    Ctx, TherapistId,
    audit::{self, Looked, Subject},
};
use people::FoundBy;

use super::role;

/// # Errors
/// `Invalid` for a code that is not listed, `NotFound` for who may not shape this therapist's page.
pub async fn save_found_by<'a>(
    ctx: &Ctx,
    of: Option<TherapistId>,
    gender: &str,
    insurers: impl IntoIterator<Item = &'a str>,
) -> Result<(), Error> {
    let therapist = role::schedule(ctx, of)?;
    let found = FoundBy::read(gender, insurers).map_err(|field| Error::invalid(field, "unknown"))?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    if !people::service::set_found_by(&mut tx, therapist, &found).await? {
        return Err(Error::NotFound);
    }
    audit::record(&mut tx, Looked::Changed, Subject::new("therapist", therapist.uuid()));
    tx.commit().await?;
    Ok(())
}
