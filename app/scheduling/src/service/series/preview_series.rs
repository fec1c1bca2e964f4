//! Each visit of a series as it would be planned, with what is in its way: seen before anything is saved.

use crate::{
    Error,
    api::view::{Person, SeriesPreview},
    model::hours_reading,
};
use kernel::{
    Ctx,
    audit::{self, Looked, Subject},
};

use super::{
    super::{
        cast::{face, service_view},
        parse, rules, zones,
    },
    ground::Ground,
    wish::{SeriesWish, Wanted},
};

/// # Errors
/// `Invalid` at a field, `NoLicence`, `NotFound` for other roles and for somebody else's patients.
pub async fn preview_series(ctx: &Ctx, wish: &SeriesWish<'_>) -> Result<SeriesPreview, Error> {
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let Wanted {
        pair,
        zone,
        pattern,
        meetings,
    } = wish.understand(ctx, &mut tx).await?;
    let ground = Ground::load(ctx, &mut tx, wish.service, &meetings).await?;
    let mut occurrences = ground.show(ctx, &mut tx, Some(&pair.service), &meetings, zone).await?;
    for occurrence in &mut occurrences {
        occurrence.skipped = zone.local(occurrence.when.starts) != hours_reading(occurrence.when.date, pattern.minute);
    }
    audit::record(
        &mut tx,
        Looked::Read,
        Subject::new("free_times", pair.therapist.id.uuid()).of(wish.patient),
    );
    tx.commit().await?;
    let starts = meetings.first().map_or_else(|| ctx.clock.now(), |first| first.starts);
    Ok(SeriesPreview {
        person: Person {
            patient: wish.patient,
            name: pair.patient.name.clone(),
            child: pair.patient.kind == people::PatientKind::Child,
            me: false,
        },
        therapist: face(&pair.therapist),
        service: service_view(&pair.service),
        zone: zones::view(zone, starts),
        clock: parse::clock(pattern.minute),
        occurrences,
        key: ctx.ids.next(),
        text_limit: u32::try_from(rules::TEXT_LIMIT).unwrap_or(u32::MAX),
    })
}
