//! What is asked, and what was answered, for whoever may read it.

use crate::{
    Error,
    api::view::{AnswerRow, AnswersView, AskedView},
    model::prescreen::{Answers, carry, said, typed},
    store::{self, hold::HoldRow, prescreen_answers::Asked},
};
use kernel::{
    Ctx, PatientId, RequestId, StoreError, Tx, Zone,
    audit::{self, Looked, Subject},
};

use super::super::{role, sealed::Text, zones};

/// The questions of a kept time with what was typed for this patient so far; `None` where nothing is asked. Drafts of an older
/// version keep the answers whose question is still the same.
pub async fn asked(ctx: &Ctx, tx: &mut Tx, hold: &HoldRow, patient: PatientId) -> Result<Option<AskedView>, Error> {
    let Some(asked) = store::prescreen_answers::asked(tx, hold.id, patient).await? else {
        return Ok(None);
    };
    Ok(Some(with_draft(ctx, tx, patient, asked).await?))
}

/// What is asked, with what was typed for this patient so far.
pub(super) async fn with_draft(ctx: &Ctx, tx: &mut Tx, patient: PatientId, asked: Asked) -> Result<AskedView, Error> {
    let answers = match &asked.draft {
        Some(draft) => {
            let plain = Text::PrescreenDraft
                .open(&ctx.vault, tx, patient, draft.id, Some(&draft.answers))
                .await?;
            let answers = opened(&plain)?;
            if draft.questions == asked.questions {
                answers
            } else {
                carry(&draft.questions, &asked.questions, &answers)
            }
        }
        None => Answers::new(),
    };
    Ok(AskedView {
        answers: typed(&asked.questions, &answers),
        questions: asked.questions,
    })
}

/// What became of our questions about a request.
#[derive(Debug, Default)]
pub struct Standing {
    pub answers: Option<AnswersView>,
    /// Something is asked, and nothing was answered: the form was left out, or nobody was shown it.
    pub unanswered: bool,
}

/// The answers to our questions about a request; reading them is an entry of its own in the audit chain.
pub async fn read(ctx: &Ctx, tx: &mut Tx, request: RequestId, zone: Zone) -> Result<Standing, Error> {
    let Some(row) = store::prescreen_answers::of_request(tx, request).await? else {
        return Ok(Standing::default());
    };
    let Some((at, sealed)) = row.given else {
        return Ok(Standing {
            answers: None,
            unanswered: true,
        });
    };
    let plain = Text::PrescreenAnswers
        .open(&ctx.vault, tx, row.patient, request.uuid(), Some(&sealed))
        .await?;
    let answers = opened(&plain)?;
    audit::record(
        tx,
        Looked::Read,
        role::subject(ctx, Subject::new("prescreen_answers", request.uuid()), row.patient),
    );
    let questions = row.asked.questions;
    Ok(Standing {
        unanswered: false,
        answers: Some(AnswersView {
            form: row.name,
            version: row.number,
            at: zones::moment(zone, at),
            rows: questions
                .iter()
                .map(|question| AnswerRow {
                    question: question.label.clone(),
                    answer: said(question, &answers),
                })
                .collect(),
        }),
    })
}

fn opened(plain: &str) -> Result<Answers, Error> {
    Ok(serde_json::from_str(plain).map_err(|_| StoreError::Corrupt("answers"))?)
}
