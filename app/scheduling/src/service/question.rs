//! The desk asks the patient something before it decides, and the patient answers. The request stays pending meanwhile, and its
//! time kept: waiting for an answer is no reason to lose it (decision 0010).

use crate::{
    Error,
    api::view::QuestionView,
    store::{self, question::NewQuestion},
};
use kernel::{
    Ctx, IdempotencyKey, PatientId, RequestId, Tx, Zone,
    audit::{self, Looked, Subject},
    idempotency,
};

use super::{again::again, events, parse, role, rules, sealed::Text, steps, zones};

/// A liaison asks. At least a day is left for the answer from now on, the visit's start permitting.
///
/// # Errors
/// `Invalid(question)`, `QuestionOpen` while an earlier one is unanswered, `AlreadyDecided`, `RequestExpired`, `OtherRequest`,
/// `NotFound`.
pub async fn ask_question(ctx: &Ctx, id: RequestId, question: &str, key: IdempotencyKey) -> Result<(), Error> {
    again(|| ask(ctx, id, question, key)).await
}

async fn ask(ctx: &Ctx, id: RequestId, question: &str, key: IdempotencyKey) -> Result<(), Error> {
    role::desk(ctx)?;
    let text = required("question", question)?;
    let asked = ("ask", id, &text);
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    if idempotency::replay::<()>(&mut tx, key, &asked).await?.is_some() {
        return Ok(());
    }
    let row = store::request::lock(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let waits_until = row.request.ask(now, row.starts).map_err(Error::of_request)?;
    let question = ctx.ids.uuid();
    let sealed = Text::Question
        .seal(&ctx.vault, &mut tx, now, row.patient, question, Some(&text))
        .await?
        .unwrap_or_default();
    let new = NewQuestion {
        id: question,
        request: id,
        patient: row.patient,
        at: now,
        question: &sealed,
    };
    store::question::ask(&mut tx, &new).await?;
    store::request::set_end(&mut tx, id, waits_until).await?;
    store::claim::prolong(&mut tx, id.uuid(), waits_until).await?;
    steps::note_request_as(&ctx.house, &mut tx, &row, "asked").await?;
    audit::record(
        &mut tx,
        Looked::Changed,
        Subject::new("request", id.uuid()).of(row.patient),
    );
    let event = events::QuestionAsked {
        request: id,
        patient: row.patient,
    };
    events::push(ctx, &mut tx, &event).await?;
    idempotency::remember(&mut tx, key, &asked, &()).await?;
    tx.commit().await?;
    Ok(())
}

/// The patient, or who acts for them, answers the open question.
///
/// # Errors
/// `Invalid(answer)`, `AlreadyDecided` when nothing is asked any more, `NotFound`.
pub async fn answer_question(ctx: &Ctx, id: RequestId, answer: &str) -> Result<(), Error> {
    role::patient_side(ctx)?;
    let text = required("answer", answer)?;
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let row = store::request::lock(&mut tx, id).await?.ok_or(Error::NotFound)?;
    role::acting_for(ctx, &mut tx, row.patient).await?;
    if !row.request.at(now).is_undecided() {
        return Err(Error::AlreadyDecided);
    }
    let open = store::question::of_request(&mut tx, id)
        .await?
        .into_iter()
        .find(|question| question.answered_at.is_none())
        .ok_or(Error::AlreadyDecided)?;
    let sealed = Text::Answer
        .seal(&ctx.vault, &mut tx, now, row.patient, open.id, Some(&text))
        .await?
        .unwrap_or_default();
    if !store::question::answer(&mut tx, open.id, ctx.actor.account, now, &sealed).await? {
        return Err(Error::AlreadyDecided);
    }
    steps::note_request_as(&ctx.house, &mut tx, &row, "answered").await?;
    let subject = role::subject(ctx, Subject::new("request", id.uuid()), row.patient);
    audit::record(&mut tx, Looked::Changed, subject);
    tx.commit().await?;
    Ok(())
}

/// The questions about a request, opened, with their times in `zone`.
pub async fn questions(
    ctx: &Ctx,
    tx: &mut Tx,
    request: RequestId,
    patient: PatientId,
    zone: Zone,
) -> Result<Vec<QuestionView>, Error> {
    let mut views = Vec::new();
    for row in store::question::of_request(tx, request).await? {
        let (vault, answer) = (&ctx.vault, row.answer.as_deref());
        views.push(QuestionView {
            asked: zones::moment(zone, row.asked_at),
            question: Text::Question
                .open(vault, tx, patient, row.id, Some(&row.question))
                .await?,
            answered: row.answered_at.map(|at| zones::moment(zone, at)),
            answer: Text::Answer.open(vault, tx, patient, row.id, answer).await?,
        });
    }
    Ok(views)
}

fn required(field: &'static str, text: &str) -> Result<String, Error> {
    parse::text(field, text, rules::TEXT_LIMIT)?.ok_or_else(|| Error::invalid(field, "required"))
}
