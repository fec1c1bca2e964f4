//! Other hours on one date, or none.

use super::OfWhom;
use crate::{
    api::{AddOverride, RemoveOverride, view::OverrideRow},
    ui::parts::{ActFailed, failure, failure_at},
};
use chrono::NaiveDate;
use kit::prelude::*;
use leptos::prelude::*;

#[component]
pub fn Dated(
    rows: Vec<OverrideRow>,
    today: NaiveDate,
    add: ServerAction<AddOverride>,
    added: Memo<u32>,
    remove: ServerAction<RemoveOverride>,
) -> impl IntoView {
    let of = OfWhom::here();
    let failed = failure(add);
    let list = rows
        .into_iter()
        .map(|row| {
            let words = match row.hours {
                Some((from, until)) => format!("{}: {from} to {until}", row.day),
                None => format!("{}: no hours", row.day),
            };
            let label = format!("Remove the change on {}", row.day);
            view! {
                <li class="line apart">
                    <span class="number">{words}</span>
                    <ActionForm action=remove>
                        {of.field()}
                        <input type="hidden" name="id" value=row.id.to_string()/>
                        <Button kind=ButtonKind::Quiet size=ButtonSize::Small button_type=ButtonType::Submit label>"Remove"</Button>
                    </ActionForm>
                </li>
            }
        })
        .collect::<Vec<_>>();
    let list = if list.is_empty() {
        view! { <p class="muted">"No dated changes. On one date you can work other hours, or none."</p> }.into_any()
    } else {
        view! { <ul class="lines">{list}</ul> }.into_any()
    };
    let form = view! {
        <ActionForm action=add attr:class="form">
            {of.field()}
            <ActFailed failure=failed/>
            <FormRow>
                <Field name="date" label="Date" input_type="date" min=today.to_string() required=true error=failure_at(failed, "date")/>
                <Field name="from" label="From" input_type="time" error=failure_at(failed, "from")/>
                <Field name="until" label="Until" input_type="time" error=failure_at(failed, "until")/>
                <Button button_type=ButtonType::Submit busy=add.pending()>"Add the change"</Button>
            </FormRow>
            <p class="muted">"Leave both times empty for a date without hours."</p>
        </ActionForm>
    };
    view! {
        <Section title="Dated changes">
            <ActFailed failure=failure(remove)/>
            {list}
            {anew(added.get_untracked().to_string(), form.into_any())}
        </Section>
    }
}
