//! Our team writes a form: a draft is changed question by question and published as a whole. A draft may be unfinished; only
//! publishing asks for more.

use crate::{
    Error,
    api::QuestionForm,
    model::{
        PrescreenId, ServiceId,
        prescreen::{LABEL_LIMIT, MOST_QUESTIONS, Question, QuestionKind, Scale, Step, arrange, next_id, problems},
    },
    store::{self, prescreen::Form},
};
use kernel::{
    Ctx, Tx,
    audit::{self, Looked, Subject},
};

use super::super::{parse, role};

/// Longest name of a form, as the table has it.
const NAME_LIMIT: usize = 60;

/// # Errors
/// `Invalid(name)`, `OneAlready`, `NotFound` for an absent service and for every role but liaison and admin.
pub async fn add_prescreen(ctx: &Ctx, name: &str, service: Option<ServiceId>) -> Result<PrescreenId, Error> {
    role::asks(ctx)?;
    let name = parse::text("name", name, NAME_LIMIT)?.ok_or_else(|| Error::invalid("name", "required"))?;
    let form: PrescreenId = ctx.ids.next();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    if let Some(service) = service {
        store::catalog::one(&mut tx, service).await?.ok_or(Error::NotFound)?;
    }
    store::prescreen::insert(&mut tx, form, service, &name, &[]).await?;
    changed(&mut tx, form);
    tx.commit().await?;
    Ok(form)
}

/// At the end of the draft; the rest of what it needs is asked for there.
///
/// # Errors
/// `Invalid(kind|label|form)`, `FormMovedOn`, `NotFound`.
pub async fn add_question(ctx: &Ctx, form: PrescreenId, seen: i32, kind: &str, label: &str) -> Result<(), Error> {
    role::asks(ctx)?;
    let kind: QuestionKind = parse::code("kind", kind)?;
    let label = parse::text("label", label, LABEL_LIMIT)?.ok_or_else(|| Error::invalid("label", "required"))?;
    change(ctx, form, seen, |questions, past| {
        if questions.len() >= MOST_QUESTIONS {
            return Err(Error::invalid("label", "too_many"));
        }
        let id = next_id(questions, past);
        questions.push(Question {
            id,
            label,
            hint: String::new(),
            required: matches!(kind, QuestionKind::Consent),
            kind,
        });
        Ok(())
    })
    .await
}

/// Keeps what was typed, finished or not.
///
/// # Errors
/// `Invalid` for texts beyond every limit, `FormMovedOn`, `NotFound` also for an absent question.
pub async fn save_question(
    ctx: &Ctx,
    form: PrescreenId,
    seen: i32,
    question: u16,
    typed: &QuestionForm,
) -> Result<(), Error> {
    role::asks(ctx)?;
    let text = |field: &str, value: &str| Ok::<_, Error>(parse::text(field, value, LABEL_LIMIT)?.unwrap_or_default());
    let (label, hint) = (
        text("question[label]", &typed.label)?,
        text("question[hint]", &typed.hint)?,
    );
    let (low, high) = (text("question[low]", &typed.low)?, text("question[high]", &typed.high)?);
    let end = |field: &str, value: &str| parse::number(field, value, u16::from(u8::MAX));
    let (least, most) = (
        end("question[least]", &typed.least)?,
        end("question[most]", &typed.most)?,
    );
    // As many as are shown with a problem rather than cut off unsaid; beyond that it is no form.
    let options = parse::text("question[options]", &typed.options, LABEL_LIMIT * MOST_QUESTIONS)?.unwrap_or_default();
    change(ctx, form, seen, |questions, _| {
        let known = questions
            .iter_mut()
            .find(|known| known.id == question)
            .ok_or(Error::NotFound)?;
        known.label = label;
        known.hint = hint;
        known.required = typed.required.is_some();
        match &mut known.kind {
            QuestionKind::Choice(known) => *known = lines(&options),
            QuestionKind::Scale(known) => {
                let narrow = |end: Option<u16>, before: u8| end.and_then(|end| end.try_into().ok()).unwrap_or(before);
                *known = Scale {
                    least: narrow(least, known.least),
                    most: narrow(most, known.most),
                    low,
                    high,
                };
            }
            QuestionKind::Text | QuestionKind::Date | QuestionKind::Consent => {}
        }
        Ok(())
    })
    .await
}

/// One choice a line; empty lines are none.
fn lines(text: &str) -> Vec<String> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

/// # Errors
/// `FormMovedOn`, `NotFound` also for an absent question.
pub async fn arrange_question(ctx: &Ctx, form: PrescreenId, seen: i32, question: u16, step: &str) -> Result<(), Error> {
    role::asks(ctx)?;
    let step: Step = parse::code("step", step)?;
    change(ctx, form, seen, |questions, _| {
        if arrange(questions, question, step) {
            Ok(())
        } else {
            Err(Error::NotFound)
        }
    })
    .await
}

/// The draft becomes what patients are asked from now on. Doing it twice publishes once.
///
/// # Errors
/// `Invalid(questions)` while something is missing, `FormMovedOn`, `NotFound`.
pub async fn publish_prescreen(ctx: &Ctx, form: PrescreenId, seen: i32) -> Result<(), Error> {
    role::asks(ctx)?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let known = lock(&mut tx, form, seen).await?;
    if !problems(&known.questions).is_empty() {
        return Err(Error::invalid("questions", "unfinished"));
    }
    let newest = store::prescreen::versions(&mut tx, form).await?.into_iter().next();
    if newest.is_some_and(|newest| newest.questions == known.questions) {
        return Ok(());
    }
    let (version, now) = (ctx.ids.next(), ctx.clock.now());
    store::prescreen::publish(&mut tx, version, form, now, ctx.actor.account).await?;
    changed(&mut tx, form);
    tx.commit().await?;
    Ok(())
}

/// Stops asking, or begins again. What was answered stays readable.
///
/// # Errors
/// `OneAlready` when another form took its place, `FormMovedOn`, `NotFound`.
pub async fn retire_prescreen(ctx: &Ctx, form: PrescreenId, seen: i32, retired: bool) -> Result<(), Error> {
    role::asks(ctx)?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let known = lock(&mut tx, form, seen).await?;
    if known.retired == retired {
        return Ok(());
    }
    store::prescreen::retire(&mut tx, form, retired.then(|| ctx.clock.now())).await?;
    changed(&mut tx, form);
    tx.commit().await?;
    Ok(())
}

/// Changes the draft under its lock; the caller has asked who may. The second argument of `act`: all questions that were ever published.
async fn change(
    ctx: &Ctx,
    form: PrescreenId,
    seen: i32,
    act: impl FnOnce(&mut Vec<Question>, &[Question]) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let mut known = lock(&mut tx, form, seen).await?;
    let past: Vec<Question> = store::prescreen::versions(&mut tx, form)
        .await?
        .into_iter()
        .flat_map(|version| version.questions)
        .collect();
    act(&mut known.questions, &past)?;
    store::prescreen::set_questions(&mut tx, form, &known.questions).await?;
    changed(&mut tx, form);
    tx.commit().await?;
    Ok(())
}

/// `seen`: the edition the page showed. Who pressed twice, or beside somebody else, has not seen the newest.
async fn lock(tx: &mut Tx, form: PrescreenId, seen: i32) -> Result<Form, Error> {
    let known = store::prescreen::lock(tx, form).await?.ok_or(Error::NotFound)?;
    if known.edition == seen {
        Ok(known)
    } else {
        Err(Error::FormMovedOn)
    }
}

fn changed(tx: &mut Tx, form: PrescreenId) {
    audit::record(tx, Looked::Changed, Subject::new("prescreen", form.uuid()));
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn a_choice_is_a_line() {
        assert_eq!(
            lines(" Days \r\n\n Evenings, or nights\n"),
            ["Days", "Evenings, or nights"]
        );
    }
}
