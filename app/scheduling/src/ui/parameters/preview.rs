//! The effect of what is typed on one therapist's times: at once with script, by a button without.

use super::model;
use crate::{
    api::{
        self, PreviewAsk,
        view::{Around, PreviewDay, PreviewVisit, RulesPreview, RulesView, When},
    },
    ui::words,
};
use kernel::ApiError;
use kit::prelude::*;
use leptos::prelude::*;
use std::{collections::BTreeMap, time::Duration};

/// So long nothing is typed before the preview is asked for.
const PAUSE: Duration = Duration::from_millis(400);

#[component]
pub fn Preview(view: RulesView, ask: PreviewAsk, typed: RwSignal<BTreeMap<String, String>>) -> impl IntoView {
    let place = super::place_of(&view);
    let asked = RwSignal::new(PreviewAsk { place, ..ask });
    let shown = Resource::new(move || asked.get(), api::preview_rules);
    follow(typed, asked);
    view! {
        <section class="summary card" aria-label="Preview">
            <h2 class="card-title">"What it does"</h2>
            <Sample view asked/>
            <Transition fallback=|| view! { <Skeleton kind=SkeletonKind::Text rows=5/> }>
                {move || Suspend::new(async move { answer(shown.await) })}
            </Transition>
        </section>
    }
}

/// After a pause in typing the preview asks for what stands in the form then.
fn follow(typed: RwSignal<BTreeMap<String, String>>, asked: RwSignal<PreviewAsk>) {
    let timer = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |before: Option<()>| {
        let values = typed.get();
        if before.is_none() {
            return;
        }
        let fresh = set_timeout_with_handle(move || asked.update(|asked| asked.values = values), PAUSE).ok();
        if let Some(old) = timer
            .try_update_value(|timer| std::mem::replace(timer, fresh))
            .flatten()
        {
            old.clear();
        }
    });
    on_cleanup(move || {
        if let Some(handle) = timer.try_get_value().flatten() {
            handle.clear();
        }
    });
}

/// On whose times to look: fields of the form beside, so that its button sends them too.
#[component]
fn Sample(view: RulesView, asked: RwSignal<PreviewAsk>) -> impl IntoView {
    let now = asked.get_untracked();
    let any = |word: &str| (String::new(), word.to_owned());
    let therapist = view.scope.therapist.is_none().then(|| {
        let options = std::iter::once(any("Any"))
            .chain(view.therapists.iter().map(|one| (one.therapist.to_string(), one.name.clone())))
            .collect();
        let chosen = Callback::new(move |id| asked.update(|asked| asked.sample_therapist = id));
        view! { <Select name="sample_therapist" label="Therapist" id="sample-therapist" form="rules" options value=now.sample_therapist.clone() on_change=chosen/> }
    });
    let service = view.scope.service.is_none().then(|| {
        let options = std::iter::once(any("Any"))
            .chain(view.services.iter().map(|one| (one.service.to_string(), words::service(one))))
            .collect();
        let chosen = Callback::new(move |id| asked.update(|asked| asked.sample_service = id));
        view! { <Select name="sample_service" label="Service" id="sample-service" form="rules" options value=now.sample_service.clone() on_change=chosen/> }
    });
    let week = Callback::new(move |day| asked.update(|asked| asked.week = day));
    view! {
        <div class="form-row">
            {therapist}
            {service}
            <Field name="week" form="rules" label="Week from" input_type="date" min=view.today.to_string() value=now.week.clone() on_input=week/>
        </div>
    }
}

fn answer(preview: Result<Option<RulesPreview>, ApiError>) -> AnyView {
    match preview {
        Ok(Some(preview)) => view! { <Outcome preview/> }.into_any(),
        Ok(None) => view! { <p class="muted">"Nobody offers this yet, so there is nothing to look at."</p> }.into_any(),
        Err(ApiError::Invalid(_)) => {
            view! { <p class="muted">"These values cannot be used together or are outside of what is allowed."</p> }
                .into_any()
        }
        Err(error) => view! { <p class="muted">{words::error(&error)}</p> }.into_any(),
    }
}

#[component]
fn Outcome(preview: RulesPreview) -> impl IntoView {
    let words = format!("{}, {}", preview.therapist.name, words::service(&preview.service));
    let balance = model::balance(&preview);
    let zone = format!("Times in {}.", preview.zone.label);
    let days = preview.days.into_iter().map(|day| view! { <Day day/> }).collect_view();
    view! {
        <p class="strong number" role="status">{balance}</p>
        <p class="fine">{words} ". " {zone}</p>
        <dl class="rules-week">{days}</dl>
        {preview.sample.map(|sample| view! { <SampleVisit sample/> })}
    }
}

#[component]
fn Day(day: PreviewDay) -> impl IntoView {
    let times = day
        .times
        .into_iter()
        .map(|time| {
            let word = model::fate(time.fate);
            let fate = (!word.is_empty()).then_some(word);
            view! { <li data-fate=fate>{time.clock}{fate.map(|word| view! { <span class="rules-fate">" " {word}</span> })}</li> }
        })
        .collect_view();
    view! { <div><dt>{day.day}</dt><dd><ul>{times}</ul></dd></div> }
}

/// Reminders, the room and the end of free cancelling around the first of these times.
#[component]
fn SampleVisit(sample: PreviewVisit) -> impl IntoView {
    let PreviewVisit { when, before, after } = sample;
    let title = format!("A visit on {}, {}", when.day, when.from);
    let reminders = |around: &Around| {
        let all: Vec<String> = around.reminders.iter().map(moment).collect();
        if all.is_empty() {
            "none".to_owned()
        } else {
            all.join("; ")
        }
    };
    let reminded = step(reminders(&before), reminders(&after));
    let opens = step(moment(&before.room_opens), moment(&after.room_opens));
    let late = step(moment(&before.free_until), moment(&after.free_until));
    view! {
        <h3>{title}</h3>
        <DefinitionList>
            <Definition term="Reminders">{reminded}</Definition>
            <Definition term="Room opens">{opens}</Definition>
            <Definition term="Late from">{late}</Definition>
        </DefinitionList>
    }
}

fn moment(when: &When) -> String {
    format!("{}, {}", when.day, when.from)
}

/// One text where nothing changes, else both.
fn step(before: String, after: String) -> String {
    if before == after {
        before
    } else {
        format!("{before}, then {after}")
    }
}
