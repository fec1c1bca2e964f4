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
        prescreen_answers::{Asked, NewAnswers, NewDraft},
    },
};
use kernel::{
    Ctx, FieldError, PatientId, RequestId, StoreError, Tx,
    audit::{self, Looked, Subject},
};

use super::super::{again::again, role, sealed::Text};

/// Keeps what was typed so far, sealed; also after the time is over. What cannot be read as an answer is left out. `for_patient`:
/// whom the form is for, where that is somebody else than the time is kept for: the draft is theirs then.
///
/// # Errors
/// `HoldOver` once it is sent, `NotFound`.
pub async fn save_answers(ctx: &Ctx, hold: HoldId, for_patient: Option<PatientId>, typed: &Typed) -> Result<(), Error> {
    again(|| save(ctx, hold, for_patient, typed)).await
}

async fn save(ctx: &Ctx, hold: HoldId, for_patient: Option<PatientId>, typed: &Typed) -> Result<(), Error> {
    role::patient_side(ctx)?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let row = store::hold::lock(&mut tx, hold).await?.ok_or(Error::NotFound)?;
    if row.hold.state == HoldState::Converted {
        return Err(Error::HoldOver);
    }
    let patient = for_patient.unwrap_or(row.patient);
    if patient != row.patient {
        role::acting_for(ctx, &mut tx, patient).await?;
    }
    let Some(asked) = store::prescreen_answers::asked(&mut tx, hold, patient).await? else {
        return Ok(());
    };
    keep_typed(ctx, &mut tx, patient, &asked, typed).await?;
    audit::record(
        &mut tx,
        Looked::Changed,
        role::subject(ctx, Subject::new("hold", hold.uuid()), patient),
    );
    tx.commit().await?;
    Ok(())
}

/// Keeps a draft of what was typed for this patient, or none where nothing of it can be read.
pub(super) async fn keep_typed(
    ctx: &Ctx,
    tx: &mut Tx,
    patient: PatientId,
    asked: &Asked,
    typed: &Typed,
) -> Result<(), Error> {
    let now = ctx.clock.now();
    let answers = drafted(&asked.questions, typed);
    if answers.is_empty() {
        return Ok(store::prescreen_answers::drop_draft(tx, ctx.actor.account, patient, asked.form).await?);
    }
    let id = ctx.ids.uuid();
    let sealed = Text::PrescreenDraft
        .seal(&ctx.vault, tx, now, patient, id, Some(&written(&answers)?))
        .await?
        .unwrap_or_default();
    let draft = NewDraft {
        id,
        account: ctx.actor.account,
        patient,
        form: asked.form,
        version: asked.version,
        answers: &sealed,
        at: now,
    };
    Ok(store::prescreen_answers::keep_draft(tx, &draft).await?)
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
        Self::of(&asked, typed).map(Some)
    }

    /// # Errors
    /// `AllInvalid` at the fields.
    pub(super) fn of(asked: &Asked, typed: &Typed) -> Result<Self, Error> {
        let answers = check(&asked.questions, typed).map_err(|wrong| {
            let field = |(field, code): (String, &str)| FieldError {
                field,
                code: code.to_owned(),
            };
            Error::AllInvalid(wrong.into_iter().map(field).collect())
        })?;
        Ok(Self {
            form: asked.form,
            version: asked.version,
            answers,
        })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.answers.is_empty()
    }
}

/// Writes the answers beside their request and forgets the drafts: of the patient, and of whom the form was opened for. Who
/// answered nothing left the form out.
pub async fn keep(
    ctx: &Ctx,
    tx: &mut Tx,
    given: &Given,
    opened_for: PatientId,
    (request, patient): (RequestId, PatientId),
) -> Result<(), Error> {
    let now = ctx.clock.now();
    for patient in [patient, opened_for] {
        store::prescreen_answers::drop_draft(tx, ctx.actor.account, patient, given.form).await?;
    }
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
