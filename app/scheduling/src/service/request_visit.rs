//! The kept time becomes a request that waits for the desk (R11, R12, G1, G5), or a visit at once where a rule says so (R30).

use crate::{
    Error,
    model::{HoldId, Parameters, Request, RequestState, prescreen::Typed},
    store::{
        self,
        claim::{Cause, Claim, Heir},
        hold::HoldRow,
        request::RequestRow,
    },
};
use chrono::{DateTime, Duration, Utc};
use kernel::{
    Ctx, IdempotencyKey, PatientId, RequestId, Tx,
    audit::{self, Looked, Subject},
    idempotency,
};

use super::{
    again::again,
    agree::{Yes, agree},
    events,
    free::FreeTimes,
    hold::save_reason,
    parse,
    prescreen::{self, Given, save_answers},
    role, rules,
    sealed::Text,
    steps,
    take_hold::fits,
    therapist_times::why_closed,
};

/// What is said with a request.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    /// Why the visit is wanted; may be empty.
    pub reason: &'a str,
    /// To the questions of our team, by the names of their fields.
    pub answers: &'a Typed,
}

impl<'a> From<&'a str> for Said<'a> {
    fn from(reason: &'a str) -> Self {
        static NONE: Typed = Typed::new();
        Self { reason, answers: &NONE }
    }
}

/// When a rule of the clinic refuses it, text and answers are kept as drafts all the same: without script they travel in this
/// call alone, and the page that shows the refusal reads them from there.
///
/// # Errors
/// `HoldExpired`, `HoldOver`, `TooManyRequests`, `PatientBusy`, `NoLicence`, `Invalid`, `AllInvalid` at the answers,
/// `OtherRequest`, `NotFound`.
pub async fn request_visit(
    ctx: &Ctx,
    hold: HoldId,
    said: impl Into<Said<'_>>,
    for_patient: Option<PatientId>,
    key: IdempotencyKey,
) -> Result<RequestId, Error> {
    role::patient_side(ctx)?;
    let Said { reason, answers } = said.into();
    let text = parse::text("reason", reason, rules::TEXT_LIMIT)?;
    let sent = again(|| send(ctx, hold, (text.as_deref(), answers), for_patient, key)).await;
    if let Err(
        Error::HoldExpired
        | Error::TooManyRequests
        | Error::PatientBusy
        | Error::NoLicence
        | Error::NotAccepting
        | Error::AllInvalid(_),
    ) = sent
    {
        save_reason(ctx, hold, reason).await?;
        if !answers.is_empty() {
            save_answers(ctx, hold, for_patient, answers).await?;
        }
    }
    sent
}

async fn send(
    ctx: &Ctx,
    hold: HoldId,
    (reason, answers): (Option<&str>, &Typed),
    for_patient: Option<PatientId>,
    key: IdempotencyKey,
) -> Result<RequestId, Error> {
    let asked = (hold, reason, answers, for_patient);
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    if let Some(done) = idempotency::replay(&mut tx, key, &asked).await? {
        return Ok(done);
    }

    store::claim::stand_in_line(&mut tx, hold.uuid()).await?;
    let row = store::hold::lock(&mut tx, hold).await?.ok_or(Error::NotFound)?;
    row.hold.convert(now).map_err(Error::of_hold)?;
    let given = Given::judge(&mut tx, &row, answers).await?;
    let patient = for_patient.unwrap_or(row.patient);
    role::acting_for(ctx, &mut tx, patient).await?;
    // The patient is locked from here on: two requests at once are counted one after the other.
    let holders = [row.therapist.uuid(), patient.uuid()];
    let expired = store::claim::make_way(&mut tx, &holders, now).await?;
    events::push_expired(&ctx.house, &mut tx, expired).await?;
    if patient != row.patient {
        change_person(ctx, &mut tx, &row, patient).await?;
    }
    let rules = rules::of(&mut tx, row.service, row.therapist, now).await?;
    let open = store::request::open_of(&mut tx, patient, now).await?.len();
    if u32::try_from(open).unwrap_or(u32::MAX) >= rules.open_requests {
        return Err(Error::TooManyRequests);
    }

    let id: RequestId = ctx.ids.next();
    let request = RequestRow {
        id,
        account: ctx.actor.account,
        patient,
        therapist: row.therapist,
        service: row.service,
        starts: row.starts,
        ends: row.ends,
        request: Request::send(now, row.starts, &rules),
        sent_at: now,
        reason: Text::RequestReason
            .seal(&ctx.vault, &mut tx, now, patient, id.uuid(), reason)
            .await?,
        decline: None,
        words: None,
        visit: None,
    };
    store::request::insert(&mut tx, &request).await?;
    if let Some(given) = given {
        prescreen::keep(ctx, &mut tx, &given, row.patient, (id, patient)).await?;
    }
    let heir = Heir {
        cause: Cause::Request,
        id: id.uuid(),
        patient,
        expires_at: Some(request.request.expires_at),
    };
    if store::claim::hand_over(&mut tx, hold.uuid(), &heir).await? != 2 {
        return Err(Error::HoldExpired);
    }
    store::hold::convert(&mut tx, hold, patient, id).await?;
    steps::note_request(&ctx.house, &mut tx, &request, None, RequestState::Pending, None).await?;
    audit::record(
        &mut tx,
        Looked::Created,
        role::subject(ctx, Subject::new("request", id.uuid()), patient),
    );
    if !agree_by_rule(ctx, &mut tx, &request, &rules).await? {
        let event = events::RequestSent {
            request: id,
            patient,
            therapist: row.therapist,
        };
        events::push(ctx, &mut tx, &event).await?;
    }
    idempotency::remember(&mut tx, key, &asked, &id).await?;
    tx.commit().await?;
    Ok(id)
}

/// Where a rule lets the request pass without the desk, it becomes a visit under the checks of an approval. Where one of
/// these fails it stays a request: the desk can do more than a rule.
pub(super) async fn agree_by_rule(
    ctx: &Ctx,
    tx: &mut Tx,
    request: &RequestRow,
    rules: &Parameters,
) -> Result<bool, Error> {
    let now = ctx.clock.now();
    if !rules.approval.skips_any() {
        return Ok(false);
    }
    let past = store::visit::past(tx, request.patient, request.therapist, request.service).await?;
    let Some(rule) = rules.approval.skips(&past, request.starts) else {
        return Ok(false);
    };
    let pairing = people::service::pairing(tx, &ctx.actor, request.patient, request.therapist, now).await?;
    if !pairing.licensed || !is_present(tx, request, now).await? {
        return Ok(false);
    }
    let approved = request.request.approve(now).map_err(Error::of_request)?;
    match agree(ctx, tx, request, approved, Yes::Rule(rule)).await? {
        Some(_) => Ok(true),
        None => Err(Error::HoldExpired),
    }
}

/// Whether the therapist's hours, absences cut out, hold the visit. What is taken is the claims' to judge.
async fn is_present(tx: &mut Tx, request: &RequestRow, now: DateTime<Utc>) -> Result<bool, Error> {
    let a_day = Duration::days(1);
    let holder = [request.therapist.uuid()];
    let times = store::free_time::load(tx, &holder, request.starts - a_day, request.ends + a_day, now).await?;
    Ok(times.first().is_some_and(|time| {
        FreeTimes::hours_of(time, request.starts)
            .iter()
            .any(|(from, until)| *from <= request.starts && request.ends <= *until)
    }))
}

/// The visit is for somebody else than the time was kept for: the other person's time is claimed instead.
async fn change_person(ctx: &Ctx, tx: &mut Tx, hold: &HoldRow, patient: PatientId) -> Result<(), Error> {
    let pairing = people::service::pairing(tx, &ctx.actor, patient, hold.therapist, ctx.clock.now()).await?;
    // The hold was taken under the licence for its own patient; this one may live in another state.
    let licensed = people::service::licensed_at(tx, hold.therapist, patient, hold.starts).await?;
    match why_closed(tx, licensed, pairing.accepts_new, hold.therapist, patient).await? {
        Some("no_licence") => return Err(Error::NoLicence),
        Some(_) => return Err(Error::NotAccepting),
        None => {}
    }
    let service = store::catalog::one(tx, hold.service).await?.ok_or(Error::NotFound)?;
    if !fits(&service, pairing.patient) {
        return Err(Error::NotFound);
    }
    store::claim::release_of(tx, hold.id.uuid(), hold.patient.uuid(), ctx.clock.now()).await?;
    let claim = Claim {
        id: ctx.ids.uuid(),
        holder: patient.uuid(),
        therapist: hold.therapist,
        patient,
        from: hold.starts,
        until: hold.ends,
        cause: Cause::Hold,
        cause_id: hold.id.uuid(),
        expires_at: Some(hold.hold.expires_at),
    };
    store::claim::take(tx, &claim, Error::PatientBusy).await
}
