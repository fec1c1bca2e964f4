//! One request, for the patient's side.

use crate::{Error, api::view::RequestView, model::RequestState, store};
use kernel::{
    Ctx, RequestId,
    audit::{self, Looked, Subject},
};

use super::{
    ProposalOf,
    cast::{Cast, own_people, service_view},
    history, prescreen, proposal_view,
    question::questions,
    role, rules,
    sealed::Text,
    therapist_times, zones,
};

/// # Errors
/// `NotFound` for another role, an absent or a foreign request.
pub async fn get_request(ctx: &Ctx, id: RequestId) -> Result<RequestView, Error> {
    role::patient_side(ctx)?;
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let row = store::request::read(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let people = own_people(&mut tx, &ctx.actor, now).await?;
    let cast = Cast::load(&mut tx, [row.patient], [row.therapist])
        .await?
        .read_by(&people);
    let zone = cast.patient_zone(row.patient)?;
    let reason = Text::RequestReason
        .open(&ctx.vault, &mut tx, row.patient, id.uuid(), row.reason.as_deref())
        .await?;
    let asked = prescreen::read(ctx, &mut tx, id, zone).await?;
    let words = Text::DeclineWords
        .open(&ctx.vault, &mut tx, row.patient, id.uuid(), row.words.as_deref())
        .await?;
    let questions = questions(ctx, &mut tx, id, row.patient, zone).await?;
    let past = store::history::of_booking(&mut tx, None, Some(id)).await?;
    let history = history::rows(ctx, &mut tx, row.patient, past, zone).await?;
    let proposal = proposal_view::open(ctx, &mut tx, ProposalOf::Request(id), zone).await?;
    let service = cast.service(row.service)?;
    let nearest = if row.request.state == RequestState::Conflicted {
        let starts = therapist_times::starts(ctx, &mut tx, row.therapist, row.patient, service).await?;
        therapist_times::nearest(&starts, row.starts, zone)
    } else {
        Vec::new()
    };
    audit::record(
        &mut tx,
        Looked::Read,
        role::subject(ctx, Subject::new("request", id.uuid()), row.patient),
    );
    tx.commit().await?;
    Ok(RequestView {
        request: id,
        state: row.request.at(now),
        person: cast.person(row.patient),
        therapist: cast.face(row.therapist),
        service: service_view(service),
        when: zones::when(zone, row.starts, row.ends),
        sent: zones::moment(zone, row.sent_at),
        answer_by: zones::moment(zone, row.request.expires_at),
        reason,
        answers: asked.answers,
        unanswered: asked.unanswered && row.request.at(now).is_open(),
        decline: row.decline,
        words,
        visit: row.visit,
        questions,
        text_limit: u32::try_from(rules::TEXT_LIMIT).unwrap_or(u32::MAX),
        can_withdraw: row.request.withdraw(now).is_ok(),
        proposal,
        nearest,
        history,
        key: ctx.ids.next(),
    })
}
