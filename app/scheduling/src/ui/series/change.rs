//! Several visits of a series at once: which they are, then move or cancel them.

use super::moving::MoveMany;
use crate::{
    api::{
        self, CancelSeries, MoveSeries,
        view::{SeriesChangeView, SeriesVisitRow},
    },
    model::{CancelReason, Extent},
    ui::{
        parts::{ActFailed, Span, TherapistLine, ZoneLine, failure, failure_at, loaded},
        words,
    },
};
use kernel::ApiError;
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

#[component]
pub fn MySeriesPage() -> impl IntoView {
    page("/my")
}

#[component]
pub fn CareSeriesPage() -> impl IntoView {
    page("/care")
}

#[component]
pub fn DeskSeriesPage() -> impl IntoView {
    page("/desk")
}

fn page(area: &'static str) -> AnyView {
    let (params, query) = (use_params_map(), use_query_map());
    let moving = ServerAction::<MoveSeries>::new();
    let cancel = ServerAction::<CancelSeries>::new();
    let asked = move || {
        let visit = params.with(|params| params.get("visit"));
        (visit, query.with(|query| query.get("extent")))
    };
    let view = Resource::new(asked, |(visit, extent)| async move {
        let visit = visit.and_then(|id| id.parse().ok()).ok_or(ApiError::NotFound)?;
        let extent = extent.filter(|extent| extent.parse::<Extent>().is_ok());
        let extent = extent.unwrap_or_else(|| Extent::Following.as_str().to_owned());
        api::series_of_visit(visit, extent).await
    });
    view! {
        <Title text="Change a series"/>
        {loaded(view, SkeletonKind::Text, 8, move |view| view! { <Change view area moving cancel/> }.into_any())}
    }
    .into_any()
}

#[component]
fn Change(
    view: SeriesChangeView,
    area: &'static str,
    moving: ServerAction<MoveSeries>,
    cancel: ServerAction<CancelSeries>,
) -> impl IntoView {
    let page = format!("{area}/visits/{}", view.visit);
    let whom = (!view.person.me).then(|| view! { <p>{format!("For {}", view.person.name)}</p> });
    let count = view.visits.len();
    let rows = view.visits.iter().cloned().map(row).collect_view();
    let mover = view
        .may_move
        .then(|| view! { <MoveMany view=view.clone() page=page.clone() action=moving/> });
    let body = if count == 0 {
        view! { <EmptyState icon="calendar" text="None of them lies ahead any more. Nothing can be changed here."/> }
            .into_any()
    } else {
        view! {
            <Section title=words::visits_in_short(count)><ol class="lines">{rows}</ol></Section>
            {mover}
            <Cancel view=view.clone() cancel/>
        }
        .into_any()
    };
    view! {
        <PageHeader title=words::change_of(view.extent) back="The visit" back_href=page.clone()/>
        <div class="stack" data-gap="large">
            <div class="stack" data-gap="small">
                <TherapistLine therapist=view.therapist.clone() service=Some(view.service.clone())/>
                <p>{words::place_in_series(view.series)} ": " <Span when=view.when.clone()/></p>
                {whom}
                <ZoneLine zone=view.when.zone.clone()/>
            </div>
            <Extents view=view.clone() page/>
            {body}
        </div>
    }
}

/// Which of them: links, so that the list below has an address.
#[component]
fn Extents(view: SeriesChangeView, page: String) -> impl IntoView {
    let links = [
        (Extent::One, 1),
        (Extent::Following, view.series.following),
        (Extent::All, view.series.all),
    ]
    .into_iter()
    .map(|(extent, count)| {
        let href = format!("{page}/series?extent={extent}");
        let current = (extent == view.extent).then_some("true");
        view! {
            <li><a class="line" href=href aria-current=current>
                <span class="line-main">{words::extent(extent)}</span>
                <span class="fine number">{count}</span>
            </a></li>
        }
    })
    .collect_view();
    view! { <nav aria-label="Which visits"><ul class="lines">{links}</ul></nav> }
}

fn row(row: SeriesVisitRow) -> impl IntoView {
    let late = row
        .late
        .then(|| view! { <span class="fine">"Cancelling it now is late"</span> });
    let apart = row
        .apart
        .then(|| view! { <span class="fine">"Put elsewhere by itself; it stays there when the others move"</span> });
    view! {
        <li class="line">
            <span class="line-main number"><Span when=row.when/></span>
            <span class="fine">{format!("Visit {}", row.number)}</span>
            {late}{apart}
        </li>
    }
}

/// Folded, and plain: never beside a daily button.
#[component]
fn Cancel(view: SeriesChangeView, cancel: ServerAction<CancelSeries>) -> impl IntoView {
    let failed = failure(cancel);
    let listed: &[CancelReason] = if view.staff {
        CancelReason::ALL
    } else {
        &words::PATIENT_CANCELS
    };
    let mut reasons = vec![(String::new(), "Please choose".to_owned())];
    reasons.extend(
        listed
            .iter()
            .map(|reason| (reason.as_str().to_owned(), words::cancel_reason(*reason).to_owned())),
    );
    let cost = words::cost_of_cancelling(&view);
    let words_label = if view.staff {
        "Words to the patient (optional)"
    } else {
        "Anything to add (optional)"
    };
    let button = words::cancel_them(view.visits.len());
    let open = failed.with_untracked(Option::is_some) || !view.may_move;
    view! {
        <details class="unfold" open=open>
            <summary>"Cancel them"</summary>
            <ActionForm action=cancel attr:class="form">
                <ActFailed failure=failed/>
                <Banner tone=if view.visits.iter().any(|row| row.late) { Tone::Warn } else { Tone::Info } text=cost/>
                <input type="hidden" name="visit" value=view.visit.to_string()/>
                <input type="hidden" name="extent" value=view.extent.as_str()/>
                <input type="hidden" name="key" value=view.key.to_string()/>
                <Select name="reason" label="Reason" id="cancel-reason" options=reasons required=true error=failure_at(failed, "reason")/>
                <TextArea name="words" label=words_label id="cancel-words" rows=3 maxlength=view.text_limit error=failure_at(failed, "words")/>
                <div class="cluster">
                    <Button kind=ButtonKind::Danger button_type=ButtonType::Submit busy=cancel.pending() busy_text="Cancelling">{button}</Button>
                </div>
            </ActionForm>
        </details>
    }
}

#[cfg(test)]
mod tests {
    use super::ChangeProps;
    use crate::{
        api::view::SeriesChangeView,
        ui::testing::{render, series_change},
    };
    use leptos::prelude::*;

    fn page(view: SeriesChangeView) -> String {
        render(|| {
            super::Change(ChangeProps {
                view,
                area: "/my",
                moving: ServerAction::new(),
                cancel: ServerAction::new(),
            })
            .into_any()
        })
    }

    #[test]
    fn a_family_sees_which_are_late_and_moves_one_at_a_time() {
        let html = page(series_change());
        assert!(html.contains("Cancelling it now is late") && html.contains("1 of them starts in less than 24 hours"));
        assert!(html.contains("Cancel 2 visits") && !html.contains("scheduling/move_series"));
        assert_eq!(html.matches("data-kind=\"primary\"").count(), 0);
        assert!(!html.contains("planned_by_mistake"));
    }

    #[test]
    fn staff_move_them_together() {
        let html = page(SeriesChangeView {
            may_move: true,
            staff: true,
            ..series_change()
        });
        assert!(html.contains("scheduling/move_series") && html.contains("name=\"leave\""));
        assert_eq!(html.matches("data-kind=\"primary\"").count(), 1);
        assert!(html.contains("Put elsewhere by itself"));
    }

    #[test]
    fn nothing_ahead_is_said() {
        let html = page(SeriesChangeView {
            visits: Vec::new(),
            ..series_change()
        });
        assert!(html.contains("None of them lies ahead") && !html.contains("<form"));
    }
}
