//! The patient's side answers what is asked at a kept time. The draft outlives the time; sent, it belongs to the request.

use crate::{
    Error,
    model::{
        HoldId, HoldState, PrescreenId, PrescreenVersionId,
        prescreen::{Answers, Typed, check, drafted},
    },
    store::{
        self,
        hold::HoldRow,
        prescreen_answers::{NewAnswers, NewDraft},
    },
};
use kernel::{
    Ctx, FieldError, PatientId, RequestId, StoreError, Tx,
    audit::{self, Looked, Subject},
};

use super::super::{again::again, role, sealed::Text};

/// Keeps what was typed so far, sealed; also after the time is over. What cannot be read as an answer is left out.
///
/// # Errors
/// `HoldOver` once it is sent, `NotFound`.
pub async fn save_answers(ctx: &Ctx, hold: HoldId, typed: &Typed) -> Result<(), Error> {
    again(|| save(ctx, hold, typed)).await
}

async fn save(ctx: &Ctx, hold: HoldId, typed: &Typed) -> Result<(), Error> {
    role::patient_side(ctx)?;
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let row = store::hold::lock(&mut tx, hold).await?.ok_or(Error::NotFound)?;
    if row.hold.state == HoldState::Converted {
        return Err(Error::HoldOver);
    }
    let Some(asked) = store::prescreen_answers::asked(&mut tx, hold, row.patient).await? else {
        return Ok(());
    };
    let answers = drafted(&asked.questions, typed);
    if answers.is_empty() {
        store::prescreen_answers::drop_draft(&mut tx, ctx.actor.account, row.patient, asked.form).await?;
    } else {
        let id = ctx.ids.uuid();
        let sealed = Text::PrescreenDraft
            .seal(&ctx.vault, &mut tx, now, row.patient, id, Some(&written(&answers)?))
            .await?
            .unwrap_or_default();
        let draft = NewDraft {
            id,
            account: ctx.actor.account,
            patient: row.patient,
            form: asked.form,
            version: asked.version,
            answers: &sealed,
            at: now,
        };
        store::prescreen_answers::keep_draft(&mut tx, &draft).await?;
    }
    audit::record(
        &mut tx,
        Looked::Changed,
        role::subject(ctx, Subject::new("hold", hold.uuid()), row.patient),
    );
    tx.commit().await?;
    Ok(())
}

/// Judged answers on their way into a request.
#[derive(Debug)]
pub struct Given {
    form: PrescreenId,
    version: PrescreenVersionId,
    answers: Answers,
}

impl Given {
    /// Judges what came with a request against what was asked when the time was taken. `None` where nothing is asked.
    ///
    /// # Errors
    /// `AllInvalid` at the fields, also when a needed consent is missing.
    pub async fn judge(tx: &mut Tx, hold: &HoldRow, typed: &Typed) -> Result<Option<Self>, Error> {
        let Some(asked) = store::prescreen_answers::asked(tx, hold.id, hold.patient).await? else {
            return Ok(None);
        };
        let answers = check(&asked.questions, typed).map_err(|wrong| {
            let field = |(field, code): (String, &str)| FieldError {
                field,
                code: code.to_owned(),
            };
            Error::AllInvalid(wrong.into_iter().map(field).collect())
        })?;
        Ok(Some(Self {
            form: asked.form,
            version: asked.version,
            answers,
        }))
    }
}

/// Writes the answers beside their request and forgets the draft. Who answered nothing left the form out.
pub async fn keep(
    ctx: &Ctx,
    tx: &mut Tx,
    given: &Given,
    hold: &HoldRow,
    (request, patient): (RequestId, PatientId),
) -> Result<(), Error> {
    let now = ctx.clock.now();
    store::prescreen_answers::drop_draft(tx, ctx.actor.account, hold.patient, given.form).await?;
    if given.answers.is_empty() {
        return Ok(());
    }
    let sealed = Text::PrescreenAnswers
        .seal(
            &ctx.vault,
            tx,
            now,
            patient,
            request.uuid(),
            Some(&written(&given.answers)?),
        )
        .await?
        .unwrap_or_default();
    let new = NewAnswers {
        request,
        patient,
        version: given.version,
        by: ctx.actor.account,
        at: now,
        answers: &sealed,
    };
    store::prescreen_answers::insert(tx, &new).await?;
    Ok(())
}

fn written(answers: &Answers) -> Result<String, Error> {
    Ok(serde_json::to_string(answers).map_err(|_| StoreError::Corrupt("answers"))?)
}
