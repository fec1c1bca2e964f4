//! Plan visits that repeat: the wishes on top, below each visit with what is in its way, then one step for all of them.

use super::{choices::Choices, fields::SeriesFields, wishes::Wishes};
use crate::{
    api::{
        self, PlanSeries,
        view::{PlanView, SeriesPreview},
    },
    ui::parts::{failure, loaded},
};
use kernel::ApiError;
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

#[component]
pub fn CarePlanSeriesPage() -> impl IntoView {
    page("/care")
}

#[component]
pub fn DeskPlanSeriesPage() -> impl IntoView {
    page("/desk")
}

/// The choices of the form, and the visits if enough is filled in; what was wrong is said beside its field.
type Loaded = (PlanView, Option<Result<SeriesPreview, ApiError>>);

async fn load(fields: SeriesFields) -> Result<Loaded, ApiError> {
    let view = api::plan_choices(fields.patient()).await?;
    if !fields.is_complete() {
        return Ok((view, None));
    }
    let SeriesFields {
        patient,
        therapist,
        service,
        date,
        clock,
        minutes,
        every,
        times,
        until,
    } = fields;
    let (Ok(patient), Ok(service)) = (patient.parse(), service.parse()) else {
        return Err(ApiError::NotFound);
    };
    let therapist = therapist.parse().ok();
    let preview = api::preview_series(
        patient,
        therapist,
        service,
        String::new(),
        date,
        clock,
        minutes,
        every,
        times,
        until,
    )
    .await;
    match preview {
        Err(ApiError::NotFound) => Err(ApiError::NotFound),
        preview => Ok((view, Some(preview))),
    }
}

fn page(area: &'static str) -> AnyView {
    let query = use_query_map();
    let action = ServerAction::<PlanSeries>::new();
    // What was free a moment ago may be taken: a refused plan shows the list as it is now.
    let refusals = Memo::new(move |before: Option<&u32>| {
        let refused = action.value().with(|value| matches!(value, Some(Err(_))));
        before.copied().unwrap_or_default() + u32::from(refused)
    });
    let fields = Memo::new(move |_| query.with(SeriesFields::read));
    let loading = Resource::new(move || (fields.get(), refusals.get()), |(fields, _)| load(fields));
    view! {
        <Title text="Plan repeating visits"/>
        {loaded(loading, SkeletonKind::Text, 10, move |(view, preview)| {
            let fields = fields.get_untracked();
            view! { <Plan view preview area fields action/> }.into_any()
        })}
    }
    .into_any()
}

#[component]
fn Plan(
    view: PlanView,
    preview: Option<Result<SeriesPreview, ApiError>>,
    area: &'static str,
    fields: SeriesFields,
    action: ServerAction<PlanSeries>,
) -> impl IntoView {
    let back_href = match fields.patient() {
        Some(patient) => format!("{area}/visits/new?patient={patient}"),
        None => format!("{area}/visits/new"),
    };
    let wrong = preview.as_ref().and_then(|answer| answer.as_ref().err().cloned());
    let failed = failure(action);
    let shown = wrong.clone();
    let refused = Signal::derive(move || shown.clone().or_else(|| failed.get()));
    let visits = match preview {
        Some(Ok(preview)) => view! { <Choices preview fields=fields.clone() action/> }.into_any(),
        Some(Err(error)) => {
            let text = crate::ui::words::error(&error).to_owned();
            view! { <Banner tone=Tone::Warn text/> }.into_any()
        }
        None => view! {
            <EmptyState icon="calendar" text="Say the first date, the time and how many visits: each of them is listed here before anything is saved."/>
        }
        .into_any(),
    };
    view! {
        <PageHeader title="Plan repeating visits" back="One visit" back_href/>
        <div class="stack" data-gap="large">
            <Wishes view area fields refused/>
            {visits}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::PlanProps;
    use crate::{
        api::view::{Hindrance, HindranceKind, SeriesPreview},
        ui::{
            series::SeriesFields,
            testing::{plan_view, render, series_preview},
        },
    };
    use kernel::ApiError;
    use leptos::prelude::*;

    fn page(preview: Option<Result<SeriesPreview, ApiError>>) -> String {
        render(|| {
            super::Plan(PlanProps {
                view: plan_view(),
                preview,
                area: "/care",
                fields: SeriesFields::default(),
                action: ServerAction::new(),
            })
            .into_any()
        })
    }

    #[test]
    fn each_visit_is_listed_before_anything_is_saved() {
        let html = page(Some(Ok(series_preview())));
        assert!(html.contains("Tue 24 Nov") && html.contains("Tue 1 Dec"));
        assert!(html.contains("Plan these visits") && html.contains("name=\"choices[1]\""));
        assert_eq!(html.matches("data-kind=\"primary\"").count(), 1);
    }

    #[test]
    fn a_hindered_visit_says_why_and_is_left_out_unless_somebody_chooses_a_time() {
        let mut preview = series_preview();
        preview.occurrences[1].hindrance = Some(Hindrance {
            kind: HindranceKind::TherapistBusy,
            with: "Noah Example".to_owned(),
        });
        let html = page(Some(Ok(preview)));
        assert!(html.contains("A visit with Noah Example is there"), "{html}");
        assert!(html.contains("1 of 2 cannot be"), "{html}");
        assert!(
            html.contains("<option selected value=\"out\">Leave out</option>"),
            "{html}"
        );
    }

    #[test]
    fn what_is_missing_is_asked_for_and_what_is_wrong_is_said() {
        let html = page(None);
        assert!(html.contains("each of them is listed here") && !html.contains("data-kind=\"primary\""));
        let html = page(Some(Err(ApiError::field("times", "series_range"))));
        assert!(html.contains("2 to 52 visits within a year"), "{html}");
    }
}
