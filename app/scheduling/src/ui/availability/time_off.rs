//! Absences, with a reason that only the therapist and the desk read.

use crate::{
    api::{AddTimeOff, RemoveTimeOff, view::TimeOffRow},
    ui::parts::{ActFailed, failure, failure_at},
};
use chrono::NaiveDate;
use kit::prelude::*;
use leptos::prelude::*;

#[component]
pub fn TimeOff(
    rows: Vec<TimeOffRow>,
    today: NaiveDate,
    add: ServerAction<AddTimeOff>,
    remove: ServerAction<RemoveTimeOff>,
) -> impl IntoView {
    let failed = failure(add);
    let empty = rows.is_empty();
    let list = rows
        .into_iter()
        .map(|row| view! { <li class="line apart"><Absence row remove/></li> })
        .collect_view();
    let list = if empty {
        view! { <p class="muted">"No time off planned."</p> }.into_any()
    } else {
        view! { <ul class="lines">{list}</ul> }.into_any()
    };
    view! {
        <Section title="Time off">
            <ActFailed failure=failure(remove)/>
            {list}
            <ActionForm action=add attr:class="form">
                <ActFailed failure=failed/>
                <FormRow>
                    <Field name="first" label="First day" input_type="date" min=today.to_string() required=true error=failure_at(failed, "first")/>
                    <Field name="last" label="Last day" input_type="date" min=today.to_string() required=true error=failure_at(failed, "last")/>
                    <Field name="reason" label="Reason" hint="Only you and our team read it." maxlength=200 error=failure_at(failed, "reason")/>
                    <Button button_type=ButtonType::Submit busy=add.pending()>"Add time off"</Button>
                </FormRow>
            </ActionForm>
        </Section>
    }
}

#[component]
fn Absence(row: TimeOffRow, remove: ServerAction<RemoveTimeOff>) -> impl IntoView {
    let days = if row.when.day == row.last_day {
        row.when.day.clone()
    } else {
        format!("{} to {}", row.when.day, row.last_day)
    };
    let label = format!("Remove the time off of {days}");
    let affected = (!row.affected.is_empty()).then(|| {
        let visits = row
            .affected
            .iter()
            .enumerate()
            .map(
                |(nth, visit)| view! { " " <a href=format!("/care/visits/{visit}")>{format!("visit {}", nth + 1)}</a> },
            )
            .collect_view();
        view! { <p class="fine">"Visits in it stay until somebody moves them:" {visits}</p> }
    });
    view! {
        <div>
            <span class="number">{days}</span>
            {(!row.reason.is_empty()).then(|| view! { <span class="muted">", " {row.reason.clone()}</span> })}
            {affected}
        </div>
        <ActionForm action=remove>
            <input type="hidden" name="id" value=row.id.to_string()/>
            <Button kind=ButtonKind::Quiet size=ButtonSize::Small button_type=ButtonType::Submit label>"Remove"</Button>
        </ActionForm>
    }
}
