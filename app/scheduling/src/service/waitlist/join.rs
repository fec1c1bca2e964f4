//! Somebody wants to hear when a time is free: for a new visit, sooner than one of theirs, or instead of a time that was gone.

use crate::{
    Error,
    model::{
        PartOfDay, RequestState, Scope, ServiceId, VisitState, Weekday, WishId, WishState,
        waitlist::{Days, Parts, WEEKS},
    },
    store::{self, catalog::Service, request::Decision, waitlist::wish::WishRow},
};
use chrono::{DateTime, Duration, Utc};
use kernel::{
    Ctx, IdempotencyKey, PatientId, RequestId, TherapistId, Tx, VisitId,
    audit::{self, Looked, Subject},
    idempotency,
};

use crate::service::{
    again::again, events, parse, role, rules, sealed::Text, staff_booking::line_of, steps, therapist_times::why_closed,
};

/// A wish as the form sends it. A visit or a request says itself who, what and with whom.
#[derive(Debug, Clone, Copy)]
pub struct Joining<'a> {
    pub patient: Option<PatientId>,
    pub service: Option<ServiceId>,
    /// `None`: anyone who fits.
    pub therapist: Option<TherapistId>,
    pub visit: Option<VisitId>,
    pub request: Option<RequestId>,
    /// Codes of `Weekday`; none means all.
    pub days: &'a [String],
    /// Codes of `PartOfDay`; none means all.
    pub parts: &'a [String],
    /// One of `WEEKS`; not read for a visit, whose start is the end.
    pub weeks: &'a str,
    /// Why the visit is wanted, sealed; not read where there is a visit or a request.
    pub reason: &'a str,
    pub key: IdempotencyKey,
}

/// Whom and what a wish is for.
struct For {
    patient: PatientId,
    service: ServiceId,
    therapist: Option<TherapistId>,
    until: DateTime<Utc>,
    reason: Option<String>,
}

/// When it is refused, the reason is kept as a draft: without script it travels in this call alone, and the page that shows the
/// refusal reads it from there.
///
/// # Errors
/// `Invalid(days|parts|weeks|reason|service)`, `WaitsAlready`, `TooManyRequests`, `NoLicence`, `NotAccepting`, `AlreadyDone` when
/// the visit or the request is not as it was, `OtherRequest`, `NotFound`.
pub async fn join_waitlist(ctx: &Ctx, joining: &Joining<'_>) -> Result<WishId, Error> {
    let joined = again(|| join(ctx, joining)).await;
    if let Err(
        Error::Invalid { .. } | Error::TooManyRequests | Error::NoLicence | Error::NotAccepting | Error::OtherRequest,
    ) = joined
    {
        again(|| keep_draft(ctx, joining)).await?;
    }
    joined
}

async fn keep_draft(ctx: &Ctx, joining: &Joining<'_>) -> Result<(), Error> {
    let Some(patient) = joining.patient else { return Ok(()) };
    // A text that is too long is cut rather than lost; sending says so.
    let text: String = joining.reason.trim().chars().take(rules::TEXT_LIMIT).collect();
    if text.is_empty() {
        return Ok(());
    }
    let (now, id) = (ctx.clock.now(), ctx.ids.uuid());
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    role::acting_for(ctx, &mut tx, patient).await?;
    let sealed = Text::WishDraft
        .seal(&ctx.vault, &mut tx, now, patient, id, Some(&text))
        .await?
        .unwrap_or_default();
    store::waitlist::draft::keep(&mut tx, id, (ctx.actor.account, patient), &sealed, now).await?;
    audit::record(
        &mut tx,
        Looked::Changed,
        role::subject(ctx, Subject::kind("waitlist_wish"), patient),
    );
    tx.commit().await?;
    Ok(())
}

async fn join(ctx: &Ctx, joining: &Joining<'_>) -> Result<WishId, Error> {
    role::patient_side(ctx)?;
    let days: Vec<Weekday> = codes("days", joining.days)?;
    let parts: Vec<PartOfDay> = codes("parts", joining.parts)?;
    let reason = parse::text("reason", joining.reason, rules::TEXT_LIMIT)?;
    let asked = (
        "join_waitlist",
        (joining.patient, joining.service, joining.therapist),
        (joining.visit, joining.request),
        &days,
        &parts,
        joining.weeks,
        &reason,
    );
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    if let Some(done) = idempotency::replay(&mut tx, joining.key, &asked).await? {
        return Ok(done);
    }
    // The patient is in line from here on, before anything is locked: wishes at once are counted one after the other.
    let whose = whose(&mut tx, joining).await?;
    let expired = store::claim::make_way(&mut tx, &[whose.uuid()], now).await?;
    events::push_expired(&ctx.house, &mut tx, expired).await?;
    let wanted = match (joining.visit, joining.request) {
        (Some(visit), None) => sooner(ctx, &mut tx, visit).await?,
        (None, Some(request)) => instead(ctx, &mut tx, request, weeks(joining.weeks)?).await?,
        (None, None) => anew(ctx, &mut tx, joining, weeks(joining.weeks)?, reason.clone()).await?,
        (Some(_), Some(_)) => return Err(Error::NotFound),
    };
    within_limit(&mut tx, &wanted, now).await?;
    let id: WishId = ctx.ids.next();
    let wish = WishRow {
        id,
        patient: wanted.patient,
        service: wanted.service,
        therapist: wanted.therapist,
        visit: joining.visit,
        request: joining.request,
        days: Days::of(days.iter().copied()),
        parts: Parts::of(parts.iter().copied()),
        until: wanted.until,
        reason: Text::WishReason
            .seal(
                &ctx.vault,
                &mut tx,
                now,
                wanted.patient,
                id.uuid(),
                wanted.reason.as_deref(),
            )
            .await?,
        state: WishState::Waiting,
        joined_at: now,
        joined_by: ctx.actor.account,
    };
    if !store::waitlist::wish::insert(&mut tx, &wish).await? {
        return Err(Error::WaitsAlready);
    }
    store::waitlist::draft::forget(&mut tx, ctx.actor.account, wanted.patient).await?;
    audit::record(
        &mut tx,
        Looked::Created,
        role::subject(ctx, Subject::new("waitlist_wish", id.uuid()), wanted.patient),
    );
    idempotency::remember(&mut tx, joining.key, &asked, &id).await?;
    tx.commit().await?;
    Ok(id)
}

/// Who would wait. Whether the actor may say so is judged with the rest.
async fn whose(tx: &mut Tx, joining: &Joining<'_>) -> Result<PatientId, Error> {
    let patient = match (joining.visit, joining.request) {
        (Some(visit), _) => store::visit::read(tx, visit).await?.map(|row| row.patient),
        (None, Some(request)) => store::request::read(tx, request).await?.map(|row| row.patient),
        (None, None) => joining.patient,
    };
    patient.ok_or(Error::NotFound)
}

/// Nobody waits for more than they may ask for (G5).
async fn within_limit(tx: &mut Tx, wanted: &For, now: DateTime<Utc>) -> Result<(), Error> {
    let waiting = store::waitlist::wish::waiting_of(tx, &[wanted.patient]).await?.len();
    let limit = if let Some(therapist) = wanted.therapist {
        rules::of(tx, wanted.service, therapist, now).await?.open_requests
    } else {
        let book = rules::of_service(tx, wanted.service, now).await?;
        let scope = Scope {
            service: Some(wanted.service),
            therapist: None,
        };
        book.at(&scope).open_requests
    };
    if u32::try_from(waiting).unwrap_or(u32::MAX) >= limit {
        return Err(Error::TooManyRequests);
    }
    Ok(())
}

/// Sooner than an agreed visit: with the same therapist, until it begins.
async fn sooner(ctx: &Ctx, tx: &mut Tx, visit: VisitId) -> Result<For, Error> {
    let row = store::visit::read(tx, visit).await?.ok_or(Error::NotFound)?;
    role::acting_for(ctx, tx, row.patient).await?;
    if row.visit.state != VisitState::Scheduled || row.visit.starts <= ctx.clock.now() {
        return Err(Error::AlreadyDone);
    }
    Ok(For {
        patient: row.patient,
        service: row.service,
        therapist: Some(row.therapist),
        until: row.visit.starts,
        reason: None,
    })
}

/// Instead of a time that was gone when the desk wanted to approve it (U1).
async fn instead(ctx: &Ctx, tx: &mut Tx, request: RequestId, until: Duration) -> Result<For, Error> {
    let now = ctx.clock.now();
    let row = store::request::lock(tx, request).await?.ok_or(Error::NotFound)?;
    role::acting_for(ctx, tx, row.patient).await?;
    let state = row.request.wait(now).map_err(|_| Error::AlreadyDone)?;
    let decision = Decision {
        state,
        at: now,
        by: None,
        decline: None,
        words: None,
        visit: None,
    };
    store::request::decide(tx, request, &decision).await?;
    let from: Option<RequestState> = Some(row.request.state);
    steps::note_request(&ctx.house, tx, &row, from, state, None).await?;
    Ok(For {
        patient: row.patient,
        service: row.service,
        therapist: Some(row.therapist),
        until: now + until,
        reason: None,
    })
}

/// A new visit, with one therapist or with anyone who fits.
async fn anew(
    ctx: &Ctx,
    tx: &mut Tx,
    joining: &Joining<'_>,
    until: Duration,
    reason: Option<String>,
) -> Result<For, Error> {
    let now = ctx.clock.now();
    let patient = joining.patient.ok_or(Error::NotFound)?;
    let service = joining.service.ok_or(Error::NotFound)?;
    role::acting_for(ctx, tx, patient).await?;
    if let Some(therapist) = joining.therapist {
        let card = people::service::therapist_card(tx, therapist)
            .await?
            .ok_or(Error::NotFound)?;
        let licensed = people::service::licensed_at(tx, therapist, patient, now).await?;
        match why_closed(tx, licensed, card.accepts_new, therapist, patient).await? {
            Some("no_licence") => return Err(Error::NoLicence),
            Some(_) => return Err(Error::NotAccepting),
            None => {}
        }
        let offered = store::catalog::offered_to(tx, therapist, patient, now).await?;
        fits(tx, patient, offered.into_iter().find(|one| one.id == service)).await?;
    } else {
        let offered = store::catalog::offered(tx).await?;
        fits(tx, patient, offered.into_iter().find(|one| one.id == service)).await?;
    }
    Ok(For {
        patient,
        service,
        therapist: joining.therapist,
        until: now + until,
        reason,
    })
}

async fn fits(tx: &mut Tx, patient: PatientId, service: Option<Service>) -> Result<(), Error> {
    let service = service.ok_or(Error::NotFound)?;
    let card = people::service::patient_card(tx, patient)
        .await?
        .ok_or(Error::NotFound)?;
    if service.line == line_of(card.kind) {
        Ok(())
    } else {
        Err(Error::invalid("service", "unfit"))
    }
}

fn weeks(text: &str) -> Result<Duration, Error> {
    let weeks = parse::number("weeks", text, u16::MAX)?.ok_or_else(|| Error::invalid("weeks", "required"))?;
    if WEEKS.contains(&weeks) {
        Ok(Duration::weeks(i64::from(weeks)))
    } else {
        Err(Error::invalid("weeks", "unknown"))
    }
}

/// Listed codes, each once, in no order.
fn codes<T: std::str::FromStr>(field: &str, texts: &[String]) -> Result<Vec<T>, Error> {
    texts.iter().map(|text| parse::code(field, text)).collect()
}
