//! Each visit of a series with what becomes of it, and the one step for all of them.

use super::fields::SeriesFields;
use crate::{
    api::{
        PlanSeries,
        view::{OccurrenceView, SeriesPreview},
    },
    ui::{
        parts::{ActFailed, Span, failure, failure_at, instant},
        words,
    },
};
use kit::prelude::*;
use leptos::prelude::*;

/// "out": the code of an occurrence that is not planned.
const LEFT_OUT: &str = "out";

#[component]
pub fn Choices(preview: SeriesPreview, fields: SeriesFields, action: ServerAction<PlanSeries>) -> impl IntoView {
    let failed = failure(action);
    let hindered = preview.occurrences.iter().filter(|one| one.hindrance.is_some()).count();
    let (tone, sum) = if hindered == 0 {
        (Tone::Good, format!("All {} are free.", preview.occurrences.len()))
    } else {
        let text = format!(
            "{hindered} of {} cannot be as planned. Each of them is left out unless you choose another time.",
            preview.occurrences.len()
        );
        (Tone::Warn, text)
    };
    let rows = preview
        .occurrences
        .iter()
        .enumerate()
        .map(|(index, occurrence)| {
            let error = failure_at(failed, format!("choices[{index}]"));
            view! { <Occurrence index occurrence=occurrence.clone() error/> }
        })
        .collect_view();
    let hidden = fields
        .pairs()
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| view! { <input type="hidden" name=name value=value.clone()/> })
        .collect_view();
    let who = format!(
        "{} with {}, {}, {} times.",
        preview.person.name, preview.therapist.name, preview.service.name, preview.zone.label
    );
    let (key, limit) = (preview.key, preview.text_limit);
    view! {
        <Section title="The visits">
            <ActionForm action attr:class="form">
                <ActFailed failure=failed/>
                <p>{who}</p>
                <Banner tone text=sum/>
                {hidden}
                <ol class="lines">{rows}</ol>
                <TextArea name="message" label="Message to the patient (optional)" rows=3 maxlength=limit
                    error=failure_at(failed, "message")/>
                <input type="hidden" name="key" value=key.to_string()/>
                <p class="fine">"The patient gets one letter with all of them. Every visit can be moved or cancelled by itself later."</p>
                <div class="cluster">
                    <Button kind=ButtonKind::Primary button_type=ButtonType::Submit busy=action.pending() busy_text="Planning">
                        "Plan these visits"
                    </Button>
                </div>
            </ActionForm>
        </Section>
    }
}

#[component]
fn Occurrence(index: usize, occurrence: OccurrenceView, error: Signal<Option<String>>) -> impl IntoView {
    let mut options = Vec::new();
    let hindered = occurrence.hindrance.is_some();
    if !hindered {
        options.push((String::new(), "Plan it".to_owned()));
    }
    options.push((LEFT_OUT.to_owned(), "Leave out".to_owned()));
    options.extend(
        occurrence
            .instead
            .iter()
            .map(|slot| (instant(slot), format!("{}, {} instead", slot.day, slot.clock))),
    );
    let value = if hindered { LEFT_OUT } else { "" };
    let what = occurrence
        .hindrance
        .as_ref()
        .map(|hindrance| view! { <span class="hindered"><Icon name="alert"/>{words::hindrance(hindrance)}</span> });
    let outside = (occurrence.outside_hours && !hindered)
        .then(|| view! { <span class="fine">"Outside the working hours"</span> });
    let skipped = occurrence
        .skipped
        .then(|| view! { <span class="fine">"The clocks skip the usual time that day"</span> });
    let label = format!("Visit on {}", occurrence.when.day);
    view! {
        <li class="line" data-hindered=hindered.then_some("true")>
            <span class="line-main stack" data-gap="small">
                <span class="number"><Span when=occurrence.when.clone()/></span>
                {what}{outside}{skipped}
            </span>
            <Select name=format!("choices[{index}]") label label_hidden=true options value=value error/>
        </li>
    }
}
