//! One form: its draft question by question, what patients would see, and what was published (R11).

use super::{field::QuestionField, question::QuestionCard, versions::Versions, words};
use crate::{
    api::{self, AddQuestion, ArrangeQuestion, PublishPrescreen, RetirePrescreen, SaveQuestion, view::PrescreenView},
    model::prescreen::{LABEL_LIMIT, QuestionKind, problems},
    ui::parts::{ActFailed, done, failure, failure_at, loaded},
};
use kernel::ApiError;
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

/// What can be done with a form.
#[derive(Clone, Copy)]
pub struct Acts {
    pub add: ServerAction<AddQuestion>,
    pub save: ServerAction<SaveQuestion>,
    pub arrange: ServerAction<ArrangeQuestion>,
    pub publish: ServerAction<PublishPrescreen>,
    pub retire: ServerAction<RetirePrescreen>,
}

impl Acts {
    fn new() -> Self {
        Self {
            add: ServerAction::new(),
            save: ServerAction::new(),
            arrange: ServerAction::new(),
            publish: ServerAction::new(),
            retire: ServerAction::new(),
        }
    }

    fn failed(self) -> Signal<Option<ApiError>> {
        Signal::derive(move || {
            failure(self.add)
                .get()
                .or_else(|| failure(self.save).get())
                .or_else(|| failure(self.arrange).get())
                .or_else(|| failure(self.publish).get())
                .or_else(|| failure(self.retire).get())
        })
    }
}

#[component]
pub fn DeskPrescreenPage() -> impl IntoView {
    view! { <Page area="/desk"/> }
}

#[component]
pub fn AdminPrescreenPage() -> impl IntoView {
    view! { <Page area="/admin"/> }
}

#[component]
fn Page(area: &'static str) -> impl IntoView {
    let params = use_params_map();
    let acts = Acts::new();
    let changes = (
        done(acts.add),
        done(acts.save),
        done(acts.arrange),
        done(acts.publish),
        done(acts.retire),
    );
    let failed = acts.failed();
    // Whoever was refused because a form moved on sees at once how it is now.
    let moved_on = Memo::new(move |_| failed.with(|failed| matches!(failed, Some(ApiError::Refused(_)))));
    let form = Resource::new(
        move || {
            let changes = (
                changes.0.get(),
                changes.1.get(),
                changes.2.get(),
                changes.3.get(),
                changes.4.get(),
            );
            (params.with(|params| params.get("form")), changes, moved_on.get())
        },
        |(form, ..)| async move {
            api::open_prescreen(form.and_then(|id| id.parse().ok()).ok_or(ApiError::NotFound)?).await
        },
    );
    view! {
        <Title text="Questions before a visit"/>
        {loaded(form, SkeletonKind::Text, 8, move |view| view! { <Editor view area acts failed/> }.into_any())}
    }
}

#[component]
fn Editor(view: PrescreenView, area: &'static str, acts: Acts, failed: Signal<Option<ApiError>>) -> impl IntoView {
    let missing = problems(&view.questions);
    let last = view.questions.len().saturating_sub(1);
    let (form, edition) = (view.row.form, view.edition);
    let cards = view
        .questions
        .iter()
        .enumerate()
        .map(|(place, question)| {
            let wrong = missing
                .iter()
                .find(|(about, _)| *about == Some(question.id))
                .map(|(_, problem)| words::problem(*problem));
            view! { <QuestionCard question=question.clone() place last wrong form edition acts/> }
        })
        .collect_view();
    let title = view.row.name.clone();
    let subtitle = format!(
        "{}, {}",
        words::asks(view.row.service.as_deref()),
        words::standing(view.row.version, view.row.changed, view.row.retired)
    );
    let back_href = format!("{area}/questions");
    let questions = view.questions.clone();
    let add = view! { <Add view=view.clone() acts/> };
    let publish = view! { <Publish view=view.clone() unfinished=!missing.is_empty() acts/> };
    let versions = view! { <Versions rows=view.versions.clone()/> };
    // A field that a browser knows keeps what was typed into it: after every change of the draft the fields are new ones.
    let draft = anew(
        edition.to_string(),
        view! { <Section title="Draft"><ol class="stack">{cards}</ol>{add}</Section> }.into_any(),
    );
    view! {
        <PageHeader title subtitle back="Questions" back_href/>
        <div class="stack" data-gap="large">
            <ActFailed failure=failed/>
            <div class="split">
                <div class="stack" data-gap="large">
                    {draft}
                    {publish}
                </div>
                <div class="stack" data-gap="large">
                    <Seen questions/>
                    {versions}
                    <Retire view acts/>
                </div>
            </div>
        </div>
    }
}

#[component]
fn Add(view: PrescreenView, acts: Acts) -> impl IntoView {
    let failed = failure(acts.add);
    let kinds = QuestionKind::CODES
        .iter()
        .map(|code| ((*code).to_owned(), words::kind(code).to_owned()))
        .collect::<Vec<_>>();
    let limit = u32::try_from(LABEL_LIMIT).unwrap_or(u32::MAX);
    view! {
        <ActionForm action=acts.add attr:class="form card">
            <input type="hidden" name="form" value=view.row.form.to_string()/>
            <input type="hidden" name="seen" value=view.edition.to_string()/>
            <Field name="label" id="new-label" label="New question" maxlength=limit required=true error=failure_at(failed, "label")/>
            <Select name="kind" id="new-kind" label="Answered by" options=kinds error=failure_at(failed, "kind")/>
            <div><Button button_type=ButtonType::Submit icon="plus" busy=acts.add.pending() busy_text="Adding">"Add the question"</Button></div>
        </ActionForm>
    }
}

/// The one act that patients notice.
#[component]
fn Publish(view: PrescreenView, unfinished: bool, acts: Acts) -> impl IntoView {
    let text = match (unfinished, view.row.changed) {
        (true, _) => "Something is missing before this can be published.",
        (false, false) => "What you see is what patients are asked.",
        (false, true) => {
            "Patients are asked this from the next time they keep on. Answers stay with the version they were given to."
        }
    };
    let next = view.versions.first().map_or(1, |version| version.number + 1);
    let button = (!unfinished && view.row.changed).then(|| {
        view! {
            <ActionForm action=acts.publish>
                <input type="hidden" name="form" value=view.row.form.to_string()/>
                <input type="hidden" name="seen" value=view.edition.to_string()/>
                <Button kind=ButtonKind::Primary button_type=ButtonType::Submit busy=acts.publish.pending() busy_text="Publishing">
                    {format!("Publish version {next}")}
                </Button>
            </ActionForm>
        }
    });
    view! { <Section title="Publish"><p class="muted">{text}</p>{button}</Section> }
}

/// The draft as patients would see it; nothing here is sent.
#[component]
fn Seen(questions: Vec<crate::model::prescreen::Question>) -> impl IntoView {
    if questions.is_empty() {
        return ().into_any();
    }
    let fields = questions
        .into_iter()
        .map(|question| view! { <QuestionField question value=String::new()/> })
        .collect_view();
    view! { <Section title="As patients see it"><div class="form card">{fields}</div></Section> }.into_any()
}

#[component]
fn Retire(view: PrescreenView, acts: Acts) -> impl IntoView {
    let (word, text) = if view.row.retired {
        (
            "Ask it again",
            "Nobody is asked this now. What was answered stays readable.",
        )
    } else {
        (
            "Stop asking",
            "Requests in the making keep their questions; the next ones have none. What was answered stays readable.",
        )
    };
    view! {
        <details class="unfold" open=view.row.retired>
            <summary>{word}</summary>
            <p>{text}</p>
            <ActionForm action=acts.retire>
                <input type="hidden" name="form" value=view.row.form.to_string()/>
                <input type="hidden" name="seen" value=view.edition.to_string()/>
                <input type="hidden" name="retired" value=(!view.row.retired).to_string()/>
                <Button button_type=ButtonType::Submit busy=acts.retire.pending()>{word}</Button>
            </ActionForm>
        </details>
    }
}

#[cfg(test)]
mod tests {
    use super::{Acts, EditorProps};
    use crate::{
        api::view::{PrescreenRow, PrescreenView, VersionRow},
        model::{PrescreenId, prescreen::QuestionKind},
        ui::testing::{asked, render, when},
    };
    use leptos::prelude::*;
    use std::collections::HashSet;
    use uuid::Uuid;

    fn view() -> PrescreenView {
        PrescreenView {
            row: PrescreenRow {
                form: PrescreenId::new(Uuid::from_u128(1)),
                name: "First talk".to_owned(),
                service: Some("Therapy".to_owned()),
                questions: 5,
                version: Some(1),
                changed: true,
                retired: false,
            },
            edition: 7,
            questions: asked().questions,
            versions: vec![VersionRow {
                number: 1,
                at: when("2026-11-20T18:02:00Z"),
                by: "Lia Lane".to_owned(),
                questions: asked().questions,
                answered: 3,
            }],
        }
    }

    fn page(view: PrescreenView) -> String {
        render(|| {
            super::Editor(EditorProps {
                view,
                area: "/desk",
                acts: Acts::new(),
                failed: Signal::stored(None),
            })
            .into_any()
        })
    }

    #[test]
    fn a_changed_draft_can_be_published_and_everything_is_a_plain_form() {
        let html = page(view());
        for act in [
            "add_question",
            "save_question",
            "arrange_question",
            "publish_prescreen",
            "retire_prescreen",
        ] {
            assert!(html.contains(&format!("scheduling/{act}")), "{act}");
        }
        assert!(
            html.contains("Publish version 2") && html.contains("name=\"seen\" value=\"7\""),
            "{html}"
        );
        assert!(html.contains("Lia Lane") && html.contains("3 answered"), "{html}");
        assert_eq!(html.matches("data-kind=\"primary\"").count(), 1);
        let ids: Vec<&str> = html
            .split(" id=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        assert_eq!(ids.len(), ids.iter().collect::<HashSet<_>>().len(), "{ids:?}");
    }

    #[test]
    fn an_unfinished_draft_says_what_it_lacks_instead_of_a_button() {
        let mut view = view();
        view.questions[1].kind = QuestionKind::Choice(vec!["Days".to_owned()]);
        let html = page(view);
        assert!(html.contains("A choice needs two lines at least."), "{html}");
        assert!(!html.contains("scheduling/publish_prescreen"), "{html}");
    }

    #[test]
    fn what_is_published_offers_nothing_to_publish() {
        let mut view = view();
        view.row.changed = false;
        let html = page(view);
        assert!(html.contains("What you see is what patients are asked."), "{html}");
        assert_eq!(html.matches("data-kind=\"primary\"").count(), 0);
    }
}
