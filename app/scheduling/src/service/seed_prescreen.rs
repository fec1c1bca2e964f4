//! The questions that the demo clinic asks before a first visit.

use crate::{
    Error,
    model::{
        PrescreenId, ServiceId,
        prescreen::{Question, QuestionKind, Scale},
    },
    store,
};
use kernel::{AccountId, House, Tx};

/// Publishes the form in the name of a liaison.
pub async fn plant(house: &House, tx: &mut Tx, by: AccountId, service: ServiceId) -> Result<(), Error> {
    let form: PrescreenId = house.ids.next();
    store::prescreen::insert(tx, form, Some(service), "Before a first visit", &questions()).await?;
    store::prescreen::publish(tx, house.ids.next(), form, house.clock.now(), by).await?;
    Ok(())
}

fn questions() -> Vec<Question> {
    let question = |id, label: &str, hint: &str, kind| Question {
        id,
        label: label.to_owned(),
        hint: hint.to_owned(),
        required: false,
        kind,
    };
    let mut all = vec![
        question(
            1,
            "What should be easier for you in three months?",
            "A sentence is enough.",
            QuestionKind::Text,
        ),
        question(
            2,
            "Have you talked with a therapist before?",
            "",
            QuestionKind::Choice(
                ["No, this is the first time", "Yes, some time ago", "Yes, until now"]
                    .map(str::to_owned)
                    .to_vec(),
            ),
        ),
        question(
            3,
            "How much does it weigh on your days at the moment?",
            "",
            QuestionKind::Scale(Scale {
                least: 0,
                most: 10,
                low: "not at all".to_owned(),
                high: "very much".to_owned(),
            }),
        ),
        question(4, "Since about when?", "The day need not be exact.", QuestionKind::Date),
    ];
    if let Some(first) = all.first_mut() {
        first.required = true;
    }
    all
}
