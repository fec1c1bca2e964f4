//! The weekly hours, one from-to row per shift.

use super::model::{self, HoursRow};
use crate::{
    api::{SaveAvailability, view::ShiftRow},
    model::Weekday,
    ui::parts::{ActFailed, failure, failure_at},
};
use kernel::ApiError;
use kit::prelude::*;
use leptos::prelude::*;

#[component]
pub fn WeekForm(shifts: Vec<ShiftRow>, action: ServerAction<SaveAvailability>) -> impl IntoView {
    let failed = failure(action);
    let days = model::rows(&shifts)
        .into_iter()
        .map(|(weekday, rows)| view! { <Day weekday rows failed/> })
        .collect_view();
    view! {
        <ActionForm action attr:class="stack hours">
            <ActFailed failure=failed/>
            <p class="fine">"Empty a row to take it away. For a second shift fill the empty row of that day; after saving there is another."</p>
            {days}
            <div class="cluster">
                <Button kind=ButtonKind::Primary button_type=ButtonType::Submit busy=action.pending() busy_text="Saving">"Use these hours"</Button>
            </div>
        </ActionForm>
    }
}

#[component]
fn Day(weekday: Weekday, rows: Vec<HoursRow>, failed: Signal<Option<ApiError>>) -> impl IntoView {
    let rows = rows
        .into_iter()
        .enumerate()
        .map(|(place, row)| view! { <Shift row place failed/> })
        .collect_view();
    view! {
        <fieldset class="field-group">
            <legend>{model::day_name(weekday)}</legend>
            {rows}
        </fieldset>
    }
}

/// A time field cannot hold midnight at the end of the day.
fn input_type(value: &str) -> &'static str {
    if value == "24:00" { "text" } else { "time" }
}

#[component]
fn Shift(row: HoursRow, place: usize, failed: Signal<Option<ApiError>>) -> impl IntoView {
    let (from, until) = (row.field("from"), row.field("until"));
    view! {
        <div class="cluster">
            <input type="hidden" name=row.field("weekday") value=row.weekday.as_str()/>
            <Field name=from.clone() label=row.label(place, "from") label_hidden=true input_type="time" value=row.from.clone()
                error=failure_at(failed, from)/>
            <span class="muted" aria-hidden="true">"to"</span>
            <Field name=until.clone() label=row.label(place, "until") label_hidden=true input_type=input_type(&row.until) value=row.until.clone()
                error=failure_at(failed, until)/>
        </div>
    }
}
