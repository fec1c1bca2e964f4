//! Another time for an agreed visit (S8): what it is now, until when it is free, then the times. A pressed time moves it.

mod form;
mod model;

use super::{
    SeriesLine,
    parts::{Span, TherapistLine, ZoneLine, loaded, with_query},
};
use crate::{
    api::{self, MoveVisit, view::MoveView},
    ui::words,
};
use form::MoveForm;
pub use form::{Overbook, Times};
use kernel::ApiError;
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

#[component]
pub fn MyMovePage() -> impl IntoView {
    page("/my")
}

#[component]
pub fn CareMovePage() -> impl IntoView {
    page("/care")
}

#[component]
pub fn DeskMovePage() -> impl IntoView {
    page("/desk")
}

/// The page in the area of whoever moves it.
fn page(area: &'static str) -> AnyView {
    let (params, query) = (use_params_map(), use_query_map());
    let action = ServerAction::<MoveVisit>::new();
    let asked = move || {
        let visit = params.with(|params| params.get("visit"));
        let (therapist, from) = query.with(|query| (query.get("therapist"), query.get("from")));
        (visit, therapist, from.unwrap_or_default())
    };
    let choices = Resource::new(asked, |(visit, therapist, from)| async move {
        let visit = visit.and_then(|id| id.parse().ok()).ok_or(ApiError::NotFound)?;
        api::move_choices(visit, therapist.and_then(|id| id.parse().ok()), from).await
    });
    view! {
        <Title text="Move a visit"/>
        {loaded(choices, SkeletonKind::Text, 8, move |view| view! { <Move view area action/> }.into_any())}
    }
    .into_any()
}

#[component]
fn Move(view: MoveView, area: &'static str, action: ServerAction<MoveVisit>) -> impl IntoView {
    let page = format!("{area}/visits/{}", view.visit);
    let whom = (!view.person.me).then(|| view! { <p>{format!("For {}", view.person.name)}</p> });
    let tone = if view.may { Tone::Info } else { Tone::Warn };
    let text = model::terms(&view);
    let others = (view.therapists.len() > 1).then(|| view! { <Therapists view=view.clone() page=page.clone()/> });
    let form = view
        .may
        .then(|| view! { <MoveForm view=view.clone() page=page.clone() action/> });
    view! {
        <PageHeader title="Move this visit" back="The visit" back_href=page/>
        <div class="stack" data-gap="large">
            <div class="stack" data-gap="small">
                <TherapistLine therapist=view.therapist.clone() service=Some(view.service.clone())/>
                <p><Span when=view.when.clone() relative=true/></p>
                {whom}
                <ZoneLine zone=view.when.zone.clone()/>
            </div>
            <Banner tone text/>
            <SeriesLine series=view.series area visit=view.visit/>
            {others}
            {form}
        </div>
    }
}

/// The desk may give the visit to somebody else: each name shows that person's times.
#[component]
fn Therapists(view: MoveView, page: String) -> impl IntoView {
    let links = view
        .therapists
        .iter()
        .map(|face| {
            let href = with_query(&format!("{page}/move"), &[("therapist", face.therapist.to_string())]);
            let current = (face.therapist == view.chosen).then_some("true");
            view! {
                <li><a class="line" href=href aria-current=current>
                    <span class="line-main">{words::named(face)}</span>
                    {current.map(|_| view! { <span class="fine">"Shown below"</span> })}
                </a></li>
            }
        })
        .collect_view();
    view! { <Section title="Who meets the patient"><ul class="lines">{links}</ul></Section> }
}

#[cfg(test)]
mod tests {
    use super::MoveProps;
    use crate::{
        api::view::MoveView,
        ui::testing::{move_choices, render},
    };
    use leptos::prelude::*;

    fn page(view: MoveView) -> String {
        render(|| {
            super::Move(MoveProps {
                view,
                area: "/my",
                action: ServerAction::new(),
            })
            .into_any()
        })
    }

    #[test]
    fn the_terms_stand_before_the_times_and_the_patient_types_none() {
        let html = page(move_choices());
        let terms = html.find("without a fee until Mon 23 Nov, 10:00").unwrap();
        let time = html.find("name=\"starts\"").unwrap();
        assert!(terms < time);
        assert!(!html.contains("name=\"clock\"") && !html.contains("name=\"overbook\""));
    }

    #[test]
    fn after_the_cut_off_there_is_a_sentence_and_no_dead_button() {
        let html = page(MoveView {
            may: false,
            days: Vec::new(),
            ..move_choices()
        });
        assert!(html.contains("Please call or write to our team"));
        assert!(!html.contains("scheduling/move_visit"));
    }

    #[test]
    fn staff_give_a_reason_and_may_type_any_time() {
        let html = page(MoveView {
            staff: true,
            ..move_choices()
        });
        assert!(html.contains("name=\"clock\"") && html.contains("name=\"overbook\""));
        assert!(html.contains("The patient pays no fee"));
        assert_eq!(html.matches("data-kind=\"primary\"").count(), 1);
    }

    #[test]
    fn no_other_time_is_said_with_a_way_on() {
        let html = page(MoveView {
            days: Vec::new(),
            ..move_choices()
        });
        assert!(html.contains("No other time is available"));
    }
}
