//! What is asked at a kept time, and what was answered, for whoever may read it.

use crate::{
    Error,
    api::view::{AnswerRow, AnswersView, AskedView},
    model::prescreen::{Answers, carry, said, typed},
    store::{self, hold::HoldRow},
};
use kernel::{
    Ctx, RequestId, StoreError, Tx, Zone,
    audit::{self, Looked, Subject},
};

use super::super::{role, sealed::Text, zones};

/// The questions of a kept time with what was typed so far; `None` where nothing is asked. Drafts of an older version keep
/// the answers whose question is still the same.
pub async fn asked(ctx: &Ctx, tx: &mut Tx, hold: &HoldRow) -> Result<Option<AskedView>, Error> {
    let Some(asked) = store::prescreen_answers::asked(tx, hold.id, hold.patient).await? else {
        return Ok(None);
    };
    let answers = match &asked.draft {
        Some(draft) => {
            let plain = Text::PrescreenDraft
                .open(&ctx.vault, tx, hold.patient, draft.id, Some(&draft.answers))
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
    Ok(Some(AskedView {
        answers: typed(&asked.questions, &answers),
        questions: asked.questions,
    }))
}

/// The answers that came with a request; reading them is an entry of its own in the audit chain.
pub async fn read(ctx: &Ctx, tx: &mut Tx, request: RequestId, zone: Zone) -> Result<Option<AnswersView>, Error> {
    let Some(given) = store::prescreen_answers::of_request(tx, request).await? else {
        return Ok(None);
    };
    let plain = Text::PrescreenAnswers
        .open(&ctx.vault, tx, given.patient, request.uuid(), Some(&given.answers))
        .await?;
    let answers = opened(&plain)?;
    audit::record(
        tx,
        Looked::Read,
        role::subject(ctx, Subject::new("prescreen_answers", request.uuid()), given.patient),
    );
    Ok(Some(AnswersView {
        form: given.form,
        version: given.version,
        at: zones::moment(zone, given.at),
        rows: given
            .questions
            .iter()
            .map(|question| AnswerRow {
                question: question.label.clone(),
                answer: said(question, &answers),
            })
            .collect(),
    }))
}

fn opened(plain: &str) -> Result<Answers, Error> {
    Ok(serde_json::from_str(plain).map_err(|_| StoreError::Corrupt("answers"))?)
}
