//! Counters and filters above the queue.

use crate::{
    api::view::Counters,
    model::{Age, Kind, OwnedBy},
    ui::{place::List, words},
};
use kit::prelude::*;
use leptos::prelude::*;
use leptos_router::components::Form;

/// The kinds that exist today. A kind joins the filter with its slice.
const KINDS: &[Kind] = &[
    Kind::Request,
    Kind::Affected,
    Kind::Confirm,
    Kind::Letter,
    Kind::Waitlist,
];

#[component]
pub fn Head(counters: Counters, list: List) -> impl IntoView {
    let all = |word: &str| (String::new(), word.to_owned());
    let kinds = std::iter::once(all("All kinds"))
        .chain(
            KINDS
                .iter()
                .map(|kind| (kind.as_str().to_owned(), words::kind(*kind).to_owned())),
        )
        .collect();
    let owners = vec![
        all("Everybody's"),
        (OwnedBy::Me.as_str().to_owned(), "Mine".to_owned()),
        (OwnedBy::Nobody.as_str().to_owned(), "Nobody's".to_owned()),
        (OwnedBy::Others.as_str().to_owned(), "Colleagues'".to_owned()),
    ];
    let ages = vec![
        all("Any age"),
        (Age::Today.as_str().to_owned(), "Less than a day".to_owned()),
        (Age::Days.as_str().to_owned(), "A day or more".to_owned()),
        (Age::Week.as_str().to_owned(), "A week or more".to_owned()),
    ];
    view! {
        <dl class="counters">
            <div><dt>"Open"</dt><dd>{counters.open}</dd></div>
            <div><dt>"Mine"</dt><dd>{counters.mine}</dd></div>
            <div><dt>"Due today"</dt><dd>{counters.due_today}</dd></div>
        </dl>
        <Form method="get" action="/desk" attr:class="filters" attr:role="search" attr:aria-label="Filters">
            <FormRow>
                <Select name="kind" label="Kind" options=kinds value=list.kind/>
                <Select name="owner" label="Owner" options=owners value=list.owner/>
                <Select name="age" label="Waits" options=ages value=list.age/>
                <Button button_type=ButtonType::Submit icon="filter">"Show"</Button>
            </FormRow>
        </Form>
    }
}
