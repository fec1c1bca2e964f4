//! One visit, for everyone who has a part in it. The fields follow the role.

use crate::{
    Error,
    api::view::{CancelView, PresenceRow, VisitActs, VisitView},
    model::{Parameters, Side, VisitState},
    store::{self, visit::VisitRow},
};
use chrono::{DateTime, Utc};
use kernel::{
    Ctx, Role, Tx, VisitId, Zone,
    audit::{self, Looked, Subject},
};

use super::{
    ProposalOf,
    cast::{Cast, own_people, service_view},
    history, prescreen, proposal_view, role, rules,
    sealed::Text,
    series_view, summary_draft, zones,
};

/// # Errors
/// `NotFound` for a partner or admin, an absent or a foreign visit.
pub async fn get_visit(ctx: &Ctx, id: VisitId) -> Result<VisitView, Error> {
    let reader = ctx.actor.role;
    if matches!(reader, Role::Partner | Role::Admin) {
        return Err(Error::NotFound);
    }
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let row = store::visit::read(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let people = match reader {
        Role::Patient | Role::Guardian => own_people(&mut tx, &ctx.actor, now).await?,
        _ => Vec::new(),
    };
    let cast = Cast::load(&mut tx, [row.patient], [row.therapist])
        .await?
        .read_by(&people);
    let (patient_zone, therapist_zone) = (cast.patient_zone(row.patient)?, cast.therapist_zone(row.therapist)?);
    let (zone, other) = match reader {
        Role::Therapist => (therapist_zone, patient_zone),
        _ => (patient_zone, therapist_zone),
    };
    let (starts, ends) = (row.visit.starts, row.visit.ends);
    let reason = reason(ctx, &mut tx, &row).await?;
    let asked = match (reader, row.request) {
        // The desk reads them where it decides, at the request.
        (Role::Liaison, _) | (_, None) => prescreen::Standing::default(),
        (_, Some(request)) => prescreen::read(ctx, &mut tx, request, zone).await?,
    };
    let summary = match reader {
        // What happened in a visit is not the desk's to read.
        Role::Liaison => None,
        _ => {
            Some(open(ctx, &mut tx, &row, Text::Summary, row.summary.as_deref()).await?).filter(|text| !text.is_empty())
        }
    };
    let cancel = match &row.cancel {
        Some(how) => Some(CancelView {
            reason: how.reason,
            words: open(ctx, &mut tx, &row, Text::CancelWords, how.words.as_deref()).await?,
            late: how.late,
            by: how.by.clone(),
        }),
        None => None,
    };
    let presence = match reader {
        Role::Therapist | Role::Liaison => presence(&mut tx, &row, zone, now).await?,
        _ => Vec::new(),
    };
    let past = store::history::of_booking(&mut tx, Some(id), row.request).await?;
    let history = history::rows(ctx, &mut tx, row.patient, past, zone).await?;
    let proposal = proposal_view::open(ctx, &mut tx, ProposalOf::Visit(id), zone).await?;
    let message = open(ctx, &mut tx, &row, Text::VisitMessage, row.message.as_deref()).await?;
    let rules = rules::of(&mut tx, row.service, row.therapist, now).await?;
    let series = series_view(ctx, &mut tx, row.series).await?;
    let acts = acts(ctx, &row, !people.is_empty(), now, &rules);
    let draft = match ctx.actor.therapist().filter(|_| acts.confirm || acts.correct) {
        Some(therapist) => summary_draft::read(ctx, &mut tx, &row, therapist).await?,
        None => None,
    };
    audit::record(
        &mut tx,
        Looked::Read,
        role::subject(ctx, Subject::new("visit", id.uuid()), row.patient),
    );
    tx.commit().await?;

    Ok(VisitView {
        visit: id,
        state: row.visit.state,
        person: cast.person(row.patient),
        therapist: cast.face(row.therapist),
        service: service_view(cast.service(row.service)?),
        when: zones::when(zone, starts, ends),
        other_when: (zones::clock(zone, starts) != zones::clock(other, starts))
            .then(|| zones::when(other, starts, ends)),
        room_opens: zones::moment(zone, row.visit.room_opens(&rules)),
        free_until: zones::moment(zone, row.visit.free_until(&rules)),
        late_fee: rules.late_fee,
        cut_off_hours: u32::try_from(rules.cut_off.num_hours()).unwrap_or_default(),
        late_now: row.visit.cancel(now, &rules).is_ok_and(|late| late),
        acts,
        reason,
        answers: asked.answers,
        unanswered: asked.unanswered && row.visit.state.is_open() && now < starts,
        summary,
        draft,
        correct_until: row
            .visit
            .confirmed_at
            .filter(|_| acts.correct)
            .map(|at| zones::moment(zone, at + rules.correction)),
        correction_hours: u32::try_from(rules.correction.num_hours()).unwrap_or_default(),
        cancel,
        presence,
        proposal,
        series,
        history,
        message,
        request: row.request,
        key: ctx.ids.next(),
        text_limit: u32::try_from(rules::TEXT_LIMIT).unwrap_or(u32::MAX),
    })
}

/// What the reader may do with it now. `own`: it is of somebody they may act for.
fn acts(ctx: &Ctx, row: &VisitRow, own: bool, now: DateTime<Utc>, rules: &Parameters) -> VisitActs {
    let reader = ctx.actor.role;
    let own_therapist = ctx.actor.therapist() == Some(row.therapist);
    let may_change = own_therapist || reader != Role::Therapist;
    let side = match reader {
        Role::Patient | Role::Guardian => Side::Patient,
        _ => Side::Staff,
    };
    VisitActs {
        join: (own_therapist || own) && row.visit.room_is_open(now, rules),
        cancel: may_change && row.visit.cancel(now, rules).is_ok(),
        reschedule: may_change && row.visit.reschedule(now, rules, side).is_ok(),
        confirm: own_therapist && !row.visit.state.is_confirmed() && row.visit.can_confirm(now, rules),
        correct: own_therapist && row.visit.can_correct(now, rules),
    }
}

/// The reason stands with the request it came in.
async fn reason(ctx: &Ctx, tx: &mut Tx, row: &VisitRow) -> Result<String, Error> {
    let Some(id) = row.request else {
        return Ok(String::new());
    };
    let Some(request) = store::request::read(tx, id).await? else {
        return Ok(String::new());
    };
    Text::RequestReason
        .open(&ctx.vault, tx, request.patient, id.uuid(), request.reason.as_deref())
        .await
}

async fn open(ctx: &Ctx, tx: &mut Tx, row: &VisitRow, text: Text, sealed: Option<&[u8]>) -> Result<String, Error> {
    text.open(&ctx.vault, tx, row.patient, row.id.uuid(), sealed).await
}

async fn presence(
    tx: &mut Tx,
    row: &VisitRow,
    zone: Zone,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<Vec<PresenceRow>, Error> {
    let in_progress = row.visit.state == VisitState::InProgress;
    let stays = store::presence::of_visit(tx, row.id).await?;
    Ok(stays
        .into_iter()
        .map(|stay| PresenceRow {
            seat: stay.seat,
            when: zones::when(zone, stay.joined_at, stay.left_at.unwrap_or(now)),
            still_in: in_progress && stay.left_at.is_none(),
        })
        .collect())
}
