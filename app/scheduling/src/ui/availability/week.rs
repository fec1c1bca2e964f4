//! The weekly hours, one from-to row per shift.

use super::{
    OfWhom,
    model::{self, HoursRow},
    typed::put_into,
};
use crate::{
    api::{SaveAvailability, view::ShiftRow},
    model::{ServiceId, Weekday, week::WeekShift},
    ui::parts::{ActFailed, failure, failure_at},
};
use kernel::ApiError;
use kit::prelude::*;
use leptos::prelude::*;

#[component]
pub fn WeekForm(
    shifts: Vec<ShiftRow>,
    services: Vec<(ServiceId, String)>,
    action: ServerAction<SaveAvailability>,
    /// The rows as they were typed, if they were refused without script.
    refused: String,
    /// Follows what is typed.
    week: RwSignal<Vec<WeekShift>>,
) -> impl IntoView {
    let failed = failure(action);
    let mut days = model::rows(&shifts);
    put_into(days.iter_mut().flat_map(|(_, rows)| rows), &refused);
    let typed = StoredValue::new(
        days.iter()
            .flat_map(|(_, rows)| rows.clone())
            .collect::<Vec<HoursRow>>(),
    );
    let follow = move |event: leptos::ev::Event| {
        let (name, value) = named_value(&event);
        let Some((index, part)) = model::place_of(&name) else {
            return;
        };
        typed.update_value(|rows| {
            if let Some(row) = rows.get_mut(index) {
                match part {
                    "from" => row.from = value,
                    "until" => row.until = value,
                    "services" => row.services = value,
                    _ => {}
                }
            }
        });
        week.set(typed.with_value(|rows| model::week_of(rows)));
    };
    let services = StoredValue::new(services);
    let days = days
        .into_iter()
        .map(|(weekday, rows)| view! { <Day weekday rows services failed/> })
        .collect_view();
    view! {
        <div on:input=follow>
            <ActionForm action attr:class="stack hours">
                {OfWhom::here().field()}
                <ActFailed failure=failed/>
                <p class="fine">"Empty a row to take it away. For a second shift fill the empty row of that day; after saving there is another."</p>
                {days}
                <div class="cluster">
                    <Button kind=ButtonKind::Primary button_type=ButtonType::Submit busy=action.pending() busy_text="Saving">"Use these hours"</Button>
                </div>
            </ActionForm>
        </div>
    }
}

/// Name and value of the field that was changed.
fn named_value(event: &leptos::ev::Event) -> (String, String) {
    use leptos::wasm_bindgen::JsCast;
    let target = event.target();
    if let Some(input) = target
        .as_ref()
        .and_then(|target| target.dyn_ref::<leptos::web_sys::HtmlInputElement>())
    {
        return (input.name(), input.value());
    }
    match target
        .as_ref()
        .and_then(|target| target.dyn_ref::<leptos::web_sys::HtmlSelectElement>())
    {
        Some(select) => (select.name(), select.value()),
        None => (String::new(), String::new()),
    }
}

#[component]
fn Day(
    weekday: Weekday,
    rows: Vec<HoursRow>,
    services: StoredValue<Vec<(ServiceId, String)>>,
    failed: Signal<Option<ApiError>>,
) -> impl IntoView {
    let rows = rows
        .into_iter()
        .enumerate()
        .map(|(place, row)| view! { <Shift row place services failed/> })
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
fn Shift(
    row: HoursRow,
    place: usize,
    services: StoredValue<Vec<(ServiceId, String)>>,
    failed: Signal<Option<ApiError>>,
) -> impl IntoView {
    let (from, until) = (row.field("from"), row.field("until"));
    // With one service there is nothing to choose.
    let for_service = services.with_value(|services| {
        (services.len() > 1).then(|| {
            let options = model::service_options(services, &row.services);
            view! { <Select name=row.field("services") label=row.label(place, "for") label_hidden=true value=row.services.clone() options/> }
        })
    });
    view! {
        <div class="cluster">
            <input type="hidden" name=row.field("weekday") value=row.weekday.as_str()/>
            <Field name=from.clone() label=row.label(place, "from") label_hidden=true input_type="time" value=row.from.clone()
                error=failure_at(failed, from)/>
            <span class="muted" aria-hidden="true">"to"</span>
            <Field name=until.clone() label=row.label(place, "until") label_hidden=true input_type=input_type(&row.until) value=row.until.clone()
                error=failure_at(failed, until)/>
            {for_service}
        </div>
    }
}
