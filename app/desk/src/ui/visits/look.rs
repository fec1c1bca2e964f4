//! A liaison's own way to look: saved filters, columns, and the search for a person.

use super::query::Filter;
use crate::{
    api::{ChooseColumns, FindPatients, RemoveView, SaveView, view::SavedView},
    model::Column,
    ui::parts::{Failed, failure_at},
};
use kit::prelude::*;
use leptos::prelude::*;
use scheduling::{api::view::Person, ui::parts::failure};

/// Filters everybody needs, before one's own.
const EVERYBODYS: [(&str, &str); 3] = [
    ("Today", "days=1"),
    ("Week", "days=7"),
    ("To confirm", "state=ended&from=2000-01-01"),
];

#[component]
pub fn Views(
    views: Vec<SavedView>,
    filter: Filter,
    save: ServerAction<SaveView>,
    remove: ServerAction<RemoveView>,
) -> impl IntoView {
    let here = filter.query();
    let link = |name: &str, filters: &str| TabLink::new(format!("/desk/visits?{filters}"), name);
    let items: Vec<TabLink> = EVERYBODYS
        .iter()
        .map(|(name, filters)| link(name, filters))
        .chain(views.iter().map(|view| link(&view.name, &view.filters)))
        .collect();
    let current = format!("/desk/visits?{here}");
    let refused = failure(save);
    let own = views
        .into_iter()
        .map(|view| {
            view! {
                <li>
                    <ActionForm action=remove>
                        <input type="hidden" name="view" value=view.view.to_string()/>
                        <Button size=ButtonSize::Small kind=ButtonKind::Danger button_type=ButtonType::Submit>{format!("Forget {}", view.name)}</Button>
                    </ActionForm>
                </li>
            }
        })
        .collect_view();
    view! {
        <Tabs label="Views" items current/>
        <details class="unfold" open=refused.with_untracked(Option::is_some)>
            <summary>"Keep these filters"</summary>
            <ActionForm action=save attr:class="form">
                <Failed failure=refused/>
                <input type="hidden" name="filters" value=here/>
                <FormRow>
                    <Field name="name" label="Name of the view" required=true maxlength=40 error=failure_at(refused, "name")/>
                    <Button button_type=ButtonType::Submit busy=save.pending()>"Keep"</Button>
                </FormRow>
            </ActionForm>
            <ul class="cluster" aria-label="Kept views">{own}</ul>
        </details>
    }
}

/// The words that are typed here are sent and forgotten: the address gets an id.
#[component]
pub fn Search(found: Option<Vec<Person>>, find: ServerAction<FindPatients>) -> impl IntoView {
    let told = found.map(|people| {
        let names = people
            .iter()
            .take(5)
            .map(|person| person.name.as_str())
            .collect::<Vec<_>>()
            .join(", ");
        let text = match people.len() {
            0 => "Nobody of that name, birth date or phone.".to_owned(),
            1..=5 => format!("Visits of {names}."),
            more => format!("Visits of {more} people: {names} and others."),
        };
        view! { <p role="status">{text} " " <a href="/desk/visits">"All visits"</a></p> }
    });
    view! {
        <search>
            <ActionForm action=find>
                <FormRow>
                    <Field name="text" label="Name, birth date or phone" input_type="search" maxlength=120 autocomplete="off"/>
                    <Button button_type=ButtonType::Submit icon="search" busy=find.pending()>"Search"</Button>
                </FormRow>
            </ActionForm>
            {told}
        </search>
    }
}

#[component]
pub fn Columns(chosen: Vec<Column>, filter: Filter, action: ServerAction<ChooseColumns>) -> impl IntoView {
    // Without the time a row could not be found again: it has no tick.
    let ticks = Column::ALL
        .iter()
        .filter(|column| **column != Column::Time)
        .enumerate()
        .map(|(place, column)| {
            let name = format!("columns[{place}]");
            view! { <Checkbox name label=column.label() value=column.as_str() checked=chosen.contains(column)/> }
        })
        .collect_view();
    view! {
        <details class="unfold">
            <summary>"Columns"</summary>
            <ActionForm action attr:class="form">
                <input type="hidden" name="to" value=filter.address()/>
                <FieldGroup legend="Show beside the time">{ticks}</FieldGroup>
                <div><Button button_type=ButtonType::Submit busy=action.pending()>"Show these"</Button></div>
            </ActionForm>
        </details>
    }
}
