//! Staff plan visits that repeat: all that were chosen in one transaction, or none (R12, R37).

use crate::{
    Error,
    api::view::HindranceKind,
    model::{
        SeriesId,
        series::{FEWEST, NEARBY},
    },
    store::{
        self,
        history::{Many, OfMany},
        meeting::Meeting,
        series::NewSeries,
        visit::{Place, VisitRow},
    },
};
use kernel::{
    Ctx, IdempotencyKey, Role, Tx, VisitId,
    audit::{self, Looked, Subject},
    idempotency,
};
use serde::{Deserialize, Serialize};

use super::{
    super::{again::again, events, parse, rules, sealed::Text},
    ground::Ground,
    wish::{SeriesWish, Wanted},
};

/// What is said about an occurrence that is left out.
const LEFT_OUT: &str = "out";

/// A series with what was chosen for each of its visits.
#[derive(Debug, Clone, Copy)]
pub struct SeriesPlan<'a> {
    pub wish: SeriesWish<'a>,
    /// For each occurrence in order: empty for "as it is", `out` to leave it out, or another start (RFC 3339).
    pub choices: &'a [String],
    /// Words to the patient, sealed; they stand with every visit.
    pub message: &'a str,
    pub key: IdempotencyKey,
}

/// What was planned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedSeries {
    pub series: SeriesId,
    /// In order of time.
    pub visits: Vec<VisitId>,
}

/// # Errors
/// `SlotTaken`, `PatientBusy`, `TherapistAway`, `NoLicence` when one of them is hindered; `Invalid`, `OtherRequest`; `NotFound`
/// for other roles and for somebody else's patients.
pub async fn plan_series(ctx: &Ctx, plan: &SeriesPlan<'_>) -> Result<PlannedSeries, Error> {
    again(|| carry_out(ctx, plan)).await
}

async fn carry_out(ctx: &Ctx, plan: &SeriesPlan<'_>) -> Result<PlannedSeries, Error> {
    let message = parse::text("message", plan.message, rules::TEXT_LIMIT)?;
    let asked = ("plan_series", plan.wish.asked(), plan.choices, &message);
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    if let Some(done) = idempotency::replay(&mut tx, plan.key, &asked).await? {
        return Ok(done);
    }
    let wanted = plan.wish.understand(ctx, &mut tx).await?;
    let meetings = chosen(&wanted, plan.choices)?;
    let (patient, therapist) = (plan.wish.patient, wanted.pair.therapist.id);
    // In line before anything is taken, as for a single visit.
    let expired = store::claim::make_way(&mut tx, &[therapist.uuid(), patient.uuid()], now).await?;
    events::push_expired(&ctx.house, &mut tx, expired).await?;
    require_lawful(ctx, &mut tx, plan, &meetings).await?;

    let series: SeriesId = ctx.ids.next();
    let mut rows = Vec::with_capacity(meetings.len());
    for (number, meeting) in (1..).zip(&meetings) {
        let id: VisitId = ctx.ids.next();
        rows.push(VisitRow {
            message: Text::VisitMessage
                .seal(&ctx.vault, &mut tx, now, patient, id.uuid(), message.as_deref())
                .await?,
            series: Some(Place { series, number }),
            ..VisitRow::agreed(id, meeting, plan.wish.service, now)
        });
    }
    let taken: Vec<_> = rows.iter().map(|row| row.id).zip(meetings.iter().copied()).collect();
    let claims: Vec<_> = taken.iter().flat_map(|_| [ctx.ids.uuid(), ctx.ids.uuid()]).collect();
    store::series::take(&mut tx, &taken, &claims).await?;
    let new = NewSeries {
        id: series,
        patient,
        therapist,
        service: plan.wish.service,
        zone: wanted.zone,
        pattern: wanted.pattern,
        visits: rows.len(),
    };
    store::series::insert(&mut tx, &new, now).await?;
    store::series::insert_visits(&mut tx, &rows).await?;
    if ctx.actor.role == Role::Liaison {
        people::service::join_care_team(&mut tx, &*ctx.ids, &ctx.actor, patient, therapist, now).await?;
    }
    let planned = note(ctx, &mut tx, series, &rows).await?;
    idempotency::remember(&mut tx, plan.key, &asked, &planned).await?;
    tx.commit().await?;
    Ok(planned)
}

/// The visits as they were chosen, in order of time.
fn chosen(wanted: &Wanted, choices: &[String]) -> Result<Vec<Meeting>, Error> {
    let mut meetings = Vec::with_capacity(wanted.meetings.len());
    for (index, meeting) in wanted.meetings.iter().enumerate() {
        let field = || format!("choices[{index}]");
        match choices.get(index).map_or("", |text| text.trim()) {
            "" => meetings.push(*meeting),
            LEFT_OUT => {}
            other => {
                let by = parse::instant(&field(), other)? - meeting.starts;
                if by.abs() > NEARBY {
                    return Err(Error::invalid(field(), "out_of_range"));
                }
                meetings.push(meeting.later_by(by));
            }
        }
    }
    if meetings.len() < usize::from(FEWEST) {
        return Err(Error::invalid("choices", "series_range"));
    }
    meetings.sort_unstable_by_key(|meeting| meeting.starts);
    Ok(meetings)
}

/// What no claim says: absences, the licence on the day, the past. Whether the times are free is the constraint's to judge.
async fn require_lawful(ctx: &Ctx, tx: &mut Tx, plan: &SeriesPlan<'_>, meetings: &[Meeting]) -> Result<(), Error> {
    let ground = Ground::load(ctx, tx, plan.wish.service, meetings).await?;
    for meeting in meetings {
        match ground.hindrance(meeting) {
            Some(HindranceKind::NoLicence) => return Err(Error::NoLicence),
            Some(HindranceKind::Away) => return Err(Error::TherapistAway),
            Some(HindranceKind::Past) => return Err(Error::invalid("choices", "in_the_past")),
            Some(HindranceKind::TherapistBusy | HindranceKind::PatientBusy) | None => {}
        }
    }
    Ok(())
}

/// History, audit and the one event of all of them.
async fn note(ctx: &Ctx, tx: &mut Tx, series: SeriesId, rows: &[VisitRow]) -> Result<PlannedSeries, Error> {
    let first = rows.first().ok_or(Error::NotFound)?;
    let steps = rows.iter().map(|row| OfMany {
        id: ctx.ids.uuid(),
        visit: row.id,
        therapist: row.therapist,
        from: None,
        moved: None,
        words: None,
    });
    let many = Many {
        patient: first.patient,
        at: ctx.clock.now(),
        to: first.visit.state.as_str(),
        why: None,
        steps: steps.collect(),
    };
    store::history::add_many(tx, &many).await?;
    for row in rows {
        audit::record(
            tx,
            Looked::Created,
            Subject::new("visit", row.id.uuid()).of(row.patient),
        );
    }
    let visits: Vec<VisitId> = rows.iter().map(|row| row.id).collect();
    let event = events::SeriesPlanned {
        series,
        patient: first.patient,
        therapist: first.therapist,
        visits: visits.clone(),
    };
    events::push(ctx, tx, &event).await?;
    Ok(PlannedSeries { series, visits })
}
