//! Absences, with a reason that only the therapist and the desk read.

use super::OfWhom;
use crate::{
    api::{
        AddTimeOff, RemoveTimeOff,
        view::{Face, TimeOffRow},
    },
    ui::parts::{ActFailed, failure, failure_at},
};
use chrono::NaiveDate;
use kit::prelude::*;
use leptos::prelude::*;

#[component]
pub fn TimeOff(
    rows: Vec<TimeOffRow>,
    /// Who may stand in.
    colleagues: Vec<Face>,
    today: NaiveDate,
    add: ServerAction<AddTimeOff>,
    added: Memo<u32>,
    remove: ServerAction<RemoveTimeOff>,
) -> impl IntoView {
    let of = OfWhom::here();
    let failed = failure(add);
    let stand_ins: Vec<(String, String)> = std::iter::once((String::new(), "Nobody".to_owned()))
        .chain(
            colleagues
                .into_iter()
                .map(|face| (face.therapist.to_string(), face.name)),
        )
        .collect();
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
    let form = view! {
        <ActionForm action=add attr:class="form">
            {of.field()}
            <ActFailed failure=failed/>
            <FormRow>
                <Field name="first" label="First day" input_type="date" min=today.to_string() required=true error=failure_at(failed, "first")/>
                <Field name="last" label="Last day" input_type="date" min=today.to_string() required=true error=failure_at(failed, "last")/>
                <Field name="reason" label="Reason" hint="Only you and our team read it." maxlength=200 error=failure_at(failed, "reason")/>
                <Select name="colleague" label="Who stands in" options=stand_ins/>
                <Button button_type=ButtonType::Submit busy=add.pending()>"Add time off"</Button>
            </FormRow>
        </ActionForm>
    };
    view! {
        <Section title="Time off">
            <ActFailed failure=failure(remove)/>
            {list}
            {anew(added.get_untracked().to_string(), form.into_any())}
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
        let many = match row.affected.len() {
            1 => "1 visit lies in it".to_owned(),
            count => format!("{count} visits lie in it"),
        };
        view! { <p class="fine">{many} ", listed above with a way out."</p> }
    });
    view! {
        <div>
            <span class="number">{days}</span>
            {(!row.reason.is_empty()).then(|| view! { <span class="muted">", " {row.reason.clone()}</span> })}
            {row.colleague.map(|face| view! { <span class="muted">{format!(", {} stands in", face.name)}</span> })}
            {affected}
        </div>
        <ActionForm action=remove>
            {OfWhom::here().field()}
            <input type="hidden" name="id" value=row.id.to_string()/>
            <Button kind=ButtonKind::Quiet size=ButtonSize::Small button_type=ButtonType::Submit label>"Remove"</Button>
        </ActionForm>
    }
}
