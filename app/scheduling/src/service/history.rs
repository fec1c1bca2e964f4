//! What changed, when, by whom, why: the steps of a booking as a page shows them.

use crate::{
    Error,
    api::view::HistoryRow,
    store::{
        self,
        history::{Of, Past, Step},
        request::RequestRow,
        visit::VisitRow,
    },
};
use chrono::{DateTime, Utc};
use kernel::{Ctx, PatientId, TherapistId, Tx, Zone};

use super::{role, sealed::Text, zones};

/// Not a state but a mark beside one: something else was there already.
pub const OVERBOOKED: &str = "overbooked";

/// The desk asked the therapist what became of the visit.
pub const REMINDED: &str = "reminded";

/// The patient was asked for another time and keeps this one.
pub const KEPT: &str = "kept";

/// The steps in order. Why staff overbooked and whom they reminded is theirs to know: the patient's side does not get these steps.
pub async fn rows(
    ctx: &Ctx,
    tx: &mut Tx,
    patient: PatientId,
    past: Vec<Past>,
    zone: Zone,
) -> Result<Vec<HistoryRow>, Error> {
    let for_patient = role::patient_side(ctx).is_ok();
    let mut rows = Vec::with_capacity(past.len());
    for step in past {
        if for_patient && [OVERBOOKED, REMINDED].contains(&step.to.as_str()) {
            continue;
        }
        let was_therapist = match step.was_therapist {
            Some(id) => people::service::therapist_card(tx, id.into())
                .await?
                .map(|card| card.name),
            None => None,
        };
        rows.push(HistoryRow {
            at: zones::moment(zone, step.at),
            by: if step.by_role.starts_with("system:") {
                "system".to_owned()
            } else {
                step.by_role
            },
            why: step.why.unwrap_or_default(),
            was: span(zone, step.was_from, step.was_until),
            becomes: span(zone, step.becomes_from, step.becomes_until),
            was_therapist,
            words: Text::HistoryWords
                .open(&ctx.vault, tx, patient, step.id, step.words.as_deref())
                .await?,
            to: step.to,
        });
    }
    Ok(rows)
}

fn span(zone: Zone, from: Option<DateTime<Utc>>, until: Option<DateTime<Utc>>) -> Option<crate::api::view::When> {
    Some(zones::when(zone, from?, until?))
}

/// Something that happens to a visit without changing its state.
#[derive(Debug)]
pub struct Mark<'a> {
    pub to: &'static str,
    pub why: Option<&'static str>,
    pub words: Option<&'a str>,
    pub moved: Option<store::history::Moved>,
}

/// Adds a mark to a visit's history, its words sealed.
pub async fn mark(ctx: &Ctx, tx: &mut Tx, row: &VisitRow, mark: Mark<'_>) -> Result<(), Error> {
    let (of, pair) = (Of::Visit(row.id), (row.patient, row.therapist));
    add(ctx, tx, of, pair, row.visit.state.as_str(), mark).await
}

/// The same for a request.
pub async fn mark_request(ctx: &Ctx, tx: &mut Tx, row: &RequestRow, mark: Mark<'_>) -> Result<(), Error> {
    let (of, pair) = (Of::Request(row.id), (row.patient, row.therapist));
    add(ctx, tx, of, pair, row.request.state.as_str(), mark).await
}

async fn add(
    ctx: &Ctx,
    tx: &mut Tx,
    of: Of,
    (patient, therapist): (PatientId, TherapistId),
    state: &'static str,
    mark: Mark<'_>,
) -> Result<(), Error> {
    let now = ctx.clock.now();
    let id = ctx.ids.uuid();
    let words = Text::HistoryWords
        .seal(&ctx.vault, tx, now, patient, id, mark.words)
        .await?;
    let step = Step {
        id,
        of,
        patient,
        therapist,
        at: now,
        from: Some(state),
        to: mark.to,
        why: mark.why,
        moved: mark.moved,
        words,
    };
    Ok(store::history::add(tx, &step).await?)
}
