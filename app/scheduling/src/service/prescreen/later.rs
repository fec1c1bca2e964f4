//! Answers that come after the request: whoever took a time of the waiting list was not shown our questions, and whoever left
//! them out may think again. They can be given until the visit begins, once.

use crate::{
    Error,
    api::view::LaterView,
    model::prescreen::{Typed, field},
    store::{
        self,
        prescreen_answers::{Asked, OfRequest},
        request::RequestRow,
    },
};
use chrono::{DateTime, Utc};
use kernel::{
    Ctx, FieldError, RequestId, TherapistId, Tx,
    audit::{self, Looked, Subject},
};

use super::{
    super::{
        again::again,
        cast::{Cast, own_people, service_view},
        role, zones,
    },
    answer::{Given, keep, keep_typed},
    read::with_draft,
};

/// What still lies ahead of a request: its own time, or that of its visit.
struct Ahead {
    therapist: TherapistId,
    starts: DateTime<Utc>,
    ends: DateTime<Utc>,
    /// Answers come in time.
    open: bool,
}

async fn ahead(tx: &mut Tx, row: &RequestRow, now: DateTime<Utc>) -> Result<Ahead, Error> {
    let visit = match row.visit {
        Some(visit) => store::visit::read(tx, visit).await?,
        None => None,
    };
    Ok(match visit {
        Some(visit) => Ahead {
            therapist: visit.therapist,
            starts: visit.visit.starts,
            ends: visit.visit.ends,
            open: visit.visit.state.is_open() && now < visit.visit.starts,
        },
        None => Ahead {
            therapist: row.therapist,
            starts: row.starts,
            ends: row.ends,
            open: row.request.at(now).is_open(),
        },
    })
}

/// The page of our questions about a request, with what was typed so far.
///
/// # Errors
/// `NotFound` for another role, an absent or a foreign request.
pub async fn later_questions(ctx: &Ctx, id: RequestId) -> Result<LaterView, Error> {
    role::patient_side(ctx)?;
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let row = store::request::read(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let ahead = ahead(&mut tx, &row, now).await?;
    let people = own_people(&mut tx, &ctx.actor, now).await?;
    let cast = Cast::load(&mut tx, [row.patient], [ahead.therapist])
        .await?
        .read_by(&people);
    let zone = cast.patient_zone(row.patient)?;
    let asked = match unanswered(&mut tx, id).await?.filter(|_| ahead.open) {
        Some(asked) => Some(with_draft(ctx, &mut tx, row.patient, asked).await?),
        None => None,
    };
    audit::record(
        &mut tx,
        Looked::Read,
        role::subject(ctx, Subject::new("request", id.uuid()), row.patient),
    );
    tx.commit().await?;
    Ok(LaterView {
        request: id,
        person: cast.person(row.patient),
        therapist: cast.face(ahead.therapist),
        service: service_view(cast.service(row.service)?),
        when: zones::when(zone, ahead.starts, ahead.ends),
        asked,
    })
}

/// What is asked about a request that has no answers.
async fn unanswered(tx: &mut Tx, request: RequestId) -> Result<Option<Asked>, Error> {
    Ok(match store::prescreen_answers::of_request(tx, request).await? {
        Some(OfRequest { given: None, asked, .. }) => Some(asked),
        _ => None,
    })
}

/// Whether a request of the actor's waits for answers: whoever took an offered time is led to the questions.
///
/// # Errors
/// `Store` when the database does not answer.
pub async fn waits_for_answers(ctx: &Ctx, request: RequestId) -> Result<bool, Error> {
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    Ok(unanswered(&mut tx, request).await?.is_some())
}

/// The answers are the request's from now on. Refused ones are kept as a draft: without script they travel in this call alone.
///
/// # Errors
/// `AllInvalid` at the answers, also when nothing is answered; `AlreadyDone` when there are answers, `TooLate` once the visit
/// began or the request is over, `NotFound`.
pub async fn answer_later(ctx: &Ctx, id: RequestId, typed: &Typed) -> Result<(), Error> {
    again(|| answer(ctx, id, typed)).await
}

async fn answer(ctx: &Ctx, id: RequestId, typed: &Typed) -> Result<(), Error> {
    role::patient_side(ctx)?;
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    // Locked: of two at once, the second finds the answers of the first.
    let row = store::request::lock(&mut tx, id).await?.ok_or(Error::NotFound)?;
    role::acting_for(ctx, &mut tx, row.patient).await?;
    let asked = unanswered(&mut tx, id).await?.ok_or(Error::AlreadyDone)?;
    if !ahead(&mut tx, &row, now).await?.open {
        return Err(Error::TooLate);
    }
    let given = judge(&asked, typed);
    match &given {
        Ok(given) => keep(ctx, &mut tx, given, row.patient, (id, row.patient)).await?,
        Err(_) => keep_typed(ctx, &mut tx, row.patient, &asked, typed).await?,
    }
    audit::record(
        &mut tx,
        Looked::Changed,
        role::subject(ctx, Subject::new("prescreen_answers", id.uuid()), row.patient),
    );
    tx.commit().await?;
    given.map(drop)
}

/// As with a request; but whoever sends this form has something to say.
fn judge(asked: &Asked, typed: &Typed) -> Result<Given, Error> {
    let given = Given::of(asked, typed)?;
    match asked.questions.first() {
        Some(first) if given.is_empty() => Err(Error::AllInvalid(vec![FieldError {
            field: field(first),
            code: "required".to_owned(),
        }])),
        _ => Ok(given),
    }
}
