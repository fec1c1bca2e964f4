//! Requests by what became of them: how the desk finds again what it decided.

use crate::{
    api,
    model::ItemId,
    ui::{parts::TimesIn, place::List},
};
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use scheduling::{
    api::view::RequestPage,
    model::RequestState,
    ui::{
        parts::{RequestChip, loaded, with_query},
        words,
    },
};

const STATES: [RequestState; 4] = [
    RequestState::Declined,
    RequestState::Approved,
    RequestState::Expired,
    RequestState::Withdrawn,
];

fn address(state: &str, after: &str) -> String {
    with_query(
        "/desk/decided",
        &[("state", state.to_owned()), ("after", after.to_owned())],
    )
}

#[component]
pub fn DecidedPage() -> impl IntoView {
    let query = use_query_map();
    let wanted = Memo::new(move |_| {
        query.with(|query| {
            let state = query
                .get("state")
                .unwrap_or_else(|| RequestState::Declined.as_str().to_owned());
            (state, query.get("after").unwrap_or_default())
        })
    });
    let page = Resource::new(move || wanted.get(), |(state, after)| api::requests(state, after));
    let tabs = STATES
        .iter()
        .map(|state| TabLink::new(address(state.as_str(), ""), words::request_word(*state)))
        .collect::<Vec<_>>();
    let current = Signal::derive(move || wanted.with(|(state, _)| address(state, "")));
    view! {
        <Title text="Decided"/>
        <PageHeader title="Decided requests" subtitle="Oldest first" back="Desk" back_href="/desk"/>
        <div class="stack">
            <Tabs label="State" items=tabs current/>
            {loaded(page, SkeletonKind::Rows, 8, move |page| {
                let (state, after) = wanted.get_untracked();
                view! { <Requests page state after/> }.into_any()
            })}
        </div>
    }
}

#[component]
fn Requests(page: RequestPage, state: String, after: String) -> impl IntoView {
    if page.rows.is_empty() {
        return view! { <EmptyState icon="check" text="No request is in this state."/> }.into_any();
    }
    let older = page.next.as_deref().map(|next| address(&state, next));
    let newer = (!after.is_empty()).then(|| address(&state, ""));
    let zone = page.rows.first().map(|row| row.when.zone.label.clone());
    let rows = page
        .rows
        .into_iter()
        .map(|row| {
            let href = List::default().item(ItemId::from(row.request));
            view! {
                <li>
                    <a class="queue-row" href=href>
                        <span class="strong">{row.person.name}</span>
                        <RequestChip state=row.state/>
                        <span class="muted">{row.therapist.name} ", " {row.when.day} ", " {row.when.from}</span>
                        <span>"sent " {row.sent.day}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <TimesIn zone/>
        <ul class="queue">{rows}</ul>
        <Pager newer older/>
    }
    .into_any()
}
